//! One pass over everything that time triggers.

use jiff::Timestamp;

use crate::feature::JobEntry;
use crate::webhook::{self, Webhook, later};

/// Runs every feature's due jobs and takes over deferred work; returns when all of it is done.
///
/// Overlapping passes are harmless: jobs claim the rows they work on. One that fails does not stop the others.
///
/// # Errors
/// How many failed; each is logged.
pub async fn pass(hook: &Webhook, now: Timestamp) -> anyhow::Result<()> {
    let mut failed = 0;
    let own = webhook::jobs();
    let mut due: Vec<(&str, &JobEntry)> = own.iter().map(|job| ("alphapy", job)).collect();
    for feature in hook.routes.features() {
        due.extend(feature.jobs.iter().map(|job| (feature.name, job)));
    }
    for (feature, job) in due {
        if let Err(error) = job.run(hook.app.clone(), now).await {
            failed += 1;
            tracing::error!(feature, job = job.name, error = format!("{error:#}"), "a job failed");
        }
    }
    if let Err(error) = later::sweep(hook).await {
        failed += 1;
        tracing::error!(error = format!("{error:#}"), "cannot look for unfinished work");
    }
    hook.app.background.close();
    hook.app.background.wait().await;
    hook.app.background.reopen();
    anyhow::ensure!(failed == 0, "{failed} jobs failed");
    Ok(())
}
