//! Forgetting what is of no use any more, whatever guild it is of.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use super::Result;

/// Forgets drafts that were asked for before, as many as `limit`.
pub(crate) async fn delete_drafts(db: impl PgExecutor<'_>, before: Timestamp, limit: i64) -> Result<u64> {
    let done = sqlx::query!(
        "delete from reply_draft
          where (guild_id, id) in (select guild_id, id from reply_draft where asked_at < $1 order by asked_at limit $2)",
        before.to_sqlx() as _,
        limit,
    );
    Ok(done.execute(db).await?.rows_affected())
}

/// Forgets what was used on days before, of as many as `limit`.
pub(crate) async fn delete_days(db: impl PgExecutor<'_>, before: Date, limit: i64) -> Result<u64> {
    let done = sqlx::query!(
        "delete from llm_day
          where (guild_id, day) in (select guild_id, day from llm_day where day < $1 order by day limit $2)",
        before.to_sqlx() as _,
        limit,
    );
    Ok(done.execute(db).await?.rows_affected())
}

/// Forgets how often members asked whose questions count no more since before, as many as `limit`.
pub(crate) async fn delete_members(db: impl PgExecutor<'_>, before: Timestamp, limit: i64) -> Result<u64> {
    let done = sqlx::query!(
        "delete from llm_member
          where (guild_id, user_id) in (
                select guild_id, user_id from llm_member where spent_until < $1 order by spent_until limit $2)",
        before.to_sqlx() as _,
        limit,
    );
    Ok(done.execute(db).await?.rows_affected())
}
