//! `/ticket types`: the screens on which admins set up kinds of tickets.

use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::channel::message::embed::EmbedField;
use twilight_model::id::Id;
use twilight_model::id::marker::RoleMarker;

use super::action::{Action, KindAction as Press};
use super::kind_fields::{self as fields, Asked};
use super::model::{Ask, Kind, KindChange, NAMING, Question};
use super::operations::kinds::{self, MAX_KINDS, Named, Refusal};
use super::{messages, words};
use crate::acting::{Acting, Failure};
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply};
use crate::settings::{Minutes, field};
use crate::ui::{
    Message, Seen, button,
    custom_id::digest,
    embed,
    form::{Form, MAX_INPUTS, Modal},
    limits::cut,
    option, plain, select,
};
use crate::words::Say;

/// What stands for all kinds on a panel.
pub(crate) const ALL_KINDS: &str = "all";

pub(crate) async fn types(cx: Context) -> Result<Reply> {
    let kinds = kinds::look(&cx.app, &cx.acting().await?).await?;
    Ok(all(&cx, &kinds, None)?.ephemeral(true).into())
}

fn all(cx: &Context, kinds: &[Kind], told: Option<String>) -> Result<Message> {
    let lines: Vec<String> = kinds
        .iter()
        .map(|kind| format!("**{}** {}", plain(&messages::label(kind)), plain(&kind.definition.description)))
        .collect();
    let listed = embed("Kinds of tickets", lines.join("\n"));
    let options = kinds.iter().map(messages::kind_option).collect();
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
    let mut shown = embed(messages::label(kind), plain(&definition.description));
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
    say("Channels", or(plain(&definition.naming), NAMING));
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
    last.push(press(ButtonStyle::Danger, "Remove this kind", Press::Remove(id, kinds::looks(kind)))?);
    Ok(message.row(last))
}

/// A question in a line; a button carries the digest of it.
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
pub(crate) async fn press(cx: Context, press: Press, chosen: &[String]) -> Result<Reply> {
    let acting = cx.acting().await?;
    let chosen: Option<i32> = chosen.first().and_then(|value| value.parse().ok());
    match press {
        Press::TakeAway(id, number, shown) => return take_away(&cx, &acting, id, number, shown).await,
        Press::Remove(id, shown) => return remove(&cx, &acting, id, shown).await,
        _ => {}
    }
    let kinds = kinds::look(&cx.app, &acting).await?;
    let find = |id: i32| kinds.iter().find(|kind| kind.id == id).ok_or_else(gone);
    let chosen_one = || chosen.ok_or_else(gone);
    match press {
        Press::All | Press::TakeAway(..) | Press::Remove(..) => Ok(Reply::Update(all(&cx, &kinds, None)?)),
        Press::Chosen => Ok(Reply::Update(one(&cx, find(chosen_one()?)?, None)?)),
        Press::New => {
            let new = Kind { id: 0, name: String::new(), definition: words::setup::usual_definition() };
            form(&cx, "New kind of ticket", 0, &fields::basics(&new))
        }
        Press::Basics(id) => form(&cx, "Name and texts", id, &fields::basics(find(id)?)),
        Press::People(id) => form(&cx, "Place and people", id, &fields::people(find(id)?)),
        Press::Limits(id) => form(&cx, "Limits and hours", id, &fields::limits(find(id)?)),
        Press::Times(id) => form(&cx, "Times", id, &fields::times(find(id)?)),
        Press::Asked(id, number) => {
            let asked = match number {
                Some(number) => fields::asked(find(id)?.question(number).ok_or_else(gone)?),
                None => Asked { style: vec!["line".to_owned()], ..Asked::default() },
            };
            Ok(Modal::new(cx.language, "Question", cx.form_id::<Asked>(&(id, number, Seen::of(&asked)))?, &asked)?
                .into())
        }
        Press::PickedQuestion(id) => {
            let question = find(id)?.question(chosen_one()?).ok_or_else(gone)?;
            let line = question_line(question);
            let change = Action::Types(Press::Asked(id, Some(question.id)));
            let take_away = Action::Types(Press::TakeAway(id, question.id, digest(&line)));
            let row = vec![
                button(ButtonStyle::Primary, "Change it", cx.id(&change)?),
                button(ButtonStyle::Danger, "Take it away", cx.id(&take_away)?),
            ];
            Ok(Message::new(line).row(row).ephemeral(true).into())
        }
    }
}

/// Takes a question away that still reads as it did.
async fn take_away(cx: &Context, acting: &Acting, id: i32, number: i32, shown: u32) -> Result<Reply> {
    let still = |kind: &Kind| {
        let question = kind.question(number).ok_or(Refusal::NoSuchQuestion)?;
        match digest(&question_line(question)) == shown {
            true => Ok(KindChange::RemoveQuestion(number)),
            false => Err(Refusal::QuestionChanged),
        }
    };
    let changed = kinds::change_as(&cx.app, acting, id, &Named::default(), still).await?;
    let label = changed.before.question(number).map_or("", |question| &question.label);
    let told = format!("“{}” is not asked any more.", plain(label));
    Ok(Reply::Update(one(cx, &changed.kind, Some(told))?))
}

/// Removes a kind that still is as it was; if it is not, it is shown.
async fn remove(cx: &Context, acting: &Acting, id: i32, shown: u32) -> Result<Reply> {
    match kinds::remove(&cx.app, acting, id, shown).await {
        Ok(removed) => {
            let told = "It is removed; tickets that are open stay.".to_owned();
            Ok(Reply::Update(all(cx, &removed.left, Some(told))?))
        }
        Err(Failure::Refused(refusal @ Refusal::Changed { .. })) => {
            let told = refusal.said().to_string();
            let Refusal::Changed { now } = refusal else { return Err(Error::user(told)) };
            Ok(Reply::Update(one(cx, &now, Some(told))?))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn gone() -> Error {
    Error::User(Refusal::NoSuchKind.said())
}

fn form<F: Form>(cx: &Context, title: &str, id: i32, values: &F) -> Result<Reply> {
    Ok(Modal::new(cx.language, title, cx.form_id::<F>(&(id, Seen::of(values)))?, values)?.into())
}
