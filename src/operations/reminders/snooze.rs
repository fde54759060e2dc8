//! Putting a reminder off.

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Connection, PgConnection};

use super::guard::manages_by;
use super::make::{ATTEMPTS, told};
use super::{Refusal, SWITCH, maker, words};
use crate::acting::{Acting, Failure, Member};
use crate::app::App;
use crate::reminders::{Content, Draft, Mentions, Reminder, Settings, Timing, store};

/// The longest that a reminder is put off, in minutes.
const LONGEST: i64 = 24 * 60;

/// A reminder that was put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snoozed {
    /// The reminder that says it once more.
    pub number: i32,
    /// For how many minutes.
    pub minutes: i64,
    /// When it is said.
    pub at: Timestamp,
}

/// Says a reminder once more, a little later: for whom it called, for who made it, and for who manages all. Of several times
/// the last one counts.
///
/// # Errors
/// Why it is not said.
pub async fn snooze(app: &App, acting: &Acting, number: i32, minutes: i64) -> Result<Snoozed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild).await?;
    let wish = Wish { number, minutes: minutes.clamp(1, LONGEST), manages: manages_by(&settings, acting) };
    let mut db = app.db.acquire().await?;
    for _ in 0..ATTEMPTS {
        if let Some(snoozed) = store_snooze(&mut db, acting, wish).await? {
            acting.post_log(app);
            return Ok(snoozed);
        }
    }
    // So many make reminders here at once that it waits for them, and then they for it.
    let mut tx = db.begin().await?;
    store::lock_numbers(&mut *tx, acting.guild).await?;
    let snoozed = store_snooze(&mut tx, acting, wish).await?.ok_or(Refusal::Changed)?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(snoozed)
}

/// What somebody wants.
#[derive(Clone, Copy)]
struct Wish {
    number: i32,
    /// A button can carry any number; this one is bounded.
    minutes: i64,
    /// Whether they manage everybody's reminders.
    manages: bool,
}

/// Puts a reminder off if nobody makes or changes another one meanwhile; nothing if somebody does. Two statements read what it
/// depends on, one writes.
async fn store_snooze(
    db: &mut PgConnection,
    acting: &Acting,
    Wish { number, minutes, manages }: Wish,
) -> Result<Option<Snoozed>, Failure<Refusal>> {
    let (maker, member) = (maker(acting), &acting.person().ok_or(Refusal::NotCalled)?.member);
    let before = store::find_before(&mut *db, acting.guild, &maker, member.id, None).await?;
    let known = store::list_snoozed(&mut *db, acting.guild, number, before.made, member.id).await?;
    let find = |wanted| known.iter().find(|it| it.number == wanted);
    let reminder = find(number).ok_or(Refusal::Gone)?;
    if !manages && !is_for(reminder, member) {
        return Err(Refusal::NotCalled.into());
    }
    // What is stored has no nanoseconds, and nobody wants seconds.
    let at = Timestamp::from_second((acting.now + SignedDuration::from_mins(minutes)).as_second())?;
    if let Some(made) = before.made.and_then(find) {
        let at = made.next.map_or(at, |fire| fire.due_at);
        return Ok(Some(Snoozed { number: made.number, minutes, at }));
    }
    let draft = later(reminder, member, at).checked(false)?;
    let (next, now) = (draft.draft().next(acting.now), acting.now);
    let snoozes = reminder.draft.snoozes.unwrap_or(number);
    let repeats =
        |it: &&Reminder| it.draft.snoozes == Some(snoozes) && it.draft.creator == member.id && it.next.is_some();
    let pending = known.iter().filter(repeats).max_by_key(|it| it.number);
    let made = pending.map_or(before.last_number + 1, |pending| pending.number);
    let entry = words::snoozed(acting, snoozes, &reminder.draft.content.name, made, at);
    let told = told(acting, &entry);
    let is_stored = match pending {
        Some(pending) => {
            let changed = store::ChangedReminder { origin: maker.key.as_deref(), draft: &draft, next, now };
            store::update(&mut *db, pending, changed, told).await.context("put a reminder off once more")?
        }
        None => {
            let new = store::NewReminder { maker: &maker, draft: &draft, next: next.ok_or(Refusal::Never)?, now };
            store::insert(&mut *db, acting.guild, before.last_number, new, told).await.context("put a reminder off")?
        }
    };
    Ok(is_stored.then_some(Snoozed { number: made, minutes, at }))
}

/// Whether a reminder called somebody, or is theirs.
fn is_for(reminder: &Reminder, member: &Member) -> bool {
    let Draft { content, creator, .. } = &reminder.draft;
    content.mentions.include(member.id, &member.roles) || *creator == member.id
}

/// The same for one member alone, at another moment.
fn later(reminder: &Reminder, member: &Member, at: Timestamp) -> Draft {
    let Draft { content, timing, snoozes, .. } = &reminder.draft;
    let mentions = Mentions { users: vec![member.id], ..Mentions::default() };
    // What called many is not said to all of them once more.
    let channel = content.channel.filter(|_| !content.mentions.everyone && content.mentions.roles.is_empty());
    Draft {
        content: Content { leads: vec![0], is_event: false, mentions, channel, ..content.clone() },
        timing: Timing::once(at, &timing.schedule.zone),
        creator: member.id,
        snoozes: Some(snoozes.unwrap_or(reminder.number)),
    }
}
