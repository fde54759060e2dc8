//! Phrases: what a row of tokens says, before anybody asks when that is.
//!
//! The grammar is the table of [`phrase`]: each reader takes tokens and returns what it read with the tokens that are left, or
//! nothing, and the first that reads something counts. [`Parts`] holds what a text says, each at most once.

mod amounts;
mod clocks;
mod days;
mod lists;
mod parts;
mod rules;
mod zoned;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use super::schedule::Weekdays;
use super::words::{Part, Token, Unit, Zone};
pub(super) use amounts::{Amount, amount};
pub(super) use clocks::{Clock, How, clock, span};
pub(super) use days::date;
pub(super) use parts::Parts;
pub(super) use rules::{MonthDays, Nths};

type Read<'a, T> = Option<(T, &'a [Token])>;

/// Nobody lists more days or times. A longer row of numbers is none.
const MAX_LIST: usize = 12;

/// The least that can be understood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Phrase {
    Day(Day),
    Weekdays {
        days: Weekdays,
        /// Whether they can only be meant to come back: `mondays`, `ma,wo`.
        come_back: bool,
    },
    /// Such days of a month: the first, the last.
    Nth(Nths, Weekday),
    /// Days of a month by their number.
    MonthDays(MonthDays),
    Time(Clock),
    /// `9-12`, which is a date or the hours from one to the other.
    DayOrHours(Day, Clock),
    Part(Part),
    Stamp(Timestamp),
    Delay(Amount),
    /// Every so many minutes, days, weeks, months or years.
    Step(i64, Unit),
    From(Day),
    Until(Day),
    Times {
        count: u32,
        /// `for 3 times`, which cannot be three times each day.
        is_for: bool,
    },
    Except(Weekdays),
    Zone(Zone),
    /// The same moment by several clocks: `20:00 CET / 14:00 EST`.
    Zoned(Clock, Zone, Also),
    Vague(Vague),
    /// `in 2 weeks on friday`: so many weeks after the nearest one, or in the week that is so many from this one.
    WeeksOn(i32, Weekday),
    /// Several dates or times where one is meant: `27 and 28 november`.
    Several,
    /// A date that no year has: `31 feb`.
    NoSuchDay {
        day: u32,
        month: u32,
    },
    /// `of the month`, which a place in it needs to be one of no other.
    OfMonth,
    And,
    /// `at`, which says that a time follows and no length of time.
    At,
    Filler,
}

/// What other clocks show at the same moment.
pub(super) type Also = [Option<(Clock, Zone)>; 2];

/// A date as people say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Day {
    /// So many days from today.
    InDays(i32),
    /// The nearest such weekday.
    Weekday(Weekday),
    /// The first such weekday after today.
    Next(Weekday),
    /// That of the week so many weeks from this one; weeks begin on Monday.
    InWeek(i32, Weekday),
    /// So many weeks after the nearest such weekday.
    WeeksAfter(i32, Weekday),
    /// The nearest such day of a month; -1 is its last.
    OfMonth(i8),
    /// The nearest such day of a year.
    OfYear { month: i8, day: i8 },
    /// With its year.
    Full(Date),
    /// In a month that is named.
    In(Month, Place),
}

/// Which month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Month {
    /// The nearest of this name.
    Named(i8),
    /// So many months from this one.
    Ahead(i32),
    /// Of a year that is named.
    Full(i16, i8),
}

/// Where in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// -1 is the last.
    Day(i8),
    /// The first to fourth such weekday; -1 is the last.
    Nth(i8, Weekday),
}

/// What people say without saying when it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Vague {
    NextMonth,
    NextYear,
    EndOfDay,
    /// Of the week so many weeks from this one.
    EndOfWeek(i32),
    Weekend(i32),
    /// Of next week.
    StartOfWeek,
    StartOfMonth(Month),
    /// Today, later.
    Soon,
}

