//! Reminders: what is to be said when, kept per guild. Nothing here talks to Discord, and whoever makes or changes one does
//! it by `crate::operations::reminders`, which checks who may: here is what a reminder is, and when.
//!
//! A reminder knows the absolute moment at which it is due next. Whoever finds that it has come makes a row of that
//! occurrence and moves the reminder on, in one transaction: so each occurrence exists once, however many look, and what
//! time passed over is still found.

mod ahead;
pub mod announcement;
mod begun;
mod check;
mod phrases;
mod problem;
pub mod schedule;
mod settings;
pub mod store;
pub mod time_zones;
mod timing;
pub mod when;
mod words;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker, UserMarker};
use utoipa::ToSchema;

pub use ahead::read_leads;
pub use begun::{Begun, CheckedBegun};
pub use check::{Checked, Unfit, leads};
pub use problem::Problem;
use schedule::Fire;
pub use settings::Settings;
pub use timing::Timing;

/// Characters of a name.
pub const NAME: usize = 100;
/// What stands in the row of a reminder that nobody has named: an announcement without a title. It is said in the language of
/// whoever reads it; versions that know nothing of that show it as it is.
pub const UNTITLED: &str = "📅 Event";
/// Characters of what it says.
pub const BODY: usize = 1500;
/// Characters of a place.
pub const PLACE: usize = 200;
/// Characters of when it is, as somebody wrote it.
pub const SAID: usize = 200;
/// Characters of a picture's address.
pub const IMAGE: usize = 500;
/// Characters of a template's name.
pub const TEMPLATE_NAME: usize = 50;
/// Templates of one server.
pub const MAX_TEMPLATES: i64 = 100;
/// Lead times of one reminder.
pub const MAX_LEADS: usize = 5;
/// The longest lead time in minutes: four weeks.
pub const MAX_LEAD: i64 = 28 * 24 * 60;
/// Roles and members that one reminder calls: their names fit into a message beside what it says.
pub const MAX_MENTIONS: usize = 20;

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ReminderMentions)]
pub struct Mentions {
    /// Everybody in the channel.
    pub everyone: bool,
    /// Roles.
    #[schema(value_type = Vec<String>)]
    pub roles: Vec<Id<RoleMarker>>,
    /// Members.
    #[schema(value_type = Vec<String>)]
    pub users: Vec<Id<UserMarker>>,
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
    pub paused: Option<Paused>,
    /// Counts its changes.
    pub revision: i32,
    /// By whose right it speaks.
    pub voucher: Voucher,
}

/// By whose right a reminder speaks: it says nothing that they could not say there themselves by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voucher {
    /// The member who made it, changed it or let it speak again last.
    Member(Id<UserMarker>),
    /// The bot, which an admin has told to, or a program, which may what admins may.
    Program,
}

/// Why a reminder is silent.
#[derive(Clone, Debug, PartialEq)]
pub struct Paused {
    /// Since when.
    pub since: Timestamp,
    /// Why; nothing if somebody wants that.
    pub why: Option<Problem>,
}

/// By what a reminder was made: the same makes no second.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maker {
    /// Its key; nothing makes as many as it likes.
    pub key: Option<String>,
    /// The id that an older version knows it by.
    pub id: Option<i64>,
    /// By what origin and deed it is known that it was made, also when it is there no more.
    pub once: Option<(String, String)>,
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
    /// Who lists them: what is said to somebody else alone is not found by its name.
    pub reader: Option<Id<UserMarker>>,
}

/// Where a part of a list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// After so many.
    At(i64),
    /// After one that stood there when it was looked at: what comes and goes meanwhile moves nothing.
    After(Place),
}

/// Where a reminder stands among those that come next first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// Its number.
    pub number: i32,
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Part {
    /// The reminders; one that cannot be read is left out.
    pub reminders: Vec<Reminder>,
    /// Where it ends, if there are more.
    pub end: Option<Place>,
}

