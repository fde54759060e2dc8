//! What members ask: shown as they typed it, and handed from the FAQ to the desk.

use twilight_model::guild::Permissions;

use crate::support::{HOME, World};

async fn desk() -> World {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).member("sam", &["staff"]).category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.screen().await;
    world
}

#[tokio::test]
async fn links_of_members_stay_whole_and_their_markup_shapes_nothing() {
    let world = desk().await;
    let link = "https://zoom.example/j/1?pwd=a_b_c";
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", &format!("# HUGE <{link}> *now*"))]).await;
    let screen = world.screen().await;
    assert!(screen.contains(&format!(r"\# HUGE <{link}> \*now\*")), "{screen}");
    world.settle().await;
    world.screen().await;
    world.person("sam").in_channel("ticket-1").types(&format!("/ticket close reason:see {link}")).await;
    let screen = world.screen().await;
    assert!(screen.contains(&format!("> see {link}")), "{screen}");
}

#[tokio::test]
async fn what_the_faq_does_not_answer_becomes_a_ticket_with_the_question_filled_in() {
    let world = desk().await;
    world.types("ann", "/faq search query:giraffe food").await;
    world.screen().await;
    world.clicks("ann", "Ask in a ticket").await;
    let screen = world.screen().await;
    assert!(screen.contains("What is it about?* (short, up to 100): giraffe food"), "{screen}");
    world.submits("ann", &[]).await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #1 is open"), "{screen}");
    world.types("ada", "/config tickets set enabled:false").await;
    world.types("ann", "/faq search query:giraffe food").await;
    let screen = world.screen().await;
    assert!(!screen.contains("Ask in a ticket"), "nobody is there to ask: {screen}");
}

#[tokio::test]
async fn what_they_have_read_is_not_offered_again() {
    let world = desk().await;
    world.has_entry("How do I get a refund?", "Write to billing within 30 days.").await;
    // From a search, from an answer that was opened, and from one that was viewed.
    for ask in ["/faq search query:get a refund", "/faq view entry:How do I get a refund?"] {
        world.types("ann", ask).await;
        world.screen().await;
        world.clicks("ann", "Ask in a ticket").await;
        world.screen().await;
        world.submits("ann", &[("What is it about?", "How do I get a refund?")]).await;
        let screen = world.screen().await;
        assert!(screen.contains("is open: you are told") || screen.contains("Your ticket #"), "{ask}: {screen}");
        world.settle().await;
        let number = if ask.contains("search") { "ticket-1" } else { "ticket-2" };
        world.person("sam").in_channel(number).types("/ticket close").await;
        world.settle().await;
        world.clock.advance(jiff::SignedDuration::from_mins(5));
        world.screen().await;
    }
    // Who has read nothing of it is offered it first.
    world.types("bob", "/ticket open").await;
    world.submits("bob", &[("What is it about?", "How do I get a refund?")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("Write to billing"), "{screen}");
}
