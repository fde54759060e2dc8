//! The one place that reads the time.
//!
//! Everything that depends on the time gets it from a [`Clock`], so that a test, or the time switch of the playground,
//! can choose it. Instances agree on leases by the time, and their machines' clocks need not agree: so each clock follows the
//! database's, which they share.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// A source of the present time. Clones share one another's shifts.
#[derive(Clone, Debug)]
pub struct Clock {
    kind: Kind,
    /// How far [`Clock::advance`] has moved it, in milliseconds.
    shift_ms: Arc<AtomicI64>,
}

#[derive(Clone, Debug)]
enum Kind {
    /// It stands still here until somebody advances it.
    Frozen(Timestamp),
    /// It runs. What this machine's clock does after the start does not matter.
    Running {
        started: Instant,
        /// What this machine's clock said at the start.
        at: Timestamp,
        /// How far that was behind, in microseconds.
        behind_us: Arc<AtomicI64>,
    },
}

impl Clock {
    /// The system's clock.
    #[allow(clippy::disallowed_methods)] // This is the place.
    pub fn system() -> Clock {
        Clock::running_from(Timestamp::now())
    }

    /// A clock that runs, and that takes this moment for `at`: that of a machine whose clock is wrong.
    pub fn running_from(at: Timestamp) -> Clock {
        Clock {
            kind: Kind::Running { started: Instant::now(), at, behind_us: Arc::default() },
            shift_ms: Arc::default(),
        }
    }

    /// A clock that stands still at `at` until somebody advances it.
    pub fn frozen(at: Timestamp) -> Clock {
        Clock { kind: Kind::Frozen(at), shift_ms: Arc::default() }
    }

    /// The present time by this clock.
    pub fn now(&self) -> Timestamp {
        let base = match &self.kind {
            Kind::Frozen(at) => *at,
            Kind::Running { started, at, behind_us } => {
                let ran = SignedDuration::try_from(started.elapsed()).unwrap_or(SignedDuration::MAX);
                *at + ran + SignedDuration::from_micros(behind_us.load(Ordering::Relaxed))
            }
        };
        base + SignedDuration::from_millis(self.shift_ms.load(Ordering::Relaxed))
    }

    /// Moves this clock and all its clones forward.
    pub fn advance(&self, by: SignedDuration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.shift_ms.fetch_add(by_ms, Ordering::Relaxed);
    }

    /// Goes by another clock from now on, which said `theirs` at `read`. Returns how far this machine's own clock was behind
    /// it at the start; nothing for a clock that somebody chose.
    pub fn follow_database(&self, theirs: Timestamp, read: Instant) -> Option<SignedDuration> {
        let Kind::Running { started, at, behind_us } = &self.kind else { return None };
        let ran = SignedDuration::try_from(read.saturating_duration_since(*started)).unwrap_or(SignedDuration::MAX);
        let behind = theirs.duration_since(*at + ran);
        behind_us.store(i64::try_from(behind.as_micros()).unwrap_or(0), Ordering::Relaxed);
        Some(behind)
    }
}

/// A random part of `most`, so that processes that began together do not go on in step.
pub fn jitter(most: Duration) -> Duration {
    // The hasher's keys are random, which is all that is needed.
    let random = RandomState::new().hash_one(()) % 1024;
    most * u32::try_from(random).expect("less than 1024") / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_wrong_goes_by_the_one_it_follows() {
        let truth: Timestamp = "2027-03-01T09:00:00Z".parse().expect("a time");
        let ahead = SignedDuration::from_secs(95);
        let clock = Clock::running_from(truth + ahead);
        let clone = clock.clone();
        assert_eq!(clock.follow_database(truth, Instant::now()).map(|behind| behind.as_secs()), Some(-95));
        let off = clone.now().duration_since(truth);
        assert!(off >= SignedDuration::ZERO && off < ahead, "{off}");
        // What the playground adds stays.
        clone.advance(SignedDuration::from_hours(1));
        clock.follow_database(truth, Instant::now());
        assert!(clock.now() >= truth + SignedDuration::from_hours(1));

        let frozen = Clock::frozen(truth);
        assert_eq!(frozen.follow_database(truth + ahead, Instant::now()), None);
        assert_eq!(frozen.now(), truth);
    }
}
