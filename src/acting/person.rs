//! People as a guild knows them, and who of them may change what the bot does there.

use jiff::Timestamp;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{RoleMarker, UserMarker};

use crate::discord;

/// A member who does something, and what they may. Only an [`Acting`](super::Acting) makes one.
#[derive(Clone, Debug)]
pub struct Person {
    member: Member,
    administers: bool,
    is_present: bool,
    silent_until: Option<Timestamp>,
}

/// A member, as they were at some moment.
#[derive(Clone, Debug)]
pub struct Member {
    /// The user's id.
    pub id: Id<UserMarker>,
    /// The name others see; empty where Discord does not say.
    pub name: String,
    /// Their roles, without @everyone.
    pub roles: Vec<Id<RoleMarker>>,
    /// What they may do in this channel, overwrites included.
    pub permissions: Permissions,
    /// Until when a timeout silences them, as Discord says where it is asked. Through interactions nobody comes whom one does.
    pub silent_until: Option<Timestamp>,
}

impl Person {
    pub(super) fn of(member: Member, administers: bool, now: Timestamp) -> Person {
        let silent_until = member.silent_until(now);
        Person { administers: administers && silent_until.is_none(), member, is_present: true, silent_until }
    }

    /// The same of somebody of whom Discord says that they are not in the guild: nothing is done there for them, not even what
    /// everybody may.
    pub(super) fn absent(self) -> Person {
        Person { is_present: false, administers: false, ..self }
    }

    /// Whether they are in the guild, as far as anybody asked.
    pub(super) fn is_present(&self) -> bool {
        self.is_present
    }

    /// Until when a timeout lets them do nothing here.
    pub(super) fn silent_until(&self) -> Option<Timestamp> {
        self.silent_until
    }

    /// The member as they were at that moment.
    pub fn member(&self) -> &Member {
        &self.member
    }

    /// Whether they may change what the bot does in this guild.
    pub fn administers(&self) -> bool {
        self.administers
    }
}

impl Member {
    /// Somebody of whom no role and no permission is known.
    pub fn nobody(id: Id<UserMarker>) -> Member {
        Member { id, name: String::new(), roles: Vec::new(), permissions: Permissions::empty(), silent_until: None }
    }

    /// A member as Discord described them, with what their roles grant.
    pub fn found(id: Id<UserMarker>, found: discord::Member, permissions: Permissions) -> Member {
        Member { roles: found.roles, permissions, silent_until: found.silent_until, ..Member::nobody(id) }
    }

    /// Whether they may change what the bot does in their guild.
    ///
    /// That is an owner of the bot, whoever has Administrator, and whoever has the guild's admin role. Discord's own
    /// defaults for commands do not count: they do not guard buttons and forms, and servers can change them.
    pub fn administers(&self, owners: &[Id<UserMarker>], admin_role: Option<Id<RoleMarker>>) -> bool {
        owners.contains(&self.id)
            || self.permissions.contains(Permissions::ADMINISTRATOR)
            || admin_role.is_some_and(|role| self.roles.contains(&role))
    }

    /// Until when a timeout silences them, if one does. Administrators it does not
    /// (<https://discord.com/developers/docs/topics/permissions#permissions-for-timed-out-members>).
    fn silent_until(&self, now: Timestamp) -> Option<Timestamp> {
        let is_exempt = self.permissions.contains(Permissions::ADMINISTRATOR);
        self.silent_until.filter(|until| *until > now && !is_exempt)
    }

    /// Whether they have one of `roles`.
    pub fn has_any(&self, roles: &[Id<RoleMarker>]) -> bool {
        roles.iter().any(|role| self.roles.contains(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_administers_a_server() {
        let (owner, admin_role, staff_role) = (Id::new(1), Id::new(10), Id::new(11));
        let member = |id: u64, roles: &[Id<RoleMarker>], permissions| Member {
            id: Id::new(id),
            name: "somebody".to_owned(),
            roles: roles.to_vec(),
            permissions,
            silent_until: None,
        };
        let some = Permissions::MANAGE_GUILD | Permissions::MANAGE_ROLES;
        let cases = [
            ("an owner of the bot", member(1, &[], Permissions::empty()), true),
            ("an administrator", member(2, &[], Permissions::ADMINISTRATOR), true),
            ("somebody with the admin role", member(3, &[staff_role, admin_role], Permissions::empty()), true),
            ("somebody with the staff role", member(4, &[staff_role], some), false),
            ("a member", member(5, &[], some), false),
            // In a direct message nobody has roles or permissions.
            ("an owner of the bot in a direct message", member(1, &[], Permissions::empty()), true),
            ("an administrator in a direct message", member(2, &[], Permissions::empty()), false),
            // Another server's admin role is another id.
            ("an admin of another server", member(6, &[Id::new(20)], Permissions::empty()), false),
        ];
        for (who, member, expected) in cases {
            assert_eq!(member.administers(&[owner], Some(admin_role)), expected, "{who}");
        }
        let nobody = member(3, &[admin_role], Permissions::empty());
        assert!(!nobody.administers(&[], None), "no admin role is set");
    }

    #[test]
    fn a_timeout_takes_all_but_administrators() {
        let now = Timestamp::UNIX_EPOCH;
        let later = now + jiff::SignedDuration::from_secs(1);
        let person = |permissions, silent_until| {
            let member = Member { id: Id::new(2), name: String::new(), roles: Vec::new(), permissions, silent_until };
            let person = Person::of(member, true, now);
            (person.administers(), person.silent_until())
        };
        let everybody = Permissions::empty();
        assert_eq!(person(everybody, Some(later)), (false, Some(later)));
        assert_eq!(person(everybody, Some(now)), (true, None), "it is over");
        assert_eq!(person(everybody, None), (true, None));
        assert_eq!(person(Permissions::ADMINISTRATOR, Some(later)), (true, None));
    }
}
