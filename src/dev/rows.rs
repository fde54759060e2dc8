//! Which rows the bot wrote, for a look inside: triggers of the playground's own database keep a list.
//!
//! The bot does not know of it. Queries are not checked at compile time, because no migration has this schema.

use anyhow::Context;
use serde::Serialize;
use serde_json::Value;
use sqlx::{Executor, FromRow, PgPool};

/// The most that is told at once: what is older is of no interest.
const MOST: i64 = 2_000;

/// A function that writes down the primary key of what changed, and a trigger for every table to call it.
const SET_UP: &str = r"
drop schema if exists playground cascade;
create schema playground;
create unlogged table playground.change (
    n bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    verb text not null,
    name text not null,
    key jsonb not null
);
create function playground.note() returns trigger language plpgsql as $$
begin
    insert into playground.change (verb, name, key)
    select lower(tg_op), tg_table_name, coalesce(jsonb_object_agg(field.key, field.value), '{}')
      from jsonb_each_text(to_jsonb(case when tg_op = 'DELETE' then old else new end)) field
     where field.key = any (tg_argv);
    return null;
end $$;
do $$
declare it record;
begin
    for it in
        select cls.oid::regclass as name, string_agg(quote_literal(att.attname), ', ') as keys
          from pg_index ind
          join pg_class cls on cls.oid = ind.indrelid and cls.relnamespace = 'public'::regnamespace
          join pg_attribute att on att.attrelid = cls.oid and att.attnum = any (ind.indkey)
         where ind.indisprimary and cls.relkind = 'r' and cls.relname <> '_sqlx_migrations'
           -- What is counted of rows follows from them, and is much at once.
           and cls.relname not like '%tally%'
           -- Each job notes its end every few seconds, and nobody asked for that.
           and cls.relname <> 'job_pass'
         group by cls.oid
    loop
        execute format('drop trigger if exists playground_note on %s', it.name);
        execute format('create trigger playground_note after insert or update or delete on %s
            for each row execute function playground.note(%s)', it.name, it.keys);
    end loop;
end $$;
";

/// A row that was written.
#[derive(Debug, FromRow, Serialize)]
pub struct Written {
    /// Counts up.
    pub n: i64,
    /// When, in Unix milliseconds.
    pub at_ms: i64,
    /// `insert`, `update` or `delete`.
    pub verb: String,
    /// The table.
    pub name: String,
    /// The columns of the primary key, with their values.
    pub key: Value,
}

/// Begins to keep the list, for the tables that are there.
///
/// # Errors
/// If the database refuses, as for a user who owns no table.
pub async fn watch(db: &PgPool) -> anyhow::Result<()> {
    db.execute(SET_UP).await.context("watch the rows")?;
    Ok(())
}

/// The rows written after the one with this number, oldest first.
///
/// # Errors
/// If the database does not answer.
pub async fn written(db: &PgPool, after: i64) -> anyhow::Result<Vec<Written>> {
    let select = "select n, (extract(epoch from at) * 1000)::bigint as at_ms, verb, name, key
                    from playground.change
                   where n > greatest($1, (select coalesce(max(n), 0) from playground.change) - $2)
                   order by n";
    Ok(sqlx::query_as(select).bind(after).bind(MOST).fetch_all(db).await?)
}
