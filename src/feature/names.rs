//! What commands and their options are called and said to do, in every language.
//!
//! English names are those that everything goes by; the messages `names-…` say what others see. What a command does is
//! `command-faq-edit`, by the path that leads to it, with an attribute for each option and each choice. A command that is
//! made of data brings its descriptions along ([`describe`]).

use std::collections::HashMap;

use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandOption, CommandOptionType, CommandType};

use crate::words::{self, Language, Said};

/// What somebody reads of a registered text whose Discord is in this language: one of its translations, by their locales, or
/// else the text itself.
pub fn translated<'a>(
    text: &'a str,
    translations: impl IntoIterator<Item = (&'a String, &'a str)>,
    language: Language,
) -> &'a str {
    let theirs = translations.into_iter().find(|(locale, _)| Language::of_locale(locale) == Some(language));
    theirs.map_or(text, |(_, text)| text)
}

/// Says in all languages what a command is called and does.
pub(super) fn localize(command: &mut Command) {
    match command.kind {
        CommandType::ChatInput => {
            let path = command.name.clone();
            command.name_localizations = name(&path);
            if command.description_localizations.is_none() {
                say(&format!("command-{path}"), &mut command.description, &mut command.description_localizations);
            }
            localize_options(&mut command.options, &path);
        }
        // The name of a menu is what people read, and what Discord tells it apart by.
        _ => command.name_localizations = others(format!("command-menu-{}", slug(&command.name))),
    }
}

fn localize_options(options: &mut [CommandOption], path: &str) {
    for option in options {
        let nests = matches!(option.kind, CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup);
        let id =
            if nests { format!("command-{path}-{}", option.name) } else { format!("command-{path}.{}", option.name) };
        let of_data = option.description_localizations.is_some();
        if !of_data {
            option.name_localizations = name(&option.name);
            say(&id, &mut option.description, &mut option.description_localizations);
        }
        for choice in option.choices.iter_mut().flatten().filter(|_| !of_data) {
            let value = serde_json::to_value(&choice.value).unwrap_or_default();
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            say(&format!("{id}-{}", slug(&value)), &mut choice.name, &mut choice.name_localizations);
        }
        if nests {
            localize_options(option.options.as_deref_mut().unwrap_or_default(), &format!("{path}-{}", option.name));
        }
    }
}

/// What is said of a command, an option or a choice by its path; one of which nobody has written anything is called `otherwise`.
pub fn described(path: &str, otherwise: &str) -> Said {
    if Language::ENGLISH.knows(path) { Said::by_path(path.to_owned()) } else { Said::from(otherwise) }
}

/// What a name is in other languages.
fn name(name: &str) -> Option<HashMap<String, String>> {
    others(format!("names-{name}"))
}

/// Puts a message where it is shown. One that nobody has written leaves what is there, without translations, by which a
/// test finds it.
fn say(id: &str, text: &mut String, others: &mut Option<HashMap<String, String>>) {
    if Language::ENGLISH.knows(id) {
        let said = Said::by_path(id.to_owned());
        (*text, *others) = (Language::ENGLISH.say(&said), Some(words::localizations(&said)));
    }
}

/// What a message is in other languages, if anybody has written it.
fn others(id: String) -> Option<HashMap<String, String>> {
    let known = Language::ENGLISH.knows(&id);
    known.then(|| words::localizations(&Said::by_path(id))).filter(|localizations| !localizations.is_empty())
}

fn slug(name: &str) -> String {
    name.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

/// A description as Discord takes it, in an option or command that is made of data.
pub fn describe(mut option: Value, said: &Said) -> Value {
    option["description"] = json!(Language::ENGLISH.say(said));
    option["description_localizations"] = json!(words::localizations(said));
    option
}

/// The same with what its name is in other languages.
pub fn named(mut option: Value) -> Value {
    option["name_localizations"] = json!(name(option["name"].as_str().unwrap_or_default()));
    option
}

/// A choice that is called by its label in every language.
pub fn choice(value: &str, said: &Said) -> Value {
    json!({
        "name": Language::ENGLISH.say(said),
        "name_localizations": words::localizations(said),
        "value": value,
    })
}
