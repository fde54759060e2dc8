//! What an answer costs, beside the least it could cost: `cargo bench --bench load`.
//!
//! The service and a yardstick (an axum route that verifies the same signature and answers `{}`) run as processes of
//! their own, and get the same load over loopback from this one. Compared is the CPU time that the kernel counts for each,
//! so that what else the machine does matters little. Linux only: it reads `/proc`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)] // A program for us, run by hand.

mod run;
mod service;

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use alphapy::clock::Clock;
use alphapy::config::PublicKey;
use alphapy::dev::{fake::Discord, postgres};
use alphapy::knowledge::{self, Draft};
use alphapy::{db, discord};
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use ed25519_dalek::Signature;
use serde_json::json;
use sqlx::{Connection, PgConnection};
use tokio::net::TcpStream;
use twilight_model::id::Id;

use service::{CONNECTIONS, Process, ask, latencies, percentile, request};

const ENTRIES: usize = 10_000;
const GUILD: u64 = 1_300_000_000_000_000_010;

fn main() {
    if let Some(address) = std::env::var_os("YARDSTICK") {
        discord::install_tls();
        return yardstick(address.to_str().unwrap().parse().unwrap());
    }
    run::with_postgres(measure);
}

/// The least that a verified answer can cost.
#[tokio::main]
async fn yardstick(address: SocketAddr) {
    let key: PublicKey = Discord::new(Clock::system()).public_key().parse().unwrap();
    let verify = move |headers: HeaderMap, body: Bytes| async move {
        let mut signature = [0; 64];
        hex::decode_to_slice(headers["x-signature-ed25519"].as_bytes(), &mut signature).unwrap();
        let message = [headers["x-signature-timestamp"].as_bytes(), &body].concat();
        match key.0.verify_strict(&message, &Signature::from_bytes(&signature)) {
            Ok(()) => (StatusCode::OK, [("content-type", "application/json")], "{\"type\":1}"),
            Err(_) => (StatusCode::UNAUTHORIZED, [("content-type", "application/json")], "{}"),
        }
    };
    let router = axum::Router::new().route("/interactions", axum::routing::post(verify));
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    axum::serve(listener, router).await.unwrap();
}

/// CPU time that a process used so far, user and system. The kernel counts in hundredths of a second.
fn cpu(process: &Process) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", process.child.id())).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

