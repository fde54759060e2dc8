//! What a server sets for its language model.

use serde::{Deserialize, Serialize};

use crate::msg;
use crate::settings::{Field, Kind, Schema, field};

/// Models that are suggested; any other name works too.
const MODELS: &[&str] = &["gpt-5", "gpt-5-mini", "gpt-4.1", "gpt-4.1-mini", "gpt-4o-mini"];

/// How a server wants its model.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// None is what the operator chose.
    pub model: Option<String>,
    /// None is what the model does by itself; some take nothing else.
    pub temperature: Option<f64>,
    /// Whether replies are drafted with a model; without, the nearest entries are shown.
    pub drafts: bool,
    /// Tokens that the server uses a day at most; 0 is none.
    pub daily_tokens: i64,
    /// Drafts that one of the staff asks for in an hour at most.
    pub drafts_an_hour: i64,
    /// Words and phrases, separated by commas: what a ticket has any of in it is told to no model.
    pub blocked: Option<String>,
    /// What the staff reads where somebody seems to be in need.
    pub help_line: Option<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            model: None,
            temperature: None,
            drafts: true,
            daily_tokens: 200_000,
            drafts_an_hour: 20,
            blocked: None,
            help_line: None,
        }
    }
}

impl Settings {
    /// What is told to no model, in small letters.
    pub fn blocked(&self) -> impl Iterator<Item = String> + '_ {
        let phrases = self.blocked.as_deref().unwrap_or_default().split([',', ';', '\n']);
        phrases.map(|phrase| phrase.trim().to_lowercase()).filter(|phrase| !phrase.is_empty())
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "coach";
    const GROUP: &'static str = "gpt";
    const FIELDS: &'static [Field] = &[
        field("model", msg!(coach_set_model), Kind::Text { max_chars: 100, suggestions: MODELS }).optional().alone(),
        field("temperature", msg!(coach_set_temperature), Kind::Number { min: 0.0, max: 2.0 }).optional(),
        field("drafts", msg!(coach_set_drafts), Kind::Boolean),
        field("daily_tokens", msg!(coach_set_daily_tokens), Kind::Integer { min: 0, max: 2_000_000 }),
        field("drafts_an_hour", msg!(coach_set_drafts_an_hour), Kind::Integer { min: 1, max: 600 }),
        field("blocked", msg!(coach_set_blocked), Kind::Text { max_chars: 1000, suggestions: &[] }).optional(),
        field("help_line", msg!(coach_set_help_line), Kind::Text { max_chars: 200, suggestions: &[] }).optional(),
    ];
}
