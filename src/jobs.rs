//! One pass over everything that time triggers.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::clock;
use crate::feature::{Bot, JobEntry, Summary};
use crate::instances;
use crate::webhook::{self, promises};

/// Which jobs a pass runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Only<'a> {
    /// The job of that name, or all of the feature of that name; nothing is everything.
    pub name: Option<&'a str>,
    /// Whether jobs for which there was nothing to do leave their line too.
    pub idle_lines: bool,
}

impl Only<'_> {
    /// Whether a pass runs this job of this feature.
    pub fn wants(self, feature: &str, job: &str) -> bool {
        self.name.is_none_or(|name| name == feature || name == job)
    }

    /// Whether it looks after deferred work too.
    fn sweeps(self) -> bool {
        self.name.is_none_or(|name| name == "alphapy")
    }
}

/// Every job by its feature and name, those of the spine first.
pub fn list_jobs(bot: &Bot) -> Vec<(&'static str, JobEntry)> {
    let mut all: Vec<_> = webhook::jobs().into_iter().map(|job| (SPINE, job)).collect();
    for feature in bot.features.all() {
        all.extend(feature.jobs.iter().map(|job| (feature.name, job.clone())));
    }
    all
}

/// Whose the jobs are that belong to no feature.
const SPINE: &str = "alphapy";

/// Runs every feature's due jobs and takes over deferred work; returns when all of it is done.
///
/// Overlapping passes are harmless: jobs claim the rows they work on. One that fails does not stop the others.
///
/// # Errors
/// How many failed; each is logged.
pub async fn run_pass(bot: &Bot, now: Timestamp) -> anyhow::Result<()> {
    run_pass_only(bot, now, Only::default()).await
}

/// The same with some of the jobs. A line of the log tells what each came to.
///
/// # Errors
/// How many failed; each is logged.
pub async fn run_pass_only(bot: &Bot, now: Timestamp, only: Only<'_>) -> anyhow::Result<()> {
    let jobs = list_jobs(bot).into_iter().filter(|(feature, job)| only.wants(feature, job.name));
    // Whoever counts and forgets writes rows that others then leave to the next pass, and here there may be none for a while.
    let (own, of_features): (Vec<_>, Vec<_>) = jobs.partition(|(feature, _)| *feature == SPINE);
    let mut failed = 0;
    for jobs in [of_features, own] {
        // At once: one that waits for Discord must not make a reminder late.
        let ran = jobs.into_iter().map(|(feature, job)| run_job(bot, feature, job, now, only.idle_lines));
        failed += futures_util::future::join_all(ran).await.into_iter().filter(|succeeded| !succeeded).count();
    }
    loop {
        let swept = match only.sweeps() {
            true => promises::sweep(bot).await,
            false => Ok(0),
        };
        let taken = swept.unwrap_or_else(|error| {
            failed += 1;
            tracing::error!(error = format!("{error:#}"), "cannot look for unfinished work");
            0
        });
        bot.app.background.close();
        bot.app.background.wait().await;
        bot.app.background.reopen();
        // It takes no more at once than it can begin.
        if taken == 0 || bot.app.stopping.is_cancelled() {
            break;
        }
    }
    anyhow::ensure!(failed == 0, "{failed} jobs failed");
    Ok(())
}

/// Runs jobs again and again until the process is told to stop, each at a pace of its own: after its end it rests for
/// `every` and up to a tenth more. What one of them waits for delays no other.
pub async fn run_forever(bot: &Bot, every: Duration, only: Only<'_>) {
    let jobs = list_jobs(bot).into_iter().filter(|(feature, job)| only.wants(feature, job.name));
    let each = jobs.map(|(feature, job)| {
        let bot = bot.clone();
        // A task each: one that computes for long is none of the others' concern either.
        tokio::spawn(async move {
            while !bot.app.stopping.is_cancelled() {
                run_job(&bot, feature, job.clone(), bot.app.clock.now(), only.idle_lines).await;
                bot.app.stopping.run_until_cancelled(tokio::time::sleep(every + clock::jitter(every / 10))).await;
            }
        })
    });
    let each: Vec<_> = each.collect();
    if only.sweeps() {
        promises::sweep_forever(bot.clone()).await;
    }
    futures_util::future::join_all(each).await;
    bot.app.background.close();
    bot.app.background.wait().await;
}

/// Runs a job and leaves its line in the log. `false` if it failed.
async fn run_job(bot: &Bot, feature: &str, job: JobEntry, now: Timestamp, idle_lines: bool) -> bool {
    let began = Instant::now();
    let ran = job.run(bot.app.in_background(), now).await;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let ended = bot.app.clock.now();
    if let Err(error) = instances::note_pass(&bot.app.pools.background, (feature, job.name), ran.is_ok(), ended).await {
        // Whoever looks sees an older pass.
        tracing::warn!(feature, job = job.name, %error, "the end of a job is not noted");
    }
    match ran {
        Ok(summary) if summary == Summary::default() && !idle_lines => {
            tracing::debug!(feature, job = job.name, ms, "a job had nothing to do");
        }
        Ok(Summary { due, sent, late, failed }) => {
            tracing::info!(feature, job = job.name, due, sent, late, failed, ms, "a job is done");
        }
        Err(error) => {
            tracing::error!(feature, job = job.name, ms, error = format!("{error:#}"), "a job failed");
            return false;
        }
    }
    true
}
