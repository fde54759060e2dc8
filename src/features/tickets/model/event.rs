//! What happens to tickets.

use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::{Source, Why};

/// Something that happened to a ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub kind: EventKind,
    /// Nobody is the bot.
    pub user: Option<Id<UserMarker>>,
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
    pub(super) const ALL: [(EventKind, &'static str, &'static str); 21] = [
        (EventKind::Opened, "opened", "opened it"),
        (EventKind::Claimed, "claimed", "claimed it"),
        (EventKind::Unclaimed, "unclaimed", "gave it back"),
        (EventKind::Resumed, "resumed", "set it back to open"),
        (EventKind::Transferred, "transferred", "gave it to"),
        (EventKind::Waiting, "waiting", "waits for the member"),
        (EventKind::Escalated, "escalated", "escalated it"),
        (EventKind::Reopened, "reopened", "opened it again"),
        (EventKind::Closed, "closed", "closed it"),
        (EventKind::Archived, "archived", "archived it"),
        (EventKind::Priority, "priority", "set the priority"),
        (EventKind::Renamed, "renamed", "renamed it"),
        (EventKind::Added, "added", "added"),
        (EventKind::Removed, "removed", "removed"),
        (EventKind::Note, "note", "noted"),
        (EventKind::Message, "message", "added a message"),
        (EventKind::CloseRequested, "close_requested", "asked to close it"),
        (EventKind::KeptOpen, "kept_open", "wants to keep it open"),
        (EventKind::Reminded, "reminded", "reminded the silent side"),
        (EventKind::Late, "late", "found it unanswered for too long"),
        (EventKind::Rated, "rated", "rated it"),
    ];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        EventKind::ALL.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, name, _)| name)
    }

    pub fn named(name: &str) -> Option<EventKind> {
        EventKind::ALL.iter().find(|(_, it, _)| *it == name).map(|(kind, _, _)| *kind)
    }

    /// Whether only the staff knows of it.
    pub fn is_internal(self) -> bool {
        matches!(self, EventKind::Note | EventKind::Late)
    }

    /// What somebody did, after their name.
    pub fn did(self) -> &'static str {
        EventKind::ALL.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, _, did)| did)
    }
}
