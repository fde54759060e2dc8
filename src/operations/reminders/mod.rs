//! What is done with reminders: made, changed, paused, put off, deleted, and kept as templates.
//!
//! Each operation checks who may, how many there may be, that channel, roles and members are of the guild, and that the bot
//! and whoever acts may do there what is asked. What the same origin does once more makes no second reminder.

mod begun;
mod change;
mod delete;
mod guard;
mod look;
mod made;
mod make;
mod outcome;
mod pause;
mod snooze;
mod template;
pub mod words;
mod zone;

use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GenericMarker, RoleMarker};

use crate::acting::{self, Acting, Lack, Switch, refused_as};
use crate::reminders::announcement::Unclear;
use crate::reminders::when::Misread;
use crate::reminders::{Never, Settings, Unfit, Voucher};
pub use begun::{HasBegun, begin, find_begun};
pub use change::{Change, change};
pub use delete::{Deleted, delete};
pub use guard::{check_voucher, manages, require_maker};
pub use look::{Waiting, Whose, find, find_all, list, search, templates, waiting};
pub use made::Made;
pub use make::{Prepared, Target, Wish, make, make_prepared, prepare};
pub use outcome::{Deed, Follows, Part, PausedReminder, Saved, Silenced, VouchedPaused};
pub use pause::{pause, pause_channel, pause_unsayable, pause_vouched, resume};
pub use snooze::{Snoozed, snooze};
pub use template::{RemovedTemplate, SavedTemplate, remove_template, save_template};
pub use zone::{ZoneSet, find_zone, set_zone};

/// The switch of the feature that all of this is of.
const SWITCH: Switch = Switch::of::<Settings>();

/// What the bot must be able to do where a reminder is said.
pub const BOT_NEEDS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    // To find what it said before it lost its memory of that.
    .union(Permissions::READ_MESSAGE_HISTORY);

