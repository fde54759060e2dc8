//! What is done with settings by a door of no kind: plain Rust, without a payload of Discord's.

use alphapy::acting::{Acting, Failure, Origin, Outcome};
use alphapy::operations::settings::{self, Done, Given, Means, Refusal};
use alphapy::settings::{
    Changer, Declared, Field, How, Kind, Made, Program, Schema, Sought, System, WRITTEN_CHANNEL, field,
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;

use alphapy::words::Msg;

use crate::support::{AWAY, HOME, World, by_request, code};

/// Settings of every kind that names something.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Gates {
    reward: Option<String>,
    keeper: Option<String>,
    place: Option<String>,
    desks: Option<String>,
    count: i64,
    sign: Option<String>,
}

const CATEGORY: Kind =
    Kind::Channel { types: &[ChannelType::GuildCategory], needs: Permissions::MANAGE_CHANNELS, members_see: false };

impl Schema for Gates {
    const FEATURE: &'static str = "gates";
    const FIELDS: &'static [Field] = &[
        field("reward", Msg::verbatim("Who passes gets this role"), Kind::Role { granted: true }).optional(),
        field("keeper", Msg::verbatim("Who keeps them"), Kind::Role { granted: false }).optional(),
        field("place", Msg::verbatim("Where"), WRITTEN_CHANNEL).optional(),
        field("desks", Msg::verbatim("Where they are made"), CATEGORY).optional(),
        field("count", Msg::verbatim("How many"), Kind::Integer { min: 0, max: 9 }),
        field(
            "sign",
            Msg::verbatim("What is written there"),
            Kind::Template { max_chars: 50, placeholders: &["name"] },
        )
        .optional(),
    ];
}

async fn acting(world: &World, who: &str, guild: &str) -> Acting {
    world.comes(who, world.guild(guild), "config", Vec::new(), Origin::Routine).await
}

async fn set(world: &World, acting: &Acting, name: &str, given: Given) -> Result<Done, Failure<Refusal>> {
    settings::change(world.app(), acting, &Declared::of::<Gates>(), &[(name, given)], Means::Dashboard).await
}

async fn stored(world: &World, guild: &str) -> Value {
    Value::Object(world.app().settings.stored(world.guild(guild), "gates").await.expect("the database"))
}

#[tokio::test]
async fn settings_are_changed_reset_and_rolled_back() {
    let world = World::new().await;
    let app = world.app();
    let gates = Declared::of::<Gates>();
    let general = world.discord.id_of("#general");
    let ada = acting(&world, "ada", HOME).await;
    let values = [
        ("place", Given::Text(format!("<#{general}>"))),
        ("count", Given::Value(json!(3))),
        ("sign", Given::Text("Hi {name}".to_owned())),
    ];
    let done = settings::change(app, &ada, &gates, &values, Means::Dashboard).await.expect("they fit");
    assert_eq!(done.made.len(), 3);
    assert_eq!(stored(&world, HOME).await, json!({"place": general, "count": 3, "sign": "Hi {name}"}));
    let again = settings::change(app, &ada, &gates, &values, Means::Dashboard).await.expect("they fit");
    assert_eq!(again.made, []);

    let done = set(&world, &ada, "count", Given::Value(json!(4))).await.expect("it fits");
    assert_eq!(done.made, [Made { key: "count", old: Some(json!(3)), new: Some(json!(4)) }]);
    let (changes, _) = app.settings.history(world.guild(HOME), Some("gates"), 0, 1).await.expect("the database");
    assert_eq!((changes[0].how, changes[0].user), (How::Dashboard, ada.user().expect("a person")));
    let all = [Declared::of::<System>(), gates.clone()];
    let (declared, done) = settings::roll_back(app, &ada, &all, changes[0].id).await.expect("it is the latest");
    assert_eq!((declared.feature(), done.made[0].new.clone()), ("gates", Some(json!(3))));

    let done = settings::reset(app, &ada, &gates, Some("count")).await.expect("there is one");
    assert_eq!(done.made, [Made { key: "count", old: Some(json!(3)), new: None }]);
    let done = settings::reset(app, &ada, &gates, None).await.expect("there are some");
    assert_eq!(done.made.len(), 2);
    assert_eq!(stored(&world, HOME).await, json!({}));

    let step = (&gates, gates.field("place").expect("a setting"));
    settings::remember_step(app, &ada, Some(step)).await.expect("an admin");
    assert_eq!(app.settings.setup(world.guild(HOME)).await.expect("the database").as_deref(), Some("gates.place"));

    let found = settings::find_step(app, &ada).await.expect("an admin");
    assert_eq!(found, Some(settings::step_name(&gates, step.1)));
    set(&world, &ada, "count", Given::Value(json!(5))).await.expect("it fits");
    let values = settings::stored(app, &ada, &gates).await.expect("an admin");
    let shown = settings::show(app, &ada, &gates).await.expect("an admin");
    assert_eq!((values.get("count"), &shown.stored, shown.left_alone), (Some(&json!(5)), &values, None));
    assert_eq!(shown.latest.iter().filter(|latest| latest.key == "count").count(), 1);

    // A program with a key, and the bot by itself, may what admins may.
    let key = Acting::key(app, world.guild(HOME), "config", "shop", Origin::Routine, world.now()).await;
    set(&world, &key.expect("the database"), "count", Given::Value(json!(1))).await.expect("it fits");
    let (changes, _) = app.settings.history(world.guild(HOME), Some("gates"), 0, 1).await.expect("the database");
    assert_eq!(changes[0].user, app.discord.own_user());
}

