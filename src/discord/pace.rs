//! Discord's limit over all routes: so many calls in any second, and this process's share of them.
//!
//! A call holds a slot until a second after its answer. When in between Discord counted it nobody can know, so that is what
//! keeps the limit exactly, however unevenly calls travel. Calls that find no slot wait, and guilds take turns: one guild's
//! rush costs another no more than a turn.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, oneshot};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

/// What Discord's limit is counted over.
const SECOND: Duration = Duration::from_secs(1);

/// A call that has no answer by then was counted long ago; a Discord that hangs must not keep slots for ever.
const LONGEST_TRAVEL: Duration = Duration::from_secs(2);

/// Lets calls pass as this process's share allows.
pub(super) struct Pace {
    state: Mutex<State>,
    /// The share changed, or a slot's end is known.
    changed: Notify,
}

struct State {
    slots: Slots,
    waiting: Turns<oneshot::Sender<u64>>,
    /// Calls that came since somebody asked.
    came: u32,
    /// Whether a task looks after those that wait.
    served: bool,
}

/// What was wanted lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Calls that came since the last look.
    pub came: u32,
    /// Calls that wait for a slot at this moment.
    pub waiting: u32,
}

/// A call's slot. Dropped when the answer is there.
pub(super) struct Slot {
    pace: Arc<Pace>,
    number: u64,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.pace.state().slots.answered(self.number, Instant::now());
        self.pace.changed.notify_one();
    }
}

impl Pace {
    /// Nobody has given it a share yet, so it takes `careful` ones.
    pub(super) fn new(careful: u32) -> Pace {
        let state = State { slots: Slots::new(careful), waiting: Turns::default(), came: 0, served: false };
        Pace { state: Mutex::new(state), changed: Notify::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while it holds this lock")
    }

    /// Calls a second that this process may make until `until`; from then on no more than careful ones.
    pub(super) fn set_share(&self, share: u32, until: Instant) {
        self.state().slots.given = Some((share, until));
        self.changed.notify_one();
    }

    pub(super) fn share(&self) -> u32 {
        self.state().slots.share(Instant::now())
    }

    pub(super) fn take_demand(&self) -> Demand {
        let mut state = self.state();
        let waiting = u32::try_from(state.waiting.len()).unwrap_or(u32::MAX);
        Demand { came: std::mem::take(&mut state.came), waiting }
    }

    /// Waits for a slot.
    pub(super) async fn wait_for_slot(self: &Arc<Self>, guild: Option<Id<GuildMarker>>) -> Slot {
        let (send, receive) = oneshot::channel();
        {
            let mut state = self.state();
            state.came = state.came.saturating_add(1);
            state.waiting.push(guild, send);
            state.hand_out_slots(Instant::now());
            if state.waiting.len() > 0 && !state.served {
                state.served = true;
                tokio::spawn(Arc::clone(self).hand_out_slots());
            }
        }
        let number = receive.await.expect("those that wait are served as long as anybody waits");
        Slot { pace: Arc::clone(self), number }
    }

    /// Gives slots to those that wait, until nobody does.
    async fn hand_out_slots(self: Arc<Self>) {
        loop {
            let free_at = {
                let (mut state, now) = (self.state(), Instant::now());
                state.hand_out_slots(now);
                if state.waiting.len() == 0 {
                    state.served = false;
                    return;
                }
                state.slots.free_at(now)
            };
            tokio::select! {
                () = tokio::time::sleep_until(free_at.into()) => {}
                () = self.changed.notified() => {}
            }
        }
    }
}

impl State {
    fn hand_out_slots(&mut self, now: Instant) {
        while self.slots.is_free(now) {
            let Some(waiting) = self.waiting.pop() else { return };
            // Whoever has given up makes no call.
            if !waiting.is_closed()
                && let Err(number) = waiting.send(self.slots.take(now))
            {
                self.slots.give_back(number);
            }
        }
    }
}

/// The slots that are held, and how many there may be.
struct Slots {
    careful: u32,
    /// How many there are, and until when.
    given: Option<(u32, Instant)>,
    held: Vec<(u64, Instant)>,
    next: u64,
}

impl Slots {
    fn new(careful: u32) -> Slots {
        Slots { careful, given: None, held: Vec::new(), next: 0 }
    }

    fn share(&self, now: Instant) -> u32 {
        match self.given {
            Some((share, until)) if now < until => share,
            Some((share, _)) => share.min(self.careful),
            None => self.careful,
        }
    }

    fn is_free(&mut self, now: Instant) -> bool {
        self.held.retain(|(_, until)| *until > now);
        self.held.len() < self.share(now) as usize
    }

