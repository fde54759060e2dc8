//! What is done with reminders that are there, and who may.

use jiff::{SignedDuration, Timestamp};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::{Action, Settings, forms, screens};
use crate::app::App;
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::log_channel::{Entry, Level};
use crate::reminders::{self, Content, Draft, Refusal, Reminder, Timing, store};
use crate::settings::field::show_minutes;
use crate::ui::{Message, button, plain};

/// Templates of one server.
const MAX_TEMPLATES: i64 = 100;

/// Whether the member manages everybody's reminders.
pub(super) async fn manages(cx: &Context) -> Result<bool> {
    let settings = cx.app.settings.get::<Settings>(cx.guild).await?;
    let role = settings.manager_role.is_some_and(|role| cx.member.roles.contains(&role));
    Ok(role || cx.is_admin().await?)
}

/// The reminder that somebody named by its number, or by a name that only one has; their own, unless they manage all.
pub(super) async fn pick(cx: &Context, named: &str) -> Result<Reminder> {
    let manages = manages(cx).await?;
    let named = named.trim().trim_start_matches('#');
    let gone =
        || Error::user("There is no such reminder of yours; pick one that is suggested, or see `/reminder list`.");
    let found = match named.parse() {
        Ok(number) => store::find(&cx.app.db, cx.guild, number).await?,
        Err(_) => {
            let creator = (!manages).then_some(cx.member.id);
            let filter = reminders::Filter {
                creator,
                done: true,
                typed: Some(named.to_lowercase()),
                ..reminders::Filter::default()
            };
            let mut found = store::list(&cx.app.db, cx.guild, &filter, 0, 2).await?;
            if found.len() == 1 { found.pop() } else { None }
        }
    };
    found.filter(|reminder| manages || reminder.draft.creator == cx.member.id).ok_or_else(gone)
}

/// The reminder a button is about, which the member may change.
async fn find(cx: &Context, number: i32) -> Result<Reminder> {
    pick(cx, &number.to_string()).await
}

/// What was done to a reminder, as the log channel says it.
pub(super) fn did(cx: &Context, level: Level, title: &str, number: i32, name: &str) -> Entry {
    cx.did(level, title, &format!("#{number} {}", plain(name)))
}

