//! Kinds of tickets, panels, blocked members and replies through a door of no kind: plain Rust, without a payload of
//! Discord's. Each rule is the operation's own, and holds whoever comes.

use std::time::{Duration, Instant};

use alphapy::acting::{Acting, Origin};
use alphapy::features::tickets::model::{
    Ask, Definition, KindChange, KindLimits, KindPeople, KindTexts, KindTimes, KindTranslation, PanelDraft, Question,
    QuestionTranslation, TagDraft,
};
use alphapy::features::tickets::operations::kinds::{self, Named};
use alphapy::features::tickets::operations::{blocks, look, panels, tags};
use alphapy::settings::Minutes;
use alphapy::ui::Collision;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use alphapy::words::{Language, Msg};

use crate::support::{AWAY, HOME, World, code};

/// Somebody who comes through that door by a request of that key.
async fn request(world: &World, who: &str, guild: &str, key: &str) -> Acting {
    world.comes(who, world.guild(guild), "tickets", Vec::new(), Origin::Request(key.to_owned())).await
}

/// Somebody of whom it is not known whether they have been here before.
async fn comes(world: &World, who: &str, guild: &str) -> Acting {
    world.comes(who, world.guild(guild), "tickets", Vec::new(), Origin::Routine).await
}

fn dutch() -> Language {
    Language::of_code("nl").expect("there is a folder for it")
}

fn texts(name: &str) -> KindTexts {
    let [emoji, description, opening, naming] = [const { String::new() }; 4];
    KindTexts { name: name.to_owned(), emoji, description, opening, naming }
}

fn limits(member_limit: i64, cooldown_min: i64, hours: &str) -> KindChange {
    let (hours, cooldown) = (hours.to_owned(), Minutes(cooldown_min));
    KindChange::Limits(KindLimits { member_limit, cooldown, hours, hours_note: String::new() })
}

fn times(remind_min: i64, close_min: i64) -> KindChange {
    let (remind_after, close_after) = (Minutes(remind_min), Minutes(close_min));
    let (escalate, close_when_left) = (false, false);
    KindChange::Times(KindTimes { remind_after, close_after, answer_within: Minutes(0), escalate, close_when_left })
}

fn question(label: &str, ask: Ask) -> Question {
    Question { id: 0, label: label.to_owned(), hint: String::new(), required: true, ask }
}

fn choice(options: &[&str]) -> Ask {
    Ask::Choice { options: options.iter().map(|it| (*it).to_owned()).collect(), several: false }
}

fn people(place: Option<Id<ChannelMarker>>, staff: &[Id<RoleMarker>]) -> KindPeople {
    KindPeople { place, staff: staff.to_vec(), required: Vec::new(), blocked: Vec::new() }
}

#[tokio::test]
async fn a_kind_is_added_changed_and_removed() {
    let world = World::new().await;
    world.discord.guild(HOME).category("Desk");
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    let questions = [1, 2].map(|id| Question { id, ..question("Sure?", Ask::Checkbox) }).to_vec();
    let billing = Definition { questions, ..Definition::default() };
    let added = kinds::add(app, &ada, " Billing ", billing).await.expect("it is new");
    let listed = async || kinds::look(app, &ada).await.expect("the database");
    let names: Vec<String> = listed().await.iter().map(|kind| kind.name_in(Language::ENGLISH).to_owned()).collect();
    assert_eq!((added.id, names), (2, vec!["Support".to_owned(), "Billing".to_owned()]));

    let change = |change: KindChange| async { kinds::change(app, &ada, 2, change).await.expect("it fits").kind };
    let keepers = world.role("keepers");
    change(KindChange::People(people(Some(world.channel("#help")), &[keepers]))).await;
    assert!(listed().await[1].definition.in_threads, "a text channel has private threads");
    change(KindChange::People(people(Some(world.channel("#Desk")), &[keepers]))).await;
    change(KindChange::Texts(texts("Bills"))).await;
    change(limits(3, 60, "ma-vr 9-17")).await;
    change(times(60, 120)).await;
    change(KindChange::AddQuestion(question(" Which? ", choice(&["a", " ", "b "])))).await;
    change(KindChange::RemoveQuestion(1)).await;
    let kind = change(KindChange::ChangeQuestion(Question { id: 2, ..question("More?", Ask::Checkbox) })).await;
    assert_eq!(listed().await[1], kind, "what is answered is what is stored");
    let asked: Vec<(i32, &str)> = kind.definition.questions.iter().map(|it| (it.id, &*it.label)).collect();
    assert_eq!((&*kind.name, asked), ("Bills", vec![(2, "More?"), (3, "Which?")]));
    assert_eq!(kind.definition.hours, "mon-fri 09:00-17:00");
    assert_eq!((kind.definition.staff_roles, kind.definition.in_threads), (vec![keepers], false));

    let removed = kinds::remove(app, &ada, 2, kinds::looks(&listed().await[1])).await.expect("it is as it was");
    assert_eq!((&*removed.kind.name, removed.left), ("Bills", listed().await));
}

