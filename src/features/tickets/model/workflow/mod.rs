//! What can be done with a ticket: who may, what becomes of it, what is said about it. Everything here is a pure function
//! of values.

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker, RoleMarker, UserMarker};

use super::{Clipping, Event, EventKind, Notify, Priority, Refusal, Settings, Side, Status, Ticket, Why};
use crate::acting::digest;
use crate::settings::Program;
use crate::ui::{is_blank, written};

/// Something that is done with a ticket.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
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
    Answered {
        at: Timestamp,
        /// The message, if it is known.
        message: Option<(Id<ChannelMarker>, Id<MessageMarker>)>,
    },
    Close {
        reason: String,
        why: Option<Why>,
    },
    /// Its member, who was asked, agrees that it is closed.
    Agree,
    Reopen,
    /// Its channel is deleted.
    Archive {
        /// After which end of it, if that was said: the moment, in milliseconds.
        end: Option<i64>,
    },
    /// It has no channel any more, or never got one: nothing stays open where nobody can write.
    Lose {
        why: Why,
    },
    Note {
        text: String,
    },
    /// A message from elsewhere is added.
    Attach(Clipping),
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
        /// Which end of it is rated, if that was said: the moment, in milliseconds.
        end: Option<i64>,
    },
    Comment {
        text: String,
    },
}

impl Step {
    /// Whether only the bot takes it, by itself: because of time, or of what it found in Discord.
    pub fn is_of_the_bot(&self) -> bool {
        match self {
            Step::Answered { .. } | Step::Lose { .. } | Step::Remind { .. } | Step::Alarm { .. } => true,
            Step::Close { why, .. } | Step::Escalate { why, .. } => why.is_some(),
            _ => false,
        }
    }

    /// What is done, to whom if it is done to somebody, and what is said with it, as a digest: by the same origin it is done
    /// once. Whoever asks for the same once more asks with the same values, so what is counted from now is none of them. Of a
    /// message that is added, whoever adds it knows by what it is named.
    pub fn deed(&self) -> String {
        let name = self.name();
        match self {
            Step::Add { user } | Step::Remove { user } | Step::Transfer { to: user } => format!("{name} {user}"),
            Step::Escalate { to, reason, .. } => format!("{name} {}", digest(&(to, reason))),
            Step::RequestClose { reason: text, .. }
            | Step::Close { reason: text, .. }
            | Step::Note { text }
            | Step::Rename { subject: text }
            | Step::Comment { text } => format!("{name} {}", digest(text)),
            Step::SetPriority(priority) => format!("{name} {}", digest(priority)),
            Step::Rate { stars, .. } => format!("{name} {stars}"),
            Step::Attach(_)
            | Step::Claim
            | Step::Unclaim
            | Step::Resume
            | Step::Wait
            | Step::KeepOpen
            | Step::Answered { .. }
            | Step::Agree
            | Step::Reopen
            | Step::Archive { .. }
            | Step::Lose { .. }
            | Step::Remind { .. }
            | Step::Alarm { .. } => name.to_owned(),
        }
    }

