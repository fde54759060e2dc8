//! What other instances say through the database, and whether it is there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use sqlx::postgres::PgListener;
use sqlx::{Acquire, Connection, PgConnection, PgPool};

use super::{ACQUIRE_TIMEOUT, LAST_LOSS, tell_time};
use crate::clock::Clock;

/// The first pause before a lost listener connects again; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause. While the listener is down, what is cached is dropped at each attempt, so no value is older.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// What a listener takes to connect; together with the longest pause it is less than 5 s.
const CONNECT_TIME: Duration = Duration::from_millis(1900);

/// A listener that has heard nothing for so long asks whether the connection still stands. With the time for an answer
/// it is 5 s until a dead one is noticed.
const QUIET: Duration = Duration::from_millis(3500);

/// How often the same cause of an outage is said again.
const REMINDED: Duration = Duration::from_secs(60);

/// Whether the listener of this process has no connection.
static AWAY: AtomicBool = AtomicBool::new(false);

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
pub async fn listen(db: PgPool, channels: &[&str], clock: Clock, handle: Hear) {
    let all_missed = || channels.iter().for_each(|channel| handle(channel, Notice::Missed));
    let mut pause = FIRST_PAUSE;
    let mut outage = Outage::default();
    loop {
        AWAY.store(true, Ordering::Relaxed);
        let connecting = tokio::time::timeout(CONNECT_TIME, connect(&db, channels)).await;
        let error = match connecting.unwrap_or_else(|_| Err(anyhow::anyhow!("the database does not answer"))) {
            Ok(listener) => {
                AWAY.store(false, Ordering::Relaxed);
                if outage.ends() {
                    tracing::info!("the database is back");
                }
                // What changed between the last notice and this line was not heard.
                all_missed();
                pause = FIRST_PAUSE;
                hear_until_lost(listener, &clock, &handle).await
            }
            Err(error) => error,
        };
        *LAST_LOSS.write().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        all_missed();
        let telling = async {
            let cause = cause(&db, error).await;
            if outage.is_news(&cause, Instant::now()) {
                tracing::warn!(error = cause, "no connection to the database");
            }
        };
        tokio::join!(telling, tokio::time::sleep(pause));
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Why there is no connection, in words.
///
/// A pool keeps to itself why none came in time, so one is tried without it.
async fn cause(db: &PgPool, error: anyhow::Error) -> String {
    if !matches!(error.downcast_ref::<sqlx::Error>(), Some(sqlx::Error::PoolTimedOut)) {
        return format!("{error:#}");
    }
    match tokio::time::timeout(CONNECT_TIME, PgConnection::connect_with(&db.connect_options())).await {
        Ok(Err(error)) => error.to_string(),
        // It lets us in by now, which the next attempt will show.
        Ok(Ok(connection)) => {
            drop(connection);
            format!("{error:#}")
        }
        Err(_) => anyhow::anyhow!("it does not answer").to_string(),
    }
}

/// What was last said of a database that is away.
#[derive(Debug, Default)]
struct Outage(Option<(String, Instant)>);

impl Outage {
    /// Whether `cause` is worth a line: it is another one than before, or was long not said.
    fn is_news(&mut self, cause: &str, now: Instant) -> bool {
        let known = self.0.as_ref().is_some_and(|(said, at)| said == cause && now.duration_since(*at) < REMINDED);
        if !known {
            self.0 = Some((cause.to_owned(), now));
        }
        !known
    }

    /// Whether there was one. There is none any more.
    fn ends(&mut self) -> bool {
        self.0.take().is_some()
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
async fn hear_until_lost(mut listener: PgListener, clock: &Clock, handle: &Hear) -> anyhow::Error {
    loop {
        if let Err(error) = hear_next(&mut listener, clock, handle).await {
            return error;
        }
    }
}

async fn hear_next(listener: &mut PgListener, clock: &Clock, handle: &Hear) -> anyhow::Result<()> {
    let Ok(heard) = tokio::time::timeout(QUIET, listener.try_recv()).await else {
        // A machine that vanished closes no connection; without a question nobody would notice.
        let asked = async { tell_time(clock, listener.acquire().await?).await };
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

/// Whether `error` says no more than what an operator was told: that the database is away, with its cause, or at the start that
/// nobody has migrated it.
pub fn is_known(error: &anyhow::Error) -> bool {
    error.chain().any(|it| match it.downcast_ref() {
        Some(sqlx::Error::PoolTimedOut) => AWAY.load(Ordering::Relaxed),
        // undefined_table
        Some(sqlx::Error::Database(error)) => error.code().as_deref() == Some("42P01"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_said_when_it_is_new_and_once_a_minute() {
        let mut outage = Outage::default();
        let start = Instant::now();
        assert!(!outage.ends());
        assert!(outage.is_news("refused", start));
        assert!(!outage.is_news("refused", start + REMINDED / 2));
        assert!(outage.is_news("no such database", start + REMINDED / 2));
        assert!(!outage.is_news("no such database", start + REMINDED));
        assert!(outage.is_news("no such database", start + REMINDED * 3 / 2));
        assert!(outage.ends());
        assert!(outage.is_news("no such database", start + REMINDED * 3 / 2), "another outage");
    }
}
