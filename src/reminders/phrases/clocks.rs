//! Times of day: `19u30`, `half past 8`, `from 10 to 12`, and whose clocks show them.

use jiff::civil::Time;

use super::amounts::minutes_of_hour;
use super::{Read, is_alone, is_hour_mark, skip};
use crate::reminders::words::{Token, Unit};

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::reminders) struct Clock {
    pub(in crate::reminders) time: Time,
    /// `24:00`: it is on the day after the one that is named.
    pub(in crate::reminders) is_next_day: bool,
    pub(in crate::reminders) how: How,
    /// Whether it says when it is over, too.
    pub(in crate::reminders) is_span: bool,
}

/// How a time is written, which tells what else it may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reminders) enum How {
    Plain,
    /// With `am`.
    Am,
    Pm,
    /// `midnight`, before or after the day that is named.
    Midnight,
    /// `half een`, which is 0:30 and 12:30.
    BeforeOne,
    /// `2h`, which may be a length of time.
    Hours,
    /// `1930`, which may be a year.
    FourDigits,
    /// `5.12`, which may be a date.
    Dotted,
    /// A number alone, which only a sentence around it makes a time.
    Bare,
}

impl Clock {
    /// A time that is written without doubt.
    pub(in crate::reminders) fn at(time: Time) -> Clock {
        Clock { time, is_next_day: false, how: How::Plain, is_span: false }
    }

    fn of(hour: u32, minute: u32, second: u32, how: How) -> Option<Clock> {
        let (hour, is_next_day) = if (hour, minute, second) == (24, 0, 0) { (0, true) } else { (hour, false) };
        let (hour, minute, second) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?);
        Some(Clock { time: Time::new(hour, minute, second, 0).ok()?, is_next_day, how, is_span: false })
    }

    /// Minutes since the midnight before the day that is named.
    pub(in crate::reminders) fn minutes(self) -> i32 {
        i32::from(self.time.hour()) * 60 + i32::from(self.time.minute()) + if self.is_next_day { 1440 } else { 0 }
    }
}

/// A time of day, after `at` also a bare hour.
pub(in crate::reminders) fn clock(tokens: &[Token]) -> Read<'_, Clock> {
    use Token::{A, At, IsoT, Uur};
    match tokens {
        [At, A, Uur, rest @ ..] => Some((Clock::of(1, 0, 0, How::Plain)?, rest)),
        [At | IsoT, rest @ ..] => {
            let (clock, rest) = unprefixed(rest).or_else(|| bare(rest))?;
            let how = match clock.how {
                How::Hours | How::FourDigits | How::Dotted | How::Bare => How::Plain,
                how => how,
            };
            Some((Clock { how, ..clock }, rest))
        }
        _ => unprefixed(tokens),
    }
}

/// A time that is one without `at`.
pub(super) fn unprefixed(tokens: &[Token]) -> Read<'_, Clock> {
    use Token::{A, Am, Close, H, Number, Oclock, Pm, Sign, Uur};
    let (hour, minute, second, how, rest) = match tokens {
        [Number(12, _), Token::Clock(time), rest @ ..] | [Token::Clock(time), rest @ ..] => {
            let how = if *time == Time::midnight() { How::Midnight } else { How::Plain };
            return Some((Clock { how, ..Clock::at(*time) }, rest));
        }
        [Close, rest @ ..] => return Some((Clock::at(Time::constant(17, 0, 0, 0)), rest)),
        [Number(hour, 1..=2), Sign(':'), Number(minute, 2), Sign(':'), Number(second, 2), rest @ ..] => {
            (*hour, *minute, *second, How::Plain, rest)
        }
        [Number(hour, 1..=2), Sign(':'), Number(minute, 1..=2), rest @ ..] => (*hour, *minute, 0, How::Plain, rest),
        // `1.30h` may be a length of time.
        [Number(hour, 1..=2), Sign('.'), Number(minute, 2), mark @ (H | Uur), rest @ ..] => {
            (*hour, *minute, 0, hours_or_clock(*hour, true, mark), rest)
        }
        [Number(hour, 1..=2), Sign('.'), Number(minute, 2), rest @ ..] => {
            let may_be_date = (1..=12).contains(minute) && *hour > 0 && !is_hour_mark(rest);
            (*hour, *minute, 0, if may_be_date { How::Dotted } else { How::Plain }, rest)
        }
        [Number(digits, 4), rest @ ..] if is_hour_mark(rest) => (digits / 100, digits % 100, 0, How::Plain, rest),
        [Number(digits, 4), rest @ ..] if is_alone(rest) => (digits / 100, digits % 100, 0, How::FourDigits, rest),
        [Number(hour, _), mark @ (H | Uur), after @ ..] => match minutes_of_hour(after) {
            Some((minute, rest)) => (*hour, minute, 0, hours_or_clock(*hour, true, mark), rest),
            None => (*hour, 0, 0, hours_or_clock(*hour, false, mark), after),
        },
        [Number(hour, _), rest @ ..] if is_hour_mark(rest) => (*hour, 0, 0, How::Plain, rest),
        // `eight thirty`
        [Number(hour @ 1..=23, 0), Number(minute @ 10..=59, 0), rest @ ..]
            if is_alone(rest) || matches!(rest, [Am | Pm, ..]) =>
        {
            (*hour, *minute, 0, How::Plain, rest)
        }
        [A, mark @ (H | Uur), after @ ..] => (1, 0, 0, hours_or_clock(1, false, mark), after),
        _ => return spoken(tokens),
    };
    let (hour, how, rest) = match rest {
        [Am, rest @ ..] if (1..=12).contains(&hour) => (hour % 12, How::Am, rest),
        [Pm, rest @ ..] if (1..=12).contains(&hour) => (hour % 12 + 12, How::Pm, rest),
        [Am | Pm, ..] => return None,
        [H | Uur | Oclock, rest @ ..] => (hour, how, rest),
        rest => (hour, how, rest),
    };
    if matches!(rest, [Sign(':' | '.' | '/'), ..]) {
        return None;
    }
    Some((Clock::of(hour, minute, second, how)?, rest))
}

