//! What the provider does where it was not told anything else: how far it keeps to what it is asked.

use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use serde_json::{Value, json};

use super::{Received, diligent, vectors};

/// What a server does where it is asked for a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// It answers in the form.
    #[default]
    Keeps,
    /// It answers with prose.
    Ignores,
    /// It answers 400, and says why.
    Refuses,
    /// It answers 400, and that is all.
    Grunts,
}

/// How a server and its model usually answer.
#[derive(Clone, Debug)]
pub struct Manners {
    /// To `json_schema`.
    pub schema: Manner,
    /// To `json_object`.
    pub object: Manner,
    /// To a form that stands in the prompt alone.
    pub prompt: Manner,
    /// Parameters that it answers with 400, and the code.
    pub refused: Vec<(&'static str, &'static str)>,
    /// What it writes in a form, unless it is diligent.
    pub form: Value,
    /// Whether it writes what a careful model would of what it is asked.
    pub is_diligent: bool,
    /// What it writes otherwise.
    pub prose: String,
    /// Whether it tells how many tokens were used.
    pub tells_usage: bool,
    /// Whether vectors are base64.
    pub in_base64: bool,
    /// Whether vectors come in another order than the texts.
    pub is_shuffled: bool,
}

impl Default for Manners {
    fn default() -> Manners {
        Manners {
            schema: Manner::Keeps,
            object: Manner::Keeps,
            prompt: Manner::Keeps,
            refused: Vec::new(),
            form: json!({"answerable": false, "language": "en", "sentences": []}),
            is_diligent: false,
            prose: "You get your money back within 14 days.".to_owned(),
            tells_usage: true,
            in_base64: false,
            is_shuffled: false,
        }
    }
}

impl Manners {
    pub(super) fn answer(&self, received: &Received) -> Response {
        let body = &received.body;
        if let Some((param, code)) = self.refused.iter().find(|(param, _)| !body[*param].is_null()) {
            let message = format!("Unsupported parameter or value: '{param}' is not supported with this model.");
            let error = json!({"message": message, "type": "invalid_request_error", "param": param, "code": code});
            return respond(400, &json!({ "error": error }));
        }
        if received.path.ends_with("/embeddings") {
            return respond(200, &self.vectors(body));
        }
        let form = if self.is_diligent { diligent::draft(body) } else { self.form.clone() };
        let (manner, form) = match body["response_format"]["type"].as_str() {
            Some("json_schema") => (self.schema, form.to_string()),
            Some("json_object") => (self.object, form.to_string()),
            _ if is_asked_in_words(body) => (self.prompt, format!("Here you are:\n```json\n{form}\n```\nGood luck!")),
            _ => (Manner::Ignores, String::new()),
        };
        let text = match manner {
            Manner::Keeps => form,
            Manner::Ignores => self.prose.clone(),
            Manner::Refuses => {
                let message = "This response_format type is unavailable now";
                return respond(400, &json!({"error": {"message": message, "type": "invalid_request_error"}}));
            }
            Manner::Grunts => return StatusCode::BAD_REQUEST.into_response(),
        };
        chat_answer(received, self, &json!({"role": "assistant", "content": text}), "stop")
    }

    fn vectors(&self, body: &Value) -> Value {
        let texts: Vec<&str> = match &body["input"] {
            Value::String(text) => vec![text],
            texts => texts.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
        };
        let vector = |text: &str| {
            let numbers = vectors::vector_of(text);
            match self.in_base64 {
                false => json!(numbers),
                true => {
                    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
                    json!(base64::engine::general_purpose::STANDARD.encode(bytes))
                }
            }
        };
        let datum = |(at, text): (usize, &&str)| json!({"object": "embedding", "index": at, "embedding": vector(text)});
        let mut data: Vec<Value> = texts.iter().enumerate().map(datum).collect();
        if self.is_shuffled {
            data.reverse();
        }
        let mut answer = json!({"object": "list", "data": data, "model": body["model"]});
        if self.tells_usage {
            let tokens = texts.iter().map(|text| text.len() / 4 + 1).sum::<usize>();
            answer["usage"] = json!({"prompt_tokens": tokens, "total_tokens": tokens});
        }
        answer
    }
}

/// Whether a form is described in the prompt.
fn is_asked_in_words(body: &Value) -> bool {
    body["messages"][0]["content"].as_str().is_some_and(|text| text.contains("JSON schema"))
}

/// An answer of chat completions.
pub(super) fn chat_answer(received: &Received, manners: &Manners, message: &Value, finish_reason: &str) -> Response {
    let choice = json!({"index": 0, "message": message, "finish_reason": finish_reason});
    let mut answer = json!({
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": received.body["model"],
        "service_tier": "on_demand",
        "choices": [choice],
    });
    if manners.tells_usage {
        let (prompt, completion) = (received.text.len() / 4, message.to_string().len() / 4);
        answer["usage"] =
            json!({"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion});
    }
    respond(200, &answer)
}

pub(super) fn respond(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
