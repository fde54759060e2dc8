//! The forms with which admins change a kind of ticket: what they ask, and what stands in them.

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::model::{Ask, Definition, KIND_ROLES, Kind, KindPart, KindTranslation, Question, QuestionTranslation};
use super::vanished::Present;
use super::words;
use super::words::setup::part_label;
use crate::msg;
use crate::settings::Minutes;
use crate::ui::Seen;
use crate::ui::form::{Field, Form, Style};
use crate::words::{Language, Msg, Say, say_minutes};

/// What a form about a kind carries: which one, and what of it was seen; 0 is a new one.
pub(crate) type Target = (i32, Seen);

/// What a form about a question carries: of which kind, which one if it is an old one, and what of it was seen.
pub(crate) type QuestionTarget = (i32, Option<i32>, Seen);

/// What a form about a kind in another language carries: of which kind, in which language, and what of it was seen.
pub(crate) type TranslatedTarget = (i32, Language, Seen);

/// What a form about a question in another language carries: of which kind, which one, the language, and what was seen.
pub(crate) type TranslatedQuestionTarget = (i32, i32, Language, Seen);

/// What a kind is called and says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Basics {
    pub(crate) name: String,
    pub(crate) emoji: String,
    pub(crate) description: String,
    pub(crate) opening: String,
    pub(crate) naming: String,
}

const fn text(name: &'static str, label: Msg, hint: Option<Msg>, max_chars: u16, required: bool) -> Field {
    Field { name, label, hint, style: Style::Line, max_chars, required }
}

impl Form for Basics {
    const NAME: &'static str = "basics";
    const FIELDS: &'static [Field] = &[
        text("name", part_label(KindPart::Name), Some(msg!(ticket_setup_name_hint)), 80, true),
        text("emoji", msg!(ticket_setup_emoji_label), Some(msg!(ticket_setup_emoji_hint)), 32, false),
        text("description", part_label(KindPart::Description), Some(msg!(ticket_setup_description_hint)), 100, false),
        Field {
            style: Style::Paragraph,
            ..text("opening", part_label(KindPart::Opening), Some(msg!(ticket_setup_opening_hint)), 1500, false)
        },
        text("naming", part_label(KindPart::Naming), Some(msg!(ticket_setup_naming_hint)), 90, false),
    ];
}

/// Where tickets of a kind open, and for whom.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct People {
    pub(crate) place: Vec<Id<ChannelMarker>>,
    pub(crate) staff: Vec<Id<RoleMarker>>,
    pub(crate) required: Vec<Id<RoleMarker>>,
    pub(crate) blocked: Vec<Id<RoleMarker>>,
}

const fn roles(name: &'static str, label: Msg, hint: Option<Msg>) -> Field {
    Field { name, label, hint, style: Style::Roles, max_chars: KIND_ROLES, required: false }
}

impl Form for People {
    const NAME: &'static str = "people";
    const FIELDS: &'static [Field] = &[
        Field {
            name: "place",
            label: msg!(ticket_setup_place_label),
            hint: Some(msg!(ticket_setup_place_hint)),
            style: Style::Channel(&[ChannelType::GuildCategory, ChannelType::GuildText]),
            max_chars: 1,
            required: false,
        },
        roles("staff", msg!(ticket_setup_staff_label), Some(msg!(ticket_setup_staff_hint))),
        roles("required", msg!(ticket_setup_required_label), Some(msg!(ticket_setup_required_hint))),
        roles("blocked", msg!(ticket_setup_blocked_label), None),
    ];
}

/// How many, how often, and when somebody is there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Limits {
    pub(crate) limit: String,
    pub(crate) cooldown: String,
    pub(crate) hours: String,
    pub(crate) note: String,
}

impl Form for Limits {
    const NAME: &'static str = "limits";
    const FIELDS: &'static [Field] = &[
        text("limit", msg!(ticket_setup_limit_label), Some(msg!(ticket_setup_limit_hint)), 3, true),
        text("cooldown", part_label(KindPart::Cooldown), Some(msg!(ticket_setup_cooldown_hint)), 20, false),
        text("hours", msg!(ticket_setup_hours_label), Some(msg!(ticket_setup_hours_hint)), 200, false),
        Field {
            style: Style::Paragraph,
            ..text("note", part_label(KindPart::HoursNote), Some(msg!(ticket_setup_note_hint)), 500, false)
        },
    ];
}

/// What time does.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
        text("remind", part_label(KindPart::RemindAfter), Some(msg!(ticket_setup_remind_hint)), 20, false),
        text("close", part_label(KindPart::CloseAfter), Some(msg!(ticket_setup_close_hint)), 20, false),
        text("answer", part_label(KindPart::AnswerWithin), Some(msg!(ticket_setup_answer_hint)), 20, false),
        Field { style: Style::Checkbox, ..text("escalate", msg!(ticket_setup_escalate_label), None, 1, false) },
        Field { style: Style::Checkbox, ..text("left", msg!(ticket_setup_left_label), None, 1, false) },
    ];
}

