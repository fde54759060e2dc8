//! Settings of each guild: typed, cached in this process, true to the database, and every change on record.
//!
//! A feature declares a struct and its [`Field`]s ([`Schema`]); from these come the options of `/config`, the parser,
//! the stored JSON, the typed value and the table in docs/configuration.md. One row a guild and feature holds what was
//! set; what was not is its default. A stored value that no longer fits counts as not set.

pub mod field;
mod store;

use std::any::{Any, TypeId};
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use moka::future::Cache;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, RoleMarker, UserMarker};

use crate::db::Notice;
pub use field::{Field, Kind, Minutes, WRITTEN_CHANNEL, Zone, field};
pub use store::{Changed, How};

/// The channel on which Postgres tells of changes, by the trigger on `guild_setting`.
pub const CHANNEL: &str = "settings";

/// The switch that every feature has.
pub const ENABLED: Field = field("enabled", "Whether this is switched on here", Kind::Boolean);

/// Guilds whose settings stay in memory; a row is a few hundred bytes.
const CACHED_GUILDS: u64 = 50_000;

/// Should a notice ever be lost unnoticed, a value is no older than this.
const OLDEST: Duration = Duration::from_secs(60);

/// How often a change is tried again that somebody else's overtook.
const ATTEMPTS: u32 = 10;

/// The settings of a feature, as a struct with serde names.
///
/// Its `Default` holds the defaults; `wiring.rs` checks that fields and struct agree.
pub trait Schema: Serialize + DeserializeOwned + Default + Send + Sync + 'static {
    /// The feature, which is the key of the row.
    const FEATURE: &'static str;
    /// What it is called in `/config`.
    const GROUP: &'static str = Self::FEATURE;
    /// Its settings in the order in which people see them.
    const FIELDS: &'static [Field];
}

/// A [`Schema`] as data: all that `/config`, the documentation and the checks need to know.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The key of the row.
    pub feature: &'static str,
    /// What it is called in `/config`.
    pub group: &'static str,
    /// The settings, the switch among them if there is one.
    pub fields: Vec<Field>,
    /// What holds where nothing is set, by name.
    pub defaults: Map<String, Value>,
}

impl Declared {
    /// What `T` declares.
    ///
    /// # Panics
    /// `T` is not a struct.
    pub fn of<T: Schema>() -> Declared {
        let Ok(Value::Object(defaults)) = serde_json::to_value(T::default()) else {
            panic!("the settings of {} are no struct", T::FEATURE)
        };
        Declared { feature: T::FEATURE, group: T::GROUP, fields: T::FIELDS.to_vec(), defaults }
    }

    /// A feature without settings of its own.
    pub fn none(feature: &'static str) -> Declared {
        Declared { feature, group: feature, fields: Vec::new(), defaults: Map::new() }
    }

    /// Adds the switch.
    #[must_use]
    pub fn switched(mut self) -> Declared {
        self.fields.insert(0, ENABLED);
        self.defaults.insert(ENABLED.name.to_owned(), Value::Bool(true));
        self
    }

    /// The setting of that name, as it is stored or as people type it.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name || field.option_name() == name)
    }

    /// What holds where nothing is set.
    pub fn default(&self, field: &Field) -> &Value {
        self.defaults.get(field.name).unwrap_or(&Value::Null)
    }
}

/// What the spine itself needs to know of a guild.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct System {
    /// Members with this role are admins for the bot.
    pub admin_role: Option<Id<RoleMarker>>,
    /// Where the bot reports what it did.
    pub log_channel: Option<Id<ChannelMarker>>,
    /// How much of it.
    pub log_level: LogLevel,
    /// The zone in which people here name times.
    pub time_zone: Zone,
    /// The language of what the bot posts.
    pub language: Language,
}

/// How much is reported in the log channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Everything.
    Verbose,
    /// Everything but details.
    #[default]
    Normal,
    /// What went wrong.
    Critical,
}

/// A language that the bot can speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Dutch.
    #[serde(rename = "nl")]
    Dutch,
}

impl Schema for System {
    const FEATURE: &'static str = "system";
    const FIELDS: &'static [Field] = &[
        field("admin_role", "Members with this role may change everything here", Kind::Role { granted: false })
            .optional()
            .asked(),
        field("log_channel", "Where I report what I did", WRITTEN_CHANNEL).optional().asked(),
        field(
            "log_level",
            "How much I report there",
            Kind::Choice(&[("verbose", "Everything"), ("normal", "No details"), ("critical", "Only trouble")]),
        ),
        field("time_zone", "The time zone in which people here name times", Kind::TimeZone),
        field("language", "The language of what I post", Kind::Choice(&[("en", "English"), ("nl", "Nederlands")])),
    ];
}

/// What is to become of one setting.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which.
    pub field: Field,
    /// The value, or nothing for the default.
    pub value: Option<Value>,
}

