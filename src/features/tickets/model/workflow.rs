//! What can be done with a ticket: who may, what becomes of it, what is said about it. Everything here is a pure function
//! of values.

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::{RoleMarker, UserMarker};

use super::{Event, EventKind, Notify, Priority, Settings, Status, Ticket};
use crate::log_channel::{Entry, Level};
use crate::ui::plain;

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
    },
    RequestClose {
        due_at: Option<Timestamp>,
        reason: String,
    },
    KeepOpen,
    Close {
        reason: String,
    },
    Reopen,
    Archive,
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

/// The sentence for somebody who may not do this, if they may not.
pub(crate) fn refusal(step: &Step, standing: Standing, settings: &Settings) -> Option<&'static str> {
    match step {
        Step::Rate { .. } | Step::Comment { .. } | Step::KeepOpen if standing.owner => None,
        Step::Rate { .. } | Step::Comment { .. } => Some("Only the member whose ticket it is can rate it."),
        _ if standing.staff => None,
        Step::Close { .. } if standing.owner && settings.member_may_close => None,
        Step::Close { .. } if standing.owner => {
            Some("Here only the staff closes tickets; tell them that it is solved.")
        }
        _ => Some("Only the staff of this ticket can do that; write here what you need."),
    }
}

/// A ticket after a step, and what happened.
pub(crate) type Taken = (Ticket, Event);

