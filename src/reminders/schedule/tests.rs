//! What `schedule` makes of what people write and mean, case by case.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("it is there")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("it is a time")
}

fn schedule(first: &str, zone_name: &str, repeat: Repeat) -> Schedule {
    let first = first.parse().expect("it is a clock time");
    Schedule { first, zone: zone(zone_name), repeat: Some(repeat), ends_at: None }
}

const MON: Weekdays = Weekdays(0b000_0001);
const TUE_THU: Weekdays = Weekdays(0b000_1010);
const SUN: Weekdays = Weekdays(0b100_0000);

#[test]
fn a_time_that_clocks_skip_is_when_they_skip_it_and_of_two_the_first_counts() {
    let check = |clock: &str, name: &str, expected: &str| {
        let moment = resolve(clock.parse().expect("it is a clock time"), &zone(name));
        assert_eq!(moment, at(expected), "{clock} {name}");
    };
    check("2026-07-01T12:00", "Europe/Brussels", "2026-07-01T10:00Z");
    check("2026-12-01T12:00", "Europe/Brussels", "2026-12-01T11:00Z");
    for (forward, back) in [("2026-03-29", "2026-10-25"), ("2027-03-28", "2027-10-31"), ("2028-03-26", "2028-10-29")] {
        check(&format!("{forward}T01:59"), "Europe/Brussels", &format!("{forward}T00:59Z"));
        check(&format!("{forward}T02:00"), "Europe/Brussels", &format!("{forward}T01:00Z"));
        check(&format!("{forward}T02:30"), "Europe/Brussels", &format!("{forward}T01:00Z"));
        check(&format!("{forward}T03:00"), "Europe/Brussels", &format!("{forward}T01:00Z"));
        check(&format!("{forward}T03:30"), "Europe/Brussels", &format!("{forward}T01:30Z"));
        check(&format!("{back}T01:59"), "Europe/Brussels", &format!("{back}T01:59+02:00"));
        check(&format!("{back}T02:00"), "Europe/Brussels", &format!("{back}T00:00Z"));
        check(&format!("{back}T02:30"), "Europe/Brussels", &format!("{back}T00:30Z"));
        check(&format!("{back}T03:00"), "Europe/Brussels", &format!("{back}T02:00Z"));
    }
    for (forward, back) in [("2026-03-08", "2026-11-01"), ("2027-03-14", "2027-11-07"), ("2028-03-12", "2028-11-05")] {
        check(&format!("{forward}T02:30"), "America/New_York", &format!("{forward}T07:00Z"));
        check(&format!("{forward}T03:30"), "America/New_York", &format!("{forward}T07:30Z"));
        check(&format!("{back}T01:30"), "America/New_York", &format!("{back}T05:30Z"));
        check(&format!("{back}T02:00"), "America/New_York", &format!("{back}T07:00Z"));
    }
    // Half an hour is skipped there, and once a whole day was.
    check("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:30Z");
    check("2011-12-30T09:00", "Pacific/Apia", "2011-12-30T10:00Z");
    check("9999-12-31T23:00", "UTC", "9999-12-30T22:00:00.999999999Z");
}

