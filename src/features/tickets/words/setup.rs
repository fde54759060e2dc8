//! What is said about what admins set up: kinds of tickets, panels, blocked members, and the staff's replies.

use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker, UserMarker};

use super::super::model::refusal::{blocks, kinds, panels, tags};
use super::super::model::{Ask, HoursMisfit, Kind, KindMisfit, KindPart, Question, TagMisfit};
use super::super::model::{PanelMisfit, Problem, Refusal as TicketRefusal};
use super::super::vanished::Vanished;
use crate::acting::{Acting, NotAdmin};
use crate::interactions::{say_collision, say_misfit};
use crate::log_channel::{Entry, Level};
use crate::operations::words::did;
use crate::settings::{self, Misfit};
use crate::ui::limits::cut;
use crate::ui::{permission_names, plain};
use crate::words::{Language, Msg, Said, Say};
use crate::{msg, said, say};

/// What stands in the row of a panel with the usual title and text. Older versions show what stands there, whatever it is,
/// so it is what they wrote themselves; it is no wording of this one, and can be emptied when none of them runs any more.
pub(crate) const PANEL_AS_STORED: [&str; 2] = ["Need help?", "Open a ticket, and the staff will help you."];

impl Say for kinds::Refusal {
    fn said(&self) -> Said {
        match self {
            kinds::Refusal::NotAdmin => NotAdmin.said(),
            kinds::Refusal::NameTaken { name } => said!(ticket_setup_name_taken, name = plain(name)),
            kinds::Refusal::TooMany { max } => said!(ticket_setup_too_many_kinds, max = *max),
            kinds::Refusal::Unfit(misfit) => misfit.said(),
            kinds::Refusal::Place(lack) => lack.said(),
            kinds::Refusal::Collision(collision) => say_collision(collision, msg!(ticket_setup_types_command)),
            kinds::Refusal::NoSuchKind | kinds::Refusal::NoSuchQuestion => said!(ticket_setup_removed_meanwhile),
            kinds::Refusal::OnlyOne => said!(ticket_setup_only_kind),
            kinds::Refusal::Changed { .. } => said!(ticket_setup_kind_changed),
            kinds::Refusal::QuestionChanged => said!(ticket_setup_question_changed),
            kinds::Refusal::WrongPlace { .. } => said!(ticket_setup_wrong_place),
            kinds::Refusal::UnknownEmoji => said!(ticket_setup_unknown_emoji),
            kinds::Refusal::UnseenPlace => said!(ticket_setup_unseen_place),
            kinds::Refusal::UnknownRole { .. } => said!(ticket_setup_unknown_role),
            kinds::Refusal::StaffIsEverybody => said!(ticket_setup_staff_is_everybody),
            kinds::Refusal::RoleIsEverybody => said!(ticket_setup_role_is_everybody),
        }
    }
}

impl Say for KindMisfit {
    fn said(&self) -> Said {
        // What somebody wrote stands between two marks of code.
        let code = |text: &str| text.replace('`', "");
        match self {
            KindMisfit::TooLong { part, max_chars } => {
                said!(ticket_setup_too_long, label = part_label(*part), max = *max_chars)
            }
            KindMisfit::Placeholder { part, name, known } => {
                say_misfit(quoted(*part), &Misfit::Placeholder { key: "", name: name.clone(), known })
            }
            KindMisfit::Time { part, max_minutes } => {
                let kind = settings::Kind::Duration { min_minutes: 0, max_minutes: *max_minutes };
                say_misfit(quoted(*part), &Misfit::Value { key: "", kind })
            }
            KindMisfit::Hours(HoursMisfit::Unreadable(part)) => {
                said!(ticket_setup_unreadable_hours, part = code(part))
            }
            KindMisfit::Hours(HoursMisfit::EndsAsItBegins(part)) => {
                said!(ticket_setup_hours_empty, part = code(part))
            }
            KindMisfit::TooManyRoles { max } => said!(ticket_setup_too_many_roles, max = *max),
            KindMisfit::TooManyQuestions { max } => said!(ticket_setup_too_many_questions, max = *max),
            KindMisfit::OptionCount { min, max } => said!(ticket_setup_option_count, min = *min, max = *max),
            KindMisfit::OptionTooLong { option } => {
                said!(ticket_setup_option_too_long, option = cut(&plain(option), 50))
            }
            KindMisfit::TranslatedOptions { count } => said!(ticket_setup_translated_option_count, count = *count),
            KindMisfit::AnswerLength { most } => said!(ticket_setup_answer_length, most = *most),
            KindMisfit::NoName => said!(ticket_setup_no_name),
            KindMisfit::Emoji => said!(ticket_setup_no_emoji),
            KindMisfit::MemberLimit => said!(ticket_setup_member_limit, label = msg!(ticket_setup_limit_label)),
            KindMisfit::RoleBothWays { role } => said!(ticket_setup_role_both_ways, role = *role),
            KindMisfit::ClosesBeforeItReminds => said!(ticket_setup_closes_before_it_reminds),
            KindMisfit::NoQuestion => said!(ticket_setup_no_question),
        }
    }
}

