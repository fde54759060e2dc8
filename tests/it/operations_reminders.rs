//! Reminders through a door that is no interaction: each rule is the operation's own, and holds whoever comes.

use std::sync::{Arc, Mutex};

use alphapy::acting::{Acting, Failure, Origin, Outcome};
use alphapy::operations::reminders::{self as operations, Change, Follows, Made, Refusal, Saved, Target, Wish};
use alphapy::reminders::{self, Begun, Mentions, Problem, Reminder, Settings, Timing, store, when};
use jiff::tz::TimeZone;
use serde_json::json;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, RoleMarker, UserMarker};

use crate::support::{AWAY, HOME, World, code};

/// A door in plain Rust: nothing of Discord's comes through it but ids.
pub(crate) struct Door<'a> {
    pub(crate) world: &'a World,
    pub(crate) guild: Id<GuildMarker>,
}

impl Door<'_> {
    pub(crate) fn channel(&self, name: &str) -> Id<ChannelMarker> {
        self.world.channel(name)
    }

    pub(crate) fn role(&self, name: &str) -> Id<RoleMarker> {
        self.world.role(name)
    }

    pub(crate) fn user(&self, name: &str) -> Id<UserMarker> {
        self.world.user(name)
    }

    pub(crate) async fn comes(&self, who: &str, origin: Origin) -> Acting {
        let roles = match (who, self.guild == self.world.guild(HOME)) {
            ("mia", true) => vec![self.role("keepers")],
            _ => Vec::new(),
        };
        self.world.comes(who, self.guild, "reminders", roles, origin).await
    }

    pub(crate) async fn makes(&self, who: &str, wish: &Wish) -> Result<Made, Failure<Refusal>> {
        let acting = self.comes(who, Origin::Routine).await;
        operations::make(self.world.app(), &acting, wish, self.timing("tomorrow 9:00"), self.user(who)).await
    }

    pub(crate) async fn changes(
        &self,
        who: &str,
        before: &Reminder,
        set: impl FnOnce(&mut reminders::Draft),
    ) -> Result<Saved, Failure<Refusal>> {
        let mut draft = before.draft.clone();
        set(&mut draft);
        let acting = self.comes(who, Origin::Routine).await;
        let change = Change { revision: before.revision, draft, follows: None };
        operations::change(self.world.app(), &acting, before.number, change).await
    }

    pub(crate) async fn reads(&self, number: i32) -> Option<Reminder> {
        store::find(&self.world.db().await, self.guild, number).await.expect("rows")
    }

    /// A reminder was said a minute ago, whatever comes next.
    pub(crate) async fn was_said(&self, number: i32) {
        let row =
            "insert into reminder_occurrence (guild_id, number, due_at, moment_at, lead, state, lease_until, taken_at,
                                                    sent_at)
                   values ($1, $2, $3::timestamptz, $3::timestamptz, 0, 'sent', $3::timestamptz, $3::timestamptz,
                           $3::timestamptz)";
        let at = (self.world.now() - jiff::SignedDuration::from_mins(1)).to_string();
        let row = sqlx::query(row).bind(self.guild.get().cast_signed()).bind(number).bind(at);
        row.execute(&self.world.db().await).await.expect("a row");
    }

    pub(crate) fn timing(&self, text: &str) -> Timing {
        let when = when::read(text, &self.world.now().to_zoned(TimeZone::UTC)).expect("it is understood");
        Timing::new(&when, &TimeZone::UTC, text).expect("it begins before it ends")
    }

    pub(crate) fn tea(&self) -> Wish {
        let target = Some(Target::Channel(self.channel("#help")));
        Wish { name: Some("Tea".to_owned()), target, ..Wish::default() }
    }
}

pub(crate) fn home(world: &World) -> Door<'_> {
    Door { world, guild: world.guild(HOME) }
}

pub(crate) fn request(key: &str) -> Origin {
    Origin::Request(key.to_owned())
}

