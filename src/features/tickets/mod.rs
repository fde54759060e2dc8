//! Tickets: a member asks, a channel opens, the staff works it, and nothing of it is lost.
//!
//! A ticket is a row. What happens to it is a [`workflow::Step`], taken on the revision that was looked at, in one statement
//! with its history and its entry for the log channel. Discord follows: [`settle`] brings channel, message and permissions
//! to what the row says, however often it is interrupted.

// Public for whoever opens another door to tickets; tests do. What is not said of an item stands in its name.
#![allow(missing_docs)]

mod discord;
mod messages;
pub mod model;
pub mod operations;
pub mod settings;
mod settle;
pub mod store;
mod transcript;
mod watch;
mod words;
pub mod write;

use discord::{command, export, kind_forms, kinds, list, open, panels, press as pressed, stats, tags};
use messages::Button;
use settings::Settings;

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::InteractionMarker;

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
        .personal_content("ticket", "source", Part::JsonPath("$.author"))
        .personal_content("ticket_event", "body", Part::WholeValue)
        .personal_content("ticket_event", "source", Part::JsonPath("$.author"))
        .personal_content("ticket_draft", "subject", Part::WholeValue)
        .personal_content("ticket_draft", "answers", Part::JsonPath("$[*][1]"))
        .personal_content("ticket_clipping", "body", Part::WholeValue)
        .personal_content("ticket_clipping", "source", Part::JsonPath("$.author"))
        .personal_content("ticket_block", "reason", Part::WholeValue)
        .personal_content("ticket_transcript", "page", Part::WholeValue)
        .personal_content("ticket_transcript", "plain", Part::WholeValue)
        .personal_content("ticket_transcript_part", "bytes", Part::WholeValue)
}

/// What was pressed: a button of a message that stands there for others, or of a screen that only one person sees.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Pressed {
    Button(Button),
    Action(Action),
}

/// What buttons and menus of screens do. Tickets are named by their number; the guild is the interaction's.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// Open the ticket that was written, in spite of the answers that were offered.
    Anyway(Id<InteractionMarker>),
    /// An entry of the FAQ answers what was written.
    Solved(Id<InteractionMarker>, i32),
    /// Fill in once more what was refused.
    Again(Id<InteractionMarker>),
    /// Delete the channel, as was asked before.
    ReallyDelete(i32),
    /// Say why so many stars.
    Comment(i32),
    /// Turn to a page of a list, as older versions said it.
    List(list::Listed, i64),
    /// Turn to a page of a list.
    #[serde(rename = "L")]
    Turn(list::Shown, store::At),
    Stats(stats::Period),
    /// Add the message to the ticket that was chosen.
    AddTo(Id<InteractionMarker>),
    /// What admins do with kinds.
    Types(kinds::Press),
    /// Nothing.
    Never,
}

async fn press(cx: Context, pressed: Pressed, chosen: Vec<String>) -> Result<Reply> {
    let action = match pressed {
        Pressed::Button(Button::Start(kind)) => return open::start(cx, kind, None).await,
        Pressed::Button(Button::Choose(user)) => return open::chosen(cx, user, &chosen).await,
        Pressed::Button(button) => return pressed::press(cx, button).await,
        Pressed::Action(action) => action,
    };
    match action {
        Action::Anyway(draft) => open::anyway(cx, draft).await,
        Action::Solved(draft, entry) => open::solved(cx, draft, entry).await,
        Action::Again(draft) => open::again(cx, draft).await,
        Action::ReallyDelete(number) => pressed::delete(cx, number).await,
        Action::Comment(number) => pressed::ask_comment(&cx, number),
        Action::List(listed, _) => list::begin(cx, listed).await,
        Action::Turn(shown, at) => list::turn(cx, shown, at).await,
        Action::Stats(period) => stats::turn(cx, period).await,
        Action::AddTo(clipping) => pressed::add_message_to(cx, clipping, &chosen).await,
        Action::Types(press) => kinds::press(cx, press, &chosen).await,
        Action::Never => Ok(Reply::Update(Message::new("Nothing was done."))),
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
