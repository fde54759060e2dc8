//! Tickets, from the first click to the last.

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use futures_util::StreamExt;
use serde_json::json;
use twilight_model::guild::Permissions;

use crate::support::{AWAY, HOME, World};

/// The home server with a desk: a category for tickets, and sam and sofie who work them.
async fn desk() -> World {
    let world = World::new().await;
    world
        .discord
        .guild(HOME)
        .role("staff", Permissions::empty())
        .member("sam", &["staff"])
        .member("sofie", &["staff"])
        .category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.screen().await;
    world
}

/// Somebody opens a ticket; its channel is called after its number.
async fn opens(world: &World, who: &str, subject: &str) {
    world.types(who, "/ticket open").await;
    world.submits(who, &[("What is it about?", subject)]).await;
}

#[tokio::test]
async fn a_member_opens_a_ticket_and_the_staff_works_it() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.clicks("Claim").await;
    world.settle().await;
    sam.clicks("Wait for user").await;
    world.settle().await;
    sam.clicks("Close").await;
    world.submits("sam", &[("Why is it closed?", "Paid *back*.")]).await;
    world.settle().await;
    world.person("ann").in_dm().clicks("5 ★").await;
    world.settle().await;
    world.person("ann").in_dm().clicks("Say why").await;
    world.submits("ann", &[("What was good, what was not?", "Quick!")]).await;
    expect![[r#"
        ann in #help: /ticket open
        bot opens a form for ann: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
        ann submits What is it about?="My refund"
        bot is thinking… (only ann sees this)
        bot creates #ticket-1 under Desk
             topic: Ticket #1 · Support · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @ann @staff (pings ann)
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)
        sam clicks [Claim]
        bot edits: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🔵 Claimed
             | Opened by: @ann
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Escalate] [Close (danger)]
        sam clicks [Wait for user]
        bot edits: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🟡 Waiting for user
             | Opened by: @ann
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Escalate] [Close (danger)]
        bot in #ticket-1: 🟡 @ann, the staff waits for your answer. (pings ann)
        sam clicks [Close]
        bot opens a form for sam: Ticket #1
             Why is it closed? (long, up to 500):
               The member reads it
        sam submits Why is it closed?="Paid *back*."
        bot edits: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Claimed by: @sam
             | Closed by: @sam
             | Reason: Paid \*back\*.
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Reopen] [Transcript] [Delete (danger)]
        bot in #ticket-1: ⚫ @sam closed this ticket.
             > Paid \*back\*.
        bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.
             > Paid \*back\*.
             How was it?
             <file: ticket-1.html, 2067 bytes>
             <file: ticket-1.txt, 815 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
        ann clicks [5 ★]
        bot edits: Thank you! You rated ticket #1 ★★★★★.
             <file: ticket-1.html, 2067 bytes>
             <file: ticket-1.txt, 815 bytes>
             [Say why]
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Claimed by: @sam
             | Closed by: @sam
             | Reason: Paid \*back\*.
             | Rating: ★★★★★
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Reopen] [Transcript] [Delete (danger)]
        ann clicks [Say why]
        bot opens a form for ann: Ticket #1
             What was good, what was not? (long, up to 500):
               The staff reads it
        ann submits What was good, what was not?="Quick!"
        bot edits: Thank you! You rated ticket #1 ★★★★★: Quick!
             <file: ticket-1.html, 2067 bytes>
             <file: ticket-1.txt, 815 bytes>
             [Say why]
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Claimed by: @sam
             | Closed by: @sam
             | Reason: Paid \*back\*.
             | Rating: ★★★★★
             | About the rating: Quick!
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Reopen] [Transcript] [Delete (danger)]
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_closed_ticket_is_opened_again_and_deleted() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.types("/ticket close reason:Done").await;
    world.screen().await;
    world.person("ann").in_channel("ticket-1").types("Wait, one more thing").await;
    sam.clicks("Reopen").await;
    world.settle().await;
    world.person("ann").in_channel("ticket-1").types("Here it is").await;
    sam.types("/ticket close").await;
    world.settle().await;
    sam.clicks("Delete").await;
    sam.clicks("Keep").await;
    sam.clicks("Delete").await;
    sam.clicks_on("Delete the channel", "Delete").await;
    world.a_minute_passes().await;
    world.settle().await;
    world.types("sam", "/ticket show ticket:1").await;
    world.types("sam", "/ticket reopen ticket:1").await;
    expect![[r#"
        Discord refuses ann: a message in #ticket-1 — no permission
        sam clicks [Reopen]
        bot edits: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: 🟢 @ann, @sam opened this ticket again. (pings ann)
        ann in #ticket-1: Here it is
        sam in #ticket-1: /ticket close
        bot: Ticket #1 is now closed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Closed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Reopen] [Transcript] [Delete (danger)]
        bot in #ticket-1: ⚫ @sam closed this ticket.
        bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.
             How was it?
             <file: ticket-1.html, 2330 bytes>
             <file: ticket-1.txt, 924 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
        sam clicks [Delete]
        bot: Delete the channel of ticket #1? What was said in it stays in its transcript. (only sam sees this)
             [Delete (danger)] [Keep]
        sam clicks [Keep]
        bot edits: Nothing was done. (only sam sees this)
        sam clicks [Delete]
        bot: Delete the channel of ticket #1? What was said in it stays in its transcript. (only sam sees this)
             [Delete (danger)] [Keep]
        sam clicks [Delete]
        bot edits: Ticket #1 is archived; its channel will be gone in a minute or two. (only sam sees this)
        bot deletes #ticket-1
        sam in #help: /ticket show ticket:1
        bot: (only sam sees this)
             | **Ticket #1 · Support**
             | My refund
             | Status: 🗄️ Archived
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: 1 minute ago
             |--
             | **What happened**
             | Mon 2027-03-01 09:00 UTC @ann opened it
             | Mon 2027-03-01 09:00 UTC @sam closed it: Done
             | Mon 2027-03-01 09:00 UTC @sam opened it again
             | Mon 2027-03-01 09:00 UTC @sam closed it
             | Mon 2027-03-01 09:00 UTC @sam archived it
        sam in #help: /ticket reopen ticket:1
        bot: This ticket is archived for good; open a new one with `/ticket open`. (only sam sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn only_the_staff_works_a_ticket() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.discord.guild(HOME).role("watch", Permissions::ADMINISTRATOR);
    let ann = world.person("ann").in_channel("ticket-1");
    for button in ["Claim", "Wait for user", "Escalate"] {
        ann.clicks(button).await;
    }
    ann.types("/ticket note text:I am right").await;
    ann.types("/ticket add member:@bob").await;
    ann.types("/ticket transfer to:@bob").await;
    ann.types("/ticket panel").await;
    ann.types("/ticket types").await;
    ann.types("/ticket block member:@sam").await;
    world.types("bob", "/ticket show ticket:1").await;
    world.types("bob", "/ticket list").await;
    world.types("bob", "/ticket close ticket:1").await;
    let screen = world.screen().await;
    expect![[r#"
        ann clicks [Claim]
        bot: Only the staff of this ticket can do that; write here what you need. (only ann sees this)
        ann clicks [Wait for user]
        bot: Only the staff of this ticket can do that; write here what you need. (only ann sees this)
        ann clicks [Escalate]
        bot: Only the staff of this ticket can do that; write here what you need. (only ann sees this)
        ann in #ticket-1: /ticket note text:I am right
        bot: Only the staff of this ticket can do that; write here what you need. (only ann sees this)
        ann in #ticket-1: /ticket add member:@bob
        bot: Only the staff of this ticket can do that; write here what you need. (only ann sees this)
        ann in #ticket-1: /ticket transfer to:@bob
        bot: Only the staff of this ticket can do that; write here what you need. (only ann sees this)
        ann in #ticket-1: /ticket panel
        bot: Only admins of this server can do that; ask one of them. (only ann sees this)
        ann in #ticket-1: /ticket types
        bot: Only admins of this server can do that; ask one of them. (only ann sees this)
        ann in #ticket-1: /ticket block member:@sam
        bot: Only admins of this server can do that; ask one of them. (only ann sees this)
        bob in #help: /ticket show ticket:1
        bot: There is no such ticket; pick one that is suggested, or see `/ticket list`. (only bob sees this)
        bob in #help: /ticket list
        bot: (only bob sees this)
             | **Your tickets**
             | There are none.
        bob in #help: /ticket close ticket:1
        bot: Only the staff of this ticket can do that; write here what you need. (only bob sees this)
    "#]]
    .assert_eq(&screen[screen.find("ann clicks").expect("it began")..]);
    // Its member may close it, unless the server does not want that.
    world.types("ada", "/config tickets set member-may-close:false").await;
    ann.clicks("Close").await;
    world.types("ada", "/config tickets set member-may-close:true").await;
    ann.clicks("Close").await;
    world.submits("ann", &[]).await;
    let screen = world.screen().await;
    assert!(screen.contains("Here only the staff closes tickets"), "{screen}");
    assert!(screen.contains("@ann closed this ticket"), "{screen}");
}

#[tokio::test]
async fn everything_can_be_done_by_command() {
    let world = desk().await;
    world.types("ada", "/config tickets set escalation-role:@&keepers notify:In the ticket").await;
    world.screen().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let sam = world.person("sam").in_channel("ticket-1");
    for line in [
        "/ticket claim",
        "/ticket priority priority:urgent",
        "/ticket add member:@bob",
        "/ticket note text:She was here before",
        "/ticket transfer to:@sofie",
        "/ticket transfer to:@bob",
        "/ticket rename subject:Refund of March",
        "/ticket status ticket:1 status:escalated",
        "/ticket unclaim",
        "/ticket ask-close reason:It is paid hours:24",
        "/ticket show",
    ] {
        sam.types(line).await;
        world.settle().await;
    }
    let screen = world.screen().await;
    expect![[r#"
        sam in #ticket-1: /ticket claim
        bot: Ticket #1 is now claimed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🔵 Claimed
             | Opened by: @ann
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Escalate] [Close (danger)]
        bot in #ticket-1: 🔵 @sam has claimed this ticket.
        sam in #ticket-1: /ticket priority priority:urgent
        bot: Ticket #1 has the priority urgent now. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🔵 Claimed
             | Opened by: @ann
             | Claimed by: @sam
             | Priority: ‼️ Urgent
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Escalate] [Close (danger)]
        sam in #ticket-1: /ticket add member:@bob
        bot: @bob takes part in ticket #1. (only sam sees this)
        bot sets in #ticket-1: bob: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @bob, @sam added you to this ticket. (pings bob)
        sam in #ticket-1: /ticket note text:She was here before
        bot: Noted; the staff reads it in `/ticket show ticket:1`. (only sam sees this)
        sam in #ticket-1: /ticket transfer to:@sofie
        bot: Ticket #1 is with @sofie now. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🔵 Claimed
             | Opened by: @ann
             | Claimed by: @sofie
             | Priority: ‼️ Urgent
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Escalate] [Close (danger)]
        bot in #ticket-1: 🔵 @sofie, this ticket is yours now; @sam gave it to you. (pings sofie)
        sam in #ticket-1: /ticket transfer to:@bob
        bot: @bob does not work tickets of this kind; pick somebody of its staff. (only sam sees this)
        sam in #ticket-1: /ticket rename subject:Refund of March
        bot: Ticket #1 is about “Refund of March” now. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Refund of March
             | Status: 🔵 Claimed
             | Opened by: @ann
             | Claimed by: @sofie
             | Priority: ‼️ Urgent
             | What is it about?: My refund
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Escalate] [Close (danger)]
        sam in #ticket-1: /ticket status ticket:1 status:escalated
        bot: Ticket #1 is now escalated. (only sam sees this)
        bot sets in #ticket-1: keepers: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Refund of March
             | Status: 🔴 Escalated
             | Opened by: @ann
             | Claimed by: @sofie
             | Priority: ‼️ Urgent
             | Escalated to: @keepers
             | What is it about?: My refund
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Close (danger)]
        bot in #ticket-1: 🔴 @keepers, @sam escalated this ticket.
        sam in #ticket-1: /ticket unclaim
        bot: Ticket #1 is now escalated. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Refund of March
             | Status: 🔴 Escalated
             | Opened by: @ann
             | Priority: ‼️ Urgent
             | Escalated to: @keepers
             | What is it about?: My refund
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Close (danger)]
        bot in #ticket-1: 🟢 @sofie, @sam has set this ticket free, which you had claimed. (pings sofie)
        sam in #ticket-1: /ticket ask-close reason:It is paid hours:24
        bot: I have asked @ann whether ticket #1 may be closed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Refund of March
             | Status: 🔴 Escalated
             | Opened by: @ann
             | Priority: ‼️ Urgent
             | Escalated to: @keepers
             | Closes: in 1 day, unless its member keeps it open
             | What is it about?: My refund
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Close (danger)]
        bot in #ticket-1: @ann, @sam thinks that this is solved. May it be closed? It closes in 1 day otherwise. (pings ann)
             > It is paid
             [Close it] [Keep it open]
        sam in #ticket-1: /ticket show
        bot: (only sam sees this)
             | **Ticket #1 · Support**
             | Refund of March
             | Status: 🔴 Escalated
             | Opened by: @ann
             | Priority: ‼️ Urgent
             | Escalated to: @keepers
             | Closes: in 1 day, unless its member keeps it open
             | What is it about?: My refund
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             |--
             | **What happened**
             | Mon 2027-03-01 09:00 UTC @ann opened it
             | Mon 2027-03-01 09:00 UTC @sam claimed it
             | Mon 2027-03-01 09:00 UTC @sam set the priority: urgent
             | Mon 2027-03-01 09:00 UTC @sam added @bob
             | Mon 2027-03-01 09:00 UTC @sam noted: She was here before
             | Mon 2027-03-01 09:00 UTC @sam gave it to @sofie
             | Mon 2027-03-01 09:00 UTC @sam renamed it: Refund of March
             | Mon 2027-03-01 09:00 UTC @sam escalated it
             | Mon 2027-03-01 09:00 UTC @sam gave it back
             | Mon 2027-03-01 09:00 UTC @sam asked to close it: It is paid
    "#]].assert_eq(&screen[screen.find("sam in").expect("it began")..]);
    world.person("ann").in_channel("ticket-1").clicks("Keep it open").await;
    world.settle().await;
    sam.types("/ticket ask-close").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").clicks("Close it").await;
    world.person("ann").in_channel("ticket-1").clicks("Close it").await;
    expect![[r#"
        ann clicks [Keep it open]
        bot edits: Ticket #1 stays open.
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Refund of March
             | Status: 🔴 Escalated
             | Opened by: @ann
             | Priority: ‼️ Urgent
             | Escalated to: @keepers
             | What is it about?: My refund
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Close (danger)]
        bot in #ticket-1: @ann keeps this ticket open.
        sam in #ticket-1: /ticket ask-close
        bot: I have asked @ann whether ticket #1 may be closed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Refund of March
             | Status: 🔴 Escalated
             | Opened by: @ann
             | Priority: ‼️ Urgent
             | Escalated to: @keepers
             | What is it about?: My refund
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Close (danger)]
        bot in #ticket-1: @ann, @sam thinks that this is solved. May it be closed? (pings ann)
             [Close it] [Keep it open]
        sam clicks [Close it]
        bot: Only the member whose ticket it is can agree to that. (only sam sees this)
        ann clicks [Close it]
        bot edits: Ticket #1 is closed. Thank you!
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Refund of March
             | Status: ⚫ Closed
             | Opened by: @ann
             | Priority: ‼️ Urgent
             | Escalated to: @keepers
             | Closed by: @ann
             | Reason: Its member agreed.
             | What is it about?: My refund
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Reopen] [Transcript] [Delete (danger)]
        bot in #ticket-1: ⚫ @ann closed this ticket.
             > Its member agreed.
        bot in DM with ann: Your ticket #1 (Refund of March) is closed.
             > Its member agreed.
             How was it?
             <file: ticket-1.html, 3543 bytes>
             <file: ticket-1.txt, 1812 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
        bot sets in #ticket-1: bob: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
    "#]]
    .assert_eq(&world.screen().await);
}

