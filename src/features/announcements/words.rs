//! What the log channel reads of announcements.

use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::discord::Answered;
use crate::log_channel::{Entry, Level};
use crate::operations::reminders::Refusal;
use crate::operations::words::answered;
use crate::reminders::announcement::Unclear;
use crate::words::{Language, Said, Say};
use crate::{said, say};

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
pub(super) fn not_made(language: Language, link: &str, not_made: &NotMade) -> Entry {
    let why = match not_made {
        NotMade::Unclear { why, kept } => {
            let kept = kept.map(|number| said!(announcements_reminder_kept, number));
            Said::sentences([why.said()].into_iter().chain(kept).collect())
        }
        NotMade::Over => said!(announcements_over),
        NotMade::Refused(refusal) => said!(announcements_refused, why = refusal.said()),
    };
    let title = say!(language, announcements_not_made);
    Entry { level: Level::Info, title, description: format!("{link} · {}", why.say(language)) }
}

/// Announcements are not read.
pub(super) fn not_read(language: Language, why: &NotRead) -> Entry {
    let why = match why {
        NotRead::Channel { channel, error } => {
            said!(announcements_channel_refuses, channel = *channel, answer = answered(error))
        }
        NotRead::NoContent => said!(announcements_no_content),
    };
    Entry { level: Level::Error, title: say!(language, announcements_not_read), description: why.say(language) }
}