#[tokio::test]
async fn settings_are_changed_as_they_were_when_somebody_looked_at_them() {
    let world = World::new().await;
    let (app, gates) = (world.app(), Declared::of::<Gates>());
    let ada = acting(&world, "ada", HOME).await;
    let count = |count: i64| [("count", Given::Value(json!(count)))];
    let at = async |revision, wanted: i64| {
        settings::change_at(app, &ada, &gates, revision, &count(wanted), Means::Api).await
    };
    assert_eq!(settings::show(app, &ada, &gates).await.expect("an admin").revision, 0);
    at(0, 3).await.expect("nobody has set anything");
    assert_eq!(code(at(0, 4).await), "changed_meanwhile");
    assert_eq!(settings::show(app, &ada, &gates).await.expect("an admin").revision, 1);
    at(1, 4).await.expect("it is the latest");
    assert_eq!(stored(&world, HOME).await, json!({"count": 4}));
    // A page of the history begins where the one before ended, whatever is changed meanwhile.
    let of_gates = Sought { feature: Some("gates"), ..Sought::default() };
    let page = async |before| settings::seek(app, &ada, Sought { before, ..of_gates }, 1).await.expect("an admin");
    let first = page(None).await;
    set(&world, &ada, "count", Given::Value(json!(5))).await.expect("it fits");
    let second = page(Some(first[0].id)).await;
    assert_eq!((first[0].new.clone(), second[0].new.clone()), (Some(json!(4)), Some(json!(3))));
    assert!(page(Some(second[0].id)).await.is_empty());
    let ann = acting(&world, "ann", HOME).await;
    assert_eq!(code(settings::seek(app, &ann, of_gates, 1).await), "not_admin");
    assert_eq!(code(settings::changers(app, &ann).await), "not_admin");
    assert_eq!(code(settings::change_at(app, &ann, &gates, 1, &count(3), Means::Api).await), "not_admin");
}

