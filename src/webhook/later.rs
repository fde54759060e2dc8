//! Work that outlives its answer: stored before "thinking…" is shown, finished by whoever lives.
//!
//! The instance that stored a job holds it under a lease and keeps the lease while it works. A lease that runs out is
//! taken by any other instance or by cron. The number of the lease is the fence: whoever holds an older number neither
//! decides what is shown nor forgets the job. What will be shown is stored before it is, so that a second attempt shows
//! the same.

use std::pin::pin;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use metrics::counter;
use tracing::Instrument;

use super::{dispatch, store};
use crate::db;
use crate::discord;
use crate::error::{Error, Result};
use crate::feature::{Bot, NotYet, Promise};
use crate::interactions::promise::{Job, LEASE};
use crate::ui::Message;

/// How often a working instance says that it lives.
const RENEW_EVERY: Duration = Duration::from_secs(6);

/// Attempts after which the member gets an apology, counting those that died with their process. Those during which Discord or
/// the database was away do not count: while the token lives they may come back.
const MAX_ATTEMPTS: i32 = 5;

/// Discord takes the token for a minute after we give up: time for an apology.
const LAST_WORDS: SignedDuration = SignedDuration::from_secs(50);

/// How often an instance looks for jobs whose holder is silent.
const SWEEP_EVERY: Duration = Duration::from_secs(2);

/// Work that takes longer lets others begin beside it.
const QUICK: Duration = Duration::from_secs(1);

/// Jobs that one look takes at most.
const SWEEP_LIMIT: i64 = 16;

/// One call that shows an answer may take this long before the job is given back.
const SHOW_TIME: Duration = Duration::from_secs(20);

/// Discord may get our call before it has processed the answer that promised it.
const EARLY_RETRIES: [Duration; 3] =
    [Duration::from_millis(200), Duration::from_millis(600), Duration::from_millis(1200)];

/// Takes jobs whose lease has run out, as many as can begin now, and works on them in the background; tells how many.
pub async fn sweep(bot: &Bot) -> anyhow::Result<usize> {
    let free = i64::try_from(bot.app.turns.free()).unwrap_or(i64::MAX);
    if free == 0 {
        // Others may have room.
        return Ok(0);
    }
    let now = bot.app.clock.now();
    let full = bot.app.turns.full();
    let jobs = store::take_due(&bot.app.pools.background, now, now + LEASE, &full, free.min(SWEEP_LIMIT)).await?;
    let count = jobs.len();
    for job in jobs {
        bot.app.background.spawn(run(bot.clone(), job));
    }
    Ok(count)
}

/// Sweeps until the process stops.
pub async fn sweep_forever(bot: Bot) {
    let sweeping = async {
        loop {
            tokio::time::sleep(SWEEP_EVERY).await;
            if let Err(error) = sweep(&bot).await {
                tracing::warn!(error = format!("{error:#}"), "cannot look for unfinished work");
            }
        }
    };
    bot.app.stopping.run_until_cancelled(sweeping).await;
}

/// How an attempt ended.
enum Outcome {
    /// The member sees the answer.
    Shown,
    /// Nobody can be told.
    Unseen(String),
    /// Somebody else has the job.
    Lost,
    /// Worth another attempt after a while; one that is `excused` counts for nothing.
    Again { pause: SignedDuration, excused: bool, why: String },
}

/// Works on a job that this instance holds, when its server has a turn.
pub(super) async fn run(bot: Bot, job: Job) {
    let bot = bot.in_background();
    let span = tracing::info_span!("later", id = %job.interaction, feature = job.feature);
    work(&bot, &job).instrument(span).await;
}

async fn work(bot: &Bot, job: &Job) {
    let attempt = async {
        let mut turn = bot.app.turns.take(job.guild).await;
        let mut attempt = pin!(attempt(bot, job));
        tokio::select! {
            biased;
            outcome = attempt.as_mut() => return outcome,
            () = tokio::time::sleep(QUICK) => turn.takes_long(),
        }
        attempt.await
    };
    let outcome = tokio::select! {
        // Only the database can fail here.
        outcome = attempt => outcome.unwrap_or_else(|error| excused(job, format!("{error:#}"))),
        () = keep(bot, job) => Outcome::Lost,
        () = bot.app.handing_over.cancelled() => {
            Outcome::Again { pause: SignedDuration::ZERO, excused: true, why: "the instance stopped".to_owned() }
        }
    };
    let db = &bot.app.db;
    let (name, stored) = match outcome {
        Outcome::Shown => ("shown", store::delete_job(db, job).await),
        Outcome::Unseen(why) => {
            tracing::warn!(why, "nobody can see the outcome of this work");
            ("unseen", store::delete_job(db, job).await)
        }
        Outcome::Lost => ("lost", Ok(())),
        Outcome::Again { pause, excused, why } => {
            // To wait is ordinary.
            match excused {
                true => tracing::info!(why, "this work goes on later"),
                false => tracing::warn!(why, "this work is tried again"),
            }
            ("again", store::release_job(db, job, bot.app.clock.now() + pause, excused, &why).await)
        }
    };
    if let Err(error) = stored {
        // The lease runs out, and whoever takes the job then finds its answer stored.
        tracing::warn!(%error, "cannot record how work ended");
    }
    counter!("later_finished_total", "feature" => job.feature.clone(), "outcome" => name).increment(1);
}

