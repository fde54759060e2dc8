//! Why the bot did something, as data.

use serde::{Deserialize, Serialize};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};

use crate::discord::Answered;

/// Why the bot closed, archived, escalated or reminded. What people give as their reason is text beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Why {
    /// Its member has left the server.
    MemberLeft,
    /// Its member was asked whether it may be closed, and did not object.
    NoObjection,
    /// Its member did not answer.
    NoAnswer,
    /// Its member agreed.
    Agreed,
    /// Its member wrote.
    Answered {
        /// Where, if that is known.
        message: Option<(Id<ChannelMarker>, Id<MessageMarker>)>,
    },
    /// Its channel was deleted by hand.
    ChannelDeleted,
    /// No place would take it.
    NoPlace {
        /// What stood in the way, place by place.
        obstacles: Vec<Obstacle>,
    },
    /// Nobody of the staff answered within so many minutes of working time.
    NotAnswered {
        /// That many.
        minutes: i64,
    },
    /// Somebody was silent for too long.
    Silent {
        /// Who.
        side: Side,
    },
}

/// The two sides of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Member,
    Staff,
}

/// Why a ticket did not open in a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacle {
    /// Where; nothing is the server outside of categories.
    pub channel: Option<Id<ChannelMarker>>,
    /// Whether it would have been a thread.
    pub thread: bool,
    /// What Discord said.
    pub what: Hindrance,
}

/// What Discord said of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    Full,
    NoRoom,
    Gone,
    Hidden,
    NotAllowed,
    /// The bot lacks these permissions there.
    Lacks(Permissions),
    /// Its member does not see the channel, and so no thread in it.
    MemberCannotSee,
    /// Something else.
    Other(Answered),
}

impl Why {
    /// What older versions stored as a sentence, as far as it steers what is done.
    pub fn of_sentence(sentence: &str) -> Option<Why> {
        Some(match sentence {
            "its member" => Why::Silent { side: Side::Member },
            "the staff" => Why::Silent { side: Side::Staff },
            _ => return None,
        })
    }
}
