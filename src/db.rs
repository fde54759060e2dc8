//! The database: its pool, its migrations, and what other instances say through it.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use secrecy::ExposeSecret;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};

use crate::config;

/// Every change of the schema, in order.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// How long a handler waits for a free connection; a member is waiting too.
const ACQUIRE_TIMEOUT: Duration = Duration::from_millis(1500);

/// While the listener is down, what is cached is dropped this often, so no value is older.
const RECONNECT_EVERY: Duration = Duration::from_secs(5);

/// A listener that has heard nothing for so long asks whether the connection still stands.
const QUIET: Duration = Duration::from_secs(30);

/// Makes a pool; nothing is connected yet, so a process starts while the database does not.
pub fn pool(config: &config::Database) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(config.database_url.expose_secret())
        .map_err(|_| anyhow::anyhow!("DATABASE_URL is malformed"))?
        .application_name("alphapy");
    Ok(PgPoolOptions::new()
        .max_connections(config.database_max_connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A ping before each use would be one more round trip; a dead connection costs one failed answer instead.
        .test_before_acquire(false)
        .connect_lazy_with(options))
}

/// What a listener is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice<'a> {
    /// Rows of this guild changed.
    Changed(&'a str),
    /// Something may have been missed: forget everything.
    Missed,
}

/// Takes what a listener is told, with the channel's name.
pub type Hear = Arc<dyn Fn(&str, Notice<'_>) + Send + Sync>;

/// Listens on `channels` for as long as the process lives.
///
/// Postgres keeps no notice for a listener that is away. Whenever the connection was lost, and every five seconds until
/// it is back, the handler gets [`Notice::Missed`].
pub async fn listen(db: PgPool, channels: &[&str], handle: Hear) {
    let all_missed = || channels.iter().for_each(|channel| handle(channel, Notice::Missed));
    loop {
        match listen_until_lost(&db, channels, &handle).await {
            Ok(()) => {}
            Err(error) => tracing::warn!(error = format!("{error:#}"), "cannot listen to the database"),
        }
        all_missed();
        tokio::time::sleep(RECONNECT_EVERY).await;
        all_missed();
    }
}

async fn listen_until_lost(db: &PgPool, channels: &[&str], handle: &Hear) -> anyhow::Result<()> {
    let mut listener = PgListener::connect_with(db).await.context("connect the listener")?;
    listener.listen_all(channels.iter().copied()).await.context("listen")?;
    // What changed between the last notice and this line was not heard.
    channels.iter().for_each(|channel| handle(channel, Notice::Missed));
    loop {
        let Ok(heard) = tokio::time::timeout(QUIET, listener.try_recv()).await else {
            // A machine that vanished closes no connection; without a question nobody would notice.
            let asked = sqlx::query("select 1").execute(&mut listener);
            tokio::time::timeout(ACQUIRE_TIMEOUT, asked).await.context("the listener's connection is dead")??;
            continue;
        };
        match heard.context("wait for a notice")? {
            Some(notice) => handle(notice.channel(), Notice::Changed(notice.payload())),
            // sqlx has reconnected already; what was sent in between is lost.
            None => channels.iter().for_each(|channel| handle(channel, Notice::Missed)),
        }
    }
}

/// Whether the database answers.
pub async fn ping(db: &PgPool) -> Result<(), sqlx::Error> {
    sqlx::query("select 1").execute(db).await.map(|_| ())
}

/// Whether `error` is the violation of the constraint called `name`.
pub fn violates(error: &sqlx::Error, name: &str) -> bool {
    error.as_database_error().is_some_and(|error| error.constraint() == Some(name))
}