#[tokio::test]
async fn what_is_no_kind_is_refused_with_a_code() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    let kind = kinds::add(app, &ada, "Billing", Definition::default()).await.expect("it is new");
    let long = |count: usize| "x".repeat(count);
    let text = |min_chars, max_chars| Ask::Text { long: false, min_chars, max_chars };
    let with = |set: &dyn Fn(&mut KindTexts)| {
        let mut changed = texts("Bills");
        set(&mut changed);
        KindChange::Texts(changed)
    };
    let in_dutch = |set: &dyn Fn(&mut KindTranslation)| {
        let mut said = KindTranslation::default();
        set(&mut said);
        KindChange::Translate(dutch(), said)
    };
    let cases = [
        (with(&|it| it.name = " \0".to_owned()), "no_name"),
        (with(&|it| it.name = "support".to_owned()), "name_taken"),
        (with(&|it| it.name = long(81)), "too_long"),
        (with(&|it| it.description = long(101)), "too_long"),
        (with(&|it| it.opening = long(1501)), "too_long"),
        (with(&|it| it.naming = long(91)), "too_long"),
        (with(&|it| it.emoji = "fix".to_owned()), "no_emoji"),
        (with(&|it| it.opening = "{who}".to_owned()), "unknown_placeholder"),
        (with(&|it| it.naming = "{subject}".to_owned()), "unknown_placeholder"),
        (limits(101, 0, ""), "member_limit_out_of_range"),
        (limits(-1, 0, ""), "member_limit_out_of_range"),
        (limits(1, 43_201, ""), "time_out_of_range"),
        (limits(1, 0, "whenever"), "no_hours"),
        (limits(1, 0, "mon 9-9"), "no_hours"),
        (times(129_601, 0), "time_out_of_range"),
        (times(-1, 0), "time_out_of_range"),
        (times(60, 60), "closes_before_it_reminds"),
        (KindChange::AddQuestion(question(" ", Ask::Checkbox)), "no_question"),
        (KindChange::AddQuestion(question(&long(46), Ask::Checkbox)), "too_long"),
        (KindChange::AddQuestion(question("Which?", choice(&["one"]))), "option_count"),
        (KindChange::AddQuestion(question("Which?", choice(&["one", &long(101)]))), "option_too_long"),
        (KindChange::AddQuestion(question("Which?", text(0, 501))), "answer_length"),
        (KindChange::AddQuestion(question("Which?", text(9, 3))), "answer_length"),
        (in_dutch(&|it| it.name = long(81)), "too_long"),
        (in_dutch(&|it| it.opening = "{who}".to_owned()), "unknown_placeholder"),
        (KindChange::TranslateQuestion(dutch(), 9, QuestionTranslation::default()), "no_such_question"),
        (KindChange::RemoveQuestion(9), "no_such_question"),
        (KindChange::ChangeQuestion(Question { id: 9, ..question("Which?", Ask::Checkbox) }), "no_such_question"),
    ];
    for (change, expected) in cases {
        assert_eq!(code(kinds::change(app, &ada, kind.id, change.clone()).await), expected, "{change:?}");
    }
    let asked = KindChange::AddQuestion(question("Which?", choice(&["one", "two"])));
    let kind = kinds::change(app, &ada, kind.id, asked).await.expect("it fits").kind;
    let options = |options: &[&str]| {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        KindChange::TranslateQuestion(dutch(), 1, QuestionTranslation { options, ..QuestionTranslation::default() })
    };
    for (change, expected) in [
        (options(&["een"]), "translated_option_count"),
        (options(&["een", "twee", "drie"]), "translated_option_count"),
        (options(&["een", &long(101)]), "option_too_long"),
    ] {
        assert_eq!(code(kinds::change(app, &ada, kind.id, change.clone()).await), expected, "{change:?}");
    }
    let many = vec![question("Which?", Ask::Checkbox); 6];
    let asking = |questions: Vec<Question>| Definition { questions, ..Definition::default() };
    assert_eq!(code(kinds::add(app, &ada, "Other", asking(many)).await), "too_many_questions");
    let roles = Definition { staff_roles: (1..=11).map(Id::new).collect(), ..Definition::default() };
    assert_eq!(code(kinds::add(app, &ada, "Other", roles).await), "too_many_roles");
    assert_eq!(code(kinds::add(app, &ada, "BILLING", Definition::default()).await), "name_taken");
    assert_eq!(code(kinds::remove(app, &ada, kind.id, 0).await), "changed_meanwhile");
    let collide = |_: &_| Err(kinds::Refusal::Collision(Collision { labels: vec![Msg::verbatim("Name")] }));
    assert_eq!(code(kinds::change_as(app, &ada, kind.id, &Named::default(), collide).await), "collision");
    assert_eq!(kinds::look(app, &ada).await.expect("the database")[1], kind, "nothing of it was stored");

    kinds::remove(app, &ada, kind.id, kinds::looks(&kind)).await.expect("there is another");
    // Tickets of it are still found by it.
    let ever = look::list_kinds(app, &ada).await.expect("a list");
    assert!(ever.iter().any(|it| it.id == kind.id), "{ever:?}");
    assert!(!look::takes_long(app, &ada).await.expect("a number"));
    let last = kinds::look(app, &ada).await.expect("the database").remove(0);
    assert_eq!(code(kinds::remove(app, &ada, last.id, kinds::looks(&last)).await), "only_kind");
    assert_eq!(code(kinds::remove(app, &ada, kind.id, kinds::looks(&kind)).await), "no_such_kind");
}

