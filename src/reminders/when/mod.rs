//! When: what people type, in English or Dutch, as a moment and a rule. Everything here is a pure function of values.
//!
//! All of a text must be understood: a word that means nothing here makes the whole of it mean nothing, and what may mean two
//! things is asked, because a reminder at a wrong time is worse than a question. What it says is one of these:
//!
//! - a time is the next one; a date or a weekday alone is at 09:00; of hours from one to another the first counts;
//! - a weekday is the nearest, today included while its time is ahead; after `next` it is never today;
//! - a date without a year is the nearest, day before month;
//! - minutes and hours pass, days and longer go by the clock; what passes never goes through a clock time, of which one in a
//!   year comes twice;
//! - what a rule leaves open comes from the first time its hour strikes;
//! - an hour without am or pm is one of 24, unless a part of the day says otherwise; half eight is the Dutch 7:30;
//! - days are those of whoever writes, the clock is that of the zone that is named; a rule keeps that zone.

mod days;
mod offers;
mod once;
mod rules;

use std::fmt;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{RoundMode, SignedDuration, Timestamp, Unit as Smallest, Zoned, ZonedRound};

use super::phrases::{Amount, Day, Parts};
use super::schedule::{Repeat, clock_at, fixed_zone, plus_days, plus_months, resolve, write_rule, zone_label};
use super::words::{Zone, tokens};
use rules::again;

/// Nobody types more than that for a moment.
const MAX_BYTES: usize = 200;

/// When something happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// What the clocks show when it first happens.
    pub first: DateTime,
    /// Whose clocks, if not those by which it was read.
    pub zone: Option<TimeZone>,
    /// How it repeats; nothing happens once.
    pub repeat: Option<Repeat>,
    /// When it stops repeating; nothing goes on.
    pub end: Option<End>,
}

