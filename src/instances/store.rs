//! The tables `instance` and `job_pass`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::passes::Pass;
use super::{Claim, Instance};

/// Waits until nobody else changes shares; they may again when the transaction ends. One that falls silent in the middle
/// is ended by the database, so that it keeps nobody waiting.
pub(super) async fn lock(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select set_config('idle_in_transaction_session_timeout', '2s', true),
                pg_advisory_xact_lock(hashtextextended('instance', 0))"
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// What the others have, if they were heard of in the last `seconds`.
pub(super) async fn list_others(
    db: impl PgExecutor<'_>,
    own: &Instance,
    seconds: f64,
) -> Result<Vec<Claim>, sqlx::Error> {
    let rows = sqlx::query!(
        "select wanted, claimed
           from instance
          where id <> $1
            and seen_at > clock_timestamp() - make_interval(secs => $2)",
        own.id,
        seconds,
    )
    .fetch_all(db)
    .await?;
    let number = |number: i32| u32::try_from(number).unwrap_or(0);
    Ok(rows.iter().map(|row| Claim { wanted: number(row.wanted), claimed: number(row.claimed) }).collect())
}

/// Says that this instance lives, and what it has; forgets those that have been silent for `seconds`.
pub(super) async fn upsert(
    db: impl PgExecutor<'_>,
    own: &Instance,
    claim: Claim,
    seconds: f64,
) -> Result<(), sqlx::Error> {
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    sqlx::query!(
        "with silent as (
             delete from instance
              where id <> $1
                and seen_at <= clock_timestamp() - make_interval(secs => $4)
         )
         insert into instance (id, wanted, claimed, seen_at)
         values ($1, $2, $3, clock_timestamp())
         on conflict (id) do update
            set wanted = excluded.wanted,
                claimed = excluded.claimed,
                seen_at = excluded.seen_at",
        own.id,
        number(claim.wanted),
        number(claim.claimed),
        seconds,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete(db: impl PgExecutor<'_>, own: &Instance) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from instance where id = $1", own.id).execute(db).await?;
    Ok(())
}

/// An instance that lives, and what it has said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Living {
    /// Calls a second that it would make.
    pub wanted: u32,
    /// Calls a second that nobody else may make.
    pub claimed: u32,
    /// When it was last heard of.
    pub seen_at: Timestamp,
}

/// The instances that were heard of lately.
///
/// # Errors
/// If the database does not answer.
pub async fn list_living(db: impl PgExecutor<'_>) -> Result<Vec<Living>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select wanted, claimed, seen_at as "seen_at: jiff_sqlx::Timestamp"
             from instance
            where seen_at > clock_timestamp() - make_interval(secs => $1)
            order by id"#,
        super::LOST.as_secs_f64(),
    )
    .fetch_all(db)
    .await?;
    let number = |number: i32| u32::try_from(number).unwrap_or(0);
    let living = |(wanted, claimed, seen_at): (i32, i32, jiff_sqlx::Timestamp)| Living {
        wanted: number(wanted),
        claimed: number(claimed),
        seen_at: seen_at.to_jiff(),
    };
    Ok(rows.into_iter().map(|row| living((row.wanted, row.claimed, row.seen_at))).collect())
}

/// Deferred work of a feature that is not finished, over all guilds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The feature.
    pub feature: String,
    /// How much.
    pub count: i64,
    /// Since when the oldest waits.
    pub oldest: Timestamp,
}

/// What was promised and is not finished, by feature.
///
/// # Errors
/// If the database does not answer.
pub async fn list_unfinished(db: impl PgExecutor<'_>) -> Result<Vec<Unfinished>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select feature, count(*) as "count!", min(created_at) as "oldest!: jiff_sqlx::Timestamp"
             from job
            group by feature
            order by feature"#
    )
    .fetch_all(db)
    .await?;
    let unfinished = |(feature, count, oldest): (String, i64, jiff_sqlx::Timestamp)| Unfinished {
        feature,
        count,
        oldest: oldest.to_jiff(),
    };
    Ok(rows.into_iter().map(|row| unfinished((row.feature, row.count, row.oldest))).collect())
}

/// Writes down that a job came to its end at `now`.
///
/// # Errors
/// If the database does not answer.
pub async fn note_pass(
    db: impl PgExecutor<'_>,
    (feature, job): (&str, &str),
    succeeded: bool,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    // Each is only ever set: a pass that fails does not forget when the job was last done.
    sqlx::query!(
        "insert into job_pass (feature, job, done_at, failed_at)
         values ($1, $2, case when $3 then $4::timestamptz end, case when not $3 then $4::timestamptz end)
         on conflict (feature, job) do update
            set done_at = coalesce(excluded.done_at, job_pass.done_at),
                failed_at = coalesce(excluded.failed_at, job_pass.failed_at)",
        feature,
        job,
        succeeded,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// All jobs of which somebody has noted an end.
///
/// # Errors
/// If the database does not answer.
pub async fn list_passes(db: impl PgExecutor<'_>) -> Result<Vec<Pass>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select feature, job, done_at as "done_at: jiff_sqlx::Timestamp", failed_at as "failed_at: jiff_sqlx::Timestamp"
             from job_pass
            order by feature, job"#
    )
    .fetch_all(db)
    .await?;
    let pass =
        |(feature, job, done_at, failed_at): (_, _, Option<jiff_sqlx::Timestamp>, Option<jiff_sqlx::Timestamp>)| Pass {
            feature,
            job,
            done_at: done_at.map(jiff_sqlx::Timestamp::to_jiff),
            failed_at: failed_at.map(jiff_sqlx::Timestamp::to_jiff),
        };
    Ok(rows.into_iter().map(|row| pass((row.feature, row.job, row.done_at, row.failed_at))).collect())
}
