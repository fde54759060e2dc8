//! The FAQ on the dashboard: written beside what Discord shows of it, looked through, and pasted.

use expect_test::expect;
use jiff::SignedDuration;

use crate::dashboard::logged_in;
use crate::dashboard_pages::{is_clean, page};
use crate::support::{HOME, World};

/// Texts that would do something if they were not taken as text.
const EVIL: &str = "<b>x</b><img src=x onerror=alert(2)>";

async fn read(world: &World, desk: &crate::support::Instance) -> String {
    crate::support::settle(&desk.bot.app).await;
    world.screen().await
}

#[tokio::test]
async fn an_entry_is_seen_as_discord_shows_it_before_it_is_stored() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/faq/new")).await;
    let answer = format!("By **card**.\n> {EVIL}");
    let fields = [("Question", "How do I pay?"), ("Answer", answer.as_str()), ("Category", "Money")];
    ada.fills(&fields, "See it first").await;
    assert!(ada.status == 200 && is_clean(&ada) && ada.html.contains("<strong>card</strong>"), "{}", ada.html);
    expect![[r#"
        # Add an entry
        Question
        As members would ask it
        <How do I pay?>
        Answer
        Markdown works
        <
        By **card**.
        > <b>x</b><img src=x onerror=alert(2)>>
        Keywords
        Other words for it, separated by commas
        <>
        Category <Money>
        Source
        A link to where more is to be read
        <>
        (Save) (See it first) [Leave it as it was]
        ## As Discord shows it
        How do I pay?
        By card.
        <b>x</b><img src=x onerror=alert(2)>
        Money
    "#]]
    .assert_eq(&ada.main());
    // Nothing leads where it should not, also not before anybody has checked it.
    ada.fills(&[("Source", "javascript:alert(1)")], "See it first").await;
    assert!(is_clean(&ada), "{}", ada.html);
    ada.presses("Save").await;
    assert!(ada.status == 422 && ada.html.contains("id=\"wrong-source\""), "{}", ada.html);
    assert_eq!(read(&world, &desk).await, "", "nothing is stored yet");
    ada.fills(&[("Source", "https://pay.example")], "Save").await;
    assert_eq!(ada.status, 200, "{}", ada.main());
    ada.opens(&page(&world, "/faq/1/edit")).await;
    assert!(ada.html.contains("<a href=\"https://pay.example\""), "{}", ada.html);
    read(&world, &desk).await;
    world.discord.take_problems();
}

#[tokio::test]
async fn an_admin_sees_what_is_opened_and_what_is_asked_twice() {
    let world = World::new().await;
    for title in ["Is there a mobile app?", "Mobile apps", "Dark mode"] {
        world.has_entry(title, "Yes.").await;
    }
    world.types("ann", "/faq search query:dark mode").await;
    world.screen().await;
    world.person("ann").selects("Open an answer", &["Dark mode"]).await;
    world.screen().await;
    world.clock.advance(SignedDuration::from_mins(1));
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/faq")).await;
    expect![[r#"
        # FAQ
        Find an entry <>
        (Find)
        [Add an entry][Questions without an answer][Import][Asked twice]
        | # | Question | Category | Opened in 30 days | Last changed |
        | 1 | [Is there a mobile app?]
        Yes. | | 0 | Mon 1 Mar 2027, 10:00 |
        | 2 | [Mobile apps]
        Yes. | | 0 | Mon 1 Mar 2027, 10:00 |
        | 3 | [Dark mode]
        Yes. | | 1 | Mon 1 Mar 2027, 10:00 |
        (Save this list as CSV)
    "#]]
    .assert_eq(&ada.main());
    ada.opens(&page(&world, "/faq/3")).await;
    assert!(ada.main().contains("Opened in 30 days: 1"), "{}", ada.main());
    ada.opens(&page(&world, "/faq")).await;
    ada.follows("Asked twice").await;
    expect![[r#"
        # Asked twice
        The questions of these entries ask the same by their words. One entry is found better than two: put what they say together, and remove the other.
        -
        - [#1 Is there a mobile app?]
        - [#2 Mobile apps]
        [All entries]
    "#]].assert_eq(&ada.main());
    ada.opens(&page(&world, "/faq/2/remove")).await;
    ada.presses("Remove").await;
    ada.opens(&page(&world, "/faq/duplicates")).await;
    assert!(ada.main().contains("No two entries ask the same."), "{}", ada.main());
    let mut bob = logged_in(&desk, "bob").await;
    for path in ["/faq/duplicates", "/faq/import"] {
        bob.opens(&page(&world, path)).await;
        assert_eq!(bob.status, 403, "{path}");
    }
    read(&world, &desk).await;
    world.discord.take_problems();
}

#[tokio::test]
async fn entries_are_pasted_once_it_is_seen_what_would_become_of_them() {
    let world = World::new().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.has_entry("Parking", "Behind the house.").await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/faq")).await;
    ada.follows("Import").await;
    let text = format!(
        "title,answer,keywords\nrefunds,In 14 days.,money\nParking,Behind the house.,\n,nothing,\n\"{EVIL}\",New.,\n\
         parking,Twice.,\nOpen,\"At nine,\n"
    );
    ada.fills(&[("Entries", &text)], "See what would happen").await;
    assert!(ada.status == 200 && is_clean(&ada), "{}", ada.html);
    expect![[r##"
        # Import
        Paste entries here. One with a question that there is already takes the place of what it says; every other one is added.
        Written as <CSV, as the export writes it*, JSON lines, Markdown, one entry>
        Entries
        CSV names its columns first: title, answer, and if you like keywords, category and source.
        <
        title,answer,keywords
        refunds,In 14 days.,money
        Parking,Behind the house.,
        ,nothing,
        "<b>x</b><img src=x onerror=alert(2)>",New.,
        parking,Twice.,
        Open,"At nine,
        >
        (See what would happen)
        ## What would happen
        | Line | Question | What becomes of it |
        | 2 | refunds | is changed |
        | 3 | Parking | stays as it is |
        | 4 | | An entry needs a question; please add one. |
        | 5 | <b>x</b><img src=x onerror=alert(2)> | is added |
        | 6 | parking | line 3 has the same question |
        | 7 | | a quotation mark is opened and not closed |
        (Import them)
        [All entries]
    "##]].assert_eq(&ada.main());
    let entries = async || world.app().knowledge.page(world.guild(HOME), 0, 9).await.expect("the database").1;
    assert_eq!((read(&world, &desk).await.as_str(), entries().await), ("", 2), "nothing is done yet");
    ada.presses("Import them").await;
    expect!["1 added, 1 changed, 1 as they were, 3 left out."].assert_eq(ada.main().lines().nth(1).unwrap_or_default());
    assert_eq!(entries().await, 3);
    // The same once more changes nothing, in Dutch.
    ada.headers[0].1 = "nl".to_owned();
    ada.opens(&page(&world, "/faq/import")).await;
    ada.fills(
        &[
            ("Antwoorden", "{\"title\":\"Refunds\",\"answer\":\"In 14 days.\",\"keywords\":\"money\"}\n{oops\n"),
            ("Geschreven als", "JSON-regels"),
        ],
        "Bekijk wat er zou gebeuren",
    )
    .await;
    expect![[r##"
        # Importeren
        Plak hier antwoorden. Staat er al een antwoord op dezelfde vraag, dan wordt dat vervangen; al het andere komt erbij.
        Geschreven als <CSV, zoals de export het schrijft, JSON-regels*, Markdown, één antwoord>
        Antwoorden
        CSV noemt eerst de kolommen: title, answer, en als je wilt keywords, category en source.
        <
        {"title":"Refunds","answer":"In 14 days.","keywords":"money"}
        {oops
        >
        (Bekijk wat er zou gebeuren)
        ## Wat er zou gebeuren
        | Regel | Vraag | Wat ermee gebeurt |
        | 1 | Refunds | wordt gewijzigd |
        | 2 | | niet te lezen: key must be a string at line 1 column 2 |
        (Importeren)
        [Alle antwoorden]
    "##]].assert_eq(&ada.main());
    ada.fills(
        &[("Antwoorden", "nothing of it"), ("Geschreven als", "CSV, zoals de export het schrijft")],
        "Bekijk wat er zou gebeuren",
    )
    .await;
    assert!(ada.status == 422 && ada.main().contains("regel 1 noemt geen kolom"), "{}", ada.main());
    ada.fills(
        &[("Antwoorden", "# Kop\n\nTekst."), ("Geschreven als", "Markdown, één antwoord")],
        "Bekijk wat er zou gebeuren",
    )
    .await;
    assert!(ada.main().contains("| 1 | Kop | komt erbij |"), "{}", ada.main());
    read(&world, &desk).await;
    world.discord.take_problems();
}
