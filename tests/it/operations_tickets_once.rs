//! What comes twice is done once with tickets, and answered twice: a program repeats a request of which it got no answer, an
//! interaction is delivered again. What two make up the same key for is two things.

use alphapy::acting::{Acting, Failure, Origin};
use alphapy::features::tickets::model::answers::Given;
use alphapy::features::tickets::model::workflow::Step;
use alphapy::features::tickets::model::{
    Ask, Definition, KindChange, KindLimits, PanelDraft, Priority, Question, Refusal, TagDraft,
};
use alphapy::features::tickets::operations::open::{self, Asked, Request};
use alphapy::features::tickets::operations::{blocks, clip, drafts, kinds, panels, step, tags};
use alphapy::features::tickets::store::By;
use alphapy::settings::Minutes;
use alphapy::words::Language;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::MessageMarker;

use crate::support::{HOME, World, code};

fn request(key: &str) -> Origin {
    Origin::Request(key.to_owned())
}

/// Somebody who comes by a request of that key.
async fn comes(world: &World, who: &str, key: &str) -> Acting {
    world.comes(who, world.guild(HOME), "tickets", Vec::new(), request(key)).await
}

async fn count(world: &World, what: &'static str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {what}")))
        .fetch_one(&world.db().await)
        .await
        .expect("a number")
}

/// Opens a ticket as somebody who begins anew each time, as a program does that repeats what it did.
async fn opens(world: &World, acting: &Acting, about: &str) -> Result<i32, Failure<Refusal>> {
    let app = world.app();
    let kind = open::find_kind(app, acting, 1).await?;
    let asked = Asked::Questions(vec![(1, Given::Text(about.to_owned()))]);
    let ready = open::prepare(app, acting, Request { kind, user: None, asked }).await?;
    open::open(app, acting, &ready).await.map(|opened| opened.number)
}

