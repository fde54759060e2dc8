//! Reminders: so far what a server sets for them.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::feature::Feature;
use crate::settings::{Field, Kind, Schema, WRITTEN_CHANNEL, field};

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("reminders").settings::<Settings>()
}

/// How reminders work in a server.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    default_channel: Option<Id<ChannelMarker>>,
    allow_everyone: bool,
}

impl Schema for Settings {
    const FEATURE: &'static str = "reminders";
    const FIELDS: &'static [Field] = &[
        field("default_channel", "Where reminders go if nobody says", WRITTEN_CHANNEL).optional().asked().alone(),
        field("allow_everyone", "Whether reminders may mention @everyone", Kind::Boolean),
    ];
}
