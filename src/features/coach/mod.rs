//! Answers by a language model: so far what a server sets for them.

use serde::{Deserialize, Serialize};

use crate::feature::Feature;
use crate::msg;
use crate::settings::{Field, Kind, Schema, field};

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("coach").settings::<Settings>()
}

/// Models that are suggested; any other name works too.
const MODELS: &[&str] = &["gpt-5", "gpt-5-mini", "gpt-4.1", "gpt-4.1-mini", "gpt-4o-mini"];

/// How a server wants its model.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    /// None is what the operator chose.
    model: Option<String>,
    temperature: f64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { model: None, temperature: 0.7 }
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "coach";
    const GROUP: &'static str = "gpt";
    const FIELDS: &'static [Field] = &[
        field("model", msg!(coach_set_model), Kind::Text { max_chars: 100, suggestions: MODELS }).optional().alone(),
        field("temperature", msg!(coach_set_temperature), Kind::Number { min: 0.0, max: 2.0 }),
    ];
}
