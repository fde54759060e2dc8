//! What the log channel reads of the FAQ.

use crate::acting::Acting;
use crate::log_channel::{Entry, Level};
use crate::operations::words::did;
use crate::ui::plain;

/// An entry as it is named.
pub fn named(number: i32, title: &str) -> String {
    format!("#{number} {}", plain(title))
}

/// How many groups of synonyms there are.
pub fn synonyms(groups: usize) -> String {
    match groups {
        0 => "No synonyms are set now.".to_owned(),
        1 => "1 group of synonyms is set now.".to_owned(),
        count => format!("{count} groups of synonyms are set now."),
    }
}

pub(super) fn added(acting: &Acting, number: i32, title: &str) -> Entry {
    did(acting, Level::Success, "🟢 New FAQ entry", &named(number, title))
}

pub(super) fn changed(acting: &Acting, number: i32, title: &str) -> Entry {
    did(acting, Level::Info, "🟡 FAQ entry changed", &named(number, title))
}

pub(super) fn removed(acting: &Acting, number: i32, title: &str) -> Entry {
    did(acting, Level::Info, "🗑️ FAQ entry removed", &named(number, title))
}

pub(super) fn pinned(acting: &Acting, number: i32, title: &str, pinned: bool) -> Entry {
    let done = if pinned { "pinned" } else { "unpinned" };
    did(acting, Level::Info, format!("📌 FAQ entry {done}"), &named(number, title))
}

pub(super) fn synonyms_changed(acting: &Acting, groups: usize) -> Entry {
    did(acting, Level::Info, "🟡 FAQ synonyms changed", &synonyms(groups))
}

pub(super) fn imported(added: usize, updated: usize) -> Entry {
    let description = format!("{added} added, {updated} changed");
    Entry { level: Level::Info, title: "📥 FAQ entries imported".to_owned(), description }
}
