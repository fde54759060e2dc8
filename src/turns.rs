//! Whose turn is next: a few at once, and nobody has all of them. A server's deferred work takes turns,
//! the pages of a browser, and the programs of a server.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

/// What a process works on at once, and how much of that for one server. Work mostly waits for Discord, whose limits for a
/// server are below what these make of it.
const WORK: Limits = Limits { at_once: 24, of_one: PER_GUILD, at_most: 512, waiting: usize::MAX };
/// The part of one server.
pub const PER_GUILD: usize = 4;

/// How many pages a process makes at once. A page asks the database for some milliseconds and Discord now and then, and a person
/// is logged in with a few browsers, which opens one after another.
const PAGES: Limits = Limits { at_once: 16, of_one: 1, at_most: 16, waiting: 8 };

/// How many servers are looked at in the background because somebody there looks. Each has one look, and one that comes after it.
const LOOKS: Limits = Limits { at_once: 8, of_one: 1, at_most: 8, waiting: 1 };

/// How many requests of programs are answered at once, and of one server: they share a few connections to the database with what
/// the bot does by itself.
const PROGRAMS: Limits = Limits { at_once: 8, of_one: 2, at_most: 8, waiting: 32 };

/// How many tables are written to programs and browsers at once, one of a server. Those who take theirs slowly do not count among them:
/// little of the table is in memory, and no connection waits for them.
const TABLES: Limits = Limits { at_once: 4, of_one: 1, at_most: 64, waiting: 0 };

/// How many turns there are.
#[derive(Clone, Copy, Debug)]
struct Limits {
    at_once: usize,
    /// The part of one of those who take turns.
    of_one: usize,
    /// What takes long does not count among those at once any more, so that a few in trouble do not use up all turns; then this many
    /// are the most there are.
    at_most: usize,
    /// How many of one wait.
    waiting: usize,
}

/// Turns in this process, taken by whoever has a `K`.
#[derive(Debug)]
pub struct Turns<K>(Mutex<Queue<K>>);

#[derive(Debug)]
struct Queue<K> {
    limits: Limits,
    /// Turns that are taken, by whom.
    taken: HashMap<K, usize>,
    /// How many of them take long.
    slow: usize,
    waiting: VecDeque<(K, oneshot::Sender<()>)>,
}

impl<K: Copy + Eq + Hash> Queue<K> {
    fn count_all(&self) -> usize {
        self.taken.values().sum()
    }

    fn count_of(&self, whose: K) -> usize {
        self.taken.get(&whose).copied().unwrap_or(0)
    }

    fn may_begin(&self, whose: K) -> bool {
        let Limits { at_once, of_one, at_most, .. } = self.limits;
        self.count_all() - self.slow < at_once && self.count_all() < at_most && self.count_of(whose) < of_one
    }

    fn give_back(&mut self, whose: K) {
        if let Some(taken) = self.taken.get_mut(&whose) {
            *taken -= 1;
            if *taken == 0 {
                self.taken.remove(&whose);
            }
        }
        self.call_next();
    }

    /// Calls who is next: of those who have the fewest turns the one that waits longest.
    fn call_next(&mut self) {
        loop {
            let next = self.waiting.iter().enumerate().filter(|(_, (whose, _))| self.may_begin(*whose));
            let Some((at, _)) = next.min_by_key(|(at, (whose, _))| (self.count_of(*whose), *at)) else { return };
            let Some((whose, called)) = self.waiting.remove(at) else { return };
            // Who has gone meanwhile takes no turn.
            if called.send(()).is_ok() {
                *self.taken.entry(whose).or_default() += 1;
            }
        }
    }
}

/// The turns of which one was taken: whoever holds that longer than a call keeps them.
#[derive(Debug)]
enum Whose<'a, K> {
    Lent(&'a Turns<K>),
    Kept(Arc<Turns<K>>),
}

impl<K> Deref for Whose<'_, K> {
    type Target = Turns<K>;

    fn deref(&self) -> &Turns<K> {
        match self {
            Whose::Lent(turns) => turns,
            Whose::Kept(turns) => turns,
        }
    }
}

/// A turn, until it is dropped.
#[derive(Debug)]
pub struct Turn<'a, K: Copy + Eq + Hash> {
    turns: Whose<'a, K>,
    whose: K,
    is_slow: bool,
}

impl<K: Copy + Eq + Hash> Turn<'_, K> {
    /// Lets somebody else begin: what this is for takes long. It still counts for whose it is.
    pub fn takes_long(&mut self) {
        if !std::mem::replace(&mut self.is_slow, true) {
            let mut queue = self.turns.queue();
            queue.slow += 1;
            queue.call_next();
        }
    }
}

