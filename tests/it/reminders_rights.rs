//! How many reminders somebody may have, of what, and who reads them.

use crate::reminders::later;
use crate::support::{AWAY, HOME, World};
use expect_test::expect;
use twilight_model::guild::Permissions;

#[tokio::test]
async fn a_member_has_only_so_many_and_only_who_may_has_any() {
    let world = World::new().await;
    world.types("ada", "/config reminders set member-limit:1").await;
    world.types("ann", "/reminder add when:tomorrow what:One").await;
    world.types("ann", "/reminder add when:tomorrow what:Two").await;
    world.types("ada", "/config reminders set creator-role:@&keepers").await;
    world.types("bob", "/reminder add when:tomorrow what:Three").await;
    world.types("mia", "/reminder add when:tomorrow what:Four").await;
    let screen = world.screen().await;
    for part in [
        "Made #1",
        "You have as many reminders as you can have, 1;",
        "Only members with a certain role make reminders here",
        "Made #2",
    ] {
        assert!(screen.contains(part), "no {part} in {screen}");
    }
}

#[tokio::test]
async fn what_is_done_and_comes_again_counts() {
    let world = World::new().await;
    world.types("ada", "/config reminders set member-limit:1").await;
    world.types("ann", "/reminder add when:in 5m what:One").await;
    later(&world, 6).await;
    world.types("ann", "/reminder add when:tomorrow what:Two").await;
    world.screen().await;
    world.types("ann", "/reminder edit reminder:1").await;
    world.submits("ann", &[("When", "friday 20:00")]).await;
    let screen = world.screen().await;
    assert!(screen.contains("You have as many reminders as you can have, 1;"), "{screen}");
    world.types("ann", "/reminder edit reminder:1").await;
    world.submits("ann", &[("What", "The first")]).await;
    world.types("ann", "/reminder delete reminder:2").await;
    world.clicks("ann", "Delete").await;
    world.types("ann", "/reminder edit reminder:1").await;
    world.submits("ann", &[("When", "friday 20:00")]).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("Changed #1 **The first**").count(), 2, "{screen}");
}

#[tokio::test]
async fn a_template_is_made_again_at_another_time() {
    let world = World::new().await;
    world
        .types("ada", "/reminder event what:Live session when:tomorrow 20:00 place:Stage message:Be there ahead:2h, 0")
        .await;
    world.types("ada", "/reminder template-save reminder:1 name:Live").await;
    world.types("ann", "/reminder template-save reminder:1 name:Mine").await;
    world.types("ann", "/reminder event when:friday 20:00 template:live").await;
    world.types("ada", "/reminder template-remove template:LIVE").await;
    let screen = world.screen().await;
    assert!(screen.contains("Made #2 **Live session**") && screen.contains("2h ahead, at the start"), "{screen}");
    assert!(
        screen.contains("Only managers of reminders keep templates") && screen.contains("“LIVE” is forgotten."),
        "{screen}"
    );
}

