//! How often the FAQ made a ticket unnecessary: the table `ticket_answered`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::Result;
use crate::db::db_id;

/// How often since the day of UTC in which `since` lies.
pub async fn count_answered(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, since: Timestamp) -> Result<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(times), 0) as "answered!"
             from ticket_answered
            where guild_id = $1
              and day >= ($2::timestamptz at time zone 'UTC')::date"#,
        db_id(guild),
        since.to_sqlx() as _,
    )
    .fetch_one(db)
    .await
}
