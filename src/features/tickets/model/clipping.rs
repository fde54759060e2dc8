//! Messages from elsewhere in the guild that are added to tickets.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

use super::Refusal;
use crate::acting::KnownMessage;
use crate::db::storable;
use crate::ui::{limits::cut, written};

/// A message from elsewhere in the guild, as Discord says that it is: whoever adds it makes up neither who wrote it nor what it
/// says. Only [`Clipping::of`] makes one, and the store brings it back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clipping {
    text: String,
    source: Option<Source>,
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

/// The longest text of a message that is added, in characters; what is longer is cut.
const TEXT_CHARS: usize = 1500;

/// Discord lets a name have 32 characters, and an app's 80
/// (<https://discord.com/developers/docs/resources/user#usernames-and-nicknames>).
const AUTHOR_CHARS: usize = 80;

/// Discord lets a message have ten files; names have a bound of ours.
const FILES: usize = 10;
const FILE_NAME_CHARS: usize = 260;

impl Clipping {
    /// What is added of a message that Discord showed to whoever adds it.
    ///
    /// # Errors
    /// It says nothing.
    pub(in super::super) fn of(message: &KnownMessage) -> Result<Clipping, Refusal> {
        let source = Source {
            author: cut(&storable(&message.author_name), AUTHOR_CHARS),
            channel: message.channel,
            message: message.id,
            files: message.attachments.iter().take(FILES).map(|name| cut(&storable(name), FILE_NAME_CHARS)).collect(),
        };
        let clipping = Clipping::stored(written(&message.everything), Some(source));
        match clipping.text.is_empty() && clipping.files().is_empty() {
            true => Err(Refusal::NothingToAdd),
            false => Ok(clipping),
        }
    }

    /// One that was stored. Older versions stored longer ones.
    pub(in super::super) fn stored(text: String, source: Option<Source>) -> Clipping {
        Clipping { text: cut(&text, TEXT_CHARS), source }
    }

    /// In the place of one that is used up.
    pub(in super::super) fn empty() -> Clipping {
        Clipping { text: String::new(), source: None }
    }

    /// What it says.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it is. Nothing if an older version stored it: then it says so itself.
    pub fn source(&self) -> Option<&Source> {
        self.source.as_ref()
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
