//! How moments and rules are said. What is stored is `write_rule`'s, which nobody translates.

use jiff::civil::{Date, DateTime, Weekday};

use crate::reminders::Timing;
use crate::reminders::schedule::{Repeat, Weekdays, zone_label};
use crate::reminders::when::{self, When};
use crate::said;
use crate::words::{Said, weekday_key};

/// A moment as clocks show it: `Monday 1 March 2027, 20:00`.
pub fn moment(at: DateTime) -> Said {
    said!(
        reminder_times_moment,
        weekday = weekday_key(at.weekday()),
        day = i32::from(at.day()),
        month = i32::from(at.month()),
        year = at.year(),
        time = time(at)
    )
}

/// The same where there is little room: `Mon 1 Mar 2027, 20:00`.
pub fn short_moment(at: DateTime) -> Said {
    said!(
        reminder_times_moment_short,
        weekday = weekday_key(at.weekday()),
        day = i32::from(at.day()),
        month = i32::from(at.month()),
        year = at.year(),
        time = time(at)
    )
}

/// A weekday where there is little room: `Mon`.
pub fn short_weekday(day: Date) -> Said {
    said!(reminder_times_weekday_short, weekday = weekday_key(day.weekday()))
}

/// How something repeats that first happens when clocks show `first`: `every 2 weeks on Mon, Wed at 20:00`.
pub fn rule(repeat: &Repeat, first: DateTime) -> Said {
    let time = time(first);
    match *repeat {
        Repeat::MonthDays { every: count, ref days } => {
            let days = places(days.iter().map(|day| said!(reminder_times_day_listed, day = i32::from(*day))));
            match count {
                ..=1 => said!(reminder_times_rule_month_days, days, time),
                count => said!(reminder_times_rule_months_days, count, days, time),
            }
        }
        Repeat::MonthWeekdays { every: count, ref nths, weekday } => {
            let nths = places(nths.iter().map(|nth| said!(reminder_times_nth, nth = position(*nth))));
            let weekday = weekday_key(weekday);
            match count {
                ..=1 => said!(reminder_times_rule_month_weekdays, nths, weekday, time),
                count => said!(reminder_times_rule_months_weekdays, count, nths, weekday, time),
            }
        }
        Repeat::Minutes(minutes) if minutes > 0 && minutes % 60 == 0 => {
            said!(reminder_times_rule_hours, count = minutes / 60)
        }
        Repeat::Minutes(minutes) => said!(reminder_times_rule_minutes, count = minutes.max(1)),
        Repeat::Days(days) => said!(reminder_times_rule_days, count = days.max(1), time),
        Repeat::Weeks { every: ..=1, days } => match days {
            Weekdays::EVERY_DAY => said!(reminder_times_rule_days, count = 1, time),
            Weekdays::WORKDAYS => said!(reminder_times_rule_workdays, time),
            Weekdays::WEEKEND => said!(reminder_times_rule_weekend, time),
            days if days.len() == 1 => {
                said!(reminder_times_rule_week, days = Said::list(days.iter().map(weekday)), time)
            }
            days => said!(reminder_times_rule_week, days = listed(days), time),
        },
        Repeat::Weeks { every: count, days } => {
            said!(reminder_times_rule_weeks, count, days = listed(days), time)
        }
        Repeat::MonthDay { every: ..=1, day } => said!(reminder_times_rule_month_day, day = i32::from(day), time),
        Repeat::MonthDay { every: count, day } => {
            said!(reminder_times_rule_months_day, count, day = i32::from(day), time)
        }
        Repeat::MonthWeekday { every: ..=1, nth, weekday } => {
            said!(reminder_times_rule_month_weekday, nth = position(nth), weekday = weekday_key(weekday), time)
        }
        Repeat::MonthWeekday { every: count, nth, weekday } => {
            said!(reminder_times_rule_months_weekday, count, nth = position(nth), weekday = weekday_key(weekday), time)
        }
        Repeat::Years(years) => {
            let (day, month) = (i32::from(first.day()), i32::from(first.month()));
            said!(reminder_times_rule_years, count = years.max(1), day, month, time)
        }
    }
}

/// When something happens as its reader can type it, also by clocks of its own.
pub fn typed(when: &When) -> Said {
    let written = match &when.repeat {
        Some(repeat) => rule(repeat, when.first),
        None => Said::Verbatim(when::written(when.first)),
    };
    match &when.zone {
        Some(zone) => said!(reminder_times_in_zone, written, zone = zone_label(zone)),
        None => written,
    }
}

