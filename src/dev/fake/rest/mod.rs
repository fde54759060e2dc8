//! The REST API below `/api/v10`: one entry, one table of routes.
//!
//! The entry reads the request, then faults, authorization and rate limits have their say, and a route runs under the
//! lock as a plain function from state and [`Call`] to a [`Reply`]. The page on which people log in stands beside the
//! API, in [`oauth`].

mod channels;
mod commands;
mod events;
mod guilds;
mod invites;
mod messages;
mod multipart;
pub(super) mod oauth;
mod pins;
pub(super) mod server;
mod threads;
mod webhooks;

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use self::server::Line;
pub(super) use self::threads::after_message;
use super::check::{Findings, Limited};
use super::fault::{self, Answer};
use super::limits::Standing;
use super::messages::Upload;
use super::record::Request;
use super::refusal::Refusal;
use super::state::{Grant, Snowflake, Stage, State};
use super::{BOT_TOKEN, Discord};

/// Discord takes no larger requests.
const MAX_BODY: usize = 25 * 1024 * 1024;

/// How long a follow-up that overtook the answer waits for it, in real time; longer only delays the refusal.
const EARLY: Duration = Duration::from_millis(150);

/// A request that passed the entry.
struct Call {
    method: Method,
    segments: Vec<String>,
    query: HashMap<String, String>,
    body: Value,
    uploads: Vec<Upload>,
    /// What the route is called in problems and limits: `PATCH /channels/*/messages/*`.
    route: String,
    /// The `Authorization` header.
    authorization: Option<String>,
    /// The login whose token it carries.
    grant: Option<Grant>,
}

/// What a route answers.
struct Reply {
    status: u16,
    body: Value,
}

type Outcome = Result<Reply, Refusal>;

/// 200 with a body.
fn ok(body: Value) -> Outcome {
    Ok(Reply { status: 200, body })
}

/// 204.
fn nothing() -> Outcome {
    Ok(Reply { status: 204, body: Value::Null })
}

impl Call {
    /// Notes what Discord ignores in the body, and refuses what it refuses.
    fn judge(&self, state: &mut State, found: &Findings) -> Result<(), Refusal> {
        for finding in found.0.iter().filter(|finding| !finding.refused) {
            state.problems.push(format!("{}: {finding}", self.route));
        }
        // What commands are called is no message's affair, but declared.
        let is_declared = |it: &&Limited| it.place == "name" && self.route.ends_with("/commands");
        state.texts.extend(found.1.iter().filter(|it| !is_declared(it)).cloned());
        if found.accepted() { Ok(()) } else { Err(Refusal::invalid(found)) }
    }

    /// A number from the query.
    fn number(&self, key: &str) -> Option<u64> {
        self.query.get(key)?.parse().ok()
    }

    fn file_names(&self) -> Vec<String> {
        self.uploads.iter().map(|upload| upload.name.clone()).collect()
    }

    /// The files, as the outside check of bodies wants to know them.
    fn files(&self) -> Value {
        let files = self.uploads.iter().map(|it| json!({"filename": it.name, "size": it.bytes.len()}));
        json!({"files": files.collect::<Vec<_>>()})
    }
}

pub(super) fn router(discord: &Discord) -> Router {
    let discord = discord.clone();
    Router::new().fallback(move |request: axum::extract::Request| {
        let discord = discord.clone();
        async move {
            let response = enter(&discord, request).await;
            count_refused(&discord, &response);
            response
        }
    })
}

