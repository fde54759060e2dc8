//! Logging in with Discord: the code flow of OAuth 2 with `state` and PKCE
//! (<https://discord.com/developers/docs/topics/oauth2#authorization-code-grant>, RFC 7636, RFC 9207).
//!
//! The browser keeps what it began with; `state` and verifier are made of that with our key, so nothing is stored of whoever
//! has not logged in. No token of theirs outlives the login.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use reqwest::Url;
use tokio::sync::Semaphore;

use super::form::Pairs;
use super::seal::{decode, encode, random};
use super::session;
use super::site::{LOGIN, Site, elsewhere, own_address};
use crate::discord::{Error, Grant};
use crate::said;
use crate::words::Said;

/// What the browser keeps while somebody is at Discord.
const BEGUN: &str = "alphapy-login";

/// So long they may take there.
const BEGUN_SECONDS: i64 = 600;

/// Who answers at Discord's login, as it says itself (`/.well-known/oauth-authorization-server`).
const ISSUER: &str = "https://discord.com";

/// What of people the dashboard wants to know: who they are, and in which servers.
const SCOPES: &str = "identify guilds";

/// So many logins are asked of Discord at once: whoever makes up codes has the next one wait, and not Discord refuse us.
static ASKING: Semaphore = Semaphore::const_new(4);

/// What Discord refused of the last minute, and how much of it is enough: it bans an address that has too much refused as 401, 403
/// or 429 (<https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>), and with it
/// everything that the bot does. A code that it does not know, which nobody brings who comes back from there, is none of these
/// and counts little: whoever makes codes up shall not shut the door for all others.
static REFUSED: Mutex<Guesses> = Mutex::new(Guesses(VecDeque::new()));
const ENOUGH: usize = 600;
const UNKNOWN: usize = 1;
const TOO_MANY: usize = 60;
const MINUTE: Duration = Duration::from_secs(60);

/// How long Discord has for its answers.
const ASK_TIME: Duration = Duration::from_secs(8);

/// An address longer than this is none that we gave out.
const LONGEST_WAY: usize = 500;

/// When something was refused.
struct Guesses(VecDeque<Instant>);

impl Guesses {
    fn note(&mut self, weight: usize, now: Instant) {
        self.0.extend(std::iter::repeat_n(now, weight));
        self.0.truncate(ENOUGH);
    }

    fn are_enough(&mut self, now: Instant) -> bool {
        self.0.retain(|at| now.duration_since(*at) < MINUTE);
        self.0.len() >= ENOUGH
    }
}

fn guesses() -> MutexGuard<'static, Guesses> {
    REFUSED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends somebody to Discord.
