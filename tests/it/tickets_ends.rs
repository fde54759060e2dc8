//! How tickets end, are opened again, and what is asked of their end.

use crate::support::{HOME, World};
use crate::tickets::{desk, opens};
use jiff::SignedDuration;

/// Ann's ticket, closed.
async fn closed() -> World {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.types("sam", "/ticket close reason:Paid ticket:1").await;
    world.settle().await;
    world.screen().await;
    world
}

#[tokio::test]
async fn a_ticket_whose_channel_is_gone_is_not_opened_again() {
    let world = closed().await;
    world.discord.guild(HOME).remove_channel("ticket-1");
    let row = async || -> (String, i32, Option<String>) {
        let row = "select status, revision, close_reason from ticket";
        sqlx::query_as(row).fetch_one(&world.db().await).await.expect("a row")
    };
    let before = row().await;
    world.types("sam", "/ticket reopen ticket:1").await;
    let screen = world.screen().await;
    let told = "The channel of ticket #1 was deleted, so it cannot be opened again";
    assert!(screen.contains(told) && !screen.contains("is now"), "{screen}");
    assert_eq!(row().await, before);
    assert_eq!(before.2.as_deref(), Some("Paid"));
    world.discord.take_problems();
}

#[tokio::test]
async fn a_question_about_an_end_deletes_nothing_after_another_end() {
    let world = closed().await;
    world.types("sam", "/ticket delete ticket:1").await;
    world.screen().await;
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    world.types("sofie", "/ticket reopen ticket:1").await;
    world.settle().await;
    world.person("ann").in_channel("ticket-1").types("It came back").await;
    world.types("sofie", "/ticket close reason:Refunded ticket:1").await;
    world.settle().await;
    world.screen().await;
    world.person("sam").clicks_on("Delete the channel", "Delete").await;
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert!(!screen.contains("bot deletes") && screen.contains("Delete the channel of ticket #1?"), "{screen}");
    // Who still wants it is taken at their word.
    world.person("sam").clicks_on("Delete the channel", "Delete").await;
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot deletes #ticket-1"), "{screen}");
}

#[tokio::test]
async fn each_end_of_a_ticket_is_rated_by_its_own_message() {
    let world = closed().await;
    world.clock.advance(SignedDuration::from_mins(1));
    world.types("sam", "/ticket reopen ticket:1").await;
    world.settle().await;
    world.screen().await;
    // It is open again: nobody asks how it was.
    world.person("ann").in_dm().clicks_on("Paid", "2 ★").await;
    assert!(world.screen().await.contains("This ticket was opened again"));
    world.types("sam", "/ticket close reason:Really ticket:1").await;
    world.settle().await;
    world.screen().await;
    world.person("ann").in_dm().clicks_on("Paid", "1 ★").await;
    let screen = world.screen().await;
    assert!(screen.contains("was opened again and closed since") && !screen.contains("[2 ★]"), "{screen}");
    world.person("ann").in_dm().clicks_on("Really", "5 ★").await;
    world.settle().await;
    world.screen().await;
    let ratings: (Option<i16>, i64) =
        sqlx::query_as("select rating, (select count(*) from ticket_event where kind = 'rated') from ticket")
            .fetch_one(&world.db().await)
            .await
            .expect("a row");
    assert_eq!(ratings, (Some(5), 1));
    // The next end is asked about as well, and its rating counts.
    world.clock.advance(SignedDuration::from_mins(1));
    world.types("sam", "/ticket reopen ticket:1").await;
    world.types("sam", "/ticket close reason:Again ticket:1").await;
    world.settle().await;
    assert!(world.screen().await.contains("How was it?"));
    world.person("ann").in_dm().clicks_on("Again", "3 ★").await;
    world.settle().await;
    assert!(world.screen().await.contains("★★★☆☆"));
}

#[tokio::test]
async fn the_staff_s_list_says_that_none_is_open_and_shows_those_that_are_done() {
    let world = desk().await;
    world.types("sam", "/ticket list").await;
    let screen = world.screen().await;
    assert!(screen.contains("There are none.") && !screen.contains("[Show"), "{screen}");
    let world = closed().await;
    world.types("sam", "/ticket list").await;
    let screen = world.screen().await;
    assert!(screen.contains("There are no open tickets.") && screen.contains("[Show closed tickets]"), "{screen}");
    assert!(!screen.contains("[Show archived"), "{screen}");
    world.clicks("sam", "Show closed tickets").await;
    let screen = world.screen().await;
    assert!(screen.contains("⚫ **#1** My refund"), "{screen}");
}
