//! A step with a ticket that is there: claiming, closing, noting, adding somebody, and so on.

use std::time::{Duration, Instant};

use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::super::model::workflow::{self, Standing, Step};
use super::super::model::{Refusal, Status, Ticket};
use super::super::settings::Settings;
use super::super::store::{self, By, Left};
use super::super::write::{Stepped, can_be_answer, is_message_of, write_step};
use super::super::{settle, vanished, watch};
use super::SWITCH;
pub use super::found::{Found, ToTake};
use crate::acting::{Acting, Actor, Failure, Member};
use crate::app::App;
use crate::discord;

/// How long somebody who opens a ticket again waits until it is known whether its channel is still there.
const LOOK: Duration = Duration::from_millis(900);

/// How often a step is tried again on what others have changed meanwhile.
pub(super) const ATTEMPTS: u32 = 5;

/// A ticket of the guild that whoever acts may read.
///
/// # Errors
/// There is none.
pub async fn find(app: &App, acting: &Acting, by: By) -> Result<Found, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = Found::read(app, acting, by).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let Standing { staff, owner } = standing(acting, &ticket, &settings);
    if staff || owner { Ok(ticket) } else { Err(Refusal::NoSuchTicket.into()) }
}

/// A ticket of the guild, for a step: also who may not read it sees its buttons where they take part, and hears why they may
/// not press them. A door knows nothing of it but its number before an operation says that they may.
///
/// # Errors
/// There is none.
pub async fn find_to_take(app: &App, acting: &Acting, by: By) -> Result<ToTake, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    Found::read(app, acting, by).await.map(ToTake::of)
}

/// What whoever acts is to a ticket. The bot, and a program with a key, work all of them.
pub(super) fn standing(acting: &Acting, ticket: &Ticket, settings: &Settings) -> Standing {
    match acting.actor() {
        Actor::Person(person) => {
            let Member { id, roles, .. } = person.member();
            workflow::standing(ticket, settings, *id, roles, person.administers())
        }
        Actor::Bot | Actor::Key(_) => Standing { staff: true, owner: false },
    }
}

/// Takes a step, on whatever others make of the ticket meanwhile; what has to follow in Discord follows. The same origin takes
/// a step with a ticket once, and hears of it again.
///
/// # Errors
/// It may not be taken, or not now; or the database does not answer.
pub async fn take(
    app: &App,
    acting: &Acting,
    ticket: impl Into<ToTake>,
    step: Step,
) -> Result<Stepped, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = ticket.into().into_found();
    ticket.require_own(acting)?;
    workflow::by_hand(&step)?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let (number, step) = (ticket.number, step.storable());
    // Which role the guild has set is not what was asked for: that may be another when it is asked for again.
    let deed = step.deed();
    let step = match step {
        Step::Escalate { to: None, .. } => {
            step.calling(vanished::escalation_role(app, acting.guild(), &settings).await)
        }
        step => step,
    };
    let taken = take_first(app, acting, ticket, (&step, &deed)).await;
    or_taken_before(app, acting, number, (&step, &deed), taken).await
}

/// What the same origin did before, in the place of why it cannot be done again.
pub(super) async fn or_taken_before(
    app: &App,
    acting: &Acting,
    number: i32,
    (step, deed): (&Step, &str),
    taken: Result<Stepped, Failure<Refusal>>,
) -> Result<Stepped, Failure<Refusal>> {
    let Err(Failure::Refused(refusal)) = taken else { return taken };
    Ok(find_taken(app, acting, number, (step, deed)).await?.ok_or(refusal)?)
}

/// The step that the same origin has taken with a ticket, with the ticket as it is now.
async fn find_taken(
    app: &App,
    acting: &Acting,
    number: i32,
    (step, deed): (&Step, &str),
) -> Result<Option<Stepped>, Failure<Refusal>> {
    let Some(origin) = acting.deed_key(deed) else { return Ok(None) };
    let Some(event) = store::find_event_by(&app.db, acting.guild(), number, &origin).await? else { return Ok(None) };
    let ticket = Found::read(app, acting, By::Number(number)).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    // Who may do it no longer sees no more of the ticket either.
    workflow::allow(step, standing(acting, &ticket, &settings), &settings)?;
    let is_answer = step.changes_ticket() && is_message_of(acting, &ticket) && can_be_answer(&ticket);
    Ok(Some(Stepped { ticket: (*ticket).clone(), event, is_answer }))
}

/// Takes a step that this origin has not taken yet, or finds that it has.
async fn take_first(
    app: &App,
    acting: &Acting,
    ticket: Found,
    (step, deed): (&Step, &str),
) -> Result<Stepped, Failure<Refusal>> {
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let mut ticket = ticket;
    for _ in 0..ATTEMPTS {
        // What others made of it meanwhile may forbid it, too.
        may_take(app, acting, &ticket, step, &settings).await?;
        if ticket.status == Status::WaitingForUser {
            // Whoever works with it may be the first to see the answer.
            let (guild, number) = (ticket.guild, ticket.number);
            acting.once_answered(app, move |app| watch::watch_soon(app, guild, vec![number]));
        }
        match write_alone(app, acting, &ticket, (step, deed), &settings).await {
            Ok(Some(stepped)) => return Ok(stepped),
            Ok(None) => match find_taken(app, acting, ticket.number, (step, deed)).await? {
                Some(stepped) => return Ok(stepped),
                None => ticket = Found::read(app, acting, By::Number(ticket.number)).await?,
            },
            Err(Failure::Refused(refusal)) => {
                // A button that cannot be pressed should not be there: an answer of ours was lost, or others were faster.
                if is_message_of(acting, &ticket) {
                    store::set_stale(&app.db, acting.guild(), ticket.number, acting.now()).await?;
                    settle::after_answer(app, acting, ticket.number);
                }
                return Err(refusal.into());
            }
            Err(error) => return Err(error),
        }
    }
    Err(Refusal::Busy.into())
}

