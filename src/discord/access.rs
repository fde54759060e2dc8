//! Who may do what in a channel, by what Discord says of the channel, its guild and the roles there.

use std::time::{Duration, Instant};

use moka::future::Cache;
use reqwest::Method;
use serde::Deserialize;
use twilight_model::channel::ChannelType;
use twilight_model::channel::permission_overwrite::PermissionOverwrite;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, RoleMarker, UserMarker};
use twilight_util::permission_calculator::PermissionCalculator;

use super::call::Call;
use super::{Channel, Client, Error, Guild, Member, Role};

/// What Discord said of a channel is believed for so long: a permission that was just given counts soon.
const BELIEVED: Duration = Duration::from_secs(5);

/// Channels of which it is remembered; each has a few hundred bytes.
const REMEMBERED: u64 = 10_000;

/// What Discord said lately, by guild and channel.
pub(super) struct Accesses(Cache<(Id<GuildMarker>, Id<ChannelMarker>), Access>);

impl Default for Accesses {
    fn default() -> Accesses {
        Accesses(Cache::builder().max_capacity(REMEMBERED).time_to_live(BELIEVED).build())
    }
}

/// What Discord said of a member is believed for so long: who loses a role has lost it within the minute.
const MEMBERS_BELIEVED: Duration = Duration::from_secs(30);

/// A member and what their roles granted; nothing of who was none.
type Lately = Option<(Member, Permissions)>;

/// What members were lately.
pub(super) struct Members(Cache<(Id<GuildMarker>, Id<UserMarker>), Lately>);

impl Default for Members {
    fn default() -> Members {
        Members(Cache::builder().max_capacity(REMEMBERED).time_to_live(MEMBERS_BELIEVED).build())
    }
}

/// A channel or thread of a guild with everything that decides who may do what in it.
#[derive(Clone, Debug)]
pub struct Access {
    /// Its type.
    pub kind: ChannelType,
    granted: Granted,
    /// Those of a thread's channel, for a thread has none.
    overwrites: Vec<PermissionOverwrite>,
}

/// Whether a type of channel is one of threads (<https://discord.com/developers/docs/topics/threads>).
pub fn is_thread(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::AnnouncementThread)
}

/// What the roles of a guild grant, and who owns it.
#[derive(Clone, Debug)]
pub struct Granted {
    guild: Id<GuildMarker>,
    owner: Option<Id<UserMarker>>,
    roles: Vec<(Id<RoleMarker>, Permissions)>,
    mentionable: Vec<Id<RoleMarker>>,
    /// Those that belong to apps, or to boosts.
    managed: Vec<Id<RoleMarker>>,
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "type")]
    kind: ChannelType,
    #[serde(default)]
    guild_id: Option<Id<GuildMarker>>,
    #[serde(default)]
    parent_id: Option<Id<ChannelMarker>>,
    #[serde(default)]
    permission_overwrites: Vec<PermissionOverwrite>,
}

#[derive(Deserialize)]
struct Owned {
    #[serde(default)]
    owner_id: Option<Id<UserMarker>>,
    roles: Vec<Role>,
}

impl Access {
    /// What a member with these roles may do there. Whether they have joined a private thread is another question.
    pub fn of(&self, user: Id<UserMarker>, roles: &[Id<RoleMarker>]) -> Permissions {
        self.granted.calculate(user, roles, |it| it.in_channel(self.kind, &self.overwrites))
    }

    /// Whether somebody to whom this is granted may do it only once they have joined: a private thread is seen by who has, and by
    /// who manages threads (<https://discord.com/developers/docs/topics/threads#private-threads>).
    pub fn is_for_joined(&self, granted: Permissions) -> bool {
        let sees_all = granted.intersects(Permissions::ADMINISTRATOR | Permissions::MANAGE_THREADS);
        self.kind == ChannelType::PrivateThread && !sees_all
    }

    /// What everybody with one of these roles may do there, as far as nothing is set for them alone.
    pub fn of_roles(&self, roles: &[Id<RoleMarker>]) -> Permissions {
        // Nobody has that id: what was set for single members counts for nothing.
        self.of(Id::new(1), roles)
    }

    /// Whether everybody sees it, or whoever has some role, but for `workers`, administrators and programs.
    pub fn is_seen_by_members(&self, workers: &[Id<RoleMarker>]) -> bool {
        let sees = |roles: &[Id<RoleMarker>]| self.of_roles(roles).contains(Permissions::VIEW_CHANNEL);
        let Granted { guild, roles, managed, .. } = &self.granted;
        let of_members = |(role, permissions): &&(Id<RoleMarker>, Permissions)| {
            role.get() != guild.get()
                && !permissions.contains(Permissions::ADMINISTRATOR)
                && !managed.contains(role)
                && !workers.contains(role)
        };
        sees(&[]) || roles.iter().filter(of_members).any(|(role, _)| sees(&[*role]))
    }
}

impl Granted {
    /// What a member with these roles may do, as far as the guild's roles say.
    pub fn of(&self, user: Id<UserMarker>, roles: &[Id<RoleMarker>]) -> Permissions {
        self.calculate(user, roles, |it| it.root())
    }

