//! Who reads the FAQ: everybody in the guild.

use super::{Refusal, SWITCH};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::assist;
use crate::knowledge::Entry;
use crate::knowledge::find::Wanted;

/// More are not listed at once, whatever a door asks for.
const MOST: usize = 101;

/// Entries that a search finds; more would not be read.
const RESULTS: usize = 5;

/// Entries that a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Whether the first answers what was asked; if it does not, none does.
    pub answered: bool,
    /// The best first.
    pub entries: Vec<Entry>,
}

/// An entry by its number.
///
/// # Errors
/// [`Refusal::NoSuchEntry`], or the database does not answer.
pub async fn find(app: &App, acting: &Acting, number: i32) -> Result<Entry, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    Ok(app.knowledge.entry(acting.guild(), number).await?.ok_or(Refusal::NoSuchEntry)?)
}

/// Entries with numbers beyond `after`, in their order.
///
/// # Errors
/// The database does not answer.
pub async fn list(app: &App, acting: &Acting, after: i32, limit: usize) -> Result<Vec<Entry>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let limit = i64::try_from(limit.min(MOST)).unwrap_or_default();
    Ok(app.knowledge.entries_after(acting.guild(), after, limit).await?)
}

/// What answers a question, or comes closest. Nothing of it is counted.
///
/// # Errors
/// The database does not answer.
pub async fn search(app: &App, acting: &Acting, query: &str) -> Result<Found, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let wanted = Wanted { text: query, is_for_people: false, entries: RESULTS, passages: 0 };
    let found = assist::find_known(app, acting.guild(), wanted).await?;
    let numbers: Vec<i32> = found.entries.iter().map(|hit| hit.number).collect();
    let entries = app.knowledge.entries(acting.guild(), &numbers).await?;
    Ok(Found { answered: found.is_answered() && !entries.is_empty(), entries })
}
