//! Reminders: what is to be said when, kept per guild. Commands, announcements and other callers make, change and list
//! them here; nothing here talks to Discord.
//!
//! A reminder knows the absolute moment at which it is due next. Whoever finds that it has come makes a row of that
//! occurrence and moves the reminder on, in one transaction: so each occurrence exists once, however many look, and what
//! time passed over is still found.

pub mod announcement;
mod phrases;
pub mod schedule;
pub mod store;
pub mod when;
mod words;

use std::collections::BTreeSet;

use anyhow::Context;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, PgExecutor, PgPool};
use twilight_model::id::Id;
use twilight_model::id::marker::{
    ChannelMarker, GuildMarker, InteractionMarker, MessageMarker, RoleMarker, UserMarker,
};

use schedule::{Fire, Schedule};
use when::{End, When};

/// Characters of a name.
pub const NAME: usize = 100;
/// Characters of what it says.
pub const BODY: usize = 1500;
/// Characters of a place.
pub const PLACE: usize = 200;

/// Occurrences of one reminder that one batch makes; the next batch makes the next ones.
const OCCURRENCES: usize = 50;

/// What is to be said, where, and whom it calls.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// A line.
    pub name: String,
    /// Markdown; may be empty.
    pub body: String,
    /// Where; nothing is a direct message to whoever made it.
    pub channel: Option<Id<ChannelMarker>>,
    /// Where something takes place; may be empty.
    pub place: String,
    /// The address of a picture.
    pub image: Option<String>,
    /// The address of what it is made from.
    pub source: Option<String>,
    /// Whom it calls.
    pub mentions: Mentions,
    /// Whether it is about something that begins at the moment itself.
    pub is_event: bool,
    /// How many minutes ahead it is said, the largest first; 0 is at the moment itself.
    pub leads: Vec<i64>,
}

/// Whom a reminder calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mentions {
    /// Everybody in the channel.
    pub everyone: bool,
    /// Roles.
    pub roles: Vec<Id<RoleMarker>>,
    /// Members.
    pub users: Vec<Id<UserMarker>>,
}

/// When it is said, and how somebody wrote that.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// When.
    pub schedule: Schedule,
    /// As it was written.
    pub said: String,
}

/// A reminder to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What.
    pub content: Content,
    /// When.
    pub timing: Timing,
    /// Who makes it.
    pub creator: Id<UserMarker>,
    /// The reminder that it repeats a little later.
    pub snoozes: Option<i32>,
}

/// A reminder.
#[derive(Clone, Debug, PartialEq)]
pub struct Reminder {
    /// The server.
    pub guild: Id<GuildMarker>,
    /// Counts per guild from 1.
    pub number: i32,
    /// What it is.
    pub draft: Draft,
    /// What comes next by its schedule; nothing when it is done.
    pub next: Option<Fire>,
    /// Since when, and why, nothing is said.
    pub paused: Option<(Timestamp, String)>,
    /// Counts its changes.
    pub revision: i32,
}

/// Which reminders are listed.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Whose.
    pub creator: Option<Id<UserMarker>>,
    /// Said in which channel.
    pub channel: Option<Id<ChannelMarker>>,
    /// Whether those that are done count.
    pub done: bool,
    /// A part of the name, or a number.
    pub typed: Option<String>,
}

/// An occurrence that is to be said now, held under a lease.
#[derive(Clone, Debug)]
pub struct Due {
    /// What Discord knows it by.
    pub id: i64,
    /// Of which reminder.
    pub reminder: Reminder,
    /// When.
    pub fire: Fire,
    /// How often it was taken, this time included.
    pub attempt: i32,
    /// When it was taken first: what was said of it was said after that.
    pub taken_at: Timestamp,
}

