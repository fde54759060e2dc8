//! What the bot knows per guild: entries with questions' answers, and an index to find them.
//!
//! Postgres holds the entries. The index of a guild is built on first use and kept in this process; a change anywhere
//! is heard from Postgres, and the index is built anew beside the old one, which goes on answering meanwhile.
//!
//! [`Knowledge`] reads. What writes takes the caller's transaction, in which the change is put on record too; after the
//! commit the caller calls [`Knowledge::changed`], so that whoever made the change finds it.

mod cache;
mod document;
mod draft;
mod shelf;
mod store;
mod texts;

pub mod asked;
pub mod documents;
pub mod find;
pub mod highlight;
pub mod index;
pub mod language;
pub mod meaning;
pub mod order;
pub mod reading;
pub mod synonyms;
pub mod text;

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use jiff::Timestamp;
use metrics::histogram;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgPool};
use tokio_util::task::TaskTracker;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, UserMarker};

use crate::db::{Notice, violates};
use cache::{Built, Cache};
use documents::Passages;
pub use draft::{
    ANSWER_CHARS, CATEGORY_CHARS, CheckedDraft, CheckedSynonyms, Draft, KEYWORDS_CHARS, MAX_KEYWORDS, MAX_SYNONYMS,
    Misfit, SOURCE_CHARS, SYNONYMS_CHARS, TITLE_CHARS, words,
};
use index::Index;
use meaning::Vectors;
pub use shelf::Shelf;

/// The channels on which Postgres tells of changes: by triggers on `faq_entry` and `faq_synonym`, by one on `document`, and by
/// whoever has made vectors.
pub const CHANNELS: [&str; 3] = [ENTRIES, DOCUMENTS, VECTORS];
const ENTRIES: &str = "knowledge";
const DOCUMENTS: &str = "documents";
const VECTORS: &str = "vectors";

/// Bytes that all indexes of this process may take; a guild with 10,000 entries needs a few million.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// The same of documents and of vectors. What is larger than all of it would be built for every search; see
/// [`documents::MAX_PASSAGES`].
const DOCUMENTS_BYTES: u64 = 128 * 1024 * 1024;
const VECTORS_BYTES: u64 = 128 * 1024 * 1024;

/// Searches that are forgotten at once.
const FORGOTTEN: i64 = 10_000;

/// A search as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its interaction.
    pub id: i64,
    /// What was looked for.
    pub query: String,
    /// The entries that answered it.
    pub matched: Vec<i32>,
    /// The entry that was opened from it.
    pub chosen: Option<i32>,
    /// When.
    pub searched_at: jiff_sqlx::Timestamp,
}

/// What somebody looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// As they typed it.
    pub query: String,
    /// The numbers of the entries that answered it.
    pub matched: Vec<i32>,
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Counts from 1 in each guild; a removed entry's number is not given again.
    pub number: i32,
    /// What an admin entered.
    pub draft: Draft,
    /// Whether it leads every list.
    pub pinned: bool,
    /// Who added it; `None` once that member's data was erased, and for imported entries.
    pub author: Option<Id<UserMarker>>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts its changes.
    pub revision: i32,
}

/// Another entry has the title of a draft, which was not stored. The transaction is worth nothing any more.
#[derive(Debug, PartialEq, Eq)]
pub struct TitleTaken;

/// An entry that was to be pinned or unpinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Its title.
    pub title: String,
    /// Whether it leads every list now.
    pub pinned: bool,
    /// Whether it did not before, or the other way round.
    pub changed: bool,
}

/// What became of an entry that was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Import {
    /// It is new.
    Added,
    /// The entry with the same title changed.
    Updated,
    /// The entry with the same title says the same.
    Unchanged,
}

/// Reads and finds what guilds know. Clones share their caches.
#[derive(Clone)]
pub struct Knowledge {
    db: PgPool,
    entries: Cache<Index>,
    passages: Cache<Passages>,
    vectors: Cache<Vectors>,
}

