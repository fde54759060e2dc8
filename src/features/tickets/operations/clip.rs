//! Messages from elsewhere: kept until it is chosen to which ticket they are added, or that one is opened with them.
//!
//! A clipping is named by the origin of whoever made it: an interaction, a request. Only whoever made it finds it, and it is
//! used once.

use sqlx::PgConnection;

use super::super::model::workflow::Step;
use super::super::model::{CLIPPED, Clipping, Refusal, Ticket};
use super::super::store::{self, By, Clipped};
use super::super::write::{Stepped, write_step};
use super::super::{Settings, settle};
use super::drafts;
use super::open::{self, Asked, Ready, Request};
use super::step;
use crate::acting::{Acting, Failure, Origin};
use crate::app::App;

/// Keeps a message.
///
/// # Errors
/// It says nothing, or too much.
pub async fn keep(app: &App, acting: &Acting, name: &Origin, clipped: &Clipped) -> Result<(), Failure<Refusal>> {
    let clipped = &Clipped { clipping: clipped.clipping.storable(), ..clipped.clone() };
    clipped.clipping.check(CLIPPED)?;
    let user = acting.user().ok_or(Refusal::ForNobody)?;
    // Nobody would find again what has no name.
    name.key().ok_or(Refusal::ForNobody)?;
    Ok(store::insert_clipping(&app.db, acting.guild, name, user, clipped, acting.now).await?)
}

async fn find(app: &App, acting: &Acting, name: &Origin) -> Result<Clipped, Failure<Refusal>> {
    let user = acting.user().ok_or(Refusal::AddedBefore)?;
    Ok(store::find_clipping(&app.db, acting.guild, name, user).await?.ok_or(Refusal::AddedBefore)?)
}

/// Uses a clipping up.
async fn take(tx: &mut PgConnection, acting: &Acting, name: &Origin) -> Result<(), Failure<Refusal>> {
    match store::delete_clipping(&mut *tx, acting.guild, name).await? {
        true => Ok(()),
        false => Err(Refusal::AddedBefore.into()),
    }
}

/// Adds a message to a ticket.
///
/// # Errors
/// It was added before, or may not be added there.
pub async fn attach(app: &App, acting: &Acting, name: &Origin, ticket: &Ticket) -> Result<Stepped, Failure<Refusal>> {
    let attached = attach_first(app, acting, name, ticket).await;
    // Of the message nothing is left by then; who may add any may hear that it was.
    let step = Step::Attach(Clipping { text: String::new(), source: None });
    step::or_taken_before(app, acting, ticket.number, &step, attached).await
}

async fn attach_first(app: &App, acting: &Acting, name: &Origin, ticket: &Ticket) -> Result<Stepped, Failure<Refusal>> {
    let settings = app.settings.get::<Settings>(acting.guild).await?;
    let step = Step::Attach(find(app, acting, name).await?.clipping);
    let mut ticket = ticket.clone();
    for _ in 0..step::ATTEMPTS {
        step::may_take(app, acting, &ticket, &step, &settings).await?;
        let mut tx = app.db.begin().await?;
        take(&mut tx, acting, name).await?;
        if let Some((stepped, _)) = write_step(&mut tx, acting, &ticket, &step, &settings).await? {
            tx.commit().await?;
            acting.post_log(app);
            settle::after_answer(app, acting, ticket.number);
            return Ok(stepped);
        }
        drop(tx);
        ticket = step::find(app, acting, By::Number(ticket.number)).await?;
    }
    Err(Refusal::Busy.into())
}

/// What a ticket opened with a message is, for whom the clipping says; it is kept for another choice.
///
/// # Errors
/// It was used before, or no such ticket may be opened.
pub async fn prepare(app: &App, acting: &Acting, name: &Origin, kind: i32) -> Result<Ready, Failure<Refusal>> {
    let Clipped { clipping, author } = find(app, acting, name).await?;
    let kind = open::find_kind(app, acting, kind).await?;
    open::prepare(app, acting, Request { kind, user: author, asked: Asked::Message(clipping) }).await
}

/// Keeps it as a draft, while whoever acts looks at answers from the FAQ.
///
/// # Errors
/// It was used before.
pub async fn keep_as_draft(
    app: &App,
    acting: &Acting,
    name: &Origin,
    draft: &Origin,
    ready: &Ready,
) -> Result<(), Failure<Refusal>> {
    drafts::keep(app, acting, draft, ready).await?;
    match store::delete_clipping(&app.db, acting.guild, name).await? {
        true => Ok(()),
        false => Err(Refusal::AddedBefore.into()),
    }
}

/// Opens a ticket that [`prepare`] made, with what a door stores in the same transaction.
///
/// # Errors
/// It was used before, or may not be opened any more.
pub async fn open_with<T>(
    app: &App,
    acting: &Acting,
    name: &Origin,
    ready: &Ready,
    along: impl AsyncFnOnce(&mut PgConnection, i32) -> Result<T, Failure<Refusal>>,
) -> Result<T, Failure<Refusal>> {
    let opened = open::open_with(app, acting, ready, async |tx: &mut PgConnection, number| {
        take(&mut *tx, acting, name).await?;
        along(tx, number).await
    });
    opened.await
}
