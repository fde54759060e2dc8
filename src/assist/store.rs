//! The tables `reply_draft`, `llm_day` and `llm_member`.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, UserMarker};

use super::{Drafted, Made, Outcome};
use crate::db::{db_id, id};

type Result<T> = std::result::Result<T, sqlx::Error>;

/// Reserves tokens of a guild's day; nothing if there are not as many left of `most`.
pub(super) async fn reserve(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    day: Date,
    (wanted, most): (i64, i64),
) -> Result<bool> {
    let tokens = sqlx::query_scalar!(
        "insert into llm_day as kept (guild_id, day, tokens)
         select $1, $2, $3::bigint
          where $3::bigint <= $4::bigint
             on conflict (guild_id, day) do update
            set tokens = kept.tokens + excluded.tokens
          where kept.tokens + excluded.tokens <= $4::bigint
         returning tokens",
        db_id(guild),
        day.to_sqlx() as _,
        wanted,
        most,
    )
    .fetch_optional(db)
    .await?;
    Ok(tokens.is_some())
}

/// Corrects what was reserved to what was used.
pub(super) async fn correct(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, day: Date, difference: i64) -> Result<()> {
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

/// Counts a question of a member; nothing if they have asked as often as they may: `pause` is after how many seconds they may once
/// more, `within` how many of these count.
pub(super) async fn count_question(
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
pub(super) async fn find_spent_until(
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

/// Writes down that something was drafted. An attempt that is repeated writes the newest.
pub(super) async fn upsert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    made: &Made,
    drafted: &Drafted,
) -> Result<()> {
    let number = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
    let cost = &drafted.cost;
    let entries: Vec<i32> = drafted.sources.iter().map(|source| source.number).collect();
    sqlx::query!(
        "insert into reply_draft (guild_id, id, number, user_id, asked_at, revision, model, prompt_tokens, completion_tokens,
                                  took_ms, entries, dropped)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (guild_id, id) do update
            set revision = excluded.revision,
                model = excluded.model,
                prompt_tokens = reply_draft.prompt_tokens + excluded.prompt_tokens,
                completion_tokens = reply_draft.completion_tokens + excluded.completion_tokens,
                took_ms = excluded.took_ms,
                entries = excluded.entries,
                dropped = excluded.dropped",
        db_id(guild),
        db_id(made.id),
        made.number,
        db_id(made.user),
        made.asked_at.to_sqlx() as _,
        made.revision,
        cost.model,
        number(cost.prompt_tokens),
        number(cost.completion_tokens),
        i32::try_from(cost.took.as_millis()).unwrap_or(i32::MAX),
        &entries,
        i32::try_from(drafted.dropped).unwrap_or(i32::MAX),
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// What is kept of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Of which ticket.
    pub number: i32,
    /// How that was then.
    pub revision: i32,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// What became of it.
    pub outcome: Option<String>,
}

/// A draft.
pub(super) async fn find(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: Id<InteractionMarker>,
) -> Result<Option<Kept>> {
    let row = sqlx::query!(
        r#"select number, revision, asked_at as "asked_at: jiff_sqlx::Timestamp", outcome
             from reply_draft
            where guild_id = $1
              and id = $2"#,
        db_id(guild),
        db_id(id),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Kept {
        number: row.number,
        revision: row.revision,
        asked_at: row.asked_at.to_jiff(),
        outcome: row.outcome,
    }))
}

/// Writes down what becomes of a draft; `false` if something has, before.
pub(super) async fn decide(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: Id<InteractionMarker>,
    outcome: Outcome,
    by: (Id<UserMarker>, Timestamp),
) -> Result<bool> {
    let decided = sqlx::query!(
        "update reply_draft
            set outcome = $3,
                reason = $4,
                changed = $5,
                decided_by_user_id = $6,
                decided_at = $7
          where guild_id = $1
            and id = $2
            and outcome is null",
        db_id(guild),
        db_id(id),
        outcome.name(),
        outcome.reason(),
        outcome.changed(),
        db_id(by.0),
        by.1.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(decided.rows_affected() > 0)
}

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
pub(super) async fn find_spent(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, day: Date) -> Result<i64> {
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
pub(super) async fn count_drafts(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "drafts!" from reply_draft where guild_id = $1 and model is not null"#,
        db_id(guild),
    )
    .fetch_one(db)
    .await
}

/// The newest drafts of a model.
pub(super) async fn list_newest(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, limit: i64) -> Result<Vec<Lately>> {
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
        user: row.user_id.and_then(id),
        tokens: row.tokens,
        took_ms: row.took_ms,
    });
    Ok(drafts.collect())
}
