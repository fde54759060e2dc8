//! What was asked of the FAQ, and what has no answer.

use jiff::Timestamp;

use super::{Refusal, SWITCH};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::knowledge::asked::{Asked, Counts, together};

/// Questions of a period that are looked at; of more the latest.
const LOOKED_AT: i64 = 2000;

/// What was asked in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many searches there were.
    pub counts: Counts,
    /// Questions that no entry answers, neither then nor now, the most often asked first.
    pub unanswered: Vec<Asked>,
    /// The entries that were opened most often: number, title, how often.
    pub opened: Vec<(i32, String, i64)>,
}

/// What was asked since `since`, with at most `limit` questions without an answer and as many entries.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn report(app: &App, acting: &Acting, since: Timestamp, limit: usize) -> Result<Report, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let (guild, knowledge) = (acting.guild(), &app.knowledge);
    let counts = knowledge.count_searches(guild, since).await?;
    let asked = together(knowledge.unanswered(guild, since, LOOKED_AT).await?);
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let opened = knowledge.opened(guild, since, most).await?;
    let index = knowledge.index(guild).await?;
    // Somebody may have written the answer since.
    let is_open = |one: &Asked| !index.search(&one.query, 1).first().is_some_and(|hit| hit.answers);
    let unanswered = asked.into_iter().filter(is_open).take(limit).collect();
    // What was removed since is nothing to look after.
    let opened =
        opened.into_iter().filter_map(|(number, times)| Some((number, index.title(number)?.to_owned(), times)));
    Ok(Report { counts, unanswered, opened: opened.collect() })
}
