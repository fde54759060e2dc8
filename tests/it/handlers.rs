//! How a handler may end, and where it is found: a feature made for these tests.

use alphapy::dev::fake::{Answer, Fault};
use alphapy::error::{Error, Result};
use alphapy::feature::{Feature, Promise};
use alphapy::interactions::{Context, Reply};
use alphapy::ui::Message;
use axum::http::Method;
use expect_test::expect;
use serde::{Deserialize, Serialize};
use serde_json::json;
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use crate::support::World;

/// Try how a handler may end
#[derive(CommandModel, CreateCommand)]
#[command(name = "probe")]
enum Probe {
    #[command(name = "ends")]
    Ends(Ends),
    #[command(name = "deep")]
    Deep(Deep),
}

/// In one of these ways
#[derive(CommandModel, CreateCommand)]
#[command(name = "ends")]
struct Ends {
    /// Which
    how: String,
}

/// In a group
#[derive(CommandModel, CreateCommand)]
#[command(name = "deep")]
enum Deep {
    #[command(name = "down")]
    Down(Down),
}

/// At its bottom
#[derive(CommandModel, CreateCommand)]
#[command(name = "down")]
struct Down {
    /// How deep
    metres: i64,
}

#[derive(Deserialize, Serialize)]
struct Work {
    how: String,
}

fn probe() -> Vec<Feature> {
    vec![Feature::new("probe").command(run).user_menu("Greet", None, greet).work(work)]
}

async fn run(cx: Context, command: Probe) -> Result<Reply> {
    let how = match command {
        Probe::Deep(Deep::Down(Down { metres })) => return Ok(Reply::ephemeral(format!("{metres} m down."))),
        Probe::Ends(Ends { how }) => how,
    };
    match how.as_str() {
        "refused" => Err(Error::user("Not today; come back tomorrow.")),
        "broken" => Err(anyhow::anyhow!("a pipe burst").context("fetch water").into()),
        "panic" => panic!("the member wrote {how}"),
        "hang" => std::future::pending().await,
        "loud" => Ok(Message::new("@everyone <@1> look").into()),
        "long" => Ok(Reply::ephemeral("word ".repeat(1000))),
        "stored" => {
            let mut tx = cx.app.db.begin().await?;
            let reply = cx.promise(&mut *tx, &Work { how: "fine".to_owned() }).await?;
            tx.commit().await?;
            Ok(reply)
        }
        how => Ok(Reply::later(&Work { how: how.trim_start_matches("later-").to_owned() })?),
    }
}

async fn greet(_: Context, user: Id<UserMarker>) -> Result<Reply> {
    Ok(Message::new(format!("Hello <@{user}>!")).into())
}

async fn work(promise: Promise, work: Work) -> Result<Message> {
    match work.how.as_str() {
        "refused" => Err(Error::user("That takes a licence; ask an admin for one.")),
        "broken" => Err(anyhow::anyhow!("a pipe burst").into()),
        "panic" => panic!("the member wrote something"),
        _ => Ok(Message::new(format!("Done for <@{}>.", promise.user))),
    }
}

