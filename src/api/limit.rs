//! How much a key may ask, and how much may be asked without one.
//!
//! A key's allowance is a row, spent by one statement ([`store::spend`]), so it is the same however many instances there are. Whoever
//! has no key has nothing to be counted by: what they cost is bounded for the process as a whole, and whoever has a key that
//! was good a moment ago passes even so.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jiff::{SignedDuration, Timestamp};
use moka::future::Cache;
use sqlx::PgPool;

use super::{Problem, store};
use crate::said;

/// Requests of one key, and in how many seconds; all of them may come at once.
const REQUESTS: u32 = 300;
const WINDOW: u32 = 60;

/// Keys that turn out to be none, which one process looks up a second, and at once.
const STRANGERS_A_SECOND: u32 = 10;
const STRANGERS_AT_ONCE: u32 = 100;

/// How long, and how many, keys that were good count as such while strangers knock.
const REMEMBERED: Duration = Duration::from_secs(60);
const MOST_REMEMBERED: u64 = 10_000;

/// Fields of draft-ietf-httpapi-ratelimit-headers
/// (<https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/>).
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// What is left of a key's allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    allowed: bool,
    left: u32,
    /// Seconds until all of it is there again.
    whole_in: u64,
    /// Seconds until there is something again.
    next_in: u64,
}

impl Allowance {
    /// One request of a key.
    pub(super) async fn spend(db: &PgPool, key: &str, now: Timestamp) -> Result<Allowance, sqlx::Error> {
        let cost = f64::from(WINDOW) / f64::from(REQUESTS);
        let (allowed, spent_until) = store::spend(db, key, cost, f64::from(WINDOW), now).await?;
        Ok(Allowance::of(allowed, spent_until.duration_since(now)))
    }

    fn of(allowed: bool, spent: SignedDuration) -> Allowance {
        let cost = SignedDuration::from_secs(WINDOW.into()) / i32::try_from(REQUESTS).unwrap_or(i32::MAX);
        let left = SignedDuration::from_secs(WINDOW.into()) - spent;
        let requests = (left.as_millis() / cost.as_millis().max(1)).max(0);
        let seconds = |time: SignedDuration| u64::try_from((time.as_millis().max(0) + 999) / 1000).unwrap_or(u64::MAX);
        Allowance {
            allowed,
            left: u32::try_from(requests).unwrap_or(REQUESTS),
            whole_in: seconds(spent),
            next_in: seconds(cost - left),
        }
    }

    /// Refuses what is too much.
    pub(super) fn check(self) -> Result<(), Problem> {
        match self.allowed {
            true => Ok(()),
            false => Err(too_many(self.next_in)),
        }
    }

    /// Says in the headers of an answer how much is left.
    pub(super) fn say(self, headers: &mut HeaderMap) {
        let fields = [
            (RATE_LIMIT_POLICY, format!("\"key\";q={REQUESTS};w={WINDOW}")),
            (RATE_LIMIT, format!("\"key\";r={};t={}", self.left, self.whole_in)),
        ];
        for (name, value) in fields {
            headers.insert(name, HeaderValue::try_from(value).expect("digits and signs"));
        }
    }
}

fn too_many(seconds: u64) -> Problem {
    let seconds = seconds.max(1);
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", said!(api_too_many_requests, seconds))
        .retry_after(seconds)
}

/// What those may ask who have no key: looking for one costs a query.
#[derive(Clone)]
pub(super) struct Strangers {
    /// When all of what they may ask is there again.
    spent_until: Arc<Mutex<Instant>>,
    /// Digests of keys that were good.
    known: Cache<String, ()>,
}

impl Strangers {
    pub(super) fn new() -> Strangers {
        let known = Cache::builder().max_capacity(MOST_REMEMBERED).time_to_live(REMEMBERED).build();
        Strangers { spent_until: Arc::new(Mutex::new(Instant::now())), known }
    }

    /// Whether a key may be looked up now.
    pub(super) async fn check(&self, digest: &str, now: Instant) -> Result<(), Problem> {
        if self.known.get(digest).await.is_some() {
            return Ok(());
        }
        let spent_until = *self.spent_until.lock().unwrap_or_else(PoisonError::into_inner);
        match has_room(spent_until, now) {
            true => Ok(()),
            false => Err(too_many(1)),
        }
    }

    /// A key was good.
    pub(super) async fn know(&self, digest: &str) {
        self.known.insert(digest.to_owned(), ()).await;
    }

    /// A key was none.
    pub(super) fn count(&self, now: Instant) {
        let mut spent_until = self.spent_until.lock().unwrap_or_else(PoisonError::into_inner);
        *spent_until = (*spent_until).max(now) + Duration::from_secs(1) / STRANGERS_A_SECOND;
    }
}

fn has_room(spent_until: Instant, now: Instant) -> bool {
    let most = Duration::from_secs(1) / STRANGERS_A_SECOND * STRANGERS_AT_ONCE;
    spent_until.saturating_duration_since(now) < most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told() {
        let check = |spent_ms: i64, left, whole_in, next_in| {
            let told = Allowance::of(true, SignedDuration::from_millis(spent_ms));
            assert_eq!((told.left, told.whole_in, told.next_in), (left, whole_in, next_in), "{spent_ms}");
        };
        check(200, 299, 1, 0);
        check(30_000, 150, 30, 0);
        check(59_900, 0, 60, 1);
        check(60_000, 0, 60, 1);
    }

    #[tokio::test]
    async fn strangers_have_so_much_and_then_a_little_each_second_and_keep_nobody_out() {
        let strangers = Strangers::new();
        strangers.know("good").await;
        let begin = *strangers.spent_until.lock().unwrap();
        for _ in 0..STRANGERS_AT_ONCE {
            assert!(strangers.check("a guess", begin).await.is_ok());
            strangers.count(begin);
        }
        assert!(strangers.check("a guess", begin).await.is_err());
        assert!(strangers.check("good", begin).await.is_ok());
        assert!(strangers.check("a guess", begin + Duration::from_millis(150)).await.is_ok());
    }
}
