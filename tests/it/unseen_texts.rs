//! Texts of which nobody sees anything: no operation keeps one where there must be something, and no screen shows one.

use alphapy::acting::{Acting, Origin};
use alphapy::features::tickets::model::answers::Given;
use alphapy::features::tickets::model::workflow::Step;
use alphapy::features::tickets::model::{
    Ask, Definition, KindChange, KindTexts, KindTranslation, PanelDraft, Question, QuestionTranslation, TagDraft,
};
use alphapy::features::tickets::operations::open::{self, Asked, Request};
use alphapy::features::tickets::operations::{blocks, clip, kinds, panels, step, tags};
use alphapy::features::tickets::settings::Settings;
use alphapy::features::tickets::store::By;
use alphapy::knowledge::Draft;
use alphapy::operations::knowledge;
use alphapy::words::Language;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;

use crate::support::{HOME, World, code};

/// How many such texts each operation is tried with.
const TEXTS: usize = 6;

/// The home server with a desk that sam works.
async fn desk() -> World {
    let world = World::new().await;
    world.discord.guild(HOME).role("staff", Permissions::empty()).member("sam", &["staff"]).category("Desk");
    world.sets::<Settings>("staff_role", Some(json!(world.role("staff")))).await;
    world.sets::<Settings>("category", Some(json!(world.channel("#Desk")))).await;
    world
}

async fn comes(world: &World, who: &str) -> Acting {
    let roles = if who == "sam" { vec![world.role("staff")] } else { Vec::new() };
    world.comes(who, world.guild(HOME), "tickets", roles, Origin::Routine).await
}

/// Spaces, what takes no place, what turns the direction, and what leaves its place empty, in any order.
fn unseen() -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let texts =
        "[ \t\u{a0}\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}\u{202e}\u{2066}\u{2069}\u{2800}\u{3164}\u{fe0f}\0]{1,8}";
    let mut next = || texts.new_tree(&mut runner).expect("it is a pattern").current();
    let mut texts: Vec<String> = (0..TEXTS).map(|_| next()).collect();
    texts.extend([" ", "\n", "\u{200b}", "\u{202e}\u{2066}"].map(str::to_owned));
    texts
}

fn question(label: &str, ask: Ask) -> Question {
    Question { id: 0, label: label.to_owned(), hint: String::new(), required: true, ask }
}

#[tokio::test]
async fn no_kind_is_stored_with_a_text_that_nobody_sees() {
    let world = desk().await;
    let app = world.app();
    let ada = comes(&world, "ada").await;
    let nl = Language::of_code("nl").expect("there is a folder for it");
    let asks = KindChange::AddQuestion(question("Which?", Ask::Checkbox));
    let kind = kinds::add(app, &ada, "Billing", Definition::default()).await.expect("it is new").0;
    kinds::change(app, &ada, kind.id, asks).await.expect("it fits");
    for unseen in unseen() {
        let texts = |name: &str| {
            let [emoji, description, opening, naming] = std::array::from_fn(|_| unseen.clone());
            KindChange::Texts(KindTexts { name: name.to_owned(), emoji, description, opening, naming })
        };
        let options = || vec!["one".to_owned(), unseen.clone()];
        let choice = Ask::Choice { options: options(), several: false };
        assert_eq!(code(kinds::add(app, &ada, &unseen, Definition::default()).await), "no_name", "{unseen:?}");
        for (change, expected) in [
            (texts(&unseen), "no_name"),
            (KindChange::AddQuestion(question(&unseen, Ask::Checkbox)), "no_question"),
            (KindChange::ChangeQuestion(Question { id: 1, ..question(&unseen, Ask::Checkbox) }), "no_question"),
            (KindChange::AddQuestion(question("Where?", choice)), "option_count"),
        ] {
            assert_eq!(code(kinds::change(app, &ada, kind.id, change).await), expected, "{unseen:?}");
        }
        // Where there need not be anything, there is nothing.
        let [name, description, opening, hours_note, label, hint] = std::array::from_fn(|_| unseen.clone());
        let said = KindTranslation { name, description, opening, hours_note, ..KindTranslation::default() };
        let asked = QuestionTranslation { label, hint, options: Vec::new() };
        for change in [texts("Bills"), KindChange::Translate(nl, said), KindChange::TranslateQuestion(nl, 1, asked)] {
            kinds::change(app, &ada, kind.id, change).await.expect("it fits");
        }
        let stored = kinds::look(app, &ada).await.expect("the database").remove(1).definition;
        let empty = Definition::default();
        assert_eq!(
            (stored.emoji, stored.description, stored.translations),
            (empty.emoji, empty.description, empty.translations)
        );
        assert_eq!((stored.opening, stored.naming), (String::new(), String::new()), "{unseen:?}");
    }
}

