//! The commands of all features as Discord registers them: made, checked, compared, described.

use std::fmt::Write;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::feature::{Feature, translated};
use crate::say;
use crate::settings::{Declared, System};
use crate::ui::permission_names;
use crate::words::{Language, Say, name_of};
use crate::{config, discord};

mod misnamed;

pub use misnamed::misnamed;

/// The fields that registering reads and listing gives back
/// (<https://discord.com/developers/docs/interactions/application-commands#application-command-object>).
const FIELDS: [&str; 21] = [
    "autocomplete",
    "channel_types",
    "choices",
    "contexts",
    "default_member_permissions",
    "description",
    "description_localizations",
    "file_types",
    "handler",
    "integration_types",
    "max_length",
    "max_value",
    "min_length",
    "min_value",
    "name",
    "name_localizations",
    "nsfw",
    "options",
    "required",
    "type",
    "value",
];

/// Characters of names, descriptions and values in one command
/// (<https://discord.com/developers/docs/interactions/application-commands#slash-commands>).
const COMMAND_CHARS: usize = 8000;

/// Registering waits at most this long.
const REGISTER_TIME: Duration = Duration::from_secs(60);

/// What is registered: everything for everywhere, or for one guild.
pub fn definitions(features: &[Feature], guild: Option<Id<GuildMarker>>) -> Vec<Value> {
    let commands = features.iter().flat_map(|feature| &feature.commands);
    let definition = |entry: &crate::feature::CommandEntry| {
        let value = serde_json::to_value(&entry.definition).expect("a command is a struct with string keys");
        let mut value = canonical(value);
        if let (Some(_), Some(fields)) = (guild, value.as_object_mut()) {
            // Guild commands take neither; they are what they say by being registered there.
            fields.remove("contexts");
            fields.remove("integration_types");
        }
        value
    };
    commands.map(definition).collect()
}

/// A command without what Discord adds and without what says nothing, so that two of them compare.
fn canonical(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let keep = |(name, value): (String, Value)| {
                let known = FIELDS.contains(&name.as_str());
                let value = if name.ends_with("_localizations") { value } else { canonical(value) };
                let empty = value.is_null()
                    || value == Value::Bool(false)
                    || value.as_array().is_some_and(Vec::is_empty)
                    || (name == "description" && value == "");
                (known && !empty).then_some((name, value))
            };
            Value::Object(fields.into_iter().filter_map(keep).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(canonical).collect()),
        // 3.0 and 3 are the same bound.
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 9e15 => Value::from(float as i64),
            _ => Value::Number(number),
        },
        other => other,
    }
}

/// What registering did.
#[derive(Debug, PartialEq, Eq)]
pub enum Registered {
    /// Discord has them already.
    Unchanged,
    /// This many were sent.
    Replaced(usize),
}

/// Registers the commands unless Discord has exactly these.
///
/// Registering replaces all; a command that keeps its name keeps its id and the permissions that admins gave it.
pub async fn register(
    discord: &discord::Client,
    features: &[Feature],
    guild: Option<Id<GuildMarker>>,
) -> Result<Registered, discord::Error> {
    if are_registered(discord, features, guild).await? {
        return Ok(Registered::Unchanged);
    }
    let deadline = Instant::now() + REGISTER_TIME;
    let registered = discord.set_commands(guild, &definitions(features, guild), deadline).await?;
    Ok(Registered::Replaced(registered.len()))
}

/// Whether Discord has exactly these commands.
///
/// # Errors
/// Discord does not answer.
pub async fn are_registered(
    discord: &discord::Client,
    features: &[Feature],
    guild: Option<Id<GuildMarker>>,
) -> Result<bool, discord::Error> {
    let wanted = definitions(features, guild);
    let present = discord.commands(guild, Instant::now() + REGISTER_TIME).await?;
    let key = |command: &Value| (command["type"].as_u64(), command["name"].as_str().map(str::to_owned));
    let sorted = |commands: Vec<Value>| {
        let mut commands: Vec<Value> = commands.into_iter().map(canonical).collect();
        // Registered in a guild they come back with both lists all the same.
        if guild.is_some() {
            for fields in commands.iter_mut().filter_map(Value::as_object_mut) {
                fields.remove("contexts");
                fields.remove("integration_types");
            }
        }
        commands.sort_by_key(key);
        commands
    };
    Ok(sorted(present) == sorted(wanted))
}

