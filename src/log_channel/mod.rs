//! The channel in which a guild reads what the bot did.
//!
//! An entry is a row, written by a [`Recorder`] in the transaction that did it; it is posted afterwards, with others that wait, by whichever
//! instance comes first, and again should that one die. A channel that refuses us is left alone until it is set anew:
//! what happened is never undone because nobody could be told.

mod store;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use sqlx::{PgExecutor, PgPool};
use twilight_model::channel::message::Embed;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use crate::discord::{self, MessageBody, Nonce};
use crate::say;
use crate::settings::{LogLevel, Settings, System};
use crate::ui;
use crate::ui::limits::cut;
use crate::words::{Language, Say, name_of};

/// How long an instance may take for one message before another tries.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// A call waits for Discord's limits at most this long.
const POST_TIME: Duration = Duration::from_secs(30);

/// Refusals in a row after which a channel is left alone.
const MAX_FAILURES: i32 = 3;

/// So long an entry waits for what is known only later ([`AWAITED`]). Then it is posted without.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);

/// Stands in a description for what is known only later, such as the channel of a ticket that opens. Nobody can write it into one:
/// what people wrote has no control characters there.
pub const AWAITED: char = '\u{1}';

/// So many of the longest entries still fit into one message of 6,000 characters.
const BATCH: i64 = 10;
const TITLE_CHARS: usize = 100;
/// What of a description is shown.
pub const DESCRIPTION_CHARS: usize = 450;

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A detail.
    Debug,
    /// Something ordinary.
    Info,
    /// Something that went well.
    Success,
    /// Something to know: settings that changed, a limit that comes near.
    Warning,
    /// Something that went wrong.
    Error,
}

impl Level {
    const ALL: [(Level, &'static str); 5] = [
        (Level::Debug, "debug"),
        (Level::Info, "info"),
        (Level::Success, "success"),
        (Level::Warning, "warning"),
        (Level::Error, "error"),
    ];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        Level::ALL.iter().find(|(level, _)| *level == self).map_or("", |(_, name)| name)
    }

    fn named(name: &str) -> Level {
        Level::ALL.iter().find(|(_, it)| *it == name).map_or(Level::Info, |(level, _)| *level)
    }

    fn color(self) -> u32 {
        match self {
            Level::Debug => 0x0095_a5a6,
            Level::Info => 0x0034_98db,
            Level::Success => 0x002e_cc71,
            Level::Warning => 0x00f1_c40f,
            Level::Error => 0x00e7_4c3c,
        }
    }

    /// Whether a guild that wants `wanted` reads this.
    pub fn is_read_at(self, wanted: LogLevel) -> bool {
        match wanted {
            LogLevel::Verbose => true,
            LogLevel::Normal => self != Level::Debug,
            LogLevel::Critical => matches!(self, Level::Warning | Level::Error),
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What kind of thing.
    pub level: Level,
    /// A line.
    pub title: String,
    /// Markdown; it pings nobody.
    pub description: String,
}

/// Puts on record what a feature does in a guild, as far as the guild wants to read it.
///
/// It knows that before a transaction begins: who asks for settings while one is open may wait for a second connection
/// that those who hold one transaction each wait for as well.
#[derive(Clone, Copy, Debug)]
pub struct Recorder {
    guild: Id<GuildMarker>,
    feature: &'static str,
    /// Nothing if the guild has no log channel.
    wanted: Option<LogLevel>,
    language: Language,
    now: Timestamp,
}

impl Recorder {
    /// For what `feature` does in `guild` now. `App::recorder` knows the settings.
    pub fn new(system: &System, guild: Id<GuildMarker>, feature: &'static str, now: Timestamp) -> Recorder {
        Recorder {
            guild,
            feature,
            wanted: system.log_channel.map(|_| system.log_level),
            language: system.language,
            now,
        }
    }

    /// For which feature it records.
    pub fn feature(&self) -> &'static str {
        self.feature
    }

    /// In which language the guild reads.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The entry, if the guild wants to read it: for a statement that stores it together with what happened.
    pub fn if_wanted<'a>(&self, entry: &'a Entry) -> Option<&'a Entry> {
        self.wanted.filter(|wanted| entry.level.is_read_at(*wanted)).map(|_| entry)
    }

    /// Writes an entry, if the guild wants to read it, in the transaction that does what it tells of.
    /// [`LogChannel::post_waiting`] posts it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn write(&self, tx: impl PgExecutor<'_>, entry: &Entry) -> anyhow::Result<()> {
        let Some(Entry { level, title, description }) = self.if_wanted(entry) else { return Ok(()) };
        Ok(store::insert(tx, self.guild, self.feature, level.name(), title, description, self.now).await?)
    }

    /// The same of an entry with [`AWAITED`] in it, which waits for what is to stand there under the name of `what`, though not
    /// for long. Whoever stores that completes the entry in the same statement.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn write_waiting(&self, tx: impl PgExecutor<'_>, entry: &Entry, what: &str) -> anyhow::Result<()> {
        let Some(entry) = self.if_wanted(entry) else { return Ok(()) };
        let waits = (what, self.now + PATIENCE);
        Ok(store::insert_waiting(tx, self.guild, self.feature, entry, waits, self.now).await?)
    }

    /// The same of an entry that is read after those which wait for `what`, if any does.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn write_following(&self, tx: impl PgExecutor<'_>, entry: &Entry, what: &str) -> anyhow::Result<()> {
        let Some(entry) = self.if_wanted(entry) else { return Ok(()) };
        Ok(store::insert_following(tx, self.guild, self.feature, entry, what, self.now).await?)
    }
}

