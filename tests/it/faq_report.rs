//! `/faq report`: what members asked, and what nobody has answered.

use expect_test::expect;
use jiff::SignedDuration;

use crate::support::{AWAY, HOME, World};

#[tokio::test]
async fn admins_see_what_has_no_answer_and_write_it() {
    let world = World::new().await;
    world.has_entry("How do I get a refund?", "Write to billing within 30 days.").await;
    for (who, query) in [
        ("ann", "get a refund"),
        ("ann", "is there a mobile app"),
        ("bob", "Mobile apps?"),
        ("bob", "giraffe *food*"),
        ("ann", "#1"),
    ] {
        world.types(who, &format!("/faq search query:{query}")).await;
    }
    // What another server asks is its own.
    world.person("cat").in_guild(AWAY).types("/faq search query:elephant food").await;
    world.types("ann", "/faq report").await;
    world.settle().await;
    world.screen().await;
    world.types("ada", "/faq report").await;
    world.person("ada").selects("Write an answer", &["Mobile apps?"]).await;
    world.submits("ada", &[("Answer", "There is: in both stores.")]).await;
    world.types("ada", "/faq report").await;
    world.clicks("ada", "7 days").await;
    expect![[r#"
        ada in #help: /faq report
        bot: (only ada sees this)
             | **Asked in the last 30 days**
             | 5 searches, 40 % answered
             | Without an answer:
             | “Mobile apps?” · 2×
             | “giraffe \*food\*” · 1×
             | Opened most: #1 How do I get a refund? · 1×
             <select: Write an answer>
               - Mobile apps?
               - giraffe *food*
             [7 days] [30 days] [90 days] [365 days]
        ada selects Mobile apps? in <Write an answer>
        bot opens a form for ada: Add an entry
             Question* (short, up to 100): Mobile apps?
               As members would ask it
             Answer* (long, up to 4000):
               Markdown works
             Keywords (short, up to 300):
               Other words for it, separated by commas
             Category (short, up to 50):
             Source (short, up to 500):
               A link to where more is to be read
        ada submits Answer="There is: in both stores."
        bot: Added #2 **Mobile apps?**. (only ada sees this)
             | **Mobile apps?**
             | There is: in both stores.
             | (#2)
        ada in #help: /faq report
        bot: (only ada sees this)
             | **Asked in the last 30 days**
             | 5 searches, 40 % answered
             | Without an answer: “giraffe \*food\*” · 1×
             | Opened most: #1 How do I get a refund? · 1×
             <select: Write an answer>
               - giraffe *food*
             [7 days] [30 days] [90 days] [365 days]
        ada clicks [7 days]
        bot edits: (only ada sees this)
             | **Asked in the last 7 days**
             | 5 searches, 40 % answered
             | Without an answer: “giraffe \*food\*” · 1×
             | Opened most: #1 How do I get a refund? · 1×
             <select: Write an answer>
               - giraffe *food*
             [7 days] [30 days] [90 days] [365 days]
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn what_was_long_ago_and_what_others_asked_counts_not() {
    let world = World::new().await;
    world.types("ann", "/faq search query:giraffe food").await;
    world.clock.advance(SignedDuration::from_hours(8 * 24));
    world.screen().await;
    world.types("ann", "/faq report").await;
    let screen = world.screen().await;
    assert!(!screen.contains("giraffe"), "it is for admins: {screen}");
    world.types("ada", "/faq report").await;
    let screen = world.screen().await;
    assert!(screen.contains("giraffe"), "{screen}");
    world.clicks("ada", "7 days").await;
    let screen = world.screen().await;
    assert!(screen.contains("Nobody has searched") && !screen.contains("giraffe"), "{screen}");
    assert_ne!(world.guild(HOME), world.guild(AWAY));
}
