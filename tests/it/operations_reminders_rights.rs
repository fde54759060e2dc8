//! What may be said by a reminder at all, and by whom, whatever door they come through and whatever of it they change.

use alphapy::acting::{Acting, Origin};
use alphapy::operations::reminders::{self as operations, Change, Target, Whose, Wish};
use alphapy::reminders::schedule::{Repeat, Weekdays};
use alphapy::reminders::{Begin, Draft, Mentions, Reminder, Settings};
use serde_json::json;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::operations_reminders::{Door, home};
use crate::support::{HOME, World, code};

const NOBODY: Permissions = Permissions::empty();

/// The reminder with another text and nothing else.
fn reworded(before: &Reminder) -> Change {
    let mut draft = before.draft.clone();
    draft.content.body.push_str("Green");
    Change { revision: before.revision, draft, follows: None }
}

/// The same with the permissions that somebody has in a channel right now.
fn with_rights(acting: &Acting, channel: Id<ChannelMarker>, rights: Permissions) -> Acting {
    acting.as_if_allowed(channel, rights, Permissions::all())
}

#[tokio::test]
async fn who_may_not_write_somewhere_any_more_speaks_there_by_no_reminder_of_theirs() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let made = door.makes("ann", &door.tea()).await.expect("made").reminder;
    let ann = door.comes("ann", Origin::Routine).await;
    let silenced = with_rights(&ann, door.channel("#help"), Permissions::VIEW_CHANNEL);
    let change = async |acting: &Acting, change| operations::change(app, acting, made.number, change).await;
    assert_eq!(code(change(&silenced, reworded(&made)).await), "lacks_permissions");
    let later = Draft { timing: door.timing("friday 20:00"), ..made.draft.clone() };
    let later = Change { revision: made.revision, draft: later, follows: None };
    assert_eq!(code(change(&silenced, later).await), "lacks_permissions");
    // They may take it away, and have it said where they may speak.
    let paused = operations::pause(app, &silenced, made.number).await.expect("paused");
    assert_eq!(code(operations::resume(app, &silenced, made.number).await), "lacks_permissions");
    let mut moved = reworded(&paused);
    moved.draft.content.channel = None;
    let moved = change(&silenced, moved).await.expect("a direct message is theirs");
    let resumed = operations::resume(app, &silenced, made.number).await.expect("a direct message is theirs");
    let mut back = reworded(&resumed);
    back.draft.content.channel = made.draft.content.channel;
    assert_eq!(code(change(&silenced, back.clone()).await), "lacks_permissions");
    assert_eq!(moved.draft.content.channel, None);
    // In the server's default channel they speak no more than elsewhere; the staff may where it may.
    world.sets::<Settings>("default_channel", Some(json!(door.channel("#help")))).await;
    assert_eq!(code(change(&silenced, back.clone()).await), "lacks_permissions");
    world.sets::<Settings>("default_channel", None).await;
    let writes = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let back = change(&with_rights(&ann, door.channel("#help"), writes), back).await.expect("she may write there");
    let ada = door.comes("ada", Origin::Routine).await;
    let back = change(&ada, reworded(&back)).await.expect("she may write there");
    operations::delete(app, &silenced, made.number, back.revision).await.expect("deleted");
}

