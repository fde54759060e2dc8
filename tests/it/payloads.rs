//! Requests as they were captured or made up, each with what it must be answered with.
//!
//! `fixtures/interactions` holds ours, `fixtures/webhook-events` those for `/events`, and `fixtures/hostile` such with headers,
//! body, key and clock of their own. `ALPHAPY_PAYLOADS` may name a folder of more: `*.json` for `/interactions`, and folders
//! `webhook-events` and `hostile`.

use std::fs;
use std::path::{Path, PathBuf};

use alphapy::clock::Clock;
use alphapy::config::{Config, PublicKey};
use alphapy::dev::fake::Discord;
use axum::body::Body;
use axum::http::{HeaderValue, Request};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use serde_json::Value;
use tower::ServiceExt;

use crate::support::{Instance, World};

#[allow(clippy::disallowed_methods)] // It is no setting of the service.
fn more() -> Option<PathBuf> {
    std::env::var_os("ALPHAPY_PAYLOADS").map(PathBuf::from)
}

/// Our cases in that folder, and those of the folder of more.
fn all_cases(folder: &str) -> Vec<(String, Value)> {
    let mut all = cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder));
    if let Some(more) = more() {
        all.extend(cases(&more.join(folder)));
    }
    all
}

fn cases(folder: &Path) -> Vec<(String, Value)> {
    let mut cases: Vec<(String, Value)> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let case = serde_json::from_slice(&fs::read(&path).expect("a file")).expect("it is JSON");
            (path.file_name().expect("it has a name").to_string_lossy().into_owned(), case)
        })
        .collect();
    assert!(!cases.is_empty(), "{} holds no cases", folder.display());
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

