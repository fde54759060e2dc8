//! Tickets in a real browser: a member asks, the staff answers, stars end it.

use serde_json::json;

use crate::driver::Window;
use crate::{Dev, ENTER};

/// Ann opens a ticket by command, sam works it, ann rates it; kim sees nothing of it.
pub(crate) async fn a_member_opens_a_ticket_and_rates_it(dev: &Dev, ann: &Window, sam: &Window) {
    dev.opened_by(ann, "ann").await;
    ann.types("#composer", &format!("/ticket open{ENTER}{ENTER}")).await;
    ann.types("dialog[data-form] [data-label='What is it about?']", "My refund is late").await;
    ann.types("dialog[data-form] [data-label='Tell us more']", "I chose a refund on Monday.").await;
    ann.photographs_all("ticket-form").await;
    ann.presses("Submit").await;
    // An entry of the FAQ may make it unnecessary.
    ann.sees("Does this answer it?").await;
    ann.photographs_all("ticket-offer").await;
    ann.presses("Open the ticket").await;
    ann.sees("Your ticket #1 is open").await;
    ann.presses("#ticket-1").await;
    ann.sees("The staff will be with you soon").await;

    sam.opens(&dev.address("sam", "ticket-1")).await;
    sam.presses("Claim").await;
    sam.sees("🔵 Claimed").await;
    sam.presses("Wait for user").await;
    ann.sees("@ann, the staff waits for your answer.").await;
    sam.types("#composer", &format!("Which order is it?{ENTER}")).await;
    ann.sees("Which order is it?").await;
    ann.types("#composer", &format!("Number 12.{ENTER}")).await;
    sam.sees("Number 12.").await;
    let members = sam.script("return document.querySelector('#members').textContent").await;
    assert!(members.as_str().is_some_and(|all| all.contains("ann") && !all.contains("kim")), "{members}");
    sam.photographs_all("ticket").await;

    // The address leads nobody else there.
    ann.opens(&dev.address("kim", "ticket-1")).await;
    ann.sees("You are kim").await;
    let channels = ann.script("return document.querySelector('#channels').textContent").await;
    assert!(channels.as_str().is_some_and(|all| all.contains("general") && !all.contains("ticket-1")), "{channels}");
    let shown = dev.get("/dev/messages?person=kim&guild=Harbor%20Games&channel=ticket-1").await;
    assert_eq!(shown["messages"], json!([]));

    sam.presses("Close").await;
    sam.types("dialog[data-form] [data-label='Why is it closed?']", "It is **paid**.").await;
    sam.photographs_all("ticket-close").await;
    sam.presses("Submit").await;
    sam.sees("@sam closed this ticket.").await;
    sam.photographs_all("ticket-closed").await;

    ann.opens(&dev.address("ann", "ticket-1")).await;
    ann.clicks("[placeholder='You cannot write here']").await;
    ann.clicks("#guilds [title='Direct messages']").await;
    ann.sees("How was it?").await;
    ann.photographs_all("ticket-stars").await;
    ann.presses("5 ★").await;
    ann.sees("You rated ticket #1 ★★★★★.").await;
    ann.presses("Say why").await;
    ann.types("dialog[data-form] [data-label='What was good, what was not?']", "Quick!").await;
    ann.presses("Submit").await;
    ann.sees("★★★★★: Quick!").await;
    ann.photographs_all("ticket-rated").await;
    sam.sees("Rating").await;
}

/// Ada makes a kind of ticket with two questions and a panel; bob opens one with it.
pub(crate) async fn an_admin_sets_up_a_kind_that_asks(dev: &Dev, ada: &Window, bob: &Window) {
    dev.opened_by(ada, "ada").await;
    ada.types("#composer", &format!("/ticket types{ENTER}{ENTER}")).await;
    ada.presses("New kind").await;
    ada.types("dialog[data-form] [data-label='Name']", "Billing").await;
    ada.types("dialog[data-form] [data-label='Emoji']", "💶").await;
    ada.presses("Submit").await;
    ada.sees("Added.").await;
    ada.presses("Ask one more").await;
    ada.types("dialog[data-form] [data-label='Question']", "Paid by").await;
    ada.clicks("dialog[data-form] [data-label='How it is answered']").await;
    ada.clicks("dialog[data-form] [role='option'][data-value='one']").await;
    ada.types("dialog[data-form] [data-label='Options or length']", "Card\nTransfer").await;
    ada.clicks("dialog[data-form] [data-label='It must be answered']").await;
    ada.photographs_all("ticket-question").await;
    ada.presses("Submit").await;
    ada.sees("one of Card, Transfer").await;
    ada.presses("Ask one more").await;
    ada.types("dialog[data-form] [data-label='Question']", "I have the invoice").await;
    ada.clicks("dialog[data-form] [data-label='How it is answered']").await;
    ada.clicks("dialog[data-form] [role='option'][data-value='box']").await;
    ada.presses("Submit").await;
    ada.sees("a box, optional").await;
    ada.photographs_all("ticket-kind").await;
    ada.types("#composer", &format!("/ticket panel channel:#general{ENTER}")).await;
    ada.sees("The panel is in").await;

    bob.opens(&dev.address("bob", "general")).await;
    bob.presses("💶 Billing").await;
    bob.types("dialog[data-form] [data-label='What is it about?']", "Invoice 12").await;
    bob.clicks("dialog[data-form] [data-label='Paid by']").await;
    bob.clicks("dialog[data-form] [role='option'][data-value='1']").await;
    bob.clicks("dialog[data-form] [data-label='I have the invoice']").await;
    bob.photographs_all("ticket-questions").await;
    bob.presses("Submit").await;
    bob.presses("Open the ticket").await;
    bob.sees("Your ticket #2 is open").await;
    bob.photographs_all("ticket-panel").await;
    bob.presses("#ticket-2").await;
    bob.sees("Transfer").await;
    bob.photographs_all("ticket-answers").await;
}
