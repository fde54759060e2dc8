//! Working hours: when somebody is there to answer.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::words::ITEM_MARKS;

/// Spans of a week in which somebody is there. None at all means always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours(Vec<Span>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    days: Vec<Weekday>,
    from: Time,
    /// Midnight at the end of a day is the last minute of it plus one, which [`Time`] cannot say: nothing. One that is before
    /// `from` is on the next day.
    to: Option<Time>,
}

impl Span {
    fn is_over_midnight(&self) -> bool {
        self.to.is_some_and(|to| to < self.from)
    }

    /// When it begins and ends that begins on that day, if it does.
    fn on(&self, date: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        if !self.days.contains(&date.weekday()) {
            return None;
        }
        let last = if self.to.is_none() || self.is_over_midnight() { date.tomorrow().ok()? } else { date };
        let at = |date: Date, time: Time| Some(date.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp());
        Some((at(date, self.from)?, at(last, self.to.unwrap_or(Time::midnight()))?))
    }
}

/// English and Dutch, short and in full.
const DAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["mon", "ma", "monday", "maandag"]),
    (Weekday::Tuesday, &["tue", "di", "tues", "tuesday", "dinsdag"]),
    (Weekday::Wednesday, &["wed", "wo", "wednesday", "woensdag"]),
    (Weekday::Thursday, &["thu", "do", "thur", "thurs", "thursday", "donderdag"]),
    (Weekday::Friday, &["fri", "vr", "vrij", "friday", "vrijdag"]),
    (Weekday::Saturday, &["sat", "za", "zat", "saturday", "zaterdag"]),
    (Weekday::Sunday, &["sun", "zo", "zon", "sunday", "zondag"]),
];

/// Several days by one word.
const SPANS: [(&[&str], &str); 3] = [
    (&["weekdays", "weekday", "doordeweeks", "werkdagen"], "mon-fri"),
    (&["weekend", "weekends"], "sat-sun"),
    (&["daily", "dagelijks"], "mon-sun"),
];

/// Why a text says no hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoursMisfit {
    /// This part of it is not like `mon-fri 09:00-17:00`.
    Unreadable(String),
    /// This part of it ends when it begins.
    EndsAsItBegins(String),
}

impl FromStr for Hours {
    type Err = HoursMisfit;

    fn from_str(text: &str) -> Result<Hours, HoursMisfit> {
        let parts = text.split(|c| c == '\n' || ITEM_MARKS.contains(&c)).map(str::trim).filter(|part| !part.is_empty());
        parts.map(span).collect::<Result<Vec<Span>, HoursMisfit>>().map(Hours)
    }
}

impl fmt::Display for Hours {
    /// As it can be typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, span) in self.0.iter().enumerate() {
            let to = span.to.map_or("24:00".to_owned(), |to| to.strftime("%H:%M").to_string());
            let comma = if at > 0 { ", " } else { "" };
            write!(
                f,
                "{comma}{} {}-{to}",
                write_days(&span.days, |day| short(day).to_owned()),
                span.from.strftime("%H:%M")
            )?;
        }
        Ok(())
    }
}

/// Days as people write them: three and more in a row by the first and the last of them.
pub fn write_days(days: &[Weekday], name: impl Fn(Weekday) -> String) -> String {
    let mut parts = Vec::new();
    let mut rest = days;
    while let [first, ..] = rest {
        let row = 1 + rest.windows(2).take_while(|pair| pair[0].next() == pair[1]).count();
        let (row, after) = rest.split_at(row.min(7));
        match row {
            [_, .., last] if row.len() > 2 => parts.push(format!("{}-{}", name(*first), name(*last))),
            row => parts.extend(row.iter().map(|day| name(*day))),
        }
        rest = after;
    }
    parts.join("+")
}

fn short(day: Weekday) -> &'static str {
    DAYS.iter().find(|(it, _)| *it == day).map_or("", |(_, names)| names[0])
}

fn span(part: &str) -> Result<Span, HoursMisfit> {
    let wrong = || HoursMisfit::Unreadable(part.to_owned());
    let text = part.to_lowercase().replace('–', "-");
    let (days, times) = text.split_once(char::is_whitespace).ok_or_else(wrong)?;
    let (from, to) = times.trim().split_once('-').ok_or_else(wrong)?;
    let (from, to) = (time(from).ok_or_else(wrong)?, time(to).ok_or_else(wrong)?);
    let from = from.ok_or_else(wrong)?;
    if to == Some(from) {
        return Err(HoursMisfit::EndsAsItBegins(part.to_owned()));
    }
    let mut found = Vec::new();
    for part in days.split(['+', '/', '&']) {
        let part = SPANS.iter().find(|(words, _)| words.contains(&part)).map_or(part, |(_, days)| days);
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (day(first).ok_or_else(wrong)?, day(last).ok_or_else(wrong)?);
        let mut at = first;
        loop {
            if !found.contains(&at) {
                found.push(at);
            }
            if at == last {
                break;
            }
            at = at.next();
        }
    }
    Ok(Span { days: found, from, to })
}

