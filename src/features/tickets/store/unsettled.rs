//! What of a ticket is in Discord, and who brings it there: columns of `ticket`.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::Result;
use super::model::{Problem, Ticket};
use crate::db::{db_id, id};
use crate::log_channel::AWAITED;

/// Takes a ticket that may differ from what Discord shows. Nothing if it does not, or if somebody has it.
pub async fn take_unsettled(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    now: Timestamp,
    lease: SignedDuration,
) -> Result<Option<i32>> {
    sqlx::query_scalar!(
        "update ticket
            set attempt = attempt + 1, settle_at = $4
          where guild_id = $1
            and number = $2
            and unsettled
            and settle_at <= $3
         returning attempt",
        db_id(guild),
        number,
        now.to_sqlx(),
        (now + lease).to_sqlx(),
    )
    .fetch_optional(db)
    .await
}

/// Guilds with tickets that nobody brings up to date.
pub async fn list_unsettled_guilds(db: impl PgExecutor<'_>, now: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from ticket
          where unsettled
            and settle_at <= $1",
        now.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Tickets of a guild that nobody brings up to date, those that wait longest first.
pub async fn list_unsettled(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<i32>> {
    sqlx::query_scalar!(
        "select number
           from ticket
          where guild_id = $1
            and unsettled
            and settle_at <= $2
          order by settle_at
          limit $3",
        db_id(guild),
        now.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await
}

/// How many tickets of a guild nobody has brought up to date that were to be before `before`. When they are tried next does not
/// matter: what does not pass is tried later and later.
pub async fn count_unsettled(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, before: Timestamp) -> Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "tickets!"
             from ticket
            where guild_id = $1
              and unsettled
              and (problem is not null or least(settle_at, updated_at) <= $2)"#,
        db_id(guild),
        before.to_sqlx(),
    )
    .fetch_one(db)
    .await
}

/// What stands in the way of a guild's tickets that are not up to date, of those that wait longest.
pub async fn list_hindered(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, limit: i64) -> Result<Vec<(i32, Problem)>> {
    let rows = sqlx::query!(
        r#"select number, problem as "problem!"
             from ticket
            where guild_id = $1
              and unsettled
              and problem is not null
            order by settle_at, number
            limit $2"#,
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.number, Problem::read(row.problem))).collect())
}

/// Until when somebody holds a ticket, or nobody tries.
pub async fn find_settle_at(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<Option<Timestamp>> {
    let at = sqlx::query_scalar!(
        "select settle_at
           from ticket
          where guild_id = $1
            and number = $2",
        db_id(guild),
        number,
    )
    .fetch_optional(db)
    .await?;
    Ok(at.map(|at| at.to_jiff()))
}

/// Where tickets are: number, channel, and whether a channel may exist that is not known yet.
pub async fn list_places(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    numbers: &[i32],
) -> Result<Vec<(i32, Option<Id<ChannelMarker>>, bool)>> {
    let rows = sqlx::query!(
        r#"select number, channel_id, creating_since is not null as "creating!"
             from ticket
            where guild_id = $1
              and number = any($2)"#,
        db_id(guild),
        numbers,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.number, row.channel_id.and_then(id), row.creating)).collect())
}

