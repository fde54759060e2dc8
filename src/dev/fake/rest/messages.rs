//! Messages in channels.

use jiff::SignedDuration;
use serde_json::{Value, json};
use twilight_model::guild::Permissions;

use super::{Call, Outcome, channels, nothing, ok, threads};
use crate::dev::fake::check::message::{Around, IS_COMPONENTS_V2, Way};
use crate::dev::fake::check::{self, Findings};
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, Message, Snowflake, State, iso};
use crate::dev::fake::{interactions, mentions, messages, payload, record, screen};

/// How long a nonce is remembered; Discord says "the past few minutes".
const NONCE_LIFE: SignedDuration = SignedDuration::from_mins(5);

pub(super) fn list(state: &State, call: &Call, channel: &str) -> Outcome {
    let channel = channels::seen(state, channel)?.id;
    let limit = call.number("limit").unwrap_or(50);
    if !(1..=100).contains(&limit) {
        return Err(Refusal::field(&["limit"], "NUMBER_TYPE_RANGE", "is not within 1 to 100"));
    }
    if !state.may(APPLICATION_ID, channel, Permissions::READ_MESSAGE_HISTORY) {
        return ok(json!([]));
    }
    let (before, after) = (call.number("before").unwrap_or(Snowflake::MAX), call.number("after"));
    let from = after.map_or(0, |id| id.saturating_add(1));
    let range = state.messages.range(from..before.max(from)).map(|(_, message)| message);
    let fits = |message: &&Message| message.channel == channel && message.only.is_none();
    let limit = usize::try_from(limit).unwrap_or(100);
    let mut page: Vec<&Message> = match after {
        Some(_) => range.filter(fits).take(limit).collect(),
        None => range.rev().filter(fits).take(limit).collect(),
    };
    page.sort_by_key(|message| std::cmp::Reverse(message.id));
    ok(page.into_iter().map(|message| payload::message_for_bot(state, message)).collect())
}

pub(super) fn get(state: &State, channel: &str, message: &str) -> Outcome {
    let message = find(state, channel, message)?;
    if !state.may(APPLICATION_ID, message.channel, Permissions::READ_MESSAGE_HISTORY) {
        return Err(Refusal::MISSING_PERMISSIONS);
    }
    ok(payload::message_for_bot(state, message))
}

pub(super) fn create(state: &mut State, call: &mut Call, channel: &str) -> Outcome {
    let channel = may_send(state, call, channel)?;
    record::contract("message.create", &call.body, &call.files());
    let (mut found, files) = (Findings::default(), call.file_names());
    check::message::check(&mut found, &[], &call.body, Way::Create, Around { files: &files, was_v2: false });
    call.judge(state, &found)?;
    let now = state.now();
    let nonce = Some(&call.body["nonce"]).filter(|nonce| !nonce.is_null());
    let enforced = nonce.filter(|_| call.body["enforce_nonce"] == true).map(Value::to_string);
    state.nonces.retain(|(_, _, _, at)| *at + NONCE_LIFE > now);
    if let Some(nonce) = &enforced {
        let twin = state.nonces.iter().find(|(author, known, _, _)| *author == APPLICATION_ID && known == nonce);
        if let Some((_, _, id, _)) = twin {
            // What was posted with it and deleted since is unknown: https://github.com/discord/discord-api-docs/issues/6647.
            let message = state.messages.get(id).ok_or(Refusal::UNKNOWN_MESSAGE)?;
            return ok(payload::message(state, message));
        }
    }
    if let Some(reply) = call.body["message_reference"]["message_id"].as_str().and_then(|id| id.parse().ok())
        && state.messages.get(&reply).is_none_or(|message| message.channel != channel)
        && call.body["message_reference"]["fail_if_not_exists"] != false
    {
        return Err(Refusal::field(&["message_reference"], "REPLIES_UNKNOWN_MESSAGE", "is an unknown message"));
    }
    let id = state.next_id();
    let mut message = Message::new(id, channel, APPLICATION_ID, now);
    message.nonce = nonce.cloned();
    message.reference = Some(call.body["message_reference"].clone()).filter(Value::is_object);
    message.kind = if message.reference.is_some() { 19 } else { 0 };
    let uploads = std::mem::take(&mut call.uploads);
    messages::apply(state, &mut message, &call.body, uploads, Way::Create)?;
    let line = screen::message(state, &screen::head(state, &message), &message);
    let value = payload::message(state, &message);
    let mentioned = mentions::brought_in(state, &message, &message.content);
    state.messages.insert(id, message);
    threads::after_message(state, channel, APPLICATION_ID, &mentioned);
    if let Some(nonce) = enforced {
        state.nonces.push_back((APPLICATION_ID, nonce, id, now));
    }
    state.say(line);
    ok(value)
}

pub(super) fn edit(state: &mut State, call: &mut Call, channel: &str, message: &str) -> Outcome {
    let message = find(state, channel, message)?;
    let (id, was_v2) = (message.id, message.flags & IS_COMPONENTS_V2 != 0);
    if message.author != APPLICATION_ID {
        return Err(Refusal::NOT_THE_AUTHOR);
    }
    channels::is_open(state, message.channel)?;
    record::contract("message.edit", &call.body, &call.files());
    let (mut found, files) = (Findings::default(), call.file_names());
    check::message::check(&mut found, &[], &call.body, Way::Edit, Around { files: &files, was_v2 });
    call.judge(state, &found)?;
    let uploads = std::mem::take(&mut call.uploads);
    interactions::edit(state, id, &call.body, uploads, Way::Edit)?;
    ok(state.messages.get(&id).map_or(Value::Null, |message| payload::message(state, message)))
}

