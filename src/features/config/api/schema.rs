//! What can be set, as a program reads it.

use axum::{Extension, Json};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::All;
use crate::api::Caller;
use crate::settings::{Declared, Field, Kind};
use crate::words::{Language, Say, name_of};

/// A group of settings as it can be: what `/config` knows of it.
#[derive(Serialize, ToSchema)]
pub(super) struct SettingsGroup {
    /// What it is called in addresses and in `/config`.
    #[schema(example = "tickets")]
    group: &'static str,
    /// The same as people read it.
    title: String,
    /// Its settings, in the order in which people see them.
    settings: Vec<Setting>,
}

/// A setting as it can be.
#[derive(Serialize, ToSchema)]
pub(super) struct Setting {
    /// What it is called in JSON.
    #[schema(example = "staff_role")]
    name: &'static str,
    /// The same as people read it.
    title: String,
    /// What it is for.
    about: String,
    /// What its value is. The id of a channel or a role is a text, a duration a number of minutes.
    kind: SettingKind,
    /// Whether it may be nothing.
    optional: bool,
    /// What holds where nothing is set.
    default: Value,
    /// The least and the most that a number may be, and the fewest and most minutes of a duration.
    #[schema(value_type = Option<f64>)]
    minimum: Option<Value>,
    #[schema(value_type = Option<f64>)]
    maximum: Option<Value>,
    /// How many characters a text may have.
    max_length: Option<u16>,
    /// What may be chosen.
    choices: Vec<SettingChoice>,
    /// What may stand in braces in a text.
    placeholders: Vec<&'static str>,
}

/// What a setting's value is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum SettingKind {
    Channel,
    Role,
    Integer,
    Number,
    Boolean,
    Text,
    Choice,
    Duration,
    TimeZone,
    Template,
}

/// A value that may be chosen.
#[derive(Serialize, ToSchema)]
pub(super) struct SettingChoice {
    /// As it is stored.
    value: &'static str,
    /// As people read it.
    title: String,
}

impl Setting {
    fn of(language: Language, declared: &Declared, field: &Field) -> Setting {
        let number = |it: f64| serde_json::Number::from_f64(it).map(Value::Number);
        let (kind, minimum, maximum, max_length) = match field.kind {
            Kind::Channel { .. } => (SettingKind::Channel, None, None, None),
            Kind::Role { .. } => (SettingKind::Role, None, None, None),
            Kind::Integer { min, max } => (SettingKind::Integer, Some(min.into()), Some(max.into()), None),
            Kind::Number { min, max } => (SettingKind::Number, number(min), number(max), None),
            Kind::Boolean => (SettingKind::Boolean, None, None, None),
            Kind::Text { max_chars, .. } => (SettingKind::Text, None, None, Some(max_chars)),
            Kind::Choice(_) => (SettingKind::Choice, None, None, None),
            Kind::Duration { min_minutes, max_minutes } => {
                (SettingKind::Duration, Some(min_minutes.into()), Some(max_minutes.into()), None)
            }
            Kind::TimeZone => (SettingKind::TimeZone, None, None, None),
            Kind::Template { max_chars, .. } => (SettingKind::Template, None, None, Some(max_chars)),
        };
        let choices = match field.kind {
            Kind::Choice(choices) => choices,
            _ => &[],
        };
        let placeholders = match field.kind {
            Kind::Template { placeholders, .. } => placeholders.to_vec(),
            _ => Vec::new(),
        };
        Setting {
            name: field.name,
            title: field.title().say(language),
            about: field.about.say(language),
            kind,
            optional: field.optional,
            default: declared.default(field).clone(),
            minimum,
            maximum,
            max_length,
            choices: choices.iter().map(|(value, title)| SettingChoice { value, title: title.say(language) }).collect(),
            placeholders,
        }
    }
}

/// Describe all settings
///
/// What they are called and for is in the language of `Accept-Language`.
#[utoipa::path(get, path = "/schema", tag = "settings", responses(
    (status = 200, description = "The groups", body = Vec<SettingsGroup>),
))]
pub(super) async fn describe_settings(caller: Caller, Extension(all): All) -> Json<Vec<SettingsGroup>> {
    let language = caller.reader.language;
    let group = |declared: &Declared| SettingsGroup {
        group: declared.group(),
        title: name_of(declared.group()).say(language),
        settings: declared.fields().iter().map(|field| Setting::of(language, declared, field)).collect(),
    };
    Json(all.iter().map(group).collect())
}