impl<K: Copy + Eq + Hash> Drop for Turn<'_, K> {
    fn drop(&mut self) {
        let mut queue = self.turns.queue();
        queue.slow -= usize::from(self.is_slow);
        queue.give_back(self.whose);
    }
}

impl Turns<Id<GuildMarker>> {
    /// Those of deferred work, which servers take.
    pub fn of_work() -> Turns<Id<GuildMarker>> {
        Turns::new(WORK)
    }

    /// How many more could begin now, of servers that are not [`Turns::full_guilds`].
    pub fn count_free(&self) -> usize {
        let queue = self.queue();
        let mut next = HashMap::<_, usize>::new();
        for (guild, _) in &queue.waiting {
            *next.entry(*guild).or_default() += 1;
        }
        // Who waits behind others of their server takes nobody's place.
        let next: usize =
            next.into_iter().map(|(guild, waiting)| waiting.min(PER_GUILD.saturating_sub(queue.count_of(guild)))).sum();
        let room = WORK
            .at_once
            .saturating_sub(queue.count_all() - queue.slow)
            .min(WORK.at_most.saturating_sub(queue.count_all()));
        room.saturating_sub(next)
    }

    /// Servers with as many turns, taken or waited for, as they may have at once.
    pub fn full_guilds(&self) -> Vec<Id<GuildMarker>> {
        let queue = self.queue();
        let mut all = queue.taken.clone();
        for (guild, _) in &queue.waiting {
            *all.entry(*guild).or_default() += 1;
        }
        all.into_iter().filter(|(_, turns)| *turns >= PER_GUILD).map(|(guild, _)| guild).collect()
    }
}

impl<K: Copy + Eq + Hash> Turns<K> {
    /// Those of pages, which browsers take.
    pub fn of_pages() -> Turns<K> {
        Turns::new(PAGES)
    }

    /// Those of looks in the background, which cron takes anyhow.
    pub fn of_looks() -> Turns<K> {
        Turns::new(LOOKS)
    }

    /// Those of requests of programs, which servers take.
    pub fn of_programs() -> Turns<K> {
        Turns::new(PROGRAMS)
    }

    /// Those of tables that programs and browsers are sent, which servers take.
    pub fn of_tables() -> Turns<K> {
        Turns::new(TABLES)
    }

    fn new(limits: Limits) -> Turns<K> {
        Turns(Mutex::new(Queue { limits, taken: HashMap::new(), slow: 0, waiting: VecDeque::new() }))
    }

    fn queue(&self) -> MutexGuard<'_, Queue<K>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether as many turns of `whose` are waited for as may be.
    pub fn is_crowded(&self, whose: K) -> bool {
        let queue = self.queue();
        // Who has gone waits no more.
        let waits = |(waits, called): &&(K, oneshot::Sender<()>)| *waits == whose && !called.is_closed();
        queue.waiting.iter().filter(waits).count() >= queue.limits.waiting
    }

    /// A turn, if there is one now and nobody waits for it.
    pub fn turn_now(self: &Arc<Self>, whose: K) -> Option<Turn<'static, K>> {
        let mut queue = self.queue();
        let is_free = queue.waiting.is_empty() && queue.may_begin(whose);
        is_free.then(|| {
            *queue.taken.entry(whose).or_default() += 1;
            Turn { turns: Whose::Kept(Arc::clone(self)), whose, is_slow: false }
        })
    }

    /// Waits for a turn.
    pub async fn wait_for_turn(&self, whose: K) -> Turn<'_, K> {
        let (sender, called) = oneshot::channel();
        let mut waits = Waits { turns: self, whose, called };
        {
            let mut queue = self.queue();
            queue.waiting.push_back((whose, sender));
            queue.call_next();
        }
        // Nobody drops a sender that was not used, so this ends only when somebody calls.
        let _ = (&mut waits.called).await;
        Turn { turns: Whose::Lent(self), whose, is_slow: false }
    }
}

/// Somebody in the queue.
struct Waits<'a, K: Copy + Eq + Hash> {
    turns: &'a Turns<K>,
    whose: K,
    called: oneshot::Receiver<()>,
}