/// The table of routes.
fn route(state: &mut State, call: &mut Call) -> Outcome {
    let segments: Vec<String> = call.segments.clone();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (call.method.as_str(), path.as_slice()) {
        ("GET", ["applications", "@me"]) => commands::application(state),
        ("PATCH", ["applications", "@me"]) => commands::change_application(state, call),
        ("GET", ["applications", app, "commands"]) => commands::list(state, call, app, None),
        ("PUT", ["applications", app, "commands"]) => commands::replace(state, call, app, None),
        ("GET", ["applications", app, "guilds", guild, "commands"]) => commands::list(state, call, app, Some(guild)),
        ("PUT", ["applications", app, "guilds", guild, "commands"]) => commands::replace(state, call, app, Some(guild)),

        ("GET", ["applications", app, "guilds", guild, "commands", "permissions"]) => {
            commands::rules(state, app, guild)
        }

        ("POST", ["interactions", id, token, "callback"]) => webhooks::callback(state, call, id, token),
        ("POST", ["webhooks", app, token]) => webhooks::follow_up(state, call, app, token),
        ("GET", ["webhooks", app, token, "messages", message]) => webhooks::get(state, app, token, message),
        ("PATCH", ["webhooks", app, token, "messages", message]) => webhooks::edit(state, call, app, token, message),
        ("DELETE", ["webhooks", app, token, "messages", message]) => webhooks::delete(state, app, token, message),

        ("GET", ["channels", channel]) => channels::get(state, channel),
        ("PATCH", ["channels", channel]) => channels::change(state, call, channel),
        ("DELETE", ["channels", channel]) => channels::delete(state, channel),
        ("PUT", ["channels", channel, "permissions", target]) => channels::put_overwrite(state, call, channel, target),
        ("DELETE", ["channels", channel, "permissions", target]) => channels::delete_overwrite(state, channel, target),

        ("GET", ["channels", channel, "messages", "pins"]) => pins::list(state, call, channel),
        ("GET", ["channels", channel, "messages"]) => messages::list(state, call, channel),
        ("POST", ["channels", channel, "messages"]) => messages::create(state, call, channel),
        ("POST", ["channels", channel, "messages", "bulk-delete"]) => messages::delete_many(state, call, channel),
        ("GET", ["channels", channel, "messages", message]) => messages::get(state, channel, message),
        ("PATCH", ["channels", channel, "messages", message]) => messages::edit(state, call, channel, message),
        ("DELETE", ["channels", channel, "messages", message]) => messages::delete(state, channel, message),

        ("PUT", ["channels", channel, "messages", "pins", message]) => pins::set(state, channel, message, true),
        ("DELETE", ["channels", channel, "messages", "pins", message]) => pins::set(state, channel, message, false),
        ("POST", ["channels", channel, "polls", message, "expire"]) => messages::end_poll(state, channel, message),
        ("GET", ["channels", channel, "polls", message, "answers", _]) => messages::votes(state, channel, message),

        ("POST", ["channels", channel, "threads"]) => threads::create(state, call, channel, None),
        ("POST", ["channels", channel, "messages", message, "threads"]) => {
            threads::create(state, call, channel, Some(message))
        }
        ("GET", ["channels", thread, "thread-members"]) => threads::members(state, thread),
        ("GET", ["channels", thread, "thread-members", user]) => threads::member(state, thread, user),
        ("PUT", ["channels", thread, "thread-members", user]) => threads::set_member(state, thread, user, true),
        ("DELETE", ["channels", thread, "thread-members", user]) => threads::set_member(state, thread, user, false),
        ("GET", ["guilds", guild, "threads", "active"]) => threads::active(state, guild),
        ("GET", ["channels", channel, "threads", "archived", which @ ("public" | "private")]) => {
            threads::archived(state, channel, *which == "private")
        }

        ("POST", ["channels", channel, "invites"]) => invites::create(state, call, channel),
        ("GET", ["guilds", guild, "invites"]) => invites::list(state, guild),
        ("GET", ["guilds", guild, "vanity-url"]) => invites::vanity(state, guild),
        ("GET", ["invites", code]) => invites::get(state, code),
        ("DELETE", ["invites", code]) => invites::delete(state, code),

        ("GET", ["guilds", guild, "scheduled-events"]) => events::list(state, guild),
        ("POST", ["guilds", guild, "scheduled-events"]) => events::create(state, call, guild),
        ("GET", ["guilds", guild, "scheduled-events", event]) => events::get(state, guild, event),
        ("PATCH", ["guilds", guild, "scheduled-events", event]) => events::change(state, call, guild, event),
        ("DELETE", ["guilds", guild, "scheduled-events", event]) => events::delete(state, guild, event),

        ("GET", ["guilds", guild]) => guilds::get(state, call, guild),
        ("GET", ["guilds", guild, "channels"]) => guilds::channels(state, guild),
        ("POST", ["guilds", guild, "channels"]) => guilds::create_channel(state, call, guild),
        ("GET", ["guilds", guild, "emojis"]) => guilds::emojis(state, guild),
        ("GET", ["guilds", guild, "roles"]) => guilds::roles(state, guild),
        ("GET", ["guilds", guild, "roles", "member-counts"]) => guilds::role_counts(state, guild),
        ("PATCH", ["guilds", guild, "members", user]) => guilds::change_member(state, call, guild, user),
        ("GET", ["guilds", guild, "members", "search"]) => guilds::search_members(state, call, guild),
        ("GET", ["guilds", guild, "members", user]) => guilds::member(state, guild, user),
        ("PUT", ["guilds", guild, "members", user, "roles", role]) => guilds::set_role(state, guild, user, role, true),
        ("DELETE", ["guilds", guild, "members", user, "roles", role]) => {
            guilds::set_role(state, guild, user, role, false)
        }

        ("POST", ["oauth2", "token"]) => oauth::token(state, call),
        ("POST", ["oauth2", "token", "revoke"]) => oauth::revoke(state, call),
        ("GET", ["oauth2", "@me"]) => oauth::about(state, call.grant.as_ref()),
        ("GET", ["users", "@me"]) => oauth::me(state, call.grant.as_ref()),
        ("GET", ["users", "@me", "guilds"]) => oauth::guilds(state, call),
        ("GET", ["users", "@me", "guilds", guild, "member"]) => oauth::member(state, call.grant.as_ref(), guild),
        ("DELETE", ["users", "@me", "guilds", guild]) => guilds::leave(state, guild),
        ("POST", ["users", "@me", "channels"]) => channels::open_dm(state, call),
        _ => Err(Refusal::NOT_FOUND),
    }
}

