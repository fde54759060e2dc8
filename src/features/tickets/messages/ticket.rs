//! What a ticket looks like.

use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;
use twilight_model::channel::message::{AllowedMentions, Component, Embed};

use super::model::{Priority, Status, Ticket};
use super::settings::Settings;
use super::{Button, id, label, words};
use crate::settings::{System, field};
use crate::ui::{Message, button, embed, has_link, limits::cut, plain, plain_lines};
use crate::words::{Language, Say, known_languages};
use crate::{msg, say};

/// Of an answer in the ticket's message; the transcript has all of it.
const ANSWER: usize = 700;

/// What members read of a ticket that was opened while nobody was there.
pub(crate) fn away(language: Language, ticket: &Ticket, system: &System) -> Option<String> {
    let definition = &ticket.kind.in_language(language).definition;
    let (hours, zone) = (definition.hours(), system.time_zone.time_zone());
    if hours.open_at(ticket.opened_at, &zone) {
        return None;
    }
    let next = hours.next_opening(ticket.opened_at, &zone);
    Some(match (definition.hours_note.as_str(), next) {
        ("", Some(next)) => {
            let (hours, zone) = (words::hours(language, &hours), system.time_zone.to_string());
            say!(language, tickets_away, hours, zone, next = next.as_second().to_string())
        }
        ("", None) => return None,
        (note, _) => note.to_owned(),
    })
}

/// What a ticket's template may say.
pub(crate) fn fill(language: Language, template: &str, ticket: &Ticket) -> String {
    field::fill(template, |name| match name {
        "member" => Some(format!("<@{}>", ticket.user)),
        "number" => Some(ticket.number.to_string()),
        "type" => Some(plain(ticket.kind.name_in(language))),
        "subject" => Some(plain(&ticket.subject)),
        _ => None,
    })
}

/// The ticket's own message: what it says, and buttons for what can be done now.
///
/// It names the staff without calling them; that is done once, when it is posted.
pub(crate) fn message(ticket: &Ticket, settings: &Settings, system: &System) -> anyhow::Result<Message> {
    let away = away(system.language, ticket, system);
    // Nobody is said to be there soon where nobody is there.
    let opening = match words::usual::opening_while_away(system.language, &ticket.kind) {
        Some(greeting) if away.is_some() => greeting,
        _ => ticket.kind.in_language(system.language).definition.opening.clone(),
    };
    let opening = fill(system.language, &opening, ticket);
    let mut content = format!("{}\n{opening}", calls(ticket, settings).0);
    if let Some(away) = away {
        content.push('\n');
        content.push_str(&away);
    }
    let message = Message::new(content).embed(card(system.language, ticket));
    Ok(message.row(buttons(system.language, ticket)?))
}

/// The same without what people wrote, for where Discord refuses that: a ticket that shows less can still be worked.
pub(crate) fn without_texts(ticket: &Ticket, settings: &Settings, system: &System) -> anyhow::Result<Message> {
    let language = system.language;
    let bare = bare(ticket);
    let mut card = card(language, &bare);
    card.description = Some(say!(language, ticket_events_left_out));
    // What an admin wrote is hardly what is refused, unless it has a link of its own.
    let opening = fill(language, &ticket.kind.in_language(language).definition.opening, &bare);
    let opening = if has_link(&opening) { String::new() } else { opening };
    let content = format!("{}\n{opening}", calls(ticket, settings).0);
    Ok(Message::new(content.trim_end()).embed(card).row(buttons(language, ticket)?))
}

/// A ticket of which nothing is known that anybody wrote.
pub(crate) fn bare(ticket: &Ticket) -> Ticket {
    Ticket {
        subject: String::new(),
        answers: Vec::new(),
        source: None,
        close_reason: None,
        rating_comment: None,
        ..ticket.clone()
    }
}

/// Whom the first message calls.
pub(crate) fn calls(ticket: &Ticket, settings: &Settings) -> (String, AllowedMentions) {
    let roles = ticket.kind.definition.staff(settings);
    let mut called: Vec<String> = vec![format!("<@{}>", ticket.user)];
    called.extend(roles.iter().map(|role| format!("<@&{role}>")));
    let mentions = AllowedMentions { users: vec![ticket.user], roles, ..AllowedMentions::default() };
    (called.join(" "), mentions)
}

/// What a ticket is called, with its kind.
pub(crate) fn title(language: Language, ticket: &Ticket) -> String {
    say!(language, tickets_title, number = ticket.number, kind = label(language, &ticket.kind))
}

/// What that begins with, whatever its kind is called and whatever language the server spoke when it was posted.
pub(crate) fn title_beginnings(number: i32) -> Vec<String> {
    let beginning = |language: Language| say!(language, tickets_title, number, kind = "").trim_end().to_owned();
    known_languages().map(beginning).collect()
}

