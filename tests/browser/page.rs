//! The page itself: forms, focus, windows, phones.

use serde_json::json;

use crate::driver::Window;
use crate::{Dev, ENTER};

/// Escape.
const ESCAPE: &str = "\u{e00c}";

pub(crate) async fn a_form_can_be_left(dev: &Dev, ada: &Window) {
    dev.opened_by(ada, "ada").await;
    for leave in ["the button", "Escape"] {
        ada.types("#composer", &format!("/faq add{ENTER}{ENTER}")).await;
        ada.types("dialog[data-form] [data-label='Question']", "Never sent").await;
        if leave == "Escape" {
            ada.types("dialog[data-form] [data-label='Question']", ESCAPE).await;
        } else {
            ada.presses("Cancel").await;
        }
        assert_eq!(ada.script("return document.querySelector('#form').open").await, false, "{leave}");
    }
    // The next form is a new one, and it can be sent.
    ada.types("#composer", &format!("/faq add{ENTER}{ENTER}")).await;
    ada.types("dialog[data-form] [data-label='Question']", "Where is the anchor?").await;
    ada.types("dialog[data-form] [data-label='Answer']", "On the sea bed.").await;
    ada.presses("Submit").await;
    ada.sees("Where is the anchor?").await;
}

pub(crate) async fn the_focus_stays_where_it_was(dev: &Dev, ann: &Window) {
    dev.opened_by(ann, "ann").await;
    ann.types("#composer", &format!("/faq list{ENTER}{ENTER}")).await;
    ann.clicks(".message[data-ephemeral='true']:last-child button[data-key]").await;
    let focused = "return document.activeElement.dataset.key ?? document.activeElement.id";
    let key = ann.script(focused).await;
    assert_ne!(key, "composer");
    // Something else happens, and everything that changed is drawn anew.
    dev.post("/dev/type", json!({"person": "ada", "channel": "help", "text": "Ahoy from the pier"})).await;
    ann.sees("Ahoy from the pier").await;
    assert_eq!(ann.script(focused).await, key);
}

pub(crate) async fn a_stranger_in_the_address_is_told_who_is_there(dev: &Dev, ann: &Window) {
    ann.opens(&dev.address("nobody-at-all", "help")).await;
    ann.sees("There is nobody called nobody-at-all here.").await;
    ann.presses("Be sam").await;
    ann.sees("You are sam").await;
}

pub(crate) async fn seven_windows_of_one_browser_all_hear(dev: &Dev, ada: &Window, ann: &Window) {
    dev.opened_by(ann, "ann").await;
    let first = ann.tab().await;
    let mut others = Vec::new();
    for _ in 0..6 {
        others.push(ann.opens_tab(&dev.address("sam", "help")).await);
    }
    dev.opened_by(ada, "ada").await;
    ada.types("#composer", &format!("To all seven windows{ENTER}")).await;
    for tab in &others {
        ann.goes_to_tab(tab).await;
        ann.sees("To all seven windows").await;
    }
    // Whoever told the others is gone; another takes over.
    ann.goes_to_tab(&first).await;
    ann.closes_tab().await;
    ada.types("#composer", &format!("To the six that are left{ENTER}")).await;
    for tab in &others {
        ann.goes_to_tab(tab).await;
        ann.sees("To the six that are left").await;
    }
    for tab in &others[1..] {
        ann.goes_to_tab(tab).await;
        ann.closes_tab().await;
    }
    ann.goes_to_tab(&others[0]).await;
}

pub(crate) async fn the_bot_reads_messages_until_it_may_not(dev: &Dev, ada: &Window) {
    dev.opened_by(ada, "ada").await;
    ada.clicks("#inside-button").await;
    ada.sees("It may read messages (Message Content)").await;
    ada.presses("Take that away").await;
    ada.sees("It may not read messages").await;
    ada.presses("Let it read them").await;
    ada.sees("It may read messages (Message Content)").await;
    ada.clicks("#inside-button").await;
}

pub(crate) async fn a_phone_has_a_button_to_send(phone: &Window) {
    phone.types("#composer", "From a phone").await;
    phone.clicks("#send-button").await;
    phone.sees("From a phone").await;
}
