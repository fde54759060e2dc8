//! What the log channel says of what was done with reminders, and why something was not said.

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::outcome::{Follows, Part, PausedReminder};
use crate::acting::{Acting, Actor, Origin};
use crate::log_channel::{self, Entry, Level};
use crate::operations::words::answered;
use crate::reminders::{Problem, Reminder, Timing};
use crate::ui::plain;

/// What an event is called that was announced without a title.
pub const UNTITLED: &str = "Event";

/// Who did it, with what stands between that and what they did.
fn who(acting: &Acting) -> String {
    match &acting.actor {
        Actor::Person(person) => format!("<@{}> · ", person.member.id),
        Actor::Key(name) => format!("{} · ", plain(name)),
        Actor::Bot => String::new(),
    }
}

fn entry(acting: &Acting, level: Level, title: &str, about: &str) -> Entry {
    Entry { level, title: title.to_owned(), description: format!("{}{about}", who(acting)) }
}

fn about(reminder: &Reminder) -> String {
    format!("#{} {}", reminder.number, plain(&reminder.draft.content.name))
}

/// What an announcement says: when, and where that is announced.
fn announced(reminder: &Reminder, timing: &Timing) -> String {
    let source = reminder.draft.content.source.as_deref().unwrap_or_default();
    format!("{} · {} · {source}", about(reminder), timing.written())
}

pub(super) fn made(acting: &Acting, reminder: &Reminder) -> Entry {
    match acting.origin {
        Origin::Message(_) => {
            let title = "🔔 A reminder was made of an announcement";
            entry(acting, Level::Success, title, &announced(reminder, &reminder.draft.timing))
        }
        _ => entry(acting, Level::Success, "🟢 Reminder created", &about(reminder)),
    }
}

pub(super) fn changed(acting: &Acting, reminder: &Reminder, follows: Option<&Follows>) -> Entry {
    let Some(Follows { timing, kept }) = follows else {
        return entry(acting, Level::Info, "🟡 Reminder changed", &about(reminder));
    };
    let mut about = announced(reminder, timing);
    if !kept.is_empty() {
        let kept: Vec<&str> = kept.iter().copied().map(part).collect();
        about.push_str(&format!(" · as somebody has set it: {}", kept.join(", ")));
    }
    entry(acting, Level::Success, "🔔 A reminder follows its announcement", &about)
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Name => "name",
        Part::Body => "text",
        Part::Place => "place",
        Part::Channel => "channel",
        Part::Timing => "when",
        Part::Leads => "how long before",
    }
}

pub(super) fn paused(acting: &Acting, reminder: &Reminder) -> Entry {
    let title = if reminder.paused.is_some() { "⏸️ Reminder paused" } else { "▶️ Reminder resumed" };
    entry(acting, Level::Info, title, &about(reminder))
}

pub(super) fn deleted(acting: &Acting, reminder: &Reminder) -> Entry {
    entry(acting, Level::Info, "🗑️ Reminder deleted", &about(reminder))
}

pub(super) fn snoozed(acting: &Acting, number: i32, name: &str, by: i32, at: Timestamp) -> Entry {
    let about = format!("#{number} {} · #{by} says it <t:{}:f>", plain(name), at.as_second());
    entry(acting, Level::Info, "💤 Reminder put off", &about)
}

pub(super) fn template_saved(acting: &Acting, name: &str, number: i32, is_replaced: bool) -> Entry {
    let title = if is_replaced { "🟡 Reminder template replaced" } else { "🟢 Reminder template kept" };
    entry(acting, Level::Info, title, &format!("“{}” of #{number}", plain(name)))
}

pub(super) fn template_removed(acting: &Acting, name: &str) -> Entry {
    entry(acting, Level::Info, "🗑️ Reminder template removed", &format!("“{}”", plain(name)))
}

/// Reminders are paused since their channel refuses the bot.
pub(super) fn channel_paused(paused: &[PausedReminder], why: &Problem) -> Entry {
    let names: Vec<String> = paused.iter().map(|it| format!("#{} {}", it.number, plain(&it.name))).collect();
    let title = match names.len() {
        1 => "🚨 A reminder is paused".to_owned(),
        count => format!("🚨 {count} reminders are paused"),
    };
    let why = problem(why);
    let description = format!("{why} `/reminder resume` lets them speak again.\n{}", listed(&names));
    Entry { level: Level::Error, title, description }
}

/// Characters of a list in the log channel, with room for what stands around it.
const LISTED: usize = log_channel::DESCRIPTION_CHARS - 120;

/// As many lines as an entry of the log channel shows, and how many there are besides.
pub fn listed(lines: &[String]) -> String {
    let mut shown = String::new();
    for (at, line) in lines.iter().enumerate() {
        if shown.chars().count() + line.chars().count() > LISTED {
            return format!("{shown}… and {} more", lines.len() - at);
        }
        shown.push_str(line);
        shown.push('\n');
    }
    shown.trim_end().to_owned()
}

/// Why something was not said, in a sentence.
pub fn problem(problem: &Problem) -> String {
    let named = |channel: &Option<Id<ChannelMarker>>| {
        channel.map_or("the channel".to_owned(), |channel| format!("<#{channel}>"))
    };
    match problem {
        Problem::NoDirectMessages => "Its member takes no direct messages from me.".to_owned(),
        Problem::ChannelGone => "Its channel is gone.".to_owned(),
        Problem::CannotSee { channel } => format!("I cannot see {}; give me **View Channel** there.", named(channel)),
        Problem::CannotWrite { channel } => {
            let channel = named(channel);
            format!("I may not write in {channel}; give me **Send Messages** and **Embed Links** there.")
        }
        Problem::ThreadClosed { channel } => format!("{} is closed; open the thread again.", named(channel)),
        Problem::Filtered => "This server's filters refuse what it says.".to_owned(),
        Problem::TooSlow => "Discord did not take it in time.".to_owned(),
        Problem::ChannelRefuses => "Its channel refused another one.".to_owned(),
        Problem::Refused { detail } => format!("Discord refused it ({}).", answered(detail)),
        Problem::Unreadable => "A version of me that I am not wrote it.".to_owned(),
        Problem::Told { sentence } => sentence.clone(),
        Problem::Unknown => "A newer version of me knows why.".to_owned(),
    }
}
