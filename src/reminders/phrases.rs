//! Phrases: what a row of tokens says, before anybody asks when that is.
//!
//! Each reader takes tokens and returns what it read with the tokens that are left, or nothing.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;
use jiff::{Timestamp, Zoned};

use super::schedule::{Weekdays, clock_at};
use super::words::{Part, Token, Unit};

type Read<'a, T> = Option<(T, &'a [Token])>;

/// The least that can be understood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Phrase {
    Day(Day),
    Weekdays {
        days: Weekdays,
        /// Whether they can only be meant to come back: `mondays`, `mon and wed`.
        come_back: bool,
    },
    /// The first to fourth such day of the month; -1 is the last.
    Nth(i8, Weekday),
    /// A day of the month; -1 is its last.
    MonthDay(i8),
    Time(Time),
    Part(Part),
    Stamp(Timestamp),
    Delay(Amount),
    /// Every so many minutes, days, weeks, months or years.
    Step(i64, Unit),
    From(Day),
    Until(Day),
    Times(u32),
    Offset(Offset),
    Elsewhere,
    Filler,
}

/// A date as people say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Day {
    /// So many days from today.
    InDays(i32),
    /// The nearest such weekday.
    Weekday(Weekday),
    /// The first such weekday after today.
    Next(Weekday),
    /// That of next week.
    NextWeek(Weekday),
    /// The nearest such day of a month; -1 is its last.
    OfMonth(i8),
    /// The nearest such day of a year.
    OfYear { month: i8, day: i8 },
    /// With its year.
    Full(Date),
}

/// A length of time: what the calendar counts, and what passes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Amount {
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) minutes: i64,
}

/// All that a text says, each at most once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) day: Option<Day>,
    pub(super) weekdays: Option<Weekdays>,
    pub(super) come_back: bool,
    pub(super) nth: Option<(i8, Weekday)>,
    pub(super) month_day: Option<i8>,
    pub(super) time: Option<Time>,
    pub(super) part: Option<Part>,
    pub(super) stamp: Option<Timestamp>,
    pub(super) delay: Option<Amount>,
    pub(super) step: Option<(i64, Unit)>,
    pub(super) from: Option<Day>,
    pub(super) until: Option<Day>,
    pub(super) times: Option<u32>,
    pub(super) offset: Option<Offset>,
    pub(super) elsewhere: bool,
}

impl Parts {
    /// What `tokens` say, if all of them say something and none contradicts another.
    pub(super) fn read(mut tokens: &[Token]) -> Option<Parts> {
        let mut parts = Parts::default();
        while !tokens.is_empty() {
            let (phrase, rest) = phrase(tokens)?;
            if !parts.put(phrase) {
                return None;
            }
            tokens = rest;
        }
        Some(parts)
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
            Phrase::Nth(nth, weekday) => fill(&mut self.nth, (nth, weekday)),
            Phrase::MonthDay(day) => fill(&mut self.month_day, day),
            Phrase::Time(time) => self.stamp.is_none() && fill(&mut self.time, time),
            Phrase::Part(part) => fill(&mut self.part, part),
            Phrase::Stamp(moment) => self.day.is_none() && self.time.is_none() && fill(&mut self.stamp, moment),
            Phrase::Delay(amount) => fill(&mut self.delay, amount),
            Phrase::Step(every, unit) => fill(&mut self.step, (every, unit)),
            Phrase::From(day) => fill(&mut self.from, day),
            Phrase::Until(day) => fill(&mut self.until, day),
            Phrase::Times(times) => fill(&mut self.times, times),
            Phrase::Offset(offset) => fill(&mut self.offset, offset),
            Phrase::Elsewhere => !std::mem::replace(&mut self.elsewhere, true),
            Phrase::Filler => true,
        }
    }

    /// The same with date and time of our clocks in place of a moment.
    pub(super) fn settled(self, now: &Zoned) -> Parts {
        let Some(moment) = self.stamp else { return self };
        let clock = clock_at(moment, now);
        let (day, time) = (Some(Day::Full(clock.date())), Some(clock.time()));
        Parts { day, time, stamp: None, offset: None, ..self }
    }

    /// Whether it comes back.
    pub(super) fn repeats(&self) -> bool {
        self.step.is_some() || self.come_back
    }

    /// The time of day; nothing if the part of the day contradicts it.
    pub(super) fn clock(&self) -> Option<Time> {
        match (self.time, self.part) {
            (Some(time), Some(part)) => part.on(time),
            (Some(time), None) => Some(time),
            (None, Some(part)) => Some(part.usual()),
            (None, None) => Some(Part::Morning.usual()),
        }
    }
}

