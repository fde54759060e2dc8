//! Discord's limits: whom they stop, whom not, and that nothing is lost meanwhile.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use alphapy::config::{self, Config};
use alphapy::dev::fake::{Answer, Fault};
use alphapy::discord::Error;
use axum::http::Method;
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::PgPool;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;

use crate::promises::{self, Process};
use crate::support::{AWAY, HOME, Instance, World};

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
    assert_eq!((refused, world.discord.refused()), (200, 200));
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
async fn a_rush_of_links_to_a_hidden_channel_is_refused_a_few_times_and_costs_nobody_a_ticket() {
    let world = World::new().await;
    let message = world.discord.post(HOME, "general", "bob", "Party");
    let (guild, channel) = (world.guild(HOME), world.discord.id_of("#general"));
    world.discord.guild(HOME).overwrite("general", "bot", Permissions::empty(), Permissions::VIEW_CHANNEL);
    for _ in 0..30 {
        let link = format!("https://discord.com/channels/{guild}/{channel}/{message}");
        world.types("ann", &format!("/reminder event link:{link}")).await;
        world.settle().await;
    }
    assert_eq!(world.discord.refused(), 3);
    let screen = world.screen().await;
    assert_eq!(screen.matches("You cannot read that message, or it is gone").count(), 30, "{screen}");
    world.discord.take_problems();
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "Help")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates #ticket-1"), "{screen}");
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

/// An instance that shares Discord's limit of 50 a second.
async fn sharing(world: &World) -> Instance {
    let config = world.config();
    let discord = config::Discord { discord_requests_per_second: Some(50), ..config.discord };
    Instance::start(Config { discord, ..config }, world.clock.clone()).await
}

#[tokio::test]
async fn instances_share_what_discord_allows_the_bot() {
    let world = World::new().await;
    assert_eq!(world.app().discord.share(), None, "a proxy sees to it");
    let instances = [sharing(&world).await, sharing(&world).await, sharing(&world).await];
    let shares = || instances.each_ref().map(|it| it.bot.app.discord.share().expect("it shares"));
    let all_beat = async || {
        for instance in &instances {
            instance.bot.app.renew_share().await.expect("the database answers");
        }
        shares()
    };
    // Those that have not seen each other are careful.
    assert_eq!(shares(), [5, 5, 5]);
    all_beat().await;
    all_beat().await;
    assert_eq!(all_beat().await, [12, 12, 12]);

    // One has much to do; calls of one guild and another take turns.
    let (guild, app) = (world.guild(HOME), instances[0].bot.app.clone());
    let rush: Vec<_> = (0..200)
        .map(|nth| {
            let app = app.clone();
            let channel = Id::new(nth + 1);
            tokio::spawn(async move { app.discord.guild(guild).channel(channel, soon()).await.map(|_| ()) })
        })
        .collect();
    // Calls come by and by; from then on the others let go in one beat, and it grows in the next.
    let mut beats = 0;
    while all_beat().await != [39, 3, 3] {
        beats += 1;
        assert!(beats < 50, "{:?}", shares());
    }
    assert_eq!(all_beat().await, [39, 3, 3]);
    rush.iter().for_each(tokio::task::JoinHandle::abort);

    // One leaves, one dies without a word.
    instances[1].bot.app.leave_limits().await;
    let db = world.db().await;
    sqlx::query("update instance set seen_at = seen_at - interval '10 s'").execute(&db).await.unwrap();
    instances[2].bot.app.renew_share().await.expect("the database answers");
    assert_eq!(instances[2].bot.app.discord.share(), Some(24));
    let known: i64 = sqlx::query_scalar("select count(*) from instance").fetch_one(&db).await.unwrap();
    assert_eq!(known, 1);
    world.discord.take_problems();
}

#[tokio::test]
async fn without_a_database_an_instance_is_careful_and_its_calls_are_made() {
    let world = World::new().await;
    let instance = sharing(&world).await;
    let app = &instance.bot.app;
    app.pools.close().await;
    assert!(app.renew_share().await.is_err());
    assert_eq!(app.discord.share(), Some(5));
    let guild = app.discord.guild(world.guild(HOME));
    for _ in 0..6 {
        guild.channels(soon()).await.expect("they are made");
    }
}

/// Waits until so many instances are known.
async fn known(db: &PgPool, count: i64) {
    let patience = Instant::now() + Duration::from_secs(30);
    let count_them = || sqlx::query_scalar::<_, i64>("select count(*) from instance").fetch_one(db);
    while count_them().await.expect("a number") != count {
        assert!(Instant::now() < patience, "there are not {count}");
    }
}

#[tokio::test]
async fn every_process_has_a_share_while_it_lives() {
    let world = World::new().await;
    let db = world.db().await;
    let process = Process::start(&world, Stdio::null(), &[("DISCORD_REQUESTS_PER_SECOND", "50")]);
    known(&db, 1).await;
    let told = Command::new("kill").args(["-TERM", &process.child.id().to_string()]).status();
    assert!(told.expect("it runs").success());
    known(&db, 0).await;

    // A single pass of cron is over before anybody could see it.
    sqlx::raw_sql(
        "create table seen (id bigint);
         create function see() returns trigger language plpgsql as
             $$ begin insert into seen values (new.id); return new; end $$;
         create trigger see after insert on instance for each row execute function see();",
    )
    .execute(&db)
    .await
    .unwrap();
    let environment = promises::environment(&world);
    let passed = tokio::task::spawn_blocking(move || {
        let mut cron = Command::new(env!("CARGO_BIN_EXE_alphapy-cron"));
        cron.env_clear().envs(environment).env("DISCORD_REQUESTS_PER_SECOND", "50").output().expect("it runs")
    });
    let passed = passed.await.expect("no panic");
    assert!(passed.status.success(), "{}", String::from_utf8_lossy(&passed.stderr));
    let seen: i64 = sqlx::query_scalar("select count(*) from seen").fetch_one(&db).await.unwrap();
    assert!(seen > 0, "it had no share");
    known(&db, 0).await;
}
