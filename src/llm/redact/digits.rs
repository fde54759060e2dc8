//! Numbers that are told by their digits: how many, in which groups, and whether their check digits are right.

use std::ops::Range;

use super::contexts::{About, Contexts};
use super::exempt::Exempt;
use super::kind::Kind;
use super::reach::{ANY, Groups, NEAR, Number, Reach, is_measured, marks_of};
use super::view::View;
use super::{Finding, phone, sums};

/// Every such number.
pub(super) fn find(view: &View, groups: &Groups, contexts: &Contexts, exempt: &Exempt) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut reach = Reach::default();
    let mut end = 0;
    for group in 0..groups.len() {
        let Some(first) = groups.get(group) else { break };
        let start = first.start;
        // Only `(0)6`, `0(475)` and `+1` begin with one digit alone.
        let is_bare = !matches!(view.before(start), Some(b'(' | b'+')) && view.at(first.end) != Some(b'(');
        if first.len() == 1 && is_bare {
            continue;
        }
        // A number that was found reaches over this group.
        if start < end {
            continue;
        }
        reach.begin(view, groups, group);
        // Behind a number that was found another may follow after any mark.
        let is_free = found.last().is_some_and(|last| last.range.end + 1 >= start) || !is_continued(view, start);
        if is_free && let Some((range, kind)) = number_at(view, &reach, contexts, exempt) {
            end = range.end;
            found.push(Finding { range, kind });
        }
    }
    found
}

/// Whether a number goes on here that began before.
fn is_continued(view: &View, start: usize) -> bool {
    let Some(mark) = view.before(start) else { return false };
    let before = start.checked_sub(1).and_then(|at| view.before(at));
    matches!(mark, b'.' | b',' | b'-' | b'/') && before.is_some_and(|byte| byte.is_ascii_digit())
}

/// The number that begins with a group, those kinds first whose digits prove most.
fn number_at(view: &View, reach: &Reach, contexts: &Contexts, exempt: &Exempt) -> Option<(Range<usize>, Kind)> {
    let start = reach.first.start;
    let is_near = |about| contexts.before(about, start, NEAR);
    let own = |number: &Number<'_>| !exempt.covers(&number.range) && view.ends_word(number.range.end);
    let take = |count, marks: &[u8]| marks_of_all(marks).and_then(|marks| reach.take(count, marks)).filter(own);
    if !view.starts_word(start) {
        return phone::at(view, reach, contexts, exempt).map(|range| (range, Kind::Phone));
    }
    if let Some(number) = take(11, b" .-/").filter(|it| is_national(it, is_near(About::Rrn))) {
        return Some((number.range, Kind::Rrn));
    }
    let spaced = || reach.take(16, ANY).filter(own).filter(|it| it.shape == [4, 4, 4, 4]);
    let card = |count| {
        take(count, b" -.")
            .or_else(|| if count == 16 { spaced() } else { None })
            .filter(|it| is_card(view, it, is_near(About::Card)))
    };
    if let Some(number) = (13..=19).rev().find_map(card) {
        return Some((number.range, Kind::Card));
    }
    if let Some(number) = take(12, b" -/") {
        let is_right = sums::ends_in_rest_of_97(number.digits);
        match number.shape {
            [3, 4, 5] if is_right || is_near(About::Reference) => return Some((number.range, Kind::Reference)),
            [12] if is_near(About::Reference) => return Some((number.range, Kind::Reference)),
            [3, 7, 2] if is_right || is_near(About::Account) => return Some((number.range, Kind::Account)),
            [12] if is_near(About::Account) => return Some((number.range, Kind::Account)),
            _ => {}
        }
    }
    if let Some(number) = take(10, b" .") {
        match number.shape {
            [4, 3, 3] if is_near(About::Vat) || sums::is_enterprise(number.digits) => {
                return Some((number.range, Kind::Vat));
            }
            [10] if is_near(About::Vat) => return Some((number.range, Kind::Vat)),
            _ => {}
        }
    }
    let citizen = |count| take(count, b" .").filter(|it| is_citizen(view, it, is_near(About::Bsn), exempt));
    if let Some(number) = [9, 8].into_iter().find_map(citizen) {
        return Some((number.range, Kind::Bsn));
    }
    phone::at(view, reach, contexts, exempt).map(|range| (range, Kind::Phone))
}

/// Those marks, one at a time.
fn marks_of_all(marks: &[u8]) -> Option<u8> {
    marks.iter().try_fold(0, |bits, mark| Some(bits | marks_of(&[*mark])?))
}

fn is_national(number: &Number<'_>, is_announced: bool) -> bool {
    let is_written_so = matches!(number.shape, [11] | [2, 2, 2, 3, 2] | [6, 3, 2] | [6, 5] | [2, 2, 2, 5]);
    // Who mistypes it has still written it.
    is_announced || is_written_so && sums::is_rrn(number.digits)
}

fn is_card(view: &View, number: &Number<'_>, is_announced: bool) -> bool {
    // Ids of Discord have 17 to 20 digits.
    let may_be_id = number.shape.len() == 1 && number.digits.len() >= 17;
    let in_groups = number.shape.iter().rev().skip(1).all(|length| *length >= 3);
    // A decimal fraction, or a version.
    let is_dotted =
        number.shape.len() > 1 && number.shape != [4, 4, 4, 4] && view.get(number.range.clone()).contains(&b'.');
    // Who mistypes it has still written it.
    let is_mistyped = is_announced && number.digits.len() == 16 && sums::has_issuer(number.digits);
    is_mistyped || in_groups && (is_announced || !may_be_id && !is_dotted) && sums::is_card(number.digits)
}

fn is_citizen(view: &View, number: &Number<'_>, is_announced: bool, exempt: &Exempt) -> bool {
    let is_right = sums::is_bsn(number.digits);
    match number.shape {
        _ if is_announced => !exempt.covers(&number.range),
        [9] => is_right && !exempt.may_cover(&number.range) && !is_measured(view, number.range.end),
        [4, 2, 3] => is_right && !exempt.covers(&number.range),
        _ => false,
    }
}
