//! Deleting a reminder.

use super::guard::find;
use super::{Refusal, SWITCH, words};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::reminders::{Reminder, store};

/// Deletes a reminder that still has the revision that was looked at, with everything that became of it, and returns it.
///
/// # Errors
/// Why it stays; [`Refusal::Changed`] if it has another revision: whoever agreed that it goes has not seen what it says now.
pub async fn delete(app: &App, acting: &Acting, number: i32, revision: i32) -> Result<Reminder, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let reminder = find(app, acting, number).await?;
    let mut tx = app.db.begin().await?;
    if !store::delete(&mut *tx, acting.guild, number, revision).await? {
        return Err(Refusal::Changed.into());
    }
    acting.record(&mut *tx, &words::deleted(acting, &reminder)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(reminder)
}
