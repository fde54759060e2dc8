//! Calls whose credential is an interaction token: the callback, follow-ups and edits of answers.

use serde_json::{Value, json};

use super::{Call, Outcome, nothing, ok};
use crate::dev::fake::check::message::{Around, IS_COMPONENTS_V2, Way};
use crate::dev::fake::check::{self, Findings};
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, EPHEMERAL, LOADING, Message, Snowflake, Stage, State};
use crate::dev::fake::{interactions, messages, payload, record, screen};

pub(super) fn callback(state: &mut State, call: &mut Call, id: &str, token: &str) -> Outcome {
    let id = super::id(id, Refusal::UNKNOWN_INTERACTION)?;
    interactions::may_answer(state, id, token)?;
    let uploads = std::mem::take(&mut call.uploads);
    interactions::respond(state, id, &call.body, uploads)?;
    if call.query.get("with_response").is_none_or(|value| value != "true") {
        return nothing();
    }
    let Some(interaction) = state.interactions.get(&id) else { return nothing() };
    let Stage::Answered(kind) = interaction.stage else { return nothing() };
    let mut value = json!({"interaction": {"id": id.to_string(), "type": interaction.kind}});
    if let Some(message) = interaction.original.and_then(|id| state.messages.get(&id)) {
        value["interaction"]["response_message_id"] = json!(message.id.to_string());
        value["interaction"]["response_message_loading"] = json!(message.flags & LOADING != 0);
        value["interaction"]["response_message_ephemeral"] = json!(message.only.is_some());
        if matches!(kind, 4 | 7) {
            value["resource"] = json!({"type": kind, "message": payload::message(state, message)});
        }
    }
    ok(value)
}

pub(super) fn follow_up(state: &mut State, call: &mut Call, app: &str, token: &str) -> Outcome {
    let id = interaction(state, app, token)?;
    record::contract("followup", &call.body, &call.files());
    judge(state, call, Way::Followup, false)?;
    let uploads = std::mem::take(&mut call.uploads);
    let Some(interaction) = state.interactions.get(&id) else { return Err(Refusal::UNKNOWN_WEBHOOK) };
    let (user, channel) = (interaction.user, interaction.channel);
    let loading =
        interaction.original.filter(|id| state.messages.get(id).is_some_and(|message| message.flags & LOADING != 0));
    if let Some(original) = loading {
        // As in the days before defers could be edited: the first follow-up is the answer.
        interactions::edit(state, original, &call.body, uploads, Way::WebhookEdit)?;
        return shown(state, original);
    }
    if !state.channels.contains_key(&channel) {
        return Err(Refusal::UNKNOWN_CHANNEL);
    }
    let message_id = state.next_id();
    let mut message = Message::new(message_id, channel, APPLICATION_ID, state.now());
    message.interaction = Some(id);
    if call.body["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0 {
        message.only = Some(user);
    }
    messages::apply(state, &mut message, &call.body, uploads, Way::Followup)?;
    let line = screen::message(state, "bot adds:", &message);
    state.messages.insert(message_id, message);
    state.say(line);
    shown(state, message_id)
}

pub(super) fn get(state: &State, app: &str, token: &str, message: &str) -> Outcome {
    let id = find(state, app, token, message)?;
    shown(state, id)
}

pub(super) fn edit(state: &mut State, call: &mut Call, app: &str, token: &str, message: &str) -> Outcome {
    let id = find(state, app, token, message)?;
    record::contract(if message == "@original" { "edit_original" } else { "edit_followup" }, &call.body, &call.files());
    let was_v2 = state.messages.get(&id).is_some_and(|message| message.flags & IS_COMPONENTS_V2 != 0);
    judge(state, call, Way::WebhookEdit, was_v2)?;
    let uploads = std::mem::take(&mut call.uploads);
    interactions::edit(state, id, &call.body, uploads, Way::WebhookEdit)?;
    shown(state, id)
}

pub(super) fn delete(state: &mut State, app: &str, token: &str, message: &str) -> Outcome {
    let id = find(state, app, token, message)?;
    messages::delete(state, id);
    nothing()
}

fn judge(state: &mut State, call: &Call, way: Way, was_v2: bool) -> Result<(), Refusal> {
    let (mut found, files) = (Findings::default(), call.file_names());
    let empty = json!({});
    let body = if call.body.is_null() { &empty } else { &call.body };
    check::message::check(&mut found, &[], body, way, Around { files: &files, was_v2 });
    call.judge(state, &found)
}

fn interaction(state: &State, app: &str, token: &str) -> Result<Snowflake, Refusal> {
    if app != APPLICATION_ID.to_string() {
        return Err(Refusal::UNKNOWN_WEBHOOK);
    }
    interactions::by_token(state, token)
}

/// The message that a token may touch: the original answer, or a follow-up of the same interaction.
fn find(state: &State, app: &str, token: &str, message: &str) -> Result<Snowflake, Refusal> {
    let id = interaction(state, app, token)?;
    let original = state.interactions.get(&id).and_then(|interaction| interaction.original);
    let wanted = match message {
        "@original" => original.ok_or(Refusal::UNKNOWN_MESSAGE)?,
        message => super::id(message, Refusal::UNKNOWN_MESSAGE)?,
    };
    let found = state.messages.get(&wanted).ok_or(Refusal::UNKNOWN_MESSAGE)?;
    if found.interaction == Some(id) || original == Some(wanted) { Ok(wanted) } else { Err(Refusal::UNKNOWN_MESSAGE) }
}

fn shown(state: &State, id: Snowflake) -> Outcome {
    ok(state.messages.get(&id).map_or(Value::Null, |message| payload::message(state, message)))
}
