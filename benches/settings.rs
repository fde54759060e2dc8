//! What reading a setting costs, and how soon another instance knows of a change: `cargo bench --bench settings`.
#![allow(clippy::print_stdout, clippy::unwrap_used)] // A program for us, run by hand.

mod run;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use alphapy::clock::Clock;
use alphapy::config;
use alphapy::db::{self, Hear};
use alphapy::dev::postgres;
use alphapy::settings::{self, By, How, LogLevel, Schema, Settings, System};
use jiff::Timestamp;
use serde_json::json;
use sqlx::PgPool;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

const READS: u32 = 1_000_000;
const MISSES: u32 = 2_000;
const CHANGES: usize = 500;

fn main() {
    run::with_postgres(measure);
}

async fn measure(server: &postgres::Server) {
    postgres::drop_database(server, "alphapy_bench_settings").await.unwrap();
    let url = postgres::lasting_database(server, "alphapy_bench_settings").await.unwrap();
    let config = config::Database { database_url: url.into(), database_max_connections: 5 };
    let db = db::pool(&config, 5, &Clock::system()).unwrap();
    db::MIGRATOR.run(&db).await.unwrap();
    let guild: Id<GuildMarker> = Id::new(1_300_000_000_000_000_010);
    let (here, there) = (instance(&db), instance(&db));
    set(&here, guild, "verbose").await;

    let began = Instant::now();
    for _ in 0..READS {
        black_box(here.get::<System>(black_box(guild)).await.unwrap());
    }
    let hit = began.elapsed() / READS;
    let began = Instant::now();
    for n in 0..MISSES {
        black_box(here.get::<System>(Id::new(u64::from(n) + 1)).await.unwrap());
    }
    let miss = began.elapsed() / MISSES;
    let began = Instant::now();
    for _ in 0..MISSES {
        db::ping(&db).await.unwrap();
    }
    let ping = began.elapsed() / MISSES;
    println!("hit {hit:?}; miss {miss:?}, which is {:.2} of an empty query ({ping:?})", ratio(miss, ping));

    let mut delays = Vec::new();
    for n in 0..CHANGES {
        let (name, level) = if n % 2 == 0 { ("critical", LogLevel::Critical) } else { ("verbose", LogLevel::Verbose) };
        set(&here, guild, name).await;
        let began = Instant::now();
        while there.get::<System>(guild).await.unwrap().log_level != level {
            tokio::task::yield_now().await;
        }
        delays.push(began.elapsed());
    }
    delays.sort();
    let (p50, p99) = (delays[CHANGES / 2], delays[CHANGES * 99 / 100]);
    println!("another instance knows after p50 {p50:?}, p99 {p99:?}, at most {:?}", delays[CHANGES - 1]);
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// Settings that hear of changes, as an instance's do.
fn instance(db: &PgPool) -> Arc<Settings> {
    let settings = Arc::new(Settings::new(db.clone()));
    let hearing = Arc::clone(&settings);
    let hear: Hear = Arc::new(move |_, notice| hearing.hear(notice));
    tokio::spawn(db::listen(db.clone(), &[settings::CHANNEL], Clock::system(), hear));
    settings
}

async fn set(settings: &Settings, guild: Id<GuildMarker>, level: &str) {
    let field = System::FIELDS.iter().find(|field| field.name == "log_level").unwrap();
    let change = settings::check(field, &json!(level)).unwrap().asked_for();
    let by = By {
        user: Id::new(1),
        program: None,
        how: How::Import,
        at: Timestamp::UNIX_EPOCH,
        once: None,
        undoes: Vec::new(),
    };
    settings.change(guild, System::FEATURE, &[change], &by, |_| Vec::new()).await.unwrap();
}
