//! Phrases: what a row of tokens says, before anybody asks when that is.
//!
//! The grammar is the table of [`phrase`]: each reader takes tokens and returns what it read with the tokens that are left, or
//! nothing, and the first that reads something counts. [`Parts`] holds what a text says, each at most once.

mod amounts;
mod clocks;
mod days;
mod rules;

use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, Zoned};

use super::schedule::Weekdays;
use super::words::{Part, Token, Unit, Zone};
pub(super) use amounts::{Amount, amount};
pub(super) use clocks::{Clock, How, clock, span};
pub(super) use days::date;
pub(super) use rules::{MonthDays, Nths};

type Read<'a, T> = Option<(T, &'a [Token])>;

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
    /// That of this week, which begins on Monday.
    ThisWeek(Weekday),
    /// That of next week.
    NextWeek(Weekday),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vague {
    NextMonth,
    NextYear,
    EndOfDay,
    /// Of the week so many weeks from this one.
    EndOfWeek(i32),
    Weekend(i32),
}

/// All that a text says, each at most once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) day: Option<Day>,
    pub(super) weekdays: Option<Weekdays>,
    pub(super) come_back: bool,
    pub(super) nth: Option<(Nths, Weekday)>,
    pub(super) month_days: Option<MonthDays>,
    pub(super) time: Option<Clock>,
    pub(super) day_or_hours: Option<(Day, Clock)>,
    pub(super) part: Option<Part>,
    pub(super) stamp: Option<Timestamp>,
    pub(super) delay: Option<Amount>,
    pub(super) step: Option<(i64, Unit)>,
    pub(super) from: Option<Day>,
    pub(super) until: Option<Day>,
    pub(super) times: Option<u32>,
    pub(super) except: Option<Weekdays>,
    pub(super) zone: Option<Zone>,
    pub(super) also: Also,
    pub(super) vague: Option<Vague>,
    pub(super) no_such_day: Option<(u32, u32)>,
    pub(super) is_several: bool,
    pub(super) says_at: bool,
    pub(super) says_month: bool,
    pub(super) says_and: bool,
}

impl Parts {
    /// What `tokens` say, if all of them say something.
    pub(super) fn read(mut tokens: &[Token]) -> Option<Parts> {
        let mut parts = Parts::default();
        while !tokens.is_empty() {
            let (phrase, rest) = phrase(tokens)?;
            // What is said twice is understood, and no single moment.
            if !parts.put(phrase) {
                match phrase {
                    Phrase::Day(_) | Phrase::Time(_) | Phrase::Zoned(..) | Phrase::Weekdays { .. } => {
                        parts.is_several = true
                    }
                    _ => return None,
                }
            }
            tokens = rest;
        }
        parts.is_several |= parts.says_and && parts.day.is_some() && parts.weekdays.is_some();
        (parts.is_several || !parts.says_and).then_some(parts)
    }

    /// Takes in what a phrase says, unless something like it was said before.
    pub(super) fn put(&mut self, phrase: Phrase) -> bool {
        fn fill<T>(slot: &mut Option<T>, value: T) -> bool {
            let is_new = slot.is_none();
            slot.get_or_insert(value);
            is_new
        }
        match phrase {
            Phrase::Day(day) => self.stamp.is_none() && fill(&mut self.day, day),
            Phrase::Weekdays { days, come_back } => {
                self.come_back |= come_back;
                fill(&mut self.weekdays, days)
            }
            Phrase::Nth(nths, weekday) => fill(&mut self.nth, (nths, weekday)),
            Phrase::MonthDays(days) => fill(&mut self.month_days, days),
            // `25/12 2030` may be a year.
            Phrase::Time(Clock { how: How::FourDigits, .. }) if matches!(self.day, Some(Day::OfYear { .. })) => false,
            // A rule whose first time is said after it, as suggestions say it, has one time.
            Phrase::Time(time) if self.from.is_some() && self.time.is_some_and(|it| it.time == time.time) => true,
            Phrase::Time(time) => self.stamp.is_none() && fill(&mut self.time, time),
            Phrase::DayOrHours(day, hours) => fill(&mut self.day_or_hours, (day, hours)),
            Phrase::Part(part) => fill(&mut self.part, part),
            Phrase::Stamp(moment) => self.day.is_none() && self.time.is_none() && fill(&mut self.stamp, moment),
            Phrase::Delay(amount) => fill(&mut self.delay, amount),
            Phrase::Step(every, unit) => fill(&mut self.step, (every, unit)),
            Phrase::From(day) => fill(&mut self.from, day),
            Phrase::Until(day) => fill(&mut self.until, day),
            // `3x elke dag` and `elke dag 3x` are three times a day, which a rule with one time cannot be.
            Phrase::Times { count, is_for } => (is_for || self.time.is_some()) && fill(&mut self.times, count),
            Phrase::Except(days) => self.repeats() && fill(&mut self.except, days),
            Phrase::Zone(zone) => fill(&mut self.zone, zone),
            Phrase::Zoned(time, zone, also) => {
                let is_new = self.put(Phrase::Time(time)) && self.put(Phrase::Zone(zone));
                self.also = if is_new { also } else { self.also };
                is_new
            }
            Phrase::Vague(vague) => fill(&mut self.vague, vague),
            Phrase::Several => {
                self.is_several = true;
                true
            }
            Phrase::NoSuchDay { day, month } => fill(&mut self.no_such_day, (day, month)),
            Phrase::OfMonth => {
                self.says_month = true;
                self.nth.is_some() || self.month_days.is_some()
            }
            Phrase::And => {
                self.says_and = true;
                true
            }
            Phrase::At => {
                self.says_at = true;
                true
            }
            Phrase::Filler => true,
        }
    }