/// Discord counts what it refuses (<https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>).
fn count_refused(discord: &Discord, response: &Response) {
    let shared = response.headers().get("x-ratelimit-scope").is_some_and(|scope| scope == "shared");
    if matches!(response.status().as_u16(), 401 | 403) || (response.status() == 429 && !shared) {
        let mut state = discord.lock();
        let now = state.now();
        state.limits.refuse(now);
    }
}

async fn enter(discord: &Discord, request: axum::extract::Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    if let Some(file) = path.strip_prefix("/attachments/") {
        return download(&discord.lock(), file);
    }
    if let Some(picture) = path.strip_prefix("/avatars/") {
        return avatar(&discord.lock(), picture);
    }
    if path == "/oauth2/authorize" {
        return oauth::authorize(discord, &parts, body).await;
    }
    let Some(below) = path.strip_prefix("/api/v10/") else { return refuse(&Refusal::NOT_FOUND) };
    let segments: Vec<String> = below.split('/').map(str::to_owned).collect();
    let (route_name, major, masked) = name(&parts.method, &segments);
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let query = parts.uri.query().unwrap_or_default();
    let mut record = Request {
        method: parts.method.to_string(),
        path: if query.is_empty() { masked } else { format!("{masked}?{query}") },
        status: None,
        body: Value::Null,
        files: Vec::new(),
        audit_reason: header("x-audit-log-reason").map(|reason| percent_decode(&reason)),
        user_agent: header("user-agent"),
        authorized: header("authorization").is_some(),
        interaction: segments.get(2).and_then(|token| discord.lock().tokens.get(token).map(ToString::to_string)),
        at: SystemTime::now(),
    };
    let bytes = axum::body::to_bytes(body, MAX_BODY).await;
    let max_file = discord.lock().max_file;
    let (body, uploads, bad_body) = match bytes.as_deref().map(|bytes| read(&parts.headers, bytes, max_file)) {
        Ok(Ok((body, uploads))) => (body, uploads, None),
        Ok(Err(refusal)) => (Value::Null, Vec::new(), Some(refusal)),
        Err(_) => (Value::Null, Vec::new(), Some(Refusal::TOO_LARGE)),
    };
    record.body = body.clone();
    record.files = uploads.iter().map(|upload| upload.name.clone()).collect();
    let authorization = header("authorization");
    let grant = authorization.as_deref().and_then(|value| oauth::grant(&discord.lock(), value));
    let query = parse_query(query);
    let mut call =
        Call { method: parts.method, segments, query, body, uploads, route: route_name, authorization, grant };

    let banned = {
        let state = discord.lock();
        state.limits.banned(state.now())
    };
    if banned {
        note(discord, record, Some(StatusCode::TOO_MANY_REQUESTS));
        return html_429();
    }
    let fault = fault::take(&mut discord.lock().faults, &call.method, below);
    match &fault {
        Some(Answer::Hang) => {
            note(discord, record, None);
            return std::future::pending().await;
        }
        Some(Answer::Reset) => {
            note(discord, record, None);
            match parts.extensions.get::<ConnectInfo<Line>>() {
                Some(ConnectInfo(line)) => line.cut(),
                // Nobody who serves the router in another way can cut; the nearest is what a proxy would say.
                None => return answer(502, &Value::Null),
            }
            return Response::default();
        }
        fault => {
            if let Some(response) = fault.as_ref().and_then(|fault| early(discord, &call.route, fault)) {
                note(discord, record, Some(response.status()));
                return response;
            }
        }
    }

    // Tokens of interactions stand in the path; who logs in authorizes in ways of their own.
    let by_token = matches!(call.segments.first().map(String::as_str), Some("interactions" | "webhooks"))
        || call.route.starts_with("POST /oauth2/token");
    let is_bot = header("authorization").is_some_and(|value| value == format!("Bot {BOT_TOKEN}"))
        || (call.grant.is_some() && (below.starts_with("users/@me") || below.starts_with("oauth2/")));
    let barred = match (&record.user_agent, bad_body) {
        (None, _) => Some(Refusal::NO_USER_AGENT),
        _ if !by_token && !is_bot => Some(Refusal::UNAUTHORIZED),
        (_, bad_body) => bad_body,
    };
    let standing =
        (!call.route.ends_with("/callback")).then(|| discord.lock().limits.count(&call.route, &major, !by_token));
    if let Some(standing) = standing.as_ref().filter(|standing| standing.exceeded && barred.is_none()) {
        let scope = if standing.global { "global" } else { "user" };
        let response = too_many(standing.reset_after.as_secs_f64(), standing.global, scope, Some(standing));
        note(discord, record, Some(response.status()));
        return response;
    }
    if barred.is_none() {
        wait_for_answer(discord, &call).await;
    }
    let barred = match barred {
        None => check_endpoint(discord, &call).await,
        barred => barred,
    };

    let outcome = {
        let mut state = discord.lock();
        let outcome = barred.map_or_else(|| route(&mut state, &mut call), Err);
        if let Err(refusal) = &outcome
            && !is_early(&state, &call)
        {
            state.problems.push(format!("{}: {}", call.route, refusal.line()));
        }
        outcome
    };
    discord.touch();
    let mut response = match &outcome {
        Ok(reply) => answer(reply.status, &reply.body),
        Err(refusal) => refuse(refusal),
    };
    if let Some(standing) = &standing {
        limit_headers(response.headers_mut(), standing);
    }
    match fault {
        Some(Answer::HangAfter) => {
            note(discord, record, None);
            return std::future::pending().await;
        }
        Some(Answer::Slow(delay)) => tokio::time::sleep(delay).await,
        _ => {}
    }
    note(discord, record, Some(response.status()));
    response
}

