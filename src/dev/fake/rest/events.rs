//! Events that a server announces.

use jiff::Timestamp;
use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::{Call, Outcome, guilds, nothing, ok};
use crate::dev::fake::check::{self, Findings};
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, Event, Snowflake, State};
use crate::dev::fake::{payload, permissions};

/// Discord keeps no more events that have not ended.
const MAX: usize = 100;

/// `MANAGE_EVENTS` and `CREATE_EVENTS`, of which the second suffices for one's own.
const MAY: Permissions = Permissions::MANAGE_EVENTS.union(Permissions::from_bits_retain(1 << 44));

pub(super) fn list(state: &State, guild: &str) -> Outcome {
    let guild = guilds::entered(state, guild)?.id;
    ok(state.events.iter().filter(|event| event.guild == guild).map(|event| shown(state, event)).collect())
}

pub(super) fn get(state: &State, guild: &str, event: &str) -> Outcome {
    let at = find(state, guild, event)?;
    ok(shown(state, &state.events[at]))
}

pub(super) fn create(state: &mut State, call: &Call, guild: &str) -> Outcome {
    let guild = may(state, guild)?;
    let mut found = Findings::default();
    check::channel::event(&mut found, &call.body, state.now(), true);
    call.judge(state, &found)?;
    if state.events.iter().filter(|event| event.guild == guild).count() >= MAX {
        return Err(Refusal::MAX_EVENTS);
    }
    let mut body = json!({
        "status": 1, "description": null, "channel_id": null, "scheduled_end_time": null, "entity_metadata": null,
    });
    merge(&mut body, &call.body);
    let event = Event { id: state.next_id(), guild, body };
    let value = shown(state, &event);
    state.say(format!("bot announces the event {}", event.body["name"].as_str().unwrap_or_default()));
    state.events.push(event);
    ok(value)
}

pub(super) fn change(state: &mut State, call: &Call, guild: &str, event: &str) -> Outcome {
    may(state, guild)?;
    let at = find(state, guild, event)?;
    let mut found = Findings::default();
    check::channel::event(&mut found, &call.body, state.now(), false);
    call.judge(state, &found)?;
    merge(&mut state.events[at].body, &call.body);
    state.say(format!("bot changes the event {}", state.events[at].body["name"].as_str().unwrap_or_default()));
    ok(shown(state, &state.events[at]))
}

pub(super) fn delete(state: &mut State, guild: &str, event: &str) -> Outcome {
    may(state, guild)?;
    let at = find(state, guild, event)?;
    let event = state.events.remove(at);
    state.say(format!("bot calls off the event {}", event.body["name"].as_str().unwrap_or_default()));
    nothing()
}

fn may(state: &State, guild: &str) -> Result<Snowflake, Refusal> {
    let guild = guilds::entered(state, guild)?;
    let held = permissions::in_guild(guild, APPLICATION_ID);
    if held.intersects(MAY) { Ok(guild.id) } else { Err(Refusal::MISSING_PERMISSIONS) }
}

fn find(state: &State, guild: &str, event: &str) -> Result<usize, Refusal> {
    let guild = guilds::entered(state, guild)?.id;
    let id = super::id(event, Refusal::UNKNOWN_EVENT)?;
    state.events.iter().position(|event| (event.guild, event.id) == (guild, id)).ok_or(Refusal::UNKNOWN_EVENT)
}

fn merge(into: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        into[key] = match value.as_str().and_then(|text| text.parse::<Timestamp>().ok()) {
            Some(time) if key.ends_with("_time") => json!(crate::dev::fake::state::iso(time)),
            _ => value.clone(),
        };
    }
}

fn shown(state: &State, event: &Event) -> Value {
    let mut value = event.body.clone();
    value["id"] = json!(event.id.to_string());
    value["guild_id"] = json!(event.guild.to_string());
    value["creator_id"] = json!(APPLICATION_ID.to_string());
    value["creator"] = payload::user(state, APPLICATION_ID);
    value["entity_id"] = Value::Null;
    value["recurrence_rule"] = Value::Null;
    value
}
