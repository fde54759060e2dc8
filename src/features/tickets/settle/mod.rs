//! Bringing Discord to what a ticket's row says: its channel, its message, who may write, what has to be told.
//!
//! One function does all of it and looks first at what is there already, so that it may be interrupted anywhere and run
//! again: by this process, by another, or by cron. Whoever runs it holds the ticket under a lease, whose number is the
//! fence.

mod access;
mod announce;
mod announcement;
mod channel;
mod closing;
mod lose;
mod message;
mod orphans;
pub(crate) mod panels;
mod replies;
mod staff;
mod trouble;

use access::apply_access;
pub(crate) use access::let_member_in_soon;
use announce::announce;
use channel::create;
pub(crate) use closing::{forget_transcripts, guilds_with_transcripts};
use closing::{post_transcript, remove, tell_member, transcribe};
pub(crate) use lose::lose;
use message::show;
pub(crate) use orphans::clear_orphans;
pub(crate) use replies::{Spoken, say_replies, say_reply};
pub(crate) use staff::works_it;
use std::time::Duration;
use trouble::{Steps, Text, Trouble, deadline, forget_announcements, report, trouble};

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::model::{Problem, Status, Ticket, Why};
use super::settings::Settings;
use super::store::{self, By};
use crate::acting::Acting;
use crate::app::App;
use crate::feature::NotYet;
use crate::say;
use crate::settings::System;
use crate::words::{Language, Say};

/// How long a silent process keeps a ticket, and how often one that works says that it lives.
const LEASE: SignedDuration = SignedDuration::from_secs(20);
const RENEW_EVERY: Duration = Duration::from_secs(6);

/// After which pauses a ticket is tried again that Discord did not take: soon at first, for its member waits.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);
const LATER_PAUSE: SignedDuration = SignedDuration::from_secs(20);

/// The same for one that somebody has to do something about; it grows with the time that this takes.
const REFUSED_PAUSE: SignedDuration = SignedDuration::from_mins(30);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(24);

/// Tickets of a guild that one pass of cron takes up; the rest goes on with the next.
const DUE: i64 = 50;

/// How often a ticket is looked at again because it changed meanwhile.
const ROUNDS: u32 = 10;

/// Settles a ticket once whoever acted has their answer: what deletes a channel must not overtake it.
pub(crate) fn after_answer(app: &App, acting: &Acting, number: i32) {
    let guild = acting.guild();
    acting.once_answered(app, move |app| settle_soon(app, guild, number));
}

/// Settles a ticket in the background.
pub(crate) fn settle_soon(app: &App, guild: Id<GuildMarker>, number: i32) {
    let work = app.in_background();
    app.background.spawn(async move {
        let settling = settle_ticket(&work, guild, number);
        // When the process stops, others go on.
        if let Some(Err(error)) = work.handing_over.run_until_cancelled(settling).await {
            tracing::warn!(%guild, number, error = format!("{error:#}"), "a ticket is settled later");
        }
    });
}

/// Guilds with tickets whose lease has run out.
pub(crate) async fn guilds_with_unsettled(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_unsettled_guilds(&app.db, now).await?)
}

/// Settles tickets of a guild whose lease has run out.
pub(crate) async fn settle_due(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let numbers = store::list_unsettled(&app.db, guild, now, DUE).await?;
    let work = app.in_background();
    // One after another, and for as long as it takes: a long transcript that was cut off would be begun anew each time.
    app.background.spawn(async move {
        for number in numbers {
            let settling = settle_ticket(&work, guild, number);
            match work.handing_over.run_until_cancelled(settling).await {
                None => return,
                // What is wrong with one ticket is not the others' affair.
                Some(Err(error)) => {
                    tracing::warn!(%guild, number, error = format!("{error:#}"), "a ticket is settled later");
                }
                Some(Ok(())) => {}
            }
        }
    });
    Ok(())
}

