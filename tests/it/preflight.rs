//! What an operator is told before members find it out.

use std::process::Command;

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use serde_json::json;

use crate::endpoint::get;
use crate::promises::environment;
use crate::support::World;

/// What a program prints, and how it ends.
async fn run(world: &World, args: &[&str], change: &[(&str, &str)]) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alphapy"));
    command.args(args).env_clear().envs(environment(world)).env("RUST_LOG", "off").envs(change.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("it runs");
    let text = [output.stdout, output.stderr].concat();
    let application = world.discord.application_id();
    (String::from_utf8_lossy(&text).replace(&application, "APPLICATION"), output.status.code().unwrap_or(-1))
}

/// Without what differs from machine to machine.
fn without_version(text: &str) -> String {
    let line = |line: &str| match line.contains("PostgreSQL") {
        true => "ok   database: PostgreSQL answers".to_owned(),
        false => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn all_is_well_where_all_is_set_up() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    world.discord.set_endpoint("https://desk.example/interactions");
    world.discord.set_events_endpoint("https://desk.example/events");
    let public = [("PUBLIC_URL", "https://desk.example/")];
    assert_eq!(run(&world, &["commands", "register"], &[]).await.1, 0);
    let (text, code) = run(&world, &["check"], &public).await;
    expect![[r#"
        ok   environment: none of the 25 variables is missing or malformed
        ok   database: PostgreSQL answers
        ok   schema: it is this version's
        ok   token: it is the one of application APPLICATION
        ok   public key: it is the application's
        ok   intents: Message Content is on
        ok   interactions: Discord sends them to https://desk.example/interactions
        ok   events: Discord sends them to https://desk.example/events
        warn dashboard: it is off: without DISCORD_CLIENT_SECRET, SESSION_KEY
        ok   commands: they are registered"#]]
    .assert_eq(&without_version(&text));
    assert_eq!(code, 0);
}

#[tokio::test]
async fn what_is_not_set_up_is_said_with_what_to_do() {
    let world = World::new().await;
    world.discord.set_endpoint("https://old.example/interactions");
    let change = [
        ("PUBLIC_URL", "https://new.example"),
        ("DISCORD_APPLICATION_ID", "1300000000000000001"),
        ("DISCORD_PUBLIC_KEY", "077d26ef2aee2e571e584322717c125b1d2caef3bc8557efcb74a2d480659239"),
    ];
    let (text, code) = run(&world, &["check"], &change).await;
    expect![[r#"
        ok   environment: none of the 25 variables is missing or malformed
        ok   database: PostgreSQL answers
        ok   schema: it is this version's
        BAD  token: it is the one of application APPLICATION: DISCORD_APPLICATION_ID says 1300000000000000001, and both must be of one application
        BAD  public key: DISCORD_PUBLIC_KEY is not the application's, so each interaction would be refused: copy it from the developer portal (General Information)
        warn intents: Message Content is off: transcripts hold only what the bot knows, and announcements are not read; switch it on in the developer portal (Bot, Privileged Gateway Intents)
        BAD  interactions: Discord sends them to https://old.example/interactions, and PUBLIC_URL says https://new.example/interactions: change one of them (General Information, Interactions Endpoint URL)
        warn events: no address is set, so the bot does not hear where it is installed, nor who takes that back: set https://new.example/events in the developer portal (Webhooks, Endpoint URL)
        warn dashboard: it is off: without DISCORD_CLIENT_SECRET, SESSION_KEY"#]].assert_eq(&without_version(&text));
    assert_eq!(code, 1);
}

#[tokio::test]
async fn each_variable_that_is_wrong_has_a_line() {
    let world = World::new().await;
    let change = [("PORT", "http"), ("DISCORD_BOT_TOKEN", " "), ("DATABASE_URL", "mysql://secret@host")];
    let (text, code) = run(&world, &["check"], &change).await;
    expect![[r#"
        BAD  environment: DATABASE_URL is not like postgres://user:password@host/name, without quotes and with %23 for a # in the password; see `alphapy serve --help`.
        BAD  environment: DISCORD_BOT_TOKEN must be set; see `alphapy serve --help`.
        BAD  environment: PORT is not a number from 1 to 65535; see `alphapy serve --help`.
    "#]].assert_eq(&text);
    assert_eq!(code, 1);
}

#[tokio::test]
async fn a_token_that_is_not_accepted_and_a_database_that_does_not_answer() {
    let world = World::new().await;
    let refused = Answer::Status(401, json!({"message": "401: Unauthorized", "code": 0}));
    world.discord.fault(Fault::on(Method::GET, "applications/@me").answers(refused));
    // Nobody listens there.
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("it is bound");
    let away = format!("postgres://nobody@{free}/nothing");
    let (text, code) = run(&world, &["check"], &[("DATABASE_URL", &away)]).await;
    expect![[r#"
        ok   environment: none of the 25 variables is missing or malformed
        BAD  database: error communicating with database: Connection refused (os error 111); look at DATABASE_URL
        BAD  token: Discord does not accept the token: copy it again from the developer portal (Bot, Reset Token)
    "#]]
    .assert_eq(&text);
    assert_eq!(code, 1);
    let (text, code) = run(&world, &["migrate"], &[("DATABASE_URL", &away)]).await;
    expect![[r#"
        alphapy: the database of DATABASE_URL cannot be used: error communicating with database: Connection refused (os error 111)
    "#]].assert_eq(&text);
    assert_eq!(code, 1);
}

#[tokio::test]
async fn a_schema_that_is_too_old_is_said_and_serves_nobody() {
    let world = World::new().await;
    let db = world.db().await;
    // What a newer version has added is no trouble, for a version that is rolled back either.
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 select 9999, 'later', true, '', 0";
    sqlx::query(newer).execute(&db).await.expect("the database");
    let (text, _) = run(&world, &["check"], &[]).await;
    assert!(text.contains("ok   schema: it is a newer version's, which this one can use"), "{text}");
    assert_eq!(run(&world, &["migrate"], &[]).await, ("The schema is up to date.\n".to_owned(), 0));
    assert_eq!(get(world.bot.address, "/health", "").await.0, 200);

    sqlx::query("delete from _sqlx_migrations where version = 27").execute(&db).await.expect("the database");
    let (text, code) = run(&world, &["check"], &[]).await;
    assert!(text.contains("BAD  schema: 1 of its migrations are missing: run `alphapy migrate`"), "{text}");
    assert_eq!(code, 1);
    let other = World::new().await;
    sqlx::query("delete from _sqlx_migrations where version = 27")
        .execute(&other.db().await)
        .await
        .expect("the database");
    let (status, body) = get(other.bot.address, "/health", "").await;
    assert!(status == 503 && body.contains("unmigrated"), "{status} {body}");
}

#[tokio::test]
async fn the_link_that_invites_asks_for_what_the_features_need() {
    let world = World::new().await;
    let (text, code) = run(&world, &["invite-url"], &[]).await;
    expect![[r#"
        https://discord.com/oauth2/authorize?client_id=APPLICATION&scope=bot+applications.commands&permissions=395405675536
    "#]].assert_eq(&text);
    assert_eq!(code, 0);
}
