//! Announcements, from which reminders are made: so far what a server sets for them.

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::feature::Feature;
use crate::settings::{Field, Kind, Minutes, Schema, field};

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("announcements").settings::<Settings>()
}

/// Which announcements are watched in a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    channel: Option<Id<ChannelMarker>>,
    reminder_offset: Minutes,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { channel: None, reminder_offset: Minutes(60) }
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "announcements";
    const FIELDS: &'static [Field] = &[
        field(
            "channel",
            "The channel whose announcements become reminders",
            Kind::Channel {
                types: &[ChannelType::GuildText, ChannelType::GuildAnnouncement],
                needs: Permissions::READ_MESSAGE_HISTORY,
            },
        )
        .optional()
        .asked(),
        field(
            "reminder_offset",
            "How long before an event its reminder comes",
            Kind::Duration { min_minutes: 0, max_minutes: 4320 },
        ),
    ];
}
