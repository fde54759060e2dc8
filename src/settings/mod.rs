//! Settings of each guild, cached in this process and true to the database.
//!
//! One row a guild and feature holds a JSON object. A value that no longer parses falls back to its default.

mod store;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context;
use moka::future::Cache;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, RoleMarker};

use crate::db::Notice;

/// The channel on which Postgres tells of changes, by the trigger on `guild_setting`.
pub const CHANNEL: &str = "settings";

/// Guilds whose settings stay in memory; a row is a few hundred bytes.
const CACHED_GUILDS: u64 = 50_000;

/// Should a notice ever be lost unnoticed, a value is no older than this.
const OLDEST: Duration = Duration::from_secs(60);

/// What the spine itself needs to know of a guild.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct System {
    /// Members with this role are admins for the bot.
    pub admin_role: Option<Id<RoleMarker>>,
}

impl System {
    /// The key of the row.
    pub const FEATURE: &'static str = "system";
}

/// Reads and writes settings.
pub struct Settings {
    db: PgPool,
    /// Each guild's rows, as feature and JSON object.
    cache: Cache<Id<GuildMarker>, Arc<Vec<(String, serde_json::Value)>>>,
    /// How often anything was said to have changed.
    notices: AtomicU64,
}

impl Settings {
    /// Settings that live in `db`.
    pub fn new(db: PgPool) -> Settings {
        let cache = Cache::builder().max_capacity(CACHED_GUILDS).time_to_live(OLDEST).build();
        Settings { db, cache, notices: AtomicU64::new(0) }
    }

    /// The settings of `feature` in `guild`; its defaults where nothing is stored or the stored value does not parse.
    pub async fn get<T: DeserializeOwned + Default>(&self, guild: Id<GuildMarker>, feature: &str) -> anyhow::Result<T> {
        let notices = self.notices.load(Ordering::SeqCst);
        let rows = self
            .cache
            .try_get_with(guild, async { store::list(&self.db, guild).await.map(Arc::new) })
            .await
            .context("load the guild's settings")?;
        // The cache does not stop a load that is under way when its guild is dropped, and would keep what that read.
        if self.notices.load(Ordering::SeqCst) != notices {
            self.cache.invalidate(&guild).await;
        }
        let Some((_, value)) = rows.iter().find(|(name, _)| name == feature) else { return Ok(T::default()) };
        Ok(T::deserialize(value).unwrap_or_else(|error| {
            tracing::warn!(%guild, feature, %error, "a stored setting does not parse; its default holds");
            T::default()
        }))
    }

    /// Replaces the settings of `feature` in `guild`.
    pub async fn set<T: Serialize>(&self, guild: Id<GuildMarker>, feature: &str, value: &T) -> anyhow::Result<()> {
        let value = serde_json::to_value(value)?;
        store::upsert(&self.db, guild, feature, &value).await.context("store a setting")?;
        self.notices.fetch_add(1, Ordering::SeqCst);
        self.cache.invalidate(&guild).await;
        Ok(())
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
}
