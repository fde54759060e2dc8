//! What was asked of the FAQ, and what has no answer.

use std::collections::HashMap;

use super::{MAX_ENTRIES, Refusal, SWITCH};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::settings::System;
use crate::statistics::{self, About, Asked, Span};

/// Groups of entries that ask the same which somebody is shown at once; once these are one, there are others.
const MOST_GROUPS: usize = 100;

/// What was asked in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many searches there were.
    pub searches: i64,
    /// Those that some entry answered.
    pub answered: i64,
    /// Questions that no entry answers, neither then nor now, the most often asked first.
    pub unanswered: Vec<Asked>,
    /// The entries that were opened most often: number, title, how often.
    pub opened: Vec<(i32, String, i64)>,
}

/// How often each entry was opened in the last `days` days, by number; those that nobody opened are not in it.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn uses(app: &App, acting: &Acting, days: u16) -> Result<HashMap<i32, i64>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    // Nobody waits for a list until that is counted.
    if statistics::is_behind(&app.db, acting.guild()).await? {
        return Ok(HashMap::new());
    }
    let zone = app.settings.get::<System>(acting.guild()).await?.time_zone.time_zone();
    let span = Span::last_days(days, acting.now(), &zone);
    Ok(statistics::entries(&app.db, acting.guild(), &span, MAX_ENTRIES).await?.into_iter().collect())
}

/// Entries that ask the same by the words of their questions, in groups of two and more: number and question of each.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn duplicates(app: &App, acting: &Acting) -> Result<Vec<Vec<(i32, String)>>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    Ok(app.knowledge.asking_the_same(acting.guild(), MOST_GROUPS).await?)
}

/// What was asked in the last `days` days, today with them, with at most `limit` questions without an answer and as many entries.
///
/// # Errors
/// [`Refusal::NotAdmin`], [`Refusal::BeingCounted`], or the database does not answer.
pub async fn report(app: &App, acting: &Acting, days: u16, limit: usize) -> Result<Report, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let guild = acting.guild();
    if statistics::is_behind(&app.db, guild).await? {
        return Err(Refusal::BeingCounted.into());
    }
    let zone = app.settings.get::<System>(guild).await?.time_zone.time_zone();
    let span = Span::last_days(days, acting.now(), &zone);
    let counts = statistics::days(&app.db, guild, About::Searches, &span).await?;
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let opened = statistics::entries(&app.db, guild, &span, most).await?;
    let index = app.knowledge.index(guild).await?;
    // What was removed since is nothing to look after.
    let opened =
        opened.into_iter().filter_map(|(number, times)| Some((number, index.title(number)?.to_owned(), times)));
    Ok(Report {
        searches: counts.iter().map(|day| day.came).sum(),
        answered: counts.iter().map(|day| day.done).sum(),
        unanswered: statistics::open_questions(&app.db, &index, guild, &span, limit).await?,
        opened: opened.collect(),
    })
}
