//! A real process: told to stop while it works, and what it logs meanwhile.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;

use crate::promises::{Process, discord_is_asked};
use crate::support::World;

#[tokio::test]
async fn a_process_told_to_stop_finishes_what_it_promised() {
    let world = World::new().await;
    let mut process = Process::start(&world, Stdio::piped(), &[("LOG_FORMAT", "json"), ("RUST_LOG", "debug")]);
    world.discord.set_endpoint(&format!("http://{}/interactions", process.address));
    world.types("ann", "/faq search query:a-word-of-mine").await;
    world.screen().await;
    let slow = Answer::Slow(Duration::from_millis(300));
    world.discord.fault(Fault::on(Method::PATCH, "@original").answers(slow));
    world.types("ada", "/faq reload").await;
    discord_is_asked(&world, "PATCH").await;
    let told = Command::new("kill").args(["-TERM", &process.child.id().to_string()]).status();
    assert!(told.expect("it runs").success());

    let mut log = process.child.stderr.take().expect("it is piped");
    let (status, log) = tokio::task::spawn_blocking(move || {
        let mut text = String::new();
        log.read_to_string(&mut text).expect("text");
        (process.child.wait().expect("it ends"), text)
    })
    .await
    .expect("no panic");
    assert!(status.success(), "{status}: {log}");
    expect![[r#"
        ada in #help: /faq reload
        bot is thinking… (only ada sees this)
        bot answers: The search index is new; it knows 0 entries. (only ada sees this)
    "#]]
    .assert_eq(&world.screen().await);

    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(line["level"].is_string() && line["timestamp"].is_string(), "{line}");
    }
    assert!(log.contains("stopping: finishing answers and deferred work"), "{log}");
    let token = world.discord.exchanges().last().expect("an exchange").request["token"].as_str().map(str::to_owned);
    for secret in [world.discord.bot_token(), token.expect("a token"), "a-word-of-mine".to_owned()] {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
}
