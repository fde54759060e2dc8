//! Sending one call: buckets, waiting, retries.

use std::time::{Duration, Instant};

use metrics::counter;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Method, StatusCode};
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use twilight_http_ratelimiting::{Endpoint, Permit, RateLimitHeaders};

use super::body::multipart;
use super::brake::Epoch;
use super::call::{Call, Credential};
use super::{Client, Error};
use crate::clock;

/// A call that gets a server error or no answer is made at most this often.
const ATTEMPTS: u32 = 4;

/// The first pause before a repetition; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// A ban by address answers 429 without saying for how long.
const BAN_PAUSE: Duration = Duration::from_secs(60);

/// No answer makes us wait longer than this before we ask again.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// What happened to one attempt.
enum Attempt {
    Answer(Vec<u8>),
    Failed(Error),
    /// Worth another attempt after `pause`.
    Again {
        pause: Duration,
        error: Error,
    },
}

impl Client {
    /// Makes `call` and reads its answer.
    pub(super) async fn fetch<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        let route = call.route;
        let body = self.send(call).await?;
        serde_json::from_slice(&body).map_err(|error| Error::Refused {
            status: StatusCode::OK,
            code: 0,
            problem: format!("the answer of {route} cannot be read: {error}"),
        })
    }

    /// Makes `call`, again where that is safe and of use, until its deadline.
    pub(super) async fn send(&self, call: Call) -> Result<Vec<u8>, Error> {
        let deadline = tokio::time::Instant::from_std(call.deadline);
        let mut failures = 0;
        loop {
            let attempt = match tokio::time::timeout_at(deadline, self.attempt(&call)).await {
                Ok(attempt) => attempt,
                Err(_) => return Err(Error::TooSlow),
            };
            let (pause, error) = match attempt {
                Attempt::Answer(body) => return Ok(body),
                Attempt::Failed(error) => return Err(error),
                Attempt::Again { pause, error } => (pause, error),
            };
            let limited = matches!(error, Error::RateLimited { .. });
            failures += u32::from(!limited);
            let pause = match limited {
                true => pause,
                false => {
                    let longest = pause * 2u32.pow(failures - 1);
                    longest / 2 + clock::jitter(longest / 2)
                }
            };
            let too_late = Instant::now() + pause >= call.deadline;
            if too_late || failures >= ATTEMPTS {
                return Err(error);
            }
            tokio::time::sleep(pause).await;
        }
    }

    async fn attempt(&self, call: &Call) -> Attempt {
        // Before it waits: what is stopped must not keep others waiting.
        if let Err(error) = self.brake.check(call) {
            return Attempt::Failed(error);
        }
        if let Some(pause) = self.brake.blocked_for(call.credential()) {
            return Attempt::Again { pause, error: Error::RateLimited { retry_after: pause } };
        }
        let permit = match call.credential() {
            Credential::Bot => Some(self.limiter.acquire(endpoint(call)).await),
            Credential::Path => None,
        };
        let slot = match (&self.pace, call.credential()) {
            (Some(pace), Credential::Bot) => Some(pace.wait_for_slot(call.guild()).await),
            _ => None,
        };
        if let Some(pause) = self.brake.blocked_for(call.credential()) {
            return Attempt::Again { pause, error: Error::RateLimited { retry_after: pause } };
        }
        // And after: many may have waited for the same bucket while the first of them were refused.
        let epoch = match self.brake.admit(call) {
            Ok(epoch) => epoch,
            Err(error) => return Attempt::Failed(error),
        };
        let answer = match self.request(call).send().await {
            Ok(answer) => answer,
            Err(error) => return failed_transport(call, error),
        };
        // It was counted before there was an answer; what follows of that does not matter.
        drop(slot);
        let (status, headers) = (answer.status(), answer.headers().clone());
        if let Some(permit) = permit {
            complete(permit, &headers);
        }
        counter!("discord_requests_total", "route" => call.route, "status" => status.as_u16().to_string()).increment(1);
        let body = match answer.bytes().await {
            Ok(body) => body.to_vec(),
            Err(error) => return failed_transport(call, error),
        };
        self.judge(call, epoch, status, &headers, body)
    }

    fn request(&self, call: &Call) -> reqwest::RequestBuilder {
        let mut request = self.http.request(call.method.clone(), format!("{}/{}", self.base, call.path));
        if call.credential() == Credential::Bot {
            request = request.header(AUTHORIZATION, format!("Bot {}", self.token.expose_secret()));
        }
        if let Some(reason) = &call.reason {
            request = request.header("X-Audit-Log-Reason", reason);
        }
        match &call.body {
            None => request,
            Some(body) if call.files.is_empty() => request.header(CONTENT_TYPE, "application/json").body(body.clone()),
            Some(body) => request.multipart(multipart(body, &call.files)),
        }
    }

    fn judge(&self, call: &Call, epoch: Epoch, status: StatusCode, headers: &HeaderMap, body: Vec<u8>) -> Attempt {
        if status == StatusCode::TOO_MANY_REQUESTS {
            return self.wait(call, &Wait::read(headers, &body));
        }
        if status == StatusCode::UNAUTHORIZED && call.credential() == Credential::Bot {
            self.brake.revoke(epoch);
            return Attempt::Failed(Error::Unauthorized);
        }
        // What stands before Discord fails without having looked at the token.
        if !status.is_server_error() {
            self.brake.accepted(call, epoch, status.is_success());
        }
        if status.is_success() {
            return Attempt::Answer(body);
        }
        let error = Error::from_answer(status, &body);
        if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            self.brake.refused(call, &error);
        }
        if status.is_server_error() && call.repeatable {
            return Attempt::Again { pause: FIRST_PAUSE, error };
        }
        Attempt::Failed(error)
    }

    fn wait(&self, call: &Call, wait: &Wait) -> Attempt {
        counter!("discord_rate_limited_total", "route" => call.route).increment(1);
        let error = Error::RateLimited { retry_after: wait.retry_after };
        match wait {
            Wait { counts_as_refused: false, .. } => {}
            // Whoever happened to ask has no part in it.
            Wait { everywhere: true, .. } => self.brake.refused_to_all(call),
            _ => self.brake.refused(call, &error),
        }
        if wait.everywhere {
            self.brake.block(wait.retry_after, wait.banned);
        }
        Attempt::Again { pause: wait.retry_after, error }
    }
}

