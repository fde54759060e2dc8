//! What `/config` says: refusals, and what was done.

use twilight_model::channel::ChannelType;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::acting::{Lack, NotAdmin};
use crate::interactions::Say;
use crate::operations::settings::{Done, Refusal, Unfit, Why, words};
use crate::settings::Declared;

impl Say for Refusal {
    fn say(&self) -> String {
        match self {
            Refusal::NotAdmin => NotAdmin.say(),
            Refusal::NoSuchSetting => {
                "There is no such setting; pick one that is suggested, or see `/config show`.".to_owned()
            }
            Refusal::Unfit(unfit) => unfit.iter().map(why).collect::<Vec<_>>().join("\n"),
            Refusal::NoSuchChange => {
                "There is no such change; pick one that is suggested, or see `/config history`.".to_owned()
            }
            Refusal::SettingGone => "That setting does not exist any more.".to_owned(),
            Refusal::ChangedSince { change, latest, group, field } => format!(
                "`{}` was changed again after #{change}, in #{latest}; roll that back first, or set it with `/config \
                 {group} set`.",
                field.option_name()
            ),
            Refusal::OldUnfit { change, group, unfit } => old_unfit(*change, group, unfit),
        }
    }
}

fn old_unfit(change: i64, group: &str, unfit: &Unfit) -> String {
    let name = unfit.field.option_name();
    match &unfit.why {
        Why::Lack(Lack::Unknown { channel }) => format!(
            "<#{channel}>, which `{name}` was before #{change}, is gone or hidden from me; set another with `/config \
             {group} set`."
        ),
        Why::Lack(Lack::Permissions { .. }) | Why::NotGrantable { .. } => why(unfit),
        Why::Misfit(_) | Why::ChannelType { .. } | Why::UnknownRole | Why::Everyone => {
            format!("What `{name}` was before #{change} is not allowed any more; set it with `/config {group} set`.")
        }
    }
}

/// Why a setting may not have a value.
fn why(unfit: &Unfit) -> String {
    let name = unfit.field.option_name();
    match &unfit.why {
        Why::Misfit(misfit) => misfit.say(),
        Why::Lack(Lack::Unknown { .. }) => format!("`{name}` is a channel of this server; pick one from the list."),
        Why::Lack(lack @ Lack::Permissions { .. }) => lack.say(),
        Why::ChannelType { types } => {
            let wanted: Vec<&str> = types.iter().map(|kind| channel_type(*kind)).collect();
            format!("`{name}` takes {}; pick one from the list.", wanted.join(" or "))
        }
        Why::UnknownRole => format!("`{name}` is a role of this server; pick one from the list."),
        Why::Everyone => format!("`{name}` cannot be @everyone; pick another role."),
        Why::NotGrantable { role } => {
            format!("I cannot give <@&{role}>: move my role above it in the server's settings, or pick another.")
        }
    }
}

/// What is different now, a line each, and a log channel that cannot be reached.
pub(super) fn changed_lines(declared: &Declared, done: &Done) -> Vec<String> {
    let made = done.made.iter().map(|made| words::made(declared, made));
    made.chain(done.refusing.map(disabled_channel)).collect()
}

/// A type of channel, with its article.
fn channel_type(kind: ChannelType) -> &'static str {
    match kind {
        ChannelType::GuildText => "a text channel",
        ChannelType::GuildAnnouncement => "an announcement channel",
        ChannelType::GuildCategory => "a category",
        _ => "another type of channel",
    }
}

/// The sentence about a log channel that refuses us.
pub(super) fn disabled_channel(channel: Id<ChannelMarker>) -> String {
    format!(
        "⚠️ I may not write in <#{channel}> and have stopped to report there; set `/config system set log-channel` anew."
    )
}
