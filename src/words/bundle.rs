//! The languages, and how a message becomes text in one of them.

use std::borrow::Cow;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Pattern;
use unic_langid::LanguageIdentifier;

use super::messages::LOCALES;
use super::{Between, Said, Value};

/// A language that the bot speaks: a folder of `locales`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(u8);

type Bundle = FluentBundle<FluentResource>;

struct Spoken {
    bundle: Bundle,
}

static SPOKEN: LazyLock<Vec<Spoken>> =
    LazyLock::new(|| LOCALES.iter().map(|(code, files)| Spoken::of(code, files)).collect());

/// A folder that is looked at and not built in, with its name.
static VISITOR: OnceLock<(String, Spoken)> = OnceLock::new();

/// The language of that folder.
const VISITING: Language = Language(u8::MAX);

/// Lets this process say things in a language of a folder that is not built in, in the place of the one of that name, if
/// there is one: for whoever looks what becomes of it. `false` if another does so already.
pub fn visit(code: &str, files: &[(&str, &str)]) -> bool {
    VISITOR.set((code.to_owned(), Spoken::of(code, files))).is_ok()
}

impl Spoken {
    fn of(code: &str, files: &[(&str, &str)]) -> Spoken {
        let id: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Discord shows marks of direction as boxes on some systems, and neither language changes it.
        bundle.set_use_isolating(false);
        for (_, text) in files {
            // A file that is wrong in part is used as far as it is right; `check` says where it is wrong.
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            let _ = bundle.add_resource(resource);
        }
        let mark = bundle.get_message("words-thousands-mark").and_then(|message| message.value());
        let mark = mark.map(|mark| bundle.format_pattern(mark, None, &mut Vec::new()).into_owned());
        bundle.set_formatter(match mark.as_deref() {
            Some(",") => Some(group::<',', _>),
            Some(".") => Some(group::<'.', _>),
            Some("'") => Some(group::<'\'', _>),
            Some("\u{a0}") => Some(group::<'\u{a0}', _>),
            Some("\u{202f}") => Some(group::<'\u{202f}', _>),
            _ => None,
        });
        Spoken { bundle }
    }
}

/// From so many on there is a mark between thousands: four digits are read at a glance.
const MANY: u64 = 10_000;

/// Writes a large number of things with `MARK` between its thousands; any other value is Fluent's affair.
fn group<const MARK: char, M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if number.options.minimum_integer_digits != AMOUNT {
        return None;
    }
    let digits = format!("{:.0}", number.value);
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digit.is_ascii_digit() && !text.ends_with('-') {
            text.push(MARK);
        }
        text.push(digit);
    }
    Some(text)
}

/// By which a large number of things is known from a number that is a name. Fluent takes numbers of other options for others, so
/// smaller ones have none: they may be variants of their own.
const AMOUNT: Option<usize> = Some(1);

/// A large number of things, at most 2^53.
#[allow(clippy::cast_precision_loss)]
fn many(number: i64) -> FluentNumber {
    let options = FluentNumberOptions { minimum_integer_digits: AMOUNT, ..FluentNumberOptions::default() };
    FluentNumber::new(number as f64, options)
}

/// All languages, English first.
pub fn known_languages() -> impl Iterator<Item = Language> {
    (0..LOCALES.len()).filter_map(|at| u8::try_from(at).ok()).map(Language)
}

/// The name of the folder that visits; nothing where none does.
fn visitor() -> &'static str {
    VISITOR.get().map_or("", |(code, _)| code)
}

impl Language {
    /// The language that somebody prefers of those that the bot speaks
    /// (<https://www.rfc-editor.org/rfc/rfc9110#field.accept-language>). The server bounds the length of headers.
    pub fn preferred(accepted: &str) -> Option<Language> {
        let mut best: Option<(f32, Language)> = None;
        for wish in accepted.split(',') {
            let (tag, weight) = wish.split_once(';').unwrap_or((wish, "q=1"));
            let weight: Option<f32> = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
            let (Some(weight), Some(language)) = (weight, Language::of_locale(tag.trim())) else { continue };
            // Of several that are wanted as much the first counts.
            if weight > best.map_or(0.0, |(weight, _)| weight) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }

    /// The one that lacks nothing.
    pub const ENGLISH: Language = Language(0);

    /// Reads the files of all languages, so that nobody waits for it later.
    pub fn load() {
        LazyLock::force(&SPOKEN);
    }

    /// Its folder's name, a tag of BCP 47.
    pub fn code(self) -> &'static str {
        LOCALES.get(usize::from(self.0)).map_or_else(visitor, |(code, _)| *code)
    }

    /// Its place in the list of languages of this build.
    pub(super) fn place(self) -> u8 {
        self.0
    }

    /// The language with this tag.
    pub fn of_code(code: &str) -> Option<Language> {
        known_languages().find(|it| it.code() == code)
    }

