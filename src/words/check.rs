//! What is wrong with a folder of translations: the same verdict for the test and for `alphapy words check`.

use std::collections::BTreeMap;
use std::fmt;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use fluent_syntax::parser;
use unic_langid::LanguageIdentifier;

use super::choosing::Choosing;
use super::marks;
use super::messages::LOCALES;
use super::variables::{DEEPEST, Patterns, collect, variables};
use super::{ITEM_MARKS, LOCALES_OF_DISCORD};

/// The most characters of what an id ends with
/// (<https://discord.com/developers/docs/components/reference>,
/// <https://discord.com/developers/docs/interactions/application-commands>).
const ENDS: [(&str, usize); 7] = [
    ("-button", 80),
    ("-label", 45),
    ("-form", 45),
    ("-hint", 100),
    ("-option", 100),
    ("-menu", 150),
    ("-title", NAMED),
];

/// The title of a box, and the names of its fields
/// (<https://discord.com/developers/docs/resources/message#embed-object-embed-limits>).
const NAMED: usize = 256;

/// The title of a ticket's box, by whose beginning it is found again.
const TICKETS_TITLE: &str = "tickets-title";

/// What stands between the items of a list.
const BETWEEN_ITEMS: &str = "words-between-items";

/// A reason in the audit log (<https://discord.com/developers/docs/resources/audit-log>).
const REASON: usize = 512;

/// What commands and their options are said to do.
const DESCRIPTION: usize = 100;

/// What commands and options are called.
const COMMAND_NAME: usize = 32;

/// A sentence: what may stand in a field of a box, and any other text is longer
/// (<https://discord.com/developers/docs/resources/message#embed-object-embed-limits>).
const TEXT: usize = 1024;

/// What becomes the name of a channel (<https://discord.com/developers/docs/resources/channel#modify-channel>), is said of the
/// setting that all features have, or is a kind of tickets, whose form is called like it.
const NAMES: [(&str, usize); 3] =
    [("tickets-neutral-name", 100), ("settings-enabled", DESCRIPTION), ("ticket-setup-usual-kind", 45)];

/// Words that stand anywhere, also on a button: lengths of time, what languages are called.
const WORDS: (&str, usize) = ("words-", 80);

/// Something that is wrong with a translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// In which file.
    pub file: String,
    /// In which line, from 1; 0 if it is about the whole file.
    pub line: usize,
    /// What is wrong, in a sentence.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { file, line, what } = self;
        match line {
            0 => write!(f, "{file}: {what}"),
            line => write!(f, "{file}:{line}: {what}"),
        }
    }
}

/// A file that was read: its name and text.
type File<'a> = (&'a str, &'a str);

/// How many messages there are in these files, attributes among them.
pub fn count(files: &[(&str, &str)]) -> usize {
    Read::of(files, &mut Vec::new()).patterns(&mut Vec::new()).len()
}

/// How many messages of these files have letters and say the same as in English.
pub fn count_untranslated(files: &[(&str, &str)]) -> usize {
    let (found, english) = (Read::of(files, &mut Vec::new()), Read::of(LOCALES[0].1, &mut Vec::new()));
    let (found, english) = (found.patterns(&mut Vec::new()), english.patterns(&mut Vec::new()));
    let has_letters = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => value.contains(char::is_alphabetic),
        PatternElement::Placeable { expression } => matches!(expression, Expression::Select { .. }),
    };
    let is_same = |(id, pattern): &(&String, &&Pattern<&str>)| {
        pattern.elements.iter().any(has_letters) && english.get(*id).is_some_and(|english| english == *pattern)
    };
    found.iter().filter(is_same).count()
}

/// What is wrong with a language that is built in.
pub fn check_known(code: &str) -> Vec<Problem> {
    check(code, files(code))
}

/// The files of a language that is built in, by name without `.ftl` and text.
pub fn files(code: &str) -> &'static [(&'static str, &'static str)] {
    LOCALES.iter().find(|(known, _)| *known == code).map_or(&[], |(_, files)| files)
}

