//! `/config`: everything a server can set, from the settings of all features.

mod definition;
mod screens;
mod start;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use twilight_model::guild::Permissions;

use crate::discord;
use crate::error::{Error, Result};
use crate::feature::{Erasure, Feature, TypedLine, outdated_command};
use crate::interactions::{Context, Reply};
use crate::log_channel;
use crate::settings::{By, Change, Declared, Field, How, Kind, Made, System};
use crate::ui::{Choice, Message, custom_id::digest, permission_names};

/// The feature.
pub(super) fn feature() -> Feature {
    configuring(&[]).about_all(configuring)
}

/// The feature as it configures `features`.
fn configuring(features: &[Feature]) -> Feature {
    let mut all = vec![Declared::of::<System>()];
    all.extend(features.iter().map(|feature| feature.declared.clone()).filter(|it| !it.fields.is_empty()));
    let all = Arc::new(all);
    let (typed, pressed, suggested) = (Arc::clone(&all), Arc::clone(&all), Arc::clone(&all));
    Feature::new("config")
        .always_on()
        .command_tree(definition::command(&all), move |cx, line| config(cx, line, Arc::clone(&typed)))
        .suggest(move |cx, line| suggest(cx, line, Arc::clone(&suggested)))
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
    /// Go on another time.
    Stop { at: u32 },
}

async fn config(cx: Context, line: TypedLine, all: Arc<Vec<Declared>>) -> Result<Reply> {
    cx.require_admin().await?;
    let path: Vec<&str> = line.path.iter().skip(1).map(String::as_str).collect();
    match path[..] {
        ["show"] => {
            let page = line.get("group").and_then(|group| all.iter().position(|it| it.group == group)).unwrap_or(0);
            Ok(screens::show(&cx, &all, page).await?.into())
        }
        ["start"] => start::resume(&cx, &all).await,
        ["history"] => {
            let group = line.get("group").and_then(|group| all.iter().find(|it| it.group == group));
            Ok(screens::history(&cx, &all, group, 0).await?.into())
        }
        ["rollback"] => rollback(cx, &all, line.get("change").unwrap_or_default()).await,
        ["reset"] => reset(cx, &all, line.get("setting").unwrap_or_default()).await,
        [group, subcommand] => {
            let declared = all.iter().find(|it| it.group == group).ok_or_else(outdated_command)?;
            match subcommand.strip_prefix("set-") {
                None => set(cx, declared, &line.options).await,
                Some(name) => {
                    let field = declared.field(name).ok_or_else(outdated_command)?;
                    match line.get(definition::VALUE) {
                        Some(value) => set(cx, declared, &[(field.option_name(), value.to_owned())]).await,
                        None => {
                            change(cx, declared, vec![Change { field: *field, value: None, over: None }], How::Slash)
                                .await
                        }
                    }
                }
            }
        }
        _ => Err(outdated_command()),
    }
}

async fn press(cx: Context, action: Action, values: Vec<String>, all: Arc<Vec<Declared>>) -> Result<Reply> {
    cx.require_admin().await?;
    match action {
        Action::Show { page } => Ok(Reply::Update(screens::show(&cx, &all, page).await?)),
        Action::History { group, page } => {
            let group = group.and_then(|group| all.iter().find(|it| digest(it.group) == group));
            Ok(Reply::Update(screens::history(&cx, &all, group, page.max(0)).await?))
        }
        Action::Choose { at } => start::choose(cx, &all, at, &values).await,
        Action::Skip { at } => start::go_on(&cx, &all, at, None).await,
        Action::Stop { at } => start::stop(&cx, &all, at).await,
    }
}

/// Sets what was given, all of it or nothing.
async fn set(cx: Context, declared: &Declared, options: &[(String, String)]) -> Result<Reply> {
    if options.is_empty() {
        return Err(Error::user(format!(
            "Say what to set, as in `/config {0} set …`; see what there is with `/config show group:{0}`.",
            declared.group
        )));
    }
    let mut changes = Vec::new();
    let mut refusals = Vec::new();
    for (name, text) in options {
        let field = declared.field(name).ok_or_else(outdated_command)?;
        match read(&cx, field, text).await? {
            Ok(value) => changes.push(Change { field: *field, value: Some(value), over: None }),
            Err(why) => refusals.push(why),
        }
    }
    if !refusals.is_empty() {
        return Err(Error::user(refusals.join("\n")));
    }
    change(cx, declared, changes, How::Slash).await
}

