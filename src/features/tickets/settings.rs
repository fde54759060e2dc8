//! How tickets work in a server.

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::settings::{Field, Kind, Schema, field};

/// How tickets work in a server; what a kind says itself counts more.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub category: Option<Id<ChannelMarker>>,
    pub overflow_category: Option<Id<ChannelMarker>>,
    pub thread_channel: Option<Id<ChannelMarker>>,
    pub staff_role: Option<Id<RoleMarker>>,
    pub escalation_role: Option<Id<RoleMarker>>,
    pub escalation_channel: Option<Id<ChannelMarker>>,
    pub offer_answers: bool,
    pub member_may_close: bool,
    pub notify: Notify,
    pub ask_feedback: bool,
    pub send_transcript: bool,
    pub transcript_channel: Option<Id<ChannelMarker>>,
    pub transcript_days: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            category: None,
            overflow_category: None,
            thread_channel: None,
            staff_role: None,
            escalation_role: None,
            escalation_channel: None,
            offer_answers: true,
            member_may_close: true,
            notify: Notify::Off,
            ask_feedback: true,
            send_transcript: true,
            transcript_channel: None,
            transcript_days: 365,
        }
    }
}

/// How a member hears that their ticket has another state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notify {
    /// Not at all, beyond what asks something of them.
    #[default]
    Off,
    /// By a line in the ticket.
    Ticket,
    /// By a direct message.
    Direct,
}

/// A channel is made with what its members may do in it, for which Discord wants Manage Permissions (`MANAGE_ROLES`) too.
const CATEGORY: Kind = Kind::Channel {
    types: &[ChannelType::GuildCategory],
    needs: Permissions::MANAGE_CHANNELS.union(Permissions::MANAGE_ROLES),
};

impl Schema for Settings {
    const FEATURE: &'static str = "tickets";
    const FIELDS: &'static [Field] = &[
        field("category", "The category in which tickets open", CATEGORY).optional().asked(),
        field("overflow_category", "Where they open when that category is full", CATEGORY).optional(),
        field(
            "thread_channel",
            "The channel under which tickets are private threads when no category has room",
            Kind::Channel {
                types: &[ChannelType::GuildText],
                needs: Permissions::CREATE_PRIVATE_THREADS
                    .union(Permissions::SEND_MESSAGES_IN_THREADS)
                    .union(Permissions::MANAGE_THREADS),
            },
        )
        .optional(),
        field("staff_role", "Who works the tickets", Kind::Role { granted: false }).optional().asked(),
        field("escalation_role", "Who is called when a ticket is escalated", Kind::Role { granted: false }).optional(),
        field("escalation_channel", "Where it is said that a ticket is escalated", crate::settings::WRITTEN_CHANNEL)
            .optional(),
        field("offer_answers", "Offer answers of the FAQ before a ticket is opened", Kind::Boolean),
        field("member_may_close", "Let members close their own tickets", Kind::Boolean),
        field(
            "notify",
            "How members hear of each change of their ticket",
            Kind::Choice(&[("off", "Not at all"), ("ticket", "In the ticket"), ("direct", "By direct message")]),
        ),
        field("ask_feedback", "Ask members to rate their closed ticket", Kind::Boolean),
        field("send_transcript", "Send members the transcript of their closed ticket", Kind::Boolean),
        field("transcript_channel", "Where transcripts are posted", crate::settings::WRITTEN_CHANNEL).optional(),
        field("transcript_days", "For how many days I keep transcripts", Kind::Integer { min: 1, max: 3650 }),
    ];
}