    /// The same with date and time of our clocks beside a moment.
    pub(super) fn settled(self, now: &Zoned) -> Parts {
        let Some(moment) = self.stamp else { return self };
        let clock = now.time_zone().to_datetime(moment);
        let (day, time) = (Some(Day::Full(clock.date())), Some(Clock::at(clock.time())));
        Parts { day, time, zone: None, ..self }
    }

    /// Whether it comes back.
    pub(super) fn repeats(&self) -> bool {
        self.step.is_some() || self.come_back
    }

    /// The time of day, and whether it belongs to the night after the day that is named; nothing if the part of the day
    /// contradicts it.
    pub(super) fn clock(&self) -> Option<(Time, bool)> {
        match (self.time, self.part) {
            (Some(clock), Some(part)) => part.on(clock),
            (Some(clock), None) => Some((clock.time, clock.is_next_day)),
            (None, Some(part)) => Some((part.usual()?, false)),
            (None, None) => Some((USUAL, false)),
        }
    }
}

/// When it is if nobody says.
const USUAL: Time = Time::constant(9, 0, 0, 0);

impl Part {
    /// What a time means in it: 8 in the evening is 20:00, and midnight comes after it.
    fn on(self, Clock { time, how, is_next_day, .. }: Clock) -> Option<(Time, bool)> {
        if is_next_day {
            return (self == Part::Evening).then_some((time, true));
        }
        let hour = match (self, time.hour(), how) {
            (Part::Evening, hour, How::Am | How::Midnight) if hour < 6 => return Some((time, true)),
            (Part::Afternoon | Part::Evening, _, How::Am) => return None,
            (Part::Afternoon, 0, How::BeforeOne) => 12,
            (Part::Night, 0 | 12, _) => 0,
            (Part::Morning, hour @ ..12, _)
            | (Part::Afternoon, hour @ 12..=18, _)
            | (Part::Evening, hour @ 17.., _)
            | (Part::Night, hour @ (..6 | 22..), _) => hour,
            (Part::Afternoon, hour @ 1..=6, _) | (Part::Evening, hour @ 5..=11, _) => hour + 12,
            _ => return None,
        };
        Some((Time::new(hour, time.minute(), time.second(), 0).ok()?, false))
    }

    /// When it is if nobody says; nobody means all of the night.
    fn usual(self) -> Option<Time> {
        match self {
            Part::Morning => Some(USUAL),
            Part::Afternoon => Some(Time::constant(14, 0, 0, 0)),
            Part::Evening => Some(Time::constant(20, 0, 0, 0)),
            Part::Night => None,
        }
    }
}

/// The phrase that `tokens` begin with.
pub(super) fn phrase(tokens: &[Token]) -> Read<'_, Phrase> {
    type Reader = for<'a> fn(&'a [Token]) -> Read<'a, Phrase>;
    const READERS: [Reader; 18] = [
        stamp,
        days::end_of,
        rules::step,
        rules::bounds,
        rules::except,
        days::several,
        clocks::in_zones,
        clocks::several,
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
        _ => clocks::zone(tokens).map(|(zone, rest)| (Phrase::Zone(zone), rest)),
    }
}

/// The tokens after those that are `token`.
fn skip(mut tokens: &[Token], token: Token) -> &[Token] {
    while let Some((first, rest)) = tokens.split_first()
        && *first == token
    {
        tokens = rest;
    }
    tokens
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
