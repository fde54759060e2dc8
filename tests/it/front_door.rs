//! What callers who are not Discord, or who hang up, can do to those who are.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use alphapy::dev::fake::Discord;
use serde_json::Value;
use sqlx::PgPool;

use crate::endpoint::{exchange, get, post, split};
use crate::promises::{Process, environment};
use crate::support::World;

/// The program with few descriptors; killed when it goes out of scope.
struct Tight(Child);

impl Drop for Tight {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Sends the head of a signed interaction and its body, and hangs up before there is an answer.
fn hangs_up(address: SocketAddr, request: &[u8]) {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(request).expect("it is taken");
}

/// Waits until somebody waits for the lock on the table of interactions.
async fn somebody_waits(db: &PgPool) {
    let patience = Instant::now() + Duration::from_secs(30);
    loop {
        let waiting: i64 = sqlx::query_scalar(
            "select count(*) from pg_locks where not granted and relation = 'interaction'::regclass",
        )
        .fetch_one(db)
        .await
        .expect("the locks");
        if waiting > 0 {
            return;
        }
        assert!(Instant::now() < patience, "nobody waits");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn who_hangs_up_while_a_handler_runs_has_been_answered() {
    let world = World::new().await;
    world.types("ada", "/faq reload").await;
    world.screen().await;
    let mut again: Value = world.discord.exchanges().last().expect("it was sent").request.clone();
    again["id"] = "1300000000000099999".into();
    let request = post(&world, "/interactions", world.now().as_second(), &again.to_string());

    // The handler waits in the database while its caller hangs up.
    let db = world.db().await;
    let mut tx = db.begin().await.expect("a transaction");
    sqlx::query("lock table interaction in exclusive mode").execute(&mut *tx).await.expect("a lock");
    hangs_up(world.bot.address, &request);
    somebody_waits(&db).await;
    tx.rollback().await.expect("the lock is given back");

    // Nothing of it waits for an answer that nobody takes: what was promised is done at once, and nothing is left.
    let screen = world.screen().await;
    assert!(screen.contains("it knows 0 entries"), "{screen}");
    let left: i64 = sqlx::query_scalar("select count(*) from job").fetch_one(&db).await.expect("the jobs");
    assert_eq!(left, 0);
}

/// A head that never ends.
const HALF_A_HEAD: &[u8] = b"POST /interactions HTTP/1.1\r\nhost: x\r\nx-a: ";

/// A request that Discord did not sign, all of it but the last bytes of its body.
fn almost_a_body() -> Vec<u8> {
    let (signature, bytes) = ("0".repeat(128), 100_000);
    let head = format!(
        "POST /interactions HTTP/1.1\r\nhost: x\r\nx-signature-ed25519: {signature}\r\nx-signature-timestamp: 1\r\n\
         content-length: {bytes}\r\n\r\n"
    );
    [head.into_bytes(), vec![b'x'; bytes - 1]].concat()
}

/// A PING of Discord's on a connection of its own, and its status. A connection that is closed unanswered counts as 0.
fn pings(discord: &Discord, at: i64, address: SocketAddr) -> u16 {
    let (timestamp, body) = (at.to_string(), r#"{"type":1}"#);
    let signature = discord.sign(&timestamp, body.as_bytes());
    let request = format!(
        "POST /interactions HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-signature-ed25519: {signature}\r\n\
         x-signature-timestamp: {timestamp}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut answer = String::new();
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
    let _ = stream.write_all(request.as_bytes()).and_then(|()| stream.read_to_string(&mut answer).map(|_| ()));
    split(&answer).0
}

#[tokio::test]
async fn neither_half_heads_nor_half_bodies_nor_a_want_of_descriptors_keep_discord_out() {
    let world = World::new().await;
    world.clock.advance(alphapy::clock::Clock::system().now().duration_since(world.now()));
    let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let (discord, now, environment) = (world.discord.clone(), world.now().as_second(), environment(&world));
    let attack = move || {
        let child = Command::new("sh")
            .args(["-c", r#"ulimit -n 128 && exec "$0""#, env!("CARGO_BIN_EXE_alphapy")])
            .env_clear()
            .envs(environment)
            .env("BIND", address.to_string())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let _tight = Tight(child);
        let patience = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(address).is_err() {
            assert!(Instant::now() < patience, "it does not listen");
            std::thread::yield_now();
        }
        // More than it has descriptors, and all of them stay open here.
        let mut held = Vec::new();
        for nth in 0..160 {
            let mut stream = TcpStream::connect(address).expect("it listens");
            let part = if nth % 2 == 0 { HALF_A_HEAD.to_vec() } else { almost_a_body() };
            // It may have been closed for the next one already.
            let _ = stream.write_all(&part);
            held.push(stream);
            if nth % 40 == 39 {
                assert_eq!(pings(&discord, now, address), 200, "after {nth} of them");
            }
        }
        assert_eq!(pings(&discord, now, address), 200, "while all of them wait");
    };
    tokio::task::spawn_blocking(attack).await.expect("no panic");
}

#[tokio::test]
async fn half_a_head_does_not_keep_a_process_that_is_told_to_stop() {
    let world = World::new().await;
    let mut process = Process::start(&world, Stdio::null(), &[]);
    let mut held = TcpStream::connect(process.address).expect("it listens");
    held.write_all(HALF_A_HEAD).expect("it is taken");
    // It has read that, and this.
    assert_eq!(get(process.address, "/health", "").await.0, 200);
    let told = Command::new("kill").args(["-TERM", &process.child.id().to_string()]).status();
    assert!(told.expect("it runs").success());
    let closed = move || {
        let mut rest = Vec::new();
        // At the latest when the process ends; before it gives up waiting for whoever holds it, which is 25 s.
        held.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        held.read_to_end(&mut rest).map(|_| process.child.wait())
    };
    let ended = tokio::task::spawn_blocking(closed).await.expect("no panic");
    assert!(ended.expect("it is closed").expect("it ends").success());
}

#[tokio::test]
async fn who_asks_for_health_takes_no_connection_that_an_answer_needs() {
    let world = World::new().await;
    let answers = &world.app().pools.answers;
    let mut held = Vec::new();
    while held.len() < answers.options().get_max_connections() as usize {
        held.push(answers.acquire().await.expect("it is free"));
    }
    let (status, health) = get(world.bot.address, "/health", "").await;
    assert!(status == 200 && health.contains(r#""db_status":"ok""#), "{health}");
}

#[tokio::test]
async fn metrics_have_an_address_of_their_own_or_a_token_or_are_not_there() {
    let world = World::new().await;
    assert_eq!(get(world.bot.address, "/metrics", "").await.0, 404);
    let private = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let process =
        Process::start(&world, Stdio::null(), &[("METRICS_BIND", &private.to_string()), ("METRICS_TOKEN", "s3cret")]);
    // The token is for where everybody can ask.
    assert_eq!(get(process.address, "/metrics", "").await.0, 401);
    let page = exchange(private, b"GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()).await;
    assert!(page.contains("database_connections"), "{page}");
    assert_eq!(get(private, "/health", "").await.0, 404);
}