#[tokio::test]
async fn nothing_else_is_stored_that_nobody_sees() {
    let world = desk().await;
    let app = world.app();
    let ann = comes(&world, "ann").await;
    let kind = open::list_kinds(app, &ann).await.expect("kinds")[0].clone();
    let asked = |text: &str| Asked::Questions(vec![(1, Given::Text(text.to_owned()))]);
    let request = |text: &str| Request { kind: kind.clone(), user: None, asked: asked(text) };
    let ready = open::prepare(app, &ann, request("Refund")).await.expect("she may");
    let number = open::open(app, &ann, &ready).await.expect("opened").number;
    world.settle().await;
    let takes = async |acting: &Acting, taken: Step| {
        let ticket = step::find_to_take(app, acting, By::Number(number)).await.expect("it is there");
        step::take(app, acting, ticket, taken).await
    };
    world.discord.set_message_content(true);
    for (at, unseen) in unseen().into_iter().enumerate() {
        // What one brings along in time is not good for ever.
        let (ada, sam, ann) = (comes(&world, "ada").await, comes(&world, "sam").await, comes(&world, "ann").await);
        let text = || unseen.clone();
        let tag = |name: &str, body: &str| TagDraft { name: name.to_owned(), body: body.to_owned() };
        assert_eq!(code(tags::add(app, &sam, &tag(&unseen, "Soon.")).await), "no_name", "{unseen:?}");
        assert_eq!(code(tags::add(app, &sam, &tag("Soon", &unseen)).await), "no_text", "{unseen:?}");
        assert_eq!(code(tags::find(app, &sam, &unseen).await), "no_such_tag", "{unseen:?}");
        assert_eq!(code(open::prepare(app, &sam, request(&unseen)).await), "not_answered", "{unseen:?}");
        assert_eq!(code(takes(&sam, Step::Note { text: text() }).await), "empty", "{unseen:?}");
        assert_eq!(code(takes(&sam, Step::Rename { subject: text() }).await), "empty", "{unseen:?}");
        let asks = Step::RequestClose { due_at: None, reason: text() };
        assert_eq!(takes(&sam, asks).await.expect("he works it").event.body, "", "{unseen:?}");
        takes(&ann, Step::KeepOpen).await.expect("it is hers");
        let escalates = Step::Escalate { to: Some(world.role("admins")), reason: text(), why: None };
        assert_eq!(takes(&sam, escalates).await.expect("he works it").event.body, "", "{unseen:?}");
        takes(&sam, Step::Resume).await.expect("he works it");
        let closed = takes(&sam, Step::Close { reason: text(), why: None }).await.expect("he works it");
        assert_eq!(closed.ticket.close_reason, None, "{unseen:?}");
        takes(&ann, Step::Rate { stars: 4, end: None }).await.expect("it is hers");
        let told = takes(&ann, Step::Comment { text: text() }).await.expect("it is hers");
        assert_eq!(told.ticket.rating_comment.unwrap_or_default(), "", "{unseen:?}");
        takes(&sam, Step::Reopen).await.expect("he works it");
        blocks::block(app, &ada, world.user("bob"), &unseen).await.expect("she is an admin");
        assert_eq!(blocks::list(app, &ada).await.expect("she is an admin")[0].reason, "", "{unseen:?}");
        let panel = PanelDraft { title: Some(text()), body: Some(text()), ..PanelDraft::default() };
        let placed = panels::place(app, &ada, Some(world.channel("#help")), panel).await.expect("it fits");
        let (panel, _) = panels::look(app, &ada, placed.panel).await.expect("it is there");
        assert_eq!((panel.title, panel.body), (None, None), "{unseen:?}");
        let draft = |title: &str, answer: &str| Draft {
            title: title.to_owned(),
            answer: answer.to_owned(),
            keywords: vec![text()],
            category: Some(text()),
            ..Draft::default()
        };
        assert_eq!(code(knowledge::add(app, &ada, draft(&unseen, "In 30 days.")).await), "no_title", "{unseen:?}");
        assert_eq!(code(knowledge::add(app, &ada, draft("Refunds", &unseen)).await), "no_answer", "{unseen:?}");
        let title = format!("Refunds {at}");
        let stored = knowledge::add(app, &ada, draft(&title, "In 30 days.")).await.expect("it is new").draft;
        assert_eq!((stored.keywords, stored.category), (Vec::new(), None), "{unseen:?}");
        if !unseen.trim().is_empty() {
            let message = world.discord.post(HOME, "help", "bob", &unseen).parse().expect("it is an id");
            let name = Origin::Interaction(Id::new(70));
            let kept = clip::save(app, &ann, &name, world.channel("#help"), message).await;
            assert_eq!(code(kept), "nothing_to_add", "{unseen:?}");
        }
    }
    world.settle().await;
    world.screen().await;
}

