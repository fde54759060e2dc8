//! Reminders on the dashboard: the month, and one that is written there.

use alphapy::settings::System;
use expect_test::expect;
use serde_json::json;

use crate::dashboard::logged_in;
use crate::dashboard_pages::{is_clean, page};
use crate::support::{HOME, World};

/// Texts that would do something if they were not taken as text.
const EVIL: &str = "<b>x</b><img src=x onerror=alert(2)>";

async fn read(world: &World, desk: &crate::support::Instance) -> String {
    crate::support::settle(&desk.bot.app).await;
    world.screen().await
}

#[tokio::test]
async fn a_month_shows_what_comes_on_each_day_by_the_servers_clocks() {
    let world = World::new().await;
    // In Brussels the clocks go forward on 28 March: what comes at 23:30 UTC comes on another day there.
    for line in [
        "/reminder add when:every monday 20:00 what:feed the cat",
        "/reminder add when:2027-03-31 23:30 zone:UTC what:close the books",
        "/reminder add when:every day at 7:00 what:wake up",
    ] {
        world.types("ann", line).await;
    }
    world.types("bob", "/reminder add when:2027-03-05 9:00 what:call home").await;
    world.screen().await;
    let desk = world.dashboard().await;
    let mut ann = logged_in(&desk, "ann").await;
    ann.opens(&page(&world, "/reminders")).await;
    ann.follows("Calendar").await;
    expect![[r#"
        # Your reminders: March 2027
        [New reminder][List]
        By the clocks of Europe/Brussels
        March 2027
        | Mon | Tue | Wed | Thu | Fri | Sat | Sun |
        | 1 Mon
        - [20:00 feed the cat] | 2 Tue
        - [07:00 wake up] | 3 Wed
        - [07:00 wake up] | 4 Thu
        - [07:00 wake up] | 5 Fri
        - [07:00 wake up] | 6 Sat
        - [07:00 wake up] | 7 Sun
        - [07:00 wake up] |
        | 8 Mon
        - [07:00 wake up]
        - [20:00 feed the cat] | 9 Tue
        - [07:00 wake up] | 10 Wed
        - [07:00 wake up] | 11 Thu
        - [07:00 wake up] | 12 Fri
        - [07:00 wake up] | 13 Sat
        - [07:00 wake up] | 14 Sun
        - [07:00 wake up] |
        | 15 Mon
        - [07:00 wake up]
        - [20:00 feed the cat] | 16 Tue
        - [07:00 wake up] | 17 Wed
        - [07:00 wake up] | 18 Thu
        - [07:00 wake up] | 19 Fri
        - [07:00 wake up] | 20 Sat
        - [07:00 wake up] | 21 Sun
        - [07:00 wake up] |
        | 22 Mon
        - [07:00 wake up]
        - [20:00 feed the cat] | 23 Tue
        - [07:00 wake up] | 24 Wed
        - [07:00 wake up] | 25 Thu
        - [07:00 wake up] | 26 Fri
        - [07:00 wake up] | 27 Sat
        - [07:00 wake up] | 28 Sun
        - [07:00 wake up] |
        | 29 Mon
        - [07:00 wake up]
        - [20:00 feed the cat] | 30 Tue
        - [07:00 wake up] | 31 Wed
        - [07:00 wake up] | | | | |
        [April 2027]
    "#]]
    .assert_eq(&ann.main());
    assert!(!ann.main().contains("call home"), "{}", ann.main());
    ann.follows("April 2027").await;
    assert!(ann.path().contains("month=2027-04"), "{}", ann.path());
    assert!(ann.main().contains("01:30 close the books"), "{}", ann.main());
    // What is over is no month, nor is one that is none.
    for month in ["2027-02", "1", "9999-01", "2027-13", "<b>"] {
        ann.opens(&page(&world, &format!("/reminders/calendar?month={month}"))).await;
        assert!(ann.status == 200 && ann.main().starts_with("# Your reminders: March 2027\n"), "{month}");
    }
    // What is paused comes on no day, and a manager sees those of all.
    ann.opens(&page(&world, "/reminders/3")).await;
    ann.presses("Pause").await;
    ann.opens(&page(&world, "/reminders/calendar")).await;
    assert!(!ann.main().contains("wake up") && ann.main().contains("1 reminder is paused"), "{}", ann.main());
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/reminders/calendar?whose=all")).await;
    assert!(ada.main().contains("09:00 call home") && ada.main().contains("20:00 feed the cat"), "{}", ada.main());
    ada.headers[0].1 = "nl".to_owned();
    ada.opens(&page(&world, "/reminders/calendar?month=2027-10&whose=all")).await;
    expect![[r#"
        # Herinneringen: oktober 2027
        [Nieuwe herinnering][Lijst][Je herinneringen]
        Volgens de klok van Europe/Brussels
        oktober 2027
        | ma | di | wo | do | vr | za | zo |
        | | | | | 1 vr | 2 za | 3 zo |
        | 4 ma
        - [20:00 feed the cat] | 5 di | 6 wo | 7 do | 8 vr | 9 za | 10 zo |
        | 11 ma
        - [20:00 feed the cat] | 12 di | 13 wo | 14 do | 15 vr | 16 za | 17 zo |
        | 18 ma
        - [20:00 feed the cat] | 19 di | 20 wo | 21 do | 22 vr | 23 za | 24 zo |"#]]
    .assert_eq(ada.main().lines().take(12).collect::<Vec<_>>().join("\n").as_str());
    read(&world, &desk).await;
    world.discord.take_problems();
}

#[tokio::test]
async fn a_reminder_is_looked_at_before_it_is_made() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ann = logged_in(&desk, "ann").await;
    ann.opens(&page(&world, "/reminders")).await;
    ann.follows("New reminder").await;
    expect![[r#"
        # New reminder
        Times are read by the clocks of Europe/Brussels.
        What <>
        When
        Such as “tomorrow 19:30” or “elke maandag om 20:00”
        <>
        What it says besides <
        >
        Where it takes place <>
        How long before
        Such as “1d, 1h, 0”; 0 is at the moment itself
        <>
        Where <Where reminders of this server go*, direct message, #help, #general>
        Calls <Nobody*, @everyone, @Alphapy, @keepers, @admins>
        Address of a picture <>
        (Save) (See when it comes) [Leave it as it was]
        ## When it comes
        Write when, and look here before you save it.
    "#]]
    .assert_eq(&ann.main());
    ann.fills(&[("What", "Night watch"), ("When", "blorp")], "Save").await;
    assert!(
        ann.status == 422 && ann.html.contains("id=\"wrong-when\"") && ann.main().contains("<blorp>"),
        "{}",
        ann.html
    );
    ann.fills(&[("When", "every sunday at 02:30")], "See when it comes").await;
    expect![[r#"
        # New reminder
        Times are read by the clocks of Europe/Brussels.
        What <Night watch>
        When
        Such as “tomorrow 19:30” or “elke maandag om 20:00”
        <every sunday at 02:30>
        What it says besides <
        >
        Where it takes place <>
        How long before
        Such as “1d, 1h, 0”; 0 is at the moment itself
        <>
        Where <Where reminders of this server go*, direct message, #help, #general>
        Calls <Nobody*, @everyone, @Alphapy, @keepers, @admins>
        Address of a picture <>
        (Save) (See when it comes) [Leave it as it was]
        ## When it comes
        - Sun 7 Mar 2027, 02:30
        - Sun 14 Mar 2027, 02:30
        - Sun 21 Mar 2027, 02:30
        - Sun 28 Mar 2027, 03:00 (clocks skip 02:30, so it comes at 03:00)
        - Sun 4 Apr 2027, 02:30
        - Sun 11 Apr 2027, 02:30
        - Sun 18 Apr 2027, 02:30
        - Sun 25 Apr 2027, 02:30
        - Sun 2 May 2027, 02:30
        - Sun 9 May 2027, 02:30
        Summer time from Sunday 28 March 2027 (Europe/Brussels): it goes on coming at the same time by the clock.
    "#]]
    .assert_eq(&ann.main());
    assert_eq!(read(&world, &desk).await, "", "nothing is made yet");
    ann.fills(&[("What it says besides", EVIL), ("Where", "#general"), ("Calls", "@everyone")], "Save").await;
    assert_eq!(ann.status, 422, "{}", ann.main());
    assert!(ann.html.contains("id=\"wrong-calls\"") && is_clean(&ann), "{}", ann.html);
    ann.fills(&[("Calls", "Nobody")], "Save").await;
    expect![[r#"
        # Reminder #1
        Made #1 Night watch.
        Night watch
        <b>x</b><img src=x onerror=alert(2)>
        Next: Sun 7 Mar 2027, 02:30 (Sun 7 Mar 2027, 02:30)
        Repeats: every Sunday at 02:30 (Europe/Brussels)
        Where: #general
        Set by: @ann
        Reminder #1
        (Pause)
        [Change][Delete]
        ## When it comes
        - Sun 7 Mar 2027, 02:30
        - Sun 14 Mar 2027, 02:30
        - Sun 21 Mar 2027, 02:30
        - Sun 28 Mar 2027, 03:00 (clocks skip 02:30, so it comes at 03:00)
        - Sun 4 Apr 2027, 02:30
        - Sun 11 Apr 2027, 02:30
        - Sun 18 Apr 2027, 02:30
        - Sun 25 Apr 2027, 02:30
        - Sun 2 May 2027, 02:30
        - Sun 9 May 2027, 02:30
        Summer time from Sunday 28 March 2027 (Europe/Brussels): it goes on coming at the same time by the clock.
    "#]]
    .assert_eq(&ann.main());
    assert!(is_clean(&ann), "{}", ann.html);
    // Whoever presses twice makes one.
    ann.opens(&page(&world, "/reminders/new")).await;
    let (_, to, pairs) = ann.form(&[("What", "Once"), ("When", "tomorrow 9:00"), ("Where", "#general")], "Save");
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ann.posts(&to, &pairs).await;
    ann.posts(&to, &pairs).await;
    ann.opens(&page(&world, "/reminders")).await;
    assert_eq!(ann.main().matches("Once").count(), 1, "{}", ann.main());
    read(&world, &desk).await;
    world.discord.take_problems();
}

#[tokio::test]
async fn two_who_change_a_reminder_do_not_undo_each_other() {
    let world = World::new().await;
    world.sets::<System>("time_zone", Some(json!("Europe/Brussels"))).await;
    world.types("ann", "/reminder add when:every monday 20:00 what:feed the cat message:Fish").await;
    world.types("bob", "/reminder add when:2027-03-05 9:00 what:secret direct:true").await;
    world.screen().await;
    let desk = world.dashboard().await;
    let (mut ann, mut ada) = (logged_in(&desk, "ann").await, logged_in(&desk, "ada").await);
    for browser in [&mut ann, &mut ada] {
        browser.opens(&page(&world, "/reminders/1/edit")).await;
    }
    expect![[r#"
        # Reminder #1
        Times are read by the clocks of Europe/Brussels.
        What <feed the cat>
        When
        Such as “tomorrow 19:30” or “elke maandag om 20:00”
        <every monday 20:00>
        What it says besides <
        Fish>
        Where it takes place <>
        How long before
        Such as “1d, 1h, 0”; 0 is at the moment itself
        <0>
        Where <direct message, #help*, #general>
        Calls <Nobody*, @everyone, @Alphapy, @keepers, @admins>
        Address of a picture <>
        (Save) (See when it comes) [Leave it as it was]
        ## When it comes
        - Mon 1 Mar 2027, 20:00
        - Mon 8 Mar 2027, 20:00
        - Mon 15 Mar 2027, 20:00
        - Mon 22 Mar 2027, 20:00
        - Mon 29 Mar 2027, 20:00
        - Mon 5 Apr 2027, 20:00
        - Mon 12 Apr 2027, 20:00
        - Mon 19 Apr 2027, 20:00
        - Mon 26 Apr 2027, 20:00
        - Mon 3 May 2027, 20:00
        Summer time from Sunday 28 March 2027 (Europe/Brussels): it goes on coming at the same time by the clock.
    "#]]
    .assert_eq(&ann.main());
    ann.fills(&[("When", "every tuesday 21:00")], "Save").await;
    ada.fills(&[("What it says besides", "Milk"), ("Where", "#general")], "Save").await;
    assert_eq!(ada.status, 200, "{}", ada.main());
    assert!(ada.main().contains("every Tuesday at 21:00") && ada.main().contains("Where: #general"), "{}", ada.main());
    for browser in [&mut ann, &mut ada] {
        browser.opens(&page(&world, "/reminders/1/edit")).await;
    }
    ann.fills(&[("What it says besides", "Tuna")], "Save").await;
    ada.fills(&[("What it says besides", "Cream")], "Save").await;
    assert_eq!(ada.status, 422);
    assert!(ada.main().contains("Somebody else has changed") && ada.main().contains("Cream"), "{}", ada.main());
    // What is said to one alone nobody else reads or writes.
    ada.opens(&page(&world, "/reminders/2/edit")).await;
    assert!(ada.status == 404 && !ada.text().contains("secret"), "{}", ada.text());
    ada.posts(&page(&world, "/reminders/2/edit"), &[("name", "x"), ("when", "tomorrow 9:00")]).await;
    assert_eq!(ada.status, 422);
    ann.opens(&page(&world, "/reminders/2/edit")).await;
    assert_eq!(ann.status, 404);
    read(&world, &desk).await;
    world.discord.take_problems();
}

#[tokio::test]
async fn nobody_is_offered_a_channel_that_they_do_not_see() {
    let world = World::new().await;
    world.discord.guild(HOME).channel("keep").private("keep", &["keepers", "bot"]);
    let desk = world.dashboard().await;
    for (who, is_shown) in [("ann", false), ("ada", true)] {
        let mut browser = logged_in(&desk, who).await;
        browser.opens(&page(&world, "/reminders/new")).await;
        assert_eq!((browser.status, browser.main().contains("#keep>")), (200, is_shown), "{}", browser.main());
    }
    // Nor told its name by a text that names it.
    let named = format!("/reminder add when:tomorrow 9:00 what:Keys message:See <#{}>", world.channel("#keep"));
    world.types("ann", &named).await;
    world.screen().await;
    for (who, is_shown) in [("ann", false), ("ada", true)] {
        let mut browser = logged_in(&desk, who).await;
        browser.opens(&page(&world, "/reminders/1")).await;
        assert_eq!((browser.status, browser.main().contains("See #keep")), (200, is_shown), "{}", browser.main());
    }
    // Whoever may make none is not told either, whatever they send.
    world.sets::<alphapy::reminders::Settings>("creator_role", Some(json!(world.role("keepers").to_string()))).await;
    let other = world.dashboard().await;
    let mut bob = logged_in(&other, "bob").await;
    bob.opens(&page(&world, "/reminders/new")).await;
    assert_eq!(bob.status, 404);
    for pairs in [&[("do", "look"), ("when", "blorp")][..], &[("when", "tomorrow 9:00")]] {
        bob.posts(&page(&world, "/reminders/new"), pairs).await;
        assert!(bob.status >= 400 && !bob.text().contains("#general"), "{}", bob.text());
    }
    read(&world, &other).await;
    read(&world, &desk).await;
    world.discord.take_problems();
}

#[tokio::test]
async fn what_comes_every_hour_is_on_each_day_of_the_month() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:every hour what:drink").await;
    world.screen().await;
    let desk = world.dashboard().await;
    let mut ann = logged_in(&desk, "ann").await;
    ann.opens(&page(&world, "/reminders/calendar?month=2027-04")).await;
    // Three of each day are shown, and that there are more.
    assert_eq!(ann.main().matches("drink").count(), 3 * 30, "{}", ann.main());
    assert_eq!(ann.main().matches("02:00 and on drink").count(), 30, "{}", ann.main());
    read(&world, &desk).await;
    world.discord.take_problems();
}

#[tokio::test]
async fn what_was_only_looked_at_undoes_nothing() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:every monday 20:00 what:feed the cat").await;
    world.screen().await;
    let desk = world.dashboard().await;
    let (mut ann, mut ada) = (logged_in(&desk, "ann").await, logged_in(&desk, "ada").await);
    for browser in [&mut ann, &mut ada] {
        browser.opens(&page(&world, "/reminders/1/edit")).await;
    }
    ada.fills(&[("Where", "#general")], "Save").await;
    ann.presses("See when it comes").await;
    ann.fills(&[("What it says besides", "Fish")], "Save").await;
    assert!(ann.status == 200 && ann.main().contains("Where: #general"), "{}", ann.main());
    // Both have changed it: the second is asked.
    for browser in [&mut ann, &mut ada] {
        browser.opens(&page(&world, "/reminders/1/edit")).await;
    }
    ada.fills(&[("Where", "#help")], "Save").await;
    ann.fills(&[("Where", "direct message")], "Save").await;
    assert_eq!(ann.status, 422);
    assert!(ann.main().contains("Somebody else has changed “Where”"), "{}", ann.main());
    read(&world, &desk).await;
    world.discord.take_problems();
}
