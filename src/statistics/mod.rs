//! Numbers: how many, how fast and how good, of tickets, searches and reminders in a server.
//!
//! What is counted of a day of UTC is kept (`tally_day` and its like, migration 0052). Whatever changes a row marks its days in the
//! same transaction (`tally_stale`); such days, and those that a span holds in part, are counted anew by whoever looks, with the
//! same functions that cron keeps them by ([`count_stale`]). So a number is right at once after any change, in every time zone.
//!
//! A ticket counts as opened, and with its first response, its claim, its rating, its state and who claimed it, in the time in
//! which it was opened; as closed, with how long that took, in the time in which it was closed first; and with who closed it where
//! it was closed last. One that came to nothing (`failed`) counts nowhere. Durations are whole seconds.

// What is counted stands in the names of fields.
#![allow(missing_docs)]

mod measure;
mod period;
mod store;
mod types;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::knowledge::index::Index;
pub use measure::{count_stale, guilds_to_count};
pub use period::{Period, Span};
pub use types::*;

/// So many times as many questions as are wanted are looked at first: some may have an answer by now. If that is not enough, so
/// many are.
const AT_FIRST: i32 = 3;
const LOOKED_AT: i32 = 300;

/// So many questions are looked up one by one; for more, all that was asked is read.
const FEW: i32 = 60;

/// More days than that are not counted anew while somebody waits, where there are more tickets or searches than that.
const FEW_DAYS: i64 = 40;
const FEW_ROWS: i64 = 10_000;

/// The span of a period that ends with today; of [`Period::All`] it begins with the first there is.
///
/// # Errors
/// If the database does not answer.
pub async fn span(
    db: &PgPool,
    guild: Id<GuildMarker>,
    about: &[About],
    period: Period,
    (now, zone): (Timestamp, &TimeZone),
) -> anyhow::Result<Span> {
    let today = Span::last_days(period.days().unwrap_or(1), now, zone);
    if period.days().is_some() {
        return Ok(today);
    }
    let mut first: Option<Timestamp> = None;
    for about in about {
        let found = match about {
            About::Tickets => store::find_first_ticket(db, guild).await?,
            About::Searches => store::find_first_search(db, guild).await?,
        };
        first = first.into_iter().chain(found).min();
    }
    let date = |at: Timestamp| at.to_zoned(zone.clone()).date();
    Ok(first.map_or(today, |first| Span::of_days(date(first.min(now)), date(now), zone)))
}

/// Whether so much has to be counted anew that nobody should wait for it: much was there before numbers were kept, or changed at
/// once.
///
/// # Errors
/// If the database does not answer.
pub async fn is_behind(db: &PgPool, guild: Id<GuildMarker>) -> anyhow::Result<bool> {
    Ok(store::count_stale_days(db, guild, FEW_DAYS + 1).await? > FEW_DAYS
        && store::has_more_than(db, guild, FEW_ROWS).await?)
}

/// What happened on each day of a span, which ends with a day.
///
/// # Errors
/// If the database does not answer.
pub async fn days(db: &PgPool, guild: Id<GuildMarker>, about: About, span: &Span) -> anyhow::Result<Vec<Day>> {
    Ok(store::list_days(db, guild, about, span).await?)
}

/// How many searches there were in a span, and how many of them were answered.
///
/// # Errors
/// If the database does not answer.
pub async fn searched(db: &PgPool, guild: Id<GuildMarker>, span: &Span) -> anyhow::Result<(i64, i64)> {
    // What begins a day that is in it in part only is counted from the rows: that is at most a day.
    let (whole, rest) = span.split_last_day();
    let days = store::list_days(db, guild, About::Searches, &whole).await?;
    let (came, done) = store::count_searches(db, guild, &rest).await?;
    let sum = |number: fn(&Day) -> i64| days.iter().map(number).sum::<i64>();
    Ok((sum(|day| day.came) + came, sum(|day| day.done) + done))
}

