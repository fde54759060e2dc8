//! Why the kinds of tickets stay as they are.

use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::super::{Kind, KindMisfit};
use crate::acting::{self, Lack, NotAdmin, refused_as};
use crate::ui::Collision;

/// Why the kinds stay as they are.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// Only admins set them up.
    NotAdmin,
    /// There is none of that number in this guild.
    NoSuchKind,
    /// It asks no question of that number.
    NoSuchQuestion,
    /// Another one is called the same.
    NameTaken {
        /// How.
        name: String,
    },
    /// There are as many as there may be.
    TooMany {
        /// How many that is.
        max: usize,
    },
    /// It is the only one there is.
    OnlyOne,
    /// It is another than it was when somebody looked at it.
    Changed {
        /// What it is now.
        now: Box<Kind>,
    },
    /// The question is another than it was when somebody looked at it.
    QuestionChanged,
    /// No kind is like that.
    Unfit(KindMisfit),
    /// Tickets cannot open there.
    Place(Lack),
    /// Tickets open in categories, and in private threads of text channels.
    WrongPlace {
        /// What is neither.
        channel: Id<ChannelMarker>,
    },
    /// A role is not of this guild.
    UnknownRole {
        /// Which.
        role: Id<RoleMarker>,
    },
    /// This guild has no such emoji.
    UnknownEmoji,
    /// Who opens tickets does not see the channel of their threads.
    UnseenPlace,
    /// With @everyone as its staff no ticket is private.
    StaffIsEverybody,
    /// @everyone is no role by which somebody may open a ticket, or may not.
    RoleIsEverybody,
    /// Somebody else has changed the same meanwhile.
    Collision(Collision),
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotAdmin => NotAdmin.code(),
            Refusal::NoSuchKind => "no_such_kind",
            Refusal::NoSuchQuestion => "no_such_question",
            Refusal::NameTaken { .. } => "name_taken",
            Refusal::TooMany { .. } => "too_many_kinds",
            Refusal::OnlyOne => "only_kind",
            Refusal::Changed { .. } | Refusal::QuestionChanged => "changed_meanwhile",
            Refusal::Unfit(misfit) => match misfit {
                KindMisfit::NoName => "no_name",
                KindMisfit::Emoji => "no_emoji",
                KindMisfit::TooLong { .. } => "too_long",
                KindMisfit::Placeholder { .. } => "unknown_placeholder",
                KindMisfit::MemberLimit => "member_limit_out_of_range",
                KindMisfit::Time { .. } => "time_out_of_range",
                KindMisfit::RoleBothWays { .. } => "role_both_ways",
                KindMisfit::ClosesBeforeItReminds => "closes_before_it_reminds",
                KindMisfit::Hours(_) => "no_hours",
                KindMisfit::TooManyRoles { .. } => "too_many_roles",
                KindMisfit::TooManyQuestions { .. } => "too_many_questions",
                KindMisfit::NoQuestion => "no_question",
                KindMisfit::OptionCount { .. } => "option_count",
                KindMisfit::OptionTooLong { .. } => "option_too_long",
                KindMisfit::AnswerLength { .. } => "answer_length",
                KindMisfit::TranslatedOptions { .. } => "translated_option_count",
            },
            Refusal::Place(lack) => lack.code(),
            Refusal::WrongPlace { .. } => "wrong_place",
            Refusal::UnknownEmoji => "unknown_emoji",
            Refusal::UnseenPlace => "unseen_place",
            Refusal::UnknownRole { .. } => "unknown_role",
            Refusal::StaffIsEverybody => "staff_is_everybody",
            Refusal::RoleIsEverybody => "role_is_everybody",
            Refusal::Collision(_) => "collision",
        }
    }
}

refused_as!(Refusal, NotAdmin => |_| Refusal::NotAdmin, KindMisfit => Refusal::Unfit, Lack => Refusal::Place);
