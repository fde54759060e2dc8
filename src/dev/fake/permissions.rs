//! Who may do what, computed as Discord does
//! (<https://discord.com/developers/docs/topics/permissions#permission-overwrites>).

use jiff::Timestamp;
use twilight_model::guild::Permissions;

use super::state::{Channel, Guild, PRIVATE_THREAD, Snowflake, State, Thread};

/// What is worth nothing to those who cannot write.
const SPEECH: Permissions = Permissions::MENTION_EVERYONE
    .union(Permissions::SEND_TTS_MESSAGES)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::EMBED_LINKS);

/// What somebody may do in a server as a whole.
pub(super) fn in_guild(guild: &Guild, user: Snowflake) -> Permissions {
    let Some(member) = guild.member(user) else { return Permissions::empty() };
    if guild.owner == user {
        return Permissions::all();
    }
    let held = guild.roles.iter().filter(|role| role.id == guild.id || member.roles.contains(&role.id));
    let permissions = held.fold(Permissions::empty(), |all, role| all | role.permissions);
    if permissions.contains(Permissions::ADMINISTRATOR) { Permissions::all() } else { permissions }
}

/// What somebody may do in a channel, as an interaction tells it: without the rules that one permission needs another.
pub(super) fn in_channel(guild: &Guild, channel: &Channel, user: Snowflake, now: Timestamp) -> Permissions {
    let base = in_guild(guild, user);
    let Some(member) = guild.member(user) else { return base };
    if base.contains(Permissions::ADMINISTRATOR) {
        return base;
    }
    let apply = |permissions: Permissions, deny: Permissions, allow: Permissions| (permissions & !deny) | allow;
    let mut permissions = base;
    for overwrite in channel.overwrites.iter().filter(|overwrite| overwrite.id == guild.id) {
        permissions = apply(permissions, overwrite.deny, overwrite.allow);
    }
    let of_roles =
        channel.overwrites.iter().filter(|it| !it.is_member && it.id != guild.id && member.roles.contains(&it.id));
    let (deny, allow) = of_roles.fold((Permissions::empty(), Permissions::empty()), |(deny, allow), overwrite| {
        (deny | overwrite.deny, allow | overwrite.allow)
    });
    permissions = apply(permissions, deny, allow);
    for overwrite in channel.overwrites.iter().filter(|overwrite| overwrite.is_member && overwrite.id == user) {
        permissions = apply(permissions, overwrite.deny, overwrite.allow);
    }
    if member.timed_out_until.is_some_and(|until| until > now) {
        permissions &= Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
    }
    permissions
}

/// What somebody can really do in a channel: nothing without seeing it, little without speaking in it.
pub(super) fn effective(guild: &Guild, channel: &Channel, user: Snowflake, now: Timestamp) -> Permissions {
    let permissions = in_channel(guild, channel, user, now);
    if !permissions.contains(Permissions::VIEW_CHANNEL) {
        return Permissions::empty();
    }
    if !permissions.contains(Permissions::SEND_MESSAGES) {
        return permissions & !SPEECH;
    }
    permissions
}

/// How high somebody stands: the position of their highest role, or above all for the owner.
pub(super) fn rank(guild: &Guild, user: Snowflake) -> u32 {
    if guild.owner == user {
        return u32::MAX;
    }
    let Some(member) = guild.member(user) else { return 0 };
    member.roles.iter().filter_map(|id| guild.role(*id)).map(|role| role.position).max().unwrap_or(0)
}

/// The names of permissions, as a member reads them in a transcript.
pub(super) fn names(permissions: Permissions) -> String {
    let names: Vec<&str> = permissions.iter_names().map(|(name, _)| name).collect();
    names.join(", ")
}

impl State {
    /// What `user` can really do in `channel`; in a direct channel its two ends may do everything that matters.
    pub(super) fn effective(&self, user: Snowflake, channel: Snowflake) -> Permissions {
        let Some(channel) = self.channels.get(&channel) else { return Permissions::empty() };
        if let Some((thread, parent)) = self.thread_of(channel) {
            return self.in_thread(user, channel.kind, thread, parent);
        }
        match channel.guild.and_then(|id| self.guild(id)) {
            Some(guild) => effective(guild, channel, user, self.now()),
            None if channel.recipient == Some(user) || self.users.get(&user).is_some_and(|user| user.bot) => {
                Permissions::from_bits_retain(442_368) | Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY
            }
            None => Permissions::empty(),
        }
    }

    /// What an interaction says that `user` may do: as the overwrites are, a thread's being those of its channel.
    pub(super) fn written_permissions(&self, user: Snowflake, channel: &Channel) -> Permissions {
        let channel = self.thread_of(channel).map_or(channel, |(_, parent)| parent);
        let guild = channel.guild.and_then(|id| self.guild(id));
        guild.map_or(Permissions::empty(), |guild| in_channel(guild, channel, user, self.now()))
    }

