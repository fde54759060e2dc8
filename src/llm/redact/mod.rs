//! Hides what is private before a text leaves for a model, and puts it back for staff.
//!
//! Every value becomes a placeholder such as `<email-1>`. Which value stands behind which placeholder is known to the
//! [`Redactor`] of the conversation alone: it is neither stored nor printed. Detectors read a plain form of the text
//! ([`view::View`]), so that invisible characters, wide letters and spelled-out addresses hide nothing from them; what
//! they do not take stays as it was written.
//!
//! Names of people, dates of birth and free descriptions are not found: nothing here understands a sentence.

mod account;
mod address;
mod contexts;
mod digits;
mod document;
mod exempt;
mod keyed;
mod kind;
mod mail;
mod network;
mod password;
mod phone;
mod placeholder;
mod reach;
mod secret;
mod sums;
#[cfg(test)]
mod tests;
mod view;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use contexts::Contexts;
use exempt::Exempt;
pub use kind::Kind;
pub use placeholder::Restored;
use reach::Groups;
use view::View;

/// Values shorter than this are not looked for again where nothing tells what they are.
const SHORTEST_KNOWN: usize = 6;

/// The same of values that are letters alone: short ones are words of every day.
const SHORTEST_KNOWN_WORD: usize = 8;

/// What one conversation hides.
///
/// The same value has the same placeholder throughout, whatever its case and spacing; it is put back the way it was
/// written first. It takes what people wrote, never what was redacted before.
#[derive(Default)]
pub struct Redactor {
    /// The values of each kind; the first has the number 1.
    written: HashMap<Kind, Vec<String>>,
    /// The number of each value, as it is compared.
    numbers: HashMap<(Kind, String), usize>,
    /// Words that are hidden wherever they stand, because they have stood where they were told to be secret.
    known: HashMap<String, Kind>,
}

/// A piece of a [`View`] that is to be hidden.
#[derive(Clone, Debug, PartialEq)]
struct Finding {
    range: Range<usize>,
    kind: Kind,
}

impl Redactor {
    /// Nothing is hidden yet.
    pub fn new() -> Redactor {
        Redactor::default()
    }

    /// Reads a text for passwords and the like, so that they are hidden in texts before it too.
    ///
    /// A member may try a word first and say afterwards that it is the password.
    pub fn learn(&mut self, text: &str) {
        self.hide(text);
    }

    /// The text with a placeholder for every private value.
    pub fn redact(&mut self, text: &str) -> String {
        let mut redacted = String::with_capacity(text.len());
        let mut from = 0;
        for Hidden { range, kind } in self.hide(text) {
            redacted.push_str(&text[from..range.start]);
            let number = self.number(kind, &text[range.clone()]);
            redacted.push_str(&placeholder::write(kind, number));
            from = range.end;
        }
        redacted.push_str(&text[from..]);
        redacted
    }

    /// Puts the values back, for the eyes of staff alone.
    ///
    /// Only a placeholder exactly as it was given is replaced. One that was altered, or that was never given, becomes
    /// a mark: a wrong value is worse than none.
    pub fn restore(&self, text: &str) -> Restored {
        placeholder::restore(text, |kind, number| {
            self.written.get(&kind)?.get(number.checked_sub(1)?).map(String::as_str)
        })
    }

    /// The same for what may be posted where others read it: what opens an account stays a mark, and so does what would be more
    /// than text there. What was said of a placeholder was not said of what it stands for.
    pub fn restore_to_post(&self, text: &str) -> Restored {
        let is_plain = |value: &&String| !value.contains(['<', '[', '`', '\n']) && !value.contains("://");
        placeholder::restore(text, |kind, number| {
            let value = self.written.get(&kind)?.get(number.checked_sub(1)?);
            value.filter(|_| kind.may_be_posted()).filter(is_plain).map(String::as_str)
        })
    }

    /// How many values are hidden.
    pub fn len(&self) -> usize {
        self.written.values().map(Vec::len).sum()
    }

    /// Whether nothing is hidden.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// What of a text is to be hidden, in order.
    fn hide(&mut self, text: &str) -> Vec<Hidden> {
        let view = View::of(text);
        let mut hidden = in_source(&view, find(&view));
        for Hidden { range, kind } in &hidden {
            self.remember(&text[range.clone()], *kind);
        }
        let again = self.find_known(text);
        if !again.is_empty() {
            hidden.extend(again);
            hidden = merged(hidden);
        }
        hidden
    }

