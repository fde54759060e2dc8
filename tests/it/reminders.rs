//! What members are reminded of, when, and how often.

use crate::support::{HOME, World};
use expect_test::expect;
use jiff::SignedDuration;

/// Every world begins on Monday 1 March 2027, 10:00 in Brussels.
pub(crate) async fn later(world: &World, minutes: i64) {
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
             <select: Choose one or more>
               - #1 Tea
        bot in #help: @ann (pings ann)
             | **⏰ Reminder: Tea**
             | Green *tea*
             | When: Mon 2027-03-01 11:00 UTC
             | Set by: @ann
             | (#1 • 2027-03-01T11:00:00.000000+00:00)
             [Again in 10 min] [Again in 1 hour]
        ann in #help: /reminder list done:true
        bot: (only ann sees this)
             | **Your reminders**
             | **#1** Tea · done · #help · @ann
             <select: Choose one or more>
               - #1 Tea
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn an_event_is_said_ahead_and_when_it_begins() {
    let world = World::new().await;
    world.discord.guild(HOME).also("Alphapy", twilight_model::guild::Permissions::MENTION_EVERYONE);
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
             | Begins: Mon 2027-03-01 13:00 UTC
             | Where: #general
             | Said: 1h ahead, at the start
             | Place: Stage
             | Calls: @everyone
             | Set by: @ada
             | (Reminder #1)
        bot in #general: @everyone (pings everyone)
             | **⏰ Reminder: Live session**
             | Be there
             | When: Mon 2027-03-01 13:00 UTC (in 1 hour)
             | Where: Stage
             | Set by: @ada
             | (#1 • 2027-03-01T12:00:00.000000+00:00)
             [Again in 10 min] [Again in 1 hour]
        bot in #general: @everyone (pings everyone)
             | **⏰ Reminder: Live session**
             | Be there
             | When: Mon 2027-03-01 13:00 UTC (in 0 seconds)
             | Where: Stage
             | Set by: @ada
             | (#1 • 2027-03-01T13:00:00.000000+00:00)
             [Again in 10 min] [Again in 1 hour]
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
        bot opens a form for ann: New reminder
             What* (short, up to 100):
             When* (short, up to 100): tomorrow
               Such as “tomorrow 19:30” or “elke maandag om 20:00”; clock: Europe/Brussels
             What it says besides (long, up to 1500):
             Where it takes place (short, up to 200):
             How long before (short, up to 60): 0
               Such as “1d, 1h, 0”; 0 is at the moment itself
        ann in #help: /reminder add when:tomorrow what:Tea image:javascript:alert(1)
        bot: A picture is a web address that starts with `https://`; correct it, or leave it out. (only ann sees this)
        ann in #help: /reminder add when:tomorrow what:Tea zone:Mars/Base
        bot: There is no such time zone; pick one that is suggested, such as `Europe/Brussels`. (only ann sees this)
        ann in #help: /reminder add when:tomorrow what:Tea mention:@everyone
        bot: Reminders may not call everybody here; `/config reminders set` can allow it. (only ann sees this)
        ann in #help: /reminder add when:tomorrow what:Tea mention:@&keepers
        bot: You may not mention @keepers there yourself; leave it out, or ask a manager of reminders. (only ann sees this)
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

        “1/2/2027” has passed
        Tuesday 1 February 2028, 09:00 (Europe/Brussels)

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
               Such as “tomorrow 19:30” or “elke maandag om 20:00”; clock: Europe/Brussels
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
               Such as “tomorrow 19:30” or “elke maandag om 20:00”; clock: Europe/Brussels
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
             [Fill it in again]
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
             <select: Choose one or more>
               - #1 Stand-up!
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
async fn whom_it_called_can_put_it_off() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea mention:@bob").await;
    later(&world, 10).await;
    world.screen().await;
    world.clicks("mia", "Again in 10 min").await;
    let screen = world.screen().await;
    assert!(screen.contains("I say it to you again in 10m"), "mia has the admin role: {screen}");
    world.clicks("bob", "Again in 10 min").await;
    world.clicks("bob", "Again in 1 hour").await;
    world.screen().await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("⏰ Reminder: Tea").count(), 1, "bob's is an hour away: {screen}");
    later(&world, 50).await;
    let screen = world.screen().await;
    assert!(screen.contains("@bob (pings bob)") && screen.matches("⏰ Reminder: Tea").count() == 1, "{screen}");
    world.discord.guild(HOME).member("carl", &[]);
    world.clicks("carl", "Again in 1 hour").await;
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
    world.person("ann").in_dm().clicks("Again in 10 min").await;
    let screen = world.screen().await;
    assert!(screen.contains("I say it to you again in 10m"), "{screen}");
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
    assert!(screen.contains("Only managers of reminders see those of others"), "{screen}");
}

#[tokio::test]
async fn the_language_of_a_server_is_that_of_its_reminders() {
    let world = World::new().await;
    world.types("ada", "/config system set language:Nederlands").await;
    world.types("ann", "/reminder event when:11:00 what:Vergadering place:Zaal 2 ahead:0").await;
    world.screen().await;
    later(&world, 70).await;
    expect![[r#"
        bot in #help: @ann (pings ann)
             ⏳ Dit komt te laat; het was bedoeld voor 10:00 UTC.
             | **⏰ Herinnering: Vergadering**
             | Wanneer: Mon 2027-03-01 10:00 UTC (10 minutes ago)
             | Waar: Zaal 2
             | Ingesteld door: @ann
             | (#1 • 2027-03-01T10:00:00.000000+00:00)
             [Over 10 minuten opnieuw] [Over 1 uur opnieuw]
    "#]]
    .assert_eq(&world.screen().await);
}
