//! Tickets through a door that is no interaction: each rule is the operation's own, and holds whoever comes.

use crate::support::{AWAY, HOME, World, code};
use alphapy::acting::{Acting, Failure, Origin};
use alphapy::features::tickets::model::answers::Given;
use alphapy::features::tickets::model::workflow::Step;
use alphapy::features::tickets::model::{
    Event, KindChange, KindLimits, Priority, Refusal, Side, Source, Status, TagDraft, Why,
};
use alphapy::features::tickets::operations::conversation::{self, Conversation};
use alphapy::features::tickets::operations::open::{self, Asked, Request};
use alphapy::features::tickets::operations::step::{Found, ToTake};
use alphapy::features::tickets::operations::{clip, drafts, kinds, look, step, table, tags};
use alphapy::features::tickets::settings::Settings;
use alphapy::features::tickets::store::{At, By, Filter};
use alphapy::features::tickets::write::Stepped;
use alphapy::settings::Minutes;
use alphapy::statistics::Period;
use alphapy::words::Language;
use serde_json::{Value, json};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, MessageMarker, RoleMarker, UserMarker};

/// A door in plain Rust: nothing of Discord's comes through it but ids.
pub(crate) struct Door<'a> {
    world: &'a World,
    guild: Id<GuildMarker>,
}

/// The home server with a desk that sam and sofie work.
pub(crate) async fn desk() -> World {
    let world = World::new().await;
    let guild = world.discord.guild(HOME).role("staff", Permissions::empty());
    guild.member("sam", &["staff"]).member("sofie", &["staff"]);
    world.sets::<Settings>("staff_role", Some(json!(door(&world).role("staff")))).await;
    world
}

pub(crate) fn door(world: &World) -> Door<'_> {
    Door { world, guild: world.guild(HOME) }
}

pub(crate) fn text(text: &str) -> Asked {
    Asked::Questions(vec![(1, Given::Text(text.to_owned()))])
}

fn close() -> Step {
    Step::Close { reason: String::new(), why: None }
}

fn escalate(to: Option<Id<RoleMarker>>) -> Step {
    Step::Escalate { to, reason: String::new(), why: None }
}

impl Door<'_> {
    pub(crate) fn role(&self, name: &str) -> Id<RoleMarker> {
        self.world.role(name)
    }

    pub(crate) fn user(&self, name: &str) -> Id<UserMarker> {
        self.world.user(name)
    }

    pub(crate) async fn comes(&self, who: &str, origin: Origin) -> Acting {
        let roles = match (who, self.guild == self.world.guild(HOME)) {
            ("sam" | "sofie", true) => vec![self.role("staff")],
            _ => Vec::new(),
        };
        self.world.comes(who, self.guild, "tickets", roles, origin).await
    }

    async fn opens_for(&self, who: &str, user: Option<Id<UserMarker>>, asked: Asked) -> Result<i32, Failure<Refusal>> {
        let acting = self.comes(who, Origin::Routine).await;
        let app = self.world.app();
        let kind = open::list_kinds(app, &acting).await.expect("kinds")[0].clone();
        let ready = open::prepare(app, &acting, Request { kind, user, asked }).await?;
        open::open(app, &acting, &ready).await.map(|opened| opened.number)
    }

    pub(crate) async fn opens(&self, who: &str, about: &str) -> Result<i32, Failure<Refusal>> {
        let number = self.opens_for(who, None, text(about)).await?;
        self.world.settle().await;
        Ok(number)
    }

    pub(crate) async fn finds(&self, number: i32) -> Result<Found, Failure<Refusal>> {
        let acting = self.comes("ada", Origin::Routine).await;
        step::find(self.world.app(), &acting, By::Number(number)).await
    }

    /// The ticket as it is for somebody, whether or not they may read it.
    pub(crate) async fn found_by(&self, acting: &Acting, number: i32) -> Result<ToTake, Failure<Refusal>> {
        step::find_to_take(self.world.app(), acting, By::Number(number)).await
    }

    pub(crate) async fn takes(&self, who: &str, number: i32, step: Step) -> Result<Stepped, Failure<Refusal>> {
        let acting = self.comes(who, Origin::Routine).await;
        let ticket = self.found_by(&acting, number).await?;
        let stepped = step::take(self.world.app(), &acting, ticket, step).await?;
        self.world.settle().await;
        Ok(stepped)
    }

    /// What the only kind of the guild is like from now on.
    pub(crate) async fn kind_is(&self, change: Value) {
        let db = self.world.db().await;
        let kinds: i64 = sqlx::query_scalar("select count(*) from ticket_type").fetch_one(&db).await.expect("a number");
        if kinds == 0 {
            let ada = self.comes("ada", Origin::Routine).await;
            let (hours, hours_note) = (String::new(), String::new());
            let usual = KindLimits { member_limit: 1, cooldown: Minutes(0), hours, hours_note };
            kinds::change(self.world.app(), &ada, 1, KindChange::Limits(usual)).await.expect("it fits");
        }
        let change = sqlx::query("update ticket_type set definition = definition || $1").bind(change);
        change.execute(&db).await.expect("a row");
    }

    /// Keeps what bob writes in a channel of the home server, as the door knows it or not.
    pub(crate) async fn keeps(
        &self,
        acting: &Acting,
        name: &Origin,
        channel: &str,
        text: &str,
    ) -> Result<Source, Failure<Refusal>> {
        self.world.discord.set_message_content(true);
        let message: Id<MessageMarker> =
            self.world.discord.post(HOME, channel, "bob", text).parse().expect("it is an id");
        let channel = self.world.channel(&format!("#{channel}"));
        clip::save(self.world.app(), acting, name, channel, message).await?;
        Ok(Source { author: "bob".to_owned(), channel, message, files: Vec::new() })
    }
}

