//! A transcript as it is kept: its files, and their parts.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::MessageMarker;

use super::Cut;

/// The two forms of a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Page,
    Plain,
}

impl Form {
    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Form::Page => "page",
            Form::Plain => "plain",
        }
    }

    pub fn ending(self) -> &'static str {
        match self {
            Form::Page => "html",
            Form::Plain => "txt",
        }
    }
}

/// A part of a file, as it is stored.
pub struct Part {
    pub form: Form,
    pub file: i32,
    pub part: i32,
    pub bytes: Vec<u8>,
}

/// What is known of a file whose parts are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    pub form: Form,
    pub crc: u32,
    /// Bytes of all its parts, and of its text.
    pub packed: u64,
    pub text: u64,
}

impl Packed {
    /// A file that was kept in one piece by gzip, of which the last eight bytes say what it unpacks to
    /// (<https://www.rfc-editor.org/rfc/rfc1952#page-5>).
    pub fn of_gzip(form: Form, bytes: i32, end: &[u8]) -> Option<Packed> {
        let packed = u64::try_from(bytes).ok()?.checked_sub(GZIP_HEAD + 8)?;
        let word = |at: usize| Some(u32::from_le_bytes(end.get(at..at + 4)?.try_into().ok()?));
        Some(Packed { form, crc: word(0)?, packed, text: word(4)?.into() })
    }
}

/// What stands before the packed text in what older versions stored.
pub const GZIP_HEAD: u64 = 10;

/// A transcript that was taken, and whose parts are stored.
pub struct Taken {
    pub messages: i32,
    pub files: Vec<Packed>,
    /// Whether others' messages came without their text.
    pub blind: bool,
    pub last_message: Option<Id<MessageMarker>>,
    pub last_event: Option<i64>,
    /// Why it does not hold everything, if it does not.
    pub cut: Option<Cut>,
}

/// A transcript that is stored.
pub struct Transcript {
    /// Whether others' messages came without their text.
    pub blind: bool,
    /// Under which attempt its parts are stored; 0 if an older version kept it in one piece.
    pub taking: i32,
    pub messages: i32,
    pub files: Vec<Packed>,
    pub last_message: Option<Id<MessageMarker>>,
    pub last_event: Option<i64>,
}

/// What of a transcript is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// The page takes all the room there is.
    PlainText,
    /// Some of it is larger than Discord takes.
    TooLarge,
}