/// Posts to the service without a network, so that odd headers get through.
async fn post(bot: &Instance, request: Request<Body>) -> (u16, Value) {
    let router = alphapy::server::router(bot.bot.clone());
    let response = router.oneshot(request).await.expect("it answers");
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

fn signed(discord: &Discord, path: &str, now: Timestamp, body: String) -> Request<Body> {
    let timestamp = now.as_second().to_string();
    Request::post(path)
        .header("x-signature-ed25519", discord.sign(&timestamp, body.as_bytes()))
        .header("x-signature-timestamp", timestamp)
        .header("content-type", "application/json")
        .body(Body::from(body))
        .expect("a request")
}

fn statuses(expected: &Value) -> Vec<u64> {
    match expected {
        Value::Array(several) => several.iter().filter_map(Value::as_u64).collect(),
        one => one.as_u64().into_iter().collect(),
    }
}

async fn check_interactions(world: &World, folder: &Path) {
    for (name, case) in cases(folder) {
        let request = signed(&world.discord, "/interactions", world.now(), case["payload"].to_string());
        let (status, body) = post(&world.bot, request).await;
        let expected = statuses(&case["expect"]["status"]);
        assert!(expected.contains(&status.into()), "{name}: {status} instead of {expected:?}: {body}");
        if let Some(expected) = case["expect"].get("body") {
            assert_eq!(&body, expected, "{name}");
        }
        if let Some(words) = case["expect"]["says"].as_str() {
            let said = body.to_string();
            assert!(said.contains(words), "{name} says {said}");
        }
        if status == 200 {
            assert!(body["type"].is_u64(), "{name} was answered {body}");
        }
    }
    // Strange input is no reason to fail.
    assert_eq!(world.takes_errors(), Vec::<String>::new());
}

#[tokio::test]
async fn every_interaction_gets_the_answer_it_should() {
    let world = World::new().await;
    check_interactions(&world, &Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/interactions")).await;
    if let Some(folder) = more() {
        check_interactions(&world, &folder).await;
    }
}

#[tokio::test]
async fn every_webhook_event_is_taken() {
    let world = World::new().await;
    for (name, case) in all_cases("webhook-events") {
        let request = signed(&world.discord, "/events", world.now(), case["payload"].to_string());
        let (status, body) = post(&world.bot, request).await;
        assert_eq!((u64::from(status), body), (case["expected_status"].as_u64().unwrap_or(204), Value::Null), "{name}");
    }
}

#[tokio::test]
async fn hostile_requests_get_nowhere() {
    let world = World::new().await;
    for (name, case) in all_cases("hostile") {
        let Some(key) = case["public_key"].as_str().filter(|_| case.get("endpoint").is_some()) else { continue };
        let acceptable = statuses(case.get("acceptable").unwrap_or(&case["expected_status"]));
        let Ok(key) = key.parse::<PublicKey>() else {
            // A service with such a key does not start.
            assert!(acceptable.contains(&401), "{name}");
            continue;
        };
        let now = Timestamp::from_second(case["now"].as_i64().expect("a time")).expect("a time");
        let config = Config { discord_public_key: key, ..world.config() };
        let bot = Instance::start(config, Clock::frozen(now)).await;
        // Many of them have the same interaction id.
        sqlx::query("delete from interaction").execute(&bot.bot.app.db).await.expect("the database");
        for _ in 0..case["repeat"].as_u64().unwrap_or(1) {
            let Some(request) = hostile_request(&case) else {
                // HTTP itself does not carry this.
                assert!(acceptable.iter().any(|status| (400..500).contains(status)), "{name}");
                continue;
            };
            let (status, body) = post(&bot, request).await;
            assert!(acceptable.contains(&status.into()), "{name}: {status} instead of {acceptable:?}: {body}");
            if let Some(expected) = case.get("expected_body") {
                assert_eq!(&body, expected, "{name}");
            }
        }
    }
    assert_eq!(world.takes_errors(), Vec::<String>::new());
}

fn hostile_request(case: &Value) -> Option<Request<Body>> {
    let path = if case["endpoint"] == "interactions" { "/interactions" } else { "/events" };
    let mut request = Request::builder().method(case["method"].as_str()?).uri(path);
    for (name, values) in case["headers"].as_object()? {
        let values = values.as_array().cloned().unwrap_or_else(|| vec![values.clone()]);
        for value in values {
            let latin1: Option<Vec<u8>> = value.as_str()?.chars().map(|c| u8::try_from(c).ok()).collect();
            request = request.header(name.as_str(), HeaderValue::from_bytes(&latin1?).ok()?);
        }
    }
    let body = match case.get("raw_generator") {
        Some(generator) => {
            let mut body = Vec::new();
            for part in generator["parts"].as_array()? {
                for _ in 0..part[1].as_u64()? {
                    body.extend_from_slice(part[0].as_str()?.as_bytes());
                }
            }
            body
        }
        None => BASE64_STANDARD.decode(case["raw_base64"].as_str()?).ok()?,
    };
    // What the network would announce.
    request.header("content-length", body.len()).body(Body::from(body)).ok()
}

#[test]
fn no_component_leaves_with_an_empty_label_value_or_option() {
    use alphapy::ui::{Message, button, option, select};
    use twilight_model::channel::message::component::ButtonStyle;
    for blank in ["", " ", "\u{a0}\n"] {
        let options = vec![option("a", blank), option(blank, "B")];
        let message = Message::new("Choose")
            .row(vec![button(ButtonStyle::Primary, blank, "press".to_owned())])
            .row(vec![select("one".to_owned(), "", options)])
            .row(vec![select("none".to_owned(), "", vec![option(blank, "C")])]);
        let rows = serde_json::json!(message.into_body().components);
        let rows = rows.as_array().expect("rows");
        assert_eq!(rows.len(), 2, "a menu of nothing is left out: {rows:?}");
        assert_eq!(rows[0]["components"][0]["label"], "…");
        let options = rows[1]["components"][0]["options"].as_array().expect("options");
        assert_eq!(options.len(), 1, "{options:?}");
        assert_eq!((&options[0]["label"], &options[0]["value"]), (&"…".into(), &"a".into()));
    }
}
