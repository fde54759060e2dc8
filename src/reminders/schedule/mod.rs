//! Schedules: when something happens again, and when to say so. Everything here is a pure function of values.
//!
//! Clocks decide, not elapsed time: what happens at 20:00 happens at 20:00 in summer and in winter. Only
//! [`Repeat::Minutes`] counts time as it passes.

mod fixed;
mod notation;

use std::ops::BitOr;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};

pub(super) use fixed::fixed_zone;
pub use fixed::zone_label;
pub use notation::write_rule;

/// Something that happens once or again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// What the clocks show when it first happens. A rule that does not match then begins with the next match.
    pub first: DateTime,
    /// Whose clocks.
    pub zone: TimeZone,
    /// How it repeats; nothing happens once.
    pub repeat: Option<Repeat>,
    /// The last moment at which it may happen.
    pub ends_at: Option<Timestamp>,
}

/// How something repeats, counted from the first time. A step below one counts as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// Every so many minutes of time as it passes, whatever clocks do.
    Minutes(i64),
    /// Every so many days.
    Days(i32),
    /// On some days of every so many weeks. Weeks begin on Monday.
    Weeks {
        /// In weeks.
        every: i32,
        /// On which days; on none it never happens.
        days: Weekdays,
    },
    /// On a day of every so many months.
    MonthDay {
        /// In months.
        every: i32,
        /// From 1 to 31; in a month that is too short, its last day.
        day: i8,
    },
    /// On the first, second, third, fourth or last such weekday of every so many months.
    MonthWeekday {
        /// In months.
        every: i32,
        /// From 1 to 4, or -1 for the last.
        nth: i8,
        /// Which day.
        #[serde(with = "Day")]
        weekday: Weekday,
    },
    /// Every so many years; 29 February is 28 February in a year without.
    Years(i32),
    /// On several days of every so many months, which an older version does not know.
    MonthDays {
        /// In months.
        every: i32,
        /// In their order, each once, as that of [`Repeat::MonthDay`].
        days: Vec<i8>,
    },
    /// On several such weekdays of every so many months, likewise.
    MonthWeekdays {
        /// In months.
        every: i32,
        /// In their order, each once, as that of [`Repeat::MonthWeekday`].
        nths: Vec<i8>,
        /// Which day.
        #[serde(with = "Day")]
        weekday: Weekday,
    },
}

/// Minutes between two times at least: below this a rule would fill a channel.
pub const MIN_MINUTES: i64 = 10;

/// Larger steps overflow nothing, but nobody means them. In minutes it is a week.
pub const MAX_STEP: i64 = 10_080;

impl Repeat {
    /// Whether it comes more often than every [`MIN_MINUTES`].
    pub fn is_too_often(&self) -> bool {
        matches!(self, Repeat::Minutes(minutes) if *minutes < MIN_MINUTES)
    }

    /// Whether it is a rule that somebody can mean: its step, its days and its place in a month are there.
    pub fn is_sound(&self) -> bool {
        let is_step = |step: i64| (1..=MAX_STEP).contains(&step);
        let is_day = |day: &i8| (1..=31).contains(day);
        let is_nth = |nth: &i8| *nth == -1 || (1..=4).contains(nth);
        match self {
            Repeat::Minutes(every) => is_step(*every),
            Repeat::Days(every) | Repeat::Years(every) => is_step((*every).into()),
            Repeat::Weeks { every, days } => is_step((*every).into()) && !days.is_empty(),
            Repeat::MonthDay { every, day } => is_step((*every).into()) && is_day(day),
            Repeat::MonthWeekday { every, nth, .. } => is_step((*every).into()) && is_nth(nth),
            Repeat::MonthDays { every, days } => {
                is_step((*every).into()) && days.len() > 1 && days.is_sorted_by(|a, b| a < b) && days.iter().all(is_day)
            }
            Repeat::MonthWeekdays { every, nths, .. } => {
                // The last comes after the fourth.
                let place = |nth: &i8| if *nth < 0 { i8::MAX } else { *nth };
                let are_sorted = nths.is_sorted_by(|a, b| place(a) < place(b));
                is_step((*every).into()) && nths.len() > 1 && are_sorted && nths.iter().all(is_nth)
            }
        }
    }
}

/// A set of weekdays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Named>", into = "Vec<Named>")]
pub struct Weekdays(u8);

/// A weekday by its name: how [`Weekday`] is stored.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Weekday", rename_all = "snake_case")]
enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

#[derive(Serialize, Deserialize)]
struct Named(#[serde(with = "Day")] Weekday);

/// A moment to say something: at an occurrence, or ahead of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fire {
    /// When to say it.
    pub due_at: Timestamp,
    /// When it happens.
    pub moment_at: Timestamp,
    /// How many minutes ahead that is.
    pub lead: i64,
}

