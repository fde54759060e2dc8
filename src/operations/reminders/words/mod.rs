//! What the log channel says of what was done with reminders, and why something was not said.

pub mod times;

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::outcome::{Follows, Part, PausedReminder};
use crate::acting::{Acting, Actor, Origin};
use crate::log_channel::{self, Entry, Level};
use crate::operations::words::answered;
use crate::reminders::{Problem, Reminder, Timing, UNTITLED};
use crate::ui::plain;
use crate::words::{Language, Msg, Said, Say};
use crate::{msg, said, say};

/// What a reminder is called: one that nobody has named is called something by the bot, in the language of whoever reads it,
/// and so is one that is hidden from them, which has no name at all.
pub fn name_in(language: Language, name: &str) -> String {
    match name {
        UNTITLED => say!(language, reminders_untitled),
        "" => say!(language, reminders_private),
        name => name.to_owned(),
    }
}

/// The same in a sentence, without Markdown.
pub fn plain_name(name: &str) -> Said {
    match name {
        UNTITLED => said!(reminders_untitled),
        "" => said!(reminders_private),
        name => Said::Verbatim(plain(name)),
    }
}

/// Who did it, with what stands between that and what they did.
fn who(acting: &Acting) -> String {
    match acting.actor() {
        Actor::Person(person) => format!("<@{}> · ", person.member().id),
        Actor::Key(name) => format!("{} · ", plain(name)),
        Actor::Bot => String::new(),
    }
}

fn entry(acting: &Acting, level: Level, title: Msg, about: &str) -> Entry {
    Entry { level, title: title.say(acting.language()), description: format!("{}{about}", who(acting)) }
}

/// What the log channel calls it: what is said to somebody alone is nobody else's affair.
fn name_for_all(language: Language, reminder: &Reminder) -> String {
    let name = if reminder.is_private() { "" } else { &reminder.draft.content.name };
    plain_name(name).say(language)
}

fn about(language: Language, reminder: &Reminder) -> String {
    format!("#{} {}", reminder.number, name_for_all(language, reminder))
}

/// What an announcement says: when, and where that is announced.
fn announced(language: Language, reminder: &Reminder, timing: &Timing) -> String {
    let source = reminder.draft.content.source.as_deref().unwrap_or_default();
    format!("{} · {} · {source}", about(language, reminder), times::timing(timing).say(language))
}

pub(super) fn made(acting: &Acting, reminder: &Reminder) -> Entry {
    match acting.origin() {
        Origin::Message(_) => {
            let about = announced(acting.language(), reminder, &reminder.draft.timing);
            entry(acting, Level::Success, msg!(reminder_log_made_of_announcement), &about)
        }
        _ => entry(acting, Level::Success, msg!(reminder_log_made), &about(acting.language(), reminder)),
    }
}

pub(super) fn changed(acting: &Acting, reminder: &Reminder, follows: Option<&Follows>) -> Entry {
    let Some(Follows { timing, kept }) = follows else {
        return entry(acting, Level::Info, msg!(reminder_log_changed), &about(acting.language(), reminder));
    };
    let mut about = announced(acting.language(), reminder, timing);
    if !kept.is_empty() {
        let parts = Said::list(kept.iter().map(|kept| part(*kept)));
        about.push_str(&format!(" · {}", say!(acting.language(), reminder_log_kept_parts, parts)));
    }
    entry(acting, Level::Success, msg!(reminder_log_follows), &about)
}

fn part(part: Part) -> Msg {
    match part {
        Part::Name => msg!(reminder_log_part_name),
        Part::Body => msg!(reminder_log_part_body),
        Part::Place => msg!(reminder_log_part_place),
        Part::Channel => msg!(reminder_log_part_channel),
        Part::Timing => msg!(reminder_log_part_when),
        Part::Leads => msg!(reminder_log_part_ahead),
    }
}

pub(super) fn paused(acting: &Acting, reminder: &Reminder) -> Entry {
    let title = if reminder.paused.is_some() { msg!(reminder_log_paused) } else { msg!(reminder_log_resumed) };
    entry(acting, Level::Info, title, &about(acting.language(), reminder))
}

pub(super) fn deleted(acting: &Acting, reminder: &Reminder) -> Entry {
    entry(acting, Level::Info, msg!(reminder_log_deleted), &about(acting.language(), reminder))
}

