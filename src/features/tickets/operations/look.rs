//! Who sees which tickets.

use std::collections::BTreeMap;

use twilight_model::guild::Permissions;

use super::super::model::transcript::Transcript;
use super::super::model::workflow::Standing;
use super::super::model::{Cut, Kind, Problem, Refusal, Status};
use super::super::settings::Settings;
use super::super::store::{self, At, Filter, Happened, Line, Typed, Viewer};
use super::super::watch;
use super::found::{Found, ToTake};
use super::{SWITCH, step};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::db::storable;
use crate::operations::status::SOON;
use crate::settings::System;
use crate::statistics::{self, About, Day, Measured, OfStaff, Period, Span, Spreads};

/// Tickets of a list that are looked at because somebody lists them; cron looks at the rest.
const LOOKED_AT: usize = 10;

/// More are not listed at once, whatever a door asks for: a page of 100, and one that tells that there are more.
const MOST: i64 = 101;

/// So many days have bars of their own at most.
const MOST_DAYS: u16 = 30;

/// Whether whoever acts works tickets here at all.
///
/// # Errors
/// The database does not answer.
pub async fn works_tickets(app: &App, acting: &Acting) -> Result<bool, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    if acting.has_any(settings.staff_role.as_slice()) {
        return Ok(true);
    }
    let kinds = store::list_kinds(&app.db, acting.guild()).await?;
    Ok(!worked(acting, &settings, &kinds).is_empty())
}

/// The kinds that whoever acts works by their roles.
fn worked(acting: &Acting, settings: &Settings, kinds: &[Kind]) -> Vec<i32> {
    let works = |kind: &&Kind| acting.person().is_some_and(|it| it.member().has_any(&kind.definition.staff(settings)));
    kinds.iter().filter(works).map(|kind| kind.id).collect()
}

/// Which tickets whoever acts may see; nothing is all of them.
async fn viewer(app: &App, acting: &Acting) -> anyhow::Result<Option<Viewer>> {
    let Some(person) = acting.person().filter(|_| !acting.administers()) else { return Ok(None) };
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let kinds = store::list_all_kinds(&app.db, acting.guild()).await?;
    let kinds = worked(acting, &settings, &kinds);
    Ok(Some(Viewer { user: person.member().id, kinds, roles: person.member().roles.clone() }))
}

/// Tickets of a list, of those that whoever acts may see, whatever the filter says.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    app: &App,
    acting: &Acting,
    filter: Filter,
    at: At,
    limit: i64,
) -> Result<Vec<Line>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let text = filter.text.as_ref().map(|text| storable(text.trim()).to_lowercase()).filter(|text| !text.is_empty());
    let filter = Filter { viewer: viewer(app, acting).await?, text, ..filter };
    let numbers = match (filter.from, filter.to) {
        (None, None) => store::ALL_NUMBERS,
        (from, to) => store::find_numbers(&app.db, acting.guild(), from, to).await?,
    };
    let lines = store::list(&app.db, acting.guild(), &filter, numbers, at, limit.clamp(0, MOST)).await?;
    let waiting = lines.iter().filter(|line| line.status == Status::WaitingForUser).map(|line| line.number);
    let due = waiting.filter(|number| app.looks.is_due((acting.guild(), *number), acting.now()));
    watch::watch_soon(app, acting.guild(), due.take(LOOKED_AT).collect());
    Ok(lines)
}

/// Tickets on a page of a list, and where the pages beside it are.
#[derive(Debug, Default)]
pub struct Page {
    /// The tickets.
    pub lines: Vec<Line>,
    pub previous: Option<At>,
    pub next: Option<At>,
}

