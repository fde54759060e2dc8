//! Who comes in: by which key, into which server, to do what.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{FromRequestParts, Query, RawPathParams, Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use moka::future::Cache;
use secrecy::ExposeSecret;
use serde::Deserialize;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::limit::{Allowance, Strangers};
use super::repetition::{self, Once, Taken};
use super::{Bounds, Problem, Reader};
use crate::acting::{Acting, Origin};
use crate::app::App;
use crate::discord;
use crate::keys::{self, Access, Area, Scope, Scopes, store};
use crate::said;

/// How often it is written down that a key is used.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// How long it is believed that the bot is in a server, and that it is not; and how many servers that is known of.
const PRESENCE: Duration = Duration::from_secs(60);
const MOST_PRESENCES: u64 = 10_000;

/// How long Discord may take to say whether the bot is in a server.
const PRESENCE_TIME: Duration = Duration::from_secs(2);

/// The part of a path that names the server.
pub(super) const GUILD: &str = "guild";

/// What names it behind the question mark, of routes without that part.
#[derive(Deserialize)]
struct Asked {
    guild_id: String,
}

/// What all requests pass.
#[derive(Clone)]
pub(super) struct Gate {
    app: App,
    bounds: Bounds,
    strangers: Strangers,
    /// The keys of the environment: names by digests.
    from_environment: Arc<HashMap<String, String>>,
    /// Whether the bot is in a server of which no key says so.
    present: Cache<Id<GuildMarker>, bool>,
}

/// A key that is good.
struct Shown {
    id: String,
    name: String,
    scopes: Scopes,
    /// Whether it counts in the server that the path names.
    granted: bool,
    guilds: Guilds,
    expires_at: Option<Timestamp>,
}

/// Where a key counts.
#[derive(Clone, Debug)]
pub(super) enum Guilds {
    /// Wherever the bot is.
    All,
    /// Where its rows say.
    Listed,
}

/// What a part of the API is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    pub(super) feature: &'static str,
    pub(super) area: Area,
}

impl Gate {
    pub(super) fn new(app: App, bounds: Bounds) -> Gate {
        let keys = app.config.api_keys.iter();
        let from_environment =
            keys.map(|key| (keys::digest(key.key.expose_secret()), key.name.clone())).collect::<HashMap<_, _>>();
        Gate {
            strangers: Strangers::new(),
            from_environment: Arc::new(from_environment),
            present: Cache::builder().max_capacity(MOST_PRESENCES).time_to_live(PRESENCE).build(),
            app,
            bounds,
        }
    }

    /// The key that a request shows. Digests are compared, not keys: how long that takes tells nothing of any key.
    async fn authenticate(
        &self,
        headers: &HeaderMap,
        guild: Option<Id<GuildMarker>>,
        now: Timestamp,
    ) -> Result<Shown, Problem> {
        let key = shown_key(headers)?;
        let digest = keys::digest(key);
        if let Some(name) = self.from_environment.get(&digest) {
            let granted = match guild {
                Some(guild) => self.is_present(guild).await?,
                None => false,
            };
            return Ok(Shown {
                id: format!("environment:{name}"),
                name: name.clone(),
                scopes: Scopes::all(),
                granted,
                guilds: Guilds::All,
                expires_at: None,
            });
        }
        // What is none by its form costs no query.
        if !keys::is_whole(key) {
            return Err(unknown_key());
        }
        self.strangers.check(&digest, Instant::now()).await?;
        let found = store::find(&self.app.db, &digest, guild).await?;
        let good = found.filter(|key| key.counts && key.expires_at.is_none_or(|at| at > now));
        let Some(store::Shown { id, name, scopes, granted, expires_at, last_used_at, .. }) = good else {
            self.strangers.count(Instant::now());
            return Err(unknown_key());
        };
        self.strangers.know(&digest).await;
        if last_used_at.is_none_or(|at| at <= now - TOUCH_EVERY) {
            store::touch(&self.app.db, &id, now - TOUCH_EVERY, now).await?;
        }
        Ok(Shown { id, name, scopes, granted, guilds: Guilds::Listed, expires_at })
    }

