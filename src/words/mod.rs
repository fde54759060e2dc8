//! What people read, in their language: Project Fluent's files (<https://projectfluent.org>), a folder a language and a
//! file a feature.
//!
//! [`said!`](crate::said) makes a sentence that is not yet in any language ([`Said`]), [`say!`](crate::say) the text in
//! one. The build script makes a struct of each English message, so one that is missing or lacks an argument does not
//! compile; [`check()`] finds what the other languages lack.

mod bundle;
mod check;
mod choosing;
mod marks;
#[cfg(feature = "dev")]
mod shown;
pub(crate) mod variables;
#[cfg(feature = "dev")]
mod witness;

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use bundle::{Language, known_languages, visit};
pub use check::{Problem, check, check_known, count, count_untranslated, files};
pub use messages::LANGUAGES;
#[cfg(feature = "dev")]
pub use shown::said_by;

/// The messages by name, made of `locales/en`.
#[allow(non_camel_case_types)]
pub mod messages {
    use super::{Msg, Said, Value};

    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// A sentence in no language yet: the name of a message with its arguments.
///
/// `said!(faq_removed, number = 5, title)`; an argument alone is a variable of that name.
#[macro_export]
macro_rules! said {
    ($id:ident $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::words::Said::from($crate::words::messages::$id {
            $($name: $crate::words::Value::from($crate::said!(@value $name $($value)?)),)*
        })
    };
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
}

/// The text of a message in a language: `say!(cx.language, faq_removed, number = 5, title)`.
#[macro_export]
macro_rules! say {
    ($language:expr, $($message:tt)+) => {
        $language.say(&$crate::said!($($message)+))
    };
}

/// The name of a message without arguments, for tables that are there before anybody reads: `msg!(faq_form_title_label)`.
#[macro_export]
macro_rules! msg {
    ($id:ident) => {
        $crate::words::messages::$id::MSG
    };
}

/// A message without arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Msg(Name);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Id(&'static str),
    Verbatim(&'static str),
}

/// A sentence in no language yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// A message with its arguments.
    Message {
        /// Its id, `message.attribute` for an attribute.
        id: Cow<'static, str>,
        /// The arguments by name.
        arguments: Vec<(&'static str, Value)>,
    },
    /// What is the same in every language: a name, or what somebody wrote.
    Verbatim(String),
    /// One after the other.
    Joined {
        /// What is said.
        parts: Vec<Said>,
        /// What stands between them.
        between: Between,
    },
    /// An enumeration: “a, b and c”.
    All(Vec<Said>),
}

/// What stands between what is said one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// Nothing.
    Nothing,
    /// A new line.
    Line,
    /// What a language puts between the items of a list, such as a comma.
    Items,
    /// What a language puts between sentences, such as a space.
    Sentences,
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text that is the same in every language, such as a name or a mention.
    Text(String),
    /// A whole number, which may decide between singular and plural. An id is text.
    Number(i64),
    /// Of how many something is, which is likewise; a large one is written with the mark of the language between thousands.
    Amount(i64),
    /// Another number, written with the mark of the language.
    Decimal(f64),
    /// Something that is said in the same language.
    Said(Box<Said>),
}

/// Of how many something is, where there may be thousands.
pub fn amount(count: impl TryInto<i64>) -> Value {
    Value::Amount(count.try_into().unwrap_or(i64::MAX))
}

/// What stands between the items of a list that people type, as languages write it; what we show with what a language puts
/// between items can be typed again.
pub const ITEM_MARKS: [char; 5] = [',', ';', '،', '、', '，'];

/// What can be said to people.
pub trait Say {
    /// The sentence.
    fn said(&self) -> Said;

    /// The same in a language.
    fn say(&self, language: Language) -> String {
        language.say(&self.said())
    }
}

impl Say for Said {
    fn said(&self) -> Said {
        self.clone()
    }

    fn say(&self, language: Language) -> String {
        language.say(self)
    }
}

impl Say for Msg {
    fn said(&self) -> Said {
        Said::from(*self)
    }
}

impl Msg {
    /// The message of that id; made by the build script, which knows that it is there.
    pub(crate) const fn of(id: &'static str) -> Msg {
        Msg(Name::Id(id))
    }

    /// What is called the same in every language.
    pub const fn verbatim(text: &'static str) -> Msg {
        Msg(Name::Verbatim(text))
    }
}

impl From<Msg> for Said {
    fn from(msg: Msg) -> Said {
        match msg.0 {
            Name::Id(id) => Said::of(id, Vec::new()),
            Name::Verbatim(text) => Said::Verbatim(text.to_owned()),
        }
    }
}

