//! How days are counted, and what is worked out of rows before.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{PgExecutor, PgPool};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::{Result, date};
use crate::db::{db_id, id};

/// Guilds with days that changed.
pub(in crate::statistics) async fn list_stale_guilds(db: &PgPool) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!("select distinct guild_id from tally_stale").fetch_all(db).await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Guilds with tickets of which some working time is not measured.
pub(in crate::statistics) async fn list_unmeasured_guilds(db: &PgPool) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from ticket
          where (first_response_at is not null and worked_response_s is null)
             or (claimed_at is not null and worked_claim_s is null)
             or (coalesce(first_closed_at, closed_at) is not null and worked_close_s is null)",
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Guilds with questions that say nowhere what they are about.
pub(in crate::statistics) async fn list_undigested_guilds(db: &PgPool) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from faq_search
          where asked is null
            and cardinality(matched) = 0",
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// How many days of a guild changed; counted up to `limit`.
pub(in crate::statistics) async fn count_stale_days(db: &PgPool, guild: Id<GuildMarker>, limit: i64) -> Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "days!"
             from (select distinct about, day
                     from tally_stale
                    where guild_id = $1
                    limit $2) as days"#,
        db_id(guild),
        limit,
    )
    .fetch_one(db)
    .await
}

/// Whether there are more tickets, or more searches, than so many.
pub(in crate::statistics) async fn has_more_than(db: &PgPool, guild: Id<GuildMarker>, rows: i64) -> Result<bool> {
    sqlx::query_scalar!(
        r#"select exists(select from ticket where guild_id = $1 offset $2)
                  or exists(select from faq_search where guild_id = $1 offset $2) as "more!""#,
        db_id(guild),
        rows,
    )
    .fetch_one(db)
    .await
}

