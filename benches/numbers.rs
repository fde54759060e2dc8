//! What numbers and tables cost where there are a million tickets and a million searches: `cargo bench --bench numbers`.
//!
//! A database of its own is filled (`numbers/fill.sql`, some minutes), counted as cron counts it, and then asked for what the
//! dashboard's first page shows, through the door for programs, and for each of its parts beside counting them from the rows.
//! Then all tickets are exported. Linux only: it reads `/proc`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)] // A program for us, run by hand.

mod run;
#[allow(dead_code)] // It sends what Discord sends, too.
mod service;

use std::time::{Duration, Instant};

use alphapy::clock::Clock;
use alphapy::db;
use alphapy::dev::{fake::Discord, postgres};
use alphapy::settings::Settings;
use alphapy::statistics::{self, About, Measured, Span};
use jiff::tz::TimeZone;
use sqlx::{AssertSqlSafe, Executor, PgPool};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use service::{Process, percentile};

const TIMES: usize = 9;
const PERIODS: [&str; 5] = ["week", "month", "quarter", "year", "all"];

fn main() {
    run::with_postgres(measure);
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    percentile(&times, 50)
}

fn ms(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}

async fn measure(server: &postgres::Server) {
    let discord = Discord::new(Clock::system());
    let guild: Id<GuildMarker> = discord.guild("Desk").owner("olga").id().parse().unwrap();
    let api = discord.serve().await;
    let database_url = postgres::fresh_database(server, &db::MIGRATOR).await.unwrap();
    let db = PgPool::connect(&database_url).await.unwrap();
    let began = Instant::now();
    let fill = format!("set bench.guild = '{guild}'; {}", include_str!("numbers/fill.sql"));
    db.execute(sqlx::raw_sql(AssertSqlSafe(fill))).await.unwrap();
    println!("filled in                            {:.0} s", began.elapsed().as_secs_f64());
    let began = Instant::now();
    let settings = Settings::new(db.clone());
    statistics::count_stale(&db, &settings, guild, Clock::system().now()).await.unwrap();
    println!("counted by cron in                   {:.0} s", began.elapsed().as_secs_f64());
    db.execute("vacuum analyze").await.unwrap();

    parts(&db, guild).await;

    let mut command = service::command(&database_url, &discord);
    let keys: Vec<String> = PERIODS.iter().map(|name| format!("{name}:{}", key(name))).collect();
    command.env("DISCORD_API_BASE", api).env("API_KEYS", keys.join(","));
    let service = Process::start(command, "BIND");
    pages(&service, guild).await;
    tables(&service, guild).await;
}

/// Each has an allowance of its own.
fn key(name: &str) -> String {
    format!("{name:-<40}")
}

/// What the parts of the first page cost, each beside the same from the rows if that is one statement.
async fn parts(db: &PgPool, guild: Id<GuildMarker>) {
    for days in [30, 365] {
        let span = Span::last_days(days, Clock::system().now(), &TimeZone::get("Europe/Brussels").unwrap());
        println!("the parts for {days} days, medians of {TIMES}");
        macro_rules! part {
            ($name:literal, $call:expr) => {
                let mut times = Vec::new();
                for _ in 0..TIMES {
                    let began = Instant::now();
                    $call.await.unwrap();
                    times.push(ms(began));
                }
                println!("  {:34} {:.1} ms", $name, median(times));
            };
        }
        part!("days of tickets", statistics::days(db, guild, About::Tickets, &span));
        part!("days of searches", statistics::days(db, guild, About::Searches, &span));
        part!("hours of the week", statistics::hours_of_week(db, guild, &span));
        part!("kinds", statistics::kinds(db, guild, &span));
        part!("staff", statistics::staff(db, guild, &span, 10));
        part!("times and targets", statistics::times(db, guild, &span, Measured::Passed));
        part!("times in working hours", statistics::times(db, guild, &span, Measured::Worked));
        part!("averages day by day", statistics::course(db, guild, &span, Measured::Passed));
        part!("states", statistics::per_status(db, guild));
        part!("ages", statistics::backlog(db, guild, Clock::system().now()));
        part!("questions without an answer", statistics::unanswered(db, guild, &span, 30));
        part!("entries", statistics::entries(db, guild, &span, 10));
        let direct = "select percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from first_response_at - opened_at)),
                             percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from claimed_at - opened_at)),
                             percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from closed_at - opened_at))
                        from ticket
                       where guild_id = $2 and opened_at >= $1::text::timestamptz and not failed";
        part!(
            "times from the rows",
            sqlx::query(direct).bind(span.since.to_string()).bind(guild.get().cast_signed()).execute(db)
        );
    }
}

/// How long the service takes for all numbers of a page, as a program asks for them.
async fn pages(service: &Process, guild: Id<GuildMarker>) {
    let client = reqwest::Client::new();
    for period in PERIODS {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            let began = Instant::now();
            let address = format!("http://{}/api/v1/guilds/{guild}/metrics?period={period}", service.address);
            let answer = client.get(address).header("x-api-key", key(period)).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
            answer.bytes().await.unwrap();
            times.push(ms(began));
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        times.sort_by(f64::total_cmp);
        println!(
            "all numbers of a page, {period:7}        median {:.0} ms, slowest {:.0} ms of {TIMES}",
            percentile(&times, 50),
            times[TIMES - 1]
        );
    }
}

/// How fast all tickets are exported, and in how much memory.
async fn tables(service: &Process, guild: Id<GuildMarker>) {
    let before = service.memory_kib("VmHWM");
    let client = reqwest::Client::new();
    let began = Instant::now();
    let address = format!("http://{}/api/v1/guilds/{guild}/exports/tickets", service.address);
    let mut answer = client.get(address).header("x-api-key", key("week")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let (mut bytes, mut lines) = (0, 0);
    while let Some(chunk) = answer.chunk().await.unwrap() {
        bytes += chunk.len();
        lines += chunk.iter().filter(|byte| **byte == b'\n').count();
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{} rows, {} MB exported in {seconds:.1} s: {:.0} rows a second; the most memory grew from {:.0} to {:.0} MiB",
        lines - 1,
        bytes / 1_000_000,
        lines as f64 / seconds,
        before as f64 / 1024.0,
        service.memory_kib("VmHWM") as f64 / 1024.0
    );
}
