//! What opens a ticket: kinds with their questions, panels, menus, and answers of the FAQ that make one unnecessary.

use crate::support::HOME;
use crate::tickets::{desk, opens};
use expect_test::expect;
use twilight_model::guild::Permissions;

#[tokio::test]
async fn what_does_not_answer_a_subject_is_not_offered() {
    let world = desk().await;
    world.has_entry("How do I get a refund?", "Within 30 days; the money takes a week.").await;
    opens(&world, "ann", "is there a hotel for my dog").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Your ticket #1 is open") && !screen.contains("Does this answer it?"), "{screen}");
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
             | **What is it about?** · text of up to 100 characters
             | **Tell us more** · text of up to 1000 characters, optional
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
               - English
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
             [Fill it in again]
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
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
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
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Your ticket #2 is open: #billing-2 (only bob sees this)
             Nobody is there right now; we are there mon-fri 12:00-17:00 (Europe/Brussels), next Mon 2027-03-01 11:00 UTC.
        bob in #help: /ticket open kind:Billing
        bot: You have #1 (#billing-1), #2 (#billing-2) open already, which is as many as you can have; go on there, or wait until one is closed. (only bob sees this)
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
        bot answers: The panel is in #general. (only ada sees this)
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
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Your ticket #1 is open: #ticket-1 (only ann sees this)
        ann clicks [📨 Open a ticket]
        bot: You have #1 (#ticket-1) open already, which is as many as you can have; go on there, or wait until one is closed. (only ann sees this)
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
             | Pause between two: the server's setting
             | Hours: always
             | Reminds after: never
             | Closes after: never
             | Answered within: never
             | Member leaves: it stays
             | Questions:
             | **What is it about?** · text of up to 100 characters
             | **Tell us more** · text of up to 1000 characters, optional
             | Opening message: Hello {member}! The staff will be with you soon.
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
             <select: Say it in another language>
               - English
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
        bot answers: The panel is in #general. (only ada sees this)
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
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot edits: Your ticket #1 is open: #ticket-1 (only ann sees this)
        sam in #help: Add to ticket on “My order is *lost*…”
        bot: To which ticket? (only sam sees this)
             <select: Add it to>
               - #1 My order is *lost*
               - New: Support
        sam selects New: Support in <Add it to>
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
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot edits: Ticket #2 of @bob is open: #ticket-2 (only sam sees this)
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
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Ticket #3 of @bob is open: #ticket-3 (only sam sees this)
    "#]]
    .assert_eq(&world.screen().await);
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
             [Fill it in again]
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