#[tokio::test]
async fn a_kind_opens_where_the_bot_can_and_for_roles_of_the_server() {
    let world = World::new().await;
    let lacks = Permissions::MANAGE_CHANNELS;
    world.discord.guild(HOME).category("Attic").voice("lounge").overwrite("Attic", "bot", Permissions::empty(), lacks);
    world.discord.guild(HOME).channel("shut").overwrite(
        "shut",
        "bot",
        Permissions::empty(),
        Permissions::CREATE_PRIVATE_THREADS,
    );
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    kinds::look(app, &ada).await.expect("the first is made");
    let foreign: Id<RoleMarker> = world.discord.id_of(&format!("{AWAY}/@&admins")).parse().expect("an id");
    let cases = [
        (people(Some(world.channel("#Attic")), &[]), "bot_lacks_permissions"),
        (people(Some(world.channel("#shut")), &[]), "bot_lacks_permissions"),
        (people(Some(world.channel("Night Shift/#desk")), &[]), "unknown_channel"),
        (people(Some(world.channel("#lounge")), &[]), "wrong_place"),
        (people(None, &[foreign]), "unknown_role"),
        (KindPeople { blocked: vec![foreign], ..people(None, &[]) }, "unknown_role"),
        (KindPeople { required: vec![world.guild(HOME).cast()], ..people(None, &[]) }, "role_is_everybody"),
        (KindPeople { blocked: vec![world.guild(HOME).cast()], ..people(None, &[]) }, "role_is_everybody"),
        (people(None, &[world.guild(HOME).cast()]), "staff_is_everybody"),
    ];
    for (wanted, expected) in cases {
        let outcome = kinds::change(app, &ada, 1, KindChange::People(wanted.clone())).await;
        assert_eq!(code(outcome), expected, "{wanted:?}");
        let KindPeople { place, staff, required, blocked } = wanted;
        let definition = Definition {
            place,
            staff_roles: staff,
            required_roles: required,
            blocked_roles: blocked,
            ..Definition::default()
        };
        assert_eq!(code(kinds::add(app, &ada, "Billing", definition).await), expected);
    }
    // What was not named before the kind was locked is brought in by nobody.
    let (help, keepers) = (world.channel("#help"), world.role("keepers"));
    let unnamed = |wanted: KindPeople| {
        let edit = |_: &_| Ok(KindChange::People(wanted));
        async { code(kinds::change_as(app, &ada, 1, &Named::default(), edit).await) }
    };
    assert_eq!(unnamed(people(Some(help), &[])).await, "unknown_channel");
    assert_eq!(unnamed(people(None, &[keepers])).await, "unknown_role");
    // Who may open tickets is not who works them: that is another check.
    let named = Named { others: vec![keepers], ..Named::default() };
    let edit = |_: &_| Ok(KindChange::People(people(None, &[keepers])));
    assert_eq!(code(kinds::change_as(app, &ada, 1, &named, edit).await), "unknown_role");
}

