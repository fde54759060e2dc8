//! Telling those whom it concerns what happened.

use twilight_model::channel::message::AllowedMentions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::super::messages;
use super::super::model::{Event, EventKind, Problem, Side, Ticket, Why};
use super::super::settings::{Notify, Settings};
use super::super::store::Happened;
use super::super::words;
use super::Readers;
use super::staff::works_it;
use super::trouble::{Text, Trouble, deadline, or_without, report, trouble, upload_deadline};
use crate::app::App;
use crate::discord::{self, MessageBody, Nonce};
use crate::ui::{Message, plain, quote};
use crate::words::{Language, Said, Say, say_minutes_in_full};
use crate::{said, say};

const REMINDS_MEMBER: Why = Why::Silent { side: Side::Member };

/// Tells those whom it concerns what happened.
pub(super) async fn announce(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    happened: &Happened,
    settings: &Settings,
    readers: Readers,
) -> Result<Text, Trouble> {
    let event = &happened.event;
    let number = ticket.number;
    let of_all;
    let ticket = match (event.kind, ticket.claimed_by) {
        // Whoever had claimed it and has left, or works it no more, hears of nothing.
        (EventKind::Reminded | EventKind::Late, Some(by))
            if works_it(app, ticket, settings, by).await? != Some(true) =>
        {
            of_all = Ticket { claimed_by: None, ..ticket.clone() };
            &of_all
        }
        _ => ticket,
    };
    let message = announcement(readers.guild, ticket, event, settings)?;
    let left_out = say!(readers.guild, ticket_events_left_out);
    let mut text = Text::Unchanged;
    let nonce = |purpose| Nonce { purpose, row: happened.id, revision: 0 };
    if event.why == Some(REMINDS_MEMBER) {
        let text = say!(readers.member, ticket_events_direct_silent, number, channel);
        let message = messages::close_question(readers.member, ticket, Some(ticket.guild), text)?;
        let body = message.into_body();
        write_directly(app, ticket, body.clone(), body, nonce("event-direct")).await?;
    }
    let create = async |channel, message: Message, purpose| {
        app.discord.guild(ticket.guild).create_message(channel, &message.into_body(), nonce(purpose), deadline()).await
    };
    if let Some(message) = message {
        let without = Event { body: String::new(), source: None, ..event.clone() };
        let without = announcement(readers.guild, ticket, &without, settings)?.unwrap_or_default();
        let without = Message { content: format!("{}\n{left_out}", without.content), ..without };
        let posted = create(channel, message, "event").await;
        let posted = or_without(posted, async || create(channel, without, "event").await).await;
        text = match posted {
            Ok((_, text)) => text,
            // Who is called elsewhere need not wait until somebody mends the ticket's channel.
            Err(error) if event.kind == EventKind::Escalated && !error.is_passing() => match trouble(error, channel) {
                Trouble::Refused(problem) => {
                    report(app, ticket.guild, number, &problem).await?;
                    Text::Unchanged
                }
                trouble => return Err(trouble),
            },
            Err(error) => return Err(trouble(error, channel)),
        };
    }
    if event.kind == EventKind::Escalated
        && let Some(called) = settings.escalation_channel
    {
        let user = ticket.user;
        let said = match ticket.escalated_to {
            Some(role) => said!(ticket_events_called_escalated_to, role, number, user, channel),
            None => said!(ticket_events_called_escalated, number, user, channel),
        };
        let why = plain(&words::written(readers.guild, ticket.guild, event));
        let call = async |below: &str| {
            let mut message = Message::new(format!("{}\n{below}", said.say(readers.guild)));
            message.mentions.roles.extend(ticket.escalated_to);
            create(called, message, "event-escalated").await
        };
        match or_without(call(&why).await, async || call(&left_out).await).await {
            Ok((_, Text::LeftOut)) => text = Text::LeftOut,
            Ok(_) => {}
            Err(error) if error.is_passing() => return Err(Trouble::Passing(error.into())),
            Err(_) => {
                report(app, ticket.guild, ticket.number, &Problem::EscalationsRefused { channel: called }).await?
            }
        }
    }
    if settings.notify == Notify::Direct
        && let Some(line) = direct_line(ticket, event, channel)
    {
        let body = Message::new(line.say(readers.member)).into_body();
        write_directly(app, ticket, body.clone(), body, nonce("event-direct")).await?;
    }
    Ok(text)
}

