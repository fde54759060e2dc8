//! The forms with which admins change a kind of ticket.

use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use super::hours::Hours;
use super::kinds::*;
use super::model::{Ask, Definition, Kind, NAMING_PLACEHOLDERS, OPENING_PLACEHOLDERS, Question};
use super::panels::soon;
use super::{open, store};
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply, merge_form, say_misfit};
use crate::settings::{self, Minutes, field};
use crate::ui::{
    Seen,
    form::{Field, Form, MAX_INPUTS, Style},
    limits::{OPTION_LABEL, OPTIONS, cut},
    permission_names, plain,
};

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
    Field { name, label, hint, style: Style::Line, max_chars, required }
}

impl Form for Basics {
    const NAME: &'static str = "basics";
    const FIELDS: &'static [Field] = &[
        text("name", "Name", "What members choose: Billing", 80, true),
        text("emoji", "Emoji", "One that stands before it", 32, false),
        text("description", "Description", "What stands below it in menus", 100, false),
        Field {
            style: Style::Paragraph,
            ..text("opening", "Opening message", "{member}, {number}, {type} and {subject} are filled in", 1500, false)
        },
        text("naming", "Name of its channels", "{number}, {member} and {type} are filled in", 90, false),
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
    Field { name, label, hint, style: Style::Roles, max_chars: 10, required: false }
}

