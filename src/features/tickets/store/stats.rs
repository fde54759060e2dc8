//! The numbers of `/ticket stats`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::{Result, decode};
use crate::db::{db_id, id};

/// The mean and the 90th percentile of some durations, in seconds; nothing if there were none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    pub mean: Option<f64>,
    pub p90: Option<f64>,
}

/// What is counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// How many have which status now.
    pub per_status: BTreeMap<String, i64>,
    pub opened: i64,
    pub closed: i64,
    pub first_response: Spread,
    pub claim: Spread,
    pub close: Spread,
    /// How many were rated, and the mean of the stars.
    pub rated: i64,
    pub stars: Option<f64>,
    /// How often the FAQ made a ticket unnecessary.
    pub answered: i64,
    /// Opened and closed on each of the last days, the oldest first.
    pub days: Vec<(i64, i64)>,
    /// Who claimed and closed how many, and their mean of stars.
    pub staff: Vec<(Id<UserMarker>, i64, i64, Option<f64>)>,
}

/// What `/ticket stats` shows: what happened since `since`, and on each of the last `days` days by the clocks of `zone`.
///
/// All numbers but the staff's are one statement, so that they are of one moment and tickets are read once.
pub async fn count(
    db: &sqlx::PgPool,
    guild: Id<GuildMarker>,
    since: Timestamp,
    now: Timestamp,
    zone: &str,
    days: i32,
    staff: i64,
) -> Result<Numbers> {
    let row = sqlx::query!(
        r#"with opened as materialized (
               select opened_at,
                      (opened_at at time zone $4)::date as day,
                      extract(epoch from first_response_at - opened_at)::float8 as response_s,
                      extract(epoch from claimed_at - opened_at)::float8 as claim_s
                 from ticket
                where guild_id = $1
                  and opened_at >= least($2, $3::timestamptz - make_interval(days => $5::int + 2))
                  and not failed
           ), closed as materialized (
               -- From the history, so that what happens to a ticket later changes no number: it counts when it was closed
               -- first.
               select distinct on (number)
                      happened_at as closed_at,
                      (happened_at at time zone $4)::date as day,
                      extract(epoch from happened_at - opened_at)::float8 as close_s
                 from ticket_event
                 join ticket using (guild_id, number)
                where guild_id = $1
                  and happened_at >= least($2, $3::timestamptz - make_interval(days => $5::int + 2))
                  and kind in ('closed', 'archived')
                  and to_status in ('closed', 'archived')
                  and from_status <> 'closed'
                  and not failed
                order by number, happened_at
           ), rated as (
               select count(*) as times, avg(rating::float8) as stars
                 from ticket
                where guild_id = $1
                  and rated_at >= $2
                  and not failed
           ), days as (
               select day::date as day
                 from generate_series(($3::timestamptz at time zone $4)::date - $5::int,
                                      ($3::timestamptz at time zone $4)::date, interval '1 day') as day
           )
           select (select coalesce(jsonb_object_agg(status, n), '{}')
                     from (select status, count(*) as n
                             from ticket
                            where guild_id = $1
                              and not failed
                            group by status) as per_status) as "per_status!",
                  count(*) as "opened!",
                  (select count(*) from closed where closed_at >= $2) as "closed!",
                  avg(response_s) as response_mean,
                  percentile_cont(0.9) within group (order by response_s) as response_p90,
                  avg(claim_s) as claim_mean,
                  percentile_cont(0.9) within group (order by claim_s) as claim_p90,
                  (select avg(close_s) from closed where closed_at >= $2) as close_mean,
                  (select percentile_cont(0.9) within group (order by close_s)
                     from closed
                    where closed_at >= $2) as close_p90,
                  (select times from rated) as "rated!",
                  (select stars from rated) as stars,
                  (select coalesce(sum(times), 0)
                     from ticket_answered
                    where guild_id = $1
                      and day >= ($2::timestamptz at time zone 'UTC')::date) as "answered!",
                  array(select count(opened.day)
                          from days
                          left join opened using (day)
                         group by day
                         order by day) as "opened_a_day!",
                  array(select count(closed.day)
                          from days
                          left join closed using (day)
                         group by day
                         order by day) as "closed_a_day!"
             from opened
            where opened_at >= $2"#,
        db_id(guild),
        since.to_sqlx() as _,
        now.to_sqlx() as _,
        zone,
        days - 1,
    )
    .fetch_one(db)
    .await?;
    Ok(Numbers {
        per_status: serde_json::from_value(row.per_status).map_err(|_| decode("counts"))?,
        opened: row.opened,
        closed: row.closed,
        first_response: Spread { mean: row.response_mean, p90: row.response_p90 },
        claim: Spread { mean: row.claim_mean, p90: row.claim_p90 },
        close: Spread { mean: row.close_mean, p90: row.close_p90 },
        rated: row.rated,
        stars: row.stars,
        answered: row.answered,
        days: row.opened_a_day.into_iter().zip(row.closed_a_day).collect(),
        staff: count_staff(db, guild, since, staff).await?,
    })
}

/// The busiest of the staff since `since`: who claimed and closed how many, and their mean of stars.
async fn count_staff(
    db: &sqlx::PgPool,
    guild: Id<GuildMarker>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(Id<UserMarker>, i64, i64, Option<f64>)>> {
    let rows = sqlx::query!(
        r#"with did as (
               select distinct ticket_event.user_id as member, kind, number, null::smallint as rating
                 from ticket_event
                 join ticket using (guild_id, number)
                where guild_id = $1
                  and happened_at >= $2
                  and kind in ('claimed', 'closed')
                  and ticket_event.user_id <> ticket.user_id
               union all
               select claimed_by_user_id, 'rated', number, rating
                 from ticket
                where guild_id = $1
                  and rated_at >= $2
                  and claimed_by_user_id <> user_id
           )
           select member as "member!",
                  count(*) filter (where kind = 'claimed') as "claimed!",
                  count(*) filter (where kind = 'closed') as "closed!",
                  avg(rating::float8) as stars
             from did
            group by member
            order by 3 desc, 2 desc, 1
            limit $3"#,
        db_id(guild),
        since.to_sqlx() as _,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((id(row.member)?, row.claimed, row.closed, row.stars))).collect())
}
