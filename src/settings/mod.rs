//! Settings of each guild: typed, cached in this process, true to the database, and every change on record.
//!
//! A feature declares a struct and its [`Field`]s ([`Schema`]); from these come the options of `/config`, the parser,
//! the stored JSON, the typed value and the table in docs/configuration.md. One row a guild and feature holds what was
//! set; what was not is its default. A stored value that no longer fits counts as not set.

mod check;
pub mod field;
mod schema;
mod store;
mod system;
mod words;

use std::any::{Any, TypeId};
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use moka::future::Cache;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

use crate::db::{Notice, violates};
pub use check::{Checked, Fitting, Names, check};
pub use field::{Field, Kind, Minutes, Misfit, WRITTEN_CHANNEL, Zone, field};
pub use schema::{Declared, ENABLED, Schema};
use store::Stored;
pub use store::{Changed, Changer, How, Looked, Program, Sought};
pub use system::{LogLevel, System};

/// The channel on which Postgres tells of changes, by the trigger on `guild_setting`.
pub const CHANNEL: &str = "settings";

/// Guilds whose settings stay in memory; a row is a few hundred bytes.
const CACHED_GUILDS: u64 = 50_000;

/// Should a notice ever be lost unnoticed, a value is no older than this.
const OLDEST: Duration = Duration::from_secs(60);

/// How often a change is tried again that somebody else's overtook.
const ATTEMPTS: u32 = 10;

/// Who changes settings, when and how.
#[derive(Clone, Debug)]
pub struct By {
    /// By whose account.
    pub user: Id<UserMarker>,
    /// What did it, if that was no person: the account is then the bot's.
    pub program: Option<Program>,
    /// By which means.
    pub how: How,
    /// When.
    pub at: Timestamp,
    /// By what it is done once; nothing does it each time.
    pub once: Option<Once>,
    /// If it is a rollback, by the names of its settings the changes that it undoes.
    pub undoes: Vec<(&'static str, i64)>,
}

/// By what a change is done once, as `crate::acting` knows it.
#[derive(Clone, Debug)]
pub struct Once {
    /// The key of its origin.
    pub origin: String,
    /// What is done.
    pub deed: String,
    /// What is answered besides what was made, under names of its own; with nothing the answer is what was made alone.
    pub besides: Option<Value>,
}

/// What became of changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// They are made.
    Made {
        /// What is different now; nothing if it was so before, and then that is on no record.
        made: Vec<Made>,
        /// A log channel that refuses us, if nobody was told so far.
        refusing: Option<Id<ChannelMarker>>,
    },
    /// The same origin has made them before.
    Before,
    /// Somebody has changed something since the revision that was looked at.
    Overtaken,
}

/// A change that was made, as it is reported.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Made {
    /// The setting.
    pub key: &'static str,
    /// What was stored before; nothing is the default.
    pub old: Option<Value>,
    /// What is stored now.
    pub new: Option<Value>,
}

/// What is stored for a guild, and the typed values that were made of it.
#[derive(Default)]
struct Loaded {
    rows: Vec<(String, Stored)>,
    typed: RwLock<Vec<(TypeId, Arc<dyn Any + Send + Sync>)>>,
}

impl Loaded {
    fn row(&self, feature: &str) -> Option<&Map<String, Value>> {
        self.stored(feature).map(|stored| &stored.values)
    }

    fn stored(&self, feature: &str) -> Option<&Stored> {
        self.rows.iter().find(|(name, _)| name == feature).map(|(_, stored)| stored)
    }
}

/// Reads and writes settings.
pub struct Settings {
    db: PgPool,
    cache: Cache<Id<GuildMarker>, Arc<Loaded>>,
    /// What was last seen of a guild, for when the database does not answer.
    last_known: Cache<Id<GuildMarker>, Arc<Loaded>>,
    /// How often anything was said to have changed.
    notices: AtomicU64,
    /// Stored values that do not fit, which were logged: guild, feature, key.
    logged: Mutex<HashSet<(u64, String, String)>>,
}

impl Settings {
    /// Settings that live in `db`.
    pub fn new(db: PgPool) -> Settings {
        let cache = || Cache::builder().max_capacity(CACHED_GUILDS);
        Settings {
            db,
            cache: cache().time_to_live(OLDEST).build(),
            last_known: cache().build(),
            notices: AtomicU64::new(0),
            logged: Mutex::default(),
        }
    }

