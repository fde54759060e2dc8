//! A document, and a passage of one.

use sha2::{Digest, Sha256};

use super::reading::{HEADING_CHARS, Piece};
use crate::ui::limits::cut;

/// What stands between headings, from the whole to its part.
const BELOW: &str = " › ";

/// When what is made of the same text changes, this does too: then everything is stored again.
const READER: u8 = 1;

/// A document as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it lay, from the folder on that was imported: `docs/setup/disks.md`.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Where people read it.
    pub url: Option<String>,
    /// Its passages.
    pub pieces: Vec<Piece>,
}

/// A passage that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its number among all passages.
    pub id: i32,
    /// The document's name.
    pub document: String,
    /// What the document is called, and the headings above the passage.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Where people read the document.
    pub url: Option<String>,
}

impl Document {
    /// By what it is known whether it has changed.
    pub(super) fn hash(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        let pieces = self.pieces.iter().flat_map(|piece| piece.headings.iter().chain([&piece.body]));
        hash.update([READER]);
        for text in [&self.title].into_iter().chain(&self.url).chain(pieces) {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
        hash.finalize().to_vec()
    }

    /// What stands above a passage: what the document is called, and the headings.
    pub(super) fn heading(&self, piece: &Piece) -> String {
        let all: Vec<&str> = [&self.title].into_iter().chain(&piece.headings).map(String::as_str).collect();
        cut(&all.join(BELOW), HEADING_CHARS)
    }
}
