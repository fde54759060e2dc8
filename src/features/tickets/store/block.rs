//! Who opens no tickets: `ticket_block`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Result;
use crate::db::{db_id, id};
use crate::settings::Program;

/// Somebody who may open no tickets.
#[derive(Clone, Debug)]
pub struct Block {
    pub user: Id<UserMarker>,
    /// By whose account.
    pub by: Id<UserMarker>,
    /// What did it by the bot's, if that was no person.
    pub program: Option<Program>,
    pub reason: String,
    pub at: Timestamp,
}

/// Who may open no tickets, by whom and why; those that were blocked last first.
pub async fn list_blocked(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, limit: i64) -> Result<Vec<Block>> {
    let rows = sqlx::query!(
        r#"select user_id, blocked_by_user_id, program, reason, created_at as "created_at: jiff_sqlx::Timestamp"
             from ticket_block
            where guild_id = $1
            order by created_at desc, user_id
            limit $2"#,
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    let blocked = rows.into_iter().filter_map(|row| {
        Some(Block {
            user: id(row.user_id)?,
            by: id(row.blocked_by_user_id)?,
            program: row.program.as_deref().map(Program::read),
            reason: row.reason,
            at: row.created_at.to_jiff(),
        })
    });
    Ok(blocked.collect())
}

/// By whose account somebody was blocked, by what, and why.
pub type BlockedBy = (Option<Id<UserMarker>>, Option<Program>, String);

/// By whom somebody was blocked, and why, so that nobody else changes it before the transaction ends.
pub async fn lock_block(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<Option<BlockedBy>> {
    let row = sqlx::query!(
        "select blocked_by_user_id, program, reason
           from ticket_block
          where guild_id = $1
            and user_id = $2
            for update",
        db_id(guild),
        db_id(user),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (id(row.blocked_by_user_id), row.program.as_deref().map(Program::read), row.reason)))
}

/// Lets somebody open no tickets any more.
pub async fn set_blocked(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    (by, program): (Id<UserMarker>, Option<&Program>),
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into ticket_block (guild_id, user_id, blocked_by_user_id, program, reason, created_at)
         values ($1, $2, $3, $6, $4, $5)
         on conflict (guild_id, user_id) do update
            set blocked_by_user_id = excluded.blocked_by_user_id, program = excluded.program, reason = excluded.reason",
        db_id(guild),
        db_id(user),
        db_id(by),
        reason,
        now.to_sqlx(),
        program.map(Program::stored),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_block(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, user: Id<UserMarker>) -> Result<bool> {
    let done = sqlx::query!("delete from ticket_block where guild_id = $1 and user_id = $2", db_id(guild), db_id(user))
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}
