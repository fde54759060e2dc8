//! What a ticket is: its states and which may follow which, its priority, its type.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker, UserMarker};

use super::Settings;
use super::hours::Hours;
use crate::settings::Minutes;

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
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
    pub(super) const ALL: [Status; 6] =
        [Status::Open, Status::Claimed, Status::WaitingForUser, Status::Escalated, Status::Closed, Status::Archived];

    /// Which states may follow this one; the only place that says so.
    pub(super) fn next(self) -> &'static [Status] {
        use Status::{Archived, Claimed, Closed, Escalated, Open, WaitingForUser};
        match self {
            Open => &[Claimed, WaitingForUser, Escalated, Closed],
            Claimed => &[Open, WaitingForUser, Escalated, Closed],
            WaitingForUser => &[Open, Claimed, Escalated, Closed],
            Escalated => &[Open, Claimed, WaitingForUser, Closed],
            // It goes back to whoever had it.
            Closed => &[Open, Claimed, Archived],
            Archived => &[],
        }
    }

    pub(super) fn may_become(self, next: Status) -> bool {
        self.next().contains(&next)
    }

    /// Whether there is still something to do.
    pub(super) fn is_live(self) -> bool {
        !matches!(self, Status::Closed | Status::Archived)
    }

    /// As it is stored, and typed.
    pub(super) fn name(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Claimed => "claimed",
            Status::WaitingForUser => "waiting_for_user",
            Status::Escalated => "escalated",
            Status::Closed => "closed",
            Status::Archived => "archived",
        }
    }

    pub(super) fn named(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }

    /// As people read it, with a colour for those who look and a word for those who cannot tell colours apart.
    pub(super) fn chip(self) -> &'static str {
        match self {
            Status::Open => "🟢 Open",
            Status::Claimed => "🔵 Claimed",
            Status::WaitingForUser => "🟡 Waiting for the member",
            Status::Escalated => "🔴 Escalated",
            Status::Closed => "⚫ Closed",
            Status::Archived => "🗄️ Archived",
        }
    }

    pub(super) fn color(self) -> u32 {
        match self {
            Status::Open => 0x002e_cc71,
            Status::Claimed => 0x0034_98db,
            Status::WaitingForUser => 0x00f1_c40f,
            Status::Escalated => 0x00e7_4c3c,
            Status::Closed | Status::Archived => 0x0095_a5a6,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name().replace('_', " "))
    }
}

/// How urgent a ticket is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Priority {
    Low,
    #[default]
    Normal,
    High,
    Urgent,
}

impl Priority {
    pub(super) const ALL: [(Priority, &'static str, &'static str); 4] = [
        (Priority::Low, "low", "🔽 Low"),
        (Priority::Normal, "normal", "Normal"),
        (Priority::High, "high", "🔼 High"),
        (Priority::Urgent, "urgent", "‼️ Urgent"),
    ];

    pub(super) fn name(self) -> &'static str {
        Priority::ALL.iter().find(|(it, _, _)| *it == self).map_or("normal", |(_, name, _)| name)
    }

    pub(super) fn named(name: &str) -> Option<Priority> {
        Priority::ALL.iter().find(|(_, it, _)| *it == name).map(|(it, _, _)| *it)
    }

    /// Its place in lists, from 1 on; the most urgent comes first.
    pub(super) fn rank(self) -> i32 {
        match self {
            Priority::Urgent => 1,
            Priority::High => 2,
            Priority::Normal => 3,
            Priority::Low => 4,
        }
    }

    pub(super) fn label(self) -> &'static str {
        Priority::ALL.iter().find(|(it, _, _)| *it == self).map_or("", |(_, _, label)| label)
    }
}