/// The first moment at which the clocks of `zone` show `at` or later.
///
/// A time that they skip is therefore the moment they skip it, and of a time that they show twice it is the first.
/// Beyond what [`Timestamp`] can say it is the nearest that it can.
pub fn resolve(at: DateTime, zone: &TimeZone) -> Timestamp {
    instant(at, zone).unwrap_or(if at.year() > 0 { Timestamp::MAX } else { Timestamp::MIN })
}

fn instant(at: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(at).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(at).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(at).ok(),
        AmbiguousOffset::Gap { after, .. } => {
            let earlier = after.to_timestamp(at).ok()?;
            zone.following(earlier).find(|change| change.offset() == after).map(|change| change.timestamp())
        }
    }
}

/// What clocks show at `moment`, so that [`resolve`] finds it again, and whose they are: those of `zone`, but in the second
/// hour of two that they show twice those of a zone whose clocks never change.
pub(super) fn clock_at(moment: Timestamp, zone: &TimeZone) -> (DateTime, Option<TimeZone>) {
    let clock = zone.to_datetime(moment);
    if resolve(clock, zone) == moment {
        return (clock, None);
    }
    let fixed = fixed_zone(zone.to_offset(moment)).unwrap_or(TimeZone::UTC);
    (fixed.to_datetime(moment), Some(fixed))
}

impl Schedule {
    /// The zone's name as it is stored; [`zone_label`] is what people read.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The moments later than `after`, in order, each once. It takes no longer when they are far from the first.
    pub fn moments_after(&self, after: Timestamp) -> impl Iterator<Item = Timestamp> {
        self.occurrences_after(after).map(|(_, moment)| moment)
    }

    /// What the clocks show by the rule at the first moment later than `after`: also a time that they skip.
    pub fn clock_after(&self, after: Timestamp) -> Option<DateTime> {
        self.occurrences_after(after).map(|(clock, _)| clock).next()
    }

    /// The `n`-th moment, counted from 1. It goes through those before it.
    pub fn nth(&self, n: u32) -> Option<Timestamp> {
        let before = usize::try_from(n).ok()?.checked_sub(1)?;
        self.moments_after(Timestamp::MIN).nth(before)
    }

    /// What to say next, strictly later than `after`, when it is said each of `leads` (in minutes) ahead.
    ///
    /// Where two fall together there is one: that with the smallest lead.
    pub fn next_fire(&self, leads: &[i64], after: Timestamp) -> Option<Fire> {
        let fire = |lead: &i64| {
            let ahead = SignedDuration::from_secs(lead.checked_mul(60)?);
            let moment_at = self.moments_after(after.checked_add(ahead).ok()?).next()?;
            Some(Fire { due_at: moment_at.checked_sub(ahead).ok()?, moment_at, lead: *lead })
        };
        leads.iter().filter_map(fire).min_by_key(|fire| (fire.due_at, fire.lead))
    }

    fn occurrences_after(&self, after: Timestamp) -> impl Iterator<Item = (DateTime, Timestamp)> {
        let begins_at = resolve(self.first, &self.zone);
        // Where a zone skips a whole day, two days of a rule are one moment.
        let mut latest = after;
        (self.index_near(after)..)
            .map_while(|index| self.occurrence(index))
            .filter(move |(_, moment)| {
                let is_new = *moment > latest && *moment >= begins_at;
                latest = latest.max(*moment);
                is_new
            })
            .take_while(|(_, moment)| self.ends_at.is_none_or(|ends_at| *moment <= ends_at))
    }

    /// An index at or shortly before the first moment later than `after`.
    ///
    /// As [`resolve`] goes, that moment is on a later clock time than `after`, so never on an earlier date.
    fn index_near(&self, after: Timestamp) -> i64 {
        let (first, date) = (self.first.date(), self.zone.to_datetime(after).date());
        let months = months_between(first, date);
        let index = match &self.repeat {
            None => 0,
            Some(Repeat::Minutes(every)) => {
                let passed = after.duration_since(resolve(self.first, &self.zone));
                passed.as_mins() / (*every).max(1)
            }
            Some(Repeat::Days(every)) => days_between(first, date) / step(*every),
            Some(Repeat::Weeks { every, days }) => {
                let weeks = days_between(monday(first).unwrap_or(first), date) / 7;
                weeks / step(*every) * i64::from(days.len())
            }
            Some(Repeat::MonthDay { every, .. } | Repeat::MonthWeekday { every, .. }) => months / step(*every),
            Some(Repeat::MonthDays { every, days: places, .. } | Repeat::MonthWeekdays { every, nths: places, .. }) => {
                months / step(*every) * count(places)
            }
            Some(Repeat::Years(every)) => months / 12 / step(*every),
        };
        index.max(0)
    }