/// Settles a ticket until it has a channel, or never will.
///
/// # Errors
/// [`NotYet`] while another process opens it, or Discord may still take it.
pub(crate) async fn until_open(app: &App, guild: Id<GuildMarker>, number: i32) -> anyhow::Result<Ticket> {
    let settled = settle_ticket(app, guild, number).await;
    let ticket = store::find(&app.db, guild, By::Number(number)).await?.context("the ticket is gone")?;
    if ticket.shown.channel.is_some() || !ticket.status.is_live() {
        return Ok(ticket);
    }
    let why = settled.err().map_or("another process opens the ticket".to_owned(), |error| format!("{error:#}"));
    // Whoever comes next comes when the ticket may be taken, and has missed nothing.
    let until = store::find_settle_at(&app.db, guild, number).await?.unwrap_or(ticket.opened_at);
    let pause = until.duration_since(app.clock.now()).clamp(SignedDuration::ZERO, LEASE);
    Err(NotYet { pause, why }.into())
}

/// Settles a ticket, unless somebody else does.
///
/// # Errors
/// What stood in the way; it is tried again later.
pub(crate) async fn settle_ticket(app: &App, guild: Id<GuildMarker>, number: i32) -> anyhow::Result<()> {
    for _ in 0..ROUNDS {
        let now = app.clock.now();
        if store::take_unsettled(&app.db, guild, number, now, LEASE).await?.is_none() {
            return Ok(());
        }
        let Some(mut ticket) = store::find(&app.db, guild, By::Number(number)).await? else { return Ok(()) };
        let held = ticket.clone();
        let followed = tokio::select! {
            followed = follow_row(app, &mut ticket) => followed,
            () = renew_lease(app, &held) => Err(Trouble::Lost),
        };
        let followed = match followed {
            // What is to be done in it is looked at anew once it is open.
            Err(Trouble::Asleep) => open_thread(app, &mut ticket).await.and(Err(Trouble::Asleep)),
            followed => followed,
        };
        match followed {
            Ok(problem) => {
                if store::set_settled(&app.db, &ticket, problem.as_ref()).await? {
                    return Ok(());
                }
            }
            Err(Trouble::Lost) => return Ok(()),
            Err(Trouble::Gone) => lose(app, &ticket, Why::ChannelDeleted).await?,
            // It is not forgotten: what is missing is made up for once it can be, or when somebody touches the ticket.
            Err(Trouble::Refused(problem)) => {
                report(app, ticket.guild, ticket.number, &problem).await?;
                let pause = now.duration_since(ticket.updated_at).clamp(REFUSED_PAUSE, LONGEST_PAUSE);
                return Ok(store::release(&app.db, &ticket, now + pause, Some(&problem)).await?);
            }
            Err(Trouble::Passing(error)) => {
                let now = app.clock.now();
                let pause = SignedDuration::from_secs(now.duration_since(ticket.updated_at).as_secs() / 4);
                store::release(&app.db, &ticket, now + pause.clamp(PAUSE, LATER_PAUSE), None).await?;
                return Err(error);
            }
            // It is open now.
            Err(Trouble::Asleep) => {}
            Err(Trouble::Uncertain(pause)) => {
                store::release(&app.db, &ticket, app.clock.now() + pause, None).await?;
                anyhow::bail!("ticket #{number} may have a channel that nobody knows of yet");
            }
        }
        // It has changed meanwhile.
        store::release(&app.db, &ticket, now, None).await?;
    }
    anyhow::bail!("ticket #{number} changed {ROUNDS} times while it was settled")
}

/// Renews the lease until it is lost.
async fn renew_lease(app: &App, ticket: &Ticket) {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        match store::extend_lease(&app.db, ticket, app.clock.now() + LEASE).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, "a ticket's lease cannot be renewed"),
        }
    }
}

