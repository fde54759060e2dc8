//! Building servers, one fact at a time.

use jiff::SignedDuration;
use twilight_model::guild::Permissions;

use super::Discord;
use super::state::{
    APPLICATION_ID, Channel, CommandRule, Guild, Invite, Member, Overwrite, PRIVATE_THREAD, Role, Snowflake, State,
    Thread, User,
};

/// What everybody may do in a new server.
const EVERYONE: Permissions = Permissions::CREATE_INVITE
    .union(Permissions::ADD_REACTIONS)
    .union(Permissions::VIEW_CHANNEL)
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::USE_EXTERNAL_EMOJIS)
    .union(Permissions::CONNECT)
    .union(Permissions::SPEAK)
    .union(Permissions::USE_VAD)
    .union(Permissions::CHANGE_NICKNAME)
    .union(Permissions::USE_SLASH_COMMANDS)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS);

/// What a bot for support is invited with.
const BOT: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::MANAGE_CHANNELS)
    .union(Permissions::MANAGE_ROLES)
    .union(Permissions::MANAGE_GUILD)
    .union(Permissions::MANAGE_MESSAGES)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::CREATE_PRIVATE_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::MANAGE_THREADS)
    .union(Permissions::PIN_MESSAGES);

const TEXT: u8 = 0;
const VOICE: u8 = 2;
const CATEGORY: u8 = 4;

/// A server that is being furnished. Each call takes effect at once; names are handles.
///
/// A new server has @everyone with Discord's default permissions, the bot with a managed role "Alphapy" on top of all
/// others, and an owner called "owner" until one is named.
#[derive(Clone)]
pub struct GuildBuilder {
    discord: Discord,
    id: Snowflake,
}

impl GuildBuilder {
    pub(super) fn open(discord: &Discord, name: &str) -> GuildBuilder {
        let mut state = discord.lock();
        let id = match state.guild_named(name) {
            Some(guild) => guild.id,
            None => found(&mut state, name),
        };
        drop(state);
        GuildBuilder { discord: discord.clone(), id }
    }

    /// The server's id.
    pub fn id(&self) -> String {
        self.id.to_string()
    }

    /// Makes a person the owner, and a member if they are not; the owner before them leaves.
    pub fn owner(self, name: &str) -> GuildBuilder {
        let owned = self.member(name, &[]);
        owned.change(|state, id| {
            let owner = state.user_named(name);
            if let (Some(guild), Some(owner)) = (state.guild_mut(id), owner) {
                let before = std::mem::replace(&mut guild.owner, owner);
                guild.members.retain(|member| member.user != before || before == owner);
            }
        })
    }

    /// Sets the language of the server; `en-US` at first.
    pub fn locale(self, locale: &str) -> GuildBuilder {
        self.guild_change(|guild| locale.clone_into(&mut guild.locale))
    }

    /// Adds a role below all the others, as Discord does.
    pub fn role(self, name: &str, permissions: Permissions) -> GuildBuilder {
        self.add_role(name, permissions, false)
    }

    /// Adds a role above all the others, the bot's included.
    pub fn top_role(self, name: &str, permissions: Permissions) -> GuildBuilder {
        self.add_role(name, permissions, true)
    }

    /// Lets everybody mention a role.
    pub fn mentionable(self, role: &str) -> GuildBuilder {
        self.role_change(role, |role| role.mentionable = true)
    }

    /// Sets what a role may do: `@everyone`, `Alphapy` (the bot's) or another.
    pub fn permissions(self, role: &str, permissions: Permissions) -> GuildBuilder {
        self.role_change(role, |role| role.permissions = permissions)
    }

    /// Lets a role do more than it may.
    pub fn also(self, role: &str, permissions: Permissions) -> GuildBuilder {
        self.role_change(role, |role| role.permissions |= permissions)
    }

    /// Deletes a role.
    pub fn remove_role(self, name: &str) -> GuildBuilder {
        self.guild_change(|guild| {
            let Some(id) = guild.role_named(name).map(|role| role.id) else { return };
            guild.roles.retain(|role| role.id != id);
            guild.members.iter_mut().for_each(|member| member.roles.retain(|role| *role != id));
        })
    }

