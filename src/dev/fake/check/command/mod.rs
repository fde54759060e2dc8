//! Application commands as they are registered.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Fields, Findings, child};

const LOCALES: [&str; 34] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR",
    "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko", "ar",
    "he",
];

/// Checks a whole registration: the list that replaces all commands of a scope.
pub(crate) fn check_all(found: &mut Findings, commands: &Value, in_guild: bool) {
    let Some(list) = commands.as_array() else {
        return found.refuse(&[], "LIST_TYPE_CONVERT", "is not a list of commands");
    };
    let mut counts: HashMap<i64, usize> = HashMap::new();
    let mut names = HashSet::new();
    for (i, command) in list.iter().enumerate() {
        let path = [i.to_string()];
        check(found, &path, command, in_guild);
        let kind = command["type"].as_i64().unwrap_or(1);
        *counts.entry(kind).or_default() += 1;
        if !names.insert((kind, command["name"].as_str())) {
            found.refuse(
                &path,
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                format!("is called {} like another one", command["name"]),
            );
        }
    }
    for (kind, most) in [(1, 100), (2, 15), (3, 15), (4, 1)] {
        let n = counts.get(&kind).copied().unwrap_or(0);
        if n > most {
            found.refuse(&[], "APPLICATION_COMMANDS_MAX", format!("has {n} commands of type {kind}, {most} allowed"));
        }
    }
}

/// Checks one command.
pub(crate) fn check(found: &mut Findings, path: &[String], command: &Value, in_guild: bool) {
    let size = size(command);
    let Some(mut fields) = Fields::of(found, path, command) else { return };
    let kind = fields.int("type", 1..=4).unwrap_or(1);
    if size > 8000 {
        fields.refuse(
            "",
            "APPLICATION_COMMAND_TOO_LARGE",
            format!("has {size} characters of names, descriptions and values, 8000 allowed"),
        );
    }
    fields.allow(&["id", "application_id", "guild_id", "version", "handler"]);
    name(&mut fields, kind == 1);
    localized(&mut fields, "description_localizations", 100);
    let description = fields.text("description", 0..=100).unwrap_or_default();
    if kind == 1 && description.is_empty() {
        fields.refuse("description", "BASE_TYPE_REQUIRED", "is required");
    }
    if matches!(kind, 2 | 3) && !description.is_empty() {
        fields.refuse("description", "APPLICATION_COMMAND_INVALID_DESCRIPTION", "is only for slash commands");
    }
    fields.bits("default_member_permissions");
    fields.flag("nsfw");
    fields.flag("dm_permission");
    fields.flag("default_permission");
    let contexts = fields.list("contexts", 1..=3);
    if in_guild && contexts.iter().any(|(_, context)| **context == 1) {
        fields.refuse(
            "contexts",
            "APPLICATION_COMMAND_CONTEXTS",
            "has BOT_DM, which a command of one server cannot have",
        );
    }
    fields.list("integration_types", 1..=2);
    let at = fields.at("options");
    let list = fields.list("options", 0..=25);
    if kind == 1 {
        options(fields.found, &at, &list, 0);
    } else if !list.is_empty() {
        fields.refuse("options", "APPLICATION_COMMAND_INVALID_OPTIONS", "are only for slash commands");
    }
    fields.done();
}

fn options(found: &mut Findings, at: &[String], list: &[(Vec<String>, &Value)], level: usize) {
    let is_sub = |option: &Value| matches!(option["type"].as_i64(), Some(1 | 2));
    let subs = list.iter().filter(|(_, option)| is_sub(option)).count();
    if subs > 0 && subs < list.len() {
        found.refuse(at, "APPLICATION_COMMAND_OPTIONS_MIXED", "has subcommands beside other options");
    }
    let mut names = HashSet::new();
    let mut optional = false;
    for (path, value) in list {
        if let Some(name) = value["name"].as_str()
            && !names.insert(name)
        {
            found.refuse(
                path,
                "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
                format!("is called {name:?} like another one"),
            );
        }
        if !is_sub(value) {
            let required = value["required"] == true;
            if required && optional {
                found.refuse(
                    path,
                    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                    "is required and stands after an optional one",
                );
            }
            optional |= !required;
        }
        option(found, path, value, level);
    }
}

