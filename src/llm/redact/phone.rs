//! Telephone numbers: Dutch and Belgian ones by their plans, others by a plus or a word before them.

use std::ops::Range;

use super::contexts::{About, Contexts};
use super::exempt::Exempt;
use super::reach::{ANY, NEAR, Number, Reach, is_measured};
use super::view::View;

/// How many digits follow the codes of countries whose members write most; others have 8 to 15 in all.
const COUNTRIES: [(&str, usize, usize); 18] = [
    ("1", 10, 10),
    ("31", 9, 9),
    ("32", 8, 9),
    ("33", 9, 9),
    ("34", 9, 9),
    ("351", 9, 9),
    ("352", 6, 9),
    ("353", 7, 9),
    ("39", 8, 11),
    ("40", 9, 9),
    ("41", 9, 9),
    ("43", 7, 13),
    ("44", 9, 10),
    ("45", 8, 8),
    ("46", 7, 9),
    ("48", 9, 9),
    ("49", 7, 11),
    ("90", 10, 10),
];

/// The telephone number that begins with a group of digits.
pub(super) fn at(view: &View, reach: &Reach, contexts: &Contexts, exempt: &Exempt) -> Option<Range<usize>> {
    let start = reach.first.start;
    let is_announced = contexts.before(About::Phone, start, NEAR);
    // Numbers of orders are written without spaces.
    let is_grouped = |number: &Number<'_>| is_announced || number.shape.len() > 1 || view.before(start) == Some(b'+');
    let is_own = |number: &Number<'_>| {
        !exempt.covers(&number.range) && (is_grouped(number) || !exempt.may_cover(&number.range)) && ends(view, number)
    };
    let plus = view.before(start) == Some(b'+') && start.checked_sub(1).is_none_or(|at| !is_in_sum(view, at));
    if plus {
        return abroad(reach, 0).filter(is_own).map(|number| start - 1..number.range.end);
    }
    if !view.starts_word(start) && !is_named(view, start) {
        return None;
    }
    let dialled = if view.get(reach.first.clone()).starts_with(b"00") { abroad(reach, 2).filter(is_own) } else { None };
    let found = dialled.or_else(|| national(view, reach).filter(is_own));
    let found = found.or_else(|| american(view, reach).filter(is_own));
    let found = found.or_else(|| without_plus(reach).filter(is_own));
    let found = found.or_else(|| announced(contexts, reach).filter(is_own));
    // A bracket around the code of the town goes too.
    let is_in_brackets = view.before(start) == Some(b'(') && view.at(reach.first.end) == Some(b')');
    found.map(|number| start - usize::from(is_in_brackets)..number.range.end)
}

/// `gsm0470…`.
fn is_named(view: &View, start: usize) -> bool {
    let before = view.get(start.saturating_sub(10)..start).to_ascii_lowercase();
    let word = before.rsplit(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or_default();
    [b"tel".as_slice(), b"gsm", b"nr", b"bel", b"mob", b"phone", b"telefoon", b"nummer"].contains(&word)
}

/// A plus between two numbers adds; three of them are a payment reference.
fn is_in_sum(view: &View, plus: usize) -> bool {
    view.before(plus).is_some_and(|byte| byte == b'+' || byte.is_ascii_alphanumeric())
}

fn ends(view: &View, number: &Number<'_>) -> bool {
    view.ends_word(number.range.end) && !is_measured(view, number.range.end)
}

/// A number with the code of its country, after `lead` zeros.
fn abroad(reach: &Reach, lead: usize) -> Option<Number<'_>> {
    let is_long_enough = |number: &Number<'_>| {
        let digits = number.digits.get(lead..).unwrap_or_default();
        let own = |country: &str| {
            let own = digits.get(country.len()..).unwrap_or_default();
            // The zero of `+32 (0)3` is dialled at home alone.
            own.strip_prefix(b"0").unwrap_or(own).len()
        };
        match COUNTRIES.iter().find(|(country, _, _)| digits.starts_with(country.as_bytes())) {
            Some((country, least, most)) => (*least..=*most).contains(&own(country)),
            None => digits.first() != Some(&b'0') && lead == 0 && digits.len() <= 15,
        }
    };
    (8 + lead..=16 + lead).rev().find_map(|count| reach.take(count, ANY).filter(is_long_enough))
}

/// A number as it is dialled at home.
fn national<'a>(view: &View, reach: &'a Reach) -> Option<Number<'a>> {
    let first = &reach.first;
    // `(0)6` and `0(475)`: no other has a first group of one digit.
    let in_brackets =
        view.before(first.start) == Some(b'(') && view.at(first.end) == Some(b')') || view.at(first.end) == Some(b'(');
    if first.len() == 1 && !in_brackets {
        return None;
    }
    [10, 9].into_iter().find_map(|count| reach.take(count, ANY).filter(is_in_plan))
}

fn is_in_plan(number: &Number<'_>) -> bool {
    // Hours and lists have many short groups: at least one of three, or pairs all along.
    // `(0)6 …` has two groups of one digit before.
    let rest = number.shape.strip_prefix(&[1]).unwrap_or(number.shape).get(1..).unwrap_or_default();
    let pairs = rest.iter().all(|length| *length == 2);
    let is_grouped = rest.len() <= 5 && rest.iter().all(|length| *length >= 2);
    let is_written_so = is_grouped && (pairs || rest.iter().any(|length| *length >= 3));
    match number.digits {
        [b'0', b'1'..=b'9', ..] if number.digits.len() == 10 => is_written_so,
        // Belgian landlines; a Dutch mobile has one more.
        [b'0', b'1'..=b'5' | b'7'..=b'9', ..] => is_written_so,
        [b'0', b'6', b'0'..=b'9', ..] => is_written_so && number.shape.first() == Some(&3),
        _ => false,
    }
}

/// `(555) 010-4477`, `555-010-9988`.
fn american<'a>(view: &View, reach: &'a Reach) -> Option<Number<'a>> {
    let number = reach.take(10, ANY).filter(|number| number.shape == [3, 3, 4])?;
    let in_brackets = view.before(number.range.start) == Some(b'(') && view.at(reach.first.end) == Some(b')');
    let in_dashes = view.get(number.range.clone()).iter().filter(|mark| **mark == b'-').count() == 2;
    (in_brackets || in_dashes).then_some(number)
}

/// A Dutch or Belgian mobile whose plus is missing.
fn without_plus(reach: &Reach) -> Option<Number<'_>> {
    reach.take(11, ANY).filter(|number| match number.digits {
        [b'3', b'1', b'6', ..] | [b'3', b'2', b'4', b'5'..=b'9', ..] => number.shape.first() != Some(&1),
        _ => false,
    })
}

/// Whatever is as long as a telephone number after a word that says it is one.
fn announced<'a>(contexts: &Contexts, reach: &'a Reach) -> Option<Number<'a>> {
    if reach.first.len() < 2 || !contexts.before(About::Phone, reach.first.start, NEAR / 2) {
        return None;
    }
    // More digits are an id; nobody's telephone has so many.
    (8..=13).rev().find_map(|count| reach.take(count, ANY))
}
