//! Why something is not done with a ticket.

pub mod blocks;
pub mod kinds;
pub mod panels;
pub mod tags;

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker, UserMarker};

use super::{Priority, Status};
use crate::acting::{self, NotAdmin, refused_as};

/// Why somebody's step is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is none of that number that they may know of.
    NoSuchTicket,
    NotAdmin,
    /// They do not work it.
    NotStaff,
    /// Its member rates it, and nobody else.
    NotYoursToRate,
    /// Its member agrees, and nobody else.
    NotYoursToAgree,
    /// Here members do not close their own tickets.
    StaffCloses,
    ClaimedByYou,
    ClaimedBy(Id<UserMarker>),
    NotClaimed,
    HasIt(Id<UserMarker>),
    /// It is done.
    Done(Status),
    /// What it is cannot become that.
    Cannot {
        from: Status,
        to: Status,
    },
    SamePriority(Priority),
    /// It was opened again since.
    NotClosed,
    NoStars,
    /// It was opened and closed again since it was asked how it was.
    OtherEnd,
    /// Stars are one to five.
    StarsOutOfRange,
    /// Its member was asked whether it may be closed, and has not answered.
    AskedAlready {
        at: Timestamp,
    },
    /// Nobody asks any more whether it may be closed.
    NotAsked,
    /// Only what is closed is deleted.
    CloseFirst {
        number: i32,
        status: Status,
    },
    /// Only what is live has members.
    ReopenFirst {
        number: i32,
        status: Status,
    },
    /// Its channel was deleted, so it cannot be opened again.
    ChannelGone {
        number: i32,
    },
    /// They are not in the server.
    NotHere,
    /// They do not work tickets of this kind.
    NotItsStaff(Id<UserMarker>),
    /// It is theirs.
    OwnTicket,
    TakesPart {
        user: Id<UserMarker>,
        number: i32,
        present: bool,
    },
    /// Everybody could read it.
    EscalatedToEverybody,
    /// Longer than it may be.
    TooLong {
        max: usize,
    },
    /// It says nothing.
    Empty,
    /// Others changed it again and again.
    Busy,
    /// There is no such kind of ticket, or none any more.
    NoSuchKind,
    /// They may open none here.
    Blocked {
        reason: String,
    },
    /// Not with one of their roles.
    RoleBlocked,
    /// Only with one of these.
    RoleRequired {
        roles: Vec<Id<RoleMarker>>,
    },
    /// They have these open.
    AsManyAsAllowed {
        open: Vec<(i32, Option<Id<ChannelMarker>>)>,
    },
    /// So many closed tickets of theirs still have their channels.
    ChannelsLeft {
        count: i64,
    },
    JustOpened {
        next_at: Timestamp,
    },
    /// Only the staff opens tickets for others.
    NotForOthers,
    /// A program has no tickets.
    ForBot,
    /// It has to be said whose it is: whoever opens it is no member.
    ForNobody,
    NotAnswered {
        label: String,
    },
    AnswerOutOfRange {
        label: String,
        min_chars: u16,
        max_chars: u16,
    },
    /// The question has other answers by now.
    OtherAnswers {
        label: String,
    },
    NotTicked {
        label: String,
    },
    /// What was written is gone, or was sent.
    DraftGone,
    /// There is no such answer in the FAQ any more.
    NoSuchEntry,
    /// There is no such message that they can read.
    NoSuchMessage,
    /// The message has neither text nor files.
    NothingToAdd,
    /// The message was added before.
    AddedBefore,
    /// Something else was kept by that name.
    NameTaken,
    /// The role is not of this guild.
    UnknownRole,
    /// Nothing is kept of what was said.
    NoTranscript,
    /// How many tickets there are, and who works how many, is for who works them.
    NumbersForStaff,
    /// Time does that, or what was found in Discord; nobody else.
    OnlyTheBot,
    /// It was drafted long ago, or for what the ticket was then.
    OldDraft {
        has_changed: bool,
        asked_at: Timestamp,
    },
    /// Something has become of the draft, or it is gone.
    DraftUsed,
    /// Discord does not take it where it belongs.
    NotPosted,
    /// It would close before anybody can answer, or never.
    DueOutOfRange {
        max_hours: i64,
    },
}

