//! What admins take with them from the dashboard, and what they look back at there.

use expect_test::expect;
use jiff::SignedDuration;
use serde_json::Value;

use crate::dashboard::logged_in;
use crate::dashboard_pages::page;
use crate::support::{AWAY, HOME, World, apart};

#[tokio::test]
async fn an_admin_takes_every_table_that_there_is() {
    let world = World::new().await;
    world.has_entry("Refunds", "=1+1").await;
    world.has_entry_in(AWAY, "eve", "Secret", "Elsewhere.").await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/exports")).await;
    expect![[r#"
        # Take your data with you
        Every export is whole, however many rows it has, and your log channel says that you took it. Times are in UTC; days are those of this server.
        ## faq
        The entries of the FAQ; they can be imported again.
        (CSV faq) (JSON lines faq)
        ## searches
        What members looked for in the FAQ, and what answered it.
        First day <>
        Last day <>
        (CSV searches) (JSON lines searches)
        ## tickets
        Tickets with all their times, without what was said in them.
        First day <>
        Last day <>
        status <All of them, open, claimed, waiting for user, escalated, closed, archived>
        (CSV tickets) (JSON lines tickets)
        ## reminders
        Reminders with their rules, also those that are done.
        (CSV reminders) (JSON lines reminders)
        ## audit
        Who changed which setting, and from what into what.
        First day <>
        Last day <>
        (CSV audit) (JSON lines audit)
    "#]].assert_eq(&ada.main());
    ada.presses("CSV faq").await;
    assert_eq!(ada.status, 200);
    let told = ["content-type", "content-disposition", "x-content-type-options", "cache-control"];
    let told = told.map(|name| ada.answered[name].to_str().expect("text"));
    assert_eq!(told[..2], ["text/csv; charset=utf-8; header=present", "attachment; filename=\"faq.csv\""]);
    assert_eq!(told[2..], ["nosniff", "no-store"]);
    let lines: Vec<&str> = ada.html.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{feff}number,title,answer,"), "spreadsheets know how it is written: {lines:?}");
    assert!(lines[1].starts_with("1,Refunds,'=1+1,") && lines.len() == 3, "{lines:?}");
    // It is the same table in the other shape, and of this server alone.
    ada.opens(&page(&world, "/exports")).await;
    ada.presses("JSON lines faq").await;
    assert_eq!(ada.answered["content-disposition"], "attachment; filename=\"faq.jsonl\"");
    let rows: Vec<Value> = ada.html.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((rows.len(), &rows[0]["answer"]), (1, &Value::from("=1+1")));
    // The server reads who took it, as of the command.
    crate::support::settle(&desk.bot.app).await;
    let (_, log) = apart(&world.screen().await, "general");
    assert_eq!(log.matches("📤 Data was exported").count(), 2, "{log}");
    assert!(log.contains("@ada · faq"), "{log}");
    // Whatever a feature declares has a form, with the fields that it declares.
    for entry in alphapy::features::all().iter().flat_map(|feature| &feature.exports) {
        ada.opens(&page(&world, "/exports")).await;
        let name = entry.table.name;
        let (_, _, sent) = ada.form(&[], &format!("JSON lines {name}"));
        let sent: Vec<&str> = sent.iter().map(|(field, _)| field.as_str()).filter(|field| *field != "as").collect();
        let mut declared = if entry.table.dated { vec!["from", "until"] } else { Vec::new() };
        declared.extend(entry.table.choice.map(|choice| choice.name));
        assert_eq!(sent, declared, "{name}");
        ada.presses(&format!("JSON lines {name}")).await;
        assert!(ada.status == 200 && !ada.html.contains("<html"), "{name}");
    }
    crate::support::settle(&desk.bot.app).await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn an_export_that_cannot_be_is_refused_where_it_was_asked_for() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.headers.retain(|(name, _)| *name != "accept-language");
    ada.headers.push(("accept-language", "nl".to_owned()));
    ada.opens(&page(&world, "/exports")).await;
    ada.fills(&[("Eerste dag", "2027-03-02"), ("Laatste dag", "2027-03-01"), ("status", "gesloten")], "CSV tickets")
        .await;
    assert_eq!(ada.status, 422);
    expect![[r#"
        # Je gegevens meenemen
        De eerste dag komt na de laatste; wissel ze om.
        Een export is altijd volledig, hoeveel rijen het ook zijn, en in je logkanaal staat dat je hem hebt gemaakt. Tijden zijn in UTC; dagen zijn die van deze server.
        ## faq
        De antwoorden van de FAQ; je kunt ze weer importeren.
        (CSV faq) (JSON-regels faq)
        ## zoekopdrachten
        Wat leden in de FAQ zochten, en wat het antwoord gaf.
        Eerste dag <>
        Laatste dag <>
        (CSV zoekopdrachten) (JSON-regels zoekopdrachten)
        ## tickets
        Tickets met al hun tijden, zonder wat erin gezegd is.
        Eerste dag <2027-03-02>
        Laatste dag <2027-03-01>
        status <Allemaal, open, opgepakt, wacht op het lid, geëscaleerd, gesloten*, gearchiveerd>
        (CSV tickets) (JSON-regels tickets)
        ## herinneringen
        Herinneringen met hun regels, ook als ze afgelopen zijn.
        (CSV herinneringen) (JSON-regels herinneringen)
        ## wijzigingen
        Wie welke instelling wijzigde, en van wat in wat.
        Eerste dag <>
        Laatste dag <>
        (CSV wijzigingen) (JSON-regels wijzigingen)
    "#]].assert_eq(&ada.main());
    ada.posts(&page(&world, "/exports/tickets"), &[("from", "moon<b>"), ("as", "csv")]).await;
    assert_eq!(ada.status, 422);
    assert!(ada.main().contains("“moon<b>” is geen datum") && !ada.html.contains("<b>"), "{}", ada.html);
    ada.posts(&page(&world, "/exports/tickets"), &[("status", "lost")]).await;
    assert_eq!((ada.status, ada.main().contains("Dat is geen van de keuzes")), (422, true));
    // What a table does not ask is not looked at.
    ada.posts(&page(&world, "/exports/faq"), &[("from", "moon")]).await;
    assert_eq!(ada.status, 200);
    ada.posts(&page(&world, "/exports/moon"), &[]).await;
    assert_eq!(ada.status, 404);
    // Nobody else finds one, nor gets one.
    crate::support::settle(&desk.bot.app).await;
    for who in ["bob", "ann"] {
        let mut other = logged_in(&desk, who).await;
        other.opens(&page(&world, "/exports")).await;
        assert_eq!(other.status, 403);
        expect![[r#"
            # Not for you
            You may not see this page in this server; ask an admin if you should.
            [To your servers]
        "#]]
        .assert_eq(&other.main());
        other.posts(&page(&world, "/exports/faq"), &[("as", "csv")]).await;
        assert_eq!((other.status, other.html.contains("number,title")), (403, false));
    }
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn a_list_is_taken_as_it_is_by_those_who_may() {
    let world = World::new().await;
    world.has_entry("Refunds", "Within 30 days.").await;
    let desk = world.dashboard().await;
    let mut ada = logged_in(&desk, "ada").await;
    ada.opens(&page(&world, "/faq")).await;
    ada.presses("Save this list as CSV").await;
    assert!(ada.status == 200 && ada.html.contains("1,Refunds,Within 30 days."), "{}", ada.html);
    // Nothing is offered that would not be there.
    world.types("ada", "/config exports set enabled:false").await;
    world.screen().await;
    ada.opens(&page(&world, "/faq")).await;
    assert!(!ada.main().contains("CSV"), "{}", ada.main());
    crate::support::settle(&desk.bot.app).await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn changes_are_looked_up_by_what_who_and_when() {
    let world = World::new().await;
    let desk = world.dashboard().await;
    world.discord.guild(HOME).command_permission("config", "mia", true);
    let changes = async |who: &str, line: &str| {
        world.types(who, line).await;
        let screen = world.screen().await;
        assert!(screen.contains(" → "), "{screen}");
    };
    changes("ada", "/config system set retention-days:90").await;
    world.clock.advance(SignedDuration::from_hours(24));
    changes("mia", "/config tickets set member-may-close:false").await;
    changes("ada", "/config system set retention-days:60").await;
    let mut ada = logged_in(&desk, "ada").await;
    let shown = |browser: &crate::browser::Browser| {
        let main = browser.main();
        let rows = main.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| # |"));
        rows.map(|line| line.split(" | ").skip(3).take(3).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    ada.opens(&page(&world, "/history")).await;
    let ids = ["ada", "mia"].map(|who| (who, world.user(who).to_string()));
    let mut main = without_settings(&ada.main());
    for (who, id) in &ids {
        main = main.replace(id, &format!("<{who}'s id>"));
    }
    expect![[r#"
        # Who changed what
        What <…>
        Who <Anybody*, ada, mia, 1>
        First day <>
        Last day <>
        (Show)
        | # | When | Who | Setting | From | To |"#]]
    .assert_eq(until(&main, "From | To |"));
    expect![[r#"
        system retention-days 90 60
        tickets member-may-close default off
        system retention-days default 90
        system admin-role default @keepers"#]]
    .assert_eq(&shown(&ada).join("\n"));
    ada.fills(&[("What", "tickets")], "Show").await;
    assert_eq!(shown(&ada).len(), 1, "{}", ada.main());
    ada.opens(&page(&world, "/history")).await;
    ada.fills(&[("Who", "ada"), ("Last day", "2027-03-01")], "Show").await;
    expect!["system retention-days default 90"].assert_eq(&shown(&ada).join("\n"));
    assert!(ada.path().contains("until=2027-03-01"), "it is an address that can be kept: {}", ada.path());
    ada.opens(&page(&world, "/history?from=2027-03-02&what=system.retention_days")).await;
    expect!["system retention-days 90 60"].assert_eq(&shown(&ada).join("\n"));
    ada.opens(&page(&world, "/history?what=faq")).await;
    assert!(ada.main().contains("Nothing was changed that is like that. [All changes]"), "{}", ada.main());
    ada.opens(&page(&world, "/history?from=2027-02-30&who=%3Cb%3E")).await;
    assert_eq!(ada.status, 422);
    assert!(ada.main().contains("That is no day; write it like 2027-03-31") && !ada.html.contains("<b>"));
    // Whatever stands in the address: of what there is not, nothing was changed.
    for nothing in ["what=faq.%00", "what=nonsense", "what=%00", "who=key%3A%00", "who=%00"] {
        ada.opens(&page(&world, &format!("/history?{nothing}"))).await;
        assert!(
            ada.main().contains("Nothing was changed that is like that."),
            "{nothing}: {} {}",
            ada.status,
            ada.main()
        );
    }
    // Older ones come by number, with what is looked for: what is changed meanwhile moves none.
    for days in 100..130 {
        changes("ada", &format!("/config system set retention-days:{days}")).await;
    }
    ada.opens(&page(&world, "/history?what=system")).await;
    assert_eq!(shown(&ada).len(), 25);
    changes("ada", "/config system set retention-days:30").await;
    ada.follows("Older").await;
    let rows = shown(&ada);
    assert_eq!(rows.len(), 8, "{}", ada.main());
    assert!(rows[0].contains("104") && !ada.main().contains("[Older]"), "{}", ada.main());
    ada.follows("Newest").await;
    assert!(shown(&ada)[0].contains("30"), "{}", ada.main());
    let mut bob = logged_in(&desk, "bob").await;
    bob.opens(&page(&world, "/history")).await;
    assert_eq!(bob.status, 403);
    world.discord.take_problems();
}

/// The page of changes without the names of all settings there are, among which one is chosen.
pub(crate) fn without_settings(main: &str) -> String {
    let (before, rest) = main.split_once("What <").expect("the choice");
    let (all, after) = rest.split_once('>').expect("it ends");
    assert!(all.starts_with("All settings*, system, system admin-role, "), "{all}");
    format!("{before}What <…>{after}")
}

/// A page up to what stands there.
fn until<'a>(page: &'a str, what: &str) -> &'a str {
    page.find(what).map_or(page, |at| &page[..at + what.len()])
}
