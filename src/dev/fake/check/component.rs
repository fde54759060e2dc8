//! Components of messages, and the selects that forms share with them.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use serde_json::Value;

use super::{Fields, Findings};

/// Checks the components of a message. `v2` is whether `IS_COMPONENTS_V2` is set.
pub(super) fn of_message(found: &mut Findings, path: &[String], components: &[(Vec<String>, &Value)], v2: bool) {
    if v2 {
        let all: usize = components.iter().map(|(_, component)| count(component)).sum();
        if all > 40 {
            found.refuse(path, "COMPONENT_MAX_TOTAL", format!("has {all} components in all, 1 to 40 allowed"));
        }
        let text: usize = components.iter().map(|(_, component)| text_length(component)).sum();
        if text > 4000 {
            found.refuse(
                path,
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                format!("has {text} characters of text, 4000 allowed"),
            );
        }
    } else if components.len() > 5 {
        found.refuse(path, "BASE_TYPE_BAD_LENGTH", format!("has {} rows, 5 allowed", components.len()));
    }
    for (path, component) in components {
        if !v2 && kind(component) != 1 {
            found.refuse(
                path,
                "UNION_TYPE_CHOICES",
                format!("has type {} outside a row without IS_COMPONENTS_V2", kind(component)),
            );
        } else {
            one(found, path, component, &[1, 9, 10, 12, 13, 14, 17]);
        }
    }
    let mut seen = Seen::default();
    for (path, component) in components {
        unique(found, path, component, &mut seen);
    }
}

/// Names and numbers used so far in one message or form.
#[derive(Default)]
pub(super) struct Seen {
    names: HashSet<String>,
    numbers: HashSet<i64>,
}

/// Refuses a `custom_id` or a number that was used before, also within.
pub(super) fn unique(found: &mut Findings, path: &[String], component: &Value, seen: &mut Seen) {
    if let Some(name) = component["custom_id"].as_str().filter(|name| !name.is_empty())
        && !seen.names.insert(name.to_owned())
    {
        found.refuse(
            &super::child(path, "custom_id"),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            format!("{name:?} is used twice"),
        );
    }
    if let Some(number) = component["id"].as_i64().filter(|number| *number != 0)
        && !seen.numbers.insert(number)
    {
        found.refuse(&super::child(path, "id"), "COMPONENT_ID_DUPLICATED", format!("{number} is used twice"));
    }
    for (key, inner) in parts(component) {
        let mut path = path.to_vec();
        path.extend(key);
        unique(found, &path, inner, seen);
    }
}

/// The components directly within, each with the way to it.
fn parts(component: &Value) -> Vec<(Vec<String>, &Value)> {
    let list = component["components"].as_array().into_iter().flatten().enumerate();
    let mut parts: Vec<_> = list.map(|(i, inner)| (vec!["components".to_owned(), i.to_string()], inner)).collect();
    for key in ["accessory", "component"] {
        if component[key].is_object() {
            parts.push((vec![key.to_owned()], &component[key]));
        }
    }
    parts
}

fn count(component: &Value) -> usize {
    1 + parts(component).into_iter().map(|(_, inner)| count(inner)).sum::<usize>()
}

fn text_length(component: &Value) -> usize {
    let own =
        if kind(component) == 10 { component["content"].as_str().map_or(0, |text| text.chars().count()) } else { 0 };
    own + parts(component).into_iter().map(|(_, inner)| text_length(inner)).sum::<usize>()
}

fn kind(component: &Value) -> i64 {
    component["type"].as_i64().unwrap_or(0)
}

