//! The set-up of tickets in Dutch: kinds, panels, blocked members and the staff's replies.

use expect_test::expect;
use serde_json::json;
use twilight_model::guild::Permissions;

use alphapy::settings::System;

use crate::support::{HOME, World, apart};

/// A server that reads Dutch, with a desk.
async fn desk() -> World {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).member("sam", &["staff"]).category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.sets::<System>("language", Some(json!("nl"))).await;
    world.sets::<System>("log_channel", Some(json!(world.discord.id_of("#general")))).await;
    world.screen().await;
    world
}

#[tokio::test]
async fn an_admin_sets_up_kinds_in_dutch() {
    let world = desk().await;
    world.discord.guild(HOME).role("buyers", Permissions::empty());
    let ada = world.person("ada").locale("nl");
    ada.types("/ticket types").await;
    ada.clicks("Nieuw soort").await;
    ada.submits(&[("Naam", "Facturen"), ("Emoji", "💶"), ("Omschrijving", "Geld")]).await;
    ada.clicks("Plaats en mensen").await;
    ada.submits(&[("Wie het mag openen", "buyers")]).await;
    ada.clicks("Limieten en uren").await;
    ada.submits(&[
        ("Hoeveel een lid er open mag hebben", "2"),
        ("Hoelang ze wachten tussen twee tickets", "1h 10m"),
        ("Wanneer er iemand is", "ma-vr 12:00-17:00"),
    ])
    .await;
    ada.clicks("Tijden").await;
    ada.submits(&[("Herinner wie niets zegt na", "1d"), ("Laat het dan escaleren", "true")]).await;
    ada.clicks("Vraag toevoegen").await;
    ada.submits(&[
        ("Vraag", "Betaald met"),
        ("Hoe leden antwoorden", "Eén optie uit een lijst"),
        ("Opties of lengte", "Pin\nOverschrijving"),
        ("Antwoord is verplicht", "true"),
    ])
    .await;
    ada.selects("Wijzig een vraag", &["Betaald met"]).await;
    ada.clicks("Weghalen").await;
    ada.clicks("Alle soorten").await;
    ada.selects("Wijzig een soort", &["💶 Facturen"]).await;
    ada.clicks("Dit soort verwijderen").await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        ada in #help: /ticket types
        bot: (only ada sees this)
             | **Soorten tickets**
             | **Hulp**
             <select: Wijzig een soort>
               - Hulp
             [Nieuw soort]
        ada clicks [Nieuw soort]
        bot opens a form for ada: Nieuw soort ticket
             Naam* (short, up to 80):
               Wat leden kiezen: Facturen
             Emoji (short, up to 32):
               Komt vóór de naam te staan
             Omschrijving (short, up to 100):
               Staat eronder in menu's
             Openingsbericht (long, up to 1500): Hallo {member}! Het team is er zo voor je.
               {member}, {number}, {type} en {subject} worden ingevuld
             Naam van de kanalen (short, up to 90): ticket-{number}
               {number}, {member} en {type} worden ingevuld
        ada submits Naam="Facturen", Emoji="💶", Omschrijving="Geld"
        bot edits: Toegevoegd. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: zoals voor de server ingesteld
             | Kanalen: ticket-{number}
             | Behandeld door: zoals voor de server ingesteld
             | Voor: iedereen
             | Niet voor: niemand
             | Hoogstens: 1 per lid
             | Wachttijd tussen twee: geen
             | Uren: altijd
             | Herinnert na: nooit
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid vertrekt: het blijft
             | Vragen:
             | **Waar gaat het over?** · tekst van 0 tot 100 tekens
             | **Vertel er meer over** · tekst van 0 tot 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Wijzig een vraag>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle soorten] [Dit soort verwijderen (danger)]
        ada clicks [Plaats en mensen]
        bot opens a form for ada: Plaats en mensen
             Waar het opengaat (select a channel):
               Een categorie, of een kanaal met een privéthread per ticket; leeg: zoals voor de server ingesteld
             Wie het behandelt (select a role):
               Naast de beheerders; leeg: zoals voor de server ingesteld
             Wie het mag openen (select a role):
               Leeg is iedereen
             Wie het niet mag openen (select a role):
        ada submits Wie het mag openen="buyers"
        bot edits: Opgeslagen. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: zoals voor de server ingesteld
             | Kanalen: ticket-{number}
             | Behandeld door: zoals voor de server ingesteld
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens: 1 per lid
             | Wachttijd tussen twee: geen
             | Uren: altijd
             | Herinnert na: nooit
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid vertrekt: het blijft
             | Vragen:
             | **Waar gaat het over?** · tekst van 0 tot 100 tekens
             | **Vertel er meer over** · tekst van 0 tot 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Wijzig een vraag>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle soorten] [Dit soort verwijderen (danger)]
        ada clicks [Limieten en uren]
        bot opens a form for ada: Limieten en uren
             Hoeveel een lid er open mag hebben* (short, up to 3): 1
               0 is onbeperkt
             Hoelang ze wachten tussen twee tickets (short, up to 20): 0m
               10m, 1h; 0 is helemaal niet
             Wanneer er iemand is (short, up to 200):
               ma-vr 09:00-17:00, za 10:00-12:00; leeg is altijd
             Wat leden buiten deze uren lezen (long, up to 500):
               Leeg: wanneer jullie er zijn
        ada submits Hoeveel een lid er open mag hebben="2", Hoelang ze wachten tussen twee tickets="1h 10m", Wanneer er iemand is="ma-vr 12:00-17:00"
        bot edits: Opgeslagen. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: zoals voor de server ingesteld
             | Kanalen: ticket-{number}
             | Behandeld door: zoals voor de server ingesteld
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens: 2 per lid
             | Wachttijd tussen twee: 1u 10m
             | Uren: mon+tue+wed+thu+fri 12:00-17:00
             | Herinnert na: nooit
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid vertrekt: het blijft
             | Vragen:
             | **Waar gaat het over?** · tekst van 0 tot 100 tekens
             | **Vertel er meer over** · tekst van 0 tot 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Wijzig een vraag>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle soorten] [Dit soort verwijderen (danger)]
        ada clicks [Tijden]
        bot opens a form for ada: Tijden
             Herinner wie niets zegt na (short, up to 20): 0m
               1d, 12h; 0 is nooit
             Sluit het als het lid niets zegt, na (short, up to 20): 0m
               7d; 0 is nooit
             Waarschuw als niemand antwoordt binnen (short, up to 20): 0m
               In werktijd: 4h; 0 is nooit
             Laat het dan escaleren (box): no
             Sluit het als het lid de server verlaat (box): no
        ada submits Herinner wie niets zegt na="1d", Laat het dan escaleren="true"
        bot edits: Opgeslagen. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: zoals voor de server ingesteld
             | Kanalen: ticket-{number}
             | Behandeld door: zoals voor de server ingesteld
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens: 2 per lid
             | Wachttijd tussen twee: 1u 10m
             | Uren: mon+tue+wed+thu+fri 12:00-17:00
             | Herinnert na: 1d
             | Sluit na: nooit
             | Antwoord binnen: nooit, escaleert daarna
             | Lid vertrekt: het blijft
             | Vragen:
             | **Waar gaat het over?** · tekst van 0 tot 100 tekens
             | **Vertel er meer over** · tekst van 0 tot 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Wijzig een vraag>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle soorten] [Dit soort verwijderen (danger)]
        ada clicks [Vraag toevoegen]
        bot opens a form for ada: Vraag
             Vraag* (short, up to 45):
             Toelichting (short, up to 100):
               Staat eronder
             Hoe leden antwoorden* (select):
               * Eén regel tekst
               - Meerdere regels tekst
               - Eén optie uit een lijst
               - Meerdere opties uit een lijst
               - Een vakje om aan te vinken
             Opties of lengte (long, up to 2500):
               Eén optie per regel; voor tekst de lengte, zoals 10-500
             Antwoord is verplicht (box): no
        ada submits Vraag="Betaald met", Hoe leden antwoorden="Eén optie uit een lijst", Opties of lengte="Pin⏎Overschrijving", Antwoord is verplicht="true"
        bot edits: Opgeslagen. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: zoals voor de server ingesteld
             | Kanalen: ticket-{number}
             | Behandeld door: zoals voor de server ingesteld
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens: 2 per lid
             | Wachttijd tussen twee: 1u 10m
             | Uren: mon+tue+wed+thu+fri 12:00-17:00
             | Herinnert na: 1d
             | Sluit na: nooit
             | Antwoord binnen: nooit, escaleert daarna
             | Lid vertrekt: het blijft
             | Vragen:
             | **Waar gaat het over?** · tekst van 0 tot 100 tekens
             | **Vertel er meer over** · tekst van 0 tot 1000 tekens, mag leeg blijven
             | **Betaald met** · een van Pin, Overschrijving
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Wijzig een vraag>
               - Waar gaat het over?
               - Vertel er meer over
               - Betaald met
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle soorten] [Dit soort verwijderen (danger)]
        ada selects Betaald met in <Wijzig een vraag>
        bot: **Betaald met** · een van Pin, Overschrijving (only ada sees this)
             [Wijzigen] [Weghalen (danger)]
             <select: In een andere taal schrijven>
               - English
               - Nederlands
        ada clicks [Weghalen]
        bot edits: “Betaald met” wordt niet meer gevraagd. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: zoals voor de server ingesteld
             | Kanalen: ticket-{number}
             | Behandeld door: zoals voor de server ingesteld
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens: 2 per lid
             | Wachttijd tussen twee: 1u 10m
             | Uren: mon+tue+wed+thu+fri 12:00-17:00
             | Herinnert na: 1d
             | Sluit na: nooit
             | Antwoord binnen: nooit, escaleert daarna
             | Lid vertrekt: het blijft
             | Vragen:
             | **Waar gaat het over?** · tekst van 0 tot 100 tekens
             | **Vertel er meer over** · tekst van 0 tot 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Wijzig een vraag>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle soorten] [Dit soort verwijderen (danger)]
        ada clicks [Alle soorten]
        bot edits: (only ada sees this)
             | **Soorten tickets**
             | **Hulp**
             | **💶 Facturen** Geld
             <select: Wijzig een soort>
               - Hulp
               - 💶 Facturen (Geld)
             [Nieuw soort]
        ada selects 💶 Facturen in <Wijzig een soort>
        bot edits: (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: zoals voor de server ingesteld
             | Kanalen: ticket-{number}
             | Behandeld door: zoals voor de server ingesteld
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens: 2 per lid
             | Wachttijd tussen twee: 1u 10m
             | Uren: mon+tue+wed+thu+fri 12:00-17:00
             | Herinnert na: 1d
             | Sluit na: nooit
             | Antwoord binnen: nooit, escaleert daarna
             | Lid vertrekt: het blijft
             | Vragen:
             | **Waar gaat het over?** · tekst van 0 tot 100 tekens
             | **Vertel er meer over** · tekst van 0 tot 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Wijzig een vraag>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle soorten] [Dit soort verwijderen (danger)]
        ada clicks [Dit soort verwijderen]
        bot edits: Het is verwijderd; open tickets blijven. (only ada sees this)
             | **Soorten tickets**
             | **Hulp**
             <select: Wijzig een soort>
               - Hulp
             [Nieuw soort]
    "#]].assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **🧭 Soort ticket toegevoegd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Soort ticket gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Soort ticket gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Soort ticket gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Soort ticket gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Soort ticket gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Soort ticket verwijderd**
             | @ada · Facturen
             | (tickets)
    "#]]
    .assert_eq(&log);
}

