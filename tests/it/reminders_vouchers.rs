//! Nobody speaks by a reminder where they could not speak themselves: not when it is made, and not when it is due.

use alphapy::acting::{Acting, Origin};
use alphapy::operations::reminders::{self as operations, Target, Wish};
use twilight_model::guild::Permissions;

use crate::operations_reminders::home;
use crate::reminders::later;
use crate::support::{HOME, World};

const NOBODY: Permissions = Permissions::empty();

/// A world whose log channel is #general, and where everybody sees #news and nobody writes there.
async fn with_news() -> World {
    let world = World::new().await;
    let writes = Permissions::SEND_MESSAGES;
    let news = world.discord.guild(HOME).channel("news").overwrite("news", "@everyone", NOBODY, writes);
    news.overwrite("news", "bot", writes, NOBODY);
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    world
}

/// Nobody of them writes in #help any more but administrators.
fn silence_help(world: &World) {
    world.discord.guild(HOME).overwrite("help", "@everyone", NOBODY, Permissions::SEND_MESSAGES);
    world.discord.guild(HOME).overwrite("help", "bot", Permissions::SEND_MESSAGES, NOBODY);
}

#[tokio::test]
async fn who_leaves_the_channel_out_says_nothing_where_they_may_not_write() {
    let world = with_news().await;
    world.types("ada", "/config reminders set default-channel:#news").await;
    world.screen().await;
    world.types("ann", "/reminder add when:tomorrow what:Tea").await;
    world.types("ann", "/reminder event when:tomorrow what:Tea").await;
    world.discord.post(HOME, "help", "ada", "Big quiz!\nDate: 5 March\nTime: 20:00");
    world.person("ann").message_menu("Create reminder", "Big quiz").await;
    world.submits("ann", &[]).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("You cannot write in #news yourself").count(), 3, "{screen}");
    world.types("ann", "/reminder add when:tomorrow what:Tea channel:#help").await;
    world.types("ann", "/reminder add when:tomorrow what:Tea direct:true").await;
    world.types("ada", "/reminder add when:tomorrow what:Tea").await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("bot: Made #").count(), 3, "{screen}");
}

#[tokio::test]
async fn what_is_put_off_in_a_default_channel_comes_directly_to_who_may_not_write_there() {
    let world = with_news().await;
    world.types("ada", "/config reminders set default-channel:#news").await;
    world.types("ada", "/reminder add when:in 10m what:Tea mention:@bob").await;
    later(&world, 10).await;
    world.person("bob").in_channel("news").clicks("Again in 10 min").await;
    world.screen().await;
    later(&world, 10).await;
    let screen = world.screen().await;
    assert!(screen.contains("bot in DM with bob") && !screen.contains("bot in #news"), "{screen}");
}

#[tokio::test]
async fn reminders_of_who_has_left_are_paused_and_the_staff_is_told_once() {
    let world = with_news().await;
    for line in ["what:Tea", "what:Milk", "what:Clinic direct:true"] {
        world.types("ann", &format!("/reminder add when:every hour {line}")).await;
    }
    world.types("ann", "/reminder add when:in 3 hours what:Later").await;
    world.types("bob", "/reminder add when:every hour what:Bread").await;
    world.screen().await;
    world.discord.guild(HOME).without("ann");
    later(&world, 60).await;
    let screen = world.screen().await;
    assert!(screen.contains("⏰ Reminder: Bread"), "{screen}");
    assert!(!screen.contains("⏰ Reminder: Tea") && !screen.contains("Clinic"), "{screen}");
    assert_eq!(screen.matches("@ann has left. Their reminders are paused.").count(), 1, "{screen}");
    later(&world, 60).await;
    later(&world, 60).await;
    let screen = world.screen().await;
    assert!(!screen.contains("ann") && !screen.contains("Later"), "{screen}");
    world.types("ada", "/reminder list all:true").await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("paused").count(), 4, "{screen}");
    // Who is back lets them speak again.
    world.discord.guild(HOME).member("ann", &[]);
    world.types("ann", "/reminder resume reminder:1").await;
    later(&world, 60).await;
    let screen = world.screen().await;
    assert!(screen.contains("⏰ Reminder: Tea"), "{screen}");
    // That ann is none of its members is what Discord was asked.
    world.discord.take_problems();
}