#[test]
fn moments_follow_the_clocks() {
    let check = |schedule: Schedule, after: &str, expected: &[&str]| {
        let found: Vec<Timestamp> = schedule.moments_after(at(after)).take(expected.len()).collect();
        assert_eq!(found, expected.iter().map(|text| at(text)).collect::<Vec<_>>(), "{schedule:?} after {after}");
    };
    let brussels = |first, repeat| schedule(first, "Europe/Brussels", repeat);
    let new_york = |first, repeat| schedule(first, "America/New_York", repeat);

    // Clocks go forward on 28 March 2027 and back on 31 October in Brussels, a fortnight earlier and a week later in
    // New York.
    let daily = || brussels("2027-03-01T02:30", Repeat::Days(1));
    check(daily(), "2027-03-27T00:00Z", &["2027-03-27T01:30Z", "2027-03-28T01:00Z", "2027-03-29T00:30Z"]);
    check(daily(), "2027-03-28T01:00Z", &["2027-03-29T00:30Z"]);
    check(daily(), "2027-10-30T00:30Z", &["2027-10-31T00:30Z", "2027-11-01T01:30Z"]);
    check(daily(), "2027-10-31T01:00Z", &["2027-11-01T01:30Z"]);
    let daily = || new_york("2027-03-01T02:30", Repeat::Days(1));
    check(daily(), "2027-03-13T00:00Z", &["2027-03-13T07:30Z", "2027-03-14T07:00Z", "2027-03-15T06:30Z"]);
    let daily = || new_york("2027-03-01T01:30", Repeat::Days(1));
    check(daily(), "2027-11-06T12:00Z", &["2027-11-07T05:30Z", "2027-11-08T06:30Z"]);
    check(daily(), "2027-11-07T06:00Z", &["2027-11-08T06:30Z"]);
    let weekly = || brussels("2026-03-01T02:30", Repeat::Weeks { every: 1, days: SUN });
    check(weekly(), "2026-03-22T12:00Z", &["2026-03-29T01:00Z", "2026-04-05T00:30Z"]);
    check(weekly(), "2028-03-20T12:00Z", &["2028-03-26T01:00Z", "2028-04-02T00:30Z"]);
    check(weekly(), "2028-10-23T12:00Z", &["2028-10-29T00:30Z", "2028-11-05T01:30Z"]);
    let monthly = || brussels("2026-01-29T20:00", Repeat::MonthDay { every: 1, day: 29 });
    check(monthly(), "2026-02-01T00:00Z", &["2026-02-28T19:00Z", "2026-03-29T18:00Z", "2026-04-29T18:00Z"]);
    let hourly = || brussels("2027-03-28T00:30", Repeat::Minutes(60));
    check(hourly(), "2027-03-27T23:30Z", &["2027-03-28T00:30Z", "2027-03-28T01:30Z", "2027-03-28T02:30Z"]);
    check(hourly(), "2027-10-31T00:00Z", &["2027-10-31T00:30Z", "2027-10-31T01:30Z", "2027-10-31T02:30Z"]);
    let minutes = || new_york("2026-10-31T22:00", Repeat::Minutes(90));
    check(minutes(), "2026-11-01T02:00Z", &["2026-11-01T03:30Z", "2026-11-01T05:00Z", "2026-11-01T06:30Z"]);

    // Never before the first, which itself counts.
    let daily = || brussels("2027-01-10T09:00", Repeat::Days(3));
    check(daily(), "2020-01-01T00:00Z", &["2027-01-10T08:00Z", "2027-01-13T08:00Z"]);
    check(daily(), "2027-01-10T07:59:59Z", &["2027-01-10T08:00Z"]);
    check(daily(), "2027-01-10T08:00Z", &["2027-01-13T08:00Z"]);

    // Weeks are counted from the week of the first, which is a Thursday here.
    let fortnightly = || brussels("2026-11-26T20:00", Repeat::Weeks { every: 2, days: TUE_THU });
    check(fortnightly(), "2026-11-01T00:00Z", &["2026-11-26T19:00Z", "2026-12-08T19:00Z", "2026-12-10T19:00Z"]);
    check(fortnightly(), "2026-12-10T19:00Z", &["2026-12-22T19:00Z", "2026-12-24T19:00Z", "2027-01-05T19:00Z"]);
    let month_days = |days: &[i8]| Repeat::MonthDays { every: 1, days: days.to_vec() };
    let twice = brussels("2026-12-15T09:00", month_days(&[1, 15]));
    check(twice, "2026-12-01T00:00Z", &["2026-12-15T08:00Z", "2027-01-01T08:00Z", "2027-01-15T08:00Z"]);
    // In February the 30th and the last day are one.
    let ends = brussels("2027-01-30T09:00", month_days(&[30, 31]));
    check(ends, "2027-01-30T08:00Z", &["2027-01-31T08:00Z", "2027-02-28T08:00Z", "2027-03-30T07:00Z"]);
    let nths = Repeat::MonthWeekdays { every: 2, nths: vec![2, 4], weekday: Weekday::Tuesday };
    let tuesdays = brussels("2026-12-08T20:00", nths);
    check(tuesdays, "2026-12-01T00:00Z", &["2026-12-08T19:00Z", "2026-12-22T19:00Z", "2027-02-09T19:00Z"]);
    // Where the first does not match the rule, the rule begins with what does.
    let mondays = || brussels("2026-11-26T20:00", Repeat::Weeks { every: 1, days: MON });
    check(mondays(), "2026-11-01T00:00Z", &["2026-11-30T19:00Z"]);
    check(brussels("2026-11-26T20:00", Repeat::Weeks { every: 1, days: Weekdays(0) }), "2026-01-01T00:00Z", &[]);

    let monthly = |every| brussels("2027-01-31T09:00", Repeat::MonthDay { every, day: 31 });
    check(monthly(1), "2027-01-31T08:00Z", &["2027-02-28T08:00Z", "2027-03-31T07:00Z", "2027-04-30T07:00Z"]);
    check(monthly(1), "2028-02-01T00:00Z", &["2028-02-29T08:00Z", "2028-03-31T07:00Z"]);
    check(monthly(3), "2027-01-31T08:00Z", &["2027-04-30T07:00Z", "2027-07-31T07:00Z", "2027-10-31T08:00Z"]);
    let last_friday =
        |every| brussels("2026-11-27T20:00", Repeat::MonthWeekday { every, nth: -1, weekday: Weekday::Friday });
    check(last_friday(1), "2026-11-27T19:00Z", &["2026-12-25T19:00Z", "2027-01-29T19:00Z", "2027-02-26T19:00Z"]);
    check(last_friday(2), "2026-11-27T19:00Z", &["2027-01-29T19:00Z", "2027-03-26T19:00Z"]);
    let second_monday =
        || new_york("2026-11-01T20:00", Repeat::MonthWeekday { every: 1, nth: 2, weekday: Weekday::Monday });
    check(second_monday(), "2026-11-01T00:00Z", &["2026-11-10T01:00Z", "2026-12-15T01:00Z"]);
    let leap = || brussels("2028-02-29T09:00", Repeat::Years(1));
    check(leap(), "2028-03-01T00:00Z", &["2029-02-28T08:00Z", "2030-02-28T08:00Z", "2031-02-28T08:00Z"]);
    check(leap(), "2032-02-01T00:00Z", &["2032-02-29T08:00Z", "2033-02-28T08:00Z"]);
    check(brussels("2026-03-12T10:00", Repeat::Years(2)), "2026-03-12T09:00Z", &["2028-03-12T09:00Z"]);

    // The day that Samoa left out and the next one are one moment at midnight.
    let apia = || schedule("2011-12-28T00:00", "Pacific/Apia", Repeat::Days(1));
    check(apia(), "2011-12-29T00:00Z", &["2011-12-29T10:00Z", "2011-12-30T10:00Z", "2011-12-31T10:00Z"]);
    // Steps that make no sense count as one.
    check(brussels("2026-11-26T20:00", Repeat::Days(0)), "2026-11-26T19:00Z", &["2026-11-27T19:00Z"]);
    check(brussels("2026-11-26T20:00", Repeat::Minutes(-5)), "2026-11-26T19:00Z", &["2026-11-26T19:01Z"]);
}

