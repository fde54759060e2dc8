//! Reminders through outages, deaths and bad days: each is said once, or told as missed.

use crate::reminders::later;
use crate::support::{AWAY, HOME, World, apart};
use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::json;
use twilight_model::guild::Permissions;

#[tokio::test]
async fn after_an_outage_it_is_late_rather_than_lost() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.types("ann", "/reminder add when:11:00 what:Long ago").await;
    world.types("ann", "/reminder add when:every hour what:Hourly").await;
    world.types("ann", "/reminder add when:12:45 what:Just now").await;
    world.screen().await;
    later(&world, 180).await;
    later(&world, 1).await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        bot in #help: @ann (pings ann)
             ⏳ This comes late; it was due 11:45 UTC.
             | **⏰ Reminder: Just now**
             | When: Mon 2027-03-01 11:45 UTC
             | Set by: @ann
             | (#3 • 2027-03-01T11:45:00.000000+00:00)
             [Again in 10 min] [Again in 1 hour]
        bot in #help: @ann (pings ann)
             | **⏰ Reminder: Hourly**
             | When: Mon 2027-03-01 12:00 UTC
             | Set by: @ann
             | (#2 • 2027-03-01T12:00:00.000000+00:00)
             [Again in 10 min] [Again in 1 hour]
    "#]]
    .assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **⏰ 3 reminders were not said**
             | #1 Long ago Mon 2027-03-01 10:00 UTC: more than 30m late; `/config reminders set grace` lets them come later
             | #2 Hourly Mon 2027-03-01 10:00 UTC: more than 30m late; `/config reminders set grace` lets them come later
             | #2 Hourly Mon 2027-03-01 11:00 UTC: more than 30m late; `/config reminders set grace` lets them come later
             | (reminders)
    "#]]
    .assert_eq(&log);
}

#[tokio::test]
async fn a_channel_that_is_gone_or_hidden_pauses_its_reminders_once() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.discord.guild(HOME).channel("old");
    for what in ["One", "Two"] {
        world.types("ann", &format!("/reminder add when:every hour what:{what} channel:#old")).await;
    }
    world.screen().await;
    world.discord.guild(HOME).overwrite("old", "bot", Permissions::empty(), Permissions::VIEW_CHANNEL);
    later(&world, 60).await;
    later(&world, 60).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("🚨 2 reminders are paused").count(), 1, "{screen}");
    assert_eq!(screen.matches("bot in DM with ann: Your reminders in #old are paused.").count(), 1, "{screen}");
    assert!(world.discord.take_problems().len() <= 2);
    world.discord.guild(HOME).overwrite("old", "bot", Permissions::VIEW_CHANNEL, Permissions::empty());
    world.types("ann", "/reminder resume reminder:1").await;
    world.screen().await;
    later(&world, 60).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("⏰ Reminder: One").count(), 1, "{screen}");
    assert!(!screen.contains("Two"), "{screen}");
}

#[tokio::test]
async fn a_lost_answer_and_a_bad_day_of_discords_make_no_second_message() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.screen().await;
    world.discord.fault(Fault::on(Method::POST, "/messages").times(1).answers(Answer::Reset));
    later(&world, 10).await;
    world.screen().await;
    // The message arrives, and whoever sent it dies before it knows.
    world.types("ann", "/reminder add when:in 10m what:Milk").await;
    world.screen().await;
    let another = world.another_instance().await;
    world.discord.fault(Fault::on(Method::POST, "/messages").times(1).answers(Answer::HangAfter));
    world.clock.advance(SignedDuration::from_mins(10));
    let pass = alphapy::jobs::run_pass(&another.bot, world.now());
    let posted = async {
        while !world.discord.transcript().iter().any(|line| line.contains("Reminder: Milk")) {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = pass => panic!("it has no answer"),
        () = posted => {}
    }
    // Minutes later a nonce helps no more.
    later(&world, 15).await;
    later(&world, 1).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("⏰ Reminder: Milk").count(), 1, "{screen}");
    let states: Vec<String> = sqlx::query_scalar("select state from reminder_occurrence order by due_at")
        .fetch_all(&world.db().await)
        .await
        .expect("rows");
    assert_eq!(states, ["sent", "sent"]);
}

#[tokio::test]
async fn what_many_are_reminded_of_in_one_server_keeps_no_other_waiting() {
    let world = World::new().await;
    let now = world.now();
    world.types("ada", "/reminder add when:in 10m what:Many").await;
    world.person("eve").in_guild(AWAY).types("/reminder add when:in 11m what:Alone").await;
    // More than are held at once of a server, all of them due before the other's.
    sqlx::query(
        "insert into reminder
         select (jsonb_populate_record(reminder, jsonb_build_object('number', number + more, 'interaction_id', null, 'origin', null))).*
           from reminder, generate_series(1, 600) as more
          where guild_id = $1",
    )
    .bind(world.guild(HOME).get().cast_signed())
    .execute(&world.db().await)
    .await
    .expect("they are stored");
    world.clock.advance(SignedDuration::from_mins(11));
    let first = |each: i64| {
        let (db, now) = (world.app().db.clone(), world.now());
        async move { alphapy::reminders::take_due(&db, now, now + SignedDuration::from_mins(3), 500, each, &[]).await }
    };
    let taken = first(250).await.expect("some are due");
    let of = |guild: &str| taken.iter().filter(|due| due.reminder.guild == world.guild(guild)).count();
    assert_eq!((of(HOME), of(AWAY)), (250, 1), "{now}");
    // Of a server that has its share none are taken.
    let full = [world.guild(HOME)];
    let (db, now) = (world.app().db.clone(), world.now());
    let more = alphapy::reminders::take_due(&db, now, now + SignedDuration::from_mins(3), 500, 250, &full).await;
    assert!(more.expect("it answers").is_empty());
    world.screen().await;
}

