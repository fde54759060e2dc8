//! Replies that are given again and again: `tag`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Result;
use super::model::workflow::Turn;
use super::model::{CheckedTag, Tag};
use crate::db::db_id;
use crate::settings::Program;

/// A reply by its name, whatever its case.
pub async fn find_tag(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, name: &str) -> Result<Option<Tag>> {
    sqlx::query_as!(
        Tag,
        "select id, name, body
           from tag
          where guild_id = $1
            and lower(name) = lower($2)",
        db_id(guild),
        name,
    )
    .fetch_optional(db)
    .await
}

/// A reply that nobody else changes before the transaction ends.
pub async fn lock_tag(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, id: i64) -> Result<Option<Tag>> {
    sqlx::query_as!(
        Tag,
        "select id, name, body
           from tag
          where guild_id = $1
            and id = $2
            for update",
        db_id(guild),
        id,
    )
    .fetch_optional(db)
    .await
}

/// All replies, those that are given most first. [`insert_tag`] sees to it that they are not too many.
pub async fn list_tags(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<(String, String, i32)>> {
    let rows = sqlx::query!(
        "select name, body, uses
           from tag
          where guild_id = $1
          order by uses desc, lower(name)",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.body, row.uses)).collect())
}

/// Names that contain what was typed: those that begin with it first, then those that are given most.
pub async fn search_tags(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    typed: &str,
    limit: i64,
) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        "select name
           from tag
          where guild_id = $1
            and strpos(lower(name), lower($2)) > 0
          order by strpos(lower(name), lower($2)) > 1, uses desc, lower(name)
          limit $3",
        db_id(guild),
        typed,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Waits until nobody else adds a reply to the guild; until the transaction ends nobody does.
pub async fn lock_new_tags(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('tag', $1))", db_id(guild)).execute(db).await?;
    Ok(())
}

/// A reply by its number.
pub async fn find_tag_by_id(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, id: i64) -> Result<Option<Tag>> {
    sqlx::query_as!(Tag, "select id, name, body from tag where guild_id = $1 and id = $2", db_id(guild), id)
        .fetch_optional(db)
        .await
}

/// A reply to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewTag<'a> {
    pub tag: &'a CheckedTag,
    /// By whose account.
    pub author: Id<UserMarker>,
    /// What wrote it by the bot's, if that was no person.
    pub program: Option<&'a Program>,
    pub now: Timestamp,
}

/// Adds a reply. Nothing if the guild has `max` already.
pub async fn insert_tag(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    NewTag { tag, author, program, now }: NewTag<'_>,
    max: i64,
) -> Result<Option<i64>> {
    sqlx::query_scalar!(
        "insert into tag (guild_id, name, body, author_user_id, created_at, updated_at, program)
         select $1, $2, $3, $4, $5, $5, $7
          where (select count(*) from tag where guild_id = $1) < $6
         returning id",
        db_id(guild),
        tag.name(),
        tag.body(),
        db_id(author),
        now.to_sqlx() as _,
        max,
        program.map(Program::stored),
    )
    .fetch_optional(db)
    .await
}

/// Changes a reply that the transaction has locked.
pub async fn update_tag(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: i64,
    tag: &CheckedTag,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update tag
            set name = $3, body = $4, updated_at = $5, revision = revision + 1
          where guild_id = $1
            and id = $2",
        db_id(guild),
        id,
        tag.name(),
        tag.body(),
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a reply away. `false` if it is gone already.
pub async fn delete_tag(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, id: i64) -> Result<bool> {
    let done = sqlx::query!("delete from tag where guild_id = $1 and id = $2", db_id(guild), id).execute(db).await?;
    Ok(done.rows_affected() > 0)
}

/// That a reply is given: by what, and what is remembered of it. Nobody asks again who has no origin.
#[derive(Clone, Copy, Debug)]
pub struct Giving<'a> {
    pub origin: Option<&'a str>,
    pub deed: &'a str,
    pub answer: &'a Value,
}

/// Counts that a reply was given, of the same origin once, and who has spoken by that in the ticket in which it was. Who spoke,
/// spoke, whatever others made of the ticket meanwhile. `false` if that origin has done it before, or the reply is gone.
pub async fn count_tag(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    tag: i64,
    spoken: Option<(i32, Turn)>,
    Giving { origin, deed, answer }: Giving<'_>,
    now: Timestamp,
) -> Result<bool> {
    let (number, turn) = spoken.unzip();
    let turn = turn.unwrap_or_default();
    let done = sqlx::query!(
        "with first as (
             insert into done_once (guild_id, origin, deed, number, answer, done_at)
             select $1, $8, $9, $2, $10, $4
              where $8::text is not null
                and exists (select from tag where guild_id = $1 and id = $2)
             on conflict do nothing
             returning number
         ), spoke as (
             update ticket
                set member_spoke_at = case when $5 then $4 else member_spoke_at end,
                    staff_spoke_at = case when $6 then $4 else staff_spoke_at end,
                    first_response_at = case when $6 then coalesce(first_response_at, $4) else first_response_at end,
                    waits_since = case $7::boolean when true then $4 when false then null else waits_since end
              where guild_id = $1
                and number = $3
                and exists (select from tag where guild_id = $1 and id = $2)
                and ($8::text is null or exists (select from first))
         )
         update tag
            set uses = uses + 1
          where guild_id = $1
            and id = $2
            and ($8::text is null or exists (select from first))",
        db_id(guild),
        tag,
        number,
        now.to_sqlx() as _,
        turn.member_spoke,
        turn.staff_spoke,
        turn.member_waits,
        origin,
        deed,
        answer,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
