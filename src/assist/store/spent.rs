//! What is spent: the tables `llm_day` and `llm_member`, and what of a draft is reserved.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, UserMarker};

use super::Result;
use crate::db::db_id;

/// Tokens that are wanted for a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// All of them.
    pub(crate) tokens: i64,
    /// What of them comes back if the call dies: what the model is told it may have read.
    pub(crate) returning: i64,
    /// When it must have ended.
    pub(crate) until: Timestamp,
}

/// Reserves tokens of a guild's day for a draft; nothing if there are not as many left of `most`.
pub(crate) async fn reserve(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    draft: Id<InteractionMarker>,
    day: Date,
    (wanted, most): (Wanted, i64),
) -> Result<bool> {
    let reserved = sqlx::query_scalar!(
        r#"with spent as (
               insert into llm_day as kept (guild_id, day, tokens)
               select $1, $2, $3::bigint
                where $3::bigint <= $4::bigint
                   on conflict (guild_id, day) do update
                  set tokens = kept.tokens + excluded.tokens
                where kept.tokens + excluded.tokens <= $4::bigint
               returning tokens
           )
           update reply_draft
              set reserved_day = $2,
                  reserved_tokens = $6,
                  reserved_until = $7
            where guild_id = $1
              and id = $5
              and exists (select from spent)
           returning true as "reserved!""#,
        db_id(guild),
        day.to_sqlx() as _,
        wanted.tokens,
        most,
        db_id(draft),
        wanted.returning,
        wanted.until.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(reserved.is_some())
}

/// Takes tokens of a guild's day; nothing if there are not as many left of `most`.
pub(crate) async fn take(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    day: Date,
    (wanted, most): (i64, i64),
) -> Result<bool> {
    let taken = sqlx::query_scalar!(
        r#"insert into llm_day as kept (guild_id, day, tokens)
           select $1, $2, $3::bigint
            where $3::bigint <= $4::bigint
               on conflict (guild_id, day) do update
              set tokens = kept.tokens + excluded.tokens
            where kept.tokens + excluded.tokens <= $4::bigint
           returning true as "taken!""#,
        db_id(guild),
        day.to_sqlx() as _,
        wanted,
        most,
    )
    .fetch_optional(db)
    .await?;
    Ok(taken.is_some())
}

/// Adds `difference` to what was taken: less than nothing gives some back.
pub(crate) async fn give_back(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    day: Date,
    difference: i64,
) -> Result<()> {
    sqlx::query!(
        "update llm_day
            set tokens = greatest(0, tokens + $3)
          where guild_id = $1
            and day = $2",
        db_id(guild),
        day.to_sqlx() as _,
        difference,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Corrects what was reserved for a draft to what was used; nothing if that was released meanwhile.
pub(crate) async fn correct(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    draft: Id<InteractionMarker>,
    day: Date,
    difference: i64,
) -> Result<()> {
    sqlx::query!(
        "with settled as (
             update reply_draft
                set reserved_day = null,
                    reserved_tokens = null,
                    reserved_until = null
              where guild_id = $1
                and id = $2
                and reserved_until is not null
             returning id
         )
         update llm_day
            set tokens = greatest(0, tokens + $4)
          where guild_id = $1
            and day = $3
            and exists (select from settled)",
        db_id(guild),
        db_id(draft),
        day.to_sqlx() as _,
        difference,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Releases what is reserved for calls that must have ended, of `limit` drafts at most; tells of how many.
pub(crate) async fn release(db: impl PgExecutor<'_>, now: Timestamp, limit: i64) -> Result<u64> {
    let released = sqlx::query!(
        "with dead as (
             select guild_id, id, reserved_day, reserved_tokens
               from reply_draft
              where reserved_until < $1
              limit $2
                for update skip locked
         ), released as (
             update reply_draft as draft
                set reserved_day = null,
                    reserved_tokens = null,
                    reserved_until = null
               from dead
              where draft.guild_id = dead.guild_id
                and draft.id = dead.id
         )
         update llm_day as kept
            set tokens = greatest(0, kept.tokens - sums.tokens)
           from (select guild_id, reserved_day, sum(reserved_tokens)::bigint as tokens
                   from dead
                  group by guild_id, reserved_day) as sums
          where kept.guild_id = sums.guild_id
            and kept.day = sums.reserved_day",
        now.to_sqlx() as _,
        limit,
    )
    .execute(db)
    .await?;
    Ok(released.rows_affected())
}

/// Counts a question of a member; nothing if they have asked as often as they may: `pause` is after how many seconds they may once
/// more, `within` how many of these count.
pub(crate) async fn count_question(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    (pause, within): (f64, f64),
    now: Timestamp,
) -> Result<bool> {
    let counted = sqlx::query_scalar!(
        r#"insert into llm_member as kept (guild_id, user_id, spent_until)
           values ($1, $2, $3::timestamptz + make_interval(secs => $4))
               on conflict (guild_id, user_id) do update
              set spent_until = greatest(least(kept.spent_until, $3 + make_interval(secs => $5)), $3) + make_interval(secs => $4)
            where greatest(least(kept.spent_until, $3 + make_interval(secs => $5)), $3) + make_interval(secs => $4)
                  <= $3 + make_interval(secs => $5)
           returning true as "counted!""#,
        db_id(guild),
        db_id(user),
        now.to_sqlx() as _,
        pause,
        within,
    )
    .fetch_optional(db)
    .await?;
    Ok(counted.is_some())
}

/// When whoever has asked as often as they may, may once more.
pub(crate) async fn find_spent_until(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<Option<Timestamp>> {
    let row = sqlx::query_scalar!(
        r#"select spent_until as "spent_until: jiff_sqlx::Timestamp"
             from llm_member
            where guild_id = $1
              and user_id = $2"#,
        db_id(guild),
        db_id(user),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|at| at.to_jiff()))
}
