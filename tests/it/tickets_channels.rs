//! Where tickets are in Discord: channels and threads, and what stands in their way.

use crate::support::{AWAY, HOME, World};
use crate::tickets::{desk, opens};
use crate::tickets_outages::hours_pass;
use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use serde_json::json;
use twilight_model::guild::Permissions;

/// Fills a category.
fn fills(world: &World, category: &str, count: usize) {
    for n in 0..count {
        world.discord.guild(HOME).channel_in(category, &format!("{}-{n}", category.to_lowercase()));
    }
}

#[tokio::test]
async fn a_full_category_is_no_end() {
    let world = desk().await;
    world.discord.guild(HOME).category("Attic").channel("threads");
    fills(&world, "Desk", 50);
    // Nowhere else to go: the member reads that, and so do the admins, with what to do.
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    opens(&world, "ann", "First").await;
    let screen = world.screen().await;
    let told = "Your ticket #1 could not be opened; the admins of this server were told.";
    assert!(screen.contains(told), "{screen}");
    assert!(screen.contains("#Desk is full: set `overflow-category` or `thread-channel`"), "{screen}");
    assert!(screen.contains("🚨 Ticket #1 could not be opened"), "{screen}");
    world.discord.take_problems();
    // The next category, and then threads.
    world.types("ada", "/config tickets set overflow-category:#Attic thread-channel:#threads").await;
    world.screen().await;
    opens(&world, "ann", "Second").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates #ticket-2 under Attic"), "{screen}");
    fills(&world, "Attic", 49);
    opens(&world, "bob", "Third").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates private thread #ticket-3"), "{screen}");
    world.discord.take_problems();
    // The number of the ticket that came to nothing is not given again.
    world.types("sam", "/ticket show ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("Archived"), "{screen}");
}

/// What the log channel says below the title of an entry, and how often it has that title.
fn told(screen: &str, title: &str) -> (Vec<String>, usize) {
    let lines: Vec<&str> = screen.lines().map(|line| line.trim_start_matches(['|', ' '])).collect();
    let titles = lines.iter().enumerate().filter(|(_, line)| line.contains(title));
    let below: Vec<String> = titles.filter_map(|(at, _)| lines.get(at + 1)).map(|line| (*line).to_owned()).collect();
    let times = below.len();
    (below, times)
}

#[tokio::test]
async fn that_a_ticket_was_opened_is_told_with_a_link_to_its_place() {
    let world = desk().await;
    world.discord.guild(HOME).channel("threads").category("Full");
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    opens(&world, "ann", "My refund").await;
    let screen = world.screen().await;
    assert_eq!(told(&screen, "🟢 Ticket #1 created"), (vec!["@ann · Support · #ticket-1 · My refund".to_owned()], 1));
    fills(&world, "Full", 50);
    world.types("ada", "/config tickets set category:#Full thread-channel:#threads").await;
    world.screen().await;
    opens(&world, "bob", "A place").await;
    let screen = world.screen().await;
    assert_eq!(told(&screen, "🟢 Ticket #2 created"), (vec!["@bob · Support · #ticket-2 · A place".to_owned()], 1));
    world.discord.take_problems();
}

#[tokio::test]
async fn what_happens_to_a_ticket_that_has_no_channel_yet_is_told_after_that_it_was_opened() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    let away = Fault::on(Method::POST, "/channels").times(4).answers(Answer::Status(503, json!({})));
    world.discord.fault(away);
    opens(&world, "ann", "My refund").await;
    world.types("sam", "/ticket claim ticket:1").await;
    world.types("sam", "/ticket note text:Hm ticket:1").await;
    let mut screen = world.screen().await;
    assert!(!screen.contains("Ticket #1 claimed"), "{screen}");
    for _ in 0..3 {
        world.a_minute_passes().await;
        screen += &world.screen().await;
    }
    let at = |title: &str| screen.find(title).unwrap_or_else(|| panic!("no {title}: {screen}"));
    assert!(at("Ticket #1 created") < at("Ticket #1 claimed"), "{screen}");
    assert!(at("Ticket #1 claimed") < at("Ticket #1 noted upon"), "{screen}");
    world.leaves_somebody_waiting();
}

