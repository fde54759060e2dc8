//! Numbers, in digits and in the words of English and Dutch, with what they count.

use std::collections::BTreeSet;

use super::number_words::{SCALES, is_scale, simple};
use super::tokens::{Kind, Token};
use super::{Fact, Reading, Unit};

/// Dutch words before which "ten" is none: "ten minste" is "at least".
const BEHIND_TEN: [&str; 9] =
    ["minste", "slotte", "aanzien", "opzichte", "laatste", "eerste", "koste", "gunste", "tijde"];

/// Whether a folded word is a part of a number or says what it counts.
pub(in crate::assist::judge) fn is_of_number(word: &str) -> bool {
    let is_digits = word.bytes().all(|byte| byte.is_ascii_digit());
    is_digits
        || unit(word).is_some()
        || is_scale(word)
        || simple(word).is_some()
        || matches!(word, "working" | "business")
}

/// Reads the numbers of what is left of a text.
pub(super) fn read(tokens: &[Token], reading: Reading, facts: &mut BTreeSet<Fact>) {
    let mut at = 0;
    let mut price = None;
    while let Some(token) = tokens.get(at) {
        if reading == Reading::Known {
            price = coin(&token.text).or(price);
            facts.extend(price.and_then(|coin| silent_price(tokens, at, coin)));
        }
        let length = match token.kind {
            Kind::Digits => read_digits(tokens, at, reading, facts),
            Kind::Word => read_words(tokens, at, reading, facts),
            _ => 1,
        };
        at += length.max(1);
    }
}

/// "6 dollars a month or 60 a year": the second price has no coin of its own.
fn silent_price(tokens: &[Token], at: usize, coin: Unit) -> Option<Fact> {
    let digits = number(tokens.get(at)?.digits()?)?;
    let is_rate = matches!(tokens.get(at + 1)?.word()?, "a" | "per" | "each");
    is_rate.then_some(Fact::Number(digits, Some(coin)))
}

fn read_digits(tokens: &[Token], at: usize, reading: Reading, facts: &mut BTreeSet<Fact>) -> usize {
    let token = &tokens[at];
    let Some(digits) = token.digits() else { return 1 };
    let next = tokens.get(at + 1);
    // "1. Open the settings": the point of a list.
    let is_point = token.first && next.is_some_and(|next| next.glued && (next.is_sign('.') || next.is_sign(')')));
    if is_point && digits.len() <= 2 && reading == Reading::Claimed {
        return 2;
    }
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let says_version = before.and_then(Token::word).is_some_and(|word| match word {
        "v" => token.glued,
        _ => matches!(word, "version" | "versie" | "versies" | "versions"),
    });
    if (says_version && !digits.contains(['/', ','])) || digits.matches('.').count() > 1 && whole(digits).is_none() {
        facts.insert(Fact::Version(digits.to_owned()));
        return 1;
    }
    // "1 000 leden".
    let (joined, length) = spaced(tokens, at);
    let digits = joined.as_deref().unwrap_or(digits);
    let unit = unit_before(before).or_else(|| unit_at(tokens, at + length));
    let parts = if number(digits).is_some() { vec![digits] } else { digits.split(['-', '/', ':', ',']).collect() };
    let last = parts.len() - 1;
    for (index, part) in parts.into_iter().enumerate() {
        match number(part) {
            // Of "3-5 days" both are days, but only one is said to be.
            Some(number) => {
                facts.insert(Fact::Number(number, unit.filter(|_| index == last)));
            }
            None => {
                facts.insert(Fact::Version(part.to_owned()));
            }
        }
        if reading == Reading::Known {
            facts.insert(Fact::Version(part.to_owned()));
        }
    }
    if reading == Reading::Known && unit == Some(Unit::Hour) {
        facts.extend(digits.parse::<u16>().ok().filter(|hour| *hour <= 24).map(|hour| Fact::Time(hour * 60)));
    }
    length
}

/// Groups of three digits behind spaces as one number, and how many tokens they take.
fn spaced(tokens: &[Token], at: usize) -> (Option<String>, usize) {
    let is_plain = |token: &Token| token.digits().filter(|digits| digits.chars().all(|c| c.is_ascii_digit())).is_some();
    let Some(first) = tokens.get(at).filter(|token| is_plain(token) && token.text.len() <= 3) else { return (None, 1) };
    let groups =
        tokens[at + 1..].iter().take(3).take_while(|next| is_plain(next) && next.text.len() == 3 && !next.glued);
    let groups: Vec<&str> = groups.map(|token| token.text.as_str()).collect();
    let joined = (!groups.is_empty()).then(|| format!("{}{}", first.text, groups.concat()));
    (joined, 1 + groups.len())
}

/// One number in digits, with a point before its decimals.
fn number(digits: &str) -> Option<String> {
    if let Some(whole) = whole(digits) {
        return Some(whole);
    }
    let is_digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let (before, after) = digits.rsplit_once(['.', ','])?;
    let before = whole(before)?;
    if !is_digits(after) {
        return None;
    }
    let after = after.trim_end_matches('0');
    Some(if after.is_empty() { before } else { format!("{before}.{after}") })
}

/// A whole number, with or without signs between its thousands.
fn whole(digits: &str) -> Option<String> {
    let groups: Vec<&str> = digits.split(['.', ',']).collect();
    let has_thousands = groups.len() > 1
        && groups[0].len() <= 3
        && groups[0] != "0"
        && groups[1..].iter().all(|group| group.len() == 3);
    let digits = if has_thousands { groups.concat() } else { digits.to_owned() };
    let is_whole = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    let bare = digits.trim_start_matches('0');
    is_whole.then(|| if bare.is_empty() { "0".to_owned() } else { bare.to_owned() })
}

