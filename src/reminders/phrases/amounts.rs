//! Lengths of time: `2h30`, `an hour and a half`, `drie kwartier`.

use super::{Phrase, Read, is_alone};
use crate::reminders::words::{Token, Unit};

/// A length of time: what the calendar counts, and what passes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::reminders) struct Amount {
    pub(in crate::reminders) months: i64,
    pub(in crate::reminders) days: i64,
    pub(in crate::reminders) minutes: i64,
}

impl Amount {
    /// Weeks, if it is some of them and nothing else.
    pub(super) fn weeks(self) -> Option<i32> {
        let is_weeks = self.months == 0 && self.minutes == 0 && self.days > 0 && self.days % 7 == 0;
        if is_weeks { i32::try_from(self.days / 7).ok() } else { None }
    }
}

/// A time from now: `in 2h30`, `3 days`. What may be a time of day is one, unless it says `in` or `from now`.
pub(super) fn delay(tokens: &[Token]) -> Read<'_, Phrase> {
    let (is_said, tokens) = match tokens {
        [Token::In, rest @ ..] => (true, rest),
        tokens => (false, tokens),
    };
    let (amount, is_exact, rest) = amount(tokens)?;
    match rest {
        [Token::FromNow, rest @ ..] => Some((Phrase::Delay(amount), rest)),
        rest => (is_said || is_exact).then_some((Phrase::Delay(amount), rest)),
    }
}

/// A number of units, and whether it cannot be a time of day.
#[derive(Clone, Copy)]
struct Piece<'a> {
    amount: Amount,
    unit: Unit,
    is_exact: bool,
    rest: &'a [Token],
}

fn piece(tokens: &[Token]) -> Option<Piece<'_>> {
    let (hundredths, rest) = number(tokens)?;
    let is_whole = hundredths % 100 == 0;
    match rest {
        [Token::Unit(unit), rest @ ..] => of_units(hundredths, *unit, true, rest),
        [Token::Of, Token::A, Token::Unit(unit @ Unit::Hour), rest @ ..] if !is_whole => {
            of_units(hundredths, *unit, true, rest)
        }
        [Token::A, Token::Unit(unit), rest @ ..] if hundredths == 50 => of_units(hundredths, *unit, true, rest),
        [Token::H | Token::Uur, rest @ ..] => {
            // `19.50u` and `1330u` are times, and no clock shows 36 hours.
            let is_clock = matches!(
                tokens,
                [Token::Number(..), Token::Sign('.'), Token::Number(_, 2), ..] | [Token::Number(_, 4), ..]
            );
            of_units(hundredths, Unit::Hour, !is_clock && (!is_whole || hundredths > 2400), rest)
        }
        _ => None,
    }
}

/// How many, in hundredths: `2`, `1.5`, `.75`, `an`, `two and a half`.
fn number(tokens: &[Token]) -> Read<'_, i64> {
    use Token::{A, And, Half, Number, OneAndHalf, Quarter, Sign};
    let (hundredths, rest) = match tokens {
        [OneAndHalf, rest @ ..] => (150, rest),
        [Number(count, _), Half, rest @ ..]
        | [Number(count, _), And, Half, rest @ ..]
        | [Number(count, _), And, A, Half, rest @ ..] => (i64::from(*count) * 100 + 50, rest),
        [Number(count, _), Quarter, rest @ ..] if *count <= 3 => (i64::from(*count) * 25, rest),
        // `1 1/2`, `3/4`
        [Number(count, _), Number(part @ (1 | 3), 1), Sign('/'), Number(of @ (2 | 4), 1), rest @ ..] => {
            (i64::from(*count) * 100 + i64::from(part * 100 / of), rest)
        }
        [Number(part @ (1 | 3), 1), Sign('/'), Number(of @ (2 | 4), 1), rest @ ..] if part < of => {
            (i64::from(part * 100 / of), rest)
        }
        [Number(count, _), Number(quarters @ 1..=3, 0), Quarter, rest @ ..] => {
            (i64::from(*count) * 100 + i64::from(*quarters) * 25, rest)
        }
        [Quarter, rest @ ..] | [A, Quarter, rest @ ..] => (25, rest),
        [Half, rest @ ..] | [A, Half, rest @ ..] => (50, rest),
        [A, rest @ ..] => (100, rest),
        [Number(count, _), Sign('.' | ','), Number(tenths, 1), rest @ ..] => {
            (i64::from(*count) * 100 + i64::from(*tenths) * 10, rest)
        }
        // `2.30 uur` is rather half past two.
        [Number(count, _), Sign('.' | ','), Number(hundredths @ (25 | 50 | 75), 2), rest @ ..] => {
            (i64::from(*count) * 100 + i64::from(*hundredths), rest)
        }
        [Sign('.'), Number(tenths, 1), rest @ ..] => (i64::from(*tenths) * 10, rest),
        [Sign('.'), Number(hundredths @ (25 | 50 | 75), 2), rest @ ..] => (i64::from(*hundredths), rest),
        [Number(count, _), rest @ ..] => (i64::from(*count) * 100, rest),
        _ => return None,
    };
    Some((hundredths, rest))
}

