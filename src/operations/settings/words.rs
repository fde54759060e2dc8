//! What the log channel reads of changed settings, and what is wrong with some.

use serde_json::Value;
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::{Unfit, Warning, Why};
use crate::acting::{Acting, Lack};
use crate::assist::settings::Beyond;
use crate::log_channel;
use crate::operations::words::who;
use crate::settings::{Declared, Field, Made, Report, Schema, System};
use crate::ui::{limits::cut, permission_names};
use crate::words::{Language, Msg, Said, Say, name_of};
use crate::{msg, said, say};

/// What of a text is shown where two stand in a line; ten of these lines fit into a box.
const VALUE_CHARS: usize = 140;

/// What the log channel reads of changes, in as many entries as they take.
pub(super) fn reports(
    declared: &Declared,
    acting: &Acting,
    changes: &[Made],
    channel: Option<Id<ChannelMarker>>,
) -> Vec<Report> {
    let language = language_after(acting, declared, changes);
    let title = say!(language, settings_log_changed, group = name_of(declared.group()));
    let mut reports: Vec<Report> = Vec::new();
    for line in changes.iter().map(|change| made(language, declared, change)) {
        match reports.last_mut() {
            Some(last) if last.description.chars().count() + line.chars().count() < log_channel::DESCRIPTION_CHARS => {
                last.description.push('\n');
                last.description.push_str(&line);
            }
            _ => {
                let description = format!("{}\n{line}", who(acting));
                reports.push(Report { channel, title: title.clone(), description });
            }
        }
    }
    reports
}

/// In which language the log channel reads what follows: the new one, if that is what was changed.
fn language_after(acting: &Acting, declared: &Declared, changes: &[Made]) -> Language {
    let is_language = |made: &&Made| declared.feature() == System::FEATURE && made.key == "language";
    let Some(made) = changes.iter().find(is_language) else { return acting.language() };
    let code = made.new.as_ref().and_then(Value::as_str);
    code.map_or(Some(System::default().language), Language::of_code).unwrap_or(acting.language())
}

/// A change in one line.
pub fn made(language: Language, declared: &Declared, made: &Made) -> String {
    let Some(field) = declared.field(made.key) else { return String::new() };
    let show = |value: &Option<Value>| match value {
        Some(value) => shown(language, field, value),
        None => say!(language, settings_default, value = shown(language, field, declared.default(field))),
    };
    format!("`{}`: {} → {}", field.title().say(language), show(&made.old), show(&made.new))
}

/// A value in a line that holds two of them; long texts are cut before their closing quote.
pub fn shown(language: Language, field: &Field, value: &Value) -> String {
    let text = field.show(value).say(language);
    match text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
        Some(text) => format!("`{}`", cut(&text.replace('\n', " "), VALUE_CHARS)),
        None => text,
    }
}

/// Why a setting may not have a value.
pub fn why(unfit: &Unfit) -> Said {
    let name = unfit.field.title();
    match &unfit.why {
        Why::Misfit(misfit) => misfit.said(),
        Why::Lack(Lack::Unknown { .. }) => said!(config_not_a_channel, name),
        Why::Lack(lack @ Lack::Permissions { .. }) => lack.said(),
        Why::ChannelType { types } => {
            let types = Said::any(types.iter().map(|kind| channel_type(*kind).into()));
            said!(config_channel_type, name, types = types.unwrap_or(msg!(config_other_channel).into()))
        }
        Why::Unseen { channel } => said!(config_unseen_channel, channel = *channel, name),
        Why::Beyond(Beyond::Model { offered }) if offered.is_empty() => said!(config_no_model),
        Why::Beyond(Beyond::Model { offered }) => {
            said!(config_other_model, name, models = Said::list(offered.iter().map(|model| format!("`{model}`"))))
        }
        Why::Beyond(Beyond::Tokens { max }) => said!(config_too_many_tokens, name, max = *max),
        Why::UnknownRole => said!(config_not_a_role, name),
        Why::Everyone => said!(config_everyone, name),
        Why::NotGrantable { role } => said!(config_not_grantable, role = *role),
    }
}

/// What is wrong with a value that was right when it was set.
pub fn fault(unfit: &Unfit) -> Said {
    let name = unfit.field.title();
    match &unfit.why {
        Why::Lack(Lack::Unknown { channel }) => said!(settings_gone_channel, channel = *channel, name),
        Why::UnknownRole => said!(settings_gone_role, name),
        _ => why(unfit),
    }
}

/// What works otherwise than they will want, and what to do about it.
pub fn warning(warning: &Warning) -> Said {
    let names = permission_names(Permissions::MENTION_EVERYONE);
    match *warning {
        Warning::Unheard { role, channel: Some(channel) } => said!(config_unheard_role_in, role, channel, names),
        Warning::Unheard { role, channel: None } => said!(config_unheard_role, role, names),
        Warning::Public { channel } => said!(config_public_channel, channel),
    }
}

/// A type of channel, with its article.
fn channel_type(kind: ChannelType) -> Msg {
    match kind {
        ChannelType::GuildText => msg!(config_text_channel),
        ChannelType::GuildAnnouncement => msg!(config_announcement_channel),
        ChannelType::GuildCategory => msg!(config_category),
        _ => msg!(config_other_channel),
    }
}