#[tokio::test]
async fn what_a_setting_may_not_be_has_a_code() {
    let world = World::new().await;
    let home = world.discord.guild(HOME).voice("lounge").channel("quiet").top_role("crown", Permissions::empty());
    home.overwrite("quiet", "bot", Permissions::empty(), Permissions::SEND_MESSAGES);
    let ada = acting(&world, "ada", HOME).await;
    let ann = acting(&world, "ann", HOME).await;
    let id = |handle: &str| Given::Text(world.discord.id_of(handle));
    assert_eq!(code(set(&world, &ann, "count", Given::Value(json!(3))).await), "not_admin");
    assert_eq!(code(set(&world, &ada, "height", Given::Value(json!(3))).await), "no_such_setting");
    for value in [json!(10), json!("3"), json!(null), json!([3]), json!({"count": 3})] {
        assert_eq!(code(set(&world, &ada, "count", Given::Value(value.clone())).await), "unfit_value", "{value}");
    }
    assert_eq!(code(set(&world, &ada, "count", Given::Text("many".to_owned())).await), "unfit_value");
    assert_eq!(code(set(&world, &ada, "place", Given::Value(json!("<#5>"))).await), "unfit_value");
    assert_eq!(code(set(&world, &ada, "sign", Given::Text("Hi {0}".to_owned())).await), "unknown_placeholder");
    assert_eq!(code(set(&world, &ada, "sign", Given::Value(json!("Hi {0}"))).await), "unknown_placeholder");
    assert_eq!(code(set(&world, &ada, "place", id("#lounge")).await), "wrong_channel_type");
    assert_eq!(code(set(&world, &ada, "place", id("#quiet")).await), "bot_lacks_permissions");
    assert_eq!(code(set(&world, &ada, "keeper", Given::Text(world.guild(HOME).to_string())).await), "everyone_role");
    assert_eq!(code(set(&world, &ada, "keeper", id("Night Shift/@&admins")).await), "unknown_role");
    assert_eq!(code(set(&world, &ada, "reward", id("@&crown")).await), "role_not_grantable");
    assert_eq!(set(&world, &ada, "keeper", id("@&crown")).await.expect("it is given to nobody").made.len(), 1);
    // All or none, and each is named.
    let values =
        [("count", Given::Value(json!(3))), ("sign", Given::Text("{0}".to_owned())), ("reward", id("@&crown"))];
    let outcome = settings::change(world.app(), &ada, &Declared::of::<Gates>(), &values, Means::Dashboard).await;
    let Err(Failure::Refused(Refusal::Unfit(unfit))) = outcome else { panic!("{outcome:?}") };
    assert_eq!(unfit.iter().map(|it| it.field.name).collect::<Vec<_>>(), ["sign", "reward"]);
    assert_eq!(stored(&world, HOME).await, json!({"keeper": world.discord.id_of("@&crown")}));
}

#[tokio::test]
async fn a_channel_is_one_of_this_server_that_the_bot_sees() {
    let world = World::new().await;
    let ada = acting(&world, "ada", HOME).await;
    let outcome = set(&world, &ada, "place", Given::Text(world.discord.id_of("#desk"))).await;
    assert_eq!(code(outcome), "unknown_channel");
    assert_eq!(stored(&world, HOME).await, json!({}));
}

#[tokio::test]
async fn nobody_lets_the_bot_speak_where_they_may_not() {
    let world = World::new().await;
    let (nobody, send, view) = (Permissions::empty(), Permissions::SEND_MESSAGES, Permissions::VIEW_CHANNEL);
    let home = world.discord.guild(HOME).channel("rules").channel("vault").category("attic");
    home.overwrite("rules", "mia", nobody, send).overwrite("vault", "mia", nobody, view);
    world.discord.guild(HOME).overwrite("attic", "mia", nobody, send);
    let (app, gates) = (world.app(), Declared::of::<Gates>());
    // The bot's admin role is no permission of Discord's.
    let mia = world.comes("mia", world.guild(HOME), "config", vec![world.role("keepers")], Origin::Routine).await;
    let set = async |acting: &Acting, key: &str, channel: &str| {
        let value = Given::Text(world.discord.id_of(channel));
        settings::change(app, acting, &gates, &[(key, value)], Means::Dashboard).await
    };
    assert_eq!(code(set(&mia, "place", "#rules").await), "lacks_permissions");
    assert_eq!(code(set(&mia, "place", "#vault").await), "lacks_permissions");
    set(&mia, "place", "#help").await.expect("she writes there");
    set(&mia, "desks", "#attic").await.expect("where channels are made she need only see");
    let ada = acting(&world, "ada", HOME).await;
    set(&ada, "place", "#rules").await.expect("she is an administrator");
    set(&ada, "place", "#general").await.expect("she is an administrator");
    let (changes, _) = app.settings.history(world.guild(HOME), Some("gates"), 0, 1).await.expect("the database");
    // What an administrator set, somebody else does not bring back.
    let outcome = settings::roll_back(app, &mia, std::slice::from_ref(&gates), changes[0].id).await;
    assert_eq!(code(outcome), "old_value_unfit");
}

