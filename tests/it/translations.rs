//! Kinds of tickets and panels that say what they are in several languages, each reader's.

use expect_test::expect;
use serde_json::json;
use twilight_model::guild::Permissions;

use alphapy::settings::System;

use crate::support::{HOME, World};

/// An English server with a desk, whose admin has written everything in Dutch besides.
async fn desk() -> World {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).member("sam", &["staff"]).category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.clicks("Ask one more").await;
    ada.submits(&[
        ("Question", "Paid with"),
        ("How it is answered", "One of several options"),
        ("Options or length", "Card\nTransfer"),
        ("It must be answered", "true"),
    ])
    .await;
    ada.clicks("Ask one more").await;
    ada.submits(&[("Question", "Agreed"), ("How it is answered", "A box to tick"), ("It must be answered", "true")])
        .await;
    world.screen().await;
    world
}

async fn translate(world: &World) {
    let ada = world.person("ada");
    ada.selects("Say it in another language", &["Nederlands"]).await;
    ada.submits(&[
        ("Name", "Hulp"),
        ("Description", "Voor al je vragen"),
        ("Opening message", "Hoi {member}, we komen zo!"),
    ])
    .await;
    ada.selects("Change a question", &["Paid with"]).await;
    ada.selects("Say it in another language", &["Nederlands"]).await;
    ada.submits(&[("Question", "Betaald met"), ("Options", "Pin\nOverschrijving")]).await;
    ada.selects("Change a question", &["Agreed"]).await;
    ada.selects("Say it in another language", &["Nederlands"]).await;
    ada.submits(&[("Question", "Akkoord")]).await;
}

#[tokio::test]
async fn a_translator_sees_the_whole_of_what_they_translate() {
    let world = desk().await;
    let opening = format!("Hello {{member}},\n**read** {}and wait.", "this part, which is long, ".repeat(50));
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.clicks("Name and texts").await;
    let description =
        "What a member wants to know about whatever it is that they want to know, in not so many words, okay?";
    ada.submits(&[("Description", &description[..100]), ("Opening message", &opening)]).await;
    world.screen().await;
    ada.selects("Say it in another language", &["Nederlands"]).await;
    let form = ada.modal().expect("it is open");
    let above = form["components"][0]["content"].as_str().expect("a text stands on top").to_owned();
    assert_eq!(
        above,
        format!("**Description**\n{}\n**Opening message**\n{}", &description[..100], opening.replace('*', "\\*"))
    );
    let screen = world.screen().await;
    assert!(screen.matches("The original stands on top").count() == 2, "{screen}");
    assert!(screen.contains("Original: Support"), "{screen}");
    ada.submits(&[("Name", "Hulp")]).await;
    assert!(world.screen().await.contains("Saved."));
}