/// Fills a category.
fn fills(world: &World, category: &str, count: usize) {
    for n in 0..count {
        world.discord.guild(HOME).channel_in(category, &format!("{}-{n}", category.to_lowercase()));
    }
}

#[tokio::test]
async fn a_full_category_is_no_end() {
    let world = desk().await;
    world.discord.guild(HOME).category("Attic").channel("threads");
    fills(&world, "Desk", 50);
    // Nowhere else to go: the member reads that, and so do the admins, with what to do.
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    opens(&world, "ann", "First").await;
    let screen = world.screen().await;
    let told = "Your ticket #1 could not be opened; the admins of this server were told.";
    assert!(screen.contains(told), "{screen}");
    assert!(screen.contains("#Desk is full: set `overflow-category` or `thread-channel`"), "{screen}");
    assert!(screen.contains("🚨 Ticket #1 could not be opened"), "{screen}");
    world.discord.take_problems();
    // The next category, and then threads.
    world.types("ada", "/config tickets set overflow-category:#Attic thread-channel:#threads").await;
    world.screen().await;
    opens(&world, "ann", "Second").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates #ticket-2 under Attic"), "{screen}");
    fills(&world, "Attic", 49);
    opens(&world, "bob", "Third").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates private thread #ticket-3"), "{screen}");
    world.discord.take_problems();
    // The number of the ticket that came to nothing is not given again.
    world.types("sam", "/ticket show ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("Archived"), "{screen}");
}

#[tokio::test]
async fn a_ticket_in_a_private_thread_is_worked_like_others() {
    let world = desk().await;
    world.discord.guild(HOME).channel("threads").overwrite(
        "threads",
        "staff",
        Permissions::MANAGE_THREADS,
        Permissions::empty(),
    );
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Where it opens", "#threads"), ("Who works it", "staff")]).await;
    world.screen().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.clicks("Claim").await;
    world.settle().await;
    sam.types("/ticket add member:@bob").await;
    world.settle().await;
    sam.types("/ticket remove member:@bob").await;
    world.settle().await;
    sam.clicks("Close").await;
    world.submits("sam", &[]).await;
    world.settle().await;
    sam.types("/ticket reopen").await;
    world.settle().await;
    sam.types("/ticket close").await;
    world.settle().await;
    sam.types("/ticket delete").await;
    sam.clicks_on("Delete the channel", "Delete").await;
    world.a_minute_passes().await;
    expect![[r#"
        ann in #help: /ticket open
        bot opens a form for ann: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
        ann submits What is it about?="My refund"
        bot is thinking… (only ann sees this)
        bot creates private thread #ticket-1 under #threads
        bot adds ann to #ticket-1
        bot in #ticket-1: @ann @staff (pings ann)
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)
        sam clicks [Claim]
        bot: Ticket #1 is now claimed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🔵 Claimed
             | Opened by: @ann
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Escalate] [Close (danger)]
        sam in #ticket-1: /ticket add member:@bob
        bot: @bob takes part in ticket #1. (only sam sees this)
        bot adds bob to #ticket-1
        bot in #ticket-1: @bob, @sam added you to this ticket. (pings bob)
        sam in #ticket-1: /ticket remove member:@bob
        bot: @bob takes part no longer in ticket #1. (only sam sees this)
        bot removes bob from #ticket-1
        bot in #ticket-1: @sam removed @bob from this ticket.
        sam clicks [Close]
        bot opens a form for sam: Ticket #1
             Why is it closed? (long, up to 500):
               The member reads it
        sam submits the form
        bot: Ticket #1 is now closed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Claimed by: @sam
             | Closed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Reopen] [Transcript] [Delete (danger)]
        bot in #ticket-1: ⚫ @sam closed this ticket.
        bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.
             How was it?
             <file: ticket-1.html, 2143 bytes>
             <file: ticket-1.txt, 823 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot changes #ticket-1: archived, locked
        sam in #ticket-1: /ticket reopen
        bot: Ticket #1 is now claimed. (only sam sees this)
        bot changes #ticket-1: opened again, unlocked
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🔵 Claimed
             | Opened by: @ann
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Give back] [Wait for user] [Escalate] [Close (danger)]
        bot in #ticket-1: 🟢 @ann, @sam opened this ticket again. (pings ann)
        sam in #ticket-1: /ticket close
        bot: Ticket #1 is now closed. (only sam sees this)
        bot edits in #ticket-1: @ann @staff
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Claimed by: @sam
             | Closed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Reopen] [Transcript] [Delete (danger)]
        bot in #ticket-1: ⚫ @sam closed this ticket.
        bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.
             How was it?
             <file: ticket-1.html, 2498 bytes>
             <file: ticket-1.txt, 1038 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot changes #ticket-1: archived, locked
        sam in #ticket-1: /ticket delete
        bot: Delete the channel of ticket #1? What was said in it stays in its transcript. (only sam sees this)
             [Delete (danger)] [Keep]
        sam clicks [Delete]
        bot edits: Ticket #1 is archived; its channel will be gone in a minute or two. (only sam sees this)
        bot deletes #ticket-1
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_name_that_discord_refuses_is_spelled_out() {
    let world = desk().await;
    let refused = serde_json::json!({"code": 50035, "message": "Invalid Form Body", "errors": {"name": {"_errors":
        [{"code": "INVALID_COMMUNITY_PROPERTY_NAME", "message": "Contains words not allowed"}]}}});
    world.discord.fault(Fault::on(Method::POST, "/channels").answers(Answer::Status(400, refused)));
    opens(&world, "ann", "My refund").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates #support-one under Desk"), "{screen}");
}

