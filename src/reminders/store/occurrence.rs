//! The table `reminder_occurrence`: what was not said, and what is to be tidied.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker};

use super::Result;
use super::reminder::read_problem;
use crate::db::{db_id, id};
use crate::reminders::Problem;

/// Guilds that were not told yet what was missed or failed.
pub async fn list_guilds_to_tell(db: impl PgExecutor<'_>) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from reminder_occurrence
          where state in ('missed', 'failed')
            and not reported",
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Something that was missed or failed.
pub struct Unsaid {
    /// Of which reminder.
    pub number: i32,
    /// What it is called; empty if it is said to its member alone.
    pub name: String,
    /// When it was due.
    pub due_at: Timestamp,
    /// Why it failed; nothing if it was missed.
    pub problem: Option<Problem>,
}

/// Takes what a guild was not told yet: whoever commits tells it.
pub async fn take_unsaid(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Unsaid>> {
    let rows = sqlx::query!(
        r#"with told as (
               update reminder_occurrence
                  set reported = true
                where guild_id = $1
                  and state in ('missed', 'failed')
                  and not reported
               returning guild_id, number, due_at, problem, failure
           )
           select number, case when channel_id is null then '' else name end as "name!", due_at, problem, failure
             from told
             join reminder using (guild_id, number)
            order by due_at, number"#,
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    let unsaid = rows.into_iter().map(|row| Unsaid {
        number: row.number,
        name: row.name,
        due_at: row.due_at.to_jiff(),
        problem: read_problem(row.problem, row.failure),
    });
    Ok(unsaid.collect())
}

/// A message that was said ahead of a moment at which it has been said meanwhile.
pub struct Outdated {
    /// The server.
    pub guild: Id<GuildMarker>,
    /// Of which reminder.
    pub number: i32,
    /// When it was due.
    pub due_at: Timestamp,
    /// Where it is.
    pub channel: Id<ChannelMarker>,
    /// The message.
    pub message: Id<MessageMarker>,
}

/// Guilds with messages that were said ahead of a moment since `since`.
pub async fn list_outdated_guilds(db: impl PgExecutor<'_>, since: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from reminder_occurrence
          where lead > 0
            and message_id is not null
            and moment_at > $1",
        since.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Messages that were said ahead of a moment that has been said since `since`.
pub async fn list_outdated(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Outdated>> {
    let rows = sqlx::query!(
        r#"select ahead.guild_id, ahead.number, ahead.due_at, ahead.channel_id as "channel_id!",
                  ahead.message_id as "message_id!"
             from reminder_occurrence ahead
             join reminder_occurrence start
               on start.guild_id = ahead.guild_id
              and start.number = ahead.number
              and start.due_at = ahead.moment_at
              and start.lead = 0
              and start.state = 'sent'
            where ahead.lead > 0
              and ahead.message_id is not null
              and ahead.channel_id is not null
              and ahead.moment_at > $1
              and ahead.guild_id = $2
            order by ahead.moment_at
            limit $3"#,
        since.to_sqlx(),
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    let outdated = rows.into_iter().filter_map(|row| {
        Some(Outdated {
            guild: id(row.guild_id)?,
            number: row.number,
            due_at: row.due_at.to_jiff(),
            channel: id(row.channel_id)?,
            message: id(row.message_id)?,
        })
    });
    Ok(outdated.collect())
}

/// Says that the message of an occurrence is gone, or is to stay.
pub async fn forget_message(db: impl PgExecutor<'_>, outdated: &Outdated) -> Result<()> {
    sqlx::query!(
        "update reminder_occurrence
            set message_id = null
          where guild_id = $1
            and number = $2
            and due_at = $3",
        db_id(outdated.guild),
        outdated.number,
        outdated.due_at.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How much of a guild's reminders should be said by `before` and is not, and how many reminders the bot has paused because
/// something stood in their way.
pub async fn count_waiting(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, before: Timestamp) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select (select count(*)
                     from reminder
                    where guild_id = $1
                      and paused_at is null
                      and next_due_at <= $2)
                + (select count(*)
                     from reminder_occurrence
                    where guild_id = $1
                      and state = 'pending'
                      and due_at <= $2) as "overdue!",
                  (select count(*)
                     from reminder
                    where guild_id = $1
                      and paused_at is not null
                      and pause_problem is not null) as "hindered!""#,
        db_id(guild),
        before.to_sqlx(),
    )
    .fetch_one(db)
    .await?;
    Ok((row.overdue, row.hindered))
}