    /// In a thread one can do what one can in its channel, and writes by a permission of its own. A private one is there
    /// only for its members and for those who manage threads.
    fn in_thread(&self, user: Snowflake, kind: u8, thread: &Thread, parent: &Channel) -> Permissions {
        let Some(guild) = parent.guild.and_then(|id| self.guild(id)) else { return Permissions::empty() };
        let permissions = in_channel(guild, parent, user, self.now());
        let invited = kind != PRIVATE_THREAD || thread.members.contains(&user);
        if !permissions.contains(Permissions::VIEW_CHANNEL)
            || !(invited || permissions.contains(Permissions::MANAGE_THREADS))
        {
            return Permissions::empty();
        }
        if permissions.contains(Permissions::SEND_MESSAGES_IN_THREADS) {
            return permissions | Permissions::SEND_MESSAGES;
        }
        permissions & !(Permissions::SEND_MESSAGES | SPEECH)
    }

    /// Whether `user` can write messages in `channel`.
    pub(super) fn may_write(&self, user: Snowflake, channel: Snowflake) -> bool {
        let locked = self.channels.get(&channel).and_then(|it| it.thread.as_ref()).is_some_and(|thread| thread.locked);
        self.may(user, channel, Permissions::SEND_MESSAGES)
            && (!locked || self.may(user, channel, Permissions::MANAGE_THREADS))
    }

    /// Whether `user` can do all of `needed` in `channel`.
    pub(super) fn may(&self, user: Snowflake, channel: Snowflake, needed: Permissions) -> bool {
        self.effective(user, channel).contains(needed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::state::{Member, Overwrite, Role};
    use super::*;

    const GUILD: Snowflake = 1;
    const STAFF: Snowflake = 2;
    const MUTED: Snowflake = 3;
    const ADMIN: Snowflake = 4;
    const OWNER: Snowflake = 10;
    const ANN: Snowflake = 11;

    fn guild(roles_of_ann: &[Snowflake]) -> Guild {
        let role = |id, position, permissions| Role {
            id,
            name: id.to_string(),
            permissions,
            position,
            managed: false,
            mentionable: false,
        };
        let member = |user, roles: &[Snowflake]| Member {
            user,
            roles: roles.to_vec(),
            nick: None,
            joined_at: Timestamp::UNIX_EPOCH,
            timed_out_until: None,
        };
        Guild {
            id: GUILD,
            name: "Home".to_owned(),
            owner: OWNER,
            locale: "en-US".to_owned(),
            roles: vec![
                role(GUILD, 0, Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS),
                role(MUTED, 1, Permissions::empty()),
                role(STAFF, 2, Permissions::MANAGE_MESSAGES),
                role(ADMIN, 3, Permissions::ADMINISTRATOR),
            ],
            members: vec![member(OWNER, &[]), member(ANN, roles_of_ann)],
            emojis: Vec::new(),
        }
    }

    fn channel(overwrites: &[(Snowflake, Permissions, Permissions)]) -> Channel {
        let overwrites =
            overwrites.iter().map(|&(id, allow, deny)| Overwrite { id, is_member: id >= OWNER, allow, deny });
        Channel { overwrites: overwrites.collect(), ..Channel::new(100, Some(GUILD), 0, "help".to_owned()) }
    }

    #[test]
    fn overwrites_apply_in_discords_order() {
        let (view, send) = (Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES);
        let none = Permissions::empty();
        let cases: [(&str, &[Snowflake], &[_], Permissions); 9] = [
            ("everyone's permissions", &[], &[], view | send | Permissions::EMBED_LINKS),
            ("hidden from everyone", &[], &[(GUILD, none, view)], none),
            (
                "hidden, shown to staff",
                &[STAFF],
                &[(GUILD, none, view), (STAFF, view, none)],
                view | send | Permissions::EMBED_LINKS | Permissions::MANAGE_MESSAGES,
            ),
            (
                "hidden, shown to ann",
                &[],
                &[(GUILD, none, view), (ANN, view, none)],
                view | send | Permissions::EMBED_LINKS,
            ),
            (
                "one role allows, another denies",
                &[STAFF, MUTED],
                &[(MUTED, none, send), (STAFF, send, none)],
                view | send | Permissions::EMBED_LINKS | Permissions::MANAGE_MESSAGES,
            ),
            (
                "the member's own denial wins",
                &[STAFF],
                &[(STAFF, send, none), (ANN, none, send)],
                view | Permissions::MANAGE_MESSAGES,
            ),
            ("no speech, no embeds", &[], &[(GUILD, none, send)], view),
            ("administrators see everything", &[ADMIN], &[(GUILD, none, view), (ANN, none, view)], Permissions::all()),
            ("overwrites of roles one lacks", &[], &[(STAFF, none, view)], view | send | Permissions::EMBED_LINKS),
        ];
        for (name, roles, overwrites, expected) in cases {
            assert_eq!(effective(&guild(roles), &channel(overwrites), ANN, Timestamp::UNIX_EPOCH), expected, "{name}");
        }
    }

    #[test]
    fn the_owner_is_above_all_and_a_stranger_is_nobody() {
        let guild = guild(&[STAFF, MUTED]);
        assert_eq!(in_guild(&guild, OWNER), Permissions::all());
        assert_eq!(in_guild(&guild, 99), Permissions::empty());
        assert_eq!([rank(&guild, OWNER), rank(&guild, ANN), rank(&guild, 99)], [u32::MAX, 2, 0]);
    }

    #[test]
    fn a_timeout_leaves_reading() {
        let mut guild = guild(&[STAFF]);
        guild.members[1].timed_out_until = Some(Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(60));
        assert_eq!(effective(&guild, &channel(&[]), ANN, Timestamp::UNIX_EPOCH), Permissions::VIEW_CHANNEL);
    }
}
