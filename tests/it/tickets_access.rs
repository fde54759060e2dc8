//! Who reads and writes in a ticket, who counts as its staff, and when waiting ends.

use std::time::Duration;

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use twilight_model::guild::Permissions;

use crate::support::{HOME, World};

/// A desk that sam and sofie work; the bosses are called in need.
async fn desk() -> World {
    let world = World::new().await;
    let guild = world.discord.guild(HOME);
    guild
        .role("staff", Permissions::empty())
        .role("bosses", Permissions::empty())
        .mentionable("bosses")
        .member("sam", &["staff"])
        .member("sofie", &["staff"])
        .category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    world
}

async fn opens(world: &World, who: &str) {
    world.types(who, "/ticket open").await;
    world.submits(who, &[("What is it about?", "My refund")]).await;
    world.settle().await;
    world.screen().await;
}

/// What is seen after so many minutes, when cron has passed.
async fn after(world: &World, minutes: i64) -> String {
    world.clock.advance(SignedDuration::from_mins(minutes));
    world.a_minute_passes().await;
    world.settle().await;
    world.screen().await
}

#[tokio::test]
async fn a_role_that_was_called_reads_no_longer_once_it_is_taken_back() {
    let world = desk().await;
    opens(&world, "ann").await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.types("/ticket status status:escalated escalate_to:@&bosses ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot sets in #ticket-1: bosses: VIEW_CHANNEL"), "{screen}");
    sam.types("/ticket status status:open ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot sets in #ticket-1: bosses: as everywhere"), "{screen}");
}

/// Tickets are private threads under #threads, which everybody sees.
async fn in_threads(world: &World) {
    let (manages, nothing) = (Permissions::MANAGE_THREADS, Permissions::empty());
    world.discord.guild(HOME).channel("threads").overwrite("threads", "staff", manages, nothing);
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Where it opens", "#threads"), ("Who works it", "staff")]).await;
    world.screen().await;
}

#[tokio::test]
async fn whoever_came_into_a_thread_with_a_role_that_was_called_goes_once_it_is_taken_back() {
    // Whom Discord tells the bot of, and whom it knows because they wrote.
    for listed in [true, false] {
        let world = desk().await;
        world.discord.set_guild_members(listed);
        world
            .discord
            .guild(HOME)
            .member("bea", &["bosses"])
            .member("bo", &["bosses", "staff"])
            .member("cy", &["bosses"]);
        in_threads(&world).await;
        opens(&world, "ann").await;
        let sam = world.person("sam").in_channel("ticket-1");
        sam.types("/ticket status status:escalated escalate_to:@&bosses ticket:1").await;
        sam.types("/ticket add member:@cy ticket:1").await;
        world.screen().await;
        for who in ["bea", "bo", "cy"] {
            world.person(who).in_channel("ticket-1").types("I am here").await;
        }
        world.screen().await;
        sam.types("/ticket status status:open ticket:1").await;
        let screen = world.screen().await;
        assert!(screen.contains("bot removes bea from #ticket-1"), "{screen}");
        assert_eq!(screen.matches("bot removes").count(), 1, "{screen}");
        sam.types("/ticket status status:escalated escalate_to:@&bosses ticket:1").await;
        let screen = world.screen().await;
        assert!(!screen.contains("bot removes"), "{screen}");
        // The bot asks, and is not told.
        assert_eq!(world.discord.take_problems().is_empty(), listed);
    }
}

#[tokio::test]
async fn nobody_writes_in_threads_beside_a_closed_ticket() {
    let world = desk().await;
    opens(&world, "ann").await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    let shut = "not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS";
    assert!(screen.contains(shut), "{screen}");
}

#[tokio::test]
async fn what_a_bot_may_deny_of_writing_in_a_closed_ticket_is_denied_and_the_rest_once_it_may() {
    let world = desk().await;
    let threads = Permissions::CREATE_PUBLIC_THREADS;
    let everyone = Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::READ_MESSAGE_HISTORY
        | Permissions::EMBED_LINKS
        | Permissions::ATTACH_FILES
        | Permissions::SEND_MESSAGES_IN_THREADS
        | Permissions::CREATE_PRIVATE_THREADS
        | Permissions::USE_SLASH_COMMANDS;
    let bot = everyone | Permissions::MANAGE_CHANNELS | Permissions::MANAGE_ROLES | Permissions::MANAGE_THREADS;
    let guild = || world.discord.guild(HOME);
    guild().permissions("@everyone", everyone).permissions("Alphapy", bot);
    guild().role("regulars", threads).member("ann", &["regulars"]);
    opens(&world, "ann").await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    let shut = "ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; \
                not SEND_MESSAGES, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS";
    assert!(screen.contains(shut), "{screen}");
    guild().permissions("Alphapy", bot | threads);
    world.person("ann").in_dm().clicks("5 ★").await;
    world.settle().await;
    let screen = world.screen().await;
    let shut = "not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS";
    assert!(screen.contains(shut), "{screen}");
}

