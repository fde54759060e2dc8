//! What whoever looks can do with a ticket now. What would be refused is not offered.

use maud::{Markup, html};

use super::super::model::workflow::{SUBJECT, Step};
use super::super::model::{Priority, Status};
use super::super::operations::step::{self, Found};
use super::super::store::Happened;
use super::super::words;
use super::people;
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::web::Visit;
use crate::words::{Msg, Say};
use crate::{msg, say};

/// A note, and a reason, in characters; operations check it again.
const NOTE: usize = 1000;
const REASON: usize = 500;

/// The steps that are a button and no more.
const SIMPLE: [(&str, Msg); 7] = [
    ("claim", msg!(tickets_claim_button)),
    ("unclaim", msg!(tickets_unclaim_button)),
    ("resume", msg!(tickets_web_resume_button)),
    ("wait", msg!(tickets_wait_button)),
    ("agree", msg!(tickets_agree_button)),
    ("keep-open", msg!(tickets_keep_open_button)),
    ("reopen", msg!(tickets_reopen_button)),
];

/// A step without anything that is filled in.
pub(super) fn simple(name: &str) -> Option<Step> {
    Some(match name {
        "claim" => Step::Claim,
        "unclaim" => Step::Unclaim,
        "resume" => Step::Resume,
        "wait" => Step::Wait,
        "agree" => Step::Agree,
        "keep-open" => Step::KeepOpen,
        "reopen" => Step::Reopen,
        _ => return None,
    })
}

/// A page on which forms stand, and where they are sent.
struct Forms<'a> {
    visit: &'a Visit,
    ticket: &'a Found,
    at: String,
}

impl Forms<'_> {
    async fn could(&self, step: Step) -> Result<bool> {
        match step::could_take(&self.visit.app, self.visit.acting(), self.ticket, &step).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(failure) => Err(Error::from(failure)),
        }
    }

    fn say(&self, msg: Msg) -> String {
        msg.say(self.visit.language)
    }

    /// What was filled into a form that was refused.
    fn written(&self, step: &str, field: &str) -> &str {
        let is_refused = self.visit.form("step") == Some(step);
        self.visit.form(field).filter(|_| is_refused).unwrap_or_default()
    }

    /// A form that unfolds; open where what was filled in was refused.
    fn folded(&self, step: &'static str, (title, button): (Msg, Msg), is_danger: bool, fields: &Markup) -> Markup {
        html! {
            details.box open[self.visit.form("step") == Some(step)] {
                summary { (self.say(title)) }
                form method="post" action=(self.at) {
                    (self.visit.once())
                    (fields)
                    button.quiet[!is_danger].danger[is_danger] name="step" value=(step) { (self.say(button)) }
                }
            }
        }
    }

    fn text(&self, step: &str, (label, hint): (Msg, Option<Msg>), max: usize, required: bool) -> Markup {
        let (id, about) = (format!("{step}-text"), format!("{step}-about"));
        html! {
            div.field {
                label for=(id) { (self.say(label)) }
                @if let Some(hint) = hint { p id=(about) { (self.say(hint)) } }
                textarea.short id=(id) name="text" maxlength=(max) required[required] aria-describedby=[hint.map(|_| about.as_str())] {
                    "\n" (self.written(step, "text"))
                }
            }
        }
    }

    fn person(&self, step: &str, label: Msg) -> Markup {
        let (id, about) = (format!("{step}-who"), format!("{step}-about"));
        html! {
            div.field {
                label for=(id) { (self.say(label)) }
                p id=(about) { (say!(self.visit.language, web_person_hint)) }
                input id=(id) name="who" required aria-describedby=(about) autocomplete="off" value=(self.written(step, "who"));
            }
        }
    }
}

