//! Forgetting what is done.

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::app::App;
use crate::reminders::{Settings, store};

/// Guilds with something that may be old.
pub(super) async fn guilds(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_with_old(&app.db, now - SignedDuration::from_hours(24)).await?)
}

/// Forgets what a guild keeps no longer.
pub(super) async fn forget_old(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let days = app.settings.get::<Settings>(guild).await?.retention_days;
    Ok(store::delete_old(&app.db, guild, now - SignedDuration::from_hours(days * 24)).await?)
}

/// How long what somebody has begun is kept: a form that is refused opens again for a day.
const BEGUN: SignedDuration = SignedDuration::from_hours(48);

/// Forgets what members began and did not come back to.
pub(super) async fn forget_begun(app: App, now: Timestamp) -> anyhow::Result<()> {
    Ok(store::delete_begun(&app.db, now - BEGUN).await?)
}
