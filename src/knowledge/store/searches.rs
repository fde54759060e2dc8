//! The table `faq_search`: what members looked for.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker};

use crate::knowledge::asked;
use crate::knowledge::{Kept, Searched};

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
        "insert into faq_search (guild_id, interaction_id, query, matched, chosen, searched_at, asked)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        guild.get().cast_signed(),
        interaction.get().cast_signed(),
        query,
        matched,
        chosen,
        now.to_sqlx(),
        asked::digest(query),
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

/// Searches from `from` on and before `to`, after the one at that place, the earliest first, at most `limit`.
pub(in crate::knowledge) async fn list_searches(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    (from, to): (Option<Timestamp>, Option<Timestamp>),
    after: Option<(Timestamp, i64)>,
    limit: i64,
) -> Result<Vec<Kept>, sqlx::Error> {
    sqlx::query_as!(
        Kept,
        r#"select interaction_id as id, query, matched, chosen, searched_at as "searched_at: jiff_sqlx::Timestamp"
             from faq_search
            where guild_id = $1
              and ($2::timestamptz is null or searched_at >= $2)
              and ($3::timestamptz is null or searched_at < $3)
              and ($4::timestamptz is null or (searched_at, interaction_id) > ($4, $5))
            order by searched_at, interaction_id
            limit $6"#,
        guild.get().cast_signed(),
        from.map(ToSqlx::to_sqlx) as _,
        to.map(ToSqlx::to_sqlx) as _,
        after.map(|(at, _)| at.to_sqlx()) as _,
        after.map(|(_, id)| id),
        limit,
    )
    .fetch_all(db)
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

/// Forgets searches from before `before`, at most `limit`, the oldest first.
pub(in crate::knowledge) async fn delete_searches(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Timestamp,
    limit: i64,
) -> Result<u64, sqlx::Error> {
    let gone = sqlx::query_scalar!(
        r#"with gone as (
               delete from faq_search
                where guild_id = $1
                  and interaction_id in (select interaction_id
                                           from faq_search
                                          where guild_id = $1
                                            and searched_at < $2
                                          order by searched_at
                                          limit $3)
               returning 1
           ), noted as (
               insert into forgotten (guild_id, about, before)
               select $1, 'searches', $2
                where exists (select from gone)
                   on conflict (guild_id, about) do update
                  set before = greatest(forgotten.before, excluded.before)
           )
           select count(*) as "gone!" from gone"#,
        guild.get().cast_signed(),
        before.to_sqlx(),
        limit,
    )
    .fetch_one(db)
    .await?;
    Ok(gone.unsigned_abs())
}
