//! The first page of a server: how the desk is doing, and what needs somebody now.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};

use super::charts;
use super::words::{Unit, change, duration, name_of, number, period_name, read_period, stars, status_name, written};
use crate::error::Result;
use crate::operations::overview::{self, Figures, LATELY_DAYS, NAMED, Overview};
use crate::statistics::{AGES, Day, Measured, OfDay, Period, Spread, Spreads, mean};
use crate::web::{Answer, Page, Section, Visit, Watch, head};
use crate::words::{Language, Msg, Say, say_minutes};
use crate::{msg, say};

/// More days than that are drawn by weeks.
const SINGLE_DAYS: usize = 120;

/// The pages.
pub(super) fn section() -> Section {
    Section::for_admins("overview", "overview", msg!(overview_title)).page("", show).page("/live", live)
}

/// Tells when any ticket changes.
async fn live(_: Arc<Visit>) -> Result<Answer> {
    Ok(Answer::Live(Watch { table: "ticket", number: None }))
}

async fn show(visit: Arc<Visit>) -> Result<Answer> {
    let period = visit.query("period").and_then(read_period).unwrap_or(Period::Month);
    let is_worked = visit.query("time") == Some("worked");
    let measured = if is_worked { Measured::Worked } else { Measured::Passed };
    let seen = overview::look(&visit.app, visit.acting(), period, measured).await?;
    let language = visit.language;
    let numbers: Vec<i32> = seen.entries.iter().map(|(number, _)| *number).collect();
    let entries = visit.app.knowledge.entries(visit.acting().guild(), &numbers).await?;
    let titles: HashMap<i32, String> = entries.into_iter().map(|entry| (entry.number, entry.draft.title)).collect();
    let staff = visit.people(seen.staff.iter().map(|one| one.user)).await;
    let body = html! {
        (choices(&visit, period, is_worked))
        div data-part="numbers" {
        (cards(language, &seen))
        (now(&visit, &seen))
        (volume(language, &seen.days))
        (times(language, &seen.figures))
        (states(language, &seen))
        (ages(language, &seen))
        (week(language, &seen.hours))
        (kinds(language, &seen))
        h2 { (say!(language, overview_staff)) }
        @if seen.staff.is_empty() { p.empty { (say!(language, overview_no_staff)) } } @else {
            div.scroll tabindex="0" { table {
                (head(language, &[msg!(overview_person_label), msg!(overview_claimed_label), msg!(overview_closed_label), msg!(overview_stars_label)]))
                tbody { @for one in &seen.staff { tr {
                    th scope="row" { (staff.get(&one.user).map_or_else(|| one.user.to_string(), |name| name.to_string())) }
                    td.number { (number(language, one.claimed)) }
                    td.number { (number(language, one.closed)) }
                    td.number { (stars(language, mean(one.stars, one.rated))) }
                } } }
            } }
        }
        (questions(&visit, &seen))
        (opened(language, &seen, &titles))
        (reminders(&visit, &seen))
        }
    };
    Ok(Page::new(say!(language, overview_title), body).told_by(visit.to("/live")).into())
}

/// Over which time, and by which clock.
fn choices(visit: &Visit, period: Period, is_worked: bool) -> Markup {
    let language = visit.language;
    let to = |period: Period, is_worked: bool| {
        visit.to_with("", &[("period", name_of(period)), ("time", if is_worked { "worked" } else { "" })])
    };
    html! {
        nav aria-label=(say!(language, overview_period_label)) {
            ul.row {
                @for it in Period::ALL {
                    li { a href=(to(it, is_worked)) aria-current=[(it == period).then_some("true")] { (period_name(language, it)) } }
                }
            }
        }
        nav aria-label=(say!(language, overview_time_label)) {
            ul.row {
                @for (it, label) in [(false, msg!(overview_passed_button)), (true, msg!(overview_worked_button))] {
                    li { a href=(to(period, it)) aria-current=[(it == is_worked).then_some("true")] { (label.say(language)) } }
                }
            }
        }
    }
}

