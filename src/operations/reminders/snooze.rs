//! Putting a reminder off.

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::guard::{check_place, manages_by};
use super::make::{ATTEMPTS, told};
use super::{Refusal, SWITCH, maker, words};
use crate::acting::{Acting, Failure, Member, Outcome};
use crate::app::App;
use crate::reminders::schedule::resolve;
use crate::reminders::store::{self, Before};
use crate::reminders::{Content, Draft, Maker, Mentions, Reminder, Settings, Timing};

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

impl Outcome for Snoozed {
    fn code(&self) -> &'static str {
        "snoozed"
    }
}

/// Says a reminder once more, a little later: for whom it called, for who made it, and for who manages all. Of several times
/// the last one counts.
///
/// Everybody whom a reminder called may put it off, also who may make none and who has as many as they may have: it says
/// what they were told already, to them alone, once for each reminder that called them. To make something else of it is
/// another matter ([`super::change()`]). Where they, or the bot, may not write themselves it comes as a direct message.
///
/// # Errors
/// Why it is not said.
pub async fn snooze(app: &App, acting: &Acting, number: i32, minutes: i64) -> Result<Snoozed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild).await?;
    let member = &acting.person().ok_or(Refusal::NotCalled)?.member;
    let wish = Wish { number, minutes: minutes.clamp(1, LONGEST), manages: manages_by(&settings, acting), member };
    let mut place = None;
    for _ in 0..ATTEMPTS {
        let found = find(&mut *app.db.acquire().await?, acting, &wish).await?;
        if let Some(snoozed) = made_before(&found, &wish)? {
            return Ok(snoozed);
        }
        let from = channel_for_one(reminder_to_snooze(&found, &wish)?);
        let to = channel_to_say_in(app, acting, &settings, from).await?;
        place = Some((from, to));
        if let Some(snoozed) = store_snooze(&mut *app.db.acquire().await?, acting, &wish, &found, to).await? {
            acting.post_log(app);
            return Ok(snoozed);
        }
    }
    // So many make reminders here at once that it waits for them, and then they for it.
    let mut tx = app.db.begin().await?;
    store::lock_numbers(&mut *tx, acting.guild).await?;
    let found = find(&mut tx, acting, &wish).await?;
    if let Some(snoozed) = made_before(&found, &wish)? {
        return Ok(snoozed);
    }
    let from = channel_for_one(reminder_to_snooze(&found, &wish)?);
    // Where it was moved meanwhile nobody has looked whether they may write.
    let (_, to) = place.filter(|(looked_at, _)| *looked_at == from).ok_or(Refusal::Changed)?;
    let snoozed = store_snooze(&mut tx, acting, &wish, &found, to).await?.ok_or(Refusal::Changed)?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(snoozed)
}

/// Who wants which reminder to be put off.
struct Wish<'a> {
    number: i32,
    /// A button can carry any number; this one is bounded.
    minutes: i64,
    /// Whether they manage everybody's reminders.
    manages: bool,
    member: &'a Member,
}

/// What putting one off depends on, as it is at one moment.
struct Found {
    maker: Maker,
    before: Before,
    /// The reminder, that which the same origin has made of it, and that which repeats it already.
    reminders: Vec<Reminder>,
}

impl Found {
    fn reminder(&self, number: i32) -> Option<&Reminder> {
        self.reminders.iter().find(|it| it.number == number)
    }
}

/// Reads it, by two statements.
async fn find(db: &mut PgConnection, acting: &Acting, wish: &Wish<'_>) -> Result<Found, Failure<Refusal>> {
    let (maker, user) = (maker(acting), wish.member.id);
    let before = store::find_before(&mut *db, acting.guild, &maker, user, None).await?;
    let reminders = store::list_snoozed(&mut *db, acting.guild, wish.number, before.made, user).await?;
    Ok(Found { maker, before, reminders })
}

