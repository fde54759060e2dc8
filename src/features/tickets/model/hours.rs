//! Working hours: when somebody is there to answer.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Spans of a week in which somebody is there. None at all means always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours(Vec<Span>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    days: Vec<Weekday>,
    from: Time,
    /// Midnight at the end of a day is the last minute of it plus one, which [`Time`] cannot say: nothing.
    to: Option<Time>,
}

/// English and Dutch, by their first letters.
const DAYS: [(Weekday, [&str; 2]); 7] = [
    (Weekday::Monday, ["mon", "ma"]),
    (Weekday::Tuesday, ["tue", "di"]),
    (Weekday::Wednesday, ["wed", "wo"]),
    (Weekday::Thursday, ["thu", "do"]),
    (Weekday::Friday, ["fri", "vr"]),
    (Weekday::Saturday, ["sat", "za"]),
    (Weekday::Sunday, ["sun", "zo"]),
];

/// Why a text says no hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoursMisfit {
    /// This part of it is not like `mon-fri 09:00-17:00`.
    Unreadable(String),
    /// This part of it ends before it begins.
    EndsBeforeItBegins(String),
}

impl FromStr for Hours {
    type Err = HoursMisfit;

    fn from_str(text: &str) -> Result<Hours, HoursMisfit> {
        let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(span).collect::<Result<Vec<Span>, HoursMisfit>>().map(Hours)
    }
}

impl fmt::Display for Hours {
    /// As it can be typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, span) in self.0.iter().enumerate() {
            let days: Vec<&str> = span.days.iter().map(|day| short(*day)).collect();
            let to = span.to.map_or("24:00".to_owned(), |to| to.strftime("%H:%M").to_string());
            let comma = if at > 0 { ", " } else { "" };
            write!(f, "{comma}{} {}-{to}", days.join("+"), span.from.strftime("%H:%M"))?;
        }
        Ok(())
    }
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
    if to.is_some_and(|to| to <= from) {
        return Err(HoursMisfit::EndsBeforeItBegins(part.to_owned()));
    }
    let mut found = Vec::new();
    for part in days.split('+') {
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
    let is_it = |names: &[&str; 2]| names.iter().any(|short| name.starts_with(short));
    DAYS.iter().find(|(_, names)| is_it(names)).map(|(day, _)| *day)
}

/// A time of day; `24:00` is a time of which nothing is left.
fn time(text: &str) -> Option<Option<Time>> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "0"));
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
        let local = at.to_zoned(zone.clone());
        let inside = |span: &Span| {
            span.days.contains(&local.weekday())
                && span.from <= local.time()
                && span.to.is_none_or(|to| local.time() < to)
        };
        self.0.is_empty() || self.0.iter().any(inside)
    }

    /// How much working time lies between `from` and `to`, to the minute that clocks in `zone` show.
    ///
    /// Counted day by day for at most a year; after that the rest counts as worked.
    pub fn worked(&self, from: Timestamp, to: Timestamp, zone: &TimeZone) -> SignedDuration {
        if self.0.is_empty() || to <= from {
            return to.duration_since(from).max(SignedDuration::ZERO);
        }
        let mut total = SignedDuration::ZERO;
        let mut date = from.to_zoned(zone.clone()).date();
        for _ in 0..366 {
            for span in self.0.iter().filter(|span| span.days.contains(&date.weekday())) {
                let begins = date.to_datetime(span.from).to_zoned(zone.clone());
                let ends = match span.to {
                    Some(to) => date.to_datetime(to).to_zoned(zone.clone()),
                    None => date.tomorrow().and_then(|next| next.to_zoned(zone.clone())),
                };
                let (Ok(begins), Ok(ends)) = (begins, ends) else { continue };
                let (begins, ends) = (begins.timestamp().max(from), ends.timestamp().min(to));
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
        check("mon-fri 09:00-17:00", Ok("mon+tue+wed+thu+fri 09:00-17:00"));
        check("Ma–Vr 9-17.30; zaterdag 10:00-24:00", Ok("mon+tue+wed+thu+fri 09:00-17:30, sat 10:00-24:00"));
        check("sat-mon 8-12", Ok("sat+sun+mon 08:00-12:00"));
        check("mon+wed 8-12", Ok("mon+wed 08:00-12:00"));
        check("mon-fri", unreadable("mon-fri"));
        check("day 9-17", unreadable("day 9-17"));
        check("mon 17-9", Err(HoursMisfit::EndsBeforeItBegins("mon 17-9".to_owned())));
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
    }

    #[test]
    fn somebody_is_there_by_the_clocks_of_the_server() {
        let hours: Hours = "mon-fri 09:00-17:00".parse().expect("they are hours");
        assert!(!hours.open_at(at("2027-03-01T07:59Z"), &brussels()));
        assert!(hours.open_at(at("2027-03-01T08:00Z"), &brussels()));
        assert!(!hours.open_at(at("2027-03-01T16:00Z"), &brussels()));
        assert!(Hours::default().open_at(at("2027-03-06T03:00Z"), &brussels()));
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
