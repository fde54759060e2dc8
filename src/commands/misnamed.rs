//! Commands and options that messages name and that nobody finds.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{definitions, text};
use crate::feature::Feature;
use crate::words::{self, Language};

/// What people type in one language: each path of words, with the options that it takes.
type Paths = BTreeMap<String, BTreeSet<String>>;

/// Commands and options that the messages of a language name and that nobody finds there, one line each. Whoever reads
/// `/…` types what they read. What they are called is said in the file `names`.
pub fn misnamed(features: &[Feature], code: &str, files: &[(&str, &str)]) -> Vec<String> {
    let names = names(files);
    let paths = list_all_paths(features, &names);
    let mut options = BTreeSet::new();
    for command in definitions(features, None) {
        list_options(&command, &mut options);
    }
    let shown: BTreeSet<&str> =
        options.iter().map(|name| *names.get(name.as_str()).unwrap_or(&name.as_str())).collect();
    // A group that is filled in may be any.
    let group = names.get("tickets").copied().unwrap_or("tickets");
    let english: BTreeMap<String, Quoting<'_>> = quotings(words::files(Language::ENGLISH.code())).collect();
    let theirs = translated_paths(features, &names);
    let english_paths = list_all_paths(features, &BTreeMap::new());
    let mut misnamed = Vec::new();
    for (id, Quoting { file, line, spans }) in quotings(files) {
        let mut say = |what: String| misnamed.push(format!("{code}/{file}.ftl:{line}: {what}"));
        let (mut named, mut is_known) = (BTreeSet::new(), true);
        for typed in spans.iter().filter_map(|span| span.strip_prefix('/')) {
            match find_command(typed, group, &paths) {
                Ok(command) => _ = named.insert(command),
                Err(unknown) => {
                    say(format!("there is no `/{unknown}`"));
                    // Which one is meant is the same mistake.
                    is_known = false;
                }
            }
        }
        for span in spans.iter().filter(|span| options.contains(**span) && !shown.contains(**span)) {
            say(format!("there is no option `{span}`; here it is `{}`", names.get(*span).unwrap_or(span)));
        }
        // Where English names an option, its name here stands.
        let said_in_english = english.get(&id).map(|it| it.spans.as_slice()).unwrap_or_default();
        if is_known {
            let typed = said_in_english.iter().filter_map(|span| span.strip_prefix('/'));
            let meant = typed.filter_map(|typed| find_command(typed, "tickets", &english_paths).ok());
            for meant in meant.filter_map(|path| theirs.get(&path)).filter(|path| !named.contains(*path)) {
                say(format!("`{id}` does not name `/{meant}`"));
            }
        }
        for span in said_in_english.iter().filter(|span| options.contains(**span)) {
            let name = names.get(*span).unwrap_or(span);
            if !spans.contains(name) {
                say(format!("`{id}` does not name the option `{name}`"));
            }
        }
    }
    misnamed
}

/// All paths as they are called by these names.
fn list_all_paths(features: &[Feature], names: &BTreeMap<&str, &str>) -> Paths {
    let mut paths = Paths::new();
    for command in definitions(features, None) {
        let name = text(&command, "name");
        list_paths(&command, names.get(name).unwrap_or(&name), names, &mut paths);
    }
    paths
}

/// By the path of a command in English, the one that is typed in another language.
fn translated_paths(features: &[Feature], names: &BTreeMap<&str, &str>) -> BTreeMap<String, String> {
    let english = list_all_paths(features, &BTreeMap::new()).into_keys();
    let translated = |path: &String| {
        let words = path.split(' ').map(|word| *names.get(word).unwrap_or(&word));
        words.collect::<Vec<_>>().join(" ")
    };
    english.map(|path| (path.clone(), translated(&path))).collect()
}

