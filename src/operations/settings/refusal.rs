//! Why settings stay as they are, as data.

use twilight_model::channel::ChannelType;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::acting::{self, Lack, NotAdmin, refused_as};
use crate::assist::settings::Beyond;
use crate::settings::{Field, Misfit};

/// Why settings stay as they are.
#[derive(Debug, PartialEq)]
pub enum Refusal {
    /// Only admins change settings.
    NotAdmin,
    /// There is no setting of that name.
    NoSuchSetting,
    /// Some values may not be what they should become; at least one.
    Unfit(Vec<Unfit>),
    /// Somebody has changed some since whoever acts looked at them.
    Changed,
    /// There is no change of that number in this guild.
    NoSuchChange,
    /// What was changed then is no setting any more.
    SettingGone,
    /// The setting was changed again after the change that should be rolled back.
    ChangedSince {
        /// The change that should be rolled back.
        change: i64,
        /// The change that came after it.
        latest: i64,
        /// What the setting's feature is called.
        group: &'static str,
        /// The setting.
        field: Box<Field>,
    },
    /// What the setting was before that change, it may not be any more.
    OldUnfit {
        /// The change that should be rolled back.
        change: i64,
        /// What the setting's feature is called.
        group: &'static str,
        /// The setting, the value it had, and why it may not have that any more.
        unfit: Box<Unfit>,
    },
}

/// A value that a setting may not have.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfit {
    /// The setting.
    pub field: Field,
    /// Why not.
    pub why: Why,
}

/// Why a setting may not have a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The field does not take it.
    Misfit(Misfit),
    /// The channel is none of this guild, or the bot or whoever acts may not do there what the bot would have to do.
    Lack(Lack),
    /// The channel is of another type.
    ChannelType {
        /// Of which types it may be.
        types: &'static [ChannelType],
    },
    /// Members do not see the channel, and would have to.
    Unseen {
        /// Which.
        channel: Id<ChannelMarker>,
    },
    /// Whoever runs the bot does not allow it.
    Beyond(Beyond),
    /// The role is none of this guild.
    UnknownRole,
    /// The role is everybody's.
    Everyone,
    /// The bot cannot give the role to anybody.
    NotGrantable {
        /// Which.
        role: Id<RoleMarker>,
    },
}

impl acting::Refusal for Refusal {
    /// That of several values is the first one's.
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotAdmin => NotAdmin.code(),
            Refusal::NoSuchSetting => "no_such_setting",
            Refusal::Unfit(unfit) => unfit.first().map_or("unfit_value", |unfit| unfit.why.code()),
            Refusal::Changed => "changed_meanwhile",
            Refusal::NoSuchChange => "no_such_change",
            Refusal::SettingGone => "setting_gone",
            Refusal::ChangedSince { .. } => "changed_since",
            Refusal::OldUnfit { .. } => "old_value_unfit",
        }
    }
}

impl acting::Refusal for Why {
    fn code(&self) -> &'static str {
        match self {
            Why::Misfit(misfit) => misfit.code(),
            Why::Lack(lack) => lack.code(),
            Why::ChannelType { .. } => "wrong_channel_type",
            Why::Unseen { .. } => "unseen_channel",
            Why::Beyond(Beyond::Model { .. }) => "model_not_offered",
            Why::Beyond(Beyond::Tokens { .. }) => "too_many_tokens",
            Why::UnknownRole => "unknown_role",
            Why::Everyone => "everyone_role",
            Why::NotGrantable { .. } => "role_not_grantable",
        }
    }
}

impl acting::Refusal for Misfit {
    fn code(&self) -> &'static str {
        match self {
            Misfit::Value { .. } => "unfit_value",
            Misfit::Placeholder { .. } => "unknown_placeholder",
        }
    }
}

refused_as!(Refusal, NotAdmin => |_| Refusal::NotAdmin);
