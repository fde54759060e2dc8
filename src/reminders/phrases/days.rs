//! Dates: `tomorrow`, `25/12`, `friday next week`, `first monday of december`.

use jiff::civil::Date;

use super::amounts::amount;
use super::clocks::{Clock, clock};
use super::{Day, Month, Phrase, Place, Read, Vague, is_alone, is_hour_mark, is_joined, skip};
use crate::reminders::words::{Token, Unit};

const DAY: Token = Token::Unit(Unit::Day);
const WEEK: Token = Token::Unit(Unit::Week);
const MONTH: Token = Token::Unit(Unit::Month);
const YEAR: Token = Token::Unit(Unit::Year);

/// A date, but for a weekday alone or a day of the month alone.
pub(in crate::reminders) fn date(tokens: &[Token]) -> Read<'_, Day> {
    type Reader = for<'a> fn(&'a [Token]) -> Read<'a, Day>;
    const READERS: [Reader; 5] = [numbers, weeks_away, relative, in_month, named];
    READERS.iter().find_map(|read| read(tokens))
}

/// A date whose month is a word, with or without its year.
fn named(tokens: &[Token]) -> Read<'_, Day> {
    let (month, day, rest) = day_and_month(tokens)?;
    match year(rest) {
        Some((year, rest)) => Some((full(year, month, day)?, rest)),
        None => Some((day_of_year(month, day)?, rest)),
    }
}

/// A date in numbers, day before month.
fn numbers(tokens: &[Token]) -> Read<'_, Day> {
    use Token::{Number, Sign, Stop};
    match tokens {
        [Number(year, 4), Sign(a @ ('-' | '/')), Number(month, 1..=2), Sign(b), Number(day, 1..=2), rest @ ..]
        | [
            Number(day, 1..=2),
            Sign(a @ ('-' | '/' | '.')),
            Number(month, 1..=2),
            Sign(b),
            Number(year, 4),
            rest @ ..,
        ] if a == b => Some((full(*year, *month, *day)?, rest)),
        [
            Number(day, 1..=2),
            Sign(a @ ('-' | '/' | '.')),
            Number(month, 1..=2),
            Sign(b),
            Number(year, 2),
            rest @ ..,
        ] if a == b && !is_joined(rest) => Some((full(2000 + year, *month, *day)?, rest)),
        // Not the 12-14 of 12-14 March.
        [Number(day, 1..=2), Sign('-' | '/'), Number(month, 1..=2), rest @ ..]
            if !is_joined(rest) && !is_hour_mark(rest) && !matches!(rest, [Token::Month(_), ..]) =>
        {
            Some((day_of_year(*month, *day)?, rest))
        }
        // `5.12.`, and `5.12` before a time, which is then no time itself.
        [Number(day, 1..=2), Sign('.'), Number(month, 1..=2), Stop, rest @ ..] => {
            Some((day_of_year(*month, *day)?, rest))
        }
        [Number(day, 1..=2), Sign('.'), Number(month, 1..=2), rest @ ..]
            if !is_joined(rest) && clock(rest).is_some() =>
        {
            Some((day_of_year(*month, *day)?, rest))
        }
        _ => None,
    }
}

