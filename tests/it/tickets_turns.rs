//! Whose turn it is in a ticket: what was said counts at the moment at which it was said, however late it is read.

use jiff::SignedDuration;

use crate::support::World;
use crate::tickets::{desk, opens};

/// Ann's ticket, of a kind in which an answer is called for after an hour.
async fn late_after_an_hour() -> World {
    let world = desk().await;
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Times").await;
    world.submits("ada", &[("Alert if nobody answers within", "1h")]).await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.screen().await;
    world
}

/// What is seen after so many minutes, when cron has passed.
async fn after(world: &World, minutes: i64) -> String {
    world.clock.advance(SignedDuration::from_mins(minutes));
    world.a_minute_passes().await;
    world.settle().await;
    world.screen().await
}

#[tokio::test]
async fn what_the_staff_wrote_before_the_ticket_waits_for_them_is_no_answer() {
    for (who, pressed) in [("sam", "Escalate"), ("ann", "Keep it open")] {
        let world = late_after_an_hour().await;
        let sam = world.person("sam").in_channel("ticket-1");
        if pressed == "Keep it open" {
            sam.types("/ticket ask-close").await;
            world.settle().await;
            world.screen().await;
        }
        sam.types("I do not know that").await;
        world.clock.advance(SignedDuration::from_mins(1));
        world.person(who).in_channel("ticket-1").clicks(pressed).await;
        if pressed == "Escalate" {
            sam.submits(&[("Why is it escalated?", "It is a lot")]).await;
        }
        world.settle().await;
        world.screen().await;
        let screen = after(&world, 10).await;
        assert!(!screen.contains("🔔"), "{screen}");
        let screen = after(&world, 51).await;
        assert!(screen.contains("🔔"), "nobody is called after {pressed}: {screen}");
    }
}

#[tokio::test]
async fn who_was_answered_by_a_command_does_not_wait_once_more() {
    for command in ["/tag send name:Hello", "/ticket ask-close"] {
        let world = late_after_an_hour().await;
        world.types("sam", "/tag add").await;
        world.submits("sam", &[("Name", "Hello"), ("Reply", "It takes three days.")]).await;
        world.screen().await;
        let (ann, sam) = (world.person("ann").in_channel("ticket-1"), world.person("sam").in_channel("ticket-1"));
        world.clock.advance(SignedDuration::from_mins(1));
        ann.types("Is there news?").await;
        world.clock.advance(SignedDuration::from_mins(2));
        sam.types(command).await;
        world.settle().await;
        world.screen().await;
        for minutes in [10, 120] {
            let screen = after(&world, minutes).await;
            assert!(!screen.contains("🔔"), "{command} was an answer: {screen}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_waited_for_is_not_late_when_it_comes() {
    let world = late_after_an_hour().await;
    let (ann, sam) = (world.person("ann").in_channel("ticket-1"), world.person("sam").in_channel("ticket-1"));
    world.clock.advance(SignedDuration::from_mins(1));
    ann.types("It did not arrive").await;
    world.clock.advance(SignedDuration::from_mins(2));
    sam.clicks("Wait for user").await;
    world.settle().await;
    world.screen().await;
    after(&world, 10).await;
    world.clock.advance(SignedDuration::from_hours(48));
    ann.types("It is order 4").await;
    let screen = after(&world, 6).await;
    assert!(screen.contains("💬 @ann answered.") && !screen.contains("🔔"), "{screen}");
    // From then on she waits.
    let screen = after(&world, 61).await;
    assert!(screen.contains("🔔"), "{screen}");
}

#[tokio::test]
async fn an_answer_has_the_time_at_which_it_was_written_and_its_question_loses_its_buttons() {
    let world = late_after_an_hour().await;
    let (ann, sam) = (world.person("ann").in_channel("ticket-1"), world.person("sam").in_channel("ticket-1"));
    sam.types("/ticket ask-close").await;
    world.settle().await;
    world.screen().await;
    world.clock.advance(SignedDuration::from_mins(1));
    ann.types("No, wait").await;
    after(&world, 6).await;
    sam.types("/ticket show").await;
    let screen = world.screen().await;
    let line = screen.lines().find(|line| line.contains("answered")).unwrap_or_else(|| panic!("{screen}"));
    assert!(line.contains("09:01"), "{line}");
    for button in ["Close it", "Keep it open"] {
        ann.clicks(button).await;
        let screen = world.screen().await;
        assert!(screen.contains("➡️ Nobody asks any more"), "{screen}");
        assert!(!screen.lines().any(|line| line.starts_with("     [")), "{screen}");
        if button == "Close it" {
            // It is asked once more, and answered once more.
            sam.types("/ticket ask-close").await;
            world.settle().await;
            world.clock.advance(SignedDuration::from_mins(1));
            ann.types("Not yet").await;
            after(&world, 6).await;
        }
    }
}
