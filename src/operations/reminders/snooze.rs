//! Putting a reminder off.

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::guard::{check_place, manages_by};
use super::make::{ATTEMPTS, told};
use super::{Refusal, SWITCH, voucher, words};
use crate::acting::{Acting, Failure, Member, Outcome};
use crate::app::App;
use crate::reminders::store::{self, BeforeSnooze, Once};
use crate::reminders::{Content, Draft, Maker, Mentions, Reminder, Settings, Timing};

/// The longest that a reminder is put off, in minutes.
const LONGEST: i64 = 24 * 60;

/// A reminder that was put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snoozed {
    /// The reminder that says it once more.
    pub number: i32,
    /// For how many minutes.
    pub minutes: i64,
    /// When it is said.
    pub at: Timestamp,
    /// Whether they had put it off before to another moment, which counts no more. An older version has not kept that.
    #[serde(default)]
    pub replaces: bool,
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
/// another matter ([`super::change()`]). Where they, or the bot, may not write themselves it comes as a direct message. Before it
/// has been said, only who may read it already puts it off. The same origin puts a reminder off for so long once, whatever
/// others have done with it since.
///
/// # Errors
/// Why it is not said.
pub async fn snooze(app: &App, acting: &Acting, number: i32, minutes: i64) -> Result<Snoozed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let member = acting.person().ok_or(Refusal::NotCalled)?.member();
    let minutes = minutes.clamp(1, LONGEST);
    let wish = Wish {
        number,
        minutes,
        manages: manages_by(&settings, acting),
        member,
        origin: acting.origin_key(),
        deed: format!("reminder.snooze {number} {minutes}"),
    };
    let mut place = None;
    for _ in 0..ATTEMPTS {
        let found = find(&mut *app.db.acquire().await?, acting, &wish).await?;
        if let Some(snoozed) = done_before(&found, &wish)? {
            return Ok(snoozed);
        }
        let from = channel_for_one(reminder_to_snooze(&found, &wish)?);
        let to = channel_to_say_in(app, acting, from).await?;
        place = Some((from, to));
        if let Some(snoozed) = store_snooze(&mut *app.db.acquire().await?, acting, &wish, &found, to).await? {
            acting.post_log(app);
            return Ok(snoozed);
        }
    }
    // So many make reminders here at once that it waits for them, and then they for it.
    let mut tx = app.db.begin().await?;
    store::lock_numbers(&mut *tx, acting.guild()).await?;
    let found = find(&mut tx, acting, &wish).await?;
    if let Some(snoozed) = done_before(&found, &wish)? {
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
    /// By what they do it once.
    origin: Option<String>,
    deed: String,
}

/// An answer as it is stored for whoever repeats it.
#[derive(Serialize, Deserialize)]
struct Answer {
    user: Id<UserMarker>,
    snoozed: Snoozed,
}

/// What putting one off depends on, as it is at one moment.
struct Found {
    before: BeforeSnooze,
    /// The reminder, and that which repeats it already.
    reminders: Vec<Reminder>,
}

impl Found {
    fn reminder(&self, number: i32) -> Option<&Reminder> {
        self.reminders.iter().find(|it| it.number == number)
    }
}

/// Reads it, by two statements.
async fn find(db: &mut PgConnection, acting: &Acting, wish: &Wish<'_>) -> Result<Found, Failure<Refusal>> {
    let Wish { number, member, origin, deed, .. } = wish;
    let before = store::find_before_snooze(&mut *db, acting.guild(), *number, origin.as_deref(), deed).await?;
    // Who repeats it is answered without.
    let reminders = match before.answer {
        Some(_) => Vec::new(),
        None => store::list_snoozed(&mut *db, acting.guild(), *number, member.id).await?,
    };
    Ok(Found { before, reminders })
}

/// What the same origin was answered before, which is nothing to somebody else.
fn done_before(found: &Found, wish: &Wish<'_>) -> Result<Option<Snoozed>, Failure<Refusal>> {
    let Some(answer) = found.before.answer.clone() else { return Ok(None) };
    let Answer { user, snoozed } = serde_json::from_value(answer).context("read what was answered")?;
    match user == wish.member.id {
        true => Ok(Some(snoozed)),
        false => Err(Refusal::NotCalled.into()),
    }
}

/// The reminder, if it may be put off.
fn reminder_to_snooze<'a>(found: &'a Found, wish: &Wish<'_>) -> Result<&'a Reminder, Refusal> {
    let reminder = found.reminder(wish.number).ok_or(Refusal::Gone)?;
    let may = match reminder.is_private() {
        // What was said to one alone called nobody else, whatever it names.
        true => reminder.draft.creator == wish.member.id,
        // Its button comes with what it says; another door could name one that nobody has read yet.
        false => {
            let reads = wish.manages || reminder.draft.creator == wish.member.id;
            reads
                || (found.before.is_said && reminder.draft.content.mentions.include(wish.member.id, &wish.member.roles))
        }
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
    channel: Option<Id<ChannelMarker>>,
) -> Result<Option<Id<ChannelMarker>>, Failure<Refusal>> {
    let Some(asked) = channel else { return Ok(None) };
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
    let Found { before, reminders } = found;
    let reminder = reminder_to_snooze(found, wish)?;
    // What is stored has no nanoseconds, and nobody wants seconds.
    let at = Timestamp::from_second((acting.now() + SignedDuration::from_mins(minutes)).as_second())?;
    let draft = later(reminder, member, channel, at).checked(false)?;
    let (next, now) = (draft.draft().next(acting.now()), acting.now());
    let snoozes = reminder.draft.snoozes.unwrap_or(number);
    let repeats =
        |it: &&Reminder| it.draft.snoozes == Some(snoozes) && it.draft.creator == member.id && it.next.is_some();
    let pending = reminders.iter().filter(repeats).max_by_key(|it| it.number);
    let made = pending.map_or(before.last_number + 1, |pending| pending.number);
    let entry = words::snoozed(acting, snoozes, reminder, made, at);
    let told = told(acting, &entry);
    let (snoozed, user) = (Snoozed { number: made, minutes, at, replaces: pending.is_some() }, member.id);
    let answer = serde_json::to_value(Answer { user, snoozed })?;
    let once = wish.origin.as_deref().map(|origin| Once { origin, deed: &wish.deed, answer });
    let is_stored = match pending {
        Some(pending) => {
            let changed = store::ChangedReminder { once, draft: &draft, voucher: voucher(acting), next, now };
            store::update(&mut *db, pending, changed, told).await.context("put a reminder off once more")?
        }
        None => {
            let (maker, next) = (&Maker::default(), next.ok_or(Refusal::Never)?);
            let new = store::NewReminder { maker, once, draft: &draft, voucher: voucher(acting), next, now };
            store::insert(&mut *db, acting.guild(), before.last_number, new, told)
                .await
                .context("put a reminder off")?
        }
    };
    Ok(is_stored.then_some(snoozed))
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