/// Lets entries go out that wait for something which never comes.
///
/// # Errors
/// If the database does not answer.
pub async fn stop_waiting(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, what: &str) -> anyhow::Result<()> {
    Ok(store::stop_waiting(db, guild, what).await?)
}

/// A channel that is left alone, because it refused us again and again.
///
/// # Errors
/// If the database does not answer.
pub async fn find_disabled(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
) -> anyhow::Result<Option<Id<ChannelMarker>>> {
    Ok(store::find_disabled(db, guild).await?)
}

/// Gives the guild's channel another chance.
///
/// # Errors
/// If the database does not answer.
pub async fn forget_failures(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> anyhow::Result<()> {
    Ok(store::delete_failures(db, guild).await?)
}

/// Guilds with entries that nobody is posting.
///
/// # Errors
/// If the database does not answer.
pub async fn list_waiting(db: impl PgExecutor<'_>, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_waiting(db, now).await?)
}

/// How many entries of a guild wait since before `before`.
///
/// # Errors
/// If the database does not answer.
pub async fn count_waiting(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, before: Timestamp) -> anyhow::Result<i64> {
    Ok(store::count_waiting(db, guild, before).await?)
}

/// Posts entries, one message at a time for each guild.
#[derive(Default)]
pub struct LogChannel {
    /// Guilds for which this process posts at the moment, and whether there is more since it last looked.
    busy: Mutex<HashMap<Id<GuildMarker>, bool>>,
}

/// How posting one message ended.
enum Outcome {
    /// It is there, or never will be.
    Done,
    /// Somebody tries again later.
    Later,
}

impl LogChannel {
    fn busy(&self) -> MutexGuard<'_, HashMap<Id<GuildMarker>, bool>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Posts what waits for `guild`. Entries that come meanwhile are posted too, so that many become few messages.
    ///
    /// # Errors
    /// If the database does not answer; what is left is posted later.
    pub async fn post_waiting(
        &self,
        db: &PgPool,
        discord: &discord::Client,
        settings: &Settings,
        guild: Id<GuildMarker>,
        now: impl Fn() -> Timestamp,
    ) -> anyhow::Result<()> {
        let Some(mut busy) = Busy::enter(self, guild) else { return Ok(()) };
        loop {
            match post_next(db, discord, settings, guild, now()).await? {
                Some(Outcome::Done) => {}
                Some(Outcome::Later) => return Ok(()),
                None if busy.looks_again() => {}
                None => return Ok(()),
            }
        }
    }
}

/// Posting for a guild, until it is dropped.
struct Busy<'a> {
    log_channel: &'a LogChannel,
    guild: Id<GuildMarker>,
    left: bool,
}

