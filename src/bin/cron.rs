//! `alphapy-cron`: one pass over everything that time triggers, then exit; `--every` to stay.
#![allow(clippy::print_stderr)] // A command line talks to people.

use std::process::ExitCode;
use std::time::Duration;

use alphapy::app::App;
use alphapy::clock::Clock;
use alphapy::config::{self, Config};
use alphapy::db::{self, Schema, Work};
use alphapy::feature::Bot;
use alphapy::{features, jobs, server, telemetry};
use anyhow::Context;
use clap::Parser;
use jiff::Timestamp;

/// How long a pass may go on after the process was told to stop.
const DRAIN_TIME: Duration = Duration::from_secs(25);

/// Does what time triggers: reminders, clean-up, work that an instance left behind.
#[derive(Parser)]
#[command(name = "alphapy-cron", version)]
struct Cli {
    /// Stay, and run each job this often, as in `60s`
    #[arg(long, value_parser = config::pace)]
    every: Option<Duration>,
    /// Act as if it were this moment (RFC 3339), for drills on a copy of the data: leases count as run out by then
    #[arg(long)]
    now: Option<Timestamp>,
    /// Run only the job of this name, or all of the feature of this name
    #[arg(long, value_name = "JOB")]
    only: Option<String>,
    #[command(flatten)]
    logging: config::Logging,
    #[command(flatten)]
    config: Config,
}

fn main() -> ExitCode {
    let cli = match config::parse::<Cli>(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => {
            let Some(line) = config::explain(&error) else { error.exit() };
            eprintln!("alphapy-cron: {line}");
            return ExitCode::from(2);
        }
    };
    telemetry::init(&cli.logging);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts wherever threads do");
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("alphapy-cron: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether there is a database with this version's schema.
async fn is_ready(app: &App) -> anyhow::Result<()> {
    // A pool only says that it has waited too long, and this why.
    let (_, schema) = db::look_once(&app.config.database).await.context("ask the database")?;
    if let Schema::Older { missing } = schema {
        anyhow::bail!("{missing} of its migrations are missing: run `alphapy migrate`");
    }
    // The first connection tells the time, by which everything goes.
    db::ping(&app.pools.background).await.context("ask the database")
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    let clock = cli.now.map_or_else(Clock::system, Clock::frozen);
    let app = App::of(Work::Jobs, cli.config, clock)?;
    let bot = Bot::new(app, features::all());
    // Who stays would say the same each minute.
    let only = jobs::Only { name: cli.only.as_deref(), idle_lines: cli.every.is_none() };
    if let Some(name) = only.name {
        let jobs = jobs::list_jobs(&bot);
        let names: Vec<&str> = jobs.iter().map(|(_, job)| job.name).collect();
        let known = jobs.iter().any(|(feature, job)| only.wants(feature, job.name));
        anyhow::ensure!(known, "there is no job “{name}”; there are: {}", names.join(", "));
    }
    let every = cli.every;
    while let Err(error) = is_ready(&bot.app).await {
        if every.is_none() {
            return Err(error);
        }
        tracing::warn!(error = format!("{error:#}"), "nothing is done before the database answers");
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    // A pass is short, and need not go slowly.
    if let Err(error) = bot.app.renew_share().await {
        tracing::warn!(
            error = format!("{error:#}"),
            "this pass goes slowly, since it does not know the other instances"
        );
    }
    tokio::spawn(bot.app.clone().share_limits());
    if every.is_some() {
        // It stays, and what it caches must stay true.
        tokio::spawn(bot.app.clone().listen());
    }
    let stopping = bot.app.stopping.clone();
    let passes = async {
        match every {
            None => jobs::run_pass_only(&bot, bot.app.clock.now(), only).await,
            Some(every) => {
                jobs::run_forever(&bot, every, only).await;
                Ok(())
            }
        }
    };
    tokio::pin!(passes);
    tokio::select! {
        passed = &mut passes => {
            bot.app.leave_limits().await;
            return passed;
        }
        () = server::stop_signal() => {}
    }
    // Jobs take up nothing new and finish what they began; what is not done by then is handed over.
    tracing::info!("stopping: finishing what was begun");
    stopping.cancel();
    let passed = tokio::time::timeout(DRAIN_TIME, passes).await;
    bot.app.hand_over().await;
    bot.app.leave_limits().await;
    passed.unwrap_or(Ok(()))
}