impl Built for Index {
    async fn build(db: PgPool, shelf: Shelf) -> anyhow::Result<Index> {
        let Shelf::Guild(guild) = shelf else { return Ok(Index::build(&[], &[])) };
        let began = Instant::now();
        let documents = store::list_documents(&db, guild).await.context("load the entries")?;
        let synonyms = store::list_synonyms(&db, guild).await.context("load the synonyms")?;
        let index = tokio::task::spawn_blocking(move || Index::build(&documents, &synonyms)).await?;
        histogram!("knowledge_build_seconds").record(began.elapsed());
        Ok(index)
    }

    fn weight(&self) -> usize {
        Index::weight(self)
    }
}

impl Knowledge {
    /// Knowledge that lives in `db`, of which indexes are built in the `background`.
    pub fn new(db: PgPool, background: TaskTracker) -> Knowledge {
        Knowledge {
            entries: Cache::new(db.clone(), background.clone(), CACHE_BYTES),
            passages: Cache::new(db.clone(), background.clone(), DOCUMENTS_BYTES),
            vectors: Cache::new(db.clone(), background, VECTORS_BYTES),
            db,
        }
    }

    /// The guild's index; the first use builds it.
    pub async fn index(&self, guild: Id<GuildMarker>) -> anyhow::Result<Arc<Index>> {
        self.entries.get(Shelf::Guild(guild)).await
    }

    /// Lets this instance see at once what was just committed; the others hear of it from Postgres, as this one does later.
    pub async fn changed(&self, guild: Id<GuildMarker>) {
        self.entries.changed(Shelf::Guild(guild)).await;
    }

