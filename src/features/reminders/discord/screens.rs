//! What reminders look like to who makes and lists them.

use jiff::tz::TimeZone;
use twilight_model::channel::message::Embed;
use twilight_model::channel::message::embed::EmbedField;

use super::calling_text;
use crate::operations::reminders::words::{name_in, plain_name, times};
use crate::reminders::schedule::zone_label;
use crate::reminders::{Content, Paused, Reminder};
use crate::ui::{Message, embed, footer, limits::cut, plain, without_overrides};
use crate::words::{Language, Msg, Said, Say, say_minutes};
use crate::{msg, said, say};

/// What was just done with a reminder.
#[derive(Clone, Copy, Debug)]
pub(super) enum Done {
    Made,
    Changed,
    Paused,
    Resumed,
}

/// A reminder that was just made or changed, for whoever did it.
pub(super) fn saved(language: Language, done: Done, reminder: &Reminder) -> Message {
    let (number, name) = (reminder.number, plain_name(&reminder.draft.content.name));
    let text = match done {
        Done::Made => said!(reminders_made, number, name),
        Done::Changed => said!(reminders_changed, number, name),
        Done::Paused => said!(reminders_paused, number, name),
        Done::Resumed => said!(reminders_resumed, number, name),
    };
    Message::new(text.say(language)).embed(card(language, reminder)).ephemeral(true)
}

/// A reminder with everything that is known of it.
pub(in super::super) fn card(language: Language, reminder: &Reminder) -> Embed {
    let content = &reminder.draft.content;
    let mut shown = embed(plain_name(&content.name).say(language), without_overrides(&content.body));
    let mut field = |name: Msg, value: Said| {
        let (name, value) = (name.say(language), value.say(language));
        shown.fields.push(EmbedField { inline: true, name, value });
    };
    field(msg!(reminders_card_next), next(reminder));
    if let Some(fire) = reminder.next.filter(|fire| fire.lead > 0) {
        field(msg!(reminders_card_begins), Said::Verbatim(format!("<t:{}:F>", fire.moment_at.as_second())));
    }
    if let Some(rule) = rule(reminder) {
        field(msg!(reminders_card_repeats), rule);
    }
    field(msg!(reminders_card_where), target(content));
    if content.is_event || content.leads.iter().any(|lead| *lead > 0) {
        field(msg!(reminders_card_said), ahead(&content.leads));
    }
    if !content.place.is_empty() {
        field(msg!(reminders_card_place), Said::Verbatim(plain(&content.place)));
    }
    if !content.mentions.is_empty() {
        field(msg!(reminders_card_calls), Said::Verbatim(calling_text(&content.mentions).0));
    }
    if let Some(source) = &content.source {
        field(msg!(reminders_card_original), Said::Verbatim(source.clone()));
    }
    field(msg!(reminders_card_set_by), Said::Verbatim(format!("<@{}>", reminder.draft.creator)));
    shown.footer = Some(footer(say!(language, reminders_card_footer, number = reminder.number)));
    shown
}

/// When it is said next.
fn next(reminder: &Reminder) -> Said {
    match (&reminder.paused, reminder.next) {
        (Some(Paused { why: None, .. }), _) => said!(reminders_is_paused),
        (Some(Paused { why: Some(why), .. }), _) => said!(reminders_is_paused_since, why = why.said()),
        (None, Some(fire)) => {
            let at = fire.due_at.as_second();
            Said::Verbatim(format!("<t:{at}:F> (<t:{at}:R>)"))
        }
        (None, None) => said!(reminders_is_done),
    }
}

fn rule(reminder: &Reminder) -> Option<Said> {
    let schedule = &reminder.draft.timing.schedule;
    let rule = times::rule(schedule.repeat.as_ref()?, schedule.first);
    let zone = zone_label(&schedule.zone);
    Some(match schedule.ends_at {
        None => said!(reminders_repeats, rule, zone),
        Some(at) => said!(reminders_repeats_until, rule, zone, until = at.as_second().to_string()),
    })
}

fn target(content: &Content) -> Said {
    content.channel.map_or(said!(reminders_to_member), |channel| Said::Verbatim(format!("<#{channel}>")))
}

/// How long ahead it is said: `1h ahead, at the start`.
fn ahead(leads: &[i64]) -> Said {
    let lead = |lead: &i64| match *lead {
        0 => said!(reminders_at_start),
        minutes => said!(reminders_ahead, length = say_minutes(minutes)),
    };
    Said::list(leads.iter().map(lead))
}

/// What a menu calls a reminder.
pub(super) fn title(language: Language, reminder: &Reminder) -> String {
    format!("#{} {}", reminder.number, cut(&name_in(language, &reminder.draft.content.name), 60))
}

/// A reminder in a list.
pub(in super::super) fn line(language: Language, reminder: &Reminder) -> String {
    let content = &reminder.draft.content;
    let repeats = if reminder.draft.timing.schedule.repeat.is_some() { "🔁 " } else { "" };
    let when = match (&reminder.paused, reminder.next) {
        (Some(_), _) => said!(reminders_is_paused),
        (None, Some(fire)) => Said::Verbatim(format!("<t:{}:f>", fire.due_at.as_second())),
        (None, None) => said!(reminders_is_done),
    };
    format!(
        "**#{}** {repeats}{} · {} · {} · <@{}>",
        reminder.number,
        plain(&cut(&name_in(language, &content.name), 60)),
        when.say(language),
        target(content).say(language),
        reminder.draft.creator,
    )
}

/// A reminder as a suggestion, which knows no Markdown, by the clocks of `zone`.
pub(super) fn choice(language: Language, reminder: &Reminder, zone: &TimeZone) -> String {
    let when = match (&reminder.paused, reminder.next) {
        (Some(_), _) => said!(reminders_is_paused),
        (None, Some(fire)) => times::short_moment(zone.to_datetime(fire.due_at)),
        (None, None) => said!(reminders_is_done),
    };
    format!(
        "#{} {} · {}",
        reminder.number,
        cut(&name_in(language, &reminder.draft.content.name), 50),
        when.say(language)
    )
}
