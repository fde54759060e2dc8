//! Placeholders: how they are written, recognised even when altered, and replaced by values again.

use std::sync::LazyLock;

use regex::bytes::Regex;
use unicode_normalization::UnicodeNormalization;

use super::kind::Kind;
use super::view::{View, is_invisible};
use super::{Finding, mail, pattern};

/// A text with its values in their places again.
#[derive(Clone, PartialEq, Eq)]
pub struct Restored {
    /// The text.
    pub text: String,
    /// How many marks stand in it for placeholders that were altered or never given.
    pub lost: usize,
}

// What is restored is private.
impl std::fmt::Debug for Restored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Restored").field("lost", &self.lost).finish_non_exhaustive()
    }
}

/// What may have been a placeholder before a model, or a member, had it: other brackets, case, spaces, zeros.
static ALIKE: LazyLock<Regex> = LazyLock::new(|| {
    let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    pattern(&format!(
        r"(?i)(?:[<\[{{]|&lt;)[\s/\\]{{0,3}}(?P<kind>{}|e-mail|mail|telefoon|tel|rekening|kaart|adres|referentie|kenteken|geheim)[\s_:#-]{{0,3}}[0-9]{{1,9}}[\s/\\]{{0,3}}(?:[>\]}}]|&gt;)",
        names.join("|")
    ))
});

/// The placeholder of a value.
pub(super) fn write(kind: Kind, number: usize) -> String {
    format!("<{}-{number}>", kind.name())
}

/// What a text has that [`restore`] would take for a placeholder, or for the rest of one.
pub(super) fn find(view: &View) -> Vec<Finding> {
    ALIKE.find_iter(view.bytes()).map(|found| Finding { range: found.range(), kind: Kind::Typed }).collect()
}

/// Puts back what `value` has for a placeholder. Values are not searched for placeholders again.
pub(super) fn restore<'a>(text: &str, value: impl Fn(Kind, usize) -> Option<&'a str>) -> Restored {
    let view = View::of(text);
    let mut restored = Restored { text: String::with_capacity(text.len()), lost: 0 };
    let mut from = 0;
    for found in ALIKE.captures_iter(view.bytes()) {
        let Some(whole) = found.get(0).and_then(|whole| view.source(whole.range())) else { continue };
        let name = found.name("kind").map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned());
        let Some(kind) = name.and_then(|name| Kind::named(&name)) else { continue };
        restored.text.push_str(text.get(from..whole.start).unwrap_or_default());
        let number = number_in(&text[whole.clone()], kind);
        match number.and_then(|number| value(kind, number)) {
            Some(value) => restored.text.push_str(value),
            None => {
                restored.text.push_str(&mark(kind));
                restored.lost += 1;
            }
        }
        from = whole.end;
    }
    restored.text.push_str(text.get(from..).unwrap_or_default());
    restored
}

/// The number of a placeholder that stands as it was given.
fn number_in(text: &str, kind: Kind) -> Option<usize> {
    let number = text.strip_prefix('<')?.strip_prefix(kind.name())?.strip_prefix('-')?.strip_suffix('>')?;
    number.parse().ok().filter(|number| write(kind, *number) == text)
}

/// What staff sees where a value is lost.
fn mark(kind: Kind) -> String {
    format!("[{}?]", kind.name())
}

/// A value as it is compared with others of its kind: what differs here has another placeholder.
pub(super) fn compared(kind: Kind, value: &str) -> String {
    let folded = || value.nfkc().filter(|letter| !is_invisible(*letter)).flat_map(char::to_lowercase);
    match kind {
        // One other letter is another secret.
        Kind::Secret | Kind::Typed => value.to_owned(),
        Kind::Email => mail::joined(&folded().collect::<String>()),
        Kind::Phone => {
            let digits: String = folded().filter(char::is_ascii_digit).collect();
            digits.strip_prefix("00").map(str::to_owned).unwrap_or(digits)
        }
        Kind::Address | Kind::Ip => {
            let spaced: String =
                folded().map(|letter| if letter.is_alphanumeric() || letter == ':' { letter } else { ' ' }).collect();
            spaced.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        _ => folded().filter(|letter| letter.is_alphanumeric()).collect(),
    }
}