/// What became of an occurrence.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was said.
    Sent {
        /// Where.
        channel: Id<ChannelMarker>,
        /// The message; nothing if somebody has deleted it already.
        message: Option<Id<MessageMarker>>,
        /// Whether that was late.
        late: bool,
    },
    /// It came up too late to be said.
    Missed,
    /// It could not be said: why, in a sentence.
    Failed(String),
    /// The same, and the server was told already.
    Refused(String),
    /// It was not to be said: the reminder is paused, or reminders are switched off.
    Skipped,
    /// It is tried again at this moment.
    Again(Timestamp),
    /// It was not begun; others may, from this moment on.
    Back(Timestamp),
}

/// Why a reminder was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its member has as many as they may have.
    TooMany,
    /// By its schedule nothing will ever be said.
    Never,
    /// Somebody else has changed it, or it is gone.
    Changed,
}

impl Timing {
    /// The timing that a text says, by the clocks of `zone`.
    ///
    /// Nothing if it ends before it begins.
    pub fn new(when: &When, zone: &TimeZone, said: &str) -> Option<Timing> {
        let mut schedule =
            Schedule { first: when.first, zone: zone.clone(), repeat: when.repeat.clone(), ends_at: None };
        schedule.ends_at = match when.end {
            None => None,
            Some(End::Times(times)) => schedule.nth(times),
            Some(End::Date(date)) => {
                Some(date.tomorrow().ok()?.to_zoned(zone.clone()).ok()?.timestamp() - SignedDuration::from_secs(1))
            }
        };
        Some(Timing { schedule, said: said.to_owned() })
    }

    /// Once, at `at`.
    pub fn once(at: Timestamp, zone: &TimeZone) -> Timing {
        let first = zone.to_datetime(at);
        let said = when::written(first);
        Timing { schedule: Schedule { first, zone: zone.clone(), repeat: None, ends_at: None }, said }
    }
}

impl Draft {
    /// What is to be said next, later than `after`.
    pub fn next(&self, after: Timestamp) -> Option<Fire> {
        self.timing.schedule.next_fire(&self.content.leads, after)
    }
}

impl Mentions {
    /// Whether a member with these roles is called.
    pub fn include(&self, user: Id<UserMarker>, roles: &[Id<RoleMarker>]) -> bool {
        self.everyone || self.users.contains(&user) || self.roles.iter().any(|role| roles.contains(role))
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        *self == Mentions::default()
    }
}

/// What a message announces: the title of its first box that has one, and all its text.
pub fn announced(content: &str, embeds: &[(String, String)]) -> (String, String) {
    let title = embeds.iter().map(|(title, _)| title).find(|title| !title.is_empty()).cloned().unwrap_or_default();
    let texts: Vec<&str> = std::iter::once(content).chain(embeds.iter().map(|(_, text)| text.as_str())).collect();
    (title, texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"))
}

/// Minutes ahead as a list without twins, the largest first.
pub fn leads(minutes: impl IntoIterator<Item = i64>) -> Vec<i64> {
    minutes.into_iter().collect::<BTreeSet<i64>>().into_iter().rev().collect()
}

/// A reminder that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its number.
    pub number: i32,
    /// Whether it was there before: what made it was done once more.
    pub again: bool,
}

/// Makes a reminder, in the transaction that puts it on record; what made one before makes no second.
///
/// `limit` is how many its member may have that are not done; nothing is any number.
///
/// # Errors
/// The database does not answer, or a [`Refusal`], after which the transaction is not to be committed.
pub async fn create(
    tx: &mut PgConnection,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
    draft: &Draft,
    limit: Option<i64>,
    now: Timestamp,
) -> anyhow::Result<Result<Made, Refusal>> {
    let Some(next) = draft.next(now) else { return Ok(Err(Refusal::Never)) };
    if let Some(number) = store::find_made(&mut *tx, guild, interaction).await? {
        return Ok(Ok(Made { number, again: true }));
    }
    // From here on nobody else makes one in this guild, so that what is counted stays true.
    let number = store::next_number(&mut *tx, guild).await?;
    if let Some(limit) = limit
        && store::count_live(&mut *tx, guild, draft.creator).await? >= limit
    {
        return Ok(Err(Refusal::TooMany));
    }
    store::insert(tx, guild, number, interaction, draft, next, now).await.context("store a reminder")?;
    Ok(Ok(Made { number, again: false }))
}