#[tokio::test]
async fn a_reminder_lives_without_an_interaction() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let made = door.makes("ann", &door.tea()).await.expect("made").reminder;
    assert_eq!(door.reads(made.number).await.as_ref(), Some(&made), "what is answered is what is stored");
    let changed = door.changes("ann", &made, |draft| draft.content.body = "Green".to_owned()).await.expect("changed");
    assert_eq!(door.reads(made.number).await.as_ref(), Some(&*changed));
    let ann = door.comes("ann", Origin::Routine).await;
    let paused = operations::pause(app, &ann, made.number).await.expect("paused");
    assert_eq!(door.reads(made.number).await.as_ref(), Some(&*paused));
    let resumed = operations::resume(app, &ann, made.number).await.expect("resumed");
    assert_eq!(door.reads(made.number).await.as_ref(), Some(&*resumed));
    let snoozed = operations::snooze(app, &ann, made.number, 10).await.expect("put off");
    assert_eq!(door.reads(snoozed.number).await.expect("it is there").draft.snoozes, Some(made.number));
    let ada = door.comes("ada", Origin::Routine).await;
    let saved = operations::save_template(app, &ada, made.number, " Break ").await.expect("kept");
    assert_eq!(saved.replaced, None);
    let wish = Wish { template: Some("break".to_owned()), target: door.tea().target, ..Wish::default() };
    assert_eq!(door.makes("bob", &wish).await.expect("made").reminder.draft.content.body, "Green");
    operations::remove_template(app, &ada, "BREAK").await.expect("forgotten");
    operations::delete(app, &ann, made.number, resumed.revision).await.expect("deleted");
    assert_eq!(door.reads(made.number).await, None);
}

/// What is asked of the database, as sqlx logs each statement.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            event.record(&mut |field: &tracing::field::Field, value: &dyn std::fmt::Debug| {
                if field.name() == "summary" {
                    self.0.lock().expect("nobody panics").push(format!("{value:?}"));
                }
            });
        }
    }
}

/// What something comes to, and the statements that it takes.
async fn counted<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    let statements = Statements::default();
    let counting = tracing::subscriber::set_default(tracing_subscriber::registry().with(statements.clone()));
    let done = work.await;
    drop(counting);
    let mut asked = statements.0.lock().expect("nobody panics").clone();
    // A connection that is new asks for the time.
    asked.retain(|statement| !statement.contains("clock_timestamp"));
    (done, asked)
}

#[tokio::test]
async fn putting_one_off_takes_three_statements() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general log-level:verbose").await;
    world.screen().await;
    let (door, app) = (home(&world), world.app());
    let number = door.makes("ann", &door.tea()).await.expect("made").reminder.number;
    // It is put off, once more, and the same comes twice.
    for key in ["first", "second", "second"] {
        let acting = door.comes("ann", request(key)).await;
        // What is said of those before is no part of it.
        world.settle().await;
        let (snoozed, asked) = counted(operations::snooze(app, &acting, number, 10)).await;
        assert_eq!(snoozed.expect("put off").number, number + 1);
        assert!(asked.len() <= 3, "two read, one writes: {asked:?}");
    }
    assert_eq!(world.screen().await.matches("💤 Reminder put off").count(), 2);
    let ann = door.comes("ann", Origin::Routine).await;
    let snoozed = operations::snooze(app, &ann, number + 1, 20).await.expect("put off").number;
    assert_eq!(snoozed, number + 1, "what is put off already is put off further");
    let (ann, bob) = (door.comes("ann", request("at once")).await, door.comes("ada", request("too")).await);
    let snooze = |acting| operations::snooze(app, acting, number, 30);
    let (one, two, other) = tokio::join!(snooze(&ann), snooze(&ann), snooze(&bob));
    let numbers = [one, two, other].map(|it| it.expect("put off").number);
    assert_eq!(numbers, [number + 1, number + 1, number + 2]);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn any_text_can_be_stored() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let odd = |text: &str| Some(text.to_owned());
    let wish = Wish {
        name: odd("T\0ea"),
        body: odd("Gr\0een"),
        place: odd("Kit\0chen"),
        image: odd("https://example.com/\0a.png"),
        ..door.tea()
    };
    let made = door.makes("ann", &wish).await.expect("made").reminder;
    let content = &made.draft.content;
    assert_eq!((content.name.as_str(), content.body.as_str(), content.place.as_str()), ("Tea", "Green", "Kitchen"));
    assert_eq!(code(door.makes("ann", &Wish { name: odd("\0"), ..door.tea() }).await), "no_name");
    let changed = door.changes("ann", &made, |draft| draft.timing.said = "a\0b".to_owned()).await.expect("changed");
    assert_eq!(changed.draft.timing.said, "ab");
    let ada = door.comes("ada", Origin::Routine).await;
    operations::save_template(app, &ada, made.number, "Br\0eak").await.expect("kept");
    let by_template = Wish { template: odd("\0break"), target: door.tea().target, ..Wish::default() };
    door.makes("ann", &by_template).await.expect("made");
    operations::remove_template(app, &ada, "Break\0").await.expect("forgotten");
    let long = door.comes("ann", request(&"x".repeat(100_000))).await;
    let make = || operations::make(app, &long, &wish, door.timing("tomorrow 9:00"), door.user("ann"));
    assert_eq!(make().await.expect("made").reminder, make().await.expect("made").reminder);
}

