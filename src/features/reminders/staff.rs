//! What is done with reminders that are there, and who may.

use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::{Settings, forms, screens};
use crate::app::App;
use crate::error::{Error, Result};
use crate::interactions::reply::plain;
use crate::interactions::{Context, Message, Reply};
use crate::log_channel::Level;
use crate::reminders::{self, Content, Draft, Refusal, Reminder, Timing, store};
use crate::settings::field::show_minutes;

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

/// Says in the log channel what was done to a reminder.
pub(super) async fn report(cx: &Context, level: Level, title: &str, number: i32, name: &str) {
    cx.report(level, title, &format!("#{number} {}", plain(name))).await;
}

pub(super) async fn set_paused(cx: &Context, named: &str, paused: bool) -> Result<Reply> {
    let reminder = pick(cx, named).await?;
    let name = plain(&reminder.draft.content.name);
    if reminder.paused.is_some() == paused {
        let state = if paused { "paused" } else { "not paused" };
        return Err(Error::user(format!("#{} **{name}** is {state} already.", reminder.number)));
    }
    if !reminders::set_paused(&cx.app.db, &reminder, paused.then_some(""), cx.now).await? {
        return Err(forms::refused(Refusal::Changed, None));
    }
    let after = store::find(&cx.app.db, cx.guild, reminder.number).await?.unwrap_or(reminder);
    let (done, title) =
        if paused { ("Paused", "⏸️ Reminder paused") } else { ("Resumed", "▶️ Reminder resumed") };
    report(cx, Level::Info, title, after.number, &after.draft.content.name).await;
    Ok(screens::saved(done, &after).into())
}

pub(super) async fn delete(cx: Context, number: i32) -> Result<Reply> {
    let reminder = find(&cx, number).await?;
    store::delete(&cx.app.db, cx.guild, number).await?;
    report(&cx, Level::Info, "🗑️ Reminder deleted", number, &reminder.draft.content.name).await;
    Ok(Reply::Update(Message::new(format!("Deleted #{number} **{}**.", plain(&reminder.draft.content.name)))))
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
    // Pressed twice, the last one counts.
    let known = store::find_snooze(&cx.app.db, cx.guild, draft.snoozes.unwrap_or(number), cx.member.id).await?;
    let saved = match known {
        Some(known) => reminders::edit(&cx.app.db, &known, &draft, None, cx.now).await?.map(|()| known.number),
        None => reminders::create(&cx.app.db, cx.guild, cx.interaction, &draft, None, cx.now).await?,
    };
    if saved.is_err() {
        return Err(Error::user("This reminder has just changed; press again."));
    }
    Ok(Reply::ephemeral(format!("I say it to you again in {}, <t:{}:t>.", show_minutes(minutes), at.as_second())))
}

pub(super) async fn save_template(cx: &Context, named: &str, name: &str) -> Result<Reply> {
    require_manager(cx).await?;
    let reminder = pick(cx, named).await?;
    if name.is_empty() {
        return Err(Error::user("A template needs a name; give it one."));
    }
    let content = Content { source: None, ..reminder.draft.content.clone() };
    if !store::upsert_template(&cx.app.db, cx.guild, name, &content, cx.member.id, cx.now, MAX_TEMPLATES).await? {
        return Err(Error::user(format!(
            "A server has at most {MAX_TEMPLATES} templates; remove one with `/reminder template-remove` first."
        )));
    }
    Ok(Reply::ephemeral(format!("“{}” is kept; use it with the option `template` of `/reminder add`.", plain(name))))
}

pub(super) async fn remove_template(cx: &Context, name: &str) -> Result<Reply> {
    require_manager(cx).await?;
    match store::delete_template(&cx.app.db, cx.guild, name.trim()).await? {
        true => Ok(Reply::ephemeral(format!("“{}” is forgotten.", plain(name.trim())))),
        false => Err(Error::user("There is no such template; pick one that is suggested.")),
    }
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
