//! Whom and what of a guild Discord named when somebody came.

use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker, UserMarker};

use super::Member;
use crate::discord::{self, Granted, Posted};

/// What is known of a guild without asking: an interaction names channels, roles and members with what they are.
///
/// It is believed, so it is only what Discord has signed, or what it was asked.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub(super) channels: Vec<KnownChannel>,
    pub(super) roles: Vec<KnownRole>,
    pub(super) members: Vec<KnownMember>,
    /// Messages, which whoever acts can read.
    pub(super) messages: Vec<KnownMessage>,
    /// What all roles of the guild grant, if that was asked.
    pub(super) granted: Option<Granted>,
}

impl Known {
    /// What an interaction names, whose signature was checked.
    pub(crate) fn resolved(
        channels: Vec<KnownChannel>,
        roles: Vec<KnownRole>,
        members: Vec<KnownMember>,
        messages: Vec<KnownMessage>,
    ) -> Known {
        Known { channels, roles, members, messages, granted: None }
    }
}

/// A channel of the guild.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownChannel {
    /// Its id.
    pub id: Id<ChannelMarker>,
    /// Its type, if Discord said.
    pub kind: Option<ChannelType>,
    /// What the bot may do there, if Discord said.
    pub bot: Option<Permissions>,
    /// What whoever acts may do there, if Discord said.
    pub actor: Option<Permissions>,
}

/// A role of the guild.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownRole {
    /// Its id.
    pub id: Id<RoleMarker>,
    /// 0 is @everyone, the largest is on top.
    pub position: i64,
    /// Whether it belongs to an app or to boosts, and nobody can give it.
    pub managed: bool,
    /// Whether everybody may mention it.
    pub mentionable: bool,
}

/// A member of the guild.
#[derive(Clone, Debug)]
pub struct KnownMember {
    /// Who they are.
    pub member: Member,
    /// Whether they are a program.
    pub is_bot: bool,
}

/// A message of the guild. An interaction brings its text along, whatever intents the app has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMessage {
    /// Its id.
    pub id: Id<MessageMarker>,
    /// Its channel.
    pub channel: Id<ChannelMarker>,
    /// Its text, or that of what it forwards; empty for an image or a poll.
    pub content: String,
    /// Who wrote it, unless that was a webhook.
    pub author: Option<Id<UserMarker>>,
    /// Their name.
    pub author_name: String,
    /// Whether they are a program.
    pub author_is_bot: bool,
    /// The names of its files.
    pub attachments: Vec<String>,
    /// Titles and texts of its boxes.
    pub embeds: Vec<(String, String)>,
    /// All that it says, also in boxes, polls, stickers and what it passes on.
    pub everything: String,
}

impl KnownMessage {
    /// What Discord says of a message in `channel`.
    pub fn of(channel: Id<ChannelMarker>, posted: Posted) -> KnownMessage {
        KnownMessage {
            id: posted.id,
            channel,
            content: posted.text().to_owned(),
            attachments: posted.files().map(|file| file.name.clone()).collect(),
            embeds: posted.boxes(),
            everything: posted.everything(),
            // A webhook's messages are marked as a program's.
            author: Some(posted.author.id).filter(|_| !posted.author.bot),
            author_is_bot: posted.author.bot,
            author_name: posted.author.name,
        }
    }

    /// The address that opens it in Discord.
    pub fn link(&self, guild: Id<GuildMarker>) -> String {
        discord::link(guild, self.channel, self.id)
    }
}
