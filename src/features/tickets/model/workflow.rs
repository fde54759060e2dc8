//! What can be done with a ticket: who may, what becomes of it, what is said about it. Everything here is a pure function
//! of values.

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::{RoleMarker, UserMarker};

use super::{Event, EventKind, Notify, Priority, Refusal, Settings, Side, Status, Ticket, Why};

/// Something that is done with a ticket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Claim,
    /// Gives it back; it stays escalated or waiting if it was.
    Unclaim,
    /// Sets it back to open, as if nobody had touched it.
    Resume,
    Transfer {
        to: Id<UserMarker>,
    },
    Wait,
    Escalate {
        to: Option<Id<RoleMarker>>,
        reason: String,
        why: Option<Why>,
    },
    RequestClose {
        due_at: Option<Timestamp>,
        reason: String,
    },
    KeepOpen,
    /// Its member wrote, and so wants it open; the bot takes note of that.
    Answered,
    Close {
        reason: String,
        why: Option<Why>,
    },
    /// Its member, who was asked, agrees that it is closed.
    Agree,
    Reopen,
    /// Its channel is deleted.
    Archive,
    /// It has no channel any more, or never got one: nothing stays open where nobody can write.
    Lose {
        why: Why,
    },
    Note {
        text: String,
    },
    /// A message from elsewhere is added.
    Attach {
        message: String,
    },
    Add {
        user: Id<UserMarker>,
    },
    Remove {
        user: Id<UserMarker>,
    },
    /// The silent side is reminded.
    Remind {
        side: Side,
    },
    /// An answer is called for.
    Alarm {
        minutes: i64,
    },
    SetPriority(Priority),
    Rename {
        subject: String,
    },
    Rate {
        stars: i16,
    },
    Comment {
        text: String,
    },
}

impl Step {
    /// Whether the ticket is another one afterwards; otherwise only something has happened to it.
    pub(crate) fn changes_ticket(&self) -> bool {
        !matches!(
            self,
            Step::Note { .. }
                | Step::Attach { .. }
                | Step::Add { .. }
                | Step::Remove { .. }
                | Step::Remind { .. }
                | Step::Alarm { .. }
        )
    }
}

/// What somebody is to a ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// They work it: an admin, or with one of its type's staff roles.
    pub(crate) staff: bool,
    /// It is theirs.
    pub(crate) owner: bool,
}

/// What somebody with these roles is to a ticket.
pub(crate) fn standing(
    ticket: &Ticket,
    settings: &Settings,
    user: Id<UserMarker>,
    roles: &[Id<RoleMarker>],
    admin: bool,
) -> Standing {
    let mut staff = ticket.kind.definition.staff(settings);
    // Who was called is needed, whatever their role is otherwise.
    staff.extend(ticket.escalated_to);
    Standing { staff: admin || staff.iter().any(|role| roles.contains(role)), owner: ticket.user == user }
}

/// Whether somebody may do this.
///
/// # Errors
/// Why not.
pub(crate) fn allow(step: &Step, standing: Standing, settings: &Settings) -> Result<(), Refusal> {
    match step {
        Step::Rate { .. } | Step::Comment { .. } | Step::KeepOpen if standing.owner => Ok(()),
        Step::Rate { .. } | Step::Comment { .. } => Err(Refusal::NotYoursToRate),
        // They were asked, so they may, whatever the setting says.
        Step::Agree if standing.owner => Ok(()),
        Step::Agree => Err(Refusal::NotYoursToAgree),
        Step::Attach { .. } if standing.staff || standing.owner => Ok(()),
        Step::Attach { .. } => Err(Refusal::NoSuchTicket),
        _ if standing.staff => Ok(()),
        Step::Close { .. } if standing.owner && settings.member_may_close => Ok(()),
        Step::Close { .. } if standing.owner => Err(Refusal::StaffCloses),
        _ => Err(Refusal::NotStaff),
    }
}

