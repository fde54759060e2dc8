//! Who invited whom: so far what a server sets for it.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::feature::Feature;
use crate::msg;
use crate::settings::{Field, Kind, Schema, WRITTEN_CHANNEL, field};

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("invites").settings::<Settings>()
}

/// What may stand in braces in a message.
const PLACEHOLDERS: &[&str] = &["member", "member_name", "inviter", "inviter_name", "count"];

/// What a server says when somebody joins.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    channel: Option<Id<ChannelMarker>>,
    message: String,
    message_without_inviter: String,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            channel: None,
            message: "{member} joined! {inviter} now has {count} invites.".to_owned(),
            message_without_inviter: "{member} joined, but no inviter data found.".to_owned(),
        }
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "invites";
    const FIELDS: &'static [Field] = &[
        field("channel", msg!(invites_set_channel), WRITTEN_CHANNEL).optional().asked(),
        field("message", msg!(invites_set_message), Kind::Template { max_chars: 1000, placeholders: PLACEHOLDERS })
            .alone(),
        field(
            "message_without_inviter",
            msg!(invites_set_message_without_inviter),
            Kind::Template { max_chars: 1000, placeholders: &["member", "member_name"] },
        ),
    ];
}
