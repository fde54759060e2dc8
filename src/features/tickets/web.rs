//! Tickets on the dashboard: the staff sees those that they work, a member their own, as in Discord.

use std::sync::Arc;

use maud::{Markup, html};

use super::discord::screens;
use super::messages;
use super::model::workflow::Step;
use super::model::{EventKind, Kind, Priority, Refusal, Status};
use super::operations::look::{self, History};
use super::operations::step::{self, Found};
use super::store::{At, By, Filter};
use super::write::Stepped;
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::web::{Answer, Page, Section, Visit};
use crate::words::{Msg, Say};
use crate::{msg, said, say};

/// Tickets on one page.
const PAGE: i64 = 25;

/// A note, or a reason, in characters; operations check it again.
const LONGEST_TEXT: u16 = 500;

/// The pages.
pub(super) fn section() -> Section {
    Section::new("tickets", "tickets", msg!(tickets_list), |_, _| async { Ok(true) })
        .page("", list)
        .page("/{number}", show)
        .form("/{number}", take)
}

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
async fn list(visit: Arc<Visit>) -> Result<Answer> {
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

fn number(visit: &Visit) -> Result<i32> {
    visit.parameter("number").ok_or_else(|| Error::User(Refusal::NoSuchTicket.said()))
}

async fn show(visit: Arc<Visit>) -> Result<Answer> {
    Ok(ticket(&visit, "").await?.into())
}

/// One ticket: what it is, what happened, and what this person may do with it. `written` is a text that was refused.
async fn ticket(visit: &Visit, written: &str) -> Result<Page> {
    let language = visit.language;
    let found = step::find(&visit.app, visit.acting(), By::Number(number(visit)?)).await?;
    let History { ticket, events, staff } = look::history(&visit.app, visit.acting(), &found).await?;
    let lines: Vec<String> = events.iter().map(|it| screens::line_of(language, visit.guild, it)).collect();
    let lines = visit.rich_list(&lines.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let card = visit.card(&messages::card(language, &ticket)).await;
    let problem = match ticket.shown.problem.as_ref().filter(|_| staff) {
        Some(problem) => Some(visit.rich(&problem.say(language)).await),
        None => None,
    };
    let body = html! {
        @if let Some(problem) = problem { p.refused { "⚠️ " (problem) } }
        (card)
        (actions(visit, &ticket, written).await?)
        h2 { (say!(language, tickets_history)) }
        ol.history { @for line in lines { li { (line) } } }
    };
    Ok(Page::new(say!(language, tickets_number_form, number = ticket.number), body))
}

/// A step that a form asks for by its name.
fn step_of(name: &str, text: &str, priority: Option<Priority>) -> Option<Step> {
    Some(match name {
        "claim" => Step::Claim,
        "unclaim" => Step::Unclaim,
        "wait" => Step::Wait,
        "agree" => Step::Agree,
        "keep-open" => Step::KeepOpen,
        "close" => Step::Close { reason: text.to_owned(), why: None },
        "reopen" => Step::Reopen,
        "note" => Step::Note { text: text.to_owned() },
        "priority" => Step::SetPriority(priority?),
        _ => return None,
    })
}

/// What whoever looks could do now: what would be refused is not offered.
async fn actions(visit: &Visit, ticket: &Found, written: &str) -> Result<Markup> {
    let language = visit.language;
    let could = async |step: Step| match step::could_take(&visit.app, visit.acting(), ticket, &step).await {
        Ok(_) => Ok(true),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure) => Err(Error::from(failure)),
    };
    let at = visit.to(&format!("/{}", ticket.number));
    let simple = [
        ("claim", msg!(tickets_claim_button)),
        ("unclaim", msg!(tickets_unclaim_button)),
        ("wait", msg!(tickets_wait_button)),
        ("agree", msg!(tickets_agree_button)),
        ("keep-open", msg!(tickets_keep_open_button)),
        ("reopen", msg!(tickets_reopen_button)),
    ];
    let mut offered = Vec::new();
    for (name, label) in simple {
        if let Some(step) = step_of(name, "", None)
            && could(step).await?
        {
            offered.push((name, label));
        }
    }
    let closes = could(Step::Close { reason: String::new(), why: None }).await?;
    let notes = could(Step::Note { text: "x".to_owned() }).await?;
    let other = Priority::ALL.into_iter().find(|(priority, _)| *priority != ticket.priority);
    let ranks = match other {
        Some((priority, _)) => could(Step::SetPriority(priority)).await?,
        None => false,
    };
    Ok(html! {
        @if !offered.is_empty() {
            form.row method="post" action=(at) {
                (visit.once())
                @for (name, label) in offered { button.quiet name="step" value=(name) { (label.say(language)) } }
            }
        }
        @if ranks {
            form.row method="post" action=(at) {
                (visit.once())
                div.field {
                    label for="priority" { (say!(language, tickets_card_priority)) }
                    select #priority name="priority" {
                        @for (priority, name) in Priority::ALL {
                            option value=(name) selected[priority == ticket.priority] { (priority.say(language)) }
                        }
                    }
                }
                button.quiet name="step" value="priority" { (say!(language, tickets_web_priority_button)) }
            }
        }
        @if notes {
            form method="post" action=(at) {
                (visit.once())
                div.field {
                    label for="note" { (say!(language, tickets_web_note_label)) }
                    p #about-note { (say!(language, tickets_web_note_hint)) }
                    textarea.short #note name="text" maxlength=(LONGEST_TEXT) required aria-describedby="about-note" { "\n" (written) }
                }
                button.quiet name="step" value="note" { (say!(language, tickets_web_note_button)) }
            }
        }
        @if closes {
            details.box {
                summary { (say!(language, tickets_close_button)) }
                form method="post" action=(at) {
                    (visit.once())
                    div.field {
                        label for="reason" { (say!(language, tickets_close_reason_label)) }
                        textarea.short #reason name="text" maxlength=(LONGEST_TEXT) { "\n" }
                    }
                    button.danger name="step" value="close" { (say!(language, tickets_web_close_button)) }
                }
            }
        }
    })
}

/// Takes a step.
async fn take(visit: Arc<Visit>) -> Result<Answer> {
    let number = number(&visit)?;
    let text = visit.form("text").unwrap_or_default();
    let priority = visit.form("priority").and_then(Priority::named);
    let Some(step) = visit.form("step").and_then(|name| step_of(name, text, priority)) else {
        return Ok(Answer::no_page());
    };
    let found = step::find_to_take(&visit.app, visit.acting(), By::Number(number)).await?;
    match step::take(&visit.app, visit.acting(), found, step).await {
        Ok(Stepped { ticket: after, event, .. }) => {
            let done = match event.kind {
                EventKind::Priority => said!(tickets_has_priority, number, priority = after.priority.said()),
                EventKind::Note => said!(tickets_web_noted, number),
                EventKind::KeptOpen => said!(tickets_stays_open, number),
                _ => said!(tickets_is_now, number, status = after.status.said()),
            };
            Ok(Answer::Done { said: visit.say(&done), to: visit.to(&format!("/{number}")) })
        }
        // Somebody was faster, or may not any more: they see it as it is now.
        Err(Failure::Refused(refusal)) if !matches!(refusal, Refusal::NoSuchTicket) => {
            let page = ticket(&visit, text).await?;
            Ok(page.refusing(&visit.rich(&refusal.say(visit.language)).await).into())
        }
        Err(failure) => Err(failure.into()),
    }
}
