//! Numbers for programs: `/api/v1/guilds/{guild}/metrics`.

use std::collections::BTreeMap;

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::{Caller, Problem, Query};
use crate::app::App;
use crate::operations::overview::{self, Figures, Overview};
use crate::statistics::{self, AGES, Measured};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_metrics))
}

/// Over which time is counted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Days of the server's calendar that end with today; or all there ever was.
    #[serde(default)]
    #[param(inline)]
    period: MetricsPeriod,
    /// How times are counted: by the clock, or in the working hours of each ticket's kind.
    #[serde(default)]
    #[param(inline)]
    time: MetricsTime,
}

/// Over which time is counted.
#[derive(Clone, Copy, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MetricsPeriod {
    Week,
    #[default]
    Month,
    Quarter,
    Year,
    All,
}

/// How times are counted.
#[derive(Clone, Copy, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MetricsTime {
    #[default]
    Passed,
    Worked,
}

impl From<MetricsPeriod> for statistics::Period {
    fn from(period: MetricsPeriod) -> statistics::Period {
        match period {
            MetricsPeriod::Week => statistics::Period::Week,
            MetricsPeriod::Month => statistics::Period::Month,
            MetricsPeriod::Quarter => statistics::Period::Quarter,
            MetricsPeriod::Year => statistics::Period::Year,
            MetricsPeriod::All => statistics::Period::All,
        }
    }
}

/// How long something took, in seconds.
#[derive(Serialize, ToSchema)]
struct MetricsSpread {
    /// How many there were.
    times: i64,
    /// The average.
    mean_seconds: f64,
    /// Half of them took no longer.
    median_seconds: f64,
    /// Nine of ten took no longer.
    p90_seconds: f64,
}

/// How long it took until tickets were answered, claimed and closed; null where none was.
#[derive(Serialize, ToSchema)]
struct MetricsSpreads {
    /// Until the staff answered first, of tickets that were opened in this time.
    first_response: Option<MetricsSpread>,
    /// Until somebody claimed it, of the same.
    claim: Option<MetricsSpread>,
    /// Until it was closed first, of tickets that were closed first in this time.
    close: Option<MetricsSpread>,
}

/// What reminders came to.
#[derive(Serialize, ToSchema)]
struct MetricsReminders {
    /// How many were said.
    said: i64,
    /// How many of these were late.
    late: i64,
    /// How many were too late to be said.
    missed: i64,
    /// How many Discord refused.
    failed: i64,
}

/// What is counted of a time.
#[derive(Serialize, ToSchema)]
struct MetricsNumbers {
    /// Tickets that were opened.
    opened: i64,
    /// Tickets that were closed, each where it was closed first.
    closed: i64,
    /// How often one was opened again.
    reopened: i64,
    /// How many of those that were opened are rated.
    rated: i64,
    /// Their average of stars; null if none is rated.
    stars: Option<f64>,
    /// How long it took; null where that is in working time and not measured yet, which it is within minutes.
    times: Option<MetricsSpreads>,
    /// First responses to tickets of kinds with a target; null likewise.
    with_target: Option<i64>,
    /// Those that came in time.
    in_time: Option<i64>,
    /// Searches in the FAQ; null of a time before of which some are kept no longer.
    searches: Option<i64>,
    /// Those that an entry answered; null likewise.
    answered: Option<i64>,
    /// What reminders came to; null likewise.
    reminders: Option<MetricsReminders>,
}

/// What happened on a day.
#[derive(Serialize, ToSchema)]
struct MetricsDay {
    /// By the server's clocks.
    #[schema(format = Date)]
    date: String,
    /// Tickets that were opened.
    opened: i64,
    /// Tickets that were closed first.
    closed: i64,
    /// Searches in the FAQ.
    searches: i64,
    /// Those that an entry answered.
    answered: i64,
}

/// Live tickets of an age.
#[derive(Serialize, ToSchema)]
struct MetricsBacklog {
    /// They are at least that old.
    from_seconds: i64,
    /// And younger than that; null is any age.
    to_seconds: Option<i64>,
    /// How many.
    tickets: i64,
    /// Those that nobody has claimed.
    unclaimed: i64,
}

/// Tickets of a kind.
#[derive(Serialize, ToSchema)]
struct KindMetrics {
    /// The kind's number.
    kind: i32,
    /// What members choose.
    name: String,
    /// How many were opened.
    opened: i64,
    /// How often one was opened again.
    reopened: i64,
    /// How many of those that were opened are rated.
    rated: i64,
    /// Their average of stars.
    stars: Option<f64>,
}

/// What somebody of the staff did.
#[derive(Serialize, ToSchema)]
struct StaffMetrics {
    /// Their id.
    user: String,
    /// Tickets that were opened in this time and that they have claimed.
    claimed: i64,
    /// Tickets that they closed, each where it was closed last.
    closed: i64,
    /// How many of those that they claimed are rated.
    rated: i64,
    /// Their average of stars.
    stars: Option<f64>,
}

/// A question that no entry answers.
#[derive(Serialize, ToSchema)]
struct MetricsQuestion {
    /// As it was typed last.
    query: String,
    /// How often, whatever the order and endings of its words.
    times: i64,
}

/// An entry that was opened.
#[derive(Serialize, ToSchema)]
struct MetricsEntry {
    /// Its number.
    number: i32,
    /// How often.
    times: i64,
}

