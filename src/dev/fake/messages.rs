//! How bodies become messages: what answers to interactions and the REST API have in common.

use serde_json::{Value, json};

use super::check::Findings;
use super::check::message::{IS_COMPONENTS_V2, Way};
use super::mentions;
use super::refusal::Refusal;
use super::state::{APPLICATION_ID, LOADING, Message, Snowflake, State, Stored};

/// A file that came with a request.
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
}

/// Puts what `body` says into `message`; keys that are absent change nothing.
pub(super) fn apply(
    state: &mut State,
    message: &mut Message,
    body: &Value,
    uploads: Vec<Upload>,
    way: Way,
) -> Result<(), Refusal> {
    let given = |key: &str| body.get(key);
    if let Some(content) = given("content") {
        message.content = content.as_str().unwrap_or_default().trim().to_owned();
    }
    if let Some(embeds) = given("embeds") {
        message.embeds = embeds.as_array().cloned().unwrap_or_default();
        for embed in &mut message.embeds {
            embed["type"] = json!("rich");
        }
    }
    if let Some(components) = given("components") {
        message.components = components.as_array().cloned().unwrap_or_default();
        let mut next = 1;
        number(&mut message.components, &mut next);
    }
    if let Some(poll) = given("poll").filter(|poll| !poll.is_null()) {
        message.poll = Some(poll.clone());
    }
    let flags = body["flags"].as_u64().unwrap_or(0) & way.flags();
    let lasting = message.flags & IS_COMPONENTS_V2;
    match way.edits() {
        true if body["flags"].is_u64() => message.flags = (message.flags & !way.flags()) | flags | lasting,
        true => {}
        false => message.flags |= flags,
    }
    attach(state, message, body, uploads, way);
    message.flags &= !LOADING;
    if message.flags & IS_COMPONENTS_V2 != 0 && !(message.content.is_empty() && message.embeds.is_empty()) {
        let mut found = Findings::default();
        found.refuse(
            &[],
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            "leaves content or embeds beside IS_COMPONENTS_V2",
        );
        return Err(Refusal::invalid(&found));
    }
    if message.content.is_empty()
        && message.embeds.is_empty()
        && message.components.is_empty()
        && message.attachments.is_empty()
        && message.poll.is_none()
    {
        return Err(Refusal::EMPTY_MESSAGE);
    }
    let mut found = Findings::default();
    check_emojis(state, &mut found, &mut vec!["components".to_owned()], &json!(message.components));
    if !found.accepted() {
        return Err(Refusal::invalid(&found));
    }
    let texts = [json!(message.content), json!(message.embeds), json!(message.components)];
    if state.filtered.iter().any(|link| texts.iter().any(|text| text.to_string().contains(link))) {
        return Err(Refusal::FILTERED);
    }
    let is_answer = matches!(way, Way::Answer | Way::Update | Way::Followup | Way::WebhookEdit);
    if given("content").is_some() || given("components").is_some() || !way.edits() {
        let text = all_text(message);
        message.pings = mentions::pings(state, message, &text, &body["allowed_mentions"], is_answer);
    }
    // Only the first sending notifies anybody.
    if way.edits() && way != Way::WebhookEdit {
        message.pings.clear();
    }
    Ok(())
}

/// The content and the texts among the components.
/// Refuses emojis that no server of the bot has.
pub(super) fn check_emojis(state: &State, found: &mut Findings, path: &mut Vec<String>, value: &Value) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(at.to_string());
                check_emojis(state, found, path, item);
                path.pop();
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                path.push(key.clone());
                let id = member["id"].as_str().filter(|_| key == "emoji").and_then(|id| id.parse::<Snowflake>().ok());
                if id.is_some_and(|id| {
                    !state.guilds.iter().any(|guild| guild.emojis.iter().any(|(known, _)| *known == id))
                }) {
                    found.refuse(path, "COMPONENT_INVALID_EMOJI", "is an emoji that there is not");
                }
                check_emojis(state, found, path, member);
                path.pop();
            }
        }
        _ => {}
    }
}

fn all_text(message: &Message) -> String {
    fn collect(components: &[Value], out: &mut String) {
        for component in components {
            if component["type"] == 10 {
                out.push('\n');
                out.push_str(component["content"].as_str().unwrap_or_default());
            }
            collect(component["components"].as_array().map_or(&[], Vec::as_slice), out);
        }
    }
    let mut text = message.content.clone();
    collect(&message.components, &mut text);
    text
}