impl Filter {
    /// All that are not done, as `reader` sees them.
    pub fn of(reader: Id<UserMarker>) -> Filter {
        Filter { reader: Some(reader), ..Filter::default() }
    }
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
    /// It could not be said, and why.
    Failed(Problem),
    /// The same, and the server was told already.
    Refused(Problem),
    /// It was not to be said: the reminder is paused, or reminders are switched off.
    Skipped,
    /// It is tried again at this moment.
    Again(Timestamp),
    /// It was not begun; others may, from this moment on.
    Back(Timestamp),
}

/// By its schedule nothing will ever be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Never;

impl Reminder {
    /// Whether the first of its times is over.
    pub fn has_begun(&self) -> bool {
        let first = self.draft.next(Timestamp::UNIX_EPOCH);
        self.next.is_none_or(|next| first.is_some_and(|first| first.due_at < next.due_at))
    }

    /// Whether it is said to its member alone.
    pub fn is_private(&self) -> bool {
        self.draft.content.channel.is_none()
    }

    /// The same as `user` may see it, who may be nobody: of what is said to somebody else alone they see that there is one,
    /// whose it is and when. It has no name then, which nothing else lacks.
    #[must_use]
    pub fn as_seen_by(mut self, user: Option<Id<UserMarker>>) -> Reminder {
        if self.is_private() && user != Some(self.draft.creator) {
            let Content { is_event, leads, .. } = std::mem::take(&mut self.draft.content);
            self.draft.content = Content { is_event, leads, ..Content::default() };
            self.draft.timing.said.clear();
        }
        self
    }

    /// Whether it is somebody else's, and what it says is left out.
    pub fn is_hidden(&self) -> bool {
        self.draft.content.name.is_empty()
    }

    /// What comes next if it becomes `draft`; nothing if it is done.
    ///
    /// # Errors
    /// [`Never`] if it gets another schedule, by which nothing comes.
    pub fn next_as(&self, draft: &Draft, now: Timestamp) -> Result<Option<Fire>, Never> {
        let moved =
            draft.timing.schedule != self.draft.timing.schedule || draft.content.leads != self.draft.content.leads;
        // What has come up meanwhile is still to be said.
        let next = if moved { draft.next(now) } else { self.next };
        // What is done may be corrected; only a new schedule must have something to come.
        match next.is_none() && draft.timing.schedule != self.draft.timing.schedule {
            true => Err(Never),
            false => Ok(next),
        }
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

    /// The same with each of them once, where @everyone is nobody's role: Discord gives it the guild's id.
    #[must_use]
    pub fn in_guild(self, guild: Id<GuildMarker>) -> Mentions {
        let everyone = self.everyone || self.roles.contains(&guild.cast());
        let roles: BTreeSet<_> = self.roles.into_iter().filter(|role| *role != guild.cast()).collect();
        let users: BTreeSet<_> = self.users.into_iter().collect();
        Mentions { everyone, roles: roles.into_iter().collect(), users: users.into_iter().collect() }
    }

    /// Those of them whom somebody calls who may not call all: members, and the roles that everybody may call.
    #[must_use]
    pub fn called_by_anybody(self, is_mentionable: impl Fn(Id<RoleMarker>) -> bool) -> Mentions {
        let roles = self.roles.into_iter().filter(|role| is_mentionable(*role)).collect();
        Mentions { everyone: false, roles, users: self.users }
    }

    /// Whether they are more than one reminder calls.
    pub fn are_too_many(&self) -> bool {
        self.roles.len() + self.users.len() > MAX_MENTIONS
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

/// Makes the occurrences of reminders whose moment has come, of at most `limit` reminders, and takes them.
///
/// What is returned is held until `until`.
pub async fn take_due(
    db: &PgPool,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
    each: i64,
    full: &[Id<GuildMarker>],
) -> anyhow::Result<Vec<Due>> {
    let mut tx = db.begin().await?;
    let (reminders, unreadable) = store::lock_due(&mut *tx, now, limit, each, full).await?;
    for (guild, number) in &unreadable {
        // One that a newer version wrote must not stop the others.
        tracing::error!(%guild, number, "a reminder cannot be read and is paused");
        store::pause(&mut *tx, *guild, *number, &Problem::Unreadable, now).await?;
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