impl Part {
    /// What `time` means in it: 8 in the evening is 20:00.
    fn on(self, time: Time) -> Option<Time> {
        let hour = match (self, time.hour()) {
            (Part::Morning, hour @ ..12) | (Part::Afternoon, hour @ 12..=18) | (Part::Evening, hour @ 17..) => hour,
            (Part::Afternoon, hour @ 1..=6) | (Part::Evening, hour @ 5..=11) => hour + 12,
            _ => return None,
        };
        Time::new(hour, time.minute(), time.second(), 0).ok()
    }

    /// When it is if nobody says.
    fn usual(self) -> Time {
        match self {
            Part::Morning => Time::constant(9, 0, 0, 0),
            Part::Afternoon => Time::constant(14, 0, 0, 0),
            Part::Evening => Time::constant(20, 0, 0, 0),
        }
    }
}

/// The phrase that `tokens` begin with.
pub(super) fn phrase(tokens: &[Token]) -> Read<'_, Phrase> {
    type Reader = for<'a> fn(&'a [Token]) -> Read<'a, Phrase>;
    const READERS: [Reader; 10] = [
        stamp,
        step,
        bounds,
        |tokens| date(tokens).map(|(day, rest)| (Phrase::Day(day), rest)),
        position,
        delay,
        |tokens| clock(tokens).map(|(time, rest)| (Phrase::Time(time), rest)),
        weekdays,
        zone,
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

/// How it repeats. The days of `every monday` are left to be read after it.
fn step(tokens: &[Token]) -> Read<'_, Phrase> {
    let (every, rest) = match tokens {
        [Token::Each(every, unit), rest @ ..] => return Some((in_minutes(*every, *unit), rest)),
        [Token::Every | Token::EveryOther, Token::Other, rest @ ..] | [Token::EveryOther, rest @ ..] => (2, rest),
        [Token::Every, rest @ ..] => (1, rest),
        _ => return None,
    };
    match rest {
        [Token::Weekday { .. } | Token::Days(_) | Token::Weekend, ..] => Some((Phrase::Step(every, Unit::Week), rest)),
        [Token::Unit(unit), rest @ ..] => Some((in_minutes(every, *unit), rest)),
        [Token::H | Token::Uur, rest @ ..] => Some((in_minutes(every, Unit::Hour), rest)),
        [Token::Part(_), ..] if every == 1 => Some((Phrase::Step(1, Unit::Day), rest)),
        [Token::Ordinal(every), Token::Unit(unit), rest @ ..] if !matches!(rest, [Token::Of, ..]) => {
            Some((in_minutes((*every).into(), *unit), rest))
        }
        // Every second Tuesday is every other one to some and that of the month to others.
        [Token::Ordinal(2..), Token::Weekday { .. }, after @ ..] if !matches!(after, [Token::Of, ..]) => None,
        _ => {
            if let Some((Day::OfYear { .. }, _)) = date(rest) {
                return Some((Phrase::Step(every, Unit::Year), rest));
            }
            if position(rest).is_some() {
                return Some((Phrase::Step(every, Unit::Month), rest));
            }
            let piece = piece(rest)?;
            if piece.unit > Unit::Hour {
                return Some((Phrase::Step(piece.count, piece.unit), piece.rest));
            }
            let (amount, _, rest) = amount(rest)?;
            Some((Phrase::Step(amount.minutes, Unit::Minute), rest))
        }
    }
}