pub(super) async fn set_paused(cx: &Context, named: &str, paused: bool) -> Result<Reply> {
    let reminder = pick(cx, named).await?;
    let name = plain(&reminder.draft.content.name);
    if reminder.paused.is_some() == paused {
        let state = if paused { "paused" } else { "not paused" };
        return Err(Error::user(format!("#{} **{name}** is {state} already.", reminder.number)));
    }
    let (done, title) =
        if paused { ("Paused", "⏸️ Reminder paused") } else { ("Resumed", "▶️ Reminder resumed") };
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    if !reminders::set_paused(&mut *tx, &reminder, paused.then_some(""), cx.now).await? {
        return Err(forms::refused(Refusal::Changed, None));
    }
    let entry = did(cx, Level::Info, title, reminder.number, &reminder.draft.content.name);
    recorder.write(&mut *tx, &entry).await?;
    let after = store::find(&mut *tx, cx.guild, reminder.number).await?.unwrap_or(reminder);
    tx.commit().await?;
    cx.post_log();
    Ok(screens::saved(done, &after).into())
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

pub(super) async fn delete(cx: Context, number: i32, revision: i32) -> Result<Reply> {
    let reminder = find(&cx, number).await?;
    let name = &reminder.draft.content.name;
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    if !store::delete(&mut *tx, cx.guild, number, revision).await? {
        tx.rollback().await?;
        // Whoever agreed that it goes has not seen what it says now.
        let reminder = find(&cx, number).await?;
        return Ok(Reply::Update(ask_deletion(&cx, &reminder, "Somebody has just changed it. ")?));
    }
    recorder.write(&mut *tx, &did(&cx, Level::Info, "🗑️ Reminder deleted", number, name)).await?;
    tx.commit().await?;
    cx.post_log();
    Ok(Reply::Update(Message::new(format!("Deleted #{number} **{}**.", plain(name)))))
}

/// Says a reminder once more, a little later: for whom it called, for who made it, and for who manages all.
pub(super) async fn snooze(cx: Context, number: i32, minutes: i64) -> Result<Reply> {
    let gone = || Error::user("This reminder was deleted; make another one with `/reminder add`.");
    let reminder = store::find(&cx.app.db, cx.guild, number).await?.ok_or_else(gone)?;
    let content = &reminder.draft.content;
    let called = content.mentions.include(cx.member.id, &cx.member.roles) || reminder.draft.creator == cx.member.id;
    if !called && !manages(&cx).await? {
        return Err(Error::user("Only whom it called can put it off; make your own with `/reminder add`."));
    }
    // A button can carry any number.
    let minutes = minutes.clamp(1, 24 * 60);
    // What is stored has no nanoseconds, and nobody wants seconds.
    let at = Timestamp::from_second((cx.now + SignedDuration::from_mins(minutes)).as_second())?;
    let zone = &reminder.draft.timing.schedule.zone;
    let mentions = reminders::Mentions { users: vec![cx.member.id], ..reminders::Mentions::default() };
    // What called many is not said to all of them once more.
    let channel = content.channel.filter(|_| !content.mentions.everyone && content.mentions.roles.is_empty());
    let draft = Draft {
        content: Content { leads: vec![0], is_event: false, mentions, channel, ..content.clone() },
        timing: Timing::once(at, zone),
        creator: cx.member.id,
        snoozes: Some(reminder.draft.snoozes.unwrap_or(number)),
    };
    let snoozes = draft.snoozes.unwrap_or(number);
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    // Pressed twice, the last one counts.
    let saved = match store::find_snooze(&mut *tx, cx.guild, snoozes, cx.member.id).await? {
        Some(known) => reminders::edit(&mut tx, &known, &draft, None, cx.now).await?.map(|()| known.number),
        None => {
            let made = reminders::create(&mut tx, cx.guild, cx.interaction, &draft, None, cx.now).await?;
            made.map(|made| made.number)
        }
    };
    let made = saved.map_err(|_| Error::user("This reminder has just changed; press again."))?;
    let name = plain(&content.name);
    let about = format!("#{snoozes} {name} · #{made} says it <t:{}:f>", at.as_second());
    recorder.write(&mut *tx, &cx.did(Level::Info, "💤 Reminder put off", &about)).await?;
    tx.commit().await?;
    cx.post_log();
    Ok(Reply::ephemeral(format!("I say it to you again in {}, <t:{}:t>.", show_minutes(minutes), at.as_second())))
}

pub(super) async fn save_template(cx: &Context, named: &str, name: &str) -> Result<Reply> {
    require_manager(cx).await?;
    let reminder = pick(cx, named).await?;
    if name.is_empty() {
        return Err(Error::user("A template needs a name; give it one."));
    }
    let content = Content { source: None, ..reminder.draft.content.clone() };
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let replaced = store::lock_template(&mut *tx, cx.guild, name).await?;
    if !store::upsert_template(&mut *tx, cx.guild, name, &content, cx.member.id, cx.now, MAX_TEMPLATES).await? {
        return Err(Error::user(format!(
            "A server has at most {MAX_TEMPLATES} templates; remove one with `/reminder template-remove` first."
        )));
    }
    let title = if replaced.is_some() { "🟡 Reminder template replaced" } else { "🟢 Reminder template kept" };
    let about = format!("“{}” of #{}", plain(name), reminder.number);
    recorder.write(&mut *tx, &cx.did(Level::Info, title, &about)).await?;
    tx.commit().await?;
    cx.post_log();
    // Whoever takes a name that another template has may not know of it.
    let instead = match replaced {
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
    require_manager(cx).await?;
    let name = name.trim();
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    if !store::delete_template(&mut *tx, cx.guild, name).await? {
        return Err(Error::user("There is no such template; pick one that is suggested."));
    }
    recorder
        .write(&mut *tx, &cx.did(Level::Info, "🗑️ Reminder template removed", &format!("“{}”", plain(name))))
        .await?;
    tx.commit().await?;
    cx.post_log();
    Ok(Reply::ephemeral(format!("“{}” is forgotten.", plain(name))))
}

async fn require_manager(cx: &Context) -> Result<()> {
    match manages(cx).await? {
        true => Ok(()),
        false => Err(Error::user("Only the staff keeps templates; ask one of them.")),
    }
}

pub(super) async fn guilds_with_old(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_with_old(&app.db, now - SignedDuration::from_hours(24)).await?)
}

pub(super) async fn forget_old(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let days = app.settings.get::<Settings>(guild).await?.retention_days;
    Ok(store::delete_old(&app.db, guild, now - SignedDuration::from_hours(days * 24)).await?)
}
