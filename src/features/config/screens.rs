//! What `/config` shows.

use twilight_model::channel::message::component::ButtonStyle;

use super::{Action, words};
use crate::acting::Acting;
use crate::error::Result;
use crate::interactions::Context;
use crate::operations::reminders::words::times;
use crate::operations::settings::words::{fault, shown, warning};
use crate::operations::settings::{self, Faults, Set};
use crate::operations::words::changer;
use crate::say;
use crate::settings::field::option_name;
use crate::settings::{Changed, Declared, Field, Kind, System};
use crate::ui::{Choice, Message, button, custom_id::digest, embed, footer};
use crate::words::{Language, Say, name_of, say_minutes};

/// Changes on one page of the history.
const PAGE: i64 = 10;

/// Lengths of time that are suggested, in minutes.
const MINUTES: [i64; 10] = [0, 5, 15, 30, 60, 120, 360, 720, 1440, 4320];

/// What one group has set, and buttons to the others.
pub(super) async fn show(cx: &Context, acting: &Acting, all: &[Declared], page: usize) -> Result<Message> {
    let page = page.min(all.len() - 1);
    let declared = &all[page];
    let Set { stored, latest, left_alone, .. } = settings::show(&cx.app, acting, declared).await?;
    let language = cx.language;
    let mut lines: Vec<String> = Vec::new();
    for field in declared.fields() {
        let name = field.title();
        let default = field.show(declared.default(field));
        lines.push(match stored.get(field.name) {
            None => say!(language, config_show_default, name, value = default),
            Some(value) if field.accepts(value) => {
                let set = latest.iter().find(|changed| changed.key == field.name && changed.new.is_some());
                let value = field.show(value);
                match set {
                    Some(set) => {
                        let (who, at) = (changer(set), set.at.as_second());
                        say!(language, config_show_set_by, name, value, who, at = at.to_string())
                    }
                    None => say!(language, config_show_set, name, value),
                }
            }
            Some(value) => {
                say!(language, config_show_unfit, name, default, stored = quoted(value))
            }
        });
    }
    let unknown = stored.iter().filter(|(key, _)| !declared.fields().iter().any(|field| field.name == *key));
    lines.extend(
        unknown.map(|(key, value)| {
            say!(language, config_show_unknown, name = key.replace('`', "'"), stored = quoted(value))
        }),
    );
    let Faults { lacks, warnings, unsure } = settings::faults(&cx.app, acting, declared).await?;
    let faults = lacks.iter().map(fault).chain(warnings.iter().map(warning));
    lines.extend(faults.map(|fault| format!("⚠️ {}", fault.say(language))));
    lines.extend(unsure.then(|| say!(language, settings_unsure)));
    lines.extend(left_alone.map(|channel| words::disabled_channel(language, channel)));
    let mut shown = embed(say!(language, config_show_title, group = name_of(declared.group())), lines.join("\n"));
    shown.footer = Some(footer(say!(language, config_page, page = page + 1, count = all.len())));
    let mut row = Vec::new();
    if page > 0 {
        row.push(button(
            ButtonStyle::Secondary,
            say!(language, config_previous_button),
            cx.id(&Action::Show { page: page - 1 })?,
        ));
    }
    if page + 1 < all.len() {
        row.push(button(
            ButtonStyle::Secondary,
            say!(language, config_next_button),
            cx.id(&Action::Show { page: page + 1 })?,
        ));
    }
    Ok(Message::default().embed(shown).row(row).ephemeral(true))
}

/// Who changed what, newest first.
pub(super) async fn history(
    cx: &Context,
    acting: &Acting,
    all: &[Declared],
    declared: Option<&Declared>,
    page: i64,
) -> Result<Message> {
    let language = cx.language;
    let (changes, more) = settings::history(&cx.app, acting, declared, page.saturating_mul(PAGE), PAGE).await?;
    let lines: Vec<String> = changes.iter().map(|changed| recorded(language, all, changed)).collect();
    let text = if lines.is_empty() { say!(language, config_history_none) } else { lines.join("\n") };
    let mut row = Vec::new();
    let turn = |page| Action::History { group: declared.map(|declared| digest(declared.group())), page };
    if page > 0 {
        row.push(button(ButtonStyle::Secondary, say!(language, config_newer_button), cx.id(&turn(page - 1))?));
    }
    if more {
        row.push(button(ButtonStyle::Secondary, say!(language, config_older_button), cx.id(&turn(page + 1))?));
    }
    Ok(Message::default().embed(embed(say!(language, config_history_title), text)).row(row).ephemeral(true))
}

