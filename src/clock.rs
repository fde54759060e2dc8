//! The one place that reads the time.
//!
//! Everything that depends on the time gets it from a [`Clock`], so that a test, or the time switch of the playground,
//! can choose it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// A source of the present time. Clones share one another's shifts.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Where the clock stands still, if it does.
    frozen: Option<Timestamp>,
    /// How far [`Clock::advance`] has moved it, in milliseconds.
    shift_ms: Arc<AtomicI64>,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Clock {
        Clock::default()
    }

    /// A clock that stands still at `at` until somebody advances it.
    pub fn frozen(at: Timestamp) -> Clock {
        Clock { frozen: Some(at), ..Clock::default() }
    }

    /// The present time by this clock.
    #[allow(clippy::disallowed_methods)] // This is the place.
    pub fn now(&self) -> Timestamp {
        let base = self.frozen.unwrap_or_else(Timestamp::now);
        base + SignedDuration::from_millis(self.shift_ms.load(Ordering::Relaxed))
    }

    /// Moves this clock and all its clones forward.
    pub fn advance(&self, by: SignedDuration) {
        let by_ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.shift_ms.fetch_add(by_ms, Ordering::Relaxed);
    }
}
