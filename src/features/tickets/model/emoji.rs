//! What may stand before the name of a kind of ticket.

use twilight_model::channel::message::EmojiReactionType;
use twilight_model::id::Id;
use twilight_model::id::marker::EmojiMarker;

/// A server's own emoji, `<:name:1>` or `<a:name:1>`.
pub fn own_emoji(text: &str) -> Option<EmojiReactionType> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let (prefix, rest) = inner.split_once(':')?;
    let (name, id) = rest.split_once(':')?;
    if !matches!(prefix, "" | "a") || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let id = Id::new_checked(id.parse().ok()?)?;
    Some(EmojiReactionType::Custom { animated: prefix == "a", id, name: Some(name.to_owned()) })
}

/// The id of a server's own emoji.
pub fn emoji_of(text: &str) -> Option<Id<EmojiMarker>> {
    match own_emoji(text.trim())? {
        EmojiReactionType::Custom { id, .. } => Some(id),
        EmojiReactionType::Unicode { .. } => None,
    }
}

/// Whether Discord takes it before a label: nothing, a server's own emoji, or a few characters that are no letters.
pub(super) fn is_emoji(text: &str) -> bool {
    let plain = |c: char| !(c.is_alphabetic() || c == '<' || c.is_control());
    own_emoji(text).is_some() || text.chars().count() <= 8 && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_emoji() {
        for (text, expected) in [
            ("", true),
            ("🔧", true),
            ("🏳️‍🌈", true),
            ("<:ok:12>", true),
            ("<a:x_1:12>", true),
            ("fix", false),
            ("<@5>", false),
            ("<b:x:12>", false),
            ("<:ok:0>", false),
        ] {
            assert_eq!(is_emoji(text), expected, "{text}");
        }
    }
}
