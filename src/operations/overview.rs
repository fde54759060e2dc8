//! How a server's desk is doing: the numbers of a period beside those of the period before.

use std::collections::BTreeMap;

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::acting::{self, Acting, Failure, NotAdmin, refused_as};
use crate::app::App;
use crate::settings::System;
use crate::statistics::{
    self, About, Asked, Backlog, Course, Day, Measured, OfKind, OfStaff, Period, Reminded, Span, Spreads, Times,
};

/// Of the staff, of questions and of entries that many are named.
pub const NAMED: usize = 10;
const MOST: i64 = 10;

/// What was missed in as many days may need somebody now.
pub const LATELY_DAYS: u16 = 7;

/// How many, how fast and how good.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Tickets that were opened.
    pub opened: i64,
    /// Tickets that were closed first.
    pub closed: i64,
    /// How often one was opened again.
    pub reopened: i64,
    /// How many of those that were opened are rated.
    pub rated: i64,
    /// The stars of all these ratings together.
    pub stars: i64,
    /// How long it took; nothing as long as that is not measured.
    pub spreads: Option<Spreads>,
    /// First responses of kinds with a target, and how many of them came in time; nothing as long as that is not measured.
    pub in_time: Option<(i64, i64)>,
    /// Searches in the FAQ, and how many of them some entry answered; nothing of a time before, of which some are forgotten.
    pub searched: Option<(i64, i64)>,
    /// What became of reminders; nothing likewise.
    pub reminded: Option<Reminded>,
}

/// All there is to see.
#[derive(Clone, Debug)]
pub struct Overview {
    /// From when on is counted.
    pub since: Timestamp,
    /// The numbers.
    pub figures: Figures,
    /// The same of as long a time before, as far as it had come by this time of day; nothing of a period without a beginning.
    pub before: Option<Figures>,
    /// Tickets day by day.
    pub days: Vec<Day>,
    /// Searches day by day.
    pub searches: Vec<Day>,
    /// How averages went; of what is not measured nothing.
    pub course: Course,
    /// Tickets by what they are now, whenever they were opened.
    pub per_status: BTreeMap<String, i64>,
    /// Live tickets by their age, divided at [`statistics::AGES`].
    pub backlog: [Backlog; 7],
    /// Tickets that were opened by weekday, from Monday on, and hour.
    pub hours: [[i64; 24]; 7],
    /// What became of tickets of each kind.
    pub kinds: Vec<OfKind>,
    /// Who of the staff did most.
    pub staff: Vec<OfStaff>,
    /// What was asked most often, and no entry answers, neither then nor now; one more than [`NAMED`] where there are more.
    pub unanswered: Vec<Asked>,
    /// The entries that were opened most often.
    pub entries: Vec<(i32, i64)>,
    /// Reminders that were missed, or that Discord refused, in the last [`LATELY_DAYS`].
    pub missed: i64,
    /// From when on searches are counted, if some of this time are forgotten.
    pub searches_since: Option<Timestamp>,
    /// The same of reminders.
    pub reminders_since: Option<Timestamp>,
}

/// Why there are no numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only admins see them.
    NotAdmin,
    /// Much was there before numbers were kept, or changed at once. It is counted within minutes, and nobody waits so long.
    BeingCounted,
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotAdmin => NotAdmin.code(),
            Refusal::BeingCounted => "being_counted",
        }
    }
}

refused_as!(Refusal, NotAdmin => |_| Refusal::NotAdmin);

