//! Announcements: what somebody announces in a channel that is watched becomes reminders.
//!
//! Discord tells nobody without a gateway that somebody wrote, so cron reads what is new. Each version of a message is read
//! once; one that was edited changes the reminder that was made of it.

mod store;

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, InteractionMarker};

use crate::app::App;
use crate::discord::{self, Posted};
use crate::feature::Feature;
use crate::interactions::limits::cut;
use crate::interactions::reply::plain;
use crate::log_channel::{self, Entry, Level};
use crate::reminders::announcement::{self, Event, Source};
use crate::reminders::{self, BODY, Content, Draft, NAME, PLACE, Timing};
use crate::settings::{Field, Kind, Minutes, Schema, System, WRITTEN_CHANNEL, field};

/// How often a channel is looked at.
const EVERY: SignedDuration = SignedDuration::from_secs(50);

/// For how long it is known which messages were read; older ones are not looked at again.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

const CALL_TIME: Duration = Duration::from_secs(20);

/// The feature.
pub(super) fn feature() -> Feature {
    Feature::new("announcements")
        .settings::<Settings>()
        .guild_job("read announcements", guilds, watch)
        .job("forget announcements", forget)
}

/// Which announcements are watched in a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    channel: Option<Id<ChannelMarker>>,
    reminder_channel: Option<Id<ChannelMarker>>,
    reminder_offset: Minutes,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { channel: None, reminder_channel: None, reminder_offset: Minutes(60) }
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "announcements";
    const FIELDS: &'static [Field] = &[
        field(
            "channel",
            "The channel whose announcements become reminders",
            Kind::Channel {
                types: &[ChannelType::GuildText, ChannelType::GuildAnnouncement],
                needs: Permissions::READ_MESSAGE_HISTORY,
            },
        )
        .optional()
        .asked(),
        field("reminder_channel", "Where these reminders are said, if not where they were announced", WRITTEN_CHANNEL)
            .optional(),
        field(
            "reminder_offset",
            "How long before an event its reminder comes",
            Kind::Duration { min_minutes: 0, max_minutes: 4320 },
        ),
    ];
}

async fn guilds(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds(&app.db, now - EVERY).await?)
}

async fn forget(app: App, now: Timestamp) -> anyhow::Result<()> {
    Ok(store::delete_old(&app.db, now - KEPT).await?)
}

/// Reads what is new in a guild's channel.
async fn watch(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let deadline = || Instant::now() + CALL_TIME;
    let settings = app.settings.get::<Settings>(guild).await?;
    let Some(channel) = settings.channel else { return Ok(()) };
    let taken = store::take_cursor(&app.db, guild, channel, discord::id_at(now), now - EVERY, now).await?;
    let Some(cursor) = taken else { return Ok(()) };
    let newest = match app.discord.newest_messages(cursor.channel, deadline()).await {
        Ok(messages) => messages,
        Err(error) if error.is_passing() => return Err(error.into()),
        Err(error) => {
            if !cursor.blind {
                let why = format!(
                    "I cannot read <#{channel}> ({error}); give me **View Channel** and **Read Message History**."
                );
                report(&app, guild, Level::Error, "🚨 Announcements are not read", &why, now).await?;
                store::move_cursor(&app.db, guild, cursor.message, true).await?;
            }
            return Ok(());
        }
    };
    // What is older than a page ago was missed during an outage; it is read page by page.
    let mut messages = newest;
    let oldest = messages.first().map(|message| message.id);
    let mut after = cursor.message;
    let mut earlier = Vec::new();
    while oldest.is_some_and(|oldest| oldest > after) && messages.len() >= discord::PAGE {
        let page = app.discord.messages_after(cursor.channel, Some(after), deadline()).await?;
        let Some(last) = page.last().map(|message| message.id) else { break };
        let reached = oldest.is_some_and(|oldest| last >= oldest) || page.len() < discord::PAGE;
        earlier.extend(page.into_iter().filter(|message| oldest.is_none_or(|oldest| message.id < oldest)));
        after = last;
        if reached {
            break;
        }
    }
    earlier.append(&mut messages);
    let mut blind = cursor.blind;
    let mut last = cursor.message;
    for message in &earlier {
        last = last.max(message.id);
        let is_new = message.id > cursor.message;
        // An older one that was edited since is read again.
        let changed = message.edited_at.is_some_and(|at| at > now - KEPT && message.sent_at() > now - KEPT);
        if message.author.id == app.discord.own_user() || !message.ordinary || !(is_new || changed) {
            continue;
        }
        let empty =
            message.content.is_empty() && message.embeds.is_empty() && message.attachments.is_empty() && !message.rich;
        if empty {
            if !blind {
                let why = "The message content intent is off for me, so that I see no text. Whoever runs me can switch it on in \
                           Discord's developer portal; until then use *Apps, Create reminder* in the menu of a message.";
                report(&app, guild, Level::Error, "🚨 Announcements are not read", why, now).await?;
            }
            blind = true;
            continue;
        }
        blind = false;
        take(&app, guild, &cursor, message, &settings, now).await?;
    }
    store::move_cursor(&app.db, guild, last, blind).await?;
    Ok(())
}

