//! Letting a reminder be silent for a while, and speak again.

use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::guard::{check_content, find, find_done, limit, require_reader};
use super::outcome::{Deed, PausedReminder, Saved, Silenced, VouchedPaused};
use super::{Refusal, SWITCH, voucher, words};
use crate::acting::{Acting, Actor, Failure, answer_once};
use crate::app::App;
use crate::reminders::store::{self, Vouched};
use crate::reminders::{Due, Outcome as Unsaid, Paused, Problem, Reminder, Settings};

/// Lets a reminder be silent. The same origin does so once, and is answered what it is by now.
///
/// # Errors
/// Why it is not.
pub async fn pause(app: &App, acting: &Acting, number: i32) -> Result<Saved, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let deed = format!("reminder.pause {number}");
    let paused = pause_now(app, acting, number, &deed).await;
    let reminder = answer_once(paused, Refusal::Gone, find_done(app, acting, number, &deed)).await?;
    Ok(Saved { deed: Deed::Paused, reminder })
}

async fn pause_now(app: &App, acting: &Acting, number: i32, deed: &str) -> Result<Option<Reminder>, Failure<Refusal>> {
    let before = find(app, acting, number).await?;
    if before.paused.is_some() {
        return Err(Refusal::AlreadyPaused { number, name: before.draft.content.name }.into());
    }
    if before.next.is_none() {
        return Err(Refusal::Over { number, name: before.draft.content.name }.into());
    }
    let paused = Some(Paused { since: acting.now(), why: None });
    let after = Reminder { paused, revision: before.revision + 1, ..before.clone() };
    set(app, acting, &before, after, deed).await
}

/// Lets a reminder speak again: from now on, whatever it would have said meanwhile. Whoever does so must be able to make it
/// as it is. The same origin does so once, and is answered what it is by now.
///
/// # Errors
/// Why it does not.
pub async fn resume(app: &App, acting: &Acting, number: i32) -> Result<Saved, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let deed = format!("reminder.resume {number}");
    let resumed = resume_now(app, acting, number, &deed).await;
    let reminder = answer_once(resumed, Refusal::Gone, find_done(app, acting, number, &deed)).await?;
    Ok(Saved { deed: Deed::Resumed, reminder })
}

async fn resume_now(app: &App, acting: &Acting, number: i32, deed: &str) -> Result<Option<Reminder>, Failure<Refusal>> {
    let before = find(app, acting, number).await?;
    // It would speak by the right of whoever cannot know what it says.
    require_reader(acting, &before)?;
    if before.paused.is_none() {
        return Err(Refusal::NotPaused { number, name: before.draft.content.name }.into());
    }
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    limit(app, acting, &settings).await?;
    let mut content = before.draft.content.clone();
    // Where reminders may not call everybody it does not either.
    content.mentions.everyone &= settings.allow_everyone;
    check_content(app, acting, &settings, &content, &content.mentions).await?;
    let next = before.draft.next(acting.now());
    let (voucher, revision) = (voucher(acting), before.revision + 1);
    let after = Reminder { paused: None, next, revision, voucher, ..before.clone() };
    set(app, acting, &before, after, deed).await
}

/// Pauses all reminders of a channel that refuses the bot, which alone does so; those that are paused already are not told of.
///
/// # Errors
/// [`Refusal::OnlyTheBot`], or the database does not answer.
pub async fn pause_channel(
    app: &App,
    acting: &Acting,
    channel: Id<ChannelMarker>,
    why: &Problem,
) -> Result<Vec<PausedReminder>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_bot(acting)?;
    let mut tx = app.db.begin().await?;
    let paused = store::pause_channel(&mut *tx, acting.guild(), channel, why, acting.now()).await?;
    let paused: Vec<PausedReminder> =
        paused.into_iter().map(|(number, name, creator)| PausedReminder { number, name, creator }).collect();
    if paused.is_empty() {
        return Ok(paused);
    }
    acting.record(&mut *tx, &words::channel_paused(acting.language(), &paused, why)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(paused)
}

/// Pauses a reminder that cannot be said to its member, which the bot alone does, and keeps with it that what was `due` of it was
/// not said: whoever looks next tells the server of that.
///
/// # Errors
/// [`Refusal::OnlyTheBot`], or the database does not answer.
pub async fn pause_unsayable(
    app: &App,
    acting: &Acting,
    number: i32,
    why: &Problem,
    due: Option<&Due>,
) -> Result<Silenced, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_bot(acting)?;
    let mut tx = app.db.begin().await?;
    store::pause(&mut *tx, acting.guild(), number, why, acting.now()).await?;
    let unsaid: Vec<_> = due.map(|due| (due.clone(), Unsaid::Failed(why.clone()))).into_iter().collect();
    store::set_outcomes(&mut *tx, &unsaid, acting.now()).await?;
    tx.commit().await?;
    Ok(Silenced)
}

/// Pauses the reminders of somebody who lost the right by which they speak, which the bot alone does: which ones follows from
/// what they lost. That what was `due` was not said is kept with it, and the server is told of it with others by whoever looks
/// next; who finds them paused already has nothing to tell.
///
/// # Errors
/// [`Refusal::OnlyTheBot`], or the database does not answer.
pub async fn pause_vouched(
    app: &App,
    acting: &Acting,
    why: &Problem,
    due: Option<&Due>,
) -> Result<VouchedPaused, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_bot(acting)?;
    let vouched = match *why {
        Problem::HasLeft { user } => Vouched { user, channel: None, snoozes: true },
        // Who may make none may still put off what calls them.
        Problem::MayNotMake { user } => Vouched { user, channel: None, snoozes: false },
        Problem::MayNotWrite { user, channel } => Vouched { user, channel: Some(channel), snoozes: true },
        _ => return Ok(VouchedPaused { any: false }),
    };
    let mut tx = app.db.begin().await?;
    let any = store::pause_vouched(&mut *tx, acting.guild(), vouched, why, acting.now()).await?;
    let is_theirs = |due: &Due| vouched.snoozes || due.reminder.draft.snoozes.is_none();
    let unsaid = |due: &Due| match any || !is_theirs(due) {
        true => Unsaid::Failed(why.clone()),
        false => Unsaid::Refused(why.clone()),
    };
    let unsaid: Vec<_> = due.map(|due| (due.clone(), unsaid(due))).into_iter().collect();
    store::set_outcomes(&mut *tx, &unsaid, acting.now()).await?;
    tx.commit().await?;
    Ok(VouchedPaused { any })
}

fn require_bot(acting: &Acting) -> Result<(), Refusal> {
    match acting.actor() {
        Actor::Bot => Ok(()),
        Actor::Person(_) | Actor::Key(_) => Err(Refusal::OnlyTheBot),
    }
}

async fn set(
    app: &App,
    acting: &Acting,
    before: &Reminder,
    after: Reminder,
    deed: &str,
) -> Result<Option<Reminder>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    if !store::set_paused(&mut *tx, before, &after, acting.now()).await? {
        return Err(Refusal::Changed.into());
    }
    if !acting.record_once(&mut *tx, deed, &(), Some(&words::paused(acting, &after))).await? {
        return Ok(None);
    }
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(after))
}