/// The numbers of a period that ends with today, with times as they are `measured`.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn look(
    app: &App,
    acting: &Acting,
    period: Period,
    measured: Measured,
) -> Result<Overview, Failure<Refusal>> {
    acting.require_admin()?;
    let (db, guild, now) = (&app.db, acting.guild(), acting.now());
    if statistics::is_behind(db, guild).await? {
        return Err(Refusal::BeingCounted.into());
    }
    let zone = app.settings.get::<System>(guild).await?.time_zone.time_zone();
    let span = statistics::span(db, guild, &[About::Tickets, About::Searches], period, (now, &zone)).await?;
    let kept = Kept {
        searches: statistics::searches_kept(db, guild).await?,
        reminders: statistics::reminders_kept(db, guild).await?,
    };
    // Three statements at a time: the page is there in a third of the time.
    let before = async {
        match period.days() {
            Some(_) => Ok(Some(count_before(app, acting, &span.before(now), (measured, kept)).await?)),
            None => Ok::<_, Failure<Refusal>>(None),
        }
    };
    let figures = async { Ok(count(app, acting, &span, measured).await?) };
    let beside = look_beside(app, guild, &span, (now, measured));
    let (before, (figures, kinds), mut beside) = tokio::try_join!(before, figures, beside)?;
    if figures.spreads.is_none() {
        (beside.course.response, beside.course.close) = Default::default();
    }
    beside.searches_since = kept.searches.filter(|since| *since > span.since);
    beside.reminders_since = kept.reminders.filter(|since| *since > span.since);
    Ok(Overview { figures, before, kinds, ..beside })
}

/// From when on nothing is forgotten; nothing where nothing ever was.
#[derive(Clone, Copy)]
struct Kept {
    searches: Option<Timestamp>,
    reminders: Option<Timestamp>,
}

/// Counts what the present is compared with, without what is forgotten.
async fn count_before(
    app: &App,
    acting: &Acting,
    span: &Span,
    (measured, kept): (Measured, Kept),
) -> anyhow::Result<Figures> {
    let (mut figures, _) = count(app, acting, span, measured).await?;
    let is_whole = |kept: Option<Timestamp>| kept.is_none_or(|kept| kept <= span.since);
    figures.searched = figures.searched.filter(|_| is_whole(kept.searches));
    figures.reminded = figures.reminded.filter(|_| is_whole(kept.reminders));
    Ok(figures)
}

/// What is compared with nothing; what is, is missing.
async fn look_beside(
    app: &App,
    guild: Id<GuildMarker>,
    span: &Span,
    (now, measured): (Timestamp, Measured),
) -> Result<Overview, Failure<Refusal>> {
    let db = &app.db;
    let lately = statistics::reminded(db, guild, &Span::last_days(LATELY_DAYS, now, &span.zone)).await?;
    let index = app.knowledge.index(guild).await?;
    Ok(Overview {
        since: span.since,
        figures: Figures::default(),
        before: None,
        kinds: Vec::new(),
        days: statistics::days(db, guild, About::Tickets, span).await?,
        searches: statistics::days(db, guild, About::Searches, span).await?,
        course: statistics::course(db, guild, span, measured).await?,
        per_status: statistics::per_status(db, guild).await?,
        backlog: statistics::backlog(db, guild, now).await?,
        hours: statistics::hours_of_week(db, guild, span).await?,
        staff: statistics::staff(db, guild, span, MOST).await?,
        unanswered: statistics::open_questions(db, &index, guild, span, NAMED + 1).await?,
        entries: statistics::entries(db, guild, span, MOST).await?,
        missed: lately.missed + lately.failed,
        searches_since: None,
        reminders_since: None,
    })
}

/// Counts what is compared, and kind by kind.
async fn count(app: &App, acting: &Acting, span: &Span, measured: Measured) -> anyhow::Result<(Figures, Vec<OfKind>)> {
    let (db, guild) = (&app.db, acting.guild());
    let kinds = statistics::kinds(db, guild, span).await?;
    let sum = |number: fn(&OfKind) -> i64| kinds.iter().map(number).sum();
    let Times { closed, spreads, targets } = statistics::times(db, guild, span, measured).await?;
    let in_time = targets.map(|targets| {
        targets.iter().fold((0, 0), |(answered, within), it| (answered + it.answered, within + it.within))
    });
    let figures = Figures {
        opened: sum(|kind| kind.opened),
        closed,
        reopened: sum(|kind| kind.reopened),
        rated: sum(|kind| kind.rated),
        stars: sum(|kind| kind.stars),
        spreads,
        in_time,
        searched: Some(statistics::searched(db, guild, span).await?),
        reminded: Some(statistics::reminded(db, guild, span).await?),
    };
    Ok((figures, kinds))
}
