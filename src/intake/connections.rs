//! Connections: how many there are, how long each may keep us waiting, and who goes when there is no room.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use metrics::counter;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::sent::{Sending, Sent};

/// What a connection buffers at most, head or body, in bytes. Discord's heads are about 1 KiB.
const BUFFER: usize = 8 * 1024;

/// How often connections are looked over.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// After an accept that failed for want of descriptors; by then those that were closed are free.
const BREATH: Duration = Duration::from_millis(20);

/// Connections that wait to be accepted; the system may allow fewer.
const QUEUE: u32 = 4096;

/// A thousand connections are far more than Discord opens.
const MOST: usize = 1024;

/// Descriptors that are none of callers': the database's come on top.
const RESERVED: usize = 96;

/// Descriptors where nobody says how many there are; what macOS gives.
const DESCRIPTORS: usize = 256;

/// How many connections there may be, and how long each may wait.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// For a head, and for anything on a connection that has never carried a signed request.
    pub unproven: Duration,
    /// For the next request on one that has; longer than what stands before a service keeps its connections.
    pub idle: Duration,
}

impl Limits {
    /// As many as the descriptors of this process allow beside `database` connections to the database.
    pub fn of_this_process(database: usize) -> Limits {
        let free = descriptors().saturating_sub(RESERVED + database);
        Limits { connections: free.clamp(16, MOST), unproven: Duration::from_secs(10), idle: Duration::from_secs(90) }
    }
}

/// How many files and sockets this process may have open.
fn descriptors() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(DESCRIPTORS)
}

/// What a connection does at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Phase {
    /// It is to send a head, or the rest of one.
    Waits,
    /// A request is being read or answered that nobody has verified. Pages and `/health` never leave this phase: whoever asks
    /// for them is nobody in particular, and gives way to Discord.
    Unverified,
    /// A request of Discord's is being answered.
    Verified,
}

impl Phase {
    fn of(number: u8) -> Phase {
        match number {
            0 => Phase::Waits,
            1 => Phase::Unverified,
            _ => Phase::Verified,
        }
    }
}

/// An open connection. It is an extension of each of its requests.
#[derive(Debug)]
pub struct Connection {
    phase: AtomicU8,
    /// Since when, in milliseconds after the start of the listener.
    since_ms: AtomicU64,
    /// Whether it has carried a request that Discord signed.
    proven: AtomicBool,
    closed: AtomicBool,
    /// Rung when it is to be closed, at once or after its request.
    bell: Notify,
}

impl Connection {
    /// Says that the request which it carries is Discord's.
    pub fn mark_verified(&self) {
        // Relaxed will do everywhere here: each value is looked at alone, and a look that comes a moment too early is
        // repeated within half a second.
        self.proven.store(true, Ordering::Relaxed);
        self.phase.store(Phase::Verified as u8, Ordering::Relaxed);
    }

    fn set(&self, phase: Phase, since_ms: u64) {
        self.phase.store(phase as u8, Ordering::Relaxed);
        self.since_ms.store(since_ms, Ordering::Relaxed);
    }

    fn look(&self) -> Seen {
        Seen {
            phase: Phase::of(self.phase.load(Ordering::Relaxed)),
            proven: self.proven.load(Ordering::Relaxed),
            since_ms: self.since_ms.load(Ordering::Relaxed),
        }
    }
}

/// A connection at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    phase: Phase,
    proven: bool,
    since_ms: u64,
}

impl Seen {
    /// Whether it has kept us waiting for too long.
    fn is_overdue(self, now_ms: u64, limits: &Limits) -> bool {
        let waited = Duration::from_millis(now_ms.saturating_sub(self.since_ms));
        match self.phase {
            Phase::Waits if self.proven => waited > limits.idle,
            Phase::Waits | Phase::Unverified => waited > limits.unproven,
            // Its handler has a time of its own.
            Phase::Verified => false,
        }
    }

    /// Who goes first when there is no room: nobody with a request of Discord's, and before others who has never had one.
    fn rank(self) -> Option<(bool, u64)> {
        // The smallest goes first: `false` before `true`, and whoever has been here longest. So a new connection of Discord's,
        // which nobody can tell from others before its first signature, is the last of the unproven ones to go.
        (self.phase != Phase::Verified).then_some((self.proven, self.since_ms))
    }
}

