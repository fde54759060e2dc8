//! Saying what is due: once, late rather than never, and nothing for ever.
//!
//! Whoever finds that a reminder is due makes a row of that occurrence and holds it under a lease; whoever finds a lease that
//! has run out goes on. A message's nonce is the row's, so that an answer that was lost makes no second one; a later attempt
//! looks in the channel first, for Discord forgets a nonce after minutes.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, UserMarker};

use super::{Settings, screens};
use crate::app::App;
use crate::discord;
use crate::feature::Summary;
use crate::interactions::Message;
use crate::interactions::reply::plain;
use crate::log_channel::{self, Entry, Level};
use crate::reminders::{self, Due, Outcome, store};
use crate::settings::System;

/// How long a silent process keeps what it took.
const LEASE: SignedDuration = SignedDuration::from_mins(3);

/// What was not begun after so long is given back; what was begun then has an end before the lease.
const HOLD: Duration = Duration::from_secs(60);

/// One call waits for Discord's limits at most this long; a few of them fit into what is left of a lease.
const CALL_TIME: Duration = Duration::from_secs(30);

/// Reminders that are taken at once, and messages that are on their way at once.
const BATCH: i64 = 500;
const AT_ONCE: usize = 32;

/// Outcomes that are stored at once.
const STORED: usize = 64;

/// A pass of cron may be a minute late without anybody's calling it late.
const LATE: SignedDuration = SignedDuration::from_mins(2);

/// Attempts after which a reminder is given up.
const MAX_ATTEMPTS: i32 = 6;

/// Pages of a channel that are looked through for a message that may have been posted.
const PAGES: usize = 5;

/// What is listed of many that were missed.
const LISTED: usize = 8;

fn deadline() -> Instant {
    Instant::now() + CALL_TIME
}

/// Says everything that is due.
pub(super) async fn due(app: App, now: Timestamp) -> anyhow::Result<Summary> {
    let mut summary = Summary::default();
    while !app.handing_over.is_cancelled() {
        let until = app.clock.now().max(now) + LEASE;
        let mut batch = store::take_left(&app.db, now, until, BATCH).await?;
        batch.extend(reminders::take_due(&app.db, now, until, BATCH).await?);
        if batch.is_empty() {
            break;
        }
        summary.due += batch.len() as u64;
        let give_back = Instant::now() + HOLD;
        // One after another in a channel, many channels at once: one that Discord slows down holds up no other.
        let queues = by_channel(batch).into_iter().map(|queue| {
            Box::pin(futures_util::stream::iter(queue).then(async |due| {
                let outcome = match Instant::now() < give_back {
                    true => say(&app, &due, now).await,
                    false => Outcome::Again(now),
                };
                (due, outcome)
            }))
        });
        let mut said = futures_util::stream::iter(queues).flatten_unordered(AT_ONCE).ready_chunks(STORED);
        while let Some(outcomes) = said.next().await {
            store::set_outcomes(&app.db, &outcomes, app.clock.now()).await?;
            for (_, outcome) in &outcomes {
                match outcome {
                    Outcome::Sent { late, .. } => {
                        summary.done += 1;
                        summary.late += u64::from(*late);
                    }
                    Outcome::Missed | Outcome::Failed(_) => summary.failed += 1,
                    Outcome::Skipped | Outcome::Again(_) => {}
                }
            }
        }
    }
    Ok(summary)
}

/// What is due, a queue for each channel or member.
fn by_channel(batch: Vec<Due>) -> Vec<Vec<Due>> {
    let mut queues = HashMap::<_, Vec<Due>>::new();
    for due in batch {
        let draft = &due.reminder.draft;
        // Only who is written to directly has a channel of their own.
        let member = if draft.content.channel.is_some() { Id::new(1) } else { draft.creator };
        queues.entry((draft.content.channel, member)).or_default().push(due);
    }
    queues.into_values().collect()
}

/// Says one occurrence, and what became of it.
async fn say(app: &App, due: &Due, now: Timestamp) -> Outcome {
    match try_to_say(app, due, now).await {
        Ok(outcome) => outcome,
        Err(error) => {
            let guild = due.reminder.guild;
            tracing::warn!(%guild, number = due.reminder.number, error = format!("{error:#}"), "a reminder waits");
            again(due, now)
        }
    }
}

