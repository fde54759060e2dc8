//! What is written before there is a ticket: drafts, messages from elsewhere, and what is stored of them.

use alphapy::acting::{Acting, Origin};
use alphapy::features::tickets::model::Definition;
use alphapy::features::tickets::model::workflow::Step;
use alphapy::features::tickets::operations::drafts::Kept;
use alphapy::features::tickets::operations::open::{self, Request};
use alphapy::features::tickets::operations::{clip, drafts, kinds, look};
use alphapy::features::tickets::store::{At, Filter};
use serde_json::json;
use twilight_model::id::Id;

use crate::operations_tickets::{desk, door, text};
use crate::support::{HOME, code};

#[tokio::test]
async fn any_key_and_any_text_can_be_stored() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    door.kind_is(json!({"member_limit": 0})).await;
    for key in ["x".repeat(100_000), "a\0b".to_owned()] {
        let acting = door.comes("ann", Origin::Request(key)).await;
        let kind = open::find_kind(app, &acting, 1).await.expect("it is there");
        let ready = open::prepare(app, &acting, Request { kind, user: None, asked: text("My\0 refund") }).await;
        let ready = ready.expect("she may");
        let number = open::open(app, &acting, &ready).await.expect("opened").number;
        assert_eq!(open::open(app, &acting, &ready).await.expect("opened before").number, number);
        assert_eq!(door.finds(number).await.expect("it is there").subject, "My refund");
        drafts::save(app, &acting, acting.origin(), &ready).await.expect("kept");
        drafts::find(app, &acting, acting.origin()).await.expect("it is there");
    }
    let sam = door.comes("sam", Origin::Routine).await;
    let note = door.takes("sam", 1, Step::Note { text: "a\0b".to_owned() }).await.expect("noted");
    assert_eq!(note.event.body, "ab");
    assert_eq!(code(door.takes("sam", 1, Step::Note { text: "\0".to_owned() }).await), "empty");
    door.takes("sam", 1, Step::Rename { subject: "a\0b".to_owned() }).await.expect("renamed");
    let ask = Step::RequestClose { due_at: None, reason: "a\0b".to_owned() };
    assert_eq!(door.takes("sam", 1, ask).await.expect("asked").event.body, "ab");
    assert_eq!(look::search(app, &sam, "a\0b", 9).await.expect("a list").len(), 1);
    assert_eq!(look::search(app, &sam, "ab", -1).await.expect("a list").len(), 0);
    assert_eq!(look::search(app, &sam, "ab", i64::MAX).await.expect("a list").len(), 1);
    assert_eq!(look::list(app, &sam, Filter::default(), At::Start, -1).await.expect("a list").len(), 0);
    let name = Origin::Request("odd".to_owned());
    door.keeps(&sam, &name, "help", "a\0b").await.expect("kept");
    let ticket = door.found_by(&sam, 1).await.expect("it is there");
    assert_eq!(clip::attach(app, &sam, &name, &ticket).await.expect("added").event.body, "ab");
    let texts = vec![(1, "a\0b".to_owned())];
    let name = Origin::Request("refused".to_owned());
    assert_eq!(drafts::save_refused(app, &sam, &name, (1, None), texts).await.expect("kept"), Kept::Draft);
    let (.., draft) = drafts::find(app, &sam, &name).await.expect("it is filled in again");
    assert_eq!(draft.answers, [("What is it about?".to_owned(), "ab".to_owned())]);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn drafts_and_messages_of_an_older_version_are_found() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let ann = door.comes("ann", Origin::Routine).await;
    let name = &Origin::Interaction(Id::new(70));
    let kind = open::find_kind(app, &ann, 1).await.expect("it is there");
    let ready = open::prepare(app, &ann, Request { kind, user: None, asked: text("A draft") }).await.expect("she may");
    drafts::save(app, &ann, name, &ready).await.expect("kept");
    door.keeps(&ann, name, "help", "Look").await.expect("kept");
    let db = world.db().await;
    for table in ["ticket_draft", "ticket_clipping"] {
        // It looks for what this version wrote by the interaction, and knows no origin.
        let older = format!("update {table} set origin = null where interaction_id = 70");
        let rows = sqlx::query(sqlx::AssertSqlSafe(older)).execute(&db).await.expect("rows");
        assert_eq!(rows.rows_affected(), 1);
    }
    drafts::save(app, &ann, name, &ready).await.expect("it is kept once");
    let number = drafts::send(app, &ann, name, async |_, number| Ok(number)).await.expect("sent");
    let ticket = door.found_by(&ann, number).await.expect("it is there");
    clip::attach(app, &ann, name, &ticket).await.expect("added");
    let nameless = drafts::save(app, &ann, &Origin::Routine, &ready).await;
    assert_eq!(code(nameless), "for_nobody", "nobody would find it again");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn drafts_and_messages_are_used_once_and_by_whoever_wrote_them() {
    let world = desk().await;
    world.discord.set_message_content(true);
    let (door, app) = (door(&world), world.app());
    door.kind_is(json!({"member_limit": 0})).await;
    world.has_entry("Drafts", "They go.").await;
    let (ann, bob) = (door.comes("ann", Origin::Routine).await, door.comes("bob", Origin::Routine).await);
    let name = &Origin::Request("a draft".to_owned());
    let kind = open::find_kind(app, &ann, 1).await.expect("it is there");
    let request = Request { kind, user: None, asked: text("A draft") };
    let ready = open::prepare(app, &ann, request).await.expect("she may");
    drafts::save(app, &ann, name, &ready).await.expect("kept");
    assert_eq!(code(drafts::send(app, &bob, name, async |_, number| Ok(number)).await), "draft_gone");
    assert_eq!(code(drafts::answer(app, &bob, name, 1).await), "draft_gone");
    assert_eq!(code(drafts::answer(app, &ann, name, 9).await), "no_such_entry");
    let number = drafts::send(app, &ann, name, async |_, number| Ok(number)).await.expect("sent");
    assert_eq!(door.finds(number).await.expect("it is there").subject, "A draft");
    assert_eq!(code(drafts::send(app, &ann, name, async |_, number| Ok(number)).await), "draft_gone");

    let ticket = door.found_by(&ann, number).await.expect("it is there");
    let source = door.keeps(&ann, name, "help", "Look\nhere").await.expect("kept");
    let of_bob = door.found_by(&bob, number).await.expect("it is there");
    assert_eq!(code(clip::attach(app, &bob, name, &of_bob).await), "added_before");
    assert_eq!(code(clip::attach(app, &bob, name, &ticket).await), "no_such_ticket");
    // What cannot be opened with it leaves it for another choice.
    assert_eq!(code(clip::prepare(app, &ann, name, 9).await), "no_such_kind");
    let event = clip::attach(app, &ann, name, &ticket).await.expect("added").event;
    assert_eq!((event.body.as_str(), event.source), ("Look\nhere", Some(source)));
    assert_eq!(code(clip::attach(app, &ann, name, &ticket).await), "added_before");
    let name = &Origin::Message(Id::new(71));
    let source = door.keeps(&ann, name, "help", "Look\nhere").await.expect("kept");
    let ready = clip::prepare(app, &ann, name, 1).await.expect("she may");
    let opened = clip::open_with(app, &ann, name, &ready, async |_, number| Ok(number)).await.expect("opened");
    assert_eq!(code(clip::open_with(app, &ann, name, &ready, async |_, number| Ok(number)).await), "added_before");
    // What was refused is no ticket, whatever it says.
    let (name, long) = (&Origin::Interaction(Id::new(72)), "x".repeat(5000));
    let texts = vec![(1, long)];
    assert_eq!(drafts::save_refused(app, &ann, name, (1, None), texts).await.expect("kept"), Kept::Draft);
    assert_eq!(code(drafts::send(app, &ann, name, async |_, number| Ok(number)).await), "draft_gone");
    let (.., draft) = drafts::find(app, &ann, name).await.expect("it is filled in again");
    assert_eq!(draft.answers[0].1.chars().count(), 4000);
    let ticket = door.finds(opened).await.expect("it is there");
    assert_eq!((ticket.subject.as_str(), ticket.source.clone()), ("Look", Some(source)));
    world.screen().await;
}