    /// Takes a slot that is free, and returns its number.
    fn take(&mut self, now: Instant) -> u64 {
        self.next += 1;
        self.held.push((self.next, now + LONGEST_TRAVEL + SECOND));
        self.next
    }

    fn answered(&mut self, number: u64, now: Instant) {
        if let Some((_, until)) = self.held.iter_mut().find(|(held, _)| *held == number) {
            *until = (*until).min(now + SECOND);
        }
    }

    fn give_back(&mut self, number: u64) {
        self.held.retain(|(held, _)| *held != number);
    }

    /// When it is worth another look.
    fn free_at(&self, now: Instant) -> Instant {
        self.held.iter().map(|(_, until)| *until).min().unwrap_or(now + SECOND)
    }
}

/// Those that wait, by guild. What is about no guild has a turn like one.
struct Turns<T> {
    /// Each has somebody who waits.
    queues: HashMap<Option<Id<GuildMarker>>, VecDeque<T>>,
    /// Whose turn is next comes first.
    order: VecDeque<Option<Id<GuildMarker>>>,
    len: usize,
}

impl<T> Default for Turns<T> {
    fn default() -> Turns<T> {
        Turns { queues: HashMap::new(), order: VecDeque::new(), len: 0 }
    }
}

impl<T> Turns<T> {
    fn len(&self) -> usize {
        self.len
    }

    fn push(&mut self, guild: Option<Id<GuildMarker>>, item: T) {
        let queue = self.queues.entry(guild).or_default();
        if queue.is_empty() {
            self.order.push_back(guild);
        }
        queue.push_back(item);
        self.len += 1;
    }

    fn pop(&mut self) -> Option<T> {
        let guild = self.order.pop_front()?;
        let queue = self.queues.get_mut(&guild)?;
        let item = queue.pop_front()?;
        self.len -= 1;
        if queue.is_empty() {
            self.queues.remove(&guild);
        } else {
            self.order.push_back(guild);
        }
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_slot_is_free_a_second_after_its_answer() {
        let start = Instant::now();
        let mut slots = Slots::new(2);
        let first = slots.take(start);
        slots.take(start + ms(10));
        assert!(!slots.is_free(start + ms(900)));
        slots.answered(first, start + ms(100));
        assert_eq!(slots.free_at(start + ms(900)), start + ms(1100));
        assert!(!slots.is_free(start + ms(1099)));
        assert!(slots.is_free(start + ms(1100)));
        slots.take(start + ms(1100));
        // One that is never answered comes back too.
        assert!(!slots.is_free(start + ms(3009)));
        assert!(slots.is_free(start + ms(3010)));
    }

    #[test]
    fn a_share_that_is_not_renewed_becomes_a_careful_one() {
        let start = Instant::now();
        let mut slots = Slots::new(5);
        assert_eq!(slots.share(start), 5);
        for (given, later) in [(20, 5), (3, 3)] {
            slots.given = Some((given, start + ms(100)));
            assert_eq!([slots.share(start), slots.share(start + ms(100))], [given, later]);
        }
    }

    #[test]
    fn no_second_holds_more_calls_than_the_share_however_they_travel() {
        let start = Instant::now();
        let mut slots = Slots::new(10);
        let mut arrived = Vec::new();
        let mut answers: Vec<(u64, Instant)> = Vec::new();
        for tick in 0..20_000 {
            let now = start + ms(tick);
            answers.retain(|(number, at)| {
                if *at <= now {
                    slots.answered(*number, now);
                }
                *at > now
            });
            if slots.is_free(now) {
                let number = slots.take(now);
                // Some arrive at once, some late; the answer takes its time too.
                arrived.push(now + ms(number * 7919 % 400));
                answers.push((number, now + ms(400 + number * 104_729 % 300)));
            }
        }
        arrived.sort();
        assert!(arrived.len() > 100, "{}", arrived.len());
        assert!(arrived.windows(11).all(|calls| calls[10] - calls[0] > SECOND));
    }

    #[test]
    fn guilds_take_turns() {
        let mut turns = Turns::default();
        for (guild, item) in [(1, "a1"), (1, "a2"), (1, "a3"), (2, "b1"), (0, "none"), (2, "b2")] {
            turns.push(Id::new_checked(guild), item);
        }
        assert_eq!(turns.len(), 6);
        let order: Vec<&str> = std::iter::from_fn(|| turns.pop()).collect();
        assert_eq!(order, ["a1", "b1", "none", "a2", "b2", "a3"]);
        assert_eq!(turns.len(), 0);
    }
}
