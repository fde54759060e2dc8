//! The table `instance`.

use sqlx::{PgConnection, PgExecutor};

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