fn one(found: &mut Findings, path: &[String], component: &Value, allowed: &[i64]) {
    let kind = kind(component);
    let Some(mut fields) = Fields::of(found, path, component) else { return };
    fields.allow(&["type"]);
    if !allowed.contains(&kind) {
        fields.refuse("type", "UNION_TYPE_CHOICES", format!("{kind} is not allowed here"));
        return;
    }
    fields.int("id", 0..=i64::from(i32::MAX));
    match kind {
        1 => {
            let inner = fields.list("components", 1..=5);
            let selects = inner.iter().filter(|(_, inner)| (3..=8).contains(&self::kind(inner))).count();
            if selects > 0 && inner.len() > 1 {
                fields.refuse("components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "has a select beside something else");
            }
            for (path, inner) in inner {
                one(fields.found, &path, inner, &[2, 3, 5, 6, 7, 8]);
            }
        }
        2 => button(&mut fields, component),
        3 | 5..=8 => select(&mut fields, kind, false),
        9 => {
            let inner = fields.list("components", 1..=3);
            for (path, inner) in inner {
                one(fields.found, &path, inner, &[10]);
            }
            fields.require("accessory");
            if let Some((path, inner)) = fields.inner("accessory") {
                one(fields.found, &path, inner, &[2, 11]);
            }
        }
        10 => {
            fields.required_seen_text("content", 1..=4000);
        }
        11 => {
            media(&mut fields, "media", false);
            fields.text("description", 1..=1024);
            fields.flag("spoiler");
        }
        12 => {
            fields.require("items");
            for (path, item) in fields.list("items", 1..=10) {
                let Some(mut item) = Fields::of(fields.found, &path, item) else { continue };
                media(&mut item, "media", false);
                item.text("description", 1..=1024);
                item.flag("spoiler");
                item.done();
            }
        }
        13 => {
            media(&mut fields, "file", true);
            fields.flag("spoiler");
        }
        14 => {
            fields.int("spacing", 1..=2);
            fields.flag("divider");
        }
        _ => {
            fields.int("accent_color", 0..=0xff_ffff);
            fields.flag("spoiler");
            fields.require("components");
            for (path, inner) in fields.list("components", 1..=40) {
                one(fields.found, &path, inner, &[1, 9, 10, 12, 13, 14]);
            }
        }
    }
    fields.done();
}

fn media(fields: &mut Fields<'_, '_>, key: &'static str, attachment: bool) {
    fields.require(key);
    let Some((path, value)) = fields.inner(key) else { return };
    let Some(mut inner) = Fields::of(fields.found, &path, value) else { return };
    let url = inner.required_text("url", 1..=2048);
    if attachment && url.is_some_and(|url| !url.starts_with("attachment://")) {
        inner.refuse("url", "ATTACHMENT_NOT_FOUND", "is not an attachment:// reference");
    }
    inner.done();
}

fn button(fields: &mut Fields<'_, '_>, component: &Value) {
    let style = fields.int("style", 1..=6);
    if style.is_none() {
        fields.require("style");
    }
    fields.text("custom_id", 1..=100);
    let label = fields.seen_text("label", 0..=80);
    let url = fields.text("url", 0..=512);
    fields.id("sku_id");
    fields.flag("disabled");
    let emoji = emoji(fields);
    let has = |key: &str| component[key].as_str().is_some_and(|text| !text.is_empty());
    match style {
        Some(1..=4) => {
            if !has("custom_id") {
                fields.refuse("custom_id", "BASE_TYPE_REQUIRED", "is required");
            }
            if has("url") || has("sku_id") {
                fields.refuse(
                    "",
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "has a custom_id and a url or sku_id",
                );
            }
        }
        Some(5) => {
            if has("custom_id") {
                fields.refuse("", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "is a link with a custom_id");
            }
            match url {
                Some(url) if !["http://", "https://", "discord://"].iter().any(|scheme| url.starts_with(scheme)) => {
                    fields.refuse("url", "URL_TYPE_INVALID_SCHEME", "is not an http, https or discord link");
                }
                None => fields.refuse("url", "BASE_TYPE_REQUIRED", "is required"),
                Some(_) => {}
            }
        }
        Some(6) if has("custom_id") || has("label") || has("url") || emoji => {
            fields.refuse("", "BUTTON_COMPONENT_PREMIUM_EXCLUSIVE", "is a premium button with more than a sku_id");
        }
        _ => {}
    }
    if style != Some(6) && label.is_none_or(|label| label.trim().is_empty()) && !emoji {
        fields.refuse("", "BUTTON_COMPONENT_LABEL_REQUIRED", "has neither a label nor an emoji");
    }
}

/// Checks the emoji of a button or an option, and says whether there is one.
fn emoji(fields: &mut Fields<'_, '_>) -> bool {
    let Some((path, value)) = fields.inner("emoji") else { return false };
    let Some(mut emoji) = Fields::of(fields.found, &path, value) else { return true };
    emoji.text("name", 0..=32);
    emoji.id("id");
    emoji.flag("animated");
    if value["id"].is_null() && value["name"].as_str().is_none_or(str::is_empty) {
        emoji.refuse("", "COMPONENT_INVALID_EMOJI", "is not an emoji");
    }
    emoji.done();
    true
}

/// Checks a select of type `kind`, but for its type and number. In a form `required` replaces `disabled`.
pub(super) fn select(fields: &mut Fields<'_, '_>, kind: i64, in_form: bool) {
    fields.required_text("custom_id", 1..=100);
    fields.seen_text("placeholder", 0..=150);
    let min = fields.int("min_values", 0..=25);
    let max = fields.int("max_values", 1..=25).unwrap_or(1);
    let disabled = fields.flag("disabled");
    let required = fields.flag("required");
    if min.unwrap_or(1) > max {
        fields.refuse("min_values", "SELECT_COMPONENT_MIN_ABOVE_MAX", format!("is above max_values {max}"));
    }
    if in_form && disabled.is_some() {
        fields.refuse("disabled", "COMPONENT_DISABLED_IN_MODAL", "is not allowed in a form");
    }
    if in_form && min == Some(0) && required != Some(false) {
        fields.refuse("min_values", "SELECT_COMPONENT_REQUIRED", "is 0 although the field is required");
    }
    let range = usize::try_from(min.unwrap_or(1)).unwrap_or(0)..=usize::try_from(max).unwrap_or(25);
    match kind {
        3 => options(fields, range, max),
        _ => defaults(fields, range, kind),
    }
}

/// What is chosen from.
fn options(fields: &mut Fields<'_, '_>, range: RangeInclusive<usize>, max: i64) {
    fields.require("options");
    let options = fields.list("options", 1..=25);
    let n = options.len();
    let defaults = options.iter().filter(|(_, option)| option["default"] == true).count();
    if defaults > *range.end() {
        fields.refuse(
            "options",
            "SELECT_COMPONENT_TOO_MANY_DEFAULTS",
            format!("has {defaults} defaults, {max} allowed"),
        );
    }
    if *range.end() > n && n > 0 {
        fields.refuse("max_values", "BASE_TYPE_BAD_LENGTH", format!("is {max} with {n} options"));
    }
    let mut values = HashSet::new();
    for (path, option) in options {
        let Some(mut option) = Fields::of(fields.found, &path, option) else { continue };
        option.required_seen_text("label", 1..=100);
        option.seen_text("description", 0..=100);
        option.flag("default");
        emoji(&mut option);
        if let Some(value) = option.required_text("value", 1..=100)
            && !values.insert(value)
        {
            option.refuse("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", format!("{value:?} is used twice"));
        }
        option.done();
    }
}

/// What is chosen already of what Discord knows.
fn defaults(fields: &mut Fields<'_, '_>, range: RangeInclusive<usize>, kind: i64) {
    let types: &[&str] = match kind {
        5 => &["user"],
        6 => &["role"],
        7 => &["user", "role"],
        _ => &["channel"],
    };
    let defaults = fields.list("default_values", 0..=25);
    if !defaults.is_empty() && !range.contains(&defaults.len()) {
        fields.refuse(
            "default_values",
            "BASE_TYPE_BAD_LENGTH",
            format!("has {} entries, not {range:?}", defaults.len()),
        );
    }
    for (path, default) in defaults {
        let Some(mut default) = Fields::of(fields.found, &path, default) else { continue };
        default.require("id");
        default.id("id");
        if default.get("type").and_then(Value::as_str).is_none_or(|name| !types.contains(&name)) {
            default.refuse("type", "SELECT_DEFAULT_VALUE_TYPE", format!("is none of {types:?}"));
        }
        default.done();
    }
    if kind == 8 {
        fields.list("channel_types", 0..=20);
    }
}
