//! What may be posted to the service, by whom, and how it is answered.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use alphapy::config::Config;
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{Instance, World};

/// One request over a real connection: what came back, head and body.
pub(crate) async fn exchange(address: SocketAddr, request: Vec<u8>) -> String {
    let talk = move || {
        let mut stream = TcpStream::connect(address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        // The service may answer, and close, before it has read all.
        let _ = stream.write_all(&request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    };
    tokio::task::spawn_blocking(talk).await.expect("it answers")
}

pub(crate) async fn get(address: SocketAddr, path: &str, headers: &str) -> (u16, String) {
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n{headers}connection: close\r\n\r\n");
    split(&exchange(address, request.into_bytes()).await)
}

pub(crate) fn split(answer: &str) -> (u16, String) {
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, answer.split_once("\r\n\r\n").map_or("", |(_, body)| body).to_owned())
}

pub(crate) fn post(world: &World, path: &str, at: i64, body: &str) -> Vec<u8> {
    let timestamp = at.to_string();
    let signature = world.discord.sign(&timestamp, body.as_bytes());
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-signature-ed25519: {signature}\r\n\
         x-signature-timestamp: {timestamp}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[tokio::test]
async fn discord_accepts_the_address() {
    let world = World::new().await;
    world.discord.probe().await.expect("a PING is answered and a forged one refused");
}

#[tokio::test]
async fn only_what_discord_signed_now_is_answered() {
    let world = World::new().await;
    let address = world.bot.address;
    let now = world.now().as_second();
    let ping = r#"{"type":1}"#;
    for (seconds, expected) in [(0, 200), (-300, 200), (-301, 401), (60, 200), (61, 401)] {
        let answer = exchange(address, post(&world, "/interactions", now + seconds, ping)).await;
        assert_eq!(split(&answer).0, expected, "signed {seconds} s from now");
    }
    let forged = String::from_utf8(post(&world, "/interactions", now, ping)).expect("text");
    let forged = forged.replace(r#""type":1"#, r#""type":2"#);
    let headless = "POST /interactions HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let stale = post(&world, "/interactions", now - 1000, ping);
    let mut refusals = Vec::new();
    for request in [forged.into_bytes(), headless.into(), stale] {
        let answer = exchange(address, request).await;
        let without_id = answer.lines().filter(|line| !line.starts_with("x-request-id") && !line.starts_with("date"));
        refusals.push(without_id.collect::<Vec<_>>().join("\n"));
    }
    assert!(refusals[0].starts_with("HTTP/1.1 401"), "{}", refusals[0]);
    assert!(refusals.iter().all(|refusal| *refusal == refusals[0]), "they tell causes apart: {refusals:#?}");
}

#[tokio::test]
async fn a_large_body_is_refused_unread() {
    let world = World::new().await;
    let head = "POST /interactions HTTP/1.1\r\nhost: x\r\ncontent-length: 9999999999\r\n\r\n";
    // Nothing follows the head, and the answer comes all the same.
    assert_eq!(split(&exchange(world.bot.address, head.into()).await).0, 413);

    let body = format!(r#"{{"type":1,"pad":"{}"}}"#, "x".repeat(512 * 1024));
    let request = String::from_utf8(post(&world, "/interactions", world.now().as_second(), &body)).expect("text");
    let (head, _) = request.split_once("\r\n\r\n").expect("a head");
    let head: Vec<&str> = head.lines().filter(|line| !line.starts_with("content-length")).collect();
    let chunk = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let chunked = format!("{}\r\ntransfer-encoding: chunked\r\n\r\n{chunk}", head.join("\r\n"));
    assert_eq!(split(&exchange(world.bot.address, chunked.into_bytes()).await).0, 413);
}

#[tokio::test]
async fn other_methods_and_signed_nonsense_are_refused() {
    let world = World::new().await;
    assert_eq!(get(world.bot.address, "/interactions", "").await.0, 405);
    assert_eq!(get(world.bot.address, "/elsewhere", "").await.0, 404);
    for nonsense in ["", "[]", "1", "{}", "{\"type\":true}", "{\"type\":1.5}", "{\"type\":2}", "nonsense"] {
        let request = post(&world, "/interactions", world.now().as_second(), nonsense);
        assert_eq!(split(&exchange(world.bot.address, request).await).0, 400, "{nonsense}");
    }
}

#[tokio::test]
async fn an_interaction_delivered_twice_changes_nothing_twice() {
    let world = World::new().await;
    let another = world.another_instance().await;
    world.types("ada", "/faq add").await;
    world.submits("ada", &[("Question", "Refunds"), ("Answer", "In 30 days.")]).await;
    world.screen().await;
    world.routes_to(&another);
    world.person("ada").repeats().await;
    let answer = world.discord.exchanges().last().expect("it was answered").response.clone();
    assert_eq!(answer["data"]["content"], "I got this twice from Discord and did it once.");
    world.types("ann", "/faq list").await;
    expect![[r#"
        Discord delivers the last interaction of ada again
        ann in #help: /faq list
        bot: (only ann sees this)
             | **Answers**
             | **#1 Refunds** In 30 days.
             | (Page 1 of 1 · 1 answer)
             <select: Open an answer>
               - Refunds
    "#]]
    .assert_eq(&world.screen().await);

    // After 15 minutes the signature is too old for a repetition, and the id is forgotten.
    world.clock.advance(SignedDuration::from_mins(15));
    world.a_minute_passes().await;
    let remembered: i64 =
        sqlx::query_scalar("select count(*) from interaction").fetch_one(&world.db().await).await.unwrap();
    assert_eq!(remembered, 0);
}

#[tokio::test]
async fn without_a_database_members_get_an_apology_with_an_id() {
    let world = World::new().await;
    world.app().pools.close().await;
    world.types("ann", "/faq list").await;
    let screen = world.screen().await;
    let errors = world.takes_errors();
    let id = screen.split('`').nth(1).expect("an id");
    assert!(screen.contains("Sorry, something went wrong on my side."), "{screen}");
    assert!(errors.len() == 1 && errors[0].contains(id), "{id} is not in {errors:?}");
    let (status, body) = get(world.bot.address, "/health", "").await;
    let health: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((status, &health["db_status"]), (503, &json!("down")));
    // A PING needs none.
    world.discord.probe().await.expect("it is answered");
}

#[tokio::test]
async fn health_says_who_and_how() {
    let world = World::new().await;
    let (status, body) = get(world.bot.address, "/health", "").await;
    let health: Value = serde_json::from_str(&body).expect("JSON");
    let keys: Vec<&String> = health.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["db_status", "discord_status", "service", "timestamp", "uptime_seconds", "version"]);
    assert_eq!((status, &health["service"], &health["db_status"]), (200, &json!("alphapy"), &json!("ok")));
    assert_eq!(health["timestamp"], json!("2027-03-01T09:00:00Z"));

    let asks = |bind: String| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_alphapy"));
        command.env_clear().env("BIND", bind).arg("health");
        tokio::task::spawn_blocking(move || command.output().expect("it runs").status.code())
    };
    assert_eq!(asks(world.bot.address.to_string()).await.expect("no panic"), Some(0));
    assert_eq!(asks("127.0.0.1:1".to_owned()).await.expect("no panic"), Some(1));
}

#[tokio::test]
async fn metrics_count_and_are_guarded() {
    let world = World::new().await;
    let guarded = Config { metrics_token: Some("s3cret".into()), ..world.config() };
    let guarded = Instance::start(guarded, world.clock.clone()).await;
    world.routes_to(&guarded);
    world.types("ann", "/faq search query:refund").await;
    world.screen().await;
    let forged = post(&world, "/interactions", 5, "{}");
    exchange(guarded.address, forged).await;

    let (status, page) = get(guarded.address, "/metrics", "authorization: Bearer s3cret\r\n").await;
    assert_eq!(status, 200);
    for line in [
        r#"http_requests_total{route="/interactions",status="200"}"#,
        r#"interaction_answer_seconds_bucket{command="faq search",le="3"}"#,
        r#"interaction_outcomes_total{command="faq search",outcome="answered"}"#,
        r#"signature_failures_total{cause="stale"}"#,
        r#"discord_requests_total{route="/applications/{app}/commands",status="200"}"#,
        r#"database_connections{of="answers",state="open"}"#,
        "discord_authorized 1",
        "later_depth ",
    ] {
        assert!(page.contains(line), "no {line} in\n{page}");
    }

    assert_eq!(get(guarded.address, "/metrics", "").await.0, 401);
    assert_eq!(get(guarded.address, "/metrics", "authorization: Bearer wrong\r\n").await.0, 401);
}

async fn event(world: &World, body: Value) -> u16 {
    let request = post(world, "/events", world.now().as_second(), &body.to_string());
    let answer = exchange(world.bot.address, request).await;
    let (status, body) = split(&answer);
    assert_eq!(body, "");
    status
}

#[tokio::test]
async fn authorizations_are_recorded_per_guild_and_once() {
    let world = World::new().await;
    let authorized = |guild: Option<&str>, at: &str| {
        let mut data = json!({"user": {"id": "41", "username": "olga"}, "scopes": ["bot"]});
        if let Some(guild) = guild {
            data["guild"] = json!({"id": guild, "name": "Harbor"});
        }
        json!({"version": 1, "application_id": "5", "type": 1,
            "event": {"type": "APPLICATION_AUTHORIZED", "timestamp": at, "data": data}})
    };
    let deauthorized = json!({"version": 1, "application_id": "5", "type": 1, "event": {"type":
        "APPLICATION_DEAUTHORIZED", "timestamp": "2027-03-02T00:00:00.5", "data": {"user": {"id": "41"}}}});
    assert_eq!(event(&world, json!({"version": 1, "application_id": "5", "type": 0})).await, 204);
    for _ in 0..2 {
        assert_eq!(event(&world, authorized(Some("12"), "2027-03-01T00:00:00.123456")).await, 204);
        assert_eq!(event(&world, authorized(None, "2027-03-01T00:00:01")).await, 204);
        assert_eq!(event(&world, deauthorized.clone()).await, 204);
    }
    for odd in [
        json!({"type": 1, "event": {"type": "SOMETHING_NEW", "timestamp": "x", "data": []}}),
        json!({"type": 7, "event": 5}),
        // An interaction means nothing here.
        json!({"type": 2, "id": "1", "token": "t", "data": {"name": "faq"}}),
    ] {
        assert_eq!(event(&world, odd).await, 204);
    }
    let rows: Vec<(i64, i64, String, String)> = sqlx::query_as(
        "select guild_id, user_id, kind, to_char(occurred_at at time zone 'utc', 'MM-DD HH24:MI:SS.MS')
           from authorization_event
          order by occurred_at, guild_id",
    )
    .fetch_all(&world.db().await)
    .await
    .unwrap();
    let rows: Vec<String> = rows.iter().map(|(guild, user, kind, at)| format!("{guild} {user} {kind} {at}")).collect();
    assert_eq!(
        rows,
        [
            "12 41 authorized 03-01 00:00:00.123",
            "0 41 authorized 03-01 00:00:01.000",
            "0 41 deauthorized 03-02 00:00:00.500",
            "12 41 deauthorized 03-02 00:00:00.500",
        ]
    );
}
