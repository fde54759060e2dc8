//! What may mean several things: each of them, to be asked.

use jiff::Zoned;
use jiff::civil::Time;

use super::{Misread, When, meaning};
use crate::reminders::phrases::{Amount, Clock, Day, How, Month, MonthDays, Parts, Place, Vague};
use crate::reminders::schedule::Weekdays;
use crate::reminders::words::Unit;

/// What is farther away nobody calls by its year alone.
const MAX_YEARS: i16 = 10;

/// What `parts` are answered if they leave a choice; nothing if they do not.
pub(super) fn offered(parts: &Parts, now: &Zoned) -> Option<Result<When, Misread>> {
    let (choices, may_be_one) = choices(parts, now)?;
    let mut read: Vec<When> = Vec::new();
    for when in choices.into_iter().filter_map(|parts| meaning(parts, now).ok()) {
        if !read.contains(&when) {
            read.push(when);
        }
    }
    Some(match (read.len(), may_be_one) {
        (0, _) => Err(Misread::NotUnderstood),
        (1, true) => Ok(read.remove(0)),
        _ => Err(Misread::Either(read)),
    })
}

/// The readings, and whether the only one that lies ahead is what is meant.
fn choices(parts: &Parts, now: &Zoned) -> Option<(Vec<Parts>, bool)> {
    let with = |change: &dyn Fn(&mut Parts)| changed(parts, change);
    // `this weekend, 28/11` is that date.
    if parts.vague == Some(Vague::Weekend(0)) && says_day(parts) {
        return Some((vec![with(&|it| it.vague = None)], true));
    }
    // `straks om 20u` is today.
    if parts.vague == Some(Vague::Soon) && parts.time.is_some() && !says_day(parts) {
        return Some((vec![with(&|it| (it.vague, it.day) = (None, Some(Day::InDays(0))))], true));
    }
    if let Some((weeks, weekday)) = parts.weeks_on {
        let days = [Day::WeeksAfter(weeks, weekday), Day::InWeek(weeks, weekday)];
        let on = |day: Day| (!says_day(parts)).then(|| with(&|it| (it.weeks_on, it.day) = (None, Some(day))));
        return Some((days.into_iter().filter_map(on).collect(), true));
    }
    if let Some(vague) = parts.vague {
        return Some((vague_choices(vague, &Parts { vague: None, ..parts.clone() }), false));
    }
    // `every day from monday to friday` is this week or every week.
    if let (Some(Day::Weekday(first)), Some(Day::Weekday(last)), None) = (parts.from, parts.until, parts.weekdays) {
        let count = usize::try_from(first.until(last)).ok()? + 1;
        let days = first.cycle_forward().take(count).collect();
        let rule =
            Parts { from: None, until: None, step: None, weekdays: Some(days), come_back: true, ..parts.clone() };
        return Some((vec![rule], false));
    }
    let time = parts.time;
    let how = time.map(|time| time.how);
    let is_plain = |time: Clock| Clock { how: How::Plain, ..time };
    if let Some(choices) = days_or_hours(parts) {
        return Some(choices);
    }
    if let (Some((nths, weekday)), false, true) = (parts.nth, parts.repeats(), parts.says_month) {
        let rule = with(&|it| it.step = Some((1, Unit::Month)));
        let nearest = nths.only().into_iter().flat_map(|nth| {
            let day = move |months| Day::In(Month::Ahead(months), Place::Nth(nth, weekday));
            [0, 1].map(|months| with(&|it| (it.nth, it.day) = (None, Some(day(months)))))
        });
        return Some((nearest.chain([rule]).collect(), false));
    }
    if parts.month_days.is_some_and(|days: MonthDays| days.only().is_none()) && !parts.repeats() {
        return Some((vec![with(&|it| it.step = Some((1, Unit::Month)))], parts.says_month));
    }
    match how? {
        How::Hours => hours_or_clock(parts, time?),
        // `2027`, which nobody needs to say of a clock that shows 20:27.
        How::FourDigits if is_year(time?, now) => Some((vec![with(&|it| it.time = time.map(is_plain))], false)),
        How::Midnight if parts.part.is_none() && says_day(parts) => {
            let time = time?;
            let before = with(&|it| it.time = Some(is_plain(time)));
            let after = with(&|it| it.time = Some(Clock { is_next_day: true, ..is_plain(time) }));
            Some((vec![before, after], !parts.repeats()))
        }
        How::Dotted => {
            let time = time?;
            let is_time = with(&|it| it.time = Some(is_plain(time)));
            let other = Parts { time: None, weekdays: None, ..parts.clone() };
            let day = Day::OfYear { month: time.time.minute(), day: time.time.hour() };
            let is_date = with(&|it| (it.day, it.time) = (Some(day), None));
            // A weekday tells them apart, unless it is that of the date, and what else is said belongs to a time.
            let may_be_date = other == Parts::default() && !time.is_span;
            let choices = if may_be_date { vec![is_time, is_date] } else { vec![is_time] };
            Some((choices, !may_be_date || parts.weekdays.is_some()))
        }
        How::BeforeOne if parts.part.is_none() => {
            let time = time?;
            let noon = Time::new(12, time.time.minute(), 0, 0).ok()?;
            let at = |time: Clock| with(&|it| it.time = Some(is_plain(time)));
            Some((vec![at(time), at(Clock { time: noon, ..time })], false))
        }
        _ => None,
    }
}

