//! The database: its pool, its migrations, and what other instances say through it.

use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use anyhow::Context;
use secrecy::ExposeSecret;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{Connection, PgPool};
use twilight_model::id::Id;

use crate::config;

/// Every change of the schema, in order.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// How long a handler waits for a free connection; a member is waiting too.
const ACQUIRE_TIMEOUT: Duration = Duration::from_millis(1500);

/// The first pause before a lost listener connects again; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause. While the listener is down, what is cached is dropped at each attempt, so no value is older.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// What a listener takes to connect; together with the longest pause it is less than 5 s.
const CONNECT_TIME: Duration = Duration::from_millis(1900);

/// A listener that has heard nothing for so long asks whether the connection still stands. With the time for an answer
/// it is 5 s until a dead one is noticed.
const QUIET: Duration = Duration::from_millis(3500);

/// When a listener of this process last lost its connection. Others have died with it, as a rule.
static LAST_LOSS: RwLock<Option<Instant>> = RwLock::new(None);

/// Makes a pool; nothing is connected yet, so a process starts while the database does not.
pub fn pool(config: &config::Database) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(config.database_url.expose_secret())
        .map_err(|_| anyhow::anyhow!("DATABASE_URL is malformed"))?
        .application_name("alphapy");
    Ok(PgPoolOptions::new()
        .max_connections(config.database_max_connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A ping before each use would be one more round trip. Only what was idle when the database went away is asked.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                let lost = *LAST_LOSS.read().unwrap_or_else(PoisonError::into_inner);
                if lost.is_some_and(|lost| meta.idle_for >= lost.elapsed()) {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
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
/// Postgres keeps no notice for a listener that is away. Whenever the connection was lost, and at least every five
/// seconds until it is back, the handler gets [`Notice::Missed`].
pub async fn listen(db: PgPool, channels: &[&str], handle: Hear) {
    let all_missed = || channels.iter().for_each(|channel| handle(channel, Notice::Missed));
    let mut pause = FIRST_PAUSE;
    loop {
        let connecting = tokio::time::timeout(CONNECT_TIME, connect(&db, channels)).await;
        let error = match connecting.unwrap_or_else(|_| Err(anyhow::anyhow!("the database does not answer"))) {
            Ok(listener) => {
                // What changed between the last notice and this line was not heard.
                all_missed();
                pause = FIRST_PAUSE;
                hear_until_lost(listener, &handle).await
            }
            Err(error) => error,
        };
        *LAST_LOSS.write().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        tracing::warn!(error = format!("{error:#}"), "cannot listen to the database");
        all_missed();
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn connect(db: &PgPool, channels: &[&str]) -> anyhow::Result<PgListener> {
    let mut listener = PgListener::connect_with(db).await.context("connect the listener")?;
    // We connect again ourselves, so that nothing that was missed goes unnoticed.
    listener.eager_reconnect(false);
    listener.listen_all(channels.iter().copied()).await.context("listen")?;
    Ok(listener)
}

/// Returns why the connection is lost.
async fn hear_until_lost(mut listener: PgListener, handle: &Hear) -> anyhow::Error {
    loop {
        if let Err(error) = hear_next(&mut listener, handle).await {
            return error;
        }
    }
}

async fn hear_next(listener: &mut PgListener, handle: &Hear) -> anyhow::Result<()> {
    let Ok(heard) = tokio::time::timeout(QUIET, listener.try_recv()).await else {
        // A machine that vanished closes no connection; without a question nobody would notice.
        let asked = sqlx::query("select 1").execute(listener);
        tokio::time::timeout(ACQUIRE_TIMEOUT, asked).await.context("the listener's connection is dead")??;
        return Ok(());
    };
    match heard.context("wait for a notice")? {
        Some(notice) => handle(notice.channel(), Notice::Changed(notice.payload())),
        // What is said until another connection listens is lost.
        None => anyhow::bail!("the listener's connection is lost"),
    }
    Ok(())
}

/// An id as Postgres keeps it: its numbers have a sign, Discord's do not use that bit.
pub fn db_id<M>(id: Id<M>) -> i64 {
    id.get().cast_signed()
}

/// What Postgres kept as an id.
pub fn id<M>(id: i64) -> Option<Id<M>> {
    Id::new_checked(id.cast_unsigned())
}

/// Whether the database answers.
pub async fn ping(db: &PgPool) -> Result<(), sqlx::Error> {
    sqlx::query("select 1").execute(db).await.map(|_| ())
}

/// Whether `error` is the violation of the constraint called `name`.
pub fn violates(error: &sqlx::Error, name: &str) -> bool {
    error.as_database_error().is_some_and(|error| error.constraint() == Some(name))
}
