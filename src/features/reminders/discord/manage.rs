//! What is done with reminders that are there: paused, deleted, put off, kept as templates.

use twilight_model::channel::message::component::ButtonStyle;

use super::{Action, screens, words};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::operations::reminders::{self as operations, Refusal};
use crate::reminders::{Filter, Reminder, store};
use crate::settings::field::show_minutes;
use crate::ui::{Message, button, plain};
use crate::words::Say;

/// Whether the member manages everybody's reminders.
pub(super) async fn manages(cx: &Context) -> Result<bool> {
    Ok(operations::manages(&cx.app, &cx.acting().await?).await?)
}

/// The reminder that somebody named by its number, or by a name that only one has; their own, unless they manage all.
pub(super) async fn find_to_change(cx: &Context, named: &str) -> Result<Reminder> {
    let manages = manages(cx).await?;
    let named = named.trim().trim_start_matches('#');
    let found = match named.parse() {
        Ok(number) => store::find(&cx.app.db, cx.guild, number).await?,
        Err(_) => {
            let creator = (!manages).then_some(cx.member.id);
            let filter = Filter { creator, done: true, typed: Some(named.to_lowercase()), ..Filter::default() };
            let mut found = store::list(&cx.app.db, cx.guild, &filter, 0, 2).await?;
            if found.len() == 1 { found.pop() } else { None }
        }
    };
    let theirs = found.filter(|reminder| manages || reminder.draft.creator == cx.member.id);
    theirs.ok_or_else(|| Error::User(Refusal::NoSuchReminder.said()))
}

pub(super) async fn pause(cx: &Context, named: &str) -> Result<Reply> {
    let number = find_to_change(cx, named).await?.number;
    let after = operations::pause(&cx.app, &cx.acting().await?, number).await?;
    Ok(screens::saved("Paused", &after).into())
}

pub(super) async fn resume(cx: &Context, named: &str) -> Result<Reply> {
    let number = find_to_change(cx, named).await?.number;
    let after = operations::resume(&cx.app, &cx.acting().await?, number).await?;
    Ok(screens::saved("Resumed", &after).into())
}

/// Asks before a reminder is deleted.
pub(super) fn ask_deletion(cx: &Context, reminder: &Reminder, told: &str) -> Result<Message> {
    let question = format!("{told}Delete #{} **{}**?", reminder.number, plain(&reminder.draft.content.name));
    let delete = Action::ReallyDelete(reminder.number, reminder.revision);
    Ok(Message::new(question).row(vec![
        button(ButtonStyle::Danger, "Delete", cx.id(&delete)?),
        button(ButtonStyle::Secondary, "Keep", cx.id(&Action::Keep)?),
    ]))
}

pub(in super::super) async fn delete(cx: Context, number: i32, revision: i32) -> Result<Reply> {
    match operations::delete(&cx.app, &cx.acting().await?, number, revision).await {
        Err(Failure::Refused(Refusal::Changed)) => {
            // Whoever agreed that it goes has not seen what it says now.
            let reminder = find_to_change(&cx, &number.to_string()).await?;
            Ok(Reply::Update(ask_deletion(&cx, &reminder, "Somebody has just changed it. ")?))
        }
        deleted => {
            let name = deleted?.draft.content.name;
            Ok(Reply::Update(Message::new(format!("Deleted #{number} **{}**.", plain(&name)))))
        }
    }
}

pub(in super::super) async fn snooze(cx: Context, number: i32, minutes: i64) -> Result<Reply> {
    let snoozed = operations::snooze(&cx.app, &cx.acting().await?, number, minutes).await;
    let snoozed = snoozed.map_err(words::not_snoozed)?;
    let (minutes, at) = (show_minutes(snoozed.minutes), snoozed.at.as_second());
    Ok(Reply::ephemeral(format!("I say it to you again in {minutes}, <t:{at}:t>.")))
}

pub(super) async fn save_template(cx: &Context, named: &str, name: &str) -> Result<Reply> {
    if !manages(cx).await? {
        // Whoever keeps none is not told which reminders there are.
        return Err(Error::User(Refusal::NotManager.said()));
    }
    let number = find_to_change(cx, named).await?.number;
    let saved = operations::save_template(&cx.app, &cx.acting().await?, number, name).await?;
    // Whoever takes a name that another template has may not know of it.
    let instead = match saved.replaced {
        None => String::new(),
        Some(None) => " in the place of what was kept there".to_owned(),
        Some(Some(creator)) => format!(" in the place of what <@{creator}> kept there"),
    };
    Ok(Reply::ephemeral(format!(
        "“{}” is kept{instead}; use it with the option `template` of `/reminder add`.",
        plain(name)
    )))
}

pub(super) async fn remove_template(cx: &Context, name: &str) -> Result<Reply> {
    operations::remove_template(&cx.app, &cx.acting().await?, name).await?;
    Ok(Reply::ephemeral(format!("“{}” is forgotten.", plain(name.trim()))))
}
