//! Sends one request: within its deadline, again where that may help, and not at all while the provider is left alone.

use std::time::Duration;

use bytes::Bytes;
use metrics::{counter, gauge};
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use tokio::time::{Instant, sleep, timeout_at};

use super::Service;
use super::breaker::{Breakers, Pass, Repetitions};
use super::complaint::Complaint;
use super::error::{Error, Reason};
use super::gate::Gate;
use crate::clock;

/// A request is sent at most this often.
const ATTEMPTS: u32 = 3;

/// The first pause before a repetition; the next is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// What asks for less than this means “at once”, and everybody comes back at once.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);

/// No answer makes us wait longer than this.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// Whoever waits less than this for an answer learns nothing of the provider.
const FAIR_WAIT: Duration = Duration::from_secs(5);

/// We send no more than this.
const MOST_SENT: usize = 1024 * 1024;

/// What calls of one kind share. Embeddings are made in the background, by another model: neither keeps the other from anything.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) kind: &'static str,
    route: &'static str,
    /// A longer answer is not read to its end.
    most_bytes: usize,
    pub(super) gate: Gate,
    pub(super) breakers: Breakers,
    repetitions: Repetitions,
}

impl Line {
    /// A long answer has some 100 kB.
    pub(super) fn chat() -> Line {
        Line::new("chat", "chat/completions", 2 * 1024 * 1024)
    }

    /// As many texts as are sent at once, of 4,096 dimensions, take 3 MB as decimals.
    pub(super) fn embeddings() -> Line {
        Line::new("embeddings", "embeddings", 8 * 1024 * 1024)
    }

    fn new(kind: &'static str, route: &'static str, most_bytes: usize) -> Line {
        let (gate, breakers, repetitions) = (Gate::new(), Breakers::default(), Repetitions::full());
        Line { kind, route, most_bytes, gate, breakers, repetitions }
    }
}

/// Why a request has no answer.
#[derive(Debug)]
pub(super) enum Failed {
    /// It is not known what became of it.
    Lost(Error),
    /// It did not get there.
    Unreached(Error),
    /// It was not sent, or its answer is of no use.
    Error(Error),
    /// The server said what is wrong.
    Complaint(Box<Complaint>),
}

/// What became of a request.
pub(super) struct Posted {
    pub(super) result: Result<Vec<u8>, Failed>,
    /// How often it was sent.
    pub(super) sent: u32,
    /// How often the answer was lost, which may have cost as much as one that arrives.
    pub(super) lost: u32,
}

impl Failed {
    fn is_passing(&self) -> bool {
        match self {
            Failed::Lost(_) | Failed::Unreached(_) => true,
            Failed::Error(_) => false,
            Failed::Complaint(complaint) => complaint.is_passing(),
        }
    }

    /// What it says of the server, and of the model.
    fn verdicts(&self) -> (Verdict, Verdict) {
        match self {
            // Nobody is there, whatever the model.
            Failed::Unreached(_) => (Verdict::Failed, Verdict::None),
            Failed::Lost(_) => (Verdict::None, Verdict::Failed),
            Failed::Error(_) => (Verdict::Answered, Verdict::Answered),
            Failed::Complaint(complaint) if complaint.is_failure() => (Verdict::Answered, Verdict::Failed),
            Failed::Complaint(_) => (Verdict::Answered, Verdict::Answered),
        }
    }
}

/// What a request tells of whom it was sent to.
#[derive(Clone, Copy, Debug)]
enum Verdict {
    Answered,
    Failed,
    /// Nothing.
    None,
}

