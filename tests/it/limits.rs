//! Discord's limits: whom they stop, whom not, and that nothing is lost meanwhile.

use std::time::{Duration, Instant};

use alphapy::dev::fake::{Answer, Fault};
use alphapy::discord::Error;
use axum::http::Method;
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::{Value, json};
use twilight_model::id::Id;

use crate::support::{AWAY, HOME, World};

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

fn hidden(times: usize) -> Fault {
    let answer = Answer::Status(403, json!({"code": 50001, "message": "Missing Access"}));
    Fault::on(Method::GET, "channels/").times(times).answers(answer)
}

async fn health(world: &World) -> Value {
    let answer = reqwest::get(format!("http://{}/health", world.bot.address)).await.expect("it answers");
    assert_eq!(answer.status(), 200, "nobody is helped by another process");
    serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON")
}

#[tokio::test]
async fn a_guild_that_is_refused_too_much_is_told_once_and_others_go_on() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    world.discord.fault(hidden(1000));
    let home = world.guild(HOME);
    let mut refused = 0;
    for channel in 1..=1000 {
        match world.app().discord.guild(home).channel(Id::new(channel), soon()).await {
            Err(Error::NoAccess { .. }) => refused += 1,
            other => assert!(matches!(other, Err(Error::GuildBraked)), "{other:?}"),
        }
    }
    assert_eq!(refused, 200);
    expect![[r#"
        bot in #general:
             | **🚨 I do less here for ten minutes**
             | Discord refused so much of what I did in this server that I do only what is answered at once. `/config show` names the channels that I was given: let me see them and write there.
             | (system)
    "#]]
    .assert_eq(&world.screen().await);

    // Elsewhere a ticket gets its channel; here one waits for its own.
    world.discord.clear_faults();
    let opens = async |who: &str, guild: &str| {
        let person = world.discord.person(who).in_guild(guild);
        person.types("/ticket open").await;
        person.submits(&[("What is it about?", "Help")]).await;
        world.screen().await
    };
    let screen = opens("eve", AWAY).await;
    assert!(screen.contains("bot creates #ticket-1 of Night Shift"), "{screen}");
    let screen = opens("ann", HOME).await;
    assert!(screen.contains("bot is thinking…") && !screen.contains("bot creates"), "{screen}");
    world.clock.advance(SignedDuration::from_mins(10));
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates #ticket-1"), "{screen}");
    assert!(screen.contains("bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)"), "{screen}");
}

#[tokio::test]
async fn nothing_is_lost_while_the_token_is_not_accepted() {
    let world = World::new().await;
    let revoked = Answer::Status(401, json!({"code": 0, "message": "401: Unauthorized"}));
    world.discord.fault(Fault::on_any().times(1000).answers(revoked));
    world.types("ada", "/config system set log-channel:#general").await;
    world.types("ann", "/reminder add when:in 5m what:Tea message:Green channel:#help").await;
    world.screen().await;
    assert_eq!(health(&world).await["discord_status"], "unauthorized");
    for _ in 0..10 {
        world.a_minute_passes().await;
    }
    let errors = world.takes_errors();
    assert_eq!(errors.iter().filter(|error| error.contains("bot's token")).count(), 1, "{errors:#?}");
    let asked = world.discord.requests().iter().filter(|request| request.status == Some(401)).count();
    assert!((2..20).contains(&asked), "{asked} calls were made");
    assert_eq!(world.screen().await, "");

    world.discord.clear_faults();
    for _ in 0..6 {
        world.a_minute_passes().await;
    }
    assert_eq!(health(&world).await["discord_status"], "ok");
    let screen = world.screen().await;
    assert!(screen.contains("Tea"), "{screen}");
    assert!(screen.contains("log-channel"), "{screen}");
}