#[tokio::test]
async fn a_ticket_lives_without_an_interaction() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let number = door.opens("ann", "My refund").await.expect("opened");
    let ticket = door.finds(number).await.expect("it is there");
    assert_eq!((ticket.subject.as_str(), ticket.status), ("My refund", Status::Open));
    assert!(ticket.shown.channel.is_some(), "its channel followed");
    let steps = [
        ("sam", Step::Claim, Status::Claimed),
        ("sam", Step::Unclaim, Status::Open),
        ("sam", Step::Transfer { to: door.user("sofie") }, Status::Claimed),
        ("sam", Step::Wait, Status::WaitingForUser),
        ("ann", Step::KeepOpen, Status::Claimed),
        ("sam", escalate(Some(door.role("admins"))), Status::Escalated),
        ("sam", Step::Resume, Status::Open),
        ("sam", Step::SetPriority(Priority::Urgent), Status::Open),
        ("sam", Step::Rename { subject: "Money".to_owned() }, Status::Open),
        ("sam", Step::Add { user: door.user("bob") }, Status::Open),
        ("sam", Step::Remove { user: door.user("bob") }, Status::Open),
        ("sam", Step::Note { text: "She is right.".to_owned() }, Status::Open),
        ("sam", Step::RequestClose { due_at: None, reason: String::new() }, Status::Open),
        ("ann", Step::Agree, Status::Closed),
        ("ann", Step::Rate { stars: 4, end: None }, Status::Closed),
        ("ann", Step::Comment { text: "Quick".to_owned() }, Status::Closed),
        ("sam", Step::Reopen, Status::Open),
        ("sam", close(), Status::Closed),
    ];
    for (who, step, expected) in steps {
        let told = format!("{step:?}");
        let stepped = door.takes(who, number, step).await.unwrap_or_else(|error| panic!("{told}: {error:?}"));
        assert_eq!(stepped.ticket.status, expected, "{told}");
        let stored = door.finds(number).await.expect("it is there");
        assert_eq!((stored.status, stored.revision), (expected, stepped.ticket.revision), "{told}");
    }
    let (ann, sam) = (door.comes("ann", Origin::Routine).await, door.comes("sam", Origin::Routine).await);
    let hers = door.found_by(&ann, number).await.expect("it is there");
    look::transcript(app, &ann, &hers).await.map(drop).expect("it was taken when it closed");
    let bob = door.comes("bob", Origin::Routine).await;
    let ticket = door.found_by(&bob, number).await.expect("it is there");
    assert_eq!(code(look::transcript(app, &bob, &ticket).await.map(drop)), "no_such_ticket");
    let theirs = look::history(app, &ann, &hers).await.expect("it is hers");
    let ticket = door.found_by(&sam, number).await.expect("it is there");
    let all = look::history(app, &sam, &ticket).await.expect("he works it");
    assert_eq!(all.events.len(), theirs.events.len() + 1, "the note is the staff's");
    door.takes("sam", number, Step::Archive { end: None }).await.expect("deleted");
    world.clock.advance(jiff::SignedDuration::from_secs(10));
    world.a_minute_passes().await;
    assert!(door.finds(number).await.expect("its row stays").shown.channel.is_none());
    world.screen().await;
}

#[tokio::test]
async fn the_same_origin_opens_one() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    door.kind_is(json!({"member_limit": 0})).await;
    for (at, origin) in [Origin::Request("key".to_owned()), Origin::Interaction(Id::new(7))].into_iter().enumerate() {
        let acting = door.comes("ann", origin).await;
        let kind = open::find_kind(app, &acting, 1).await.expect("it is there");
        let request = Request { kind, user: None, asked: text("Twice") };
        let ready = open::prepare(app, &acting, request).await.expect("she may");
        let (one, two) = tokio::join!(open::open(app, &acting, &ready), open::open(app, &acting, &ready));
        let expected = i32::try_from(at).expect("small") + 1;
        assert_eq!((one.expect("opened").number, two.expect("opened before").number), (expected, expected));
    }
    world.screen().await;
}

#[tokio::test]
async fn programs_and_the_bot_open_tickets_for_others() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let origin = || Origin::Request("one".to_owned());
    let key = Acting::key(app, door.guild, "tickets", "shop", origin(), world.now()).await.expect("settings");
    let kind = open::list_kinds(app, &key).await.expect("kinds")[0].clone();
    let request = |user| Request { kind: kind.clone(), user, asked: text("A broken order") };
    assert_eq!(code(open::prepare(app, &key, request(None)).await), "for_nobody");
    let ready = open::prepare(app, &key, request(Some(door.user("ann")))).await.expect("it may");
    let number = open::open(app, &key, &ready).await.expect("opened").number;
    world.settle().await;
    let ticket = door.found_by(&key, number).await.expect("it is there");
    let read = step::find(app, &key, By::Number(number)).await.expect("it works all of them");
    assert_eq!((ticket.number(), read.user), (number, door.user("ann")));
    assert_eq!(code(step::take(app, &key, ticket.clone(), Step::Claim).await), "for_nobody");
    let asked = Step::RequestClose { due_at: None, reason: "its member".to_owned() };
    let asked = step::take(app, &key, ticket, asked).await;
    assert_eq!(asked.expect("it works all of them").event.user, None);
    world.settle().await;
    // What somebody writes is what they wrote, and the member was asked.
    let ada = door.comes("ada", Origin::Routine).await;
    let ticket = door.found_by(&ada, number).await.expect("it is there");
    let events = look::history(app, &ada, &ticket).await.expect("she administers").events;
    assert_eq!(events.last().map(|it| it.event.body.as_str()), Some("its member"));
    door.takes("ann", number, Step::Agree).await.expect("she was asked");
    // By the same key it was opened before, whatever the limit says.
    assert_eq!(open::open(app, &key, &ready).await.expect("opened before").number, number);
    world.screen().await;
}

