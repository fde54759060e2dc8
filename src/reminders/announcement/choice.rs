//! Which of all that an announcement says is when its event is.

use jiff::Zoned;

use super::lines::Label;
use super::runs::Run;
use super::{Found, Unclear};
use crate::reminders::phrases::Parts;
use crate::reminders::when::{When, meaning, named_day};

/// What all of it says together.
pub(super) fn chosen(runs: &[Run], posted: &Zoned) -> Result<Parts, Unclear> {
    // The first of the best.
    let best = |label: Option<Label>, rank: &dyn Fn(&Run) -> u8| {
        let ranked = runs.iter().filter(|run| run.label == label && rank(run) > 0);
        ranked.rev().max_by_key(|run| rank(run))
    };
    let said = |labels: &[Label], rank: fn(&Run) -> u8| labels.iter().find_map(|label| best(Some(*label), &rank));
    let said_time = said(&[Label::Time, Label::When, Label::Date, Label::Days], Run::time_rank);
    let said_day = said(&[Label::Date, Label::When, Label::Time], Run::day_rank);
    let said_rule = said(&[Label::Days, Label::When, Label::Date, Label::Time], Run::rule_rank);

    let alone = |run: &Run, rank: u8| if rank > 0 && !together(run) { rank + 3 } else { rank };
    let pair = match (said_time, said_day) {
        (None, None) => best(None, &|run| if together(run) { run.day_rank() + run.time_rank() } else { 0 }),
        _ => None,
    };
    let free = || runs.iter().filter(|run| run.label.is_none());
    let is_doubtful = pair.is_some_and(Run::is_doubtful) && free().any(|run| run.time_rank() == 3 && !together(run));
    if is_doubtful
        || pair.is_some() && are_different(free().filter(|run| together(run)).map(|run| run.parts.clone()), posted)
    {
        return Err(Unclear::Several);
    }
    let day = said_day.or(pair).or_else(|| best(None, &|run| alone(run, run.day_rank())));
    let rule = said_rule.or_else(|| if day.is_none() { best(None, &Run::rule_rank) } else { None });
    let time = said_time
        .or(pair)
        .or_else(|| rule.filter(|run| run.time_rank() > 0))
        .or_else(|| best(None, &|run| alone(run, run.time_rank())))
        .ok_or(if let Some((day, month)) = day.and_then(|day| day.parts.no_such_day) {
            Unclear::NoSuchDay { day, month }
        } else {
            Unclear::NoTime
        })?;
    if day.is_none() && rule.is_none() {
        return Err(Unclear::NoDate);
    }
    if has_other_times(runs, (rule, day, time), posted) {
        return Err(Unclear::Several);
    }
    // Under one label, times that differ are several, unless it is by whose clocks they are.
    let is_other = |run: &Run| {
        run.label == Some(Label::Time)
            && run.time_rank() == 3
            && run.parts.zone == time.parts.zone
            && run.parts.clock() != time.parts.clock()
    };
    if time.label == Some(Label::Time) && runs.iter().any(is_other) {
        return Err(Unclear::Several);
    }
    // `Friday 27/11 and Saturday 28/11 at 20:00` is both.
    let is_list = |pair: &[Run]| {
        let [first, second] = pair else { return false };
        // `every tuesday 19:30 and thursday 20:00`, `friday 20:00 21:00`
        let is_rule = first.rule_rank() > 0 && second.day_rank() > 0;
        let is_time = first.time_rank() > 0 && second.time_rank() > 0 && second.day_rank() == 0;
        if second.is_next && (is_rule || is_time && first.parts.clock() != second.parts.clock()) {
            return true;
        }
        let are_days = second.is_next && first.day_rank() > 0 && second.day_rank() > 0;
        are_days && are_different([first, second].map(|run| together_with(None, Some(run), time)).into_iter(), posted)
    };
    if runs.windows(2).any(is_list) {
        return Err(Unclear::Several);
    }
    let beside = |chosen: Option<&Run>| {
        let label = chosen.and_then(|run| run.label);
        runs.iter().filter(move |run| run.label == label)
    };
    let rules = beside(rule).filter(|run| run.rule_rank() > 0).map(|run| together_with(Some(run), None, time));
    let is_day = |run: &&Run| day.is_some_and(|day| run.day_rank() >= day.day_rank());
    let days = beside(day).filter(is_day).filter(|run| run.label.is_some() || !together(run));
    let days = days.map(|run| together_with(None, Some(run), time));
    // What stands in a pair was compared with the others.
    let is_pair = day.is_some_and(|day| day.label.is_none() && together(day));
    if rule.is_some() && are_different(rules, posted) || !is_pair && are_different(days, posted) {
        return Err(Unclear::Several);
    }
    Ok(together_with(rule, day, time))
}

