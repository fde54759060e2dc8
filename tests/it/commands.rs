//! What is registered at Discord.

use alphapy::commands::{self, Registered};
use alphapy::features;
use alphapy::words::{Language, known_languages};
use expect_test::expect_file;

use crate::support::World;

#[test]
fn the_docs_list_every_command() {
    expect_file!["../../docs/commands.md"].assert_eq(&commands::markdown(&features::all(), Language::ENGLISH));
    let others = known_languages().filter(|language| *language != Language::ENGLISH);
    for language in others {
        let page = format!("{}/docs/commands.{}.md", env!("CARGO_MANIFEST_DIR"), language.code());
        expect_test::expect_file![page].assert_eq(&commands::markdown(&features::all(), language));
    }
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
    let count = features.iter().map(|feature| feature.commands.len()).sum();
    assert_eq!(commands::register(discord, &features, guild).await.expect("it answers"), Registered::Replaced(count));
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
             | `/ticket open` Open a ticket
             | `/ticket list` List your tickets, or all of them (staff)
             | `/ticket show` Show a ticket with everything that happened to it
             | `/ticket claim` Take a ticket (staff)
             | `/ticket unclaim` Give a ticket back (staff)
             | `/ticket transfer` Give a ticket to somebody else of the staff (staff)
             | `/ticket status` Set where a ticket stands (staff)
             | `/ticket priority` Set how urgent a ticket is (staff)
             | `/ticket close` Close a ticket
             | `/ticket ask-close` Ask the member whether their ticket may be closed (staff)
             | `/ticket reopen` Open a closed ticket again (staff)
             | `/ticket add` Let somebody take part in a ticket (staff)
             | `/ticket remove` Let somebody take part no longer (staff)
             | `/ticket note` Note something that only the staff reads (staff)
             | `/ticket rename` Change what a ticket is about (staff)
             | `/ticket delete` Delete the channel of a closed ticket (staff)
             | `/ticket transcript` Show what was said in a closed ticket
             | `/ticket stats` Show how many, how fast, how good (staff)
             | `/ticket panel` Post a message with which members open tickets, or change the one that is there (admins)
             | `/ticket types` Set up the kinds of tickets (admins)
             | `/ticket block` Let somebody open no more tickets (admins)
             | `/ticket unblock` Let somebody open tickets again (admins)
             | `/ticket blocked` List who may open no tickets (admins)
             | `/tag send` Give a reply here (staff)
             | `/tag list` List all replies (staff)
             | `/tag add` Add a reply (staff)
             | `/tag edit` Change a reply (staff)
             | `/tag remove` Remove a reply (staff)
             | Menu of a member, Apps: **Open a ticket**
             | Menu of a message, Apps: **Add to ticket**
             | `/reminder add` Say something once, or again and again
             | `/reminder event` Say something ahead of an event, and when it begins
             | `/reminder list` List your reminders, or all of them (staff)
             | `/reminder show` Show a reminder
             | `/reminder edit` Change a reminder
             | `/reminder pause` Let a reminder be silent for a while
             | `/reminder resume` Let a paused reminder speak again
             | `/reminder delete` Delete a reminder
             | `/reminder template-save` Keep a reminder to be made again at other times (staff)
             | `/reminder template-remove` Forget what is kept under a name (staff)
             | Menu of a message, Apps: **Create reminder**
             | `/help` What I can do, and how
    "#]]
    .assert_eq(&world.screen().await);
    world.types("mia", "/help").await;
    let screen = world.screen().await;
    assert!(screen.contains("**Add to FAQ**"), "{screen}");
}
