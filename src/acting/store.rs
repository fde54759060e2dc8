//! The table `done_once`: what was done by which origin, where no row of its own says so.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::db::db_id;

/// Says by which origin something is done, to what. `false` if it was before; one who does it at this moment is waited for.
pub(super) async fn insert_done(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    origin: &str,
    deed: &str,
    number: i64,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into done_once (guild_id, origin, deed, number, done_at)
         values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        db_id(guild),
        origin,
        deed,
        number,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// To what it was done by that origin.
pub(super) async fn find_done(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    origin: &str,
    deed: &str,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select number
           from done_once
          where guild_id = $1
            and origin = $2
            and deed = $3",
        db_id(guild),
        origin,
        deed,
    )
    .fetch_optional(db)
    .await
}

/// Forgets what was done before `before`.
pub(super) async fn delete_done(db: impl PgExecutor<'_>, before: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from done_once where done_at < $1", before.to_sqlx()).execute(db).await.map(drop)
}
