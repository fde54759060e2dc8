//! The table `done_once`: what was done by which origin, where no row of its own says so.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::db::db_id;
use crate::log_channel::Entry;

/// Forgets what was done before `before`.
pub(super) async fn delete_done(db: impl PgExecutor<'_>, before: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from done_once where done_at < $1", before.to_sqlx()).execute(db).await.map(drop)
}

/// What is done by an origin, and what it is answered.
pub(super) struct Done<'a> {
    pub(super) guild: Id<GuildMarker>,
    pub(super) origin: &'a str,
    pub(super) deed: &'a str,
    pub(super) answer: Value,
    pub(super) now: Timestamp,
}

/// Says by which origin something is done and what it is answered, and tells the log channel. `false` if it was done before;
/// one who does it at this moment is waited for.
pub(super) async fn insert_answer(
    db: impl PgExecutor<'_>,
    Done { guild, origin, deed, answer, now }: Done<'_>,
    feature: &str,
    entry: Option<&Entry>,
) -> Result<bool, sqlx::Error> {
    // For an older version, which reads nothing else of what is done to tickets.
    let number = answer.as_i64().unwrap_or_default();
    let done = sqlx::query_scalar!(
        r#"with done as (
               insert into done_once (guild_id, origin, deed, number, answer, done_at)
               values ($1, $2, $3, $10, $4, $5)
               on conflict do nothing
               returning guild_id
           ), told as (
               insert into log_entry (guild_id, feature, level, title, description, created_at)
               select $1, $6, $7, $8, $9, $5
                 from done
                where $7::text is not null
           )
           select exists (select from done) as "done!""#,
        db_id(guild),
        origin,
        deed,
        answer,
        now.to_sqlx(),
        feature,
        entry.map(|entry| entry.level.name()) as Option<&str>,
        entry.map(|entry| entry.title.as_str()) as Option<&str>,
        entry.map(|entry| entry.description.as_str()) as Option<&str>,
        number,
    )
    .fetch_one(db)
    .await?;
    Ok(done)
}

/// What that origin was answered when it did it: to which row it was done, and the answer, unless an older version did it.
pub(super) async fn find_answer(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    origin: &str,
    deed: &str,
) -> Result<Option<(i64, Option<Value>)>, sqlx::Error> {
    let row = sqlx::query!(
        "select number, answer
           from done_once
          where guild_id = $1
            and origin = $2
            and deed = $3",
        db_id(guild),
        origin,
        deed,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.number, row.answer)))
}