#[tokio::test]
async fn that_a_ticket_was_opened_is_told_where_no_channel_is_made() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    // None can be made.
    fills(&world, "Desk", 50);
    opens(&world, "ann", "First").await;
    let screen = world.screen().await;
    assert_eq!(told(&screen, "🟢 Ticket #1 created"), (vec!["@ann · Support · First".to_owned()], 1));
    assert!(screen.find("Ticket #1 created") < screen.find("🚨 Ticket #1 could not be opened"), "{screen}");
    world.discord.take_problems();
    // None is made for now.
    world.discord.guild(HOME).category("Attic");
    world.types("ada", "/config tickets set category:#Attic").await;
    world.screen().await;
    let away = Fault::on(Method::POST, "/channels").times(1000).answers(Answer::Status(503, json!({})));
    world.discord.fault(away);
    opens(&world, "bob", "Second").await;
    let mut screen = world.screen().await;
    assert_eq!(told(&screen, "🟢 Ticket #2 created").1, 0, "{screen}");
    for _ in 0..3 {
        world.a_minute_passes().await;
        screen = world.screen().await;
        if screen.contains("#2 created") {
            break;
        }
    }
    assert_eq!(told(&screen, "🟢 Ticket #2 created"), (vec!["@bob · Support · Second".to_owned()], 1));
    world.leaves_somebody_waiting();
}

#[tokio::test]
async fn a_ticket_in_a_private_thread_is_worked_like_others() {
    let world = desk().await;
    world.discord.guild(HOME).channel("threads").overwrite(
        "threads",
        "staff",
        Permissions::MANAGE_THREADS,
        Permissions::empty(),
    );
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Where it opens", "#threads"), ("Who works it", "staff")]).await;
    world.screen().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.clicks("Claim").await;
    world.settle().await;
    sam.types("/ticket add member:@bob").await;
    world.settle().await;
    sam.types("/ticket remove member:@bob").await;
    world.settle().await;
    sam.clicks("Close").await;
    world.submits("sam", &[]).await;
    world.settle().await;
    sam.types("/ticket reopen").await;
    world.settle().await;
    sam.types("/ticket close").await;
    world.settle().await;
    sam.types("/ticket delete").await;
    sam.clicks_on("Delete the channel", "Delete").await;
    world.a_minute_passes().await;
    expect![[r#"
        ann in #help: /ticket open
        bot opens a form for ann: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
        ann submits What is it about?="My refund"
        bot is thinking… (only ann sees this)
        bot creates private thread #ticket-1 under #threads
        bot adds ann to #ticket-1
        bot in #ticket-1: @ann @staff (pings ann)
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)
        sam clicks [Claim]
        bot: Ticket #1 is now claimed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🔵 Claimed
             | Opened by: @ann
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        sam in #ticket-1: /ticket add member:@bob
        bot: @bob takes part in ticket #1. (only sam sees this)
        bot adds bob to #ticket-1
        bot in #ticket-1: @bob, @sam added you to this ticket. (pings bob)
        sam in #ticket-1: /ticket remove member:@bob
        bot: @bob takes part no longer in ticket #1. (only sam sees this)
        bot removes bob from #ticket-1
        bot in #ticket-1: @sam removed @bob from this ticket.
        sam clicks [Close]
        bot opens a form for sam: Ticket #1
             Why is it closed? (long, up to 500):
               The member reads it
        sam submits the form
        bot: Ticket #1 is now closed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Claimed by: @sam
             | Closed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Reopen] [Transcript] [Delete (danger)]
        bot in #ticket-1: ⚫ @sam closed this ticket.
        bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.
             How was it?
             <file: ticket-1.html, 4323 bytes>
             <file: ticket-1.txt, 634 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot changes #ticket-1: archived, locked
        sam in #ticket-1: /ticket reopen
        bot: Ticket #1 is open again. (only sam sees this)
        bot changes #ticket-1: opened again, unlocked
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🔵 Claimed
             | Opened by: @ann
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot in #ticket-1: 🟢 @ann: @sam opened this ticket again. (pings ann)
        sam in #ticket-1: /ticket close
        bot: Ticket #1 is now closed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Claimed by: @sam
             | Closed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Reopen] [Transcript] [Delete (danger)]
        bot in #ticket-1: ⚫ @sam closed this ticket.
        bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.
             How was it?
             <file: ticket-1.html, 4655 bytes>
             <file: ticket-1.txt, 869 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot changes #ticket-1: archived, locked
        sam in #ticket-1: /ticket delete
        bot: Delete the channel of ticket #1? What was said in it stays in its transcript. (only sam sees this)
             [Delete (danger)] [Keep]
        sam clicks [Delete]
        bot edits: Ticket #1 is archived; its channel will be gone in a minute or two. (only sam sees this)
        bot deletes #ticket-1
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_name_that_discord_refuses_is_spelled_out() {
    let world = desk().await;
    let refused = serde_json::json!({"code": 50035, "message": "Invalid Form Body", "errors": {"name": {"_errors":
        [{"code": "INVALID_COMMUNITY_PROPERTY_NAME", "message": "Contains words not allowed"}]}}});
    world.discord.fault(Fault::on(Method::POST, "/channels").answers(Answer::Status(400, refused)));
    opens(&world, "ann", "My refund").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates #support-one under Desk"), "{screen}");
}

