//! Announcements that become reminders.

use expect_test::expect;
use twilight_model::guild::Permissions;

use crate::support::{HOME, World, apart};

async fn watched() -> World {
    let world = World::new().await;
    world.discord.set_message_content(true);
    world.discord.guild(HOME).channel("news").channel("log");
    world.types("ada", "/config announcements set channel:#news").await;
    world.types("ada", "/config system set log-channel:#log").await;
    world.discord.post(HOME, "news", "ada", "Before\nDate: 9/3/2027\nTime: 20:00");
    world.a_minute_passes().await;
    world.screen().await;
    world
}

#[tokio::test]
async fn an_announcement_becomes_a_reminder_once_and_follows_its_edits() {
    let world = watched().await;
    let ada = world.person("ada").in_channel("news");
    let text = "Big quiz!\nDate: 5 March 2027\nTime: 20:00\nLocation: Main hall";
    let quiz = world.discord.post(HOME, "news", "ada", text);
    ada.types("Good morning, all").await;
    world.a_minute_passes().await;
    world.a_minute_passes().await;
    let (_, log) = apart(&world.screen().await, "log");
    for part in [
        "**🔔 A reminder was made of an announcement**\n     | #1 Big quiz! · 2027-03-05 20:00 · https://discord.com/channels/",
        "**🔕 No reminder made of an announcement**",
        "I find no time in it; add a line such as `Time: 20:00`.",
    ] {
        assert_eq!(log.matches(part).count(), 1, "{part}: {log}");
    }
    ada.on(&quiz).edits("Big quiz!\nDate: 6 March 2027\nTime: 21:00").await;
    world.a_minute_passes().await;
    world.types("ada", "/reminder list all:true").await;
    let (screen, log) = apart(&world.screen().await, "log");
    assert!(log.contains("🔔 A reminder follows its announcement"), "{log}");
    // As it was edited, in the list, and in the menu below that.
    assert_eq!(screen.matches("Big quiz!").count(), 3, "{screen}");
    expect![[r#"
        ada in #help: /reminder list all:true
        bot: (only ada sees this)
             | **Reminders**
             | **#1** Big quiz! · Sat 2027-03-06 19:00 UTC · #news · @ada
             <select: Choose one or more>
               - #1 Big quiz!
    "#]]
    .assert_eq(&screen[screen.find("ada in #help").expect("a list")..]);
}

#[tokio::test]
async fn while_reminders_are_off_none_is_made_of_an_announcement() {
    let world = watched().await;
    world.types("ada", "/config reminders set enabled:False").await;
    let text = "Big quiz!\nDate: 5 March 2027\nTime: 20:00\nLocation: Main hall";
    world.discord.post(HOME, "news", "ada", text);
    world.a_minute_passes().await;
    assert!(!world.screen().await.contains("A reminder was made"));
    world.types("ada", "/config reminders set enabled:True").await;
    world.a_minute_passes().await;
    assert!(world.screen().await.contains("A reminder was made of an announcement"), "it is still new");
}

#[tokio::test]
async fn what_somebody_set_by_hand_stays_when_an_announcement_is_edited() {
    let world = watched().await;
    let ada = world.person("ada").in_channel("news");
    let text = "Big quiz!\nDate: 5 March 2027\nTime: 20:00\nLocation: Main hall";
    let quiz = world.discord.post(HOME, "news", "ada", text);
    world.a_minute_passes().await;
    world.types("mia", "/reminder edit reminder:1 channel:#general mention:@ann").await;
    world.types("mia", "/reminder edit reminder:1").await;
    world.submits("mia", &[("What", "The quiz")]).await;
    world.screen().await;
    ada.on(&quiz).edits("Big quizz!\nDate: 6 March 2027\nTime: 20:00\nLocation: Attic").await;
    world.a_minute_passes().await;
    let (_, log) = apart(&world.screen().await, "log");
    assert!(log.contains("· as somebody has set it: name, channel"), "{log}");
    world.types("mia", "/reminder show reminder:1").await;
    expect![[r#"
        mia in #help: /reminder show reminder:1
        bot: (only mia sees this)
             | **The quiz**
             | Big quizz!
             | Date: 6 March 2027
             | Time: 20:00
             | Location: Attic
             | Next: Sat 2027-03-06 18:00 UTC (in 5 days)
             | Begins: Sat 2027-03-06 19:00 UTC
             | Where: #general
             | Said: 1h ahead, at the start
             | Place: Attic
             | Calls: @ann
             | Original: https://discord.com/channels/1191169165885440000/1191182252113920000/1609863046103040007
             | Set by: @ada
             | (Reminder #1)
             [Edit] [Pause] [Delete (danger)]
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn without_the_right_to_read_it_says_so_once() {
    let world = watched().await;
    world.discord.set_message_content(false);
    let ada = world.person("ada").in_channel("news");
    ada.types("Big quiz!\nDate: 5 March 2027\nTime: 20:00").await;
    world.a_minute_passes().await;
    ada.types("Another\nDate: 6 March 2027\nTime: 20:00").await;
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("The message content intent is off for me").count(), 1, "{screen}");
}

#[tokio::test]
async fn many_at_once_are_all_read() {
    let world = watched().await;
    let ada = world.person("ada").in_channel("news");
    for n in 0..230 {
        ada.types(&format!("Quiz {n}\nDate: 5 March 2027\nTime: 20:00")).await;
    }
    world.a_minute_passes().await;
    world.screen().await;
    let made: i64 =
        sqlx::query_scalar("select count(*) from reminder").fetch_one(&world.db().await).await.expect("a number");
    assert_eq!(made, 230);
}

#[tokio::test]
async fn an_announcement_that_was_unclear_is_read_again_when_it_is_mended() {
    let world = watched().await;
    let ada = world.person("ada").in_channel("news");
    let quiz = world.discord.post(HOME, "news", "ada", "Big quiz!\nDate: 5 March 2027");
    world.a_minute_passes().await;
    ada.on(&quiz).edits("Big quiz!\nDate: 5 March 2027\nTime: 20:00").await;
    world.a_minute_passes().await;
    world.a_minute_passes().await;
    let (_, log) = apart(&world.screen().await, "log");
    assert_eq!(log.matches("I find no time in it").count(), 1, "{log}");
    assert_eq!(log.matches("🔔 A reminder was made of an announcement").count(), 1, "{log}");
}

#[tokio::test]
async fn a_channel_that_is_hidden_is_told_of_once_and_left_alone() {
    let world = watched().await;
    world.discord.guild(HOME).overwrite("news", "bot", Permissions::empty(), Permissions::VIEW_CHANNEL);
    for _ in 0..5 {
        world.a_minute_passes().await;
    }
    let screen = world.screen().await;
    assert_eq!(screen.matches("🚨 Announcements are not read").count(), 1, "{screen}");
    assert_eq!(world.discord.take_problems().len(), 1);
}