/// A date by how far it is from today.
fn relative(tokens: &[Token]) -> Read<'_, Day> {
    use Token::{After, InDays, Next, This, Weekday};
    match tokens {
        [InDays(days), rest @ ..] => Some((Day::InDays(*days), rest)),
        // The part of the day is read after it.
        [This, rest @ ..] if matches!(rest, [Token::Part(_), ..]) => Some((Day::InDays(0), rest)),
        [DAY, After, InDays(1), rest @ ..] => Some((Day::InDays(2), rest)),
        [Next, WEEK, rest @ ..] => match skip(rest, Token::Filler) {
            [Weekday { day, .. }, rest @ ..] => Some((Day::InWeek(1, *day), rest)),
            _ => Some((Day::InDays(7), rest)),
        },
        [Weekday { day, .. }, Next, WEEK, rest @ ..] | [Weekday { day, .. }, Token::Of, Next, WEEK, rest @ ..] => {
            Some((Day::InWeek(1, *day), rest))
        }
        [This, WEEK, rest @ ..] => match skip(rest, Token::Filler) {
            [Weekday { day, .. }, rest @ ..] => Some((Day::InWeek(0, *day), rest)),
            _ => None,
        },
        [Weekday { day, .. }, This, WEEK, rest @ ..] => Some((Day::InWeek(0, *day), rest)),
        [Next, Weekday { day, .. }, rest @ ..] => Some((Day::Next(*day), rest)),
        [Next, MONTH, rest @ ..] => match skip(rest, Token::Filler) {
            [Token::Ordinal { nth: day @ 1..=31, .. }, rest @ ..] => {
                Some((Day::In(Month::Ahead(1), Place::Day(i8::try_from(*day).ok()?)), rest))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Weeks after a day: `a week from friday`, `vrijdag over een week`.
fn weeks_away(tokens: &[Token]) -> Read<'_, Day> {
    use Token::{After, From, In, InDays, Weekday};
    let after = |day: &Token, weeks: i32| match day {
        InDays(days) => Some(Day::InDays(days.checked_add(weeks.checked_mul(7)?)?)),
        Weekday { day, .. } => Some(Day::WeeksAfter(weeks, *day)),
        _ => None,
    };
    match tokens {
        [day @ (InDays(_) | Weekday { .. }), In, rest @ ..] => {
            let (amount, _, rest) = amount(rest)?;
            Some((after(day, amount.weeks()?)?, rest))
        }
        [Token::A | Token::Number(..), Token::Unit(Unit::Week | Unit::Fortnight), From | After | Token::Filler, ..]
        | [Token::Number(..), Token::Unit(Unit::Day), From | After, ..] => {
            let (amount, _, rest) = amount(tokens)?;
            let [day, rest @ ..] = skip(&rest[1..], Token::This) else { return None };
            Some((after(day, amount.weeks()?)?, rest))
        }
        _ => None,
    }
}

/// A day in a month that is named by more than its name: `the 5th of next month`, `last friday of december`.
fn in_month(tokens: &[Token]) -> Read<'_, Day> {
    use Token::{Last, Number, Ordinal, Weekday};
    let (place, rest) = match tokens {
        [Ordinal { nth: nth @ 1..=4, .. }, Weekday { day, .. }, rest @ ..] => {
            (Place::Nth(i8::try_from(*nth).ok()?, *day), rest)
        }
        [Last, Weekday { day, .. }, rest @ ..] => (Place::Nth(-1, *day), rest),
        [Last, DAY, rest @ ..] => (Place::Day(-1), rest),
        [Ordinal { nth: 1, .. }, DAY, rest @ ..] => (Place::Day(1), rest),
        [Ordinal { nth: day @ 1..=31, .. } | Number(day @ 1..=31, _), rest @ ..] => {
            (Place::Day(i8::try_from(*day).ok()?), rest)
        }
        _ => return None,
    };
    let after = match rest {
        [Token::Of | Token::In, rest @ ..] => skip(rest, Token::Filler),
        rest => rest,
    };
    match (after, place) {
        ([Token::Next, MONTH, rest @ ..], _) => Some((Day::In(Month::Ahead(1), place), rest)),
        ([Token::This, MONTH, rest @ ..], _) => Some((Day::In(Month::Ahead(0), place), rest)),
        // A day of a named month is an ordinary date.
        ([Token::Month(month), rest @ ..], Place::Nth(..) | Place::Day(-1)) => {
            let (month, rest) = month_of_year(*month, rest);
            Some((Day::In(month, place), rest))
        }
        ([Token::Month(month), rest @ ..], Place::Day(1)) if matches!(tokens, [_, DAY, ..]) => {
            let (month, rest) = month_of_year(*month, rest);
            Some((Day::In(month, place), rest))
        }
        _ => None,
    }
}

/// A month that is named, with the year after it if there is one.
fn month_of_year(month: i8, rest: &[Token]) -> (Month, &[Token]) {
    let full = year(rest).and_then(|(year, rest)| Some((Month::Full(i16::try_from(year).ok()?, month), rest)));
    full.unwrap_or((Month::Named(month), rest))
}

/// Month and day of a date whose month is a word: `12th of March`, `march 12`.
fn day_and_month(tokens: &[Token]) -> Option<(u32, u32, &[Token])> {
    use Token::{Month, Number, Of, Ordinal};
    let (month, day, rest) = match tokens {
        // `1e kerstdag`, `christmas eve`
        [Ordinal { nth: nth @ 1..=2, .. }, Token::Feast { month: 12, day: 25 }, rest @ ..] => (12, 24 + *nth, rest),
        [Token::Feast { month, day }, rest @ ..] => (*month, u32::try_from(*day).ok()?, rest),
        [Number(day, 0..=2) | Ordinal { nth: day, .. }, Month(month), rest @ ..]
        | [Number(day, 0..=2) | Ordinal { nth: day, .. }, Of, Month(month), rest @ ..] => (*month, *day, rest),
        [Month(month), Number(day, 1..=2) | Ordinal { nth: day, .. }, rest @ ..]
        | [Month(month), Token::Filler, Ordinal { nth: day, .. }, rest @ ..]
            if !is_joined(rest) && !is_hour_mark(rest) =>
        {
            (*month, *day, rest)
        }
        _ => return None,
    };
    Some((u32::try_from(month).ok()?, day, rest))
}

fn year(rest: &[Token]) -> Read<'_, u32> {
    match rest {
        [Token::Number(year, 4), rest @ ..] | [Token::Sign(','), Token::Number(year, 4), rest @ ..]
            if !is_joined(rest) && !is_hour_mark(rest) =>
        {
            Some((*year, rest))
        }
        _ => None,
    }
}

