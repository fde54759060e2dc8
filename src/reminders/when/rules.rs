//! What repeats: rules, when they first happen and when they end.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::days::{fixed, nearest};
use super::{End, Misread, When, after_delay};
use crate::reminders::phrases::{Amount, Day, Parts};
use crate::reminders::schedule::{MAX_STEP, Repeat, Schedule, Weekdays, resolve};
use crate::reminders::words::Unit;

/// How often something may happen that ends by count: [`Schedule::nth`] goes through all of them.
const MAX_TIMES: u32 = 9_999;

/// When something happens again and again that `parts` say.
pub(super) fn again(parts: &Parts, time: Time, now: &Zoned) -> Result<When, Misread> {
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
        (Unit::Minute, None, None, None, None) => {
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
