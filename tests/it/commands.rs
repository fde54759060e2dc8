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
async fn help_fits_whatever_somebody_may_and_reads() {
    let world = World::new().await;
    let ada = world.person("ada").locale("nl");
    ada.types("/help").await;
    let screen = world.screen().await;
    for said in ["**Probeer eerst**", "`/instellingen start`", "`/ticket paneel`", "<select: Kies een onderwerp>"] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    ada.selects("Kies een onderwerp", &["tickets"]).await;
    let screen = world.screen().await;
    assert!(screen.contains("`/snelantwoord weghalen`") && screen.contains("**Aan ticket toevoegen**"), "{screen}");
    ada.clicks("Alle onderwerpen").await;
    // What is switched off is nothing to be helped with.
    world.types("ada", "/config faq set enabled:false").await;
    world.types("ann", "/help").await;
    let screen = world.screen().await;
    let (_, asked) = screen.split_once("ann in #help: /help").expect("she asked");
    assert!(!asked.contains("/faq") && asked.contains("`/ticket open`"), "{screen}");
}

#[tokio::test]
async fn help_lists_what_a_member_may_use() {
    let world = World::new().await;
    world.types("ann", "/help").await;
    expect_test::expect![[r#"
        ann in #help: /help
        bot: (only ann sees this)
             | **What I can do**
             | **Try first**
             | `/faq search` Find answers
             | `/ticket open` Open a ticket
             | `/reminder add` Say something once, or again and again
             | faq: `/faq search` · `/faq view` · `/faq list`
             | tickets: `/ticket open` · `/ticket list` · `/ticket show` · `/ticket close` · `/ticket transcript` · Menu of a member, Apps: **Open a ticket** · Menu of a message, Apps: **Add to ticket** · Menu of a message, Apps: **Draft reply**
             | coach: `/learn_topic` · `/create_caption` · `/growthcheckin` · `/leaderhelp`
             | reminders: `/reminder add` · `/reminder event` · `/reminder list` · `/reminder show` · `/reminder edit` · `/reminder pause` · `/reminder resume` · `/reminder delete` · `/reminder time-zone` · Menu of a message, Apps: **Create reminder**
             | help: `/help`
             <select: Choose a topic>
               - faq
               - tickets
               - coach
               - reminders
               - help
    "#]]
    .assert_eq(&world.screen().await);
    world.types("ada", "/help").await;
    let screen = world.screen().await;
    assert!(screen.contains("**Add to FAQ**"), "{screen}");
    assert!(screen.contains("| `/config start` Set up the most important things"), "{screen}");
}
