//! How the desk is doing: the first page of a server, and the same for programs.

use alphapy::dev::history::{self, People as History};
use alphapy::statistics::{self, Span};
use expect_test::expect;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::api::Program;
use crate::dashboard::logged_in;
use crate::support::{AWAY, HOME, World};
use crate::tickets::{desk, opens};
use crate::tickets_lists::has_much_to_count;

const METRICS: &str = "/api/v1/guilds/{guild}/metrics";

/// A desk where a ticket was opened before this week and two in it, one of them closed and rated, and some searched.
async fn busy() -> World {
    let world = desk().await;
    let days = |days: i64| world.clock.advance(SignedDuration::from_hours(24 * days));
    opens(&world, "ann", "Old").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    days(6);
    opens(&world, "bob", "Last week").await;
    world.settle().await;
    days(4);
    opens(&world, "ann", "Quick").await;
    world.settle().await;
    world.clock.advance(SignedDuration::from_mins(30));
    world.person("sam").in_channel("ticket-3").clicks("Claim").await;
    world.clock.advance(SignedDuration::from_mins(60));
    world.person("sam").in_channel("ticket-3").types("/ticket close").await;
    world.settle().await;
    world.person("ann").in_dm().clicks("4 ★").await;
    world.has_entry("How do I get a refund?", "Write to billing.").await;
    for query in ["get a refund", "is there a mobile app", "Mobile apps?"] {
        world.types("ann", &format!("/faq search query:{query}")).await;
    }
    world.settle().await;
    world.screen().await;
    world
}

#[tokio::test]
async fn nobody_waits_while_much_is_counted() {
    let world = desk().await;
    opens(&world, "ann", "First").await;
    has_much_to_count(&world).await;
    let shop = Program::of(&world, HOME, "read").await;
    for path in [METRICS.to_owned(), format!("/api/dashboard/metrics?guild_id={}", world.guild(HOME))] {
        let answer = shop.gets(&path).await;
        assert_eq!((answer.problem(), answer.header("retry-after")), ((503, "being_counted"), Some("60")), "{path}");
    }
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&format!("/dashboard/{}/overview", world.guild(HOME))).await;
    assert!(ada.text().contains("still being counted"), "{}", ada.text());
    world.types("ada", "/faq report").await;
    let screen = world.screen().await;
    assert!(screen.contains("still being counted"), "{screen}");
    // Cron counts.
    world.a_minute_passes().await;
    assert_eq!(shop.gets(METRICS).await.status, 200);
}

