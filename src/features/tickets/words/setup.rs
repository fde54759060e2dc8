//! What is said about what admins set up: kinds of tickets, panels, blocked members, and the staff's replies.

use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use super::super::model::refusal::{blocks, kinds, panels, tags};
use super::super::model::{Ask, Definition, HoursMisfit, KindMisfit, KindPart, Question, TagMisfit};
use super::super::model::{PanelMisfit, Refusal as TicketRefusal};
use crate::acting::{Acting, NotAdmin};
use crate::interactions::{say_collision, say_misfit};
use crate::log_channel::{Entry, Level};
use crate::operations::words::did;
use crate::settings::{self, Misfit};
use crate::ui::limits::cut;
use crate::ui::plain;
use crate::words::{Said, Say};

/// What the kind is called with which every guild begins.
pub(crate) const FIRST_KIND: &str = "Support";

/// What stands in the row of a panel with the usual title and text. Older versions show what stands there, whatever it is,
/// so it is what they wrote themselves; it is no wording of this one, and can be emptied when none of them runs any more.
pub(crate) const PANEL_AS_STORED: [&str; 2] = ["Need help?", "Open a ticket, and the staff will help you."];

/// What a kind asks and says until an admin writes something else.
pub(crate) fn usual_definition() -> Definition {
    Definition {
        questions: vec![
            Question {
                id: 1,
                label: "What is it about?".to_owned(),
                hint: "In a few words".to_owned(),
                required: true,
                ask: Ask::Text { long: false, min_chars: 0, max_chars: 100 },
            },
            Question {
                id: 2,
                label: "Tell us more".to_owned(),
                hint: "What happened, and what have you tried?".to_owned(),
                required: false,
                ask: Ask::Text { long: true, min_chars: 0, max_chars: 1000 },
            },
        ],
        last_question: 2,
        opening: "Hello {member}! The staff will be with you soon.".to_owned(),
        ..Definition::default()
    }
}

/// What stands on top of a panel unless an admin says otherwise.
pub(crate) const PANEL_TITLE: &str = "Need help?";

/// What stands below it.
pub(crate) const PANEL_BODY: &str = "Open a ticket, and the staff will help you.";

impl Say for kinds::Refusal {
    fn said(&self) -> Said {
        let say = || -> String {
            let fixed = match self {
                kinds::Refusal::NotAdmin => return NotAdmin.said().to_string(),
                kinds::Refusal::NameTaken { name } => {
                    return format!("There is a kind called “{}” already; choose another name.", plain(name));
                }
                kinds::Refusal::TooMany { max } => {
                    return format!("A server has at most {max} kinds of tickets; remove one first.");
                }
                kinds::Refusal::Unfit(misfit) => return unfit_kind(misfit),
                kinds::Refusal::Place(lack) => return lack.said().to_string(),
                kinds::Refusal::Collision(collision) => return say_collision(collision, "`/ticket types`").to_string(),
                kinds::Refusal::NoSuchKind | kinds::Refusal::NoSuchQuestion => {
                    "That was removed meanwhile; type `/ticket types` to see what there is."
                }
                kinds::Refusal::OnlyOne => "This is the only kind there is; make another one first.",
                kinds::Refusal::Changed { .. } => {
                    "Somebody has just changed it; look at it again before you remove it."
                }
                kinds::Refusal::QuestionChanged => "This question was changed meanwhile; look at it again in the menu.",
                kinds::Refusal::WrongPlace { .. } => {
                    "Tickets open in a category, or in private threads of a text channel; pick one of these."
                }
                kinds::Refusal::UnknownRole { .. } => {
                    "One of these roles is not of this server; pick them from the list."
                }
                kinds::Refusal::StaffIsEverybody => {
                    "With @everyone as its staff a ticket would not be private; pick a role."
                }
            };
            fixed.to_owned()
        };
        Said::Verbatim(say())
    }
}

