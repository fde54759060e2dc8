//! Bodies that are being read and are not verified yet, with one budget in bytes for all of them.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body::Body;
use tokio::sync::Notify;

/// Bodies longer than this are refused unread, in bytes.
///
/// Discord documents no limit. The most that it sends is an interaction on a message: 4,000 characters of text, as many of
/// a message that it forwards, 6,000 of boxes, ten files with descriptions, 40 components, and each user that it mentions
/// or that a menu chose. In UTF-8, as Discord writes it, that is less than 450 KiB; a form of five inputs with 4,000
/// characters each is 80 KiB, and what is seen in practice 2 to 30.
pub const MAX_BODY: usize = 512 * 1024;

/// All bodies that are not verified yet may take so many bytes together: five hundred of the usual ones.
const BUDGET: usize = 4 * 1024 * 1024;

/// Discord sends a body at once; who takes longer is given up.
const TIME: Duration = Duration::from_secs(3);

/// Who has taken so long is the first to go when there is no room.
const SLOW: Duration = Duration::from_millis(500);

/// Bytes that are made ready before any has arrived.
const FIRST: usize = 4 * 1024;

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is longer than [`MAX_BODY`].
    TooLarge,
    /// It did not arrive in time.
    TooSlow,
    /// There is no room for it now.
    Crowded,
    /// The connection broke.
    Broken,
}

impl Refused {
    /// For metrics.
    pub fn name(self) -> &'static str {
        match self {
            Refused::TooLarge => "large",
            Refused::TooSlow => "slow",
            Refused::Crowded => "crowded",
            Refused::Broken => "broken",
        }
    }
}

/// The budget, and who uses it.
#[derive(Debug, Default)]
pub struct Bodies(Mutex<Ledger>);

/// Who has charged how much.
#[derive(Debug, Default)]
struct Ledger {
    used: usize,
    next: u64,
    /// In the order in which they began.
    readers: BTreeMap<u64, Reader>,
}

#[derive(Debug)]
struct Reader {
    began: Instant,
    bytes: usize,
    /// Told when it has to give way.
    gives_way: Arc<Notify>,
}

/// A body that is charged to the budget until this is dropped.
#[derive(Debug)]
pub struct Reading<'a> {
    bodies: &'a Bodies,
    id: u64,
    gives_way: Arc<Notify>,
}

impl Ledger {
    /// Charges `bytes` in all to `id`. Those who have to give way for that are told so and charged no longer.
    ///
    /// Who is slow gives way first, the oldest before others; then who holds most, which may be `id` itself.
    fn charge(&mut self, id: u64, bytes: usize, budget: usize, now: Instant) -> Result<(), Refused> {
        let Some(reader) = self.readers.get_mut(&id) else { return Err(Refused::Crowded) };
        self.used = self.used - reader.bytes + bytes;
        reader.bytes = bytes;
        while self.used > budget {
            let others = || self.readers.iter().filter(|(other, reader)| **other != id && reader.bytes > 0);
            let slow = others().find(|(_, reader)| now.duration_since(reader.began) >= SLOW);
            let largest = || others().rev().max_by_key(|(_, reader)| reader.bytes).filter(|(_, it)| it.bytes >= bytes);
            let gives_way = slow.or_else(largest).map_or(id, |(other, _)| *other);
            self.forget(gives_way);
            if gives_way == id {
                return Err(Refused::Crowded);
            }
        }
        Ok(())
    }

    fn forget(&mut self, id: u64) {
        if let Some(reader) = self.readers.remove(&id) {
            self.used -= reader.bytes;
            reader.gives_way.notify_one();
        }
    }
}

