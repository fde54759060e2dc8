//! Pinned messages.

use serde_json::json;
use twilight_model::guild::Permissions;

use super::{Call, Outcome, channels, messages, nothing, ok};
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, Message, State, iso};
use crate::dev::fake::{payload, screen};

/// Discord pins no more messages in a channel.
const MAX: usize = 250;

pub(super) fn list(state: &State, call: &Call, channel: &str) -> Outcome {
    let channel = channels::seen(state, channel)?.id;
    let limit = call.number("limit").unwrap_or(50);
    if !(1..=50).contains(&limit) {
        return Err(Refusal::field(&["limit"], "NUMBER_TYPE_RANGE", "is not within 1 to 50"));
    }
    if !state.may(APPLICATION_ID, channel, Permissions::READ_MESSAGE_HISTORY) {
        return ok(json!({"items": [], "has_more": false}));
    }
    let before = call.query.get("before").and_then(|time| time.parse().ok());
    let pinned = state.messages.values().filter(|message| message.channel == channel);
    let mut pinned: Vec<_> = pinned.filter_map(|message| Some((message.pinned_at?, message))).collect();
    pinned.retain(|(at, _)| before.is_none_or(|before| *at < before));
    pinned.sort_by_key(|(at, message)| std::cmp::Reverse((*at, message.id)));
    let limit = usize::try_from(limit).unwrap_or(50);
    let items = pinned.iter().take(limit);
    let items =
        items.map(|(at, message)| json!({"pinned_at": iso(*at), "message": payload::message_for_bot(state, message)}));
    ok(json!({"items": items.collect::<Vec<_>>(), "has_more": pinned.len() > limit}))
}

pub(super) fn set(state: &mut State, channel: &str, message: &str, pinned: bool) -> Outcome {
    let found = messages::find(state, channel, message)?;
    let (id, channel, was) = (found.id, found.channel, found.pinned_at.is_some());
    channels::needs(state, channel, Permissions::PIN_MESSAGES)?;
    if was == pinned {
        return nothing();
    }
    let count = state.messages.values().filter(|it| it.channel == channel && it.pinned_at.is_some()).count();
    if pinned && count >= MAX {
        return Err(Refusal::MAX_PINS);
    }
    let now = state.now();
    if let Some(message) = state.messages.get_mut(&id) {
        message.pinned_at = pinned.then_some(now);
    }
    let verb = if pinned { "pins" } else { "unpins" };
    state.say(format!("bot {verb} {} in {}", screen::excerpt(state, id), state.place(channel)));
    if pinned {
        let mut notice = Message::new(state.next_id(), channel, APPLICATION_ID, now);
        notice.kind = 6;
        notice.reference = Some(json!({"type": 0, "channel_id": channel.to_string(), "message_id": id.to_string()}));
        state.messages.insert(notice.id, notice);
    }
    nothing()
}