fn full(year: u32, month: u32, day: u32) -> Option<Day> {
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    date.ok().map(Day::Full)
}

fn day_of_year(month: u32, day: u32) -> Option<Day> {
    // A leap year has every day that a year may have.
    full(2000, month, day)?;
    Some(Day::OfYear { month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? })
}

/// A date that looks like one and that no year has, or not the one that is named: `31 feb`, `29/2/2027`.
pub(super) fn no_such_day(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{Number, Sign};
    let (month, day, rest) = match tokens {
        [Number(_, 4), Sign('-'), Number(month, 2), Sign('-'), Number(day, 2), rest @ ..] => (*month, *day, rest),
        [
            Number(day, 1..=2),
            Sign('-' | '/' | '.'),
            Number(month, 1..=2),
            Sign('-' | '/' | '.'),
            Number(_, 2 | 4),
            rest @ ..,
        ]
        | [Number(day, 1..=2), Sign('/'), Number(month, 1..=2), rest @ ..] => (*month, *day, rest),
        _ => {
            let (month, day, rest) = day_and_month(tokens)?;
            (month, day, year(rest).map_or(rest, |(_, rest)| rest))
        }
    };
    let is_date = (1..=12).contains(&month) && (29..=31).contains(&day) && !is_joined(rest);
    is_date.then_some((Phrase::NoSuchDay { day, month }, rest))
}

/// `9-12`, where nobody can tell a date from the hours between.
pub(super) fn or_hours(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{Dash, Number, Sign};
    match tokens {
        [Number(first @ 1..=24, 1..=2), Sign('-') | Dash, Number(last @ 1..=12, 1..=2), rest @ ..]
            if first < last && is_alone(rest) && !is_hour_mark(rest) =>
        {
            let hours = Clock::at(jiff::civil::Time::new(i8::try_from(*first).ok()?, 0, 0, 0).ok()?);
            Some((Phrase::DayOrHours(day_of_year(*last, *first)?, hours), rest))
        }
        _ => None,
    }
}

