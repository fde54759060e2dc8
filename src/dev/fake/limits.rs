//! Rate limits, counted in real time: how many calls of a route a window allows, and how many any second of all routes.
//! What was refused is counted too, by the clock of the world: Discord bans who has too much refused.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant, SystemTime};

use jiff::{SignedDuration, Timestamp};

/// Refused requests within [`BAN_WINDOW`] after which an address is banned
/// (<https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>).
const BAN_LIMIT: usize = 10_000;

const BAN_WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// What a call finds out about its limit.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) limit: u32,
    pub(super) remaining: u32,
    pub(super) reset_after: Duration,
    /// When the window ends, in Unix seconds.
    pub(super) reset: f64,
    pub(super) bucket: String,
    /// Whether the call was one too many.
    pub(super) exceeded: bool,
    /// Whether it was the limit over all routes.
    pub(super) global: bool,
}

/// The limits and the windows that are open.
#[derive(Default)]
pub(super) struct Limits {
    /// Patterns such as `POST /channels/*/messages`, or `*` for all calls together; later ones win.
    rules: Vec<(String, u32, Duration)>,
    windows: HashMap<String, (Instant, u32)>,
    /// Calls that the limit over all routes let pass lately.
    lately: VecDeque<Instant>,
    /// When requests were refused lately.
    refused: VecDeque<Timestamp>,
}

impl Limits {
    /// Lets `calls` of the routes that `pattern` names pass in each window.
    pub(super) fn set(&mut self, pattern: &str, calls: u32, window: Duration) {
        self.rules.push((pattern.to_owned(), calls, window));
        self.windows.clear();
    }

    /// Counts a call. `major` is the resource that has its own window: a channel, a server, a webhook token.
    /// Calls with an interaction token do not count for the limit over all.
    pub(super) fn count(&mut self, route: &str, major: &str, is_bot: bool) -> Standing {
        let over_all = self.rules.iter().rev().find(|(pattern, _, _)| is_bot && pattern == "*").cloned();
        if let Some((_, calls, window)) = over_all
            && let Some(reset_after) = self.over_all(calls, window, Instant::now())
        {
            let (reset, bucket) = (unix_seconds(reset_after), "global".to_owned());
            let (remaining, exceeded, global) = (0, true, true);
            return Standing { limit: calls, remaining, reset_after, reset, bucket, exceeded, global };
        }
        let (calls, window) = self.rule(route);
        self.pass(format!("{route} {major}"), bucket(route), calls, window)
    }

    /// Whether one call more would be too many within any stretch of `window`; then how long it lasts.
    fn over_all(&mut self, calls: u32, window: Duration, now: Instant) -> Option<Duration> {
        while self.lately.front().is_some_and(|at| now.duration_since(*at) >= window) {
            self.lately.pop_front();
        }
        if self.lately.len() < calls as usize {
            self.lately.push_back(now);
            return None;
        }
        Some(self.lately.front().map_or(window, |at| window.saturating_sub(now.duration_since(*at))))
    }

    /// Counts a request that was refused: 401, 403, or 429 for what is the bot's own doing.
    pub(super) fn refuse(&mut self, now: Timestamp) {
        self.refused.push_back(now);
        while self.refused.front().is_some_and(|at| now.duration_since(*at) >= BAN_WINDOW) {
            self.refused.pop_front();
        }
    }

    /// How many were refused in the last ten minutes.
    pub(super) fn refused(&self, now: Timestamp) -> usize {
        self.refused.iter().filter(|at| now.duration_since(**at) < BAN_WINDOW).count()
    }

    /// Whether the address of the bot is banned.
    pub(super) fn banned(&self, now: Timestamp) -> bool {
        self.refused.len() >= BAN_LIMIT && self.refused(now) >= BAN_LIMIT
    }

    /// What a call would find out whose limit is exceeded for so many seconds.
    pub(super) fn exceeded(&self, route: &str, seconds: f64) -> Standing {
        let reset_after = Duration::from_secs_f64(seconds);
        let (limit, _) = self.rule(route);
        let reset = unix_seconds(reset_after);
        Standing { limit, remaining: 0, reset_after, reset, bucket: bucket(route), exceeded: true, global: false }
    }

    fn rule(&self, route: &str) -> (u32, Duration) {
        let rule = self.rules.iter().rev().find(|(pattern, _, _)| pattern == route);
        // Generous, so that tests which do not ask for limits are not slowed down by them.
        rule.map_or((50, Duration::from_secs(1)), |(_, calls, window)| (*calls, *window))
    }

    fn pass(&mut self, key: String, bucket: String, calls: u32, window: Duration) -> Standing {
        let now = Instant::now();
        let open = self.windows.entry(key).or_insert((now, 0));
        if now.duration_since(open.0) >= window {
            *open = (now, 0);
        }
        let reset_after = window.saturating_sub(now.duration_since(open.0));
        let exceeded = open.1 >= calls;
        if !exceeded {
            open.1 += 1;
        }
        let reset = unix_seconds(reset_after);
        Standing { limit: calls, remaining: calls - open.1, reset_after, reset, bucket, exceeded, global: false }
    }
}

/// The real time in a while, in Unix seconds.
fn unix_seconds(after: Duration) -> f64 {
    (SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default() + after).as_secs_f64()
}

/// An opaque name for the limit of a route (FNV-1a).
fn bucket(route: &str) -> String {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", route.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_as_many_calls_as_it_says() {
        let mut limits = Limits::default();
        limits.set("GET /a", 2, Duration::from_secs(60));
        let mut call = |major| {
            let standing = limits.count("GET /a", major, true);
            (standing.exceeded, standing.remaining)
        };
        assert_eq!([call("1"), call("1"), call("1")], [(false, 1), (false, 0), (true, 0)]);
        assert_eq!(call("2"), (false, 1));
    }

    #[test]
    fn no_stretch_of_a_second_holds_more_calls_than_the_limit_over_all() {
        let (mut limits, start) = (Limits::default(), Instant::now());
        let ms = Duration::from_millis;
        let mut call = |at| limits.over_all(2, ms(1000), start + ms(at));
        assert_eq!([call(0), call(900), call(999)], [None, None, Some(ms(1))]);
        // A window that began anew would let two pass here.
        assert_eq!([call(1000), call(1001), call(1900)], [None, Some(ms(899)), None]);
    }

    #[test]
    fn who_has_too_much_refused_is_banned_for_a_while() {
        let mut limits = Limits::default();
        let start: Timestamp = "2027-03-01T09:00:00Z".parse().unwrap();
        (1..BAN_LIMIT).for_each(|_| limits.refuse(start));
        assert!(!limits.banned(start));
        limits.refuse(start);
        assert!(limits.banned(start));
        assert!(!limits.banned(start + BAN_WINDOW));
    }
}
