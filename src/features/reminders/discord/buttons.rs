//! What can be done with reminders by their buttons: with one that is shown, or with several that were chosen from a list.

use std::time::Instant;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;

use super::super::said::{SNOOZES, snooze_label};
use super::{Action, CALL_TIME, Work, forms, manage, screens};
use crate::acting::{Acting, Failure, Origin};
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::reply::{Deferred, Later};
use crate::interactions::{Context, Reply};
use crate::operations::reminders::words::plain_name;
use crate::operations::reminders::{self as operations, Refusal};
use crate::reminders::Reminder;
use crate::ui::custom_id::digest;
use crate::ui::{Message, button, embed, option, select_many};
use crate::words::{Said, Say};
use crate::{said, say};

/// What is done with one that is shown.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(in super::super) enum One {
    /// Open its form.
    Edit,
    /// Let it be silent.
    Pause,
    /// Let it speak again.
    Resume,
    /// Ask before it is deleted.
    Delete,
}

/// What is done with several.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(in super::super) enum Several {
    /// Let them be silent.
    Pause,
    /// Let them speak again.
    Resume,
    /// Ask before they are deleted.
    Delete,
    /// Delete them, as they were when that was asked: a digest of their revisions.
    #[serde(rename = "R")]
    ReallyDelete(u32),
}

/// Characters that the numbers of those that were chosen may take in a custom id, beside what is done with them.
const NUMBERS: usize = 60;

/// A reminder with its buttons, below what was just done with it.
pub(super) fn shown(cx: &Context, reminder: &Reminder, told: Option<Said>) -> Result<Message> {
    let (language, number) = (cx.language, reminder.number);
    let mut row = Vec::new();
    let mut add = |style, label: String, action: Action| -> Result<()> {
        row.push(button(style, label, cx.id(&action)?));
        Ok(())
    };
    if !reminder.is_hidden() {
        let label = say!(language, reminders_edit_button);
        add(ButtonStyle::Secondary, label, Action::One(One::Edit, number))?;
    }
    match reminder.paused {
        // Only who reads it lets it speak.
        Some(_) if reminder.is_hidden() => {}
        Some(_) => {
            let label = say!(language, reminders_resume_button);
            add(ButtonStyle::Secondary, label, Action::One(One::Resume, number))?;
        }
        // What is over says nothing any more.
        None if reminder.next.is_none() => {}
        None => {
            let label = say!(language, reminders_pause_button);
            add(ButtonStyle::Secondary, label, Action::One(One::Pause, number))?;
        }
    }
    // Once more is for what was said.
    if !reminder.is_hidden() && reminder.has_begun() {
        let [minutes, _] = SNOOZES;
        add(ButtonStyle::Secondary, snooze_label(language, minutes), Action::Snooze(number, minutes))?;
    }
    add(ButtonStyle::Danger, say!(language, reminders_delete_button), Action::One(One::Delete, number))?;
    let text = told.map(|told| told.say(language)).unwrap_or_default();
    Ok(Message::new(text).embed(screens::card(language, reminder)).row(row))
}

/// Somebody pressed a button of one that is shown.
pub(in super::super) async fn press_one(cx: Context, one: One, number: i32) -> Result<Reply> {
    let acting = cx.acting().await?;
    let (reminder, told) = match one {
        One::Edit => {
            let reminder = manage::find_to_change(&cx, &number.to_string()).await?;
            return forms::open(&cx, &reminder);
        }
        One::Delete => {
            let reminder = manage::find_to_change(&cx, &number.to_string()).await?;
            return Ok(Reply::Update(manage::ask_deletion(&cx, &reminder, None)?));
        }
        One::Pause => {
            let paused = operations::pause(&cx.app, &acting, number).await?.reminder;
            let told = said!(reminders_paused, number, name = plain_name(&paused.draft.content.name));
            (paused, told)
        }
        One::Resume => {
            let resumed = operations::resume(&cx.app, &acting, number).await?.reminder;
            let told = said!(reminders_resumed, number, name = plain_name(&resumed.draft.content.name));
            (resumed, told)
        }
    };
    Ok(Reply::Update(shown(&cx, &reminder, Some(told))?))
}