    /// Groups of entries that ask the same by the words of their questions, at most so many: number and question of each.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn asking_the_same(
        &self,
        guild: Id<GuildMarker>,
        most: usize,
    ) -> anyhow::Result<Vec<Vec<(i32, String)>>> {
        let index = self.index(guild).await?;
        let own =
            |group: Vec<(i32, &str)>| group.into_iter().map(|(number, title)| (number, title.to_owned())).collect();
        // Ten thousand questions are stemmed for it.
        let looking =
            tokio::task::spawn_blocking(move || index.asking_the_same().into_iter().take(most).map(own).collect());
        Ok(looking.await?)
    }

    /// Brings up to date what `notice` on one of [`CHANNELS`] says has changed.
    pub fn hear(&self, channel: &str, notice: Notice<'_>) {
        match notice {
            Notice::Missed if channel == DOCUMENTS => self.passages.forget(),
            Notice::Missed if channel == VECTORS => self.vectors.forget(),
            Notice::Missed => self.entries.forget(),
            Notice::Changed(text) => {
                let Some(shelf) = Shelf::of_notice(text) else { return };
                let (knowledge, channel) = (self.clone(), channel.to_owned());
                tokio::spawn(async move {
                    match channel.as_str() {
                        DOCUMENTS => knowledge.passages.changed(shelf).await,
                        VECTORS => {}
                        _ => knowledge.entries.changed(shelf).await,
                    }
                    // What says something else now has no vector any more.
                    knowledge.vectors.changed(shelf).await;
                });
            }
        }
    }

    /// Has every instance build anew all that it has built of the guild's texts, and of those for all, this one at once.
    pub async fn reload(&self, guild: Id<GuildMarker>) -> anyhow::Result<Arc<Index>> {
        store::notify(&self.db, ENTRIES, Shelf::Guild(guild)).await.context("tell the other instances")?;
        for shelf in [Shelf::Guild(guild), Shelf::All] {
            for channel in [DOCUMENTS, VECTORS] {
                store::notify(&self.db, channel, shelf).await.context("tell the other instances")?;
            }
            self.passages.refresh(shelf).await?;
            self.vectors.refresh(shelf).await?;
        }
        self.entries.refresh(Shelf::Guild(guild)).await?;
        self.index(guild).await
    }

    /// The entry with this number.
    pub async fn entry(&self, guild: Id<GuildMarker>, number: i32) -> anyhow::Result<Option<Entry>> {
        store::find(&self.db, guild, number).await.context("load an entry")
    }

    /// The entries with these numbers, in this order; those that are gone are left out.
    pub async fn entries(&self, guild: Id<GuildMarker>, numbers: &[i32]) -> anyhow::Result<Vec<Entry>> {
        store::list_numbers(&self.db, guild, numbers).await.context("load entries")
    }

    /// The entry with this title, whatever its case.
    pub async fn entry_by_title(&self, guild: Id<GuildMarker>, title: &str) -> anyhow::Result<Option<Entry>> {
        store::find_by_title(&self.db, guild, title).await.context("find an entry by its title")
    }

    /// At most `limit` entries from `offset` on, pinned ones first, and how many there are in all.
    pub async fn page(&self, guild: Id<GuildMarker>, offset: i64, limit: i64) -> anyhow::Result<(Vec<Entry>, i64)> {
        store::list_page(&self.db, guild, offset, limit).await.context("list entries")
    }

    /// At most `limit` entries with numbers beyond `after`, in the order of their numbers.
    pub async fn entries_after(&self, guild: Id<GuildMarker>, after: i32, limit: i64) -> anyhow::Result<Vec<Entry>> {
        store::list_after(&self.db, guild, after, limit).await.context("load entries")
    }

    /// At most `limit` searches of that span after the one at that place, the earliest first.
    pub async fn searches_after(
        &self,
        guild: Id<GuildMarker>,
        span: (Option<Timestamp>, Option<Timestamp>),
        after: Option<(Timestamp, i64)>,
        limit: i64,
    ) -> anyhow::Result<Vec<Kept>> {
        store::list_searches(&self.db, guild, span, after, limit).await.context("load searches")
    }

    /// The guild's groups of words that mean the same.
    pub async fn synonyms(&self, guild: Id<GuildMarker>) -> anyhow::Result<Vec<Vec<String>>> {
        store::list_synonyms(&self.db, guild).await.context("load the synonyms")
    }

    /// Guilds with searches that are older than the shortest time for which any guild keeps them.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn guilds_with_searches(&self, before: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
        Ok(store::list_guilds_with_searches(&self.db, before).await?)
    }

    /// Forgets what was searched for in `guild` before `before`; tells how much.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn forget_searches(&self, guild: Id<GuildMarker>, before: Timestamp) -> anyhow::Result<u64> {
        let (mut all, limit) = (0, FORGOTTEN);
        loop {
            let forgotten = store::delete_searches(&self.db, guild, before, limit).await?;
            all += forgotten;
            if forgotten < limit.unsigned_abs() {
                return Ok(all);
            }
        }
    }

    /// Records that somebody searched, what was found, and which entry they chose if they chose one at once.
    pub async fn log_search(
        &self,
        guild: Id<GuildMarker>,
        interaction: Id<InteractionMarker>,
        query: &str,
        matched: &[i32],
        chosen: Option<i32>,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        store::insert_search(&self.db, guild, interaction, query, matched, chosen, now).await.context("log a search")
    }

    /// What somebody searched for and what answered it, as long as it is kept.
    pub async fn find_search(
        &self,
        guild: Id<GuildMarker>,
        search: Id<InteractionMarker>,
    ) -> anyhow::Result<Option<Searched>> {
        store::find_search(&self.db, guild, search).await.context("find a search")
    }

    /// Records which of its results a search was followed by.
    pub async fn log_choice(
        &self,
        guild: Id<GuildMarker>,
        search: Id<InteractionMarker>,
        chosen: i32,
    ) -> anyhow::Result<()> {
        store::update_chosen(&self.db, guild, search, chosen).await.context("log a choice")
    }
}