#[tokio::test]
async fn three_crons_at_once_say_each_thing_once() {
    let world = World::new().await;
    world.clock.advance(alphapy::clock::Clock::system().now().duration_since(world.now()));
    for n in 0..20 {
        world.types("ada", &format!("/reminder add when:in 10m what:Number {n}.")).await;
    }
    world.screen().await;
    world.clock.advance(SignedDuration::from_mins(11));
    let crons = [cron(&world, &[]), cron(&world, &[]), cron(&world, &[])];
    for mut cron in crons {
        let ended = tokio::task::spawn_blocking(move || cron.wait()).await.expect("no panic").expect("it is ours");
        assert!(ended.success(), "{ended}");
    }
    let screen = world.screen().await;
    for n in 0..20 {
        assert_eq!(screen.matches(&format!("Reminder: Number {n}.**")).count(), 1, "{n}: {screen}");
    }
}

/// A cron of its own, at the world's time.
fn cron(world: &World, more: &[&str]) -> std::process::Child {
    std::process::Command::new(env!("CARGO_BIN_EXE_alphapy-cron"))
        .env_clear()
        .envs(crate::promises::environment(world))
        .args(["--now", &world.now().to_string(), "--only", "reminders"])
        .args(more)
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it starts")
}

#[tokio::test]
async fn a_cron_that_is_told_to_stop_finishes_what_it_began() {
    let world = World::new().await;
    world.clock.advance(alphapy::clock::Clock::system().now().duration_since(world.now()));
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.screen().await;
    world.clock.advance(SignedDuration::from_mins(11));
    let slow = Answer::Slow(std::time::Duration::from_millis(1500));
    world.discord.fault(Fault::on(Method::POST, "/messages").times(1).answers(slow));
    let mut cron = cron(&world, &["--every", "1h"]);
    while !world.discord.requests().iter().any(|request| request.method == "POST" && request.path.contains("messages"))
    {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    let told = std::process::Command::new("kill").args(["-TERM", &cron.id().to_string()]).status();
    assert!(told.expect("there is a kill").success());
    let ended = tokio::task::spawn_blocking(move || cron.wait()).await.expect("no panic").expect("it is ours");
    assert!(ended.success(), "{ended}");
    let state: String =
        sqlx::query_scalar("select state from reminder_occurrence").fetch_one(&world.db().await).await.expect("a row");
    assert_eq!(state, "sent");
    world.screen().await;
}

#[tokio::test]
async fn a_cron_that_is_killed_in_mid_send_leaves_one_message() {
    let world = World::new().await;
    // A process has the real time, and the world gets it.
    world.clock.advance(alphapy::clock::Clock::system().now().duration_since(world.now()));
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.screen().await;
    // Moments are whole minutes.
    world.clock.advance(SignedDuration::from_mins(11));
    world.discord.fault(Fault::on(Method::POST, "/messages").times(1).answers(Answer::HangAfter));
    let mut cron = cron(&world, &[]);
    while !world.discord.transcript().iter().any(|line| line.contains("Reminder: Tea")) {
        assert!(cron.try_wait().expect("it is ours").is_none(), "it ended before it sent anything");
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    cron.kill().expect("it is ours");
    cron.wait().expect("it is ours");
    later(&world, 20).await;
    later(&world, 1).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("⏰ Reminder: Tea").count(), 1, "{screen}");
}

/// Numbers that look random and are the same each time.
fn numbers(mut seed: u64) -> impl FnMut(u64) -> u64 {
    move |below| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    }
}

#[tokio::test]
async fn whatever_the_rule_and_the_outages_each_occurrence_ends_once() {
    for (seed, grace) in [(7, "30m"), (11, "1d"), (23, "1m")] {
        outages(seed, grace).await;
    }
}