    /// The settings of a feature in `guild`. A hit asks nobody.
    ///
    /// # Errors
    /// If they are not cached and the database does not answer.
    pub async fn get<T: Schema>(&self, guild: Id<GuildMarker>) -> anyhow::Result<Arc<T>> {
        let loaded = self.load(guild).await?;
        Ok(self.typed(guild, &loaded))
    }

    /// Whether a feature is switched on; as last known if the database does not answer.
    pub async fn enabled(&self, guild: Id<GuildMarker>, feature: &str) -> bool {
        let loaded = match self.load(guild).await {
            Ok(loaded) => Some(loaded),
            Err(error) => {
                tracing::warn!(%guild, feature, error = format!("{error:#}"), "cannot read a switch; it stays as known");
                self.last_known.get(&guild).await
            }
        };
        let switch = loaded.as_ref().and_then(|loaded| loaded.row(feature)?.get(ENABLED.name));
        if switch.is_some_and(|switch| !switch.is_boolean()) {
            self.log_once(guild, feature, ENABLED.name);
        }
        switch.and_then(Value::as_bool).unwrap_or(true)
    }

    /// What was set of a feature in `guild`, by name; also what does not fit any more.
    ///
    /// # Errors
    /// If it is not cached and the database does not answer.
    pub async fn stored(&self, guild: Id<GuildMarker>, feature: &str) -> anyhow::Result<Map<String, Value>> {
        Ok(self.load(guild).await?.row(feature).cloned().unwrap_or_default())
    }

    /// The same with its revision; 0 if nothing was ever set.
    ///
    /// # Errors
    /// If it is not cached and the database does not answer.
    pub async fn stored_at(&self, guild: Id<GuildMarker>, feature: &str) -> anyhow::Result<(Map<String, Value>, i64)> {
        let Stored { values, revision } = self.load(guild).await?.stored(feature).cloned().unwrap_or_default();
        Ok((values, revision))
    }

