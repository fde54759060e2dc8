//! Reminders in words: why something is refused, or not understood.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::acting::Failure;
use crate::error::Error;
use crate::operations::reminders::Refusal;
use crate::reminders::announcement::Unclear;
use crate::reminders::schedule::{Repeat, resolve, write_rule};
use crate::reminders::when::{self, Misread};
use crate::reminders::{BODY, MAX_LEAD, MAX_LEADS, NAME, PLACE, SAID, Unfit};
use crate::settings::field::show_minutes;
use crate::ui::{limits::cut, plain};
use crate::words::{Said, Say};

impl Say for Refusal {
    fn said(&self) -> Said {
        let say = || -> String {
            let sentence = match self {
                Refusal::MayNotMake => "Only some members make reminders here; ask the staff to make this one.",
                Refusal::NotManager => "Only the staff keeps templates; ask one of them.",
                Refusal::NoSuchReminder => {
                    "There is no such reminder of yours; pick one that is suggested, or see `/reminder list`."
                }
                Refusal::Gone => "This reminder was deleted meanwhile; make another one with `/reminder add`.",
                Refusal::Changed => "This reminder has just changed; look at it again with `/reminder show`.",
                Refusal::TooMany { limit } => {
                    return format!(
                        "You have as many reminders as you can have, {limit}; delete one with `/reminder delete` first."
                    );
                }
                Refusal::Never => "By that it would never be said; give a later end, or a shorter time ahead.",
                Refusal::Unfit(unfit) => return say_unfit(*unfit),
                Refusal::NoChannel => "Say in which channel, with the option `channel`.",
                Refusal::Place(lack) => return lack.said().to_string(),
                Refusal::ForeignSource => "That message is in another server; link to one of this server.",
                Refusal::NotForThem => "A reminder is made for a member of this server; pick one who is here.",
                Refusal::MayNotCallEverybody => "You may not call everybody yourself; leave that to the staff.",
                Refusal::MayNotCall { role } => {
                    return format!("You may not call <@&{role}> yourself; leave that to the staff.");
                }
                Refusal::UnknownMention { .. } => "Whom you named is not in this server; pick somebody from the list.",
                Refusal::AlreadyPaused { number, name } => {
                    return format!("#{number} **{}** is paused already.", plain(name));
                }
                Refusal::NotPaused { number, name } => {
                    return format!("#{number} **{}** is not paused already.", plain(name));
                }
                Refusal::NotCalled => "Only whom it called can put it off; make your own with `/reminder add`.",
                Refusal::NoTemplateName => "A template needs a name; give it one.",
                Refusal::TemplateNameTooLong { max } => {
                    return format!("The name of a template has at most {max} characters; make it shorter.");
                }
                Refusal::TooManyTemplates { max } => {
                    return format!(
                        "A server has at most {max} templates; remove one with `/reminder template-remove` first."
                    );
                }
                Refusal::NoSuchTemplate => "There is no such template; pick one that is suggested.",
            };
            sentence.to_owned()
        };
        Said::Verbatim(say())
    }
}

fn say_unfit(unfit: Unfit) -> String {
    let too_long = |what: &str, chars: usize| format!("{what} has at most {chars} characters; make it shorter.");
    match unfit {
        Unfit::NoName => "Say what it is about with the option `what`.".to_owned(),
        Unfit::NameTooLong => too_long("A name", NAME),
        Unfit::BodyTooLong => too_long("What it says", BODY),
        Unfit::PlaceTooLong => too_long("A place", PLACE),
        Unfit::SaidTooLong => too_long("When it is", SAID),
        Unfit::NoPicture => {
            "A picture is a web address that starts with `https://`; mend it, or leave it out.".to_owned()
        }
        Unfit::TooManyLeads => format!("It is said at most {MAX_LEADS} times for one moment; leave some out."),
        Unfit::LeadOutOfRange => {
            format!("`ahead` is a time from 0m to {}; write it like `1h 30m` or `45m`.", show_minutes(MAX_LEAD))
        }
        Unfit::Everyone => "Reminders may not call everybody here; `/config reminders set` can allow it.".to_owned(),
    }
}

impl Say for Unclear {
    fn said(&self) -> Said {
        let say = || -> String {
            let sentence = match self {
                Unclear::NoTime => "I find no time in it; add a line such as `Time: 20:00`.",
                Unclear::NoDate => {
                    "I find no date in it; add a line such as `Date: 25/12`, or `Days: Monday` for what comes back."
                }
                Unclear::Past => "Its date and time have passed; write those of the next time, with the year.",
                Unclear::Contradiction => {
                    "Its date, days and time do not fit together; check that the weekday is that of the date."
                }
                Unclear::OtherZone => {
                    "Its time is in another time zone; write it in that of this server, or as UTC: `20:00 UTC`."
                }
            };
            sentence.to_owned()
        };
        Said::Verbatim(say())
    }
}

/// Why what somebody typed by the clocks of `zone` is no moment to come, and what would be understood.
pub(super) fn misread(typed: &str, zone: &TimeZone, misread: Misread) -> Error {
    let typed = plain(&cut(typed.trim(), 60));
    match misread {
        Misread::NotUnderstood => Error::user(format!(
            "I do not understand “{typed}”; write it like `tomorrow 19:30` or `elke maandag om 20:00`."
        )),
        Misread::Past { instead, .. } => Error::user(format!(
            "“{typed}” has passed; did you mean <t:{}:F>? Then write `{}`.",
            resolve(instead, zone).as_second(),
            when::written(instead)
        )),
    }
}

/// How something repeats that first happens when clocks show `first`.
pub(super) fn rule(repeat: &Repeat, first: DateTime) -> String {
    write_rule(repeat, first)
}

/// Why an announcement is no event.
pub(super) fn unclear(why: Unclear) -> Error {
    Error::user(format!("{} You can say when with the option `when`.", why.said()))
}

/// Why a reminder was not put off, for whoever pressed its button.
pub(super) fn not_snoozed(failure: Failure<Refusal>) -> Error {
    match failure {
        Failure::Refused(Refusal::Gone) => {
            Error::user("This reminder was deleted; make another one with `/reminder add`.")
        }
        Failure::Refused(Refusal::Changed | Refusal::Never) => {
            Error::user("This reminder has just changed; press again.")
        }
        failure => failure.into(),
    }
}