/// The menu from which one or several reminders of a page are chosen.
pub(super) fn menu(cx: &Context, reminders: &[&Reminder]) -> Result<Component> {
    let language = cx.language;
    let longest = reminders.iter().map(|it| it.number.to_string().len() + 1).max().unwrap_or(1);
    let most = reminders.len().min(NUMBERS / longest).clamp(1, reminders.len().max(1));
    let options = reminders.iter().map(|it| option(it.number.to_string(), screens::title(language, it))).collect();
    let placeholder = say!(language, reminders_choose_menu);
    Ok(select_many(cx.id(&Action::Choose)?, placeholder, options, u8::try_from(most).unwrap_or(1)))
}

/// Somebody chose reminders from a list: one is shown, with several they choose what to do.
pub(in super::super) async fn choose(cx: Context, chosen: &[String]) -> Result<Reply> {
    let acting = cx.acting().await?;
    let numbers: Vec<i32> = chosen.iter().filter_map(|number| number.parse().ok()).collect();
    if let [number] = numbers[..] {
        let reminder = manage::find_to_change(&cx, &number.to_string()).await?;
        return Ok(shown(&cx, &reminder, None)?.ephemeral(true).into());
    }
    let found = find_all(&cx, &acting, &numbers).await?;
    let numbers: Vec<i32> = found.iter().map(|it| it.number).collect();
    let act = |several| cx.id(&Action::Several(several, numbers.clone()));
    let mut row = Vec::new();
    if found.iter().any(|it| it.paused.is_none() && it.next.is_some()) {
        row.push(button(ButtonStyle::Secondary, say!(cx.language, reminders_pause_button), act(Several::Pause)?));
    }
    if found.iter().any(|it| it.paused.is_some()) {
        row.push(button(ButtonStyle::Secondary, say!(cx.language, reminders_resume_button), act(Several::Resume)?));
    }
    row.push(button(ButtonStyle::Danger, say!(cx.language, reminders_delete_button), act(Several::Delete)?));
    let title = say!(cx.language, reminders_chosen_title, count = found.len());
    Ok(Message::default().embed(embed(title, lines(&cx, &found))).row(row).ephemeral(true).into())
}

/// What is done with several once that was answered: each may take a few questions to the database, and to Discord.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) enum Each {
    /// Let them be silent.
    Pause(Vec<i32>),
    /// Let them speak again.
    Resume(Vec<i32>),
    /// Delete them, as they were when that was asked: their numbers with their revisions.
    Delete(Vec<(i32, i32)>),
}

/// Somebody chose what to do with several.
pub(in super::super) async fn press_several(cx: Context, several: Several, numbers: Vec<i32>) -> Result<Reply> {
    let acting = cx.acting().await?;
    let each = match several {
        Several::Delete => return ask_deletion(&cx, &acting, &numbers, None).await,
        Several::Pause => Each::Pause(numbers),
        Several::Resume => Each::Resume(numbers),
        Several::ReallyDelete(looked_at) => {
            let found = find_all(&cx, &acting, &numbers).await?;
            // Whoever agreed that they go has not seen what they say now.
            if looks(&found) != looked_at {
                return ask_deletion(&cx, &acting, &numbers, Some(said!(reminders_delete_changed))).await;
            }
            Each::Delete(found.iter().map(|it| (it.number, it.revision)).collect())
        }
    };
    let work = Deferred::Described(serde_json::to_value(Work::Each(each)).context("describe what is done with each")?);
    Ok(Reply::Later(Later { work, ephemeral: true, in_place: true }))
}

