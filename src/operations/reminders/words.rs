//! What the log channel says of what was done with reminders.

use jiff::Timestamp;

use super::{Follows, Part};
use crate::acting::{Acting, Actor, Origin};
use crate::log_channel::{Entry, Level};
use crate::reminders::{Reminder, Timing};
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
