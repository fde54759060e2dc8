//! What is asked of a model, and as what it is sent.

use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::learned::{Known, Shape};

/// How long staff waits at most for what has no deadline of its own.
const USUAL_WAIT: Duration = Duration::from_secs(60);

/// In how many places of an answer we look for an object.
const MOST_OBJECTS: usize = 8;

/// Whose words a message holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Ours.
    System,
    /// What members and staff wrote, and what we looked up for them.
    User,
    /// The model's.
    Assistant,
}

/// One message of a conversation with a model.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Whose words they are.
    pub role: Role,
    /// The words.
    pub text: String,
}

/// What members wrote must not get into logs by a `{:?}`.
impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}, {} bytes", self.role, self.text.len())
    }
}

impl Message {
    /// Our own words.
    pub fn system(text: impl Into<String>) -> Message {
        Message { role: Role::System, text: text.into() }
    }

    /// Somebody else's.
    pub fn user(text: impl Into<String>) -> Message {
        Message { role: Role::User, text: text.into() }
    }

    /// The model's.
    pub fn assistant(text: impl Into<String>) -> Message {
        Message { role: Role::Assistant, text: text.into() }
    }
}

/// What is asked of a model.
#[derive(Clone, Copy, Debug)]
pub struct Chat<'a> {
    /// For whom.
    pub guild: Id<GuildMarker>,
    /// Another model than the configured one.
    pub model: Option<&'a str>,
    /// The conversation so far.
    pub messages: &'a [Message],
    /// Sent only if the guild set it: some models answer 400 to every value but their own.
    pub temperature: Option<f32>,
    /// The most tokens of the answer; sent only if set. Models that think need some for that.
    pub max_tokens: Option<u32>,
    /// When an answer is of no use any more.
    pub deadline: Instant,
}

impl<'a> Chat<'a> {
    /// `messages` for `guild`, with nothing set, within a minute.
    pub fn new(guild: Id<GuildMarker>, messages: &'a [Message]) -> Chat<'a> {
        let deadline = tokio::time::Instant::now().into_std() + USUAL_WAIT;
        Chat { guild, model: None, messages, temperature: None, max_tokens: None, deadline }
    }
}

/// The form of an answer.
///
/// The schema must be one that OpenAI takes as strict: each object with `"additionalProperties": false` and all of its properties
/// `required`. Otherwise it answers 400, and the plainer ways are taken.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// Of letters, digits and underscores.
    pub name: &'a str,
    /// A JSON schema of an object.
    pub schema: &'a Value,
}

/// The body that asks `chat` of `model`, and for a form in this shape.
pub(super) fn body(
    chat: &Chat<'_>,
    model: &str,
    known: &Known,
    form: Option<(&Form<'_>, Shape)>,
    more: &[Message],
) -> Value {
    let mut messages: Vec<Value> = chat.messages.iter().chain(more).map(message).collect();
    let mut body = json!({ "model": model });
    match form {
        None => {}
        Some((form, Shape::JsonSchema)) => {
            let schema = json!({ "name": form.name, "strict": true, "schema": form.schema });
            body["response_format"] = json!({ "type": "json_schema", "json_schema": schema });
        }
        Some((form, shape)) => {
            explain(form, &mut messages);
            if shape == Shape::JsonObject {
                body["response_format"] = json!({ "type": "json_object" });
            }
        }
    }
    body["messages"] = messages.into();
    if let Some((name, tokens)) = known.maximum.name().zip(chat.max_tokens) {
        body[name] = tokens.into();
    }
    if let Some(temperature) = chat.temperature.filter(|it| it.is_finite() && !known.refuses_temperature) {
        // A third of a float would be sent as 0.30000001192092896.
        body["temperature"] = ((f64::from(temperature) * 100.0).round() / 100.0).into();
    }
    body
}

fn message(message: &Message) -> Value {
    let role = match message.role {
        Role::System => "system",
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    json!({ "role": role, "content": message.text })
}

/// Says what the form is, in our own message: templates of many models take one of the system's, and only as the first.
fn explain(form: &Form<'_>, messages: &mut Vec<Value>) {
    let words = format!("Answer with one JSON object and nothing else. It must fit this JSON schema:\n{}", form.schema);
    match messages.first_mut().filter(|first| first["role"] == "system") {
        Some(first) => {
            first["content"] = format!("{}\n\n{words}", first["content"].as_str().unwrap_or_default()).into()
        }
        None => messages.insert(0, json!({ "role": "system", "content": words })),
    }
}

/// What is asked once more of a model whose answer was not in the form.
pub(super) fn repair(text: &str, problem: &str) -> [Message; 2] {
    let words = format!("That is not the JSON object that was asked for ({problem}). Answer with the object alone.");
    [Message::assistant(text), Message::user(words)]
}

/// Reads the form from `text`, which may stand between words or in a block of code.
///
/// # Errors
/// For the model, which wrote what is quoted in it.
pub(super) fn read_form<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let mut problem = "there is no object".to_owned();
    let mut rest = text;
    for _ in 0..MOST_OBJECTS {
        let Some(at) = rest.find('{') else { break };
        rest = &rest[at..];
        let mut objects = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match objects.next() {
            Some(Ok(object)) => match T::deserialize(object) {
                Ok(form) => return Ok(form),
                // Not what is inside of it: a part is no answer.
                Err(error) => (problem, rest) = (error.to_string(), &rest[objects.byte_offset()..]),
            },
            Some(Err(error)) => (problem, rest) = (error.to_string(), &rest[1..]),
            None => break,
        }
    }
    Err(problem.chars().take(200).collect())
}

/// For a field of a form that some models fill with one value in place of a list, or leave out with `default`.
///
/// # Errors
/// It is neither.
pub fn one_or_many<'de, D: serde::Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Vec<T>, D::Error> {
    use serde::Deserialize;
    use serde::de::Error;
    match Value::deserialize(field)? {
        Value::Null => Ok(Vec::new()),
        many @ Value::Array(_) => serde_json::from_value(many).map_err(D::Error::custom),
        one => Ok(vec![serde_json::from_value(one).map_err(D::Error::custom)?]),
    }
}

#[cfg(test)]
mod tests;
