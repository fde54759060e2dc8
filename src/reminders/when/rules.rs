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

/// When something happens again and again that `parts` say, by the clocks of `there`.
pub(super) fn again(parts: &Parts, there: &TimeZone, now: &Zoned) -> Result<When, Misread> {
    // Its zone is stored by its name.
    there.iana_name().ok_or(Misread::UnknownZone)?;
    let Rule { first, zone, repeat } = rule(parts, there, now).ok_or(Misread::NotUnderstood)?;
    let end = match (parts.until, parts.times) {
        (None, None) => None,
        (None, Some(times @ 1..=MAX_TIMES)) => Some(End::Times(times)),
        (Some(day), None) => Some(End::Date(last_date(day, first, now.date())?)),
        _ => return Err(Misread::NotUnderstood),
    };
    Ok(When { first, zone, repeat: Some(repeat), end })
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

struct Rule {
    first: DateTime,
    /// Whose clocks, if not those of whoever reads it.
    zone: Option<TimeZone>,
    repeat: Repeat,
}

/// The rule that `parts` say, and when it first happens.
fn rule(parts: &Parts, there: &TimeZone, now: &Zoned) -> Option<Rule> {
    let zone = if shows_the_same(there, now) { None } else { Some(there.clone()) };
    let (time, days) = time_and_days(parts)?;
    let (start, after) = match parts.from {
        None => (now.with_time_zone(there.clone()).date(), now.timestamp()),
        Some(day) => {
            let today = now.date();
            let start = fixed(day, today).or_else(|| nearest(day, today, |date| date >= today))?;
            (start, just_before(start, there)?)
        }
    };
    let next = |repeat: Repeat| {
        let first = start.to_datetime(time);
        Schedule { first, zone: there.clone(), repeat: Some(repeat), ends_at: None }.clock_after(after)
    };
    let (every, unit) = parts.step.unwrap_or((1, Unit::Week));
    if !(1..=MAX_STEP).contains(&every) {
        return None;
    }
    let step = i32::try_from(every).ok()?;
    let (first, repeat) = match unit {
        Unit::Minute => {
            let is_alone = days.is_none() && parts.nth.is_none() && parts.month_days.is_none() && parts.day.is_none();
            // Between two hours of each day it would be another rule.
            let is_span = parts.time.is_some_and(|time| time.is_span);
            if !is_alone || is_span {
                return None;
            }
            if parts.time.is_none() && parts.part.is_none() && parts.from.is_none() {
                let soon = after_delay(Amount { minutes: every, ..Amount::default() }, now)?;
                return Some(Rule { first: soon.first, zone: soon.zone, repeat: Repeat::Minutes(every) });
            }
            (next(Repeat::Days(1))?, Repeat::Minutes(every))
        }
        Unit::Day | Unit::Week => in_weeks(parts, (step, unit), days, &next)?,
        Unit::Month => in_months(parts, step, &next).filter(|_| days.is_none())?,
        Unit::Year => match (days, parts.nth, parts.month_days, parts.day) {
            (None, None, None, None) => (next(Repeat::Days(1))?, Repeat::Years(step)),
            (None, None, None, Some(day @ (Day::OfYear { .. } | Day::Full(_)))) => {
                let date = fixed(day, start)
                    .or_else(|| nearest(day, start, |date| resolve(date.to_datetime(time), there) > after))?;
                (date.to_datetime(time), Repeat::Years(step))
            }
            _ => return None,
        },
        _ => return None,
    };
    let ahead = |first: &DateTime| resolve(*first, there) > now.timestamp();
    // A rule that began before now goes on in its steps.
    let first = if ahead(&first) {
        first
    } else {
        let begun = Schedule { first, zone: there.clone(), repeat: Some(repeat.clone()), ends_at: None };
        begun.clock_after(now.timestamp()).filter(ahead)?
    };
    Some(Rule { first, zone, repeat })
}

/// Whether clocks of `there` show what those of `now` do, also when they change: `CET` is no other zone to Amsterdam.
fn shows_the_same(there: &TimeZone, now: &Zoned) -> bool {
    let later = |month: i64| now.timestamp().checked_add(SignedDuration::from_hours(month * 730)).ok();
    (0..24).filter_map(later).all(|moment| there.to_offset(moment) == now.time_zone().to_offset(moment))
}

/// The time of a rule and its weekdays, which are the next ones if `24:00` is said of them.
fn time_and_days(parts: &Parts) -> Option<(Time, Option<Weekdays>)> {
    let (time, is_next_day) = match (parts.time, parts.day_or_hours) {
        // Dates are no rule, so they are hours.
        (None, Some((_, hours))) => (hours.time, false),
        (Some(_), Some(_)) => return None,
        _ => parts.clock()?,
    };
    let is_dated = parts.nth.is_some() || parts.month_days.is_some() || parts.day.is_some();
    let days = match parts.weekdays {
        Some(days) if is_next_day => Some(days.iter().map(|day| day.next()).collect()),
        _ if is_next_day && is_dated => return None,
        days => days,
    };
    Some((time, days))
}

/// What comes back each so many days, or on days of each so many weeks.
fn in_weeks(
    parts: &Parts,
    (step, unit): (i32, Unit),
    days: Option<Weekdays>,
    next: &dyn Fn(Repeat) -> Option<DateTime>,
) -> Option<(DateTime, Repeat)> {
    if parts.nth.is_some() || parts.month_days.is_some() || parts.day.is_some() {
        return None;
    }
    let days = match (parts.except, days, unit) {
        (None, days, _) => days,
        (Some(except), None, Unit::Day) if step == 1 => Some(Weekdays::EVERY_DAY.without(except)),
        (Some(except), Some(days), _) if step == 1 => Some(days.without(except)),
        _ => return None,
    };
    match (unit, days) {
        (_, Some(days)) if days.is_empty() => None,
        (Unit::Day, None) => Some((next(Repeat::Days(1))?, Repeat::Days(step))),
        (Unit::Week, Some(Weekdays::EVERY_DAY)) if step == 1 => Some((next(Repeat::Days(1))?, Repeat::Days(1))),
        // Days of the week make no rule of days, but for those that it leaves out.
        (Unit::Day, Some(_)) if parts.except.is_none() && step % 7 != 0 => None,
        (_, days) => {
            let days = days.or_else(|| Some(next(Repeat::Days(1))?.weekday().into()))?;
            // `om de 14 dagen op vrijdag`
            let every = if unit == Unit::Day && step % 7 == 0 { step / 7 } else { step };
            Some((next(Repeat::Weeks { every: 1, days })?, Repeat::Weeks { every, days }))
        }
    }
}

/// What comes back on days of each so many months.
fn in_months(parts: &Parts, step: i32, next: &dyn Fn(Repeat) -> Option<DateTime>) -> Option<(DateTime, Repeat)> {
    let last = |day: i8| if day < 0 { 31 } else { day };
    let repeat = |every: i32| match (parts.nth, parts.month_days, parts.day, parts.except) {
        (Some((nths, weekday)), None, None, None) => Some(match nths.only() {
            Some(nth) => Repeat::MonthWeekday { every, nth, weekday },
            None => Repeat::MonthWeekdays { every, nths: nths.iter().collect(), weekday },
        }),
        (None, Some(days), None, None) => Some(match days.only() {
            Some(day) => Repeat::MonthDay { every, day: last(day) },
            None => {
                // The 31st and the last are one.
                let mut days: Vec<i8> = days.iter().map(last).collect();
                days.dedup();
                match days[..] {
                    [day] => Repeat::MonthDay { every, day },
                    _ => Repeat::MonthDays { every, days },
                }
            }
        }),
        (None, None, None, None) => Some(Repeat::MonthDay { every, day: next(Repeat::Days(1))?.day() }),
        _ => None,
    };
    Some((next(repeat(1)?)?, repeat(step)?))
}

fn just_before(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    resolve(date.to_datetime(Time::midnight()), zone).checked_sub(SignedDuration::from_nanos(1)).ok()
}