/// A request that never left may always be made again; one that may have arrived, only if it is repeatable.
fn failed_transport(call: &Call, error: reqwest::Error) -> Attempt {
    counter!("discord_requests_total", "route" => call.route, "status" => "none").increment(1);
    let again = call.repeatable || error.is_connect();
    // The address holds the interaction's token.
    let error = Error::Transport(error.without_url());
    if again { Attempt::Again { pause: FIRST_PAUSE, error } } else { Attempt::Failed(error) }
}

fn endpoint(call: &Call) -> Endpoint {
    use twilight_http_ratelimiting::Method as Verb;
    let method = match call.method {
        Method::DELETE => Verb::Delete,
        Method::PATCH => Verb::Patch,
        Method::POST => Verb::Post,
        Method::PUT => Verb::Put,
        _ => Verb::Get,
    };
    let path = call.path.split('?').next().unwrap_or_default().to_owned();
    Endpoint { method, path }
}

/// Tells the limiter what the answer said about the bucket.
fn complete(permit: Permit, headers: &HeaderMap) {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let number = |name| text(name).and_then(|value| value.parse::<u16>().ok());
    let bucket = || {
        let reset_after = text(RateLimitHeaders::RESET_AFTER)?.parse::<f64>().ok()?;
        Some(RateLimitHeaders {
            bucket: text(RateLimitHeaders::BUCKET)?.into(),
            limit: number(RateLimitHeaders::LIMIT)?,
            remaining: number(RateLimitHeaders::REMAINING)?,
            reset_at: Instant::now() + Duration::try_from_secs_f64(reset_after).ok()?,
        })
    };
    permit.complete(bucket());
}

/// What a 429 asks for.
struct Wait {
    retry_after: Duration,
    /// For every route: the global limit, or a ban of our address.
    everywhere: bool,
    /// For our address: Cloudflare answered in Discord's place.
    banned: bool,
    /// A resource's own limit ("shared") is not held against us.
    counts_as_refused: bool,
}

impl Wait {
    fn read(headers: &HeaderMap, body: &[u8]) -> Wait {
        #[derive(serde::Deserialize)]
        struct Limited {
            retry_after: f64,
            #[serde(default)]
            global: bool,
        }
        let scope = headers.get(RateLimitHeaders::SCOPE).and_then(|value| value.to_str().ok());
        let counts_as_refused = scope != Some("shared");
        match serde_json::from_slice::<Limited>(body) {
            Ok(limited) => Wait {
                retry_after: Duration::try_from_secs_f64(limited.retry_after).unwrap_or(BAN_PAUSE).min(LONGEST_PAUSE),
                everywhere: limited.global || scope == Some("global"),
                banned: false,
                counts_as_refused,
            },
            Err(_) => {
                let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
                let retry_after = seconds.map_or(BAN_PAUSE, Duration::from_secs).min(LONGEST_PAUSE);
                Wait { retry_after, everywhere: true, banned: true, counts_as_refused }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ban_by_address_is_waited_out_even_if_it_does_not_say_how_long() {
        let wait = Wait::read(&HeaderMap::new(), b"<html>error 1015</html>");
        assert!(wait.everywhere && wait.counts_as_refused);
        assert_eq!(wait.retry_after, BAN_PAUSE);
    }

    #[test]
    fn a_reason_is_percent_encoded() {
        let call = Call::new(Method::DELETE, "", String::new(), Instant::now()).reason("by Zoë: spam\n");
        assert_eq!(call.reason.as_deref(), Some("by%20Zo%C3%AB%3A%20spam%0A"));
    }
}
