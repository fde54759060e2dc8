//! Tickets: so far what a server sets for them.

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::feature::Feature;
use crate::settings::{Field, Kind, Schema, field};

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("tickets").settings::<Settings>()
}

/// How tickets work in a server.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    category: Option<Id<ChannelMarker>>,
    staff_role: Option<Id<RoleMarker>>,
    escalation_role: Option<Id<RoleMarker>>,
}

impl Schema for Settings {
    const FEATURE: &'static str = "tickets";
    const FIELDS: &'static [Field] = &[
        field(
            "category",
            "The category in which tickets open",
            Kind::Channel { types: &[ChannelType::GuildCategory], needs: Permissions::MANAGE_CHANNELS },
        )
        .optional()
        .asked(),
        field("staff_role", "Who works the tickets", Kind::Role { granted: false }).optional().asked(),
        field("escalation_role", "Who is called when a ticket is escalated", Kind::Role { granted: false }).optional(),
    ];
}