/// All that are open.
struct Connections {
    started: Instant,
    limits: Limits,
    next: AtomicU64,
    open: Mutex<HashMap<u64, Arc<Connection>>>,
    stopping: AtomicBool,
}

impl Connections {
    fn open(&self) -> MutexGuard<'_, HashMap<u64, Arc<Connection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Admits one more, if need be in the place of another; nothing if all are at work for Discord.
    fn admit(&self) -> Option<(u64, Arc<Connection>)> {
        if self.open().len() >= self.limits.connections && !self.make_room() {
            return None;
        }
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let connection = Arc::new(Connection {
            phase: AtomicU8::new(Phase::Waits as u8),
            since_ms: AtomicU64::new(self.now_ms()),
            proven: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            bell: Notify::new(),
        });
        self.open().insert(id, Arc::clone(&connection));
        Some((id, connection))
    }

    /// Closes the one that can be spared best. `false` if there is none.
    fn make_room(&self) -> bool {
        let mut open = self.open();
        let ranked = open.iter().filter_map(|(id, connection)| Some((connection.look().rank()?, *id)));
        let Some((_, id)) = ranked.min() else { return false };
        close(open.remove(&id).as_deref(), "crowded");
        true
    }

    /// Closes those that have kept us waiting for too long.
    fn close_overdue(&self) {
        let now_ms = self.now_ms();
        let overdue = |_: &u64, connection: &mut Arc<Connection>| connection.look().is_overdue(now_ms, &self.limits);
        for (_, connection) in self.open().extract_if(overdue) {
            close(Some(&connection), "slow");
        }
    }

    /// Closes those that carry no request.
    fn close_waiting(&self) {
        let waiting = |_: &u64, connection: &mut Arc<Connection>| connection.look().phase == Phase::Waits;
        for (_, connection) in self.open().extract_if(waiting) {
            close(Some(&connection), "stopping");
        }
    }

    /// Closes all, each after the request that it carries.
    fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.open().values().for_each(|connection| connection.bell.notify_one());
    }
}

fn close(connection: Option<&Connection>, why: &'static str) {
    let Some(connection) = connection else { return };
    counter!("connections_dropped_total", "why" => why).increment(1);
    connection.closed.store(true, Ordering::Relaxed);
    connection.bell.notify_one();
}

/// Listens on `address`. The queue of those who are not accepted yet is as long as the system allows: who finds it full tries
/// again only after a second, and that may be Discord.
///
/// # Errors
/// The address cannot be had.
pub fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A port that was in use a moment ago is free, as with any listener on Unix.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

/// Answers what comes in through `listener` until `stop`, then finishes the requests that are under way.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: CancellationToken) {
    let connections = Arc::new(Connections {
        started: Instant::now(),
        limits,
        next: AtomicU64::new(0),
        open: Mutex::default(),
        stopping: AtomicBool::new(false),
    });
    let tasks = TaskTracker::new();
    let accepting = async {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => match connections.admit() {
                    Some((id, connection)) => {
                        tasks.spawn(answer(stream, router.clone(), Arc::clone(&connections), id, connection));
                    }
                    None => turn_away(&stream),
                },
                Err(error) => not_accepted(&connections, &error).await,
            }
        }
    };
    let looking = async {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            connections.close_overdue();
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = accepting => {}
        () = looking => {}
    }
    drop(listener);
    connections.stop();
    tasks.close();
    // Half a head is no request that is under way, and whoever sent it may never send the rest.
    let closing = async {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            connections.close_waiting();
        }
    };
    tokio::select! {
        () = tasks.wait() => {}
        () = closing => {}
    }
}

/// The accept loop goes on whatever happens: without a descriptor it makes one free.
async fn not_accepted(connections: &Connections, error: &std::io::Error) {
    // Whoever called has gone again.
    if matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
    {
        return;
    }
    counter!("accept_failures_total").increment(1);
    tracing::warn!(%error, "a connection cannot be accepted; one that waits is closed");
    connections.make_room();
    tokio::time::sleep(BREATH).await;
}

