//! What a server sets for its language model.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::app::App;
use crate::msg;
use crate::settings::{Field, Kind, Schema, field};

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
    /// How often a member may ask the coach in an hour; 0 is never.
    pub asks_an_hour: i64,
    /// Words and phrases, separated by commas: what a ticket has any of in it is told to no model.
    pub blocked: Option<String>,
    /// Whether a ticket in which somebody seems to be in need becomes pressing, and the staff is told.
    pub distress: bool,
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
            asks_an_hour: 5,
            blocked: None,
            distress: true,
            help_line: None,
        }
    }
}

impl Settings {
    /// What is told to no model.
    pub fn blocked(&self) -> impl Iterator<Item = &str> {
        self.blocked.as_deref().unwrap_or_default().split([',', ';', '\n'])
    }
}

/// What a server wants, and its operator does not allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beyond {
    /// Another model than these.
    Model {
        /// Those that it may choose; none where there is no provider.
        offered: Vec<String>,
    },
    /// More tokens a day.
    Tokens {
        /// So many it may use.
        max: i64,
    },
}

/// Whether a value of one of these settings is beyond what the operator allows.
pub fn beyond_operator(app: &App, setting: &str, value: &Value) -> Option<Beyond> {
    match setting {
        "model" => {
            let offered: Vec<String> = app.llm.models().map(str::to_owned).collect();
            let is_offered = value.as_str().is_some_and(|model| offered.iter().any(|it| it == model));
            (!is_offered).then_some(Beyond::Model { offered })
        }
        "daily_tokens" => {
            let max = i64::from(app.config.llm_daily_tokens);
            value.as_i64().is_some_and(|tokens| tokens > max).then_some(Beyond::Tokens { max })
        }
        _ => None,
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "coach";
    const GROUP: &'static str = "gpt";
    const FIELDS: &'static [Field] = &[
        field("model", msg!(coach_set_model), Kind::Text { max_chars: 100, suggestions: &[] }).optional().alone(),
        field("temperature", msg!(coach_set_temperature), Kind::Number { min: 0.0, max: 2.0 }).optional(),
        field("drafts", msg!(coach_set_drafts), Kind::Boolean),
        field("daily_tokens", msg!(coach_set_daily_tokens), Kind::Integer { min: 0, max: 2_000_000 }),
        field("drafts_an_hour", msg!(coach_set_drafts_an_hour), Kind::Integer { min: 1, max: 600 }),
        field("asks_an_hour", msg!(coach_set_asks_an_hour), Kind::Integer { min: 0, max: 60 }),
        field("blocked", msg!(coach_set_blocked), Kind::Text { max_chars: 1000, suggestions: &[] }).optional(),
        field("distress", msg!(coach_set_distress), Kind::Boolean),
        field("help_line", msg!(coach_set_help_line), Kind::Text { max_chars: 200, suggestions: &[] }).optional(),
    ];
}
