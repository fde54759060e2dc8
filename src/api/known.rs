//! Which keys there are, so that a stranger's is told from them without asking the database for it: however many strangers
//! knock, nobody with a key waits behind them.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

use crate::keys::store;

/// How often a process looks at most which keys are new; all who show one that it does not know wait for the same look.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A key is stored a moment after it is made: so far back is looked again.
const OVERLAP: SignedDuration = SignedDuration::from_mins(5);

/// Characters of a digest that are kept in memory. Whoever shows another key with the same ones costs a query, and finding one
/// takes 2^64 tries.
const KEPT: usize = 16;

/// The keys that this process knows of.
#[derive(Clone, Default)]
pub(super) struct KnownKeys {
    digests: Arc<RwLock<HashSet<u64>>>,
    looked: Arc<Mutex<Option<Looked>>>,
}

/// When it was looked, and how new the newest key was.
struct Looked {
    at: Instant,
    newest: Timestamp,
}

impl KnownKeys {
    /// Whether a key with that digest may be there: one that is not is refused without a query of its own.
    pub(super) async fn may_have(&self, db: &PgPool, digest: &str) -> Result<bool, sqlx::Error> {
        if self.has(digest) {
            return Ok(true);
        }
        let came = Instant::now();
        let mut looked = self.looked.lock().await;
        // Somebody who came later may have looked for this one too.
        if looked.as_ref().is_none_or(|it| it.at < came) {
            if let Some(before) = looked.as_ref() {
                sleep_until(before.at + LOOK_EVERY).await;
            }
            let since = looked.as_ref().map_or(Timestamp::UNIX_EPOCH, |it| it.newest);
            let at = Instant::now();
            let new = store::list_digests(db, since - OVERLAP).await?;
            let newest = new.iter().map(|(_, created_at)| *created_at).max().map_or(since, |it| it.max(since));
            let mut digests = self.digests.write().unwrap_or_else(PoisonError::into_inner);
            digests.extend(new.iter().filter_map(|(digest, _)| short(digest)));
            drop(digests);
            *looked = Some(Looked { at, newest });
        }
        Ok(self.has(digest))
    }

    fn has(&self, digest: &str) -> bool {
        let digests = self.digests.read().unwrap_or_else(PoisonError::into_inner);
        short(digest).is_some_and(|it| digests.contains(&it))
    }
}

fn short(digest: &str) -> Option<u64> {
    u64::from_str_radix(digest.get(..KEPT)?, 16).ok()
}
