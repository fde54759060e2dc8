//! A draft as a row, from the press that asks for it to what becomes of it.

use jiff::{SignedDuration, Timestamp};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, MessageMarker};

use super::outcome::{Decision, Made};
use super::store::Kept;
use super::store::said::Unsaid;
use super::{Drafted, store};
use crate::app::App;

/// Drafts are kept for so long: a year with its season before.
const KEEP_DRAFTS: SignedDuration = SignedDuration::from_hours(400 * 24);

/// What was used on a day: a month, and what somebody looks back.
const KEEP_DAYS: i64 = 40;

/// How often members asked counts for an hour; a day later nobody asks.
const KEEP_MEMBERS: SignedDuration = SignedDuration::from_hours(24);

/// Rows of a table that one look takes; the next look takes the rest.
const BATCH: i64 = 1000;

/// Whoever posts a reply has so long before another tries.
const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// Replies of the staff that are known in a ticket: more than a page of its channel has.
const REPLIES: i64 = 100;

/// Writes down what was drafted and what it cost; what it says is in no row.
///
/// # Errors
/// The database does not answer.
pub async fn write_down(app: &App, guild: Id<GuildMarker>, made: &Made, drafted: &Drafted) -> anyhow::Result<()> {
    Ok(store::upsert(&app.db, guild, made, drafted).await?)
}

/// A draft that was made.
///
/// # Errors
/// The database does not answer.
pub async fn find(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: Id<InteractionMarker>,
) -> anyhow::Result<Option<Kept>> {
    Ok(store::find(db, guild, id).await?)
}

/// Writes down what becomes of a draft; `false` if something has, before.
///
/// # Errors
/// The database does not answer.
pub async fn decide(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: Id<InteractionMarker>,
    decision: Decision<'_>,
) -> anyhow::Result<bool> {
    Ok(store::decide(db, guild, id, decision).await?)
}

/// Takes a reply that is to be posted, for a while; nothing if somebody else has it, or it stands there.
///
/// # Errors
/// The database does not answer.
pub async fn take_unsaid(
    app: &App,
    guild: Id<GuildMarker>,
    draft: Id<InteractionMarker>,
    now: Timestamp,
) -> anyhow::Result<Option<Unsaid>> {
    Ok(store::said::take(&app.db, guild, draft, (now, now + LEASE)).await?)
}

/// Whether a reply is to be posted yet.
///
/// # Errors
/// The database does not answer.
pub async fn is_unsaid(app: &App, guild: Id<GuildMarker>, draft: Id<InteractionMarker>) -> anyhow::Result<bool> {
    Ok(store::said::is_unsaid(&app.db, guild, draft).await?)
}

/// Says what became of a reply that was to be posted.
///
/// # Errors
/// The database does not answer.
pub async fn end_unsaid(app: &App, guild: Id<GuildMarker>, unsaid: &Unsaid, end: End) -> anyhow::Result<()> {
    match end {
        End::Said(message) => store::said::set_said(&app.db, guild, unsaid.draft, message).await?,
        End::Refused => store::said::withdraw(&app.db, guild, unsaid).await?,
        End::Waits(at) => store::said::set_waiting(&app.db, guild, unsaid, at).await?,
    }
    Ok(())
}

/// What became of an attempt to post a reply.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// It stands there; as no message any more if somebody has deleted it already.
    Said(Option<Id<MessageMarker>>),
    /// Discord refuses it, so that it counts as not posted.
    Refused,
    /// It is tried again then.
    Waits(Timestamp),
}

/// Guilds with replies that are to be posted.
///
/// # Errors
/// The database does not answer.
pub async fn guilds_with_unsaid(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::said::list_guilds(&app.db, now).await?)
}

/// Replies of a guild that are to be posted; those beyond a bound are for the next look.
///
/// # Errors
/// The database does not answer.
pub async fn list_unsaid(
    app: &App,
    guild: Id<GuildMarker>,
    now: Timestamp,
) -> anyhow::Result<Vec<Id<InteractionMarker>>> {
    Ok(store::said::list(&app.db, guild, now, REPLIES).await?)
}

/// The messages of a ticket by which the bot said what somebody of the staff had it say.
///
/// # Errors
/// The database does not answer.
pub async fn list_replies(app: &App, guild: Id<GuildMarker>, number: i32) -> anyhow::Result<Vec<Id<MessageMarker>>> {
    Ok(store::said::list_messages(&app.db, guild, number, REPLIES).await?)
}

/// Forgets what is old, and releases what is reserved for calls that died.
///
/// # Errors
/// The database does not answer.
pub async fn forget(app: App, now: Timestamp) -> anyhow::Result<()> {
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date().saturating_sub(jiff::Span::new().days(KEEP_DAYS));
    store::spent::release(&app.db, now, BATCH).await?;
    store::old::delete_drafts(&app.db, now - KEEP_DRAFTS, BATCH).await?;
    store::old::delete_days(&app.db, day, BATCH).await?;
    store::old::delete_members(&app.db, now - KEEP_MEMBERS, BATCH).await?;
    Ok(())
}