/// Says 503, if that can be said at once.
fn turn_away(stream: &TcpStream) {
    counter!("connections_dropped_total", "why" => "full").increment(1);
    // It is closed in any case.
    let _ = stream.try_write(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
}

async fn answer(
    stream: TcpStream,
    router: Router,
    connections: Arc<Connections>,
    id: u64,
    connection: Arc<Connection>,
) {
    // An answer is one write; without this its last packet would wait for the one before it.
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    let service = service_fn(|mut request: Request<Incoming>| {
        connection.set(Phase::Unverified, connections.now_ms());
        request.extensions_mut().insert(Arc::clone(&connection));
        let answering = router.call(request.map(Body::new));
        let (connection, connections) = (&connection, &connections);
        async move {
            let answered = answering.await;
            let (connection, connections) = (Arc::clone(connection), Arc::clone(connections));
            let told = move |sending| match sending {
                Sending::GoesOn => connection.since_ms.store(connections.now_ms(), Ordering::Relaxed),
                Sending::Ends => connection.set(Phase::Waits, connections.now_ms()),
            };
            answered.map(|response| response.map(|body| Sent::new(body, told)))
        }
    });
    let serving = http1::Builder::new().max_buf_size(BUFFER).serve_connection(TokioIo::new(stream), service);
    let mut serving = pin!(serving);
    // The stop may have come before this was listening for it.
    if connections.stopping.load(Ordering::Relaxed) {
        serving.as_mut().graceful_shutdown();
    }
    loop {
        tokio::select! {
            biased;
            // What went wrong with it is its caller's affair.
            _ = serving.as_mut() => break,
            () = connection.bell.notified() => match connection.closed.load(Ordering::Relaxed) {
                true => break,
                false => serving.as_mut().graceful_shutdown(),
            },
        }
    }
    connections.open().remove(&id);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { connections: 3, unproven: Duration::from_secs(10), idle: Duration::from_secs(90) };

    #[test]
    fn who_keeps_us_waiting_is_closed_and_discord_is_not() {
        let check = |phase, proven, waited_s: u64, expected| {
            let seen = Seen { phase, proven, since_ms: 5_000 };
            assert_eq!(seen.is_overdue(5_000 + waited_s * 1000, &LIMITS), expected, "{seen:?} for {waited_s} s");
        };
        check(Phase::Waits, false, 10, false);
        check(Phase::Waits, false, 11, true);
        check(Phase::Waits, true, 89, false);
        check(Phase::Waits, true, 91, true);
        check(Phase::Unverified, true, 11, true);
        check(Phase::Verified, true, 1000, false);
    }

    #[tokio::test]
    async fn where_there_is_no_room_the_one_that_can_be_spared_goes() {
        let connections = Connections {
            started: Instant::now(),
            limits: LIMITS,
            next: AtomicU64::new(0),
            open: Mutex::default(),
            stopping: AtomicBool::new(false),
        };
        let admit = || connections.admit().expect("there is room");
        let ((first, discord), (second, idle), (third, _)) = (admit(), admit(), admit());
        discord.mark_verified();
        idle.mark_verified();
        idle.set(Phase::Waits, 0);
        let open = || {
            let mut open: Vec<u64> = connections.open().keys().copied().collect();
            open.sort_unstable();
            open
        };
        // The one that has never shown who it is, though another has waited for longer.
        let (fourth, newest) = admit();
        assert_eq!(open(), [first, second, fourth]);
        newest.mark_verified();
        let (fifth, last) = admit();
        assert_eq!(open(), [first, fourth, fifth], "{third} was closed before");
        last.mark_verified();
        assert!(connections.admit().is_none(), "all work for Discord");
        connections.open().values().for_each(|connection| assert!(!connection.closed.load(Ordering::Relaxed)));
    }

    #[tokio::test]
    async fn visitors_of_pages_make_room_for_each_other_and_take_none_of_discords() {
        let connections = Connections {
            started: Instant::now(),
            limits: LIMITS,
            next: AtomicU64::new(0),
            open: Mutex::default(),
            stopping: AtomicBool::new(false),
        };
        let admit = || connections.admit().expect("there is room");
        let ((_, at_work), (_, idle)) = (admit(), admit());
        at_work.mark_verified();
        idle.mark_verified();
        idle.set(Phase::Waits, 0);
        let mut last = None;
        for _ in 0..20 {
            let (_, visitor) = admit();
            visitor.set(Phase::Unverified, connections.now_ms());
            if let Some(before) = last.replace(visitor) {
                assert!(before.closed.load(Ordering::Relaxed), "the visitor before gives way");
            }
        }
        assert!(!at_work.closed.load(Ordering::Relaxed) && !idle.closed.load(Ordering::Relaxed));
    }
}