fn unfit_kind(misfit: &KindMisfit) -> String {
    let fixed = match misfit {
        KindMisfit::TooLong { part, max_chars } => {
            return format!("“{}” is a text of at most {max_chars} characters; make it fit.", part_label(*part));
        }
        KindMisfit::Placeholder { part, name, known } => {
            let misfit = Misfit::Placeholder { key: "", name: name.clone(), known };
            return say_misfit(marked(*part), &misfit).to_string();
        }
        KindMisfit::Time { part, max_minutes } => {
            let kind = settings::Kind::Duration { min_minutes: 0, max_minutes: *max_minutes };
            return say_misfit(marked(*part), &Misfit::Value { key: "", kind }).to_string();
        }
        KindMisfit::Hours(HoursMisfit::Unreadable(part)) => {
            let part = part.replace('`', "");
            return format!("`{part}` is not like `mon-fri 09:00-17:00`; write the hours anew.");
        }
        KindMisfit::Hours(HoursMisfit::EndsBeforeItBegins(part)) => {
            return format!("`{}` ends before it begins; write the hours anew.", part.replace('`', ""));
        }
        KindMisfit::TooManyQuestions { max } => {
            return format!("A ticket asks at most {max} questions; change one of them.");
        }
        KindMisfit::OptionCount { min, max } => return format!("Give {min} to {max} options, one a line."),
        KindMisfit::OptionTooLong { option } => {
            return format!("“{}” is longer than an option may be; shorten it.", cut(&plain(option), 50));
        }
        KindMisfit::AnswerLength { most } => {
            return format!("A length is like `10-{most}`, which is the most.");
        }
        KindMisfit::NoName => "A kind of ticket needs a name; give it one.",
        KindMisfit::Emoji => "The emoji is one character such as 🔧, or one of this server such as `<:name:123>`.",
        KindMisfit::MemberLimit => "“How many a member may have open” is a number from 0 to 100.",
        KindMisfit::ClosesBeforeItReminds => {
            "A ticket closes later than it reminds; make the second time longer than the first."
        }
        KindMisfit::NoQuestion => "A question needs a text; write what it asks.",
    };
    fixed.to_owned()
}

/// The name of a part of a kind, as sentences mark it.
fn marked(part: KindPart) -> String {
    format!("“{}”", part_label(part))
}

/// What a part of a kind is called in the forms.
pub(crate) const fn part_label(part: KindPart) -> &'static str {
    match part {
        KindPart::Name => "Name",
        KindPart::Description => "Description",
        KindPart::Opening => "Opening message",
        KindPart::Naming => "Name of its channels",
        KindPart::HoursNote => "What members read outside these hours",
        KindPart::Question => "Question",
        KindPart::Hint => "Hint",
        KindPart::Cooldown => "How long they wait between two",
        KindPart::RemindAfter => "Remind the silent side after",
        KindPart::CloseAfter => "Close it when its member is silent for",
        KindPart::AnswerWithin => "Alert if nobody answers within",
    }
}

impl Say for panels::Refusal {
    fn said(&self) -> Said {
        let say = || -> String {
            match self {
                panels::Refusal::NotAdmin => NotAdmin.said().to_string(),
                panels::Refusal::NoChannel => "Say in which channel the panel goes.".to_owned(),
                panels::Refusal::Place(lack) => lack.said().to_string(),
                panels::Refusal::NoMessages { channel } => {
                    format!("There are no messages in <#{channel}>; pick a text channel.")
                }
                panels::Refusal::NoSuchKind => no_such_kind(),
                panels::Refusal::Unfit(PanelMisfit::TitleTooLong { max_chars }) => {
                    format!("The title of a panel has at most {max_chars} characters; shorten it.")
                }
                panels::Refusal::Unfit(PanelMisfit::BodyTooLong { max_chars }) => {
                    format!("The text of a panel has at most {max_chars} characters; shorten it.")
                }
            }
        };
        Said::Verbatim(say())
    }
}

fn no_such_kind() -> String {
    "There is no such kind of ticket here any more; type `/ticket open` to see which there are.".to_owned()
}

/// What an admin can do about a panel that Discord refused.
pub(crate) fn panel_refused(channel: Id<ChannelMarker>) -> String {
    format!(
        "I could not post the panel in <#{channel}>; give me **View Channel**, **Send Messages** and **Embed Links** \
         there, and use `/ticket panel` again."
    )
}

