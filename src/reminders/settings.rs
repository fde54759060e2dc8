//! The settings of reminders.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::msg;
use crate::settings::{Field, Kind, Minutes, Schema, WRITTEN_CHANNEL, field};

/// How reminders work in a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where they go if nobody says.
    pub default_channel: Option<Id<ChannelMarker>>,
    /// Whether they may call everybody.
    pub allow_everyone: bool,
    /// Whether one that calls nobody pings who made it.
    pub ping_maker: bool,
    /// Who may make them, if not everybody may.
    pub creator_role: Option<Id<RoleMarker>>,
    /// Who manages everybody's, besides the admins.
    pub manager_role: Option<Id<RoleMarker>>,
    /// How many a member may have; 0 is any number.
    pub member_limit: i64,
    /// How long ahead an event is said first, if nobody says.
    pub event_lead: Minutes,
    /// How late one may still be said.
    pub grace: Minutes,
    /// Whether what was said ahead is removed once it begins.
    pub remove_ahead: bool,
    /// Whether the default channel takes what a member does not take directly.
    pub direct_fallback: bool,
    /// For how many days those that are done are kept.
    pub retention_days: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            default_channel: None,
            allow_everyone: false,
            ping_maker: true,
            creator_role: None,
            manager_role: None,
            member_limit: 25,
            event_lead: Minutes(60),
            grace: Minutes(30),
            remove_ahead: false,
            direct_fallback: false,
            retention_days: 90,
        }
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "reminders";
    const FIELDS: &'static [Field] = &[
        field("default_channel", msg!(reminders_set_default_channel), WRITTEN_CHANNEL).optional().asked().alone(),
        field("allow_everyone", msg!(reminders_set_allow_everyone), Kind::Boolean),
        field("ping_maker", msg!(reminders_set_ping_maker), Kind::Boolean),
        field("creator_role", msg!(reminders_set_creator_role), Kind::Role { granted: false }).optional(),
        field("manager_role", msg!(reminders_set_manager_role), Kind::Role { granted: false }).optional(),
        field("member_limit", msg!(reminders_set_member_limit), Kind::Integer { min: 0, max: 1000 }),
        field("event_lead", msg!(reminders_set_event_lead), Kind::Duration { min_minutes: 0, max_minutes: 4320 }),
        field("grace", msg!(reminders_set_grace), Kind::Duration { min_minutes: 1, max_minutes: 1440 }),
        field("remove_ahead", msg!(reminders_set_remove_ahead), Kind::Boolean),
        field("direct_fallback", msg!(reminders_set_direct_fallback), Kind::Boolean),
        field("retention_days", msg!(reminders_set_retention_days), Kind::Integer { min: 1, max: 3650 }),
    ];
}
