//! What admins set up: kinds of tickets, panels, and who may open none.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;
use twilight_model::id::Id;
use twilight_model::id::marker::RoleMarker;

use super::kind_forms::*;
use super::model::{Ask, Definition, Kind, Question};
use super::panels::soon;
use super::{Action, open, screens, store};
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::log_channel::{Entry, Level};
use crate::settings::{Minutes, field};
use crate::ui::{
    Message, Seen, button,
    custom_id::digest,
    embed,
    form::{Form, MAX_INPUTS, Modal},
    limits::cut,
    option, plain, select,
};

/// Kinds of tickets in a server: as many as a menu shows.
pub(super) const MAX_KINDS: usize = 25;

/// What stands for all kinds on a panel.
pub(crate) const ALL_KINDS: &str = "all";

/// Blocked members on the list, those of last first.
pub(super) const LISTED: i64 = 25;

/// How often one pass shows a panel that is changed meanwhile.
pub(super) const ROUNDS: usize = 5;

/// One call waits for Discord's limits at most this long.
pub(super) const CALL_TIME: Duration = Duration::from_secs(20);

/// What the buttons of `/ticket types` do.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Press {
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

pub(crate) async fn types(cx: Context) -> Result<Reply> {
    cx.require_admin().await?;
    let kinds = open::kinds(&cx).await?;
    Ok(all(&cx, &kinds, None)?.ephemeral(true).into())
}

pub(super) fn all(cx: &Context, kinds: &[Kind], told: Option<String>) -> Result<Message> {
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
pub(super) fn one(cx: &Context, kind: &Kind, told: Option<String>) -> Result<Message> {
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
pub(super) fn shown_of(kind: &Kind) -> Result<u32> {
    Ok(digest(&serde_json::to_string(&(&kind.name, &kind.definition))?))
}

pub(super) fn question_line(question: &Question) -> String {
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
pub(crate) async fn press(cx: Context, press: Press, chosen: &[String]) -> Result<Reply> {
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

pub(super) fn gone() -> Error {
    Error::user("That was removed meanwhile; type `/ticket types` to see what there is.")
}

pub(super) fn question(kind: &Kind, number: i32) -> Result<&Question> {
    kind.definition.questions.iter().find(|question| question.id == number).ok_or_else(gone)
}

pub(super) fn form<F: Form>(cx: &Context, title: &str, id: i32, values: &F) -> Result<Reply> {
    Ok(Modal::new(title, cx.form_id::<F>(&(id, Seen::of(values)))?, values)?.into())
}

/// How a form about a kind is opened again.
pub(super) const AGAIN: &str = "`/ticket types`";

/// Changes a kind as it is now, whatever it was when its form was opened, and shows it; panels that offer it follow.
///
/// `set` does that and says what was done.
pub(super) async fn change(
    cx: &Context,
    id: i32,
    set: impl FnOnce(&mut Kind) -> Result<String> + Send,
) -> Result<Reply> {
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

pub(super) fn taken(name: &str) -> Error {
    Error::user(format!("There is a kind called “{}” already; choose another name.", plain(name)))
}

/// What an admin did, as the log channel says it.
pub(super) fn did(cx: &Context, title: &str, about: &str) -> Entry {
    cx.did(Level::Info, format!("🧭 {title}"), about)
}