/// The name of a part of a kind, as sentences mark it.
fn quoted(part: KindPart) -> Said {
    said!(interactions_quoted, text = part_label(part))
}

/// What a part of a kind is called in the forms.
pub(crate) const fn part_label(part: KindPart) -> Msg {
    match part {
        KindPart::Name => msg!(ticket_setup_name_label),
        KindPart::Description => msg!(ticket_setup_description_label),
        KindPart::Opening => msg!(ticket_setup_opening_label),
        KindPart::Naming => msg!(ticket_setup_naming_label),
        KindPart::HoursNote => msg!(ticket_setup_note_label),
        KindPart::Question => msg!(ticket_setup_question_label),
        KindPart::Hint => msg!(ticket_setup_hint_label),
        KindPart::Cooldown => msg!(ticket_setup_cooldown_label),
        KindPart::RemindAfter => msg!(ticket_setup_remind_label),
        KindPart::CloseAfter => msg!(ticket_setup_close_label),
        KindPart::AnswerWithin => msg!(ticket_setup_answer_label),
    }
}

/// A question in a line: what it asks, and how it is answered.
pub(crate) fn question_line(question: &Question) -> Said {
    let listed = |options: &[String]| Said::list(options.iter().map(|option| plain(option)));
    let how = match &question.ask {
        Ask::Text { min_chars, max_chars, .. } => {
            said!(ticket_setup_answered_by_text, min = *min_chars, max = *max_chars)
        }
        Ask::Choice { options, several: false } => said!(ticket_setup_answered_by_one, options = listed(options)),
        Ask::Choice { options, several: true } => said!(ticket_setup_answered_by_some, options = listed(options)),
        Ask::Checkbox => said!(ticket_setup_answered_by_box),
    };
    let label = plain(&question.label);
    match question.required {
        true => said!(ticket_setup_question_line, label, how),
        false => said!(ticket_setup_question_line_optional, label, how),
    }
}

impl Say for panels::Refusal {
    fn said(&self) -> Said {
        match self {
            panels::Refusal::NotAdmin => NotAdmin.said(),
            panels::Refusal::NoChannel => said!(ticket_setup_panel_no_channel),
            panels::Refusal::Place(lack) => lack.said(),
            panels::Refusal::NoMessages { channel } => said!(ticket_setup_panel_no_messages, channel = *channel),
            panels::Refusal::Gone => said!(ticket_setup_panel_gone),
            panels::Refusal::Changed => said!(ticket_setup_panel_changed),
            panels::Refusal::NoSuchKind => TicketRefusal::NoSuchKind.said(),
            panels::Refusal::Unfit(PanelMisfit::TitleTooLong { max_chars }) => {
                said!(ticket_setup_panel_title_too_long, max = *max_chars)
            }
            panels::Refusal::Unfit(PanelMisfit::BodyTooLong { max_chars }) => {
                said!(ticket_setup_panel_body_too_long, max = *max_chars)
            }
        }
    }
}

/// What an admin can do about a panel that Discord refused.
pub(crate) fn panel_refused(channel: Id<ChannelMarker>) -> Said {
    said!(ticket_setup_panel_refused, channel)
}

impl Say for blocks::Refusal {
    fn said(&self) -> Said {
        match self {
            blocks::Refusal::NotAdmin => NotAdmin.said(),
            blocks::Refusal::TooLong { max_chars } => said!(ticket_setup_reason_too_long, max = *max_chars),
        }
    }
}

