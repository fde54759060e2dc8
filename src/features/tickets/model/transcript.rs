//! A transcript as it is kept: its files, and their parts.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

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
    /// How many came with it.
    pub readable: i32,
    pub holds: Holds,
    pub last_event: Option<i64>,
}

impl Taken {
    /// Whether less of what was said can be read in it than in what was `kept` before, since the bot reads less by now.
    pub fn is_poorer_than(&self, kept: &Transcript) -> bool {
        let reads_less = matches!(self.lacks(), Some(Cut::Unreadable | Cut::Blind | Cut::Died));
        reads_less && !kept.blind && kept.messages > self.readable
    }

    /// Why it does not hold everything, if it does not.
    pub fn lacks(&self) -> Option<Cut> {
        self.holds.cut.or(self.blind.then_some(Cut::Blind))
    }
}

/// What a transcript holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holds {
    /// Why it ends before its ticket, if it does.
    pub cut: Option<Cut>,
    /// The newest message that was read of each place, the channel and its threads: while one is read, something may be said
    /// in another that was read before.
    pub places: Vec<(Id<ChannelMarker>, Id<MessageMarker>)>,
}

impl Holds {
    /// The newest message that was read of a place.
    pub fn newest_of(&self, place: Id<ChannelMarker>) -> Option<Id<MessageMarker>> {
        self.places.iter().find(|(known, _)| *known == place).map(|(_, message)| *message)
    }

    /// The newest of all, as older versions know it.
    pub fn newest(&self) -> Option<Id<MessageMarker>> {
        self.places.iter().map(|(_, message)| *message).max()
    }
}

/// A transcript that is stored.
pub struct Transcript {
    /// Whether others' messages came without their text.
    pub blind: bool,
    /// Under which attempt its parts are stored; 0 if an older version kept it in one piece.
    pub taking: i32,
    pub messages: i32,
    pub files: Vec<Packed>,
    /// What it holds; an older version did not say.
    pub holds: Option<Holds>,
    pub last_event: Option<i64>,
}

impl Transcript {
    /// Why it does not hold everything, if that is known.
    pub fn lacks(&self) -> Option<Cut> {
        self.holds.as_ref().and_then(|holds| holds.cut).or(self.blind.then_some(Cut::Blind))
    }
}

/// What of a transcript is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// The page takes all the room there is.
    PlainText,
    /// Some of it is larger than Discord takes.
    TooLarge,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_in_one_place_while_another_was_read_is_not_kept() {
        let (channel, aside, other) = (Id::new(1), Id::new(2), Id::new(3));
        let holds = Holds { cut: None, places: vec![(channel, Id::new(10)), (aside, Id::new(30))] };
        assert_eq!(
            [channel, aside, other].map(|place| holds.newest_of(place)),
            [Some(Id::new(10)), Some(Id::new(30)), None]
        );
        assert_eq!(holds.newest(), Some(Id::new(30)));
        let stored = serde_json::to_value(&holds).expect("it is JSON");
        assert_eq!(stored, serde_json::json!({"cut": null, "places": [["1", "10"], ["2", "30"]]}));
        assert_eq!(serde_json::from_value::<Holds>(stored).expect("it was stored"), holds);
    }
}