#[test]
fn it_happens_once_until_it_ends_or_as_long_as_there_are_dates() {
    let mut once = schedule("2026-11-26T20:00", "Europe/Brussels", Repeat::Days(1));
    once.repeat = None;
    assert_eq!(once.moments_after(Timestamp::MIN).collect::<Vec<_>>(), [at("2026-11-26T19:00Z")]);
    assert_eq!(once.moments_after(at("2026-11-26T19:00Z")).next(), None);

    let mut daily = schedule("2026-11-26T20:00", "Europe/Brussels", Repeat::Days(1));
    daily.ends_at = Some(at("2026-11-28T19:00Z"));
    assert_eq!(daily.moments_after(Timestamp::MIN).count(), 3);
    daily.ends_at = Some(at("2026-11-28T18:59:59Z"));
    assert_eq!(daily.moments_after(Timestamp::MIN).count(), 2);
    assert_eq!((daily.nth(0), daily.nth(2), daily.nth(3)), (None, Some(at("2026-11-27T19:00Z")), None));

    for repeat in [Repeat::Days(1), Repeat::Years(1), Repeat::Minutes(i64::MAX), Repeat::Days(i32::MAX)] {
        let last = schedule("9999-12-28T20:00", "Europe/Brussels", repeat);
        assert!(last.moments_after(Timestamp::MIN).count() <= 3);
        assert_eq!(last.moments_after(Timestamp::MAX).next(), None);
    }
    let tenth = schedule("2026-10-17T02:30", "Europe/Brussels", Repeat::Days(1)).nth(10);
    assert_eq!(tenth, Some(at("2026-10-26T01:30Z")));
}

