//! `/help`: every command of every feature, from the list.

use std::collections::HashMap;
use std::sync::Arc;

use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::application::command::{CommandOption, CommandOptionType, CommandType};
use twilight_model::guild::Permissions;

use crate::error::Result;
use crate::feature::{CommandEntry, Feature, translated};
use crate::interactions::{Context, Reply};
use crate::say;
use crate::ui::{Message, embed};
use crate::words::{Language, known_languages};

/// The feature.
pub(super) fn feature() -> Feature {
    listing(&[]).about_all(listing)
}

/// The feature as it lists the commands of `features`, its own among them.
fn listing(features: &[Feature]) -> Feature {
    let listed: Vec<Line> = features.iter().flat_map(|feature| feature.commands.iter().map(line)).collect();
    let listed = Arc::new(listed);
    // Whoever asks what I can do gets an answer, whatever else is switched off.
    Feature::new("help").always_on().command(move |cx, input| help(cx, input, Arc::clone(&listed)))
}

/// What I can do, and how
#[derive(CommandModel, CreateCommand)]
#[command(name = "help")]
struct Help {}

/// A command as `/help` shows it.
struct Line {
    /// Who sees it in Discord unless a server decides otherwise.
    permissions: Option<Permissions>,
    /// By language.
    texts: Vec<(Language, String)>,
}

async fn help(cx: Context, _: Help, listed: Arc<Vec<Line>>) -> Result<Reply> {
    let everything = cx.acting().await?.administers();
    let visible = |line: &&Line| everything || line.permissions.is_none_or(|p| cx.member.permissions.contains(p));
    let lines: Vec<&str> = listed.iter().filter(visible).filter_map(|line| line.text(cx.language)).collect();
    Ok(Message::default().embed(embed(say!(cx.language, help_title), lines.join("\n"))).ephemeral(true).into())
}

impl Line {
    fn text(&self, language: Language) -> Option<&str> {
        self.texts.iter().find(|(it, _)| *it == language).map(|(_, text)| text.as_str())
    }
}

fn line(entry: &CommandEntry) -> Line {
    let command = &entry.definition;
    let text = |language| {
        let name = in_language(&command.name, command.name_localizations.as_ref(), language);
        let mut text = Vec::new();
        match command.kind {
            CommandType::Message => text.push(say!(language, help_message_menu, name)),
            CommandType::User => text.push(say!(language, help_member_menu, name)),
            _ => {
                let about = in_language(&command.description, command.description_localizations.as_ref(), language);
                describe(name, about, &command.options, language, &mut text);
            }
        }
        (language, text.join("\n"))
    };
    Line { permissions: command.default_member_permissions, texts: known_languages().map(text).collect() }
}

/// What somebody reads of a registered text whose Discord is in this language.
fn in_language<'a>(text: &'a str, others: Option<&'a HashMap<String, String>>, language: Language) -> &'a str {
    let others = others.into_iter().flatten();
    translated(text, others.map(|(locale, text)| (locale, text.as_str())), language)
}

fn describe(path: &str, about: &str, options: &[CommandOption], language: Language, text: &mut Vec<String>) {
    let nests = |option: &&CommandOption| {
        matches!(option.kind, CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup)
    };
    if !options.iter().any(|option| nests(&option)) {
        text.push(format!("`/{path}` {about}"));
    }
    for option in options.iter().filter(nests) {
        let nested = option.options.as_deref().unwrap_or_default();
        let name = in_language(&option.name, option.name_localizations.as_ref(), language);
        let about = in_language(&option.description, option.description_localizations.as_ref(), language);
        describe(&format!("{path} {name}"), about, nested, language, text);
    }
}
