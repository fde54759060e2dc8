//! The tables `faq_entry`, `faq_counter` and `faq_synonym`; in rooms of their own `document`, `faq_search` and `text_vector`.

pub(super) mod documents;
mod searches;
pub(super) mod vectors;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::index::Document;
use super::{Draft, Entry, Pinned, Shelf};
pub(super) use searches::*;

/// A row as it is read; the ids become typed in [`Entry`].
struct Row {
    number: i32,
    title: String,
    answer: String,
    keywords: Vec<String>,
    category: Option<String>,
    source_url: Option<String>,
    pinned: bool,
    author_user_id: Option<i64>,
    created_at: Timestamp,
    updated_at: Timestamp,
    revision: i32,
}

impl From<Row> for Entry {
    fn from(row: Row) -> Entry {
        Entry {
            number: row.number,
            draft: Draft {
                title: row.title,
                answer: row.answer,
                keywords: row.keywords,
                category: row.category,
                source_url: row.source_url,
            },
            pinned: row.pinned,
            author: row.author_user_id.and_then(|id| Id::new_checked(id.cast_unsigned())),
            created_at: row.created_at,
            updated_at: row.updated_at,
            revision: row.revision,
        }
    }
}

pub(super) async fn list_after(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    after: i32,
    limit: i64,
) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select number, title, answer, keywords, category, source_url, pinned, author_user_id, created_at, updated_at,
                revision
           from faq_entry
          where guild_id = $1
            and number > $2
          order by number
          limit $3",
        guild.get().cast_signed(),
        after,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

pub(super) async fn find(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
) -> Result<Option<Entry>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select number, title, answer, keywords, category, source_url, pinned, author_user_id, created_at, updated_at,
                revision
           from faq_entry
          where guild_id = $1
            and number = $2",
        guild.get().cast_signed(),
        number,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Entry::from))
}

/// The same, so that nobody else changes it before the transaction ends.
pub(super) async fn lock(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
) -> Result<Option<Entry>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select number, title, answer, keywords, category, source_url, pinned, author_user_id, created_at, updated_at,
                revision
           from faq_entry
          where guild_id = $1
            and number = $2
            for update",
        guild.get().cast_signed(),
        number,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Entry::from))
}

pub(super) async fn list_numbers(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    numbers: &[i32],
) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select number, title, answer, keywords, category, source_url, pinned, author_user_id, created_at, updated_at,
                revision
           from faq_entry
          where guild_id = $1
            and number = any($2)
          order by array_position($2, number)",
        guild.get().cast_signed(),
        numbers,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// The entries from `offset` on, pinned ones first, and how many there are in all.
pub(super) async fn list_page(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    offset: i64,
    limit: i64,
) -> Result<(Vec<Entry>, i64), sqlx::Error> {
    // The count comes with each row of the page; a page past the end has none, and then it is asked for alone.
    let rows = sqlx::query!(
        r#"with page as (
               select number, title, answer, keywords, category, source_url, pinned, author_user_id, created_at,
                      updated_at, revision
                 from faq_entry
                where guild_id = $1
                order by pinned desc, category, number
               offset $2
                limit $3
           )
           select total.entries as "entries!", page.number as "number?", title as "title?", answer as "answer?",
                  keywords as "keywords?", category, source_url, pinned as "pinned?", author_user_id,
                  created_at as "created_at?", updated_at as "updated_at?",
                  revision as "revision?"
             from (select count(*) as entries from faq_entry where guild_id = $1) as total
             left join page on true
            order by page.pinned desc, page.category, page.number"#,
        guild.get().cast_signed(),
        offset,
        limit,
    )
    .fetch_all(db)
    .await?;
    let total = rows.first().map_or(0, |row| row.entries);
    let entries = rows.into_iter().filter_map(|row| {
        Some(Entry::from(Row {
            number: row.number?,
            title: row.title?,
            answer: row.answer?,
            keywords: row.keywords?,
            category: row.category,
            source_url: row.source_url,
            pinned: row.pinned?,
            author_user_id: row.author_user_id,
            created_at: row.created_at?.to_jiff(),
            updated_at: row.updated_at?.to_jiff(),
            revision: row.revision?,
        }))
    });
    Ok((entries.collect(), total))
}

pub(super) async fn list_documents(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
) -> Result<Vec<Document>, sqlx::Error> {
    sqlx::query_as!(
        Document,
        "select number, title, answer, keywords, category, pinned
           from faq_entry
          where guild_id = $1
          order by number",
        guild.get().cast_signed(),
    )
    .fetch_all(db)
    .await
}