    /// What is done. It never changes: digests of it are stored.
    fn name(&self) -> &'static str {
        match self {
            Step::Add { .. } => "add",
            Step::Remove { .. } => "remove",
            Step::Claim => "claim",
            Step::Unclaim => "unclaim",
            Step::Resume => "resume",
            Step::Transfer { .. } => "transfer",
            Step::Wait => "wait",
            Step::Escalate { .. } => "escalate",
            Step::RequestClose { .. } => "request_close",
            Step::KeepOpen => "keep_open",
            Step::Answered { .. } => "answered",
            Step::Close { .. } => "close",
            Step::Agree => "agree",
            Step::Reopen => "reopen",
            Step::Archive { .. } => "archive",
            Step::Lose { .. } => "lose",
            Step::Note { .. } => "note",
            Step::Attach(_) => "attach",
            Step::Remind { .. } => "remind",
            Step::Alarm { .. } => "alarm",
            Step::SetPriority(_) => "set_priority",
            Step::Rename { .. } => "rename",
            Step::Rate { .. } => "rate",
            Step::Comment { .. } => "comment",
        }
    }

    /// The same without what cannot be stored of what it carries.
    pub fn storable(mut self) -> Step {
        match &mut self {
            Step::Escalate { reason: text, .. }
            | Step::RequestClose { reason: text, .. }
            | Step::Close { reason: text, .. }
            | Step::Note { text }
            | Step::Rename { subject: text }
            | Step::Comment { text } => *text = written(text),
            _ => {}
        }
        self
    }

    /// The same, where one that escalates to no role that was named calls `set`, the guild's own, if it has one.
    #[must_use]
    pub fn calling(self, set: Option<Id<RoleMarker>>) -> Step {
        match self {
            Step::Escalate { to: None, reason, why } => Step::Escalate { to: set, reason, why },
            step => step,
        }
    }

    /// Whether the ticket is another one afterwards; otherwise only something has happened to it.
    pub fn changes_ticket(&self) -> bool {
        !matches!(
            self,
            Step::Note { .. }
                | Step::Attach(_)
                | Step::Add { .. }
                | Step::Remove { .. }
                | Step::Remind { .. }
                | Step::Alarm { .. }
        )
    }
}

/// What somebody is to a ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// They work it: an admin, or with one of its kind's staff roles.
    pub staff: bool,
    /// It is theirs.
    pub owner: bool,
}

