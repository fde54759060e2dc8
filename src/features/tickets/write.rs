//! The one writer of tickets: that they are opened, and every step, is written here, whoever takes it: people, time, or what
//! was found in Discord.

use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};

use super::model::workflow::{self, Step};
use super::model::{Event, Kind, Problem, Refusal, Status, Tag, Ticket};
use super::settings::Settings;
use super::store::{self, Change, Giving, Left, NewTicket};
use super::words;
use crate::acting::{Acting, Failure, Outcome};
use crate::ui::has_link;

/// What a step came to.
#[derive(Clone, Debug)]
pub struct Stepped {
    /// The ticket as it is now.
    pub ticket: Ticket,
    /// What happened.
    pub event: Event,
    /// Whether the answer has to be the ticket's message, as it is now: nobody else shows it.
    pub is_answer: bool,
}

impl Outcome for Stepped {
    /// That of what happened, as it is stored with the ticket.
    fn code(&self) -> &'static str {
        self.event.kind.name()
    }
}

/// Takes a step with a ticket as it is, and writes it with its event and its entry for the log channel: the one place where
/// that is done. By its deed ([`Step::deed`], or what whoever takes it knows besides) it is known again. Nothing if somebody else was faster, or if the same origin has taken the same step with this ticket before.
///
/// Who calls it has checked that the step may be taken. Of a step that does not change the ticket itself there is more than
/// one statement, so `db` is a transaction then.
///
/// # Errors
/// The step cannot be taken now, or the database does not answer.
pub(crate) async fn write_step(
    db: &mut PgConnection,
    acting: &Acting,
    ticket: &Ticket,
    (step, deed): (&Step, &str),
    settings: &Settings,
) -> Result<Option<(Stepped, Left)>, Failure<Refusal>> {
    if ticket.guild != acting.guild() {
        return Err(Refusal::NoSuchTicket.into());
    }
    let (after, event) = workflow::take(ticket, step, acting.user(), settings, acting.now())?;
    let program = acting.program().filter(|_| event.user.is_none());
    let event = Event { program, ..event };
    let entry = words::entry(acting.language(), &after, &event);
    if !step.changes_ticket() {
        if !write_beside(db, acting, ticket, (step, deed), &event).await? {
            return Ok(None);
        }
        acting.record_following(db, &entry, &store::place_of(ticket.number)).await?;
        let left = if event.announce { Left::Everything } else { Left::Nothing };
        return Ok(Some((Stepped { ticket: after, event, is_answer: false }, left)));
    }
    let shown = is_message_of(acting, ticket) && can_be_answer(&after);
    let quiet = !event.announce && after.status.is_live() == ticket.status.is_live();
    let left = match () {
        () if matches!(step, Step::Archive { .. }) => Left::Later,
        () if shown && quiet => Left::Nothing,
        () if shown && after.status != Status::Archived => Left::AllButMessage,
        () => Left::Everything,
    };
    let turn = workflow::turn(ticket, &event);
    let (entry, origin) = (acting.if_wanted(&entry), acting.deed_key(deed));
    let (origin, forgets_end) = (origin.as_deref(), workflow::forgets_end(&after));
    let change = Change { after: &after, event: &event, turn, forgets_end, entry, left, origin };
    let written = store::replace(db, ticket, change, acting.now()).await?;
    Ok(written.then_some((Stepped { ticket: after, event, is_answer: shown }, left)))
}

/// Writes a ticket that is opened under the next number, with what happened and its entry for the log channel.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn write_opening(
    tx: &mut PgConnection,
    acting: &Acting,
    number: i32,
    kind: &Kind,
    new: &NewTicket<'_>,
    unguarded: bool,
) -> anyhow::Result<()> {
    let (event, turn) = workflow::open(new.user, acting.user(), acting.program());
    store::insert(&mut *tx, acting.guild(), number, new, (&event, turn), acting.now()).await?;
    let entry = words::opened(acting, number, kind, new.user, new.subject, unguarded);
    acting.record_waiting(tx, &entry, &store::place_of(number)).await
}

/// Writes what happened to a ticket without changing it, and who takes part. `false` if it is another one by now.
async fn write_beside(
    tx: &mut PgConnection,
    acting: &Acting,
    ticket: &Ticket,
    (step, deed): (&Step, &str),
    event: &Event,
) -> Result<bool, Failure<Refusal>> {
    let number = ticket.number;
    if let Step::Add { user } | Step::Remove { user } = *step
        && user != ticket.user
    {
        let present = matches!(step, Step::Add { .. });
        if !store::upsert_member(&mut *tx, acting.guild(), number, user, present).await? {
            return Err(Refusal::TakesPart { user, number, present }.into());
        }
    }
    let (as_read, origin) = ((number, ticket.revision), acting.deed_key(deed));
    Ok(store::insert_event(&mut *tx, acting.guild(), as_read, event, origin.as_deref(), acting.now()).await?)
}

/// Writes that the staff gave a reply, which answers whoever waits if it was in a ticket.
///
/// It is no [`Step`]: the ticket stays as it is, and what was said stands in its channel, so there is no event and no entry.
/// `false` if the same origin has given it before, or it is gone.
pub(crate) async fn write_reply(
    db: impl PgExecutor<'_>,
    acting: &Acting,
    tag: &Tag,
    ticket: Option<&Ticket>,
    (deed, answer): (&str, &Value),
) -> Result<bool, sqlx::Error> {
    let spoken = ticket.map(|ticket| (ticket.number, workflow::turn_of_reply(ticket)));
    let origin = acting.origin_key();
    let giving = Giving { origin: origin.as_deref(), deed, answer };
    store::count_tag(db, acting.guild(), tag.id, spoken, giving, acting.now()).await
}

/// Whether a press can be answered with the ticket's message. Whether Discord took an answer nobody hears; so what it may
/// refuse is shown by a call instead.
pub fn can_be_answer(ticket: &Ticket) -> bool {
    let answers = ticket.answers.iter().map(|(_, answer)| answer.as_str());
    let mut texts = answers.chain([ticket.subject.as_str()]).chain(ticket.close_reason.as_deref());
    let refused = ticket.shown.problem == Some(Problem::TextRefused) || texts.any(has_link);
    !ticket.shown.is_thread && !refused
}

/// Whether the message whose button was used is the ticket's own.
pub fn is_message_of(acting: &Acting, ticket: &Ticket) -> bool {
    acting.message().is_some() && acting.message() == ticket.shown.message
}
