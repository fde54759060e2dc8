//! What was looked for in the FAQ, and what reminders came to.

use jiff::Timestamp;
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::super::{Asked, Reminded, Span};
use super::{Result, moment};
use crate::db::{db_id, id};

/// When the first search was made of those that are kept.
pub(in crate::statistics) async fn find_first_search(db: &PgPool, guild: Id<GuildMarker>) -> Result<Option<Timestamp>> {
    let first = sqlx::query_scalar!(
        r#"select min(searched_at) as "at: jiff_sqlx::Timestamp"
             from faq_search
            where guild_id = $1"#,
        db_id(guild),
    )
    .fetch_one(db)
    .await?;
    Ok(first.map(jiff_sqlx::Timestamp::to_jiff))
}

/// How many there were in a short span, and how many of them were answered: by the rows.
pub(in crate::statistics) async fn count_searches(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
) -> Result<(i64, i64)> {
    let counted = sqlx::query!(
        r#"select count(*) as "searches!",
                  count(*) filter (where cardinality(matched) > 0) as "answered!"
             from faq_search
            where guild_id = $1
              and searched_at >= $2
              and searched_at < $3"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
    )
    .fetch_one(db)
    .await?;
    Ok((counted.searches, counted.answered))
}

/// What was looked for in vain, the most often first, as it was typed last.
pub(in crate::statistics) async fn list_unanswered(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
    limit: i32,
) -> Result<Vec<Asked>> {
    let rows = sqlx::query!(
        r#"select query, times as "times!", last as "search!"
             from asked_between($1, $2, $3, $4) as asked
             join faq_search on guild_id = $1 and interaction_id = last
            order by times desc, last desc"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
        limit,
    )
    .fetch_all(db)
    .await?;
    let asked =
        rows.into_iter().filter_map(|row| Some(Asked { query: row.query, times: row.times, search: id(row.search)? }));
    Ok(asked.collect())
}

/// The same of many: all that was asked is read for it.
pub(in crate::statistics) async fn list_many_unanswered(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
    limit: i64,
) -> Result<Vec<Asked>> {
    let rows = sqlx::query!(
        r#"with asked as materialized (
               select question, sum(times)::bigint as times, max(last) as last
                 from questions_between($1, $2, $3)
                group by question
                order by 2 desc, 3 desc
                limit $4
           )
           select query, times as "times!", last as "search!"
             from asked
             cross join lateral (select query from faq_search where guild_id = $1 and interaction_id = last offset 0) as searched
            order by times desc, last desc"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
        limit,
    )
    .fetch_all(db)
    .await?;
    let asked =
        rows.into_iter().filter_map(|row| Some(Asked { query: row.query, times: row.times, search: id(row.search)? }));
    Ok(asked.collect())
}

/// Which entries were opened from searches, and how often, the most often first.
pub(in crate::statistics) async fn list_entries(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
    limit: i64,
) -> Result<Vec<(i32, i64)>> {
    let rows = sqlx::query!(
        r#"select entry::int as "entry!", sum(times)::bigint as "times!"
             from entries_between($1, $2, $3)
            group by entry
            order by 2 desc, 1
            limit $4"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.entry, row.times)).collect())
}

/// What became of reminders that were due.
pub(in crate::statistics) async fn count_reminded(
    db: &PgPool,
    guild: Id<GuildMarker>,
    span: &Span,
) -> Result<Reminded> {
    sqlx::query_as!(
        Reminded,
        r#"select count(*) filter (where state = 'sent') as "said!",
                  count(*) filter (where state = 'sent' and late) as "late!",
                  count(*) filter (where state = 'missed') as "missed!",
                  count(*) filter (where state = 'failed') as "failed!"
             from reminder_occurrence
            where guild_id = $1
              and due_at >= $2
              and due_at < $3"#,
        db_id(guild),
        moment(span.since) as _,
        moment(span.until) as _,
    )
    .fetch_one(db)
    .await
}
