//! What Discord checks in the bodies a bot sends: shapes, lengths, counts and combinations.
//!
//! A [`Finding`] that refuses makes Discord answer 50035; the others are things Discord ignores in silence and a bot
//! should not send, such as a misspelt key. Limits are those of <https://discord.com/developers/docs>; characters are
//! counted as code points, because Discord does not say how it counts.

pub(super) mod channel;
pub(super) mod command;
pub(super) mod component;
pub(super) mod message;
pub(super) mod modal;

use std::fmt::{self, Display};
use std::ops::RangeInclusive;

use serde_json::{Map, Value, json};

use super::state::Snowflake;

/// Something wrong at one place of a body.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    /// The way to it: keys, and indices as decimal numbers.
    pub(super) path: Vec<String>,
    /// Discord's name for the kind of mistake.
    pub(super) code: &'static str,
    /// What is wrong, so that it reads well after the path.
    pub(super) message: String,
    /// Whether Discord refuses the body; otherwise it ignores the place.
    pub(super) refused: bool,
}

impl Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = match self.path.as_slice() {
            [first, rest @ ..] if first == "data" && !rest.is_empty() => rest,
            path => path,
        };
        for (i, key) in path.iter().enumerate() {
            match key.parse::<usize>() {
                Ok(index) => write!(f, "[{index}]")?,
                Err(_) if i == 0 => f.write_str(key)?,
                Err(_) => write!(f, ".{key}")?,
            }
        }
        if path.is_empty() { write!(f, "the body {}", self.message) } else { write!(f, " {}", self.message) }
    }
}

/// Everything found in one body: what is wrong, and the texts with how long they may be there.
#[derive(Debug, Default)]
pub(super) struct Findings(pub(super) Vec<Finding>, pub(super) Vec<Limited>);

/// A text in a place where Discord takes so many characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limited {
    /// The key under which it stands.
    pub place: &'static str,
    /// What it says.
    pub text: String,
    /// How many characters it may have there.
    pub most: usize,
}

impl Findings {
    /// Notes a mistake for which Discord refuses the body.
    pub(super) fn refuse(&mut self, path: &[String], code: &'static str, message: impl Into<String>) {
        self.0.push(Finding { path: path.to_vec(), code, message: message.into(), refused: true });
    }

    /// Notes something that Discord ignores.
    pub(super) fn note(&mut self, path: &[String], message: impl Into<String>) {
        self.0.push(Finding { path: path.to_vec(), code: "IGNORED", message: message.into(), refused: false });
    }

    /// Whether Discord takes the body.
    pub(super) fn accepted(&self) -> bool {
        !self.0.iter().any(|finding| finding.refused)
    }

    /// Discord's `errors` tree.
    pub(super) fn tree(&self) -> Value {
        let mut root = json!({});
        for finding in self.0.iter().filter(|finding| finding.refused) {
            let mut at = &mut root;
            for key in &finding.path {
                at = &mut at[key.as_str()];
            }
            let error = json!({"code": finding.code, "message": finding.message});
            match at["_errors"].as_array_mut() {
                Some(errors) => errors.push(error),
                None => at["_errors"] = json!([error]),
            }
        }
        root
    }
}

/// The keys of one object while they are looked at; [`Fields::done`] reports those nobody asked for.
pub(super) struct Fields<'a, 'f> {
    object: &'a Map<String, Value>,
    path: Vec<String>,
    known: Vec<&'static str>,
    /// Where mistakes are written down.
    pub(super) found: &'f mut Findings,
}

impl<'a, 'f> Fields<'a, 'f> {
    /// Starts on `value`, which must be an object.
    pub(super) fn of(found: &'f mut Findings, path: &[String], value: &'a Value) -> Option<Fields<'a, 'f>> {
        let Some(object) = value.as_object() else {
            found.refuse(path, "MODEL_TYPE_CONVERT", "is not an object");
            return None;
        };
        Some(Fields { object, path: path.to_vec(), known: Vec::new(), found })
    }

    /// The path of `key`, or of the object itself for "".
    pub(super) fn at(&self, key: &str) -> Vec<String> {
        let mut path = self.path.clone();
        if !key.is_empty() {
            path.push(key.to_owned());
        }
        path
    }

