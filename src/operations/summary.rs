//! How a server's bot stands at a glance, for dashboards of others.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::overview::Refusal;
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::assist::{self, Drafts};
use crate::settings::System;
use crate::statistics::{self, About, Coming, Live, Period, Reminders};

/// Tickets, and reminders, that are named.
const OLDEST: i64 = 10;
const NEXT: i64 = 3;

/// How it stands.
#[derive(Clone, Debug)]
pub struct Summary {
    /// When this was.
    pub at: Timestamp,
    /// Tickets by what they are.
    pub per_status: BTreeMap<String, i64>,
    /// When the last one was opened.
    pub last_opened_at: Option<Timestamp>,
    /// How long all those that were closed took on average; nothing if none was.
    pub mean_close_s: Option<f64>,
    /// The oldest that are live.
    pub live: Vec<Live>,
    /// Reminders that will come.
    pub reminders: Reminders,
    /// The next of them, without those that are said to one member alone.
    pub coming: Vec<Coming>,
    /// What a model drafted.
    pub drafts: Drafts,
}

/// How it stands now.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn look(app: &App, acting: &Acting) -> Result<Summary, Failure<Refusal>> {
    acting.require_admin()?;
    let (db, guild, now) = (&app.db, acting.guild(), acting.now());
    if statistics::is_behind(db, guild).await? {
        return Err(Refusal::BeingCounted.into());
    }
    let zone = app.settings.get::<System>(guild).await?.time_zone.time_zone();
    let span = statistics::span(db, guild, &[About::Tickets], Period::All, (now, &zone)).await?;
    Ok(Summary {
        at: now,
        per_status: statistics::per_status(db, guild).await?,
        last_opened_at: statistics::last_ticket(db, guild).await?,
        mean_close_s: statistics::mean_close(db, guild, &span).await?,
        live: statistics::live(db, guild, OLDEST).await?,
        reminders: statistics::reminders(db, guild).await?,
        coming: statistics::coming(db, guild, now, NEXT).await?,
        drafts: assist::drafts(app, guild, now).await?,
    })
}