/// A page of a list of up to `size` tickets, likewise.
///
/// # Errors
/// The database does not answer.
pub async fn page(app: &App, acting: &Acting, filter: Filter, mut at: At, size: i64) -> Result<Page, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let size = size.clamp(1, MOST - 1);
    let whole = usize::try_from(size).unwrap_or(1);
    let mut lines = list(app, acting, filter.clone(), at, size + 1).await?;
    // Before a page there may be less than a page by now; the first one is always whole.
    if matches!(at, At::Before(_)) && lines.len() <= whole {
        at = At::Start;
        lines = list(app, acting, filter, at, size + 1).await?;
    }
    let more = lines.len() > whole;
    let (has_previous, has_next) = match at {
        At::Start => (false, more),
        At::After(_) => (true, more),
        At::Before(_) => (more, true),
    };
    match at {
        At::Before(_) => drop(lines.drain(..lines.len() - whole)),
        At::Start | At::After(_) => lines.truncate(whole),
    }
    // What was on this page may be gone.
    let before = lines.first().map_or(At::Start, |first| At::Before(first.place));
    let after = lines.last().map(|last| At::After(last.place));
    Ok(Page { lines, previous: has_previous.then_some(before), next: after.filter(|_| has_next) })
}

/// The kinds that there are and were: tickets of those that were removed are still found by them.
///
/// # Errors
/// The database does not answer.
pub async fn list_kinds(app: &App, acting: &Acting) -> Result<Vec<Kind>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    Ok(store::list_all_kinds(&app.db, acting.guild()).await?)
}

/// Tickets that fit what was typed, likewise.
///
/// # Errors
/// The database does not answer.
pub async fn search(
    app: &App,
    acting: &Acting,
    typed: impl Into<Typed<'_>>,
    limit: i64,
) -> Result<Vec<Line>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let viewer = viewer(app, acting).await?;
    let typed = typed.into();
    let typed = Typed { text: &storable(&typed.text.to_lowercase()), ..typed };
    Ok(store::search(&app.db, acting.guild(), &typed, viewer.as_ref(), limit.clamp(0, MOST)).await?)
}

/// How many tickets there were, how fast and how good.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// How many have which status now.
    pub per_status: BTreeMap<String, i64>,
    pub opened: i64,
    pub closed: i64,
    pub spreads: Spreads,
    pub rated: i64,
    /// The stars of all ratings together.
    pub stars: i64,
    /// How often the FAQ made a ticket unnecessary.
    pub answered: i64,
    /// What happened on each of the last days, up to a month of them.
    pub days: Vec<Day>,
    /// Who of the staff did most.
    pub staff: Vec<OfStaff>,
}

/// The numbers of a period that ends with today, with at most `staff` of the staff.
///
/// # Errors
/// They work no tickets here, or the database does not answer.
pub async fn stats(app: &App, acting: &Acting, period: Period, staff: i64) -> Result<Numbers, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    if !works_tickets(app, acting).await? {
        return Err(Refusal::NumbersForStaff.into());
    }
    let (db, guild, now) = (&app.db, acting.guild(), acting.now());
    let zone = app.settings.get::<System>(guild).await?.time_zone.time_zone();
    let span = statistics::span(db, guild, &[About::Tickets], period, (now, &zone)).await?;
    let shown = Span::last_days(period.days().unwrap_or(MOST_DAYS).min(MOST_DAYS), now, &zone);
    let kinds = statistics::kinds(db, guild, &span).await?;
    let times = statistics::times(db, guild, &span, Measured::Passed).await?;
    Ok(Numbers {
        per_status: statistics::per_status(db, guild).await?,
        opened: kinds.iter().map(|kind| kind.opened).sum(),
        closed: times.closed,
        spreads: times.spreads.unwrap_or_default(),
        rated: kinds.iter().map(|kind| kind.rated).sum(),
        stars: kinds.iter().map(|kind| kind.stars).sum(),
        answered: store::count_answered(db, guild, span.since).await?,
        days: statistics::days(db, guild, About::Tickets, &shown).await?,
        staff: statistics::staff(db, guild, &span, staff.clamp(0, MOST)).await?,
    })
}

/// Whether so much has to be counted anew that nobody should wait for [`stats`].
///
/// # Errors
/// The database does not answer.
pub async fn takes_long(app: &App, acting: &Acting) -> Result<bool, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    Ok(statistics::is_behind(&app.db, acting.guild()).await?)
}