impl Said {
    /// A message with its arguments; made by [`said!`](crate::said), which knows that they fit.
    pub(crate) fn of(id: &'static str, arguments: Vec<(&'static str, Value)>) -> Said {
        Said::Message { id: Cow::Borrowed(id), arguments }
    }

    /// A message that is found by a path, such as what a command does; `wiring.rs` checks that it is there.
    pub(crate) fn by_path(id: String) -> Said {
        Said::Message { id: Cow::Owned(id), arguments: Vec::new() }
    }

    /// The same in English, for the log and for operators.
    pub fn in_english(&self) -> String {
        Language::ENGLISH.say(self)
    }

    /// The same between two marks of code.
    pub fn code(self) -> Said {
        Said::Joined { parts: vec![Said::from("`"), self, Said::from("`")], between: Between::Nothing }
    }

    /// One line after the other.
    pub fn lines(parts: Vec<Said>) -> Said {
        Said::Joined { parts, between: Between::Line }
    }

    /// What there is, one item after the other: “a, b, c”.
    pub fn list(parts: impl IntoIterator<Item = impl Into<Said>>) -> Said {
        Said::Joined { parts: parts.into_iter().map(Into::into).collect(), between: Between::Items }
    }

    /// Any one of these: “a or b”; nothing of none.
    pub fn any(parts: impl IntoIterator<Item = Said>) -> Option<Said> {
        parts.into_iter().reduce(|left, right| crate::said!(words_or, left, right))
    }

    /// One after the other in a line.
    pub fn sentences(parts: Vec<Said>) -> Said {
        Said::Joined { parts, between: Between::Sentences }
    }
}

/// What is longer is nobody's length of time, and said in minutes.
const LONGEST_MINUTES: i64 = 1_000_000 * 1440;

/// A length of time, short: “1d 2h 30m”.
pub fn say_minutes(minutes: i64) -> Said {
    say_units(
        minutes,
        |count| crate::said!(words_days, count),
        |count| crate::said!(words_hours, count),
        |count| crate::said!(words_minutes, count),
    )
}

/// The same in a sentence or on a button, where a language writes it out: “1 dag 2 uur”.
pub fn say_minutes_in_full(minutes: i64) -> Said {
    say_units(
        minutes,
        |count| crate::said!(words_days_in_full, count),
        |count| crate::said!(words_hours_in_full, count),
        |count| crate::said!(words_minutes_in_full, count),
    )
}

fn say_units(minutes: i64, in_days: fn(i64) -> Said, in_hours: fn(i64) -> Said, in_minutes: fn(i64) -> Said) -> Said {
    // What is stored may be anything, also less than nothing, or a million years.
    if !(1..=LONGEST_MINUTES).contains(&minutes) {
        return in_minutes(minutes);
    }
    let units = [(minutes / 1440, in_days), (minutes / 60 % 24, in_hours), (minutes % 60, in_minutes)];
    Said::sentences(units.into_iter().filter(|(count, _)| *count > 0).map(|(count, say)| say(count)).collect())
}

/// A date: “Monday 1 March 2027”.
pub fn say_date(date: jiff::civil::Date) -> Said {
    let (day, month) = (i32::from(date.day()), i32::from(date.month()));
    crate::said!(reminder_times_date, weekday = weekday_key(date.weekday()), day, month, year = date.year())
}

/// By which messages choose a weekday.
pub fn weekday_key(day: jiff::civil::Weekday) -> &'static str {
    use jiff::civil::Weekday;
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

/// What a command, an option or a group of settings is called where it is read: `names-…`. One that nobody has named is
/// called the same in every language.
pub fn name_of(name: &str) -> Said {
    let id = format!("names-{name}");
    if Language::ENGLISH.knows(&id) { Said::by_path(id) } else { Said::from(name) }
}

/// What Discord shows to people of other languages in the place of a text that is registered
/// (<https://discord.com/developers/docs/interactions/application-commands#localization>): by locale, where a language
/// says it that is not English.
pub fn localizations(said: &Said) -> std::collections::HashMap<String, String> {
    let languages = LOCALES_OF_DISCORD.iter().filter_map(|locale| Some((*locale, Language::of_locale(locale)?)));
    let others = languages.filter(|(_, language)| *language != Language::ENGLISH);
    others.map(|(locale, language)| (locale.to_owned(), language.say(said))).collect()
}

/// The languages that somebody's Discord may have (<https://discord.com/developers/docs/reference#locales>).
const LOCALES_OF_DISCORD: [&str; 34] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
    "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko", "he",
    "ar",
];

impl From<String> for Said {
    fn from(text: String) -> Said {
        Said::Verbatim(text)
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Said {
        Said::Verbatim(text.to_owned())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<Said> for Value {
    fn from(said: Said) -> Value {
        Value::Said(Box::new(said))
    }
}

impl From<Msg> for Value {
    fn from(msg: Msg) -> Value {
        Said::from(msg).into()
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Decimal(number)
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {
        $(impl From<$number> for Value {
            fn from(number: $number) -> Value {
                Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        })*
    };
}

whole_numbers!(u8, u16, u32, u64, usize, i16, i32, i64);

impl<T> From<twilight_model::id::Id<T>> for Value {
    fn from(id: twilight_model::id::Id<T>) -> Value {
        Value::Text(id.to_string())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // One of our own names, as the variant of an enum is, and no text of somebody's: so custom ids may carry it.
        serializer.serialize_unit_variant("Language", self.place().into(), self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
        let code = Cow::<str>::deserialize(deserializer)?;
        Language::of_code(&code).ok_or_else(|| serde::de::Error::custom("a language that nobody has translated"))
    }
}