/// Gives every component the number that Discord would give it.
fn number(components: &mut [Value], next: &mut u64) {
    for component in components {
        if component["id"].as_u64().is_none_or(|id| id == 0) {
            component["id"] = json!(*next);
        }
        *next += 1;
        // Not `component["components"]`, which would add the key.
        if let Some(inner) = component.get_mut("components").and_then(Value::as_array_mut) {
            number(inner, next);
        }
        if component["accessory"].is_object() {
            number(std::slice::from_mut(&mut component["accessory"]), next);
        }
    }
}

fn attach(state: &mut State, message: &mut Message, body: &Value, uploads: Vec<Upload>, way: Way) {
    let listed: Vec<&Value> = body["attachments"].as_array().into_iter().flatten().collect();
    let id_of = |value: &Value| value["id"].as_u64().or_else(|| value["id"].as_str()?.parse().ok());
    if way.edits() && body.get("attachments").is_some() {
        message.attachments.retain(|attachment| listed.iter().any(|value| id_of(value) == id_of(attachment)));
    }
    for (index, upload) in uploads.into_iter().enumerate() {
        let about = listed.iter().find(|value| id_of(value) == u64::try_from(index).ok());
        let name = about.and_then(|about| about["filename"].as_str()).unwrap_or(&upload.name).to_owned();
        let description = about.map_or(Value::Null, |about| about["description"].clone());
        let mut value = store(state, message.channel, Upload { name, ..upload });
        if !description.is_null() {
            value["description"] = description;
        }
        if message.only.is_some() {
            value["ephemeral"] = json!(true);
        }
        message.attachments.push(value);
    }
}

/// Keeps a file and says what an attachment of it looks like.
pub(super) fn store(state: &mut State, channel: Snowflake, upload: Upload) -> Value {
    let id = state.next_id();
    let url = format!("{}/attachments/{channel}/{id}/{}", state.base, upload.name);
    let value = json!({
        "id": id.to_string(), "filename": upload.name, "size": upload.bytes.len(), "url": url, "proxy_url": url,
        "content_type": upload.content_type,
    });
    state.files.insert(id, Stored { name: upload.name, content_type: upload.content_type, bytes: upload.bytes });
    value
}

/// Posts a message by a person, as they would type it.
pub(super) fn post(state: &mut State, channel: Snowflake, author: Snowflake, content: &str) -> Snowflake {
    write(state, channel, author, content, Vec::new(), None)
}

/// Posts a message by a person with files, perhaps as a reply to another one.
pub(super) fn write(
    state: &mut State,
    channel: Snowflake,
    author: Snowflake,
    content: &str,
    files: Vec<Upload>,
    reply: Option<Snowflake>,
) -> Snowflake {
    let id = state.next_id();
    let mut message = Message::new(id, channel, author, state.now());
    content.clone_into(&mut message.content);
    message.attachments = files.into_iter().map(|file| store(state, channel, file)).collect();
    if let Some(reply) = reply {
        message.kind = 19;
        message.reference =
            Some(json!({"type": 0, "channel_id": channel.to_string(), "message_id": reply.to_string()}));
    }
    message.pings = mentions::pings(state, &message, content, &Value::Null, false);
    let line = super::screen::message(state, &super::screen::head(state, &message), &message);
    let brought = mentions::brought_in(state, &message, content);
    state.messages.insert(id, message);
    super::rest::after_message(state, channel, author, &brought);
    state.say(line);
    id
}

/// Changes what a person wrote.
pub(super) fn rewrite(state: &mut State, id: Snowflake, content: &str) {
    let now = state.now();
    let Some(message) = state.messages.get_mut(&id) else { return };
    content.clone_into(&mut message.content);
    message.edited_at = Some(now);
    // Only the first sending notifies anybody.
    let message = Message { pings: Vec::new(), ..message.clone() };
    let head = format!("{} edits in {}:", state.user_name(message.author), state.place(message.channel));
    let line = super::screen::message(state, &head, &message);
    state.say(line);
}

/// Deletes a message, on the bot's behalf.
pub(super) fn delete(state: &mut State, id: Snowflake) {
    let excerpt = super::screen::excerpt(state, id);
    if let Some(message) = state.messages.remove(&id) {
        let place =
            if message.interaction.is_some() { String::new() } else { format!(" in {}", state.place(message.channel)) };
        let whose = if message.author == APPLICATION_ID {
            String::new()
        } else {
            format!(" of {}", state.user_name(message.author))
        };
        state.say(format!("bot deletes a message{whose}{place}: {excerpt}"));
    }
}
