//! What may be stored of a reply that the staff gives again and again, whoever writes it.

use crate::ui::written;

/// The longest name, in characters.
pub const NAME_CHARS: u16 = 50;

/// The longest text, in characters: what is filled in has to fit into a message too.
pub const BODY_CHARS: u16 = 1800;

/// A reply that the staff gives again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
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
