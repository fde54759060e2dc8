//! Tests of what stands beside it.

use serde_json::json;

use super::*;

fn verdict(command: &Value) -> String {
    let mut found = Findings::default();
    check(&mut found, &[], command, false);
    found.0.first().map_or_else(|| "fine".to_owned(), ToString::to_string)
}

fn with(options: &Value) -> Value {
    json!({"name": "faq", "description": "d", "options": options})
}

#[test]
fn commands() {
    let option = |kind: u8, name: &str, more: Value| {
        let mut option = json!({"type": kind, "name": name, "description": "d"});
        for (key, value) in more.as_object().into_iter().flatten() {
            option[key] = value.clone();
        }
        option
    };
    let large: Vec<_> = (0..25).map(|i| json!({"name": format!("{i:0>100}"), "value": format!("{i:0>100}")})).collect();
    let cases = [
        (json!({"name": "faq", "description": "d", "contexts": [0], "integration_types": [0]}), "fine"),
        (json!({"name": "Add to FAQ", "type": 3}), "fine"),
        (with(&json!([option(3, "query", json!({"autocomplete": true, "max_length": 100}))])), "fine"),
        (with(&json!([option(2, "group", json!({"options": [option(1, "sub", json!({}))]}))])), "fine"),
        (json!({"name": "FAQ", "description": "d"}), "name \"FAQ\" has a character that is not allowed"),
        (json!({"name": "faq"}), "description is required"),
        (json!({"name": "Add", "type": 3, "description": "d"}), "description is only for slash commands"),
        (
            with(&json!([option(3, "a", json!({})), option(3, "b", json!({"required": true}))])),
            "options[1] is required and stands after an optional one",
        ),
        (
            with(&json!([option(1, "a", json!({})), option(3, "b", json!({}))])),
            "options has subcommands beside other options",
        ),
        (
            with(&json!([option(3, "a", json!({})), option(3, "a", json!({}))])),
            "options[1] is called \"a\" like another one",
        ),
        (
            with(&json!([option(1, "a", json!({"options": [option(1, "b", json!({}))]}))])),
            "options[0].options[0].type is nested too deep",
        ),
        (
            with(&json!([option(4, "a", json!({"choices": [{"name": "one", "value": "1"}]}))])),
            "options[0].choices[0].value is not of the option's type",
        ),
        (
            with(&json!([option(4, "a", json!({"min_value": 5, "max_value": 4}))])),
            "options[0] has a minimum 5 above its maximum 4",
        ),
        (
            with(&json!([option(3, "a", json!({"choices": large})), option(3, "b", json!({"choices": large}))])),
            "the body has 10008 characters of names, descriptions and values, 8000 allowed",
        ),
    ];
    for (command, expected) in cases {
        assert_eq!(verdict(&command), expected, "{command}");
    }
}

#[test]
fn a_scope_holds_a_hundred_slash_commands() {
    let verdict = |n: usize| {
        let mut found = Findings::default();
        let commands: Vec<_> = (0..n).map(|i| json!({"name": format!("c{i}"), "description": "d"})).collect();
        check_all(&mut found, &json!(commands), true);
        found.accepted()
    };
    assert!(verdict(100));
    assert!(!verdict(101));
}
