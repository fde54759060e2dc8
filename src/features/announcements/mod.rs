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

/// For how long it is known which messages were read: longer than any stands on the newest page.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 365);

/// How long a channel that refuses us is left alone.
const REFUSED_PAUSE: SignedDuration = SignedDuration::from_hours(1);

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
    Ok(store::list_guilds(&app.db, now - EVERY, now).await?)
}

async fn forget(app: App, now: Timestamp) -> anyhow::Result<()> {
    Ok(store::delete_old(&app.db, now - KEPT).await?)
}

/// Reads what is new in a guild's channel, and what was changed of its newest page.
async fn watch(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let settings = app.settings.get::<Settings>(guild).await?;
    let Some(channel) = settings.channel else { return Ok(()) };
    let taken = store::take_cursor(&app.db, guild, channel, discord::id_at(now), now - EVERY, now).await?;
    let Some(mut cursor) = taken else { return Ok(()) };
    match read(&app, guild, &mut cursor, &settings, now).await {
        Ok(()) => Ok(()),
        Err(Trouble::Passing(error)) => Err(error),
        Err(Trouble::Refused(error)) => {
            if !cursor.blind {
                let why = format!(
                    "I cannot read <#{channel}> ({error}); give me **View Channel** and **Read Message History** there."
                );
                report(&app, guild, Level::Error, "🚨 Announcements are not read", &why, now).await?;
            }
            // Asking each minute would mend nothing.
            Ok(store::rest(&app.db, guild, now + REFUSED_PAUSE).await?)
        }
    }
}

/// Why a channel is not read.
enum Trouble {
    Passing(anyhow::Error),
    Refused(discord::Error),
}

impl From<discord::Error> for Trouble {
    fn from(error: discord::Error) -> Trouble {
        if error.is_passing() { Trouble::Passing(error.into()) } else { Trouble::Refused(error) }
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Trouble {
        Trouble::Passing(error)
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Trouble {
        Trouble::Passing(error.into())
    }
}

async fn read(
    app: &App,
    guild: Id<GuildMarker>,
    cursor: &mut store::Cursor,
    settings: &Settings,
    now: Timestamp,
) -> Result<(), Trouble> {
    let deadline = || Instant::now() + CALL_TIME;
    let newest = app.discord.guild(guild).newest_messages(cursor.channel, deadline()).await?;
    let reaches_back = newest.len() < discord::PAGE || newest.first().is_some_and(|oldest| oldest.id <= cursor.message);
    if !reaches_back {
        // There was more than a page of it, perhaps during an outage: a page at a time, the oldest first.
        loop {
            let page =
                app.discord.guild(guild).messages_after(cursor.channel, Some(cursor.message), deadline()).await?;
            take_all(app, guild, cursor, &page, settings, now).await?;
            if page.len() < discord::PAGE {
                break;
            }
        }
    }
    take_all(app, guild, cursor, &newest, settings, now).await
}

/// Deals with the messages of a page, and moves the cursor behind those that are dealt with.
async fn take_all(
    app: &App,
    guild: Id<GuildMarker>,
    cursor: &mut store::Cursor,
    page: &[Posted],
    settings: &Settings,
    now: Timestamp,
) -> Result<(), Trouble> {
    for message in page {
        let announced = message.author.id != app.discord.own_user() && message.ordinary && message.id > cursor.from;
        let nothing = message.content.is_empty() && message.embeds.is_empty() && message.attachments.is_empty();
        if announced && nothing && !message.rich {
            if !cursor.blind {
                let why = "The message content intent is off for me, so that I see no text. Whoever runs me can switch it on in \
                           Discord's developer portal; until then use *Apps, Create reminder* in the menu of a message.";
                report(app, guild, Level::Error, "🚨 Announcements are not read", why, now).await?;
            }
            cursor.blind = true;
        } else if announced && (message.id > cursor.message || message.edited_at.is_some()) {
            cursor.blind = false;
            let known = store::find(&app.db, guild, message.id).await?;
            if known.is_none_or(|known| known.edited_at != message.edited_at) {
                let reminder = known.and_then(|known| known.reminder);
                let made = deal(app, guild, cursor.channel, message, settings, reminder, now).await?;
                store::upsert(&app.db, guild, cursor.channel, message, made, now).await?;
            }
        }
        cursor.message = cursor.message.max(message.id);
    }
    Ok(store::move_cursor(&app.db, guild, cursor.message, cursor.blind).await?)
}

/// Makes a reminder of a message, or changes the one that was made of it. It may be done again: a message makes one.
async fn deal(
    app: &App,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    message: &Posted,
    settings: &Settings,
    known: Option<i32>,
    now: Timestamp,
) -> anyhow::Result<Option<i32>> {
    const NOT_MADE: &str = "🔕 No reminder made of an announcement";
    let system = app.settings.get::<System>(guild).await?;
    let zone = system.time_zone.time_zone();
    let link = discord::link(guild, channel, message.id);
    let (title, text) = reminders::announced(&message.content, &message.embeds);
    let source = Source { title: &title, text: text.trim(), fields: &[] };
    let posted = message.edited_at.unwrap_or(message.sent_at()).to_zoned(zone.clone());
    let event = match announcement::read(&source, &posted) {
        Ok(event) => event,
        Err(why) => {
            let kept = known.map(|number| format!(" Reminder #{number} stays as it is.")).unwrap_or_default();
            let about = format!("{link} · {why}{kept}");
            report(app, guild, Level::Info, NOT_MADE, &about, now).await?;
            return Ok(known);
        }
    };
    let Event { title, when, place, about } = event;
    let said = when.to_string();
    let over = "what it announces is over";
    let Some(timing) = Timing::new(&when, &zone, &said) else {
        report(app, guild, Level::Info, NOT_MADE, &format!("{link} · {over}"), now).await?;
        return Ok(known);
    };
    let content = Content {
        name: cut(&title, NAME),
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
    let saved = match before {
        Some(before) => reminders::edit(&app.db, &before, &draft, None, now).await?.map(|()| before.number),
        // Somebody has deleted it.
        None if known.is_some() => return Ok(known),
        None => {
            // A message makes one reminder, as an interaction does.
            let maker: Id<InteractionMarker> = message.id.cast();
            reminders::create(&app.db, guild, maker, &draft, None, now).await?
        }
    };
    match saved {
        Ok(number) => {
            let made = match known {
                Some(_) => "🔔 A reminder follows its announcement",
                None => "🔔 A reminder was made of an announcement",
            };
            let about = format!("#{number} {} · {said} · {link}", plain(&draft.content.name));
            report(app, guild, Level::Success, made, &about, now).await?;
            Ok(Some(number))
        }
        Err(reminders::Refusal::Never) => {
            report(app, guild, Level::Info, NOT_MADE, &format!("{link} · {over}"), now).await?;
            Ok(known)
        }
        Err(reminders::Refusal::Changed | reminders::Refusal::TooMany) => {
            anyhow::bail!("somebody changes the reminder")
        }
    }
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