#[tokio::test]
async fn a_ticket_is_opened_once_whatever_a_member_may_have() {
    let world = World::new().await;
    let ann = comes(&world, "ann", "k").await;
    let number = opens(&world, &ann, "My refund").await.expect("opened");
    // That she has one is why she may open no other, and no reason not to hear of it.
    assert_eq!(opens(&world, &ann, "My refund").await.expect("opened before"), number);
    assert_eq!(code(opens(&world, &comes(&world, "ann", "other").await, "Another").await), "as_many_as_allowed");
    // Another member, and a program, may choose the same key.
    let theirs = opens(&world, &comes(&world, "bob", "k").await, "Mine").await.expect("opened");
    assert_eq!((theirs, count(&world, "ticket").await), (number + 1, 2));
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn a_draft_is_sent_and_answered_once() {
    let world = World::new().await;
    let app = world.app();
    world.has_entry("Where is my refund?", "On its way.").await;
    let ann = comes(&world, "ann", "draft").await;
    let kind = open::find_kind(app, &ann, 1).await.expect("it is there");
    let asked = Asked::Questions(vec![(1, Given::Text("My refund".to_owned()))]);
    let mut ready = open::prepare(app, &ann, Request { kind, user: None, asked }).await.expect("she may");
    open::offer(app, &ann, &mut ready, Language::ENGLISH).await.expect("the index").expect("there is one");
    let kind = open::find_kind(app, &ann, 1).await.expect("it is there");
    let asked = Asked::Questions(vec![(1, Given::Text("My invoice".to_owned()))]);
    let invoice = open::prepare(app, &ann, Request { kind, user: None, asked }).await.expect("she may");
    for _ in 0..2 {
        drafts::save(app, &ann, ann.origin(), &ready).await.expect("stored");
    }
    let name = &request("draft");
    // What somebody else calls so is another draft.
    let bob = comes(&world, "bob", "send").await;
    assert_eq!(code(drafts::send(app, &bob, name, async |_, number| Ok(number)).await), "draft_gone");
    let send = comes(&world, "ann", "send").await;
    let first = drafts::send(app, &send, name, async |_, number| Ok(number)).await.expect("sent");
    let again = drafts::send(app, &send, name, async |_, number| Ok(number)).await.expect("sent before");
    assert_eq!((first, again, count(&world, "ticket").await), (1, 1, 1));
    let other = comes(&world, "ann", "send once more").await;
    assert_eq!(code(drafts::send(app, &other, name, async |_, number| Ok(number)).await), "draft_gone");
    // Kept once more it is not there anew, and what says something else has another name.
    drafts::save(app, &ann, name, &ready).await.expect("it was kept");
    assert_eq!(count(&world, "ticket_draft").await, 0);
    assert_eq!(code(drafts::save(app, &ann, name, &invoice).await), "name_used_before");
    assert_eq!(count(&world, "ticket_draft").await, 0);

    let ann = comes(&world, "ann", "solved").await;
    let name = &request("solved");
    drafts::save(app, &ann, name, &ready).await.expect("stored");
    for _ in 0..2 {
        drafts::answer(app, &ann, name, 1).await.expect("it was good enough");
    }
    assert_eq!(code(drafts::answer(app, &other, name, 1).await), "draft_gone");
    // What was not offered has answered nothing, and what an older version stored does not say what was.
    world.has_entry("When do you open?", "At nine.").await;
    let ann = comes(&world, "ann", "elsewhere").await;
    let name = &request("elsewhere");
    drafts::save(app, &ann, name, &ready).await.expect("stored");
    assert_eq!(code(drafts::answer(app, &ann, name, 2).await), "no_such_entry");
    sqlx::query("update ticket_draft set offered = null").execute(&world.db().await).await.expect("rows");
    drafts::answer(app, &ann, name, 2).await.expect("it may have been");
    let times: i32 = sqlx::query_scalar("select times from ticket_answered where entry_number = 1")
        .fetch_one(&world.db().await)
        .await
        .expect("a number");
    assert_eq!(times, 1);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn one_request_may_answer_two_drafts_and_place_two_panels() {
    let world = World::new().await;
    let app = world.app();
    world.has_entry("Where is my refund?", "On its way.").await;
    let ada = comes(&world, "ada", "both").await;
    let ready = async |user: Option<&str>| {
        let kind = open::find_kind(app, &ada, 1).await.expect("it is there");
        let asked = Asked::Questions(vec![(1, Given::Text("My refund".to_owned()))]);
        let request = Request { kind, user: user.map(|user| world.user(user)), asked };
        open::prepare(app, &ada, request).await.expect("she may")
    };
    let mut own = ready(None).await;
    open::offer(app, &ada, &mut own, Language::ENGLISH).await.expect("the index").expect("there is one");
    drafts::save(app, &ada, &request("one"), &own).await.expect("stored");
    // What she wrote for somebody else is hers to give up, and not theirs. There nothing was offered.
    drafts::save(app, &ada, &request("other"), &ready(Some("ann")).await).await.expect("stored");
    assert_eq!(code(drafts::answer(app, &ada, &request("other"), 1).await), "no_such_entry");
    let db = world.db().await;
    let older = sqlx::query("update ticket_draft set offered = null where user_id <> opened_by_user_id").execute(&db);
    older.await.expect("a row");
    for name in ["one", "other"] {
        drafts::answer(app, &ada, &request(name), 1).await.expect("it was good enough");
    }
    assert_eq!(count(&world, "ticket_draft").await, 0);
    let mut panels = Vec::new();
    for channel in ["#help", "#general", "#help"] {
        let placed = panels::place(app, &ada, Some(world.channel(channel)), PanelDraft::default()).await;
        let placed = placed.expect("the bot writes there");
        panels.push((placed.panel, placed.again));
    }
    assert_eq!((count(&world, "ticket_panel").await, panels[2]), (2, (panels[0].0, true)));
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn a_message_is_used_once() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    let app = world.app();
    let help = world.channel("#help");
    let keeps = async |acting: &Acting, name: &Origin| {
        let message: Id<MessageMarker> = world.discord.post(HOME, "help", "bob", "Look").parse().expect("an id");
        for _ in 0..2 {
            clip::save(app, acting, name, help, message).await.expect("she reads it");
        }
        message
    };
    let ann = comes(&world, "ann", "open").await;
    let (name, draft) = (&request("clip"), &request("draft"));
    let message = keeps(&ann, name).await;
    assert_eq!(count(&world, "ticket_clipping").await, 1);
    let other = world.discord.post(HOME, "help", "bob", "Look here").parse().expect("an id");
    assert_eq!(code(clip::save(app, &ann, name, help, other).await), "name_used_before");
    for _ in 0..2 {
        let ready = clip::prepare(app, &ann, name, 1).await.expect("she may");
        let opened = clip::open_with(app, &ann, name, &ready, async |_, number| Ok(number)).await;
        assert_eq!(opened.expect("opened"), 1);
        // Of what tells of the first nothing else is made.
        let else_opened = open::open(app, &comes(&world, "ann", "else").await, &ready).await;
        assert!(else_opened.is_err(), "{else_opened:?}");
    }
    let ticket = step::find(app, &ann, By::Number(1)).await.expect("it is there");
    // Kept once more it is not there anew.
    clip::save(app, &ann, name, help, message).await.expect("it was kept");
    assert_eq!(count(&world, "ticket_clipping").await, 0);
    let ann = comes(&world, "ann", "attach").await;
    let name = &request("another clip");
    keeps(&ann, name).await;
    for _ in 0..2 {
        clip::attach(app, &ann, name, &ticket).await.expect("added");
    }
    assert_eq!(count(&world, "ticket_event where kind = 'message'").await, 1);
    // A draft is made of it once, and it is in one place at a time.
    let bob = comes(&world, "bob", "draft").await;
    keeps(&bob, name).await;
    let ready = clip::prepare(app, &bob, name, 1).await.expect("he may");
    for _ in 0..2 {
        clip::save_as_draft(app, &bob, name, draft, &ready).await.expect("stored");
    }
    assert_eq!((count(&world, "ticket_clipping").await, count(&world, "ticket_draft").await), (0, 1));
    let other = clip::save_as_draft(app, &bob, name, &request("another draft"), &ready).await;
    assert_eq!(code(other), "added_before");
    assert_eq!(count(&world, "ticket_draft").await, 1);
    let of_bob = clip::save_as_draft(app, &comes(&world, "ann", "draft").await, name, draft, &ready).await;
    assert_eq!(code(of_bob), "no_such_kind");
    let send = comes(&world, "bob", "send").await;
    drafts::send(app, &send, draft, async |_, number| Ok(number)).await.expect("sent");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn a_kind_is_changed_and_removed_once() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", "k").await;
    let added = kinds::add(app, &ada, "Billing", Definition::default()).await.expect("it is new");
    let olga = world.comes("olga", world.guild(HOME), "tickets", vec![world.role("keepers")], request("k")).await;
    let of_olga = kinds::add(app, &olga, "Orders", Definition::default()).await.expect("it is new, by the same key");
    assert_eq!((added.id, of_olga.id), (2, 3));
    let question =
        Question { id: 0, label: "Sure?".to_owned(), hint: String::new(), required: true, ask: Ask::Checkbox };
    let more = || KindChange::AddQuestion(question.clone());
    let changed = kinds::change(app, &ada, 2, more()).await.expect("changed");
    let again = kinds::change(app, &ada, 2, more()).await.expect("changed before");
    assert_eq!((again.kind.definition.questions.len(), &again.kind), (1, &changed.kind));
    let (one, two) = tokio::join!(kinds::change(app, &olga, 2, more()), kinds::change(app, &olga, 2, more()));
    assert_eq!(one.expect("changed").kind, two.expect("changed before").kind);
    let last = KindChange::RemoveQuestion(1);
    let remover = comes(&world, "ada", "remove a question").await;
    for _ in 0..2 {
        let changed = kinds::change(app, &remover, 2, last.clone()).await.expect("it is gone");
        assert_eq!(changed.kind.definition.questions.len(), 1);
    }
    assert_eq!(code(kinds::change(app, &comes(&world, "ann", "k").await, 2, more()).await), "not_admin");

    let kind = kinds::look(app, &ada).await.expect("kinds").remove(1);
    let looked = kinds::looks(&kind);
    let removed = kinds::remove(app, &ada, 2, looked).await.expect("it is as it was");
    let again = kinds::remove(app, &ada, 2, looked).await.expect("removed before");
    assert_eq!((again.kind, again.left.len()), (removed.kind, removed.left.len()));
    assert_eq!(code(kinds::remove(app, &olga, 2, looked).await), "no_such_kind");
    // What was done is answered, whatever became of it.
    assert_eq!(kinds::add(app, &ada, "Billing", Definition::default()).await.expect("added before").id, 2);
    assert_eq!(count(&world, "ticket_type").await, 3);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn a_panel_is_placed_once_whatever_became_of_its_channel() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", "k").await;
    let help = Some(world.channel("#help"));
    let placed = panels::place(app, &ada, help, PanelDraft::default()).await.expect("the bot writes there");
    panels::check(app, &ada, Some(world.channel("#help"))).await.expect("she may");
    world.discord.guild(HOME).overwrite("help", "bot", Permissions::empty(), Permissions::SEND_MESSAGES);
    let later = world.another_instance().await;
    let draft = PanelDraft::default();
    let again = panels::place(&later.bot.app, &ada, Some(world.channel("#help")), draft).await.expect("placed before");
    assert_eq!((again.panel, again.again), (placed.panel, true));
    let draft = PanelDraft::default();
    let other = comes(&world, "ada", "other").await;
    let refused = panels::place(&later.bot.app, &other, Some(world.channel("#help")), draft).await;
    assert_eq!(code(refused), "bot_lacks_permissions");
    world.settle().await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn somebody_is_blocked_and_unblocked_once() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general").await;
    world.screen().await;
    let (app, bob) = (world.app(), world.user("bob"));
    let ada = comes(&world, "ada", "block").await;
    for _ in 0..2 {
        assert_eq!(blocks::block(app, &ada, bob, "spam").await.expect("blocked"), None);
    }
    // Who blocks somebody who is blocked hears by whom and why, the second time too.
    let other = comes(&world, "ada", "block otherwise").await;
    let before = blocks::block(app, &other, bob, "worse").await.expect("blocked").expect("they were");
    assert_eq!((before.by, before.reason.as_str()), (Some(blocks::By::Member(world.user("ada"))), "spam"));
    let again = blocks::block(app, &other, bob, "worse").await.expect("blocked").expect("they were");
    assert_eq!(again.reason, "spam");
    // An older version kept nothing of that.
    sqlx::query("update done_once set answer = null").execute(&world.db().await).await.expect("rows");
    assert_eq!(blocks::block(app, &other, bob, "worse").await.expect("blocked"), None);
    let unblock = comes(&world, "ada", "unblock").await;
    assert!(blocks::unblock(app, &unblock, bob).await.expect("they were").were_blocked);
    blocks::block(app, &comes(&world, "ada", "again").await, bob, "more spam").await.expect("blocked");
    // Who repeats it hears what they heard, and does nothing to what came after it.
    assert!(blocks::unblock(app, &unblock, bob).await.expect("they were").were_blocked);
    let listed = blocks::list(app, &ada).await.expect("the database");
    assert_eq!((listed.len(), listed[0].reason.as_str()), (1, "more spam"));
    let nobody = comes(&world, "ada", "nobody").await;
    for _ in 0..2 {
        assert!(!blocks::unblock(app, &nobody, world.user("ann")).await.expect("nobody is").were_blocked);
    }
    let screen = world.screen().await;
    assert_eq!(screen.matches("Somebody may open no tickets any more").count(), 3, "{screen}");
    assert_eq!(screen.matches("Somebody may open tickets again").count(), 1, "{screen}");
}

#[tokio::test]
async fn a_reply_is_added_changed_given_and_removed_once() {
    let world = World::new().await;
    let app = world.app();
    let draft = |name: &str, body: &str| TagDraft { name: name.to_owned(), body: body.to_owned() };
    let ada = comes(&world, "ada", "k").await;
    let tag = tags::add(app, &ada, &draft("Refund", "Soon.")).await.expect("it is new");
    assert_eq!(tags::add(app, &ada, &draft("Refund", "Soon.")).await.expect("it is there"), tag);
    let olga = world.comes("olga", world.guild(HOME), "tickets", vec![world.role("keepers")], request("k")).await;
    let of_olga = tags::add(app, &olga, &draft("Hours", "9 to 5.")).await.expect("it is new, by the same key");
    assert_ne!(of_olga.id, tag.id);
    let longer = |tag: &alphapy::features::tickets::model::Tag| Ok(draft(&tag.name, &format!("{} Really.", tag.body)));
    let changed = tags::change(app, &ada, tag.id, &(), longer).await.expect("changed");
    assert_eq!(changed.body, "Soon. Really.");
    assert_eq!(tags::change(app, &ada, tag.id, &(), longer).await.expect("changed before"), changed);
    for _ in 0..2 {
        assert_eq!(tags::give(app, &ada, "Refund").await.expect("it is there").body, "Soon. Really.");
    }
    assert_eq!(tags::list(app, &ada).await.expect("a list")[0].uses, 1);
    let removed = tags::remove(app, &ada, "Refund").await.expect("it is there");
    assert_eq!(tags::remove(app, &ada, "Refund").await.expect("removed before"), removed);
    assert_eq!(code(tags::remove(app, &olga, "Refund").await), "no_such_tag");
    // It is not added again by who repeats that they add it, and one that others add is not removed again.
    assert_eq!(tags::add(app, &ada, &draft("Refund", "Soon.")).await.expect("added before"), tag);
    assert_eq!(tags::give(app, &ada, "refund").await.expect("given before").body, "Soon. Really.");
    assert_eq!(code(tags::give(app, &olga, "Refund").await), "no_such_tag");
    tags::add(app, &comes(&world, "ada", "anew").await, &draft("Refund", "Later.")).await.expect("it is new");
    assert_eq!(tags::remove(app, &ada, "refund").await.expect("removed before").id, removed.id);
    assert_eq!(count(&world, "tag").await, 2);
    assert_eq!(code(tags::remove(app, &comes(&world, "ann", "k").await, "Refund").await), "not_staff");
}

#[tokio::test]
async fn one_request_adds_two_of_each_and_each_once() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", "both").await;
    let (mut replies, mut added, mut tickets) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..2 {
        for name in ["Refund", "Hours"] {
            let draft = TagDraft { name: name.to_owned(), body: format!("{name}: soon.") };
            replies.push(tags::add(app, &ada, &draft).await.expect("added").id);
            assert_eq!(tags::give(app, &ada, name).await.expect("given").body, format!("{name}: soon."));
            added.push(kinds::add(app, &ada, name, Definition::default()).await.expect("added").id);
        }
        for (kind, user) in [(1, "ann"), (2, "ann"), (1, "bob")] {
            let kind = open::find_kind(app, &ada, kind).await.expect("it is there");
            let asked = Asked::Questions(vec![(1, Given::Text("Look".to_owned()))]);
            let asked = if kind.kind().id == 1 { asked } else { Asked::Questions(Vec::new()) };
            let request = Request { kind, user: Some(world.user(user)), asked };
            let ready = open::prepare(app, &ada, request).await.expect("she may");
            tickets.push(open::open(app, &ada, &ready).await.expect("opened").number);
        }
    }
    assert_eq!((&replies[..2], &added[..2], &tickets[..3]), (&replies[2..], &added[2..], &tickets[3..]));
    assert_eq!((count(&world, "tag").await, count(&world, "ticket").await), (2, 3));
    assert_eq!(count(&world, "ticket_type where origin is null and removed_at is null").await, 3);
    assert_eq!(tags::list(app, &ada).await.expect("a list").iter().map(|tag| tag.uses).sum::<i32>(), 2);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn a_step_is_one_of_whoever_took_it() {
    let world = World::new().await;
    let app = world.app();
    let number = opens(&world, &comes(&world, "ann", "open").await, "My refund").await.expect("opened");
    let note = |text: &str| Step::Note { text: text.to_owned() };
    let ada = comes(&world, "ada", "k").await;
    let key =
        Acting::key(app, world.guild(HOME), "tickets", "shop", request("k"), world.now()).await.expect("settings");
    for (acting, text) in [(&ada, "Hers"), (&key, "The shop's"), (&ada, "Hers"), (&key, "The shop's")] {
        let ticket = step::find(app, acting, By::Number(number)).await.expect("it is there");
        let noted = step::take(app, acting, ticket, note(text)).await.expect("noted");
        assert_eq!(noted.event.body, text, "nobody hears what somebody else did by the same key");
    }
    assert_eq!(count(&world, "ticket_event where kind = 'note'").await, 2);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn one_request_takes_several_steps_and_each_once() {
    let world = World::new().await;
    let app = world.app();
    let number = opens(&world, &comes(&world, "ann", "k").await, "My refund").await.expect("opened");
    let ada = comes(&world, "ada", "k").await;
    let (bob, olga) = (world.user("bob"), world.user("olga"));
    let steps = [
        (Step::Claim, "claimed"),
        (Step::Note { text: "Look".to_owned() }, "note"),
        (Step::Add { user: bob }, "added"),
        (Step::Add { user: olga }, "added"),
        (Step::Wait, "waiting"),
        (Step::Rename { subject: "A refund".to_owned() }, "renamed"),
        (Step::Close { reason: String::new(), why: None }, "closed"),
        (Step::Reopen, "reopened"),
    ];
    let take = async |step: &Step| {
        let ticket = step::find(app, &ada, By::Number(number)).await.expect("it is there");
        step::take(app, &ada, ticket, step.clone()).await.expect("taken").event
    };
    let mut taken = Vec::new();
    for (step, kind) in &steps {
        taken.push(take(step).await);
        assert_eq!(taken.last().map(|event| event.kind.name()), Some(*kind), "{step:?}");
    }
    let events = count(&world, "ticket_event").await;
    for ((step, _), first) in steps.iter().zip(&taken) {
        let again = take(step).await;
        assert_eq!((again.kind, again.target), (first.kind, first.target), "{step:?}");
    }
    assert_eq!(count(&world, "ticket_event").await, events, "nothing happened twice");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn what_an_older_version_has_done_is_answered() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", "k").await;
    let draft = TagDraft { name: "Refund".to_owned(), body: "Soon.".to_owned() };
    let tag = tags::add(app, &ada, &draft).await.expect("it is new");
    let limits = || {
        let (hours, hours_note) = (String::new(), String::new());
        KindChange::Limits(KindLimits { member_limit: 1, cooldown: Minutes(0), hours, hours_note })
    };
    let changed = kinds::change(app, &ada, 1, limits()).await.expect("changed");
    let removed = tags::remove(app, &ada, "Refund").await.expect("it is there");
    assert!(!blocks::unblock(app, &ada, world.user("bob")).await.expect("nobody is").were_blocked);
    let numbers: Vec<(String, i64)> = sqlx::query_as("select deed, number from done_once order by deed")
        .fetch_all(&world.db().await)
        .await
        .expect("rows");
    let numbers: Vec<(&str, i64)> = numbers.iter().map(|(deed, number)| (deed.as_str(), *number)).collect();
    // It reads what this one does, too.
    let kept = [("tickets.kind.change 1 ", 1), ("tickets.tag.add ", tag.id), ("tickets.tag.remove refund", tag.id)];
    for ((deed, number), (begins, done_to)) in numbers.iter().zip(kept) {
        assert_eq!((deed.starts_with(begins), *number), (true, done_to), "{deed}");
    }
    sqlx::query("update done_once set answer = null").execute(&world.db().await).await.expect("rows");
    assert_eq!(kinds::change(app, &ada, 1, limits()).await.expect("changed before").kind, changed.kind);
    assert_eq!(tags::remove(app, &ada, "Refund").await.expect("removed before").id, removed.id);
    assert!(!blocks::unblock(app, &ada, world.user("bob")).await.expect("nobody was").were_blocked);
}

#[tokio::test]
async fn one_request_says_two_things_by_the_same_step_and_each_once() {
    let world = World::new().await;
    world.discord.set_message_content(true);
    let app = world.app();
    let number = opens(&world, &comes(&world, "ann", "k").await, "My refund").await.expect("opened");
    let ada = comes(&world, "ada", "k").await;
    let find = async || step::find(app, &ada, By::Number(number)).await.expect("it is there");
    let note = |text: &str| Step::Note { text: text.to_owned() };
    let rename = |subject: &str| Step::Rename { subject: subject.to_owned() };
    let steps = [
        note("One"),
        note("Two"),
        Step::SetPriority(Priority::High),
        Step::SetPriority(Priority::Urgent),
        rename("A refund"),
        rename("Two refunds"),
    ];
    for step in steps.iter().chain(&steps) {
        step::take(app, &ada, find().await, step.clone()).await.expect("taken");
    }
    let ticket = find().await;
    assert_eq!((ticket.priority, ticket.subject.as_str()), (Priority::Urgent, "Two refunds"));
    for kind in ["note", "priority", "renamed"] {
        let rows = format!("ticket_event where kind = '{kind}'");
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {rows}")))
            .fetch_one(&world.db().await)
            .await
            .expect("a number");
        assert_eq!(rows, 2, "{kind}");
    }
    // Two messages are added, each once.
    let help = world.channel("#help");
    for name in ["first", "second"] {
        let message: Id<MessageMarker> = world.discord.post(HOME, "help", "bob", name).parse().expect("an id");
        clip::save(app, &ada, &request(name), help, message).await.expect("she reads it");
    }
    for name in ["first", "second", "first", "second"] {
        let added = clip::attach(app, &ada, &request(name), find().await).await.expect("added");
        assert_eq!(added.event.body, name);
    }
    assert_eq!(count(&world, "ticket_event where kind = 'message'").await, 2);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn one_request_changes_parts_of_one_kind_and_each_once() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", "k").await;
    let question = |label: &str| {
        let label = label.to_owned();
        KindChange::AddQuestion(Question { id: 0, label, hint: String::new(), required: true, ask: Ask::Checkbox })
    };
    let limits = |member_limit: i64| {
        let (hours, hours_note) = (String::new(), String::new());
        KindChange::Limits(KindLimits { member_limit, cooldown: Minutes(0), hours, hours_note })
    };
    let changes = [question("One?"), question("Two?"), limits(2), limits(3)];
    for change in changes.iter().chain(&changes) {
        kinds::change(app, &ada, 1, change.clone()).await.expect("changed");
    }
    let kind = kinds::look(app, &ada).await.expect("kinds").remove(0).definition;
    let asked = kind.questions.iter().filter(|question| ["One?", "Two?"].contains(&question.label.as_str())).count();
    assert_eq!((asked, kind.member_limit), (2, 3));
    // A reply becomes two things, and only what it was called is known when it is gone.
    let draft = |body: &str| TagDraft { name: "Refund".to_owned(), body: body.to_owned() };
    let tag = tags::add(app, &ada, &draft("Soon.")).await.expect("it is new");
    let change = async |body: &'static str| tags::change(app, &ada, tag.id, &body, |_| Ok(draft(body))).await;
    for body in ["Later.", "Never.", "Later."] {
        change(body).await.expect("changed");
    }
    assert_eq!(tags::find(app, &ada, "Refund").await.expect("it is there").body, "Never.");
    tags::remove(app, &ada, "Refund").await.expect("it is there");
    let gone = change("Later.").await.expect("changed before");
    assert_eq!((gone.name.as_str(), gone.body.as_str()), ("Refund", ""));
    assert_eq!(count(&world, "tag").await, 0);
    world.settle().await;
    world.screen().await;
}
