//! Who sees which reminders: everybody their own, and who manages all those of everybody, but not what is said to one alone.

use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::guard::{self, manages_by};
use super::{Refusal, SWITCH};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::db::storable;
use crate::operations::status::SOON;
use crate::reminders::{Begin, Filter, Part, Reminder, Settings, store};

/// More are not listed at once, whatever a door asks for.
const MOST: usize = 100;

/// Whose reminders are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of whoever acts.
    Own,
    /// Those of everybody.
    Everybody,
    /// Those of a member.
    Of(Id<UserMarker>),
}

/// Reminders on a page, those that come next first: of a channel if one is named, and also those that are `done` if wanted.
///
/// # Errors
/// [`Refusal::OnlyOwn`] if they are those of others, or the database does not answer.
pub async fn list(
    app: &App,
    acting: &Acting,
    whose: Whose,
    (channel, done): (Option<Id<ChannelMarker>>, bool),
    (begin, limit): (Begin, usize),
) -> Result<Part, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let creator = match whose {
        Whose::Own => match acting.user() {
            Some(user) => Some(user),
            // What is no person has none of its own.
            None => return Ok(Part { reminders: Vec::new(), end: None }),
        },
        Whose::Everybody | Whose::Of(_) if !manages_by(&settings, acting) => return Err(Refusal::OnlyOwn.into()),
        Whose::Everybody => None,
        Whose::Of(user) => Some(user),
    };
    let filter = Filter { creator, channel, done, typed: None, reader: acting.user() };
    Ok(store::list(&app.db, acting.guild(), &filter, begin, limit.min(MOST)).await?)
}

/// What of a guild's reminders is not as it should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// What should be said by now.
    pub overdue: i64,
    /// Reminders that the bot has paused, since something stood in their way.
    pub hindered: i64,
}

/// What of the guild's reminders is not as it should be.
///
/// # Errors
/// [`Refusal::OnlyOwn`], or the database does not answer.
pub async fn waiting(app: &App, acting: &Acting) -> Result<Waiting, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    if !manages_by(&settings, acting) {
        return Err(Refusal::OnlyOwn.into());
    }
    let (overdue, hindered) = store::count_waiting(&app.db, acting.guild(), acting.now() - SOON).await?;
    Ok(Waiting { overdue, hindered })
}

/// Reminders that whoever acts may change or see, of which the name holds what was typed, or the number begins with it.
///
/// # Errors
/// The database does not answer.
pub async fn search(app: &App, acting: &Acting, typed: &str, limit: usize) -> Result<Vec<Reminder>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let creator = if manages_by(&settings, acting) { None } else { acting.user() };
    let typed = Some(storable(typed).trim().trim_start_matches('#').to_lowercase());
    let filter = Filter { creator, channel: None, done: true, typed, reader: acting.user() };
    Ok(store::list(&app.db, acting.guild(), &filter, Begin::At(0), limit.min(MOST)).await?.reminders)
}

/// The reminder that somebody named by its number, or by a name that only one has; their own, unless they manage all.
///
/// # Errors
/// [`Refusal::NoSuchReminder`], or the database does not answer.
pub async fn find(app: &App, acting: &Acting, named: &str) -> Result<Reminder, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    match named.trim().trim_start_matches('#').parse() {
        Ok(number) => guard::find(app, acting, number).await,
        Err(_) => match <[Reminder; 1]>::try_from(search(app, acting, named, 2).await?) {
            Ok([found]) => Ok(found),
            Err(_) => Err(Refusal::NoSuchReminder.into()),
        },
    }
}

/// Those of these reminders that whoever acts may silence or delete, as they may see them, in the order of their numbers.
///
/// # Errors
/// The database does not answer.
pub async fn find_all(app: &App, acting: &Acting, numbers: &[i32]) -> Result<Vec<Reminder>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let numbers = &numbers[..numbers.len().min(MOST)];
    let found = store::list_numbered(&app.db, acting.guild(), numbers).await?;
    let manages = manages_by(&settings, acting);
    let found = found.into_iter().filter(|it| manages || acting.user() == Some(it.draft.creator));
    Ok(found.map(|it| it.as_seen_by(acting.user())).collect())
}

/// Names of templates that hold what was typed. Everybody may know them.
///
/// # Errors
/// The database does not answer.
pub async fn templates(app: &App, acting: &Acting, typed: &str, limit: usize) -> Result<Vec<String>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    Ok(store::list_templates(&app.db, acting.guild(), storable(typed).trim(), limit.min(MOST) as i64).await?)
}
