//! `/help`: every command of every feature, from the list.

use std::sync::Arc;

use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::application::command::{CommandOption, CommandOptionType, CommandType};
use twilight_model::guild::Permissions;

use crate::error::Result;
use crate::feature::{CommandEntry, Feature};
use crate::interactions::{Context, Reply};
use crate::ui::{Message, embed};

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
    text: String,
}

async fn help(cx: Context, _: Help, listed: Arc<Vec<Line>>) -> Result<Reply> {
    let everything = cx.acting().await?.administers();
    let visible = |line: &&Line| everything || line.permissions.is_none_or(|p| cx.member.permissions.contains(p));
    let lines: Vec<&str> = listed.iter().filter(visible).map(|line| line.text.as_str()).collect();
    Ok(Message::default().embed(embed("What I can do", lines.join("\n"))).ephemeral(true).into())
}

fn line(entry: &CommandEntry) -> Line {
    let command = &entry.definition;
    let mut text = Vec::new();
    match command.kind {
        CommandType::Message => text.push(format!("Menu of a message, Apps: **{}**", command.name)),
        CommandType::User => text.push(format!("Menu of a member, Apps: **{}**", command.name)),
        _ => describe(&command.name, &command.description, &command.options, &mut text),
    }
    Line { permissions: command.default_member_permissions, text: text.join("\n") }
}

fn describe(path: &str, description: &str, options: &[CommandOption], text: &mut Vec<String>) {
    let nests = |option: &&CommandOption| {
        matches!(option.kind, CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup)
    };
    if !options.iter().any(|option| nests(&option)) {
        text.push(format!("`/{path}` {description}"));
    }
    for option in options.iter().filter(nests) {
        let nested = option.options.as_deref().unwrap_or_default();
        describe(&format!("{path} {}", option.name), &option.description, nested, text);
    }
}