    /// Whether the bot is in a server, as Discord says.
    async fn is_present(&self, guild: Id<GuildMarker>) -> Result<bool, Problem> {
        if let Some(present) = self.present.get(&guild).await {
            return Ok(present);
        }
        let present = match self.app.discord.guild(guild).name(Instant::now() + PRESENCE_TIME).await {
            Ok(_) => true,
            Err(discord::Error::NoAccess { .. } | discord::Error::Gone { .. }) => false,
            Err(error) => {
                tracing::warn!(%guild, %error, "it is not known whether the bot is in a server");
                return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "discord_silent", said!(api_discord_silent))
                    .retry_after(5));
            }
        };
        self.present.insert(guild, present).await;
        Ok(present)
    }
}

/// The key of a request, by either header.
fn shown_key(headers: &HeaderMap) -> Result<&str, Problem> {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
    });
    let key = headers.get("x-api-key").and_then(|value| value.to_str().ok()).map(str::trim).or(bearer);
    key.filter(|key| !key.is_empty()).ok_or_else(|| {
        Problem::new(StatusCode::UNAUTHORIZED, "no_key", said!(api_no_key))
            .with(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    })
}

fn unknown_key() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "unknown_key", said!(api_unknown_key))
        .with(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""))
}

fn no_such_guild() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no_such_guild", said!(api_no_such_guild))
}

/// What is sent, of which a program says in `Accept` what it takes.
const SENT: [&str; 3] = ["application/json", "text/csv", "application/jsonl"];

/// Whether a program takes something of what is sent (<https://www.rfc-editor.org/rfc/rfc9110#field.accept>).
fn check_accept(headers: &HeaderMap) -> Result<(), Problem> {
    let mut wishes = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    if wishes.peek().is_none() {
        return Ok(());
    }
    let takes = |wish: &str| {
        let (range, parameters) = wish.split_once(';').unwrap_or((wish, ""));
        let range = range.trim().to_ascii_lowercase();
        let refused = parameters.split(';').any(|it| {
            it.trim().strip_prefix("q=").is_some_and(|weight| weight.parse::<f32>().is_ok_and(|it| it <= 0.0))
        });
        let fits = |sent: &&str| match range.split_once('/') {
            Some(("*", "*")) => true,
            Some((kind, "*")) => sent.split('/').next() == Some(kind),
            _ => *sent == range,
        };
        !refused && SENT.iter().any(fits)
    };
    match wishes.flat_map(|it| it.split(',')).any(takes) {
        true => Ok(()),
        false => Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "not_acceptable", said!(api_not_acceptable))),
    }
}

/// A request that came in.
#[derive(Clone)]
pub struct Caller {
    /// What it reaches.
    pub app: App,
    guild: Option<Id<GuildMarker>>,
    feature: &'static str,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) scopes: Scopes,
    pub(super) guilds: Guilds,
    pub(super) expires_at: Option<Timestamp>,
    idempotency_key: Option<String>,
    /// Who reads the answer.
    pub reader: Reader,
    now: Timestamp,
}

impl Caller {
    /// The server.
    ///
    /// # Errors
    /// The request is about none.
    pub fn guild(&self) -> Result<Id<GuildMarker>, Problem> {
        self.guild.ok_or_else(no_such_guild)
    }

    /// The program, as operations know it. With an `Idempotency-Key` they do the same once.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn acting(&self) -> Result<Acting, Problem> {
        // Another key's is another one, also if it is called the same.
        let request = self.idempotency_key.as_ref().map(|key| Origin::Request(format!("{} {key}", self.id)));
        let origin = request.unwrap_or(Origin::Routine);
        Ok(Acting::key(&self.app, self.guild()?, self.feature, &self.name, origin, self.now).await?)
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, Problem> {
        // Nothing is routed that does not pass the gate.
        parts.extensions.get().cloned().ok_or_else(Problem::not_found)
    }
}

/// Lets a request through to a part of the API that is about a server.
pub(super) async fn enter_guild(
    State((gate, about)): State<(Gate, About)>,
    params: RawPathParams,
    request: Request,
    next: Next,
) -> Response {
    let named = params.iter().find(|(name, _)| *name == GUILD).map(|(_, value)| value.to_owned());
    // Where the path names none, what stands behind the question mark does.
    let named = named.or_else(|| Some(Query::<Asked>::try_from_uri(request.uri()).ok()?.0.guild_id));
    let guild = named.and_then(|value| value.parse().ok()).filter(|id: &Id<GuildMarker>| fits(*id));
    enter(&gate, Some((guild, about)), request, next).await
}

