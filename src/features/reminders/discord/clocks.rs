//! `/reminder time-zone`: by which clocks a member's times are read.

use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::operations::reminders as operations;
use crate::say;

pub(super) async fn set(cx: &Context, zone: Option<&str>) -> Result<Reply> {
    let acting = cx.acting().await?;
    let set = operations::set_zone(&cx.app, &acting, zone).await?;
    Ok(Reply::ephemeral(match set.zone {
        Some(zone) => say!(cx.language, reminders_zone_set, zone),
        None => {
            let zone = operations::find_zone(&cx.app, &acting).await?;
            say!(cx.language, reminders_zone_reset, zone = zone.iana_name().unwrap_or("UTC"))
        }
    }))
}
