//! Jobs: what time triggers.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::{BoxFuture, Feature, store};
use crate::app::App;

/// A job does something in so many guilds at once, and in one of them for so long; what then is not done goes on next time.
const GUILDS_AT_ONCE: usize = 16;
const GUILD_TIME: Duration = Duration::from_secs(20);

/// Guilds that an error of a job names.
const NAMED: usize = 10;

/// How often what is old is looked for; by then little has become old.
const UPKEEP_EVERY: SignedDuration = SignedDuration::from_mins(59);

type Job = Arc<dyn Fn(App, Timestamp) -> BoxFuture<anyhow::Result<Summary>> + Send + Sync>;

/// What time triggers.
#[derive(Clone)]
pub struct JobEntry {
    /// Unique in the feature; shown in logs.
    pub name: &'static str,
    run: Job,
}

/// What one pass of a job came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What was due.
    pub due: u64,
    /// What of it was sent, or done.
    pub sent: u64,
    /// What of that was late.
    pub late: u64,
    /// What of it was not, and never will be.
    pub failed: u64,
}

impl From<()> for Summary {
    fn from((): ()) -> Summary {
        Summary::default()
    }
}

impl JobEntry {
    /// A job. It may run twice at once or die halfway, so it claims the rows it works on.
    pub fn new<F, Fut, S>(name: &'static str, run: F) -> JobEntry
    where
        F: Fn(App, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<S>> + Send + 'static,
        S: Into<Summary>,
    {
        let run: Job = Arc::new(move |app, now| {
            let running = run(app, now);
            Box::pin(async move { Ok(running.await?.into()) })
        });
        JobEntry { name, run }
    }

    /// A job that does something in each guild that `due` names, several side by side, each within a time of its own: what is
    /// wrong or slow in one is not the others' affair, and what is not done there goes on next time.
    pub fn in_guilds<D, Due, F, Fut>(name: &'static str, due: D, run: F) -> JobEntry
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        JobEntry::new(name, in_guilds(due, run, |_, _| async { true }))
    }

    /// The same once an hour, for what need not be done more often: what is old is forgotten.
    pub fn upkeep_in_guilds<D, Due, F, Fut>(feature: &'static str, name: &'static str, due: D, run: F) -> JobEntry
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let run = Arc::new(in_guilds(due, run, |_, _| async { true }));
        JobEntry::new(name, move |app: App, now| {
            let run = Arc::clone(&run);
            async move {
                match store::take_upkeep(&app.db, feature, name, now - UPKEEP_EVERY, now).await? {
                    true => run(app, now).await,
                    false => Ok(()),
                }
            }
        })
    }

    /// Does what is due at `now`.
    pub async fn run(&self, app: App, now: Timestamp) -> anyhow::Result<Summary> {
        (self.run)(app, now).await
    }
}

impl Feature {
    /// Does something when time comes; see [`JobEntry::new`]. It runs whatever a server has switched off: what was
    /// begun there is finished, and what is to be forgotten is. What begins something new is a [`Feature::guild_job`].
    #[must_use]
    pub fn job<F, Fut, S>(mut self, name: &'static str, run: F) -> Feature
    where
        F: Fn(App, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<S>> + Send + 'static,
        S: Into<Summary>,
    {
        self.jobs.push(JobEntry::new(name, run));
        self
    }

    /// Does something in each guild that `due` names, also where the feature is switched off: what was begun is finished.
    #[must_use]
    pub fn every_guild_job<D, Due, F, Fut>(mut self, name: &'static str, due: D, run: F) -> Feature
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.jobs.push(JobEntry::in_guilds(name, due, run));
        self
    }

    /// Does something in each guild that `due` names, where the feature is switched on.
    #[must_use]
    pub fn guild_job<D, Due, F, Fut>(self, name: &'static str, due: D, run: F) -> Feature
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let feature = self.name;
        let enabled = move |app: App, guild| async move { app.settings.enabled(guild, feature).await };
        self.job(name, in_guilds(due, run, enabled))
    }

    /// Does something in each guild that `due` names, also where the feature is switched off: what a server does not
    /// want kept any longer is not kept because nobody uses it. Once an hour is often enough for that.
    #[must_use]
    pub fn upkeep<D, Due, F, Fut>(mut self, name: &'static str, due: D, run: F) -> Feature
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.jobs.push(JobEntry::upkeep_in_guilds(self.name, name, due, run));
        self
    }
}

/// A job that does something in each guild that `due` names and `wanted` lets pass.
fn in_guilds<D, Due, F, Fut, W, Wanted>(
    due: D,
    run: F,
    wanted: W,
) -> impl Fn(App, Timestamp) -> BoxFuture<anyhow::Result<()>> + Send + Sync + 'static
where
    D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
    Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
    F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    W: Fn(App, Id<GuildMarker>) -> Wanted + Send + Sync + 'static,
    Wanted: Future<Output = bool> + Send + 'static,
{
    let parts = Arc::new((due, run, wanted));
    // Those that took all their time are last the next time: they may do so again.
    let slow = Arc::<Mutex<HashSet<Id<GuildMarker>>>>::default();
    move |app, now| {
        let (parts, slow) = (Arc::clone(&parts), Arc::clone(&slow));
        Box::pin(async move {
            let (due, run, wanted) = &*parts;
            let mut guilds = due(app.clone(), now).await?;
            let known = std::mem::take(&mut *slow.lock().unwrap_or_else(PoisonError::into_inner));
            guilds.sort_by_key(|guild| known.contains(guild));
            let (app, slow) = (&app, &slow);
            let outcomes = futures_util::stream::iter(guilds).map(|guild| async move {
                if app.stopping.is_cancelled() || !wanted(app.clone(), guild).await {
                    return None;
                }
                let error = match tokio::time::timeout(GUILD_TIME, run(app.clone(), guild, now)).await {
                    Ok(Ok(())) => return None,
                    Ok(Err(error)) => error,
                    Err(_) => {
                        slow.lock().unwrap_or_else(PoisonError::into_inner).insert(guild);
                        tracing::warn!(%guild, "a job took all its time in a guild, and goes on next time");
                        return None;
                    }
                };
                Some(format!("{guild}: {error:#}"))
            });
            let failed: Vec<String> =
                outcomes.buffer_unordered(GUILDS_AT_ONCE).filter_map(std::future::ready).collect().await;
            anyhow::ensure!(
                failed.is_empty(),
                "in {} guilds: {}",
                failed.len(),
                failed[..failed.len().min(NAMED)].join("; ")
            );
            Ok(())
        })
    }
}