impl Service {
    /// Sends `body` to `model` until there is an answer, it is of no use, or `deadline` comes.
    pub(super) async fn post(&self, line: &Line, model: &str, body: Vec<u8>, deadline: Instant) -> Posted {
        let mut posted = Posted { result: Err(Failed::Error(left_alone())), sent: 0, lost: 0 };
        if body.len() > MOST_SENT {
            posted.result = Err(Failed::Error(Error::TooLong(Reason::new("a question of more than a megabyte"))));
            return posted;
        }
        let body = Bytes::from(body);
        let (server, breaker) = (line.breakers.of_server(), line.breakers.of(model));
        loop {
            let now = Instant::now();
            // What was answered before is told if it is left alone by now.
            let Some(passes) = server.admit(now).zip(breaker.admit(now)) else { return posted };
            let began = Instant::now();
            posted.sent += 1;
            let failed = match timeout_at(deadline, self.attempt(line, body.clone())).await {
                Ok(Ok(answer)) => {
                    line.repetitions.refill();
                    tell(line, model, passes, (Verdict::Answered, Verdict::Answered));
                    posted.result = Ok(answer);
                    return posted;
                }
                Ok(Err(failed)) => failed,
                Err(_) => {
                    // A caller in a hurry says nothing about the provider.
                    if began.elapsed() >= FAIR_WAIT {
                        tell(line, model, passes, (Verdict::None, Verdict::Failed));
                    }
                    posted.lost += 1;
                    posted.result = Err(Failed::Lost(Error::Down(Reason::new("no answer in time"))));
                    return posted;
                }
            };
            posted.lost += u32::from(matches!(failed, Failed::Lost(_)));
            tell(line, model, passes, failed.verdicts());
            let pause = pause_before(&failed, posted.sent);
            let is_over = !failed.is_passing() || posted.sent >= ATTEMPTS || Instant::now() + pause >= deadline;
            posted.result = Err(failed);
            if is_over || !line.repetitions.take() {
                return posted;
            }
            counter!("llm_repetitions_total", "kind" => line.kind).increment(1);
            sleep(pause).await;
        }
    }

    async fn attempt(&self, line: &Line, body: Bytes) -> Result<Vec<u8>, Failed> {
        let mut request =
            self.http.post(self.address.join(line.route)).header(CONTENT_TYPE, "application/json").body(body);
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        let mut answer = request.send().await.map_err(lost)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        counter!("llm_requests_total", "kind" => line.kind, "status" => label_of(status)).increment(1);
        let mut read = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(lost)? {
            if read.len() + chunk.len() > line.most_bytes {
                let reason =
                    Reason::new(format!("{}, an answer of more than {} bytes", status.as_u16(), line.most_bytes));
                return Err(Failed::Error(Error::NotUnderstood(reason)));
            }
            read.extend_from_slice(&chunk);
        }
        if status.is_success() {
            return Ok(read);
        }
        Err(Failed::Complaint(Complaint::read(status, &read, retry_after(&headers))))
    }
}

/// A server may think of any number; a metric must not have as many labels.
fn label_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        200..300 => "2xx",
        429 => "429",
        400..500 => "4xx",
        500..600 => "5xx",
        _ => "other",
    }
}

fn left_alone() -> Error {
    Error::Down(Reason::new("it failed again and again, and is left alone for a while"))
}

/// Tells the breakers of the server and of `model` what was seen of them, and operators what changes by it.
fn tell(line: &Line, model: &str, passes: (Pass<'_>, Pass<'_>), verdicts: (Verdict, Verdict)) {
    let was_open = line.breakers.is_open(model);
    let one = |pass: Pass<'_>, verdict| match verdict {
        Verdict::Answered => pass.answered(),
        Verdict::Failed => pass.failed(Instant::now()),
        Verdict::None => false,
    };
    let changed = [one(passes.0, verdicts.0), one(passes.1, verdicts.1)];
    if !changed.contains(&true) {
        return;
    }
    gauge!("llm_left_alone", "kind" => line.kind).set(if line.breakers.is_any_open() { 1.0 } else { 0.0 });
    match line.breakers.is_open(model) {
        // The name is an admin's word, and may be of any shape.
        true => tracing::warn!(
            kind = line.kind,
            ?model,
            "the language model failed again and again; it is left alone for a while"
        ),
        false if was_open => tracing::info!(kind = line.kind, ?model, "the language model answers again"),
        false => {}
    }
}

