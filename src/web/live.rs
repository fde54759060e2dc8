//! Pages hear that something changed, and fetch it anew: a stream of events (<https://html.spec.whatwg.org/#server-sent-events>) that
//! says when, and never what.
//!
//! Whoever listens is asked for again before each word and every half minute, by the same code that lets them in: what they may not
//! see any more they do not hear of.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use crate::changes::{Change, Heard, Listening};

/// Streams of this process, of one server, which has not the room of all, and of one person: a browser has six connections to a host,
/// and only the page that is looked at listens.
const MOST: usize = 256;
const MOST_OF_GUILD: usize = 64;
const MOST_OF_ONE: usize = 4;

/// Something is said so often at least: what stands between closes connections on which nothing comes.
const BEAT: Duration = Duration::from_secs(4);

/// Whoever listens is asked for so often, also if nothing happens.
const ASKED: Duration = Duration::from_secs(30);

/// Changes that come together are told together, and what comes soon after a word waits: each word makes a page be fetched.
const TOGETHER: Duration = Duration::from_millis(300);
const PAUSE: Duration = Duration::from_secs(2);

/// A stream is this long at most; browsers begin the next by themselves.
const LASTS: Duration = Duration::from_secs(900);

/// What a page looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Rows of this table.
    pub table: &'static str,
    /// One of them, or all.
    pub number: Option<i32>,
}

impl Watch {
    fn concerns(self, guild: Id<GuildMarker>, heard: &Heard) -> bool {
        match heard {
            Heard::Missed => true,
            Heard::Change(Change { guild: of, table, number }) => {
                *of == guild && **table == *self.table && self.number.is_none_or(|one| one == *number)
            }
        }
    }
}

/// Who listens in this process.
#[derive(Debug, Default)]
pub(super) struct Streams(Mutex<VecDeque<Open>>);

/// One of them.
#[derive(Debug)]
struct Open {
    id: u64,
    of: Whose,
    ended: CancellationToken,
}

/// Who listens, in which browser, and to which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Whose {
    pub(super) user: Id<UserMarker>,
    /// What their session is known by.
    pub(super) session: [u8; 32],
    pub(super) guild: Id<GuildMarker>,
}

impl Streams {
    fn all(&self) -> MutexGuard<'_, VecDeque<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Room for one more of somebody, in the place of their oldest if they have as many as they may; nothing if the server or the
    /// process has.
    fn begin(self: &Arc<Self>, whose: Whose) -> Option<Listener> {
        let mut all = self.all();
        let is_own = |open: &Open| open.of.user == whose.user;
        if all.iter().filter(|open| is_own(open)).count() >= MOST_OF_ONE
            && let Some(oldest) = all.iter().position(is_own)
            && let Some(open) = all.remove(oldest)
        {
            open.ended.cancel();
        }
        if all.len() >= MOST || all.iter().filter(|open| open.of.guild == whose.guild).count() >= MOST_OF_GUILD {
            return None;
        }
        let (id, ended) = (all.back().map_or(0, |last| last.id + 1), CancellationToken::new());
        all.push_back(Open { id, of: whose, ended: ended.clone() });
        Some(Listener { streams: Arc::clone(self), id, ended })
    }

    /// Ends those of somebody who logs out: of one session, or of all that they have.
    pub(super) fn end(&self, user: Id<UserMarker>, session: Option<[u8; 32]>) {
        let meant = |open: &&Open| open.of.user == user && session.is_none_or(|session| open.of.session == session);
        self.all().iter().filter(meant).for_each(|open| open.ended.cancel());
    }
}

/// One who listens, until it is dropped.
struct Listener {
    streams: Arc<Streams>,
    id: u64,
    ended: CancellationToken,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.streams.all().retain(|open| open.id != self.id);
    }
}

/// Whether whoever listens may still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum May {
    Yes,
    No,
    /// Nobody says just now; they come again.
    Unknown,
}

/// Asks for it.
pub(super) type Again = Box<dyn Fn() -> Pin<Box<dyn Future<Output = May> + Send>> + Send + Sync>;

/// What is told to whom.
pub(super) struct Telling {
    pub(super) watch: Watch,
    pub(super) whose: Whose,
    pub(super) changes: Listening,
    pub(super) again: Again,
    pub(super) stopping: CancellationToken,
}

/// A stream on its way.
struct Told {
    telling: Telling,
    listener: Listener,
    /// When something that was heard is told.
    due: Option<Instant>,
    /// When it may be told at the earliest.
    free: Instant,
    asked: Instant,
    until: Instant,
    is_begun: bool,
}

