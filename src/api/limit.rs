//! How much a key may ask, and all keys of a server together.
//!
//! An allowance is a row, spent by one statement ([`store::spend`]), so it is the same however many instances there are. What a
//! route costs, its description says ([`COST`]). Whoever has used up all is told so for that long without asking the database.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use moka::future::Cache;
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;
use utoipa::openapi::OpenApi;

use super::Problem;
use super::store::{self, Spending, Spent};
use crate::said;

/// What a route costs, in its description; most cost 1.
pub(super) const COST: &str = "x-cost";

/// In how many seconds all of an allowance is there again; all of it may be used at once.
const WINDOW: u32 = 60;
/// What a key has.
const OF_KEY: Limit = Limit { name: "key", units: 300 };
/// What all keys of a server have together: as much as two that do nothing else.
const OF_SERVER: Limit = Limit { name: "server", units: 600 };

/// How many of those who have used up all are remembered. Of the rest the database is asked each time.
const MOST_REMEMBERED: u64 = 10_000;

/// Fields of draft-ietf-httpapi-ratelimit-headers
/// (<https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/>).
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// How many units somebody has within [`WINDOW`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Limit {
    name: &'static str,
    units: u32,
}

impl Limit {
    fn unit(self) -> SignedDuration {
        SignedDuration::from_secs(WINDOW.into()) / i32::try_from(self.units).unwrap_or(i32::MAX)
    }

    /// For how many seconds of how many something counts.
    fn seconds(self, cost: u32) -> (f64, f64) {
        (self.unit().as_secs_f64() * f64::from(cost), f64::from(WINDOW))
    }
}

/// What is left of an allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Left {
    limit: Limit,
    allowed: bool,
    units: u32,
    /// When all of it is there again, and when something is.
    whole_at: Timestamp,
    next_at: Timestamp,
    /// When there is enough for what was asked.
    enough_at: Timestamp,
}

impl Left {
    fn of(limit: Limit, cost: u32, (allowed, spent_until): Spent, now: Timestamp) -> Left {
        let unit = limit.unit();
        let free = SignedDuration::from_secs(WINDOW.into()) - spent_until.duration_since(now);
        let units = (free.as_micros() / unit.as_micros().max(1)).max(0);
        Left {
            limit,
            allowed,
            units: u32::try_from(units).unwrap_or(limit.units),
            whole_at: spent_until,
            next_at: now + (unit - free),
            enough_at: now + (unit * i32::try_from(cost).unwrap_or(i32::MAX) - free),
        }
    }
}

/// Whole seconds until then, never fewer than it takes.
fn seconds_until(at: Timestamp, now: Timestamp) -> u64 {
    u64::try_from((at.duration_since(now).as_millis().max(0) + 999) / 1000).unwrap_or(u64::MAX)
}

/// What is left of the allowances that a request counts in.
#[derive(Clone, Debug)]
pub(super) struct Allowance {
    key: Left,
    server: Option<Left>,
    now: Timestamp,
}

impl Allowance {
    /// Refuses what is too much.
    pub(super) fn check(&self) -> Result<(), Problem> {
        match [Some(self.key), self.server].into_iter().flatten().find(|left| !left.allowed) {
            None => Ok(()),
            Some(left) => Err(too_many(seconds_until(left.enough_at, self.now))),
        }
    }

    /// Says in the headers of an answer how much is left.
    pub(super) fn say(&self, headers: &mut HeaderMap) {
        let all: Vec<Left> = [Some(self.key), self.server].into_iter().flatten().collect();
        let list = |say: &dyn Fn(&Left) -> String| all.iter().map(say).collect::<Vec<_>>().join(", ");
        let left =
            |it: &Left| format!("\"{}\";r={};t={}", it.limit.name, it.units, seconds_until(it.whole_at, self.now));
        let fields = [
            (RATE_LIMIT_POLICY, list(&|it| format!("\"{}\";q={};w={WINDOW}", it.limit.name, it.limit.units))),
            (RATE_LIMIT, list(&left)),
        ];
        for (name, value) in fields {
            headers.insert(name, HeaderValue::try_from(value).expect("digits and signs"));
        }
    }
}

/// The allowances of all, and who has used up theirs.
#[derive(Clone)]
pub(super) struct Allowances {
    /// Of keys by their digests, and of servers by their ids with the key that asked. Each entry says by itself until when it counts.
    empty: Cache<String, Allowance>,
    /// What is more than 1, by method and path.
    costs: Arc<HashMap<(Method, String), u32>>,
}

