//! Tickets: a member asks, a channel opens, the staff works it, and nothing of it is lost.
//!
//! A ticket is a row. What happens to it is a [`workflow::Step`], taken on the revision that was looked at, in one statement
//! with its history and its entry for the log channel. Discord follows: [`settle`] brings channel, message and permissions
//! to what the row says, however often it is interrupted.

mod admin;
mod command;
mod export;
mod hours;
mod idle;
mod model;
mod open;
mod screens;
mod settle;
mod staff;
mod stats;
mod store;
mod tags;
mod transcript;
mod workflow;

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, InteractionMarker, RoleMarker, UserMarker};

use crate::error::Result;
use crate::feature::{Erasure, Feature, Part, Promise};
use crate::interactions::{Context, Reply};
use crate::settings::{Field, Kind, Schema, field};
use crate::ui::Message;

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("tickets")
        .command(command::ticket)
        .suggest(command::suggest)
        .command(tags::tag)
        .suggest(tags::suggest)
        .form(tags::save)
        .user_menu("Open a ticket", None, open::for_member)
        .message_menu("Add to ticket", None, staff::add_message)
        .press(press)
        .open_form(open::FORM, open::answered)
        .form(staff::close_with_reason)
        .form(staff::escalate_with_reason)
        .form(staff::comment)
        .form(admin::save_basics)
        .form(admin::save_people)
        .form(admin::save_limits)
        .form(admin::save_times)
        .form(admin::save_question)
        .work(work)
        .settings::<Settings>()
        .export(export::TABLE, export::tickets)
        .every_guild_job("bring tickets to what they should be", settle::guilds, settle::due)
        .guild_job("watch tickets", idle::guilds, idle::watch)
        .every_guild_job("bring panels to what they should be", admin::guilds, admin::due)
        .job("forget drafts of tickets", open::forget_drafts)
        .upkeep("forget transcripts", settle::guilds_with_transcripts, settle::forget_transcripts)
        .personal_data("ticket", "user_id", Erasure::KeepTombstone)
        .personal_data("ticket", "opened_by_user_id", Erasure::KeepTombstone)
        .personal_data("ticket", "claimed_by_user_id", Erasure::KeepTombstone)
        .personal_data("ticket", "close_requested_by_user_id", Erasure::KeepTombstone)
        .personal_data("ticket", "closed_by_user_id", Erasure::KeepTombstone)
        .personal_data("ticket_event", "user_id", Erasure::KeepTombstone)
        .personal_data("ticket_event", "target_user_id", Erasure::KeepTombstone)
        .personal_data("ticket_member", "user_id", Erasure::DeleteRow)
        .personal_data("ticket_draft", "user_id", Erasure::DeleteRow)
        .personal_data("ticket_draft", "opened_by_user_id", Erasure::DeleteRow)
        .personal_data("ticket_clipping", "user_id", Erasure::DeleteRow)
        .personal_data("ticket_clipping", "author_user_id", Erasure::DeleteRow)
        .personal_data("ticket_block", "user_id", Erasure::DeleteRow)
        .personal_data("ticket_block", "blocked_by_user_id", Erasure::KeepTombstone)
        .personal_data("tag", "author_user_id", Erasure::KeepTombstone)
        .personal_content("ticket", "subject", Part::WholeValue)
        .personal_content("ticket", "answers", Part::JsonPath("$[*][1]"))
        .personal_content("ticket", "close_reason", Part::WholeValue)
        .personal_content("ticket", "rating_comment", Part::WholeValue)
        .personal_content("ticket_event", "body", Part::WholeValue)
        .personal_content("ticket_draft", "subject", Part::WholeValue)
        .personal_content("ticket_draft", "answers", Part::JsonPath("$[*][1]"))
        .personal_content("ticket_clipping", "body", Part::WholeValue)
        .personal_content("ticket_block", "reason", Part::WholeValue)
        .personal_content("ticket_transcript", "page", Part::WholeValue)
        .personal_content("ticket_transcript", "plain", Part::WholeValue)
        .personal_content("ticket_transcript_part", "bytes", Part::WholeValue)
}