/// Does it. Each is done by itself: what stands in the way of one is told and stops no other.
pub(in super::super) async fn finish_each(promise: Promise, each: Each) -> Result<Message> {
    let (app, origin) = (&promise.app, Origin::Interaction(promise.interaction));
    let mut acting = Acting::of_user(app, promise.guild, "reminders", promise.user, origin, promise.now).await?;
    acting.set_channel(promise.channel);
    let mut done = 0_usize;
    let mut refused: Vec<Said> = Vec::new();
    let mut count = |number: i32, outcome: Result<(), Failure<Refusal>>| -> Result<()> {
        match outcome {
            Ok(()) => done += 1,
            // These name it themselves.
            Err(Failure::Refused(
                refusal @ (Refusal::AlreadyPaused { .. } | Refusal::NotPaused { .. } | Refusal::Over { .. }),
            )) => {
                refused.push(refusal.said());
            }
            Err(Failure::Refused(refusal)) => refused.push(said!(reminders_not_done, number, why = refusal.said())),
            Err(failure) => return Err(failure.into()),
        }
        Ok(())
    };
    match &each {
        Each::Pause(numbers) => {
            for number in numbers {
                acting.set_deadline(Instant::now() + CALL_TIME);
                count(*number, operations::pause(app, &acting, *number).await.map(drop))?;
            }
        }
        Each::Resume(numbers) => {
            for number in numbers {
                acting.set_deadline(Instant::now() + CALL_TIME);
                count(*number, operations::resume(app, &acting, *number).await.map(drop))?;
            }
        }
        Each::Delete(looked_at) => {
            for (number, revision) in looked_at {
                count(*number, operations::delete(app, &acting, *number, *revision).await.map(drop))?;
            }
        }
    }
    let told = match each {
        Each::Pause(_) => said!(reminders_paused_several, count = done),
        Each::Resume(_) => said!(reminders_resumed_several, count = done),
        Each::Delete(_) => said!(reminders_deleted_several, count = done),
    };
    Ok(Message::new(Said::lines(std::iter::once(told).chain(refused).collect()).say(promise.language)))
}

/// Asks before several are deleted, after having told something.
async fn ask_deletion(cx: &Context, acting: &Acting, numbers: &[i32], told: Option<Said>) -> Result<Reply> {
    let found = find_all(cx, acting, numbers).await?;
    let really = Several::ReallyDelete(looks(&found));
    let question = said!(reminders_delete_several, count = found.len());
    let text = Said::sentences(told.into_iter().chain([question]).collect()).say(cx.language);
    let numbers = found.iter().map(|it| it.number).collect();
    let title = say!(cx.language, reminders_chosen_title, count = found.len());
    let row = vec![
        button(
            ButtonStyle::Danger,
            say!(cx.language, reminders_delete_button),
            cx.id(&Action::Several(really, numbers))?,
        ),
        button(ButtonStyle::Secondary, say!(cx.language, reminders_keep_button), cx.id(&Action::Keep)?),
    ];
    Ok(Reply::Update(Message::new(text).embed(embed(title, lines(cx, &found))).row(row)))
}

/// Those of these reminders that are still there, of which a page of a list has no more than ten.
///
/// # Errors
/// None of them is.
async fn find_all(cx: &Context, acting: &Acting, numbers: &[i32]) -> Result<Vec<Reminder>> {
    let found = operations::find_all(&cx.app, acting, numbers).await?;
    match found.is_empty() {
        true => Err(Error::User(Refusal::Gone.said())),
        false => Ok(found),
    }
}

/// By which it is known whether somebody has changed one of them.
fn looks(reminders: &[Reminder]) -> u32 {
    let each = reminders.iter().map(|it| format!("{}:{}", it.number, it.revision));
    digest(&each.collect::<Vec<_>>().join(" "))
}

fn lines(cx: &Context, reminders: &[Reminder]) -> String {
    reminders.iter().map(|it| screens::line(cx.language, it)).collect::<Vec<_>>().join("\n")
}