fn recorded(language: Language, all: &[Declared], changed: &Changed) -> String {
    let declared = all.iter().find(|it| it.feature() == changed.feature);
    let field = declared.and_then(|declared| declared.fields().iter().find(|field| field.name == changed.key));
    let show = |value: &Option<serde_json::Value>| match (value, field) {
        (None, _) => say!(language, config_history_default),
        (Some(value), Some(field)) => shown(language, field, value),
        (Some(value), None) => format!("`{}`", quoted(value)),
    };
    let name = field.map_or_else(|| changed.key.clone(), |field| field.title().say(language));
    let group = declared.map_or(changed.feature.as_str(), |declared| declared.group());
    format!(
        "`#{}` <t:{}:f> {} · {} `{name}`: {} → {} ({})",
        changed.id,
        changed.at.as_second(),
        language.say(&changer(changed)),
        name_of(group).say(language),
        show(&changed.old),
        show(&changed.new),
        words::how(changed.how).say(language)
    )
}

/// Changes that can be undone, newest first, by the server's clocks.
pub(super) async fn suggest_changes(cx: &Context, acting: &Acting, all: &[Declared]) -> Result<Vec<Choice>> {
    let (changes, _) = settings::history(&cx.app, acting, None, 0, 50).await?;
    let zone = cx.app.settings.get::<System>(cx.guild).await?.time_zone.time_zone();
    let named = |changed: &Changed| {
        let group =
            all.iter().find(|it| it.feature() == changed.feature).map_or(changed.feature.as_str(), |it| it.group());
        let (group, name) = (name_of(group), name_of(&option_name(&changed.key)));
        let at = times::short_moment(zone.to_datetime(changed.at));
        let number = changed.id.to_string();
        Choice { name: say!(cx.language, config_change_option, number, group, name, at), value: changed.id.to_string() }
    };
    Ok(changes.iter().map(named).collect())
}

/// What is set, and groups of which something is.
pub(super) async fn suggest_settings(cx: &Context, acting: &Acting, all: &[Declared]) -> Result<Vec<Choice>> {
    let mut choices = Vec::new();
    for declared in all {
        let stored = settings::stored(&cx.app, acting, declared).await?;
        let set = declared.fields().iter().filter(|field| stored.contains_key(field.name));
        let called = name_of(declared.group()).say(cx.language);
        let named = |field: &Field| {
            let name = format!("{called} {}", field.title().say(cx.language));
            Choice { name, value: format!("{} {}", declared.group(), field.option_name()) }
        };
        let set: Vec<Choice> = set.map(named).collect();
        if !set.is_empty() {
            let name = say!(cx.language, config_all_of_option, group = called.as_str());
            choices.push(Choice { name, value: declared.group().to_owned() });
        }
        choices.extend(set);
    }
    Ok(choices)
}

/// Values for a setting for which Discord has no picker.
pub(super) fn suggest_values(
    language: Language,
    declared: &Declared,
    field: &Field,
    stored: Option<&serde_json::Value>,
    typed: &str,
) -> Vec<Choice> {
    let default = field.write(declared.default(field));
    let known = stored.map(|value| field.write(value));
    let values: Vec<String> = match field.kind {
        Kind::Text { suggestions, .. } => suggestions.iter().map(ToString::to_string).collect(),
        Kind::Template { .. } => known.into_iter().chain([default]).collect(),
        Kind::Duration { min_minutes, max_minutes } => {
            let within = MINUTES.into_iter().filter(|minutes| (min_minutes..=max_minutes).contains(minutes));
            // What was typed already comes first, written out.
            let read = field.parse(typed).ok().into_iter();
            read.chain(within.map(Into::into)).map(|value| field.write(&value)).collect()
        }
        Kind::TimeZone => {
            let zones = jiff::tz::db().available().map(|name| name.to_string());
            let (mut first, rest): (Vec<String>, Vec<String>) = zones
                .filter(|name| name.contains('/') && !name.starts_with("Etc/"))
                .partition(|name| name.starts_with("Europe/"));
            first.extend(rest);
            first.push("UTC".to_owned());
            first
        }
        _ => Vec::new(),
    };
    // A suggestion carries at most 100 characters.
    let mut choices: Vec<Choice> = Vec::new();
    for value in values.into_iter().filter(|value| !value.is_empty() && value.chars().count() <= 100) {
        if !choices.iter().any(|choice| choice.value == value) {
            choices.push(Choice { name: called(language, field, &value), value });
        }
    }
    choices
}

/// What a suggested value is called: a length of time as people read it, anything else as it is typed.
fn called(language: Language, field: &Field, value: &str) -> String {
    match (field.kind, field.parse(value).ok().and_then(|value| value.as_i64())) {
        (Kind::Duration { .. }, Some(minutes)) => say_minutes(minutes).say(language),
        _ => value.to_owned(),
    }
}

fn quoted(value: &serde_json::Value) -> String {
    value.to_string().replace('`', "'").chars().take(100).collect()
}
