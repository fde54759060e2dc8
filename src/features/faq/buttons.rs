//! What the FAQ's buttons and menus do.

use super::search::{self, read_number};
use super::{Action, report, screens, words::no_such_entry};
use crate::acting::Failure;
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::operations::knowledge::{self, Refusal};
use crate::say;
use crate::ui::{Message, plain};

pub(super) async fn press(cx: Context, action: Action, chosen: Vec<String>) -> Result<Reply> {
    match action {
        Action::Page { page, public } => {
            let page = page.max(0);
            let offset = page.saturating_mul(screens::PAGE);
            let (entries, total) = cx.app.knowledge.page(cx.guild, offset, screens::PAGE).await?;
            Ok(Reply::Update(screens::list_message(&cx, &entries, page, total, public).await?))
        }
        Action::View => {
            let number = chosen.first().and_then(|value| read_number(value)).ok_or_else(no_such_entry)?;
            search::show_listed(&cx, number).await
        }
        Action::Open { search } => {
            let number = chosen.first().and_then(|value| read_number(value)).ok_or_else(no_such_entry)?;
            let entry = cx.app.knowledge.entry(cx.guild, number).await?.ok_or_else(no_such_entry)?;
            cx.app.knowledge.log_choice(cx.guild, search, number).await?;
            let desk = cx.desk_button(cx.language, search).await?;
            Ok(screens::entry_message(cx.language, &entry).row(desk.into_iter().collect()).ephemeral(true).into())
        }
        Action::Remove { number, revision } => remove(cx, number, revision).await,
        Action::Report(period) => Ok(Reply::Update(report::screen(&cx, period).await?)),
        Action::Answer => report::answer(cx, chosen.first()).await,
        Action::Keep => Ok(Reply::Update(Message::new(say!(cx.language, faq_kept)))),
    }
}

async fn remove(cx: Context, number: i32, revision: i32) -> Result<Reply> {
    let acting = cx.acting().await?;
    match knowledge::remove(&cx.app, &acting, number, revision).await {
        Ok(removed) => {
            let (number, title) = (removed.number, plain(&removed.title));
            Ok(Reply::Update(Message::new(say!(cx.language, faq_removed, number, title))))
        }
        // Whoever agreed that it goes has not seen what it says now.
        Err(Failure::Refused(Refusal::Changed { now })) => Ok(Reply::Update(screens::ask_removal(&cx, &now, true)?)),
        Err(failure) => Err(failure.into()),
    }
}
