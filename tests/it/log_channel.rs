//! What a server reads of the bot's doings.

use alphapy::dev::fake::{Answer, Fault};
use alphapy::log_channel::{Entry, Level};
use alphapy::settings::System;
use axum::http::Method;
use expect_test::expect;
use serde_json::json;
use twilight_model::guild::Permissions;

use crate::support::{AWAY, HOME, World, apart};

/// Something happens, so that it is written down.
async fn happens(world: &World, level: Level, title: &str) {
    let app = world.app();
    let recorder = app.recorder(world.guild(HOME), "tests", world.now()).await.expect("settings");
    let entry = Entry { level, title: title.to_owned(), description: String::new() };
    recorder.write(&app.db, &entry).await.expect("it is written");
}

async fn waiting(world: &World) -> i64 {
    sqlx::query_scalar("select count(*) from log_entry").fetch_one(&world.db().await).await.expect("a number")
}

#[tokio::test]
async fn changes_are_reported_in_colour() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.settle().await;
    world.types("ada", "/config faq set retention-days:30 enabled:true").await;
    let (_, log) = apart(&world.screen().await, "general");
    expect![[r#"
        bot in #general:
             | **Settings changed: system**
             | @ada
             | `log-channel`: none (default) → #general
             | (system)
        bot in #general:
             | **Settings changed: faq**
             | @ada
             | `retention-days`: 365 (default) → 30
             | `enabled`: on (default) → on
             | (faq)
    "#]]
    .assert_eq(&log);
    let sent = world.discord.requests().into_iter().rfind(|call| call.method == "POST").expect("a message");
    assert_eq!(sent.body["embeds"][0]["color"], 0x00f1_c40f);
    assert_eq!(sent.body["allowed_mentions"]["parse"], json!([]));
}

#[tokio::test]
async fn each_server_reads_of_itself_alone() {
    let world = World::new().await;
    let eve = world.discord.person("eve").in_guild(AWAY);
    world.types("ada", "/config system set log-channel:#general").await;
    eve.types("/config system set log-channel:#desk").await;
    world.screen().await;
    eve.types("/config faq set retention-days:9").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #desk of Night Shift") && !screen.contains("bot in #general"), "{screen}");
}

#[tokio::test]
async fn much_at_once_becomes_few_messages() {
    let world = World::new().await;
    let channel = world.discord.id_of("#general");
    world.sets::<System>("log_channel", Some(json!(channel))).await;
    for n in 0..25 {
        happens(&world, Level::Info, &format!("Number {n}")).await;
    }
    world.app().post_log(world.guild(HOME));
    let screen = world.screen().await;
    assert_eq!(screen.matches("bot in #general").count(), 3, "{screen}");
    assert_eq!(screen.matches("Number ").count(), 25);
    let first = screen.find("Number 0*").expect("the first");
    assert!(first < screen.find("Number 24").expect("the last"), "{screen}");
    assert_eq!(waiting(&world).await, 0);
}

#[tokio::test]
async fn a_server_reads_what_it_wants_to_read() {
    let world = World::new().await;
    let channel = world.discord.id_of("#general");
    happens(&world, Level::Error, "nobody reads this").await;
    world.sets::<System>("log_channel", Some(json!(channel))).await;
    world.sets::<System>("log_level", Some(json!("critical"))).await;
    happens(&world, Level::Success, "quiet").await;
    happens(&world, Level::Error, "loud").await;
    world.sets::<System>("log_level", None).await;
    happens(&world, Level::Debug, "detail").await;
    happens(&world, Level::Success, "well").await;
    world.a_minute_passes().await;
    expect![[r#"
        bot in #general:
             | **loud**
             | (tests)
             |--
             | **well**
             | (tests)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn an_entry_is_posted_once_though_the_answer_was_lost() {
    let world = World::new().await;
    let channel = world.discord.id_of("#general");
    world.sets::<System>("log_channel", Some(json!(channel))).await;
    happens(&world, Level::Info, "Once").await;
    let db = world.db().await;
    // An instance has posted the entry and died before it could say so.
    let cut = "update log_entry set batch = id, lease_until = now() - interval '1 hour'";
    world.discord.fault(Fault::on(Method::POST, "/messages").answers(Answer::HangAfter));
    let app = world.app().clone();
    let guild = world.guild(HOME);
    let posting = tokio::spawn(async move {
        let now = || app.clock.now();
        app.log_channel.post_waiting(&app.db, &app.discord, &app.settings, guild, now).await
    });
    while !world.discord.transcript().iter().any(|line| line.contains("Once")) {
        tokio::task::yield_now().await;
    }
    posting.abort();
    sqlx::query(cut).execute(&db).await.expect("it is late");
    let another = world.another_instance().await;
    another.bot.app.post_log(guild);
    crate::support::settle(&another.bot.app).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("Once").count(), 1, "{screen}");
    assert_eq!(waiting(&world).await, 0);
}

#[tokio::test]
async fn a_channel_that_refuses_is_left_alone_until_it_is_set_anew() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    let (nothing, write) = (Permissions::empty(), Permissions::SEND_MESSAGES);
    world.discord.guild(HOME).overwrite("general", "bot", nothing, write);
    world.screen().await;
    // It is told once, and stays to be seen where settings are shown.
    for days in [10, 20, 30, 40] {
        world.types("ada", &format!("/config faq set retention-days:{days}")).await;
        world.settle().await;
    }
    // Three times it tried; every change was made.
    assert_eq!(world.discord.take_problems().len(), 3);
    world.types("ada", "/config show group:system").await;
    expect![[r#"
        ada in #help: /config faq set retention-days:10
        bot: `retention-days`: 365 (default) → 10 (only ada sees this)
        ada in #help: /config faq set retention-days:20
        bot: `retention-days`: 10 → 20 (only ada sees this)
        ada in #help: /config faq set retention-days:30
        bot: `retention-days`: 20 → 30 (only ada sees this)
             ⚠️ I may not write in #general and have stopped reporting there; set `/config system set log-channel` anew.
        ada in #help: /config faq set retention-days:40
        bot: `retention-days`: 30 → 40 (only ada sees this)
        ada in #help: /config show group:system
        bot: (only ada sees this)
             | **Settings: system**
             | `admin-role` → **@keepers** · set by @user 1 in 0 seconds
             | `log-channel` → **#general** · set by @ada in 0 seconds
             | `log-level` → No details · default
             | `time-zone` → `Europe/Brussels` · default
             | `language` → English · default
             | `retention-days` → 365 · default
             | ⚠️ I lack permissions in #general: give me **Send Messages**, **Embed Links** there, or pick another channel.
             | ⚠️ Everybody can read #general, and what I post there is for those who work here: pick a channel that members do not see, or take @everyone its right to see that one.
             | ⚠️ I may not write in #general and have stopped reporting there; set `/config system set log-channel` anew.
             | (Page 1 of 7)
             [Next]
    "#]].assert_eq(&world.screen().await);
    world.discord.guild(HOME).overwrite("general", "bot", write, nothing);
    world.types("ada", "/config system set log-channel:#general").await;
    world.types("ada", "/config faq set retention-days:50").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #general"), "{screen}");
}

#[tokio::test]
async fn a_bad_day_of_discords_delays_a_report() {
    let world = World::new().await;
    let channel = world.discord.id_of("#general");
    world.sets::<System>("log_channel", Some(json!(channel))).await;
    world.discord.fault(Fault::on(Method::POST, "/messages").times(99).answers(Answer::RateLimit(3600.0)));
    world.types("ada", "/config faq set retention-days:30").await;
    let screen = world.screen().await;
    assert!(!screen.contains("bot in #general"), "{screen}");
    world.discord.clear_faults();
    let another = world.another_instance().await;
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    alphapy::jobs::run_pass(&another.bot, world.now()).await.expect("all jobs succeed");
    crate::support::settle(&another.bot.app).await;
    let screen = world.screen().await;
    assert!(screen.contains("Settings changed: faq"), "{screen}");
}

#[tokio::test]
async fn an_error_of_discords_loses_nothing() {
    let world = World::new().await;
    let channel = world.discord.id_of("#general");
    world.sets::<System>("log_channel", Some(json!(channel))).await;
    happens(&world, Level::Info, "Kept").await;
    world.discord.fault(Fault::on(Method::POST, "/messages").times(99).answers(Answer::Status(500, json!({}))));
    world.app().post_log(world.guild(HOME));
    world.screen().await;
    assert_eq!(waiting(&world).await, 1);
    world.discord.clear_faults();
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert!(screen.contains("Kept"), "{screen}");
}

#[tokio::test]
async fn an_entry_that_is_refused_takes_no_other_with_it() {
    let world = World::new().await;
    let channel = world.discord.id_of("#general");
    world.sets::<System>("log_channel", Some(json!(channel))).await;
    for title in ["Rude", "Kind", "Dear"] {
        happens(&world, Level::Info, title).await;
    }
    // The server's AutoMod refuses the three together, and then the first, with its text and without.
    let filtered =
        Answer::Status(400, json!({"code": 200_000, "message": "Message was blocked by automatic moderation"}));
    world.discord.fault(Fault::on(Method::POST, "/messages").times(3).answers(filtered));
    world.app().post_log(world.guild(HOME));
    let screen = world.screen().await;
    assert!(!screen.contains("Rude") && screen.contains("Kind") && screen.contains("Dear"), "{screen}");
    assert_eq!(waiting(&world).await, 0);
    assert_eq!(world.takes_errors().len(), 1);
}

#[tokio::test]
async fn two_instances_post_each_entry_once() {
    let world = World::new().await;
    let another = world.another_instance().await;
    let channel = world.discord.id_of("#general");
    world.sets::<System>("log_channel", Some(json!(channel))).await;
    for n in 0..40 {
        happens(&world, Level::Info, &format!("Number {n}")).await;
    }
    // Some of them wait since an instance died with them.
    let late = "update log_entry set batch = (select min(id) from log_entry),
                                     lease_until = '2020-01-01'
                 where id < (select min(id) from log_entry) + 5";
    sqlx::query(late).execute(&world.db().await).await.expect("they are late");
    world.app().post_log(world.guild(HOME));
    another.bot.app.post_log(world.guild(HOME));
    crate::support::settle(&another.bot.app).await;
    let screen = world.screen().await;
    for n in 0..40 {
        assert_eq!(screen.matches(&format!("**Number {n}**")).count(), 1, "{n}: {screen}");
    }
    assert_eq!(waiting(&world).await, 0);
}

#[tokio::test]
async fn who_takes_the_log_away_is_seen_doing_so() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    world.types("ada", "/config system set log-channel:#help").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #general:") && screen.contains("bot in #help:"), "{screen}");
    world.types("ada", "/config reset setting:system log-channel").await;
    world.clicks("ada", "Reset").await;
    let (_, log) = apart(&world.screen().await, "help");
    assert!(log.contains("`log-channel`: #help → none (default)"), "{log}");
    // A channel that is gone is no longer written to, and nobody is the wiser.
    world.types("ada", "/config system set log-channel:#general").await;
    world.discord.guild(HOME).remove_channel("general");
    world.settle().await;
    world.types("ada", "/config faq set retention-days:9").await;
    world.settle().await;
    world.discord.take_problems();
    world.screen().await;
}

/// What people change: who is told of it reads it in the log channel, or it has not happened.
const CHANGED: [(&str, &str); 11] = [
    ("faq_entry", "insert or update or delete"),
    ("faq_synonym", "insert or update or delete"),
    ("tag", "insert or update of name, body or delete"),
    ("ticket_type", "update"),
    ("ticket_panel", "insert or update of title, body, style, type_ids"),
    ("ticket_block", "insert or update or delete"),
    ("ticket", "insert or update of status"),
    ("ticket_event", "insert"),
    ("reminder", "insert or update of name, body, first_clock, paused_at or delete"),
    ("reminder_template", "insert or update or delete"),
    ("guild_setting", "insert or update or delete"),
];

#[tokio::test]
async fn each_change_and_its_entry_are_one_transaction() {
    let world = World::new().await;
    let channel = world.discord.id_of("#general");
    world.sets::<System>("log_channel", Some(json!(channel))).await;
    let db = world.db().await;
    let watch = "create table witnessed (what text, id xid8);
                 create function witness() returns trigger language plpgsql as $$
                 begin
                     insert into witnessed values (tg_table_name, pg_current_xact_id());
                     return null;
                 end $$;
                 create trigger witness after insert on log_entry execute function witness()";
    sqlx::raw_sql(watch).execute(&db).await.expect("triggers");
    for (table, events) in CHANGED {
        let trigger =
            format!("create trigger witness after {events} on {table} for each row execute function witness()");
        sqlx::query(sqlx::AssertSqlSafe(trigger)).execute(&db).await.expect("a trigger");
    }

    world.types("ada", "/faq add").await;
    world.submits("ada", &[("Question", "Refunds"), ("Answer", "In 30 days.")]).await;
    world.types("ada", "/faq edit entry:#1").await;
    world.submits("ada", &[("Answer", "In 14 days.")]).await;
    world.types("ada", "/faq pin entry:#1").await;
    world.types("ada", "/faq unpin entry:#1").await;
    world.types("ada", "/faq synonyms").await;
    world.submits("ada", &[("Words that mean the same", "a,b")]).await;
    world.types("ada", "/faq remove entry:#1").await;
    world.clicks("ada", "Remove").await;
    world.types("ada", "/tag add").await;
    world.submits("ada", &[("Name", "wait"), ("Reply", "Wait.")]).await;
    world.types("ada", "/tag edit name:wait").await;
    world.submits("ada", &[("Reply", "Please wait.")]).await;
    world.types("ada", "/tag remove name:wait").await;
    world.types("ada", "/reminder add when:in 2h what:Tea").await;
    world.types("ada", "/reminder edit reminder:1").await;
    world.submits("ada", &[("What", "Coffee")]).await;
    world.types("ada", "/reminder edit reminder:1 channel:#general").await;
    world.types("ada", "/reminder pause reminder:1").await;
    world.types("ada", "/reminder resume reminder:1").await;
    world.types("ada", "/reminder template-save reminder:1 name:Break").await;
    world.types("ada", "/reminder template-remove template:Break").await;
    world.types("ada", "/reminder delete reminder:1").await;
    world.clicks("ada", "Delete").await;
    world.types("ada", "/reminder add when:in 1m what:Soon").await;
    world.settle().await;
    world.a_minute_passes().await;
    world.person("ada").clicks("Again in 10 min").await;
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.submits("ada", &[("Name", "Billing")]).await;
    world.clicks("ada", "Times").await;
    world.submits("ada", &[("Remind the silent side after", "1d")]).await;
    world.clicks("ada", "Remove this kind").await;
    world.clicks("ada", "Remove this kind").await;
    world.types("ada", "/ticket panel channel:#general").await;
    world.types("ada", "/ticket block member:@ann").await;
    world.types("ada", "/ticket unblock member:@ann").await;
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "My refund")]).await;
    world.settle().await;
    world.types("ada", "/ticket note ticket:1 text:Look").await;
    world.types("ada", "/ticket close ticket:1").await;
    world.submits("ada", &[]).await;
    world.types("ada", "/config faq set retention-days:30").await;
    world.screen().await;

    let alone: Vec<String> = sqlx::query_scalar(
        "select what from witnessed group by what, id having not exists (
             select from witnessed entry where entry.what = 'log_entry' and entry.id = witnessed.id
         )",
    )
    .fetch_all(&db)
    .await
    .expect("what was witnessed");
    assert!(alone.is_empty(), "these were changed without an entry: {alone:?}");
    let seen: Vec<String> =
        sqlx::query_scalar("select distinct what from witnessed").fetch_all(&db).await.expect("what was witnessed");
    let missed: Vec<&str> =
        CHANGED.iter().map(|(table, _)| *table).filter(|table| !seen.iter().any(|it| it == table)).collect();
    assert!(missed.is_empty(), "nothing of this was changed: {missed:?}");
}

#[tokio::test]
async fn a_log_channel_that_everybody_reads_is_named() {
    let world = World::new().await;
    world.discord.guild(HOME).channel("log").private("log", &["keepers"]);
    world.types("ada", "/config system set log-channel:#log").await;
    let screen = world.screen().await;
    assert!(!screen.contains("Everybody can read"), "{screen}");
    // It works, and may be meant so.
    world.types("ada", "/config system set log-channel:#general").await;
    let screen = world.screen().await;
    assert!(screen.contains("⚠️ Everybody can read #general"), "{screen}");
    world.types("ada", "/config show group:system").await;
    let screen = world.screen().await;
    assert!(screen.contains("⚠️ Everybody can read #general"), "{screen}");
    world.types("ada", "/config tickets set transcript-channel:#general").await;
    let screen = world.screen().await;
    assert!(screen.contains("⚠️ Everybody can read #general"), "{screen}");
}
