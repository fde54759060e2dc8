//! Reads what servers answer: pure functions of bytes.
//!
//! “Compatible” servers leave out fields, add some, and give them other types. So nothing is required but what we want, and
//! what has another type than it should counts as left out.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::complaint::Complaint;
use super::error::{Error, Reason};

/// More numbers a text than any model gives.
const MOST_DIMENSIONS: usize = 16_384;

/// More tokens than any call takes; whoever says more is wrong, and must not use up a guild's day.
const MOST_TOKENS: u64 = 4_000_000;

/// Tokens that were used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Of what was sent.
    pub prompt: u64,
    /// Of what was written.
    pub completion: u64,
    /// Whether some server did not tell, so that this is in part our estimate.
    pub is_estimated: bool,
}

impl Usage {
    /// Both together.
    pub fn total(&self) -> u64 {
        self.prompt.saturating_add(self.completion)
    }

    pub(super) fn add(&mut self, other: Usage) {
        self.prompt = self.prompt.saturating_add(other.prompt);
        self.completion = self.completion.saturating_add(other.completion);
        self.is_estimated |= other.is_estimated;
    }
}

/// What an answer of chat completions said.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) text: Result<String, Error>,
    /// Nothing if the server did not tell.
    pub(super) usage: Option<Usage>,
}

/// Reads an answer with status 200 of chat completions.
///
/// # Errors
/// It is none, or it is a complaint: gateways answer 200 and put the error inside.
pub(super) fn read_chat(body: &[u8]) -> Result<Said, Box<Complaint>> {
    let answer: Value = serde_json::from_slice(body).map_err(|_| no_json(body))?;
    let choice = &answer["choices"][0];
    if !choice["message"].is_object() {
        let is_complaint = !answer["error"].is_null();
        return Err(if is_complaint {
            Complaint::inside(&answer)
        } else {
            Complaint::of_ours("an answer without choices")
        });
    }
    Ok(Said { text: read_choice(choice), usage: read_usage(&answer["usage"]) })
}

fn read_choice(choice: &Value) -> Result<String, Error> {
    let message = &choice["message"];
    let is_refusal = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    let in_parts = message["content"].as_array().into_iter().flatten().any(|part| is_refusal(&part["refusal"]));
    if is_refusal(&message["refusal"]) || in_parts {
        return Err(Error::Refused(Reason::new("the model refused")));
    }
    match choice["finish_reason"].as_str() {
        Some("content_filter") => {
            return Err(Error::Refused(Reason::new("a filter of the provider's stopped the answer")));
        }
        Some("length" | "max_tokens") => return Err(Error::TooLong(Reason::new("the answer was cut at its maximum"))),
        _ => {}
    }
    let text = read_content(&message["content"]);
    let text = without_thoughts(&text).trim();
    if text.is_empty() { Err(wrong("an empty answer")) } else { Ok(text.to_owned()) }
}

/// Content as a string, as parts of which only text counts, or as the very object that was asked for.
fn read_content(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().filter_map(|part| part.as_str().or(part["text"].as_str())).collect(),
        Value::Object(_) => content.to_string(),
        _ => String::new(),
    }
}

/// Servers that do not know a model's mark for thinking leave its thoughts in the text. What follows thoughts without an end
/// was never written.
fn without_thoughts(text: &str) -> &str {
    match (text.rsplit_once("</think>"), text.trim_start().starts_with("<think>")) {
        (Some((_, said)), _) => said,
        (None, true) => "",
        (None, false) => text,
    }
}

fn read_usage(usage: &Value) -> Option<Usage> {
    let number = |name: &str| {
        let value = &usage[name];
        // Some write 12.0.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` ends at the type's ends.
        let number = value.as_u64().or_else(|| value.as_f64().map(|number| number as u64));
        number.map(|number| number.min(MOST_TOKENS))
    };
    let (prompt, completion) = (number("prompt_tokens"), number("completion_tokens"));
    let prompt = prompt.or_else(|| number("total_tokens").map(|all| all.saturating_sub(completion.unwrap_or(0))));
    let usage = Usage { prompt: prompt?, completion: completion.unwrap_or(0), is_estimated: false };
    // Nothing is free: who says so does not count.
    (usage.total() > 0).then_some(usage)
}

/// An answer of embeddings, as far as it is read.
#[derive(Deserialize)]
struct Embeddings<'a> {
    #[serde(borrow)]
    data: Vec<Embedding<'a>>,
    #[serde(default)]
    usage: Value,
}

#[derive(Deserialize)]
struct Embedding<'a> {
    #[serde(default)]
    index: Option<usize>,
    #[serde(borrow)]
    embedding: &'a RawValue,
}

/// Vectors in the order of the texts, and what they cost if the server told.
pub(super) type Vectors = (Vec<Vec<f32>>, Option<Usage>);

/// Reads an answer with status 200 for `texts` texts.
///
/// # Errors
/// It is none, it is a complaint, or it is not a vector of the same size for each text.
pub(super) fn read_embeddings(body: &[u8], texts: usize) -> Result<Result<Vectors, Error>, Box<Complaint>> {
    let Ok(answer) = serde_json::from_slice::<Embeddings<'_>>(body) else {
        let answer: Value = serde_json::from_slice(body).map_err(|_| no_json(body))?;
        let is_complaint = !answer["error"].is_null();
        return if is_complaint {
            Err(Complaint::inside(&answer))
        } else {
            Ok(Err(wrong("an answer without vectors")))
        };
    };
    Ok(place_vectors(&answer.data, texts).map(|vectors| (vectors, read_usage(&answer.usage))))
}

fn place_vectors(data: &[Embedding<'_>], texts: usize) -> Result<Vec<Vec<f32>>, Error> {
    let mut vectors = vec![Vec::new(); texts];
    for (at, embedding) in data.iter().enumerate() {
        let place = vectors.get_mut(embedding.index.unwrap_or(at)).ok_or_else(|| wrong("a vector for no text"))?;
        if !place.is_empty() {
            return Err(wrong("two vectors for a text"));
        }
        *place = read_vector(embedding.embedding.get()).ok_or_else(|| wrong("a vector that is none"))?;
    }
    let size = vectors.first().map_or(0, Vec::len);
    let are_even = vectors.iter().all(|vector| vector.len() == size && !vector.is_empty());
    if are_even { Ok(vectors) } else { Err(wrong("texts without a vector, or vectors of several sizes")) }
}

/// Numbers as a list, or as base64 of their bytes, the lowest first.
fn read_vector(json: &str) -> Option<Vec<f32>> {
    use base64::Engine;
    let vector: Vec<f32> = if json.starts_with('"') {
        let text: String = serde_json::from_str(json).ok()?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok()?;
        let (numbers, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() {
            return None;
        }
        numbers.iter().map(|number| f32::from_le_bytes(*number)).collect()
    } else {
        serde_json::from_str(json).ok()?
    };
    let is_sound = (1..=MOST_DIMENSIONS).contains(&vector.len()) && vector.iter().all(|number| number.is_finite());
    is_sound.then_some(vector)
}

fn wrong(words: &str) -> Error {
    Error::NotUnderstood(Reason::new(words))
}

fn no_json(body: &[u8]) -> Box<Complaint> {
    let is_page = body.trim_ascii_start().starts_with(b"<");
    Complaint::of_ours(if is_page { "a web page in place of an answer" } else { "an answer that is no JSON" })
}

#[cfg(test)]
mod tests;
