//! The forms about a kind of ticket, those of Discord as pages: each shows what is stored, and once more what was refused.

use std::sync::Arc;

use maud::{Markup, html};

use super::fields::{self, Basics, Limits, People, Times, Translated};
use super::kinds::find;
use super::model::{Kind, KindMisfit, KindPart};
use super::operations::kinds::{Changed, Refusal};
use super::reading::Writer;
use super::vanished::Present;
use super::{messages, words};
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::interactions::say_collision;
use crate::ui::Seen;
use crate::ui::form::Form;
use crate::web::{Answer, Page, Visit};
use crate::words::{Language, Msg, Said, Say};
use crate::{msg, said, say};

/// What surrounds a form.
pub(super) struct Sheet {
    pub(super) title: String,
    /// Where it is sent, and where one comes from.
    pub(super) path: String,
    pub(super) back: String,
    /// What stands above it.
    pub(super) above: Markup,
}

impl Sheet {
    pub(super) fn of(visit: &Visit, kind: &Kind, title: Msg, path: &str) -> Sheet {
        let title = format!("{}: {}", messages::own_label(visit.language, kind), title.say(visit.language));
        Sheet { title, path: format!("/{}{path}", kind.id), back: format!("/{}", kind.id), above: html! {} }
    }
}

pub(super) fn writer(visit: &Visit) -> Writer<'_> {
    Writer { app: &visit.app, acting: visit.acting(), language: visit.language }
}

/// What of the form somebody saw who sends it. Of a form that does not say so nothing is known.
pub(super) fn seen(visit: &Visit) -> Seen {
    visit.form("seen").and_then(|seen| serde_json::from_str(seen).ok()).unwrap_or_default()
}

/// The form with `values`; why it was refused stands beside the input that it is about.
pub(super) async fn show<F: Form>(
    visit: &Visit,
    sheet: &Sheet,
    values: &F,
    seen: &Seen,
    refused: Option<&Refusal>,
) -> Page {
    let language = visit.language;
    let why = match refused {
        Some(Refusal::Collision(collision)) => {
            Some(say_collision(collision, msg!(ticket_setup_web_page)).say(language))
        }
        refused => refused.map(|refusal| refusal.say(language)),
    };
    let why = match why {
        Some(why) => Some(visit.rich(&why).await),
        None => None,
    };
    let at = refused.and_then(input_of).filter(|name| F::FIELDS.iter().any(|field| field.name == *name));
    let inputs = visit.inputs(values, at.zip(why.as_ref())).await;
    let body = html! {
        (sheet.above)
        form method="post" action=(visit.to(&sheet.path)) {
            (visit.once())
            input type="hidden" name="seen" value=(serde_json::to_string(seen).unwrap_or_default());
            (inputs)
            p {
                button { (say!(language, ticket_setup_web_save_button)) } " "
                a.button.quiet href=(visit.to(&sheet.back)) { (say!(language, ticket_setup_web_leave_button)) }
            }
        }
    };
    Page::new(sheet.title.clone(), body).refusing_at(language, at, why.as_ref())
}

/// The input about which a refusal is; nothing if it is about none alone.
fn input_of(refusal: &Refusal) -> Option<&'static str> {
    let part = |part: KindPart| match part {
        KindPart::Name => "name",
        KindPart::Description => "description",
        KindPart::Opening => "opening",
        KindPart::Naming => "naming",
        KindPart::HoursNote => "note",
        KindPart::Question => "label",
        KindPart::Hint => "hint",
        KindPart::Cooldown => "cooldown",
        KindPart::RemindAfter => "remind",
        KindPart::CloseAfter => "close",
        KindPart::AnswerWithin => "answer",
    };
    match refusal {
        Refusal::NameTaken { .. } | Refusal::Unfit(KindMisfit::NoName) => Some("name"),
        Refusal::UnknownEmoji | Refusal::Unfit(KindMisfit::Emoji) => Some("emoji"),
        Refusal::Place(_) | Refusal::WrongPlace { .. } | Refusal::UnseenPlace => Some("place"),
        Refusal::StaffIsEverybody => Some("staff"),
        Refusal::Unfit(KindMisfit::RoleBothWays { .. }) => Some("blocked"),
        Refusal::Unfit(KindMisfit::MemberLimit) => Some("limit"),
        Refusal::Unfit(KindMisfit::Hours(_)) => Some("hours"),
        Refusal::Unfit(KindMisfit::ClosesBeforeItReminds) => Some("close"),
        Refusal::Unfit(KindMisfit::NoQuestion) => Some("label"),
        Refusal::Unfit(
            KindMisfit::OptionCount { .. }
            | KindMisfit::OptionTooLong { .. }
            | KindMisfit::TranslatedOptions { .. }
            | KindMisfit::AnswerLength { .. },
        ) => Some("options"),
        Refusal::Unfit(
            KindMisfit::TooLong { part: it, .. }
            | KindMisfit::Placeholder { part: it, .. }
            | KindMisfit::Time { part: it, .. },
        ) => Some(part(*it)),
        _ => None,
    }
}

