//! What was heard in the channel of a ticket, and what is due because of it.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker, UserMarker};

use super::{Status, Ticket, Why};
use crate::discord;

/// What was seen of a ticket's channel so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// The newest message that was read.
    pub message: Option<Id<MessageMarker>>,
    /// When its member wrote last, and when the staff did.
    pub member_spoke_at: Option<Timestamp>,
    pub staff_spoke_at: Option<Timestamp>,
    /// Since when its member waits for an answer; nothing if the staff spoke last.
    pub waits_since: Option<Timestamp>,
    /// Since when the staff waits for its member, by the status.
    pub asked_at: Option<Timestamp>,
    /// When the silent side was reminded, and when an answer was called for.
    pub reminded_at: Option<Timestamp>,
    pub alarmed_at: Option<Timestamp>,
    pub first_response_at: Option<Timestamp>,
    /// The member's newest message of those that were just read; it is not stored.
    pub answer: Option<(Id<ChannelMarker>, Id<MessageMarker>)>,
}

/// Who wrote a message in a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    Member,
    Staff,
    /// A program, or somebody who was added.
    Other,
}

/// Who wrote a message, if that does not depend on the roles that they have.
pub fn speaker(member: Id<UserMarker>, posted: &discord::Posted) -> Option<Speaker> {
    match &posted.author {
        _ if !posted.is_ordinary() => Some(Speaker::Other),
        // It speaks for somebody, and nobody says for whom: better that a ticket stays open.
        _ if posted.by_webhook => Some(Speaker::Member),
        author if author.bot => Some(Speaker::Other),
        author if author.id == member => Some(Speaker::Member),
        _ => None,
    }
}

/// What is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Its member wrote: they want it open, and have answered.
    KeepOpen {
        at: Timestamp,
    },
    RemindMember,
    RemindStaff,
    Alarm,
    Close(Why),
}

impl Seen {
    /// Takes note of somebody's message.
    pub fn hear(&mut self, channel: Id<ChannelMarker>, speaker: Speaker, posted: &discord::Posted) {
        let at = posted.sent_at();
        self.message = Some(posted.id);
        match speaker {
            Speaker::Member => {
                self.member_spoke_at = Some(at);
                self.waits_since = self.waits_since.or(Some(at));
                self.answer = Some((channel, posted.id));
            }
            Speaker::Staff => {
                self.staff_spoke_at = Some(at);
                self.waits_since = None;
                self.first_response_at = self.first_response_at.or(Some(at));
            }
            Speaker::Other => {}
        }
    }
}

/// What is due for a live ticket, the most urgent first.
pub fn due(ticket: &Ticket, seen: &Seen, left: bool, zone: &TimeZone, now: Timestamp) -> Option<Deed> {
    let kind = &ticket.kind.definition;
    let spoke_after = |at: Option<Timestamp>| at.is_some() && seen.member_spoke_at > at;
    if left && kind.close_when_left {
        return Some(Deed::Close(Why::MemberLeft));
    }
    let answered = spoke_after(ticket.close_requested_at)
        || (ticket.status == Status::WaitingForUser && spoke_after(seen.asked_at));
    if let Some(at) = seen.member_spoke_at.filter(|_| answered) {
        return Some(Deed::KeepOpen { at });
    }
    if ticket.close_due_at.is_some_and(|due| due <= now) {
        return Some(Deed::Close(Why::NoObjection));
    }
    // Nobody is reminded twice of the same silence.
    let reminded = |since: Timestamp| seen.reminded_at.is_some_and(|at| at >= since);
    let after = |since: Timestamp, wait: SignedDuration| wait > SignedDuration::ZERO && now >= since + wait;
    let members_turn = ticket.status == Status::WaitingForUser || seen.waits_since.is_none();
    if members_turn {
        let since = seen.staff_spoke_at.max(seen.asked_at).unwrap_or(ticket.opened_at);
        let warned = kind.remind_after.0 == 0 || reminded(since);
        if after(since, kind.close_after.duration()) && warned {
            return Some(Deed::Close(Why::NoAnswer));
        }
        return (after(since, kind.remind_after.duration()) && !reminded(since)).then_some(Deed::RemindMember);
    }
    let since = seen.waits_since?;
    let limit = kind.answer_within.duration();
    let alarmed = seen.alarmed_at.is_some_and(|at| at >= since);
    if limit > SignedDuration::ZERO && !alarmed && kind.hours().worked(since, now, zone) >= limit {
        return Some(Deed::Alarm);
    }
    (after(since, kind.remind_after.duration()) && !reminded(since)).then_some(Deed::RemindStaff)
}

#[cfg(test)]
mod tests {
    use super::super::workflow::tests::ticket;
    use super::*;
    use crate::settings::Minutes;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    /// A ticket opened at 0 h of whose kind everything is switched on.
    fn watched(status: Status) -> Ticket {
        let mut ticket = ticket(status);
        let definition = &mut ticket.kind.definition;
        definition.remind_after = Minutes(60 * 24);
        definition.close_after = Minutes(60 * 72);
        definition.answer_within = Minutes(60 * 4);
        definition.close_when_left = true;
        ticket
    }

