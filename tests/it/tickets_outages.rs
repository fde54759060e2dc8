//! What time does to tickets, and processes that die while they work on one.

use crate::support::{HOME, World};
use crate::tickets::{desk, opens};
use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use futures_util::StreamExt;
use twilight_model::guild::Permissions;

/// Hours pass, with a pass of cron at the end.
pub(crate) async fn hours_pass(world: &World, hours: i64) {
    world.clock.advance(jiff::SignedDuration::from_hours(hours));
    world.a_minute_passes().await;
    world.settle().await;
}

#[tokio::test]
async fn who_is_silent_is_reminded_and_then_it_closes() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.clicks("Times").await;
    ada.submits(&[
        ("Remind the silent side after", "1d"),
        ("Close it when its member is silent for", "3d"),
        ("Alert if nobody answers within", "4h"),
        ("Escalate it then", "true"),
    ])
    .await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    // Nobody answers: the staff is called, once.
    hours_pass(&world, 3).await;
    hours_pass(&world, 1).await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("this ticket is late. Nobody answered within 4h.").count(), 1, "{screen}");
    assert!(screen.contains("Status: 🔴 Escalated") && screen.contains("🚨 Ticket #1 waits too long"), "{screen}");
    // Somebody does; now it is for ann to answer.
    let (ann, sam) = (world.person("ann").in_channel("ticket-1"), world.person("sam").in_channel("ticket-1"));
    sam.types("Which order is it?").await;
    hours_pass(&world, 1).await;
    world.screen().await;
    hours_pass(&world, 24).await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    expect![[r#"
        bot in DM with ann: Your ticket #1 waits for you: #ticket-1 Is it solved?
             [Close it] [Keep it open]
        bot in #ticket-1: @ann, we wait for your answer. Is it solved? It closes after 3d without an answer. (pings ann)
             [Close it] [Keep it open]
    "#]]
    .assert_eq(&crate::support::apart(&screen, "general").0);
    ann.clicks("Keep it open").await;
    hours_pass(&world, 1).await;
    sam.types("So, which one?").await;
    hours_pass(&world, 25).await;
    world.screen().await;
    hours_pass(&world, 24).await;
    world.screen().await;
    hours_pass(&world, 24).await;
    let screen = world.screen().await;
    assert!(screen.contains("⚫ I closed this ticket.\n     > Its member did not answer."), "{screen}");
    let answered: i64 = sqlx::query_scalar(
        "select extract(epoch from first_response_at - opened_at)::bigint / 60 from ticket where number = 1",
    )
    .fetch_one(&world.db().await)
    .await
    .expect("a number");
    assert_eq!(answered, 5 * 60 + 3);
}

#[tokio::test]
async fn a_line_that_its_ticket_refuses_is_tried_again_and_what_was_said_directly_is_not() {
    let world = desk().await;
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Times").await;
    world.submits("ada", &[("Remind the silent side after", "1d")]).await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").types("Which order is it?").await;
    hours_pass(&world, 1).await;
    world.screen().await;
    let (reads, writes) = (Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY, Permissions::SEND_MESSAGES);
    world.discord.guild(HOME).overwrite("ticket-1", "bot", reads, writes);
    for _ in 0..20 {
        hours_pass(&world, 5).await;
    }
    let screen = world.screen().await;
    assert_eq!(screen.matches("bot in DM with ann: Your ticket #1 waits for you").count(), 1, "{screen}");
    assert!(!screen.contains("we wait for your answer"), "{screen}");
    world.discord.guild(HOME).overwrite("ticket-1", "bot", reads | writes, Permissions::empty());
    hours_pass(&world, 25).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("@ann, we wait for your answer").count(), 1, "{screen}");
    assert!(!screen.contains("in DM with ann"), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_request_to_close_runs_out_unless_its_member_writes() {
    let world = desk().await;
    opens(&world, "ann", "One").await;
    opens(&world, "bob", "Two").await;
    world.settle().await;
    for ticket in ["ticket-1", "ticket-2"] {
        world.person("sam").in_channel(ticket).types("/ticket ask-close hours:2").await;
    }
    world.screen().await;
    hours_pass(&world, 1).await;
    world.person("bob").in_channel("ticket-2").types("Not yet").await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #ticket-1: ⚫ I closed this ticket."), "{screen}");
    assert!(screen.contains("bot in #ticket-2: 💬 @bob answered. https://discord.com/channels/"), "{screen}");
}

#[tokio::test]
async fn a_member_who_leaves_and_a_channel_that_goes_end_their_tickets() {
    let world = desk().await;
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.clicks("Times").await;
    ada.submits(&[("Close it when its member leaves the server", "true")]).await;
    opens(&world, "ann", "One").await;
    opens(&world, "bob", "Two").await;
    world.settle().await;
    world.discord.guild(HOME).without("ann").remove_channel("ticket-2");
    world.screen().await;
    hours_pass(&world, 1).await;
    world.types("sam", "/ticket show ticket:1").await;
    world.types("sam", "/ticket show ticket:2").await;
    let screen = world.screen().await;
    assert!(screen.contains("I closed it: Its member has left the server."), "{screen}");
    assert!(screen.contains("I archived it: Its channel was deleted."), "{screen}");
    world.discord.take_problems();
}

/// An instance whose next call of this kind happens, but which never hears of it, as if it had died then. Another one
/// takes over what it was at.
async fn dies_after(world: &World, method: Method, path: &str, what: impl AsyncFnOnce()) {
    let dying = world.another_instance().await;
    world.routes_to(&dying);
    let requests = world.discord.requests().len();
    world.discord.fault(Fault::on(method.clone(), path).answers(Answer::HangAfter));
    what().await;
    while !world.discord.requests()[requests..]
        .iter()
        .any(|call| call.method == method.as_str() && call.path.contains(path))
    {
        tokio::task::yield_now().await;
    }
    world.discord.clear_faults();
    world.routes_to(&world.bot);
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.bot.sweeps().await;
    world.a_minute_passes().await;
    world.settle().await;
}

#[tokio::test]
async fn an_instance_that_dies_while_it_opens_a_ticket_leaves_exactly_one() {
    // At each call that opening makes.
    for path in ["/channels", "/messages", "@original"] {
        let world = desk().await;
        let method = if path == "@original" { Method::PATCH } else { Method::POST };
        world.types("ann", "/ticket open").await;
        dies_after(&world, method, path, async || {
            world.submits("ann", &[("What is it about?", "My refund")]).await;
        })
        .await;
        let screen = world.screen().await;
        assert_eq!(screen.matches("bot creates #ticket-1").count(), 1, "{path}: {screen}");
        assert_eq!(screen.matches("bot in #ticket-1").count(), 1, "{path}: {screen}");
        assert!(screen.contains("Your ticket #1 is open: #ticket-1"), "{path}: {screen}");
        world.types("ann", "/ticket list").await;
        let screen = world.screen().await;
        assert_eq!(screen.matches("My refund").count(), 1, "{path}: {screen}");
    }
}

/// Seconds pass, and the instance that lives looks for what others have left.
async fn seconds_pass(world: &World, seconds: i64) {
    world.clock.advance(jiff::SignedDuration::from_secs(seconds));
    world.bot.sweeps().await;
}

fn channels_made(world: &World) -> usize {
    let calls = world.discord.requests();
    calls.iter().filter(|call| call.method == "POST" && call.path.ends_with("/channels")).count()
}

#[tokio::test]
async fn after_a_kill_the_answer_is_there_within_35_seconds() {
    // Discord has made the channel, and nobody was there to hear of it; or it never got as far.
    for (answer, adopted) in [(Answer::HangAfter, true), (Answer::Hang, false)] {
        let world = desk().await;
        let dying = world.another_instance().await;
        world.routes_to(&dying);
        world.discord.fault(Fault::on(Method::POST, "/channels").answers(answer));
        opens(&world, "ann", "My refund").await;
        while channels_made(&world) == 0 {
            tokio::task::yield_now().await;
        }
        world.routes_to(&world.bot);
        world.discord.screen();
        // Its leases run out, and it has said for the last time that it lives.
        seconds_pass(&world, 22).await;
        if !adopted {
            assert_eq!(
                channels_made(&world),
                1,
                "until it is certain that none comes of the first, there is no second"
            );
            seconds_pass(&world, 5).await;
            seconds_pass(&world, 5).await;
        }
        let screen = world.screen().await;
        assert!(screen.contains("Your ticket #1 is open: #ticket-1") && !screen.contains("Sorry"), "{screen}");
        assert_eq!(channels_made(&world), if adopted { 1 } else { 2 });
    }
}

#[tokio::test]
async fn a_channel_that_discord_makes_late_is_found_and_no_second_is_made() {
    let world = desk().await;
    let dying = world.another_instance().await;
    world.routes_to(&dying);
    world.discord.fault(Fault::on(Method::POST, "/channels").answers(Answer::Hang));
    opens(&world, "ann", "My refund").await;
    while channels_made(&world) == 0 {
        tokio::task::yield_now().await;
    }
    world.routes_to(&world.bot);
    seconds_pass(&world, 22).await;
    // What was asked for happens after all, 26 seconds after it was.
    world.clock.advance(jiff::SignedDuration::from_secs(4));
    makes_channel(&world, "late", "Ticket #1 · Support · alphapy:1").await;
    seconds_pass(&world, 4).await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #1 is open"), "{screen}");
    assert_eq!(channels_made(&world), 2, "the second is the one that was made late");
}

/// Discord makes a channel of a call for which nobody waits any more.
async fn makes_channel(world: &World, name: &str, topic: &str) -> String {
    let new = alphapy::discord::NewChannel {
        name: name.to_owned(),
        topic: topic.to_owned(),
        parent: None,
        overwrites: Vec::new(),
    };
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let made = world.app().discord.guild(world.guild(HOME)).create_channel(&new, "test", deadline).await;
    made.expect("it is made").id.to_string()
}

#[tokio::test]
async fn a_second_channel_of_a_ticket_is_cleared_unless_somebody_has_written_there() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    makes_channel(&world, "late", "Ticket #1 · Support · alphapy:1").await;
    makes_channel(&world, "used", "Ticket #1 · Support · alphapy:1").await;
    world.person("ada").in_channel("used").types("What is this?").await;
    world.screen().await;
    world.a_minute_passes().await;
    assert!(!world.screen().await.contains("deletes"), "what is new may still be somebody's");
    hours_pass(&world, 1).await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot deletes #late") && !screen.contains("deletes #used"), "{screen}");
    assert_eq!(screen.matches("is a second channel of ticket #1, and somebody wrote there.").count(), 1, "{screen}");
    // Nobody knows this ticket at all.
    makes_channel(&world, "late", "Ticket #77 · Support · alphapy:77").await;
    // An admin has copied the ticket's channel, with its topic: that is no affair of ours.
    makes_channel(&world, "copy", "Ticket #1 · Support · alphapy:1").await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot deletes #late"), "{screen}");
    assert!(!screen.contains("deletes #copy") && !screen.contains("second channel of ticket #1"), "{screen}");
}

#[tokio::test]
async fn one_error_of_discords_costs_seconds_and_an_outage_no_apology() {
    let world = desk().await;
    world.discord.fault(Fault::on(Method::POST, "/channels"));
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    seconds_pass(&world, 2).await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #1 is open: #ticket-1"), "{screen}");

    // Everything fails for 45 seconds.
    world.discord.fault(Fault::on_any().times(10_000));
    opens(&world, "bob", "My parcel").await;
    for _ in 0..15 {
        seconds_pass(&world, 3).await;
    }
    let screen = world.screen().await;
    assert!(!screen.contains("Sorry") && !screen.contains("bot answers"), "{screen}");
    world.discord.clear_faults();
    for _ in 0..10 {
        seconds_pass(&world, 3).await;
    }
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #2 is open: #ticket-2"), "{screen}");
}

#[tokio::test]
async fn an_instance_that_dies_while_it_closes_a_ticket_leaves_nothing_half_done() {
    let steps = [
        (Method::POST, "/messages"),
        (Method::POST, "/users/@me/channels"),
        (Method::PUT, "/permissions"),
        (Method::PATCH, "/messages"),
    ];
    for (method, path) in steps {
        let world = desk().await;
        opens(&world, "ann", "My refund").await;
        world.screen().await;
        dies_after(&world, method.clone(), path, async || {
            world.person("sam").in_channel("ticket-1").types("/ticket close").await;
        })
        .await;
        let screen = world.screen().await;
        assert_eq!(screen.matches("@sam closed this ticket").count(), 1, "{method} {path}: {screen}");
        assert_eq!(screen.matches("Your ticket #1 (My refund) was closed").count(), 1, "{method} {path}: {screen}");
        world.person("ann").in_channel("ticket-1").types("Hello?").await;
        assert!(world.screen().await.contains("no permission"), "{method} {path}");
    }
}

#[tokio::test]
async fn numbers_are_given_once_and_without_gaps_by_two_instances() {
    const OPENINGS: usize = 200;
    let world = desk().await;
    world.types("ada", "/config reset setting:tickets category").await;
    world.clicks("ada", "Reset").await;
    world.screen().await;
    let another = world.another_instance().await;
    // Every other interaction goes to the other instance.
    let targets = [world.bot.address, another.address];
    let turn = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let http = reqwest::Client::new();
    let router = axum::Router::new().fallback(move |request: axum::extract::Request| {
        let (turn, http) = (turn.clone(), http.clone());
        async move {
            let target = targets[turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 2];
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
            let mut headers = parts.headers;
            headers.remove("host");
            let url = format!("http://{target}/interactions");
            let answer = http.post(url).headers(headers).body(body).send().await.expect("an answer");
            let kind = answer.headers()["content-type"].clone();
            let (status, bytes) = (answer.status(), answer.bytes().await.expect("a body"));
            (status, [("content-type", kind)], bytes)
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    world.discord.set_endpoint(&format!("http://{}/interactions", listener.local_addr().expect("bound")));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let names: Vec<String> = (0..OPENINGS).map(|n| format!("member{n}")).collect();
    let home = world.discord.guild(HOME);
    let _home = names.iter().fold(home, |home, name| home.member(name, &[]));
    let opening = names.iter().map(|name| async {
        world.types(name, "/ticket open").await;
        world.submits(name, &[("What is it about?", name.as_str())]).await;
    });
    // As many at once as this one thread, which is all of them and Discord too, answers in time.
    futures_util::stream::iter(opening).buffer_unordered(6).collect::<Vec<()>>().await;
    crate::support::settle(&another.bot.app).await;
    world.settle().await;
    let db = world.db().await;
    let numbers: Vec<i32> =
        sqlx::query_scalar("select number from ticket order by number").fetch_all(&db).await.expect("numbers");
    assert_eq!(numbers, (1..=200).collect::<Vec<i32>>());
    let channels: i64 = sqlx::query_scalar("select count(distinct channel_id) from ticket where not unsettled")
        .fetch_one(&db)
        .await
        .expect("a number");
    assert_eq!(channels, 200);
    world.discord.screen();
}