/// What Discord would refuse about `commands`, one line each; none if all is well.
///
/// twilight-validate has other limits than Discord (4,000 characters a command), so they are written down here.
pub fn problems(commands: &[Value]) -> Vec<String> {
    let mut problems = Vec::new();
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        let count = commands.iter().filter(|command| command["type"] == kind).count();
        if count > most {
            problems.push(format!("{count} commands of type {kind}; Discord takes {most}"));
        }
    }
    for command in commands {
        let name = text(command, "name");
        if command["type"] == 1 {
            check_level(command, name, 0, &mut problems);
            let size = size(command);
            if size > COMMAND_CHARS {
                problems.push(format!("/{name} has {size} characters; Discord takes {COMMAND_CHARS}"));
            }
        } else if !(1..=32).contains(&name.chars().count()) || command.get("description").is_some() {
            problems.push(format!("{name}: a menu command has 1 to 32 characters and no description"));
        } else {
            for (locale, name) in
                translations(command, "name").filter(|(_, name)| !(1..=32).contains(&name.chars().count()))
            {
                problems.push(format!("{name}: a menu command has 1 to 32 characters in {locale}, too"));
            }
        }
    }
    problems
}

/// A text in other languages, by locale.
fn translations<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let translations = value[format!("{field}_localizations")].as_object().into_iter().flatten();
    translations.filter_map(|(locale, text)| Some((locale.as_str(), text.as_str()?)))
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// Checks a command, group or option, and what is nested in it.
fn check_level(value: &Value, path: &str, depth: usize, problems: &mut Vec<String>) {
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            problems.push(format!("/{path}: {what}"));
        }
    };
    let name = text(value, "name");
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    let named = (1..=32).contains(&name.chars().count()) && name.chars().all(plain) && name == name.to_lowercase();
    expect(named, "a name has 1 to 32 lower-case letters, digits, - or _");
    let named = translations(value, "name").all(|(_, name)| {
        (1..=32).contains(&name.chars().count()) && name.chars().all(plain) && *name == name.to_lowercase()
    });
    expect(named, "a name in another language has 1 to 32 lower-case letters, digits, - or _");
    let described = translations(value, "description").all(|(_, text)| (1..=100).contains(&text.chars().count()));
    expect(described, "a description in another language has 1 to 100 characters");
    expect((1..=100).contains(&text(value, "description").chars().count()), "a description has 1 to 100 characters");
    let empty = Vec::new();
    let options = value["options"].as_array().unwrap_or(&empty);
    expect(options.len() <= 25, "at most 25 options");
    let mut names: Vec<&str> = options.iter().map(|option| text(option, "name")).collect();
    names.sort_unstable();
    expect(names.windows(2).all(|pair| pair[0] != pair[1]), "names of options are unique");
    for locale in options.iter().filter_map(|option| option["name_localizations"].as_object()).flat_map(Map::keys) {
        let named = |option: &Value| option["name_localizations"][locale.as_str()].as_str().map(str::to_owned);
        let names = options.iter().map(|option| named(option).unwrap_or_else(|| text(option, "name").to_owned()));
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        expect(names.windows(2).all(|pair| pair[0] != pair[1]), "names of options are unique in every language");
    }
    let required: Vec<bool> = options.iter().map(|option| option["required"] == true).collect();
    expect(required.is_sorted_by(|a, b| a >= b), "required options come first");
    let nests = |option: &Value| matches!(option["type"].as_u64(), Some(1 | 2));
    expect(options.iter().all(nests) || !options.iter().any(nests), "subcommands do not mix with options");
    expect(depth <= 2 || !nests(value), "subcommands nest twice at most");
    let choices = value["choices"].as_array().unwrap_or(&empty);
    expect(choices.len() <= 25, "at most 25 choices");
    expect(choices.is_empty() || value["autocomplete"] != true, "choices exclude autocomplete");
    for choice in choices {
        expect((1..=100).contains(&text(choice, "name").chars().count()), "a choice's name has 1 to 100 characters");
        let called = translations(choice, "name").all(|(_, name)| (1..=100).contains(&name.chars().count()));
        expect(called, "a choice's name in another language has 1 to 100 characters");
        expect(text(choice, "value").chars().count() <= 100, "a choice's value has at most 100 characters");
    }
    for option in options {
        check_level(option, &format!("{path} {}", text(option, "name")), depth + 1, problems);
    }
}