#[tokio::test]
async fn nobody_lets_the_bot_speak_where_they_may_not() {
    let world = World::new().await;
    let (nobody, send, view) = (Permissions::empty(), Permissions::SEND_MESSAGES, Permissions::VIEW_CHANNEL);
    let threads = Permissions::SEND_MESSAGES_IN_THREADS;
    let home = world.discord.guild(HOME).channel("rules").channel("vault").category("Attic").category("Cellar");
    home.overwrite("rules", "mia", nobody, send | threads).overwrite("vault", "mia", nobody, view);
    world.discord.guild(HOME).overwrite("Cellar", "mia", nobody, view);
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    // The bot's admin role is no permission of Discord's.
    let mut mia = world.comes("mia", world.guild(HOME), "tickets", vec![world.role("keepers")], Origin::Routine).await;
    // She does a lot, and machines are slow.
    mia.set_deadline(Instant::now() + Duration::from_secs(60));
    let panel = async |acting: &Acting, name: &str| {
        panels::place(app, acting, Some(world.channel(name)), PanelDraft::default()).await
    };
    for name in ["#rules", "#vault"] {
        assert_eq!(code(panel(&mia, name).await), "lacks_permissions", "{name}");
        panel(&ada, name).await.expect("she is an administrator");
    }
    panel(&mia, "#help").await.expect("she writes there");

    let change = async |acting: &Acting, name: &str| {
        let wanted = people(Some(world.channel(name)), &[]);
        kinds::change(app, acting, 1, KindChange::People(wanted)).await
    };
    for name in ["#rules", "#vault", "#Cellar"] {
        assert_eq!(code(change(&mia, name).await), "lacks_permissions", "{name}");
        let definition = Definition { place: Some(world.channel(name)), ..Definition::default() };
        assert_eq!(code(kinds::add(app, &mia, "Billing", definition).await), "lacks_permissions", "{name}");
        change(&ada, name).await.expect("she is an administrator");
        change(&mia, name).await.expect("what an administrator chose stays where it is");
    }
    change(&mia, "#Attic").await.expect("she sees it");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn no_server_gets_more_kinds_than_a_menu_shows() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    for n in 2..kinds::MAX_KINDS {
        kinds::add(app, &ada, &format!("Kind {n}"), Definition::default()).await.expect("there is room");
    }
    let (one, other) = tokio::join!(
        kinds::add(app, &ada, "One", Definition::default()),
        kinds::add(app, &ada, "Other", Definition::default())
    );
    let refused = if one.is_ok() { other } else { one };
    assert_eq!(code(refused), "too_many_kinds");
    assert_eq!(kinds::look(app, &ada).await.expect("the database").len(), kinds::MAX_KINDS);
}

