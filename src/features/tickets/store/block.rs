//! Who opens no tickets: `ticket_block`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Result;
use crate::db::{db_id, id};

/// Who may open no tickets, by whom and why; those that were blocked last first.
pub async fn list_blocked(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    limit: i64,
) -> Result<Vec<(Id<UserMarker>, Id<UserMarker>, String, Timestamp)>> {
    let rows = sqlx::query!(
        r#"select user_id, blocked_by_user_id, reason, created_at as "created_at: jiff_sqlx::Timestamp"
             from ticket_block
            where guild_id = $1
            order by created_at desc, user_id
            limit $2"#,
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    let blocked = rows
        .into_iter()
        .filter_map(|row| Some((id(row.user_id)?, id(row.blocked_by_user_id)?, row.reason, row.created_at.to_jiff())));
    Ok(blocked.collect())
}

/// By whom somebody was blocked, and why, so that nobody else changes it before the transaction ends.
pub async fn lock_block(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<Option<(Option<Id<UserMarker>>, String)>> {
    let row = sqlx::query!(
        "select blocked_by_user_id, reason
           from ticket_block
          where guild_id = $1
            and user_id = $2
            for update",
        db_id(guild),
        db_id(user),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (id(row.blocked_by_user_id), row.reason)))
}

/// Lets somebody open no tickets any more.
pub async fn set_blocked(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    by: Id<UserMarker>,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into ticket_block (guild_id, user_id, blocked_by_user_id, reason, created_at)
         values ($1, $2, $3, $4, $5)
         on conflict (guild_id, user_id) do update
            set blocked_by_user_id = excluded.blocked_by_user_id, reason = excluded.reason",
        db_id(guild),
        db_id(user),
        db_id(by),
        reason,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_block(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, user: Id<UserMarker>) -> Result<bool> {
    let done = sqlx::query!("delete from ticket_block where guild_id = $1 and user_id = $2", db_id(guild), db_id(user))
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}