#[tokio::test]
async fn what_cannot_be_rolled_back_has_a_code() {
    let world = World::new().await;
    let app = world.app();
    let (ada, ann) = (acting(&world, "ada", HOME).await, acting(&world, "ann", HOME).await);
    let eve = acting(&world, "eve", AWAY).await;
    let gates = [Declared::of::<Gates>()];
    for count in 1..=2 {
        set(&world, &ada, "count", Given::Value(json!(count))).await.expect("it fits");
    }
    let (changes, _) = app.settings.history(world.guild(HOME), Some("gates"), 0, 2).await.expect("the database");
    let (second, first) = (changes[0].id, changes[1].id);
    assert_eq!(code(settings::roll_back(app, &ann, &gates, second).await), "not_admin");
    assert_eq!(code(settings::roll_back(app, &ada, &gates, 999).await), "no_such_change");
    // What was changed in one server, another can neither undo nor see.
    assert_eq!(code(settings::roll_back(app, &eve, &gates, second).await), "no_such_change");
    assert_eq!(code(settings::roll_back(app, &ada, &[Declared::of::<System>()], second).await), "setting_gone");
    assert_eq!(code(settings::roll_back(app, &ada, &gates, first).await), "changed_since");
    let old = "update setting_change set old = '99' where id = $1";
    sqlx::query(old).bind(second).execute(&world.db().await).await.expect("it is changed");
    assert_eq!(code(settings::roll_back(app, &ada, &gates, second).await), "old_value_unfit");
    assert_eq!(stored(&world, HOME).await, json!({"count": 2}));

    // A channel in which the bot may not write any more does not come back.
    let place = |handle: &str| Given::Text(world.discord.id_of(handle));
    set(&world, &ada, "place", place("#general")).await.expect("it is one of this server");
    set(&world, &ada, "place", place("#help")).await.expect("it is one of this server");
    world.discord.guild(HOME).overwrite("general", "bot", Permissions::empty(), Permissions::SEND_MESSAGES);
    let later = world.another_instance().await;
    let (changes, _) = app.settings.history(world.guild(HOME), Some("gates"), 0, 1).await.expect("the database");
    let outcome = settings::roll_back(&later.bot.app, &ada, &gates, changes[0].id).await;
    assert_eq!(code(outcome), "old_value_unfit");

    assert_eq!(code(settings::remember_step(app, &ann, None).await), "not_admin");
    assert_eq!(code(settings::find_step(app, &ann).await), "not_admin");
    assert_eq!(code(settings::reset(app, &ann, &gates[0], None).await), "not_admin");
    assert_eq!(code(settings::reset(app, &ada, &gates[0], Some("height")).await), "no_such_setting");
}

#[tokio::test]
async fn what_was_changed_since_is_not_rolled_back_even_if_it_is_the_same_again() {
    let world = World::new().await;
    let app = world.app();
    let ada = acting(&world, "ada", HOME).await;
    let gates = [Declared::of::<Gates>()];
    set(&world, &ada, "count", Given::Value(json!(1))).await.expect("it fits");
    let (changes, _) = app.settings.history(world.guild(HOME), Some("gates"), 0, 1).await.expect("the database");
    // Another admin tries another value and takes it back.
    set(&world, &ada, "count", Given::Value(json!(2))).await.expect("it fits");
    set(&world, &ada, "count", Given::Value(json!(1))).await.expect("it fits");
    assert_eq!(code(settings::roll_back(app, &ada, &gates, changes[0].id).await), "changed_since");
    assert_eq!(stored(&world, HOME).await, json!({"count": 1}));
    // What happens to other settings is no obstacle.
    let (changes, _) = app.settings.history(world.guild(HOME), Some("gates"), 0, 1).await.expect("the database");
    set(&world, &ada, "sign", Given::Text("Hi".to_owned())).await.expect("it fits");
    settings::roll_back(app, &ada, &gates, changes[0].id).await.expect("it is the latest of its setting");
    assert_eq!(stored(&world, HOME).await, json!({"count": 2, "sign": "Hi"}));
}

