//! The list of tickets.

use std::sync::Arc;

use maud::{Markup, html};

use super::super::discord::screens;
use super::super::model::Priority;
use super::super::operations::look;
use super::super::store::{At, Line};
use super::wanted::Wanted;
use crate::error::{Error, Result};
use crate::web::{Answer, Page, Visit, Watch};
use crate::words::Say;
use crate::{msg, say};

/// Tickets on one page, and so how many are chosen at once.
pub(super) const PAGE: i64 = 25;

/// The tickets that a filter leaves, which stands in the address.
pub(super) async fn list(visit: Arc<Visit>) -> Result<Answer> {
    let (language, app, acting) = (visit.language, &visit.app, visit.acting());
    let staff = look::works_tickets(app, acting).await?;
    let kinds = look::list_kinds(app, acting).await?;
    let wanted = Wanted::read(&visit, &kinds, staff);
    let at: At = visit.query("at").and_then(|at| serde_json::from_str(at).ok()).unwrap_or(At::Start);
    // What means nothing is said above the form in which it stands.
    let (found, refused) = match wanted.filter(&visit, staff).await {
        Ok(filter) => (look::page(app, acting, filter, at, PAGE).await?, None),
        Err(Error::User(why)) => (look::Page::default(), Some(why)),
        Err(error) => return Err(error),
    };
    let body = html! {
        @if staff { (wanted.views(&visit)) }
        (wanted.form(&visit, &kinds, staff).await)
        @if refused.is_none() { div data-part="list" { (tickets(&visit, &wanted, &found, staff).await) } }
    };
    let title = if staff { msg!(tickets_list) } else { msg!(tickets_list_own) };
    let page = Page::new(title.say(language), body);
    let page = if staff { page.told_by(visit.to("/live")) } else { page };
    Ok(match refused {
        Some(why) => page.refusing(&visit.rich(&why.say(language)).await).into(),
        None => page.into(),
    })
}

/// Tells when any ticket changes: the staff, who may hear that there are others.
pub(super) async fn live(visit: Arc<Visit>) -> Result<Answer> {
    match look::works_tickets(&visit.app, visit.acting()).await? {
        true => Ok(Answer::Live(Watch { table: "ticket", number: None })),
        false => Ok(Answer::no_page()),
    }
}

async fn tickets(visit: &Visit, wanted: &Wanted<'_>, found: &look::Page, staff: bool) -> Markup {
    let (language, is_filtered) = (visit.language, wanted.is_anything());
    if found.lines.is_empty() {
        return html! {
            p.empty {
                (say!(language, tickets_web_none, filtered = if is_filtered { "yes" } else { "no" }))
                @if is_filtered { " " a href=(visit.to("")) { (say!(language, tickets_web_without_filter)) } }
            }
        };
    }
    let at = visit.query("at").unwrap_or_default();
    let turn = |to: &At| wanted.at(visit, "", &[("at", &serde_json::to_string(to).unwrap_or_default())]);
    let rows = rows(visit, &found.lines, staff).await;
    html! {
        @if staff {
            form method="post" action=(wanted.at(visit, "", &[("at", at)])) {
                (visit.once())
                (rows)
                (several(visit))
            }
        } @else { (rows) }
        p.pages {
            @if let Some(to) = &found.previous { a href=(turn(to)) rel="prev" { (say!(language, tickets_previous_button)) } }
            @if let Some(to) = &found.next { a href=(turn(to)) rel="next" { (say!(language, tickets_next_button)) } }
        }
        form method="post" action=(wanted.at(visit, "/csv", &[])) {
            button.plain { (say!(language, web_csv_button)) }
        }
    }
}

async fn rows(visit: &Visit, lines: &[Line], staff: bool) -> Markup {
    let language = visit.language;
    let shown: Vec<String> = lines.iter().map(|line| screens::line(language, line)).collect();
    let shown = visit.rich_list(&shown.iter().map(String::as_str).collect::<Vec<_>>()).await;
    html! {
        ul.list {
            @for (line, shown) in lines.iter().zip(shown) {
                li.box data-row {
                    @if staff {
                        input type="checkbox" name="number" value=(line.number)
                            aria-label=(say!(language, tickets_web_choose_label, number = line.number));
                        " "
                    }
                    (shown) " "
                    a data-open href=(visit.to(&format!("/{}", line.number))) {
                        (say!(language, tickets_web_look_button))
                        span.hidden { " #" (line.number) }
                    }
                }
            }
        }
    }
}

/// What is done with those that are chosen.
fn several(visit: &Visit) -> Markup {
    let language = visit.language;
    html! {
        fieldset.row {
            legend { (say!(language, tickets_web_chosen_label)) }
            button.quiet name="step" value="claim" { (say!(language, tickets_claim_button)) }
            div.field {
                label for="set-priority" { (say!(language, tickets_card_priority)) }
                select #set-priority name="priority-of-all" {
                    @for (priority, name) in Priority::ALL {
                        option value=(name) selected[priority == Priority::Normal] { (priority.say(language)) }
                    }
                }
            }
            button.quiet name="step" value="priority" { (say!(language, tickets_web_priority_button)) }
            div.field {
                label for="reason" { (say!(language, tickets_close_reason_label)) }
                input #reason name="text" maxlength="500" autocomplete="off";
            }
            button.danger name="step" value="close" { (say!(language, tickets_close_button)) }
        }
    }
}
