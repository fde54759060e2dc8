//! Putting a reminder off.

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};

use super::guard::manages_by;
use super::{Refusal, maker, words};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::reminders::{Content, Draft, Mentions, Settings, Timing, store};

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
    let settings = app.settings.get::<Settings>(acting.guild).await?;
    let reminder = store::find(&app.db, acting.guild, number).await?.ok_or(Refusal::Gone)?;
    let member = acting.person().map(|person| &person.member).ok_or(Refusal::NotCalled)?;
    let content = &reminder.draft.content;
    let is_called = content.mentions.include(member.id, &member.roles) || reminder.draft.creator == member.id;
    if !is_called && !manages_by(&settings, acting) {
        return Err(Refusal::NotCalled.into());
    }
    // A button can carry any number.
    let minutes = minutes.clamp(1, LONGEST);
    // What is stored has no nanoseconds, and nobody wants seconds.
    let at = Timestamp::from_second((acting.now + SignedDuration::from_mins(minutes)).as_second())?;
    let zone = &reminder.draft.timing.schedule.zone;
    let mentions = Mentions { users: vec![member.id], ..Mentions::default() };
    // What called many is not said to all of them once more.
    let channel = content.channel.filter(|_| !content.mentions.everyone && content.mentions.roles.is_empty());
    let snoozes = reminder.draft.snoozes.unwrap_or(number);
    let draft = Draft {
        content: Content { leads: vec![0], is_event: false, mentions, channel, ..content.clone() },
        timing: Timing::once(at, zone),
        creator: member.id,
        snoozes: Some(snoozes),
    };
    let draft = draft.checked(false)?;
    let next = draft.draft().next(acting.now);
    let maker = maker(acting);
    let mut tx = app.db.begin().await?;
    if let Some(made) = store::find_made(&mut *tx, acting.guild, &maker).await?
        && let Some(known) = store::find(&mut *tx, acting.guild, made).await?
    {
        let at = known.next.map_or(at, |fire| fire.due_at);
        return Ok(Snoozed { number: made, minutes, at });
    }
    let made = match store::find_snooze(&mut *tx, acting.guild, snoozes, member.id).await? {
        Some(known) => {
            let changed = store::update(&mut *tx, &known, &draft, next, acting.now).await;
            if !changed.context("put a reminder off once more")? {
                return Err(Refusal::Changed.into());
            }
            store::set_origin(&mut *tx, acting.guild, known.number, maker.key.as_deref()).await?;
            known.number
        }
        None => {
            let next = next.ok_or(Refusal::Never)?;
            store::lock_numbers(&mut *tx, acting.guild).await?;
            let last = store::find_before(&mut *tx, acting.guild, &maker, member.id, None).await?.last_number;
            let new = store::NewReminder { maker: &maker, draft: &draft, next, now: acting.now };
            let stored = store::insert(&mut *tx, acting.guild, last, new, None).await;
            stored.context("put a reminder off")?.then_some(()).context("number a reminder")?;
            last + 1
        }
    };
    acting.record(&mut *tx, &words::snoozed(acting, snoozes, &content.name, made, at)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Snoozed { number: made, minutes, at })
}
