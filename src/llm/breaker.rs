//! When a provider is not asked: it failed time after time, or too much is repeated already.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// After so many failures in a row the provider is left alone.
const FAILURES: u32 = 5;

/// For how long at first; each time that it still fails, twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(15);

/// The longest of these pauses: so long staff waits for a provider that works again.
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);

/// Models that are known apart. A guild may choose any, and beyond so many that of which was heard longest ago is forgotten.
const MOST_MODELS: usize = 64;

/// A breaker for each model, so that one that does not work keeps nobody from the others, and one for all: where there is no
/// server, there is no model.
#[derive(Debug, Default)]
pub(super) struct Breakers {
    server: Breaker,
    /// Those that were asked last stand last.
    models: Mutex<Vec<(String, Arc<Breaker>)>>,
}

impl Breakers {
    /// That of the server.
    pub(super) fn of_server(&self) -> &Breaker {
        &self.server
    }

    /// That of a model.
    pub(super) fn of(&self, model: &str) -> Arc<Breaker> {
        let mut models = self.models();
        let known = models.iter().position(|(name, _)| name == model).map(|at| models.remove(at));
        let known = known.unwrap_or_else(|| (model.to_owned(), Arc::default()));
        if models.len() >= MOST_MODELS {
            // Rather one that works, of which nothing is forgotten.
            let works = models.iter().position(|(_, breaker)| !breaker.is_open());
            models.remove(works.unwrap_or_default());
        }
        let breaker = Arc::clone(&known.1);
        models.push(known);
        breaker
    }

    /// Whether no calls are made for this model.
    pub(super) fn is_open(&self, model: &str) -> bool {
        let is_open = |(name, breaker): &(String, Arc<Breaker>)| name == model && breaker.is_open();
        self.server.is_open() || self.models().iter().any(is_open)
    }

    /// Whether no calls are made for any model.
    pub(super) fn is_any_open(&self) -> bool {
        self.server.is_open() || self.models().iter().any(|(_, breaker)| breaker.is_open())
    }

    fn models(&self) -> MutexGuard<'_, Vec<(String, Arc<Breaker>)>> {
        self.models.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens when the provider fails again and again; then one call finds out from time to time whether it works.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// In a row.
    failures: u32,
    open: Option<Open>,
    /// Whether a call is finding out.
    is_probing: bool,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    until: Instant,
    pause: Duration,
}

/// A call that may be made. Whoever drops it without a verdict lets another find out.
#[derive(Debug)]
pub(super) struct Pass<'a> {
    breaker: &'a Breaker,
    is_probe: bool,
}

impl Breaker {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether no calls are made.
    pub(super) fn is_open(&self) -> bool {
        self.state().open.is_some()
    }

    /// Lets a call pass; nothing if it must not be made.
    pub(super) fn admit(&self, now: Instant) -> Option<Pass<'_>> {
        let mut state = self.state();
        let is_probe = match state.open {
            None => false,
            Some(open) if now < open.until || state.is_probing => return None,
            Some(_) => true,
        };
        state.is_probing |= is_probe;
        Some(Pass { breaker: self, is_probe })
    }
}

impl Pass<'_> {
    /// The provider answered, whatever it said. Returns whether it had failed before.
    pub(super) fn answered(self) -> bool {
        let mut state = self.breaker.state();
        state.failures = 0;
        state.open.take().is_some()
    }

    /// The provider failed. Returns whether it is left alone from now on.
    pub(super) fn failed(self, now: Instant) -> bool {
        let mut state = self.breaker.state();
        state.failures = state.failures.saturating_add(1);
        let pause = match state.open {
            Some(open) if self.is_probe => (open.pause * 2).min(LONGEST_PAUSE),
            // A call that began before; the pause has begun with another's failure.
            Some(_) => return false,
            None if state.failures >= FAILURES => FIRST_PAUSE,
            None => return false,
        };
        state.open = Some(Open { until: now + pause, pause });
        true
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if self.is_probe {
            self.breaker.state().is_probing = false;
        }
    }
}

/// How often calls may be repeated: a bucket that answers fill, so that a provider in trouble is asked a tenth more and not
/// three times as much.
#[derive(Debug)]
pub(super) struct Repetitions(AtomicU32);

impl Repetitions {
    /// A tenth of a repetition for each answer.
    const ANSWER: u32 = 1;
    const REPETITION: u32 = 10;
    /// So many in a row.
    const FULL: u32 = 10 * Self::REPETITION;