    /// Adds an emoji of the server's own.
    pub fn emoji(self, name: &str, id: u64) -> GuildBuilder {
        self.guild_change(|guild| guild.emojis.push((id, name.to_owned())))
    }

    /// Deletes an emoji.
    pub fn remove_emoji(self, id: u64) -> GuildBuilder {
        self.guild_change(|guild| guild.emojis.retain(|(known, _)| *known != id))
    }

    /// Adds a category.
    pub fn category(self, name: &str) -> GuildBuilder {
        self.add_channel(name, CATEGORY, None)
    }

    /// Adds a text channel outside the categories.
    pub fn channel(self, name: &str) -> GuildBuilder {
        self.add_channel(name, TEXT, None)
    }

    /// Adds a text channel to a category.
    pub fn channel_in(self, category: &str, name: &str) -> GuildBuilder {
        self.add_channel(name, TEXT, Some(category))
    }

    /// Adds a voice channel.
    pub fn voice(self, name: &str) -> GuildBuilder {
        self.add_channel(name, VOICE, None)
    }

    /// Sets what a channel or category allows and denies to a role or member; for a category also in its channels.
    ///
    /// # Panics
    /// If there is no such channel, role or member.
    pub fn overwrite(self, channel: &str, who: &str, allow: Permissions, deny: Permissions) -> GuildBuilder {
        self.change(|state, id| {
            let guild = state.guild(id).expect("this server");
            let role = guild.role_named(who).map(|role| role.id);
            let (target, is_member) = match role.or_else(|| state.user_named(who)) {
                Some(target) => (target, role.is_none()),
                None => panic!("there is no role or member {who:?}"),
            };
            let of = state.channel_named(id, channel).unwrap_or_else(|| panic!("there is no channel {channel:?}")).id;
            for channel in state.channels.values_mut().filter(|channel| channel.id == of || channel.parent == Some(of))
            {
                channel.overwrites.retain(|overwrite| overwrite.id != target);
                channel.overwrites.push(Overwrite { id: target, is_member, allow, deny });
            }
        })
    }

    /// Hides a channel or category from everybody but these roles, members and the bot.
    pub fn private(self, channel: &str, seen_by: &[&str]) -> GuildBuilder {
        let view = Permissions::VIEW_CHANNEL;
        let hidden = self.overwrite(channel, "@everyone", Permissions::empty(), view);
        let shown = hidden.overwrite(channel, "bot", view | Permissions::SEND_MESSAGES, Permissions::empty());
        seen_by.iter().fold(shown, |builder, who| builder.overwrite(channel, who, view, Permissions::empty()))
    }

    /// Adds a thread to a text channel, opened by the first of its members.
    ///
    /// # Panics
    /// If there is no such channel or member.
    pub fn thread(self, channel: &str, name: &str, private: bool, members: &[&str]) -> GuildBuilder {
        self.change(|state, guild| {
            let parent = state.channel_named(guild, channel).expect("a channel of this name").id;
            let find = |name: &&str| state.user_named(name).unwrap_or_else(|| panic!("there is no member {name:?}"));
            let members: Vec<Snowflake> = members.iter().map(find).collect();
            let (id, kind) = (state.world_id(), if private { PRIVATE_THREAD } else { 11 });
            let thread = Thread {
                owner: *members.first().unwrap_or(&APPLICATION_ID),
                members,
                archived: false,
                locked: false,
                invitable: true,
                auto_archive_min: 4320,
                archived_at: state.now(),
            };
            let new = Channel::new(id, Some(guild), kind, name.to_owned());
            state.channels.insert(id, Channel { parent: Some(parent), thread: Some(thread), ..new });
        })
    }

    /// Adds an invitation to a channel, made by a member.
    ///
    /// # Panics
    /// If there is no such channel or member.
    pub fn invite(self, code: &str, channel: &str, inviter: &str) -> GuildBuilder {
        self.change(|state, guild| {
            let channel = state.channel_named(guild, channel).expect("a channel of this name").id;
            let inviter = state.user_named(inviter).expect("a person of this name");
            let (code, created_at) = (code.to_owned(), state.now());
            let invite =
                Invite { code, channel, inviter, uses: 0, max_uses: 0, max_age_s: 0, temporary: false, created_at };
            state.invites.push(invite);
        })
    }

