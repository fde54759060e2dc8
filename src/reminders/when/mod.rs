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

mod days;
mod rules;

use std::fmt;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{RoundMode, SignedDuration, Unit as Smallest, Zoned, ZonedRound};

use super::phrases::{Amount, Day, Parts};
use super::schedule::{Repeat, clock_at, plus_days, plus_months, resolve, write_rule};
use super::words::tokens;
use days::{fixed, nearest};
use rules::again;

/// Nobody types more than that for a moment.
const MAX_BYTES: usize = 200;

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
            Some(repeat) => f.write_str(&write_rule(repeat, self.first)),
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

#[cfg(test)]
mod proptests;
#[cfg(test)]
mod tests;
