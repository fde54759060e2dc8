//! Work that outlives its answer: stored before "thinking…" is shown, finished by whoever lives.
//!
//! The instance that made a promise holds it under a lease and keeps the lease while it works. A lease that runs out is
//! taken by any other instance or by cron. The number of the lease is the fence: whoever holds an older number neither
//! decides what is shown nor forgets the promise. What will be shown is stored before it is, so that a second attempt shows
//! the same.

use std::pin::pin;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use metrics::counter;
use tracing::Instrument;

use super::{dispatch, filtered, store};
use crate::db;
use crate::discord;
use crate::error::{Error, Result};
use crate::feature::{Bot, NotYet, Promise};
use crate::interactions::promise::{LEASE, Promised};
use crate::ui::Message;

/// How often a working instance says that it lives.
const RENEW_EVERY: Duration = Duration::from_secs(6);

/// Attempts after which the member gets an apology, counting those that died with their process. Those during which Discord or
/// the database was away do not count: while the token lives they may come back.
const MAX_ATTEMPTS: i32 = 5;

/// Discord takes the token for a minute after we give up: time for an apology.
const LAST_WORDS: SignedDuration = SignedDuration::from_secs(50);

/// How often an instance looks for promises whose holder is silent.
const SWEEP_EVERY: Duration = Duration::from_secs(2);

/// Work that takes longer lets others begin beside it.
const QUICK: Duration = Duration::from_secs(1);

/// Promises that one look takes at most.
const SWEEP_LIMIT: i64 = 16;

/// One call that shows an answer may take this long before the promise is given back.
const SHOW_TIME: Duration = Duration::from_secs(20);

/// Discord may get our call before it has processed the answer that promised it.
const EARLY_RETRIES: [Duration; 3] =
    [Duration::from_millis(200), Duration::from_millis(600), Duration::from_millis(1200)];

/// Takes promises whose lease has run out, as many as can begin now, and works on them in the background; tells how many.
pub async fn sweep(bot: &Bot) -> anyhow::Result<usize> {
    let free = i64::try_from(bot.app.turns.count_free()).unwrap_or(i64::MAX);
    if free == 0 {
        // Others may have room.
        return Ok(0);
    }
    let now = bot.app.clock.now();
    let full = bot.app.turns.full_guilds();
    let due = store::take_due(&bot.app.pools.background, now, now + LEASE, &full, free.min(SWEEP_LIMIT)).await?;
    let count = due.len();
    for promised in due {
        bot.app.background.spawn(keep_promise(bot.clone(), promised));
    }
    Ok(count)
}

/// Sweeps until the process stops.
pub async fn sweep_forever(bot: Bot) {
    let sweeping = async {
        loop {
            tokio::time::sleep(SWEEP_EVERY).await;
            if let Err(error) = sweep(&bot).await
                && !db::is_known(&error)
            {
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
    /// Somebody else has the promise.
    Lost,
    /// Worth another attempt after a while; one that is `excused` counts for nothing.
    Again { pause: SignedDuration, excused: bool, why: String },
}

/// Keeps a promise that this instance holds, when its server has a turn.
pub(super) async fn keep_promise(bot: Bot, promised: Promised) {
    let bot = bot.in_background();
    let span = tracing::info_span!("later", id = %promised.interaction, feature = promised.feature);
    work_in_turn(&bot, &promised).instrument(span).await;
}

async fn work_in_turn(bot: &Bot, promised: &Promised) {
    // The lease is renewed while this waits for its turn too; otherwise a busy guild's promises would wander between instances.
    let attempt = async {
        let mut turn = bot.app.turns.wait_for_turn(promised.guild).await;
        let mut attempt = pin!(attempt(bot, promised));
        tokio::select! {
            biased;
            outcome = attempt.as_mut() => return outcome,
            () = tokio::time::sleep(QUICK) => turn.takes_long(),
        }
        attempt.await
    };
    let outcome = tokio::select! {
        // Only the database can fail here.
        outcome = attempt => outcome.unwrap_or_else(|error| excused(promised, format!("{error:#}"))),
        // Beside the work, not before or after it: this ends only when somebody else has taken the promise, and what was
        // under way here is dropped then.
        () = keep_lease(bot, promised) => Outcome::Lost,
        () = bot.app.handing_over.cancelled() => {
            Outcome::Again { pause: SignedDuration::ZERO, excused: true, why: "the instance stopped".to_owned() }
        }
    };
    let db = &bot.app.db;
    let (name, stored) = match outcome {
        Outcome::Shown => ("shown", store::delete_promise(db, promised).await),
        Outcome::Unseen(why) => {
            tracing::warn!(why, "nobody can see the outcome of this work");
            ("unseen", store::delete_promise(db, promised).await)
        }
        Outcome::Lost => ("lost", Ok(())),
        Outcome::Again { pause, excused, why } => {
            // To wait is ordinary.
            match excused {
                true => tracing::info!(why, "this work goes on later"),
                false => tracing::warn!(why, "this work is tried again"),
            }
            ("again", store::release_promise(db, promised, bot.app.clock.now() + pause, excused, &why).await)
        }
    };
    if let Err(error) = stored {
        // The lease runs out, and whoever takes the promise then finds its answer stored.
        tracing::warn!(%error, "cannot record how work ended");
    }
    counter!("later_finished_total", "feature" => promised.feature.clone(), "outcome" => name).increment(1);
}

/// Renews the lease until it is lost.
async fn keep_lease(bot: &Bot, promised: &Promised) {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        match store::extend_lease(&bot.app.db, promised, bot.app.clock.now() + LEASE).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, "cannot renew a lease"),
        }
    }
}

