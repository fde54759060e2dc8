//! Saying what is due: once, late rather than never, and nothing for ever.
//!
//! Whoever finds that a reminder is due makes a row of that occurrence and holds it under a lease; whoever finds a lease that
//! has run out goes on. A message's nonce is the row's, so that an answer that was lost makes no second one; a later attempt
//! looks in the channel first, for Discord forgets a nonce after minutes.

mod report;
mod say;
pub(super) mod tidy;
mod vouchers;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::said;
use crate::app::App;
use crate::feature::Summary;
use crate::reminders::{self, Due, Outcome, store};
use vouchers::Vouchers;

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
const HELD: usize = 5000;

/// Of those, of one server: thousands that are due in one of its channels, where Discord takes one a second, keep no other
/// server's waiting.
const HELD_OF_GUILD: usize = 250;

/// Messages that are on their way at once, not counting those that have been for longer than [`QUICK`].
const LANES: usize = 64;
const QUICK: Duration = Duration::from_secs(1);

/// Of those, in one server.
const PER_GUILD: usize = 4;

/// While something takes its time, what has become due meanwhile is looked for this often.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Outcomes that are stored at once.
const STORED: usize = 64;

/// After the first attempt so long.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// Between two attempts at most so long; they end with the server's grace.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// A batch on its way.
struct Batch {
    app: App,
    taken: Instant,
    now: Timestamp,
    /// Channels that refused something of this batch: nothing else is tried there.
    refusing: Mutex<HashSet<Id<ChannelMarker>>>,
    /// See [`LANES`].
    lanes: Arc<Semaphore>,
    /// What the whole pass knows.
    vouchers: Arc<Vouchers>,
}

/// Says everything that is due, or what of it can be begun before the process is told to stop; then tells what was not said.
///
/// While something takes its time, what has become due meanwhile is taken all the same: a channel that hangs delays no
/// other server's reminders.
pub(super) async fn send_due(app: App, now: Timestamp) -> anyhow::Result<Summary> {
    let mut summary = Summary::default();
    let (lanes, vouchers) = (Arc::new(Semaphore::new(LANES)), Arc::new(Vouchers::default()));
    let (done, mut outcomes) = mpsc::unbounded_channel();
    // A task for each server: this one may wait for the database without any of them standing still.
    let mut saying = JoinSet::new();
    let mut held = Held::default();
    loop {
        let mut taken = 0;
        if !app.stopping.is_cancelled() && held.all() + BATCH <= HELD {
            // A pass may take long, and more comes up meanwhile.
            let now = app.clock.now().max(now);
            let batch = take_due(&app, now, &held.full()).await?;
            taken = batch.len();
            batch.iter().for_each(|due| held.add(due.reminder.guild));
            summary.due += taken as u64;
            let state = Batch {
                app: app.clone(),
                taken: Instant::now(),
                now,
                refusing: Mutex::default(),
                lanes: Arc::clone(&lanes),
                vouchers: Arc::clone(&vouchers),
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
        chunk.iter().for_each(|(due, _)| held.remove(due.reminder.guild));
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
    report::tell_missed(&app, now).await?;
    Ok(summary)
}

/// What is held of which server.
#[derive(Default)]
struct Held(HashMap<Id<GuildMarker>, usize>);

impl Held {
    fn all(&self) -> usize {
        self.0.values().sum()
    }

    /// Servers of which no more is taken for now.
    fn full(&self) -> Vec<Id<GuildMarker>> {
        self.0.iter().filter(|(_, held)| **held >= HELD_OF_GUILD).map(|(guild, _)| *guild).collect()
    }

    fn add(&mut self, guild: Id<GuildMarker>) {
        *self.0.entry(guild).or_default() += 1;
    }

    fn remove(&mut self, guild: Id<GuildMarker>) {
        if let Some(held) = self.0.get_mut(&guild) {
            *held = held.saturating_sub(1);
        }
    }
}

async fn take_due(app: &App, now: Timestamp, full: &[Id<GuildMarker>]) -> anyhow::Result<Vec<Due>> {
    let (limit, each) = (i64::try_from(BATCH)?, i64::try_from(HELD_OF_GUILD)?);
    let mut batch = store::take_left(&app.db, now, now + LEASE, limit, each, full).await?;
    let room = limit - i64::try_from(batch.len())?;
    if room > 0 {
        batch.extend(reminders::take_due(&app.db, now, now + LEASE, room, each, full).await?);
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
fn retry_later(due: &Due, now: Timestamp) -> Outcome {
    let pause = FIRST_PAUSE * (1 << (due.attempt.clamp(1, 5) - 1));
    Outcome::Again(now + pause.min(LONGEST_PAUSE))
}
