//! What is switched off is not done, whatever door somebody comes through and whatever that door takes it for.

use std::collections::BTreeSet;

use alphapy::acting::{Acting, Origin};
use alphapy::assist::Reason;
use alphapy::features::tickets::model::answers::Given;
use alphapy::features::tickets::model::workflow::Step;
use alphapy::features::tickets::model::{Definition, KindChange, KindLimits, PanelDraft, TagDraft};
use alphapy::features::tickets::operations::kinds::Named;
use alphapy::features::tickets::operations::open::{self, Asked, Request};
use alphapy::features::tickets::operations::{
    blocks, clip, conversation, drafts, kinds, look, panels, replies, step, table, tags,
};
use alphapy::features::tickets::settings::Settings;
use alphapy::features::tickets::store::{At, By, Filter};
use alphapy::knowledge;
use alphapy::operations::knowledge::Pin;
use alphapy::operations::reminders::{Change, Wish};
use alphapy::operations::settings::{self, Given as Wanted, Means};
use alphapy::operations::{knowledge as faq, reminders};
use alphapy::reminders::{Begin, Begun, Problem, Timing, when};
use alphapy::settings::{Declared, Minutes};
use alphapy::statistics::Period;
use alphapy::words::Language;
use jiff::tz::TimeZone;
use serde_json::json;
use twilight_model::id::Id;

use crate::sources::library;
use crate::support::{HOME, World, code};

/// An administrator, by a door that takes what they do for something of `feature`.
async fn comes(world: &World, feature: &'static str) -> Acting {
    world.comes("ada", world.guild(HOME), feature, Vec::new(), Origin::Request("once".to_owned())).await
}

/// Asserts that each of these is refused, and that they are all that there are in those rooms.
macro_rules! all_refused {
    ($rooms:expr; $($name:literal: $outcome:expr,)+) => {{
        $(assert_eq!(code($outcome.await.map(drop)), "switched_off", $name);)+
        let asked: BTreeSet<String> = [$($name),+].map(str::to_owned).into();
        assert_eq!(asked, operations($rooms));
    }};
}

/// The operations of some rooms, each with its file where there are several.
fn operations(rooms: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, code) in library() {
        let Some(file) = path.strip_prefix(rooms) else { continue };
        let file = file.trim_end_matches(".rs").trim_end_matches("/mod");
        for operation in code.split("\npub async fn ").skip(1) {
            let name = operation.split(['(', '<']).next().unwrap_or_default();
            found.insert(format!("{file} {name}"));
        }
    }
    found
}

