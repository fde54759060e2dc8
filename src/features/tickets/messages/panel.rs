//! Messages with which members open tickets.

use twilight_model::channel::message::component::ButtonStyle;

use super::model::Kind;
use super::store::Panel;
use super::{Button, id as id_of, kind_option, label, with_emoji};
use crate::say;
use crate::ui::{Message, button, embed, select};
use crate::words::Language;

/// A panel as members see it, in the guild's language where it has no words of its own.
pub(crate) fn panel_message(language: Language, panel: &Panel, kinds: &[Kind]) -> Message {
    let shown: Vec<&Kind> =
        kinds.iter().filter(|kind| panel.kinds.is_empty() || panel.kinds.contains(&kind.id)).collect();
    let title = panel.title.clone().unwrap_or_else(|| say!(language, ticket_setup_panel_title));
    let body = panel.body.clone().unwrap_or_else(|| say!(language, ticket_setup_panel_body));
    let mut message = Message::default().embed(embed(title, body));
    let id = |button: &Button| id_of(None, button).expect("it is short");
    if panel.menu && !shown.is_empty() {
        let options = shown.into_iter().map(kind_option).collect();
        return message.row(vec![select(id(&Button::Choose(None)), say!(language, ticket_setup_panel_menu), options)]);
    }
    // Five buttons in a row, five rows in a message.
    for row in shown.chunks(5).take(5) {
        let buttons = row.iter().map(|kind| {
            let label = match kinds.len() {
                1 => say!(language, ticket_setup_panel_button),
                _ => label(kind),
            };
            with_emoji(button(ButtonStyle::Primary, label, id(&Button::Start(kind.id))), kind)
        });
        message = message.row(buttons.collect());
    }
    message
}
