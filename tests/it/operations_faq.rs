//! What is done to the FAQ by a door of no kind: plain Rust, without a payload of Discord's.

use alphapy::acting::{Acting, Origin, Outcome as _};
use alphapy::knowledge::{Draft, Import};
use alphapy::operations::knowledge::{self, Pin, Pinned, Stored};
use alphapy::ui::Collision;

use twilight_model::id::Id;

use alphapy::words::Msg;

use crate::support::{AWAY, HOME, World, by_request, code};
use crate::tickets_lists::has_much_to_count;

async fn acting(world: &World, who: &str, guild: &str) -> Acting {
    world.comes(who, world.guild(guild), "faq", Vec::new(), Origin::Routine).await
}

fn draft(title: &str, answer: &str) -> Draft {
    Draft { title: title.to_owned(), answer: answer.to_owned(), ..Draft::default() }
}

fn groups(groups: &[&[&str]]) -> Vec<Vec<String>> {
    groups.iter().map(|words| words.iter().map(|word| (*word).to_owned()).collect()).collect()
}

#[tokio::test]
async fn an_entry_is_added_changed_pinned_and_removed() {
    let world = World::new().await;
    let (app, home) = (world.app(), world.guild(HOME));
    let ada = acting(&world, "ada", HOME).await;
    let added = knowledge::add(app, &ada, draft(" Refunds ", "In 30 days.")).await.expect("it is new");
    assert_eq!(added, Stored { number: 1, draft: draft("Refunds", "In 30 days.") });
    let entry = async || app.knowledge.entry(home, 1).await.expect("the database").expect("an entry");
    assert_eq!(entry().await.author, ada.user());

    let edit = |stored: &Draft| Ok(Draft { keywords: vec!["money, back".to_owned()], ..stored.clone() });
    let changed = knowledge::change(app, &ada, 1, &(), edit).await.expect("it is there");
    assert_eq!(changed.draft.keywords, ["money", "back"]);
    assert_eq!(entry().await.draft, changed.draft);

    let mut revision = entry().await.revision;
    for (wanted, pinned, changed) in
        [(Pin::On, true, true), (Pin::On, true, false), (Pin::Toggle, false, true), (Pin::Off, false, false)]
    {
        let outcome = knowledge::pin(app, &ada, 1, wanted).await.expect("it is there");
        assert_eq!(outcome, Pinned { number: 1, title: "Refunds".to_owned(), pinned, changed }, "{wanted:?}");
        revision += i32::from(changed);
        assert_eq!((entry().await.pinned, entry().await.revision), (pinned, revision), "{wanted:?}");
    }

    let set = knowledge::set_synonyms(app, &ada, &(), |_| Ok(groups(&[&["refund", "moolah"], &["alone"]]))).await;
    assert!(set.expect("they fit").changed);
    let set = knowledge::set_synonyms(app, &ada, &(), |stored| Ok(stored.to_vec())).await.expect("they fit");
    assert_eq!((set.groups, set.changed), (1, false));
    assert_eq!(app.knowledge.synonyms(home).await.expect("the database"), groups(&[&["refund", "moolah"]]));

    let bot = Acting::bot(app, home, "faq", Origin::Routine, world.now()).await.expect("the database");
    let rows = [draft("refunds", "Never."), draft("Parking", "Behind the house.")];
    let rows = rows.map(|row| row.checked().expect("it fits"));
    let outcomes = [Import::Updated, Import::Added];
    let dry = knowledge::import(app, &bot, &rows, true).await.expect("the database");
    assert_eq!((dry.code(), dry.entries), ("would_be_imported", outcomes.to_vec()));
    assert_eq!(knowledge::import(app, &bot, &rows, false).await.expect("the database").entries, outcomes);
    assert_eq!(entry().await.draft.answer, "Never.");

    let revision = entry().await.revision;
    let removed = knowledge::remove(app, &ada, 1, revision).await.expect("it is as it was");
    assert_eq!((removed.number, &*removed.title), (1, "refunds"));
    assert_eq!(app.knowledge.entry(home, 1).await.expect("the database"), None);
}

