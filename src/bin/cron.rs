//! `alphapy-cron`: one pass over everything that time triggers, then exit; `--every` to stay.
#![allow(clippy::print_stderr)] // A command line talks to people.

use std::hash::{BuildHasher, RandomState};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use alphapy::app::App;
use alphapy::clock::Clock;
use alphapy::config::{self, Config};
use alphapy::webhook::{Routes, Webhook};
use alphapy::{features, jobs, server, telemetry};
use clap::Parser;
use jiff::{SignedDuration, Timestamp};

/// How long a pass may go on after the process was told to stop.
const DRAIN_TIME: Duration = Duration::from_secs(25);

/// Does what time triggers: reminders, clean-up, work that an instance left behind.
#[derive(Parser)]
#[command(name = "alphapy-cron", version)]
struct Cli {
    /// Stay, and make a pass this often, as in `60s`
    #[arg(long)]
    every: Option<SignedDuration>,
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
    let cli = match Cli::try_parse() {
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

async fn run(cli: Cli) -> anyhow::Result<()> {
    let clock = cli.now.map_or_else(Clock::system, Clock::frozen);
    let app = App::new(cli.config, clock)?;
    let hook = Webhook { app, routes: Arc::new(Routes::new(features::all())) };
    // Who stays would say the same each minute.
    let only = jobs::Only { name: cli.only.as_deref(), idle_lines: cli.every.is_none() };
    if let Some(name) = only.name {
        let jobs = jobs::all(&hook);
        let names: Vec<&str> = jobs.iter().map(|(_, job)| job.name).collect();
        let known = jobs.iter().any(|(feature, job)| only.wants(feature, job.name));
        anyhow::ensure!(known, "there is no job “{name}”; there are: {}", names.join(", "));
    }
    let every = match cli.every {
        Some(every) => Some(Duration::try_from(every)?.max(Duration::from_secs(1))),
        None => None,
    };
    // First of all: a pass is short, and need not go slowly.
    if let Err(error) = hook.app.beat().await {
        tracing::warn!(
            error = format!("{error:#}"),
            "this pass goes slowly, since it does not know the other instances"
        );
    }
    tokio::spawn(hook.app.clone().share_limits());
    if every.is_some() {
        // It stays, and what it caches must stay true.
        tokio::spawn(hook.app.clone().listen());
    }
    let stopping = hook.app.stopping.clone();
    let passes = async {
        loop {
            let passed = jobs::pass_only(&hook, hook.app.clock.now(), only).await;
            let Some(every) = every else { return passed };
            if let Err(error) = passed {
                tracing::error!(error = format!("{error:#}"), "a pass failed");
            }
            if stopping.run_until_cancelled(tokio::time::sleep(every + jitter(every))).await.is_none() {
                return Ok(());
            }
        }
    };
    tokio::pin!(passes);
    tokio::select! {
        passed = &mut passes => {
            hook.app.leave_limits().await;
            return passed;
        }
        () = server::stop_signal() => {}
    }
    // Jobs take up nothing new and finish what they began; what is not done by then is handed over.
    tracing::info!("stopping: finishing what was begun");
    stopping.cancel();
    let passed = tokio::time::timeout(DRAIN_TIME, passes).await;
    hook.app.hand_over().await;
    hook.app.leave_limits().await;
    passed.unwrap_or(Ok(()))
}

/// Up to a tenth of `every` at random, so that copies that started together do not stay together.
fn jitter(every: Duration) -> Duration {
    // The hasher's keys are random, which is all that is needed.
    let random = RandomState::new().hash_one(Instant::now());
    #[allow(clippy::cast_precision_loss)] // A part of an interval need not be exact.
    let part = random as f64 / u64::MAX as f64;
    every.mul_f64(part / 10.0)
}