#[tokio::test]
async fn making_one_takes_two_statements() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general log-level:verbose").await;
    world.screen().await;
    let door = home(&world);
    let made = door.makes("ann", &door.tea()).await.expect("made").reminder;
    let ada = door.comes("ada", Origin::Routine).await;
    operations::save_template(world.app(), &ada, made.number, "Break").await.expect("kept");
    let by_template = Wish { template: Some("break".to_owned()), ..door.tea() };
    for (wish, who) in [(door.tea(), "ann"), (by_template, "bob")] {
        let acting = door.comes(who, request(who)).await;
        let (timing, creator) = (door.timing("tomorrow 9:00"), door.user(who));
        // What is said of those before is no part of it.
        world.settle().await;
        let (made, asked) = counted(operations::make(world.app(), &acting, &wish, timing, creator)).await;
        made.expect("made");
        assert_eq!(asked.len(), 2, "one reads all, one writes all: {asked:?}");
    }
    assert_eq!(world.screen().await.matches("🟢 Reminder created").count(), 3);
}

#[tokio::test]
async fn many_at_once_get_a_number_each_and_no_member_too_many() {
    let world = World::new().await;
    world.sets::<Settings>("member_limit", Some(json!(3))).await;
    let door = home(&world);
    let tea = door.tea();
    let outcomes = futures_util::future::join_all((0..8).map(|_| door.makes("ann", &tea))).await;
    let mut numbers: Vec<i32> = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(made) => numbers.push(made.reminder.number),
            refused => assert_eq!(code(refused), "too_many"),
        }
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3]);
}

#[tokio::test]
async fn only_the_bot_pauses_for_what_refuses_it() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let made = door.makes("ann", &door.tea()).await.expect("made").reminder;
    let ada = door.comes("ada", Origin::Routine).await;
    let why = Problem::ChannelGone;
    assert_eq!(code(operations::pause_channel(app, &ada, door.channel("#help"), &why).await), "only_the_bot");
    assert_eq!(code(operations::pause_unsayable(app, &ada, made.number, &why, None).await), "only_the_bot");
    let left = Problem::HasLeft { user: door.user("ann") };
    assert_eq!(code(operations::pause_vouched(app, &ada, &left, None).await), "only_the_bot");
    let follows = Some(Follows { timing: made.draft.timing.clone(), kept: Vec::new() });
    let follow = Change { revision: made.revision, draft: made.draft.clone(), follows };
    assert_eq!(code(operations::change(app, &ada, made.number, follow).await), "only_the_bot");
    let bot = Acting::bot(app, door.guild, "reminders", Origin::Routine, world.now()).await.expect("settings");
    let paused = operations::pause_channel(app, &bot, door.channel("#help"), &why).await.expect("paused");
    assert_eq!(paused.len(), 1);
    let why_paused = door.reads(made.number).await.expect("it is there").paused.expect("it is paused").why;
    assert_eq!(why_paused, Some(why));
    // One that its member takes no direct message of.
    let direct = door.makes("ann", &Wish { target: Some(Target::Direct), ..door.tea() }).await.expect("made").reminder;
    let why = Problem::NoDirectMessages;
    operations::pause_unsayable(app, &bot, direct.number, &why, None).await.expect("paused");
    let why_paused = door.reads(direct.number).await.expect("it is there").paused.expect("it is paused").why;
    assert_eq!(why_paused, Some(why));
}

