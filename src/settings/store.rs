//! The table `guild_setting`.

use serde_json::Value;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

/// Everything stored for a guild, as feature and value.
pub(super) async fn list(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<(String, Value)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select feature, value
           from guild_setting
          where guild_id = $1",
        guild.get().cast_signed(),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.feature, row.value)).collect())
}

pub(super) async fn upsert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
    value: &Value,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into guild_setting (guild_id, feature, value)
         values ($1, $2, $3)
         on conflict (guild_id, feature) do update set value = excluded.value",
        guild.get().cast_signed(),
        feature,
        value,
    )
    .execute(db)
    .await?;
    Ok(())
}