    /// Lets a person join by an invitation, which counts it.
    pub fn joins_by(self, code: &str, person: &str) -> GuildBuilder {
        let joined = self.change(|state, _| {
            let Some(at) = state.invites.iter().position(|invite| invite.code == code) else { return };
            state.invites[at].uses += 1;
            if state.invites[at].uses == state.invites[at].max_uses {
                state.invites.remove(at);
            }
        });
        joined.member(person, &[])
    }

    /// Allows or denies a command to a role, a member or a `#channel`, as an admin does in the server's settings.
    ///
    /// # Panics
    /// If there is no such role, member or channel.
    pub fn command_permission(self, command: &str, who: &str, allowed: bool) -> GuildBuilder {
        self.change(|state, id| {
            let guild = state.guild(id).expect("this server");
            let target = match who.strip_prefix('#') {
                Some(channel) => state.channel_named(id, channel).map(|channel| channel.id),
                None => guild.role_named(who).map(|role| role.id).or_else(|| state.user_named(who)),
            };
            let target = target.unwrap_or_else(|| panic!("there is no role, member or channel {who:?}"));
            let command = command.to_owned();
            state.command_rules.retain(|rule| (rule.guild, &rule.command, rule.target) != (id, &command, target));
            state.command_rules.push(CommandRule { guild: id, command, target, allowed });
        })
    }

    /// Deletes a channel, as a moderator would; nothing of it appears on the screen.
    pub fn remove_channel(self, name: &str) -> GuildBuilder {
        self.change(|state, id| {
            if let Some(channel) = state.channel_named(id, name).map(|channel| channel.id) {
                state.remove_channel(channel);
            }
        })
    }

    /// Adds a member, or gives a member more roles.
    ///
    /// # Panics
    /// If there is no such role.
    pub fn member(self, name: &str, roles: &[&str]) -> GuildBuilder {
        self.change(|state, id| {
            let user = person(state, name);
            let joined_at = state.now() - SignedDuration::from_hours(24 * 30);
            let guild = state.guild_mut(id).expect("this server");
            let find = |name: &&str| guild.role_named(name).unwrap_or_else(|| panic!("there is no role {name:?}")).id;
            let roles: Vec<Snowflake> = roles.iter().map(find).collect();
            match guild.member_mut(user) {
                Some(member) => member.roles.extend(roles),
                None => guild.members.push(Member { user, roles, nick: None, joined_at, timed_out_until: None }),
            }
        })
    }

    /// Takes a role from a member, as a moderator would.
    pub fn without_role(self, member: &str, role: &str) -> GuildBuilder {
        self.change(|state, id| {
            let user = state.user_named(member);
            let Some(guild) = state.guild_mut(id) else { return };
            let role = guild.role_named(role).map(|role| role.id);
            if let Some(member) = user.and_then(|user| guild.member_mut(user)) {
                member.roles.retain(|id| Some(*id) != role);
            }
        })
    }

    /// Lets a member, or `bot`, leave.
    pub fn without(self, member: &str) -> GuildBuilder {
        self.change(|state, id| {
            let user = state.user_named(member);
            if let Some(guild) = state.guild_mut(id) {
                guild.members.retain(|member| Some(member.user) != user);
            }
            // What was set for them in channels stays, but they are in no thread any more.
            for channel in state.channels.values_mut().filter(|channel| channel.guild == Some(id)) {
                if let Some(thread) = &mut channel.thread {
                    thread.members.retain(|member| Some(*member) != user);
                }
            }
        })
    }

    /// Silences a member for a while.
    pub fn time_out(self, member: &str, duration: SignedDuration) -> GuildBuilder {
        self.change(|state, id| {
            let (user, until) = (state.user_named(member), state.now() + duration);
            if let Some(member) = user.and_then(|user| state.guild_mut(id)?.member_mut(user)) {
                member.timed_out_until = Some(until);
            }
        })
    }