#[tokio::test]
async fn the_same_origin_makes_one() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    for origin in [request("key"), Origin::Interaction(Id::new(7)), Origin::Message(Id::new(8))] {
        let acting = door.comes("ann", origin).await;
        let wish = door.tea();
        let make = || operations::make(app, &acting, &wish, door.timing("tomorrow 9:00"), door.user("ann"));
        let (one, two) = tokio::join!(make(), make());
        let (one, two) = (one.expect("made"), two.expect("made"));
        assert_eq!(one.reminder, two.reminder);
        assert!(one.again != two.again, "one of them made it");
    }
    let acting = door.comes("ann", request("snooze")).await;
    let first = operations::snooze(app, &acting, 1, 10).await.expect("put off");
    let acting = door.comes("ann", request("another")).await;
    let later = operations::snooze(app, &acting, 1, 60).await.expect("put off");
    assert_eq!((first.number, first.number), (later.number, 4));
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    let acting = door.comes("ann", request("another")).await;
    assert_eq!(operations::snooze(app, &acting, 1, 60).await.expect("put off"), later);
    let db = world.db().await;
    let count: i64 = sqlx::query_scalar("select count(*) from reminder").fetch_one(&db).await.expect("a number");
    assert_eq!(count, 4);
}

#[tokio::test]
async fn what_an_older_version_made_is_made_once() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let acting = door.comes("ann", Origin::Message(Id::new(99))).await;
    let made = operations::make(app, &acting, &door.tea(), door.timing("tomorrow"), door.user("ann")).await;
    let number = made.expect("made").reminder.number;
    // It knows every id as that of an interaction, and no origin.
    let row = "update reminder set origin = null, paused_at = now(), pause_reason = 'Its channel is gone.'";
    let db = world.db().await;
    sqlx::query(row).execute(&db).await.expect("a row");
    let again = operations::make(app, &acting, &door.tea(), door.timing("tomorrow"), door.user("ann")).await;
    let again = again.expect("made");
    assert!(again.again && again.reminder.number == number);
    world.types("ann", &format!("/reminder show reminder:{number}")).await;
    assert!(world.screen().await.contains("Next: paused: Its channel is gone."));
}

#[tokio::test]
async fn who_may_make_and_manage_is_checked() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let made = door.makes("ann", &door.tea()).await.expect("made").reminder;
    let bob = door.comes("bob", Origin::Routine).await;
    let ann = door.comes("ann", Origin::Routine).await;
    assert_eq!(code(door.changes("bob", &made, |_| {}).await), "no_such_reminder");
    assert_eq!(code(operations::pause(app, &bob, made.number).await), "no_such_reminder");
    assert_eq!(code(operations::resume(app, &bob, made.number).await), "no_such_reminder");
    assert_eq!(code(operations::delete(app, &bob, made.number, made.revision).await), "no_such_reminder");
    assert_eq!(code(operations::snooze(app, &bob, made.number, 5).await), "not_called");
    assert_eq!(code(operations::save_template(app, &ann, made.number, "Mine").await), "not_manager");
    assert_eq!(code(operations::remove_template(app, &ann, "Mine").await), "not_manager");
    let for_bob = operations::make(app, &ann, &door.tea(), door.timing("tomorrow"), door.user("bob")).await;
    assert_eq!(code(for_bob), "not_for_them");
    let prepared = operations::prepare(app, &ann, &door.tea(), door.user("ann")).await.expect("she may");
    let of_ann = operations::make_prepared(app, &bob, prepared.clone(), door.timing("tomorrow")).await;
    assert_eq!(code(of_ann), "not_for_them");
    let made_so = operations::make_prepared(app, &ann, prepared, door.timing("tomorrow")).await.expect("made");
    assert!(!made_so.again);
    operations::require_maker(app, &bob).await.expect("everybody may");
    assert!(!operations::manages(app, &bob).await.expect("settings"));
    world.sets::<Settings>("member_limit", Some(json!(1))).await;
    assert_eq!(code(door.makes("ann", &door.tea()).await), "too_many");
    world.sets::<Settings>("creator_role", Some(json!(door.role("keepers")))).await;
    assert_eq!(code(door.makes("bob", &door.tea()).await), "may_not_make");
    assert_eq!(code(operations::require_maker(app, &bob).await), "may_not_make");
    world.sets::<Settings>("manager_role", Some(json!(door.role("keepers")))).await;
    door.changes("mia", &made, |draft| draft.content.name = "Coffee".to_owned()).await.expect("she manages all");
    let mia = door.comes("mia", Origin::Routine).await;
    let manages = async |acting: &Acting| operations::manages(app, acting).await.expect("the settings");
    assert_eq!((manages(&mia).await, manages(&bob).await), (true, false));
    operations::require_maker(app, &mia).await.expect("she may");
    assert_eq!(code(operations::require_maker(app, &bob).await), "may_not_make");
    // What was prepared for one is made by nobody else.
    let prepared = operations::prepare(app, &mia, &door.tea(), door.user("mia")).await.expect("she may");
    assert_eq!((prepared.content().name.as_str(), prepared.limit()), ("Tea", None));
    let made = operations::make_prepared(app, &bob, prepared.clone(), door.timing("tomorrow")).await;
    assert_eq!(code(made), "not_for_them");
    operations::make_prepared(app, &mia, prepared, door.timing("tomorrow")).await.expect("made");
    // Of no person at all there are several too.
    let key = async |name| Acting::key(app, door.guild, "reminders", name, Origin::Routine, world.now()).await;
    let (shop, till) = (key("shop").await.expect("settings"), key("till").await.expect("settings"));
    let bot = Acting::bot(app, door.guild, "reminders", Origin::Routine, world.now()).await.expect("settings");
    let prepared = operations::prepare(app, &shop, &door.tea(), door.user("bob")).await.expect("it may");
    for other in [&till, &bot] {
        let made = operations::make_prepared(app, other, prepared.clone(), door.timing("tomorrow")).await;
        assert_eq!(code(made), "not_for_them");
    }
    operations::make_prepared(app, &shop, prepared, door.timing("tomorrow")).await.expect("made");
}

