//! A reminder as programs read it.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::api::Tagged;
use crate::reminders::{Mentions, Reminder};

/// When a reminder is said next.
#[derive(Serialize, ToSchema)]
pub(super) struct NextSaid {
    /// When it is said.
    #[schema(format = DateTime)]
    at: String,
    /// When it is about.
    #[schema(format = DateTime)]
    moment_at: String,
}

/// Since when, and why, a reminder is silent.
#[derive(Serialize, ToSchema)]
pub(super) struct Silent {
    /// Since when.
    #[schema(format = DateTime)]
    since: String,
    /// Why the bot has paused it; null if somebody wanted that.
    why: Option<Value>,
}

/// A reminder.
#[derive(Serialize, ToSchema)]
pub(super) struct ReminderShown {
    /// Counts from 1 in each server.
    #[schema(minimum = 1)]
    number: i32,
    /// Whether it is said to its member alone: then nothing of what it says is told.
    private: bool,
    /// What it is called.
    name: String,
    /// What it says besides, as Markdown.
    text: String,
    /// The id of the channel in which it is said.
    channel: Option<String>,
    /// Where something takes place.
    place: String,
    /// The address of a picture.
    image: Option<String>,
    /// The address of the message that it is made from.
    source: Option<String>,
    /// Whom it calls.
    mentions: Mentions,
    /// Whether it is about something that begins at the moment itself.
    is_event: bool,
    /// How many minutes ahead it is said, the largest first; 0 is at the moment itself.
    ahead: Vec<i64>,
    /// When, as people write it.
    #[schema(example = "every Monday at 20:00")]
    when: String,
    /// By whose clocks.
    #[schema(example = "Europe/Brussels")]
    zone: String,
    /// The id of the member whose it is.
    creator: String,
    /// What comes next; null when it is done.
    next: Option<NextSaid>,
    /// Since when it is silent, if it is.
    paused: Option<Silent>,
    /// Counts its changes; the `ETag`.
    revision: i32,
}

impl From<Reminder> for ReminderShown {
    fn from(reminder: Reminder) -> ReminderShown {
        let (private, timing) = (reminder.is_private(), &reminder.draft.timing);
        let (when, zone) = (timing.written(), timing.schedule.zone_name().to_owned());
        let content = reminder.draft.content;
        ReminderShown {
            number: reminder.number,
            private,
            name: content.name,
            text: content.body,
            channel: content.channel.map(|channel| channel.to_string()),
            place: content.place,
            image: content.image,
            source: content.source,
            mentions: content.mentions,
            is_event: content.is_event,
            ahead: content.leads,
            when,
            zone,
            creator: reminder.draft.creator.to_string(),
            next: reminder
                .next
                .map(|next| NextSaid { at: next.due_at.to_string(), moment_at: next.moment_at.to_string() }),
            paused: reminder
                .paused
                .map(|paused| Silent { since: paused.since.to_string(), why: paused.why.map(|why| json!(why)) }),
            revision: reminder.revision,
        }
    }
}

pub(super) fn tagged(reminder: Reminder) -> Tagged<ReminderShown> {
    Tagged::new(reminder.revision, reminder.into())
}