/// Takes a step with a ticket as it is; nobody is the bot.
///
/// # Errors
/// Why that cannot be done now, in a sentence.
pub(crate) fn take(
    ticket: &Ticket,
    step: &Step,
    by: Option<Id<UserMarker>>,
    settings: &Settings,
    now: Timestamp,
) -> Result<Taken, String> {
    let mut after = ticket.clone();
    after.updated_at = now;
    let mut event = Event { kind: EventKind::Claimed, user: by, target: None, body: String::new(), announce: false };
    let told = settings.notify != Notify::Off;
    match step {
        Step::Claim => {
            live(ticket)?;
            if let Some(other) = ticket.claimed_by {
                return Err(match by == Some(other) {
                    true => "You have claimed this ticket already.".to_owned(),
                    false => format!("<@{other}> has claimed this ticket; `/ticket transfer` moves it to you."),
                });
            }
            go(&mut after, Status::Claimed)?;
            after.claimed_by = by;
            after.claimed_at = after.claimed_at.or(Some(now));
            event.announce = told;
        }
        Step::Unclaim => {
            if ticket.claimed_by.is_none() {
                return Err("Nobody has claimed this ticket.".to_owned());
            }
            live(ticket)?;
            if ticket.status == Status::Claimed {
                go(&mut after, Status::Open)?;
            }
            after.claimed_by = None;
            event = Event { kind: EventKind::Unclaimed, announce: told, ..event };
        }
        Step::Resume => {
            go(&mut after, Status::Open)?;
            (after.claimed_by, after.escalated_to) = (None, None);
            event = Event { kind: EventKind::Resumed, announce: told, ..event };
        }
        Step::Transfer { to } => {
            live(ticket)?;
            if ticket.claimed_by == Some(*to) {
                return Err(format!("<@{to}> has this ticket already."));
            }
            if ticket.status != Status::Claimed {
                go(&mut after, Status::Claimed)?;
            }
            after.claimed_by = Some(*to);
            after.claimed_at = after.claimed_at.or(Some(now));
            event = Event { kind: EventKind::Transferred, target: Some(*to), announce: true, ..event };
        }
        Step::Wait => {
            go(&mut after, Status::WaitingForUser)?;
            event = Event { kind: EventKind::Waiting, announce: true, ..event };
        }
        Step::Escalate { to, reason } => {
            go(&mut after, Status::Escalated)?;
            after.escalated_to = *to;
            event = Event { kind: EventKind::Escalated, announce: true, body: reason.clone(), ..event };
        }
        Step::RequestClose { due_at, reason } => {
            live(ticket)?;
            after.close_requested_by = by;
            after.close_requested_at = Some(now);
            after.close_due_at = *due_at;
            event = Event { kind: EventKind::CloseRequested, announce: true, body: reason.clone(), ..event };
        }
        Step::KeepOpen => {
            live(ticket)?;
            forget_request(&mut after);
            if ticket.status == Status::WaitingForUser {
                after.status = if ticket.claimed_by.is_some() { Status::Claimed } else { Status::Open };
            }
            event = Event { kind: EventKind::KeptOpen, announce: true, ..event };
        }
        Step::Close { reason } => {
            go(&mut after, Status::Closed)?;
            after.closed_at = Some(now);
            after.closed_by = by;
            after.close_reason = Some(reason.clone()).filter(|reason| !reason.is_empty());
            forget_request(&mut after);
            event = Event { kind: EventKind::Closed, announce: true, body: reason.clone(), ..event };
        }
        Step::Reopen => {
            if ticket.status != Status::Closed {
                return Err(cannot(ticket.status, Status::Open));
            }
            after.status = if ticket.claimed_by.is_some() { Status::Claimed } else { Status::Open };
            (after.closed_at, after.closed_by, after.close_reason) = (None, None, None);
            event = Event { kind: EventKind::Reopened, announce: true, ..event };
        }
        Step::Archive => {
            go(&mut after, Status::Archived)?;
            after.archived_at = Some(now);
            event.kind = EventKind::Archived;
        }
        Step::SetPriority(priority) => {
            live(ticket)?;
            if ticket.priority == *priority {
                return Err(format!("The priority is {} already.", priority.name()));
            }
            after.priority = *priority;
            event = Event { kind: EventKind::Priority, body: priority.name().to_owned(), ..event };
        }
        Step::Rename { subject } => {
            live(ticket)?;
            after.subject.clone_from(subject);
            event = Event { kind: EventKind::Renamed, body: subject.clone(), ..event };
        }
        Step::Rate { stars } => {
            if ticket.status.is_live() {
                return Err("This ticket was opened again; you can rate it when it is closed.".to_owned());
            }
            after.rating = Some(*stars);
            after.rated_at = Some(now);
            event = Event { kind: EventKind::Rated, body: stars.to_string(), ..event };
        }
        Step::Comment { text } => {
            if ticket.rating.is_none() {
                return Err("Choose one to five stars first.".to_owned());
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
    after.revision += 1;
    Ok((after, event))
}

fn go(ticket: &mut Ticket, next: Status) -> Result<(), String> {
    if !ticket.status.may_become(next) {
        return Err(cannot(ticket.status, next));
    }
    ticket.status = next;
    Ok(())
}

fn live(ticket: &Ticket) -> Result<(), String> {
    match ticket.status.is_live() {
        true => Ok(()),
        false => Err(format!("This ticket is {}; `/ticket reopen` opens it again.", ticket.status)),
    }
}

fn forget_request(ticket: &mut Ticket) {
    (ticket.close_requested_by, ticket.close_requested_at, ticket.close_due_at) = (None, None, None);
}

fn cannot(from: Status, to: Status) -> String {
    if from == to {
        return format!("This ticket is {from} already.");
    }
    let next: Vec<String> = from.next().iter().map(|status| format!("**{status}**")).collect();
    match next.is_empty() {
        true => format!("This ticket is {from} for good; open a new one with `/ticket open`."),
        false => format!("A ticket that is {from} cannot become {to}; it can become {}.", next.join(", ")),
    }
}

/// What the log channel reads of it.
pub(crate) fn entry(after: &Ticket, event: &Event) -> Entry {
    let (sign, did, level) = match event.kind {
        EventKind::Opened => ("🟢", "created", Level::Success),
        EventKind::Claimed => ("🟡", "claimed", Level::Info),
        EventKind::Unclaimed => ("🟡", "given back", Level::Info),
        EventKind::Resumed => ("🧭", "set back to open", Level::Info),
        EventKind::Transferred => ("🟡", "transferred", Level::Info),
        EventKind::Waiting => ("🕒", "waits for its member", Level::Info),
        EventKind::Escalated => ("🚩", "escalated", Level::Warning),
        EventKind::Reopened => ("🧭", "opened again", Level::Info),
        EventKind::Closed => ("🟢", "closed", Level::Success),
        EventKind::Archived => ("🗄", "archived", Level::Info),
        EventKind::Priority => ("🧭", "has another priority", Level::Info),
        EventKind::Renamed => ("🧭", "renamed", Level::Info),
        EventKind::Added => ("🧭", "has another participant", Level::Info),
        EventKind::Removed => ("🧭", "has a participant less", Level::Info),
        EventKind::Note => ("📝", "noted upon", Level::Info),
        EventKind::Message => ("📎", "got a message", Level::Info),
        EventKind::CloseRequested => ("🕒", "may be closed, if its member agrees", Level::Info),
        EventKind::KeptOpen => ("🧭", "is kept open", Level::Info),
        EventKind::Reminded => ("🔔", "was quiet for too long", Level::Info),
        EventKind::Late => ("🚨", "waits too long for an answer", Level::Error),
        EventKind::Rated => ("⭐", "rated", Level::Success),
    };
    let who = event.user.map(|user| format!("<@{user}>")).unwrap_or_default();
    let to = event.target.map(|user| format!("→ <@{user}>")).unwrap_or_default();
    let whose = format!("{} of <@{}>", after.kind.name, after.user);
    let channel = after.shown.channel.map(|channel| format!("<#{channel}>")).unwrap_or_default();
    let parts = [who, to, whose, channel, plain(&event.body)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Entry { level, title: format!("{sign} Ticket #{} {did}", after.number), description: parts.join(" · ") }
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
        let close = || Step::Close { reason: String::new() };
        let may = |ticket: &Ticket, settings: &Settings, user, roles: &[_], admin, step: &Step| {
            refusal(step, standing(ticket, settings, user, roles, admin), settings).is_none()
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
            Step::Escalate { to: None, reason: String::new() },
            Step::RequestClose { due_at: None, reason: String::new() },
            Step::KeepOpen,
            Step::Close { reason: String::new() },
            Step::Reopen,
            Step::Archive,
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
                    assert_eq!(after.closed_at.is_some(), after.status == Status::Closed && !kept, "{step:?}");
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
        assert_eq!(refused, "<@6> has claimed this ticket; `/ticket transfer` moves it to you.");
        let refused = take(&claimed, &Step::Claim, Some(Id::new(6)), &settings, now).expect_err("it is taken");
        assert_eq!(refused, "You have claimed this ticket already.");
        let closed =
            take(&claimed, &Step::Close { reason: String::new() }, None, &settings, now).expect("it is live").0;
        let refused = take(&closed, &Step::Wait, Some(Id::new(6)), &settings, now).expect_err("it is closed");
        assert_eq!(
            refused,
            "A ticket that is closed cannot become waiting for user; it can become **open**, **claimed**, **archived**."
        );
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
        let close = Step::Close { reason: String::new() };
        let (closed, _) = take(&ticket(Status::Open), &close, Some(Id::new(5)), &settings, at(40)).expect("live");
        assert_eq!((closed.first_response_at, closed.closed_at), (None, Some(at(40))));
    }
}
