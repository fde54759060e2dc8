//! Tickets, from the first click to the last.

use crate::support::{HOME, World};
use expect_test::expect;
use twilight_model::guild::Permissions;

/// The home server with a desk: a category for tickets, and sam and sofie who work them.
pub(crate) async fn desk() -> World {
    staffed(World::new().await).await
}

/// The same in a world that is there.
pub(crate) async fn staffed(world: World) -> World {
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
pub(crate) async fn opens(world: &World, who: &str, subject: &str) {
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
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
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
             [Give back] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
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
             [Give back] [Escalate] [Close (danger)] [Suggest reply]
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
             <file: ticket-1.html, 4212 bytes>
             <file: ticket-1.txt, 591 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
        ann clicks [5 ★]
        bot edits: Thank you! You rated ticket #1 ★★★★★.
             <file: ticket-1.html, 4212 bytes>
             <file: ticket-1.txt, 591 bytes>
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
             <file: ticket-1.html, 4212 bytes>
             <file: ticket-1.txt, 591 bytes>
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
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: 🟢 @ann: @sam opened this ticket again. (pings ann)
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
             <file: ticket-1.html, 4745 bytes>
             <file: ticket-1.txt, 716 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
        sam clicks [Delete]
        bot: Delete the channel of ticket #1? I may not read what members write (Message Content Intent), so its transcript lacks their words. (only sam sees this)
             [Delete (danger)] [Keep]
        sam clicks [Keep]
        bot edits: Nothing was done. (only sam sees this)
        sam clicks [Delete]
        bot: Delete the channel of ticket #1? I may not read what members write (Message Content Intent), so its transcript lacks their words. (only sam sees this)
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
        bot: Only the staff of this ticket can do that; ask one of them. (only ann sees this)
        ann clicks [Wait for user]
        bot: Only the staff of this ticket can do that; ask one of them. (only ann sees this)
        ann clicks [Escalate]
        bot: Only the staff of this ticket can do that; ask one of them. (only ann sees this)
        ann in #ticket-1: /ticket note text:I am right
        bot: Only the staff of this ticket can do that; ask one of them. (only ann sees this)
        ann in #ticket-1: /ticket add member:@bob
        bot: Only the staff of this ticket can do that; ask one of them. (only ann sees this)
        ann in #ticket-1: /ticket transfer to:@bob
        bot: Only the staff of this ticket can do that; ask one of them. (only ann sees this)
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
        bot: There is no such ticket; pick one that is suggested, or see `/ticket list`. (only bob sees this)
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
             [Give back] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
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
             [Give back] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
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
             [Give back] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
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
             [Give back] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
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
             [Give back] [Wait for user] [Close (danger)] [Suggest reply]
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
             [Claim] [Wait for user] [Close (danger)] [Suggest reply]
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
             [Claim] [Wait for user] [Close (danger)] [Suggest reply]
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
        bot edits: @ann, @sam thinks that this is solved. May it be closed? It closes in 1 day otherwise.
             > It is paid
             ➡️ Ticket #1 stays open.
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
             [Claim] [Wait for user] [Close (danger)] [Suggest reply]
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
             [Claim] [Wait for user] [Close (danger)] [Suggest reply]
        bot in #ticket-1: @ann, @sam thinks that this is solved. May it be closed? (pings ann)
             [Close it] [Keep it open]
        sam clicks [Close it]
        bot: Only the member whose ticket it is can agree to that. (only sam sees this)
        ann clicks [Close it]
        bot edits: @ann, @sam thinks that this is solved. May it be closed?
             ➡️ Ticket #1 is closed. Thank you!
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
             <file: ticket-1.html, 5879 bytes>
             <file: ticket-1.txt, 1756 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
        bot sets in #ticket-1: bob: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
    "#]]
    .assert_eq(&world.screen().await);
}
