//! Tests of what stands beside it.

use super::*;
use crate::words::{Language, Msg};
use proptest::prelude::*;

const CHANNEL: Field = field("where", Msg::verbatim(""), WRITTEN_CHANNEL).optional();
const ROLE: Field = field("who", Msg::verbatim(""), Kind::Role { granted: false });
const INTEGER: Field = field("days", Msg::verbatim(""), Kind::Integer { min: -5, max: 365 });
const NUMBER: Field = field("heat", Msg::verbatim(""), Kind::Number { min: 0.0, max: 2.0 });
const BOOLEAN: Field = field("on", Msg::verbatim(""), Kind::Boolean);
const TEXT: Field = field("model", Msg::verbatim(""), Kind::Text { max_chars: 10, suggestions: &[] });
const CHOICE: Field = field(
    "level",
    Msg::verbatim(""),
    Kind::Choice(&[("all", Msg::verbatim("Everything")), ("few", Msg::verbatim("Little"))]),
);
const DURATION: Field = field("lead_time", Msg::verbatim(""), Kind::Duration { min_minutes: 0, max_minutes: 4320 });
const ZONE: Field = field("zone", Msg::verbatim(""), Kind::TimeZone);
const TEMPLATE: Field =
    field("message", Msg::verbatim(""), Kind::Template { max_chars: 30, placeholders: &["member", "count"] });

#[test]
fn what_people_type_is_read_or_refused_by_its_rule() {
    // What is refused is so for its kind, or for a name in braces.
    let check = |field: Field, text: &str, expected: Result<Value, Option<&str>>| {
        let (key, kind) = (field.name, field.kind);
        let expected = expected.map_err(|placeholder| match placeholder {
            None => Misfit::Value { key, kind },
            Some(name) => Misfit::Placeholder { key, name: name.to_owned(), known: &["member", "count"] },
        });
        assert_eq!(field.parse(text), expected, "{text}");
    };
    check(CHANNEL, "<#7>", Ok(json!("7")));
    check(CHANNEL, "7", Ok(json!("7")));
    check(CHANNEL, "help", Err(None));
    check(CHANNEL, "18446744073709551615", Err(None));
    check(ROLE, "<@&7>", Ok(json!("7")));
    check(ROLE, "<#7>", Err(None));
    check(INTEGER, " 365 ", Ok(json!(365)));
    check(INTEGER, "366", Err(None));
    check(INTEGER, "1.5", Err(None));
    check(NUMBER, "0,7", Ok(json!(0.7)));
    check(NUMBER, "NaN", Err(None));
    check(NUMBER, "inf", Err(None));
    check(BOOLEAN, "Aan", Ok(json!(true)));
    check(BOOLEAN, "off", Ok(json!(false)));
    check(BOOLEAN, "maybe", Err(None));
    check(TEXT, "gpt-5", Ok(json!("gpt-5")));
    check(TEXT, "", Err(None));
    check(TEXT, "eleven char", Err(None));
    check(CHOICE, "everything", Ok(json!("all")));
    check(CHOICE, "none", Err(None));
    check(DURATION, "1h 30m", Ok(json!(90)));
    check(DURATION, "45", Ok(json!(45)));
    check(DURATION, "3 days", Ok(json!(4320)));
    check(DURATION, "90s", Err(None));
    check(DURATION, "4 days", Err(None));
    check(ZONE, "europe/brussels", Ok(json!("Europe/Brussels")));
    check(ZONE, "Brussels", Err(None));
    check(TEMPLATE, "Hi {member}!", Ok(json!("Hi {member}!")));
    check(TEMPLATE, "Hi {0}!", Err(Some("0")));
    check(TEMPLATE, "Hi {member", Err(Some("member")));
    check(TEMPLATE, "{member} {member", Err(Some("member")));
    check(TEMPLATE, "a\0b", Err(None));
}

#[test]
fn values_are_shown_as_people_read_them() {
    let check =
        |field: Field, value: Value, expected: &str| assert_eq!(Language::ENGLISH.say(&field.show(&value)), expected);
    check(CHANNEL, json!("7"), "<#7>");
    check(CHANNEL, Value::Null, "none");
    check(ROLE, json!("7"), "<@&7>");
    check(BOOLEAN, json!(true), "on");
    check(CHOICE, json!("few"), "Little");
    check(DURATION, json!(1530), "1d 1h 30m");
    check(DURATION, json!(0), "0m");
    check(DURATION, json!(i64::MAX), "9223372036854775807m");
    check(TEMPLATE, json!("Hi `{member}`"), "`Hi '{member}'`");
}

#[test]
fn what_is_stored_fits_only_as_we_store_it() {
    let check = |field: Field, value: Value, expected: bool| assert_eq!(field.accepts(&value), expected, "{value}");
    check(CHOICE, json!("all"), true);
    check(CHOICE, json!("Everything"), false);
    check(CHANNEL, json!("<#7>"), false);
    check(ZONE, json!("europe/brussels"), false);
    check(DURATION, json!(99_999_999_999_999_i64), false);
    check(DURATION, json!(i64::MIN), false);
    check(NUMBER, json!(1), true);
    check(INTEGER, json!(1.5), false);
}

#[test]
fn templates_are_filled_in_once() {
    let value = |name: &str| (name == "member").then(|| "{count}".to_owned());
    assert_eq!(fill("Hi {member} {count} {", value), "Hi {count} {count} {");
}

/// Values of a kind, as they may be stored.
fn stored() -> impl Strategy<Value = (Field, Value)> {
    prop_oneof![
        (1..=i64::MAX).prop_map(|id| (CHANNEL, json!(id.to_string()))),
        (1..=i64::MAX).prop_map(|id| (ROLE, json!(id.to_string()))),
        (-5i64..=365).prop_map(|number| (INTEGER, json!(number))),
        (0.0..=2.0).prop_map(|number: f64| (NUMBER, json!(number))),
        any::<bool>().prop_map(|on| (BOOLEAN, json!(on))),
        "[^\\s\\pC]{1,10}".prop_map(|text| (TEXT, json!(text))),
        prop_oneof![Just("all"), Just("few")].prop_map(|value| (CHOICE, json!(value))),
        (0i64..=4320).prop_map(|minutes| (DURATION, json!(minutes))),
        prop_oneof![Just("Europe/Brussels"), Just("America/New_York"), Just("UTC")].prop_map(|z| (ZONE, json!(z))),
        "[a-z]{0,5}(\\{(member|count)\\})?[a-z]{1,5}".prop_map(|text| (TEMPLATE, json!(text))),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back((field, value) in stored()) {
        prop_assert!(field.accepts(&value), "{value}");
        prop_assert_eq!(field.parse(&field.write(&value)), Ok(value));
    }

    #[test]
    fn what_is_read_is_accepted(text in ".{0,40}") {
        for field in [CHANNEL, ROLE, INTEGER, NUMBER, BOOLEAN, TEXT, CHOICE, DURATION, ZONE, TEMPLATE] {
            if let Ok(value) = field.parse(&text) {
                prop_assert!(field.accepts(&value), "{text}: {value}");
            }
            prop_assert!(!field.accepts(&json!([text.clone()])));
        }
    }
}