#[tokio::test]
async fn what_a_reminder_cannot_be_is_refused() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let tea = door.tea();
    let text = |chars| Some("x".repeat(chars));
    for (expected, wish) in [
        ("no_name", Wish { name: None, ..tea.clone() }),
        ("name_too_long", Wish { name: text(101), ..tea.clone() }),
        ("body_too_long", Wish { body: text(1501), ..tea.clone() }),
        ("place_too_long", Wish { place: text(201), ..tea.clone() }),
        ("no_picture", Wish { image: Some("javascript:1".to_owned()), ..tea.clone() }),
        ("too_many_leads", Wish { leads: Some((0..6).collect()), ..tea.clone() }),
        ("lead_out_of_range", Wish { leads: Some(vec![-1]), ..tea.clone() }),
        ("foreign_source", Wish { source: Some("https://example.com".to_owned()), ..tea.clone() }),
        ("no_such_template", Wish { template: Some("Lost".to_owned()), ..tea.clone() }),
        ("no_channel", Wish { target: Some(Target::Default), ..tea.clone() }),
    ] {
        assert_eq!(code(door.makes("ann", &wish).await), expected);
    }
    let ann = door.comes("ann", Origin::Routine).await;
    let make = |timing| operations::make(app, &ann, &tea, timing, door.user("ann"));
    let past = Timing::once(world.now(), &TimeZone::UTC);
    assert_eq!(code(make(past.clone()).await), "never");
    let long = Timing { said: "x".repeat(201), ..door.timing("tomorrow") };
    assert_eq!(code(make(long).await), "said_too_long");
    let made = door.makes("ann", &tea).await.expect("made").reminder;
    assert_eq!(code(door.changes("ann", &made, |draft| draft.timing = past.clone()).await), "never");
    assert_eq!(code(door.changes("ann", &made, |draft| draft.content.name.clear()).await), "no_name");
    assert_eq!(code(operations::resume(app, &ann, made.number).await), "not_paused");
    operations::pause(app, &ann, made.number).await.expect("paused");
    assert_eq!(code(operations::pause(app, &ann, made.number).await), "already_paused");
    assert_eq!(code(door.changes("ann", &made, |_| {}).await), "changed_meanwhile");
    assert_eq!(code(operations::delete(app, &ann, made.number, made.revision).await), "changed_meanwhile");
    let ada = door.comes("ada", Origin::Routine).await;
    assert_eq!(code(operations::save_template(app, &ada, made.number, " ").await), "no_template_name");
    let long = "x".repeat(51);
    assert_eq!(code(operations::save_template(app, &ada, made.number, &long).await), "template_name_too_long");
    assert_eq!(code(operations::remove_template(app, &ada, "Lost").await), "no_such_template");
    let fill = "insert into reminder_template (guild_id, name, content, creator_user_id, created_at)
                select $1, 'T' || n, '{}', 1, now() from generate_series(1, 100) n";
    let guild = i64::try_from(door.guild.get()).expect("it fits");
    sqlx::query(fill).bind(guild).execute(&world.db().await).await.expect("rows");
    assert_eq!(code(operations::save_template(app, &ada, made.number, "One more").await), "too_many_templates");
    let revision = door.reads(made.number).await.expect("it is there").revision;
    operations::delete(app, &ann, made.number, revision).await.expect("deleted");
    assert_eq!(code(door.changes("ann", &made, |_| {}).await), "gone");
    assert_eq!(code(operations::snooze(app, &ann, made.number, 5).await), "gone");
}

