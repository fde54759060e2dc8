//! How the bot itself is doing, for whoever administers a guild: what is the same everywhere, and what waits in theirs.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::acting::{self, Acting, Failure, NotAdmin};
use crate::app::App;
use crate::instances::{self, Living, Pass, Unfinished};
use crate::telemetry::Counted;
use crate::{db, log_channel};

/// Cron makes a pass a minute; one that took longer than this was the last.
const LATE: SignedDuration = SignedDuration::from_mins(5);

/// What is posted or done by then waits for nothing.
pub const SOON: SignedDuration = SignedDuration::from_mins(2);

/// How the bot is doing.
#[derive(Debug)]
pub struct Status {
    /// Whether the bot may read what members write.
    pub reads_content: bool,
    /// The version of PostgreSQL.
    pub database: String,
    /// Whether Discord accepts the bot's token.
    pub accepted: bool,
    /// Whether no calls are made for this guild, because too many of them were refused.
    pub stopped: bool,
    /// How time triggers things.
    pub cron: Cron,
    /// Jobs that failed and have not been done since.
    pub failing: Vec<Pass>,
    /// Jobs that have not come to an end for long, although others have, by feature and name.
    pub silent: Vec<(&'static str, &'static str)>,
    /// Entries that the guild's log channel should show by now.
    pub log_entries: i64,
}

/// When time last triggered something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cron {
    /// As it should be.
    Passed(Timestamp),
    /// Not lately.
    Late(Timestamp),
    /// Not ever.
    Never,
}

fn cron_of(last: Option<Timestamp>, now: Timestamp) -> Cron {
    match last {
        None => Cron::Never,
        Some(at) if at < now - LATE => Cron::Late(at),
        Some(at) => Cron::Passed(at),
    }
}

/// Which of `jobs` have not come to an end for long. Where none runs it is no news that one does not.
fn silent(passes: &[Pass], cron: Cron, jobs: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let ended = |(feature, job): &(&str, &str)| {
        let pass = passes.iter().find(|pass| pass.feature == *feature && pass.job == *job);
        pass.and_then(Pass::ended_at)
    };
    match cron {
        Cron::Passed(last) => jobs.iter().filter(|job| ended(job) < Some(last - LATE)).copied().collect(),
        Cron::Late(_) | Cron::Never => Vec::new(),
    }
}

/// How the bot is doing everywhere, for whoever runs it.
#[derive(Debug)]
pub struct Everywhere {
    /// The version of PostgreSQL.
    pub database: String,
    /// Whether Discord accepts the bot's token.
    pub accepted: bool,
    /// In about how many servers the bot is, as far as Discord says it soon.
    pub guilds: Option<u64>,
    /// How time triggers things.
    pub cron: Cron,
    /// When each job was last done and last failed.
    pub passes: Vec<Pass>,
    /// Jobs that have not come to an end for long, although others have, by feature and name.
    pub silent: Vec<(&'static str, &'static str)>,
    /// What was promised and is not finished.
    pub unfinished: Vec<Unfinished>,
    /// The processes that share what Discord allows.
    pub instances: Vec<Living>,
    /// How many calls a second this process may make; nothing is not agreed on.
    pub share: Option<u32>,
    /// How Discord answered the calls of this process, by status: `none` is not at all.
    pub answered: Vec<(String, u64)>,
    /// How many calls of this process waited for Discord's limits after a 429.
    pub limited: u64,
}

/// How the bot is doing everywhere, of which `jobs` are known by their features and names.
///
/// # Errors
/// [`NotOwner`], or the database does not answer.
pub async fn look_everywhere(
    app: &App,
    acting: &Acting,
    jobs: &[(&'static str, &'static str)],
) -> Result<Everywhere, Failure<NotOwner>> {
    if !is_owner(app, acting) {
        return Err(Failure::Refused(NotOwner));
    }
    let passes = instances::list_passes(&app.db).await?;
    let cron = cron_of(passes.iter().filter_map(Pass::ended_at).max(), acting.now());
    let guilds = app.discord.own_application(acting.deadline()).await.ok().and_then(|it| it.approximate_guild_count);
    let counted = Counted::now();
    let mut answered: BTreeMap<String, u64> = BTreeMap::new();
    for (labels, count) in counted.of("discord_requests_total") {
        let status = labels.into_iter().find(|(name, _)| name == "status").map(|(_, status)| status);
        *answered.entry(status.unwrap_or_default()).or_default() += count;
    }
    Ok(Everywhere {
        database: db::read_version(&app.db).await?,
        accepted: app.discord.is_authorized(),
        guilds,
        cron,
        silent: silent(&passes, cron, jobs),
        passes,
        unfinished: instances::list_unfinished(&app.db).await?,
        instances: instances::list_living(&app.db).await?,
        share: app.discord.share(),
        answered: answered.into_iter().collect(),
        limited: counted.of("discord_rate_limited_total").map(|(_, count)| count).sum(),
    })
}

/// Whether whoever acts is one of those who run the bot (`OWNER_IDS`).
pub fn is_owner(app: &App, acting: &Acting) -> bool {
    acting.user().is_some_and(|user| app.config.owner_ids.contains(&user))
}

/// Only those who run the bot see how it is doing everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOwner;

impl acting::Refusal for NotOwner {
    fn code(&self) -> &'static str {
        "not_owner"
    }
}

/// How the bot is doing, of which `jobs` are known by their features and names.
///
/// # Errors
/// [`NotAdmin`], or the database does not answer.
pub async fn look(
    app: &App,
    acting: &Acting,
    jobs: &[(&'static str, &'static str)],
) -> Result<Status, Failure<NotAdmin>> {
    acting.require_admin().map_err(Failure::Refused)?;
    let now = acting.now();
    let passes = instances::list_passes(&app.db).await?;
    let last = passes.iter().filter_map(Pass::ended_at).max();
    let cron = cron_of(last, now);
    let silent = silent(&passes, cron, jobs);
    // What Discord does not say is no fault.
    let reads = app.discord.own_application(acting.deadline()).await.ok().map(|found| found.reads_content());
    Ok(Status {
        reads_content: reads.unwrap_or(true),
        database: db::read_version(&app.db).await?,
        accepted: app.discord.is_authorized(),
        stopped: app.discord.guild(acting.guild()).is_stopped(),
        cron,
        // What is tried no more was another version's.
        failing: passes
            .into_iter()
            .filter(|pass| pass.is_failing() && pass.failed_at >= last.map(|last| last - LATE))
            .collect(),
        silent,
        log_entries: log_channel::count_waiting(&app.db, acting.guild(), now - SOON).await?,
    })
}
