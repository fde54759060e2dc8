//! Tickets on the dashboard: the staff sees those that they work, a member their own, as in Discord.

mod actions;
mod conversation;
mod list;
mod people;
mod several;
mod steps;
mod table;
mod ticket;
mod wanted;

use super::model::Refusal;
use crate::error::{Error, Result};
use crate::msg;
use crate::web::{Section, Visit};
use crate::words::Say;

/// The pages.
pub(super) fn section() -> Section {
    Section::new("tickets", "tickets", msg!(tickets_list), |_, _| async { Ok(true) })
        .page("", list::list)
        .form("", several::take)
        .form("/csv", table::save)
        .page("/live", list::live)
        .page("/{number}", ticket::show)
        .page("/{number}/live", ticket::live)
        .form("/{number}", steps::take)
        .page("/{number}/delete", ticket::ask_deletion)
        .page("/{number}/transcript", conversation::kept)
        .page("/{number}/transcript/text", conversation::kept_text)
}

fn number(visit: &Visit) -> Result<i32> {
    visit.parameter("number").ok_or_else(|| Error::User(Refusal::NoSuchTicket.said()))
}