#[tokio::test]
async fn a_message_becomes_a_reminder() {
    let world = World::new().await;
    world.discord.post(HOME, "general", "ada", "Big quiz!\nDate: 5 March\nTime: 20:00\nLocation: Main hall");
    world.person("ann").in_channel("general").message_menu("Create reminder", "Big quiz").await;
    world.submits("ann", &[]).await;
    expect![[r#"
        ada in #general: Big quiz!
             Date: 5 March
             Time: 20:00
             Location: Main hall
        ann in #general: Create reminder on “Big quiz!…”
        bot opens a form for ann: Reminder from a message
             What* (short, up to 100): Big quiz!
             When* (short, up to 100): 2027-03-05 20:00
               Such as “tomorrow 19:30” or “elke maandag om 20:00”; clock: Europe/Brussels
             What it says besides (long, up to 1500): Big quiz!⏎Date: 5 March⏎Time: 20:00⏎Location: Main hall
             Where it takes place (short, up to 200): Main hall
             How long before (short, up to 60): 1h, 0
               Such as “1d, 1h, 0”; 0 is at the moment itself
        ann submits the form
        bot: Made #1 **Big quiz!**. (only ann sees this)
             | **Big quiz!**
             | Big quiz!
             | Date: 5 March
             | Time: 20:00
             | Location: Main hall
             | Next: Fri 2027-03-05 18:00 UTC (in 4 days)
             | Begins: Fri 2027-03-05 19:00 UTC
             | Where: #general
             | Said: 1h ahead, at the start
             | Place: Main hall
             | Original: https://discord.com/channels/1191169165885440000/1191170927493120000/1609862794444800001
             | Set by: @ann
             | (Reminder #1)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_form_keeps_what_a_message_says_of_when_and_names_what_it_lacks() {
    let world = World::new().await;
    world.discord.post(HOME, "general", "ada", "Stand-up\nTime: 09:15\nPlace: Room 4");
    world.person("ann").in_channel("general").message_menu("Create reminder", "Stand-up").await;
    let screen = world.screen().await;
    for shown in ["100): 09:15", "The message does not say on which day; clock: Europe/Brussels", "200): Room 4"] {
        assert!(screen.contains(shown), "{screen}");
    }
}

#[tokio::test]
async fn a_link_counts_as_every_other_reminder_does() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    world.types("ada", "/config reminders set member-limit:1 manager-role:@&keepers").await;
    let message = world.discord.post(HOME, "general", "ada", "Party\nDate: 5/3/2027\nTime: 20:00");
    let (guild, channel) = (world.guild(HOME), world.discord.id_of("#general"));
    for who in ["mia", "ann"] {
        world.types(who, "/reminder add when:tomorrow what:One").await;
        world
            .types(who, &format!("/reminder event link:https://discord.com/channels/{guild}/{channel}/{message}"))
            .await;
        world.settle().await;
    }
    let screen = world.screen().await;
    assert!(screen.contains("bot answers: Made #2 **Party**. (only mia sees this)"), "{screen}");
    assert_eq!(screen.matches("You have as many reminders as you can have, 1;").count(), 1, "{screen}");
}

#[tokio::test]
async fn a_link_is_read_only_by_who_can_read_it() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    world.discord.guild(HOME).channel("vault").private("vault", &["admins"]);
    let text = "Secret party\nDate: 5/3/2027\nTime: 20:00";
    let (open, vault) =
        (world.discord.post(HOME, "general", "ada", text), world.discord.post(HOME, "vault", "ada", text));
    let away = world.discord.post(AWAY, "desk", "eve", text);
    let guild = world.guild(HOME);
    let link = |guild: &str, channel: &str, message: &str| {
        format!("https://discord.com/channels/{guild}/{}/{message}", world.discord.id_of(channel))
    };
    let guild = guild.to_string();
    let other = world.guild(AWAY).to_string();
    let links = [
        link(&guild, "#general", &open),
        link(&guild, "#vault", &vault),
        link(&other, "#desk", &away),
        link(&guild, "#desk", &away),
        "https://example.com".to_owned(),
    ];
    for link in &links {
        world.types("ann", &format!("/reminder event link:{link}")).await;
        world.settle().await;
    }
    world.discord.set_message_content(false);
    world.types("ada", &format!("/reminder event link:{}", links[0])).await;
    let screen = world.screen().await;
    let answers: Vec<&str> = screen.lines().filter(|line| line.starts_with("bot")).collect();
    expect![[r#"
        bot is thinking… (only ann sees this)
        bot answers: Made #1 **Secret party**. (only ann sees this)
        bot is thinking… (only ann sees this)
        bot answers: You cannot read that message, or it is gone; link to one that you can read. (only ann sees this)
        bot: That message is in another server; link to one of this server. (only ann sees this)
        bot is thinking… (only ann sees this)
        bot answers: You cannot read that message, or it is gone; link to one that you can read. (only ann sees this)
        bot: That is no address of a message; copy one with *Copy Message Link* in the menu of a message. (only ann sees this)
        bot is thinking… (only ada sees this)
        bot answers: I cannot read that message: the message content intent is off for me. Use *Apps, Create reminder* in its menu. (only ada sees this)"#]].assert_eq(&answers.join("\n"));
    world.discord.take_problems();
}

#[tokio::test]
async fn where_reminders_are_off_nothing_is_said() {
    let world = World::new().await;
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.types("ann", "/reminder add when:every hour what:Milk").await;
    world.types("ada", "/config reminders set enabled:false").await;
    world.screen().await;
    later(&world, 60).await;
    assert_eq!(world.screen().await, "");
    world.types("ada", "/config reminders set enabled:true").await;
    world.screen().await;
    later(&world, 60).await;
    let screen = world.screen().await;
    assert!(!screen.contains("Tea") && screen.matches("⏰ Reminder: Milk").count() == 1, "{screen}");
}

#[tokio::test]
async fn an_admin_of_one_server_reads_no_other() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    let away = world.discord.post(AWAY, "desk", "eve", "Secret party\nDate: 5/3/2027\nTime: 20:00");
    let link = format!("https://discord.com/channels/{}/{}/{away}", world.guild(HOME), world.discord.id_of("#desk"));
    world.types("ada", &format!("/reminder event link:{link}")).await;
    let screen = world.screen().await;
    assert!(screen.contains("You cannot read that message") && !screen.contains("bot answers: Made"), "{screen}");
}

#[tokio::test]
async fn who_cannot_write_somewhere_is_not_reminded_there() {
    let world = World::new().await;
    world.discord.guild(HOME).channel("rules").overwrite(
        "rules",
        "@everyone",
        Permissions::empty(),
        Permissions::SEND_MESSAGES,
    );
    world.types("ann", "/reminder add when:tomorrow what:Tea channel:#rules").await;
    world.person("ann").in_channel("rules").types("/reminder add when:tomorrow what:Tea").await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("You cannot write in #rules yourself").count(), 2, "{screen}");
}

#[tokio::test]
async fn a_template_gives_a_member_no_rights() {
    let world = World::new().await;
    world.discord.guild(HOME).also("Alphapy", Permissions::MENTION_EVERYONE);
    world.discord.guild(HOME).channel("vault").private("vault", &["admins"]);
    world.types("ada", "/config reminders set allow-everyone:true").await;
    world.types("ada", "/reminder add when:tomorrow what:Live channel:#vault mention:@everyone").await;
    world.types("ada", "/reminder template-save reminder:1 name:Live").await;
    world.screen().await;
    world.types("ann", "/reminder add when:tomorrow template:Live").await;
    let screen = world.screen().await;
    assert!(screen.contains("Where: #help") && !screen.contains("Calls"), "{screen}");
}
