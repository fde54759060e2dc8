//! What happens once.

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::days::{fixed, nearest};
use super::{Misread, When, named_day};
use crate::reminders::phrases::{Day, Parts};
use crate::reminders::schedule::{plus_days, resolve};
use crate::reminders::words::Part;

/// Once, when the clocks of `there` show `clock`: by those of whoever reads it.
pub(super) fn at_clock(clock: DateTime, there: &TimeZone, now: &Zoned) -> When {
    if there == now.time_zone() { When::once(clock) } else { When::at(resolve(clock, there), now.time_zone()) }
}

/// When it is that `parts` say once, at a time of `there` on a day of whoever writes.
pub(super) fn once(parts: &Parts, there: &TimeZone, now: &Zoned) -> Result<When, Misread> {
    let said = Parts {
        day: None,
        weekdays: None,
        month_days: None,
        time: None,
        part: None,
        zone: None,
        stamp: None,
        says_at: false,
        says_month: false,
        ..parts.clone()
    };
    if said != Parts::default() {
        return Err(Misread::NotUnderstood);
    }
    let (time, is_next_day) = parts.clock().ok_or(Misread::NotUnderstood)?;
    // Past midnight nobody knows which night that is.
    if is_next_day && parts.part == Some(Part::Evening) && now.hour() < 6 {
        return Err(Misread::NotUnderstood);
    }
    let clock = |date: Date| {
        let date = if is_next_day { plus_days(date, 1)? } else { date };
        Some(date.to_datetime(time))
    };
    let is_ahead = |date: Date| clock(date).is_some_and(|clock| resolve(clock, there) > now.timestamp());
    let when = |date: Date| clock(date).map(|clock| at_clock(clock, there, now)).ok_or(Misread::NotUnderstood);
    let today = now.date();
    match parts.stamp {
        Some(moment) if moment > now.timestamp() => return Ok(When::at(moment, now.time_zone())),
        _ => {}
    }
    if let Some(date) = next_strike(parts, time, there, now, &is_ahead)? {
        return when(date);
    }
    let (day, weekday) = named_day(parts).ok_or(Misread::NotUnderstood)?;
    if let Some(hours) = rest_of_today(parts, day, time, now) {
        return Err(Misread::Either(hours));
    }
    match nearest(day, today, is_ahead) {
        Some(date) if weekday.is_none_or(|weekday| weekday == date.weekday()) => when(date),
        Some(_) => Err(Misread::NotUnderstood),
        None => {
            let past = || {
                let instead = match day {
                    Day::Full(date) => Day::OfYear { month: date.month(), day: date.day() },
                    _ => Day::InDays(1),
                };
                let ours = |date: Date| Some(at_clock(clock(date)?, there, now).first);
                let read = ours(fixed(day, today)?)?;
                Some(Misread::Past { read, instead: ours(nearest(instead, today, is_ahead)?)? })
            };
            Err(past().unwrap_or(Misread::NotUnderstood))
        }
    }
}

/// The date of a time whose day is not named: the next one on which its hour strikes.
fn next_strike(
    parts: &Parts,
    time: Time,
    there: &TimeZone,
    now: &Zoned,
    is_ahead: &dyn Fn(Date) -> bool,
) -> Result<Option<Date>, Misread> {
    let says_day = parts.day.is_some() || parts.month_days.is_some() || parts.weekdays.is_some();
    let is_night = parts.part == Some(Part::Night) && time.hour() < 6;
    let is_said = parts.time.is_some() || parts.part.is_some();
    // `vannacht om 3` is in the night to come.
    if is_said && !says_day || is_night && parts.day == Some(Day::InDays(0)) {
        let today = now.with_time_zone(there.clone()).date();
        let next = (-1..=2).filter_map(|days| plus_days(today, days)).find(|date| is_ahead(*date));
        return next.map(Some).ok_or(Misread::NotUnderstood);
    }
    // Of another day nobody knows whether the night before it is meant or that after it.
    if is_night { Err(Misread::NotUnderstood) } else { Ok(None) }
}

/// How many hours are offered of what is left of a day.
const HOURS_OFFERED: usize = 2;

/// The next hours of today, if it or a part of it is named without a time and is not over, but its usual time is.
fn rest_of_today(parts: &Parts, day: Day, usual: Time, now: &Zoned) -> Option<Vec<When>> {
    let today = now.date();
    let is_today = match day {
        Day::InDays(0) => true,
        Day::Full(date) => date == today,
        Day::OfYear { month, day } => (month, day) == (today.month(), today.day()),
        _ => false,
    };
    let is_open = parts.time.is_none() && parts.zone.is_none() && parts.stamp.is_none() && parts.weekdays.is_none();
    if !is_today || !is_open || resolve(today.to_datetime(usual), now.time_zone()) > now.timestamp() {
        return None;
    }
    let end = match parts.part {
        Some(Part::Morning) => 12,
        Some(Part::Afternoon) => 18,
        Some(Part::Evening) | None => 24,
        Some(Part::Night) => return None,
    };
    let hours = (now.hour() + 1..end).filter_map(|hour| Some(today.to_datetime(Time::new(hour, 0, 0, 0).ok()?)));
    // A clock that goes back shows an hour twice.
    let hours = hours.filter(|clock| resolve(*clock, now.time_zone()) > now.timestamp());
    let hours: Vec<When> = hours.take(HOURS_OFFERED).map(When::once).collect();
    (!hours.is_empty()).then_some(hours)
}
