//! What operations have come to, by the codes that a program tells it by.

use alphapy::acting::{Acting, Origin, Outcome};
use alphapy::features::tickets::model::answers::Given;
use alphapy::features::tickets::model::workflow::Step;
use alphapy::features::tickets::model::{Definition, KindChange, KindLimits, PanelDraft, TagDraft};
use alphapy::features::tickets::operations::open::{self, Asked, Request};
use alphapy::features::tickets::operations::{blocks, clip, drafts, kinds, panels, step, tags};
use alphapy::features::tickets::settings::Settings as TicketSettings;
use alphapy::features::tickets::store::By;
use alphapy::knowledge::Draft as EntryDraft;
use alphapy::operations::knowledge::{self, Pin};
use alphapy::operations::reminders;
use alphapy::operations::settings::{self, Given as Wanted, Means};
use alphapy::reminders::Problem;
use alphapy::settings::{Declared, Minutes};
use alphapy::words::Language;
use serde_json::json;
use twilight_model::id::Id;

use crate::operations_reminders::home;
use crate::support::{HOME, World};

async fn comes(world: &World, who: &str, feature: &'static str) -> Acting {
    world.comes(who, world.guild(HOME), feature, Vec::new(), Origin::Routine).await
}

#[tokio::test]
async fn what_was_done_with_tickets_has_a_code() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    world.has_entry("Refunds", "In 30 days.").await;
    let (app, ada, ann) = (world.app(), comes(&world, "ada", "tickets").await, comes(&world, "ann", "tickets").await);
    let (bob, help, name) = (world.user("bob"), world.channel("#help"), &Origin::Interaction(Id::new(70)));
    let limits = || {
        let (hours, hours_note) = (String::new(), String::new());
        KindChange::Limits(KindLimits { member_limit: 0, cooldown: Minutes(0), hours, hours_note })
    };
    let draft = TagDraft { name: "Hours".to_owned(), body: "9 to 5.".to_owned() };
    assert_eq!(kinds::change(app, &ada, 1, limits()).await.expect("it fits").code(), "changed");
    let kind = open::find_kind(app, &ann, 1).await.expect("it is there");
    let request = |about: &str| Request {
        kind: kind.clone(),
        user: None,
        asked: Asked::Questions(vec![(1, Given::Text(about.to_owned()))]),
    };
    let ready = open::prepare(app, &ann, request("Help")).await.expect("she may");
    let opened = open::open(app, &ann, &ready).await.expect("opened");
    assert_eq!((opened.number, opened.code()), (1, "opened"));
    // What a door makes of a ticket that it opens is its own.
    let number = open::open_with(app, &ann, &ready, async |_, number| Ok(number)).await.expect("opened");
    assert_eq!(number, 2);
    let ticket = step::find(app, &ada, By::Number(1)).await.expect("it is there");
    assert_eq!(step::take(app, &ada, ticket.clone(), Step::Claim).await.expect("claimed").code(), "claimed");
    assert_eq!(step::take(app, &ada, ticket, Step::Add { user: bob }).await.expect("added").code(), "added");
    let message = world.discord.post(HOME, "help", "bob", "Look").parse().expect("an id");
    assert_eq!(clip::save(app, &ann, name, help, message).await.expect("kept").code(), "message_kept");
    let of_ann = step::find(app, &ann, By::Number(1)).await.expect("it is hers");
    assert_eq!(clip::attach(app, &ann, name, &of_ann).await.expect("added").code(), "message");
    assert_eq!(drafts::save(app, &ann, name, &ready).await.expect("kept").code(), "draft_kept");
    let nothing = drafts::save_refused(app, &ann, name, (1, None), Vec::new()).await;
    assert_eq!(nothing.expect("it is a kind").code(), "nothing_to_keep");
    let mut refund = open::prepare(app, &ann, request("Refunds")).await.expect("she may");
    open::offer(app, &ann, &mut refund, Language::ENGLISH).await.expect("the index").expect("there is one");
    drafts::save(app, &ann, &Origin::Interaction(Id::new(71)), &refund).await.expect("kept");
    let answered = drafts::answer(app, &ann, &Origin::Interaction(Id::new(71)), 1).await;
    assert_eq!(answered.expect("it was offered").code(), "answered");
    let added = kinds::add(app, &ada, "Billing", Definition::default()).await.expect("it is new");
    assert_eq!(added.code(), "added");
    assert_eq!(kinds::remove(app, &ada, added.id, kinds::looks(&added)).await.expect("gone").code(), "removed");
    assert_eq!(panels::place(app, &ada, Some(help), PanelDraft::default()).await.expect("placed").code(), "placed");
    assert_eq!(tags::add(app, &ada, &draft).await.expect("it is new").code(), "written");
    assert_eq!(tags::give(app, &ada, "Hours").await.expect("it is there").code(), "given");
    assert_eq!(tags::remove(app, &ada, "Hours").await.expect("it is there").code(), "removed");
    for code in ["blocked", "blocked_before"] {
        assert_eq!(blocks::block(app, &ada, bob, "spam").await.expect("an admin").code(), code);
    }
    for code in ["unblocked", "was_not_blocked"] {
        assert_eq!(blocks::unblock(app, &ada, bob).await.expect("an admin").code(), code);
    }
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn what_was_done_with_reminders_has_a_code() {
    let world = World::new().await;
    let (door, app) = (home(&world), world.app());
    let ada = door.comes("ada", Origin::Routine).await;
    let bot = Acting::bot(app, door.guild, "reminders", Origin::Routine, world.now()).await.expect("settings");
    let made = door.makes("ada", &door.tea()).await.expect("made");
    assert_eq!(made.code(), "made");
    let number = made.reminder.number;
    let changed = door.changes("ada", &made.reminder, |draft| draft.content.body = "Green".to_owned()).await;
    assert_eq!(changed.expect("hers").code(), "changed");
    assert_eq!(reminders::pause(app, &ada, number).await.expect("paused").code(), "paused");
    assert_eq!(reminders::resume(app, &ada, number).await.expect("resumed").code(), "resumed");
    assert_eq!(reminders::snooze(app, &ada, number, 5).await.expect("hers").code(), "snoozed");
    for code in ["template_saved", "template_replaced"] {
        assert_eq!(reminders::save_template(app, &ada, number, "Break").await.expect("kept").code(), code);
    }
    assert_eq!(reminders::remove_template(app, &ada, "Break").await.expect("kept").code(), "template_removed");
    let help = door.channel("#help");
    let on = reminders::pause_channel(app, &bot, help, &Problem::ChannelGone).await.expect("the database");
    let other = reminders::pause_channel(app, &bot, Id::new(9), &Problem::ChannelGone).await.expect("the database");
    assert!([on.code(), other.code()].iter().all(|code| ["channel_paused", "nothing_paused"].contains(code)));
    let silenced = reminders::pause_unsayable(app, &bot, number, &Problem::ChannelGone, None).await;
    assert_eq!(silenced.expect("the database").code(), "silenced");
    let left = Problem::HasLeft { user: door.user("ada") };
    let silenced = reminders::pause_vouched(app, &bot, &left, None).await.expect("the database").code();
    assert!(["vouched_paused", "nothing_vouched_paused"].contains(&silenced));
    for (zone, code) in [(Some("Asia/Tokyo"), "zone_set"), (None, "zone_reset")] {
        assert_eq!(reminders::set_zone(app, &ada, zone).await.expect("a zone").code(), code);
    }
    let now = door.reads(number).await.expect("it is there");
    assert_eq!(reminders::delete(app, &ada, number, now.revision).await.expect("gone").code(), "deleted");
}

