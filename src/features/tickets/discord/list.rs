//! `/ticket list`: tickets in pages.

use twilight_model::channel::message::component::ButtonStyle;

use super::action::{Action, Listed, Shown};
use super::model::Status;
use super::operations::look;
use super::slash::{List, PriorityOption, StatusOption};
use super::store::{At, Filter};
use super::{open, screens};
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::ui::{Message, button, embed};
use crate::words::{Msg, Say};
use crate::{msg, say};

/// Tickets on one page of a list.
const PAGE: i64 = 10;

pub(crate) async fn list(cx: Context, input: List) -> Result<Reply> {
    let kind = match input.kind.as_deref() {
        Some(named) => Some(open::find_kind(&look::list_kinds(&cx.app, &cx.acting().await?).await?, named)?.id),
        None => None,
    };
    let listed = Listed {
        status: input.status.map(StatusOption::status),
        user: input.member,
        mine: input.mine.unwrap_or(false),
        kind,
        priority: input.priority.map(PriorityOption::priority),
        unclaimed: input.unclaimed.unwrap_or(false),
    };
    Ok(page(&cx, listed, At::Start).await?.ephemeral(true).into())
}

/// A list whose button is of an older version begins anew.
pub(crate) async fn begin(cx: Context, listed: Listed) -> Result<Reply> {
    Ok(Reply::Update(page(&cx, listed, At::Start).await?))
}

pub(crate) async fn turn(cx: Context, shown: Shown, to: At) -> Result<Reply> {
    Ok(Reply::Update(page(&cx, shown.into(), to).await?))
}

async fn page(cx: &Context, listed: Listed, at: At) -> Result<Message> {
    let language = cx.language;
    let (app, acting) = (&cx.app, cx.acting().await?);
    let staff = look::works_tickets(app, &acting).await?;
    let filter = Filter {
        status: listed.status,
        user: listed.user,
        claimed_by: listed.mine.then_some(cx.member.id),
        all: !staff,
        kind: listed.kind,
        priority: listed.priority,
        unclaimed: listed.unclaimed,
        ..Filter::default()
    };
    let look::Page { lines, previous, next } = look::page(app, &acting, filter.clone(), at, PAGE).await?;
    let text: Vec<String> = lines.iter().map(|line| screens::line(language, line)).collect();
    let done = match lines.is_empty() && staff && listed.status.is_none() {
        true => list_done(cx, &filter).await?,
        false => Vec::new(),
    };
    let text = match (text.is_empty(), done.is_empty()) {
        (true, true) => say!(language, tickets_list_none),
        (true, false) => say!(language, tickets_list_none_open),
        (false, _) => text.join("\n"),
    };
    let title = if staff { msg!(tickets_list) } else { msg!(tickets_list_own) };
    let mut row = Vec::new();
    for (status, label) in done {
        let shown = Listed { status: Some(status), ..listed };
        row.push(button(ButtonStyle::Secondary, label.say(language), cx.id(&Action::Turn(shown.into(), At::Start))?));
    }
    let mut turn = |label: Msg, to| -> Result<()> {
        row.push(button(ButtonStyle::Secondary, label.say(language), cx.id(&Action::Turn(listed.into(), to))?));
        Ok(())
    };
    if let Some(previous) = previous {
        turn(msg!(tickets_previous_button), previous)?;
    }
    if let Some(next) = next {
        turn(msg!(tickets_next_button), next)?;
    }
    Ok(Message::default().embed(embed(title.say(language), text)).row(row))
}

/// In which states there are tickets that are done and that a list of open ones leaves out, with what their buttons say.
async fn list_done(cx: &Context, filter: &Filter) -> Result<Vec<(Status, Msg)>> {
    let acting = cx.acting().await?;
    let mut found = Vec::new();
    let done =
        [(Status::Closed, msg!(tickets_list_closed_button)), (Status::Archived, msg!(tickets_list_archived_button))];
    for (status, label) in done {
        let filter = Filter { status: Some(status), ..filter.clone() };
        if !look::list(&cx.app, &acting, filter, At::Start, 1).await?.is_empty() {
            found.push((status, label));
        }
    }
    Ok(found)
}
