//! What a ticket is: its states and which may follow which, its priority, its kind.

pub mod answers;
mod clipping;
mod emoji;
mod event;
mod kind;
mod kind_change;
mod kind_draft;
mod kind_in_language;
mod opening;
mod panel;
mod problem;
pub mod refusal;
pub mod seen;
mod tag;
pub mod transcript;
mod translation;
mod why;
pub mod workflow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker, UserMarker};
use utoipa::ToSchema;

pub use clipping::{Clipping, Source};
pub use emoji::{emoji_of, own_emoji};
pub use event::{Event, EventKind};
pub use kind::{Ask, Definition, Kind, NAMING, NAMING_PLACEHOLDERS, OPENING_PLACEHOLDERS, Question};
pub use kind_change::{KindChange, KindLimits, KindPeople, KindTexts, KindTimes};
pub(crate) use kind_draft::KIND_ROLES;
pub use kind_draft::{CheckedKind, KindMisfit, KindPart, longest_answer};
pub use opening::{Before, may_open};
pub use panel::{BODY_CHARS as PANEL_BODY_CHARS, TITLE_CHARS as PANEL_TITLE_CHARS};
pub use panel::{CheckedPanel, PanelDraft, PanelMisfit};
pub use problem::{Cut, Problem};
pub use refusal::Refusal;
pub use tag::{BODY_CHARS as TAG_BODY_CHARS, CheckedTag, NAME_CHARS as TAG_NAME_CHARS, Tag, TagDraft, TagMisfit};
pub use translation::{InLanguages, KindTranslation, PanelTranslation, QuestionTranslation};
pub use why::{Hindrance, Obstacle, Side, Why};

use super::settings::{Notify, Settings};
pub use crate::hours::HoursMisfit;

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TicketStatus)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody works on it yet.
    Open,
    /// Somebody of the staff does.
    Claimed,
    /// The staff waits for its member.
    WaitingForUser,
    /// Others were called.
    Escalated,
    /// It is done; it can be opened again.
    Closed,
    /// It is done and its channel is gone.
    Archived,
}

impl Status {
    pub const ALL: [Status; 6] =
        [Status::Open, Status::Claimed, Status::WaitingForUser, Status::Escalated, Status::Closed, Status::Archived];

    /// Which states may follow this one; the only place that says so.
    pub fn next(self) -> &'static [Status] {
        use Status::{Archived, Claimed, Closed, Escalated, Open, WaitingForUser};
        match self {
            // What is live is archived only when its channel is lost.
            Open => &[Claimed, WaitingForUser, Escalated, Closed, Archived],
            Claimed => &[Open, WaitingForUser, Escalated, Closed, Archived],
            WaitingForUser => &[Open, Claimed, Escalated, Closed, Archived],
            Escalated => &[Open, Claimed, WaitingForUser, Closed, Archived],
            // It goes back to whoever had it.
            Closed => &[Open, Claimed, Archived],
            Archived => &[],
        }
    }

    pub fn may_become(self, next: Status) -> bool {
        self.next().contains(&next)
    }

    /// Whether there is still something to do.
    pub fn is_live(self) -> bool {
        !matches!(self, Status::Closed | Status::Archived)
    }

    /// As it is stored, and typed.
    pub fn name(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Claimed => "claimed",
            Status::WaitingForUser => "waiting_for_user",
            Status::Escalated => "escalated",
            Status::Closed => "closed",
            Status::Archived => "archived",
        }
    }

    pub fn named(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }

    pub fn color(self) -> u32 {
        match self {
            Status::Open => 0x002e_cc71,
            Status::Claimed => 0x0034_98db,
            Status::WaitingForUser => 0x00f1_c40f,
            Status::Escalated => 0x00e7_4c3c,
            Status::Closed | Status::Archived => 0x0095_a5a6,
        }
    }
}

/// How urgent a ticket is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TicketPriority)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Low,
    #[default]
    Normal,
    High,
    Urgent,
}