#[test]
fn what_is_said_first_comes_first_and_of_two_at_once_the_nearer_one() {
    let daily = schedule("2026-11-26T20:00", "Europe/Brussels", Repeat::Days(1));
    let check = |leads: &[i64], after: &str, expected: Option<(&str, &str, i64)>| {
        let fire = daily.next_fire(leads, at(after));
        let expected = expected.map(|(due, moment, lead)| Fire { due_at: at(due), moment_at: at(moment), lead });
        assert_eq!(fire, expected, "{leads:?} after {after}");
    };
    check(&[0, 60], "2026-11-26T00:00Z", Some(("2026-11-26T18:00Z", "2026-11-26T19:00Z", 60)));
    check(&[60, 0], "2026-11-26T18:00Z", Some(("2026-11-26T19:00Z", "2026-11-26T19:00Z", 0)));
    check(&[60, 0], "2026-11-26T19:00Z", Some(("2026-11-27T18:00Z", "2026-11-27T19:00Z", 60)));
    // A day ahead of tomorrow's is now, and so is today's.
    check(&[1440, 0], "2026-11-26T18:00Z", Some(("2026-11-26T19:00Z", "2026-11-26T19:00Z", 0)));
    check(&[1440, 0], "2026-11-26T19:00Z", Some(("2026-11-27T19:00Z", "2026-11-27T19:00Z", 0)));
    check(&[1440], "2026-11-26T18:00Z", Some(("2026-11-26T19:00Z", "2026-11-27T19:00Z", 1440)));
    check(&[], "2026-11-26T18:00Z", None);
    check(&[i64::MAX], "2026-11-26T18:00Z", None);
}

