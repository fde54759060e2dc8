//! What is told of drafts that a model wrote.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Result;
use crate::db::{db_id, id as id_of};

/// A draft that a model wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lately {
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Who asked, unless they are forgotten.
    pub user: Option<Id<UserMarker>>,
    /// What it cost.
    pub tokens: i64,
    /// How long the model took.
    pub took_ms: i32,
}

/// Tokens that a guild has used on a day of its zone.
pub(crate) async fn find_spent(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, day: Date) -> Result<i64> {
    let spent = sqlx::query_scalar!(
        "select tokens from llm_day where guild_id = $1 and day = $2",
        db_id(guild),
        day.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(spent.unwrap_or_default())
}

/// How many drafts of a model are kept.
pub(crate) async fn count_drafts(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "drafts!" from reply_draft where guild_id = $1 and model is not null"#,
        db_id(guild),
    )
    .fetch_one(db)
    .await
}

/// The newest drafts of a model.
pub(crate) async fn list_newest(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, limit: i64) -> Result<Vec<Lately>> {
    let rows = sqlx::query!(
        r#"select asked_at as "asked_at: jiff_sqlx::Timestamp", user_id, took_ms,
                  prompt_tokens::bigint + completion_tokens as "tokens!"
             from reply_draft
            where guild_id = $1
              and model is not null
            order by asked_at desc, id desc
            limit $2"#,
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    let drafts = rows.into_iter().map(|row| Lately {
        asked_at: row.asked_at.to_jiff(),
        user: row.user_id.and_then(id_of),
        tokens: row.tokens,
        took_ms: row.took_ms,
    });
    Ok(drafts.collect())
}
