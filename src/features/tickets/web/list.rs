//! The list of tickets.

use std::sync::Arc;

use maud::{Markup, html};

use super::super::discord::screens;
use super::super::model::{Kind, Priority, Status};
use super::super::operations::look;
use super::super::store::{At, Filter};
use crate::error::Result;
use crate::web::{Answer, Page, Visit};
use crate::words::{Msg, Say};
use crate::{msg, say};

/// Tickets on one page.
const PAGE: i64 = 25;

/// What of a list is shown, as it stands in the address.
struct Wanted<'a> {
    status: Option<Status>,
    kind: Option<&'a Kind>,
    priority: Option<Priority>,
    /// `me`, `nobody`, or whoever.
    claimed: &'a str,
}

impl<'a> Wanted<'a> {
    fn read(visit: &'a Visit, kinds: &'a [Kind], staff: bool) -> Wanted<'a> {
        Wanted {
            status: visit.query("status").and_then(Status::named),
            kind: visit.query("kind").and_then(|id| kinds.iter().find(|kind| kind.id.to_string() == id)),
            priority: visit.query("priority").and_then(Priority::named),
            claimed: visit.query("claimed").filter(|_| staff).unwrap_or_default(),
        }
    }

    fn is_anything(&self) -> bool {
        self.status.is_some() || self.kind.is_some() || self.priority.is_some() || !self.claimed.is_empty()
    }

    fn filter(&self, visit: &Visit, staff: bool) -> Filter {
        Filter {
            status: self.status,
            user: None,
            claimed_by: (self.claimed == "me").then(|| visit.user()),
            all: !staff,
            kind: self.kind.map(|kind| kind.id),
            priority: self.priority,
            unclaimed: self.claimed == "nobody",
            viewer: None,
        }
    }

    /// As it stands in an address.
    fn pairs(&self) -> [(&'static str, String); 4] {
        [
            ("status", self.status.map_or("", Status::name).to_owned()),
            ("kind", self.kind.map(|kind| kind.id.to_string()).unwrap_or_default()),
            ("priority", self.priority.map_or("", Priority::name).to_owned()),
            ("claimed", self.claimed.to_owned()),
        ]
    }

    /// The form in which it is chosen.
    fn form(&self, visit: &Visit, kinds: &[Kind], staff: bool) -> Markup {
        let language = visit.language;
        let now = self.pairs();
        let choose = |at: usize, label: Msg, all: Msg, options: Vec<(String, String)>| {
            let (name, now) = &now[at];
            html! {
                div.field {
                    label for=(name) { (label.say(language)) }
                    select #(name) name=(name) {
                        option value="" selected[now.is_empty()] { (all.say(language)) }
                        @for (value, label) in &options { option value=(value) selected[value == now] { (label) } }
                    }
                }
            }
        };
        let statuses = Status::ALL.into_iter().map(|it| (it.name().to_owned(), it.say(language))).collect();
        let priorities = Priority::ALL.iter().map(|(it, name)| ((*name).to_owned(), it.say(language))).collect();
        let named = kinds.iter().map(|kind| (kind.id.to_string(), kind.name_in(language).to_owned())).collect();
        let whose = vec![
            ("me".to_owned(), say!(language, tickets_web_by_me_option)),
            ("nobody".to_owned(), say!(language, tickets_web_by_nobody_option)),
        ];
        let open = if staff { msg!(tickets_web_open_option) } else { msg!(tickets_web_any_option) };
        html! {
            form.row method="get" action=(visit.to("")) {
                (choose(0, msg!(tickets_card_status), open, statuses))
                (choose(1, msg!(tickets_web_kind_label), msg!(tickets_all_kinds_option), named))
                (choose(2, msg!(tickets_card_priority), msg!(tickets_web_any_option), priorities))
                @if staff {
                    (choose(3, msg!(tickets_card_claimed_by), msg!(tickets_web_by_anybody_option), whose))
                }
                button.quiet { (say!(language, tickets_web_show_button)) }
            }
        }
    }
}

/// The tickets that a filter leaves, which stands in the address.
pub(super) async fn list(visit: Arc<Visit>) -> Result<Answer> {
    let (language, app, acting) = (visit.language, &visit.app, visit.acting());
    let staff = look::works_tickets(app, acting).await?;
    let kinds = look::list_kinds(app, acting).await?;
    let wanted = Wanted::read(&visit, &kinds, staff);
    let at: At = visit.query("at").and_then(|at| serde_json::from_str(at).ok()).unwrap_or(At::Start);
    let look::Page { lines, previous, next } = look::page(app, acting, wanted.filter(&visit, staff), at, PAGE).await?;
    let shown: Vec<String> = lines.iter().map(|line| screens::line(language, line)).collect();
    let shown = visit.rich_list(&shown.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let pairs = wanted.pairs();
    let turn = |to: At| {
        let at = serde_json::to_string(&to).unwrap_or_default();
        let kept = pairs.iter().map(|(name, value)| (*name, value.as_str())).chain([("at", at.as_str())]);
        visit.to_with("", &kept.collect::<Vec<_>>())
    };
    let is_filtered = wanted.is_anything();
    let body = html! {
        (wanted.form(&visit, &kinds, staff))
        @if lines.is_empty() {
            p.empty {
                (say!(language, tickets_web_none, filtered = if is_filtered { "yes" } else { "no" }))
                @if is_filtered { " " a href=(visit.to("")) { (say!(language, tickets_web_without_filter)) } }
            }
        } @else {
            ul.list {
                @for (line, shown) in lines.iter().zip(shown) {
                    li.box {
                        p { (shown) }
                        a href=(visit.to(&format!("/{}", line.number))) {
                            (say!(language, tickets_web_look_button))
                            span.hidden { " #" (line.number) }
                        }
                    }
                }
            }
        }
        p.pages {
            @if let Some(to) = previous { a href=(turn(to)) rel="prev" { (say!(language, tickets_previous_button)) } }
            @if let Some(to) = next { a href=(turn(to)) rel="next" { (say!(language, tickets_next_button)) } }
        }
    };
    let title = if staff { msg!(tickets_list) } else { msg!(tickets_list_own) };
    Ok(Page::new(title.say(language), body).into())
}