/// What a ticket is, in a box.
pub(crate) fn card(language: Language, ticket: &Ticket) -> Embed {
    let mut card = embed(title(language, ticket), plain(&ticket.subject));
    card.color = Some(ticket.status.color());
    let mut field = |name: String, value: String, inline| {
        card.fields.push(EmbedField { inline, name, value });
    };
    field(say!(language, tickets_card_status), words::status_chip(language, ticket.status), true);
    let opened = match ticket.opened_by.filter(|by| *by != ticket.user) {
        Some(by) => say!(language, tickets_card_opened_for, by, user = ticket.user),
        None => format!("<@{}>", ticket.user),
    };
    field(say!(language, tickets_card_opened_by), opened, true);
    if let Some(by) = ticket.claimed_by {
        field(say!(language, tickets_card_claimed_by), format!("<@{by}>"), true);
    }
    if ticket.priority != Priority::Normal {
        field(say!(language, tickets_card_priority), words::priority_chip(language, ticket.priority), true);
    }
    if let Some(role) = ticket.escalated_to {
        field(say!(language, tickets_card_escalated_to), format!("<@&{role}>"), true);
    }
    if let Some(due) = ticket.close_due_at {
        let at = due.as_second().to_string();
        field(say!(language, tickets_card_closes), say!(language, tickets_card_closes_at, at), true);
    }
    if ticket.status == Status::Closed {
        let by = match ticket.closed_by {
            Some(by) => format!("<@{by}>"),
            None => words::closed_by_nobody(ticket).say(language),
        };
        field(say!(language, tickets_card_closed_by), by, true);
        if let Some(reason) = words::close_reason(ticket) {
            field(say!(language, tickets_card_reason), plain_lines(&reason.say(language)), false);
        }
    }
    if let Some(stars) = ticket.rating {
        field(say!(language, tickets_card_rating), words::rating(stars), true);
    }
    if let Some(comment) = &ticket.rating_comment {
        field(say!(language, tickets_card_comment), cut(&plain(comment), ANSWER), false);
    }
    for (question, answer) in words::questions_answered(language, ticket) {
        // What it is about stands above already.
        if answer != ticket.subject {
            field(question, cut(&plain_lines(&answer), ANSWER), false);
        }
    }
    field(say!(language, tickets_card_opened), format!("<t:{}:f>", ticket.opened_at.as_second()), true);
    field(say!(language, tickets_card_updated), format!("<t:{}:R>", ticket.updated_at.as_second()), true);
    card
}

/// Buttons for what can be done now, by the table of states.
fn buttons(language: Language, ticket: &Ticket) -> anyhow::Result<Vec<Component>> {
    use ButtonStyle::{Danger, Secondary, Success};
    let number = ticket.number;
    let may = |next: Status| ticket.status.may_become(next);
    let wanted = [
        (
            may(Status::Claimed) && ticket.claimed_by.is_none() && ticket.status.is_live(),
            Success,
            msg!(tickets_claim_button),
            Button::Claim(number),
        ),
        (
            may(Status::Open) && ticket.claimed_by.is_some() && ticket.status.is_live(),
            Secondary,
            msg!(tickets_unclaim_button),
            Button::Unclaim(number),
        ),
        (may(Status::WaitingForUser), Secondary, msg!(tickets_wait_button), Button::Wait(number)),
        (may(Status::Escalated), Secondary, msg!(tickets_escalate_button), Button::Escalate(number)),
        (may(Status::Closed), Danger, msg!(tickets_close_button), Button::Close(number)),
        (ticket.status.is_live(), Secondary, msg!(tickets_suggest_button), Button::Suggest(number)),
        (ticket.status == Status::Closed, Success, msg!(tickets_reopen_button), Button::Reopen(number)),
        (ticket.status == Status::Closed, Secondary, msg!(tickets_transcript_button), Button::Transcript(number)),
        (ticket.status == Status::Closed, Danger, msg!(tickets_delete_button), Button::Delete(number)),
    ];
    let shown = wanted.into_iter().filter(|(may, ..)| *may);
    shown.map(|(_, style, label, action)| Ok(button(style, label.say(language), id(None, &action)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::model::workflow::tests::ticket;
    use super::*;

    #[test]
    fn a_ticket_s_message_is_found_in_whatever_language_it_was_posted() {
        let ticket = ticket(Status::Open);
        let found = |title: &str, number| title_beginnings(number).iter().any(|beginning| title.starts_with(beginning));
        for language in known_languages() {
            let title = title(language, &ticket);
            assert!(found(&title, ticket.number), "{title}");
            assert!(!found(&title, ticket.number * 10), "{title}");
        }
    }
}