/// Whether what a step carries may be stored.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check(step: &Step) -> Result<(), Refusal> {
    let fits = |text: &str, max: usize| match text.chars().count() <= max {
        true => Ok(()),
        false => Err(Refusal::TooLong { max }),
    };
    let says = |text: &str, max: usize| match text.trim().is_empty() {
        true => Err(Refusal::Empty),
        false => fits(text, max),
    };
    match step {
        Step::Close { reason, .. } | Step::Escalate { reason, .. } | Step::RequestClose { reason, .. } => {
            fits(reason, REASON)
        }
        Step::Comment { text } => fits(text, REASON),
        Step::Note { text } => says(text, NOTE),
        Step::Rename { subject } => says(subject, SUBJECT),
        Step::Rate { stars } if !(1..=5).contains(stars) => Err(Refusal::StarsOutOfRange),
        _ => Ok(()),
    }
}

/// Characters of a reason, as its form takes it.
const REASON: usize = 500;
/// Characters of a note.
const NOTE: usize = 1000;
/// Characters of a subject.
pub(crate) const SUBJECT: usize = 100;

/// A ticket after a step, and what happened.
pub(crate) type Taken = (Ticket, Event);

/// Takes a step with a ticket as it is; nobody is the bot.
///
/// # Errors
/// Why that cannot be done now.
pub(crate) fn take(
    ticket: &Ticket,
    step: &Step,
    by: Option<Id<UserMarker>>,
    settings: &Settings,
    now: Timestamp,
) -> Result<Taken, Refusal> {
    let mut after = ticket.clone();
    after.updated_at = now;
    let mut event =
        Event { kind: EventKind::Claimed, user: by, target: None, body: String::new(), why: None, announce: false };
    let told = settings.notify != Notify::Off;
    match step {
        Step::Claim => {
            require_live(ticket)?;
            if let Some(other) = ticket.claimed_by {
                return Err(match by == Some(other) {
                    true => Refusal::ClaimedByYou,
                    false => Refusal::ClaimedBy(other),
                });
            }
            become_status(&mut after, Status::Claimed)?;
            after.claimed_by = by;
            after.claimed_at = after.claimed_at.or(Some(now));
            event.announce = told;
        }
        Step::Unclaim => {
            if ticket.claimed_by.is_none() {
                return Err(Refusal::NotClaimed);
            }
            require_live(ticket)?;
            if ticket.status == Status::Claimed {
                become_status(&mut after, Status::Open)?;
            }
            after.claimed_by = None;
            event = Event { kind: EventKind::Unclaimed, announce: told, ..event };
        }
        Step::Resume => {
            become_status(&mut after, Status::Open)?;
            (after.claimed_by, after.escalated_to) = (None, None);
            event = Event { kind: EventKind::Resumed, announce: told, ..event };
        }
        Step::Transfer { to } => {
            require_live(ticket)?;
            if ticket.claimed_by == Some(*to) {
                return Err(Refusal::HasIt(*to));
            }
            if ticket.status != Status::Claimed {
                become_status(&mut after, Status::Claimed)?;
            }
            after.claimed_by = Some(*to);
            after.claimed_at = after.claimed_at.or(Some(now));
            event = Event { kind: EventKind::Transferred, target: Some(*to), announce: true, ..event };
        }
        Step::Wait => {
            become_status(&mut after, Status::WaitingForUser)?;
            event = Event { kind: EventKind::Waiting, announce: true, ..event };
        }
        Step::Escalate { to, reason, why } => {
            become_status(&mut after, Status::Escalated)?;
            after.escalated_to = *to;
            let (body, why) = (reason.clone(), why.clone());
            event = Event { kind: EventKind::Escalated, announce: true, body, why, ..event };
        }
        Step::RequestClose { due_at, reason } => {
            require_live(ticket)?;
            after.close_requested_by = by;
            after.close_requested_at = Some(now);
            after.close_due_at = *due_at;
            event = Event { kind: EventKind::CloseRequested, announce: true, body: reason.clone(), ..event };
        }
        Step::KeepOpen | Step::Answered => {
            require_live(ticket)?;
            forget_request(&mut after);
            if ticket.status == Status::WaitingForUser {
                after.status = if ticket.claimed_by.is_some() { Status::Claimed } else { Status::Open };
            }
            let user = if matches!(step, Step::Answered) { Some(ticket.user) } else { by };
            event = Event { kind: EventKind::KeptOpen, user, announce: true, ..event };
        }
        Step::Close { reason, why } => {
            close(&mut after, by, now)?;
            after.close_reason = Some(reason.clone()).filter(|reason| !reason.is_empty());
            after.close_why.clone_from(why);
            let (body, why) = (reason.clone(), why.clone());
            event = Event { kind: EventKind::Closed, announce: true, body, why, ..event };
        }
        Step::Agree => {
            close(&mut after, by, now)?;
            (after.close_reason, after.close_why) = (None, Some(Why::Agreed));
            event = Event { kind: EventKind::Closed, announce: true, why: Some(Why::Agreed), ..event };
        }
        Step::Reopen => {
            if ticket.status != Status::Closed {
                return Err(Refusal::Cannot { from: ticket.status, to: Status::Open });
            }
            after.status = if ticket.claimed_by.is_some() { Status::Claimed } else { Status::Open };
            (after.closed_at, after.closed_by) = (None, None);
            (after.close_reason, after.close_why) = (None, None);
            event = Event { kind: EventKind::Reopened, announce: true, ..event };
        }
        Step::Archive => {
            if ticket.status != Status::Closed {
                return Err(Refusal::CloseFirst { number: ticket.number, status: ticket.status });
            }
            become_status(&mut after, Status::Archived)?;
            after.archived_at = Some(now);
            event.kind = EventKind::Archived;
        }
        Step::Lose { why } => {
            become_status(&mut after, Status::Archived)?;
            after.closed_at = after.closed_at.or(Some(now));
            after.archived_at = Some(now);
            if after.close_reason.is_none() && after.close_why.is_none() {
                after.close_why = Some(why.clone());
            }
            event = Event { kind: EventKind::Archived, why: Some(why.clone()), ..event };
        }
        Step::Note { text } => event = Event { kind: EventKind::Note, body: text.clone(), ..event },
        Step::Attach { message } => {
            reopened_first(ticket)?;
            event = Event { kind: EventKind::Message, body: message.clone(), announce: true, ..event };
        }
        Step::Add { user } | Step::Remove { user } => {
            reopened_first(ticket)?;
            if *user == ticket.user {
                return Err(Refusal::OwnTicket);
            }
            let kind = if matches!(step, Step::Add { .. }) { EventKind::Added } else { EventKind::Removed };
            event = Event { kind, target: Some(*user), announce: true, ..event };
        }
        Step::Remind { side } => {
            let why = Some(Why::Silent { side: *side });
            event = Event { kind: EventKind::Reminded, why, announce: true, ..event };
        }
        Step::Alarm { minutes } => {
            let why = Some(Why::NotAnswered { minutes: *minutes });
            event = Event { kind: EventKind::Late, why, announce: true, ..event };
        }
        Step::SetPriority(priority) => {
            require_live(ticket)?;
            if ticket.priority == *priority {
                return Err(Refusal::SamePriority(*priority));
            }
            after.priority = *priority;
            event = Event { kind: EventKind::Priority, body: priority.name().to_owned(), ..event };
        }
        Step::Rename { subject } => {
            require_live(ticket)?;
            after.subject.clone_from(subject);
            event = Event { kind: EventKind::Renamed, body: subject.clone(), ..event };
        }
        Step::Rate { stars } => {
            if ticket.status.is_live() {
                return Err(Refusal::NotClosed);
            }
            after.rating = Some(*stars);
            after.rated_at = Some(now);
            event = Event { kind: EventKind::Rated, body: stars.to_string(), ..event };
        }
        Step::Comment { text } => {
            if ticket.rating.is_none() {
                return Err(Refusal::NoStars);
            }
            after.rating_comment = Some(text.clone()).filter(|text| !text.is_empty());
            event = Event { kind: EventKind::Rated, body: text.clone(), ..event };
        }
    }
    // These say something to its member. Claiming does not; that has a time of its own.
    if matches!(step, Step::Wait | Step::Close { .. } | Step::RequestClose { .. })
        && by.is_some_and(|by| by != ticket.user)
    {
        after.first_response_at = after.first_response_at.or(Some(now));
    }
    if step.changes_ticket() {
        after.revision += 1;
    } else {
        after = ticket.clone();
    }
    Ok((after, event))
}

