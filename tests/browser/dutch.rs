//! People whose Discord is in Dutch, on a server that reads Dutch: the first ticket, a reminder, the FAQ and the set-up.

use serde_json::json;

use crate::driver::Window;
use crate::{Dev, ENTER};

/// The page as `person` sees it in a channel of the server that is Dutch here.
fn address(dev: &Dev, person: &str, channel: &str) -> String {
    format!("{}/#{person}/Night%20Shift/{channel}", dev.url)
}

/// Opens the page as `person`, whose Discord is in Dutch from now on.
async fn opened_in_dutch(dev: &Dev, window: &Window, person: &str, channel: &str) {
    window.opens(&dev.url).await;
    window.script(&format!("localStorage.setItem('locale of {person}', 'nl')")).await;
    // The page reads the language as it starts.
    window.opens("about:blank").await;
    window.opens(&address(dev, person, channel)).await;
    window.clicks("#composer").await;
}

/// Eve runs the server in Dutch; bob asks, is reminded and searches.
pub(crate) async fn people_play_in_dutch(dev: &Dev, bob: &Window, eve: &Window) {
    an_admin_lets_the_server_read_dutch(dev, eve).await;
    a_member_opens_the_first_ticket(dev, bob, eve).await;
    a_reminder_comes(dev, bob).await;
    a_member_searches_and_asks_for_help(dev, bob).await;
    an_admin_looks_at_the_set_up(dev, eve).await;
}

async fn an_admin_lets_the_server_read_dutch(dev: &Dev, eve: &Window) {
    opened_in_dutch(dev, eve, "eve", "desk").await;
    eve.types("#composer", &format!("/instellingen systeem aanpassen taal:Nederlands{ENTER}")).await;
    eve.sees("taal: English (standaard) → Nederlands").await;
    eve.types("#composer", &format!("/instellingen tickets aanpassen threadkanaal:#desk{ENTER}")).await;
    eve.sees("threadkanaal: geen (standaard) → #desk").await;
}

async fn a_member_opens_the_first_ticket(dev: &Dev, bob: &Window, eve: &Window) {
    opened_in_dutch(dev, bob, "bob", "desk").await;
    bob.types("#composer", "/ticket op").await;
    bob.photographs("nl-commands").await;
    bob.types("#composer", &format!("enen{ENTER}{ENTER}")).await;
    bob.types("dialog[data-form] [data-label='Waar gaat het over?']", "Trage download van het spel").await;
    bob.photographs_all("nl-ticket-form").await;
    bob.presses("Submit").await;
    bob.sees("Is dit het antwoord?").await;
    bob.photographs("nl-ticket-offer").await;
    bob.presses("Ticket openen").await;
    bob.sees("Je ticket #1 is open").await;
    bob.presses("#ticket-1").await;
    bob.sees("Het team is er zo voor je.").await;
    bob.photographs_all("nl-ticket").await;

    opened_in_dutch(dev, eve, "eve", "ticket-1").await;
    eve.presses("Oppakken").await;
    eve.sees("🔵 Opgepakt").await;
    eve.photographs_all("nl-ticket-claimed").await;
    eve.presses("Wachten op het lid").await;
    bob.sees("@bob, het team wacht op je antwoord.").await;
    eve.presses("Sluiten").await;
    eve.types("dialog[data-form] [data-label='Waarom sluit je het?']", "Het is opgelost.").await;
    eve.photographs("nl-ticket-close").await;
    eve.presses("Submit").await;
    eve.sees("@eve heeft dit ticket gesloten.").await;
    eve.photographs("nl-ticket-closed").await;
}

async fn a_reminder_comes(dev: &Dev, bob: &Window) {
    opened_in_dutch(dev, bob, "bob", "desk").await;
    bob.types("#composer", &format!("/herinnering toevoegen wanneer:over 10 minuten wat:Thee{ENTER}")).await;
    bob.sees("#1 Thee is gemaakt.").await;
    bob.photographs_all("nl-reminder-made").await;
    dev.post("/dev/clock", json!({"minutes": 15})).await;
    bob.sees("⏰ Herinnering: Thee").await;
    bob.photographs("nl-reminder").await;
    bob.presses("Over 1 uur opnieuw").await;
    bob.sees("Ik herinner je er over 1 uur nog eens aan").await;
}

async fn a_member_searches_and_asks_for_help(dev: &Dev, bob: &Window) {
    opened_in_dutch(dev, bob, "bob", "desk").await;
    bob.types("#composer", &format!("/faq zoeken vraag:download{ENTER}")).await;
    bob.sees("Gevonden voor “download”").await;
    bob.photographs_all("nl-faq").await;
    bob.types("#composer", &format!("/help{ENTER}{ENTER}")).await;
    bob.sees("Wat ik kan").await;
    bob.photographs("nl-help").await;
}

async fn an_admin_looks_at_the_set_up(dev: &Dev, eve: &Window) {
    opened_in_dutch(dev, eve, "eve", "desk").await;
    eve.types("#composer", &format!("/instellingen start{ENTER}{ENTER}")).await;
    eve.sees("Stap 1 van").await;
    eve.photographs("nl-config-start").await;
    eve.presses("Hier stoppen").await;
    eve.sees("Gestopt bij stap 1 van").await;
    eve.types("#composer", &format!("/instellingen tonen groep:herinneringen{ENTER}")).await;
    eve.sees("Instellingen: herinneringen").await;
    eve.photographs("nl-config-show").await;
    eve.types("#composer", &format!("/ticket soorten{ENTER}{ENTER}")).await;
    eve.sees("Ticketsoorten").await;
    eve.photographs("nl-ticket-kinds").await;
    eve.presses("Nieuwe ticketsoort").await;
    eve.types("dialog[data-form] [data-label='Naam']", "Facturen").await;
    eve.photographs("nl-ticket-kind-form").await;
    eve.presses("Submit").await;
    eve.sees("Toegevoegd.").await;
    eve.presses("Limieten en uren").await;
    eve.types("dialog[data-form] [data-label='Wachttijd tussen twee tickets']", "\u{e003}\u{e003}1u 30m").await;
    eve.types("dialog[data-form] [data-label='Wanneer er iemand is']", "ma-vr 9-17").await;
    eve.photographs("nl-ticket-limits").await;
    eve.presses("Submit").await;
    eve.sees("ma-vr 09:00-17:00").await;
    eve.sees("1u 30m").await;
    eve.photographs_all("nl-ticket-kind").await;
    eve.presses("Tijden").await;
    eve.sees("Escaleer het dan").await;
    eve.photographs("nl-ticket-times").await;
}
