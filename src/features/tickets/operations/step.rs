//! A step with a ticket that is there: claiming, closing, noting, adding somebody, and so on.

use sqlx::PgConnection;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::super::model::workflow::{self, Standing, Step};
use super::super::model::{Event, Refusal, Status, Ticket};
use super::super::settings::Settings;
use super::super::store::{self, By, Left};
use super::super::{settle, words};
use crate::acting::{Acting, Actor, Failure, Member};
use crate::app::App;

/// How often a step is tried again on what others have changed meanwhile.
const ATTEMPTS: u32 = 5;

/// What a step came to.
#[derive(Clone, Debug)]
pub(crate) struct Stepped {
    /// The ticket as it is now.
    pub(crate) ticket: Ticket,
    /// What happened.
    pub(crate) event: Event,
    /// Whether the answer has to be the ticket's message, as it is now: nobody else shows it.
    pub(crate) is_answer: bool,
}

/// A ticket of the guild.
///
/// # Errors
/// There is none.
pub(crate) async fn find(app: &App, acting: &Acting, by: By) -> Result<Ticket, Failure<Refusal>> {
    Ok(store::find(&app.db, acting.guild, by).await?.ok_or(Refusal::NoSuchTicket)?)
}

/// What whoever acts is to a ticket. The bot, and a program with a key, work all of them.
pub(crate) fn standing(acting: &Acting, ticket: &Ticket, settings: &Settings) -> Standing {
    match &acting.actor {
        Actor::Person(person) => {
            let Member { id, roles, .. } = &person.member;
            workflow::standing(ticket, settings, *id, roles, person.administers)
        }
        Actor::Bot | Actor::Key(_) => Standing { staff: true, owner: false },
    }
}

/// Takes a step, on whatever others make of the ticket meanwhile; what has to follow in Discord follows.
///
/// # Errors
/// It may not be taken, or not now; or the database does not answer.
pub(crate) async fn take(app: &App, acting: &Acting, ticket: Ticket, step: Step) -> Result<Stepped, Failure<Refusal>> {
    let settings = app.settings.get::<Settings>(acting.guild).await?;
    may_take(app, acting, &ticket, &step, &settings).await?;
    let mut ticket = ticket;
    for _ in 0..ATTEMPTS {
        match write_alone(app, acting, &ticket, &step, &settings).await {
            Ok(Some(stepped)) => return Ok(stepped),
            Ok(None) => ticket = find(app, acting, By::Number(ticket.number)).await?,
            Err(Failure::Refused(refusal)) => {
                // A button that cannot be pressed should not be there: an answer of ours was lost, or others were faster.
                if is_message_of(acting, &ticket) {
                    store::set_stale(&app.db, acting.guild, ticket.number, acting.now).await?;
                    settle::after_answer(app, acting, ticket.number);
                }
                return Err(refusal.into());
            }
            Err(error) => return Err(error),
        }
    }
    Err(Refusal::Busy.into())
}

/// Whether a step could be taken now, before somebody is asked for what it carries.
///
/// # Errors
/// Why not.
pub(crate) async fn could_take(
    app: &App,
    acting: &Acting,
    ticket: &Ticket,
    step: &Step,
) -> Result<(), Failure<Refusal>> {
    let settings = app.settings.get::<Settings>(acting.guild).await?;
    may_take(app, acting, ticket, step, &settings).await?;
    workflow::take(ticket, step, acting.user(), &settings, acting.now)?;
    Ok(())
}

/// Whether a step may be taken by whoever acts, with a ticket as it is.
///
/// # Errors
/// Why not.
async fn may_take(
    app: &App,
    acting: &Acting,
    ticket: &Ticket,
    step: &Step,
    settings: &Settings,
) -> Result<(), Failure<Refusal>> {
    workflow::allow(step, standing(acting, ticket, settings), settings)?;
    workflow::check(step)?;
    match step {
        Step::Transfer { to } => works_it(app, acting, ticket, settings, *to).await,
        Step::Add { user } if *user != ticket.user && ticket.status.is_live() => {
            match acting.is_member(app, *user).await? {
                true => Ok(()),
                false => Err(Refusal::NotHere.into()),
            }
        }
        // @everyone has the server's id.
        Step::Escalate { to: Some(role), .. } if role.get() == acting.guild.get() => {
            Err(Refusal::EscalatedToEverybody.into())
        }
        Step::Agree => is_asked(app, ticket).await,
        _ => Ok(()),
    }
}

