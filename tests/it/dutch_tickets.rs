//! How tickets are worked where people speak Dutch.

use crate::support::{HOME, World, apart};
use alphapy::acting::Origin;
use alphapy::dev::fake::{Answer, Fault, Person};
use alphapy::features::tickets::model::{KindChange, KindLimits};
use alphapy::features::tickets::operations::kinds;
use alphapy::settings::{Minutes, System};
use axum::http::Method;
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::json;
use twilight_model::guild::Permissions;

/// The home server with a desk, and a log channel. Its first kind of ticket is from before the server spoke Dutch, and speaks it
/// like the others all the same.
pub(crate) async fn desk() -> World {
    let world = World::new().await;
    world
        .discord
        .guild(HOME)
        .role("team", Permissions::empty())
        .member("sam", &["team"])
        .member("sofie", &["team"])
        .category("Balie")
        .channel("logboek");
    world.types("ada", "/config tickets set category:#Balie staff-role:@&team notify:In the ticket").await;
    world.types("ada", "/ticket types").await;
    let ada = world.comes("ada", world.guild(HOME), "tickets", Vec::new(), Origin::Routine).await;
    let (hours, hours_note) = (String::new(), String::new());
    let usual = KindLimits { member_limit: 1, cooldown: Minutes(0), hours, hours_note };
    kinds::change(world.app(), &ada, 1, KindChange::Limits(usual)).await.expect("it fits");
    world.screen().await;
    world
}

pub(crate) async fn speaks_dutch(world: &World) {
    world.sets::<System>("language", Some(json!("nl"))).await;
    world.sets::<System>("log_channel", Some(json!(world.channel("#logboek")))).await;
}

pub(crate) fn dutch(world: &World, name: &str) -> Person {
    world.person(name).locale("nl")
}

/// Ann opens a ticket; her channel is the first.
pub(crate) async fn opens(world: &World, subject: &str) {
    let ann = dutch(world, "ann");
    ann.types("/ticket open").await;
    ann.submits(&[("Waar gaat het over?", subject)]).await;
    world.settle().await;
}

/// What was posted in the log channel, however many entries one message had.
fn entries(log: &str) -> String {
    let lines = log.lines().filter_map(|line| line.strip_prefix("     | "));
    lines.filter(|line| *line != "(tickets)").map(|line| format!("{line}\n")).collect()
}

async fn hours_pass(world: &World, hours: i64) {
    world.clock.advance(SignedDuration::from_hours(hours));
    world.a_minute_passes().await;
    world.settle().await;
}

