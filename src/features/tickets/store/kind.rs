//! Kinds of tickets: the table `ticket_type`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::model::{CheckedKind, Kind};
use super::{Result, kind};
use crate::db::db_id;

/// The kinds of a guild, in the order in which they were made.
pub async fn list_kinds(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Kind>> {
    let rows = sqlx::query!(
        "select id, name, definition
           from ticket_type
          where guild_id = $1
            and removed_at is null
          order by id",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| kind(row.id, row.name, row.definition)).collect())
}

/// The same with those that were taken away: their tickets may still be there.
pub async fn list_all_kinds(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Kind>> {
    let rows = sqlx::query!("select id, name, definition from ticket_type where guild_id = $1", db_id(guild))
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| kind(row.id, row.name, row.definition)).collect())
}

/// A kind that nobody else changes before the transaction ends.
pub async fn lock_kind(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, id: i32) -> Result<Option<Kind>> {
    let row = sqlx::query!(
        "select id, name, definition
           from ticket_type
          where guild_id = $1
            and id = $2
            and removed_at is null
            for update",
        db_id(guild),
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| kind(row.id, row.name, row.definition)))
}

/// The kinds of a guild, which nobody else changes until the transaction ends.
pub async fn lock_kinds(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Kind>> {
    let rows = sqlx::query!(
        "select id, name, definition
           from ticket_type
          where guild_id = $1
            and removed_at is null
          order by id
            for update",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| kind(row.id, row.name, row.definition)).collect())
}

/// Waits until nobody else adds a kind to the guild; until the transaction ends nobody does.
pub async fn lock_new_kinds(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('ticket_type', $1))", db_id(guild)).execute(db).await?;
    Ok(())
}

/// Makes a kind. Nothing if there is one of that name.
pub async fn insert_kind(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, kind: &CheckedKind) -> Result<Option<i32>> {
    sqlx::query_scalar!(
        "insert into ticket_type (guild_id, id, name, definition)
         select $1, coalesce(max(id), 0) + 1, $2, $3
           from ticket_type
          where guild_id = $1
         on conflict do nothing
         returning id",
        db_id(guild),
        kind.name(),
        json!(kind.definition()),
    )
    .fetch_optional(db)
    .await
}

/// Makes the kind with which a guild begins, if it has none.
pub async fn insert_first_kind(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: i32,
    kind: &CheckedKind,
) -> Result<()> {
    sqlx::query!(
        "insert into ticket_type (guild_id, id, name, definition)
         select $1, $2, $3, $4
          where not exists (select from ticket_type where guild_id = $1 and removed_at is null)
         on conflict do nothing",
        db_id(guild),
        id,
        kind.name(),
        json!(kind.definition()),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Changes what of a kind differs from `before`, which the transaction has locked: what another version stored beside it stays.
pub async fn update_kind(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: &Kind,
    kind: &CheckedKind,
) -> Result<()> {
    let (old, mut new) = (json!(before.definition), json!(kind.definition()));
    if let Some(new) = new.as_object_mut() {
        new.retain(|key, value| old.get(key) != Some(value));
    }
    sqlx::query!(
        "update ticket_type
            set name = $3, definition = definition || $4
          where guild_id = $1
            and id = $2",
        db_id(guild),
        before.id,
        kind.name(),
        new,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a kind away; tickets that were opened as it keep it.
pub async fn remove_kind(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, id: i32, now: Timestamp) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket_type
            set removed_at = $3
          where guild_id = $1
            and id = $2
            and removed_at is null",
        db_id(guild),
        id,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
