//! The message of a ticket, and who may write beside it.

use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

use super::super::messages;
use super::super::model::{EventKind, Ticket};
use super::super::settings::Settings;
use super::super::store::{self, Happened};
use super::trouble::{READS, TAKES_PART, Text, Trouble, deadline, or_without, store_shown, trouble};
use crate::app::App;
use crate::db::db_id;
use crate::discord::{self, Nonce, Overwrite};
use crate::say;
use crate::settings::System;
use crate::words::{Language, Say};

/// Posts the ticket's message, or brings it up to date.
pub(super) async fn show(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    system: &System,
) -> Result<Text, Trouble> {
    let mut deleted = None;
    if let Some(message) = ticket.shown.message {
        if ticket.shown.revision >= ticket.revision {
            return Ok(Text::Unchanged);
        }
        let body = messages::message(ticket, settings, system)?.into_body();
        let without = messages::without_texts(ticket, settings, system)?.into_body();
        let discord = app.discord.guild(ticket.guild);
        let edit = async |body| discord.edit_message(channel, message, body, deadline()).await;
        match or_without(edit(&body).await, async || edit(&without).await).await {
            Ok(((), text)) => {
                ticket.shown.revision = ticket.revision;
                store_shown(app, ticket).await?;
                return Ok(text);
            }
            // Somebody deleted it: the ticket gets another.
            Err(discord::Error::Gone { code: 10008 }) => deleted = ticket.shown.message.take(),
            Err(error) => return Err(trouble(error, channel)),
        }
    } else if ticket.shown.is_thread {
        match app.discord.guild(ticket.guild).add_thread_member(channel, ticket.user, deadline()).await {
            // Who has left is not there to read it; the staff is.
            Ok(()) | Err(discord::Error::Gone { code: 10007 | 10013 }) => {}
            Err(error) => return Err(trouble(error, channel)),
        }
    }
    // A first attempt has posted nothing. A later one may have, minutes or hours ago, when no nonce helps any more.
    let before = match ticket.shown.attempt {
        1 => None,
        _ => find_posted(app, ticket, channel).await?,
    };
    let mut text = Text::Unchanged;
    ticket.shown.message = match before {
        // What it says may be old.
        Some(message) => {
            ticket.shown.revision = 0;
            Some(message)
        }
        None => {
            let mut message = messages::message(ticket, settings, system)?;
            message.mentions = messages::calls(ticket, settings).1;
            let mut without = messages::without_texts(ticket, settings, system)?;
            without.mentions = message.mentions.clone();
            let (body, without) = (message.into_body(), without.into_body());
            let discord = app.discord.guild(ticket.guild);
            let post = async |revision: i64| {
                let nonce = Nonce { purpose: "ticket", row: ticket.number.into(), revision };
                let create = async |body| discord.create_message(channel, body, nonce, deadline()).await;
                let posted = or_without(create(&body).await, async || create(&without).await).await;
                posted.map_err(|error| trouble(error, channel))
            };
            let posted = match post(deleted.map_or(0, db_id)).await? {
                // It was posted by somebody who died before they said so, and is deleted already.
                (None, _) => post(ticket.shown.attempt.into()).await?,
                posted => posted,
            };
            ticket.shown.revision = ticket.revision;
            text = posted.1;
            posted.0
        }
    };
    store_shown(app, ticket).await?;
    if ticket.shown.revision < ticket.revision {
        Box::pin(show(app, ticket, channel, settings, system)).await
    } else {
        Ok(text)
    }
}

/// The ticket's message, where somebody posted it who died before they said so.
async fn find_posted(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
) -> Result<Option<Id<MessageMarker>>, Trouble> {
    let posted = app.discord.guild(ticket.guild).messages_after(channel, None, deadline()).await;
    let posted = posted.map_err(|error| trouble(error, channel))?;
    let titles = messages::title_beginnings(ticket.number);
    let ours = |posted: &&discord::Posted| {
        posted.author.id == app.discord.own_user()
            && posted.contents.embeds.iter().any(|embed| titles.iter().any(|title| embed.title.starts_with(title)))
    };
    Ok(posted.iter().find(ours).map(|posted| posted.id))
}