/// A question that is asked when a ticket is opened.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) style: Vec<String>,
    pub(crate) options: String,
    pub(crate) required: bool,
}

const STYLES: &[(&str, Msg)] = &[
    ("line", msg!(ticket_setup_style_line_option)),
    ("paragraph", msg!(ticket_setup_style_paragraph_option)),
    ("one", msg!(ticket_setup_style_one_option)),
    ("some", msg!(ticket_setup_style_some_option)),
    ("box", msg!(ticket_setup_style_box_option)),
];

impl Form for Asked {
    const NAME: &'static str = "question";
    const FIELDS: &'static [Field] = &[
        text("label", part_label(KindPart::Question), None, 45, true),
        text("hint", part_label(KindPart::Hint), Some(msg!(ticket_setup_hint_hint)), 100, false),
        Field {
            name: "style",
            label: msg!(ticket_setup_style_label),
            hint: None,
            style: Style::Choice(STYLES),
            max_chars: 1,
            required: true,
        },
        Field {
            style: Style::Paragraph,
            ..text("options", msg!(ticket_setup_options_label), Some(msg!(ticket_setup_options_hint)), 2500, false)
        },
        Field { style: Style::Checkbox, ..text("required", msg!(ticket_setup_must_label), None, 1, false) },
    ];
}

/// What a kind says in another language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Translated {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) opening: String,
    pub(crate) note: String,
}

impl Form for Translated {
    const NAME: &'static str = "translated";
    const FIELDS: &'static [Field] = &[
        text("name", part_label(KindPart::Name), None, 80, false),
        text("description", part_label(KindPart::Description), None, 100, false),
        Field { style: Style::Paragraph, ..text("opening", part_label(KindPart::Opening), None, 1500, false) },
        Field { style: Style::Paragraph, ..text("note", part_label(KindPart::HoursNote), None, 500, false) },
    ];
}

/// What a question says in another language.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct TranslatedQuestion {
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) options: String,
}

impl Form for TranslatedQuestion {
    const NAME: &'static str = "translated_question";
    const FIELDS: &'static [Field] = &[
        text("label", part_label(KindPart::Question), None, 45, false),
        text("hint", part_label(KindPart::Hint), None, 100, false),
        Field {
            style: Style::Paragraph,
            ..text(
                "options",
                msg!(ticket_setup_translated_options_label),
                Some(msg!(ticket_setup_translated_options_hint)),
                2500,
                false,
            )
        },
    ];
}

/// What a kind says in that language by now.
pub(crate) fn translated(kind: &Kind, language: Language) -> Translated {
    let KindTranslation { name, description, opening, hours_note, .. } =
        kind.definition.translations.get(language.code()).cloned().unwrap_or_default();
    Translated { name, description, opening, note: hours_note }
}

/// What a question says in that language by now.
pub(crate) fn translated_question(kind: &Kind, number: i32, language: Language) -> TranslatedQuestion {
    let known = kind.definition.translations.get(language.code());
    let QuestionTranslation { label, hint, options } =
        known.and_then(|said| said.questions.get(&number)).cloned().unwrap_or_default();
    TranslatedQuestion { label, hint, options: options.join("\n") }
}

pub(crate) fn basics(kind: &Kind) -> Basics {
    Basics {
        name: kind.name.clone(),
        emoji: kind.definition.emoji.clone(),
        description: kind.definition.description.clone(),
        opening: kind.definition.opening.clone(),
        naming: kind.definition.naming.clone(),
    }
}

pub(crate) fn asked(question: &Question) -> Asked {
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

/// What stands in the form; what the server has no more cannot be chosen again.
pub(crate) fn people(kind: &Kind, present: &Present) -> People {
    let definition = &kind.definition;
    let roles = |roles: &[Id<RoleMarker>]| roles.iter().copied().filter(|role| present.has_role(*role)).collect();
    People {
        place: definition.place.into_iter().filter(|place| present.has_channel(*place)).collect(),
        staff: roles(&definition.staff_roles),
        required: roles(&definition.required_roles),
        blocked: roles(&definition.blocked_roles),
    }
}

/// A length of time as somebody reads it, and can type it again.
fn typed(language: Language, length: Minutes) -> String {
    say_minutes(length.0).say(language)
}

/// Working hours as somebody reads them, and can type them again; what does not parse any more as it is stored.
fn typed_hours(language: Language, definition: &Definition) -> String {
    let hours = words::hours(language, &definition.hours());
    if hours.is_empty() { definition.hours.clone() } else { hours }
}

pub(crate) fn limits(language: Language, kind: &Kind) -> Limits {
    let definition = &kind.definition;
    Limits {
        limit: definition.member_limit.to_string(),
        cooldown: typed(language, definition.cooldown),
        hours: typed_hours(language, definition),
        note: definition.hours_note.clone(),
    }
}

pub(crate) fn times(language: Language, kind: &Kind) -> Times {
    let definition = &kind.definition;
    Times {
        remind: typed(language, definition.remind_after),
        close: typed(language, definition.close_after),
        answer: typed(language, definition.answer_within),
        escalate: definition.escalate,
        left: definition.close_when_left,
    }
}