fn in_minutes(every: i64, unit: Unit) -> Phrase {
    match unit {
        Unit::Hour => Phrase::Step(every * 60, Unit::Minute),
        Unit::QuarterHour => Phrase::Step(every * 15, Unit::Minute),
        unit => Phrase::Step(every, unit),
    }
}

/// When it begins or ends to repeat.
fn bounds(tokens: &[Token]) -> Read<'_, Phrase> {
    match tokens {
        [Token::For, Token::Number(times, _), Token::Times, rest @ ..]
        | [Token::Number(times, _), Token::Times, rest @ ..] => Some((Phrase::Times(*times), rest)),
        // `from 9:00` says no more than a time.
        [Token::From, rest @ ..] if clock(rest).is_some() || matches!(rest, [Token::At, ..]) => {
            Some((Phrase::Filler, rest))
        }
        [Token::From, rest @ ..] => bound(rest).map(|(day, rest)| (Phrase::From(day), rest)),
        [Token::Until | Token::Through, rest @ ..] => bound(rest).map(|(day, rest)| (Phrase::Until(day), rest)),
        _ => None,
    }
}

fn bound(tokens: &[Token]) -> Read<'_, Day> {
    let tokens = skip(tokens, Token::Filler);
    date(tokens).or_else(|| match skip(tokens, Token::This) {
        [Token::Weekday { day, .. }, rest @ ..] => Some((Day::Weekday(*day), rest)),
        [Token::Ordinal(day @ 1..=31), rest @ ..] => Some((Day::OfMonth(i8::try_from(*day).ok()?), rest)),
        _ => None,
    })
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

/// A date, but for a weekday alone or a day of the month alone.
pub(super) fn date(tokens: &[Token]) -> Read<'_, Day> {
    use Token::{After, InDays, Month, Next, Number, Sign};
    const DAY: Token = Token::Unit(Unit::Day);
    const WEEK: Token = Token::Unit(Unit::Week);
    match tokens {
        [InDays(days), rest @ ..] => Some((Day::InDays(*days), rest)),
        // The part of the day is read after it.
        [Token::This, rest @ ..] if matches!(rest, [Token::Part(_), ..]) => Some((Day::InDays(0), rest)),
        [DAY, After, InDays(1), rest @ ..] => Some((Day::InDays(2), rest)),
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
            if !is_joined(rest) && !matches!(rest, [Month(_), ..]) =>
        {
            Some((day_of_year(*month, *day)?, rest))
        }
        [Next, WEEK, Token::Weekday { day, .. }, rest @ ..] | [Token::Weekday { day, .. }, Next, WEEK, rest @ ..] => {
            Some((Day::NextWeek(*day), rest))
        }
        [Next, WEEK, rest @ ..] => Some((Day::InDays(7), rest)),
        [Next, Token::Weekday { day, .. }, rest @ ..] => Some((Day::Next(*day), rest)),
        _ => named_date(tokens),
    }
}

/// A date whose month is a word: `12th of March 2027`, `march 12`.
fn named_date(tokens: &[Token]) -> Read<'_, Day> {
    use Token::{Month, Number, Of, Ordinal, Sign};
    let (month, day, rest) = match tokens {
        [Number(day, 0..=2) | Ordinal(day), Month(month), rest @ ..]
        | [Number(day, 0..=2) | Ordinal(day), Of, Month(month), rest @ ..] => (*month, *day, rest),
        [Month(month), Number(day, 1..=2) | Ordinal(day), rest @ ..] if !is_joined(rest) && !is_hour_mark(rest) => {
            (*month, *day, rest)
        }
        _ => return None,
    };
    let month = u32::try_from(month).ok()?;
    match rest {
        [Number(year, 4), rest @ ..] | [Sign(','), Number(year, 4), rest @ ..]
            if !is_joined(rest) && !is_hour_mark(rest) =>
        {
            Some((full(*year, month, day)?, rest))
        }
        rest => Some((day_of_year(month, day)?, rest)),
    }
}

