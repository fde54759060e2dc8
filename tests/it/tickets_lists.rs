//! Lists and numbers of tickets, and replies that are ready.

use crate::support::{AWAY, HOME, World};
use crate::tickets::{desk, opens};
use expect_test::expect;
use twilight_model::guild::Permissions;

/// One pass of cron of another instance, with all that it leads to.
pub(crate) async fn jobs_of(instance: &crate::support::Instance, world: &World) {
    alphapy::jobs::run_pass(&instance.bot, world.now()).await.expect("all jobs succeed");
    crate::support::settle(&instance.bot.app).await;
}

#[tokio::test]
async fn a_list_is_turned_forwards_and_backwards_while_it_changes() {
    let world = desk().await;
    opens(&world, "ann", "First").await;
    world.settle().await;
    let db = world.db().await;
    let sql = "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                                   opened_at, updated_at, check_at, settle_at, unsettled, priority, status)
               select guild_id, n, type_id, user_id, user_id, n, 'Subject ' || n, '[]', opened_at, opened_at, check_at + interval '1 year',
                      opened_at, false, case when n % 7 = 0 then 'urgent' else 'normal' end,
                      case when n % 5 = 0 then 'waiting_for_user' else 'open' end
                 from ticket, generate_series(2, 35) as n";
    sqlx::query(sql).execute(&db).await.expect("tickets");
    world.screen().await;
    let numbers = |screen: &str| -> Vec<i32> {
        let of = |line: &str| line.split("**#").nth(1)?.split("**").next()?.parse().ok();
        screen.lines().filter_map(of).collect()
    };
    let order: Vec<i32> = (1..=35).filter(|n| n % 7 == 0).chain((1..=35).filter(|n| n % 7 != 0)).collect();
    world.types("sam", "/ticket list").await;
    let first = world.screen().await;
    assert_eq!(numbers(&first), order[..10], "{first}");
    assert!(first.contains("[Next]") && !first.contains("[Previous]"), "{first}");
    for page in order[10..].chunks(10) {
        world.clicks("sam", "Next").await;
        let screen = world.screen().await;
        assert_eq!(numbers(&screen), page, "{screen}");
        let buttons = screen.lines().last().expect("a row of buttons");
        assert_eq!((buttons.contains("[Previous]"), buttons.contains("[Next]")), (true, page.len() == 10), "{screen}");
    }
    world.clicks("sam", "Previous").await;
    assert_eq!(numbers(&world.screen().await), order[20..30]);
    // What was closed meanwhile is left out, and nothing is passed over for it.
    sqlx::query("update ticket set status = 'closed' where number = $1")
        .bind(order[12])
        .execute(&db)
        .await
        .expect("its row");
    world.clicks("sam", "Previous").await;
    let screen = world.screen().await;
    let expected: Vec<i32> = order[9..20].iter().copied().filter(|number| *number != order[12]).collect();
    assert_eq!(numbers(&screen), expected, "{screen}");
    world.clicks("sam", "Previous").await;
    let screen = world.screen().await;
    assert_eq!(numbers(&screen), order[..10], "{screen}");
    assert_eq!(screen.lines().last().map(str::trim), Some("[Next]"), "{screen}");
    // With everything that can be chosen the buttons still fit.
    sqlx::query("update ticket set priority = 'urgent', status = 'waiting_for_user', claimed_by_user_id = $1")
        .bind(world.discord.id_of("@sam").parse::<i64>().expect("an id"))
        .execute(&db)
        .await
        .expect("rows");
    world.types("sam", "/ticket list status:waiting for user member:@ann mine:true kind:Support priority:urgent").await;
    let screen = world.screen().await;
    assert!(screen.contains("[Next]"), "{screen}");
    world.clicks("sam", "Next").await;
    assert_eq!(numbers(&world.screen().await), (11..=20).collect::<Vec<i32>>());
}