impl Say for blocks::Refusal {
    fn said(&self) -> Said {
        let say = || -> String {
            match self {
                blocks::Refusal::NotAdmin => NotAdmin.said().to_string(),
                blocks::Refusal::TooLong { max_chars } => {
                    format!("The reason has at most {max_chars} characters; shorten it.")
                }
            }
        };
        Said::Verbatim(say())
    }
}

impl Say for tags::Refusal {
    fn said(&self) -> Said {
        let say = || -> String {
            let fixed = match self {
                tags::Refusal::TooMany { max } => {
                    return format!("A server has at most {max} replies; remove one with `/tag remove` first.");
                }
                tags::Refusal::Unfit(TagMisfit::NameTooLong { max_chars }) => {
                    return format!("The name of a reply has at most {max_chars} characters; shorten it.");
                }
                tags::Refusal::Unfit(TagMisfit::BodyTooLong { max_chars }) => {
                    return format!("A reply has at most {max_chars} characters; shorten it.");
                }
                tags::Refusal::Collision(collision) => return say_collision(collision, "`/tag edit`").to_string(),
                tags::Refusal::NoSuchTicket => return TicketRefusal::NoSuchTicket.said().to_string(),
                tags::Refusal::OnlyInTickets { placeholder } => {
                    return format!(
                        "This reply names the `{{{placeholder}}}` of a ticket; give it in a ticket's channel."
                    );
                }
                tags::Refusal::NotStaff => "Only the staff gives these replies; look for answers with `/faq search`.",
                tags::Refusal::MayNotWrite => "Only the staff changes these replies; ask one of them.",
                tags::Refusal::NoSuchTag => "There is no such reply; pick one that is suggested, or see `/tag list`.",
                tags::Refusal::Gone => "This reply was removed meanwhile; add it again with `/tag add`.",
                tags::Refusal::NameTaken => "There is a reply of that name already; change that one with `/tag edit`.",
                tags::Refusal::Unfit(TagMisfit::NoName | TagMisfit::NoBody) => {
                    "A reply needs a name and a text; fill in both."
                }
            };
            fixed.to_owned()
        };
        Said::Verbatim(say())
    }
}

fn entry(acting: &Acting, title: &str, about: &str) -> Entry {
    did(acting, Level::Info, format!("🧭 {title}"), about)
}

pub(crate) fn kind_added(acting: &Acting, name: &str) -> Entry {
    entry(acting, "A kind of ticket was added", &plain(name))
}

pub(crate) fn kind_changed(acting: &Acting, name: &str) -> Entry {
    entry(acting, "A kind of ticket was changed", &plain(name))
}

pub(crate) fn kind_removed(acting: &Acting, name: &str) -> Entry {
    entry(acting, "A kind of ticket was removed", &plain(name))
}

pub(crate) fn panel_placed(acting: &Acting, channel: Id<ChannelMarker>) -> Entry {
    entry(acting, "A panel was posted or changed", &format!("<#{channel}>"))
}

/// What the log channel reads of a panel that Discord refused.
pub(crate) fn panel_missing(channel: Id<ChannelMarker>) -> Entry {
    let title = "🚨 A panel is not there".to_owned();
    Entry { level: Level::Error, title, description: panel_refused(channel) }
}

pub(crate) fn blocked(acting: &Acting, user: Id<UserMarker>, reason: &str) -> Entry {
    let about = format!("<@{user}> {}", plain(reason));
    entry(acting, "Somebody may open no tickets any more", about.trim())
}

pub(crate) fn unblocked(acting: &Acting, user: Id<UserMarker>) -> Entry {
    entry(acting, "Somebody may open tickets again", &format!("<@{user}>"))
}

pub(crate) fn tag_written(acting: &Acting, name: &str) -> Entry {
    entry(acting, "A reply was written", &plain(name))
}

pub(crate) fn tag_removed(acting: &Acting, name: &str) -> Entry {
    entry(acting, "A reply was removed", &plain(name))
}