#[tokio::test]
async fn only_admins_set_tickets_up() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    kinds::look(app, &ada).await.expect("the first is made");
    let (ann, bob) = (comes(&world, "ann", HOME).await, world.user("bob"));
    let draft = TagDraft { name: "Refund".to_owned(), body: "Soon.".to_owned() };
    let tag = tags::add(app, &ada, &draft).await.expect("it is new");
    assert_eq!(code(kinds::look(app, &ann).await), "not_admin");
    assert_eq!(code(kinds::add(app, &ann, "Billing", Definition::default()).await), "not_admin");
    assert_eq!(code(kinds::change(app, &ann, 1, KindChange::Texts(texts("Bills"))).await), "not_admin");
    assert_eq!(code(kinds::remove(app, &ann, 1, 0).await), "not_admin");
    let help = Some(world.channel("#help"));
    assert_eq!(code(panels::place(app, &ann, help, PanelDraft::default()).await), "not_admin");
    assert_eq!(code(blocks::block(app, &ann, bob, "").await), "not_admin");
    assert_eq!(code(blocks::unblock(app, &ann, bob).await), "not_admin");
    assert_eq!(code(blocks::list(app, &ann).await), "not_admin");
    assert_eq!(code(tags::list(app, &ann).await), "not_staff");
    assert_eq!(code(tags::find(app, &ann, "Refund").await), "not_staff");
    assert_eq!(code(tags::suggest(app, &ann, "R").await), "not_staff");
    assert_eq!(code(tags::add(app, &ann, &draft).await), "not_staff");
    assert_eq!(code(tags::change(app, &ann, tag.id, &(), |_| Ok(draft.clone())).await), "not_staff");
    assert_eq!(code(tags::remove(app, &ann, "Refund").await), "not_staff");
    // Whoever works one kind of tickets gives and writes replies.
    let keepers = world.role("keepers");
    kinds::change(app, &ada, 1, KindChange::People(people(None, &[keepers]))).await.expect("it is a role");
    let mia = world.comes("mia", world.guild(HOME), "tickets", vec![keepers], Origin::Routine).await;
    assert_eq!(tags::find(app, &mia, " refund ").await.expect("it is there"), *tag);
}

#[tokio::test]
async fn a_panel_is_placed_where_the_bot_can_write() {
    let world = World::new().await;
    let nobody = Permissions::empty();
    world.discord.guild(HOME).category("Desk").channel("mute").overwrite(
        "mute",
        "bot",
        nobody,
        Permissions::EMBED_LINKS,
    );
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    let place = |name: &str, draft: PanelDraft| {
        let channel = world.channel(name);
        let ada = &ada;
        async move { panels::place(app, ada, Some(channel), draft).await.map(|placed| placed.panel) }
    };
    let plain = PanelDraft::default;
    assert_eq!(code(place("#mute", plain()).await), "bot_lacks_permissions");
    assert_eq!(code(place("Night Shift/#desk", plain()).await), "unknown_channel");
    assert_eq!(code(place("#Desk", plain()).await), "no_messages_there");
    assert_eq!(code(panels::place(app, &ada, None, plain()).await), "no_channel");
    let titled = |title: usize, body: usize| {
        let (title, body) = (Some("x".repeat(title)), Some("x".repeat(body)));
        PanelDraft { title, body, ..plain() }
    };
    assert_eq!(code(place("#help", titled(201, 1)).await), "too_long");
    assert_eq!(code(place("#help", titled(1, 2001)).await), "too_long");
    assert_eq!(code(place("#help", PanelDraft { kinds: Some(vec![1, 9]), ..plain() }).await), "no_such_kind");
    let panel = place("#help", plain()).await.expect("the bot writes there");
    assert_eq!(place("#help", titled(3, 3)).await.expect("the bot writes there"), panel, "a channel has one panel");
}

#[tokio::test]
async fn usual_words_of_a_panel_are_no_words_of_its_row() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    let help = world.channel("#help");
    let show = async |title: Option<&str>| {
        let draft = PanelDraft { title: title.map(str::to_owned), ..PanelDraft::default() };
        panels::place(app, &ada, Some(help), draft).await.expect("the bot writes there");
        world.a_minute_passes().await;
        world.screen().await
    };
    let screen = show(Some("Mine")).await;
    assert!(screen.contains("**Mine**") && screen.contains("Open a ticket, and the staff will help you."), "{screen}");
    let screen = show(Some(" ")).await;
    assert!(screen.contains("**Need help?**"), "{screen}");
    // What a version stored that wrote the usual words itself, or none at all, shows the same.
    for stored in ["Need help?", ""] {
        sqlx::query("update ticket_panel set title = $1, stale = true, revision = revision + 1")
            .bind(stored)
            .execute(&world.db().await)
            .await
            .expect("the database");
        world.a_minute_passes().await;
        let screen = world.screen().await;
        assert!(screen.contains("**Need help?**"), "{screen}");
    }
}

