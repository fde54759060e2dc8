//! By which clocks a member's times are read.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Refusal, SWITCH};
use crate::acting::{Acting, Failure, Outcome, answer_once, digest};
use crate::app::App;
use crate::readers;
use crate::reminders::time_zones;
use crate::settings::System;

/// By which clocks a member's times are read now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneSet {
    /// The zone that they have chosen; nothing if it is the server's.
    pub zone: Option<String>,
}

impl Outcome for ZoneSet {
    fn code(&self) -> &'static str {
        if self.zone.is_some() { "zone_set" } else { "zone_reset" }
    }
}

/// Reads a member's times by the clocks of a zone from now on; nothing is the server's. What is there already stays as it is. The
/// same origin does so once.
///
/// # Errors
/// [`Refusal::NoSuchZone`], [`Refusal::NotForThem`] where no person acts, or the database does not answer.
pub async fn set_zone(app: &App, acting: &Acting, zone: Option<&str>) -> Result<ZoneSet, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let deed = format!("reminder.zone {}", digest(&zone));
    let set = set_now(app, acting, zone, &deed).await;
    let before = async { Ok(acting.find_answer(&app.db, &deed).await?) };
    answer_once(set, Refusal::Gone, before).await
}

async fn set_now(
    app: &App,
    acting: &Acting,
    zone: Option<&str>,
    deed: &str,
) -> Result<Option<ZoneSet>, Failure<Refusal>> {
    let user = acting.user().ok_or(Refusal::NotForThem)?;
    let zone = match zone {
        Some(name) => Some(time_zones::find(name).ok_or(Refusal::NoSuchZone)?),
        None => None,
    };
    let zone = zone.and_then(|zone| zone.iana_name().map(str::to_owned));
    let mut tx = app.db.begin().await?;
    readers::set_zone(&mut *tx, acting.guild(), user, zone.as_deref(), acting.now()).await?;
    let set = ZoneSet { zone };
    if !acting.record_once(&mut *tx, deed, &set, None).await? {
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some(set))
}

/// By which clocks the times of whoever acts are read: by those that they have chosen, or else by the server's.
///
/// # Errors
/// The database does not answer.
pub async fn find_zone(app: &App, acting: &Acting) -> Result<TimeZone, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    if let Some(user) = acting.user()
        && let Some(zone) = readers::find_zone(&app.db, acting.guild(), user).await?
    {
        return Ok(zone);
    }
    Ok(app.settings.get::<System>(acting.guild()).await?.time_zone.time_zone())
}