    /// What a member with these roles may do in a channel that is no thread.
    pub fn of_channel(&self, user: Id<UserMarker>, roles: &[Id<RoleMarker>], channel: &Channel) -> Permissions {
        let Some(kind) = channel.kind else { return Permissions::empty() };
        self.calculate(user, roles, |it| it.in_channel(kind, &channel.permission_overwrites))
    }

    /// Whether a role is of the guild.
    pub fn has_role(&self, role: Id<RoleMarker>) -> bool {
        self.roles.iter().any(|(id, _)| *id == role)
    }

    /// Whether everybody may mention a role.
    pub fn is_mentionable(&self, role: Id<RoleMarker>) -> bool {
        self.mentionable.contains(&role)
    }

    fn calculate(
        &self,
        user: Id<UserMarker>,
        roles: &[Id<RoleMarker>],
        ask: impl FnOnce(PermissionCalculator<'_>) -> Permissions,
    ) -> Permissions {
        let everyone = self.roles.iter().find(|(role, _)| role.get() == self.guild.get());
        let everyone = everyone.map_or(Permissions::empty(), |(_, permissions)| *permissions);
        let theirs: Vec<_> = self.roles.iter().filter(|(role, _)| roles.contains(role)).copied().collect();
        let calculator = PermissionCalculator::new(self.guild, user, everyone, &theirs);
        ask(match self.owner {
            Some(owner) => calculator.owner_id(owner),
            None => calculator,
        })
    }
}

impl Client {
    /// Asks anew what each member is.
    pub fn forget_members(&self) {
        self.members.0.invalidate_all();
    }
}

impl Guild<'_> {
    /// Who may do what in a channel or thread; nothing where it is another guild's, hidden from the bot, or
    /// gone. What was found is believed for some seconds.
    pub async fn access(&self, channel: Id<ChannelMarker>, deadline: Instant) -> Result<Option<Access>, Error> {
        let remembered = &self.client.accesses.0;
        if let Some(access) = remembered.get(&(self.id, channel)).await {
            return Ok(Some(access));
        }
        let Some((kind, overwrites)) = self.find_overwrites(channel, deadline).await? else { return Ok(None) };
        let access = Access { kind, granted: self.granted(deadline).await?, overwrites };
        remembered.insert((self.id, channel), access.clone()).await;
        Ok(Some(access))
    }

    /// The same as it is at this moment, for who has asked what the guild's roles grant.
    pub async fn access_now(
        &self,
        channel: Id<ChannelMarker>,
        granted: &Granted,
        deadline: Instant,
    ) -> Result<Option<Access>, Error> {
        let found = self.find_overwrites(channel, deadline).await?;
        Ok(found.map(|(kind, overwrites)| Access { kind, granted: granted.clone(), overwrites }))
    }

    async fn find_overwrites(
        &self,
        channel: Id<ChannelMarker>,
        deadline: Instant,
    ) -> Result<Option<(ChannelType, Vec<PermissionOverwrite>)>, Error> {
        let Some(found) = self.find_channel(channel, deadline).await? else { return Ok(None) };
        let overwrites = match (is_thread(found.kind), found.parent_id) {
            (false, _) => found.permission_overwrites,
            (true, None) => return Ok(None),
            // A thread is seen by who sees its channel.
            (true, Some(parent)) => match self.find_channel(parent, deadline).await? {
                Some(parent) => parent.permission_overwrites,
                None => return Ok(None),
            },
        };
        Ok(Some((found.kind, overwrites)))
    }

    /// What the guild is called.
    pub async fn name(&self, deadline: Instant) -> Result<String, Error> {
        #[derive(Deserialize)]
        struct Named {
            name: String,
        }
        let call = Call::new(Method::GET, "/guilds/{guild}", format!("guilds/{}", self.id), deadline);
        Ok(self.fetch::<Named>(call).await?.name)
    }

    /// Who owns the guild, as it was within the minute.
    pub async fn owner(&self, deadline: Instant) -> Result<Option<Id<UserMarker>>, Error> {
        Ok(self.granted(deadline).await?.owner)
    }

    /// What the bot itself may do in a channel or thread; nothing where [`access`](Guild::access) finds nothing.
    pub async fn own_permissions(
        &self,
        channel: Id<ChannelMarker>,
        deadline: Instant,
    ) -> Result<Option<Permissions>, Error> {
        match self.access(channel, deadline).await? {
            Some(access) => self.own_permissions_by(|own, roles| access.of(own, roles), deadline).await,
            None => Ok(None),
        }
    }

    /// The same as it is at this moment.
    pub async fn own_permissions_now(
        &self,
        channel: Id<ChannelMarker>,
        deadline: Instant,
    ) -> Result<Option<Permissions>, Error> {
        let granted = self.granted(deadline).await?;
        match self.access_now(channel, &granted, deadline).await? {
            Some(access) => self.own_permissions_by(|own, roles| access.of(own, roles), deadline).await,
            None => Ok(None),
        }
    }

