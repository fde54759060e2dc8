//! What operations with reminders come to, as data.

use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use crate::reminders::Timing;

/// An announcement that a reminder follows.
#[derive(Clone, Debug)]
pub struct Follows {
    /// When it announces it for.
    pub timing: Timing,
    /// What of it does not count, since somebody has set it by hand.
    pub kept: Vec<Part>,
}

/// What an announcement tells of a reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What it is called.
    Name,
    /// What it says besides.
    Body,
    /// Where something takes place.
    Place,
    /// Where it is said.
    Channel,
    /// When.
    Timing,
    /// How long ahead.
    Leads,
}

/// A reminder that was paused since its channel refuses the bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PausedReminder {
    /// Its number.
    pub number: i32,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub creator: Option<Id<UserMarker>>,
}
