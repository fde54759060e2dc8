//! The processes that use the bot's token, how they share what Discord allows them together, and when jobs last ended.
//!
//! Discord counts the calls of all instances as one bot's. Each has a row that it renews every [`BEAT`], under a lock, with
//! how much it wants and how much nobody else may take. An instance grows only by what is left, so what all have is never
//! more than there is; it takes less at once, and lets go of the rest one beat later, when its last calls have been counted.

mod passes;
mod store;

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use anyhow::Context;
use sqlx::PgPool;

pub use passes::Pass;
pub use store::{Living, Unfinished, list_living, list_passes, list_unfinished, note_pass};

/// How often an instance renews its row. It must be more than the second over which Discord counts, and the time that calls
/// travel.
pub const BEAT: Duration = Duration::from_secs(2);

/// How long a share may be used after the beat that gave it. It ends before [`LOST`], when others take it.
pub const KEPT: Duration = Duration::from_secs(6);

/// An instance that was silent for so long has died.
const LOST: Duration = Duration::from_secs(9);

/// A beat that takes longer has failed.
const BEAT_TIME: Duration = Duration::from_millis(1500);

/// What an instance has although it wants nothing, so that what comes suddenly finds a little at once.
const LEAST_WANTED: u32 = 3;

/// What an instance has said in its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// Calls a second that it would make.
    pub wanted: u32,
    /// Calls a second that nobody else may make.
    pub claimed: u32,
}

/// This process among the others.
#[derive(Debug)]
pub struct Instance {
    id: i64,
    share: u32,
    wanted: u32,
    last_beat: Instant,
}

impl Default for Instance {
    fn default() -> Instance {
        Instance::new()
    }
}

impl Instance {
    /// An instance of which nobody has heard.
    pub fn new() -> Instance {
        // The hasher's keys are random, which is all that is needed.
        let id = RandomState::new().hash_one(()).cast_signed();
        Instance { id, share: 0, wanted: 0, last_beat: Instant::now() }
    }

    /// Says that it lives, after `came` more calls and with `waiting` ones that wait; returns its share of `total` calls a
    /// second, to be used for [`KEPT`].
    ///
    /// # Errors
    /// If the database does not answer soon.
    pub async fn renew_share(&mut self, db: &PgPool, total: u32, came: u32, waiting: u32) -> anyhow::Result<u32> {
        let seconds = self.last_beat.elapsed().max(BEAT).as_secs_f64();
        self.last_beat = Instant::now();
        // Less is wanted by and by: a rush has pauses.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A float becomes the nearest number.
        let wanted = (f64::from(came) / seconds).ceil() as u32;
        self.wanted = wanted.saturating_add(waiting).max(self.wanted / 2);
        let beating = tokio::time::timeout(BEAT_TIME, self.renew(db, total)).await;
        beating.context("the database is slow")?
    }

    async fn renew(&mut self, db: &PgPool, total: u32) -> anyhow::Result<u32> {
        let mut tx = db.begin().await?;
        store::lock(&mut tx).await.context("wait for the other instances")?;
        let others = store::list_others(&mut *tx, self, LOST.as_secs_f64()).await?;
        let (share, claimed) = divide(total, self.share, self.wanted, &others);
        store::upsert(&mut *tx, self, Claim { wanted: self.wanted, claimed }, LOST.as_secs_f64()).await?;
        tx.commit().await?;
        self.share = share;
        Ok(share)
    }

    /// Gives the share to the others.
    ///
    /// # Errors
    /// If the database does not answer soon; it is free anyhow after some seconds.
    pub async fn give_up_share(&mut self, db: &PgPool) -> anyhow::Result<()> {
        tokio::time::timeout(BEAT_TIME, store::delete(db, self)).await.context("the database is slow")??;
        Ok(())
    }
}