/// `end of the month`, `next month`, `this weekend`: some are a day, others nobody can tell.
pub(super) fn end_of(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{EndOf, Filler, InDays, Next, This, Weekend};
    let last = |month| Phrase::Day(Day::In(month, Place::Day(-1)));
    match tokens {
        [Next, MONTH, ..] if is_day_of_month(&tokens[2..]) => None,
        [Next, MONTH, rest @ ..] => Some((Phrase::Vague(Vague::NextMonth), rest)),
        [Next, YEAR, rest @ ..] => Some((Phrase::Vague(Vague::NextYear), rest)),
        [This, Weekend, rest @ ..] => Some((Phrase::Vague(Vague::Weekend(0)), rest)),
        [Next, Weekend, rest @ ..] => Some((Phrase::Vague(Vague::Weekend(1)), rest)),
        [Token::In | Token::At, rest @ ..] => match skip(rest, Filler) {
            [Weekend, rest @ ..] => Some((Phrase::Vague(Vague::Weekend(0)), rest)),
            _ => None,
        },
        [Filler, EndOf, ..] => end_of(&tokens[1..]),
        [EndOf, Token::Month(month), rest @ ..] => {
            let (month, rest) = month_of_year(*month, rest);
            Some((last(month), rest))
        }
        [EndOf, rest @ ..] => {
            let (ahead, rest) = match skip(rest, Filler) {
                [Next, rest @ ..] => (1, rest),
                rest => (0, skip(rest, This)),
            };
            match rest {
                [DAY, rest @ ..] if ahead == 0 => Some((Phrase::Vague(Vague::EndOfDay), rest)),
                [InDays(0), ..] => Some((Phrase::Vague(Vague::EndOfDay), rest)),
                [WEEK, rest @ ..] => Some((Phrase::Vague(Vague::EndOfWeek(ahead)), rest)),
                [MONTH, rest @ ..] => Some((last(Month::Ahead(ahead)), rest)),
                [YEAR, rest @ ..] if ahead == 0 => Some((Phrase::Day(day_of_year(12, 31)?), rest)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `in 2 weeks on friday`, which people count in two ways.
pub(super) fn weeks_on(tokens: &[Token]) -> Read<'_, Phrase> {
    let [Token::In, rest @ ..] = tokens else { return None };
    let (amount, _, rest) = amount(rest)?;
    match skip(rest, Token::Filler) {
        [Token::Weekday { day, .. }, rest @ ..] => Some((Phrase::WeeksOn(amount.weeks()?, *day), rest)),
        _ => None,
    }
}

/// `start of next month`, `begin volgende week`, `straks`: nobody can tell which day or hour.
pub(super) fn start_of(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{Filler, Next, Soon, StartOf};
    let rest = match tokens {
        [Soon, rest @ ..] => return Some((Phrase::Vague(Vague::Soon), rest)),
        [StartOf, rest @ ..] | [Filler, StartOf, rest @ ..] => skip(rest, Filler),
        _ => return None,
    };
    match rest {
        [Token::Month(month), rest @ ..] => {
            let (month, rest) = month_of_year(*month, rest);
            Some((Phrase::Vague(Vague::StartOfMonth(month)), rest))
        }
        [Next, MONTH, rest @ ..] => Some((Phrase::Vague(Vague::StartOfMonth(Month::Ahead(1))), rest)),
        [Next, YEAR, rest @ ..] => Some((Phrase::Vague(Vague::NextYear), rest)),
        [Next, WEEK, rest @ ..] => Some((Phrase::Vague(Vague::StartOfWeek), rest)),
        _ => None,
    }
}

/// Whether a day of the month follows: `next month on the 5th`.
fn is_day_of_month(rest: &[Token]) -> bool {
    matches!(skip(rest, Token::Filler), [Token::Ordinal { .. }, ..])
}
