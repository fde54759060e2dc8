//! `/ticket types`: the screens on which admins set up kinds of tickets.

use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::ButtonStyle;

use super::action::{Action, KindAction as Press};
use super::model::{Definition, Kind, Question};
use super::operations::kinds::{self, MAX_KINDS, Refusal};
use super::operations::look;
use super::setup::fields::{self, Asked, Translated, TranslatedQuestion};
use super::setup::fields::{QuestionTarget, Target, TranslatedQuestionTarget, TranslatedTarget};
use super::setup::reading::Writer;
use super::setup::shown::{faults, fields_of, looks, question_line};
use super::vanished::{self, Present};
use super::{messages, words};
use crate::acting::{Acting, Failure};
use crate::error::{Error, Result};
use crate::feature::Condition;
use crate::interactions::{Context, Reply};
use crate::ui::{
    Message, Seen, button, embed,
    form::{Form, Frame, MAX_INPUTS, Modal},
    limits, option, plain, plain_lines, select,
};
use crate::words::{Language, Msg, Said, Say, known_languages};
use crate::{msg, said, say};

/// What stands for all kinds on a panel.
pub(crate) const ALL_KINDS: &str = "all";

pub(crate) async fn types(cx: Context) -> Result<Reply> {
    let kinds = kinds::look(&cx.app, &cx.acting().await?).await?;
    Ok(all(&cx, &kinds, None).await?.ephemeral(true).into())
}

/// What waits of tickets, and what their kinds lack.
pub(crate) async fn condition(cx: Context) -> Result<Condition> {
    let acting = cx.acting().await?;
    let kinds = kinds::look(&cx.app, &acting).await?;
    let (faults, waiting) =
        tokio::join!(faults(&cx.app, &acting, cx.language, &kinds), look::unsettled(&cx.app, &acting, TOLD));
    let look::Unsettled { count, hindered } = waiting?;
    let mut waits: Vec<Said> =
        Some(count).filter(|count| *count > 0).map(words::setup::unsettled).into_iter().collect();
    waits.extend(hindered.iter().map(|(number, problem)| words::setup::hindered(*number, problem)));
    Ok(Condition { waits, lacks: faults? })
}

/// Tickets of which is told what stands in their way.
const TOLD: i64 = 3;

/// All kinds, and what they name that the server has no more.
async fn all(cx: &Context, kinds: &[Kind], told: Option<Said>) -> Result<Message> {
    let language = cx.language;
    let faults = faults(&cx.app, &cx.acting().await?, language, kinds).await?;
    let shown = vanished::shown(&cx.app, cx.guild, kinds.to_vec()).await;
    let lines: Vec<String> = kinds
        .iter()
        .map(|kind| {
            format!(
                "**{}** {}",
                plain(&messages::label(language, kind)),
                plain(&kind.in_language(language).definition.description)
            )
        })
        .chain(faults.iter().map(|fault| format!("⚠️ {}", fault.say(language))))
        .collect();
    let listed = embed(say!(language, ticket_setup_kinds_title), lines.join("\n"));
    let options = shown.iter().map(|kind| messages::kind_option(language, kind)).collect();
    let menu = select(cx.id(&Action::Types(Press::Chosen))?, say!(language, ticket_setup_kinds_menu), options);
    let new = button(ButtonStyle::Success, say!(language, ticket_setup_new_button), cx.id(&Action::Types(Press::New))?);
    let told = told.map(|told| told.say(language)).unwrap_or_default();
    let message = Message::new(told).embed(listed).row(vec![menu]);
    Ok(if kinds.len() < MAX_KINDS { message.row(vec![new]) } else { message })
}