/// What somebody gave for a setting, or why it cannot be that.
async fn read(cx: &Context, field: &Field, text: &str) -> Result<Result<Value, String>> {
    let value = match field.read(text) {
        Ok(value) => value,
        Err(why) => return Ok(Err(why)),
    };
    let (name, id) = (field.option_name(), field.write(&value));
    let refusal = match field.kind {
        Kind::Channel { types, needs } => match cx.resolved.channel(&id) {
            None => Some(format!("`{name}` is a channel of this server; pick one from the list.")),
            Some(channel) if !types.is_empty() && !types.contains(&channel.kind) => {
                let wanted: Vec<&str> = types.iter().map(|kind| screens::channel_type(*kind)).collect();
                Some(format!("`{name}` takes {}; pick one from the list.", wanted.join(" or ")))
            }
            Some(channel) => channel.app_permissions.and_then(|granted| {
                let needed = Permissions::VIEW_CHANNEL | needs;
                let missing =
                    if granted.contains(Permissions::ADMINISTRATOR) { Permissions::empty() } else { needed - granted };
                let names = permission_names(missing);
                (!missing.is_empty())
                    .then(|| format!("I lack permissions in <#{id}>: give me {names} there, or pick another channel."))
            }),
        },
        Kind::Role { granted } => match cx.resolved.role(&id) {
            None => Some(format!("`{name}` is a role of this server; pick one from the list.")),
            // @everyone has the server's id.
            Some(_) if id == cx.guild.to_string() => Some(format!("`{name}` cannot be @everyone; pick another role.")),
            Some(role) if granted => {
                let above =
                    role.managed || role.position >= cx.app.discord.guild(cx.guild).own_rank(cx.deadline()).await?;
                above.then(|| {
                    format!("I cannot give <@&{id}>: move my role above it in the server's settings, or pick another.")
                })
            }
            Some(_) => None,
        },
        _ => None,
    };
    Ok(refusal.map_or(Ok(value), Err))
}

/// Makes the changes, reports them, and tells what is different.
async fn change(cx: Context, declared: &Declared, changes: Vec<Change>, how: How) -> Result<Reply> {
    let (made, warning) = apply(&cx, declared, &changes, how).await?;
    let text = match made.is_empty() {
        true if how == How::Rollback => {
            "It is so already, or was changed again just now; see `/config history`.".to_owned()
        }
        true => "That is how it was; nothing has changed.".to_owned(),
        false => made.iter().map(|made| screens::made(declared, made)).collect::<Vec<_>>().join("\n"),
    };
    let text = [Some(text), warning].into_iter().flatten().collect::<Vec<_>>().join("\n");
    Ok(Message::new(text).ephemeral(true).into())
}

/// The same without an answer; also a sentence about a log channel that cannot be reached.
async fn apply(cx: &Context, declared: &Declared, changes: &[Change], how: How) -> Result<(Vec<Made>, Option<String>)> {
    let system = cx.app.settings.get::<System>(cx.guild).await?;
    let is_log_channel = |key: &str| declared.feature == "system" && key == "log_channel";
    let by = By { user: cx.member.id, how, at: cx.now };
    let report = |made: &[Made]| {
        let moved = made.iter().find(|made| is_log_channel(made.key));
        // Who gives up a log channel is seen doing so in it.
        let given_up = moved.and(system.log_channel).map(Some);
        let current = moved.map_or(system.log_channel.is_some(), |made| made.new.is_some()).then_some(None);
        let channels = given_up.into_iter().chain(current);
        channels.flat_map(|channel| screens::reports(declared, cx.member.id, made, channel)).collect()
    };
    let (made, refusing) = cx.app.settings.change(cx.guild, declared.feature, changes, by, report).await?;
    if changes.iter().any(|change| is_log_channel(change.field.name)) {
        log_channel::enable(&cx.app.db, cx.guild).await?;
    }
    cx.app.post_log(cx.guild);
    // One that was given up just now may refuse what it likes.
    let moved = made.iter().any(|made| is_log_channel(made.key));
    let refusing = refusing.filter(|channel| !moved && system.log_channel == Some(*channel));
    Ok((made, refusing.map(screens::left_alone)))
}

