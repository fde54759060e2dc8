//! Who may open no tickets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

pub use super::super::model::refusal::blocks::Refusal;
use super::super::{store, words};
use super::SWITCH;
use crate::acting::{Acting, Failure, Outcome, answer_once, digest};
use crate::app::App;
use crate::settings::Program;
use crate::ui::written;

/// The longest reason, in characters.
const REASON_CHARS: u16 = 200;

/// Blocked members on the list, those of last first.
const LISTED: i64 = 25;

/// Whoever blocks somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A member.
    Member(Id<UserMarker>),
    /// A program, or the bot.
    Program(Program),
}

/// How somebody was blocked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// By whom.
    pub by: Option<By>,
    /// Why; nobody need say.
    pub reason: String,
}

impl Outcome for Option<Before> {
    fn code(&self) -> &'static str {
        if self.is_some() { "blocked_before" } else { "blocked" }
    }
}

/// Somebody who may open tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unblocked {
    /// Whether they were blocked before.
    pub were_blocked: bool,
}

impl Outcome for Unblocked {
    fn code(&self) -> &'static str {
        if self.were_blocked { "unblocked" } else { "was_not_blocked" }
    }
}

/// Somebody who may open no tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Who.
    pub user: Id<UserMarker>,
    /// By whom.
    pub by: By,
    /// Why; nobody need say.
    pub reason: String,
    /// Since when.
    pub at: Timestamp,
}

/// Lets somebody open no more tickets, and answers how they were blocked before. An empty reason takes nobody's away. The same
/// origin does it once, and hears the same again.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn block(
    app: &App,
    acting: &Acting,
    user: Id<UserMarker>,
    reason: &str,
) -> Result<Option<Before>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let reason = written(reason);
    if reason.chars().count() > usize::from(REASON_CHARS) {
        return Err(Refusal::TooLong { max_chars: REASON_CHARS }.into());
    }
    let own = app.discord.own_user();
    let deed = format!("tickets.block {}", digest(&(user, &reason)));
    let blocked = block_first(app, acting, user, &reason, &deed).await;
    let known = async {
        let kept = acting.find_answer::<Value>(&app.db, &deed).await?;
        // An older version kept that it was done, and not how it was before.
        Ok(kept.map(|kept| serde_json::from_value::<Option<Known>>(kept).unwrap_or_default()))
    };
    let known = answer_once(blocked, Refusal::NotAdmin, known).await?;
    Ok(known.map(|Known { by, program, reason }| {
        let program = program.as_deref().map(Program::read);
        Before { by: by.map(|by| who(own, by, program)), reason }
    }))
}

/// How somebody was blocked, as it is kept for whoever repeats that they block them.
#[derive(Serialize, Deserialize)]
struct Known {
    by: Option<Id<UserMarker>>,
    program: Option<String>,
    reason: String,
}

/// Blocks somebody, and answers how they were blocked; nothing if this origin has done it before.
async fn block_first(
    app: &App,
    acting: &Acting,
    user: Id<UserMarker>,
    reason: &str,
    deed: &str,
) -> Result<Option<Option<Known>>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    let known = store::lock_block(&mut *tx, acting.guild(), user).await?;
    let known = known.map(|(by, program, reason)| Known { by, program: program.map(|it| it.stored()), reason });
    if !acting.record_once(&mut *tx, deed, &known, None).await? {
        return Ok(None);
    }
    let kept = known.as_ref().map_or("", |known| known.reason.as_str());
    let reason = if reason.is_empty() { kept } else { reason };
    let (by, program) = (acting.user().unwrap_or(app.discord.own_user()), acting.program());
    store::set_blocked(&mut *tx, acting.guild(), user, (by, program.as_ref()), reason, acting.now()).await?;
    acting.record(&mut *tx, &words::setup::blocked(acting, user, reason)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(known))
}

/// Lets somebody open tickets again. The same origin does it once, and hears the same again.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn unblock(app: &App, acting: &Acting, user: Id<UserMarker>) -> Result<Unblocked, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let deed = format!("tickets.unblock {}", digest(&user));
    let unblocked = unblock_first(app, acting, user, &deed).await;
    let before = async { Ok(acting.find_answer::<i32>(&app.db, &deed).await?.map(|blocked| blocked == 1)) };
    let were_blocked = answer_once(unblocked, Refusal::NotAdmin, before).await?;
    Ok(Unblocked { were_blocked })
}

/// Unblocks somebody, and answers whether they were blocked; nothing if this origin has done it before.
async fn unblock_first(
    app: &App,
    acting: &Acting,
    user: Id<UserMarker>,
    deed: &str,
) -> Result<Option<bool>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    let was_blocked = store::delete_block(&mut *tx, acting.guild(), user).await?;
    // Who was blocked again since stays so.
    if !acting.record_once(&mut *tx, deed, &i32::from(was_blocked), None).await? {
        return Ok(None);
    }
    if was_blocked {
        acting.record(&mut *tx, &words::setup::unblocked(acting, user)).await?;
    }
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(was_blocked))
}

/// Who may open no tickets, those that were blocked last first.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn list(app: &App, acting: &Acting) -> Result<Vec<Blocked>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let own = app.discord.own_user();
    let blocked = store::list_blocked(&app.db, acting.guild(), LISTED).await?;
    let blocked = blocked.into_iter().map(|it| {
        let by = who(own, it.by, it.program);
        Blocked { user: it.user, by, reason: it.reason, at: it.at }
    });
    Ok(blocked.collect())
}

/// Who did it: a program by the bot's `own` account. Beside anybody else's an older version left what it does not know.
fn who(own: Id<UserMarker>, by: Id<UserMarker>, program: Option<Program>) -> By {
    match program {
        Some(program) if by == own => By::Program(program),
        None if by == own => By::Program(Program::Unknown),
        _ => By::Member(by),
    }
}
