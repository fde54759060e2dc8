//! Forms: `data` of callback type 9.

use serde_json::Value;

use super::{Fields, Findings, component};

/// Checks a form.
pub(crate) fn check(found: &mut Findings, path: &[String], data: &Value) {
    let Some(mut form) = Fields::of(found, path, data) else { return };
    form.required_text("custom_id", 1..=100);
    form.required_seen_text("title", 1..=45);
    form.require("components");
    let components = form.list("components", 1..=5);
    let mut seen = component::Seen::default();
    for (path, part) in components {
        component::unique(form.found, &path, part, &mut seen);
        top(form.found, &path, part);
    }
    form.done();
}

fn top(found: &mut Findings, path: &[String], part: &Value) {
    let kind = part["type"].as_i64();
    let Some(mut fields) = Fields::of(found, path, part) else { return };
    fields.allow(&["type"]);
    fields.int("id", 0..=i64::from(i32::MAX));
    match kind {
        Some(18) => {
            fields.required_seen_text("label", 1..=45);
            fields.seen_text("description", 1..=100);
            fields.require("component");
            if let Some((path, inner)) = fields.inner("component") {
                field(fields.found, &path, inner, true);
            }
        }
        Some(10) => {
            fields.required_seen_text("content", 1..=4000);
        }
        // The form of before Labels; Discord still takes it.
        Some(1) => {
            for (path, inner) in fields.list("components", 1..=1) {
                if inner["type"] != 4 {
                    fields.found.refuse(
                        &path,
                        "UNION_TYPE_CHOICES",
                        "is not a text input, which is all a row may hold in a form",
                    );
                } else {
                    field(fields.found, &path, inner, false);
                }
            }
        }
        _ => fields.refuse("type", "UNION_TYPE_CHOICES", format!("{} is not allowed in a form", part["type"])),
    }
    fields.done();
}

fn field(found: &mut Findings, path: &[String], value: &Value, in_label: bool) {
    let kind = value["type"].as_i64().unwrap_or(0);
    let Some(mut fields) = Fields::of(found, path, value) else { return };
    fields.allow(&["type"]);
    fields.int("id", 0..=i64::from(i32::MAX));
    match kind {
        4 => text_input(&mut fields, in_label),
        3 | 5..=8 => component::select(&mut fields, kind, true),
        19 => {
            choosing(&mut fields, 10);
            fields.list("file_types", 0..=10);
        }
        21 => options(&mut fields, 2..=10, true),
        22 => {
            choosing(&mut fields, 10);
            options(&mut fields, 1..=10, false);
        }
        23 => {
            fields.required_text("custom_id", 1..=100);
            fields.flag("default");
        }
        _ => fields.refuse("type", "UNION_TYPE_CHOICES", format!("{kind} is not allowed in a form")),
    }
    fields.done();
}

fn text_input(fields: &mut Fields<'_, '_>, in_label: bool) {
    fields.required_text("custom_id", 1..=100);
    fields.require("style");
    fields.int("style", 1..=2);
    let min = fields.int("min_length", 0..=4000).unwrap_or(0);
    let max = fields.int("max_length", 1..=4000).unwrap_or(4000);
    if min > max {
        fields.refuse("min_length", "TEXT_INPUT_MIN_ABOVE_MAX", format!("is above max_length {max}"));
    }
    fields.flag("required");
    fields.text("placeholder", 0..=100);
    fields.text("value", 0..=usize::try_from(max).unwrap_or(4000));
    if !in_label {
        fields.required_seen_text("label", 1..=45);
    } else if fields.get("label").is_some() {
        fields.refuse("label", "COMPONENT_LABEL_IN_LABEL", "is not allowed inside a Label");
    }
}

fn choosing(fields: &mut Fields<'_, '_>, most: i64) {
    fields.required_text("custom_id", 1..=100);
    let min = fields.int("min_values", 0..=most);
    let max = fields.int("max_values", 1..=most);
    let required = fields.flag("required");
    if min == Some(0) && required != Some(false) {
        fields.refuse("min_values", "SELECT_COMPONENT_REQUIRED", "is 0 although the field is required");
    }
    if max.is_some_and(|max| min.unwrap_or(1) > max) {
        fields.refuse("min_values", "SELECT_COMPONENT_MIN_ABOVE_MAX", "is above max_values");
    }
}