#[tokio::test]
async fn what_comes_twice_is_done_once_and_answered_twice() {
    let world = World::new().await;
    let (app, gates) = (world.app(), Declared::of::<Gates>());
    let ada = acting(&world, "ada", HOME).await;
    let by = |key: &str| by_request(&ada, key);
    let count = |count: i64| Given::Value(json!(count));

    let change = by("change");
    let (one, two) = tokio::join!(set(&world, &change, "count", count(1)), set(&world, &change, "count", count(1)));
    let first = one.expect("it fits");
    assert_eq!(first.made, [Made { key: "count", old: None, new: Some(json!(1)) }]);
    assert_eq!(first, two.expect("it is done"));
    set(&world, &ada, "count", count(2)).await.expect("it fits");
    assert_eq!(set(&world, &change, "count", count(1)).await.expect("it is done"), first);
    assert_eq!(stored(&world, HOME).await, json!({"count": 2}), "somebody has changed it since");

    // What changes nothing is done once too.
    let nothing = by("nothing");
    assert_eq!(set(&world, &nothing, "count", count(2)).await.expect("it fits").made, []);
    set(&world, &ada, "count", count(3)).await.expect("it fits");
    assert_eq!(set(&world, &nothing, "count", count(2)).await.expect("it is done").made, []);
    assert_eq!(stored(&world, HOME).await, json!({"count": 3}));

    let (changes, _) = app.settings.history(world.guild(HOME), Some("gates"), 0, 1).await.expect("the database");
    let (back, all) = (by("back"), [gates.clone()]);
    let roll_back = || settings::roll_back(app, &back, &all, changes[0].id);
    let (one, two) = tokio::join!(roll_back(), roll_back());
    let first = one.expect("it is the latest").1;
    assert_eq!(first.made, [Made { key: "count", old: Some(json!(3)), new: Some(json!(2)) }]);
    assert_eq!(first, two.expect("it is done").1);
    assert_eq!(code(settings::roll_back(app, &by("other"), &all, changes[0].id).await), "changed_since");

    let reset = by("reset");
    let first = settings::reset(app, &reset, &gates, None).await.expect("there is one");
    set(&world, &ada, "count", count(4)).await.expect("it fits");
    assert_eq!(settings::reset(app, &reset, &gates, None).await.expect("it is done"), first);
    assert_eq!(stored(&world, HOME).await, json!({"count": 4}));
    let (changes, _) = app.settings.history(world.guild(HOME), Some("gates"), 0, 99).await.expect("the database");
    assert_eq!(changes.len(), 6, "each is on record once");

    // Where the set-up goes on is what was said last.
    let step = (&gates, gates.field("place").expect("a setting"));
    for _ in 0..2 {
        settings::remember_step(app, &by("step"), Some(step)).await.expect("an admin");
    }
}

#[tokio::test]
async fn who_is_no_person_is_named_in_the_history() {
    let world = World::new().await;
    let (app, guild, now) = (world.app(), world.guild(HOME), world.now());
    let system = Declared::of::<System>();
    let key = Acting::key(app, guild, "config", "shop", Origin::Routine, now).await.expect("the database");
    let bot = Acting::bot(app, guild, "config", Origin::Routine, now).await.expect("the database");
    for (by, level) in [(&key, "verbose"), (&bot, "critical")] {
        let given = [("log_level", Given::Text(level.to_owned()))];
        settings::change(app, by, &system, &given, Means::Dashboard).await.expect("it fits");
    }
    let ann = acting(&world, "ann", HOME).await;
    assert_eq!(code(settings::history(app, &ann, None, 0, 9).await), "not_admin");
    assert_eq!(code(settings::show(app, &ann, &system).await), "not_admin");
    assert_eq!(code(settings::stored(app, &ann, &system).await), "not_admin");
    assert_eq!(code(settings::find_step(app, &ann).await), "not_admin");
    for (offset, limit) in [(-1, 1), (0, -1), (i64::MAX, i64::MAX)] {
        settings::history(app, &key, None, offset, limit).await.expect("the database");
    }
    let (changes, _) = settings::history(app, &key, Some(&system), 0, 2).await.expect("the database");
    let programs: Vec<_> = changes.into_iter().map(|changed| changed.program).collect();
    assert_eq!(programs, [Some(Program::Bot), Some(Program::Key("shop".to_owned()))]);
    world.types("ada", "/config history group:system").await;
    world.types("ada", "/config show group:system").await;
    let screen = world.screen().await;
    let named = [
        " API key `shop` · system `log-level`: default",
        "Alphapy · system `log-level`: Everything",
        "set by Alphapy ",
    ];
    for named in named {
        assert!(screen.contains(named), "{named}: {screen}");
    }
}

