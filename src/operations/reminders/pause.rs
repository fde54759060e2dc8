//! Letting a reminder be silent for a while, and speak again.

use super::guard::find;
use super::{Refusal, words};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::reminders::{Paused, Reminder, store};

/// Lets a reminder be silent.
///
/// # Errors
/// Why it is not.
pub async fn pause(app: &App, acting: &Acting, number: i32) -> Result<Reminder, Failure<Refusal>> {
    let before = find(app, acting, number).await?;
    if before.paused.is_some() {
        return Err(Refusal::AlreadyPaused { number, name: before.draft.content.name }.into());
    }
    let paused = Some(Paused { since: acting.now, why: None });
    let after = Reminder { paused, revision: before.revision + 1, ..before.clone() };
    set(app, acting, &before, after).await
}

/// Lets a reminder speak again: from now on, whatever it would have said meanwhile.
///
/// # Errors
/// Why it does not.
pub async fn resume(app: &App, acting: &Acting, number: i32) -> Result<Reminder, Failure<Refusal>> {
    let before = find(app, acting, number).await?;
    if before.paused.is_none() {
        return Err(Refusal::NotPaused { number, name: before.draft.content.name }.into());
    }
    let next = before.draft.next(acting.now);
    let after = Reminder { paused: None, next, revision: before.revision + 1, ..before.clone() };
    set(app, acting, &before, after).await
}

async fn set(app: &App, acting: &Acting, before: &Reminder, after: Reminder) -> Result<Reminder, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    if !store::set_paused(&mut *tx, before, after.paused.is_some(), after.next, acting.now).await? {
        return Err(Refusal::Changed.into());
    }
    acting.record(&mut *tx, &words::paused(acting, &after)).await?;
    tx.commit().await?;
    Ok(after)
}
