//! Who did what where: everything a handler knows about the interaction it answers.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::SecretString;
use serde::Serialize;
use sqlx::PgExecutor;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{
    ChannelMarker, GuildMarker, InteractionMarker, MessageMarker, RoleMarker, UserMarker,
};

use super::promise::Job;
use super::reply::{Later, Promised};
use super::{Form, Reply, custom_id};
use crate::app::App;
use crate::error::{Error, Result};
use crate::settings::System;

/// An interaction that a feature answers. It comes from a server; commands in direct messages are refused before.
#[derive(Clone)]
pub struct Context {
    /// Everything else a handler can reach.
    pub app: App,
    /// The feature that answers.
    pub feature: &'static str,
    /// Discord's id of this interaction; the same for a second delivery.
    pub interaction: Id<InteractionMarker>,
    /// What authorizes follow-ups for 15 minutes. A secret.
    pub token: SecretString,
    /// The server.
    pub guild: Id<GuildMarker>,
    /// The channel, if Discord says.
    pub channel: Option<Id<ChannelMarker>>,
    /// Who did it.
    pub member: Member,
    /// The message whose button or menu was used.
    pub message: Option<Id<MessageMarker>>,
    /// When it arrived.
    pub now: Timestamp,
    /// The same on the clock that measures durations.
    pub arrived: Instant,
}

/// The member who did something, as they were at that moment.
#[derive(Clone, Debug)]
pub struct Member {
    /// The user's id.
    pub id: Id<UserMarker>,
    /// The name others see.
    pub name: String,
    /// Their roles, without @everyone.
    pub roles: Vec<Id<RoleMarker>>,
    /// What they may do in this channel, overwrites included.
    pub permissions: Permissions,
}

/// The message on which a menu command was used. It comes with its text, whatever intents the app has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetMessage {
    /// The message.
    pub id: Id<MessageMarker>,
    /// Its channel.
    pub channel: Id<ChannelMarker>,
    /// Its text, or that of what it forwards; empty for an image or a poll.
    pub content: String,
    /// Who wrote it.
    pub author_name: String,
}

impl TargetMessage {
    /// The address that opens it in Discord.
    pub fn link(&self, guild: Id<GuildMarker>) -> String {
        format!("https://discord.com/channels/{guild}/{}/{}", self.channel, self.id)
    }
}

impl Context {
    /// The custom id that brings `action` back to this feature.
    ///
    /// # Errors
    /// It would be longer than Discord takes.
    pub fn id<A: Serialize>(&self, action: &A) -> Result<String> {
        Ok(custom_id::encode(self.feature, None, action)?)
    }

    /// The custom id of the form `F` about `target`.
    ///
    /// # Errors
    /// It would be longer than Discord takes.
    pub fn form_id<F: Form>(&self, target: &impl Serialize) -> Result<String> {
        Ok(custom_id::encode(self.feature, Some(F::NAME), target)?)
    }

    /// Whether the member may change what the bot does here.
    ///
    /// That is an owner of the bot, whoever has Administrator, and whoever has the guild's admin role. Discord's own
    /// defaults for commands do not count: they do not guard buttons and forms, and servers can change them.
    pub async fn is_admin(&self) -> Result<bool> {
        if self.app.config.owner_ids.contains(&self.member.id)
            || self.member.permissions.contains(Permissions::ADMINISTRATOR)
        {
            return Ok(true);
        }
        let system: System = self.app.settings.get(self.guild, System::FEATURE).await?;
        Ok(system.admin_role.is_some_and(|role| self.member.roles.contains(&role)))
    }

    /// Refuses members who are no admins.
    ///
    /// # Errors
    /// The sentence that such a member reads.
    pub async fn require_admin(&self) -> Result<()> {
        if self.is_admin().await? {
            return Ok(());
        }
        Err(Error::user("Only admins of this server can do that; ask one of them."))
    }

    /// Promises work in the transaction that stores what it is about: both are there, or neither.
    ///
    /// The outcome is seen by the member alone; the feature's `.work(…)` handler makes it.
    pub async fn promise<W: Serialize>(&self, db: impl PgExecutor<'_>, work: &W) -> Result<Reply> {
        let job = Job::promise(db, self, serde_json::to_value(work)?).await?;
        Ok(Reply::Later(Later { work: Promised::Stored(Box::new(job)), ephemeral: true }))
    }

    /// When REST calls made while the member waits must be done.
    pub fn deadline(&self) -> Instant {
        self.arrived + Duration::from_secs(2)
    }
}