/// The readings of `9-12`, and of several days that nobody calls every week's.
fn days_or_hours(parts: &Parts) -> Option<(Vec<Parts>, bool)> {
    let with = |change: &dyn Fn(&mut Parts)| changed(parts, change);
    match (parts.day_or_hours, parts.weekdays) {
        (Some((day, hours)), _) if !parts.repeats() => {
            let day = with(&|it| (it.day, it.day_or_hours) = (Some(day), None));
            // With a time it is a date.
            let hours = with(&|it| (it.time, it.day_or_hours) = (Some(hours), None));
            Some(if parts.time.is_some() { (vec![day], true) } else { (vec![day, hours], false) })
        }
        (None, Some(days)) if days.len() > 1 && !parts.repeats() => {
            let rule = with(&|it| it.come_back = true);
            if days == Weekdays::WEEKEND {
                let choices = vague_choices(Vague::Weekend(0), &Parts { weekdays: None, ..parts.clone() });
                return Some((choices.into_iter().chain([rule]).collect(), false));
            }
            let each = days.iter().map(|day| with(&|it| it.weekdays = Some(day.into())));
            Some(([rule].into_iter().chain(each).collect(), false))
        }
        _ => None,
    }
}

/// The same with something else in it.
fn changed(parts: &Parts, change: &dyn Fn(&mut Parts)) -> Parts {
    let mut changed = parts.clone();
    change(&mut changed);
    changed
}

/// Whether four digits are rather this year or one of the next than a time.
fn is_year(time: Clock, now: &Zoned) -> bool {
    let digits = i16::from(time.time.hour()) * 100 + i16::from(time.time.minute());
    (0..MAX_YEARS).contains(&(digits - now.year())) && digits % 5 != 0
}

/// `2h`, alone: a time of day, or a length of time from now.
fn hours_or_clock(parts: &Parts, time: Clock) -> Option<(Vec<Parts>, bool)> {
    let is_alone = Parts { time: None, says_at: false, ..parts.clone() } == Parts::default() && !parts.says_at;
    if !is_alone || time.is_span {
        return None;
    }
    let minutes = i64::from(time.minutes());
    let clock = Parts { time: Some(Clock { how: How::Plain, ..time }), ..parts.clone() };
    Some((vec![after(Amount { minutes, ..Amount::default() }), clock], false))
}

/// A length of time from now and nothing else.
fn after(amount: Amount) -> Parts {
    Parts { delay: Some(amount), ..Parts::default() }
}

fn says_day(parts: &Parts) -> bool {
    parts.day.is_some() || parts.weekdays.is_some() || parts.month_days.is_some()
}

/// The moments that people mean by what says none.
fn vague_choices(vague: Vague, parts: &Parts) -> Vec<Parts> {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday};
    let on = |day: Day| Parts { day: Some(day), ..parts.clone() };
    let mut choices: Vec<Parts> = match vague {
        _ if vague != Vague::EndOfDay && says_day(parts) => Vec::new(),
        Vague::NextMonth => vec![on(Day::In(Month::Ahead(1), Place::Day(1)))],
        Vague::StartOfMonth(month) => vec![on(Day::In(month, Place::Day(1)))],
        Vague::StartOfWeek => vec![on(Day::InWeek(1, Monday))],
        Vague::Soon if parts.part.is_some() || parts.time.is_some() => Vec::new(),
        Vague::Soon => [30, 120].map(|minutes| after(Amount { minutes, ..Amount::default() })).into(),
        Vague::NextYear => vec![on(Day::In(Month::Named(1), Place::Day(1)))],
        Vague::EndOfWeek(0) => vec![on(Day::InWeek(0, Friday)), on(Day::InWeek(0, Sunday))],
        Vague::EndOfWeek(_) => vec![on(Day::InWeek(1, Friday)), on(Day::InWeek(1, Sunday))],
        Vague::Weekend(0) => vec![on(Day::InWeek(0, Saturday)), on(Day::InWeek(0, Sunday))],
        Vague::Weekend(_) => vec![on(Day::InWeek(1, Saturday)), on(Day::InWeek(1, Sunday))],
        Vague::EndOfDay if parts.time.is_some() => Vec::new(),
        Vague::EndOfDay => {
            let day = if says_day(parts) { parts.day } else { Some(Day::InDays(0)) };
            let at = |hour: i8, minute: i8| {
                let time = Some(Clock::at(Time::constant(hour, minute, 0, 0)));
                Parts { day, time, ..parts.clone() }
            };
            vec![at(17, 0), at(23, 59)]
        }
    };
    // The same day of the next month or year, as of the next week.
    let says_time = parts.time.is_some() || parts.part.is_some();
    let later = match vague {
        Vague::NextMonth => Some(1),
        Vague::NextYear => Some(12),
        _ => None,
    };
    if let Some(months) = later.filter(|_| !says_day(parts)) {
        let amount = Amount { months, ..Amount::default() };
        choices.push(match says_time {
            true => Parts { delay: Some(amount), ..parts.clone() },
            false => after(amount),
        });
    }
    choices
}
