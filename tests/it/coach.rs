//! The coach: what members ask a language model besides tickets, and what they read where there is none.

use alphapy::dev::provider::{Act, Provider};
use expect_test::expect;

use crate::support::World;

/// A world whose model says these texts, one after another.
async fn says(texts: &[&str]) -> (World, Provider) {
    let provider = Provider::start().await;
    texts.iter().for_each(|text| provider.next(Act::Says((*text).to_owned())));
    (World::with_model(&provider).await, provider)
}

#[tokio::test]
async fn somebody_learns_something_and_sees_what_is_known_here() {
    let (world, provider) =
        says(&["Compounding is **growth** on growth.\nTry it with ten euro. https://evil.example @everyone"]).await;
    world.has_entry("What is compound interest?", "Interest on interest; see the channel on savings.").await;
    world.types("ann", "/learn_topic topic:compound interest, I am ann@club.example").await;
    expect![[r#"
        ann in #help: /learn_topic topic:compound interest, I am ann@club.example
        bot is thinking… (only ann sees this)
        bot answers: Compounding is **growth** on growth. (only ann sees this)
             Try it with ten euro. everyone
             | **What is known here about it**
             | - FAQ #1 What is compound interest?
    "#]]
    .assert_eq(&world.screen().await);
    let sent = provider.take_received();
    let told = sent[0].body.to_string();
    assert!(told.contains("Interest on interest") && told.contains("in English"), "{told}");
    assert!(!told.contains("ann@club.example"), "{told}");
}

#[tokio::test]
async fn a_caption_has_a_style_and_a_question_of_who_leads_is_chosen_or_written() {
    let (world, provider) = says(&["Begin today.", "Talk to them.", "Ask what they need."]).await;
    world.types("ann", "/create_caption topic:our first run style:punchy").await;
    world.settle().await;
    world.types("ann", "/leaderhelp").await;
    world.person("ann").selects("Choose what comes nearest", &["Somebody is worn out"]).await;
    world.settle().await;
    world.person("ann").selects("Choose what comes nearest", &["A question of my own…"]).await;
    world.person("ann").submits(&[("What do you want to know?", "How do I say no?")]).await;
    world.settle().await;
    expect![[r#"
        ann in #help: /create_caption topic:our first run style:punchy
        bot is thinking… (only ann sees this)
        bot answers: Begin today. (only ann sees this)
        ann in #help: /leaderhelp
        bot: What are you dealing with? (only ann sees this)
             <select: Choose what comes nearest>
               - Somebody has lost interest
               - Somebody is worn out
               - Fewer and fewer come
               - I doubt myself
               - A question of my own…
        ann selects Somebody is worn out in <Choose what comes nearest>
        bot is thinking… (only ann sees this)
        bot answers: Talk to them. (only ann sees this)
        ann selects A question of my own… in <Choose what comes nearest>
        bot opens a form for ann: Ask the coach
             What do you want to know?* (long, up to 1000):
        ann submits What do you want to know?="How do I say no?"
        bot is thinking… (only ann sees this)
        bot answers: Ask what they need. (only ann sees this)
    "#]]
    .assert_eq(&world.screen().await);
    let sent = provider.take_received();
    assert!(sent[0].body.to_string().contains("one punchy caption"), "{}", sent[0].body);
    assert!(sent[2].body.to_string().contains("How do I say no?"), "{}", sent[2].body);
}

#[tokio::test]
async fn who_seems_to_be_in_danger_is_told_to_talk_to_people_and_no_model_hears_of_it() {
    let (world, provider) = says(&["That is a lot. What would help most this week?"]).await;
    world.types("ada", "/config gpt set help-line:113, day and night").await;
    world.screen().await;
    let ann = world.person("ann");
    ann.types("/growthcheckin").await;
    ann.submits(&[("What do you want to reach?", "Sleep better"), ("What is in the way?", "I want to kill myself")])
        .await;
    world.settle().await;
    expect![[r#"
        ann in #help: /growthcheckin
        bot opens a form for ann: How are you doing?
             What do you want to reach?* (long, up to 1000):
             What is in the way?* (long, up to 1000):
             How do you feel about it? (long, up to 1000):
        ann submits What do you want to reach?="Sleep better", What is in the way?="I want to kill myself"
        bot is thinking… (only ann sees this)
        bot answers: (only ann sees this)
             | 🚨 If you are in danger, talk to somebody now: a person near you, or the emergency number of your country. A machine is not enough for this.
             | Help: 113, day and night
    "#]]
    .assert_eq(&world.screen().await);
    assert_eq!(provider.take_received().len(), 0);
    ann.types("/growthcheckin").await;
    ann.submits(&[("What do you want to reach?", "Train again"), ("What is in the way?", "My work")]).await;
    world.settle().await;
    expect![[r#"
        ann in #help: /growthcheckin
        bot opens a form for ann: How are you doing?
             What do you want to reach?* (long, up to 1000):
             What is in the way?* (long, up to 1000):
             How do you feel about it? (long, up to 1000):
        ann submits What do you want to reach?="Train again", What is in the way?="My work"
        bot is thinking… (only ann sees this)
        bot answers: That is a lot. What would help most this week? (only ann sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn where_there_is_no_model_or_no_more_to_spend_one_sentence_says_so() {
    let world = World::new().await;
    world.has_entry("What is compound interest?", "Interest on interest.").await;
    world.types("ann", "/learn_topic topic:compound interest").await;
    expect![[r#"
        ann in #help: /learn_topic topic:compound interest
        bot is thinking… (only ann sees this)
        bot answers: (only ann sees this)
             | There is no language model here, so the coach has nothing to say.
             | **What is known here about it**
             | - FAQ #1 What is compound interest?
             | > Interest on interest.
    "#]]
    .assert_eq(&world.screen().await);
    let (world, provider) = says(&["One.", "Two."]).await;
    world.types("ada", "/config gpt set asks-an-hour:1").await;
    world.screen().await;
    for _ in 0..2 {
        world.types("ann", "/create_caption topic:a walk style:formal").await;
    }
    let screen = world.screen().await;
    assert!(screen.contains("You have asked as often as you may for now"), "{screen}");
    world.types("ada", "/config gpt set asks-an-hour:0").await;
    world.types("bob", "/create_caption topic:a walk style:formal").await;
    let screen = world.screen().await;
    assert!(screen.contains("The coach is off here."), "{screen}");
    world.types("ada", "/config gpt set asks-an-hour:5 blocked:casino").await;
    world.types("bob", "/learn_topic topic:how a C\u{200b}asino works").await;
    let screen = world.screen().await;
    assert!(screen.contains("It is about something that is told to no language model here."), "{screen}");
    assert_eq!(provider.take_received().len(), 1);
}