/// The phrase that `tokens` begin with.
pub(super) fn phrase(tokens: &[Token]) -> Read<'_, Phrase> {
    type Reader = for<'a> fn(&'a [Token]) -> Read<'a, Phrase>;
    const READERS: [Reader; 20] = [
        stamp,
        days::end_of,
        days::start_of,
        days::weeks_on,
        rules::step,
        rules::bounds,
        rules::except,
        lists::several_days,
        zoned::in_zones,
        lists::several_times,
        days::or_hours,
        |tokens| date(tokens).map(|(day, rest)| (Phrase::Day(day), rest)),
        days::no_such_day,
        rules::position,
        |tokens| clocks::minutes_from_hour(tokens).map(|(time, rest)| (Phrase::Time(time), rest)),
        |tokens| clocks::hour_of_part(tokens).map(|(time, rest)| (Phrase::Time(time), rest)),
        amounts::delay,
        |tokens| span(tokens).or_else(|| clock(tokens)).map(|(time, rest)| (Phrase::Time(time), rest)),
        rules::weekdays,
        loose,
    ];
    // No phrase begins with these, and most words of an announcement are one of them.
    use Token::{By, Bygone, Cancel, City, Deadline, Money, Or, Region, TimeWord, Times, Turn, Unknown, Version};
    if let [Unknown | Money | Region | City(_) | Turn | Cancel | Deadline | By | Bygone | Version, ..]
    | [Or | Times | TimeWord, ..] = tokens
    {
        return None;
    }
    READERS.iter().find_map(|read| read(tokens))
}

fn stamp(tokens: &[Token]) -> Read<'_, Phrase> {
    match tokens {
        [Token::Stamp(moment), rest @ ..] => Some((Phrase::Stamp(*moment), rest)),
        _ => None,
    }
}

/// Whose clocks, a part of the day, and words without weight.
fn loose(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{And, At, Dash, Filler, Genitive, In, IsoT, Of, Part, Sign, Stop};
    match tokens {
        [Part(part), rest @ ..] | [In | Genitive, Part(part), rest @ ..] | [In, Filler, Part(part), rest @ ..] => {
            Some((Phrase::Part(*part), rest))
        }
        [At | IsoT, rest @ ..] => Some((Phrase::At, rest)),
        [And, rest @ ..] => Some((Phrase::And, rest)),
        [Of, Token::Unit(Unit::Month), rest @ ..] | [Of, Filler, Token::Unit(Unit::Month), rest @ ..] => {
            Some((Phrase::OfMonth, rest))
        }
        [Filler | Of | Dash | Stop | Sign(','), rest @ ..] => Some((Phrase::Filler, rest)),
        _ => zoned::zone(tokens).map(|(zone, rest)| (Phrase::Zone(zone), rest)),
    }
}

/// Nobody says a word without weight more often in a row: what goes over more would look at all of a text for each of its words.
const MAX_SKIPPED: usize = 4;

/// The tokens after those that are `token`.
fn skip(tokens: &[Token], token: Token) -> &[Token] {
    let count = tokens.iter().take(MAX_SKIPPED).take_while(|first| **first == token).count();
    &tokens[count..]
}

/// Whether what came before `rest` is only a part of a longer number.
fn is_joined(rest: &[Token]) -> bool {
    matches!(rest, [Token::Sign(':' | '.' | '/' | '-'), ..])
}

fn is_hour_mark(rest: &[Token]) -> bool {
    matches!(rest, [Token::H | Token::Uur | Token::Oclock | Token::Am | Token::Pm, ..])
}

/// Whether a number before `rest` does not belong to it.
fn is_alone(rest: &[Token]) -> bool {
    use Token::{Month, Number, Of, Ordinal, Sign, Times, Unit};
    match rest {
        // `half 9, november 28`
        [Month(_), Ordinal { nth: 1..=31, is_spelled: false }, ..] => true,
        [Month(_), Number(1..=31, 1..=2), after @ ..] => !is_hour_mark(after) && !is_joined(after),
        [Sign(':' | '.' | '/' | '-') | Unit(_) | Times | Month(_) | Of, ..] => false,
        rest => !is_hour_mark(rest),
    }
}
