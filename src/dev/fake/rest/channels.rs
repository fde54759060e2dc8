//! Channels and their overwrites, and direct channels.

use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::{Call, Outcome, nothing, ok, threads};
use crate::dev::fake::check::{self, Findings};
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, Channel, Guild, Overwrite, Snowflake, State};
use crate::dev::fake::{payload, permissions, record, screen};

pub(super) fn get(state: &State, channel: &str) -> Outcome {
    ok(payload::channel(state, seen(state, channel)?))
}

pub(super) fn change(state: &mut State, call: &Call, channel: &str) -> Outcome {
    let channel = seen(state, channel)?.clone();
    let Some(guild_id) = channel.guild else { return Err(Refusal::NOT_IN_DM) };
    if let Some(thread) = channel.thread.clone() {
        return threads::change(state, call, &channel, &thread);
    }
    needs(state, channel.id, Permissions::MANAGE_CHANNELS)?;
    record::contract("channel.modify", &call.body, &json!({}));
    let mut found = Findings::default();
    check::channel::check(&mut found, &call.body, Some(channel.kind));
    call.judge(state, &found)?;
    let body = &call.body;
    let mut changed = channel.clone();
    if let Some(name) = body["name"].as_str() {
        changed.name = shape_name(name, channel.kind);
    }
    if let Some(topic) = body.get("topic") {
        changed.topic = topic.as_str().filter(|topic| !topic.is_empty()).map(str::to_owned);
    }
    if let Some(parent) = body.get("parent_id") {
        changed.parent = check::snowflake(parent);
        if changed.parent != channel.parent {
            has_room(state, guild_id, changed.parent)?;
        }
    }
    if let Some(overwrites) = body["permission_overwrites"].as_array() {
        needs(state, channel.id, Permissions::MANAGE_ROLES)?;
        changed.overwrites = overwrites.iter().map(read_overwrite).collect();
        let guild = state.guild(guild_id).ok_or(Refusal::UNKNOWN_GUILD)?;
        may_grant(guild, &channel.overwrites, &changed.overwrites)?;
    }
    changed.nsfw = body["nsfw"].as_bool().unwrap_or(channel.nsfw);
    changed.slowmode_s = body["rate_limit_per_user"].as_u64().unwrap_or(channel.slowmode_s);
    changed.position = body["position"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(channel.position);
    let head = format!("bot changes {}: {}", state.place(channel.id), difference(state, &channel, &changed));
    let value = payload::channel(state, &changed);
    let overwrites = if changed.overwrites == channel.overwrites { Vec::new() } else { changed.overwrites.clone() };
    let line = screen::channel(state, &head, &Channel { topic: None, overwrites, ..changed.clone() });
    state.channels.insert(channel.id, changed);
    state.say(line);
    ok(value)
}

pub(super) fn delete(state: &mut State, channel: &str) -> Outcome {
    let channel = seen(state, channel)?;
    let (id, value, place) = (channel.id, payload::channel(state, channel), state.place(channel.id));
    if channel.guild.is_none() {
        return ok(value);
    }
    let managed = if channel.thread.is_some() { Permissions::MANAGE_THREADS } else { Permissions::MANAGE_CHANNELS };
    needs(state, id, managed)?;
    state.remove_channel(id);
    state.say(format!("bot deletes {place}"));
    ok(value)
}

pub(super) fn put_overwrite(state: &mut State, call: &Call, channel: &str, target: &str) -> Outcome {
    let channel = seen(state, channel)?.clone();
    let target = super::id(target, Refusal::UNKNOWN_OVERWRITE)?;
    let Some(guild_id) = channel.guild else { return Err(Refusal::NOT_IN_DM) };
    if channel.thread.is_some() {
        return Err(Refusal::NOT_FOR_THIS_CHANNEL);
    }
    record::contract("channel.put_overwrite", &call.body, &json!({}));
    let mut found = Findings::default();
    check::channel::overwrite(&mut found, &[], &call.body, false);
    call.judge(state, &found)?;
    needs(state, channel.id, Permissions::MANAGE_ROLES)?;
    let overwrite = Overwrite { id: target, ..read_overwrite(&call.body) };
    let guild = state.guild(guild_id).ok_or(Refusal::UNKNOWN_GUILD)?;
    if overwrite.is_member && !state.users.contains_key(&target) {
        return Err(Refusal::UNKNOWN_MEMBER);
    }
    if !overwrite.is_member && guild.role(target).is_none() {
        return Err(Refusal::UNKNOWN_ROLE);
    }
    may_grant(guild, &channel.overwrites, std::slice::from_ref(&overwrite))?;
    let line = format!("bot sets in {}: {}", state.place(channel.id), screen::overwrite(state, &overwrite));
    if let Some(channel) = state.channels.get_mut(&channel.id) {
        match channel.overwrites.iter_mut().find(|it| it.id == target) {
            Some(existing) => *existing = overwrite,
            None => channel.overwrites.push(overwrite),
        }
    }
    state.say(line);
    nothing()
}

pub(super) fn delete_overwrite(state: &mut State, channel: &str, target: &str) -> Outcome {
    let channel = seen(state, channel)?.clone();
    let target = super::id(target, Refusal::UNKNOWN_OVERWRITE)?;
    needs(state, channel.id, Permissions::MANAGE_ROLES)?;
    let found = channel.overwrites.iter().find(|it| it.id == target).ok_or(Refusal::UNKNOWN_OVERWRITE)?;
    let who = if found.is_member { state.user_name(target) } else { state.role_name(target).unwrap_or_default() };
    if let Some(channel) = state.channels.get_mut(&channel.id) {
        channel.overwrites.retain(|it| it.id != target);
    }
    let place = state.place(channel.id);
    state.say(format!("bot sets in {place}: {who}: as everywhere"));
    nothing()
}

pub(super) fn open_dm(state: &mut State, call: &Call) -> Outcome {
    record::contract("dm.create", &call.body, &json!({}));
    let mut found = Findings::default();
    if let Some(mut fields) = check::Fields::of(&mut found, &[], &call.body) {
        fields.require("recipient_id");
        fields.id("recipient_id");
        fields.done();
    }
    call.judge(state, &found)?;
    let user =
        check::snowflake(&call.body["recipient_id"]).filter(|id| state.users.contains_key(id) && *id != APPLICATION_ID);
    let channel = state.dm(user.ok_or(Refusal::INVALID_RECIPIENT)?);
    get(state, &channel.to_string())
}

/// The channel of a path, if the bot sees it.
pub(super) fn seen<'a>(state: &'a State, channel: &str) -> Result<&'a Channel, Refusal> {
    let id = super::id(channel, Refusal::UNKNOWN_CHANNEL)?;
    let channel = state.channels.get(&id).ok_or(Refusal::UNKNOWN_CHANNEL)?;
    needs(state, id, Permissions::VIEW_CHANNEL).map_err(|_| Refusal::MISSING_ACCESS)?;
    Ok(channel)
}

