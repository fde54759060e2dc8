//! Dates, days and times of the day.

use std::collections::BTreeSet;
use std::ops::Range;

use super::tokens::Token;
use super::{Fact, Reading, Unit};

/// The months with what both languages call them. "May" and "march" are words too, and so are the short names.
const MONTHS: [&[&str]; 12] = [
    &["january", "januari", "jan"],
    &["february", "februari", "feb", "febr"],
    &["march", "maart", "mar", "mrt"],
    &["april", "apr"],
    &["may", "mei"],
    &["june", "juni", "jun"],
    &["july", "juli", "jul"],
    &["august", "augustus", "aug"],
    &["september", "sept", "sep"],
    &["october", "oktober", "oct", "okt"],
    &["november", "nov"],
    &["december", "dec"],
];

/// From Monday.
const WEEKDAYS: [[&str; 2]; 7] = [
    ["monday", "maandag"],
    ["tuesday", "dinsdag"],
    ["wednesday", "woensdag"],
    ["thursday", "donderdag"],
    ["friday", "vrijdag"],
    ["saturday", "zaterdag"],
    ["sunday", "zondag"],
];

/// What Dutch writes in one word with a weekday, and the plural of both.
const PARTS_OF_DAY: [&str; 9] = ["s", "en", "avond", "avonden", "middag", "namiddag", "ochtend", "morgen", "nacht"];

const RELATIVE: [(&str, i8); 10] = [
    ("yesterday", -1),
    ("gisteren", -1),
    ("today", 0),
    ("today's", 0),
    ("tonight", 0),
    ("vandaag", 0),
    ("vanavond", 0),
    ("tomorrow", 1),
    ("morgen", 1),
    ("overmorgen", 2),
];

/// Reads dates and times, and answers with what is left, and with where they stand.
pub(super) fn read(tokens: &[Token], reading: Reading, facts: &mut BTreeSet<Fact>) -> (Vec<Token>, Vec<Range<usize>>) {
    let (mut rest, mut taken) = (Vec::with_capacity(tokens.len()), Vec::new());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let found = date(tokens, at).or_else(|| time(tokens, at));
        if let Some((fact, length)) = found {
            if reading == Reading::Known {
                rest.extend(tokens[at..at + length].iter().cloned());
                also_known(&fact, facts);
            }
            facts.insert(fact);
            taken.extend(tokens[at..at + length].iter().map(|token| token.range.clone()));
            at += length;
            continue;
        }
        if let Some(day) = day(tokens, at) {
            facts.insert(day);
            taken.push(token.range.clone());
        }
        rest.push(token.clone());
        at += 1;
    }
    (rest, taken)
}

/// As what else a date or a time may be meant.
fn also_known(fact: &Fact, facts: &mut BTreeSet<Fact>) {
    match *fact {
        // 03/12 is the third of December, or the twelfth of March.
        Fact::Date { year, month, day: Some(day) } if day <= 12 => {
            facts.insert(Fact::Date { year, month: day, day: Some(month) });
        }
        Fact::Time(minutes) if minutes % 60 == 0 => {
            facts.insert(Fact::Number((minutes / 60).to_string(), Some(Unit::Hour)));
        }
        _ => {}
    }
}

fn day(tokens: &[Token], at: usize) -> Option<Fact> {
    let word = tokens.get(at)?.word()?;
    let before = at.checked_sub(1).and_then(|at| tokens[at].word()).unwrap_or_default();
    if word == "morgen" && before.starts_with("goede") {
        return None;
    }
    let is_day = |names: &[&str; 2]| {
        names
            .iter()
            .any(|name| word.strip_prefix(name).is_some_and(|part| part.is_empty() || PARTS_OF_DAY.contains(&part)))
    };
    if let Some(day) = (0..7).find(|day| is_day(&WEEKDAYS[usize::from(*day)])) {
        return Some(Fact::Weekday(day));
    }
    RELATIVE.iter().find(|(name, _)| *name == word).map(|(_, days)| Fact::Relative(*days))
}

fn month(token: Option<&Token>) -> Option<u8> {
    let word = token?.word()?;
    (1..=12).find(|month| MONTHS[usize::from(*month) - 1].contains(&word))
}

