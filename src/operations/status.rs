//! How the bot itself is doing, for whoever administers a guild: what is the same everywhere, and what waits in theirs.

use jiff::{SignedDuration, Timestamp};

use crate::acting::{Acting, Failure, NotAdmin};
use crate::app::App;
use crate::db;
use crate::instances::{self, Pass};
use crate::log_channel;

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
    let cron = match last {
        None => Cron::Never,
        Some(at) if at < now - LATE => Cron::Late(at),
        Some(at) => Cron::Passed(at),
    };
    let ended = |(feature, job): &(&str, &str)| {
        let pass = passes.iter().find(|pass| pass.feature == *feature && pass.job == *job);
        pass.and_then(Pass::ended_at)
    };
    // Where none runs it is no news that one does not.
    let silent = match cron {
        Cron::Passed(last) => jobs.iter().filter(|job| ended(job) < Some(last - LATE)).copied().collect(),
        Cron::Late(_) | Cron::Never => Vec::new(),
    };
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