/// What somebody with these roles is to a ticket.
pub fn standing(
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
pub fn allow(step: &Step, standing: Standing, settings: &Settings) -> Result<(), Refusal> {
    match step {
        Step::Rate { .. } | Step::Comment { .. } | Step::KeepOpen if standing.owner => Ok(()),
        Step::Rate { .. } | Step::Comment { .. } => Err(Refusal::NotYoursToRate),
        // They were asked, so they may, whatever the setting says.
        Step::Agree if standing.owner => Ok(()),
        Step::Agree => Err(Refusal::NotYoursToAgree),
        Step::Attach(_) if standing.staff || standing.owner => Ok(()),
        Step::Attach(_) => Err(Refusal::NoSuchTicket),
        _ if standing.staff => Ok(()),
        Step::Close { .. } if standing.owner && settings.member_may_close => Ok(()),
        Step::Close { .. } if standing.owner => Err(Refusal::StaffCloses),
        _ => Err(Refusal::NotStaff),
    }
}

/// Whether a step is taken by who says so. A message is added as Discord says that it is (`clip::attach`): a door could have made
/// it up.
///
/// # Errors
/// It is not.
pub fn by_hand(step: &Step) -> Result<(), Refusal> {
    match step {
        Step::Attach(_) => Err(Refusal::AddedBefore),
        _ => Ok(()),
    }
}

/// Whether what a step carries may be stored.
///
/// # Errors
/// What is wrong with it.
pub fn check(step: &Step, now: Timestamp) -> Result<(), Refusal> {
    let fits = |text: &str, max: usize| match text.chars().count() <= max {
        true => Ok(()),
        false => Err(Refusal::TooLong { max }),
    };
    let says = |text: &str, max: usize| match is_blank(text) {
        true => Err(Refusal::Empty),
        false => fits(text, max),
    };
    match step {
        Step::RequestClose { due_at: Some(due_at), .. }
            if *due_at <= now || *due_at > now + SignedDuration::from_hours(DUE_HOURS) =>
        {
            Err(Refusal::DueOutOfRange { max_hours: DUE_HOURS })
        }
        Step::Close { reason, .. } | Step::Escalate { reason, .. } | Step::RequestClose { reason, .. } => {
            fits(reason, REASON)
        }
        Step::Comment { text } => fits(text, REASON),
        Step::Note { text } => says(text, NOTE),
        Step::Rename { subject } => says(subject, SUBJECT),
        Step::Rate { stars, .. } if !(1..=5).contains(stars) => Err(Refusal::StarsOutOfRange),
        _ => Ok(()),
    }
}

/// Hours after which a ticket may close unless somebody objects, as its command takes them.
const DUE_HOURS: i64 = 720;
/// Characters of a reason, as its form takes it.
const REASON: usize = 500;
/// Characters of a note.
const NOTE: usize = 1000;
/// Characters of a subject.
pub const SUBJECT: usize = 100;

/// A ticket after a step, and what happened.
pub type Taken = (Ticket, Event);

/// Takes a step with a ticket as it is; nobody is the bot.
///
/// # Errors
/// Why that cannot be done now.
pub fn take(
    ticket: &Ticket,
    step: &Step,
    by: Option<Id<UserMarker>>,
    settings: &Settings,
    now: Timestamp,
) -> Result<Taken, Refusal> {
    let mut after = ticket.clone();
    let mut taking = Taking { ticket, after: &mut after, by, told: settings.notify != Notify::Off, now };
    let event = match step {
        Step::Claim => taking.claim()?,
        Step::Unclaim => taking.unclaim()?,
        Step::Resume => taking.resume()?,
        Step::Transfer { to } => taking.transfer(*to)?,
        Step::Wait => taking.wait()?,
        Step::Escalate { to, reason, why } => taking.escalate(*to, reason, why)?,
        Step::RequestClose { due_at, reason } => taking.request_close(*due_at, reason)?,
        Step::KeepOpen => taking.keep_open()?,
        Step::Answered { at, message } => taking.answered(*at, *message)?,
        Step::Close { reason, why } => taking.close(reason, why)?,
        Step::Agree => taking.close("", &Some(Why::Agreed))?,
        Step::Reopen => taking.reopen()?,
        Step::Archive { end } => taking.archive(*end)?,
        Step::Lose { why } => taking.lose(why)?,
        Step::SetPriority(priority) => taking.set_priority(*priority)?,
        Step::Rename { subject } => taking.rename(subject)?,
        Step::Rate { stars, end } => taking.rate(*stars, *end)?,
        Step::Comment { text } => taking.comment(text)?,
        Step::Attach(clipping) => taking.attach(clipping)?,
        Step::Add { user } => taking.set_member(EventKind::Added, *user)?,
        Step::Remove { user } => taking.set_member(EventKind::Removed, *user)?,
        Step::Note { text } => Event { body: text.clone(), ..taking.happened(EventKind::Note) },
        Step::Remind { side } => taking.because(EventKind::Reminded, Why::Silent { side: *side }),
        Step::Alarm { minutes } => taking.because(EventKind::Late, Why::NotAnswered { minutes: *minutes }),
    };
    // These say something to its member. Claiming does not; that has a time of its own.
    if matches!(step, Step::Wait | Step::Close { .. } | Step::RequestClose { .. })
        && by.is_some_and(|by| by != ticket.user)
    {
        after.first_response_at = after.first_response_at.or(Some(now));
    }
    if step.changes_ticket() {
        after.updated_at = now;
        after.revision += 1;
    }
    Ok((after, event))
}

/// A step that is being taken. Each step is a function that changes `after`, and says what happened.
struct Taking<'a> {
    ticket: &'a Ticket,
    after: &'a mut Ticket,
    by: Option<Id<UserMarker>>,
    /// Whether who works on it is told in the ticket.
    told: bool,
    now: Timestamp,
}

