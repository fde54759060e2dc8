//! Why nothing is done with a reply.

use super::super::TagMisfit;
use crate::acting::{self, refused_as};
use crate::ui::Collision;

/// Why nothing is done with a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only the staff gives them.
    NotStaff,
    /// Only the staff writes them.
    MayNotWrite,
    /// There is none of that name in this guild.
    NoSuchTag,
    /// It was there when they looked, and is not any more.
    Gone,
    /// Another one is called the same.
    NameTaken,
    /// There are as many as there may be.
    TooMany {
        /// How many that is.
        max: i64,
    },
    /// No reply is like that.
    Unfit(TagMisfit),
    /// Somebody else has changed the same meanwhile.
    Collision(Collision),
    /// It is the channel of a ticket that they do not work.
    NoSuchTicket,
    /// It names what only a ticket has.
    OnlyInTickets {
        /// What that is.
        placeholder: &'static str,
    },
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotStaff | Refusal::MayNotWrite => "not_staff",
            Refusal::NoSuchTag => "no_such_tag",
            Refusal::Gone => "gone",
            Refusal::NameTaken => "name_taken",
            Refusal::TooMany { .. } => "too_many_tags",
            Refusal::Unfit(TagMisfit::NoName) => "no_name",
            Refusal::Unfit(TagMisfit::NoBody) => "no_text",
            Refusal::Unfit(TagMisfit::NameTooLong { .. } | TagMisfit::BodyTooLong { .. }) => "too_long",
            Refusal::Collision(_) => "collision",
            Refusal::NoSuchTicket => "no_such_ticket",
            Refusal::OnlyInTickets { .. } => "only_in_tickets",
        }
    }
}

refused_as!(Refusal, TagMisfit => Refusal::Unfit);
