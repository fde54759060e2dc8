//! What members do with reminders without typing: forms that open by themselves, buttons, several at once; and whose clocks count.

use expect_test::expect;
use jiff::SignedDuration;

use crate::reminders::later;
use crate::support::{HOME, World};

#[tokio::test]
async fn who_made_a_reminder_is_pinged_unless_it_mentions_others_or_the_server_does_not_want_that() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.types("ann", "/reminder add when:in 10m what:Milk mention:@bob").await;
    world.types("ann", "/reminder add when:in 10m what:Bread direct:true").await;
    world.screen().await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("bot in #help: @ann (pings ann)").count(), 1, "{screen}");
    assert_eq!(screen.matches("bot in #help: @bob (pings bob)").count(), 1, "{screen}");
    assert!(!screen.contains("in DM with ann: @ann"), "{screen}");
    world.types("ada", "/config reminders set ping-maker:false").await;
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.screen().await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert!(!screen.contains("(pings ann)"), "{screen}");
}

#[tokio::test]
async fn without_what_or_when_the_form_opens_with_the_rest_filled_in() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:tomorrow 9:00 message:Green channel:#general mention:@bob").await;
    world.submits("ann", &[("What", "Tea")]).await;
    world.types("ann", "/reminder event what:Party").await;
    world.submits("ann", &[("When", "friday 20:00")]).await;
    expect![[r#"
        ann in #help: /reminder add when:tomorrow 9:00 message:Green channel:#general mention:@bob
        bot opens a form for ann: New reminder
             What* (short, up to 100):
             When* (short, up to 100): tomorrow 9:00
               Such as “tomorrow 19:30” or “elke maandag om 20:00”; clock: Europe/Brussels
             What it says besides (long, up to 1500): Green
             Where it takes place (short, up to 200):
             How long before (short, up to 60): 0
               Such as “1d, 1h, 0”; 0 is at the moment itself
        ann submits What="Tea"
        bot: Made #1 **Tea**. (only ann sees this)
             | **Tea**
             | Green
             | Next: Tue 2027-03-02 08:00 UTC (in 23 hours)
             | Where: #general
             | Calls: @bob
             | Set by: @ann
             | (Reminder #1)
        ann in #help: /reminder event what:Party
        bot opens a form for ann: New reminder
             What* (short, up to 100): Party
             When* (short, up to 100):
               Such as “tomorrow 19:30” or “elke maandag om 20:00”; clock: Europe/Brussels
             What it says besides (long, up to 1500):
             Where it takes place (short, up to 200):
             How long before (short, up to 60): 1h, 0
               Such as “1d, 1h, 0”; 0 is at the moment itself
        ann submits When="friday 20:00"
        bot: Made #2 **Party**. (only ann sees this)
             | **Party**
             | Next: Fri 2027-03-05 18:00 UTC (in 4 days)
             | Begins: Fri 2027-03-05 19:00 UTC
             | Where: #help
             | Said: 1h ahead, at the start
             | Set by: @ann
             | (Reminder #2)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn the_form_keeps_the_picture_the_zone_and_the_template_that_stand_in_none_of_its_inputs() {
    let world = World::new().await;
    world.discord.guild(HOME).also("Alphapy", twilight_model::guild::Permissions::MENTION_EVERYONE);
    let everything = "when:tomorrow 9:00 image:https://example.com/a.png zone:Asia/Tokyo channel:#general mention:@bob";
    world.types("ann", &format!("/reminder add {everything}")).await;
    let screen = world.screen().await;
    assert!(screen.contains("clock: Asia/Tokyo"), "{screen}");
    world.submits("ann", &[("What", "Tea")]).await;
    let screen = world.screen().await;
    // Nine o'clock in Tokyo.
    assert!(screen.contains("Next: Tue 2027-03-02 00:00 UTC"), "{screen}");
    assert!(screen.contains("Where: #general") && screen.contains("Calls: @bob"), "{screen}");
    let picture: Option<String> =
        sqlx::query_scalar("select image_url from reminder").fetch_one(&world.db().await).await.expect("a reminder");
    assert_eq!(picture.as_deref(), Some("https://example.com/a.png"));
    // What a template says besides what stands in the form.
    world.types("ada", "/reminder event when:friday 20:00 what:Party channel:#general mention:@&keepers").await;
    world.types("ada", "/reminder template-save reminder:2 name:Party").await;
    world.types("ada", "/reminder event template:Party").await;
    world.submits("ada", &[("When", "saturday 20:00")]).await;
    let screen = world.screen().await;
    let made = screen.split("Made #3").nth(1).unwrap_or_else(|| panic!("{screen}"));
    assert!(made.contains("Where: #general") && made.contains("Calls: @keepers"), "{made}");
    // What the form does not ask for cannot be put right in it.
    world.types("ann", "/reminder add when:tomorrow image:javascript:alert(1)").await;
    assert!(world.screen().await.contains("A picture is a web address"));
    // It is kept for as long as somebody may come back to the form.
    world.types("ann", "/reminder add when:tomorrow zone:Asia/Tokyo").await;
    world.clock.advance(SignedDuration::from_hours(49));
    world.a_minute_passes().await;
    world.submits("ann", &[("What", "Milk")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("What you said with the command is no longer kept; type it once more."), "{screen}");
}

#[tokio::test]
async fn a_reminder_is_changed_paused_put_off_and_deleted_by_its_buttons() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:every day 9:00 what:Tea").await;
    world.screen().await;
    world.types("ann", "/reminder show reminder:1").await;
    world.clicks("ann", "Pause").await;
    world.clicks("ann", "Resume").await;
    let screen = world.screen().await;
    assert!(!screen.contains("Again in"), "nothing was said yet: {screen}");
    later(&world, 24 * 60).await;
    world.screen().await;
    world.types("ann", "/reminder show reminder:1").await;
    world.clicks("ann", "Again in 10 min").await;
    world.clicks("ann", "Edit").await;
    world.submits("ann", &[("What", "Green tea")]).await;
    world.clicks("ann", "Delete").await;
    world.clicks("ann", "Delete").await;
    expect![[r#"
        ann in #help: /reminder show reminder:1
        bot: (only ann sees this)
             | **Tea**
             | Next: Wed 2027-03-03 08:00 UTC (in 23 hours)
             | Repeats: every day at 09:00 (Europe/Brussels)
             | Where: #help
             | Set by: @ann
             | (Reminder #1)
             [Edit] [Pause] [Again in 10 min] [Delete (danger)]
        ann clicks [Again in 10 min]
        bot: I say it to you again in 10m, 09:10 UTC. (only ann sees this)
        ann clicks [Edit]
        bot opens a form for ann: Reminder #1
             What* (short, up to 100): Tea
             When* (short, up to 100): every day 9:00
               Such as “tomorrow 19:30” or “elke maandag om 20:00”; clock: Europe/Brussels
             What it says besides (long, up to 1500):
             Where it takes place (short, up to 200):
             How long before (short, up to 60): 0
               Such as “1d, 1h, 0”; 0 is at the moment itself
        ann submits What="Green tea"
        bot: Changed #1 **Green tea**. (only ann sees this)
             | **Green tea**
             | Next: Wed 2027-03-03 08:00 UTC (in 23 hours)
             | Repeats: every day at 09:00 (Europe/Brussels)
             | Where: #help
             | Set by: @ann
             | (Reminder #1)
        ann clicks [Delete]
        bot edits: Delete #1 **Green tea**? (only ann sees this)
             [Delete (danger)] [Keep]
        ann clicks [Delete]
        bot edits: Deleted #1 **Green tea**. (only ann sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn several_are_chosen_from_a_list_and_paused_or_deleted_at_once() {
    let world = World::new().await;
    for what in ["Tea", "Milk", "Bread"] {
        world.types("ann", &format!("/reminder add when:tomorrow what:{what}")).await;
    }
    world.types("ann", "/reminder pause reminder:2").await;
    world.screen().await;
    world.types("ann", "/reminder list").await;
    world.person("ann").selects("Choose one or more", &["1", "2"]).await;
    world.clicks("ann", "Pause").await;
    world.settle().await;
    world.types("ann", "/reminder list").await;
    world.person("ann").selects("Choose one or more", &["1", "3"]).await;
    world.clicks("ann", "Delete").await;
    // Somebody changes one of them meanwhile.
    world.types("ada", "/reminder pause reminder:3").await;
    world.clicks("ann", "Delete").await;
    world.clicks("ann", "Delete").await;
    world.settle().await;
    world.types("ann", "/reminder list").await;
    world.person("ann").selects("Choose one or more", &["2"]).await;
    expect![[r#"
        ann in #help: /reminder list
        bot: (only ann sees this)
             | **Your reminders**
             | **#3** Bread · Tue 2027-03-02 08:00 UTC · #help · @ann
             | **#2** Milk · paused · #help · @ann
             | **#1** Tea · Tue 2027-03-02 08:00 UTC · #help · @ann
             <select: Choose one or more>
               - #3 Bread
               - #2 Milk
               - #1 Tea
        ann selects #1 Tea, #2 Milk in <Choose one or more>
        bot: (only ann sees this)
             | **2 reminders**
             | **#1** Tea · Tue 2027-03-02 08:00 UTC · #help · @ann
             | **#2** Milk · paused · #help · @ann
             [Pause] [Resume] [Delete (danger)]
        ann clicks [Pause]
        bot edits: Paused 1 reminder. (only ann sees this)
             #2 **Milk** is paused already.
        ann in #help: /reminder list
        bot: (only ann sees this)
             | **Your reminders**
             | **#3** Bread · Tue 2027-03-02 08:00 UTC · #help · @ann
             | **#2** Milk · paused · #help · @ann
             | **#1** Tea · paused · #help · @ann
             <select: Choose one or more>
               - #3 Bread
               - #2 Milk
               - #1 Tea
        ann selects #1 Tea, #3 Bread in <Choose one or more>
        bot: (only ann sees this)
             | **2 reminders**
             | **#1** Tea · paused · #help · @ann
             | **#3** Bread · Tue 2027-03-02 08:00 UTC · #help · @ann
             [Pause] [Resume] [Delete (danger)]
        ann clicks [Delete]
        bot edits: Delete these 2 reminders? (only ann sees this)
             | **2 reminders**
             | **#1** Tea · paused · #help · @ann
             | **#3** Bread · Tue 2027-03-02 08:00 UTC · #help · @ann
             [Delete (danger)] [Keep]
        ada in #help: /reminder pause reminder:3
        bot: Paused #3 **Bread**. (only ada sees this)
             | **Bread**
             | Next: paused
             | Where: #help
             | Set by: @ann
             | (Reminder #3)
        ann clicks [Delete]
        bot edits: Somebody has just changed it. Delete these 2 reminders? (only ann sees this)
             | **2 reminders**
             | **#1** Tea · paused · #help · @ann
             | **#3** Bread · paused · #help · @ann
             [Delete (danger)] [Keep]
        ann clicks [Delete]
        bot edits: Deleted 2 reminders. (only ann sees this)
        ann in #help: /reminder list
        bot: (only ann sees this)
             | **Your reminders**
             | **#2** Milk · paused · #help · @ann
             <select: Choose one or more>
               - #2 Milk
        ann selects #2 Milk in <Choose one or more>
        bot: (only ann sees this)
             | **Milk**
             | Next: paused
             | Where: #help
             | Set by: @ann
             | (Reminder #2)
             [Edit] [Resume] [Delete (danger)]
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_member_has_clocks_of_their_own() {
    let world = World::new().await;
    world.types("ann", "/reminder time-zone zone:America/New_York").await;
    world.types("ann", "/reminder add when:tomorrow 9:00 what:Tea").await;
    world.types("bob", "/reminder add when:tomorrow 9:00 what:Tea").await;
    world.types("ann", "/reminder add when:friday 9:00").await;
    world.submits("ann", &[("What", "Milk")]).await;
    world.types("ann", "/reminder time-zone zone:Mars/Base").await;
    world.types("ann", "/reminder time-zone").await;
    expect![[r#"
        ann in #help: /reminder time-zone zone:America/New_York
        bot: Times that you type are read by the clocks of America/New_York now. Reminders that are there already stay as they are. (only ann sees this)
        ann in #help: /reminder add when:tomorrow 9:00 what:Tea
        bot: Made #1 **Tea**. (only ann sees this)
             | **Tea**
             | Next: Tue 2027-03-02 14:00 UTC (in 1 day)
             | Where: #help
             | Set by: @ann
             | (Reminder #1)
        bob in #help: /reminder add when:tomorrow 9:00 what:Tea
        bot: Made #2 **Tea**. (only bob sees this)
             | **Tea**
             | Next: Tue 2027-03-02 08:00 UTC (in 23 hours)
             | Where: #help
             | Set by: @bob
             | (Reminder #2)
        ann in #help: /reminder add when:friday 9:00
        bot opens a form for ann: New reminder
             What* (short, up to 100):
             When* (short, up to 100): friday 9:00
               Such as “tomorrow 19:30” or “elke maandag om 20:00”; clock: America/New_York
             What it says besides (long, up to 1500):
             Where it takes place (short, up to 200):
             How long before (short, up to 60): 0
               Such as “1d, 1h, 0”; 0 is at the moment itself
        ann submits What="Milk"
        bot: Made #3 **Milk**. (only ann sees this)
             | **Milk**
             | Next: Fri 2027-03-05 14:00 UTC (in 4 days)
             | Where: #help
             | Set by: @ann
             | (Reminder #3)
        ann in #help: /reminder time-zone zone:Mars/Base
        bot: There is no such time zone; pick one that is suggested, such as `Europe/Brussels`. (only ann sees this)
        ann in #help: /reminder time-zone
        bot: Times that you type are read by the clocks of this server again (Europe/Brussels). (only ann sees this)
    "#]].assert_eq(&world.screen().await);
    world.types("ann", "/reminder time-zone zone:Asia/Tokyo").await;
    world.screen().await;
    let suggested = world.suggests("ann", "/reminder add when:tomorrow 9:00").await;
    assert_eq!(suggested[0].name, "Tuesday 2 March 2027, 09:00 (Asia/Tokyo)");
    let suggested = world.suggests("ann", "/reminder show reminder:tea").await;
    assert_eq!(suggested[0].name, "#1 Tea · Tue 2 Mar 2027, 23:00");
}
