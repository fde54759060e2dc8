//! What may be stored of a reply that the staff gives again and again, whoever writes it.

use serde::{Deserialize, Serialize};

use super::OPENING_PLACEHOLDERS;
use crate::ui::written;

/// The longest name, in characters.
pub const NAME_CHARS: u16 = 50;

/// The longest text, in characters: what is filled in has to fit into a message too.
pub const BODY_CHARS: u16 = 1800;

/// A reply that the staff gives again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// What it is called in custom ids.
    pub id: i64,
    /// By which people find it.
    pub name: String,
    /// What it says.
    pub body: String,
}

/// A reply as somebody writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagDraft {
    /// By which it is found, unique in the guild whatever its case.
    pub name: String,
    /// What it says.
    pub body: String,
}

/// A reply that may be stored. Only [`TagDraft::checked`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedTag(TagDraft);

/// Why something is no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagMisfit {
    /// It has no name.
    NoName,
    /// It says nothing.
    NoBody,
    /// The name is too long.
    NameTooLong {
        /// How many characters it may have.
        max_chars: u16,
    },
    /// The text is too long.
    BodyTooLong {
        /// How many characters it may have.
        max_chars: u16,
    },
}

impl TagDraft {
    /// The reply without spaces around its texts.
    ///
    /// # Errors
    /// Why it cannot be stored.
    pub fn checked(&self) -> Result<CheckedTag, TagMisfit> {
        let (name, body) = (written(&self.name), written(&self.body));
        let longer = |text: &str, max: u16| text.chars().count() > usize::from(max);
        match () {
            () if name.is_empty() => Err(TagMisfit::NoName),
            () if body.is_empty() => Err(TagMisfit::NoBody),
            () if longer(&name, NAME_CHARS) => Err(TagMisfit::NameTooLong { max_chars: NAME_CHARS }),
            () if longer(&body, BODY_CHARS) => Err(TagMisfit::BodyTooLong { max_chars: BODY_CHARS }),
            () => Ok(CheckedTag(TagDraft { name, body })),
        }
    }
}

impl TagDraft {
    /// What stands in braces like a placeholder and is none that is filled in. It may be meant so, and stays as it is.
    pub fn unknown_placeholders(&self) -> Vec<String> {
        let mut unknown: Vec<String> = Vec::new();
        for part in self.body.split('{').skip(1) {
            let Some((name, _)) = part.split_once('}') else { continue };
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
            if is_name && !OPENING_PLACEHOLDERS.contains(&name) && !unknown.iter().any(|known| known == name) {
                unknown.push(name.to_owned());
            }
        }
        unknown
    }
}

impl CheckedTag {
    /// What it is called.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What it says.
    pub fn body(&self) -> &str {
        &self.0.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_that_nobody_fills_in_are_found() {
        let check = |body: &str, expected: &[&str]| {
            let draft = TagDraft { name: "Refund".to_owned(), body: body.to_owned() };
            assert_eq!(draft.unknown_placeholders(), expected, "{body}");
        };
        check("Hi {member}, #{number}", &[]);
        check("Hi {user}, {user} and {name}", &["user", "name"]);
        check("{ \"a\": 1 } {} {", &[]);
    }
}
