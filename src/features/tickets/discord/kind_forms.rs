//! What admins write into the forms about a kind of ticket.

use super::kinds::one;
use super::operations::kinds::{Changed, Refusal};
use super::setup::fields::{Asked, Basics, Limits, People, Times, Translated, TranslatedQuestion};
use super::setup::fields::{QuestionTarget, Target, TranslatedQuestionTarget, TranslatedTarget};
use super::setup::reading::Writer;
use crate::acting::{Acting, Failure};
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::said;

fn writer<'a>(cx: &'a Context, acting: &'a Acting) -> Writer<'a> {
    Writer { app: &cx.app, acting, language: cx.language }
}

fn saved(cx: &Context, changed: Result<Changed, Failure<Refusal>>) -> Result<Reply> {
    Ok(Reply::Update(one(cx, &changed?.kind, Some(said!(ticket_setup_saved)))?))
}

pub(crate) async fn save_basics(cx: Context, (id, seen): Target, form: Basics) -> Result<Reply> {
    let acting = cx.acting().await?;
    if id != 0 {
        return saved(&cx, writer(&cx, &acting).basics(id, &seen, form).await);
    }
    let kind = writer(&cx, &acting).add(form).await?;
    Ok(Reply::Update(one(&cx, &kind, Some(said!(ticket_setup_added)))?))
}

pub(crate) async fn save_people(cx: Context, (id, seen): Target, form: People) -> Result<Reply> {
    let acting = cx.acting().await?;
    saved(&cx, writer(&cx, &acting).people(id, &seen, form).await)
}

pub(crate) async fn save_limits(cx: Context, (id, seen): Target, form: Limits) -> Result<Reply> {
    let acting = cx.acting().await?;
    saved(&cx, writer(&cx, &acting).limits(id, &seen, form).await)
}

pub(crate) async fn save_times(cx: Context, (id, seen): Target, form: Times) -> Result<Reply> {
    let acting = cx.acting().await?;
    saved(&cx, writer(&cx, &acting).times(id, &seen, form).await)
}

pub(crate) async fn save_question(cx: Context, (id, number, seen): QuestionTarget, form: Asked) -> Result<Reply> {
    let acting = cx.acting().await?;
    saved(&cx, writer(&cx, &acting).question(id, number, &seen, &form).await)
}

pub(crate) async fn save_translated(
    cx: Context,
    (id, language, seen): TranslatedTarget,
    form: Translated,
) -> Result<Reply> {
    let acting = cx.acting().await?;
    saved(&cx, writer(&cx, &acting).translated(id, language, &seen, form).await)
}

pub(crate) async fn save_translated_question(
    cx: Context,
    (id, number, language, seen): TranslatedQuestionTarget,
    form: TranslatedQuestion,
) -> Result<Reply> {
    let acting = cx.acting().await?;
    saved(&cx, writer(&cx, &acting).translated_question((id, number), language, &seen, form).await)
}
