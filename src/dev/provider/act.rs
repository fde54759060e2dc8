//! What the provider does once: answers of a model, good and bad, and bad days of a server.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use serde::Serialize;
use serde_json::{Value, json};

use super::manners::{Manners, chat_answer, respond};
use super::{Received, obey};

/// What a provider does with one request.
#[derive(Clone, Debug)]
pub enum Act {
    /// What its manners say.
    Usual,
    /// This text.
    Says(String),
    /// This text in parts, among which are some that hold no text.
    SaysInParts(Vec<String>),
    /// This JSON as text, whatever was asked.
    Fills(Value),
    /// A draft of these sentences.
    Drafts(Vec<Sentence>),
    /// A draft that does all that is asked anywhere in the prompt, with true sources: pairs of an id and a quote.
    Obeys(Vec<(String, String)>),
    /// This body with 200, as it is.
    Answers(Value),
    /// The model refuses, in `refusal`.
    Refuses(String),
    /// A filter stopped it, in `finish_reason`.
    Filtered,
    /// This is as far as it came, in `finish_reason`.
    CutShort(String),
    /// No text at all.
    Silent,
    /// No choices.
    NoChoices,
    /// This status with this body.
    Complains(u16, Value),
    /// This status with `Retry-After`.
    RetryAfter(u16, String),
    /// This status with a page of HTML, as of something that stands before the server.
    Html(u16),
    /// To there.
    Redirects(String),
    /// An answer without an end.
    Endless,
    /// The connection breaks in the middle of an answer.
    DiesInTheMiddle,
    /// The beginning of an answer, and then nothing.
    HangsInTheMiddle,
    /// Nothing, ever.
    Hangs,
    /// What its manners say, so much later.
    Slow(Duration),
}

/// A sentence of a draft.
#[derive(Clone, Debug, Serialize)]
pub struct Sentence {
    /// What it says.
    pub text: String,
    /// Ids of what it is taken from.
    pub sources: Vec<String>,
    /// What stands there.
    pub quote: String,
}

impl Sentence {
    /// A sentence with one source.
    pub fn new(text: &str, source: &str, quote: &str) -> Sentence {
        Sentence { text: text.to_owned(), sources: vec![source.to_owned()], quote: quote.to_owned() }
    }
}

impl Act {
    /// A draft whose only sentence cites what nobody gave it.
    pub fn cites_wrong_id(quote: &str) -> Act {
        Act::Drafts(vec![Sentence::new("Your order is on its way.", "FAQ #99", quote)])
    }

    /// A draft of `source` with links, an address, a telephone number, a price and a command of the model's own.
    pub fn invents(source: &str, quote: &str) -> Act {
        let invented = [
            "Ask at https://support.invented.example/refund.",
            "See [the page](https://invented.example) or www.invented.example.",
            "![picture](https://invented.example/p.png?q=1)",
            "Write to help@invented.example.",
            "Call +31 20 123 45 67.",
            "It costs € 49,95.",
            "Use `/invented refund`.",
        ];
        Act::Drafts(invented.iter().map(|text| Sentence::new(text, source, quote)).collect())
    }

    /// A draft of `source` whose quote does not stand there.
    pub fn misquotes(source: &str) -> Act {
        Act::Drafts(vec![Sentence::new("Refunds take a day.", source, "refunds are paid within a day, always")])
    }

    /// 400 as OpenAI's to a parameter.
    pub fn refuses_parameter(code: &str, param: &str) -> Act {
        let error = json!({"message": format!("'{param}' is not right"), "type": "invalid_request_error", "param": param, "code": code});
        Act::Complains(400, json!({ "error": error }))
    }

    pub(super) async fn perform(self, received: &Received, manners: &Manners) -> Response {
        let with_text =
            |text: &str| chat_answer(received, manners, &json!({"role": "assistant", "content": text}), "stop");
        let with = |message: Value, finish_reason: &str| chat_answer(received, manners, &message, finish_reason);
        match self {
            Act::Usual => manners.answer(received),
            Act::Says(text) => with_text(&text),
            Act::SaysInParts(parts) => {
                let thought = json!({"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]});
                let parts = parts.iter().map(|text| json!({"type": "text", "text": text}));
                let parts: Vec<Value> = std::iter::once(thought).chain(parts).collect();
                with(json!({"role": "assistant", "content": parts}), "stop")
            }
            Act::Fills(form) => with_text(&form.to_string()),
            Act::Drafts(sentences) => with_text(&draft(&sentences)),
            Act::Obeys(sources) => with_text(&draft(&obedient(received, &sources))),
            Act::Answers(body) => respond(200, &body),
            Act::Refuses(words) => with(json!({"role": "assistant", "content": null, "refusal": words}), "stop"),
            Act::Filtered => with(json!({"role": "assistant", "content": ""}), "content_filter"),
            Act::CutShort(text) => with(json!({"role": "assistant", "content": text}), "length"),
            Act::Silent => with(json!({"role": "assistant", "content": null, "reasoning_content": "Hm."}), ""),
            Act::NoChoices => respond(200, &json!({"id": "chatcmpl-1", "choices": []})),
            Act::Complains(status, body) => respond(status, &body),
            Act::RetryAfter(status, after) => {
                let body = json!({"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}});
                ([(header::RETRY_AFTER, after)], respond(status, &body)).into_response()
            }
            Act::Html(status) => {
                let status = StatusCode::from_u16(status).unwrap_or_default();
                (status, [(header::CONTENT_TYPE, "text/html")], "<!doctype html><title>Welcome</title>").into_response()
            }
            Act::Redirects(to) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response(),
            Act::Endless => {
                let spaces = stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from_static(&[b' '; 16 * 1024])));
                Body::from_stream(spaces).into_response()
            }
            Act::DiesInTheMiddle => {
                let death = stream::once(async { Err(std::io::Error::other("it dies")) });
                Body::from_stream(beginning().map(Ok).chain(death)).into_response()
            }
            Act::HangsInTheMiddle => {
                Body::from_stream(beginning().chain(stream::pending()).map(Ok::<_, Infallible>)).into_response()
            }
            Act::Hangs => std::future::pending().await,
            Act::Slow(after) => {
                tokio::time::sleep(after).await;
                manners.answer(received)
            }
        }
    }
}

fn beginning() -> impl futures_util::Stream<Item = Bytes> + Send {
    stream::once(async { Bytes::from_static(br#"{"choices":[{"message":{"role":"assistant","content":"Your or"#) })
}

/// The form that drafts have.
fn draft(sentences: &[Sentence]) -> String {
    json!({"answerable": true, "language": "en", "sentences": sentences}).to_string()
}

/// Each order is obeyed with each source, so that nothing is dropped for the sake of its source alone.
fn obedient(received: &Received, sources: &[(String, String)]) -> Vec<Sentence> {
    let prompt: Vec<&str> = received.body["messages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|message| message["content"].as_str())
        .collect();
    let written = obey(&prompt.join("\n"));
    let with_sources = |text: &String| {
        let sentence = |(id, quote): &(String, String)| Sentence::new(text, id, quote);
        sources.iter().map(sentence).collect::<Vec<_>>()
    };
    written.iter().flat_map(with_sources).collect()
}
