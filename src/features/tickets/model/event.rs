//! What happens to tickets.

use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::{Source, Why};
use crate::settings::Program;

/// Something that happened to a ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub kind: EventKind,
    /// Nobody is a program, or the bot.
    pub user: Option<Id<UserMarker>>,
    /// What did it, if nobody did; nothing is the bot, or what older versions took for it.
    pub program: Option<Program>,
    pub target: Option<Id<UserMarker>>,
    /// What somebody wrote.
    pub body: String,
    /// Why the bot did it.
    pub why: Option<Why>,
    /// Where the message is from that was added; `body` is its text.
    pub source: Option<Source>,
    /// Whether somebody has to be told.
    pub announce: bool,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Opened,
    Claimed,
    Unclaimed,
    Resumed,
    Transferred,
    Waiting,
    Escalated,
    Reopened,
    Closed,
    Archived,
    Priority,
    Renamed,
    Added,
    Removed,
    Note,
    /// A message that was added from elsewhere.
    Message,
    CloseRequested,
    KeptOpen,
    Reminded,
    Late,
    Rated,
}

impl EventKind {
    pub(super) const ALL: [(EventKind, &'static str); 21] = [
        (EventKind::Opened, "opened"),
        (EventKind::Claimed, "claimed"),
        (EventKind::Unclaimed, "unclaimed"),
        (EventKind::Resumed, "resumed"),
        (EventKind::Transferred, "transferred"),
        (EventKind::Waiting, "waiting"),
        (EventKind::Escalated, "escalated"),
        (EventKind::Reopened, "reopened"),
        (EventKind::Closed, "closed"),
        (EventKind::Archived, "archived"),
        (EventKind::Priority, "priority"),
        (EventKind::Renamed, "renamed"),
        (EventKind::Added, "added"),
        (EventKind::Removed, "removed"),
        (EventKind::Note, "note"),
        (EventKind::Message, "message"),
        (EventKind::CloseRequested, "close_requested"),
        (EventKind::KeptOpen, "kept_open"),
        (EventKind::Reminded, "reminded"),
        (EventKind::Late, "late"),
        (EventKind::Rated, "rated"),
    ];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        EventKind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    pub fn named(name: &str) -> Option<EventKind> {
        EventKind::ALL.iter().find(|(_, it)| *it == name).map(|(kind, _)| *kind)
    }

    /// Whether only the staff knows of it.
    pub fn is_internal(self) -> bool {
        matches!(self, EventKind::Note | EventKind::Late)
    }
}
