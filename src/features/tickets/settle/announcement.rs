//! What is said when something happens to a ticket, and whom that calls.

use twilight_model::channel::message::AllowedMentions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::super::messages;
use super::super::model::{Event, EventKind, Side, Ticket, Why};
use super::super::settings::{Notify, Settings};
use super::super::words;
use crate::said;
use crate::ui::{Message, plain, quote};
use crate::words::{Language, Said, Say, say_minutes_in_full};

/// That its member is silent.
pub(super) const REMINDS_MEMBER: Why = Why::Silent { side: Side::Member };

/// The line in the ticket about an event, if it has one.
pub(super) fn announcement(
    language: Language,
    ticket: &Ticket,
    event: &Event,
    settings: &Settings,
) -> anyhow::Result<Option<Message>> {
    let by = words::who(event, said!(ticket_events_i));
    let written = words::written(language, ticket.guild, event);
    let reason = quote(&written);
    if let Some(text) = asked(ticket, event, by.clone()) {
        let reason = if event.kind == EventKind::CloseRequested { reason.as_str() } else { "" };
        let message = messages::close_question(language, ticket, None, text.say(language) + reason)?;
        return Ok(Some(Message { mentions: calls(vec![ticket.user]), ..message }));
    }
    let told = match event.kind {
        EventKind::Escalated | EventKind::Reminded | EventKind::Late => {
            told_to_staff(ticket, event, settings, &written, by)
        }
        EventKind::KeptOpen => Some(told_kept_open(ticket, event, by)),
        EventKind::Claimed | EventKind::Resumed | EventKind::Unclaimed | EventKind::Transferred => {
            told_of_work(ticket, event, settings.notify == Notify::Ticket, by)
        }
        _ => told_to_all(ticket, event, by),
    };
    let Some((text, mut mentions)) = told else { return Ok(None) };
    // Nobody is called by what they did themselves.
    mentions.users.retain(|user| Some(*user) != event.user);
    let below = match event.kind {
        EventKind::KeptOpen if words::is_answer(event) => match written.is_empty() {
            true => String::new(),
            false => format!(" {written}"),
        },
        EventKind::Escalated | EventKind::Closed => reason,
        EventKind::Message => quoted(language, ticket, event),
        _ => String::new(),
    };
    Ok(Some(Message { content: text.say(language) + &below, mentions, ..Message::default() }))
}

/// What is said, and whom that calls.
type Told = (Said, AllowedMentions);

fn calls(users: Vec<Id<UserMarker>>) -> AllowedMentions {
    AllowedMentions { users, ..AllowedMentions::default() }
}

/// What the staff reads that is called.
fn told_to_staff(ticket: &Ticket, event: &Event, settings: &Settings, written: &str, by: Said) -> Option<Told> {
    Some(match event.kind {
        EventKind::Escalated => {
            // Where nobody is set who is called, all who work it are.
            let of_all = Ticket { claimed_by: None, ..ticket.clone() };
            match (ticket.escalated_to, called(&of_all, settings)) {
                (Some(role), _) => {
                    let mentions = AllowedMentions { roles: vec![role], ..AllowedMentions::default() };
                    (said!(ticket_events_told_escalated_to, role, by), mentions)
                }
                (None, (Some(called), mentions)) => (said!(ticket_events_told_escalated_to_all, called, by), mentions),
                (None, (None, mentions)) => (said!(ticket_events_told_escalated, by), mentions),
            }
        }
        EventKind::Reminded => {
            let (called, mentions) = called(ticket, settings);
            let text = match called {
                Some(called) => said!(ticket_events_told_staff_silent, called),
                None => said!(ticket_events_told_staff_silent_nobody),
            };
            (text, mentions)
        }
        EventKind::Late => {
            let (called, mentions) = called(ticket, settings);
            let text = match called {
                Some(called) => said!(ticket_events_told_late, called, why = written),
                None => said!(ticket_events_told_late_nobody, why = written),
            };
            (text, mentions)
        }
        _ => return None,
    })
}

/// That somebody wants a ticket open, or has answered.
fn told_kept_open(ticket: &Ticket, event: &Event, by: Said) -> Told {
    let member = ticket.user;
    match () {
        () if words::is_answer(event) => {
            let text = match ticket.claimed_by {
                Some(to) => said!(ticket_events_told_answered_claimed, to, member),
                None => said!(ticket_events_told_answered, member),
            };
            (text, calls(ticket.claimed_by.into_iter().collect()))
        }
        () if ticket.claimed_by == event.user => (said!(ticket_events_told_kept_open, by), calls(Vec::new())),
        () => {
            let text = match ticket.claimed_by {
                Some(to) => said!(ticket_events_told_kept_open_claimed, to, by),
                None => said!(ticket_events_told_kept_open, by),
            };
            (text, calls(ticket.claimed_by.into_iter().collect()))
        }
    }
}

