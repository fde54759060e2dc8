//! Questions to the member of a ticket.

use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::model::{Ticket, workflow};
use super::words::STARS;
use super::{Button, id};
use crate::say;
use crate::ui::{Message, button};
use crate::words::Language;

/// The question whether a ticket may be closed, or stays open.
pub(crate) fn close_question(
    language: Language,
    ticket: &Ticket,
    guild: Option<Id<GuildMarker>>,
    text: String,
) -> anyhow::Result<Message> {
    Ok(Message::new(text).row(vec![
        button(ButtonStyle::Success, say!(language, tickets_agree_button), id(guild, &Button::Agree(ticket.number))?),
        button(
            ButtonStyle::Secondary,
            say!(language, tickets_keep_open_button),
            id(guild, &Button::KeepOpen(ticket.number))?,
        ),
    ]))
}

/// One to five stars.
pub(crate) fn stars(ticket: &Ticket, guild: Option<Id<GuildMarker>>) -> anyhow::Result<Vec<Component>> {
    (1..=STARS)
        .map(|stars| {
            let label = format!("{stars} {}", "★");
            let rate = match workflow::end_of(ticket) {
                Some(end) => Button::RateEnd(ticket.number, stars, end),
                None => Button::Rate(ticket.number, stars),
            };
            Ok(button(ButtonStyle::Secondary, label, id(guild, &rate)?))
        })
        .collect()
}