#[tokio::test]
async fn who_may_not_open_is_refused() {
    let world = desk().await;
    let door = door(&world);
    let limits = json!({"required_roles": [], "blocked_roles": [], "member_limit": 1, "cooldown": 10});
    door.kind_is(limits.clone()).await;
    let bob = door.user("bob");
    assert_eq!(code(door.opens_for("ann", Some(bob), text("For bob")).await), "not_for_others");
    let stranger = Some(door.user("eve"));
    assert_eq!(code(door.opens_for("sam", stranger, text("For a stranger")).await), "not_a_member");
    door.opens_for("sam", Some(bob), text("For bob")).await.expect("the staff may");
    assert_eq!(code(door.opens("bob", "Another").await), "as_many_as_allowed");
    door.kind_is(json!({"member_limit": 2})).await;
    assert_eq!(code(door.opens("bob", "Another").await), "just_opened");
    door.kind_is(json!({"required_roles": [door.role("staff")]})).await;
    assert_eq!(code(door.opens("ann", "A question").await), "role_required");
    let blocked = "insert into ticket_block values ($1, $2, $2, '', now())";
    let row = sqlx::query(blocked).bind(i64::try_from(door.guild.get()).expect("an id"));
    let row = row.bind(i64::try_from(door.user("ann").get()).expect("an id"));
    row.execute(&world.db().await).await.expect("a row");
    assert_eq!(code(door.opens("ann", "A question").await), "is_blocked");
    let acting = door.comes("ann", Origin::Routine).await;
    assert_eq!(code(open::find_kind(world.app(), &acting, 99).await), "no_such_kind");
    let problems = world.discord.take_problems();
    assert!(problems.iter().all(|it| it == "GET /guilds/*/members/*: 10007 Unknown Member"), "{problems:?}");
    world.screen().await;
}

#[tokio::test]
async fn answers_that_do_not_fit_are_refused() {
    let world = desk().await;
    let door = door(&world);
    let label =
        |id, label: &str, ask: Value| json!({"id": id, "label": label, "hint": "", "required": true, "ask": ask});
    let questions = json!({"member_limit": 0, "questions": [
        label(1, "What", json!({"text": {"long": false, "min_chars": 3, "max_chars": 10}})),
        label(2, "Where", json!({"choice": {"options": ["Web", "Phone"], "several": false}})),
        label(3, "Agreed", json!("checkbox")),
    ]});
    door.kind_is(questions).await;
    let given = |text: &str, place, ticked| {
        Asked::Questions(vec![
            (1, Given::Text(text.to_owned())),
            (2, Given::Chosen(vec![place])),
            (3, Given::Ticked(ticked)),
        ])
    };
    assert_eq!(code(door.opens_for("ann", None, given("", 0, true)).await), "not_answered");
    assert_eq!(code(door.opens_for("ann", None, given("no", 0, true)).await), "answer_out_of_range");
    assert_eq!(code(door.opens_for("ann", None, given("Help", 2, true)).await), "other_answers");
    assert_eq!(code(door.opens_for("ann", None, given("Help", 0, false)).await), "not_ticked");
    let number = door.opens_for("ann", None, given("Help", 1, true)).await.expect("opened");
    let answers = door.finds(number).await.expect("it is there").answers.clone();
    let answers: Vec<(&str, &str)> = answers.iter().map(|(label, answer)| (label.as_str(), answer.as_str())).collect();
    assert_eq!(answers, [("What", "Help"), ("Where", "Phone"), ("Agreed", "☑")]);
    world.screen().await;
}

#[tokio::test]
async fn who_may_not_take_a_step_is_refused() {
    let world = desk().await;
    let door = door(&world);
    let number = door.opens("ann", "My refund").await.expect("opened");
    let ask = || Step::RequestClose { due_at: None, reason: String::new() };
    let bob = door.comes("bob", Origin::Routine).await;
    assert_eq!(code(step::find(world.app(), &bob, By::Number(number)).await), "no_such_ticket");
    // Who sees its channel knows of it, and nobody else does.
    world.discord.guild(HOME).member("zoe", &[]);
    world.settle().await;
    door.takes("sam", number, Step::Add { user: door.user("bob") }).await.expect("added");
    world.settle().await;
    let steps = || [Step::Claim, Step::Wait, Step::Reopen, Step::Note { text: "?".to_owned() }, ask(), escalate(None)];
    for step in steps() {
        let told = format!("{step:?}");
        assert_eq!(code(door.takes("bob", number, step).await), "not_staff", "{told}");
    }
    for step in steps().into_iter().chain([
        close(),
        Step::Agree,
        Step::Rate { stars: 5, end: None },
        Step::Archive { end: None },
    ]) {
        let told = format!("{step:?}");
        assert_eq!(code(door.takes("zoe", number, step).await), "no_such_ticket", "{told}");
    }
    assert_eq!(code(door.takes("ann", number, Step::Agree).await), "not_asked");
    assert_eq!(code(door.takes("bob", number, Step::Agree).await), "not_yours_to_agree");
    assert_eq!(code(door.takes("sam", number, Step::Rate { stars: 5, end: None }).await), "not_yours_to_rate");
    world.sets::<Settings>("member_may_close", Some(json!(false))).await;
    assert_eq!(code(door.takes("ann", number, close()).await), "staff_closes");
    let (bob, name) = (door.comes("bob", Origin::Routine).await, &Origin::Interaction(Id::new(70)));
    door.keeps(&bob, name, "help", "Look").await.expect("he reads it");
    let ticket = door.found_by(&bob, number).await.expect("it is there");
    assert_eq!(code(clip::attach(world.app(), &bob, name, &ticket).await), "no_such_ticket");
    assert_eq!(code(door.takes("sam", 99, Step::Claim).await), "no_such_ticket");
    world.screen().await;
}

