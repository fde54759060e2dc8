//! `alphapy-cron`: one pass over everything that time triggers, then exit; `--every` to stay.
#![allow(clippy::print_stderr)] // A command line talks to people.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use alphapy::app::App;
use alphapy::clock::Clock;
use alphapy::config::{self, Config};
use alphapy::webhook::{Routes, Webhook};
use alphapy::{features, jobs, server, telemetry};
use clap::Parser;
use jiff::{SignedDuration, Timestamp};

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
    let Some(every) = cli.every else { return jobs::pass(&hook, hook.app.clock.now()).await };
    let every = Duration::try_from(every)?.max(Duration::from_secs(1));
    // It stays, and what it caches must stay true.
    tokio::spawn(hook.app.clone().listen());
    let passes = async {
        loop {
            if let Err(error) = jobs::pass(&hook, hook.app.clock.now()).await {
                tracing::error!(error = format!("{error:#}"), "a pass failed");
            }
            tokio::time::sleep(every).await;
        }
    };
    tokio::select! {
        () = server::stop_signal() => {}
        () = passes => {}
    }
    // Jobs claim rows and may stop anywhere; deferred work goes back at once.
    hook.app.hand_over().await;
    Ok(())
}
