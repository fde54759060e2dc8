//! `/config`: everything a server can set, from the settings of all features.

mod api;
mod definition;
mod export;
mod keys;
mod reset;
mod screens;
mod start;
mod web;
mod words;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use twilight_model::guild::Permissions;

use crate::acting::{Acting, Failure};
use crate::error::{Error, Result};
use crate::feature::{Erasure, Feature, TypedLine, outdated_command};
use crate::interactions::{Context, Reply};
use crate::keys::Area;
use crate::operations::settings::{self, Given, Means, Refusal};
use crate::settings::{Declared, System};
use crate::ui::{Choice, Message, custom_id::digest};
use crate::words::{Language, Msg, Say, name_of};
use crate::{msg, said, say};

/// The feature.
pub(super) fn feature() -> Feature {
    configuring(&[]).about_all(configuring)
}

/// The feature as it configures `features`.
fn configuring(features: &[Feature]) -> Feature {
    let mut all = vec![Declared::of::<System>()];
    all.extend(features.iter().map(|feature| feature.declared.clone()).filter(|it| !it.fields().is_empty()));
    let all = Arc::new(all);
    let (typed, pressed, suggested) = (Arc::clone(&all), Arc::clone(&all), Arc::clone(&all));
    let [settings, history, programs] = web::sections(&all);
    Feature::new("config")
        .pages(settings)
        .pages(history)
        .pages(programs)
        .api(Area::Settings, api::settings(&all))
        .api(Area::Audit, api::audit(&all))
        .export(export::TABLE, export::changes)
        .always_on()
        // The log channel.
        .bot_needs(Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS)
        .command_tree(definition::command(&all, keys::group()), move |cx, line| config(cx, line, Arc::clone(&typed)))
        .suggest(move |cx, line| suggest(cx, line, Arc::clone(&suggested)))
        .only_for_admins(&["config"])
        .try_first(&["config start"])
        .press(move |cx, action, values| press(cx, action, values, Arc::clone(&pressed)))
        .personal_data("setting_change", "user_id", Erasure::KeepTombstone)
}

/// What buttons and menus do.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// Turn to what one feature has set.
    Show { page: usize },
    /// Turn to a page of the history.
    History { group: Option<u32>, page: i64 },
    /// Take what was chosen at a step of the set-up. The number of a step is the digest of its name: its position would
    /// mean another step in another version.
    Choose { at: u32 },
    /// Leave a step as it is.
    Skip { at: u32 },
    /// Let what a step asks for be nothing.
    Nothing { at: u32 },
    /// Go to the step before.
    Back { at: u32 },
    /// Go on another time.
    Stop { at: u32 },
    /// Reset a setting, or all of a group.
    Reset { group: u32, field: Option<u32> },
    /// Reset nothing.
    Keep,
    /// Take back what was reset together with that change.
    TakeBack { change: i64 },
}

async fn config(cx: Context, line: TypedLine, all: Arc<Vec<Declared>>) -> Result<Reply> {
    let acting = cx.acting().await?;
    // Nobody is told what to write who may not; whatever is done asks again by itself.
    acting.require_admin().map_err(Failure::Refused)?;
    let path: Vec<&str> = line.path.iter().skip(1).map(String::as_str).collect();
    match path[..] {
        ["show"] => {
            let page = line.get("group").and_then(|group| all.iter().position(|it| it.group() == group)).unwrap_or(0);
            Ok(screens::show(&cx, &acting, &all, page).await?.into())
        }
        ["start"] => start::resume_setup(&cx, &acting, &all).await,
        ["history"] => {
            let group = line.get("group").and_then(|group| all.iter().find(|it| it.group() == group));
            Ok(screens::history(&cx, &acting, &all, group, 0).await?.into())
        }
        ["rollback"] => roll_back(&cx, &acting, &all, line.get("change").unwrap_or_default()).await,
        ["reset"] => reset::ask(&cx, &acting, &all, line.get("setting").unwrap_or_default()).await,
        [keys::GROUP, subcommand] => keys::run(&cx, &acting, subcommand, &line).await,
        [group, subcommand] => {
            let declared = all.iter().find(|it| it.group() == group).ok_or_else(outdated_command)?;
            match subcommand.strip_prefix("set-") {
                None => set(&cx, &acting, declared, &line.options).await,
                Some(name) => {
                    let field = declared.field(name).ok_or_else(outdated_command)?;
                    let given = line.get(definition::VALUE).map_or(Given::Default, |it| Given::Text(it.to_owned()));
                    change(&cx, &acting, declared, &[(field.name, given)]).await
                }
            }
        }
        _ => Err(outdated_command()),
    }
}

