//! Whose clocks: `20:00 UTC+2`, `8 PM EST / 5 PM PST`.

use jiff::tz::Offset;

use super::clocks::{clock, unprefixed};
use super::{Also, Phrase, Read, is_alone, skip};
use crate::reminders::words::{Token, Zone};

/// A time by the clocks of several zones, which must agree: `8 PM EST / 5 PM PST`.
pub(super) fn in_zones(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{And, At, Dash, Sign};
    let (first, rest) = clock(tokens)?;
    let (whose, mut rest) = zone(rest)?;
    let mut also: Also = [None; 2];
    for other in &mut also {
        let next = if let [And | Dash | Sign('/' | ','), next @ ..] = rest { next } else { rest };
        let Some((clock, after)) = unprefixed(skip(next, At)) else { break };
        let (zone, after) = zone(after)?;
        *other = Some((clock, zone));
        rest = after;
    }
    also[0].map(|_| (Phrase::Zoned(first, whose, also), rest))
}

/// Whose clocks: a zone, or so many hours from UTC.
pub(super) fn zone(tokens: &[Token]) -> Read<'_, Zone> {
    use Token::{Minus, Number, Sign};
    let utc = Token::Zone(Zone::Fixed(Offset::UTC));
    let (sign, rest) = match tokens {
        [first, sign @ (Sign('+' | '-') | Minus), rest @ ..] if *first == utc => (*sign, rest),
        [sign @ (Sign('+') | Minus), rest @ ..] if matches!(rest, [Number(_, 2), Sign(':'), ..]) => (*sign, rest),
        [Token::Zone(zone) | Token::ZoneWord(zone) | Token::ZoneLetters(zone), rest @ ..] => {
            return Some((*zone, rest));
        }
        _ => return None,
    };
    let (hours, minutes, rest) = match rest {
        [Number(hours, 1..=2), Sign(':'), Number(minutes @ (0 | 30 | 45), 2), rest @ ..] => (*hours, *minutes, rest),
        [Number(hours, 1..=2), rest @ ..] if is_alone(rest) => (*hours, 0, rest),
        _ => return Some((Zone::Unknown, rest)),
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok().filter(|seconds| *seconds <= 14 * 3600)?;
    let seconds = if sign == Sign('+') { seconds } else { -seconds };
    Some((Zone::Fixed(Offset::from_seconds(seconds).ok()?), rest))
}