/// The line in the ticket about an event, if it has one.
fn announcement(
    language: Language,
    ticket: &Ticket,
    event: &Event,
    settings: &Settings,
) -> anyhow::Result<Option<Message>> {
    let by = words::who(event, said!(ticket_events_i));
    let member = ticket.user;
    let written = words::written(language, ticket.guild, event);
    let reason = quote(&written);
    let in_ticket = settings.notify == Notify::Ticket;
    let calls = |users: Vec<Id<UserMarker>>| AllowedMentions { users, ..AllowedMentions::default() };
    if let Some(text) = asked(ticket, event, by.clone()) {
        let reason = if event.kind == EventKind::CloseRequested { reason.as_str() } else { "" };
        let message = messages::close_question(language, ticket, None, text.say(language) + reason)?;
        return Ok(Some(Message { mentions: calls(vec![member]), ..message }));
    }
    let (text, mut mentions) = match event.kind {
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
        EventKind::Waiting => (said!(ticket_events_told_waiting, member), calls(vec![member])),
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
                Some(called) => said!(ticket_events_told_late, called, why = written.as_str()),
                None => said!(ticket_events_told_late_nobody, why = written.as_str()),
            };
            (text, mentions)
        }
        EventKind::KeptOpen if words::is_answer(event) => {
            let text = match ticket.claimed_by {
                Some(to) => said!(ticket_events_told_answered_claimed, to, member),
                None => said!(ticket_events_told_answered, member),
            };
            (text, calls(ticket.claimed_by.into_iter().collect()))
        }
        EventKind::KeptOpen if ticket.claimed_by == event.user => {
            (said!(ticket_events_told_kept_open, by), calls(Vec::new()))
        }
        EventKind::KeptOpen => {
            let text = match ticket.claimed_by {
                Some(to) => said!(ticket_events_told_kept_open_claimed, to, by),
                None => said!(ticket_events_told_kept_open, by),
            };
            (text, calls(ticket.claimed_by.into_iter().collect()))
        }
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
        _ => return Ok(None),
    };
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
fn called(ticket: &Ticket, settings: &Settings) -> (Option<String>, AllowedMentions) {
    match ticket.claimed_by {
        Some(by) => (Some(format!("<@{by}>")), AllowedMentions { users: vec![by], ..AllowedMentions::default() }),
        None => {
            let roles = ticket.kind.definition.staff(settings);
            let names: Vec<String> = roles.iter().map(|role| format!("<@&{role}>")).collect();
            let called = Some(names.join(", ")).filter(|names| !names.is_empty());
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
fn direct_line(ticket: &Ticket, event: &Event, channel: Id<ChannelMarker>) -> Option<Said> {
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

/// Writes to somebody directly, or the other where Discord refuses what the first says. Nothing if they take no messages
/// from us.
pub(super) async fn write_directly(
    app: &App,
    ticket: &Ticket,
    body: MessageBody,
    without: MessageBody,
    nonce: Nonce,
) -> Result<Option<Text>, Trouble> {
    let sent = async {
        let channel = app.discord.guild(ticket.guild).direct_channel(ticket.user, deadline()).await?;
        let create =
            async |body| app.discord.guild(ticket.guild).create_message(channel, body, nonce, upload_deadline()).await;
        or_without(create(&body).await, async || create(&without).await).await
    };
    match sent.await {
        Ok((_, text)) => Ok(Some(text)),
        Err(error) if error.is_passing() => Err(Trouble::Passing(error.into())),
        Err(discord::Error::NoDirectMessages { .. }) => Ok(None),
        Err(error) => {
            tracing::warn!(%error, "a member cannot be written to");
            Ok(None)
        }
    }
}