async fn rollback(cx: Context, all: &[Declared], number: &str) -> Result<Reply> {
    let unknown = || Error::user("There is no such change; pick one that is suggested, or see `/config history`.");
    let id: i64 = number.trim().trim_start_matches('#').parse().map_err(|_| unknown())?;
    let (changed, latest) = cx.app.settings.find_change(cx.guild, id).await?.ok_or_else(unknown)?;
    let found = all.iter().find(|it| it.feature == changed.feature);
    let found = found.and_then(|declared| Some((declared, declared.fields.iter().find(|it| it.name == changed.key)?)));
    let (declared, field) = found.ok_or_else(|| Error::user("That setting does not exist any more."))?;
    if changed.old.as_ref().is_some_and(|old| !field.accepts(old)) {
        return Err(Error::user(format!(
            "What `{}` was before #{id} is not allowed any more; set it with `/config {} set`.",
            field.option_name(),
            declared.group
        )));
    }
    if let Some(latest) = latest.filter(|latest| latest.new != changed.new) {
        return Err(Error::user(format!(
            "`{0}` was changed again after #{id}, in #{1}; roll that back first, or set it with `/config {2} set`.",
            field.option_name(),
            latest.id,
            declared.group
        )));
    }
    if let Some(old) = &changed.old
        && let Kind::Channel { .. } = field.kind
        && let Ok(channel) = field.write(old).parse()
        && let Err(discord::Error::Gone { .. } | discord::Error::NoAccess { .. }) =
            cx.app.discord.guild(cx.guild).channel(channel, cx.deadline()).await
    {
        return Err(Error::user(format!(
            "<#{channel}>, which `{}` was before #{id}, is gone or hidden from me; set another with `/config {} set`.",
            field.option_name(),
            declared.group
        )));
    }
    // Discord took its time, and somebody may have changed it meanwhile.
    let undo = Change { field: *field, value: changed.old, over: Some(changed.new) };
    change(cx, declared, vec![undo], How::Rollback).await
}

/// Resets one setting, or all of a feature.
async fn reset(cx: Context, all: &[Declared], named: &str) -> Result<Reply> {
    let (group, name) = named.trim().split_once(' ').map_or((named.trim(), None), |(group, name)| (group, Some(name)));
    let unknown = || Error::user("There is no such setting; pick one that is suggested, or see `/config show`.");
    let declared = all.iter().find(|it| it.group == group).ok_or_else(unknown)?;
    let fields = match name {
        Some(name) => vec![*declared.field(name.trim()).ok_or_else(unknown)?],
        None => declared.fields.clone(),
    };
    let changes = fields.into_iter().map(|field| Change { field, value: None, over: None }).collect();
    change(cx, declared, changes, How::Reset).await
}

async fn suggest(cx: Context, line: TypedLine, all: Arc<Vec<Declared>>) -> Result<Vec<Choice>> {
    if !cx.is_admin().await? {
        return Ok(Vec::new());
    }
    let Some((option, typed)) = line.focused() else { return Ok(Vec::new()) };
    let typed = typed.to_lowercase();
    let path: Vec<&str> = line.path.iter().skip(1).map(String::as_str).collect();
    let mut read = None;
    let found = match path[..] {
        ["rollback"] => screens::suggest_changes(&cx, &all).await?,
        ["reset"] => screens::suggest_settings(&cx, &all).await?,
        [group, subcommand] => {
            let declared = all.iter().find(|it| it.group == group).ok_or_else(outdated_command)?;
            let name = subcommand.strip_prefix("set-").unwrap_or(option);
            let field = declared.field(name).ok_or_else(outdated_command)?;
            let stored = cx.app.settings.stored(cx.guild, declared.feature).await?;
            read = field.read(&typed).ok().map(|value| field.write(&value));
            screens::suggest_values(declared, field, stored.get(field.name), &typed)
        }
        _ => Vec::new(),
    };
    // A value that reads as what was typed fits, however it is written.
    let reads = |choice: &Choice| read.as_ref() == Some(&choice.value);
    let plain = |text: &str| text.to_lowercase().replace('_', " ");
    let fits = |choice: &Choice| reads(choice) || plain(&choice.name).contains(&plain(&typed));
    Ok(found.into_iter().filter(fits).take(25).collect())
}