/// Microseconds of CPU for each of `count` requests, sent as fast as they are answered.
async fn cost(process: &Process, requests: &[Arc<Vec<u8>>], count: usize) -> f64 {
    let before = cpu(process);
    let each = count / CONNECTIONS;
    let tasks: Vec<_> = (0..CONNECTIONS)
        .map(|nth| {
            let (requests, address) = (requests.to_vec(), process.address);
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.unwrap();
                stream.set_nodelay(true).unwrap();
                for n in 0..each {
                    ask(&mut stream, &requests[(nth * each + n) % requests.len()]).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    (cpu(process) - before).as_secs_f64() * 1e6 / (each * CONNECTIONS) as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    percentile(&values, 50)
}

/// `n` titles that differ, from the words of the sample's entries.
fn drafts(n: usize) -> Vec<Draft> {
    let sample: Vec<Draft> = alphapy::dev::sample::entries()
        .into_iter()
        .flat_map(|(_, entries)| entries)
        .map(|entry| Draft { title: entry.title, answer: entry.answer, keywords: entry.keywords, ..Draft::default() })
        .collect();
    let variant = |at: usize| {
        let (entry, other) = (&sample[at % sample.len()], &sample[(at / sample.len() + at * 7) % sample.len()]);
        let words: Vec<&str> = entry.title.split(' ').take(4).chain(other.title.split(' ').rev().take(3)).collect();
        Draft { title: format!("{} {at}", words.join(" ")), ..entry.clone() }
    };
    (0..n).map(variant).collect()
}

/// What arrives for each pause in typing.
fn keystrokes(discord: &Discord) -> Vec<Arc<Vec<u8>>> {
    let titles = drafts(200);
    let words = titles.iter().flat_map(|draft| {
        let words: Vec<String> = draft.title.split(' ').map(str::to_owned).collect();
        [words[0].chars().take(4).collect(), words[..2.min(words.len())].join(" "), words[..words.len() - 1].join(" ")]
    });
    let body = |typed: String| {
        json!({"type": 4, "id": "1300000000000000001", "application_id": discord.application_id(), "token": "load",
            "version": 1, "guild_id": GUILD.to_string(), "channel_id": "5", "locale": "nl", "context": 0,
            "app_permissions": "2248473465835073", "entitlements": [], "attachment_size_limit": 10_485_760,
            "authorizing_integration_owners": {"0": GUILD.to_string()},
            "channel": {"id": "5", "name": "help", "type": 0, "permissions": "2251799813685247"},
            "guild": {"id": GUILD.to_string(), "locale": "en-US", "features": []},
            "member": {"user": {"id": "7", "username": "ann", "global_name": "Ann", "avatar": null}, "roles": [],
                "permissions": "2251799813685247", "joined_at": "2026-01-02T03:04:05.678000+00:00", "flags": 0},
            "data": {"id": "9", "name": "faq", "type": 1, "options": [{"name": "search", "type": 1,
                "options": [{"name": "query", "type": 3, "value": typed, "focused": true}]}]}})
        .to_string()
    };
    words.map(|typed| request(discord, &body(typed))).collect()
}

async fn measure(server: &postgres::Server) {
    let discord = Discord::new(Clock::system());
    let database_url = postgres::fresh_database(server, &db::MIGRATOR).await.unwrap();
    let mut db = PgConnection::connect(&database_url).await.unwrap();
    let entries: Vec<_> = drafts(ENTRIES).into_iter().map(|draft| draft.checked().unwrap()).collect();
    knowledge::import(&mut db, Id::new(GUILD), &entries, false, Clock::system().now()).await.unwrap();

    let ping = [service::ping(&discord)];
    let keystrokes = keystrokes(&discord);

    let mut first_answers = Vec::new();
    for _ in 0..9 {
        let began = Instant::now();
        let process = Process::start(service::command(&database_url, &discord), "BIND");
        ask(&mut TcpStream::connect(process.address).await.unwrap(), &ping[0]).await;
        first_answers.push(began.elapsed().as_secs_f64() * 1e3);
    }
    println!("process start to first signed PING   {:.0} ms (median of 9)", median(first_answers));

    let service = Process::start(service::command(&database_url, &discord), "BIND");
    tokio::time::sleep(Duration::from_secs(1)).await;
    println!("resident when idle                   {:.1} MiB", service.memory_kib("VmRSS") as f64 / 1024.0);

    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env_clear().stderr(Stdio::null());
    let yardstick = Process::start(command, "YARDSTICK");
    // The index is built, and everything is warm.
    for process in [&yardstick, &service] {
        cost(process, &ping, 2000).await;
    }
    cost(&service, &keystrokes, 2000).await;

    let mut ratios = [Vec::new(), Vec::new()];
    for round in 1..=5 {
        let least = cost(&yardstick, &ping, 16_000).await;
        let pinged = cost(&service, &ping, 16_000).await;
        let least_of_keystroke = cost(&yardstick, &keystrokes, 16_000).await;
        let suggested = cost(&service, &keystrokes, 16_000).await;
        ratios[0].push(pinged / least);
        ratios[1].push(suggested / least_of_keystroke);
        println!(
            "round {round}, CPU of 1,000: PING {pinged:.0} ms beside {least:.0}; keystroke in {ENTRIES} entries \
             {suggested:.0} ms beside {least_of_keystroke:.0}"
        );
    }
    let [pings, suggestions] = ratios.map(median);
    println!("PING / verify-only                   {pings:.2} (median of 5)");
    println!("keystroke / verify-only              {suggestions:.2} (median of 5)");

    let times = latencies(&[&service], &keystrokes, 500, 10).await;
    let (p50, p99) = (percentile(&times, 50), percentile(&times, 99));
    println!("keystrokes at 500/s for 10 s         p50 {p50:.2} ms, p99 {p99:.2} ms");
    println!("resident after the load              {:.1} MiB", service.memory_kib("VmRSS") as f64 / 1024.0);
}