/// Who works a ticket now; what hurts nobody is told `in_ticket` alone, if it is to be told there.
fn told_of_work(ticket: &Ticket, event: &Event, in_ticket: bool, by: Said) -> Option<Told> {
    let member = ticket.user;
    Some(match event.kind {
        EventKind::Claimed if in_ticket => (said!(ticket_events_told_claimed, by), calls(Vec::new())),
        // Whose it was hears of it, wherever others are told.
        EventKind::Resumed | EventKind::Unclaimed if event.target.is_some() => {
            let from = event.target.unwrap_or(member);
            (said!(ticket_events_told_taken_from, from, by), calls(vec![from]))
        }
        EventKind::Resumed if in_ticket => (said!(ticket_events_told_resumed, by), calls(Vec::new())),
        EventKind::Unclaimed if in_ticket => (said!(ticket_events_told_unclaimed, by), calls(Vec::new())),
        EventKind::Transferred if event.target.is_some() && event.target == event.user => {
            (said!(ticket_events_told_took_over, by), calls(Vec::new()))
        }
        EventKind::Transferred => {
            let to = event.target.unwrap_or(member);
            (said!(ticket_events_told_transferred, to, by), calls(vec![to]))
        }
        _ => return None,
    })
}

/// What everybody reads who takes part.
fn told_to_all(ticket: &Ticket, event: &Event, by: Said) -> Option<Told> {
    let member = ticket.user;
    Some(match event.kind {
        EventKind::Waiting => (said!(ticket_events_told_waiting, member), calls(vec![member])),
        EventKind::Closed => (said!(ticket_events_told_closed, by), calls(Vec::new())),
        EventKind::Reopened => (said!(ticket_events_told_reopened, member, by), calls(vec![member])),
        EventKind::Added if event.target.is_some() && event.target == event.user => {
            (said!(ticket_events_told_joined, by), calls(Vec::new()))
        }
        EventKind::Added => {
            let who = event.target.unwrap_or(member);
            (said!(ticket_events_told_added, who, by), calls(vec![who]))
        }
        EventKind::Removed => {
            let who = event.target.unwrap_or(member);
            (said!(ticket_events_told_removed, by, who), calls(Vec::new()))
        }
        EventKind::Message => (said!(ticket_events_told_message, by), calls(Vec::new())),
        _ => return None,
    })
}

/// What the member is asked about closing the ticket, if the event asks that.
fn asked(ticket: &Ticket, event: &Event, by: Said) -> Option<Said> {
    let member = ticket.user;
    match event.kind {
        EventKind::CloseRequested => Some(match ticket.close_due_at {
            Some(due) => said!(ticket_events_told_close_requested_due, member, by, at = due.as_second().to_string()),
            None => said!(ticket_events_told_close_requested, member, by),
        }),
        EventKind::Reminded if event.why == Some(REMINDS_MEMBER) => Some(match ticket.kind.definition.close_after.0 {
            0 => said!(ticket_events_told_member_silent, member),
            minutes => said!(ticket_events_told_member_silent_closes, member, time = say_minutes_in_full(minutes)),
        }),
        _ => None,
    }
}

/// Whoever has claimed a ticket, or all who work it, if anybody does.
fn called(ticket: &Ticket, settings: &Settings) -> (Option<Said>, AllowedMentions) {
    match ticket.claimed_by {
        Some(by) => {
            (Some(format!("<@{by}>").into()), AllowedMentions { users: vec![by], ..AllowedMentions::default() })
        }
        None => {
            let roles = ticket.kind.definition.staff(settings);
            let called = (!roles.is_empty()).then(|| Said::list(roles.iter().map(|role| format!("<@&{role}>"))));
            (called, AllowedMentions { roles, ..AllowedMentions::default() })
        }
    }
}

/// A message from elsewhere as a quotation; the link to it stays one.
fn quoted(language: Language, ticket: &Ticket, event: &Event) -> String {
    let text = quote(&event.body);
    let Some(source) = &event.source else { return text };
    let files: String = source.files.iter().map(|name| quote(&format!("📎 {name}"))).collect();
    format!("\n> {}{text}{files}", words::wrote(language, ticket.guild, &plain(&source.author), source))
}

/// The line that the member gets directly, if the event changes where their ticket stands.
pub(super) fn direct_line(ticket: &Ticket, event: &Event, channel: Id<ChannelMarker>) -> Option<Said> {
    let number = ticket.number;
    Some(match event.kind {
        EventKind::Claimed | EventKind::Transferred => said!(ticket_events_direct_claimed, number, channel),
        EventKind::Unclaimed | EventKind::Resumed => said!(ticket_events_direct_open, number, channel),
        EventKind::Waiting => said!(ticket_events_direct_waiting, number, channel),
        EventKind::Escalated => said!(ticket_events_direct_escalated, number, channel),
        EventKind::Reopened => said!(ticket_events_direct_reopened, number, channel),
        // That it is closed they are told anyhow.
        _ => return None,
    })
}
