//! The settings of reminders.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::settings::{Field, Kind, Minutes, Schema, WRITTEN_CHANNEL, field};

/// How reminders work in a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where they go if nobody says.
    pub default_channel: Option<Id<ChannelMarker>>,
    /// Whether they may call everybody.
    pub allow_everyone: bool,
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
        field("default_channel", "Where reminders go if nobody says", WRITTEN_CHANNEL).optional().asked().alone(),
        field("allow_everyone", "Whether reminders may mention @everyone", Kind::Boolean),
        field(
            "creator_role",
            "Only who has this role, and the admins, may make reminders",
            Kind::Role { granted: false },
        )
        .optional(),
        field("manager_role", "Who manages everybody's reminders besides the admins", Kind::Role { granted: false })
            .optional(),
        field(
            "member_limit",
            "How many reminders a member may have; 0 is any number",
            Kind::Integer { min: 0, max: 1000 },
        ),
        field(
            "event_lead",
            "How long before an event its first reminder comes, if nobody says",
            Kind::Duration { min_minutes: 0, max_minutes: 4320 },
        ),
        field(
            "grace",
            "How late a reminder may still be said; what is older is reported as missed",
            Kind::Duration { min_minutes: 1, max_minutes: 1440 },
        ),
        field("remove_ahead", "Remove what was said before an event once it begins", Kind::Boolean),
        field("direct_fallback", "Say it in the default channel to who takes no direct messages", Kind::Boolean),
        field(
            "retention_days",
            "For how many days I keep reminders that are done",
            Kind::Integer { min: 1, max: 3650 },
        ),
    ];
}