#[tokio::test]
async fn who_has_answered_is_asked_no_more() {
    let world = desk().await;
    let door = door(&world);
    let number = door.opens("ann", "My refund").await.expect("opened");
    // Nobody has asked yet.
    assert_eq!(code(door.takes("ann", number, Step::KeepOpen).await), "not_asked");
    door.takes("sam", number, Step::RequestClose { due_at: None, reason: String::new() }).await.expect("asked");
    door.takes("ann", number, Step::KeepOpen).await.expect("she keeps it");
    // Another message with the same buttons still stands somewhere.
    assert_eq!(code(door.takes("ann", number, Step::KeepOpen).await), "not_asked");
    assert_eq!(code(door.takes("ann", number, Step::Agree).await), "not_asked");
    // Whom the staff waits for may say that they are there, once.
    door.takes("sam", number, Step::Wait).await.expect("he waits");
    door.takes("ann", number, Step::KeepOpen).await.expect("she is there");
    assert_eq!(code(door.takes("ann", number, Step::KeepOpen).await), "not_asked");
    world.screen().await;
}

#[tokio::test]
async fn who_was_called_stays_called_until_the_ticket_is_taken_back() {
    let world = desk().await;
    let door = door(&world);
    let number = door.opens("ann", "My refund").await.expect("opened");
    let called = Some(door.role("admins"));
    let steps = [
        ("sam", escalate(called), Status::Escalated),
        ("sam", Step::Wait, Status::WaitingForUser),
        ("ann", Step::KeepOpen, Status::Escalated),
        ("sam", Step::Claim, Status::Claimed),
        ("sam", Step::Unclaim, Status::Escalated),
        ("sam", Step::Resume, Status::Open),
    ];
    for (who, step, expected) in steps {
        let told = format!("{step:?}");
        let stepped = door.takes(who, number, step).await.unwrap_or_else(|error| panic!("{told}: {error:?}"));
        assert_eq!(stepped.ticket.status, expected, "{told}");
        assert_eq!(stepped.ticket.escalated_to, called.filter(|_| expected != Status::Open), "{told}");
    }
    world.screen().await;
}

#[tokio::test]
async fn what_a_step_cannot_do_is_refused() {
    let world = desk().await;
    let door = door(&world);
    let number = door.opens("ann", "My refund").await.expect("opened");
    let (ann, bob, sam) = (door.user("ann"), door.user("bob"), door.user("sam"));
    let everyone = door.guild.cast();
    let long = || "x".repeat(1001);
    let refused = [
        ("sam", Step::Unclaim, "not_claimed"),
        ("sam", Step::Archive { end: None }, "close_first"),
        ("sam", Step::Reopen, "cannot_become"),
        ("sam", Step::SetPriority(Priority::Normal), "same_priority"),
        ("ann", Step::Rate { stars: 5, end: None }, "not_closed"),
        ("ann", Step::Rate { stars: 6, end: None }, "stars_out_of_range"),
        ("ann", Step::Comment { text: "?".to_owned() }, "no_stars"),
        ("sam", Step::Transfer { to: bob }, "not_its_staff"),
        ("sam", Step::Transfer { to: door.user("eve") }, "not_a_member"),
        ("sam", Step::Add { user: door.user("eve") }, "not_a_member"),
        ("sam", Step::Remove { user: ann }, "own_ticket"),
        ("sam", escalate(Some(everyone)), "escalated_to_everybody"),
        ("sam", escalate(Some(Id::new(1))), "unknown_role"),
        ("sam", Step::Lose { why: Why::ChannelDeleted }, "only_the_bot"),
        ("sam", Step::Answered { at: world.now(), message: None }, "only_the_bot"),
        ("sam", Step::Alarm { minutes: 5 }, "only_the_bot"),
        ("ann", Step::Remind { side: Side::Member }, "only_the_bot"),
        ("ann", Step::Close { reason: String::new(), why: Some(Why::NoAnswer) }, "only_the_bot"),
        ("sam", Step::RequestClose { due_at: Some(world.now()), reason: String::new() }, "due_out_of_range"),
        ("sam", Step::Note { text: long() }, "too_long"),
        ("sam", Step::Note { text: " ".to_owned() }, "empty"),
        ("sam", Step::Rename { subject: String::new() }, "empty"),
        ("sam", Step::Close { reason: long(), why: None }, "too_long"),
    ];
    for (who, step, expected) in refused {
        let told = format!("{step:?}");
        assert_eq!(code(door.takes(who, number, step).await), expected, "{told}");
    }
    door.takes("sam", number, Step::Claim).await.expect("claimed");
    assert_eq!(code(door.takes("sam", number, Step::Claim).await), "claimed_by_you");
    assert_eq!(code(door.takes("sofie", number, Step::Claim).await), "claimed_by_other");
    assert_eq!(code(door.takes("sofie", number, Step::Transfer { to: sam }).await), "has_it_already");
    let ask = || Step::RequestClose { due_at: None, reason: String::new() };
    door.takes("sam", number, ask()).await.expect("asked");
    assert_eq!(code(door.takes("sofie", number, ask()).await), "asked_already");
    assert_eq!(code(door.takes("sam", number, Step::Transfer { to: sam }).await), "claimed_by_you");
    door.takes("sam", number, Step::Add { user: bob }).await.expect("added");
    assert_eq!(code(door.takes("sam", number, Step::Add { user: bob }).await), "takes_part_already");
    // Who has Administrator works every ticket, by a role of which nobody told us.
    door.takes("sam", number, Step::Transfer { to: door.user("ada") }).await.expect("transferred");
    door.takes("ada", number, Step::Transfer { to: sam }).await.expect("transferred back");
    door.takes("sam", number, Step::Remove { user: bob }).await.expect("removed");
    assert_eq!(code(door.takes("sam", number, Step::Remove { user: bob }).await), "takes_no_part");
    door.takes("sam", number, close()).await.expect("closed");
    assert_eq!(code(door.takes("sam", number, Step::Claim).await), "done");
    assert_eq!(code(door.takes("sam", number, Step::Remove { user: bob }).await), "reopen_first");
    assert_eq!(door.finds(number).await.expect("it is there").status, Status::Closed);
    let problems = world.discord.take_problems();
    assert!(problems.iter().all(|it| it == "GET /guilds/*/members/*: 10007 Unknown Member"), "{problems:?}");
    world.screen().await;
}