impl<K: Copy + Eq + Hash> Drop for Waits<'_, K> {
    /// Who goes away in the very moment in which they are called gives the turn back.
    fn drop(&mut self) {
        let mut queue = self.turns.queue();
        self.called.close();
        if self.called.try_recv().is_ok() {
            queue.give_back(self.whose);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_server_with_much_to_do_leaves_room_for_the_others() {
        let turns = Turns::of_work();
        let (busy, quiet) = (Id::new(1), Id::new(2));
        let mut taken: Vec<_> =
            (0..PER_GUILD).map(|_| turns.wait_for_turn(busy).now_or_never().expect("there is room")).collect();
        let mut waits: Vec<_> = (0..50).map(|_| Box::pin(turns.wait_for_turn(busy))).collect();
        assert!(waits.iter_mut().all(|turn| turn.now_or_never().is_none()), "it has as many as it may");
        assert!(turns.wait_for_turn(quiet).now_or_never().is_some(), "another does not wait behind it");
        assert_eq!(
            (turns.count_free(), turns.full_guilds()),
            (WORK.at_once - PER_GUILD, vec![busy]),
            "others' are looked for meanwhile"
        );
        taken.pop();
        let begun: Vec<Turn<'_, _>> = waits.iter_mut().filter_map(|turn| turn.now_or_never()).collect();
        assert_eq!(begun.len(), 1, "one that ends lets one begin");
    }

    #[test]
    fn what_takes_long_keeps_nobody_else_from_beginning() {
        let turns = Turns::of_work();
        let take = |guild| turns.wait_for_turn(Id::new(guild)).now_or_never();
        let mut taken: Vec<_> = (0..WORK.at_once as u64).map(|nth| take(1 + nth / 4).expect("there is room")).collect();
        assert!(take(99).is_none());
        taken.iter_mut().for_each(Turn::takes_long);
        assert!(take(99).is_some());
        assert!(take(1).is_none(), "its server has as many as before");
        drop(taken);
        assert_eq!((turns.count_free(), turns.full_guilds()), (WORK.at_once, Vec::new()));
    }

    #[test]
    fn programs_that_take_their_tables_slowly_keep_no_other_from_one() {
        let turns = Arc::new(Turns::of_tables());
        let mut taken: Vec<_> = (0..TABLES.at_once).map(|nth| turns.turn_now(nth).expect("there is room")).collect();
        assert!(turns.turn_now(99).is_none());
        taken.iter_mut().for_each(Turn::takes_long);
        assert!(turns.turn_now(0).is_none(), "a server has one");
        assert!(turns.turn_now(99).is_some());
        let mut slow: Vec<_> = (TABLES.at_once..TABLES.at_most)
            .map(|nth| {
                let mut turn = turns.turn_now(nth).expect("there is room");
                turn.takes_long();
                turn
            })
            .collect();
        assert!(turns.turn_now(99).is_none(), "but for so many that they would be too much");
        slow.pop();
        assert!(turns.turn_now(99).is_some());
    }

    #[test]
    fn the_server_with_the_fewest_is_next_and_who_went_away_takes_none() {
        let turns = Turns::of_work();
        let guild = Id::new;
        let mut taken: Vec<_> = (0..WORK.at_once)
            .map(|nth| {
                turns.wait_for_turn(guild(1 + nth as u64 / PER_GUILD as u64)).now_or_never().expect("there is room")
            })
            .collect();
        let mut gone = Box::pin(turns.wait_for_turn(guild(98)));
        let (mut late, mut first) = (Box::pin(turns.wait_for_turn(guild(99))), Box::pin(turns.wait_for_turn(guild(1))));
        assert!((&mut gone).now_or_never().is_none());
        assert!((&mut first).now_or_never().is_none() && (&mut late).now_or_never().is_none());
        drop(gone);
        // One of the first server's ends; the other has none yet.
        drop(taken.remove(0));
        assert!((&mut late).now_or_never().is_some());
        assert!((&mut first).now_or_never().is_some(), "the turn that was looked at and dropped is free again");
    }

    #[test]
    fn one_browser_has_a_part_of_the_pages_and_does_not_wait_for_more_and_more() {
        let (turns, eager, other) = (Turns::of_pages(), 1, 2);
        let begun: Vec<_> = (0..PAGES.of_one).filter_map(|_| turns.wait_for_turn(eager).now_or_never()).collect();
        assert_eq!(begun.len(), PAGES.of_one);
        let mut waits: Vec<_> = (0..PAGES.waiting).map(|_| Box::pin(turns.wait_for_turn(eager))).collect();
        assert!(!turns.is_crowded(eager));
        assert!(waits.iter_mut().all(|turn| turn.now_or_never().is_none()));
        assert!(turns.is_crowded(eager) && !turns.is_crowded(other));
        waits.pop();
        assert!(!turns.is_crowded(eager), "who has gone waits no more");
        assert!(turns.wait_for_turn(other).now_or_never().is_some());
        drop(begun);
        assert!(!turns.is_crowded(eager));
    }
}
