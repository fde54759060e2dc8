//! The table `faq_search`: what members looked for.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker};

use crate::knowledge::Searched;
use crate::knowledge::asked;

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
