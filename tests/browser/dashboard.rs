//! People at the dashboard, with the login that they will have.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::driver::{Driver, Window};
use crate::{Dev, ENTER};

/// The bot's token at the fake Discord.
const BOT: &str = "Bot fake.discord.bot-token";

/// Goes to Discord from the playground and says there who it is. Returns where that Discord is.
async fn logs_in(dev: &Dev, window: &Window, who: &str) -> String {
    window.opens(&format!("{}/dashboard", dev.url)).await;
    window.clicks("main a.button").await;
    window.sees(&format!("Continue as {who}")).await;
    let discord = window.script("return location.origin").await;
    window.presses(&format!("Continue as {who}")).await;
    window.sees("Your servers").await;
    discord.as_str().expect("an address").to_owned()
}

async fn asks(discord: &str, method: reqwest::Method, path: &str) -> Value {
    let request = reqwest::Client::new().request(method, format!("{discord}/api/v10{path}"));
    let answer = request.header("authorization", BOT).header("user-agent", "a test").send().await.expect("it answers");
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    serde_json::from_str(&answer.text().await.expect("text")).unwrap_or_default()
}

pub(crate) async fn an_admin_changes_a_setting_until_they_are_none(dev: &Dev, driver: &Driver) {
    let ada = driver.window(1280, 800, false).await;
    let discord = logs_in(dev, &ada, "ada").await;
    ada.photographs_all("dashboard-servers").await;
    ada.clicks("a.card").await;
    ada.clicks("nav.menu a[href$='/settings']").await;
    ada.sees("Settings: system").await;
    let here = ada.script("return location.pathname").await;
    let guild = here.as_str().and_then(|path| path.split('/').nth(2)).expect("a server").to_owned();
    ada.photographs_all("dashboard-settings").await;
    assert_eq!(ada.script("return document.documentElement.scrollWidth <= innerWidth").await, true);

    ada.script("document.querySelector('#set-retention_days').value = ''").await;
    ada.types("#set-retention_days", "90").await;
    ada.presses("Look at the changes").await;
    ada.sees("Save these changes?").await;
    ada.photographs_all("dashboard-difference").await;
    ada.presses("Save").await;
    ada.sees("→ 90").await;
    ada.clicks("nav.menu a[href$='/history']").await;
    ada.sees("on the dashboard").await;
    ada.photographs_all("dashboard-history").await;
    ada.presses("Roll back").await;
    ada.sees("rolled back").await;
    for (page, name) in [("faq", "dashboard-faq"), ("faq/1", "dashboard-entry"), ("faq/1/edit", "dashboard-editor")] {
        ada.opens(&format!("{}/dashboard/{guild}/{page}", dev.url)).await;
        ada.sees("FAQ").await;
        ada.photographs_all(name).await;
    }
    for (page, name) in [
        ("overview", "dashboard-overview"),
        ("faq/import", "dashboard-import"),
        ("faq/duplicates", "dashboard-duplicates"),
        ("faq/questions", "dashboard-questions"),
        ("keys", "dashboard-keys"),
        ("exports", "dashboard-exports"),
        ("kinds", "dashboard-kinds"),
        ("kinds/1", "dashboard-kind"),
        ("kinds/1/people", "dashboard-kind-people"),
        ("kinds/1/questions/new", "dashboard-question"),
        ("panels", "dashboard-panels"),
        ("panels/new", "dashboard-panel"),
        ("tickets", "dashboard-tickets"),
        ("reminders?whose=all", "dashboard-reminders"),
        ("reminders/calendar?whose=all", "dashboard-calendar"),
        ("reminders/new", "dashboard-reminder-editor"),
    ] {
        ada.opens(&format!("{}/dashboard/{guild}/{page}", dev.url)).await;
        ada.sees("Tickets").await;
        ada.photographs_all(name).await;
    }
    ada.opens(&format!("{}/dashboard/{guild}/overview", dev.url)).await;
    let hover =
        "const chart = document.querySelector('figure[data-chart] svg'); const box = chart.getBoundingClientRect();
        const at = {bubbles: true, clientX: box.right - 1, clientY: box.top + 5};
        chart.dispatchEvent(new PointerEvent('pointermove', at)); return document.querySelector('.tip').textContent";
    let told = ada.script(hover).await;
    assert!(told.as_str().is_some_and(|told| told.contains("Opened") && told.contains("Closed")), "{told}");
    ada.opens(&format!("{}/dashboard/{guild}/tickets?status=archived", dev.url)).await;
    ada.clicks("ul.list a").await;
    ada.sees("What happened").await;
    ada.photographs_all("dashboard-ticket").await;
    // The look is ours alone: a browser that were told to load anything else would say so.
    assert_eq!(ada.script("return getComputedStyle(document.querySelector('.brand')).fontWeight").await, "700");

    // Another server is none of hers.
    ada.opens(&format!("{}/dashboard/{}/settings", dev.url, "81384788765712384")).await;
    ada.sees("Not found").await;
    // Who is an admin no more is none here within the minute.
    let roles = asks(&discord, reqwest::Method::GET, &format!("/guilds/{guild}/roles")).await;
    let admins = roles.as_array().into_iter().flatten().find(|role| role["name"] == "admins").expect("a role");
    let found = dev.get("/dev/view?person=ada").await;
    let own = found["me"]["id"].as_str().expect("she has an id");
    let path = format!("/guilds/{guild}/members/{own}/roles/{}", admins["id"].as_str().expect("an id"));
    asks(&discord, reqwest::Method::DELETE, &path).await;
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        ada.opens(&format!("{}/dashboard/{guild}/settings", dev.url)).await;
        if ada.script("return document.title").await.as_str().is_some_and(|title| title.starts_with("Not for you")) {
            break;
        }
        assert!(Instant::now() < until, "a minute is over");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    ada.photographs_all("dashboard-refused").await;
    asks(&discord, reqwest::Method::PUT, &path).await;

    let elsewhere = driver.window(390, 844, true).await;
    logs_in(dev, &elsewhere, "ada").await;
    elsewhere.clicks("nav.who a").await;
    elsewhere.sees("Where you are logged in").await;
    elsewhere.photographs("dashboard-logins").await;
    elsewhere.presses("Log out everywhere").await;
    elsewhere.sees("You are logged out everywhere.").await;
    ada.opens(&format!("{}/dashboard/logins", dev.url)).await;
    ada.sees("Log in with Discord").await;
    ada.photographs_all("dashboard-login").await;
    for window in [ada, elsewhere] {
        window.closes().await;
    }
}

