//! Messages with which members open tickets.

use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;

use super::model::{Kind, PanelTranslation};
use super::store::Panel;
use super::{Button, id as id_of, kind_option, label, with_emoji};
use crate::say;
use crate::ui::{Message, button, embed, select};
use crate::words::{Language, known_languages};

/// Rows of a message, and buttons of a row (<https://discord.com/developers/docs/components/reference>).
const ROWS: usize = 5;
const BUTTONS: usize = 5;

/// A panel as its channel sees it, in the guild's language. Below it, a button for each other language in which an admin
/// wrote what it says, also for the one in which they wrote it first.
pub(crate) fn panel_message(language: Language, panel: &Panel, kinds: &[Kind]) -> Message {
    let shown = shown(panel, kinds);
    let others: Vec<Component> = known_languages()
        .filter(|other| *other != language && (speaks(panel, &shown, *other) || spoke(panel, &shown, *other, language)))
        .map(|other| {
            let id = id_of(None, &Button::InLanguage(panel.id, other)).expect("it is short");
            button(ButtonStyle::Secondary, say!(other, words_language_name), id)
        })
        .collect();
    let rows = others.chunks(BUTTONS).take(ROWS - 1);
    // What does not fit above those buttons fits into a menu.
    let menu = panel.menu || shown.len().div_ceil(BUTTONS) + rows.len() > ROWS;
    let message = in_language(language, panel, &shown, kinds.len() == 1, menu, false);
    rows.fold(message, |message, row| message.row(row.to_vec()))
}

/// A panel as one sees it who has chosen that language, in which they go on.
pub(crate) fn panel_in_language(language: Language, panel: &Panel, kinds: &[Kind]) -> Message {
    in_language(language, panel, &shown(panel, kinds), kinds.len() == 1, panel.menu, true)
}

fn shown<'a>(panel: &Panel, kinds: &'a [Kind]) -> Vec<&'a Kind> {
    kinds.iter().filter(|kind| panel.kinds.is_empty() || panel.kinds.contains(&kind.id)).collect()
}

/// Whether an admin wrote something of it in that language.
fn speaks(panel: &Panel, shown: &[&Kind], language: Language) -> bool {
    let said = panel.translations.get(language.code()).is_some_and(|said| *said != PanelTranslation::default());
    said || shown.iter().any(|kind| kind.definition.translations.contains_key(language.code()))
}

/// Whether an admin wrote something of it first in that language, and who reads `shown_in` is shown a translation.
fn spoke(panel: &Panel, shown: &[&Kind], first: Language, shown_in: Language) -> bool {
    let own = panel.title.is_some() || panel.body.is_some();
    let translated = panel.translations.get(shown_in.code()).is_some_and(|said| *said != PanelTranslation::default());
    let kind = |kind: &&Kind| {
        let definition = &kind.definition;
        let translated = definition.translations.contains_key(shown_in.code());
        definition.language == first.code() && translated && kind.has_own_words()
    };
    (own && panel.language == Some(first) && translated) || shown.iter().any(kind)
}

fn in_language(language: Language, panel: &Panel, shown: &[&Kind], only: bool, menu: bool, chosen: bool) -> Message {
    let said = panel.translations.get(language.code());
    let said = |text: fn(&PanelTranslation) -> &String| said.map(text).filter(|text| !text.is_empty()).cloned();
    let title = said(|said| &said.title).or_else(|| panel.title.clone());
    let body = said(|said| &said.body).or_else(|| panel.body.clone());
    let title = title.unwrap_or_else(|| say!(language, ticket_setup_panel_title));
    let body = body.unwrap_or_else(|| say!(language, ticket_setup_panel_body));
    let message = Message::default().embed(embed(title, body));
    let id = |button: &Button| id_of(None, button).expect("it is short");
    if menu && !shown.is_empty() {
        let options = shown.iter().map(|kind| kind_option(language, kind)).collect();
        let choose = if chosen { Button::ChooseIn(language) } else { Button::Choose(None) };
        return message.row(vec![select(id(&choose), say!(language, ticket_setup_panel_menu), options)]);
    }
    shown.chunks(BUTTONS).take(ROWS).fold(message, |message, row| {
        let buttons = row.iter().map(|kind| {
            let label = if only { say!(language, ticket_setup_panel_button) } else { label(language, kind) };
            let start = if chosen { Button::StartIn(kind.id, language) } else { Button::Start(kind.id) };
            with_emoji(button(ButtonStyle::Primary, label, id(&start)), kind)
        });
        message.row(buttons.collect())
    })
}
