//! What was filled into a form that is refused is not lost, and what was used up is not pressed twice.

use jiff::SignedDuration;
use twilight_model::guild::Permissions;

use crate::support::{HOME, World};

const AGAIN: &str = "Fill it in again";

async fn desk() -> World {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).member("sam", &["staff"]).category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.screen().await;
    world
}

#[tokio::test]
async fn a_form_that_was_refused_opens_again_as_it_was_sent() {
    let world = desk().await;
    let answer = "In **30** days,\n_after_ the return.";
    world.types("ada", "/faq add").await;
    world.submits("ada", &[("Question", "Refunds"), ("Answer", answer), ("Source", "nowhere")]).await;
    world.screen().await;
    world.clicks("ada", AGAIN).await;
    let screen = world.screen().await;
    for filled in ["Question* (short, up to 100): Refunds", "In **30** days,", "_after_ the return.", "nowhere"] {
        assert!(screen.contains(filled), "{filled} is gone: {screen}");
    }
    world.submits("ada", &[("Source", "https://a.example/refunds")]).await;
    assert!(world.screen().await.contains("Added #1"));
    // What was picked and ticked comes back as well.
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.submits("ada", &[("Name", "Billing")]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Who may open it", "keepers"), ("Who may not", "keepers")]).await;
    world.screen().await;
    world.clicks("ada", AGAIN).await;
    let screen = world.screen().await;
    assert!(screen.matches("* keepers").count() == 2, "{screen}");
    world.submits("ada", &[("Who may not", "")]).await;
    world.screen().await;
    world.types("sam", "/tag add").await;
    world.submits("sam", &[("Name", "Soon"), ("Reply", "Soon.")]).await;
    world.types("sam", "/tag add").await;
    world.submits("sam", &[("Name", "soon"), ("Reply", "A _long_ story.")]).await;
    world.clicks("sam", AGAIN).await;
    let screen = world.screen().await;
    assert!(screen.contains("up to 1800): A _long_ story."), "{screen}");
    world.submits("sam", &[("Name", "Story")]).await;
    assert!(world.screen().await.contains("“Story” is saved"));
}

#[tokio::test]
async fn what_was_filled_in_is_kept_for_a_day_and_the_last_of_each_form() {
    let world = desk().await;
    let sends = async |question: &str| {
        world.types("ada", "/faq add").await;
        world.submits("ada", &[("Question", question), ("Answer", "In 30 days."), ("Source", "nowhere")]).await;
        world.screen().await
    };
    sends("First").await;
    sends("Second").await;
    world.person("ada").clicks_on("First", AGAIN).await;
    assert!(world.screen().await.contains("What you wrote is no longer kept"));
    world.person("ada").clicks_on("Second", AGAIN).await;
    assert!(world.screen().await.contains("up to 100): Second"));
    world.clock.advance(SignedDuration::from_hours(25));
    world.a_minute_passes().await;
    world.person("ada").clicks_on("Second", AGAIN).await;
    assert!(world.screen().await.contains("What you wrote is no longer kept"));
    let left: i64 =
        sqlx::query_scalar("select count(*) from refused_form").fetch_one(&world.db().await).await.expect("a number");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_form_that_collides_is_opened_anew() {
    let world = desk().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ada", "/faq edit entry:#1").await;
    world.person("mia").types("/faq edit entry:#1").await;
    world.submits("mia", &[("Answer", "In 20 days.")]).await;
    world.submits("ada", &[("Answer", "In 10 days.")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("In 10 days.") && !screen.contains(AGAIN), "{screen}");
}

#[tokio::test]
async fn what_was_chosen_is_kept_with_what_was_written() {
    let world = desk().await;
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.submits("ada", &[("Name", "Billing")]).await;
    world.clicks("ada", "Ask one more").await;
    let question = [
        ("Question", "Paid by"),
        ("How it is answered", "One of several options"),
        ("Options or length", "Card\nCash"),
    ];
    world.submits("ada", &question).await;
    world.types("ann", "/ticket open kind:Billing").await;
    world.types("ada", "/ticket block member:@ann").await;
    world.submits("ann", &[("What is it about?", "Money"), ("Paid by", "Cash")]).await;
    world.types("ada", "/ticket unblock member:@ann").await;
    world.screen().await;
    world.clicks("ann", AGAIN).await;
    world.submits("ann", &[]).await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Cash") && screen.contains("Your ticket #1 is open"), "{screen}");
}

#[tokio::test]
async fn the_buttons_of_an_offer_go_once_one_is_used() {
    let world = desk().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "A refund")]).await;
    assert!(world.screen().await.contains("[Open the ticket]"));
    world.clicks("ann", "Open the ticket").await;
    world.settle().await;
    let screen = world.screen().await;
    let answer = screen.split("bot edits: ").nth(1).unwrap_or_else(|| panic!("the offer stays: {screen}"));
    assert!(answer.starts_with("Your ticket #1 is open") && !screen.contains("is thinking"), "{screen}");
}

#[tokio::test]
async fn a_transcript_that_is_being_taken_is_waited_for() {
    let world = desk().await;
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "A refund")]).await;
    world.settle().await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.screen().await;
    let db = world.db().await;
    let take_away = "with gone as (delete from ticket_transcript returning number)
                     update ticket set transcribed = false, settle_at = settle_at + interval '5 s'";
    sqlx::query(take_away).execute(&db).await.expect("a row");
    world.types("sam", "/ticket transcript ticket:1").await;
    world.settle().await;
    assert!(!world.screen().await.contains("There is no transcript"), "it may come yet");
    world.clock.advance(SignedDuration::from_mins(3));
    world.bot.sweeps().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot answers:"), "{screen}");
}

#[tokio::test]
async fn the_answer_with_a_transcript_is_made_once() {
    let world = desk().await;
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "A refund")]).await;
    world.settle().await;
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    world.screen().await;
    let before = world.discord.requests().iter().filter(|request| request.method == "PATCH").count();
    world.types("sam", "/ticket transcript ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot answers:") && !screen.contains("bot edits"), "{screen}");
    let after = world.discord.requests().iter().filter(|request| request.method == "PATCH").count();
    assert_eq!(after - before, 1);
}

#[tokio::test]
async fn a_reply_says_which_placeholders_nobody_fills_in() {
    let world = desk().await;
    world.types("sam", "/tag add").await;
    world.submits("sam", &[("Name", "Soon"), ("Reply", "Hi {user}, {member}: {\"a\": 1}")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("I fill in no `{user}`: it stays as it is written."), "{screen}");
}
