//! Telling those whom it concerns what happened.

use twilight_model::channel::message::AllowedMentions;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::super::messages;
use super::super::model::{Event, EventKind, Problem, Side, Ticket, Why};
use super::super::settings::{Notify, Settings};
use super::super::store::Happened;
use super::super::words;
use super::trouble::{TAKES_PART, Trouble, deadline, report, trouble, upload_deadline};
use crate::app::App;
use crate::discord::{self, MessageBody, Nonce, Overwrite};
use crate::settings::field;
use crate::ui::{Message, plain};

const REMINDS_MEMBER: Why = Why::Silent { side: Side::Member };

/// Tells those whom it concerns what happened.
pub(super) async fn announce(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    happened: &Happened,
    settings: &Settings,
) -> Result<(), Trouble> {
    let event = &happened.event;
    let message = announcement(ticket, event, settings)?;
    let nonce = |purpose| Nonce { purpose, row: happened.id, revision: 0 };
    if event.why == Some(REMINDS_MEMBER) {
        let text = format!("Your ticket #{} waits for you: <#{channel}> Is it solved?", ticket.number);
        let message = messages::close_question(ticket, Some(ticket.guild), text)?;
        write_directly(app, ticket, message.into_body(), nonce("event-direct")).await?;
    }
    if event.kind == EventKind::Escalated && !ticket.shown.is_thread {
        // Whoever is called must see what it is about. In a thread the mention lets them in.
        if let Some(role) = ticket.escalated_to {
            let (reason, overwrite) =
                ("The ticket is escalated", Overwrite::Role(role, TAKES_PART, Permissions::empty()));
            match app.discord.guild(ticket.guild).set_overwrite(channel, overwrite, reason, deadline()).await {
                Ok(()) | Err(discord::Error::Gone { code: 10011 }) => {}
                Err(error) => return Err(trouble(error, channel)),
            }
        }
    }
    if let Some(message) = message {
        let posted = app
            .discord
            .guild(ticket.guild)
            .create_message(channel, &message.into_body(), nonce("event"), deadline())
            .await;
        posted.map_err(|error| trouble(error, channel))?;
    }
    if event.kind == EventKind::Escalated
        && let Some(called) = settings.escalation_channel
    {
        let mut message = Message::new(format!(
            "🚩 {}Ticket #{} of <@{}> is escalated: <#{channel}>\n{}",
            ticket.escalated_to.map(|role| format!("<@&{role}> ")).unwrap_or_default(),
            ticket.number,
            ticket.user,
            plain(&words::said(ticket.guild, event))
        ));
        message.mentions.roles.extend(ticket.escalated_to);
        let posted = app
            .discord
            .guild(ticket.guild)
            .create_message(called, &message.into_body(), nonce("event-escalated"), deadline())
            .await;
        if let Err(error) = posted {
            if error.is_passing() {
                return Err(Trouble::Passing(error.into()));
            }
            report(app, ticket.guild, ticket.number, &Problem::EscalationsRefused { channel: called }).await?;
        }
    }
    if settings.notify == Notify::Direct
        && let Some(text) = direct_line(ticket, event, channel)
    {
        write_directly(app, ticket, Message::new(text).into_body(), nonce("event-direct")).await?;
    }
    Ok(())
}

