//! The tables `member_language` and `member_zone`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use crate::db::db_id;

pub(super) async fn upsert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    language: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into member_language (guild_id, user_id, language, seen_at)
         values ($1, $2, $3, $4)
         on conflict (guild_id, user_id) do update set language = $3, seen_at = $4",
        db_id(guild),
        db_id(user),
        language,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn find(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select language from member_language where guild_id = $1 and user_id = $2",
        db_id(guild),
        db_id(user)
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn find_zone(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select zone from member_zone where guild_id = $1 and user_id = $2", db_id(guild), db_id(user))
        .fetch_optional(db)
        .await
}

pub(super) async fn upsert_zone(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    zone: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into member_zone (guild_id, user_id, zone, set_at)
         values ($1, $2, $3, $4)
         on conflict (guild_id, user_id) do update set zone = $3, set_at = $4",
        db_id(guild),
        db_id(user),
        zone,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete_zone(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from member_zone where guild_id = $1 and user_id = $2", db_id(guild), db_id(user))
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn delete_before(db: impl PgExecutor<'_>, before: Timestamp) -> Result<u64, sqlx::Error> {
    let done =
        sqlx::query!("delete from member_language where seen_at < $1", before.to_sqlx() as _).execute(db).await?;
    Ok(done.rows_affected())
}