#[tokio::test]
async fn who_may_not_call_somebody_any_more_calls_them_by_no_reminder_of_theirs() {
    let world = World::new().await;
    world.discord.guild(HOME).also("Alphapy", Permissions::MENTION_EVERYONE);
    world.sets::<Settings>("allow_everyone", Some(json!(true))).await;
    let (door, app) = (home(&world), world.app());
    let writes = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let ann = door.comes("ann", Origin::Routine).await;
    let before = with_rights(&ann, door.channel("#help"), writes | Permissions::MENTION_EVERYONE);
    let after = with_rights(&ann, door.channel("#help"), writes);
    let everyone = Mentions { everyone: true, ..Mentions::default() };
    let role = Mentions { roles: vec![door.role("keepers")], ..Mentions::default() };
    for (mentions, expected) in [(everyone, "may_not_call_everybody"), (role, "may_not_call")] {
        let wish = Wish { mentions: Some(mentions.clone()), ..door.tea() };
        let made = operations::make(app, &before, &wish, door.timing("tomorrow 9:00"), door.user("ann")).await;
        let made = made.expect("made").reminder;
        assert_eq!(code(operations::change(app, &after, made.number, reworded(&made)).await), expected);
        let paused = operations::pause(app, &after, made.number).await.expect("paused");
        assert_eq!(code(operations::resume(app, &after, made.number).await), expected);
        let mut quiet = reworded(&paused);
        quiet.draft.content.mentions = Mentions::default();
        operations::change(app, &after, made.number, quiet).await.expect("it calls nobody");
        operations::resume(app, &after, made.number).await.expect("it calls nobody");
    }
    // Where reminders may not call everybody any more, one that did loses that when it is changed.
    let ada = door.comes("ada", Origin::Routine).await;
    let wish = Wish { mentions: Some(Mentions { everyone: true, ..Mentions::default() }), ..door.tea() };
    let made = operations::make(app, &ada, &wish, door.timing("tomorrow 9:00"), door.user("ada")).await;
    let made = made.expect("made").reminder;
    world.sets::<Settings>("allow_everyone", None).await;
    let changed = operations::change(app, &ada, made.number, reworded(&made)).await.expect("changed");
    assert!(!changed.draft.content.mentions.everyone);
    // Whom it called and who is gone is no obstacle.
    let strange: Id<RoleMarker> = Id::new(77);
    let gone = json!({"everyone": false, "roles": [strange], "users": [door.user("eve")]});
    let row = "update reminder set mentions = $1 where number = $2";
    sqlx::query(row).bind(gone).bind(made.number).execute(&world.db().await).await.expect("a row");
    let made = door.reads(made.number).await.expect("it is there");
    operations::change(app, &ada, made.number, reworded(&made)).await.expect("changed");
    world.discord.take_problems();
}

#[tokio::test]
async fn a_manager_has_nothing_said_to_somebody_else_alone() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let made = door.makes("ann", &door.tea()).await.expect("made").reminder;
    let direct = |reminder: &Reminder| {
        let mut draft = reminder.draft.clone();
        draft.content.channel = None;
        Change { revision: reminder.revision, draft, follows: None }
    };
    let ada = door.comes("ada", Origin::Routine).await;
    assert_eq!(code(operations::change(app, &ada, made.number, direct(&made)).await), "not_theirs");
    let ann = door.comes("ann", Origin::Routine).await;
    operations::change(app, &ann, made.number, direct(&made)).await.expect("it is hers");
}

#[tokio::test]
async fn who_may_make_none_any_more_makes_none_of_an_old_one() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let made = door.makes("ann", &door.tea()).await.expect("made").reminder;
    let ann = door.comes("ann", Origin::Routine).await;
    let paused = operations::pause(app, &ann, made.number).await.expect("paused");
    world.sets::<Settings>("creator_role", Some(json!(door.role("keepers")))).await;
    assert_eq!(code(operations::change(app, &ann, made.number, reworded(&paused)).await), "may_not_make");
    assert_eq!(code(operations::resume(app, &ann, made.number).await), "may_not_make");
    operations::delete(app, &ann, made.number, paused.revision).await.expect("deleted");
}

