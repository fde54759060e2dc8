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
    assert!(screen.contains(&format!("**⚫ Ticket #1 closed**\n     | {LEFT_OUT}")), "{screen}");
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

const INSTEAD: &str = "(a link that Discord does not let me show)";

#[tokio::test]
async fn screens_that_repeat_a_filtered_link_are_shown_without_it() {
    let world = desk().await;
    world.discord.set_filtered(&[]);
    world.types("sam", "/tag add").await;
    world.submits("sam", &[("Name", "Link"), ("Reply", LINK)]).await;
    opens(&world, &format!("Look at {LINK}, please")).await;
    for n in 2..=11 {
        world.types("sam", &format!("/ticket note ticket:1 text:{n} {LINK}")).await;
    }
    world.types("bob", "/ticket open").await;
    world.submits("bob", &[("What is it about?", "Where are my points?")]).await;
    world.has_entry("Refunds", &format!("A refund takes 30 days, see {LINK}")).await;
    world.screen().await;
    world.discord.set_filtered(&["evil.example"]);
    let people = [("ann", "en-US"), ("sam", "en-US")];
    for ((who, locale), line) in people.into_iter().flat_map(|person| {
        ["/ticket show ticket:1", "/ticket list", "/faq search query:refund", "/faq view entry:1"]
            .map(|line| (person, line))
    }) {
        world.person(who).locale(locale).types(line).await;
        let screen = world.screen().await;
        assert!(screen.contains(INSTEAD) && !screen.contains("evil"), "{line}: {screen}");
    }
    world.types("sam", "/tag list").await;
    world.types("ann", &format!("/faq search query:{LINK}")).await;
    let screen = world.screen().await;
    assert!(!screen.contains("interaction failed") && screen.matches(INSTEAD).count() > 1, "{screen}");
    // What is offered before a ticket, and a form that is refused, which shows what was written.
    world.types("sam", "/ticket open").await;
    world.submits("sam", &[("What is it about?", "refund")]).await;
    world.types("ada", "/faq add").await;
    world.submits("ada", &[("Question", "Refunds"), ("Answer", LINK)]).await;
    // The same where the answer comes later.
    world.types("ann", "/faq search query:refund").await;
    let screen = world.screen().await;
    assert!(!screen.contains("interaction failed") && screen.matches(INSTEAD).count() > 2, "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn an_answer_that_is_filtered_without_its_links_is_a_sentence() {
    let world = desk().await;
    world.discord.set_filtered(&[]);
    opens(&world, "See a.example about scams").await;
    world.screen().await;
    world.discord.set_filtered(&["scams"]);
    world.types("ann", "/ticket show ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("does not let me show the answer here"), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn an_answer_with_a_link_that_discord_takes_is_whole() {
    let world = desk().await;
    world.discord.set_filtered(&[]);
    opens(&world, "See https://good.example/a_b").await;
    world.types("ann", "/ticket show ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("https://good.example/a_b") && !screen.contains(INSTEAD), "{screen}");
}

#[tokio::test]
async fn an_escalation_that_discord_refuses_still_calls_those_who_are_needed() {
    let world = desk().await;
    world.discord.guild(HOME).channel("bosses");
    world.types("ada", "/config tickets set escalation-channel:#bosses escalation-role:@&keepers").await;
    opens(&world, "My refund").await;
    world.screen().await;
    world.person("sam").in_channel("ticket-1").clicks("Escalate").await;
    world.submits("sam", &[("Why is it escalated?", LINK)]).await;
    world.settle().await;
    let screen = world.screen().await;
    let called = screen.split("bot in #bosses: ").nth(1).unwrap_or_else(|| panic!("nobody is called: {screen}"));
    assert!(called.starts_with("🚩 @keepers") && called.contains(LEFT_OUT), "{screen}");
    assert_eq!(screen.matches(REPORT).count(), 1, "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn an_escalation_whose_role_is_gone_calls_the_staff() {
    let world = desk().await;
    world.discord.guild(HOME).role("chiefs", Permissions::empty()).channel("bosses");
    world.types("ada", "/config tickets set escalation-channel:#bosses escalation-role:@&chiefs").await;
    opens(&world, "My refund").await;
    world.screen().await;
    world.discord.guild(HOME).remove_role("chiefs");
    world.person("sam").in_channel("ticket-1").clicks("Escalate").await;
    world.submits("sam", &[("Why is it escalated?", "It is late")]).await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #ticket-1: 🔴 @staff, @sam escalated this ticket."), "{screen}");
    assert!(screen.contains("bot in #bosses: 🚩 Ticket #1"), "{screen}");
}

#[tokio::test]
async fn a_ticket_whose_texts_are_refused_is_shown_without_them() {
    let world = desk().await;
    world.discord.set_filtered(&[]);
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    // The link that an admin wrote is refused as well as what the member did.
    world.submits("ada", &[("Name", "Billing"), ("Opening message", "Hi {member}, {subject}: see evil.example")]).await;
    world.screen().await;
    world.discord.set_filtered(&["evil.example"]);
    world.types("ann", "/ticket open kind:Billing").await;
    world.submits("ann", &[("What is it about?", LINK)]).await;
    world.settle().await;
    world.screen().await;
    world.person("sam").in_channel("ticket-1").clicks("Claim").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Status: 🔵 Claimed") && screen.contains(LEFT_OUT), "{screen}");
    assert!(screen.contains("[Close (danger)]"), "it can be worked: {screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_ticket_that_names_a_host_alone_is_shown_as_it_is_after_a_press() {
    let world = desk().await;
    world.discord.set_filtered(&[]);
    opens(&world, "See evil.example/x").await;
    world.discord.set_filtered(&["evil.example"]);
    world.screen().await;
    world.person("sam").in_channel("ticket-1").clicks("Claim").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Status: 🔵 Claimed") && screen.contains(LEFT_OUT), "{screen}");
    world.discord.take_problems();
}
