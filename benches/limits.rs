//! What three processes in a rush ask of Discord together, and how much it refuses: `cargo bench --bench limits`.
//!
//! Each is a process of its own with more to ask than it may. The fake Discord allows 50 calls in any second, as Discord does.
//! First each takes the whole limit for itself; then they share it through the database, and one of them is killed.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)] // A program for us, run by hand.

mod run;

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use alphapy::app::App;
use alphapy::clock::Clock;
use alphapy::config::Config;
use alphapy::db;
use alphapy::dev::{fake::Discord, postgres};
use clap::Parser;
use twilight_model::id::Id;

/// What Discord allows a bot.
const LIMIT: u32 = 50;

/// Calls that a process has on their way or waiting.
const CALLS: u64 = 200;

const PROCESSES: u64 = 3;

/// Long enough for shares to settle, and to see what comes of it.
const PHASE: Duration = Duration::from_secs(15);

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    config: Config,
}

fn main() {
    if let Some(role) = std::env::var_os("RUSH") {
        let config = Cli::parse_from(["rush"]).config;
        return tokio::runtime::Runtime::new().unwrap().block_on(rush(config, role == "sharing"));
    }
    run::with_postgres(measure);
}

/// Asks as much as it may, until it is killed.
async fn rush(config: Config, sharing: bool) {
    let app = App::new(config, Clock::system()).unwrap();
    if sharing {
        tokio::spawn(app.clone().share_limits());
    } else {
        app.discord.set_share(LIMIT, Instant::now() + PHASE * 10);
    }
    let first = u64::from(std::process::id()) * CALLS;
    let asking = (first..first + CALLS).map(|channel| {
        let app = app.clone();
        tokio::spawn(async move {
            loop {
                // There is no such channel, which is as good an answer as any.
                let guild = app.discord.guild(Id::new(channel % 10 + 1));
                let _ = guild.channel(Id::new(channel + 1), Instant::now() + Duration::from_secs(30)).await;
            }
        })
    });
    futures_util::future::join_all(asking).await;
}

/// A process, killed at the end.
struct Rush(Child);

impl Drop for Rush {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(discord: &Discord, base: &str, database_url: &str, role: &str) -> Rush {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .env_clear()
        .env("RUSH", role)
        .env("DATABASE_URL", database_url)
        .env("DISCORD_APPLICATION_ID", discord.application_id())
        .env("DISCORD_BOT_TOKEN", discord.bot_token())
        .env("DISCORD_PUBLIC_KEY", discord.public_key())
        .env("DISCORD_API_BASE", base)
        .env("DISCORD_REQUESTS_PER_SECOND", LIMIT.to_string())
        .stderr(Stdio::null());
    Rush(command.spawn().unwrap())
}

/// Calls and refusals since `began`, and the fullest second.
fn report(discord: &Discord, what: &str, began: SystemTime) {
    let requests: Vec<_> = discord.requests().into_iter().filter(|request| request.at >= began).collect();
    let refused = requests.iter().filter(|request| request.status == Some(429)).count();
    let mut passed: Vec<SystemTime> =
        requests.iter().filter(|request| request.status != Some(429)).map(|request| request.at).collect();
    passed.sort_unstable();
    let seconds = began.elapsed().unwrap().as_secs_f64();
    let fullest = (0..passed.len())
        .map(|at| passed[at..].iter().take_while(|it| **it < passed[at] + Duration::from_secs(1)).count())
        .max();
    println!(
        "{what:<44} {:>5.1} calls/s, {refused:>4} answers 429 in {seconds:.0} s, {} calls in the fullest second",
        passed.len() as f64 / seconds,
        fullest.unwrap_or(0)
    );
}

async fn measure(server: &postgres::Server) {
    let discord = Discord::new(Clock::system());
    let base = discord.serve().await;
    discord.limit("*", LIMIT, 1.0);
    let database_url = postgres::fresh_database(server, &db::MIGRATOR).await.unwrap();
    let started =
        |role: &str| -> Vec<Rush> { (0..PROCESSES).map(|_| start(&discord, &base, &database_url, role)).collect() };

    let began = SystemTime::now();
    let alone = started("alone");
    tokio::time::sleep(PHASE).await;
    report(&discord, "three, each with the whole limit", began);
    drop(alone);
    tokio::time::sleep(Duration::from_secs(2)).await;

    let began = SystemTime::now();
    let mut sharing = started("sharing");
    tokio::time::sleep(PHASE).await;
    report(&discord, "three that share it, from their start", began);
    let began = SystemTime::now();
    tokio::time::sleep(PHASE).await;
    report(&discord, "the same, once they know each other", began);
    drop(sharing.pop());
    // It is missed when it has been silent for some seconds.
    let began = SystemTime::now();
    tokio::time::sleep(PHASE).await;
    report(&discord, "one of them killed", began);
    let began = SystemTime::now();
    tokio::time::sleep(PHASE).await;
    report(&discord, "the other two, later", began);
}
