//! Why no panel is posted.

use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use super::super::PanelMisfit;
use crate::acting::{self, Lack, NotAdmin, refused_as};

/// Why no panel is posted or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only admins post panels.
    NotAdmin,
    /// Nobody says where.
    NoChannel,
    /// It cannot be posted there.
    Place(Lack),
    /// In that channel there are no messages.
    NoMessages {
        /// Which.
        channel: Id<ChannelMarker>,
    },
    /// It should offer a kind of ticket that there is not in this guild.
    NoSuchKind,
    /// It was taken away, or never was.
    Gone,
    /// It is another than it was when somebody looked at it.
    Changed,
    /// No panel is like that.
    Unfit(PanelMisfit),
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotAdmin => NotAdmin.code(),
            Refusal::NoChannel => "no_channel",
            Refusal::Place(lack) => lack.code(),
            Refusal::NoMessages { .. } => "no_messages_there",
            Refusal::NoSuchKind => "no_such_kind",
            Refusal::Gone => "no_such_panel",
            Refusal::Changed => "changed_meanwhile",
            Refusal::Unfit(PanelMisfit::TitleTooLong { .. } | PanelMisfit::BodyTooLong { .. }) => "too_long",
        }
    }
}

refused_as!(Refusal, NotAdmin => |_| Refusal::NotAdmin, PanelMisfit => Refusal::Unfit, Lack => Refusal::Place);
