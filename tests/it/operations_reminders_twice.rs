//! What is asked for twice by the same origin: it is done once, and answered the second time as it was the first.

use alphapy::acting::{Acting, Origin};
use alphapy::features::tickets::model::PanelDraft;
use alphapy::features::tickets::model::answers::Given;
use alphapy::features::tickets::model::workflow::Step;
use alphapy::features::tickets::operations::open::{self, Asked, Request};
use alphapy::features::tickets::operations::{blocks, drafts, panels, step};
use alphapy::features::tickets::store::By;
use alphapy::operations::reminders::{self as operations, Change, SavedTemplate};
use alphapy::reminders::Draft;
use jiff::SignedDuration;

use crate::operations_reminders::{home, request};
use crate::support::{World, by_request, code};

#[tokio::test]
async fn what_comes_twice_is_done_once_and_answered_twice() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let (ann, ada) = (door.comes("ann", Origin::Routine).await, door.comes("ada", Origin::Routine).await);
    let made = door.makes("ann", &door.tea()).await.expect("made").reminder;
    let number = made.number;

    let edit = by_request(&ann, "edit");
    let mut draft = made.draft.clone();
    draft.content.body = "Green".to_owned();
    let change = || {
        let change = Change { revision: made.revision, draft: draft.clone(), follows: None };
        operations::change(app, &edit, number, change)
    };
    let (one, two) = tokio::join!(change(), change());
    let changed = one.expect("changed");
    assert_eq!(changed, two.expect("it is done"));
    let change_by_other = Change { revision: made.revision, draft: draft.clone(), follows: None };
    assert_eq!(code(operations::change(app, &ann, number, change_by_other).await), "changed_meanwhile");

    let pause = by_request(&ann, "pause");
    let paused = operations::pause(app, &pause, number).await.expect("paused");
    assert_eq!(operations::pause(app, &pause, number).await.expect("it is done"), paused);
    assert_eq!(code(operations::pause(app, &ann, number).await), "already_paused");
    let resume = by_request(&ann, "resume");
    let resumed = operations::resume(app, &resume, number).await.expect("resumed");
    assert_eq!(operations::resume(app, &resume, number).await.expect("it is done"), resumed);
    // Whoever repeats what was done before does not silence it again.
    assert_eq!(operations::pause(app, &pause, number).await.expect("it is done").reminder, resumed.reminder);
    assert_eq!(door.reads(number).await, Some(resumed.reminder.clone()));
    assert_eq!(change().await.expect("it is done").reminder, resumed.reminder, "what it is by now");

    let save = by_request(&ada, "save");
    let saved = operations::save_template(app, &save, number, "Break").await.expect("kept");
    assert_eq!(saved, SavedTemplate { replaced: None });
    assert_eq!(operations::save_template(app, &save, number, "break").await.expect("it is done"), saved);
    let replace = by_request(&ada, "replace");
    let saved = operations::save_template(app, &replace, number, "Break").await.expect("kept");
    assert_eq!(saved, SavedTemplate { replaced: Some(ada.user()) });
    assert_eq!(operations::save_template(app, &replace, number, "Break").await.expect("it is done"), saved);
    let remove = by_request(&ada, "remove");
    operations::remove_template(app, &remove, "Break").await.expect("forgotten");
    operations::save_template(app, &ada, number, "Break").await.expect("kept");
    operations::remove_template(app, &remove, "BREAK").await.expect("it is done");
    operations::remove_template(app, &ada, "Break").await.expect("it is still there");
    assert_eq!(code(operations::remove_template(app, &ada, "Break").await), "no_such_template");

    let delete = by_request(&ann, "delete");
    let (one, two) = tokio::join!(
        operations::delete(app, &delete, number, resumed.revision),
        operations::delete(app, &delete, number, resumed.revision)
    );
    let deleted = one.expect("deleted");
    assert_eq!((deleted.number, &*deleted.name), (number, "Tea"));
    assert_eq!(deleted, two.expect("it is done"));
    assert_eq!(code(operations::delete(app, &ann, number, resumed.revision).await), "no_such_reminder");
    // What it became is what they ask for; of what only was silenced nobody can tell any more what it said.
    let again = change().await.expect("it is done").reminder;
    assert_eq!((again.number, &again.draft, again.revision), (number, &changed.draft, changed.revision));
    assert_eq!(code(operations::pause(app, &pause, number).await), "no_such_reminder");
    let elsewhere = by_request(&door.comes("bob", Origin::Routine).await, "edit");
    let change = Change { revision: made.revision, draft: draft.clone(), follows: None };
    assert_eq!(code(operations::change(app, &elsewhere, number, change).await), "gone");
}

