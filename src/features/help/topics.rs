//! What there is to help with: a topic a feature, a line a command, each in every language.

use std::collections::HashMap;

use twilight_model::application::command::{Command, CommandOption, CommandOptionType, CommandType};
use twilight_model::guild::Permissions;

use crate::error::Result;
use crate::feature::{CommandEntry, Feature, Guide, translated};
use crate::interactions::Context;
use crate::say;
use crate::words::{Language, known_languages};

/// What a feature can do.
pub(super) struct Topic {
    pub(super) name: &'static str,
    lines: Vec<Line>,
    guide: Guide,
    /// Whether a server can switch it off.
    switched: bool,
}

/// A command as `/help` shows it.
pub(super) struct Line {
    /// What it is called in English, with what leads to it.
    path: String,
    /// Who sees it in Discord unless a server decides otherwise.
    permissions: Option<Permissions>,
    /// Its place among those that know who may use it; nobody is asked of what everybody may.
    guard: Option<usize>,
    /// What it is called, and what it does, by language.
    texts: Vec<(Language, String, String)>,
}

/// A topic with the commands that somebody may use.
pub(super) struct Shown<'a> {
    pub(super) topic: &'a Topic,
    pub(super) lines: Vec<&'a Line>,
}

/// The topics of which somebody may use something here.
pub(super) async fn visible<'a>(cx: &Context, topics: &'a [Topic]) -> Result<Vec<Shown<'a>>> {
    let everything = cx.acting().await?.administers();
    let mut shown = Vec::new();
    for topic in topics {
        if topic.switched && !cx.app.settings.enabled(cx.guild, topic.name).await {
            continue;
        }
        let mut may = Vec::new();
        for guarded in &topic.guide.guarded {
            may.push(everything || (guarded.may)(cx.clone()).await?);
        }
        let permitted = |line: &Line| line.permissions.is_none_or(|needed| cx.member.permissions.contains(needed));
        let visible = |line: &&Line| everything || (permitted(line) && line.guard.is_none_or(|at| may[at]));
        let lines: Vec<&Line> = topic.lines.iter().filter(visible).collect();
        if !lines.is_empty() {
            shown.push(Shown { topic, lines });
        }
    }
    Ok(shown)
}

impl Shown<'_> {
    /// What to try first of it, if that is something for admins alone, or something for others.
    pub(super) fn first(&self, for_admins: bool) -> Option<&Line> {
        let guide = &self.topic.guide;
        let found = |path: &&str| self.lines.iter().find(|line| line.path == **path).copied();
        let is_for_admins = |line: &&Line| line.guard.is_some_and(|at| guide.guarded[at].for_admins);
        guide.first.iter().find_map(found).filter(|line| is_for_admins(line) == for_admins)
    }
}

impl Topic {
    pub(super) fn of(feature: &Feature) -> Topic {
        let lines = feature.commands.iter().flat_map(|entry| lines_of(entry, &feature.guide)).collect();
        let switched = feature.declared.field("enabled").is_some();
        Topic { name: feature.name, lines, guide: feature.guide.clone(), switched }
    }

    pub(super) fn says_something(&self) -> bool {
        !self.lines.is_empty()
    }
}

impl Line {
    fn text(&self, language: Language) -> (&str, &str) {
        let text = self.texts.iter().find(|(it, ..)| *it == language);
        text.map_or(("", ""), |(_, name, about)| (name, about))
    }

    /// What it is called.
    pub(super) fn name(&self, language: Language) -> String {
        self.text(language).0.to_owned()
    }

    /// The same with what it does.
    pub(super) fn whole(&self, language: Language) -> String {
        let (name, about) = self.text(language);
        format!("{name} {about}").trim_end().to_owned()
    }
}

fn lines_of(entry: &CommandEntry, guide: &Guide) -> Vec<Line> {
    let command = &entry.definition;
    let line = |path: String, texts| {
        let guard = guide.guard(&path);
        Line { path, permissions: command.default_member_permissions, guard, texts }
    };
    match command.kind {
        CommandType::ChatInput => {
            let mut paths = Vec::new();
            list_paths(command.name.clone(), &command.options, &mut Vec::new(), &mut paths);
            paths.into_iter().map(|(path, steps)| line(path, described(command, &steps))).collect()
        }
        kind => {
            let text = |language| {
                let name = in_language(&command.name, command.name_localizations.as_ref(), language);
                let text = match kind {
                    CommandType::Message => say!(language, help_message_menu, name),
                    _ => say!(language, help_member_menu, name),
                };
                (language, text, String::new())
            };
            vec![line(command.name.clone(), known_languages().map(text).collect())]
        }
    }
}

/// The paths of subcommands with what leads to each.
fn list_paths<'a>(
    path: String,
    options: &'a [CommandOption],
    steps: &mut Vec<&'a CommandOption>,
    paths: &mut Vec<(String, Vec<&'a CommandOption>)>,
) {
    let nests = |option: &&CommandOption| {
        matches!(option.kind, CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup)
    };
    if !options.iter().any(|option| nests(&option)) {
        paths.push((path, steps.clone()));
        return;
    }
    for option in options.iter().filter(nests) {
        steps.push(option);
        let nested = option.options.as_deref().unwrap_or_default();
        list_paths(format!("{path} {}", option.name), nested, steps, paths);
        steps.pop();
    }
}

fn described(command: &Command, steps: &[&CommandOption]) -> Vec<(Language, String, String)> {
    let text = |language| {
        let mut path = vec![in_language(&command.name, command.name_localizations.as_ref(), language)];
        path.extend(steps.iter().map(|it| in_language(&it.name, it.name_localizations.as_ref(), language)));
        let about = match steps.last() {
            Some(last) => in_language(&last.description, last.description_localizations.as_ref(), language),
            None => in_language(&command.description, command.description_localizations.as_ref(), language),
        };
        (language, format!("`/{}`", path.join(" ")), about.to_owned())
    };
    known_languages().map(text).collect()
}

/// What somebody reads of a registered text whose Discord is in this language.
fn in_language<'a>(text: &'a str, others: Option<&'a HashMap<String, String>>, language: Language) -> &'a str {
    let others = others.into_iter().flatten();
    translated(text, others.map(|(locale, text)| (locale, text.as_str())), language)
}