/// What is wrong with a translation in `files`, by name without `.ftl` and text, measured by the English ones.
pub fn check(code: &str, files: &[File<'_>]) -> Vec<Problem> {
    let (_, english) = LOCALES[0];
    let mut problems = Vec::new();
    let expected = Read::of(english, &mut Vec::new());
    let found = Read::of(files, &mut problems);
    check_folder(code, files, &mut problems);
    let patterns = found.patterns(&mut problems);
    let mut ignored = Vec::new();
    let needed = expected.patterns(&mut ignored);
    for id in needed.keys().filter(|id| !patterns.contains_key(*id) && !id.starts_with('-')) {
        let (file, _) = expected.place(id);
        problems.push(Problem { file, line: 0, what: format!("`{id}` is missing") });
    }
    let choosing = Choosing::of(code, &patterns, &needed);
    let shown_names = shown_names(&patterns);
    for (id, pattern) in &patterns {
        let (file, line) = found.place(id);
        let mut say = |what: String| problems.push(Problem { file: file.clone(), line, what });
        check_variables(id, pattern, &patterns, &needed, &mut say);
        choosing.problems(id, pattern).into_iter().for_each(&mut say);
        check_text(id, pattern, &patterns, most_chars(id, &needed), &mut say);
        check_names(id, pattern, &shown_names, &mut say);
        let (expected_file, _) = expected.place(id);
        if needed.contains_key(id) && file != expected_file {
            say(format!("`{id}` belongs in {expected_file}"));
        }
    }
    if code == LOCALES[0].0 {
        for id in needed.keys() {
            let (file, line) = expected.place(id);
            let of_file = id.trim_start_matches('-').starts_with(&format!("{}-", file.trim_end_matches(".ftl")));
            let by_path = id.starts_with("command-");
            if !of_file && !by_path {
                problems.push(Problem { what: format!("`{id}` does not begin with its file's name"), file, line });
            }
        }
    }
    problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    problems
}

/// Whether the folder is called like a language that Discord has, and no file is missing.
fn check_folder(code: &str, files: &[File<'_>], problems: &mut Vec<Problem>) {
    if code.parse::<LanguageIdentifier>().is_err() {
        let what = format!("the folder is not called like a language, as `de` and `pt-BR` are, but `{code}`");
        problems.push(Problem { file: String::new(), line: 0, what });
    } else if !is_of_discord(code) {
        let what = format!("`{code}` is no language of Discord's, so nobody would read it");
        problems.push(Problem { file: String::new(), line: 0, what });
    }
    for (file, _) in LOCALES[0].1 {
        if !files.iter().any(|(name, _)| name == file) {
            problems.push(Problem { file: format!("{file}.ftl"), line: 0, what: "this file is missing".to_owned() });
        }
    }
}

/// Whether a message is one that English has too, and is given what it names.
fn check_variables(
    id: &str,
    pattern: &Pattern<&str>,
    patterns: &Patterns<'_>,
    needed: &Patterns<'_>,
    say: &mut impl FnMut(String),
) {
    let (has, missing) = variables(pattern, patterns);
    for missing in missing {
        say(format!("`{id}` names `{missing}`, which is not there"));
    }
    match needed.get(id) {
        // A term is a language's own affair.
        None if id.starts_with('-') => {}
        None => say(format!("`{id}` is not used; English has no such message")),
        Some(english) => {
            let (wants, _) = variables(english, needed);
            for lost in wants.difference(&has) {
                say(format!("`{id}` lacks `{{ ${lost} }}`"));
            }
            for odd in has.difference(&wants) {
                say(format!("`{id}` has `{{ ${odd} }}`, which nobody gives it"));
            }
            if has == wants {
                marks::problems(id, pattern, patterns, english, needed).into_iter().for_each(say);
            }
        }
    }
}

/// Whether Discord shows what a message says, and it is found again by that where it has to be.
fn check_text(id: &str, pattern: &Pattern<&str>, patterns: &Patterns<'_>, most: usize, say: &mut impl FnMut(String)) {
    if id.starts_with("names-") && !is_name(pattern) {
        say(format!("`{id}` is no name: 1 to 32 lower-case letters, digits, - or _"));
    }
    if id == BETWEEN_ITEMS && !is_item_mark(pattern) {
        let marks = ITEM_MARKS.map(String::from).join(" ");
        say(format!("`{id}` must be one of {marks} with spaces around it: what is typed is taken apart by these"));
    }
    if id == TICKETS_TITLE && !begins_with_number(pattern) {
        say(format!("`{id}` must have the number first and words or signs after it: a ticket is found again by that"));
    }
    let chars = longest(pattern, patterns, 0);
    if chars == 0 && variables(pattern, patterns).0.is_empty() {
        say(format!("`{id}` says nothing"));
    }
    if chars > most {
        say(format!("`{id}` has {chars} characters; Discord shows {most}"));
    }
}

/// What buttons, forms, menus and commands in menus are called, by the message that says it.
fn shown_names<'a>(patterns: &'a Patterns<'_>) -> Vec<(&'a str, &'a str)> {
    let is_name = |id: &str| {
        let ends = ["-button", "-form", "-menu"];
        ends.iter().any(|end| id.ends_with(end)) || id.starts_with("command-menu-")
    };
    let named = patterns.iter().filter(|(id, _)| is_name(id)).filter_map(|(id, pattern)| match &pattern.elements[..] {
        [PatternElement::TextElement { value }] => Some((id.as_str(), *value)),
        _ => None,
    });
    named.collect()
}

/// Whether a message names a button or form by the words on it, where it could refer to them: they would become two.
fn check_names(id: &str, pattern: &Pattern<&str>, names: &[(&str, &str)], say: &mut impl FnMut(String)) {
    for element in &pattern.elements {
        let PatternElement::TextElement { value } = element else { continue };
        let written = |name: &str| {
            let marked = [format!("“{name}”"), format!("*{name}*"), format!(", {name}*")];
            marked.iter().any(|marked| value.contains(marked))
        };
        for (named, name) in names.iter().filter(|(_, name)| written(name)) {
            say(format!("`{id}` says “{name}” in its own words; `{{ {named} }}` stays what is shown"));
        }
    }
}

/// What a setting is for is the description of an option: `tickets-set-staff-role`, of the file `tickets`.
fn is_setting(id: &str) -> bool {
    let of_file = |(file, _): &(&str, &str)| id.strip_prefix(file).is_some_and(|rest| rest.starts_with("-set-"));
    LOCALES[0].1.iter().any(of_file) && !id.ends_with("-option")
}

/// Whether Discord has this language in any region.
fn is_of_discord(code: &str) -> bool {
    let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    LOCALES_OF_DISCORD.iter().any(|locale| language(locale) == language(code))
}

/// Whether it is a mark by which lists are taken apart, and no more.
fn is_item_mark(pattern: &Pattern<&str>) -> bool {
    let text = pattern.elements.iter().map(|element| match element {
        PatternElement::TextElement { value } => Some(*value),
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::StringLiteral { value }) } => {
            Some(*value)
        }
        PatternElement::Placeable { .. } => None,
    });
    let text: Option<String> = text.collect();
    text.is_some_and(|text| ITEM_MARKS.iter().any(|mark| text.trim() == mark.to_string()))
}

