//! What states, priorities and times are called where people read them.

use jiff::civil::Weekday;

use super::super::model::{Priority, Status};
use crate::hours::{Hours, write_days};
use crate::msg;
use crate::words::{Language, Msg, Said, Say};

impl Say for Status {
    /// Inside a sentence.
    fn said(&self) -> Said {
        Said::from(match self {
            Status::Open => msg!(tickets_status_open),
            Status::Claimed => msg!(tickets_status_claimed),
            Status::WaitingForUser => msg!(tickets_status_waiting),
            Status::Escalated => msg!(tickets_status_escalated),
            Status::Closed => msg!(tickets_status_closed),
            Status::Archived => msg!(tickets_status_archived),
        })
    }
}

impl Say for Priority {
    /// Inside a sentence.
    fn said(&self) -> Said {
        Said::from(match self {
            Priority::Low => msg!(tickets_priority_low),
            Priority::Normal => msg!(tickets_priority_normal),
            Priority::High => msg!(tickets_priority_high),
            Priority::Urgent => msg!(tickets_priority_urgent),
        })
    }
}

/// A colour for those who look, and a word for those who cannot tell colours apart.
pub(crate) fn status_chip(language: Language, status: Status) -> String {
    let word = match status {
        Status::Open => msg!(tickets_chip_open),
        Status::Claimed => msg!(tickets_chip_claimed),
        Status::WaitingForUser => msg!(tickets_chip_waiting),
        Status::Escalated => msg!(tickets_chip_escalated),
        Status::Closed => msg!(tickets_chip_closed),
        Status::Archived => msg!(tickets_chip_archived),
    };
    format!("{} {}", status_mark(status), word.say(language))
}

/// The colour alone, where there is room for nothing else.
pub(crate) fn status_mark(status: Status) -> &'static str {
    match status {
        Status::Open => "🟢",
        Status::Claimed => "🔵",
        Status::WaitingForUser => "🟡",
        Status::Escalated => "🔴",
        Status::Closed => "⚫",
        Status::Archived => "🗄️",
    }
}

/// How urgent a ticket is, with a mark unless that is as usual.
pub(crate) fn priority_chip(language: Language, priority: Priority) -> String {
    let word: Msg = match priority {
        Priority::Low => msg!(tickets_chip_low),
        Priority::Normal => msg!(tickets_chip_normal),
        Priority::High => msg!(tickets_chip_high),
        Priority::Urgent => msg!(tickets_chip_urgent),
    };
    format!("{} {}", priority_mark(priority), word.say(language)).trim().to_owned()
}

/// The mark alone; none if it is as usual.
pub(crate) fn priority_mark(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "🔽",
        Priority::Normal => "",
        Priority::High => "🔼",
        Priority::Urgent => "‼️",
    }
}

/// Stars of a rating.
pub(crate) const STARS: i16 = 5;

/// A rating, as stars.
pub(crate) fn rating(stars: i16) -> String {
    let full = usize::try_from(stars.clamp(0, STARS)).unwrap_or(0);
    let empty = usize::try_from(STARS).unwrap_or(0) - full;
    format!("{}{}", "★".repeat(full), "☆".repeat(empty))
}

/// Working hours, as they can be typed too.
pub(crate) fn hours(language: Language, hours: &Hours) -> String {
    let span = |(days, from, to): (&[Weekday], jiff::civil::Time, Option<jiff::civil::Time>)| {
        let days = write_days(days, |day| short(day).say(language));
        let to = to.map_or("24:00".to_owned(), |to| to.strftime("%H:%M").to_string());
        format!("{days} {}-{to}", from.strftime("%H:%M"))
    };
    Said::list(hours.spans().map(span)).say(language)
}

fn short(day: Weekday) -> Msg {
    match day {
        Weekday::Monday => msg!(tickets_day_monday),
        Weekday::Tuesday => msg!(tickets_day_tuesday),
        Weekday::Wednesday => msg!(tickets_day_wednesday),
        Weekday::Thursday => msg!(tickets_day_thursday),
        Weekday::Friday => msg!(tickets_day_friday),
        Weekday::Saturday => msg!(tickets_day_saturday),
        Weekday::Sunday => msg!(tickets_day_sunday),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::known_languages;

    #[test]
    fn hours_can_be_typed_as_they_are_shown() {
        let typed: Hours = "mon-sun 9-17, za+zo 20:00-24:00".parse().expect("they are hours");
        for language in known_languages() {
            let shown = hours(language, &typed);
            assert_eq!(shown.parse(), Ok(typed.clone()), "{shown}");
        }
        assert_eq!(hours(Language::ENGLISH, &"ma+zat 9-24".parse().expect("they are hours")), "mon+sat 09:00-24:00");
    }
}