/// Whether what came before `rest` is only a part of a longer number.
fn is_joined(rest: &[Token]) -> bool {
    matches!(rest, [Token::Sign(':' | '.' | '/' | '-'), ..])
}

fn is_hour_mark(rest: &[Token]) -> bool {
    matches!(rest, [Token::H | Token::Uur | Token::Oclock | Token::Am | Token::Pm, ..])
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

/// A place in a month: `last friday of the month`, `15th`.
fn position(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{Last, Of, Ordinal, Weekday};
    let (phrase, rest) = match tokens {
        [Ordinal(nth @ 1..=4), Weekday { day, .. }, rest @ ..] => (Phrase::Nth(i8::try_from(*nth).ok()?, *day), rest),
        [Last, Weekday { day, .. }, rest @ ..] => (Phrase::Nth(-1, *day), rest),
        [Last, Token::Unit(Unit::Day), rest @ ..] => (Phrase::MonthDay(-1), rest),
        [Ordinal(1), Token::Unit(Unit::Day), rest @ ..] if matches!(rest, [Of, ..]) => (Phrase::MonthDay(1), rest),
        [Ordinal(day @ 1..=31), rest @ ..] => (Phrase::MonthDay(i8::try_from(*day).ok()?), rest),
        _ => return None,
    };
    let of_month = match rest {
        [Of, after @ ..] => match skip(after, Token::Filler) {
            [Token::Unit(Unit::Month), after @ ..] => Some(after),
            _ => None,
        },
        _ => None,
    };
    Some((phrase, of_month.unwrap_or(rest)))
}

/// A time from now: `in 2h30`, `3 days`. What may be a time of day is one, unless it says `in`.
fn delay(tokens: &[Token]) -> Read<'_, Phrase> {
    let (is_said, tokens) = match tokens {
        [Token::In, rest @ ..] => (true, rest),
        tokens => (false, tokens),
    };
    let (amount, is_exact, rest) = amount(tokens)?;
    (is_said || is_exact).then_some((Phrase::Delay(amount), rest))
}

/// A number of units, and whether it cannot be a time of day.
struct Piece<'a> {
    count: i64,
    unit: Unit,
    is_exact: bool,
    rest: &'a [Token],
}

fn piece(tokens: &[Token]) -> Option<Piece<'_>> {
    use Token::{A, Half, Number, OneAndHalf, Sign};
    let (count, rest) = match tokens {
        [OneAndHalf, rest @ ..] => return in_hours(90, rest),
        [Half, A, rest @ ..] | [A, Half, rest @ ..] | [Half, rest @ ..] => return in_hours(30, rest),
        [Number(hours, _), Sign('.' | ','), Number(5, 1), rest @ ..] => {
            return in_hours(i64::from(*hours) * 60 + 30, rest);
        }
        [A, rest @ ..] => (1, rest),
        [Number(count, _), rest @ ..] => (i64::from(*count), rest),
        _ => return None,
    };
    match rest {
        [Token::Unit(unit), rest @ ..] => Some(Piece { count, unit: *unit, is_exact: true, rest }),
        [Token::H | Token::Uur, rest @ ..] => Some(Piece { count, unit: Unit::Hour, is_exact: false, rest }),
        _ => None,
    }
}

/// So many minutes, of what is said in hours.
fn in_hours(minutes: i64, rest: &[Token]) -> Option<Piece<'_>> {
    match rest {
        [Token::Unit(Unit::Hour) | Token::H | Token::Uur, rest @ ..] => {
            Some(Piece { count: minutes, unit: Unit::Minute, is_exact: true, rest })
        }
        _ => None,
    }
}

