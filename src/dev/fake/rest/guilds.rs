//! Servers: their channels, roles and members, and the bot's own list of them.

use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::{Call, Outcome, Reply, channels, nothing, ok};
use crate::dev::fake::check::{self, Findings};
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, Channel, Guild, Snowflake, State};
use crate::dev::fake::{payload, permissions, record, screen};

pub(super) fn get(state: &State, call: &Call, guild: &str) -> Outcome {
    let guild = entered(state, guild).map_err(|_| Refusal::UNKNOWN_GUILD)?;
    ok(payload::guild(guild, call.query.get("with_counts").is_some_and(|value| value == "true")))
}

/// Only those that the bot sees, and no threads.
pub(super) fn channels(state: &State, guild: &str) -> Outcome {
    let guild = entered(state, guild)?;
    let all = state.channels.values().filter(|channel| channel.guild == Some(guild.id) && channel.thread.is_none());
    let seen = all.filter(|channel| state.may(APPLICATION_ID, channel.id, Permissions::VIEW_CHANNEL));
    ok(seen.map(|channel| payload::channel(state, channel)).collect())
}

pub(super) fn create_channel(state: &mut State, call: &Call, guild: &str) -> Outcome {
    let guild = entered(state, guild)?;
    let guild_id = guild.id;
    record::contract("channel.create", &call.body, &json!({}));
    if !permissions::in_guild(guild, APPLICATION_ID).contains(Permissions::MANAGE_CHANNELS) {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let mut found = Findings::default();
    check::channel::check(&mut found, &call.body, None);
    call.judge(state, &found)?;
    let is_counted = |channel: &&Channel| channel.guild == Some(guild_id) && channel.thread.is_none();
    let existing = state.channels.values().filter(is_counted).count();
    if existing >= 500 {
        return Err(Refusal::MAX_CHANNELS);
    }
    let body = &call.body;
    let parent = check::snowflake(&body["parent_id"]);
    channels::has_room(state, guild_id, parent)?;
    let overwrites = match body["permission_overwrites"].as_array() {
        Some(overwrites) => overwrites.iter().map(channels::read_overwrite).collect(),
        // Without any, a channel takes those of its category.
        None => {
            parent.and_then(|id| state.channels.get(&id)).map(|parent| parent.overwrites.clone()).unwrap_or_default()
        }
    };
    if body["permission_overwrites"].is_array() {
        let guild = state.guild(guild_id).ok_or(Refusal::UNKNOWN_GUILD)?;
        channels::may_grant(guild, &[], &overwrites)?;
        if let Some(i) = overwrites.iter().position(|it| !it.is_member && guild.role(it.id).is_none()) {
            let at = i.to_string();
            return Err(Refusal::field(
                &["permission_overwrites", &at, "id"],
                "INVALID_OVERWRITE",
                "is no role of this server",
            ));
        }
    }
    let kind = u8::try_from(body["type"].as_u64().unwrap_or(0)).unwrap_or(0);
    let id = state.next_id();
    let name = channels::shape_name(body["name"].as_str().unwrap_or_default(), kind);
    let channel = Channel {
        topic: body["topic"].as_str().filter(|topic| !topic.is_empty()).map(str::to_owned),
        parent,
        position: existing,
        overwrites,
        nsfw: body["nsfw"].as_bool().unwrap_or(false),
        slowmode_s: body["rate_limit_per_user"].as_u64().unwrap_or(0),
        ..Channel::new(id, Some(guild_id), kind, name)
    };
    let value = payload::channel(state, &channel);
    let under = parent
        .and_then(|id| state.channels.get(&id))
        .map(|parent| format!(" under {}", parent.name))
        .unwrap_or_default();
    state.channels.insert(id, channel.clone());
    let what = if kind == 4 { "category " } else { "" };
    let line = screen::channel(state, &format!("bot creates {what}{}{under}", state.place(id)), &channel);
    state.say(line);
    Ok(Reply { status: 201, body: value })
}

pub(super) fn roles(state: &State, guild: &str) -> Outcome {
    ok(entered(state, guild)?.roles.iter().map(payload::role).collect())
}

/// The emojis of its own (<https://discord.com/developers/docs/resources/emoji#list-guild-emojis>).
pub(super) fn emojis(state: &State, guild: &str) -> Outcome {
    let emoji = |(id, name): &(Snowflake, String)| {
        json!({
            "id": id.to_string(), "name": name, "roles": [], "require_colons": true, "managed": false,
            "animated": false, "available": true,
        })
    };
    ok(entered(state, guild)?.emojis.iter().map(emoji).collect())
}

pub(super) fn member(state: &State, guild: &str, user: &str) -> Outcome {
    let guild = entered(state, guild)?;
    let user = super::id(user, Refusal::UNKNOWN_USER)?;
    if !state.users.contains_key(&user) {
        return Err(Refusal::UNKNOWN_USER);
    }
    ok(payload::member(state, guild.member(user).ok_or(Refusal::UNKNOWN_MEMBER)?))
}

/// Members whose name or nickname begins so (<https://discord.com/developers/docs/resources/guild#search-guild-members>).
pub(super) fn search_members(state: &State, call: &Call, guild: &str) -> Outcome {
    let guild = entered(state, guild)?;
    let beginning = call.query.get("query").map(|query| query.to_lowercase()).unwrap_or_default();
    if beginning.is_empty() {
        return Err(Refusal::field(&["query"], "BASE_TYPE_REQUIRED", "This field is required"));
    }
    let limit = call.number("limit").unwrap_or(1).clamp(1, 1000);
    let is_called = |name: &str| name.to_lowercase().starts_with(&beginning);
    let found = guild
        .members
        .iter()
        .filter(|member| is_called(&state.user_name(member.user)) || member.nick.as_deref().is_some_and(is_called));
    ok(found.take(usize::try_from(limit).unwrap_or(1)).map(|member| payload::member(state, member)).collect())
}

/// Gives or takes a role, if the bot may and stands above it.
pub(super) fn set_role(state: &mut State, guild: &str, user: &str, role: &str, gives: bool) -> Outcome {
    let guild = entered(state, guild)?;
    let (guild_id, user) = (guild.id, super::id(user, Refusal::UNKNOWN_USER)?);
    guild.member(user).ok_or(Refusal::UNKNOWN_MEMBER)?;
    let role = guild.role(super::id(role, Refusal::UNKNOWN_ROLE)?).ok_or(Refusal::UNKNOWN_ROLE)?;
    let may = permissions::in_guild(guild, APPLICATION_ID).contains(Permissions::MANAGE_ROLES);
    if !may || role.managed || role.id == guild.id || role.position >= permissions::rank(guild, APPLICATION_ID) {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let (role, name, who) = (role.id, role.name.clone(), state.user_name(user));
    let Some(member) = state.guild_mut(guild_id).and_then(|guild| guild.member_mut(user)) else { return nothing() };
    let had = member.roles.contains(&role);
    member.roles.retain(|id| *id != role);
    if gives {
        member.roles.push(role);
    }
    match (had, gives) {
        (false, true) => state.say(format!("bot gives {who} the role {name}")),
        (true, false) => state.say(format!("bot takes the role {name} from {who}")),
        _ => {}
    }
    nothing()
}

/// Changes a member: name here, roles (all of them at once), or silence.
pub(super) fn change_member(state: &mut State, call: &Call, guild: &str, user: &str) -> Outcome {
    let guild = entered(state, guild)?;
    let user = super::id(user, Refusal::UNKNOWN_USER)?;
    let member = guild.member(user).ok_or(Refusal::UNKNOWN_MEMBER)?;
    record::contract("member.modify", &call.body, &json!({}));
    let mut found = Findings::default();
    check::channel::member(&mut found, &call.body);
    let (held, rank) = (permissions::in_guild(guild, APPLICATION_ID), permissions::rank(guild, APPLICATION_ID));
    let body = &call.body;
    let roles: Option<Vec<u64>> =
        body["roles"].as_array().map(|roles| roles.iter().filter_map(check::snowflake).collect());
    let touched = roles.iter().flatten().filter(|id| !member.roles.contains(id));
    let dropped = member.roles.iter().filter(|id| roles.as_ref().is_some_and(|roles| !roles.contains(id)));
    let mut refused = touched.chain(dropped).filter_map(|id| guild.role(*id));
    let too_high = refused.any(|role| role.managed || role.position >= rank);
    let needed = [
        ("roles", Permissions::MANAGE_ROLES),
        ("nick", Permissions::MANAGE_NICKNAMES),
        ("communication_disabled_until", Permissions::MODERATE_MEMBERS),
    ];
    let lacks = needed.iter().any(|(key, permission)| body.get(key).is_some() && !held.contains(*permission));
    let above = body.get("roles").is_none() && permissions::rank(guild, user) >= rank;
    if lacks || too_high || above {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    let (guild_id, name) = (guild.id, state.user_name(user));
    call.judge(state, &found)?;
    let Some(member) = state.guild_mut(guild_id).and_then(|guild| guild.member_mut(user)) else { return nothing() };
    if let Some(roles) = roles {
        member.roles = roles;
    }
    if let Some(nick) = body.get("nick") {
        member.nick = nick.as_str().filter(|nick| !nick.is_empty()).map(str::to_owned);
    }
    if let Some(until) = body.get("communication_disabled_until") {
        member.timed_out_until = until.as_str().and_then(|until| until.parse().ok());
    }
    state.say(format!("bot changes the member {name}"));
    let member = state.guild(guild_id).and_then(|guild| guild.member(user)).ok_or(Refusal::UNKNOWN_MEMBER)?;
    ok(payload::member(state, member))
}

/// How many members have each role; @everyone is not counted.
pub(super) fn role_counts(state: &State, guild: &str) -> Outcome {
    let guild = entered(state, guild)?;
    let roles = guild.roles.iter().filter(|role| role.id != guild.id);
    let count = |id| guild.members.iter().filter(|member| member.roles.contains(&id)).count();
    ok(roles.map(|role| (role.id.to_string(), json!(count(role.id)))).collect::<serde_json::Map<_, _>>().into())
}

/// The servers that somebody is in, or the bot.
pub(super) fn of(state: &State, call: &Call, user: u64) -> Outcome {
    let after = call.number("after").unwrap_or(0);
    let limit = call.number("limit").unwrap_or(200).clamp(1, 200);
    let theirs = state.guilds.iter().filter(|guild| guild.id > after && guild.member(user).is_some());
    let partial = |guild: &Guild| -> Value {
        json!({
            "id": guild.id.to_string(), "name": guild.name, "icon": null, "banner": null, "owner": guild.owner == user,
            "features": [], "permissions": permissions::in_guild(guild, user).bits().to_string(),
        })
    };
    ok(theirs.take(usize::try_from(limit).unwrap_or(200)).map(partial).collect())
}

/// The bot leaves.
pub(super) fn leave(state: &mut State, guild: &str) -> Outcome {
    let (id, name) =
        entered(state, guild).map(|guild| (guild.id, guild.name.clone())).map_err(|_| Refusal::UNKNOWN_GUILD)?;
    if let Some(guild) = state.guild_mut(id) {
        guild.members.retain(|member| member.user != APPLICATION_ID);
    }
    state.say(format!("bot leaves {name}"));
    nothing()
}

/// The server of a path, if the bot is in it.
pub(super) fn entered<'a>(state: &'a State, guild: &str) -> Result<&'a Guild, Refusal> {
    let guild = state.guild(super::id(guild, Refusal::UNKNOWN_GUILD)?).ok_or(Refusal::UNKNOWN_GUILD)?;
    if guild.member(APPLICATION_ID).is_some() { Ok(guild) } else { Err(Refusal::MISSING_ACCESS) }
}
