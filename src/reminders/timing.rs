//! When a reminder is said, and how somebody wrote that.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::schedule::{Schedule, clock_at, write_rule};
use super::when::{self, End, When};

/// When it is said, and how somebody wrote that.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// When.
    pub schedule: Schedule,
    /// As somebody wrote it; empty for a rule that nobody wrote.
    pub said: String,
}

impl Timing {
    /// The timing that a text says, by the clocks of `zone`.
    ///
    /// Nothing if it ends before it begins.
    pub fn new(when: &When, zone: &TimeZone, said: &str) -> Option<Timing> {
        let zone = when.zone(zone).clone();
        let mut schedule = Schedule { first: when.first, zone, repeat: when.repeat.clone(), ends_at: None };
        schedule.ends_at = match when.end {
            None => None,
            Some(End::Times(times)) => schedule.nth(times),
            Some(End::Date(date)) => {
                let midnight = date.tomorrow().ok()?.to_zoned(schedule.zone.clone()).ok()?;
                Some(midnight.timestamp() - SignedDuration::from_secs(1))
            }
        };
        Some(Timing { schedule, said: said.to_owned() })
    }

    /// The timing of what was announced, which nobody wrote as such.
    ///
    /// Nothing if it ends before it begins.
    pub fn announced(when: &When, zone: &TimeZone) -> Option<Timing> {
        // A rule is not stored in words, unless its clocks are others than people expect.
        let said = if when.repeat.is_some() && when.zone.is_none() { String::new() } else { when.to_string() };
        Timing::new(when, zone, &said)
    }

    /// Once, at `at`, by the clocks of `zone` if they can tell it.
    pub fn once(at: Timestamp, zone: &TimeZone) -> Timing {
        let (first, other) = clock_at(at, zone);
        let zone = other.unwrap_or_else(|| zone.clone());
        Timing { schedule: Schedule { first, zone, repeat: None, ends_at: None }, said: when::written(first) }
    }

    /// When it is, as [`when::read`] reads it and somebody may edit it.
    pub fn written(&self) -> String {
        let Schedule { first, repeat, .. } = &self.schedule;
        match (repeat, self.said.as_str()) {
            (Some(repeat), "") => write_rule(repeat, *first),
            (None, "") => when::written(*first),
            (_, said) => said.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When something is said that is put off at `now` for so many minutes.
    fn put_off(now: &str, zone: &str, minutes: i64) -> (Option<String>, String) {
        let now: Timestamp = now.parse().expect("it is a moment");
        let at = now + SignedDuration::from_mins(minutes);
        let timing = Timing::once(at, &TimeZone::get(zone).expect("it is a zone"));
        let fire = timing.schedule.next_fire(&[0], now).map(|fire| fire.due_at.to_string());
        (fire, format!("{} {}", timing.written(), timing.schedule.zone_name()))
    }

    #[test]
    fn what_is_put_off_into_the_hour_that_comes_twice_is_said_then() {
        let check = |now: &str, zone: &str, minutes: i64, due: &str, written: &str| {
            let expected = (Some(due.to_owned()), written.to_owned());
            assert_eq!(put_off(now, zone, minutes), expected, "{now} {zone} {minutes}");
        };
        let brussels = "Europe/Brussels";
        check("2027-10-31T00:10Z", brussels, 10, "2027-10-31T00:20:00Z", "2027-10-31 02:20 Europe/Brussels");
        check("2027-10-31T00:50Z", brussels, 10, "2027-10-31T01:00:00Z", "2027-10-31 02:00 Etc/GMT-1");
        check("2027-10-31T00:50Z", brussels, 60, "2027-10-31T01:50:00Z", "2027-10-31 02:50 Etc/GMT-1");
        check("2027-10-31T01:20Z", brussels, 10, "2027-10-31T01:30:00Z", "2027-10-31 02:30 Etc/GMT-1");
        check("2027-10-31T01:55Z", brussels, 10, "2027-10-31T02:05:00Z", "2027-10-31 03:05 Europe/Brussels");
        check("2027-11-07T05:50Z", "America/Chicago", 60, "2027-11-07T06:50:00Z", "2027-11-07 01:50 America/Chicago");
        check("2027-11-07T06:50Z", "America/Chicago", 60, "2027-11-07T07:50:00Z", "2027-11-07 01:50 Etc/GMT+6");
        // Its clocks change by half an hour, and no zone without changes is so far from UTC.
        check("2027-04-03T14:50Z", "Australia/Lord_Howe", 20, "2027-04-03T15:10:00Z", "2027-04-03 15:10 UTC");
    }

    #[test]
    fn a_rule_keeps_the_clocks_by_which_it_was_said() {
        let now = "2027-03-26T10:00[Europe/Brussels]".parse().expect("it is a time in a zone");
        let check = |text: &str, written: &str, expected: [&str; 3]| {
            let when = when::read(text, &now).expect("it is understood");
            let timing = Timing::announced(&when, now.time_zone()).expect("it has no end");
            let moments: Vec<_> =
                timing.schedule.moments_after(now.timestamp()).take(3).map(|at| at.to_string()).collect();
            assert_eq!(
                (timing.written().as_str(), moments.as_slice()),
                (written, &expected.map(str::to_owned)[..]),
                "{text}"
            );
        };
        check(
            "every day 20:00",
            "every day at 20:00",
            ["2027-03-26T19:00:00Z", "2027-03-27T19:00:00Z", "2027-03-28T18:00:00Z"],
        );
        check(
            "every day 20:00 UTC",
            "every day at 20:00 UTC",
            ["2027-03-26T20:00:00Z", "2027-03-27T20:00:00Z", "2027-03-28T20:00:00Z"],
        );
        check(
            "elke zaterdag 20u New Yorkse tijd",
            "every Saturday at 20:00 America/New_York",
            ["2027-03-28T00:00:00Z", "2027-04-04T00:00:00Z", "2027-04-11T00:00:00Z"],
        );
    }
}
