//! Tickets: a member asks, a channel opens, the staff works it, and nothing of it is lost.
//!
//! A ticket is a row. What happens to it is a [`workflow::Step`], taken on the revision that was looked at, in one statement
//! with its history and its entry for the log channel. Discord follows: [`settle`] brings channel, message and permissions
//! to what the row says, however often it is interrupted.

mod discord;
pub mod model;
pub mod operations;
mod settings;
mod settle;
mod store;
mod transcript;
mod watch;
mod words;
mod words_admin;

use discord::{command, export, kind_forms, kinds, open, panels, press as pressed, stats, tags};
use settings::Settings;

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{InteractionMarker, UserMarker};

use crate::error::Result;
use crate::feature::{Erasure, Feature, Part, Promise};
use crate::interactions::{Context, Reply};
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
        .message_menu("Add to ticket", None, pressed::add_message)
        .press(press)
        .open_form(open::FORM, open::answered)
        .form(pressed::close_with_reason)
        .form(pressed::escalate_with_reason)
        .form(pressed::comment)
        .form(kind_forms::save_basics)
        .form(kind_forms::save_people)
        .form(kind_forms::save_limits)
        .form(kind_forms::save_times)
        .form(kind_forms::save_question)
        .work(work)
        .settings::<Settings>()
        .export(export::TABLE, export::tickets)
        .every_guild_job("bring tickets to what they should be", settle::guilds, settle::due)
        .guild_job("watch tickets", watch::guilds, watch::watch)
        .every_guild_job(
            "bring panels to what they should be",
            settle::panels::guilds_with_stale_panels,
            settle::panels::refresh_stale_panels,
        )
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
    Types(kinds::Press),
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
        Action::AddTo(clipping) => pressed::add_message_to(cx, clipping, &chosen).await,
        Action::Types(press) => kinds::press(cx, press, &chosen).await,
        Action::Never => Ok(Reply::Update(Message::new("Nothing was done."))),
        action => pressed::press(cx, action).await,
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
        Work::Transcript { number } => pressed::show_transcript(promise, number).await,
        Work::Panel { panel } => panels::finish_panel(promise, panel).await,
    }
}
