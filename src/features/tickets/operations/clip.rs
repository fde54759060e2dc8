//! Messages from elsewhere: stored until it is chosen to which ticket they are added, or that one is opened with them.
//!
//! A clipping is named by the origin of whoever made it: an interaction, a request. Only whoever made it finds it, and it is
//! used once.

use sqlx::PgConnection;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, MessageMarker, UserMarker};

use super::super::model::workflow::Step;
use super::super::model::{Clipping, Refusal};
use super::super::store::{self, By, Clipped as Message, Name};
use super::super::write::{Stepped, write_step};
use super::super::{Settings, settle};
use super::drafts::Kept;
use super::found::{Found, ToTake};
use super::open::{self, Asked, Ready, Request};
use super::{SWITCH, drafts, kinds, look, step};
use crate::acting::{Acting, Failure, Origin, Outcome, answer_once, digest};
use crate::app::App;

/// A message that was kept until its ticket is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clipped;

impl Outcome for Clipped {
    fn code(&self) -> &'static str {
        "message_kept"
    }
}

/// Stores a message that whoever acts can read, once by a name: what was kept by it is found as it was, or was used since. Who
/// wrote it, and what it says, is what Discord says.
///
/// # Errors
/// There is no such message for them, or it says nothing, or the name is another's.
pub async fn save(
    app: &App,
    acting: &Acting,
    name: &Origin,
    channel: Id<ChannelMarker>,
    message: Id<MessageMarker>,
) -> Result<Clipped, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let user = acting.user().ok_or(Refusal::ForNobody)?;
    // Nobody would find again what has no name.
    let key = Name::of(acting, name).ok_or(Refusal::ForNobody)?;
    let asked = digest(&(channel, message));
    let saved = save_first(app, acting, (&key, user), (channel, message), &asked).await;
    let before = async {
        let saved = drafts::was_saved(app, acting, name, store::SAVE_CLIPPING, &asked).await?;
        Ok(saved.then_some(Clipped))
    };
    answer_once(saved, Refusal::NameTaken, before).await
}

async fn save_first(
    app: &App,
    acting: &Acting,
    (name, user): (&Name, Id<UserMarker>),
    (channel, message): (Id<ChannelMarker>, Id<MessageMarker>),
    asked: &str,
) -> Result<Option<Clipped>, Failure<Refusal>> {
    let found = acting.find_message(app, channel, message).await?.ok_or(Refusal::NoSuchMessage)?;
    let staff = look::works_tickets(app, acting).await?;
    // Who works tickets opens one for whoever wrote the message.
    let author = found.author.filter(|author| staff && *author != user && !found.author_is_bot);
    let message = Message { clipping: Clipping::of(&found)?, author };
    let saved = store::insert_clipping(&app.db, acting.guild(), (name, user), &message, asked, acting.now()).await?;
    Ok(saved.then_some(Clipped))
}

async fn find(app: &App, acting: &Acting, name: &Origin) -> Result<(Name, Message), Failure<Refusal>> {
    let user = acting.user().ok_or(Refusal::AddedBefore)?;
    let name = Name::of(acting, name).ok_or(Refusal::AddedBefore)?;
    let found = store::find_clipping(&app.db, acting.guild(), &name, user).await?.ok_or(Refusal::AddedBefore)?;
    Ok((name, found))
}

/// Uses a clipping up.
async fn use_up(tx: &mut PgConnection, acting: &Acting, name: &Name) -> Result<(), Failure<Refusal>> {
    let user = acting.user().ok_or(Refusal::AddedBefore)?;
    match store::delete_clipping(&mut *tx, acting.guild(), name, user).await? {
        true => Ok(()),
        false => Err(Refusal::AddedBefore.into()),
    }
}

