//! How long things took.

use std::collections::HashMap;

use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::super::{OfDay, Span, Spread, Target};
use super::{Result, moment};
use crate::db::db_id;

/// How each of these is spread over a span; what did not happen is not there.
#[allow(clippy::cast_precision_loss)] // Seconds of all tickets together stay far below 2^52.
pub(in crate::statistics) async fn find_spreads(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
    measures: [&str; 3],
) -> Result<HashMap<String, Spread>> {
    let rows = sqlx::query!(
        r#"select measure as "measure!", times as "times!", total as "total!",
                  quantiles[1] as "median_s!", quantiles[2] as "p90_s!"
             from spreads_between($1, $2, $3, $4, '{0.5, 0.9}')"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
        &measures.map(str::to_owned),
    )
    .fetch_all(db)
    .await?;
    let spreads = rows.into_iter().map(|row| {
        let mean_s = row.total as f64 / row.times.max(1) as f64;
        (row.measure, Spread { times: row.times, mean_s, median_s: row.median_s, p90_s: row.p90_s })
    });
    Ok(spreads.collect())
}

/// How often each of these took how long on each day of UTC, and how often how many `stars` were given for what was opened then:
/// of what is kept, and of days that changed of what is counted anew.
pub(in crate::statistics) async fn list_course(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
    measures: &[&str],
) -> Result<Vec<(String, OfDay)>> {
    let measures: Vec<String> = measures.iter().map(|name| (*name).to_owned()).collect();
    let rows = sqlx::query!(
        r#"with stale as materialized (
               select distinct day
                 from tally_stale
                where guild_id = $1
                  and about = 'tickets'
                  and day between ($2::timestamptz at time zone 'UTC')::date and ($3::timestamptz at time zone 'UTC' - interval '1 us')::date
           ), counted as (
               select day, measure, times::bigint, total
                 from ticket_tally_seconds
                where guild_id = $1
                  and not is_month
                  and day between ($2 at time zone 'UTC')::date and ($3 at time zone 'UTC' - interval '1 us')::date
                  and day not in (select day from stale)
                  and measure = any($4)
                  and type_id = 0
                union all
               select day, 'stars', rated, stars
                 from ticket_tally
                where guild_id = $1
                  and not is_month
                  and day between ($2 at time zone 'UTC')::date and ($3 at time zone 'UTC' - interval '1 us')::date
                  and day not in (select day from stale)
                union all
               select day, anew.measure, anew.times, anew.total
                 from stale,
                      lateral count_seconds($1, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC', $4) as anew
                union all
               select day, 'stars', anew.rated, anew.stars
                 from stale, lateral count_tickets($1, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC') as anew
           )
           select day as "day!: jiff_sqlx::Date", measure as "measure!", sum(times)::bigint as "times!", sum(total)::bigint as "total!"
             from counted
            group by day, measure
           having sum(times) > 0
            order by day"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
        &measures,
    )
    .fetch_all(db)
    .await?;
    let of_day = |day: jiff_sqlx::Date, times, total| OfDay { date: day.to_jiff(), times, total };
    Ok(rows.into_iter().map(|row| (row.measure, of_day(row.day, row.times, row.total))).collect())
}

/// How many first responses came within the working time that their kind aims at, of kinds that do.
pub(in crate::statistics) async fn list_targets(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
) -> Result<Vec<Target>> {
    sqlx::query_as!(
        Target,
        r#"with aim as materialized (
               select array_agg(id) as kinds, array_agg(least(60 * minutes, 2147483647)::int) as aims
                 from ticket_type,
                      lateral (select case jsonb_typeof(definition -> 'answer_within')
                                      when 'number' then (definition ->> 'answer_within')::bigint end) as within (minutes)
                where guild_id = $1
                  and minutes > 0
           )
           select type_id as "kind!", answered as "answered!", within as "within!"
             from aim, lateral within_between($1, $2, $3, kinds, aims)
            order by type_id"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
    )
    .fetch_all(db)
    .await
}

/// How long it took on average until those that were closed first were.
pub(in crate::statistics) async fn find_mean_close(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
) -> Result<Option<f64>> {
    sqlx::query_scalar!(
        r#"select sum(total)::float8 / nullif(sum(times), 0)
             from all_seconds_between($1, $2, $3, '{close}')"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
    )
    .fetch_one(db)
    .await
}