/// Whether date and time stand together: they belong together, and to something else if either is said elsewhere.
fn together(run: &Run) -> bool {
    run.day_rank() > 0 && run.time_rank() > 0
}

/// Whether other times stand where the chosen one does: `meet at 19:45, start at 20:00`.
fn has_other_times(runs: &[Run], chosen: (Option<&Run>, Option<&Run>, &Run), posted: &Zoned) -> bool {
    let (rule, day, time) = chosen;
    let is_beside = |run: &&Run| {
        let is_start = run.time_rank() == 3 && run.parts.until.is_none() && !together(run);
        let is_near = time.sentence == run.sentence || !together(time);
        time.label.is_none() && run.label.is_none() && is_start && is_near
    };
    let times = runs.iter().filter(is_beside).chain([time]);
    are_different(times.map(|run| together_with(rule, day, run)), posted)
}

/// The time or the day that is said without the other, if it is one.
pub(super) fn found(runs: &[Run], posted: &Zoned) -> Option<Found> {
    let is_clear = |run: &&Run| !run.parts.is_several && run.parts.zone.is_none() && run.parts.no_such_day.is_none();
    if !runs.iter().all(|run| is_clear(&run)) {
        return None;
    }
    let mut times = runs.iter().filter(|run| run.time_rank() > 0).filter_map(|run| run.parts.clock());
    let mut days = runs.iter().filter(|run| run.day_rank() > 0);
    match (times.next(), days.next()) {
        (Some((time, false)), None) => times.all(|other| other == (time, false)).then_some(Found::Time(time)),
        (None, Some(day)) => {
            let date =
                |run: &Run| Some(meaning(together_with(None, Some(run), &Run::default()), posted).ok()?.first.date());
            let first = date(day)?;
            days.all(|day| date(day) == Some(first)).then_some(Found::Day(first))
        }
        _ => None,
    }
}

/// Whether they are several moments or rules to come.
fn are_different(parts: impl Iterator<Item = Parts>, posted: &Zoned) -> bool {
    let mut whens = parts.filter_map(|parts| meaning(parts, posted).ok());
    let first: Option<When> = whens.next();
    whens.any(|when| Some(when) != first)
}

/// What a rule or a day says with a time that stands elsewhere.
fn together_with(rule: Option<&Run>, day: Option<&Run>, time: &Run) -> Parts {
    let mut parts = match (rule, day) {
        (Some(rule), day) => {
            let begins = day.and_then(|day| named_day(&day.parts)).map(|(day, _)| day);
            Parts { from: rule.parts.from.or(begins), ..rule.parts.clone() }
        }
        (None, day) => {
            let parts = day.map(|day| day.parts.clone()).unwrap_or_default();
            Parts {
                day: parts.day,
                weekdays: parts.weekdays,
                month_days: parts.month_days.filter(|_| parts.day.is_none()),
                day_or_hours: parts.day_or_hours,
                vague: parts.vague,
                weeks_on: parts.weeks_on,
                no_such_day: parts.no_such_day,
                is_several: parts.is_several,
                // A moment whose clock time is said elsewhere is another.
                stamp: parts.stamp.filter(|_| parts.stamp == time.parts.stamp),
                ..Parts::default()
            }
        }
    };
    parts.is_several |= time.parts.is_several;
    parts.day_or_hours = parts.day_or_hours.or(time.parts.day_or_hours);
    (parts.time, parts.part) = (time.parts.time, time.parts.part);
    (parts.zone, parts.also) = (time.parts.zone, time.parts.also);
    // `Date: friday evening` above `Time: 8:30`.
    let in_part = Parts { part: day.and_then(|day| day.parts.part), ..parts.clone() };
    if parts.part.is_none() && in_part.clock().is_some() { in_part } else { parts }
}