/// How many tickets were opened in each hour of the week: weekdays from Monday on, hours of the server's clocks.
///
/// # Errors
/// If the database does not answer.
pub async fn hours_of_week(db: &PgPool, guild: Id<GuildMarker>, span: &Span) -> anyhow::Result<[[i64; 24]; 7]> {
    Ok(store::count_hours(db, guild, span).await?)
}

/// How long it took until tickets were answered, claimed and closed, how many were closed, and how many first responses came in
/// time.
///
/// # Errors
/// If the database does not answer.
pub async fn times(db: &PgPool, guild: Id<GuildMarker>, span: &Span, measured: Measured) -> anyhow::Result<Times> {
    let is_measured = measure::measure_few(db, guild, &span.zone).await?;
    let measures = match (measured, is_measured) {
        (Measured::Worked, true) => ["worked_response", "worked_claim", "worked_close"],
        _ => ["response", "claim", "close"],
    };
    let mut found = store::find_spreads(db, guild, span, measures).await?;
    let [response, claim, close] = measures.map(|measure| found.remove(measure));
    // What was closed has taken its time.
    let closed = close.map_or(0, |close| close.times);
    let is_wanted = is_measured || measured == Measured::Passed;
    let spreads = is_wanted.then_some(Spreads { response, claim, close });
    let targets = if is_measured { Some(store::list_targets(db, guild, span).await?) } else { None };
    Ok(Times { closed, spreads, targets })
}

/// How long it took on average, day by day, until tickets were answered and closed, and how they were rated.
///
/// # Errors
/// If the database does not answer.
pub async fn course(db: &PgPool, guild: Id<GuildMarker>, span: &Span, measured: Measured) -> anyhow::Result<Course> {
    let [response, close] = match measured {
        Measured::Passed => ["response", "close"],
        Measured::Worked => ["worked_response", "worked_close"],
    };
    let mut course = Course::default();
    for (measure, day) in store::list_course(db, guild, span, &[response, close]).await? {
        match measure.as_str() {
            "stars" => course.stars.push(day),
            of if of == response => course.response.push(day),
            _ => course.close.push(day),
        }
    }
    Ok(course)
}

/// How long it took on average until tickets were closed first; nothing if none was.
///
/// # Errors
/// If the database does not answer.
pub async fn mean_close(db: &PgPool, guild: Id<GuildMarker>, span: &Span) -> anyhow::Result<Option<f64>> {
    Ok(store::find_mean_close(db, guild, span).await?)
}

/// What became of tickets, kind by kind.
///
/// # Errors
/// If the database does not answer.
pub async fn kinds(db: &PgPool, guild: Id<GuildMarker>, span: &Span) -> anyhow::Result<Vec<OfKind>> {
    Ok(store::list_kinds(db, guild, span).await?)
}

/// Who of the staff did most, at most `limit`.
///
/// # Errors
/// If the database does not answer.
pub async fn staff(db: &PgPool, guild: Id<GuildMarker>, span: &Span, limit: i64) -> anyhow::Result<Vec<OfStaff>> {
    Ok(store::list_staff(db, guild, span, limit).await?)
}

/// How many tickets stand where by now, of all there are.
///
/// # Errors
/// If the database does not answer.
pub async fn per_status(db: &PgPool, guild: Id<GuildMarker>) -> anyhow::Result<BTreeMap<String, i64>> {
    Ok(store::count_per_status(db, guild).await?)
}

