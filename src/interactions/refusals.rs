//! Refusals in words: what operations answer as data becomes the sentence that a member reads.

use twilight_model::guild::Permissions;

use crate::acting::{Failure, Lack, NotAdmin, Refusal, Whose};
use crate::error::{Error, Result};
use crate::ui::{Collision, Form, Seen, permission_names};

/// A refusal that a member reads.
pub trait Say: Refusal {
    /// One sentence that says what to do next.
    fn say(&self) -> String;
}

impl<R: Say> From<Failure<R>> for Error {
    fn from(failure: Failure<R>) -> Error {
        match failure {
            Failure::Refused(refusal) => Error::User(refusal.say()),
            Failure::Internal(error) => Error::Internal(error),
        }
    }
}

/// A form that collides with what somebody else has changed: `again` opens it once more.
pub fn say_collision(collision: &Collision, again: &str) -> String {
    let labels: Vec<String> = collision.labels.iter().map(|label| format!("“{label}”")).collect();
    format!(
        "Somebody else has changed {} while you wrote; open it again with {again}, and put what you wrote beside theirs.",
        labels.join(" and ")
    )
}

/// What a form makes of `stored`, for somebody who fills it in again with `again` if it collides ([`Seen::merge`]).
///
/// # Errors
/// The sentence about what somebody else has changed.
pub fn merge_form<F: Form>(seen: &Seen, stored: &F, written: &F, again: &str) -> Result<F> {
    seen.merge(stored, written).map_err(|collision| Error::User(say_collision(&collision, again)))
}

impl Say for NotAdmin {
    fn say(&self) -> String {
        "Only admins of this server can do that; ask one of them.".to_owned()
    }
}

impl Say for Lack {
    fn say(&self) -> String {
        match self {
            Lack::Unknown { .. } => "That channel is not in this server; pick one from the list.".to_owned(),
            Lack::Permissions { whose: Whose::Bot, channel, missing } => {
                let names = permission_names(*missing);
                format!("I lack permissions in <#{channel}>: give me {names} there, or pick another channel.")
            }
            Lack::Permissions { whose: Whose::Actor, channel, missing } => match *missing {
                missing if (Permissions::VIEW_CHANNEL | WRITES).contains(missing) => {
                    format!("You cannot write in <#{channel}> yourself; pick a channel where you can.")
                }
                missing => {
                    let names = permission_names(missing);
                    format!("You lack {names} in <#{channel}> yourself; pick another channel.")
                }
            },
        }
    }
}

/// What it takes to write in a channel, or in a thread.
const WRITES: Permissions = Permissions::SEND_MESSAGES.union(Permissions::SEND_MESSAGES_IN_THREADS);
