//! One pass over everything that time triggers.

use std::time::Instant;

use jiff::Timestamp;

use crate::feature::{JobEntry, Summary};
use crate::webhook::{self, Webhook, later};

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
}

/// Every job by its feature and name, those of the spine first.
pub fn all(hook: &Webhook) -> Vec<(&'static str, JobEntry)> {
    let mut all: Vec<_> = webhook::jobs().into_iter().map(|job| ("alphapy", job)).collect();
    for feature in hook.routes.features() {
        all.extend(feature.jobs.iter().map(|job| (feature.name, job.clone())));
    }
    all
}

/// Runs every feature's due jobs and takes over deferred work; returns when all of it is done.
///
/// Overlapping passes are harmless: jobs claim the rows they work on. One that fails does not stop the others.
///
/// # Errors
/// How many failed; each is logged.
pub async fn pass(hook: &Webhook, now: Timestamp) -> anyhow::Result<()> {
    pass_only(hook, now, Only::default()).await
}

/// The same with some of the jobs. A line of the log tells what each came to.
///
/// # Errors
/// How many failed; each is logged.
pub async fn pass_only(hook: &Webhook, now: Timestamp, only: Only<'_>) -> anyhow::Result<()> {
    let jobs = all(hook).into_iter().filter(|(feature, job)| only.wants(feature, job.name));
    // At once: one that waits for Discord must not make a reminder late.
    let ran =
        futures_util::future::join_all(jobs.map(|(feature, job)| run(hook, feature, job, now, only.idle_lines))).await;
    let mut failed = ran.into_iter().filter(|succeeded| !succeeded).count();
    if only.name.is_none_or(|name| name == "alphapy")
        && let Err(error) = later::sweep(hook).await
    {
        failed += 1;
        tracing::error!(error = format!("{error:#}"), "cannot look for unfinished work");
    }
    hook.app.background.close();
    hook.app.background.wait().await;
    hook.app.background.reopen();
    anyhow::ensure!(failed == 0, "{failed} jobs failed");
    Ok(())
}

/// Runs a job and leaves its line in the log. `false` if it failed.
async fn run(hook: &Webhook, feature: &str, job: JobEntry, now: Timestamp, idle_lines: bool) -> bool {
    let began = Instant::now();
    let ran = job.run(hook.app.clone(), now).await;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
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