impl Taking<'_> {
    /// What happened, if nobody has to be told.
    fn happened(&self, kind: EventKind) -> Event {
        Event {
            kind,
            user: self.by,
            program: None,
            target: None,
            body: String::new(),
            why: None,
            source: None,
            announce: false,
        }
    }

    /// What happened, if somebody has to be told.
    fn announced(&self, kind: EventKind) -> Event {
        Event { announce: true, ..self.happened(kind) }
    }

    /// What time does.
    fn because(&self, kind: EventKind, why: Why) -> Event {
        Event { why: Some(why), ..self.announced(kind) }
    }

    fn claim(&mut self) -> Result<Event, Refusal> {
        require_live(self.ticket)?;
        if let Some(other) = self.ticket.claimed_by {
            return Err(match self.by == Some(other) {
                true => Refusal::ClaimedByYou,
                false => Refusal::ClaimedBy(other),
            });
        }
        become_status(self.after, Status::Claimed)?;
        self.after.claimed_by = self.by;
        self.after.claimed_at = self.after.claimed_at.or(Some(self.now));
        Ok(Event { announce: self.told, ..self.happened(EventKind::Claimed) })
    }

    fn unclaim(&mut self) -> Result<Event, Refusal> {
        if self.ticket.claimed_by.is_none() {
            return Err(Refusal::NotClaimed);
        }
        require_live(self.ticket)?;
        self.after.claimed_by = None;
        if self.ticket.status == Status::Claimed {
            self.after.status = given_to(self.after);
        }
        Ok(self.taken_from(EventKind::Unclaimed))
    }

    fn resume(&mut self) -> Result<Event, Refusal> {
        become_status(self.after, Status::Open)?;
        (self.after.claimed_by, self.after.escalated_to) = (None, None);
        Ok(self.taken_from(EventKind::Resumed))
    }

    /// That nobody has the ticket any more. Whose it was is told if somebody else took it from them.
    fn taken_from(&self, kind: EventKind) -> Event {
        let target = self.ticket.claimed_by.filter(|theirs| self.by != Some(*theirs));
        Event { target, announce: self.told || target.is_some(), ..self.happened(kind) }
    }

    fn transfer(&mut self, to: Id<UserMarker>) -> Result<Event, Refusal> {
        require_live(self.ticket)?;
        if self.ticket.claimed_by == Some(to) {
            return Err(if self.by == Some(to) { Refusal::ClaimedByYou } else { Refusal::HasIt(to) });
        }
        // Who was called stays called, and whose answer is waited for is still to give it.
        if self.ticket.status == Status::Open {
            become_status(self.after, Status::Claimed)?;
        }
        self.after.claimed_by = Some(to);
        self.after.claimed_at = self.after.claimed_at.or(Some(self.now));
        Ok(Event { target: Some(to), ..self.announced(EventKind::Transferred) })
    }

    fn wait(&mut self) -> Result<Event, Refusal> {
        become_status(self.after, Status::WaitingForUser)?;
        Ok(self.announced(EventKind::Waiting))
    }

    fn escalate(&mut self, to: Option<Id<RoleMarker>>, reason: &str, why: &Option<Why>) -> Result<Event, Refusal> {
        become_status(self.after, Status::Escalated)?;
        self.after.escalated_to = to;
        // Nobody else closes what others were called for.
        forget_request(self.after);
        Ok(Event { body: reason.to_owned(), why: why.clone(), ..self.announced(EventKind::Escalated) })
    }

    fn request_close(&mut self, due_at: Option<Timestamp>, reason: &str) -> Result<Event, Refusal> {
        require_live(self.ticket)?;
        if let Some(at) = self.ticket.close_requested_at {
            return Err(Refusal::AskedAlready { at });
        }
        self.after.close_requested_by = self.by;
        self.after.close_requested_at = Some(self.now);
        self.after.close_due_at = due_at;
        Ok(Event { body: reason.to_owned(), ..self.announced(EventKind::CloseRequested) })
    }

    fn keep_open(&mut self) -> Result<Event, Refusal> {
        require_live(self.ticket)?;
        forget_request(self.after);
        if self.ticket.status == Status::WaitingForUser {
            self.after.status = given_to(self.ticket);
        }
        Ok(self.announced(EventKind::KeptOpen))
    }

    /// A request that came after the answer waits for another.
    fn answered(
        &mut self,
        at: Timestamp,
        message: Option<(Id<ChannelMarker>, Id<MessageMarker>)>,
    ) -> Result<Event, Refusal> {
        require_live(self.ticket)?;
        if self.ticket.close_requested_at.is_some_and(|asked| asked < at) {
            forget_request(self.after);
        }
        if self.ticket.status == Status::WaitingForUser {
            self.after.status = given_to(self.ticket);
        }
        let why = Some(Why::Answered { message });
        Ok(Event { user: Some(self.ticket.user), why, ..self.announced(EventKind::KeptOpen) })
    }

    fn close(&mut self, reason: &str, why: &Option<Why>) -> Result<Event, Refusal> {
        become_status(self.after, Status::Closed)?;
        self.after.closed_at = Some(self.now);
        self.after.closed_by = self.by;
        forget_request(self.after);
        self.after.close_reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
        self.after.close_why.clone_from(why);
        Ok(Event { body: reason.to_owned(), why: why.clone(), ..self.announced(EventKind::Closed) })
    }

    fn reopen(&mut self) -> Result<Event, Refusal> {
        if self.ticket.status != Status::Closed {
            return Err(Refusal::Cannot { from: self.ticket.status, to: Status::Open });
        }
        self.after.status = given_to(self.ticket);
        (self.after.closed_at, self.after.closed_by) = (None, None);
        (self.after.close_reason, self.after.close_why) = (None, None);
        Ok(self.announced(EventKind::Reopened))
    }

    fn archive(&mut self, end: Option<i64>) -> Result<Event, Refusal> {
        if self.ticket.status == Status::Archived {
            return Err(Refusal::Done(Status::Archived));
        }
        if self.ticket.status != Status::Closed {
            return Err(Refusal::CloseFirst { number: self.ticket.number, status: self.ticket.status });
        }
        if end.is_some() && end != end_of(self.ticket) {
            return Err(Refusal::OtherEnd);
        }
        become_status(self.after, Status::Archived)?;
        self.after.archived_at = Some(self.now);
        Ok(self.happened(EventKind::Archived))
    }

    fn lose(&mut self, why: &Why) -> Result<Event, Refusal> {
        become_status(self.after, Status::Archived)?;
        self.after.closed_at = self.after.closed_at.or(Some(self.now));
        self.after.archived_at = Some(self.now);
        if self.after.close_reason.is_none() && self.after.close_why.is_none() {
            self.after.close_why = Some(why.clone());
        }
        Ok(Event { why: Some(why.clone()), ..self.happened(EventKind::Archived) })
    }

    fn set_priority(&mut self, priority: Priority) -> Result<Event, Refusal> {
        require_live(self.ticket)?;
        if self.ticket.priority == priority {
            return Err(Refusal::SamePriority(priority));
        }
        self.after.priority = priority;
        Ok(Event { body: priority.name().to_owned(), ..self.happened(EventKind::Priority) })
    }

    fn rename(&mut self, subject: &str) -> Result<Event, Refusal> {
        require_live(self.ticket)?;
        subject.clone_into(&mut self.after.subject);
        Ok(Event { body: subject.to_owned(), ..self.happened(EventKind::Renamed) })
    }

    fn rate(&mut self, stars: i16, end: Option<i64>) -> Result<Event, Refusal> {
        if self.ticket.status.is_live() {
            return Err(Refusal::NotClosed);
        }
        if end.is_some() && end != end_of(self.ticket) {
            return Err(Refusal::OtherEnd);
        }
        // What was said of an end before is not said of this one.
        if !is_rated(self.ticket) {
            self.after.rating_comment = None;
        }
        self.after.rating = Some(stars);
        self.after.rated_at = Some(self.now);
        Ok(Event { body: stars.to_string(), ..self.happened(EventKind::Rated) })
    }

    fn comment(&mut self, text: &str) -> Result<Event, Refusal> {
        if self.ticket.rating.is_none() {
            return Err(Refusal::NoStars);
        }
        self.after.rating_comment = Some(text.to_owned()).filter(|text| !text.is_empty());
        Ok(Event { body: text.to_owned(), ..self.happened(EventKind::Rated) })
    }

    fn attach(&mut self, clipping: &Clipping) -> Result<Event, Refusal> {
        reopened_first(self.ticket)?;
        let (body, source) = (clipping.text().to_owned(), clipping.source().cloned());
        Ok(Event { body, source, ..self.announced(EventKind::Message) })
    }

    fn set_member(&mut self, kind: EventKind, user: Id<UserMarker>) -> Result<Event, Refusal> {
        reopened_first(self.ticket)?;
        // Who has left the server and came back may be out of their own ticket.
        if user == self.ticket.user && kind == EventKind::Removed {
            return Err(Refusal::OwnTicket);
        }
        Ok(Event { target: Some(user), ..self.announced(kind) })
    }
}