#[tokio::test]
async fn changes_are_found_by_who_made_them_of_what_and_when() {
    let world = World::new().await;
    let (app, ada) = (world.app(), acting(&world, "ada", HOME).await);
    set(&world, &ada, "count", Given::Value(json!(3))).await.expect("it fits");
    world.clock.advance(SignedDuration::from_hours(24));
    let key = Acting::key(app, world.guild(HOME), "config", "shop", Origin::Routine, world.now()).await.expect("a key");
    set(&world, &key, "count", Given::Value(json!(4))).await.expect("it fits");
    let ada = acting(&world, "ada", HOME).await;
    set(&world, &ada, "sign", Given::Text("Hi".to_owned())).await.expect("it fits");
    let eve = acting(&world, "eve", AWAY).await;
    set(&world, &eve, "count", Given::Value(json!(9))).await.expect("it fits");
    // Whom nobody knows by name set the admin role before all else.
    let [hers, shop, first] = &settings::changers(app, &ada).await.expect("an admin")[..] else { panic!("three") };
    assert_eq!((shop.written().as_str(), hers), ("key:shop", &Changer::Person(world.user("ada"))));
    for changer in [shop, hers, first] {
        assert_eq!(Changer::read(&changer.written()), *changer);
    }
    let check = async |sought: Sought<'_>, expected: Value| {
        let sought = Sought { feature: Some("gates"), ..sought };
        let found = settings::seek(app, &ada, sought, 9).await.expect("an admin");
        let values: Vec<_> = found.into_iter().map(|it| it.new).collect();
        assert_eq!(json!(values), expected, "{sought:?}");
    };
    let any = Sought::default();
    let day = world.now() - SignedDuration::from_hours(1);
    check(any, json!(["Hi", 4, 3])).await;
    check(Sought { by: Some(hers), ..any }, json!(["Hi", 3])).await;
    check(Sought { by: Some(shop), ..any }, json!([4])).await;
    check(Sought { by: Some(&Changer::read("key:other")), ..any }, json!([])).await;
    check(Sought { key: Some("count"), ..any }, json!([4, 3])).await;
    check(Sought { key: Some("count"), by: Some(hers), ..any }, json!([3])).await;
    check(Sought { from: Some(day), ..any }, json!(["Hi", 4])).await;
    check(Sought { until: Some(day), ..any }, json!([3])).await;
    check(Sought { from: Some(day), until: Some(day), ..any }, json!([])).await;
}