/// All that can be done now.
pub(super) async fn all(visit: &Visit, ticket: &Found, events: &[Happened], staff: bool) -> Result<Markup> {
    let at = visit.to(&format!("/{}", ticket.number));
    let forms = Forms { visit, ticket, at };
    let offered = offered(&forms).await?;
    let closes = forms.could(Step::Close { reason: String::new(), why: None }).await?;
    let close_hint = if staff { msg!(tickets_close_reason_hint) } else { msg!(tickets_close_own_reason_hint) };
    let reason = forms.text("close", (msg!(tickets_close_reason_label), Some(close_hint)), REASON, false);
    let words = (msg!(tickets_close_button), msg!(tickets_web_close_button));
    let body = html! {
        @if !offered.is_empty() {
            form.row method="post" action=(forms.at) {
                (visit.once())
                @for (name, label) in offered { button.quiet name="step" value=(name) { (forms.say(label)) } }
            }
        }
        (priority(&forms).await?)
        @if closes { (forms.folded("close", words, true, &reason)) }
        @if staff { (of_staff(&forms, events).await?) }
        (rating(&forms).await?)
    };
    let is_anything = !body.0.is_empty();
    Ok(html! {
        @if is_anything { section aria-label=(say!(visit.language, tickets_web_actions_label)) { (body) } }
    })
}

async fn offered(forms: &Forms<'_>) -> Result<Vec<(&'static str, Msg)>> {
    let mut offered = Vec::new();
    for (name, label) in SIMPLE {
        let Some(step) = simple(name) else { continue };
        // One that is only claimed is given back, and one that is done is reopened.
        let is_set_back = matches!(forms.ticket.status, Status::WaitingForUser | Status::Escalated);
        let is_needless = step == Step::Resume && !is_set_back;
        if !is_needless && forms.could(step).await? {
            offered.push((name, label));
        }
    }
    Ok(offered)
}

async fn priority(forms: &Forms<'_>) -> Result<Markup> {
    let (language, now) = (forms.visit.language, forms.ticket.priority);
    let other = Priority::ALL.into_iter().find(|(priority, _)| *priority != now);
    let ranks = match other {
        Some((priority, _)) => forms.could(Step::SetPriority(priority)).await?,
        None => false,
    };
    Ok(html! {
        @if ranks {
            form.row method="post" action=(forms.at) {
                (forms.visit.once())
                div.field {
                    label for="priority" { (say!(language, tickets_card_priority)) }
                    select #priority name="priority" {
                        @for (priority, name) in Priority::ALL {
                            option value=(name) selected[priority == now] { (priority.say(language)) }
                        }
                    }
                }
                button.quiet name="step" value="priority" { (say!(language, tickets_web_priority_button)) }
            }
        }
    })
}

/// What only the staff does.
async fn of_staff(forms: &Forms<'_>, events: &[Happened]) -> Result<Markup> {
    let (visit, ticket) = (forms.visit, forms.ticket);
    let notes = forms.could(Step::Note { text: "x".to_owned() }).await?;
    // Whom it is given to, and who is let in, is asked of Discord once somebody is named.
    let is_live = ticket.status.is_live();
    let renames = forms.could(Step::Rename { subject: "x".to_owned() }).await?;
    let escalates = forms.could(Step::Escalate { to: None, reason: String::new(), why: None }).await?;
    let asks = forms.could(Step::RequestClose { due_at: None, reason: String::new() }).await?;
    let hint = Some(msg!(tickets_web_note_hint));
    let note = forms.text("note", (msg!(tickets_web_note_label), hint), NOTE, true);
    let escalation = if escalates {
        escalation(forms).await
    } else {
        html! {}
    };
    Ok(html! {
        @if notes {
            (forms.folded("note", (msg!(tickets_web_note_button), msg!(tickets_web_note_button)), false, &note))
        }
        @if is_live {
            (forms.folded("transfer", (msg!(tickets_web_transfer), msg!(tickets_web_transfer_button)), false,
                &forms.person("transfer", msg!(tickets_web_transfer_label))))
        }
        @if escalates {
            (forms.folded("escalate", (msg!(tickets_escalate_button), msg!(tickets_escalate_button)), false, &escalation))
        }
        @if asks {
            (forms.folded("ask-close", (msg!(tickets_web_ask_close), msg!(tickets_web_ask_close_button)), false, &asking(forms)))
        }
        @if is_live { (taking_part(forms, events).await) }
        @if renames { (forms.folded("rename", (msg!(tickets_web_rename), msg!(tickets_web_rename_button)), false, &subject(forms))) }
        @if ticket.status == Status::Closed {
            p { a.button.danger href=(visit.to(&format!("/{}/delete", ticket.number))) { (say!(visit.language, tickets_web_delete)) } }
        }
    })
}

