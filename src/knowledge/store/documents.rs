//! The tables `document` and `passage`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::db::db_id;
use crate::knowledge::Shelf;
use crate::knowledge::document::{Document, Passage};
use crate::knowledge::index;

type Result<T> = std::result::Result<T, sqlx::Error>;

pub(in crate::knowledge) async fn find_hash(
    db: impl PgExecutor<'_>,
    shelf: Shelf,
    name: &str,
) -> Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select hash from document where guild_id = $1 and name = $2", shelf.db_id(), name)
        .fetch_optional(db)
        .await
}

pub(in crate::knowledge) async fn upsert(
    db: impl PgExecutor<'_>,
    shelf: Shelf,
    document: &Document,
    hash: &[u8],
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into document (guild_id, name, title, url, hash, imported_at)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (guild_id, name) do update
            set title = excluded.title,
                url = excluded.url,
                hash = excluded.hash,
                imported_at = excluded.imported_at",
        shelf.db_id(),
        document.name,
        document.title,
        document.url,
        hash,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await
    .map(|_| ())
}

pub(in crate::knowledge) async fn delete_passages(db: impl PgExecutor<'_>, shelf: Shelf, document: &str) -> Result<()> {
    sqlx::query!("delete from passage where guild_id = $1 and document = $2", shelf.db_id(), document)
        .execute(db)
        .await
        .map(|_| ())
}

pub(in crate::knowledge) async fn insert_passages(
    db: impl PgExecutor<'_>,
    shelf: Shelf,
    document: &str,
    titles: &[String],
    bodies: &[String],
) -> Result<()> {
    sqlx::query!(
        "insert into passage (guild_id, document, position, title, body)
         select $1, $2, given.position, given.title, given.body
           from unnest($3::text[], $4::text[]) with ordinality as given (title, body, position)",
        shelf.db_id(),
        document,
        titles,
        bodies,
    )
    .execute(db)
    .await
    .map(|_| ())
}

pub(in crate::knowledge) async fn count_passages(db: impl PgExecutor<'_>, shelf: Shelf) -> Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "passages!" from passage where guild_id = $1"#, shelf.db_id())
        .fetch_one(db)
        .await
}

/// Names that begin so.
pub(in crate::knowledge) async fn list_names(
    db: impl PgExecutor<'_>,
    shelf: Shelf,
    beginning: &str,
) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        "select name
           from document
          where guild_id = $1
            and starts_with(name, $2)
          order by name",
        shelf.db_id(),
        beginning,
    )
    .fetch_all(db)
    .await
}

pub(in crate::knowledge) async fn delete(db: impl PgExecutor<'_>, shelf: Shelf, names: &[String]) -> Result<()> {
    sqlx::query!("delete from document where guild_id = $1 and name = any($2)", shelf.db_id(), names)
        .execute(db)
        .await
        .map(|_| ())
}

/// All passages of a shelf as an index reads them.
pub(in crate::knowledge) async fn list_to_index(db: impl PgExecutor<'_>, shelf: Shelf) -> Result<Vec<index::Document>> {
    let rows = sqlx::query!(
        "select id, title, body
           from passage
          where guild_id = $1
          order by id",
        shelf.db_id(),
    )
    .fetch_all(db)
    .await?;
    let documents = rows.into_iter().map(|row| index::Document {
        number: row.id,
        title: row.title,
        answer: row.body,
        ..index::Document::default()
    });
    Ok(documents.collect())
}

/// The passages with these numbers that a guild may read: its own, and those for all.
pub(in crate::knowledge) async fn list_passages(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    ids: &[i32],
) -> Result<Vec<Passage>> {
    sqlx::query_as!(
        Passage,
        "select passage.id, passage.document, passage.title, passage.body, document.url
           from passage
           join document
             on document.guild_id = passage.guild_id
            and document.name = passage.document
          where passage.guild_id in ($1, 0)
            and passage.id = any($2)
          order by array_position($2, passage.id)",
        db_id(guild),
        ids,
    )
    .fetch_all(db)
    .await
}
