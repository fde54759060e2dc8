//! `/ticket stats`: how many, how fast, how good.

use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;

use super::action::{Action, Work, period_label};
use super::model::{Refusal, Status};
use super::operations::look;
use super::{messages, press, words};
use crate::acting::Acting;
use crate::app::App;
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply, reply::Deferred, reply::Later};
use crate::statistics::{Day, Period, Spread, mean};
use crate::ui::{Message, button, embed};
use crate::words::{Language, Msg, Said, Say, say_minutes};
use crate::{msg, said, say};

/// Of the staff that many are named.
const STAFF: i64 = 10;

pub(crate) async fn show(cx: Context, public: bool) -> Result<Reply> {
    let period = Period::Week;
    if takes_long(&cx).await? {
        require_staff(&cx).await?;
        let work = Deferred::Described(serde_json::to_value(Work::Stats { period, public })?);
        return Ok(Reply::Later(Later { work, ephemeral: !public, in_place: false }));
    }
    let language = cx.language_of_answer(public).await?;
    Ok(screen(&cx.app, &cx.acting().await?, period, (language, public)).await?.ephemeral(!public).into())
}

pub(crate) async fn turn(cx: Context, period: Period, public: bool) -> Result<Reply> {
    if takes_long(&cx).await? {
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

async fn takes_long(cx: &Context) -> Result<bool> {
    Ok(look::takes_long(&cx.app, &cx.acting().await?).await?)
}

async fn screen(app: &App, acting: &Acting, period: Period, (language, public): (Language, bool)) -> Result<Message> {
    let numbers = look::stats(app, acting, period, STAFF).await?;
    let title = say!(language, tickets_stats_title, period = period_label(period));
    let mut shown = embed(title, bars(language, &numbers.days));
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
    field(msg!(tickets_stats_first_response), spread(numbers.spreads.response).say(language), true);
    field(msg!(tickets_stats_claimed_after), spread(numbers.spreads.claim).say(language), true);
    field(msg!(tickets_stats_closed_after), spread(numbers.spreads.close).say(language), true);
    let satisfaction = match mean(numbers.stars, numbers.rated) {
        Some(average) => say!(language, tickets_stats_stars, stars = stars(language, average), count = numbers.rated),
        None => say!(language, tickets_stats_no_ratings),
    };
    field(msg!(tickets_stats_satisfaction), satisfaction, true);
    let staff = numbers.staff.iter().map(|one| {
        let (user, claimed, closed) = (one.user, one.claimed, one.closed);
        match mean(one.stars, one.rated) {
            Some(average) => {
                let stars = stars(language, average);
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
        Ok(button(style, period_label(it).say(language), messages::id(None, &action)?))
    });
    Ok(Message::default().embed(shown).row(buttons.collect::<Result<_>>()?))
}

/// An average of stars, always with its tenths.
fn stars(language: Language, average: f64) -> String {
    format!("{average:.1}").replace('.', &say!(language, words_decimal_mark))
}

fn spread(spread: Option<Spread>) -> Said {
    let about = |seconds: f64| match whole_minutes(seconds) {
        0 => said!(tickets_stats_under_a_minute),
        minutes => say_minutes(minutes),
    };
    // Within no time is nothing.
    let within = |seconds: f64| say_minutes(whole_minutes(seconds).max(1));
    match spread {
        Some(it) => {
            said!(tickets_stats_spread, mean = about(it.mean_s), half = within(it.median_s), most = within(it.p90_s))
        }
        None => said!(tickets_stats_none),
    }
}

#[allow(clippy::cast_possible_truncation)] // A duration in minutes fits by far.
fn whole_minutes(seconds: f64) -> i64 {
    (seconds / 60.0).round() as i64
}

/// A bar for each day: how many were opened, and how many closed.
fn bars(language: Language, days: &[Day]) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = days.iter().map(|day| day.came.max(day.done)).max().unwrap_or(0);
    if most == 0 {
        return say!(language, tickets_stats_quiet, days = days.len());
    }
    let bar = |count: i64| STEPS[usize::try_from(count * 7 / most).unwrap_or(0).min(7)];
    let line = |count: fn(&Day) -> i64| -> String { days.iter().map(|day| bar(count(day))).collect() };
    let opened = said!(tickets_stats_opened_a_day, bars = line(|day| day.came), days = days.len());
    let closed = said!(tickets_stats_closed_a_day, bars = line(|day| day.done), days = days.len());
    Said::lines(vec![opened, closed]).say(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_grow_to_the_largest() {
        let days = |counts: &[(i64, i64)]| -> Vec<Day> {
            let date = jiff::civil::date(2027, 3, 1);
            counts.iter().map(|(came, done)| Day { date, came: *came, done: *done }).collect()
        };
        assert_eq!(
            bars(Language::ENGLISH, &days(&[(0, 0), (1, 0), (4, 2), (8, 8)])),
            "`▁▁▄█` opened a day in the last 4 days\n`▁▁▂█` closed a day in the last 4 days"
        );
        assert_eq!(bars(Language::ENGLISH, &days(&[(0, 0); 7])), "Nothing was opened or closed in the last 7 days.");
    }

    #[test]
    fn stars_are_written_with_the_mark_of_the_language() {
        let dutch = Language::of_code("nl").expect("it is spoken");
        assert_eq!((stars(Language::ENGLISH, 4.0), stars(dutch, 4.25)), ("4.0".to_owned(), "4,2".to_owned()));
    }
}