/// Refuses what cannot be done in an archived thread.
pub(super) fn is_open(state: &State, channel: Snowflake) -> Result<(), Refusal> {
    let thread = state.channels.get(&channel).and_then(|channel| channel.thread.as_ref());
    if thread.is_some_and(|thread| thread.archived) { Err(Refusal::THREAD_ARCHIVED) } else { Ok(()) }
}

/// Refuses what the bot may not do in a channel.
pub(super) fn needs(state: &State, channel: Snowflake, permissions: Permissions) -> Result<(), Refusal> {
    if state.may(APPLICATION_ID, channel, permissions) { Ok(()) } else { Err(Refusal::MISSING_PERMISSIONS) }
}

/// Whether a category can take one more channel.
pub(super) fn has_room(state: &State, guild: Snowflake, parent: Option<Snowflake>) -> Result<(), Refusal> {
    let Some(parent) = parent else { return Ok(()) };
    if !state.channels.get(&parent).is_some_and(|channel| channel.guild == Some(guild) && channel.kind == 4) {
        return Err(Refusal::field(&["parent_id"], "CHANNEL_PARENT_INVALID", "is no category here"));
    }
    let children =
        state.channels.values().filter(|channel| channel.parent == Some(parent) && channel.thread.is_none()).count();
    if children >= 50 {
        return Err(Refusal::field(
            &["parent_id"],
            "CHANNEL_PARENT_MAX_CHANNELS",
            "has 50 channels, which is the most",
        ));
    }
    Ok(())
}

/// Only bits that the bot holds itself may be changed, and `MANAGE_ROLES` only by administrators.
pub(super) fn may_grant(guild: &Guild, before: &[Overwrite], after: &[Overwrite]) -> Result<(), Refusal> {
    let held = permissions::in_guild(guild, APPLICATION_ID);
    for overwrite in after {
        let old = before.iter().find(|it| it.id == overwrite.id);
        let old = old.map_or(Permissions::empty(), |old| (old.allow ^ overwrite.allow) | (old.deny ^ overwrite.deny));
        let known = before.iter().any(|it| it.id == overwrite.id);
        let touched = if known { old } else { overwrite.allow | overwrite.deny };
        let too_much = touched & !held;
        let manages = touched.contains(Permissions::MANAGE_ROLES) && !held.contains(Permissions::ADMINISTRATOR);
        if !too_much.is_empty() || manages {
            return Err(Refusal::MISSING_PERMISSIONS);
        }
    }
    Ok(())
}

/// An overwrite that was checked before.
pub(super) fn read_overwrite(value: &Value) -> Overwrite {
    let bits = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(0);
    let allow = Permissions::from_bits_retain(bits(&value["allow"]));
    Overwrite {
        id: check::snowflake(&value["id"]).unwrap_or(0),
        is_member: value["type"] == 1,
        allow,
        deny: Permissions::from_bits_retain(bits(&value["deny"])) & !allow,
    }
}

/// Text channels are called in lower case, without spaces.
pub(super) fn shape_name(name: &str, kind: u8) -> String {
    match kind {
        0 | 5 | 15 | 16 => name.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("-"),
        _ => name.trim().to_owned(),
    }
}

fn difference(state: &State, before: &Channel, after: &Channel) -> String {
    let mut parts = Vec::new();
    if before.name != after.name {
        parts.push(format!("now #{}", after.name));
    }
    if before.topic != after.topic {
        parts.push(format!("topic: {}", after.topic.as_deref().unwrap_or("none")));
    }
    if before.parent != after.parent {
        let parent = after.parent.and_then(|id| state.channels.get(&id)).map_or("no category", |parent| &parent.name);
        parts.push(format!("under {parent}"));
    }
    if before.slowmode_s != after.slowmode_s {
        parts.push(format!("slow mode {} s", after.slowmode_s));
    }
    if before.overwrites != after.overwrites {
        parts.push("permissions".to_owned());
    }
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}
