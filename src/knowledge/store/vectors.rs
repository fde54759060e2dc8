//! The table `text_vector`: what a model made of entries and passages.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use crate::knowledge::Shelf;
use crate::knowledge::texts::{Kind, Loaded, Taken};

type Result<T> = std::result::Result<T, sqlx::Error>;

/// All vectors of a shelf's present texts.
pub(in crate::knowledge) async fn list(db: impl PgExecutor<'_>, shelf: Shelf) -> Result<Vec<Loaded>> {
    let rows = sqlx::query!(
        r#"with written as (
               select true as is_entry, number, text_hash from faq_entry where guild_id = $1
               union all
               select false, id, text_hash from passage where guild_id = $1
           )
           select model, is_entry as "is_entry!", number as "number!", numbers as "numbers!", scale as "scale!"
             from written
             join text_vector
               on text_vector.text_hash = written.text_hash
            where text_vector.guild_id = $1
              and numbers is not null
            order by model, is_entry desc, number"#,
        shelf.db_id(),
    )
    .fetch_all(db)
    .await?;
    let loaded = rows.into_iter().map(|row| Loaded {
        model: row.model,
        kind: if row.is_entry { Kind::Entry } else { Kind::Passage },
        number: row.number,
        numbers: row.numbers,
        scale: row.scale,
    });
    Ok(loaded.collect())
}

/// Shelves with texts that have no vector of a model and are to be tried now.
pub(in crate::knowledge) async fn list_due(db: impl PgExecutor<'_>, model: &str, now: Timestamp) -> Result<Vec<Shelf>> {
    let shelves = sqlx::query_scalar!(
        r#"select distinct guild_id as "guild_id!"
             from (select guild_id, text_hash from faq_entry
                   union all
                   select guild_id, text_hash from passage) as written
            where not exists (
                      select
                        from text_vector
                       where text_vector.guild_id = written.guild_id
                         and text_vector.text_hash = written.text_hash
                         and model = $1
                         and (numbers is not null or try_at > $2)
                  )"#,
        model,
        now.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(shelves.into_iter().map(Shelf::of_db).collect())
}

/// Takes texts that were tried between so many times, at most `limit`; nobody else does for some minutes, the longer the more
/// often they were tried.
pub(in crate::knowledge) async fn take(
    db: impl PgExecutor<'_>,
    shelf: Shelf,
    model: &str,
    (least, most): (i32, i32),
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Taken>> {
    let rows = sqlx::query!(
        r#"with written as (
               select text_hash, title || E'\n' || answer as text from faq_entry where guild_id = $1
               union all
               select text_hash, title || E'\n' || body from passage where guild_id = $1
           ), due as (
               select distinct on (text_hash) text_hash, text
                 from written
                where coalesce((select attempts from text_vector as kept
                                 where kept.guild_id = $1 and kept.model = $2 and kept.text_hash = written.text_hash), 0)
                      between $3 and $4
                  and not exists (select from text_vector as kept
                                   where kept.guild_id = $1 and kept.model = $2 and kept.text_hash = written.text_hash
                                     and (kept.numbers is not null or kept.try_at > $6))
                order by text_hash
                limit $5
           ), taken as (
               insert into text_vector as kept (guild_id, model, text_hash, attempts, try_at)
               select $1, $2, text_hash, 1, $6::timestamptz + interval '2 minutes' from due
                   on conflict (guild_id, model, text_hash) do update
                  set attempts = kept.attempts + 1,
                      try_at = $6 + make_interval(mins => (2 ^ least(kept.attempts + 1, 10))::integer)
                where kept.numbers is null
                  and kept.try_at <= $6
               returning text_hash
           )
           select text_hash as "text_hash!", text as "text!"
             from taken
             join due using (text_hash)"#,
        shelf.db_id(),
        model,
        least,
        most,
        limit,
        now.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Taken { hash: row.text_hash, text: row.text }).collect())
}

/// Lets texts be taken as if they had not been.
pub(in crate::knowledge) async fn give_back(
    db: impl PgExecutor<'_>,
    shelf: Shelf,
    model: &str,
    hashes: &[Vec<u8>],
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update text_vector
            set attempts = attempts - 1,
                try_at = $4
          where guild_id = $1
            and model = $2
            and text_hash = any($3)
            and numbers is null",
        shelf.db_id(),
        model,
        hashes,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Stores what was made of texts that were taken.
pub(in crate::knowledge) async fn update(
    db: impl PgExecutor<'_>,
    shelf: Shelf,
    model: &str,
    (hashes, numbers, scales): (&[Vec<u8>], &[Vec<u8>], &[f32]),
) -> Result<()> {
    sqlx::query!(
        "update text_vector
            set numbers = made.numbers,
                scale = made.scale
           from unnest($3::bytea[], $4::bytea[], $5::real[]) as made (text_hash, numbers, scale)
          where guild_id = $1
            and model = $2
            and text_vector.text_hash = made.text_hash",
        shelf.db_id(),
        model,
        hashes,
        numbers,
        scales,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Deletes vectors of texts that are gone, and those of other models once each text has one of this; tells how many.
pub(in crate::knowledge) async fn delete_stale(
    db: impl PgExecutor<'_>,
    shelf: Shelf,
    model: &str,
    now: Timestamp,
) -> Result<u64> {
    let deleted = sqlx::query!(
        "with written as (
             select text_hash from faq_entry where guild_id = $1
             union
             select text_hash from passage where guild_id = $1
         ), missing as (
             select from written
              where not exists (select from text_vector as kept
                                 where kept.guild_id = $1 and kept.model = $2 and kept.text_hash = written.text_hash
                                   and (kept.numbers is not null or kept.try_at > $3))
              limit 1
         )
         delete from text_vector
          where guild_id = $1
            and (not exists (select from written where written.text_hash = text_vector.text_hash)
                 or model <> $2 and not exists (select from missing))",
        shelf.db_id(),
        model,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}