#[tokio::test]
async fn what_was_reset_together_is_taken_back_together() {
    let world = World::new().await;
    let (app, ada, all) = (world.app(), acting(&world, "ada", HOME).await, [Declared::of::<Gates>()]);
    set(&world, &ada, "count", Given::Value(json!(3))).await.expect("it fits");
    set(&world, &ada, "sign", Given::Text("Hi {name}".to_owned())).await.expect("it fits");
    settings::reset(app, &ada, &all[0], None).await.expect("it is set");
    assert_eq!(stored(&world, HOME).await, json!({}));
    let (changes, _) = settings::history(app, &ada, Some(&all[0]), 0, 9).await.expect("the database");
    let reset = changes[0].id;
    let ann = acting(&world, "ann", HOME).await;
    assert_eq!(code(settings::take_back(app, &ann, &all, reset).await), "not_admin");
    let away = acting(&world, "ada", AWAY).await;
    assert_eq!(code(settings::take_back(app, &away, &all, reset).await), "no_such_change");
    // What somebody has set anew stays.
    set(&world, &ada, "count", Given::Value(json!(5))).await.expect("it fits");
    let taken = settings::take_back(app, &ada, &all, reset).await.expect("it can be");
    assert_eq!(taken.code(), "taken_back_in_part");
    let (_, taken) = taken;
    let made: Vec<_> = taken.done.made.iter().map(|made| made.key).collect();
    let since: Vec<_> = taken.changed_since.iter().map(|changed| changed.key.as_str()).collect();
    assert_eq!((made, since), (vec!["sign"], vec!["count"]));
    assert_eq!(stored(&world, HOME).await, json!({"count": 5, "sign": "Hi {name}"}));
    // Twice is once: there is nothing left to take back.
    let again = settings::take_back(app, &ada, &all, reset).await.expect("it can be");
    assert!(["taken_back", "taken_back_in_part"].contains(&again.code()));
    let (_, again) = again;
    assert!(again.done.made.iter().all(|made| made.key == "sign"));
    assert_eq!(stored(&world, HOME).await, json!({"count": 5, "sign": "Hi {name}"}));
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn a_reset_is_taken_back_at_once_as_far_as_it_may_be() {
    let world = World::new().await;
    let (app, ada, all) = (world.app(), acting(&world, "ada", HOME).await, [Declared::of::<Gates>()]);
    world.discord.guild(HOME).role("watch", Permissions::empty());
    set(&world, &ada, "count", Given::Value(json!(3))).await.expect("it fits");
    set(&world, &ada, "keeper", Given::Value(json!(world.role("watch").to_string()))).await.expect("it fits");
    set(&world, &ada, "sign", Given::Text("Hi".to_owned())).await.expect("it fits");
    settings::reset(app, &ada, &all[0], None).await.expect("it is set");
    let (changes, _) = settings::history(app, &ada, Some(&all[0]), 0, 9).await.expect("the database");
    let keeper = changes.iter().find(|it| it.key == "keeper").expect("it was reset");
    // What it named is gone, whichever of them is asked for first.
    world.discord.guild(HOME).remove_role("watch");
    set(&world, &ada, "count", Given::Value(json!(5))).await.expect("it fits");
    let by = by_request(&ada, "back");
    let (_, taken) = settings::take_back(app, &by, &all, keeper.id).await.expect("it can be");
    let made: Vec<_> = taken.done.made.iter().map(|made| made.key).collect();
    let since: Vec<_> = taken.changed_since.iter().map(|changed| changed.key.as_str()).collect();
    let unfit: Vec<_> = taken.unfit.iter().map(|(change, unfit)| (*change, unfit.field.name)).collect();
    assert_eq!((made, since, unfit), (vec!["sign"], vec!["count"], vec![(keeper.id, "keeper")]));
    assert_eq!(stored(&world, HOME).await, json!({"count": 5, "sign": "Hi"}));
    // Twice is once, and answered as it was.
    set(&world, &ada, "sign", Given::Default).await.expect("it fits");
    let again = settings::take_back(app, &by, &all, keeper.id).await.expect("it is done");
    assert_eq!((again.code(), again.1.done.made), ("taken_back_in_part", taken.done.made.clone()));
    assert_eq!((again.1.changed_since, again.1.unfit), (taken.changed_since, taken.unfit.clone()));
    // Also when it could be what it was by now.
    sqlx::query("update setting_change set old = null where id = $1")
        .bind(keeper.id)
        .execute(&world.db().await)
        .await
        .expect("a row");
    let again = settings::take_back(app, &by, &all, keeper.id).await.expect("it is done");
    assert_eq!((again.code(), again.1.unfit), ("taken_back_in_part", taken.unfit));
    assert_eq!(stored(&world, HOME).await, json!({"count": 5}));
    // Also when the history has forgotten it.
    sqlx::query("delete from setting_change where id = $1")
        .bind(keeper.id)
        .execute(&world.db().await)
        .await
        .expect("one");
    let again = settings::take_back(app, &by, &all, keeper.id).await.expect("it is done");
    assert_eq!(again.1.done.made, taken.done.made);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn one_request_may_change_one_setting_and_then_another() {
    let world = World::new().await;
    let ada = by_request(&acting(&world, "ada", HOME).await, "both");
    for _ in 0..2 {
        set(&world, &ada, "count", Given::Value(json!(3))).await.expect("it fits");
        set(&world, &ada, "sign", Given::Text("Hi".to_owned())).await.expect("it fits");
        set(&world, &ada, "count", Given::Value(json!(4))).await.expect("it fits");
    }
    assert_eq!(stored(&world, HOME).await, json!({"count": 4, "sign": "Hi"}));
    let (changes, _) = world.app().settings.history(world.guild(HOME), Some("gates"), 0, 9).await.expect("rows");
    assert_eq!(changes.len(), 3);
}

#[tokio::test]
async fn what_a_setting_names_and_the_server_has_no_more_is_found() {
    let world = World::new().await;
    world.discord.guild(HOME).role("watch", Permissions::empty());
    let (ada, declared) = (acting(&world, "ada", HOME).await, Declared::of::<Gates>());
    set(&world, &ada, "keeper", Given::Value(json!(world.role("watch").to_string()))).await.expect("set");
    let lacks = async || settings::faults(world.app(), &ada, &declared).await.expect("looked").lacks;
    assert_eq!(lacks().await.len(), 0);
    world.discord.guild(HOME).remove_role("watch");
    assert_eq!(lacks().await.iter().map(|it| it.field.name).collect::<Vec<_>>(), ["keeper"]);
}
