//! How long things took.

use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::super::{OfDay, Span};
use super::{Result, moment};
use crate::db::db_id;

/// How long something took with tickets of a kind, in a part of a span.
pub(in crate::statistics) struct Part {
    pub measure: String,
    pub kind: i32,
    pub total: i64,
    /// The shortest first.
    pub seconds: Vec<i32>,
}

/// The parts of a span.
pub(in crate::statistics) async fn list_parts(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
    measures: &[&str],
) -> Result<Vec<Part>> {
    let measures: Vec<String> = measures.iter().map(|name| (*name).to_owned()).collect();
    sqlx::query_as!(
        Part,
        r#"select measure as "measure!", type_id as "kind!", total as "total!", seconds as "seconds!"
             from seconds_between($1, $2, $3, $4)"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
        &measures,
    )
    .fetch_all(db)
    .await
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

/// Kinds that aim at a first response, with the seconds of working time in which it should come.
pub(in crate::statistics) async fn list_aims(db: &PgPool, guild: Id<GuildMarker>) -> Result<Vec<(i32, i32)>> {
    let rows = sqlx::query!(
        r#"select id, least(60 * (definition ->> 'answer_within')::bigint, 2147483647)::int as "aim!"
             from ticket_type
            where guild_id = $1
              and jsonb_typeof(definition -> 'answer_within') = 'number'
            order by id"#,
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.aim)).filter(|(_, aim)| *aim > 0).collect())
}

/// How long it took on average until those that were closed first were.
pub(in crate::statistics) async fn find_mean_close(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
) -> Result<Option<f64>> {
    sqlx::query_scalar!(
        r#"select sum(total)::float8 / nullif(sum(times), 0)
             from seconds_between($1, $2, $3, '{close}')"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
    )
    .fetch_one(db)
    .await
}