    /// The value of `key`; `null` counts as absent.
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known.push(key);
        self.object.get(key).filter(|value| !value.is_null())
    }

    /// Keys that are known and not looked into.
    pub(super) fn allow(&mut self, keys: &[&'static str]) {
        self.known.extend_from_slice(keys);
    }

    /// Notes a mistake at `key`.
    pub(super) fn refuse(&mut self, key: &str, code: &'static str, message: impl Into<String>) {
        let path = self.at(key);
        self.found.refuse(&path, code, message);
    }

    /// Notes something ignored at `key`.
    pub(super) fn note(&mut self, key: &str, message: impl Into<String>) {
        let path = self.at(key);
        self.found.note(&path, message);
    }

    /// Says that `key` must be there, if it is not.
    pub(super) fn require(&mut self, key: &'static str) {
        if self.get(key).is_none() {
            self.refuse(key, "BASE_TYPE_REQUIRED", "is required");
        }
    }

    /// A string within `limits`.
    pub(super) fn text(&mut self, key: &'static str, limits: RangeInclusive<usize>) -> Option<&'a str> {
        let value = self.get(key)?;
        let Some(text) = value.as_str() else {
            self.refuse(key, "STRING_TYPE_CONVERT", "is not a string");
            return None;
        };
        let path = self.at(key);
        self.found.1.push(Limited { place: key, text: text.to_owned(), most: *limits.end() });
        length(self.found, &path, text, limits);
        Some(text)
    }

    /// The same of what people read: Discord takes one of which nobody sees anything, and shows a gap in its place.
    pub(super) fn seen_text(&mut self, key: &'static str, limits: RangeInclusive<usize>) -> Option<&'a str> {
        let text = self.text(key, limits)?;
        if !text.trim().is_empty() && text.chars().all(is_unseen) {
            self.note(key, "has nothing that anybody sees");
        }
        Some(text)
    }

    /// The same that must be there.
    pub(super) fn required_seen_text(&mut self, key: &'static str, limits: RangeInclusive<usize>) -> Option<&'a str> {
        self.require(key);
        self.seen_text(key, limits)
    }

    /// A string within `limits` that must be there.
    pub(super) fn required_text(&mut self, key: &'static str, limits: RangeInclusive<usize>) -> Option<&'a str> {
        self.require(key);
        self.text(key, limits)
    }

    /// A whole number within `limits`.
    pub(super) fn int(&mut self, key: &'static str, limits: RangeInclusive<i64>) -> Option<i64> {
        let value = self.get(key)?;
        let Some(number) = value.as_i64() else {
            self.refuse(key, "NUMBER_TYPE_COERCE", "is not a whole number");
            return None;
        };
        if !limits.contains(&number) {
            self.refuse(key, "NUMBER_TYPE_RANGE", format!("is {number}, not within {limits:?}"));
        }
        Some(number)
    }

    /// True or false.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        if value.as_bool().is_none() {
            self.refuse(key, "BOOLEAN_TYPE_CONVERT", "is neither true nor false");
        }
        value.as_bool()
    }

    /// An id: a decimal string.
    pub(super) fn id(&mut self, key: &'static str) -> Option<Snowflake> {
        let value = self.get(key)?;
        let id = snowflake(value);
        if id.is_none() {
            self.refuse(key, "NUMBER_TYPE_COERCE", format!("is {value}, not an id as a string"));
        }
        id
    }

    /// A set of permission bits: a decimal string, or a number.
    pub(super) fn bits(&mut self, key: &'static str) -> Option<u64> {
        let value = self.get(key)?;
        let bits = value.as_u64().or_else(|| value.as_str()?.parse().ok());
        if bits.is_none() {
            self.refuse(key, "NUMBER_TYPE_COERCE", format!("is {value}, not a set of permission bits"));
        }
        bits
    }

    /// A list within `limits`, as pairs of path and value.
    pub(super) fn list(&mut self, key: &'static str, limits: RangeInclusive<usize>) -> Vec<(Vec<String>, &'a Value)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            self.refuse(key, "LIST_TYPE_CONVERT", "is not a list");
            return Vec::new();
        };
        if !limits.contains(&list.len()) {
            let (low, high) = limits.into_inner();
            self.refuse(key, "BASE_TYPE_BAD_LENGTH", format!("has {} entries, {low} to {high} allowed", list.len()));
        }
        let path = self.at(key);
        list.iter().enumerate().map(|(i, item)| (child(&path, &i.to_string()), item)).collect()
    }

    /// An object within, as path and value.
    pub(super) fn inner(&mut self, key: &'static str) -> Option<(Vec<String>, &'a Value)> {
        let value = self.get(key)?;
        Some((self.at(key), value))
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn done(self) {
        for key in self.object.keys().filter(|key| !self.known.contains(&key.as_str())) {
            self.found.note(&child(&self.path, key), "is no key that Discord knows here");
        }
    }
}

/// An id as Discord writes it in JSON.
pub(super) fn snowflake(value: &Value) -> Option<Snowflake> {
    value.as_str().filter(|text| (1..=20).contains(&text.len())).and_then(|text| text.parse().ok())
}

/// `path` and one step more.
pub(super) fn child(path: &[String], key: &str) -> Vec<String> {
    let mut path = path.to_vec();
    path.push(key.to_owned());
    path
}

/// Refuses a text whose length is outside `limits`.
pub(super) fn length(found: &mut Findings, path: &[String], text: &str, limits: RangeInclusive<usize>) {
    let n = text.chars().count();
    if *limits.start() > 0 && n > 0 && text.trim().is_empty() {
        // It trims what it reads.
        found.refuse(path, "BASE_TYPE_REQUIRED", "is blank");
    }
    if limits.contains(&n) {
        return;
    }
    let (low, high) = limits.into_inner();
    let code = if n > high { "BASE_TYPE_MAX_LENGTH" } else { "BASE_TYPE_BAD_LENGTH" };
    let message = if n == 0 {
        format!("is empty, {low} to {high} characters allowed")
    } else {
        format!("is {n} characters, {low} to {high} allowed")
    };
    found.refuse(path, code, message);
}

/// Whether it takes no place, or leaves its place empty.
fn is_unseen(c: char) -> bool {
    let ignorable = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}');
    ignorable || c.is_whitespace() || c.is_control()
}

