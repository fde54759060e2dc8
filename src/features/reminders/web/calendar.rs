//! A month of reminders as a table: what comes on which day, by the server's clocks.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use maud::{Markup, html};

use super::super::operations::{self, Whose};
use super::makes;
use crate::error::Result;
use crate::operations::reminders::words::name_in;
use crate::operations::reminders::words::times;
use crate::reminders::schedule::zone_label;
use crate::reminders::{Begin, Reminder};
use crate::web::{Answer, Page, Visit};
use crate::words::Say;
use crate::{msg, said, say};

/// Reminders that are looked at for a month, and how many are asked for at once.
const MOST: usize = 500;
const AT_ONCE: usize = 100;

/// Times of one reminder that a day shows: one that comes every ten minutes would fill it.
const TIMES: usize = 3;

/// What of a day stands there at once; the rest unfolds.
const SHOWN: usize = 4;

/// Months ahead that somebody may look at.
const AHEAD: i32 = 120;

/// Something that comes on a day.
struct Coming<'a> {
    at: Timestamp,
    reminder: &'a Reminder,
    /// Whether it comes on that day again and again.
    goes_on: bool,
}

/// The first day of the month that the address names, at most so far ahead; this month if it names none.
fn month(visit: &Visit) -> Date {
    let this = visit.zone.to_datetime(visit.acting().now()).date().first_of_month();
    let named = visit.query("month").and_then(|month| format!("{month}-01").parse::<Date>().ok());
    let last = this.checked_add(AHEAD.months()).unwrap_or(this);
    // What is over is no more than a list of what was said.
    named.filter(|month| (this..=last).contains(month)).unwrap_or(this)
}

/// Reminders to come, the next first: as many as are looked at, and whether there are more.
async fn coming(visit: &Visit, whose: Whose) -> Result<(Vec<Reminder>, bool)> {
    let (mut all, mut begin) = (Vec::new(), Begin::At(0));
    loop {
        let part = operations::list(&visit.app, visit.acting(), whose, (None, false), (begin, AT_ONCE)).await?;
        all.extend(part.reminders);
        match part.end {
            Some(end) if all.len() < MOST => begin = Begin::After(end),
            end => return Ok((all, end.is_some())),
        }
    }
}

/// The month.
pub(super) async fn show(visit: Arc<Visit>) -> Result<Answer> {
    let language = visit.language;
    let manages = operations::manages(&visit.app, visit.acting()).await?;
    let makes = makes(&visit).await?;
    let is_all = manages && visit.query("whose") == Some("all");
    let (reminders, more) = coming(&visit, if is_all { Whose::Everybody } else { Whose::Own }).await?;
    let first = month(&visit);
    let days = days_of(&visit, &reminders, first);
    let whose = if is_all { "all" } else { "" };
    let to = |month: Date, whose: &str| {
        visit.to_with("/calendar", &[("month", &month.strftime("%Y-%m").to_string()), ("whose", whose)])
    };
    let this = visit.zone.to_datetime(visit.acting().now()).date().first_of_month();
    let name = |month: Date| said!(reminders_web_month, month = i32::from(month.month()), year = month.year());
    let (before, after) = (first.checked_sub(1.month()).ok(), first.checked_add(1.month()).ok());
    let paused = reminders.iter().filter(|reminder| reminder.paused.is_some()).count();
    let body = html! {
        p.row {
            @if makes { a.button href=(visit.to("/new")) { (say!(language, reminders_new_form)) } }
            a.button.quiet href=(visit.to_with("", &[("whose", whose)])) { (say!(language, reminders_web_list_button)) }
            @if manages {
                @if is_all { a.button.quiet href=(to(first, "")) { (say!(language, reminders_list_title_own)) } }
                @else { a.button.quiet href=(to(first, "all")) { (say!(language, reminders_web_all_option)) } }
            }
        }
        @if reminders.is_empty() { p.empty { (visit.rich(&say!(language, reminders_list_none)).await) } }
        p.note { (say!(language, web_by_clocks_of, zone = zone_label(&visit.zone))) }
        div.scroll tabindex="0" { (table(&visit, first, &days, &name(first).say(language))) }
        p.pages {
            @if let Some(before) = before.filter(|before| *before >= this) {
                a href=(to(before, whose)) rel="prev" { (name(before).say(language)) } " "
            }
            @if let Some(after) = after { a href=(to(after, whose)) rel="next" { (name(after).say(language)) } }
        }
        @if more { p.note { (say!(language, reminders_web_calendar_more, count = MOST)) } }
        @if paused > 0 { p.note { (say!(language, reminders_web_calendar_paused, count = paused)) } }
    };
    let title = if is_all { msg!(reminders_list_title) } else { msg!(reminders_list_title_own) };
    Ok(Page::new(format!("{}: {}", title.say(language), name(first).say(language)), body).into())
}

