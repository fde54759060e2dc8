//! Threads and who is in them.

use jiff::SignedDuration;
use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::{Call, Outcome, Reply, channels, guilds, messages, nothing, ok};
use crate::dev::fake::check::{self, Findings};
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, Channel, PRIVATE_THREAD, Snowflake, State, Thread};
use crate::dev::fake::{payload, record};

/// Discord lets no more people into a thread.
const MAX_MEMBERS: usize = 1000;

/// Opens a thread in a channel, perhaps at one of its messages.
pub(super) fn create(state: &mut State, call: &Call, channel: &str, message: Option<&str>) -> Outcome {
    let parent = channels::seen(state, channel)?.clone();
    let Some(guild) = parent.guild else { return Err(Refusal::NOT_IN_DM) };
    if message.is_none() {
        record::contract("thread.create", &call.body, &json!({}));
    }
    let mut found = Findings::default();
    check::channel::thread(&mut found, &call.body, message.is_some());
    call.judge(state, &found)?;
    if !matches!(parent.kind, 0 | 5) {
        return Err(Refusal::NOT_FOR_THIS_CHANNEL);
    }
    let message = message.map(|id| messages::find(state, channel, id).map(|message| message.id)).transpose()?;
    let kind = match message {
        Some(_) => 11,
        // Discord makes a private one if it is not told otherwise.
        None => u8::try_from(call.body["type"].as_u64().unwrap_or(12)).unwrap_or(PRIVATE_THREAD),
    };
    let needed = match kind {
        PRIVATE_THREAD => Permissions::CREATE_PRIVATE_THREADS,
        _ => Permissions::CREATE_PUBLIC_THREADS,
    };
    channels::needs(state, parent.id, needed)?;
    if message.is_some_and(|id| state.channels.contains_key(&id)) {
        return Err(Refusal::THREAD_EXISTS);
    }
    has_room(state, guild)?;
    let id = message.unwrap_or_else(|| state.next_id());
    let body = &call.body;
    let thread = Thread {
        owner: APPLICATION_ID,
        members: vec![APPLICATION_ID],
        archived: false,
        locked: false,
        invitable: body["invitable"].as_bool().unwrap_or(true),
        auto_archive_min: body["auto_archive_duration"].as_u64().unwrap_or(4320),
        archived_at: state.now(),
    };
    let channel = Channel {
        parent: Some(parent.id),
        slowmode_s: body["rate_limit_per_user"].as_u64().unwrap_or(0),
        thread: Some(thread),
        ..Channel::new(id, Some(guild), kind, body["name"].as_str().unwrap_or_default().trim().to_owned())
    };
    let mut value = payload::channel(state, &channel);
    value["member"] = json!({"flags": 0, "join_timestamp": state.now().to_string()});
    let what = if kind == PRIVATE_THREAD { "private thread" } else { "thread" };
    let line = format!("bot creates {what} #{} under {}", channel.name, state.place(parent.id));
    state.channels.insert(id, channel);
    state.say(line);
    Ok(Reply { status: 201, body: value })
}