#[tokio::test]
async fn a_missing_permission_is_said_to_those_who_can_give_it() {
    let world = desk().await;
    world.discord.guild(HOME).permissions("Alphapy", Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES);
    opens(&world, "ann", "My refund").await;
    let screen = world.screen().await;
    assert!(screen.contains("I lack something in #Desk: give me **Manage Channels**, **"), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_channel_that_was_deleted_ends_its_ticket_and_a_hidden_one_does_not() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "Deleted").await;
    opens(&world, "bob", "Hidden").await;
    world.screen().await;
    world.discord.guild(HOME).remove_channel("ticket-1");
    world.discord.guild(HOME).overwrite("ticket-2", "bot", Permissions::empty(), Permissions::VIEW_CHANNEL);
    world.types("sam", "/ticket claim ticket:1").await;
    world.types("sam", "/ticket claim ticket:2").await;
    world.settle().await;
    world.types("sam", "/ticket list").await;
    world.types("sam", "/ticket show ticket:2").await;
    world.types("sam", "/ticket show ticket:1").await;
    let screen = world.screen().await;
    expect![[r#"

        bot: (only sam sees this)
             | **Tickets**
             | 🔵 **#2** Hidden · @bob · Support · claimed by @sam · in 0 seconds #ticket-2
        sam in #help: /ticket show ticket:2
        bot: (only sam sees this)
             | **Ticket #2 · Support**
             | Hidden
             | Status: 🔵 Claimed
             | Opened by: @bob
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             | (⚠️ I cannot see #ticket-2 any more; give me **View Channel** there.)
             |--
             | **What happened**
             | Mon 2027-03-01 09:00 UTC @bob opened it
             | Mon 2027-03-01 09:00 UTC @sam claimed it
        sam in #help: /ticket show ticket:1
        bot: (only sam sees this)
             | **Ticket #1 · Support**
             | Deleted
             | Status: 🗄️ Archived
             | Opened by: @ann
             | Claimed by: @sam
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             | (⚠️ Its channel was deleted.)
             |--
             | **What happened**
             | Mon 2027-03-01 09:00 UTC @ann opened it
             | Mon 2027-03-01 09:00 UTC @sam claimed it
             | Mon 2027-03-01 09:00 UTC I archived it: Its channel was deleted.
    "#]]
    .assert_eq(screen.split("/ticket list").nth(1).expect("a list"));
    world.discord.take_problems();
    // Once it may, it shows what it is.
    let allow = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    world.discord.guild(HOME).overwrite("ticket-2", "bot", allow, Permissions::empty());
    world.types("sam", "/ticket priority priority:high ticket:2").await;
    world.settle().await;
    world.types("sam", "/ticket show ticket:2").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot edits in #ticket-2") && !screen.contains("⚠️"), "{screen}");
}

#[tokio::test]
async fn two_of_the_staff_press_at_once_and_one_is_told_who_was_first() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    let (sam, sofie) = (world.person("sam").in_channel("ticket-1"), world.person("sofie").in_channel("ticket-1"));
    tokio::join!(sam.clicks("Claim"), sofie.clicks("Claim"));
    let screen = world.screen().await;
    assert_eq!(screen.matches("has claimed this ticket; `/ticket transfer` moves it to you.").count(), 1, "{screen}");
    let claimed: i64 = sqlx::query_scalar("select count(*) from ticket_event where kind = 'claimed'")
        .fetch_one(&world.db().await)
        .await
        .expect("a number");
    assert_eq!(claimed, 1);
}

#[tokio::test]
async fn a_button_from_elsewhere_changes_nothing() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").clicks("Claim").await;
    let claim = world.discord.exchanges().pop().expect("a press").request;
    world.screen().await;
    let mut forged = 0;
    let mut forge = async |change: &dyn Fn(&mut serde_json::Value)| {
        let mut body = claim.clone();
        let id = body["id"].as_str().and_then(|id| id.parse::<u64>().ok()).expect("an id");
        forged += 1_000_003;
        body["id"] = serde_json::json!((id + forged).to_string());
        change(&mut body);
        let (_, answer) = world.person("sam").raw(&body).await;
        answer["data"]["content"].as_str().unwrap_or_default().to_owned()
    };
    let none = "There is no such ticket; pick one that is suggested, or see `/ticket list`.";
    // Another server has no ticket of that number, whoever presses there.
    let away = world.discord.guild(AWAY).id();
    assert_eq!(forge(&|body| body["guild_id"] = away.as_str().into()).await, none);
    assert_eq!(forge(&|body| body["data"]["custom_id"] = r#"tickets:{"Claim":99}"#.into()).await, none);
    let old = "This button is from an older version; run the command again.";
    assert_eq!(forge(&|body| body["data"]["custom_id"] = r#"tickets:{"Grab":1}"#.into()).await, old);
    // A direct message's button is none of a server's, nor the other way round.
    let home = world.discord.guild(HOME).id();
    let direct = format!(r#"tickets@{home}:{{"Rate":[1,5]}}"#);
    assert_eq!(forge(&|body| body["data"]["custom_id"] = direct.as_str().into()).await, old);
    let in_direct = |body: &mut serde_json::Value| {
        body["data"]["custom_id"] = format!(r#"tickets@{home}:{{"Close":1}}"#).into();
        body["user"] = body["member"]["user"].take();
        for key in ["member", "guild_id"] {
            body.as_object_mut().expect("an object").remove(key);
        }
    };
    let staff = "Only the staff of this ticket can do that; write here what you need.";
    assert_eq!(forge(&in_direct).await, staff);
    // Stars that nobody offered.
    let stars = |body: &mut serde_json::Value| body["data"]["custom_id"] = r#"tickets:{"Rate":[1,9]}"#.into();
    assert_eq!(forge(&stars).await, none);
    world.types("sam", "/ticket show ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("Claimed") && !screen.contains("Closed"), "{screen}");
}

#[tokio::test]
async fn who_takes_no_direct_messages_rates_in_the_ticket() {
    let world = desk().await;
    world.discord.set_takes_dms("ann", false);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").clicks("4 ★").await;
    world.person("ann").in_channel("ticket-1").clicks("4 ★").await;
    let screen = world.screen().await;
    assert!(screen.contains("Only the member whose ticket it is can rate it."), "{screen}");
    assert!(screen.contains("Thank you! You rated ticket #1 ★★★★☆."), "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn an_answer_of_the_faq_makes_a_ticket_unnecessary() {
    let world = desk().await;
    world.has_entry("How do I get a refund?", "Within 30 days, under Orders.").await;
    world.has_entry("Where are refunds paid?", "To the card that paid.").await;
    opens(&world, "ann", "refund of my order").await;
    let offered = world.screen().await;
    expect![[r#"
        ann submits What is it about?="refund of my order"
        bot: Does this answer it? If not, your ticket opens with one more click. (only ann sees this)
             | **#1 How do I get a refund?**
             | Within 30 days, under Orders.
             |--
             | **#2 Where are refunds paid?**
             | To the card that paid.
             [#1 answers it] [#2 answers it]
             [Open the ticket]
    "#]]
    .assert_eq(&offered[offered.find("ann submits").expect("it began")..]);
    world.clicks("ann", "#1 answers it").await;
    // Once is enough, and it is too late for a ticket of it.
    let screen = world.screen().await;
    assert!(screen.contains("Good to know!"), "{screen}");
    let times: i64 = sqlx::query_scalar("select sum(times) from ticket_answered")
        .fetch_one(&world.db().await)
        .await
        .expect("a number");
    assert_eq!(times, 1);
    opens(&world, "ann", "refund of my order").await;
    world.clicks("ann", "Open the ticket").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #1 is open"), "{screen}");
    world.types("ada", "/config tickets set offer-answers:false").await;
    opens(&world, "bob", "refund of my order").await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #2 is open"), "{screen}");
}

#[tokio::test]
async fn a_type_asks_and_refuses_as_it_was_set_up() {
    let world = desk().await;
    world.discord.guild(HOME).role("buyers", Permissions::empty()).member("bob", &["buyers"]);
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.clicks("New kind").await;
    ada.submits(&[
        ("Name", "Billing"),
        ("Emoji", "💶"),
        ("Description", "Money"),
        ("Name of its channels", "{type}-{number}"),
    ])
    .await;
    ada.clicks("Place and people").await;
    ada.submits(&[("Who may open it", "buyers")]).await;
    ada.clicks("Limits and hours").await;
    ada.submits(&[
        ("How many a member may have open", "2"),
        ("How long they wait between two", "10m"),
        ("When somebody is there", "mon-fri 12:00-17:00"),
    ])
    .await;
    ada.clicks("Ask one more").await;
    ada.submits(&[
        ("Question", "Paid by"),
        ("How it is answered", "One of several options"),
        ("Options or length", "Card\nTransfer"),
        ("It must be answered", "true"),
    ])
    .await;
    ada.clicks("Ask one more").await;
    ada.submits(&[("Question", "I have the invoice"), ("How it is answered", "A box to tick")]).await;
    ada.clicks("Times").await;
    ada.submits(&[("Remind the silent side after", "1d"), ("Close it when its member is silent for", "12h")]).await;
    ada.submits(&[]).await;
    let screen = world.screen().await;
    let last = screen.rsplit("bot edits:").next().expect("a screen");
    expect![[r#"
         Saved. (only ada sees this)
             | **💶 Billing**
             | Money
             | Opens in: the server's setting
             | Channels: {type}-{number}
             | Worked by: the server's setting
             | For: @buyers
             | Not for: nobody
             | At most: 2 a member
             | Pause between two: 10m
             | Hours: mon-fri 12:00-17:00
             | Reminds after: never
             | Closes after: never
             | Answered within: never
             | Member leaves: it stays
             | Questions:
             | **What is it about?** · text of 0 to 100 characters
             | **Tell us more** · text of 0 to 1000 characters, optional
             | **Paid by** · one of Card, Transfer
             | **I have the invoice** · a box, optional
             | Opening message: Hello {member}! The staff will be with you soon.
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
               - Paid by
               - I have the invoice
             <select: Say it in another language>
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
        ada clicks [Times]
        bot opens a form for ada: Times
             Remind the silent side after (short, up to 20): 0m
               1d, 12h; 0 is never
             Close it when its member is silent for (short, up to 20): 0m
               7d; 0 is never
             Alert if nobody answers within (short, up to 20): 0m
               Of working time: 4h; 0 is never
             Escalate it then (box): no
             Close it when its member leaves the server (box): no
        ada submits Remind the silent side after="1d", Close it when its member is silent for="12h"
        bot: A ticket closes later than it reminds; make the second time longer than the first. (only ada sees this)
             | **What you wrote**
             | Remind the silent side after: 1d
             | Close it when its member is silent for: 12h
             | Alert if nobody answers within: 0m
        ada has no form open
    "#]]
    .assert_eq(last);
    world.types("ann", "/ticket open").await;
    world.person("ann").selects("What is it about?", &["💶 Billing"]).await;
    world.types("bob", "/ticket open kind:billing").await;
    world
        .submits("bob", &[("What is it about?", "Invoice 12"), ("Paid by", "Transfer"), ("I have the invoice", "true")])
        .await;
    world.settle().await;
    world.types("bob", "/ticket open kind:Billing").await;
    world.clock.advance(jiff::SignedDuration::from_mins(10));
    world.types("bob", "/ticket open kind:Billing").await;
    world.submits("bob", &[("What is it about?", "Invoice 13"), ("Paid by", "Card")]).await;
    world.settle().await;
    world.clock.advance(jiff::SignedDuration::from_mins(10));
    world.types("bob", "/ticket open kind:Billing").await;
    world.types("ada", "/ticket block member:@ann reason:spam").await;
    world.types("ann", "/ticket open kind:Support").await;
    world.types("ada", "/ticket unblock member:@ann").await;
    expect![[r#"
        ann in #help: /ticket open
        bot: Which kind of ticket? (only ann sees this)
             <select: What is it about?>
               - Support
               - 💶 Billing (Money)
        ann selects 💶 Billing in <What is it about?>
        bot: This kind of ticket is for @buyers; pick another kind, or ask an admin. (only ann sees this)
        bob in #help: /ticket open kind:billing
        bot opens a form for bob: Billing
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
             Paid by* (select):
               - Card
               - Transfer
             I have the invoice (box): no
        bob submits What is it about?="Invoice 12", Paid by="Transfer", I have the invoice="true"
        bot is thinking… (only bob sees this)
        bot creates #billing-1 under Desk
             topic: Ticket #1 · Billing · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             bob: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #billing-1: @bob @staff (pings bob)
             Hello @bob!
             Nobody is there right now; we are there mon-fri 12:00-17:00 (Europe/Brussels), next Mon 2027-03-01 11:00 UTC.
             | **Ticket #1 · 💶 Billing**
             | Invoice 12
             | Status: 🟢 Open
             | Opened by: @bob
             | Paid by: Transfer
             | I have the invoice: Yes
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot answers: Your ticket #1 is open: #billing-1 (only bob sees this)
             Nobody is there right now; we are there mon-fri 12:00-17:00 (Europe/Brussels), next Mon 2027-03-01 11:00 UTC.
        bob in #help: /ticket open kind:Billing
        bot: You have just opened one; you can open the next in 10 minutes. (only bob sees this)
        bob in #help: /ticket open kind:Billing
        bot opens a form for bob: Billing
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
             Paid by* (select):
               - Card
               - Transfer
             I have the invoice (box): no
        bob submits What is it about?="Invoice 13", Paid by="Card"
        bot is thinking… (only bob sees this)
        bot creates #billing-2 under Desk
             topic: Ticket #2 · Billing · alphapy:2
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             bob: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #billing-2: @bob @staff (pings bob)
             Hello @bob!
             Nobody is there right now; we are there mon-fri 12:00-17:00 (Europe/Brussels), next Mon 2027-03-01 11:00 UTC.
             | **Ticket #2 · 💶 Billing**
             | Invoice 13
             | Status: 🟢 Open
             | Opened by: @bob
             | Paid by: Card
             | I have the invoice: No
             | Opened: Mon 2027-03-01 09:10 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot answers: Your ticket #2 is open: #billing-2 (only bob sees this)
             Nobody is there right now; we are there mon-fri 12:00-17:00 (Europe/Brussels), next Mon 2027-03-01 11:00 UTC.
        bob in #help: /ticket open kind:Billing
        bot: You have #1 (#billing-1), #2 (#billing-2) open already, which is as many as you can have; go on there, or close it first. (only bob sees this)
        ada in #help: /ticket block member:@ann reason:spam
        bot: @ann can open no more tickets here; `/ticket unblock` lets them again. (only ada sees this)
        ann in #help: /ticket open kind:Support
        bot: You may not open tickets here (spam); talk to an admin if that is a mistake. (only ann sees this)
        ada in #help: /ticket unblock member:@ann
        bot: @ann can open tickets again. (only ada sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_panel_opens_tickets_and_follows_its_types() {
    let world = desk().await;
    world.types("ada", "/ticket panel channel:#general title:Help text:We are here.").await;
    world.settle().await;
    let ann = world.person("ann").in_channel("general");
    ann.clicks("📨 Open a ticket").await;
    ann.submits(&[("What is it about?", "My refund")]).await;
    world.settle().await;
    ann.clicks("📨 Open a ticket").await;
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.clicks("New kind").await;
    ada.submits(&[("Name", "Billing"), ("Emoji", "💶")]).await;
    world.settle().await;
    ada.types("/ticket panel channel:#general style:menu").await;
    world.settle().await;
    world.person("bob").in_channel("general").selects("What is it about?", &["💶 Billing"]).await;
    let screen = world.screen().await;
    expect![[r#"
        ada in #help: /ticket panel channel:#general title:Help text:We are here.
        bot is thinking… (only ada sees this)
        bot in #general:
             | **Help**
             | We are here.
             [📨 Open a ticket]
        bot answers: The panel is there. #general (only ada sees this)
        ann clicks [📨 Open a ticket]
        bot opens a form for ann: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
        ann submits What is it about?="My refund"
        bot is thinking… (only ann sees this)
        bot creates #ticket-1 under Desk
             topic: Ticket #1 · Support · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @ann @staff (pings ann)
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My refund
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)
        ann clicks [📨 Open a ticket]
        bot: You have #1 (#ticket-1) open already, which is as many as you can have; go on there, or close it first. (only ann sees this)
        ada in #help: /ticket types
        bot: (only ada sees this)
             | **Kinds of tickets**
             | **Support**
             <select: Change one>
               - Support
             [New kind]
        ada clicks [New kind]
        bot opens a form for ada: New kind of ticket
             Name* (short, up to 80):
               What members choose: Billing
             Emoji (short, up to 32):
               One that stands before it
             Description (short, up to 100):
               What stands below it in menus
             Opening message (long, up to 1500): Hello {member}! The staff will be with you soon.
               {member}, {number}, {type} and {subject} are filled in
             Name of its channels (short, up to 90): ticket-{number}
               {number}, {member} and {type} are filled in
        ada submits Name="Billing", Emoji="💶"
        bot edits: Added. (only ada sees this)
             | **💶 Billing**
             | Opens in: the server's setting
             | Channels: ticket-{number}
             | Worked by: the server's setting
             | For: everybody
             | Not for: nobody
             | At most: 1 a member
             | Pause between two: none
             | Hours: always
             | Reminds after: never
             | Closes after: never
             | Answered within: never
             | Member leaves: it stays
             | Questions:
             | **What is it about?** · text of 0 to 100 characters
             | **Tell us more** · text of 0 to 1000 characters, optional
             | Opening message: Hello {member}! The staff will be with you soon.
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
             <select: Say it in another language>
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
        bot edits in #general:
             | **Help**
             | We are here.
             [Support] [💶 Billing]
        ada in #help: /ticket panel channel:#general style:menu
        bot is thinking… (only ada sees this)
        bot edits in #general:
             | **Help**
             | We are here.
             <select: What is it about?>
               - Support
               - 💶 Billing
        bot answers: The panel is there. #general (only ada sees this)
        bob selects 💶 Billing in <What is it about?>
        bot opens a form for bob: Billing
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
    "#]].assert_eq(&screen);
}

#[tokio::test]
async fn messages_and_members_have_menus_that_open_tickets() {
    let world = desk().await;
    world.discord.post(HOME, "help", "bob", "My order is *lost*\nPlease help");
    world.person("ann").message_menu("Add to ticket", "lost").await;
    world.person("ann").selects("Add it to", &["New: Support"]).await;
    world.settle().await;
    world.person("sam").message_menu("Add to ticket", "lost").await;
    world.person("sam").selects("Add it to", &["New: Support"]).await;
    world.settle().await;
    world.person("sam").message_menu("Add to ticket", "lost").await;
    world.person("sam").selects("Add it to", &["#1 My order is *lost*"]).await;
    world.settle().await;
    world.person("ann").user_menu("Open a ticket", "bob").await;
    world.person("sam").user_menu("Open a ticket", "bob").await;
    world.submits("sam", &[("What is it about?", "Your account")]).await;
    expect![[r#"
        bob in #help: My order is *lost*
             Please help
        ann in #help: Add to ticket on “My order is *lost*…”
        bot: To which ticket? (only ann sees this)
             <select: Add it to>
               - New: Support
        ann selects New: Support in <Add it to>
        bot is thinking… (only ann sees this)
        bot creates #ticket-1 under Desk
             topic: Ticket #1 · Support · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @ann @staff (pings ann)
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | My order is \*lost\*
             | Status: 🟢 Open
             | Opened by: @ann
             | Message:
             | bob wrote (https://discord.com/channels/1191169165885440000/1191170675834880000/1609862794444800003):
             | My order is \*lost\*
             | Please help
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)
        sam in #help: Add to ticket on “My order is *lost*…”
        bot: To which ticket? (only sam sees this)
             <select: Add it to>
               - #1 My order is *lost*
               - New: Support
        sam selects New: Support in <Add it to>
        bot is thinking… (only sam sees this)
        bot creates #ticket-2 under Desk
             topic: Ticket #2 · Support · alphapy:2
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             bob: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-2: @bob @staff (pings bob)
             Hello @bob! The staff will be with you soon.
             | **Ticket #2 · Support**
             | My order is \*lost\*
             | Status: 🟢 Open
             | Opened by: @sam for @bob
             | Message:
             | bob wrote (https://discord.com/channels/1191169165885440000/1191170675834880000/1609862794444800003):
             | My order is \*lost\*
             | Please help
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot answers: Ticket #2 of @bob is open: #ticket-2 (only sam sees this)
        sam in #help: Add to ticket on “My order is *lost*…”
        bot: To which ticket? (only sam sees this)
             <select: Add it to>
               - #1 My order is *lost*
               - #2 My order is *lost*
               - New: Support
        sam selects #1 My order is *lost* in <Add it to>
        bot edits: Added to ticket #1. (only sam sees this)
        bot in #ticket-1: 📎 @sam added a message.
             > bob wrote (https://discord.com/channels/1191169165885440000/1191170675834880000/1609862794444800003):
             > My order is \*lost\*
             > Please help
        ann in #help: Open a ticket on bob
        bot: Only the staff opens tickets for others; open your own with `/ticket open`. (only ann sees this)
        sam in #help: Open a ticket on bob
        bot opens a form for sam: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
        sam submits What is it about?="Your account"
        bot is thinking… (only sam sees this)
        bot creates #ticket-3 under Desk
             topic: Ticket #3 · Support · alphapy:3
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             bob: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-3: @bob @staff (pings bob)
             Hello @bob! The staff will be with you soon.
             | **Ticket #3 · Support**
             | Your account
             | Status: 🟢 Open
             | Opened by: @sam for @bob
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot answers: Ticket #3 of @bob is open: #ticket-3 (only sam sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

/// Hours pass, with a pass of cron at the end.
async fn hours_pass(world: &World, hours: i64) {
    world.clock.advance(jiff::SignedDuration::from_hours(hours));
    world.a_minute_passes().await;
    world.settle().await;
}

#[tokio::test]
async fn who_is_silent_is_reminded_and_then_it_closes() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.clicks("Times").await;
    ada.submits(&[
        ("Remind the silent side after", "1d"),
        ("Close it when its member is silent for", "3d"),
        ("Alert if nobody answers within", "4h"),
        ("Escalate it then", "true"),
    ])
    .await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    // Nobody answers: the staff is called, once.
    hours_pass(&world, 3).await;
    hours_pass(&world, 1).await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("this ticket is late. Nobody answered within 4h.").count(), 1, "{screen}");
    assert!(screen.contains("Status: 🔴 Escalated") && screen.contains("🚨 Ticket #1 waits too long"), "{screen}");
    // Somebody does; now it is for ann to answer.
    let (ann, sam) = (world.person("ann").in_channel("ticket-1"), world.person("sam").in_channel("ticket-1"));
    sam.types("Which order is it?").await;
    hours_pass(&world, 1).await;
    world.screen().await;
    hours_pass(&world, 24).await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    expect![[r#"
        bot in DM with ann: Your ticket #1 waits for you: #ticket-1 Is it solved?
             [Close it] [Keep it open]
        bot in #ticket-1: @ann, we wait for your answer. Is it solved? It closes after 3d without an answer. (pings ann)
             [Close it] [Keep it open]
    "#]]
    .assert_eq(&crate::support::apart(&screen, "general").0);
    ann.clicks("Keep it open").await;
    hours_pass(&world, 1).await;
    sam.types("So, which one?").await;
    hours_pass(&world, 25).await;
    world.screen().await;
    hours_pass(&world, 24).await;
    world.screen().await;
    hours_pass(&world, 24).await;
    let screen = world.screen().await;
    assert!(screen.contains("⚫ I closed this ticket.\n     > Its member did not answer."), "{screen}");
    let answered: i64 = sqlx::query_scalar(
        "select extract(epoch from first_response_at - opened_at)::bigint / 60 from ticket where number = 1",
    )
    .fetch_one(&world.db().await)
    .await
    .expect("a number");
    assert_eq!(answered, 5 * 60 + 3);
}

#[tokio::test]
async fn a_request_to_close_runs_out_unless_its_member_writes() {
    let world = desk().await;
    opens(&world, "ann", "One").await;
    opens(&world, "bob", "Two").await;
    world.settle().await;
    for ticket in ["ticket-1", "ticket-2"] {
        world.person("sam").in_channel(ticket).types("/ticket ask-close hours:2").await;
    }
    world.screen().await;
    hours_pass(&world, 1).await;
    world.person("bob").in_channel("ticket-2").types("Not yet").await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in #ticket-1: ⚫ I closed this ticket."), "{screen}");
    assert!(screen.contains("bot in #ticket-2: 💬 @bob answered. https://discord.com/channels/"), "{screen}");
}

#[tokio::test]
async fn a_member_who_leaves_and_a_channel_that_goes_end_their_tickets() {
    let world = desk().await;
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.clicks("Times").await;
    ada.submits(&[("Close it when its member leaves the server", "true")]).await;
    opens(&world, "ann", "One").await;
    opens(&world, "bob", "Two").await;
    world.settle().await;
    world.discord.guild(HOME).without("ann").remove_channel("ticket-2");
    world.screen().await;
    hours_pass(&world, 1).await;
    world.types("sam", "/ticket show ticket:1").await;
    world.types("sam", "/ticket show ticket:2").await;
    let screen = world.screen().await;
    assert!(screen.contains("I closed it: Its member has left the server."), "{screen}");
    assert!(screen.contains("I archived it: Its channel was deleted."), "{screen}");
    world.discord.take_problems();
}

/// An instance whose next call of this kind happens, but which never hears of it, as if it had died then. Another one
/// takes over what it was at.
async fn dies_after(world: &World, method: Method, path: &str, what: impl AsyncFnOnce()) {
    let dying = world.another_instance().await;
    world.routes_to(&dying);
    let requests = world.discord.requests().len();
    world.discord.fault(Fault::on(method.clone(), path).answers(Answer::HangAfter));
    what().await;
    while !world.discord.requests()[requests..]
        .iter()
        .any(|call| call.method == method.as_str() && call.path.contains(path))
    {
        tokio::task::yield_now().await;
    }
    world.discord.clear_faults();
    world.routes_to(&world.bot);
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.bot.sweeps().await;
    world.a_minute_passes().await;
    world.settle().await;
}

#[tokio::test]
async fn an_instance_that_dies_while_it_opens_a_ticket_leaves_exactly_one() {
    // At each call that opening makes.
    for path in ["/channels", "/messages", "@original"] {
        let world = desk().await;
        let method = if path == "@original" { Method::PATCH } else { Method::POST };
        world.types("ann", "/ticket open").await;
        dies_after(&world, method, path, async || {
            world.submits("ann", &[("What is it about?", "My refund")]).await;
        })
        .await;
        let screen = world.screen().await;
        assert_eq!(screen.matches("bot creates #ticket-1").count(), 1, "{path}: {screen}");
        assert_eq!(screen.matches("bot in #ticket-1").count(), 1, "{path}: {screen}");
        assert!(screen.contains("Your ticket #1 is open: #ticket-1"), "{path}: {screen}");
        world.types("ann", "/ticket list").await;
        let screen = world.screen().await;
        assert_eq!(screen.matches("My refund").count(), 1, "{path}: {screen}");
    }
}

/// Seconds pass, and the instance that lives looks for what others have left.
async fn seconds_pass(world: &World, seconds: i64) {
    world.clock.advance(jiff::SignedDuration::from_secs(seconds));
    world.bot.sweeps().await;
}

fn channels_made(world: &World) -> usize {
    let calls = world.discord.requests();
    calls.iter().filter(|call| call.method == "POST" && call.path.ends_with("/channels")).count()
}

#[tokio::test]
async fn after_a_kill_the_answer_is_there_within_35_seconds() {
    // Discord has made the channel, and nobody was there to hear of it; or it never got as far.
    for (answer, adopted) in [(Answer::HangAfter, true), (Answer::Hang, false)] {
        let world = desk().await;
        let dying = world.another_instance().await;
        world.routes_to(&dying);
        world.discord.fault(Fault::on(Method::POST, "/channels").answers(answer));
        opens(&world, "ann", "My refund").await;
        while channels_made(&world) == 0 {
            tokio::task::yield_now().await;
        }
        world.routes_to(&world.bot);
        world.discord.screen();
        // Its leases run out, and it has said for the last time that it lives.
        seconds_pass(&world, 22).await;
        if !adopted {
            assert_eq!(
                channels_made(&world),
                1,
                "until it is certain that none comes of the first, there is no second"
            );
            seconds_pass(&world, 5).await;
            seconds_pass(&world, 5).await;
        }
        let screen = world.screen().await;
        assert!(screen.contains("Your ticket #1 is open: #ticket-1") && !screen.contains("Sorry"), "{screen}");
        assert_eq!(channels_made(&world), if adopted { 1 } else { 2 });
    }
}

#[tokio::test]
async fn a_channel_that_discord_makes_late_is_found_and_no_second_is_made() {
    let world = desk().await;
    let dying = world.another_instance().await;
    world.routes_to(&dying);
    world.discord.fault(Fault::on(Method::POST, "/channels").answers(Answer::Hang));
    opens(&world, "ann", "My refund").await;
    while channels_made(&world) == 0 {
        tokio::task::yield_now().await;
    }
    world.routes_to(&world.bot);
    seconds_pass(&world, 22).await;
    // What was asked for happens after all, 26 seconds after it was.
    world.clock.advance(jiff::SignedDuration::from_secs(4));
    makes_channel(&world, "Ticket #1 · Support · alphapy:1").await;
    seconds_pass(&world, 4).await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #1 is open"), "{screen}");
    assert_eq!(channels_made(&world), 2, "the second is the one that was made late");
}

/// Discord makes a channel of a call for which nobody waits any more.
async fn makes_channel(world: &World, topic: &str) -> String {
    let new = alphapy::discord::NewChannel {
        name: "late".to_owned(),
        topic: topic.to_owned(),
        parent: None,
        overwrites: Vec::new(),
    };
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let made = world.app().discord.guild(world.guild(HOME)).create_channel(&new, "test", deadline).await;
    made.expect("it is made").id.to_string()
}

#[tokio::test]
async fn a_second_channel_of_a_ticket_is_cleared_unless_somebody_has_written_there() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    makes_channel(&world, "Ticket #1 · Support · alphapy:1").await;
    world.a_minute_passes().await;
    assert!(!world.screen().await.contains("deletes"), "what is new may still be somebody's");
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot deletes #late"), "{screen}");
    // Nobody knows this ticket at all.
    makes_channel(&world, "Ticket #77 · Support · alphapy:77").await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot deletes #late"), "{screen}");
    makes_channel(&world, "Ticket #1 · Support · alphapy:1").await;
    world.person("ada").in_channel("late").types("What is this?").await;
    world.screen().await;
    hours_pass(&world, 1).await;
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    assert!(!screen.contains("deletes"), "{screen}");
    assert_eq!(screen.matches("is a second channel of ticket #1, and somebody wrote there.").count(), 1, "{screen}");
}

#[tokio::test]
async fn one_error_of_discords_costs_seconds_and_an_outage_no_apology() {
    let world = desk().await;
    world.discord.fault(Fault::on(Method::POST, "/channels"));
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    seconds_pass(&world, 2).await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #1 is open: #ticket-1"), "{screen}");

    // Everything fails for 45 seconds.
    world.discord.fault(Fault::on_any().times(10_000));
    opens(&world, "bob", "My parcel").await;
    for _ in 0..15 {
        seconds_pass(&world, 3).await;
    }
    let screen = world.screen().await;
    assert!(!screen.contains("Sorry") && !screen.contains("bot answers"), "{screen}");
    world.discord.clear_faults();
    for _ in 0..10 {
        seconds_pass(&world, 3).await;
    }
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #2 is open: #ticket-2"), "{screen}");
}

#[tokio::test]
async fn an_instance_that_dies_while_it_closes_a_ticket_leaves_nothing_half_done() {
    let steps = [
        (Method::POST, "/messages"),
        (Method::POST, "/users/@me/channels"),
        (Method::PUT, "/permissions"),
        (Method::PATCH, "/messages"),
    ];
    for (method, path) in steps {
        let world = desk().await;
        opens(&world, "ann", "My refund").await;
        world.screen().await;
        dies_after(&world, method.clone(), path, async || {
            world.person("sam").in_channel("ticket-1").types("/ticket close").await;
        })
        .await;
        let screen = world.screen().await;
        assert_eq!(screen.matches("@sam closed this ticket").count(), 1, "{method} {path}: {screen}");
        assert_eq!(screen.matches("Your ticket #1 (My refund) was closed").count(), 1, "{method} {path}: {screen}");
        world.person("ann").in_channel("ticket-1").types("Hello?").await;
        assert!(world.screen().await.contains("no permission"), "{method} {path}");
    }
}

#[tokio::test]
async fn numbers_are_given_once_and_without_gaps_by_two_instances() {
    const OPENINGS: usize = 200;
    let world = desk().await;
    world.types("ada", "/config reset setting:tickets category").await;
    world.clicks("ada", "Reset").await;
    world.screen().await;
    let another = world.another_instance().await;
    // Every other interaction goes to the other instance.
    let targets = [world.bot.address, another.address];
    let turn = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let http = reqwest::Client::new();
    let router = axum::Router::new().fallback(move |request: axum::extract::Request| {
        let (turn, http) = (turn.clone(), http.clone());
        async move {
            let target = targets[turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 2];
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
            let mut headers = parts.headers;
            headers.remove("host");
            let url = format!("http://{target}/interactions");
            let answer = http.post(url).headers(headers).body(body).send().await.expect("an answer");
            let kind = answer.headers()["content-type"].clone();
            let (status, bytes) = (answer.status(), answer.bytes().await.expect("a body"));
            (status, [("content-type", kind)], bytes)
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    world.discord.set_endpoint(&format!("http://{}/interactions", listener.local_addr().expect("bound")));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let names: Vec<String> = (0..OPENINGS).map(|n| format!("member{n}")).collect();
    let home = world.discord.guild(HOME);
    let _home = names.iter().fold(home, |home, name| home.member(name, &[]));
    let opening = names.iter().map(|name| async {
        world.types(name, "/ticket open").await;
        world.submits(name, &[("What is it about?", name.as_str())]).await;
    });
    // As many at once as this one thread, which is all of them and Discord too, answers in time.
    futures_util::stream::iter(opening).buffer_unordered(6).collect::<Vec<()>>().await;
    crate::support::settle(&another.bot.app).await;
    world.settle().await;
    let db = world.db().await;
    let numbers: Vec<i32> =
        sqlx::query_scalar("select number from ticket order by number").fetch_all(&db).await.expect("numbers");
    assert_eq!(numbers, (1..=200).collect::<Vec<i32>>());
    let channels: i64 = sqlx::query_scalar("select count(distinct channel_id) from ticket where not unsettled")
        .fetch_one(&db)
        .await
        .expect("a number");
    assert_eq!(channels, 200);
    world.discord.screen();
}

/// The newest file of that name that the bot sent, unpacked.
fn sent(world: &World, name: &str) -> String {
    String::from_utf8(world.discord.file(name).unwrap_or_else(|| panic!("no {name}"))).expect("text")
}

#[tokio::test]
async fn what_was_said_is_kept_and_sent() {
    let world = desk().await;
    world.discord.set_message_content(true);
    world.types("ada", "/config tickets set transcript-channel:#general").await;
    world.discord.has_file("invoice.png", b"\x89PNG not really".to_vec());
    world.discord.has_file("data.html", b"<script>x</script>".to_vec());
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let (ann, sam) = (world.person("ann").in_channel("ticket-1"), world.person("sam").in_channel("ticket-1"));
    for n in 0..120 {
        ann.types(&format!("Line {n} of <b>ann</b>")).await;
    }
    ann.posts("Look, @sam, in #help", &["invoice.png", "data.html"], None).await;
    sam.types("/ticket note text:She is rude").await;
    sam.types("Paid: https://pay.example/1?a=b&c=d").await;
    world.screen().await;
    sam.types("/ticket close reason:Paid").await;
    let screen = world.screen().await;
    expect![[r#"
        bot in #general: 🗒️ Ticket #1 of @ann: 124 messages.
             | **Ticket #1 · Support**
             | My refund
             | Status: ⚫ Closed
             | Opened by: @ann
             | Closed by: @sam
             | Reason: Paid
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             <file: ticket-1.html, 18027 bytes>
             <file: ticket-1.txt, 6771 bytes>
        bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.
             > Paid
             How was it?
             <file: ticket-1.html, 18027 bytes>
             <file: ticket-1.txt, 6771 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
    "#]]
    .assert_eq(&screen[screen.find("bot in #general").expect("it is posted")..]);
    let page = sent(&world, "ticket-1.html");
    for n in 0..120 {
        assert_eq!(page.matches(&format!("Line {n} of &lt;b&gt;ann&lt;/b&gt;")).count(), 1, "{n}");
    }
    for part in [
        "Look, @sam, in #help",
        "src=\"data:image/png;base64,",
        "href=\"data:application/octet-stream;base64,",
        "href=\"https://pay.example/1?a=b&amp;c=d\"",
        "<dt>What is it about?<dd>My refund",
        "closed it: Paid",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    assert!(!page.contains("rude") && !page.contains("<script>"), "{page}");
    // Its member and the staff have it whenever they want, others never; and no longer than the server wants.
    for who in ["ann", "sam", "bob"] {
        world.types(who, "/ticket transcript ticket:1").await;
        world.settle().await;
    }
    world.types("ada", "/config tickets set transcript-days:7").await;
    hours_pass(&world, 24 * 8).await;
    world.types("ann", "/ticket transcript ticket:1").await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("bot answers: Ticket #1: 124 messages.").count(), 2, "{screen}");
    assert!(screen.contains("There is no such ticket"), "{screen}");
    assert!(screen.contains("There is no transcript: it is taken when a ticket closes"), "{screen}");
}

/// How many pages of messages the bot has read.
fn pages_read(world: &World) -> usize {
    let read = |call: &&alphapy::dev::fake::Request| call.method == "GET" && call.path.contains("/messages?");
    world.discord.requests().iter().filter(read).count()
}

#[tokio::test]
async fn what_was_said_is_read_once_however_often_it_is_asked_for() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    for n in 0..250 {
        world.discord.post(HOME, "ticket-1", ["ann", "sam"][n % 2], &format!("Line {n}"));
    }
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.screen().await;
    let read = pages_read(&world);
    assert_eq!(read, 3);
    for who in ["ann", "sam", "ann"] {
        world.types(who, "/ticket transcript ticket:1").await;
        let screen = world.screen().await;
        assert!(screen.contains("bot answers: Ticket #1: 252 messages."), "{screen}");
    }
    assert_eq!(pages_read(&world), read);
    // Before its channel is deleted it is asked for once more whether something was said since.
    world.types("sam", "/ticket delete ticket:1").await;
    world.clicks("sam", "Delete").await;
    world.screen().await;
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot deletes #ticket-1"), "{screen}");
    assert_eq!(pages_read(&world), read + 1);
    world.types("ann", "/ticket transcript ticket:1").await;
    assert!(world.screen().await.contains("Ticket #1: 252 messages."));
}

#[tokio::test]
async fn what_is_said_after_closing_is_kept_too() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    world.discord.post(HOME, "ticket-1", "sam", "The last word");
    world.types("sam", "/ticket delete ticket:1").await;
    world.clicks("sam", "Delete").await;
    world.settle().await;
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.a_minute_passes().await;
    world.types("ann", "/ticket transcript ticket:1").await;
    world.screen().await;
    assert!(sent(&world, "ticket-1.html").contains("The last word"));
    assert_eq!(sent(&world, "ticket-1.txt").matches("The last word").count(), 1);
}

#[tokio::test]
async fn a_long_ticket_arrives_whole() {
    let world = desk().await;
    world.discord.set_message_content(true);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let filler = "and so on, ".repeat(360);
    for n in 0..2_500 {
        world.discord.post(HOME, "ticket-1", "ann", &format!("Line {n}: {filler}"));
    }
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    world.types("ann", "/ticket transcript ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot answers: Ticket #1: 2502 messages."), "{screen}");
    for name in ["ticket-1.html.zip", "ticket-1.txt.zip"] {
        assert!(screen.contains(&format!("<file: {name}")), "{screen}");
        let packed = world.discord.file(name).unwrap_or_else(|| panic!("no {name}"));
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(packed)).expect("an archive");
        let text = std::io::read_to_string(zip.by_index(0).expect("one file")).expect("it is whole");
        let mut rest = text.as_str();
        for n in 0..2_500 {
            let at = rest.find(&format!("Line {n}: and so on")).unwrap_or_else(|| panic!("no line {n}"));
            rest = &rest[at + 1..];
        }
    }
}

#[tokio::test]
async fn what_an_older_version_kept_in_one_piece_is_sent() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let pack = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    };
    let page = "<p>What was said</p>".repeat(50_000);
    let db = world.db().await;
    sqlx::query("insert into ticket_transcript (guild_id, number, taken_at, messages, page, plain) values ($1, 1, now(), 7, $2, $3)")
        .bind(world.guild(HOME).get().cast_signed())
        .bind(pack(&page))
        .bind(pack("What was said"))
        .execute(&db)
        .await
        .expect("a transcript");
    world.types("ann", "/ticket transcript ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("Ticket #1: 7 messages."), "{screen}");
    assert_eq!(sent(&world, "ticket-1.html"), page);
    assert_eq!(sent(&world, "ticket-1.txt"), "What was said");
}

#[tokio::test]
async fn a_transcript_of_which_processes_die_takes_nothing_else_along() {
    let world = desk().await;
    world.discord.set_message_content(true);
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    for n in 0..1_200 {
        world.discord.post(HOME, "ticket-1", "ann", &format!("Line {n}"));
    }
    world.screen().await;
    for death in 0..=3 {
        let asked = pages_read(&world);
        if death == 3 {
            world.settle().await;
            let another = world.another_instance().await;
            jobs_of(&another, &world).await;
            let (screen, log) = crate::support::apart(&world.screen().await, "general");
            assert!(screen.contains("bot in DM with ann: Your ticket #1 (My refund) was closed by @sam."), "{screen}");
            assert!(log.contains("Its transcript is not whole. Only its beginning is kept"), "{log}");
            assert!(
                sent(&world, "ticket-1.txt").contains("Line 990")
                    && !sent(&world, "ticket-1.txt").contains("Line 1100")
            );
            return;
        }
        let dying = world.another_instance().await;
        world.discord.fault(Fault::on(Method::GET, "/messages?").answers(Answer::Hang));
        if death == 0 {
            world.routes_to(&dying);
            world.person("sam").in_channel("ticket-1").types("/ticket close").await;
            world.routes_to(&world.bot);
        } else {
            // It never ends.
            let (bot, now) = (dying.bot.clone(), world.now());
            tokio::spawn(async move { alphapy::jobs::run_pass(&bot, now).await });
        }
        while pages_read(&world) == asked {
            tokio::task::yield_now().await;
        }
        // It is gone in the middle of it: told to stop, which counts for nothing, and then as if it had not been told.
        dying.bot.app.handing_over.cancel();
        crate::support::settle(&dying.bot.app).await;
        let db = world.db().await;
        let counted: i32 = sqlx::query_scalar(
            "update ticket set transcript_deaths = transcript_deaths + 1 returning transcript_deaths",
        )
        .fetch_one(&db)
        .await
        .expect("the ticket");
        assert_eq!(counted, death + 1);
        world.discord.clear_faults();
        world.clock.advance(jiff::SignedDuration::from_mins(2));
    }
}

/// A ticket of which even the beginning is too much is closed all the same, and its channel is not deleted.
#[tokio::test]
async fn a_ticket_whose_transcript_cannot_be_taken_is_closed_and_keeps_its_channel() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    sqlx::query("update ticket set transcript_deaths = 5").execute(&world.db().await).await.expect("its row");
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    let (screen, log) = crate::support::apart(&world.screen().await, "general");
    assert!(screen.contains("bot in #ticket-1: ⚫ @sam closed this ticket."), "{screen}");
    assert!(screen.contains("bot in DM with ann: Your ticket #1 (My refund) was closed by @sam."), "{screen}");
    assert!(log.contains("What was said in it cannot be kept; its channel has it."), "{log}");
    world.types("sam", "/ticket delete ticket:1").await;
    world.clicks("sam", "Delete").await;
    world.screen().await;
    world.clock.advance(jiff::SignedDuration::from_mins(2));
    world.a_minute_passes().await;
    let (screen, log) = crate::support::apart(&world.screen().await, "general");
    assert!(!screen.contains("bot deletes #ticket-1"), "{screen}");
    assert!(log.contains("delete it by hand"), "{log}");
}

/// One pass of cron of another instance, with all that it leads to.
async fn jobs_of(instance: &crate::support::Instance, world: &World) {
    alphapy::jobs::run_pass(&instance.bot, world.now()).await.expect("all jobs succeed");
    crate::support::settle(&instance.bot.app).await;
}

#[tokio::test]
async fn a_list_is_turned_forwards_and_backwards_while_it_changes() {
    let world = desk().await;
    opens(&world, "ann", "First").await;
    world.settle().await;
    let db = world.db().await;
    let sql = "insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                                   opened_at, updated_at, check_at, settle_at, unsettled, priority, status)
               select guild_id, n, type_id, user_id, user_id, n, 'Subject ' || n, '[]', opened_at, opened_at, check_at + interval '1 year',
                      opened_at, false, case when n % 7 = 0 then 'urgent' else 'normal' end,
                      case when n % 5 = 0 then 'waiting_for_user' else 'open' end
                 from ticket, generate_series(2, 35) as n";
    sqlx::query(sql).execute(&db).await.expect("tickets");
    world.screen().await;
    let numbers = |screen: &str| -> Vec<i32> {
        let of = |line: &str| line.split("**#").nth(1)?.split("**").next()?.parse().ok();
        screen.lines().filter_map(of).collect()
    };
    let order: Vec<i32> = (1..=35).filter(|n| n % 7 == 0).chain((1..=35).filter(|n| n % 7 != 0)).collect();
    world.types("sam", "/ticket list").await;
    let first = world.screen().await;
    assert_eq!(numbers(&first), order[..10], "{first}");
    assert!(first.contains("[Next]") && !first.contains("[Previous]"), "{first}");
    for page in order[10..].chunks(10) {
        world.clicks("sam", "Next").await;
        let screen = world.screen().await;
        assert_eq!(numbers(&screen), page, "{screen}");
        let buttons = screen.lines().last().expect("a row of buttons");
        assert_eq!((buttons.contains("[Previous]"), buttons.contains("[Next]")), (true, page.len() == 10), "{screen}");
    }
    world.clicks("sam", "Previous").await;
    assert_eq!(numbers(&world.screen().await), order[20..30]);
    // What was closed meanwhile is left out, and nothing is passed over for it.
    sqlx::query("update ticket set status = 'closed' where number = $1")
        .bind(order[12])
        .execute(&db)
        .await
        .expect("its row");
    world.clicks("sam", "Previous").await;
    let screen = world.screen().await;
    let expected: Vec<i32> = order[9..20].iter().copied().filter(|number| *number != order[12]).collect();
    assert_eq!(numbers(&screen), expected, "{screen}");
    world.clicks("sam", "Previous").await;
    let screen = world.screen().await;
    assert_eq!(numbers(&screen), order[..10], "{screen}");
    assert_eq!(screen.lines().last().map(str::trim), Some("[Next]"), "{screen}");
    // With everything that can be chosen the buttons still fit.
    sqlx::query("update ticket set priority = 'urgent', status = 'waiting_for_user', claimed_by_user_id = $1")
        .bind(world.discord.id_of("@sam").parse::<i64>().expect("an id"))
        .execute(&db)
        .await
        .expect("rows");
    world.types("sam", "/ticket list status:waiting for user member:@ann mine:true kind:Support priority:urgent").await;
    let screen = world.screen().await;
    assert!(screen.contains("[Next]"), "{screen}");
    world.clicks("sam", "Next").await;
    assert_eq!(numbers(&world.screen().await), (11..=20).collect::<Vec<i32>>());
}

#[tokio::test]
async fn numbers_of_many_tickets_are_counted_after_the_answer() {
    let world = desk().await;
    opens(&world, "ann", "First").await;
    world.settle().await;
    let db = world.db().await;
    sqlx::query("update ticket_counter set last_number = 10001").execute(&db).await.expect("a row");
    world.screen().await;
    world.types("sam", "/ticket stats public:true").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot is thinking…\n") && screen.contains("**Tickets · Last 7 days**"), "{screen}");
    world.clicks("sam", "All time").await;
    let screen = world.screen().await;
    assert!(screen.contains("**Tickets · All time**"), "{screen}");
}

#[tokio::test]
async fn without_the_right_to_read_a_transcript_says_so() {
    let world = desk().await;
    world.discord.set_message_content(false);
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("ann").in_channel("ticket-1").types("Where is it?").await;
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    let page = sent(&world, "ticket-1.html");
    assert!(page.contains("message content intent") && page.contains("My refund"), "{page}");
    assert!(!page.contains("Where is it?"), "{page}");
    world.screen().await;
}

#[tokio::test]
async fn numbers_tell_how_many_how_fast_and_how_good() {
    let world = desk().await;
    let minutes = |minutes| world.clock.advance(jiff::SignedDuration::from_mins(minutes));
    // One ticket of two weeks ago, and three of today, of which one came to nothing.
    opens(&world, "ann", "Old").await;
    world.settle().await;
    world.person("sofie").in_channel("ticket-1").types("/ticket close").await;
    world.settle().await;
    minutes(14 * 24 * 60);
    opens(&world, "ann", "Quick").await;
    opens(&world, "bob", "Slow").await;
    world.settle().await;
    minutes(10);
    world.person("sam").in_channel("ticket-2").clicks("Claim").await;
    minutes(20);
    world.person("sam").in_channel("ticket-2").types("/ticket close").await;
    world.settle().await;
    world.person("ann").in_dm().clicks("4 ★").await;
    minutes(70);
    world.person("sam").in_channel("ticket-3").clicks("Claim").await;
    world.settle().await;
    world.discord.guild(HOME).permissions("Alphapy", Permissions::VIEW_CHANNEL);
    opens(&world, "ann", "Nowhere").await;
    world.screen().await;
    world.discord.take_problems();
    world.types("ann", "/ticket stats").await;
    world.types("sam", "/ticket stats").await;
    world.clicks("sam", "All time").await;
    expect![[r#"
        ann in #help: /ticket stats
        bot: Only the staff reads the numbers; `/ticket list` shows your own tickets. (only ann sees this)
        sam in #help: /ticket stats
        bot: (only sam sees this)
             | **Tickets · Last 7 days**
             | `▁▁▁▁▁▁█` opened a day in the last 7 days
             | `▁▁▁▁▁▁▄` closed a day in the last 7 days
             | Now:
             | 🟢 Open 0
             | 🔵 Claimed 1
             | 🟡 Waiting for user 0
             | 🔴 Escalated 0
             | ⚫ Closed 2
             | 🗄️ Archived 0
             | In that time:
             | Opened 2
             | Closed 1
             | First response:
             | 30m on average
             | 30m for nine of ten
             | Claimed after:
             | 55m on average
             | 1h 31m for nine of ten
             | Closed after:
             | 30m on average
             | 30m for nine of ten
             | Satisfaction: 4.0 of 5 stars, 1 rating
             | Staff: @sam claimed 2, closed 1, 4.0 stars
             [Last 7 days] [Last 30 days] [All time]
        sam clicks [All time]
        bot edits: (only sam sees this)
             | **Tickets · All time**
             | `▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▄▁▁▁▁▁▁▁▁▁▁▁▁▁█` opened a day in the last 30 days
             | `▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▄▁▁▁▁▁▁▁▁▁▁▁▁▁▄` closed a day in the last 30 days
             | Now:
             | 🟢 Open 0
             | 🔵 Claimed 1
             | 🟡 Waiting for user 0
             | 🔴 Escalated 0
             | ⚫ Closed 2
             | 🗄️ Archived 0
             | In that time:
             | Opened 3
             | Closed 2
             | First response:
             | 15m on average
             | 27m for nine of ten
             | Claimed after:
             | 55m on average
             | 1h 31m for nine of ten
             | Closed after:
             | 15m on average
             | 27m for nine of ten
             | Satisfaction: 4.0 of 5 stars, 1 rating
             | Staff:
             | @sam claimed 2, closed 1, 4.0 stars
             | @sofie claimed 0, closed 1
             [Last 7 days] [Last 30 days] [All time]
    "#]]
    .assert_eq(&world.screen().await);
    // Of another server they say nothing, and nothing that happens later changes them.
    world.types("sam", "/ticket rename subject:Other ticket:2").await;
    world.screen().await;
    world.types("sam", "/ticket stats").await;
    let screen = world.screen().await;
    assert!(screen.contains("Closed after:\n     | 30m on average"), "{screen}");
    world.discord.guild(AWAY).command_permission("ticket", "@everyone", true);
    world.discord.person("eve").in_guild(AWAY).types("/ticket stats").await;
    let screen = world.screen().await;
    assert!(screen.contains("Nothing was opened or closed"), "{screen}");
}

#[tokio::test]
async fn the_staff_gives_replies_that_are_ready() {
    let world = desk().await;
    let sam = world.person("sam");
    sam.types("/tag add").await;
    sam.submits(&[("Name", "Refund"), ("Reply", "Hello {member}, ticket #{number} is about **{subject}**.")]).await;
    sam.types("/tag add").await;
    sam.submits(&[("Name", "refund"), ("Reply", "Twice")]).await;
    sam.types("/tag add").await;
    sam.submits(&[("Name", "Hours"), ("Reply", "We are there from nine to five. @everyone")]).await;
    let names: Vec<String> =
        world.suggests("sam", "/tag send name:u").await.into_iter().map(|choice| choice.name).collect();
    assert_eq!(names, ["Hours", "Refund"]);
    assert_eq!(world.suggests("ann", "/tag send name:u").await, []);
    opens(&world, "ann", "A *loss*").await;
    world.settle().await;
    let desk = world.person("sam").in_channel("ticket-1");
    desk.types("/tag send name:refund").await;
    sam.types("/tag send name:Refund").await;
    sam.types("/tag send name:Hours").await;
    sam.types("/tag edit name:Hours").await;
    sam.submits(&[("Name", "Open"), ("Reply", "Nine to five.")]).await;
    sam.types("/tag list").await;
    sam.types("/tag remove name:open").await;
    sam.types("/tag send name:open").await;
    world.types("ann", "/tag list").await;
    let screen = world.screen().await;
    expect![[r#"
        sam in #help: /tag add
        bot opens a form for sam: New reply
             Name* (short, up to 50):
               By which you find it
             Reply* (long, up to 1800):
               In a ticket {member}, {number}, {type} and {subject} are filled in
        sam submits Name="Refund", Reply="Hello {member}, ticket #{number} is about **{subject}**."
        bot: “Refund” is saved; give it with `/tag send`. (only sam sees this)
        sam in #help: /tag add
        bot opens a form for sam: New reply
             Name* (short, up to 50):
               By which you find it
             Reply* (long, up to 1800):
               In a ticket {member}, {number}, {type} and {subject} are filled in
        sam submits Name="refund", Reply="Twice"
        bot: There is a reply of that name already; change that one with `/tag edit`. (only sam sees this)
             | **What you wrote**
             | Name: refund
             |--
             | **Reply**
             | Twice
        sam in #help: /tag add
        bot opens a form for sam: New reply
             Name* (short, up to 50):
               By which you find it
             Reply* (long, up to 1800):
               In a ticket {member}, {number}, {type} and {subject} are filled in
        sam submits Name="Hours", Reply="We are there from nine to five. @everyone"
        bot: “Hours” is saved; give it with `/tag send`. (only sam sees this)
        ann in #help: /ticket open
        bot opens a form for ann: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
        ann submits What is it about?="A *loss*"
        bot is thinking… (only ann sees this)
        bot creates #ticket-1 under Desk
             topic: Ticket #1 · Support · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @ann @staff (pings ann)
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | A \*loss\*
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)]
        bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)
        sam in #ticket-1: /tag send name:refund
        bot: Hello @ann, ticket #1 is about **A \*loss\***. (pings ann)
        sam in #help: /tag send name:Refund
        bot: This reply names the `{member}` of a ticket; give it in a ticket's channel. (only sam sees this)
        sam in #help: /tag send name:Hours
        bot: We are there from nine to five. @everyone
        sam in #help: /tag edit name:Hours
        bot opens a form for sam: Change a reply
             Name* (short, up to 50): Hours
               By which you find it
             Reply* (long, up to 1800): We are there from nine to five. @everyone
               In a ticket {member}, {number}, {type} and {subject} are filled in
        sam submits Name="Open", Reply="Nine to five."
        bot: “Open” is saved; give it with `/tag send`. (only sam sees this)
        sam in #help: /tag list
        bot: (only sam sees this)
             | **Replies**
             | **Open** Nine to five. · given once
             | **Refund** Hello {member}, ticket #{number} is about \*\*{subject}\*\*. · given once
        sam in #help: /tag remove name:open
        bot: “Open” is removed. (only sam sees this)
        sam in #help: /tag send name:open
        bot: There is no such reply; pick one that is suggested, or see `/tag list`. (only sam sees this)
        ann in #help: /tag list
        bot: Only the staff gives these replies; look for answers with `/faq search`. (only ann sees this)
    "#]]
    .assert_eq(&screen);
    let answered: bool = sqlx::query_scalar("select first_response_at is not null and waits_since is null from ticket")
        .fetch_one(&world.db().await)
        .await
        .expect("a ticket");
    assert!(answered);
}

#[tokio::test]
async fn what_discord_refuses_is_told_once_and_made_up_for() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    let home = world.discord.guild(HOME).overwrite("ticket-1", "bot", Permissions::empty(), Permissions::VIEW_CHANNEL);
    world.types("sam", "/ticket close ticket:1").await;
    world.settle().await;
    for _ in 0..10 {
        world.a_minute_passes().await;
    }
    let screen = world.screen().await;
    assert_eq!(screen.matches("🚨 Ticket #1 is in trouble").count(), 1, "{screen}");
    // Their own message does not need the channel.
    assert_eq!(screen.matches("bot in DM with ann: Your ticket #1 (My refund) was closed by @sam.").count(), 1);
    let refused = world.discord.take_problems().len();
    assert!(refused <= 2, "{refused} requests were refused");
    let allow = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::READ_MESSAGE_HISTORY;
    home.overwrite("ticket-1", "bot", allow, Permissions::empty());
    hours_pass(&world, 1).await;
    let screen = world.screen().await;
    for part in [
        "bot in #ticket-1: ⚫ @sam closed this ticket.",
        "bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES",
    ] {
        assert_eq!(screen.matches(part).count(), 1, "{part}: {screen}");
    }
}

/// Tickets are private threads under #threads.
async fn in_threads(world: &World) {
    world.discord.guild(HOME).channel("threads").overwrite(
        "threads",
        "staff",
        Permissions::MANAGE_THREADS,
        Permissions::empty(),
    );
    world.types("ada", "/ticket types").await;
    world.person("ada").selects("Change one", &["Support"]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Where it opens", "#threads"), ("Who works it", "staff")]).await;
    world.screen().await;
}

#[tokio::test]
async fn a_closed_thread_wakes_for_its_rating_and_sleeps_again() {
    let world = desk().await;
    in_threads(&world).await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    world.person("sam").in_channel("ticket-1").types("/ticket close").await;
    world.screen().await;
    world.person("ann").in_dm().clicks("5 ★").await;
    let screen = world.screen().await;
    assert!(
        screen.contains("Rating: ★★★★★") && screen.ends_with("bot changes #ticket-1: archived, locked\n"),
        "{screen}"
    );
    assert!(world.discord.take_problems().len() <= 1);
}

#[tokio::test]
async fn tickets_of_a_server_without_the_bot_disturb_nobody() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    let home = world.discord.guild(HOME).without("bot");
    hours_pass(&world, 1).await;
    hours_pass(&world, 1).await;
    assert!(world.discord.take_problems().len() <= 1, "it asks again and again");
    home.member("bot", &[]);
    world.person("ada").types("/ticket show ticket:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("I am not in this server any more."), "{screen}");
}

#[tokio::test]
async fn nobody_makes_a_ticket_public() {
    let world = desk().await;
    opens(&world, "ann", "My refund").await;
    world.settle().await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.types("/ticket status ticket:1 status:escalated escalate_to:@&@everyone").await;
    let screen = world.screen().await;
    assert!(screen.contains("A ticket that is escalated to everybody is no longer private; pick a role."), "{screen}");
    sam.types("/ticket close").await;
    world.settle().await;
    sam.types("/ticket status ticket:1 status:archived").await;
    let screen = world.screen().await;
    assert!(screen.contains("Delete the channel of ticket #1?"), "{screen}");
}

#[tokio::test]
async fn who_works_one_type_does_not_see_the_others() {
    let world = desk().await;
    world.discord.guild(HOME).role("hr", Permissions::empty()).member("hal", &["hr"]);
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.submits("ada", &[("Name", "Complaint"), ("Opening message", "Hello")]).await;
    world.clicks("ada", "Place and people").await;
    world.submits("ada", &[("Who works it", "hr")]).await;
    world.screen().await;
    opens(&world, "ann", "x").await;
    world.person("ann").dismisses();
    world.types("ann", "/ticket open kind:Complaint").await;
    world.submits("ann", &[("What is it about?", "My boss")]).await;
    world.types("bob", "/ticket open kind:Support").await;
    world.submits("bob", &[("What is it about?", "My refund")]).await;
    world.screen().await;
    for (who, sees, not) in [("sam", "My refund", "My boss"), ("hal", "My boss", "My refund")] {
        world.types(who, "/ticket list").await;
        let screen = world.screen().await;
        assert!(screen.contains(sees) && !screen.contains(not), "{screen}");
        let suggested = world.suggests(who, "/ticket show ticket:my").await;
        assert!(suggested.iter().all(|choice| choice.name.contains(sees)) && suggested.len() == 1, "{suggested:?}");
    }
    world.types("ada", "/ticket list kind:Complaint unclaimed:true priority:normal").await;
    let screen = world.screen().await;
    assert!(screen.contains("My boss") && !screen.contains("My refund"), "{screen}");
}

#[tokio::test]
async fn two_admins_change_a_kind_at_once() {
    let world = desk().await;
    let (ada, olga) = (world.person("ada"), world.person("olga"));
    let kind = "insert into ticket_type (guild_id, id, name, definition) values ($1, 1, 'Support', '{}')";
    let home = i64::try_from(world.guild(HOME).get()).expect("an id");
    sqlx::query(kind).bind(home).execute(&world.db().await).await.expect("a row");
    for (admin, form) in [(&ada, "Times"), (&olga, "Limits and hours")] {
        admin.types("/ticket types").await;
        admin.selects("Change one", &["Support"]).await;
        admin.clicks(form).await;
    }
    let db = world.db().await;
    let mut held = db.begin().await.expect("a transaction");
    sqlx::query("select from ticket_type for update").execute(&mut *held).await.expect("a lock");
    let both_wait = async {
        let waiting = "select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'";
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&db).await.expect("a number") < 2 {
            tokio::task::yield_now().await;
        }
        held.commit().await.expect("a commit");
    };
    tokio::join!(
        ada.submits(&[("Alert if nobody answers within", "4h")]),
        olga.submits(&[("How many a member may have open", "7")]),
        both_wait,
    );
    let (limit, answer): (i32, i32) = sqlx::query_as(
        "select (definition ->> 'member_limit')::int, (definition ->> 'answer_within')::int from ticket_type",
    )
    .fetch_one(&db)
    .await
    .expect("a kind");
    assert_eq!((limit, answer), (7, 240));
    world.screen().await;
}

#[tokio::test]
async fn an_admin_gets_back_what_they_wrote_into_a_refused_form() {
    let world = desk().await;
    world.types("ada", "/ticket types").await;
    world.clicks("ada", "New kind").await;
    world.screen().await;
    let opening = "Hello {member}!\n*What* is it?";
    world.submits("ada", &[("Name", "Billing"), ("Emoji", "money"), ("Opening message", opening)]).await;
    expect![[r#"
        ada submits Name="Billing", Emoji="money", Opening message="Hello {member}!⏎*What* is it?"
        bot: The emoji is one character such as 🔧, or one of this server such as `:name:`. (only ada sees this)
             | **What you wrote**
             | Name: Billing
             | Emoji: money
             | Name of its channels: ticket-{number}
             |--
             | **Opening message**
             | Hello {member}!
             | \*What\* is it?
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn what_was_written_into_a_refused_form_is_not_lost() {
    let world = desk().await;
    world.types("ann", "/ticket open").await;
    world.types("ada", "/ticket block member:@ann").await;
    world.submits("ann", &[("What is it about?", "A long story")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("What you wrote is kept for a day."), "{screen}");
    world.types("ada", "/ticket blocked").await;
    world.types("ada", "/ticket unblock member:@ann").await;
    let screen = world.screen().await;
    assert!(screen.contains("@ann by @ada"), "{screen}");
    world.clicks("ann", "Fill it in again").await;
    let screen = world.screen().await;
    assert!(screen.contains("What is it about?* (short, up to 100): A long story"), "{screen}");
    world.submits("ann", &[]).await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #1 is open"), "{screen}");
}

#[tokio::test]
async fn a_panel_that_cannot_be_posted_is_reported_once() {
    let world = desk().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.types("ada", "/ticket panel channel:#help title:Help text:`Ask away`").await;
    world.screen().await;
    world.discord.guild(HOME).overwrite("help", "bot", Permissions::empty(), Permissions::SEND_MESSAGES);
    world.discord.guild(HOME).overwrite("help", "bot", Permissions::empty(), Permissions::VIEW_CHANNEL);
    world.person("ada").in_channel("general").types("/ticket types").await;
    world.person("ada").in_channel("general").clicks("New kind").await;
    world.submits("ada", &[("Name", "Billing"), ("Opening message", "Hello")]).await;
    world.settle().await;
    world.a_minute_passes().await;
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("🚨 A panel is not there").count(), 1, "{screen}");
    assert_eq!(world.discord.take_problems().len(), 1);
}

#[tokio::test]
async fn a_full_server_has_room_in_threads_or_says_what_to_do() {
    let world = desk().await;
    let full = json!({"code": 30013, "message": "Maximum number of server channels reached (500)"});
    let made = || Fault::on(Method::POST, "/channels").times(1).answers(Answer::Status(400, full.clone()));
    world.discord.fault(made());
    opens(&world, "ann", "My refund").await;
    let screen = world.screen().await;
    assert!(screen.contains("There is no room in #Desk: delete channels, or set `thread-channel`"), "{screen}");
    world.discord.guild(HOME).channel("threads");
    world.types("ada", "/config tickets set thread-channel:#threads").await;
    world.screen().await;
    world.discord.fault(made());
    opens(&world, "ann", "My refund").await;
    let screen = world.screen().await;
    assert!(screen.contains("bot creates private thread #ticket-2 under #threads"), "{screen}");
}

#[tokio::test]
async fn an_escalation_calls_whom_it_should_and_the_member_hears_of_it() {
    let world = desk().await;
    world.discord.guild(HOME).role("bosses", Permissions::empty()).mentionable("bosses").member("bea", &["bosses"]);
    let set = "escalation-role:@&bosses escalation-channel:#general notify:By direct message";
    world.types("ada", &format!("/config tickets set {set}")).await;
    opens(&world, "ann", "My refund").await;
    world.screen().await;
    let sam = world.person("sam").in_channel("ticket-1");
    sam.clicks("Escalate").await;
    sam.submits(&[("Why is it escalated?", "It is [a lot](https://x.example).")]).await;
    let screen = world.screen().await;
    for part in [
        "bot in #general: 🚩 @bosses Ticket #1 of @ann is escalated: #ticket-1",
        "bot in #ticket-1: 🔴 @bosses, @sam escalated this ticket. (pings bosses)",
        "It is \\[a lot\\](https://x.example).",
        "bot in DM with ann: Your ticket #1 was escalated: #ticket-1",
        "Escalated to: @bosses",
    ] {
        assert!(screen.contains(part), "no {part} in {screen}");
    }
    // Who was called works it now.
    world.person("bea").in_channel("ticket-1").types("/ticket claim").await;
    let screen = world.screen().await;
    assert!(screen.contains("Ticket #1 is now claimed."), "{screen}");
}
