//! What stands in the way of showing a ticket, what is done about it, and how long each call may take.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::super::model::{Problem, Ticket};
pub(super) use super::super::settings::{CLOSING_NEEDS as SHUT, TAKES_PART};
use super::super::{store, words};
use crate::app::App;
use crate::discord;

/// So long after a call for a channel that got no answer it is certain that none comes of it any more. Discord has been
/// seen to make one after 26 seconds.
pub(super) const CERTAIN: SignedDuration = SignedDuration::from_secs(30);

/// A channel with the mark of a ticket that has another is nobody's after this.
pub(super) const ORPHAN_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// How often it is looked for meanwhile.
pub(super) const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(5);

/// One call waits for Discord's limits at most this long.
pub(super) const CALL_TIME: Duration = Duration::from_secs(20);

/// The same for one that carries files, of which there may be many.
pub(super) const UPLOAD_TIME: Duration = Duration::from_secs(45);

/// What they may do once it is closed.
pub(super) const READS: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

/// Why Discord does not show a ticket as it is.
pub(super) enum Trouble {
    /// It may by and by.
    Passing(anyhow::Error),
    /// Its channel was deleted.
    Gone,
    /// Its thread sleeps, or is locked, and takes nothing before it is opened.
    Asleep,
    /// A channel may exist that nobody knows of yet; it is looked for again after this.
    Uncertain(SignedDuration),
    /// It will not before somebody does something.
    Refused(Problem),
    /// Another process has it.
    Lost,
}

/// What of a message is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// It stood there already.
    Unchanged,
    Whole,
    /// All but what Discord refuses.
    LeftOut,
}

/// What brings Discord after a row: of its steps each can fail alone, and what does not depend on it goes on.
pub(super) struct Steps {
    /// The first that was refused.
    refused: Option<Trouble>,
    /// Whether something that people wrote is not shown.
    pub(super) left_out: bool,
}

impl Steps {
    pub(super) fn of(ticket: &Ticket) -> Steps {
        Steps { refused: None, left_out: ticket.shown.problem == Some(Problem::TextRefused) }
    }

    /// Takes note of a step, and returns whether it is done. An error ends all of them: without its channel, or without
    /// Discord, none can be taken.
    pub(super) async fn take(
        &mut self,
        app: &App,
        ticket: &Ticket,
        step: Result<Text, Trouble>,
    ) -> Result<bool, Trouble> {
        match step {
            Ok(Text::LeftOut) => {
                report(app, ticket.guild, ticket.number, &Problem::TextRefused).await?;
                self.left_out = true;
            }
            Ok(Text::Unchanged | Text::Whole) => {}
            Err(refused) if refused.ends_one_step() => {
                self.refused.get_or_insert(refused);
                return Ok(false);
            }
            Err(trouble) => return Err(trouble),
        }
        Ok(true)
    }

    /// The same of a step that sends much and may fail alone, also by and by: none of the others waits for it.
    pub(super) async fn take_alone(
        &mut self,
        app: &App,
        ticket: &Ticket,
        step: Result<Text, Trouble>,
    ) -> Result<bool, Trouble> {
        match step {
            Err(passing @ Trouble::Passing(_)) => {
                self.refused.get_or_insert(passing);
                Ok(false)
            }
            step => self.take(app, ticket, step).await,
        }
    }

    /// What stays wrong with the ticket, though nothing is left to do.
    pub(super) fn end(self) -> Result<Option<Problem>, Trouble> {
        match self.refused {
            Some(refused) => Err(refused),
            None => Ok(self.left_out.then_some(Problem::TextRefused)),
        }
    }
}

impl Trouble {
    fn ends_one_step(&self) -> bool {
        match self {
            // A channel that cannot be seen takes nothing at all.
            Trouble::Refused(problem) => !matches!(problem, Problem::Away | Problem::Hidden { .. }),
            // That there is no room for one thing does not hold up the others.
            Trouble::Passing(error) => {
                matches!(error.downcast_ref::<discord::Error>(), Some(discord::Error::Maximum { .. }))
            }
            Trouble::Gone | Trouble::Asleep | Trouble::Uncertain(_) | Trouble::Lost => false,
        }
    }
}

/// A message that was sent, or the same without what people wrote if Discord refuses that.
pub(super) async fn or_without<T>(
    sent: Result<T, discord::Error>,
    without: impl AsyncFnOnce() -> Result<T, discord::Error>,
) -> Result<(T, Text), discord::Error> {
    match sent {
        Ok(sent) => Ok((sent, Text::Whole)),
        Err(error) if error.is_about_text() => Ok((without().await?, Text::LeftOut)),
        Err(error) => Err(error),
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Trouble {
        Trouble::Passing(error.into())
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Trouble {
        Trouble::Passing(error)
    }
}

pub(super) fn deadline() -> Instant {
    Instant::now() + CALL_TIME
}

pub(super) fn upload_deadline() -> Instant {
    Instant::now() + UPLOAD_TIME
}

/// Stores what is in Discord now, so that whoever comes next knows it.
pub(super) async fn store_shown(app: &App, ticket: &Ticket) -> Result<(), Trouble> {
    if store::update_shown(&app.db, ticket).await? { Ok(()) } else { Err(Trouble::Lost) }
}

/// Without a channel there is nobody to tell.
pub(super) async fn forget_announcements(app: &App, ticket: &Ticket) -> Result<(), Trouble> {
    for happened in store::list_events(&app.db, ticket.guild, ticket.number, true).await? {
        store::set_announced(&app.db, ticket.guild, ticket.number, happened.id).await?;
    }
    for (user, present, _) in store::list_members(&app.db, ticket.guild, ticket.number).await? {
        store::set_member_applied(&app.db, ticket.guild, ticket.number, user, present).await?;
    }
    Ok(())
}

/// What an error of Discord's means for a ticket.
pub(super) fn trouble(error: discord::Error, channel: Id<ChannelMarker>) -> Trouble {
    match error {
        error if error.is_passing() => Trouble::Passing(error.into()),
        discord::Error::Maximum { .. } => Trouble::Passing(error.into()),
        discord::Error::Gone { code: 10003 } => Trouble::Gone,
        discord::Error::ThreadClosed { .. } => Trouble::Asleep,
        // Hidden is not deleted.
        discord::Error::NoAccess { .. } => Trouble::Refused(Problem::Hidden { channel }),
        discord::Error::MissingPermission => Trouble::Refused(Problem::NotAllowed { channel }),
        error => Trouble::Refused(Problem::Refused { channel, error: (&error).into() }),
    }
}

/// Tells the admins, once, why a ticket does not look as it should.
pub(super) async fn report(app: &App, guild: Id<GuildMarker>, number: i32, problem: &Problem) -> anyhow::Result<()> {
    let recorder = app.recorder(guild, "tickets", app.clock.now()).await?;
    let mut tx = app.db.begin().await?;
    if !store::set_problem(&mut *tx, guild, number, problem).await? {
        return Ok(());
    }
    let entry = words::trouble(recorder.language(), number, problem);
    recorder.write_following(&mut *tx, &entry, &store::place_of(number)).await?;
    tx.commit().await?;
    tracing::warn!(%guild, number, ?problem, "a ticket is in trouble");
    app.post_log(guild);
    Ok(())
}