/// Another attempt after 30 s, 1, 2, 4 … minutes, until it is given up.
fn again(due: &Due, now: Timestamp) -> Outcome {
    if due.attempt >= MAX_ATTEMPTS {
        return Outcome::Failed("Discord did not take it, again and again.".to_owned());
    }
    Outcome::Again(now + SignedDuration::from_secs(30) * (1 << due.attempt.clamp(1, 10) >> 1))
}

async fn try_to_say(app: &App, due: &Due, now: Timestamp) -> anyhow::Result<Outcome> {
    let reminder = &due.reminder;
    let guild = reminder.guild;
    if reminder.paused.is_some() || !app.settings.enabled(guild, "reminders").await {
        return Ok(Outcome::Skipped);
    }
    let settings = app.settings.get::<Settings>(guild).await?;
    let behind = now.duration_since(due.fire.due_at);
    if due.attempt == 1 && behind > settings.grace.duration() {
        return Ok(Outcome::Missed);
    }
    let late = behind > LATE;
    let creator = reminder.draft.creator;
    let (channel, direct) = match reminder.draft.content.channel {
        Some(channel) => (channel, false),
        None => match app.discord.direct_channel(creator, deadline()).await {
            Ok(channel) => (channel, true),
            Err(error) => return refused(app, due, &settings, creator.cast(), true, error, now).await,
        },
    };
    if due.attempt > 1 {
        match find(app, channel, due).await {
            Ok(Some(message)) => return Ok(Outcome::Sent { channel, message, late }),
            Ok(None) if behind > settings.grace.duration() => {
                return Ok(Outcome::Failed("Discord did not take it in time.".to_owned()));
            }
            Ok(None) => {}
            Err(error) => return refused(app, due, &settings, channel, direct, error, now).await,
        }
    }
    match post(app, channel, due, direct, late).await {
        Ok(message) => Ok(Outcome::Sent { channel, message, late }),
        Err(error) => refused(app, due, &settings, channel, direct, error, now).await,
    }
}

async fn post(
    app: &App,
    channel: Id<ChannelMarker>,
    due: &Due,
    direct: bool,
    late: bool,
) -> Result<Id<MessageMarker>, discord::Error> {
    let language = app.settings.get::<System>(due.reminder.guild).await.map(|it| it.language).unwrap_or_default();
    let body = screens::said(&due.reminder, &due.fire, direct, late, language).into_body();
    app.discord.create_message(channel, &body, &format!("r{}", due.id), deadline()).await
}

/// The message of an earlier attempt, if it arrived.
async fn find(app: &App, channel: Id<ChannelMarker>, due: &Due) -> Result<Option<Id<MessageMarker>>, discord::Error> {
    let mark = screens::mark(&due.reminder, &due.fire);
    // Clocks differ a little.
    let mut after = Some(discord::id_at(due.taken_at - SignedDuration::from_mins(1)));
    for _ in 0..PAGES {
        let page = app.discord.messages_after(channel, after, deadline()).await?;
        let ours =
            page.iter().find(|posted| posted.author.id == app.discord.own_user() && posted.marks.contains(&mark));
        if let Some(posted) = ours {
            return Ok(Some(posted.id));
        }
        if page.len() < discord::PAGE {
            break;
        }
        after = page.last().map(|posted| posted.id);
    }
    Ok(None)
}

/// What a refusal of Discord's means for an occurrence, and for the reminders of its channel.
async fn refused(
    app: &App,
    due: &Due,
    settings: &Settings,
    channel: Id<ChannelMarker>,
    direct: bool,
    error: discord::Error,
    now: Timestamp,
) -> anyhow::Result<Outcome> {
    use discord::Error::{Filtered, Gone, MissingPermission, NoAccess, NoDirectMessages, ThreadClosed, Unauthorized};
    let reminder = &due.reminder;
    let why = match &error {
        error if error.is_passing() || matches!(error, Unauthorized) => return Ok(again(due, now)),
        NoDirectMessages { .. } if settings.direct_fallback && settings.default_channel.is_some() => {
            let fallback = settings.default_channel.expect("it was just looked at");
            return match post(app, fallback, due, false, false).await {
                Ok(message) => Ok(Outcome::Sent { channel: fallback, message, late: false }),
                Err(error) if error.is_passing() => Ok(again(due, now)),
                Err(error) => Ok(Outcome::Failed(format!("It could not be said in <#{fallback}> either ({error})."))),
            };
        }
        NoDirectMessages { .. } => "Its member takes no direct messages from me.".to_owned(),
        Gone { .. } => "Its channel is gone.".to_owned(),
        NoAccess { .. } => format!("I cannot see <#{channel}>; give me **View Channel** there."),
        MissingPermission => {
            format!("I may not write in <#{channel}>; give me **Send Messages** and **Embed Links** there.")
        }
        ThreadClosed { .. } => format!("<#{channel}> is closed; open the thread again."),
        Filtered { .. } => return Ok(Outcome::Failed("This server's filters refuse what it says.".to_owned())),
        error => return Ok(Outcome::Failed(format!("Discord refused it ({error})."))),
    };
    if direct {
        reminders::set_paused(&app.db, reminder, Some(&why), now).await?;
    } else {
        pause(app, reminder.guild, channel, &why, now).await?;
    }
    Ok(Outcome::Failed(why))
}