    fn change(self, how: impl FnOnce(&mut State, Snowflake)) -> GuildBuilder {
        how(&mut self.discord.lock(), self.id);
        self.discord.touch();
        self
    }

    fn guild_change(self, how: impl FnOnce(&mut Guild)) -> GuildBuilder {
        self.change(|state, id| how(state.guild_mut(id).expect("this server")))
    }

    fn role_change(self, name: &str, how: impl FnOnce(&mut Role)) -> GuildBuilder {
        self.guild_change(|guild| {
            let role = guild.roles.iter_mut().find(|role| role.name == name);
            how(role.unwrap_or_else(|| panic!("there is no role {name:?}")));
        })
    }

    fn add_role(self, name: &str, permissions: Permissions, top: bool) -> GuildBuilder {
        self.change(|state, id| {
            let role = state.world_id();
            let guild = state.guild_mut(id).expect("this server");
            let highest = guild.roles.iter().map(|role| role.position).max().unwrap_or(0);
            if !top {
                guild.roles.iter_mut().filter(|role| role.position > 0).for_each(|role| role.position += 1);
            }
            let position = if top { highest + 1 } else { 1 };
            guild.roles.push(Role {
                id: role,
                name: name.to_owned(),
                permissions,
                position,
                managed: false,
                mentionable: false,
            });
        })
    }

    fn add_channel(self, name: &str, kind: u8, category: Option<&str>) -> GuildBuilder {
        self.change(|state, guild| {
            let parent = category.map(|name| {
                state.channel_named(guild, name).unwrap_or_else(|| panic!("there is no category {name:?}"))
            });
            let (overwrites, parent) =
                (parent.map(|it| it.overwrites.clone()).unwrap_or_default(), parent.map(|it| it.id));
            let id = state.world_id();
            let position = state.channels.values().filter(|channel| channel.guild == Some(guild)).count();
            let new = Channel::new(id, Some(guild), kind, name.to_owned());
            let channel = Channel { parent, position, overwrites, ..new };
            state.channels.insert(id, channel);
        })
    }
}

/// A new server with the bot in it.
fn found(state: &mut State, name: &str) -> Snowflake {
    let (id, bot_role) = (state.world_id(), state.world_id());
    let owner = person(state, "owner");
    let joined_at = state.now() - SignedDuration::from_hours(24 * 60);
    let role = |id, name: &str, permissions, position, managed| Role {
        id,
        name: name.to_owned(),
        permissions,
        position,
        managed,
        mentionable: false,
    };
    let member = |user, roles| Member { user, roles, nick: None, joined_at, timed_out_until: None };
    state.guilds.push(Guild {
        id,
        name: name.to_owned(),
        owner,
        locale: "en-US".to_owned(),
        roles: vec![role(id, "@everyone", EVERYONE, 0, false), role(bot_role, "Alphapy", BOT, 1, true)],
        members: vec![member(owner, Vec::new()), member(APPLICATION_ID, vec![bot_role])],
        emojis: Vec::new(),
    });
    id
}

/// The person of that name, born if need be.
fn person(state: &mut State, name: &str) -> Snowflake {
    if let Some(id) = state.user_named(name) {
        return id;
    }
    let id = state.world_id();
    state.users.insert(id, User { id, name: name.to_owned(), bot: false, takes_dms: true });
    id
}

impl State {
    /// Forgets a channel with its threads, and what was written in them.
    pub(super) fn remove_channel(&mut self, id: Snowflake) {
        self.channels.remove(&id);
        self.messages.retain(|_, message| message.channel != id);
        self.invites.retain(|invite| invite.channel != id);
        let threads = self.channels.values().filter(|channel| channel.parent == Some(id) && channel.thread.is_some());
        for thread in threads.map(|thread| thread.id).collect::<Vec<_>>() {
            self.remove_channel(thread);
        }
        for channel in self.channels.values_mut().filter(|channel| channel.parent == Some(id)) {
            channel.parent = None;
        }
    }
}
