//! The table `begun_reminder`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, UserMarker};

use super::Result;
use crate::db::db_id;
use crate::reminders::{Begun, CheckedBegun};

/// Keeps what somebody has said of a new reminder; the same interaction says it once.
pub async fn insert_begun(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    interaction: Id<InteractionMarker>,
    begun: &CheckedBegun,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into begun_reminder (guild_id, user_id, interaction_id, said, begun_at)
         values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        db_id(guild),
        db_id(user),
        db_id(interaction),
        json!(begun.said()),
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What somebody has said of a new reminder with an interaction; what does not parse any more is not known.
pub async fn find_begun(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    interaction: Id<InteractionMarker>,
) -> Result<Option<Begun>> {
    let said = sqlx::query_scalar!(
        "select said
           from begun_reminder
          where guild_id = $1
            and user_id = $2
            and interaction_id = $3",
        db_id(guild),
        db_id(user),
        db_id(interaction),
    )
    .fetch_optional(db)
    .await?;
    Ok(said.and_then(|said| serde_json::from_value(said).ok()))
}

/// Forgets what was begun before `before`.
pub async fn delete_begun(db: impl PgExecutor<'_>, before: Timestamp) -> Result<()> {
    sqlx::query!("delete from begun_reminder where begun_at < $1", before.to_sqlx() as _).execute(db).await?;
    Ok(())
}