/// Makes a reminder of a message, or changes the one that was made of it.
async fn take(
    app: &App,
    guild: Id<GuildMarker>,
    cursor: &store::Cursor,
    message: &Posted,
    settings: &Settings,
    now: Timestamp,
) -> anyhow::Result<()> {
    let known = store::upsert(&app.db, guild, cursor.channel, message.id, message.edited_at, now).await?;
    let Some(known) = known else { return Ok(()) };
    // One from before the channel was watched counts as read.
    if known.is_none() && message.id <= cursor.message {
        return Ok(());
    }
    let done = deal(app, guild, cursor.channel, message, settings, known, now).await;
    if done.is_err() {
        // The next pass tries again.
        store::delete(&app.db, guild, message.id).await?;
    }
    done
}

async fn deal(
    app: &App,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    message: &Posted,
    settings: &Settings,
    known: Option<i32>,
    now: Timestamp,
) -> anyhow::Result<()> {
    let system = app.settings.get::<System>(guild).await?;
    let zone = system.time_zone.time_zone();
    let link = discord::link(guild, channel, message.id);
    let (title, text) = message.embeds.first().cloned().unwrap_or_default();
    let text = [message.content.as_str(), text.as_str()].join("\n");
    let source = Source { title: &title, text: text.trim(), fields: &[] };
    let posted = message.edited_at.unwrap_or(message.sent_at()).to_zoned(zone.clone());
    let event = match announcement::read(&source, &posted) {
        Ok(event) => event,
        Err(why) => {
            let about = format!("{link} · {why}");
            return report(app, guild, Level::Info, "🔕 No reminder made of an announcement", &about, now).await;
        }
    };
    let Event { title, when, place, about } = event;
    let said = when.first.strftime("%Y-%m-%d %H:%M").to_string();
    let said = when.repeat.as_ref().map_or(said, |repeat| reminders::schedule::describe(repeat, when.first));
    let Some(timing) = Timing::new(&when, &zone, &said) else { return Ok(()) };
    let content = Content {
        name: cut(if title.is_empty() { "Event" } else { &title }, NAME),
        body: cut(&about, BODY),
        channel: settings.reminder_channel.or(Some(channel)),
        place: cut(&place.unwrap_or_default(), PLACE),
        source: Some(link.clone()),
        is_event: true,
        leads: reminders::leads([settings.reminder_offset.0, 0]),
        ..Content::default()
    };
    let draft = Draft { content, timing, creator: message.author.id, snoozes: None };
    let before = match known {
        Some(number) => reminders::store::find(&app.db, guild, number).await?,
        None => None,
    };
    let (made, number) = match before {
        Some(before) => {
            // Somebody may have deleted or changed it by hand; what the announcement says now counts.
            match reminders::edit(&app.db, &before, &draft, now).await? {
                Ok(()) => ("🔔 A reminder follows its announcement", before.number),
                Err(why) => return unmade(app, guild, &link, why, now).await,
            }
        }
        None if known.is_some() => return Ok(()),
        None => {
            // A message makes one reminder, as an interaction does.
            let maker: Id<InteractionMarker> = message.id.cast();
            match reminders::create(&app.db, guild, maker, &draft, None, now).await? {
                Ok(number) => ("🔔 A reminder was made of an announcement", number),
                Err(why) => return unmade(app, guild, &link, why, now).await,
            }
        }
    };
    store::set_reminder(&app.db, guild, message.id, number).await?;
    let about = format!("#{number} {} · {} · {link}", plain(&draft.content.name), said);
    report(app, guild, Level::Success, made, &about, now).await
}

async fn unmade(
    app: &App,
    guild: Id<GuildMarker>,
    link: &str,
    why: reminders::Refusal,
    now: Timestamp,
) -> anyhow::Result<()> {
    let why = match why {
        reminders::Refusal::Never => "what it announces is over",
        reminders::Refusal::TooMany | reminders::Refusal::Changed => "somebody was changing it",
    };
    report(app, guild, Level::Info, "🔕 No reminder made of an announcement", &format!("{link} · {why}"), now).await
}

async fn report(
    app: &App,
    guild: Id<GuildMarker>,
    level: Level,
    title: &str,
    about: &str,
    now: Timestamp,
) -> anyhow::Result<()> {
    let system = app.settings.get::<System>(guild).await?;
    let entry = Entry { level, title: title.to_owned(), description: about.to_owned() };
    log_channel::write(&app.db, &system, guild, "announcements", &entry, now).await?;
    app.post_log(guild);
    Ok(())
}