impl Refusal {
    /// Whether it names a question, as who asks calls it.
    pub fn names_question(&self) -> bool {
        matches!(
            self,
            Refusal::NotAnswered { .. }
                | Refusal::AnswerOutOfRange { .. }
                | Refusal::OtherAnswers { .. }
                | Refusal::NotTicked { .. }
        )
    }
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NoSuchTicket => "no_such_ticket",
            Refusal::NotAdmin => "not_admin",
            Refusal::NotStaff => "not_staff",
            Refusal::NotYoursToRate => "not_yours_to_rate",
            Refusal::NotYoursToAgree => "not_yours_to_agree",
            Refusal::StaffCloses => "staff_closes",
            Refusal::ClaimedByYou => "claimed_by_you",
            Refusal::ClaimedBy(_) => "claimed_by_other",
            Refusal::NotClaimed => "not_claimed",
            Refusal::HasIt(_) => "has_it_already",
            Refusal::Done(_) => "done",
            Refusal::Cannot { .. } => "cannot_become",
            Refusal::SamePriority(_) => "same_priority",
            Refusal::NotClosed => "not_closed",
            Refusal::NoStars => "no_stars",
            Refusal::OtherEnd => "closed_again",
            Refusal::StarsOutOfRange => "stars_out_of_range",
            Refusal::AskedAlready { .. } => "asked_already",
            Refusal::NotAsked => "not_asked",
            Refusal::CloseFirst { .. } => "close_first",
            Refusal::ReopenFirst { .. } => "reopen_first",
            Refusal::ChannelGone { .. } => "channel_gone",
            Refusal::NotHere => "not_a_member",
            Refusal::NotItsStaff(_) => "not_its_staff",
            Refusal::OwnTicket => "own_ticket",
            Refusal::TakesPart { present: true, .. } => "takes_part_already",
            Refusal::TakesPart { present: false, .. } => "takes_no_part",
            Refusal::EscalatedToEverybody => "escalated_to_everybody",
            Refusal::TooLong { .. } => "too_long",
            Refusal::Empty => "empty",
            Refusal::Busy => "busy",
            Refusal::NoSuchKind => "no_such_kind",
            Refusal::Blocked { .. } => "is_blocked",
            Refusal::RoleBlocked => "role_blocked",
            Refusal::RoleRequired { .. } => "role_required",
            Refusal::AsManyAsAllowed { .. } => "as_many_as_allowed",
            Refusal::ChannelsLeft { .. } => "channels_left",
            Refusal::JustOpened { .. } => "just_opened",
            Refusal::NotForOthers => "not_for_others",
            Refusal::ForBot => "for_bot",
            Refusal::ForNobody => "for_nobody",
            Refusal::NotAnswered { .. } => "not_answered",
            Refusal::AnswerOutOfRange { .. } => "answer_out_of_range",
            Refusal::OtherAnswers { .. } => "other_answers",
            Refusal::NotTicked { .. } => "not_ticked",
            Refusal::DraftGone => "draft_gone",
            Refusal::NoSuchEntry => "no_such_entry",
            Refusal::NoSuchMessage => "no_such_message",
            Refusal::NothingToAdd => "nothing_to_add",
            Refusal::AddedBefore => "added_before",
            Refusal::NameTaken => "name_used_before",
            Refusal::UnknownRole => "unknown_role",
            Refusal::NoTranscript => "no_transcript",
            Refusal::NumbersForStaff => "numbers_for_staff",
            Refusal::OnlyTheBot => "only_the_bot",
            Refusal::OldDraft { .. } => "old_draft",
            Refusal::DraftUsed => "draft_used",
            Refusal::NotPosted => "not_posted",
            Refusal::DueOutOfRange { .. } => "due_out_of_range",
        }
    }
}

refused_as!(Refusal, NotAdmin => |_| Refusal::NotAdmin);
