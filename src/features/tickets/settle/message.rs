//! The message of a ticket.

use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

use super::super::messages;
use super::super::model::Ticket;
use super::super::settings::Settings;
use super::trouble::{Text, Trouble, deadline, or_without, store_shown, trouble};
use crate::app::App;
use crate::db::db_id;
use crate::discord::{self, Nonce};
use crate::settings::System;

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