fn day(name: &str) -> Option<Weekday> {
    // Whole words only: `doordeweeks` is no Thursday.
    let name = name.trim_end_matches('.');
    DAYS.iter().find(|(_, names)| names.contains(&name)).map(|(day, _)| *day)
}

/// A time of day; `24:00` is a time of which nothing is left.
fn time(text: &str) -> Option<Option<Time>> {
    let text = text.trim().trim_end_matches(['u', 'h']);
    let (hour, minute) = text.split_once([':', '.', 'u', 'h']).unwrap_or((text, "0"));
    match (hour.parse().ok()?, minute.parse().ok()?) {
        (24, 0) => Some(None),
        (hour, minute) => Time::new(hour, minute, 0, 0).ok().map(Some),
    }
}

impl Hours {
    /// The days and times of each span; no end is midnight at the end of a day.
    pub fn spans(&self) -> impl Iterator<Item = (&[Weekday], Time, Option<Time>)> {
        self.0.iter().map(|span| (&span.days[..], span.from, span.to))
    }

    /// Whether somebody is there at `at`.
    pub fn open_at(&self, at: Timestamp, zone: &TimeZone) -> bool {
        let today = at.to_zoned(zone.clone()).date();
        let inside = |(begins, ends): (Timestamp, Timestamp)| begins <= at && at < ends;
        let days = [today.yesterday().unwrap_or(today), today];
        self.0.is_empty() || self.0.iter().any(|span| days.iter().filter_map(|day| span.on(*day, zone)).any(inside))
    }

    /// When somebody is there next who is not there at `at`; nothing if there always is, or nobody within a week.
    pub fn next_opening(&self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = at.to_zoned(zone.clone()).date();
        let days = (0..=7).filter_map(|days| today.checked_add(days.days()).ok());
        let begins = days.flat_map(|day| self.0.iter().filter_map(move |span| Some(span.on(day, zone)?.0)));
        begins.filter(|begins| *begins > at).min()
    }

