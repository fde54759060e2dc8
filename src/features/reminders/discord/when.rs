//! When, as people type it, and what they read if that is nothing.

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::words;
use crate::error::{Error, Result};
use crate::interactions::Context;
use crate::operations::reminders::{self as operations, Refusal};
use crate::reminders::when::{self, When};
use crate::reminders::{Timing, time_zones};
use crate::said;
use crate::settings::System;
use crate::words::Say;

/// The server's zone: what is announced to all is meant by its clocks.
pub(super) async fn server_zone(cx: &Context) -> Result<TimeZone> {
    Ok(cx.app.settings.get::<System>(cx.guild).await?.time_zone.time_zone())
}

/// The zone that somebody named, or else theirs.
pub(super) async fn zone(cx: &Context, named: Option<&str>) -> Result<TimeZone> {
    match named {
        None => Ok(operations::find_zone(&cx.app, &cx.acting().await?).await?),
        Some(named) => time_zones::find(named).ok_or_else(|| Error::User(said!(reminders_no_such_zone))),
    }
}

/// Reads when something is to be said.
///
/// # Errors
/// A sentence with what would be understood, or what lies ahead.
pub(super) fn read_when(text: &str, now: &Zoned) -> Result<When> {
    when::read(text, now).map_err(|misread| words::misread(text, now.time_zone(), misread))
}

/// When something is to be said that somebody typed.
///
/// # Errors
/// A sentence with what would be understood, or what lies ahead.
pub(in super::super) fn read_timing(text: &str, now: &Zoned) -> Result<Timing> {
    timing(&read_when(text, now)?, now.time_zone(), text.trim())
}

/// The timing of what was read, which somebody wrote as `said`.
///
/// # Errors
/// It ends before it begins.
pub(super) fn timing(when: &When, zone: &TimeZone, said: &str) -> Result<Timing> {
    Timing::new(when, zone, said).ok_or_else(|| Error::User(Refusal::Never.said()))
}
