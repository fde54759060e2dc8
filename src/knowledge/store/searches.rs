//! The table `faq_search`: what members looked for.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker};

use crate::knowledge::Searched;
use crate::knowledge::asked::{Asked, Counts};

/// Records what somebody looked for; the same interaction is one search.
pub(in crate::knowledge) async fn insert_search(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
    query: &str,
    matched: &[i32],
    chosen: Option<i32>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into faq_search (guild_id, interaction_id, query, matched, chosen, searched_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        guild.get().cast_signed(),
        interaction.get().cast_signed(),
        query,
        matched,
        chosen,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a search looked for, and what answered it.
pub(in crate::knowledge) async fn find_search(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
) -> Result<Option<Searched>, sqlx::Error> {
    sqlx::query_as!(
        Searched,
        "select query, matched from faq_search where guild_id = $1 and interaction_id = $2",
        guild.get().cast_signed(),
        interaction.get().cast_signed(),
    )
    .fetch_optional(db)
    .await
}

/// Records which entry was opened from a search: one that answered it, or, where none did, one that came close.
pub(in crate::knowledge) async fn update_chosen(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
    chosen: i32,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update faq_search
            set chosen = $3
          where guild_id = $1
            and interaction_id = $2
            and ($3 = any(matched) or cardinality(matched) = 0)",
        guild.get().cast_signed(),
        interaction.get().cast_signed(),
        chosen,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Guilds with searches from before `before`.
pub(in crate::knowledge) async fn list_guilds_with_searches(
    db: impl PgExecutor<'_>,
    before: Timestamp,
) -> Result<Vec<Id<GuildMarker>>, sqlx::Error> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from faq_search
          where searched_at < $1",
        before.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(|id| Id::new_checked(id.cast_unsigned())).collect())
}

/// Forgets searches from before `before`.
pub(in crate::knowledge) async fn delete_searches(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Timestamp,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "delete from faq_search
          where guild_id = $1
            and searched_at < $2",
        guild.get().cast_signed(),
        before.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// How many searches there were since `since`, and how many of them were answered.
pub(in crate::knowledge) async fn count_searches(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    since: Timestamp,
) -> Result<Counts, sqlx::Error> {
    sqlx::query_as!(
        Counts,
        r#"select count(*) as "searches!",
                  count(*) filter (where cardinality(matched) > 0) as "answered!"
             from faq_search
            where guild_id = $1
              and searched_at >= $2"#,
        guild.get().cast_signed(),
        since.to_sqlx(),
    )
    .fetch_one(db)
    .await
}

/// What was looked for in vain since `since`, the latest first; of what was typed alike the latest search.
pub(in crate::knowledge) async fn list_unanswered(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Asked>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select query,
                  count(*) as "times!",
                  max(interaction_id) as "search!"
             from faq_search
            where guild_id = $1
              and searched_at >= $2
              and cardinality(matched) = 0
            group by query
            order by 3 desc
            limit $3"#,
        guild.get().cast_signed(),
        since.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await?;
    let asked = rows.into_iter().filter_map(|row| {
        let search = Id::new_checked(row.search.cast_unsigned())?;
        Some(Asked { query: row.query, times: row.times, search })
    });
    Ok(asked.collect())
}

/// Which entries were opened from searches since `since`, and how often, the most often first.
pub(in crate::knowledge) async fn list_opened(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(i32, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select chosen as "number!",
                  count(*) as "times!"
             from faq_search
            where guild_id = $1
              and searched_at >= $2
              and chosen is not null
            group by chosen
            order by 2 desc, 1
            limit $3"#,
        guild.get().cast_signed(),
        since.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.number, row.times)).collect())
}
