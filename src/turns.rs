//! Whose deferred work is done next: a few at once, and no server all of them.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

/// What a process works on at once, and how much of that for one server. Work mostly waits for Discord, whose limits for a
/// server are below what these make of it.
const AT_ONCE: usize = 24;
/// The part of one server.
pub const PER_GUILD: usize = 4;

/// What takes long does not count among these any more, so that a few servers in trouble do not use up all turns; then this
/// many are the most there are.
const AT_MOST: usize = 512;

/// Turns of deferred work in this process.
#[derive(Debug, Default)]
pub struct Turns(Mutex<Queue>);

#[derive(Debug, Default)]
struct Queue {
    /// Turns that are taken, by server.
    taken: HashMap<Id<GuildMarker>, usize>,
    /// How many of them take long.
    slow: usize,
    waiting: VecDeque<(Id<GuildMarker>, oneshot::Sender<()>)>,
}

impl Queue {
    fn count_all(&self) -> usize {
        self.taken.values().sum()
    }

    fn count_of(&self, guild: Id<GuildMarker>) -> usize {
        self.taken.get(&guild).copied().unwrap_or(0)
    }

    fn may_begin(&self, guild: Id<GuildMarker>) -> bool {
        self.count_all() - self.slow < AT_ONCE && self.count_all() < AT_MOST && self.count_of(guild) < PER_GUILD
    }

    fn give_back(&mut self, guild: Id<GuildMarker>) {
        if let Some(taken) = self.taken.get_mut(&guild) {
            *taken -= 1;
            if *taken == 0 {
                self.taken.remove(&guild);
            }
        }
        self.call_next();
    }

    /// Calls who is next: of those whose server has the fewest turns the one that waits longest.
    fn call_next(&mut self) {
        loop {
            let next = self.waiting.iter().enumerate().filter(|(_, (guild, _))| self.may_begin(*guild));
            let Some((at, _)) = next.min_by_key(|(at, (guild, _))| (self.count_of(*guild), *at)) else { return };
            let Some((guild, called)) = self.waiting.remove(at) else { return };
            // Who has gone meanwhile takes no turn.
            if called.send(()).is_ok() {
                *self.taken.entry(guild).or_default() += 1;
            }
        }
    }
}

/// A turn, until it is dropped.
#[derive(Debug)]
pub struct Turn<'a> {
    turns: &'a Turns,
    guild: Id<GuildMarker>,
    is_slow: bool,
}

impl Turn<'_> {
    /// Lets somebody else begin: what this is for takes long. It still counts for its server.
    pub fn takes_long(&mut self) {
        if !std::mem::replace(&mut self.is_slow, true) {
            let mut queue = self.turns.queue();
            queue.slow += 1;
            queue.call_next();
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut queue = self.turns.queue();
        queue.slow -= usize::from(self.is_slow);
        queue.give_back(self.guild);
    }
}

impl Turns {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        let room =
            AT_ONCE.saturating_sub(queue.count_all() - queue.slow).min(AT_MOST.saturating_sub(queue.count_all()));
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

    /// Waits for a turn of `guild`.
    pub async fn wait_for_turn(&self, guild: Id<GuildMarker>) -> Turn<'_> {
        let (sender, called) = oneshot::channel();
        let mut waits = Waits { turns: self, guild, called };
        {
            let mut queue = self.queue();
            queue.waiting.push_back((guild, sender));
            queue.call_next();
        }
        // Nobody drops a sender that was not used, so this ends only when somebody calls.
        let _ = (&mut waits.called).await;
        Turn { turns: self, guild, is_slow: false }
    }
}

/// Somebody in the queue.
struct Waits<'a> {
    turns: &'a Turns,
    guild: Id<GuildMarker>,
    called: oneshot::Receiver<()>,
}

impl Drop for Waits<'_> {
    /// Who goes away in the very moment in which they are called gives the turn back.
    fn drop(&mut self) {
        let mut queue = self.turns.queue();
        self.called.close();
        if self.called.try_recv().is_ok() {
            queue.give_back(self.guild);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_server_with_much_to_do_leaves_room_for_the_others() {
        let turns = Turns::default();
        let (busy, quiet) = (Id::new(1), Id::new(2));
        let mut taken: Vec<_> =
            (0..PER_GUILD).map(|_| turns.wait_for_turn(busy).now_or_never().expect("there is room")).collect();
        let mut waits: Vec<_> = (0..50).map(|_| Box::pin(turns.wait_for_turn(busy))).collect();
        assert!(waits.iter_mut().all(|turn| turn.now_or_never().is_none()), "it has as many as it may");
        assert!(turns.wait_for_turn(quiet).now_or_never().is_some(), "another does not wait behind it");
        assert_eq!(
            (turns.count_free(), turns.full_guilds()),
            (AT_ONCE - PER_GUILD, vec![busy]),
            "others' are looked for meanwhile"
        );
        taken.pop();
        let begun: Vec<Turn<'_>> = waits.iter_mut().filter_map(|turn| turn.now_or_never()).collect();
        assert_eq!(begun.len(), 1, "one that ends lets one begin");
    }

    #[test]
    fn what_takes_long_keeps_nobody_else_from_beginning() {
        let turns = Turns::default();
        let take = |guild| turns.wait_for_turn(Id::new(guild)).now_or_never();
        let mut taken: Vec<_> = (0..AT_ONCE as u64).map(|nth| take(1 + nth / 4).expect("there is room")).collect();
        assert!(take(99).is_none());
        taken.iter_mut().for_each(Turn::takes_long);
        assert!(take(99).is_some());
        assert!(take(1).is_none(), "its server has as many as before");
        drop(taken);
        assert_eq!((turns.count_free(), turns.full_guilds()), (AT_ONCE, Vec::new()));
    }

    #[test]
    fn the_server_with_the_fewest_is_next_and_who_went_away_takes_none() {
        let turns = Turns::default();
        let guild = Id::new;
        let mut taken: Vec<_> = (0..AT_ONCE)
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
}
