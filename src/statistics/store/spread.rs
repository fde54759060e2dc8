//! How long things took.

use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::super::{Measured, Span, Spread, Spreads, Target};
use super::{Result, moment};
use crate::db::db_id;

/// The spreads of what is kept and what is counted anew: each part is sorted. Some thousand samples of all parts tell about where
/// a rank must be, binary search in each part how much lies below and within, and only what lies within is sorted. Where the
/// samples misled, all of it is: it is exact either way.
pub(in crate::statistics) async fn find_spreads(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
    measured: Measured,
) -> Result<Spreads> {
    let measures = match measured {
        Measured::Passed => ["response", "claim", "close"],
        Measured::Worked => ["worked_response", "worked_claim", "worked_close"],
    };
    let named: Vec<String> = measures.iter().map(|name| (*name).to_owned()).collect();
    let ranks = sqlx::query_as!(
        Rank,
        r#"with part as materialized (
               select measure, row_number() over () as part, seconds, times, total
                 from seconds_between($1, $2, $3, $4)
           ), size as materialized (
               -- Every how many-th is looked at.
               select measure, sum(times)::bigint as n, sum(total)::bigint as total, greatest(sum(times) / 3000, 1)::int as step
                 from part
                group by measure
           ), looked_at as materialized (
               select part, measure,
                      array(select all_of_it[at]
                              from generate_series(1 + ((hashint8(part)::bigint + 2147483648) % step)::int, times, step) as at) as sample
                 from (select part, measure, times, step, seconds || '{}'::integer[] as all_of_it
                         from part
                         join size using (measure)
                       offset 0) as part
           ), bound as materialized (
               -- Six thousandths of all to both sides of where it should be.
               select measure, q,
                      values[greatest(floor((q - 0.006) * cardinality(values))::int, 1)] as low,
                      values[least(ceil((q + 0.006) * cardinality(values))::int + 1, cardinality(values))] as high
                 from (select measure, array_agg(value order by value) as values
                         from looked_at, unnest(sample) as value
                        group by measure) as sampled,
                      (values (0.5::float8), (0.9)) as quantile (q)
           ), rank as materialized (
               select part.part, part.measure, q, below, upto, all_of_it[below + 1:upto] as near
                 from (select part, measure, seconds || '{}'::integer[] as all_of_it from part offset 0) as part
                 join bound using (measure),
                      lateral (select width_bucket(low - 1, all_of_it) as below, width_bucket(high, all_of_it) as upto offset 0) as counted
           ), wanted as materialized (
               select measure, q, n, total, 1 + q * (n - 1) as place, below,
                      below < floor(1 + q * (n - 1)) and upto >= ceil(1 + q * (n - 1)) as is_near
                 from (select measure, q, sum(below)::bigint as below, sum(upto)::bigint as upto from rank group by measure, q) as counted
                 join size using (measure)
           ), found as (
               select measure, q, n, total, place - case when is_near then below else 0 end as place,
                      case when is_near then array(select value
                                                     from rank, unnest(near) as value
                                                    where rank.measure = wanted.measure
                                                      and rank.q = wanted.q
                                                    order by value)
                           else array(select value
                                        from part, unnest(seconds) as value
                                       where part.measure = wanted.measure
                                       order by value) end as values
                 from wanted
               offset 0
           )
           select measure as "measure!", n as "times!", total as "total!", q as "q!",
                  values[floor(place)::int]
                  + (place - floor(place)) * (values[ceil(place)::int] - values[floor(place)::int]) as "seconds!"
             from found"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
        &named,
    )
    .fetch_all(db)
    .await?;
    let [response, claim, close] = measures.map(|measure| spread_of(&ranks, measure));
    Ok(Spreads { response, claim, close })
}

/// A rank that was looked up.
struct Rank {
    measure: String,
    times: i64,
    total: i64,
    q: f64,
    seconds: f64,
}

#[allow(clippy::cast_precision_loss)] // Seconds of all tickets together stay far below 2^52.
fn spread_of(ranks: &[Rank], measure: &str) -> Option<Spread> {
    let at = |q: f64| ranks.iter().find(|rank| rank.measure == measure && (rank.q - q).abs() < 0.01);
    let (median, p90) = (at(0.5)?, at(0.9)?);
    let mean_s = median.total as f64 / median.times as f64;
    Some(Spread { times: median.times, mean_s, median_s: median.seconds, p90_s: p90.seconds })
}

/// How many first responses came within what their kind aims at by now.
pub(in crate::statistics) async fn list_targets(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
) -> Result<Vec<Target>> {
    sqlx::query_as!(
        Target,
        r#"select type_id as "kind!",
                  sum(times)::bigint as "answered!",
                  sum(width_bucket(aim, seconds))::bigint as "within!"
             from seconds_between($1, $2, $3, '{worked_response}')
             join (select id as type_id,
                          least(60 * (definition ->> 'answer_within')::bigint, 2147483647)::int as aim
                     from ticket_type
                    where guild_id = $1
                      and jsonb_typeof(definition -> 'answer_within') = 'number') as kind using (type_id)
            where aim > 0
            group by type_id
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
             from seconds_between($1, $2, $3, '{close}')"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
    )
    .fetch_one(db)
    .await
}

/// How many were closed first.
pub(in crate::statistics) async fn count_closed(db: &PgPool, guild: Id<GuildMarker>, span: &Span) -> Result<i64> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(times), 0)::bigint as "closed!"
             from seconds_between($1, $2, $3, '{close}')"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
    )
    .fetch_one(db)
    .await
}