#[tokio::test]
async fn a_panel_says_in_a_language_what_was_written_in_it_and_else_its_own() {
    let world = World::new().await;
    let app = world.app();
    let (ada, help, dutch) = (comes(&world, "ada", HOME).await, world.channel("#help"), Some(dutch()));
    let place = async |language: Option<Language>, title: Option<&str>, body: Option<&str>| {
        let own = str::to_owned;
        let draft = PanelDraft { language, title: title.map(own), body: body.map(own), ..PanelDraft::default() };
        let placed = panels::place(app, &ada, Some(help), draft).await.expect("the bot writes there");
        let (panel, _) = panels::look(app, &ada, placed.panel).await.expect("it is there");
        let said = panel.translations.get("nl").cloned().unwrap_or_default();
        [panel.title.unwrap_or_default(), panel.body.unwrap_or_default(), said.title, said.body].join(" ")
    };
    assert_eq!(place(dutch, Some("Vragen?"), None).await, "  Vragen? ");
    assert_eq!(place(None, Some("Questions?"), Some("Ask.")).await, "Questions? Ask. Vragen? ");
    assert_eq!(place(dutch, None, Some("Vraag.")).await, "Questions? Ask. Vragen? Vraag.");
    assert_eq!(place(dutch, Some(" "), None).await, "Questions? Ask.  Vraag.");
    assert_eq!(code(panels::look(app, &ada, 1_000_000).await), "no_such_panel");
    let away = comes(&world, "ada", AWAY).await;
    let placed = panels::place(app, &ada, Some(help), PanelDraft::default()).await.expect("the bot writes there");
    assert_eq!(code(panels::look(app, &away, placed.panel).await), "no_such_panel");
}

#[tokio::test]
async fn a_panel_is_changed_as_somebody_looked_at_it() {
    let world = World::new().await;
    let app = world.app();
    let (ada, ann, help) = (comes(&world, "ada", HOME).await, comes(&world, "ann", HOME).await, world.channel("#help"));
    let titled = |title: &str| PanelDraft { title: Some(title.to_owned()), ..PanelDraft::default() };
    let at = async |revision, title: &str| panels::place_at(app, &ada, Some(help), revision, titled(title)).await;
    assert_eq!(code(at(1, "One").await), "changed_meanwhile", "there is none");
    at(0, "One").await.expect("the bot writes there");
    assert_eq!(code(at(0, "Two").await), "changed_meanwhile", "somebody made one");
    at(1, "Two").await.expect("it is as it was");
    let (all, kinds) = panels::list(app, &ada).await.expect("an admin");
    assert_eq!((all.len(), all[0].title.as_deref(), all[0].revision, kinds.len()), (1, Some("Two"), 2, 1));
    // What comes twice is done once, whatever it is by now.
    let twice = request(&world, "ada", HOME, "p-1").await;
    let first = panels::place_at(app, &twice, Some(help), 2, titled("Three")).await.expect("it is as it was");
    let again = panels::place_at(app, &twice, Some(help), 2, titled("Three")).await.expect("it was done");
    assert_eq!((first.again, again.again, first.panel), (false, true, again.panel));
    assert_eq!(code(panels::place_at(app, &ann, Some(help), 3, titled("Four")).await), "not_admin");
    assert_eq!(code(panels::list(app, &ann).await.map(|(all, _)| all.len())), "not_admin");
    assert!(panels::list(app, &comes(&world, "eve", AWAY).await).await.expect("an admin").0.is_empty());
    // Of two who make one at once, one finds the other's.
    let general = Some(world.channel("#general"));
    let (one, two) = tokio::join!(
        panels::place_at(app, &ada, general, 0, titled("One")),
        panels::place_at(app, &twice, general, 0, titled("Two")),
    );
    assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|it| **it).count(), 1);
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn who_is_blocked_stays_so_with_the_reason() {
    let world = World::new().await;
    let app = world.app();
    let (ada, bob) = (comes(&world, "ada", HOME).await, world.user("bob"));
    assert_eq!(code(blocks::block(app, &ada, bob, &"x".repeat(201)).await), "too_long");
    assert_eq!(blocks::block(app, &ada, bob, " spam ").await.expect("the database"), None);
    // A program has no user, so the bot answers for it.
    let key = Acting::key(app, world.guild(HOME), "tickets", "shop", Origin::Routine, world.now()).await;
    let before = blocks::block(app, &key.expect("the database"), bob, "").await.expect("the database");
    assert_eq!(before.expect("they were").reason, "spam");
    let listed = blocks::list(app, &ada).await.expect("the database");
    assert_eq!((listed.len(), listed[0].user, &*listed[0].reason), (1, bob, "spam"));
    assert!(blocks::unblock(app, &ada, bob).await.expect("the database").were_blocked);
    assert!(!blocks::unblock(app, &ada, bob).await.expect("the database").were_blocked);
}

