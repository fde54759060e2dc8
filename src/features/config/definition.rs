//! `/config` as Discord knows it.

use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandOption, CommandType};
use twilight_model::guild::Permissions;

use crate::feature::{self, names};
use crate::said;
use crate::settings::{Declared, Field, Kind};
use crate::words::{Said, Say, name_of};

/// The option of a subcommand that sets one thing.
pub(super) const VALUE: &str = "value";

/// Types of options
/// (<https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type>).
const SUBCOMMAND: u8 = 1;
pub(super) const GROUP: u8 = 2;
pub(super) const STRING: u8 = 3;
pub(super) const INTEGER: u8 = 4;
const BOOLEAN: u8 = 5;
const CHANNEL: u8 = 7;
const ROLE: u8 = 8;
const NUMBER: u8 = 10;

/// The command for these settings, and one group besides.
pub(super) fn command(all: &[Declared], besides: Value) -> Command {
    let groups: Vec<Value> = all.iter().map(|it| names::choice(it.group(), &name_of(it.group()))).collect();
    let group = || {
        let option = json!({"type": STRING, "name": "group", "choices": groups});
        json!([names::named(names::describe(option, &said!(config_group_option_hint)))])
    };
    let suggested = |name: &str, about: Said| {
        let option = json!({"type": STRING, "name": name, "required": true, "autocomplete": true});
        json!([names::named(names::describe(option, &about))])
    };
    let subcommand = |name: &str, about: Said, options| names::named(subcommand(name, &about, options));
    let mut options = vec![
        subcommand("show", said!(config_show_about_hint), group()),
        subcommand("start", said!(config_start_about_hint), json!([])),
        subcommand("history", said!(config_history_about_hint), group()),
        subcommand(
            "rollback",
            said!(config_rollback_about_hint),
            suggested("change", said!(config_change_option_hint)),
        ),
        subcommand("reset", said!(config_reset_about_hint), suggested("setting", said!(config_setting_option_hint))),
    ];
    options.push(besides);
    options.extend(all.iter().map(of_group));
    let options: Vec<CommandOption> =
        serde_json::from_value(Value::Array(options)).expect("the options are as Discord describes them");
    // Admins without this permission see the command where a server's owner gives it to them.
    let permissions = Some(Permissions::MANAGE_GUILD);
    feature::definition(CommandType::ChatInput, "config", permissions, options)
}

fn of_group(declared: &Declared) -> Value {
    let named = |field: &Field| option(field, &field.option_name());
    let about = said!(config_set_about_hint, group = name_of(declared.group()));
    let set = subcommand("set", &about, declared.fields().iter().map(named).collect());
    let mut subcommands = vec![names::named(set)];
    for field in declared.fields().iter().filter(|field| field.alone) {
        let name = format!("set-{}", field.option_name());
        subcommands.push(names::named(subcommand(&name, &field.about.said(), json!([option(field, VALUE)]))));
    }
    let group = json!({"type": GROUP, "name": declared.group(), "options": subcommands});
    names::named(names::describe(group, &said!(config_group_about_hint, group = name_of(declared.group()))))
}

pub(super) fn subcommand(name: &str, about: &Said, options: Value) -> Value {
    names::describe(json!({"type": SUBCOMMAND, "name": name, "options": options}), about)
}

fn option(field: &Field, name: &str) -> Value {
    let option = names::describe(json!({"name": name, "type": STRING, "required": false}), &field.about.said());
    let mut option = names::named(option);
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
            option["choices"] = choices.iter().map(|(value, label)| names::choice(value, &label.said())).collect();
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
