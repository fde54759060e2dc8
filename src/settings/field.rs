//! One setting: what it may be, how it is read and written. Everything here is a pure function of values.

use jiff::SignedDuration;
use jiff::fmt::friendly::{Designator, SpanParser, SpanPrinter};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;

/// A setting of a feature, as its struct declares it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// The serde name of the struct's field. Slash options have dashes where it has underscores.
    pub name: &'static str,
    /// What it is for, at most 100 characters, without a full stop.
    pub about: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// Whether it may be nothing.
    pub optional: bool,
    /// Whether `/config start` asks for it.
    pub asked: bool,
    /// Whether it has a subcommand of its own: `/config reminders set-default-channel`.
    pub alone: bool,
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
    Choice(&'static [(&'static str, &'static str)]),
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
pub const fn field(name: &'static str, about: &'static str, kind: Kind) -> Field {
    Field { name, about, kind, optional: false, asked: false, alone: false }
}

/// A channel in which the bot writes.
pub const WRITTEN_CHANNEL: Kind = Kind::Channel {
    types: &[ChannelType::GuildText, ChannelType::GuildAnnouncement],
    needs: Permissions::SEND_MESSAGES.union(Permissions::EMBED_LINKS),
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

    /// Gives it a subcommand of its own.
    #[must_use]
    pub const fn alone(self) -> Field {
        Field { alone: true, ..self }
    }

    /// The name as people type it.
    pub fn option_name(&self) -> String {
        option_name(self.name)
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
            |max_chars: u16| !text.is_empty() && text.chars().count() <= usize::from(max_chars) && !text.contains('\0');
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
                let is_it = |(value, label): &&(&str, &str)| {
                    text.eq_ignore_ascii_case(value) || text.eq_ignore_ascii_case(label)
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

/// A hundred years in minutes: no setting is longer.
const LONGEST_SPAN: i64 = 100 * 366 * 1440;

/// Whole minutes from `1h 30m`, `90`, `2 days`.
fn minutes(text: &str) -> Option<i64> {
    if let Ok(minutes) = text.parse::<i64>() {
        return Some(minutes);
    }
    let span = SpanParser::new().parse_span(text).ok()?;
    let duration = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).ok()?;
    (duration.as_secs() % 60 == 0).then_some(duration.as_secs() / 60)
}

/// A number of minutes as people write it: `1h 30m`.
pub fn show_minutes(minutes: i64) -> String {
    // What is stored may be anything; a span takes twenty thousand years.
    if !(0..=LONGEST_SPAN).contains(&minutes) {
        return format!("{minutes}m");
    }
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    if (days, hours, rest) == (0, 0, 0) {
        return "0m".to_owned();
    }
    let span = jiff::Span::new().days(days).hours(hours).minutes(rest);
    SpanPrinter::new().designator(Designator::Compact).span_to_string(&span)
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

impl Default for Zone {
    fn default() -> Zone {
        Zone("Europe/Brussels".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHANNEL: Field = field("where", "", WRITTEN_CHANNEL).optional();
    const ROLE: Field = field("who", "", Kind::Role { granted: false });
    const INTEGER: Field = field("days", "", Kind::Integer { min: -5, max: 365 });
    const NUMBER: Field = field("heat", "", Kind::Number { min: 0.0, max: 2.0 });
    const BOOLEAN: Field = field("on", "", Kind::Boolean);
    const TEXT: Field = field("model", "", Kind::Text { max_chars: 10, suggestions: &[] });
    const CHOICE: Field = field("level", "", Kind::Choice(&[("all", "Everything"), ("few", "Little")]));
    const DURATION: Field = field("lead_time", "", Kind::Duration { min_minutes: 0, max_minutes: 4320 });
    const ZONE: Field = field("zone", "", Kind::TimeZone);
    const TEMPLATE: Field = field("message", "", Kind::Template { max_chars: 30, placeholders: &["member", "count"] });

    #[test]
    fn what_people_type_is_read_or_refused_by_its_rule() {
        // What is refused is so for its kind, or for a name in braces.
        let check = |field: Field, text: &str, expected: Result<Value, Option<&str>>| {
            let (key, kind) = (field.name, field.kind);
            let expected = expected.map_err(|placeholder| match placeholder {
                None => Misfit::Value { key, kind },
                Some(name) => Misfit::Placeholder { key, name: name.to_owned(), known: &["member", "count"] },
            });
            assert_eq!(field.parse(text), expected, "{text}");
        };
        check(CHANNEL, "<#7>", Ok(json!("7")));
        check(CHANNEL, "7", Ok(json!("7")));
        check(CHANNEL, "help", Err(None));
        check(CHANNEL, "18446744073709551615", Err(None));
        check(ROLE, "<@&7>", Ok(json!("7")));
        check(ROLE, "<#7>", Err(None));
        check(INTEGER, " 365 ", Ok(json!(365)));
        check(INTEGER, "366", Err(None));
        check(INTEGER, "1.5", Err(None));
        check(NUMBER, "0,7", Ok(json!(0.7)));
        check(NUMBER, "NaN", Err(None));
        check(NUMBER, "inf", Err(None));
        check(BOOLEAN, "Aan", Ok(json!(true)));
        check(BOOLEAN, "off", Ok(json!(false)));
        check(BOOLEAN, "maybe", Err(None));
        check(TEXT, "gpt-5", Ok(json!("gpt-5")));
        check(TEXT, "", Err(None));
        check(TEXT, "eleven char", Err(None));
        check(CHOICE, "everything", Ok(json!("all")));
        check(CHOICE, "none", Err(None));
        check(DURATION, "1h 30m", Ok(json!(90)));
        check(DURATION, "45", Ok(json!(45)));
        check(DURATION, "3 days", Ok(json!(4320)));
        check(DURATION, "90s", Err(None));
        check(DURATION, "4 days", Err(None));
        check(ZONE, "europe/brussels", Ok(json!("Europe/Brussels")));
        check(ZONE, "Brussels", Err(None));
        check(TEMPLATE, "Hi {member}!", Ok(json!("Hi {member}!")));
        check(TEMPLATE, "Hi {0}!", Err(Some("0")));
        check(TEMPLATE, "Hi {member", Err(Some("member")));
        check(TEMPLATE, "{member} {member", Err(Some("member")));
        check(TEMPLATE, "a\0b", Err(None));
    }

    #[test]
    fn values_are_shown_as_people_read_them() {
        let check = |field: Field, value: Value, expected: &str| assert_eq!(field.show(&value), expected);
        check(CHANNEL, json!("7"), "<#7>");
        check(CHANNEL, Value::Null, "none");
        check(ROLE, json!("7"), "<@&7>");
        check(BOOLEAN, json!(true), "on");
        check(CHOICE, json!("few"), "Little");
        check(DURATION, json!(1530), "1d 1h 30m");
        check(DURATION, json!(0), "0m");
        check(DURATION, json!(i64::MAX), "9223372036854775807m");
        check(TEMPLATE, json!("Hi `{member}`"), "`Hi '{member}'`");
    }

    #[test]
    fn what_is_stored_fits_only_as_we_store_it() {
        let check = |field: Field, value: Value, expected: bool| assert_eq!(field.accepts(&value), expected, "{value}");
        check(CHOICE, json!("all"), true);
        check(CHOICE, json!("Everything"), false);
        check(CHANNEL, json!("<#7>"), false);
        check(ZONE, json!("europe/brussels"), false);
        check(DURATION, json!(99_999_999_999_999_i64), false);
        check(DURATION, json!(i64::MIN), false);
        check(NUMBER, json!(1), true);
        check(INTEGER, json!(1.5), false);
    }

    #[test]
    fn templates_are_filled_in_once() {
        let value = |name: &str| (name == "member").then(|| "{count}".to_owned());
        assert_eq!(fill("Hi {member} {count} {", value), "Hi {count} {count} {");
    }

    /// Values of a kind, as they may be stored.
    fn stored() -> impl Strategy<Value = (Field, Value)> {
        prop_oneof![
            (1..=i64::MAX).prop_map(|id| (CHANNEL, json!(id.to_string()))),
            (1..=i64::MAX).prop_map(|id| (ROLE, json!(id.to_string()))),
            (-5i64..=365).prop_map(|number| (INTEGER, json!(number))),
            (0.0..=2.0).prop_map(|number: f64| (NUMBER, json!(number))),
            any::<bool>().prop_map(|on| (BOOLEAN, json!(on))),
            "[^\\s\\pC]{1,10}".prop_map(|text| (TEXT, json!(text))),
            prop_oneof![Just("all"), Just("few")].prop_map(|value| (CHOICE, json!(value))),
            (0i64..=4320).prop_map(|minutes| (DURATION, json!(minutes))),
            prop_oneof![Just("Europe/Brussels"), Just("America/New_York"), Just("UTC")].prop_map(|z| (ZONE, json!(z))),
            "[a-z]{0,5}(\\{(member|count)\\})?[a-z]{1,5}".prop_map(|text| (TEMPLATE, json!(text))),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back((field, value) in stored()) {
            prop_assert!(field.accepts(&value), "{value}");
            prop_assert_eq!(field.parse(&field.write(&value)), Ok(value));
        }

        #[test]
        fn what_is_read_is_accepted(text in ".{0,40}") {
            for field in [CHANNEL, ROLE, INTEGER, NUMBER, BOOLEAN, TEXT, CHOICE, DURATION, ZONE, TEMPLATE] {
                if let Ok(value) = field.parse(&text) {
                    prop_assert!(field.accepts(&value), "{text}: {value}");
                }
                prop_assert!(!field.accepts(&json!([text.clone()])));
            }
        }
    }
}