#[tokio::test]
async fn nothing_is_done_with_tickets_that_are_switched_off() {
    let world = World::new().await;
    let (app, ada) = (world.app(), comes(&world, "tickets").await);
    let (bob, help) = (world.user("bob"), Some(world.channel("#help")));
    let asked = || Asked::Questions(vec![(1, Given::Text("Help".to_owned()))]);
    let kind = open::find_kind(app, &ada, 1).await.expect("it is there");
    let request = || Request { kind: kind.clone(), user: None, asked: asked() };
    let ready = open::prepare(app, &ada, request()).await.expect("she may");
    let number = open::open(app, &ada, &ready).await.expect("opened").number;
    let ticket = step::find(app, &ada, By::Number(number)).await.expect("it is there");
    world.settle().await;
    world.types("ada", "/config tickets set enabled:false").await;
    world.screen().await;

    let (name, message) = (&Origin::Interaction(Id::new(7)), world.channel("#help"));
    let wish = replies::Wish { draft: Id::new(1), text: "Soon.".to_owned(), was: None, anyway: false, channel: None };
    let draft = TagDraft { name: "Refund".to_owned(), body: "Soon.".to_owned() };
    let limits = || {
        let (hours, hours_note) = (String::new(), String::new());
        KindChange::Limits(KindLimits { member_limit: 1, cooldown: Minutes(0), hours, hours_note })
    };
    // The door may take it for something else, and a program may come.
    let key = Acting::key(app, world.guild(HOME), "faq", "shop", Origin::Routine, world.now()).await.expect("settings");
    for acting in [&ada, &comes(&world, "faq").await, &key] {
        all_refused! { "features/tickets/operations/";
            "blocks block": blocks::block(app, acting, bob, ""),
            "blocks list": blocks::list(app, acting),
            "blocks unblock": blocks::unblock(app, acting, bob),
            "clip attach": clip::attach(app, acting, name, &ticket),
            "clip save": clip::save(app, acting, name, message, Id::new(9)),
            "clip save_as_draft": clip::save_as_draft(app, acting, name, name, &ready),
            "clip open_with": clip::open_with(app, acting, name, &ready, async |_, number| Ok(number)),
            "clip prepare": clip::prepare(app, acting, name, 1),
            "drafts answer": drafts::answer(app, acting, name, 1),
            "drafts find": drafts::find(app, acting, name),
            "drafts save": drafts::save(app, acting, name, &ready),
            "drafts save_refused": drafts::save_refused(app, acting, name, (1, None), Vec::new()),
            "drafts send": drafts::send(app, acting, name, async |_, number| Ok(number)),
            "kinds add": kinds::add(app, acting, "Billing", Definition::default()),
            "kinds change": kinds::change(app, acting, 1, limits()),
            "kinds change_as": kinds::change_as(app, acting, 1, &Named::default(), |_| Ok(limits())),
            "kinds look": kinds::look(app, acting),
            "kinds unheard": kinds::unheard(app, acting),
            "kinds remove": kinds::remove(app, acting, 1, 0),
            "conversation read": async { conversation::read(app, acting, &ticket, None).await.map(drop) },
            "look history": async { look::history(app, acting, &ticket).await.map(|it| it.staff) },
            "look kept_of": async { look::kept_of(app, acting, &ticket).await.map(|_| ()) },
            "look takes_long": look::takes_long(app, acting),
            "look list": look::list(app, acting, Filter::default(), At::Start, 9),
            "look page": look::page(app, acting, Filter::default(), At::Start, 9),
            "look list_kinds": look::list_kinds(app, acting),
            "look require_reader": look::require_reader(app, acting, &ticket),
            "look search": look::search(app, acting, "refund", 9),
            "look stats": async { look::stats(app, acting, Period::Week, 9).await.map(drop) },
            "look transcript": async { look::transcript(app, acting, &ticket).await.map(drop) },
            "look unsettled": look::unsettled(app, acting, 3),
            "look works_tickets": look::works_tickets(app, acting),
            "open could_open": open::could_open(app, acting, &kind, None),
            "open find_kind": open::find_kind(app, acting, 1),
            "open list_kinds": open::list_kinds(app, acting),
            "open offer": async { open::offer(app, acting, &mut ready.clone(), Language::ENGLISH).await.map(|it| it.is_some()) },
            "open open": open::open(app, acting, &ready),
            "open open_with": open::open_with(app, acting, &ready, async |_, number| Ok(number)),
            "open prepare": open::prepare(app, acting, request()),
            "panels check": panels::check(app, acting, help),
            "panels look": async { panels::look(app, acting, 1).await.map(drop) },
            "panels list": async { panels::list(app, acting).await.map(drop) },
            "panels place": panels::place(app, acting, help, PanelDraft::default()),
            "panels place_at": panels::place_at(app, acting, help, 0, PanelDraft::default()),
            "replies could_draft": replies::could_draft(app, acting, &ticket),
            "replies could_post": replies::could_post(app, acting, &wish),
            "replies dismiss": replies::dismiss(app, acting, Id::new(1), Reason::Wrong),
            "replies draft": async {
                replies::draft(app, acting, &ticket, Id::new(1), (None, None)).await.map(drop)
            },
            "replies post": replies::post(app, acting, &wish),
            "step could_take": step::could_take(app, acting, &ticket, &Step::Claim),
            "step find": step::find(app, acting, By::Number(number)),
            "step find_to_take": step::find_to_take(app, acting, By::Number(number)),
            "step take": step::take(app, acting, ticket.clone(), Step::Claim),
            "table read": async { table::read(app, acting, Filter::default(), At::Start, Language::ENGLISH).await.map(drop) },
            "tags add": tags::add(app, acting, &draft),
            "tags change": tags::change(app, acting, 1, &(), |_| Ok(draft.clone())),
            "tags find": tags::find(app, acting, "Refund"),
            "tags give": tags::give(app, acting, "Refund"),
            "tags list": tags::list(app, acting),
            "tags remove": tags::remove(app, acting, "Refund"),
            "tags require_staff": tags::require_staff(app, acting),
            "tags suggest": tags::suggest(app, acting, "R"),
        }
    }
    // The bot finishes what was begun, and everything goes on elsewhere.
    let bot = Acting::bot(app, world.guild(HOME), "tickets", Origin::Routine, world.now()).await.expect("settings");
    step::find(app, &bot, By::Number(number)).await.expect("it is there");
    let away = world.comes("eve", world.guild(crate::support::AWAY), "tickets", Vec::new(), Origin::Routine).await;
    open::list_kinds(app, &away).await.expect("it is on there");
    // Whoever may change settings switches it on again.
    let switched = Declared::of::<Settings>().switched();
    let on = [("enabled", Wanted::Value(json!(true)))];
    settings::change(app, &comes(&world, "config").await, &switched, &on, Means::Dashboard).await.expect("an admin");
    step::find(app, &ada, By::Number(number)).await.expect("it is on again");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn nothing_is_done_with_reminders_that_are_switched_off() {
    let world = World::new().await;
    let (app, ada) = (world.app(), comes(&world, "reminders").await);
    let (user, help) = (world.user("ada"), world.channel("#help"));
    let timing = || {
        let when = when::read("tomorrow 9:00", &world.now().to_zoned(TimeZone::UTC)).expect("it is understood");
        Timing::new(&when, &TimeZone::UTC, "tomorrow 9:00").expect("it begins before it ends")
    };
    let target = Some(reminders::Target::Channel(help));
    let wish = Wish { name: Some("Tea".to_owned()), target, ..Wish::default() };
    let prepared = reminders::prepare(app, &ada, &wish, user).await.expect("she may");
    let made = reminders::make(app, &ada, &wish, timing(), user).await.expect("made").reminder;
    let change = || Change { revision: 1, draft: made.draft.clone(), follows: None };
    world.types("ada", "/config reminders set enabled:false").await;
    world.screen().await;
    for acting in [&ada, &comes(&world, "faq").await] {
        all_refused! { "operations/reminders/";
            "begun begin": reminders::begin(app, acting, Begun::default()),
            "begun find_begun": reminders::find_begun(app, acting, Id::new(1)),
            "change change": reminders::change(app, acting, made.number, change()),
            "delete delete": reminders::delete(app, acting, made.number, 1),
            "guard check_voucher": reminders::check_voucher(app, acting, None, false),
            "guard manages": reminders::manages(app, acting),
            "guard require_maker": reminders::require_maker(app, acting),
            "look find": reminders::find(app, acting, "Tea"),
            "look find_all": reminders::find_all(app, acting, &[1]),
            "look list": reminders::list(app, acting, reminders::Whose::Own, (None, false), (Begin::At(0), 9)),
            "look search": reminders::search(app, acting, "Tea", 9),
            "look templates": reminders::templates(app, acting, "", 9),
            "look waiting": reminders::waiting(app, acting),
            "make make": reminders::make(app, acting, &wish, timing(), user),
            "make make_prepared": reminders::make_prepared(app, acting, prepared.clone(), timing()),
            "make prepare": reminders::prepare(app, acting, &wish, user),
            "pause pause": reminders::pause(app, acting, made.number),
            "pause pause_channel": reminders::pause_channel(app, acting, help, &Problem::ChannelGone),
            "pause pause_unsayable": reminders::pause_unsayable(app, acting, made.number, &Problem::ChannelGone, None),
            "pause pause_vouched": reminders::pause_vouched(app, acting, &Problem::HasLeft { user }, None),
            "pause resume": reminders::resume(app, acting, made.number),
            "snooze snooze": reminders::snooze(app, acting, made.number, 5),
            "zone find_zone": reminders::find_zone(app, acting),
            "zone set_zone": reminders::set_zone(app, acting, None),
            "template remove_template": reminders::remove_template(app, acting, "Break"),
            "template save_template": reminders::save_template(app, acting, made.number, "Break"),
        }
    }
}

#[tokio::test]
async fn nothing_is_done_with_the_faq_that_is_switched_off() {
    let world = World::new().await;
    let app = world.app();
    world.has_entry("Where?", "There.").await;
    world.types("ada", "/config faq set enabled:false").await;
    world.screen().await;
    let draft = knowledge::Draft { title: "When?".to_owned(), answer: "Then.".to_owned(), ..Default::default() };
    let checked = [draft.clone().checked().expect("it fits")];
    for acting in [&comes(&world, "faq").await, &comes(&world, "tickets").await] {
        all_refused! { "operations/knowledge";
            " add": faq::add(app, acting, draft.clone()),
            " change": faq::change(app, acting, 1, &(), |_| Ok(draft.clone())),
            "/look find": faq::find(app, acting, 1),
            "/look list": faq::list(app, acting, 0, 9),
            "/look search": faq::search(app, acting, "Where?"),
            " replace": faq::replace(app, acting, 1, 1, draft.clone()),
            " import": faq::import(app, acting, &checked, false),
            " pin": faq::pin(app, acting, 1, Pin::On),
            " remove": faq::remove(app, acting, 1, 1),
            "/report duplicates": faq::duplicates(app, acting),
            "/report report": faq::report(app, acting, 7, 9),
            "/report uses": faq::uses(app, acting, 7),
            " set_synonyms": faq::set_synonyms(app, acting, &(), |_| Ok(Vec::new())),
            " synonyms": faq::synonyms(app, acting),
        }
    }
}
