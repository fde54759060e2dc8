//! Settings in words: what a field takes, and what a value says.

use std::fmt::Write;

use serde_json::Value;
use twilight_model::channel::ChannelType;

use super::field::{Field, Kind, Misfit, show_minutes};

impl Field {
    /// [`Field::parse`] for people.
    ///
    /// # Errors
    /// A sentence that says what it may be.
    pub fn read(&self, text: &str) -> Result<Value, String> {
        self.parse(text).map_err(|misfit| self.say(&misfit))
    }

    /// The sentence about a value that it does not take.
    pub fn say(&self, misfit: &Misfit) -> String {
        let rule = match (misfit, self.kind) {
            (Misfit::Placeholder(name), Kind::Template { placeholders, .. }) => format!(
                "knows no `{{{}}}`; use {}",
                name.replace('`', ""),
                placeholders.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
            ),
            _ => self.rule(),
        };
        format!("`{}` {rule}.", self.option_name())
    }

    /// What it may be, so that it reads well after its name.
    fn rule(&self) -> String {
        match self.kind {
            Kind::Channel { .. } => "is a channel of this server; pick one from the list".to_owned(),
            Kind::Role { .. } => "is a role of this server; pick one from the list".to_owned(),
            Kind::Integer { min, max } => format!("is a whole number from {min} to {max}; give one of these"),
            Kind::Number { min, max } => format!("is a number from {min} to {max}; give one of these"),
            Kind::Boolean => "is on or off; give one of these".to_owned(),
            Kind::Text { max_chars, .. } | Kind::Template { max_chars, .. } => {
                format!("is a text of 1 to {max_chars} characters; make it fit")
            }
            Kind::Choice(choices) => {
                let names: Vec<&str> = choices.iter().map(|(_, label)| *label).collect();
                format!("is one of {}; pick one", names.join(", "))
            }
            Kind::Duration { min_minutes, max_minutes } => format!(
                "is a time from {} to {}; write it like `1h 30m` or `45m`",
                show_minutes(min_minutes),
                show_minutes(max_minutes)
            ),
            Kind::TimeZone => "is a time zone such as `Europe/Brussels`; pick one that is suggested".to_owned(),
        }
    }

    /// A stored value as people read it in Discord.
    pub fn show(&self, value: &Value) -> String {
        let text = self.write(value);
        match (self.kind, value) {
            (_, Value::Null) => "none".to_owned(),
            (Kind::Channel { .. }, _) => format!("<#{text}>"),
            (Kind::Role { .. }, _) => format!("<@&{text}>"),
            (Kind::Boolean, _) => if value == true { "on" } else { "off" }.to_owned(),
            (Kind::Choice(choices), _) => {
                choices.iter().find(|(value, _)| *value == text).map_or(text.clone(), |(_, label)| (*label).to_owned())
            }
            (Kind::Duration { .. } | Kind::Integer { .. } | Kind::Number { .. }, _) => text,
            _ => format!("`{}`", text.replace('`', "'")),
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