/// What a fault answers in the place of the route.
fn early(discord: &Discord, route: &str, fault: &Answer) -> Option<Response> {
    Some(match fault {
        Answer::Status(status, body) => answer(*status, body),
        Answer::ServerError => answer(500, &json!({"message": "500: Internal Server Error", "code": 0})),
        Answer::Html429 => html_429(),
        Answer::RateLimit(seconds) => {
            let standing = discord.lock().limits.exceeded(route, *seconds);
            too_many(*seconds, false, "user", Some(&standing))
        }
        Answer::SharedLimit(seconds) => {
            let standing = discord.lock().limits.exceeded(route, *seconds);
            too_many(*seconds, false, "shared", Some(&standing))
        }
        Answer::GlobalLimit(seconds) => too_many(*seconds, true, "global", None),
        Answer::Hang | Answer::Reset | Answer::HangAfter | Answer::Slow(_) => return None,
    })
}

/// Writes a request down.
fn note(discord: &Discord, mut record: Request, status: Option<StatusCode>) {
    record.status = status.map(|status| status.as_u16());
    discord.lock().requests.push(record);
    discord.touch();
}

/// What a route is called, the resource whose limit it counts for, and its path without secrets.
fn name(method: &Method, segments: &[String]) -> (String, String, String) {
    let token = match segments.first().map(String::as_str) {
        Some("interactions" | "webhooks") => 2,
        _ => usize::MAX,
    };
    let is_id = |segment: &str| !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
    let route =
        |i: usize, segment: &str| if i == token || is_id(segment) { "*".to_owned() } else { segment.to_owned() };
    let route: Vec<String> = segments.iter().enumerate().map(|(i, segment)| route(i, segment)).collect();
    let masked = segments.iter().enumerate().map(|(i, segment)| if i == token { "…" } else { segment.as_str() });
    let masked = masked.collect::<Vec<_>>().join("/");
    let major = segments.iter().take(if token == 2 { 3 } else { 2 }).cloned().collect::<Vec<_>>().join("/");
    (format!("{method} /{}", route.join("/")), major, format!("/{masked}"))
}

