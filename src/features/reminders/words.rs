//! Reminders in words: why something is refused, or not understood.

use jiff::tz::TimeZone;

use crate::acting::Failure;
use crate::error::Error;
use crate::operations::reminders::Refusal;
use crate::operations::reminders::words::{plain_name, times};
use crate::reminders::announcement::Unclear;
use crate::reminders::schedule::{MIN_MINUTES, resolve};
use crate::reminders::when::{self, Misread, When};
use crate::reminders::{BODY, MAX_LEAD, MAX_LEADS, MAX_MENTIONS, NAME, PLACE, SAID, Unfit};
use crate::said;
use crate::ui::{limits::cut, plain};
use crate::words::{Said, Say, say_minutes, say_minutes_in_full};

/// What may be meant is named in a sentence; who means a fourth day of several types it.
const READINGS: usize = 4;

impl Say for Refusal {
    fn said(&self) -> Said {
        match self {
            Refusal::MayNotMake => said!(reminders_may_not_make),
            Refusal::NotManager => said!(reminders_not_manager),
            Refusal::OnlyOwn => said!(reminders_only_yours),
            Refusal::OnlyTheBot => said!(reminders_only_the_bot),
            Refusal::Private { number } => said!(reminders_theirs_alone, number = *number),
            Refusal::NoSuchReminder => said!(reminders_none_of_yours),
            Refusal::Gone => said!(reminders_gone),
            Refusal::Changed => said!(reminders_changed_meanwhile),
            Refusal::TooMany { limit } => said!(reminders_too_many, limit = *limit),
            Refusal::Never => said!(reminders_never),
            Refusal::Unfit(unfit) => unfit.said(),
            Refusal::NoChannel => said!(reminders_no_channel),
            Refusal::Place(lack) => lack.said(),
            Refusal::WrongChannelType { channel } => said!(reminders_wrong_channel_type, channel = *channel),
            Refusal::ForeignSource => said!(reminders_foreign_source),
            Refusal::NotForThem => said!(reminders_not_for_them),
            Refusal::NotTheirs => said!(reminders_not_theirs),
            Refusal::MayNotCallEverybody => said!(reminders_may_not_call_everybody),
            Refusal::MayNotCall { role } => said!(reminders_may_not_call, role = *role),
            Refusal::UnknownMention { .. } => said!(reminders_unknown_mention),
            Refusal::AlreadyPaused { number, name } => {
                said!(reminders_already_paused, number = *number, name = plain_name(name))
            }
            Refusal::Over { number, name } => said!(reminders_over, number = *number, name = plain_name(name)),
            Refusal::NotPaused { number, name } => {
                said!(reminders_not_paused, number = *number, name = plain_name(name))
            }
            Refusal::NotCalled => said!(reminders_not_called),
            Refusal::NoTemplateName => said!(reminders_no_template_name),
            Refusal::TemplateNameTooLong { max } => said!(reminders_template_name_too_long, max = *max),
            Refusal::TooManyTemplates { max } => said!(reminders_too_many_templates, max = *max),
            Refusal::NoSuchTemplate => said!(reminders_no_such_template),
            Refusal::NoSuchZone => said!(reminders_no_such_zone),
            Refusal::BegunGone => said!(reminders_begun_gone),
        }
    }
}

impl Say for Unfit {
    fn said(&self) -> Said {
        match self {
            Unfit::NoName => said!(reminders_no_name),
            Unfit::NameTooLong => said!(reminders_name_too_long, max = NAME),
            Unfit::BodyTooLong => said!(reminders_body_too_long, max = BODY),
            Unfit::PlaceTooLong => said!(reminders_place_too_long, max = PLACE),
            Unfit::SaidTooLong => said!(reminders_when_too_long, max = SAID),
            Unfit::NoPicture => said!(reminders_no_picture),
            Unfit::TooManyLeads => said!(reminders_too_many_leads, max = MAX_LEADS),
            Unfit::LeadOutOfRange => said!(reminders_lead_out_of_range, max = say_minutes(MAX_LEAD)),
            Unfit::Everyone => said!(reminders_everyone_not_allowed),
            Unfit::TooManyMentions => said!(reminders_too_many_mentions, max = MAX_MENTIONS),
            Unfit::TooOften => said!(reminders_too_often, length = say_minutes_in_full(MIN_MINUTES)),
            Unfit::OddRule => said!(reminders_odd_rule),
        }
    }
}