/// Nobody stores what became of what was due from now on, as if the process died before it could.
const DIES: &str = "create function dies() returns trigger language plpgsql as $$ begin raise 'it died'; end $$;
    create trigger dies before update of state on reminder_occurrence
       for each row when (new.state = 'failed') execute function dies()";

#[tokio::test]
async fn whoever_dies_while_reminders_are_paused_leaves_none_silent_without_a_word() {
    for (made, told) in [
        ("when:every hour what:Tea", "@ann has left. Their reminders are paused."),
        ("when:every hour what:Tea direct:true", "⏰ A reminder was not said"),
    ] {
        let world = with_news().await;
        world.types("ann", &format!("/reminder add {made}")).await;
        world.screen().await;
        let direct = made.ends_with("direct:true");
        if direct {
            world.discord.set_takes_dms("ann", false);
        } else {
            world.discord.guild(HOME).without("ann");
        }
        let db = world.db().await;
        sqlx::raw_sql(DIES).execute(&db).await.expect("a trigger");
        world.clock.advance(jiff::SignedDuration::from_mins(60));
        drop(alphapy::jobs::run_pass(&world.bot.bot, world.now()).await);
        world.settle().await;
        let screen = world.screen().await;
        assert!(!screen.contains(told), "{screen}");
        sqlx::raw_sql("drop trigger dies on reminder_occurrence").execute(&db).await.expect("no trigger");
        later(&world, 5).await;
        let screen = world.screen().await;
        assert!(screen.contains(told), "{screen}");
        world.discord.take_problems();
    }
}

#[tokio::test]
async fn reminders_are_paused_where_whose_they_are_may_not_write_any_more() {
    let world = with_news().await;
    for who in ["ann", "ada"] {
        world.types(who, &format!("/reminder add when:every hour what:Of {who}")).await;
    }
    world.types("ann", "/reminder add when:every hour what:Elsewhere channel:#general").await;
    // A manager who has a reminder said where its member may not write answers for that.
    world.types("ann", "/reminder add when:every hour what:Moved").await;
    world.types("ada", "/reminder edit reminder:4 channel:#news").await;
    world.screen().await;
    silence_help(&world);
    later(&world, 60).await;
    later(&world, 60).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("@ann may not write in #help any more. Their reminders there are paused.").count(), 1);
    for (what, times) in [("Of ann", 0), ("Of ada", 2), ("Elsewhere", 2), ("Moved", 2)] {
        assert_eq!(screen.matches(&format!("⏰ Reminder: {what}")).count(), times, "{what}: {screen}");
    }
    world.types("ann", "/reminder show reminder:1").await;
    assert!(world.screen().await.contains("paused: @ann may not write in #help any more"));
}

#[tokio::test]
async fn who_may_make_none_or_call_nobody_any_more_does_so_by_no_old_one() {
    let world = with_news().await;
    let guild = || world.discord.guild(HOME);
    guild().permissions("Alphapy", Permissions::all());
    guild().role("makers", NOBODY).role("callers", Permissions::MENTION_EVERYONE).member("bob", &["makers", "callers"]);
    world.types("ada", "/config reminders set creator-role:@&makers allow-everyone:true").await;
    world.types("bob", "/reminder add when:every hour what:Party mention:@everyone").await;
    world.types("bob", "/reminder add when:every hour what:Meeting mention:@&keepers").await;
    world.screen().await;
    later(&world, 60).await;
    let screen = world.screen().await;
    assert!(screen.contains("@everyone (pings") && screen.contains("@keepers (pings"), "{screen}");
    guild().without_role("bob", "callers");
    later(&world, 60).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("⏰ Reminder: ").count(), 2, "{screen}");
    assert!(!screen.contains("@everyone") && !screen.contains("@keepers"), "{screen}");
    guild().without_role("bob", "makers");
    later(&world, 60).await;
    let screen = world.screen().await;
    assert_eq!(
        screen.matches("@bob may make no reminders any more. Their reminders are paused.").count(),
        1,
        "{screen}"
    );
    assert!(!screen.contains("⏰ Reminder: "), "{screen}");
}

