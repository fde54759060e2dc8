//! Drafted replies when something goes wrong: what is asked once, said once, kept for a while, and what nobody reads.

use std::time::{Duration, Instant};

use alphapy::assist::Settings;
use alphapy::dev::fake::{Answer, Fault};
use alphapy::dev::provider::{Act, Provider};
use axum::http::Method;
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{HOME, World, apart};
use crate::tickets::{desk, opens};
use crate::tickets_replies::{asked, drafts};

/// Waits until `happened` is true.
async fn until(what: &str, happened: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(30);
    while !happened() {
        assert!(Instant::now() < patience, "{what}");
        tokio::task::yield_now().await;
    }
}

/// How often a message was to be posted.
fn posts(world: &World) -> usize {
    let requests = world.discord.requests();
    requests.iter().filter(|it| it.method == "POST" && it.path.ends_with("/messages")).count()
}

/// What is left after the instance that posts sam's draft stops in the middle, and another goes on.
async fn stops_while_it_posts(answer: Answer) -> String {
    let (world, _) = asked("How long does a refund take?").await;
    let another = world.another_instance().await;
    drafts(&world).await;
    let before = posts(&world);
    world.discord.fault(Fault::on(Method::POST, "/messages").answers(answer));
    world.person("sam").in_channel("ticket-1").clicks("Post it").await;
    until("nothing is posted", || posts(&world) > before).await;
    world.app().handing_over.cancel();
    world.settle().await;
    world.clock.advance(SignedDuration::from_mins(1));
    another.sweeps().await;
    let screen = world.screen().await;
    let kept: Option<String> =
        sqlx::query_scalar("select text from reply_draft").fetch_one(&world.db().await).await.expect("a row");
    assert_eq!(kept, None, "what is said is kept no longer");
    screen
}