/// Whether nothing that differs stands before the number, and something that is the same after it.
fn begins_with_number(pattern: &Pattern<&str>) -> bool {
    let mut after = pattern.elements.iter().skip_while(|it| matches!(it, PatternElement::TextElement { .. }));
    let is_number = |element: &PatternElement<&str>| match element {
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
            id.name == "number"
        }
        _ => false,
    };
    let is_text = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => value.trim().contains(|c: char| !c.is_alphanumeric()),
        PatternElement::Placeable { .. } => false,
    };
    after.next().is_some_and(is_number) && after.next().is_some_and(is_text)
}

/// The most characters of a message in any language, as its id says it, and otherwise what it is in English: the titles of
/// boxes and the names of their fields are no sentences.
fn most_chars(id: &str, english: &Patterns<'_>) -> usize {
    if id.starts_with("names-") || id.starts_with("command-menu-") {
        return COMMAND_NAME;
    }
    if id.starts_with("command-") || is_setting(id) {
        return DESCRIPTION;
    }
    let named = NAMES.iter().find(|(name, _)| id == *name);
    if let Some((_, most)) = named.or_else(|| ENDS.iter().find(|(end, _)| id.ends_with(end))) {
        return *most;
    }
    let (words, most) = WORDS;
    if id.starts_with(words) {
        return most;
    }
    let is_title = id.contains("-card-") || (id.contains("-log-") && !id.starts_with("reminder-log-"));
    let is_sentence = || english.get(id).is_none_or(|pattern| is_sentence(pattern));
    match () {
        () if id.contains("-audit-") => REASON,
        () if is_title || !is_sentence() => NAMED,
        () => TEXT,
    }
}