#[tokio::test]
async fn the_same_origin_takes_one_step() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let number = door.opens("ann", "My refund").await.expect("opened");
    let origin = |key: &str| Origin::Request(key.to_owned());
    let take = async |who: &str, key: &str, step: &Step| {
        let acting = door.comes(who, origin(key)).await;
        let stepped = step::take(app, &acting, door.found_by(&acting, number).await?, step.clone()).await;
        // Whether it still has to be told of is another matter.
        stepped.map(|stepped| Stepped { event: Event { announce: false, ..stepped.event }, ..stepped })
    };
    let events = async |kind: &str| -> i64 {
        let count = "select count(*) from ticket_event where kind = $1";
        sqlx::query_scalar(count).bind(kind).fetch_one(&world.db().await).await.expect("a number")
    };
    let note = Step::Note { text: "Look".to_owned() };
    let (one, two) = tokio::join!(take("sam", "note", &note), take("sam", "note", &note));
    let (one, two) = (one.expect("noted"), two.expect("noted"));
    assert_eq!((one.event.body.as_str(), &one.event), ("Look", &two.event));
    assert_eq!(take("sam", "note", &note).await.expect("noted").event, one.event);
    assert_eq!(events("note").await, 1);
    take("sam", "other note", &note).await.expect("noted");
    assert_eq!(events("note").await, 2, "another origin notes the same");

    let ask = Step::RequestClose { due_at: None, reason: "All done?".to_owned() };
    let (one, two) = tokio::join!(take("sam", "ask", &ask), take("sam", "ask", &ask));
    assert_eq!(one.expect("asked").event, two.expect("asked").event);
    assert_eq!(events("close_requested").await, 1);
    let revision = door.finds(number).await.expect("it is there").revision;
    world.clock.advance(jiff::SignedDuration::from_mins(1));
    assert_eq!(take("sam", "ask", &ask).await.expect("asked").event.body, "All done?");
    assert_eq!(door.finds(number).await.expect("it is there").revision, revision);

    let claimed = take("sam", "claim", &Step::Claim).await.expect("claimed").event;
    assert_eq!(take("sam", "claim", &Step::Claim).await.expect("claimed").event, claimed);
    assert_eq!(code(take("sam", "claim again", &Step::Claim).await), "claimed_by_you");
    take("sofie", "give back", &Step::Unclaim).await.expect("given back");
    assert_eq!(take("sam", "claim", &Step::Claim).await.expect("claimed").event, claimed);
    assert_eq!(door.finds(number).await.expect("it is there").claimed_by, None, "it was given back since");
    let add = Step::Add { user: door.user("bob") };
    let added = take("sam", "add", &add).await.expect("added").event;
    assert_eq!(take("sam", "add", &add).await.expect("added").event, added);
    assert_eq!(code(take("ann", "add", &add).await), "not_staff", "who may not do it hears nothing of it");

    let ann = door.comes("ann", origin("attach")).await;
    let ticket = door.found_by(&ann, number).await.expect("it is there");
    door.keeps(&ann, &origin("clip"), "help", "Look").await.expect("kept");
    let attached = clip::attach(app, &ann, &origin("clip"), &ticket).await.expect("added").event;
    assert_eq!(clip::attach(app, &ann, &origin("clip"), &ticket).await.expect("added").event, attached);
    assert_eq!(events("message").await, 1);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn a_reply_that_is_given_in_a_ticket_is_the_staffs_answer() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let number = door.opens("ann", "My refund").await.expect("opened");
    let mut sam = door.comes("sam", Origin::Routine).await;
    let draft = TagDraft { name: "Refund".to_owned(), body: "Soon.".to_owned() };
    tags::add(app, &sam, &draft).await.expect("it is new");
    sam.set_channel(door.finds(number).await.expect("it is there").shown.channel);
    let db = world.db().await;
    let waits = async || -> (bool, bool) {
        let row = "select waits_since is not null, staff_spoke_at is not null from ticket where number = $1";
        sqlx::query_as(row).bind(number).fetch_one(&db).await.expect("a row")
    };
    sqlx::query("update ticket set waits_since = opened_at").execute(&db).await.expect("a row");
    tags::give(app, &sam, "Refund").await.expect("he works it");
    let ticket = door.finds(number).await.expect("it is there");
    assert_eq!((waits().await, ticket.first_response_at), ((false, true), Some(world.now())));
    assert_eq!(ticket.revision, 1, "it is what it was");
    // Of one that is done nobody waits for anything.
    door.takes("sam", number, close()).await.expect("closed");
    sqlx::query("update ticket set waits_since = opened_at, staff_spoke_at = null").execute(&db).await.expect("a row");
    tags::give(app, &sam, "Refund").await.expect("he works it");
    assert_eq!(waits().await, (true, false));
    let uses: i32 = sqlx::query_scalar("select uses from tag").fetch_one(&db).await.expect("a row");
    assert_eq!(uses, 2);
    world.screen().await;
}