/// Changes a reminder that still has the revision that was read, in the transaction that puts it on record. One that is
/// paused stays so.
///
/// `limit` is that of [`create`]: it holds for what was done and has something to say again.
///
/// # Errors
/// The database does not answer, or a [`Refusal`], after which the transaction is not to be committed.
pub async fn edit(
    tx: &mut PgConnection,
    before: &Reminder,
    draft: &Draft,
    limit: Option<i64>,
    now: Timestamp,
) -> anyhow::Result<Result<(), Refusal>> {
    let moved = draft.timing != before.draft.timing || draft.content.leads != before.draft.content.leads;
    // What has come up meanwhile is still to be said.
    let next = if moved { draft.next(now) } else { before.next };
    // What is done may be corrected; only a new schedule must have something to come.
    if next.is_none() && draft.timing != before.draft.timing {
        return Ok(Err(Refusal::Never));
    }
    if before.next.is_none()
        && next.is_some()
        && let Some(limit) = limit
    {
        store::lock_numbers(&mut *tx, before.guild).await?;
        if store::count_live(&mut *tx, before.guild, draft.creator).await? >= limit {
            return Ok(Err(Refusal::TooMany));
        }
    }
    let changed = store::update(tx, before, draft, next, now).await.context("change a reminder")?;
    Ok(if changed { Ok(()) } else { Err(Refusal::Changed) })
}

/// Lets a reminder be silent, or speak again: then from now on, whatever it would have said meanwhile. `false` if it is gone.
pub async fn set_paused(
    db: impl PgExecutor<'_>,
    reminder: &Reminder,
    paused: Option<&str>,
    now: Timestamp,
) -> anyhow::Result<bool> {
    let next = match paused {
        Some(_) => reminder.next,
        None => reminder.draft.next(now),
    };
    store::set_paused(db, reminder, paused, next, now).await.context("pause a reminder")
}

/// Makes the occurrences of reminders whose moment has come, of at most `limit` reminders, and takes them.
///
/// What is returned is held until `until`.
pub async fn take_due(db: &PgPool, now: Timestamp, until: Timestamp, limit: i64) -> anyhow::Result<Vec<Due>> {
    let mut tx = db.begin().await?;
    let (reminders, unreadable) = store::lock_due(&mut *tx, now, limit).await?;
    for (guild, number) in &unreadable {
        // One that a newer version wrote must not stop the others.
        tracing::error!(%guild, number, "a reminder cannot be read and is paused");
        store::pause(&mut *tx, *guild, *number, "A version of me that I am not wrote it.", now).await?;
    }
    if reminders.is_empty() {
        tx.commit().await?;
        return Ok(Vec::new());
    }
    let (mut fires, mut nexts) = (Vec::new(), Vec::new());
    for (at, reminder) in reminders.iter().enumerate() {
        let mut next = reminder.next;
        for _ in 0..OCCURRENCES {
            let Some(fire) = next.filter(|fire| fire.due_at <= now) else { break };
            fires.push((at, fire));
            next = reminder.draft.next(fire.due_at);
        }
        nexts.push(next);
    }
    store::move_on(&mut *tx, &reminders, &nexts).await?;
    let made = store::insert_occurrences(&mut *tx, &reminders, &fires, now, until).await?;
    tx.commit().await?;
    let due = made.into_iter().filter_map(|(at, fire, id)| {
        Some(Due { id, reminder: reminders.get(at)?.clone(), fire, attempt: 1, taken_at: now })
    });
    Ok(due.collect())
}