/// Pieces from the largest to the smallest, and whether one of them cannot be a time of day.
fn amount(tokens: &[Token]) -> Option<(Amount, bool, &[Token])> {
    let mut amount = Amount::default();
    let mut is_exact = false;
    let mut smallest = None;
    let mut rest = tokens;
    loop {
        let (is_joined, next) = match rest {
            [Token::And, next @ ..] if smallest.is_some() => (true, next),
            next => (false, next),
        };
        let Some(piece) = piece(next).filter(|piece| smallest.is_none_or(|unit| piece.unit < unit)) else { break };
        // `over 2 dagen 9 uur` is at nine o'clock.
        if smallest >= Some(Unit::Day) && !is_joined && matches!(next, [_, Token::Uur, ..]) {
            break;
        }
        match piece.unit {
            Unit::Minute => amount.minutes += piece.count,
            Unit::QuarterHour => amount.minutes += piece.count * 15,
            Unit::Hour => amount.minutes += piece.count * 60,
            Unit::Day => amount.days += piece.count,
            Unit::Week => amount.days += piece.count * 7,
            Unit::Month => amount.months += piece.count,
            Unit::Year => amount.months += piece.count * 12,
        }
        is_exact |= piece.is_exact;
        smallest = Some(piece.unit);
        rest = piece.rest;
    }
    if smallest == Some(Unit::Hour)
        && let Some((minutes, after)) = minutes_of_hour(rest)
    {
        amount.minutes += i64::from(minutes);
        rest = after;
    }
    smallest.map(|_| (amount, is_exact, rest))
}

/// The 30 of `2h30`.
fn minutes_of_hour(rest: &[Token]) -> Read<'_, u32> {
    match rest {
        [Token::Number(minutes @ 0..60, 2), rest @ ..] if is_alone(rest) => Some((*minutes, rest)),
        _ => None,
    }
}

/// Whether a number before `rest` does not belong to it.
fn is_alone(rest: &[Token]) -> bool {
    use Token::{Month, Of, Sign, Times, Unit};
    !is_hour_mark(rest) && !matches!(rest, [Sign(':' | '.' | '/' | '-') | Unit(_) | Times | Month(_) | Of, ..])
}

/// A time of day.
pub(super) fn clock(tokens: &[Token]) -> Read<'_, Time> {
    use Token::{A, At, H, Number, Oclock, Sign, Uur};
    let (hour, minute, second, rest) = match tokens {
        [Token::Clock(time), rest @ ..] => return Some((*time, rest)),
        [Number(hour, 1..=2), Sign(':'), Number(minute, 2), Sign(':'), Number(second, 2), rest @ ..] => {
            (*hour, *minute, *second, rest)
        }
        [Number(hour, 1..=2), Sign(':'), Number(minute, 1..=2), rest @ ..]
        | [Number(hour, 1..=2), Sign('.'), Number(minute, 2), rest @ ..] => (*hour, *minute, 0, rest),
        [Number(hour, _), H | Uur, after @ ..] => match minutes_of_hour(after) {
            Some((minute, rest)) => (*hour, minute, 0, rest),
            None => (*hour, 0, 0, after),
        },
        [Number(hour, _), rest @ ..] if is_hour_mark(rest) => (*hour, 0, 0, rest),
        [At, Number(hour, _), rest @ ..] if is_alone(rest) => (*hour, 0, 0, rest),
        [At, A, Uur, rest @ ..] => (1, 0, 0, rest),
        _ => {
            let ((hour, minute), rest) = spoken(tokens)?;
            (hour, minute, 0, rest)
        }
    };
    let (hour, rest) = match rest {
        [Token::Am, rest @ ..] if (1..=12).contains(&hour) => (hour % 12, rest),
        [Token::Pm, rest @ ..] if (1..=12).contains(&hour) => (hour % 12 + 12, rest),
        [Token::Am | Token::Pm, ..] => return None,
        [H | Uur | Oclock, rest @ ..] => (hour, rest),
        rest => (hour, rest),
    };
    if matches!(rest, [Sign(':' | '.' | '/'), ..]) {
        return None;
    }
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()?;
    Some((time, rest))
}

