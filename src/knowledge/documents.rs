//! Documents that operators import: their passages are found beside the entries of the FAQ, and never instead of one.

use anyhow::Context;
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::cache::Built;
pub use super::document::{Document, Passage};
use super::index::{Hit, Index};
use super::{Knowledge, Shelf, store};

/// So many passages a guild may have, and so many there may be for all: they are in memory where somebody searches. Of 50,000
/// passages indexes take some 30 MB.
pub const MAX_PASSAGES: i64 = 25_000;

/// Characters of a document's name.
pub const NAME_CHARS: usize = 500;

/// What became of a document that was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It is new.
    Added,
    /// There was another of its name.
    Changed,
    /// It says what is known.
    Unchanged,
}

/// There would be more than [`MAX_PASSAGES`].
#[derive(Debug, PartialEq, Eq)]
pub struct TooMany;

/// The passages of one shelf, to search in.
pub(super) struct Passages(Option<Index>);

impl Built for Passages {
    async fn build(db: PgPool, shelf: Shelf) -> anyhow::Result<Passages> {
        let passages = store::documents::list_to_index(&db, shelf).await.context("load the passages")?;
        if passages.is_empty() {
            // Most have none, and even an empty index knows many words.
            return Ok(Passages(None));
        }
        let index = tokio::task::spawn_blocking(move || Index::build(&passages, &[])).await?;
        Ok(Passages(Some(index)))
    }

    fn weight(&self) -> usize {
        self.0.as_ref().map_or(0, Index::weight)
    }
}

impl Passages {
    /// The passages in which the words of a text stand, the best first.
    pub(super) fn find(&self, text: &str, limit: usize) -> Vec<Hit> {
        self.0.as_ref().map(|index| index.offer(text, limit)).unwrap_or_default()
    }

    pub(super) fn index(&self) -> Option<&Index> {
        self.0.as_ref()
    }
}

impl Knowledge {
    /// The passages with these numbers that the guild may read, in this order; those that are gone are left out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn passages(&self, guild: Id<GuildMarker>, ids: &[i32]) -> anyhow::Result<Vec<Passage>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        store::documents::list_passages(&self.db, guild, ids).await.context("load passages")
    }
}

/// What would become of a document.
pub async fn compare(tx: &mut PgConnection, shelf: Shelf, document: &Document) -> anyhow::Result<Became> {
    let known = store::documents::find_hash(tx, shelf, &document.name).await.context("look for a document")?;
    Ok(match known {
        None => Became::Added,
        Some(known) if known == document.hash() => Became::Unchanged,
        Some(_) => Became::Changed,
    })
}

/// Stores a document in place of that of the same name; what has not changed stays as it is.
///
/// # Errors
/// If the database does not answer. With [`TooMany`] the transaction is worth nothing any more.
pub async fn put(
    tx: &mut PgConnection,
    shelf: Shelf,
    document: &Document,
    now: Timestamp,
) -> anyhow::Result<Result<Became, TooMany>> {
    let became = compare(tx, shelf, document).await?;
    if became == Became::Unchanged {
        return Ok(Ok(became));
    }
    store::documents::upsert(&mut *tx, shelf, document, &document.hash(), now).await.context("store a document")?;
    store::documents::delete_passages(&mut *tx, shelf, &document.name).await.context("delete passages")?;
    let titles: Vec<String> = document.pieces.iter().map(|piece| document.heading(piece)).collect();
    let bodies: Vec<String> = document.pieces.iter().map(|piece| piece.body.clone()).collect();
    store::documents::insert_passages(&mut *tx, shelf, &document.name, &titles, &bodies)
        .await
        .context("store passages")?;
    let all = store::documents::count_passages(tx, shelf).await.context("count passages")?;
    Ok(if all > MAX_PASSAGES { Err(TooMany) } else { Ok(became) })
}

/// The names of the documents that lay in a folder.
pub async fn names_in(tx: &mut PgConnection, shelf: Shelf, folder: &str) -> anyhow::Result<Vec<String>> {
    store::documents::list_names(tx, shelf, &format!("{folder}/")).await.context("list documents")
}

/// Removes documents.
pub async fn remove(tx: &mut PgConnection, shelf: Shelf, names: &[String]) -> anyhow::Result<()> {
    store::documents::delete(tx, shelf, names).await.context("delete documents")
}