    /// What the bot itself may do where `ask` says what a member may; nothing if it is no member.
    pub async fn own_permissions_by(
        &self,
        ask: impl FnOnce(Id<UserMarker>, &[Id<RoleMarker>]) -> Permissions,
        deadline: Instant,
    ) -> Result<Option<Permissions>, Error> {
        let own = self.client.own_user();
        Ok(self.find_member(own, deadline).await?.map(|member| ask(own, &member.roles)))
    }

    /// What the guild's roles grant.
    pub async fn granted(&self, deadline: Instant) -> Result<Granted, Error> {
        let call = Call::new(Method::GET, "/guilds/{guild}", format!("guilds/{}", self.id), deadline);
        // A guild comes with its roles.
        let Owned { owner_id, roles } = self.fetch(call).await?;
        let mentionable = roles.iter().filter(|role| role.mentionable).map(|role| role.id).collect();
        let managed = roles.iter().filter(|role| role.managed).map(|role| role.id).collect();
        let roles = roles.iter().map(Role::granted).collect();
        Ok(Granted { guild: self.id, owner: owner_id, roles, mentionable, managed })
    }

    async fn find_channel(&self, channel: Id<ChannelMarker>, deadline: Instant) -> Result<Option<Found>, Error> {
        let call = Call::new(Method::GET, "/channels/{channel}", format!("channels/{channel}"), deadline);
        match self.fetch::<Found>(call).await {
            Ok(found) => Ok(Some(found).filter(|found| found.guild_id == Some(self.id))),
            Err(Error::Gone { .. } | Error::NoAccess { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A member with what their roles grant, as they were within the last half minute; nothing if they are not in the guild, or
    /// the bot is not.
    pub async fn find_member_lately(
        &self,
        user: Id<UserMarker>,
        deadline: Instant,
    ) -> Result<Option<(Member, Permissions)>, Error> {
        let remembered = &self.client.members.0;
        if let Some(known) = remembered.get(&(self.id, user)).await {
            return Ok(known);
        }
        let asking = async {
            let Some(member) = self.find_member(user, deadline).await? else { return Ok(None) };
            let permissions = self.granted(deadline).await?.of(user, &member.roles);
            Ok(Some((member, permissions)))
        };
        let found = match asking.await {
            Err(Error::NoAccess { .. }) => None,
            found => found?,
        };
        remembered.insert((self.id, user), found.clone()).await;
        Ok(found)
    }

    /// A member; nothing if they are not in the guild.
    pub async fn find_member(&self, user: Id<UserMarker>, deadline: Instant) -> Result<Option<Member>, Error> {
        let path = format!("guilds/{}/members/{user}", self.id);
        let call = Call::new(Method::GET, "/guilds/{guild}/members/{user}", path, deadline);
        match self.fetch(call).await {
            Ok(member) => Ok(Some(member)),
            Err(Error::Gone { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twilight_model::channel::permission_overwrite::PermissionOverwriteType;

    #[test]
    fn overwrites_apply_from_everybody_to_the_member() {
        let (guild, user, role, owner) = (Id::new(1), Id::new(2), Id::new(3), Id::new(5));
        let (view, send) = (Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES);
        let of = |id: u64, allow, deny| PermissionOverwrite {
            id: Id::new(id),
            allow,
            deny,
            kind: if id == user.get() { PermissionOverwriteType::Member } else { PermissionOverwriteType::Role },
        };
        let none = Permissions::empty();
        let access = |overwrites: &[PermissionOverwrite]| Access {
            kind: ChannelType::GuildText,
            granted: Granted {
                guild,
                owner: Some(owner),
                roles: vec![(guild.cast(), view), (role, none), (Id::new(4), Permissions::ADMINISTRATOR)],
                mentionable: Vec::new(),
                managed: Vec::new(),
            },
            overwrites: overwrites.to_vec(),
        };
        let check = |overwrites: &[PermissionOverwrite], expected: Permissions| {
            assert_eq!(access(overwrites).of(user, &[role]), expected, "{overwrites:?}");
        };
        check(&[], view);
        check(&[of(1, send, view)], send);
        check(&[of(1, send, none)], view | send);
        check(&[of(1, none, view), of(3, view, none)], view);
        check(&[of(3, view, none), of(1, none, view)], view);
        check(&[of(3, view, none), of(2, none, view)], none);
        check(&[of(4, send, none), of(1, none, view)], none);
        // Whom it is shown to works here, or is a member who has read the rules.
        let shown = access(&[of(1, none, view), of(3, view, none)]);
        assert!(shown.is_seen_by_members(&[]) && !shown.is_seen_by_members(&[role]));
        assert!(access(&[]).is_seen_by_members(&[role]) && !access(&[of(1, none, view)]).is_seen_by_members(&[]));
        // Nothing stops who administers, or owns the server.
        assert_eq!(access(&[of(1, none, view)]).of(user, &[Id::new(4)]), Permissions::all());
        assert_eq!(access(&[of(1, none, view)]).of(owner, &[]), Permissions::all());
    }
}