async fn press(cx: Context, action: Action, values: Vec<String>, all: Arc<Vec<Declared>>) -> Result<Reply> {
    let acting = cx.acting().await?;
    acting.require_admin().map_err(Failure::Refused)?;
    match action {
        Action::Show { page } => Ok(Reply::Update(screens::show(&cx, &acting, &all, page).await?)),
        Action::History { group, page } => {
            let group = group.and_then(|group| all.iter().find(|it| digest(it.group()) == group));
            Ok(Reply::Update(screens::history(&cx, &acting, &all, group, page.max(0)).await?))
        }
        Action::Choose { at } => start::take_choice(&cx, &acting, &all, at, &values).await,
        Action::Skip { at } => start::show_next_step(&cx, &acting, &all, at, None).await,
        Action::Nothing { at } => start::take_nothing(&cx, &acting, &all, at).await,
        Action::Back { at } => start::show_step_before(&cx, &acting, &all, at).await,
        Action::Stop { at } => start::end_setup(&cx, &acting, &all, at).await,
        Action::Reset { group, field } => reset::reset(&cx, &acting, &all, group, field).await,
        Action::Keep => Ok(Reply::Update(Message::new(say!(cx.language, config_kept)))),
        Action::TakeBack { change } => reset::take_back(&cx, &acting, &all, change).await,
    }
}

/// Sets what was given, all of it or nothing.
async fn set(cx: &Context, acting: &Acting, declared: &Declared, options: &[(String, String)]) -> Result<Reply> {
    if options.is_empty() {
        return Err(Error::user(said!(config_nothing_given, group = name_of(declared.group()))));
    }
    let mut values = Vec::new();
    for (name, text) in options {
        let field = declared.field(name).ok_or_else(outdated_command)?;
        values.push((field.name, Given::Text(text.clone())));
    }
    change(cx, acting, declared, &values).await
}

async fn change(cx: &Context, acting: &Acting, declared: &Declared, values: &[(&str, Given)]) -> Result<Reply> {
    let done = settings::change(&cx.app, acting, declared, values, Means::Slash).await?;
    Ok(changed(cx.language, declared, done, msg!(config_unchanged)))
}

/// Tells what is different now.
fn changed(language: Language, declared: &Declared, done: settings::Done, unchanged: Msg) -> Reply {
    let mut lines = words::changed_lines(language, declared, &done);
    if done.made.is_empty() {
        lines.insert(0, unchanged.say(language));
    }
    Message::new(lines.join("\n")).ephemeral(true).into()
}

async fn roll_back(cx: &Context, acting: &Acting, all: &[Declared], number: &str) -> Result<Reply> {
    let unknown = |_| Error::User(Refusal::NoSuchChange.said());
    let id: i64 = number.trim().trim_start_matches('#').parse().map_err(unknown)?;
    let (declared, done) = settings::roll_back(&cx.app, acting, all, id).await?;
    let unchanged = msg!(config_not_rolled_back);
    Ok(changed(cx.language, declared, done, unchanged))
}

async fn suggest(cx: Context, line: TypedLine, all: Arc<Vec<Declared>>) -> Result<Vec<Choice>> {
    let acting = cx.acting().await?;
    if !acting.administers() {
        return Ok(Vec::new());
    }
    let Some((option, typed)) = line.focused() else { return Ok(Vec::new()) };
    let typed = typed.to_lowercase();
    let path: Vec<&str> = line.path.iter().skip(1).map(String::as_str).collect();
    let mut read = None;
    let found = match path[..] {
        ["rollback"] => screens::suggest_changes(&cx, &acting, &all).await?,
        ["reset"] => screens::suggest_settings(&cx, &acting, &all).await?,
        [keys::GROUP, _] => keys::suggest(&cx, &acting).await?,
        [group, subcommand] => {
            let declared = all.iter().find(|it| it.group() == group).ok_or_else(outdated_command)?;
            let name = subcommand.strip_prefix("set-").unwrap_or(option);
            let field = declared.field(name).ok_or_else(outdated_command)?;
            let stored = settings::stored(&cx.app, &acting, declared).await?;
            read = field.parse(&typed).ok().map(|value| field.write(&value));
            screens::suggest_values(cx.language, declared, field, stored.get(field.name), &typed)
        }
        _ => Vec::new(),
    };
    // A value that reads as what was typed fits, however it is written.
    let reads = |choice: &Choice| read.as_ref() == Some(&choice.value);
    let plain = |text: &str| text.to_lowercase().replace('_', " ");
    let fits = |choice: &Choice| reads(choice) || plain(&choice.name).contains(&plain(&typed));
    Ok(found.into_iter().filter(fits).take(25).collect())
}
