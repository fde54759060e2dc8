//! The tables `log_entry` and `log_channel_failure`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::Entry;

/// An entry that this instance is to post.
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) feature: String,
    pub(super) level: String,
    pub(super) title: String,
    pub(super) description: String,
    /// Where it goes, if not where the server reads now.
    pub(super) channel_id: Option<i64>,
    /// What goes out in one message.
    pub(super) batch: i64,
}

pub(super) async fn insert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
    level: &str,
    title: &str,
    description: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into log_entry (guild_id, feature, level, title, description, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        guild.get().cast_signed(),
        feature,
        level,
        title,
        description,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same of an entry that waits for something until then.
pub(super) async fn insert_waiting(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
    entry: &Entry,
    (waits_for, until): (&str, Timestamp),
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into log_entry (guild_id, feature, level, title, description, created_at, waits_for, waits_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        guild.get().cast_signed(),
        feature,
        entry.level.name(),
        entry.title,
        entry.description,
        now.to_sqlx(),
        waits_for,
        until.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same of an entry that is read after what waits for `follows`, as long as something does.
pub(super) async fn insert_following(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
    entry: &Entry,
    follows: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into log_entry (guild_id, feature, level, title, description, created_at, waits_for, waits_until)
         select $1, $2, $3, $4, $5, $6, awaited.waits_for, awaited.waits_until
           from (select) as always
           left join (select waits_for, waits_until
                        from log_entry
                       where guild_id = $1
                         and waits_for = $7
                         and batch is null
                       limit 1) as awaited on true",
        guild.get().cast_signed(),
        feature,
        entry.level.name(),
        entry.title,
        entry.description,
        now.to_sqlx() as _,
        follows,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets entries go out that wait for something which never comes.
pub(super) async fn stop_waiting(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    waits_for: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update log_entry
            set waits_for = null, waits_until = null
          where guild_id = $1
            and waits_for = $2",
        guild.get().cast_signed(),
        waits_for,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the entries of one message: a batch whose holder is silent, or else the oldest that are in none.
///
/// A batch never changes, so that a second attempt says the same as the first under the same nonce.
pub(super) async fn take(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    now: Timestamp,
    lease_until: Timestamp,
    limit: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    let mut rows = sqlx::query_as!(
        Row,
        r#"with late as (
               -- A batch is called after its first entry; whoever holds that has all of it.
               select id as batch
                 from log_entry
                where guild_id = $1
                  and batch = id
                  and lease_until < $2
                order by id
                limit 1
                  for update skip locked
           ), fresh as (
               select id
                 from log_entry
                where guild_id = $1
                  and batch is null
                  and (waits_until is null or waits_until <= $2)
                  and not exists (select from late)
                  and channel_id is not distinct from (
                          select channel_id
                            from log_entry
                           where guild_id = $1
                             and batch is null
                             and (waits_until is null or waits_until <= $2)
                           order by id
                           limit 1
                      )
                order by id
                limit $4
                  for update skip locked
           ), taken as (
               select log_entry.id, late.batch
                 from late
                 join log_entry on log_entry.guild_id = $1 and log_entry.batch = late.batch
               union all
               select id, min(id) over () from fresh
           )
           update log_entry
              set batch = taken.batch,
                  lease_until = $3
             from taken
            where log_entry.guild_id = $1
              and log_entry.id = taken.id
           returning log_entry.id, log_entry.feature, log_entry.level, log_entry.title, log_entry.description,
                     log_entry.channel_id, log_entry.batch as "batch!""#,
        guild.get().cast_signed(),
        now.to_sqlx(),
        lease_until.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

/// Forgets entries that are posted, or never will be.
pub(super) async fn delete(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, rows: &[Row]) -> Result<(), sqlx::Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    sqlx::query!("delete from log_entry where guild_id = $1 and id = any($2)", guild.get().cast_signed(), &ids)
        .execute(db)
        .await?;
    Ok(())
}

/// Lets each entry go out alone, at once.
pub(super) async fn split(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    rows: &[Row],
    due_since: Timestamp,
) -> Result<(), sqlx::Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    sqlx::query!(
        "update log_entry
            set batch = id, lease_until = $3
          where guild_id = $1
            and id = any($2)",
        guild.get().cast_signed(),
        &ids,
        due_since.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn list_waiting(db: impl PgExecutor<'_>, now: Timestamp) -> Result<Vec<Id<GuildMarker>>, sqlx::Error> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from log_entry
          where (lease_until is null or lease_until < $1)
            and (waits_until is null or waits_until <= $1)",
        now.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(|id| Id::new_checked(id.cast_unsigned())).collect())
}

/// Counts a refusal; returns how many there were in a row.
pub(super) async fn count_failure(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    now: Timestamp,
    max: i32,
) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into log_channel_failure (guild_id, channel_id, failures)
         values ($1, $2, 1)
         on conflict (guild_id) do update
            set channel_id = excluded.channel_id,
                failures = case when log_channel_failure.channel_id = excluded.channel_id
                                then log_channel_failure.failures + 1
                                else 1
                           end,
                disabled_at = case when log_channel_failure.channel_id = excluded.channel_id
                                    and log_channel_failure.failures + 1 >= $4
                                   then coalesce(log_channel_failure.disabled_at, $3)
                              end,
                told_at = case when log_channel_failure.channel_id = excluded.channel_id
                               then log_channel_failure.told_at
                          end
         returning failures",
        guild.get().cast_signed(),
        channel.get().cast_signed(),
        now.to_sqlx() as _,
        max,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn delete_failures(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from log_channel_failure where guild_id = $1", guild.get().cast_signed()).execute(db).await?;
    Ok(())
}

pub(super) async fn find_disabled(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
) -> Result<Option<Id<ChannelMarker>>, sqlx::Error> {
    let channel = sqlx::query_scalar!(
        "select channel_id
           from log_channel_failure
          where guild_id = $1
            and disabled_at is not null",
        guild.get().cast_signed(),
    )
    .fetch_optional(db)
    .await?;
    Ok(channel.and_then(|id| Id::new_checked(id.cast_unsigned())))
}

pub(super) async fn count_waiting(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Timestamp,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "entries!"
             from log_entry
            where guild_id = $1
              and created_at <= $2"#,
        guild.get().cast_signed(),
        before.to_sqlx(),
    )
    .fetch_one(db)
    .await
}