/// By which the end of a ticket is known: one that was opened again and closed has another.
pub fn end_of(ticket: &Ticket) -> Option<i64> {
    ticket.closed_at.map(Timestamp::as_millisecond)
}

/// Whether the end of a ticket was rated; an end before it is another's affair.
pub fn is_rated(ticket: &Ticket) -> bool {
    ticket.rating.is_some() && ticket.rated_at >= ticket.closed_at
}

/// What a ticket is while it is worked on: of one that nobody has, those who were called stay called until it is taken back.
fn given_to(ticket: &Ticket) -> Status {
    match (ticket.claimed_by, ticket.escalated_to) {
        (Some(_), _) => Status::Claimed,
        (None, Some(_)) => Status::Escalated,
        (None, None) => Status::Open,
    }
}

/// Who has spoken by what happened, and whose turn it is then: a button speaks as much as a message does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    pub member_spoke: bool,
    pub staff_spoke: bool,
    /// Whether its member waits for an answer from now on, or no longer; nothing is as before.
    pub member_waits: Option<bool>,
}

/// What opening a ticket for `user` comes to: what happened, and whose turn it is.
pub fn open(user: Id<UserMarker>, by: Option<Id<UserMarker>>, program: Option<Program>) -> (Event, Turn) {
    let kind = EventKind::Opened;
    let event =
        Event { kind, user: by, program, target: None, body: String::new(), why: None, source: None, announce: false };
    // What the staff opens for a member waits for the member.
    let member_waits = Some(by.is_none_or(|by| by == user));
    (event, Turn { member_waits, ..Turn::default() })
}

