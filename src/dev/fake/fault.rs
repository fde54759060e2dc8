//! Faults that a test arranges: what Discord does on a bad day.

use std::time::Duration;

use axum::http::Method;
use serde_json::Value;

/// How a faulty Discord answers a call.
#[derive(Clone, Debug)]
pub enum Answer {
    /// This status and body.
    Status(u16, Value),
    /// 429 with a page of HTML, as from the proxy in front of Discord.
    Html429,
    /// 429 for everything the bot does, with the seconds to wait.
    GlobalLimit(f64),
    /// 429 for this route, with the seconds to wait.
    RateLimit(f64),
    /// 429 for a resource that everybody shares, with the seconds to wait. It is not held against the bot.
    SharedLimit(f64),
    /// The connection is closed without an answer, and nothing happened.
    Reset,
    /// No answer ever, and nothing happened.
    Hang,
    /// What was asked happens, and there is never an answer.
    HangAfter,
    /// What was asked happens, and the answer comes this much later.
    Slow(Duration),
    /// 500 with Discord's usual body.
    ServerError,
}

/// A fault for some calls.
#[derive(Clone, Debug)]
pub struct Fault {
    /// None: whatever the method.
    method: Option<Method>,
    path: String,
    times: usize,
    answer: Answer,
}

impl Fault {
    /// The next call of `method` whose path below `/api/v10` contains `path` gets a server error.
    pub fn on(method: Method, path: &str) -> Fault {
        Fault { method: Some(method), path: path.to_owned(), times: 1, answer: Answer::ServerError }
    }

    /// The next call gets a server error, whatever it is.
    pub fn on_any() -> Fault {
        Fault { method: None, path: String::new(), times: 1, answer: Answer::ServerError }
    }

    /// As many calls as this.
    #[must_use]
    pub fn times(mut self, n: usize) -> Fault {
        self.times = n;
        self
    }

    /// This answer.
    #[must_use]
    pub fn answers(mut self, answer: Answer) -> Fault {
        self.answer = answer;
        self
    }
}

/// The fault for a call, if one is due; it is used up by one.
pub(super) fn take(faults: &mut Vec<Fault>, method: &Method, path: &str) -> Option<Answer> {
    let meant = |fault: &Fault| fault.method.as_ref().is_none_or(|it| it == method) && path.contains(&fault.path);
    let index = faults.iter().position(meant)?;
    let fault = &mut faults[index];
    let answer = fault.answer.clone();
    fault.times = fault.times.saturating_sub(1);
    if fault.times == 0 {
        faults.remove(index);
    }
    Some(answer)
}
