//! The forms with which admins change a kind of ticket: what they ask, and what stands in them.

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::model::{Ask, Kind, KindPart, Question};
use super::words::setup::part_label;
use crate::settings::field;
use crate::ui::form::{Field, Form, Style};
use crate::words::Msg;

/// What a kind is called and says.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Basics {
    pub(crate) name: String,
    pub(crate) emoji: String,
    pub(crate) description: String,
    pub(crate) opening: String,
    pub(crate) naming: String,
}

const fn text(name: &'static str, label: &'static str, hint: &'static str, max_chars: u16, required: bool) -> Field {
    let hint = if hint.is_empty() { None } else { Some(Msg::verbatim(hint)) };
    Field { name, label: Msg::verbatim(label), hint, style: Style::Line, max_chars, required }
}

impl Form for Basics {
    const NAME: &'static str = "basics";
    const FIELDS: &'static [Field] = &[
        text("name", part_label(KindPart::Name), "What members choose: Billing", 80, true),
        text("emoji", "Emoji", "One that stands before it", 32, false),
        text("description", part_label(KindPart::Description), "What stands below it in menus", 100, false),
        Field {
            style: Style::Paragraph,
            ..text(
                "opening",
                part_label(KindPart::Opening),
                "{member}, {number}, {type} and {subject} are filled in",
                1500,
                false,
            )
        },
        text("naming", part_label(KindPart::Naming), "{number}, {member} and {type} are filled in", 90, false),
    ];
}

/// Where tickets of a kind open, and for whom.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct People {
    pub(crate) place: Vec<Id<ChannelMarker>>,
    pub(crate) staff: Vec<Id<RoleMarker>>,
    pub(crate) required: Vec<Id<RoleMarker>>,
    pub(crate) blocked: Vec<Id<RoleMarker>>,
}

const fn roles(name: &'static str, label: &'static str, hint: &'static str) -> Field {
    let hint = if hint.is_empty() { None } else { Some(Msg::verbatim(hint)) };
    Field { name, label: Msg::verbatim(label), hint, style: Style::Roles, max_chars: 10, required: false }
}

impl Form for People {
    const NAME: &'static str = "people";
    const FIELDS: &'static [Field] = &[
        Field {
            name: "place",
            label: Msg::verbatim("Where it opens"),
            hint: Some(Msg::verbatim(
                "A category, or a channel whose private threads the tickets are; none is the server's setting",
            )),
            style: Style::Channel(&[ChannelType::GuildCategory, ChannelType::GuildText]),
            max_chars: 1,
            required: false,
        },
        roles("staff", "Who works it", "Besides the admins; nobody is the server's setting"),
        roles("required", "Who may open it", "Nobody is everybody"),
        roles("blocked", "Who may not", ""),
    ];
}

/// How many, how often, and when somebody is there.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Limits {
    pub(crate) limit: String,
    pub(crate) cooldown: String,
    pub(crate) hours: String,
    pub(crate) note: String,
}

impl Form for Limits {
    const NAME: &'static str = "limits";
    const FIELDS: &'static [Field] = &[
        text("limit", "How many a member may have open", "0 is any number", 3, true),
        text("cooldown", part_label(KindPart::Cooldown), "10m, 1h; 0 is not at all", 20, false),
        text("hours", "When somebody is there", "mon-fri 09:00-17:00, sat 10:00-12:00; empty is always", 200, false),
        Field {
            style: Style::Paragraph,
            ..text("note", part_label(KindPart::HoursNote), "Empty: when you are there", 500, false)
        },
    ];
}

/// What time does.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Times {
    pub(crate) remind: String,
    pub(crate) close: String,
    pub(crate) answer: String,
    pub(crate) escalate: bool,
    pub(crate) left: bool,
}

impl Form for Times {
    const NAME: &'static str = "times";
    const FIELDS: &'static [Field] = &[
        text("remind", part_label(KindPart::RemindAfter), "1d, 12h; 0 is never", 20, false),
        text("close", part_label(KindPart::CloseAfter), "7d; 0 is never", 20, false),
        text("answer", part_label(KindPart::AnswerWithin), "Of working time: 4h; 0 is never", 20, false),
        Field { style: Style::Checkbox, ..text("escalate", "Escalate it then", "", 1, false) },
        Field { style: Style::Checkbox, ..text("left", "Close it when its member leaves the server", "", 1, false) },
    ];
}

/// A question that is asked when a ticket is opened.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) style: Vec<String>,
    pub(crate) options: String,
    pub(crate) required: bool,
}

const STYLES: &[(&str, Msg)] = &[
    ("line", Msg::verbatim("One line of text")),
    ("paragraph", Msg::verbatim("Several lines of text")),
    ("one", Msg::verbatim("One of several options")),
    ("some", Msg::verbatim("Any of several options")),
    ("box", Msg::verbatim("A box to tick")),
];

impl Form for Asked {
    const NAME: &'static str = "question";
    const FIELDS: &'static [Field] = &[
        text("label", part_label(KindPart::Question), "", 45, true),
        text("hint", part_label(KindPart::Hint), "What stands below it", 100, false),
        Field {
            name: "style",
            label: Msg::verbatim("How it is answered"),
            hint: None,
            style: Style::Choice(STYLES),
            max_chars: 1,
            required: true,
        },
        Field {
            style: Style::Paragraph,
            ..text("options", "Options or length", "An option a line; for text its length, like 10-500", 2500, false)
        },
        Field { style: Style::Checkbox, ..text("required", "It must be answered", "", 1, false) },
    ];
}

pub(super) fn basics(kind: &Kind) -> Basics {
    Basics {
        name: kind.name.clone(),
        emoji: kind.definition.emoji.clone(),
        description: kind.definition.description.clone(),
        opening: kind.definition.opening.clone(),
        naming: kind.definition.naming.clone(),
    }
}

pub(super) fn asked(question: &Question) -> Asked {
    let (style, options) = match &question.ask {
        Ask::Text { long, min_chars, max_chars } => {
            (if *long { "paragraph" } else { "line" }, format!("{min_chars}-{max_chars}"))
        }
        Ask::Choice { options, several } => (if *several { "some" } else { "one" }, options.join("\n")),
        Ask::Checkbox => ("box", String::new()),
    };
    Asked {
        label: question.label.clone(),
        hint: question.hint.clone(),
        style: vec![style.to_owned()],
        options,
        required: question.required,
    }
}

pub(super) fn people(kind: &Kind) -> People {
    let definition = &kind.definition;
    People {
        place: definition.place.into_iter().collect(),
        staff: definition.staff_roles.clone(),
        required: definition.required_roles.clone(),
        blocked: definition.blocked_roles.clone(),
    }
}

pub(super) fn limits(kind: &Kind) -> Limits {
    let definition = &kind.definition;
    Limits {
        limit: definition.member_limit.to_string(),
        cooldown: field::show_minutes(definition.cooldown.0),
        hours: definition.hours.clone(),
        note: definition.hours_note.clone(),
    }
}

pub(super) fn times(kind: &Kind) -> Times {
    let definition = &kind.definition;
    Times {
        remind: field::show_minutes(definition.remind_after.0),
        close: field::show_minutes(definition.close_after.0),
        answer: field::show_minutes(definition.answer_within.0),
        escalate: definition.escalate,
        left: definition.close_when_left,
    }
}