/// What the server asks for, or longer each time.
fn pause_before(failed: &Failed, sent: u32) -> Duration {
    let asked = match failed {
        Failed::Complaint(complaint) => complaint.retry_after,
        Failed::Lost(_) | Failed::Unreached(_) | Failed::Error(_) => None,
    };
    match asked {
        // A little later than the others who were told the same.
        Some(asked) => asked.max(SHORTEST_PAUSE) + clock::jitter(SHORTEST_PAUSE),
        None => {
            let longest = FIRST_PAUSE * 2u32.saturating_pow(sent.saturating_sub(1).min(8));
            longest / 2 + clock::jitter(longest / 2)
        }
    }
}

/// Seconds, or a date, which is read by the server's own clock
/// (<https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3>).
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = match text.parse::<f64>() {
        Ok(seconds) => Duration::try_from_secs_f64(seconds).ok()?,
        Err(_) => {
            let date = |text: &str| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
            let now = date(headers.get(DATE)?.to_str().ok()?)?;
            Duration::try_from(date(text)?.duration_since(now)).unwrap_or_default()
        }
    };
    Some(seconds.min(LONGEST_PAUSE))
}

/// What stood in the way, without the address and without what was sent.
fn lost(error: reqwest::Error) -> Failed {
    let what = match () {
        () if error.is_connect() && error.is_timeout() => "no connection in time",
        () if error.is_connect() => "no connection",
        () if error.is_builder() => {
            return Failed::Error(Error::NotUnderstood(Reason::new("a request that cannot be made")));
        }
        () => "the connection broke",
    };
    let is_unreached = error.is_connect();
    let error = error.without_url();
    // The innermost is the system's word, such as “connection refused”, and none of a server's.
    let mut sources = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
    let system = sources.find_map(|error| Some(error.downcast_ref::<std::io::Error>()?.kind().to_string()));
    let words = system.map_or_else(|| what.to_owned(), |system| format!("{what}: {system}"));
    let error = Error::Down(Reason::new(words));
    if is_unreached { Failed::Unreached(error) } else { Failed::Lost(error) }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn a_server_says_how_long_to_wait_in_seconds_or_by_its_own_clock() {
        let check = |after: &'static str, date: Option<&'static str>, expected: Option<u64>| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(after));
            date.map(|date| headers.insert(DATE, HeaderValue::from_static(date)));
            assert_eq!(retry_after(&headers), expected.map(Duration::from_secs), "{after}");
        };
        check("20", None, Some(20));
        check(" 20 ", None, Some(20));
        check("0", None, Some(0));
        check("1e300", None, None);
        check("-1", None, None);
        check("NaN", None, None);
        check("999999999", None, Some(86_400));
        let date = Some("Mon, 01 Mar 2027 09:00:00 GMT");
        check("Mon, 01 Mar 2027 09:01:30 GMT", date, Some(90));
        check("Mon, 01 Mar 2027 08:59:00 GMT", date, Some(0));
        check("Mon, 01 Mar 2027 09:01:30 GMT", None, None);
        check("soon", date, None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[test]
    fn pauses_are_as_long_as_asked_or_grow() {
        let after =
            |seconds| Complaint::read(reqwest::StatusCode::TOO_MANY_REQUESTS, b"", Some(Duration::from_secs(seconds)));
        let pause = pause_before(&Failed::Complaint(after(20)), 1);
        assert!(pause >= Duration::from_secs(20) && pause <= Duration::from_millis(20_100), "{pause:?}");
        assert!(pause_before(&Failed::Complaint(after(0)), 1) >= SHORTEST_PAUSE);
        for (sent, least_ms) in [(1, 250), (2, 500), (3, 1000), (u32::MAX, 64_000)] {
            let pause = pause_before(&Failed::Lost(left_alone()), sent);
            let least = Duration::from_millis(least_ms);
            assert!(pause >= least && pause <= 2 * least, "{sent}: {pause:?}");
        }
    }
}
