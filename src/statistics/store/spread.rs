//! How long things took.

use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::super::Span;
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
