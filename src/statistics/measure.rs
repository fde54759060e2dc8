//! What is worked out of rows before it can be counted: working time of tickets, and what questions are about.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::store::{self, Measure, Unmeasured};
use crate::hours::Hours;
use crate::knowledge::asked;
use crate::settings::{Settings, System};

/// Rows that are worked out at once.
const BATCH: i64 = 1000;

/// As many are worked out while somebody waits for a number; of more cron takes care.
const FEW: i64 = 200;

/// Days, and months, that are counted in one transaction: others who count the same guild wait for none.
const DAYS: i32 = 8;
const MONTHS: i32 = 1;

/// What happens to tickets of this long ago is rare: until then a month is put together of its days.
const SETTLED: SignedDuration = SignedDuration::from_hours(45 * 24);

/// Guilds in which something has to be counted.
///
/// # Errors
/// If the database does not answer.
pub async fn guilds_to_count(db: &PgPool) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    let mut guilds = store::list_stale_guilds(db).await?;
    guilds.extend(store::list_unmeasured_guilds(db).await?);
    guilds.extend(store::list_undigested_guilds(db).await?);
    guilds.sort_unstable();
    guilds.dedup();
    Ok(guilds)
}

/// Works out and counts what changed in a guild, batch by batch: each is a transaction of its own, and whoever comes between
/// finds numbers as right as before.
///
/// # Errors
/// If the database does not answer; what is left is done next time.
pub async fn count_stale(
    db: &PgPool,
    settings: &Settings,
    guild: Id<GuildMarker>,
    now: Timestamp,
) -> anyhow::Result<()> {
    let zone = settings.get::<System>(guild).await?.time_zone.time_zone();
    let mut after = 0;
    while let Some(last) = measure(db, guild, &zone, after, BATCH).await? {
        after = last;
    }
    while digest(db, guild).await? {}
    while store::fold_tickets(db, guild, DAYS).await? > 0 {}
    while store::fold_searches(db, guild, DAYS).await? > 0 {}
    let before = (now - SETTLED).to_zoned(TimeZone::UTC).date();
    while store::fold_ticket_months(db, guild, before, MONTHS).await? > 0 {}
    while store::fold_search_months(db, guild, before, MONTHS).await? > 0 {}
    Ok(())
}

/// Measures what is not measured yet, if it is little. Whether all of it is measured then.
pub(super) async fn measure_few(db: &PgPool, guild: Id<GuildMarker>, zone: &TimeZone) -> anyhow::Result<bool> {
    match measure(db, guild, zone, 0, FEW).await? {
        None => Ok(true),
        Some(last) => Ok(store::list_unmeasured(db, guild, last, 1).await?.is_empty()),
    }
}

/// Measures the working time of tickets with numbers after `after`, at most `limit`. The number of the last one; nothing if
/// there was none.
async fn measure(
    db: &PgPool,
    guild: Id<GuildMarker>,
    zone: &TimeZone,
    after: i32,
    limit: i64,
) -> anyhow::Result<Option<i32>> {
    let found = store::list_unmeasured(db, guild, after, limit).await?;
    let Some(last) = found.last().map(|ticket| ticket.number) else { return Ok(None) };
    let measured: Vec<(Unmeasured, Measure)> = found.into_iter().map(|it| (it.clone(), worked(&it, zone))).collect();
    store::set_measured(db, guild, &measured).await?;
    Ok(Some(last))
}

/// How much working time had passed until each of its moments.
fn worked(ticket: &Unmeasured, zone: &TimeZone) -> Measure {
    let hours: Hours = ticket.hours.parse().unwrap_or_default();
    let seconds = |at: Option<Timestamp>| {
        let worked = hours.worked(ticket.opened_at, at?, zone);
        Some(i32::try_from(worked.as_secs()).unwrap_or(i32::MAX))
    };
    Measure {
        response_s: seconds(ticket.first_response_at),
        claim_s: seconds(ticket.claimed_at),
        close_s: seconds(ticket.closed_at),
    }
}

/// Writes beside questions what they are about; whether there were any.
async fn digest(db: &PgPool, guild: Id<GuildMarker>) -> anyhow::Result<bool> {
    let found = store::list_undigested(db, guild, BATCH).await?;
    let digests: Vec<(i64, i64)> = found.iter().map(|(search, query)| (*search, asked::digest(query))).collect();
    store::set_digests(db, guild, &digests).await?;
    Ok(!digests.is_empty())
}