#[tokio::test]
async fn a_reply_is_written_changed_and_removed() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    let draft = |name: &str, body: &str| TagDraft { name: name.to_owned(), body: body.to_owned() };
    let refund = tags::add(app, &ada, &draft(" Refund ", "Soon.")).await.expect("it is new");
    tags::add(app, &ada, &draft("Hours", "9 to 5.")).await.expect("it is new");
    let cases = [
        (draft("\0", "x"), "no_name"),
        (draft("x", " "), "no_text"),
        (draft(&"x".repeat(51), "x"), "too_long"),
        (draft("x", &"x".repeat(1801)), "too_long"),
        (draft("HOURS", "x"), "name_taken"),
    ];
    for (wanted, expected) in cases {
        assert_eq!(code(tags::add(app, &ada, &wanted).await), expected, "{wanted:?}");
        assert_eq!(code(tags::change(app, &ada, refund.id, &(), |_| Ok(wanted.clone())).await), expected, "{wanted:?}");
    }
    let collide = |_: &_| Err(Collision { labels: vec![Msg::verbatim("Reply")] });
    assert_eq!(code(tags::change(app, &ada, refund.id, &(), collide).await), "collision");
    let changed =
        tags::change(app, &ada, refund.id, &(), |tag| Ok(draft(&tag.name, "In a week."))).await.expect("it fits");
    assert_eq!(tags::find(app, &ada, "refund").await.expect("it is there"), *changed);
    assert_eq!(tags::suggest(app, &ada, "ho").await.expect("the database"), ["Hours"]);
    tags::remove(app, &ada, "Refund").await.expect("it is there");
    assert_eq!(code(tags::remove(app, &ada, "Refund").await), "no_such_tag");
    assert_eq!(code(tags::find(app, &ada, "Refund").await), "no_such_tag");
    assert_eq!(code(tags::change(app, &ada, refund.id, &(), |_| Ok(draft("x", "y"))).await), "gone");
    let rows = "insert into tag (guild_id, name, body, author_user_id, created_at, updated_at)
                select $1, n::text, 'x', 1, now(), now() from generate_series(1, 499) n";
    let home = i64::try_from(world.guild(HOME).get()).expect("an id");
    sqlx::query(rows).bind(home).execute(&world.db().await).await.expect("the database");
    assert_eq!(code(tags::add(app, &ada, &draft("x", "y")).await), "too_many_tags");
}

#[tokio::test]
async fn what_another_server_has_set_up_is_out_of_reach() {
    let world = World::new().await;
    let app = world.app();
    let (ada, eve) = (comes(&world, "ada", HOME).await, comes(&world, "eve", AWAY).await);
    let kind = kinds::add(app, &ada, "Billing", Definition::default()).await.expect("it is new");
    let draft = TagDraft { name: "Refund".to_owned(), body: "Soon.".to_owned() };
    let tag = tags::add(app, &ada, &draft).await.expect("it is new");
    blocks::block(app, &ada, world.user("bob"), "spam").await.expect("the database");
    assert_eq!(kinds::look(app, &eve).await.expect("the database").len(), 1);
    assert_eq!(code(kinds::change(app, &eve, kind.id, KindChange::Texts(texts("x"))).await), "no_such_kind");
    assert_eq!(code(kinds::remove(app, &eve, kind.id, kinds::looks(&kind)).await), "no_such_kind");
    let offers = PanelDraft { kinds: Some(vec![kind.id]), ..PanelDraft::default() };
    let (desk, help) = (Some(world.channel("Night Shift/#desk")), Some(world.channel("#general")));
    assert_eq!(code(panels::place(app, &eve, desk, offers).await), "no_such_kind");
    assert_eq!(code(panels::place(app, &eve, help, PanelDraft::default()).await), "unknown_channel");
    assert!(!blocks::unblock(app, &eve, world.user("bob")).await.expect("the database").were_blocked);
    assert_eq!(blocks::list(app, &eve).await.expect("the database"), []);
    assert_eq!(code(tags::find(app, &eve, "Refund").await), "no_such_tag");
    assert_eq!(code(tags::remove(app, &eve, "Refund").await), "no_such_tag");
    assert_eq!(code(tags::change(app, &eve, tag.id, &(), |_| Ok(draft.clone())).await), "gone");
    assert_eq!(blocks::list(app, &ada).await.expect("the database").len(), 1);
    assert_eq!(tags::find(app, &ada, "Refund").await.expect("it is there"), *tag);
}

