//! What admins set up: kinds of tickets, panels, and who may open none.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::channel::ChannelType;
use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker};

use super::command::{Block, Panel, StyleOption, Unblock};
use super::hours::Hours;
use super::model::{Ask, Definition, Kind, NAMING_PLACEHOLDERS, OPENING_PLACEHOLDERS, Question};
use super::{Action, Work, open, screens, store};
use crate::app::App;
use crate::db::db_id;
use crate::discord::{self, Nonce};
use crate::error::{Error, Result};
use crate::feature::Promise;
use crate::interactions::{Context, Reply, say_collision};
use crate::log_channel::{Entry, Level};
use crate::settings::{self, Minutes, field};
use crate::ui::{
    Message, Seen, button,
    custom_id::digest,
    embed,
    form::{Field, Form, MAX_INPUTS, Modal, Style},
    limits::{OPTION_LABEL, OPTIONS, cut},
    option, permission_names, plain, select,
};

/// Kinds of tickets in a server: as many as a menu shows.
const MAX_KINDS: usize = 25;

/// What stands for all kinds on a panel.
pub(super) const ALL_KINDS: &str = "all";

/// Blocked members on the list, those of last first.
const LISTED: i64 = 25;

/// How often one pass shows a panel that is changed meanwhile.
const ROUNDS: usize = 5;

/// One call waits for Discord's limits at most this long.
const CALL_TIME: Duration = Duration::from_secs(20);

/// What the buttons of `/ticket types` do.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Press {
    /// Show all kinds.
    All,
    /// Show the one that was chosen.
    Chosen,
    /// Ask for a new one, or for another part of an old one.
    New,
    Basics(i32),
    People(i32),
    Limits(i32),
    Times(i32),
    /// Ask for a question by its number, or for one more.
    Asked(i32, Option<i32>),
    /// Change the question that was chosen.
    PickedQuestion(i32),
    /// Take a question away that still reads as it did: the last number is the digest of what was shown.
    TakeAway(i32, i32, u32),
    /// Take the kind away that still is as it was: the last number is the digest of what was shown.
    Remove(i32, u32),
}

