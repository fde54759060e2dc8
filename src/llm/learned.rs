//! What a server takes, as it turned out: remembered until the process ends, so that it is found out once.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::complaint::Complaint;

/// A server that takes a better form since it was updated is found out after so long.
const SHAPE_KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// More models than anybody uses; beyond, all is found out anew.
const MOST_MODELS: usize = 64;

/// How a server is made to answer in a form, the strictest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// By `response_format` of type `json_schema`.
    #[default]
    JsonSchema,
    /// By `response_format` of type `json_object`, and the schema as a part of the prompt.
    JsonObject,
    /// By the prompt alone.
    Text,
}

impl Shape {
    /// The next that is less strict.
    pub(super) fn plainer(self) -> Option<Shape> {
        match self {
            Shape::JsonSchema => Some(Shape::JsonObject),
            Shape::JsonObject => Some(Shape::Text),
            Shape::Text => None,
        }
    }
}

/// How the maximum of an answer's tokens is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Maximum {
    /// By almost everybody.
    #[default]
    MaxTokens,
    /// By OpenAI's models that think.
    MaxCompletionTokens,
    /// By nobody there.
    Unknown,
}

impl Maximum {
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Maximum::MaxTokens => Some("max_tokens"),
            Maximum::MaxCompletionTokens => Some("max_completion_tokens"),
            Maximum::Unknown => None,
        }
    }
}

/// What is known of a model at an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    shape: Option<(Shape, Instant)>,
    pub(super) maximum: Maximum,
    pub(super) refuses_temperature: bool,
}

/// A parameter that is not sent as before any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Maximum(Maximum),
    NoTemperature,
}

impl Known {
    /// The shape that worked lately.
    pub(super) fn shape(&self, now: Instant) -> Option<Shape> {
        self.shape.filter(|(_, at)| now.duration_since(*at) < SHAPE_KEPT).map(|(shape, _)| shape)
    }

    /// What `complaint` says about a parameter that was `sent`. A name that is refused too is sent no more.
    pub(super) fn change(&self, complaint: &Complaint, sent: impl Fn(&str) -> bool) -> Option<Change> {
        let is_refused = |name: &str| sent(name) && complaint.is_about(name);
        match self.maximum {
            // First: “use `max_completion_tokens` instead” names both.
            Maximum::MaxTokens if is_refused("max_tokens") => Some(Change::Maximum(Maximum::MaxCompletionTokens)),
            Maximum::MaxCompletionTokens if is_refused("max_completion_tokens") => {
                Some(Change::Maximum(Maximum::Unknown))
            }
            _ if is_refused("temperature") => Some(Change::NoTemperature),
            _ => None,
        }
    }

    pub(super) fn apply(&mut self, change: Change) {
        match change {
            Change::Maximum(maximum) => self.maximum = maximum,
            Change::NoTemperature => self.refuses_temperature = true,
        }
    }
}

/// By address and model.
#[derive(Debug, Default)]
pub(super) struct Learned(Mutex<HashMap<(String, String), Known>>);

impl Learned {
    fn all(&self) -> MutexGuard<'_, HashMap<(String, String), Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of `model` at `address`.
    pub(super) fn of(&self, address: &str, model: &str) -> Known {
        self.all().get(&(address.to_owned(), model.to_owned())).copied().unwrap_or_default()
    }

    /// Others may learn something else meanwhile, so only the change is written.
    pub(super) fn remember(&self, address: &str, model: &str, change: impl FnOnce(&mut Known)) {
        let mut all = self.all();
        let key = (address.to_owned(), model.to_owned());
        if all.len() >= MOST_MODELS && !all.contains_key(&key) {
            all.clear();
        }
        change(all.entry(key).or_default());
    }

    /// `shape` worked.
    pub(super) fn remember_shape(&self, address: &str, model: &str, shape: Shape, now: Instant) {
        self.remember(address, model, |known| known.shape = Some((shape, now)));
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use serde_json::{Value, json};

    use super::*;

    fn change(known: Known, error: Value, sent: &[&str]) -> Option<Change> {
        let complaint =
            Complaint::read(StatusCode::BAD_REQUEST, json!({ "error": error }).to_string().as_bytes(), None);
        known.change(&complaint, |name| sent.contains(&name))
    }

    #[test]
    fn a_parameter_is_renamed_or_dropped_as_the_server_says() {
        let renamed = Known { maximum: Maximum::MaxCompletionTokens, ..Known::default() };
        let all = ["max_tokens", "max_completion_tokens", "temperature"];
        let check = |known, error: Value, expected| assert_eq!(change(known, error.clone(), &all), expected, "{error}");
        let to_new = Some(Change::Maximum(Maximum::MaxCompletionTokens));
        check(Known::default(), json!({"code": "unsupported_parameter", "param": "max_tokens"}), to_new);
        check(renamed, json!({"code": "unsupported_parameter", "param": "max_tokens"}), None);
        let to_none = Some(Change::Maximum(Maximum::Unknown));
        check(renamed, json!({"code": "unsupported_parameter", "param": "max_completion_tokens"}), to_none);
        let no_temperature = Some(Change::NoTemperature);
        check(Known::default(), json!({"code": "unsupported_value", "param": "temperature"}), no_temperature);
        check(Known::default(), json!({"code": "unsupported_value", "param": "messages.0.role"}), None);
        check(Known::default(), json!({"code": "unsupported_value", "param": "response_format"}), None);
        check(Known::default(), json!({"code": "invalid_value", "param": "temperature"}), None);
        let words = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
        check(Known::default(), json!({ "message": words, "code": null }), to_new);
        check(Known::default(), json!({"message": "`temperature` is deprecated for this model."}), no_temperature);
        check(Known::default(), json!({"message": "your temperature is too high"}), None);
        check(Known::default(), json!("litellm.UnsupportedParamsError: ['temperature'] not supported"), no_temperature);
    }

    #[test]
    fn what_was_not_sent_cannot_be_at_fault() {
        let error = json!({"code": "unsupported_value", "param": "temperature"});
        assert_eq!(change(Known::default(), error, &["max_tokens"]), None);
    }

    #[test]
    fn what_was_learned_is_kept_by_address_and_model_and_a_shape_for_a_day() {
        let (learned, now) = (Learned::default(), Instant::now());
        learned.remember("a", "m", |known| known.apply(Change::NoTemperature));
        learned.remember_shape("a", "m", Shape::Text, now);
        let known = learned.of("a", "m");
        assert!(known.refuses_temperature);
        assert_eq!(known.shape(now + SHAPE_KEPT - Duration::from_secs(1)), Some(Shape::Text));
        assert_eq!(known.shape(now + SHAPE_KEPT), None);
        assert_eq!((learned.of("b", "m"), learned.of("a", "n")), (Known::default(), Known::default()));
        (0..MOST_MODELS).for_each(|nth| learned.remember_shape("a", &nth.to_string(), Shape::Text, now));
        assert!(learned.all().len() <= MOST_MODELS);
    }
}
