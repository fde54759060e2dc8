//! What Discord is asked for because somebody looks: however many look, and however often a page fetches itself anew, a thing is
//! asked for once in a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::turns::Turns;

/// What was looked at is not looked at again for so long; cron looks each minute.
const AGAIN: SignedDuration = SignedDuration::from_secs(30);

/// Things of which it is remembered at most; each has a few bytes.
const REMEMBERED: usize = 10_000;

/// Looks in the background.
pub struct Looks {
    /// Which servers have theirs.
    pub turns: Turns<Id<GuildMarker>>,
    /// When a thing with a number was looked at.
    lately: Mutex<HashMap<(Id<GuildMarker>, i32), Timestamp>>,
}

impl Default for Looks {
    fn default() -> Looks {
        Looks { turns: Turns::of_looks(), lately: Mutex::default() }
    }
}

impl Looks {
    /// Whether a thing was not looked at lately; it is now.
    pub fn is_due(&self, thing: (Id<GuildMarker>, i32), now: Timestamp) -> bool {
        let is_over = |at: &Timestamp| now.duration_since(*at).abs() >= AGAIN;
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = lately.get(&thing).is_none_or(is_over);
        if is_due {
            if lately.len() >= REMEMBERED {
                lately.retain(|_, at| !is_over(at));
            }
            if lately.len() >= REMEMBERED {
                lately.clear();
            }
            lately.insert(thing, now);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_looked_at_once_in_a_while() {
        let looks = Looks::default();
        let now = Timestamp::UNIX_EPOCH;
        let (one, other) = ((Id::new(1), 7), (Id::new(2), 7));
        assert!(looks.is_due(one, now) && looks.is_due(other, now), "nobody has looked");
        assert!(!looks.is_due(one, now + AGAIN - SignedDuration::from_secs(1)), "somebody just has");
        assert!(looks.is_due(one, now + AGAIN), "that was a while ago");
        assert!(!looks.is_due(one, now + AGAIN), "and so was this");
    }
}
