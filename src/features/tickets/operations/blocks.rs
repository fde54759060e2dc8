//! Who may open no tickets.

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

pub use super::super::model::refusal::blocks::Refusal;
use super::super::{store, words};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::db::storable;

/// The longest reason, in characters.
const REASON_CHARS: u16 = 200;

/// Blocked members on the list, those of last first.
const LISTED: i64 = 25;

/// How somebody was blocked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// By whom.
    pub by: Option<Id<UserMarker>>,
    /// Why; nobody need say.
    pub reason: String,
}

/// Somebody who may open no tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Who.
    pub user: Id<UserMarker>,
    /// By whom.
    pub by: Id<UserMarker>,
    /// Why; nobody need say.
    pub reason: String,
    /// Since when.
    pub at: Timestamp,
}

/// Lets somebody open no more tickets, and answers how they were blocked before. An empty reason takes nobody's away.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn block(
    app: &App,
    acting: &Acting,
    user: Id<UserMarker>,
    reason: &str,
) -> Result<Option<Before>, Failure<Refusal>> {
    acting.require_admin()?;
    let reason = storable(reason);
    if reason.chars().count() > usize::from(REASON_CHARS) {
        return Err(Refusal::TooLong { max_chars: REASON_CHARS }.into());
    }
    let by = acting.user().unwrap_or(app.discord.own_user());
    let mut tx = app.db.begin().await?;
    let known = store::lock_block(&mut *tx, acting.guild, user).await?;
    let before = known.map(|(by, reason)| Before { by, reason });
    let kept = before.as_ref().map_or("", |before| before.reason.as_str());
    let reason = if reason.trim().is_empty() { kept } else { reason.trim() };
    store::set_blocked(&mut *tx, acting.guild, user, by, reason, acting.now).await?;
    acting.record(&mut *tx, &words::setup::blocked(acting, user, reason)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(before)
}

/// Lets somebody open tickets again; `false` if they could all the time.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn unblock(app: &App, acting: &Acting, user: Id<UserMarker>) -> Result<bool, Failure<Refusal>> {
    acting.require_admin()?;
    let mut tx = app.db.begin().await?;
    if !store::delete_block(&mut *tx, acting.guild, user).await? {
        return Ok(false);
    }
    acting.record(&mut *tx, &words::setup::unblocked(acting, user)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(true)
}

/// Who may open no tickets, those that were blocked last first.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn list(app: &App, acting: &Acting) -> Result<Vec<Blocked>, Failure<Refusal>> {
    acting.require_admin()?;
    let blocked = store::list_blocked(&app.db, acting.guild, LISTED).await?;
    Ok(blocked.into_iter().map(|(user, by, reason, at)| Blocked { user, by, reason, at }).collect())
}