/// Counts at most so many days of tickets that changed; tells how many.
pub(in crate::statistics) async fn fold_tickets(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    days: i32,
) -> Result<i32> {
    sqlx::query_scalar!(r#"select fold_tickets($1, $2) as "days!""#, db_id(guild), days).fetch_one(db).await
}

/// The same of searches.
pub(in crate::statistics) async fn fold_searches(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    days: i32,
) -> Result<i32> {
    sqlx::query_scalar!(r#"select fold_searches($1, $2) as "days!""#, db_id(guild), days).fetch_one(db).await
}

/// Puts at most so many months of tickets together that end before a day; tells how many.
pub(in crate::statistics) async fn fold_ticket_months(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Date,
    months: i32,
) -> Result<i32> {
    sqlx::query_scalar!(
        r#"select fold_ticket_months($1, $2, $3) as "months!""#,
        db_id(guild),
        date(before) as _,
        months,
    )
    .fetch_one(db)
    .await
}

/// The same of searches.
pub(in crate::statistics) async fn fold_search_months(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Date,
    months: i32,
) -> Result<i32> {
    sqlx::query_scalar!(
        r#"select fold_search_months($1, $2, $3) as "months!""#,
        db_id(guild),
        date(before) as _,
        months,
    )
    .fetch_one(db)
    .await
}

/// A ticket of which some working time is not measured.
#[derive(Clone, Debug)]
pub(in crate::statistics) struct Unmeasured {
    pub number: i32,
    pub opened_at: Timestamp,
    pub first_response_at: Option<Timestamp>,
    pub claimed_at: Option<Timestamp>,
    /// When it was closed first.
    pub closed_at: Option<Timestamp>,
    /// The hours of its kind, as they are written.
    pub hours: String,
}

/// The working time until each moment of a ticket.
#[derive(Clone, Copy, Debug)]
pub(in crate::statistics) struct Measure {
    pub response_s: Option<i32>,
    pub claim_s: Option<i32>,
    pub close_s: Option<i32>,
}

/// Tickets with numbers after `after` of which some working time is not measured.
pub(in crate::statistics) async fn list_unmeasured(
    db: &PgPool,
    guild: Id<GuildMarker>,
    after: i32,
    limit: i64,
) -> Result<Vec<Unmeasured>> {
    let rows = sqlx::query!(
        r#"select number, opened_at as "opened_at: jiff_sqlx::Timestamp",
                  first_response_at as "first_response_at: jiff_sqlx::Timestamp",
                  claimed_at as "claimed_at: jiff_sqlx::Timestamp",
                  coalesce(first_closed_at, closed_at) as "closed_at: jiff_sqlx::Timestamp",
                  coalesce(definition ->> 'hours', '') as "hours!"
             from ticket
             join ticket_type on ticket_type.guild_id = ticket.guild_id and ticket_type.id = type_id
            where ticket.guild_id = $1
              and number > $2
              and ((first_response_at is not null and worked_response_s is null)
                   or (claimed_at is not null and worked_claim_s is null)
                   or (coalesce(first_closed_at, closed_at) is not null and worked_close_s is null))
            order by number
            limit $3"#,
        db_id(guild),
        after,
        limit,
    )
    .fetch_all(db)
    .await?;
    let at = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
    let tickets = rows.into_iter().map(|row| Unmeasured {
        number: row.number,
        opened_at: row.opened_at.to_jiff(),
        first_response_at: at(row.first_response_at),
        claimed_at: at(row.claimed_at),
        closed_at: at(row.closed_at),
        hours: row.hours,
    });
    Ok(tickets.collect())
}

/// Writes the working time of tickets whose moments are still those that were looked at, where none is written yet. Whoever
/// writes the same at the same time takes them in the same order, so that nobody waits for whoever waits for them.
pub(in crate::statistics) async fn set_measured(
    db: &PgPool,
    guild: Id<GuildMarker>,
    measured: &[(Unmeasured, Measure)],
) -> Result<()> {
    let numbers: Vec<i32> = measured.iter().map(|(ticket, _)| ticket.number).collect();
    let at = |moment: fn(&Unmeasured) -> Option<Timestamp>| -> Vec<Option<jiff_sqlx::Timestamp>> {
        measured.iter().map(|(ticket, _)| moment(ticket).map(super::moment)).collect()
    };
    let seconds = |of: fn(&Measure) -> Option<i32>| -> Vec<Option<i32>> {
        measured.iter().map(|(_, measure)| of(measure)).collect()
    };
    sqlx::query!(
        "with locked as materialized (
             select number
               from ticket
              where guild_id = $1
                and number = any($2)
              order by number
                for no key update
         )
         update ticket
            set worked_response_s = coalesce(worked_response_s, case when first_response_at = responded_at then response_s end),
                worked_claim_s = coalesce(worked_claim_s, case when claimed_at = picked_at then claim_s end),
                worked_close_s = coalesce(worked_close_s, case when coalesce(first_closed_at, closed_at) = ended_at then close_s end)
           from unnest($2::int[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::int[], $7::int[], $8::int[])
                as measured (number, responded_at, picked_at, ended_at, response_s, claim_s, close_s)
           join locked using (number)
          where guild_id = $1
            and ticket.number = measured.number",
        db_id(guild),
        &numbers,
        &at(|ticket| ticket.first_response_at) as _,
        &at(|ticket| ticket.claimed_at) as _,
        &at(|ticket| ticket.closed_at) as _,
        &seconds(|measure| measure.response_s) as _,
        &seconds(|measure| measure.claim_s) as _,
        &seconds(|measure| measure.close_s) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Searches without an answer that say nowhere what they are about.
pub(in crate::statistics) async fn list_undigested(
    db: &PgPool,
    guild: Id<GuildMarker>,
    limit: i64,
) -> Result<Vec<(i64, String)>> {
    let rows = sqlx::query!(
        "select interaction_id, query
           from faq_search
          where guild_id = $1
            and asked is null
            and cardinality(matched) = 0
          limit $2",
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.interaction_id, row.query)).collect())
}

/// Writes what searches are about.
pub(in crate::statistics) async fn set_digests(
    db: &PgPool,
    guild: Id<GuildMarker>,
    digests: &[(i64, i64)],
) -> Result<()> {
    let (searches, digests): (Vec<i64>, Vec<i64>) = digests.iter().copied().unzip();
    sqlx::query!(
        "update faq_search
            set asked = digested.asked
           from unnest($2::bigint[], $3::bigint[]) as digested (interaction_id, asked)
          where guild_id = $1
            and faq_search.interaction_id = digested.interaction_id",
        db_id(guild),
        &searches,
        &digests,
    )
    .execute(db)
    .await?;
    Ok(())
}
