//! When a reminder is said, and how somebody wrote that.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::schedule::{Schedule, write_rule};
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
        let mut schedule =
            Schedule { first: when.first, zone: zone.clone(), repeat: when.repeat.clone(), ends_at: None };
        schedule.ends_at = match when.end {
            None => None,
            Some(End::Times(times)) => schedule.nth(times),
            Some(End::Date(date)) => {
                Some(date.tomorrow().ok()?.to_zoned(zone.clone()).ok()?.timestamp() - SignedDuration::from_secs(1))
            }
        };
        Some(Timing { schedule, said: said.to_owned() })
    }

    /// The timing of what was announced, which nobody wrote as such.
    ///
    /// Nothing if it ends before it begins.
    pub fn announced(when: &When, zone: &TimeZone) -> Option<Timing> {
        // A rule is not stored in words.
        let said = if when.repeat.is_some() { String::new() } else { when::written(when.first) };
        Timing::new(when, zone, &said)
    }

    /// Once, at `at`.
    pub fn once(at: Timestamp, zone: &TimeZone) -> Timing {
        let first = zone.to_datetime(at);
        let said = when::written(first);
        Timing { schedule: Schedule { first, zone: zone.clone(), repeat: None, ends_at: None }, said }
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
