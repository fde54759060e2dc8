//! Time zones by the names that people give them. A pure function of values.

use jiff::tz::TimeZone;

use super::words::{zone_called, zone_names};

/// The zone of that name: one of the IANA database, letters such as `CET`, or a city.
pub fn find(name: &str) -> Option<TimeZone> {
    TimeZone::get(zone_called(name)?).ok()
}

/// Names of at most `limit` zones for what somebody has typed of one: what it calls first, then those that have it in them.
pub fn suggest(typed: &str, limit: usize) -> Vec<&'static str> {
    let plain = |text: &str| text.trim().to_lowercase().replace('_', " ");
    let called = zone_called(typed);
    let fits = |name: &&str| Some(*name) != called && plain(name).contains(&plain(typed));
    called.into_iter().chain(zone_names().filter(fits)).take(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_found_by_the_names_that_people_give_them() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(find(name).as_ref().and_then(TimeZone::iana_name), expected, "{name}");
        };
        check("Europe/Brussels", Some("Europe/Brussels"));
        check(" europe/brussels ", Some("Europe/Brussels"));
        check("utc", Some("UTC"));
        check("GMT", Some("UTC"));
        check("cet", Some("Europe/Brussels"));
        check("EST", Some("America/New_York"));
        check("London", Some("Europe/London"));
        check("new york", Some("America/New_York"));
        check("Londen", Some("Europe/London"));
        check("CST", None);
        check("my", None);
        check("Mars/Base", None);
        check("", None);
    }

    #[test]
    fn what_is_typed_of_a_zone_suggests_it() {
        let check = |typed: &str, expected: &[&str]| assert_eq!(suggest(typed, 3), expected, "{typed}");
        check("utc", &["UTC"]);
        check("cet", &["Europe/Brussels"]);
        check("new y", &["America/New_York"]);
        check("london", &["Europe/London"]);
        check("brus", &["Europe/Brussels"]);
        check("mars", &[]);
        assert_eq!(suggest("", 25).len(), 25);
    }
}