fn option(found: &mut Findings, path: &[String], value: &Value, level: usize) {
    let Some(mut fields) = Fields::of(found, path, value) else { return };
    fields.require("type");
    let kind = fields.int("type", 1..=11).unwrap_or(3);
    name(&mut fields, true);
    fields.required_text("description", 1..=100);
    localized(&mut fields, "description_localizations", 100);
    fields.flag("required");
    match kind {
        1 | 2 => {
            let allowed = if kind == 2 { level == 0 } else { level <= 1 };
            if !allowed {
                fields.refuse("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "is nested too deep");
            }
            let at = fields.at("options");
            let list = fields.list("options", 0..=25);
            if kind == 2 && list.iter().any(|(_, option)| option["type"] != 1) {
                fields.refuse(
                    "options",
                    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                    "has something else than subcommands in a group",
                );
            }
            options(fields.found, &at, &list, if kind == 2 { 1 } else { 2 });
        }
        3 | 4 | 10 => {
            let autocomplete = fields.flag("autocomplete");
            let choices = fields.list("choices", 0..=25);
            if autocomplete == Some(true) && !choices.is_empty() {
                fields.refuse(
                    "choices",
                    "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES",
                    "and autocomplete exclude each other",
                );
            }
            for (path, value) in choices {
                choice(fields.found, &path, value, Some(kind));
            }
            limits(&mut fields, kind);
        }
        7 => {
            fields.list("channel_types", 0..=20);
        }
        11 => {
            fields.list("file_types", 0..=10);
        }
        _ => {}
    }
    fields.done();
}

fn limits(fields: &mut Fields<'_, '_>, kind: i64) {
    let (low, high) = match kind {
        3 => {
            (fields.int("min_length", 0..=6000).map(|n| n as f64), fields.int("max_length", 1..=6000).map(|n| n as f64))
        }
        _ => {
            let number = |fields: &mut Fields<'_, '_>, key| {
                let number = fields.get(key)?.as_f64();
                if number
                    .is_none_or(|number| number.abs() > 9_007_199_254_740_992.0 || (kind == 4 && number.fract() != 0.0))
                {
                    fields.refuse(key, "NUMBER_TYPE_RANGE", "is not a number of this kind");
                }
                number
            };
            (number(fields, "min_value"), number(fields, "max_value"))
        }
    };
    if let (Some(low), Some(high)) = (low, high)
        && low > high
    {
        fields.refuse("", "APPLICATION_COMMAND_OPTIONS_RANGE", format!("has a minimum {low} above its maximum {high}"));
    }
}

/// Checks one choice, of an option of type `kind`, or of an autocomplete's answer.
pub(super) fn choice(found: &mut Findings, path: &[String], value: &Value, kind: Option<i64>) {
    let Some(mut fields) = Fields::of(found, path, value) else { return };
    fields.required_text("name", 1..=100);
    localized(&mut fields, "name_localizations", 100);
    fields.require("value");
    match fields.get("value") {
        Some(Value::String(_)) if kind.is_none_or(|kind| kind == 3) => {
            fields.text("value", 1..=100);
        }
        Some(Value::Number(number)) if kind != Some(3) => {
            let fits = number.as_f64().is_some_and(|number| number.abs() <= 9_007_199_254_740_991.0);
            if !fits {
                fields.refuse("value", "NUMBER_TYPE_RANGE", "is beyond 53 bits");
            }
        }
        None => {}
        Some(_) => fields.refuse("value", "BASE_TYPE_CONVERT", "is not of the option's type"),
    }
    fields.done();
}

fn name(fields: &mut Fields<'_, '_>, slash: bool) {
    if let Some(name) = fields.required_text("name", 1..=32)
        && slash
        && !is_slash_name(name)
    {
        fields.refuse(
            "name",
            "APPLICATION_COMMAND_INVALID_NAME",
            format!("{name:?} has a character that is not allowed"),
        );
    }
    localized(fields, "name_localizations", 32);
}

fn localized(fields: &mut Fields<'_, '_>, key: &'static str, most: usize) {
    let Some((path, value)) = fields.inner(key) else { return };
    for (locale, text) in value.as_object().into_iter().flatten() {
        let path = child(&path, locale);
        if !LOCALES.contains(&locale.as_str()) {
            fields.found.refuse(&path, "BASE_TYPE_CHOICES", "is no locale of Discord");
        }
        match text.as_str() {
            Some(text) => super::length(fields.found, &path, text, 1..=most),
            None => fields.found.refuse(&path, "STRING_TYPE_CONVERT", "is not a string"),
        }
    }
}

/// Lower case where there is one; letters, digits, `-`, `_`, `'`; Devanagari and Thai marks.
fn is_slash_name(name: &str) -> bool {
    name.chars().all(|c| {
        let mark = matches!(c, '\u{900}'..='\u{97f}' | '\u{a8e0}'..='\u{a8ff}' | '\u{e00}'..='\u{e7f}');
        (c.is_alphanumeric() || mark || "-_'".contains(c))
            && (c.to_lowercase().eq([c]) || c.to_lowercase().count() != 1)
    })
}

/// How Discord counts a command: of each text its longest localization.
fn size(value: &Value) -> usize {
    let longest = |key: &str, localizations: &str| {
        let all = value[localizations].as_object().into_iter().flat_map(|map| map.values());
        all.chain([&value[key]]).filter_map(Value::as_str).map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let own = longest("name", "name_localizations") + longest("description", "description_localizations");
    let choices: usize = value["choices"].as_array().into_iter().flatten().map(choice_size).sum();
    own + choices + value["options"].as_array().into_iter().flatten().map(size).sum::<usize>()
}

fn choice_size(choice: &Value) -> usize {
    let value = choice["value"].as_str().map_or_else(|| choice["value"].to_string().len(), |text| text.chars().count());
    size(&serde_json::json!({"name": choice["name"], "name_localizations": choice["name_localizations"]})) + value
}

#[cfg(test)]
mod tests;
