//! A program with a key works tickets: what is on record of it says which one it was.

use alphapy::acting::{Acting, Origin};
use alphapy::features::tickets::model::TagDraft;
use alphapy::features::tickets::model::answers::Given;
use alphapy::features::tickets::model::workflow::Step;
use alphapy::features::tickets::operations::blocks::{self, By as BlockedBy};
use alphapy::features::tickets::operations::open::{self, Asked, Request};
use alphapy::features::tickets::operations::{look, step, tags};
use alphapy::features::tickets::store::By;
use alphapy::settings::Program;

use crate::support::{HOME, World};

#[tokio::test]
async fn what_a_program_did_is_told_with_its_name() {
    let world = World::new().await;
    world.types("ada", "/config system set log-channel:#general log-level:verbose").await;
    world.screen().await;
    let app = world.app();
    let key = Acting::key(app, world.guild(HOME), "tickets", "shop", Origin::Routine, world.now()).await;
    let key = key.expect("settings");
    let kind = open::find_kind(app, &key, 1).await.expect("it is there");
    let asked = Asked::Questions(vec![(1, Given::Text("A broken order".to_owned()))]);
    let request = Request { kind, user: Some(world.user("ann")), asked };
    let ready = open::prepare(app, &key, request).await.expect("it may");
    let number = open::open(app, &key, &ready).await.expect("opened").number;
    let screen = world.screen().await;
    assert!(screen.contains("API key `shop` for @ann"), "{screen}");

    let take = async |step: Step| {
        let ticket = step::find(app, &key, By::Number(number)).await.expect("it is there");
        step::take(app, &key, ticket, step).await.expect("it works all of them")
    };
    take(Step::Note { text: "Order 7".to_owned() }).await;
    let closed = take(Step::Close { reason: "Sent again".to_owned(), why: None }).await;
    let shop = Some(Program::Key("shop".to_owned()));
    assert_eq!((closed.event.user, &closed.event.program), (None, &shop));
    let screen = world.screen().await;
    assert!(screen.contains("API key `shop` closed this ticket."), "{screen}");
    assert!(screen.contains("API key `shop` · Support of"), "in the log channel: {screen}");
    let found = step::find(app, &key, By::Number(number)).await.expect("it is there");
    let events = look::history(app, &key, &found).await.expect("it works it").events;
    assert!(events.iter().all(|it| it.event.program == shop), "{events:?}");
    world.types("ada", &format!("/ticket show ticket:{number}")).await;
    let screen = world.screen().await;
    for line in ["API key `shop` opened it", "API key `shop` noted: Order 7", "API key `shop` closed it: Sent again"] {
        assert!(screen.contains(line), "{line}: {screen}");
    }
    let pages: Vec<Vec<u8>> = sqlx::query_scalar("select bytes from ticket_transcript_part where form = 'plain'")
        .fetch_all(&world.db().await)
        .await
        .expect("rows");
    assert!(!pages.is_empty(), "a transcript was taken");

    // Who blocks somebody and writes a reply.
    blocks::block(app, &key, world.user("bob"), "spam").await.expect("blocked");
    let listed = blocks::list(app, &key).await.expect("the database");
    assert_eq!(listed[0].by, BlockedBy::Program(Program::Key("shop".to_owned())));
    world.types("ada", "/ticket blocked").await;
    world.types("ada", "/ticket block member:@bob").await;
    let screen = world.screen().await;
    assert!(screen.contains("@bob by API key `shop` in "), "{screen}");
    assert!(screen.contains("They were blocked already by API key `shop` (spam)."), "{screen}");
    let listed = blocks::list(app, &key).await.expect("the database");
    assert_eq!(listed[0].by, BlockedBy::Member(world.user("ada")), "she has, after it");
    let draft = TagDraft { name: "Refund".to_owned(), body: "Soon.".to_owned() };
    tags::add(app, &key, &draft).await.expect("it is new");
    let program: Option<String> =
        sqlx::query_scalar("select program from tag").fetch_one(&world.db().await).await.expect("a row");
    assert_eq!(program.as_deref(), Some("key:shop"));
    world.screen().await;
}

#[tokio::test]
async fn what_time_does_is_the_bot_s_own_doing() {
    let world = World::new().await;
    let app = world.app();
    let bot = Acting::bot(app, world.guild(HOME), "tickets", Origin::Routine, world.now()).await.expect("settings");
    let kind = open::find_kind(app, &bot, 1).await.expect("it is there");
    let asked = Asked::Questions(vec![(1, Given::Text("A broken order".to_owned()))]);
    let request = Request { kind, user: Some(world.user("ann")), asked };
    let ready = open::prepare(app, &bot, request).await.expect("it may");
    let number = open::open(app, &bot, &ready).await.expect("opened").number;
    let ticket = step::find(app, &bot, By::Number(number)).await.expect("it is there");
    let wrote = Step::Answered { at: world.now(), message: None };
    let answered = step::take(app, &bot, ticket, wrote).await.expect("it takes note");
    // She did it, by what she wrote.
    assert_eq!((answered.event.user, answered.event.program), (Some(world.user("ann")), None));
    world.settle().await;
    world.types("ada", &format!("/ticket show ticket:{number}")).await;
    let screen = world.screen().await;
    assert!(screen.contains("I opened it"), "{screen}");
    // What an older version has written names nobody.
    let rows = sqlx::query("update ticket_event set program = null").execute(&world.db().await).await.expect("rows");
    assert!(rows.rows_affected() > 0);
    world.types("ada", &format!("/ticket show ticket:{number}")).await;
    let screen = world.screen().await;
    assert!(screen.contains("I opened it"), "{screen}");
}