/// A clock time as [`read`] reads it wherever the clocks are.
pub fn written(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

impl When {
    /// Once, at a moment, by the clocks of `zone` if they can tell it.
    fn at(moment: Timestamp, zone: &TimeZone) -> When {
        let (first, zone) = clock_at(moment, zone);
        When { first, zone, repeat: None, end: None }
    }

    /// Once, when the clocks of those who read it show `first`.
    fn once(first: DateTime) -> When {
        When { first, zone: None, repeat: None, end: None }
    }

    /// Whose clocks it goes by if it was read by those of `zone`.
    pub fn zone<'a>(&'a self, zone: &'a TimeZone) -> &'a TimeZone {
        self.zone.as_ref().unwrap_or(zone)
    }

    /// When it first happens, if it was read by the clocks of `zone`.
    pub fn first_at(&self, zone: &TimeZone) -> Timestamp {
        resolve(self.first, self.zone(zone))
    }
}

impl fmt::Display for When {
    /// As [`read`] reads it, without its end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.repeat {
            Some(repeat) => f.write_str(&write_rule(repeat, self.first))?,
            None => f.write_str(&written(self.first))?,
        }
        match &self.zone {
            Some(zone) => write!(f, " {}", zone_label(zone)),
            None => Ok(()),
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// It may say any of these, and people mean now one and now another.
    Either(Vec<When>),
    /// No such month has such a day.
    NoSuchDay {
        /// From 29 to 31.
        day: u32,
        /// From 1 to 12.
        month: u32,
    },
    /// It says several dates or times that no rule holds.
    Several,
    /// It is in a zone that nobody knows, or whose letters mean several or not those of that season.
    UnknownZone,
}

/// Reads when something happens, seen from `now` and by the clocks of its zone. After an arrow stands what somebody else has
/// read before: so suggestions are written, and clients send one back as it is shown.
///
/// # Errors
/// [`Misread`] unless all of `text` is understood, means one thing and lies ahead.
pub fn read(text: &str, now: &Zoned) -> Result<When, Misread> {
    let text = text.rsplit_once('→').map_or(text, |(_, meant)| meant);
    let parts = read_short(text).ok_or(Misread::NotUnderstood)?;
    meaning(parts, now)
}

fn read_short(text: &str) -> Option<Parts> {
    if text.len() > MAX_BYTES { None } else { Parts::read(&tokens(text)) }
}

/// When it is what `parts` say.
pub(super) fn meaning(parts: Parts, now: &Zoned) -> Result<When, Misread> {
    if parts.is_several {
        return Err(Misread::Several);
    }
    if let Some((day, month)) = parts.no_such_day {
        return Err(Misread::NoSuchDay { day, month });
    }
    if let Some(offered) = offers::offered(&parts, now) {
        return offered;
    }
    let parts = parts.settled(now);
    let there = zone_of(&parts, now)?;
    let also = parts.also;
    let parts = Parts { also: [None; 2], ..parts };
    let when = match parts.delay {
        Some(delay) => after(delay, &parts, &there, now),
        None if parts.repeats() => again(&parts, &there, now),
        None => once::once(&parts, &there, now),
    }?;
    let moment = when.first_at(now.time_zone());
    for zone in parts.zone.into_iter().chain(also.iter().flatten().map(|(_, zone)| *zone)) {
        check_season(zone, moment)?;
    }
    // Clocks that do not agree are of two moments.
    for (clock, zone) in also.into_iter().flatten() {
        let shown = zone_of(&Parts { zone: Some(zone), ..Parts::default() }, now)?.to_datetime(moment);
        if shown.time() != clock.time {
            return Err(Misread::Several);
        }
    }
    Ok(when)
}

/// That letters such as `EST` are what clocks show at that time of the year.
fn check_season(zone: Zone, moment: Timestamp) -> Result<(), Misread> {
    let Zone::Named(name, Some(offset)) = zone else { return Ok(()) };
    let zone = TimeZone::get(name).map_err(|_| Misread::UnknownZone)?;
    if zone.to_offset(moment) == offset { Ok(()) } else { Err(Misread::UnknownZone) }
}

/// Whose clocks show the time.
fn zone_of(parts: &Parts, now: &Zoned) -> Result<TimeZone, Misread> {
    match parts.zone {
        None | Some(Zone::Here | Zone::Mine) => Ok(now.time_zone().clone()),
        // It need not have a name unless it is stored.
        Some(Zone::Named(_, Some(offset))) if !parts.repeats() => Ok(TimeZone::fixed(offset)),
        Some(Zone::Fixed(offset)) => Ok(fixed_zone(offset).unwrap_or_else(|| TimeZone::fixed(offset))),
        Some(Zone::Named(name, _)) => TimeZone::get(name).map_err(|_| Misread::UnknownZone),
        Some(Zone::Unknown) => Err(Misread::UnknownZone),
    }
}

/// What lies a length of time from now; at the time that is said if it is days away.
fn after(delay: Amount, parts: &Parts, there: &TimeZone, now: &Zoned) -> Result<When, Misread> {
    let is_nothing_else =
        Parts { delay: None, time: None, part: None, zone: None, says_at: false, ..parts.clone() } == Parts::default();
    let says_time = parts.time.is_some() || parts.part.is_some();
    let when = match says_time {
        _ if !is_nothing_else => None,
        true if delay.minutes == 0 => parts.clock().filter(|(_, is_next_day)| !is_next_day).and_then(|(time, _)| {
            let date = later(now.date(), delay)?;
            Some(once::at_clock(date.to_datetime(time), there, now))
        }),
        false if parts.zone.is_none() => after_delay(delay, now),
        _ => None,
    };
    let is_ahead = |when: &When| when.first_at(now.time_zone()) > now.timestamp();
    when.filter(is_ahead).ok_or(Misread::NotUnderstood)
}

fn later(date: Date, delay: Amount) -> Option<Date> {
    plus_days(plus_months(date, delay.months)?, delay.days)
}

/// What lies `delay` from now.
fn after_delay(delay: Amount, now: &Zoned) -> Option<When> {
    // Whoever asks for five minutes gets at least that.
    let minute = now.round(ZonedRound::new().smallest(Smallest::Minute).mode(RoundMode::Ceil)).ok()?;
    let clock = later(minute.date(), delay)?.to_datetime(minute.time());
    if delay.minutes == 0 {
        return Some(When::once(clock));
    }
    let by_calendar = delay.months > 0 || delay.days > 0;
    let begins = if by_calendar { resolve(clock, now.time_zone()) } else { minute.timestamp() };
    let moment = begins.checked_add(SignedDuration::from_secs(delay.minutes.checked_mul(60)?)).ok()?;
    Some(When::at(moment, now.time_zone()))
}

/// The day that is named, and the weekday beside it.
pub(super) fn named_day(parts: &Parts) -> Option<(Day, Option<Weekday>)> {
    let weekday = match parts.weekdays {
        Some(days) if days.len() > 1 => return None,
        days => days.and_then(|days| days.iter().next()),
    };
    let month_day = match parts.month_days {
        Some(days) => Some(days.only()?),
        None => None,
    };
    let day = match (parts.day, month_day) {
        (Some(day), None) => day,
        (None, Some(day)) => Day::OfMonth(day),
        (None, None) => Day::Weekday(weekday?),
        (Some(_), Some(_)) => return None,
    };
    Some((day, weekday))
}

#[cfg(test)]
mod doubts_tests;
#[cfg(test)]
mod misreadings_tests;
#[cfg(test)]
mod phrasings_tests;
#[cfg(test)]
mod proptests;
#[cfg(test)]
mod tests;