    /// Clock and moment of the occurrence with this index. In its first week or month a rule may match before `first`.
    fn occurrence(&self, index: i64) -> Option<(DateTime, Timestamp)> {
        let first = self.first.date();
        let date = match &self.repeat {
            None if index > 0 => return None,
            None => first,
            Some(Repeat::Minutes(every)) => {
                let passed = SignedDuration::from_secs((*every).max(1).checked_mul(60)?.checked_mul(index)?);
                let moment = resolve(self.first, &self.zone).checked_add(passed).ok()?;
                return Some((self.zone.to_datetime(moment), moment));
            }
            Some(Repeat::Days(every)) => plus_days(first, index * step(*every))?,
            Some(Repeat::Weeks { every, days }) => {
                let (weeks, nth) = (index.checked_div(days.len().into())?, index % i64::from(days.len()));
                let weekday = days.iter().nth(usize::try_from(nth).ok()?)?;
                plus_days(monday(first)?, weeks * step(*every) * 7 + i64::from(weekday.to_monday_zero_offset()))?
            }
            Some(Repeat::MonthDay { every, day }) => {
                on_day(plus_months(first.first_of_month(), index * step(*every))?, *day)?
            }
            Some(Repeat::MonthWeekday { every, nth, weekday }) => {
                on_weekday(plus_months(first.first_of_month(), index * step(*every))?, *nth, *weekday)?
            }
            Some(Repeat::MonthDays { every, days }) => {
                let (months, day) = (index / count(days), days.get(usize::try_from(index % count(days)).ok()?)?);
                on_day(plus_months(first.first_of_month(), months * step(*every))?, *day)?
            }
            Some(Repeat::MonthWeekdays { every, nths, weekday }) => {
                let (months, nth) = (index / count(nths), nths.get(usize::try_from(index % count(nths)).ok()?)?);
                on_weekday(plus_months(first.first_of_month(), months * step(*every))?, *nth, *weekday)?
            }
            Some(Repeat::Years(every)) => plus_months(first, index * step(*every) * 12)?,
        };
        let clock = date.to_datetime(self.first.time());
        Some((clock, instant(clock, &self.zone)?))
    }
}

/// How many places of a month a rule has; at least one, which it then lacks.
fn count(places: &[i8]) -> i64 {
    i64::try_from(places.len()).unwrap_or(1).max(1)
}

/// A day of a month, or its last.
fn on_day(month: Date, day: i8) -> Option<Date> {
    plus_days(month, i64::from(day.clamp(1, month.days_in_month())) - 1)
}

fn on_weekday(month: Date, nth: i8, weekday: Weekday) -> Option<Date> {
    let nth = if nth < 0 { -1 } else { nth.clamp(1, 4) };
    month.nth_weekday_of_month(nth, weekday).ok()
}

fn step(every: i32) -> i64 {
    i64::from(every.max(1))
}

fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

fn months_between(from: Date, to: Date) -> i64 {
    i64::from(to.year() - from.year()) * 12 + i64::from(to.month() - from.month())
}

pub(super) fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

pub(super) fn plus_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// The Monday of the week of `date`.
pub(super) fn monday(date: Date) -> Option<Date> {
    plus_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

impl Weekdays {
    /// The same but for `days`.
    #[must_use]
    pub fn without(self, days: Weekdays) -> Weekdays {
        Weekdays(self.0 & !days.0)
    }

    /// All seven.
    pub const EVERY_DAY: Weekdays = Weekdays(0b111_1111);
    /// Monday to Friday.
    pub const WORKDAYS: Weekdays = Weekdays(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Weekdays = Weekdays(0b110_0000);

    /// Whether `day` is among them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & Weekdays::from(day).0 != 0
    }

    /// How many they are.
    pub fn len(self) -> u8 {
        // At most seven bits are set.
        self.0.count_ones() as u8
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// From Monday to Sunday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::Monday.cycle_forward().take(7).filter(move |day| self.contains(*day))
    }
}

impl From<Weekday> for Weekdays {
    fn from(day: Weekday) -> Weekdays {
        Weekdays(1 << day.to_monday_zero_offset())
    }
}

impl BitOr for Weekdays {
    type Output = Weekdays;

    fn bitor(self, other: Weekdays) -> Weekdays {
        Weekdays(self.0 | other.0)
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<T: IntoIterator<Item = Weekday>>(days: T) -> Weekdays {
        days.into_iter().map(Weekdays::from).fold(Weekdays::default(), BitOr::bitor)
    }
}

impl From<Vec<Named>> for Weekdays {
    fn from(days: Vec<Named>) -> Weekdays {
        days.into_iter().map(|Named(day)| day).collect()
    }
}

impl From<Weekdays> for Vec<Named> {
    fn from(days: Weekdays) -> Vec<Named> {
        days.iter().map(Named).collect()
    }
}

#[cfg(test)]
mod tests;
