//! The table `reminder_template`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Result;
use crate::db::{db_id, id};
use crate::reminders::Content;

/// Who keeps something under a name, whatever its case, so that nobody else changes it before the transaction ends.
pub async fn lock_template(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &str,
) -> Result<Option<Option<Id<UserMarker>>>> {
    let creator = sqlx::query_scalar!(
        "select creator_user_id
           from reminder_template
          where guild_id = $1
            and lower(name) = lower($2)
            for update",
        db_id(guild),
        name,
    )
    .fetch_optional(db)
    .await?;
    Ok(creator.map(id))
}

/// Keeps a reminder to be made again. `false` if the guild has `max` others.
pub async fn upsert_template(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &str,
    content: &Content,
    creator: Id<UserMarker>,
    now: Timestamp,
    max: i64,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into reminder_template (guild_id, name, content, creator_user_id, created_at)
         select $1, $2, $3, $4, $5
          where (select count(*) from reminder_template where guild_id = $1 and lower(name) <> lower($2)) < $6
         on conflict (guild_id, lower(name)) do update set name = $2, content = $3, creator_user_id = $4",
        db_id(guild),
        name,
        json!(content),
        db_id(creator),
        now.to_sqlx(),
        max,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What is kept under a name, whatever its case.
pub async fn find_template(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, name: &str) -> Result<Option<Content>> {
    let content = sqlx::query_scalar!(
        "select content from reminder_template where guild_id = $1 and lower(name) = lower($2)",
        db_id(guild),
        name,
    )
    .fetch_optional(db)
    .await?;
    Ok(content.and_then(|content| serde_json::from_value(content).ok()))
}

/// Names that contain what was typed.
pub async fn list_templates(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    typed: &str,
    limit: i64,
) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        "select name
           from reminder_template
          where guild_id = $1
            and strpos(lower(name), lower($2)) > 0
          order by lower(name)
          limit $3",
        db_id(guild),
        typed,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Forgets what is kept under a name. `false` if nothing is.
pub async fn delete_template(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, name: &str) -> Result<bool> {
    let done = sqlx::query!(
        "delete from reminder_template where guild_id = $1 and lower(name) = lower($2)",
        db_id(guild),
        name,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
