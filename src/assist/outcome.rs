//! A draft that is made, and what becomes of it: values of its row.

use std::collections::HashMap;

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::{InteractionMarker, MessageMarker, UserMarker};

/// A draft as it is written down.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// The interaction that asked for it.
    pub id: Id<InteractionMarker>,
    /// The ticket.
    pub number: i32,
    /// Who asked.
    pub user: Id<UserMarker>,
    /// When.
    pub asked_at: Timestamp,
    /// How the ticket was then.
    pub revision: i32,
    /// The newest message that was there.
    pub seen: Id<MessageMarker>,
}

/// What is decided of a draft, by whom and when.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// What becomes of it.
    pub outcome: Outcome,
    /// Who decides.
    pub user: Id<UserMarker>,
    /// When.
    pub at: Timestamp,
    /// By what.
    pub origin: Option<&'a str>,
    /// What is to be posted.
    pub text: Option<&'a str>,
}

/// Of a hundred words of both texts, about how many are in one of them alone: an order of words is no change.
pub fn changed(was: &str, now: &str) -> i32 {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    was.split_whitespace().for_each(|word| *counts.entry(word).or_default() += 1);
    now.split_whitespace().for_each(|word| *counts.entry(word).or_default() -= 1);
    let all = was.split_whitespace().count() + now.split_whitespace().count();
    let other: i64 = counts.values().map(|count| count.abs()).sum();
    i32::try_from(other * 100 / i64::try_from(all.max(1)).unwrap_or(i64::MAX)).unwrap_or(100).min(100)
}

/// What becomes of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was posted as it was.
    Posted,
    /// It was changed and posted: of a hundred characters so many are others.
    Edited(i32),
    /// It was of no use.
    Dismissed(Reason),
}

/// Why a draft is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Reason {
    /// It says what is not so.
    Wrong,
    /// The staff writes itself, or nobody has to.
    NotNeeded,
    /// It does not sound like the staff.
    Tone,
    /// It is in another language than whoever asks.
    Language,
}

impl Outcome {
    pub(super) fn name(self) -> &'static str {
        match self {
            Outcome::Posted => "posted",
            Outcome::Edited(_) => "edited",
            Outcome::Dismissed(_) => "dismissed",
        }
    }

    pub(super) fn reason(self) -> Option<&'static str> {
        match self {
            Outcome::Dismissed(Reason::Wrong) => Some("wrong"),
            Outcome::Dismissed(Reason::NotNeeded) => Some("not_needed"),
            Outcome::Dismissed(Reason::Tone) => Some("tone"),
            Outcome::Dismissed(Reason::Language) => Some("language"),
            Outcome::Posted | Outcome::Edited(_) => None,
        }
    }

    pub(super) fn changed(self) -> Option<i32> {
        match self {
            Outcome::Edited(changed) => Some(changed),
            Outcome::Posted | Outcome::Dismissed(_) => None,
        }
    }
}