impl Bodies {
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) -> Reading<'_> {
        let mut ledger = self.ledger();
        let (id, gives_way) = (ledger.next, Arc::new(Notify::new()));
        ledger.next += 1;
        ledger.readers.insert(id, Reader { began: Instant::now(), bytes: 0, gives_way: Arc::clone(&gives_way) });
        Reading { bodies: self, id, gives_way }
    }

    /// How many bytes are charged now.
    pub fn used(&self) -> usize {
        self.ledger().used
    }

    /// Reads a body of `announced` bytes, if that was said, behind `before`. It stays charged until the second value is
    /// dropped.
    ///
    /// # Errors
    /// Why it was not read.
    pub async fn read<B>(
        &self,
        body: B,
        before: &str,
        announced: Option<usize>,
    ) -> Result<(Vec<u8>, Reading<'_>), Refused>
    where
        B: Body<Data = Bytes>,
    {
        if announced.is_some_and(|bytes| bytes > MAX_BODY) {
            return Err(Refused::TooLarge);
        }
        let reading = self.begin();
        let mut all = Vec::with_capacity(before.len() + announced.unwrap_or(FIRST).min(FIRST));
        all.extend_from_slice(before.as_bytes());
        reading.charge(all.capacity())?;
        let mut body = pin!(body);
        let whole = async {
            while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
                let Ok(data) = frame.map_err(|_| Refused::Broken)?.into_data() else { continue };
                if all.len() - before.len() + data.len() > MAX_BODY {
                    return Err(Refused::TooLarge);
                }
                all.reserve(data.len());
                reading.charge(all.capacity())?;
                all.extend_from_slice(&data);
            }
            Ok(())
        };
        tokio::select! {
            // Most are there at once, and then nothing else is asked.
            biased;
            read = whole => read?,
            () = reading.gives_way.notified() => return Err(Refused::Crowded),
            () = tokio::time::sleep(TIME) => return Err(Refused::TooSlow),
        }
        Ok((all, reading))
    }
}

impl Reading<'_> {
    fn charge(&self, bytes: usize) -> Result<(), Refused> {
        self.bodies.ledger().charge(self.id, bytes, BUDGET, Instant::now())
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.bodies.ledger().forget(self.id);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use http_body_util::BodyExt;

    use super::*;

    /// Readers that began so many milliseconds ago and hold so many bytes, then one that wants `bytes` of a budget of 100:
    /// who is left, and whether that is it too.
    fn check(readers: &[(u64, usize)], bytes: usize, expected: (&[u64], bool)) {
        let now = Instant::now() + Duration::from_secs(60);
        let mut ledger = Ledger::default();
        for (id, (age_ms, bytes)) in (0..).zip(readers) {
            let reader =
                Reader { began: now - Duration::from_millis(*age_ms), bytes: *bytes, gives_way: Arc::default() };
            ledger.used += reader.bytes;
            ledger.readers.insert(id, reader);
        }
        let newest = readers.len() as u64;
        ledger.readers.insert(newest, Reader { began: now, bytes: 0, gives_way: Arc::default() });
        let taken = ledger.charge(newest, bytes, 100, now).is_ok();
        let left: Vec<u64> = ledger.readers.keys().copied().filter(|id| *id != newest).collect();
        assert_eq!((&left[..], taken), expected, "{readers:?} and {bytes}");
        assert_eq!(ledger.used, ledger.readers.values().map(|reader| reader.bytes).sum::<usize>());
        assert!(ledger.used <= 100);
    }

    #[test]
    fn who_is_slow_gives_way_first_then_who_holds_most() {
        check(&[(0, 50), (0, 40)], 10, (&[0, 1], true));
        // The oldest of those that are slow, and no more than needed.
        check(&[(900, 30), (800, 30), (0, 40)], 30, (&[1, 2], true));
        check(&[(900, 30), (800, 30), (0, 40)], 60, (&[2], true));
        // Among the quick ones the largest, so that what is small is read whatever others do.
        check(&[(9, 20), (5, 70), (3, 10)], 5, (&[0, 2], true));
        check(&[(9, 50), (5, 50)], 50, (&[1], true));
        // It holds most itself.
        check(&[(9, 40), (5, 40)], 60, (&[0, 1], false));
        // Who waits without having sent anything holds nothing.
        check(&[(900, 0), (0, 100)], 10, (&[0], true));
    }

    #[tokio::test]
    async fn what_is_read_is_charged_until_it_is_checked() {
        let bodies = Bodies::default();
        let body = http_body_util::Full::new(Bytes::from_static(b"body"));
        let (read, reading) = bodies.read(body, "12", Some(4)).await.expect("it fits");
        assert_eq!((read.as_slice(), bodies.used() >= 6), (&b"12body"[..], true));
        drop(reading);
        assert_eq!(bodies.used(), 0);
    }

    #[tokio::test]
    async fn who_goes_away_or_sends_too_much_is_charged_nothing() {
        let bodies = Bodies::default();
        let never = http_body_util::Empty::new().with_trailers(std::future::pending());
        assert!(bodies.read(never, "before", None).now_or_never().is_none(), "it waits");
        assert_eq!(bodies.used(), 0);
        let long = http_body_util::Full::new(Bytes::from(vec![0; MAX_BODY + 1]));
        assert_eq!(bodies.read(long, "", None).await.err(), Some(Refused::TooLarge));
        assert_eq!(bodies.used(), 0);
    }
}