/// One kind, and buttons to change it.
pub(super) fn one(cx: &Context, kind: &Kind, told: Option<Said>) -> Result<Message> {
    let language = cx.language;
    let definition = &kind.own_in(language).definition;
    let mut shown = embed(messages::own_label(language, kind), plain(&definition.description));
    shown.fields = fields_of(language, definition);
    let press = |style, label: Msg, press| {
        Ok::<Component, Error>(button(style, label.say(language), cx.id(&Action::Types(press))?))
    };
    let id = kind.id;
    let told = told.map(|told| told.say(language)).unwrap_or_default();
    let mut message = Message::new(told).embed(shown).row(vec![
        press(ButtonStyle::Primary, msg!(ticket_setup_basics_form), Press::Basics(id))?,
        press(ButtonStyle::Primary, msg!(ticket_setup_people_form), Press::People(id))?,
        press(ButtonStyle::Primary, msg!(ticket_setup_limits_form), Press::Limits(id))?,
        press(ButtonStyle::Primary, msg!(ticket_setup_times_form), Press::Times(id))?,
    ]);
    if !definition.questions.is_empty() {
        let questions = definition.questions.iter();
        let options = questions.map(|question| option(question.id.to_string(), question.label.clone())).collect();
        let placeholder = say!(language, ticket_setup_question_menu);
        message = message.row(vec![select(cx.id(&Action::Types(Press::PickedQuestion(id)))?, placeholder, options)]);
    }
    message = message.row(vec![languages_menu(cx, Press::Translate(id))?]);
    let mut last = Vec::new();
    if definition.questions.len() < MAX_INPUTS {
        last.push(press(ButtonStyle::Secondary, msg!(ticket_setup_ask_more_button), Press::Asked(id, None))?);
    }
    last.push(press(ButtonStyle::Secondary, msg!(ticket_setup_all_button), Press::All)?);
    let remove = Press::Remove(id, kinds::looks(kind));
    last.push(press(ButtonStyle::Danger, msg!(ticket_setup_remove_button), remove)?);
    Ok(message.row(last))
}

/// A menu of the languages in which something may be said. Its own is among them: nobody knows for certain in which language
/// somebody wrote.
fn languages_menu(cx: &Context, press: Press) -> Result<Component> {
    let options = known_languages().map(|it| option(it.code(), say!(it, words_language_name))).collect();
    Ok(select(cx.id(&Action::Types(press))?, say!(cx.language, ticket_setup_languages_menu), options))
}