/// Keeps what is wrong with a ticket. `false` if that is known.
pub async fn set_problem(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    problem: &Problem,
) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket
            set problem = $3
          where guild_id = $1
            and number = $2
            and problem is distinct from $3",
        db_id(guild),
        number,
        problem.stored(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Says that Discord shows what `seen` says. `false` if it has changed since, or somebody else has it.
pub async fn set_settled(db: impl PgExecutor<'_>, seen: &Ticket, problem: Option<&Problem>) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket
            set unsettled = false, problem = $5
          where guild_id = $1
            and number = $2
            and revision = $3
            and attempt = $4
            and not exists (select
                              from ticket_event
                             where ticket_event.guild_id = $1
                               and ticket_event.number = $2
                               and not announced)
            and not exists (select
                              from ticket_member
                             where ticket_member.guild_id = $1
                               and ticket_member.number = $2
                               and not applied)",
        db_id(seen.guild),
        seen.number,
        seen.revision,
        seen.shown.attempt,
        problem.map(Problem::stored),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Gives a ticket back until `at`.
pub async fn release(db: impl PgExecutor<'_>, seen: &Ticket, at: Timestamp, problem: Option<&Problem>) -> Result<()> {
    sqlx::query!(
        "update ticket
            set settle_at = $4, problem = coalesce($5, problem)
          where guild_id = $1
            and number = $2
            and attempt = $3",
        db_id(seen.guild),
        seen.number,
        seen.shown.attempt,
        at.to_sqlx(),
        problem.map(Problem::stored),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets the ticket's message be written anew, whatever it shows.
pub async fn set_stale(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "update ticket
            set shown_revision = 0,
                settle_at = case when unsettled and problem is null then settle_at else $3 end,
                unsettled = true
          where guild_id = $1
            and number = $2",
        db_id(guild),
        number,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Under which name an entry for the log channel waits for the channel of a ticket.
pub fn place_of(number: i32) -> String {
    format!("tickets.place {number}")
}

/// Records what of a ticket is in Discord now, all of it; an entry for the log channel that waited for its channel is complete then.
/// `false` if somebody else has the ticket.
pub async fn update_shown(db: impl PgExecutor<'_>, seen: &Ticket) -> Result<bool> {
    let shown = &seen.shown;
    sqlx::query_scalar!(
        r#"with shown as (
               update ticket
                  set channel_id = $4, is_thread = $5, message_id = $6, shown_revision = $7, creating_since = $8, shut = $9,
                      transcribed = $10, member_told = $11
                where guild_id = $1
                  and number = $2
                  and attempt = $3
               returning channel_id
           ), told as (
               update log_entry
                  set description = replace(description, $12, ' · <#' || shown.channel_id || '>'),
                      waits_for = null,
                      waits_until = null
                 from shown
                where log_entry.guild_id = $1
                  and log_entry.waits_for = $13
                  and log_entry.batch is null
                  and shown.channel_id is not null
           )
           select exists (select from shown) as "is_ours!""#,
        db_id(seen.guild),
        seen.number,
        shown.attempt,
        shown.channel.map(db_id),
        shown.is_thread,
        shown.message.map(db_id),
        shown.revision,
        shown.creating_since.map(|at| at.to_sqlx()) as _,
        shown.shut,
        shown.transcribed,
        shown.member_told,
        AWAITED.to_string(),
        place_of(seen.number),
    )
    .fetch_one(db)
    .await
}

/// Says of a guild's live tickets that are to be looked at why nobody does before `next`; of the first thousands. The rest
/// is taken up by the next passes.
pub async fn set_abandoned(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    problem: &Problem,
    next: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update ticket
            set check_at = $3, problem = $2
          where guild_id = $1
            and number in (select number
                             from ticket
                            where guild_id = $1
                              and status not in ('closed', 'archived')
                              and check_at < $3
                            order by check_at
                            limit 5000)",
        db_id(guild),
        problem.stored(),
        next.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a ticket for longer. `false` if somebody else has it.
pub async fn extend_lease(db: impl PgExecutor<'_>, seen: &Ticket, until: Timestamp) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket
            set settle_at = $4
          where guild_id = $1
            and number = $2
            and attempt = $3",
        db_id(seen.guild),
        seen.number,
        seen.shown.attempt,
        until.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Guilds with tickets that were closed before `before`.
pub async fn list_guilds_to_delete(db: impl PgExecutor<'_>, before: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    // From one guild to the next in the index `ticket_closed`, whatever each of them keeps.
    let guilds = sqlx::query_scalar!(
        r#"with recursive guild as (
               (select guild_id
                  from ticket
                 where status = 'closed'
                   and not stays
                 order by guild_id
                 limit 1)
               union all
               select (select guild_id
                         from ticket
                        where ticket.guild_id > guild.guild_id
                          and status = 'closed'
                          and not stays
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
                             and status = 'closed'
                             and not stays
                             and closed_at <= $1)"#,
        before.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Tickets of a guild that were closed before `before`, the oldest first.
pub async fn list_to_delete(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<i32>> {
    sqlx::query_scalar!(
        "select number
           from ticket
          where guild_id = $1
            and closed_at <= $2
            and status = 'closed'
            and not stays
          order by closed_at
          limit $3",
        db_id(guild),
        before.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await
}