/// How many, how fast and how good.
#[derive(Serialize, ToSchema)]
struct Metrics {
    /// From when on is counted: the beginning of a day by the server's clocks.
    #[schema(format = DateTime)]
    since: String,
    /// What is counted.
    numbers: MetricsNumbers,
    /// The same of as long a time before, as far as it had come by this time of day; null of all there ever was.
    before: Option<MetricsNumbers>,
    /// From when on searches are counted, if some of this time are kept no longer.
    #[schema(format = DateTime)]
    searches_since: Option<String>,
    /// The same of reminders.
    #[schema(format = DateTime)]
    reminders_since: Option<String>,
    /// Day by day.
    days: Vec<MetricsDay>,
    /// Tickets by what they are now, whenever they were opened.
    per_status: BTreeMap<String, i64>,
    /// Live tickets by their age.
    backlog: Vec<MetricsBacklog>,
    /// Tickets that were opened: a row of 24 hours for each weekday, from Monday on.
    hours_of_week: Vec<Vec<i64>>,
    /// Tickets by kind.
    kinds: Vec<KindMetrics>,
    /// Who of the staff did most.
    staff: Vec<StaffMetrics>,
    /// What was asked most often, and no entry answers, neither then nor now.
    unanswered: Vec<MetricsQuestion>,
    /// The entries that were opened most often.
    entries: Vec<MetricsEntry>,
}

/// Tell how many, how fast and how good
///
/// What exactly is counted stands in docs/admin.md.
#[utoipa::path(get, path = "/", tag = "metrics", params(Asked), extensions(("x-cost" = json!(10))), responses(
    (status = 200, description = "The numbers", body = Metrics),
))]
async fn read_metrics(caller: Caller, Query(asked): Query<Asked>) -> Result<Json<Metrics>, Problem> {
    let measured = match asked.time {
        MetricsTime::Passed => Measured::Passed,
        MetricsTime::Worked => Measured::Worked,
    };
    let found = overview::look(&caller.app, &caller.acting().await?, asked.period.into(), measured).await?;
    Ok(Json(found.into()))
}

impl From<statistics::Spread> for MetricsSpread {
    fn from(it: statistics::Spread) -> MetricsSpread {
        MetricsSpread { times: it.times, mean_seconds: it.mean_s, median_seconds: it.median_s, p90_seconds: it.p90_s }
    }
}

impl From<statistics::Spreads> for MetricsSpreads {
    fn from(it: statistics::Spreads) -> MetricsSpreads {
        let statistics::Spreads { response, claim, close } = it;
        MetricsSpreads {
            first_response: response.map(Into::into),
            claim: claim.map(Into::into),
            close: close.map(Into::into),
        }
    }
}

impl From<Figures> for MetricsNumbers {
    fn from(it: Figures) -> MetricsNumbers {
        let reminders = it.reminded.map(|it| {
            let statistics::Reminded { said, late, missed, failed } = it;
            MetricsReminders { said, late, missed, failed }
        });
        MetricsNumbers {
            opened: it.opened,
            closed: it.closed,
            reopened: it.reopened,
            rated: it.rated,
            stars: statistics::mean(it.stars, it.rated),
            times: it.spreads.map(Into::into),
            with_target: it.in_time.map(|(answered, _)| answered),
            in_time: it.in_time.map(|(_, within)| within),
            searches: it.searched.map(|(searches, _)| searches),
            answered: it.searched.map(|(_, answered)| answered),
            reminders,
        }
    }
}

impl From<Overview> for Metrics {
    fn from(it: Overview) -> Metrics {
        let days = it.days.iter().zip(&it.searches).map(|(tickets, searches)| MetricsDay {
            date: tickets.date.to_string(),
            opened: tickets.came,
            closed: tickets.done,
            searches: searches.came,
            answered: searches.done,
        });
        let ends = AGES.map(|age| age.as_secs());
        let backlog = it.backlog.iter().enumerate().map(|(at, it)| MetricsBacklog {
            from_seconds: at.checked_sub(1).map_or(0, |before| ends[before]),
            to_seconds: ends.get(at).copied(),
            tickets: it.tickets,
            unclaimed: it.unclaimed,
        });
        let kinds = it.kinds.into_iter().map(|kind| KindMetrics {
            kind: kind.kind,
            name: kind.name,
            opened: kind.opened,
            reopened: kind.reopened,
            rated: kind.rated,
            stars: statistics::mean(kind.stars, kind.rated),
        });
        let staff = it.staff.into_iter().map(|one| StaffMetrics {
            user: one.user.to_string(),
            claimed: one.claimed,
            closed: one.closed,
            rated: one.rated,
            stars: statistics::mean(one.stars, one.rated),
        });
        Metrics {
            since: it.since.to_string(),
            numbers: it.figures.into(),
            before: it.before.map(Into::into),
            searches_since: it.searches_since.map(|at| at.to_string()),
            reminders_since: it.reminders_since.map(|at| at.to_string()),
            days: days.collect(),
            per_status: it.per_status,
            backlog: backlog.collect(),
            hours_of_week: it.hours.iter().map(|hours| hours.to_vec()).collect(),
            kinds: kinds.collect(),
            staff: staff.collect(),
            unanswered: it
                .unanswered
                .into_iter()
                .take(overview::NAMED)
                .map(|one| MetricsQuestion { query: one.query, times: one.times })
                .collect(),
            entries: it.entries.into_iter().map(|(number, times)| MetricsEntry { number, times }).collect(),
        }
    }
}
