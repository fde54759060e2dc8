//! What is said in a ticket's channel at the moment. What was said in it is `look::transcript`.

use std::time::{Duration, Instant};

use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

use super::super::model::{Refusal, Ticket};
use super::found::ToTake;
use super::{SWITCH, look};
use crate::acting::{Acting, Failure, Lack, Place};
use crate::app::App;
use crate::discord::{self, PAGE, Posted};

/// Whoever reads waits no longer for Discord: the rest of the ticket is known without it.
const PATIENCE: Duration = Duration::from_secs(2);

/// What can be read of a ticket's channel.
#[derive(Debug)]
pub enum Conversation {
    /// A page of it.
    Messages {
        channel: Id<ChannelMarker>,
        /// Oldest first.
        messages: Vec<Posted>,
        /// Whether there may be older ones.
        older: bool,
    },
    /// It has none yet, or none any more.
    NoChannel,
    /// Whoever acts, or the bot, may not read it.
    Hidden(Lack),
    /// Discord does not tell it soon.
    Away,
}

/// The newest messages of a ticket's channel, or those before one, for whoever may know of the ticket and reads the channel in
/// Discord too.
///
/// # Errors
/// They may not know of it.
pub async fn read(
    app: &App,
    acting: &Acting,
    ticket: impl Into<ToTake>,
    before: Option<Id<MessageMarker>>,
) -> Result<Conversation, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = &ticket.into().into_found();
    look::require_reader(app, acting, ticket).await?;
    match read_channel(app, acting, ticket, before).await {
        Ok(read) => Ok(read),
        Err(error) => match error.downcast_ref::<discord::Error>() {
            Some(error) if error.is_passing() => Ok(Conversation::Away),
            _ => Err(error.into()),
        },
    }
}

async fn read_channel(
    app: &App,
    acting: &Acting,
    ticket: &Ticket,
    before: Option<Id<MessageMarker>>,
) -> anyhow::Result<Conversation> {
    let Some(channel) = ticket.shown.channel else { return Ok(Conversation::NoChannel) };
    let reads = |place: Place| place.require_both(Permissions::READ_MESSAGE_HISTORY);
    if let Err(lack) = acting.place(app, channel).await?.and_then(reads) {
        return Ok(Conversation::Hidden(lack));
    }
    let (discord, deadline) = (app.discord.guild(ticket.guild), acting.deadline().min(Instant::now() + PATIENCE));
    let messages = match before {
        Some(before) => discord.messages_before(channel, before, deadline).await,
        None => discord.newest_messages(channel, deadline).await,
    };
    match messages {
        Ok(messages) => Ok(Conversation::Messages { channel, older: messages.len() >= PAGE, messages }),
        Err(discord::Error::Gone { .. } | discord::Error::NoAccess { .. }) => {
            Ok(Conversation::Hidden(Lack::Unknown { channel }))
        }
        Err(error) => Err(error.into()),
    }
}