/// Adds a message to a ticket.
///
/// # Errors
/// It was added before, or may not be added there.
pub async fn attach(
    app: &App,
    acting: &Acting,
    name: &Origin,
    ticket: impl Into<ToTake>,
) -> Result<Stepped, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let ticket = &ticket.into().into_found();
    ticket.require_own(acting)?;
    // Of the message nothing is left when it is added once more; who may add any may hear that it was.
    let step = Step::Attach(Clipping::empty());
    let deed = format!("{} {}", step.deed(), acting.key_of(name).unwrap_or_default());
    let attached = attach_first(app, acting, name, ticket, &deed).await;
    step::or_taken_before(app, acting, ticket.number, (&step, &deed), attached).await
}

async fn attach_first(
    app: &App,
    acting: &Acting,
    name: &Origin,
    ticket: &Found,
    deed: &str,
) -> Result<Stepped, Failure<Refusal>> {
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let (name, clipped) = find(app, acting, name).await?;
    let step = Step::Attach(clipped.clipping);
    let mut ticket = ticket.clone();
    for _ in 0..step::ATTEMPTS {
        step::may_take(app, acting, &ticket, &step, &settings).await?;
        let mut tx = app.db.begin().await?;
        use_up(&mut tx, acting, &name).await?;
        if let Some((stepped, _)) = write_step(&mut tx, acting, &ticket, (&step, deed), &settings).await? {
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

/// What a ticket opened with a message is, for whom the clipping says; it stays there for another choice. Of what the same origin
/// has opened with it before, [`open_with`] tells again.
///
/// # Errors
/// It was used before, or no such ticket may be opened.
pub async fn prepare(app: &App, acting: &Acting, name: &Origin, kind: i32) -> Result<Ready, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let kind = open::find_kind(app, acting, kind).await?;
    let (_, Message { clipping, author }) = match find(app, acting, name).await {
        Err(Failure::Refused(refusal)) => {
            let (user, key) = acting.user().zip(Name::of(acting, name)).ok_or_else(|| refusal.clone())?;
            return match open::find_opened(&app.db, acting, &opening(&key)).await? {
                Some(_) => Ok(Ready::spent(acting, kind, user, String::new())),
                None => Err(refusal.into()),
            };
        }
        found => found?,
    };
    open::prepare(app, acting, Request { kind, user: author, asked: Asked::Message(clipping) }).await
}

/// Makes a draft of it, while whoever acts looks at answers from the FAQ. The same draft is made once.
///
/// # Errors
/// It was used before.
pub async fn save_as_draft(
    app: &App,
    acting: &Acting,
    name: &Origin,
    draft: &Origin,
    ready: &Ready,
) -> Result<Kept, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let clipping = Name::of(acting, name).ok_or(Refusal::AddedBefore)?;
    let made = drafts::of_ready(acting, draft, ready)?;
    let asked = drafts::digest_of(&made);
    let saved = async {
        kinds::store_first(&app.db, acting).await?;
        let mut tx = app.db.begin().await?;
        use_up(&mut tx, acting, &clipping).await?;
        if !store::insert_draft(&mut *tx, acting.guild(), &made, &asked, acting.now()).await? {
            return Ok(None);
        }
        tx.commit().await?;
        Ok(Some(Kept::Draft))
    };
    let before = async {
        let saved = drafts::was_saved(app, acting, draft, store::SAVE_DRAFT, &asked).await?;
        Ok(saved.then_some(Kept::Draft))
    };
    answer_once(saved.await, Refusal::NameTaken, before).await
}

/// Opens a ticket that [`prepare`] made, with what a door stores in the same transaction. The same origin hears of the ticket
/// again.
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
    SWITCH.require_on(app, acting).await?;
    let name = Name::of(acting, name).ok_or(Refusal::AddedBefore)?;
    open::open_of(
        app,
        acting,
        ready,
        &opening(&name),
        async |tx: &mut PgConnection| use_up(tx, acting, &name).await,
        along,
    )
    .await
}

/// How it is called to open a ticket with a message.
fn opening(name: &Name) -> String {
    format!("tickets.clipping.open {}", name.key())
}