impl Form for People {
    const NAME: &'static str = "people";
    const FIELDS: &'static [Field] = &[
        Field {
            name: "place",
            label: "Where it opens",
            hint: "A category, or a channel whose private threads the tickets are; none is the server's setting",
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
        text("cooldown", "How long they wait between two", "10m, 1h; 0 is not at all", 20, false),
        text("hours", "When somebody is there", "mon-fri 09:00-17:00, sat 10:00-12:00; empty is always", 200, false),
        Field {
            style: Style::Paragraph,
            ..text("note", "What members read outside these hours", "Empty: when you are there", 500, false)
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
        text("remind", "Remind the silent side after", "1d, 12h; 0 is never", 20, false),
        text("close", "Close it when its member is silent for", "7d; 0 is never", 20, false),
        text("answer", "Alert if nobody answers within", "Of working time: 4h; 0 is never", 20, false),
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

const STYLES: &[(&str, &str)] = &[
    ("line", "One line of text"),
    ("paragraph", "Several lines of text"),
    ("one", "One of several options"),
    ("some", "Any of several options"),
    ("box", "A box to tick"),
];

impl Form for Asked {
    const NAME: &'static str = "question";
    const FIELDS: &'static [Field] = &[
        text("label", "Question", "", 45, true),
        text("hint", "Hint", "What stands below it", 100, false),
        Field {
            name: "style",
            label: "How it is answered",
            hint: "",
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

/// What a form about a kind carries: which one, and what of it was seen; 0 is a new one.
pub(crate) type Target = (i32, Seen);

pub(crate) async fn save_basics(cx: Context, (id, seen): Target, form: Basics) -> Result<Reply> {
    cx.require_admin().await?;
    if id != 0 {
        return change(&cx, id, |kind| {
            set_basics(kind, &merge_form(&seen, &basics(kind), &form, AGAIN)?)?;
            Ok("Saved.".to_owned())
        })
        .await;
    }
    let mut kind = Kind { id, name: String::new(), definition: Definition::default() };
    set_basics(&mut kind, &form)?;
    if open::kinds(&cx).await?.len() >= MAX_KINDS {
        return Err(Error::user(format!("A server has at most {MAX_KINDS} kinds of tickets; remove one first.")));
    }
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let made = store::insert_kind(&mut *tx, cx.guild, &kind.name, &kind.definition).await?;
    kind.id = made.ok_or_else(|| taken(&kind.name))?;
    recorder.write(&mut *tx, &did(&cx, "A kind of ticket was added", &plain(&kind.name))).await?;
    store::set_panels_stale(&mut *tx, cx.guild).await?;
    tx.commit().await?;
    cx.post_log();
    soon(&cx.app, cx.guild);
    Ok(Reply::Update(one(&cx, &kind, Some("Added.".to_owned()))?))
}

pub(super) fn set_basics(kind: &mut Kind, form: &Basics) -> Result<()> {
    let (name, emoji) = (form.name.trim(), form.emoji.trim());
    if name.is_empty() {
        return Err(Error::user("A kind of ticket needs a name; give it one."));
    }
    if !is_emoji(emoji) {
        return Err(Error::user("The emoji is one character such as 🔧, or one of this server such as `<:name:123>`."));
    }
    template("Opening message", &form.opening, OPENING_PLACEHOLDERS)?;
    template("Name of its channels", &form.naming, NAMING_PLACEHOLDERS)?;
    kind.name = name.to_owned();
    kind.definition.emoji = emoji.to_owned();
    kind.definition.description = form.description.trim().to_owned();
    kind.definition.opening = form.opening.trim().to_owned();
    kind.definition.naming = form.naming.trim().to_owned();
    Ok(())
}

/// Whether Discord takes it before a label: nothing, a server's own emoji, or a few characters that are no letters.
pub(super) fn is_emoji(text: &str) -> bool {
    let own = text.strip_prefix("<a:").or_else(|| text.strip_prefix("<:")).and_then(|rest| rest.strip_suffix('>'));
    match own.and_then(|rest| rest.split_once(':')) {
        Some((name, id)) => name.chars().all(|c| c.is_alphanumeric() || c == '_') && id.parse::<u64>().is_ok(),
        None => text.chars().count() <= 8 && !text.chars().any(|c| c.is_alphabetic() || c == '<' || c.is_control()),
    }
}

pub(super) fn template(label: &str, text: &str, placeholders: &'static [&'static str]) -> Result<()> {
    let field = settings::field("template", "", settings::Kind::Template { max_chars: 2000, placeholders });
    match text.trim() {
        "" => Ok(()),
        text => match field.parse(text) {
            Ok(_) => Ok(()),
            Err(misfit) => Err(Error::User(say_misfit(&format!("“{label}”"), &misfit))),
        },
    }
}

pub(crate) async fn save_people(cx: Context, (id, seen): Target, form: People) -> Result<Reply> {
    cx.require_admin().await?;
    let place = form.place.first().copied();
    let mut in_threads = false;
    if let Some(place) = place {
        let known = cx.resolved.channel(&place.to_string());
        let known = known.ok_or_else(|| Error::user("That channel is not in this server; pick one from the list."))?;
        in_threads = known.kind == ChannelType::GuildText;
        let needed = match in_threads {
            true => {
                Permissions::CREATE_PRIVATE_THREADS
                    | Permissions::SEND_MESSAGES_IN_THREADS
                    | Permissions::MANAGE_THREADS
            }
            false => Permissions::MANAGE_CHANNELS | Permissions::MANAGE_ROLES,
        } | Permissions::VIEW_CHANNEL;
        let missing = known.app_permissions.map_or(Permissions::empty(), |granted| match granted {
            granted if granted.contains(Permissions::ADMINISTRATOR) => Permissions::empty(),
            granted => needed - granted,
        });
        if !missing.is_empty() {
            let names = permission_names(missing);
            return Err(Error::user(format!("I lack permissions in <#{place}>: give me {names} there.")));
        }
    }
    let known = |roles: &[Id<RoleMarker>]| roles.iter().all(|role| cx.resolved.role(&role.to_string()).is_some());
    if ![&form.staff, &form.required, &form.blocked].into_iter().all(|roles| known(roles)) {
        return Err(Error::user("One of these roles is not of this server; pick them from the list."));
    }
    let everyone = cx.guild.cast();
    if form.staff.contains(&everyone) {
        return Err(Error::user("With @everyone as its staff a ticket would not be private; pick a role."));
    }
    change(&cx, id, |kind| {
        let merged = merge_form(&seen, &people(kind), &form, AGAIN)?;
        let definition = &mut kind.definition;
        let chosen = merged.place.first().copied();
        // Of which type it is, Discord says of what was submitted; what somebody else has chosen meanwhile is known.
        definition.in_threads = if chosen == place { in_threads } else { definition.in_threads };
        definition.place = chosen;
        definition.staff_roles = merged.staff;
        definition.required_roles = merged.required;
        definition.blocked_roles = merged.blocked;
        Ok("Saved.".to_owned())
    })
    .await
}

/// Reads a length of time; nothing is none.
pub(super) fn minutes(label: &str, text: &str, max_minutes: i64) -> Result<Minutes> {
    let field = settings::field("time", "", settings::Kind::Duration { min_minutes: 0, max_minutes });
    match text.trim() {
        "" => Ok(Minutes(0)),
        text => match field.parse(text) {
            Ok(value) => Ok(Minutes(value.as_i64().unwrap_or(0))),
            Err(misfit) => Err(Error::User(say_misfit(&format!("“{label}”"), &misfit))),
        },
    }
}

const DAY: i64 = 1440;

pub(crate) async fn save_limits(cx: Context, (id, seen): Target, form: Limits) -> Result<Reply> {
    cx.require_admin().await?;
    change(&cx, id, |kind| {
        let form = merge_form(&seen, &limits(kind), &form, AGAIN)?;
        let limit: Option<i64> = form.limit.trim().parse().ok().filter(|limit| (0..=100).contains(limit));
        kind.definition.member_limit =
            limit.ok_or_else(|| Error::user("“How many a member may have open” is a number from 0 to 100."))?;
        kind.definition.cooldown = minutes("How long they wait between two", &form.cooldown, 30 * DAY)?;
        let hours: Hours = form.hours.parse().map_err(|why| Error::User(format!("{why}; write the hours anew.")))?;
        kind.definition.hours = hours.to_string();
        kind.definition.hours_note = form.note.trim().to_owned();
        Ok("Saved.".to_owned())
    })
    .await
}

pub(crate) async fn save_times(cx: Context, (id, seen): Target, form: Times) -> Result<Reply> {
    cx.require_admin().await?;
    change(&cx, id, |kind| {
        let form = merge_form(&seen, &times(kind), &form, AGAIN)?;
        let definition = &mut kind.definition;
        definition.remind_after = minutes("Remind the silent side after", &form.remind, 90 * DAY)?;
        definition.close_after = minutes("Close it when its member is silent for", &form.close, 365 * DAY)?;
        definition.answer_within = minutes("Alert if nobody answers within", &form.answer, 30 * DAY)?;
        if definition.close_after.0 > 0 && definition.close_after.0 <= definition.remind_after.0 {
            return Err(Error::user(
                "A ticket closes later than it reminds; make the second time longer than the first.",
            ));
        }
        definition.escalate = form.escalate;
        definition.close_when_left = form.left;
        Ok("Saved.".to_owned())
    })
    .await
}

/// What a form about a question carries: of which kind, which one if it is an old one, and what of it was seen.
pub(crate) type QuestionTarget = (i32, Option<i32>, Seen);

pub(crate) async fn save_question(cx: Context, (id, number, seen): QuestionTarget, form: Asked) -> Result<Reply> {
    cx.require_admin().await?;
    change(&cx, id, |kind| {
        let definition = &mut kind.definition;
        match number {
            Some(number) => {
                let known = definition.questions.iter_mut().find(|question| question.id == number).ok_or_else(gone)?;
                *known =
                    read_question(number, &merge_form(&seen, &asked(known), &form, AGAIN)?).map_err(Error::User)?;
            }
            None if definition.questions.len() < MAX_INPUTS => {
                let question = read_question(definition.next_question(), &form).map_err(Error::User)?;
                definition.questions.push(question);
            }
            None => {
                let full = format!("A ticket asks at most {MAX_INPUTS} questions; change one of them.");
                return Err(Error::User(full));
            }
        }
        Ok("Saved.".to_owned())
    })
    .await
}

/// # Errors
/// What does not fit, and what would.
pub(super) fn read_question(id: i32, form: &Asked) -> Result<Question, String> {
    let lines: Vec<String> =
        form.options.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let style = form.style.first().map_or("line", String::as_str);
    let ask = match style {
        "one" | "some" => {
            if !(2..=OPTIONS).contains(&lines.len()) {
                return Err(format!("Give 2 to {} options, one a line.", OPTIONS));
            }
            if let Some(long) = lines.iter().find(|line| line.chars().count() > OPTION_LABEL) {
                return Err(format!("“{}” is longer than an option may be; shorten it.", cut(&plain(long), 50)));
            }
            Ask::Choice { options: lines, several: style == "some" }
        }
        "box" => Ask::Checkbox,
        style => {
            let long = style == "paragraph";
            let most = if long { 4000 } else { 500 };
            let (min_chars, max_chars) = match lines.first() {
                None => (0, if long { 1000 } else { 100 }),
                Some(length) => {
                    let (min, max) = length.split_once('-').unwrap_or(("0", length));
                    let range = min.trim().parse().ok().zip(max.trim().parse().ok());
                    let fits = |(min, max): &(u16, u16)| *max >= 1 && min <= max && *max <= most;
                    range.filter(fits).ok_or_else(|| format!("A length is like `10-{most}`, which is the most."))?
                }
            };
            Ask::Text { long, min_chars, max_chars }
        }
    };
    Ok(Question {
        id,
        label: form.label.trim().to_owned(),
        hint: form.hint.trim().to_owned(),
        required: form.required,
        ask,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_read_as_admins_write_them() {
        let check = |style: &str, options: &str, expected: Result<Ask, &str>| {
            let form = Asked {
                label: "Which?".to_owned(),
                style: vec![style.to_owned()],
                options: options.to_owned(),
                ..Asked::default()
            };
            assert_eq!(
                read_question(1, &form).map(|question| question.ask),
                expected.map_err(str::to_owned),
                "{options}"
            );
        };
        let text = |long, min_chars, max_chars| Ok(Ask::Text { long, min_chars, max_chars });
        check("line", "", text(false, 0, 100));
        check("paragraph", "20-400", text(true, 20, 400));
        check("paragraph", "400", text(true, 0, 400));
        check("line", "5000", Err("A length is like `10-500`, which is the most."));
        check("line", "9-3", Err("A length is like `10-500`, which is the most."));
        let options = vec!["Web".to_owned(), "Phone".to_owned()];
        check("one", "Web\n\n Phone ", Ok(Ask::Choice { options: options.clone(), several: false }));
        check("some", "Web\nPhone", Ok(Ask::Choice { options, several: true }));
        check("one", "Web", Err("Give 2 to 25 options, one a line."));
        check("box", "whatever", Ok(Ask::Checkbox));
    }

    #[test]
    fn what_is_an_emoji() {
        for (text, expected) in [
            ("", true),
            ("🔧", true),
            ("🏳️‍🌈", true),
            ("<:ok:12>", true),
            ("<a:x_1:12>", true),
            ("fix", false),
            ("<@5>", false),
        ] {
            assert_eq!(is_emoji(text), expected, "{text}");
        }
    }
}