/// A ticket with its type.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    pub(super) guild: Id<GuildMarker>,
    pub(super) number: i32,
    pub(super) kind: Kind,
    /// Whose it is.
    pub(super) user: Id<UserMarker>,
    pub(super) subject: String,
    /// What was asked and answered.
    pub(super) answers: Vec<(String, String)>,
    pub(super) revision: i32,
    pub(super) status: Status,
    pub(super) priority: Priority,
    pub(super) claimed_by: Option<Id<UserMarker>>,
    pub(super) escalated_to: Option<Id<RoleMarker>>,
    pub(super) close_requested_by: Option<Id<UserMarker>>,
    pub(super) close_due_at: Option<Timestamp>,
    pub(super) closed_by: Option<Id<UserMarker>>,
    pub(super) close_reason: Option<String>,
    pub(super) rating: Option<i16>,
    pub(super) rating_comment: Option<String>,
    pub(super) opened_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) first_response_at: Option<Timestamp>,
    pub(super) claimed_at: Option<Timestamp>,
    pub(super) close_requested_at: Option<Timestamp>,
    pub(super) closed_at: Option<Timestamp>,
    pub(super) archived_at: Option<Timestamp>,
    pub(super) rated_at: Option<Timestamp>,
    /// What of it is in Discord.
    pub(super) shown: Shown,
}

/// What of a ticket is in Discord; only `settle` changes it.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) channel: Option<Id<ChannelMarker>>,
    pub(super) is_thread: bool,
    pub(super) message: Option<Id<MessageMarker>>,
    /// The revision that the message shows.
    pub(super) revision: i32,
    pub(super) creating_since: Option<Timestamp>,
    /// Whether members can no longer write.
    pub(super) shut: bool,
    /// Whether what was said is kept.
    pub(super) transcribed: bool,
    /// Whether its member was told that it is closed.
    pub(super) member_told: bool,
    pub(super) problem: Option<String>,
    /// The number of the lease under which it is settled.
    pub(super) attempt: i32,
}

/// A type of ticket.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) id: i32,
    pub(super) name: String,
    pub(super) definition: Definition,
}

/// What a type of ticket is like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Definition {
    pub(super) emoji: String,
    pub(super) description: String,
    /// The category in which it opens, or the channel of its private threads; nothing is the server's setting.
    pub(super) place: Option<Id<ChannelMarker>>,
    /// Whether `place` is a channel of private threads.
    pub(super) in_threads: bool,
    /// Who works it besides the admins; none is the server's setting.
    pub(super) staff_roles: Vec<Id<RoleMarker>>,
    pub(super) required_roles: Vec<Id<RoleMarker>>,
    pub(super) blocked_roles: Vec<Id<RoleMarker>>,
    pub(super) questions: Vec<Question>,
    /// The last number that was given to a question.
    pub(super) last_question: i32,
    /// What stands in the ticket above everything else.
    pub(super) opening: String,
    /// What its channel is called.
    pub(super) naming: String,
    /// How many a member may have open; 0 is any number.
    pub(super) member_limit: i64,
    /// How long a member waits between two.
    pub(super) cooldown: Minutes,
    /// When somebody is there, such as `mon-fri 09:00-17:00`; empty is always.
    pub(super) hours: String,
    /// What members read outside these hours.
    pub(super) hours_note: String,
    /// After how long the silent side is reminded; 0 is never.
    pub(super) remind_after: Minutes,
    /// After how long a ticket whose member is silent closes; 0 is never.
    pub(super) close_after: Minutes,
    /// Within which working time the staff answers; 0 is any time.
    pub(super) answer_within: Minutes,
    /// Whether a ticket that nobody answered in time is escalated.
    pub(super) escalate: bool,
    /// Whether a ticket closes when its member leaves the server.
    pub(super) close_when_left: bool,
}

/// What a ticket's channel is called unless its type says otherwise.
pub(super) const NAMING: &str = "ticket-{number}";

/// What a name may say.
pub(super) const NAMING_PLACEHOLDERS: &[&str] = &["number", "member", "type"];

/// What an opening message may say.
pub(super) const OPENING_PLACEHOLDERS: &[&str] = &["member", "number", "type", "subject"];

