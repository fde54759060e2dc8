//! The database: its pool, its migrations, and what other instances say through it.

mod listen;

use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use metrics::{counter, gauge};
use secrecy::ExposeSecret;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgExecutor, PgPool};
use twilight_model::id::Id;

use crate::clock::Clock;
use crate::config;

pub use listen::{Hear, Notice, is_known, listen};

/// Every change of the schema, in order.
pub static MIGRATOR: LazyLock<sqlx::migrate::Migrator> = LazyLock::new(|| {
    let mut migrator = sqlx::migrate!();
    // A version that is rolled back to finds what a newer one has added, and works beside it.
    migrator.set_ignore_missing(true);
    migrator
});

/// How a database's schema stands to this version's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// It is the same.
    Current,
    /// A newer version has added something, with which this one works.
    Newer,
    /// This version's last additions are not there.
    Older {
        /// How many.
        missing: usize,
    },
}

/// How long a connection that is made once may take; whoever waits for it is an operator.
const LOOK_TIME: Duration = Duration::from_secs(5);

/// How long a handler waits for a free connection; a member is waiting too.
const ACQUIRE_TIMEOUT: Duration = Duration::from_millis(1500);

/// No statement takes so long, whatever is in the tables: work is cut into parts. One that does would keep a connection from
/// everybody else.
const LONGEST: Duration = Duration::from_secs(60);

/// A clock that differs from the database's by more than this is worth a line.
const MOST_SKEW: SignedDuration = SignedDuration::from_secs(2);

/// When a listener of this process last lost its connection. Others have died with it, as a rule.
static LAST_LOSS: RwLock<Option<Instant>> = RwLock::new(None);

/// The connections of a process, kept apart by who waits for them.
#[derive(Clone, Debug)]
pub struct Pools {
    /// For what a member waits for. Nothing else takes any of these.
    pub answers: PgPool,
    /// For what goes on behind that: deferred work, jobs, what Discord is brought to.
    pub background: PgPool,
    /// The one that listens.
    pub listener: PgPool,
}

/// What a process mostly does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// It answers Discord.
    Answers,
    /// It does what time triggers.
    Jobs,
}

impl Pools {
    /// Makes them; nothing is connected yet, so a process starts while the database does not.
    ///
    /// # Errors
    /// `DATABASE_URL` is malformed.
    pub fn new(config: &config::Database, work: Work, clock: &Clock) -> anyhow::Result<Pools> {
        let rest = config.database_max_connections.max(3) - 1;
        let few = (rest * 2 / 5).max(1);
        let (answers, background) = match work {
            Work::Answers => (rest - few, few),
            Work::Jobs => (1, rest - 1),
        };
        Ok(Pools {
            answers: pool(config, answers, clock)?,
            background: pool(config, background, clock)?,
            listener: pool(config, 1, clock)?,
        })
    }

    /// Closes all of them once they are not used any more.
    pub async fn close(&self) {
        tokio::join!(self.answers.close(), self.background.close(), self.listener.close());
    }
}

/// A pool of at most `connections`.
///
/// Each connection tells the time before it is used, and `clock` goes by that: no lease is taken by this machine's own clock.
///
/// # Errors
/// `DATABASE_URL` is malformed.
pub fn pool(config: &config::Database, connections: u32, clock: &Clock) -> anyhow::Result<PgPool> {
    let options = options(config)?;
    let clock = clock.clone();
    Ok(PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .after_connect(move |connection, _| {
            let clock = clock.clone();
            Box::pin(async move {
                // What is asked here is small; compiling it took longer than answering, by a second where PostgreSQL feared much.
                sqlx::query("select set_config('jit', 'off', false), set_config('statement_timeout', $1, false)")
                    .bind(format!("{}ms", LONGEST.as_millis()))
                    .execute(&mut *connection)
                    .await?;
                tell_time(&clock, connection).await
            })
        })
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

fn options(config: &config::Database) -> anyhow::Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(config.database_url.expose_secret())
        .map_err(|_| anyhow::anyhow!("DATABASE_URL is malformed"))?;
    Ok(options.application_name("alphapy"))
}

/// The database's version and its schema, by a connection of its own: a pool only says that none came in time, and this why.
///
/// # Errors
/// It cannot be reached, or does not let us in.
pub async fn look_once(config: &config::Database) -> anyhow::Result<(String, Schema)> {
    let options = options(config)?;
    let look = async {
        let mut connection = PgConnection::connect_with(&options).await?;
        let version = read_version(&mut connection).await?;
        let schema = read_schema(&mut connection).await?;
        let _ = connection.close().await;
        Ok::<_, sqlx::Error>((version, schema))
    };
    let looked = tokio::time::timeout(LOOK_TIME, look).await;
    looked
        .map_err(|_| anyhow::anyhow!("it does not answer within {} s", LOOK_TIME.as_secs()))?
        // What sqlx says holds its cause already.
        .map_err(|error| anyhow::anyhow!("{error}"))
}

/// Brings the schema up to date, by a connection of its own: what changes a large table may take long.
///
/// # Errors
/// The database cannot be reached, or holds something that does not fit.
pub async fn migrate(config: &config::Database) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(&options(config)?).await?;
    MIGRATOR.run(&mut connection).await?;
    Ok(connection.close().await?)
}