impl Say for Unclear {
    fn said(&self) -> Said {
        match self {
            Unclear::NoTime => said!(reminders_unclear_no_time),
            Unclear::NoDate => said!(reminders_unclear_no_date),
            Unclear::Past => said!(reminders_unclear_past),
            Unclear::Contradiction => said!(reminders_unclear_contradiction),
            Unclear::OtherZone => said!(reminders_unclear_other_zone),
            Unclear::Several => said!(reminders_unclear_several),
            Unclear::Turned => said!(reminders_unclear_turned),
            Unclear::NoSuchDay { day, month } => times::no_such_day(*day, *month),
        }
    }
}

/// Why what somebody typed by the clocks of `zone` is no moment to come, and what would be understood.
pub(super) fn misread(typed: &str, zone: &TimeZone, misread: Misread) -> Error {
    let typed = plain(&cut(typed.trim(), 60));
    Error::User(match misread {
        Misread::NotUnderstood => said!(reminders_not_understood, typed),
        Misread::Past { instead, .. } => {
            let at = resolve(instead, zone).as_second().to_string();
            said!(reminders_past, typed, at, instead = when::written(instead))
        }
        Misread::Either(whens) => {
            let reading = |when: &When| {
                let at = when.first_at(zone).as_second().to_string();
                said!(reminders_reading, written = times::typed(when).code(), at)
            };
            let mut readings = whens.iter().take(READINGS).map(reading);
            match (readings.next(), Said::any(readings)) {
                (Some(reading), None) => said!(reminders_perhaps, typed, reading),
                (Some(first), Some(others)) => {
                    let readings = said!(words_or, left = first, right = others);
                    said!(reminders_either, typed, readings)
                }
                (None, _) => said!(reminders_not_understood, typed),
            }
        }
        Misread::NoSuchDay { day, month } => times::no_such_day(day, month),
        Misread::Several => said!(reminders_several_times, typed),
        Misread::UnknownZone => said!(reminders_unknown_zone, typed),
    })
}

/// Why an announcement is no event.
pub(super) fn unclear(why: Unclear) -> Error {
    Error::User(Said::sentences(vec![why.said(), said!(reminders_say_when)]))
}

/// Why a reminder was not put off, for whoever pressed its button.
pub(super) fn not_snoozed(failure: Failure<Refusal>) -> Error {
    match failure {
        Failure::Refused(Refusal::Gone) => Error::User(said!(reminders_deleted)),
        Failure::Refused(Refusal::Changed | Refusal::Never) => Error::User(said!(reminders_press_again)),
        failure => failure.into(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Zoned;

    use super::*;
    use crate::words::Language;

    #[test]
    fn what_is_no_moment_is_told_with_what_helps() {
        let now: Zoned = "2027-03-01T10:00[Europe/Brussels]".parse().expect("it is a moment");
        let told = |typed: &str, language: &str| {
            let why = when::read(typed, &now).expect_err("it is no moment");
            match misread(typed, now.time_zone(), why) {
                Error::User(said) => said.say(Language::of_code(language).expect("it is spoken")),
                Error::Internal(error) => format!("{error:?}"),
            }
        };
        let check = |typed: &str, english: &str, dutch: &str| {
            assert_eq!((told(typed, "en").as_str(), told(typed, "nl").as_str()), (english, dutch));
        };
        check(
            "2h",
            "“2h” can mean more than one thing; write `2027-03-01 12:00` (<t:1803898800:F>) or `2027-03-02 02:00` \
             (<t:1803949200:F>).",
            "“2h” kan meer dan één ding betekenen; schrijf `2027-03-01 12:00` (<t:1803898800:F>) of `2027-03-02 02:00` \
             (<t:1803949200:F>).",
        );
        check(
            "saturday 8-9",
            "“saturday 8-9” is not clear to me; if you mean `2027-03-06 08:00` (<t:1804316400:F>), write that.",
            "“saturday 8-9” is me niet duidelijk; bedoel je `2027-03-06 08:00` (<t:1804316400:F>), schrijf dat dan.",
        );
        check(
            "31 feb",
            "February has no 31st; write a day that is there.",
            "31 februari bestaat niet; schrijf een dag die er wel is.",
        );
        check(
            "20:00 CST",
            "I do not know the time zone in “20:00 CST”; write its name, such as `20:00 Europe/London`, or `20:00 UTC`.",
            "Ik ken de tijdzone in “20:00 CST” niet; schrijf de naam, zoals `20:00 Europe/London`, of `20:00 UTC`.",
        );
        check(
            "20 and 21 may",
            "“20 and 21 may” is more than one date or time; make a reminder for each, or one that repeats: \
             `every friday 20:00`.",
            "“20 and 21 may” is meer dan één datum of tijd; maak voor elk een herinnering, of een die terugkomt: \
             `elke vrijdag 20:00`.",
        );
    }
}
