//! The table `job`, where work is promised.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use secrecy::ExposeSecret;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker};

use super::promise::Job;

/// Whether something of this feature was promised in the guild before `interaction`, and is not done yet.
pub(super) async fn has_earlier_job(
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

/// Stores a job as held by this instance until `lease_until`.
pub(super) async fn insert_job(
    db: impl PgExecutor<'_>,
    job: &Job,
    now: Timestamp,
    lease_until: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into job (guild_id, interaction_id, feature, work, user_id, channel_id, token, attempt, lease_until,
                          created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        job.guild.get().cast_signed(),
        job.interaction.get().cast_signed(),
        job.feature,
        job.work,
        job.user.get().cast_signed(),
        job.channel.map_or(0, |channel| channel.get().cast_signed()),
        job.token.expose_secret(),
        job.attempt,
        lease_until.to_sqlx(),
        now.to_sqlx(),
        job.expires_at.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}