    fn number(&mut self, kind: Kind, value: &str) -> usize {
        let values = self.written.entry(kind).or_default();
        *self.numbers.entry((kind, placeholder::compared(kind, value))).or_insert_with(|| {
            values.push(value.to_owned());
            values.len()
        })
    }

    /// A password is told once by the words before it; later it stands alone.
    fn remember(&mut self, value: &str, kind: Kind) {
        let is_told_by_words = matches!(kind, Kind::Secret | Kind::Document | Kind::Plate);
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
        let is_odd = value.len() >= if has_digit { SHORTEST_KNOWN } else { SHORTEST_KNOWN_WORD };
        if is_told_by_words && is_odd && !value.contains(char::is_whitespace) {
            self.known.insert(value.to_owned(), kind);
        }
    }

    fn find_known(&self, text: &str) -> Vec<Hidden> {
        if self.known.is_empty() {
            return Vec::new();
        }
        let around = |letter: char| !letter.is_alphanumeric();
        let mut found = Vec::new();
        let mut at = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            // With its marks and without: some secrets end with one.
            let bare = word.trim_matches(around);
            let ends = word.trim().trim_end_matches(['.', ',', ';', ':', '?', ')', '"', '\'']);
            for form in [word.trim(), ends, bare] {
                let Some((kind, start)) = self.known.get(form).copied().zip(word.find(form)) else { continue };
                found.push(Hidden { range: at + start..at + start + form.len(), kind });
                break;
            }
            at += word.len();
        }
        found
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").field("hidden", &self.len()).finish_non_exhaustive()
    }
}

/// A piece of what was written that is to be hidden.
struct Hidden {
    range: Range<usize>,
    kind: Kind,
}

/// All detectors, those first that know best what they see.
fn find(view: &View) -> Vec<Finding> {
    let mut found = placeholder::find(view);
    found.extend(secret::find(view));
    // Chance makes words in keys, which tell nothing.
    found.sort_by_key(|finding| finding.range.start);
    let contexts = Contexts::of(view, &found);
    let groups = Groups::of(view);
    let exempt = Exempt::of(view);
    found.extend(password::find(view));
    found.extend(keyed::find(view, &exempt));
    found.extend(mail::find(view));
    found.extend(account::find(view, &contexts));
    found.extend(document::find(view, &contexts, &exempt));
    found.extend(digits::find(view, &groups, &contexts, &exempt));
    found.extend(network::find(view, &contexts));
    found.extend(address::find(view, &contexts));
    found
}

/// Where the findings stand in what was written.
fn in_source(view: &View, found: Vec<Finding>) -> Vec<Hidden> {
    let ranges =
        found.into_iter().filter_map(|Finding { range, kind }| Some(Hidden { range: view.source(range)?, kind }));
    merged(ranges.collect())
}

/// In order, and as one where they overlap: of two findings neither may show what the other left.
fn merged(mut found: Vec<Hidden>) -> Vec<Hidden> {
    // Stable: of two with the same range the better detector stays first.
    found.sort_by_key(|hidden| (hidden.range.start, usize::MAX - hidden.range.end));
    let mut merged: Vec<Hidden> = Vec::with_capacity(found.len());
    let mut longest = 0;
    for hidden in found {
        match merged.last_mut() {
            Some(last) if hidden.range.start < last.range.end => {
                // What is secret is so in whatever it stands.
                if hidden.range.len() > longest && last.kind != Kind::Secret || hidden.kind == Kind::Secret {
                    longest = hidden.range.len();
                    last.kind = hidden.kind;
                }
                last.range.end = last.range.end.max(hidden.range.end);
            }
            _ => {
                longest = hidden.range.len();
                merged.push(hidden);
            }
        }
    }
    merged
}

/// A pattern over the bytes of a [`View`], where letters of other scripts are `\xFF`.
fn pattern(source: &str) -> regex::bytes::Regex {
    regex::bytes::RegexBuilder::new(source).unicode(false).build().expect("the patterns here are constant and tested")
}

/// Words of a list, to look them up.
fn words(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}
