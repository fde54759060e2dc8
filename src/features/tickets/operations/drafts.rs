//! What somebody wrote and has not sent yet: while they look at answers from the FAQ, or because it was refused.
//!
//! A draft is named by the origin of whoever wrote it: an interaction, a request. Only whoever wrote it finds it.

use sqlx::PgConnection;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::super::model::{Kind, Refusal};
use super::super::store::{self, Draft};
use super::open::{self, GuildKind, Ready};
use crate::acting::{Acting, Failure, Origin};
use crate::app::App;
use crate::db::storable;
use crate::ui::limits::cut;

/// Characters of an answer that is kept, as many as a form takes
/// (<https://discord.com/developers/docs/components/reference#text-input>).
const LONGEST_ANSWER: usize = 4000;

/// Keeps what is ready to be sent.
///
/// # Errors
/// The database does not answer.
pub async fn keep(app: &App, acting: &Acting, name: &Origin, ready: &Ready) -> Result<(), Failure<Refusal>> {
    let Ready { kind: GuildKind { kind, .. }, user, subject, answers, source, .. } = ready;
    let (subject, answers, source) = (subject.clone(), answers.clone(), source.clone());
    let (name, user, kind) = (name.clone(), *user, kind.id);
    let draft = Draft { name, user, opened_by: user, kind, subject, answers, source, ready: true };
    insert(app, acting, draft).await
}

/// Keeps the texts of a form that was refused, by the labels of their questions. `false` if there is nothing to keep.
///
/// # Errors
/// The database does not answer.
pub async fn keep_refused(
    app: &App,
    acting: &Acting,
    name: &Origin,
    (kind, user): (i32, Option<Id<UserMarker>>),
    answers: Vec<(String, String)>,
) -> Result<bool, Failure<Refusal>> {
    if answers.is_empty() {
        return Ok(false);
    }
    let user = user.or(acting.user()).ok_or(Refusal::ForNobody)?;
    let answers =
        answers.into_iter().map(|(label, text)| (storable(&label), cut(&storable(&text), LONGEST_ANSWER))).collect();
    let subject = String::new();
    let draft = Draft { name: name.clone(), user, opened_by: user, kind, subject, answers, source: None, ready: false };
    insert(app, acting, draft).await?;
    Ok(true)
}

async fn insert(app: &App, acting: &Acting, draft: Draft) -> Result<(), Failure<Refusal>> {
    let opened_by = acting.user().ok_or(Refusal::ForNobody)?;
    // Nobody would find again what has no name.
    draft.name.key().ok_or(Refusal::ForNobody)?;
    Ok(store::insert_draft(&app.db, acting.guild, &Draft { opened_by, ..draft }, acting.now).await?)
}

/// What whoever acts wrote, for whom if it is for somebody else, and the kind, of which they may open one now.
///
/// # Errors
/// It is gone, or they may not.
pub async fn find(
    app: &App,
    acting: &Acting,
    name: &Origin,
) -> Result<(Kind, Option<Id<UserMarker>>, Draft), Failure<Refusal>> {
    let found = store::find_draft(&app.db, acting.guild, name).await?;
    let own = |draft: &Draft| acting.user() == Some(draft.opened_by);
    let (draft, kind) = found.filter(|(draft, _)| own(draft)).ok_or(Refusal::DraftGone)?;
    let user = (draft.user != draft.opened_by).then_some(draft.user);
    let found = GuildKind { guild: acting.guild, kind };
    open::could_open(app, acting, &found, user).await?;
    Ok((found.kind, user, draft))
}

/// Opens the ticket that was written, once, with what a door stores in the same transaction.
///
/// # Errors
/// It is gone, or sent, or it may not be opened any more.
pub async fn send<T>(
    app: &App,
    acting: &Acting,
    name: &Origin,
    along: impl AsyncFnOnce(&mut PgConnection, i32) -> Result<T, Failure<Refusal>>,
) -> Result<T, Failure<Refusal>> {
    let (kind, user, draft) = find(app, acting, name).await?;
    // What was refused is filled in again.
    if !draft.ready {
        return Err(Refusal::DraftGone.into());
    }
    let ready = Ready {
        kind: GuildKind { guild: acting.guild, kind },
        by: acting.user(),
        user: draft.user,
        for_other: user.is_some(),
        about: draft.subject.clone(),
        subject: draft.subject,
        answers: draft.answers,
        source: draft.source,
        // However often it is sent.
        origin: name.key(),
    };
    let guild = acting.guild;
    let sent = open::open_with(app, acting, &ready, async |tx: &mut PgConnection, number| {
        if !store::delete_draft(&mut *tx, guild, name).await? {
            return Err(Refusal::DraftGone.into());
        }
        along(tx, number).await
    });
    sent.await
}

/// An entry of the FAQ made a draft unnecessary; that is counted.
///
/// # Errors
/// It is gone.
pub async fn answer(app: &App, acting: &Acting, name: &Origin, entry: i32) -> Result<(), Failure<Refusal>> {
    let user = acting.user().ok_or(Refusal::DraftGone)?;
    match store::answer_draft(&app.db, acting.guild, name, user, entry, acting.now).await? {
        true => Ok(()),
        false => Err(Refusal::DraftGone.into()),
    }
}
