//! What is done with reminders that are there: paused, deleted, put off, kept as templates.

use twilight_model::channel::message::component::ButtonStyle;

use super::screens::{self, Done};
use super::{Action, words};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::operations::reminders::words::plain_name;
use crate::operations::reminders::{self as operations, Refusal};
use crate::reminders::Reminder;
use crate::ui::{Message, button, plain};
use crate::words::{Said, Say, say_minutes_in_full};
use crate::{said, say};

/// Whether the member manages everybody's reminders.
pub(super) async fn manages(cx: &Context) -> Result<bool> {
    Ok(operations::manages(&cx.app, &cx.acting().await?).await?)
}

/// The reminder that somebody named.
pub(super) async fn find_to_change(cx: &Context, named: &str) -> Result<Reminder> {
    Ok(operations::find(&cx.app, &cx.acting().await?, named).await?)
}

pub(super) async fn pause(cx: &Context, named: &str) -> Result<Reply> {
    let number = find_to_change(cx, named).await?.number;
    let after = operations::pause(&cx.app, &cx.acting().await?, number).await?;
    Ok(screens::saved(cx.language, Done::Paused, &after).into())
}

pub(super) async fn resume(cx: &Context, named: &str) -> Result<Reply> {
    let number = find_to_change(cx, named).await?.number;
    let after = operations::resume(&cx.app, &cx.acting().await?, number).await?;
    Ok(screens::saved(cx.language, Done::Resumed, &after).into())
}

/// Asks before a reminder is deleted, after having told something.
pub(super) fn ask_deletion(cx: &Context, reminder: &Reminder, told: Option<Said>) -> Result<Message> {
    let name = plain_name(&reminder.draft.content.name);
    let question = said!(reminders_delete_question, number = reminder.number, name);
    let question = Said::sentences(told.into_iter().chain([question]).collect());
    let (delete_label, keep_label) =
        (say!(cx.language, reminders_delete_button), say!(cx.language, reminders_keep_button));
    let delete = Action::ReallyDelete(reminder.number, reminder.revision);
    Ok(Message::new(question.say(cx.language)).row(vec![
        button(ButtonStyle::Danger, delete_label, cx.id(&delete)?),
        button(ButtonStyle::Secondary, keep_label, cx.id(&Action::Keep)?),
    ]))
}

pub(in super::super) async fn delete(cx: Context, number: i32, revision: i32) -> Result<Reply> {
    match operations::delete(&cx.app, &cx.acting().await?, number, revision).await {
        Err(Failure::Refused(Refusal::Changed)) => {
            // Whoever agreed that it goes has not seen what it says now.
            let reminder = find_to_change(&cx, &number.to_string()).await?;
            Ok(Reply::Update(ask_deletion(&cx, &reminder, Some(said!(reminders_delete_changed)))?))
        }
        deleted => {
            let name = plain_name(&deleted?.name);
            Ok(Reply::Update(Message::new(say!(cx.language, reminders_deleted_now, number, name))))
        }
    }
}

pub(in super::super) async fn snooze(cx: Context, number: i32, minutes: i64) -> Result<Reply> {
    let snoozed = operations::snooze(&cx.app, &cx.acting().await?, number, minutes).await;
    let snoozed = snoozed.map_err(words::not_snoozed)?;
    let (length, at) = (say_minutes_in_full(snoozed.minutes), snoozed.at.as_second().to_string());
    Ok(Reply::ephemeral(match snoozed.replaces {
        true => say!(cx.language, reminders_snoozed_instead, length, at),
        false => say!(cx.language, reminders_snoozed, length, at),
    }))
}

pub(super) async fn save_template(cx: &Context, named: &str, name: &str) -> Result<Reply> {
    if !manages(cx).await? {
        // Whoever keeps none is not told which reminders there are.
        return Err(Error::User(Refusal::NotManager.said()));
    }
    let number = find_to_change(cx, named).await?.number;
    let saved = operations::save_template(&cx.app, &cx.acting().await?, number, name).await?;
    // Whoever takes a name that another template has may not know of it.
    let name = plain(name);
    let kept = match saved.replaced {
        None => said!(reminders_template_kept, name),
        Some(None) => said!(reminders_template_replaced, name),
        Some(Some(keeper)) => said!(reminders_template_replaced_of, name, keeper),
    };
    Ok(Reply::ephemeral(kept.say(cx.language)))
}

pub(super) async fn remove_template(cx: &Context, name: &str) -> Result<Reply> {
    operations::remove_template(&cx.app, &cx.acting().await?, name).await?;
    Ok(Reply::ephemeral(say!(cx.language, reminders_template_forgotten, name = plain(name.trim()))))
}