#[tokio::test]
async fn a_member_who_came_back_is_let_into_a_thread_that_sleeps_whatever_is_wrong_with_another() {
    let world = desk().await;
    in_threads(&world).await;
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Limits and hours").await;
    world.submits("ada", &[("How many a member may have open", "2")]).await;
    for _ in 0..2 {
        opens(&world, "ann").await;
    }
    world.discord.archive_thread(HOME, "ticket-2");
    world.discord.guild(HOME).without("ann").member("ann", &[]);
    let first = format!("{}/thread-members", world.discord.id_of("#ticket-1"));
    let refusal = Answer::Status(403, json!({"code": 50013, "message": "Missing Permissions"}));
    world.discord.fault(Fault::on(Method::PUT, &first).answers(refusal));
    world.types("ann", "/ticket open").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot adds ann to #ticket-2"), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn whoever_closes_a_ticket_while_its_member_is_let_in_again_has_it_closed() {
    let world = desk().await;
    opens(&world, "ann").await;
    // She has left and come back, and somebody has taken her out.
    world.discord.guild(HOME).overwrite("ticket-1", "ann", Permissions::empty(), Permissions::empty());
    let looks = format!("/channels/{}", world.discord.id_of("#ticket-1"));
    let asked =
        || world.discord.requests().iter().filter(|call| call.method == "GET" && call.path.contains(&looks)).count();
    let before = asked();
    world.discord.fault(Fault::on(Method::GET, &looks).answers(Answer::Slow(Duration::from_millis(1500))));
    let opening = world.types("ann", "/ticket open");
    let closing = async {
        while asked() == before {
            tokio::task::yield_now().await;
        }
        world.types("sam", "/ticket close ticket:1").await;
    };
    tokio::join!(opening, closing);
    world.settle().await;
    let screen = world.screen().await;
    let last = screen.rfind("bot sets in #ticket-1: ann: ").expect("she is let in, or shut out");
    assert!(screen[last..].contains("not SEND_MESSAGES"), "{screen}");
}

#[tokio::test]
async fn a_staff_role_that_is_set_later_reads_what_is_open() {
    let world = desk().await;
    opens(&world, "ann").await;
    world.discord.guild(HOME).role("crew", Permissions::empty()).member("cora", &["crew"]);
    world.types("ada", "/config tickets set staff-role:@&crew").await;
    world.types("ada", "/ticket transfer to:@cora ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot sets in #ticket-1: crew: VIEW_CHANNEL"), "{screen}");
    assert!(screen.contains("bot sets in #ticket-1: staff: as everywhere"), "{screen}");
}