fn become_status(ticket: &mut Ticket, next: Status) -> Result<(), Refusal> {
    if !ticket.status.may_become(next) {
        return Err(Refusal::Cannot { from: ticket.status, to: next });
    }
    ticket.status = next;
    Ok(())
}

fn close(ticket: &mut Ticket, by: Option<Id<UserMarker>>, now: Timestamp) -> Result<(), Refusal> {
    become_status(ticket, Status::Closed)?;
    ticket.closed_at = Some(now);
    ticket.closed_by = by;
    forget_request(ticket);
    Ok(())
}

fn require_live(ticket: &Ticket) -> Result<(), Refusal> {
    if ticket.status.is_live() { Ok(()) } else { Err(Refusal::Done(ticket.status)) }
}

/// The same for what nothing is said about but that it has to be open.
fn reopened_first(ticket: &Ticket) -> Result<(), Refusal> {
    match ticket.status.is_live() {
        true => Ok(()),
        false => Err(Refusal::ReopenFirst { number: ticket.number, status: ticket.status }),
    }
}

fn forget_request(ticket: &mut Ticket) {
    (ticket.close_requested_by, ticket.close_requested_at, ticket.close_due_at) = (None, None, None);
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::{Definition, Kind, Shown};
    use super::*;

    pub(crate) fn ticket(status: Status) -> Ticket {
        let at = Timestamp::UNIX_EPOCH;
        Ticket {
            guild: Id::new(1),
            number: 7,
            kind: Kind { id: 1, name: "Support".to_owned(), definition: Definition::default() },
            user: Id::new(5),
            subject: String::new(),
            answers: Vec::new(),
            revision: 3,
            status,
            priority: Priority::Normal,
            claimed_by: None,
            escalated_to: None,
            close_requested_by: None,
            close_due_at: None,
            closed_by: None,
            close_reason: None,
            close_why: None,
            rating: None,
            rating_comment: None,
            opened_at: at,
            updated_at: at,
            first_response_at: None,
            claimed_at: None,
            close_requested_at: None,
            closed_at: None,
            archived_at: None,
            rated_at: None,
            shown: Shown {
                channel: Some(Id::new(9)),
                is_thread: false,
                message: None,
                revision: 3,
                creating_since: None,
                shut: false,
                transcribed: false,
                member_told: false,
                problem: None,
                attempt: 0,
            },
        }
    }

    #[test]
    fn who_may_do_what() {
        let (member, staff_role, other) = (Id::new(5), Id::new(20), Id::new(21));
        let mut settings = Settings { staff_role: Some(staff_role), ..Settings::default() };
        let mut ticket = ticket(Status::Open);
        let close = || Step::Close { reason: String::new(), why: None };
        let may = |ticket: &Ticket, settings: &Settings, user, roles: &[_], admin, step: &Step| {
            allow(step, standing(ticket, settings, user, roles, admin), settings).is_ok()
        };
        let cases = [
            ("an admin", Id::new(6), vec![], true, [true, true, true, false]),
            ("the staff", Id::new(6), vec![staff_role], false, [true, true, true, false]),
            ("another role", Id::new(6), vec![other], false, [false, false, false, false]),
            ("its member", member, vec![other], false, [false, true, true, true]),
            ("another member", Id::new(8), vec![], false, [false, false, false, false]),
        ];
        for (who, user, roles, admin, expected) in cases {
            let steps = [Step::Claim, close(), Step::KeepOpen, Step::Rate { stars: 5 }];
            let may = steps.map(|step| may(&ticket, &settings, user, &roles, admin, &step));
            assert_eq!(may, expected, "{who}");
        }
        settings.member_may_close = false;
        assert!(!may(&ticket, &settings, member, &[], false, &close()));
        // A type's own roles take the place of the setting; who was called comes on top.
        ticket.kind.definition.staff_roles = vec![other];
        assert!(!may(&ticket, &settings, Id::new(6), &[staff_role], false, &Step::Claim));
        ticket.escalated_to = Some(staff_role);
        assert!(may(&ticket, &settings, Id::new(6), &[staff_role], false, &Step::Claim));
    }

    #[test]
    fn every_step_obeys_the_table() {
        let settings = Settings::default();
        let by = Some(Id::new(6));
        let steps = [
            Step::Claim,
            Step::Unclaim,
            Step::Resume,
            Step::Transfer { to: Id::new(8) },
            Step::Wait,
            Step::Escalate { to: None, reason: String::new(), why: None },
            Step::RequestClose { due_at: None, reason: String::new() },
            Step::KeepOpen,
            Step::Close { reason: String::new(), why: None },
            Step::Reopen,
            Step::Archive,
            Step::Agree,
            Step::Lose { why: Why::ChannelDeleted },
            Step::SetPriority(Priority::High),
            Step::Rename { subject: "x".to_owned() },
            Step::Rate { stars: 1 },
        ];
        for status in Status::ALL {
            for claimed_by in [None, Some(Id::new(7))] {
                let before = Ticket { claimed_by, ..ticket(status) };
                for step in &steps {
                    let Ok((after, event)) = take(&before, step, by, &settings, before.opened_at) else { continue };
                    let kept = after.status == status;
                    assert!(kept || status.may_become(after.status), "{step:?} from {status} to {}", after.status);
                    assert_eq!(after.revision, before.revision + 1);
                    let ends = matches!(after.status, Status::Closed) || matches!(step, Step::Lose { .. });
                    assert_eq!(after.closed_at.is_some(), ends && !kept, "{step:?}");
                    assert_eq!(event.user, by);
                }
            }
        }
    }

    #[test]
    fn who_comes_second_reads_who_came_first() {
        let settings = Settings::default();
        let now = Timestamp::UNIX_EPOCH;
        let (claimed, _) = take(&ticket(Status::Open), &Step::Claim, Some(Id::new(6)), &settings, now).expect("free");
        let refused = take(&claimed, &Step::Claim, Some(Id::new(8)), &settings, now).expect_err("it is taken");
        assert_eq!(refused, Refusal::ClaimedBy(Id::new(6)));
        let refused = take(&claimed, &Step::Claim, Some(Id::new(6)), &settings, now).expect_err("it is taken");
        assert_eq!(refused, Refusal::ClaimedByYou);
        let closed = take(&claimed, &Step::Close { reason: String::new(), why: None }, None, &settings, now)
            .expect("it is live")
            .0;
        let refused = take(&closed, &Step::Wait, Some(Id::new(6)), &settings, now).expect_err("it is closed");
        assert_eq!(refused, Refusal::Cannot { from: Status::Closed, to: Status::WaitingForUser });
    }

    #[test]
    fn times_are_kept_from_the_first_one() {
        let settings = Settings::default();
        let at = |second| Timestamp::from_second(second).expect("a time");
        let (first, _) = take(&ticket(Status::Open), &Step::Claim, Some(Id::new(6)), &settings, at(10)).expect("free");
        let (back, _) = take(&first, &Step::Unclaim, Some(Id::new(6)), &settings, at(20)).expect("claimed");
        let (again, _) = take(&back, &Step::Claim, Some(Id::new(8)), &settings, at(30)).expect("free");
        assert_eq!((again.claimed_at, again.first_response_at), (Some(at(10)), None));
        let (waits, _) = take(&again, &Step::Wait, Some(Id::new(8)), &settings, at(35)).expect("live");
        assert_eq!((waits.claimed_at, waits.first_response_at), (Some(at(10)), Some(at(35))));
        // Its member closing it is no answer.
        let close = Step::Close { reason: String::new(), why: None };
        let (closed, _) = take(&ticket(Status::Open), &close, Some(Id::new(5)), &settings, at(40)).expect("live");
        assert_eq!((closed.first_response_at, closed.closed_at), (None, Some(at(40))));
    }
}