/// What a kind is called and says.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Basics {
    name: String,
    emoji: String,
    description: String,
    opening: String,
    naming: String,
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
pub(super) struct People {
    place: Vec<Id<ChannelMarker>>,
    staff: Vec<Id<RoleMarker>>,
    required: Vec<Id<RoleMarker>>,
    blocked: Vec<Id<RoleMarker>>,
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
pub(super) struct Limits {
    limit: String,
    cooldown: String,
    hours: String,
    note: String,
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
pub(super) struct Times {
    remind: String,
    close: String,
    answer: String,
    escalate: bool,
    left: bool,
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
pub(super) struct Asked {
    label: String,
    hint: String,
    style: Vec<String>,
    options: String,
    required: bool,
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

pub(super) async fn types(cx: Context) -> Result<Reply> {
    cx.require_admin().await?;
    let kinds = open::kinds(&cx).await?;
    Ok(all(&cx, &kinds, None)?.ephemeral(true).into())
}

fn all(cx: &Context, kinds: &[Kind], told: Option<String>) -> Result<Message> {
    let lines: Vec<String> = kinds
        .iter()
        .map(|kind| format!("**{}** {}", plain(&screens::label(kind)), plain(&kind.definition.description)))
        .collect();
    let listed = embed("Kinds of tickets", lines.join("\n"));
    let options = kinds.iter().map(screens::kind_option).collect();
    let menu = select(cx.id(&Action::Types(Press::Chosen))?, "Change one", options);
    let new = button(ButtonStyle::Success, "New kind", cx.id(&Action::Types(Press::New))?);
    let message = Message::new(told.unwrap_or_default()).embed(listed).row(vec![menu]);
    Ok(if kinds.len() < MAX_KINDS { message.row(vec![new]) } else { message })
}

/// One kind, and buttons to change it.
fn one(cx: &Context, kind: &Kind, told: Option<String>) -> Result<Message> {
    let definition = &kind.definition;
    let none = || "the server's setting".to_owned();
    let list = |roles: &[Id<RoleMarker>]| roles.iter().map(|role| format!("<@&{role}>")).collect::<Vec<_>>().join(" ");
    let or = |text: String, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text };
    let time = |minutes: Minutes| match minutes.0 {
        0 => "never".to_owned(),
        minutes => field::show_minutes(minutes),
    };
    let mut shown = embed(screens::label(kind), plain(&definition.description));
    let mut say = |name: &str, value: String| {
        shown.fields.push(EmbedField { inline: true, name: name.to_owned(), value });
    };
    say(
        "Opens in",
        match definition.place {
            None => none(),
            Some(channel) if definition.in_threads => format!("private threads of <#{channel}>"),
            Some(category) => format!("<#{category}>"),
        },
    );
    say("Channels", or(plain(&definition.naming), super::model::NAMING));
    say("Worked by", or(list(&definition.staff_roles), &none()));
    say("For", or(list(&definition.required_roles), "everybody"));
    say("Not for", or(list(&definition.blocked_roles), "nobody"));
    say(
        "At most",
        match definition.member_limit {
            0 => "any number a member".to_owned(),
            limit => format!("{limit} a member"),
        },
    );
    say("Pause between two", if definition.cooldown.0 == 0 { "none".to_owned() } else { time(definition.cooldown) });
    say("Hours", or(definition.hours().to_string(), "always"));
    say("Reminds after", time(definition.remind_after));
    say("Closes after", time(definition.close_after));
    let escalates = if definition.escalate { ", then escalates" } else { "" };
    say("Answered within", format!("{}{escalates}", time(definition.answer_within)));
    say("Member leaves", if definition.close_when_left { "it closes" } else { "it stays" }.to_owned());
    let questions: Vec<String> = definition.questions.iter().map(question_line).collect();
    shown.fields.push(EmbedField {
        inline: false,
        name: "Questions".to_owned(),
        value: or(questions.join("\n"), "none: it opens at once"),
    });
    shown.fields.push(EmbedField {
        inline: false,
        name: "Opening message".to_owned(),
        value: or(definition.opening.clone(), "none"),
    });
    let press = |style, label: &str, press| Ok::<Component, Error>(button(style, label, cx.id(&Action::Types(press))?));
    let id = kind.id;
    let mut message = Message::new(told.unwrap_or_default()).embed(shown).row(vec![
        press(ButtonStyle::Primary, "Name and texts", Press::Basics(id))?,
        press(ButtonStyle::Primary, "Place and people", Press::People(id))?,
        press(ButtonStyle::Primary, "Limits and hours", Press::Limits(id))?,
        press(ButtonStyle::Primary, "Times", Press::Times(id))?,
    ]);
    if !definition.questions.is_empty() {
        let questions = definition.questions.iter();
        let options = questions.map(|question| option(question.id.to_string(), question.label.clone())).collect();
        message =
            message.row(vec![select(cx.id(&Action::Types(Press::PickedQuestion(id)))?, "Change a question", options)]);
    }
    let mut last = Vec::new();
    if definition.questions.len() < MAX_INPUTS {
        last.push(press(ButtonStyle::Secondary, "Ask one more", Press::Asked(id, None))?);
    }
    last.push(press(ButtonStyle::Secondary, "All kinds", Press::All)?);
    last.push(press(ButtonStyle::Danger, "Remove this kind", Press::Remove(id, shown_of(kind)?))?);
    Ok(message.row(last))
}

/// All of a kind as a digest.
fn shown_of(kind: &Kind) -> Result<u32> {
    Ok(digest(&serde_json::to_string(&(&kind.name, &kind.definition))?))
}

fn question_line(question: &Question) -> String {
    let how = match &question.ask {
        Ask::Text { min_chars, max_chars, .. } => format!("text of {min_chars} to {max_chars} characters"),
        Ask::Choice { options, several: false } => format!("one of {}", options.join(", ")),
        Ask::Choice { options, several: true } => format!("any of {}", options.join(", ")),
        Ask::Checkbox => "a box".to_owned(),
    };
    let required = if question.required { "" } else { ", optional" };
    cut(&format!("**{}** · {}{required}", plain(&question.label), plain(&how)), 190)
}

/// A button of these screens.
pub(super) async fn press(cx: Context, press: Press, chosen: &[String]) -> Result<Reply> {
    cx.require_admin().await?;
    let kinds = open::kinds(&cx).await?;
    let find = |id: i32| kinds.iter().find(|kind| kind.id == id).cloned().ok_or_else(gone);
    let chosen: Option<i32> = chosen.first().and_then(|value| value.parse().ok());
    match press {
        Press::All => Ok(Reply::Update(all(&cx, &kinds, None)?)),
        Press::Chosen => Ok(Reply::Update(one(&cx, &find(chosen.ok_or_else(gone)?)?, None)?)),
        Press::New => form(
            &cx,
            "New kind of ticket",
            0,
            &basics(&Kind { id: 0, name: String::new(), definition: Definition::default() }),
        ),
        Press::Basics(id) => form(&cx, "Name and texts", id, &basics(&find(id)?)),
        Press::People(id) => form(&cx, "Place and people", id, &people(&find(id)?)),
        Press::Limits(id) => form(&cx, "Limits and hours", id, &limits(&find(id)?)),
        Press::Times(id) => form(&cx, "Times", id, &times(&find(id)?)),
        Press::Asked(id, number) => {
            let asked = match number {
                Some(number) => asked(question(&find(id)?, number)?),
                None => Asked { style: vec!["line".to_owned()], ..Asked::default() },
            };
            Ok(Modal::new("Question", cx.form_id::<Asked>(&(id, number, Seen::of(&asked)))?, &asked)?.into())
        }
        Press::PickedQuestion(id) => {
            let kind = find(id)?;
            let question = question(&kind, chosen.ok_or_else(gone)?)?;
            let line = question_line(question);
            let change = Action::Types(Press::Asked(id, Some(question.id)));
            let take_away = Action::Types(Press::TakeAway(id, question.id, digest(&line)));
            let row = vec![
                button(ButtonStyle::Primary, "Change it", cx.id(&change)?),
                button(ButtonStyle::Danger, "Take it away", cx.id(&take_away)?),
            ];
            Ok(Message::new(line).row(row).ephemeral(true).into())
        }
        Press::TakeAway(id, number, shown) => {
            change(&cx, id, move |kind| {
                let question = question(kind, number)?;
                if digest(&question_line(question)) != shown {
                    return Err(Error::user("This question was changed meanwhile; look at it again in the menu."));
                }
                let told = format!("“{}” is not asked any more.", plain(&question.label));
                kind.definition.questions.retain(|question| question.id != number);
                Ok(told)
            })
            .await
        }
        Press::Remove(id, shown) => {
            let recorder = cx.recorder().await?;
            let mut tx = cx.app.db.begin().await?;
            // Of two admins who take the last two away, one finds that only one is left.
            let kinds = store::lock_kinds(&mut *tx, cx.guild).await?;
            let kind = kinds.iter().find(|kind| kind.id == id).ok_or_else(gone)?;
            if kinds.len() == 1 {
                return Err(Error::user("This is the only kind there is; make another one first."));
            }
            if shown_of(kind)? != shown {
                let told = "Somebody has just changed it; look at it again before you remove it.".to_owned();
                return Ok(Reply::Update(one(&cx, kind, Some(told))?));
            }
            let name = plain(&kind.name);
            if !store::remove_kind(&mut *tx, cx.guild, id, cx.now).await? {
                return Err(gone());
            }
            recorder.write(&mut *tx, &did(&cx, "A kind of ticket was removed", &name)).await?;
            store::set_panels_stale(&mut *tx, cx.guild).await?;
            tx.commit().await?;
            cx.post_log();
            soon(&cx.app, cx.guild);
            let left: Vec<Kind> = kinds.into_iter().filter(|kind| kind.id != id).collect();
            Ok(Reply::Update(all(&cx, &left, Some("It is removed; tickets that are open stay.".to_owned()))?))
        }
    }
}

fn gone() -> Error {
    Error::user("That was removed meanwhile; type `/ticket types` to see what there is.")
}

fn question(kind: &Kind, number: i32) -> Result<&Question> {
    kind.definition.questions.iter().find(|question| question.id == number).ok_or_else(gone)
}

fn form<F: Form>(cx: &Context, title: &str, id: i32, values: &F) -> Result<Reply> {
    Ok(Modal::new(title, cx.form_id::<F>(&(id, Seen::of(values)))?, values)?.into())
}

fn basics(kind: &Kind) -> Basics {
    Basics {
        name: kind.name.clone(),
        emoji: kind.definition.emoji.clone(),
        description: kind.definition.description.clone(),
        opening: kind.definition.opening.clone(),
        naming: kind.definition.naming.clone(),
    }
}

fn asked(question: &Question) -> Asked {
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

fn people(kind: &Kind) -> People {
    let definition = &kind.definition;
    People {
        place: definition.place.into_iter().collect(),
        staff: definition.staff_roles.clone(),
        required: definition.required_roles.clone(),
        blocked: definition.blocked_roles.clone(),
    }
}

fn limits(kind: &Kind) -> Limits {
    let definition = &kind.definition;
    Limits {
        limit: definition.member_limit.to_string(),
        cooldown: field::show_minutes(definition.cooldown.0),
        hours: definition.hours.clone(),
        note: definition.hours_note.clone(),
    }
}

fn times(kind: &Kind) -> Times {
    let definition = &kind.definition;
    Times {
        remind: field::show_minutes(definition.remind_after.0),
        close: field::show_minutes(definition.close_after.0),
        answer: field::show_minutes(definition.answer_within.0),
        escalate: definition.escalate,
        left: definition.close_when_left,
    }
}

/// How a form about a kind is opened again.
const AGAIN: &str = "`/ticket types`";

/// Changes a kind as it is now, whatever it was when its form was opened, and shows it; panels that offer it follow.
///
/// `set` does that and says what was done.
async fn change(cx: &Context, id: i32, set: impl FnOnce(&mut Kind) -> Result<String> + Send) -> Result<Reply> {
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let before = store::lock_kind(&mut *tx, cx.guild, id).await?.ok_or_else(gone)?;
    let mut kind = before.clone();
    let told = set(&mut kind)?;
    match store::update_kind(&mut *tx, cx.guild, &before, &kind).await {
        Ok(()) => {}
        Err(error) if crate::db::violates(&error, "ticket_type_name") => return Err(taken(&kind.name)),
        Err(error) => return Err(error.into()),
    }
    recorder.write(&mut *tx, &did(cx, "A kind of ticket was changed", &plain(&kind.name))).await?;
    store::set_panels_stale(&mut *tx, cx.guild).await?;
    tx.commit().await?;
    cx.post_log();
    soon(&cx.app, cx.guild);
    Ok(Reply::Update(one(cx, &kind, Some(told))?))
}

fn taken(name: &str) -> Error {
    Error::user(format!("There is a kind called “{}” already; choose another name.", plain(name)))
}

/// What an admin did, as the log channel says it.
fn did(cx: &Context, title: &str, about: &str) -> Entry {
    cx.did(Level::Info, format!("🧭 {title}"), about)
}

/// What a form about a kind carries: which one, and what of it was seen; 0 is a new one.
pub(super) type Target = (i32, Seen);

pub(super) async fn save_basics(cx: Context, (id, seen): Target, form: Basics) -> Result<Reply> {
    cx.require_admin().await?;
    if id != 0 {
        return change(&cx, id, |kind| {
            set_basics(kind, &seen.merge(&basics(kind), &form).map_err(|it| Error::User(say_collision(&it, AGAIN)))?)?;
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

fn set_basics(kind: &mut Kind, form: &Basics) -> Result<()> {
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
fn is_emoji(text: &str) -> bool {
    let own = text.strip_prefix("<a:").or_else(|| text.strip_prefix("<:")).and_then(|rest| rest.strip_suffix('>'));
    match own.and_then(|rest| rest.split_once(':')) {
        Some((name, id)) => name.chars().all(|c| c.is_alphanumeric() || c == '_') && id.parse::<u64>().is_ok(),
        None => text.chars().count() <= 8 && !text.chars().any(|c| c.is_alphabetic() || c == '<' || c.is_control()),
    }
}

fn template(label: &str, text: &str, placeholders: &'static [&'static str]) -> Result<()> {
    let field = settings::field("template", "", settings::Kind::Template { max_chars: 2000, placeholders });
    match text.trim() {
        "" => Ok(()),
        text => match field.read(text) {
            Ok(_) => Ok(()),
            Err(why) => Err(Error::User(why.replacen("`template`", &format!("“{label}”"), 1))),
        },
    }
}

pub(super) async fn save_people(cx: Context, (id, seen): Target, form: People) -> Result<Reply> {
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
        let merged = seen.merge(&people(kind), &form).map_err(|it| Error::User(say_collision(&it, AGAIN)))?;
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
fn minutes(label: &str, text: &str, max_minutes: i64) -> Result<Minutes> {
    let field = settings::field("time", "", settings::Kind::Duration { min_minutes: 0, max_minutes });
    match text.trim() {
        "" => Ok(Minutes(0)),
        text => match field.read(text) {
            Ok(value) => Ok(Minutes(value.as_i64().unwrap_or(0))),
            Err(why) => Err(Error::User(why.replacen("`time`", &format!("“{label}”"), 1))),
        },
    }
}

const DAY: i64 = 1440;

pub(super) async fn save_limits(cx: Context, (id, seen): Target, form: Limits) -> Result<Reply> {
    cx.require_admin().await?;
    change(&cx, id, |kind| {
        let form = seen.merge(&limits(kind), &form).map_err(|it| Error::User(say_collision(&it, AGAIN)))?;
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

pub(super) async fn save_times(cx: Context, (id, seen): Target, form: Times) -> Result<Reply> {
    cx.require_admin().await?;
    change(&cx, id, |kind| {
        let form = seen.merge(&times(kind), &form).map_err(|it| Error::User(say_collision(&it, AGAIN)))?;
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
pub(super) type QuestionTarget = (i32, Option<i32>, Seen);

pub(super) async fn save_question(cx: Context, (id, number, seen): QuestionTarget, form: Asked) -> Result<Reply> {
    cx.require_admin().await?;
    change(&cx, id, |kind| {
        let definition = &mut kind.definition;
        match number {
            Some(number) => {
                let known = definition.questions.iter_mut().find(|question| question.id == number).ok_or_else(gone)?;
                *known = read_question(
                    number,
                    &seen.merge(&asked(known), &form).map_err(|it| Error::User(say_collision(&it, AGAIN)))?,
                )
                .map_err(Error::User)?;
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
fn read_question(id: i32, form: &Asked) -> Result<Question, String> {
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

/// `/ticket panel`.
pub(super) async fn panel(cx: Context, input: Panel) -> Result<Reply> {
    cx.require_admin().await?;
    let channel = input.channel.or(cx.channel).ok_or_else(|| Error::user("Say in which channel the panel goes."))?;
    if let Some(granted) = cx.resolved.channel(&channel.to_string()).and_then(|channel| channel.app_permissions) {
        let needed = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS;
        if !granted.contains(Permissions::ADMINISTRATOR) && !granted.contains(needed) {
            let names = permission_names(needed - granted);
            return Err(Error::user(format!("I lack permissions in <#{channel}>: give me {names} there.")));
        }
    }
    let kinds = open::kinds(&cx).await?;
    let only = match input.kind.as_deref() {
        None => None,
        Some(ALL_KINDS) => Some(Vec::new()),
        Some(named) => {
            let named = named.split(',').map(|name| Ok(open::find_kind(&kinds, name.trim())?.id));
            Some(named.collect::<Result<Vec<i32>>>()?)
        }
    };
    let change = store::PanelChange {
        channel,
        title: input.title,
        body: input.text,
        menu: input.style.map(|style| matches!(style, StyleOption::Menu)),
        kinds: only,
    };
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let id = store::upsert_panel(&mut *tx, cx.guild, cx.interaction, &change).await?;
    recorder.write(&mut *tx, &did(&cx, "A panel was posted or changed", &format!("<#{channel}>"))).await?;
    let reply = cx.promise(&mut *tx, &Work::Panel { panel: id }).await?;
    tx.commit().await?;
    cx.post_log();
    Ok(reply)
}

/// Posts the panel, or changes it.
pub(super) async fn finish_panel(promise: Promise, panel: i64) -> Result<Message> {
    let refused = refresh(&promise.app, promise.guild).await?;
    match refused.iter().find(|it| it.id == panel) {
        None => Ok(Message::new("The panel is there.")),
        Some(panel) => Err(Error::user(not_posted(panel.channel))),
    }
}

fn not_posted(channel: Id<ChannelMarker>) -> String {
    format!(
        "I could not post the panel in <#{channel}>; give me **View Channel**, **Send Messages** and **Embed Links** \
         there, and use `/ticket panel` again."
    )
}

/// Changes panels in the background.
fn soon(app: &App, guild: Id<GuildMarker>) {
    let work = app.in_background();
    app.background.spawn(async move {
        if let Some(Err(error)) = work.handing_over.run_until_cancelled(refresh(&work, guild)).await {
            tracing::warn!(%guild, error = format!("{error:#}"), "panels are changed later");
        }
    });
}

/// Guilds with panels that are not as they should be.
pub(super) async fn guilds(app: App, _: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    Ok(store::list_guilds_with_stale_panels(&app.db).await?)
}

/// Changes panels that nobody has changed yet.
pub(super) async fn due(app: App, guild: Id<GuildMarker>, _: Timestamp) -> anyhow::Result<()> {
    refresh(&app, guild).await.map(drop)
}

/// Changes what is not as it should be, and returns what Discord refused.
async fn refresh(app: &App, guild: Id<GuildMarker>) -> anyhow::Result<Vec<store::Panel>> {
    let mut refused = Vec::new();
    // What is changed while it is being shown is shown again at once; what still goes on after that, by the next pass.
    for _ in 0..ROUNDS {
        let panels = store::list_stale_panels(&app.db, guild).await?;
        if panels.is_empty() {
            break;
        }
        let kinds = store::list_kinds(&app.db, guild).await?;
        for panel in panels {
            match show(app, guild, &panel, &kinds).await {
                Ok(()) => {}
                Err(error) if error.is_passing() => return Err(error.into()),
                Err(discord::Error::Gone { code: 10003 }) => store::delete_panel(&app.db, guild, panel.id).await?,
                // It stays as it is until somebody posts it again.
                Err(error) => {
                    tracing::warn!(%guild, %error, "a panel cannot be shown");
                    report_refused(app, guild, &panel).await?;
                    refused.push(panel);
                }
            }
        }
    }
    Ok(refused)
}

async fn report_refused(app: &App, guild: Id<GuildMarker>, panel: &store::Panel) -> anyhow::Result<()> {
    let recorder = app.recorder(guild, "tickets", app.clock.now()).await?;
    let mut tx = app.db.begin().await?;
    if store::set_panel_refused(&mut *tx, guild, panel).await? {
        let title = "🚨 A panel is not there".to_owned();
        let entry = Entry { level: Level::Error, title, description: not_posted(panel.channel) };
        recorder.write(&mut *tx, &entry).await?;
    }
    tx.commit().await?;
    app.post_log(guild);
    Ok(())
}

async fn show(app: &App, guild: Id<GuildMarker>, panel: &store::Panel, kinds: &[Kind]) -> Result<(), discord::Error> {
    let deadline = || Instant::now() + CALL_TIME;
    let body = panel_message(panel, kinds).into_body();
    // What takes the place of a message that was deleted is another one.
    let nonce = Nonce { purpose: "panel", row: panel.id, revision: panel.message.map_or(0, db_id) };
    if let Some(message) = panel.message {
        match app.discord.guild(guild).edit_message(panel.channel, message, &body, deadline()).await {
            Ok(()) => return shown(app, guild, panel, message, panel.revision).await,
            Err(discord::Error::Gone { code: 10008 }) => {}
            Err(error) => return Err(error),
        }
    }
    let message = app.discord.guild(guild).create_message(panel.channel, &body, nonce, deadline()).await?;
    let message = message.ok_or(discord::Error::Gone { code: 10008 })?;
    // Whoever posted it first under this nonce may have posted what it was before a change; an edit makes that certain.
    let revision = if panel.revision == 1 { 1 } else { 0 };
    shown(app, guild, panel, message, revision).await
}

/// Says that a message shows a revision of a panel; 0 is none for certain.
async fn shown(
    app: &App,
    guild: Id<GuildMarker>,
    panel: &store::Panel,
    message: Id<MessageMarker>,
    revision: i32,
) -> Result<(), discord::Error> {
    if let Err(error) = store::set_panel_shown(&app.db, guild, panel.id, message, revision).await {
        tracing::warn!(%error, "it is not known that a panel is shown");
    }
    Ok(())
}

/// A panel as members see it.
fn panel_message(panel: &store::Panel, kinds: &[Kind]) -> Message {
    let shown: Vec<&Kind> =
        kinds.iter().filter(|kind| panel.kinds.is_empty() || panel.kinds.contains(&kind.id)).collect();
    let mut message = Message::default().embed(embed(panel.title.clone(), panel.body.clone()));
    let id = |action: &Action| screens::id(None, action).expect("it is short");
    if panel.menu && !shown.is_empty() {
        let options = shown.into_iter().map(screens::kind_option).collect();
        return message.row(vec![select(id(&Action::Choose(None)), "What is it about?", options)]);
    }
    // Five buttons in a row, five rows in a message.
    for row in shown.chunks(5).take(5) {
        let buttons = row.iter().map(|kind| {
            let label = if kinds.len() == 1 { "📨 Open a ticket".to_owned() } else { screens::label(kind) };
            screens::with_emoji(button(ButtonStyle::Primary, label, id(&Action::Start(kind.id))), kind)
        });
        message = message.row(buttons.collect());
    }
    message
}

pub(super) async fn block(cx: Context, input: Block) -> Result<Reply> {
    cx.require_admin().await?;
    let reason = input.reason.unwrap_or_default();
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    let known = store::lock_block(&mut *tx, cx.guild, input.member).await?;
    // Who gives no reason takes nobody's away.
    let kept = known.as_ref().map_or("", |(_, reason)| reason.as_str());
    let reason = if reason.trim().is_empty() { kept } else { reason.trim() };
    store::set_blocked(&mut *tx, cx.guild, input.member, cx.member.id, reason, cx.now).await?;
    let about = format!("<@{}> {}", input.member, plain(reason));
    recorder.write(&mut *tx, &did(&cx, "Somebody may open no tickets any more", about.trim())).await?;
    tx.commit().await?;
    cx.post_log();
    let mut told = format!("<@{}> can open no more tickets here; `/ticket unblock` lets them again.", input.member);
    if let Some((by, before)) = known {
        let by = by.map(|by| format!(" by <@{by}>")).unwrap_or_default();
        let why = if before.is_empty() { String::new() } else { format!(" ({})", plain(&cut(&before, 100))) };
        told = format!("They were blocked already{by}{why}. {told}");
    }
    Ok(Reply::ephemeral(told))
}

pub(super) async fn unblock(cx: Context, input: Unblock) -> Result<Reply> {
    cx.require_admin().await?;
    let recorder = cx.recorder().await?;
    let mut tx = cx.app.db.begin().await?;
    if !store::delete_block(&mut *tx, cx.guild, input.member).await? {
        return Ok(Reply::ephemeral(format!("<@{}> was not blocked.", input.member)));
    }
    recorder.write(&mut *tx, &did(&cx, "Somebody may open tickets again", &format!("<@{}>", input.member))).await?;
    tx.commit().await?;
    cx.post_log();
    Ok(Reply::ephemeral(format!("<@{}> can open tickets again.", input.member)))
}

/// `/ticket blocked`.
pub(super) async fn blocked(cx: Context) -> Result<Reply> {
    cx.require_admin().await?;
    let blocked = store::list_blocked(&cx.app.db, cx.guild, LISTED).await?;
    let lines = blocked.into_iter().map(|(user, by, reason, at)| {
        let why = if reason.is_empty() { String::new() } else { format!(": {}", plain(&cut(&reason, 100))) };
        format!("<@{user}> by <@{by}> <t:{}:R>{why}", at.as_second())
    });
    let lines: Vec<String> = lines.collect();
    let text = if lines.is_empty() { "Everybody may open tickets.".to_owned() } else { lines.join("\n") };
    Ok(Message::default().embed(embed("Who may open no tickets", text)).ephemeral(true).into())
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