#[tokio::test]
async fn a_member_who_left_and_came_back_is_let_in_again() {
    let world = desk().await;
    world.discord.guild(HOME).channel("threads");
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Where it opens", "#threads"), ("Who works it", "staff")]).await;
    opens(&world, "ann").await;
    world.discord.guild(HOME).without("ann").member("ann", &[]);
    world.types("ada", "/ticket add member:@ann ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("@ann takes part in ticket #1"), "{screen}");
    assert!(screen.contains("bot adds ann to #ticket-1"), "{screen}");
    world.discord.guild(HOME).without("ann").member("ann", &[]);
    world.types("ann", "/ticket open").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot adds ann to #ticket-1"), "{screen}");
}

#[tokio::test]
async fn staff_that_was_added_is_staff() {
    let world = desk().await;
    opens(&world, "ann").await;
    world.types("sam", "/ticket add member:@sofie ticket:1").await;
    world.settle().await;
    world.person("sofie").in_channel("ticket-1").types("Which order is it?").await;
    after(&world, 6).await;
    let answered: bool = sqlx::query_scalar("select first_response_at is not null and waits_since is null from ticket")
        .fetch_one(&world.db().await)
        .await
        .expect("a row");
    assert!(answered, "she is nobody");
}

#[tokio::test]
async fn what_the_staff_opens_for_a_member_waits_for_the_member() {
    let world = desk().await;
    world.person("sam").user_menu("Open a ticket", "bob").await;
    world.submits("sam", &[("What is it about?", "Your order")]).await;
    world.settle().await;
    world.screen().await;
    let waits: bool = sqlx::query_scalar("select waits_since is not null from ticket")
        .fetch_one(&world.db().await)
        .await
        .expect("a row");
    assert!(!waits, "the member has asked nothing");
}

#[tokio::test]
async fn waiting_ends_with_the_answer_and_a_later_request_to_close_stays() {
    let world = desk().await;
    opens(&world, "ann").await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.clicks("Wait for user").await;
    world.clock.advance(SignedDuration::from_mins(1));
    world.person("ann").in_channel("ticket-1").types("It is order 4").await;
    world.clock.advance(SignedDuration::from_mins(1));
    sam.types("/ticket ask-close hours:2").await;
    // Whoever does something there sees the answer.
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #ticket-1: 💬 @ann answered. https://discord.com/channels/"), "{screen}");
    assert!(!screen.contains("keeps this ticket open"), "{screen}");
    let kept: bool = sqlx::query_scalar("select close_requested_at is not null and status = 'open' from ticket")
        .fetch_one(&world.db().await)
        .await
        .expect("a row");
    assert!(kept, "{screen}");
    let screen = after(&world, 121).await;
    assert!(screen.contains("⚫ I closed this ticket."), "{screen}");
}

#[tokio::test]
async fn an_answer_is_seen_when_somebody_lists_tickets() {
    let world = desk().await;
    opens(&world, "ann").await;
    world.person("sam").in_channel("ticket-1").clicks("Wait for user").await;
    world.clock.advance(SignedDuration::from_mins(1));
    world.person("ann").in_channel("ticket-1").types("It is order 4").await;
    world.screen().await;
    world.types("sofie", "/ticket list").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("💬 @ann answered."), "{screen}");
}

#[tokio::test]
async fn however_many_list_tickets_discord_is_asked_once_in_a_while() {
    let world = desk().await;
    opens(&world, "ann").await;
    world.person("sam").in_channel("ticket-1").clicks("Wait for user").await;
    world.screen().await;
    let asked = || {
        let requests = world.discord.requests();
        requests.iter().filter(|it| it.method == "GET" && it.path.contains("/channels/")).count()
    };
    let mut before = asked();
    for (seconds, is_asked) in [(60, true), (0, false), (29, false), (1, true)] {
        world.clock.advance(SignedDuration::from_secs(seconds));
        world.types("sofie", "/ticket list").await;
        world.screen().await;
        assert_eq!(asked() > before, is_asked, "{seconds} s later");
        before = asked();
    }
}

#[tokio::test]
async fn nobody_is_called_by_what_they_did_and_whose_claim_is_taken_is() {
    let world = desk().await;
    opens(&world, "ann").await;
    let (sam, sofie) = (world.person("sam").in_channel("ticket-1"), world.person("sofie").in_channel("ticket-1"));
    sam.clicks("Claim").await;
    sam.types("/ticket ask-close").await;
    world.settle().await;
    sam.clicks("Keep it open").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #ticket-1: @sam keeps this ticket open.\n"), "{screen}");
    sofie.clicks("Give back").await;
    let screen = world.screen().await;
    assert!(screen.contains("@sofie has set this ticket free, which you had claimed. (pings sam)"), "{screen}");
    sofie.types("/ticket transfer to:@sofie").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #ticket-1: 🔵 @sofie took this ticket over."), "{screen}");
    sam.types("/ticket add member:@sam").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #ticket-1: @sam joined this ticket."), "{screen}");
}