#[tokio::test]
async fn what_comes_twice_is_done_once() {
    let world = World::new().await;
    let app = world.app();
    let twice = request(&world, "ada", HOME, "k-1").await;
    let kind = kinds::add(app, &twice, "Billing", Definition::default()).await.expect("it is new");
    assert_eq!(kinds::add(app, &twice, "Billing", Definition::default()).await.expect("it is there"), kind);
    let draft = TagDraft { name: "Refund".to_owned(), body: "Soon.".to_owned() };
    let tag = tags::add(app, &twice, &draft).await.expect("it is new");
    assert_eq!(tags::add(app, &twice, &draft).await.expect("it is there"), tag);
    let titled = |title: &str| PanelDraft { title: Some(title.to_owned()), ..PanelDraft::default() };
    let help = Some(world.channel("#help"));
    let first = panels::place(app, &twice, help, titled("One")).await.expect("the bot writes there");
    let other = request(&world, "ada", HOME, "k-2").await;
    let changed = panels::place(app, &other, help, titled("Two")).await.expect("the bot writes there");
    let again = panels::place(app, &other, help, titled("Two")).await.expect("the bot writes there");
    assert_eq!((first.again, changed.again, again.again), (false, false, true));
    let revision: i32 = sqlx::query_scalar("select revision from ticket_panel")
        .fetch_one(&world.db().await)
        .await
        .expect("the database");
    assert_eq!((first.panel, changed.panel, again.panel, revision), (first.panel, first.panel, first.panel, 2));
    // Whoever repeats what somebody else has changed since, changes it back no more.
    let again = panels::place(app, &twice, help, titled("One")).await.expect("the bot writes there");
    assert_eq!((again.panel, again.again), (first.panel, true));
    let at_once = request(&world, "ada", HOME, "k-3").await;
    let general = Some(world.channel("#general"));
    let place = |channel| panels::place(app, &at_once, channel, PanelDraft::default());
    let (one, two) = tokio::join!(place(general), place(general));
    let (one, two) = (one.expect("the bot writes there"), two.expect("the bot writes there"));
    assert!(one.panel == two.panel && one.again != two.again, "{one:?} {two:?}");
    for key in ["k-4", "k-5", "k-4"] {
        let acting = request(&world, "ada", HOME, key).await;
        assert_eq!(tags::give(app, &acting, "Refund").await.expect("it is there").body, "Soon.");
        tags::give(app, &acting, "Refund").await.expect("it is there");
    }
    assert_eq!(tags::list(app, &twice).await.expect("a list")[0].uses, 2);
    // The same key in another server is another request.
    let eve = request(&world, "eve", AWAY, "k-1").await;
    assert_eq!(tags::add(app, &eve, &draft).await.expect("it is new there").name, "Refund");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn any_text_can_be_stored() {
    let world = World::new().await;
    let app = world.app();
    let ada = comes(&world, "ada", HOME).await;
    let tag = TagDraft { name: "Re\0fund".to_owned(), body: "So\0on.".to_owned() };
    assert_eq!(tags::add(app, &ada, &tag).await.expect("it is new").body, "Soon.");
    assert_eq!(tags::give(app, &ada, "\0refund").await.expect("it is there").body, "Soon.");
    assert_eq!(tags::suggest(app, &ada, "fu\0n").await.expect("a list"), ["Refund"]);
    let panel = PanelDraft { title: Some("He\0lp".to_owned()), body: Some("\0".to_owned()), ..PanelDraft::default() };
    panels::place(app, &ada, Some(world.channel("#help")), panel).await.expect("the bot writes there");
    let question = question("Wh\0y?", choice(&["a\0", "b"]));
    let definition =
        Definition { description: "Mo\0ney".to_owned(), questions: vec![question], ..Definition::default() };
    let kind = kinds::add(app, &ada, "Bil\0ling", definition).await.expect("it is new");
    assert_eq!((kind.name.as_str(), kind.definition.questions[0].label.as_str()), ("Billing", "Why?"));
    blocks::block(app, &ada, world.user("bob"), "Sp\0am").await.expect("blocked");
    world.settle().await;
    world.screen().await;
}
