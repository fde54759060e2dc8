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
    ada.clicks("Nieuwe ticketsoort").await;
    ada.submits(&[("Naam", "Facturen"), ("Emoji", "💶"), ("Omschrijving", "Geld")]).await;
    ada.clicks("Plaats en mensen").await;
    ada.submits(&[("Wie het mag openen", "buyers")]).await;
    ada.clicks("Limieten en uren").await;
    ada.submits(&[
        ("Hoeveel een lid er open mag hebben", "2"),
        ("Wachttijd tussen twee tickets", "1u 10m"),
        ("Wanneer er iemand is", "ma-vr 12:00-17:00"),
    ])
    .await;
    ada.clicks("Tijden").await;
    ada.submits(&[("Herinner wie niet antwoordt na", "1d"), ("Escaleer het dan", "true")]).await;
    ada.clicks("Vraag toevoegen").await;
    ada.submits(&[
        ("Vraag", "Betaald met"),
        ("Hoe leden antwoorden", "Eén optie uit een lijst"),
        ("Opties of lengte", "Pin\nOverschrijving"),
        ("Een antwoord is verplicht", "true"),
    ])
    .await;
    ada.selects("Vraag wijzigen", &["Betaald met"]).await;
    ada.clicks("Verwijderen").await;
    ada.clicks("Alle ticketsoorten").await;
    ada.selects("Ticketsoort wijzigen", &["💶 Facturen"]).await;
    ada.clicks("Ticketsoort verwijderen").await;
    ada.clicks_on("Tickets van deze soort die al geopend zijn", "Ticketsoort verwijderen").await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        ada in #help: /ticket types
        bot: (only ada sees this)
             | **Ticketsoorten**
             | **Hulp**
             <select: Ticketsoort wijzigen>
               - Hulp
             [Nieuwe ticketsoort]
        ada clicks [Nieuwe ticketsoort]
        bot opens a form for ada: Nieuwe ticketsoort
             Naam* (short, up to 80):
               Wat leden kiezen, zoals Facturen
             Emoji (short, up to 32):
               Komt vóór de naam te staan
             Omschrijving (short, up to 100):
               Staat in menu's onder de naam
             Openingsbericht (long, up to 1500): Hallo {member}! Het team is er zo voor je.
               {member}, {number}, {type} en {subject} worden ingevuld
             Naam van de kanalen (short, up to 90): ticket-{number}
               {number}, {member} en {type} worden ingevuld
        ada submits Naam="Facturen", Emoji="💶", Omschrijving="Geld"
        bot edits: Toegevoegd. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: de instelling van de server
             | Kanalen: ticket-{number}
             | Behandeld door: de instelling van de server
             | Voor: iedereen
             | Niet voor: niemand
             | Hoogstens open: 1 per lid
             | Wachttijd tussen twee tickets: de instelling van de server
             | Uren: altijd
             | Herinnert na: nooit
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid verlaat de server: het ticket blijft open
             | Vragen:
             | **Waar gaat het over?** · tekst van hooguit 100 tekens
             | **Vertel er meer over** · tekst van hooguit 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Vraag wijzigen>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle ticketsoorten] [Ticketsoort verwijderen (danger)]
        ada clicks [Plaats en mensen]
        bot opens a form for ada: Plaats en mensen
             Waar het opengaat (select a channel):
               Een categorie, of een kanaal met een privéthread per ticket; leeg: de instelling van de server
             Wie het behandelt (select a role):
               Naast de beheerders; leeg: de instelling van de server
             Wie het mag openen (select a role):
               Leeg: iedereen
             Wie het niet mag openen (select a role):
        ada submits Wie het mag openen="buyers"
        bot edits: Opgeslagen. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: de instelling van de server
             | Kanalen: ticket-{number}
             | Behandeld door: de instelling van de server
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens open: 1 per lid
             | Wachttijd tussen twee tickets: de instelling van de server
             | Uren: altijd
             | Herinnert na: nooit
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid verlaat de server: het ticket blijft open
             | Vragen:
             | **Waar gaat het over?** · tekst van hooguit 100 tekens
             | **Vertel er meer over** · tekst van hooguit 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Vraag wijzigen>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle ticketsoorten] [Ticketsoort verwijderen (danger)]
        ada clicks [Limieten en uren]
        bot opens a form for ada: Limieten en uren
             Hoeveel een lid er open mag hebben* (short, up to 3): 1
               0 is onbeperkt
             Wachttijd tussen twee tickets (short, up to 20): 0m
               10m, 1u; 0: de instelling van de server
             Wanneer er iemand is (short, up to 200):
               ma-vr 09:00-17:00, za 10:00-12:00; leeg: altijd
             Wat leden buiten die uren lezen (long, up to 500):
               Leeg: ik zeg wanneer jullie er zijn
        ada submits Hoeveel een lid er open mag hebben="2", Wachttijd tussen twee tickets="1u 10m", Wanneer er iemand is="ma-vr 12:00-17:00"
        bot edits: Opgeslagen. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: de instelling van de server
             | Kanalen: ticket-{number}
             | Behandeld door: de instelling van de server
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens open: 2 per lid
             | Wachttijd tussen twee tickets: 1u 10m
             | Uren: ma-vr 12:00-17:00
             | Herinnert na: nooit
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid verlaat de server: het ticket blijft open
             | Vragen:
             | **Waar gaat het over?** · tekst van hooguit 100 tekens
             | **Vertel er meer over** · tekst van hooguit 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Vraag wijzigen>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle ticketsoorten] [Ticketsoort verwijderen (danger)]
        ada clicks [Tijden]
        bot opens a form for ada: Tijden
             Herinner wie niet antwoordt na (short, up to 20): 0m
               1d, 12u; 0 is nooit
             Sluit het zonder antwoord van het lid na (short, up to 20): 0m
               7d; 0 is nooit
             Waarschuw als niemand antwoordt binnen (short, up to 20): 0m
               In werktijd: 4u; 0 is nooit
             Escaleer het dan (box): no
             Sluit het als het lid de server verlaat (box): no
        ada submits Herinner wie niet antwoordt na="1d", Escaleer het dan="true"
        bot edits: Opgeslagen. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: de instelling van de server
             | Kanalen: ticket-{number}
             | Behandeld door: de instelling van de server
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens open: 2 per lid
             | Wachttijd tussen twee tickets: 1u 10m
             | Uren: ma-vr 12:00-17:00
             | Herinnert na: 1d
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid verlaat de server: het ticket blijft open
             | Vragen:
             | **Waar gaat het over?** · tekst van hooguit 100 tekens
             | **Vertel er meer over** · tekst van hooguit 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Vraag wijzigen>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle ticketsoorten] [Ticketsoort verwijderen (danger)]
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
             Een antwoord is verplicht (box): no
        ada submits Vraag="Betaald met", Hoe leden antwoorden="Eén optie uit een lijst", Opties of lengte="Pin⏎Overschrijving", Een antwoord is verplicht="true"
        bot edits: Opgeslagen. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: de instelling van de server
             | Kanalen: ticket-{number}
             | Behandeld door: de instelling van de server
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens open: 2 per lid
             | Wachttijd tussen twee tickets: 1u 10m
             | Uren: ma-vr 12:00-17:00
             | Herinnert na: 1d
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid verlaat de server: het ticket blijft open
             | Vragen:
             | **Waar gaat het over?** · tekst van hooguit 100 tekens
             | **Vertel er meer over** · tekst van hooguit 1000 tekens, mag leeg blijven
             | **Betaald met** · een van: Pin, Overschrijving
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Vraag wijzigen>
               - Waar gaat het over?
               - Vertel er meer over
               - Betaald met
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle ticketsoorten] [Ticketsoort verwijderen (danger)]
        ada selects Betaald met in <Vraag wijzigen>
        bot: **Betaald met** · een van: Pin, Overschrijving (only ada sees this)
             [Wijzigen] [Verwijderen (danger)]
             <select: In een andere taal schrijven>
               - English
               - Nederlands
        ada clicks [Verwijderen]
        bot edits: “Betaald met” wordt niet meer gevraagd. (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: de instelling van de server
             | Kanalen: ticket-{number}
             | Behandeld door: de instelling van de server
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens open: 2 per lid
             | Wachttijd tussen twee tickets: 1u 10m
             | Uren: ma-vr 12:00-17:00
             | Herinnert na: 1d
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid verlaat de server: het ticket blijft open
             | Vragen:
             | **Waar gaat het over?** · tekst van hooguit 100 tekens
             | **Vertel er meer over** · tekst van hooguit 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Vraag wijzigen>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle ticketsoorten] [Ticketsoort verwijderen (danger)]
        ada clicks [Alle ticketsoorten]
        bot edits: (only ada sees this)
             | **Ticketsoorten**
             | **Hulp**
             | **💶 Facturen** Geld
             <select: Ticketsoort wijzigen>
               - Hulp
               - 💶 Facturen (Geld)
             [Nieuwe ticketsoort]
        ada selects 💶 Facturen in <Ticketsoort wijzigen>
        bot edits: (only ada sees this)
             | **💶 Facturen**
             | Geld
             | Gaat open in: de instelling van de server
             | Kanalen: ticket-{number}
             | Behandeld door: de instelling van de server
             | Voor: @buyers
             | Niet voor: niemand
             | Hoogstens open: 2 per lid
             | Wachttijd tussen twee tickets: 1u 10m
             | Uren: ma-vr 12:00-17:00
             | Herinnert na: 1d
             | Sluit na: nooit
             | Antwoord binnen: nooit
             | Lid verlaat de server: het ticket blijft open
             | Vragen:
             | **Waar gaat het over?** · tekst van hooguit 100 tekens
             | **Vertel er meer over** · tekst van hooguit 1000 tekens, mag leeg blijven
             | Openingsbericht: Hallo {member}! Het team is er zo voor je.
             [Naam en teksten] [Plaats en mensen] [Limieten en uren] [Tijden]
             <select: Vraag wijzigen>
               - Waar gaat het over?
               - Vertel er meer over
             <select: In een andere taal schrijven>
               - English
               - Nederlands
             [Vraag toevoegen] [Alle ticketsoorten] [Ticketsoort verwijderen (danger)]
        ada clicks [Ticketsoort verwijderen]
        bot edits: 💶 Facturen verwijderen, met alle vragen en teksten? Tickets van deze soort die al geopend zijn, blijven. (only ada sees this)
             [Ticketsoort verwijderen (danger)] [Behouden]
        ada clicks [Ticketsoort verwijderen]
        bot edits: De ticketsoort is verwijderd; tickets die open zijn, blijven. (only ada sees this)
             | **Ticketsoorten**
             | **Hulp**
             <select: Ticketsoort wijzigen>
               - Hulp
             [Nieuwe ticketsoort]
    "#]].assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **🧭 Ticketsoort toegevoegd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Ticketsoort gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Ticketsoort gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Ticketsoort gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Ticketsoort gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Ticketsoort gewijzigd**
             | @ada · Facturen
             | (tickets)
        bot in #general:
             | **🧭 Ticketsoort verwijderd**
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
    ada.selects("Ticketsoort wijzigen", &["Hulp"]).await;
    world.screen().await;
    let mut refusals = String::new();
    let refused = [
        ("Naam en teksten", "Naam", " "),
        ("Naam en teksten", "Emoji", "fix"),
        ("Naam en teksten", "Openingsbericht", "Hallo {who}!"),
        ("Limieten en uren", "Hoeveel een lid er open mag hebben", "101"),
        ("Limieten en uren", "Wachttijd tussen twee tickets", "soms"),
        ("Limieten en uren", "Wanneer er iemand is", "soms"),
        ("Limieten en uren", "Wanneer er iemand is", "ma 9-9"),
        ("Vraag toevoegen", "Vraag", " "),
        ("Vraag toevoegen", "Opties of lengte", "5000"),
        ("Ticketsoort verwijderen", "", ""),
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
        bot: Een ticketsoort heeft een naam nodig; geef een naam op. (only ada sees this)
        bot: De emoji moet één teken zijn, zoals 🔧, of een van deze server, zoals `:naam:`. (only ada sees this)
        bot: “Openingsbericht” kent geen `{who}`; gebruik `{member}`, `{number}`, `{type}`, `{subject}`. (only ada sees this)
        bot: “Hoeveel een lid er open mag hebben” moet een getal van 0 tot en met 100 zijn. (only ada sees this)
        bot: “Wachttijd tussen twee tickets” moet een tijd van 0m tot 30d zijn; schrijf die als `1u 30m` of `45m`. (only ada sees this)
        bot: `soms` lijkt niet op `ma-vr 09:00-17:00`; schrijf de uren opnieuw. (only ada sees this)
        bot: `ma 9-9` eindigt zodra het begint; schrijf `ma 0-24` voor een hele dag. (only ada sees this)
        bot: Een vraag heeft een tekst nodig; schrijf wat er gevraagd wordt. (only ada sees this)
        bot: Schrijf een lengte als `10-500`; meer dan 500 kan niet. (only ada sees this)
        bot: Dit is de enige ticketsoort; maak er eerst nog een. (only ada sees this)
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
             [📨 Ticket openen]
        bot answers: The panel is in #help. (only ada sees this)
        ada in #help: /ticket panel channel:#help style:menu
        bot is thinking… (only ada sees this)
        bot edits in #help:
             | **Hulp nodig?**
             | Open een ticket, dan helpt het team je.
             <select: Waar gaat het over?>
               - Hulp
        bot answers: The panel is in #help. (only ada sees this)
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
async fn a_panel_is_shown_in_the_language_that_the_server_has_now() {
    let world = desk().await;
    world.types("ada", "/ticket panel channel:#help").await;
    world.a_minute_passes().await;
    world.screen().await;
    world.types("ada", "/config system set language:English").await;
    world.a_minute_passes().await;
    world.settle().await;
    // Once is enough.
    world.a_minute_passes().await;
    world.settle().await;
    world.types("ada", "/config reset setting:system language").await;
    world.clicks("ada", "Reset").await;
    world.types("ada", "/config system set language:Nederlands").await;
    world.a_minute_passes().await;
    let (screen, _) = apart(&world.screen().await, "general");
    expect![[r#"
        ada in #help: /config system set language:English
        bot: `language`: Nederlands → English (only ada sees this)
        bot edits in #help:
             | **Need help?**
             | Open a ticket, and the staff will help you.
             [📨 Open a ticket]
        ada in #help: /config reset setting:system language
        bot: Let this setting of system be as it was at first? (only ada sees this)
             `language`: English → English
             [Reset (danger)] [Keep]
        ada clicks [Reset]
        bot edits: `language`: English → English (default) (only ada sees this)
             [Take it back]
        ada in #help: /config system set language:Nederlands
        bot: `language`: English (default) → Nederlands (only ada sees this)
        bot edits in #help:
             | **Hulp nodig?**
             | Open een ticket, dan helpt het team je.
             [📨 Ticket openen]
    "#]]
    .assert_eq(&screen);
}

#[tokio::test]
async fn a_group_of_settings_is_called_as_its_reader_calls_it() {
    let world = desk().await;
    let ada = world.person("ada").locale("nl");
    ada.types("/instellingen herinneringen aanpassen tijd-vooraf:1u 30m").await;
    let suggested = ada.suggests("/instellingen resetten instelling:herinn").await;
    let called: Vec<&str> = suggested.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(called, ["herinneringen (alles)", "herinneringen tijd-vooraf"]);
    let suggested = ada.suggests("/instellingen herinneringen aanpassen tijd-vooraf:2u").await;
    assert_eq!((suggested[0].name.as_str(), suggested[0].value.as_str()), ("2u", Some("2h")));
    ada.types("/instellingen tonen groep:herinneringen").await;
    ada.types("/instellingen geschiedenis").await;
    ada.types("/instellingen resetten instelling:herinneringen tijd-vooraf").await;
    ada.clicks("Resetten").await;
    ada.types("/instellingen resetten instelling:herinneringen").await;
    ada.types("/instellingen herinneringen aanpassen").await;
    ada.types("/instellingen herinneringen aanpassen ingeschakeld:false").await;
    ada.types("/herinnering lijst").await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        ada in #help: /instellingen herinneringen aanpassen tijd-vooraf:1u 30m
        bot: `tijd-vooraf`: 1u (standaard) → 1u 30m (only ada sees this)
        ada in #help: /instellingen tonen groep:herinneringen
        bot: (only ada sees this)
             | **Instellingen: herinneringen**
             | `ingeschakeld` → aan · standaard
             | `standaardkanaal` → geen · standaard
             | `iedereen-vermelden` → uit · standaard
             | `maker-vermelden` → aan · standaard
             | `makersrol` → geen · standaard
             | `herinneringenrol` → geen · standaard
             | `limiet-per-lid` → 25 · standaard
             | `tijd-vooraf` → **1u 30m** · ingesteld door @ada in 0 seconds
             | `speling` → 30m · standaard
             | `opruimen-bij-begin` → uit · standaard
             | `anders-in-kanaal` → uit · standaard
             | `bewaardagen` → 90 · standaard
             | (Pagina 5 van 7)
             [Vorige] [Volgende]
        ada in #help: /instellingen geschiedenis
        bot: (only ada sees this)
             | **Wie wat heeft gewijzigd**
             | `#6` Mon 2027-03-01 09:00 UTC @ada · herinneringen `tijd-vooraf`: standaard → 1u 30m (met een opdracht)
             | `#5` Mon 2027-03-01 09:00 UTC @user 1 · systeem `logkanaal`: standaard → #general (geïmporteerd)
             | `#4` Mon 2027-03-01 09:00 UTC @user 1 · systeem `taal`: standaard → Nederlands (geïmporteerd)
             | `#3` Mon 2027-03-01 09:00 UTC @ada · tickets `teamrol`: standaard → @staff (met een opdracht)
             | `#2` Mon 2027-03-01 09:00 UTC @ada · tickets `categorie`: standaard → #Desk (met een opdracht)
             | `#1` Mon 2027-03-01 09:00 UTC @user 1 · systeem `beheerdersrol`: standaard → @keepers (geïmporteerd)
        ada in #help: /instellingen resetten instelling:herinneringen tijd-vooraf
        bot: Deze instelling van herinneringen resetten naar de standaard? (only ada sees this)
             `tijd-vooraf`: 1u 30m → 1u
             [Resetten (danger)] [Behouden]
        ada clicks [Resetten]
        bot edits: `tijd-vooraf`: 1u 30m → 1u (standaard) (only ada sees this)
             [Ongedaan maken]
        ada in #help: /instellingen resetten instelling:herinneringen
        bot: Zo stond het al; er is niets veranderd. (only ada sees this)
        ada in #help: /instellingen herinneringen aanpassen
        bot: Geef op wat je wilt aanpassen, zoals `/instellingen herinneringen aanpassen …`; wat er is, zie je met `/instellingen tonen groep:herinneringen`. (only ada sees this)
        ada in #help: /instellingen herinneringen aanpassen ingeschakeld:false
        bot: `ingeschakeld`: aan (standaard) → uit (only ada sees this)
        ada in #help: /herinnering lijst
        bot: Dit staat hier uit; een beheerder kan het aanzetten met de optie `ingeschakeld` van `/instellingen herinneringen aanpassen`. (only ada sees this)
    "#]].assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **Instellingen gewijzigd: herinneringen**
             | @ada
             | `tijd-vooraf`: 1u (standaard) → 1u 30m
             | (herinneringen)
        bot in #general:
             | **Instellingen gewijzigd: herinneringen**
             | @ada
             | `tijd-vooraf`: 1u 30m → 1u (standaard)
             | (herinneringen)
        bot in #general:
             | **Instellingen gewijzigd: herinneringen**
             | @ada
             | `ingeschakeld`: aan (standaard) → uit
             | (herinneringen)
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
             [📨 Ticket openen]
        bot answers: Het paneel staat in #help. (only ada sees this)
        ada in #help: /ticket blocked
        bot: (only ada sees this)
             | **Wie geen tickets mag openen**
             | Iedereen mag tickets openen.
        ada in #help: /ticket block member:@bob reason:spam
        bot: @bob mag hier geen tickets meer openen; met `/ticket deblokkeren` maak je dat ongedaan. (only ada sees this)
        ada in #help: /ticket block member:@bob reason:nog meer spam
        bot: Dit lid was al geblokkeerd door @ada (spam). @bob mag hier geen tickets meer openen; met `/ticket deblokkeren` maak je dat ongedaan. (only ada sees this)
        ada in #help: /ticket block member:@ann
        bot: @ann mag hier geen tickets meer openen; met `/ticket deblokkeren` maak je dat ongedaan. (only ada sees this)
        ada in #help: /ticket blocked
        bot: (only ada sees this)
             | **Wie geen tickets mag openen**
             | @ann, geblokkeerd door @ada in 0 seconds
             | @bob, geblokkeerd door @ada in 0 seconds: nog meer spam
        ada in #help: /ticket unblock member:@ann
        bot: @ann mag weer tickets openen. (only ada sees this)
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
             | @ada · @bob · spam
             | (tickets)
        bot in #general:
             | **🧭 Iemand mag geen tickets meer openen**
             | @ada · @bob · nog meer spam
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
        bot: “uren” is opgeslagen; stuur het met `/snelantwoord sturen`. (only sam sees this)
        sam in #help: /tag add
        bot opens a form for sam: Nieuw snelantwoord
             Naam* (short, up to 50):
               Waarmee je het vindt
             Snelantwoord* (long, up to 1800):
               In een ticket worden {member}, {number}, {type} en {subject} ingevuld
        sam submits Naam="groet", Snelantwoord="Dag {member}!"
        bot: “groet” is opgeslagen; stuur het met `/snelantwoord sturen`. (only sam sees this)
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
             [Opnieuw invullen]
        sam in #help: /tag send name:uren
        bot: We zijn er van negen tot vijf.
        sam in #help: /tag send name:groet
        bot: Dit snelantwoord gebruikt `{member}` van een ticket; stuur het in het kanaal van een ticket. (only sam sees this)
        sam in #help: /tag send name:weg
        bot: Dat snelantwoord bestaat niet; kies een van de suggesties, of kijk bij `/snelantwoord lijst`. (only sam sees this)
        sam in #help: /tag list
        bot: (only sam sees this)
             | **Snelantwoorden**
             | **uren** We zijn er van negen tot vijf. · 1 keer gebruikt
             | **groet** Dag {member}! · 0 keer gebruikt
        sam in #help: /tag edit name:uren
        bot opens a form for sam: Snelantwoord wijzigen
             Naam* (short, up to 50): uren
               Waarmee je het vindt
             Snelantwoord* (long, up to 1800): We zijn er van negen tot vijf.
               In een ticket worden {member}, {number}, {type} en {subject} ingevuld
        sam submits Snelantwoord="We zijn er van negen tot zes."
        bot: “uren” is opgeslagen; stuur het met `/snelantwoord sturen`. (only sam sees this)
        sam in #help: /tag remove name:uren
        bot: “uren” is verwijderd. (only sam sees this)
        ann in #help: /tag add
        bot: Alleen het team stuurt snelantwoorden; zoek antwoorden met `/faq zoeken`. (only ann sees this)
        ann in #help: /tag send name:groet
        bot: Alleen het team stuurt snelantwoorden; zoek antwoorden met `/faq zoeken`. (only ann sees this)
    "#]].assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **🧭 Snelantwoord opgeslagen**
             | @sam · uren
             | (tickets)
        bot in #general:
             | **🧭 Snelantwoord opgeslagen**
             | @sam · groet
             | (tickets)
        bot in #general:
             | **🧭 Snelantwoord opgeslagen**
             | @sam · uren
             | (tickets)
        bot in #general:
             | **🧭 Snelantwoord verwijderd**
             | @sam · uren
             | (tickets)
    "#]]
    .assert_eq(&log);
}