impl Allowances {
    /// With what `document` says of each route's cost.
    pub(super) fn of(document: &OpenApi) -> Allowances {
        let costs = costs(document).collect();
        Allowances { empty: Cache::new(MOST_REMEMBERED), costs: Arc::new(costs) }
    }

    /// What a request costs.
    pub(super) fn cost(&self, method: &Method, path: &str) -> u32 {
        let method = if *method == Method::HEAD { Method::GET } else { method.clone() };
        self.costs.get(&(method, path.to_owned())).copied().unwrap_or(1)
    }

    /// What is told a key that has used up all, until there is something again.
    pub(super) async fn find_empty(&self, digest: &str, now: Timestamp) -> Option<Allowance> {
        let known = self.empty.get(digest).await?;
        let is_empty = now < known.key.next_at;
        is_empty.then_some(Allowance { now, ..known })
    }

    /// Spends what a request costs.
    pub(super) async fn spend(
        &self,
        db: &PgPool,
        (key, digest): (&str, &str),
        guild: Option<Id<GuildMarker>>,
        cost: u32,
        now: Timestamp,
    ) -> Result<Allowance, sqlx::Error> {
        let server = guild.map(|guild| format!("server:{guild}"));
        // What is told of a key is told that key alone.
        let remembered = server.as_ref().map(|server| format!("{server} {digest}"));
        let known = match &remembered {
            Some(remembered) => self.empty.get(remembered).await,
            None => None,
        };
        if let Some(known) = known.filter(|known| known.server.is_some_and(|it| now < it.next_at)) {
            return Ok(Allowance { now, ..known });
        }
        let spending = Spending {
            key: with_name(key, OF_KEY.seconds(cost)),
            server: server.as_deref().map(|server| with_name(server, OF_SERVER.seconds(cost))),
        };
        let (of_key, of_server) = store::spend(db, &spending, now).await?;
        let allowance = Allowance {
            key: Left::of(OF_KEY, cost, of_key, now),
            server: of_server.map(|spent| Left::of(OF_SERVER, cost, spent, now)),
            now,
        };
        let is_empty = |left: &Left| !left.allowed && left.units == 0;
        if is_empty(&allowance.key) {
            self.empty.insert(digest.to_owned(), allowance.clone()).await;
        }
        if let Some(remembered) = remembered.filter(|_| allowance.server.as_ref().is_some_and(is_empty)) {
            self.empty.insert(remembered, allowance.clone()).await;
        }
        Ok(allowance)
    }
}

/// What each operation that costs more than one costs, by its method and path.
fn costs(document: &OpenApi) -> impl Iterator<Item = ((Method, String), u32)> + '_ {
    document.paths.paths.iter().flat_map(|(path, item)| {
        let methods = [
            (Method::GET, &item.get),
            (Method::POST, &item.post),
            (Method::PUT, &item.put),
            (Method::PATCH, &item.patch),
            (Method::DELETE, &item.delete),
        ];
        methods.into_iter().filter_map(move |(method, operation)| {
            let said = operation.as_ref()?.extensions.as_ref()?.get(COST)?.as_u64()?;
            Some(((method, path.clone()), u32::try_from(said).ok()?))
        })
    })
}

fn with_name(name: &str, (cost, window): (f64, f64)) -> (&str, f64, f64) {
    (name, cost, window)
}

fn too_many(seconds: u64) -> Problem {
    let seconds = seconds.max(1);
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", said!(api_too_many_requests, seconds))
        .retry_after(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told() {
        let now = Timestamp::UNIX_EPOCH;
        let check = |spent_ms: i64, cost: u32, expected: (u32, u64, u64)| {
            let left = Left::of(OF_KEY, cost, (true, now + SignedDuration::from_millis(spent_ms)), now);
            let told = (left.units, seconds_until(left.whole_at, now), seconds_until(left.enough_at, now));
            assert_eq!(told, expected, "{spent_ms} {cost}");
        };
        check(200, 1, (299, 1, 0));
        check(30_000, 1, (150, 30, 0));
        check(59_900, 1, (0, 60, 1));
        check(60_000, 1, (0, 60, 1));
        check(60_000, 10, (0, 60, 2));
        check(58_000, 30, (10, 58, 4));
    }
}