#[tokio::test]
async fn an_escalated_ticket_is_not_closed_by_what_was_asked_before_and_calls_somebody() {
    let world = desk().await;
    opens(&world, "ann").await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.types("/ticket ask-close hours:1").await;
    sam.types("/ticket status status:escalated ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("🔴 @staff, @sam escalated this ticket."), "{screen}");
    let screen = after(&world, 90).await;
    assert!(!screen.contains("closed this ticket"), "{screen}");
    sam.types("/ticket transfer to:@sofie").await;
    let screen = world.screen().await;
    assert!(screen.contains("Status: 🔴 Escalated"), "{screen}");
}

#[tokio::test]
async fn an_alarm_about_a_ticket_whose_claimer_has_left_calls_its_roles() {
    let world = desk().await;
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Times").await;
    world.submits("ada", &[("Alert if nobody answers within", "1h")]).await;
    opens(&world, "ann").await;
    world.person("sam").in_channel("ticket-1").clicks("Claim").await;
    world.screen().await;
    world.discord.guild(HOME).without("sam");
    let screen = after(&world, 61).await;
    assert!(screen.contains("🔔 @staff, this ticket is late."), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_hidden_channel_keeps_nobody_from_hearing_that_their_ticket_is_closed() {
    let world = desk().await;
    opens(&world, "ann").await;
    world.discord.guild(HOME).overwrite("ticket-1", "bot", Permissions::empty(), Permissions::VIEW_CHANNEL);
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in DM with ann: Your ticket #1 (My refund) was closed by @sam."), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_ticket_that_is_closed_again_counts_once() {
    let world = desk().await;
    opens(&world, "ann").await;
    for command in ["/ticket close ticket:1", "/ticket status status:open ticket:1", "/ticket close ticket:1"] {
        world.types("sam", command).await;
        world.settle().await;
    }
    world.screen().await;
    world.types("sam", "/ticket stats").await;
    let screen = world.screen().await;
    assert!(screen.contains("| Closed 1\n") && screen.contains("@sam claimed 0, closed 1"), "{screen}");
}

#[tokio::test]
async fn a_member_leaves_only_a_few_channels_behind() {
    let world = desk().await;
    for number in 1..=5 {
        opens(&world, "ann").await;
        world.types("sam", &format!("/ticket close ticket:{number}")).await;
        world.settle().await;
        world.clock.advance(SignedDuration::from_mins(20));
    }
    world.screen().await;
    world.types("ann", "/ticket open").await;
    let screen = world.screen().await;
    assert!(screen.contains("5 of your closed tickets still have their channels."), "{screen}");
}

#[tokio::test]
async fn a_member_waits_for_no_channel_that_is_kept_for_ever() {
    let world = desk().await;
    world.types("ada", "/config tickets set closed-days:0").await;
    for number in 1..=5 {
        opens(&world, "ann").await;
        world.types("sam", &format!("/ticket close ticket:{number}")).await;
        world.settle().await;
        world.clock.advance(SignedDuration::from_mins(20));
    }
    world.screen().await;
    world.types("ann", "/ticket open").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot opens a form for ann"), "{screen}");
}

#[tokio::test]
async fn closed_threads_take_no_room_of_their_member() {
    let world = desk().await;
    in_threads(&world).await;
    for number in 1..=5 {
        opens(&world, "ann").await;
        world.types("sam", &format!("/ticket close ticket:{number}")).await;
        world.settle().await;
        world.clock.advance(SignedDuration::from_mins(20));
    }
    world.screen().await;
    world.types("ann", "/ticket open").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot opens a form for ann"), "{screen}");
}

#[tokio::test]
async fn how_long_closed_channels_stay_is_what_the_setting_says_by_now() {
    let world = desk().await;
    opens(&world, "ann").await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.types("ada", "/config tickets set closed-days:0").await;
    world.screen().await;
    let screen = after(&world, 30 * 24 * 60).await;
    assert!(!screen.contains("bot deletes"), "nothing goes while it is off: {screen}");
    opens(&world, "bob").await;
    world.types("sam", "/ticket close ticket:2").await;
    world.settle().await;
    world.types("ada", "/config tickets set closed-days:14").await;
    world.screen().await;
    let screen = after(&world, 1).await + &after(&world, 1).await;
    assert!(screen.contains("bot deletes #ticket-1") && !screen.contains("bot deletes #ticket-2"), "{screen}");
    let screen = after(&world, 14 * 24 * 60).await + &after(&world, 1).await;
    assert!(screen.contains("bot deletes #ticket-2"), "{screen}");
}

#[tokio::test]
async fn five_tickets_an_hour_are_enough_for_a_member() {
    let world = desk().await;
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Limits and hours").await;
    world.submits("ada", &[("How many a member may have open", "0")]).await;
    for _ in 0..5 {
        opens(&world, "ann").await;
    }
    world.types("ann", "/ticket open").await;
    let screen = world.screen().await;
    assert!(screen.contains("You have just opened one; you can open the next"), "{screen}");
}

#[tokio::test]
async fn the_channel_of_a_closed_ticket_goes_by_itself_after_a_while() {
    let world = desk().await;
    opens(&world, "ann").await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.screen().await;
    let screen = after(&world, 13 * 24 * 60).await;
    assert!(!screen.contains("bot deletes"), "{screen}");
    let screen = after(&world, 24 * 60).await + &after(&world, 1).await;
    assert!(screen.contains("bot deletes #ticket-1") && screen.contains("🗄"), "{screen}");
}