/// Whether it ends as a sentence does, or as what is put into one.
fn is_sentence(pattern: &Pattern<&str>) -> bool {
    match pattern.elements.last() {
        Some(PatternElement::TextElement { value }) => value.trim_end().ends_with(['.', '?', '!', ':', '”', '>', ')']),
        Some(PatternElement::Placeable { expression: Expression::Select { variants, .. } }) => {
            variants.iter().any(|variant| is_sentence(&variant.value))
        }
        _ => false,
    }
}

/// The most characters of each message by its id, and whether it takes no arguments.
#[cfg(feature = "dev")]
pub(super) fn limits() -> std::collections::HashMap<String, (usize, bool)> {
    let read = Read::of(LOCALES[0].1, &mut Vec::new());
    let english = read.patterns(&mut Vec::new());
    let known = english.iter().map(|(id, pattern)| {
        let takes_none = variables(pattern, &english).0.is_empty() && !id.starts_with('-');
        (id.clone(), (most_chars(id, &english), takes_none))
    });
    known.collect()
}

/// The files of a language, taken apart.
struct Read<'a> {
    resources: Vec<(File<'a>, Resource<&'a str>)>,
    places: BTreeMap<String, (String, usize)>,
}

impl<'a> Read<'a> {
    fn of(files: &[File<'a>], problems: &mut Vec<Problem>) -> Read<'a> {
        let mut read = Read { resources: Vec::new(), places: BTreeMap::new() };
        for (name, text) in files {
            let file = format!("{name}.ftl");
            let line_at = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
            let resource = match parser::parse(*text) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    problems.extend(errors.iter().map(|error| Problem {
                        file: file.clone(),
                        line: line_at(error.pos.start),
                        what: format!("this is not Fluent: {}", error.kind),
                    }));
                    resource
                }
            };
            // A name is a slice of the text, so it tells where it stands.
            let place = |name: &str| line_at(name.as_ptr() as usize - text.as_ptr() as usize);
            for entry in &resource.body {
                let (id, attributes, line) = match entry {
                    Entry::Message(it) => (it.id.name.to_owned(), &it.attributes, place(it.id.name)),
                    Entry::Term(it) => (format!("-{}", it.id.name), &it.attributes, place(it.id.name)),
                    _ => continue,
                };
                for attribute in attributes {
                    let at = place(attribute.id.name);
                    read.places.insert(format!("{id}.{}", attribute.id.name), (file.clone(), at));
                }
                read.places.insert(id, (file.clone(), line));
            }
            read.resources.push(((name, text), resource));
        }
        read
    }

    fn patterns(&'a self, problems: &mut Vec<Problem>) -> Patterns<'a> {
        let mut patterns = Patterns::new();
        for ((name, _), resource) in &self.resources {
            for id in collect(resource, &mut patterns) {
                let (_, line) = self.place(&id);
                problems.push(Problem { file: format!("{name}.ftl"), line, what: format!("`{id}` is said twice") });
            }
        }
        patterns
    }

    fn place(&self, id: &str) -> (String, usize) {
        self.places.get(id).cloned().unwrap_or_default()
    }
}

/// The most characters that a pattern has by itself and by what it names; what is put into it is not counted.
fn longest(pattern: &Pattern<&str>, all: &Patterns<'_>, depth: usize) -> usize {
    let named = |id: String| all.get(&id).map_or(0, |pattern| longest(pattern, all, depth + 1));
    let part = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => value.chars().count(),
        PatternElement::Placeable { expression } => match expression {
            Expression::Select { variants, .. } => {
                variants.iter().map(|variant| longest(&variant.value, all, depth)).max().unwrap_or(0)
            }
            Expression::Inline(InlineExpression::StringLiteral { value }) => value.chars().count(),
            Expression::Inline(InlineExpression::MessageReference { id, attribute: None }) => named(id.name.to_owned()),
            Expression::Inline(InlineExpression::TermReference { id, attribute: None, .. }) => {
                named(format!("-{}", id.name))
            }
            Expression::Inline(_) => 0,
        },
    };
    // A message that names itself is another problem.
    if depth > DEEPEST { 0 } else { pattern.elements.iter().map(part).sum() }
}

/// The names of commands and options (<https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming>).
fn is_name(pattern: &Pattern<&str>) -> bool {
    let [PatternElement::TextElement { value }] = &pattern.elements[..] else { return false };
    let fits = |c: char| c.is_alphanumeric() && c.to_lowercase().eq([c]) || c == '-' || c == '_';
    (1..=32).contains(&value.chars().count()) && value.chars().all(fits)
}
