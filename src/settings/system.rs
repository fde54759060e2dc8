//! The settings of the spine itself.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::field::{Field, Kind, WRITTEN_CHANNEL, Zone, field};
use super::schema::Schema;

/// What the spine itself needs to know of a guild.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct System {
    /// Members with this role are admins for the bot.
    pub admin_role: Option<Id<RoleMarker>>,
    /// Where the bot reports what it did.
    pub log_channel: Option<Id<ChannelMarker>>,
    /// How much of it.
    pub log_level: LogLevel,
    /// The zone in which people here name times.
    pub time_zone: Zone,
    /// The language of what the bot posts.
    pub language: Language,
    /// For how many days it is known who changed what.
    pub retention_days: i64,
}

impl Default for System {
    fn default() -> System {
        System {
            admin_role: None,
            log_channel: None,
            log_level: LogLevel::default(),
            time_zone: Zone::default(),
            language: Language::default(),
            retention_days: 365,
        }
    }
}

/// How much is reported in the log channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Everything.
    Verbose,
    /// Everything but details.
    #[default]
    Normal,
    /// What went wrong.
    Critical,
}

/// A language that the bot can speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Dutch.
    #[serde(rename = "nl")]
    Dutch,
}

impl Schema for System {
    const FEATURE: &'static str = "system";
    const FIELDS: &'static [Field] = &[
        field("admin_role", "Members with this role may change everything here", Kind::Role { granted: false })
            .optional()
            .asked(),
        field("log_channel", "Where I report what I did", WRITTEN_CHANNEL).optional().asked(),
        field(
            "log_level",
            "How much I report there",
            Kind::Choice(&[("verbose", "Everything"), ("normal", "No details"), ("critical", "Only trouble")]),
        ),
        field("time_zone", "The time zone in which people here name times", Kind::TimeZone),
        field("language", "The language of what I post", Kind::Choice(&[("en", "English"), ("nl", "Nederlands")])),
        field("retention_days", "For how many days I keep who changed what here", Kind::Integer { min: 30, max: 3650 }),
    ];
}
