//! Deleting a reminder.

use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::guard::{find, manages};
use super::{Refusal, SWITCH, words};
use crate::acting::{Acting, Failure, Outcome, answer_once};
use crate::app::App;
use crate::reminders::store;

/// A reminder that was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// What was its number.
    pub number: i32,
    /// What it was called; empty if it was said to somebody else alone.
    pub name: String,
}

impl Outcome for Deleted {
    fn code(&self) -> &'static str {
        "deleted"
    }
}

/// Deletes a reminder that still has the revision that was looked at, with everything that became of it. The same origin is
/// answered the same, when it is gone.
///
/// # Errors
/// Why it stays; [`Refusal::Changed`] if it has another revision: whoever agreed that it goes has not seen what it says now.
pub async fn delete(app: &App, acting: &Acting, number: i32, revision: i32) -> Result<Deleted, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let deed = format!("reminder.delete {number}");
    let deleted = delete_row(app, acting, number, revision, &deed).await;
    let before = async {
        let Some(Kept { name, creator }) = acting.find_answer(&app.db, &deed).await? else { return Ok(None) };
        // No row tells any more who may know of it.
        let may_know = acting.user() == Some(creator) || manages(app, acting).await?;
        Ok(may_know.then_some(Deleted { number, name }))
    };
    answer_once(deleted, Refusal::Gone, before).await
}

/// What is kept of a reminder that is gone, for whoever repeats that they delete it.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    creator: Id<UserMarker>,
}

async fn delete_row(
    app: &App,
    acting: &Acting,
    number: i32,
    revision: i32,
    deed: &str,
) -> Result<Option<Deleted>, Failure<Refusal>> {
    let reminder = find(app, acting, number).await?;
    let mut tx = app.db.begin().await?;
    if !store::delete(&mut *tx, acting.guild(), number, revision).await? {
        return Err(Refusal::Changed.into());
    }
    let entry = words::deleted(acting, &reminder);
    let kept = Kept { name: reminder.draft.content.name, creator: reminder.draft.creator };
    if !acting.record_once(&mut *tx, deed, &kept, Some(&entry)).await? {
        return Ok(None);
    }
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(Deleted { number, name: kept.name }))
}