#[tokio::test]
async fn what_was_done_with_the_faq_and_settings_has_a_code() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", "faq").await;
    let draft =
        |title: &str| EntryDraft { title: title.to_owned(), answer: "Yes.".to_owned(), ..EntryDraft::default() };
    assert_eq!(knowledge::add(app, &ada, draft("Refunds")).await.expect("it is new").code(), "stored");
    assert_eq!(knowledge::change(app, &ada, 1, &(), |_| Ok(draft("Money"))).await.expect("there").code(), "stored");
    for (wanted, code) in [(Pin::On, "pinned"), (Pin::Off, "unpinned")] {
        assert_eq!(knowledge::pin(app, &ada, 1, wanted).await.expect("there").code(), code);
    }
    for code in ["synonyms_set", "synonyms_unchanged"] {
        let groups = vec![vec!["refund".to_owned(), "moolah".to_owned()]];
        assert_eq!(knowledge::set_synonyms(app, &ada, &(), |_| Ok(groups)).await.expect("they fit").code(), code);
    }
    let rows = [draft("Parking").checked().expect("it fits")];
    assert_eq!(knowledge::import(app, &ada, &rows, false).await.expect("they fit").code(), "imported");
    let entry = app.knowledge.entry(ada.guild(), 1).await.expect("the database").expect("an entry");
    assert_eq!(knowledge::remove(app, &ada, 1, entry.revision).await.expect("there").code(), "removed");

    let tickets = Declared::of::<TicketSettings>();
    // What the test's world has set is its own affair.
    world.sets::<TicketSettings>("pause_between", None).await;
    for code in ["changed", "unchanged"] {
        let off = [("offer_answers", Wanted::Value(json!(false)))];
        let done = settings::change(app, &ada, &tickets, &off, Means::Dashboard).await.expect("it fits");
        assert_eq!(done.code(), code);
    }
    let (changes, _) = settings::history(app, &ada, None, 0, 1).await.expect("the database");
    let all = [tickets.clone()];
    let rolled_back = settings::roll_back(app, &ada, &all, changes[0].id).await.expect("it is the latest");
    assert_eq!(rolled_back.code(), "rolled_back");
    assert_eq!(settings::reset(app, &ada, &tickets, None).await.expect("an admin").code(), "unchanged");
    let step = tickets.fields().first().map(|field| (&tickets, field));
    assert_eq!(settings::remember_step(app, &ada, step).await.expect("an admin").code(), "step_remembered");
}