    #[test]
    fn what_is_due_when() {
        let unanswered = Seen { waits_since: Some(at(0)), ..Seen::default() };
        let answered = Seen { staff_spoke_at: Some(at(2)), ..Seen::default() };
        let check = |ticket: &Ticket, seen: &Seen, hours: i64, expected: Option<Deed>| {
            assert_eq!(due(ticket, seen, false, &TimeZone::UTC, at(hours)), expected, "{seen:?} after {hours} h");
        };
        let open = watched(Status::Open);
        check(&open, &unanswered, 3, None);
        check(&open, &unanswered, 4, Some(Deed::Alarm));
        let alarmed = Seen { alarmed_at: Some(at(4)), ..unanswered.clone() };
        check(&open, &alarmed, 23, None);
        check(&open, &alarmed, 24, Some(Deed::RemindStaff));
        check(&open, &Seen { reminded_at: Some(at(24)), ..alarmed.clone() }, 999, None);
        // The staff answered: now its member is silent.
        check(&open, &answered, 25, None);
        check(&open, &answered, 26, Some(Deed::RemindMember));
        // Nobody is closed out without a warning, however long no pass was made.
        check(&open, &answered, 999, Some(Deed::RemindMember));
        let reminded = Seen { reminded_at: Some(at(26)), ..answered.clone() };
        check(&open, &reminded, 73, None);
        check(&open, &reminded, 74, Some(Deed::Close(Why::NoAnswer)));
        // They answered after all, and wait again.
        let spoke = Seen { member_spoke_at: Some(at(30)), waits_since: Some(at(30)), ..reminded.clone() };
        check(&open, &spoke, 33, None);
        check(&open, &spoke, 34, Some(Deed::Alarm));
        // By its status the staff waits, whoever spoke last.
        let waiting = watched(Status::WaitingForUser);
        let asked = Seen { asked_at: Some(at(1)), ..unanswered.clone() };
        check(&waiting, &asked, 24, None);
        check(&waiting, &asked, 25, Some(Deed::RemindMember));
        check(&waiting, &Seen { member_spoke_at: Some(at(3)), ..asked }, 4, Some(Deed::KeepOpen { at: at(3) }));
        // Nothing is due where nothing is switched on.
        check(&ticket(Status::Open), &unanswered, 9999, None);
        check(&ticket(Status::Open), &answered, 9999, None);
    }

    #[test]
    fn a_request_to_close_runs_out_or_is_answered() {
        let mut ticket = ticket(Status::Claimed);
        ticket.close_requested_at = Some(at(1));
        ticket.close_due_at = Some(at(25));
        let zone = TimeZone::UTC;
        let seen = Seen { member_spoke_at: Some(at(0)), ..Seen::default() };
        assert_eq!(due(&ticket, &seen, false, &zone, at(24)), None);
        assert_eq!(due(&ticket, &seen, false, &zone, at(25)), Some(Deed::Close(Why::NoObjection)));
        let spoke = Seen { member_spoke_at: Some(at(2)), ..Seen::default() };
        assert_eq!(due(&ticket, &spoke, false, &zone, at(25)), Some(Deed::KeepOpen { at: at(2) }));
        ticket.kind.definition.close_when_left = true;
        let left = due(&ticket, &spoke, true, &zone, at(25));
        assert_eq!(left, Some(Deed::Close(Why::MemberLeft)));
    }

    #[test]
    fn only_working_time_counts_for_an_answer() {
        let mut ticket = watched(Status::Open);
        // The epoch was a Thursday.
        ticket.kind.definition.hours = "fri 09:00-17:00".to_owned();
        let seen = Seen { waits_since: Some(at(0)), ..Seen::default() };
        assert_eq!(
            due(&ticket, &Seen { reminded_at: Some(at(24)), ..seen.clone() }, false, &TimeZone::UTC, at(36)),
            None
        );
        assert_eq!(due(&ticket, &seen, false, &TimeZone::UTC, at(37)), Some(Deed::Alarm));
    }

    #[test]
    fn who_speaks_in_a_ticket() {
        let (ann, sam, hook) = (Id::new(1), Id::new(2), Id::new(3));
        let posted = |author: Id<UserMarker>, bot: bool, by_webhook: bool| discord::Posted {
            id: Id::new(9),
            author: discord::Author { id: author, name: String::new(), bot, avatar: None },
            contents: discord::Contents::default(),
            forwarded: Vec::new(),
            replies_to: None,
            kind: 0,
            by_webhook,
            edited_at: None,
            mentions: Vec::new(),
        };
        assert_eq!(speaker(ann, &posted(ann, false, false)), Some(Speaker::Member));
        // What others are, their roles say.
        assert_eq!(speaker(ann, &posted(sam, false, false)), None);
        assert_eq!(speaker(ann, &posted(sam, true, false)), Some(Speaker::Other));
        assert_eq!(speaker(ann, &posted(hook, true, true)), Some(Speaker::Member), "it speaks for somebody");
        let pinned = discord::Posted { kind: 6, ..posted(ann, false, false) };
        assert_eq!(speaker(ann, &pinned), Some(Speaker::Other));
    }
}
