//! Deleting a reminder.

use super::guard::find;
use super::{Refusal, SWITCH, words};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::operations::once::{Once, once};
use crate::reminders::store;

/// A reminder that was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// What was its number.
    pub number: i32,
    /// What it was called; empty if it was said to somebody else alone.
    pub name: String,
}

/// Deletes a reminder that still has the revision that was looked at, with everything that became of it. The same origin is
/// answered the same, when it is gone.
///
/// # Errors
/// Why it stays; [`Refusal::Changed`] if it has another revision: whoever agreed that it goes has not seen what it says now.
pub async fn delete(app: &App, acting: &Acting, number: i32, revision: i32) -> Result<Deleted, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let deed = format!("reminder.delete {number}");
    match once(app, acting, &deed, delete_row(app, acting, number, revision, &deed)).await? {
        Once::Now(name) | Once::Before(name) => Ok(Deleted { number, name }),
    }
}

async fn delete_row(
    app: &App,
    acting: &Acting,
    number: i32,
    revision: i32,
    deed: &str,
) -> Result<Option<String>, Failure<Refusal>> {
    let reminder = find(app, acting, number).await?;
    let mut tx = app.db.begin().await?;
    if !store::delete(&mut *tx, acting.guild, number, revision).await? {
        return Err(Refusal::Changed.into());
    }
    let (name, entry) = (&reminder.draft.content.name, words::deleted(acting, &reminder));
    if !acting.record_once(&mut *tx, deed, name, Some(&entry)).await? {
        return Ok(None);
    }
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(reminder.draft.content.name))
}
