//! When: what people type, in English or Dutch, as a moment and a rule. Everything here is a pure function of values.
//!
//! All of a text must be understood: a word that means nothing here makes the whole of it mean nothing, because a reminder
//! at a wrong time is worse than a question. What it says is one of these:
//!
//! - a time is the next one; a date or a weekday alone is at 09:00;
//! - a weekday is the nearest, today included while its time is ahead; after `next` it is never today;
//! - a date without a year is the nearest, day before month;
//! - minutes and hours pass, days and longer go by the clock;
//! - what a rule leaves open comes from the first time its hour strikes;
//! - an hour without am or pm is one of 24, unless a part of the day says otherwise; half eight is the Dutch 7:30.

use std::fmt;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{RoundMode, SignedDuration, Timestamp, Unit as Smallest, Zoned, ZonedRound};

use super::phrases::{Amount, Day, Parts};
use super::schedule::{Repeat, Schedule, Weekdays, clock_at, describe, monday, plus_days, plus_months, resolve};
use super::words::{Unit, tokens};

/// Nobody types more than that for a moment.
const MAX_BYTES: usize = 200;

/// Below this a rule would fill a channel.
const MIN_MINUTES: i64 = 10;

/// Larger steps overflow nothing, but nobody means them. In minutes it is a week.
const MAX_STEP: i64 = 10_080;

/// How often something may happen that ends by count: [`Schedule::nth`] goes through all of them.
const MAX_TIMES: u32 = 9_999;

/// When something happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// What the clocks show when it first happens.
    pub first: DateTime,
    /// How it repeats; nothing happens once.
    pub repeat: Option<Repeat>,
    /// When it stops repeating; nothing goes on.
    pub end: Option<End>,
}

/// A clock time as [`read`] reads it wherever the clocks are.
pub fn written(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

impl fmt::Display for When {
    /// As [`read`] reads it, without its end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.repeat {
            Some(repeat) => f.write_str(&describe(repeat, self.first)),
            None => f.write_str(&written(self.first)),
        }
    }
}

/// How something that repeats ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// After this day, on which it may still happen.
    Date(Date),
    /// After it happened so often, the first time included.
    Times(u32),
}

/// Why a text is no moment to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misread {
    /// It says something else, or nothing, or something that never happens.
    NotUnderstood,
    /// It says what has passed.
    Past {
        /// What it says.
        read: DateTime,
        /// What was perhaps meant: the same time tomorrow, or the same date in a year to come.
        instead: DateTime,
    },
}

/// Reads when something happens, seen from `now` and by the clocks of its zone.
///
/// # Errors
/// [`Misread`] unless all of `text` is understood and lies ahead.
pub fn read(text: &str, now: &Zoned) -> Result<When, Misread> {
    let parts = read_short(text).ok_or(Misread::NotUnderstood)?;
    meaning(parts, now)
}

/// Reads a time of day, such as `19u30` or `7pm`.
pub fn read_time(text: &str) -> Option<Time> {
    let parts = read_short(text)?;
    parts.time?;
    let clock = parts.clock()?;
    let is_nothing_else = Parts { time: None, part: None, ..parts } == Parts::default();
    is_nothing_else.then_some(clock)
}

/// Reads a date, also one that has passed; without a year it is the nearest, `today` included.
pub fn read_date(text: &str, today: Date) -> Option<Date> {
    let parts = read_short(text)?;
    let (day, weekday) = named_day(&parts)?;
    let is_nothing_else = Parts { day: None, weekdays: None, month_day: None, ..parts } == Parts::default();
    let date = fixed(day, today).or_else(|| nearest(day, today, |date| date >= today))?;
    (is_nothing_else && weekday.is_none_or(|weekday| weekday == date.weekday())).then_some(date)
}

/// Reads days of the week: `mon-fri`, `weekdays and saturday`, `dagelijks`.
pub fn read_weekdays(text: &str) -> Option<Weekdays> {
    let parts = read_short(text)?;
    let is_nothing_else = Parts { weekdays: None, come_back: false, step: None, ..parts.clone() } == Parts::default();
    match (parts.step, parts.weekdays) {
        _ if !is_nothing_else => None,
        // After `daily`, days say more exactly which.
        (None | Some((1, Unit::Day | Unit::Week)), Some(days)) => Some(days),
        (Some((1, Unit::Day)), None) => Some(Weekdays::EVERY_DAY),
        _ => None,
    }
}

fn read_short(text: &str) -> Option<Parts> {
    if text.len() > MAX_BYTES { None } else { Parts::read(&tokens(text)) }
}

/// When it is what `parts` say.
pub(super) fn meaning(parts: Parts, now: &Zoned) -> Result<When, Misread> {
    let parts = parts.settled(now);
    let Some(offset) = parts.offset else { return by_our_clocks(&parts, now) };
    let there = TimeZone::fixed(offset);
    let ours = |clock: DateTime| clock_at(resolve(clock, &there), now);
    match by_our_clocks(&parts, &now.with_time_zone(there.clone())) {
        // A rule goes by days: on another day than theirs it would be another rule.
        Ok(when) if when.repeat.is_some() && ours(when.first).date() != when.first.date() => {
            Err(Misread::NotUnderstood)
        }
        Ok(when) => Ok(When { first: ours(when.first), ..when }),
        Err(Misread::Past { read, instead }) => Err(Misread::Past { read: ours(read), instead: ours(instead) }),
        Err(misread) => Err(misread),
    }
}

fn by_our_clocks(parts: &Parts, now: &Zoned) -> Result<When, Misread> {
    let time = parts.clock().filter(|_| !parts.elsewhere).ok_or(Misread::NotUnderstood)?;
    match parts.delay {
        Some(delay) => {
            let is_nothing_else = Parts { delay: None, time: None, part: None, ..parts.clone() } == Parts::default();
            let said = (parts.time.is_some() || parts.part.is_some()).then_some(time);
            let first =
                after_delay(delay, said, now).filter(|first| resolve(*first, now.time_zone()) > now.timestamp());
            let when = first.filter(|_| is_nothing_else).map(|first| When { first, repeat: None, end: None });
            when.ok_or(Misread::NotUnderstood)
        }
        None if parts.repeats() => again(parts, time, now),
        None => once(parts, time, now),
    }
}

/// The clock time that lies `delay` from now; at the time `said` if it is days away.
fn after_delay(delay: Amount, said: Option<Time>, now: &Zoned) -> Option<DateTime> {
    let later = |date: Date| plus_days(plus_months(date, delay.months)?, delay.days);
    if let Some(time) = said {
        return if delay.minutes == 0 { Some(later(now.date())?.to_datetime(time)) } else { None };
    }
    // Whoever asks for five minutes gets at least that.
    let minute = now.round(ZonedRound::new().smallest(Smallest::Minute).mode(RoundMode::Ceil)).ok()?;
    let clock = later(minute.date())?.to_datetime(minute.time());
    if delay.minutes == 0 {
        return Some(clock);
    }
    let by_calendar = delay.months > 0 || delay.days > 0;
    let begins = if by_calendar { resolve(clock, now.time_zone()) } else { minute.timestamp() };
    Some(clock_at(begins.checked_add(SignedDuration::from_secs(delay.minutes * 60)).ok()?, now))
}

