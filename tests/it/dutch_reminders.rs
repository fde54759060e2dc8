//! What somebody whose Discord is Dutch reads of reminders.

use alphapy::dev::fake::Person;
use expect_test::expect;
use jiff::SignedDuration;
use twilight_model::guild::Permissions;

use crate::support::{HOME, World, apart};

/// Somebody of the home server with a Dutch client.
fn dutch(world: &World, name: &str) -> Person {
    world.person(name).locale("nl")
}

/// Every world begins on Monday 1 March 2027, 10:00 in Brussels.
async fn later(world: &World, minutes: i64) {
    world.clock.advance(SignedDuration::from_mins(minutes - 1));
    world.a_minute_passes().await;
    world.settle().await;
}

#[tokio::test]
async fn who_reads_dutch_makes_changes_and_deletes_a_reminder_in_dutch() {
    let world = World::new().await;
    let ann = dutch(&world, "ann");
    ann.types("/reminder add when:elke werkdag om 8:45 what:Overleg").await;
    ann.types("/reminder event when:5 maart 20u what:Quiz place:Grote zaal ahead:1d, 1u 30m, 0").await;
    ann.types("/reminder add when:elke eerste vrijdag van de maand om 9u until 1/6/2027 what:Borrel direct:true").await;
    ann.types("/reminder edit reminder:1").await;
    ann.submits(&[("Wat er verder in staat", "In de keuken")]).await;
    ann.types("/reminder pause reminder:1").await;
    ann.types("/reminder list").await;
    ann.types("/reminder resume reminder:1").await;
    ann.types("/reminder show reminder:1").await;
    ann.types("/reminder delete reminder:1").await;
    ann.clicks("Behouden").await;
    ann.types("/reminder delete reminder:1").await;
    ann.clicks("Verwijderen").await;
    expect![[r#"
        ann in #help: /reminder add when:elke werkdag om 8:45 what:Overleg
        bot: #1 **Overleg** is gemaakt. (only ann sees this)
             | **Overleg**
             | Volgende keer: Tue 2027-03-02 07:45 UTC (in 22 hours)
             | Herhaling: elke werkdag om 08:45 (Europe/Brussels)
             | Waar: #help
             | Ingesteld door: @ann
             | (Herinnering #1)
        ann in #help: /reminder event when:5 maart 20u what:Quiz place:Grote zaal ahead:1d, 1u 30m, 0
        bot: #2 **Quiz** is gemaakt. (only ann sees this)
             | **Quiz**
             | Volgende keer: Thu 2027-03-04 19:00 UTC (in 3 days)
             | Begint: Fri 2027-03-05 19:00 UTC
             | Waar: #help
             | Komt: 1d vooraf, 1u 30m vooraf, bij het begin
             | Plaats: Grote zaal
             | Ingesteld door: @ann
             | (Herinnering #2)
        ann in #help: /reminder add when:elke eerste vrijdag van de maand om 9u until 1/6/2027 what:Borrel direct:true
        bot: #3 **Borrel** is gemaakt. (only ann sees this)
             | **Borrel**
             | Volgende keer: Fri 2027-03-05 08:00 UTC (in 3 days)
             | Herhaling: op de eerste vrijdag van elke maand om 09:00 (Europe/Brussels), tot en met 2027-06-01
             | Waar: privébericht
             | Ingesteld door: @ann
             | (Herinnering #3)
        ann in #help: /reminder edit reminder:1
        bot opens a form for ann: Herinnering #1
             Wat* (short, up to 100): Overleg
             Wanneer* (short, up to 100): elke werkdag om 8:45
               Zoals “morgen 19:30” of “elke maandag om 20:00”; klok: Europe/Brussels
             Wat er verder in staat (long, up to 1500):
             Waar het plaatsvindt (short, up to 200):
             Hoe lang vooraf (short, up to 60): 0
               Zoals “1d, 1u, 0”; 0 is op het moment zelf
        ann submits Wat er verder in staat="In de keuken"
        bot: #1 **Overleg** is gewijzigd. (only ann sees this)
             | **Overleg**
             | In de keuken
             | Volgende keer: Tue 2027-03-02 07:45 UTC (in 22 hours)
             | Herhaling: elke werkdag om 08:45 (Europe/Brussels)
             | Waar: #help
             | Ingesteld door: @ann
             | (Herinnering #1)
        ann in #help: /reminder pause reminder:1
        bot: #1 **Overleg** is gepauzeerd. (only ann sees this)
             | **Overleg**
             | In de keuken
             | Volgende keer: gepauzeerd
             | Herhaling: elke werkdag om 08:45 (Europe/Brussels)
             | Waar: #help
             | Ingesteld door: @ann
             | (Herinnering #1)
        ann in #help: /reminder list
        bot: (only ann sees this)
             | **Je herinneringen**
             | **#1** 🔁 Overleg · gepauzeerd · #help · @ann
             | **#2** Quiz · Thu 2027-03-04 19:00 UTC · #help · @ann
             | **#3** 🔁 Borrel · Fri 2027-03-05 08:00 UTC · privébericht · @ann
             <select: Kies er een of meer>
               - #1 Overleg
               - #2 Quiz
               - #3 Borrel
        ann in #help: /reminder resume reminder:1
        bot: #1 **Overleg** is hervat. (only ann sees this)
             | **Overleg**
             | In de keuken
             | Volgende keer: Tue 2027-03-02 07:45 UTC (in 22 hours)
             | Herhaling: elke werkdag om 08:45 (Europe/Brussels)
             | Waar: #help
             | Ingesteld door: @ann
             | (Herinnering #1)
        ann in #help: /reminder show reminder:1
        bot: (only ann sees this)
             | **Overleg**
             | In de keuken
             | Volgende keer: Tue 2027-03-02 07:45 UTC (in 22 hours)
             | Herhaling: elke werkdag om 08:45 (Europe/Brussels)
             | Waar: #help
             | Ingesteld door: @ann
             | (Herinnering #1)
             [Wijzigen] [Pauzeren] [Verwijderen (danger)]
        ann in #help: /reminder delete reminder:1
        bot: #1 **Overleg** verwijderen? (only ann sees this)
             [Verwijderen (danger)] [Behouden]
        ann clicks [Behouden]
        bot edits: Er is niets verwijderd. (only ann sees this)
        ann in #help: /reminder delete reminder:1
        bot: #1 **Overleg** verwijderen? (only ann sees this)
             [Verwijderen (danger)] [Behouden]
        ann clicks [Verwijderen]
        bot edits: #1 **Overleg** is verwijderd. (only ann sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn what_is_posted_is_in_the_language_of_the_server_and_its_answer_in_the_reader_s() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.screen().await;
    later(&world, 10).await;
    dutch(&world, "ann").clicks("Again in 1 hour").await;
    let answer = world.screen().await;
    assert!(answer.contains("Ik herinner je er over 1 uur nog eens aan, om 10:10 UTC."), "{answer}");
    world.types("ada", "/config system set language:Nederlands").await;
    world.screen().await;
    later(&world, 60).await;
    dutch(&world, "bob").clicks("Over 10 minuten opnieuw").await;
    world.clicks("ann", "Over 10 minuten opnieuw").await;
    expect![[r#"
        bot in #help: @ann (pings ann)
             | **⏰ Herinnering: Tea**
             | Wanneer: Mon 2027-03-01 10:10 UTC
             | Ingesteld door: @ann
             | (#2 • 2027-03-01T10:10:00.000000+00:00)
             [Over 10 minuten opnieuw] [Over 1 uur opnieuw]
        bob clicks [Over 10 minuten opnieuw]
        bot: Alleen wie vermeld is, kan de herinnering uitstellen; maak er zelf een met `/herinnering toevoegen`. (only bob sees this)
        ann clicks [Over 10 minuten opnieuw]
        bot: I say it to you again in 10m, 10:20 UTC. (only ann sees this)
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn refusals_are_dutch() {
    let world = World::new().await;
    let ann = dutch(&world, "ann");
    for line in [
        "add when:ooit what:Thee",
        "add when:1/2/2027 9:00 what:Thee",
        "add when:morgen",
        "add when:morgen what:Thee image:plaatje",
        "add when:morgen what:Thee zone:Mars/Base",
        "add when:morgen what:Thee mention:@everyone",
        "add when:morgen what:Thee mention:@&keepers",
        "add when:morgen what:Thee template:geen",
        "event when:morgen what:Quiz ahead:straks",
        "event what:Quiz",
        "event link:hier",
        "list",
        "list all:true",
        "show reminder:7",
        "template-save reminder:7 name:Thee",
    ] {
        ann.types(&format!("/reminder {line}")).await;
    }
    expect![[r#"
        ann in #help: /reminder add when:ooit what:Thee
        bot: Ik begrijp “ooit” niet; schrijf het als `morgen 19:30` of `elke maandag om 20:00`. (only ann sees this)
        ann in #help: /reminder add when:1/2/2027 9:00 what:Thee
        bot: “1/2/2027 9:00” is al voorbij; bedoel je Tue 2028-02-01 08:00 UTC? Schrijf dan `2028-02-01 09:00`. (only ann sees this)
        ann in #help: /reminder add when:morgen
        bot opens a form for ann: Nieuwe herinnering
             Wat* (short, up to 100):
             Wanneer* (short, up to 100): morgen
               Zoals “morgen 19:30” of “elke maandag om 20:00”; klok: Europe/Brussels
             Wat er verder in staat (long, up to 1500):
             Waar het plaatsvindt (short, up to 200):
             Hoe lang vooraf (short, up to 60): 0
               Zoals “1d, 1u, 0”; 0 is op het moment zelf
        ann in #help: /reminder add when:morgen what:Thee image:plaatje
        bot: Een afbeelding moet een webadres zijn dat met `https://` begint; pas het aan, of laat het weg. (only ann sees this)
        ann in #help: /reminder add when:morgen what:Thee zone:Mars/Base
        bot: Die tijdzone bestaat niet; kies een van de suggesties, zoals `Europe/Brussels`. (only ann sees this)
        ann in #help: /reminder add when:morgen what:Thee mention:@everyone
        bot: Herinneringen mogen @everyone hier niet vermelden; een beheerder kan dat toestaan met `/instellingen herinneringen aanpassen`. (only ann sees this)
        ann in #help: /reminder add when:morgen what:Thee mention:@&keepers
        bot: Je mag @keepers daar zelf niet vermelden; laat dat weg, of vraag het aan wie ze hier beheert. (only ann sees this)
        ann in #help: /reminder add when:morgen what:Thee template:geen
        bot: Dat sjabloon bestaat niet; kies een van de suggesties. (only ann sees this)
        ann in #help: /reminder event when:morgen what:Quiz ahead:straks
        bot: `vooraf` moet een tijd van 0m tot 28d zijn; schrijf die als `1u 30m` of `45m`. (only ann sees this)
        ann in #help: /reminder event what:Quiz
        bot opens a form for ann: Nieuwe herinnering
             Wat* (short, up to 100): Quiz
             Wanneer* (short, up to 100):
               Zoals “morgen 19:30” of “elke maandag om 20:00”; klok: Europe/Brussels
             Wat er verder in staat (long, up to 1500):
             Waar het plaatsvindt (short, up to 200):
             Hoe lang vooraf (short, up to 60): 1u, 0
               Zoals “1d, 1u, 0”; 0 is op het moment zelf
        ann in #help: /reminder event link:hier
        bot: Dat is geen link van een bericht; kopieer er een met *Berichtlink kopiëren* in het menu van een bericht. (only ann sees this)
        ann in #help: /reminder list
        bot: (only ann sees this)
             | **Je herinneringen**
             | Er zijn geen herinneringen; met `/herinnering toevoegen` maak je er een.
        ann in #help: /reminder list all:true
        bot: Alleen wie hier alle herinneringen beheert, ziet die van anderen; `/herinnering lijst` toont die van jou. (only ann sees this)
        ann in #help: /reminder show reminder:7
        bot: Zo'n herinnering heb je niet; kies een van de suggesties, of kijk bij `/herinnering lijst`. (only ann sees this)
        ann in #help: /reminder template-save reminder:7 name:Thee
        bot: Sjablonen zijn voor wie hier alle herinneringen beheert; vraag het daar. (only ann sees this)
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn suggestions_are_dutch() {
    let world = World::new().await;
    let ann = dutch(&world, "ann");
    ann.types("/reminder add when:vrijdag 20:00 what:Quiz").await;
    world.screen().await;
    let mut shown = Vec::new();
    for line in
        ["add when:tomorrow 9:00", "add when:every monday 20:00", "add when:1/2/2027", "add when:", "show reminder:"]
    {
        let choices = ann.suggests(&format!("/reminder {line}")).await;
        shown.push(choices.into_iter().map(|choice| choice.name).collect::<Vec<_>>().join("\n"));
    }
    expect![[r#"
        dinsdag 2 maart 2027, 09:00 (Europe/Brussels)

        elke maandag om 20:00, vanaf maandag 1 maart 2027, 20:00 (Europe/Brussels)

        “1/2/2027” is al voorbij
        dinsdag 1 februari 2028, 09:00 (Europe/Brussels)

        over 2 uur → maandag 1 maart 2027, 12:00 (Europe/Brussels)
        morgen 9:00 → dinsdag 2 maart 2027, 09:00 (Europe/Brussels)
        vrijdag 20:00 → vrijdag 5 maart 2027, 20:00 (Europe/Brussels)
        elke maandag 20:00 → elke maandag om 20:00, vanaf maandag 1 maart 2027, 20:00 (Europe/Brussels)
        elke werkdag 8:45 → elke werkdag om 08:45, vanaf dinsdag 2 maart 2027, 08:45 (Europe/Brussels)
        25/12 20:00 → zaterdag 25 december 2027, 20:00 (Europe/Brussels)

        #1 Quiz · vr 5 mrt 2027, 20:00"#]]
    .assert_eq(&shown.join("\n\n"));
}

#[tokio::test]
async fn the_staff_keeps_templates_in_dutch() {
    let world = World::new().await;
    let ada = dutch(&world, "ada");
    ada.types("/reminder add when:morgen what:Live").await;
    world.screen().await;
    for line in [
        "template-save reminder:1 name:Live",
        "template-save reminder:1 name:Live",
        "template-remove template:Live",
        "template-remove template:Live",
        "pause reminder:1",
        "pause reminder:1",
        "resume reminder:1",
        "resume reminder:1",
    ] {
        ada.types(&format!("/reminder {line}")).await;
    }
    expect![[r#"
        ada in #help: /reminder template-save reminder:1 name:Live
        bot: “Live” is opgeslagen; gebruik het met de optie `sjabloon` van `/herinnering toevoegen`. (only ada sees this)
        ada in #help: /reminder template-save reminder:1 name:Live
        bot: “Live” is opgeslagen en vervangt wat @ada onder die naam had opgeslagen; gebruik het met de optie `sjabloon` van `/herinnering toevoegen`. (only ada sees this)
        ada in #help: /reminder template-remove template:Live
        bot: “Live” is verwijderd. (only ada sees this)
        ada in #help: /reminder template-remove template:Live
        bot: Dat sjabloon bestaat niet; kies een van de suggesties. (only ada sees this)
        ada in #help: /reminder pause reminder:1
        bot: #1 **Live** is gepauzeerd. (only ada sees this)
             | **Live**
             | Volgende keer: gepauzeerd
             | Waar: #help
             | Ingesteld door: @ada
             | (Herinnering #1)
        ada in #help: /reminder pause reminder:1
        bot: #1 **Live** is al gepauzeerd. (only ada sees this)
        ada in #help: /reminder resume reminder:1
        bot: #1 **Live** is hervat. (only ada sees this)
             | **Live**
             | Volgende keer: Tue 2027-03-02 08:00 UTC (in 23 hours)
             | Waar: #help
             | Ingesteld door: @ada
             | (Herinnering #1)
        ada in #help: /reminder resume reminder:1
        bot: #1 **Live** is niet gepauzeerd. (only ada sees this)
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn the_log_of_a_dutch_server_is_dutch() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    world.discord.guild(HOME).channel("log").channel("nieuws");
    for line in ["system set language:Nederlands log-channel:#log", "announcements set channel:#nieuws"] {
        world.types("ada", &format!("/config {line}")).await;
        // Each line of the log is a message of its own then.
        world.settle().await;
    }
    world.a_minute_passes().await;
    world.screen().await;
    let news = world.person("ada").in_channel("nieuws");
    let quiz = world.discord.post(HOME, "nieuws", "ada", "Quiz!\nDagen: maandag\nTijd: 20:00");
    news.types("Goedemorgen").await;
    world.discord.post(HOME, "nieuws", "ada", "Datum: 12/3/2027\nTijd: 20:00");
    world.a_minute_passes().await;
    world.types("mia", "/reminder edit reminder:1 channel:#general").await;
    news.on(&quiz).edits("Quiz!\nDagen: dinsdag\nTijd: 21:00\nPlaats: Zaal").await;
    world.a_minute_passes().await;
    for line in ["template-save reminder:1 name:Quiz", "template-remove template:Quiz", "pause reminder:1"] {
        world.types("ada", &format!("/reminder {line}")).await;
    }
    dutch(&world, "ann").types("/reminder add when:in 10m what:Thee channel:#general").await;
    world.discord.guild(HOME).overwrite("general", "bot", Permissions::empty(), Permissions::SEND_MESSAGES);
    later(&world, 10).await;
    later(&world, 2).await;
    let (rest, log) = apart(&world.screen().await, "log");
    expect![[r#"
        bot in #log:
             | **🔔 Van een aankondiging is een herinnering gemaakt**
             | #1 Quiz! · elke maandag om 20:00 · https://discord.com/channels/1191169165885440000/1191182503772160000/1609863046103040007
             | (aankondigingen)
        bot in #log:
             | **🔕 Geen herinnering gemaakt van een aankondiging**
             | https://discord.com/channels/1191169165885440000/1191182503772160000/1609863046103040008 · Ik vind er geen tijd in; voeg een regel toe zoals `Tijd: 20:00`.
             | (aankondigingen)
        bot in #log:
             | **🔔 Van een aankondiging is een herinnering gemaakt**
             | #2 Evenement · 2027-03-12 20:00 · https://discord.com/channels/1191169165885440000/1191182503772160000/1609863046103040009
             | (aankondigingen)
        bot in #log:
             | **🟡 Herinnering gewijzigd**
             | @mia · #1 Quiz!
             | (herinneringen)
        bot in #log:
             | **🔔 Herinnering aangepast aan de aankondiging**
             | #1 Quiz! · elke dinsdag om 21:00 · https://discord.com/channels/1191169165885440000/1191182503772160000/1609863046103040007 · met de hand ingesteld, dus ongewijzigd: kanaal
             | (aankondigingen)
        bot in #log:
             | **🟢 Sjabloon voor herinneringen opgeslagen**
             | @ada · “Quiz” van #1
             | (herinneringen)
        bot in #log:
             | **🗑️ Sjabloon voor herinneringen verwijderd**
             | @ada · “Quiz”
             | (herinneringen)
        bot in #log:
             | **⏸️ Herinnering gepauzeerd**
             | @ada · #1 Quiz!
             | (herinneringen)
        bot in #log:
             | **🟢 Herinnering gemaakt**
             | @ann · #3 Thee
             | (herinneringen)
        bot in #log:
             | **🚨 Er is een herinnering gepauzeerd**
             | Ik mag niet schrijven in #general; geef me daar **Berichten verzenden** en **Links insluiten**. Met `/herinnering hervatten` zet je dat weer aan.
             | #3 Thee
             | (herinneringen)
    "#]].assert_eq(&log);
    let told = rest.lines().find(|line| line.contains("gepauzeerd")).expect("ann is told");
    expect!["bot in DM with ann: Je herinneringen in #general zijn gepauzeerd. Ik mag niet schrijven in #general; geef me daar **Berichten verzenden** en **Links insluiten**. Met `/herinnering hervatten` komen ze weer."].assert_eq(told);
    world.discord.take_problems();
}

#[tokio::test]
async fn a_direct_message_is_in_the_language_in_which_its_reader_was_last_seen() {
    let world = World::new().await;
    // The server speaks English; ann types what her Discord shows her.
    dutch(&world, "ann").types("/herinnering toevoegen wanneer:over 10m wat:Thee privé:true").await;
    world.types("bob", "/reminder add when:in 10m what:Milk direct:true").await;
    world.screen().await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in DM with ann:\n     | **⏰ Herinnering: Thee**\n     | Wanneer: "), "{screen}");
    assert!(screen.contains("bot in DM with bob:\n     | **⏰ Reminder: Milk**\n     | When: "), "{screen}");
    // From now on she reads English.
    world.types("ann", "/reminder add when:in 10m what:Tea direct:true").await;
    world.screen().await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in DM with ann:\n     | **⏰ Reminder: Tea**\n     | When: "), "{screen}");
}
