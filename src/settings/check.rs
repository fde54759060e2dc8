//! What may be stored: a value that fits its field, once whoever changes it has asked for what the value names.
//!
//! `Settings::change` takes nothing but [`Checked`], so a door that stores what somebody sent cannot forget to look at it.

use serde_json::Value;
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::field::{Field, Kind, Misfit};

/// What is to become of one setting, and may.
#[derive(Clone, Debug)]
pub struct Checked {
    field: Field,
    value: Option<Value>,
}

/// A value that fits its field, but may name a channel or a role of which the guild knows nothing.
#[derive(Clone, Debug)]
pub struct Fitting {
    field: Field,
    value: Value,
}

/// What a value names.
#[derive(Clone, Copy, Debug)]
pub enum Names {
    /// Nothing that could be missing.
    Nothing,
    /// A channel.
    Channel {
        /// Which.
        channel: Id<ChannelMarker>,
        /// Of which types it may be; empty: of any.
        types: &'static [ChannelType],
        /// What the bot must be able to do there, besides seeing it.
        needs: Permissions,
        /// Whether members must see it.
        members_see: bool,
    },
    /// A role.
    Role {
        /// Which.
        role: Id<RoleMarker>,
        /// Whether the bot gives it to members.
        granted: bool,
    },
}

/// Looks at a value for `field`, as it would be stored.
///
/// # Errors
/// Why the field does not take it.
pub fn check(field: &Field, value: &Value) -> Result<Fitting, Misfit> {
    // Nothing is said by storing nothing.
    if value.is_null() || !field.accepts(value) {
        return Err(Misfit::of(field, value.as_str().unwrap_or_default()));
    }
    Ok(Fitting { field: *field, value: value.clone() })
}

impl Fitting {
    /// What has to be asked for before it may be stored.
    pub fn names(&self) -> Names {
        match (self.field.kind, self.value.as_str().and_then(|id| id.parse().ok())) {
            (Kind::Channel { types, needs, members_see }, Some(id)) => {
                Names::Channel { channel: Id::<ChannelMarker>::cast(id), types, needs, members_see }
            }
            (Kind::Role { granted }, Some(id)) => Names::Role { role: Id::<ChannelMarker>::cast(id), granted },
            _ => Names::Nothing,
        }
    }

    /// Which setting.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Says that what it [names](Fitting::names) belongs to the guild and may be used as the field says.
    pub fn asked_for(self) -> Checked {
        Checked { field: self.field, value: Some(self.value) }
    }
}

impl Checked {
    /// Back to the default, which needs no check.
    pub fn default_of(field: &Field) -> Checked {
        Checked { field: *field, value: None }
    }

    /// Which setting.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// The value; nothing is the default.
    pub(super) fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }
}
