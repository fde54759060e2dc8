//! What texts mean, as a model tells: a vector of each, so that what means the same is near, whatever its words.
//!
//! Without a model, and while it does not answer, there are words. In reading order: [`Meaning`], below: what somebody asks;
//! `vector` and `vectors`: those of a shelf's texts, in memory; `fuse`: what both ways of finding come to together;
//! [`making`]: how vectors are made, in the background.

pub mod fuse;
pub mod making;
mod vector;
mod vectors;

use std::time::{Duration, Instant};

use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::llm;
use crate::llm::redact::Redactor;
use vector::Vector;
pub(super) use vectors::Vectors;

/// How long whoever searches waits for it at most; they have three seconds for all.
const WITHIN: Duration = Duration::from_millis(800);

/// Bytes of a text that a model reads; most read no more than 512 tokens.
const MOST_READ: usize = 2_000;

/// What a question means to a model.
#[derive(Clone, Debug)]
pub struct Meaning {
    model: String,
    vector: Vector,
}

impl Meaning {
    /// Asks for the meaning of a question, without what is private in it. Nothing if there is no model, or none answers soon.
    pub async fn of(llm: &llm::Client, guild: Id<GuildMarker>, question: &str) -> Option<Meaning> {
        let model = llm.embedding_model()?.to_owned();
        if question.trim().is_empty() {
            return None;
        }
        let told = told(&model, Side::Question, question);
        let asked = llm.embed(Some(guild), &[&told], Instant::now() + WITHIN).await;
        let vector = Vector::of(asked.result.ok()?.first()?)?;
        Some(Meaning { model, vector })
    }
}

/// What a text is to a model that tells questions from what answers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Question,
    Answer,
}

/// A text as a model is told it.
fn told(model: &str, side: Side, text: &str) -> String {
    let text = Redactor::new().redact(text);
    let end = text.floor_char_boundary(MOST_READ);
    let text = text[..end].trim();
    // Those of this family want to know (<https://huggingface.co/intfloat/multilingual-e5-small>).
    let is_e5 = model.to_ascii_lowercase().split(|letter: char| !letter.is_ascii_alphanumeric()).any(|it| it == "e5");
    match (is_e5, side) {
        (false, _) => text.to_owned(),
        (true, Side::Question) => format!("query: {text}"),
        (true, Side::Answer) => format!("passage: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_told_nothing_private_and_not_too_much() {
        let check = |model: &str, side, text: &str, expected: &str| assert_eq!(told(model, side, text), expected);
        check("text-embedding-3-small", Side::Question, " Refunds? ", "Refunds?");
        check("intfloat/multilingual-e5-small", Side::Question, "Refunds?", "query: Refunds?");
        check("multilingual-E5-small", Side::Answer, "Refunds", "passage: Refunds");
        check("base5", Side::Answer, "Mail ann@example.org", "Mail <email-1>");
        assert_eq!(told("m", Side::Answer, &"é".repeat(5_000)).len(), MOST_READ);
    }
}
