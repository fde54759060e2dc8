//! `/status`: what admins see of how the bot is doing.

use alphapy::acting::{Acting, Origin};
use alphapy::features::tickets::operations::look;
use alphapy::instances;
use alphapy::jobs;
use alphapy::operations::reminders as operations;
use alphapy::operations::status::{self, Cron};
use alphapy::operations::{overview, summary};
use alphapy::statistics::{Measured, Period, Spreads};
use expect_test::expect;
use jiff::SignedDuration;
use serde_json::json;
use twilight_model::guild::Permissions;

use crate::support::{AWAY, HOME, World, code};
use crate::tickets_lists::has_much_to_count;

/// A screen without what differs between machines and moments.
async fn shown(world: &World) -> String {
    let screen = world.screen().await;
    let mut lines = Vec::new();
    for line in screen.lines() {
        let line = match line.find("PostgreSQL ") {
            Some(at) => format!("{}…", &line[..at + "PostgreSQL ".len()]),
            None => line.to_owned(),
        };
        lines.push(line);
    }
    lines.join("\n").replace(env!("CARGO_PKG_VERSION"), "1.2.3")
}

#[tokio::test]
async fn an_admin_sees_whether_time_triggers_anything_and_what_is_missing() {
    let world = World::new().await;
    // A server may show it to everybody; it is told to admins all the same.
    world.types("olga", "/status").await;
    world.screen().await;
    world.types("ada", "/status").await;
    expect![[r#"
        ada in #help: /status
        bot: (only ada sees this)
             | **How I am doing**
             | Alphapy 1.2.3 · PostgreSQL …
             | ⚠️ I may not read what members write (Message Content Intent), so transcripts lack their words and announcements are not read.
             | ⚠️ My jobs have never run, so no reminder is said: whoever runs me must start `alphapy-cron`.
             |
             | **What waits**
             | Nothing.
             |
             | **What I lack here**
             | ⚠️ Support: nobody is called, and only admins see these tickets; set `staff-role` with `/config tickets set`.
             [Look again]"#]]
    .assert_eq(&shown(&world).await);

    // A role and a channel are set, and then the server has them no more, or not for the bot.
    world.discord.guild(HOME).category("Desk").role("staff", Permissions::empty());
    world.types("ada", "/config tickets set category:#Desk staff-role:@&staff").await;
    world.screen().await;
    world.discord.guild(HOME).overwrite("Desk", "bot", Permissions::empty(), Permissions::ATTACH_FILES);
    world.discord.guild(HOME).remove_role("staff");
    world.a_minute_passes().await;
    world.clicks("ada", "Look again").await;
    expect![[r#"
        ada clicks [Look again]
        bot edits: (only ada sees this)
             | **How I am doing**
             | Alphapy 1.2.3 · PostgreSQL …
             | ⚠️ I may not read what members write (Message Content Intent), so transcripts lack their words and announcements are not read.
             | My jobs last ran in 0 seconds.
             |
             | **What waits**
             | Nothing.
             |
             | **What I lack here**
             | ⚠️ tickets: I lack permissions in #Desk: give me **Attach Files** there, or pick another channel.
             | ⚠️ tickets: `staff-role` names a role that was deleted; pick another.
             [Look again]"#]]
    .assert_eq(&shown(&world).await);
    // Elsewhere nothing is lacking, and in Dutch it is said in Dutch.
    let eve = world.discord.person("eve").in_guild(AWAY).locale("nl");
    eve.types("/status").await;
    expect![[r#"
        eve in #desk of Night Shift: /status
        bot: (only eve sees this)
             | **Hoe het met me gaat**
             | Alphapy 1.2.3 · PostgreSQL …
             | ⚠️ Ik mag niet lezen wat leden schrijven (Message Content Intent), dus in verslagen ontbreken hun woorden en aankondigingen worden niet gelezen.
             | Mijn taken liepen het laatst in 0 seconds.
             |
             | **Wat er wacht**
             | Niets.
             |
             | **Wat me hier ontbreekt**
             | ⚠️ Hulp: niemand krijgt een melding, en alleen beheerders zien deze tickets; stel `teamrol` in met `/instellingen tickets aanpassen`.
             [Opnieuw kijken]"#]]
    .assert_eq(&shown(&world).await);
}

#[tokio::test]
async fn jobs_that_fail_or_hang_are_named() {
    let world = World::new().await;
    let known = [("faq", "forget searches"), ("tickets", "watch tickets")];
    let see = async |world: &World| {
        let ada = world.comes("ada", world.guild(HOME), "status", Vec::new(), Origin::Routine).await;
        status::look(world.app(), &ada, &known).await.expect("she administers")
    };
    assert_eq!(see(&world).await.cron, Cron::Never);
    let began = world.now();
    let ended = async |job: (&str, &str), succeeded| {
        instances::note_pass(&world.app().db, job, succeeded, world.now()).await.expect("the database answers");
    };
    ended(known[0], true).await;
    ended(known[1], true).await;
    ended(("alphapy", "forget"), false).await;
    let seen = see(&world).await;
    assert_eq!((seen.cron, seen.silent.len()), (Cron::Passed(began), 0));
    assert_eq!(seen.failing.iter().map(|pass| pass.job.as_str()).collect::<Vec<_>>(), ["forget"]);
    // The one goes on, the other hangs.
    world.clock.advance(SignedDuration::from_mins(6));
    ended(known[0], false).await;
    ended(("alphapy", "forget"), true).await;
    let seen = see(&world).await;
    assert_eq!(seen.silent, [known[1]]);
    assert_eq!(
        seen.failing.iter().map(|pass| (pass.job.as_str(), pass.done_at)).collect::<Vec<_>>(),
        [("forget searches", Some(began))]
    );
    // None goes on.
    let last = world.now();
    world.clock.advance(SignedDuration::from_mins(6));
    let seen = see(&world).await;
    assert_eq!((seen.cron, seen.silent.len()), (Cron::Late(last), 0));
    world.types("ada", "/status").await;
    let screen = world.screen().await;
    assert!(screen.contains("My jobs have not run since") && screen.contains("`faq: forget searches`"), "{screen}");
    let ann = world.comes("ann", world.guild(HOME), "status", Vec::new(), Origin::Routine).await;
    assert_eq!(code(status::look(world.app(), &ann, &known).await), "not_admin");
    // Whoever administers a server does not run the bot.
    let ada = world.comes("ada", world.guild(HOME), "status", Vec::new(), Origin::Routine).await;
    assert_eq!(code(status::look_everywhere(world.app(), &ada, &known).await), "not_owner");
    let desk = world.dashboard_of(&["ada"]).await;
    let everywhere = status::look_everywhere(&desk.bot.app, &ada, &known).await.expect("she runs it");
    assert_eq!((everywhere.passes.len(), everywhere.cron), (3, Cron::Late(last)));
    assert_eq!(code(operations::waiting(world.app(), &ann).await), "only_own");
    assert_eq!(code(look::unsettled(world.app(), &ann, 3).await), "not_admin");
    let key = Acting::key(world.app(), world.guild(HOME), "status", "shop", Origin::Routine, world.now()).await;
    let key = key.expect("settings");
    status::look(world.app(), &key, &known).await.expect("a key may what admins may");
    assert_eq!(code(status::look_everywhere(&desk.bot.app, &key, &known).await), "not_owner");
}

#[tokio::test]
async fn what_waits_is_counted_in_its_own_server() {
    let world = World::new().await;
    world.sets::<alphapy::settings::System>("log_channel", Some(json!(world.channel("#general").to_string()))).await;
    world.types("ada", "/reminder add what:Tea when:in 5 minutes").await;
    world.screen().await;
    world.clock.advance(SignedDuration::from_mins(9));
    world.types("ada", "/status").await;
    let screen = world.screen().await;
    assert!(screen.contains("1 reminder that should be said by now."), "{screen}");
    let eve = world.discord.person("eve").in_guild(AWAY);
    eve.types("/status").await;
    let screen = world.screen().await;
    assert!(!screen.contains("should be said"), "another server waits: {screen}");
    jobs::run_pass(&world.bot.bot, world.now()).await.expect("all jobs succeed");
    world.screen().await;
    world.types("ada", "/status").await;
    let screen = world.screen().await;
    assert!(!screen.contains("should be said"), "{screen}");
}

#[tokio::test]
async fn numbers_are_for_admins_and_there_are_some_of_an_empty_desk() {
    let world = World::new().await;
    let ann = world.comes("ann", world.guild(HOME), "overview", Vec::new(), Origin::Routine).await;
    assert_eq!(code(overview::look(world.app(), &ann, Period::Week, Measured::Passed).await.map(drop)), "not_admin");
    assert_eq!(code(summary::look(world.app(), &ann).await.map(drop)), "not_admin");
    let ada = world.comes("ada", world.guild(HOME), "overview", Vec::new(), Origin::Routine).await;
    for period in Period::ALL {
        let seen = overview::look(world.app(), &ada, period, Measured::Worked).await.expect("they may");
        assert_eq!((seen.figures.opened, seen.figures.spreads), (0, Some(Spreads::default())), "{period:?}");
        assert_eq!(seen.before.is_some(), period != Period::All);
        assert_eq!(seen.days.len(), period.days().map_or(1, usize::from), "{period:?}");
    }
    assert_eq!(summary::look(world.app(), &ada).await.expect("they may").mean_close_s, None);
    has_much_to_count(&world).await;
    assert_eq!(
        code(overview::look(world.app(), &ada, Period::Week, Measured::Passed).await.map(drop)),
        "being_counted"
    );
    assert_eq!(code(summary::look(world.app(), &ada).await.map(drop)), "being_counted");
}
