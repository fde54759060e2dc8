//! Pages that hear of changes, and the one script, which none of them needs.

use std::time::Duration;

use alphapy::dev::fake::{Answer, Fault};
use alphapy::features::tickets::settings::Settings;
use axum::http::Method;
use reqwest::header::COOKIE;
use serde_json::json;

use crate::browser::Browser;
use crate::dashboard::{logged_in, window};
use crate::dashboard_pages::page;
use crate::support::{HOME, World, settle};
use crate::tickets::{desk, opens};

/// The script's size is what a slow line brings before anything else comes: 6 kB.
const SMALL: usize = 6000;

/// Nobody waits longer for a word that has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A page that listens.
struct Listener {
    answer: reqwest::Response,
    heard: String,
}

impl Listener {
    /// Listens as a browser does that is logged in.
    async fn begins(browser: &Browser, address: &str) -> Listener {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let cookie = format!("alphapy={}", browser.cookie("alphapy").unwrap_or_default());
        let answer = client.get(address).header(COOKIE, cookie).send().await.expect("it answers");
        let mut listener = Listener { answer, heard: String::new() };
        if listener.answer.status() == 200 {
            listener.hears("retry: ").await;
        }
        listener
    }

    /// Waits for a word, and forgets what came until then; `false` if the stream ends before.
    async fn hears(&mut self, word: &str) -> bool {
        let listening = async {
            loop {
                if let Some(at) = self.heard.find(word) {
                    self.heard.drain(..at + word.len());
                    return true;
                }
                match self.answer.chunk().await.expect("text") {
                    Some(chunk) => self.heard.push_str(&String::from_utf8_lossy(&chunk)),
                    None => return false,
                }
            }
        };
        tokio::time::timeout(PATIENCE, listening).await.unwrap_or_else(|_| panic!("{word:?} does not come"))
    }
}

fn address(base: &str, world: &World, path: &str) -> String {
    format!("http://{base}{}", page(world, path))
}

