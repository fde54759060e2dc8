//! What all entries for the log channel have in common, and what Discord answered.

use crate::acting::{Acting, Actor};
use crate::discord::Answered;
use crate::log_channel::{Entry, Level};
use crate::said;
use crate::settings::{Changed, Changer, Program};
use crate::words::Said;

/// What Discord answered to a call that it refused, beside what it was about.
pub fn answered(answered: &Answered) -> Said {
    match answered {
        Answered::Code { status: 0, .. } => said!(operations_no_answer),
        Answered::Code { status, code } => {
            said!(operations_answered_code, status = status.to_string(), code = code.to_string())
        }
        Answered::Told(sentence) => Said::Verbatim(sentence.clone()),
    }
}

/// Whoever acts, as the log channel names them.
pub fn who(acting: &Acting) -> String {
    let who = match acting.actor() {
        Actor::Person(person) => Said::Verbatim(format!("<@{}>", person.member().id)),
        Actor::Key(name) => key(name),
        Actor::Bot => said!(operations_by_myself),
    };
    acting.language().say(&who)
}

/// Whoever changed a setting, as a list of changes names them.
pub fn changer(changed: &Changed) -> Said {
    match &changed.program {
        None => Said::Verbatim(format!("<@{}>", changed.user)),
        Some(program) => program_name(program),
    }
}

/// Whoever changes settings, as a list of them names them.
pub fn changer_name(changer: &Changer) -> Said {
    match changer {
        Changer::Person(user) => Said::Verbatim(format!("<@{user}>")),
        Changer::Program(program) => program_name(program),
    }
}

/// What did something that no person did, as lists name it.
pub fn program_name(program: &Program) -> Said {
    match program {
        Program::Bot => said!(operations_me),
        Program::Key(name) => key(name),
        Program::Unknown => said!(operations_a_program),
    }
}

fn key(name: &str) -> Said {
    said!(operations_key, name = name.replace('`', "'"))
}

/// What whoever acts did, as the log channel says it.
pub fn did(acting: &Acting, level: Level, title: impl Into<String>, about: &str) -> Entry {
    Entry { level, title: title.into(), description: format!("{} · {about}", who(acting)) }
}
