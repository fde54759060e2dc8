//! What the words around a date or a time say of it: that it is off, or past, or by whose clocks.

use crate::reminders::phrases::phrase;
use crate::reminders::words::{Token, Unit, Zone, zone_of_letters};

/// Whether a sentence says that something is not as the rest of it says.
pub(super) fn has_turn(tokens: &[Token]) -> bool {
    let is_turn = |at: usize| match tokens[at] {
        Token::Turn => true,
        // Days that a rule leaves out are a part of it; dates are not.
        Token::Except => phrase(&tokens[at..]).is_none(),
        // `friday (tbc)`; of a place it says nothing.
        Token::Open => tokens[..at].last().is_some_and(|before| ends_when(*before)),
        // `20:00 → 21:00`
        Token::Arrow => {
            tokens[..at].last().is_some_and(|before| ends_when(*before))
                && tokens.get(at + 1).is_some_and(|after| ends_when(*after))
        }
        _ => false,
    };
    (0..tokens.len()).any(is_turn)
}

/// Whether a sentence tells of what has been.
pub(super) fn is_bygone(tokens: &[Token]) -> bool {
    use Token::{Bygone, Every, In, Last, Of, Part, Previous, Since, Weekday};
    let is_past = |at: usize| match &tokens[at..] {
        [Bygone | Previous, ..] => true,
        [Since, rest @ ..] => matches!(rest, [Weekday { .. } | Token::InDays(_) | Token::Filler | Token::This, ..]),
        // The last of a month, or of a festival, is to come.
        [Last, Weekday { .. } | Part(_), rest @ ..]
        | [Last, Token::Unit(Unit::Week | Unit::Month | Unit::Year), rest @ ..] => {
            !matches!(rest, [Of | In, ..]) && !matches!(tokens[..at], [.., Every])
        }
        _ => false,
    };
    (0..tokens.len()).any(is_past)
}

/// Whether a sentence names a week or a month and no day of it: `next week: quiz`, `in december`, `week 50`.
pub(super) fn is_elsewhen(tokens: &[Token]) -> bool {
    use Token::{FromNow, In, Last, Month, Next, Number, Ordinal, Sign, Weekday};
    const WEEK: Token = Token::Unit(Unit::Week);
    let is_far = |tokens: &[Token]| matches!(tokens, [Number(..) | Token::A, WEEK | Token::Unit(Unit::Month), ..]);
    (0..tokens.len()).any(|at| match &tokens[at..] {
        [Next, WEEK, rest @ ..] => {
            !matches!(rest, [Weekday { .. }, ..] | [Token::Filler, Weekday { .. }, ..])
                && !matches!(tokens[..at], [.., Weekday { .. }] | [.., Weekday { .. }, Token::Of])
        }
        [In, Month(_), ..] | [Month(_), Number(_, 4), ..] => {
            !matches!(tokens[..at], [.., Number(..) | Ordinal { .. }] | [.., Last | Ordinal { .. }, Weekday { .. }])
        }
        [WEEK, Number(_, 1..=2), after @ ..] => {
            !matches!(after, [Sign(_) | Token::H | Token::Uur | Token::Am | Token::Pm, ..])
        }
        [Weekday { .. }, WEEK, ..] => true,
        [In, rest @ ..] => is_far(rest) && !matches!(tokens[..at], [.., Weekday { .. }]),
        [_, _, FromNow, ..] => is_far(&tokens[at..]),
        _ => false,
    })
}

/// Whether a sentence tells until when something is done.
pub(super) fn has_deadline(tokens: &[Token]) -> bool {
    tokens.contains(&Token::Deadline)
}

/// Zones that a sentence names beside no time: only letters in capitals, as `CET` and `UTC` are written, are no part of a word or
/// a name.
pub(super) fn stray_zones(sentence: &str) -> impl Iterator<Item = Zone> {
    let words = sentence.split(|char: char| !char.is_alphanumeric());
    let words = words.filter(|word| word.len() >= 3 && word.chars().all(|char| char.is_ascii_uppercase()));
    words.filter_map(zone_of_letters)
}

/// Zones that may be those of a time: a city after it, and what `times` says of all of them.
pub(super) fn zones_beside(tokens: &[Token]) -> impl Iterator<Item = Zone> {
    (0..tokens.len()).filter_map(|at| match &tokens[at..] {
        [time, Token::City(zone), ..] | [time, Token::In, Token::City(zone), ..] if ends_time(*time) => Some(*zone),
        [Token::Times, Token::Zone(zone) | Token::ZoneWord(zone) | Token::ZoneLetters(zone), ..] => Some(*zone),
        _ => None,
    })
}

/// Parts of the world beside a time, whose clocks may be any: `20:00 for EU`, `EU: 20:00`, a flag.
pub(super) fn regions_beside(tokens: &[Token]) -> impl Iterator<Item = Zone> {
    let is_beside = |at: usize| {
        let before = match &tokens[..at] {
            [.., time, Token::For | Token::In] | [.., time] => Some(*time),
            [] => None,
        };
        before.is_some_and(ends_time) || tokens.get(at + 1).is_some_and(|after| starts_time(*after))
    };
    let regions = tokens.iter().enumerate().filter(|(_, token)| **token == Token::Region);
    regions.filter(move |(at, _)| is_beside(*at)).map(|_| Zone::Unknown)
}

/// Whether a time may end with this.
pub(super) fn ends_time(token: Token) -> bool {
    use Token::{Am, Clock, H, Number, Oclock, Part, Pm, Uur};
    matches!(token, Am | Pm | H | Uur | Oclock | Number(..) | Clock(_) | Part(_))
}

/// Whether a day or a time may end or begin with this.
fn ends_when(token: Token) -> bool {
    use Token::{InDays, Month, Ordinal, Stamp, Weekday};
    ends_time(token) || matches!(token, InDays(_) | Month(_) | Ordinal { .. } | Stamp(_) | Weekday { .. })
}

fn starts_time(token: Token) -> bool {
    matches!(token, Token::At | Token::Clock(_) | Token::Number(..))
}