/// Discord has not always seen the answer to an interaction when a follow-up comes; it is given a moment.
async fn wait_for_answer(discord: &Discord, call: &Call) {
    let deadline = tokio::time::Instant::now() + EARLY;
    let mut version = discord.shared.version.subscribe();
    while is_early(&discord.lock(), call) {
        // Only the last handle closes the channel, and we hold one.
        if tokio::time::timeout_at(deadline, version.changed()).await.is_err() {
            return;
        }
    }
}

/// Whether a call is a follow-up to an interaction that is not answered yet.
fn is_early(state: &State, call: &Call) -> bool {
    let token = call.segments.get(2).filter(|_| call.segments[0] == "webhooks");
    let id = token.and_then(|token| state.tokens.get(token));
    id.and_then(|id| state.interactions.get(id)).is_some_and(|interaction| interaction.stage == Stage::Waiting)
}

/// Before Discord stores a new interactions endpoint it calls it.
async fn check_endpoint(discord: &Discord, call: &Call) -> Option<Refusal> {
    if call.route != "PATCH /applications/@me" {
        return None;
    }
    let url = call.body["interactions_endpoint_url"].as_str()?;
    let before = discord.lock().endpoint.replace(url.to_owned());
    let why = discord.probe().await.err()?;
    let mut state = discord.lock();
    state.endpoint = before;
    let text = format!("could not be verified: {why}");
    Some(Refusal::field(&["interactions_endpoint_url"], "APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID", &text))
}

/// Body and files of a request.
fn read(headers: &HeaderMap, bytes: &[u8], max_file: usize) -> Result<(Value, Vec<Upload>), Refusal> {
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    let kind = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if let Some(boundary) = kind.strip_prefix("multipart/form-data").and_then(|rest| rest.split("boundary=").nth(1)) {
        let (body, uploads) = multipart::parse(bytes, boundary.trim_matches('"')).ok_or(Refusal::INVALID_JSON)?;
        if uploads.iter().any(|upload| upload.bytes.len() > max_file) {
            return Err(Refusal::TOO_LARGE);
        }
        return Ok((body, uploads));
    }
    if kind.starts_with("application/x-www-form-urlencoded") {
        let fields = parse_query(&String::from_utf8_lossy(bytes)).into_iter();
        return Ok((fields.map(|(key, value)| (key, Value::String(value))).collect(), Vec::new()));
    }
    if !kind.starts_with("application/json") {
        let message = "Expected \"Content-Type\" header to be one of {'application/json'}.";
        return Err(Refusal::field(&[], "CONTENT_TYPE_INVALID", message));
    }
    serde_json::from_slice(bytes).map(|body| (body, Vec::new())).map_err(|_| Refusal::INVALID_JSON)
}

