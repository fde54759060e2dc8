//! Privacy: so far what a server sets for it.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::feature::Feature;
use crate::msg;
use crate::settings::{Field, Schema, WRITTEN_CHANNEL, field};

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("privacy").settings::<Settings>()
}

/// Where a server keeps its policy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    channel: Option<Id<ChannelMarker>>,
}

impl Schema for Settings {
    const FEATURE: &'static str = "privacy";
    const FIELDS: &'static [Field] = &[field("channel", msg!(privacy_set_channel), WRITTEN_CHANNEL).optional()];
}
