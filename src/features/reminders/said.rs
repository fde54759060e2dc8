//! A reminder as it is said.

use jiff::Timestamp;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::{EmbedField, EmbedImage};
use twilight_model::channel::message::{AllowedMentions, Component, Embed, MentionType};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;
use twilight_model::util::Timestamp as ModelTimestamp;

use super::Action;
use crate::operations::reminders::words::plain_name;
use crate::reminders::schedule::Fire;
use crate::reminders::{Mentions, Reminder};
use crate::ui::{Message, button, custom_id, embed, footer, plain, without_overrides};
use crate::words::{Language, Msg, Say};
use crate::{msg, say};

/// For how many minutes a reminder can be put off.
pub(super) const SNOOZES: [i64; 2] = [10, 60];

const COLOR: u32 = 0x002e_cc71;

/// What stands at the end of a reminder's message, by which it is found again: its footer, and when it was due.
pub(super) fn mark_of(reminder: &Reminder, fire: &Fire) -> (String, Option<Timestamp>) {
    (format!("#{}", reminder.number), Some(fire.due_at))
}

/// How a reminder is said.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Way {
    /// To whoever made it, in a direct message.
    pub(super) direct: bool,
    /// In a channel, since they take no direct messages: there it is only said that there is one.
    pub(super) instead_of_direct: bool,
    pub(super) late: bool,
    /// Whether the server still lets reminders call everybody.
    pub(super) everyone: bool,
    /// Whether one that calls nobody pings who made it.
    pub(super) pings_maker: bool,
    /// Without what somebody wrote but its name, which Discord refuses.
    pub(super) left_out: bool,
    pub(super) language: Language,
}

/// A reminder as it is said.
pub(super) fn reminder_message(reminder: &Reminder, fire: &Fire, way: &Way) -> Message {
    if way.instead_of_direct {
        return that_there_is_one(reminder, fire, way.language);
    }
    let mut content = reminder.draft.content.clone();
    let Way { direct, late, language, .. } = *way;
    if way.left_out {
        (content.body, content.place) = (say!(language, reminders_posted_left_out), String::new());
        (content.source, content.image) = (None, None);
    }
    let mut mentions = content.mentions.clone();
    mentions.everyone &= way.everyone;
    // A direct message reaches them anyhow, and nobody else.
    if direct {
        mentions = Mentions::default();
    } else if mentions.is_empty() && way.pings_maker {
        mentions.users.push(reminder.draft.creator);
    }
    let (called, mentions) = calling_text(&mentions);
    let mut lines = vec![called];
    if late {
        lines.push(say!(language, reminders_posted_late, at = fire.due_at.as_second().to_string()));
    }
    lines.retain(|line| !line.is_empty());
    let mut shown = embed(
        say!(language, reminders_posted_title, name = plain_name(&content.name)),
        without_overrides(&content.body),
    );
    shown.color = Some(COLOR);
    let mut field = |name: Msg, value: String| {
        shown.fields.push(EmbedField { inline: true, name: name.say(language), value });
    };
    let at = fire.moment_at.as_second();
    match content.is_event {
        true => field(msg!(reminders_posted_when), format!("<t:{at}:F> (<t:{at}:R>)")),
        false => field(msg!(reminders_posted_when), format!("<t:{at}:F>")),
    }
    if !content.place.is_empty() {
        field(msg!(reminders_posted_where), plain(&content.place));
    }
    if let Some(source) = content.source {
        field(msg!(reminders_posted_original), source);
    }
    if !direct {
        field(msg!(reminders_posted_set_by), format!("<@{}>", reminder.draft.creator));
    }
    shown.image = content.image.map(picture);
    let guild = direct.then_some(reminder.guild);
    let message = Message { content: lines.join("\n"), mentions, ..Message::default() };
    message.embed(marked(shown, reminder, fire)).row(snooze_buttons(language, guild, reminder.number))
}

/// That there is a reminder, for who takes no direct messages: what it says to them alone no channel reads. They read it by
/// its number.
fn that_there_is_one(reminder: &Reminder, fire: &Fire, language: Language) -> Message {
    let user = reminder.draft.creator;
    let (content, mentions) = calling_text(&Mentions { users: vec![user], ..Mentions::default() });
    let number = reminder.number;
    let mut shown = embed(say!(language, reminders_posted_private), say!(language, reminders_posted_read_it, number));
    shown.color = Some(COLOR);
    let message = Message { content, mentions, ..Message::default() };
    message.embed(marked(shown, reminder, fire)).row(snooze_buttons(language, None, number))
}

/// With the mark of a reminder at its end.
fn marked(mut shown: Embed, reminder: &Reminder, fire: &Fire) -> Embed {
    let (text, due_at) = mark_of(reminder, fire);
    shown.footer = Some(footer(text));
    shown.timestamp = due_at.and_then(|at| ModelTimestamp::from_micros(at.as_microsecond()).ok());
    shown
}

fn snooze_buttons(language: Language, guild: Option<Id<GuildMarker>>, number: i32) -> Vec<Component> {
    let snoozes = SNOOZES.map(|minutes| {
        button(ButtonStyle::Secondary, snooze_label(language, minutes), id(guild, &Action::Snooze(number, minutes)))
    });
    snoozes.to_vec()
}

/// What a button says that lets a reminder come once more.
pub(super) fn snooze_label(language: Language, minutes: i64) -> String {
    match minutes {
        60 => say!(language, reminders_snooze_hour_button),
        minutes => say!(language, reminders_snooze_minutes_button, minutes),
    }
}

fn picture(url: String) -> EmbedImage {
    EmbedImage {
        height: None,
        proxy_url: None,
        url,
        width: None,
        content_type: None,
        placeholder: None,
        placeholder_version: None,
        flags: None,
    }
}

/// A custom id of ours where there is no interaction; in a direct message it names the guild.
fn id(guild: Option<Id<GuildMarker>>, action: &Action) -> String {
    custom_id::encode_for("reminders", None, guild, action).expect("numbers are short")
}

/// The text that calls these, and whom it may ping.
pub(super) fn calling_text(called: &Mentions) -> (String, AllowedMentions) {
    let mut names: Vec<String> = Vec::new();
    let mut mentions = AllowedMentions { users: called.users.clone(), ..AllowedMentions::default() };
    if called.everyone {
        names.push("@everyone".to_owned());
        mentions.parse.push(MentionType::Everyone);
    }
    mentions.roles.clone_from(&called.roles);
    names.extend(called.roles.iter().map(|role| format!("<@&{role}>")));
    names.extend(called.users.iter().map(|user| format!("<@{user}>")));
    (names.join(" "), mentions)
}
