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
    /// When its member wrote last, or said so by a button, and when the staff did. Whatever answers its member counts here.
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
    /// Takes note of somebody's message. It counts as of when it was written: what was done since, by a button or a command,
    /// was done after it, though it is read only now.
    pub fn hear(&mut self, channel: Id<ChannelMarker>, speaker: Speaker, posted: &discord::Posted) {
        let at = posted.sent_at();
        self.message = Some(posted.id);
        match speaker {
            Speaker::Member => {
                if !is_after(self.staff_spoke_at, at) {
                    self.waits_since = self.waits_since.or(Some(at));
                }
                self.member_spoke_at = self.member_spoke_at.max(Some(at));
                self.answer = Some((channel, posted.id));
            }
            Speaker::Staff => {
                if !is_after(self.waits_since, at) {
                    self.waits_since = None;
                }
                self.staff_spoke_at = self.staff_spoke_at.max(Some(at));
                self.first_response_at = Some(self.first_response_at.map_or(at, |first| first.min(at)));
            }
            Speaker::Other => {}
        }
    }
}

/// Whether something was done after a message that was written at `at`. Messages know milliseconds; of what came in the same
/// one the message counts as the later.
fn is_after(done_at: Option<Timestamp>, at: Timestamp) -> bool {
    done_at.is_some_and(|done| done.as_millisecond() > at.as_millisecond())
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
    use super::super::workflow::Turn;
    use super::super::workflow::tests::ticket;
    use super::*;
    use crate::settings::Minutes;
    use proptest::prelude::*;

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

    /// Something that happens in a ticket, in the order in which it does.
    #[derive(Clone, Copy, Debug)]
    enum Happening {
        Said(Speaker),
        Done(Turn),
        /// The channel is read.
        Read,
    }

    /// Does what is done to the row, as `store::replace` writes it.
    fn take_turn(seen: &mut Seen, turn: Turn, now: Timestamp) {
        seen.member_spoke_at = if turn.member_spoke { Some(now) } else { seen.member_spoke_at };
        seen.staff_spoke_at = if turn.staff_spoke { Some(now) } else { seen.staff_spoke_at };
        seen.waits_since = match turn.member_waits {
            Some(waits) => waits.then_some(now),
            None => seen.waits_since,
        };
    }

    /// What is known in the end, where the channel is read after `always` message, or as it happens to be, and at the end.
    fn known_after(happenings: &[Happening], always: bool) -> Seen {
        let opened = Turn { member_waits: Some(true), ..Turn::default() };
        let (mut seen, mut unread) = (Seen::default(), Vec::new());
        take_turn(&mut seen, opened, at(0));
        let read = |seen: &mut Seen, unread: &mut Vec<(Speaker, Timestamp)>| {
            for (speaker, at) in unread.drain(..) {
                let posted = discord::Posted { id: discord::id_at(at), ..posted(Id::new(1), false, false) };
                seen.hear(Id::new(9), speaker, &posted);
            }
        };
        for (happening, hour) in happenings.iter().zip(1..) {
            match *happening {
                Happening::Said(speaker) => unread.push((speaker, hours_after_discord_began(hour))),
                Happening::Done(turn) => take_turn(&mut seen, turn, hours_after_discord_began(hour)),
                Happening::Read => read(&mut seen, &mut unread),
            }
            if always {
                read(&mut seen, &mut unread);
            }
        }
        read(&mut seen, &mut unread);
        seen
    }

    /// No id of Discord's is of a time before 2015.
    fn hours_after_discord_began(hours: i64) -> Timestamp {
        at(24 * 365 * 50 + hours)
    }

    fn happening() -> impl Strategy<Value = Happening> {
        let turn = |member_spoke, staff_spoke, member_waits| Turn { member_spoke, staff_spoke, member_waits };
        proptest::sample::select(vec![
            Happening::Said(Speaker::Member),
            Happening::Said(Speaker::Staff),
            Happening::Said(Speaker::Other),
            // The staff waits or replies; somebody is called; its member, or the staff, keeps it open; what says nothing.
            Happening::Done(turn(false, true, Some(false))),
            Happening::Done(turn(false, false, Some(true))),
            Happening::Done(turn(true, false, Some(true))),
            Happening::Done(Turn::default()),
            Happening::Read,
            Happening::Read,
        ])
    }

    proptest! {
        #[test]
        fn whose_turn_it_is_does_not_depend_on_when_the_channel_is_read(
            happenings in proptest::collection::vec(happening(), 0..12),
        ) {
            let turn = |seen: Seen| (seen.waits_since, seen.member_spoke_at, seen.staff_spoke_at, seen.first_response_at);
            prop_assert_eq!(turn(known_after(&happenings, false)), turn(known_after(&happenings, true)));
        }
    }

    fn posted(author: Id<UserMarker>, bot: bool, by_webhook: bool) -> discord::Posted {
        discord::Posted {
            id: Id::new(9),
            author: discord::Author { id: author, name: String::new(), bot, avatar: None },
            contents: discord::Contents::default(),
            forwarded: Vec::new(),
            replies_to: None,
            kind: 0,
            by_webhook,
            edited_at: None,
            mentions: Vec::new(),
        }
    }

    #[test]
    fn who_speaks_in_a_ticket() {
        let (ann, sam, hook) = (Id::new(1), Id::new(2), Id::new(3));
        assert_eq!(speaker(ann, &posted(ann, false, false)), Some(Speaker::Member));
        // What others are, their roles say.
        assert_eq!(speaker(ann, &posted(sam, false, false)), None);
        assert_eq!(speaker(ann, &posted(sam, true, false)), Some(Speaker::Other));
        assert_eq!(speaker(ann, &posted(hook, true, true)), Some(Speaker::Member), "it speaks for somebody");
        let pinned = discord::Posted { kind: 6, ..posted(ann, false, false) };
        assert_eq!(speaker(ann, &pinned), Some(Speaker::Other));
    }
}
