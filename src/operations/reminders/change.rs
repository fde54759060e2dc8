//! Changing a reminder.

use anyhow::Context;
use serde_json::Value;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::guard::{check_content, check_source, find, limit, manages, manages_by, require_reader};
use super::outcome::{Deed, Follows, Saved};
use super::{Refusal, SWITCH, voucher, words};
use crate::acting::{Acting, Actor, Failure, answer_once, digest};
use crate::app::App;
use crate::reminders::{Draft, Mentions, Reminder, Settings, store};

/// Into what a reminder is changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// What they looked at: somebody who was faster is not undone.
    pub revision: i32,
    /// What it becomes. Whose it is stays.
    pub draft: Draft,
    /// The announcement that it follows; the bot alone says so.
    pub follows: Option<Follows>,
}

/// Changes a reminder that still has the revision that was looked at. One that is paused stays so.
///
/// Whoever changes it must be able to make what it becomes, also the parts that stay as they are. The same origin changes it
/// into the same once, and is answered what it is by now, or what it became if it is gone.
///
/// # Errors
/// Why it stays as it is; [`Refusal::Changed`] if it has another revision.
pub async fn change(app: &App, acting: &Acting, number: i32, change: Change) -> Result<Saved, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    // What was announced the bot alone has read.
    if change.follows.is_some() && !matches!(acting.actor(), Actor::Bot) {
        return Err(Refusal::OnlyTheBot.into());
    }
    let Draft { content, timing, .. } = &change.draft;
    let asked = digest(&(content, timing.written(), timing.schedule.zone_name()));
    let deed = format!("reminder.change {number} {asked}");
    let became = (change.draft.clone(), change.revision + 1);
    let changed = change_now(app, acting, number, change, &deed).await;
    let before = async {
        let Some(kept) = acting.find_answer::<Value>(&app.db, &deed).await? else { return Ok(None) };
        if store::find(&app.db, acting.guild(), number).await?.is_some() {
            return find(app, acting, number).await.map(Some);
        }
        // What it says went with it: what they ask for says it once more, and only whose it was is kept.
        let Ok(creator) = serde_json::from_value::<Id<UserMarker>>(kept) else { return Ok(None) };
        if acting.user() != Some(creator) && !manages(app, acting).await? {
            return Ok(None);
        }
        let (draft, revision) = became;
        let draft = Draft { creator, ..draft };
        let (guild, next, voucher) = (acting.guild(), draft.next(acting.now()), voucher(acting));
        Ok(Some(Reminder { guild, number, draft, next, paused: None, revision, voucher }))
    };
    let reminder = answer_once(changed, Refusal::Gone, before).await?;
    Ok(Saved { deed: Deed::Changed, reminder })
}

async fn change_now(
    app: &App,
    acting: &Acting,
    number: i32,
    change: Change,
    deed: &str,
) -> Result<Option<Reminder>, Failure<Refusal>> {
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let before = store::find(&app.db, acting.guild(), number).await?.ok_or(Refusal::Gone)?;
    if !manages_by(&settings, acting) && acting.user() != Some(before.draft.creator) {
        return Err(Refusal::NoSuchReminder.into());
    }
    require_reader(acting, &before)?;
    if before.revision != change.revision {
        return Err(Refusal::Changed.into());
    }
    let Change { draft, follows, .. } = change;
    let draft = draft_in_guild(acting, &settings, &before, draft);
    let (was, will_be) = (&before.draft.content, &draft.content);
    if let Some(source) = &will_be.source
        && will_be.source != was.source
    {
        check_source(acting, source)?;
    }
    // What is said to one member alone nobody else reads, nor has it said so.
    if will_be.channel.is_none() && was.channel.is_some() && acting.user() != Some(before.draft.creator) {
        return Err(Refusal::NotTheirs.into());
    }
    // Who may make none makes none of an old one.
    let limit = limit(app, acting, &settings).await?;
    check_content(app, acting, &settings, will_be, &was.mentions).await?;
    let draft = draft.checked(settings.allow_everyone)?;
    let next = before.next_as(draft.draft(), acting.now())?;
    // What is done and comes again is as good as another one, and so is what was only put off and becomes something else.
    let adds_one = next.is_some() && (before.next.is_none() || before.draft.snoozes.is_some());
    let mut tx = app.db.begin().await?;
    if let Some(limit) = limit.filter(|_| adds_one) {
        store::skip_number(&mut *tx, acting.guild()).await?;
        let live = store::count_live(&mut *tx, acting.guild(), before.draft.creator).await?;
        let others = live - i64::from(before.next.is_some());
        if others >= limit {
            return Err(Refusal::TooMany { limit }.into());
        }
    }
    let voucher = match acting.actor() {
        // What somebody has set of it by hand is theirs, and stays.
        Actor::Bot => before.voucher,
        Actor::Person(_) | Actor::Key(_) => voucher(acting),
    };
    let changed = store::ChangedReminder { once: None, draft: &draft, voucher, next, now: acting.now() };
    if !store::update(&mut *tx, &before, changed, None).await.context("change a reminder")? {
        return Err(Refusal::Changed.into());
    }
    let draft = draft.draft().clone();
    let after = Reminder { draft, next, voucher, revision: before.revision + 1, ..before };
    let entry = words::changed(acting, &after, follows.as_ref());
    if !acting.record_once(&mut *tx, deed, &after.draft.creator, Some(&entry)).await? {
        return Ok(None);
    }
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(after))
}

/// What a reminder becomes: whose it is stays, and what it repeats. If the guild no longer lets reminders call everybody, one
/// that did does so no longer.
fn draft_in_guild(acting: &Acting, settings: &Settings, before: &Reminder, draft: Draft) -> Draft {
    let was = &before.draft;
    let mut draft = Draft { creator: was.creator, snoozes: was.snoozes, ..draft };
    let mentions = std::mem::take(&mut draft.content.mentions).in_guild(acting.guild());
    let everyone = mentions.everyone && (settings.allow_everyone || !was.content.mentions.everyone);
    draft.content.mentions = Mentions { everyone, ..mentions };
    draft
}