#[tokio::test]
async fn who_only_looks_writes_nothing() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let (ann, ada) = (door.comes("ann", Origin::Routine).await, door.comes("ada", Origin::Routine).await);
    let kind = open::list_kinds(app, &ann).await.expect("kinds")[0].clone();
    open::find_kind(app, &ann, 1).await.expect("it is there");
    open::could_open(app, &ann, &kind, None).await.expect("she may");
    assert_eq!(kinds::look(app, &ada).await.expect("kinds"), [kind.kind().clone()]);
    let ready = open::prepare(app, &ann, Request { kind: kind.clone(), user: None, asked: text("A draft") }).await;
    let db = world.db().await;
    let stored = async || -> i64 {
        sqlx::query_scalar("select count(*) from ticket_type").fetch_one(&db).await.expect("a number")
    };
    assert_eq!(stored().await, 0);
    let name = &Origin::Interaction(Id::new(70));
    drafts::save(app, &ann, name, &ready.expect("she may")).await.expect("kept");
    assert_eq!(stored().await, 1);
    assert_eq!(kinds::look(app, &ada).await.expect("kinds"), [kind.kind().clone()]);
    drafts::send(app, &ann, name, async |_, number| Ok(number)).await.expect("sent");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn who_may_look_and_what_could_be_done_is_told_before() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    world.has_entry("Where is my refund?", "On its way.").await;
    let number = door.opens("ann", "My order").await.expect("opened");
    let (ann, bob) = (door.comes("ann", Origin::Routine).await, door.comes("bob", Origin::Routine).await);
    let sam = door.comes("sam", Origin::Routine).await;
    let found = async |acting: &Acting| door.found_by(acting, number).await.expect("it is there");
    assert!(look::works_tickets(app, &sam).await.expect("settings"));
    assert!(look::stats(app, &sam, Period::All, i64::MAX).await.is_ok());
    assert_eq!(code(look::stats(app, &ann, Period::Week, 9).await.map(drop)), "numbers_for_staff");
    assert!(!look::works_tickets(app, &ann).await.expect("settings"));
    tags::require_staff(app, &sam).await.expect("he is");
    assert_eq!(code(tags::require_staff(app, &ann).await), "not_staff");
    let standing = look::require_reader(app, &ann, &found(&ann).await).await.expect("it is hers");
    assert_eq!((standing.owner, standing.staff), (true, false));
    assert!(look::require_reader(app, &sam, &found(&sam).await).await.expect("he works it").staff);
    assert_eq!(code(look::require_reader(app, &bob, &found(&bob).await).await), "no_such_ticket");
    step::could_take(app, &sam, &found(&sam).await, &Step::Claim).await.expect("nobody has");
    assert_eq!(code(step::could_take(app, &sam, &found(&sam).await, &Step::Unclaim).await), "not_claimed");
    assert_eq!(code(step::could_take(app, &bob, &found(&bob).await, &Step::Claim).await), "no_such_ticket");
    // What the FAQ says is offered to whoever asks for themselves.
    door.kind_is(json!({"member_limit": 0})).await;
    let prepare = async |acting: &Acting, user, about: &str| {
        let kind = open::find_kind(app, acting, 1).await.expect("it is there");
        open::prepare(app, acting, Request { kind, user, asked: text(about) }).await.expect("they may")
    };
    let mut refund = prepare(&ann, None, "refund").await;
    let offered =
        open::offer(app, &ann, &mut refund, Language::ENGLISH).await.expect("the index").expect("there is one");
    assert_eq!(offered.entries[0].number, 1);
    let mut other = prepare(&ann, None, "zebra").await;
    assert!(open::offer(app, &ann, &mut other, Language::ENGLISH).await.expect("the index").is_none());
    let mut for_bob = prepare(&sam, Some(door.user("bob")), "refund").await;
    assert!(open::offer(app, &sam, &mut for_bob, Language::ENGLISH).await.expect("the index").is_none());
    world.sets::<Settings>("offer_answers", Some(json!(false))).await;
    assert!(open::offer(app, &ann, &mut refund, Language::ENGLISH).await.expect("the index").is_none());
    world.screen().await;
}

