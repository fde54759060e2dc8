//! What looks like a date or a time and is none, in a sentence of which nobody says what it is about.

use crate::reminders::phrases::{Phrase, clock, date, phrase, span};
use crate::reminders::words::{Name, Token};

/// Words between `no` and `needed`: nobody needs more.
const MAX_WORDS: usize = 4;

/// Makes unknown words of weekdays in two or three letters, unless they stand where days do: after `every` or `this`, or
/// before a date or a time, also several of them. Those that are words, such as `we` and `sun`, stand right before it.
pub(super) fn forget_lookalikes(tokens: &mut [Token]) {
    use Token::{And, Dash, Every, Other, Sign, This, Through, Weekday};
    let is_short = |token: &Token| matches!(token, Weekday { name: Name::Short | Name::Lookalike, .. });
    let joins = |token: &Token| matches!(token, And | Dash | Through | Sign('-' | '+' | ','));
    let mut from = 0;
    while let Some(start) = tokens[from..].iter().position(is_short).map(|at| from + at) {
        let mut end = start + 1;
        while let Some(more) = match &tokens[end..] {
            [token, ..] if is_short(token) => Some(1),
            [between, token, ..] if joins(between) && is_short(token) => Some(2),
            _ => None,
        } {
            end += more;
        }
        let follows = match &tokens[..start] {
            [.., Every | Other] => true,
            [.., This] => !is_word(&tokens[start..end]),
            _ => false,
        };
        let after = match &tokens[end..] {
            [Token::At, ..] if is_word(&tokens[start..end]) => &[],
            [Token::At | Token::Filler | Token::Stop, rest @ ..] => rest,
            rest => rest,
        };
        let is_place = matches!(after, [Token::Ordinal { is_spelled: false, .. }, ..]);
        if !follows && !is_place && date(after).is_none() && clock(after).is_none() && !is_span(after) {
            tokens[start..end].fill(Token::Unknown);
        }
        from = end;
    }
}

/// Makes unknown words of `no sign-up needed`, which takes back nothing.
pub(super) fn forget_what_nobody_needs(tokens: &mut [Token]) {
    for needed in (0..tokens.len()).filter(|at| tokens[*at] == Token::Needed).collect::<Vec<_>>() {
        let words = tokens[..needed].iter().rev().take(MAX_WORDS);
        let no = words.take_while(|token| matches!(token, Token::Unknown | Token::Deadline)).count() + 1;
        if let Some(start) = needed.checked_sub(no).filter(|start| tokens[*start] == Token::Turn) {
            tokens[start..=needed].fill(Token::Unknown);
        }
    }
}

/// Makes unknown words of when people are to be there, or to answer: `by 19:45`, `by friday at noon`.
pub(super) fn forget_deadlines(tokens: &mut [Token]) {
    let is_when = |phrase: Phrase| {
        matches!(
            phrase,
            Phrase::Day(_) | Phrase::Weekdays { .. } | Phrase::Time(_) | Phrase::Zoned(..) | Phrase::Part(_)
        )
    };
    for by in (0..tokens.len()).filter(|at| tokens[*at] == Token::By).collect::<Vec<_>>() {
        let mut end = by + 1;
        while tokens.get(end) == Some(&Token::Filler) {
            end += 1;
        }
        while let Some((read, rest)) = phrase(&tokens[end..]).filter(|(read, _)| is_when(*read)) {
            let _ = read;
            end = tokens.len() - rest.len();
        }
        if date(&tokens[by + 1..]).is_some() || clock(&tokens[by + 1..]).is_some() || end > by + 2 {
            tokens[by..end].fill(Token::Unknown);
        }
    }
}

/// Whether all of these are ordinary words as well.
fn is_word(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| !matches!(token, Token::Weekday { name: Name::Short, .. }))
}

fn is_span(tokens: &[Token]) -> bool {
    span(tokens).is_some()
}
