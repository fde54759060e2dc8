//! The editor of entries, and beside it what Discord shows of what is written there.

use std::sync::Arc;

use maud::html;

use super::find;
use super::forms::EntryForm;
use super::screens::draft_message;
use super::words::no_such_entry;
use crate::acting::Failure;
use crate::error::Result;
use crate::interactions::say_collision;
use crate::knowledge::{Draft, Misfit, TITLE_CHARS};
use crate::operations::knowledge::{self, Refusal};
use crate::ui::limits::cut;
use crate::ui::{Seen, plain};
use crate::web::{Answer, Page, Visit};
use crate::words::Say;
use crate::{msg, said, say};

/// Which entry is written, and what of it was shown when the form was opened.
struct Sheet {
    title: String,
    path: String,
    back: String,
    /// Nothing is a new one.
    number: Option<i32>,
    seen: Option<Seen>,
}

impl Sheet {
    fn of_new(visit: &Visit) -> Sheet {
        let title = visit.say(&msg!(faq_add_form));
        Sheet { title, path: "/new".to_owned(), back: String::new(), number: None, seen: None }
    }

    fn of(visit: &Visit, number: i32, seen: Seen) -> Sheet {
        let title = say!(visit.language, faq_change_form, number);
        let back = format!("/{number}");
        Sheet { title, path: format!("{back}/edit"), back, number: Some(number), seen: Some(seen) }
    }
}

/// The form, and what Discord shows of what is in it.
async fn editor(visit: &Visit, sheet: &Sheet, form: &EntryForm, refused: Option<&Refusal>) -> Page {
    let language = visit.language;
    let why = match (refused, sheet.number) {
        // What others wrote is on the entry's page, and what this person wrote is here.
        (Some(Refusal::Collision(collision)), Some(number)) => {
            Some(say_collision(collision, said!(faq_web_entry, number)).say(language))
        }
        (refused, _) => refused.map(|refusal| refusal.say(language)),
    };
    let why = match why {
        Some(why) => Some(visit.rich(&why).await),
        None => None,
    };
    let at = refused.and_then(input_of);
    let inputs = visit.inputs(form, at.zip(why.as_ref())).await;
    let drawn = visit.drawn(&draft_message(language, &Draft::from(form.clone()), sheet.number)).await;
    let body = html! {
        div.beside {
            form method="post" action=(visit.to(&sheet.path)) {
                (visit.once())
                @if let Some(seen) = &sheet.seen {
                    input type="hidden" name="seen" value=(serde_json::to_string(seen).unwrap_or_default());
                }
                (inputs)
                p {
                    button { (say!(language, faq_web_save_button)) } " "
                    button.quiet name="do" value="look" { (say!(language, faq_web_preview_button)) } " "
                    a.button.quiet href=(visit.to(&sheet.back)) { (say!(language, faq_web_leave_button)) }
                }
            }
            section aria-labelledby="looks" {
                h2 #looks { (say!(language, faq_web_preview_title)) }
                (drawn)
            }
        }
    };
    Page::new(sheet.title.clone(), body).refusing_at(language, at, why.as_ref())
}

/// The input about which a refusal is; nothing if it is about none alone.
fn input_of(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::TitleTaken { .. } | Refusal::Unfit(Misfit::NoTitle | Misfit::TitleOfSeveralLines) => Some("title"),
        Refusal::Unfit(Misfit::NoAnswer) => Some("answer"),
        Refusal::Unfit(Misfit::TooManyKeywords) => Some("keywords"),
        Refusal::Unfit(Misfit::SourceIsNoAddress) => Some("source"),
        Refusal::Unfit(Misfit::TooLong { part: "source_url", .. }) => Some("source"),
        Refusal::Unfit(Misfit::TooLong { part, .. }) => Some(part),
        _ => None,
    }
}

/// An empty form, or one with a question that nobody has answered.
pub(super) async fn new(visit: Arc<Visit>) -> Result<Answer> {
    let search = visit.query("search").and_then(|search| search.parse().ok());
    let searched = match search {
        // It is forgotten after a while; then they write it themselves.
        Some(search) => visit.app.knowledge.find_search(visit.guild, search).await?,
        None => None,
    };
    let title = searched.map(|searched| cut(searched.query.trim(), TITLE_CHARS.into())).unwrap_or_default();
    let form = EntryForm { title, ..EntryForm::default() };
    Ok(editor(&visit, &Sheet::of_new(&visit), &form, None).await.into())
}

pub(super) async fn edit(visit: Arc<Visit>) -> Result<Answer> {
    let entry = find(&visit).await?;
    let form = EntryForm::from(&entry.draft);
    let sheet = Sheet::of(&visit, entry.number, Seen::of(&form));
    Ok(editor(&visit, &sheet, &form, None).await.into())
}

/// Whether they only look what it would be like.
fn only_looks(visit: &Visit) -> bool {
    visit.form("do") == Some("look")
}

pub(super) async fn add(visit: Arc<Visit>) -> Result<Answer> {
    let form: EntryForm = visit.filled().ok_or_else(no_such_entry)?;
    let sheet = Sheet::of_new(&visit);
    if only_looks(&visit) {
        return Ok(editor(&visit, &sheet, &form, None).await.into());
    }
    match knowledge::add(&visit.app, visit.acting(), form.clone().into()).await {
        Ok(stored) => {
            let said = say!(visit.language, faq_added, number = stored.number, title = plain(&stored.draft.title));
            Ok(Answer::Done { said, to: visit.to(&format!("/{}", stored.number)) })
        }
        Err(Failure::Refused(refusal)) => Ok(editor(&visit, &sheet, &form, Some(&refusal)).await.into()),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn change(visit: Arc<Visit>) -> Result<Answer> {
    let number: i32 = visit.parameter("number").ok_or_else(no_such_entry)?;
    let form: EntryForm = visit.filled().ok_or_else(no_such_entry)?;
    let seen: Seen = visit.form("seen").and_then(|seen| serde_json::from_str(seen).ok()).ok_or_else(no_such_entry)?;
    let sheet = Sheet::of(&visit, number, seen.clone());
    if only_looks(&visit) {
        return Ok(editor(&visit, &sheet, &form, None).await.into());
    }
    let edit = |stored: &Draft| seen.merge(&EntryForm::from(stored), &form).map(Draft::from);
    match knowledge::change(&visit.app, visit.acting(), number, &form, edit).await {
        Ok(stored) => {
            let said = say!(visit.language, faq_entry_changed, number, title = plain(&stored.draft.title));
            Ok(Answer::Done { said, to: visit.to(&sheet.back) })
        }
        Err(Failure::Refused(refusal)) if !matches!(refusal, Refusal::NoSuchEntry | Refusal::NotAdmin) => {
            Ok(editor(&visit, &sheet, &form, Some(&refusal)).await.into())
        }
        Err(failure) => Err(failure.into()),
    }
}
