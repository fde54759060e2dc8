//! What in a sentence is a fact: something that is either so in a source, or made up.
//!
//! Links, addresses, telephones, numbers with their units, dates, times, versions, commands, mentions, code, quoted words, and
//! names. All else is wording, of which `support` looks whether it is about the same.

mod dates;
mod marks;
mod names;
mod number_words;
mod numbers;
mod reach;
mod tokens;

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

pub(super) use numbers::is_of_number;
pub(super) use reach::{canonical, links_in};

use super::fold::{as_it_looks, folded};
use crate::knowledge::text;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    /// Five of them are a week, so they are no days.
    Workday,
    Week,
    Month,
    Year,
    Percent,
    Cent,
    Euro,
    Dollar,
    Pound,
}

impl Unit {
    /// Whether a number without a unit can be meant: a table says "14" under "days", but no price is a price without its coin.
    fn may_be_silent(self) -> bool {
        !matches!(self, Unit::Percent | Unit::Cent | Unit::Euro | Unit::Dollar | Unit::Pound)
    }
}

/// A fact in one form, however it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Fact {
    /// An address of the web, as `reach` writes it.
    Link(String),
    Email(String),
    /// Its digits, without the country.
    Phone(String),
    /// Its digits, with a point before decimals.
    Number(String, Option<Unit>),
    Date {
        year: Option<u16>,
        month: u8,
        day: Option<u8>,
    },
    /// From Monday, 0, to Sunday.
    Weekday(u8),
    /// Days from today.
    Relative(i8),
    /// Minutes from midnight.
    Time(u16),
    Version(String),
    /// What Discord reads as more than text: `<@1>`, `<#1>`, `</faq:1>`, `<t:1:R>`, `<:smile:1>`, as it stands.
    Markup(String),
    /// `@everyone` and `@here`.
    Everyone,
    /// `<email-1>`: what stands in the place of what the model may not see.
    Placeholder(String),
    /// `/faq`, `@moderators`, `#general`, `latest.log`, `Vandevelde`, `K7`: a word that names something.
    Name(String),
    /// Code and quoted words, folded.
    Verbatim(String),
}

/// What a sentence claims.
pub(super) fn claimed(text: &str) -> BTreeSet<Fact> {
    found_in(text, Reading::Claimed)
}

/// How a text is read. What is in doubt is no claim, but known: "one" and "een" are numbers where one is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Claimed,
    Known,
}

fn found_in(text: &str, reading: Reading) -> BTreeSet<Fact> {
    let mut facts = BTreeSet::new();
    let text = reach::with_plain_dots(&as_it_looks(text));
    // Each reader takes out what it has read, so that nothing is read twice: the digits of a link are no numbers.
    marks::read_whole(&text, &mut facts);
    let text = reach::read(&text, &mut facts);
    let text = marks::read(&text, &mut facts);
    let tokens = tokens::tokens(&text);
    let (tokens, taken) = dates::read(&tokens, reading, &mut facts);
    let text = without(&text, &taken);
    let (text, tokens) = reach::read_phones(text, tokens, &mut facts);
    numbers::read(&tokens, reading, &mut facts);
    if reading == Reading::Claimed {
        names::read(&text, &mut facts);
    }
    facts
}

/// `text` with spaces in the place of `ranges`, which are in order; what stands behind keeps its place.
fn without(text: &str, ranges: &[Range<usize>]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        rest.push_str(&text[from..range.start.max(from)]);
        rest.extend(std::iter::repeat_n(' ', range.end.saturating_sub(rest.len())));
        from = range.end.max(from);
    }
    rest.push_str(&text[from..]);
    rest
}

/// What a text knows.
#[derive(Debug, Default)]
pub(super) struct Known {
    facts: BTreeSet<Fact>,
    /// Numbers, whatever they count.
    numbers: HashSet<String>,
    /// Folded words and the parts of those with hyphens.
    words: HashSet<String>,
    folded: String,
}

impl Known {
    pub(super) fn of(text: &str) -> Known {
        let facts = found_in(text, Reading::Known);
        let numbers = facts.iter().filter_map(|fact| match fact {
            Fact::Number(number, _) => Some(number.clone()),
            _ => None,
        });
        let looks = as_it_looks(text);
        let mut words = HashSet::new();
        for range in text::words(&looks) {
            let word = text::fold(&looks[range]);
            words.extend(names::parts(&word).map(str::to_owned));
            words.insert(word);
        }
        Known { numbers: numbers.collect(), words, folded: format!(" {} ", folded(text)), facts }
    }

    /// Whether it says so.
    pub(super) fn has(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Number(number, None) => self.numbers.contains(number),
            Fact::Number(number, Some(unit)) if unit.may_be_silent() => {
                self.facts.contains(fact) || self.facts.contains(&Fact::Number(number.clone(), None))
            }
            Fact::Date { year: None, month, day } => self.facts.iter().any(|known| match known {
                Fact::Date { month: other, day: known_day, .. } => {
                    other == month && (day.is_none() || day == known_day)
                }
                _ => false,
            }),
            Fact::Name(name) => self.words.contains(name) || self.facts.contains(fact),
            Fact::Verbatim(words) => self.folded.contains(&format!(" {words} ")),
            Fact::Everyone => false,
            _ => self.facts.contains(fact),
        }
    }

    /// The folded text, with a space at both ends.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    pub(super) fn words(&self) -> &HashSet<String> {
        &self.words
    }
}

#[cfg(test)]
mod tests;
