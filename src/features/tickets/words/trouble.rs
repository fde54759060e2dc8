//! What is said of what the bot did by itself, and of what stands in the way of a ticket.

use super::super::model::transcript::LeftOut;
use super::super::model::{Cut, Hindrance, Obstacle, Problem, Side, Ticket, Why};
use crate::log_channel::{Entry, Level};
use crate::operations::words::answered;
use crate::ui::permission_names;
use crate::words::{Language, Said, Say, say_minutes_in_full};
use crate::{said, say};

impl Say for Problem {
    /// For the staff and the admins.
    fn said(&self) -> Said {
        match self {
            Problem::Away => said!(ticket_events_problem_away),
            Problem::Hidden { channel } => said!(ticket_events_problem_hidden, channel = *channel),
            Problem::NotAllowed { channel } => said!(ticket_events_problem_not_allowed, channel = *channel),
            Problem::Refused { channel, error } => {
                said!(ticket_events_problem_refused, channel = *channel, answer = answered(error))
            }
            Problem::TextRefused => said!(ticket_events_problem_text_refused),
            Problem::RoleGone => said!(ticket_events_problem_role_gone),
            Problem::Ended { why } => why.said(),
            Problem::Undeletable { channel } => said!(ticket_events_problem_undeletable, channel = *channel),
            Problem::NotKept => said!(ticket_events_problem_not_kept),
            Problem::Stays { channel, cut } => {
                let what = match cut {
                    Cut::Unreadable => said!(ticket_events_stays_unreadable),
                    Cut::Blind => said!(ticket_events_stays_blind),
                    Cut::Threads => said!(ticket_events_stays_threads),
                    Cut::Died | Cut::Full => said!(ticket_events_stays_cut),
                };
                said!(ticket_events_problem_stays, channel = *channel, what)
            }
            Problem::Cut { cut } => said!(ticket_events_problem_cut, why = cut.said()),
            Problem::TranscriptsRefused { channel } => {
                said!(ticket_events_problem_transcripts_refused, channel = *channel)
            }
            Problem::EscalationsRefused { channel } => {
                said!(ticket_events_problem_escalations_refused, channel = *channel)
            }
            Problem::SecondChannel { channel, number, used: false } => {
                said!(ticket_events_problem_second_channel, channel = *channel, number = *number)
            }
            Problem::SecondChannel { channel, number, used: true } => {
                said!(ticket_events_problem_second_channel_used, channel = *channel, number = *number)
            }
            Problem::Sentence(sentence) => Said::Verbatim(sentence.clone()),
        }
    }
}

impl Say for Cut {
    /// Why a transcript does not hold everything.
    fn said(&self) -> Said {
        match self {
            Cut::Died => said!(tickets_transcript_died),
            Cut::Full => said!(tickets_transcript_full),
            Cut::Unreadable => said!(tickets_transcript_unreadable),
            Cut::Blind => said!(tickets_transcript_blind),
            Cut::Threads => said!(tickets_transcript_threads),
        }
    }
}

impl Say for LeftOut {
    fn said(&self) -> Said {
        match self {
            LeftOut::PlainText => said!(tickets_transcript_no_plain),
            LeftOut::TooLarge => said!(tickets_transcript_too_large),
        }
    }
}

impl Say for Why {
    /// Why the bot did something.
    fn said(&self) -> Said {
        match self {
            Why::MemberLeft => said!(ticket_events_why_member_left),
            Why::NoObjection => said!(ticket_events_why_no_objection),
            Why::NoAnswer => said!(ticket_events_why_no_answer),
            Why::Agreed => said!(ticket_events_why_agreed),
            Why::Answered { .. } => said!(ticket_events_why_answered),
            Why::ChannelDeleted => said!(ticket_events_why_channel_deleted),
            Why::Silent { side: Side::Member } => said!(ticket_events_why_member_silent),
            Why::Silent { side: Side::Staff } => said!(ticket_events_why_staff_silent),
            Why::NotAnswered { minutes } => said!(ticket_events_why_not_answered, time = say_minutes_in_full(*minutes)),
            Why::NoPlace { obstacles } => Said::sentences(obstacles.iter().map(Say::said).collect()),
        }
    }
}

impl Say for Obstacle {
    /// What an admin can do about a place in which no ticket opens.
    fn said(&self) -> Said {
        let at = self.channel.map_or(said!(ticket_events_this_server), |id| Said::Verbatim(format!("<#{id}>")));
        match &self.what {
            Hindrance::Full => said!(ticket_events_place_full, at),
            Hindrance::NoRoom => said!(ticket_events_place_no_room, at),
            Hindrance::Gone => said!(ticket_events_place_gone, at),
            Hindrance::Hidden => said!(ticket_events_place_hidden, at),
            Hindrance::Lacks(missing) => said!(ticket_events_place_lacks, at, names = permission_names(*missing)),
            Hindrance::MemberCannotSee => said!(ticket_events_place_unseen, at),
            Hindrance::NotAllowed if self.thread => said!(ticket_events_place_no_threads, at),
            Hindrance::NotAllowed => said!(ticket_events_place_no_channels, at),
            Hindrance::Other(answer) => said!(ticket_events_place_refused, at, answer = answered(answer)),
        }
    }
}

/// What the log channel reads of what stands in the way of a ticket.
pub(crate) fn trouble(language: Language, number: i32, what: &Problem) -> Entry {
    let title = say!(language, ticket_events_log_trouble, number);
    Entry { level: Level::Error, title, description: what.say(language) }
}

/// Why a ticket is closed, if anybody knows.
pub(crate) fn close_reason(ticket: &Ticket) -> Option<Said> {
    let written = ticket.close_reason.clone().map(Said::Verbatim);
    written.or_else(|| ticket.close_why.as_ref().map(Say::said))
}
