//! What the log channel reads of the FAQ.

use crate::acting::Acting;
use crate::log_channel::{Entry, Level};
use crate::operations::words::did;
use crate::ui::plain;
use crate::words::{Msg, Said, Say};
use crate::{msg, said, say};

/// An entry as it is named.
pub fn named(number: i32, title: &str) -> String {
    format!("#{number} {}", plain(title))
}

/// How many groups of synonyms there are.
pub fn synonyms(groups: usize) -> Said {
    said!(faq_synonyms_set, count = groups)
}

fn entry(acting: &Acting, level: Level, title: Msg, about: &str) -> Entry {
    did(acting, level, title.say(acting.language()), about)
}

pub(super) fn added(acting: &Acting, number: i32, title: &str) -> Entry {
    entry(acting, Level::Success, msg!(faq_log_added), &named(number, title))
}

pub(super) fn changed(acting: &Acting, number: i32, title: &str) -> Entry {
    entry(acting, Level::Info, msg!(faq_log_changed), &named(number, title))
}

pub(super) fn removed(acting: &Acting, number: i32, title: &str) -> Entry {
    entry(acting, Level::Info, msg!(faq_log_removed), &named(number, title))
}

pub(super) fn pinned(acting: &Acting, number: i32, title: &str, pinned: bool) -> Entry {
    let done = if pinned { msg!(faq_log_pinned) } else { msg!(faq_log_unpinned) };
    entry(acting, Level::Info, done, &named(number, title))
}

pub(super) fn synonyms_changed(acting: &Acting, groups: usize) -> Entry {
    entry(acting, Level::Info, msg!(faq_log_synonyms), &synonyms(groups).say(acting.language()))
}

pub(super) fn imported(acting: &Acting, added: usize, changed: usize) -> Entry {
    let title = say!(acting.language(), faq_log_imported);
    let description = say!(acting.language(), faq_log_import_counts, added, changed);
    Entry { level: Level::Info, title, description }
}