    pub(super) fn full() -> Repetitions {
        Repetitions(AtomicU32::new(Self::FULL))
    }

    /// Takes one, if there is one.
    pub(super) fn take(&self) -> bool {
        let take = |left: u32| left.checked_sub(Self::REPETITION);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Counts an answer.
    pub(super) fn refill(&self) {
        let add = |left: u32| Some((left + Self::ANSWER).min(Self::FULL));
        // It always has a value, so this cannot fail.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fail(breaker: &Breaker, times: u32, now: Instant) {
        for _ in 0..times {
            breaker.admit(now).expect("it lets calls pass").failed(now);
        }
    }

    #[test]
    fn failures_in_a_row_open_it_and_an_answer_between_them_does_not() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        fail(&breaker, FAILURES - 1, now);
        assert!(!breaker.admit(now).unwrap().answered(), "it had not opened");
        fail(&breaker, FAILURES - 1, now);
        assert!(!breaker.is_open());
        assert!(breaker.admit(now).unwrap().failed(now), "the last opens it");
        assert!(breaker.admit(now).is_none());
        assert!(breaker.admit(now + FIRST_PAUSE - Duration::from_millis(1)).is_none());
    }

    #[test]
    fn one_call_finds_out_and_the_pause_grows_until_it_works() {
        let (breaker, mut now) = (Breaker::default(), Instant::now());
        fail(&breaker, FAILURES, now);
        for pause in [15, 30, 60, 120, 240, 300, 300].map(Duration::from_secs) {
            assert!(breaker.admit(now + pause - Duration::from_millis(1)).is_none(), "{pause:?}");
            now += pause;
            let probe = breaker.admit(now).expect("one finds out");
            assert!(breaker.admit(now).is_none(), "and no other meanwhile");
            assert!(probe.failed(now));
        }
        now += LONGEST_PAUSE;
        assert!(breaker.admit(now).unwrap().answered());
        let passes: Vec<_> = (0..9).map(|_| breaker.admit(now).expect("it is closed")).collect();
        drop(passes);
        fail(&breaker, FAILURES - 1, now);
        assert!(!breaker.is_open(), "it counts anew");
    }

    #[test]
    fn who_goes_away_while_finding_out_lets_another_do_it() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        fail(&breaker, FAILURES, now);
        let later = now + FIRST_PAUSE;
        drop(breaker.admit(later).expect("one finds out"));
        assert!(breaker.admit(later).is_some());
    }

    #[test]
    fn calls_that_began_before_it_opened_neither_lengthen_the_pause_nor_hide_an_answer() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        let (slow, slower) = (breaker.admit(now).unwrap(), breaker.admit(now).unwrap());
        fail(&breaker, FAILURES, now);
        assert!(!slow.failed(now + Duration::from_secs(14)));
        assert!(breaker.admit(now + FIRST_PAUSE).is_some());
        assert!(slower.answered(), "it works after all");
        assert!(!breaker.is_open());
    }

    #[test]
    fn models_are_known_apart_and_no_more_of_them_than_there_is_room_for() {
        let (breakers, now) = (Breakers::default(), Instant::now());
        fail(&breakers.of("broken"), FAILURES, now);
        assert!(breakers.is_open("broken") && !breakers.is_open("other") && breakers.is_any_open());
        (0..500).for_each(|nth| drop(breakers.of(&format!("model {nth}"))));
        assert_eq!(breakers.models().len(), MOST_MODELS);
        assert!(breakers.is_open("broken"), "those that work are forgotten first");
        (0..500).for_each(|nth| fail(&breakers.of(&format!("model {nth}")), FAILURES, now));
        assert_eq!(breakers.models().len(), MOST_MODELS);
        fail(breakers.of_server(), FAILURES, now);
        assert!(breakers.is_open("another"), "where there is no server, there is no model");
    }

    #[test]
    fn ten_repetitions_are_there_at_once_and_ten_answers_bring_one() {
        let repetitions = Repetitions::full();
        assert_eq!((0..20).filter(|_| repetitions.take()).count(), 10);
        (0..9).for_each(|_| repetitions.refill());
        assert!(!repetitions.take());
        repetitions.refill();
        assert!(repetitions.take() && !repetitions.take());
        (0..500).for_each(|_| repetitions.refill());
        assert_eq!((0..20).filter(|_| repetitions.take()).count(), 10, "no more are saved up");
    }
}
