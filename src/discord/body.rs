//! What a call that sends a message carries: its parts, and files beside them.

use std::sync::Arc;

use futures_util::stream::BoxStream;
use serde::{Deserialize, Serialize};
use twilight_model::channel::message::{AllowedMentions, Component, Embed};
use twilight_model::id::Id;
use twilight_model::id::marker::AttachmentMarker;

/// What a message says, as Discord takes it: for a new one, and as a patch of an old one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct MessageBody {
    /// Text above everything else; empty removes it.
    pub content: String,
    /// Boxes below the text.
    pub embeds: Vec<Embed>,
    /// Rows of buttons and menus.
    pub components: Vec<Component>,
    /// Whom the text may ping. Always sent: without it an edit pings by Discord's default.
    pub allowed_mentions: AllowedMentions,
    /// Files to attach; without any, those of an old message stay.
    #[serde(skip)]
    pub files: Vec<File>,
    /// Files of an old message that stay when others are attached.
    #[serde(skip)]
    pub kept: Vec<Id<AttachmentMarker>>,
}

/// A file to attach.
#[derive(Clone)]
pub struct File {
    /// Its name, with an ending.
    pub name: String,
    /// What it holds.
    pub content: Content,
}

/// What a file to attach holds.
#[derive(Clone)]
pub enum Content {
    /// All of it, in memory.
    Whole(bytes::Bytes),
    /// So many bytes, which come as they are wanted; once for each attempt to send them.
    Streamed(u64, Arc<dyn Fn() -> ContentStream + Send + Sync>),
}

/// The bytes of a file, one piece after another.
pub type ContentStream = BoxStream<'static, Result<bytes::Bytes, std::io::Error>>;

impl Content {
    /// How many bytes there are.
    pub fn bytes(&self) -> u64 {
        match self {
            Content::Whole(bytes) => bytes.len() as u64,
            Content::Streamed(bytes, _) => *bytes,
        }
    }

    fn open(&self) -> reqwest::Body {
        match self {
            Content::Whole(bytes) => bytes.clone().into(),
            Content::Streamed(_, open) => reqwest::Body::wrap_stream(open()),
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Content {
        Content::Whole(bytes.into())
    }
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.content.bytes())
    }
}

/// The body of a request that carries files beside its JSON
/// (<https://discord.com/developers/docs/reference#uploading-files>).
pub(super) fn multipart(json: &[u8], files: &[File]) -> reqwest::multipart::Form {
    use reqwest::multipart::{Form, Part};
    let payload = Part::bytes(json.to_vec());
    let payload = payload.mime_str("application/json").expect("it is a type");
    let mut form = Form::new().part("payload_json", payload);
    for (at, file) in files.iter().enumerate() {
        let part = Part::stream_with_length(file.content.open(), file.content.bytes()).file_name(file.name.clone());
        form = form.part(format!("files[{at}]"), part);
    }
    form
}
