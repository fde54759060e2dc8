//! The table `upkeep`, and who waits in `job`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker};

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

/// Whether something of this feature was promised in the guild before `interaction`, and is not done yet.
pub(super) async fn has_earlier_promise(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
    interaction: Id<InteractionMarker>,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select
                            from job
                           where guild_id = $1
                             and feature = $2
                             and interaction_id < $3
                             and expires_at > $4) as "exists!""#,
        guild.get().cast_signed(),
        feature,
        interaction.get().cast_signed(),
        now.to_sqlx(),
    )
    .fetch_one(db)
    .await
}
