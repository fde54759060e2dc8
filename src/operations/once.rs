//! What one origin asks for twice: the second time it is answered what it was answered first, and nothing is done. That holds
//! also where it would be refused by now, since what it asked for is done.
//!
//! An operation notes its answer by `Acting::record_once` in the transaction that does it. What leaves a row is answered as
//! that row is now; only of what is gone, or stands in no row, is the answer itself kept.

use serde::de::DeserializeOwned;

use crate::acting::{Acting, Failure};
use crate::app::App;

/// What became of something that is done once.
pub(super) enum Once<T, A> {
    /// It was done.
    Now(T),
    /// The same origin has done it before, and was answered this.
    Before(A),
}

/// Waits for `work`, which answers nothing if it finds that its origin has done the deed before. Where it is refused, the
/// origin may have done it too.
pub(super) async fn once<T, A: DeserializeOwned, R>(
    app: &App,
    acting: &Acting,
    deed: &str,
    work: impl Future<Output = Result<Option<T>, Failure<R>>>,
) -> Result<Once<T, A>, Failure<R>> {
    let refused = match work.await {
        Ok(Some(done)) => return Ok(Once::Now(done)),
        Ok(None) => None,
        Err(Failure::Refused(refusal)) => Some(Failure::Refused(refusal)),
        Err(failure) => return Err(failure),
    };
    match (acting.find_answer(&app.db, deed).await?, refused) {
        (Some(answer), _) => Ok(Once::Before(answer)),
        (None, Some(refused)) => Err(refused),
        (None, None) => Err(Failure::Internal(anyhow::anyhow!("nobody knows what was answered to {deed}"))),
    }
}
