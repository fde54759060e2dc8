//! The table `web_session`.

use jiff::Timestamp;
use jiff_sqlx::{Timestamp as SqlTimestamp, ToSqlx};
use serde_json::Value;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use crate::db::db_id;

/// A row of it.
pub(super) struct Row {
    pub(super) user_id: i64,
    pub(super) name: String,
    pub(super) guilds: Value,
    pub(super) browser: String,
    pub(super) began_at: SqlTimestamp,
    pub(super) seen_at: SqlTimestamp,
}

/// Who begins to be logged in.
pub(super) struct New<'a> {
    pub(super) token_sha256: &'a [u8],
    pub(super) user: Id<UserMarker>,
    pub(super) name: &'a str,
    pub(super) guilds: &'a Value,
    pub(super) browser: &'a str,
    pub(super) now: Timestamp,
}

/// Begins a session, and ends the oldest of the same person but for so many.
pub(super) async fn insert(db: impl PgExecutor<'_>, new: New<'_>, most: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with old as (delete from web_session
                       where token_sha256 in (select token_sha256
                                                from web_session
                                               where user_id = $2
                                               order by began_at desc
                                              offset $7::bigint))
         insert into web_session (token_sha256, user_id, name, guilds, browser, began_at, seen_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
        new.token_sha256,
        db_id(new.user),
        new.name,
        new.guilds,
        new.browser,
        new.now.to_sqlx() as _,
        most - 1,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A session that began after `began` and was seen after `seen`.
pub(super) async fn find(
    db: impl PgExecutor<'_>,
    token_sha256: &[u8],
    began: Timestamp,
    seen: Timestamp,
) -> Result<Option<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        "select user_id, name, guilds, browser, began_at, seen_at
             from web_session
            where token_sha256 = $1
              and began_at > $2
              and seen_at > $3",
        token_sha256,
        began.to_sqlx() as _,
        seen.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await
}

/// The sessions of a person, newest first.
pub(super) async fn list(
    db: impl PgExecutor<'_>,
    user: Id<UserMarker>,
    began: Timestamp,
    seen: Timestamp,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        "select user_id, name, guilds, browser, began_at, seen_at
             from web_session
            where user_id = $1
              and began_at > $2
              and seen_at > $3
            order by began_at desc",
        db_id(user),
        began.to_sqlx() as _,
        seen.to_sqlx() as _,
    )
    .fetch_all(db)
    .await
}

/// Notes that somebody was here.
pub(super) async fn set_seen(db: impl PgExecutor<'_>, token_sha256: &[u8], now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("update web_session set seen_at = $2 where token_sha256 = $1", token_sha256, now.to_sqlx() as _)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends a session.
pub(super) async fn delete(db: impl PgExecutor<'_>, token_sha256: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from web_session where token_sha256 = $1", token_sha256).execute(db).await?;
    Ok(())
}

/// Ends all sessions of a person.
pub(super) async fn delete_of(db: impl PgExecutor<'_>, user: Id<UserMarker>) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from web_session where user_id = $1", db_id(user)).execute(db).await?;
    Ok(())
}

/// Forgets sessions that began or were seen before.
pub(super) async fn delete_old(db: impl PgExecutor<'_>, began: Timestamp, seen: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from web_session
          where began_at <= $1
             or seen_at <= $2",
        began.to_sqlx() as _,
        seen.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