#[tokio::test]
async fn what_was_made_is_answered_when_it_could_not_be_made_any_more() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let ann = door.comes("ann", request("make")).await;
    let timing = door.timing("in 5 minutes");
    let made = operations::make(app, &ann, &door.tea(), timing.clone(), door.user("ann")).await;
    let made = made.expect("made").reminder;
    let snoozing = door.comes("ann", request("snooze")).await;
    let snoozed = operations::snooze(app, &snoozing, made.number, 5).await.expect("put off");
    world.clock.advance(SignedDuration::from_mins(10));
    let ann = door.comes("ann", request("make")).await;
    let again = operations::make(app, &ann, &door.tea(), timing.clone(), door.user("ann")).await.expect("it is done");
    assert!(again.again && again.reminder == made);
    operations::delete(app, &ann, made.number, made.revision).await.expect("deleted");
    assert_eq!(operations::snooze(app, &snoozing, made.number, 5).await.expect("it is done"), snoozed);
    let Draft { snoozes, .. } = door.reads(snoozed.number).await.expect("it is there").draft;
    assert_eq!(snoozes, Some(made.number));
}

#[tokio::test]
async fn what_is_put_off_once_more_by_another_is_not_put_off_again_by_the_first() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let number = door.makes("ann", &door.tea()).await.expect("made").reminder.number;
    let (first, second) = (door.comes("ann", request("a")).await, door.comes("ann", request("b")).await);
    let by_first = operations::snooze(app, &first, number, 10).await.expect("put off");
    let by_second = operations::snooze(app, &second, number, 60).await.expect("put off");
    assert_eq!((by_first.number, by_first.at < by_second.at), (by_second.number, true));
    assert_eq!(operations::snooze(app, &first, number, 10).await.expect("it is done"), by_first);
    assert_eq!(operations::snooze(app, &second, number, 60).await.expect("it is done"), by_second);
    let stored = door.reads(by_second.number).await.expect("it is there");
    assert_eq!(stored.next.map(|fire| fire.due_at), Some(by_second.at));
}

#[tokio::test]
async fn one_request_may_make_one_and_put_some_off() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let old = door.makes("ann", &door.tea()).await.expect("made").reminder.number;
    let ann = door.comes("ann", request("both")).await;
    let tea = door.tea();
    let make = || operations::make(app, &ann, &tea, door.timing("tomorrow 9:00"), door.user("ann"));
    let made = make().await.expect("made").reminder.number;
    let numbers = [old, made].map(|number| operations::snooze(app, &ann, number, 5));
    let [one, other] = numbers;
    let (one, other) = (one.await.expect("put off").number, other.await.expect("put off").number);
    assert_eq!([old, made, one, other], [1, 2, 3, 4]);
    assert_eq!(make().await.expect("it is done").reminder.number, made);
    // Whichever comes first.
    let ann = door.comes("ann", request("backwards")).await;
    let snoozed = operations::snooze(app, &ann, old, 5).await.expect("put off").number;
    let made = operations::make(app, &ann, &door.tea(), door.timing("tomorrow 9:00"), door.user("ann")).await;
    assert_eq!((snoozed, made.expect("made").reminder.number), (3, 5));
}

