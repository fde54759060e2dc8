//! What the bot and whoever acts may do in a channel, and whom and what of a guild they may name.

use std::time::Instant;

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker, UserMarker};

use super::{Acting, Actor, KnownChannel, KnownMember, KnownMessage, KnownRole, Member, Person, Refusal};
use crate::app::App;
use crate::discord;
use crate::settings::System;

/// A channel of the guild, with what may be done in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub channel: Id<ChannelMarker>,
    /// Its type, if Discord said.
    pub kind: Option<ChannelType>,
    /// What the bot may do there. Nothing if Discord did not say; it says so then when it is tried.
    pub bot: Option<Permissions>,
    /// What whoever acts may do there; nothing if it is no person.
    pub actor: Option<Permissions>,
}

/// Whose permissions something lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// The bot's.
    Bot,
    /// Those of whoever acts.
    Actor,
}

/// Why something cannot be done in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lack {
    /// It is not of this guild, or gone, or the bot cannot see it.
    Unknown {
        /// Which.
        channel: Id<ChannelMarker>,
    },
    /// Permissions are missing.
    Permissions {
        /// Who has not got them.
        whose: Whose,
        /// Where.
        channel: Id<ChannelMarker>,
        /// Which.
        missing: Permissions,
    },
}

/// What nobody lets the bot do where they may not do it themselves. How it does it, say with boxes, is the bot's affair, and so
/// is what it makes of a channel that it was given to work in.
const LENT: Permissions =
    Permissions::SEND_MESSAGES.union(Permissions::SEND_MESSAGES_IN_THREADS).union(Permissions::READ_MESSAGE_HISTORY);

/// What lets somebody call everybody and all roles where they write.
pub const CALLS_ALL: Permissions = Permissions::ADMINISTRATOR.union(Permissions::MENTION_EVERYONE);

impl Refusal for Lack {
    fn code(&self) -> &'static str {
        match self {
            Lack::Unknown { .. } => "unknown_channel",
            Lack::Permissions { whose: Whose::Bot, .. } => "bot_lacks_permissions",
            Lack::Permissions { whose: Whose::Actor, .. } => "lacks_permissions",
        }
    }
}

impl Place {
    /// # Errors
    /// What the bot lacks of `needed`.
    pub fn require_bot(&self, needed: Permissions) -> Result<(), Lack> {
        self.require(Whose::Bot, self.bot, needed)
    }

    /// Checks that the bot may do there what is `needed`, and that whoever acts sees the channel, and says and reads there
    /// themselves what they let the bot say and read.
    ///
    /// # Errors
    /// What whoever acts lacks of that, or else what the bot does.
    pub fn require_both(&self, needed: Permissions) -> Result<(), Lack> {
        self.require_actor(Permissions::VIEW_CHANNEL | (needed & LENT))?;
        self.require_bot(Permissions::VIEW_CHANNEL | needed)
    }

    /// # Errors
    /// What whoever acts lacks of `needed`.
    pub fn require_actor(&self, needed: Permissions) -> Result<(), Lack> {
        self.require(Whose::Actor, self.actor, needed)
    }

    fn require(&self, whose: Whose, granted: Option<Permissions>, needed: Permissions) -> Result<(), Lack> {
        let thread = self.kind.is_some_and(discord::is_thread);
        // In a thread the one right takes the place of the other.
        let needed = match thread && needed.contains(Permissions::SEND_MESSAGES) {
            true => (needed - Permissions::SEND_MESSAGES) | Permissions::SEND_MESSAGES_IN_THREADS,
            false => needed,
        };
        let missing = match granted {
            None => Permissions::empty(),
            Some(granted) if granted.contains(Permissions::ADMINISTRATOR) => Permissions::empty(),
            Some(granted) => needed - granted,
        };
        match missing.is_empty() {
            true => Ok(()),
            false => Err(Lack::Permissions { whose, channel: self.channel, missing }),
        }
    }
}