async fn attempt(bot: &Bot, promised: &Promised) -> anyhow::Result<Outcome> {
    let now = bot.app.clock.now();
    if now >= promised.expires_at + LAST_WORDS {
        return Ok(Outcome::Unseen("the interaction has expired".to_owned()));
    }
    let message: Message = match &promised.answer {
        Some(answer) => serde_json::from_value(answer.clone())?,
        None => {
            let message = match decide_answer(bot, promised, now).await {
                Ok(message) => message,
                Err(again) => return Ok(again),
            };
            let answer = serde_json::to_value(&message)?;
            if !store::update_answer(&bot.app.db, promised, &answer, bot.app.clock.now() + LEASE).await? {
                return Ok(Outcome::Lost);
            }
            message
        }
    };
    Ok(match message.is_shown {
        true => Outcome::Shown,
        false => show_answer(bot, promised, message).await,
    })
}

/// What the member will see: the feature's answer, a refusal, or an apology once there is no point in another attempt.
async fn decide_answer(bot: &Bot, promised: &Promised, now: Timestamp) -> Result<Message, Outcome> {
    let apologize = |why: &str| {
        tracing::error!(interaction = %promised.interaction, feature = promised.feature, error = why, "an interaction failed");
        Ok(dispatch::apology(promised.language, promised.interaction))
    };
    let Ok(time) = Duration::try_from(promised.expires_at.duration_since(now)) else {
        return apologize("there was no answer before the interaction expired");
    };
    if promised.attempt - promised.excused > MAX_ATTEMPTS {
        // Whatever it is, it did not survive, and may take another process with it.
        return apologize("every attempt died");
    }
    let handler = bot.features.feature(&promised.feature).and_then(|feature| feature.work.clone());
    let Some(handler) = handler else {
        let why = format!("no work of {} is known here", promised.feature);
        return Err(Outcome::Again { pause: LEASE, excused: true, why });
    };
    let promise = Promise {
        app: bot.app.clone(),
        guild: promised.guild,
        user: promised.user,
        language: promised.language,
        channel: promised.channel,
        interaction: promised.interaction,
        is_first: promised.attempt == 1,
        now,
        token: promised.token.clone(),
    };
    // A task of its own, so that a panic is an error like others.
    let task = tokio::spawn(handler(promise, promised.work.clone()).in_current_span());
    let why = match tokio::time::timeout(time, tokio_util::task::AbortOnDropHandle::new(task)).await {
        Ok(Ok(Ok(message))) => return Ok(message),
        Ok(Ok(Err(Error::User(said)))) => return Ok(Message::new(promised.language.say(&said))),
        Ok(Ok(Err(Error::Internal(error)))) => match error.downcast_ref::<NotYet>() {
            Some(NotYet { pause, why }) => {
                return Err(Outcome::Again { pause: *pause, excused: true, why: why.clone() });
            }
            None if is_passing(&error) => return Err(excused(promised, format!("{error:#}"))),
            None => format!("{error:#}"),
        },
        Ok(Err(_)) => "the handler panicked".to_owned(),
        Err(_) => "the handler took longer than the interaction lives".to_owned(),
    };
    if promised.attempt - promised.excused < MAX_ATTEMPTS {
        return Err(Outcome::Again { pause: backoff(promised.attempt), excused: false, why });
    }
    apologize(&why)
}

/// Shows `message`, or what may be shown in its place.
async fn show_answer(bot: &Bot, promised: &Promised, message: Message) -> Outcome {
    let mut early_retries = EARLY_RETRIES.iter();
    let mut replaced = false;
    let mut filtered = filtered::instead_of(promised.language, &message).into_iter();
    let mut body = message.into_body();
    loop {
        let deadline = Instant::now() + SHOW_TIME;
        let error = match bot.app.discord.guild(promised.guild).edit_original(&promised.token, &body, deadline).await {
            Ok(_) => return Outcome::Shown,
            Err(error) => error,
        };
        let instead = match &error {
            discord::Error::InteractionExpired { .. } | discord::Error::Gone { .. } => match early_retries.next() {
                Some(pause) if promised.attempt == 1 => {
                    tokio::time::sleep(*pause).await;
                    continue;
                }
                _ => return Outcome::Unseen(error.to_string()),
            },
            error if error.is_passing() => return excused(promised, error.to_string()),
            discord::Error::Filtered { .. } => match filtered.next() {
                Some(instead) => {
                    body = instead.into_body();
                    continue;
                }
                None => return Outcome::Unseen(error.to_string()),
            },
            _ => {
                // What we made is wrong; showing it again would fail again.
                tracing::error!(interaction = %promised.interaction, %error, "Discord refuses an answer");
                dispatch::apology(promised.language, promised.interaction)
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
fn excused(promised: &Promised, why: String) -> Outcome {
    Outcome::Again { pause: backoff(promised.attempt), excused: true, why }
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
