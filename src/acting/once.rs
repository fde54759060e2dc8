//! What an origin was answered: what it does once more is neither done twice nor refused.

use anyhow::Context;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgExecutor;

use super::{Acting, store};
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

    /// What this origin was answered when it did a deed before.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn find_answer<A: DeserializeOwned>(
        &self,
        db: impl PgExecutor<'_>,
        deed: &str,
    ) -> anyhow::Result<Option<A>> {
        let Some(origin) = self.origin_key() else { return Ok(None) };
        let found = store::find_answer(db, self.guild, &origin, deed).await?;
        found.map(|answer| serde_json::from_value(answer.unwrap_or_default()).context("read an answer")).transpose()
    }
}