/// How tickets work in a server; what a type says itself counts more.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    category: Option<Id<ChannelMarker>>,
    overflow_category: Option<Id<ChannelMarker>>,
    thread_channel: Option<Id<ChannelMarker>>,
    staff_role: Option<Id<RoleMarker>>,
    escalation_role: Option<Id<RoleMarker>>,
    escalation_channel: Option<Id<ChannelMarker>>,
    offer_answers: bool,
    member_may_close: bool,
    notify: Notify,
    ask_feedback: bool,
    send_transcript: bool,
    transcript_channel: Option<Id<ChannelMarker>>,
    transcript_days: i64,
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
enum Notify {
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

/// What buttons and menus do. Tickets are named by their number; the guild is the interaction's.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// Open a ticket of this type.
    Start(i32),
    /// Open a ticket of the type that was chosen in the menu; for somebody else, if they are named.
    Choose(Option<Id<UserMarker>>),
    /// Open the ticket that was written, in spite of the answers that were offered.
    Anyway(Id<InteractionMarker>),
    /// An entry of the FAQ answers what was written.
    Solved(Id<InteractionMarker>, i32),
    /// Fill in once more what was refused.
    Again(Id<InteractionMarker>),
    Claim(i32),
    Unclaim(i32),
    Wait(i32),
    Escalate(i32),
    Close(i32),
    Reopen(i32),
    Transcript(i32),
    /// Ask whether to delete it.
    Delete(i32),
    ReallyDelete(i32),
    Agree(i32),
    KeepOpen(i32),
    /// This many stars.
    Rate(i32, i16),
    Comment(i32),
    /// Turn to a page of a list, as older versions said it.
    List(command::Listed, i64),
    /// Turn to a page of a list.
    #[serde(rename = "L")]
    Turn(command::Shown, store::At),
    Stats(stats::Period),
    /// Add the message to the ticket that was chosen.
    AddTo(Id<InteractionMarker>),
    /// What admins do with types.
    Types(admin::Press),
    /// Nothing.
    Never,
}

async fn press(cx: Context, action: Action, chosen: Vec<String>) -> Result<Reply> {
    match action {
        Action::Start(kind) => open::start(cx, kind, None).await,
        Action::Choose(user) => open::chosen(cx, user, &chosen).await,
        Action::Anyway(draft) => open::anyway(cx, draft).await,
        Action::Solved(draft, entry) => open::solved(cx, draft, entry).await,
        Action::Again(draft) => open::again(cx, draft).await,
        Action::List(listed, _) => command::begin(cx, listed).await,
        Action::Turn(shown, at) => command::turn(cx, shown, at).await,
        Action::Stats(period) => stats::turn(cx, period).await,
        Action::AddTo(clipping) => staff::add_message_to(cx, clipping, &chosen).await,
        Action::Types(press) => admin::press(cx, press, &chosen).await,
        Action::Never => Ok(Reply::Update(Message::new("Nothing was done."))),
        action => staff::press(cx, action).await,
    }
}

/// What is done after the answer.
#[derive(Debug, Serialize, Deserialize)]
enum Work {
    /// Make the ticket's channel.
    Open { number: i32 },
    /// Post or change a panel.
    Panel { panel: i64 },
    /// Show what was said.
    Transcript { number: i32 },
    /// Count what takes longer than an answer may.
    Stats { period: stats::Period },
}

async fn work(promise: Promise, work: Work) -> Result<Message> {
    match work {
        Work::Open { number } => open::finish(promise, number).await,
        Work::Stats { period } => stats::finish(promise, period).await,
        Work::Transcript { number } => staff::show_transcript(promise, number).await,
        Work::Panel { panel } => admin::finish_panel(promise, panel).await,
    }
}
