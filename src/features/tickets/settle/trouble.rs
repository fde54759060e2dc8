//! What stands in the way of showing a ticket, what is done about it, and how long each call may take.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::super::model::{Problem, Ticket};
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

/// What members of a ticket may do in its channel.
pub(in super::super) const TAKES_PART: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY);

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
    recorder.write(&mut *tx, &words::trouble(recorder.language(), number, problem)).await?;
    tx.commit().await?;
    tracing::warn!(%guild, number, ?problem, "a ticket is in trouble");
    app.post_log(guild);
    Ok(())
}