#[tokio::test]
async fn who_wrote_a_message_is_what_discord_says() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    world.discord.guild(HOME).channel("vault").private("vault", &["bob"]);
    let (sam, ann) = (door.comes("sam", Origin::Routine).await, door.comes("ann", Origin::Routine).await);
    let help = world.channel("#help");
    assert_eq!(
        code(clip::save(app, &ann, &Origin::Interaction(Id::new(70)), help, Id::new(9)).await),
        "no_such_message"
    );
    assert_eq!(
        code(door.keeps(&ann, &Origin::Interaction(Id::new(70)), "vault", "The code is 7").await),
        "no_such_message"
    );
    // The staff opens one for whoever wrote it, and for nobody else.
    let opened_for = async |acting: &Acting, id| {
        let name = &Origin::Interaction(Id::new(id));
        let ready = clip::prepare(app, acting, name, 1).await.expect("they may");
        let opened = clip::open_with(app, acting, name, &ready, async |_, number| Ok(number)).await.expect("opened");
        door.finds(opened).await.expect("it is there").user
    };
    open::list_kinds(app, &ann).await.expect("kinds");
    door.keeps(&sam, &Origin::Interaction(Id::new(71)), "help", "Look").await.expect("he reads it");
    assert_eq!(opened_for(&sam, 71).await, world.user("bob"));
    door.keeps(&ann, &Origin::Interaction(Id::new(72)), "help", "Look").await.expect("she reads it");
    assert_eq!(opened_for(&ann, 72).await, world.user("ann"));
    // What is long is cut, and what says nothing is not kept.
    let long = door.keeps(&ann, &Origin::Interaction(Id::new(73)), "help", &"x".repeat(1600)).await;
    long.map(drop).expect("it is cut");
    assert_eq!(code(door.keeps(&ann, &Origin::Interaction(Id::new(74)), "help", " ").await), "nothing_to_add");
    world.settle().await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn what_is_stored_of_a_refused_form_is_what_its_kind_asks() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let ann = door.comes("ann", Origin::Routine).await;
    let name = &Origin::Interaction(Id::new(70));
    let texts = |question: i32| vec![(question, "Help".to_owned())];
    let asked = 1;
    let refused = drafts::save_refused(app, &ann, name, (9, None), texts(asked)).await;
    assert_eq!(code(refused), "no_such_kind");
    let refused = drafts::save_refused(app, &ann, name, (1, Some(door.user("bob"))), texts(asked)).await;
    assert_eq!(code(refused), "not_for_others");
    let refused = drafts::save_refused(app, &ann, &Origin::Routine, (1, None), texts(asked)).await;
    assert_eq!(code(refused), "for_nobody");
    assert_eq!(
        drafts::save_refused(app, &ann, name, (1, None), texts(99)).await.expect("nothing is asked"),
        Kept::Nothing
    );
    assert_eq!(drafts::save_refused(app, &ann, name, (1, None), texts(asked)).await.expect("stored"), Kept::Draft);
    let sam = door.comes("sam", Origin::Routine).await;
    let name = &Origin::Interaction(Id::new(71));
    assert_eq!(
        drafts::save_refused(app, &sam, name, (1, Some(door.user("bob"))), texts(asked)).await.expect("stored"),
        Kept::Draft
    );
}

#[tokio::test]
async fn what_was_prepared_is_looked_at_again_when_it_opens() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let ada = door.comes("ada", Origin::Routine).await;
    let billing = kinds::add(app, &ada, "Billing", Definition::default()).await.expect("it is new");
    let (sam, bob) = (door.comes("sam", Origin::Routine).await, Some(door.user("bob")));
    let prepare = async |id| {
        let kind = open::find_kind(app, &sam, id).await.expect("it is there");
        open::prepare(app, &sam, Request { kind, user: bob, asked: text("For bob") }).await.expect("he may")
    };
    let (gone, kept) = (prepare(billing.id).await, prepare(1).await);
    kinds::remove(app, &ada, billing.id, kinds::looks(&billing)).await.expect("it is as it was");
    assert_eq!(code(open::open(app, &sam, &gone).await), "no_such_kind");
    // Others work it by now.
    door.kind_is(json!({"staff_roles": [door.role("keepers")]})).await;
    assert_eq!(code(open::open(app, &sam, &kept).await), "not_for_others");
    let tickets: i64 =
        sqlx::query_scalar("select count(*) from ticket").fetch_one(&world.db().await).await.expect("a number");
    assert_eq!(tickets, 0);
}
