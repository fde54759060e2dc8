//! What reminders look like to who makes and lists them.

use twilight_model::channel::message::Embed;
use twilight_model::channel::message::embed::EmbedField;

use super::{calling_text, words};
use crate::operations;
use crate::reminders::{Content, Paused, Reminder};
use crate::settings::field::show_minutes;
use crate::ui::{Message, embed, footer, limits::cut, plain};

/// A reminder that was just made or changed, for whoever did it.
pub(super) fn saved(done: &str, reminder: &Reminder) -> Message {
    Message::new(format!("{done} #{} **{}**.", reminder.number, plain(&reminder.draft.content.name)))
        .embed(card(reminder))
        .ephemeral(true)
}

/// A reminder with everything that is known of it.
pub(super) fn card(reminder: &Reminder) -> Embed {
    let content = &reminder.draft.content;
    let mut shown = embed(content.name.clone(), content.body.clone());
    let mut field = |name: &str, value: String| {
        shown.fields.push(EmbedField { inline: true, name: name.to_owned(), value });
    };
    field("Next", next(reminder));
    if let Some(rule) = rule(reminder) {
        field("Repeats", rule);
    }
    field("Where", target(content));
    if content.is_event || content.leads.iter().any(|lead| *lead > 0) {
        field("Said", ahead(&content.leads));
    }
    if !content.place.is_empty() {
        field("Place", content.place.clone());
    }
    if !content.mentions.is_empty() {
        field("Calls", calling_text(&content.mentions).0);
    }
    if let Some(source) = &content.source {
        field("Original", source.clone());
    }
    field("Set by", format!("<@{}>", reminder.draft.creator));
    shown.footer = Some(footer(format!("Reminder #{}", reminder.number)));
    shown
}

/// When it is said next.
fn next(reminder: &Reminder) -> String {
    match (&reminder.paused, reminder.next) {
        (Some(Paused { why: None, .. }), _) => "paused".to_owned(),
        (Some(Paused { why: Some(why), .. }), _) => format!("paused: {}", operations::reminders::words::problem(why)),
        (None, Some(fire)) => {
            let at = fire.due_at.as_second();
            format!("<t:{at}:F> (<t:{at}:R>)")
        }
        (None, None) => "done".to_owned(),
    }
}

fn rule(reminder: &Reminder) -> Option<String> {
    let schedule = &reminder.draft.timing.schedule;
    let rule = words::rule(schedule.repeat.as_ref()?, schedule.first);
    let zone = schedule.zone_name();
    let until = schedule.ends_at.map(|at| format!(", until <t:{}:D>", at.as_second())).unwrap_or_default();
    Some(format!("{rule} ({zone}){until}"))
}

fn target(content: &Content) -> String {
    content.channel.map_or("direct message".to_owned(), |channel| format!("<#{channel}>"))
}

/// How long ahead it is said: `1h ahead, at the start`.
fn ahead(leads: &[i64]) -> String {
    let lead = |lead: &i64| match *lead {
        0 => "at the start".to_owned(),
        minutes => format!("{} ahead", show_minutes(minutes)),
    };
    leads.iter().map(lead).collect::<Vec<_>>().join(", ")
}

/// A reminder in a list.
pub(super) fn line(reminder: &Reminder) -> String {
    let content = &reminder.draft.content;
    let repeats = if reminder.draft.timing.schedule.repeat.is_some() { "🔁 " } else { "" };
    let when = match (&reminder.paused, reminder.next) {
        (Some(_), _) => "paused".to_owned(),
        (None, Some(fire)) => format!("<t:{}:f>", fire.due_at.as_second()),
        (None, None) => "done".to_owned(),
    };
    format!(
        "**#{}** {repeats}{} · {when} · {} · <@{}>",
        reminder.number,
        plain(&cut(&content.name, 60)),
        target(content),
        reminder.draft.creator,
    )
}

/// A reminder as a suggestion, which knows no Markdown.
pub(super) fn choice(reminder: &Reminder) -> String {
    let schedule = &reminder.draft.timing.schedule;
    let when = match (&reminder.paused, reminder.next) {
        (Some(_), _) => "paused".to_owned(),
        (None, Some(fire)) => fire.due_at.to_zoned(schedule.zone.clone()).strftime("%a %-d %b %Y, %H:%M").to_string(),
        (None, None) => "done".to_owned(),
    };
    format!("#{} {} · {when}", reminder.number, cut(&reminder.draft.content.name, 50))
}