fn read_words(tokens: &[Token], at: usize, reading: Reading, facts: &mut BTreeSet<Fact>) -> usize {
    if let Some(half) = half(tokens, at) {
        facts.insert(half);
        return 1;
    }
    let Some((value, length)) = number_of_words(tokens, at, reading) else { return 1 };
    facts.insert(Fact::Number(value.to_string(), unit_at(tokens, at + length)));
    length
}

/// "Anderhalf uur" and "half a year".
fn half(tokens: &[Token], at: usize) -> Option<Fact> {
    let value = match tokens.get(at)?.word()? {
        "anderhalf" | "anderhalve" => "1.5",
        "half" | "halve" => "0.5",
        _ => return None,
    };
    let article = tokens.get(at + 1).and_then(Token::word).is_some_and(|word| matches!(word, "a" | "an" | "een"));
    let unit = unit_at(tokens, at + 1 + usize::from(article))?;
    Some(Fact::Number(value.to_owned(), Some(unit)))
}

/// The number that words make, and how many tokens they take.
fn number_of_words(tokens: &[Token], at: usize, reading: Reading) -> Option<(u64, usize)> {
    // `whole` is what is behind the last thousand; `part` what is before the next.
    let (mut whole, mut part, mut last) = (0_u64, 0_u64, None::<u64>);
    let (mut length, mut next) = (0, at);
    // No number has more words.
    while let Some(token) = tokens.get(next).filter(|_| next - at < 12) {
        let word = token.word().unwrap_or_default();
        let follows = tokens.get(next + 1).and_then(Token::word).unwrap_or_default();
        let scale = SCALES.iter().find(|(name, _)| *name == word || word.strip_suffix('s') == Some(*name));
        let value = simple(word).filter(|_| !(word == "ten" && BEHIND_TEN.contains(&follows)));
        match (scale, value, word) {
            (Some(&(_, 100)), ..) => (part, last) = (part.max(1).saturating_mul(100), Some(100)),
            (Some(&(_, scale)), ..) => {
                whole = whole.saturating_add(part.max(1).saturating_mul(scale));
                (part, last) = (0, Some(scale));
            }
            // "Twenty one", "hundred five", but not "two three".
            (None, Some(value), _) if last.is_none_or(|last| last > value && last >= 20) => {
                (part, last) = (part.saturating_add(value), Some(value));
            }
            (None, None, "one" | "a") if length == 0 && is_scale(follows) => {}
            (None, None, "one") if last.is_some_and(|last| last >= 20) => (part, last) = (part + 1, Some(1)),
            (None, None, "and" | "en") if last.is_some_and(|last| last >= 100) && simple(follows).is_some() => {}
            (None, None, _) if length > 0 && token.is_sign('-') && token.glued => {}
            (None, None, "one") if length == 0 && reading == Reading::Known => return Some((1, 1)),
            _ => break,
        }
        next += 1;
        // "And" and hyphens belong to a number only with what stands behind them.
        if scale.is_some() || value.is_some() || (word == "one" && last == Some(1)) {
            length = next - at;
        }
    }
    let only_article = length == 1 && tokens.get(at).and_then(Token::word) == Some("een");
    if length == 0 || only_article && reading == Reading::Claimed {
        return None;
    }
    Some((whole.saturating_add(part), length))
}

/// The coin before a number.
fn unit_before(token: Option<&Token>) -> Option<Unit> {
    let token = token.filter(|token| token.kind != Kind::Digits)?;
    coin(&token.text)
}

fn coin(text: &str) -> Option<Unit> {
    match text {
        "€" | "eur" | "euro" | "euros" | "euro's" => Some(Unit::Euro),
        "$" | "usd" | "dollar" | "dollars" => Some(Unit::Dollar),
        "£" | "gbp" | "pound" | "pounds" => Some(Unit::Pound),
        _ => None,
    }
}

/// The unit behind a number, with at most two words or signs between that do not change it.
fn unit_at(tokens: &[Token], at: usize) -> Option<Unit> {
    let mut is_work = false;
    for token in tokens.iter().skip(at).take(3) {
        match token.text.as_str() {
            "working" | "business" | "work" => is_work = true,
            "full" | "whole" | "calendar" | "volle" | "hele" | "extra" | "more" => {}
            // "14 euro" and "14 - 15"; the ordinal's end has no unit.
            "-" if token.glued => {}
            "per" if tokens.get(at + 1).is_some_and(|next| next.text == "cent") => return Some(Unit::Percent),
            word => {
                return match unit(word) {
                    Some(Unit::Day) if is_work => Some(Unit::Workday),
                    unit => unit,
                };
            }
        }
    }
    None
}

fn unit(word: &str) -> Option<Unit> {
    let unit = match word {
        "second" | "seconds" | "sec" | "secs" | "seconde" | "seconden" => Unit::Second,
        "minute" | "minutes" | "min" | "mins" | "minuut" | "minuten" => Unit::Minute,
        "hour" | "hours" | "hr" | "hrs" | "uur" | "uren" | "u" | "h" | "uurtje" => Unit::Hour,
        "day" | "days" | "dag" | "dagen" | "daagse" | "dgn" | "kalenderdag" | "kalenderdagen" => Unit::Day,
        "werkdag" | "werkdagen" | "workday" | "workdays" => Unit::Workday,
        "week" | "weeks" | "weken" => Unit::Week,
        "month" | "months" | "maand" | "maanden" => Unit::Month,
        "year" | "years" | "jaar" | "jaren" => Unit::Year,
        "%" | "percent" | "procent" => Unit::Percent,
        "cent" | "cents" => Unit::Cent,
        _ => return coin(word),
    };
    Some(unit)
}