#[tokio::test]
async fn a_reply_is_posted_though_whoever_posts_it_stops_before_it_arrives() {
    expect![[r#"
        sam clicks [Post it]
        bot in #ticket-1: Thanks for asking! Refunds take 14 days. We write when it is on its way. Let us know if you need anything else.
             -# Posted by @sam
        bot edits: It is posted. (only sam sees this)
    "#]].assert_eq(&stops_while_it_posts(Answer::Hang).await);
}

#[tokio::test]
async fn a_reply_is_posted_once_though_whoever_posts_it_stops_when_it_has_arrived() {
    let screen = stops_while_it_posts(Answer::HangAfter).await;
    assert_eq!(screen.matches("bot in #ticket-1").count() + screen.matches("Posted by").count(), 2, "{screen}");
    assert!(screen.contains("It is posted."), "{screen}");
}

#[tokio::test]
async fn a_reply_that_discord_does_not_take_in_time_is_posted_later() {
    let (world, _) = asked("How long does a refund take?").await;
    drafts(&world).await;
    let unwell = Answer::Status(503, json!({"message": "unwell"}));
    world.discord.fault(Fault::on(Method::POST, "/messages").times(99).answers(unwell));
    world.person("sam").in_channel("ticket-1").clicks("Post it").await;
    world.settle().await;
    world.discord.clear_faults();
    world.clock.advance(SignedDuration::from_mins(20));
    world.a_minute_passes().await;
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("Posted by @sam").count(), 1, "{screen}");
    world.leaves_somebody_waiting();
}

#[tokio::test]
async fn a_reply_that_discord_refuses_counts_as_not_posted() {
    let (world, _) = asked("How long does a refund take?").await;
    drafts(&world).await;
    let refused = Answer::Status(400, json!({"code": 200_000, "message": "blocked by AutoMod"}));
    world.discord.fault(Fault::on(Method::POST, "/messages").answers(refused));
    let sam = world.person("sam").in_channel("ticket-1");
    sam.clicks("Post it").await;
    world.settle().await;
    expect![[r#"
        sam clicks [Post it]
        bot edits: Thanks for asking! Refunds take 14 days. We write when it is on its way. Let us know if you need anything else. (only sam sees this)
             | **Look again before you post**
             | Discord does not let me post this in the ticket: change what it says, or check what I may do in its channel.
             [Post it all the same (danger)] [Change and post]
    "#]].assert_eq(&world.screen().await);
    sam.clicks("Post it all the same").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Posted by @sam"), "{screen}");
}

#[tokio::test]
async fn a_stopping_instance_asks_the_model_once_and_what_it_reserved_comes_back() {
    let (world, provider) = asked("How long does a refund take?").await;
    let another = world.another_instance().await;
    provider.next(Act::Hangs);
    world.person("sam").in_channel("ticket-1").types("/ticket draft").await;
    until("no model is asked", || !provider.received().is_empty()).await;
    world.app().handing_over.cancel();
    world.settle().await;
    world.clock.advance(SignedDuration::from_secs(30));
    another.sweeps().await;
    expect![[r#"
        sam in #ticket-1: /ticket draft
        bot is thinking… (only sam sees this)
        bot answers: (only sam sees this)
             | **Ticket #1: no draft**
             | **Nearest entries**
             | - FAQ #1 How long does a refund take?
             | > Refunds take 14 days. We write when it is on its way.
             | I was stopped while the model wrote; ask for another.
             [Another]
    "#]]
    .assert_eq(&world.screen().await);
    assert_eq!(provider.received().len(), 1);
    let db = world.db().await;
    let used =
        async || -> i64 { sqlx::query_scalar("select tokens from llm_day").fetch_one(&db).await.expect("a row") };
    let reserved = used().await;
    world.clock.advance(SignedDuration::from_mins(6));
    world.a_minute_passes().await;
    let left = used().await;
    assert!(left > 0 && reserved - left == 1_500, "what it was told counts, what it may have written does not: {left}");
    world.a_minute_passes().await;
    assert_eq!(used().await, left, "it comes back once");
    world.screen().await;
}

#[tokio::test]
async fn drafts_and_what_they_cost_are_forgotten_in_time() {
    let (world, _) = asked("How long does a refund take?").await;
    drafts(&world).await;
    let db = world.db().await;
    let counts = async || -> (i64, i64, i64) {
        let all = "select (select count(*) from reply_draft), (select count(*) from llm_day), (select count(*) from llm_member)";
        sqlx::query_as(all).fetch_one(&db).await.expect("counts")
    };
    world.a_minute_passes().await;
    assert_eq!(counts().await, (1, 1, 1));
    world.clock.advance(SignedDuration::from_hours(26));
    world.a_minute_passes().await;
    assert_eq!(counts().await, (1, 1, 0));
    world.clock.advance(SignedDuration::from_hours(41 * 24));
    world.a_minute_passes().await;
    assert_eq!(counts().await, (1, 0, 0));
    world.clock.advance(SignedDuration::from_hours(360 * 24));
    world.a_minute_passes().await;
    assert_eq!(counts().await, (0, 0, 0));
    world.screen().await;
}

#[tokio::test]
async fn what_the_staff_cannot_be_told_is_said_with_what_helps() {
    let (world, _) = asked("How long does a refund take?").await;
    world.discord.set_message_content(false);
    world.discord.post(HOME, "ticket-1", "ann", "Hello?");
    let line = |shown: &str| {
        let line = shown.lines().find(|line| line.contains("opening answers")).unwrap_or_default();
        line.trim().to_owned()
    };
    let contents = line(&drafts(&world).await);
    let unwell = Answer::Status(503, json!({"message": "unwell"}));
    world.discord.fault(Fault::on(Method::GET, "/messages").times(9).answers(unwell));
    let away = line(&drafts(&world).await);
    world.discord.clear_faults();
    let refused = Answer::Status(403, json!({"code": 50001, "message": "Missing Access"}));
    world.discord.fault(Fault::on(Method::GET, "/messages").times(9).answers(refused));
    let channel = line(&drafts(&world).await);
    expect![[r#"
        | I may not read what members write, so this goes by the opening answers alone: whoever runs me can switch on *Message Content Intent* in the developer portal.
        | Discord does not tell me just now what was said here, so this goes by the opening answers alone: ask again in a minute.
        | I cannot read this ticket's channel, so this goes by the opening answers alone: give me *View Channel* and *Read Message History* there."#]]
    .assert_eq(&[contents, away, channel].join("\n"));
}

#[tokio::test]
async fn a_draft_is_old_when_something_was_said_since() {
    let (world, _) = asked("How long does a refund take?").await;
    drafts(&world).await;
    let sam = world.person("sam").in_channel("ticket-1");
    world.discord.post(HOME, "ticket-1", "sam", "One moment.");
    world.discord.post(HOME, "ticket-1", "ann", "It has come, thank you!");
    world.screen().await;
    sam.clicks("Post it").await;
    world.settle().await;
    expect![[r#"
        sam clicks [Post it]
        bot edits: Thanks for asking! Refunds take 14 days. We write when it is on its way. Let us know if you need anything else. (only sam sees this)
             | **Look again before you post**
             | Something was said or done in the ticket since this was drafted in 0 seconds.
             [Post it all the same (danger)] [Change and post]
    "#]].assert_eq(&world.screen().await);
    drafts(&world).await;
    let unwell = Answer::Status(503, json!({"message": "unwell"}));
    world.discord.fault(Fault::on(Method::GET, "/messages").times(9).answers(unwell));
    sam.clicks("Post it").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("I could not see whether") && screen.contains("Posted by @sam"), "{screen}");
}

#[tokio::test]
async fn the_next_draft_knows_who_said_what() {
    let (world, provider) = asked("How long does a refund take?").await;
    world.discord.set_message_content(true);
    world.discord.guild(HOME).member("guest", &[]);
    let sam = world.person("sam").in_channel("ticket-1");
    sam.types("/ticket add member:@guest").await;
    world.settle().await;
    world.discord.post(HOME, "ticket-1", "ann", "And to my card?");
    world.discord.post(HOME, "ticket-1", "guest", "I wait as well.");
    world.discord.post(HOME, "ticket-1", "sofie", "We look into it.");
    drafts(&world).await;
    sam.clicks("Post it").await;
    world.settle().await;
    sam.types("/tag add").await;
    sam.submits(&[("Name", "hours"), ("Reply", "We are here until five.")]).await;
    sam.types("/tag send name:hours").await;
    world.settle().await;
    world.screen().await;
    provider.take_received();
    drafts(&world).await;
    let told = |provider: &Provider| {
        let asked = provider.take_received().pop().expect("it was asked");
        asked.body["messages"][1]["content"].as_str().expect("a text").to_owned()
    };
    let all = told(&provider);
    expect![[r#"
        The ticket:
        How long does a refund take?
        What is it about?: How long does a refund take?
        member: And to my card?
        other: I wait as well.
        staff: We look into it.
        staff: Thanks for asking! Refunds take 14 days. We write when it is on its way. Let us know if you need anything else.
        staff: We are here until five.
    "#]].assert_eq(all.split("\nThe passages").next().unwrap_or_default());
    sam.message_menu("Draft reply", "And to my card?").await;
    world.settle().await;
    world.screen().await;
    let told = told(&provider);
    assert!(told.contains("member: And to my card?") && !told.contains("I wait as well"), "{told}");
}

#[tokio::test]
async fn the_operator_says_which_models_and_how_many_tokens_at_most() {
    let (world, provider) = asked("How long does a refund take?").await;
    world.types("ada", "/config gpt set model:gpt-9").await;
    world.types("ada", "/config gpt set daily-tokens:600000").await;
    world.types("ada", "/config gpt set model:professor daily-tokens:400000").await;
    expect![[r#"
        ada in #help: /config gpt set model:gpt-9
        bot: `model` is one of `clerk`, `professor`; whoever runs me can offer others. (only ada sees this)
        ada in #help: /config gpt set daily-tokens:600000
        bot: `daily-tokens` is at most 500000 here; whoever runs me can allow more. (only ada sees this)
        ada in #help: /config gpt set model:professor daily-tokens:400000
        bot: `model`: none (default) → `professor` (only ada sees this)
             `daily-tokens`: 200000 (default) → 400000
    "#]]
    .assert_eq(&world.screen().await);
    drafts(&world).await;
    assert_eq!(provider.take_received().pop().expect("it was asked").body["model"], "professor");
    // What was set when more was offered.
    world.sets::<Settings>("model", Some(json!("gpt-9"))).await;
    drafts(&world).await;
    assert_eq!(provider.take_received().pop().expect("it was asked").body["model"], "clerk");
}

#[tokio::test]
async fn what_is_told_to_no_model_is_known_however_it_is_written() {
    let (world, provider) = asked("How long does a ｒｅ\u{200b}ＦＵＮＤ take?").await;
    world.sets::<Settings>("blocked", Some(json!("“Refund”"))).await;
    let shown = drafts(&world).await;
    assert!(shown.contains("no model is told"), "{shown}");
    assert_eq!(provider.received().len(), 0);
}

#[tokio::test]
async fn a_ticket_of_somebody_in_need_is_pressing_and_the_staff_is_told() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.sets::<Settings>("help_line", Some(json!("113 (113.nl)"))).await;
    world.screen().await;
    opens(&world, "ann", "I want to kill myself, nothing helps").await;
    world.settle().await;
    // What the log channel reads comes when it comes.
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        ann in #help: /ticket open
        bot opens a form for ann: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
        ann submits What is it about?="I want to kill myself, nothing helps"
        bot is thinking… (only ann sees this)
        bot creates #ticket-1 under Desk
             topic: Ticket #1 · Support · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @ann @staff (pings ann)
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | I want to kill myself, nothing helps
             | Status: 🟢 Open
             | Opened by: @ann
             | Priority: ‼️ Urgent
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)
    "#]]
    .assert_eq(&screen);
    assert!(log.contains("Ticket #1 has another priority") && log.contains("· urgent"), "{log}");
    let told = "@ann: 🚨 Whoever asks may be in danger: somebody should talk to them now. Help: 113 (113.nl)";
    assert!(log.contains("Ticket #1: somebody may be in need") && log.contains(told), "{log}");
    world.sets::<Settings>("distress", Some(json!(false))).await;
    opens(&world, "bob", "I want to kill myself, nothing helps").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(!screen.contains("in danger"), "{screen}");
    let priorities: Vec<(String, Option<i64>)> = sqlx::query_as(
        "select priority, (select user_id from ticket_event as event
                            where event.guild_id = ticket.guild_id and event.number = ticket.number and kind = 'priority')
           from ticket
          order by number",
    )
    .fetch_all(&world.db().await)
    .await
    .expect("rows");
    assert_eq!(priorities, [("urgent".to_owned(), None), ("normal".to_owned(), None)]);
    world.types("sam", "/ticket show ticket:1").await;
    expect![[r#"
        sam in #help: /ticket show ticket:1
        bot: (only sam sees this)
             | **Ticket #1 · Support**
             | I want to kill myself, nothing helps
             | Status: 🟢 Open
             | Opened by: @ann
             | Priority: ‼️ Urgent
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             |--
             | **What happened**
             | Mon 2027-03-01 09:00 UTC @ann opened it
             | Mon 2027-03-01 09:00 UTC I set the priority: urgent
    "#]]
    .assert_eq(&world.screen().await);
}