/// A date, and how many tokens it takes.
fn date(tokens: &[Token], at: usize) -> Option<(Fact, usize)> {
    let token = tokens.get(at)?;
    if let Some(fact) = token.digits().and_then(date_in_digits) {
        return Some((fact, 1));
    }
    match token.small() {
        Some(day @ 1..=31) => {
            let mut next = at + 1;
            next += usize::from(tokens.get(next).and_then(Token::word).is_some_and(is_end));
            next += usize::from(tokens.get(next).is_some_and(|next| next.text == "of"));
            let month = month(tokens.get(next))?;
            let (year, length) = year(tokens, next + 1);
            Some((Fact::Date { year, month, day: u8::try_from(day).ok() }, next + 1 + length - at))
        }
        Some(_) => None,
        None => {
            let month = month(Some(token))?;
            let day = tokens.get(at + 1).and_then(Token::small).and_then(|day| u8::try_from(day).ok());
            let Some(day) = day.filter(|day| (1..=31).contains(day)) else {
                let (year, length) = year(tokens, at + 1);
                // Alone, only a long name is a month: "you may", "march on", "dec".
                let is_plain = token.text.len() > 5 || matches!(month, 4 | 6 | 7) && token.text.len() > 3;
                return (year.is_some() || is_plain || token.text == "maart")
                    .then_some((Fact::Date { year, month, day: None }, 1 + length));
            };
            let end = usize::from(tokens.get(at + 2).and_then(Token::word).is_some_and(is_end));
            // "June 14 days ago" is none.
            let (year, length) = year(tokens, at + 2 + end);
            Some((Fact::Date { year, month, day: Some(day) }, 2 + end + length))
        }
    }
}

fn is_end(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "e" | "de" | "ste")
}

/// A year, perhaps behind a comma, and how many tokens it takes.
fn year(tokens: &[Token], at: usize) -> (Option<u16>, usize) {
    let comma = usize::from(tokens.get(at).is_some_and(|token| token.is_sign(',')));
    let year = tokens.get(at + comma).and_then(Token::small).filter(|year| (1900..2200).contains(year));
    (year, if year.is_some() { 1 + comma } else { 0 })
}

/// `2026-03-12`, `12/03/2026`, `12.3.2026`: the day first, as it is written in the Low Countries.
fn date_in_digits(digits: &str) -> Option<Fact> {
    let parts: Vec<&str> = digits.split(['-', '/', '.']).collect();
    let [first, second, third] = parts[..] else { return None };
    let small = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
    let year = |text: &str| text.parse::<u16>().ok().filter(|year| text.len() == 4 && (1900..2200).contains(year));
    let (day, month, year) = match year(first) {
        Some(year) => (small(third)?, small(second)?, year),
        None => (small(first)?, small(second)?, year(third)?),
    };
    let (day, month) = if month > 12 { (month, day) } else { (day, month) };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Fact::Date {
        year: Some(year),
        month,
        day: Some(day),
    })
}

/// A time of the day, and how many tokens it takes.
fn time(tokens: &[Token], at: usize) -> Option<(Fact, usize)> {
    let token = tokens.get(at)?;
    let digits = token.digits()?;
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default();
    let split = |sign: char| {
        let (hour, minute) = digits.split_once(sign)?;
        let minute = minute.parse::<u16>().ok().filter(|value| minute.len() == 2 && *value < 60)?;
        Some((hour.parse::<u16>().ok().filter(|value| hour.len() <= 2 && *value <= 24)?, minute))
    };
    let half = half_of_day(tokens, at + 1);
    if let Some((hour, minute)) = split(':').or_else(|| split('.').filter(|_| half.is_some())) {
        let (later, length) = half.unwrap_or((None, 0));
        let says_hour = usize::from(half.is_none() && matches!(word(at + 1), "uur" | "u" | "h"));
        return Some((Fact::Time(clock(hour, minute, later)), 1 + length + says_hour));
    }
    if let Some((hour, minute)) = split('.').filter(|_| matches!(word(at + 1), "uur" | "u" | "h")) {
        return Some((Fact::Time(clock(hour, minute, None)), 2));
    }
    let hour = token.small().filter(|hour| *hour <= 24 && digits.len() <= 2)?;
    // `20u30`.
    let minute = tokens.get(at + 2).filter(|minute| minute.glued && minute.text.len() == 2).and_then(Token::small);
    if let (Some(minute @ 0..60), "u" | "h", true) = (minute, word(at + 1), tokens.get(at + 1).is_some_and(|u| u.glued))
    {
        return Some((Fact::Time(clock(hour, minute, None)), 3));
    }
    let (later, length) = half?;
    Some((Fact::Time(clock(hour, 0, later)), 1 + length))
}

/// "am" or "pm", also with full stops, as whether it is the later half, and how many tokens it takes.
fn half_of_day(tokens: &[Token], at: usize) -> Option<(Option<bool>, usize)> {
    let text = |at: usize| tokens.get(at).map(|token| token.text.as_str()).unwrap_or_default();
    let (half, length) = match text(at) {
        "am" => (false, 1),
        "pm" => (true, 1),
        half @ ("a" | "p") if text(at + 1) == "." && text(at + 2) == "m" => {
            (half == "p", 3 + usize::from(text(at + 3) == "."))
        }
        _ => return None,
    };
    Some((Some(half), length))
}

fn clock(hour: u16, minute: u16, later: Option<bool>) -> u16 {
    let hour = match later {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    hour * 60 + minute
}
