//! `/help`: what whoever asks may do here, by topic, and what to try first.

mod topics;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;

use crate::error::Result;
use crate::feature::Feature;
use crate::interactions::{Context, Reply};
use crate::say;
use crate::ui::{Message, button, embed, limits, option, select};
use crate::words::{Say, name_of};
use topics::{Shown, Topic};

/// The feature.
pub(super) fn feature() -> Feature {
    listing(&[]).about_all(listing)
}

/// The feature as it tells of `features`, itself among them.
fn listing(features: &[Feature]) -> Feature {
    let topics: Vec<Topic> = features.iter().map(Topic::of).filter(Topic::says_something).collect();
    let topics = Arc::new(topics);
    let pressed = Arc::clone(&topics);
    // Whoever asks what I can do gets an answer, whatever else is switched off.
    Feature::new("help")
        .always_on()
        .command(move |cx, input| help(cx, input, Arc::clone(&topics)))
        .press(move |cx, action, chosen| press(cx, action, chosen, Arc::clone(&pressed)))
}

/// What I can do, and how
#[derive(CommandModel, CreateCommand)]
#[command(name = "help")]
struct Help {}

/// What its menu and its button do.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// Show the topic that was chosen.
    Topic,
    /// Show all topics.
    All,
}

/// What somebody is told to try first, at most.
const FIRST: usize = 3;

async fn help(cx: Context, _: Help, topics: Arc<Vec<Topic>>) -> Result<Reply> {
    let shown = topics::visible(&cx, &topics).await?;
    Ok(overview(&cx, &shown)?.ephemeral(true).into())
}

async fn press(cx: Context, action: Action, chosen: Vec<String>, topics: Arc<Vec<Topic>>) -> Result<Reply> {
    let shown = topics::visible(&cx, &topics).await?;
    let named = |shown: &&Shown<'_>| chosen.first().is_some_and(|chosen| *chosen == shown.topic.name);
    Ok(Reply::Update(match (action, shown.iter().find(named)) {
        (Action::Topic, Some(topic)) => one(&cx, &shown, topic)?,
        // It is switched off by now, or nobody may do anything of it any more.
        _ => overview(&cx, &shown)?,
    }))
}

/// All topics on one screen: what to try first, and what there is.
fn overview(cx: &Context, shown: &[Shown<'_>]) -> Result<Message> {
    let language = cx.language;
    // Admins set things up first, and begin with what stands last in the list.
    let set_up = shown.iter().rev().filter_map(|shown| shown.first(true));
    let others = shown.iter().filter_map(|shown| shown.first(false));
    let first: Vec<String> = set_up.chain(others).take(FIRST).map(|line| line.whole(language)).collect();
    let text = match first.is_empty() {
        true => String::new(),
        false => format!("**{}**\n{}", say!(language, help_first), first.join("\n")),
    };
    let mut all = embed(say!(language, help_title), text);
    for Shown { topic, lines } in shown {
        let called = lines.iter().map(|line| line.name(language));
        let value = fitting(called, " · ", limits::EMBED_FIELD_VALUE);
        all.fields.push(EmbedField { inline: false, name: name_of(topic.name).say(language), value });
    }
    Ok(Message::default().embed(all).row(vec![menu(cx, shown)?]))
}

/// One topic with everything of it.
fn one(cx: &Context, all: &[Shown<'_>], shown: &Shown<'_>) -> Result<Message> {
    let language = cx.language;
    let lines = shown.lines.iter().map(|line| line.whole(language));
    let text = fitting(lines, "\n", limits::EMBED_DESCRIPTION);
    let back = button(ButtonStyle::Secondary, say!(language, help_all_button), cx.id(&Action::All)?);
    let told = embed(name_of(shown.topic.name).say(language), text);
    Ok(Message::default().embed(told).row(vec![menu(cx, all)?]).row(vec![back]))
}

fn menu(cx: &Context, shown: &[Shown<'_>]) -> Result<Component> {
    let options = shown.iter().map(|shown| option(shown.topic.name, name_of(shown.topic.name).say(cx.language)));
    Ok(select(cx.id(&Action::Topic)?, say!(cx.language, help_topic_menu), options.take(limits::OPTIONS).collect()))
}

/// As many of these as fit, none in half.
fn fitting(parts: impl Iterator<Item = String>, between: &str, most: usize) -> String {
    let mut text = String::new();
    for part in parts {
        let before = if text.is_empty() { "" } else { between };
        if text.chars().count() + before.chars().count() + part.chars().count() > most {
            break;
        }
        text.push_str(before);
        text.push_str(&part);
    }
    text
}
