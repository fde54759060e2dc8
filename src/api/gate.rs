//! Who comes in: by which key, into which server, to do what.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{FromRequestParts, MatchedPath, Query, RawPathParams, Request, State};
use axum::http::header::{AUTHORIZATION, IF_MATCH, WWW_AUTHENTICATE};
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
use utoipa::openapi::OpenApi;

use super::accept::check_accept;
use super::known::KnownKeys;
use super::limit::Allowances;
use super::repetition::{self, Held, Once, Taken};
use super::{Bounds, Problem, Reader};
use crate::acting::{Acting, Origin};
use crate::app::App;
use crate::discord;
use crate::keys::{self, Access, Area, Scope, Scopes, store};
use crate::said;
use crate::turns::Turns;

/// How often it is written down that a key is used.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// How long it is believed that the bot is in a server, and that it is not; and how many servers that is known of.
const PRESENCE: Duration = Duration::from_secs(60);
const MOST_PRESENCES: u64 = 10_000;

/// How long Discord may take to say whether the bot is in a server.
const PRESENCE_TIME: Duration = Duration::from_secs(2);

/// How long it is believed that a key does not count, so that whoever shows it again and again costs nothing.
const REFUSED: Duration = Duration::from_secs(1);

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
    known: KnownKeys,
    /// Digests of keys that are known, and do not count.
    refused: Cache<String, ()>,
    allowances: Allowances,
    turns: Arc<Turns<Id<GuildMarker>>>,
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
    pub(super) fn new(app: App, document: &OpenApi, bounds: Bounds) -> Gate {
        let keys = app.config.api_keys.iter();
        let from_environment =
            keys.map(|key| (keys::digest(key.key.expose_secret()), key.name.clone())).collect::<HashMap<_, _>>();
        Gate {
            known: KnownKeys::default(),
            refused: Cache::builder().max_capacity(MOST_PRESENCES).time_to_live(REFUSED).build(),
            allowances: Allowances::of(document),
            turns: Arc::new(Turns::of_programs()),
            from_environment: Arc::new(from_environment),
            present: Cache::builder().max_capacity(MOST_PRESENCES).time_to_live(PRESENCE).build(),
            app,
            bounds,
        }
    }

    /// The key of which a request shows one with that digest. Digests are compared, not keys: how long that takes tells nothing
    /// of any key.
    async fn authenticate(
        &self,
        (key, digest): (&str, &str),
        guild: Option<Id<GuildMarker>>,
        now: Timestamp,
    ) -> Result<Shown, Problem> {
        if let Some(name) = self.from_environment.get(digest) {
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
        // What is none by its form, or is nobody's, costs no query of its own.
        if !keys::is_whole(key)
            || self.refused.contains_key(digest)
            || !self.known.may_have(&self.app.db, digest).await?
        {
            return Err(unknown_key());
        }
        let found = store::find(&self.app.db, digest, guild).await?;
        let good = found.filter(|key| key.counts && key.expires_at.is_none_or(|at| at > now));
        let Some(store::Shown { id, name, scopes, granted, expires_at, last_used_at, .. }) = good else {
            self.refused.insert(digest.to_owned(), ()).await;
            return Err(unknown_key());
        };
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
    origin: Origin,
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

    /// Whether the key opens something besides what the request is about.
    pub fn opens(&self, scope: Scope) -> bool {
        self.scopes.open(scope)
    }

    /// The program, as operations know it. With an `Idempotency-Key` they do the same once.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn acting(&self) -> Result<Acting, Problem> {
        let (guild, origin) = (self.guild()?, self.origin.clone());
        Ok(Acting::key(&self.app, guild, self.feature, &self.name, origin, self.now).await?)
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

/// What a request is about: a server, if its id is one, and a part of the API; or nothing of a server.
type Into = Option<(Option<Id<GuildMarker>>, About)>;

async fn enter(gate: &Gate, into: Into, request: Request, next: Next) -> Response {
    let now = gate.app.clock.now();
    let (parts, body) = request.into_parts();
    let entered = async {
        let key = shown_key(&parts.headers)?;
        let digest = keys::digest(key);
        if let Some(empty) = gate.allowances.find_empty(&digest, now).await {
            return Ok((None, empty));
        }
        let shown = gate.authenticate((key, &digest), into.and_then(|(guild, _)| guild), now).await?;
        let guild = into.and_then(|(guild, _)| guild).filter(|_| shown.granted);
        let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let cost = gate.allowances.cost(&parts.method, path);
        let allowance = gate.allowances.spend(&gate.app.db, (&shown.id, &digest), guild, cost, now).await?;
        Ok::<_, Problem>((Some(shown), allowance))
    };
    let (shown, allowance) = match entered.await {
        Ok(entered) => entered,
        Err(problem) => return problem.into_response(),
    };
    let mut response = match (allowance.check(), shown) {
        (Ok(()), Some(shown)) => {
            let request = Request::from_parts(parts, body);
            pass(gate, into, shown, request, next, now).await.unwrap_or_else(IntoResponse::into_response)
        }
        (Ok(()), None) => unknown_key().into_response(),
        (Err(problem), _) => problem.into_response(),
    };
    allowance.say(response.headers_mut());
    response
}

/// What is done with the request of a key that is good.
async fn pass(
    gate: &Gate,
    into: Into,
    shown: Shown,
    request: Request,
    next: Next,
    now: Timestamp,
) -> Result<Response, Problem> {
    check_accept(request.headers())?;
    let guild = match into {
        None => None,
        Some((guild, about)) => Some(require_open(&shown, guild, about, request.method())?),
    };
    let idempotency_key = repetition::key_of(request.method(), request.headers())?;
    let reader = Reader::of(&request);
    let (mut parts, body) = request.into_parts();
    // What is read has no body; all others are small.
    let body = axum::body::to_bytes(body, gate.bounds.body).await.map_err(|_| {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_too_large",
            said!(api_body_too_large, bytes = gate.bounds.body.to_string()),
        )
    })?;
    // Who only sends slowly keeps nobody else waiting.
    if guild.is_some_and(|guild| gate.turns.is_crowded(guild)) {
        return Err(Problem::too_slow());
    }
    let _turn = match guild {
        Some(guild) => Some(gate.turns.wait_for_turn(guild).await),
        None => None,
    };
    let mut caller = Caller {
        app: gate.app.clone(),
        guild,
        feature: into.map_or("config", |(_, about)| about.feature),
        id: shown.id.clone(),
        name: shown.name,
        scopes: shown.scopes,
        guilds: shown.guilds,
        expires_at: shown.expires_at,
        origin: Origin::Routine,
        reader: reader.clone(),
        now,
    };
    let (method, uri): (Method, _) = (parts.method.clone(), parts.uri.clone());
    let (Some(guild), Some((_, about)), Some(idempotency_key)) = (guild, into, &idempotency_key) else {
        parts.extensions.insert(caller);
        return Ok(next.run(Request::from_parts(parts, Body::from(body))).await);
    };
    let (app, key, area) = (&gate.app, shown.id.as_str(), about.area);
    let revision = parts.headers.get(IF_MATCH).cloned();
    let revision = revision.as_ref();
    let once = Once { app, guild, key, idempotency_key, area, method: &method, uri: &uri, revision, body: &body };
    let held: Held = match once.take(gate.bounds).await? {
        Taken::Before(response) => return Ok(response),
        Taken::Now(held) => held,
    };
    caller.origin = held.origin(key, idempotency_key);
    parts.extensions.insert(caller);
    let request = Request::from_parts(parts, Body::from(body.clone()));
    once.keep(held, reader.say(next.run(request).await)).await
}

/// The server, if the key counts there and opens the part of the API.
fn require_open(
    shown: &Shown,
    guild: Option<Id<GuildMarker>>,
    about: About,
    method: &Method,
) -> Result<Id<GuildMarker>, Problem> {
    // Of a server where it does not count it learns nothing, not even that it is there.
    let guild = guild.filter(|_| shown.granted).ok_or_else(no_such_guild)?;
    let access = if method.is_safe() { Access::Read } else { Access::Write };
    let scope = Scope { area: about.area, access };
    match shown.scopes.open(scope) {
        true => Ok(guild),
        false => {
            let problem = said!(api_scope_missing, scope = scope.to_string());
            Err(Problem::new(StatusCode::FORBIDDEN, "scope_missing", problem))
        }
    }
}