/// Whether the member was asked to agree that the ticket closes; the bot asks too, who waits for an answer for too long.
async fn is_asked(app: &App, ticket: &Ticket) -> Result<(), Failure<Refusal>> {
    let seen = store::find_seen(&app.db, ticket.guild, ticket.number).await?;
    let reminded = seen.reminded_at.is_some() && seen.reminded_at > seen.member_spoke_at;
    match ticket.close_requested_by.is_some() || reminded || !ticket.status.is_live() {
        true => Ok(()),
        false => Err(Refusal::NotAsked.into()),
    }
}

/// Whether somebody else works the ticket: a member of the guild, no program, of its staff.
async fn works_it(
    app: &App,
    acting: &Acting,
    ticket: &Ticket,
    settings: &Settings,
    user: Id<UserMarker>,
) -> Result<(), Failure<Refusal>> {
    let known = acting.find_member(app, user).await?.ok_or(Refusal::NotHere)?;
    let administers = acting.administers_too(app, &known.member).await?;
    let standing = workflow::standing(ticket, settings, user, &known.member.roles, administers);
    match !known.is_bot && standing.staff {
        true => Ok(()),
        false => Err(Refusal::NotItsStaff(user).into()),
    }
}

/// Writes a step by itself. Nothing if somebody else was faster.
async fn write_alone(
    app: &App,
    acting: &Acting,
    ticket: &Ticket,
    step: &Step,
    settings: &Settings,
) -> Result<Option<Stepped>, Failure<Refusal>> {
    let written = if step.changes_ticket() {
        // It is one statement.
        let mut connection = app.db.acquire().await?;
        write(&mut connection, acting, ticket, step, settings).await?
    } else {
        let mut tx = app.db.begin().await?;
        let written = write(&mut tx, acting, ticket, step, settings).await?;
        tx.commit().await?;
        written
    };
    let Some((stepped, left)) = written else { return Ok(None) };
    acting.post_log(app);
    if matches!(left, Left::AllButMessage | Left::Everything) {
        settle::after_answer(app, acting, ticket.number);
    }
    Ok(Some(stepped))
}

/// Takes a step with a ticket as it is, and writes it with its event and its entry for the log channel: the one place where
/// that is done. Nothing if somebody else was faster.
///
/// Who calls it has checked that the step may be taken. Of a step that does not change the ticket itself there is more than
/// one statement, so `db` is a transaction then.
///
/// # Errors
/// The step cannot be taken now, or the database does not answer.
pub(crate) async fn write(
    db: &mut PgConnection,
    acting: &Acting,
    ticket: &Ticket,
    step: &Step,
    settings: &Settings,
) -> Result<Option<(Stepped, Left)>, Failure<Refusal>> {
    let (after, event) = workflow::take(ticket, step, acting.user(), settings, acting.now)?;
    let entry = words::entry(&after, &event);
    if !step.changes_ticket() {
        write_beside(db, acting, ticket, step, &event).await?;
        acting.record(db, &entry).await?;
        let left = if event.announce { Left::Everything } else { Left::Nothing };
        return Ok(Some((Stepped { ticket: after, event, is_answer: false }, left)));
    }
    let shown = is_message_of(acting, ticket) && !ticket.shown.is_thread;
    let quiet = !event.announce && after.status.is_live() == ticket.status.is_live();
    let left = match () {
        () if matches!(step, Step::Archive) => Left::Later,
        () if shown && quiet => Left::Nothing,
        () if shown && after.status != Status::Archived => Left::AllButMessage,
        () => Left::Everything,
    };
    let written = store::replace(db, ticket, &after, &event, acting.if_wanted(&entry), left, acting.now).await?;
    Ok(written.then_some((Stepped { ticket: after, event, is_answer: shown }, left)))
}

/// Writes what happened to a ticket without changing it, and who takes part.
async fn write_beside(
    tx: &mut PgConnection,
    acting: &Acting,
    ticket: &Ticket,
    step: &Step,
    event: &Event,
) -> Result<(), Failure<Refusal>> {
    let number = ticket.number;
    if let Step::Add { user } | Step::Remove { user } = *step {
        let present = matches!(step, Step::Add { .. });
        if !store::upsert_member(&mut *tx, acting.guild, number, user, present).await? {
            return Err(Refusal::TakesPart { user, number, present }.into());
        }
    }
    store::insert_event(&mut *tx, acting.guild, number, event, acting.now).await?;
    Ok(())
}

/// Whether the message whose button was used is the ticket's own.
fn is_message_of(acting: &Acting, ticket: &Ticket) -> bool {
    acting.message.is_some() && acting.message == ticket.shown.message
}