#[tokio::test]
async fn a_refusal_is_one_sentence() {
    let world = World::with(probe).await;
    world.types("ann", "/probe ends how:refused").await;
    expect![[r#"
        ann in #help: /probe ends how:refused
        bot: Not today; come back tomorrow. (only ann sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

/// The apology, and that its id is in the one line that was logged.
async fn apologizes(world: &World, how: &str, cause: &str) {
    world.types("ann", &format!("/probe ends how:{how}")).await;
    let screen = world.screen().await;
    assert!(screen.contains("Sorry, something went wrong on my side."), "{screen}");
    let id = screen.split('`').nth(1).expect("an id");
    let errors = world.takes_errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains(id) && errors[0].contains(cause), "{errors:?}");
    assert!(!errors[0].contains("the member wrote"), "{errors:?}");
}

#[tokio::test]
async fn an_error_a_panic_and_a_missed_deadline_are_apologized_for() {
    let world = World::with(probe).await;
    apologizes(&world, "broken", "fetch water: a pipe burst").await;
    apologizes(&world, "panic", "the handler panicked").await;
    apologizes(&world, "hang", "the handler did not answer within 2.5s").await;
}

#[tokio::test]
async fn nobody_is_pinged_and_long_text_is_cut() {
    let world = World::with(probe).await;
    world.types("ann", "/probe ends how:loud").await;
    let answer = world.discord.exchanges().last().expect("an answer").response.clone();
    assert_eq!(answer["data"]["allowed_mentions"], json!({"parse": []}));
    world.types("ann", "/probe ends how:long").await;
    let answer = world.discord.exchanges().last().expect("an answer").response.clone();
    let content = answer["data"]["content"].as_str().expect("text");
    assert!(content.ends_with("word…") && content.chars().count() <= 2000, "{}", content.len());
    world.screen().await;
}

#[tokio::test]
async fn groups_and_member_menus_are_found() {
    let world = World::with(probe).await;
    world.types("ann", "/probe deep down metres:7").await;
    world.person("ann").user_menu("Greet", "bob").await;
    expect![[r#"
        ann in #help: /probe deep down metres:7
        bot: 7 m down. (only ann sees this)
        ann in #help: Greet on bob
        bot: Hello @bob!
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn work_may_refuse_and_is_stored_with_what_it_is_about() {
    let world = World::with(probe).await;
    world.types("ann", "/probe ends how:later-refused").await;
    world.settle().await;
    world.types("ann", "/probe ends how:stored").await;
    expect![[r#"
        ann in #help: /probe ends how:later-refused
        bot is thinking… (only ann sees this)
        bot answers: That takes a licence; ask an admin for one. (only ann sees this)
        ann in #help: /probe ends how:stored
        bot is thinking… (only ann sees this)
        bot answers: Done for @ann. (only ann sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn work_that_always_fails_ends_in_an_apology() {
    let world = World::with(probe).await;
    for (how, cause) in [("later-broken", "a pipe burst"), ("later-panic", "the handler panicked")] {
        world.types("ann", &format!("/probe ends how:{how}")).await;
        for _ in 0..4 {
            let screen = world.screen().await;
            assert!(!screen.contains("Sorry"), "{screen}");
            world.a_minute_passes().await;
        }
        let screen = world.screen().await;
        let id = screen.split('`').nth(1).expect("an id");
        assert!(screen.contains("bot answers: Sorry, something went wrong on my side."), "{screen}");
        let errors = world.takes_errors();
        assert!(errors.len() == 1 && errors[0].contains(id) && errors[0].contains(cause), "{errors:?}");
    }
}

#[tokio::test]
async fn what_automod_filters_is_replaced() {
    let world = World::with(probe).await;
    let filtered = json!({"code": 200000, "message": "Message was blocked by automatic moderation"});
    world.discord.fault(Fault::on(Method::PATCH, "@original").answers(Answer::Status(400, filtered)));
    world.types("ann", "/probe ends how:later-fine").await;
    expect![[r#"
        ann in #help: /probe ends how:later-fine
        bot is thinking… (only ann sees this)
        bot answers: This server's AutoMod does not let me show the answer here; ask an admin for it. (only ann sees this)
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn an_answer_that_nobody_can_see_is_given_up_after_a_few_calls() {
    let world = World::with(probe).await;
    let gone = json!({"code": 10008, "message": "Unknown Message"});
    world.discord.fault(Fault::on(Method::PATCH, "@original").times(99).answers(Answer::Status(404, gone)));
    world.types("ann", "/probe ends how:later-fine").await;
    world.screen().await;
    world.a_minute_passes().await;
    let calls = world.discord.requests().iter().filter(|request| request.method == "PATCH").count();
    assert_eq!(calls, 4);
    world.leaves_somebody_waiting();
}
