//! Refusals in words: what operations answer as data becomes the sentence that a member reads.

use twilight_model::guild::Permissions;

use crate::acting::{Barred, Failure, Lack, NotAdmin, Refusal, Whose};
use crate::error::{Error, Result};
use crate::said;
use crate::settings::field::option_name;
use crate::settings::{Kind, Misfit};
use crate::ui::{Collision, Form, Seen, permission_names};
use crate::words::{Said, Say, Value, name_of, say_minutes};

impl<R: Refusal + Say> From<Failure<R>> for Error {
    fn from(failure: Failure<R>) -> Error {
        match failure {
            Failure::Refused(refusal) => Error::User(refusal.said()),
            Failure::Barred(barred) => Error::User(barred.said()),
            Failure::Internal(error) => Error::Internal(error),
        }
    }
}

/// A form that collides with what somebody else has changed: `again` opens it once more.
pub fn say_collision(collision: &Collision, again: impl Into<Value>) -> Said {
    let labels = collision.labels.iter().map(|label| said!(interactions_quoted, text = *label));
    said!(interactions_collision, labels = Said::All(labels.collect()), again = again.into())
}

/// Whether it says that a form collides: one that were opened with what was filled in would do so again.
pub(crate) fn is_collision(said: &Said) -> bool {
    matches!(said, Said::Message { id, .. } if id == "interactions-collision")
}

/// What a form makes of `stored`, for somebody who fills it in again with `again` if it collides ([`Seen::merge`]).
///
/// # Errors
/// The sentence about what somebody else has changed.
pub fn merge_form<F: Form>(seen: &Seen, stored: &F, written: &F, again: impl Into<Value>) -> Result<F> {
    seen.merge(stored, written).map_err(|collision| Error::User(say_collision(&collision, again)))
}

/// Why a value does not fit, of something that is called `label` where it is written, marks included: `` `days` `` or
/// `“Opening message”`.
pub fn say_misfit(label: impl Into<Value>, misfit: &Misfit) -> Said {
    let label = label.into();
    match misfit {
        Misfit::Value { kind, .. } => say_kind(label, *kind),
        Misfit::Placeholder { name, known, .. } => {
            let known = Said::list(known.iter().map(|name| format!("`{{{name}}}`")));
            said!(interactions_misfit_placeholder, label, name = format!("{{{}}}", name.replace('`', "")), known)
        }
    }
}

/// What something of a kind may be.
fn say_kind(label: Value, kind: Kind) -> Said {
    match kind {
        Kind::Channel { .. } => said!(interactions_misfit_channel, label),
        Kind::Role { .. } => said!(interactions_misfit_role, label),
        Kind::Integer { min, max } => said!(interactions_misfit_integer, label, min, max),
        Kind::Number { min, max } => said!(interactions_misfit_number, label, min, max),
        Kind::Boolean => said!(interactions_misfit_boolean, label),
        Kind::Text { max_chars, .. } | Kind::Template { max_chars, .. } => {
            said!(interactions_misfit_text, label, max = max_chars)
        }
        Kind::Choice(choices) => {
            let names = Said::list(choices.iter().map(|(_, label)| *label));
            said!(interactions_misfit_choice, label, names)
        }
        Kind::Duration { min_minutes, max_minutes } => {
            said!(interactions_misfit_duration, label, min = say_minutes(min_minutes), max = say_minutes(max_minutes))
        }
        Kind::TimeZone => said!(interactions_misfit_zone, label),
    }
}

impl Say for Misfit {
    /// For who typed it as an option.
    fn said(&self) -> Said {
        say_misfit(name_of(&option_name(self.key())).code(), self)
    }
}

impl Say for Barred {
    fn said(&self) -> Said {
        match self {
            Barred::Off { feature } => said!(interactions_switched_off, group = name_of(feature)),
            Barred::Absent => said!(interactions_not_in_server),
            Barred::Silent { until } => said!(interactions_in_timeout, until = until.as_second()),
        }
    }
}

impl Say for NotAdmin {
    fn said(&self) -> Said {
        said!(interactions_not_admin)
    }
}

impl Say for Lack {
    fn said(&self) -> Said {
        match self {
            Lack::Unknown { .. } => said!(interactions_unknown_channel),
            Lack::Permissions { whose: Whose::Bot, channel, missing } => {
                said!(interactions_bot_lacks, channel = *channel, names = permission_names(*missing))
            }
            Lack::Permissions { whose: Whose::Actor, channel, missing } => match *missing {
                missing if (Permissions::VIEW_CHANNEL | WRITES).contains(missing) => {
                    said!(interactions_cannot_write, channel = *channel)
                }
                missing => said!(interactions_lacks, channel = *channel, names = permission_names(missing)),
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
    use crate::words::{Language, Msg};

    const CHANNEL: Field = field("where", Msg::verbatim(""), WRITTEN_CHANNEL).optional();
    const ROLE: Field = field("who", Msg::verbatim(""), Kind::Role { granted: false });
    const INTEGER: Field = field("days", Msg::verbatim(""), Kind::Integer { min: -5, max: 365 });
    const NUMBER: Field = field("heat", Msg::verbatim(""), Kind::Number { min: 0.0, max: 2.0 });
    const BOOLEAN: Field = field("on", Msg::verbatim(""), Kind::Boolean);
    const TEXT: Field = field("model", Msg::verbatim(""), Kind::Text { max_chars: 10, suggestions: &[] });
    const CHOICE: Field = field(
        "level",
        Msg::verbatim(""),
        Kind::Choice(&[("all", Msg::verbatim("Everything")), ("few", Msg::verbatim("Little"))]),
    );
    const DURATION: Field = field("lead_time", Msg::verbatim(""), Kind::Duration { min_minutes: 0, max_minutes: 4320 });
    const ZONE: Field = field("zone", Msg::verbatim(""), Kind::TimeZone);
    const TEMPLATE: Field =
        field("message", Msg::verbatim(""), Kind::Template { max_chars: 30, placeholders: &["member", "count"] });

    #[test]
    fn what_does_not_fit_is_said_with_what_does() {
        let check = |field: Field, text: &str, expected: &str| {
            assert_eq!(field.parse(text).expect_err("it does not fit").say(Language::ENGLISH), expected, "{text}");
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
        assert_eq!(
            say_misfit("“Opening”", &misfit).in_english(),
            "“Opening” knows no `{0}`; use `{member}`, `{count}`."
        );
    }
}
