//! A model's answer as it may come: what was asked for, or something near it.
//!
//! Servers that ignore the wanted form answer with fences around the JSON, one text in the place of a list, numbers in the place
//! of texts, or plain prose. All of it is read; nothing of it is believed.

use serde_json::{Map, Value};

/// A longer answer is none; what is behind is not read.
const LONGEST_ANSWER: usize = 64 * 1024;
/// More sentences are no draft; what is behind is not read.
const MOST_SENTENCES: usize = 60;
/// More sources or quotes than passages can be given.
const MOST_SOURCES: usize = 24;

/// What a model answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Whether it says that the passages answer the question, if it says anything of it.
    pub answerable: Option<bool>,
    /// The question as it understood it.
    pub understood: String,
    /// In which language it says to have answered.
    pub language: String,
    /// Its sentences.
    pub sentences: Vec<Claim>,
}

/// A sentence of a model with what it names as its proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// The sentence.
    pub text: String,
    /// Ids of passages.
    pub sources: Vec<String>,
    /// What is said to stand in them.
    pub quotes: Vec<String>,
}

impl Answer {
    /// Reads an answer of the model as it came. Prose is sentences without sources.
    pub fn parse(text: &str) -> Answer {
        let end = (0..=text.len().min(LONGEST_ANSWER)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        let text = text[..end].trim();
        match json_in(text) {
            Some(value) => Answer::read(&value),
            None => Answer { sentences: claims_of_prose(text), ..Answer::default() },
        }
    }

    /// Reads an answer that is JSON.
    pub fn read(value: &Value) -> Answer {
        match value {
            Value::Object(object) => Answer {
                answerable: object.get("answerable").and_then(truth),
                understood: first(object, &["understood", "question"]).map(text_of).unwrap_or_default(),
                language: first(object, &["language", "lang"]).map(text_of).unwrap_or_default(),
                sentences: first(object, &["sentences", "answer", "reply", "text"]).map(claims).unwrap_or_default(),
            },
            Value::Array(_) => Answer { sentences: claims(value), ..Answer::default() },
            // Some servers put the JSON into a text of JSON.
            Value::String(text) => match json_in(text.trim()) {
                Some(inner) if !inner.is_string() => Answer::read(&inner),
                _ => Answer { sentences: claims_of_prose(text), ..Answer::default() },
            },
            _ => Answer::default(),
        }
    }
}

/// The JSON that is all of `text`, that stands in a fence, or that has words around it.
fn json_in(text: &str) -> Option<Value> {
    let fenced = text.strip_prefix("```").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()));
    let bare = fenced.map_or(text, |rest| rest.trim_end().trim_end_matches('`')).trim();
    if let Ok(value) = serde_json::from_str::<Value>(bare) {
        return Some(value).filter(|value| value.is_object() || value.is_array() || value.is_string());
    }
    let (from, to) = (bare.find('{')?, bare.rfind('}')?);
    let within = bare.get(from..=to)?;
    serde_json::from_str::<Value>(within).ok().filter(|value| value.get("sentences").is_some())
}