/// Sam works bob's ticket on its page and in Discord: each shows what is done on the other, and what is half written stays.
pub(crate) async fn the_staff_works_a_ticket_on_its_page(dev: &Dev, driver: &Driver) {
    let (page, there) = (driver.window(1280, 800, false).await, driver.window(1280, 800, false).await);
    there.opens(&dev.address("sam", "ticket-2")).await;
    there.sees("Invoice 12").await;
    logs_in(dev, &page, "sam").await;
    page.clicks("a.card").await;
    page.sees("Invoice 12").await;
    // Keys go through the list; nobody needs them.
    page.types("main", "?").await;
    assert_eq!(page.script("return document.querySelector('#keys').open").await, true);
    page.photographs_all("dashboard-keys-help").await;
    page.presses("Close").await;
    page.types("main", "j").await;
    page.types("a[data-open]:focus", ENTER).await;
    page.sees("What was said").await;
    assert_eq!(page.script("return location.pathname.endsWith('/tickets/2')").await, true);

    page.clicks("details:has(#note-text) summary").await;
    page.types("#note-text", "Half a note").await;
    there.presses("Claim").await;
    there.sees("🔵 Claimed").await;
    page.sees("🔵 Claimed").await;
    let kept = "return `${document.activeElement.id}: ${document.activeElement.value}`";
    assert_eq!(page.script(kept).await, "note-text: Half a note", "what is half written stays, and the place in it");
    page.types("#note-text", ", and the rest").await;
    page.photographs_all("dashboard-ticket-live").await;
    page.presses("Add the note").await;
    page.sees("Half a note, and the rest").await;

    page.clicks("details:has(#close-text) summary").await;
    page.types("#close-text", "It is paid").await;
    page.presses("Close the ticket").await;
    page.sees("is now closed").await;
    there.sees("@sam closed this ticket.").await;
    there.sees("It is paid").await;
    // What was said is kept a moment later.
    let is_kept = "return document.body.innerText.includes('The transcript holds')";
    for _ in 0..30 {
        if page.script(is_kept).await == true {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        page.script("location.reload()").await;
    }
    page.sees("The transcript holds").await;
    page.photographs_all("dashboard-ticket-closed").await;
    page.clicks("a[href$='/transcript?file=0']").await;
    page.sees("Invoice 12").await;
    // No script runs there, so axe does not.
    page.photographs("dashboard-transcript").await;
    for window in [page, there] {
        window.closes().await;
    }
}
