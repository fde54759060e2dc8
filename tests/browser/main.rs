//! People in a real browser, with `cargo dev` as they start it: `cargo test --features browser --test browser`.
//!
//! One test, because its steps share one playground. Pictures are left in `target/screenshots`.

mod dashboard;
mod driver;
mod dutch;
mod page;
mod tickets;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use driver::{Driver, Window};
use serde_json::{Value, json};

/// A running `cargo dev` with a database of its own.
struct Dev {
    child: Child,
    url: String,
}

impl Dev {
    fn start() -> Dev {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let mut child = Command::new(env!("CARGO_BIN_EXE_dev"))
            .args(["--port", &port.to_string(), "--database", "alphapy_browser", "--fresh"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let said = lines.find(|line| line.as_ref().is_ok_and(|line| line.starts_with("Play at http://")));
        assert!(said.is_some(), "it does not start");
        std::thread::spawn(move || lines.for_each(drop));
        Dev { child, url: format!("http://127.0.0.1:{port}") }
    }

    async fn post(&self, path: &str, body: Value) {
        let answer = reqwest::Client::new().post(format!("{}{path}", self.url)).json(&body).send().await;
        assert!(answer.expect("it answers").status().is_success(), "{path}");
    }

    async fn get(&self, path: &str) -> Value {
        let answer = reqwest::get(format!("{}{path}", self.url)).await.expect("it answers");
        answer.json().await.expect("JSON")
    }

    /// The page as `person` sees it in a channel.
    fn address(&self, person: &str, channel: &str) -> String {
        format!("{}/#{person}/Harbor%20Games/{channel}", self.url)
    }

    /// Opens the page as `person` in the channel for help.
    async fn opened_by(&self, window: &Window, person: &str) {
        window.opens(&self.address(person, "help")).await;
        window.clicks("#composer").await;
    }
}

impl Drop for Dev {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Enter.
const ENTER: &str = "\u{e007}";

#[tokio::test]
async fn people_play_in_a_browser() {
    alphapy::discord::install_tls();
    let dev = Dev::start();
    let driver = Driver::start();
    let ann = driver.window(1280, 800, false).await;
    a_member_searches_with_a_suggestion(&dev, &ann).await;
    a_member_is_refused(&dev, &ann).await;

    let ada = driver.window(1280, 800, true).await;
    an_admin_adds_an_entry_that_others_find(&dev, &ada, &ann).await;
    another_window_sees_a_change(&dev, &ada, &ann).await;
    a_member_shows_a_picture_of_the_problem_and_is_answered(&dev, &ada, &ann).await;
    a_look_inside_shows_calls_and_rows(&dev, &ada).await;
    a_deferred_answer_comes_after_the_bot_was_killed(&dev, &ada).await;
    tickets::a_member_opens_a_ticket_and_rates_it(&dev, &ann, &ada).await;
    tickets::an_admin_sets_up_a_kind_that_asks(&dev, &ada, &ann).await;
    a_reminder_comes_when_time_moves(&dev, &ann).await;
    dutch::people_play_in_dutch(&dev, &ann, &ada).await;
    page::a_form_can_be_left(&dev, &ada).await;
    page::the_focus_stays_where_it_was(&dev, &ann).await;
    page::a_stranger_in_the_address_is_told_who_is_there(&dev, &ann).await;
    page::seven_windows_of_one_browser_all_hear(&dev, &ada, &ann).await;
    page::the_bot_reads_messages_until_it_may_not(&dev, &ada).await;

    dashboard::the_staff_works_a_ticket_on_its_page(&dev, &driver).await;
    dashboard::an_admin_changes_a_setting_until_they_are_none(&dev, &driver).await;

    let phone = driver.window(390, 844, false).await;
    dev.opened_by(&phone, "ann").await;
    phone.photographs("phone").await;
    page::a_phone_has_a_button_to_send(&phone).await;
    for window in [ann, ada, phone] {
        window.closes().await;
    }
}

async fn a_reminder_comes_when_time_moves(dev: &Dev, ann: &Window) {
    dev.opened_by(ann, "ann").await;
    ann.types("#composer", "/reminder add").await;
    ann.clicks("[data-command='/reminder add']").await;
    ann.types("[data-option='when']", "over 10 minuten").await;
    ann.sees("(Europe/Brussels)").await;
    ann.photographs_all("reminder-when").await;
    ann.presses("+ what").await;
    ann.types("[data-option='what']", "Tea").await;
    ann.types("[data-option='what']", ENTER).await;
    ann.sees("Made #1 Tea.").await;
    dev.post("/dev/clock", json!({"minutes": 15})).await;
    ann.sees("⏰ Reminder: Tea").await;
    ann.photographs_all("reminder").await;
    ann.presses("Again in 10 min").await;
    ann.sees("I say it to you again in 10m").await;
}

async fn a_member_searches_with_a_suggestion(dev: &Dev, ann: &Window) {
    dev.opened_by(ann, "ann").await;
    ann.types("#composer", "/faq search").await;
    ann.clicks("[data-command='/faq search']").await;
    ann.types("[data-option='query']", "ref").await;
    ann.sees("Refund for a purchase").await;
    ann.photographs("suggestions").await;
    ann.clicks("[role='option'][data-choice='Refund for a purchase']").await;
    ann.types("[data-option='query']", ENTER).await;
    ann.sees("Only you can see this").await;
    ann.sees("pick the purchase and choose").await;
    ann.photographs("answer").await;
}

async fn a_member_is_refused(dev: &Dev, ann: &Window) {
    dev.opened_by(ann, "ann").await;
    ann.types("#composer", &format!("/faq add{ENTER}{ENTER}")).await;
    ann.sees("Only admins of this server can do that").await;
}

async fn an_admin_adds_an_entry_that_others_find(dev: &Dev, ada: &Window, ann: &Window) {
    dev.opened_by(ada, "ada").await;
    ada.types("#composer", &format!("/faq add{ENTER}{ENTER}")).await;
    ada.types("dialog[data-form] [data-label='Question']", "Where is the lighthouse?").await;
    ada.types("dialog[data-form] [data-label='Answer']", "At the end of the **pier**.").await;
    ada.photographs("form").await;
    ada.presses("Submit").await;
    ada.sees("Added #").await;
    ada.photographs("added").await;

    dev.opened_by(ann, "ann").await;
    ann.types("#composer", &format!("/faq search query:lighthouse{ENTER}")).await;
    ann.sees("At the end of the pier.").await;
}

async fn another_window_sees_a_change(dev: &Dev, ada: &Window, ann: &Window) {
    dev.opened_by(ann, "ann").await;
    dev.opened_by(ada, "ada").await;
    ada.types("#composer", &format!("Good morning everybody{ENTER}")).await;
    ann.sees("Good morning everybody").await;
}

async fn a_member_shows_a_picture_of_the_problem_and_is_answered(dev: &Dev, ada: &Window, ann: &Window) {
    dev.opened_by(ann, "ann").await;
    dev.opened_by(ada, "ada").await;
    let picture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/playground.png");
    ann.types("#attach", &picture.display().to_string()).await;
    ann.sees("playground.png").await;
    ann.types("#composer", &format!("This is what I see, @ada{ENTER}{ENTER}")).await;
    ada.clicks(".message.pinged img.picture").await;
    ada.clicks(".message.pinged .more").await;
    ada.presses("Reply").await;
    ada.types("#composer", &format!("Thank you, I am looking.{ENTER}")).await;
    ann.sees("“This is what I see, @ada”").await;
    ada.photographs("reply").await;
}

async fn a_look_inside_shows_calls_and_rows(dev: &Dev, ada: &Window) {
    dev.opened_by(ada, "ada").await;
    ada.types("#composer", &format!("/faq reload{ENTER}{ENTER}")).await;
    ada.sees("The search index is new").await;
    ada.clicks("#inside-button").await;
    ada.clicks("#inside details summary").await;
    ada.sees("Rows written meanwhile").await;
    ada.sees("interaction_id").await;
    ada.sees("/webhooks/").await;
    ada.photographs("inside").await;
    ada.clicks("#inside-button").await;
}

async fn a_deferred_answer_comes_after_the_bot_was_killed(dev: &Dev, ada: &Window) {
    dev.opened_by(ada, "ada").await;
    dev.post("/dev/bot", json!({"do": "kill_in_work"})).await;
    ada.types("#composer", &format!("/faq reload{ENTER}{ENTER}")).await;
    ada.clicks("[data-loading]").await;
    ada.photographs("thinking").await;
    let url = &dev.url;
    let dead = format!("return (await (await fetch('{url}/dev/view?person=ada')).json()).bot.running === false");
    for _ in 0..200 {
        if ada.script(&dead).await == true {
            break;
        }
    }
    assert_eq!(ada.script(&dead).await, true, "the bot is dead");
    dev.post("/dev/bot", json!({"do": "start"})).await;
    // Its lease runs out.
    dev.post("/dev/clock", json!({"minutes": 1})).await;
    ada.sees("The search index is new").await;
    ada.photographs("after-the-kill").await;
}