/// The day that is named, and the weekday beside it.
pub(super) fn named_day(parts: &Parts) -> Option<(Day, Option<Weekday>)> {
    let weekday = match parts.weekdays {
        Some(days) if days.len() > 1 => return None,
        days => days.and_then(|days| days.iter().next()),
    };
    let day = match (parts.day, parts.month_day) {
        (Some(day), None) => day,
        (None, Some(day)) => Day::OfMonth(day),
        (None, None) => Day::Weekday(weekday?),
        (Some(_), Some(_)) => return None,
    };
    Some((day, weekday))
}

fn once(parts: &Parts, time: Time, now: &Zoned) -> Result<When, Misread> {
    let when = |date: Date| When { first: date.to_datetime(time), repeat: None, end: None };
    let is_ahead = |date: Date| resolve(date.to_datetime(time), now.time_zone()) > now.timestamp();
    let today = now.date();
    let rule =
        Parts { day: None, weekdays: None, month_day: None, time: None, part: None, offset: None, ..parts.clone() };
    if rule != Parts::default() {
        return Err(Misread::NotUnderstood);
    }
    let says_day = parts.day.is_some() || parts.month_day.is_some() || parts.weekdays.is_some();
    if !says_day && (parts.time.is_some() || parts.part.is_some()) {
        let next = (0..=2).filter_map(|days| plus_days(today, days)).find(|date| is_ahead(*date));
        return next.map(when).ok_or(Misread::NotUnderstood);
    }
    let (day, weekday) = named_day(parts).ok_or(Misread::NotUnderstood)?;
    match nearest(day, today, is_ahead) {
        Some(date) if weekday.is_none_or(|weekday| weekday == date.weekday()) => Ok(when(date)),
        Some(_) => Err(Misread::NotUnderstood),
        None => {
            let past = || {
                let instead = match day {
                    Day::Full(date) => Day::OfYear { month: date.month(), day: date.day() },
                    _ => Day::InDays(1),
                };
                let read = fixed(day, today)?.to_datetime(time);
                Some(Misread::Past { read, instead: nearest(instead, today, is_ahead)?.to_datetime(time) })
            };
            Err(past().unwrap_or(Misread::NotUnderstood))
        }
    }
}

fn again(parts: &Parts, time: Time, now: &Zoned) -> Result<When, Misread> {
    let (first, repeat) = rule(parts, time, now).ok_or(Misread::NotUnderstood)?;
    let end = match (parts.until, parts.times) {
        (None, None) => None,
        (None, Some(times @ 1..=MAX_TIMES)) => Some(End::Times(times)),
        (Some(day), None) => Some(End::Date(last_date(day, first, now.date())?)),
        _ => return Err(Misread::NotUnderstood),
    };
    Ok(When { first, repeat: Some(repeat), end })
}

/// The last day of what first happens at `first`.
fn last_date(day: Day, first: DateTime, today: Date) -> Result<Date, Misread> {
    let is_later = |date: Date| date >= first.date();
    let date = fixed(day, today).or_else(|| nearest(day, first.date(), is_later)).ok_or(Misread::NotUnderstood)?;
    match day {
        _ if is_later(date) => Ok(date),
        Day::Full(_) if date < today => {
            let same = Day::OfYear { month: date.month(), day: date.day() };
            let instead = nearest(same, first.date(), is_later).ok_or(Misread::NotUnderstood)?;
            Err(Misread::Past { read: date.to_datetime(first.time()), instead: instead.to_datetime(first.time()) })
        }
        _ => Err(Misread::NotUnderstood),
    }
}

/// The rule that `parts` say, and when it first happens.
fn rule(parts: &Parts, time: Time, now: &Zoned) -> Option<(DateTime, Repeat)> {
    let zone = now.time_zone();
    let (start, after) = match parts.from {
        None => (now.date(), now.timestamp()),
        Some(day) => {
            let today = now.date();
            let start = fixed(day, today).or_else(|| nearest(day, today, |date| date >= today))?;
            (start, just_before(start, zone)?)
        }
    };
    let next = |repeat: Repeat| {
        let first = start.to_datetime(time);
        Schedule { first, zone: zone.clone(), repeat: Some(repeat), ends_at: None }.clock_after(after)
    };
    let strikes = || next(Repeat::Days(1));

    let (every, unit) = parts.step.unwrap_or((1, Unit::Week));
    if !(1..=MAX_STEP).contains(&every) {
        return None;
    }
    let step = i32::try_from(every).ok()?;
    let (first, repeat) = match (unit, parts.weekdays, parts.nth, parts.month_day, parts.day) {
        (Unit::Minute, None, None, None, None) if every >= MIN_MINUTES => {
            let says_start = parts.time.is_some() || parts.part.is_some() || parts.from.is_some();
            let soon = Amount { minutes: every, ..Amount::default() };
            let first = if says_start { strikes()? } else { after_delay(soon, None, now)? };
            (first, Repeat::Minutes(every))
        }
        (Unit::Day, None, None, None, None) => (strikes()?, Repeat::Days(step)),
        (Unit::Week, Some(Weekdays::EVERY_DAY), None, None, None) if step == 1 => (strikes()?, Repeat::Days(1)),
        (Unit::Week, days, None, None, None) => {
            let days = days.or_else(|| Some(strikes()?.weekday().into()))?;
            (next(Repeat::Weeks { every: 1, days })?, Repeat::Weeks { every: step, days })
        }
        (Unit::Month, None, Some((nth, weekday)), None, None) => {
            let first = next(Repeat::MonthWeekday { every: 1, nth, weekday })?;
            (first, Repeat::MonthWeekday { every: step, nth, weekday })
        }
        (Unit::Month, None, None, day, None) => {
            let day = day.or_else(|| Some(strikes()?.day()))?;
            let day = if day < 0 { 31 } else { day };
            (next(Repeat::MonthDay { every: 1, day })?, Repeat::MonthDay { every: step, day })
        }
        (Unit::Year, None, None, None, None) => (strikes()?, Repeat::Years(step)),
        (Unit::Year, None, None, None, Some(day @ (Day::OfYear { .. } | Day::Full(_)))) => {
            let date = fixed(day, start)
                .or_else(|| nearest(day, start, |date| resolve(date.to_datetime(time), zone) > after))?;
            (date.to_datetime(time), Repeat::Years(step))
        }
        _ => return None,
    };
    let ahead = |first: &DateTime| resolve(*first, zone) > now.timestamp();
    if ahead(&first) {
        return Some((first, repeat));
    }
    // A rule that began before now goes on in its steps.
    let begun = Schedule { first, zone: zone.clone(), repeat: Some(repeat.clone()), ends_at: None };
    begun.clock_after(now.timestamp()).filter(ahead).map(|first| (first, repeat))
}

