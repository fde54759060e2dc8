//! A kind of tickets, where it is chosen.

use twilight_model::channel::message::component::{Button, SelectMenuOption};
use twilight_model::channel::message::{Component, EmojiReactionType};
use twilight_model::id::Id;

use super::model::Kind;
use crate::ui::option;

/// A type in a menu.
pub(crate) fn kind_option(kind: &Kind) -> SelectMenuOption {
    let description = Some(kind.definition.description.clone()).filter(|text| !text.is_empty());
    SelectMenuOption { description, emoji: own_emoji(kind), ..option(kind.id.to_string(), label(kind)) }
}

/// What a type is called where it is chosen.
pub(crate) fn label(kind: &Kind) -> String {
    match own_emoji(kind) {
        // In a label Discord would show its code.
        Some(_) => kind.name.clone(),
        None => format!("{} {}", kind.definition.emoji, kind.name).trim().to_owned(),
    }
}

/// A button with the server's own emoji before its label, if the type has one.
pub(crate) fn with_emoji(button: Component, kind: &Kind) -> Component {
    match button {
        Component::Button(button) => Component::Button(Button { emoji: own_emoji(kind), ..button }),
        other => other,
    }
}

/// `<:name:1>` or `<a:name:1>`.
fn own_emoji(kind: &Kind) -> Option<EmojiReactionType> {
    let inner = kind.definition.emoji.strip_prefix('<')?.strip_suffix('>')?;
    let (animated, rest) = inner.split_once(':')?;
    let (name, id) = rest.split_once(':')?;
    let id = Id::new_checked(id.parse().ok()?)?;
    Some(EmojiReactionType::Custom { animated: animated == "a", id, name: Some(name.to_owned()) })
}