    /// The language for one of Discord's locales: that one, or one that differs only by region
    /// (<https://discord.com/developers/docs/reference#locales>).
    pub fn of_locale(locale: &str) -> Option<Language> {
        let language = |tag: &'_ str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let spoken = || VISITOR.get().map(|_| VISITING).into_iter().chain(known_languages());
        let same = spoken().find(|it| it.code().eq_ignore_ascii_case(locale));
        same.or_else(|| spoken().find(|it| language(it.code()) == language(locale)))
    }

    /// A sentence in this language.
    pub fn say(self, said: &Said) -> String {
        match said {
            Said::Verbatim(text) => text.clone(),
            Said::Joined { parts, between } => {
                let parts: Vec<String> = parts.iter().map(|part| self.say(part)).collect();
                match between {
                    _ if parts.len() < 2 => parts.concat(),
                    Between::Nothing => parts.concat(),
                    Between::Line => parts.join("\n"),
                    Between::Items => parts.join(&crate::say!(self, words_between_items)),
                    Between::Sentences => parts.join(&crate::say!(self, words_between_sentences)),
                }
            }
            Said::All(parts) => self.enumerate(parts),
            Said::Message { id, arguments } => {
                let text = self.format(id, arguments);
                // What another language lacks is said in English: better than nothing, and a test finds it first.
                let text = text.or_else(|| Language::ENGLISH.format(id, arguments));
                let text = text.unwrap_or_else(|| {
                    tracing::error!(%id, "nobody says this message");
                    String::new()
                });
                #[cfg(feature = "dev")]
                super::witness::note(id, &text);
                text
            }
        }
    }

    /// Whether it says this message by itself.
    pub(crate) fn knows(self, id: &str) -> bool {
        self.find(id).is_some()
    }

    /// What a message says that takes no arguments.
    #[cfg(feature = "dev")]
    pub(super) fn say_plainly(self, id: &str) -> Option<String> {
        self.format(id, &[])
    }

    fn enumerate(self, parts: &[Said]) -> String {
        let mut texts: Vec<String> = parts.iter().map(|part| self.say(part)).collect();
        let Some(right) = texts.pop() else { return String::new() };
        if texts.is_empty() {
            return right;
        }
        let left = texts.join(&crate::say!(self, words_between_items));
        crate::say!(self, words_and, left, right)
    }

    /// What it says under an id, before anything is put in.
    fn find(self, id: &str) -> Option<(&'static Bundle, &'static Pattern<&'static str>)> {
        let visiting = || VISITOR.get().map(|(_, spoken)| spoken);
        let bundle = &SPOKEN.get(usize::from(self.0)).or_else(visiting)?.bundle;
        let (id, attribute) = id.split_once('.').map_or((id, None), |(id, attribute)| (id, Some(attribute)));
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        Some((bundle, pattern))
    }

    fn format(self, id: &str, arguments: &[(&'static str, Value)]) -> Option<String> {
        let (bundle, pattern) = self.find(id)?;
        let given: Option<FluentArgs<'_>> =
            (!arguments.is_empty()).then(|| arguments.iter().map(|(name, value)| (*name, self.value(value))).collect());
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, given.as_ref(), &mut errors);
        if !errors.is_empty() {
            tracing::error!(%id, language = self.code(), ?errors, "a message does not fit its arguments");
        }
        Some(text.into_owned())
    }

    fn value(self, value: &Value) -> FluentValue<'_> {
        match value {
            Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            // Fluent counts in floating point; beyond that nobody counts, and no digit may change.
            Value::Number(number) | Value::Amount(number) if number.unsigned_abs() > 1 << 53 => {
                FluentValue::String(number.to_string().into())
            }
            Value::Amount(number) if number.unsigned_abs() >= MANY => FluentValue::Number(many(*number)),
            Value::Number(number) | Value::Amount(number) => FluentValue::from(*number),
            Value::Decimal(number) => FluentValue::String(Cow::Owned(self.write_decimal(*number))),
            Value::Said(said) => FluentValue::String(Cow::Owned(self.say(said))),
        }
    }

    /// A number as it is written in this language, with at most two places.
    pub fn write_decimal(self, number: f64) -> String {
        let text = format!("{number:.2}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        text.replace('.', &crate::say!(self, words_decimal_mark))
    }
}

impl Default for Language {
    fn default() -> Language {
        Language::ENGLISH
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_answered_in_the_language_that_it_prefers() {
        let check = |accepted: &str, expected: Option<&str>| {
            assert_eq!(Language::preferred(accepted).map(Language::code), expected, "{accepted}");
        };
        check("nl-BE,nl;q=0.9,en;q=0.8", Some("nl"));
        check("en;q=0.7, nl;q=0.8", Some("nl"));
        check("tlh, en", Some("en"));
        check("nl;q=0, en;q=0.1", Some("en"));
        check("tlh", None);
        check("*", None);
        check("nl;q=much", None);
    }
}
