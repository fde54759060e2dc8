//! The service as a process of its own, and signed requests for it: what measurements share.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use alphapy::clock::Clock;
use alphapy::dev::fake::Discord;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

/// How many requests are on their way at most.
pub(crate) const CONNECTIONS: usize = 16;

/// A process under load, killed at the end.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Starts a command that listens on the address in `variable`.
    pub(crate) fn start(mut command: Command, variable: &str) -> Process {
        let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).unwrap();
        let child = command.env(variable, address.to_string()).spawn().unwrap();
        let process = Process { child, address };
        let patience = Instant::now() + Duration::from_secs(10);
        while std::net::TcpStream::connect(address).is_err() {
            assert!(Instant::now() < patience, "the process does not listen");
            std::thread::sleep(Duration::from_millis(1));
        }
        process
    }

    /// A number of KiB from `/proc/PID/status`, such as `VmRSS`.
    pub(crate) fn memory_kib(&self, field: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(field)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

/// The service, to be started with `BIND`.
pub(crate) fn command(database_url: &str, discord: &Discord) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alphapy"));
    command
        .env_clear()
        .env("DATABASE_URL", database_url)
        .env("DISCORD_APPLICATION_ID", discord.application_id())
        .env("DISCORD_BOT_TOKEN", discord.bot_token())
        .env("DISCORD_PUBLIC_KEY", discord.public_key())
        .stderr(Stdio::null());
    command
}

/// A signed request, ready to be written.
pub(crate) fn request(discord: &Discord, body: &str) -> Arc<Vec<u8>> {
    let timestamp = Clock::system().now().as_second().to_string();
    let signature = discord.sign(&timestamp, body.as_bytes());
    let head = format!(
        "POST /interactions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-signature-ed25519: \
         {signature}\r\nx-signature-timestamp: {timestamp}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    Arc::new([head.as_bytes(), body.as_bytes()].concat())
}

/// Discord's way to ask whether anybody is there.
pub(crate) fn ping(discord: &Discord) -> Arc<Vec<u8>> {
    request(discord, r#"{"type":1,"id":"1","application_id":"2","token":"t","version":1}"#)
}

/// Sends a request on an open connection and reads the answer.
pub(crate) async fn ask(stream: &mut TcpStream, request: &[u8]) {
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::with_capacity(8192);
    loop {
        assert!(stream.read_buf(&mut answer).await.unwrap() > 0, "the connection was closed");
        let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let length: usize =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        if answer.len() >= end + 4 + length {
            return;
        }
    }
}

/// Latencies in milliseconds at `rate` requests a second, counted from when each was due; instances take turns.
pub(crate) async fn latencies(instances: &[&Process], requests: &[Arc<Vec<u8>>], rate: u32, seconds: u32) -> Vec<f64> {
    let (done, mut times) = mpsc::unbounded_channel();
    let began = Instant::now();
    let count = rate * seconds;
    for nth in 0..CONNECTIONS as u32 {
        let address = instances[nth as usize % instances.len()].address;
        let (requests, done) = (requests.to_vec(), done.clone());
        tokio::spawn(async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.set_nodelay(true).unwrap();
            for n in (nth..count).step_by(CONNECTIONS) {
                let due = began + Duration::from_secs_f64(f64::from(n) / f64::from(rate));
                tokio::time::sleep_until(due.into()).await;
                ask(&mut stream, &requests[n as usize % requests.len()]).await;
                done.send(due.elapsed().as_secs_f64() * 1e3).unwrap();
            }
        });
    }
    drop(done);
    let mut sorted = Vec::new();
    while let Some(time) = times.recv().await {
        sorted.push(time);
    }
    sorted.sort_by(f64::total_cmp);
    sorted
}

pub(crate) fn percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted[(sorted.len() - 1) * percent / 100]
}
