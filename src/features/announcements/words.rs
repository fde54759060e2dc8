//! What the log channel reads of announcements.

use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::discord::Answered;
use crate::log_channel::{Entry, Level};
use crate::operations::reminders::Refusal;
use crate::operations::words::answered;
use crate::reminders::announcement::Unclear;
use crate::words::Say;

/// Why no reminder was made of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotMade {
    /// It announces nothing that can be read; the reminder of this number, which an earlier version of it made, stays.
    Unclear { why: Unclear, kept: Option<i32> },
    /// What it announces is over.
    Over,
    /// The reminder is refused.
    Refused(Refusal),
}

/// Why a channel is not read.
#[derive(Debug)]
pub(super) enum NotRead {
    /// Discord refuses it.
    Channel { channel: Id<ChannelMarker>, error: Answered },
    /// The app may not read what others write.
    NoContent,
}

/// Of the message at `link` no reminder was made.
pub(super) fn not_made(link: &str, not_made: &NotMade) -> Entry {
    let why = match not_made {
        NotMade::Unclear { why, kept } => {
            let kept = kept.map(|number| format!(" Reminder #{number} stays as it is.")).unwrap_or_default();
            format!("{}{kept}", why.said().to_string())
        }
        NotMade::Over => "what it announces is over".to_owned(),
        NotMade::Refused(refusal) => refusal.said().to_string(),
    };
    let title = "🔕 No reminder made of an announcement".to_owned();
    Entry { level: Level::Info, title, description: format!("{link} · {why}") }
}

/// Announcements are not read.
pub(super) fn not_read(why: &NotRead) -> Entry {
    let description = match why {
        NotRead::Channel { channel, error } => {
            let error = answered(error);
            format!(
                "I cannot read <#{channel}> ({error}); give me **View Channel** and **Read Message History** there."
            )
        }
        NotRead::NoContent => {
            "The message content intent is off for me, so that I see no text. Whoever runs me can switch it on in Discord's \
             developer portal; until then use *Apps, Create reminder* in the menu of a message."
                .to_owned()
        }
    };
    Entry { level: Level::Error, title: "🚨 Announcements are not read".to_owned(), description }
}
