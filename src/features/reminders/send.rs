//! Saying what is due: once, late rather than never, and nothing for ever.
//!
//! Whoever finds that a reminder is due makes a row of that occurrence and holds it under a lease; whoever finds a lease that
//! has run out goes on. A message's nonce is the row's, so that an answer that was lost makes no second one; a later attempt
//! looks in the channel first, for Discord forgets a nonce after minutes.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, UserMarker};

use super::screens::Way;
use super::{Settings, screens};
use crate::app::App;
use crate::db::db_id;
use crate::discord::{self, Nonce};
use crate::feature::Summary;
use crate::log_channel::{self, Entry, Level};
use crate::reminders::{self, Due, Outcome, store};
use crate::settings::System;
use crate::ui::{Message, plain};

/// How long a silent process keeps what it took.
const LEASE: SignedDuration = SignedDuration::from_mins(3);

/// What was not begun after so long is given back; what was begun then has an end before the lease.
const HOLD: Duration = Duration::from_secs(60);

/// Everything about one occurrence waits for Discord's limits at most this long.
const SAY_TIME: Duration = Duration::from_secs(60);

/// What was taken longer ago is looked at again before it is said: somebody may have changed it.
const FRESH: Duration = Duration::from_secs(5);

/// Reminders that are taken at once, and that are held at once.
const BATCH: usize = 500;
const HELD: usize = 2000;

/// Messages that are on their way at once, not counting those that have been for longer than [`QUICK`].
const LANES: usize = 64;
const QUICK: Duration = Duration::from_secs(1);

/// Of those, in one server.
const PER_GUILD: usize = 4;

/// While something takes its time, what has become due meanwhile is looked for this often.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Outcomes that are stored at once.
const STORED: usize = 64;

/// A pass of cron may be a minute late without anybody's calling it late.
const LATE: SignedDuration = SignedDuration::from_mins(2);

/// After the first attempt so long.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// Between two attempts at most so long; they end with the server's grace.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// Pages of a channel that are looked through for a message that may have been posted.
const PAGES: usize = 3;

/// What was said ahead of something longer ago stays.
const TIDIED: SignedDuration = SignedDuration::from_hours(72);

/// Characters of a list in the log channel, with room for what stands around it.
const LISTED: usize = log_channel::DESCRIPTION_CHARS - 120;

/// A batch on its way.
struct Batch {
    app: App,
    taken: Instant,
    now: Timestamp,
    /// Channels that refused something of this batch: nothing else is tried there.
    refusing: Mutex<HashSet<Id<ChannelMarker>>>,
    /// See [`LANES`].
    lanes: Arc<Semaphore>,
}