#[tokio::test]
async fn what_somebody_else_did_is_told_to_nobody() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let interaction = || Origin::Interaction(twilight_model::id::Id::new(7));
    let ann = door.comes("ann", interaction()).await;
    let timing = || door.timing("in 5 minutes");
    let made = operations::make(app, &ann, &door.tea(), timing(), door.user("ann")).await.expect("made").reminder;
    operations::delete(app, &ann, made.number, made.revision).await.expect("deleted");
    let (bob, ada) = (door.comes("bob", interaction()).await, door.comes("ada", interaction()).await);
    assert_eq!(code(operations::delete(app, &bob, made.number, made.revision).await), "no_such_reminder");
    operations::delete(app, &ann, made.number, made.revision).await.expect("it is done");
    operations::delete(app, &ada, made.number, made.revision).await.expect("she manages all");
    let other = Origin::Interaction(twilight_model::id::Id::new(8));
    let ann = door.comes("ann", other.clone()).await;
    let made = operations::make(app, &ann, &door.tea(), timing(), door.user("ann")).await.expect("made").reminder;
    let bob = door.comes("bob", other).await;
    let of_bob = operations::make(app, &bob, &door.tea(), timing(), door.user("bob")).await;
    assert_eq!(code(of_bob), "not_for_them");
    assert_eq!(code(operations::snooze(app, &bob, made.number, 5).await), "not_called");
}

#[tokio::test]
async fn what_an_older_version_kept_no_answer_of_is_refused_as_it_is_now() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let ada = door.comes("ada", request("k")).await;
    let made = door.makes("ada", &door.tea()).await.expect("made").reminder;
    let paused = operations::pause(app, &ada, made.number).await.expect("paused");
    operations::save_template(app, &ada, made.number, "Break").await.expect("kept");
    operations::delete(app, &ada, made.number, paused.revision).await.expect("deleted");
    sqlx::query("update done_once set answer = null").execute(&world.db().await).await.expect("rows");
    assert_eq!(code(operations::delete(app, &ada, made.number, paused.revision).await), "no_such_reminder");
    assert_eq!(code(operations::pause(app, &ada, made.number).await), "no_such_reminder");
    assert_eq!(code(operations::save_template(app, &ada, made.number, "Break").await), "no_such_reminder");
}
#[tokio::test]
async fn whose_clocks_count_is_set_once_by_one_origin() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let ann = door.comes("ann", request("first")).await;
    let set = operations::set_zone(app, &ann, Some("Asia/Tokyo")).await.expect("a zone");
    let later = door.comes("ann", request("second")).await;
    let reset = operations::set_zone(app, &later, None).await.expect("the server's");
    assert_eq!((set.zone.as_deref(), reset.zone), (Some("Asia/Tokyo"), None));
    assert_eq!(operations::set_zone(app, &ann, Some("Asia/Tokyo")).await.expect("it was set"), set);
    let zone = operations::find_zone(app, &ann).await.expect("a zone");
    assert_eq!(zone.iana_name(), Some("Europe/Brussels"), "what came twice changed nothing");
    assert_eq!(
        code(operations::set_zone(app, &door.comes("ann", request("x")).await, Some("Mars")).await),
        "no_such_zone"
    );
}

async fn count(world: &World) -> i64 {
    sqlx::query_scalar("select count(*) from reminder").fetch_one(&world.db().await).await.expect("a number")
}

#[tokio::test]
async fn a_reminder_that_was_deleted_since_is_not_made_again() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    for origin in [request("k"), Origin::Interaction(twilight_model::id::Id::new(7))] {
        let ann = door.comes("ann", origin).await;
        let wish = door.tea();
        let make = || operations::make(app, &ann, &wish, door.timing("tomorrow 9:00"), door.user("ann"));
        let first = make().await.expect("made").reminder;
        operations::delete(app, &ann, first.number, first.revision).await.expect("deleted");
        let again = make().await.expect("it is done");
        assert!(again.again && again.reminder == first, "{again:?}");
        // Nor by who prepares it first.
        let prepared = operations::prepare(app, &ann, &wish, door.user("ann")).await.expect("she may");
        let again = operations::make_prepared(app, &ann, prepared, door.timing("tomorrow 9:00")).await;
        assert_eq!(again.expect("it is done").reminder, first);
        assert_eq!(count(&world).await, 0);
    }
}