/// What comes on which day of a month. What is paused comes on none, and of what is private only who reads it knows.
fn days_of<'a>(visit: &Visit, reminders: &'a [Reminder], first: Date) -> BTreeMap<Date, Vec<Coming<'a>>> {
    let begin = |day: Date| day.to_zoned(visit.zone.clone()).map(|at| at.timestamp()).ok();
    let mut days: BTreeMap<Date, Vec<Coming<'a>>> = BTreeMap::new();
    let Some((from, until)) = begin(first).zip(first.checked_add(1.month()).ok().and_then(begin)) else { return days };
    // Later than the moment before the first.
    let after = visit.acting().now().max(from.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(from));
    for reminder in reminders.iter().filter(|it| it.paused.is_none() && !it.is_hidden()) {
        let schedule = &reminder.draft.timing.schedule;
        let mut after = after;
        // Day by day, each at most once.
        while let Some(next) = schedule.moments_after(after).next().filter(|at| *at < until) {
            let day = visit.zone.to_datetime(next).date();
            let end = day.tomorrow().ok().and_then(begin).unwrap_or(until).min(until);
            let of_day: Vec<Timestamp> =
                schedule.moments_after(after).take_while(|at| *at < end).take(TIMES + 1).collect();
            let shown = of_day.iter().take(TIMES).zip(1..);
            let last = |nth: usize| nth == TIMES && of_day.len() > TIMES;
            let coming = shown.map(|(at, nth)| Coming { at: *at, reminder, goes_on: last(nth) });
            days.entry(day).or_default().extend(coming);
            after = end.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(end).max(next);
        }
    }
    for day in days.values_mut() {
        day.sort_by_key(|it| (it.at, it.reminder.number));
    }
    days
}

/// The month, a week a row.
fn table(visit: &Visit, first: Date, days: &BTreeMap<Date, Vec<Coming<'_>>>, caption: &str) -> Markup {
    let language = visit.language;
    let today = visit.zone.to_datetime(visit.acting().now()).date();
    let monday = first.checked_sub(i32::from(first.weekday().to_monday_zero_offset()).days()).unwrap_or(first);
    let last = first.last_of_month();
    let weeks = monday.series(1.week()).take_while(|day| *day <= last);
    let week = |monday: Date| (0..7).filter_map(move |day: i32| monday.checked_add(day.days()).ok());
    html! {
        table.calendar {
            caption { (caption) }
            thead { tr {
                @for day in week(monday) { th scope="col" { (times::short_weekday(day).say(language)) } }
            } }
            tbody { @for monday in weeks {
                tr { @for day in week(monday) {
                    @if day.month() == first.month() {
                        td aria-current=[(day == today).then_some("date")] {
                            time.day datetime=(day.to_string()) { (day.day()) span.hidden { " " (times::short_weekday(day).say(language)) } }
                            @if let Some(coming) = days.get(&day) { (of_day(visit, coming)) }
                        }
                    } @else { td {} }
                } }
            } }
        }
    }
}

fn of_day(visit: &Visit, coming: &[Coming<'_>]) -> Markup {
    let line = |it: &Coming<'_>| {
        let clock: Time = visit.zone.to_datetime(it.at).time();
        html! {
            li { a href=(visit.to(&format!("/{}", it.reminder.number))) {
                (clock.strftime("%H:%M").to_string())
                @if it.goes_on { " " (say!(visit.language, reminders_web_calendar_on)) }
                " " (name_in(visit.language, &it.reminder.draft.content.name))
            } }
        }
    };
    let (shown, rest) = coming.split_at(coming.len().min(SHOWN));
    html! {
        ul { @for it in shown { (line(it)) } }
        @if !rest.is_empty() {
            details {
                summary { (say!(visit.language, reminders_web_calendar_rest, count = rest.len())) }
                ul { @for it in rest { (line(it)) } }
            }
        }
    }
}
