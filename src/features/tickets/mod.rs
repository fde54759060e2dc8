//! Tickets: a member asks, a channel opens, the staff works it, and nothing of it is lost.
//!
//! A ticket is a row. What happens to it is a [`workflow::Step`], taken on the revision that was looked at, in one statement
//! with its history and its entry for the log channel. Discord follows: [`settle`] brings channel, message and permissions
//! to what the row says, however often it is interrupted.

// Public for whoever opens another door to tickets; tests do. What is not said of an item stands in its name.
#![allow(missing_docs)]

mod api;
mod discord;
mod export;
mod messages;
pub mod model;
pub mod operations;
pub mod settings;
mod settle;
mod setup;
pub mod store;
mod transcript;
mod vanished;
mod watch;
mod web;
mod words;
pub mod write;

use discord::{command, kind_forms, kinds, open, press as pressed, replies, route, tags};
use settings::Settings;

use crate::assist;
use crate::error::Result;
use crate::feature::{Erasure, Feature, Part, framed};
use crate::interactions::Context;
use crate::keys::Area;

/// Commands that help nobody but the staff.
const FOR_STAFF: &[&str] = &[
    "ticket claim",
    "ticket unclaim",
    "ticket transfer",
    "ticket status",
    "ticket priority",
    "ticket ask-close",
    "ticket reopen",
    "ticket add",
    "ticket remove",
    "ticket note",
    "ticket draft",
    "ticket rename",
    "ticket delete",
    "ticket stats",
    "tag",
];

async fn works_tickets(cx: Context) -> Result<bool> {
    pressed::works_tickets(&cx).await
}

/// The feature.
pub(super) fn feature() -> Feature {
    setup::web::pages(Feature::new("tickets").pages(web::section()))
        .command(command::ticket)
        .suggest(command::suggest)
        .command(tags::tag)
        .suggest(tags::suggest)
        .form(tags::save, framed(tags::frame))
        .user_menu("Open a ticket", None, open::for_member)
        .message_menu("Add to ticket", None, pressed::add_message)
        .message_menu("Draft reply", None, replies::suggest_for)
        .only_for_admins(&["ticket panel", "ticket types", "ticket block", "ticket unblock", "ticket blocked"])
        .only_for(FOR_STAFF, works_tickets)
        .try_first(&["ticket panel", "ticket claim", "ticket open"])
        .press(route::press)
        .api(Area::Tickets, api::routes())
        .takes_questions(open::about_search_button)
        .open_form(open::FORM, open::answered)
        .form(pressed::close_with_reason, pressed::close_frame)
        .form(pressed::escalate_with_reason, framed(pressed::frame))
        .form(pressed::comment, framed(pressed::frame))
        .form(replies::post_edited, framed(replies::edit_frame))
        .form(replies::with_wish, framed(replies::wish_frame))
        .form(kind_forms::save_basics, framed(kinds::basics_frame))
        .form(kind_forms::save_people, framed(kinds::people_frame))
        .form(kind_forms::save_limits, framed(kinds::limits_frame))
        .form(kind_forms::save_times, framed(kinds::times_frame))
        .form(kind_forms::save_question, framed(kinds::question_frame))
        .form(kind_forms::save_translated, kinds::translated_frame)
        .form(kind_forms::save_translated_question, kinds::translated_question_frame)
        .work(route::work)
        .settings::<Settings>()
        .condition(kinds::condition)
        .bot_needs(settings::CATEGORY_NEEDS | settings::THREADS_NEED | settings::CLOSING_NEEDS)
        .export(export::TABLE, export::tickets)
        .in_parts(export::kinds)
        .every_guild_job("bring tickets to what they should be", settle::guilds_with_unsettled, settle::settle_due)
        .guild_job("delete channels of closed tickets", watch::guilds_to_clear, watch::clear_closed)
        .guild_job("watch tickets", watch::guilds_to_watch, watch::watch_guild)
        .every_guild_job(
            "bring panels to what they should be",
            settle::panels::guilds_with_stale_panels,
            settle::panels::refresh_stale_panels,
        )
        .every_guild_job(
            "show panels in another language",
            settle::panels::guilds_with_another_language,
            settle::panels::show_in_another_language,
        )
        .job("forget drafts of tickets", open::forget_drafts)
        .every_guild_job("post replies that are decided on", assist::guilds_with_unsaid, settle::say_replies)
        .job("forget drafts of replies", assist::forget)
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
        .personal_data("reply_draft", "user_id", Erasure::BlankColumn)
        .personal_data("reply_draft", "decided_by_user_id", Erasure::BlankColumn)
        .personal_data("llm_member", "user_id", Erasure::DeleteRow)
        .personal_content("ticket", "subject", Part::WholeValue)
        .personal_content("ticket", "answers", Part::JsonPath("$[*][1]"))
        .personal_content("ticket", "close_reason", Part::WholeValue)
        .personal_content("ticket", "rating_comment", Part::WholeValue)
        .personal_content("ticket", "source", Part::JsonPath("$.author"))
        .personal_content("ticket_event", "body", Part::WholeValue)
        .personal_content("ticket_event", "source", Part::JsonPath("$.author"))
        .personal_content("ticket_draft", "subject", Part::WholeValue)
        .personal_content("ticket_draft", "answers", Part::JsonPath("$[*][1]"))
        .personal_content("ticket_draft", "source", Part::JsonPath("$.author"))
        .personal_content("ticket_clipping", "body", Part::WholeValue)
        .personal_content("ticket_clipping", "source", Part::JsonPath("$.author"))
        .personal_content("reply_draft", "text", Part::WholeValue)
        .personal_content("ticket_block", "reason", Part::WholeValue)
        .personal_content("ticket_transcript", "page", Part::WholeValue)
        .personal_content("ticket_transcript", "plain", Part::WholeValue)
        .personal_content("ticket_transcript_part", "bytes", Part::WholeValue)
}
