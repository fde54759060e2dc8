//! Why a ticket does not look in Discord as it should.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::Why;
use crate::discord::Answered;

/// What stands in the way, for its staff and the admins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Problem {
    /// The bot is not in the server any more.
    Away,
    /// The bot cannot see its channel.
    Hidden { channel: Id<ChannelMarker> },
    /// The bot may not do enough there.
    NotAllowed { channel: Id<ChannelMarker> },
    /// Discord refused something else.
    Refused { channel: Id<ChannelMarker>, error: Answered },
    /// Discord refused what somebody wrote, which is left out.
    TextRefused,
    /// A role that works it was deleted.
    RoleGone,
    /// It has ended without a channel.
    Ended { why: Why },
    /// What was said cannot be kept, and so its channel is not deleted.
    Undeletable { channel: Id<ChannelMarker> },
    /// What was said cannot be kept.
    NotKept,
    /// Its time is up, and not all that was said can be kept, so its channel is not deleted.
    Stays { channel: Id<ChannelMarker>, cut: Cut },
    /// Its transcript is not whole.
    Cut { cut: Cut },
    /// Transcripts cannot be posted where they should be.
    TranscriptsRefused { channel: Id<ChannelMarker> },
    /// Escalations cannot be told where they should be.
    EscalationsRefused { channel: Id<ChannelMarker> },
    /// There is a second channel of it.
    SecondChannel {
        channel: Id<ChannelMarker>,
        number: i32,
        /// Whether somebody wrote there.
        used: bool,
    },
    /// What an older version stored: a sentence.
    #[serde(skip)]
    Sentence(String),
}

/// Why a transcript does not hold everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Processes died of the whole one.
    Died,
    /// It has as many files as one message takes.
    Full,
    /// The bot may not read what was said before it looks.
    Unreadable,
    /// The bot may not read what members write.
    Blind,
    /// There are more threads than are kept.
    Threads,
}

impl Problem {
    /// As it is stored.
    pub fn stored(&self) -> String {
        match self {
            Problem::Sentence(sentence) => sentence.clone(),
            problem => serde_json::to_string(problem).unwrap_or_default(),
        }
    }

    /// What is stored. What a newer version stored is shown as it is.
    pub fn read(stored: String) -> Problem {
        serde_json::from_str(&stored).unwrap_or(Problem::Sentence(stored))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read() {
        let check = |stored: &str, expected: Problem| {
            assert_eq!(expected.stored(), stored);
            assert_eq!(Problem::read(stored.to_owned()), expected);
        };
        check(r#"{"kind":"hidden","channel":"7"}"#, Problem::Hidden { channel: Id::new(7) });
        check(r#"{"kind":"cut","cut":"died"}"#, Problem::Cut { cut: Cut::Died });
        let stays = Problem::Stays { channel: Id::new(7), cut: Cut::Blind };
        check(r#"{"kind":"stays","channel":"7","cut":"blind"}"#, stays);
        check(r#"{"kind":"text_refused"}"#, Problem::TextRefused);
        let refused = |error| Problem::Refused { channel: Id::new(7), error };
        let numbers = Answered::Code { status: 400, code: 50035 };
        check(r#"{"kind":"refused","channel":"7","error":"400/50035"}"#, refused(numbers));
        // As an older version stored it.
        let told = Answered::Told("the category is full".to_owned());
        check(r#"{"kind":"refused","channel":"7","error":"the category is full"}"#, refused(told));
        check("I am not in this server any more.", Problem::Sentence("I am not in this server any more.".to_owned()));
    }
}
