//! Several dates or times where one is meant: `27 and 28 november`, `7 and 9 pm`.

use jiff::civil::Time;

use super::clocks::{Clock, How, bare, clock, unprefixed};
use super::zoned::zone;
use super::{Day, MAX_LIST, Phrase, Read, date, is_alone, skip};
use crate::reminders::words::Token;

/// Several dates, as a list or, in one month, from one to another: `27 and 28 november`, `vrijdag 27 en zaterdag 28/11`,
/// `10-12 march`.
pub(super) fn several_days(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{And, Dash, Month, Number, Of, Or, Ordinal, Sign, Through, Until};
    if let [Month(_), Number(1..=31, 1..=2) | Ordinal { .. }, And | Sign(','), rest @ ..] = tokens
        && let Some(taken) = numbered(rest).filter(|taken| is_alone(&rest[*taken..]))
    {
        return Some((Phrase::Several, &rest[taken..]));
    }
    if let Some((first @ (Day::Full(_) | Day::OfYear { .. }), [And | Or | Sign(','), rest @ ..])) = date(tokens)
        && let Some((Day::Full(_) | Day::OfYear { .. }, rest)) = date(rest).filter(|(second, _)| *second != first)
    {
        return Some((Phrase::Several, rest));
    }
    // `quiz 5 december 3, 20:00`
    if let [Number(1..=31, 1..=2), Month(_), Number(1..=31, 1..=2), rest @ ..] = tokens
        && clock(&tokens[2..]).is_none()
        && clock(rest).is_some()
    {
        return Some((Phrase::Several, rest));
    }
    let mut at = numbered(tokens)?;
    let mut count = 1;
    while count < MAX_LIST {
        let between = match &tokens[at..] {
            // `part 2 - saturday 28 november`
            [Dash, Token::Weekday { .. }, ..] if matches!(tokens, [Number(..), ..]) => break,
            // `quiz 12 - 5 december`
            [Dash, Number(day, _), ..] if matches!(tokens, [Number(first, _), ..] if first >= day) => break,
            [And | Or | Sign(',' | '-') | Dash | Through | Until, ..] => 1,
            // A comma before a space is no token.
            _ => 0,
        };
        let Some(more) = numbered(&tokens[at + between..]) else { break };
        at += between + more;
        count += 1;
    }
    let rest = match &tokens[at..] {
        [Month(_), rest @ ..] | [Of, Month(_), rest @ ..] => rest,
        _ => return None,
    };
    (count > 1).then_some((Phrase::Several, rest))
}

/// How many tokens a day takes that its number names, with or without its weekday: `27`, `the 28th`, `zaterdag 28`.
fn numbered(tokens: &[Token]) -> Option<usize> {
    let rest = skip(tokens, Token::Filler);
    let rest = if let [Token::Weekday { .. }, rest @ ..] = rest { rest } else { rest };
    match skip(rest, Token::Filler) {
        [Token::Number(1..=31, 1..=2) | Token::Ordinal { nth: 1..=31, .. }, rest @ ..] => {
            Some(tokens.len() - rest.len())
        }
        _ => None,
    }
}

/// Several times, of which nobody can tell one: `9u en 12u`, `7 and 9 pm`.
pub(super) fn several_times(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{And, At, Or, Sign};
    let first = clock(tokens).or_else(|| bare(tokens));
    let (first, rest) = first.or_else(|| bare_before(tokens))?;
    let rest = zone(rest).map_or(rest, |(_, rest)| rest);
    let rest = match rest {
        [And | Or, rest @ ..] => rest,
        [Sign('/' | ','), rest @ ..] if first.how != How::Bare => rest,
        _ => return None,
    };
    let (_, mut rest) = unprefixed(skip(rest, At))?;
    for _ in 0..MAX_LIST {
        let more = match rest {
            [And | Or | Sign('/' | ','), more @ ..] => unprefixed(skip(more, At)),
            _ => None,
        };
        let Some((_, after)) = more else { break };
        rest = after;
    }
    Some((Phrase::Several, rest))
}

/// The first of a list of bare hours: the 5 of `5, 7 and 9 pm`.
fn bare_before(tokens: &[Token]) -> Read<'_, Clock> {
    match tokens {
        [Token::Number(_, 1..=2), rest @ ..] if matches!(rest, [Token::Number(_, 1..=2), Token::And, ..]) => {
            several_times(rest).map(|_| (Clock::at(Time::midnight()), &rest[1..]))
        }
        _ => None,
    }
}