/// Goes on at the kind, or shows the form once more with what was refused.
pub(super) async fn saved<F: Form>(
    visit: &Visit,
    sheet: &Sheet,
    form: &F,
    seen: &Seen,
    changed: std::result::Result<Changed, Failure<Refusal>>,
) -> Result<Answer> {
    match changed {
        Ok(_) => Ok(Answer::Done { said: say!(visit.language, ticket_setup_saved), to: visit.to(&sheet.back) }),
        Err(Failure::Refused(refusal)) if may_be_mended(&refusal) => {
            Ok(show(visit, sheet, form, seen, Some(&refusal)).await.into())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Whether somebody may write something else and send it again.
fn may_be_mended(refusal: &Refusal) -> bool {
    !matches!(refusal, Refusal::NotAdmin | Refusal::NoSuchKind | Refusal::NoSuchQuestion)
}

/// What was sent is no such form.
pub(super) fn no_form() -> Error {
    Error::user(said!(ticket_setup_web_outdated))
}

fn sheet_of_new(visit: &Visit) -> Sheet {
    let title = say!(visit.language, ticket_setup_new_form);
    Sheet { title, path: "/new".to_owned(), back: String::new(), above: html! {} }
}

pub(super) async fn new(visit: Arc<Visit>) -> Result<Answer> {
    let usual = Kind { id: 0, name: String::new(), definition: words::usual::usual_definition() };
    let values = fields::basics(&usual.own_in(visit.language));
    Ok(show(&visit, &sheet_of_new(&visit), &values, &Seen::of(&values), None).await.into())
}

pub(super) async fn add(visit: Arc<Visit>) -> Result<Answer> {
    let form: Basics = visit.filled().ok_or_else(no_form)?;
    match writer(&visit).add(form.clone()).await {
        Ok(added) => {
            let said = say!(visit.language, ticket_setup_added);
            Ok(Answer::Done { said, to: visit.to(&format!("/{}", added.id)) })
        }
        Err(Failure::Refused(refusal)) if may_be_mended(&refusal) => {
            Ok(show(&visit, &sheet_of_new(&visit), &form, &Seen::default(), Some(&refusal)).await.into())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// A form as it is opened.
async fn open<F: Form>(visit: &Visit, sheet: &Sheet, values: &F) -> Result<Answer> {
    Ok(show(visit, sheet, values, &Seen::of(values), None).await.into())
}

pub(super) async fn texts(visit: Arc<Visit>) -> Result<Answer> {
    let kind = find(&visit).await?;
    let sheet = Sheet::of(&visit, &kind, msg!(ticket_setup_basics_form), "/texts");
    open(&visit, &sheet, &fields::basics(&kind.own_in(visit.language))).await
}

pub(super) async fn save_texts(visit: Arc<Visit>) -> Result<Answer> {
    let (kind, form, seen) = (find(&visit).await?, visit.filled::<Basics>().ok_or_else(no_form)?, seen(&visit));
    let sheet = Sheet::of(&visit, &kind, msg!(ticket_setup_basics_form), "/texts");
    saved(&visit, &sheet, &form, &seen, writer(&visit).basics(kind.id, &seen, form.clone()).await).await
}

pub(super) async fn people(visit: Arc<Visit>) -> Result<Answer> {
    let kind = find(&visit).await?;
    let present = Present::of(&visit.app, visit.guild).await;
    let sheet = Sheet::of(&visit, &kind, msg!(ticket_setup_people_form), "/people");
    open(&visit, &sheet, &fields::people(&kind, &present)).await
}

pub(super) async fn save_people(visit: Arc<Visit>) -> Result<Answer> {
    let (kind, form, seen) = (find(&visit).await?, visit.filled::<People>().ok_or_else(no_form)?, seen(&visit));
    let sheet = Sheet::of(&visit, &kind, msg!(ticket_setup_people_form), "/people");
    saved(&visit, &sheet, &form, &seen, writer(&visit).people(kind.id, &seen, form.clone()).await).await
}

pub(super) async fn limits(visit: Arc<Visit>) -> Result<Answer> {
    let kind = find(&visit).await?;
    let sheet = Sheet::of(&visit, &kind, msg!(ticket_setup_limits_form), "/limits");
    open(&visit, &sheet, &fields::limits(visit.language, &kind)).await
}

pub(super) async fn save_limits(visit: Arc<Visit>) -> Result<Answer> {
    let (kind, form, seen) = (find(&visit).await?, visit.filled::<Limits>().ok_or_else(no_form)?, seen(&visit));
    let sheet = Sheet::of(&visit, &kind, msg!(ticket_setup_limits_form), "/limits");
    saved(&visit, &sheet, &form, &seen, writer(&visit).limits(kind.id, &seen, form.clone()).await).await
}

pub(super) async fn times(visit: Arc<Visit>) -> Result<Answer> {
    let kind = find(&visit).await?;
    let sheet = Sheet::of(&visit, &kind, msg!(ticket_setup_times_form), "/times");
    open(&visit, &sheet, &fields::times(visit.language, &kind)).await
}

pub(super) async fn save_times(visit: Arc<Visit>) -> Result<Answer> {
    let (kind, form, seen) = (find(&visit).await?, visit.filled::<Times>().ok_or_else(no_form)?, seen(&visit));
    let sheet = Sheet::of(&visit, &kind, msg!(ticket_setup_times_form), "/times");
    saved(&visit, &sheet, &form, &seen, writer(&visit).times(kind.id, &seen, form.clone()).await).await
}

/// The language that the address names.
pub(super) fn language_of(visit: &Visit) -> Result<Language> {
    let code: String = visit.parameter("language").unwrap_or_default();
    Language::of_code(&code).ok_or_else(no_form)
}

/// What is to be translated, above the form: each text with the label of the input below which its translation goes.
pub(super) fn originals(visit: &Visit, texts: &[(Msg, &str)]) -> Markup {
    html! {
        @if texts.iter().any(|(_, text)| !text.is_empty()) {
            dl.box {
                @for (label, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
                    dt { (label.say(visit.language)) }
                    dd.lines { (text) }
                }
            }
        }
    }
}

pub(super) fn in_language(language: Language) -> Said {
    said!(ticket_setup_translated_form, language = say!(language, words_language_name))
}

fn sheet_of_translation(visit: &Visit, kind: &Kind, language: Language) -> Sheet {
    let own = kind.own_in(visit.language);
    let label = |name: &str| Translated::FIELDS.iter().find(|field| field.name == name).map(|field| field.label);
    let texts = [
        ("name", own.name.as_str()),
        ("description", own.definition.description.as_str()),
        ("opening", own.definition.opening.as_str()),
        ("note", own.definition.hours_note.as_str()),
    ];
    let texts: Vec<(Msg, &str)> = texts.iter().filter_map(|(name, text)| Some((label(name)?, *text))).collect();
    let title = format!("{}: {}", messages::own_label(visit.language, kind), visit.say(&in_language(language)));
    let (path, back) = (format!("/{}/in/{}", kind.id, language.code()), format!("/{}", kind.id));
    Sheet { title, path, back, above: originals(visit, &texts) }
}

pub(super) async fn translation(visit: Arc<Visit>) -> Result<Answer> {
    let (kind, language) = (find(&visit).await?, language_of(&visit)?);
    open(&visit, &sheet_of_translation(&visit, &kind, language), &fields::translated(&kind, language)).await
}

pub(super) async fn save_translation(visit: Arc<Visit>) -> Result<Answer> {
    let (kind, language) = (find(&visit).await?, language_of(&visit)?);
    let (form, seen) = (visit.filled::<Translated>().ok_or_else(no_form)?, seen(&visit));
    let sheet = sheet_of_translation(&visit, &kind, language);
    let changed = writer(&visit).translated(kind.id, language, &seen, form.clone()).await;
    saved(&visit, &sheet, &form, &seen, changed).await
}
