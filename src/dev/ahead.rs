//! How far somebody has moved the playground's clock ahead. It is kept with the rows that were written by then: one that started
//! again at the present would find them in the future.

use anyhow::Context;
use jiff::SignedDuration;
use sqlx::{Executor, PgPool};

/// The schema of [`super::rows`] is made anew at each start; this one stays.
const SET_UP: &str = r"
create schema if not exists playground_clock;
create table if not exists playground_clock.ahead (minutes bigint not null);
insert into playground_clock.ahead select 0 where not exists (select from playground_clock.ahead);
";

/// How far the clock was moved ahead before.
///
/// # Errors
/// If the database refuses.
pub async fn kept(db: &PgPool) -> anyhow::Result<SignedDuration> {
    db.execute(SET_UP).await.context("keep the clock")?;
    let minutes: i64 = sqlx::query_scalar("select minutes from playground_clock.ahead").fetch_one(db).await?;
    Ok(SignedDuration::from_mins(minutes))
}

/// Keeps that it was moved further.
///
/// # Errors
/// If the database does not answer.
pub async fn keep(db: &PgPool, minutes: i64) -> anyhow::Result<()> {
    sqlx::query("update playground_clock.ahead set minutes = minutes + $1").bind(minutes).execute(db).await?;
    Ok(())
}
