//! One setting: what it may be, how it is read and written. Everything here is a pure function of values.

mod length;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::fmt;
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;

use crate::ui::is_blank;
use crate::words::{Msg, Said, Say, known_languages, name_of};
use length::minutes;
pub use length::show_minutes;

/// A setting of a feature, as its struct declares it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// The serde name of the struct's field. Slash options have dashes where it has underscores.
    pub name: &'static str,
    /// What it is for, at most 100 characters, without a full stop.
    pub about: Msg,
    /// What it may be.
    pub kind: Kind,
    /// Whether it may be nothing.
    pub optional: bool,
    /// Whether `/config start` asks for it.
    pub asked: bool,
    /// Which settings of the same feature say where the bot calls the role that this one names.
    pub called_in: &'static [&'static str],
    /// Whether it has a subcommand of its own: `/config reminders set-default-channel`.
    pub alone: bool,
    /// Whether it names a channel that not everybody should read.
    pub hidden: bool,
}

/// What a setting may be, within which bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A channel of these types in which the bot has these permissions.
    Channel {
        /// Empty: of any type.
        types: &'static [ChannelType],
        /// What the bot must be able to do there, besides seeing it.
        needs: Permissions,
        /// Whether it is of no use where members do not see it.
        members_see: bool,
    },
    /// A role; the bot must be able to give it if it is `granted`.
    Role {
        /// Whether the bot gives it to members.
        granted: bool,
    },
    /// A whole number, both bounds included.
    Integer {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// A number, both bounds included.
    Number {
        /// The least.
        min: f64,
        /// The most.
        max: f64,
    },
    /// On or off.
    Boolean,
    /// A line of text.
    Text {
        /// In characters.
        max_chars: u16,
        /// What is suggested while somebody types.
        suggestions: &'static [&'static str],
    },
    /// One of these, each as it is stored and as people read it.
    Choice(&'static [(&'static str, Msg)]),
    /// A length of time in whole minutes, both bounds included.
    Duration {
        /// The shortest, in minutes.
        min_minutes: i64,
        /// The longest, in minutes.
        max_minutes: i64,
    },
    /// A time zone of the IANA database.
    TimeZone,
    /// Text in which `{name}` stands for something.
    Template {
        /// In characters.
        max_chars: u16,
        /// The names that may stand in braces.
        placeholders: &'static [&'static str],
    },
}

/// A setting without bounds to choose, to be refined with the methods of [`Field`].
pub const fn field(name: &'static str, about: Msg, kind: Kind) -> Field {
    Field { name, about, kind, optional: false, asked: false, called_in: &[], alone: false, hidden: false }
}

/// A channel in which the bot writes.
pub const WRITTEN_CHANNEL: Kind = Kind::Channel {
    types: &[ChannelType::GuildText, ChannelType::GuildAnnouncement],
    needs: Permissions::SEND_MESSAGES.union(Permissions::EMBED_LINKS),
    members_see: false,
};

/// Why a value cannot be that of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Misfit {
    /// It is of another kind, or out of bounds.
    Value {
        /// Of which setting.
        key: &'static str,
        /// What it may be, within which bounds.
        kind: Kind,
    },
    /// It is a template with a name in braces that stands for nothing here.
    Placeholder {
        /// Of which setting.
        key: &'static str,
        /// The name.
        name: String,
        /// The names that may stand there.
        known: &'static [&'static str],
    },
}

impl Misfit {
    /// Why `field` does not take what it does not take.
    pub(super) fn of(field: &Field, text: &str) -> Misfit {
        let Field { name: key, kind, .. } = *field;
        match kind {
            Kind::Template { placeholders: known, .. } => {
                let name = unknown_placeholder(text, |name| known.contains(&name)).map(str::to_owned);
                name.map_or(Misfit::Value { key, kind }, |name| Misfit::Placeholder { key, name, known })
            }
            _ => Misfit::Value { key, kind },
        }
    }

    /// Which setting does not take it, by the name of its [`Field`].
    pub fn key(&self) -> &'static str {
        match self {
            Misfit::Value { key, .. } | Misfit::Placeholder { key, .. } => key,
        }
    }
}

/// The name of a setting as people type it.
pub fn option_name(key: &str) -> String {
    key.replace('_', "-")
}

impl Field {
    /// Lets it be nothing.
    #[must_use]
    pub const fn optional(self) -> Field {
        Field { optional: true, ..self }
    }

    /// Lets `/config start` ask for it.
    #[must_use]
    pub const fn asked(self) -> Field {
        Field { asked: true, ..self }
    }

    /// Says that what is posted there is for those who work here: admins are warned where everybody reads it.
    #[must_use]
    pub const fn hidden(self) -> Field {
        Field { hidden: true, ..self }
    }