/// Renews the lease until it is lost.
async fn keep(bot: &Bot, job: &Job) {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        match store::extend_lease(&bot.app.db, job, bot.app.clock.now() + LEASE).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, "cannot renew a lease"),
        }
    }
}

async fn attempt(bot: &Bot, job: &Job) -> anyhow::Result<Outcome> {
    let now = bot.app.clock.now();
    if now >= job.expires_at + LAST_WORDS {
        return Ok(Outcome::Unseen("the interaction has expired".to_owned()));
    }
    let message: Message = match &job.answer {
        Some(answer) => serde_json::from_value(answer.clone())?,
        None => {
            let message = match decide(bot, job, now).await {
                Ok(message) => message,
                Err(again) => return Ok(again),
            };
            let answer = serde_json::to_value(&message)?;
            if !store::update_answer(&bot.app.db, job, &answer, bot.app.clock.now() + LEASE).await? {
                return Ok(Outcome::Lost);
            }
            message
        }
    };
    Ok(show(bot, job, message).await)
}

/// What the member will see: the feature's answer, a refusal, or an apology once there is no point in another attempt.
async fn decide(bot: &Bot, job: &Job, now: Timestamp) -> Result<Message, Outcome> {
    let apologize = |why: &str| {
        tracing::error!(interaction = %job.interaction, feature = job.feature, error = why, "an interaction failed");
        Ok(dispatch::apology(job.interaction))
    };
    let Ok(time) = Duration::try_from(job.expires_at.duration_since(now)) else {
        return apologize("there was no answer before the interaction expired");
    };
    if job.attempt - job.excused > MAX_ATTEMPTS {
        // Whatever it is, it did not survive, and may take another process with it.
        return apologize("every attempt died");
    }
    let handler = bot.features.feature(&job.feature).and_then(|feature| feature.work.clone());
    let Some(handler) = handler else {
        let why = format!("no work of {} is known here", job.feature);
        return Err(Outcome::Again { pause: LEASE, excused: true, why });
    };
    let promise = Promise {
        app: bot.app.clone(),
        guild: job.guild,
        user: job.user,
        channel: job.channel,
        interaction: job.interaction,
        is_first: job.attempt == 1,
        now,
        token: job.token.clone(),
    };
    // A task of its own, so that a panic is an error like others.
    let task = tokio::spawn(handler(promise, job.work.clone()).in_current_span());
    let why = match tokio::time::timeout(time, tokio_util::task::AbortOnDropHandle::new(task)).await {
        Ok(Ok(Ok(message))) => return Ok(message),
        Ok(Ok(Err(Error::User(sentence)))) => return Ok(Message::new(sentence)),
        Ok(Ok(Err(Error::Internal(error)))) => match error.downcast_ref::<NotYet>() {
            Some(NotYet { pause, why }) => {
                return Err(Outcome::Again { pause: *pause, excused: true, why: why.clone() });
            }
            None if is_passing(&error) => return Err(excused(job, format!("{error:#}"))),
            None => format!("{error:#}"),
        },
        Ok(Err(_)) => "the handler panicked".to_owned(),
        Err(_) => "the handler took longer than the interaction lives".to_owned(),
    };
    if job.attempt - job.excused < MAX_ATTEMPTS {
        return Err(Outcome::Again { pause: backoff(job.attempt), excused: false, why });
    }
    apologize(&why)
}

/// Shows `message`, or what may be shown in its place.
async fn show(bot: &Bot, job: &Job, message: Message) -> Outcome {
    let mut early_retries = EARLY_RETRIES.iter();
    let mut replaced = false;
    let mut body = message.into_body();
    loop {
        let deadline = Instant::now() + SHOW_TIME;
        let error = match bot.app.discord.guild(job.guild).edit_original(&job.token, &body, deadline).await {
            Ok(_) => return Outcome::Shown,
            Err(error) => error,
        };
        let instead = match &error {
            discord::Error::InteractionExpired { .. } | discord::Error::Gone { .. } => match early_retries.next() {
                Some(pause) if job.attempt == 1 => {
                    tokio::time::sleep(*pause).await;
                    continue;
                }
                _ => return Outcome::Unseen(error.to_string()),
            },
            error if error.is_passing() => return excused(job, error.to_string()),
            discord::Error::Filtered { .. } => {
                Message::new("This server's AutoMod does not let me show the answer here; ask an admin for it.")
            }
            _ => {
                // What we made is wrong; showing it again would fail again.
                tracing::error!(interaction = %job.interaction, %error, "Discord refuses an answer");
                dispatch::apology(job.interaction)
            }
        };
        if replaced {
            return Outcome::Unseen(error.to_string());
        }
        replaced = true;
        body = instead.into_body();
    }
}

/// Another attempt, for which nothing that the work does is to blame.
fn excused(job: &Job, why: String) -> Outcome {
    Outcome::Again { pause: backoff(job.attempt), excused: true, why }
}

/// Whether what the work needs was away, and may come back.
fn is_passing(error: &anyhow::Error) -> bool {
    error.downcast_ref::<discord::Error>().is_some_and(discord::Error::is_passing)
        || error.downcast_ref::<sqlx::Error>().is_some_and(db::is_passing)
}

/// 2, 4, 8 … seconds, at most a lease.
fn backoff(attempt: i32) -> SignedDuration {
    let seconds = 1_i64 << attempt.clamp(1, 5);
    SignedDuration::from_secs(seconds).min(LEASE)
}