/// Hour and minute as they are spoken: `half past 8`, `kwart voor 9`, `10 over 8`.
fn spoken(tokens: &[Token]) -> Read<'_, (u32, u32)> {
    use Token::{For, Half, In, Number, Past, Quarter, Through};
    let (minutes, rest) = match tokens {
        [Half, Past, Number(hour, _), rest @ ..] => return Some(((*hour, 30), rest)),
        // The Dutch half eight is half an hour before eight.
        [Half, Number(hour, _), rest @ ..] => return Some(((hour.checked_sub(1)?, 30), rest)),
        [Quarter, rest @ ..] => (15, rest),
        [Number(minutes @ (5 | 10 | 20 | 25), _), rest @ ..] => (*minutes, rest),
        _ => return None,
    };
    match rest {
        [Past | In, Number(hour, _), rest @ ..] if is_alone(rest) || is_hour_mark(rest) => {
            Some(((*hour, minutes), rest))
        }
        [For | Through, Number(hour, _), rest @ ..] if is_alone(rest) || is_hour_mark(rest) => {
            Some(((hour.checked_sub(1)?, 60 - minutes), rest))
        }
        _ => None,
    }
}

/// One weekday or several, as a list or from one to another.
fn weekdays(tokens: &[Token]) -> Read<'_, Phrase> {
    let (mut days, mut come_back, mut rest) = match tokens {
        [Token::This, ..] => match skip(tokens, Token::This) {
            [Token::Weekday { day, .. }, rest @ ..] => {
                return Some((Phrase::Weekdays { days: (*day).into(), come_back: false }, rest));
            }
            _ => return None,
        },
        _ => some_days(tokens)?,
    };
    loop {
        let next = match rest {
            [Token::And | Token::Sign('+' | ',' | '/'), next @ ..] => skip(next, Token::Filler),
            next => next,
        };
        let Some((more, _, after)) = some_days(next) else { break };
        days = days | more;
        come_back = true;
        rest = after;
    }
    Some((Phrase::Weekdays { days, come_back }, rest))
}

/// A day, days that come back, or days from one to another.
fn some_days(tokens: &[Token]) -> Option<(Weekdays, bool, &[Token])> {
    use Token::{Dash, Sign, Through, Until, Weekday};
    match tokens {
        [Token::Days(days), rest @ ..] => Some((*days, true, rest)),
        [Token::Weekend, rest @ ..] => Some((Weekdays::WEEKEND, false, rest)),
        [Weekday { day: first, .. }, Sign('-') | Dash | Through | Until, Weekday { day: last, .. }, rest @ ..] => {
            let between = first.until(*last);
            Some((first.cycle_forward().take(usize::try_from(between).ok()? + 1).collect(), true, rest))
        }
        [Weekday { day, .. }, rest @ ..] => Some(((*day).into(), false, rest)),
        _ => None,
    }
}

/// Whose clocks.
fn zone(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{Number, Sign, Utc};
    match tokens {
        [Utc, Sign(sign @ ('+' | '-')), Number(hours @ 0..=14, 1..=2), rest @ ..] if !is_joined(rest) => {
            let hours = i8::try_from(*hours).ok()?;
            Some((Phrase::Offset(Offset::from_hours(if *sign == '-' { -hours } else { hours }).ok()?), rest))
        }
        [Utc, Sign('+' | '-'), rest @ ..] | [Token::Elsewhere, rest @ ..] => Some((Phrase::Elsewhere, rest)),
        [Utc, rest @ ..] => Some((Phrase::Offset(Offset::UTC), rest)),
        _ => None,
    }
}

/// A part of the day, and words without weight.
fn loose(tokens: &[Token]) -> Read<'_, Phrase> {
    use Token::{At, Dash, Filler, Genitive, In, Local, Of, Part, Sign};
    match tokens {
        [Part(part), rest @ ..] | [In | Genitive, Part(part), rest @ ..] | [In, Filler, Part(part), rest @ ..] => {
            Some((Phrase::Part(*part), rest))
        }
        [Filler | At | Of | Dash | Local | Sign(','), rest @ ..] => Some((Phrase::Filler, rest)),
        _ => None,
    }
}