/// The line in the ticket about an event, if it has one.
fn announcement(ticket: &Ticket, event: &Event, settings: &Settings) -> anyhow::Result<Option<Message>> {
    let by = event.user.map_or("I".to_owned(), |user| format!("<@{user}>"));
    let member = ticket.user;
    let said = words::said(ticket.guild, event);
    let reason = if said.is_empty() { String::new() } else { format!("\n> {}", plain(&said)) };
    let in_ticket = settings.notify == Notify::Ticket;
    let calls = |users: Vec<Id<UserMarker>>| AllowedMentions { users, ..AllowedMentions::default() };
    let (text, mentions) = match event.kind {
        EventKind::Claimed if in_ticket => (format!("🔵 {by} has claimed this ticket."), calls(Vec::new())),
        EventKind::Resumed if in_ticket => (format!("🟢 {by} set this ticket back to open."), calls(Vec::new())),
        EventKind::Unclaimed if in_ticket => (format!("🟢 {by} gave this ticket back."), calls(Vec::new())),
        EventKind::Transferred => {
            let to = event.target.unwrap_or(member);
            (format!("🔵 <@{to}>, this ticket is yours now; {by} gave it to you."), calls(vec![to]))
        }
        EventKind::Waiting => (format!("🟡 <@{member}>, the staff waits for your answer."), calls(vec![member])),
        EventKind::Escalated => {
            let role = ticket.escalated_to.map(|role| format!("<@&{role}>, ")).unwrap_or_default();
            let mentions = AllowedMentions { roles: ticket.escalated_to.into_iter().collect(), ..calls(Vec::new()) };
            (format!("🔴 {role}{by} escalated this ticket.{reason}"), mentions)
        }
        EventKind::CloseRequested => {
            let due = ticket.close_due_at.map(|due| format!(" It closes <t:{}:R> otherwise.", due.as_second()));
            let text = format!(
                "<@{member}>, {by} thinks that this is solved. May it be closed?{}{reason}",
                due.unwrap_or_default()
            );
            let mut message = messages::close_question(ticket, None, text)?;
            message.mentions = calls(vec![member]);
            return Ok(Some(message));
        }
        EventKind::Reminded if event.why == Some(REMINDS_MEMBER) => {
            let close = ticket.kind.definition.close_after;
            let closes = match close.0 {
                0 => String::new(),
                minutes => format!(" It closes after {} without an answer.", field::show_minutes(minutes)),
            };
            let text = format!("<@{member}>, we wait for your answer. Is it solved?{closes}");
            let mut message = messages::close_question(ticket, None, text)?;
            message.mentions = calls(vec![member]);
            return Ok(Some(message));
        }
        EventKind::Reminded => called(ticket, settings, "this ticket waits for an answer."),
        EventKind::Late => called(ticket, settings, &format!("this ticket is late. {said}")),
        EventKind::KeptOpen => {
            let called: Vec<Id<UserMarker>> = ticket.claimed_by.into_iter().collect();
            let to = ticket.claimed_by.map(|to| format!("<@{to}>, ")).unwrap_or_default();
            (format!("{to}{by} keeps this ticket open."), calls(called))
        }
        EventKind::Closed => (format!("⚫ {by} closed this ticket.{reason}"), calls(Vec::new())),
        EventKind::Reopened => (format!("🟢 <@{member}>, {by} opened this ticket again."), calls(vec![member])),
        EventKind::Added => {
            let who = event.target.unwrap_or(member);
            (format!("<@{who}>, {by} added you to this ticket."), calls(vec![who]))
        }
        EventKind::Removed => {
            let who = event.target.unwrap_or(member);
            (format!("{by} removed <@{who}> from this ticket."), calls(Vec::new()))
        }
        EventKind::Message => (format!("📎 {by} added a message.{}", quoted(ticket, event)), calls(Vec::new())),
        _ => return Ok(None),
    };
    Ok(Some(Message { content: text, mentions, ..Message::default() }))
}

/// A line for whoever has claimed a ticket, or for all who work it.
fn called(ticket: &Ticket, settings: &Settings, text: &str) -> (String, AllowedMentions) {
    match ticket.claimed_by {
        Some(by) => (format!("🔔 <@{by}>, {text}"), AllowedMentions { users: vec![by], ..AllowedMentions::default() }),
        None => {
            let roles = ticket.kind.definition.staff(settings);
            let names: String = roles.iter().map(|role| format!("<@&{role}>, ")).collect();
            (format!("🔔 {names}{text}"), AllowedMentions { roles, ..AllowedMentions::default() })
        }
    }
}

/// A message from elsewhere as a quotation; the link to it stays one.
fn quoted(ticket: &Ticket, event: &Event) -> String {
    let line = |text: &str| format!("\n> {}", plain(text));
    let text: String = event.body.lines().map(line).collect();
    let Some(source) = &event.source else { return text };
    let files: String = source.files.iter().map(|name| line(&format!("📎 {name}"))).collect();
    format!("\n> {}{text}{files}", words::wrote(ticket.guild, &plain(&source.author), source))
}

/// The line that the member gets directly, if the event changes where their ticket stands.
fn direct_line(ticket: &Ticket, event: &Event, channel: Id<ChannelMarker>) -> Option<String> {
    let what = match event.kind {
        EventKind::Claimed | EventKind::Transferred => "is being worked on",
        EventKind::Unclaimed | EventKind::Resumed => "is open again",
        EventKind::Waiting => "waits for your answer",
        EventKind::Escalated => "was escalated",
        EventKind::Reopened => "was opened again",
        // That it is closed they are told anyhow.
        _ => return None,
    };
    Some(format!("Your ticket #{} {what}: <#{channel}>", ticket.number))
}

/// Writes to somebody directly. `false` if they take no messages from us.
pub(super) async fn write_directly(
    app: &App,
    ticket: &Ticket,
    body: MessageBody,
    nonce: Nonce,
) -> Result<bool, Trouble> {
    let sent = async {
        let channel = app.discord.guild(ticket.guild).direct_channel(ticket.user, deadline()).await?;
        app.discord.guild(ticket.guild).create_message(channel, &body, nonce, upload_deadline()).await
    };
    match sent.await {
        Ok(_) => Ok(true),
        Err(error) if error.is_passing() => Err(Trouble::Passing(error.into())),
        Err(discord::Error::NoDirectMessages { .. }) => Ok(false),
        Err(error) => {
            tracing::warn!(%error, "a member cannot be written to");
            Ok(false)
        }
    }
}
