//! The FAQ in Dutch: people who read Dutch, and a server that does.

use expect_test::expect;
use serde_json::json;
use twilight_model::guild::Permissions;

use alphapy::settings::System;

use crate::support::{HOME, World, apart};

/// A server that reads Dutch, down to the details in its log channel.
async fn dutch_server() -> World {
    let world = World::new().await;
    world.sets::<System>("language", Some(json!("nl"))).await;
    world.sets::<System>("log_channel", Some(json!(world.discord.id_of("#general")))).await;
    world.sets::<System>("log_level", Some(json!("verbose"))).await;
    world
}

#[tokio::test]
async fn an_admin_keeps_the_faq_in_dutch() {
    let world = dutch_server().await;
    let mia = world.person("mia").locale("nl");
    mia.types("/faq add").await;
    mia.submits(&[("Vraag", "Hoe krijg ik mijn geld terug?"), ("Antwoord", "Mail ons."), ("Trefwoorden", "refund")])
        .await;
    mia.types("/faq edit entry:#1").await;
    mia.submits(&[("Antwoord", "Mail ons binnen 30 dagen.")]).await;
    mia.types("/faq pin entry:#1").await;
    mia.types("/faq unpin entry:#1").await;
    mia.types("/faq synonyms").await;
    mia.submits(&[("Woorden die hetzelfde betekenen", "geld, centen\nbon, kassabon")]).await;
    mia.types("/faq reload").await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        mia in #help: /faq add
        bot opens a form for mia: Antwoord toevoegen
             Vraag* (short, up to 100):
               Zoals leden die zouden stellen
             Antwoord* (long, up to 4000):
               Markdown werkt
             Trefwoorden (short, up to 300):
               Andere woorden ervoor, gescheiden door komma's
             Categorie (short, up to 50):
             Bron (short, up to 500):
               Een link naar meer informatie
        mia submits Vraag="Hoe krijg ik mijn geld terug?", Antwoord="Mail ons.", Trefwoorden="refund"
        bot: #1 **Hoe krijg ik mijn geld terug?** is toegevoegd. (only mia sees this)
             | **Hoe krijg ik mijn geld terug?**
             | Mail ons.
             | (#1 · refund)
        mia in #help: /faq edit entry:#1
        bot opens a form for mia: #1 wijzigen
             Vraag* (short, up to 100): Hoe krijg ik mijn geld terug?
               Zoals leden die zouden stellen
             Antwoord* (long, up to 4000): Mail ons.
               Markdown werkt
             Trefwoorden (short, up to 300): refund
               Andere woorden ervoor, gescheiden door komma's
             Categorie (short, up to 50):
             Bron (short, up to 500):
               Een link naar meer informatie
        mia submits Antwoord="Mail ons binnen 30 dagen."
        bot: #1 **Hoe krijg ik mijn geld terug?** is gewijzigd. (only mia sees this)
             | **Hoe krijg ik mijn geld terug?**
             | Mail ons binnen 30 dagen.
             | (#1 · refund)
        mia in #help: /faq pin entry:#1
        bot: #1 **Hoe krijg ik mijn geld terug?** staat nu vast boven aan de lijst. (only mia sees this)
        mia in #help: /faq unpin entry:#1
        bot: #1 **Hoe krijg ik mijn geld terug?** staat niet meer vast. (only mia sees this)
        mia in #help: /faq synonyms
        bot opens a form for mia: Synoniemen
             Woorden die hetzelfde betekenen (long, up to 4000):
               Eén groep per regel, gescheiden door komma's: terugbetaling, geld terug, refund
        mia submits Woorden die hetzelfde betekenen="geld, centen⏎bon, kassabon"
        bot: Er zijn nu 2 groepen synoniemen ingesteld. (only mia sees this)
        mia in #help: /faq reload
        bot is thinking… (only mia sees this)
        bot answers: De zoekindex is opnieuw opgebouwd; er staat 1 antwoord in. (only mia sees this)
    "#]]
    .assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **🟢 Nieuw antwoord in de FAQ**
             | @mia · #1 Hoe krijg ik mijn geld terug?
             | (faq)
        bot in #general:
             | **🟡 Antwoord in de FAQ gewijzigd**
             | @mia · #1 Hoe krijg ik mijn geld terug?
             | (faq)
        bot in #general:
             | **📌 Antwoord in de FAQ vastgezet**
             | @mia · #1 Hoe krijg ik mijn geld terug?
             | (faq)
        bot in #general:
             | **📌 Antwoord in de FAQ losgemaakt**
             | @mia · #1 Hoe krijg ik mijn geld terug?
             | (faq)
        bot in #general:
             | **🟡 Synoniemen van de FAQ gewijzigd**
             | @mia · Er zijn nu 2 groepen synoniemen ingesteld.
             | (faq)
    "#]]
    .assert_eq(&log);
}

#[tokio::test]
async fn an_admin_removes_an_answer_in_dutch() {
    let world = dutch_server().await;
    world.has_entry("Openingstijden", "Van negen tot vijf.").await;
    let mia = world.person("mia").locale("nl");
    mia.types("/faq remove entry:#1").await;
    mia.clicks("Behouden").await;
    mia.types("/faq remove entry:#1").await;
    world.types("ada", "/faq edit entry:#1").await;
    world.submits("ada", &[("Answer", "Van negen tot zes.")]).await;
    world.screen().await;
    mia.clicks("Verwijderen").await;
    mia.clicks("Verwijderen").await;
    mia.types("/faq edit entry:#1").await;
    mia.types("/faq list").await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        mia clicks [Verwijderen]
        bot edits: Iemand heeft het net gewijzigd. #1 **Openingstijden** toch voorgoed verwijderen? (only mia sees this)
             [Verwijderen (danger)] [Behouden]
        mia clicks [Verwijderen]
        bot edits: #1 **Openingstijden** is verwijderd. (only mia sees this)
        mia in #help: /faq edit entry:#1
        bot: Dat antwoord bestaat niet; kies een van de suggesties terwijl je typt, of kijk bij `/faq lijst`. (only mia sees this)
        mia in #help: /faq list
        bot: Er zijn hier nog geen antwoorden; beheerders voegen ze toe met `/faq toevoegen`. (only mia sees this)
    "#]]
    .assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **🗑️ Antwoord uit de FAQ verwijderd**
             | @mia · #1 Openingstijden
             | (faq)
    "#]]
    .assert_eq(&log);
}

#[tokio::test]
async fn a_member_searches_in_dutch() {
    let world = dutch_server().await;
    world.has_entry("Hoe krijg ik mijn geld terug?", "Mail ons binnen 30 dagen.").await;
    let ann = world.person("ann").locale("nl");
    ann.types("/faq search query:geld terug").await;
    ann.types("/faq search query:giraffe").await;
    ann.types("/faq view entry:giraffe").await;
    ann.types("/faq view entry:#1").await;
    ann.types("/faq list").await;
    let (screen, log) = apart(&world.screen().await, "general");
    expect![[r#"
        ann in #help: /faq search query:geld terug
        bot: (only ann sees this)
             | **Gevonden voor “geld terug”**
             | **#1 Hoe krijg ik mijn geld terug?**
             | Mail ons binnen 30 dagen.
             <select: Antwoord openen>
               - Hoe krijg ik mijn geld terug?
             [In een ticket vragen]
        ann in #help: /faq search query:giraffe
        bot: Ik heb niets gevonden voor “giraffe”. Probeer andere woorden, of vraag het met de knop hieronder; het team kan het antwoord toevoegen. (only ann sees this)
             [In een ticket vragen]
        ann in #help: /faq view entry:giraffe
        bot: Ik heb niets gevonden voor “giraffe”. Probeer andere woorden, of vraag het met de knop hieronder; het team kan het antwoord toevoegen. (only ann sees this)
             [In een ticket vragen]
        ann in #help: /faq view entry:#1
        bot: (only ann sees this)
             | **Hoe krijg ik mijn geld terug?**
             | Mail ons binnen 30 dagen.
             | (#1)
             [In een ticket vragen]
        ann in #help: /faq list
        bot: (only ann sees this)
             | **Antwoorden**
             | **#1 Hoe krijg ik mijn geld terug?** Mail ons binnen 30 dagen.
             | (Pagina 1 van 1 · 1 antwoord)
             <select: Antwoord openen>
               - Hoe krijg ik mijn geld terug?
    "#]].assert_eq(&screen);
    expect![[r#"
        bot in #general:
             | **🔎 In de FAQ gezocht**
             | @ann · “geld terug” · 1 gevonden
             | (faq)
        bot in #general:
             | **🔎 In de FAQ gezocht**
             | @ann · “giraffe” · 0 gevonden
             | (faq)
        bot in #general:
             | **🔎 In de FAQ gezocht**
             | @ann · “giraffe” · 0 gevonden
             | (faq)
        bot in #general:
             | **📖 Antwoord uit de FAQ gelezen**
             | @ann · #1 Hoe krijg ik mijn geld terug?
             | (faq)
    "#]]
    .assert_eq(&log);
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_in_dutch() {
    let world = World::new().await;
    world.has_entry("Openingstijden", "Van negen tot vijf.").await;
    world.has_entry("Adres", "Dorpsstraat 1.").await;
    let mia = world.person("mia").locale("nl");
    let mut refusals = String::new();
    let many = (1..=21).map(|n| format!("w{n}")).collect::<Vec<_>>().join(",");
    let long = format!("{}, x", "y".repeat(290));
    let written = [
        [("Vraag", " "), ("Antwoord", "Ja.")],
        [("Vraag", "Wat?"), ("Antwoord", " ")],
        [("Antwoord", "Ja."), ("Vraag", "openingstijden")],
        [("Trefwoorden", many.as_str()), ("Bron", "")],
        [("Bron", "hier"), ("Trefwoorden", long.as_str())],
    ];
    for fields in written {
        mia.types("/faq add").await;
        let mut all = vec![("Vraag", "Waar?"), ("Antwoord", "Hier.")];
        all.retain(|(label, _)| fields.iter().all(|(other, _)| other != label));
        all.extend(fields);
        mia.submits(&all).await;
        let screen = world.screen().await;
        let told = screen.lines().find(|line| line.starts_with("bot: ")).expect("it is refused");
        refusals.push_str(told);
        refusals.push('\n');
    }
    expect![[r#"
        bot: Een antwoord heeft een vraag nodig; vul die in. (only mia sees this)
        bot: De tekst van het antwoord ontbreekt; vul die in. (only mia sees this)
        bot: Antwoord #1 heeft deze vraag al; wijzig dat met `/faq wijzigen`. (only mia sees this)
        bot: Een antwoord mag hoogstens 20 trefwoorden hebben; haal er een paar weg. (only mia sees this)
        bot: Een bron moet een webadres zijn dat met `https://` begint; pas het aan. (only mia sees this)
    "#]]
    .assert_eq(&refusals);

    // Two people change the same entry.
    mia.types("/faq edit entry:#2").await;
    world.types("ada", "/faq edit entry:#2").await;
    world.submits("ada", &[("Answer", "Dorpsstraat 2."), ("Category", "Bezoek")]).await;
    world.screen().await;
    mia.submits(&[("Antwoord", "Dorpsstraat 3."), ("Categorie", "Waar")]).await;
    expect![[r#"
        mia submits Antwoord="Dorpsstraat 3.", Categorie="Waar"
        bot: Iemand anders heeft “Antwoord” en “Categorie” gewijzigd terwijl je schreef; open het opnieuw met `/faq wijzigen`, en voeg toe wat jij had geschreven. (only mia sees this)
             | **Wat je schreef**
             | Vraag: Adres
             | Categorie: Waar
             |--
             | **Antwoord**
             | Dorpsstraat 3.
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn everybody_reads_the_language_of_the_server_and_who_asks_their_own() {
    let world = World::new().await;
    for n in 1..=11 {
        world.has_entry(&format!("Question {n}"), "An answer.").await;
    }
    let ann = world.person("ann").locale("nl");
    ann.types("/faq search query:giraffe public:true").await;
    ann.types("/faq search query:question 3 public:true").await;
    ann.types("/faq list public:true").await;
    ann.clicks("Next").await;
    world.clicks("bob", "Previous").await;
    let screen = world.screen().await;
    expect![[r#"
        ann in #help: /faq search query:giraffe public:true
        bot: I found nothing for “giraffe”. Try other words, or ask with the button below; the staff can add the answer.
             [Ask in a ticket]
        ann in #help: /faq search query:question 3 public:true
        bot:
             | **Results for “question 3”**
             | **#3 Question 3**
             | An answer.
             |
             | **#1 Question 1**
             | An answer.
             |
             | **#2 Question 2**
             | An answer.
             |
             | **#4 Question 4**
             | An answer.
             |
             | **#5 Question 5**
             | An answer.
             <select: Open an answer>
               - Question 3
               - Question 1
               - Question 2
               - Question 4
               - Question 5
             [Ask in a ticket]
        ann in #help: /faq list public:true
        bot:
             | **Answers**
             | **#1 Question 1** An answer.
             | **#2 Question 2** An answer.
             | **#3 Question 3** An answer.
             | **#4 Question 4** An answer.
             | **#5 Question 5** An answer.
             | **#6 Question 6** An answer.
             | **#7 Question 7** An answer.
             | **#8 Question 8** An answer.
             | **#9 Question 9** An answer.
             | **#10 Question 10** An answer.
             | (Page 1 of 2 · 11 answers)
             <select: Open an answer>
               - Question 1
               - Question 2
               - Question 3
               - Question 4
               - Question 5
               - Question 6
               - Question 7
               - Question 8
               - Question 9
               - Question 10
             [Next]
        ann clicks [Next]
        bot edits:
             | **Answers**
             | **#11 Question 11** An answer.
             | (Page 2 of 2 · 11 answers)
             <select: Open an answer>
               - Question 11
             [Previous]
        bob clicks [Previous]
        bot edits:
             | **Answers**
             | **#1 Question 1** An answer.
             | **#2 Question 2** An answer.
             | **#3 Question 3** An answer.
             | **#4 Question 4** An answer.
             | **#5 Question 5** An answer.
             | **#6 Question 6** An answer.
             | **#7 Question 7** An answer.
             | **#8 Question 8** An answer.
             | **#9 Question 9** An answer.
             | **#10 Question 10** An answer.
             | (Page 1 of 2 · 11 answers)
             <select: Open an answer>
               - Question 1
               - Question 2
               - Question 3
               - Question 4
               - Question 5
               - Question 6
               - Question 7
               - Question 8
               - Question 9
               - Question 10
             [Next]
    "#]]
    .assert_eq(&screen);
    ann.types("/faq list").await;
    ann.clicks("Volgende").await;
    expect![[r#"
        ann in #help: /faq list
        bot: (only ann sees this)
             | **Antwoorden**
             | **#1 Question 1** An answer.
             | **#2 Question 2** An answer.
             | **#3 Question 3** An answer.
             | **#4 Question 4** An answer.
             | **#5 Question 5** An answer.
             | **#6 Question 6** An answer.
             | **#7 Question 7** An answer.
             | **#8 Question 8** An answer.
             | **#9 Question 9** An answer.
             | **#10 Question 10** An answer.
             | (Pagina 1 van 2 · 11 antwoorden)
             <select: Antwoord openen>
               - Question 1
               - Question 2
               - Question 3
               - Question 4
               - Question 5
               - Question 6
               - Question 7
               - Question 8
               - Question 9
               - Question 10
             [Volgende]
        ann clicks [Volgende]
        bot edits: (only ann sees this)
             | **Antwoorden**
             | **#11 Question 11** An answer.
             | (Pagina 2 van 2 · 11 antwoorden)
             <select: Antwoord openen>
               - Question 11
             [Vorige]
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn what_comes_closest_is_shown_in_dutch() {
    let world = World::new().await;
    world.has_entry("Hoe krijg ik mijn geld terug?", "Mail ons binnen 30 dagen; het duurt een week.").await;
    world.person("ann").locale("nl").types("/faq search query:welk hotel neemt mijn hond een week").await;
    let screen = world.screen().await;
    assert!(screen.contains("Ik heb niets gevonden voor"), "{screen}");
    assert!(screen.contains("**Komt het dichtst bij je vraag**"), "{screen}");
}

#[tokio::test]
async fn an_answer_in_the_readers_language_comes_first() {
    let world = World::new().await;
    world.has_entry("Refund", "You can ask for a refund within 30 days.").await;
    world.has_entry("Refund (NL)", "Je kunt een refund vragen tot 30 dagen na je aankoop.").await;
    let mut firsts = Vec::new();
    for person in [world.person("ann"), world.person("ann").locale("nl")] {
        person.types("/faq search query:refund").await;
        let screen = world.screen().await;
        let first = screen.lines().find(|line| line.contains("| **#")).expect("an answer").trim().to_owned();
        firsts.push(first);
    }
    assert_eq!(firsts, ["| **#1 Refund**", "| **#2 Refund (NL)**"]);
}

#[tokio::test]
async fn before_a_ticket_the_answers_in_the_readers_language_are_offered_first() {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).category("Desk");
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.has_entry("Refund", "You can ask for a refund within 30 days.").await;
    world.has_entry("Refund (NL)", "Je kunt een refund vragen tot 30 dagen na je aankoop.").await;
    world.screen().await;
    let mut firsts = Vec::new();
    for (person, label) in
        [(world.person("ann"), "What is it about?"), (world.person("bob").locale("nl"), "Waar gaat het over?")]
    {
        person.types("/ticket open").await;
        person.submits(&[(label, "refund")]).await;
        let screen = world.screen().await;
        let first = screen.lines().find(|line| line.contains("| **#")).expect("an answer").trim().to_owned();
        firsts.push(first);
    }
    assert_eq!(firsts, ["| **#1 Refund**", "| **#2 Refund (NL)**"]);
}

#[tokio::test]
async fn pinning_what_is_pinned_leaves_it_so() {
    let world = World::new().await;
    world.has_entry("Refund", "Ask for it.").await;
    for command in ["pin", "pin", "unpin", "unpin"] {
        world.types("ada", &format!("/faq {command} entry:#1")).await;
    }
    let screen = world.screen().await;
    let done: Vec<&str> = screen.lines().filter(|line| line.starts_with("bot: ")).collect();
    let (on, off) =
        ("bot: Pinned #1 **Refund**. (only ada sees this)", "bot: Unpinned #1 **Refund**. (only ada sees this)");
    assert_eq!(done, [on, on, off, off]);
}