async fn outages(seed: u64, grace: &str) {
    let world = World::new().await;
    world.types("ada", &format!("/config reminders set grace:{grace}")).await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.types("ada", "/config reminders set default-channel:#help").await;
    let rules = [
        "every 10 minutes",
        "every 90 minutes",
        "every hour",
        "every day 9:30",
        "every weekday 8:45",
        "every 2 days 23:50",
        "ma,wo,vr 0:10",
        "every 2 weeks on tuesday 12:00",
        "every month on the 31st 2:30",
        "elke laatste vrijdag van de maand 20:00",
        "every day 2:30 40 times",
        "every hour until 20/3/2027",
    ];
    for (at, rule) in rules.iter().enumerate() {
        world
            .types(
                "ada",
                &format!("/reminder event what:R{at} when:{rule} ahead:{}", ["0", "1h, 0", "25h, 30m, 0"][at % 3]),
            )
            .await;
    }
    world.screen().await;
    let (guild, begin, db) = (world.guild(HOME), world.now(), world.db().await);
    let mut random = numbers(seed);
    // Through the night in March in which the clocks go forward.
    for _ in 0..60 {
        let pause = [1, 5, 20, 29, 31, 60, 500, 3_000][usize::try_from(random(8)).expect("small")];
        world.clock.advance(SignedDuration::from_mins(pause - 1));
        world.a_minute_passes().await;
    }
    world.settle().await;
    let mut sent = 0;
    for number in 1..=i32::try_from(rules.len()).expect("a few") {
        let reminder = alphapy::reminders::store::find(&db, guild, number).await.expect("rows").expect("it is there");
        let mut expected = Vec::new();
        let mut next = reminder.draft.next(begin);
        while let Some(fire) = next.filter(|fire| fire.due_at <= world.now()) {
            expected.push(fire.due_at);
            next = reminder.draft.next(fire.due_at);
        }
        assert_eq!(reminder.next, next, "{number}");
        let rows: Vec<(jiff_sqlx::Timestamp, String, bool)> =
            sqlx::query_as("select due_at, state, reported from reminder_occurrence where number = $1 order by due_at")
                .bind(number)
                .fetch_all(&db)
                .await
                .expect("rows");
        assert_eq!(rows.iter().map(|row| row.0.to_jiff()).collect::<Vec<_>>(), expected, "{number}");
        let ended = |(_, state, reported): &(_, String, bool)| state == "sent" || (state == "missed" && *reported);
        assert_eq!(rows.iter().find(|row| !ended(row)), None, "{number}");
        sent += rows.iter().filter(|row| row.1 == "sent").count();
    }
    let screen = world.screen().await;
    assert_eq!(screen.matches("| **⏰ Reminder: R").count(), sent, "each was said once");
    assert!(sent > 10, "{sent}");
}

#[tokio::test]
async fn what_discord_does_not_take_is_not_tried_for_ever() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.types("ann", "/reminder add when:in 10m what:Tea channel:#help").await;
    world.screen().await;
    let help = world.discord.id_of("#help");
    let filtered = json!({"code": 200000, "message": "Message was blocked by automatic moderation"});
    world
        .discord
        .fault(Fault::on(Method::POST, &format!("{help}/messages")).times(9).answers(Answer::Status(400, filtered)));
    later(&world, 10).await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert!(
        screen.contains("⏰ A reminder was not said") && screen.contains("filters refuse what it says"),
        "{screen}"
    );
    let tried = world.discord.requests().iter().filter(|it| it.method == "POST" && it.path.contains(&help)).count();
    // As it is, and without its text.
    assert_eq!(tried, 2);
}

#[tokio::test]
async fn a_clock_that_jumps_back_says_nothing_twice() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.types("ann", "/reminder add when:every 10 minutes what:Milk").await;
    world.screen().await;
    later(&world, 10).await;
    world.screen().await;
    world.clock.advance(SignedDuration::from_mins(-9));
    for _ in 0..9 {
        world.a_minute_passes().await;
    }
    assert_eq!(world.screen().await, "");
}

#[tokio::test]
async fn an_edit_neither_loses_what_is_due_nor_wakes_what_is_paused() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.types("ann", "/reminder add when:every hour what:Milk").await;
    world.types("ann", "/reminder pause reminder:2").await;
    world.screen().await;
    world.clock.advance(SignedDuration::from_mins(10));
    for number in [1, 2] {
        world.types("ann", &format!("/reminder edit reminder:{number}")).await;
        world.submits("ann", &[("What it says besides", "With sugar")]).await;
    }
    world.types("ann", "/reminder edit reminder:1 channel:#general").await;
    world.screen().await;
    later(&world, 5).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #general: @ann (pings ann)\n     ⏳") && screen.contains("With sugar"), "{screen}");
    later(&world, 60).await;
    assert_eq!(world.screen().await, "");
}

#[tokio::test]
async fn a_reminder_whose_text_discord_refuses_says_that_it_is_time() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:every hour what:Tea message:See evil.example for milk").await;
    world.screen().await;
    world.discord.set_filtered(&["evil.example"]);
    for _ in 0..2 {
        later(&world, 60).await;
        let screen = world.screen().await;
        assert!(screen.contains("⏰ Reminder: Tea") && screen.contains("Discord refused what was written"), "{screen}");
        assert!(!screen.contains("evil.example"), "{screen}");
    }
    world.discord.set_filtered(&[]);
    later(&world, 60).await;
    assert!(world.screen().await.contains("See evil.example for milk"));
    world.discord.take_problems();
}
