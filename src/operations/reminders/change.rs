//! Changing a reminder.

use anyhow::Context;

use super::guard::{check_mentions, check_place, check_source, limit, manages_by};
use super::outcome::Follows;
use super::{Refusal, SWITCH, words};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::reminders::{Draft, Mentions, Reminder, Settings, store};

/// Into what a reminder is changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// What they looked at: somebody who was faster is not undone.
    pub revision: i32,
    /// What it becomes. Whose it is stays.
    pub draft: Draft,
    /// The announcement that it follows.
    pub follows: Option<Follows>,
}

/// Changes a reminder that still has the revision that was looked at. One that is paused stays so.
///
/// # Errors
/// Why it stays as it is; [`Refusal::Changed`] if it has another revision.
pub async fn change(app: &App, acting: &Acting, number: i32, change: Change) -> Result<Reminder, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild).await?;
    let before = store::find(&app.db, acting.guild, number).await?.ok_or(Refusal::Gone)?;
    if !manages_by(&settings, acting) && acting.user() != Some(before.draft.creator) {
        return Err(Refusal::NoSuchReminder.into());
    }
    if before.revision != change.revision {
        return Err(Refusal::Changed.into());
    }
    let Change { draft, follows, .. } = change;
    // Whose it is stays, and what it repeats.
    let draft = Draft { creator: before.draft.creator, snoozes: before.draft.snoozes, ..draft };
    let (was, will_be) = (&before.draft.content, &draft.content);
    // What stays was checked when it was made; whoever corrects a word need not have made it.
    if let Some(channel) = will_be.channel
        && will_be.channel != was.channel
    {
        check_place(app, acting, channel, true).await?;
    }
    if let Some(source) = &will_be.source
        && will_be.source != was.source
    {
        check_source(acting, source)?;
    }
    // Elsewhere it calls them for the first time.
    let nobody = Mentions::default();
    let called = if will_be.channel == was.channel { &was.mentions } else { &nobody };
    check_mentions(app, acting, &settings, will_be.channel, &will_be.mentions, called).await?;
    let draft = draft.checked(settings.allow_everyone || was.mentions.everyone)?;
    let next = before.next_as(draft.draft(), acting.now)?;
    // What is done and comes again is as good as another one.
    let limit = if before.next.is_none() && next.is_some() { limit(&settings, acting)? } else { None };
    let mut tx = app.db.begin().await?;
    if let Some(limit) = limit {
        // What comes again is one more, as if it were made.
        store::skip_number(&mut *tx, acting.guild).await?;
        if store::count_live(&mut *tx, acting.guild, before.draft.creator).await? >= limit {
            return Err(Refusal::TooMany { limit }.into());
        }
    }
    let changed = store::ChangedReminder { origin: None, draft: &draft, next, now: acting.now };
    if !store::update(&mut *tx, &before, changed, None).await.context("change a reminder")? {
        return Err(Refusal::Changed.into());
    }
    let draft = draft.draft().clone();
    let after = Reminder { draft, next, revision: before.revision + 1, ..before };
    acting.record(&mut *tx, &words::changed(acting, &after, follows.as_ref())).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(after)
}