#[tokio::test]
async fn one_request_makes_a_reminder_of_each_wish() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let ann = door.comes("ann", request("k")).await;
    let coffee = operations::Wish { name: Some("Coffee".to_owned()), ..door.tea() };
    let mut made = Vec::new();
    for _ in 0..2 {
        for (wish, at) in [(door.tea(), "9:00"), (coffee.clone(), "9:00"), (door.tea(), "10:00")] {
            let timing = door.timing(&format!("tomorrow {at}"));
            made.push(operations::make(app, &ann, &wish, timing, door.user("ann")).await.expect("made").reminder);
        }
    }
    assert_eq!(made[..3], made[3..]);
    // A program makes one for each member whom it asks for.
    let key = Acting::key(app, door.guild, "reminders", "shop", request("k"), world.now()).await.expect("settings");
    for _ in 0..2 {
        for who in ["ann", "bob"] {
            let of = operations::make(app, &key, &door.tea(), door.timing("tomorrow 9:00"), door.user(who)).await;
            assert_eq!(of.expect("made").reminder.draft.creator, door.user(who));
        }
    }
    assert_eq!(count(&world).await, 5);
}

#[tokio::test]
async fn one_request_changes_one_reminder_into_two_things_and_sets_two_zones() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let ann = door.comes("ann", request("k")).await;
    let mut reminder = door.makes("ann", &door.tea()).await.expect("made").reminder;
    for body in ["Green", "Black", "Green"] {
        let mut draft = reminder.draft.clone();
        draft.content.body = body.to_owned();
        let change = Change { revision: reminder.revision, draft, follows: None };
        reminder = operations::change(app, &ann, reminder.number, change).await.expect("changed").reminder;
    }
    assert_eq!((reminder.draft.content.body.as_str(), reminder.revision), ("Black", 3), "the third is the first again");
    operations::set_zone(app, &ann, Some("Asia/Tokyo")).await.expect("a zone");
    operations::set_zone(app, &ann, Some("Europe/Paris")).await.expect("another");
    operations::set_zone(app, &ann, Some("Asia/Tokyo")).await.expect("it was set");
    let zone = operations::find_zone(app, &ann).await.expect("a zone");
    assert_eq!(zone.iana_name(), Some("Europe/Paris"));
    let first = operations::snooze(app, &ann, reminder.number, 5).await.expect("put off");
    let later = operations::snooze(app, &ann, reminder.number, 50).await.expect("put off");
    assert_eq!((first.minutes, later.minutes), (5, 50));
}

#[tokio::test]
async fn no_origin_and_no_deed_names_a_person() {
    let world = World::new().await;
    let (door, app, db) = (home(&world), world.app(), world.db().await);
    let ann = door.comes("ann", request("k")).await;
    let made = operations::make(app, &ann, &door.tea(), door.timing("tomorrow"), door.user("ann")).await;
    operations::snooze(app, &ann, made.expect("made").reminder.number, 5).await.expect("put off");
    let ada = world.comes("ada", door.guild, "tickets", Vec::new(), request("k")).await;
    let kind = open::find_kind(app, &ada, 1).await.expect("there is one");
    let asked = Asked::Questions(vec![(1, Given::Text("Look".to_owned()))]);
    let ready = open::prepare(app, &ada, Request { kind, user: Some(door.user("ann")), asked }).await.expect("she may");
    let number = open::open(app, &ada, &ready).await.expect("opened").number;
    let ticket = step::find(app, &ada, By::Number(number)).await.expect("it is there");
    step::take(app, &ada, ticket, Step::Add { user: door.user("bob") }).await.expect("added");
    drafts::save(app, &ada, &request("draft"), &ready).await.expect("kept");
    blocks::block(app, &ada, door.user("bob"), "spam").await.expect("blocked");
    blocks::unblock(app, &ada, door.user("bob")).await.expect("unblocked");
    panels::place(app, &ada, Some(door.channel("#help")), PanelDraft::default()).await.expect("placed");
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select table_name::text, column_name::text
           from information_schema.columns
          where table_schema = 'public' and column_name in ('origin', 'deed')",
    )
    .fetch_all(&db)
    .await
    .expect("the schema");
    let mut seen = 0;
    for (table, column) in columns {
        let select = format!("select {column} from {table} where {column} is not null");
        let texts: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(select)).fetch_all(&db).await.expect("rows");
        for who in ["ann", "bob", "ada"] {
            let id = door.user(who).to_string();
            assert!(!texts.iter().any(|text| text.contains(&id)), "{table}.{column}: {texts:?}");
        }
        seen += usize::from(!texts.is_empty());
    }
    assert!(seen >= 7, "what was done stands in {seen} columns");
    world.settle().await;
    world.screen().await;
}