impl Default for Definition {
    fn default() -> Definition {
        Definition {
            emoji: String::new(),
            description: String::new(),
            place: None,
            in_threads: false,
            staff_roles: Vec::new(),
            required_roles: Vec::new(),
            blocked_roles: Vec::new(),
            questions: vec![
                Question {
                    id: 1,
                    label: "What is it about?".to_owned(),
                    hint: "In a few words".to_owned(),
                    required: true,
                    ask: Ask::Text { long: false, min_chars: 0, max_chars: 100 },
                },
                Question {
                    id: 2,
                    label: "Tell us more".to_owned(),
                    hint: "What happened, and what have you tried?".to_owned(),
                    required: false,
                    ask: Ask::Text { long: true, min_chars: 0, max_chars: 1000 },
                },
            ],
            last_question: 2,
            opening: "Hello {member}! The staff will be with you soon.".to_owned(),
            naming: NAMING.to_owned(),
            member_limit: 1,
            cooldown: Minutes(0),
            hours: String::new(),
            hours_note: String::new(),
            remind_after: Minutes(0),
            close_after: Minutes(0),
            answer_within: Minutes(0),
            escalate: false,
            close_when_left: false,
        }
    }
}

impl Definition {
    /// What is stored, without what does not fit: one odd member must not cost a type its staff.
    pub(super) fn read(stored: Value) -> Definition {
        let mut definition = Definition::read_fitting(stored);
        // What was stored before questions had numbers gets them, the same ones at each reading.
        for at in 0..definition.questions.len() {
            if definition.questions[at].id == 0 {
                definition.questions[at].id = definition.next_question();
            }
        }
        definition
    }

    /// The number of a question that is added. No number is given twice: somebody may still be changing what had it.
    pub(super) fn next_question(&mut self) -> i32 {
        let highest = self.questions.iter().map(|question| question.id).max().unwrap_or(0);
        self.last_question = self.last_question.max(highest) + 1;
        self.last_question
    }

    fn read_fitting(stored: Value) -> Definition {
        if let Ok(definition) = serde_json::from_value(stored.clone()) {
            return definition;
        }
        let mut fits = json!({});
        for (name, value) in stored.as_object().into_iter().flatten() {
            let alone = json!({ name: value });
            if serde_json::from_value::<Definition>(alone).is_ok() {
                fits[name] = value.clone();
            }
        }
        serde_json::from_value(fits).unwrap_or_default()
    }

    /// Who works it besides the admins.
    pub(super) fn staff(&self, settings: &Settings) -> Vec<Id<RoleMarker>> {
        if self.staff_roles.is_empty() { settings.staff_role.into_iter().collect() } else { self.staff_roles.clone() }
    }

    /// When somebody is there. Hours that no longer parse count as always.
    pub(super) fn hours(&self) -> Hours {
        self.hours.parse().unwrap_or_default()
    }
}

/// Something that is asked when a ticket is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Question {
    /// By which it is known whatever its place.
    #[serde(default)]
    pub(super) id: i32,
    /// At most 45 characters.
    pub(super) label: String,
    /// At most 100 characters.
    pub(super) hint: String,
    pub(super) required: bool,
    pub(super) ask: Ask,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ask {
    Text {
        long: bool,
        min_chars: u16,
        max_chars: u16,
    },
    /// One or, with `several`, any number of these.
    Choice {
        options: Vec<String>,
        several: bool,
    },
    Checkbox,
}

/// Something that happened to a ticket.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event {
    pub(super) kind: EventKind,
    /// Nobody is the bot.
    pub(super) user: Option<Id<UserMarker>>,
    pub(super) target: Option<Id<UserMarker>>,
    pub(super) body: String,
    /// Whether somebody has to be told.
    pub(super) announce: bool,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventKind {
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
    const ALL: [(EventKind, &'static str, &'static str); 21] = [
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
    pub(super) fn name(self) -> &'static str {
        EventKind::ALL.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, name, _)| name)
    }

    pub(super) fn named(name: &str) -> Option<EventKind> {
        EventKind::ALL.iter().find(|(_, it, _)| *it == name).map(|(kind, _, _)| *kind)
    }

    /// Whether only the staff knows of it.
    pub(super) fn is_internal(self) -> bool {
        matches!(self, EventKind::Note | EventKind::Late)
    }

    /// What somebody did, after their name.
    pub(super) fn did(self) -> &'static str {
        EventKind::ALL.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, _, did)| did)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "open             .xxxx.",
            "claimed          x.xxx.",
            "waiting_for_user xx.xx.",
            "escalated        xxx.x.",
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
        for (priority, name, _) in Priority::ALL {
            assert_eq!((priority.name(), Priority::named(name)), (name, Some(priority)));
        }
        for (kind, name, _) in EventKind::ALL {
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