impl Say for tags::Refusal {
    fn said(&self) -> Said {
        match self {
            tags::Refusal::TooMany { max } => said!(ticket_setup_too_many_tags, max = *max),
            tags::Refusal::Unfit(TagMisfit::NameTooLong { max_chars }) => {
                said!(ticket_setup_tag_name_too_long, max = *max_chars)
            }
            tags::Refusal::Unfit(TagMisfit::BodyTooLong { max_chars }) => {
                said!(ticket_setup_tag_body_too_long, max = *max_chars)
            }
            tags::Refusal::Unfit(TagMisfit::NoName | TagMisfit::NoBody) => said!(ticket_setup_tag_empty),
            tags::Refusal::Collision(collision) => say_collision(collision, msg!(ticket_setup_tag_edit_command)),
            tags::Refusal::NoSuchTicket => TicketRefusal::NoSuchTicket.said(),
            tags::Refusal::OnlyInTickets { placeholder } => {
                said!(ticket_setup_tag_only_in_tickets, name = format!("{{{placeholder}}}"))
            }
            tags::Refusal::NotStaff => said!(ticket_setup_tag_not_staff),
            tags::Refusal::MayNotWrite => said!(ticket_setup_tag_may_not_write),
            tags::Refusal::NoSuchTag => said!(ticket_setup_no_such_tag),
            tags::Refusal::Gone => said!(ticket_setup_tag_gone),
            tags::Refusal::NameTaken => said!(ticket_setup_tag_name_taken),
        }
    }
}

fn entry(acting: &Acting, title: Msg, about: &str) -> Entry {
    did(acting, Level::Info, title.say(acting.language()), about)
}

pub(crate) fn kind_added(acting: &Acting, kind: &Kind) -> Entry {
    entry(acting, msg!(ticket_setup_log_kind_added), &plain(kind.name_in(acting.language())))
}

pub(crate) fn kind_changed(acting: &Acting, kind: &Kind) -> Entry {
    entry(acting, msg!(ticket_setup_log_kind_changed), &plain(kind.name_in(acting.language())))
}

pub(crate) fn kind_removed(acting: &Acting, kind: &Kind) -> Entry {
    entry(acting, msg!(ticket_setup_log_kind_removed), &plain(kind.name_in(acting.language())))
}

pub(crate) fn panel_placed(acting: &Acting, channel: Id<ChannelMarker>) -> Entry {
    entry(acting, msg!(ticket_setup_log_panel_placed), &format!("<#{channel}>"))
}

/// What the log channel reads of a panel that Discord refused.
pub(crate) fn panel_missing(language: Language, channel: Id<ChannelMarker>) -> Entry {
    let title = say!(language, ticket_setup_log_panel_missing);
    Entry { level: Level::Error, title, description: panel_refused(channel).say(language) }
}

pub(crate) fn blocked(acting: &Acting, user: Id<UserMarker>, reason: &str) -> Entry {
    let why = if reason.is_empty() { String::new() } else { format!(" · {}", plain(reason)) };
    entry(acting, msg!(ticket_setup_log_blocked), &format!("<@{user}>{why}"))
}

pub(crate) fn unblocked(acting: &Acting, user: Id<UserMarker>) -> Entry {
    entry(acting, msg!(ticket_setup_log_unblocked), &format!("<@{user}>"))
}

pub(crate) fn tag_written(acting: &Acting, name: &str) -> Entry {
    entry(acting, msg!(ticket_setup_log_tag_written), &plain(name))
}

pub(crate) fn tag_removed(acting: &Acting, name: &str) -> Entry {
    entry(acting, msg!(ticket_setup_log_tag_removed), &plain(name))
}

/// That a role which works a kind of ticket hears nothing of one.
pub(crate) fn unheard(kind: String, role: Id<RoleMarker>) -> Said {
    said!(ticket_setup_unheard_role, kind, role, names = permission_names(Permissions::MENTION_EVERYONE))
}

/// What a kind of that name mentions and its server has no more.
pub(crate) fn vanished(vanished: &Vanished, kind: String) -> Said {
    match vanished {
        Vanished::Emoji(emoji) => said!(ticket_setup_gone_emoji, kind, emoji = plain(emoji)),
        Vanished::Required => said!(ticket_setup_gone_required, kind),
        Vanished::Role(_) => said!(ticket_setup_gone_role, kind),
        Vanished::Place(channel) => said!(ticket_setup_gone_place, kind, channel = *channel),
    }
}

/// That Discord does not show tickets as they are.
pub(crate) fn unsettled(count: i64) -> Said {
    said!(ticket_setup_unsettled, count)
}

/// What stands in the way of one of them.
pub(crate) fn hindered(number: i32, problem: &Problem) -> Said {
    said!(ticket_setup_hindered, number, problem = problem.said())
}