fn answer(status: u16, body: &Value) -> Response {
    let mut response = Response::new(if body.is_null() { Body::empty() } else { Body::from(body.to_string()) });
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    if !body.is_null() {
        response.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
    }
    response
}

fn refuse(refusal: &Refusal) -> Response {
    answer(refusal.status, &refusal.body())
}

fn too_many(seconds: f64, global: bool, scope: &'static str, standing: Option<&Standing>) -> Response {
    let seconds = (seconds * 1000.0).ceil() / 1000.0;
    let mut response =
        answer(429, &json!({"message": "You are being rate limited.", "retry_after": seconds, "global": global}));
    let headers = response.headers_mut();
    headers.insert("retry-after", number(seconds.ceil()));
    headers.insert("x-ratelimit-scope", HeaderValue::from_static(scope));
    if global {
        headers.insert("x-ratelimit-global", HeaderValue::from_static("true"));
    }
    if let Some(standing) = standing.filter(|_| !global) {
        limit_headers(headers, standing);
    }
    response
}

/// What the proxy in front of Discord says to an address it has had enough of.
fn html_429() -> Response {
    let mut response =
        Response::new(Body::from("<!doctype html><title>Access denied</title><p>You are being rate limited"));
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert("content-type", HeaderValue::from_static("text/html"));
    response.headers_mut().insert("retry-after", HeaderValue::from_static("1"));
    response
}

fn limit_headers(headers: &mut HeaderMap, standing: &Standing) {
    headers.insert("x-ratelimit-limit", standing.limit.into());
    headers.insert("x-ratelimit-remaining", standing.remaining.into());
    headers.insert("x-ratelimit-reset", number(standing.reset));
    headers.insert("x-ratelimit-reset-after", number(standing.reset_after.as_secs_f64()));
    if let Ok(bucket) = HeaderValue::from_str(&standing.bucket) {
        headers.insert("x-ratelimit-bucket", bucket);
    }
}

fn number(number: f64) -> HeaderValue {
    let text = if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.3}") };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("1"))
}

fn download(state: &State, path: &str) -> Response {
    let id = path.split('/').nth(1).and_then(|id| id.parse::<Snowflake>().ok());
    let Some(file) = id.and_then(|id| state.files.get(&id)) else { return refuse(&Refusal::NOT_FOUND) };
    let mut response = Response::new(Body::from(Bytes::from(file.bytes.clone())));
    if let Ok(kind) = HeaderValue::from_str(&file.content_type) {
        response.headers_mut().insert("content-type", kind);
    }
    response
}

/// Somebody's picture, at `user/hash.png`.
fn avatar(state: &State, path: &str) -> Response {
    let user = path.split('/').next().and_then(|id| id.parse::<Snowflake>().ok());
    let Some(picture) = user.and_then(|user| state.pictures.get(&user)) else { return refuse(&Refusal::NOT_FOUND) };
    let mut response = Response::new(Body::from(picture.clone()));
    response.headers_mut().insert("content-type", HeaderValue::from_static("image/png"));
    response
}

fn parse_query(query: &str) -> HashMap<String, String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(key, value)| (percent_decode(key), percent_decode(value))).collect()
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = match (first, tail) {
            (b'%', [a, b, ..]) => std::str::from_utf8(&[*a, *b]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()),
            _ => None,
        };
        let plain = if *first == b'+' { b' ' } else { *first };
        bytes.push(decoded.unwrap_or(plain));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An id in a path; what is none is nothing that exists.
fn id(segment: &str, unknown: Refusal) -> Result<Snowflake, Refusal> {
    segment.parse().map_err(|_| unknown)
}
