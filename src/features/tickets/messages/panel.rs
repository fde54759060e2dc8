//! Messages with which members open tickets.

use twilight_model::channel::message::component::ButtonStyle;

use super::model::Kind;
use super::store::Panel;
use super::{Button, id as id_of, kind_option, label, with_emoji, words};
use crate::ui::{Message, button, embed, select};

/// A panel as members see it.
pub(crate) fn panel_message(panel: &Panel, kinds: &[Kind]) -> Message {
    let shown: Vec<&Kind> =
        kinds.iter().filter(|kind| panel.kinds.is_empty() || panel.kinds.contains(&kind.id)).collect();
    let title = panel.title.as_deref().unwrap_or(words::setup::PANEL_TITLE);
    let body = panel.body.as_deref().unwrap_or(words::setup::PANEL_BODY);
    let mut message = Message::default().embed(embed(title, body));
    let id = |button: &Button| id_of(None, button).expect("it is short");
    if panel.menu && !shown.is_empty() {
        let options = shown.into_iter().map(kind_option).collect();
        return message.row(vec![select(id(&Button::Choose(None)), "What is it about?", options)]);
    }
    // Five buttons in a row, five rows in a message.
    for row in shown.chunks(5).take(5) {
        let buttons = row.iter().map(|kind| {
            let label = if kinds.len() == 1 { "📨 Open a ticket".to_owned() } else { label(kind) };
            with_emoji(button(ButtonStyle::Primary, label, id(&Button::Start(kind.id))), kind)
        });
        message = message.row(buttons.collect());
    }
    message
}
