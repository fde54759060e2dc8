//! People who log in with their account: the page that asks them, tokens, and what these are good for
//! (<https://discord.com/developers/docs/topics/oauth2>).

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Call, Outcome, Reply, guilds, ok, parse_query};
use crate::dev::fake::refusal::Refusal;
use crate::dev::fake::state::{APPLICATION_ID, Code, Grant, State};
use crate::dev::fake::{CLIENT_SECRET, Discord, payload};

/// How long a code waits to be exchanged; Discord does not say, the RFC recommends at most ten minutes.
const CODE_LIFE: SignedDuration = SignedDuration::from_mins(1);

/// Discord's tokens live for a week.
const TOKEN_LIFE_S: i64 = 604_800;

/// The page on which somebody allows the application to know them.
pub(super) async fn authorize(discord: &Discord, parts: &Parts, body: Body) -> Response {
    let asked = parse_query(parts.uri.query().unwrap_or_default());
    let text = |key: &str| asked.get(key).cloned().unwrap_or_default();
    let (redirect_uri, scope, state) = (text("redirect_uri"), text("scope"), text("state"));
    let known = discord.lock().oauth.redirect_uris.contains(&redirect_uri);
    if text("client_id") != APPLICATION_ID.to_string() || text("response_type") != "code" || !known {
        return page(
            StatusCode::BAD_REQUEST,
            "<h1>Invalid request</h1><p>Unknown client, response type or redirect URI.</p>",
        );
    }
    // Discord takes no other method, and none of a length that cannot be one of SHA-256.
    let challenge = asked.get("code_challenge").cloned();
    if challenge.as_ref().is_some_and(|it| text("code_challenge_method") != "S256" || it.len() != 43) {
        return page(StatusCode::BAD_REQUEST, "<h1>Invalid request</h1><p>The code challenge is not of S256.</p>");
    }
    if parts.method != Method::POST {
        let names: Vec<String> =
            discord.lock().users.values().filter(|user| !user.bot).map(|user| user.name.clone()).collect();
        let people = names
            .iter()
            .map(|name| format!("<button name=person value=\"{0}\">Continue as {0}</button>", escape(name)));
        return page(
            StatusCode::OK,
            &format!(
                "<h1>alphapy wants to know you</h1><p>It asks for: <b>{}</b></p><form method=post>{}<button name=cancel value=1>Cancel</button></form>",
                escape(&scope),
                people.collect::<String>(),
            ),
        );
    }
    let bytes = axum::body::to_bytes(body, 4096).await.unwrap_or_default();
    let chosen = parse_query(&String::from_utf8_lossy(&bytes));
    let person = chosen.get("person").and_then(|name| discord.lock().user_named(name));
    let mut back = form_urlencoded(&[("state", &state), ("iss", "https://discord.com")]);
    match person {
        Some(user) => {
            let code = discord.seal(&format!("code {}", discord.lock().next_id()))[..30].to_owned();
            back = format!("{}&{back}", form_urlencoded(&[("code", &code)]));
            let mut fake = discord.lock();
            let scopes = scope.split_whitespace().map(str::to_owned).collect();
            let code_of = Code { user, scopes, redirect_uri: redirect_uri.clone(), challenge, given_at: fake.now() };
            fake.oauth.codes.insert(code, code_of);
        }
        None => back = format!("error=access_denied&error_description=The+resource+owner+denied+the+request&{back}"),
    }
    let between = if redirect_uri.contains('?') { '&' } else { '?' };
    let mut response = Response::default();
    *response.status_mut() = StatusCode::FOUND;
    if let Ok(to) = HeaderValue::from_str(&format!("{redirect_uri}{between}{back}")) {
        response.headers_mut().insert("location", to);
    }
    response
}

/// Gives a token for a code, or a new one for a refresh token.
pub(super) fn token(state: &mut State, call: &Call) -> Outcome {
    client(call)?;
    let field = |key: &str| call.body[key].as_str().unwrap_or_default();
    let (user, scopes) = match field("grant_type") {
        "authorization_code" => {
            let code = state.oauth.codes.remove(field("code"));
            let fresh = |code: &Code| state.now() <= code.given_at + CODE_LIFE;
            let code = code.filter(|code| {
                let is_verified = verifies(code.challenge.as_deref(), field("code_verifier"));
                fresh(code) && code.redirect_uri == field("redirect_uri") && is_verified
            });
            code.map(|code| (code.user, code.scopes))
        }
        "refresh_token" => {
            let found = state.oauth.grants.iter().find(|(_, grant)| grant.refresh_token == field("refresh_token"));
            let token = found.map(|(token, _)| token.clone());
            token.and_then(|token| state.oauth.grants.remove(&token)).map(|grant| (grant.user, grant.scopes))
        }
        _ => return problem(400, "unsupported_grant_type"),
    }
    .ok_or(Refusal::INVALID_GRANT)?;
    let (access, refresh_token) = (format!("access.{:x}", state.next_id()), format!("refresh.{:x}", state.next_id()));
    let scope = scopes.join(" ");
    let grant = Grant { user, scopes, refresh_token: refresh_token.clone(), given_at: state.now() };
    state.oauth.grants.insert(access.clone(), grant);
    ok(json!({
        "token_type": "Bearer", "access_token": access, "expires_in": TOKEN_LIFE_S, "refresh_token": refresh_token,
        "scope": scope,
    }))
}