/// Characters of names, descriptions and choices' values; of translations only the longest counts.
fn size(value: &Value) -> usize {
    let longest = |field: &str| {
        let translations = value[format!("{field}_localizations")].as_object();
        let translations = translations.into_iter().flat_map(Map::values).filter_map(Value::as_str);
        translations.chain([text(value, field)]).map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let nested = |field: &str| value[field].as_array().into_iter().flatten().map(size).sum::<usize>();
    longest("name")
        + longest("description")
        + text(value, "value").chars().count()
        + nested("options")
        + nested("choices")
}

/// docs/commands.md, and what it is in other languages: every command of every feature, from the definitions.
pub fn markdown(features: &[Feature], language: Language) -> String {
    let mut page = format!("# {}\n\n{}\n", say!(language, docs_commands), say!(language, docs_commands_about));
    for feature in features.iter().filter(|feature| !feature.commands.is_empty()) {
        let _ = write!(page, "\n## {}\n\n", name_of(feature.name).say(language));
        for entry in &feature.commands {
            let command = canonical(serde_json::to_value(&entry.definition).expect("a command is a struct"));
            let name = in_language(&command, "name", language);
            let permissions = permissions(&command, language);
            match command["type"].as_u64() {
                Some(2) => _ = writeln!(page, "- {}{permissions}", say!(language, docs_commands_member_menu, name)),
                Some(3) => _ = writeln!(page, "- {}{permissions}", say!(language, docs_commands_message_menu, name)),
                _ => describe(&command, name, &permissions, language, &mut page),
            }
        }
    }
    page
}

/// What somebody reads of a registered text whose Discord is in this language.
fn in_language<'a>(value: &'a Value, field: &str, language: Language) -> &'a str {
    let translations = value[format!("{field}_localizations")].as_object().into_iter().flatten();
    translated(text(value, field), translations.filter_map(|(locale, text)| Some((locale, text.as_str()?))), language)
}

/// The text of docs/configuration.md: the environment, and what servers set with `/config`.
pub fn configuration(features: &[Feature]) -> String {
    let mut page = String::from(
        "# Configuration\n\nMade from the code; `UPDATE_EXPECT=1 cargo test` writes it anew.\n\n## Environment\n\nEach \
         variable is an option, too: `DATABASE_URL` is `--database-url`.\n\n| Variable | Default | Meaning |\n|---|---|---|\n",
    );
    for (name, default, about) in config::environment() {
        let default = if default.is_empty() { String::new() } else { format!("`{default}`") };
        let _ = writeln!(page, "| `{name}` | {default} | {about} |");
    }
    page.push_str(
        "\n## Settings of a server\n\nAdmins change them with `/config <group> set`, several at once, and go back with \
         `/config reset`. Every change is on record (`/config history`) and can be undone (`/config rollback`).\n",
    );
    let own = Declared::of::<System>();
    let all = [&own].into_iter().chain(features.iter().map(|feature| &feature.declared));
    for declared in all.filter(|declared| !declared.fields().is_empty()) {
        let _ =
            write!(page, "\n### {}\n\n| Setting | Kind | Default | Meaning |\n|---|---|---|---|\n", declared.group());
        for field in declared.fields() {
            let default = match field.write(declared.default(field)) {
                text if text.is_empty() => String::new(),
                text => format!("`{text}`"),
            };
            let _ = writeln!(
                page,
                "| `{}` | {} | {default} | {} |",
                field.option_name(),
                field.describe(),
                field.about.say(Language::ENGLISH)
            );
        }
    }
    page
}

