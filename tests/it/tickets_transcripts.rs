//! What is kept of a ticket, and what is said of what is not.

use expect_test::expect;
use serde_json::json;

use twilight_model::guild::Permissions;

use crate::support::{HOME, World};

async fn desk() -> World {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).member("sam", &["staff"]).category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.screen().await;
    world
}

async fn opens(world: &World, who: &str, subject: &str) {
    world.types(who, "/ticket open").await;
    world.submits(who, &[("What is it about?", subject)]).await;
}

/// The newest file of that name that the bot sent.
fn sent(world: &World, name: &str) -> String {
    String::from_utf8(world.discord.file(name).unwrap_or_else(|| panic!("no {name}"))).expect("text")
}

#[tokio::test]
async fn a_transcript_holds_all_kinds_of_messages_also_from_threads() {
    let world = desk().await;
    world.discord.set_message_content(true);
    world.discord.set_picture("ann", b"\x89PNG of ann".to_vec());
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let post = |who: &str, text: &str, more| drop(world.discord.post_with(HOME, "ticket-1", who, text, more));
    post("ann", "**Hello** from `ann`", json!({}));
    post("ann", "", json!({"sticker_items": [{"id": "1", "name": "Wave", "format_type": 1}]}));
    post("sam", "", json!({"poll": {"question": {"text": "Money or voucher?"}, "answers": [
        {"answer_id": 1, "poll_media": {"text": "money"}}, {"answer_id": 2, "poll_media": {"text": "voucher"}}]}}));
    let forwarded = json!([{"message": {"content": "From elsewhere", "attachments": [], "embeds": [
        {"type": "rich", "title": "Receipt", "description": "12 euro"}]}}]);
    post("sam", "", json!({"message_snapshots": forwarded}));
    post("sam", "", json!({"components": [{"type": 17, "components": [{"type": 10, "content": "# In a component"}]}]}));
    world.discord.begin_thread(HOME, "ticket-1", "sam", "aside");
    world.discord.post(HOME, "aside", "sam", "Said in a thread");
    world.discord.begin_thread(HOME, "ticket-1", "sam", "old aside");
    world.discord.post(HOME, "old aside", "sam", "Said in a thread that sleeps");
    world.discord.archive_thread(HOME, "old aside");
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    let (page, plain) = (sent(&world, "ticket-1.html"), sent(&world, "ticket-1.txt"));
    for part in ["<strong>Hello</strong> from <code>ann</code>", "<h3>In a component</h3>", "url(data:image/png;base64,", "Receipt", "<dt>Server<dd>"] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    // The answers stand at the head, and not again as the first message.
    assert_eq!(page.matches("What is it about?").count(), 1, "{page}");
    let said = plain[plain.find("[2027").expect("a message")..].replace("Ann", "ann");
    expect![[""]].assert_eq(&said);
    world.screen().await;
}

#[tokio::test]
async fn a_transcript_that_could_not_be_read_says_so_and_so_does_deleting() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.discord.post(HOME, "ticket-1", "ann", "Where is it?");
    let allow = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS | Permissions::ATTACH_FILES;
    world.discord.guild(HOME).overwrite("ticket-1", "bot", allow, Permissions::READ_MESSAGE_HISTORY);
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.screen().await;
    let page = sent(&world, "ticket-1.html");
    assert!(page.contains("I lack “Read Message History” in this channel"), "{page}");
    world.types("sam", "/ticket delete ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("so nothing that was said in it stays"), "{screen}");
}