#[tokio::test]
async fn a_role_that_is_gone_silences_nobody() {
    let world = with_news().await;
    world.discord.guild(HOME).role("makers", NOBODY).member("bob", &["makers"]);
    world.types("ada", "/config reminders set creator-role:@&makers").await;
    world.types("bob", "/reminder add when:every hour what:Bread").await;
    world.types("ann", "/reminder add when:every hour what:Tea").await;
    let screen = world.screen().await;
    assert!(screen.contains("Made #1") && !screen.contains("Made #2"), "{screen}");
    world.discord.guild(HOME).remove_role("makers");
    world.types("ann", "/reminder add when:every hour what:Tea").await;
    later(&world, 60).await;
    let screen = world.screen().await;
    assert!(screen.contains("⏰ Reminder: Bread") && screen.contains("⏰ Reminder: Tea"), "{screen}");
}

#[tokio::test]
async fn what_a_program_has_made_speaks_by_its_own_right() {
    let world = with_news().await;
    let (door, app) = (home(&world), world.app());
    let key = Acting::key(app, door.guild, "reminders", "shop", Origin::Routine, world.now()).await.expect("settings");
    let wish = Wish { target: Some(Target::Channel(door.channel("#news"))), ..door.tea() };
    let made = operations::make(app, &key, &wish, door.timing("11:00"), door.user("ann")).await.expect("made").reminder;
    // An older version says by no column that the bot has made something of an announcement.
    let older =
        operations::make(app, &key, &wish, door.timing("11:00"), door.user("bob")).await.expect("made").reminder;
    let row = "update reminder set voucher_user_id = null, origin = 'message:5' where number = $1";
    let db = world.db().await;
    sqlx::query(row).bind(older.number).execute(&db).await.expect("a row");
    let migration = include_str!("../../migrations/0039_vouchers_of_announcements.sql");
    sqlx::raw_sql(migration).execute(&db).await.expect("it can be done twice");
    assert_eq!(door.reads(older.number).await.expect("it is there").voucher, made.voucher);
    world.discord.guild(HOME).without("ann").without("bob");
    later(&world, 120).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("⏰ Reminder: Tea").count(), 2, "{screen}");
    world.discord.take_problems();
}

#[tokio::test]
async fn discord_is_asked_once_for_each_member_and_channel_in_a_pass() {
    let world = with_news().await;
    world.discord.guild(HOME).role("makers", NOBODY).member("ann", &["makers"]).member("bob", &["makers"]);
    world.types("ada", "/config reminders set member-limit:0 creator-role:@&makers").await;
    for n in 0..30 {
        let (who, channel) = (["ann", "bob", "ada"][n % 3], ["help", "general"][n % 2]);
        world.types(who, &format!("/reminder add when:in 10m what:Number {n}. channel:#{channel}")).await;
    }
    world.screen().await;
    // Also whether the role is there that somebody must have.
    world.discord.guild(HOME).remove_role("makers");
    let before = world.discord.requests().len();
    later(&world, 10).await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("⏰ Reminder: Number").count(), 30, "{screen}");
    let asked: Vec<String> =
        world.discord.requests()[before..].iter().filter(|it| it.method == "GET").map(|it| it.path.clone()).collect();
    let (guild, members) = (format!("guilds/{}", world.guild(HOME)), "/members/");
    assert_eq!(asked.iter().filter(|path| path.contains(members)).count(), 3, "{asked:?}");
    assert_eq!(asked.iter().filter(|path| path.ends_with(&guild)).count(), 1, "{asked:?}");
    let channels = asked.iter().filter(|path| path.contains("channels/") && !path.contains("messages")).count();
    assert_eq!((channels, asked.len()), (2, 6), "{asked:?}");
}

#[tokio::test]
async fn who_is_in_a_timeout_speaks_by_no_reminder_but_is_told_their_own() {
    let world = with_news().await;
    for what in ["Loud", "Mine direct:true"] {
        world.types("ann", &format!("/reminder add when:every hour what:{what}")).await;
    }
    world.screen().await;
    world.discord.guild("Harbor").time_out("ann", jiff::SignedDuration::from_hours(2));
    later(&world, 60).await;
    let screen = world.screen().await;
    assert!(screen.contains("@ann may not write in #help any more. Their reminders there are paused."), "{screen}");
    assert_eq!(
        ["Loud", "Mine"].map(|what| screen.contains(&format!("⏰ Reminder: {what}"))),
        [false, true],
        "{screen}"
    );
}
