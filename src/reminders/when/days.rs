//! Which date a day is that is named.

use jiff::civil::Date;

use crate::reminders::phrases::Day;
use crate::reminders::schedule::{monday, plus_days, plus_months};

/// The date that `day` says whatever fits; nothing if it leaves a choice.
pub(super) fn fixed(day: Day, today: Date) -> Option<Date> {
    match day {
        Day::InDays(days) => plus_days(today, days.into()),
        Day::Next(weekday) => (1..=7).filter_map(|days| plus_days(today, days)).find(|date| date.weekday() == weekday),
        Day::NextWeek(weekday) => plus_days(monday(today)?, 7 + i64::from(weekday.to_monday_zero_offset())),
        Day::Full(date) => Some(date),
        Day::Weekday(_) | Day::OfMonth(_) | Day::OfYear { .. } => None,
    }
}

/// The first date from `today` on that `day` says and that fits.
pub(super) fn nearest(day: Day, today: Date, fits: impl Fn(Date) -> bool) -> Option<Date> {
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
