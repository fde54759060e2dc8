//! Settings in words: what a value says, and what a field takes, as the documentation says it.

use std::fmt::Write;

use serde_json::Value;
use twilight_model::channel::ChannelType;

use super::field::{Field, Kind, show_minutes};
use crate::said;
use crate::words::{Said, say_minutes};

impl Field {
    /// A stored value as people read it in Discord.
    pub fn show(&self, value: &Value) -> Said {
        let text = self.write(value);
        match (self.kind, value) {
            (_, Value::Null) => said!(settings_none),
            (Kind::Channel { .. }, _) => Said::Verbatim(format!("<#{text}>")),
            (Kind::Role { .. }, _) => Said::Verbatim(format!("<@&{text}>")),
            (Kind::Boolean, _) => {
                if value == true {
                    said!(settings_on)
                } else {
                    said!(settings_off)
                }
            }
            (Kind::Choice(choices), _) => choices
                .iter()
                .find(|(value, _)| *value == text)
                .map_or(Said::Verbatim(text), |(_, label)| (*label).into()),
            (Kind::Duration { .. }, _) => value.as_i64().map_or(Said::Verbatim(text), say_minutes),
            (Kind::Number { .. }, _) => {
                value.as_f64().map_or(Said::Verbatim(text), |it| said!(words_decimal, number = it))
            }
            (Kind::Integer { .. }, _) => Said::Verbatim(text),
            _ => Said::Verbatim(format!("`{}`", text.replace('`', "'"))),
        }
    }

    /// What it may be, for a table in the documentation.
    pub fn describe(&self) -> String {
        let mut text = match self.kind {
            Kind::Channel { types: &[ChannelType::GuildCategory], .. } => "category".to_owned(),
            Kind::Channel { .. } => "channel".to_owned(),
            Kind::Role { .. } => "role".to_owned(),
            Kind::Integer { min, max } => format!("whole number, {min} to {max}"),
            Kind::Number { min, max } => format!("number, {min} to {max}"),
            Kind::Boolean => "on or off".to_owned(),
            Kind::Text { max_chars, .. } => format!("text, up to {max_chars} characters"),
            Kind::Choice(choices) => choices.iter().map(|(value, _)| *value).collect::<Vec<_>>().join(", "),
            Kind::Duration { min_minutes, max_minutes } => {
                format!("time, {} to {}", show_minutes(min_minutes), show_minutes(max_minutes))
            }
            Kind::TimeZone => "time zone".to_owned(),
            Kind::Template { max_chars, placeholders } => {
                let names: Vec<String> = placeholders.iter().map(|name| format!("`{{{name}}}`")).collect();
                format!("text, up to {max_chars} characters, with {}", names.join(", "))
            }
        };
        if self.optional {
            let _ = write!(text, ", or none");
        }
        text
    }
}
