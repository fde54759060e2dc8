//! Announcements: what somebody announces in a channel that is watched becomes reminders.
//!
//! Discord tells nobody without a gateway that somebody wrote, so cron reads what is new. Each version of a message is read
//! once; one that was edited changes the reminder that was made of it.

mod follow;
mod store;
mod words;

use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use crate::acting::{Acting, Failure, Origin, Refusal as _};
use crate::app::App;
use crate::discord::{self, Posted};
use crate::feature::Feature;
use crate::msg;
use crate::operations::reminders::{self as operations, Refusal};
use crate::reminders::announcement::{self, Source};
use crate::reminders::{self, BODY, Content, Draft, NAME, PLACE, Timing, UNTITLED};
use crate::settings::{Field, Kind, Minutes, Schema, System, WRITTEN_CHANNEL, field};
use crate::ui::limits::cut;
use follow::{digest_parts, merge_with_reminder, to_wish};
use words::{NotMade, NotRead};

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
        .guild_job("read announcements", guilds, read_channel)
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
            msg!(announcements_set_channel),
            Kind::Channel {
                types: &[ChannelType::GuildText, ChannelType::GuildAnnouncement],
                // Unless another channel is set, what is announced there is said there.
                needs: Permissions::READ_MESSAGE_HISTORY
                    .union(Permissions::SEND_MESSAGES)
                    .union(Permissions::EMBED_LINKS),
                members_see: false,
            },
        )
        .optional()
        .asked(),
        field("reminder_channel", msg!(announcements_set_reminder_channel), WRITTEN_CHANNEL).optional(),
        field(
            "reminder_offset",
            msg!(announcements_set_reminder_offset),
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
async fn read_channel(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let settings = app.settings.get::<Settings>(guild).await?;
    let Some(channel) = settings.channel else { return Ok(()) };
    // Nothing is made of them meanwhile; what is new is read when it can be.
    if !app.settings.enabled(guild, reminders::Settings::FEATURE).await {
        return Ok(());
    }
    let taken = store::take_cursor(&app.db, guild, channel, discord::id_at(now), now - EVERY, now).await?;
    let Some(mut cursor) = taken else { return Ok(()) };
    match read(&app, guild, &mut cursor, &settings, now).await {
        Ok(()) => Ok(()),
        Err(Trouble::Passing(error)) => Err(error),
        Err(Trouble::Refused(error)) => {
            let recorder = app.recorder(guild, "announcements", now).await?;
            let mut tx = app.db.begin().await?;
            if !cursor.blind {
                let why = NotRead::Channel { channel, error: (&error).into() };
                recorder.write(&mut *tx, &words::not_read(recorder.language(), &why)).await?;
            }
            // Asking each minute would mend nothing.
            store::pause_until(&mut *tx, guild, now + REFUSED_PAUSE).await?;
            tx.commit().await?;
            app.post_log(guild);
            Ok(())
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

fn deadline() -> Instant {
    Instant::now() + CALL_TIME
}

async fn read(
    app: &App,
    guild: Id<GuildMarker>,
    cursor: &mut store::Cursor,
    settings: &Settings,
    now: Timestamp,
) -> Result<(), Trouble> {
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
    let zone = app.settings.get::<System>(guild).await?.time_zone.time_zone();
    let target = settings.reminder_channel.unwrap_or(cursor.channel);
    let mut acting = Acting::bot(app, guild, "announcements", Origin::Routine, now).await?;
    for message in page {
        let announced =
            message.author.id != app.discord.own_user() && message.is_ordinary() && message.id > cursor.from;
        if announced && message.is_empty() {
            if !cursor.blind {
                let mut tx = app.db.begin().await?;
                acting.record(&mut *tx, &words::not_read(acting.language(), &NotRead::NoContent)).await?;
                store::move_cursor(&mut *tx, guild, cursor.message, true).await?;
                tx.commit().await?;
                app.post_log(guild);
            }
            cursor.blind = true;
        } else if announced && (message.id > cursor.message || message.edited_at.is_some()) {
            cursor.blind = false;
            let known = store::find(&app.db, guild, message.id).await?;
            if known.as_ref().is_none_or(|known| known.edited_at != message.edited_at) {
                let known = known.unwrap_or_default();
                acting = acting.by(Origin::Message(message.id));
                acting.set_deadline(deadline());
                // Asked once for all of a page.
                acting.look_at_place(app, target).await?;
                let announced = Announced { channel: cursor.channel, message, zone: &zone };
                let Dealt { reminder, said, why_not } =
                    take_message(app, &acting, announced, settings, target, known).await?;
                let mut tx = app.db.begin().await?;
                if let Some(why) = why_not {
                    let link = discord::link(guild, cursor.channel, message.id);
                    acting.record(&mut *tx, &words::not_made(acting.language(), &link, &why)).await?;
                }
                store::upsert(&mut *tx, guild, cursor.channel, message, reminder, &said, now).await?;
                tx.commit().await?;
                app.post_log(guild);
            }
        }
        cursor.message = cursor.message.max(message.id);
    }
    Ok(store::move_cursor(&app.db, guild, cursor.message, cursor.blind).await?)
}

/// A message in the channel that is watched.
#[derive(Clone, Copy)]
struct Announced<'a> {
    channel: Id<ChannelMarker>,
    message: &'a Posted,
    /// By whose clocks.
    zone: &'a TimeZone,
}

/// What became of a message.
struct Dealt {
    reminder: Option<i32>,
    /// What it says of that: see [`digest_parts`].
    said: Vec<i64>,
    /// That no reminder was made of it, and why, unless that is nobody's affair.
    why_not: Option<NotMade>,
}

/// Makes a reminder of a message, or changes the one that was made of it. It may be done again: a message makes one.
async fn take_message(
    app: &App,
    acting: &Acting,
    Announced { channel, message, zone }: Announced<'_>,
    settings: &Settings,
    target: Id<ChannelMarker>,
    known: store::Known,
) -> anyhow::Result<Dealt> {
    let reminder = known.reminder;
    let not_made = |why: NotMade| Dealt { reminder, said: known.said.clone(), why_not: Some(why) };
    let (title, text) = reminders::announced(message.text(), &message.boxes());
    let source = Source { title: &title, text: text.trim(), fields: &[] };
    let posted = message.edited_at.unwrap_or(message.sent_at()).to_zoned(zone.clone());
    let event = match announcement::read(&source, &posted) {
        Ok(event) => event,
        Err(why) => return Ok(not_made(NotMade::Unclear { why, kept: reminder })),
    };
    let Some(timing) = Timing::announced(&event.when, zone) else { return Ok(not_made(NotMade::Over)) };
    let content = Content {
        name: event.title.map_or_else(|| UNTITLED.to_owned(), |title| cut(&title, NAME)),
        body: cut(&event.about, BODY),
        channel: Some(target),
        place: cut(&event.place.unwrap_or_default(), PLACE),
        source: Some(discord::link(acting.guild(), channel, message.id)),
        is_event: true,
        leads: reminders::leads([settings.reminder_offset.0, 0]),
        ..Content::default()
    };
    let draft = Draft { content, timing, creator: message.author.id, snoozes: None };
    let said = digest_parts(&draft).to_vec();
    let saved = match reminder {
        Some(number) => match reminders::store::find(&app.db, acting.guild(), number).await? {
            // Somebody has deleted it.
            None => return Ok(Dealt { reminder, said, why_not: None }),
            Some(before) => {
                // Each version of a message changes it, and that a version was read is on record.
                let acting = acting.by(Origin::Routine);
                operations::change(app, &acting, number, merge_with_reminder(&before, draft, &known.said))
                    .await
                    .map(|it| it.reminder)
            }
        },
        None => {
            operations::make(app, acting, &to_wish(&draft), draft.timing, draft.creator).await.map(|it| it.reminder)
        }
    };
    match saved {
        Ok(saved) => Ok(Dealt { reminder: Some(saved.number), said, why_not: None }),
        Err(Failure::Refused(Refusal::Never)) => Ok(not_made(NotMade::Over)),
        Err(Failure::Refused(Refusal::Gone)) => Ok(Dealt { reminder, said, why_not: None }),
        Err(Failure::Refused(Refusal::Changed)) => anyhow::bail!("somebody changes the reminder"),
        Err(Failure::Refused(refusal)) => Ok(not_made(NotMade::Refused(refusal))),
        Err(Failure::Barred(barred)) => anyhow::bail!("the bot itself may announce nothing: {}", barred.code()),
        Err(Failure::Internal(error)) => Err(error),
    }
}