#[test]
fn rules_are_written_as_they_were_stored() {
    let check = |repeat: Repeat, first: &str, expected: &str| {
        assert_eq!(write_rule(&repeat, first.parse().expect("it is a clock time")), expected);
    };
    let weeks = |every, days| Repeat::Weeks { every, days };
    let month_weekday = |every, nth| Repeat::MonthWeekday { every, nth, weekday: Weekday::Friday };
    check(weeks(1, Weekdays::WORKDAYS), "2027-01-01T08:45", "every weekday at 08:45");
    check(weeks(1, Weekdays::WEEKEND), "2027-01-01T10:00", "every weekend at 10:00");
    check(weeks(1, Weekdays::EVERY_DAY), "2027-01-01T10:00", "every day at 10:00");
    check(weeks(1, MON), "2027-01-01T20:00", "every Monday at 20:00");
    check(weeks(1, TUE_THU), "2027-01-01T20:00", "every Tue, Thu at 20:00");
    check(weeks(2, TUE_THU), "2027-01-01T20:00", "every 2 weeks on Tue, Thu at 20:00");
    check(Repeat::Days(1), "2027-01-01T09:00", "every day at 09:00");
    check(Repeat::Days(3), "2027-01-01T09:00", "every 3 days at 09:00");
    check(Repeat::MonthDay { every: 1, day: 31 }, "2027-01-31T09:00", "on the 31st of every month at 09:00");
    check(Repeat::MonthDay { every: 2, day: 12 }, "2027-01-12T09:00", "every 2 months on the 12th at 09:00");
    check(month_weekday(1, -1), "2027-01-29T20:00", "on the last Friday of every month at 20:00");
    check(month_weekday(3, 2), "2027-01-08T20:00", "every 3 months on the second Friday at 20:00");
    let month_days = |every, days: &[i8]| Repeat::MonthDays { every, days: days.to_vec() };
    check(month_days(1, &[1, 15]), "2027-01-01T09:00", "on the 1st and 15th of every month at 09:00");
    check(month_days(2, &[3, 12, 31]), "2027-01-03T09:00", "every 2 months on the 3rd, 12th and 31st at 09:00");
    let friday = |every, nths: &[i8]| Repeat::MonthWeekdays { every, nths: nths.to_vec(), weekday: Weekday::Friday };
    check(friday(1, &[1, 3]), "2027-01-01T20:00", "on the first and third Friday of every month at 20:00");
    check(friday(3, &[2, 4, -1]), "2027-01-08T20:00", "every 3 months on the second, fourth and last Friday at 20:00");
    check(Repeat::Minutes(90), "2027-01-01T09:00", "every 90 minutes");
    check(Repeat::Minutes(60), "2027-01-01T09:00", "every hour");
    check(Repeat::Minutes(120), "2027-01-01T09:00", "every 2 hours");
    check(Repeat::Minutes(0), "2027-01-01T09:00", "every minute");
    check(Repeat::Years(1), "2027-03-12T10:00", "every year on 12 March at 10:00");
    check(Repeat::Years(4), "2028-02-29T10:00", "every 4 years on 29 February at 10:00");
}