#[tokio::test]
async fn a_page_hears_of_what_it_shows_and_of_nothing_else() {
    let world = desk().await;
    let desk = world.dashboard().await;
    for who in ["ann", "bob"] {
        opens(&world, who, "Help").await;
    }
    world.settle().await;
    let (sam, ann, ada) = (logged_in(&desk, "sam").await, logged_in(&desk, "ann").await, logged_in(&desk, "ada").await);
    let base = desk.address.to_string();
    let mut list = Listener::begins(&sam, &address(&base, &world, "/tickets/live")).await;
    let mut overview = Listener::begins(&ada, &address(&base, &world, "/overview/live")).await;
    let mut hers = Listener::begins(&ann, &address(&base, &world, "/tickets/1/live")).await;
    assert_eq!(hers.answer.headers()["content-type"], "text/event-stream");
    assert_eq!(hers.answer.headers()["cache-control"], "no-store");
    assert_eq!(hers.answer.headers()["x-accel-buffering"], "no");
    // What changes by another door is told, whatever instance it came through.
    world.person("sam").in_channel("ticket-2").types("/ticket claim").await;
    world.settle().await;
    for listener in [&mut list, &mut overview] {
        assert!(listener.hears("event: changed\ndata:\n\n").await);
    }
    assert!(!hers.heard.contains("changed"), "the other ticket is none of hers");
    let mut staff = logged_in(&desk, "sam").await;
    staff.opens(&page(&world, "/tickets/1")).await;
    assert!(staff.html.contains("/tickets/1/live\"") && staff.html.contains("data-every=\"20\""), "{}", staff.html);
    staff.fills(&[("A note", "She is kind")], "Add the note").await;
    assert!(hers.hears("event: changed").await);
    // What keeps the line open says nothing.
    assert!(hers.hears(":\n\n").await);
    // A member does not hear that others have tickets, and nobody hears of a server that is not theirs.
    for (who, path, status) in [
        ("ann", "/tickets/live", 404),
        ("ann", "/tickets/2/live", 404),
        ("ann", "/overview/live", 403),
        ("eve", "/tickets/live", 404),
    ] {
        let browser = logged_in(&desk, who).await;
        let refused = Listener::begins(&browser, &address(&base, &world, path)).await;
        assert_eq!(refused.answer.status(), status, "{who} {path}");
    }
    let nobody = Listener::begins(&window(&desk), &address(&base, &world, "/tickets/live")).await;
    assert!(nobody.answer.url().path() == "/dashboard", "they are sent to the login");
    settle(&desk.bot.app).await;
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn who_may_not_see_it_any_more_is_not_told() {
    let world = desk().await;
    let desk = world.dashboard().await;
    opens(&world, "ann", "Help").await;
    world.settle().await;
    let sam = logged_in(&desk, "sam").await;
    let base = desk.address.to_string();
    let mut list = Listener::begins(&sam, &address(&base, &world, "/tickets/live")).await;
    // Nobody works tickets any more but admins.
    world.sets::<Settings>("staff_role", Some(json!(world.role("keepers")))).await;
    world.person("ann").in_channel("ticket-1").types("/ticket close").await;
    assert!(list.hears("event: end").await, "it ends with a word, so that the browser does not come again");
    assert!(!list.hears("event: changed").await);
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn where_discord_says_nothing_a_stream_ends_and_is_begun_again() {
    let world = desk().await;
    let desk = world.dashboard().await;
    let sam = logged_in(&desk, "sam").await;
    let mut list = Listener::begins(&sam, &address(&desk.address.to_string(), &world, "/tickets/live")).await;
    desk.bot.app.discord.forget_members();
    world.discord.fault(Fault::on(Method::GET, "members").times(9).answers(Answer::Status(503, json!({}))));
    let told = format!("{} ticket 1", world.guild(HOME));
    sqlx::query("select pg_notify('changed', $1)").bind(told).execute(&world.db().await).await.expect("it is told");
    assert!(!list.hears("event: ").await, "a browser that hears that it ended for good does not come again");
    world.discord.take_problems();
}

#[tokio::test]
async fn what_was_typed_into_a_refused_form_is_not_fetched_away() {
    let world = desk().await;
    let desk = world.dashboard().await;
    opens(&world, "ann", "Help").await;
    world.settle().await;
    let mut sam = logged_in(&desk, "sam").await;
    sam.opens(&page(&world, "/tickets/1")).await;
    assert!(sam.html.contains("data-live="), "{}", sam.html);
    sam.fills(&[("Who takes it", "nobody at all")], "Give it").await;
    assert!(sam.status == 422 && sam.html.contains("nobody at all"), "{}", sam.main());
    assert!(!sam.html.contains("data-live=") && !sam.html.contains("data-every="), "{}", sam.html);
    world.screen().await;
    world.discord.take_problems();
}

#[tokio::test]
async fn streams_end_with_the_login_and_nobody_has_many() {
    let world = desk().await;
    let desk = world.dashboard().await;
    let mut sam = logged_in(&desk, "sam").await;
    let base = desk.address.to_string();
    let mut streams = Vec::new();
    for _ in 0..5 {
        streams.push(Listener::begins(&sam, &address(&base, &world, "/tickets/live")).await);
    }
    assert!(streams[0].hears("event: end").await, "the oldest gives way");
    sam.opens("/dashboard").await;
    sam.presses("Log out").await;
    for stream in &mut streams[1..] {
        assert!(stream.hears("event: end").await);
    }
    desk.bot.app.stopping.cancel();
    world.discord.take_problems();
}

#[tokio::test]
async fn the_script_is_small_and_no_page_needs_it() {
    let script = include_str!("../../src/web/live.js");
    assert!(script.len() <= SMALL, "{} bytes", script.len());
    // What a strict policy would refuse, and what somebody could slip something into.
    for word in ["eval(", "new Function", "document.write", "innerHTML =", "outerHTML =", ".style", "http:", "https:"] {
        assert!(!script.contains(word), "{word}");
    }
    let world = desk().await;
    let desk = world.dashboard().await;
    opens(&world, "ann", "Help").await;
    world.settle().await;
    let mut ada = logged_in(&desk, "ada").await;
    for path in
        ["/overview", "/tickets", "/tickets/1", "/faq", "/faq/new", "/reminders", "/settings", "/history", "/keys"]
    {
        ada.opens(&page(&world, path)).await;
        assert_eq!(ada.status, 200, "{path}");
        let scripts: Vec<&str> = ada.html.split("<script").skip(1).filter_map(|it| it.split('>').next()).collect();
        assert!(
            scripts.len() == 1 && scripts[0].starts_with(" type=\"module\" src=\"/dashboard/live.js?"),
            "{path}: {scripts:?}"
        );
        // Nothing is there for the script alone: what is pressed is in a form, and what is followed leads somewhere.
        assert!(!ada.html.contains("href=\"#\"") && !ada.html.contains(" onclick"), "{path}");
        let forms = ada.html.split("<form").skip(1);
        assert!(forms.clone().count() > 1, "{path}");
        for button in ada.html.split("<button").skip(1) {
            assert!(!button.split('>').next().unwrap_or_default().contains("type=\"button\""), "{path}: {button}");
        }
    }
    let src = ada.html.split("src=\"").nth(1).and_then(|it| it.split('"').next()).expect("an address").to_owned();
    ada.opens(&src).await;
    assert_eq!((ada.status, ada.html.as_str()), (200, script));
    assert_eq!(ada.answered["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(ada.answered["cache-control"], "public, max-age=31536000, immutable");
    world.screen().await;
    world.discord.take_problems();
}