fn subject(forms: &Forms<'_>) -> Markup {
    let written = match forms.written("rename", "text") {
        "" => forms.ticket.subject.as_str(),
        written => written,
    };
    html! {
        div.field {
            label for="rename-text" { (say!(forms.visit.language, tickets_web_rename_label)) }
            input #rename-text name="text" required maxlength=(SUBJECT) value=(written);
        }
    }
}

async fn escalation(forms: &Forms<'_>) -> Markup {
    let (language, chosen) = (forms.visit.language, forms.written("escalate", "role"));
    let places = forms.visit.places().await;
    // @everyone has the server's id, and is refused.
    let roles = places.roles.iter().filter(|(id, _)| id.get() != forms.visit.guild.get());
    html! {
        div.field {
            label for="escalate-role" { (say!(language, tickets_web_role_label)) }
            select #escalate-role name="role" {
                option value="" { (say!(language, tickets_web_set_role_option)) }
                @for (id, name) in roles { option value=(id) selected[id.to_string() == chosen] { (name) } }
            }
        }
        (forms.text("escalate", (msg!(tickets_escalate_reason_label), Some(msg!(tickets_escalate_reason_hint))), REASON, false))
    }
}

fn asking(forms: &Forms<'_>) -> Markup {
    html! {
        (forms.text("ask-close", (msg!(tickets_web_ask_close_label), None), REASON, false))
        div.field {
            label for="ask-close-hours" { (say!(forms.visit.language, tickets_web_hours_label)) }
            p #about-hours { (say!(forms.visit.language, tickets_web_hours_hint)) }
            input #ask-close-hours name="hours" inputmode="numeric" aria-describedby="about-hours" value=(forms.written("ask-close", "hours"));
        }
    }
}

/// Who takes part besides, and who else could.
async fn taking_part(forms: &Forms<'_>, events: &[Happened]) -> Markup {
    let added = people::added(events);
    let names = forms.visit.people(added.iter().copied()).await;
    let others = html! {
        div.field {
            label for="remove-who" { (say!(forms.visit.language, tickets_web_remove_label)) }
            select #remove-who name="who" {
                @for user in &added {
                    option value=(user) { (names.get(user).map_or_else(|| user.to_string(), ToString::to_string)) }
                }
            }
        }
    };
    html! {
        (forms.folded("add", (msg!(tickets_web_add), msg!(tickets_web_add_button)), false,
            &forms.person("add", msg!(tickets_web_add_label))))
        @if !added.is_empty() {
            (forms.folded("remove", (msg!(tickets_web_remove), msg!(tickets_web_remove_button)), false, &others))
        }
    }
}

/// What its member says of a ticket that is done.
async fn rating(forms: &Forms<'_>) -> Result<Markup> {
    let (language, ticket) = (forms.visit.language, forms.ticket);
    let rates = forms.could(Step::Rate { stars: 5, end: None }).await?;
    let now = ticket.rating.unwrap_or(5);
    let stars = html! {
        div.field {
            label for="stars" { (say!(language, tickets_web_stars_label)) }
            select #stars name="stars" {
                @for stars in (1..=5_i16).rev() { option value=(stars) selected[stars == now] { (words::rating(stars)) } }
            }
        }
    };
    let hint = Some(msg!(tickets_comment_hint));
    let comment = forms.text("comment", (msg!(tickets_comment_label), hint), REASON, true);
    Ok(html! {
        @if rates {
            (forms.folded("rate", (msg!(tickets_web_rate), msg!(tickets_web_rate_button)), false, &stars))
            @if ticket.rating.is_some() {
                (forms.folded("comment", (msg!(tickets_say_why_button), msg!(tickets_web_send_button)), false, &comment))
            }
        }
    })
}