/// Adds an entry and gives its number.
///
/// # Errors
/// If the database does not answer, or another entry has this title.
pub async fn add(
    tx: &mut PgConnection,
    guild: Id<GuildMarker>,
    draft: &CheckedDraft,
    author: Option<Id<UserMarker>>,
    now: Timestamp,
) -> anyhow::Result<Result<i32, TitleTaken>> {
    match store::insert(tx, guild, draft.draft(), author, now).await {
        Ok(number) => Ok(Ok(number)),
        Err(error) if violates(&error, "faq_entry_title") => Ok(Err(TitleTaken)),
        Err(error) => Err(error).context("store an entry"),
    }
}

/// An entry that nobody else changes before the transaction ends.
pub async fn lock(tx: &mut PgConnection, guild: Id<GuildMarker>, number: i32) -> anyhow::Result<Option<Entry>> {
    store::lock(tx, guild, number).await.context("lock an entry")
}

/// Replaces what an entry says that the transaction has [locked](lock).
///
/// # Errors
/// If the database does not answer, or another entry has this title.
pub async fn edit(
    tx: &mut PgConnection,
    guild: Id<GuildMarker>,
    number: i32,
    draft: &CheckedDraft,
    now: Timestamp,
) -> anyhow::Result<Result<(), TitleTaken>> {
    match store::update(tx, guild, number, draft.draft(), now).await {
        Ok(()) => Ok(Ok(())),
        Err(error) if violates(&error, "faq_entry_title") => Ok(Err(TitleTaken)),
        Err(error) => Err(error).context("change an entry"),
    }
}

/// Removes an entry that still has this revision, and gives its title.
pub async fn remove(
    tx: &mut PgConnection,
    guild: Id<GuildMarker>,
    number: i32,
    revision: i32,
) -> anyhow::Result<Option<String>> {
    store::delete(tx, guild, number, revision).await.context("delete an entry")
}

/// Pins an entry or unpins it; with nothing wanted, whichever of both it is not.
pub async fn pin(
    tx: &mut PgConnection,
    guild: Id<GuildMarker>,
    number: i32,
    wanted: Option<bool>,
) -> anyhow::Result<Option<Pinned>> {
    store::update_pinned(tx, guild, number, wanted).await.context("pin an entry")
}

/// Stores entries: one with a known title is changed, every other one is added.
///
/// With `dry_run` it says what would happen and changes nothing.
pub async fn import(
    tx: &mut PgConnection,
    guild: Id<GuildMarker>,
    drafts: &[CheckedDraft],
    dry_run: bool,
    now: Timestamp,
) -> anyhow::Result<Vec<Import>> {
    let mut outcomes = Vec::with_capacity(drafts.len());
    for draft in drafts.iter().map(CheckedDraft::draft) {
        let known = store::find_by_title(&mut *tx, guild, &draft.title).await?;
        outcomes.push(match known {
            Some(entry) if entry.draft == *draft => Import::Unchanged,
            Some(_) if dry_run => Import::Updated,
            Some(entry) => {
                store::update(&mut *tx, guild, entry.number, draft, now).await?;
                Import::Updated
            }
            None if dry_run => Import::Added,
            None => {
                store::insert(&mut *tx, guild, draft, None, now).await?;
                Import::Added
            }
        });
    }
    Ok(outcomes)
}

/// The guild's groups of words that mean the same, which nobody else changes before the transaction ends.
pub async fn lock_synonyms(tx: &mut PgConnection, guild: Id<GuildMarker>) -> anyhow::Result<Vec<Vec<String>>> {
    store::lock_synonyms(&mut *tx, guild).await.context("lock the synonyms")?;
    store::list_synonyms(tx, guild).await.context("load the synonyms")
}

/// Replaces the groups that the transaction has [locked](lock_synonyms).
pub async fn set_synonyms(
    tx: &mut PgConnection,
    guild: Id<GuildMarker>,
    synonyms: &CheckedSynonyms,
) -> anyhow::Result<()> {
    store::delete_synonyms(&mut *tx, guild).await?;
    for (position, words) in (0..).zip(synonyms.groups()) {
        store::insert_synonyms(&mut *tx, guild, position, words).await?;
    }
    Ok(())
}