/// As it is where much was there before numbers were kept.
pub(crate) async fn has_much_to_count(world: &World) {
    let db = world.db().await;
    let searches = "insert into faq_search (guild_id, interaction_id, query, matched, searched_at)
                    select $1, n, 'Refunds', '{1}', timestamptz '2027-01-01Z' + n * interval '1 minute' from generate_series(1, 10001) as n";
    let days = "insert into tally_stale (guild_id, about, day)
                select $1, 'tickets', date '2027-01-01' + day from generate_series(1, 40) as day";
    for rows in [searches, days] {
        sqlx::query(rows).bind(world.guild(HOME).get().cast_signed()).execute(&db).await.expect("rows");
    }
}

#[tokio::test]
async fn numbers_of_many_tickets_are_counted_after_the_answer() {
    let world = desk().await;
    opens(&world, "ann", "First").await;
    world.settle().await;
    has_much_to_count(&world).await;
    world.screen().await;
    world.types("sam", "/ticket stats public:true").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot is thinking…\n") && screen.contains("**Tickets · Last 7 days**"), "{screen}");
    world.clicks("sam", "All time").await;
    let screen = world.screen().await;
    assert!(screen.contains("**Tickets · All time**"), "{screen}");
}

#[tokio::test]
async fn numbers_tell_how_many_how_fast_and_how_good() {
    let world = desk().await;
    let minutes = |minutes| world.clock.advance(jiff::SignedDuration::from_mins(minutes));
    // One ticket of two weeks ago, and three of today, of which one came to nothing.
    opens(&world, "ann", "Old").await;
    world.settle().await;
    world.person("sofie").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    minutes(14 * 24 * 60);
    opens(&world, "ann", "Quick").await;
    opens(&world, "bob", "Slow").await;
    world.settle().await;
    minutes(10);
    world.person("sam").in_channel("ticket-2").clicks("Claim").await;
    minutes(20);
    world.person("sam").in_channel("ticket-2").types("/ticket close").await;
    world.settle().await;
    world.person("ann").in_dm().clicks("4 ★").await;
    minutes(70);
    world.person("sam").in_channel("ticket-3").clicks("Claim").await;
    world.settle().await;
    world.discord.guild(HOME).permissions("Alphapy", Permissions::VIEW_CHANNEL);
    opens(&world, "ann", "Nowhere").await;
    world.screen().await;
    world.discord.take_problems();
    world.types("ann", "/ticket stats").await;
    world.types("sam", "/ticket stats").await;
    world.clicks("sam", "All time").await;
    expect![[r#"
        ann in #help: /ticket stats
        bot: Only the staff reads the numbers; `/ticket list` shows your own tickets. (only ann sees this)
        sam in #help: /ticket stats
        bot: (only sam sees this)
             | **Tickets · Last 7 days**
             | `▁▁▁▁▁▁█` opened a day in the last 7 days
             | `▁▁▁▁▁▁▄` closed a day in the last 7 days
             | Now:
             | 🟢 Open 0
             | 🔵 Claimed 1
             | 🟡 Waiting for user 0
             | 🔴 Escalated 0
             | ⚫ Closed 2
             | 🗄️ Archived 0
             | In that time:
             | Opened 2
             | Closed 1
             | First response:
             | 30m on average
             | 30m for half of them
             | 30m for nine of ten
             | Claimed after:
             | 55m on average
             | 55m for half of them
             | 1h 31m for nine of ten
             | Closed after:
             | 30m on average
             | 30m for half of them
             | 30m for nine of ten
             | Satisfaction: 4.0 of 5 stars, 1 rating
             | Staff: @sam claimed 2, closed 1, 4.0 stars
             [Last 7 days] [Last 30 days] [Last 90 days] [Last 365 days] [All time]
        sam clicks [All time]
        bot edits: (only sam sees this)
             | **Tickets · All time**
             | `▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▄▁▁▁▁▁▁▁▁▁▁▁▁▁█` opened a day in the last 30 days
             | `▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▄▁▁▁▁▁▁▁▁▁▁▁▁▁▄` closed a day in the last 30 days
             | Now:
             | 🟢 Open 0
             | 🔵 Claimed 1
             | 🟡 Waiting for user 0
             | 🔴 Escalated 0
             | ⚫ Closed 2
             | 🗄️ Archived 0
             | In that time:
             | Opened 3
             | Closed 2
             | First response:
             | 15m on average
             | 15m for half of them
             | 27m for nine of ten
             | Claimed after:
             | 55m on average
             | 55m for half of them
             | 1h 31m for nine of ten
             | Closed after:
             | 15m on average
             | 15m for half of them
             | 27m for nine of ten
             | Satisfaction: 4.0 of 5 stars, 1 rating
             | Staff:
             | @sam claimed 2, closed 1, 4.0 stars
             | @sofie claimed 0, closed 1
             [Last 7 days] [Last 30 days] [Last 90 days] [Last 365 days] [All time]
    "#]]
    .assert_eq(&world.screen().await);
    // Of another server they say nothing, and nothing that happens later changes them.
    world.types("sam", "/ticket rename subject:Other ticket:2").await;
    world.screen().await;
    world.types("sam", "/ticket stats").await;
    let screen = world.screen().await;
    assert!(screen.contains("Closed after:\n     | 30m on average"), "{screen}");
    world.discord.guild(AWAY).command_permission("ticket", "@everyone", true);
    world.discord.person("eve").in_guild(AWAY).types("/ticket stats").await;
    let screen = world.screen().await;
    assert!(screen.contains("Nothing was opened or closed"), "{screen}");
}

#[tokio::test]
async fn the_staff_gives_replies_that_are_ready() {
    let world = desk().await;
    let sam = world.person("sam");
    sam.types("/tag add").await;
    sam.submits(&[("Name", "Refund"), ("Reply", "Hello {member}, ticket #{number} is about **{subject}**.")]).await;
    sam.types("/tag add").await;
    sam.submits(&[("Name", "refund"), ("Reply", "Twice")]).await;
    sam.types("/tag add").await;
    sam.submits(&[("Name", "Hours"), ("Reply", "We are there from nine to five. @everyone")]).await;
    let names: Vec<String> =
        world.suggests("sam", "/tag send name:u").await.into_iter().map(|choice| choice.name).collect();
    assert_eq!(names, ["Hours", "Refund"]);
    assert_eq!(world.suggests("ann", "/tag send name:u").await, []);
    opens(&world, "ann", "A *loss*").await;
    world.settle().await;
    let desk = world.person("sam").in_channel("ticket-1");
    desk.types("/tag send name:refund").await;
    sam.types("/tag send name:Refund").await;
    sam.types("/tag send name:Hours").await;
    sam.types("/tag edit name:Hours").await;
    sam.submits(&[("Name", "Open"), ("Reply", "Nine to five.")]).await;
    sam.types("/tag list").await;
    sam.types("/tag remove name:open").await;
    sam.types("/tag send name:open").await;
    world.types("ann", "/tag list").await;
    let screen = world.screen().await;
    expect![[r#"
        sam in #help: /tag add
        bot opens a form for sam: New reply
             Name* (short, up to 50):
               By which you find it
             Reply* (long, up to 1800):
               In a ticket {member}, {number}, {type} and {subject} are filled in
        sam submits Name="Refund", Reply="Hello {member}, ticket #{number} is about **{subject}**."
        bot: “Refund” is saved; give it with `/tag send`. (only sam sees this)
        sam in #help: /tag add
        bot opens a form for sam: New reply
             Name* (short, up to 50):
               By which you find it
             Reply* (long, up to 1800):
               In a ticket {member}, {number}, {type} and {subject} are filled in
        sam submits Name="refund", Reply="Twice"
        bot: There is a reply of that name already; change that one with `/tag edit`. (only sam sees this)
             | **What you wrote**
             | Name: refund
             |--
             | **Reply**
             | Twice
             [Fill it in again]
        sam in #help: /tag add
        bot opens a form for sam: New reply
             Name* (short, up to 50):
               By which you find it
             Reply* (long, up to 1800):
               In a ticket {member}, {number}, {type} and {subject} are filled in
        sam submits Name="Hours", Reply="We are there from nine to five. @everyone"
        bot: “Hours” is saved; give it with `/tag send`. (only sam sees this)
        ann in #help: /ticket open
        bot opens a form for ann: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
        ann submits What is it about?="A *loss*"
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
             | A \*loss\*
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)
        sam in #ticket-1: /tag send name:refund
        bot: Hello @ann, ticket #1 is about **A \*loss\***. (pings ann)
        sam in #help: /tag send name:Refund
        bot: This reply names the `{member}` of a ticket; give it in a ticket's channel. (only sam sees this)
        sam in #help: /tag send name:Hours
        bot: We are there from nine to five. @everyone
        sam in #help: /tag edit name:Hours
        bot opens a form for sam: Change a reply
             Name* (short, up to 50): Hours
               By which you find it
             Reply* (long, up to 1800): We are there from nine to five. @everyone
               In a ticket {member}, {number}, {type} and {subject} are filled in
        sam submits Name="Open", Reply="Nine to five."
        bot: “Open” is saved; give it with `/tag send`. (only sam sees this)
        sam in #help: /tag list
        bot: (only sam sees this)
             | **Replies**
             | **Open** Nine to five. · given once
             | **Refund** Hello {member}, ticket #{number} is about \*\*{subject}\*\*. · given once
        sam in #help: /tag remove name:open
        bot: “Open” is removed. (only sam sees this)
        sam in #help: /tag send name:open
        bot: There is no such reply; pick one that is suggested, or see `/tag list`. (only sam sees this)
        ann in #help: /tag list
        bot: Only the staff gives these replies; look for answers with `/faq search`. (only ann sees this)
    "#]]
    .assert_eq(&screen);
    let answered: bool = sqlx::query_scalar("select first_response_at is not null and waits_since is null from ticket")
        .fetch_one(&world.db().await)
        .await
        .expect("a ticket");
    assert!(answered);
}

#[tokio::test]
async fn who_works_one_type_does_not_see_the_others() {
    let world = desk().await;
    world.discord.guild(HOME).role("hr", Permissions::empty()).member("hal", &["hr"]);
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.submits("ada", &[("Name", "Complaint"), ("Opening message", "Hello")]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Who works it", "hr")]).await;
    world.screen().await;
    opens(&world, "ann", "x").await;
    world.person("ann").dismisses();
    world.types("ann", "/ticket open kind:Complaint").await;
    world.submits("ann", &[("What is it about?", "My boss")]).await;
    world.types("bob", "/ticket open kind:Support").await;
    world.submits("bob", &[("What is it about?", "My refund")]).await;
    world.screen().await;
    for (who, sees, not) in [("sam", "My refund", "My boss"), ("hal", "My boss", "My refund")] {
        world.types(who, "/ticket list").await;
        let screen = world.screen().await;
        assert!(screen.contains(sees) && !screen.contains(not), "{screen}");
        let suggested = world.suggests(who, "/ticket show ticket:my").await;
        assert!(suggested.iter().all(|choice| choice.name.contains(sees)) && suggested.len() == 1, "{suggested:?}");
    }
    world.types("ada", "/ticket list kind:Complaint unclaimed:true priority:normal").await;
    let screen = world.screen().await;
    assert!(screen.contains("My boss") && !screen.contains("My refund"), "{screen}");
}

#[tokio::test]
async fn an_escalation_calls_whom_it_should_and_the_member_hears_of_it() {
    let world = desk().await;
    world.discord.guild(HOME).role("bosses", Permissions::empty()).mentionable("bosses").member("bea", &["bosses"]);
    let set = "escalation-role:@&bosses escalation-channel:#general notify:By direct message";
    world.types("ada", &format!("/config tickets set {set}")).await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.clicks("Escalate").await;
    sam.submits(&[("Why is it escalated?", "It is [a lot](https://x.example).")]).await;
    let screen = world.screen().await;
    for part in [
        "bot in #general: 🚩 @bosses Ticket #1 of @ann is escalated: #ticket-1",
        "bot in #ticket-1: 🔴 @bosses, @sam escalated this ticket. (pings bosses)",
        "It is \\[a lot\\](https://x.example).",
        "bot in DM with ann: Your ticket #1 was escalated: #ticket-1",
        "Escalated to: @bosses",
    ] {
        assert!(screen.contains(part), "no {part} in {screen}");
    }
    // Who was called works it now.
    world.person("bea").in_channel("ticket-1").types("/ticket claim").await;
    let screen = world.screen().await;
    assert!(screen.contains("Ticket #1 is now claimed."), "{screen}");
}