/// That a month has no such day: `February has no 31st`.
pub fn no_such_day(day: u32, month: u32) -> Said {
    let number = |number: u32| i32::try_from(number).unwrap_or(0);
    said!(reminder_times_no_such_day, day = number(day), month = number(month))
}

/// When something happens: as somebody wrote it, if somebody did.
pub(super) fn timing(timing: &Timing) -> Said {
    let schedule = &timing.schedule;
    match (&schedule.repeat, timing.said.as_str()) {
        (Some(repeat), "") => rule(repeat, schedule.first),
        (None, "") => Said::Verbatim(when::written(schedule.first)),
        (_, said) => Said::Verbatim(said.to_owned()),
    }
}

fn time(at: DateTime) -> String {
    at.strftime("%H:%M").to_string()
}

fn weekday(day: Weekday) -> Said {
    said!(reminder_times_weekday, weekday = weekday_key(day))
}

/// Weekdays of a rule as a language enumerates them: `Mon, Wed`, `maandag en woensdag`.
fn listed(days: Weekdays) -> Said {
    let mut days: Vec<Said> =
        days.iter().map(|day| said!(reminder_times_weekday_listed, weekday = weekday_key(day))).collect();
    let Some(last) = days.pop() else { return Said::Verbatim(String::new()) };
    match days.into_iter().reduce(|left, right| said!(reminder_times_weekdays, left, right)) {
        Some(left) => said!(reminder_times_last_weekday, left, right = last),
        None => last,
    }
}

/// Places in a month as a language enumerates them: `1st, 8th and 15th`.
fn places(places: impl DoubleEndedIterator<Item = Said>) -> Said {
    let mut places: Vec<Said> = places.collect();
    let Some(last) = places.pop() else { return Said::Verbatim(String::new()) };
    match places.into_iter().reduce(|left, right| said!(reminder_times_places, left, right)) {
        Some(left) => said!(reminder_times_last_place, left, right = last),
        None => last,
    }
}