    /// Says that the bot calls the role that it names, and which settings say where.
    #[must_use]
    pub const fn called_in(self, called_in: &'static [&'static str]) -> Field {
        Field { called_in, ..self }
    }

    /// Gives it a subcommand of its own.
    #[must_use]
    pub const fn alone(self) -> Field {
        Field { alone: true, ..self }
    }

    /// The name as people type it.
    pub fn option_name(&self) -> String {
        option_name(self.name)
    }

    /// The same as people read it in their language; what they type in English is understood as well.
    pub fn title(&self) -> Said {
        name_of(&self.option_name())
    }

    /// Whether it is called so: as it is stored, as it is typed, or by its title in any language.
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        self.name == name
            || self.option_name() == name
            || known_languages().any(|language| self.title().say(language) == name)
    }

    /// Reads what somebody typed or chose; ids also as mentions.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn parse(&self, text: &str) -> Result<Value, Misfit> {
        let text = text.trim();
        self.read_within(text).ok_or_else(|| Misfit::of(self, text))
    }

    fn read_within(&self, text: &str) -> Option<Value> {
        // Postgres stores no NUL.
        let fits =
            |max_chars: u16| !is_blank(text) && text.chars().count() <= usize::from(max_chars) && !text.contains('\0');
        match self.kind {
            Kind::Channel { .. } => id(text.strip_prefix("<#").and_then(|rest| rest.strip_suffix('>')).unwrap_or(text)),
            Kind::Role { .. } => id(text.strip_prefix("<@&").and_then(|rest| rest.strip_suffix('>')).unwrap_or(text)),
            Kind::Integer { min, max } => {
                text.parse::<i64>().ok().filter(|number| (min..=max).contains(number)).map(Value::from)
            }
            // Comparisons with NaN are false.
            Kind::Number { min, max } => {
                let number = text.replace(',', ".").parse::<f64>().ok();
                number.filter(|number| (min..=max).contains(number)).map(Value::from)
            }
            Kind::Boolean => match text.to_lowercase().as_str() {
                "on" | "true" | "yes" | "1" | "aan" | "ja" => Some(json!(true)),
                "off" | "false" | "no" | "0" | "uit" | "nee" => Some(json!(false)),
                _ => None,
            },
            Kind::Text { max_chars, .. } => fits(max_chars).then(|| json!(text)),
            Kind::Choice(choices) => {
                // As it is stored, or as somebody reads it in whatever language.
                let is_it = |(value, label): &&(&str, Msg)| {
                    text.eq_ignore_ascii_case(value)
                        || known_languages().any(|language| text.eq_ignore_ascii_case(&label.say(language)))
                };
                choices.iter().find(is_it).map(|(value, _)| json!(value))
            }
            Kind::Duration { min_minutes, max_minutes } => {
                let minutes = minutes(text)?;
                (min_minutes..=max_minutes).contains(&minutes).then(|| json!(minutes))
            }
            Kind::TimeZone => zone(text).map(Value::from),
            Kind::Template { max_chars, placeholders } => {
                let known = |name: &str| placeholders.contains(&name);
                (fits(max_chars) && unknown_placeholder(text, known).is_none()).then(|| json!(text))
            }
        }
    }

    /// Whether a stored value may be what it is.
    pub fn accepts(&self, value: &Value) -> bool {
        match value {
            Value::Null => self.optional,
            value => match self.kind {
                Kind::Integer { min, max } | Kind::Duration { min_minutes: min, max_minutes: max } => {
                    value.as_i64().is_some_and(|number| (min..=max).contains(&number))
                }
                Kind::Number { min, max } => value.as_f64().is_some_and(|number| (min..=max).contains(&number)),
                Kind::Boolean => value.is_boolean(),
                // People may write the same in several ways; only one of them is stored.
                _ => value.as_str().is_some_and(|text| self.read_within(text).as_ref() == Some(value)),
            },
        }
    }

    /// A stored value as text that [`Field::parse`] reads back.
    pub fn write(&self, value: &Value) -> String {
        match (self.kind, value) {
            (_, Value::Null) => String::new(),
            (Kind::Duration { .. }, value) => value.as_i64().map_or_else(|| value.to_string(), show_minutes),
            (_, Value::String(text)) => text.clone(),
            (_, value) => value.to_string(),
        }
    }
}

/// Fills `template` in: `{name}` becomes what `value` gives for it. What it does not know stays as it is.
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| Some((value(name)?, tail))) {
            Some((text, tail)) => {
                filled.push_str(&text);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

/// The first name in braces that is not known; a brace that is not closed counts as one.
fn unknown_placeholder(text: &str, known: impl Fn(&str) -> bool) -> Option<&str> {
    text.split('{').skip(1).find_map(|rest| match rest.split_once('}') {
        Some((name, _)) if known(name) => None,
        Some((name, _)) => Some(name),
        None => Some(rest),
    })
}

fn id(text: &str) -> Option<Value> {
    let id: Id<()> = Id::new_checked(text.parse().ok()?)?;
    // Postgres counts up to half of what a snowflake could be.
    i64::try_from(id.get()).is_ok().then(|| json!(id.get().to_string()))
}

/// The name of a time zone as the database writes it.
fn zone(text: &str) -> Option<String> {
    let zone = TimeZone::get(text).ok()?;
    zone.iana_name().map(str::to_owned)
}

/// A length of time as it is stored: whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub i64);

impl Minutes {
    /// The same as a duration.
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_mins(self.0)
    }
}

/// A time zone as it is stored: by its name in the IANA database.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Zone(String);

impl Zone {
    /// The zone; UTC should this system not know it any more.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.0).unwrap_or(TimeZone::UTC)
    }
}

impl fmt::Display for Zone {
    /// Its name in the tz database.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Default for Zone {
    fn default() -> Zone {
        Zone("Europe/Brussels".to_owned())
    }
}

#[cfg(test)]
mod tests;