/// What older versions, imports and hands in the database may have left: each text is there, and nobody sees any.
async fn leaves_unseen_texts(world: &World, unseen: &str) {
    let ask = |id: i32, ask: Value| json!({"id": id, "label": unseen, "hint": unseen, "required": false, "ask": ask});
    let said = json!({"name": unseen, "description": unseen, "opening": unseen, "hours_note": unseen,
        "questions": {"1": {"label": unseen, "hint": unseen, "options": []}}});
    let kind = json!({
        "emoji": unseen, "description": unseen, "opening": unseen, "naming": unseen, "hours_note": unseen,
        "language": "en", "member_limit": 0, "translations": {"nl": said},
        "questions": [
            ask(1, json!({"text": {"long": false, "min_chars": 0, "max_chars": 10}})),
            ask(2, json!({"choice": {"options": [unseen, "\u{2060}"], "several": false}})),
            ask(3, json!("checkbox")),
        ],
    });
    let db = world.db().await;
    for update in [
        "update ticket_type set name = repeat($1, id), definition = definition || $2",
        "update ticket set subject = $1, answers = jsonb_build_array(jsonb_build_array($1, $1)) where $2::jsonb is not null",
        "update ticket_event set body = $1 where $2::jsonb is not null",
        "update ticket_panel set title = $1, body = $1, translations = '{}', revision = revision + 1
          where $2::jsonb is not null",
        "update tag set name = $1, body = $1 where $2::jsonb is not null",
        "update ticket_block set reason = $1 where $2::jsonb is not null",
        "update faq_entry set title = $1, category = $1, keywords = array[$1] where $2::jsonb is not null",
        "update reminder set name = $1, body = $1, place = $1 where $2::jsonb is not null",
        "update reminder_template set name = $1 where $2::jsonb is not null",
    ] {
        sqlx::query(update)
            .bind(unseen)
            .bind(&kind)
            .execute(&db)
            .await
            .unwrap_or_else(|error| panic!("{update}: {error}"));
    }
}

/// Discord, as the fake is, refuses a blank label, value, option or title, and tells of one that nobody sees; a world with such
/// a problem fails its test.
#[tokio::test]
async fn no_screen_has_a_label_that_nobody_sees() {
    for unseen in [" ", "\u{200b}", "\u{202e}\u{2066}", "\u{3164}"] {
        let world = desk().await;
        let (ada, ann) = (world.person("ada"), world.person("ann"));
        ada.types("/ticket types").await;
        ada.clicks("New kind").await;
        ada.submits(&[("Name", "Billing")]).await;
        ada.types("/tag add").await;
        ada.submits(&[("Name", "Soon"), ("Reply", "Soon.")]).await;
        ada.types("/ticket block member:@bob reason:Spam").await;
        ada.types("/ticket panel").await;
        ada.types("/reminder add when:tomorrow 9:00 what:Standup").await;
        world.has_entry("Refunds", "In 30 days.").await;
        ann.types("/ticket open kind:Billing").await;
        world.settle().await;
        world.screen().await;
        leaves_unseen_texts(&world, unseen).await;
        for locale in ["en-US", "nl"] {
            let (ada, ann, sam) =
                (ada.clone().locale(locale), ann.clone().locale(locale), world.person("sam").locale(locale));
            for line in [
                "/ticket types",
                "/ticket open",
                "/ticket list",
                "/ticket show ticket:1",
                "/ticket blocked",
                "/ticket panel",
                "/ticket stats",
                "/tag list",
                "/faq list",
                "/faq search query:refund",
                "/reminder list",
                "/config show",
                "/help",
            ] {
                ada.types(line).await;
            }
            for line in [
                "/ticket open kind:",
                "/ticket show ticket:",
                "/tag send name:",
                "/faq view entry:",
                "/reminder show reminder:",
            ] {
                let person = if line.starts_with("/tag") { &sam } else { &ada };
                person.suggests(line).await;
            }
            ann.types("/ticket list").await;
        }
        world.a_minute_passes().await;
        world.settle().await;
        world.screen().await;
    }
}
