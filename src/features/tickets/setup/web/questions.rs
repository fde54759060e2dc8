//! What a kind of ticket asks, a question a page.

use std::sync::Arc;

use maud::html;

use super::fields::{self, Asked, TranslatedQuestion};
use super::kinds::{find, languages};
use super::messages::own_label;
use super::model::{Kind, Question};
use super::operations::kinds::Refusal;
use super::sheets::{Sheet, in_language, language_of, no_form, originals, saved, seen, show, writer};
use super::shown::looks;
use crate::error::{Error, Result};
use crate::ui::form::Form;
use crate::ui::{Seen, plain};
use crate::web::{Answer, Visit};
use crate::words::{Language, Msg, Say};
use crate::{msg, say};

fn gone() -> Error {
    Error::User(Refusal::NoSuchQuestion.said())
}

/// The kind and the question that the address names, the question in the words in which it was written.
async fn find_question(visit: &Visit) -> Result<(Kind, Question)> {
    let kind = find(visit).await?;
    let number: i32 = visit.parameter("question").ok_or_else(gone)?;
    let own = kind.own_in(visit.language);
    let question = own.question(number).ok_or_else(gone)?.clone();
    Ok((kind, question))
}

pub(super) async fn new(visit: Arc<Visit>) -> Result<Answer> {
    let kind = find(&visit).await?;
    let values = Asked { style: vec!["line".to_owned()], ..Asked::default() };
    Ok(show(&visit, &sheet_of_new(&visit, &kind), &values, &Seen::of(&values), None).await.into())
}

fn sheet_of_new(visit: &Visit, kind: &Kind) -> Sheet {
    Sheet::of(visit, kind, msg!(ticket_setup_ask_more_button), "/questions/new")
}

pub(super) async fn add(visit: Arc<Visit>) -> Result<Answer> {
    let (kind, form, seen) = (find(&visit).await?, visit.filled::<Asked>().ok_or_else(no_form)?, seen(&visit));
    let added = writer(&visit).question(kind.id, None, &seen, &form).await;
    saved(&visit, &sheet_of_new(&visit, &kind), &form, &seen, added).await
}

/// Above the form stands how the question is said in other languages, and how it is taken away.
fn sheet_of(visit: &Visit, kind: &Kind, question: &Question) -> Sheet {
    let language = visit.language;
    let path = format!("/questions/{}", question.id);
    let at = visit.to(&format!("/{}{path}", kind.id));
    let sheet = Sheet::of(visit, kind, msg!(ticket_setup_question_form), &path);
    let above = html! {
        p { (say!(language, ticket_setup_languages_menu)) }
        (languages(&format!("{at}/in")))
        form method="post" action={ (at) "/remove" } {
            (visit.once())
            input type="hidden" name="looked" value=(kind.question(question.id).map(looks).unwrap_or_default());
            p { button.danger { (say!(language, ticket_setup_remove_question_button)) } }
        }
    };
    Sheet { above, ..sheet }
}

pub(super) async fn edit(visit: Arc<Visit>) -> Result<Answer> {
    let (kind, question) = find_question(&visit).await?;
    let values = fields::asked(&question);
    Ok(show(&visit, &sheet_of(&visit, &kind, &question), &values, &Seen::of(&values), None).await.into())
}

pub(super) async fn change(visit: Arc<Visit>) -> Result<Answer> {
    let (kind, question) = find_question(&visit).await?;
    let (form, seen) = (visit.filled::<Asked>().ok_or_else(no_form)?, seen(&visit));
    let changed = writer(&visit).question(kind.id, Some(question.id), &seen, &form).await;
    saved(&visit, &sheet_of(&visit, &kind, &question), &form, &seen, changed).await
}

pub(super) async fn remove(visit: Arc<Visit>) -> Result<Answer> {
    let kind: i32 = visit.parameter("kind").ok_or_else(gone)?;
    let number: i32 = visit.parameter("question").ok_or_else(gone)?;
    let looked = visit.form("looked").and_then(|looked| looked.parse().ok()).ok_or_else(gone)?;
    let changed = writer(&visit).take_away(kind, number, looked).await?;
    let before = changed.before.own_in(visit.language);
    let said = match before.question(number) {
        Some(question) => say!(visit.language, ticket_setup_question_removed, label = plain(&question.label)),
        // It was taken away before.
        None => say!(visit.language, ticket_setup_web_question_gone),
    };
    Ok(Answer::Done { said, to: visit.to(&format!("/{kind}")) })
}

fn sheet_of_translation(visit: &Visit, kind: &Kind, question: &Question, language: Language) -> Sheet {
    let options = question.options().join("\n");
    let label = |name: &str| TranslatedQuestion::FIELDS.iter().find(|it| it.name == name).map(|it| it.label);
    let texts = [("label", &*question.label), ("hint", &*question.hint), ("options", &*options)];
    let texts: Vec<(Msg, &str)> = texts.iter().filter_map(|(name, text)| Some((label(name)?, *text))).collect();
    let title = format!("{}: {}", own_label(visit.language, kind), visit.say(&in_language(language)));
    let back = format!("/{}/questions/{}", kind.id, question.id);
    Sheet { title, path: format!("{back}/in/{}", language.code()), back, above: originals(visit, &texts) }
}

pub(super) async fn translation(visit: Arc<Visit>) -> Result<Answer> {
    let ((kind, question), language) = (find_question(&visit).await?, language_of(&visit)?);
    let values = fields::translated_question(&kind, question.id, language);
    let sheet = sheet_of_translation(&visit, &kind, &question, language);
    Ok(show(&visit, &sheet, &values, &Seen::of(&values), None).await.into())
}

pub(super) async fn save_translation(visit: Arc<Visit>) -> Result<Answer> {
    let ((kind, question), language) = (find_question(&visit).await?, language_of(&visit)?);
    let (form, seen) = (visit.filled::<TranslatedQuestion>().ok_or_else(no_form)?, seen(&visit));
    let sheet = sheet_of_translation(&visit, &kind, &question, language);
    let of = (kind.id, question.id);
    let changed = writer(&visit).translated_question(of, language, &seen, form.clone()).await;
    saved(&visit, &sheet, &form, &seen, changed).await
}
