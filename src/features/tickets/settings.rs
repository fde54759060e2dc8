//! How tickets work in a server.

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::msg;
use crate::settings::{Field, Kind, Minutes, Schema, WRITTEN_CHANNEL, field};

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
    /// What goes by between two tickets that a member opens, of whatever kind, where the kind says nothing itself.
    pub pause_between: Minutes,
    pub notify: Notify,
    pub ask_feedback: bool,
    pub send_transcript: bool,
    pub transcript_channel: Option<Id<ChannelMarker>>,
    pub transcript_days: i64,
    /// Days after which the channel of a closed ticket is deleted; 0 is never.
    pub closed_days: i64,
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
            // Enough that a finger or a script fills no category; who picked the wrong kind does not mind.
            pause_between: Minutes(1),
            notify: Notify::Off,
            ask_feedback: true,
            send_transcript: true,
            transcript_channel: None,
            transcript_days: 365,
            closed_days: 14,
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

/// What members of a ticket may do in its channel.
pub const TAKES_PART: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// What it takes to open tickets in a category. A channel is made with what its members may do in it, for which Discord
/// wants Manage Permissions (`MANAGE_ROLES`) too; and nobody gives others what they may not do themselves.
pub const CATEGORY_NEEDS: Permissions = Permissions::MANAGE_CHANNELS.union(Permissions::MANAGE_ROLES).union(TAKES_PART);

/// What it takes to open them as private threads of a channel.
pub const THREADS_NEED: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::CREATE_PRIVATE_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::MANAGE_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// What members of a ticket that is closed may do no longer: write, also in a thread beside it. A bot takes from others only
/// what it may do itself.
pub const CLOSING_NEEDS: Permissions = Permissions::SEND_MESSAGES
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::CREATE_PRIVATE_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS);

const CATEGORY: Kind =
    Kind::Channel { types: &[ChannelType::GuildCategory], needs: CATEGORY_NEEDS, members_see: false };

impl Schema for Settings {
    const FEATURE: &'static str = "tickets";
    const FIELDS: &'static [Field] = &[
        field("category", msg!(tickets_set_category), CATEGORY).optional().asked(),
        field("overflow_category", msg!(tickets_set_overflow_category), CATEGORY).optional(),
        field(
            "thread_channel",
            msg!(tickets_set_thread_channel),
            Kind::Channel { types: &[ChannelType::GuildText], needs: THREADS_NEED, members_see: true },
        )
        .optional(),
        field("staff_role", msg!(tickets_set_staff_role), Kind::Role { granted: false })
            .optional()
            .asked()
            .called_in(&["category", "thread_channel"]),
        field("escalation_role", msg!(tickets_set_escalation_role), Kind::Role { granted: false })
            .optional()
            .called_in(&["category", "thread_channel", "escalation_channel"]),
        field("escalation_channel", msg!(tickets_set_escalation_channel), WRITTEN_CHANNEL).optional().hidden(),
        field("offer_answers", msg!(tickets_set_offer_answers), Kind::Boolean),
        field("member_may_close", msg!(tickets_set_member_may_close), Kind::Boolean),
        field("pause_between", msg!(tickets_set_pause_between), Kind::Duration { min_minutes: 0, max_minutes: 1440 }),
        field(
            "notify",
            msg!(tickets_set_notify),
            Kind::Choice(&[
                ("off", msg!(tickets_set_notify_off_option)),
                ("ticket", msg!(tickets_set_notify_ticket_option)),
                ("direct", msg!(tickets_set_notify_direct_option)),
            ]),
        ),
        field("ask_feedback", msg!(tickets_set_ask_feedback), Kind::Boolean),
        field("send_transcript", msg!(tickets_set_send_transcript), Kind::Boolean),
        field("transcript_channel", msg!(tickets_set_transcript_channel), WRITTEN_CHANNEL).optional().hidden(),
        field("transcript_days", msg!(tickets_set_transcript_days), Kind::Integer { min: 1, max: 3650 }),
        field("closed_days", msg!(tickets_set_closed_days), Kind::Integer { min: 0, max: 365 }),
    ];
}