    /// How much working time lies between `from` and `to`, to the minute that clocks in `zone` show.
    ///
    /// Counted day by day for at most a year; after that the rest counts as worked.
    pub fn worked(&self, from: Timestamp, to: Timestamp, zone: &TimeZone) -> SignedDuration {
        if self.0.is_empty() || to <= from {
            return to.duration_since(from).max(SignedDuration::ZERO);
        }
        let mut total = SignedDuration::ZERO;
        let first = from.to_zoned(zone.clone()).date();
        // What began yesterday may go on.
        let mut date = first.yesterday().unwrap_or(first);
        for _ in 0..367 {
            for (begins, ends) in self.0.iter().filter_map(|span| span.on(date, zone)) {
                let (begins, ends) = (begins.max(from), ends.min(to));
                total += ends.duration_since(begins).max(SignedDuration::ZERO);
            }
            let Ok(next) = date.checked_add(1.day()) else { return total };
            date = next;
            match date.to_zoned(zone.clone()) {
                Ok(begins) if begins.timestamp() < to => {}
                _ => return total,
            }
        }
        total + to.duration_since(from).max(SignedDuration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn brussels() -> TimeZone {
        TimeZone::get("Europe/Brussels").expect("it is there")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("it is a time")
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        let check = |text: &str, expected: Result<&str, HoursMisfit>| {
            let read = text.parse::<Hours>().map(|hours| hours.to_string());
            assert_eq!(read, expected.map(str::to_owned), "{text}");
        };
        let unreadable = |part: &str| Err(HoursMisfit::Unreadable(part.to_owned()));
        check("", Ok(""));
        check("mon-fri 09:00-17:00", Ok("mon-fri 09:00-17:00"));
        check("Ma–Vr 9-17.30; zaterdag 10:00-24:00", Ok("mon-fri 09:00-17:30, sat 10:00-24:00"));
        check("sat-mon 8-12", Ok("sat-mon 08:00-12:00"));
        check("mon+wed 8-12", Ok("mon+wed 08:00-12:00"));
        check("doordeweeks 9u-17u30, weekend 10-12", Ok("mon-fri 09:00-17:30, sat+sun 10:00-12:00"));
        check("ma/wo 9-17", Ok("mon+wed 09:00-17:00"));
        check("dagelijks 9-17", Ok("mon-sun 09:00-17:00"));
        for part in ["maart 9-17", "zomer 10-12", "dokter 9-10", "donderdagavond 9-10"] {
            check(part, unreadable(part));
        }
        check("mon-fri", unreadable("mon-fri"));
        check("day 9-17", unreadable("day 9-17"));
        check("mon-wed+fri+sat 8-12", Ok("mon-wed+fri+sat 08:00-12:00"));
        check("mon-sun 0-24", Ok("mon-sun 00:00-24:00"));
        check("fri+sat 22:00-02:00", Ok("fri+sat 22:00-02:00"));
        check("mon 9-9", Err(HoursMisfit::EndsAsItBegins("mon 9-9".to_owned())));
        check("mon 24-9", unreadable("mon 24-9"));
        check("mon 9-25", unreadable("mon 9-25"));
    }

    #[test]
    fn working_time_is_what_lies_in_the_hours() {
        let check = |hours: &str, from: &str, to: &str, expected_h: f64| {
            let hours: Hours = hours.parse().expect("they are hours");
            let worked = hours.worked(at(from), at(to), &brussels()).as_secs_f64() / 3600.0;
            assert!((worked - expected_h).abs() < 0.001, "{hours} from {from} to {to}: {worked}");
        };
        // 2027-03-05 is a Friday; Brussels is an hour ahead.
        check("", "2027-03-05T15:00Z", "2027-03-08T09:00Z", 66.0);
        check("mon-fri 9-17", "2027-03-05T15:00Z", "2027-03-08T09:00Z", 2.0);
        check("mon-fri 9-17", "2027-03-06T00:00Z", "2027-03-07T20:00Z", 0.0);
        check("mon-fri 9-12, mon-fri 13-17", "2027-03-08T00:00Z", "2027-03-09T00:00Z", 7.0);
        // The clocks go forward on Sunday 28 March.
        check("sun 0-24", "2027-03-27T20:00Z", "2027-03-29T20:00Z", 23.0);
        check("mon-fri 9-17", "2027-03-08T10:00Z", "2027-03-08T09:00Z", 0.0);
        // From Friday night into Saturday, and what of it is left after midnight.
        check("fri 22-2", "2027-03-05T00:00Z", "2027-03-08T00:00Z", 4.0);
        check("fri 22-2", "2027-03-06T00:00Z", "2027-03-06T12:00Z", 1.0);
    }

    #[test]
    fn somebody_is_there_by_the_clocks_of_the_server() {
        let hours: Hours = "mon-fri 09:00-17:00".parse().expect("they are hours");
        assert!(!hours.open_at(at("2027-03-01T07:59Z"), &brussels()));
        assert!(hours.open_at(at("2027-03-01T08:00Z"), &brussels()));
        assert!(!hours.open_at(at("2027-03-01T16:00Z"), &brussels()));
        assert!(Hours::default().open_at(at("2027-03-06T03:00Z"), &brussels()));
        let night: Hours = "fri 22:00-02:00".parse().expect("they are hours");
        assert!(
            night.open_at(at("2027-03-05T21:30Z"), &brussels()) && night.open_at(at("2027-03-06T00:30Z"), &brussels())
        );
        assert!(
            !night.open_at(at("2027-03-06T01:00Z"), &brussels())
                && !night.open_at(at("2027-03-05T00:30Z"), &brussels())
        );
        let next = |hours: &Hours, from: &str| hours.next_opening(at(from), &brussels());
        assert_eq!(next(&hours, "2027-03-05T16:00Z"), Some(at("2027-03-08T08:00Z")));
        assert_eq!(next(&hours, "2027-03-08T07:59Z"), Some(at("2027-03-08T08:00Z")));
        assert_eq!(next(&night, "2027-03-06T01:00Z"), Some(at("2027-03-12T21:00Z")));
        assert_eq!(next(&Hours::default(), "2027-03-06T01:00Z"), None);
    }

    proptest! {
        #[test]
        fn nobody_works_longer_than_time_passes(from in 0i64..10_000_000, more in 0i64..10_000_000) {
            let hours: Hours = "mon-fri 9-17, sat 10-12".parse().expect("they are hours");
            let from = at("2027-01-01T00:00Z") + SignedDuration::from_secs(from);
            let worked = hours.worked(from, from + SignedDuration::from_secs(more), &brussels());
            prop_assert!(worked <= SignedDuration::from_secs(more) && worked >= SignedDuration::ZERO);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,40}") {
            if let Ok(hours) = text.parse::<Hours>() {
                prop_assert_eq!(hours.to_string().parse::<Hours>(), Ok(hours));
            }
        }
    }
}