/// What the same origin has come to before, which is nothing to somebody else.
fn made_before(found: &Found, wish: &Wish<'_>) -> Result<Option<Snoozed>, Refusal> {
    let Some(made) = found.before.made.and_then(|number| found.reminder(number)) else { return Ok(None) };
    if made.draft.creator != wish.member.id {
        return Err(Refusal::NotCalled);
    }
    let schedule = &made.draft.timing.schedule;
    // One that was said since was to be said then.
    let at = made.next.map_or(resolve(schedule.first, &schedule.zone), |fire| fire.due_at);
    Ok(Some(Snoozed { number: made.number, minutes: wish.minutes, at }))
}

/// The reminder, if it may be put off.
fn reminder_to_snooze<'a>(found: &'a Found, wish: &Wish<'_>) -> Result<&'a Reminder, Refusal> {
    let reminder = found.reminder(wish.number).ok_or(Refusal::Gone)?;
    let may = match reminder.is_private() {
        // What was said to one alone called nobody else, whatever it names.
        true => reminder.draft.creator == wish.member.id,
        false => wish.manages || is_for(reminder, wish.member),
    };
    match may {
        true => Ok(reminder),
        false => Err(Refusal::NotCalled),
    }
}

/// Where a reminder is said once more to one of those whom it called: what called many is not said to all of them again.
fn channel_for_one(reminder: &Reminder) -> Option<Id<ChannelMarker>> {
    let Content { channel, mentions, .. } = &reminder.draft.content;
    channel.filter(|_| !mentions.everyone && mentions.roles.is_empty())
}

/// The same channel if whoever acts may let the bot write there; nothing is a direct message.
async fn channel_to_say_in(
    app: &App,
    acting: &Acting,
    settings: &Settings,
    channel: Option<Id<ChannelMarker>>,
) -> Result<Option<Id<ChannelMarker>>, Failure<Refusal>> {
    let Some(asked) = channel.filter(|it| settings.default_channel != Some(*it)) else { return Ok(channel) };
    match check_place(app, acting, asked).await {
        Ok(()) => Ok(channel),
        Err(Failure::Refused(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Puts a reminder off, by one statement, if nobody has made or changed another one since it was looked at; nothing if
/// somebody has.
async fn store_snooze(
    db: &mut PgConnection,
    acting: &Acting,
    wish: &Wish<'_>,
    found: &Found,
    channel: Option<Id<ChannelMarker>>,
) -> Result<Option<Snoozed>, Failure<Refusal>> {
    let Wish { number, minutes, member, .. } = *wish;
    let Found { maker, before, reminders } = found;
    let reminder = reminder_to_snooze(found, wish)?;
    // What is stored has no nanoseconds, and nobody wants seconds.
    let at = Timestamp::from_second((acting.now + SignedDuration::from_mins(minutes)).as_second())?;
    let draft = later(reminder, member, channel, at).checked(false)?;
    let (next, now) = (draft.draft().next(acting.now), acting.now);
    let snoozes = reminder.draft.snoozes.unwrap_or(number);
    let repeats =
        |it: &&Reminder| it.draft.snoozes == Some(snoozes) && it.draft.creator == member.id && it.next.is_some();
    let pending = reminders.iter().filter(repeats).max_by_key(|it| it.number);
    let made = pending.map_or(before.last_number + 1, |pending| pending.number);
    let entry = words::snoozed(acting, snoozes, reminder, made, at);
    let told = told(acting, &entry);
    let is_stored = match pending {
        Some(pending) => {
            let changed = store::ChangedReminder { origin: maker.key.as_deref(), draft: &draft, next, now };
            store::update(&mut *db, pending, changed, told).await.context("put a reminder off once more")?
        }
        None => {
            let new = store::NewReminder { maker, draft: &draft, next: next.ok_or(Refusal::Never)?, now };
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
fn later(reminder: &Reminder, member: &Member, channel: Option<Id<ChannelMarker>>, at: Timestamp) -> Draft {
    let Draft { content, timing, snoozes, .. } = &reminder.draft;
    let mentions = Mentions { users: vec![member.id], ..Mentions::default() };
    Draft {
        content: Content { leads: vec![0], is_event: false, mentions, channel, ..content.clone() },
        timing: Timing::once(at, &timing.schedule.zone),
        creator: member.id,
        snoozes: Some(snoozes.unwrap_or(reminder.number)),
    }
}