/// Whether a verifier is the one of which the challenge was made
/// (<https://www.rfc-editor.org/rfc/rfc7636#section-4.6>). Where none was asked for, none may come.
fn verifies(challenge: Option<&str>, verifier: &str) -> bool {
    match challenge {
        None => verifier.is_empty(),
        Some(challenge) => {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            (43..=128).contains(&verifier.len())
                && verifier.bytes().all(allowed)
                && BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
        }
    }
}

/// Ends all that a person allowed the application.
pub(super) fn revoke(state: &mut State, call: &Call) -> Outcome {
    client(call)?;
    let token = call.body["token"].as_str().unwrap_or_default();
    let is_it = |access: &str, grant: &Grant| access == token || grant.refresh_token == token;
    let user = state.oauth.grants.iter().find(|(access, grant)| is_it(access, grant)).map(|(_, grant)| grant.user);
    state.oauth.grants.retain(|_, grant| Some(grant.user) != user);
    ok(json!({}))
}

pub(super) fn about(state: &State, grant: Option<&Grant>) -> Outcome {
    let grant = grant.ok_or(Refusal::UNAUTHORIZED)?;
    let expires = grant.given_at + SignedDuration::from_secs(TOKEN_LIFE_S);
    ok(json!({
        "application": {"id": APPLICATION_ID.to_string(), "name": "alphapy", "icon": null, "description": ""},
        "scopes": grant.scopes, "expires": expires.to_string(), "user": payload::user(state, grant.user),
    }))
}

/// The person, or the bot itself.
pub(super) fn me(state: &State, grant: Option<&Grant>) -> Outcome {
    let Some(grant) = grant else { return ok(payload::user(state, APPLICATION_ID)) };
    allows(grant, "identify")?;
    ok(payload::user(state, grant.user))
}

/// The person's servers, or the bot's.
pub(super) fn guilds(state: &State, call: &Call) -> Outcome {
    let Some(grant) = &call.grant else { return guilds::of(state, call, APPLICATION_ID) };
    allows(grant, "guilds")?;
    guilds::of(state, call, grant.user)
}

pub(super) fn member(state: &State, grant: Option<&Grant>, guild: &str) -> Outcome {
    let grant = grant.ok_or(Refusal::UNAUTHORIZED)?;
    allows(grant, "guilds.members.read")?;
    let guild = state.guild(super::id(guild, Refusal::UNKNOWN_GUILD)?).ok_or(Refusal::UNKNOWN_GUILD)?;
    ok(payload::member(state, guild.member(grant.user).ok_or(Refusal::UNKNOWN_GUILD)?))
}

/// The login whose token a header carries, while the token is good.
pub(super) fn grant(state: &State, authorization: &str) -> Option<Grant> {
    let grant = state.oauth.grants.get(authorization.strip_prefix("Bearer ")?)?;
    (state.now() < grant.given_at + SignedDuration::from_secs(TOKEN_LIFE_S)).then(|| grant.clone())
}

fn allows(grant: &Grant, scope: &str) -> Result<(), Refusal> {
    if grant.scopes.iter().any(|it| it == scope) { Ok(()) } else { Err(Refusal::MISSING_ACCESS) }
}

/// Whether the application itself calls, by its secret in the form or as HTTP Basic.
fn client(call: &Call) -> Result<(), Refusal> {
    let basic = call.authorization.as_deref().and_then(|value| value.strip_prefix("Basic "));
    let basic =
        basic.and_then(|text| BASE64_STANDARD.decode(text).ok()).and_then(|bytes| String::from_utf8(bytes).ok());
    let in_form = format!(
        "{}:{}",
        call.body["client_id"].as_str().unwrap_or_default(),
        call.body["client_secret"].as_str().unwrap_or_default()
    );
    let given = basic.unwrap_or(in_form);
    if given == format!("{APPLICATION_ID}:{CLIENT_SECRET}") { Ok(()) } else { Err(Refusal::INVALID_CLIENT) }
}

/// An error as RFC 6749 has it (section 5.2).
fn problem(status: u16, error: &str) -> Outcome {
    Ok(Reply { status, body: json!({"error": error}) })
}

fn form_urlencoded(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        text.bytes()
            .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    };
    pairs.iter().map(|(key, value)| format!("{key}={}", encode(value))).collect::<Vec<_>>().join("&")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn page(status: StatusCode, inner: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><meta \
         name=color-scheme content=\"light dark\"><title>Log in</title><style>body{{font:16px/1.5 \
         system-ui;max-width:22rem;margin:10vh auto;padding:1rem}}button{{display:block;width:100%;margin:.5rem \
         0;padding:.6rem;font:inherit;border-radius:.5rem;border:1px solid #8888;cursor:pointer}}</style>{inner}",
    );
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    response.headers_mut().insert("content-type", HeaderValue::from_static("text/html; charset=utf-8"));
    response
}