/// Opens a thread that fell asleep, so that what is to be done in it can be; a closed ticket's is closed again afterwards.
async fn open_thread(app: &App, ticket: &mut Ticket) -> Result<(), Trouble> {
    let Some(channel) = ticket.shown.channel else { return Ok(()) };
    let system = app.settings.get::<System>(ticket.guild).await?;
    let reason = say!(system.language, ticket_events_audit_is, number = ticket.number, status = ticket.status.said());
    let opened = app.discord.guild(ticket.guild).set_thread_closed(channel, false, &reason, deadline()).await;
    opened.map_err(|error| trouble(error, channel))?;
    ticket.shown.shut = false;
    store::update_shown(&app.db, ticket).await?;
    Ok(())
}

/// In which languages those read to whom a ticket speaks.
#[derive(Clone, Copy)]
struct Readers {
    /// Whoever reads the ticket's channel, and the channels of the staff.
    guild: Language,
    /// Its member, in direct messages.
    member: Language,
}

/// Takes what steps are left, and returns what stays wrong all the same.
async fn follow_row(app: &App, ticket: &mut Ticket) -> Result<Option<Problem>, Trouble> {
    let settings = app.settings.get::<Settings>(ticket.guild).await?;
    let system = app.settings.get::<System>(ticket.guild).await?;
    if ticket.shown.channel.is_none() {
        if !ticket.status.is_live() {
            return forget_announcements(app, ticket).await.map(|()| None);
        }
        create(app, ticket, &settings, &system).await?;
    }
    let Some(channel) = ticket.shown.channel else { return Ok(None) };
    let language = system.language;
    if ticket.status == Status::Archived {
        return remove(app, ticket, channel, &settings, &system).await.map(|()| None);
    }
    let readers = Readers { guild: language, member: app.language_of(ticket.guild, ticket.user).await? };
    match follow_channel(app, ticket, channel, &settings, &system, readers).await {
        // Their own message does not need the channel.
        Err(hidden @ Trouble::Refused(Problem::Hidden { .. }))
            if ticket.status == Status::Closed && !ticket.shown.member_told =>
        {
            let told = tell_member(app, ticket, channel, &settings, readers).await;
            Err(told.err().filter(|trouble| matches!(trouble, Trouble::Lost)).unwrap_or(hidden))
        }
        followed => followed,
    }
}

/// Takes the steps that need its channel.
async fn follow_channel(
    app: &App,
    ticket: &mut Ticket,
    channel: Id<ChannelMarker>,
    settings: &Settings,
    system: &System,
    readers: Readers,
) -> Result<Option<Problem>, Trouble> {
    let language = readers.guild;
    let happened = store::list_events(&app.db, ticket.guild, ticket.number, true).await?;
    let mut steps = Steps::of(ticket);
    // What is closed stays open until all has been told.
    let shut = ticket.shown.shut && !ticket.status.is_live();
    let applied = apply_access(app, ticket, channel, settings, &happened, shut, language).await;
    steps.take(app, ticket, applied).await?;
    let shown = show(app, ticket, channel, settings, system).await;
    if matches!(shown, Ok(Text::Whole)) {
        steps.left_out = false;
    }
    steps.take(app, ticket, shown).await?;
    for happened in &happened {
        let announced = announce(app, ticket, channel, happened, settings, readers).await;
        // What happened later is told later.
        if !steps.take(app, ticket, announced).await? {
            break;
        }
        store::set_announced(&app.db, ticket.guild, ticket.number, happened.id).await?;
    }
    if ticket.status == Status::Closed {
        let kept = match ticket.shown.transcribed {
            true => Ok(Text::Unchanged),
            false => transcribe(app, ticket, channel, system, true).await.map(|_| Text::Whole),
        };
        if steps.take(app, ticket, kept).await? {
            let posted = post_transcript(app, ticket, settings, language).await;
            steps.take_alone(app, ticket, posted).await?;
        }
        if !ticket.shown.member_told {
            let told = tell_member(app, ticket, channel, settings, readers).await;
            steps.take_alone(app, ticket, told).await?;
        }
        if !ticket.shown.shut {
            let shut = apply_access(app, ticket, channel, settings, &happened, true, language).await;
            steps.take(app, ticket, shut).await?;
        }
    }
    steps.end()
}
