//! `/ticket stats`: how many, how fast, how good.

use jiff::Timestamp;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::action::{Action, Period, Work};
use super::model::Status;
use super::store::Spread;
use super::{messages, press, store};
use crate::app::App;
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply, reply::Deferred, reply::Later};
use crate::settings::System;
use crate::settings::field::show_minutes;
use crate::ui::{Message, button, embed};

/// Of the staff that many are named.
const STAFF: i64 = 10;

/// So many tickets are counted before the answer; more are counted afterwards.
const AT_ONCE: i32 = 10_000;

/// Days of which each has a bar.
const BARS: i32 = 30;

pub(crate) async fn show(cx: Context, public: bool) -> Result<Reply> {
    let period = Period::Week;
    require_staff(&cx).await?;
    if are_many(&cx).await? {
        let work = Deferred::Described(serde_json::to_value(Work::Stats { period })?);
        return Ok(Reply::Later(Later { work, ephemeral: !public }));
    }
    Ok(screen(&cx.app, cx.guild, period, cx.now).await?.ephemeral(!public).into())
}

pub(crate) async fn turn(cx: Context, period: Period) -> Result<Reply> {
    require_staff(&cx).await?;
    if are_many(&cx).await? {
        return Ok(Reply::later(&Work::Stats { period })?);
    }
    Ok(Reply::Update(screen(&cx.app, cx.guild, period, cx.now).await?))
}

/// Counts what takes longer than an answer may.
pub(crate) async fn finish(promise: Promise, period: Period) -> Result<Message> {
    screen(&promise.app, promise.guild, period, promise.now).await
}

async fn require_staff(cx: &Context) -> Result<()> {
    match press::works_tickets(cx).await? {
        true => Ok(()),
        false => Err(Error::user("Only the staff reads the numbers; `/ticket list` shows your own tickets.")),
    }
}

async fn are_many(cx: &Context) -> Result<bool> {
    Ok(store::find_last_number(&cx.app.db, cx.guild).await?.is_some_and(|last| last > AT_ONCE))
}

async fn screen(app: &App, guild: Id<GuildMarker>, period: Period, now: Timestamp) -> Result<Message> {
    let system = app.settings.get::<System>(guild).await?;
    let zone = system.time_zone.time_zone().iana_name().unwrap_or("UTC").to_owned();
    let numbers = store::count(&app.db, guild, period.since(now), now, &zone, BARS, STAFF).await?;
    let mut shown = embed(format!("Tickets · {}", period.label()), bars(&numbers.days));
    let mut field = |name: &str, value: String, inline| {
        shown.fields.push(EmbedField { inline, name: name.to_owned(), value });
    };
    let of = |status: Status| numbers.per_status.get(status.name()).copied().unwrap_or(0);
    let states: Vec<String> =
        Status::ALL.into_iter().map(|status| format!("{} {}", status.chip(), of(status))).collect();
    field("Now", states.join("\n"), true);
    let mut flow = vec![format!("Opened {}", numbers.opened), format!("Closed {}", numbers.closed)];
    if numbers.answered > 0 {
        flow.push(format!("Answered by the FAQ {}", numbers.answered));
    }
    field("In that time", flow.join("\n"), true);
    field("First response", spread(numbers.first_response), true);
    field("Claimed after", spread(numbers.claim), true);
    field("Closed after", spread(numbers.close), true);
    let satisfaction = match numbers.stars {
        Some(stars) => format!("{stars:.1} of 5 stars, {} ratings", numbers.rated),
        None => "no ratings".to_owned(),
    };
    field("Satisfaction", satisfaction, true);
    let staff = numbers.staff.iter().map(|(user, claimed, closed, stars)| {
        let stars = stars.map(|stars| format!(", {stars:.1} stars")).unwrap_or_default();
        format!("<@{user}> claimed {claimed}, closed {closed}{stars}")
    });
    let staff: Vec<String> = staff.collect();
    if !staff.is_empty() {
        field("Staff", staff.join("\n"), false);
    }
    let buttons = Period::ALL.into_iter().map(|(it, label)| {
        let style = if it == period { ButtonStyle::Primary } else { ButtonStyle::Secondary };
        Ok(button(style, label, messages::id(None, &Action::Stats(it))?))
    });
    Ok(Message::default().embed(shown).row(buttons.collect::<Result<_>>()?))
}

fn spread(spread: Spread) -> String {
    let time = |seconds: f64| {
        #[allow(clippy::cast_possible_truncation)] // A duration in minutes fits by far.
        let minutes = (seconds / 60.0).round() as i64;
        show_minutes(minutes)
    };
    match (spread.mean, spread.p90) {
        (Some(mean), Some(p90)) => format!("{} on average\n{} for nine of ten", time(mean), time(p90)),
        _ => "none yet".to_owned(),
    }
}

/// A bar for each day: how many were opened, and how many closed.
fn bars(days: &[(i64, i64)]) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = days.iter().map(|(opened, closed)| *opened.max(closed)).max().unwrap_or(0);
    if most == 0 {
        return "Nothing was opened or closed in the last 30 days.".to_owned();
    }
    let bar = |count: i64| STEPS[usize::try_from(count * 7 / most).unwrap_or(0).min(7)];
    let line = |count: fn(&(i64, i64)) -> i64| -> String { days.iter().map(|day| bar(count(day))).collect() };
    format!("`{}` opened a day\n`{}` closed a day", line(|day| day.0), line(|day| day.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_grow_to_the_largest() {
        assert_eq!(bars(&[(0, 0), (1, 0), (4, 2), (8, 8)]), "`▁▁▄█` opened a day\n`▁▁▂█` closed a day");
        assert_eq!(bars(&[(0, 0)]), "Nothing was opened or closed in the last 30 days.");
    }
}