pub(super) async fn start(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    let query = Pairs::read(uri.query().unwrap_or_default());
    let to = query.get("to").filter(|to| to.len() <= LONGEST_WAY).map_or("/dashboard", own_address);
    let until = site.app.clock.now().as_second() + BEGUN_SECONDS;
    let begun = format!("{}.{until}.{}", encode(&random::<32>()), encode(to.as_bytes()));
    let challenge = {
        use sha2::Digest;
        encode(&sha2::Sha256::digest(site.seal.of("verifier", &begun)))
    };
    let redirect_uri = site.door.redirect_uri();
    let asked = [
        ("response_type", "code"),
        ("client_id", &site.app.config.discord.discord_application_id.to_string()),
        ("scope", SCOPES),
        ("state", &site.seal.of("state", &begun)),
        ("redirect_uri", &redirect_uri),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let page = Url::parse_with_params(&site.app.config.discord.discord_login_page, &asked);
    let mut response = elsewhere(page.map(String::from).unwrap_or_default().as_str());
    response.headers_mut().append(SET_COOKIE, site.cookies.keep(BEGUN, &begun, BEGUN_SECONDS));
    response
}

/// Takes somebody in who comes back from Discord.
pub(super) async fn finish(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let refuse = async |status, why: &Said| match site.visitor(&uri, &headers).await {
        Ok(visitor) => site.refuse(&visitor, status, why),
        Err(error) => site.fail(site.language(&headers), &error),
    };
    let mut response = match take_in(&site, &uri, &headers).await {
        Ok(response) => response,
        Err(NotIn::Refused(why)) => refuse(StatusCode::BAD_REQUEST, &why).await,
        // The same address works in a moment.
        Err(NotIn::Busy) => return refuse(StatusCode::SERVICE_UNAVAILABLE, &said!(web_login_busy)).await,
        Err(NotIn::Failed(error)) => site.fail(site.language(&headers), &error),
    };
    // It works once.
    response.headers_mut().append(SET_COOKIE, site.cookies.forget(BEGUN));
    response
}

/// Why somebody is not logged in.
enum NotIn {
    Refused(Said),
    Busy,
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for NotIn {
    fn from(error: E) -> NotIn {
        NotIn::Failed(error.into())
    }
}

async fn take_in(site: &Site, uri: &Uri, headers: &HeaderMap) -> Result<Response, NotIn> {
    let back = Pairs::read(uri.query().unwrap_or_default());
    let again = || NotIn::Refused(said!(web_login_again));
    let begun = site.cookies.read(headers, BEGUN).ok_or_else(again)?;
    let state = back.get("state").ok_or_else(again)?;
    // Whoever was sent here by somebody else has begun nothing, or something else.
    if !site.seal.fits("state", begun, state) {
        return Err(again());
    }
    // Another server's answer, which the same address would take (RFC 9207), also one that says no.
    if back.get("iss") != Some(ISSUER) {
        tracing::warn!("a login came back that is not Discord's");
        return Err(again());
    }
    let mut parts = begun.split('.').skip(1);
    let until = parts.next().and_then(|until| until.parse().ok()).unwrap_or(0);
    if site.app.clock.now().as_second() > until {
        return Err(again());
    }
    let to = parts.next().and_then(decode).unwrap_or_default();
    if let Some(error) = back.get("error") {
        return Err(NotIn::Refused(if error == "access_denied" {
            said!(web_login_denied)
        } else {
            said!(web_login_again)
        }));
    }
    let code = back.get("code").ok_or_else(again)?;
    if guesses().are_enough(Instant::now()) {
        return Err(NotIn::Busy);
    }
    let turn = tokio::time::timeout(ASK_TIME, ASKING.acquire()).await;
    let _turn = turn.map_err(|_| NotIn::Busy)??;
    let (verifier, redirect_uri) = (site.seal.of("verifier", begun), site.door.redirect_uri());
    let grant =
        Grant { client_secret: &site.door.client_secret, code, verifier: &verifier, redirect_uri: &redirect_uri };
    let (user, name, guilds) = match site.app.discord.log_in(grant, Instant::now() + ASK_TIME).await {
        Ok(found) => found,
        Err(Error::Refused { status: reqwest::StatusCode::BAD_REQUEST, .. }) => {
            guesses().note(UNKNOWN, Instant::now());
            return Err(again());
        }
        Err(Error::Refused { status: reqwest::StatusCode::TOO_MANY_REQUESTS, .. }) => {
            guesses().note(TOO_MANY, Instant::now());
            return Err(NotIn::Busy);
        }
        Err(Error::Refused { status: reqwest::StatusCode::UNAUTHORIZED, .. }) => {
            return Err(NotIn::Failed(anyhow::anyhow!("DISCORD_CLIENT_SECRET is not the application's")));
        }
        Err(error) => return Err(error.into()),
    };
    // Who was logged in here before is not any more.
    if let Some(known) = site.known_by(headers)
        && let Some(before) = session::find(&site.app, known).await?
    {
        session::end(&site.app, &before).await?;
    }
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let token = session::begin((&site.app, &site.seal), (user, &name), &guilds, &session::browser(agent)).await?;
    let mut response = elsewhere(own_address(&to));
    response.headers_mut().append(SET_COOKIE, site.cookies.keep(LOGIN, &token, session::LASTS.as_secs()));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_nobody_knows_are_not_asked_for_without_end() {
        let (mut guesses, begun) = (Guesses(VecDeque::new()), Instant::now());
        for n in 0..ENOUGH / TOO_MANY {
            assert!(!guesses.are_enough(begun), "{n}");
            guesses.note(TOO_MANY, begun);
        }
        assert!(guesses.are_enough(begun));
        assert!(!guesses.are_enough(begun + MINUTE));
        guesses.note(UNKNOWN, begun + MINUTE);
        assert!(!guesses.are_enough(begun + MINUTE));
    }
}
