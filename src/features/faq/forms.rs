//! The forms in which admins write entries and synonyms.

use serde::{Deserialize, Serialize};

use super::screens;
use super::words::removed_meanwhile;
use crate::acting::Failure;
use crate::acting::KnownMessage;
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply, say_collision};
use crate::knowledge::{
    ANSWER_CHARS, CATEGORY_CHARS, Draft, KEYWORDS_CHARS, SOURCE_CHARS, SYNONYMS_CHARS, TITLE_CHARS, words,
};
use crate::operations::knowledge::{self, Refusal, Stored, words::synonyms};
use crate::ui::{
    Seen,
    form::{Field, Form, Frame, Modal, Style},
    plain,
};
use crate::words::Say;
use crate::{msg, said};

/// Which entry a form is about, and what of it was seen.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Target {
    New,
    Entry(i32, Seen),
}

/// An entry as admins fill it in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct EntryForm {
    pub(super) title: String,
    pub(super) answer: String,
    pub(super) keywords: String,
    pub(super) category: String,
    pub(super) source: String,
}

impl Form for EntryForm {
    const NAME: &'static str = "entry";
    const FIELDS: &'static [Field] = &[
        Field {
            name: "title",
            label: msg!(faq_question_label),
            hint: Some(msg!(faq_question_hint)),
            style: Style::Line,
            max_chars: TITLE_CHARS,
            required: true,
        },
        Field {
            name: "answer",
            label: msg!(faq_answer_label),
            hint: Some(msg!(faq_answer_hint)),
            style: Style::Paragraph,
            max_chars: ANSWER_CHARS,
            required: true,
        },
        Field {
            name: "keywords",
            label: msg!(faq_keywords_label),
            hint: Some(msg!(faq_keywords_hint)),
            style: Style::Line,
            max_chars: KEYWORDS_CHARS,
            required: false,
        },
        Field {
            name: "category",
            label: msg!(faq_category_label),
            hint: None,
            style: Style::Line,
            max_chars: CATEGORY_CHARS,
            required: false,
        },
        Field {
            name: "source",
            label: msg!(faq_source_label),
            hint: Some(msg!(faq_source_hint)),
            style: Style::Line,
            max_chars: SOURCE_CHARS,
            required: false,
        },
    ];
}

/// Synonyms as admins fill them in.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct SynonymForm {
    pub(super) groups: String,
}

impl Form for SynonymForm {
    const NAME: &'static str = "synonyms";
    const FIELDS: &'static [Field] = &[Field {
        name: "groups",
        label: msg!(faq_synonyms_label),
        hint: Some(msg!(faq_synonyms_hint)),
        style: Style::Paragraph,
        max_chars: SYNONYMS_CHARS,
        required: false,
    }];
}

pub(super) async fn add_from_message(cx: Context, message: KnownMessage) -> Result<Reply> {
    cx.acting().await?.require_admin().map_err(Failure::Refused)?;
    if message.content.trim().is_empty() {
        return Err(Error::user(said!(faq_message_without_text)));
    }
    let source = message.link(cx.guild);
    let form = EntryForm { answer: message.content, source, ..EntryForm::default() };
    Ok(entry_form(&cx, &Target::New, &form)?.into())
}

pub(super) async fn save(cx: Context, target: Target, form: EntryForm) -> Result<Reply> {
    let acting = cx.acting().await?;
    let title = |stored: &Stored| plain(&stored.draft.title);
    let (stored, done) = match target {
        Target::New => {
            let stored = knowledge::add(&cx.app, &acting, form.into()).await?;
            let done = said!(faq_added, number = stored.number, title = title(&stored));
            (stored, done)
        }
        Target::Entry(number, seen) => {
            let edit = |stored: &Draft| seen.merge(&EntryForm::from(stored), &form).map(Draft::from);
            let changed = knowledge::change(&cx.app, &acting, number, &form, edit).await;
            let changed = changed.map_err(|failure| match failure {
                Failure::Refused(Refusal::NoSuchEntry) => Error::user(removed_meanwhile()),
                failure => failure.into(),
            });
            let stored = changed?;
            let done = said!(faq_entry_changed, number = stored.number, title = title(&stored));
            (stored, done)
        }
    };
    Ok(screens::saved_reply(cx.language, &done, &stored.draft, stored.number))
}

pub(super) async fn save_synonyms(cx: Context, seen: Seen, form: SynonymForm) -> Result<Reply> {
    let acting = cx.acting().await?;
    let edit = |stored: &[Vec<String>]| {
        let merged = seen.merge(&SynonymForm::from(stored), &form)?;
        Ok(merged.groups.lines().map(words).collect())
    };
    let set = knowledge::set_synonyms(&cx.app, &acting, &form, edit).await;
    let set = set.map_err(|failure| match failure {
        Failure::Refused(Refusal::Collision(it)) => Error::User(say_collision(&it, msg!(faq_synonyms_command))),
        failure => failure.into(),
    })?;
    Ok(Reply::ephemeral(synonyms(set.groups).say(cx.language)))
}

pub(super) fn entry_form(cx: &Context, target: &Target, form: &EntryForm) -> Result<Modal> {
    Ok(Modal::new(cx.language, &entry_frame(target), cx.form_id::<EntryForm>(target)?, form)?)
}

pub(super) fn entry_frame(target: &Target) -> Frame {
    match target {
        Target::New => Frame::titled(msg!(faq_add_form)),
        Target::Entry(number, _) => Frame::titled(said!(faq_change_form, number = *number)),
    }
}

pub(super) fn synonyms_frame(_: &Seen) -> Frame {
    Frame::titled(msg!(faq_synonyms_form))
}

impl From<&[Vec<String>]> for SynonymForm {
    fn from(groups: &[Vec<String>]) -> SynonymForm {
        // Without spaces, so that what fitted when it was typed fits again.
        let lines: Vec<String> = groups.iter().map(|words| words.join(",")).collect();
        SynonymForm { groups: lines.join("\n") }
    }
}

impl From<&Draft> for EntryForm {
    fn from(draft: &Draft) -> EntryForm {
        EntryForm {
            title: draft.title.clone(),
            answer: draft.answer.clone(),
            // Without spaces, so that what fitted when it was typed fits again.
            keywords: draft.keywords.join(","),
            category: draft.category.clone().unwrap_or_default(),
            source: draft.source_url.clone().unwrap_or_default(),
        }
    }
}

impl From<EntryForm> for Draft {
    fn from(form: EntryForm) -> Draft {
        Draft {
            title: form.title,
            answer: form.answer,
            keywords: words(&form.keywords),
            category: Some(form.category),
            source_url: Some(form.source),
        }
    }
}