impl Acting {
    /// What may be done in a channel of the guild, as the door knows it, or else as Discord says.
    ///
    /// Nothing if it is no channel of this guild that the bot sees.
    ///
    /// # Errors
    /// Discord does not answer.
    pub async fn place(&self, app: &App, channel: Id<ChannelMarker>) -> anyhow::Result<Result<Place, Lack>> {
        // Where nobody told what a person may do, it is asked for: nothing else would stop them.
        let told = |it: &&KnownChannel| it.id == channel && (it.actor.is_some() || self.person().is_none());
        if let Some(KnownChannel { kind, bot, actor, .. }) = self.known.channels.iter().find(told) {
            return Ok(Ok(Place { channel, kind: *kind, bot: *bot, actor: *actor }));
        }
        let Some(access) = app.discord.guild(self.guild).access(channel, self.deadline).await? else {
            return Ok(Err(Lack::Unknown { channel }));
        };
        let guild = app.discord.guild(self.guild);
        let bot = guild.own_permissions_by(|own, roles| access.of(own, roles), self.deadline).await?;
        let actor = match &self.actor {
            Actor::Person(person) if !person.is_present() => Some(Permissions::empty()),
            Actor::Person(person) => {
                let member = person.member();
                // Administrators are so everywhere.
                let granted = access.of(member.id, &member.roles) | (member.permissions & Permissions::ADMINISTRATOR);
                let hidden =
                    access.is_for_joined(granted) && !guild.is_thread_member(channel, member.id, self.deadline).await?;
                Some(if hidden { Permissions::empty() } else { granted })
            }
            // What a program may follows from its key, and the bot's own rights are asked for beside.
            Actor::Bot | Actor::Key(_) => None,
        };
        Ok(Ok(Place { channel, kind: Some(access.kind), bot, actor }))
    }

    /// Asks once what may be done in a channel, for all that is done from now on.
    ///
    /// # Errors
    /// Discord does not answer.
    pub async fn look_at_place(&mut self, app: &App, channel: Id<ChannelMarker>) -> anyhow::Result<()> {
        if self.known.channels.iter().all(|it| it.id != channel)
            && let Ok(Place { channel: id, kind, bot, actor }) = self.place(app, channel).await?
        {
            self.known.channels.push(KnownChannel { id, kind, bot, actor });
        }
        Ok(())
    }

    /// Whether nobody hears of it where the bot mentions a role: it is not for everybody to mention, and the bot may not mention
    /// all of them in that channel, or in one that it makes itself where none is named. What is not known is no lack.
    ///
    /// # Errors
    /// Discord does not answer.
    pub async fn is_unheard(
        &self,
        app: &App,
        role: Id<RoleMarker>,
        channel: Option<Id<ChannelMarker>>,
    ) -> anyhow::Result<bool> {
        if self.role(app, role).await?.is_none_or(|role| role.mentionable) {
            return Ok(false);
        }
        let granted = match channel {
            Some(channel) => self.place(app, channel).await?.ok().and_then(|place| place.bot),
            None => {
                let guild = app.discord.guild(self.guild);
                let granted = guild.granted(self.deadline).await?;
                guild.own_permissions_by(|own, roles| granted.of(own, roles), self.deadline).await?
            }
        };
        Ok(granted.is_some_and(|granted| !granted.intersects(CALLS_ALL)))
    }

    /// A role of the guild, as the door knows it, or else as Discord says.
    ///
    /// # Errors
    /// Discord does not answer.
    pub async fn role(&self, app: &App, role: Id<RoleMarker>) -> anyhow::Result<Option<KnownRole>> {
        if let Some(known) = self.known.roles.iter().find(|it| it.id == role) {
            return Ok(Some(*known));
        }
        let found = app.discord.guild(self.guild).find_role(role, self.deadline).await?;
        Ok(found.map(|role| KnownRole {
            id: role.id,
            position: role.position,
            managed: role.managed,
            mentionable: role.mentionable,
        }))
    }

    /// Whether a role is of the guild, as the door knows it, or else as Discord says.
    ///
    /// # Errors
    /// Discord does not answer.
    pub async fn is_role_there(&self, app: &App, role: Id<RoleMarker>) -> anyhow::Result<bool> {
        match &self.known.granted {
            Some(granted) => Ok(granted.has_role(role)),
            None => Ok(self.role(app, role).await?.is_some()),
        }
    }

