//! Why a reminder was not said, or is paused by itself: codes with what they are about. Their words stand where people read
//! them.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use crate::discord::Answered;

/// Why something was not said. Stored as JSON: `{"code": "cannot_see", "channel": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Problem {
    /// Whoever made it takes no direct messages.
    NoDirectMessages,
    /// Its channel was deleted.
    ChannelGone,
    /// The bot cannot see the channel.
    CannotSee {
        /// Which, if it is one of the server.
        channel: Option<Id<ChannelMarker>>,
    },
    /// The bot may not write there.
    CannotWrite {
        /// Where, likewise.
        channel: Option<Id<ChannelMarker>>,
    },
    /// The thread is archived or locked.
    ThreadClosed {
        /// Which.
        channel: Option<Id<ChannelMarker>>,
    },
    /// By whose right it spoke is not in the server any more.
    HasLeft {
        /// Who.
        user: Id<UserMarker>,
    },
    /// By whose right it spoke may make no reminders any more.
    MayNotMake {
        /// Who.
        user: Id<UserMarker>,
    },
    /// By whose right it spoke may not write there themselves any more.
    MayNotWrite {
        /// Who.
        user: Id<UserMarker>,
        /// Where.
        channel: Id<ChannelMarker>,
    },
    /// The server's filters refuse the text.
    Filtered,
    /// Discord did not take it while there was time.
    TooSlow,
    /// The channel had refused another one just before.
    ChannelRefuses,
    /// Discord refused it otherwise.
    Refused {
        /// What it answered.
        detail: Answered,
    },
    /// A newer version wrote the reminder, in a way that this one does not read.
    Unreadable,
    /// What an older version made of it.
    #[serde(skip)]
    Told {
        /// Its sentence.
        sentence: String,
    },
    /// A code of a newer version.
    #[serde(other)]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_problem_is_stored_by_its_code() {
        let check = |problem: Problem, stored: serde_json::Value| {
            assert_eq!(json!(problem), stored);
            assert_eq!(serde_json::from_value::<Problem>(stored).expect("it reads"), problem);
        };
        check(Problem::ChannelGone, json!({"code": "channel_gone"}));
        check(Problem::CannotSee { channel: Some(Id::new(5)) }, json!({"code": "cannot_see", "channel": "5"}));
        let detail = Answered::Code { status: 400, code: 50035 };
        check(Problem::Refused { detail }, json!({"code": "refused", "detail": "400/50035"}));
        check(Problem::HasLeft { user: Id::new(7) }, json!({"code": "has_left", "user": "7"}));
        // As an older version stored it.
        let detail = Answered::Told("the category is full".to_owned());
        check(Problem::Refused { detail }, json!({"code": "refused", "detail": "the category is full"}));
        let newer = serde_json::from_value::<Problem>(json!({"code": "moon", "phase": 3}));
        assert_eq!(newer.expect("it reads"), Problem::Unknown);
    }
}
