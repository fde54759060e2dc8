//! Over which time is counted: whole days by the clocks of a server.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};

/// Over which time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    Week,
    Month,
    Quarter,
    Year,
    All,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Period; 5] = [Period::Week, Period::Month, Period::Quarter, Period::Year, Period::All];

    /// How many days it is, with today; nothing is all there ever was.
    pub fn days(self) -> Option<u16> {
        match self {
            Period::Week => Some(7),
            Period::Month => Some(30),
            Period::Quarter => Some(90),
            Period::Year => Some(365),
            Period::All => None,
        }
    }
}

/// A stretch of time in which is counted: from the beginning of a day on, and before `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub since: Timestamp,
    pub until: Timestamp,
    /// By whose clocks days begin.
    pub zone: TimeZone,
}

impl Span {
    /// The last `days` days, today with them.
    pub fn last_days(days: u16, now: Timestamp, zone: &TimeZone) -> Span {
        let today = now.to_zoned(zone.clone()).date();
        let first = today.checked_sub((i64::from(days.max(1)) - 1).days()).unwrap_or(today);
        Span::of_days(first, today, zone)
    }

    /// Whole days, the last one with them.
    pub fn of_days(first: Date, last: Date, zone: &TimeZone) -> Span {
        let end = last.tomorrow().unwrap_or(last);
        Span { since: begin(first, zone), until: begin(end, zone), zone: zone.clone() }
    }

    /// What of it had passed by `now`, as many days earlier: what it can be compared with.
    pub fn before(&self, now: Timestamp) -> Span {
        let date = |at: Timestamp| at.to_zoned(self.zone.clone()).date();
        let days = self.days().len();
        let earlier = |date: Date| date.checked_sub(i64::try_from(days).unwrap_or(0).days()).unwrap_or(date);
        let as_late = now.min(self.until).to_zoned(self.zone.clone());
        let until = earlier(as_late.date()).to_datetime(as_late.time()).to_zoned(self.zone.clone());
        let since = begin(earlier(date(self.since)), &self.zone);
        Span { since, until: until.map_or(self.since, |until| until.timestamp()), zone: self.zone.clone() }
    }

    /// Its whole days, and what is left after them.
    pub(super) fn split_last_day(&self) -> (Span, Span) {
        let end = begin(self.until.to_zoned(self.zone.clone()).date(), &self.zone).max(self.since);
        (Span { until: end, ..self.clone() }, Span { since: end, ..self.clone() })
    }

    /// Its days with the moments at which they begin, and the day after with its end.
    pub(super) fn marks(&self) -> (Vec<jiff_sqlx::Date>, Vec<jiff_sqlx::Timestamp>) {
        let days = self.days();
        let after = days.last().and_then(|last| last.tomorrow().ok());
        let begins = days.iter().map(|day| begin(*day, &self.zone)).chain(after.map(|_| self.until));
        let begins = begins.map(ToSqlx::to_sqlx).collect();
        (days.into_iter().chain(after).map(ToSqlx::to_sqlx).collect(), begins)
    }

    /// Its days.
    pub fn days(&self) -> Vec<Date> {
        let mut days = Vec::new();
        let mut date = self.since.to_zoned(self.zone.clone()).date();
        while begin(date, &self.zone) < self.until {
            days.push(date);
            match date.tomorrow() {
                Ok(next) => date = next,
                Err(_) => break,
            }
        }
        days
    }

    /// The name of its zone, as the database knows it.
    pub(super) fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }
}

/// When a day begins: where clocks leap over midnight, after the leap.
fn begin(date: Date, zone: &TimeZone) -> Timestamp {
    let begins = date.to_zoned(zone.clone()).map(|begins| begins.timestamp());
    begins.unwrap_or(if date.year() < 1970 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("it is a time")
    }

    #[test]
    fn days_are_those_of_the_server() {
        let brussels = TimeZone::get("Europe/Brussels").expect("it is there");
        let week = Span::last_days(7, at("2027-03-30T22:30Z"), &brussels);
        // It is the 31st there, and the clocks went forward on the 28th.
        assert_eq!((week.since, week.until), (at("2027-03-24T23:00Z"), at("2027-03-31T22:00Z")));
        assert_eq!(week.days().len(), 7);
        // Half an hour of this day has passed.
        let before = week.before(at("2027-03-30T22:30Z"));
        assert_eq!((before.since, before.until), (at("2027-03-17T23:00Z"), at("2027-03-23T23:30Z")));
        // A stretch that is over is compared with a whole one.
        assert_eq!(week.before(at("2027-05-01T00:00Z")).until, week.since);
        let (whole, rest) = before.split_last_day();
        assert_eq!(
            (whole.until, rest.since, rest.until),
            (at("2027-03-23T23:00Z"), at("2027-03-23T23:00Z"), before.until)
        );
        assert_eq!(week.split_last_day().0, week);
    }
}
