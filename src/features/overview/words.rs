//! How numbers are written.

use crate::acting::NotAdmin;
use crate::operations::overview::Refusal;
use crate::statistics::Period;
use crate::words::{Language, Msg, Said, Say, amount, say_minutes};
use crate::{msg, said, say};

impl Say for Refusal {
    fn said(&self) -> Said {
        match self {
            Refusal::NotAdmin => NotAdmin.said(),
            Refusal::BeingCounted => said!(operations_being_counted),
        }
    }
}

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Count,
    Seconds,
    Stars,
    Percent,
}

/// A period as an address names it.
pub(super) fn name_of(period: Period) -> &'static str {
    match period {
        Period::Week => "week",
        Period::Month => "month",
        Period::Quarter => "quarter",
        Period::Year => "year",
        Period::All => "all",
    }
}

/// The period of that name.
pub(super) fn read_period(name: &str) -> Option<Period> {
    Period::ALL.into_iter().find(|period| name_of(*period) == name)
}

/// What tickets may be, in the order in which they become it.
pub(super) const STATES: [&str; 6] = ["open", "claimed", "waiting_for_user", "escalated", "closed", "archived"];

pub(super) fn status_name(language: Language, status: &str) -> String {
    match status {
        "open" => say!(language, overview_open),
        "claimed" => say!(language, overview_claimed),
        "waiting_for_user" => say!(language, overview_waiting),
        "escalated" => say!(language, overview_escalated),
        "closed" => say!(language, overview_closed),
        _ => say!(language, overview_archived),
    }
}

pub(super) fn period_name(language: Language, period: Period) -> String {
    match period.days() {
        Some(days) => say!(language, overview_days_button, days),
        None => say!(language, overview_all_button),
    }
}

/// The weekdays from Monday on, short.
pub(super) fn weekdays(language: Language) -> [String; 7] {
    let days: [Msg; 7] = [
        msg!(overview_monday),
        msg!(overview_tuesday),
        msg!(overview_wednesday),
        msg!(overview_thursday),
        msg!(overview_friday),
        msg!(overview_saturday),
        msg!(overview_sunday),
    ];
    days.map(|day| day.say(language))
}

/// A number with marks between its thousands.
pub(super) fn number(language: Language, count: i64) -> String {
    say!(language, overview_number, count = amount(count))
}

/// A length of time, to the minute.
#[allow(clippy::cast_possible_truncation)] // It is a time between two moments.
pub(super) fn duration(seconds: f64) -> Said {
    match (seconds / 60.0).round() as i64 {
        0 => said!(overview_under_a_minute),
        minutes => say_minutes(minutes),
    }
}

/// A mean of stars.
pub(super) fn stars(language: Language, mean: Option<f64>) -> String {
    match mean {
        Some(mean) => format!("{mean:.1} ★").replace('.', &say!(language, words_decimal_mark)),
        None => say!(language, overview_none),
    }
}

/// A number as it is written.
#[allow(clippy::cast_possible_truncation)] // It is how many there are of something.
pub(super) fn written(language: Language, unit: Unit, value: Option<f64>) -> String {
    match (value, unit) {
        (None, _) => say!(language, overview_none),
        (Some(value), Unit::Count) => number(language, value as i64),
        (Some(value), Unit::Seconds) => duration(value).say(language),
        (Some(value), Unit::Stars) => stars(language, Some(value)),
        (Some(value), Unit::Percent) => say!(language, overview_percent, percent = value.round() as i64),
    }
}

/// What a number was before, and by how much it changed where that can be said.
#[allow(clippy::cast_possible_truncation)] // It is a percentage.
pub(super) fn change(language: Language, unit: Unit, now: Option<f64>, before: Option<f64>) -> String {
    let was = written(language, unit, before);
    match (now, before) {
        (Some(now), Some(before)) if before > 0.0 => {
            let percent = ((now - before) * 100.0 / before).round() as i64;
            let sign = match percent {
                0 => "±",
                1.. => "+",
                _ => "−",
            };
            say!(language, overview_change, sign, percent = percent.abs(), was)
        }
        _ => say!(language, overview_before, was),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_said_where_there_is_something_to_compare_with() {
        let check = |now, before, expected: &str| {
            assert_eq!(change(Language::ENGLISH, Unit::Count, now, before), expected);
        };
        check(Some(12.0), Some(10.0), "+20 % (before: 10)");
        check(Some(5.0), Some(10.0), "−50 % (before: 10)");
        check(Some(10_000.0), Some(10_000.0), "±0 % (before: 10,000)");
        check(Some(5.0), Some(0.0), "Before: 0");
        check(Some(5.0), None, "Before: –");
    }
}