/// Whether `2h`, `1u30` is rather a length of time: few people are awake at that hour.
fn hours_or_clock(hour: u32, has_minutes: bool, mark: &Token) -> How {
    let is_length = match mark {
        _ if hour == 24 => true,
        Token::H if !has_minutes => hour <= 12,
        _ => hour <= 5,
    };
    if is_length { How::Hours } else { How::Plain }
}

pub(super) fn bare(tokens: &[Token]) -> Read<'_, Clock> {
    match tokens {
        [Token::Number(hour, 0..=2), rest @ ..] if is_alone(rest) => Some((Clock::of(*hour, 0, 0, How::Bare)?, rest)),
        _ => None,
    }
}

/// A time as it is spoken: `half past 8`, `kwart voor 9`, `10 over half 8`.
fn spoken(tokens: &[Token]) -> Read<'_, Clock> {
    use Token::{A, After, For, Half, In, Number, Past, Quarter, Through};
    let (minutes, is_spelled, rest) = match tokens {
        [Half, Past, rest @ ..] => {
            let (hour, rest) = spoken_hour(rest)?;
            return ending(hour * 60 + 30, 24, rest);
        }
        // The Dutch half eight is half an hour before eight.
        [Half, rest @ ..] => {
            let (hour, rest) = spoken_hour(rest)?;
            return ending(hour * 60 - 30, hour, rest);
        }
        [Quarter, rest @ ..] | [A, Quarter, rest @ ..] => (15, true, rest),
        [Number(minutes @ 1..=29, _), Token::Unit(Unit::Minute), rest @ ..] => (i64::from(*minutes), true, rest),
        [Number(minutes @ 1..=29, width), rest @ ..] => (i64::from(*minutes), *width == 0, rest),
        _ => return None,
    };
    // `10 to 12` in digits may be the hours from one to the other, as `nine to five` are; nobody meets from 20 to 9.
    let is_clear = |hour: i64| is_spelled && minutes % 5 == 0 || matches!(minutes, 20 | 25) && hour <= 12;
    match rest {
        [sign @ (In | After | For), Half, rest @ ..] => {
            let (hour, rest) = spoken_hour(rest)?;
            let around = if *sign == For { -minutes } else { minutes };
            ending(hour * 60 - 30 + around, hour, rest)
        }
        [Past | In | After, rest @ ..] => {
            let (hour, rest) = spoken_hour(rest)?;
            ending(hour * 60 + minutes, 24, rest)
        }
        [sign @ (For | Through), rest @ ..] => {
            let (hour, rest) = spoken_hour(rest)?;
            if *sign == Through && !is_clear(hour) { None } else { ending(hour * 60 - minutes, hour, rest) }
        }
        _ => None,
    }
}

/// The bare hour of `8 tonight` and `8 in the morning`.
pub(super) fn hour_of_part(tokens: &[Token]) -> Read<'_, Clock> {
    use Token::{Filler, Genitive, In, InDays, Number, Part, This};
    match tokens {
        [Number(hour @ 1..=12, 0..=2), rest @ ..]
            if matches!(rest, [InDays(0) | In | Genitive | This, Part(_), ..] | [In, Filler, Part(_), ..]) =>
        {
            Some((Clock::of(*hour, 0, 0, How::Plain)?, rest))
        }
        _ => None,
    }
}