/// The database's version.
///
/// # Errors
/// The database does not answer.
pub async fn read_version(db: impl PgExecutor<'_>) -> Result<String, sqlx::Error> {
    sqlx::query_scalar("show server_version").fetch_one(db).await
}

/// How the schema stands.
///
/// # Errors
/// The database does not answer.
pub async fn read_schema(db: impl PgExecutor<'_>) -> Result<Schema, sqlx::Error> {
    let present = sqlx::query_scalar("select version from _sqlx_migrations where success").fetch_all(db).await;
    let present: Vec<i64> = match present {
        // undefined_table: nobody has migrated it yet.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P01") => Vec::new(),
        present => present?,
    };
    let own: Vec<i64> = MIGRATOR.iter().map(|migration| migration.version).collect();
    let missing = own.iter().filter(|version| !present.contains(version)).count();
    Ok(match missing {
        0 if present.iter().any(|version| !own.contains(version)) => Schema::Newer,
        0 => Schema::Current,
        missing => Schema::Older { missing },
    })
}

/// Lets `clock` go by the database's.
async fn tell_time(clock: &Clock, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let asked = Instant::now();
    let theirs: jiff_sqlx::Timestamp = sqlx::query_scalar("select clock_timestamp()").fetch_one(connection).await?;
    // It was read between the question and the answer.
    let read = asked + asked.elapsed() / 2;
    if let Some(behind) = clock.follow_database(theirs.to_jiff(), read) {
        gauge!("clock_behind_seconds").set(behind.as_secs_f64());
        static KNOWN: AtomicBool = AtomicBool::new(false);
        let wrong = behind.abs() > MOST_SKEW;
        if wrong {
            counter!("clock_skews_total").increment(1);
        }
        if wrong && !KNOWN.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                behind_seconds = behind.as_secs_f64(),
                "this machine's clock is not the database's, which counts"
            );
        }
    }
    Ok(())
}

/// The same by a connection of `db`.
///
/// # Errors
/// The database does not answer; then the clock goes on as it did.
pub async fn tell_time_now(db: &PgPool, clock: &Clock) -> Result<(), sqlx::Error> {
    tell_time(clock, &mut *db.acquire().await?).await
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

/// Whether `error` says that the database was away, and that the same may succeed after a while.
pub fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => true,
        // It is starting, stopping or full: https://www.postgresql.org/docs/current/errcodes-appendix.html. What took longer
        // than it may (query_canceled) does so again.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            code != "57014" && ["08", "53", "57", "40"].iter().any(|class| code.starts_with(class))
        }),
        _ => false,
    }
}

/// A text from outside as it can be stored: Postgres keeps no NUL, in no text and no JSON, and nobody types one. Whatever
/// checks or looks for what somebody wrote takes it through here first, so that no door has to.
pub fn storable(text: &str) -> String {
    text.replace('\0', "")
}

/// A moment from outside as the database can compare it: its calendar begins in 4713 BC
/// (<https://www.postgresql.org/docs/current/datatype-datetime.html>), and nothing is older than the year 1.
pub fn comparable(at: Timestamp) -> Timestamp {
    at.max(BEGINNING)
}

/// The year 1.
const BEGINNING: Timestamp = Timestamp::constant(-62_135_596_800, 0);

/// Whether `error` is the violation of the constraint called `name`.
pub fn violates(error: &sqlx::Error, name: &str) -> bool {
    error.as_database_error().is_some_and(|error| error.constraint() == Some(name))
}
