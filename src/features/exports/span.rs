//! From which day to which something is exported, and of which part of a server.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::acting;

/// Why nothing is exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// That is no day.
    NoDay {
        /// What somebody wrote.
        text: String,
    },
    /// The first day comes after the last one.
    WrongOrder,
    /// The server has no such part, such as a kind of ticket.
    NoPart {
        /// What somebody wrote.
        text: String,
    },
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NoDay { .. } => "no_day",
            Refusal::WrongOrder => "wrong_order",
            Refusal::NoPart { .. } => "no_part",
        }
    }
}

/// The moments between which rows are wanted; both days count whole.
///
/// # Errors
/// What is not a day, or not in order.
pub(super) fn span(
    from: Option<&str>,
    to: Option<&str>,
    zone: &TimeZone,
) -> Result<(Option<Timestamp>, Option<Timestamp>), Refusal> {
    let (from, to) = (from.map(day).transpose()?, to.map(day).transpose()?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Refusal::WrongOrder);
    }
    let begins =
        |date: Date| date.to_zoned(zone.clone()).map(|at| at.timestamp()).map_err(|_| no_day(&date.to_string()));
    let after = to.map(|date| date.checked_add(1.day()).map_err(|_| no_day(&date.to_string()))).transpose()?;
    Ok((from.map(begins).transpose()?, after.map(begins).transpose()?))
}

/// The part of a server that is meant: its number, as it is or with a `#`, or what it is called, however that is written.
///
/// # Errors
/// There is none.
pub(super) fn part(text: &str, parts: &[(i32, String)]) -> Result<i32, Refusal> {
    let text = text.trim();
    let number: Option<i32> = text.strip_prefix('#').unwrap_or(text).parse().ok();
    let by_number = parts.iter().find(|(part, _)| Some(*part) == number);
    let by_name = || parts.iter().find(|(_, name)| name.trim().to_lowercase() == text.to_lowercase());
    let found = by_number.or_else(by_name).map(|(part, _)| *part);
    found.ok_or_else(|| Refusal::NoPart { text: text.to_owned() })
}

/// A day as people write it: the year first or last, the day never after the month but there.
fn day(text: &str) -> Result<Date, Refusal> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let [first, second, third] = parts[..] else { return Err(no_day(text)) };
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    let date = || Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    date().filter(|_| year.len() == 4).ok_or_else(|| no_day(text))
}

fn no_day(text: &str) -> Refusal {
    Refusal::NoDay { text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_meant_by_its_number_or_its_name() {
        let parts = [(1, "Support".to_owned()), (2, "Één".to_owned()), (3, "2".to_owned())];
        for (text, expected) in
            [("1", Some(1)), (" #2 ", Some(2)), ("SUPPORT", Some(1)), ("één", Some(2)), ("2", Some(2))]
        {
            assert_eq!(part(text, &parts).ok(), expected, "{text}");
        }
        for text in ["4", "", "Sup", "#"] {
            assert_eq!(part(text, &parts), Err(Refusal::NoPart { text: text.to_owned() }));
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let zone = TimeZone::get("Europe/Brussels").expect("a zone");
        let check = |from: Option<&str>, to: Option<&str>, expected: Result<&str, Refusal>| {
            let shown = span(from, to, &zone).map(|(from, to)| {
                let show = |at: Option<Timestamp>| at.map_or("-".to_owned(), |at| at.to_string());
                format!("{} {}", show(from), show(to))
            });
            assert_eq!(shown, expected.map(str::to_owned), "{from:?} {to:?}");
        };
        check(None, None, Ok("- -"));
        check(Some("2027-03-01"), None, Ok("2027-02-28T23:00:00Z -"));
        // The day on which the clocks go forward is an hour shorter.
        check(Some("28/3/2027"), Some("28-03-2027"), Ok("2027-03-27T23:00:00Z 2027-03-28T22:00:00Z"));
        check(None, Some("31.12.2027"), Ok("- 2027-12-31T23:00:00Z"));
        check(Some("2027-03-02"), Some("2027-03-01"), Err(Refusal::WrongOrder));
        for text in ["", "today", "31/2/2027", "1/3/27", "2027-3", "2027-03-01-02", "99999-01-01"] {
            assert_eq!(span(Some(text), None, &zone), Err(no_day(text)), "{text}");
        }
    }
}
