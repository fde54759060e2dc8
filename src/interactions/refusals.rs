//! Refusals in words: what operations answer as data becomes the sentence that a member reads.

use twilight_model::guild::Permissions;

use crate::acting::{Failure, Lack, NotAdmin, Refusal, SwitchedOff, Whose};
use crate::error::{Error, Result};
use crate::settings::field::{option_name, show_minutes};
use crate::settings::{Kind, Misfit};
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

/// Why a value does not fit, of something that is called `label` where it is written, marks included: `` `days` `` or
/// `“Opening message”`.
pub fn say_misfit(label: &str, misfit: &Misfit) -> String {
    match misfit {
        Misfit::Value { kind, .. } => format!("{label} {}.", say_kind(*kind)),
        Misfit::Placeholder { name, known, .. } => format!(
            "{label} knows no `{{{}}}`; use {}.",
            name.replace('`', ""),
            known.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// What something of a kind may be, so that it reads well after its name.
fn say_kind(kind: Kind) -> String {
    match kind {
        Kind::Channel { .. } => "is a channel of this server; pick one from the list".to_owned(),
        Kind::Role { .. } => "is a role of this server; pick one from the list".to_owned(),
        Kind::Integer { min, max } => format!("is a whole number from {min} to {max}; give one of these"),
        Kind::Number { min, max } => format!("is a number from {min} to {max}; give one of these"),
        Kind::Boolean => "is on or off; give one of these".to_owned(),
        Kind::Text { max_chars, .. } | Kind::Template { max_chars, .. } => {
            format!("is a text of 1 to {max_chars} characters; make it fit")
        }
        Kind::Choice(choices) => {
            let names: Vec<&str> = choices.iter().map(|(_, label)| *label).collect();
            format!("is one of {}; pick one", names.join(", "))
        }
        Kind::Duration { min_minutes, max_minutes } => format!(
            "is a time from {} to {}; write it like `1h 30m` or `45m`",
            show_minutes(min_minutes),
            show_minutes(max_minutes)
        ),
        Kind::TimeZone => "is a time zone such as `Europe/Brussels`; pick one that is suggested".to_owned(),
    }
}

impl Say for Misfit {
    /// For who typed it as an option.
    fn say(&self) -> String {
        say_misfit(&format!("`{}`", option_name(self.key())), self)
    }
}

impl Say for SwitchedOff {
    fn say(&self) -> String {
        let SwitchedOff { feature } = self;
        format!("This is switched off here; an admin can switch it on with `/config {feature} set enabled:true`.")
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Field, WRITTEN_CHANNEL, field};

    const CHANNEL: Field = field("where", "", WRITTEN_CHANNEL).optional();
    const ROLE: Field = field("who", "", Kind::Role { granted: false });
    const INTEGER: Field = field("days", "", Kind::Integer { min: -5, max: 365 });
    const NUMBER: Field = field("heat", "", Kind::Number { min: 0.0, max: 2.0 });
    const BOOLEAN: Field = field("on", "", Kind::Boolean);
    const TEXT: Field = field("model", "", Kind::Text { max_chars: 10, suggestions: &[] });
    const CHOICE: Field = field("level", "", Kind::Choice(&[("all", "Everything"), ("few", "Little")]));
    const DURATION: Field = field("lead_time", "", Kind::Duration { min_minutes: 0, max_minutes: 4320 });
    const ZONE: Field = field("zone", "", Kind::TimeZone);
    const TEMPLATE: Field = field("message", "", Kind::Template { max_chars: 30, placeholders: &["member", "count"] });

    #[test]
    fn what_does_not_fit_is_said_with_what_does() {
        let check = |field: Field, text: &str, expected: &str| {
            assert_eq!(field.parse(text).expect_err("it does not fit").say(), expected, "{text}");
        };
        check(CHANNEL, "help", "`where` is a channel of this server; pick one from the list.");
        check(ROLE, "<#7>", "`who` is a role of this server; pick one from the list.");
        check(INTEGER, "366", "`days` is a whole number from -5 to 365; give one of these.");
        check(NUMBER, "NaN", "`heat` is a number from 0 to 2; give one of these.");
        check(BOOLEAN, "maybe", "`on` is on or off; give one of these.");
        check(TEXT, "", "`model` is a text of 1 to 10 characters; make it fit.");
        check(CHOICE, "none", "`level` is one of Everything, Little; pick one.");
        check(DURATION, "90s", "`lead-time` is a time from 0m to 3d; write it like `1h 30m` or `45m`.");
        check(ZONE, "Brussels", "`zone` is a time zone such as `Europe/Brussels`; pick one that is suggested.");
        check(TEMPLATE, "Hi {0}!", "`message` knows no `{0}`; use `{member}`, `{count}`.");
        check(TEMPLATE, "Hi {member", "`message` knows no `{member}`; use `{member}`, `{count}`.");
        check(TEMPLATE, "a\0b", "`message` is a text of 1 to 30 characters; make it fit.");
        let misfit = TEMPLATE.parse("{0}").expect_err("it does not fit");
        assert_eq!(say_misfit("“Opening”", &misfit), "“Opening” knows no `{0}`; use `{member}`, `{count}`.");
    }
}
