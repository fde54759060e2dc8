//! The table `job`, where work is promised.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use secrecy::ExposeSecret;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::promise::Promised;

/// Stores a promise as held by this instance until `lease_until`. `false` if whoever waits for it has `most` waiting in the server
/// already.
pub(super) async fn insert_promise(
    db: impl PgExecutor<'_>,
    promised: &Promised,
    now: Timestamp,
    lease_until: Timestamp,
    most: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into job (guild_id, interaction_id, feature, work, user_id, channel_id, token, attempt, lease_until,
                          created_at, expires_at, language)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
          where (select count(*) from job where guild_id = $1 and user_id = $5) < $13",
        promised.guild.get().cast_signed(),
        promised.interaction.get().cast_signed(),
        promised.feature,
        promised.work,
        promised.user.get().cast_signed(),
        promised.channel.map_or(0, |channel| channel.get().cast_signed()),
        promised.token.expose_secret(),
        promised.attempt,
        lease_until.to_sqlx(),
        now.to_sqlx(),
        promised.expires_at.to_sqlx(),
        promised.language.code(),
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// How many promises of a guild were made before `before` and are not kept yet.
pub(super) async fn count_promises(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Timestamp,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "promises!"
             from job
            where guild_id = $1
              and created_at <= $2"#,
        guild.get().cast_signed(),
        before.to_sqlx(),
    )
    .fetch_one(db)
    .await
}