/// What an instance may use that has used `held` until now, and what it claims, so that all claims are `total` at most.
///
/// What it used until now is claimed once more, as its last calls may be counted only after others have grown.
fn divide(total: u32, held: u32, wanted: u32, others: &[Claim]) -> (u32, u32) {
    let wants: Vec<u32> = others.iter().map(|other| other.wanted).collect();
    let free = others.iter().fold(total, |free, other| free.saturating_sub(other.claimed));
    // One at least: whoever comes last waits for the others to let go, and must not stand still meanwhile.
    let share = share(total, wanted, &wants).min(free).max(1);
    (share, share.max(held.min(free)))
}

/// How much of `total` one has who wants `own` while others want `others`.
///
/// Who wants little gets it, and those that want more share the rest evenly. What nobody wants is divided too, as if there
/// were one more: an instance that starts finds something at once.
fn share(total: u32, own: u32, others: &[u32]) -> u32 {
    let own = own.max(LEAST_WANTED);
    let mut all: Vec<u32> = others.iter().map(|wanted| (*wanted).max(LEAST_WANTED)).chain([own]).collect();
    all.sort_unstable();
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let (mut left, mut among) = (total, count);
    for wanted in all {
        let even = left / among;
        if wanted > even {
            // So do all that follow.
            return own.min(even).max(1);
        }
        left -= wanted;
        among -= 1;
    }
    own + left / (count + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_shared_evenly() {
        let check = |own: u32, others: &[u32], expected: u32| {
            assert_eq!(share(45, own, others), expected, "{own} beside {others:?}");
        };
        check(0, &[], 24);
        check(45, &[], 45);
        check(500, &[], 45);
        check(0, &[0, 0], 12);
        check(0, &[500], 3);
        check(500, &[0], 42);
        check(500, &[500, 500], 15);
        check(500, &[5, 500], 20);
        check(5, &[500, 500], 5);
        check(10, &[10, 10], 13);
        check(500, &[500; 99], 1);
    }

    /// Some instances over the same rows: each beats at its own moments.
    struct Rows {
        claims: Vec<Claim>,
        shares: Vec<u32>,
    }

    impl Rows {
        fn new(count: usize) -> Rows {
            Rows { claims: vec![Claim::default(); count], shares: vec![0; count] }
        }

        fn beats(&mut self, nth: usize, wanted: u32) {
            let others: Vec<Claim> = (0..self.claims.len()).filter(|it| *it != nth).map(|it| self.claims[it]).collect();
            let (share, claimed) = divide(45, self.shares[nth], wanted, &others);
            self.claims[nth] = Claim { wanted, claimed };
            self.shares[nth] = share;
        }
    }

    #[test]
    fn a_rush_takes_what_others_do_not_need_and_gives_it_back() {
        let mut rows = Rows::new(3);
        let mut round = |wants: [u32; 3]| {
            (0..3).for_each(|nth| rows.beats(nth, wants[nth]));
            rows.shares.clone()
        };
        round([0; 3]);
        round([0; 3]);
        assert_eq!((0..3).map(|_| round([0; 3])).last(), Some(vec![12, 12, 12]));
        assert_eq!((0..3).map(|_| round([500, 0, 0])).last(), Some(vec![39, 3, 3]));
        assert_eq!((0..3).map(|_| round([500, 500, 500])).last(), Some(vec![15, 15, 15]));
        assert_eq!((0..3).map(|_| round([0, 0, 500])).last(), Some(vec![3, 3, 39]));
    }

    proptest::proptest! {
        #[test]
        fn together_they_never_have_more_than_there_is(
            beats in proptest::collection::vec((0..6_usize, 0..200_u32), 1..400),
        ) {
            let mut rows = Rows::new(6);
            for (nth, wanted) in beats {
                rows.beats(nth, wanted);
                let claimed: u32 = rows.claims.iter().map(|claim| claim.claimed).sum();
                // Whoever finds nothing left makes a call a second all the same; that is what the rest up to 50 is for.
                proptest::prop_assert!(claimed <= 45 + 5, "{:?}", rows.claims);
                proptest::prop_assert!(rows.claims[nth].claimed >= rows.shares[nth]);
            }
        }
    }
}