#[tokio::test]
async fn members_see_their_own_and_managers_those_of_all_but_what_is_private() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let of_ann = door.makes("ann", &door.tea()).await.expect("made").reminder.number;
    let direct = Wish { name: Some("Secret".to_owned()), target: Some(Target::Direct), ..Wish::default() };
    let private = door.makes("ann", &direct).await.expect("made").reminder.number;
    let (ann, bob, ada) = (
        door.comes("ann", Origin::Routine).await,
        door.comes("bob", Origin::Routine).await,
        door.comes("ada", Origin::Routine).await,
    );
    let key = Acting::key(app, door.guild, "reminders", "shop", Origin::Routine, world.now()).await.expect("settings");
    let list = async |acting: &Acting, whose: Whose| {
        let found = operations::list(app, acting, whose, (None, false), (Begin::At(-1), usize::MAX)).await;
        found.map(|found| found.reminders.into_iter().map(|it| (it.number, it.draft.content.name)).collect::<Vec<_>>())
    };
    let both = |secret: &str| vec![(private, secret.to_owned()), (of_ann, "Tea".to_owned())];
    assert_eq!(list(&ann, Whose::Own).await.expect("hers"), both("Secret"));
    assert_eq!(list(&bob, Whose::Own).await.expect("his"), []);
    assert_eq!(list(&key, Whose::Own).await.expect("it has none"), []);
    for whose in [Whose::Everybody, Whose::Of(door.user("ann"))] {
        assert_eq!(code(list(&bob, whose).await), "only_own");
        assert_eq!(list(&ada, whose).await.expect("she manages all"), both(""));
        assert_eq!(list(&key, whose).await.expect("it manages all"), both(""));
    }
    assert_eq!(operations::find(app, &ann, "secret").await.expect("hers").number, private);
    assert_eq!(operations::find(app, &ada, &format!("#{private}")).await.expect("it is there").draft.content.name, "");
    for named in ["Secret", "tea", "1", "99"] {
        assert_eq!(code(operations::find(app, &bob, named).await), "no_such_reminder", "{named}");
    }
    assert_eq!(code(operations::find(app, &ada, "Secret").await), "no_such_reminder");
    // Who cannot know what it says silences it, but does not let it speak by their right.
    operations::pause(app, &ada, private).await.expect("she manages all");
    assert_eq!(code(operations::resume(app, &ada, private).await), "private");
    operations::resume(app, &ann, private).await.expect("hers");
    let find_all = async |acting: &Acting| {
        let found = operations::find_all(app, acting, &[private, of_ann, 99]).await.expect("a list");
        found.into_iter().map(|it| it.draft.content.name).collect::<Vec<_>>()
    };
    assert_eq!(find_all(&ann).await, ["Tea", "Secret"]);
    assert_eq!(find_all(&ada).await, ["Tea", ""]);
    assert!(find_all(&bob).await.is_empty());
    assert_eq!(operations::search(app, &bob, "", 25).await.expect("a list").len(), 0);
    assert_eq!(operations::search(app, &ada, "te\0a", 25).await.expect("a list").len(), 1);
    operations::save_template(app, &ada, of_ann, "Break").await.expect("kept");
    assert_eq!(operations::templates(app, &bob, "BRE", 25).await.expect("names"), ["Break"]);
}

#[tokio::test]
async fn nobody_reads_by_putting_it_off_what_was_not_said_yet() {
    let world = World::new().await;
    world.discord.guild(HOME).also("Alphapy", Permissions::MENTION_EVERYONE);
    let (door, app) = (home(&world), world.app());
    world.sets::<Settings>("allow_everyone", Some(json!(true))).await;
    world.sets::<Settings>("manager_role", Some(json!(door.role("keepers")))).await;
    let everyone = Mentions { everyone: true, ..Mentions::default() };
    let made = door.makes("ada", &Wish { mentions: Some(everyone), ..door.tea() }).await.expect("made").reminder;
    let bob = door.comes("bob", Origin::Routine).await;
    assert_eq!(code(operations::snooze(app, &bob, made.number, 5).await), "not_called");
    for who in ["ada", "mia"] {
        let acting = door.comes(who, Origin::Routine).await;
        operations::snooze(app, &acting, made.number, 5).await.expect("she may read it already");
    }
    door.was_said(made.number).await;
    operations::snooze(app, &bob, made.number, 5).await.expect("it called him");
}

#[tokio::test]
async fn everybody_who_is_called_may_put_it_off_but_make_nothing_else_of_it() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let bob = Mentions { users: vec![door.user("bob")], ..Mentions::default() };
    let call = Wish { mentions: Some(bob), ..door.tea() };
    let made = door.makes("ada", &call).await.expect("made").reminder;
    // He may make none, and has as many as he may have.
    door.makes("bob", &door.tea()).await.expect("made");
    world.sets::<Settings>("member_limit", Some(json!(1))).await;
    world.sets::<Settings>("creator_role", Some(json!(door.role("keepers")))).await;
    let bob = door.comes("bob", Origin::Routine).await;
    door.was_said(made.number).await;
    let snoozed = operations::snooze(app, &bob, made.number, 10).await.expect("put off").number;
    let snoozed = door.reads(snoozed).await.expect("it is there");
    assert_eq!(snoozed.draft.content.channel, Some(door.channel("#help")), "he may write there");
    assert_eq!(code(operations::change(app, &bob, snoozed.number, reworded(&snoozed)).await), "may_not_make");
    world.sets::<Settings>("creator_role", None).await;
    assert_eq!(code(operations::change(app, &bob, snoozed.number, reworded(&snoozed)).await), "too_many");
    world.sets::<Settings>("member_limit", Some(json!(2))).await;
    operations::change(app, &bob, snoozed.number, reworded(&snoozed)).await.expect("changed");
    // Where he may not write it comes to him alone.
    let silenced = with_rights(&bob, door.channel("#help"), Permissions::VIEW_CHANNEL);
    let snoozed = operations::snooze(app, &silenced, made.number, 20).await.expect("put off").number;
    assert_eq!(door.reads(snoozed).await.expect("it is there").draft.content.channel, None);
    let key = Acting::key(app, door.guild, "reminders", "shop", Origin::Routine, world.now()).await.expect("settings");
    assert_eq!(code(operations::snooze(app, &key, made.number, 5).await), "not_called");
}

