//! Tickets: how many, of which kind, by whom, and where they stand.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::super::{Backlog, OfKind, OfStaff, Span};
use super::{Result, moment};
use crate::db::{db_id, id};

/// When the first ticket was opened.
pub(in crate::statistics) async fn find_first_ticket(db: &PgPool, guild: Id<GuildMarker>) -> Result<Option<Timestamp>> {
    let first = sqlx::query_scalar!(
        r#"select min(opened_at) as "at: jiff_sqlx::Timestamp"
             from ticket
            where guild_id = $1
              and not failed"#,
        db_id(guild),
    )
    .fetch_one(db)
    .await?;
    Ok(first.map(jiff_sqlx::Timestamp::to_jiff))
}

/// How many were opened in each hour of the week.
pub(in crate::statistics) async fn count_hours(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
) -> Result<[[i64; 24]; 7]> {
    let rows = sqlx::query!(
        r#"with step as materialized (
               -- In most zones all four quarters of an hour of UTC are of one hour.
               select case when bool_and(extract(minute from at at time zone $4) = 0) then 4
                           when bool_and(extract(minute from at at time zone $4)::int % 30 = 0) then 2
                           else 1 end as width
                 from generate_series(date_trunc('hour', $2::timestamptz), $3::timestamptz, interval '7 days') as at
           ), hour as materialized (
               select (day::timestamp at time zone 'UTC' + offset_of * interval '15 minutes') as at, opened
                 from (select day, quarter - 1 as offset_of,
                              came[quarter + width - 1] - case when quarter > 1 then came[quarter - 1] else 0 end as opened
                         from step,
                              days_between($1, 'tickets', ($2 at time zone 'UTC')::date, ($3 at time zone 'UTC')::date) as days,
                              lateral generate_series(1, 96, width) as quarter
                        where came is not null) as counted
                where opened > 0
           ), slot as materialized (
               select at at time zone $4 as local, opened
                 from hour
                where at >= $2
                  and at < $3
           )
           select extract(isodow from local)::int as "weekday!",
                  extract(hour from local)::int as "hour!",
                  sum(opened)::bigint as "opened!"
             from slot
            group by 1, 2"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
        span.zone_name(),
    )
    .fetch_all(db)
    .await?;
    let mut hours = [[0; 24]; 7];
    for row in rows {
        let place = usize::try_from(row.weekday - 1).ok().zip(usize::try_from(row.hour).ok());
        if let Some(slot) = place.and_then(|(day, hour)| hours.get_mut(day)?.get_mut(hour)) {
            *slot = row.opened;
        }
    }
    Ok(hours)
}

/// What became of them, kind by kind.
pub(in crate::statistics) async fn list_kinds(db: &PgPool, guild: Id<GuildMarker>, span: &Span) -> Result<Vec<OfKind>> {
    sqlx::query_as!(
        OfKind,
        r#"select kind as "kind!", name, opened as "opened!", reopened as "reopened!", rated as "rated!", stars as "stars!"
             from (select type_id as kind,
                          sum(opened)::bigint as opened,
                          sum(reopened)::bigint as reopened,
                          sum(rated)::bigint as rated,
                          sum(stars)::bigint as stars
                     from tickets_between($1, $2, $3)
                    group by type_id) as counted
             join ticket_type on guild_id = $1 and id = kind
            order by opened desc, kind"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
    )
    .fetch_all(db)
    .await
}

/// Who of the staff did most.
pub(in crate::statistics) async fn list_staff(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
    limit: i64,
) -> Result<Vec<OfStaff>> {
    let rows = sqlx::query!(
        r#"select user_id as "user_id!",
                  sum(claimed)::bigint as "claimed!",
                  sum(closed)::bigint as "closed!",
                  sum(rated)::bigint as "rated!",
                  sum(stars)::bigint as "stars!"
             from staff_between($1, $2, $3)
            group by user_id
            order by 3 desc, 2 desc, 1
            limit $4"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
        limit,
    )
    .fetch_all(db)
    .await?;
    let staff = rows.into_iter().filter_map(|row| {
        let (claimed, closed, rated, stars) = (row.claimed, row.closed, row.rated, row.stars);
        Some(OfStaff { user: id(row.user_id)?, claimed, closed, rated, stars })
    });
    Ok(staff.collect())
}

/// How many stand where: the live ones by an index of their own, of which there are few, the others by what is kept.
pub(in crate::statistics) async fn count_per_status(
    db: &PgPool,
    guild: Id<GuildMarker>,
) -> Result<BTreeMap<String, i64>> {
    let rows = sqlx::query!(
        r#"select status as "status!", count(*) as "tickets!"
             from ticket
            where guild_id = $1
              and status not in ('closed', 'archived')
              and not failed
            group by status
           union all
           select done.*
             from (select sum(closed)::bigint, sum(archived)::bigint
                     from tickets_between($1,
                                          (select min(opened_at) from ticket where guild_id = $1),
                                          (select max(opened_at) + interval '1 second' from ticket where guild_id = $1)))
                  as sums (closed, archived),
                  lateral (values ('closed', closed), ('archived', archived)) as done (status, tickets)
            where tickets > 0"#,
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.status, row.tickets)).collect())
}

/// Live ones by their age.
pub(in crate::statistics) async fn count_backlog(
    db: &PgPool,
    guild: Id<GuildMarker>,
    now: Timestamp,
) -> Result<[Backlog; 7]> {
    let ages: Vec<i64> = super::super::AGES.iter().map(jiff::SignedDuration::as_secs).collect();
    let rows = sqlx::query!(
        r#"select width_bucket(extract(epoch from $2::timestamptz - opened_at)::bigint, $3::bigint[]) as "age!",
                  count(*) as "tickets!",
                  count(*) filter (where claimed_by_user_id is null) as "unclaimed!"
             from ticket
            where guild_id = $1
              and status not in ('closed', 'archived')
              and not failed
            group by 1"#,
        db_id(guild),
        moment(now) as _,
        &ages,
    )
    .fetch_all(db)
    .await?;
    let mut backlog = [Backlog::default(); 7];
    for row in rows {
        if let Some(age) = usize::try_from(row.age).ok().and_then(|age| backlog.get_mut(age)) {
            *age = Backlog { tickets: row.tickets, unclaimed: row.unclaimed };
        }
    }
    Ok(backlog)
}
