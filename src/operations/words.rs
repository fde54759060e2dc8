//! What all entries for the log channel have in common.

use crate::acting::{Acting, Actor};
use crate::log_channel::{Entry, Level};

/// Whoever acts, as the log channel names them.
pub fn who(acting: &Acting) -> String {
    match &acting.actor {
        Actor::Person(person) => format!("<@{}>", person.member.id),
        Actor::Key(name) => format!("API key `{}`", name.replace('`', "'")),
        Actor::Bot => "by myself".to_owned(),
    }
}

/// What whoever acts did, as the log channel says it.
pub fn did(acting: &Acting, level: Level, title: impl Into<String>, about: &str) -> Entry {
    Entry { level, title: title.into(), description: format!("{} · {about}", who(acting)) }
}
