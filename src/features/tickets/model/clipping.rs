//! Messages from elsewhere in the guild that are added to tickets.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

use super::Refusal;
use crate::db::storable;

/// A message from elsewhere in the guild.
#[derive(Clone, Debug, PartialEq)]
pub struct Clipping {
    /// What it says; at most [`CLIPPED`] characters.
    pub text: String,
    /// Nothing if an older version kept it: then it says so itself.
    pub source: Option<Source>,
}

/// Where a message is, and what it has besides its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The name of whoever wrote it, as others saw it.
    pub author: String,
    pub channel: Id<ChannelMarker>,
    pub message: Id<MessageMarker>,
    /// The names of its files.
    #[serde(default)]
    pub files: Vec<String>,
}

impl Source {
    /// Whether it is no longer than Discord lets names and messages be: 32 characters of a name, of an app's 80
    /// (<https://discord.com/developers/docs/resources/user#usernames-and-nicknames>), and ten files.
    fn is_bounded(&self) -> bool {
        let fits = |text: &String, max| text.chars().count() <= max;
        fits(&self.author, 80) && self.files.len() <= 10 && self.files.iter().all(|name| fits(name, 260))
    }
}

/// Characters of a message that is added.
pub const CLIPPED: usize = 1500;

impl Clipping {
    /// The same without what cannot be stored.
    #[must_use]
    pub fn storable(&self) -> Clipping {
        let source = self.source.as_ref().map(|source| Source {
            author: storable(&source.author),
            files: source.files.iter().map(|name| storable(name)).collect(),
            ..source.clone()
        });
        Clipping { text: storable(&self.text), source }
    }

    /// # Errors
    /// It says nothing, or too much.
    pub fn check(&self, max: usize) -> Result<(), Refusal> {
        match self.text.chars().count() {
            0 if self.files().is_empty() => Err(Refusal::NothingToAdd),
            chars if chars > max => Err(Refusal::TooLong { max }),
            _ if self.source.as_ref().is_some_and(|source| !source.is_bounded()) => Err(Refusal::TooLong { max }),
            _ => Ok(()),
        }
    }

    /// What a ticket of it is about: its first line.
    pub fn subject(&self) -> &str {
        let line = self.text.trim().lines().next().unwrap_or_default();
        if line.is_empty() { self.files().first().map_or("", String::as_str) } else { line }
    }

    fn files(&self) -> &[String] {
        self.source.as_ref().map_or(&[], |source| &source.files)
    }
}
