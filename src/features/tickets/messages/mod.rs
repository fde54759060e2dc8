//! What the feature posts for others to see, with its buttons: a ticket's message, its questions, and what they are made of.
//!
//! Their buttons are out there for years; what they say never changes its meaning.

mod kind;
mod panel;
mod question;
mod ticket;

pub(crate) use kind::{kind_option, label, own_label, with_emoji};
pub(crate) use panel::{panel_in_language, panel_message};
pub(crate) use question::{close_question, stars};
use serde::{Deserialize, Serialize};
pub(crate) use ticket::{away, bare, calls, card, fill, message, title, title_beginnings, without_texts};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::{model, settings, store, words};
use crate::ui::custom_id;
use crate::words::Language;

/// What the buttons of these messages do. Tickets are named by their number; the guild is the interaction's.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Button {
    /// Open a ticket of this kind.
    Start(i32),
    /// Open a ticket of the kind that was chosen in the menu; for somebody else, if they are named.
    Choose(Option<Id<UserMarker>>),
    Claim(i32),
    Unclaim(i32),
    Wait(i32),
    Escalate(i32),
    Close(i32),
    /// Draft a reply.
    Suggest(i32),
    Reopen(i32),
    Transcript(i32),
    /// Ask whether to delete its channel.
    Delete(i32),
    Agree(i32),
    KeepOpen(i32),
    /// This many stars, as older versions said it.
    Rate(i32, i16),
    /// This many stars for the end of a ticket at that moment, in milliseconds.
    RateEnd(i32, i16, i64),
    /// Show the panel of that number in this language.
    InLanguage(i64, Language),
    /// Open a ticket of that kind, and go on in a language that whoever presses it has chosen.
    StartIn(i32, Language),
    /// The same of the kind that is chosen.
    ChooseIn(Language),
}

/// A custom id of ours where there is no interaction; in a direct message it names the guild.
pub(crate) fn id(guild: Option<Id<GuildMarker>>, action: &impl Serialize) -> anyhow::Result<String> {
    custom_id::encode_for("tickets", None, guild, action)
}
