//! A kind of tickets, where it is chosen.

use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::{Button, SelectMenuOption};

use super::model::{Kind, own_emoji};
use crate::ui::option;
use crate::words::Language;

/// A kind in a menu.
pub(crate) fn kind_option(language: Language, kind: &Kind) -> SelectMenuOption {
    let kind = &*kind.in_language(language);
    let description = Some(kind.definition.description.clone()).filter(|text| !text.is_empty());
    SelectMenuOption {
        description,
        emoji: own_emoji(&kind.definition.emoji),
        ..option(kind.id.to_string(), label(language, kind))
    }
}

/// What a kind is called where it is chosen.
pub(crate) fn label(language: Language, kind: &Kind) -> String {
    named(kind, kind.name_in(language))
}

/// The same in the words in which an admin wrote it first.
pub(crate) fn own_label(language: Language, kind: &Kind) -> String {
    named(kind, &kind.own_in(language).name)
}

fn named(kind: &Kind, name: &str) -> String {
    match own_emoji(&kind.definition.emoji) {
        // In a label Discord would show its code.
        Some(_) => name.to_owned(),
        None => format!("{} {name}", kind.definition.emoji).trim().to_owned(),
    }
}

/// A button with the server's own emoji before its label, if the kind has one.
pub(crate) fn with_emoji(button: Component, kind: &Kind) -> Component {
    match button {
        Component::Button(button) => Component::Button(Button { emoji: own_emoji(&kind.definition.emoji), ..button }),
        other => other,
    }
}