/// The answer to an autocomplete: `data` of callback type 8.
pub(super) fn choices(found: &mut Findings, path: &[String], data: &Value) {
    let Some(mut fields) = Fields::of(found, path, data) else { return };
    fields.require("choices");
    let choices = fields.list("choices", 0..=25);
    for (path, choice) in choices {
        command::choice(fields.found, &path, choice, None);
    }
    fields.done();
}

/// The `data` of a defer: flags only, and of these only EPHEMERAL.
pub(super) fn defer(found: &mut Findings, path: &[String], data: &Value) {
    let Some(mut fields) = Fields::of(found, path, data) else { return };
    if let Some(flags) = fields.int("flags", 0..=i64::MAX)
        && flags & !64 != 0
    {
        fields.note("flags", format!("has bits {} besides EPHEMERAL, which a defer ignores", flags & !64));
    }
    fields.done();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_its_place_as_a_person_would() {
        let mut found = Findings::default();
        let long = "x".repeat(101);
        choices(
            &mut found,
            &["data".to_owned()],
            &json!({"choices": [{"name": "a", "value": 1}, {"name": long, "value": "v"}]}),
        );
        assert_eq!(found.0[0].to_string(), "choices[1].name is 101 characters, 1 to 100 allowed");
        assert_eq!(found.tree()["data"]["choices"]["1"]["name"]["_errors"][0]["code"], "BASE_TYPE_MAX_LENGTH");
    }

    #[test]
    fn no_suggestion_is_blank() {
        for (name, value) in [(" ", "v"), ("", "v"), ("n", " ")] {
            let mut found = Findings::default();
            choices(&mut found, &[], &json!({"choices": [{"name": name, "value": value}]}));
            assert!(!found.accepted(), "{name:?} {value:?}");
        }
    }

    #[test]
    fn a_defer_takes_the_ephemeral_flag_only() {
        let notes = |data: Value| {
            let mut found = Findings::default();
            defer(&mut found, &[], &data);
            assert!(found.accepted());
            found.0.len()
        };
        assert_eq!(notes(json!({})), 0);
        assert_eq!(notes(json!({"flags": 64})), 0);
        assert_eq!(notes(json!({"flags": 64 | 32768})), 1);
        assert_eq!(notes(json!({"content": "hello"})), 1);
    }
}