/// Who changes settings, when and how.
#[derive(Clone, Copy, Debug)]
pub struct By {
    /// Who.
    pub user: Id<UserMarker>,
    /// By which means.
    pub how: How,
    /// When.
    pub at: Timestamp,
}

/// A change that was made, as it is reported.
#[derive(Clone, Debug, PartialEq)]
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
    rows: Vec<(String, Map<String, Value>)>,
    typed: RwLock<Vec<(TypeId, Arc<dyn Any + Send + Sync>)>>,
}

impl Loaded {
    fn row(&self, feature: &str) -> Option<&Map<String, Value>> {
        self.rows.iter().find(|(name, _)| name == feature).map(|(_, row)| row)
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
        let switch = loaded.as_ref().and_then(|loaded| loaded.row(feature)?.get(ENABLED.name)?.as_bool());
        switch.unwrap_or(true)
    }

    /// What was set of a feature in `guild`, by name; also what does not fit any more.
    ///
    /// # Errors
    /// If it is not cached and the database does not answer.
    pub async fn stored(&self, guild: Id<GuildMarker>, feature: &str) -> anyhow::Result<Map<String, Value>> {
        Ok(self.load(guild).await?.row(feature).cloned().unwrap_or_default())
    }

    /// Makes changes in `guild`, all or none, and puts them on record; `report` says in the log channel what was made.
    ///
    /// Returns only what is different now. Changes of others that come in between are kept.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn change(
        &self,
        guild: Id<GuildMarker>,
        feature: &'static str,
        changes: &[Change],
        by: By,
        report: impl Fn(&[Made]) -> Option<Report>,
    ) -> anyhow::Result<Vec<Made>> {
        for _ in 0..ATTEMPTS {
            let before = self.stored(guild, feature).await?;
            let mut after = before.clone();
            let mut made: Vec<Made> = Vec::new();
            for Change { field, value } in changes {
                let old = match value {
                    Some(value) => after.insert(field.name.to_owned(), value.clone()),
                    None => after.remove(field.name),
                };
                if old != *value {
                    made.push(Made { key: field.name, old, new: value.clone() });
                }
            }
            if made.is_empty() {
                return Ok(made);
            }
            let report = report(&made);
            let stored = store::replace(&self.db, guild, feature, &before, &after, &made, by, report.as_ref()).await;
            // What others changed meanwhile, or we now, is read anew.
            self.forget(guild).await;
            if stored.context("store settings")? {
                return Ok(made);
            }
        }
        anyhow::bail!("others changed the same settings {ATTEMPTS} times in a row")
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
        let mut changes = store::list_changes(&self.db, guild, feature, offset, limit + 1).await?;
        let limit = usize::try_from(limit)?;
        let more = changes.len() > limit;
        changes.truncate(limit);
        Ok((changes, more))
    }

    /// One change by its number.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_change(&self, guild: Id<GuildMarker>, id: i64) -> anyhow::Result<Option<Changed>> {
        Ok(store::find_change(&self.db, guild, id).await?)
    }

    /// The latest change of each setting of a feature: who set it, and when.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn latest(&self, guild: Id<GuildMarker>, feature: &str) -> anyhow::Result<Vec<Changed>> {
        Ok(store::list_latest(&self.db, guild, feature).await?)
    }

    /// How far `/config start` has come in `guild`; 0 is the beginning.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn setup_step(&self, guild: Id<GuildMarker>) -> anyhow::Result<usize> {
        Ok(store::find_setup_step(&self.db, guild).await?.and_then(|step| usize::try_from(step).ok()).unwrap_or(0))
    }

    /// Remembers how far `/config start` has come.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn set_setup_step(&self, guild: Id<GuildMarker>, step: usize) -> anyhow::Result<()> {
        Ok(store::upsert_setup_step(&self.db, guild, i32::try_from(step)?).await?)
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
        let mut values = declared.defaults.clone();
        for (key, value) in row {
            match T::FIELDS.iter().find(|field| field.name == key) {
                Some(field) if field.accepts(value) => _ = values.insert(key.clone(), value.clone()),
                _ if key == ENABLED.name => {}
                _ => self.log_once(guild, T::FEATURE, key),
            }
        }
        serde_json::from_value(Value::Object(values)).unwrap_or_else(|error| {
            // `wiring.rs` checks that what fields accept, structs can hold.
            tracing::error!(feature = T::FEATURE, %error, "settings that fit do not parse; the defaults hold");
            T::default()
        })
    }

    fn log_once(&self, guild: Id<GuildMarker>, feature: &str, key: &str) {
        let mut logged = self.logged.lock().unwrap_or_else(PoisonError::into_inner);
        if logged.insert((guild.get(), feature.to_owned(), key.to_owned())) {
            tracing::warn!(%guild, feature, key, "a stored setting does not fit; its default holds");
        }
    }
}

/// What is said in the log channel about a change, in the transaction that makes it.
#[derive(Clone, Debug)]
pub struct Report {
    /// A line.
    pub title: String,
    /// Markdown.
    pub description: String,
}
