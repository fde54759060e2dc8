//! What one origin asks for twice: it is done once, and the second time it is answered what it was answered first. That holds
//! also where it would be refused by now, since what it asked for is done.
//!
//! What is done in a transaction notes its answer there by [`Acting::record_once`]; what makes a row may keep the origin in
//! that instead. Either way [`answer_once`] says what is answered. What leaves a row is answered as that row is now; only of what
//! is gone, or stands in no row, is the answer itself kept.

use anyhow::Context;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use sha2::{Digest, Sha256};
use sqlx::PgExecutor;

use super::{Acting, Failure, store};
use crate::log_channel::Entry;

impl Acting {
    /// Puts on record, in the transaction that does it, that this origin has done a deed, what it is answered, and for the log
    /// channel what is done, as far as the guild wants to read it. `false` if it had done it before: then the transaction is
    /// given up, and [`Acting::find_answer`] tells what was answered. One who does it at this moment is waited for.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn record_once(
        &self,
        tx: impl PgExecutor<'_>,
        deed: &str,
        answer: &impl Serialize,
        entry: Option<&Entry>,
    ) -> anyhow::Result<bool> {
        let entry = entry.and_then(|entry| self.if_wanted(entry));
        let Some(origin) = self.origin_key() else {
            if let Some(entry) = entry {
                self.record(tx, entry).await?;
            }
            return Ok(true);
        };
        let answer = serde_json::to_value(answer).context("write an answer")?;
        let done = store::Done { guild: self.guild, origin: &origin, deed, answer, now: self.now };
        Ok(store::insert_answer(tx, done, self.feature(), entry).await?)
    }

    /// What this origin was answered when it did a deed before; nothing also if an older version kept what tells no answer.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_answer<A: DeserializeOwned>(
        &self,
        db: impl PgExecutor<'_>,
        deed: &str,
    ) -> anyhow::Result<Option<A>> {
        let Some(origin) = self.origin_key() else { return Ok(None) };
        let Some((number, answer)) = store::find_answer(db, self.guild, &origin, deed).await? else { return Ok(None) };
        // An older version kept nothing but to what it was done.
        Ok(serde_json::from_value(answer.unwrap_or_else(|| number.into())).ok())
    }

    /// Whether this origin has done a deed before, of which a row tells the answer.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn has_done(&self, db: impl PgExecutor<'_>, deed: &str) -> anyhow::Result<bool> {
        Ok(self.find_answer::<IgnoredAny>(db, deed).await?.is_some())
    }
}

/// What somebody asks for, so short that it fits into the name of a deed: the same values have the same one, others another. A
/// version in which a value has other parts does not know it again.
pub fn digest(asked: &impl Serialize) -> String {
    let asked = serde_json::to_vec(asked).expect("what is asked for has text keys and no failing parts");
    // Half of it tells any two apart, and the names of deeds stay short.
    hex::encode(&Sha256::digest(asked)[..16])
}

/// What is answered of something that an origin does once: what was done now, or, where that is refused or was done before,
/// what `before` finds of the first time. If it finds nothing, it is refused; where nobody said why, with `otherwise`.
///
/// Who may do it is checked outside of this, or by `before`: who may not hears nothing of it. So it is with a feature that was
/// switched off since: all that is asked of it is refused, also what it has done.
///
/// What was changed and is gone since is answered as it was when the answer was kept, or says by itself what it became. Not so
/// a reminder that was paused, or let speak again, and is deleted by now: what it says went with it, and the wish does not say
/// it; nor a change of a setting that the history has forgotten.
///
/// # Errors
/// Why it was not done, neither now nor before.
pub async fn answer_once<T, R>(
    done: Result<Option<T>, Failure<R>>,
    otherwise: R,
    before: impl Future<Output = Result<Option<T>, Failure<R>>>,
) -> Result<T, Failure<R>> {
    let refusal = match done {
        Ok(Some(done)) => return Ok(done),
        Ok(None) => otherwise,
        Err(Failure::Refused(refusal)) => refusal,
        Err(failure) => return Err(failure),
    };
    before.await?.ok_or(Failure::Refused(refusal))
}