/// Pauses the reminders of a channel that refuses us, and tells the server and those who made them, once.
async fn pause(
    app: &App,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    why: &str,
    now: Timestamp,
) -> anyhow::Result<()> {
    let system = app.settings.get::<System>(guild).await?;
    let mut tx = app.db.begin().await?;
    let paused = store::pause_channel(&mut *tx, guild, channel, why, now).await?;
    if paused.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = paused.iter().map(|(number, name, _)| format!("#{number} {}", plain(name))).collect();
    let entry = Entry {
        level: Level::Error,
        title: match names.len() {
            1 => "🚨 A reminder is paused".to_owned(),
            count => format!("🚨 {count} reminders are paused"),
        },
        description: format!("{why} `/reminder resume` lets them speak again.\n{}", listed(&names)),
    };
    log_channel::write(&mut *tx, &system, guild, "reminders", &entry, now).await?;
    tx.commit().await?;
    app.post_log(guild);
    let creators: BTreeSet<Id<UserMarker>> = paused.into_iter().filter_map(|(_, _, creator)| creator).collect();
    for creator in creators {
        let text =
            format!("Your reminders in <#{channel}> are paused. {why} `/reminder resume` lets them speak again.");
        let told = async {
            let direct = app.discord.direct_channel(creator, deadline()).await?;
            app.discord
                .create_message(direct, &Message::new(text).into_body(), &format!("q{channel}"), deadline())
                .await
        };
        if let Err(error) = told.await {
            tracing::debug!(%guild, %error, "whoever made a reminder cannot be told that it is paused");
        }
    }
    Ok(())
}

fn listed(names: &[String]) -> String {
    let more = match names.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!("\n… and {more} more"),
    };
    format!("{}{more}", names.iter().take(LISTED).cloned().collect::<Vec<_>>().join("\n"))
}

/// Tells each server in one entry what was missed, and what could not be said.
pub(super) async fn tell(app: App, now: Timestamp) -> anyhow::Result<()> {
    for guild in store::list_guilds_to_tell(&app.db).await? {
        let system = app.settings.get::<System>(guild).await?;
        let mut tx = app.db.begin().await?;
        let unsaid = store::take_unsaid(&mut *tx, guild).await?;
        if unsaid.is_empty() {
            continue;
        }
        let lines: Vec<String> = unsaid
            .iter()
            .map(|it| {
                let why = it.problem.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
                format!("#{} {} <t:{}:f>{why}", it.number, plain(&it.name), it.due_at.as_second())
            })
            .collect();
        let title = match unsaid.len() {
            1 => "⏰ A reminder was not said".to_owned(),
            count => format!("⏰ {count} reminders were not said"),
        };
        let entry = Entry { level: Level::Error, title, description: listed(&lines) };
        log_channel::write(&mut *tx, &system, guild, "reminders", &entry, now).await?;
        tx.commit().await?;
        app.post_log(guild);
    }
    Ok(())
}

/// Removes what was said ahead of events that have begun, where a server wants that.
pub(super) async fn tidy(app: App, now: Timestamp) -> anyhow::Result<()> {
    for outdated in store::list_outdated(&app.db, now - SignedDuration::from_hours(72), BATCH).await? {
        if app.settings.get::<Settings>(outdated.guild).await?.remove_ahead {
            let reason = format!("Reminder #{}: it has begun", outdated.number);
            match app.discord.delete_message(outdated.channel, outdated.message, &reason, deadline()).await {
                Err(error) if error.is_passing() => continue,
                Err(discord::Error::Gone { .. }) | Ok(()) => {}
                Err(error) => tracing::warn!(guild = %outdated.guild, %error, "what was said ahead stays"),
            }
        }
        store::forget_message(&app.db, &outdated).await?;
    }
    Ok(())
}