#[tokio::test]
async fn a_missing_permission_is_said_to_those_who_can_give_it() {
    let world = desk().await;
    world.discord.guild(HOME).permissions("Alphapy", Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES);
    opens(&world, "ann", "My refund").await;
    let screen = world.screen().await;
    assert!(screen.contains("I lack something in #Desk: give me **Manage Channels**, **"), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_channel_that_was_deleted_ends_its_ticket_and_a_hidden_one_does_not() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "Deleted").await;
    opens(&world, "bob", "Hidden").await;
    world.screen().await;
    world.discord.guild(HOME).remove_channel("ticket-1");
    world.discord.guild(HOME).overwrite("ticket-2", "bot", Permissions::empty(), Permissions::VIEW_CHANNEL);
    world.types("sam", "/ticket claim ticket:1").await;
    world.types("sam", "/ticket claim ticket:2").await;
    world.settle().await;
    world.types("sam", "/ticket list").await;
    world.types("sam", "/ticket show ticket:2").await;
    world.types("sam", "/ticket show ticket:1").await;
    let screen = world.screen().await;
    expect![[r#"

        bot: (only sam sees this)
             | **Tickets**
             | 🔵 **#2** Hidden · @bob · Support · claimed by @sam · in 0 seconds #ticket-2
        sam in #help: /ticket show ticket:2
        bot: (only sam sees this)
             | **Ticket #2 · Support**
             | Hidden
             | Status: 🔵 Claimed
             | Opened by: @bob
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             | (⚠️ I cannot see #ticket-2 any more; give me **View Channel** there.)
             |--
             | **What happened**
             | Mon 2027-03-01 09:00 UTC @bob opened it
             | Mon 2027-03-01 09:00 UTC @sam claimed it
        sam in #help: /ticket show ticket:1
        bot: (only sam sees this)
             | **Ticket #1 · Support**
             | Deleted
             | Status: 🗄️ Archived
             | Opened by: @ann
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             | (⚠️ Its channel was deleted.)
             |--
             | **What happened**
             | Mon 2027-03-01 09:00 UTC @ann opened it
             | Mon 2027-03-01 09:00 UTC @sam claimed it
             | Mon 2027-03-01 09:00 UTC I archived it: Its channel was deleted.
    "#]]
    .assert_eq(screen.split("/ticket list").nth(1).expect("a list"));
    world.discord.take_problems();
    // Once it may, it shows what it is.
    let allow = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    world.discord.guild(HOME).overwrite("ticket-2", "bot", allow, Permissions::empty());
    world.types("sam", "/ticket priority priority:high ticket:2").await;
    world.settle().await;
    world.types("sam", "/ticket show ticket:2").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot edits in #ticket-2") && !screen.contains("⚠️"), "{screen}");
}

#[tokio::test]
async fn two_of_the_staff_press_at_once_and_one_is_told_who_was_first() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    let (sam, sofie) = (world.person("sam").in_channel("ticket-1"), world.person("sofie").in_channel("ticket-1"));
    tokio::join!(sam.clicks("Claim"), sofie.clicks("Claim"));
    let screen = world.screen().await;
    assert_eq!(screen.matches("has claimed this ticket; `/ticket transfer` moves it to you.").count(), 1, "{screen}");
    let claimed: i64 = sqlx::query_scalar("select count(*) from ticket_event where kind = 'claimed'")
        .fetch_one(&world.db().await)
        .await
        .expect("a number");
    assert_eq!(claimed, 1);
}

#[tokio::test]
async fn a_button_from_elsewhere_changes_nothing() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").clicks("Claim").await;
    let claim = world.discord.exchanges().pop().expect("a press").request;
    world.screen().await;
    let mut forged = 0;
    let mut forge = async |change: &dyn Fn(&mut serde_json::Value)| {
        let mut body = claim.clone();
        let id = body["id"].as_str().and_then(|id| id.parse::<u64>().ok()).expect("an id");
        forged += 1_000_003;
        body["id"] = serde_json::json!((id + forged).to_string());
        change(&mut body);
        let (_, answer) = world.person("sam").raw(&body).await;
        answer["data"]["content"].as_str().unwrap_or_default().to_owned()
    };
    let none = "There is no such ticket; pick one that is suggested, or see `/ticket list`.";
    // Another server has no ticket of that number, whoever presses there.
    let away = world.discord.guild(AWAY).id();
    assert_eq!(forge(&|body| body["guild_id"] = away.as_str().into()).await, none);
    assert_eq!(forge(&|body| body["data"]["custom_id"] = r#"tickets:{"Claim":99}"#.into()).await, none);
    let old = "This button is from an older version; run the command again.";
    assert_eq!(forge(&|body| body["data"]["custom_id"] = r#"tickets:{"Grab":1}"#.into()).await, old);
    // A direct message's button is none of a server's, nor the other way round.
    let home = world.discord.guild(HOME).id();
    let direct = format!(r#"tickets@{home}:{{"Rate":[1,5]}}"#);
    assert_eq!(forge(&|body| body["data"]["custom_id"] = direct.as_str().into()).await, old);
    let in_direct = |body: &mut serde_json::Value| {
        body["data"]["custom_id"] = format!(r#"tickets@{home}:{{"Close":1}}"#).into();
        body["user"] = body["member"]["user"].take();
        for key in ["member", "guild_id"] {
            body.as_object_mut().expect("an object").remove(key);
        }
    };
    assert_eq!(forge(&in_direct).await, none);
    // Stars that nobody offered.
    let stars = |body: &mut serde_json::Value| body["data"]["custom_id"] = r#"tickets:{"Rate":[1,9]}"#.into();
    assert_eq!(forge(&stars).await, none);
    world.types("sam", "/ticket show ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("Claimed") && !screen.contains("Closed"), "{screen}");
}

#[tokio::test]
async fn who_takes_no_direct_messages_rates_in_the_ticket() {
    let world = desk().await;
    world.discord.set_takes_dms("ann", false);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").clicks("4 ★").await;
    world.person("ann").in_channel("ticket-1").clicks("4 ★").await;
    let screen = world.screen().await;
    assert!(screen.contains("Only the member whose ticket it is can rate it."), "{screen}");
    assert!(screen.contains("Thank you! You rated ticket #1 ★★★★☆."), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn what_discord_refuses_is_told_once_and_made_up_for() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    let home = world.discord.guild(HOME).overwrite("ticket-1", "bot", Permissions::empty(), Permissions::VIEW_CHANNEL);
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    for _ in 0..10 {
        world.a_minute_passes().await;
    }
    let screen = world.screen().await;
    assert_eq!(screen.matches("🚨 Ticket #1 is in trouble").count(), 1, "{screen}");
    // Their own message does not need the channel.
    assert_eq!(screen.matches("bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.").count(), 1);
    let refused = world.discord.take_problems().len();
    assert!(refused <= 2, "{refused} requests were refused");
    let allow = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::READ_MESSAGE_HISTORY;
    home.overwrite("ticket-1", "bot", allow, Permissions::empty());
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    for part in [
        "bot in #ticket-1: ⚫ @sam closed this ticket.",
        "bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES",
    ] {
        assert_eq!(screen.matches(part).count(), 1, "{part}: {screen}");
    }
}

/// Tickets are private threads under #threads.
async fn in_threads(world: &World) {
    world.discord.guild(HOME).channel("threads").overwrite(
        "threads",
        "staff",
        Permissions::MANAGE_THREADS,
        Permissions::empty(),
    );
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Where it opens", "#threads"), ("Who works it", "staff")]).await;
    world.screen().await;
}

#[tokio::test]
async fn a_closed_thread_wakes_for_its_rating_and_sleeps_again() {
    let world = desk().await;
    in_threads(&world).await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.screen().await;
    world.person("ann").in_dm().clicks("5 ★").await;
    let screen = world.screen().await;
    assert!(
        screen.contains("Rating: ★★★★★") && screen.ends_with("bot changes #ticket-1: archived, locked\n"),
        "{screen}"
    );
    assert!(world.discord.take_problems().len() <= 1);
}

#[tokio::test]
async fn tickets_of_a_server_without_the_bot_disturb_nobody() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    let home = world.discord.guild(HOME).without("bot");
    hours_pass(&world, 1).await;
    hours_pass(&world, 1).await;
    assert!(world.discord.take_problems().len() <= 1, "it asks again and again");
    home.member("bot", &[]);
    world.person("ada").types("/ticket show ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("I am not in this server any more."), "{screen}");
}

#[tokio::test]
async fn nobody_makes_a_ticket_public() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.types("/ticket status ticket:1 status:escalated escalate_to:@&@everyone").await;
    let screen = world.screen().await;
    assert!(screen.contains("A ticket that is escalated to everybody is no longer private; pick a role."), "{screen}");
    sam.types("/ticket close").await;
    world.settle().await;
    sam.types("/ticket status ticket:1 status:archived").await;
    let screen = world.screen().await;
    assert!(screen.contains("Delete the channel of ticket #1?"), "{screen}");
}

#[tokio::test]
async fn a_full_server_has_room_in_threads_or_says_what_to_do() {
    let world = desk().await;
    let full = json!({"code": 30013, "message": "Maximum number of server channels reached (500)"});
    let made = || Fault::on(Method::POST, "/channels").times(1).answers(Answer::Status(400, full.clone()));
    world.discord.fault(made());
    opens(&world, "ann", "My refund").await;
    let screen = world.screen().await;
    assert!(screen.contains("There is no room in #Desk: delete channels, or set `thread-channel`"), "{screen}");
    world.discord.guild(HOME).channel("threads");
    world.types("ada", "/config tickets set thread-channel:#threads").await;
    world.screen().await;
    world.discord.fault(made());
    opens(&world, "ann", "My refund").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates private thread #ticket-2 under #threads"), "{screen}");
}

#[tokio::test]
async fn a_channel_that_the_staff_deleted_keeps_its_member_from_no_other_ticket() {
    let world = desk().await;
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "My refund")]).await;
    world.settle().await;
    world.screen().await;
    world.discord.guild(HOME).remove_channel("ticket-1");
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "My invoice")]).await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("#ticket-2"), "{screen}");
    // That the channel is gone is what Discord was asked.
    world.discord.take_problems();
}
