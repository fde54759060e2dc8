//! Lengths of time as people type them.

use jiff::fmt::friendly::{Designator, SpanParser, SpanPrinter};

/// A hundred years in minutes: no setting is longer.
const LONGEST_SPAN: i64 = 100 * 366 * 1440;

/// Whole minutes from `1h 30m`, `90`, `2 days`, `1u 30m`, `2 dagen`.
pub(super) fn minutes(text: &str) -> Option<i64> {
    if let Ok(minutes) = text.parse::<i64>() {
        return Some(minutes);
    }
    let span = SpanParser::new().parse_span(in_notation(text)).ok()?;
    let duration = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).ok()?;
    (duration.as_secs() % 60 == 0).then_some(duration.as_secs() / 60)
}

/// The same with the units of the notation, which are English ones: people write those of either language.
fn in_notation(mut text: &str) -> String {
    let mut written = String::new();
    while let Some(at) = text.find(char::is_alphabetic) {
        let (before, rest) = text.split_at(at);
        let (unit, rest) = rest.split_at(rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
        written.push_str(before);
        written.push_str(match unit.to_lowercase().as_str() {
            "u" | "uur" | "uren" => "h",
            "minuut" | "minuten" => "m",
            "dag" | "dagen" => "d",
            "week" | "weken" => "w",
            _ => unit,
        });
        text = rest;
    }
    written + text
}

/// A number of minutes in the notation: `1h 30m`. What people read is [`say_minutes`](crate::words::say_minutes).
pub fn show_minutes(minutes: i64) -> String {
    // What is stored may be anything; a span takes twenty thousand years.
    if !(0..=LONGEST_SPAN).contains(&minutes) {
        return format!("{minutes}m");
    }
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    if (days, hours, rest) == (0, 0, 0) {
        return "0m".to_owned();
    }
    let span = jiff::Span::new().days(days).hours(hours).minutes(rest);
    SpanPrinter::new().designator(Designator::Compact).span_to_string(&span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Say, known_languages, say_minutes, say_minutes_in_full};

    #[test]
    fn lengths_are_read_in_english_and_in_dutch() {
        let check = |text: &str, expected: Option<i64>| assert_eq!(minutes(text), expected, "{text}");
        check("1h 30m", Some(90));
        check("1u 30m", Some(90));
        check("1u30", None);
        check("2d", Some(2880));
        check("2 dagen 1 uur 5 minuten", Some(2945));
        check("1 DAG", Some(1440));
        check("2 weken", Some(20160));
        check("90", Some(90));
        check("90s", None);
        check("2 jaar", None);
        check("uur", None);
    }

    #[test]
    fn lengths_can_be_typed_as_they_are_shown_in_every_language() {
        for language in known_languages() {
            for length in [0, 1, 59, 60, 61, 90, 1440, 1530, 20160] {
                for said in [say_minutes(length), say_minutes_in_full(length)] {
                    let shown = said.say(language);
                    assert_eq!(minutes(&shown), Some(length), "{shown}");
                }
            }
        }
    }
}
