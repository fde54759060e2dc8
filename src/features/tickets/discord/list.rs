//! `/ticket list`: tickets in pages.

use serde::{Deserialize, Serialize};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::model::{Priority, Status};
use super::operations::look;
use super::slash::{List, PriorityOption, StatusOption};
use super::store::{self, At, Filter};
use super::{Action, open, screens};
use crate::error::Result;
use crate::interactions::{Context, Reply};
use crate::ui::{Message, button, embed};

/// Tickets on one page of a list.
const PAGE: i64 = 10;

/// What a list shows, as the buttons of older versions carry it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Listed {
    #[serde(rename = "s", skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(rename = "u", skip_serializing_if = "Option::is_none")]
    user: Option<Id<UserMarker>>,
    #[serde(rename = "m", default, skip_serializing_if = "std::ops::Not::not")]
    mine: bool,
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    kind: Option<i32>,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    priority: Option<Priority>,
    #[serde(rename = "f", default, skip_serializing_if = "std::ops::Not::not")]
    unclaimed: bool,
}

/// The same as buttons carry it now: the status and the priority by their places in their lists, so that all of it and a
/// place in the list are no longer than Discord lets an id be.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Shown(Option<usize>, Option<Id<UserMarker>>, Option<i32>, Option<i32>, bool, bool);

impl From<Listed> for Shown {
    fn from(listed: Listed) -> Shown {
        let Listed { status, user, mine, kind, priority, unclaimed } = listed;
        let status = status.and_then(|status| Status::ALL.iter().position(|it| *it == status));
        Shown(status, user, kind, priority.map(Priority::rank), mine, unclaimed)
    }
}

impl From<Shown> for Listed {
    fn from(Shown(status, user, kind, rank, mine, unclaimed): Shown) -> Listed {
        let priority = rank.and_then(|rank| Priority::ALL.into_iter().map(|(it, ..)| it).find(|it| it.rank() == rank));
        let status = status.and_then(|place| Status::ALL.get(place).copied());
        Listed { status, user, mine, kind, priority, unclaimed }
    }
}

pub(crate) async fn list(cx: Context, input: List) -> Result<Reply> {
    let kind = match input.kind.as_deref() {
        Some(named) => Some(open::find_kind(&store::list_all_kinds(&cx.app.db, cx.guild).await?, named)?.id),
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

async fn page(cx: &Context, listed: Listed, mut at: At) -> Result<Message> {
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
        viewer: None,
    };
    let size = usize::try_from(PAGE)?;
    let mut lines = look::list(app, &acting, filter.clone(), at, PAGE + 1).await?;
    // Before a page there may be less than a page by now; the first one is always whole.
    if matches!(at, At::Before(_)) && lines.len() <= size {
        at = At::Start;
        lines = look::list(app, &acting, filter, at, PAGE + 1).await?;
    }
    let more = lines.len() > size;
    let (previous, next) = match at {
        At::Start => (false, more),
        At::After(_) => (true, more),
        At::Before(_) => (more, true),
    };
    match at {
        At::Before(_) => drop(lines.drain(..lines.len() - size)),
        At::Start | At::After(_) => lines.truncate(size),
    }
    let text: Vec<String> = lines.iter().map(screens::line).collect();
    let text = if text.is_empty() { "There are none.".to_owned() } else { text.join("\n") };
    let title = if staff { "Tickets" } else { "Your tickets" };
    let mut row = Vec::new();
    let mut turn = |label, to| -> Result<()> {
        row.push(button(ButtonStyle::Secondary, label, cx.id(&Action::Turn(listed.into(), to))?));
        Ok(())
    };
    match lines.first() {
        Some(first) if previous => turn("Previous", At::Before(first.place))?,
        // What was on this page is gone.
        None if previous => turn("Previous", At::Start)?,
        _ => {}
    }
    if let Some(last) = lines.last().filter(|_| next) {
        turn("Next", At::After(last.place))?;
    }
    Ok(Message::default().embed(embed(title, text)).row(row))
}
