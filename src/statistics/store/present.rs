//! How things stand at present: the oldest tickets that are live, and the reminders that come next.

use jiff::Timestamp;
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::super::{Coming, Live, Reminders};
use super::{Result, moment};
use crate::db::{db_id, id};

/// When the last ticket was opened.
pub(in crate::statistics) async fn find_last_ticket(db: &PgPool, guild: Id<GuildMarker>) -> Result<Option<Timestamp>> {
    let last = sqlx::query_scalar!(
        r#"select max(opened_at) as "at: jiff_sqlx::Timestamp"
             from ticket
            where guild_id = $1
              and not failed"#,
        db_id(guild),
    )
    .fetch_one(db)
    .await?;
    Ok(last.map(jiff_sqlx::Timestamp::to_jiff))
}

/// Before when some of what is counted is forgotten; nothing where all there ever was is kept.
pub(in crate::statistics) async fn find_forgotten(
    db: &PgPool,
    guild: Id<GuildMarker>,
    about: &str,
) -> Result<Option<Timestamp>> {
    let before = sqlx::query_scalar!(
        r#"select before as "before: jiff_sqlx::Timestamp"
             from forgotten
            where guild_id = $1
              and about = $2"#,
        db_id(guild),
        about,
    )
    .fetch_optional(db)
    .await?;
    Ok(before.map(jiff_sqlx::Timestamp::to_jiff))
}

/// Live tickets, the oldest first.
pub(in crate::statistics) async fn list_live(db: &PgPool, guild: Id<GuildMarker>, limit: i64) -> Result<Vec<Live>> {
    let rows = sqlx::query!(
        r#"select number, user_id, status, channel_id, opened_at as "opened_at: jiff_sqlx::Timestamp"
             from ticket
            where guild_id = $1
              and status not in ('closed', 'archived')
              and not failed
            order by opened_at, number
            limit $2"#,
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    let live = rows.into_iter().filter_map(|row| {
        Some(Live {
            number: row.number,
            user: id(row.user_id)?,
            status: row.status,
            channel: row.channel_id.and_then(id),
            opened_at: row.opened_at.to_jiff(),
        })
    });
    Ok(live.collect())
}

/// How many reminders will come, and how.
pub(in crate::statistics) async fn count_reminders(db: &PgPool, guild: Id<GuildMarker>) -> Result<Reminders> {
    let rows = sqlx::query!(
        r#"select channel_id,
                  count(*) as "reminders!",
                  count(*) filter (where repeats is not null and jsonb_typeof(repeats) <> 'null') as "recurring!"
             from reminder
            where guild_id = $1
              and next_due_at is not null
              and paused_at is null
            group by channel_id
            order by channel_id"#,
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(Reminders {
        total: rows.iter().map(|row| row.reminders).sum(),
        recurring: rows.iter().map(|row| row.recurring).sum(),
        per_channel: rows.into_iter().filter_map(|row| Some((id(row.channel_id?)?, row.reminders))).collect(),
    })
}

/// Reminders of channels that come next; what is said to one member alone is theirs.
pub(in crate::statistics) async fn list_coming(
    db: &PgPool,
    guild: Id<GuildMarker>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Coming>> {
    let rows = sqlx::query!(
        r#"select number, name, channel_id as "channel_id!", next_due_at as "due_at!: jiff_sqlx::Timestamp",
                  repeats is not null and jsonb_typeof(repeats) <> 'null' as "is_recurring!"
             from reminder
            where guild_id = $1
              and next_due_at >= $2
              and paused_at is null
              and channel_id is not null
            order by next_due_at, number
            limit $3"#,
        db_id(guild),
        moment(now) as _,
        limit,
    )
    .fetch_all(db)
    .await?;
    let coming = rows.into_iter().filter_map(|row| {
        Some(Coming {
            number: row.number,
            name: row.name,
            channel: id(row.channel_id)?,
            due_at: row.due_at.to_jiff(),
            is_recurring: row.is_recurring,
        })
    });
    Ok(coming.collect())
}