impl Priority {
    pub const ALL: [(Priority, &'static str); 4] =
        [(Priority::Low, "low"), (Priority::Normal, "normal"), (Priority::High, "high"), (Priority::Urgent, "urgent")];

    /// As it is stored, and typed.
    pub fn name(self) -> &'static str {
        Priority::ALL.iter().find(|(it, _)| *it == self).map_or("normal", |(_, name)| name)
    }

    pub fn named(name: &str) -> Option<Priority> {
        Priority::ALL.iter().find(|(_, it)| *it == name).map(|(it, _)| *it)
    }

    /// Its place in lists, from 1 on; the most urgent comes first.
    pub fn rank(self) -> i32 {
        match self {
            Priority::Urgent => 1,
            Priority::High => 2,
            Priority::Normal => 3,
            Priority::Low => 4,
        }
    }
}

/// A ticket with its kind.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub guild: Id<GuildMarker>,
    pub number: i32,
    pub kind: Kind,
    /// Whose it is.
    pub user: Id<UserMarker>,
    /// Who opened it; nobody is a program.
    pub opened_by: Option<Id<UserMarker>>,
    pub subject: String,
    /// What was asked and answered.
    pub answers: Vec<(String, String)>,
    /// Where the message is from that it was opened with; its text is the only answer then.
    pub source: Option<Source>,
    pub revision: i32,
    pub status: Status,
    pub priority: Priority,
    pub claimed_by: Option<Id<UserMarker>>,
    pub escalated_to: Option<Id<RoleMarker>>,
    /// Roles that were called before, and are no longer.
    pub called_before: Vec<Id<RoleMarker>>,
    pub close_requested_by: Option<Id<UserMarker>>,
    pub close_due_at: Option<Timestamp>,
    pub closed_by: Option<Id<UserMarker>>,
    /// What whoever closed it gave as the reason, or why the bot did.
    pub close_reason: Option<String>,
    pub close_why: Option<Why>,
    pub rating: Option<i16>,
    pub rating_comment: Option<String>,
    pub opened_at: Timestamp,
    pub updated_at: Timestamp,
    pub first_response_at: Option<Timestamp>,
    pub claimed_at: Option<Timestamp>,
    pub close_requested_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub archived_at: Option<Timestamp>,
    pub rated_at: Option<Timestamp>,
    /// What of it is in Discord.
    pub shown: Shown,
}

/// What of a ticket is in Discord; only `settle` changes it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub channel: Option<Id<ChannelMarker>>,
    pub is_thread: bool,
    pub message: Option<Id<MessageMarker>>,
    /// The revision that the message shows.
    pub revision: i32,
    pub creating_since: Option<Timestamp>,
    /// Whether members can no longer write.
    pub shut: bool,
    /// Whether what was said is kept.
    pub transcribed: bool,
    /// Whether its member was told that it is closed.
    pub member_told: bool,
    pub problem: Option<Problem>,
    /// The number of the lease under which it is settled.
    pub attempt: i32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn which_state_may_follow_which() {
        let table: Vec<String> = Status::ALL
            .iter()
            .map(|from| {
                let cell = |to: &Status| if from.may_become(*to) { 'x' } else { '.' };
                format!("{:16} {}", from.name(), Status::ALL.iter().map(cell).collect::<String>())
            })
            .collect();
        let expected = [
            "open             .xxxxx",
            "claimed          x.xxxx",
            "waiting_for_user xx.xxx",
            "escalated        xxx.xx",
            "closed           xx...x",
            "archived         ......",
        ];
        assert_eq!(table, expected);
    }

    #[test]
    fn names_are_read_back() {
        for status in Status::ALL {
            assert_eq!(Status::named(status.name()), Some(status));
            assert_eq!(serde_json::json!(status), status.name());
        }
        for (priority, name) in Priority::ALL {
            assert_eq!((priority.name(), Priority::named(name)), (name, Some(priority)));
        }
        for (kind, name) in EventKind::ALL {
            assert_eq!((kind.name(), EventKind::named(name)), (name, Some(kind)));
        }
    }

    #[test]
    fn a_type_that_an_older_version_stored_is_read() {
        let stored: Definition = serde_json::from_str(r#"{"emoji":"🔧","colour":7}"#).expect("it is an object");
        assert_eq!(stored, Definition { emoji: "🔧".to_owned(), ..Definition::default() });
    }

    #[test]
    fn one_odd_member_of_a_type_costs_no_other() {
        let stored =
            json!({"emoji": "🔧", "member_limit": "many", "staff_roles": ["7"], "questions": [{"ask": "poem"}]});
        let expected = Definition { emoji: "🔧".to_owned(), staff_roles: vec![Id::new(7)], ..Definition::default() };
        assert_eq!(Definition::read(stored), expected);
        assert_eq!(Definition::read(json!([7])), Definition::default());
    }
}