pub(super) fn snoozed(acting: &Acting, number: i32, reminder: &Reminder, by: i32, at: Timestamp) -> Entry {
    let (name, at) = (name_for_all(acting.language(), reminder), at.as_second().to_string());
    let about = say!(acting.language(), reminder_log_snoozed_by, number, name, by, at);
    entry(acting, Level::Info, msg!(reminder_log_snoozed), &about)
}

pub(super) fn template_saved(acting: &Acting, name: &str, number: i32, is_replaced: bool) -> Entry {
    let title = match is_replaced {
        true => msg!(reminder_log_template_replaced),
        false => msg!(reminder_log_template_kept),
    };
    let about = say!(acting.language(), reminder_log_template_of, name = plain(name), number);
    entry(acting, Level::Info, title, &about)
}

pub(super) fn template_removed(acting: &Acting, name: &str) -> Entry {
    let about = say!(acting.language(), reminder_log_template, name = plain(name));
    entry(acting, Level::Info, msg!(reminder_log_template_removed), &about)
}

/// Reminders are paused since their channel refuses the bot.
pub(super) fn channel_paused(language: Language, paused: &[PausedReminder], why: &Problem) -> Entry {
    let names: Vec<String> =
        paused.iter().map(|it| format!("#{} {}", it.number, plain_name(&it.name).say(language))).collect();
    let title = say!(language, reminder_log_channel_paused, count = names.len());
    let why = say!(language, reminder_log_can_resume, why = why.said());
    let before = format!("{why}\n");
    let listed = listed(language, &names, log_channel::DESCRIPTION_CHARS.saturating_sub(before.chars().count()));
    Entry { level: Level::Error, title, description: format!("{before}{listed}") }
}

/// As many lines as have room in so many characters, and how many there are besides.
pub fn listed(language: Language, lines: &[String], room: usize) -> String {
    let more = |count: usize| say!(language, reminder_log_more, count);
    let mut shown = String::new();
    for (at, line) in lines.iter().enumerate() {
        let left = lines.len() - at - 1;
        let after = if left == 0 { 0 } else { 1 + more(left).chars().count() };
        if shown.chars().count() + line.chars().count() + after > room {
            return format!("{shown}{}", more(lines.len() - at));
        }
        shown.push_str(line);
        shown.push('\n');
    }
    shown.trim_end().to_owned()
}

impl Say for Problem {
    /// Why something was not said, in a sentence.
    fn said(&self) -> Said {
        let named =
            |channel: &Option<Id<ChannelMarker>>| channel.map_or("none".to_owned(), |channel| format!("<#{channel}>"));
        match self {
            Problem::NoDirectMessages => said!(reminders_problem_no_direct_messages),
            Problem::ChannelGone => said!(reminders_problem_channel_gone),
            Problem::CannotSee { channel } => said!(reminders_problem_cannot_see, channel = named(channel)),
            Problem::CannotWrite { channel } => said!(reminders_problem_cannot_write, channel = named(channel)),
            Problem::ThreadClosed { channel } => said!(reminders_problem_thread_closed, channel = named(channel)),
            Problem::HasLeft { user } => said!(reminders_problem_has_left, user = *user),
            Problem::MayNotMake { user } => said!(reminders_problem_may_not_make, user = *user),
            Problem::MayNotWrite { user, channel } => {
                said!(reminders_problem_may_not_write, user = *user, channel = *channel)
            }
            Problem::Filtered => said!(reminders_problem_filtered),
            Problem::TooSlow => said!(reminders_problem_too_slow),
            Problem::ChannelRefuses => said!(reminders_problem_channel_refuses),
            Problem::Refused { detail } => said!(reminders_problem_refused, answer = answered(detail)),
            Problem::Unreadable => said!(reminders_problem_unreadable),
            Problem::Told { sentence } => Said::Verbatim(sentence.clone()),
            Problem::Unknown => said!(reminders_problem_unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_room_in_every_language() {
        let lines: Vec<String> = (0..30).map(|n| format!("#{n} {}", "x".repeat(40))).collect();
        for language in crate::words::known_languages() {
            for room in 60..500 {
                let shown = listed(language, &lines, room);
                assert!(shown.chars().count() <= room, "{room}: {shown}");
                let rest = lines.len() - (shown.lines().count() - 1);
                assert!(shown.ends_with(&say!(language, reminder_log_more, count = rest)), "{room}: {shown}");
            }
            assert_eq!(listed(language, &lines, 2000), lines.join("\n"));
        }
    }
}