    /// Makes changes in `guild`, all or none, and puts them on record; `report` says in the log channel what was made.
    ///
    /// Changes of others that come in between are kept.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn change(
        &self,
        guild: Id<GuildMarker>,
        feature: &'static str,
        changes: &[Checked],
        by: &By,
        report: impl Fn(&[Made]) -> Vec<Report>,
    ) -> anyhow::Result<Outcome> {
        // What is cached is as good as what is stored if its revision is.
        let mut before = self.load(guild).await?.stored(feature).cloned().unwrap_or_default();
        let mut cached = true;
        for _ in 0..ATTEMPTS {
            match self.replace(guild, feature, before, changes, by, &report).await? {
                Outcome::Made { made, .. } if made.is_empty() && cached => {}
                Outcome::Overtaken => {}
                outcome => return Ok(outcome),
            }
            before = store::find(&self.db, guild, feature).await.context("read settings")?;
            cached = false;
        }
        anyhow::bail!("others changed the same settings {ATTEMPTS} times in a row")
    }

    /// The same if the feature's settings still have a revision that was looked at ([`Settings::find_change`]).
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn change_at(
        &self,
        guild: Id<GuildMarker>,
        feature: &'static str,
        revision: i64,
        changes: &[Checked],
        by: &By,
        report: impl Fn(&[Made]) -> Vec<Report>,
    ) -> anyhow::Result<Outcome> {
        let mut before = self.load(guild).await?.stored(feature).cloned().unwrap_or_default();
        if before.revision != revision {
            before = store::find(&self.db, guild, feature).await.context("read settings")?;
        }
        match before.revision == revision {
            true => self.replace(guild, feature, before, changes, by, &report).await,
            false => Ok(Outcome::Overtaken),
        }
    }

    /// Makes changes of what is stored if that is still `before`.
    async fn replace(
        &self,
        guild: Id<GuildMarker>,
        feature: &'static str,
        before: Stored,
        changes: &[Checked],
        by: &By,
        report: &impl Fn(&[Made]) -> Vec<Report>,
    ) -> anyhow::Result<Outcome> {
        let (after, made) = apply(&before.values, changes);
        if made.is_empty() {
            return Ok(Outcome::Made { made, refusing: None });
        }
        let (reports, revision) = (report(&made), before.revision);
        let stored = store::replace(&self.db, guild, feature, revision, &after, &made, by, &reports).await;
        // What others changed meanwhile, or we now, is read anew.
        self.forget(guild).await;
        match stored {
            Ok(Some(refusing)) => {
                self.remember(guild, feature, Stored { values: after, revision: revision + 1 }).await;
                Ok(Outcome::Made { made, refusing })
            }
            Ok(None) => Ok(Outcome::Overtaken),
            Err(error) if violates(&error, "done_once_pkey") => Ok(Outcome::Before),
            Err(error) => Err(error).context("store settings"),
        }
    }

    /// What was changed in `guild`, newest first, and whether there is more.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn history(
        &self,
        guild: Id<GuildMarker>,
        feature: Option<&str>,
        offset: i64,
        limit: i64,
    ) -> anyhow::Result<(Vec<Changed>, bool)> {
        let sought = Sought { feature, ..Sought::default() };
        let mut changes = store::list_changes(&self.db, guild, sought, offset, limit + 1).await?;
        let limit = usize::try_from(limit)?;
        let more = changes.len() > limit;
        changes.truncate(limit);
        Ok((changes, more))
    }

    /// The changes in `guild` that somebody looks for, newest first.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn seek(&self, guild: Id<GuildMarker>, sought: Sought<'_>, limit: i64) -> anyhow::Result<Vec<Changed>> {
        Ok(store::list_changes(&self.db, guild, sought, 0, limit).await?)
    }

    /// Who changed something in `guild` that is on record, the latest first.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn changers(&self, guild: Id<GuildMarker>, limit: i64) -> anyhow::Result<Vec<Changer>> {
        Ok(store::list_changers(&self.db, guild, limit).await?)
    }

    /// One change by its number, with what came after it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_change(&self, guild: Id<GuildMarker>, id: i64) -> anyhow::Result<Option<Looked>> {
        Ok(store::find_change(&self.db, guild, id).await?)
    }

    /// The latest change of each setting of a feature: who set it, and when.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn latest(&self, guild: Id<GuildMarker>, feature: &str) -> anyhow::Result<Vec<Changed>> {
        Ok(store::list_latest(&self.db, guild, feature).await?)
    }

    /// The setting at which `/config start` goes on in `guild`; nothing is the beginning.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn setup(&self, guild: Id<GuildMarker>) -> anyhow::Result<Option<String>> {
        Ok(store::find_setup(&self.db, guild).await?)
    }

    /// Remembers at which setting `/config start` goes on.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn set_setup(&self, guild: Id<GuildMarker>, setting: Option<&str>) -> anyhow::Result<()> {
        Ok(store::upsert_setup(&self.db, guild, setting).await?)
    }

    /// Forgets who changed what, where that is longer ago than the guild wants to know.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn forget_changes(&self, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
        let days = self.get::<System>(guild).await?.retention_days;
        Ok(store::delete_changes(&self.db, guild, now - SignedDuration::from_hours(days * 24)).await?)
    }

    /// Guilds with changes that are older than any guild must keep them.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn guilds_with_old_changes(&self, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
        Ok(store::list_changed_guilds(&self.db, now - SignedDuration::from_hours(30 * 24)).await?)
    }

    /// Guilds that changed a setting between two moments.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn guilds_that_changed(
        &self,
        feature: &str,
        key: &str,
        between: [Timestamp; 2],
    ) -> anyhow::Result<Vec<Id<GuildMarker>>> {
        Ok(store::list_guilds_that_changed(&self.db, feature, key, between).await?)
    }

    /// Forgets what `notice` says has changed.
    pub fn hear(self: &Arc<Settings>, notice: Notice<'_>) {
        self.notices.fetch_add(1, Ordering::SeqCst);
        match notice {
            Notice::Missed => self.cache.invalidate_all(),
            Notice::Changed(guild) => {
                let Some(guild) = guild.parse().ok().and_then(Id::new_checked) else { return };
                let settings = Arc::clone(self);
                tokio::spawn(async move { settings.cache.invalidate(&guild).await });
            }
        }
    }

    /// Keeps what we have just stored for when the database does not answer.
    async fn remember(&self, guild: Id<GuildMarker>, feature: &str, row: Stored) {
        let known = self.last_known.get(&guild).await;
        let mut rows = known.map(|known| known.rows.clone()).unwrap_or_default();
        rows.retain(|(name, _)| name != feature);
        rows.push((feature.to_owned(), row));
        self.last_known.insert(guild, Arc::new(Loaded { rows, typed: RwLock::default() })).await;
    }

    async fn forget(&self, guild: Id<GuildMarker>) {
        self.notices.fetch_add(1, Ordering::SeqCst);
        self.cache.invalidate(&guild).await;
    }

    async fn load(&self, guild: Id<GuildMarker>) -> anyhow::Result<Arc<Loaded>> {
        if let Some(loaded) = self.cache.get(&guild).await {
            return Ok(loaded);
        }
        let notices = self.notices.load(Ordering::SeqCst);
        let read = async {
            let rows = store::list(&self.db, guild).await?;
            Ok::<_, sqlx::Error>(Arc::new(Loaded { rows, typed: RwLock::default() }))
        };
        let loaded = self.cache.try_get_with(guild, read).await.context("load the guild's settings")?;
        self.last_known.insert(guild, Arc::clone(&loaded)).await;
        // The cache does not stop a load that is under way when its guild is dropped, and would keep what that read.
        if self.notices.load(Ordering::SeqCst) != notices {
            self.cache.invalidate(&guild).await;
        }
        Ok(loaded)
    }

    /// The typed value, made once for what was loaded.
    fn typed<T: Schema>(&self, guild: Id<GuildMarker>, loaded: &Loaded) -> Arc<T> {
        let known = |typed: &[(TypeId, Arc<dyn Any + Send + Sync>)]| {
            let found = typed.iter().find(|(id, _)| *id == TypeId::of::<T>()).map(|(_, value)| Arc::clone(value));
            found.and_then(|value| value.downcast::<T>().ok())
        };
        if let Some(value) = known(&loaded.typed.read().unwrap_or_else(PoisonError::into_inner)) {
            return value;
        }
        let value = Arc::new(self.parse::<T>(guild, loaded.row(T::FEATURE)));
        let mut typed = loaded.typed.write().unwrap_or_else(PoisonError::into_inner);
        typed.push((TypeId::of::<T>(), Arc::clone(&value) as Arc<dyn Any + Send + Sync>));
        value
    }

    /// Defaults, and what is stored where it fits.
    fn parse<T: Schema>(&self, guild: Id<GuildMarker>, row: Option<&Map<String, Value>>) -> T {
        let Some(row) = row else { return T::default() };
        let declared = Declared::of::<T>();
        let mut values = declared.defaults().clone();
        for (key, value) in row {
            match T::FIELDS.iter().find(|field| field.name == key) {
                Some(field) if field.accepts(value) => _ = values.insert(key.clone(), value.clone()),
                _ if key == ENABLED.name => {}
                _ => self.log_once(guild, T::FEATURE, key),
            }
        }
        if let Ok(value) = T::deserialize(&Value::Object(values.clone())) {
            return value;
        }
        // `wiring.rs` checks that what fields accept, structs can hold. Should one not, it costs none but itself.
        let mut fitting = declared.defaults().clone();
        for (key, value) in values {
            let before = fitting.insert(key.clone(), value);
            if T::deserialize(&Value::Object(fitting.clone())).is_err() {
                self.log_once(guild, T::FEATURE, &key);
                fitting.insert(key, before.unwrap_or_default());
            }
        }
        serde_json::from_value(Value::Object(fitting)).unwrap_or_default()
    }

    fn log_once(&self, guild: Id<GuildMarker>, feature: &str, key: &str) {
        let mut logged = self.logged.lock().unwrap_or_else(PoisonError::into_inner);
        if logged.insert((guild.get(), feature.to_owned(), key.to_owned())) {
            tracing::warn!(%guild, feature, key, "a stored setting does not fit; its default holds");
        }
    }
}

/// `before` with the changes, and those of them that change something.
fn apply(before: &Map<String, Value>, changes: &[Checked]) -> (Map<String, Value>, Vec<Made>) {
    let mut after = before.clone();
    let mut made = Vec::new();
    for change in changes {
        let (key, value) = (change.field().name, change.value());
        let old = match value {
            Some(value) => after.insert(key.to_owned(), value.clone()),
            None => after.remove(key),
        };
        if old.as_ref() != value {
            made.push(Made { key, old, new: value.cloned() });
        }
    }
    (after, made)
}

/// What is said in the log channel about a change, in the transaction that makes it.
#[derive(Clone, Debug)]
pub struct Report {
    /// Where, if not in the channel that is the log channel afterwards.
    pub channel: Option<Id<ChannelMarker>>,
    /// A line.
    pub title: String,
    /// Markdown.
    pub description: String,
}
