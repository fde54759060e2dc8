//! What means the same is found whatever its words, where a model makes vectors; and nothing else changes.

use alphapy::dev::provider::{Act, Provider};
use jiff::SignedDuration;
use serde_json::json;

use crate::support::World;

/// Eight are needed to tell what stands out.
const ENTRIES: [(&str, &str); 9] = [
    ("Where do I park?", "Behind the house."),
    ("Refunds", "Within 14 days."),
    ("Opening schedule", "Nine to five."),
    ("Lost umbrellas", "They wait in the cabinet."),
    ("Wedding dances", "Ask the band."),
    ("Gift cards", "Valid for one year."),
    ("Membership", "Costs ten euros."),
    ("Newsletter", "Every Monday."),
    ("Bicycle repair", "Only on Friday."),
];

/// A world with these entries; their vectors are made.
async fn world(provider: &Provider) -> World {
    let world = World::with_vectors(provider).await;
    for (title, answer) in ENTRIES {
        world.has_entry(title, answer).await;
    }
    world.a_minute_passes().await;
    world.screen().await;
    world
}

/// What a search shows first: an entry, or that there is none.
async fn searches(world: &World, query: &str) -> String {
    world.types("ann", &format!("/faq search query:{query}")).await;
    let screen = world.screen().await;
    let found = screen.lines().find(|line| line.contains("**#")).unwrap_or_default().trim_start_matches([' ', '|']);
    let is_answered = screen.contains("Results for");
    format!("{}{found}", if is_answered { "" } else { "nothing; " })
}

/// Texts of which vectors were asked since the last look.
fn asked(provider: &Provider) -> Vec<String> {
    let received = provider.take_received();
    let of_vectors = received.iter().filter(|it| it.path.ends_with("/embeddings"));
    let texts = of_vectors.flat_map(|it| it.body["input"].as_array().cloned().unwrap_or_default());
    texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn what_means_the_same_is_found_without_a_word_of_it() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    let mut told = asked(&provider);
    told.sort();
    assert_eq!(told.len(), ENTRIES.len(), "each once: {told:?}");
    assert_eq!(told[8], "Where do I park?\nBehind the house.");
    assert_eq!(searches(&world, "a spot for my vehicle at the rear").await, "**#1 Where do I park?**");
    assert_eq!(asked(&provider), ["a spot for my vehicle at the rear"]);
    // Before a ticket, too.
    world.types("ann", "/ticket open").await;
    world.submits("ann", &[("What is it about?", "A spot for my vehicle at the rear, order 1042")]).await;
    assert!(world.screen().await.contains("Where do I park?"));
    // Nobody is asked twice for what has not changed.
    asked(&provider);
    world.a_minute_passes().await;
    assert_eq!(asked(&provider), [""; 0]);
}

#[tokio::test]
async fn words_that_are_sure_ask_no_model() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    asked(&provider);
    assert_eq!(searches(&world, "Where do I park?").await, "**#1 Where do I park?**");
    assert_eq!(searches(&world, "lost umbr").await, "**#4 Lost umbrellas**");
    assert_eq!(searches(&world, "umbrelas").await, "**#4 Lost umbrellas**");
    assert_eq!(searches(&world, "opening schedle").await, "**#3 Opening schedule**");
    world.suggests("ann", "/faq search query:vehicle at the re").await;
    assert_eq!(asked(&provider), [""; 0]);
}

#[tokio::test]
async fn what_has_no_answer_still_has_none() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    for nonsense in ["how do volcanoes erupt in winter", "qwertz uiop asdf", "house prices in the ferry museum"] {
        let found = searches(&world, nonsense).await;
        assert!(found.starts_with("nothing; "), "{nonsense}: {found}");
    }
}

#[tokio::test]
async fn without_the_model_words_go_on() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    provider.next_times(60, &Act::Html(500));
    let found = searches(&world, "a spot for my vehicle at the rear").await;
    assert!(found.starts_with("nothing; "), "{found}");
    assert_eq!(searches(&world, "when are the refunds coming").await, "**#2 Refunds**");
    assert_eq!(world.takes_errors(), [""; 0]);
}

#[tokio::test]
async fn nothing_private_and_nothing_blocked_is_told() {
    let provider = Provider::start().await;
    let world = World::with_vectors(&provider).await;
    world.sets::<alphapy::assist::Settings>("blocked", Some(json!("secret sauce"))).await;
    world.has_entry("Who helps?", "Write to ann@example.org.").await;
    world.has_entry("The secret sauce", "Tomatoes.").await;
    world.a_minute_passes().await;
    assert_eq!(asked(&provider), ["Who helps?\nWrite to <email-1>."]);
    searches(&world, "the mail bob@example.org wrote to me yesterday about pigeons").await;
    searches(&world, "pigeons who know what is in the secret sauce of yesterday").await;
    assert_eq!(asked(&provider), ["the mail <email-1> wrote to me yesterday about pigeons"]);
}

#[tokio::test]
async fn one_text_that_no_model_reads_keeps_no_other_from_anything() {
    let provider = Provider::start().await;
    let world = World::with_vectors(&provider).await;
    for (title, answer) in ENTRIES {
        world.has_entry(title, answer).await;
    }
    // The whole is refused, and of the texts, each alone, the first.
    provider.next_times(2, &Act::Complains(400, json!({"error": {"message": "no"}})));
    world.a_minute_passes().await;
    asked(&provider);
    let db = world.db().await;
    let made = async || {
        let rows = sqlx::query_scalar::<_, i64>("select count(*) from text_vector where numbers is not null");
        rows.fetch_one(&db).await.expect("rows")
    };
    assert_eq!(made().await, 8);
    world.a_minute_passes().await;
    assert_eq!(asked(&provider), [""; 0], "it waits");
    world.clock.advance(SignedDuration::from_mins(5));
    world.a_minute_passes().await;
    assert_eq!((asked(&provider).len(), made().await), (1, 9));
    // What says something else is read again, and what it was is forgotten.
    world.types("ada", "/faq edit entry:#2").await;
    world.submits("ada", &[("Question", "Refunds"), ("Answer", "Never.")]).await;
    world.a_minute_passes().await;
    assert_eq!((asked(&provider), made().await), (vec!["Refunds\nNever.".to_owned()], 9));
    world.screen().await;
}