#[tokio::test]
async fn a_member_opens_a_ticket_and_the_team_works_it() {
    let world = desk().await;
    speaks_dutch(&world).await;
    opens(&world, "Mijn terugbetaling").await;
    let sam = dutch(&world, "sam").in_channel("ticket-1");
    sam.clicks("Oppakken").await;
    world.settle().await;
    sam.clicks("Wachten op het lid").await;
    world.settle().await;
    sam.clicks("Sluiten").await;
    sam.submits(&[("Waarom sluit je het?", "Terugbetaald.")]).await;
    world.settle().await;
    let ann = dutch(&world, "ann").in_dm();
    ann.clicks("5 ★").await;
    world.settle().await;
    ann.clicks("Toelichten").await;
    ann.submits(&[("Wat was goed, en wat niet?", "Snel!")]).await;
    let (screen, log) = apart(&world.screen().await, "logboek");
    expect![[r#"
        ann in #help: /ticket open
        bot opens a form for ann: Hulp
             Waar gaat het over?* (short, up to 100):
               In een paar woorden
             Vertel er meer over (long, up to 1000):
               Wat is er gebeurd, en wat heb je al geprobeerd?
        ann submits Waar gaat het over?="Mijn terugbetaling"
        bot is thinking… (only ann sees this)
        bot creates #ticket-1 under Balie
             topic: Ticket #1 · Hulp · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             team: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @ann @team (pings ann)
             Hallo @ann! Het team is er zo voor je.
             | **Ticket #1 · Hulp**
             | Mijn terugbetaling
             | Status: 🟢 Open
             | Geopend door: @ann
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Oppakken] [Wachten op het lid] [Escaleren] [Sluiten (danger)] [Stel antwoord voor]
        bot answers: Je ticket #1 is open: #ticket-1 (only ann sees this)
        sam clicks [Oppakken]
        bot edits: @ann @team
             Hallo @ann! Het team is er zo voor je.
             | **Ticket #1 · Hulp**
             | Mijn terugbetaling
             | Status: 🔵 Opgepakt
             | Geopend door: @ann
             | Opgepakt door: @sam
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Teruggeven] [Wachten op het lid] [Escaleren] [Sluiten (danger)] [Stel antwoord voor]
        bot in #ticket-1: 🔵 @sam heeft dit ticket opgepakt.
        sam clicks [Wachten op het lid]
        bot edits: @ann @team
             Hallo @ann! Het team is er zo voor je.
             | **Ticket #1 · Hulp**
             | Mijn terugbetaling
             | Status: 🟡 Wacht op het lid
             | Geopend door: @ann
             | Opgepakt door: @sam
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Teruggeven] [Escaleren] [Sluiten (danger)] [Stel antwoord voor]
        bot in #ticket-1: 🟡 @ann, het team wacht op je antwoord. (pings ann)
        sam clicks [Sluiten]
        bot opens a form for sam: Ticket #1
             Waarom sluit je het? (long, up to 500):
               Het lid leest dit
        sam submits Waarom sluit je het?="Terugbetaald."
        bot edits: @ann @team
             Hallo @ann! Het team is er zo voor je.
             | **Ticket #1 · Hulp**
             | Mijn terugbetaling
             | Status: ⚫ Gesloten
             | Geopend door: @ann
             | Opgepakt door: @sam
             | Gesloten door: @sam
             | Reden: Terugbetaald.
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Heropenen] [Verslag] [Verwijderen (danger)]
        bot in #ticket-1: ⚫ @sam heeft dit ticket gesloten.
             > Terugbetaald.
        bot in DM with ann: Je ticket #1 (Mijn terugbetaling) is gesloten door @sam.
             > Terugbetaald.
             Hoe was het?
             <file: ticket-1.html, 4355 bytes>
             <file: ticket-1.txt, 693 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
        ann clicks [5 ★]
        bot edits: Bedankt! Je gaf ticket #1 ★★★★★.
             <file: ticket-1.html, 4355 bytes>
             <file: ticket-1.txt, 693 bytes>
             [Toelichten]
        bot edits in #ticket-1: @ann @team
             Hallo @ann! Het team is er zo voor je.
             | **Ticket #1 · Hulp**
             | Mijn terugbetaling
             | Status: ⚫ Gesloten
             | Geopend door: @ann
             | Opgepakt door: @sam
             | Gesloten door: @sam
             | Reden: Terugbetaald.
             | Beoordeling: ★★★★★
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Heropenen] [Verslag] [Verwijderen (danger)]
        ann clicks [Toelichten]
        bot opens a form for ann: Ticket #1
             Wat was goed, en wat niet? (long, up to 500):
               Het team leest dit
        ann submits Wat was goed, en wat niet?="Snel!"
        bot edits: Bedankt! Je gaf ticket #1 ★★★★★: Snel!
             <file: ticket-1.html, 4355 bytes>
             <file: ticket-1.txt, 693 bytes>
             [Toelichten]
        bot edits in #ticket-1: @ann @team
             Hallo @ann! Het team is er zo voor je.
             | **Ticket #1 · Hulp**
             | Mijn terugbetaling
             | Status: ⚫ Gesloten
             | Geopend door: @ann
             | Opgepakt door: @sam
             | Gesloten door: @sam
             | Reden: Terugbetaald.
             | Beoordeling: ★★★★★
             | Toelichting: Snel!
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Heropenen] [Verslag] [Verwijderen (danger)]
    "#]]
    .assert_eq(&screen);
    expect![[r#"
        **🟢 Ticket #1 geopend**
        @ann · Hulp · #ticket-1 · Mijn terugbetaling
        **🔵 Ticket #1 opgepakt**
        @sam · Hulp van @ann · #ticket-1
        **🟡 Ticket #1 wacht op het lid**
        @sam · Hulp van @ann · #ticket-1
        **⚫ Ticket #1 gesloten**
        @sam · Hulp van @ann · #ticket-1 · Terugbetaald.
        **⭐ Ticket #1 beoordeeld**
        @ann · Hulp van @ann · #ticket-1 · ★★★★★
        **⭐ Ticket #1 beoordeeld**
        @ann · Hulp van @ann · #ticket-1 · Snel!
    "#]]
    .assert_eq(&entries(&log));
    let text = String::from_utf8(world.discord.file("ticket-1.txt").expect("a transcript")).expect("text");
    expect![[r#"
        Ticket #1 · Hulp
        Server: Harbor
        Kanaal: #ticket-1
        Geopend: ma 1 mrt 2027, 10:00 CET
        Opgepakt door: sam · ma 1 mrt 2027, 10:00 CET
        Gesloten door: sam · ma 1 mrt 2027, 10:00 CET
        Reden: Terugbetaald.
        Waar gaat het over?: Mijn terugbetaling
        - ma 1 mrt 2027, 10:00 CET ann opende het
        - ma 1 mrt 2027, 10:00 CET sam pakte het op
        - ma 1 mrt 2027, 10:00 CET sam zette het op “wacht op het lid”
        - ma 1 mrt 2027, 10:00 CET sam sloot het: Terugbetaald.

        [ma 1 mrt 2027, 10:00 CET] alphapy: 🔵 @sam heeft dit ticket opgepakt.
        [ma 1 mrt 2027, 10:00 CET] alphapy: 🟡 @ann, het team wacht op je antwoord.
        [ma 1 mrt 2027, 10:00 CET] alphapy: ⚫ @sam heeft dit ticket gesloten.
            > Terugbetaald.
    "#]]
    .assert_eq(&text);
    let page = String::from_utf8(world.discord.file("ticket-1.html").expect("a transcript")).expect("text");
    assert!(page.contains("<html lang=nl>") && page.contains("<summary>Wat er gebeurd is</summary>"), "{page}");
}

#[tokio::test]
async fn everything_can_be_done_by_command() {
    let world = desk().await;
    world.types("ada", "/config tickets set escalation-role:@&keepers escalation-channel:#general").await;
    world.screen().await;
    speaks_dutch(&world).await;
    opens(&world, "Mijn terugbetaling").await;
    world.screen().await;
    let sam = dutch(&world, "sam").in_channel("ticket-1");
    for line in [
        "/ticket claim",
        "/ticket claim",
        "/ticket priority priority:urgent",
        "/ticket add member:@bob",
        "/ticket add member:@bob",
        "/ticket remove member:@bob",
        "/ticket note text:Ze was hier eerder",
        "/ticket transfer to:@sofie",
        "/ticket rename subject:Terugbetaling van maart",
        "/ticket status ticket:1 status:escalated",
        "/ticket unclaim",
        "/ticket ask-close reason:Het is betaald hours:24",
        "/ticket delete",
        "/ticket list",
        "/ticket show",
        "/ticket show ticket:9",
        "/ticket close reason:Klaar",
        "/ticket close",
        "/ticket status ticket:1 status:waiting for user",
        "/ticket reopen",
        "/ticket close",
        "/ticket delete",
    ] {
        sam.types(line).await;
        world.settle().await;
    }
    sam.clicks_on("Het kanaal van ticket", "Verwijderen").await;
    let (screen, log) = apart(&world.screen().await, "logboek");
    // What the ticket's message says is looked at elsewhere.
    let mut shown = true;
    let without_edits = screen.lines().filter(|line| {
        if !line.starts_with(' ') {
            shown = !line.starts_with("bot edits");
        }
        shown
    });
    expect![[r#"
        sam in #ticket-1: /ticket claim
        bot: Ticket #1 staat nu op “opgepakt”. (only sam sees this)
        bot in #ticket-1: 🔵 @sam heeft dit ticket opgepakt.
        sam in #ticket-1: /ticket claim
        bot: Je hebt dit ticket al opgepakt. (only sam sees this)
        sam in #ticket-1: /ticket priority priority:urgent
        bot: Ticket #1 heeft nu de prioriteit “dringend”. (only sam sees this)
        sam in #ticket-1: /ticket add member:@bob
        bot: @bob zit nu in ticket #1. (only sam sees this)
        bot sets in #ticket-1: bob: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @bob, @sam heeft je aan dit ticket toegevoegd. (pings bob)
        sam in #ticket-1: /ticket add member:@bob
        bot: @bob zit al in ticket #1. (only sam sees this)
        sam in #ticket-1: /ticket remove member:@bob
        bot: @bob zit niet meer in ticket #1. (only sam sees this)
        bot sets in #ticket-1: bob: as everywhere
        bot in #ticket-1: @sam heeft @bob uit dit ticket gehaald.
        sam in #ticket-1: /ticket note text:Ze was hier eerder
        bot: Genoteerd; het team leest het in `/ticket tonen ticket:1`. (only sam sees this)
        sam in #ticket-1: /ticket transfer to:@sofie
        bot: Ticket #1 is nu bij @sofie. (only sam sees this)
        bot in #ticket-1: 🔵 @sofie, dit ticket is nu van jou; @sam heeft het aan je overgedragen. (pings sofie)
        sam in #ticket-1: /ticket rename subject:Terugbetaling van maart
        bot: Ticket #1 gaat nu over “Terugbetaling van maart”. (only sam sees this)
        sam in #ticket-1: /ticket status ticket:1 status:escalated
        bot: Ticket #1 staat nu op “geëscaleerd”. (only sam sees this)
        bot sets in #ticket-1: keepers: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: 🔴 @keepers, @sam heeft dit ticket geëscaleerd.
        bot in #general: 🚩 @keepers Ticket #1 van @ann is geëscaleerd: #ticket-1
        sam in #ticket-1: /ticket unclaim
        bot: Ticket #1 staat nu op “geëscaleerd”. (only sam sees this)
        bot in #ticket-1: 🟢 @sofie, @sam heeft dit ticket vrijgegeven; het was van jou. (pings sofie)
        sam in #ticket-1: /ticket ask-close reason:Het is betaald hours:24
        bot: Ik heb aan @ann gevraagd of ticket #1 dicht mag. (only sam sees this)
        bot in #ticket-1: @ann, @sam denkt dat dit opgelost is. Mag het dicht? Zonder antwoord sluit ik het in 1 day. (pings ann)
             > Het is betaald
             [Ja, sluit maar] [Nee, laat open]
        sam in #ticket-1: /ticket delete
        bot: Ticket #1 staat op “geëscaleerd”; sluit het voordat je het kanaal verwijdert. (only sam sees this)
        sam in #ticket-1: /ticket list
        bot: (only sam sees this)
             | **Tickets**
             | 🔴 ‼️ **#1** Terugbetaling van maart · @ann · Hulp · in 0 seconds #ticket-1
        sam in #ticket-1: /ticket show
        bot: (only sam sees this)
             | **Ticket #1 · Hulp**
             | Terugbetaling van maart
             | Status: 🔴 Geëscaleerd
             | Geopend door: @ann
             | Prioriteit: ‼️ Dringend
             | Geëscaleerd naar: @keepers
             | Wordt gesloten: in 1 day, tenzij het lid het ticket openhoudt
             | Waar gaat het over?: Mijn terugbetaling
             | Geopend: Mon 2027-03-01 09:00 UTC
             | Laatst gewijzigd: in 0 seconds
             |--
             | **Wat er gebeurd is**
             | Mon 2027-03-01 09:00 UTC @ann opende het
             | Mon 2027-03-01 09:00 UTC @sam pakte het op
             | Mon 2027-03-01 09:00 UTC @sam wijzigde de prioriteit: dringend
             | Mon 2027-03-01 09:00 UTC @sam voegde @bob toe
             | Mon 2027-03-01 09:00 UTC @sam haalde @bob eruit
             | Mon 2027-03-01 09:00 UTC @sam maakte een notitie: Ze was hier eerder
             | Mon 2027-03-01 09:00 UTC @sam droeg het over aan @sofie
             | Mon 2027-03-01 09:00 UTC @sam wijzigde het onderwerp: Terugbetaling van maart
             | Mon 2027-03-01 09:00 UTC @sam escaleerde het
             | Mon 2027-03-01 09:00 UTC @sam gaf het terug
             | Mon 2027-03-01 09:00 UTC @sam vroeg of het dicht mag: Het is betaald
        sam in #ticket-1: /ticket show ticket:9
        bot: Dat ticket bestaat niet; kies een van de suggesties, of kijk bij `/ticket lijst`. (only sam sees this)
        sam in #ticket-1: /ticket close reason:Klaar
        bot: Ticket #1 staat nu op “gesloten”. (only sam sees this)
        bot in #ticket-1: ⚫ @sam heeft dit ticket gesloten.
             > Klaar
        bot in DM with ann: Je ticket #1 (Terugbetaling van maart) is gesloten door @sam.
             > Klaar
             Hoe was het?
             <file: ticket-1.html, 5639 bytes>
             <file: ticket-1.txt, 1589 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
        sam in #ticket-1: /ticket close
        bot: Dit ticket staat al op “gesloten”. (only sam sees this)
        sam in #ticket-1: /ticket status ticket:1 status:waiting for user
        bot: Een ticket kan niet van “gesloten” naar “wacht op het lid”; wel naar **open**, **opgepakt**, **gearchiveerd**. (only sam sees this)
        sam in #ticket-1: /ticket reopen
        bot: Ticket #1 is weer open. (only sam sees this)
        bot sets in #ticket-1: ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: 🟢 @ann, @sam heeft dit ticket heropend. (pings ann)
        sam in #ticket-1: /ticket close
        bot: Ticket #1 staat nu op “gesloten”. (only sam sees this)
        bot in #ticket-1: ⚫ @sam heeft dit ticket gesloten.
        bot in DM with ann: Je ticket #1 (Terugbetaling van maart) is gesloten door @sam.
             Hoe was het?
             <file: ticket-1.html, 5957 bytes>
             <file: ticket-1.txt, 1813 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
        sam in #ticket-1: /ticket delete
        bot: Het kanaal van ticket #1 verwijderen? Wat er gezegd is, blijft in het verslag staan. (only sam sees this)
             [Verwijderen (danger)] [Behouden]
        sam clicks [Verwijderen]
    "#]].assert_eq(&without_edits.map(|line| format!("{line}\n")).collect::<String>());
    expect![[r#"
        **🔵 Ticket #1 opgepakt**
        @sam · Hulp van @ann · #ticket-1
        **🧭 Ticket #1 heeft een andere prioriteit**
        @sam · Hulp van @ann · #ticket-1 · dringend
        **🧭 Ticket #1 heeft er een deelnemer bij**
        @sam · → @bob · Hulp van @ann · #ticket-1
        **🧭 Ticket #1 heeft een deelnemer minder**
        @sam · → @bob · Hulp van @ann · #ticket-1
        **📝 Ticket #1 kreeg een notitie**
        @sam · Hulp van @ann · #ticket-1 · Ze was hier eerder
        **🔵 Ticket #1 overgedragen**
        @sam · → @sofie · Hulp van @ann · #ticket-1
        **🧭 Ticket #1 heeft een ander onderwerp**
        @sam · Hulp van @ann · #ticket-1 · Terugbetaling van maart
        **🔴 Ticket #1 geëscaleerd**
        @sam · Hulp van @ann · #ticket-1
        **🟢 Ticket #1 teruggegeven**
        @sam · ← @sofie · Hulp van @ann · #ticket-1
        **🕒 Ticket #1 mag dicht als het lid het goedvindt**
        @sam · Hulp van @ann · #ticket-1 · Het is betaald
        **⚫ Ticket #1 gesloten**
        @sam · Hulp van @ann · #ticket-1 · Klaar
        **🧭 Ticket #1 heropend**
        @sam · Hulp van @ann · #ticket-1
        **⚫ Ticket #1 gesloten**
        @sam · Hulp van @ann · #ticket-1
        **🗄 Ticket #1 gearchiveerd**
        @sam · Hulp van @ann · #ticket-1
    "#]]
    .assert_eq(&entries(&log));
}

#[tokio::test]
async fn tickets_are_found_by_what_the_reader_calls_them() {
    let world = desk().await;
    opens(&world, "Mijn terugbetaling").await;
    let found = async |person: &Person, typed: &str| {
        let choices = person.suggests(&format!("/ticket show ticket:{typed}")).await;
        choices.into_iter().map(|choice| choice.name).collect::<Vec<_>>()
    };
    let (sofie, sam) = (dutch(&world, "sofie"), world.person("sam"));
    assert_eq!(found(&sofie, "hulp").await, ["#1 open · Hulp · Mijn terugbetaling"]);
    assert_eq!(found(&sam, "supp").await, ["#1 open · Support · Mijn terugbetaling"]);
    assert_eq!(found(&sofie, "supp").await, [""; 0], "nobody calls it so who reads Dutch");
    sam.clone().in_channel("ticket-1").clicks("Wait for user").await;
    world.settle().await;
    assert_eq!(found(&sofie, "wacht").await.len(), 1);
    assert_eq!(found(&sam, "waiting for").await.len(), 1);
    assert_eq!(found(&sam, "_for_").await, [""; 0], "no reader sees how a state is stored");
    world.screen().await;
}

#[tokio::test]
async fn everybody_reads_their_own_language_alone_and_the_server_s_together() {
    let world = desk().await;
    // The server speaks English.
    opens(&world, "Mijn terugbetaling").await;
    let ann = dutch(&world, "ann").in_channel("ticket-1");
    ann.clicks("Claim").await;
    world.types("sam", "/ticket list").await;
    dutch(&world, "sofie").types("/ticket list").await;
    let sofie = dutch(&world, "sofie").in_channel("ticket-1");
    sofie.types("/ticket ask-close").await;
    world.settle().await;
    // What takes the place of a question is read by all who read the question.
    ann.clicks("Keep it open").await;
    world.settle().await;
    sofie.types("/ticket stats").await;
    sofie.types("/ticket stats public:true").await;
    sofie.clicks_on("Tickets · Last 7 days", "All time").await;
    expect![[r#"
        ann in #help: /ticket open
        bot opens a form for ann: Hulp
             Waar gaat het over?* (short, up to 100):
               In een paar woorden
             Vertel er meer over (long, up to 1000):
               Wat is er gebeurd, en wat heb je al geprobeerd?
        ann submits Waar gaat het over?="Mijn terugbetaling"
        bot is thinking… (only ann sees this)
        bot creates #ticket-1 under Balie
             topic: Ticket #1 · Support · alphapy:1
             @everyone: not VIEW_CHANNEL
             bot: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             ann: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
             team: VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_MESSAGE_HISTORY
        bot in #ticket-1: @ann @team (pings ann)
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Mijn terugbetaling
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot answers: Je ticket #1 is open: #ticket-1 (only ann sees this)
        ann clicks [Claim]
        bot: Alleen het team van dit ticket kan dat; vraag het aan iemand van het team. (only ann sees this)
        sam in #help: /ticket list
        bot: (only sam sees this)
             | **Tickets**
             | 🟢 **#1** Mijn terugbetaling · @ann · Support · in 0 seconds #ticket-1
        sofie in #help: /ticket list
        bot: (only sofie sees this)
             | **Tickets**
             | 🟢 **#1** Mijn terugbetaling · @ann · Hulp · in 0 seconds #ticket-1
        sofie in #ticket-1: /ticket ask-close
        bot: Ik heb aan @ann gevraagd of ticket #1 dicht mag. (only sofie sees this)
        bot edits in #ticket-1: @ann @team
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Mijn terugbetaling
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot in #ticket-1: @ann, @sofie thinks that this is solved. May it be closed? (pings ann)
             [Close it] [Keep it open]
        ann clicks [Keep it open]
        bot edits: @ann, @sofie thinks that this is solved. May it be closed?
             ➡️ Ticket #1 stays open.
        bot edits in #ticket-1: @ann @team
             Hello @ann! The staff will be with you soon.
             | **Ticket #1 · Support**
             | Mijn terugbetaling
             | Status: 🟢 Open
             | Opened by: @ann
             | Opened: Mon 2027-03-01 09:00 UTC
             | Last updated: in 0 seconds
             [Claim] [Wait for user] [Escalate] [Close (danger)] [Suggest reply]
        bot in #ticket-1: @ann keeps this ticket open.
        sofie in #ticket-1: /ticket stats
        bot: (only sofie sees this)
             | **Tickets · Laatste 7 dagen**
             | `▁▁▁▁▁▁█` geopend per dag, laatste 7 dagen
             | `▁▁▁▁▁▁▁` gesloten per dag, laatste 7 dagen
             | Nu:
             | 🟢 Open 1
             | 🔵 Opgepakt 0
             | 🟡 Wacht op het lid 0
             | 🔴 Geëscaleerd 0
             | ⚫ Gesloten 0
             | 🗄️ Gearchiveerd 0
             | In die periode:
             | 1 geopend
             | 0 gesloten
             | Eerste reactie:
             | gemiddeld minder dan een minuut
             | de helft binnen 1m
             | negen van de tien binnen 1m
             | Opgepakt na: nog geen
             | Gesloten na: nog geen
             | Tevredenheid: geen beoordelingen
             [Laatste 7 dagen] [Laatste 30 dagen] [Laatste 90 dagen] [Laatste 365 dagen] [Sinds het begin]
        sofie in #ticket-1: /ticket stats public:true
        bot:
             | **Tickets · Last 7 days**
             | `▁▁▁▁▁▁█` opened a day in the last 7 days
             | `▁▁▁▁▁▁▁` closed a day in the last 7 days
             | Now:
             | 🟢 Open 1
             | 🔵 Claimed 0
             | 🟡 Waiting for user 0
             | 🔴 Escalated 0
             | ⚫ Closed 0
             | 🗄️ Archived 0
             | In that time:
             | Opened 1
             | Closed 0
             | First response:
             | under a minute on average
             | 1m for half of them
             | 1m for nine of ten
             | Claimed after: none yet
             | Closed after: none yet
             | Satisfaction: no ratings
             [Last 7 days] [Last 30 days] [Last 90 days] [Last 365 days] [All time]
        sofie clicks [All time]
        bot edits:
             | **Tickets · All time**
             | `▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█` opened a day in the last 30 days
             | `▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁` closed a day in the last 30 days
             | Now:
             | 🟢 Open 1
             | 🔵 Claimed 0
             | 🟡 Waiting for user 0
             | 🔴 Escalated 0
             | ⚫ Closed 0
             | 🗄️ Archived 0
             | In that time:
             | Opened 1
             | Closed 0
             | First response:
             | under a minute on average
             | 1m for half of them
             | 1m for nine of ten
             | Claimed after: none yet
             | Closed after: none yet
             | Satisfaction: no ratings
             [Last 7 days] [Last 30 days] [Last 90 days] [Last 365 days] [All time]
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn who_is_silent_is_reminded_and_then_it_closes() {
    let world = desk().await;
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
    ada.clicks("Limits and hours").await;
    ada.submits(&[("When somebody is there", "mon-fri 09:00-17:00")]).await;
    world.screen().await;
    speaks_dutch(&world).await;
    world.clock.advance(SignedDuration::from_hours(10));
    opens(&world, "Mijn terugbetaling").await;
    let screen = world.screen().await;
    assert!(
        screen.contains(
            "Er is nu niemand van het team aanwezig; we zijn er ma-vr 09:00-17:00 (Europe/Brussels), de volgende keer "
        ),
        "{screen}"
    );
    hours_pass(&world, 24).await;
    let (screen, log) = apart(&world.screen().await, "logboek");
    expect![[r#"
        bot edits in #ticket-1: @ann @team
             Hallo @ann!
             Er is nu niemand van het team aanwezig; we zijn er ma-vr 09:00-17:00 (Europe/Brussels), de volgende keer Tue 2027-03-02 08:00 UTC.
             | **Ticket #1 · Hulp**
             | Mijn terugbetaling
             | Status: 🔴 Geëscaleerd
             | Geopend door: @ann
             | Geopend: Mon 2027-03-01 19:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Oppakken] [Wachten op het lid] [Sluiten (danger)] [Stel antwoord voor]
        bot in #ticket-1: 🔔 @team, dit ticket blijft te lang liggen. Niemand heeft binnen 4 uur geantwoord.
        bot in #ticket-1: 🔴 @team, ik heb dit ticket geëscaleerd.
             > Niemand heeft binnen 4 uur geantwoord.
    "#]]
    .assert_eq(&screen);
    expect![[r#"
        **🚨 Ticket #1 wacht te lang op een antwoord**
        Hulp van @ann · #ticket-1 · Niemand heeft binnen 4 uur geantwoord.
        **🔴 Ticket #1 geëscaleerd**
        Hulp van @ann · #ticket-1 · Niemand heeft binnen 4 uur geantwoord.
    "#]]
    .assert_eq(&entries(&log));
    world.clock.advance(SignedDuration::from_hours(1));
    dutch(&world, "sam").in_channel("ticket-1").types("Welke bestelling is het?").await;
    hours_pass(&world, 1).await;
    world.screen().await;
    hours_pass(&world, 25).await;
    expect![[r#"
        bot in DM with ann: Je ticket #1 wacht op je antwoord in #ticket-1. Is het al opgelost?
             [Ja, sluit maar] [Nee, laat open]
        bot in #ticket-1: @ann, we wachten op je antwoord. Is het opgelost? Na 3 dagen zonder antwoord sluit ik het. (pings ann)
             [Ja, sluit maar] [Nee, laat open]
    "#]]
    .assert_eq(&apart(&world.screen().await, "logboek").0);
    hours_pass(&world, 48).await;
    expect![[r#"
        bot edits in #ticket-1: @ann @team
             Hallo @ann!
             Er is nu niemand van het team aanwezig; we zijn er ma-vr 09:00-17:00 (Europe/Brussels), de volgende keer Tue 2027-03-02 08:00 UTC.
             | **Ticket #1 · Hulp**
             | Mijn terugbetaling
             | Status: ⚫ Gesloten
             | Geopend door: @ann
             | Gesloten door: Alphapy (automatisch)
             | Reden: Het lid heeft niet geantwoord.
             | Geopend: Mon 2027-03-01 19:00 UTC
             | Laatst gewijzigd: in 0 seconds
             [Heropenen] [Verslag] [Verwijderen (danger)]
        bot in #ticket-1: ⚫ Ik heb dit ticket gesloten.
             > Het lid heeft niet geantwoord.
        bot in DM with ann: Je ticket #1 (Mijn terugbetaling) is gesloten.
             > Het lid heeft niet geantwoord.
             Hoe was het?
             <file: ticket-1.html, 5446 bytes>
             <file: ticket-1.txt, 1154 bytes>
             [1 ★] [2 ★] [3 ★] [4 ★] [5 ★]
        bot sets in #ticket-1: ann: VIEW_CHANNEL, READ_MESSAGE_HISTORY; not SEND_MESSAGES, CREATE_PUBLIC_THREADS, CREATE_PRIVATE_THREADS, SEND_MESSAGES_IN_THREADS
    "#]]
    .assert_eq(&apart(&world.screen().await, "logboek").0);
}

#[tokio::test]
async fn a_ticket_for_which_there_is_no_place_says_what_to_do() {
    let world = desk().await;
    speaks_dutch(&world).await;
    let full = json!({"code": 30013, "message": "Maximum number of server channels reached (500)"});
    world.discord.fault(Fault::on(Method::POST, "/channels").times(1).answers(Answer::Status(400, full)));
    opens(&world, "Mijn terugbetaling").await;
    let (screen, log) = apart(&world.screen().await, "logboek");
    expect![[r#"
        ann in #help: /ticket open
        bot opens a form for ann: Hulp
             Waar gaat het over?* (short, up to 100):
               In een paar woorden
             Vertel er meer over (long, up to 1000):
               Wat is er gebeurd, en wat heb je al geprobeerd?
        ann submits Waar gaat het over?="Mijn terugbetaling"
        bot is thinking… (only ann sees this)
        bot answers: Je ticket #1 kon niet worden geopend; de beheerders van deze server weten ervan. In #Balie is geen plaats meer: verwijder kanalen, of stel `threadkanaal` in met `/instellingen tickets aanpassen`. (only ann sees this)
    "#]].assert_eq(&screen);
    expect![[r#"
        **🟢 Ticket #1 geopend**
        @ann · Hulp · Mijn terugbetaling
        **🚨 Ticket #1 kon niet worden geopend**
        @ann · In #Balie is geen plaats meer: verwijder kanalen, of stel `threadkanaal` in met `/instellingen tickets aanpassen`.
    "#]].assert_eq(&entries(&log));
}
