//! Deferred work: promised, done once, and done by another when its instance dies.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::World;

/// A process of the real program, killed when it goes out of scope.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
}

impl Process {
    /// Starts the program against the world's database and Discord. A process has the real time, and the world gets it.
    pub(crate) fn start(world: &World, stderr: Stdio, more: &[(&str, &str)]) -> Process {
        world.clock.advance(alphapy::clock::Clock::system().now().duration_since(world.now()));
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
        let child = Command::new(env!("CARGO_BIN_EXE_alphapy"))
            .env_clear()
            .envs(environment(world))
            .env("BIND", address.to_string())
            .envs(more.iter().copied())
            .stderr(stderr)
            .spawn()
            .expect("it starts");
        let process = Process { child, address };
        let patience = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(address).is_err() {
            assert!(Instant::now() < patience, "it does not listen");
            std::thread::yield_now();
        }
        process
    }

    /// As `kill -9` does.
    fn dies(mut self) {
        self.child.kill().expect("it lives");
        self.child.wait().expect("it is dead");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn environment(world: &World) -> [(&'static str, String); 5] {
    use secrecy::ExposeSecret;
    let config = world.config();
    [
        ("DATABASE_URL", world.database_url.clone()),
        ("DISCORD_APPLICATION_ID", config.discord.discord_application_id.to_string()),
        ("DISCORD_BOT_TOKEN", config.discord.discord_bot_token.expose_secret().to_owned()),
        ("DISCORD_API_BASE", config.discord.discord_api_base.clone()),
        ("DISCORD_PUBLIC_KEY", format!("{:?}", config.discord_public_key)),
    ]
}

/// Waits until Discord has been asked.
pub(crate) async fn discord_is_asked(world: &World, method: &str) {
    let asked = || world.discord.requests().iter().any(|request| request.method == method);
    let patience = Instant::now() + Duration::from_secs(30);
    while !asked() {
        assert!(Instant::now() < patience, "Discord is not asked");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn deferred_work_is_shown_when_it_is_done() {
    let world = World::new().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ada", "/faq reload").await;
    expect![[r#"
        ada in #help: /faq reload
        bot is thinking… (only ada sees this)
        bot answers: The search index is new; it knows 1 entry. (only ada sees this)
    "#]]
    .assert_eq(&world.screen().await);
    let left: i64 = sqlx::query_scalar("select count(*) from job").fetch_one(&world.db().await).await.unwrap();
    assert_eq!(left, 0);
}

/// What happens if the instance that promised is killed while Discord keeps it waiting: `answer` says whether Discord
/// had already shown the outcome. Afterwards somebody else finishes it.
async fn a_killed_instance(world: &World, answer: Answer) -> String {
    let process = Process::start(world, Stdio::null(), &[]);
    world.discord.fault(Fault::on(Method::PATCH, "@original").answers(answer));
    world.discord.set_endpoint(&format!("http://{}/interactions", process.address));
    world.types("ada", "/faq reload").await;
    discord_is_asked(world, "PATCH").await;
    process.dies();

    // The lease still holds: nobody else touches it.
    world.bot.sweeps().await;
    let before = world.screen().await;
    world.clock.advance(SignedDuration::from_mins(1));
    before
}

#[tokio::test]
async fn work_of_a_killed_instance_is_finished_by_another() {
    let world = World::new().await;
    let before = a_killed_instance(&world, Answer::Hang).await;
    expect![[r#"
        ada in #help: /faq reload
        bot is thinking… (only ada sees this)
    "#]]
    .assert_eq(&before);
    let another = world.another_instance().await;
    // Both look at once; one of them takes it.
    tokio::join!(world.bot.sweeps(), another.sweeps());
    expect![[r#"
        bot answers: The search index is new; it knows 0 entries. (only ada sees this)
    "#]]
    .assert_eq(&world.screen().await);
    world.bot.sweeps().await;
    assert_eq!(world.screen().await, "", "it is shown once");
}

#[tokio::test]
async fn work_of_a_killed_instance_is_finished_by_cron() {
    let world = World::new().await;
    a_killed_instance(&world, Answer::Hang).await;
    let now = world.now().to_string();
    let environment = environment(&world);
    let cron = tokio::task::spawn_blocking(move || {
        Command::new(env!("CARGO_BIN_EXE_alphapy-cron")).env_clear().envs(environment).args(["--now", &now]).output()
    });
    let output = cron.await.expect("no panic").expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    expect![[r#"
        bot answers: The search index is new; it knows 0 entries. (only ada sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn what_was_shown_before_the_kill_is_shown_the_same_again() {
    let world = World::new().await;
    let before = a_killed_instance(&world, Answer::HangAfter).await;
    // The entry comes too late for the answer that was decided.
    world.routes_to(&world.bot);
    world.has_entry("Refunds", "In 30 days.").await;
    world.bot.sweeps().await;
    let after = world.screen().await;
    let shown = |screen: &str| screen.lines().filter(|line| line.contains("it knows 0 entries")).count();
    assert_eq!((shown(&before), shown(&after)), (1, 1), "{before}\n{after}");
}

#[tokio::test]
async fn discord_may_be_unwell_for_a_while() {
    let world = World::new().await;
    world.discord.fault(
        Fault::on(Method::PATCH, "@original").times(8).answers(Answer::Status(503, json!({"message": "unwell"}))),
    );
    world.types("ada", "/faq reload").await;
    let screen = world.screen().await;
    assert!(screen.contains("thinking") && !screen.contains("entries"), "{screen}");
    world.a_minute_passes().await;
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert!(screen.contains("it knows 0 entries"), "{screen}");
}

#[tokio::test]
async fn discord_may_be_asked_before_it_knows() {
    let world = World::new().await;
    let unknown = json!({"code": 10015, "message": "Unknown Webhook"});
    world.discord.fault(Fault::on(Method::PATCH, "@original").times(2).answers(Answer::Status(404, unknown)));
    world.types("ada", "/faq reload").await;
    let screen = world.screen().await;
    assert!(screen.contains("it knows 0 entries"), "{screen}");
}

#[tokio::test]
async fn work_whose_token_has_died_is_given_up() {
    let world = World::new().await;
    let unwell = Answer::Status(503, json!({"message": "unwell"}));
    world.discord.fault(Fault::on(Method::PATCH, "@original").times(4).answers(unwell));
    world.types("ada", "/faq reload").await;
    world.screen().await;
    world.clock.advance(SignedDuration::from_mins(16));
    world.a_minute_passes().await;
    let left: i64 = sqlx::query_scalar("select count(*) from job").fetch_one(&world.db().await).await.unwrap();
    assert_eq!(left, 0);
    assert_eq!(world.screen().await, "");
    world.leaves_somebody_waiting();
}

#[tokio::test]
async fn a_stopping_instance_hands_its_work_over() {
    let world = World::new().await;
    let another = world.another_instance().await;
    world.discord.fault(Fault::on(Method::PATCH, "@original").answers(Answer::Hang));
    world.types("ada", "/faq reload").await;
    discord_is_asked(&world, "PATCH").await;
    world.app().handing_over.cancel();
    world.settle().await;
    another.sweeps().await;
    let screen = world.screen().await;
    assert!(screen.contains("it knows 0 entries"), "{screen}");
}