/// By what they are called in English, what the file `names` calls them.
fn names<'a>(files: &[(&'a str, &'a str)]) -> BTreeMap<&'a str, &'a str> {
    let names = files.iter().find(|(name, _)| *name == "names").map_or("", |(_, text)| text);
    let named = names.lines().filter_map(|line| line.strip_prefix("names-")?.split_once('='));
    named.map(|(name, theirs)| (name.trim(), theirs.trim())).collect()
}

/// What a message has between marks of code, and where it begins.
struct Quoting<'a> {
    file: &'a str,
    line: usize,
    spans: Vec<&'a str>,
}

/// Every message and attribute of some files, by id.
fn quotings<'a>(files: &[(&'a str, &'a str)]) -> impl Iterator<Item = (String, Quoting<'a>)> {
    let mut quotings: Vec<(String, Quoting<'a>)> = Vec::new();
    for (file, text) in files {
        let mut message = "";
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let id = line.split_once('=').map_or("", |(id, _)| id.trim());
            let id = if line.starts_with(char::is_alphabetic) {
                message = id;
                Some(id.to_owned())
            } else {
                id.strip_prefix('.').map(|attribute| format!("{message}.{attribute}"))
            };
            if let Some(id) = id {
                quotings.push((id, Quoting { file, line: at + 1, spans: Vec::new() }));
            }
            if let Some((_, quoting)) = quotings.last_mut() {
                quoting.spans.extend(line.split('`').skip(1).step_by(2));
            }
        }
    }
    quotings.into_iter()
}

/// The command that is typed, without its `/`; or what of it nobody finds: its words, or an option.
fn find_command(typed: &str, group: &str, paths: &Paths) -> Result<String, String> {
    let words = typed.split(' ').filter(|word| !matches!(*word, "{" | "}"));
    let words: Vec<&str> = words.map(|word| if word == "$group" { group } else { word }).collect();
    let path: Vec<&str> = words.iter().copied().take_while(|word| !word.contains([':', '…', '['])).collect();
    let whole = path.join(" ");
    // `/` alone is what one types to see what there is.
    if whole.is_empty() {
        return Ok(whole);
    }
    let (command, options) = match paths.get(&whole) {
        Some(options) => (whole, options),
        None => {
            // The last word may be an option.
            let Some((last, before)) = path.split_last() else { return Err(whole) };
            let before = before.join(" ");
            match paths.get(&before) {
                Some(options) if options.contains(*last) => (before, options),
                _ => return Err(whole),
            }
        }
    };
    let filled_in = words[path.len()..].iter().filter_map(|word| word.trim_start_matches('[').split_once(':'));
    // A time has that mark, too.
    let mut names = filled_in.map(|(name, _)| name).filter(|name| name.starts_with(char::is_alphabetic));
    match names.find(|name| !options.contains(*name)) {
        Some(name) => Err(format!("{command} {name}:")),
        None => Ok(command),
    }
}

/// Whether an option is a subcommand or a group of them.
fn is_nested(option: &Value) -> bool {
    matches!(option["type"].as_u64(), Some(1 | 2))
}

fn list_paths(value: &Value, path: &str, names: &BTreeMap<&str, &str>, paths: &mut Paths) {
    let options: Vec<&Value> = value["options"].as_array().into_iter().flatten().collect();
    let shown = |option: &Value| {
        let name = text(option, "name");
        (*names.get(name).unwrap_or(&name)).to_owned()
    };
    let own = options.iter().filter(|option| !is_nested(option)).map(|option| shown(option)).collect();
    paths.insert(path.to_owned(), own);
    for option in options.iter().filter(|option| is_nested(option)) {
        list_paths(option, &format!("{path} {}", shown(option)), names, paths);
    }
}

/// The names of all options, as they are registered.
fn list_options(value: &Value, options: &mut BTreeSet<String>) {
    for option in value["options"].as_array().into_iter().flatten() {
        if !is_nested(option) {
            options.insert(text(option, "name").to_owned());
        }
        list_options(option, options);
    }
}
