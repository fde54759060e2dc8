//! Nothing of a ticket stalls behind one refusal of Discord's.

use twilight_model::guild::Permissions;

use crate::support::{HOME, World};

const LINK: &str = "https://evil.example/x";
const LEFT_OUT: &str = "⚠️ Discord refused what was written here, so I left it out.";
const REPORT: &str = "Discord refused something that was written in it";

/// A desk with a log channel and a channel for transcripts, where Discord filters a link.
async fn desk() -> World {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).member("sam", &["staff"]).category("Desk");
    world.discord.guild(HOME).channel("log").channel("archive");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff transcript-channel:#archive").await;
    world.types("ada", "/config system set log-channel:#log").await;
    world.screen().await;
    world.discord.set_filtered(&["evil.example"]);
    world
}

async fn opens(world: &World, subject: &str) {
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", subject)]).await;
    world.settle().await;
}

/// Whether a closed ticket was announced and kept, its member told, and nobody but the staff writes on.
fn assert_closed(screen: &str) {
    for expected in ["bot in #ticket-1: ⚫ @sam closed this ticket.", "bot in #archive:", "bot in DM with ann:"] {
        assert!(screen.contains(expected), "{expected} is missing: {screen}");
    }
    assert!(screen.contains("ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES"), "{screen}");
}

#[tokio::test]
async fn an_added_message_that_discord_refuses_holds_up_nothing() {
    let world = desk().await;
    opens(&world, "My refund").await;
    world.discord.set_filtered(&[]);
    world.discord.post(HOME, "help", "bob", &format!("Look at {LINK}"));
    world.discord.set_filtered(&["evil.example"]);
    world.person("sam").message_menu("Add to ticket", "Look").await;
    world.person("sam").selects("Add it to", &["#1 My refund"]).await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains(&format!("bot in #ticket-1: 📎 @sam added a message.\n     {LEFT_OUT}")), "{screen}");
    assert_eq!(screen.matches(REPORT).count(), 1, "{screen}");
    world.types("sam", "/ticket close reason:Done ticket:1").await;
    world.settle().await;
    assert_closed(&world.screen().await);
    world.discord.take_problems();
}

#[tokio::test]
async fn an_opening_answer_that_discord_refuses_is_left_out_and_the_staff_is_called() {
    let world = desk().await;
    opens(&world, LINK).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #ticket-1: @ann @staff (pings ann)"), "{screen}");
    assert!(screen.contains(LEFT_OUT), "{screen}");
    assert_eq!(screen.matches(REPORT).count(), 1, "{screen}");
    // By its button too, whose answer nobody would hear the refusal of.
    world.person("sam").in_channel("ticket-1").clicks("Claim").await;
    world.settle().await;
    world.types("sam", "/ticket close reason:Done ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Status: 🔵 Claimed"), "{screen}");
    assert!(!screen.contains(REPORT), "it is reported once: {screen}");
    assert_closed(&screen);
    world.discord.take_problems();
}

#[tokio::test]
async fn a_closing_reason_that_discord_refuses_does_not_keep_a_ticket_open() {
    let world = desk().await;
    opens(&world, "My refund").await;
    world.person("sam").in_channel("ticket-1").clicks("Close").await;
    world.submits("sam", &[("Why is it closed?", LINK)]).await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Status: ⚫ Closed"), "{screen}");
    assert!(screen.contains(&format!("**🟢 Ticket #1 closed**\n     | {LEFT_OUT}")), "{screen}");
    assert_eq!(screen.matches(REPORT).count(), 1, "{screen}");
    assert_closed(&screen);
    world.discord.take_problems();
}

#[tokio::test]
async fn one_who_cannot_be_let_in_does_not_hold_up_the_rest() {
    let world = desk().await;
    opens(&world, "My refund").await;
    let allow = Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::EMBED_LINKS
        | Permissions::ATTACH_FILES
        | Permissions::READ_MESSAGE_HISTORY;
    world.discord.guild(HOME).overwrite("ticket-1", "bot", allow, Permissions::MANAGE_ROLES);
    world.types("sam", "/ticket add member:@bob ticket:1").await;
    world.settle().await;
    world.types("sam", "/ticket close reason:Done ticket:1").await;
    world.settle().await;
    let screen = world.screen().await;
    for expected in ["bot in #ticket-1: ⚫ @sam closed this ticket.", "bot in #archive:", "bot in DM with ann:"] {
        assert!(screen.contains(expected), "{expected} is missing: {screen}");
    }
    assert_eq!(screen.matches("**Manage Permissions**").count(), 1, "{screen}");
    world.discord.take_problems();
}