#[tokio::test]
async fn where_and_whom_is_checked_for_the_bot_and_for_who_acts() {
    let world = World::new().await;
    world.discord.guild(HOME).also("Alphapy", Permissions::MENTION_EVERYONE);
    let (nobody, send, view) = (Permissions::empty(), Permissions::SEND_MESSAGES, Permissions::VIEW_CHANNEL);
    world.discord.guild(HOME).channel("rules").overwrite("rules", "@everyone", nobody, send);
    world.discord.guild(HOME).channel("vault").overwrite("vault", "bot", nobody, view | send);
    let (door, app) = (home(&world), world.app());
    let made = door.makes("ann", &door.tea()).await.expect("made").reminder;
    let say_in = |name: &str| Wish { target: Some(Target::Channel(door.channel(name))), ..door.tea() };
    assert_eq!(code(door.makes("ann", &say_in("#rules")).await), "lacks_permissions");
    let rules = door.channel("#rules");
    assert_eq!(code(door.changes("ann", &made, |it| it.content.channel = Some(rules)).await), "lacks_permissions");
    let hidden = code(door.makes("ada", &say_in("#vault")).await);
    assert!(["unknown_channel", "bot_lacks_permissions"].contains(&hidden), "{hidden}");
    world.discord.guild(HOME).channel("mute").overwrite("mute", "bot", nobody, Permissions::EMBED_LINKS);
    assert_eq!(code(door.makes("ada", &say_in("#mute")).await), "bot_lacks_permissions");

    let everyone = Mentions { everyone: true, ..Mentions::default() };
    let role = Mentions { roles: vec![door.role("keepers")], ..Mentions::default() };
    let call = |mentions: &Mentions| Wish { mentions: Some(mentions.clone()), ..door.tea() };
    assert_eq!(code(door.makes("ada", &call(&everyone)).await), "everyone_not_allowed");
    world.sets::<Settings>("allow_everyone", Some(json!(true))).await;
    assert_eq!(code(door.makes("ann", &call(&everyone)).await), "may_not_call_everybody");
    assert_eq!(code(door.makes("ann", &call(&role)).await), "may_not_call");
    let changed = door.changes("ann", &made, |it| it.content.mentions = everyone.clone()).await;
    assert_eq!(code(changed), "may_not_call_everybody");
    let strange = Mentions { users: vec![door.user("eve")], ..Mentions::default() };
    assert_eq!(code(door.makes("ann", &call(&strange)).await), "unknown_mention");
    door.makes("ada", &call(&everyone)).await.expect("she may call everybody");

    // Where they happen to be they may call everybody; where it is said they may not.
    world.sets::<Settings>("default_channel", Some(json!(world.discord.id_of("#help")))).await;
    let ann = door.comes("ann", Origin::Routine).await;
    let general = door.channel("#general");
    let calls = Permissions::VIEW_CHANNEL | send | Permissions::MENTION_EVERYONE;
    let mut ann = ann.as_if_allowed(general, calls, calls);
    ann.set_channel(Some(general));
    for target in [Some(Target::Default), None, Some(Target::Direct)] {
        let wish = Wish { target, ..call(&everyone) };
        let made = operations::make(app, &ann, &wish, door.timing("tomorrow 9:00"), door.user("ann")).await;
        assert_eq!(code(made), "may_not_call_everybody", "{target:?}");
    }
    let draft = reminders::Draft {
        content: reminders::Content { mentions: everyone, ..made.draft.content.clone() },
        ..made.draft.clone()
    };
    let change = Change { revision: made.revision, draft, follows: None };
    assert_eq!(code(operations::change(app, &ann, made.number, change).await), "may_not_call_everybody");
    world.discord.take_problems();
}