/// Lets a request through that is about no server.
pub(super) async fn enter_alone(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    enter(&gate, None, request, next).await
}

/// Whether an id is one that Postgres stores.
fn fits(id: Id<GuildMarker>) -> bool {
    i64::try_from(id.get()).is_ok()
}

async fn enter(gate: &Gate, into: Option<(Option<Id<GuildMarker>>, About)>, request: Request, next: Next) -> Response {
    let now = gate.app.clock.now();
    let guild = into.and_then(|(guild, _)| guild);
    let shown = match gate.authenticate(request.headers(), guild, now).await {
        Ok(shown) => shown,
        Err(problem) => return problem.into_response(),
    };
    let allowance = match Allowance::spend(&gate.app.db, &shown.id, now).await {
        Ok(allowance) => allowance,
        Err(error) => return Problem::from(error).into_response(),
    };
    let mut response = match allowance.check() {
        Ok(()) => pass(gate, into, shown, request, next, now).await.unwrap_or_else(IntoResponse::into_response),
        Err(problem) => problem.into_response(),
    };
    allowance.say(response.headers_mut());
    response
}

/// What is done with the request of a key that is good.
async fn pass(
    gate: &Gate,
    into: Option<(Option<Id<GuildMarker>>, About)>,
    shown: Shown,
    request: Request,
    next: Next,
    now: Timestamp,
) -> Result<Response, Problem> {
    check_accept(request.headers())?;
    let guild = match into {
        None => None,
        Some((guild, about)) => {
            // Of a server where it does not count it learns nothing, not even that it is there.
            let guild = guild.filter(|_| shown.granted).ok_or_else(no_such_guild)?;
            let access = if request.method().is_safe() { Access::Read } else { Access::Write };
            let scope = Scope { area: about.area, access };
            if !shown.scopes.open(scope) {
                let problem = said!(api_scope_missing, scope = scope.to_string());
                return Err(Problem::new(StatusCode::FORBIDDEN, "scope_missing", problem));
            }
            Some(guild)
        }
    };
    let idempotency_key = repetition::key_of(request.method(), request.headers())?;
    let reader = Reader::of(&request);
    let key = shown.id.clone();
    let caller = Caller {
        app: gate.app.clone(),
        guild,
        feature: into.map_or("config", |(_, about)| about.feature),
        id: shown.id,
        name: shown.name,
        scopes: shown.scopes,
        guilds: shown.guilds,
        expires_at: shown.expires_at,
        idempotency_key: idempotency_key.clone(),
        reader: reader.clone(),
        now,
    };
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(caller);
    // What is read has no body; all others are small.
    let body = axum::body::to_bytes(body, gate.bounds.body).await.map_err(|_| {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_too_large",
            said!(api_body_too_large, bytes = gate.bounds.body.to_string()),
        )
    })?;
    let (method, uri): (Method, _) = (parts.method.clone(), parts.uri.clone());
    let request = Request::from_parts(parts, Body::from(body.clone()));
    let (Some(guild), Some((_, about)), Some(idempotency_key)) = (guild, into, &idempotency_key) else {
        return Ok(next.run(request).await);
    };
    let once = Once {
        app: &gate.app,
        guild,
        key: &key,
        idempotency_key,
        area: about.area,
        method: &method,
        uri: &uri,
        body: &body,
    };
    match once.take(gate.bounds).await? {
        Taken::Before(response) => Ok(response),
        Taken::Now(held) => once.keep(held, reader.say(next.run(request).await)).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_takes_what_it_says() {
        let check = |accept: Option<&'static str>, expected: bool| {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(ACCEPT, HeaderValue::from_static(accept));
            }
            assert_eq!(check_accept(&headers).is_ok(), expected, "{accept:?}");
        };
        check(None, true);
        check(Some("*/*"), true);
        check(Some("application/json; charset=utf-8"), true);
        check(Some("text/html, application/*;q=0.5"), true);
        check(Some("text/csv"), true);
        check(Some("text/html"), false);
        check(Some("application/json;q=0"), false);
    }
}