#[tokio::test]
async fn a_template_gives_the_staff_no_rights_either() {
    let world = World::new().await;
    world.discord.guild(HOME).also("Alphapy", Permissions::MENTION_EVERYONE);
    let send = Permissions::SEND_MESSAGES;
    let server = world.discord.guild(HOME).channel("rules");
    server.overwrite("rules", "@everyone", NOBODY, send).overwrite("rules", "bot", send, NOBODY);
    world.sets::<Settings>("manager_role", Some(json!(world.role("keepers")))).await;
    world.sets::<Settings>("allow_everyone", Some(json!(true))).await;
    let (door, app) = (home(&world), world.app());
    let ada = door.comes("ada", Origin::Routine).await;
    let everyone = Mentions { everyone: true, ..Mentions::default() };
    let rules = Some(Target::Channel(door.channel("#rules")));
    for (name, wish) in
        [("Rules", Wish { target: rules, ..door.tea() }), ("All", Wish { mentions: Some(everyone), ..door.tea() })]
    {
        let made = door.makes("ada", &wish).await.expect("made").reminder;
        operations::save_template(app, &ada, made.number, name).await.expect("kept");
    }
    let by = |name: &str| Wish { template: Some(name.to_owned()), ..Wish::default() };
    assert_eq!(code(door.makes("mia", &by("Rules")).await), "lacks_permissions");
    assert_eq!(code(door.makes("mia", &by("All")).await), "may_not_call_everybody");
    for name in ["Rules", "All"] {
        door.makes("ada", &by(name)).await.expect("she may herself");
    }
    world.discord.take_problems();
}

#[tokio::test]
async fn what_no_command_offers_is_refused_below_every_door() {
    let world = World::new().await;
    world.discord.guild(HOME).also("Alphapy", Permissions::MENTION_EVERYONE);
    world.discord.guild(HOME).category("attic").voice("lounge");
    let (door, app) = (home(&world), world.app());
    let ada = door.comes("ada", Origin::Routine).await;
    let made = door.makes("ada", &door.tea()).await.expect("made").reminder;
    let both = async |door: &Door<'_>, set: &dyn Fn(&mut Draft)| {
        let mut draft = made.draft.clone();
        set(&mut draft);
        let Draft { content, timing, .. } = draft.clone();
        let target = content.channel.map_or(Target::Direct, Target::Channel);
        let wish = Wish { target: Some(target), mentions: Some(content.mentions), ..door.tea() };
        let outcome = code(operations::make(app, &ada, &wish, timing, door.user("ada")).await);
        let change = Change { revision: made.revision, draft, follows: None };
        assert_eq!(code(operations::change(app, &ada, made.number, change).await), outcome);
        outcome
    };
    let repeat = |repeat: Repeat| move |draft: &mut Draft| draft.timing.schedule.repeat = Some(repeat.clone());
    assert_eq!(both(&door, &repeat(Repeat::Minutes(9))).await, "too_often");
    assert_eq!(both(&door, &repeat(Repeat::Minutes(0))).await, "too_often");
    assert_eq!(both(&door, &repeat(Repeat::Days(-1))).await, "odd_rule");
    assert_eq!(both(&door, &repeat(Repeat::Weeks { every: 1, days: Weekdays::default() })).await, "odd_rule");
    let attic = door.channel("#attic");
    let lounge = door.channel("#lounge");
    for place in [attic, lounge] {
        assert_eq!(both(&door, &|draft| draft.content.channel = Some(place)).await, "wrong_channel_type");
    }
    let many = |draft: &mut Draft| draft.content.mentions.roles = (1..=21).map(Id::new).collect();
    assert_eq!(both(&door, &many).await, "too_many_mentions");
    let many = |draft: &mut Draft| draft.content.mentions.users = (1..=21).map(Id::new).collect();
    assert_eq!(both(&door, &many).await, "too_many_mentions");
    // @everyone is a role of the guild's id.
    let everyone = |draft: &mut Draft| draft.content.mentions.roles = vec![door.guild.cast()];
    assert_eq!(both(&door, &everyone).await, "everyone_not_allowed");
    world.sets::<Settings>("allow_everyone", Some(json!(true))).await;
    let wish = Wish {
        mentions: Some(Mentions { roles: vec![door.guild.cast(), door.guild.cast()], ..Mentions::default() }),
        ..door.tea()
    };
    assert_eq!(code(door.makes("bob", &wish).await), "may_not_call_everybody");
    let mentions = door.makes("ada", &wish).await.expect("she may").reminder.draft.content.mentions;
    assert_eq!(mentions, Mentions { everyone: true, ..Mentions::default() });
    world.discord.take_problems();
}