fn describe(value: &Value, path: &str, permissions: &str, language: Language, page: &mut String) {
    let options = value["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    let nests = |option: &&Value| matches!(option["type"].as_u64(), Some(1 | 2));
    if options.iter().any(|option| nests(&option)) {
        for option in options {
            let path = format!("{path} {}", in_language(option, "name", language));
            describe(option, &path, permissions, language, page);
        }
        return;
    }
    let mut usage = format!("/{path}");
    for option in options {
        let name = in_language(option, "name", language);
        let _ = if option["required"] == true { write!(usage, " {name}:…") } else { write!(usage, " [{name}:…]") };
    }
    let _ = writeln!(page, "- `{usage}`: {}{permissions}", in_language(value, "description", language));
    for option in options {
        let (name, about) = (in_language(option, "name", language), in_language(option, "description", language));
        let _ = writeln!(page, "  - `{name}`: {about}");
    }
}

fn permissions(command: &Value, language: Language) -> String {
    use twilight_model::guild::Permissions;
    let bits = command["default_member_permissions"].as_str().and_then(|bits| bits.parse().ok());
    let Some(bits) = bits else { return String::new() };
    let names = permission_names(Permissions::from_bits_truncate(bits));
    format!(" {}", say!(language, docs_commands_permissions, names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(command: Value, expected: &[&str]) {
        assert_eq!(problems(&[command]), expected);
    }

    #[test]
    fn what_menu_commands_are_called_in_other_languages_is_checked() {
        let menu = |name: &str| json!({"type": 3, "name": "Add", "name_localizations": {"nl": name}});
        check(menu(&"x".repeat(32)), &[]);
        let long = "x".repeat(33);
        check(menu(&long), &[&format!("{long}: a menu command has 1 to 32 characters in nl, too")]);
    }

    #[test]
    fn what_discord_refuses_is_found() {
        check(json!({"type": 1, "name": "faq", "description": "Ask"}), &[]);
        check(
            json!({"type": 1, "name": "Faq", "description": "Ask"}),
            &["/Faq: a name has 1 to 32 lower-case letters, digits, - or _"],
        );
        check(json!({"type": 1, "name": "faq"}), &["/faq: a description has 1 to 100 characters"]);
        let option =
            |name: &str, required: bool| json!({"type": 3, "name": name, "description": "x", "required": required});
        check(
            json!({"type": 1, "name": "faq", "description": "x", "options": [option("a", false), option("b", true)]}),
            &["/faq: required options come first"],
        );
        check(
            json!({"type": 1, "name": "faq", "description": "x", "options": [option("a", false), option("a", false)]}),
            &["/faq: names of options are unique"],
        );
        let many: Vec<Value> = (0..26).map(|n| option(&format!("o{n}"), false)).collect();
        check(json!({"type": 1, "name": "faq", "description": "x", "options": many}), &["/faq: at most 25 options"]);
        let choices: Vec<Value> =
            (0..25).map(|n| json!({"name": format!("{n:0100}"), "value": "v".repeat(100)})).collect();
        let options: Vec<Value> = (0..2)
            .map(|n| json!({"type": 3, "name": format!("o{n}"), "description": "x", "choices": choices}))
            .collect();
        check(
            json!({"type": 1, "name": "faq", "description": "x", "options": options}),
            &["/faq has 10010 characters; Discord takes 8000"],
        );
    }

    #[test]
    fn what_discord_adds_does_not_make_commands_differ() {
        let ours = json!({"type": 1, "name": "faq", "description": "x", "options": [
            {"type": 4, "name": "id", "description": "y", "required": true, "min_value": 1}]});
        let theirs = json!({"id": "5", "application_id": "6", "version": "7", "type": 1, "name": "faq",
            "description": "x", "nsfw": false, "default_member_permissions": null, "name_localizations": null,
            "options": [{"type": 4, "name": "id", "description": "y", "required": true, "min_value": 1.0}]});
        assert_eq!(canonical(ours), canonical(theirs));
    }
}
