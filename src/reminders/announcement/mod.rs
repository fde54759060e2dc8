//! Announcements: which event somebody announces, read from how people write them. A pure function of values.
//!
//! Lines and embed fields with a label, such as `Date: 25/12`, say what is meant. What they leave out is looked for in the
//! rest, phrase by phrase, where much looks like a date or a time and is none. Hence stricter rules there: no weekday in two
//! or three letters unless a date or a time follows it, no bare hour, no number after `version` or beside a currency.
//! A date in the text wins over a rule in it.
//!
//! Nobody confirms what is read here. So what is struck out is not there, deadlines are left aside, and what is cancelled, told
//! of the past or said of several moments is no event: that is reported, and somebody writes a line with a label.

mod choice;
mod forget;
mod lines;
mod runs;
mod turns;

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use super::phrases::{Day, Parts};
use super::when::{Misread, When, meaning};
use super::words::Zone;
use choice::{chosen, found};
use lines::{Label, Line, bare, labelled, lines, place};
use runs::{Said, read_line};

/// More of a line makes no title.
const MAX_TITLE_CHARS: usize = 100;

/// No message has more, its embeds included (<https://discord.com/developers/docs/resources/message#embed-object-embed-limits>).
const MAX_CHARS: usize = 6000;

/// Nobody writes so many lines of one event, blank ones left out.
const MAX_LINES: usize = 400;

/// The most days to a date without a year. What is farther away has passed within seven weeks.
const MAX_DAYS_AHEAD: i64 = 316;

/// An announcement as it was posted.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The title of the embed, if it has one.
    pub title: &'a str,
    /// The text of the message, or the description of the embed.
    pub text: &'a str,
    /// Name and value of the fields of the embed.
    pub fields: &'a [(String, String)],
}

/// What is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it is called; the first line of the text if it has no title, nothing if there is neither.
    pub title: Option<String>,
    /// When it happens.
    pub when: When,
    /// Where it happens.
    pub place: Option<String>,
    /// The whole text.
    pub about: String,
}

/// Why an announcement is no event to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// It says no time.
    NoTime,
    /// It says neither a date nor days.
    NoDate,
    /// It was over when it was announced.
    Past,
    /// What it says does not fit together: a weekday that is not that of the date.
    Contradiction,
    /// The time is that of a zone that nobody knows, or whose letters mean several.
    OtherZone,
    /// It says several dates or times, or what may be one or another.
    Several,
    /// It takes back, moves or leaves out what it says, or only proposes it.
    Turned,
    /// No such month has such a day.
    NoSuchDay {
        /// From 29 to 31.
        day: u32,
        /// From 1 to 12.
        month: u32,
    },
}

/// Reads which event is announced; a date without a year is the nearest after `posted`, by the clocks of its zone.
///
/// # Errors
/// [`Unclear`] if it says no date and time to come.
pub fn read(source: &Source<'_>, posted: &Zoned) -> Result<Event, Unclear> {
    check_length(source)?;
    let lines = lines(source);
    let said = read_all(&lines, posted)?;
    if said.is_turned {
        return Err(Unclear::Turned);
    }
    if said.is_bygone {
        return Err(Unclear::Past);
    }
    let parts = chosen(&said.runs, posted)?;
    let is_dated = matches!(parts.day, Some(Day::OfYear { .. } | Day::Full(_) | Day::In(..) | Day::InWeek(1.., _)))
        || parts.weeks_on.is_some();
    if said.is_elsewhen && (parts.repeats() || !is_dated) {
        return Err(Unclear::Several);
    }
    let parts = Parts { zone: parts.zone.or(said.zone), ..parts };
    let has_own_zone = parts.zone.is_some() || parts.stamp.is_some();
    let is_open_year = matches!(parts, Parts { day: Some(Day::OfYear { .. }), .. }) && !parts.repeats();
    let when = meaning(parts, posted).map_err(|misread| match misread {
        Misread::Past { .. } => Unclear::Past,
        Misread::NotUnderstood => Unclear::Contradiction,
        Misread::Either(_) | Misread::Several => Unclear::Several,
        Misread::NoSuchDay { day, month } => Unclear::NoSuchDay { day, month },
        Misread::UnknownZone => Unclear::OtherZone,
    })?;
    // Nobody can tell which times a zone is meant for that stands beside none, unless it makes no difference.
    let differs = |zone: &Zone| offset_of(*zone, when.first_at(posted.time_zone())) != Some(when_offset(&when, posted));
    if !has_own_zone && said.stray_zones.iter().any(differs) {
        return Err(Unclear::OtherZone);
    }
    // Nobody announces without its year what is almost a year away: it was a few weeks ago.
    if is_open_year && when.first.date().duration_since(posted.date()).as_hours() / 24 > MAX_DAYS_AHEAD {
        return Err(Unclear::Past);
    }
    Ok(Event { title: title(source), when, place: place_of(&lines), about: source.text.trim().to_owned() })
}

