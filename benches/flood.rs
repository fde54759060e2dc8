//! What callers who are not Discord can do to it: `cargo bench --bench flood`.
//!
//! Bodies that never end and heads that never end, more than the process has descriptors for, while Discord goes on asking.
//! Linux only: it reads `/proc`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods)] // A program for us, run by hand.

mod run;
#[allow(dead_code)] // The rest is for those that measure a load of Discord's.
mod service;

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use alphapy::clock::Clock;
use alphapy::db;
use alphapy::dev::{fake::Discord, postgres};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use service::{Process, ask, percentile};

/// Posts without their last bytes, and how long each is.
const BODIES: usize = 400;
const BODY: usize = 500 * 1024;

/// Heads without an end.
const HEADS: usize = 300;

/// Descriptors of the service.
const DESCRIPTORS: &str = "256";

fn main() {
    run::with_postgres(measure);
}

/// All but the last bytes of something; what comes of it does not matter.
async fn begin(address: SocketAddr, part: Vec<u8>) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    // It may be closed before it has taken everything, which is the point.
    let _ = tokio::time::timeout(Duration::from_secs(5), stream.write_all(&part)).await;
    Some(stream)
}

fn body() -> Vec<u8> {
    let head = format!(
        "POST /interactions HTTP/1.1\r\nhost: x\r\nx-signature-ed25519: {}\r\nx-signature-timestamp: 1\r\n\
         content-length: {BODY}\r\n\r\n",
        "0".repeat(128)
    );
    [head.into_bytes(), vec![b'x'; BODY - 1]].concat()
}

async fn measure(server: &postgres::Server) {
    let discord = Discord::new(Clock::system());
    let database_url = postgres::fresh_database(server, &db::MIGRATOR).await.unwrap();
    let plain = service::command(&database_url, &discord);
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -n {DESCRIPTORS} && exec \"$0\""), env!("CARGO_BIN_EXE_alphapy")]).env_clear();
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?)))).stderr(Stdio::null());
    let service = Process::start(command, "BIND");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = service.memory_kib("VmRSS");
    let address = service.address;

    let (mut pings, mut most) = (Vec::new(), before);
    for round in 1..=3 {
        let parts =
            (0..BODIES).map(|_| body()).chain((0..HEADS).map(|_| b"POST /interactions HTTP/1.1\r\nx-a: ".to_vec()));
        let attack: Vec<_> = parts.map(|part| tokio::spawn(begin(address, part))).collect();
        // Discord asks on a new connection each time, which is the hardest.
        for _ in 0..40 {
            let began = Instant::now();
            let mut stream = TcpStream::connect(address).await.unwrap();
            ask(&mut stream, &service::ping(&discord)).await;
            pings.push(began.elapsed().as_secs_f64() * 1e3);
            most = most.max(service.memory_kib("VmRSS"));
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let mut held = Vec::new();
        for begun in attack {
            held.extend(begun.await.unwrap());
        }
        println!("round {round}: {} connections of the attack were opened", held.len());
    }
    pings.sort_by(f64::total_cmp);
    println!(
        "PING meanwhile: p50 {:.1} ms, p99 {:.1} ms, at most {:.1} ms",
        percentile(&pings, 50),
        percentile(&pings, 99),
        pings[pings.len() - 1]
    );
    let mib = |kib: u64| kib as f64 / 1024.0;
    println!("resident: {:.1} MiB before, at most {:.1}, {:.1} more", mib(before), mib(most), mib(most - before));
}