impl<'a> Busy<'a> {
    /// Nothing if this process posts for the guild already; whoever does looks again then.
    fn enter(log_channel: &'a LogChannel, guild: Id<GuildMarker>) -> Option<Busy<'a>> {
        let mut busy = log_channel.busy();
        match busy.get_mut(&guild) {
            Some(more) => {
                *more = true;
                None
            }
            None => {
                busy.insert(guild, false);
                Some(Busy { log_channel, guild, left: false })
            }
        }
    }

    /// Whether something has come since. If not, the next one is another's to post.
    fn looks_again(&mut self) -> bool {
        let mut busy = self.log_channel.busy();
        let more = busy.get_mut(&self.guild).is_some_and(std::mem::take);
        if !more {
            busy.remove(&self.guild);
            self.left = true;
        }
        more
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        if !self.left {
            self.log_channel.busy().remove(&self.guild);
        }
    }
}

async fn post_next(
    db: &PgPool,
    discord: &discord::Client,
    settings: &Settings,
    guild: Id<GuildMarker>,
    now: Timestamp,
) -> anyhow::Result<Option<Outcome>> {
    let rows = store::take(db, guild, now, now + LEASE, BATCH).await.context("take log entries")?;
    let Some(first) = rows.first() else { return Ok(None) };
    let system = settings.get::<System>(guild).await?;
    let named = first.channel_id.and_then(|id| Id::new_checked(id.cast_unsigned()));
    let disabled = store::find_disabled(db, guild).await?;
    let Some(channel) = named.or(system.log_channel).filter(|channel| disabled != Some(*channel)) else {
        store::delete(db, guild, &rows).await?;
        return Ok(Some(Outcome::Done));
    };
    let body =
        MessageBody { embeds: rows.iter().map(|row| embed(system.language, row)).collect(), ..MessageBody::default() };
    let nonce = Nonce { purpose: "log", row: first.batch, revision: 0 };
    let post = async |body: &MessageBody| {
        discord.guild(guild).for_notices().create_message(channel, body, nonce, Instant::now() + POST_TIME).await
    };
    let posted = match post(&body).await {
        // What happened is told without what people wrote, if that is what Discord refuses.
        Err(error) if error.is_about_text() && rows.len() == 1 => post(&without_text(system.language, first)).await,
        posted => posted,
    };
    match posted {
        Ok(_) => {
            store::delete(db, guild, &rows).await?;
            // A channel that was given up says nothing about the one that counts.
            if named.is_none() {
                store::delete_failures(db, guild).await?;
            }
            Ok(Some(Outcome::Done))
        }
        Err(error) if error.is_passing() => {
            tracing::warn!(%guild, %error, "a log entry is posted later");
            Ok(Some(Outcome::Later))
        }
        Err(
            error @ (discord::Error::Gone { .. } | discord::Error::NoAccess { .. } | discord::Error::MissingPermission),
        ) => {
            if named.is_none() {
                let failures = store::count_failure(db, guild, channel, now, MAX_FAILURES).await?;
                if failures == MAX_FAILURES {
                    tracing::warn!(%guild, %channel, %error, "a log channel is left alone until it is set anew");
                }
            }
            store::delete(db, guild, &rows).await?;
            Ok(Some(Outcome::Done))
        }
        // Which of them it is, Discord does not say in words that we could read.
        Err(discord::Error::Refused { .. } | discord::Error::Filtered { .. }) if rows.len() > 1 => {
            store::split(db, guild, &rows, now - LEASE).await?;
            Ok(Some(Outcome::Done))
        }
        Err(error @ (discord::Error::Refused { .. } | discord::Error::Filtered { .. })) => {
            tracing::error!(%guild, %error, "a log entry was refused");
            store::delete(db, guild, &rows).await?;
            Ok(Some(Outcome::Done))
        }
        Err(error) => {
            tracing::warn!(%guild, %error, "a log entry is posted later");
            Ok(Some(Outcome::Later))
        }
    }
}

fn without_text(language: Language, row: &store::Row) -> MessageBody {
    let bare = Embed { description: Some(say!(language, log_channel_left_out)), ..embed(language, row) };
    MessageBody { embeds: vec![bare], ..MessageBody::default() }
}

fn embed(language: Language, row: &store::Row) -> Embed {
    let description = row.description.replace(AWAITED, "");
    Embed {
        color: Some(Level::named(&row.level).color()),
        // An embed without any text is refused.
        description: Some(cut(&description, DESCRIPTION_CHARS)).filter(|text| !text.trim().is_empty()),
        footer: Some(ui::footer(name_of(&row.feature).say(language))),
        ..ui::embed(cut(&row.title, TITLE_CHARS), "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guild_reads_as_much_as_it_wants() {
        let read = |wanted| -> Vec<&str> {
            Level::ALL.iter().filter(|(level, _)| level.is_read_at(wanted)).map(|(_, name)| *name).collect()
        };
        assert_eq!(read(LogLevel::Verbose).len(), 5);
        assert_eq!(read(LogLevel::Normal), ["info", "success", "warning", "error"]);
        assert_eq!(read(LogLevel::Critical), ["warning", "error"]);
    }
}
