//! What is registered at Discord.

use alphapy::commands::{self, Registered};
use alphapy::features;
use expect_test::expect_file;

use crate::support::World;

#[test]
fn the_docs_list_every_command() {
    expect_file!["../../docs/commands.md"].assert_eq(&commands::markdown(&features::all()));
}

#[test]
fn the_docs_list_every_variable_and_setting() {
    expect_file!["../../docs/configuration.md"].assert_eq(&commands::configuration(&features::all()));
}

#[tokio::test]
async fn commands_are_registered_once() {
    let world = World::new().await;
    let features = features::all();
    let discord = &world.app().discord;
    assert_eq!(commands::register(discord, &features, None).await.expect("it answers"), Registered::Unchanged);
    let guild = Some(world.guild(crate::support::HOME));
    assert_eq!(commands::register(discord, &features, guild).await.expect("it answers"), Registered::Replaced(4));
    assert_eq!(commands::register(discord, &features, guild).await.expect("it answers"), Registered::Unchanged);
}

#[tokio::test]
async fn help_lists_what_a_member_may_use() {
    let world = World::new().await;
    world.types("ann", "/help").await;
    expect_test::expect![[r#"
        ann in #help: /help
        bot: (only ann sees this)
             | **What I can do**
             | `/faq search` Find answers
             | `/faq view` Show one answer
             | `/faq list` List all answers
             | `/faq add` Add an answer (admins)
             | `/faq edit` Change an answer (admins)
             | `/faq remove` Remove an answer (admins)
             | `/faq pin` Pin an answer to the top of the list, or unpin it (admins)
             | `/faq synonyms` Say which words mean the same here (admins)
             | `/faq reload` Build the search index anew (admins)
             | `/help` What I can do, and how
    "#]]
    .assert_eq(&world.screen().await);
    world.types("mia", "/help").await;
    let screen = world.screen().await;
    assert!(screen.contains("**Add to FAQ**"), "{screen}");
}