/// Lets those in who were added, and those out who were removed.
pub(super) async fn apply_members(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    language: Language,
) -> Result<Text, Trouble> {
    let mut refused = None;
    let members = store::list_members(&app.db, ticket.guild, ticket.number).await?;
    for (user, present, _) in members.into_iter().filter(|(_, _, applied)| !applied) {
        let reason = say!(language, ticket_events_audit_ticket, number = ticket.number);
        let discord = app.discord.guild(ticket.guild);
        let done = match (ticket.shown.is_thread, present) {
            (true, true) => discord.add_thread_member(channel, user, deadline()).await,
            (true, false) => discord.remove_thread_member(channel, user, deadline()).await,
            (false, true) => {
                let overwrite = Overwrite::Member(user, TAKES_PART, Permissions::empty());
                discord.set_overwrite(channel, overwrite, &reason, deadline()).await
            }
            (false, false) => discord.delete_overwrite(channel, user, &reason, deadline()).await,
        };
        match done {
            // Who has left the server, or was never in, is out.
            Ok(()) | Err(discord::Error::Gone { code: 10007 | 10009 | 10013 }) => {}
            // One who cannot be let in, or out, does not hold up the others.
            Err(error) if !error.is_passing() => {
                refused.get_or_insert(trouble(error, channel));
                continue;
            }
            Err(error) => return Err(trouble(error, channel)),
        }
        store::set_member_applied(&app.db, ticket.guild, ticket.number, user, present).await?;
    }
    refused.map_or(Ok(Text::Unchanged), Err)
}

/// Lets the role in to which the ticket was escalated: whoever is called must see what it is about. In a thread the mention
/// lets them in.
pub(super) async fn apply_escalation(
    app: &App,
    ticket: &Ticket,
    channel: Id<ChannelMarker>,
    happened: &[Happened],
    language: Language,
) -> Result<Text, Trouble> {
    // Where something was refused before, that may be what is missing.
    let wanted = happened.iter().any(|it| it.event.kind == EventKind::Escalated) || ticket.shown.problem.is_some();
    let Some(role) = ticket.escalated_to.filter(|_| wanted && !ticket.shown.is_thread) else {
        return Ok(Text::Unchanged);
    };
    let reason = say!(language, ticket_events_audit_escalated);
    let overwrite = Overwrite::Role(role, TAKES_PART, Permissions::empty());
    match app.discord.guild(ticket.guild).set_overwrite(channel, overwrite, &reason, deadline()).await {
        Ok(()) | Err(discord::Error::Gone { code: 10011 }) => Ok(Text::Unchanged),
        Err(error) => Err(trouble(error, channel)),
    }
}

/// Lets members only read, or write again.
pub(super) async fn set_shut(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    shut: bool,
    language: Language,
) -> Result<Text, Trouble> {
    let mut refused = None;
    let reason = say!(language, ticket_events_audit_is, number = ticket.number, status = ticket.status.said());
    if ticket.shown.is_thread {
        let done = app.discord.guild(ticket.guild).set_thread_closed(channel, shut, &reason, deadline()).await;
        done.map_err(|error| trouble(error, channel))?;
    } else {
        let members = store::list_members(&app.db, ticket.guild, ticket.number).await?;
        let present = members.into_iter().filter(|(_, present, _)| *present).map(|(user, ..)| user);
        for user in std::iter::once(ticket.user).chain(present) {
            let (allow, deny) =
                if shut { (READS, Permissions::SEND_MESSAGES) } else { (TAKES_PART, Permissions::empty()) };
            let overwrite = Overwrite::Member(user, allow, deny);
            match app.discord.guild(ticket.guild).set_overwrite(channel, overwrite, &reason, deadline()).await {
                Ok(()) | Err(discord::Error::Gone { code: 10007 | 10013 }) => {}
                Err(error) if !error.is_passing() => {
                    refused.get_or_insert(trouble(error, channel));
                }
                Err(error) => return Err(trouble(error, channel)),
            }
        }
    }
    if let Some(refused) = refused {
        return Err(refused);
    }
    ticket.shown.shut = shut;
    store_shown(app, ticket).await?;
    Ok(Text::Unchanged)
}
