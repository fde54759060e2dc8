//! What admins set with `/config`, and what becomes of it.

use crate::support::{AWAY, HOME, World, apart};
use alphapy::feature::Feature;
use alphapy::features;
use alphapy::interactions::{Context, Reply};
use alphapy::settings::{By, Checked, Field, How, Kind, Outcome, Schema, System, WRITTEN_CHANNEL, field};
use alphapy::words::Msg;
use expect_test::expect;
use serde::{Deserialize, Serialize};
use serde_json::json;
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;

/// Ends a test in which screens were looked at in part.
pub(crate) async fn shows(world: &World, part: &str) {
    let screen = world.screen().await;
    assert!(screen.contains(part), "no {part:?} in:\n{screen}");
}

#[tokio::test]
async fn several_settings_are_set_in_one_call_and_reset_alone() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ada", "/config reminders set default-channel:#general allow-everyone:true").await;
    world.types("ada", "/config reminders set default-channel:#general").await;
    world.types("ada", "/config show group:reminders").await;
    world.types("ada", "/config reminders set-default-channel").await;
    world.types("ada", "/config gpt set drafts:false").await;
    world.types("ada", "/config invites set-message value:Welcome {member}, number {count}!").await;
    world.types("ada", "/config announcements set reminder-offset:1h 30m").await;
    world.types("ada", "/config reset setting:reminders allow-everyone").await;
    world.clicks("ada", "Reset").await;
    world.types("ada", "/config reset setting:gpt").await;
    world.clicks("ada", "Reset").await;
    world.types("ada", "/config reset setting:nothing").await;
    world.types("ada", "/config tickets set").await;
    expect![[r#"
        ada in #help: /config reminders set default-channel:#general allow-everyone:true
        bot: `default-channel`: none (default) → #general (only ada sees this)
             `allow-everyone`: off (default) → on
        ada in #help: /config reminders set default-channel:#general
        bot: That is how it was; nothing has changed. (only ada sees this)
        ada in #help: /config show group:reminders
        bot: (only ada sees this)
             | **Settings: reminders**
             | `enabled` → on · default
             | `default-channel` → **#general** · set by @ada in 0 seconds
             | `allow-everyone` → **on** · set by @ada in 0 seconds
             | `ping-maker` → on · default
             | `creator-role` → none · default
             | `manager-role` → none · default
             | `member-limit` → 25 · default
             | `event-lead` → 1h · default
             | `grace` → 30m · default
             | `remove-ahead` → off · default
             | `direct-fallback` → off · default
             | `retention-days` → 90 · default
             | (Page 5 of 9)
             [Previous] [Next]
        ada in #help: /config reminders set-default-channel
        bot: `default-channel`: #general → none (default) (only ada sees this)
        ada in #help: /config gpt set drafts:false
        bot: `drafts`: on (default) → off (only ada sees this)
        ada in #help: /config invites set-message value:Welcome {member}, number {count}!
        bot: `message`: `{member} joined! {inviter} now has {count} invites.` (default) → `Welcome {member}, number {count}!` (only ada sees this)
        ada in #help: /config announcements set reminder-offset:1h 30m
        bot: `reminder-offset`: 1h (default) → 1h 30m (only ada sees this)
        ada in #help: /config reset setting:reminders allow-everyone
        bot: Let this setting of reminders be as it was at first? (only ada sees this)
             `allow-everyone`: on → off
             [Reset (danger)] [Keep]
        ada clicks [Reset]
        bot edits: `allow-everyone`: on → off (default) (only ada sees this)
             [Take it back]
        ada in #help: /config reset setting:gpt
        bot: Let this setting of gpt be as it was at first? (only ada sees this)
             `drafts`: off → on
             [Reset (danger)] [Keep]
        ada clicks [Reset]
        bot edits: `drafts`: off → on (default) (only ada sees this)
             [Take it back]
        ada in #help: /config reset setting:nothing
        bot: There is no such setting; pick one that is suggested, or see `/config show`. (only ada sees this)
        ada in #help: /config tickets set
        bot: Say what to set, as in `/config tickets set …`; see what there is with `/config show group:tickets`. (only ada sees this)
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn what_is_refused_says_what_to_do_and_changes_nothing() {
    let world = World::with(alphapy::features::all_and_planned).await;
    let home = world.discord.guild(HOME);
    home.voice("lounge").channel("vault").private("vault", &["admins"]).overwrite(
        "vault",
        "bot",
        Permissions::empty(),
        Permissions::VIEW_CHANNEL,
    );
    world.types("ada", "/config reminders set default-channel:#vault allow-everyone:true").await;
    world.types("ada", "/config system set time-zone:Brussel").await;
    world.types("ada", "/config invites set message:Hi {0}").await;
    world.types("ada", "/config announcements set reminder-offset:a while").await;
    world.types("ada", "/config system set admin-role:@&@everyone").await;
    world.types("ada", "/config rollback change:999").await;
    world.types("ada", "/config show group:reminders").await;
    expect![[r#"
        ada in #help: /config reminders set default-channel:#vault allow-everyone:true
        bot: I lack permissions in #vault: give me **View Channel** there, or pick another channel. (only ada sees this)
        ada in #help: /config system set time-zone:Brussel
        bot: `time-zone` is a time zone such as `Europe/Brussels`; pick one that is suggested. (only ada sees this)
        ada in #help: /config invites set message:Hi {0}
        bot: `message` knows no `{0}`; use `{member}`, `{member_name}`, `{inviter}`, `{inviter_name}`, `{count}`. (only ada sees this)
        ada in #help: /config announcements set reminder-offset:a while
        bot: `reminder-offset` is a time from 0m to 3d; write it like `1h 30m` or `45m`. (only ada sees this)
        ada in #help: /config system set admin-role:@&@everyone
        bot: `admin-role` cannot be @everyone; pick another role. (only ada sees this)
        ada in #help: /config rollback change:999
        bot: There is no such change; pick one that is suggested, or see `/config history`. (only ada sees this)
        ada in #help: /config show group:reminders
        bot: (only ada sees this)
             | **Settings: reminders**
             | `enabled` → on · default
             | `default-channel` → none · default
             | `allow-everyone` → off · default
             | `ping-maker` → on · default
             | `creator-role` → none · default
             | `manager-role` → none · default
             | `member-limit` → 25 · default
             | `event-lead` → 1h · default
             | `grace` → 30m · default
             | `remove-ahead` → off · default
             | `direct-fallback` → off · default
             | `retention-days` → 90 · default
             | (Page 5 of 9)
             [Previous] [Next]
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_change_is_on_record_and_can_be_undone() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ada", "/config faq set retention-days:30").await;
    world.types("olga", "/config faq set retention-days:60").await;
    shows(&world, "`retention-days`: 30 → 60").await;
    let suggested = world.suggests("ada", "/config rollback change:retention").await;
    assert_eq!(suggested.len(), 2);
    world.person("ada").picks("/config rollback change:retention", &suggested[0].name).await;
    world.types("ada", "/config history group:faq").await;
    expect![[r#"
        ada in #help: /config rollback change:#3 faq retention-days (Mon 1 Mar 2027, 10:00 UTC)
        bot: `retention-days`: 60 → 30 (only ada sees this)
        ada in #help: /config history group:faq
        bot: (only ada sees this)
             | **Who changed what**
             | `#4` Mon 2027-03-01 09:00 UTC @ada · faq `retention-days`: 60 → 30 (rolled back)
             | `#3` Mon 2027-03-01 09:00 UTC @olga · faq `retention-days`: 30 → 60 (by command)
             | `#2` Mon 2027-03-01 09:00 UTC @ada · faq `retention-days`: default → 30 (by command)
    "#]]
    .assert_eq(&world.screen().await);
    // Numbers of one server mean nothing in another.
    let eve = world.discord.person("eve").in_guild(AWAY);
    eve.types("/config history").await;
    shows(&world, "Nothing was changed.").await;
    eve.types(&format!("/config rollback change:{}", suggested[0].value.as_str().expect("a number"))).await;
    shows(&world, "There is no such change").await;
}

#[tokio::test]
async fn the_history_has_pages() {
    let world = World::with(alphapy::features::all_and_planned).await;
    for days in 1..=21 {
        world.types("ada", &format!("/config faq set retention-days:{days}")).await;
    }
    world.screen().await;
    world.types("ada", "/config history").await;
    world.clicks("ada", "Older").await;
    world.clicks("ada", "Older").await;
    let screen = world.screen().await;
    let last = screen.split("bot edits:").last().expect("the last page");
    assert!(last.contains("365 (default)") || last.contains("default → 1 "), "{last}");
    assert!(!last.contains("[Older]"), "{last}");
    world.clicks("ada", "Newer").await;
    shows(&world, "[Newer] [Older]").await;
}

#[tokio::test]
async fn a_stored_value_that_does_not_fit_is_shown_and_breaks_nothing() {
    let world = World::with(alphapy::features::all_and_planned).await;
    sqlx::query(
        "insert into guild_setting (guild_id, feature, value)
         select guild_id, 'faq', '{\"retention_days\": \"many\", \"colour\": 7}' from guild_setting where feature = 'system'",
    )
    .execute(&world.db().await)
    .await
    .expect("it is stored");
    world.types("ann", "/faq search query:refund").await;
    shows(&world, "I found nothing").await;
    world.types("ada", "/config show group:faq").await;
    expect![[r#"
        ada in #help: /config show group:faq
        bot: (only ada sees this)
             | **Settings: faq**
             | `enabled` → on · default
             | `retention-days` → 365 · ⚠️ `"many"` is stored and does not fit; set it anew
             | ⚠️ `colour` → `7` is stored and not known any more
             | (Page 2 of 9)
             [Previous] [Next]
    "#]]
    .assert_eq(&world.screen().await);
    world.types("ada", "/config faq set retention-days:7").await;
    shows(&world, "→ 7").await;
}

#[tokio::test]
async fn a_feature_that_is_switched_off_answers_with_one_sentence() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ada", "/faq list public:true").await;
    world.types("ada", "/faq add").await;
    world.screen().await;
    world.types("ada", "/config faq set enabled:false").await;
    world.screen().await;
    world.types("ann", "/faq search query:refund").await;
    world.submits("ada", &[("Question", "Late?"), ("Answer", "Too late.")]).await;
    world.person("ada").message_menu("Add to FAQ", "").await;
    assert_eq!(world.suggests("ann", "/faq search query:ref").await, []);
    // Another server has its own switch.
    world.discord.person("bob").in_guild(AWAY).types("/faq list").await;
    expect![[r#"
        ann in #help: /faq search query:refund
        bot: This is switched off here; an admin can switch it on with `/config faq set enabled:true`. (only ann sees this)
        ada submits Question="Late?", Answer="Too late."
        bot: This is switched off here; an admin can switch it on with `/config faq set enabled:true`. (only ada sees this)
             | **What you wrote**
             | Question: Late?
             |--
             | **Answer**
             | Too late.
             [Fill it in again]
        ada in #help: Add to FAQ on “Answers”
        bot: This is switched off here; an admin can switch it on with `/config faq set enabled:true`. (only ada sees this)
        bob in #desk of Night Shift: /faq list
        bot: There are no answers here yet; admins add them with `/faq add`. (only bob sees this)
    "#]].assert_eq(&world.screen().await);
    world.types("ada", "/config faq set enabled:true").await;
    world.types("ann", "/faq search query:refund").await;
    shows(&world, "Results for “refund”").await;
}

#[tokio::test]
async fn searches_are_forgotten_also_where_the_faq_is_off() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ann", "/faq search query:a").await;
    world.discord.person("bob").in_guild(AWAY).types("/faq search query:b").await;
    world.types("ada", "/config faq set retention-days:2").await;
    world.discord.person("eve").in_guild(AWAY).types("/config faq set enabled:false retention-days:2").await;
    world.screen().await;
    let count = async || -> i64 {
        sqlx::query_scalar("select count(*) from faq_search").fetch_one(&world.db().await).await.expect("a number")
    };
    world.clock.advance(jiff::SignedDuration::from_hours(47));
    world.a_minute_passes().await;
    assert_eq!(count().await, 2);
    world.clock.advance(jiff::SignedDuration::from_hours(2));
    world.a_minute_passes().await;
    assert_eq!(count().await, 0);
}

#[tokio::test]
async fn two_admins_change_different_settings_at_once() {
    let world = World::with(alphapy::features::all_and_planned).await;
    let another = world.another_instance().await;
    // Both instances know what is stored before either changes it.
    world.types("ada", "/config show group:system").await;
    world.routes_to(&another);
    world.types("olga", "/config show group:system").await;
    let (ada, olga) = (world.person("ada"), world.person("olga"));
    tokio::join!(
        ada.types("/config system set log-level:Everything"),
        olga.types("/config system set language:Nederlands")
    );
    world.routes_to(&world.bot);
    tokio::join!(ada.types("/config system set time-zone:UTC"), olga.types("/config system set time-zone:Asia/Tokyo"));
    // Whoever came last in the history is who counts.
    let db = world.db().await;
    let last: serde_json::Value =
        sqlx::query_scalar("select new from setting_change where key = 'time_zone' order by id desc limit 1")
            .fetch_one(&db)
            .await
            .expect("a change");
    let stored: serde_json::Value =
        sqlx::query_scalar("select value -> 'time_zone' from guild_setting where feature = 'system'")
            .fetch_one(&db)
            .await
            .expect("settings");
    assert_eq!(last, stored);
    world.types("ada", "/config history group:system").await;
    let screen = world.screen().await;
    for part in ["`log-level`: default → Everything", "`language`: default → Nederlands", "`UTC`", "`Asia/Tokyo`"] {
        assert!(screen.rsplit("Who changed what").next().unwrap().contains(part), "no {part} in {screen}");
    }
    let system = world.app().settings.get::<System>(world.guild(HOME)).await.unwrap();
    assert_eq!(serde_json::to_value(&system.language).unwrap(), "nl");
}

#[tokio::test]
async fn suggestions_come_where_discord_has_no_list() {
    let world = World::with(alphapy::features::all_and_planned).await;
    let names = async |line: &str| -> Vec<String> {
        world.suggests("ada", line).await.into_iter().map(|choice| choice.name).collect()
    };
    assert_eq!(names("/config system set time-zone:brus").await, ["Europe/Brussels"]);
    assert_eq!(names("/config system set time-zone:new york").await, ["America/New_York"]);
    assert_eq!(names("/config system set time-zone:utc").await, ["UTC"]);
    assert_eq!(names("/config announcements set reminder-offset:2 hours").await, ["2h"]);
    assert_eq!(names("/config announcements set reminder-offset:90").await, ["1h 30m"]);
    assert_eq!(names("/config announcements set reminder-offset:2h").await, ["2h", "12h"]);
    assert_eq!(names("/config invites set message:").await, ["{member} joined! {inviter} now has {count} invites."]);
    // The test's world lets members open ticket after ticket.
    let set = ["system (all of it)", "system admin-role", "tickets (all of it)", "tickets pause-between"];
    assert_eq!(names("/config reset setting:").await, set);
    world.discord.guild(HOME).command_permission("config", "ann", true);
    assert_eq!(world.suggests("ann", "/config reset setting:").await, []);
}

#[tokio::test]
async fn the_admin_role_counts_and_another_servers_does_not() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.discord.guild(HOME).command_permission("config", "@everyone", true);
    world.discord.guild(AWAY).command_permission("config", "@everyone", true).role("keepers", Permissions::empty());
    world.types("mia", "/config show").await;
    world.types("ann", "/config show").await;
    world.discord.person("mia").in_guild(AWAY).types("/config show").await;
    world.clicks("mia", "Next").await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("Only admins of this server can do that").count(), 2, "{screen}");
    // A button is as good as a command: whoever lost the role cannot use it.
    world.discord.guild(HOME).without_role("mia", "keepers");
    world.clicks("mia", "Next").await;
    shows(&world, "Only admins of this server can do that").await;
}

/// A feature with settings of every kind, one of them a role that the bot gives.
fn gates() -> Vec<Feature> {
    features::with_those_about_all(vec![Feature::new("gates").settings::<Gates>().command(open)])
}

/// Open the gates
#[derive(CommandModel, CreateCommand)]
#[command(name = "open")]
struct Open {}

async fn open(cx: Context, _: Open) -> alphapy::error::Result<Reply> {
    let gates = cx.app.settings.get::<Gates>(cx.guild).await?;
    Ok(Reply::ephemeral(format!("{} gates, {} wide", gates.count, gates.width)))
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Gates {
    reward: Option<String>,
    place: Option<String>,
    count: i64,
    width: f64,
}

impl Schema for Gates {
    const FEATURE: &'static str = "gates";
    const FIELDS: &'static [Field] = &[
        field("reward", Msg::verbatim("Who passes gets this role"), Kind::Role { granted: true }).optional(),
        field("place", Msg::verbatim("Where"), WRITTEN_CHANNEL).optional(),
        field("count", Msg::verbatim("How many"), Kind::Integer { min: 0, max: 9 }),
        field("width", Msg::verbatim("How wide"), Kind::Number { min: 0.0, max: 2.0 }),
    ];
}

#[tokio::test]
async fn a_role_that_is_given_must_be_below_ours() {
    let world = World::with(gates).await;
    world.discord.guild(HOME).role("guests", Permissions::empty()).top_role("crown", Permissions::empty());
    world.types("ada", "/config gates set reward:@&crown").await;
    world.types("ada", "/config gates set reward:@&Alphapy").await;
    world.types("ada", "/config gates set reward:@&guests count:3 width:1.5").await;
    world.types("ann", "/open").await;
    expect![[r#"
        ada in #help: /config gates set reward:@&crown
        bot: I cannot give @crown: move my role above it in the server's settings, or pick another. (only ada sees this)
        ada in #help: /config gates set reward:@&Alphapy
        bot: I cannot give @Alphapy: move my role above it in the server's settings, or pick another. (only ada sees this)
        ada in #help: /config gates set reward:@&guests count:3 width:1.5
        bot: `reward`: none (default) → @guests (only ada sees this)
             `count`: 0 (default) → 3
             `width`: 0 (default) → 1.5
        ann in #help: /open
        bot: 3 gates, 1.5 wide (only ann sees this)
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn forged_values_are_refused() {
    let world = World::with(gates).await;
    world.types("ada", "/config gates set count:3").await;
    world.screen().await;
    let mut body = world.discord.exchanges().pop().expect("an interaction").request;
    let mut forge = async |options: serde_json::Value| {
        let id = body["id"].as_str().and_then(|id| id.parse::<u64>().ok()).expect("an id") + 1;
        body["id"] = json!(id.to_string());
        body["data"]["options"][0]["options"][0]["options"] = options;
        let (status, answer) = world.person("ada").raw(&body).await;
        assert_eq!(status, 200);
        answer["data"]["content"].as_str().expect("a sentence").to_owned()
    };
    let option = |name: &str, kind: u8, value: serde_json::Value| json!([{"name": name, "type": kind, "value": value}]);
    let (away_channel, away_role) = (world.discord.id_of("#desk"), world.discord.id_of("Night Shift/@&admins"));
    let cases = [
        (option("place", 7, json!("5")), "`place` is a channel of this server; pick one from the list."),
        (option("place", 7, json!(away_channel)), "`place` is a channel of this server; pick one from the list."),
        (option("reward", 8, json!("5")), "`reward` is a role of this server; pick one from the list."),
        (option("reward", 8, json!(away_role)), "`reward` is a role of this server; pick one from the list."),
        (option("count", 4, json!(10)), "`count` is a whole number from 0 to 9; give one of these."),
        (option("width", 10, json!(3.5)), "`width` is a number from 0 to 2; give one of these."),
        (option("width", 10, json!("NaN")), "`width` is a number from 0 to 2; give one of these."),
        (
            option("height", 10, json!(1)),
            "This command has changed since your Discord loaded it; restart Discord and try again.",
        ),
    ];
    for (options, expected) in cases {
        assert_eq!(forge(options.clone()).await, expected, "{options}");
    }
    // What an interaction does not describe, Discord is asked about.
    assert_eq!(world.discord.take_problems(), ["GET /channels/*: 10003 Unknown Channel"]);
}

#[tokio::test]
async fn a_change_that_another_came_after_is_not_undone_over_it() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ada", "/config faq set retention-days:30").await;
    world.types("olga", "/config faq set retention-days:60").await;
    world.screen().await;
    world.types("ada", "/config rollback change:#2").await;
    world.types("ada", "/config rollback change:#3").await;
    // What is not allowed any more does not come back.
    let old = "update setting_change set old = '99999' where id = 4";
    sqlx::query(old).execute(&world.db().await).await.expect("it is changed");
    world.types("ada", "/config rollback change:#4").await;
    // It is again what it was made then.
    world.types("ada", "/config rollback change:#2").await;
    expect![[r#"
        ada in #help: /config rollback change:#2
        bot: `retention-days` was changed again after #2, in #3; roll that back first, or set it with `/config faq set`. (only ada sees this)
        ada in #help: /config rollback change:#3
        bot: `retention-days`: 60 → 30 (only ada sees this)
        ada in #help: /config rollback change:#4
        bot: What `retention-days` was before #4 is not allowed any more; set it with `/config faq set`. (only ada sees this)
        ada in #help: /config rollback change:#2
        bot: `retention-days`: 30 → 365 (default) (only ada sees this)
    "#]].assert_eq(&world.screen().await);
}

#[tokio::test]
async fn long_texts_are_shown_in_part_and_hide_nothing_else() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ada", "/config system set log-channel:#general").await;
    for n in 0..11 {
        world.types("ada", &format!("/config invites set message:{n} {}", "long ".repeat(170))).await;
        world.settle().await;
    }
    let (_, log) = apart(&world.screen().await, "general");
    assert_eq!(log.matches("` → `10 long").count(), 1, "both values are there, and quoted: {log}");
    world.types("ada", "/config history group:invites").await;
    let screen = world.screen().await;
    assert_eq!(screen.matches("invites `message`").count(), 10, "{screen}");
}

#[tokio::test]
async fn what_another_instance_has_just_set_is_not_taken_for_what_it_was() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ada", "/config faq set retention-days:30").await;
    world.types("ada", "/config show group:faq").await;
    world.screen().await;
    // Nobody tells this instance of it.
    let quietly = "begin; set local session_replication_role = replica;
                   update guild_setting set value = '{\"retention_days\": 60}', revision = revision + 1
                    where feature = 'faq'; commit";
    sqlx::raw_sql(quietly).execute(&world.db().await).await.expect("it is stored");
    world.types("ada", "/config faq set retention-days:30").await;
    shows(&world, "`retention-days`: 60 → 30").await;
}

#[tokio::test]
async fn whatever_is_stored_can_be_set_anew() {
    let world = World::with(alphapy::features::all_and_planned).await;
    let db = world.db().await;
    let bad = "insert into guild_setting (guild_id, feature, value)
               select guild_id, bad.feature, bad.value::jsonb
                 from guild_setting as known,
                      (values ('faq', '[]'), ('gpt', '{\"temperature\": 1e400}'), ('invites', '7'),
                              ('announcements', '{\"reminder_offset\": 99999999999999}')) as bad (feature, value)
                where known.feature = 'system'";
    sqlx::raw_sql(bad).execute(&db).await.expect("it is stored");
    let loud = "update guild_setting set value = value || '{\"log_level\": \"Normal\", \"enabled\": \"no\"}'
                 where feature = 'system'";
    sqlx::raw_sql(loud).execute(&db).await.expect("it is stored");
    for group in ["system", "faq", "gpt", "invites", "announcements"] {
        world.types("ada", &format!("/config show group:{group}")).await;
    }
    let screen = world.screen().await;
    assert_eq!(screen.matches("does not fit").count(), 2, "{screen}");
    // What fits beside it holds: mia is still an admin.
    world.discord.guild(HOME).command_permission("config", "mia", true);
    world.types("mia", "/config system set log-level:Everything").await;
    world.types("mia", "/config faq set retention-days:7").await;
    world.types("mia", "/config gpt set temperature:1.5").await;
    world.types("mia", "/config invites set message:Hi").await;
    world.types("mia", "/config announcements set reminder-offset:1h").await;
    let screen = world.screen().await;
    assert_eq!(screen.matches(" → ").count(), 5, "{screen}");
}

#[tokio::test]
async fn who_changed_what_is_known_for_as_long_as_the_server_wants() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ada", "/config system set retention-days:30").await;
    world.types("ada", "/config faq set retention-days:9").await;
    world.types("ada", "/config reset setting:faq retention-days").await;
    world.clicks("ada", "Reset").await;
    world.discord.person("eve").in_guild(AWAY).types("/config faq set retention-days:9").await;
    world.screen().await;
    world.clock.advance(jiff::SignedDuration::from_hours(24 * 31));
    world.a_minute_passes().await;
    world.types("ada", "/config history group:faq").await;
    shows(&world, "Nothing was changed.").await;
    world.discord.person("eve").in_guild(AWAY).types("/config history").await;
    shows(&world, "`retention-days`: default → 9").await;
}

#[tokio::test]
async fn an_owner_of_the_bot_configures_every_server() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.discord.guild(HOME).command_permission("config", "@everyone", true);
    let mut config = world.config();
    config.owner_ids = vec![world.discord.id_of("@bob").parse().expect("an id")];
    let owned = crate::support::Instance::start(config, world.clock.clone()).await;
    world.routes_to(&owned);
    world.types("bob", "/config faq set retention-days:7").await;
    world.types("ann", "/config faq set retention-days:8").await;
    expect![[r#"
        bob in #help: /config faq set retention-days:7
        bot: `retention-days`: 365 (default) → 7 (only bob sees this)
        ann in #help: /config faq set retention-days:8
        bot: Only admins of this server can do that; ask one of them. (only ann sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn who_set_what_is_in_force_is_known_for_good() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ada", "/config system set retention-days:30").await;
    world.types("ada", "/config faq set retention-days:7").await;
    world.types("ada", "/config faq set retention-days:8").await;
    world.types("ada", "/config reminders set allow-everyone:true").await;
    world.types("ada", "/config reset setting:reminders allow-everyone").await;
    world.clicks("ada", "Reset").await;
    world.screen().await;
    world.clock.advance(jiff::SignedDuration::from_hours(24 * 31));
    world.a_minute_passes().await;
    world.types("ada", "/config show group:faq").await;
    world.types("ada", "/config history").await;
    expect![[r#"
        ada in #help: /config show group:faq
        bot: (only ada sees this)
             | **Settings: faq**
             | `enabled` → on · default
             | `retention-days` → **8** · set by @ada 31 days ago
             | (Page 2 of 9)
             [Previous] [Next]
        ada in #help: /config history
        bot: (only ada sees this)
             | **Who changed what**
             | `#4` Mon 2027-03-01 09:00 UTC @ada · faq `retention-days`: 7 → 8 (by command)
             | `#2` Mon 2027-03-01 09:00 UTC @ada · system `retention-days`: default → 30 (by command)
             | `#1` Mon 2027-03-01 09:00 UTC @user 1 · system `admin-role`: default → @keepers (imported)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn a_channel_of_another_type_is_refused_whoever_sends_it() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.discord.guild(HOME).voice("lounge");
    world.types("ada", "/config reminders set default-channel:#general").await;
    world.screen().await;
    let mut body = world.discord.exchanges().pop().expect("an interaction").request;
    let id = body["id"].as_str().and_then(|id| id.parse::<u64>().ok()).expect("an id") + 1;
    body["id"] = json!(id.to_string());
    let lounge = world.discord.id_of("#lounge");
    body["data"]["options"][0]["options"][0]["options"][0]["value"] = json!(lounge);
    body["data"]["resolved"]["channels"] = json!({&lounge: {"id": lounge, "type": 2, "app_permissions": "8"}});
    let (_, answer) = world.person("ada").raw(&body).await;
    expect!["`default-channel` takes a text channel or an announcement channel; pick one from the list."]
        .assert_eq(answer["data"]["content"].as_str().expect("a sentence"));
}

#[tokio::test]
async fn what_is_done_to_the_faq_is_read_in_the_log_channel() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ada", "/config system set log-channel:#general log-level:Everything").await;
    world.screen().await;
    world.has_entry("Refunds", "In 30 days.").await;
    world.types("ann", "/faq search query:refund").await;
    world.settle().await;
    world.types("ann", "/faq view entry:Refunds").await;
    world.settle().await;
    world.types("ada", "/faq remove entry:Refunds").await;
    world.clicks("ada", "Remove").await;
    let screen = world.screen().await;
    expect![[r#"
        bot in #general:
             | **🔎 FAQ searched**
             | @ann · “refund” · 1 found
             | (faq)
        bot in #general:
             | **📖 FAQ entry read**
             | @ann · #1 Refunds
             | (faq)
        bot in #general:
             | **🗑️ FAQ entry removed**
             | @ada · #1 Refunds
             | (faq)
    "#]]
    .assert_eq(&crate::support::apart(&screen, "general").1);
}

/// Between the look of whoever rolls back and the change somebody else has changed something.
#[tokio::test]
async fn a_rollback_takes_the_place_of_what_was_looked_at_and_of_nothing_else() {
    let world = World::with(alphapy::features::all_and_planned).await;
    world.types("ada", "/config system set log-level:critical").await;
    world.screen().await;
    let (settings, guild) = (&world.app().settings, world.guild(HOME));
    let (changes, _) = settings.history(guild, Some(System::FEATURE), 0, 1).await.expect("the database");
    let looked = settings.find_change(guild, changes[0].id).await.expect("the database").expect("it is on record");
    assert_eq!((looked.latest, &looked.changed), (None, &changes[0]));
    // To another value and back again: what is stored is as it was.
    world.types("ada", "/config system set log-level:verbose").await;
    world.types("ada", "/config system set log-level:critical").await;
    world.screen().await;
    let field = System::FIELDS.iter().find(|field| field.name == "log_level").expect("a setting of that name");
    let by =
        By { user: Id::new(1), program: None, how: How::Rollback, at: world.now(), once: None, undoes: Vec::new() };
    let change_at = async |revision| {
        let undo = [Checked::default_of(field)];
        settings.change_at(guild, System::FEATURE, revision, &undo, &by, |_| Vec::new()).await.expect("the database")
    };
    assert_eq!(change_at(looked.revision).await, Outcome::Overtaken);
    let made = change_at(looked.revision + 2).await;
    assert!(matches!(&made, Outcome::Made { made, .. } if made.len() == 1), "{made:?}");
}

#[tokio::test]
async fn what_does_nothing_yet_is_out_of_sight() {
    let config = |features: &[alphapy::feature::Feature]| {
        let commands = alphapy::commands::definitions(features, None);
        let config = commands.iter().find(|command| command["name"] == "config").expect("it is there").to_string();
        let pages = alphapy::commands::configuration(features);
        ["invites", "privacy"]
            .map(|name| config.contains(&format!("\"name\":\"{name}\"")) || pages.contains(&format!("### {name}")))
    };
    assert_eq!(config(&alphapy::features::all()), [false; 2]);
    assert_eq!(config(&alphapy::features::all_and_planned()), [true; 2]);
}

#[tokio::test]
async fn settings_are_called_in_the_language_of_the_reader_and_typed_in_any() {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty());
    world.types("ada", "/config tickets set staff-role:@&staff").await;
    world.screen().await;
    let ada = world.person("ada").locale("nl");
    ada.types("/config show group:tickets").await;
    ada.types("/config history group:tickets").await;
    ada.types("/config reset setting:tickets teamrol").await;
    ada.clicks("Resetten").await;
    let screen = world.screen().await;
    for said in
        ["`teamrol` → **@staff** · ingesteld door @ada", "tickets `teamrol`: standaard → @staff (met een opdracht)"]
    {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    assert!(screen.contains("`teamrol`: @staff → geen (standaard)"), "{screen}");
}

#[tokio::test]
async fn a_setting_is_named_by_itself_where_no_other_is_called_so() {
    let world = World::new().await;
    world.types("ada", "/config system set language:nl").await;
    world.screen().await;
    world.types("ada", "/config reset setting:language").await;
    world.types("ada", "/config reset setting:enabled").await;
    expect![[r#"
        ada in #help: /config reset setting:language
        bot: Let this setting of system be as it was at first? (only ada sees this)
             `language`: Nederlands → English
             [Reset (danger)] [Keep]
        ada in #help: /config reset setting:enabled
        bot: There is no such setting; pick one that is suggested, or see `/config show`. (only ada sees this)
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn an_admin_makes_a_key_sees_it_once_and_revokes_it() {
    let world = World::new().await;
    world.types("ada", "/config api-key list").await;
    world.types("ada", "/config api-key create name:shop opens:faq:write days:30").await;
    let screen = world.screen().await;
    let key = screen
        .split("alp_")
        .nth(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>());
    let key = key.expect("it is shown");
    assert_eq!(key.len(), 57, "{screen}");
    expect![[r#"
        ada in #help: /config api-key list
        bot: (only ada sees this)
             | **Keys of programs**
             | No key counts here; make one with `/config api-key create`.
        ada in #help: /config api-key create name:shop opens:faq:write days:30
        bot: shop opens: faq:write. Keep it where nobody else reads it; I do not show it again. (only ada sees this)
             ```
             alp_ID…
             ```
    "#]]
    .assert_eq(&screen.replace(&key[8..], "…").replace(&key[..8], "ID"));
    world.types("ada", "/config api-key list").await;
    let screen = world.screen().await;
    assert!(!screen.contains(&key), "{screen}");
    expect![[r#"
        ada in #help: /config api-key list
        bot: (only ada sees this)
             | **Keys of programs**
             | **shop** (`ID`): faq:write · never used · ends in 30 days
    "#]]
    .assert_eq(&screen.replace(&key[..8], "ID"));
    let suggested = world.suggests("ada", "/config api-key revoke key:sho").await;
    assert_eq!(suggested[0].value, key[..8]);
    assert_eq!(suggested.len(), 1);
    world.types("ada", &format!("/config api-key revoke key:{}", &key[..8])).await;
    world.types("ada", &format!("/config api-key revoke key:{}", &key[..8])).await;
    expect![[r#"
        ada in #help: /config api-key revoke key:ID
        bot: shop does not count here any more. (only ada sees this)
        ada in #help: /config api-key revoke key:ID
        bot: No such key counts here. (only ada sees this)
    "#]]
    .assert_eq(&world.screen().await.replace(&key[..8], "ID"));
}