/// What whoever acts is to a ticket with which a step could be taken now, before they are asked for what it carries.
///
/// # Errors
/// Why it could not.
pub async fn could_take(
    app: &App,
    acting: &Acting,
    ticket: impl Into<ToTake>,
    step: &Step,
) -> Result<Standing, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = ticket.into().into_found();
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    may_take(app, acting, &ticket, step, &settings).await?;
    workflow::take(&ticket, step, acting.user(), &settings, acting.now())?;
    Ok(standing(acting, &ticket, &settings))
}

/// Whether a step may be taken by whoever acts, with a ticket as it is.
///
/// # Errors
/// Why not.
pub(super) async fn may_take(
    app: &App,
    acting: &Acting,
    ticket: &Found,
    step: &Step,
    settings: &Settings,
) -> Result<(), Failure<Refusal>> {
    ticket.require_own(acting)?;
    if step.is_of_the_bot() && !matches!(acting.actor(), Actor::Bot) {
        return Err(Refusal::OnlyTheBot.into());
    }
    if matches!(step, Step::Claim) && acting.user().is_none() {
        return Err(Refusal::ForNobody.into());
    }
    let standing = standing(acting, ticket, settings);
    if !standing.staff && !standing.owner && !sees_channel(app, acting, ticket).await {
        return Err(Refusal::NoSuchTicket.into());
    }
    workflow::allow(step, standing, settings)?;
    workflow::check(step, acting.now())?;
    match step {
        Step::Transfer { to } => works_it(app, acting, ticket, settings, *to).await,
        Step::Add { user } if ticket.status.is_live() => match acting.is_member(app, *user).await? {
            true => Ok(()),
            false => Err(Refusal::NotHere.into()),
        },
        // @everyone has the server's id.
        Step::Escalate { to: Some(role), .. } if role.get() == acting.guild().get() => {
            Err(Refusal::EscalatedToEverybody.into())
        }
        // The one that is set was looked at when it was.
        Step::Escalate { to: Some(role), .. } if settings.escalation_role != Some(*role) => {
            match acting.role(app, *role).await? {
                Some(_) => Ok(()),
                None => Err(Refusal::UnknownRole.into()),
            }
        }
        Step::Agree | Step::KeepOpen => is_asked(app, ticket, step).await,
        Step::Reopen if ticket.status == Status::Closed => has_channel(app, acting, ticket).await,
        _ => Ok(()),
    }
}

/// Whether somebody sees a ticket's channel, and so knows that there is one. Of what they do not see they hear nothing, also
/// where Discord does not say.
async fn sees_channel(app: &App, acting: &Acting, ticket: &Ticket) -> bool {
    let Some(channel) = ticket.shown.channel else { return false };
    let sees = |granted: Permissions| granted.intersects(Permissions::VIEW_CHANNEL | Permissions::ADMINISTRATOR);
    match acting.place(app, channel).await {
        Ok(Ok(place)) => place.actor.is_some_and(sees),
        Ok(Err(_)) | Err(_) => false,
    }
}

/// Whether a closed ticket still has its channel: one that was deleted is not opened again. What Discord does not say soon is
/// found out when the channel is needed.
async fn has_channel(app: &App, acting: &Acting, ticket: &Ticket) -> Result<(), Failure<Refusal>> {
    let Some(channel) = ticket.shown.channel else { return Ok(()) };
    let deadline = acting.deadline().min(Instant::now() + LOOK);
    match app.discord.guild(ticket.guild).channel(channel, deadline).await {
        Err(discord::Error::Gone { .. }) => Err(Refusal::ChannelGone { number: ticket.number }.into()),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether the member was asked to agree that the ticket closes; the bot asks too, who waits for an answer for too long.
///
/// Who has answered, by a message or by the other button, is asked no more: a button that still stands somewhere is not pressed
/// a second time. A member whom the staff waits for may always say that they are there.
async fn is_asked(app: &App, ticket: &Ticket, step: &Step) -> Result<(), Failure<Refusal>> {
    let seen = store::find_seen(&app.db, ticket.guild, ticket.number).await?;
    let waited_for = ticket.status == Status::WaitingForUser;
    // Where it is the staff's turn, they were reminded, and nobody was asked.
    let reminded = seen.reminded_at > seen.member_spoke_at && (waited_for || seen.waits_since.is_none());
    let answers = waited_for && matches!(step, Step::KeepOpen);
    match ticket.close_requested_at.is_some() || reminded || answers || !ticket.status.is_live() {
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
    (step, deed): (&Step, &str),
    settings: &Settings,
) -> Result<Option<Stepped>, Failure<Refusal>> {
    let written = if step.changes_ticket() {
        // It is one statement.
        let mut connection = app.db.acquire().await?;
        write_step(&mut connection, acting, ticket, (step, deed), settings).await?
    } else {
        let mut tx = app.db.begin().await?;
        let written = write_step(&mut tx, acting, ticket, (step, deed), settings).await?;
        if written.is_some() {
            tx.commit().await?;
        }
        written
    };
    let Some((stepped, left)) = written else { return Ok(None) };
    acting.post_log(app);
    if matches!(left, Left::AllButMessage | Left::Everything) {
        settle::after_answer(app, acting, ticket.number);
    }
    Ok(Some(stepped))
}
