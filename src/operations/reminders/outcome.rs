//! What operations with reminders come to, as data.

use std::ops::Deref;

use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use crate::acting::Outcome;
use crate::reminders::{Reminder, Timing};

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

/// What was done with a reminder that is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It became something else.
    Changed,
    /// It is silent.
    Paused,
    /// It speaks again.
    Resumed,
}

/// A reminder with which something was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// What.
    pub deed: Deed,
    /// The reminder; as it is by now, if the same origin had done it before.
    pub reminder: Reminder,
}

impl Deref for Saved {
    type Target = Reminder;

    fn deref(&self) -> &Reminder {
        &self.reminder
    }
}

impl Outcome for Saved {
    fn code(&self) -> &'static str {
        match self.deed {
            Deed::Changed => "changed",
            Deed::Paused => "paused",
            Deed::Resumed => "resumed",
        }
    }
}

impl Outcome for Vec<PausedReminder> {
    fn code(&self) -> &'static str {
        if self.is_empty() { "nothing_paused" } else { "channel_paused" }
    }
}

/// The reminders were paused of somebody who lost the right by which they speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VouchedPaused {
    /// Whether there were any that were not paused already.
    pub any: bool,
}

impl Outcome for VouchedPaused {
    fn code(&self) -> &'static str {
        if self.any { "vouched_paused" } else { "nothing_vouched_paused" }
    }
}

/// A reminder was paused that cannot be said to its member, unless it was paused already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silenced;

impl Outcome for Silenced {
    fn code(&self) -> &'static str {
        "silenced"
    }
}
