//! What all entries for the log channel have in common, and what Discord answered.

use crate::acting::{Acting, Actor};
use crate::discord::Answered;
use crate::log_channel::{Entry, Level};
use crate::settings::{Changed, Program};

/// What Discord answered to a call that it refused, beside what it was about.
pub fn answered(answered: &Answered) -> String {
    match answered {
        Answered::Code { status: 0, .. } => "no answer".to_owned(),
        Answered::Code { status, code } => format!("{status}, code {code}"),
        Answered::Told(sentence) => sentence.clone(),
    }
}

/// Whoever acts, as the log channel names them.
pub fn who(acting: &Acting) -> String {
    match &acting.actor {
        Actor::Person(person) => format!("<@{}>", person.member.id),
        Actor::Key(name) => key(name),
        Actor::Bot => "by myself".to_owned(),
    }
}

/// Whoever changed a setting, as a list of changes names them.
pub fn changer(changed: &Changed) -> String {
    match &changed.program {
        None => format!("<@{}>", changed.user),
        Some(Program::Bot) => "me".to_owned(),
        Some(Program::Key(name)) => key(name),
        Some(Program::Unknown) => "a program".to_owned(),
    }
}

fn key(name: &str) -> String {
    format!("API key `{}`", name.replace('`', "'"))
}

/// What whoever acts did, as the log channel says it.
pub fn did(acting: &Acting, level: Level, title: impl Into<String>, about: &str) -> Entry {
    Entry { level, title: title.into(), description: format!("{} · {about}", who(acting)) }
}
