//! What is kept of days and months, and how it is read: the functions of migration 0052.

mod fold;
mod present;
mod searches;
mod spread;
mod tickets;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

pub(super) use fold::{
    Measure, Unmeasured, count_stale_days, fold_search_months, fold_searches, fold_ticket_months, fold_tickets,
    has_more_than, list_stale_guilds, list_undigested, list_undigested_guilds, list_unmeasured, list_unmeasured_guilds,
    set_digests, set_measured,
};
pub(super) use present::{count_reminders, find_forgotten, find_last_ticket, list_coming, list_live};
pub(super) use searches::{
    count_reminded, count_searches, find_first_search, list_entries, list_many_unanswered, list_unanswered,
};
pub(super) use spread::{find_mean_close, find_spreads, list_course, list_targets};
pub(super) use tickets::{count_backlog, count_hours, count_per_status, find_first_ticket, list_kinds, list_staff};

use super::{About, Day, Span};
use crate::db::db_id;

type Result<T> = std::result::Result<T, sqlx::Error>;

/// What happened on each day: the difference of two marks, each the number of what came before the beginning of a day, which is
/// looked up by the quarter of an hour of UTC in which it lies.
pub(super) async fn list_days(db: &PgPool, guild: Id<GuildMarker>, about: About, span: &Span) -> Result<Vec<Day>> {
    // Which moment a day begins with is decided in one place: a day that has two midnights begins with the first.
    let (days, begins) = span.marks();
    let rows = sqlx::query!(
        r#"with total as materialized (
               select day, came, done,
                      sum(came[96]) over (order by day) - came[96] as came_before,
                      sum(done[96]) over (order by day) - done[96] as done_before
                 from (select day::date as day,
                              coalesce(came, array_fill(0, array[96])) as came,
                              coalesce(done, array_fill(0, array[96])) as done
                         from generate_series(($2::timestamptz at time zone 'UTC')::date::timestamp,
                                              ($3::timestamptz at time zone 'UTC')::date::timestamp, interval '1 day') as day
                         left join days_between($1, $5, ($2 at time zone 'UTC')::date, ($3 at time zone 'UTC')::date) as counted
                                   using (day)) as days
           ), begin as (
               select day, begins at time zone 'UTC' as at from unnest($4::date[], $6::timestamptz[]) as mark (day, begins)
           ), mark as (
               select begin.day,
                      came_before + case when quarter > 0 then came[quarter] else 0 end as came,
                      done_before + case when quarter > 0 then done[quarter] else 0 end as done
                 from (select *, (extract(hour from at) * 4 + extract(minute from at)::int / 15)::int as quarter
                         from begin) as begin
                 join total on total.day = begin.at::date
           )
           select day as "day!: jiff_sqlx::Date", came as "came!", done as "done!"
             from (select day,
                          (lead(came) over next - came)::bigint as came,
                          (lead(done) over next - done)::bigint as done
                     from mark
                   window next as (order by day)) as days
            where came is not null
            order by day"#,
        db_id(guild),
        span.since.to_sqlx() as _,
        span.until.to_sqlx() as _,
        &days as _,
        about.name(),
        &begins as _,
    )
    .fetch_all(db)
    .await?;
    let days = rows.into_iter().map(|row| Day { date: row.day.to_jiff(), came: row.came, done: row.done });
    Ok(days.collect())
}

fn moment(at: Timestamp) -> jiff_sqlx::Timestamp {
    at.to_sqlx()
}

fn date(date: Date) -> jiff_sqlx::Date {
    date.to_sqlx()
}