/// Live tickets by their age: younger than the first of [`AGES`], than the second, and so on, and older than the last.
///
/// # Errors
/// If the database does not answer.
pub async fn backlog(db: &PgPool, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<[Backlog; 7]> {
    Ok(store::count_backlog(db, guild, now).await?)
}

/// What was looked for in vain the most often, at most `limit`. How often is exact; which questions are listed as well, unless
/// in one of the days and months that the span is made of more than 100 were asked as often as those.
///
/// # Errors
/// If the database does not answer.
pub async fn unanswered(db: &PgPool, guild: Id<GuildMarker>, span: &Span, limit: i32) -> anyhow::Result<Vec<Asked>> {
    Ok(match limit {
        ..=FEW => store::list_unanswered(db, guild, span, limit).await?,
        _ => store::list_many_unanswered(db, guild, span, limit.into()).await?,
    })
}

/// The same of what no entry answers now either: somebody may have written the answer since.
///
/// # Errors
/// If the database does not answer.
pub async fn open_questions(
    db: &PgPool,
    index: &Index,
    guild: Id<GuildMarker>,
    span: &Span,
    limit: usize,
) -> anyhow::Result<Vec<Asked>> {
    let is_open = |one: &Asked| !index.search(&one.query, 1).first().is_some_and(|hit| hit.answers);
    let mut looked_at = i32::try_from(limit).unwrap_or(LOOKED_AT).saturating_mul(AT_FIRST).min(LOOKED_AT);
    loop {
        let asked = unanswered(db, guild, span, looked_at).await?;
        let is_all = i32::try_from(asked.len()).unwrap_or(i32::MAX) < looked_at || looked_at == LOOKED_AT;
        let open: Vec<Asked> = asked.into_iter().filter(is_open).take(limit).collect();
        if is_all || open.len() == limit {
            return Ok(open);
        }
        looked_at = LOOKED_AT;
    }
}

/// Which entries were opened from searches, and how often, the most often first.
///
/// # Errors
/// If the database does not answer.
pub async fn entries(db: &PgPool, guild: Id<GuildMarker>, span: &Span, limit: i64) -> anyhow::Result<Vec<(i32, i64)>> {
    Ok(store::list_entries(db, guild, span, limit).await?)
}

/// What became of reminders.
///
/// # Errors
/// If the database does not answer.
pub async fn reminded(db: &PgPool, guild: Id<GuildMarker>, span: &Span) -> anyhow::Result<Reminded> {
    Ok(store::count_reminded(db, guild, span).await?)
}

/// From when on all searches are there to be counted; nothing where all there ever were are kept.
///
/// # Errors
/// If the database does not answer.
pub async fn searches_kept(db: &PgPool, guild: Id<GuildMarker>) -> anyhow::Result<Option<Timestamp>> {
    Ok(store::find_forgotten(db, guild, "searches").await?)
}

/// The same of what became of reminders.
///
/// # Errors
/// If the database does not answer.
pub async fn reminders_kept(db: &PgPool, guild: Id<GuildMarker>) -> anyhow::Result<Option<Timestamp>> {
    Ok(store::find_forgotten(db, guild, "reminders").await?)
}

/// When the last ticket was opened.
///
/// # Errors
/// If the database does not answer.
pub async fn last_ticket(db: &PgPool, guild: Id<GuildMarker>) -> anyhow::Result<Option<Timestamp>> {
    Ok(store::find_last_ticket(db, guild).await?)
}

/// Live tickets, the oldest first, at most `limit`.
///
/// # Errors
/// If the database does not answer.
pub async fn live(db: &PgPool, guild: Id<GuildMarker>, limit: i64) -> anyhow::Result<Vec<Live>> {
    Ok(store::list_live(db, guild, limit).await?)
}

/// How many reminders will come.
///
/// # Errors
/// If the database does not answer.
pub async fn reminders(db: &PgPool, guild: Id<GuildMarker>) -> anyhow::Result<Reminders> {
    Ok(store::count_reminders(db, guild).await?)
}

/// The reminders of channels that come next, at most `limit`; what is said to one member alone is theirs.
///
/// # Errors
/// If the database does not answer.
pub async fn coming(db: &PgPool, guild: Id<GuildMarker>, now: Timestamp, limit: i64) -> anyhow::Result<Vec<Coming>> {
    Ok(store::list_coming(db, guild, now, limit).await?)
}
