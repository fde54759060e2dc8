//! What was heard in the channel of a ticket: columns of `ticket`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::model::seen::Seen;
use super::{Result, opt};
use crate::db::{db_id, id};

/// Guilds with live tickets that are to be looked at.
pub async fn list_guilds_to_check(db: impl PgExecutor<'_>, now: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    // From one guild to the next in the index `ticket_live_check`, whatever each of them has.
    let guilds = sqlx::query_scalar!(
        r#"with recursive guild as (
               (select guild_id
                  from ticket
                 where status not in ('closed', 'archived')
                 order by guild_id
                 limit 1)
               union all
               select (select guild_id
                         from ticket
                        where ticket.guild_id > guild.guild_id
                          and status not in ('closed', 'archived')
                        order by guild_id
                        limit 1)
                 from guild
                where guild_id is not null
           )
           select guild_id as "guild_id!"
             from guild
            where exists (select
                            from ticket
                           where ticket.guild_id = guild.guild_id
                             and status not in ('closed', 'archived')
                             and check_at <= $1)"#,
        now.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Takes live tickets to look at, which nobody else does before `next`.
pub async fn take_to_check(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    now: Timestamp,
    next: Timestamp,
    limit: i64,
) -> Result<Vec<i32>> {
    sqlx::query_scalar!(
        "update ticket
            set check_at = $3
          where guild_id = $1
            and number in (
                    select number
                      from ticket
                     where guild_id = $1
                       and status not in ('closed', 'archived')
                       and check_at <= $2
                     order by check_at
                     limit $4
                       for update skip locked
                )
         returning number",
        db_id(guild),
        now.to_sqlx(),
        next.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await
}

/// What was seen of a ticket's channel.
pub async fn find_seen(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<Seen> {
    let row = sqlx::query!(
        r#"select seen_message_id, member_spoke_at as "member_spoke_at: jiff_sqlx::Timestamp",
                  staff_spoke_at as "staff_spoke_at: jiff_sqlx::Timestamp",
                  waits_since as "waits_since: jiff_sqlx::Timestamp",
                  reminded_at as "reminded_at: jiff_sqlx::Timestamp",
                  alarmed_at as "alarmed_at: jiff_sqlx::Timestamp",
                  first_response_at as "first_response_at: jiff_sqlx::Timestamp",
                  (select max(happened_at)
                     from ticket_event
                    where ticket_event.guild_id = ticket.guild_id
                      and ticket_event.number = ticket.number
                      and kind = 'waiting') as "asked_at: jiff_sqlx::Timestamp"
             from ticket
            where guild_id = $1
              and number = $2"#,
        db_id(guild),
        number,
    )
    .fetch_one(db)
    .await?;
    let at = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
    Ok(Seen {
        message: row.seen_message_id.and_then(id),
        member_spoke_at: at(row.member_spoke_at),
        staff_spoke_at: at(row.staff_spoke_at),
        waits_since: at(row.waits_since),
        asked_at: at(row.asked_at),
        reminded_at: at(row.reminded_at),
        alarmed_at: at(row.alarmed_at),
        first_response_at: at(row.first_response_at),
        answer: None,
    })
}

/// Keeps what was seen since `before`. `false` if somebody has seen, or done, more meanwhile.
pub async fn update_seen(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    before: &Seen,
    seen: &Seen,
) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket
            set seen_message_id = $3, member_spoke_at = $4, staff_spoke_at = $5, waits_since = $6, reminded_at = $7,
                alarmed_at = $8, first_response_at = least(first_response_at, $9)
          where guild_id = $1
            and number = $2
            and seen_message_id is not distinct from $10
            and member_spoke_at is not distinct from $11
            and staff_spoke_at is not distinct from $12
            and waits_since is not distinct from $13
            and reminded_at is not distinct from $14
            and alarmed_at is not distinct from $15",
        db_id(guild),
        number,
        seen.message.map(db_id),
        opt(seen.member_spoke_at) as _,
        opt(seen.staff_spoke_at) as _,
        opt(seen.waits_since) as _,
        opt(seen.reminded_at) as _,
        opt(seen.alarmed_at) as _,
        opt(seen.first_response_at) as _,
        before.message.map(db_id),
        opt(before.member_spoke_at) as _,
        opt(before.staff_spoke_at) as _,
        opt(before.waits_since) as _,
        opt(before.reminded_at) as _,
        opt(before.alarmed_at) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