/// Minutes before or after an hour, which are no time from now: `five minutes past 8`.
pub(super) fn minutes_from_hour(tokens: &[Token]) -> Read<'_, Clock> {
    match tokens {
        [Token::Number(..), Token::Unit(Unit::Minute), ..] => spoken(tokens),
        _ => None,
    }
}

/// The hour of a spoken time: a number, or the `een` that is an article as well.
fn spoken_hour(tokens: &[Token]) -> Read<'_, i64> {
    let (hour, rest) = match skip(tokens, Token::Filler) {
        [Token::Number(hour @ 0..=24, 0..=2), rest @ ..] => (i64::from(*hour), rest),
        [Token::A, rest @ ..] => (1, rest),
        _ => return None,
    };
    (is_alone(rest) || is_hour_mark(rest)).then_some((hour, rest))
}

/// A spoken time that is so many minutes from midnight and was said by an hour that follows it.
fn ending(minutes: i64, hour: i64, rest: &[Token]) -> Read<'_, Clock> {
    use Token::{Am, H, Oclock, Pm, Uur};
    let minutes = u32::try_from(minutes).ok()?;
    let how = if hour == 1 && minutes < 60 { How::BeforeOne } else { How::Plain };
    let (hour, minute) = (minutes / 60, minutes % 60);
    let (hour, how, rest) = match rest {
        [Am, rest @ ..] if hour <= 12 => (hour % 12, How::Am, rest),
        [Pm, rest @ ..] if hour <= 12 => (hour % 12 + 12, How::Pm, rest),
        [Am | Pm, ..] => return None,
        [H | Uur | Oclock, rest @ ..] => (hour, how, rest),
        rest => (hour, how, rest),
    };
    Some((Clock::of(hour, minute, 0, how)?, rest))
}

/// The hours from one time to another, of which the first counts: `20:00-22:00`, `from 10 to 12`, `2-5pm`.
pub(in crate::reminders) fn span(tokens: &[Token]) -> Read<'_, Clock> {
    use Token::{And, At, Between, Dash, From, Of, Sign, Through, Until};
    let (is_said, body) = match tokens {
        [From | Between | Of, rest @ ..] => (true, skip(rest, At)),
        tokens => (false, skip(tokens, At)),
    };
    let (start, rest) = unprefixed(body).or_else(|| bare(body)).or_else(|| before_dash(body))?;
    let (sign, rest) = match rest {
        [And, rest @ ..] if matches!(tokens, [Between, ..]) => (And, rest),
        [sign @ (Until | Through | Dash | Sign('-')), rest @ ..] => (*sign, rest),
        _ => return None,
    };
    let rest = skip(rest, At);
    let (end, after) = unprefixed(rest).or_else(|| bare(rest))?;
    let is_bare = (start.how == How::Bare, end.how == How::Bare);
    let is_meant = match (is_bare, sign) {
        _ if is_said => true,
        // `10 to 12` may be ten minutes before twelve.
        ((true, _), Through) => {
            !matches!(start.time.hour(), 5 | 10) && (start.time.hour() != 20 || end.minutes() > 720)
        }
        // `9-12` may be a date, unless `at` stands before it.
        ((true, true), Dash | Sign('-')) => matches!(tokens, [At, ..]) || end.time.hour() > 12 || end.is_next_day,
        _ => true,
    };
    if !is_meant || start.minutes() == end.minutes() {
        return None;
    }
    Some((Clock { is_span: true, ..started(start, end)? }, after))
}

/// The first of two hours whose number a dash follows.
fn before_dash(tokens: &[Token]) -> Read<'_, Clock> {
    match tokens {
        [Token::Number(hour, 1..=2), rest @ ..] if matches!(rest, [Token::Sign('-'), ..]) => {
            Some((Clock::of(*hour, 0, 0, How::Bare)?, rest))
        }
        _ => None,
    }
}

/// The start of what is over at `end`: in `8 to 10 pm` it is in the evening, too. Nothing if nobody can tell.
fn started(start: Clock, end: Clock) -> Option<Clock> {
    let is_open =
        matches!(start.how, How::Bare | How::Plain | How::Dotted | How::Hours) && (1..=12).contains(&start.time.hour());
    let start = Clock { how: if start.how == How::Am { How::Am } else { How::Plain }, ..start };
    let is_twelve = end.time.hour() % 12 == 0;
    match end.how {
        How::Am | How::Pm if is_open && is_twelve => None,
        How::Pm if is_open => {
            let hour = start.time.hour() % 12 + 12;
            let later = Clock { time: start.time.with().hour(hour).build().ok()?, ..start };
            Some(if later.minutes() < end.minutes() { later } else { start })
        }
        How::Am if is_open && start.minutes() > end.minutes() => None,
        _ => Some(start),
    }
}