pub(super) fn delete(state: &mut State, channel: &str, message: &str) -> Outcome {
    let message = find(state, channel, message)?;
    let (id, direct) =
        (message.id, state.channels.get(&message.channel).is_some_and(|channel| channel.guild.is_none()));
    if message.author != APPLICATION_ID {
        if direct {
            return Err(Refusal::NOT_IN_DM);
        }
        channels::needs(state, message.channel, Permissions::MANAGE_MESSAGES)?;
    }
    messages::delete(state, id);
    nothing()
}

pub(super) fn delete_many(state: &mut State, call: &Call, channel: &str) -> Outcome {
    let channel = channels::seen(state, channel)?.id;
    channels::needs(state, channel, Permissions::MANAGE_MESSAGES)?;
    let mut found = Findings::default();
    let mut ids = Vec::new();
    if let Some(mut fields) = check::Fields::of(&mut found, &[], &call.body) {
        fields.require("messages");
        ids.extend(fields.list("messages", 2..=100).iter().filter_map(|(_, id)| check::snowflake(id)));
        fields.done();
    }
    call.judge(state, &found)?;
    let too_old = state.now() - SignedDuration::from_hours(14 * 24);
    let known =
        |id: &Snowflake| state.messages.get(id).filter(|message| message.channel == channel && message.only.is_none());
    if ids.iter().filter_map(known).any(|message| message.created_at < too_old) {
        return Err(Refusal::TOO_OLD_TO_DELETE);
    }
    let ids: Vec<Snowflake> = ids.into_iter().filter(|id| known(id).is_some()).collect();
    for id in &ids {
        state.messages.remove(id);
    }
    let place = state.place(channel);
    state.say(format!("bot deletes {} messages in {place}", ids.len()));
    nothing()
}

/// Ends a poll of the bot's before its time.
pub(super) fn end_poll(state: &mut State, channel: &str, message: &str) -> Outcome {
    let message = find(state, channel, message)?;
    if message.author != APPLICATION_ID {
        return Err(Refusal::NOT_THE_AUTHOR);
    }
    let (id, now) = (message.id, state.now());
    let poll = state.messages.get_mut(&id).and_then(|message| message.poll.as_mut()).ok_or(Refusal::NOT_A_POLL)?;
    poll["expiry"] = json!(iso(now));
    poll["results"] = json!({"is_finalized": true, "answer_counts": []});
    let (excerpt, value) = (screen::excerpt(state, id), payload::message(state, &state.messages[&id]));
    state.say(format!("bot ends the poll of {excerpt}"));
    ok(value)
}

/// Who voted for an answer; nobody does here.
pub(super) fn votes(state: &State, channel: &str, message: &str) -> Outcome {
    find(state, channel, message)?.poll.as_ref().ok_or(Refusal::NOT_A_POLL)?;
    ok(json!({"users": []}))
}

/// The channel, if the bot may post this there.
fn may_send(state: &State, call: &Call, channel: &str) -> Result<Snowflake, Refusal> {
    let channel = channels::seen(state, channel)?;
    if let Some(user) = channel.recipient {
        let shared =
            state.guilds.iter().any(|guild| guild.member(user).is_some() && guild.member(APPLICATION_ID).is_some());
        if !shared {
            return Err(Refusal::NO_MUTUAL_GUILD);
        }
        let takes = state.users.get(&user).is_some_and(|user| user.takes_dms);
        return if takes { Ok(channel.id) } else { Err(Refusal::CANNOT_DM) };
    }
    if !matches!(channel.kind, 0 | 2 | 5 | 10..=13) {
        return Err(Refusal::NOT_A_TEXT_CHANNEL);
    }
    let mut needed = Permissions::SEND_MESSAGES;
    if call.body["embeds"].as_array().is_some_and(|embeds| !embeds.is_empty()) {
        needed |= Permissions::EMBED_LINKS;
    }
    if !call.uploads.is_empty() {
        needed |= Permissions::ATTACH_FILES;
    }
    if call.body["poll"].is_object() {
        needed |= Permissions::SEND_POLLS;
    }
    channels::needs(state, channel.id, needed)?;
    if !state.may_write(APPLICATION_ID, channel.id) {
        return Err(Refusal::THREAD_LOCKED);
    }
    if call.body["message_reference"].is_object()
        && !state.may(APPLICATION_ID, channel.id, Permissions::READ_MESSAGE_HISTORY)
    {
        return Err(Refusal::NO_HISTORY_TO_REPLY);
    }
    Ok(channel.id)
}

/// A message that everybody in the channel sees; private answers are not to be had with the bot token.
pub(super) fn find<'a>(state: &'a State, channel: &str, message: &str) -> Result<&'a Message, Refusal> {
    let channel = channels::seen(state, channel)?.id;
    let id = super::id(message, Refusal::UNKNOWN_MESSAGE)?;
    let found = state.messages.get(&id).filter(|message| message.channel == channel && message.only.is_none());
    found.ok_or(Refusal::UNKNOWN_MESSAGE)
}