/// How far the clocks of a zone are from UTC at a moment.
fn offset_of(zone: Zone, at: Timestamp) -> Option<Offset> {
    match zone {
        Zone::Fixed(offset) => Some(offset),
        Zone::Named(name, promised) => {
            let offset = TimeZone::get(name).ok()?.to_offset(at);
            promised.is_none_or(|promised| promised == offset).then_some(offset)
        }
        Zone::Here | Zone::Mine | Zone::Unknown => None,
    }
}

/// The same of the clocks by which it was read.
fn when_offset(when: &When, posted: &Zoned) -> Offset {
    posted.time_zone().to_offset(when.first_at(posted.time_zone()))
}

/// What is left of an announcement that is no event: what somebody fills in the rest of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// As that of an event.
    pub title: Option<String>,
    /// What it says of when, if that is one thing.
    pub found: Option<Found>,
    /// As that of an event.
    pub place: Option<String>,
}

/// A part of when something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// On which day, without a time.
    Day(Date),
    /// At what time, on no day.
    Time(Time),
}

impl fmt::Display for Found {
    /// As [`when::read`](super::when::read) reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Found::Day(day) => write!(f, "{day}"),
            Found::Time(time) => write!(f, "{}", time.strftime("%H:%M")),
        }
    }
}

/// What an announcement says that [`read`] makes no event of.
pub fn read_rest(source: &Source<'_>, posted: &Zoned) -> Rest {
    if check_length(source).is_err() {
        return Rest { title: title(source), found: None, place: None };
    }
    let lines = lines(source);
    let found = match read_all(&lines, posted) {
        Ok(said) if !said.is_turned && !said.is_bygone => found(&said.runs, posted),
        _ => None,
    };
    Rest { title: title(source), found, place: place_of(&lines) }
}

/// That it is no longer than a message of Discord's.
fn check_length(source: &Source<'_>) -> Result<(), Unclear> {
    let fields = source.fields.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    let chars = [source.title, source.text].into_iter().chain(fields).map(|text| text.chars().count());
    if chars.sum::<usize>() > MAX_CHARS { Err(Unclear::Several) } else { Ok(()) }
}

/// What all the lines say.
///
/// # Errors
/// It is more than anybody announces of one event.
fn read_all(lines: &[Line], posted: &Zoned) -> Result<Said, Unclear> {
    if lines.len() > MAX_LINES {
        return Err(Unclear::Several);
    }
    let mut said = Said::default();
    for line in lines {
        read_line(line, posted, &mut said);
        if said.is_too_much() {
            return Err(Unclear::Several);
        }
    }
    Ok(said)
}

fn place_of(lines: &[Line]) -> Option<String> {
    lines.iter().filter(|line| line.label == Some(Label::Place)).find_map(|line| place(&line.text))
}

fn title(source: &Source<'_>) -> Option<String> {
    let written = source.text.lines().filter(|line| !line.trim().is_empty());
    let mut lines = written.filter(|line| labelled(line).is_none()).map(bare);
    let title = match bare(source.title) {
        "" => lines.find(|line| !line.is_empty())?,
        title => title,
    };
    Some(match title.char_indices().nth(MAX_TITLE_CHARS) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    })
}

#[cfg(test)]
mod doubts_tests;
#[cfg(test)]
mod misreadings_tests;
#[cfg(test)]
mod tests;
