//! How many calls are made at once, and that one guild does not make all of them.
//!
//! `Turns` does the same with one queue. To use it here, add `const MODEL: Limits = Limits { at_once: 8, of_one: 2,
//! at_most: 8, waiting: 8 }` and a constructor, ask `is_crowded` before `wait_for_turn`, and wait with
//! `timeout_at`; who waits longest of those with the fewest turns is next there, and here who was first of all guilds.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::error::{Error, Reason};

/// At once. Providers allow more; a server of one's own does not do more.
pub(super) const AT_ONCE: usize = 8;

/// Of these for one guild.
pub(super) const OF_ONE: usize = 2;

/// How many of one guild wait. Whoever comes after them is told so now, not when it is too late.
pub(super) const WAITING: usize = 8;

/// Lets calls begin.
#[derive(Debug)]
pub(super) struct Gate {
    all: Semaphore,
    /// Of guilds that have a turn or wait for one; others are forgotten. What is for all guilds has a part like one.
    guilds: Mutex<HashMap<Option<Id<GuildMarker>>, Arc<Semaphore>>>,
}

/// A turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    _of_all: SemaphorePermit<'a>,
    _of_guild: OwnedSemaphorePermit,
}

impl Gate {
    pub(super) fn new() -> Gate {
        Gate { all: Semaphore::new(AT_ONCE), guilds: Mutex::default() }
    }

    /// Waits for a turn of `guild` until `deadline`.
    ///
    /// # Errors
    /// [`Error::Busy`]: too many wait, or there was none in time.
    pub(super) async fn wait(&self, guild: Option<Id<GuildMarker>>, deadline: Instant) -> Result<Turn<'_>, Error> {
        let busy = |words: &str| Error::Busy { retry_after: None, reason: Reason::new(words) };
        let of_guild = self.of_guild(guild).ok_or_else(|| busy("too many calls of this server wait"))?;
        let turn = async {
            // First the guild's, so that it never has more than its part of those who wait for the others.
            let of_guild = of_guild.acquire_owned().await.ok()?;
            let of_all = self.all.acquire().await.ok()?;
            Some(Turn { _of_all: of_all, _of_guild: of_guild })
        };
        match timeout_at(deadline, turn).await {
            Ok(Some(turn)) => Ok(turn),
            // Nobody closes a semaphore, so this is the deadline.
            Ok(None) | Err(_) => Err(busy("no turn in time")),
        }
    }

    fn of_guild(&self, guild: Option<Id<GuildMarker>>) -> Option<Arc<Semaphore>> {
        let mut guilds = self.guilds.lock().unwrap_or_else(PoisonError::into_inner);
        // Each turn, and each that waits, holds one; so there are no more guilds here than calls.
        guilds.retain(|_, of_guild| Arc::strong_count(of_guild) > 1);
        let of_guild = guilds.entry(guild).or_insert_with(|| Arc::new(Semaphore::new(OF_ONE)));
        (Arc::strong_count(of_guild) - 1 < OF_ONE + WAITING).then(|| of_guild.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt;

    use super::*;

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(60)
    }

    #[tokio::test]
    async fn a_guild_that_asks_much_leaves_room_for_others() {
        let gate = Gate::new();
        let (busy, quiet) = (Some(Id::new(1)), Some(Id::new(2)));
        let mut taken: Vec<_> = (0..OF_ONE).map(|_| gate.wait(busy, soon()).now_or_never().unwrap().unwrap()).collect();
        let mut waits: Vec<_> = (0..WAITING).map(|_| Box::pin(gate.wait(busy, soon()))).collect();
        assert!(waits.iter_mut().all(|turn| turn.now_or_never().is_none()), "it has as many as it may");
        let refused = gate.wait(busy, soon()).now_or_never().expect("it is told at once");
        assert_eq!(refused.unwrap_err().code(), "busy");
        assert!(gate.wait(quiet, soon()).now_or_never().unwrap().is_ok(), "another does not wait behind it");
        taken.pop();
        let begun: Vec<_> = waits.iter_mut().filter_map(|turn| turn.now_or_never()).collect();
        assert_eq!(begun.len(), 1, "one that ends lets one begin");
    }

    #[tokio::test]
    async fn all_guilds_together_have_as_many_as_are_made_at_once() {
        let gate = Gate::new();
        let take = |guild: usize| gate.wait(Id::new_checked(guild as u64), soon()).now_or_never();
        let mut taken: Vec<_> = (0..AT_ONCE).map(|nth| take(nth).expect("there is room")).collect();
        assert!(take(99).is_none());
        taken.pop();
        assert!(take(99).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_is_told_at_the_deadline_and_then_counts_no_more() {
        let gate = Gate::new();
        let guild = Id::new_checked(1);
        let taken: Vec<_> = (0..OF_ONE).map(|_| gate.wait(guild, soon()).now_or_never().unwrap().unwrap()).collect();
        let began = Instant::now();
        let late = gate.wait(guild, began + Duration::from_secs(30)).await;
        assert_eq!(late.unwrap_err().code(), "busy");
        assert_eq!(began.elapsed().as_secs(), 30);
        drop(taken);
        assert!(gate.wait(guild, soon()).now_or_never().unwrap().is_ok());
        gate.of_guild(None);
        assert_eq!(gate.guilds.lock().unwrap().len(), 1, "the first guild is forgotten");
    }
}
