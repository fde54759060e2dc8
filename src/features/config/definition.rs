//! `/config` as Discord knows it.

use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandOption, CommandType};
use twilight_model::guild::Permissions;

use crate::feature;
use crate::settings::{Declared, Field, Kind};

/// The option of a subcommand that sets one thing.
pub(super) const VALUE: &str = "value";

/// Types of options
/// (<https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type>).
const SUBCOMMAND: u8 = 1;
const GROUP: u8 = 2;
const STRING: u8 = 3;
const INTEGER: u8 = 4;
const BOOLEAN: u8 = 5;
const CHANNEL: u8 = 7;
const ROLE: u8 = 8;
const NUMBER: u8 = 10;

/// The command for these settings.
pub(super) fn command(all: &[Declared]) -> Command {
    let groups: Vec<Value> = all.iter().map(|it| json!({"name": it.group, "value": it.group})).collect();
    let group = json!({"type": STRING, "name": "group", "description": "Of what", "choices": groups});
    let suggested = |name: &str, about: &str| json!([{"type": STRING, "name": name, "description": about, "required": true, "autocomplete": true}]);
    let mut options = vec![
        subcommand("show", "Show what is set", json!([group])),
        subcommand("start", "Set up the most important things, step by step", json!([])),
        subcommand("history", "Show who changed what", json!([group])),
        subcommand("rollback", "Undo one change", suggested("change", "Its number or what it was about")),
        subcommand("reset", "Go back to the default", suggested("setting", "Which, or all of a group")),
    ];
    options.extend(all.iter().map(of_group));
    let options: Vec<CommandOption> =
        serde_json::from_value(Value::Array(options)).expect("the options are as Discord describes them");
    // Admins without this permission see the command where a server's owner gives it to them.
    let permissions = Some(Permissions::MANAGE_GUILD);
    feature::definition(CommandType::ChatInput, "config", "Set me up for this server (admins)", permissions, options)
}

fn of_group(declared: &Declared) -> Value {
    let named = |field: &Field| option(field, &field.option_name());
    let about = format!("Set one or more of: {}", declared.group);
    let mut subcommands = vec![subcommand("set", &about, declared.fields.iter().map(named).collect())];
    for field in declared.fields.iter().filter(|field| field.alone) {
        let name = format!("set-{}", field.option_name());
        subcommands.push(subcommand(&name, field.about, json!([option(field, VALUE)])));
    }
    json!({"type": GROUP, "name": declared.group, "description": format!("Settings of {}", declared.group), "options": subcommands})
}

fn subcommand(name: &str, about: &str, options: Value) -> Value {
    json!({"type": SUBCOMMAND, "name": name, "description": about, "options": options})
}

fn option(field: &Field, name: &str) -> Value {
    let mut option = json!({"name": name, "description": field.about, "type": STRING, "required": false});
    match field.kind {
        Kind::Channel { types, .. } => {
            option["type"] = json!(CHANNEL);
            option["channel_types"] = json!(types.iter().map(|kind| u8::from(*kind)).collect::<Vec<_>>());
        }
        Kind::Role { .. } => option["type"] = json!(ROLE),
        Kind::Integer { min, max } => {
            option["type"] = json!(INTEGER);
            (option["min_value"], option["max_value"]) = (json!(min), json!(max));
        }
        Kind::Number { min, max } => {
            option["type"] = json!(NUMBER);
            (option["min_value"], option["max_value"]) = (json!(min), json!(max));
        }
        Kind::Boolean => option["type"] = json!(BOOLEAN),
        Kind::Choice(choices) => {
            let choices = choices.iter().map(|(value, label)| json!({"name": label, "value": value}));
            option["choices"] = choices.collect();
        }
        Kind::Text { max_chars, suggestions } => {
            option["max_length"] = json!(max_chars);
            option["autocomplete"] = json!(!suggestions.is_empty());
        }
        Kind::Template { max_chars, .. } => {
            option["max_length"] = json!(max_chars);
            option["autocomplete"] = json!(true);
        }
        Kind::Duration { .. } | Kind::TimeZone => option["autocomplete"] = json!(true),
    }
    option
}