/// A number that matters, with what it was before and how it went.
fn card(
    language: Language,
    label: Msg,
    unit: Unit,
    (now, before): (Option<f64>, Option<Option<f64>>),
    line: &[Option<i64>],
) -> Markup {
    html! {
        li.box {
            p.dim { (label.say(language)) }
            p.figure { (written(language, unit, now)) }
            @if let Some(before) = before { p.dim { (change(language, unit, now, before)) } }
            @if line.iter().flatten().any(|value| *value > 0) { (charts::spark(line)) }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // They are numbers of tickets and searches.
fn cards(language: Language, seen: &Overview) -> Markup {
    let both = |figure: &dyn Fn(&Figures) -> Option<f64>| (figure(&seen.figures), seen.before.as_ref().map(figure));
    let median = |of: fn(Spreads) -> Option<Spread>| both(&move |it: &Figures| Some(of(it.spreads?)?.median_s));
    let (came, done): (Vec<_>, Vec<_>) =
        grouped(&seen.days).into_iter().map(|(_, came, done)| (Some(came), Some(done))).unzip();
    let answered: Vec<_> =
        grouped(&seen.searches).into_iter().map(|(_, came, done)| (done * 100).checked_div(came)).collect();
    let averages = |of: &[OfDay]| averages(&seen.days, of);
    let share = |it: &Figures| {
        let (searches, answered) = it.searched.filter(|(searches, _)| *searches > 0)?;
        Some(100.0 * answered as f64 / searches as f64)
    };
    html! {
        ul.cards {
            (card(language, msg!(overview_opened_label), Unit::Count, both(&|it| Some(it.opened as f64)), &came))
            (card(language, msg!(overview_closed_label), Unit::Count, both(&|it| Some(it.closed as f64)), &done))
            (card(language, msg!(overview_response_label), Unit::Seconds, median(|it| it.response), &averages(&seen.course.response)))
            (card(language, msg!(overview_close_label), Unit::Seconds, median(|it| it.close), &averages(&seen.course.close)))
            (card(language, msg!(overview_stars_label), Unit::Stars, both(&|it| mean(it.stars, it.rated)), &averages(&seen.course.stars)))
            (card(language, msg!(overview_answered_label), Unit::Percent, both(&share), &answered))
        }
    }
}

/// What needs somebody now, each with the page where it is done.
fn now(visit: &Visit, seen: &Overview) -> Markup {
    let language = visit.language;
    let yesterday = visit.zone.to_datetime(visit.acting().now()).date().yesterday().unwrap_or(Date::MIN);
    let unclaimed: i64 = seen.backlog.iter().map(|it| it.unclaimed).sum();
    // Older than a day.
    let old: i64 = seen.backlog[3..].iter().map(|it| it.tickets).sum();
    let (questions, missed) = (seen.unanswered.len(), seen.missed);
    html! {
        h2 { (say!(language, overview_now)) }
        @if unclaimed == 0 && old == 0 && questions == 0 && missed == 0 {
            p.empty { (say!(language, overview_nothing_now)) }
        } @else {
            ul {
                @if unclaimed > 0 { li { a href="tickets?claimed=nobody" { (say!(language, overview_unclaimed, count = unclaimed)) } } }
                @if old > 0 { li { a href={ "tickets?to=" (yesterday) } { (say!(language, overview_old, count = old)) } } }
                @if questions > 0 { li { a href="faq/questions" { (say_questions(language, questions)) } } }
                @if missed > 0 { li { a href="reminders?whose=all" { (say!(language, overview_missed, count = missed, days = LATELY_DAYS)) } } }
            }
        }
    }
}

/// How many questions have no answer; of many, that they are many.
fn say_questions(language: Language, count: usize) -> String {
    if count > NAMED {
        return say!(language, overview_questions_many, count = NAMED);
    }
    say!(language, overview_questions, count)
}

/// A chart, and its numbers for whoever wants to read them.
fn charted(language: Language, title: Msg, (chart, is_line): (&Markup, bool), table: &Markup) -> Markup {
    html! {
        h2 { (title.say(language)) }
        figure data-chart=[is_line.then_some("")] {
            (chart)
            // What the pointer is at; who has none reads the table.
            @if is_line { p.tip aria-hidden="true" {} }
            details {
                summary { (say!(language, overview_table_button)) }
                div.scroll tabindex="0" { (table) }
            }
        }
    }
}

/// Days, or weeks where there are many.
fn groups(days: &[Day]) -> impl Iterator<Item = &[Day]> {
    days.chunks(if days.len() > SINGLE_DAYS { 7 } else { 1 })
}

/// A hundred times the average of each day or week; nothing where nothing happened.
fn averages(days: &[Day], of: &[OfDay]) -> Vec<Option<i64>> {
    // Both are in the order of days; a course has only those on which something happened.
    let average = |group: &[Day]| {
        let (first, last) = (group[0].date, group[group.len() - 1].date);
        let (from, to) = (of.partition_point(|it| it.date < first), of.partition_point(|it| it.date <= last));
        let (times, total) = of[from..to].iter().fold((0, 0), |sum, day| (sum.0 + day.times, sum.1 + day.total));
        (total * 100).checked_div(times)
    };
    groups(days).map(average).collect()
}

/// The first day of each day or week, with what happened.
fn grouped(days: &[Day]) -> Vec<(Date, i64, i64)> {
    let sum = |days: &[Day]| {
        let (came, done) = days.iter().fold((0, 0), |sum, day| (sum.0 + day.came, sum.1 + day.done));
        (days[0].date, came, done)
    };
    groups(days).map(sum).collect()
}

fn volume(language: Language, days: &[Day]) -> Markup {
    let groups = grouped(days);
    let series = [
        ("opened", groups.iter().map(|group| group.1).collect()),
        ("closed", groups.iter().map(|group| group.2).collect()),
    ];
    let label = say!(language, overview_volume);
    let chart = html! {
        (charts::lines(&label, &series))
        p.legend {
            span.opened { (say!(language, overview_opened_label)) }
            span.closed { (say!(language, overview_closed_label)) }
        }
    };
    let from = if days.len() > SINGLE_DAYS { msg!(overview_week_label) } else { msg!(overview_day_label) };
    let table = html! { table {
        (head(language, &[from, msg!(overview_opened_label), msg!(overview_closed_label)]))
        tbody { @for (date, opened, closed) in groups.iter().rev() { tr {
            th scope="row" { (date) }
            td.number { (number(language, *opened)) }
            td.number { (number(language, *closed)) }
        } } }
    } };
    charted(language, msg!(overview_volume), (&chart, true), &table)
}

fn times(language: Language, figures: &Figures) -> Markup {
    let Some(found) = figures.spreads else {
        return html! { h2 { (say!(language, overview_times)) } p.empty { (say!(language, overview_not_measured)) } };
    };
    let rows = [
        (msg!(overview_response_label), found.response),
        (msg!(overview_claim_label), found.claim),
        (msg!(overview_close_label), found.close),
    ];
    let most = rows.iter().filter_map(|(_, spread)| Some(seconds(spread.as_ref()?.p90_s))).max().unwrap_or(0);
    let chart = html! {
        dl.bars { @for (label, spread) in &rows {
            dt { (label.say(language)) }
            dd { @match spread {
                Some(it) => {
                    (charts::bar(seconds(it.median_s), most))
                    (charts::bar(seconds(it.p90_s), most))
                    (say!(language, overview_spread, half = duration(it.median_s), most = duration(it.p90_s)))
                }
                None => { span.dim { (say!(language, overview_none)) } }
            } }
        } }
        @if let Some((answered, within)) = figures.in_time.filter(|(answered, _)| *answered > 0) {
            p { (say!(language, overview_in_time, percent = within * 100 / answered, count = answered)) }
        }
    };
    let table = html! { table {
        (head(language, &[msg!(overview_what_label), msg!(overview_times_label), msg!(overview_median_label), msg!(overview_p90_label), msg!(overview_mean_label)]))
        tbody { @for (label, spread) in &rows { @if let Some(it) = spread { tr {
            th scope="row" { (label.say(language)) }
            td.number { (number(language, it.times)) }
            @for value in [it.median_s, it.p90_s, it.mean_s] { td.number { (duration(value).say(language)) } }
        } } } }
    } };
    charted(language, msg!(overview_times), (&chart, false), &table)
}

#[allow(clippy::cast_possible_truncation)] // It is a time between two moments.
fn seconds(value: f64) -> i64 {
    value as i64
}

/// Bars with their names; the numbers stand beside them, so there is no other table.
fn bars(language: Language, title: Msg, rows: &[(String, i64)]) -> Markup {
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
    html! {
        h2 { (title.say(language)) }
        div.scroll tabindex="0" { table.bars {
            tbody { @for (name, count) in rows { tr {
                th scope="row" { (name) }
                td.wide { (charts::bar(*count, most)) }
                td.number { (number(language, *count)) }
            } } }
        } }
    }
}

fn states(language: Language, seen: &Overview) -> Markup {
    let rows: Vec<(String, i64)> = super::words::STATES
        .iter()
        .map(|name| (status_name(language, name), seen.per_status.get(*name).copied().unwrap_or(0)))
        .collect();
    bars(language, msg!(overview_states), &rows)
}

fn ages(language: Language, seen: &Overview) -> Markup {
    let limit = |at: usize| say_minutes(AGES[at].as_secs() / 60);
    let name = |at: usize| match at {
        at if at < AGES.len() => say!(language, overview_younger, age = limit(at)),
        _ => say!(language, overview_older, age = limit(AGES.len() - 1)),
    };
    let rows: Vec<(String, i64)> = seen.backlog.iter().enumerate().map(|(at, it)| (name(at), it.tickets)).collect();
    bars(language, msg!(overview_backlog), &rows)
}

fn week(language: Language, hours: &[[i64; 24]; 7]) -> Markup {
    let days = super::words::weekdays(language);
    let label = say!(language, overview_hours);
    let table = html! { table {
        thead { tr { th scope="col" { (say!(language, overview_weekday_label)) } @for hour in 0..24 { th scope="col" { (hour) } } } }
        tbody { @for (day, counts) in days.iter().zip(hours) { tr {
            th scope="row" { (day) }
            @for count in counts { td.number { (number(language, *count)) } }
        } } }
    } };
    charted(language, msg!(overview_hours), (&charts::heat(&label, hours, &days), false), &table)
}

fn kinds(language: Language, seen: &Overview) -> Markup {
    html! {
        h2 { (say!(language, overview_kinds)) }
        @if seen.kinds.is_empty() { p.empty { (say!(language, overview_no_tickets)) } } @else {
            div.scroll tabindex="0" { table {
                (head(language, &[msg!(overview_kind_label), msg!(overview_opened_label), msg!(overview_reopened_label), msg!(overview_stars_label)]))
                tbody { @for kind in &seen.kinds { tr {
                    th scope="row" { (kind.name) }
                    td.number { (number(language, kind.opened)) }
                    td.number { (number(language, kind.reopened)) }
                    td.number { (stars(language, mean(kind.stars, kind.rated))) }
                } } }
            } }
        }
    }
}

/// From when on is counted what is kept for a time only.
fn kept_since(visit: &Visit, since: Option<Timestamp>) -> Markup {
    let date = since.map(|since| visit.zone.to_datetime(since).date());
    html! { @if let Some(date) = date { p.dim { (say!(visit.language, overview_kept_since, date = date.to_string())) } } }
}

fn questions(visit: &Visit, seen: &Overview) -> Markup {
    let language = visit.language;
    html! {
        h2 { (say!(language, overview_asked)) }
        (kept_since(visit, seen.searches_since))
        @if seen.unanswered.is_empty() { p.empty { (say!(language, overview_no_questions)) } } @else {
            div.scroll tabindex="0" { table {
                (head(language, &[msg!(overview_question_label), msg!(overview_times_label), msg!(overview_write_label)]))
                tbody { @for one in seen.unanswered.iter().take(NAMED) { tr {
                    th scope="row" { (one.query.trim()) }
                    td.number { (number(language, one.times)) }
                    td { a href=(format!("faq/new?search={}", one.search)) {
                        (say!(language, overview_write_button))
                        span.hidden { ": " (one.query.trim()) }
                    } }
                } } }
            } }
        }
    }
}

/// The entries that were opened, each with what it is called.
fn opened(language: Language, seen: &Overview, titles: &HashMap<i32, String>) -> Markup {
    html! {
        h2 { (say!(language, overview_entries)) }
        @if seen.entries.is_empty() { p.empty { (say!(language, overview_no_entries)) } } @else {
            div.scroll tabindex="0" { table {
                (head(language, &[msg!(overview_entry_label), msg!(overview_times_label)]))
                tbody { @for (entry, times) in &seen.entries { tr {
                    th scope="row" { @match titles.get(entry) {
                        Some(title) => { a href={ "faq/" (entry) } { (title) } }
                        // It was removed since.
                        None => { "#" (entry) }
                    } }
                    td.number { (number(language, *times)) }
                } } }
            } }
        }
    }
}

fn reminders(visit: &Visit, seen: &Overview) -> Markup {
    let language = visit.language;
    let it = seen.figures.reminded.unwrap_or_default();
    let rows = [
        (msg!(overview_said_label), it.said),
        (msg!(overview_late_label), it.late),
        (msg!(overview_missed_label), it.missed),
        (msg!(overview_failed_label), it.failed),
    ];
    let rows: Vec<(String, i64)> = rows.into_iter().map(|(label, count)| (label.say(language), count)).collect();
    html! { (bars(language, msg!(overview_reminders), &rows)) (kept_since(visit, seen.reminders_since)) }
}
