//! `/ticket stats`: how many, how fast, how good.

use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;

use super::action::{Action, Period, Work};
use super::model::{Refusal, Status};
use super::operations::look;
use super::store::Spread;
use super::{messages, press, words};
use crate::acting::Acting;
use crate::app::App;
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply, reply::Deferred, reply::Later};
use crate::ui::{Message, button, embed};
use crate::words::{Language, Msg, Said, Say, say_minutes};
use crate::{msg, said, say};

/// Of the staff that many are named.
const STAFF: i64 = 10;

/// So many tickets are counted before the answer; more are counted afterwards.
const AT_ONCE: i32 = 10_000;

/// Days of which each has a bar, and those of a week.
const BARS: i32 = 30;
const WEEK_BARS: usize = 7;

pub(crate) async fn show(cx: Context, public: bool) -> Result<Reply> {
    let period = Period::Week;
    if are_many(&cx).await? {
        require_staff(&cx).await?;
        let work = Deferred::Described(serde_json::to_value(Work::Stats { period, public })?);
        return Ok(Reply::Later(Later { work, ephemeral: !public, in_place: false }));
    }
    let language = cx.language_of_answer(public).await?;
    Ok(screen(&cx.app, &cx.acting().await?, period, (language, public)).await?.ephemeral(!public).into())
}

pub(crate) async fn turn(cx: Context, period: Period, public: bool) -> Result<Reply> {
    if are_many(&cx).await? {
        require_staff(&cx).await?;
        // What is counted afterwards is for whoever pressed alone, wherever they pressed.
        return Ok(Reply::later(&Work::Stats { period, public: false })?);
    }
    let language = cx.language_of_answer(public).await?;
    Ok(Reply::Update(screen(&cx.app, &cx.acting().await?, period, (language, public)).await?))
}

/// Counts what takes longer than an answer may.
pub(crate) async fn finish(promise: Promise, period: Period, public: bool) -> Result<Message> {
    let language = promise.language_of_answer(public).await?;
    screen(&promise.app, &press::acting_of(&promise).await?, period, (language, public)).await
}

/// Refuses before it is promised what would be refused afterwards.
async fn require_staff(cx: &Context) -> Result<()> {
    match press::works_tickets(cx).await? {
        true => Ok(()),
        false => Err(Error::User(Refusal::NumbersForStaff.said())),
    }
}

async fn are_many(cx: &Context) -> Result<bool> {
    Ok(look::last_number(&cx.app, &cx.acting().await?).await?.is_some_and(|last| last > AT_ONCE))
}

