//! Rate limits, counted in real time: how many calls of a route a window allows.

use std::collections::HashMap;
use std::time::{Duration, Instant, SystemTime};

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
        if let Some((_, calls, window)) = over_all {
            let standing = self.pass("*".to_owned(), "global".to_owned(), calls, window);
            if standing.exceeded {
                return Standing { global: true, ..standing };
            }
        }
        let (calls, window) = self.rule(route);
        self.pass(format!("{route} {major}"), bucket(route), calls, window)
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
}