#[tokio::test]
async fn an_admin_writes_a_kind_in_another_language() {
    let world = desk().await;
    translate(&world).await;
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.selects("Say it in another language", &["Nederlands"]).await;
    ada.submits(&[("Name", "Steun"), ("Description", "")]).await;
    expect![[r#"
        ada selects Nederlands in <Say it in another language>
        bot opens a form for ada: Translation: Nederlands
             Name (short, up to 80):
               Original: Support
             Description (short, up to 100):
             Opening message (long, up to 1500):
               Original: Hello {member}! The staff will be with you soon.
             What members read outside these hours (long, up to 500):
        ada submits Name="Hulp", Description="Voor al je vragen", Opening message="Hoi {member}, we komen zo!"
        bot edits: Saved. (only ada sees this)
             | **Support**
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
             | **Paid with** · one of Card, Transfer
             | **Agreed** · a box
             | Opening message: Hello {member}! The staff will be with you soon.
             | Said besides in: Nederlands
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
               - Paid with
               - Agreed
             <select: Say it in another language>
               - English
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
        ada selects Paid with in <Change a question>
        bot: **Paid with** · one of Card, Transfer (only ada sees this)
             [Change it] [Take it away (danger)]
             <select: Say it in another language>
               - English
               - Nederlands
        ada selects Nederlands in <Say it in another language>
        bot opens a form for ada: Translation: Nederlands
             Question (short, up to 45):
               Original: Paid with
             Hint (short, up to 100):
             Options (long, up to 2500): Card⏎Transfer
               An option a line, as many and in the same order
        ada submits Question="Betaald met", Options="Pin⏎Overschrijving"
        bot edits: Saved. (only ada sees this)
             | **Support**
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
             | **Paid with** · one of Card, Transfer
             | **Agreed** · a box
             | Opening message: Hello {member}! The staff will be with you soon.
             | Said besides in: Nederlands
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
               - Paid with
               - Agreed
             <select: Say it in another language>
               - English
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
        ada selects Agreed in <Change a question>
        bot: **Agreed** · a box (only ada sees this)
             [Change it] [Take it away (danger)]
             <select: Say it in another language>
               - English
               - Nederlands
        ada selects Nederlands in <Say it in another language>
        bot opens a form for ada: Translation: Nederlands
             Question (short, up to 45):
               Original: Agreed
             Hint (short, up to 100):
             Options (long, up to 2500):
               An option a line, as many and in the same order
        ada submits Question="Akkoord"
        bot edits: Saved. (only ada sees this)
             | **Support**
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
             | **Paid with** · one of Card, Transfer
             | **Agreed** · a box
             | Opening message: Hello {member}! The staff will be with you soon.
             | Said besides in: Nederlands
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
               - Paid with
               - Agreed
             <select: Say it in another language>
               - English
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
        ada in #help: /ticket types
        bot: (only ada sees this)
             | **Kinds of tickets**
             | **Support**
             <select: Change one>
               - Support
             [New kind]
        ada selects Support in <Change one>
        bot edits: (only ada sees this)
             | **Support**
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
             | **Paid with** · one of Card, Transfer
             | **Agreed** · a box
             | Opening message: Hello {member}! The staff will be with you soon.
             | Said besides in: Nederlands
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
               - Paid with
               - Agreed
             <select: Say it in another language>
               - English
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
        ada selects Nederlands in <Say it in another language>
        bot opens a form for ada: Translation: Nederlands
             Name (short, up to 80): Hulp
               Original: Support
             Description (short, up to 100): Voor al je vragen
             Opening message (long, up to 1500): Hoi {member}, we komen zo!
               Original: Hello {member}! The staff will be with you soon.
             What members read outside these hours (long, up to 500):
        ada submits Name="Steun", Description=""
        bot edits: Saved. (only ada sees this)
             | **Support**
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
             | **Paid with** · one of Card, Transfer
             | **Agreed** · a box
             | Opening message: Hello {member}! The staff will be with you soon.
             | Said besides in: Nederlands
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
               - Paid with
               - Agreed
             <select: Say it in another language>
               - English
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn translations_have_as_many_options_as_the_question() {
    let world = desk().await;
    let ada = world.person("ada");
    ada.selects("Change a question", &["Paid with"]).await;
    ada.selects("Say it in another language", &["Nederlands"]).await;
    ada.submits(&[("Options", "Pin")]).await;
    ada.selects("Say it in another language", &["Nederlands"]).await;
    ada.submits(&[("Options", "Pin\nOverschrijving")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("up to 2500): Card⏎Transfer"), "what is to be translated stands there: {screen}");
    // Each option keeps its translation where it stands now; with one that has none all are said in the question's own words.
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.selects("Change a question", &["Paid with"]).await;
    ada.clicks("Change it").await;
    ada.submits(&[("Options or length", "Transfer\nCard")]).await;
    world.person("ann").locale("nl").types("/ticket open").await;
    ada.selects("Change a question", &["Paid with"]).await;
    ada.clicks("Change it").await;
    ada.submits(&[("Options or length", "Card\nTransfer\nCash")]).await;
    world.person("ann").locale("nl").types("/ticket open").await;
    expect![[r#"
        ada in #help: /ticket types
        bot: (only ada sees this)
             | **Kinds of tickets**
             | **Support**
             <select: Change one>
               - Support
             [New kind]
        ada selects Support in <Change one>
        bot edits: (only ada sees this)
             | **Support**
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
             | **Paid with** · one of Card, Transfer
             | **Agreed** · a box
             | Opening message: Hello {member}! The staff will be with you soon.
             | Said besides in: Nederlands
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
               - Paid with
               - Agreed
             <select: Say it in another language>
               - English
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
        ada selects Paid with in <Change a question>
        bot: **Paid with** · one of Card, Transfer (only ada sees this)
             [Change it] [Take it away (danger)]
             <select: Say it in another language>
               - English
               - Nederlands
        ada clicks [Change it]
        bot opens a form for ada: Question
             Question* (short, up to 45): Paid with
             Hint (short, up to 100):
               What stands below it
             How it is answered* (select):
               - One line of text
               - Several lines of text
               * One of several options
               - Any of several options
               - A box to tick
             Options or length (long, up to 2500): Card⏎Transfer
               An option a line; for text its length, like 10-500
             It must be answered (box): yes
        ada submits Options or length="Transfer⏎Card"
        bot edits: Saved. (only ada sees this)
             | **Support**
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
             | **Paid with** · one of Transfer, Card
             | **Agreed** · a box
             | Opening message: Hello {member}! The staff will be with you soon.
             | Said besides in: Nederlands
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
               - Paid with
               - Agreed
             <select: Say it in another language>
               - English
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
        ann in #help: /ticket open
        bot opens a form for ann: Hulp
             Waar gaat het over?* (short, up to 100):
               In een paar woorden
             Vertel er meer over (long, up to 1000):
               Wat is er gebeurd, en wat heb je al geprobeerd?
             Paid with* (select):
               - Overschrijving
               - Pin
             Agreed (box): no
               Verplicht.
        ada selects Paid with in <Change a question>
        bot: **Paid with** · one of Transfer, Card (only ada sees this)
             [Change it] [Take it away (danger)]
             <select: Say it in another language>
               - English
               - Nederlands
        ada clicks [Change it]
        bot opens a form for ada: Question
             Question* (short, up to 45): Paid with
             Hint (short, up to 100):
               What stands below it
             How it is answered* (select):
               - One line of text
               - Several lines of text
               * One of several options
               - Any of several options
               - A box to tick
             Options or length (long, up to 2500): Transfer⏎Card
               An option a line; for text its length, like 10-500
             It must be answered (box): yes
        ada submits Options or length="Card⏎Transfer⏎Cash"
        bot edits: Saved. (only ada sees this)
             | **Support**
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
             | **Paid with** · one of Card, Transfer, Cash
             | **Agreed** · a box
             | Opening message: Hello {member}! The staff will be with you soon.
             [Name and texts] [Place and people] [Limits and hours] [Times]
             <select: Change a question>
               - What is it about?
               - Tell us more
               - Paid with
               - Agreed
             <select: Say it in another language>
               - English
               - Nederlands
             [Ask one more] [All kinds] [Remove this kind (danger)]
        ann in #help: /ticket open
        bot opens a form for ann: Hulp
             Waar gaat het over?* (short, up to 100):
               In een paar woorden
             Vertel er meer over (long, up to 1000):
               Wat is er gebeurd, en wat heb je al geprobeerd?
             Paid with* (select):
               - Card
               - Transfer
               - Cash
             Agreed (box): no
               Verplicht.
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn each_member_reads_a_kind_in_their_language() {
    let world = desk().await;
    translate(&world).await;
    world.screen().await;
    let (ann, bob) = (world.person("ann").locale("nl"), world.person("bob"));
    ann.types("/ticket open").await;
    ann.submits(&[("Waar gaat het over?", "Geld terug"), ("Betaald met", "Overschrijving")]).await;
    ann.clicks("Opnieuw invullen").await;
    ann.submits(&[("Betaald met", "Overschrijving"), ("Akkoord", "true")]).await;
    world.settle().await;
    bob.types("/ticket open").await;
    bob.submits(&[("What is it about?", "Refund"), ("Paid with", "Card"), ("Agreed", "true")]).await;
    world.settle().await;
    ann.types("/ticket open kind:steun").await;
    ann.types("/ticket open kind:hulp").await;
    ann.types("/ticket list").await;
    expect![[r#"
        ann in #help: /ticket open
        bot opens a form for ann: Hulp
             Waar gaat het over?* (short, up to 100):
               In een paar woorden
             Vertel er meer over (long, up to 1000):
               Wat is er gebeurd, en wat heb je al geprobeerd?
             Betaald met* (select):
               - Pin
               - Overschrijving
             Akkoord (box): no
               Verplicht.
        ann submits Waar gaat het over?="Geld terug", Betaald met="Overschrijving"
        bot: Vink “Akkoord” aan om verder te gaan. (only ann sees this)
             Wat je schreef, blijft een dag bewaard.
             [Opnieuw invullen]
        ann clicks [Opnieuw invullen]
        bot opens a form for ann: Hulp
             Waar gaat het over?* (short, up to 100): Geld terug
               In een paar woorden
             Vertel er meer over (long, up to 1000):
               Wat is er gebeurd, en wat heb je al geprobeerd?
             Betaald met* (select):
               - Pin
               * Overschrijving
             Akkoord (box): no
               Verplicht.
        ann submits Betaald met="Overschrijving", Akkoord="true"
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
             | Geld terug
             | Status: 🟢 Open
             | Opened by: @ann
             | Paid with: Transfer
             | Agreed: Yes
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Je ticket #1 is open: #ticket-1 (only ann sees this)
        bob in #help: /ticket open
        bot opens a form for bob: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
             Paid with* (select):
               - Card
               - Transfer
             Agreed (box): no
               Required.
        bob submits What is it about?="Refund", Paid with="Card", Agreed="true"
        bot is thinking… (only bob sees this)
        bot creates #ticket-2 under Desk
             topic: Ticket #2 · Support · alphapy:2
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             bob: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-2: @bob @staff (pings bob)
             Hello @bob! The staff will be with you soon.
             | **Ticket #2 · Support**
             | Refund
             | Status: 🟢 Open
             | Opened by: @bob
             | Paid with: Card
             | Agreed: Yes
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Your ticket #2 is open: #ticket-2 (only bob sees this)
        ann in #help: /ticket open kind:steun
        bot: Die ticketsoort bestaat hier niet meer; met `/ticket openen` zie je welke er zijn. (only ann sees this)
        ann in #help: /ticket open kind:hulp
        bot: Je hebt #1 (#ticket-1) al openstaan, en meer tegelijk kan niet; ga daar verder, of wacht tot er een gesloten is. (only ann sees this)
        ann in #help: /ticket list
        bot: (only ann sees this)
             | **Je tickets**
             | 🟢 **#1** Geld terug · @ann · Hulp · in 0 seconds #ticket-1
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_ticket_s_channel_reads_the_server_s_language() {
    let world = desk().await;
    translate(&world).await;
    world.sets::<System>("language", Some(json!("nl"))).await;
    world.screen().await;
    let bob = world.person("bob");
    bob.types("/ticket open").await;
    bob.submits(&[("What is it about?", "Refund"), ("Paid with", "Card"), ("Agreed", "true")]).await;
    world.settle().await;
    expect![[r#"
        bob in #help: /ticket open
        bot opens a form for bob: Support
             What is it about?* (short, up to 100):
               In a few words
             Tell us more (long, up to 1000):
               What happened, and what have you tried?
             Paid with* (select):
               - Card
               - Transfer
             Agreed (box): no
               Required.
        bob submits What is it about?="Refund", Paid with="Card", Agreed="true"
        bot is thinking… (only bob sees this)
        bot creates #ticket-1 under Desk
             topic: Ticket #1 · Hulp · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             bob: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             staff: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @bob @staff (pings bob)
             Hoi @bob, we komen zo!
             | **Ticket #1 · Hulp**
             | Refund
             | Status: 🟢 Open
             | Geopend door: @bob
             | Betaald met: Pin
             | Akkoord: Ja
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Oppakken] [Wachten op het lid] [Escaleren] [Sluiten (danger)] [Stel antwoord voor]
        bot answers: Your ticket #1 is open: #ticket-1 (only bob sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_panel_is_read_in_each_language_in_which_it_was_written() {
    let world = desk().await;
    let (ada, ann) = (world.person("ada"), world.person("ann").locale("nl").in_channel("general"));
    ada.types("/ticket panel channel:#general title:Questions? text:Ask us.").await;
    world.settle().await;
    ada.types("/ticket panel channel:#general language:Klingon title:Qatlh?").await;
    ada.types("/ticket panel channel:#general language:Nederlands title:Vragen?").await;
    world.settle().await;
    ada.types("/ticket panel channel:#general language:Nederlands text:Vraag het ons.").await;
    world.settle().await;
    ann.clicks("Nederlands").await;
    ann.clicks("📨 Ticket openen").await;
    ann.submits(&[("Waar gaat het over?", "Geld terug"), ("Paid with", "Card"), ("Agreed", "true")]).await;
    world.settle().await;
    expect![[r#"
        ada in #help: /ticket panel channel:#general title:Questions? text:Ask us.
        bot is thinking… (only ada sees this)
        bot in #general:
             | **Questions?**
             | Ask us.
             [📨 Open a ticket]
        bot answers: The panel is in #general. (only ada sees this)
        ada in #help: /ticket panel channel:#general language:Klingon title:Qatlh?
        bot: I do not speak that language; pick one that is suggested. (only ada sees this)
        ada in #help: /ticket panel channel:#general language:Nederlands title:Vragen?
        bot is thinking… (only ada sees this)
        bot edits in #general:
             | **Questions?**
             | Ask us.
             [📨 Open a ticket]
             [Nederlands]
        bot answers: The panel is in #general. (only ada sees this)
        ada in #help: /ticket panel channel:#general language:Nederlands text:Vraag het ons.
        bot is thinking… (only ada sees this)
        bot edits in #general:
             | **Questions?**
             | Ask us.
             [📨 Open a ticket]
             [Nederlands]
        bot answers: The panel is in #general. (only ada sees this)
        ann clicks [Nederlands]
        bot: (only ann sees this)
             | **Vragen?**
             | Vraag het ons.
             [📨 Ticket openen]
        ann clicks [📨 Ticket openen]
        bot opens a form for ann: Hulp
             Waar gaat het over?* (short, up to 100):
               In een paar woorden
             Vertel er meer over (long, up to 1000):
               Wat is er gebeurd, en wat heb je al geprobeerd?
             Paid with* (select):
               - Card
               - Transfer
             Agreed (box): no
               Verplicht.
        ann submits Waar gaat het over?="Geld terug", Paid with="Card", Agreed="true"
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
             | Geld terug
             | Status: 🟢 Open
             | Opened by: @ann
             | Paid with: Card
             | Agreed: Yes
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Je ticket #1 is open: #ticket-1 (only ann sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn the_first_kind_is_asked_in_each_reader_s_language() {
    let world = World::new().await;
    world.discord.guild(HOME).category("Desk");
    world.types("ada", "/config tickets set category:#Desk").await;
    let (ann, bob) = (world.person("ann").locale("nl"), world.person("bob"));
    // It is stored by the first ticket, and none of it in the language of that.
    bob.types("/ticket open").await;
    bob.submits(&[("What is it about?", "My refund")]).await;
    world.settle().await;
    world.screen().await;
    ann.types("/ticket open").await;
    ann.submits(&[("Waar gaat het over?", "Mijn pakje"), ("Vertel er meer over", "Het is zoek")]).await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("bot opens a form for ann: Hulp"), "{screen}");
    assert!(screen.contains("Ticket #2 · Support") && screen.contains("Tell us more: Het is zoek"), "{screen}");
    // The channel reads the language of the server, also what was asked before that was another.
    world.sets::<System>("language", Some(json!("nl"))).await;
    ann.types("/ticket show ticket:2").await;
    let mia = world.person("mia");
    mia.types("/ticket open").await;
    mia.submits(&[("What is it about?", "My parcel")]).await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("Vertel er meer over: Het is zoek"), "{screen}");
    assert!(screen.contains("Ticket #3 · Hulp") && screen.contains("Hallo @mia!"), "{screen}");
}

#[tokio::test]
async fn what_an_admin_writes_of_the_first_kind_is_theirs_and_the_rest_stays_each_reader_s() {
    let world = World::new().await;
    let ada = world.person("ada");
    ada.types("/ticket types").await;
    ada.selects("Change one", &["Support"]).await;
    ada.clicks("Name and texts").await;
    ada.submits(&[("Description", "Anything")]).await;
    ada.selects("Change a question", &["Tell us more"]).await;
    ada.clicks("Change it").await;
    ada.submits(&[("Question", "Which order?")]).await;
    world.screen().await;
    world.person("ann").locale("nl").types("/ticket open").await;
    let screen = world.screen().await;
    for said in ["a form for ann: Hulp", "Waar gaat het over?", "Which order?"] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    // A name that is the usual one of another language is the admin's own.
    let bram = world.person("ada").locale("nl");
    bram.types("/ticket types").await;
    bram.selects("Ticketsoort wijzigen", &["Hulp"]).await;
    bram.clicks("Naam en teksten").await;
    bram.submits(&[("Naam", "Support")]).await;
    world.screen().await;
    world.person("ann").locale("nl").types("/ticket open").await;
    let screen = world.screen().await;
    assert!(screen.contains("a form for ann: Support"), "{screen}");
}

#[tokio::test]
async fn a_panel_offers_the_language_in_which_it_was_written_first() {
    let world = World::new().await;
    world.types("ada", "/ticket panel title:Questions? text:Ask us.").await;
    world.types("ada", "/ticket panel title:Vragen? text:Stel ze. language:Nederlands").await;
    world.settle().await;
    let screen = world.screen().await;
    assert!(screen.contains("[Nederlands]") && !screen.contains("[English]"), "{screen}");
    world.sets::<System>("language", Some(json!("nl"))).await;
    world.a_minute_passes().await;
    world.a_minute_passes().await;
    let screen = world.screen().await;
    assert!(screen.contains("**Vragen?**") && screen.contains("[English]"), "{screen}");
    world.clicks("ann", "English").await;
    let screen = world.screen().await;
    assert!(screen.contains("**Questions?**"), "{screen}");
}

#[tokio::test]
async fn who_reads_another_language_by_now_is_written_to_in_the_server_s() {
    let world = World::new().await;
    world.sets::<System>("language", Some(json!("en"))).await;
    let (app, home, ann) = (world.app(), world.guild(HOME), world.user("ann"));
    let reads = async |locale: &str| {
        world.person("ann").locale(locale).types("/help").await;
        world.settle().await;
        world.screen().await;
        app.language_of(home, ann).await.expect("the database").code()
    };
    assert_eq!(reads("nl").await, "nl");
    assert_eq!(reads("fr").await, "en");
    assert_eq!(reads("nl").await, "nl");
}
