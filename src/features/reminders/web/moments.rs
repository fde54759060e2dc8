//! When a reminder comes next, and what clocks do meanwhile.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use crate::reminders::schedule::{Repeat, Schedule, zone_label};
use crate::web::Visit;
use crate::words::{Said, Say, say_date};
use crate::{said, say};

/// Moments to come that are shown of one.
const MOMENTS: usize = 10;

/// Changes of clocks of which is told: with ten times a year apart there are more, and they are always the same two.
const CHANGES: usize = 2;

/// The next times of a schedule, each with what is odd about it, and what clocks do in between.
pub(super) fn coming(visit: &Visit, schedule: &Schedule) -> Markup {
    let (language, now) = (visit.language, visit.acting().now());
    let moments: Vec<Timestamp> = schedule.moments_after(now).take(MOMENTS).collect();
    let Some(last) = moments.last() else {
        return html! { p.empty { (say!(language, reminders_web_never)) } };
    };
    let changes = changes(schedule, now, *last);
    html! {
        ol {
            @for moment in &moments {
                li {
                    (visit.moment_in(&schedule.zone, *moment))
                    @if let Some(odd) = odd(schedule, *moment) { " " small { "(" (odd.say(language)) ")" } }
                }
            }
        }
        @for change in changes { p.note { (change.say(language)) } }
    }
}

/// What is odd about a moment: clocks skip what the rule says, or show it twice.
fn odd(schedule: &Schedule, moment: Timestamp) -> Option<Said> {
    if matches!(schedule.repeat, Some(Repeat::Minutes(_))) {
        return None;
    }
    let before = moment.checked_sub(SignedDuration::from_nanos(1)).ok()?;
    let (by_rule, shown) = (schedule.clock_after(before)?, schedule.zone.to_datetime(moment));
    if by_rule != shown {
        return Some(said!(reminders_web_skipped, time = time(by_rule), shown = time(shown)));
    }
    let is_twice = matches!(schedule.zone.to_ambiguous_timestamp(shown).offset(), AmbiguousOffset::Fold { .. });
    is_twice.then(|| said!(reminders_web_twice, time = time(shown)))
}

fn time(at: DateTime) -> String {
    at.strftime("%H:%M").to_string()
}

/// What the clocks of a schedule do from now on until its last moment that is shown.
fn changes(schedule: &Schedule, now: Timestamp, last: Timestamp) -> Vec<Said> {
    let zone = &schedule.zone;
    let follows_clocks = !matches!(schedule.repeat, Some(Repeat::Minutes(_)));
    let changes = zone.following(now).take_while(|change| change.timestamp() <= last);
    // Some only rename what clocks show.
    let changes = changes.filter(|change| offset_before(zone, change.timestamp()) != change.offset());
    let tell = changes.take(CHANGES).map(|change| {
        let day = say_date(zone.to_datetime(change.timestamp()).date());
        // What is called summer time is no help: in Ireland the law has it that winter is the exception.
        let is_later = change.offset() > offset_before(zone, change.timestamp());
        let zone = zone_label(zone);
        match (is_later, follows_clocks) {
            (true, true) => said!(reminders_web_to_summer, day, zone),
            (false, true) => said!(reminders_web_to_winter, day, zone),
            (_, false) => said!(reminders_web_clocks_change, day, zone),
        }
    });
    tell.collect()
}

fn offset_before(zone: &TimeZone, at: Timestamp) -> jiff::tz::Offset {
    zone.to_offset(at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reminders::when;
    use crate::words::Language;

    #[test]
    fn what_clocks_do_is_told() {
        let check_in = |zone: &str, now: &str, text: &str, expected: &[&str]| {
            let (zone, now) = (TimeZone::get(zone).expect("a zone"), now.parse::<Timestamp>().expect("a moment"));
            let read = when::read(text, &now.to_zoned(zone.clone())).expect("it is understood");
            let timing = crate::reminders::Timing::new(&read, &zone, text).expect("it comes");
            let schedule = timing.schedule;
            let moments: Vec<Timestamp> = schedule.moments_after(now).take(MOMENTS).collect();
            let odd = moments.iter().filter_map(|moment| odd(&schedule, *moment));
            let told = changes(&schedule, now, *moments.last().expect("it comes"));
            let told: Vec<String> = odd.chain(told).map(|said| Language::ENGLISH.say(&said)).collect();
            assert_eq!(told, expected, "{text}");
        };
        let check = |now: &str, text: &str, expected: &[&str]| check_in("Europe/Brussels", now, text, expected);
        check("2026-10-20T10:00:00Z", "tomorrow 9:00", &[]);
        check(
            "2026-10-20T10:00:00Z",
            "every day at 20:00",
            &[
                "Winter time from Sunday 25 October 2026 (Europe/Brussels): it goes on coming at the same time by the clock.",
            ],
        );
        check(
            "2027-03-25T10:00:00Z",
            "every day at 02:30",
            &[
                "clocks skip 02:30, so it comes at 03:00",
                "Summer time from Sunday 28 March 2027 (Europe/Brussels): it goes on coming at the same time by the clock.",
            ],
        );
        check(
            "2027-10-29T10:00:00Z",
            "every day at 02:30",
            &[
                "clocks show 02:30 twice, and it comes the first time",
                "Winter time from Sunday 31 October 2027 (Europe/Brussels): it goes on coming at the same time by the clock.",
            ],
        );
        check(
            "2027-10-30T22:00:00Z",
            "every 2 hours",
            &[
                "The clocks change on Sunday 31 October 2027 (Europe/Brussels): as much time passes as before, so by the clock it comes at another time.",
            ],
        );
        // Its law calls winter the exception.
        check_in(
            "Europe/Dublin",
            "2027-03-25T10:00:00Z",
            "every day at 20:00",
            &[
                "Summer time from Sunday 28 March 2027 (Europe/Dublin): it goes on coming at the same time by the clock.",
            ],
        );
    }
}