/// Adds an entry under the guild's next number, and tells it.
///
/// The counter's row stays locked until the transaction ends, so numbers have neither gaps nor twins.
pub(super) async fn insert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    draft: &Draft,
    author: Option<Id<UserMarker>>,
    now: Timestamp,
) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(
        "with counter as (
             insert into faq_counter (guild_id, last_number)
             values ($1, 1)
             on conflict (guild_id) do update set last_number = faq_counter.last_number + 1
             returning last_number
         )
         insert into faq_entry (guild_id, number, title, answer, keywords, category, source_url, author_user_id,
                                created_at, updated_at)
         select $1, last_number, $2, $3, $4, $5, $6, $7, $8, $8
           from counter
         returning number",
        guild.get().cast_signed(),
        draft.title,
        draft.answer,
        &draft.keywords,
        draft.category,
        draft.source_url,
        author.map(|id| id.get().cast_signed()),
        now.to_sqlx(),
    )
    .fetch_one(db)
    .await
}

pub(super) async fn update(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    draft: &Draft,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update faq_entry
            set title = $3, answer = $4, keywords = $5, category = $6, source_url = $7, updated_at = $8,
                revision = revision + 1
          where guild_id = $1
            and number = $2",
        guild.get().cast_signed(),
        number,
        draft.title,
        draft.answer,
        &draft.keywords,
        draft.category,
        draft.source_url,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Pins or unpins an entry, or with nothing `wanted` turns its pin over. One that is so already keeps its revision.
pub(super) async fn update_pinned(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    wanted: Option<bool>,
) -> Result<Option<Pinned>, sqlx::Error> {
    sqlx::query_as!(
        Pinned,
        r#"update faq_entry
              set pinned = before.wanted,
                  revision = revision + (before.pinned is distinct from before.wanted)::int
             from (select number, pinned, coalesce($3, not pinned) as wanted
                     from faq_entry
                    where guild_id = $1
                      and number = $2
                      for update) as before
            where guild_id = $1
              and faq_entry.number = before.number
           returning title, faq_entry.pinned, before.pinned is distinct from faq_entry.pinned as "changed!""#,
        guild.get().cast_signed(),
        number,
        wanted,
    )
    .fetch_optional(db)
    .await
}

/// The title of the entry that was deleted, if it still had this revision.
pub(super) async fn delete(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    revision: i32,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "delete from faq_entry
          where guild_id = $1
            and number = $2
            and revision = $3
         returning title",
        guild.get().cast_signed(),
        number,
        revision,
    )
    .fetch_optional(db)
    .await
}

/// The entry with this title, whatever its case.
pub(super) async fn find_by_title(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    title: &str,
) -> Result<Option<Entry>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select number, title, answer, keywords, category, source_url, pinned, author_user_id, created_at, updated_at,
                revision
           from faq_entry
          where guild_id = $1
            and lower(title) = lower($2)",
        guild.get().cast_signed(),
        title,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Entry::from))
}

/// The guild's groups of words that mean the same, as they were entered.
pub(super) async fn list_synonyms(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
) -> Result<Vec<Vec<String>>, sqlx::Error> {
    sqlx::query_scalar!(
        "select words
           from faq_synonym
          where guild_id = $1
          order by position",
        guild.get().cast_signed(),
    )
    .fetch_all(db)
    .await
}

/// Waits until nobody else changes the guild's synonyms; until the transaction ends nobody does.
pub(super) async fn lock_synonyms(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into faq_counter (guild_id, last_number, synonyms_revision)
         values ($1, 0, 1)
         on conflict (guild_id) do update set synonyms_revision = faq_counter.synonyms_revision + 1",
        guild.get().cast_signed(),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete_synonyms(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from faq_synonym where guild_id = $1", guild.get().cast_signed()).execute(db).await?;
    Ok(())
}

pub(super) async fn insert_synonyms(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    position: i32,
    words: &[String],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into faq_synonym (guild_id, position, words)
         values ($1, $2, $3)",
        guild.get().cast_signed(),
        position,
        words,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Says that everything about the shelf may have changed, as the triggers do.
pub(super) async fn notify(db: impl PgExecutor<'_>, channel: &str, shelf: Shelf) -> Result<(), sqlx::Error> {
    sqlx::query!("select pg_notify($1, $2)", channel, shelf.db_id().to_string()).execute(db).await?;
    Ok(())
}