/// What whoever wants a reminder somewhere must be able to do there. What the bot reads there of its own is its affair.
const ACTOR_NEEDS: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES);

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only members with a role make reminders here.
    MayNotMake,
    /// Only who manages everybody's may.
    NotManager,
    /// Only who manages everybody's sees those of others.
    OnlyOwn,
    /// The bot alone does that, by itself.
    OnlyTheBot,
    /// It is said to its member alone, and they are somebody else.
    Private {
        /// Its number.
        number: i32,
    },
    /// There is none of that number that they may change.
    NoSuchReminder,
    /// It was there when they looked, and is not any more.
    Gone,
    /// Somebody else has changed it since they looked.
    Changed,
    /// Its member has as many as they may have.
    TooMany {
        /// How many that is.
        limit: i64,
    },
    /// By its schedule nothing will ever be said.
    Never,
    /// It is nothing that a reminder can be.
    Unfit(Unfit),
    /// Nobody says where.
    NoChannel,
    /// It cannot be said there, or not for them.
    Place(Lack),
    /// In such a channel nothing is said: it is a category, or a forum.
    WrongChannelType {
        /// Which.
        channel: Id<ChannelMarker>,
    },
    /// What it is made from is no message of this guild.
    ForeignSource,
    /// Whoever it is for is not in this guild, or somebody else.
    NotForThem,
    /// Only whoever has it has it said to themselves alone.
    NotTheirs,
    /// They may not call everybody themselves.
    MayNotCallEverybody,
    /// They may not call this role themselves.
    MayNotCall {
        /// Which.
        role: Id<RoleMarker>,
    },
    /// Whom it calls is no member or role of this guild.
    UnknownMention {
        /// Who or which.
        id: Id<GenericMarker>,
    },
    /// It is over, so nothing of it is to come.
    Over {
        /// Its number.
        number: i32,
        /// Its name.
        name: String,
    },
    /// It is silent already.
    AlreadyPaused {
        /// Its number.
        number: i32,
        /// What it is called; empty if it is said to somebody else alone.
        name: String,
    },
    /// It is not silent.
    NotPaused {
        /// Its number.
        number: i32,
        /// What it is called; empty if it is said to somebody else alone.
        name: String,
    },
    /// Only whom it called can put it off.
    NotCalled,
    /// A template needs a name.
    NoTemplateName,
    /// The name of a template is too long.
    TemplateNameTooLong {
        /// How many characters it may have.
        max: usize,
    },
    /// A guild has only so many templates.
    TooManyTemplates {
        /// How many that is.
        max: i64,
    },
    /// There is no template of that name.
    NoSuchTemplate,
    /// There is no time zone of that name.
    NoSuchZone,
    /// What was said with a command is not kept any more.
    BegunGone,
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::MayNotMake => "may_not_make",
            Refusal::NotManager => "not_manager",
            Refusal::OnlyOwn => "only_own",
            Refusal::OnlyTheBot => "only_the_bot",
            Refusal::Private { .. } => "private",
            Refusal::NoSuchReminder => "no_such_reminder",
            Refusal::Gone => "gone",
            Refusal::Changed => "changed_meanwhile",
            Refusal::TooMany { .. } => "too_many",
            Refusal::Never => "never",
            Refusal::Unfit(unfit) => match unfit {
                Unfit::NoName => "no_name",
                Unfit::NameTooLong => "name_too_long",
                Unfit::BodyTooLong => "body_too_long",
                Unfit::PlaceTooLong => "place_too_long",
                Unfit::SaidTooLong => "said_too_long",
                Unfit::NoPicture => "no_picture",
                Unfit::TooManyLeads => "too_many_leads",
                Unfit::LeadOutOfRange => "lead_out_of_range",
                Unfit::Everyone => "everyone_not_allowed",
                Unfit::TooManyMentions => "too_many_mentions",
                Unfit::TooOften => "too_often",
                Unfit::OddRule => "odd_rule",
            },
            Refusal::NoChannel => "no_channel",
            Refusal::Place(lack) => lack.code(),
            Refusal::WrongChannelType { .. } => "wrong_channel_type",
            Refusal::ForeignSource => "foreign_source",
            Refusal::NotForThem => "not_for_them",
            Refusal::NotTheirs => "not_theirs",
            Refusal::MayNotCallEverybody => "may_not_call_everybody",
            Refusal::MayNotCall { .. } => "may_not_call",
            Refusal::UnknownMention { .. } => "unknown_mention",
            Refusal::AlreadyPaused { .. } => "already_paused",
            Refusal::Over { .. } => "reminder_over",
            Refusal::NotPaused { .. } => "not_paused",
            Refusal::NotCalled => "not_called",
            Refusal::NoTemplateName => "no_template_name",
            Refusal::TemplateNameTooLong { .. } => "template_name_too_long",
            Refusal::TooManyTemplates { .. } => "too_many_templates",
            Refusal::NoSuchTemplate => "no_such_template",
            Refusal::NoSuchZone => "no_such_zone",
            Refusal::BegunGone => "begun_gone",
        }
    }
}

impl acting::Refusal for Misread {
    fn code(&self) -> &'static str {
        match self {
            Misread::NotUnderstood => "when_not_understood",
            Misread::Past { .. } => "when_past",
            Misread::Either(_) => "when_ambiguous",
            Misread::NoSuchDay { .. } => "when_no_such_day",
            Misread::Several => "when_several",
            Misread::UnknownZone => "when_unknown_zone",
        }
    }
}

impl acting::Refusal for Unclear {
    fn code(&self) -> &'static str {
        match self {
            Unclear::NoTime => "announces_no_time",
            Unclear::NoDate => "announces_no_date",
            Unclear::Past => "announces_past",
            Unclear::Contradiction => "announces_contradiction",
            Unclear::OtherZone => "announces_in_other_zone",
            Unclear::Several => "announces_several",
            Unclear::Turned => "announces_change",
            Unclear::NoSuchDay { .. } => "announces_no_such_day",
        }
    }
}

refused_as!(Refusal, Lack => Refusal::Place, Unfit => Refusal::Unfit, Never => |_| Refusal::Never);

/// By whose right speaks what whoever acts has checked and stores.
fn voucher(acting: &Acting) -> Voucher {
    acting.user().map_or(Voucher::Program, Voucher::Member)
}