fn first<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| object.get(*name)).filter(|value| !value.is_null())
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "ja" => Some(true),
            "false" | "no" | "nee" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            // 1.0 is the passage 1.
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        Value::Object(object) => {
            first(object, &["id", "source", "text", "quote"]).map(text_of_leaf).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The same without looking deeper, so that nothing nested is followed.
fn text_of_leaf(value: &Value) -> String {
    if value.is_object() { String::new() } else { text_of(value) }
}

fn claims(value: &Value) -> Vec<Claim> {
    match value {
        Value::Array(list) => list.iter().take(MOST_SENTENCES).filter_map(claim).collect(),
        Value::Object(_) => claim(value).into_iter().collect(),
        Value::String(text) => claims_of_prose(text),
        _ => Vec::new(),
    }
}

fn claim(value: &Value) -> Option<Claim> {
    let claim = match value {
        Value::String(text) => Claim { text: text.clone(), ..Claim::default() },
        Value::Object(object) => Claim {
            text: first(object, &["text", "sentence"]).map(text_of_leaf).unwrap_or_default(),
            sources: first(object, &["sources", "source", "source_ids", "ids"]).map(ids).unwrap_or_default(),
            quotes: first(object, &["quote", "quotes"]).map(list_of).unwrap_or_default(),
        },
        _ => return None,
    };
    (!claim.text.trim().is_empty()).then_some(claim)
}

/// Texts of a list, or the one that stands in its place.
fn list_of(value: &Value) -> Vec<String> {
    let texts = match value {
        Value::Array(list) => list.iter().take(MOST_SOURCES).map(text_of).collect(),
        _ => vec![text_of(value)],
    };
    texts.into_iter().filter(|text| !text.trim().is_empty()).collect()
}

/// The same of ids, several of which may stand in one text: `"1, 2"`.
fn ids(value: &Value) -> Vec<String> {
    let split = |text: String| text.split([',', ';']).map(|id| id.trim().to_owned()).collect::<Vec<_>>();
    let ids = list_of(value).into_iter().flat_map(split).filter(|id| !id.is_empty());
    ids.take(MOST_SOURCES).collect()
}

/// Prose as sentences without a source.
fn claims_of_prose(text: &str) -> Vec<Claim> {
    let sentences = sentences(text).into_iter().take(MOST_SENTENCES);
    sentences.map(|text| Claim { text: text.to_owned(), ..Claim::default() }).collect()
}

/// The sentences of a text: they end with a line, or with a full stop and the like before a space.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        let ends = match sign {
            '\n' => true,
            '.' | '!' | '?' | '…' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends || next.is_none() {
            let end = at + sign.len_utf8();
            found.push(text[from..end].trim());
            from = end;
        }
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn claim_of(text: &str, sources: &[&str], quotes: &[&str]) -> Claim {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Claim { text: text.to_owned(), sources: owned(sources), quotes: owned(quotes) }
    }

    #[test]
    fn what_was_asked_for_is_read() {
        let answer = Answer::read(&json!({"answerable": true, "language": "nl", "understood": "Hoe?", "extra": [1],
            "sentences": [{"text": "Zo.", "sources": ["1", "2"], "quote": "zo gaat het"}]}));
        assert_eq!(answer.answerable, Some(true));
        assert_eq!((answer.language.as_str(), answer.understood.as_str()), ("nl", "Hoe?"));
        assert_eq!(answer.sentences, [claim_of("Zo.", &["1", "2"], &["zo gaat het"])]);
    }

    #[test]
    fn what_is_near_it_is_read_too() {
        let check = |value: Value, expected: &[Claim]| assert_eq!(Answer::read(&value).sentences, expected, "{value}");
        check(
            json!({"sentences": [{"text": "A.", "sources": 1, "quote": ["x", "y"]}]}),
            &[claim_of("A.", &["1"], &["x", "y"])],
        );
        check(
            json!({"sentences": [{"text": "A.", "sources": [1.0, {"id": 2}], "quote": null}]}),
            &[claim_of("A.", &["1", "2"], &[])],
        );
        check(
            json!({"sentences": [{"sentence": "A.", "source": "1, FAQ #2"}]}),
            &[claim_of("A.", &["1", "FAQ #2"], &[])],
        );
        check(json!({"sentences": ["A.", 5, "", null, "B."]}), &[claim_of("A.", &[], &[]), claim_of("B.", &[], &[])]);
        check(json!({"sentences": {"text": "A.", "sources": []}}), &[claim_of("A.", &[], &[])]);
        check(json!({"sentences": "A. B!"}), &[claim_of("A.", &[], &[]), claim_of("B!", &[], &[])]);
        check(json!([{"text": "A.", "sources": ["1"]}]), &[claim_of("A.", &["1"], &[])]);
        check(json!("{\"sentences\": [\"A.\"]}"), &[claim_of("A.", &[], &[])]);
        check(json!(null), &[]);
        check(json!(7), &[]);
        check(json!({"answerable": "no"}), &[]);
        assert_eq!(Answer::read(&json!({"answerable": "no"})).answerable, Some(false));
    }

    #[test]
    fn fences_and_words_around_the_json_are_no_hindrance() {
        let expected = [claim_of("A.", &["1"], &[])];
        let json = "{\"sentences\": [{\"text\": \"A.\", \"sources\": [\"1\"]}]}";
        for text in [json, &format!("```json\n{json}\n```"), &format!("```\n{json}```"), &format!("Sure:\n{json}\nBye")]
        {
            assert_eq!(Answer::parse(text).sentences, expected, "{text}");
        }
    }

    #[test]
    fn prose_is_sentences_without_a_source() {
        let prose = Answer::parse("Hi! You get it within 3.5 days. Ask us\nBye");
        let texts: Vec<&str> = prose.sentences.iter().map(|claim| claim.text.as_str()).collect();
        assert_eq!(texts, ["Hi!", "You get it within 3.5 days.", "Ask us", "Bye"]);
        assert!(prose.sentences.iter().all(|claim| claim.sources.is_empty()));
        assert_eq!(Answer::parse("<html>{oops}</html>").sentences.len(), 1);
        assert_eq!(Answer::parse("12").sentences.len(), 1);
        assert_eq!(Answer::parse("  ").sentences, []);
    }

    #[test]
    fn what_is_too_much_is_not_read() {
        assert_eq!(Answer::read(&json!({"sentences": vec!["A."; 500]})).sentences.len(), MOST_SENTENCES);
        assert_eq!(Answer::parse(&"A. ".repeat(100_000)).sentences.len(), MOST_SENTENCES);
        assert_eq!(Answer::parse(&"[".repeat(100_000)).sentences.len(), 1);
    }

    proptest! {
        #[test]
        fn any_answer_is_read(text in "\\PC{0,80}", json in "[\\[\\]{}\":,a1 `]{0,60}") {
            Answer::parse(&text);
            Answer::parse(&json);
        }
    }
}
