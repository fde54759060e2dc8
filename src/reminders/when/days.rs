//! Which date a day is that is named.

use jiff::civil::Date;

use crate::reminders::phrases::{Day, Month, Place};
use crate::reminders::schedule::{monday, plus_days, plus_months};

/// The date that `day` says whatever fits; nothing if it leaves a choice.
pub(super) fn fixed(day: Day, today: Date) -> Option<Date> {
    match day {
        Day::InDays(days) => plus_days(today, days.into()),
        Day::Next(weekday) => (1..=7).filter_map(|days| plus_days(today, days)).find(|date| date.weekday() == weekday),
        Day::InWeek(weeks, weekday) => {
            plus_days(monday(today)?, i64::from(weeks) * 7 + i64::from(weekday.to_monday_zero_offset()))
        }
        Day::WeeksAfter(weeks, weekday) => {
            plus_days(nearest(Day::Weekday(weekday), today, |_| true)?, i64::from(weeks) * 7)
        }
        Day::Full(date) => Some(date),
        Day::In(Month::Ahead(months), place) => on_place(plus_months(today.first_of_month(), months.into())?, place),
        Day::In(Month::Full(year, month), place) => on_place(Date::new(year, month, 1).ok()?, place),
        Day::Weekday(_) | Day::OfMonth(_) | Day::OfYear { .. } | Day::In(Month::Named(_), _) => None,
    }
}

/// The first date from `today` on that `day` says and that fits.
pub(super) fn nearest(day: Day, today: Date, fits: impl Fn(Date) -> bool) -> Option<Date> {
    let is_ahead = |date: &Date| *date >= today && fits(*date);
    match day {
        Day::Weekday(weekday) => {
            (0..=14).filter_map(|days| plus_days(today, days)).find(|date| date.weekday() == weekday && fits(*date))
        }
        Day::OfMonth(day) => (0..=12)
            .filter_map(|months| plus_months(today.first_of_month(), months))
            .filter_map(|month| on_place(month, Place::Day(day)))
            .find(is_ahead),
        // Eight years may pass between two leap days.
        Day::OfYear { month, day } => {
            (0..=8).filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok()).find(is_ahead)
        }
        Day::In(Month::Named(month), place) => (0..=1)
            .filter_map(|years| on_place(Date::new(today.year().checked_add(years)?, month, 1).ok()?, place))
            .find(is_ahead),
        day => fixed(day, today).filter(|date| fits(*date)),
    }
}

fn on_place(month: Date, place: Place) -> Option<Date> {
    match place {
        Place::Day(-1) => Some(month.last_of_month()),
        Place::Day(day) => month.with().day(day).build().ok(),
        Place::Nth(nth, weekday) => month.nth_weekday_of_month(nth, weekday).ok(),
    }
}