/// Says everything that is due, or what of it can be begun before the process is told to stop; then tells what was not said.
///
/// While something takes its time, what has become due meanwhile is taken all the same: a channel that hangs delays no
/// other server's reminders.
pub(super) async fn due(app: App, now: Timestamp) -> anyhow::Result<Summary> {
    let mut summary = Summary::default();
    let lanes = Arc::new(Semaphore::new(LANES));
    let (done, mut outcomes) = mpsc::unbounded_channel();
    // A task for each server: this one may wait for the database without any of them standing still.
    let mut saying = JoinSet::new();
    let mut held = 0_usize;
    loop {
        let mut taken = 0;
        if !app.stopping.is_cancelled() && held + BATCH <= HELD {
            // A pass may take long, and more comes up meanwhile.
            let now = app.clock.now().max(now);
            let batch = take(&app, now).await?;
            taken = batch.len();
            held += taken;
            summary.due += taken as u64;
            let state = Batch {
                app: app.clone(),
                taken: Instant::now(),
                now,
                refusing: Mutex::default(),
                lanes: Arc::clone(&lanes),
            };
            let state = Arc::new(state);
            for queues in by_guild(batch) {
                saying.spawn(say_in_guild(Arc::clone(&state), queues, done.clone()));
            }
        }
        while saying.try_join_next().is_some() {}
        if taken == 0 && saying.is_empty() && outcomes.is_empty() {
            break;
        }
        if taken == BATCH {
            // There is more, and room for it.
            continue;
        }
        let mut chunk = Vec::with_capacity(STORED);
        tokio::select! {
            _ = outcomes.recv_many(&mut chunk, STORED) => {}
            _ = saying.join_next(), if !saying.is_empty() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
        held -= chunk.len().min(held);
        if !chunk.is_empty() {
            store::set_outcomes(&app.db, &chunk, app.clock.now()).await?;
        }
        for (_, outcome) in chunk {
            match outcome {
                Outcome::Sent { late, .. } => {
                    summary.sent += 1;
                    summary.late += u64::from(late);
                }
                Outcome::Missed | Outcome::Failed(_) | Outcome::Refused(_) => summary.failed += 1,
                Outcome::Skipped | Outcome::Again(_) | Outcome::Back(_) => {}
            }
        }
    }
    tell(&app, now).await?;
    Ok(summary)
}

async fn take(app: &App, now: Timestamp) -> anyhow::Result<Vec<Due>> {
    let limit = i64::try_from(BATCH)?;
    let mut batch = store::take_left(&app.db, now, now + LEASE, limit).await?;
    let room = limit - i64::try_from(batch.len())?;
    if room > 0 {
        batch.extend(reminders::take_due(&app.db, now, now + LEASE, room).await?);
    }
    Ok(batch)
}

/// Says what is due in one server: one after another in a channel, a few channels at once.
async fn say_in_guild(state: Arc<Batch>, queues: Vec<Vec<Due>>, done: mpsc::UnboundedSender<(Due, Outcome)>) {
    let state = &state;
    let queues = queues.into_iter().map(|queue| {
        Box::pin(futures_util::stream::iter(queue).then(move |due| async move {
            let now = state.app.clock.now();
            let outcome = match () {
                () if state.app.stopping.is_cancelled() => Outcome::Back(now),
                // What is before it in its channel takes that long; others go on meanwhile.
                () if state.taken.elapsed() >= HOLD => Outcome::Back(now + FIRST_PAUSE),
                () => state.say_in_lane(&due).await,
            };
            (due, outcome)
        }))
    });
    let mut said = futures_util::stream::iter(queues).flatten_unordered(PER_GUILD);
    while let Some(outcome) = said.next().await {
        // Whoever stores them waits for the last one.
        let _ = done.send(outcome);
    }
}

/// What is due, for each server a queue for each channel or member.
fn by_guild(batch: Vec<Due>) -> Vec<Vec<Vec<Due>>> {
    let mut guilds = HashMap::<_, HashMap<_, Vec<Due>>>::new();
    for due in batch {
        let draft = &due.reminder.draft;
        // Only who is written to directly has a channel of their own.
        let member = draft.content.channel.is_none().then_some(draft.creator);
        let key = (draft.content.channel, member);
        guilds.entry(due.reminder.guild).or_default().entry(key).or_default().push(due);
    }
    guilds.into_values().map(|queues| queues.into_values().collect()).collect()
}

/// Another attempt after 30 s, 1, 2, 4, 5, 5 … minutes; [`Batch::try_to_say`] ends them with the grace.
fn again(due: &Due, now: Timestamp) -> Outcome {
    let pause = FIRST_PAUSE * (1 << (due.attempt.clamp(1, 5) - 1));
    Outcome::Again(now + pause.min(LONGEST_PAUSE))
}

impl Batch {
    /// Says one occurrence in a lane, which is free again if that takes long.
    async fn say_in_lane(&self, due: &Due) -> Outcome {
        let lane = self.lanes.acquire().await;
        let mut saying = pin!(self.say(due));
        tokio::select! {
            biased;
            outcome = saying.as_mut() => return outcome,
            () = tokio::time::sleep(QUICK) => drop(lane),
        }
        saying.await
    }

    /// Says one occurrence, and what became of it.
    async fn say(&self, due: &Due) -> Outcome {
        let now = self.now;
        match self.try_to_say(due, now).await {
            Ok(outcome) => outcome,
            Err(error) => {
                let guild = due.reminder.guild;
                tracing::warn!(%guild, number = due.reminder.number, error = format!("{error:#}"), "a reminder waits");
                again(due, self.app.clock.now())
            }
        }
    }

    async fn try_to_say(&self, due: &Due, now: Timestamp) -> anyhow::Result<Outcome> {
        let app = &self.app;
        let guild = due.reminder.guild;
        let fresh;
        let due = match self.taken.elapsed() > FRESH {
            false => due,
            true => match store::find(&app.db, guild, due.reminder.number).await? {
                None => return Ok(Outcome::Skipped),
                Some(reminder) => {
                    fresh = Due { reminder, ..due.clone() };
                    &fresh
                }
            },
        };
        let reminder = &due.reminder;
        if reminder.paused.is_some() || !app.settings.enabled(guild, "reminders").await {
            return Ok(Outcome::Skipped);
        }
        let settings = app.settings.get::<Settings>(guild).await?;
        let behind = now.duration_since(due.fire.due_at);
        let over = behind > settings.grace.duration();
        if due.attempt == 1 && over {
            return Ok(Outcome::Missed);
        }
        let deadline = Instant::now() + SAY_TIME;
        let language = app.settings.get::<System>(guild).await?.language;
        let way = Way { late: behind > LATE, everyone: settings.allow_everyone, language, ..Way::default() };
        let creator = reminder.draft.creator;
        let (error, channel, direct) = match reminder.draft.content.channel {
            Some(channel) => match self.say_in(channel, due, &way, over, deadline).await {
                Ok(outcome) => return Ok(outcome),
                Err(error) => (error, Some(channel), false),
            },
            None => {
                let said = async {
                    let channel = app.discord.guild(guild).direct_channel(creator, deadline).await?;
                    self.say_in(channel, due, &Way { direct: true, ..way }, over, deadline).await
                };
                match (said.await, settings.default_channel.filter(|_| settings.direct_fallback)) {
                    (Ok(outcome), _) => return Ok(outcome),
                    (Err(discord::Error::NoDirectMessages { .. }), Some(fallback)) => {
                        let way = Way { instead_of_direct: true, ..way };
                        match self.say_in(fallback, due, &way, over, deadline).await {
                            Ok(outcome) => return Ok(outcome),
                            Err(error) => (error, Some(fallback), true),
                        }
                    }
                    (Err(error), _) => (error, None, true),
                }
            }
        };
        match why_not(&error, channel) {
            _ if error.is_passing() => match over {
                true => Ok(Outcome::Failed("Discord did not take it in time.".to_owned())),
                false => Ok(again(due, self.app.clock.now())),
            },
            // It is about this one alone.
            Err(why) => Ok(Outcome::Failed(why)),
            Ok(why) if direct => {
                store::pause(&app.db, guild, reminder.number, &why, now).await?;
                Ok(Outcome::Failed(why))
            }
            Ok(why) => {
                if let Some(channel) = channel {
                    self.refusing.lock().unwrap_or_else(PoisonError::into_inner).insert(channel);
                    pause(app, guild, channel, &why, now).await?;
                }
                Ok(Outcome::Refused(why))
            }
        }
    }

    /// Says it in a channel, unless an earlier attempt has.
    async fn say_in(
        &self,
        channel: Id<ChannelMarker>,
        due: &Due,
        way: &Way,
        over: bool,
        deadline: Instant,
    ) -> Result<Outcome, discord::Error> {
        if self.refusing.lock().unwrap_or_else(PoisonError::into_inner).contains(&channel) {
            return Ok(Outcome::Refused("Its channel refused another one.".to_owned()));
        }
        let discord = self.app.discord.guild(due.reminder.guild);
        if due.attempt > 1 {
            if let Some(message) = self.find(channel, due, deadline).await? {
                return Ok(Outcome::Sent { channel, message: Some(message), late: way.late });
            }
            if over {
                return Ok(Outcome::Failed("Discord did not take it in time.".to_owned()));
            }
        }
        let body = screens::said(&due.reminder, &due.fire, way).into_body();
        let nonce = Nonce { purpose: "reminder", row: due.id, revision: 0 };
        let message = discord.create_message(channel, &body, nonce, deadline).await?;
        Ok(Outcome::Sent { channel, message, late: way.late })
    }

    /// The message of an earlier attempt, if it arrived.
    async fn find(
        &self,
        channel: Id<ChannelMarker>,
        due: &Due,
        deadline: Instant,
    ) -> Result<Option<Id<MessageMarker>>, discord::Error> {
        let discord = self.app.discord.guild(due.reminder.guild);
        let (own, mark) = (self.app.discord.own_user(), screens::mark(&due.reminder, &due.fire));
        // Clocks differ a little.
        let mut after = Some(discord::id_at(due.taken_at - SignedDuration::from_mins(1)));
        for _ in 0..PAGES {
            let page = discord.messages_after(channel, after, deadline).await?;
            let ours = |posted: &&discord::Posted| posted.author.id == own && posted.marks.contains(&mark);
            if let Some(posted) = page.iter().find(ours) {
                return Ok(Some(posted.id));
            }
            if page.len() < discord::PAGE {
                break;
            }
            after = page.last().map(|posted| posted.id);
        }
        Ok(None)
    }
}

/// Why a channel, or a member, takes nothing; the other way round why it does not take this one thing.
fn why_not(error: &discord::Error, channel: Option<Id<ChannelMarker>>) -> Result<String, String> {
    use discord::Error::{Filtered, Gone, MissingPermission, NoAccess, NoDirectMessages, ThreadClosed};
    let channel = channel.map_or("the channel".to_owned(), |channel| format!("<#{channel}>"));
    match error {
        NoDirectMessages { .. } => Ok("Its member takes no direct messages from me.".to_owned()),
        Gone { .. } => Ok("Its channel is gone.".to_owned()),
        NoAccess { .. } => Ok(format!("I cannot see {channel}; give me **View Channel** there.")),
        MissingPermission => {
            Ok(format!("I may not write in {channel}; give me **Send Messages** and **Embed Links** there."))
        }
        ThreadClosed { .. } => Ok(format!("{channel} is closed; open the thread again.")),
        Filtered { .. } => Err("This server's filters refuse what it says.".to_owned()),
        error => Err(format!("Discord refused it ({error}).")),
    }
}

/// Pauses the reminders of a channel that refuses us, and tells the server and those who made them, once.
async fn pause(
    app: &App,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    why: &str,
    now: Timestamp,
) -> anyhow::Result<()> {
    let recorder = app.recorder(guild, "reminders", now).await?;
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
    recorder.write(&mut *tx, &entry).await?;
    tx.commit().await?;
    app.post_log(guild);
    let creators: BTreeSet<Id<UserMarker>> = paused.into_iter().filter_map(|(_, _, creator)| creator).collect();
    let text = format!("Your reminders in <#{channel}> are paused. {why} `/reminder resume` lets them speak again.");
    let work = app.clone();
    app.background.spawn(async move {
        for creator in creators {
            let nonce = Nonce { purpose: "paused", row: db_id(channel), revision: db_id(creator) };
            let told = async {
                let deadline = Instant::now() + SAY_TIME;
                let direct = work.discord.guild(guild).direct_channel(creator, deadline).await?;
                work.discord
                    .guild(guild)
                    .create_message(direct, &Message::new(text.clone()).into_body(), nonce, deadline)
                    .await
            };
            if let Some(Err(error)) = work.handing_over.run_until_cancelled(told).await {
                tracing::debug!(%guild, %error, "whoever made a reminder cannot be told that it is paused");
            }
        }
    });
    Ok(())
}

/// As many lines as an entry of the log channel shows, and how many there are besides.
fn listed(lines: &[String]) -> String {
    let mut shown = String::new();
    for (at, line) in lines.iter().enumerate() {
        if shown.chars().count() + line.chars().count() > LISTED {
            return format!("{shown}… and {} more", lines.len() - at);
        }
        shown.push_str(line);
        shown.push('\n');
    }
    shown.trim_end().to_owned()
}

/// Tells each server in one entry what was missed, and what could not be said.
async fn tell(app: &App, now: Timestamp) -> anyhow::Result<()> {
    for guild in store::list_guilds_to_tell(&app.db).await? {
        let recorder = app.recorder(guild, "reminders", now).await?;
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
        recorder.write(&mut *tx, &entry).await?;
        tx.commit().await?;
        app.post_log(guild);
    }
    Ok(())
}

/// Guilds in which something was said ahead of events lately.
pub(super) async fn guilds_to_tidy(app: App, now: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_outdated_guilds(&app.db, now - TIDIED).await?)
}

/// Removes what was said ahead of events that have begun, where a server wants that.
pub(super) async fn tidy(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    for outdated in store::list_outdated(&app.db, guild, now - TIDIED, i64::try_from(BATCH)?).await? {
        if app.settings.get::<Settings>(outdated.guild).await?.remove_ahead {
            let reason = format!("Reminder #{}: it has begun", outdated.number);
            match app
                .discord
                .guild(outdated.guild)
                .delete_message(outdated.channel, outdated.message, &reason, Instant::now() + SAY_TIME)
                .await
            {
                Err(error) if error.is_passing() => continue,
                Err(discord::Error::Gone { .. }) | Ok(()) => {}
                Err(error) => tracing::warn!(guild = %outdated.guild, %error, "what was said ahead stays"),
            }
        }
        store::forget_message(&app.db, &outdated).await?;
    }
    Ok(())
}