/// Whether what was done when a ticket ended is done anew when it ends again: its member is told, its transcript is made.
pub fn forgets_end(after: &Ticket) -> bool {
    after.status.is_live()
}

/// Who has spoken by what happened to a ticket.
pub fn turn(ticket: &Ticket, event: &Event) -> Turn {
    match event.kind {
        // When they spoke was heard before.
        EventKind::KeptOpen if matches!(event.why, Some(Why::Answered { .. })) => Turn::default(),
        // Who was called is to answer.
        EventKind::Escalated => Turn { member_waits: Some(true), ..Turn::default() },
        EventKind::KeptOpen => {
            Turn { member_spoke: event.user == Some(ticket.user), staff_spoke: false, member_waits: Some(true) }
        }
        EventKind::Reopened => Turn { member_waits: Some(true), ..Turn::default() },
        EventKind::Waiting | EventKind::CloseRequested => STAFF_SPOKE,
        _ => Turn::default(),
    }
}

/// The staff has answered.
const STAFF_SPOKE: Turn = Turn { member_spoke: false, staff_spoke: true, member_waits: Some(false) };

/// Who has spoken when the staff gives one of its replies in a ticket. Of one that is done nobody waits for anything.
pub fn turn_of_reply(ticket: &Ticket) -> Turn {
    if ticket.status.is_live() { STAFF_SPOKE } else { Turn::default() }
}

fn become_status(ticket: &mut Ticket, next: Status) -> Result<(), Refusal> {
    if !ticket.status.may_become(next) {
        return Err(Refusal::Cannot { from: ticket.status, to: next });
    }
    ticket.status = next;
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
pub mod tests;
