//! The table `upkeep`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

/// Takes a job that was not done since `before`. `false` if somebody has done it.
pub(super) async fn take_upkeep(
    db: impl PgExecutor<'_>,
    feature: &str,
    job: &str,
    before: Timestamp,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    // A clock that was ahead must not keep it from being done.
    let done = sqlx::query!(
        "insert into upkeep (feature, job, ran_at)
         values ($1, $2, $4)
         on conflict (feature, job) do update set ran_at = $4
          where upkeep.ran_at <= $3
             or upkeep.ran_at > $4",
        feature,
        job,
        before.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
