//! When jobs last came to their end, whichever process ran them.

use jiff::Timestamp;

/// A job, and when it last was done and last failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Of which feature it is.
    pub feature: String,
    /// The job's name.
    pub job: String,
    /// When it was last done.
    pub done_at: Option<Timestamp>,
    /// When it last failed.
    pub failed_at: Option<Timestamp>,
}

impl Pass {
    /// Whether it has not been done again since it failed.
    pub fn is_failing(&self) -> bool {
        self.failed_at > self.done_at
    }

    /// When it last came to an end, good or bad.
    pub fn ended_at(&self) -> Option<Timestamp> {
        self.done_at.max(self.failed_at)
    }
}
