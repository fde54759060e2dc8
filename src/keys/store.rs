//! The tables `api_key` and `api_key_guild`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::{Key, Scopes, Token};
use crate::db::{db_id, id};

/// Stores a key that counts nowhere yet.
pub async fn insert(
    db: impl PgExecutor<'_>,
    token: &Token,
    name: &str,
    scopes: &Scopes,
    by_operator: bool,
    expires_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into api_key (id, name, digest, scopes, by_operator, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        token.id,
        name,
        token.digest(),
        &scopes.names(),
        by_operator,
        now.to_sqlx() as _,
        expires_at.map(ToSqlx::to_sqlx) as _,
    )
    .execute(db)
    .await
    .map(drop)
}

/// Lets a key count in a guild.
pub async fn insert_grant(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    key: &str,
    name: &str,
    creator: Option<Id<UserMarker>>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into api_key_guild (guild_id, key_id, name, creator_user_id, granted_at)
         values ($1, $2, $3, $4, $5)",
        db_id(guild),
        key,
        name,
        creator.map(db_id),
        now.to_sqlx() as _,
    )
    .execute(db)
    .await
    .map(drop)
}

/// Says of a key of that name that has ended that it does not count in a guild any more: another may be called the same.
pub async fn revoke_ended(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update api_key_guild g
            set revoked_at = k.expires_at
           from api_key k
          where g.guild_id = $1
            and lower(g.name) = lower($2)
            and g.revoked_at is null
            and k.id = g.key_id
            and k.expires_at <= $3",
        db_id(guild),
        name,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await
    .map(drop)
}

/// How many keys count in a guild at `now`; others who make one wait until the transaction ends.
pub async fn count_living(tx: &mut PgConnection, guild: Id<GuildMarker>, now: Timestamp) -> Result<i64, sqlx::Error> {
    // Rows that are not there yet cannot be locked.
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('api_key', $1))", db_id(guild))
        .execute(&mut *tx)
        .await?;
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from api_key_guild g
             join api_key k on k.id = g.key_id
            where g.guild_id = $1
              and g.revoked_at is null
              and (k.expires_at is null or k.expires_at > $2)"#,
        db_id(guild),
        now.to_sqlx() as _,
    )
    .fetch_one(tx)
    .await
}

/// The name of a key by its id, if an operator has made it.
pub async fn find_operators(db: impl PgExecutor<'_>, key: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select name from api_key where id = $1 and by_operator", key).fetch_optional(db).await
}

/// Says that a key does not count in a guild any more, and tells what it is called. Nothing if it does not.
pub async fn revoke(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    key: &str,
    now: Timestamp,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "update api_key_guild
            set revoked_at = $3
          where guild_id = $1
            and key_id = $2
            and revoked_at is null
      returning name",
        db_id(guild),
        key,
        now.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await
}

/// What a key that somebody shows is, and whether it counts in a guild.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What it is known by.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it opens.
    pub scopes: Scopes,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When it was used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// Whether it counts there.
    pub granted: bool,
    /// Whether it counts anywhere.
    pub counts: bool,
}

/// The key with that digest.
pub async fn find(
    db: impl PgExecutor<'_>,
    digest: &str,
    guild: Option<Id<GuildMarker>>,
) -> Result<Option<Shown>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id, name, scopes, expires_at,
                  last_used_at,
                  exists (select from api_key_guild g where g.guild_id = $2 and g.key_id = k.id and g.revoked_at is null) as "granted!",
                  exists (select from api_key_guild g where g.key_id = k.id and g.revoked_at is null) as "counts!"
             from api_key k
            where digest = $1"#,
        digest,
        guild.map(db_id),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Shown {
        id: row.id,
        name: row.name,
        scopes: Scopes::stored(&row.scopes),
        expires_at: row.expires_at.map(|it| it.to_jiff()),
        last_used_at: row.last_used_at.map(|it| it.to_jiff()),
        granted: row.granted,
        counts: row.counts,
    }))
}

/// The digests of all keys that were made at or after `since`, and when each was.
pub async fn list_digests(db: impl PgExecutor<'_>, since: Timestamp) -> Result<Vec<(String, Timestamp)>, sqlx::Error> {
    let rows = sqlx::query!("select digest, created_at from api_key where created_at >= $1", since.to_sqlx() as _)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.digest, row.created_at.to_jiff())).collect())
}

/// Where a key counts, in the order of ids.
pub async fn list_guilds(db: impl PgExecutor<'_>, key: &str) -> Result<Vec<Id<GuildMarker>>, sqlx::Error> {
    let guilds = sqlx::query_scalar!(
        "select guild_id from api_key_guild where key_id = $1 and revoked_at is null order by guild_id",
        key
    );
    Ok(guilds.fetch_all(db).await?.into_iter().filter_map(id).collect())
}

/// Says when a key was used, unless that was said a moment ago.
pub async fn touch(db: impl PgExecutor<'_>, key: &str, before: Timestamp, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update api_key
            set last_used_at = $3
          where id = $1
            and (last_used_at is null or last_used_at <= $2)",
        key,
        before.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await
    .map(drop)
}

/// The keys of a guild, also those that do not count any more, the newest first.
pub async fn list(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, limit: i64) -> Result<Vec<Key>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select k.id, k.name, k.scopes, k.by_operator, g.creator_user_id,
                  k.created_at,
                  k.expires_at, k.last_used_at,
                  g.revoked_at
             from api_key_guild g
             join api_key k on k.id = g.key_id
            where g.guild_id = $1
            order by g.revoked_at is not null, k.created_at desc, k.id
            limit $2"#,
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    let keys = rows.into_iter().map(|row| Key {
        id: row.id,
        name: row.name,
        scopes: Scopes::stored(&row.scopes),
        by_operator: row.by_operator,
        creator: row.creator_user_id.and_then(id),
        guild,
        created_at: row.created_at.to_jiff(),
        expires_at: row.expires_at.map(|it| it.to_jiff()),
        last_used_at: row.last_used_at.map(|it| it.to_jiff()),
        revoked_at: row.revoked_at.map(|it| it.to_jiff()),
    });
    Ok(keys.collect())
}

/// The servers in which there are keys, for an operator.
pub async fn list_guilds_with_keys(db: impl PgExecutor<'_>) -> Result<Vec<Id<GuildMarker>>, sqlx::Error> {
    let guilds = sqlx::query_scalar!("select distinct guild_id from api_key_guild order by guild_id");
    Ok(guilds.fetch_all(db).await?.into_iter().filter_map(id).collect())
}
