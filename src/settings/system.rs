//! The settings of the spine itself.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::field::{Field, Kind, WRITTEN_CHANNEL, Zone, field};
use super::schema::Schema;
use crate::msg;
use crate::words::{LANGUAGES, Language};

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

impl Schema for System {
    const FEATURE: &'static str = "system";
    const FIELDS: &'static [Field] = &[
        field("admin_role", msg!(settings_set_admin_role), Kind::Role { granted: false }).optional().asked(),
        field("log_channel", msg!(settings_set_log_channel), WRITTEN_CHANNEL).optional().asked().hidden(),
        field(
            "log_level",
            msg!(settings_set_log_level),
            Kind::Choice(&[
                ("verbose", msg!(settings_set_log_level_verbose_option)),
                ("normal", msg!(settings_set_log_level_normal_option)),
                ("critical", msg!(settings_set_log_level_critical_option)),
            ]),
        ),
        field("time_zone", msg!(settings_set_time_zone), Kind::TimeZone).asked(),
        field("language", msg!(settings_set_language), Kind::Choice(LANGUAGES)).asked(),
        field("retention_days", msg!(settings_set_retention_days), Kind::Integer { min: 30, max: 3650 }),
    ];
}