    /// A member of the guild, as the door knows them, or else as Discord says: then with what their roles grant
    /// everywhere.
    ///
    /// # Errors
    /// Discord does not answer.
    pub async fn find_member(&self, app: &App, user: Id<UserMarker>) -> anyhow::Result<Option<KnownMember>> {
        if let Some(known) = self.known.members.iter().find(|it| it.member.id == user) {
            return Ok(Some(known.clone()));
        }
        let guild = app.discord.guild(self.guild);
        let Some(found) = guild.find_member(user, self.deadline).await? else { return Ok(None) };
        let permissions = guild.granted(self.deadline).await?.of(user, &found.roles);
        let is_bot = found.is_bot();
        Ok(Some(KnownMember { member: Member::found(user, found, permissions), is_bot }))
    }

    /// A message that whoever acts can read, as the door knows it, or else as Discord says.
    ///
    /// # Errors
    /// Discord does not answer.
    pub async fn find_message(
        &self,
        app: &App,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
    ) -> anyhow::Result<Option<KnownMessage>> {
        if let Some(known) = self.known.messages.iter().find(|it| (it.channel, it.id) == (channel, message)) {
            return Ok(Some(known.clone()));
        }
        // What a program may read follows from its key, and not from what the bot sees.
        let Some(member) = self.person().map(Person::member) else { return Ok(None) };
        let administers = member.permissions.contains(Permissions::ADMINISTRATOR);
        let reader = (member.id, member.roles.as_slice());
        if !may_read(app, self.guild, channel, reader, administers, self.deadline).await? {
            return Ok(None);
        }
        let posted = match app.discord.guild(self.guild).message(channel, message, self.deadline).await {
            Ok(posted) => posted,
            Err(discord::Error::Gone { .. } | discord::Error::NoAccess { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(posted.map(|posted| KnownMessage::of(channel, posted)))
    }

    /// Whether another member may change what the bot does here, by their roles.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn administers_too(&self, app: &App, member: &Member) -> anyhow::Result<bool> {
        let system = app.settings.get::<System>(self.guild).await?;
        Ok(member.administers(&app.config.owner_ids, system.admin_role))
    }

    /// Whether somebody is in the guild, as the door knows it, or else as Discord says.
    ///
    /// # Errors
    /// Discord does not answer.
    pub async fn is_member(&self, app: &App, user: Id<UserMarker>) -> anyhow::Result<bool> {
        if self.user() == Some(user) || self.known.members.iter().any(|it| it.member.id == user) {
            return Ok(true);
        }
        Ok(app.discord.guild(self.guild).is_member(user, self.deadline).await?)
    }
}

/// Whether somebody may read what was said in a channel or thread of the guild, of which nothing stops who `administers`;
/// `false` also where the bot cannot see it.
///
/// # Errors
/// Discord does not answer.
pub async fn may_read(
    app: &App,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    (user, roles): (Id<UserMarker>, &[Id<RoleMarker>]),
    administers: bool,
    deadline: Instant,
) -> anyhow::Result<bool> {
    let guild = app.discord.guild(guild);
    let Some(access) = guild.access(channel, deadline).await? else { return Ok(false) };
    let granted = access.of(user, roles);
    if administers || granted.contains(Permissions::ADMINISTRATOR) {
        return Ok(true);
    }
    let reads = granted.contains(Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY);
    Ok(reads && (!access.is_for_joined(granted) || guild.is_thread_member(channel, user, deadline).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_named() {
        let (view, send, threads) =
            (Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES, Permissions::SEND_MESSAGES_IN_THREADS);
        let check = |kind, granted, needed, missing: Option<Permissions>| {
            let channel = Id::new(5);
            let place = Place { channel, kind: Some(kind), bot: granted, actor: None };
            let lack = missing.map(|missing| Lack::Permissions { whose: Whose::Bot, channel, missing });
            assert_eq!(place.require_bot(needed).err(), lack, "{kind:?} {granted:?}");
            assert_eq!(place.require_actor(needed), Ok(()), "nobody said");
        };
        check(ChannelType::GuildText, Some(view | send), view | send, None);
        check(ChannelType::GuildText, Some(view), view | send, Some(send));
        check(ChannelType::GuildText, Some(Permissions::ADMINISTRATOR), view | send, None);
        check(ChannelType::GuildText, None, view | send, None);
        check(ChannelType::PublicThread, Some(view | send), view | send, Some(threads));
        check(ChannelType::PublicThread, Some(view | threads), view | send, None);
    }
}
