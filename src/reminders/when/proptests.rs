//! What holds for any text whatever.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::reminders::schedule::{Schedule, Weekdays};

/// Words of the language, to be thrown together.
fn words() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(
        &[
            "every",
            "elke",
            "2",
            "10",
            "90",
            "25",
            "monday",
            "vr",
            "mon-fri",
            "weekdays",
            "and",
            "day",
            "weeks",
            "maand",
            "uur",
            "h",
            "minutes",
            "at",
            "om",
            "om de",
            "20:00",
            "9u30",
            "7pm",
            "noon",
            "tomorrow",
            "vanavond",
            "25/12",
            "29/2",
            "2026-12-25",
            "12 maart",
            "1st",
            "last",
            "of the month",
            "until",
            "tot",
            "10 times",
            "from",
            "in",
            "over",
            "half",
            "a",
            "next",
            "this",
            "week",
            "year",
            "daily",
            "monthly",
            "other",
            "UTC",
            "-",
            ":",
            "/",
            ".",
            "evening",
            "<t:1798225200:F>",
            "🎉",
            "15th",
            "kwart",
            "voor",
            "4000000000",
            "today",
            "hour",
            "except",
            "between",
            "to",
            "from now",
            "weekend",
            "midnight",
            "nacht",
            "am",
            "fortnight",
            "end of the",
            "eind",
            "2h",
            "9-12",
            "20u tot 22u",
            "1st and 15th",
            "31 feb",
            "CET",
            "EST",
            "Europe/London",
            "+02:00",
            "30 december",
            "½",
            "1.5",
            "twenty",
            "for",
            "after",
        ][..],
    );
    proptest::collection::vec(word, 0..7).prop_map(|words| words.join(" "))
}

fn moments() -> impl Strategy<Value = Zoned> {
    let zone = proptest::sample::select(&["Europe/Brussels", "America/New_York", "UTC", "Australia/Lord_Howe"][..]);
    // Half of them on the nights on which the clocks change in Brussels.
    let second =
        prop_oneof![1_760_000_000..1_900_000_000i64, 1_806_186_000..1_806_200_000i64, 1_824_930_000..1_824_950_000i64];
    (second, zone).prop_map(|(second, name)| {
        Timestamp::from_second(second).expect("it is in range").in_tz(name).expect("it is there")
    })
}

fn repeats() -> impl Strategy<Value = Repeat> {
    let weekday = || (0..7i8).prop_map(|day| Weekday::from_monday_zero_offset(day).expect("it is below seven"));
    let weekdays = proptest::collection::vec(weekday(), 1..7).prop_map(Weekdays::from_iter);
    prop_oneof![
        (10..5000i64).prop_map(Repeat::Minutes),
        (1..20i32).prop_map(Repeat::Days),
        (1..5i32, weekdays).prop_map(|(every, days)| Repeat::Weeks { every, days }),
        (1..8i32, 1..=31i8).prop_map(|(every, day)| Repeat::MonthDay { every, day }),
        (1..8i32, prop_oneof![Just(-1i8), 1..=4i8], weekday()).prop_map(|(every, nth, weekday)| Repeat::MonthWeekday {
            every,
            nth,
            weekday
        }),
        (1..4i32).prop_map(Repeat::Years),
        (1..8i32, proptest::collection::btree_set(1..=31i8, 2..5))
            .prop_map(|(every, days)| Repeat::MonthDays { every, days: days.into_iter().collect() }),
        (1..8i32, proptest::sample::subsequence(vec![1, 2, 3, 4, -1], 2..5), weekday())
            .prop_map(|(every, nths, weekday)| Repeat::MonthWeekdays { every, nths, weekday }),
    ]
}

fn is_sound(text: &str, now: &Zoned) -> Result<(), TestCaseError> {
    match read(text, now) {
        Err(Misread::Past { read, instead }) => {
            prop_assert!(resolve(read, now.time_zone()) <= now.timestamp(), "{text}: {read}");
            prop_assert!(resolve(instead, now.time_zone()) > now.timestamp(), "{text}: {instead}");
        }
        Err(Misread::Either(whens)) => {
            prop_assert!(!whens.is_empty(), "{text}");
            for when in whens {
                is_read_again(text, &when, now)?;
            }
        }
        Err(Misread::NoSuchDay { day, month }) => {
            prop_assert!((29..=31).contains(&day) && (1..=12).contains(&month), "{text}");
        }
        Err(Misread::NotUnderstood | Misread::Several | Misread::UnknownZone) => {}
        Ok(when) => is_read_again(text, &when, now)?,
    }
    Ok(())
}

/// What is understood lies ahead, and is understood again as it is written.
fn is_read_again(text: &str, when: &When, now: &Zoned) -> Result<(), TestCaseError> {
    prop_assert!(when.first_at(now.time_zone()) > now.timestamp(), "{text}: {when:?}");
    if when.repeat.is_none() {
        // To the minute: seconds are not written.
        let minute = When { first: when.first.with().second(0).build().expect("a minute has one"), ..when.clone() };
        if minute.first_at(now.time_zone()) > now.timestamp() {
            prop_assert_eq!(read(&minute.to_string(), now), Ok(minute.clone()), "{}", text);
        }
        if when.zone.is_none() {
            prop_assert_eq!(read(&when.first.to_string(), now), Ok(when.clone()), "{}", text);
            let described = when.first.strftime("%A %-d %B %Y at %H:%M:%S").to_string();
            prop_assert_eq!(read(&described, now), Ok(when.clone()), "{}", text);
        }
    } else {
        let again = read(&when.to_string(), now).map(|when| (when.repeat, when.zone));
        let every_day = Some(Repeat::Weeks { every: 1, days: Weekdays::EVERY_DAY });
        let repeat = if when.repeat == every_day { Some(Repeat::Days(1)) } else { when.repeat.clone() };
        // What counts time as it passes is written without a clock.
        let zone = if matches!(repeat, Some(Repeat::Minutes(_))) {
            again.clone().ok().and_then(|(_, zone)| zone)
        } else {
            when.zone.clone()
        };
        prop_assert_eq!(again, Ok((repeat, zone)), "{}: {}", text, when);
    }
    if let Some(End::Date(date)) = when.end {
        prop_assert!(date >= when.first.date());
    }
    let zone = when.zone(now.time_zone()).clone();
    let schedule = Schedule { first: when.first, zone, repeat: when.repeat.clone(), ends_at: None };
    prop_assert_eq!(schedule.nth(1), Some(when.first_at(now.time_zone())), "{}", text);
    Ok(())
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,60}", now in moments()) {
        is_sound(&text, &now)?;
    }

    #[test]
    fn what_is_understood_lies_ahead(text in words(), now in moments()) {
        is_sound(&text, &now)?;
    }

    #[test]
    fn signs_and_digits_lie_ahead_or_are_refused(text in "[0-9uhm:./ -]{0,14}", now in moments()) {
        is_sound(&text, &now)?;
    }

    #[test]
    fn a_rule_is_read_as_it_is_written(repeat in repeats(), now in moments(), minutes in 0..500_000i64) {
        let first = now.datetime().round(Smallest::Minute).unwrap() + SignedDuration::from_mins(minutes);
        let written = write_rule(&repeat, first);
        let when = read(&written, &now);
        let same = match repeat {
            Repeat::Weeks { every: 1, days: Weekdays::EVERY_DAY } => Repeat::Days(1),
            repeat => repeat,
        };
        prop_assert_eq!(when.map(|when| when.repeat), Ok(Some(same)), "{}", written);
    }
}
