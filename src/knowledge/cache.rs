//! What is built of a shelf's rows, kept in this process until they change. A new one is built beside the old, which goes on
//! answering meanwhile.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use anyhow::Context;
use moka::ops::compute::Op;
use sqlx::PgPool;
use tokio::sync::Mutex;
use tokio_util::task::TaskTracker;

use super::Shelf;

/// How long a member who changed something waits for what is built of it. It is usually there much sooner.
const SEE_OWN_CHANGE: Duration = Duration::from_millis(500);

/// What can be built of a shelf's rows.
pub(super) trait Built: Send + Sync + Sized + 'static {
    /// Builds it of the present rows.
    fn build(db: PgPool, shelf: Shelf) -> impl Future<Output = anyhow::Result<Self>> + Send;

    /// Approximate heap bytes.
    fn weight(&self) -> usize;
}

/// Keeps what is built of each shelf. Clones are the same cache.
pub(super) struct Cache<T> {
    db: PgPool,
    shelves: moka::future::Cache<Shelf, Arc<Kept<T>>>,
    /// Where builds run; a caller who has no more time throws none away.
    background: TaskTracker,
}

impl<T> Clone for Cache<T> {
    fn clone(&self) -> Cache<T> {
        Cache { db: self.db.clone(), shelves: self.shelves.clone(), background: self.background.clone() }
    }
}

/// What was built of one shelf, and how far behind it is.
struct Kept<T> {
    built: RwLock<Option<Arc<T>>>,
    /// How often the rows are known to have changed.
    changes: AtomicU64,
    /// How many of these changes it knows; held while the next is built.
    known: Mutex<Option<u64>>,
}

impl<T> Kept<T> {
    fn new() -> Kept<T> {
        Kept { built: RwLock::new(None), changes: AtomicU64::new(0), known: Mutex::new(None) }
    }

    fn built(&self) -> Option<Arc<T>> {
        self.built.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<T: Built> Cache<T> {
    /// A cache over `db` that takes at most so many `bytes`, of which the `background` builds.
    pub(super) fn new(db: PgPool, background: TaskTracker, bytes: u64) -> Cache<T> {
        let weigh = |_: &Shelf, kept: &Arc<Kept<T>>| {
            let bytes = kept.built().map_or(0, |built| built.weight());
            u32::try_from(bytes).unwrap_or(u32::MAX).max(1024)
        };
        Cache { db, shelves: moka::future::Cache::builder().weigher(weigh).max_capacity(bytes).build(), background }
    }

    /// What is built of a shelf; the first use builds it.
    pub(super) async fn get(&self, shelf: Shelf) -> anyhow::Result<Arc<T>> {
        let kept = self.shelves.get_with(shelf, async { Arc::new(Kept::new()) }).await;
        if let Some(built) = kept.built() {
            return Ok(built);
        }
        self.build(shelf, Arc::clone(&kept)).await?;
        kept.built().context("it was just built")
    }

    /// Builds it anew, if it is in use, and returns when searches see the present rows.
    pub(super) async fn refresh(&self, shelf: Shelf) -> anyhow::Result<()> {
        let Some(kept) = self.shelves.get(&shelf).await else { return Ok(()) };
        kept.changes.fetch_add(1, Ordering::SeqCst);
        self.build(shelf, kept).await
    }

    /// Lets this instance see at once what was just committed; the others hear of it from Postgres, as this one does later.
    ///
    /// What is stored is stored: a slow or failed build is no failure of the change.
    pub(super) async fn changed(&self, shelf: Shelf) {
        let refreshing = tokio::time::timeout(SEE_OWN_CHANGE, self.refresh(shelf));
        if let Ok(Err(error)) = refreshing.await {
            tracing::warn!(%shelf, error = format!("{error:#}"), "cannot rebuild an index; it is dropped");
        }
    }

    /// Forgets all: something may have changed that nobody told.
    pub(super) fn forget(&self) {
        self.shelves.invalidate_all();
    }

    /// Waits until what is built knows the changes seen so far.
    async fn build(&self, shelf: Shelf, kept: Arc<Kept<T>>) -> anyhow::Result<()> {
        let cache = self.clone();
        let building = async move {
            let built = cache.build_here(shelf, kept).await;
            if built.is_err() {
                // What is old must not outlive a change that it does not know.
                cache.shelves.invalidate(&shelf).await;
            }
            built
        };
        self.background.spawn(building).await?
    }

    async fn build_here(&self, shelf: Shelf, kept: Arc<Kept<T>>) -> anyhow::Result<()> {
        let wanted = kept.changes.load(Ordering::SeqCst);
        let mut known = kept.known.lock().await;
        if known.is_some_and(|known| known >= wanted) {
            return Ok(());
        }
        let changes = kept.changes.load(Ordering::SeqCst);
        let built = T::build(self.db.clone(), shelf).await?;
        *kept.built.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(built));
        *known = Some(changes);
        // Another insertion is how the cache learns the new weight. One that was dropped meanwhile stays dropped: what
        // was read for it may be older than a change that nobody told.
        let weigh = |entry: Option<moka::Entry<_, Arc<Kept<T>>>>| {
            let same = entry.is_some_and(|entry| Arc::ptr_eq(entry.value(), &kept));
            std::future::ready(if same { Op::Put(Arc::clone(&kept)) } else { Op::Nop })
        };
        self.shelves.entry(shelf).and_compute_with(weigh).await;
        Ok(())
    }
}