fn options(fields: &mut Fields<'_, '_>, limits: std::ops::RangeInclusive<usize>, radio: bool) {
    if radio {
        fields.required_text("custom_id", 1..=100);
        fields.flag("required");
    }
    fields.require("options");
    let options = fields.list("options", limits);
    if radio && options.iter().filter(|(_, option)| option["default"] == true).count() > 1 {
        fields.refuse("options", "RADIO_GROUP_DEFAULTS", "have more than one default");
    }
    for (path, option) in options {
        let Some(mut option) = Fields::of(fields.found, &path, option) else { continue };
        option.required_seen_text("label", 1..=100);
        option.required_text("value", 1..=100);
        option.seen_text("description", 0..=100);
        option.flag("default");
        option.done();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn verdict(parts: &Value) -> String {
        let mut found = Findings::default();
        check(&mut found, &[], &json!({"custom_id": "f", "title": "Form", "components": parts}));
        found.0.first().map_or_else(|| "fine".to_owned(), ToString::to_string)
    }

    fn label(component: &Value) -> Value {
        json!([{"type": 18, "label": "Title", "component": component}])
    }

    /// Each place of a form where people read a name, or a program its value, with this text in it.
    fn named(text: &str) -> Vec<(&'static str, Value)> {
        let form = |title: &str, parts: Value| json!({"custom_id": "f", "title": title, "components": parts});
        let input = json!({"type": 4, "custom_id": "a", "style": 1});
        let menu = |label: &str, value: &str| {
            let options = json!([{"label": label, "value": value}]);
            form("Form", self::label(&json!({"type": 3, "custom_id": "a", "options": options})))
        };
        let radio = |label: &str| {
            let options = json!([{"label": label, "value": "x"}, {"label": "y", "value": "y"}]);
            form("Form", self::label(&json!({"type": 21, "custom_id": "a", "options": options})))
        };
        vec![
            ("title", form(text, label(&input))),
            ("components[0].label", form("Form", json!([{"type": 18, "label": text, "component": input}]))),
            (
                "components[0].description",
                form("Form", json!([{"type": 18, "label": "L", "description": text, "component": input}])),
            ),
            ("components[0].component.options[0].label", menu(text, "x")),
            ("components[0].component.options[0].value", menu("x", text)),
            ("components[0].component.options[0].label", radio(text)),
            ("components[0].content", form("Form", json!([{"type": 10, "content": text}]))),
        ]
    }

    #[test]
    fn no_form_has_a_name_that_nobody_sees() {
        let verdict = |form: &Value| {
            let mut found = Findings::default();
            check(&mut found, &[], form);
            (found.accepted(), found.0.first().map_or_else(|| "fine".to_owned(), ToString::to_string))
        };
        for text in ["", " ", "\u{3000}\t"] {
            for (place, form) in named(text) {
                let (accepted, found) = verdict(&form);
                assert!(!accepted && found.starts_with(place), "{form}: {found}");
            }
        }
        for (place, form) in named("\u{200b}").into_iter().filter(|(place, _)| !place.ends_with("value")) {
            let (accepted, found) = verdict(&form);
            let told = format!("{place} has nothing that anybody sees");
            assert!(accepted && found == told, "{form}: {found}");
        }
    }

    #[test]
    fn forms() {
        let input = |id: &str| json!({"type": 18, "label": "L", "component": {"type": 4, "custom_id": id, "style": 1}});
        let radio = |n: usize| {
            let options: Vec<_> = (0..n).map(|i| json!({"label": "o", "value": i.to_string()})).collect();
            label(&json!({"type": 21, "custom_id": "r", "options": options}))
        };
        let cases = [
            (label(&json!({"type": 4, "custom_id": "a", "style": 2, "max_length": 4000, "value": "v"})), "fine"),
            (label(&json!({"type": 8, "custom_id": "a", "channel_types": [0]})), "fine"),
            (label(&json!({"type": 23, "custom_id": "a", "default": true})), "fine"),
            (json!([{"type": 1, "components": [{"type": 4, "custom_id": "a", "style": 1, "label": "Old"}]}]), "fine"),
            (radio(2), "fine"),
            (json!([]), "components has 0 entries, 1 to 5 allowed"),
            (
                json!((0..6).map(|i| input(&i.to_string())).collect::<Vec<_>>()),
                "components has 6 entries, 1 to 5 allowed",
            ),
            (json!([input("a"), input("a")]), "components[1].component.custom_id \"a\" is used twice"),
            (radio(1), "components[0].component.options has 1 entries, 2 to 10 allowed"),
            (
                label(&json!({"type": 4, "custom_id": "a", "style": 1, "max_length": 3, "value": "four"})),
                "components[0].component.value is 4 characters, 0 to 3 allowed",
            ),
            (
                label(
                    &json!({"type": 3, "custom_id": "a", "min_values": 0, "options": [{"label": "x", "value": "x"}]}),
                ),
                "components[0].component.min_values is 0 although the field is required",
            ),
            (
                label(&json!({"type": 4, "custom_id": "a", "style": 1, "label": "twice"})),
                "components[0].component.label is not allowed inside a Label",
            ),
            (
                label(&json!({"type": 2, "custom_id": "a", "style": 1, "label": "x"})),
                "components[0].component.type 2 is not allowed in a form",
            ),
        ];
        for (parts, expected) in cases {
            assert_eq!(verdict(&parts), expected, "{parts}");
        }
    }
}