/// By which messages choose which of a month's weekdays.
fn position(nth: i8) -> &'static str {
    match nth {
        ..0 => "last",
        0..=1 => "first",
        2 => "second",
        3 => "third",
        4.. => "fourth",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reminders::schedule::write_rule;
    use crate::words::{Language, Say};

    fn at(text: &str) -> DateTime {
        text.parse().expect("it is a clock time")
    }

    #[test]
    fn rules_are_said_in_the_language_of_the_reader() {
        let dutch = Language::of_code("nl").expect("Dutch is there");
        let check = |repeat: Repeat, first: &str, expected: &str| {
            assert_eq!(rule(&repeat, at(first)).say(dutch), expected);
            // In English it is what is written.
            assert_eq!(rule(&repeat, at(first)).say(Language::ENGLISH), write_rule(&repeat, at(first)));
        };
        let weeks = |every, days| Repeat::Weeks { every, days };
        let month_weekday = |every, nth| Repeat::MonthWeekday { every, nth, weekday: Weekday::Friday };
        let two = Weekdays::from(Weekday::Tuesday) | Weekdays::from(Weekday::Thursday);
        check(weeks(1, Weekdays::WORKDAYS), "2027-01-01T08:45", "elke werkdag om 08:45");
        check(weeks(1, Weekdays::WEEKEND), "2027-01-01T10:00", "elk weekend om 10:00");
        check(weeks(1, Weekdays::EVERY_DAY), "2027-01-01T10:00", "elke dag om 10:00");
        check(weeks(0, Weekday::Monday.into()), "2027-01-01T20:00", "elke maandag om 20:00");
        check(weeks(1, two), "2027-01-01T20:00", "elke dinsdag en donderdag om 20:00");
        check(weeks(2, two), "2027-01-01T20:00", "om de week op dinsdag en donderdag om 20:00");
        check(weeks(2, Weekday::Wednesday.into()), "2027-01-01T20:00", "om de week op woensdag om 20:00");
        check(weeks(3, two), "2027-01-01T20:00", "elke 3 weken op dinsdag en donderdag om 20:00");
        check(Repeat::Days(0), "2027-01-01T09:00", "elke dag om 09:00");
        check(Repeat::Days(3), "2027-01-01T09:00", "elke 3 dagen om 09:00");
        for (day, expected) in [(1, "1e"), (2, "2e"), (13, "13e"), (23, "23e"), (30, "30e")] {
            let expected = format!("op de {expected} van elke maand om 09:00");
            check(Repeat::MonthDay { every: 1, day }, "2027-01-31T09:00", &expected);
        }
        check(Repeat::MonthDay { every: 2, day: 12 }, "2027-01-12T09:00", "elke 2 maanden op de 12e om 09:00");
        check(Repeat::MonthDay { every: 1, day: 31 }, "2027-01-31T09:00", "op de laatste dag van elke maand om 09:00");
        check(month_weekday(1, 1), "2027-01-01T09:00", "op de eerste vrijdag van elke maand om 09:00");
        check(month_weekday(3, -1), "2027-01-29T09:00", "elke 3 maanden op de laatste vrijdag om 09:00");
        let days = |every, days: &[i8]| Repeat::MonthDays { every, days: days.to_vec() };
        check(days(1, &[1, 8, 15]), "2027-01-01T09:00", "op de 1e, 8e en 15e van elke maand om 09:00");
        let nths = Repeat::MonthWeekdays { every: 2, nths: vec![1, -1], weekday: Weekday::Friday };
        check(nths, "2027-01-01T09:00", "elke 2 maanden op de eerste en laatste vrijdag om 09:00");
        // The last day of a month has no number in Dutch.
        let last = rule(&days(3, &[15, 31]), at("2027-01-15T09:00")).say(dutch);
        assert_eq!(last, "elke 3 maanden op de 15e en laatste dag om 09:00");
        check(Repeat::Minutes(1), "2027-01-01T09:00", "elke minuut");
        check(Repeat::Minutes(90), "2027-01-01T09:00", "elke 90 minuten");
        check(Repeat::Minutes(60), "2027-01-01T09:00", "elk uur");
        check(Repeat::Minutes(120), "2027-01-01T09:00", "elke 2 uur");
        check(Repeat::Years(1), "2027-05-12T09:00", "elk jaar op 12 mei om 09:00");
        check(Repeat::Years(4), "2028-02-29T09:00", "elke 4 jaar op 29 februari om 09:00");
    }

    #[test]
    fn what_is_said_of_a_rule_is_read_as_that_rule() {
        let now = jiff::civil::date(2026, 12, 1).at(12, 0, 0, 0).in_tz("UTC").expect("a time zone");
        let two = Weekdays::from(Weekday::Tuesday) | Weekdays::from(Weekday::Thursday);
        let weekday = |every, nth| Repeat::MonthWeekday { every, nth, weekday: Weekday::Friday };
        let rules = [
            Repeat::Minutes(90),
            Repeat::Minutes(60),
            Repeat::Minutes(120),
            Repeat::Days(1),
            Repeat::Days(3),
            Repeat::Weeks { every: 1, days: Weekdays::WORKDAYS },
            Repeat::Weeks { every: 1, days: Weekdays::WEEKEND },
            Repeat::Weeks { every: 1, days: Weekday::Monday.into() },
            Repeat::Weeks { every: 1, days: two },
            Repeat::Weeks { every: 2, days: two },
            Repeat::Weeks { every: 3, days: Weekday::Wednesday.into() },
            Repeat::MonthDay { every: 1, day: 13 },
            Repeat::MonthDay { every: 1, day: 31 },
            Repeat::MonthDay { every: 2, day: 12 },
            weekday(1, 1),
            weekday(1, 4),
            weekday(3, -1),
            Repeat::Years(1),
            Repeat::Years(4),
            Repeat::MonthDays { every: 1, days: vec![1, 15] },
            Repeat::MonthDays { every: 2, days: vec![1, 15, 31] },
            Repeat::MonthWeekdays { every: 1, nths: vec![1, 3], weekday: Weekday::Monday },
            Repeat::MonthWeekdays { every: 3, nths: vec![2, 4, -1], weekday: Weekday::Tuesday },
        ];
        for language in crate::words::known_languages() {
            for repeat in &rules {
                let said = rule(repeat, at("2027-05-12T20:00")).say(language);
                let read = when::read(&said, &now).map(|when| when.repeat);
                assert_eq!(read, Ok(Some(repeat.clone())), "{language:?}: {said}");
            }
        }
    }

    #[test]
    fn moments_are_said_in_the_language_of_the_reader() {
        let dutch = Language::of_code("nl").expect("Dutch is there");
        for day in 1..=366 {
            let at = at("2027-12-31T20:05") + jiff::Span::new().days(day);
            let check = |said: Said, format| assert_eq!(said.say(Language::ENGLISH), at.strftime(format).to_string());
            check(moment(at), "%A %-d %B %Y, %H:%M");
            check(short_moment(at), "%a %-d %b %Y, %H:%M");
        }
        assert_eq!(moment(at("2027-03-01T20:00")).say(dutch), "maandag 1 maart 2027, 20:00");
        assert_eq!(short_moment(at("2027-03-01T20:00")).say(dutch), "ma 1 mrt 2027, 20:00");
    }
}
