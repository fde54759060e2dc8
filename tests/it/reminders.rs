//! What members are reminded of, when, and how often.

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::json;
use twilight_model::guild::Permissions;

use crate::support::{AWAY, HOME, World, apart};

/// Every world begins on Monday 1 March 2027, 10:00 in Brussels.
async fn later(world: &World, minutes: i64) {
    world.clock.advance(SignedDuration::from_mins(minutes - 1));
    world.a_minute_passes().await;
    world.settle().await;
}

#[tokio::test]
async fn a_member_is_reminded_once_on_time() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 2h what:Tea message:Green *tea*").await;
    later(&world, 119).await;
    world.types("ann", "/reminder list").await;
    later(&world, 1).await;
    later(&world, 1).await;
    world.types("ann", "/reminder list done:true").await;
    expect![[r#"
        ann in #help: /reminder add when:in 2h what:Tea message:Green *tea*
        bot: Made #1 **Tea**. (only ann sees this)
             | **Tea**
             | Green *tea*
             | Next: Mon 2027-03-01 11:00 UTC (in 2 hours)
             | Where: #help
             | Set by: @ann
             | (Reminder #1)
        ann in #help: /reminder list
        bot: (only ann sees this)
             | **Your reminders**
             | **#1** Tea · Mon 2027-03-01 11:00 UTC · #help · @ann
        bot in #help:
             | **⏰ Reminder: Tea**
             | Green *tea*
             | When: Mon 2027-03-01 11:00 UTC
             | Set by: @ann
             | (#1 • 2027-03-01T11:00:00.000000+00:00)
             [In 10m] [In 1h]
        ann in #help: /reminder list done:true
        bot: (only ann sees this)
             | **Your reminders**
             | **#1** Tea · done · #help · @ann
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn an_event_is_said_ahead_and_when_it_begins() {
    let world = World::new().await;
    world.types("ada", "/config reminders set remove-ahead:true allow-everyone:true default-channel:#general").await;
    world.screen().await;
    world
        .types(
            "ada",
            "/reminder event what:Live session when:14:00 place:Stage ahead:1h, 0 mention:@everyone message:Be there",
        )
        .await;
    later(&world, 180).await;
    later(&world, 60).await;
    later(&world, 1).await;
    expect![[r#"
        ada in #help: /reminder event what:Live session when:14:00 place:Stage ahead:1h, 0 mention:@everyone message:Be there
        bot: Made #1 **Live session**. (only ada sees this)
             | **Live session**
             | Be there
             | Next: Mon 2027-03-01 12:00 UTC (in 3 hours)
             | Where: #general
             | Said: 1h ahead, at the start
             | Place: Stage
             | Calls: @everyone
             | Set by: @ada
             | (Reminder #1)
        bot in #general: @everyone
             | **⏰ Reminder: Live session**
             | Be there
             | When: Mon 2027-03-01 13:00 UTC (in 1 hour)
             | Where: Stage
             | Set by: @ada
             | (#1 • 2027-03-01T12:00:00.000000+00:00)
             [In 10m] [In 1h]
        bot in #general: @everyone
             | **⏰ Reminder: Live session**
             | Be there
             | When: Mon 2027-03-01 13:00 UTC (in 0 seconds)
             | Where: Stage
             | Set by: @ada
             | (#1 • 2027-03-01T13:00:00.000000+00:00)
             [In 10m] [In 1h]
        bot deletes a message in #general: “@everyone”
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn what_is_not_understood_or_past_or_never_says_so() {
    let world = World::new().await;
    for line in [
        "when:someday what:Tea",
        "when:1/2/2027 9:00 what:Tea",
        "when:every day 9:00 until 28/2/2027 what:Tea",
        "when:tomorrow",
        "when:tomorrow what:Tea image:javascript:alert(1)",
        "when:tomorrow what:Tea zone:Mars/Base",
        "when:tomorrow what:Tea mention:@everyone",
        "when:tomorrow what:Tea mention:@&keepers",
        "when:tomorrow what:Tea template:none",
    ] {
        world.types("ann", &format!("/reminder add {line}")).await;
    }
    world.discord.guild(HOME).channel("vault").private("vault", &["admins"]);
    world.types("ann", "/reminder add when:tomorrow what:Tea channel:#vault").await;
    expect![[r##"
        ann in #help: /reminder add when:someday what:Tea
        bot: I do not understand “someday”; write it like `tomorrow 19:30` or `elke maandag om 20:00`. (only ann sees this)
        ann in #help: /reminder add when:1/2/2027 9:00 what:Tea
        bot: “1/2/2027 9:00” has passed; did you mean Tue 2028-02-01 08:00 UTC? Then write `2028-02-01 09:00`. (only ann sees this)
        ann in #help: /reminder add when:every day 9:00 until 28/2/2027 what:Tea
        bot: “every day 9:00 until 28/2/2027” has passed; did you mean Mon 2028-02-28 08:00 UTC? Then write `2028-02-28 09:00`. (only ann sees this)
        ann in #help: /reminder add when:tomorrow
        bot: Say what it is about with the option `what`. (only ann sees this)
        ann in #help: /reminder add when:tomorrow what:Tea image:javascript:alert(1)
        bot: A picture is a web address that starts with `https://`; correct it, or leave it out. (only ann sees this)
        ann in #help: /reminder add when:tomorrow what:Tea zone:Mars/Base
        bot: There is no such time zone; pick one that is suggested, such as `Europe/Brussels`. (only ann sees this)
        ann in #help: /reminder add when:tomorrow what:Tea mention:@everyone
        bot: Reminders may not call everybody here; `/config reminders set` can allow it. (only ann sees this)
        ann in #help: /reminder add when:tomorrow what:Tea mention:@&keepers
        bot: You may not call @keepers yourself; leave that to the staff. (only ann sees this)
        ann in #help: /reminder add when:tomorrow what:Tea template:none
        bot: There is no such template; pick one that is suggested. (only ann sees this)
        ann in #help: /reminder add when:tomorrow what:Tea channel:#vault
        Discord refuses ann: /reminder add — channel is nobody or nothing here: "#vault"
    "##]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn when_is_suggested_as_it_is_understood() {
    let world = World::new().await;
    let names = async |line: &str| -> Vec<String> {
        world.suggests("ann", line).await.into_iter().map(|choice| choice.name).collect()
    };
    let shown = [
        names("/reminder add when:morgen 9u").await.join("\n"),
        names("/reminder add when:elke maandag om 20:00").await.join("\n"),
        names("/reminder add when:1/2/2027").await.join("\n"),
        names("/reminder add when:").await.join("\n"),
        names("/reminder add what:x when:tomorrow 9:00 zone:new y").await.join("\n"),
    ];
    expect![[r#"
        Tuesday 2 March 2027, 09:00 (Europe/Brussels)

        every Monday at 20:00 from Monday 1 March 2027, 20:00 (Europe/Brussels)

        That has passed; Tuesday 1 February 2028, 09:00?

        in 2h → Monday 1 March 2027, 12:00 (Europe/Brussels)
        tomorrow 9:00 → Tuesday 2 March 2027, 09:00 (Europe/Brussels)
        friday 20:00 → Friday 5 March 2027, 20:00 (Europe/Brussels)
        every monday 20:00 → every Monday at 20:00 from Monday 1 March 2027, 20:00 (Europe/Brussels)
        every weekday 8:45 → every weekday at 08:45 from Tuesday 2 March 2027, 08:45 (Europe/Brussels)
        25/12 20:00 → Saturday 25 December 2027, 20:00 (Europe/Brussels)

        America/New_York"#]]
    .assert_eq(&shown.join("\n\n"));
}

#[tokio::test]
async fn a_reminder_is_changed_paused_resumed_and_deleted_by_whose_it_is() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:every weekday 8:45 what:Stand-up").await;
    world.screen().await;
    for line in ["show", "edit", "pause", "delete"] {
        world.types("bob", &format!("/reminder {line} reminder:1")).await;
    }
    assert_eq!(world.suggests("bob", "/reminder edit reminder:").await, []);
    let suggested = world.suggests("ann", "/reminder edit reminder:stand").await;
    assert_eq!(suggested[0].name, "#1 Stand-up · Tue 2 Mar 2027, 08:45");
    let screen = world.screen().await;
    assert_eq!(screen.matches("There is no such reminder of yours").count(), 4, "{screen}");
    world.types("ann", "/reminder edit reminder:1").await;
    world.submits("ann", &[("What", "Stand-up!"), ("Where it takes place", "Room 4")]).await;
    world.types("ann", "/reminder edit reminder:1").await;
    world.submits("ann", &[("When", "whenever")]).await;
    world.types("ann", "/reminder pause reminder:1").await;
    world.types("ann", "/reminder pause reminder:1").await;
    later(&world, 60 * 24 * 3).await;
    world.types("ada", "/reminder resume reminder:1").await;
    world.types("ada", "/reminder list all:true").await;
    world.types("ann", "/reminder delete reminder:1").await;
    world.clicks("ann", "Delete").await;
    world.types("ann", "/reminder list").await;
    expect![[r#"
        ann in #help: /reminder edit reminder:1
        bot opens a form for ann: Reminder #1
             What* (short, up to 100): Stand-up
             When* (short, up to 100): every weekday 8:45
               Such as “tomorrow 19:30” or “elke maandag om 20:00”
             What it says besides (long, up to 1500):
             Where it takes place (short, up to 200):
             How long before (short, up to 60): 0
               Such as “1d, 1h, 0”; 0 is at the moment itself
        ann submits What="Stand-up!", Where it takes place="Room 4"
        bot: Changed #1 **Stand-up!**. (only ann sees this)
             | **Stand-up!**
             | Next: Tue 2027-03-02 07:45 UTC (in 22 hours)
             | Repeats: every weekday at 08:45 (Europe/Brussels)
             | Where: #help
             | Place: Room 4
             | Set by: @ann
             | (Reminder #1)
        ann in #help: /reminder edit reminder:1
        bot opens a form for ann: Reminder #1
             What* (short, up to 100): Stand-up!
             When* (short, up to 100): every weekday 8:45
               Such as “tomorrow 19:30” or “elke maandag om 20:00”
             What it says besides (long, up to 1500):
             Where it takes place (short, up to 200): Room 4
             How long before (short, up to 60): 0
               Such as “1d, 1h, 0”; 0 is at the moment itself
        ann submits When="whenever"
        bot: I do not understand “whenever”; write it like `tomorrow 19:30` or `elke maandag om 20:00`. (only ann sees this)
             | **What you wrote**
             | What: Stand-up!
             | When: whenever
             | Where it takes place: Room 4
             | How long before: 0
        ann in #help: /reminder pause reminder:1
        bot: Paused #1 **Stand-up!**. (only ann sees this)
             | **Stand-up!**
             | Next: paused
             | Repeats: every weekday at 08:45 (Europe/Brussels)
             | Where: #help
             | Place: Room 4
             | Set by: @ann
             | (Reminder #1)
        ann in #help: /reminder pause reminder:1
        bot: #1 **Stand-up!** is paused already. (only ann sees this)
        ada in #help: /reminder resume reminder:1
        bot: Resumed #1 **Stand-up!**. (only ada sees this)
             | **Stand-up!**
             | Next: Fri 2027-03-05 07:45 UTC (in 22 hours)
             | Repeats: every weekday at 08:45 (Europe/Brussels)
             | Where: #help
             | Place: Room 4
             | Set by: @ann
             | (Reminder #1)
        ada in #help: /reminder list all:true
        bot: (only ada sees this)
             | **Reminders**
             | **#1** 🔁 Stand-up! · Fri 2027-03-05 07:45 UTC · #help · @ann
        ann in #help: /reminder delete reminder:1
        bot: Delete #1 **Stand-up!**? (only ann sees this)
             [Delete (danger)] [Keep]
        ann clicks [Delete]
        bot edits: Deleted #1 **Stand-up!**. (only ann sees this)
        ann in #help: /reminder list
        bot: (only ann sees this)
             | **Your reminders**
             | There are none; `/reminder add` makes one.
    "#]].assert_eq(&world.screen().await);
}

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
        bot in #help: ⏳ This comes late; it was due 11:45 UTC.
             | **⏰ Reminder: Just now**
             | When: Mon 2027-03-01 11:45 UTC
             | Set by: @ann
             | (#3 • 2027-03-01T11:45:00.000000+00:00)
             [In 10m] [In 1h]
        bot in #help:
             | **⏰ Reminder: Hourly**
             | When: Mon 2027-03-01 12:00 UTC
             | Set by: @ann
             | (#2 • 2027-03-01T12:00:00.000000+00:00)
             [In 10m] [In 1h]
    "#]]
    .assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **⏰ 3 reminders were not said**
             | #1 Long ago Mon 2027-03-01 10:00 UTC
             | #2 Hourly Mon 2027-03-01 10:00 UTC
             | #2 Hourly Mon 2027-03-01 11:00 UTC
             | (reminders)
    "#]]
    .assert_eq(&log);
}

#[tokio::test]
async fn whom_it_called_can_put_it_off() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea mention:@bob").await;
    later(&world, 10).await;
    world.screen().await;
    world.clicks("mia", "In 10m").await;
    let screen = world.screen().await;
    assert!(screen.contains("I say it to you again in 10m"), "mia has the admin role: {screen}");
    world.clicks("bob", "In 10m").await;
    world.clicks("bob", "In 1h").await;
    world.screen().await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("⏰ Reminder: Tea").count(), 1, "bob's is an hour away: {screen}");
    later(&world, 50).await;
    let screen = world.screen().await;
    assert!(screen.contains("@bob (pings bob)") && screen.matches("⏰ Reminder: Tea").count() == 1, "{screen}");
    world.discord.guild(HOME).member("carl", &[]);
    world.clicks("carl", "In 1h").await;
    let screen = world.screen().await;
    assert!(screen.contains("Only whom it called can put it off"), "{screen}");
}

#[tokio::test]
async fn a_direct_reminder_comes_directly_and_falls_back_as_set() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea direct:true").await;
    world.types("bob", "/reminder add when:in 10m what:Milk direct:true").await;
    world.discord.set_takes_dms("bob", false);
    world.screen().await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in DM with ann") && !screen.contains("Milk"), "{screen}");
    world.discord.take_problems();
    world.types("bob", "/reminder list").await;
    world.types("ada", "/config reminders set direct-fallback:true default-channel:#general").await;
    world.types("bob", "/reminder add when:in 10m what:Bread direct:true").await;
    world.screen().await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #general: @bob (pings bob)"), "{screen}");
    // Where others read too, it is only said that there is one.
    assert!(screen.contains("⏰ A reminder for you alone"), "{screen}");
    assert!(!screen.contains("Reminder: Bread"), "{screen}");
    assert!(screen.contains("`/reminder show reminder:3` shows it to you"), "{screen}");
    world.types("bob", "/reminder show reminder:3").await;
    let shown = world.screen().await;
    assert!(shown.contains("Bread") && shown.contains("only bob sees this"), "{shown}");
    world.discord.take_problems();
    world.person("ann").in_dm().clicks("In 10m").await;
    let screen = world.screen().await;
    assert!(screen.contains("I say it to you again in 10m"), "{screen}");
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
async fn a_long_list_has_pages() {
    let world = World::new().await;
    for n in 1..=12 {
        world.types("ann", &format!("/reminder add when:in {n}h what:Number {n}.")).await;
    }
    world.screen().await;
    world.types("ann", "/reminder list").await;
    let screen = world.screen().await;
    assert!(screen.contains("Number 10.") && !screen.contains("Number 11.") && screen.contains("[Next]"), "{screen}");
    world.clicks("ann", "Next").await;
    let screen = world.screen().await;
    assert!(
        screen.contains("Number 12.") && !screen.contains("Number 10.") && screen.contains("[Previous]"),
        "{screen}"
    );
    world.types("bob", "/reminder list all:true").await;
    let screen = world.screen().await;
    assert!(screen.contains("Only the staff sees the reminders of others"), "{screen}");
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
    assert_eq!(tried, 1);
}

#[tokio::test]
async fn a_member_has_only_so_many_and_only_who_may_has_any() {
    let world = World::new().await;
    world.types("ada", "/config reminders set member-limit:1").await;
    world.types("ann", "/reminder add when:tomorrow what:One").await;
    world.types("ann", "/reminder add when:tomorrow what:Two").await;
    world.types("ada", "/config reminders set creator-role:@&keepers").await;
    world.types("bob", "/reminder add when:tomorrow what:Three").await;
    world.types("mia", "/reminder add when:tomorrow what:Four").await;
    let screen = world.screen().await;
    for part in [
        "Made #1",
        "You have as many reminders as you can have, 1;",
        "Only some members make reminders here",
        "Made #2",
    ] {
        assert!(screen.contains(part), "no {part} in {screen}");
    }
}

#[tokio::test]
async fn what_is_done_and_comes_again_counts() {
    let world = World::new().await;
    world.types("ada", "/config reminders set member-limit:1").await;
    world.types("ann", "/reminder add when:in 5m what:One").await;
    later(&world, 6).await;
    world.types("ann", "/reminder add when:tomorrow what:Two").await;
    world.screen().await;
    world.types("ann", "/reminder edit reminder:1").await;
    world.submits("ann", &[("When", "friday 20:00")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("You have as many reminders as you can have, 1;"), "{screen}");
    world.types("ann", "/reminder edit reminder:1").await;
    world.submits("ann", &[("What", "The first")]).await;
    world.types("ann", "/reminder delete reminder:2").await;
    world.clicks("ann", "Delete").await;
    world.types("ann", "/reminder edit reminder:1").await;
    world.submits("ann", &[("When", "friday 20:00")]).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("Changed #1 **The first**").count(), 2, "{screen}");
}

#[tokio::test]
async fn a_template_is_made_again_at_another_time() {
    let world = World::new().await;
    world
        .types("ada", "/reminder event what:Live session when:tomorrow 20:00 place:Stage message:Be there ahead:2h, 0")
        .await;
    world.types("ada", "/reminder template-save reminder:1 name:Live").await;
    world.types("ann", "/reminder template-save reminder:1 name:Mine").await;
    world.types("ann", "/reminder event when:friday 20:00 template:live").await;
    world.types("ada", "/reminder template-remove template:LIVE").await;
    let screen = world.screen().await;
    assert!(screen.contains("Made #2 **Live session**") && screen.contains("2h ahead, at the start"), "{screen}");
    assert!(screen.contains("Only the staff keeps templates") && screen.contains("“LIVE” is forgotten."), "{screen}");
}

#[tokio::test]
async fn a_message_becomes_a_reminder() {
    let world = World::new().await;
    world.discord.post(HOME, "general", "ada", "Big quiz!\nDate: 5 March\nTime: 20:00\nLocation: Main hall");
    world.person("ann").in_channel("general").message_menu("Create reminder", "Big quiz").await;
    world.submits("ann", &[]).await;
    expect![[r#"
        ada in #general: Big quiz!
             Date: 5 March
             Time: 20:00
             Location: Main hall
        ann in #general: Create reminder on “Big quiz!…”
        bot opens a form for ann: Reminder from a message
             What* (short, up to 100): Big quiz!
             When* (short, up to 100): 2027-03-05 20:00
               Such as “tomorrow 19:30” or “elke maandag om 20:00”
             What it says besides (long, up to 1500): Big quiz!⏎Date: 5 March⏎Time: 20:00⏎Location: Main hall
             Where it takes place (short, up to 200): Main hall
             How long before (short, up to 60): 1h, 0
               Such as “1d, 1h, 0”; 0 is at the moment itself
        ann submits the form
        bot: Made #1 **Big quiz!**. (only ann sees this)
             | **Big quiz!**
             | Big quiz!
             | Date: 5 March
             | Time: 20:00
             | Location: Main hall
             | Next: Fri 2027-03-05 18:00 UTC (in 4 days)
             | Where: #general
             | Said: 1h ahead, at the start
             | Place: Main hall
             | Original: https://discord.com/channels/1191169165885440000/1191170927493120000/1609862794444800001
             | Set by: @ann
             | (Reminder #1)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_link_counts_as_every_other_reminder_does() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    world.types("ada", "/config reminders set member-limit:1 manager-role:@&keepers").await;
    let message = world.discord.post(HOME, "general", "ada", "Party\nDate: 5/3/2027\nTime: 20:00");
    let (guild, channel) = (world.guild(HOME), world.discord.id_of("#general"));
    for who in ["mia", "ann"] {
        world.types(who, "/reminder add when:tomorrow what:One").await;
        world
            .types(who, &format!("/reminder event link:https://discord.com/channels/{guild}/{channel}/{message}"))
            .await;
        world.settle().await;
    }
    let screen = world.screen().await;
    assert!(screen.contains("bot answers: Made #2 **Party**. (only mia sees this)"), "{screen}");
    assert_eq!(screen.matches("You have as many reminders as you can have, 1;").count(), 1, "{screen}");
}

#[tokio::test]
async fn a_link_is_read_only_by_who_can_read_it() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    world.discord.guild(HOME).channel("vault").private("vault", &["admins"]);
    let text = "Secret party\nDate: 5/3/2027\nTime: 20:00";
    let (open, vault) =
        (world.discord.post(HOME, "general", "ada", text), world.discord.post(HOME, "vault", "ada", text));
    let away = world.discord.post(AWAY, "desk", "eve", text);
    let guild = world.guild(HOME);
    let link = |guild: &str, channel: &str, message: &str| {
        format!("https://discord.com/channels/{guild}/{}/{message}", world.discord.id_of(channel))
    };
    let guild = guild.to_string();
    let other = world.guild(AWAY).to_string();
    let links = [
        link(&guild, "#general", &open),
        link(&guild, "#vault", &vault),
        link(&other, "#desk", &away),
        link(&guild, "#desk", &away),
        "https://example.com".to_owned(),
    ];
    for link in &links {
        world.types("ann", &format!("/reminder event link:{link}")).await;
        world.settle().await;
    }
    world.discord.set_message_content(false);
    world.types("ada", &format!("/reminder event link:{}", links[0])).await;
    let screen = world.screen().await;
    let answers: Vec<&str> = screen.lines().filter(|line| line.starts_with("bot")).collect();
    expect![[r#"
        bot is thinking… (only ann sees this)
        bot answers: Made #1 **Secret party**. (only ann sees this)
        bot is thinking… (only ann sees this)
        bot answers: You cannot read that message, or it is gone; link to one that you can read. (only ann sees this)
        bot: That message is in another server; link to one of this server. (only ann sees this)
        bot is thinking… (only ann sees this)
        bot answers: You cannot read that message, or it is gone; link to one that you can read. (only ann sees this)
        bot: That is no address of a message; copy one with *Copy Message Link* in the menu of a message. (only ann sees this)
        bot is thinking… (only ada sees this)
        bot answers: I cannot read that message: the message content intent is off for me. Use *Apps, Create reminder* in its menu. (only ada sees this)"#]].assert_eq(&answers.join("\n"));
    world.discord.take_problems();
}

#[tokio::test]
async fn where_reminders_are_off_nothing_is_said() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.types("ann", "/reminder add when:every hour what:Milk").await;
    world.types("ada", "/config reminders set enabled:false").await;
    world.screen().await;
    later(&world, 60).await;
    assert_eq!(world.screen().await, "");
    world.types("ada", "/config reminders set enabled:true").await;
    world.screen().await;
    later(&world, 60).await;
    let screen = world.screen().await;
    assert!(!screen.contains("Tea") && screen.matches("⏰ Reminder: Milk").count() == 1, "{screen}");
}

#[tokio::test]
async fn the_language_of_a_server_is_that_of_its_reminders() {
    let world = World::new().await;
    world.types("ada", "/config system set language:Nederlands").await;
    world.types("ann", "/reminder event when:11:00 what:Vergadering place:Zaal 2 ahead:0").await;
    world.screen().await;
    later(&world, 70).await;
    expect![[r#"
        bot in #help: ⏳ Dit komt te laat; het was bedoeld voor 10:00 UTC.
             | **⏰ Herinnering: Vergadering**
             | Wanneer: Mon 2027-03-01 10:00 UTC (10 minutes ago)
             | Waar: Zaal 2
             | Ingesteld door: @ann
             | (#1 • 2027-03-01T10:00:00.000000+00:00)
             [Over 10 minuten] [Over 1 uur]
    "#]]
    .assert_eq(&world.screen().await);
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
async fn an_admin_of_one_server_reads_no_other() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    let away = world.discord.post(AWAY, "desk", "eve", "Secret party\nDate: 5/3/2027\nTime: 20:00");
    let link = format!("https://discord.com/channels/{}/{}/{away}", world.guild(HOME), world.discord.id_of("#desk"));
    world.types("ada", &format!("/reminder event link:{link}")).await;
    let screen = world.screen().await;
    assert!(screen.contains("You cannot read that message") && !screen.contains("bot answers: Made"), "{screen}");
}

#[tokio::test]
async fn who_cannot_write_somewhere_is_not_reminded_there() {
    let world = World::new().await;
    world.discord.guild(HOME).channel("rules").overwrite(
        "rules",
        "@everyone",
        Permissions::empty(),
        Permissions::SEND_MESSAGES,
    );
    world.types("ann", "/reminder add when:tomorrow what:Tea channel:#rules").await;
    world.person("ann").in_channel("rules").types("/reminder add when:tomorrow what:Tea").await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("You cannot write in #rules yourself").count(), 2, "{screen}");
}

#[tokio::test]
async fn a_template_gives_a_member_no_rights() {
    let world = World::new().await;
    world.discord.guild(HOME).channel("vault").private("vault", &["admins"]);
    world.types("ada", "/config reminders set allow-everyone:true").await;
    world.types("ada", "/reminder add when:tomorrow what:Live channel:#vault mention:@everyone").await;
    world.types("ada", "/reminder template-save reminder:1 name:Live").await;
    world.screen().await;
    world.types("ann", "/reminder add when:tomorrow template:Live").await;
    let screen = world.screen().await;
    assert!(screen.contains("Where: #help") && !screen.contains("Calls"), "{screen}");
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
    assert!(screen.contains("bot in #general: ⏳") && screen.contains("With sugar"), "{screen}");
    later(&world, 60).await;
    assert_eq!(world.screen().await, "");
}
