//! What `/config` says: refusals, and what was done.

use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::acting::{Lack, NotAdmin};
use crate::keys::Area;
use crate::operations::keys;
use crate::operations::settings::{Done, Refusal, Unfit, Why, words};
use crate::settings::{Declared, How};
use crate::words::{Language, Msg, Said, Say, name_of};
use crate::{msg, said, say};

impl Say for Refusal {
    fn said(&self) -> Said {
        match self {
            Refusal::NotAdmin => NotAdmin.said(),
            Refusal::NoSuchSetting => said!(config_no_such_setting),
            Refusal::Unfit(unfit) => Said::lines(unfit.iter().map(words::why).collect()),
            Refusal::Changed => said!(config_changed_meanwhile),
            Refusal::NoSuchChange => said!(config_no_such_change),
            Refusal::SettingGone => said!(config_setting_gone),
            Refusal::ChangedSince { change, latest, group, field } => {
                said!(
                    config_changed_since,
                    name = field.title(),
                    change = *change,
                    latest = *latest,
                    group = name_of(group)
                )
            }
            Refusal::OldUnfit { change, group, unfit } => old_unfit(*change, group, unfit),
        }
    }
}

impl Say for keys::Refusal {
    fn said(&self) -> Said {
        match self {
            keys::Refusal::NotAdmin => NotAdmin.said(),
            keys::Refusal::NotForPrograms => said!(config_key_not_for_programs),
            keys::Refusal::OnlyOperators => said!(config_key_only_operators),
            keys::Refusal::NoName => said!(config_key_no_name),
            keys::Refusal::NameTooLong { max } => said!(config_key_name_too_long, max = *max),
            keys::Refusal::NameTaken => said!(config_key_name_taken),
            keys::Refusal::UnknownScope { name } => {
                let areas = Said::list(Area::ALL.iter().map(|area| format!("`{}`", area.name())));
                said!(config_key_unknown_scope, name = name.replace('`', "'"), areas)
            }
            keys::Refusal::Past => said!(config_key_past),
            keys::Refusal::TooMany { max } => said!(config_key_too_many, max = *max),
            keys::Refusal::NoSuchKey => said!(config_key_no_such),
        }
    }
}

fn old_unfit(change: i64, group: &str, unfit: &Unfit) -> Said {
    let name = unfit.field.title();
    match &unfit.why {
        Why::Lack(Lack::Unknown { channel }) => {
            said!(config_old_channel_gone, channel = *channel, name, change, group = name_of(group))
        }
        Why::Lack(Lack::Permissions { .. }) | Why::NotGrantable { .. } | Why::Unseen { .. } | Why::Beyond(_) => {
            words::why(unfit)
        }
        Why::Misfit(_) | Why::ChannelType { .. } | Why::UnknownRole | Why::Everyone => {
            said!(config_old_unfit, name, change, group = name_of(group))
        }
    }
}

/// What is different now, a line each, and a log channel that cannot be reached.
pub(super) fn changed_lines(language: Language, declared: &Declared, done: &Done) -> Vec<String> {
    let made = done.made.iter().map(|made| words::made(language, declared, made));
    let refusing = done.refusing.map(|channel| disabled_channel(language, channel));
    made.chain(refusing)
        .chain(done.warnings.iter().map(|it| format!("⚠️ {}", words::warning(it).say(language))))
        .collect()
}

/// By which means something was changed.
pub(super) fn how(how: How) -> Msg {
    match how {
        How::Slash => msg!(config_how_slash),
        How::Wizard => msg!(config_how_wizard),
        How::Dashboard => msg!(config_how_dashboard),
        How::Rollback => msg!(config_how_rollback),
        How::Reset => msg!(config_how_reset),
        How::Import => msg!(config_how_import),
    }
}

/// The sentence about a log channel that refuses us.
pub(super) fn disabled_channel(language: Language, channel: Id<ChannelMarker>) -> String {
    say!(language, config_log_channel_refuses, channel)
}