/// So many hundredths of a unit; nothing if that is no whole number of minutes, or of what the calendar counts.
fn of_units(hundredths: i64, unit: Unit, is_exact: bool, rest: &[Token]) -> Option<Piece<'_>> {
    let whole = |count: i64| if count % 100 == 0 { Some(count / 100) } else { None };
    let minutes = |each: i64| whole(hundredths * each).map(|minutes| Amount { minutes, ..Amount::default() });
    let days = |each: i64| {
        // Half a day is twelve hours; days go by the clock.
        let days = hundredths * each / 100;
        let minutes = whole((hundredths * each - days * 100) * 1440)?;
        Some(Amount { days, minutes, months: 0 })
    };
    let months = |each: i64| whole(hundredths * each).map(|months| Amount { months, ..Amount::default() });
    let amount = match unit {
        Unit::Minute => minutes(1),
        Unit::QuarterHour => minutes(15),
        Unit::Hour => minutes(60),
        Unit::Day => days(1),
        Unit::Week => days(7),
        Unit::Fortnight => days(14),
        Unit::Month => months(1),
        Unit::Year => months(12),
    };
    Some(Piece { amount: amount?, unit, is_exact, rest })
}

/// Pieces from the largest to the smallest, and whether one of them cannot be a time of day.
pub(in crate::reminders) fn amount(tokens: &[Token]) -> Option<(Amount, bool, &[Token])> {
    use Token::{And, H, Number, Sign, Uur};
    // `1:30h`
    if let [Number(hours, 1..=2), Sign(':'), Number(minutes @ ..60, 2), H | Uur | Token::Unit(Unit::Hour), rest @ ..] =
        tokens
    {
        let minutes = i64::from(*hours) * 60 + i64::from(*minutes);
        return Some((Amount { minutes, ..Amount::default() }, false, rest));
    }
    let mut sum = Amount::default();
    let mut is_exact = false;
    let mut smallest = None;
    let mut rest = tokens;
    loop {
        let (is_joined, next) = match rest {
            [And, next @ ..] if smallest.is_some() => (true, next),
            next => (false, next),
        };
        let Some(piece) = piece(next).filter(|piece| smallest.is_none_or(|unit| piece.unit < unit)) else { break };
        // `over 2 dagen 9 uur` is at nine o'clock.
        if smallest >= Some(Unit::Day) && !is_joined && matches!(next, [_, Token::Uur, ..]) {
            break;
        }
        sum.months = sum.months.checked_add(piece.amount.months)?;
        sum.days = sum.days.checked_add(piece.amount.days)?;
        sum.minutes = sum.minutes.checked_add(piece.amount.minutes)?;
        is_exact |= piece.is_exact;
        smallest = Some(piece.unit);
        rest = piece.rest;
    }
    let unit = smallest?;
    if unit == Unit::Hour
        && let Some((minutes, after)) = part_of_hour(rest)
    {
        sum.minutes += i64::from(minutes);
        rest = after;
    }
    Some((sum, is_exact, rest))
}

/// The 30 of `2h30` and of `an hour and a half`.
fn part_of_hour(rest: &[Token]) -> Read<'_, u32> {
    and_a_half(rest).or_else(|| minutes_of_hour(rest))
}

/// The 30 of `an hour and a half`.
pub(super) fn and_a_half(rest: &[Token]) -> Read<'_, u32> {
    use Token::{A, And, Half, Quarter};
    match rest {
        [And, A, Half, rest @ ..] | [And, Half, rest @ ..] => Some((30, rest)),
        [And, A, Quarter, rest @ ..] => Some((15, rest)),
        _ => None,
    }
}

/// The 30 of `2h30`.
pub(super) fn minutes_of_hour(rest: &[Token]) -> Read<'_, u32> {
    match rest {
        // `20u, 27-11-2026`
        [
            Token::Number(1..=31, _),
            Token::Sign('-'),
            Token::Number(1..=12, _),
            Token::Sign('-'),
            Token::Number(_, 4),
            ..,
        ] => None,
        [Token::Number(minutes @ 0..60, 2) | Token::Number(minutes @ 10..60, 0), rest @ ..]
            if is_alone(rest) || matches!(rest, [Token::Sign('-'), ..]) =>
        {
            Some((*minutes, rest))
        }
        _ => None,
    }
}

/// A number of one unit: what stands after `every`.
pub(super) fn count_of(tokens: &[Token]) -> Option<(i64, Unit, &[Token])> {
    let piece = piece(tokens)?;
    let Amount { months, days, minutes } = piece.amount;
    match (piece.unit, months, days, minutes) {
        (Unit::Minute | Unit::QuarterHour | Unit::Hour, ..) => {
            let (amount, _, rest) = amount(tokens)?;
            Some((amount.minutes, Unit::Minute, rest))
        }
        (Unit::Day, 0, days, 0) => Some((days, Unit::Day, piece.rest)),
        (Unit::Week | Unit::Fortnight, 0, days, 0) if days % 7 == 0 => Some((days / 7, Unit::Week, piece.rest)),
        (Unit::Month, months, 0, 0) => Some((months, Unit::Month, piece.rest)),
        (Unit::Year, months, 0, 0) if months % 12 == 0 => Some((months / 12, Unit::Year, piece.rest)),
        _ => None,
    }
}
