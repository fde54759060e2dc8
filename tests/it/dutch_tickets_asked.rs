//! What is asked before a ticket is opened, and counted afterwards, where people speak Dutch.

use alphapy::dev::fake::{Answer, Fault};
use axum::http::Method;
use expect_test::expect;
use serde_json::json;

use crate::dutch_tickets::{desk, dutch, opens, speaks_dutch};
use crate::support::{HOME, apart};
use crate::tickets_lists::has_much_to_count;

#[tokio::test]
async fn what_is_asked_is_answered_or_added_to_a_ticket() {
    let world = desk().await;
    world.has_entry("Hoe krijg ik een terugbetaling?", "Binnen 30 dagen, onder Bestellingen.").await;
    speaks_dutch(&world).await;
    let (ann, sam) = (dutch(&world, "ann"), dutch(&world, "sam"));
    opens(&world, "terugbetaling van mijn bestelling").await;
    ann.clicks("Ticket openen").await;
    world.settle().await;
    ann.types("/ticket open").await;
    let told = apart(&world.screen().await, "logboek").0;
    expect![[r#"
        ann submits Waar gaat het over?="terugbetaling van mijn bestelling"
        bot: Is dit het antwoord? Zo niet, dan open je met één klik alsnog een ticket. (only ann sees this)
             | **#1 Hoe krijg ik een terugbetaling?**
             | Binnen 30 dagen, onder Bestellingen.
             [#1 is het antwoord]
             [Ticket openen]
        ann clicks [Ticket openen]
        bot creates #ticket-1 under Balie
             topic: Ticket #1 · Hulp · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             team: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @ann @team (pings ann)
             Hallo @ann! Het team is er zo voor je.
             | **Ticket #1 · Hulp**
             | terugbetaling van mijn bestelling
             | Status: 🟢 Open
             | Geopend door: @ann
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Oppakken] [Wachten op het lid] [Escaleren] [Sluiten (danger)] [Stel antwoord voor]
        bot edits: Je ticket #1 is open: #ticket-1 (only ann sees this)
        ann in #help: /ticket open
        bot: Je hebt #1 (#ticket-1) al openstaan, en meer tegelijk kan niet; ga daar verder, of wacht tot er een gesloten is. (only ann sees this)
    "#]]
    .assert_eq(&told[told.find("ann submits").expect("it began")..]);
    world.discord.post(HOME, "help", "bob", "Waar is mijn pakje?");
    world.screen().await;
    sam.message_menu("Add to ticket", "pakje").await;
    sam.selects("Toevoegen aan", &["#1 terugbetaling van mijn bestelling"]).await;
    world.settle().await;
    sam.message_menu("Add to ticket", "pakje").await;
    sam.selects("Toevoegen aan", &["Nieuw: Hulp"]).await;
    expect![[r#"
        sam in #help: Add to ticket on “Waar is mijn pakje?”
        bot: Aan welk ticket? (only sam sees this)
             <select: Toevoegen aan>
               - #1 terugbetaling van mijn bestelling
               - Nieuw: Hulp
        sam selects #1 terugbetaling van mijn bestelling in <Toevoegen aan>
        bot edits: Toegevoegd aan ticket #1. (only sam sees this)
        bot in #ticket-1: 📎 @sam heeft een bericht toegevoegd.
             > bob schreef (https://discord.com/channels/1191169165885440000/1191170675834880000/1609862794444800017):
             > Waar is mijn pakje?
        sam in #help: Add to ticket on “Waar is mijn pakje?”
        bot: Aan welk ticket? (only sam sees this)
             <select: Toevoegen aan>
               - #1 terugbetaling van mijn bestelling
               - Nieuw: Hulp
        sam selects Nieuw: Hulp in <Toevoegen aan>
        bot creates #ticket-2 under Balie
             topic: Ticket #2 · Hulp · alphapy:2
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             bob: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             team: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-2: @bob @team (pings bob)
             Hallo @bob! Het team is er zo voor je.
             | **Ticket #2 · Hulp**
             | Waar is mijn pakje?
             | Status: 🟢 Open
             | Geopend door: @sam voor @bob
             | Bericht:
             | bob schreef (https://discord.com/channels/1191169165885440000/1191170675834880000/1609862794444800017):
             | Waar is mijn pakje?
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Oppakken] [Wachten op het lid] [Escaleren] [Sluiten (danger)] [Stel antwoord voor]
        bot edits: Ticket #2 van @bob is open: #ticket-2 (only sam sees this)
    "#]]
    .assert_eq(&apart(&world.screen().await, "logboek").0);
}

#[tokio::test]
async fn numbers_that_are_counted_afterwards_speak_to_who_reads_them() {
    let world = desk().await;
    speaks_dutch(&world).await;
    opens(&world, "Mijn terugbetaling").await;
    has_much_to_count(&world).await;
    world.screen().await;
    // Sam reads English, the channel Dutch.
    world.types("sam", "/ticket stats public:true").await;
    let screen = world.screen().await;
    assert!(screen.contains("**Tickets · Laatste 7 dagen**"), "{screen}");
    world.clicks("sam", "Sinds het begin").await;
    let screen = world.screen().await;
    assert!(screen.contains("**Tickets · All time**"), "{screen}");
    // What is said in place of an answer, the channel reads, too.
    let filtered = json!({"code": 200_000, "message": "Message was blocked by automatic moderation"});
    world.discord.fault(Fault::on(Method::PATCH, "@original").answers(Answer::Status(400, filtered)));
    world.types("sam", "/ticket stats public:true").await;
    let screen = world.screen().await;
    assert!(screen.contains("De AutoMod van deze server houdt het antwoord hier tegen"), "{screen}");
    world.discord.take_problems();
}
