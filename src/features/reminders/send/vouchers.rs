//! By whose right reminders speak, as it is when they are due. Who has left, or may not write somewhere any more, speaks there by
//! no reminder either.
//!
//! Discord is asked once in a pass for each server, channel and member, however many reminders are due, and only by the lane that
//! waits for it: a server with thousands of members delays no other.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use tokio::sync::OnceCell;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, RoleMarker, UserMarker};

use crate::acting::{Acting, Barred, Failure, KnownChannel, Member, Origin};
use crate::app::App;
use crate::discord::{self, Access, Granted};
use crate::operations::reminders::{self as operations, Refusal};
use crate::reminders::{Mentions, Problem, Reminder, Voucher};

/// What one pass knows of those who vouch for reminders. It lives no longer: who is given back a right has it in the next pass.
#[derive(Default)]
pub(super) struct Vouchers {
    /// Nothing of a server where the bot is not.
    guilds: Memo<Id<GuildMarker>, Option<Granted>>,
    channels: Memo<(Id<GuildMarker>, Id<ChannelMarker>), Option<Access>>,
    /// Nothing of who has left. A few dozen bytes each, of which there are fewer than reminders.
    members: Memo<(Id<GuildMarker>, Id<UserMarker>), Option<discord::Member>>,
    joined: Memo<(Id<ChannelMarker>, Id<UserMarker>), bool>,
}

/// Why it is not known whether somebody may still speak.
pub(super) enum Unsure {
    /// Discord does not say.
    Discord(discord::Error),
    /// We do not know ourselves.
    Internal(anyhow::Error),
}

impl From<discord::Error> for Unsure {
    fn from(error: discord::Error) -> Unsure {
        Unsure::Discord(error)
    }
}

impl From<anyhow::Error> for Unsure {
    fn from(error: anyhow::Error) -> Unsure {
        Unsure::Internal(error)
    }
}

impl Vouchers {
    /// Whom a reminder may still call where it is said, or why it is not said at all.
    pub(super) async fn judge(
        &self,
        app: &App,
        reminder: &Reminder,
        now: Timestamp,
        deadline: Instant,
    ) -> Result<Result<Mentions, Problem>, Unsure> {
        let (guild, content) = (reminder.guild, &reminder.draft.content);
        let mentions = content.mentions.clone();
        let Voucher::Member(user) = reminder.voucher else { return Ok(Ok(mentions)) };
        let Some(granted) = self.granted(app, guild, deadline).await? else {
            // What becomes of a server that the bot was taken out of, Discord says when something is said.
            return Ok(Ok(mentions));
        };
        let access = match content.channel {
            Some(channel) => match self.access(app, guild, channel, &granted, deadline).await? {
                Some(access) => Some((channel, access)),
                None => return Ok(Ok(mentions)),
            },
            None => None,
        };
        let Some(found) = self.member(app, guild, user, deadline).await? else {
            return Ok(Err(Problem::HasLeft { user }));
        };
        let channel = match access {
            Some((id, access)) => {
                let actor = Some(self.rights(app, guild, (id, &access), (user, &found.roles), deadline).await?);
                Some(KnownChannel { id, kind: Some(access.kind), bot: None, actor })
            }
            None => None,
        };
        let permissions = granted.of(user, &found.roles);
        let member = Member::found(user, found, permissions);
        let acting = Acting::member(app, guild, "reminders", member, Origin::Routine, now)
            .await?
            .having_asked(granted.clone(), channel);
        match operations::check_voucher(app, &acting, content.channel, reminder.draft.snoozes.is_some()).await {
            Ok(true) => Ok(Ok(mentions)),
            Ok(false) => Ok(Ok(mentions.called_by_anybody(|role| granted.is_mentionable(role)))),
            Err(Failure::Refused(refusal)) => Ok(Err(problem(refusal, user, content.channel))),
            // They may write nowhere, and read what they told themselves.
            Err(Failure::Barred(Barred::Silent { .. })) => Ok(match content.channel {
                Some(channel) => Err(Problem::MayNotWrite { user, channel }),
                None => Ok(mentions),
            }),
            // Whoever says it looks for that by itself.
            Err(Failure::Barred(_)) => Ok(Ok(mentions)),
            Err(Failure::Internal(error)) => Err(error.into()),
        }
    }

    async fn granted(
        &self,
        app: &App,
        guild: Id<GuildMarker>,
        deadline: Instant,
    ) -> Result<Option<Granted>, discord::Error> {
        let ask = || async {
            match app.discord.guild(guild).granted(deadline).await {
                Ok(granted) => Ok(Some(granted)),
                Err(discord::Error::Gone { .. } | discord::Error::NoAccess { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        };
        self.guilds.get_or_ask(guild, ask).await
    }

    async fn access(
        &self,
        app: &App,
        guild: Id<GuildMarker>,
        channel: Id<ChannelMarker>,
        granted: &Granted,
        deadline: Instant,
    ) -> Result<Option<Access>, discord::Error> {
        let ask = || async { app.discord.guild(guild).access_now(channel, granted, deadline).await };
        self.channels.get_or_ask((guild, channel), ask).await
    }

    async fn member(
        &self,
        app: &App,
        guild: Id<GuildMarker>,
        user: Id<UserMarker>,
        deadline: Instant,
    ) -> Result<Option<discord::Member>, discord::Error> {
        let ask = || async { app.discord.guild(guild).find_member(user, deadline).await };
        self.members.get_or_ask((guild, user), ask).await
    }

    /// What somebody may do in a channel: nothing in a private thread that they have not joined, unless they manage threads.
    async fn rights(
        &self,
        app: &App,
        guild: Id<GuildMarker>,
        (channel, access): (Id<ChannelMarker>, &Access),
        (user, roles): (Id<UserMarker>, &[Id<RoleMarker>]),
        deadline: Instant,
    ) -> Result<Permissions, discord::Error> {
        let granted = access.of(user, roles);
        if !access.is_for_joined(granted) {
            return Ok(granted);
        }
        let ask = || async { app.discord.guild(guild).is_thread_member(channel, user, deadline).await };
        let joined = self.joined.get_or_ask((channel, user), ask).await?;
        Ok(if joined { granted } else { Permissions::empty() })
    }
}

/// Why somebody's reminder is not said, of which an operation would refuse that they make it now.
fn problem(refusal: Refusal, user: Id<UserMarker>, channel: Option<Id<ChannelMarker>>) -> Problem {
    match (refusal, channel) {
        (Refusal::MayNotMake, _) | (_, None) => Problem::MayNotMake { user },
        (_, Some(channel)) => Problem::MayNotWrite { user, channel },
    }
}

/// Answers that are asked for once, also by those who come while the first one asks.
struct Memo<K, V>(Mutex<HashMap<K, Arc<OnceCell<V>>>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Memo<K, V> {
        Memo(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// The answer to `key`. If it cannot be had, the next who wants it asks again.
    async fn get_or_ask<F: Future<Output = Result<V, E>>, E>(&self, key: K, ask: impl FnOnce() -> F) -> Result<V, E> {
        let cell = Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        cell.get_or_try_init(ask).await.cloned()
    }
}