/// A button of these screens.
pub(crate) async fn press(cx: Context, press: Press, chosen: &[String]) -> Result<Reply> {
    let acting = cx.acting().await?;
    let picked = chosen.first().and_then(|value| Language::of_code(value));
    let chosen: Option<i32> = chosen.first().and_then(|value| value.parse().ok());
    match press {
        Press::TakeAway(id, number, shown) => return take_away(&cx, &acting, id, number, shown).await,
        Press::ReallyRemove(id, shown) => return remove(&cx, &acting, id, shown).await,
        _ => {}
    }
    let kinds = kinds::look(&cx.app, &acting).await?;
    let find = |id: i32| kinds.iter().find(|kind| kind.id == id).ok_or_else(gone);
    let chosen_one = || chosen.ok_or_else(gone);
    match press {
        Press::Remove(id, shown) => ask_removal(&cx, find(id)?, shown, kinds.len() == 1),
        Press::All | Press::TakeAway(..) | Press::ReallyRemove(..) => Ok(Reply::Update(all(&cx, &kinds, None).await?)),
        Press::Chosen => Ok(Reply::Update(one(&cx, find(chosen_one()?)?, None)?)),
        Press::New => {
            let new = Kind { id: 0, name: String::new(), definition: words::usual::usual_definition() };
            form(&cx, basics_frame, 0, &fields::basics(&new.own_in(cx.language)))
        }
        Press::Basics(id) => form(&cx, basics_frame, id, &fields::basics(&find(id)?.own_in(cx.language))),
        Press::People(id) => {
            form(&cx, people_frame, id, &fields::people(find(id)?, &Present::of(&cx.app, cx.guild).await))
        }
        Press::Limits(id) => form(&cx, limits_frame, id, &fields::limits(cx.language, find(id)?)),
        Press::Times(id) => form(&cx, times_frame, id, &fields::times(cx.language, find(id)?)),
        Press::Asked(id, number) => {
            let asked = match number {
                Some(number) => fields::asked(find(id)?.own_in(cx.language).question(number).ok_or_else(gone)?),
                None => Asked { style: vec!["line".to_owned()], ..Asked::default() },
            };
            let target = (id, number, Seen::of(&asked));
            Ok(Modal::new(cx.language, &question_frame(&target), cx.form_id::<Asked>(&target)?, &asked)?.into())
        }
        Press::Translate(id) => {
            let language = picked.ok_or_else(gone)?;
            let said = fields::translated(find(id)?, language);
            let target = cx.form_id::<Translated>(&(id, language, Seen::of(&said)))?;
            let frame = frame_of_translated(cx.language, find(id)?, language);
            Ok(Modal::new(cx.language, &frame, target, &said)?.into())
        }
        Press::TranslateQuestion(id, number) => {
            let (language, kind) = (picked.ok_or_else(gone)?, find(id)?);
            kind.question(number).ok_or_else(gone)?;
            let said = fields::translated_question(kind, number, language);
            let target = cx.form_id::<TranslatedQuestion>(&(id, number, language, Seen::of(&said)))?;
            let own = kind.own_in(cx.language);
            let question = own.question(number).ok_or_else(gone)?;
            // What is to be translated stands there, an option a line.
            let options = if said.options.is_empty() { question.options().join("\n") } else { said.options.clone() };
            let shown = TranslatedQuestion { options, ..said };
            let frame = frame_of_translated_question(cx.language, question, language);
            Ok(Modal::new(cx.language, &frame, target, &shown)?.into())
        }
        Press::PickedQuestion(id) => {
            let (kind, number) = (find(id)?, chosen_one()?);
            let question = kind.question(number).ok_or_else(gone)?;
            let language = cx.language;
            let change = Action::Types(Press::Asked(id, Some(question.id)));
            let take_away = Action::Types(Press::TakeAway(id, question.id, looks(question)));
            let row = vec![
                button(ButtonStyle::Primary, say!(language, ticket_setup_change_question_button), cx.id(&change)?),
                button(ButtonStyle::Danger, say!(language, ticket_setup_remove_question_button), cx.id(&take_away)?),
            ];
            let menu = vec![languages_menu(&cx, Press::TranslateQuestion(id, question.id))?];
            let said = kind.own_in(language);
            let said = question_line(language, said.question(number).ok_or_else(gone)?);
            Ok(Message::new(said).row(row).row(menu).ephemeral(true).into())
        }
    }
}

/// Takes a question away that still reads as it did.
async fn take_away(cx: &Context, acting: &Acting, id: i32, number: i32, shown: u32) -> Result<Reply> {
    let writer = Writer { app: &cx.app, acting, language: cx.language };
    let changed = writer.take_away(id, number, shown).await?;
    let before = changed.before.own_in(cx.language);
    let label = before.question(number).map_or("", |question| &question.label);
    let told = said!(ticket_setup_question_removed, label = plain(label));
    Ok(Reply::Update(one(cx, &changed.kind, Some(told))?))
}

/// Asks before a kind goes with all that it asks and says.
fn ask_removal(cx: &Context, kind: &Kind, shown: u32, only: bool) -> Result<Reply> {
    if only {
        return Err(Error::User(Refusal::OnlyOne.said()));
    }
    let language = cx.language;
    let question = say!(language, ticket_setup_remove_question, kind = plain(&messages::label(language, kind)));
    let really = cx.id(&Action::Types(Press::ReallyRemove(kind.id, shown)))?;
    let back = cx.id(&Action::Types(Press::All))?;
    let row = vec![
        button(ButtonStyle::Danger, say!(language, ticket_setup_remove_button), really),
        button(ButtonStyle::Secondary, say!(language, tickets_keep_button), back),
    ];
    Ok(Reply::Update(Message::new(question).row(row)))
}