/// Changes a thread. In an archived one nothing changes before it is opened again.
pub(super) fn change(state: &mut State, call: &Call, channel: &Channel, thread: &Thread) -> Outcome {
    record::contract("thread.modify", &call.body, &json!({}));
    let mut found = Findings::default();
    check::channel::thread_change(&mut found, &call.body);
    call.judge(state, &found)?;
    let body = &call.body;
    let flag = |key: &str| body[key].as_bool();
    let manages = state.may(APPLICATION_ID, channel.id, Permissions::MANAGE_THREADS);
    // Who opened a thread may name and archive it.
    let own = thread.owner == APPLICATION_ID && flag("locked").is_none();
    if !manages && !own {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    if thread.locked && flag("archived") == Some(false) && !manages {
        return Err(Refusal::THREAD_LOCKED);
    }
    if thread.archived && flag("archived") != Some(false) {
        return Err(Refusal::THREAD_ARCHIVED);
    }
    if thread.archived {
        has_room(state, channel.guild.unwrap_or(0))?;
    }
    let mut after = channel.clone();
    if let Some(name) = body["name"].as_str() {
        name.trim().clone_into(&mut after.name);
    }
    after.slowmode_s = body["rate_limit_per_user"].as_u64().unwrap_or(channel.slowmode_s);
    let changed = Thread {
        archived: flag("archived").unwrap_or(thread.archived),
        locked: flag("locked").unwrap_or(thread.locked),
        invitable: flag("invitable").unwrap_or(thread.invitable),
        auto_archive_min: body["auto_archive_duration"].as_u64().unwrap_or(thread.auto_archive_min),
        archived_at: state.now(),
        ..thread.clone()
    };
    let parts = [
        (changed.archived && !thread.archived).then(|| "archived".to_owned()),
        (!changed.archived && thread.archived).then(|| "opened again".to_owned()),
        (changed.locked && !thread.locked).then(|| "locked".to_owned()),
        (!changed.locked && thread.locked).then(|| "unlocked".to_owned()),
        (after.name != channel.name).then(|| format!("now #{}", after.name)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let what = if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") };
    let line = format!("bot changes {}: {what}", state.place(channel.id));
    after.thread = Some(changed);
    let value = payload::channel(state, &after);
    state.channels.insert(after.id, after);
    state.say(line);
    ok(value)
}

pub(super) fn set_member(state: &mut State, thread: &str, user: &str, joins: bool) -> Outcome {
    let (channel, thread) = opened(state, thread)?;
    let (id, parent, private) = (channel.id, channel.parent, channel.kind == PRIVATE_THREAD);
    let itself = user == "@me";
    let user = if itself { APPLICATION_ID } else { super::id(user, Refusal::UNKNOWN_USER)? };
    let manages = state.may(APPLICATION_ID, id, Permissions::MANAGE_THREADS);
    let may = match joins {
        _ if itself => true,
        true => {
            state.may_write(APPLICATION_ID, id)
                && (!private || thread.invitable || manages || thread.owner == APPLICATION_ID)
        }
        false => manages || (private && thread.owner == APPLICATION_ID),
    };
    if thread.archived {
        return Err(Refusal::THREAD_ARCHIVED);
    }
    if !may {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    if channel.guild.and_then(|id| state.guild(id)).is_none_or(|guild| guild.member(user).is_none()) {
        return Err(Refusal::UNKNOWN_MEMBER);
    }
    if joins && !thread.members.contains(&user) && thread.members.len() >= MAX_MEMBERS {
        return Err(Refusal::MAX_THREAD_MEMBERS);
    }
    let was = thread.members.contains(&user);
    let (name, place) = (state.user_name(user), state.place(id));
    if let Some(thread) = state.channels.get_mut(&id).and_then(|channel| channel.thread.as_mut()) {
        thread.members.retain(|member| *member != user);
        if joins {
            thread.members.push(user);
        }
    }
    let sees = parent.is_some_and(|parent| state.may(user, parent, Permissions::VIEW_CHANNEL));
    match (was, joins) {
        (false, true) if sees => state.say(format!("bot adds {name} to {place}")),
        (false, true) => state.say(format!("bot adds {name} to {place}, who does not see its channel")),
        (true, false) => state.say(format!("bot removes {name} from {place}")),
        _ => {}
    }
    nothing()
}

pub(super) fn member(state: &State, thread: &str, user: &str) -> Outcome {
    let (channel, thread) = opened(state, thread)?;
    let user = if user == "@me" { APPLICATION_ID } else { super::id(user, Refusal::UNKNOWN_USER)? };
    if thread.members.contains(&user) { ok(shown(state, channel, user)) } else { Err(Refusal::UNKNOWN_MEMBER) }
}

/// Everybody in a thread; only for applications with the privileged intent.
pub(super) fn members(state: &State, thread: &str) -> Outcome {
    let (channel, thread) = opened(state, thread)?;
    if !state.guild_members {
        return Err(Refusal::MISSING_ACCESS);
    }
    ok(thread.members.iter().map(|user| shown(state, channel, *user)).collect())
}

pub(super) fn active(state: &State, guild: &str) -> Outcome {
    let guild = guilds::entered(state, guild)?.id;
    let threads = state.channels.values().filter(|channel| channel.guild == Some(guild));
    let threads = threads.filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived));
    let seen: Vec<_> =
        threads.filter(|thread| state.may(APPLICATION_ID, thread.id, Permissions::VIEW_CHANNEL)).collect();
    let joined = |channel: &&&Channel| channel.thread.as_ref().is_some_and(|it| it.members.contains(&APPLICATION_ID));
    ok(json!({
        "threads": seen.iter().map(|thread| payload::channel(state, thread)).collect::<Vec<_>>(),
        "members": seen.iter().filter(joined).map(|thread| shown(state, thread, APPLICATION_ID)).collect::<Vec<_>>(),
    }))
}

/// The threads of a channel that are archived, newest first; private ones are for whoever manages threads
/// (<https://discord.com/developers/docs/resources/channel#list-public-archived-threads>).
pub(super) fn archived(state: &State, channel: &str, private: bool) -> Outcome {
    let parent = channels::seen(state, channel)?;
    channels::needs(state, parent.id, Permissions::READ_MESSAGE_HISTORY)?;
    if private {
        channels::needs(state, parent.id, Permissions::MANAGE_THREADS)?;
    }
    let threads = state.channels.values().rev().filter(|channel| channel.parent == Some(parent.id));
    let threads = threads.filter(|channel| (channel.kind == PRIVATE_THREAD) == private);
    let archived = threads.filter(|channel| channel.thread.as_ref().is_some_and(|thread| thread.archived));
    let archived: Vec<Value> = archived.map(|thread| payload::channel(state, thread)).collect();
    ok(json!({"threads": archived, "members": [], "has_more": false}))
}

/// Whoever is mentioned in a private thread by somebody who may invite joins it, and a message opens it again.
pub(in crate::dev::fake) fn after_message(
    state: &mut State,
    channel: Snowflake,
    author: Snowflake,
    mentioned: &[Snowflake],
) {
    let manages = state.may(author, channel, Permissions::MANAGE_THREADS);
    let Some(found) = state.channels.get(&channel) else { return };
    let Some((thread, parent)) = state.thread_of(found) else { return };
    let invites = thread.invitable || manages || thread.owner == author;
    let joining = mentioned.iter().filter(|user| {
        invites && !thread.members.contains(user) && state.may(**user, parent.id, Permissions::VIEW_CHANNEL)
    });
    let joining: Vec<Snowflake> = joining.copied().collect();
    if let Some(thread) = state.channels.get_mut(&channel).and_then(|channel| channel.thread.as_mut()) {
        thread.archived = false;
        thread.members.extend(&joining);
        if !thread.members.contains(&author) {
            thread.members.push(author);
        }
    }
}

fn opened<'a>(state: &'a State, thread: &str) -> Result<(&'a Channel, &'a Thread), Refusal> {
    let channel = channels::seen(state, thread)?;
    channel.thread.as_ref().map(|thread| (channel, thread)).ok_or(Refusal::NOT_FOR_THIS_CHANNEL)
}

fn has_room(state: &State, guild: Snowflake) -> Result<(), Refusal> {
    let open = |channel: &&Channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived);
    let active = state.channels.values().filter(|channel| channel.guild == Some(guild)).filter(open).count();
    if active < state.max_active_threads { Ok(()) } else { Err(Refusal::MAX_THREADS) }
}

fn shown(state: &State, thread: &Channel, user: Snowflake) -> Value {
    let joined = state.now() - SignedDuration::from_secs(1);
    json!({"id": thread.id.to_string(), "user_id": user.to_string(), "join_timestamp": joined.to_string(), "flags": 0})
}