#[tokio::test]
async fn a_channel_is_read_by_whoever_reads_it_in_discord() {
    let world = desk().await;
    world.discord.set_message_content(true);
    let (door, app) = (door(&world), world.app());
    let number = door.opens("ann", "My order").await.expect("opened");
    world.settle().await;
    let channel = format!("ticket-{number}");
    world.person("ann").in_channel(&channel).types("Where is it?").await;
    let ann = door.comes("ann", Origin::Routine).await;
    let (bob, sam) = (door.comes("bob", Origin::Routine).await, door.comes("sam", Origin::Routine).await);
    let read = async |acting: &Acting, before| {
        let found = door.found_by(acting, number).await.expect("it is there");
        conversation::read(app, acting, &found, before).await
    };
    for reader in [&ann, &sam] {
        let Conversation::Messages { messages, older, .. } = read(reader, None).await.expect("they may") else {
            panic!("it has a channel")
        };
        assert_eq!((messages.last().expect("one").text(), older), ("Where is it?", false));
        // What stands before the first is nothing.
        let before = read(reader, Some(messages[0].id)).await.expect("they may");
        assert!(matches!(before, Conversation::Messages { messages, .. } if messages.is_empty()));
    }
    assert_eq!(code(read(&bob, None).await.map(drop)), "no_such_ticket");
    // Who has lost the channel in Discord reads nothing of it here, though the ticket is still theirs.
    let his = door.opens("bob", "Mine").await.expect("opened");
    world.settle().await;
    let (none, hidden) = (Permissions::empty(), format!("ticket-{his}"));
    world.discord.guild(HOME).overwrite(&hidden, "bob", none, Permissions::VIEW_CHANNEL);
    let found = door.found_by(&bob, his).await.expect("it is there");
    let read = conversation::read(app, &bob, &found, None).await.expect("it is his");
    assert!(matches!(read, Conversation::Hidden(_)), "{read:?}");
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn a_table_tells_of_those_that_a_list_shows() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    for (who, about) in [("ann", "My refund"), ("bob", "A key")] {
        door.opens(who, about).await.expect("opened");
    }
    let rows = async |acting: &Acting, filter: Filter| {
        let read = table::read(app, acting, filter, At::Start, Language::ENGLISH).await.expect("they may");
        assert!(read.next.is_none());
        read.rows.into_iter().map(|row| (row.number, row.subject)).collect::<Vec<_>>()
    };
    let (ann, sam) = (door.comes("ann", Origin::Routine).await, door.comes("sam", Origin::Routine).await);
    let all = [(1, "My refund".to_owned()), (2, "A key".to_owned())];
    assert_eq!(rows(&sam, Filter::default()).await, all);
    let of_text = |text: &str| Filter { text: Some(text.to_owned()), ..Filter::default() };
    assert_eq!(rows(&sam, of_text(" KEY\0 ")).await, all[1..]);
    assert_eq!(rows(&sam, of_text(" ")).await, all, "nothing is looked for");
    // Whatever a member asks for, they see their own.
    assert_eq!(rows(&ann, of_text("key")).await, []);
    assert_eq!(rows(&ann, Filter::default()).await, all[..1]);
    // From that moment on, and before it.
    let now = Some(world.now());
    assert_eq!(rows(&sam, Filter { from: now, ..Filter::default() }).await, all);
    assert_eq!(rows(&sam, Filter { to: now, ..Filter::default() }).await, []);
    world.screen().await;
}

#[tokio::test]
async fn nothing_of_another_guild_is_reached() {
    let world = desk().await;
    world.discord.set_message_content(true);
    let (home, app) = (door(&world), world.app());
    let away = Door { world: &world, guild: world.guild(AWAY) };
    let number = home.opens("ann", "My refund").await.expect("opened");
    let name = &Origin::Interaction(Id::new(70));
    let ann = home.comes("ann", Origin::Routine).await;
    home.keeps(&ann, name, "help", "Look").await.expect("kept");
    // No message of one guild is added in another.
    let ada = away.comes("ada", Origin::Routine).await;
    assert_eq!(code(away.keeps(&ada, name, "help", "Look").await), "no_such_message");
    // ada administers both.
    assert_eq!(code(away.takes("ada", number, Step::Claim).await), "no_such_ticket");
    let ada = away.comes("ada", Origin::Routine).await;
    assert!(
        look::list(app, &ada, Filter { all: true, ..Filter::default() }, At::Start, 9)
            .await
            .expect("a list")
            .is_empty()
    );
    assert!(look::search(app, &ada, "refund", 9).await.expect("a list").is_empty());
    let theirs = open::list_kinds(app, &ada).await.expect("kinds")[0].clone();
    assert_eq!(code(open::could_open(app, &ann, &theirs, None).await), "no_such_kind");
    let elsewhere = away.comes("ann", Origin::Routine).await;
    assert_eq!(code(clip::prepare(app, &elsewhere, name, 1).await), "added_before");
    // What was read in one guild is worth nothing in another.
    let ticket = home.finds(number).await.expect("it is there");
    for step in [Step::Claim, Step::Note { text: "?".to_owned() }, close()] {
        assert_eq!(code(step::take(app, &ada, ticket.clone(), step).await), "no_such_ticket");
    }
    assert_eq!(code(look::history(app, &ada, &ticket).await.map(|history| history.events.len())), "no_such_ticket");
    assert_eq!(code(look::transcript(app, &ada, &ticket).await.map(drop)), "no_such_ticket");
    let hers = home.found_by(&ann, number).await.expect("it is there");
    assert_eq!(code(look::transcript(app, &ann, &hers).await.map(drop)), "no_transcript");
    assert_eq!(code(clip::attach(app, &elsewhere, name, &hers).await), "no_such_ticket");
    home.kind_is(json!({"member_limit": 0})).await;
    let kind = open::find_kind(app, &ann, 1).await.expect("it is there");
    let ready = open::prepare(app, &ann, Request { kind, user: None, asked: text("Mine") }).await.expect("she may");
    assert_eq!(code(open::open(app, &elsewhere, &ready).await), "no_such_kind");
    let bob = home.comes("bob", Origin::Routine).await;
    assert_eq!(code(open::open(app, &bob, &ready).await), "no_such_kind");
    assert_eq!(home.finds(number).await.expect("it is there").status, Status::Open);
    world.screen().await;
}

