//! What saying reminders costs: `cargo bench --bench reminders`.
//!
//! Cron runs as a process of its own against a database with many reminders and a Discord that takes everything at once. Linux
//! only: it reads `/proc`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)] // A program for us, run by hand.

mod run;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use alphapy::clock::Clock;
use alphapy::dev::fake::Discord;
use alphapy::dev::postgres;
use alphapy::{db, reminders};
use axum::Json;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::PgPool;

const DUE: i32 = 100_000;
const IDLE: i32 = 1_000_000;

/// Reminders that one look takes, as the job does.
const BATCH: i64 = 500;

fn main() {
    run::with_postgres(measure);
}

/// A Discord that takes every message.
async fn anything(State(taken): State<Arc<AtomicU64>>, _: Json<Value>) -> Json<Value> {
    let id = taken.fetch_add(1, Ordering::Relaxed) + 1;
    Json(json!({"id": id.to_string()}))
}

/// What is asked of who vouches for a reminder: 7 owns each server, which has ten of the channels.
async fn guild(Path(guild): Path<String>) -> Json<Value> {
    Json(json!({"id": guild, "owner_id": "7", "roles": []}))
}

async fn channel(Path(channel): Path<u64>) -> Json<Value> {
    let guild = 1 + (channel - 1000) % 100;
    Json(json!({"id": channel.to_string(), "type": 0, "guild_id": guild.to_string(), "permission_overwrites": []}))
}

async fn member() -> Json<Value> {
    Json(json!({"roles": []}))
}

async fn measure(server: &postgres::Server) {
    let taken = Arc::new(AtomicU64::new(0));
    let router = axum::Router::new()
        .route("/api/v10/channels/{channel}/messages", post(anything))
        .route("/api/v10/channels/{channel}", get(channel))
        .route("/api/v10/guilds/{guild}", get(guild))
        .route("/api/v10/guilds/{guild}/members/{user}", get(member))
        .with_state(Arc::clone(&taken));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = format!("http://{}/api/v10", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });

    let url = postgres::fresh_database(server, &db::MIGRATOR).await.unwrap();
    let db = PgPool::connect(&url).await.unwrap();
    let now = Timestamp::from_second(Timestamp::now().as_second()).unwrap();

    // Claims alone.
    insert(&db, DUE, now - SignedDuration::from_mins(1)).await;
    let began = Instant::now();
    let mut claimed = 0;
    loop {
        let due = reminders::take_due(&db, now, now + SignedDuration::from_mins(3), BATCH, BATCH, &[]).await.unwrap();
        if due.is_empty() {
            break;
        }
        claimed += due.len();
    }
    assert_eq!(claimed, DUE as usize);
    println!(
        "claims alone                         {:.0}/s of {claimed}",
        claimed as f64 / began.elapsed().as_secs_f64()
    );

    // Claims and sends, by cron.
    sqlx::query("truncate reminder cascade").execute(&db).await.unwrap();
    insert(&db, DUE, now - SignedDuration::from_mins(1)).await;
    let before = transactions(&db).await;
    let (seconds, peak_kib) = cron(&url, &api, now, "say what is due");
    let sent = taken.load(Ordering::Relaxed);
    let rows: i64 = sqlx::query_scalar("select count(*) from reminder_occurrence where state = 'sent'")
        .fetch_one(&db)
        .await
        .unwrap();
    assert_eq!((sent, rows), (u64::try_from(DUE).unwrap(), i64::from(DUE)), "each is sent once");
    tokio::time::sleep(Duration::from_secs(2)).await;
    let transactions = transactions(&db).await - before;
    println!(
        "claims and sends                     {:.0}/s of {sent}; {:.3} transactions for each; peak {:.1} MiB",
        sent as f64 / seconds,
        transactions as f64 / sent as f64,
        peak_kib as f64 / 1024.0
    );
    let (_, idle_kib) = cron(&url, &api, now, "say what is due");
    println!("peak with nothing due                {:.1} MiB", idle_kib as f64 / 1024.0);

    // Nothing due among many.
    sqlx::query("truncate reminder cascade").execute(&db).await.unwrap();
    insert(&db, IDLE, now + SignedDuration::from_hours(24)).await;
    sqlx::query("vacuum analyze reminder").execute(&db).await.unwrap();
    let mut looks = Vec::new();
    for _ in 0..100 {
        let began = Instant::now();
        let due = reminders::take_due(&db, now, now + SignedDuration::from_mins(3), BATCH, BATCH, &[]).await.unwrap();
        assert!(due.is_empty());
        looks.push(began.elapsed());
    }
    looks.sort();
    println!("a look among {IDLE} with nothing due  {:?} (median of 100)", looks[50]);
    let (all, _) = cron(&url, &api, now, "reminders");
    println!("a pass of all jobs of reminders      {:.0} ms, process start included", all * 1e3);
    let plan: Vec<String> = sqlx::query_scalar(
        "explain (analyze, costs off, timing off, summary off)
         select number
           from reminder
          where next_due_at <= now()
            and paused_at is null
          order by next_due_at
          limit 500
            for update skip locked",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    println!("{}", plan.join("\n"));
}

/// Reminders of a hundred servers, in ten channels each, once at `at`.
async fn insert(db: &PgPool, count: i32, at: Timestamp) {
    let clock = at.to_zoned(jiff::tz::TimeZone::UTC).datetime().to_string();
    sqlx::query(
        "insert into reminder (guild_id, number, interaction_id, creator_user_id, name, body, channel_id, place, mentions,
                               is_event, zone, first_clock, leads, said, next_due_at, next_moment_at, next_lead,
                               created_at, updated_at)
         select 1 + n % 100, n, n, 7, 'Reminder ' || n, 'Text', 1000 + n % 1000, '', '{}', false, 'UTC', $2, '{0}', 'x',
                $3::timestamptz, $3::timestamptz, 0, $3::timestamptz, $3::timestamptz
           from generate_series(1, $1) as n",
    )
    .bind(count)
    .bind(clock)
    .bind(at.to_string())
    .execute(db)
    .await
    .unwrap();
    sqlx::query("analyze reminder").execute(db).await.unwrap();
}

async fn transactions(db: &PgPool) -> i64 {
    sqlx::query_scalar("select xact_commit from pg_stat_database where datname = current_database()")
        .fetch_one(db)
        .await
        .unwrap()
}

/// Runs a pass of cron, and tells its seconds and its peak memory in KiB.
fn cron(url: &str, api: &str, now: Timestamp, only: &str) -> (f64, u64) {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_alphapy-cron"))
        .env_clear()
        .env("DATABASE_URL", url)
        .env("DISCORD_APPLICATION_ID", "2")
        .env("DISCORD_BOT_TOKEN", "t0ken")
        .env("DISCORD_PUBLIC_KEY", Discord::new(Clock::system()).public_key())
        .env("DISCORD_API_BASE", api)
        .args(["--only", only, "--now", &now.to_string()])
        .env("RUST_LOG", "error")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    let status = loop {
        let memory = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = memory.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|kib| kib.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(peak);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(status.success(), "{status}");
    (began.elapsed().as_secs_f64(), peak)
}