/// Tickets that Discord does not show as they are.
#[derive(Debug, Default)]
pub struct Unsettled {
    /// How many there are.
    pub count: i64,
    /// What stands in the way of some, by their numbers.
    pub hindered: Vec<(i32, Problem)>,
}

/// Tickets that Discord does not show as they are, with what stands in the way of up to `limit` of them.
///
/// # Errors
/// They are no admin, or the database does not answer.
pub async fn unsettled(app: &App, acting: &Acting, limit: i64) -> Result<Unsettled, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let count = store::count_unsettled(&app.db, acting.guild(), acting.now() - SOON).await?;
    let hindered = store::list_hindered(&app.db, acting.guild(), limit.clamp(0, MOST)).await?;
    Ok(Unsettled { count, hindered })
}

/// What happened to a ticket, as far as whoever acts may know of it: its member does not read what the staff notes.
pub struct History {
    /// The ticket.
    pub ticket: Found,
    pub events: Vec<Happened>,
    /// Whether they work it.
    pub staff: bool,
}

/// # Errors
/// They may not know of it.
pub async fn history(app: &App, acting: &Acting, ticket: impl Into<ToTake>) -> Result<History, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = &ticket.into().into_found();
    let standing = require_reader(app, acting, ticket).await?;
    let mut events = store::list_events(&app.db, acting.guild(), ticket.number, false).await?;
    events.retain(|happened| standing.staff || !happened.event.kind.is_internal());
    Ok(History { ticket: ticket.clone(), events, staff: standing.staff })
}

/// What whoever acts is to a ticket of which they may know: its staff may, and its member.
///
/// # Errors
/// They may not.
pub async fn require_reader(
    app: &App,
    acting: &Acting,
    ticket: impl Into<ToTake>,
) -> Result<Standing, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = &ticket.into().into_found();
    ticket.require_own(acting)?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let standing = step::standing(acting, ticket, &settings);
    if standing.staff || standing.owner { Ok(standing) } else { Err(Refusal::NoSuchTicket.into()) }
}

/// What was said in a ticket.
///
/// # Errors
/// They may not know of it, or nothing is kept.
pub async fn transcript(app: &App, acting: &Acting, ticket: impl Into<ToTake>) -> Result<Transcript, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = &ticket.into().into_found();
    require_reader(app, acting, ticket).await?;
    let found = store::find_transcript(&app.db, acting.guild(), ticket.number).await?;
    Ok(found.ok_or(Refusal::NoTranscript)?.0)
}

/// What stays of a ticket once its channel is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All that was said.
    Everything,
    /// Not what members wrote, which the bot may not read.
    Blind,
    /// Some of what was said.
    Part,
    /// Nothing that was said.
    Nothing,
}

/// What will stay of a ticket once its channel is gone, as far as that is known before.
///
/// # Errors
/// They may not know of it; Discord or the database does not answer.
pub async fn kept_of(app: &App, acting: &Acting, ticket: impl Into<ToTake>) -> Result<Kept, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = &ticket.into().into_found();
    require_reader(app, acting, ticket).await?;
    let transcript = store::find_transcript(&app.db, acting.guild(), ticket.number).await?;
    let readable = match ticket.shown.channel {
        Some(channel) => match acting.place(app, channel).await? {
            Ok(place) => place.require_bot(Permissions::READ_MESSAGE_HISTORY).is_ok(),
            Err(_) => true,
        },
        None => true,
    };
    Ok(match transcript {
        // One that was taken while the bot could read stays.
        None | Some((Transcript { messages: 0, .. }, _)) if !readable => Kept::Nothing,
        None => Kept::Everything,
        Some((transcript, _)) => match transcript.lacks() {
            None if readable => Kept::Everything,
            Some(Cut::Blind) => Kept::Blind,
            // What was said since it was taken is lost, too.
            None | Some(_) => Kept::Part,
        },
    })
}
