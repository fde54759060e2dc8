//! What numbers are told as.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, InteractionMarker, UserMarker};

/// Where the ages of a backlog are divided.
pub const AGES: [SignedDuration; 6] = [
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(4),
    SignedDuration::from_hours(24),
    SignedDuration::from_hours(3 * 24),
    SignedDuration::from_hours(7 * 24),
    SignedDuration::from_hours(30 * 24),
];

/// How durations are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// By the clock.
    Passed,
    /// Only while somebody is there, by the hours of the ticket's kind.
    Worked,
}

/// What happened on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    /// How many tickets were opened, or searches made.
    pub came: i64,
    /// How many tickets were closed, or of these searches answered.
    pub done: i64,
}

/// How durations are spread, in seconds. The median and the 90th percentile are exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many there are.
    pub times: i64,
    pub mean_s: f64,
    pub median_s: f64,
    pub p90_s: f64,
}

/// How long things took; nothing where nothing did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spreads {
    pub response: Option<Spread>,
    pub claim: Option<Spread>,
    pub close: Option<Spread>,
}

/// What happened on a day of UTC that has an average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfDay {
    pub date: Date,
    /// How often.
    pub times: i64,
    /// All of them together: seconds, or stars.
    pub total: i64,
}

/// How averages went, the earliest day first; a day on which nothing happened is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// First responses to tickets that were opened on the day.
    pub response: Vec<OfDay>,
    /// Tickets that were closed first on the day.
    pub close: Vec<OfDay>,
    /// Ratings of tickets that were opened on the day.
    pub stars: Vec<OfDay>,
}

/// How long things took. Nothing is told of what is in working time as long as some of it is not measured, which is for minutes
/// after much came at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// How many tickets were closed, each where it was closed first.
    pub closed: i64,
    pub spreads: Option<Spreads>,
    /// First responses, kind by kind of those that have a target.
    pub targets: Option<Vec<Target>>,
}

/// What became of the tickets of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfKind {
    pub kind: i32,
    pub name: String,
    pub opened: i64,
    /// How often one was opened again.
    pub reopened: i64,
    pub rated: i64,
    /// The stars of all ratings together.
    pub stars: i64,
}

/// How many first responses came within the working time that their kind aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub kind: i32,
    pub answered: i64,
    pub within: i64,
}

/// What somebody of the staff did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfStaff {
    pub user: Id<UserMarker>,
    pub claimed: i64,
    pub closed: i64,
    pub rated: i64,
    pub stars: i64,
}

/// Live tickets of an age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    pub tickets: i64,
    /// Those that nobody has claimed.
    pub unclaimed: i64,
}

/// A question that was looked for in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// As it was typed last.
    pub query: String,
    /// How often, in whatever order and with whatever endings of its words.
    pub times: i64,
    /// The last search for it.
    pub search: Id<InteractionMarker>,
}

/// What became of reminders that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reminded {
    pub said: i64,
    /// Those of them that were late.
    pub late: i64,
    pub missed: i64,
    pub failed: i64,
}

/// The mean of ratings; nothing where there are none.
#[allow(clippy::cast_precision_loss)] // Nobody gives that many stars.
pub fn mean(stars: i64, rated: i64) -> Option<f64> {
    (rated > 0).then(|| stars as f64 / rated as f64)
}

/// A ticket that is live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    pub number: i32,
    pub user: Id<UserMarker>,
    pub status: String,
    pub channel: Option<Id<ChannelMarker>>,
    pub opened_at: Timestamp,
}

/// Reminders that will come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reminders {
    pub total: i64,
    pub recurring: i64,
    pub per_channel: Vec<(Id<ChannelMarker>, i64)>,
}

/// A reminder that comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    pub number: i32,
    pub name: String,
    pub channel: Id<ChannelMarker>,
    pub due_at: Timestamp,
    pub is_recurring: bool,
}

/// Whether a ticket of that state is live.
pub fn is_live(status: &str) -> bool {
    !["closed", "archived"].contains(&status)
}

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Tickets,
    Searches,
}

impl About {
    pub(super) fn name(self) -> &'static str {
        match self {
            About::Tickets => "tickets",
            About::Searches => "searches",
        }
    }
}