/// Tells a page of changes until it goes, may not hear of them any more, or too much time has passed.
pub(super) fn tell(streams: &Arc<Streams>, telling: Telling) -> Response {
    let Some(listener) = streams.begin(telling.whose) else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let now = Instant::now();
    let told = Told { telling, listener, due: None, free: now, asked: now, until: now + LASTS, is_begun: false };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        // nginx would wait for more (<https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering>).
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    let body = Body::from_stream(stream::unfold(Some(told), |told| async {
        let (text, told) = told?.next().await;
        Some((Ok::<_, Infallible>(Bytes::from_static(text.as_bytes())), told))
    }));
    (headers, body).into_response()
}

impl Told {
    /// The next word; nothing follows the last.
    async fn next(mut self) -> (&'static str, Option<Told>) {
        // A browser that has lost the stream comes again after a moment.
        if !std::mem::replace(&mut self.is_begun, true) {
            return ("retry: 5000\n\n", Some(self));
        }
        let beat = Instant::now() + BEAT;
        loop {
            let wake = self.due.unwrap_or(beat).min(self.until);
            tokio::select! {
                biased;
                // Whoever has begun another, or has logged out, does not come again by itself.
                () = self.listener.ended.cancelled() => return ("event: end\ndata:\n\n", None),
                () = self.telling.stopping.cancelled() => return (":\n\n", None),
                heard = self.telling.changes.next() => {
                    if self.telling.watch.concerns(self.telling.whose.guild, &heard) {
                        self.due.get_or_insert_with(|| (Instant::now() + TOGETHER).max(self.free));
                    }
                    continue;
                }
                () = sleep_until(wake) => {}
            }
            let now = Instant::now();
            if now >= self.until {
                return (":\n\n", None);
            }
            let is_due = self.due.take_if(|due| now >= *due).is_some();
            if is_due || now >= self.asked + ASKED {
                self.asked = now;
                match (self.telling.again)().await {
                    May::Yes => {}
                    May::No => return ("event: end\ndata:\n\n", None),
                    May::Unknown => return (":\n\n", None),
                }
            }
            if is_due {
                self.free = now + PAUSE;
                return ("event: changed\ndata:\n\n", Some(self));
            }
            if now >= beat {
                return (":\n\n", Some(self));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_all_the_room() {
        let streams = Arc::<Streams>::default();
        let of = |user: u64, guild: u64| Whose { user: Id::new(user), session: [1; 32], guild: Id::new(guild) };
        let (ann, bob) = (of(1, 7), of(2, 7));
        let hers: Vec<Listener> = (0..MOST_OF_ONE).map(|_| streams.begin(ann).expect("there is room")).collect();
        let his = streams.begin(bob).expect("there is room");
        let newest = streams.begin(ann).expect("in the place of her oldest");
        assert!(hers[0].ended.is_cancelled() && !hers[1].ended.is_cancelled());
        drop((hers, newest));
        assert_eq!(streams.all().len(), 1, "only his is left");
        let others: Vec<Listener> =
            (1..MOST_OF_GUILD).map(|at| streams.begin(of(at as u64 + 2, 7)).expect("room")).collect();
        assert!(streams.begin(ann).is_none(), "the server has as many as it may");
        let elsewhere: Vec<Listener> = (MOST_OF_GUILD..MOST)
            .map(|at| streams.begin(of(at as u64 + 2, 8 + at as u64 / 10)).expect("others have room"))
            .collect();
        assert!(streams.begin(of(1, 99)).is_none(), "the process has as many as it may");
        streams.end(bob.user, Some([2; 32]));
        assert!(!his.ended.is_cancelled(), "another browser's");
        streams.end(bob.user, Some(bob.session));
        assert!(his.ended.is_cancelled() && !others[0].ended.is_cancelled());
        streams.end(Id::new(3), None);
        assert!(others[0].ended.is_cancelled() && !elsewhere[0].ended.is_cancelled());
    }

    #[test]
    fn a_page_hears_of_what_it_looks_at() {
        let change = |guild: u64, table: &str, number| {
            Heard::Change(Change { guild: Id::new(guild), table: table.into(), number })
        };
        let (one, all) = (Watch { table: "ticket", number: Some(3) }, Watch { table: "ticket", number: None });
        for (heard, of_one, of_all) in [
            (change(7, "ticket", 3), true, true),
            (change(7, "ticket", 4), false, true),
            (change(8, "ticket", 3), false, false),
            (change(7, "reminder", 3), false, false),
            (Heard::Missed, true, true),
        ] {
            assert_eq!(
                (one.concerns(Id::new(7), &heard), all.concerns(Id::new(7), &heard)),
                (of_one, of_all),
                "{heard:?}"
            );
        }
    }
}