#[tokio::test]
async fn admins_see_how_the_desk_is_doing_and_what_to_do() {
    let world = busy().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&format!("/dashboard/{}", world.guild(HOME))).await;
    assert!(ada.path().ends_with("/overview"), "{}", ada.path());
    ada.follows("7 days").await;
    assert!(ada.path().ends_with("?period=week"), "{}", ada.path());
    expect![[r#"
        # Overview
        - [7 days]
        - [30 days]
        - [90 days]
        - [365 days]
        - [All time]
        - [by the clock]
        - [in working hours]
        -
        Opened
        2
        +100 % (before: 1)
        -
        Closed
        1
        ±0 % (before: 1)
        -
        First response
        1h 30m
        Before: under a minute
        -
        Closed after
        1h 30m
        Before: under a minute
        -
        Satisfaction
        4.0 ★
        Before: –
        -
        Answered by the FAQ
        33 %
        Before: –
        ## What needs somebody now
        - [1 ticket that nobody has claimed]
        - [1 ticket that is older than a day]
        - [1 question without an answer]
        ## Tickets opened and closed
        OpenedClosed
        As a table
        | Day | Opened | Closed |
        | 2027-03-11 | 1 | 1 |
        | 2027-03-10 | 0 | 0 |
        | 2027-03-09 | 0 | 0 |
        | 2027-03-08 | 0 | 0 |
        | 2027-03-07 | 1 | 0 |
        | 2027-03-06 | 0 | 0 |
        | 2027-03-05 | 0 | 0 |
        ## How long it took
        First response: half within 1h 30m, nine of ten within 1h 30m
        Claimed after: half within 30m, nine of ten within 30m
        Closed after: half within 1h 30m, nine of ten within 1h 30m
        As a table
        | What | How often | Half within | Nine of ten within | Average |
        | First response | 1 | 1h 30m | 1h 30m | 1h 30m |
        | Claimed after | 1 | 30m | 30m | 30m |
        | Closed after | 1 | 1h 30m | 1h 30m | 1h 30m |
        ## Where tickets stand
        | Open | | 1 |
        | Claimed | | 0 |
        | Waiting for user | | 0 |
        | Escalated | | 0 |
        | Closed | | 2 |
        | Archived | | 0 |
        ## Open tickets by age
        | up to 1h | | 0 |
        | up to 4h | | 0 |
        | up to 1d | | 0 |
        | up to 3d | | 0 |
        | up to 7d | | 1 |
        | up to 30d | | 0 |
        | over 30d | | 0 |
        ## When tickets are opened
        0 3 6 9 12 15 18 21 Mon Tue Wed Thu Thu 10:00 · 1 Fri Sat Sun Sun 10:00 · 1
        As a table
        | Day | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21 | 22 | 23 |
        | Mon | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
        | Tue | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
        | Wed | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
        | Thu | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
        | Fri | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
        | Sat | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
        | Sun | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
        ## By kind
        | Kind | Opened | Opened again | Satisfaction |
        | 🎫 Support | 2 | 0 | 4.0 ★ |
        ## By member of the staff
        | Who | Claimed | Closed | Satisfaction |
        | sam | 1 | 1 | 4.0 ★ |
        ## Asked most without an answer
        | Question | How often | Answer |
        | Mobile apps? | 2 | [Write an answer: Mobile apps?] |
        ## Answers opened most
        No answer was opened from a search in this time.
        ## Reminders
        | Said | | 0 |
        | Of these late | | 0 |
        | Missed | | 0 |
        | Refused by Discord | | 0 |
    "#]].assert_eq(&ada.main());
    // No chart without its numbers in words, and no style that the browser would refuse.
    assert_eq!(ada.html.matches("<svg class=\"chart\"").count() + ada.html.matches("<svg class=\"heat\"").count(), 2);
    assert!(!ada.html.contains("style=") && ada.html.matches("<script").count() == 1, "{}", ada.html);
    // What is to be done is done there.
    for (link, at) in [("nobody has claimed", "/tickets?claimed=nobody"), ("without an answer", "/faq/questions")] {
        let text = ada.main();
        let line = text.lines().find(|line| line.contains(link)).unwrap_or_else(|| panic!("{link}: {text}"));
        let name = line.trim_start_matches("- ").trim_matches(['[', ']']).to_owned();
        ada.follows(&name).await;
        assert_eq!((ada.status, ada.path().contains(at)), (200, true), "{}", ada.path());
        ada.opens(&format!("/dashboard/{}/overview?period=week", world.guild(HOME))).await;
    }
    // A question that has an answer by now needs nobody.
    world.has_entry("Is there a mobile app?", "In both stores.").await;
    ada.opens(&format!("/dashboard/{}/overview?period=week", world.guild(HOME))).await;
    let text = ada.main();
    assert!(!text.contains("question without an answer") && !text.contains("Mobile apps?"), "{text}");
    // In Dutch, by working hours, of all there was.
    ada.headers[0].1 = "nl".to_owned();
    ada.opens(&format!("/dashboard/{}/overview?period=all&time=worked", world.guild(HOME))).await;
    let text = ada.main();
    assert!(text.starts_with("# Overzicht\n") && text.contains("Hoelang het duurde"), "{text}");
    assert!(!text.contains("ervoor"), "there is nothing before all: {text}");
}

/// The history of the playground; `false` if it is there.
async fn has_history(world: &World) -> bool {
    let id = |who: &str| -> i64 { world.discord.id_of(who).parse().expect("an id") };
    let guild = world.guild(HOME).get().cast_signed();
    let people = History { guild, members: &[id("@ann"), id("@bob")], staff: &[id("@ada")] };
    history::write(&world.db().await, people, world.now()).await.expect("it is written")
}

#[tokio::test]
async fn the_first_page_is_light() {
    let world = World::new().await;
    has_history(&world).await;
    world.a_minute_passes().await;
    let guild = world.guild(HOME);
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    let mut weights = Vec::new();
    for path in
        [format!("/dashboard/{guild}/overview?period=year"), "/dashboard/style.css".into(), "/dashboard/live.js".into()]
    {
        ada.opens(&path).await;
        assert_eq!(ada.answered["content-encoding"], "gzip", "{path}");
        assert_eq!(ada.answered["vary"], "accept-encoding", "{path}");
        assert!(ada.html.len() > ada.weight, "{path}");
        weights.push(ada.weight);
    }
    assert!(weights.iter().sum::<usize>() <= 60_000, "{weights:?}");
}

#[tokio::test]
async fn nobody_but_admins_sees_the_overview() {
    let world = busy().await;
    let desk = world.dashboard().await;
    let mut ann = logged_in(&desk, "ann").await;
    ann.opens(&format!("/dashboard/{}/overview", world.guild(HOME))).await;
    assert_eq!(ann.status, 403);
    assert!(!ann.html.contains("Overview"), "{}", ann.html);
}

#[tokio::test]
async fn a_program_reads_the_numbers_of_its_server() {
    let world = busy().await;
    let program = Program::of(&world, HOME, "metrics:read").await;
    let week = program.gets(&format!("{METRICS}?period=week")).await;
    assert_eq!(week.status, 200, "{week:?}");
    expect![[r#"
        {
          "answered": 1,
          "closed": 1,
          "in_time": 0,
          "opened": 2,
          "rated": 1,
          "reminders": {
            "failed": 0,
            "late": 0,
            "missed": 0,
            "said": 0
          },
          "reopened": 0,
          "searches": 3,
          "stars": 4.0,
          "times": {
            "claim": {
              "mean_seconds": 1800.0,
              "median_seconds": 1800.0,
              "p90_seconds": 1800.0,
              "times": 1
            },
            "close": {
              "mean_seconds": 5400.0,
              "median_seconds": 5400.0,
              "p90_seconds": 5400.0,
              "times": 1
            },
            "first_response": {
              "mean_seconds": 5400.0,
              "median_seconds": 5400.0,
              "p90_seconds": 5400.0,
              "times": 1
            }
          },
          "with_target": 0
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&week.body["numbers"]).expect("it is JSON"));
    assert_eq!(week.body["before"]["opened"], 1);
    assert_eq!(week.body["days"].as_array().map(Vec::len), Some(7));
    let sam = world.discord.id_of("@sam");
    assert_eq!(week.body["staff"][0], json!({ "user": sam, "claimed": 1, "closed": 1, "rated": 1, "stars": 4.0 }));
    assert_eq!(week.body["unanswered"], json!([{ "query": "Mobile apps?", "times": 2 }]));
    let all = program.gets(&format!("{METRICS}?period=all")).await;
    assert_eq!((&all.body["numbers"]["opened"], &all.body["before"]), (&json!(3), &json!(null)));
    assert_eq!(program.gets(&format!("{METRICS}?period=decade")).await.problem(), (400, "unfit_query"));
    // Others' numbers are not there, and not everybody's key opens these.
    let stranger = Program::of(&world, AWAY, "metrics:read").await;
    let path = METRICS.replace("{guild}", &world.guild(HOME).to_string());
    assert_eq!(stranger.gets(&path).await.problem(), (404, "no_such_guild"));
    let other = Program::of(&world, HOME, "faq:read").await;
    assert_eq!(other.gets(METRICS).await.problem(), (403, "scope_missing"));
}

#[tokio::test]
async fn a_dashboard_of_earlier_versions_reads_what_it_knows() {
    let world = busy().await;
    let program = Program::of(&world, HOME, "metrics:read").await;
    world.types("ada", "/reminder add when:tomorrow at 9 what:Tea channel:#help").await;
    world.types("ada", "/reminder add when:tomorrow at 8 what:Secret direct:true").await;
    world.screen().await;
    let answer = program.gets("/api/dashboard/metrics?guild_id={guild}").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let body = serde_json::to_string_pretty(&json!([answer.body["tickets"], answer.body["reminders"]]));
    expect![[r#"
        [
          {
            "average_close_human": "45m",
            "average_close_seconds": 2700.0,
            "last_ticket_created_at": "2027-03-11T09:00:00Z",
            "open_count": 1,
            "open_items": [
              {
                "channel_id": "1612037121638400017",
                "created_at": "2027-03-07T09:00:00Z",
                "id": 2,
                "status": "open",
                "user_id": "1191171934126080000",
                "username": "bob"
              }
            ],
            "per_status": {
              "closed": 2,
              "open": 1
            },
            "total": 3
          },
          {
            "next_event_time": "2027-03-12T08:00:00Z",
            "one_off": 2,
            "per_channel": {
              "1191170675834880000": 1
            },
            "recurring": 0,
            "total": 2,
            "upcoming": [
              {
                "channel_id": "1191170675834880000",
                "id": 1,
                "is_recurring": false,
                "name": "Tea",
                "scheduled_time": "2027-03-12T08:00:00Z"
              }
            ]
          }
        ]"#]]
    .assert_eq(&body.expect("it is JSON"));
    let (guild, olga) = (world.guild(HOME).to_string(), world.discord.id_of("@olga"));
    let guilds = json!([{ "id": guild, "name": "Harbor", "member_count": null, "owner_id": olga }]);
    assert_eq!(answer.body["bot"]["guilds"], guilds);
    let commands = answer.body["bot"]["commands"].as_array().expect("commands");
    assert_eq!(commands.len(), 50);
    assert!(answer.body["bot"]["commands_loaded"].as_u64() > Some(50));
    let open = json!({ "qualified_name": "faq search", "description": "Find answers", "type": "slash" });
    assert!(commands.contains(&open), "{commands:?}");
    assert_eq!((&answer.body["gpt"]["success_count"], &answer.body["gpt"]["current_model"]), (&json!(0), &json!(null)));
    // Whoever may read numbers may not read settings.
    assert_eq!(answer.body["settings_overrides"], json!(null));
    world.types("ada", "/config system set time-zone:Europe/Amsterdam").await;
    world.screen().await;
    let program = Program::of(&world, HOME, "metrics:read settings:read").await;
    let answer = program.gets("/api/dashboard/metrics?guild_id={guild}").await;
    let set = json!({ "scope": "system", "key": "time_zone", "value": "Europe/Amsterdam" });
    assert!(answer.body["settings_overrides"].as_array().is_some_and(|all| all.contains(&set)), "{}", answer.body);
    for path in ["/api/dashboard/metrics", "/api/dashboard/metrics?guild_id=1", "/api/dashboard/metrics?guild_id=x"] {
        assert_eq!(program.gets(path).await.problem(), (404, "no_such_guild"), "{path}");
    }
}

#[tokio::test]
async fn the_playground_has_a_history_worth_looking_at() {
    let world = World::new().await;
    assert!(has_history(&world).await);
    assert!(!has_history(&world).await, "once is enough");
    world.a_minute_passes().await;
    let program = Program::of(&world, HOME, "metrics:read").await;
    let quarter = program.gets("/api/v1/guilds/{guild}/metrics?period=quarter").await.body;
    let (now, before) = (quarter["numbers"]["opened"].as_i64(), quarter["before"]["opened"].as_i64());
    assert!(now > Some(200) && before > Some(50), "{now:?} {before:?}");
    assert_eq!(quarter["kinds"].as_array().map(Vec::len), Some(3));
    assert_eq!(quarter["unanswered"].as_array().map(Vec::len), Some(3), "{}", quarter["unanswered"]);
    // Whether few or many are wanted, questions are counted the same.
    let (db, span) = (world.db().await, Span::last_days(80, world.now(), &TimeZone::UTC));
    let few = statistics::unanswered(&db, world.guild(HOME), &span, 50).await.expect("the database");
    let many = statistics::unanswered(&db, world.guild(HOME), &span, 300).await.expect("the database");
    assert!(few.len() >= 3 && few == many, "{few:?} {many:?}");
    // The first ticket that somebody opens is the first.
    opens(&world, "ann", "Mine").await;
    world.settle().await;
    assert!(world.screen().await.contains("ticket-1"));
}