fn just_before(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    resolve(date.to_datetime(Time::midnight()), zone).checked_sub(SignedDuration::from_nanos(1)).ok()
}

/// The date that `day` says whatever fits; nothing if it leaves a choice.
fn fixed(day: Day, today: Date) -> Option<Date> {
    match day {
        Day::InDays(days) => plus_days(today, days.into()),
        Day::Next(weekday) => (1..=7).filter_map(|days| plus_days(today, days)).find(|date| date.weekday() == weekday),
        Day::NextWeek(weekday) => plus_days(monday(today)?, 7 + i64::from(weekday.to_monday_zero_offset())),
        Day::Full(date) => Some(date),
        Day::Weekday(_) | Day::OfMonth(_) | Day::OfYear { .. } => None,
    }
}

/// The first date from `today` on that `day` says and that fits.
fn nearest(day: Day, today: Date, fits: impl Fn(Date) -> bool) -> Option<Date> {
    match day {
        Day::Weekday(weekday) => {
            (0..=14).filter_map(|days| plus_days(today, days)).find(|date| date.weekday() == weekday && fits(*date))
        }
        Day::OfMonth(day) => (0..=12)
            .filter_map(|months| plus_months(today.first_of_month(), months))
            .filter_map(|month| if day < 0 { Some(month.last_of_month()) } else { month.with().day(day).build().ok() })
            .find(|date| *date >= today && fits(*date)),
        // Eight years may pass between two leap days.
        Day::OfYear { month, day } => (0..=8)
            .filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok())
            .find(|date| *date >= today && fits(*date)),
        day => fixed(day, today).filter(|date| fits(*date)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::schedule::describe;
    use super::*;
    use proptest::prelude::*;

    fn now(text: &str) -> Zoned {
        text.parse().expect("it is a time in a zone")
    }

    /// A Wednesday.
    fn wednesday() -> Zoned {
        now("2026-11-25T10:00[Europe/Brussels]")
    }

    fn show(read: Result<When, Misread>) -> String {
        let clock = |clock: DateTime| clock.strftime("%a %F %H:%M").to_string();
        match read {
            Err(Misread::NotUnderstood) => "?".to_owned(),
            Err(Misread::Past { read, instead }) => format!("past {}, rather {}", clock(read), clock(instead)),
            Ok(when) => {
                let repeat = when.repeat.map(|repeat| format!(", {}", describe(&repeat, when.first)));
                let end = match when.end {
                    None => String::new(),
                    Some(End::Date(date)) => format!(", until {date}"),
                    Some(End::Times(times)) => format!(", {times} times"),
                };
                format!("{}{}{end}", clock(when.first), repeat.unwrap_or_default())
            }
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(show(read(text, &wednesday())), expected, "{text}");
    }

    #[test]
    fn a_time_is_the_next_one() {
        check("19:30", "Wed 2026-11-25 19:30");
        check("19.30", "Wed 2026-11-25 19:30");
        check("19u30", "Wed 2026-11-25 19:30");
        check("19U30", "Wed 2026-11-25 19:30");
        check("19u", "Wed 2026-11-25 19:00");
        check("19h", "Wed 2026-11-25 19:00");
        check("9h30", "Thu 2026-11-26 09:30");
        check("9:30", "Thu 2026-11-26 09:30");
        check("10:00", "Thu 2026-11-26 10:00");
        check("10:01", "Wed 2026-11-25 10:01");
        check("00:00", "Thu 2026-11-26 00:00");
        check("14:5", "Wed 2026-11-25 14:05");
        check("7pm", "Wed 2026-11-25 19:00");
        check("7 PM", "Wed 2026-11-25 19:00");
        check("7 p.m.", "Wed 2026-11-25 19:00");
        check("7:30 am", "Thu 2026-11-26 07:30");
        check("7.30pm", "Wed 2026-11-25 19:30");
        check("12pm", "Wed 2026-11-25 12:00");
        check("12am", "Thu 2026-11-26 00:00");
        check("20 uur", "Wed 2026-11-25 20:00");
        check("om 20u", "Wed 2026-11-25 20:00");
        check("19:30 uur", "Wed 2026-11-25 19:30");
        check("19.30u", "Wed 2026-11-25 19:30");
        check("om 20 uur 30", "Wed 2026-11-25 20:30");
        check("at 20", "Wed 2026-11-25 20:00");
        check("@ 20:00", "Wed 2026-11-25 20:00");
        check("8 o'clock", "Thu 2026-11-26 08:00");
        check("noon", "Wed 2026-11-25 12:00");
        check("middag", "Wed 2026-11-25 12:00");
        check("midnight", "Thu 2026-11-26 00:00");
        check("half past 8 pm", "Wed 2026-11-25 20:30");
        check("om half acht 's avonds", "Wed 2026-11-25 19:30");
        check("kwart voor 9", "Thu 2026-11-26 08:45");
        check("kwart over 11", "Wed 2026-11-25 11:15");
        check("quarter to 12", "Wed 2026-11-25 11:45");
        check("tien voor acht 's avonds", "Wed 2026-11-25 19:50");
        check("10 over 8", "Thu 2026-11-26 08:10");
        check("20 past 11 pm", "Wed 2026-11-25 23:20");
        check("om één uur", "Thu 2026-11-26 01:00");
        check("8 uur 's avonds", "Wed 2026-11-25 20:00");
        check("8 in the evening", "?");
        check("at 8 in the evening", "Wed 2026-11-25 20:00");
        check("20:00 CET", "Wed 2026-11-25 20:00");
        check("20:00 UTC", "Wed 2026-11-25 21:00");
        check("20:00 utc+2", "Wed 2026-11-25 19:00");
        check("09:30 UTC", "Wed 2026-11-25 10:30");
        check("20:00 EST", "?");
        check("20:00 UTC+5:30", "?");
    }

    #[test]
    fn a_day_is_taken_from_today() {
        check("today 21:00", "Wed 2026-11-25 21:00");
        check("vandaag om 21u", "Wed 2026-11-25 21:00");
        check("tonight 21:00", "Wed 2026-11-25 21:00");
        check("tonight at 8", "Wed 2026-11-25 20:00");
        check("tonight", "Wed 2026-11-25 20:00");
        check("vanavond 21:00", "Wed 2026-11-25 21:00");
        check("Vanavond om 8 uur", "Wed 2026-11-25 20:00");
        check("vanavond 0:30", "?");
        check("vanmiddag", "Wed 2026-11-25 14:00");
        check("this evening", "Wed 2026-11-25 20:00");
        check("this evening at 9", "Wed 2026-11-25 21:00");
        check("this morning", "past Wed 2026-11-25 09:00, rather Thu 2026-11-26 09:00");
        check("tomorrow 9:00", "Thu 2026-11-26 09:00");
        check("9:00 tomorrow", "Thu 2026-11-26 09:00");
        check("tmrw 9am", "Thu 2026-11-26 09:00");
        check("tomorrow", "Thu 2026-11-26 09:00");
        check("Tomorrow, 9:00!", "Thu 2026-11-26 09:00");
        check("tomorrow at noon", "Thu 2026-11-26 12:00");
        check("tomorrow morning at 8", "Thu 2026-11-26 08:00");
        check("tomorrow in the afternoon", "Thu 2026-11-26 14:00");
        check("tomorrow night", "Thu 2026-11-26 20:00");
        check("tomorrow 9", "?");
        check("morgen 9u", "Thu 2026-11-26 09:00");
        check("mórgen 9ü", "Thu 2026-11-26 09:00");
        check("morgenochtend", "Thu 2026-11-26 09:00");
        check("morgenvroeg om 7 uur", "Thu 2026-11-26 07:00");
        check("morgenochtend 15:00", "?");
        check("morgenavond 20:00", "Thu 2026-11-26 20:00");
        check("morgen middag", "Thu 2026-11-26 12:00");
        check("overmorgen", "Fri 2026-11-27 09:00");
        check("day after tomorrow", "Fri 2026-11-27 09:00");
        check("the day after tomorrow at 7pm", "Fri 2026-11-27 19:00");
        check("today 9:00", "past Wed 2026-11-25 09:00, rather Thu 2026-11-26 09:00");
        check("today", "past Wed 2026-11-25 09:00, rather Thu 2026-11-26 09:00");
        check("today 10:00", "past Wed 2026-11-25 10:00, rather Thu 2026-11-26 10:00");
        check("yesterday 20:00", "past Tue 2026-11-24 20:00, rather Thu 2026-11-26 20:00");
        check("gisteren", "past Tue 2026-11-24 09:00, rather Thu 2026-11-26 09:00");
        check("today 09:30 UTC", "Wed 2026-11-25 10:30");
        check("today 08:30 UTC", "past Wed 2026-11-25 09:30, rather Thu 2026-11-26 09:30");
    }

    #[test]
    fn a_weekday_is_the_nearest_that_is_ahead() {
        check("friday 20:00", "Fri 2026-11-27 20:00");
        check("friday", "Fri 2026-11-27 09:00");
        check("FRI 20:00", "Fri 2026-11-27 20:00");
        check("at 8pm on friday", "Fri 2026-11-27 20:00");
        check("vrijdag 20.00", "Fri 2026-11-27 20:00");
        check("vr 20u", "Fri 2026-11-27 20:00");
        check("vr. 20u", "Fri 2026-11-27 20:00");
        check("vrijdagavond", "Fri 2026-11-27 20:00");
        check("vrijdag om half 8", "Fri 2026-11-27 07:30");
        check("vrijdagavond om half 8", "Fri 2026-11-27 19:30");
        check("friday night 8:30", "Fri 2026-11-27 20:30");
        check("next friday 20:00", "Fri 2026-11-27 20:00");
        check("volgende vrijdag", "Fri 2026-11-27 09:00");
        check("this friday", "Fri 2026-11-27 09:00");
        check("this coming friday 20:00", "Fri 2026-11-27 20:00");
        check("aanstaande vrijdag 20u", "Fri 2026-11-27 20:00");
        check("monday", "Mon 2026-11-30 09:00");
        check("wednesday", "Wed 2026-12-02 09:00");
        check("wednesday 9:59", "Wed 2026-12-02 09:59");
        check("wednesday 20:00", "Wed 2026-11-25 20:00");
        check("this wednesday 20:00", "Wed 2026-11-25 20:00");
        check("next wednesday 20:00", "Wed 2026-12-02 20:00");
        check("next week", "Wed 2026-12-02 09:00");
        check("friday next week 20:00", "Fri 2026-12-04 20:00");
        check("volgende week maandag 20u", "Mon 2026-11-30 20:00");
        check("friday 27 november 20:00", "Fri 2026-11-27 20:00");
        check("friday the 27th at 20:00", "Fri 2026-11-27 20:00");
        check("friday 28 november 20:00", "?");
        check("friday tomorrow", "?");
        check("last friday", "?");
    }

    #[test]
    fn a_date_is_the_nearest_that_is_ahead() {
        check("25/12 20:00", "Fri 2026-12-25 20:00");
        check("25-12 20:00", "Fri 2026-12-25 20:00");
        check("25/12", "Fri 2026-12-25 09:00");
        check("24/11", "Wed 2027-11-24 09:00");
        check("25/11 9:00", "Thu 2027-11-25 09:00");
        check("25/11 20:00", "Wed 2026-11-25 20:00");
        check("25/12/26", "Fri 2026-12-25 09:00");
        check("25-12-2026 20:00", "Fri 2026-12-25 20:00");
        check("25.12.2026", "Fri 2026-12-25 09:00");
        check("25.12.2026 20.30", "Fri 2026-12-25 20:30");
        check("2026-12-25 20:00", "Fri 2026-12-25 20:00");
        check("2026/12/25 20:00", "Fri 2026-12-25 20:00");
        check("2026-12-25T20:00", "Fri 2026-12-25 20:00");
        check("2026-12-25T20:00:00", "Fri 2026-12-25 20:00");
        check("2026-12-25T20:00Z", "Fri 2026-12-25 21:00");
        check("2026-12-25T23:30Z", "Sat 2026-12-26 00:30");
        check("12 maart", "Fri 2027-03-12 09:00");
        check("12 maart om 20u", "Fri 2027-03-12 20:00");
        check("om 20u op 12 maart", "Fri 2027-03-12 20:00");
        check("march 12 at 8pm", "Fri 2027-03-12 20:00");
        check("march 12, 2028, 8pm", "Sun 2028-03-12 20:00");
        check("march 12 20:00", "Fri 2027-03-12 20:00");
        check("12th of March 2027 20:00", "Fri 2027-03-12 20:00");
        check("12de maart 2027", "Fri 2027-03-12 09:00");
        check("1st october 19:30", "Fri 2027-10-01 19:30");
        check("October 1st, 19:30", "Fri 2027-10-01 19:30");
        check("1 mei", "Sat 2027-05-01 09:00");
        check("29 februari", "Tue 2028-02-29 09:00");
        check("on the 15th at 20:00", "Tue 2026-12-15 20:00");
        check("de 25e om 20u", "Wed 2026-11-25 20:00");
        check("the 25th", "Fri 2026-12-25 09:00");
        check("the 31st", "Thu 2026-12-31 09:00");
        check("last day of the month", "Mon 2026-11-30 09:00");
        check("<t:1798225200:F>", "Fri 2026-12-25 20:00");
        check("at <t:1798225200>", "Fri 2026-12-25 20:00");
        check("<t:1798225200:F> UTC", "Fri 2026-12-25 20:00");
        check("<t:1735153200:F>", "past Wed 2024-12-25 20:00, rather Fri 2026-12-25 20:00");
        check("<t:1798225200:F> 20:00", "?");
        check("<t:1798225200:X>", "?");
        check("25/12/2025 20:00", "past Thu 2025-12-25 20:00, rather Fri 2026-12-25 20:00");
        check("1 november 2026", "past Sun 2026-11-01 09:00, rather Mon 2027-11-01 09:00");
        check("29/2/2024", "past Thu 2024-02-29 09:00, rather Tue 2028-02-29 09:00");
        check("2026-11-25 9:00", "past Wed 2026-11-25 09:00, rather Thu 2027-11-25 09:00");
    }

    #[test]
    fn minutes_pass_and_days_go_by_the_clock() {
        check("in 2h30", "Wed 2026-11-25 12:30");
        check("in 2h30m", "Wed 2026-11-25 12:30");
        check("2h30m", "Wed 2026-11-25 12:30");
        check("2h 30m", "Wed 2026-11-25 12:30");
        check("2h30", "Thu 2026-11-26 02:30");
        check("in 90 minutes", "Wed 2026-11-25 11:30");
        check("90m", "Wed 2026-11-25 11:30");
        check("1 hour and 30 minutes", "Wed 2026-11-25 11:30");
        check("in 1.5 hours", "Wed 2026-11-25 11:30");
        check("over anderhalf uur", "Wed 2026-11-25 11:30");
        check("over 2 uur", "Wed 2026-11-25 12:00");
        check("2 uur", "Thu 2026-11-26 02:00");
        check("2 hours", "Wed 2026-11-25 12:00");
        check("over een half uur", "Wed 2026-11-25 10:30");
        check("over een kwartier", "Wed 2026-11-25 10:15");
        check("over drie kwartier", "Wed 2026-11-25 10:45");
        check("in half an hour", "Wed 2026-11-25 10:30");
        check("in an hour", "Wed 2026-11-25 11:00");
        check("in 3 days", "Sat 2026-11-28 10:00");
        check("3d", "Sat 2026-11-28 10:00");
        check("in 3 days at 9:00", "Sat 2026-11-28 09:00");
        check("over 3 dagen 9u", "Sat 2026-11-28 09:00");
        check("in 1d 2h", "Thu 2026-11-26 12:00");
        check("in 2 days and 3 hours", "Fri 2026-11-27 13:00");
        check("over 2 weken", "Wed 2026-12-09 10:00");
        check("over twee weken", "Wed 2026-12-09 10:00");
        check("in a week", "Wed 2026-12-02 10:00");
        check("in 1 month", "Fri 2026-12-25 10:00");
        check("over een jaar", "Thu 2027-11-25 10:00");
        check("in 2 hours at 9:00", "?");
        check("in 0 minutes", "?");
        check("in -5 minutes", "?");
        check("in 5", "?");
        check("in 99999999999 years", "?");
        check("in 4000000000 years", "?");
        check("in 4000000000 hours", "?");
        check("1h 1h", "?");

        let check =
            |from: &str, text: &str, expected: &str| assert_eq!(show(read(text, &now(from))), expected, "{text}");
        check("2026-11-25T10:00:01[Europe/Brussels]", "in 5 minutes", "Wed 2026-11-25 10:06");
        check("2026-11-25T10:00:01[Europe/Brussels]", "in 1 day", "Thu 2026-11-26 10:01");
        check("2026-11-25T23:59:30[Europe/Brussels]", "in 3 days at 9:00", "Sat 2026-11-28 09:00");
        check("2027-01-31T10:00[Europe/Brussels]", "in 1 month", "Sun 2027-02-28 10:00");
        // The clocks go forward at two in the morning of 28 March 2027 and back at three on 31 October.
        check("2027-03-27T22:00[Europe/Brussels]", "in 6 hours", "Sun 2027-03-28 05:00");
        check("2027-03-27T22:00[Europe/Brussels]", "in 1 day", "Sun 2027-03-28 22:00");
        check("2027-03-27T02:30[Europe/Brussels]", "in 1 day", "Sun 2027-03-28 02:30");
        check("2027-03-27T22:00[Europe/Brussels]", "2:30", "Sun 2027-03-28 02:30");
        check("2027-10-30T22:00[Europe/Brussels]", "in 6 hours", "Sun 2027-10-31 03:00");
        check("2027-10-31T01:30+02:00[Europe/Brussels]", "in 30 minutes", "Sun 2027-10-31 02:00");
        check("2027-10-31T02:30+02:00[Europe/Brussels]", "in 20 minutes", "Sun 2027-10-31 02:50");
        // What lies in the second hour of the two cannot be said by the clock once the first has passed.
        check("2027-10-31T02:30+02:00[Europe/Brussels]", "in 30 minutes", "Sun 2027-10-31 03:00");
        check("2027-10-31T02:30+02:00[Europe/Brussels]", "in 50 minutes", "Sun 2027-10-31 03:00");
        check("2027-10-31T02:30+01:00[Europe/Brussels]", "in 20 minutes", "Sun 2027-10-31 03:00");
        check("2027-10-31T02:30+01:00[Europe/Brussels]", "in 40 minutes", "Sun 2027-10-31 03:10");
        check("2027-10-31T02:30+01:00[Europe/Brussels]", "2:40", "Mon 2027-11-01 02:40");
        check("2026-11-25T10:00[America/New_York]", "tomorrow 20:00 UTC", "Thu 2026-11-26 15:00");
        check("2026-11-25T20:00[America/New_York]", "today 3:00 UTC", "Wed 2026-11-25 22:00");
        check("2026-12-31T23:00[UTC]", "tomorrow", "Fri 2027-01-01 09:00");
        check("2028-02-28T10:00[UTC]", "tomorrow", "Tue 2028-02-29 09:00");
    }

    #[test]
    fn rules_begin_with_the_first_time_that_is_ahead() {
        check("every day 9:00", "Thu 2026-11-26 09:00, every day at 09:00");
        check("every day at 20:00", "Wed 2026-11-25 20:00, every day at 20:00");
        check("every day 10:00", "Thu 2026-11-26 10:00, every day at 10:00");
        check("daily at 9", "Thu 2026-11-26 09:00, every day at 09:00");
        check("dagelijks 9u", "Thu 2026-11-26 09:00, every day at 09:00");
        check("elke dag om 9:00", "Thu 2026-11-26 09:00, every day at 09:00");
        check("iedere dag om 9 uur", "Thu 2026-11-26 09:00, every day at 09:00");
        check("every morning", "Thu 2026-11-26 09:00, every day at 09:00");
        check("elke avond om 8", "Wed 2026-11-25 20:00, every day at 20:00");
        check("mon-sun 9:00", "Thu 2026-11-26 09:00, every day at 09:00");
        check("every other day 9:00", "Thu 2026-11-26 09:00, every 2 days at 09:00");
        check("om de dag 9u", "Thu 2026-11-26 09:00, every 2 days at 09:00");
        check("every 3 days at 10:00", "Thu 2026-11-26 10:00, every 3 days at 10:00");
        check("elke 2 dagen 9u", "Thu 2026-11-26 09:00, every 2 days at 09:00");

        check("every weekday 8:45", "Thu 2026-11-26 08:45, every weekday at 08:45");
        check("elke werkdag 8u45", "Thu 2026-11-26 08:45, every weekday at 08:45");
        check("weekdays 20:00", "Wed 2026-11-25 20:00, every weekday at 20:00");
        check("weekdays and saturday 10:00", "Thu 2026-11-26 10:00, every Mon, Tue, Wed, Thu, Fri, Sat at 10:00");
        check("every weekend", "Sat 2026-11-28 09:00, every weekend at 09:00");
        check("weekends 10:00", "Sat 2026-11-28 10:00, every weekend at 10:00");
        check("monday and the weekend 10:00", "Sat 2026-11-28 10:00, every Mon, Sat, Sun at 10:00");
        check("weekend 10:00", "?");
        check("this weekend 10:00", "?");
        check("every monday", "Mon 2026-11-30 09:00, every Monday at 09:00");
        check("mondays 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
        check("on mondays and fridays 20:00", "Fri 2026-11-27 20:00, every Mon, Fri at 20:00");
        check("maandagen 20u", "Mon 2026-11-30 20:00, every Monday at 20:00");
        check("elke maandag om 20:00", "Mon 2026-11-30 20:00, every Monday at 20:00");
        check("elke vrijdagavond", "Fri 2026-11-27 20:00, every Friday at 20:00");
        check("every wednesday 9:00", "Wed 2026-12-02 09:00, every Wednesday at 09:00");
        check("every wednesday 11:00", "Wed 2026-11-25 11:00, every Wednesday at 11:00");
        check("every mon, wed and fri 18:00", "Wed 2026-11-25 18:00, every Mon, Wed, Fri at 18:00");
        check("ma,di,wo 9:00", "Mon 2026-11-30 09:00, every Mon, Tue, Wed at 09:00");
        check("ma di wo 9:00", "Mon 2026-11-30 09:00, every Mon, Tue, Wed at 09:00");
        check("ma/wo/vr 9:00", "Fri 2026-11-27 09:00, every Mon, Wed, Fri at 09:00");
        check("mon+wed 9:00", "Mon 2026-11-30 09:00, every Mon, Wed at 09:00");
        check("mon & wed 9:00", "Mon 2026-11-30 09:00, every Mon, Wed at 09:00");
        check("mon-fri 9:00", "Thu 2026-11-26 09:00, every weekday at 09:00");
        check("mon - fri 9:00", "Thu 2026-11-26 09:00, every weekday at 09:00");
        check("fri-mon 9:00", "Fri 2026-11-27 09:00, every Mon, Fri, Sat, Sun at 09:00");
        check("ma t/m vr 9u", "Thu 2026-11-26 09:00, every weekday at 09:00");
        check("maandag tot en met vrijdag om 9 uur", "Thu 2026-11-26 09:00, every weekday at 09:00");
        check("every other tuesday", "Tue 2026-12-01 09:00, every 2 weeks on Tue at 09:00");
        check("om de week op dinsdag 20:00", "Tue 2026-12-01 20:00, every 2 weeks on Tue at 20:00");
        check("om de 2 weken op dinsdag 20:00", "Tue 2026-12-01 20:00, every 2 weeks on Tue at 20:00");
        check("every 2 weeks on monday 20:00", "Mon 2026-11-30 20:00, every 2 weeks on Mon at 20:00");
        check("elke 2 weken", "Thu 2026-11-26 09:00, every 2 weeks on Thu at 09:00");
        check("every week 20:00", "Wed 2026-11-25 20:00, every Wednesday at 20:00");
        check("weekly on monday", "Mon 2026-11-30 09:00, every Monday at 09:00");
        check("wekelijks op maandag en woensdag 20u", "Wed 2026-11-25 20:00, every Mon, Wed at 20:00");
        check("every second tuesday", "?");
        check("every 2nd week on monday", "Mon 2026-11-30 09:00, every 2 weeks on Mon at 09:00");

        check("every 90 minutes", "Wed 2026-11-25 11:30, every 90 minutes");
        check("every 1h30", "Wed 2026-11-25 11:30, every 90 minutes");
        check("every 10 minutes", "Wed 2026-11-25 10:10, every 10 minutes");
        check("every 9 minutes", "?");
        check("every minute", "?");
        check("every 2 hours", "Wed 2026-11-25 12:00, every 2 hours");
        check("every 2 hours from 9:00", "Thu 2026-11-26 09:00, every 2 hours");
        check("elke 2 uur", "Wed 2026-11-25 12:00, every 2 hours");
        check("every hour", "Wed 2026-11-25 11:00, every hour");
        check("elk uur", "Wed 2026-11-25 11:00, every hour");
        check("hourly", "Wed 2026-11-25 11:00, every hour");
        check("elk half uur", "Wed 2026-11-25 10:30, every 30 minutes");
        check("elk kwartier", "Wed 2026-11-25 10:15, every 15 minutes");

        check("monthly on the 1st at 9:00", "Tue 2026-12-01 09:00, on the 1st of every month at 09:00");
        check("every month on the 31st", "Mon 2026-11-30 09:00, on the 31st of every month at 09:00");
        check("elke maand op de 15e om 10u", "Tue 2026-12-15 10:00, on the 15th of every month at 10:00");
        check("elke 15e van de maand", "Tue 2026-12-15 09:00, on the 15th of every month at 09:00");
        check("every 25th 20:00", "Wed 2026-11-25 20:00, on the 25th of every month at 20:00");
        check("every month", "Thu 2026-11-26 09:00, on the 26th of every month at 09:00");
        check("on the last day of every month", "Mon 2026-11-30 09:00, on the 31st of every month at 09:00");
        check("elke eerste dag van de maand", "Tue 2026-12-01 09:00, on the 1st of every month at 09:00");
        check("every 3 months on the 1st", "Tue 2026-12-01 09:00, every 3 months on the 1st at 09:00");
        check(
            "every first monday of the month 20:00",
            "Mon 2026-12-07 20:00, on the first Monday of every month at 20:00",
        );
        check(
            "elke laatste vrijdag van de maand 20:00",
            "Fri 2026-11-27 20:00, on the last Friday of every month at 20:00",
        );
        check(
            "every second tuesday of the month",
            "Tue 2026-12-08 09:00, on the second Tuesday of every month at 09:00",
        );
        check("first monday of every month 20:00", "Mon 2026-12-07 20:00, on the first Monday of every month at 20:00");
        check("monthly on the fourth sunday", "Sun 2026-12-27 09:00, on the fourth Sunday of every month at 09:00");
        check("every fifth monday of the month", "?");
        check("first monday of the month", "?");

        check("every year on 12 march", "Fri 2027-03-12 09:00, every year on 12 March at 09:00");
        check("elk jaar op 25/12 om 20u", "Fri 2026-12-25 20:00, every year on 25 December at 20:00");
        check("every 12 march", "Fri 2027-03-12 09:00, every year on 12 March at 09:00");
        check("every 29 february", "Tue 2028-02-29 09:00, every year on 29 February at 09:00");
        check("every 2 years on 12/3/2025 10:00", "Fri 2027-03-12 10:00, every 2 years on 12 March at 10:00");
        check("yearly", "Thu 2026-11-26 09:00, every year on 26 November at 09:00");
        check("jaarlijks op 1 mei", "Sat 2027-05-01 09:00, every year on 1 May at 09:00");
        check("every monday 20:00 UTC", "Mon 2026-11-30 21:00, every Monday at 21:00");
        check("every monday 23:30 UTC", "?");
    }

    #[test]
    fn rules_begin_and_end_when_they_say() {
        check("every monday until 1 june", "Mon 2026-11-30 09:00, every Monday at 09:00, until 2027-06-01");
        check("elke maandag 20u tot 1 juni", "Mon 2026-11-30 20:00, every Monday at 20:00, until 2027-06-01");
        check("elke maandag tot en met 30/6", "Mon 2026-11-30 09:00, every Monday at 09:00, until 2027-06-30");
        check("until 2027-06-01 every monday", "Mon 2026-11-30 09:00, every Monday at 09:00, until 2027-06-01");
        check("every day until friday", "Thu 2026-11-26 09:00, every day at 09:00, until 2026-11-27");
        check("every day until tomorrow", "Thu 2026-11-26 09:00, every day at 09:00, until 2026-11-26");
        check("every monday until tomorrow", "?");
        check("every day until yesterday", "?");
        check("every day 20:00 until 1/6/2026", "past Mon 2026-06-01 20:00, rather Tue 2027-06-01 20:00");
        check("every day 9u 10 times", "Thu 2026-11-26 09:00, every day at 09:00, 10 times");
        check("elke dag 9u 10 keer", "Thu 2026-11-26 09:00, every day at 09:00, 10 times");
        check("every monday for 10 times", "Mon 2026-11-30 09:00, every Monday at 09:00, 10 times");
        check("daily 9:00 10x", "Thu 2026-11-26 09:00, every day at 09:00, 10 times");
        check("every day 0 times", "?");
        check("every day 10000 times", "?");
        check("every day 10 times until 1 june", "?");
        check("every monday from 1 march", "Mon 2027-03-01 09:00, every Monday at 09:00");
        check("elke dag vanaf 1 maart", "Mon 2027-03-01 09:00, every day at 09:00");
        check("every month from 31 january", "Sun 2027-01-31 09:00, on the 31st of every month at 09:00");
        check("every 2 weeks starting friday 20:00", "Fri 2026-11-27 20:00, every 2 weeks on Fri at 20:00");
        check("every 3 days from 2026-11-20 9:00", "Thu 2026-11-26 09:00, every 3 days at 09:00");
        check("every 3 days from 2026-11-19 9:00", "Sat 2026-11-28 09:00, every 3 days at 09:00");
        check("every 90 minutes from tomorrow", "Thu 2026-11-26 09:00, every 90 minutes");
        check(
            "every monday 20:00 from 1 march until 1 june",
            "Mon 2027-03-01 20:00, every Monday at 20:00, until 2027-06-01",
        );
        check("tomorrow until friday", "?");
        check("tomorrow 10 times", "?");
        check("tomorrow from friday", "?");
    }

    #[test]
    fn what_is_not_understood_as_a_whole_is_refused() {
        for text in [
            "",
            " ",
            "foo",
            "every",
            "at",
            "the",
            "25:00",
            "24:00",
            "12:60",
            "13pm",
            "0am",
            "31/2",
            "30 february",
            "32 march",
            "13/13/2026",
            "0/1",
            "25/12/26/3",
            "12:30:61",
            "19:30-21:00",
            "20:00 20:00",
            "tomorrow today",
            "friday monday tuesday x",
            "tomorrow foo 9:00",
            "9:00 or 10:00",
            "every day every week",
            "every monday 25/12",
            "every 0 days",
            "every -2 days",
            "every 2 weeks 3 days",
            "10-12 march",
            "1.20.3",
            "version 1.20",
            "€ 12.50",
            "12.50 euro",
            "m",
            "7",
            "-1:00",
            "🎉",
            "📅 tomorrow",
            "tomorrow 🎉",
            "<t:>",
            "<t:99999999999999>",
            "<@123>",
            "'; drop table reminder; --",
            "\u{202e}00:02",
            "٣:٣٠",
            "in in in",
            "and",
            "every and",
            "until",
            "for",
            "from",
            "99999999999999999999",
            "every 99999999999 days",
            "utc",
            "est 20:00",
            "2026-12-25T20:00+01:00",
        ] {
            check(text, "?");
        }
        for text in ["1 ", "tomorrow ", "every ", "🎉", "mon ", "1h ", "<t:", "'", "a.", "é", "- "] {
            check(&text.repeat(10_000 / text.len()), "?");
            let _ = Parts::read(&tokens(&text.repeat(10_000 / text.len())));
        }
    }

    #[test]
    fn parts_of_a_moment_are_read_alone() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(read_time(text), expected.map(|text| text.parse().expect("it is a time")), "{text}");
        };
        check("14:30", Some("14:30"));
        check("14.30", Some("14:30"));
        check("23:59 ", Some("23:59"));
        check("19h30", Some("19:30"));
        check("7pm", Some("19:00"));
        check("8 uur 's avonds", Some("20:00"));
        check("tomorrow 7pm", None);
        check("evening", None);
        check("-1:00", None);
        check("abc:def", None);
        check("12:60", None);
        check("", None);

        let check = |text: &str, expected: Option<&str>| {
            let today = Date::constant(2026, 11, 25);
            assert_eq!(read_date(text, today), expected.map(|text| text.parse().expect("it is a date")), "{text}");
        };
        check("25/12", Some("2026-12-25"));
        check("25/11", Some("2026-11-25"));
        check("24/11", Some("2027-11-24"));
        check("24/11/2026", Some("2026-11-24"));
        check("wednesday", Some("2026-11-25"));
        check("next wednesday", Some("2026-12-02"));
        check("vrijdag 27 november", Some("2026-11-27"));
        check("vrijdag 28 november", None);
        check("yesterday", Some("2026-11-24"));
        check("the 15th", Some("2026-12-15"));
        check("tomorrow 20:00", None);
        check("mondays", None);
        check("", None);

        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(read_weekdays(text).map(|days| days.to_string()).as_deref(), expected, "{text}");
        };
        check("daily", Some("every day"));
        check("dagelijks", Some("every day"));
        check("Daily: Monday", Some("Mon"));
        check("weekdays", Some("weekdays"));
        check("Weekends", Some("weekend"));
        check("weekdays and saturday", Some("Mon, Tue, Wed, Thu, Fri, Sat"));
        check("maandag donderdag", Some("Mon, Thu"));
        check("sunday,monday", Some("Mon, Sun"));
        check("tues thurs", Some("Tue, Thu"));
        check("ma t/m vr", Some("weekdays"));
        check("elke maandag", Some("Mon"));
        check("mo", Some("Mon"));
        check("zo", Some("Sun"));
        check("Monday.", Some("Mon"));
        check("invalid,ma", None);
        check("every other monday", None);
        check("monday 20:00", None);
        check("m", None);
        check("7", None);
        check("", None);
    }

    /// Words of the language, to be thrown together.
    fn words() -> impl Strategy<Value = String> {
        let word = proptest::sample::select(
            &[
                "every",
                "elke",
                "2",
                "10",
                "90",
                "25",
                "monday",
                "vr",
                "mon-fri",
                "weekdays",
                "and",
                "day",
                "weeks",
                "maand",
                "uur",
                "h",
                "minutes",
                "at",
                "om",
                "om de",
                "20:00",
                "9u30",
                "7pm",
                "noon",
                "tomorrow",
                "vanavond",
                "25/12",
                "29/2",
                "2026-12-25",
                "12 maart",
                "1st",
                "last",
                "of the month",
                "until",
                "tot",
                "10 times",
                "from",
                "in",
                "over",
                "half",
                "a",
                "next",
                "this",
                "week",
                "year",
                "daily",
                "monthly",
                "other",
                "UTC",
                "-",
                ":",
                "/",
                ".",
                "evening",
                "<t:1798225200:F>",
                "🎉",
                "15th",
                "kwart",
                "voor",
                "4000000000",
                "today",
                "hour",
            ][..],
        );
        proptest::collection::vec(word, 0..7).prop_map(|words| words.join(" "))
    }

    fn moments() -> impl Strategy<Value = Zoned> {
        let zone = proptest::sample::select(&["Europe/Brussels", "America/New_York", "UTC", "Australia/Lord_Howe"][..]);
        // Half of them on the nights on which the clocks change in Brussels.
        let second = prop_oneof![
            1_760_000_000..1_900_000_000i64,
            1_806_186_000..1_806_200_000i64,
            1_824_930_000..1_824_950_000i64
        ];
        (second, zone).prop_map(|(second, name)| {
            Timestamp::from_second(second).expect("it is in range").in_tz(name).expect("it is there")
        })
    }

    fn repeats() -> impl Strategy<Value = Repeat> {
        let weekday = || (0..7i8).prop_map(|day| Weekday::from_monday_zero_offset(day).expect("it is below seven"));
        let weekdays = proptest::collection::vec(weekday(), 1..7).prop_map(Weekdays::from_iter);
        prop_oneof![
            (10..5000i64).prop_map(Repeat::Minutes),
            (1..20i32).prop_map(Repeat::Days),
            (1..5i32, weekdays).prop_map(|(every, days)| Repeat::Weeks { every, days }),
            (1..8i32, 1..=31i8).prop_map(|(every, day)| Repeat::MonthDay { every, day }),
            (1..8i32, prop_oneof![Just(-1i8), 1..=4i8], weekday())
                .prop_map(|(every, nth, weekday)| Repeat::MonthWeekday { every, nth, weekday }),
            (1..4i32).prop_map(Repeat::Years),
        ]
    }

    fn is_sound(text: &str, now: &Zoned) -> Result<(), TestCaseError> {
        match read(text, now) {
            Err(Misread::NotUnderstood) => {}
            Err(Misread::Past { read, instead }) => {
                prop_assert!(resolve(read, now.time_zone()) <= now.timestamp(), "{text}: {read}");
                prop_assert!(resolve(instead, now.time_zone()) > now.timestamp(), "{text}: {instead}");
            }
            Ok(when) => {
                prop_assert!(resolve(when.first, now.time_zone()) > now.timestamp(), "{text}: {when:?}");
                // What is understood is understood again as it is written.
                if when.repeat.is_none() {
                    prop_assert_eq!(read(&when.first.to_string(), now), Ok(when.clone()));
                    let described = when.first.strftime("%A %-d %B %Y at %H:%M:%S").to_string();
                    prop_assert_eq!(read(&described, now), Ok(when.clone()));
                }
                if let Some(End::Date(date)) = when.end {
                    prop_assert!(date >= when.first.date());
                }
                let zone = now.time_zone().clone();
                let schedule = Schedule { first: when.first, zone, repeat: when.repeat, ends_at: None };
                prop_assert_eq!(schedule.nth(1), Some(resolve(when.first, now.time_zone())), "{}", text);
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}", now in moments()) {
            is_sound(&text, &now)?;
        }

        #[test]
        fn what_is_understood_lies_ahead(text in words(), now in moments()) {
            is_sound(&text, &now)?;
        }

        #[test]
        fn signs_and_digits_lie_ahead_or_are_refused(text in "[0-9uhm:./ -]{0,14}", now in moments()) {
            is_sound(&text, &now)?;
        }

        #[test]
        fn a_rule_is_read_as_it_is_described(repeat in repeats(), now in moments(), minutes in 0..500_000i64) {
            let first = now.datetime().round(Smallest::Minute).unwrap() + SignedDuration::from_mins(minutes);
            let described = describe(&repeat, first);
            let when = read(&described, &now);
            let same = match repeat {
                Repeat::Weeks { every: 1, days: Weekdays::EVERY_DAY } => Repeat::Days(1),
                repeat => repeat,
            };
            prop_assert_eq!(when.map(|when| when.repeat), Ok(Some(same)), "{}", described);
        }
    }
}
