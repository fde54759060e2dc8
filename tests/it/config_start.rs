//! How a server is set up step by step, and back to where it began.

use alphapy::ui::custom_id;
use expect_test::expect;
use serde_json::json;
use twilight_model::guild::Permissions;

use crate::config::shows;
use crate::support::{AWAY, HOME, World, apart};

#[tokio::test]
async fn a_server_is_set_up_step_by_step_by_whoever_has_the_time() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.discord.guild(HOME).category("Desk").channel_in("Desk", "reports");
    world.types("ada", "/config start").await;
    world.clicks("ada", "Skip").await;
    world.person("ada").selects("Choose a time zone", &["Europe/Amsterdam"]).await;
    world.person("ada").selects("Choose a role", &["keepers"]).await;
    world.clicks("ada", "Back").await;
    world.clicks("ada", "Skip").await;
    world.clicks("ada", "Skip").await;
    world.person("ada").selects("Choose a channel", &["reports"]).await;
    world.clicks("ada", "Stop here").await;
    let (screen, log) = apart(&world.screen().await, "reports");
    expect![[r#"
        ada in #help: /config start
        bot: (only ada sees this)
             | **The language of what I post**
             | Now: English
             | (Step 1 of 9)
             <select: Choose one>
               - English
               - Nederlands
             [Skip] [Stop here]
        ada clicks [Skip]
        bot edits: (only ada sees this)
             | **The time zone in which people here name times**
             | Now: `Europe/Brussels`
             | (Step 2 of 9)
             <select: Choose a time zone>
               - Europe/Brussels
               - Europe/Amsterdam
               - Europe/London
               - Europe/Dublin
               - Europe/Lisbon
               - Europe/Madrid
               - Europe/Paris
               - Europe/Berlin
               - Europe/Rome
               - Europe/Stockholm
               - Europe/Warsaw
               - Europe/Athens
               - Europe/Istanbul
               - America/New_York
               - America/Chicago
               - America/Denver
               - America/Los_Angeles
               - America/Sao_Paulo
               - America/Paramaribo
               - America/Curacao
               - Asia/Kolkata
               - Asia/Tokyo
               - Australia/Sydney
               - UTC
             [Back] [Skip] [Stop here]
        ada selects Europe/Amsterdam in <Choose a time zone>
        bot edits: `time-zone`: `Europe/Brussels` (default) → `Europe/Amsterdam` (only ada sees this)
             | **Members with this role may change everything here**
             | Now: @keepers
             | (Step 3 of 9)
             <select a role: Choose a role>
             [Back] [Skip] [None] [Stop here]
        ada selects keepers in <Choose a role>
        bot edits: (only ada sees this)
             | **Who works the tickets**
             | Now: none
             | (Step 4 of 9)
             <select a role: Choose a role>
             [Back] [Skip] [Stop here]
        ada clicks [Back]
        bot edits: (only ada sees this)
             | **Members with this role may change everything here**
             | Now: @keepers
             | (Step 3 of 9)
             <select a role: Choose a role>
             [Back] [Skip] [None] [Stop here]
        ada clicks [Skip]
        bot edits: (only ada sees this)
             | **Who works the tickets**
             | Now: none
             | (Step 4 of 9)
             <select a role: Choose a role>
             [Back] [Skip] [Stop here]
        ada clicks [Skip]
        bot edits: (only ada sees this)
             | **Where I report what I did**
             | Now: none
             | (Step 5 of 9)
             <select a channel: Choose a channel>
             [Back] [Skip] [Stop here]
        ada selects reports in <Choose a channel>
        bot edits: `log-channel`: none (default) → #reports (only ada sees this)
             ⚠️ Everybody can read #reports, and what I post there is for those who work here: pick a channel that members do not see, or take @everyone its right to see that one.
             | **The category in which tickets open**
             | Now: none
             | (Step 6 of 9)
             <select a channel: Choose a channel>
             [Back] [Skip] [Stop here]
        ada clicks [Stop here]
        bot edits: Stopped at step 6 of 9; `/config start` goes on there. (only ada sees this)
    "#]]
    .assert_eq(&screen);
    expect![[r#"
        bot in #reports:
             | **Settings changed: system**
             | @ada
             | `log-channel`: none (default) → #reports
             | (system)
    "#]]
    .assert_eq(&log);

    let another = world.another_instance().await;
    world.routes_to(&another);
    world.types("olga", "/config start").await;
    shows(&world, "The category in which tickets open").await;
    world.person("olga").selects("Choose a channel", &["Desk"]).await;
    for _ in 0..3 {
        world.clicks("olga", "Skip").await;
    }
    crate::support::settle(&another.bot.app).await;
    let screen = world.screen().await;
    assert!(screen.contains("You are set up"), "{screen}");
    world.types("ada", "/config start").await;
    shows(&world, "Step 1 of 9").await;
}

#[tokio::test]
async fn the_steps_obey_the_same_rules_as_the_command() {
    let world = World::with(alphapy::features::all_and_planned).await;
    let home = world.discord.guild(HOME);
    home.channel("vault").overwrite("vault", "bot", Permissions::empty(), Permissions::SEND_MESSAGES);
    world.types("ada", "/config start").await;
    world.clicks("ada", "Skip").await;
    world.clicks("ada", "Skip").await;
    world.person("ada").selects("Choose a role", &["keepers"]).await;
    let first = world.discord.exchanges().pop().expect("a choice").request;
    world.clicks("ada", "Skip").await;
    world.person("ada").selects("Choose a channel", &["vault"]).await;
    shows(&world, "I lack permissions in #vault: give me **Send Messages** there").await;
    // Who is no admin, or admin of another server, gets nowhere with the same menu.
    let mut forged = 0;
    let mut forge = async |who: &str, guild: &str, change: fn(&mut serde_json::Value)| {
        let mut body = first.clone();
        let id = body["id"].as_str().and_then(|id| id.parse::<u64>().ok()).expect("an id");
        forged += 1_000_003;
        body["id"] = json!((id + forged).to_string());
        body["guild_id"] = json!(world.discord.guild(guild).id());
        change(&mut body);
        let (_, answer) = world.discord.person(who).in_guild(guild).raw(&body).await;
        answer["data"]["content"].as_str().expect("a sentence").to_owned()
    };
    let stranger = |body: &mut serde_json::Value| {
        body["member"]["roles"] = json!([]);
        body["member"]["permissions"] = json!("0");
        body["member"]["user"]["id"] = json!("77");
    };
    assert_eq!(forge("bob", HOME, stranger).await, "Only admins of this server can do that; ask one of them.");
    let elsewhere = |body: &mut serde_json::Value| body["member"]["permissions"] = json!("0");
    assert_eq!(forge("mia", AWAY, elsewhere).await, "Only admins of this server can do that; ask one of them.");
    let gone = |body: &mut serde_json::Value| {
        let at = custom_id::digest("system.colour");
        body["data"]["custom_id"] = json!(format!(r#"config:{{"Choose":{{"at":{at}}}}}"#));
    };
    assert_eq!(forge("ada", HOME, gone).await, "The steps have changed; begin again with `/config start`.");
    let direct = |body: &mut serde_json::Value| {
        body["user"] = body["member"]["user"].take();
        for key in ["guild_id", "member"] {
            body.as_object_mut().expect("an object").remove(key);
        }
    };
    assert_eq!(forge("olga", HOME, direct).await, "I only work in servers; use this command in one.");
    world.screen().await;
}

#[tokio::test]
async fn a_reset_asks_first_and_is_taken_back_whole() {
    let world = World::new().await;
    world.types("ada", "/config reminders set default-channel:#general allow-everyone:true member-limit:9").await;
    world.types("ada", "/config reset setting:reminders").await;
    world.clicks("ada", "Keep").await;
    world.types("ada", "/config reset setting:reminders").await;
    world.clicks("ada", "Reset").await;
    world.types("olga", "/config reminders set member-limit:7").await;
    world.screen().await;
    world.clicks("ada", "Take it back").await;
    let screen = world.screen().await;
    for said in
        ["`allow-everyone`: off (default) → on", "→ #general", "`member-limit` stays as @olga has set it since."]
    {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    world.types("ada", "/config reset setting:faq").await;
    shows(&world, "That is how it was; nothing has changed.").await;
}

#[tokio::test]
async fn a_server_of_which_nothing_is_set_is_not_told_that_it_is_set_up() {
    let world = World::new().await;
    world.sets::<alphapy::settings::System>("admin_role", None).await;
    world.types("olga", "/config start").await;
    for _ in 0..8 {
        world.clicks("olga", "Skip").await;
    }
    shows(&world, "Nothing is set yet").await;
}
