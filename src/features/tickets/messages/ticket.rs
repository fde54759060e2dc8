//! What a ticket looks like.

use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;
use twilight_model::channel::message::{AllowedMentions, Component, Embed};

use super::model::{Definition, Priority, Status, Ticket};
use super::settings::Settings;
use super::{Button, id, label, words};
use crate::settings::{System, field};
use crate::ui::{Message, button, embed, limits::cut, plain};

/// Stars of a rating.
pub(super) const STARS: i16 = 5;

/// Of an answer in the ticket's message; the transcript has all of it.
const ANSWER: usize = 700;

/// What members read while nobody is there.
pub(crate) fn away(definition: &Definition) -> String {
    match definition.hours_note.as_str() {
        "" => format!("Nobody is there right now; we are there {}.", definition.hours()),
        note => note.to_owned(),
    }
}

/// What a ticket's template may say.
pub(crate) fn fill(template: &str, ticket: &Ticket) -> String {
    field::fill(template, |name| match name {
        "member" => Some(format!("<@{}>", ticket.user)),
        "number" => Some(ticket.number.to_string()),
        "type" => Some(plain(&ticket.kind.name)),
        "subject" => Some(plain(&ticket.subject)),
        _ => None,
    })
}

/// The ticket's own message: what it says, and buttons for what can be done now.
///
/// It names the staff without calling them; that is done once, when it is posted.
pub(crate) fn message(ticket: &Ticket, settings: &Settings, system: &System) -> anyhow::Result<Message> {
    let opening = fill(&ticket.kind.definition.opening, ticket);
    let mut content = format!("{}\n{opening}", calls(ticket, settings).0);
    let definition = &ticket.kind.definition;
    if !definition.hours().open_at(ticket.opened_at, &system.time_zone.time_zone()) {
        content.push('\n');
        content.push_str(&away(definition));
    }
    let message = Message::new(content).embed(card(ticket));
    Ok(message.row(buttons(ticket)?))
}

/// Whom the first message calls.
pub(crate) fn calls(ticket: &Ticket, settings: &Settings) -> (String, AllowedMentions) {
    let roles = ticket.kind.definition.staff(settings);
    let mut called: Vec<String> = vec![format!("<@{}>", ticket.user)];
    called.extend(roles.iter().map(|role| format!("<@&{role}>")));
    let mentions = AllowedMentions { users: vec![ticket.user], roles, ..AllowedMentions::default() };
    (called.join(" "), mentions)
}

/// What a ticket is, in a box.
pub(crate) fn card(ticket: &Ticket) -> Embed {
    let title = format!("Ticket #{} · {}", ticket.number, label(&ticket.kind));
    let mut card = embed(title, plain(&ticket.subject));
    card.color = Some(ticket.status.color());
    let mut field = |name: &str, value: String, inline| {
        card.fields.push(EmbedField { inline, name: name.to_owned(), value });
    };
    field("Status", ticket.status.chip().to_owned(), true);
    field("Opened by", format!("<@{}>", ticket.user), true);
    if let Some(by) = ticket.claimed_by {
        field("Claimed by", format!("<@{by}>"), true);
    }
    if ticket.priority != Priority::Normal {
        field("Priority", ticket.priority.label().to_owned(), true);
    }
    if let Some(role) = ticket.escalated_to {
        field("Escalated to", format!("<@&{role}>"), true);
    }
    if let Some(due) = ticket.close_due_at {
        field("Closes", format!("<t:{}:R>, unless its member keeps it open", due.as_second()), true);
    }
    if ticket.status == Status::Closed {
        let by = ticket.closed_by.map_or("me".to_owned(), |by| format!("<@{by}>"));
        field("Closed by", by, true);
        if let Some(reason) = words::close_reason(ticket) {
            field("Reason", plain(&reason), false);
        }
    }
    if let Some(stars) = ticket.rating {
        field("Rating", rating(stars), true);
    }
    for (question, answer) in words::questions_answered(ticket) {
        // What it is about stands above already.
        if answer != ticket.subject {
            field(&question, cut(&plain(&answer), ANSWER), false);
        }
    }
    field("Opened", format!("<t:{}:f>", ticket.opened_at.as_second()), true);
    field("Last updated", format!("<t:{}:R>", ticket.updated_at.as_second()), true);
    card
}

pub(crate) fn rating(stars: i16) -> String {
    let full = usize::try_from(stars.clamp(0, STARS)).unwrap_or(0);
    let empty = usize::try_from(STARS).unwrap_or(0) - full;
    format!("{}{}", "★".repeat(full), "☆".repeat(empty))
}

/// Buttons for what can be done now, by the table of states.
fn buttons(ticket: &Ticket) -> anyhow::Result<Vec<Component>> {
    use ButtonStyle::{Danger, Secondary, Success};
    let number = ticket.number;
    let may = |next: Status| ticket.status.may_become(next);
    let wanted = [
        (
            may(Status::Claimed) && ticket.claimed_by.is_none() && ticket.status.is_live(),
            Success,
            "Claim",
            Button::Claim(number),
        ),
        (
            may(Status::Open) && ticket.claimed_by.is_some() && ticket.status.is_live(),
            Secondary,
            "Give back",
            Button::Unclaim(number),
        ),
        (may(Status::WaitingForUser), Secondary, "Wait for user", Button::Wait(number)),
        (may(Status::Escalated), Secondary, "Escalate", Button::Escalate(number)),
        (may(Status::Closed), Danger, "Close", Button::Close(number)),
        (ticket.status == Status::Closed, Success, "Reopen", Button::Reopen(number)),
        (ticket.status == Status::Closed, Secondary, "Transcript", Button::Transcript(number)),
        (ticket.status == Status::Closed, Danger, "Delete", Button::Delete(number)),
    ];
    let shown = wanted.into_iter().filter(|(may, ..)| *may);
    shown.map(|(_, style, label, action)| Ok(button(style, label, id(None, &action)?))).collect()
}