#[tokio::test]
async fn what_is_no_kind_is_refused_in_dutch() {
    let world = desk().await;
    let ada = world.person("ada").locale("nl");
    ada.types("/ticket types").await;
    ada.selects("Wijzig een soort", &["Hulp"]).await;
    world.screen().await;
    let mut refusals = String::new();
    let refused = [
        ("Naam en teksten", "Naam", " "),
        ("Naam en teksten", "Emoji", "fix"),
        ("Naam en teksten", "Openingsbericht", "Hallo {who}!"),
        ("Limieten en uren", "Hoeveel een lid er open mag hebben", "101"),
        ("Limieten en uren", "Hoelang ze wachten tussen twee tickets", "soms"),
        ("Limieten en uren", "Wanneer er iemand is", "soms"),
        ("Limieten en uren", "Wanneer er iemand is", "ma 17-9"),
        ("Vraag toevoegen", "Vraag", " "),
        ("Vraag toevoegen", "Opties of lengte", "5000"),
        ("Dit soort verwijderen", "", ""),
    ];
    for (form, label, text) in refused {
        ada.clicks(form).await;
        if !label.is_empty() {
            let mut fields = vec![(label, text)];
            if form == "Vraag toevoegen" && label != "Vraag" {
                fields.push(("Vraag", "Welke?"));
            }
            ada.submits(&fields).await;
        }
        let screen = world.screen().await;
        let told = screen.lines().find(|line| line.starts_with("bot: ")).expect("it is refused");
        refusals.push_str(told);
        refusals.push('\n');
    }
    expect![[r#"
        bot: Een soort ticket heeft een naam nodig; geef het er een. (only ada sees this)
        bot: De emoji is één teken zoals 🔧, of een van deze server zoals `:naam:`. (only ada sees this)
        bot: “Openingsbericht” kent geen `{who}`; gebruik `{member}`, `{number}`, `{type}`, `{subject}`. (only ada sees this)
        bot: “Hoeveel een lid er open mag hebben” is een getal van 0 tot en met 100. (only ada sees this)
        bot: “Hoelang ze wachten tussen twee tickets” is een tijd van 0m tot 30d; schrijf hem als `1h 30m` of `45m`. (only ada sees this)
        bot: `soms` lijkt niet op `ma-vr 09:00-17:00`; schrijf de uren opnieuw. (only ada sees this)
        bot: `ma 17-9` eindigt voor het begint; schrijf de uren opnieuw. (only ada sees this)
        bot: Een vraag heeft een tekst nodig; schrijf wat er gevraagd wordt. (only ada sees this)
        bot: Een lengte schrijf je als `10-500`; meer kan niet. (only ada sees this)
        bot: Dit is het enige soort; maak er eerst nog een. (only ada sees this)
    "#]].assert_eq(&refusals);
}

#[tokio::test]
async fn a_panel_without_words_of_its_own_speaks_the_language_of_the_server() {
    let world = desk().await;
    // Whoever posts it reads English.
    world.types("ada", "/ticket panel channel:#help").await;
    world.settle().await;
    world.types("ada", "/ticket panel channel:#help style:menu").await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        ada in #help: /ticket panel channel:#help
        bot is thinking… (only ada sees this)
        bot in #help:
             | **Hulp nodig?**
             | Open een ticket, dan helpt het team je.
             [📨 Open een ticket]
        bot answers: The panel is there. (only ada sees this)
        ada in #help: /ticket panel channel:#help style:menu
        bot is thinking… (only ada sees this)
        bot edits in #help:
             | **Hulp nodig?**
             | Open een ticket, dan helpt het team je.
             <select: Waar gaat het over?>
               - Hulp
        bot answers: The panel is there. (only ada sees this)
    "#]]
    .assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **🧭 Paneel geplaatst of gewijzigd**
             | @ada · #help
             | (tickets)
        bot in #general:
             | **🧭 Paneel geplaatst of gewijzigd**
             | @ada · #help
             | (tickets)
    "#]]
    .assert_eq(&log);
}

#[tokio::test]
async fn an_admin_posts_panels_and_blocks_members_in_dutch() {
    let world = desk().await;
    let ada = world.person("ada").locale("nl");
    ada.types("/ticket panel channel:#help title:Vragen?").await;
    world.settle().await;
    ada.types("/ticket blocked").await;
    ada.types("/ticket block member:@bob reason:spam").await;
    ada.types("/ticket block member:@bob reason:nog meer spam").await;
    ada.types("/ticket block member:@ann").await;
    ada.types("/ticket blocked").await;
    ada.types("/ticket unblock member:@ann").await;
    ada.types("/ticket unblock member:@ann").await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        ada in #help: /ticket panel channel:#help title:Vragen?
        bot is thinking… (only ada sees this)
        bot in #help:
             | **Vragen?**
             | Open een ticket, dan helpt het team je.
             [📨 Open een ticket]
        bot answers: Het paneel staat er. (only ada sees this)
        ada in #help: /ticket blocked
        bot: (only ada sees this)
             | **Wie geen tickets mag openen**
             | Iedereen mag tickets openen.
        ada in #help: /ticket block member:@bob reason:spam
        bot: @bob kan hier geen tickets meer openen; met `/ticket deblokkeren` mag het weer. (only ada sees this)
        ada in #help: /ticket block member:@bob reason:nog meer spam
        bot: Dit lid was al geblokkeerd door @ada (spam). @bob kan hier geen tickets meer openen; met `/ticket deblokkeren` mag het weer. (only ada sees this)
        ada in #help: /ticket block member:@ann
        bot: @ann kan hier geen tickets meer openen; met `/ticket deblokkeren` mag het weer. (only ada sees this)
        ada in #help: /ticket blocked
        bot: (only ada sees this)
             | **Wie geen tickets mag openen**
             | @ann door @ada in 0 seconds
             | @bob door @ada in 0 seconds: nog meer spam
        ada in #help: /ticket unblock member:@ann
        bot: @ann kan weer tickets openen. (only ada sees this)
        ada in #help: /ticket unblock member:@ann
        bot: @ann was niet geblokkeerd. (only ada sees this)
    "#]].assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **🧭 Paneel geplaatst of gewijzigd**
             | @ada · #help
             | (tickets)
        bot in #general:
             | **🧭 Iemand mag geen tickets meer openen**
             | @ada · @bob spam
             | (tickets)
        bot in #general:
             | **🧭 Iemand mag geen tickets meer openen**
             | @ada · @bob nog meer spam
             | (tickets)
        bot in #general:
             | **🧭 Iemand mag geen tickets meer openen**
             | @ada · @ann
             | (tickets)
        bot in #general:
             | **🧭 Iemand mag weer tickets openen**
             | @ada · @ann
             | (tickets)
    "#]]
    .assert_eq(&log);
}

#[tokio::test]
async fn the_staff_keeps_replies_in_dutch() {
    let world = desk().await;
    let sam = world.person("sam").locale("nl");
    sam.types("/tag list").await;
    sam.types("/tag add").await;
    sam.submits(&[("Naam", "uren"), ("Snelantwoord", "We zijn er van negen tot vijf.")]).await;
    sam.types("/tag add").await;
    sam.submits(&[("Naam", "groet"), ("Snelantwoord", "Dag {member}!")]).await;
    sam.types("/tag add").await;
    sam.submits(&[("Naam", "Uren"), ("Snelantwoord", "Altijd.")]).await;
    sam.types("/tag send name:uren").await;
    sam.types("/tag send name:groet").await;
    sam.types("/tag send name:weg").await;
    sam.types("/tag list").await;
    sam.types("/tag edit name:uren").await;
    sam.submits(&[("Snelantwoord", "We zijn er van negen tot zes.")]).await;
    sam.types("/tag remove name:uren").await;
    world.person("ann").locale("nl").types("/tag add").await;
    world.person("ann").locale("nl").types("/tag send name:groet").await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        sam in #help: /tag list
        bot: Er zijn hier nog geen snelantwoorden; voeg er een toe met `/snelantwoord toevoegen`. (only sam sees this)
        sam in #help: /tag add
        bot opens a form for sam: Nieuw snelantwoord
             Naam* (short, up to 50):
               Waarmee je het vindt
             Snelantwoord* (long, up to 1800):
               In een ticket worden {member}, {number}, {type} en {subject} ingevuld
        sam submits Naam="uren", Snelantwoord="We zijn er van negen tot vijf."
        bot: “uren” is opgeslagen; geef het met `/snelantwoord sturen`. (only sam sees this)
        sam in #help: /tag add
        bot opens a form for sam: Nieuw snelantwoord
             Naam* (short, up to 50):
               Waarmee je het vindt
             Snelantwoord* (long, up to 1800):
               In een ticket worden {member}, {number}, {type} en {subject} ingevuld
        sam submits Naam="groet", Snelantwoord="Dag {member}!"
        bot: “groet” is opgeslagen; geef het met `/snelantwoord sturen`. (only sam sees this)
        sam in #help: /tag add
        bot opens a form for sam: Nieuw snelantwoord
             Naam* (short, up to 50):
               Waarmee je het vindt
             Snelantwoord* (long, up to 1800):
               In een ticket worden {member}, {number}, {type} en {subject} ingevuld
        sam submits Naam="Uren", Snelantwoord="Altijd."
        bot: Er is al een snelantwoord met die naam; wijzig dat met `/snelantwoord wijzigen`. (only sam sees this)
             | **Wat je schreef**
             | Naam: Uren
             |--
             | **Snelantwoord**
             | Altijd.
        sam in #help: /tag send name:uren
        bot: We zijn er van negen tot vijf.
        sam in #help: /tag send name:groet
        bot: Dit snelantwoord noemt de `{member}` van een ticket; geef het in het kanaal van een ticket. (only sam sees this)
        sam in #help: /tag send name:weg
        bot: Dat snelantwoord is er niet; kies een voorstel, of kijk bij `/snelantwoord lijst`. (only sam sees this)
        sam in #help: /tag list
        bot: (only sam sees this)
             | **Snelantwoorden**
             | **uren** We zijn er van negen tot vijf. · 1 keer gegeven
             | **groet** Dag {member}! · 0 keer gegeven
        sam in #help: /tag edit name:uren
        bot opens a form for sam: Snelantwoord wijzigen
             Naam* (short, up to 50): uren
               Waarmee je het vindt
             Snelantwoord* (long, up to 1800): We zijn er van negen tot vijf.
               In een ticket worden {member}, {number}, {type} en {subject} ingevuld
        sam submits Snelantwoord="We zijn er van negen tot zes."
        bot: “uren” is opgeslagen; geef het met `/snelantwoord sturen`. (only sam sees this)
        sam in #help: /tag remove name:uren
        bot: “uren” is verwijderd. (only sam sees this)
        ann in #help: /tag add
        bot: Alleen het team geeft snelantwoorden; zoek antwoorden met `/faq zoeken`. (only ann sees this)
        ann in #help: /tag send name:groet
        bot: Alleen het team geeft snelantwoorden; zoek antwoorden met `/faq zoeken`. (only ann sees this)
    "#]].assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **🧭 Snelantwoord geschreven**
             | @sam · uren
             | (tickets)
        bot in #general:
             | **🧭 Snelantwoord geschreven**
             | @sam · groet
             | (tickets)
        bot in #general:
             | **🧭 Snelantwoord geschreven**
             | @sam · uren
             | (tickets)
        bot in #general:
             | **🧭 Snelantwoord verwijderd**
             | @sam · uren
             | (tickets)
    "#]]
    .assert_eq(&log);
}