/// Removes a kind that still is as it was; if it is not, it is shown.
async fn remove(cx: &Context, acting: &Acting, id: i32, shown: u32) -> Result<Reply> {
    match kinds::remove(&cx.app, acting, id, shown).await {
        Ok(removed) => Ok(Reply::Update(all(cx, &removed.left, Some(said!(ticket_setup_removed))).await?)),
        Err(Failure::Refused(Refusal::Changed { now })) => {
            Ok(Reply::Update(one(cx, &now, Some(said!(ticket_setup_kind_changed)))?))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn gone() -> Error {
    Error::User(Refusal::NoSuchKind.said())
}

/// The form that adds a kind, or changes what it is called and says.
pub(crate) fn basics_frame((id, _): &Target) -> Frame {
    match id {
        0 => Frame::titled(msg!(ticket_setup_new_form)),
        _ => Frame::titled(msg!(ticket_setup_basics_form)),
    }
}

pub(crate) fn people_frame(_: &Target) -> Frame {
    Frame::titled(msg!(ticket_setup_people_form))
}

pub(crate) fn limits_frame(_: &Target) -> Frame {
    Frame::titled(msg!(ticket_setup_limits_form))
}

pub(crate) fn times_frame(_: &Target) -> Frame {
    Frame::titled(msg!(ticket_setup_times_form))
}

pub(crate) fn question_frame(_: &QuestionTarget) -> Frame {
    Frame::titled(msg!(ticket_setup_question_form))
}

pub(crate) async fn translated_frame(cx: Context, (id, language, _): TranslatedTarget) -> Result<Frame> {
    Ok(frame_of_translated(cx.language, &look_at(&cx, id).await?, language))
}

pub(crate) async fn translated_question_frame(
    cx: Context,
    (id, number, language, _): TranslatedQuestionTarget,
) -> Result<Frame> {
    let kind = look_at(&cx, id).await?;
    let own = kind.own_in(cx.language);
    Ok(frame_of_translated_question(cx.language, own.question(number).ok_or_else(gone)?, language))
}

async fn look_at(cx: &Context, id: i32) -> Result<Kind> {
    let kinds = kinds::look(&cx.app, &cx.acting().await?).await?;
    kinds.into_iter().find(|kind| kind.id == id).ok_or_else(gone)
}

fn frame_of_translated(reader: Language, kind: &Kind, language: Language) -> Frame {
    let own = kind.own_in(reader);
    let Definition { description, opening, hours_note, .. } = &own.definition;
    let originals = [("name", &*own.name), ("description", description), ("opening", opening), ("note", hours_note)];
    translation_frame::<Translated>(reader, language, &originals)
}

fn frame_of_translated_question(reader: Language, question: &Question, language: Language) -> Frame {
    let originals = [("label", &*question.label), ("hint", &*question.hint)];
    translation_frame::<TranslatedQuestion>(reader, language, &originals)
}

/// What stands around a form about what something says in another language: the whole of what each input translates, below its
/// label if Discord shows all of it there, and otherwise above the inputs.
fn translation_frame<F: Form>(reader: Language, language: Language, originals: &[(&'static str, &str)]) -> Frame {
    let title = said!(ticket_setup_translated_form, language = say!(language, words_language_name));
    let (mut frame, mut above) = (Frame::titled(title), Vec::new());
    for field in F::FIELDS {
        let original = originals.iter().find(|(name, text)| *name == field.name && !text.is_empty());
        let Some((name, text)) = original else { continue };
        let below = said!(ticket_setup_translated_of_hint, text = *text);
        if !text.contains('\n') && limits::fits(&below.say(reader), limits::OPTION_LABEL) {
            frame = frame.with_hint(name, below);
        } else {
            frame = frame.with_hint(name, said!(ticket_setup_translated_above_hint));
            above.push(said!(ticket_setup_translated_whole, label = field.label, text = plain_lines(text)));
        }
    }
    if above.is_empty() { frame } else { frame.with_text_above(Said::lines(above)) }
}

fn form<F: Form>(cx: &Context, frame: fn(&Target) -> Frame, id: i32, values: &F) -> Result<Reply> {
    let target = (id, Seen::of(values));
    Ok(Modal::new(cx.language, &frame(&target), cx.form_id::<F>(&target)?, values)?.into())
}