#[tokio::test]
async fn what_is_done_is_read_in_the_log_channel_whoever_did_it() {
    let world = World::new().await;
    let app = world.app();
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    let ada = acting(&world, "ada", HOME).await;
    knowledge::add(app, &ada, draft("Refunds", "In 30 days.")).await.expect("it is new");
    world.settle().await;
    let key = Acting::key(app, world.guild(HOME), "faq", "shop", Origin::Routine, world.now()).await;
    knowledge::pin(app, &key.expect("the database"), 1, Pin::On).await.expect("it is there");
    expect_test::expect![[r#"
        bot in #general:
             | **🟢 New FAQ entry**
             | @ada · #1 Refunds
             | (faq)
        bot in #general:
             | **📌 FAQ entry pinned**
             | API key `shop` · #1 Refunds
             | (faq)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn what_is_refused_has_a_code_and_changes_nothing() {
    let world = World::new().await;
    let app = world.app();
    let (ada, ann) = (acting(&world, "ada", HOME).await, acting(&world, "ann", HOME).await);
    knowledge::add(app, &ada, draft("Refunds", "In 30 days.")).await.expect("it is new");
    knowledge::add(app, &ada, draft("Parking", "Behind the house.")).await.expect("it is new");
    let list = async || app.knowledge.page(world.guild(HOME), 0, 9).await.expect("the database");
    let before = list().await;

    // Whoever is no admin gets nowhere.
    let rows = [draft("x", "y").checked().expect("it fits")];
    assert_eq!(code(knowledge::add(app, &ann, draft("x", "y")).await), "not_admin");
    assert_eq!(code(knowledge::change(app, &ann, 1, &(), |it| Ok(it.clone())).await), "not_admin");
    assert_eq!(code(knowledge::replace(app, &ann, 1, 1, draft("x", "y")).await), "not_admin");
    assert_eq!(code(knowledge::replace(app, &ada, 1, 9, draft("x", "y")).await), "changed_meanwhile");
    assert_eq!(code(knowledge::replace(app, &ada, 9, 1, draft("x", "y")).await), "no_such_entry");
    assert_eq!(code(knowledge::find(app, &ann, 9).await), "no_such_entry");
    assert_eq!(knowledge::list(app, &ann, 1, 9).await.expect("everybody reads")[0].number, 2);
    let found = knowledge::search(app, &ann, "parking").await.expect("everybody reads");
    assert!(found.answered && found.entries[0].number == 2, "{found:?}");
    assert_eq!(code(knowledge::remove(app, &ann, 1, 0).await), "not_admin");
    assert_eq!(code(knowledge::pin(app, &ann, 1, Pin::On).await), "not_admin");
    assert_eq!(code(knowledge::set_synonyms(app, &ann, &(), |_| Ok(Vec::new())).await), "not_admin");
    assert_eq!(code(knowledge::import(app, &ann, &rows, false).await), "not_admin");
    assert_eq!(code(knowledge::synonyms(app, &ann).await), "not_admin");
    assert_eq!(code(knowledge::report(app, &ann, 7, 9).await), "not_admin");
    assert_eq!(code(knowledge::uses(app, &ann, 7).await), "not_admin");
    assert_eq!(code(knowledge::duplicates(app, &ann).await), "not_admin");
    assert!(knowledge::synonyms(app, &ada).await.expect("she may").is_empty());
    has_much_to_count(&world).await;
    assert_eq!(code(knowledge::report(app, &ada, 7, 9).await), "being_counted");

    // The same rules hold for what is new and for what changes.
    let source = |url: &str| Draft { source_url: Some(url.to_owned()), ..draft("x", "y") };
    let keywords = (0..21).map(|n| n.to_string()).collect();
    let cases = [
        (draft(" ", "y"), "no_title"),
        (draft("x", "\0"), "no_answer"),
        (draft(&"x".repeat(101), "y"), "too_long"),
        (draft("x\ny", "y"), "title_of_several_lines"),
        (Draft { keywords, ..draft("x", "y") }, "too_many_keywords"),
        (source("javascript:alert(1)"), "source_is_no_address"),
        (draft("PARKING", "y"), "title_taken"),
    ];
    for (wanted, expected) in cases {
        assert_eq!(code(knowledge::add(app, &ada, wanted.clone()).await), expected, "{wanted:?}");
        assert_eq!(code(knowledge::change(app, &ada, 1, &(), |_| Ok(wanted.clone())).await), expected, "{wanted:?}");
    }
    let collide = |_: &Draft| Err(Collision { labels: vec![Msg::verbatim("Answer")] });
    assert_eq!(code(knowledge::change(app, &ada, 1, &(), collide).await), "collision");
    assert_eq!(code(knowledge::change(app, &ada, 9, &(), |it| Ok(it.clone())).await), "no_such_entry");
    assert_eq!(code(knowledge::remove(app, &ada, 9, 0).await), "no_such_entry");
    assert_eq!(code(knowledge::remove(app, &ada, 1, 99).await), "changed_meanwhile");
    assert_eq!(code(knowledge::pin(app, &ada, 9, Pin::Toggle).await), "no_such_entry");
    let many = vec![vec!["a".to_owned(), "b".to_owned()]; 201];
    assert_eq!(code(knowledge::set_synonyms(app, &ada, &(), |_| Ok(many)).await), "too_many_synonyms");
    let long = groups(&[&["a", &"b".repeat(4000)]]);
    assert_eq!(code(knowledge::set_synonyms(app, &ada, &(), |_| Ok(long)).await), "too_long");
    let collide = |_: &[Vec<String>]| Err(Collision { labels: vec![Msg::verbatim("Words")] });
    assert_eq!(code(knowledge::set_synonyms(app, &ada, &(), collide).await), "collision");
    assert_eq!(list().await, before);
}

#[tokio::test]
async fn another_servers_entry_is_out_of_reach() {
    let world = World::new().await;
    let app = world.app();
    let (ada, eve) = (acting(&world, "ada", HOME).await, acting(&world, "eve", AWAY).await);
    knowledge::add(app, &ada, draft("Refunds", "In 30 days.")).await.expect("it is new");
    knowledge::set_synonyms(app, &ada, &(), |_| Ok(groups(&[&["refund", "moolah"]]))).await.expect("they fit");
    let entry = async || app.knowledge.entry(world.guild(HOME), 1).await.expect("the database").expect("an entry");
    let before = entry().await;
    assert_eq!(code(knowledge::change(app, &eve, 1, &(), |_| Ok(draft("x", "y"))).await), "no_such_entry");
    assert_eq!(code(knowledge::remove(app, &eve, 1, before.revision).await), "no_such_entry");
    assert_eq!(code(knowledge::pin(app, &eve, 1, Pin::On).await), "no_such_entry");
    let set = knowledge::set_synonyms(app, &eve, &(), |stored| {
        assert!(stored.is_empty(), "{stored:?}");
        Ok(Vec::new())
    });
    assert!(!set.await.expect("there are none").changed);
    // A question of one server is free in another.
    let added = knowledge::add(app, &eve, draft("Refunds", "Never.")).await.expect("it is new there");
    assert_eq!(added.number, 1);
    assert_eq!(entry().await, before);
}

#[tokio::test]
async fn what_comes_twice_is_done_once_and_answered_twice() {
    let world = World::new().await;
    let (app, home) = (world.app(), world.guild(HOME));
    let ada = acting(&world, "ada", HOME).await;
    let by = |key: &str| by_request(&ada, key);
    let entry = async || app.knowledge.entry(home, 1).await.expect("the database");

    let add = by("add");
    let make = || knowledge::add(app, &add, draft("Refunds", "In 30 days."));
    let (one, two) = tokio::join!(make(), make());
    let first = one.expect("it is new");
    assert_eq!(first, two.expect("it is the same"));
    assert_eq!(code(knowledge::add(app, &by("other"), draft("refunds", "x")).await), "title_taken");

    let edit = |stored: &Draft| Ok(Draft { answer: format!("{} Or so.", stored.answer), ..stored.clone() });
    let change = by("change");
    let make = || knowledge::change(app, &change, 1, &(), edit);
    let (one, two) = tokio::join!(make(), make());
    assert_eq!(one.expect("it is there"), two.expect("it is there"));
    assert_eq!(entry().await.expect("an entry").draft.answer, "In 30 days. Or so.");
    knowledge::change(app, &ada, 1, &(), |_| Ok(draft("Money back", "Never."))).await.expect("it is there");
    let again = knowledge::change(app, &change, 1, &(), edit).await.expect("it is done");
    assert_eq!(again.draft, draft("Money back", "Never."), "what it says by now");
    let again = knowledge::add(app, &add, draft("Refunds", "In 30 days.")).await.expect("it is done");
    assert_eq!(again, Stored { number: first.number, draft: draft("Money back", "Never.") }, "what it says by now");

    let pin = by("pin");
    let first = knowledge::pin(app, &pin, 1, Pin::On).await.expect("it is there");
    knowledge::pin(app, &ada, 1, Pin::Off).await.expect("it is there");
    assert_eq!(knowledge::pin(app, &pin, 1, Pin::On).await.expect("it is done"), first);
    assert!(!entry().await.expect("an entry").pinned, "somebody has unpinned it since");

    let set = by("synonyms");
    let words = groups(&[&["refund", "moolah"]]);
    let first = knowledge::set_synonyms(app, &set, &(), |_| Ok(words.clone())).await.expect("they fit");
    knowledge::set_synonyms(app, &ada, &(), |_| Ok(Vec::new())).await.expect("they fit");
    assert_eq!(knowledge::set_synonyms(app, &set, &(), |_| Ok(words.clone())).await.expect("it is done"), first);
    assert!(app.knowledge.synonyms(home).await.expect("the database").is_empty());
    // What changes nothing is done once too.
    let nothing = by("no synonyms");
    let first = knowledge::set_synonyms(app, &nothing, &(), |_| Ok(Vec::new())).await.expect("they fit");
    knowledge::set_synonyms(app, &ada, &(), |_| Ok(words.clone())).await.expect("they fit");
    assert_eq!(knowledge::set_synonyms(app, &nothing, &(), |_| Ok(Vec::new())).await.expect("it is done"), first);

    let revision = entry().await.expect("an entry").revision;
    let gone = by("remove");
    let make = || knowledge::remove(app, &gone, 1, revision);
    let (one, two) = tokio::join!(make(), make());
    let first = one.expect("it is as it was");
    assert_eq!((first.number, &*first.title), (1, "Money back"));
    assert_eq!(first, two.expect("it is done"));
    assert_eq!(knowledge::remove(app, &gone, 1, revision).await.expect("it is done"), first);
    let again = knowledge::change(app, &change, 1, &(), edit).await.expect("it is done");
    assert_eq!(again.draft, draft("Refunds", ""), "what it was called");
    assert_eq!(code(knowledge::change(app, &by("late"), 1, &(), edit).await), "no_such_entry");

    let mut numbers = Vec::new();
    for title in ["Opening hours", "Invoices", "Opening hours", "Invoices"] {
        numbers.push(knowledge::add(app, &add, draft(title, "Soon.")).await.expect("each is new, once").number);
    }
    assert_eq!((numbers[0] == numbers[1], &numbers[..2]), (false, &numbers[2..]));
    // What says something else is not the same, and not lost without a word.
    assert_eq!(code(knowledge::add(app, &add, draft("invoices", "Later.")).await), "title_taken");

    let rows = [draft("Parking", "Behind the house.").checked().expect("it fits")];
    let import = || async { knowledge::import(app, &by("import"), &rows, false).await.expect("the database").entries };
    assert_eq!(import().await, [Import::Added]);
    let parking = app.knowledge.entry_by_title(home, "Parking").await.expect("the database").expect("an entry").number;
    knowledge::change(app, &by("since"), parking, &(), |_| Ok(draft("Parking", "Before it."))).await.expect("it fits");
    assert_eq!(import().await, [Import::Added]);
    let entry = app.knowledge.entry(home, parking).await.expect("the database").expect("an entry");
    assert_eq!(entry.draft.answer, "Before it.", "what was changed since stays so");
}

#[tokio::test]
async fn the_same_origin_turns_a_pin_over_once() {
    let world = World::new().await;
    let (app, home) = (world.app(), world.guild(HOME));
    let ada = acting(&world, "ada", HOME).await;
    for title in ["Refunds", "Parking"] {
        knowledge::add(app, &ada, draft(title, "x")).await.expect("it is new");
    }
    let (ada, other) = (ada.by(Origin::Request("one".to_owned())), ada.by(Origin::Interaction(Id::new(7))));
    let toggle = async |acting: &Acting, number| {
        let pinned = knowledge::pin(app, acting, number, Pin::Toggle).await.expect("it is there");
        (pinned.pinned, pinned.changed)
    };
    assert_eq!(tokio::join!(toggle(&ada, 1), toggle(&ada, 1)), ((true, true), (true, true)));
    assert_eq!(toggle(&ada, 1).await, (true, true));
    assert_eq!(toggle(&ada, 2).await, (true, true), "another entry is another matter");
    assert_eq!(toggle(&other, 1).await, (false, true));
    toggle(&ada, 1).await;
    let entry = app.knowledge.entry(home, 1).await.expect("the database").expect("an entry");
    assert!(!entry.pinned, "somebody else has unpinned it since");
}

#[tokio::test]
async fn one_request_changes_and_pins_one_entry_twice() {
    let world = World::new().await;
    let app = world.app();
    let ada = by_request(&acting(&world, "ada", HOME).await, "k");
    knowledge::add(app, &ada, draft("Refunds", "In 30 days.")).await.expect("it is new");
    for answer in ["In a week.", "Never.", "In a week."] {
        let edit = |_: &Draft| Ok(draft("Refunds", answer));
        knowledge::change(app, &ada, 1, &answer, edit).await.expect("it is there");
    }
    let mut pinned = Vec::new();
    for wanted in [Pin::On, Pin::Off, Pin::On] {
        pinned.push(knowledge::pin(app, &ada, 1, wanted).await.expect("it is there").pinned);
    }
    assert_eq!(pinned, [true, false, true]);
    for words in ["moolah", "dough", "moolah"] {
        let groups = vec![vec!["refund".to_owned(), words.to_owned()]];
        knowledge::set_synonyms(app, &ada, &words, |_| Ok(groups)).await.expect("they fit");
    }
    let entry = app.knowledge.entry(world.guild(HOME), 1).await.expect("the database").expect("an entry");
    assert_eq!((entry.draft.answer.as_str(), entry.pinned), ("Never.", false), "the third is the first again");
    assert_eq!(app.knowledge.synonyms(world.guild(HOME)).await.expect("the database")[0][1], "dough");
}

#[tokio::test]
async fn a_server_has_no_more_entries_than_fit_into_memory() {
    let world = World::new().await;
    let (app, ada) = (world.app(), acting(&world, "ada", HOME).await);
    let guild = world.guild(HOME).get().cast_signed();
    sqlx::query(
        "insert into faq_entry (guild_id, number, title, answer, created_at, updated_at)
         select $1, n, 'Entry ' || n, 'Yes', now(), now() from generate_series(1, $2) as n",
    )
    .bind(guild)
    .bind(i32::try_from(knowledge::MAX_ENTRIES - 1).expect("a small number"))
    .execute(&world.db().await)
    .await
    .expect("rows");
    sqlx::query("insert into faq_counter (guild_id, last_number) values ($1, 20000)")
        .bind(guild)
        .execute(&world.db().await)
        .await
        .expect("a row");
    let rows = |titles: [&str; 2]| titles.map(|title| draft(title, "Yes").checked().expect("it fits"));
    assert_eq!(code(knowledge::import(app, &ada, &rows(["One", "Two"]), false).await), "too_many_entries");
    // What is there already may be said otherwise, and one more fits.
    knowledge::import(app, &ada, &rows(["Entry 1", "One"]), false).await.expect("they fit");
    assert_eq!(code(knowledge::add(app, &ada, draft("Two", "Yes")).await), "too_many_entries");
}

#[tokio::test]
async fn entries_that_ask_the_same_are_found() {
    let world = World::new().await;
    let app = world.app();
    let (ada, eve) = (acting(&world, "ada", HOME).await, acting(&world, "eve", AWAY).await);
    // What has no words asks nothing.
    let titles =
        ["Is there a mobile app?", "Dark mode", "Mobile apps", "Where is the app?", "The mobile app", "?!", "🎉"];
    for title in titles {
        knowledge::add(app, &ada, draft(title, "Yes.")).await.expect("it is new");
    }
    let own = |number, title: &str| (number, title.to_owned());
    assert_eq!(
        knowledge::duplicates(app, &ada).await.expect("she may"),
        [[own(1, "Is there a mobile app?"), own(3, "Mobile apps"), own(5, "The mobile app")]]
    );
    assert!(knowledge::duplicates(app, &eve).await.expect("she may").is_empty());
    // Nobody has opened any.
    assert!(knowledge::uses(app, &ada, 30).await.expect("she may").is_empty());
    world.settle().await;
    world.screen().await;
}
