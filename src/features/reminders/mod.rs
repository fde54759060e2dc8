//! Reminders: members say what and when, and it is said on time, late rather than never, and once.
//!
//! What a reminder is and when it is due is `crate::reminders`, what is done with them `crate::operations::reminders`; here
//! are its commands and what they show ([`discord`]), and the job that says what is due ([`send`]).

mod api;
mod discord;
mod export;
mod forget;
mod said;
mod send;
mod web;
mod words;

use serde::{Deserialize, Serialize};
use twilight_model::guild::Permissions;

use crate::acting::Failure;
use crate::error::Result;
use crate::feature::{Condition, Erasure, Feature, Part, Promise};
use crate::interactions::{Context, Reply};
use crate::keys::Area;
use crate::operations::reminders::{self as operations, Waiting};
use crate::reminders::Settings;
use crate::ui::Message;
use crate::{said, say};

async fn manages(cx: Context) -> Result<bool> {
    Ok(operations::manages(&cx.app, &cx.acting().await?).await?)
}

/// Whether somebody may make reminders.
async fn makes(cx: Context) -> Result<bool> {
    match operations::require_maker(&cx.app, &cx.acting().await?).await {
        Ok(()) => Ok(true),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure) => Err(failure.into()),
    }
}

/// What waits of reminders.
async fn condition(cx: Context) -> Result<Condition> {
    let Waiting { overdue, hindered } = operations::waiting(&cx.app, &cx.acting().await?).await?;
    let overdue = Some(overdue).filter(|count| *count > 0).map(|count| said!(reminders_overdue, count));
    let hindered = Some(hindered).filter(|count| *count > 0).map(|count| said!(reminders_hindered, count));
    Ok(Condition { waits: overdue.into_iter().collect(), lacks: hindered.into_iter().collect() })
}

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("reminders")
        .command(discord::command::reminder)
        .suggest(discord::typing::suggest)
        .message_menu("Create reminder", None, discord::menu::open_form_for_message)
        .only_for(&["reminder template-save", "reminder template-remove"], manages)
        .only_for(&["reminder", "Create reminder"], makes)
        .try_first(&["reminder add"])
        .press(press)
        .form(discord::forms::save, discord::forms::frame)
        .work(work)
        .pages(web::section())
        .api(Area::Reminders, api::routes())
        .settings::<Settings>()
        .condition(condition)
        .bot_needs(crate::operations::reminders::BOT_NEEDS | Permissions::MENTION_EVERYONE)
        .export(export::TABLE, export::reminders)
        .job("say what is due", send::send_due)
        .every_guild_job("remove what was said ahead", send::tidy::guilds, send::tidy::remove_early)
        .job("forget what was begun of reminders", forget::forget_begun)
        .upkeep("forget old reminders", forget::guilds, forget::forget_old)
        .personal_data("reminder", "creator_user_id", Erasure::DeleteRow)
        .personal_data("reminder", "voucher_user_id", Erasure::BlankColumn)
        .personal_data("begun_reminder", "user_id", Erasure::DeleteRow)
        .personal_content("begun_reminder", "said", Part::WholeValue)
        .personal_data("reminder_template", "creator_user_id", Erasure::KeepTombstone)
        .personal_content("reminder", "name", Part::WholeValue)
        .personal_content("reminder", "body", Part::WholeValue)
        .personal_content("reminder", "place", Part::WholeValue)
        .personal_content("reminder", "image_url", Part::WholeValue)
        .personal_content("reminder", "source_url", Part::WholeValue)
        .personal_content("reminder", "said", Part::WholeValue)
        .personal_content("reminder", "pause_problem", Part::JsonPath("$.user"))
        .personal_content("reminder_occurrence", "failure", Part::JsonPath("$.user"))
        .personal_content("reminder", "mentions", Part::JsonPath("$.users[*]"))
        .personal_content("reminder_template", "name", Part::WholeValue)
        .personal_content("reminder_template", "content", Part::JsonPath("$.name"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.body"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.place"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.image"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.source"))
        .personal_content("reminder_template", "content", Part::JsonPath("$.mentions.users[*]"))
}

/// What buttons do. Reminders are named by their number; the guild is the interaction's.
#[derive(Debug, Serialize, Deserialize)]
enum Action {
    /// Say this one again, after so many minutes.
    Snooze(i32, i64),
    /// Turn to a page of a list.
    List(discord::list::Listed, i64),
    /// Do something with one that is shown.
    One(discord::buttons::One, i32),
    /// Choose some of a list.
    Choose,
    /// Do something with several.
    Several(discord::buttons::Several, Vec<i32>),
    /// Delete a reminder, after having asked, as it was when that was asked: its number and its revision.
    ReallyDelete(i32, i32),
    /// Nothing.
    Keep,
}

async fn press(cx: Context, action: Action, chosen: Vec<String>) -> Result<Reply> {
    match action {
        Action::Snooze(number, minutes) => discord::manage::snooze(cx, number, minutes).await,
        Action::List(listed, page) => discord::list::turn_page(cx, listed, page).await,
        Action::One(one, number) => discord::buttons::press_one(cx, one, number).await,
        Action::Choose => discord::buttons::choose(cx, &chosen).await,
        Action::Several(several, numbers) => discord::buttons::press_several(cx, several, numbers).await,
        Action::ReallyDelete(number, revision) => discord::manage::delete(cx, number, revision).await,
        Action::Keep => Ok(Reply::Update(Message::new(say!(cx.language, reminders_kept)))),
    }
}

/// What is done after the answer.
#[derive(Debug, Serialize, Deserialize)]
enum Work {
    /// Make an event of a message that was linked to.
    Link(Box<discord::link::Linked>),
    /// Do something with each of several.
    Each(discord::buttons::Each),
}

async fn work(promise: Promise, work: Work) -> Result<Message> {
    match work {
        Work::Link(linked) => discord::link::make(promise, *linked).await,
        Work::Each(each) => discord::buttons::finish_each(promise, each).await,
    }
}