#[tokio::test]
async fn whoever_vouches_for_a_reminder_is_asked_for_what_they_may_by_then() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let (ann, help) = (door.comes("ann", Origin::Routine).await, door.channel("#help"));
    let check = async |rights: Permissions, repeats: bool| {
        operations::check_voucher(app, &with_rights(&ann, help, rights), Some(help), repeats).await
    };
    let writes = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    assert!(!check(writes, false).await.expect("she may write"));
    assert!(check(writes | Permissions::MENTION_EVERYONE, false).await.expect("she may write"));
    assert_eq!(code(check(Permissions::VIEW_CHANNEL, false).await), "lacks_permissions");
    world.sets::<Settings>("creator_role", Some(json!(door.role("keepers")))).await;
    assert_eq!(code(check(writes, false).await), "may_not_make");
    assert!(!check(writes, true).await.expect("it only repeats another"));
    assert_eq!(code(operations::check_voucher(app, &ann, None, false).await), "may_not_make");
}

#[tokio::test]
async fn who_is_not_in_the_server_may_nothing_in_its_channels() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let stranger = Acting::of_user(app, world.guild(HOME), "reminders", Id::new(424_242), Origin::Routine, world.now());
    let stranger = stranger.await.expect("Discord answers");
    let wish = door.tea();
    let channel = door.channel("#help");
    let place = stranger.place(app, channel).await.expect("Discord answers").expect("it is there");
    assert_eq!(place.actor, Some(NOBODY), "also where everybody may write");
    let direct = Wish { target: Some(Target::Direct), ..wish.clone() };
    let made = operations::make(app, &stranger, &direct, door.timing("friday 20:00"), Id::new(424_242)).await;
    assert_eq!(code(made), "not_in_guild");
    let made = operations::make(app, &stranger, &wish, door.timing("friday 20:00"), Id::new(424_242)).await;
    assert_eq!(code(made), "not_in_guild");
    // That Discord knows no such member is what was asked.
    world.discord.take_problems();
}

#[tokio::test]
async fn a_reminder_that_the_bot_may_call_nobody_with_is_refused_before_it_is_kept() {
    let world = World::new().await;
    let door = home(&world);
    world.sets::<Settings>("allow_everyone", Some(json!(true))).await;
    world.discord.guild(HOME).role("crew", Permissions::empty()).role("club", Permissions::empty()).mentionable("club");
    let calls = |mentions| Wish { mentions: Some(mentions), ..door.tea() };
    let role = |name: &str| Mentions { roles: vec![door.role(name)], ..Mentions::default() };
    let everyone = Mentions { everyone: true, ..Mentions::default() };
    for mentions in [everyone.clone(), role("crew")] {
        assert_eq!(code(door.makes("ada", &calls(mentions)).await), "bot_lacks_permissions");
    }
    door.makes("ada", &calls(role("club"))).await.expect("everybody may call it");
    let kept = sqlx::query_scalar::<_, i64>("select count(*) from reminder").fetch_one(&world.db().await).await;
    assert_eq!(kept.expect("a number"), 1);
}