#[test]
fn rules_are_stored_in_words() {
    let check = |repeat: Repeat, expected: &str| {
        assert_eq!(serde_json::to_string(&repeat).unwrap(), expected);
        assert_eq!(serde_json::from_str::<Repeat>(expected).unwrap(), repeat);
    };
    check(Repeat::Minutes(90), r#"{"minutes":90}"#);
    check(Repeat::Weeks { every: 2, days: TUE_THU }, r#"{"weeks":{"every":2,"days":["tuesday","thursday"]}}"#);
    check(
        Repeat::MonthWeekday { every: 1, nth: -1, weekday: Weekday::Friday },
        r#"{"month_weekday":{"every":1,"nth":-1,"weekday":"friday"}}"#,
    );
    check(Repeat::MonthDays { every: 1, days: vec![1, 15] }, r#"{"month_days":{"every":1,"days":[1,15]}}"#);
    check(
        Repeat::MonthWeekdays { every: 1, nths: vec![1, -1], weekday: Weekday::Friday },
        r#"{"month_weekdays":{"every":1,"nths":[1,-1],"weekday":"friday"}}"#,
    );
    assert!(serde_json::from_str::<Weekdays>(r#"["someday"]"#).is_err());
}

/// Ordinary clocks, clocks that change by half an hour, and clocks that once skipped a day.
const ZONES: [&str; 5] = ["UTC", "Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"];

fn repeats() -> impl Strategy<Value = Option<Repeat>> {
    let weekdays = || (0..=127u8).prop_map(Weekdays);
    let weekday = || (0..7i8).prop_map(|day| Weekday::from_monday_zero_offset(day).expect("it is below seven"));
    prop_oneof![
        Just(None),
        (1..5000i64).prop_map(|minutes| Some(Repeat::Minutes(minutes))),
        (1..20i32).prop_map(|days| Some(Repeat::Days(days))),
        (1..5i32, weekdays()).prop_map(|(every, days)| Some(Repeat::Weeks { every, days })),
        (1..8i32, 1..=31i8).prop_map(|(every, day)| Some(Repeat::MonthDay { every, day })),
        (1..8i32, prop_oneof![Just(-1i8), 1..=4i8], weekday())
            .prop_map(|(every, nth, weekday)| Some(Repeat::MonthWeekday { every, nth, weekday })),
        (1..4i32).prop_map(|years| Some(Repeat::Years(years))),
        (1..8i32, proptest::collection::btree_set(1..=31i8, 2..5))
            .prop_map(|(every, days)| Some(Repeat::MonthDays { every, days: days.into_iter().collect() })),
        (1..8i32, proptest::sample::subsequence(vec![1, 2, 3, 4, -1], 2..5), weekday())
            .prop_map(|(every, nths, weekday)| Some(Repeat::MonthWeekdays { every, nths, weekday })),
    ]
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let first = (prop_oneof![2010..2012i16, 2026..2029i16], 0..366i64, 0..1440i64);
    let ends = proptest::option::of(0..900i64);
    (first, proptest::sample::select(&ZONES[..]), repeats(), ends).prop_map(
        |((year, day, minute), name, repeat, ends)| {
            let first = Date::constant(year, 1, 1).to_datetime(jiff::civil::Time::midnight());
            let first = first + SignedDuration::from_mins(day * 1440 + minute);
            let zone = zone(name);
            let ends_at = ends.map(|days| resolve(first, &zone) + SignedDuration::from_hours(24 * days));
            Schedule { first, zone, repeat, ends_at }
        },
    )
}

/// Whether the rule matches on a date at or after the first, found without arithmetic on the index of occurrences.
fn matches(repeat: &Repeat, first: Date, date: Date) -> bool {
    let every = |step: i32, passed: i64| passed % i64::from(step) == 0;
    let weeks = |date: Date| days_between(Date::constant(2000, 1, 3), date).div_euclid(7);
    match repeat {
        Repeat::Minutes(_) => false,
        Repeat::Days(days) => every(*days, days_between(first, date)),
        Repeat::Weeks { every: step, days } => {
            days.contains(date.weekday()) && every(*step, weeks(date) - weeks(first))
        }
        Repeat::MonthDay { every: step, day } => {
            date.day() == (*day).min(date.days_in_month()) && every(*step, months_between(first, date))
        }
        Repeat::MonthWeekday { every: step, nth, weekday } => {
            let is_nth = match nth {
                -1 => date.day() > date.days_in_month() - 7,
                nth => (date.day() - 1) / 7 == nth - 1,
            };
            date.weekday() == *weekday && is_nth && every(*step, months_between(first, date))
        }
        Repeat::MonthDays { every: step, days } => {
            let is_day = |day: &i8| date.day() == (*day).min(date.days_in_month());
            days.iter().any(is_day) && every(*step, months_between(first, date))
        }
        Repeat::MonthWeekdays { every: step, nths, weekday } => {
            let is_nth = |nth: &i8| match nth {
                -1 => date.day() > date.days_in_month() - 7,
                nth => (date.day() - 1) / 7 == nth - 1,
            };
            date.weekday() == *weekday && nths.iter().any(is_nth) && every(*step, months_between(first, date))
        }
        Repeat::Years(years) => {
            let day = first.day().min(date.days_in_month());
            date.month() == first.month() && date.day() == day && every(*years, months_between(first, date) / 12)
        }
    }
}

/// All moments from the first until `until`, by looking at every day.
fn all_moments(schedule: &Schedule, until: Timestamp) -> Vec<Timestamp> {
    let first = schedule.first.date();
    let begins_at = resolve(schedule.first, &schedule.zone);
    let mut moments = match &schedule.repeat {
        None => vec![begins_at],
        Some(Repeat::Minutes(minutes)) => {
            let next = |moment: &Timestamp| Some(*moment + SignedDuration::from_mins(*minutes));
            std::iter::successors(Some(begins_at), next).take_while(|moment| *moment <= until).collect()
        }
        Some(repeat) => {
            let dates = first.series(Span::new().days(1)).filter(|date| matches(repeat, first, *date));
            let moments = dates.map(|date| resolve(date.to_datetime(schedule.first.time()), &schedule.zone));
            moments.take_while(|moment| *moment <= until + SignedDuration::from_hours(48)).collect()
        }
    };
    moments.retain(|moment| *moment <= until && schedule.ends_at.is_none_or(|ends_at| *moment <= ends_at));
    moments.dedup();
    moments
}

proptest! {
    #[test]
    fn a_clock_time_is_the_first_moment_that_shows_it(minutes in 0..3_000_000i64, name in 0..5usize) {
        let zone = zone(ZONES[name]);
        let clock = Date::constant(2009, 1, 1).at(0, 0, 0, 0) + SignedDuration::from_mins(minutes * 4);
        let moment = resolve(clock, &zone);
        prop_assert!(zone.to_datetime(moment) >= clock);
        for back in [1, 1800, 3600, 7200] {
            prop_assert!(zone.to_datetime(moment - SignedDuration::from_secs(back)) < clock);
        }
    }

    #[test]
    fn moments_are_those_that_looking_at_every_day_finds(
        schedule in schedules(), from in -100_000..1_500_000i64, span in 0..300_000i64,
    ) {
        let after = resolve(schedule.first, &schedule.zone) + SignedDuration::from_mins(from);
        let until = after + SignedDuration::from_mins(span);
        let mut expected = all_moments(&schedule, until);
        expected.retain(|moment| *moment > after);
        let found: Vec<_> = schedule.moments_after(after).take_while(|moment| *moment <= until).collect();
        prop_assert_eq!(&found, &expected);
        let clock = schedule.clock_after(after);
        prop_assert!(found.is_empty() || clock.map(|clock| resolve(clock, &schedule.zone)) <= found.first().copied());
    }

    /// Whoever looks now and then, with outages between, sees each thing to say once, and none too early.
    #[test]
    fn whatever_the_outages_everything_is_said_once(
        schedule in schedules(),
        leads in proptest::collection::vec(prop_oneof![Just(0), Just(60), Just(1440), 0..5000i64], 0..4),
        start in -20_000..800_000i64,
        outages in proptest::collection::vec(0..40_000i64, 1..12),
    ) {
        let began = resolve(schedule.first, &schedule.zone) + SignedDuration::from_mins(start);
        let ends = began + SignedDuration::from_mins(outages.iter().sum::<i64>());
        let mut expected = BTreeMap::new();
        for moment_at in all_moments(&schedule, ends + SignedDuration::from_mins(5000)) {
            for lead in &leads {
                let due_at = moment_at - SignedDuration::from_mins(*lead);
                let fire = Fire { due_at, moment_at, lead: *lead };
                if due_at > began && due_at <= ends && expected.get(&due_at).is_none_or(|it: &Fire| it.lead > *lead) {
                    expected.insert(due_at, fire);
                }
            }
        }

        let mut said: Vec<Fire> = Vec::new();
        let (mut now, mut seen) = (began, began);
        for outage in outages {
            now += SignedDuration::from_mins(outage);
            while let Some(fire) = schedule.next_fire(&leads, seen).filter(|fire| fire.due_at <= now) {
                prop_assert!(fire.due_at > seen);
                seen = fire.due_at;
                said.push(fire);
            }
            // What is not due yet does not depend on when one looks.
            seen = now;
        }
        prop_assert_eq!(said, expected.into_values().collect::<Vec<_>>());
    }

    #[test]
    fn the_nth_is_the_nth(schedule in schedules(), n in 1..50u32) {
        let nth = schedule.moments_after(Timestamp::MIN).nth(n as usize - 1);
        prop_assert_eq!(schedule.nth(n), nth);
    }
}