#[tokio::test]
async fn nothing_of_another_guild_is_reached() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let away = Door { world: &world, guild: world.guild(AWAY) };
    let made = door.makes("bob", &door.tea()).await.expect("made").reminder;
    // The same person, and even an administrator there.
    for who in ["bob", "ada"] {
        let acting = away.comes(who, Origin::Routine).await;
        assert_eq!(code(away.changes(who, &made, |_| {}).await), "gone");
        assert_eq!(code(operations::pause(app, &acting, made.number).await), "no_such_reminder");
        assert_eq!(code(operations::delete(app, &acting, made.number, made.revision).await), "no_such_reminder");
        assert_eq!(code(operations::snooze(app, &acting, made.number, 5).await), "gone");
    }
    let ada = away.comes("ada", Origin::Routine).await;
    assert_eq!(code(operations::save_template(app, &ada, made.number, "Tea").await), "no_such_reminder");
    assert_eq!(code(away.makes("bob", &door.tea()).await), "unknown_channel", "a channel of the other guild");
    let desk = Wish { target: Some(Target::Channel(away.channel("#desk"))), ..door.tea() };
    let there = Mentions { roles: vec![door.role("keepers")], ..Mentions::default() };
    assert_eq!(code(away.makes("ada", &Wish { mentions: Some(there), ..desk.clone() }).await), "unknown_mention");
    let link = format!("https://discord.com/channels/{}/{}/5", door.guild, door.channel("#help"));
    assert_eq!(code(away.makes("bob", &Wish { source: Some(link), ..desk }).await), "foreign_source");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_private_thread_is_closed_to_who_has_not_joined_it() {
    let world = World::new().await;
    world.discord.guild(HOME).thread("help", "refund", true, &["ann"]);
    let door = home(&world);
    let in_thread = Wish { target: Some(Target::Channel(door.channel("#refund"))), ..door.tea() };
    assert_eq!(code(door.makes("bob", &in_thread).await), "lacks_permissions");
    door.makes("ann", &in_thread).await.expect("she is in it");
    door.makes("ada", &in_thread).await.expect("nothing is closed to administrators");
    world.discord.take_problems();
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn what_a_command_has_begun_is_found_by_whoever_began_it() {
    let world = World::new().await;
    let door = home(&world);
    let app = world.app();
    let ann = door.comes("ann", Origin::Interaction(Id::new(70))).await;
    let begun =
        Begun { zone: Some("Asia/Tokyo".to_owned()), mention: Some(door.user("bob").cast()), ..Begun::default() };
    let has = operations::begin(app, &ann, begun.clone()).await.expect("she may");
    assert_eq!((has.code(), has.interaction), ("begun", Id::new(70)));
    // The same interaction has said it once.
    operations::begin(app, &ann, Begun::default()).await.expect("she may");
    assert_eq!(operations::find_begun(app, &ann, has.interaction).await.expect("it is kept"), begun);
    let bob = door.comes("bob", Origin::Interaction(Id::new(71))).await;
    assert_eq!(code(operations::find_begun(app, &bob, has.interaction).await), "begun_gone");
    let picture = Begun { image: Some("javascript:alert(1)".to_owned()), ..Begun::default() };
    assert_eq!(code(operations::begin(app, &bob, picture).await), "no_picture");
    let nobody = door.comes("bob", Origin::Routine).await;
    assert_eq!(code(operations::begin(app, &nobody, Begun::default()).await), "not_for_them");
    world.sets::<Settings>("creator_role", Some(json!(door.role("keepers").to_string()))).await;
    assert_eq!(code(operations::begin(app, &bob, Begun::default()).await), "may_not_make");
}

#[tokio::test]
async fn what_is_over_is_not_paused() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    world.types("ann", "/reminder add when:in 10m what:Tea").await;
    world.clock.advance(jiff::SignedDuration::from_mins(10));
    world.a_minute_passes().await;
    let ann = door.comes("ann", Origin::Routine).await;
    assert_eq!(code(operations::pause(app, &ann, 1).await), "reminder_over");
    world.types("ann", "/reminder show reminder:1").await;
    let screen = world.screen().await;
    assert!(screen.contains("[Delete") && !screen.contains("[Pause"), "{screen}");
}
