//! Drafts through a door that is no interaction: who may have one, and what becomes of it once.

use alphapy::acting::{Origin, Outcome as _};
use alphapy::assist::{self, Reason};
use alphapy::features::tickets::operations::replies::{self, Wish};
use alphapy::operations::settings::{self, Given, Means};
use alphapy::settings::Declared;
use jiff::SignedDuration;
use serde_json::json;
use twilight_model::id::Id;

use crate::operations_tickets::{desk, door};
use crate::support::{by_request, code};

fn wish(draft: u64, text: &str) -> Wish {
    Wish { draft: Id::new(draft), text: text.to_owned(), was: None, anyway: false, channel: None }
}

#[tokio::test]
async fn a_draft_is_for_who_works_the_ticket_and_is_used_once() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let number = door.opens("ann", "My refund").await.expect("a ticket");
    let (sam, ann) = (door.comes("sam", Origin::Routine).await, door.comes("ann", Origin::Routine).await);
    let ticket = door.found_by(&sam, number).await.expect("it is there");
    let hers = door.found_by(&ann, number).await.expect("it is hers");
    assert_eq!(code(replies::could_draft(app, &ann, hers.clone()).await), "not_staff");
    assert_eq!(code(replies::draft(app, &ann, hers, Id::new(50), (None, None)).await), "not_staff");
    replies::could_draft(app, &sam, ticket.clone()).await.expect("sam works it");
    for id in 50..54 {
        let made = replies::draft(app, &sam, ticket.clone(), Id::new(id), (None, None)).await.expect("it is made");
        assert_eq!((made.number, made.drafted.text), (number, None), "there is no model");
    }
    // What nobody has drafted, and what says nothing or too much.
    assert_eq!(code(replies::post(app, &sam, &wish(49, "Hello")).await), "draft_used");
    assert_eq!(code(replies::post(app, &sam, &wish(50, " \u{200b}")).await), "empty");
    assert_eq!(code(replies::post(app, &sam, &wish(50, &"x".repeat(2000))).await), "too_long");
    assert_eq!(code(replies::post(app, &ann, &wish(50, "Hello")).await), "not_staff");
    assert_eq!(code(replies::could_post(app, &ann, &wish(50, "Hello")).await), "not_staff");
    replies::could_post(app, &sam, &wish(50, "Hello")).await.expect("nothing is in the way");
    let replied = replies::post(app, &sam, &wish(50, "Hello")).await.expect("it is posted");
    assert_eq!((replied.code(), replied.channel.is_some(), replied.is_blind), ("replied", true, false));
    assert_eq!(code(replies::post(app, &sam, &wish(50, "Hello")).await), "draft_used");
    assert_eq!(code(replies::dismiss(app, &sam, Id::new(50), Reason::Wrong).await), "draft_used");
    assert_eq!(code(replies::dismiss(app, &ann, Id::new(51), Reason::Tone).await), "not_staff");
    let put_aside = replies::dismiss(app, &sam, Id::new(51), Reason::Tone).await.expect("it is put aside");
    assert_eq!(put_aside.code(), "dismissed");
    assert_eq!(code(replies::post(app, &sam, &wish(51, "Hello")).await), "draft_used");
    // Two who press at once post one.
    let (one, other) = (wish(52, "One"), wish(52, "Two"));
    let both = tokio::join!(replies::post(app, &sam, &one), replies::post(app, &sam, &other));
    assert_eq!(u8::from(both.0.is_ok()) + u8::from(both.1.is_ok()), 1);
    world.clock.advance(SignedDuration::from_hours(2));
    let sam = door.comes("sam", Origin::Routine).await;
    assert_eq!(code(replies::post(app, &sam, &wish(53, "Late")).await), "old_draft");
    replies::post(app, &sam, &Wish { anyway: true, ..wish(53, "Late") }).await.expect("they know");
    world.settle().await;
    world.screen().await;
}

#[tokio::test]
async fn a_reply_that_has_no_place_is_not_posted_and_may_be_once_more() {
    let world = desk().await;
    let (door, app) = (door(&world), world.app());
    let number = door.opens("ann", "My refund").await.expect("a ticket");
    let sam = by_request(&door.comes("sam", Origin::Routine).await, "a key");
    let ticket = door.found_by(&sam, number).await.expect("it is there");
    replies::draft(app, &sam, ticket, Id::new(50), (None, None)).await.expect("it is made");
    world.settle().await;
    world.screen().await;
    let db = world.db().await;
    let set = async |channel: Option<i64>| {
        let set = sqlx::query("update ticket set channel_id = $1").bind(channel);
        set.execute(&db).await.expect("it is written");
    };
    let channel: i64 = sqlx::query_scalar("select channel_id from ticket").fetch_one(&db).await.expect("a channel");
    set(None).await;
    assert_eq!(code(replies::post(app, &sam, &wish(50, "Hello")).await), "not_posted");
    set(Some(channel)).await;
    replies::post(app, &sam, &Wish { anyway: true, ..wish(50, "Hello") }).await.expect("there is a channel again");
    replies::post(app, &sam, &wish(50, "Hello")).await.expect("the same request hears the same");
    world.settle().await;
    assert_eq!(world.screen().await.matches("Hello").count(), 1);
}

#[tokio::test]
async fn an_admin_chooses_what_the_operator_offers() {
    let world = desk().await;
    let (declared, ada) = (Declared::of::<assist::Settings>(), door(&world).comes("ada", Origin::Routine).await);
    let set = async |name, value| {
        let changes = [(name, Given::Value(value))];
        settings::change(world.app(), &ada, &declared, &changes, Means::Dashboard).await
    };
    assert_eq!(code(set("model", json!("gpt-9")).await), "model_not_offered");
    assert_eq!(code(set("daily_tokens", json!(500_001)).await), "too_many_tokens");
    set("daily_tokens", json!(500_000)).await.expect("it may be as much");
}