#[tokio::test]
async fn what_was_found_or_checked_for_one_is_of_no_use_to_another() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    door.kind_is(json!({"member_limit": 0})).await;
    let number = door.opens("ann", "My refund").await.expect("opened");
    let key = async |name| Acting::key(app, door.guild, "tickets", name, Origin::Routine, world.now()).await;
    let (shop, till) = (key("shop").await.expect("settings"), key("till").await.expect("settings"));
    let bot = Acting::bot(app, door.guild, "tickets", Origin::Routine, world.now()).await.expect("settings");
    let (sam, ada) = (door.comes("sam", Origin::Routine).await, door.comes("ada", Origin::Routine).await);
    // All of them work all tickets.
    let senders = [&shop, &till, &bot, &sam, &ada];
    let note = || Step::Note { text: "Look".to_owned() };
    for (at, finder) in senders.into_iter().enumerate() {
        let found = step::find(app, finder, By::Number(number)).await.expect("it is there");
        for (other, taker) in senders.into_iter().enumerate().filter(|(other, _)| *other != at) {
            let refused = [
                code(step::take(app, taker, found.clone(), note()).await),
                code(step::could_take(app, taker, &found, &Step::Wait).await),
                code(look::history(app, taker, &found).await.map(drop)),
                code(look::require_reader(app, taker, &found).await),
                code(look::transcript(app, taker, &found).await.map(drop)),
                code(clip::attach(app, taker, &Origin::Routine, &found).await),
            ];
            assert_eq!(refused, ["no_such_ticket"; 6], "{at} {other}");
        }
        step::take(app, finder, found, note()).await.expect("it is theirs");
    }
    // Nor is what somebody may open.
    let (kind, user) = (open::find_kind(app, &shop, 1).await.expect("it is there"), Some(door.user("ann")));
    let request = Request { kind, user, asked: text("For ann") };
    let ready = open::prepare(app, &shop, request).await.expect("it may");
    for taker in [&till, &bot, &sam] {
        assert_eq!(code(open::open(app, taker, &ready).await), "no_such_kind");
        assert_eq!(
            code(open::offer(app, taker, &mut ready.clone(), Language::ENGLISH).await.map(drop)),
            "no_such_kind"
        );
        assert_eq!(code(drafts::save(app, taker, &Origin::Interaction(Id::new(9)), &ready).await), "no_such_kind");
    }
    open::open(app, &shop, &ready).await.expect("opened");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn a_role_may_be_kept_from_opening_tickets() {
    let world = desk().await;
    world.discord.guild(HOME).role("muted", Permissions::empty());
    let (door, app) = (door(&world), world.app());
    door.kind_is(json!({"member_limit": 0, "blocked_roles": [door.role("muted")]})).await;
    let open = async |roles| {
        let bob = world.comes("bob", door.guild, "tickets", roles, Origin::Routine).await;
        let kind = open::find_kind(app, &bob, 1).await.expect("it is there");
        open::prepare(app, &bob, Request { kind, user: None, asked: text("Help") }).await.map(drop)
    };
    assert_eq!(code(open(vec![door.role("muted")]).await), "role_blocked");
    open(Vec::new()).await.expect("without it he may");
}

#[tokio::test]
async fn who_is_always_overtaken_hears_that_others_are_busy() {
    let world = desk().await;
    let (door, db) = (door(&world), world.db().await);
    let number = door.opens("ann", "My refund").await.expect("opened");
    // What somebody else has changed meanwhile is not changed: here that is so each time.
    let statements = [
        "create function never() returns trigger language plpgsql as 'begin return null; end'",
        "create trigger never before update on ticket for each row execute function never()",
    ];
    for statement in statements {
        sqlx::query(statement).execute(&db).await.expect("it is a database of its own");
    }
    for step in [Step::Claim, Step::Note { text: "Look".to_owned() }] {
        let sam = door.comes("sam", Origin::Routine).await;
        let ticket = door.found_by(&sam, number).await.expect("it is there");
        assert_eq!(code(step::take(world.app(), &sam, ticket, step).await), "busy");
    }
    sqlx::query("drop trigger never on ticket").execute(&db).await.expect("it is there");
    door.takes("sam", number, Step::Claim).await.expect("nobody else does");
    world.screen().await;
}

#[tokio::test]
async fn a_reply_that_names_a_ticket_is_given_in_one() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let mut sam = door.comes("sam", Origin::Routine).await;
    let draft = TagDraft { name: "Refund".to_owned(), body: "Soon, {member}.".to_owned() };
    tags::add(app, &sam, &draft).await.expect("it is new");
    assert_eq!(code(tags::give(app, &sam, "Refund").await), "only_in_tickets");
    let number = door.opens("ann", "My refund").await.expect("opened");
    sam.set_channel(door.finds(number).await.expect("it is there").shown.channel);
    tags::give(app, &sam, "Refund").await.expect("it is one");
    world.screen().await;
}

#[tokio::test]
async fn a_list_is_turned_page_by_page_in_both_directions() {
    let world = desk().await;
    let door = door(&world);
    for who in ["ann", "bob", "mia"] {
        door.opens(who, "My refund").await.expect("opened");
    }
    let sam = door.comes("sam", Origin::Routine).await;
    let page = async |at: At| {
        let page = look::page(world.app(), &sam, Filter::default(), at, 2).await.expect("a page");
        (page.lines.iter().map(|line| line.number).collect::<Vec<_>>(), page.previous, page.next)
    };
    let (first, none, next) = page(At::Start).await;
    assert!(first.len() == 2 && none.is_none(), "{first:?}");
    let (second, previous, none) = page(next.expect("there is one more")).await;
    assert!(second.len() == 1 && none.is_none() && !first.contains(&second[0]), "{second:?}");
    assert_eq!(page(previous.expect("there are two before")).await.0, first);
    world.screen().await;
}