async fn screen(app: &App, acting: &Acting, period: Period, (language, public): (Language, bool)) -> Result<Message> {
    let numbers = look::stats(app, acting, period.since(acting.now()), BARS, STAFF).await?;
    let title = say!(language, tickets_stats_title, period = period.label());
    let shown_days = if matches!(period, Period::Week) { WEEK_BARS } else { numbers.days.len() };
    let days = &numbers.days[numbers.days.len().saturating_sub(shown_days)..];
    let mut shown = embed(title, bars(language, days));
    let mut field = |name: Msg, value: String, inline| {
        shown.fields.push(EmbedField { inline, name: name.say(language), value });
    };
    let of = |status: Status| numbers.per_status.get(status.name()).copied().unwrap_or(0);
    let states: Vec<String> = Status::ALL
        .into_iter()
        .map(|status| format!("{} {}", words::status_chip(language, status), of(status)))
        .collect();
    field(msg!(tickets_stats_now), states.join("\n"), true);
    let mut flow =
        vec![said!(tickets_stats_opened, count = numbers.opened), said!(tickets_stats_closed, count = numbers.closed)];
    if numbers.answered > 0 {
        flow.push(said!(tickets_stats_answered, count = numbers.answered));
    }
    field(msg!(tickets_stats_flow), Said::lines(flow).say(language), true);
    field(msg!(tickets_stats_first_response), spread(numbers.first_response).say(language), true);
    field(msg!(tickets_stats_claimed_after), spread(numbers.claim).say(language), true);
    field(msg!(tickets_stats_closed_after), spread(numbers.close).say(language), true);
    let satisfaction = match numbers.stars {
        Some(average) => say!(language, tickets_stats_stars, stars = stars(language, average), count = numbers.rated),
        None => say!(language, tickets_stats_no_ratings),
    };
    field(msg!(tickets_stats_satisfaction), satisfaction, true);
    let staff = numbers.staff.iter().map(|(user, claimed, closed, average)| {
        let (user, claimed, closed) = (*user, *claimed, *closed);
        match average {
            Some(average) => {
                let stars = stars(language, *average);
                said!(tickets_stats_person_stars, user, claimed, closed, stars)
            }
            None => said!(tickets_stats_person, user, claimed, closed),
        }
    });
    let staff: Vec<Said> = staff.collect();
    if !staff.is_empty() {
        field(msg!(tickets_stats_staff), Said::lines(staff).say(language), false);
    }
    let buttons = Period::ALL.into_iter().map(|it| {
        let style = if it == period { ButtonStyle::Primary } else { ButtonStyle::Secondary };
        let action = if public { Action::PublicStats(it) } else { Action::Stats(it) };
        Ok(button(style, it.label().say(language), messages::id(None, &action)?))
    });
    Ok(Message::default().embed(shown).row(buttons.collect::<Result<_>>()?))
}

/// An average of stars, always with its tenths.
fn stars(language: Language, average: f64) -> String {
    format!("{average:.1}").replace('.', &say!(language, words_decimal_mark))
}

fn spread(spread: Spread) -> Said {
    let mean = |seconds: f64| match whole_minutes(seconds) {
        0 => said!(tickets_stats_under_a_minute),
        minutes => say_minutes(minutes),
    };
    match (spread.mean, spread.p90) {
        // Within no time is nothing.
        (Some(average), Some(p90)) => {
            said!(tickets_stats_spread, mean = mean(average), most = say_minutes(whole_minutes(p90).max(1)))
        }
        _ => said!(tickets_stats_none),
    }
}

#[allow(clippy::cast_possible_truncation)] // A duration in minutes fits by far.
fn whole_minutes(seconds: f64) -> i64 {
    (seconds / 60.0).round() as i64
}

/// A bar for each day: how many were opened, and how many closed.
fn bars(language: Language, days: &[(i64, i64)]) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = days.iter().map(|(opened, closed)| *opened.max(closed)).max().unwrap_or(0);
    if most == 0 {
        return say!(language, tickets_stats_quiet, days = days.len());
    }
    let bar = |count: i64| STEPS[usize::try_from(count * 7 / most).unwrap_or(0).min(7)];
    let line = |count: fn(&(i64, i64)) -> i64| -> String { days.iter().map(|day| bar(count(day))).collect() };
    let opened = said!(tickets_stats_opened_a_day, bars = line(|day| day.0), days = days.len());
    let closed = said!(tickets_stats_closed_a_day, bars = line(|day| day.1), days = days.len());
    Said::lines(vec![opened, closed]).say(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_grow_to_the_largest() {
        assert_eq!(
            bars(Language::ENGLISH, &[(0, 0), (1, 0), (4, 2), (8, 8)]),
            "`▁▁▄█` opened a day in the last 4 days\n`▁▁▂█` closed a day in the last 4 days"
        );
        assert_eq!(bars(Language::ENGLISH, &[(0, 0); 7]), "Nothing was opened or closed in the last 7 days.");
    }

    #[test]
    fn stars_are_written_with_the_mark_of_the_language() {
        let dutch = Language::of_code("nl").expect("it is spoken");
        assert_eq!((stars(Language::ENGLISH, 4.0), stars(dutch, 4.25)), ("4.0".to_owned(), "4,2".to_owned()));
    }
}
