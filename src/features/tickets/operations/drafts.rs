//! What somebody wrote and has not sent yet: while they look at answers from the FAQ, or because it was refused.
//!
//! A draft is named by the origin of whoever wrote it: an interaction, a request. Only whoever wrote it finds it.

use sqlx::PgConnection;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::super::model::{Kind, Refusal};
use super::super::store::{self, Draft, Name};
use super::open::{self, GuildKind, Ready};
use super::{SWITCH, kinds};
use crate::acting::{Acting, Failure, Origin, Outcome, answer_once, digest};
use crate::app::App;
use crate::db::storable;
use crate::ui::limits::cut;

/// Characters of an answer that is kept, as many as a form takes
/// (<https://discord.com/developers/docs/components/reference#text-input>).
const LONGEST_ANSWER: usize = 4000;

/// What became of something that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is found again.
    Draft,
    /// There was nothing to keep.
    Nothing,
}

impl Outcome for Kept {
    fn code(&self) -> &'static str {
        match self {
            Kept::Draft => "draft_kept",
            Kept::Nothing => "nothing_to_keep",
        }
    }
}

/// A draft that an entry of the FAQ made unnecessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered;

impl Outcome for Answered {
    fn code(&self) -> &'static str {
        "answered"
    }
}

/// Stores what is ready to be sent, once by a name: what was kept by it is found as it was, or was used since.
///
/// # Errors
/// The name is another draft's, or the database does not answer.
pub async fn save(app: &App, acting: &Acting, name: &Origin, ready: &Ready) -> Result<Kept, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let draft = of_ready(acting, name, ready)?;
    insert(app, acting, name, &draft, &digest_of(&draft)).await?;
    Ok(Kept::Draft)
}

/// What is ready to be sent, as a draft.
pub(super) fn of_ready(acting: &Acting, name: &Origin, ready: &Ready) -> Result<Draft, Refusal> {
    open::require_own(acting, ready)?;
    if ready.spent {
        return Err(Refusal::AddedBefore);
    }
    // Nobody would find again what has no name.
    let name = Name::of(acting, name).ok_or(Refusal::ForNobody)?;
    Ok(Draft {
        name,
        user: ready.user,
        opened_by: acting.user().ok_or(Refusal::ForNobody)?,
        kind: ready.kind.kind.id,
        subject: ready.subject.clone(),
        answers: ready.answers.clone(),
        questions: None,
        source: ready.source.clone(),
        ready: true,
        offered: ready.offered.clone(),
    })
}

/// Stores the texts of a form that was refused, by the numbers of the questions that the kind asks.
///
/// # Errors
/// There is no such kind, or they open none for others, or the database does not answer.
pub async fn save_refused(
    app: &App,
    acting: &Acting,
    name: &Origin,
    (kind, user): (i32, Option<Id<UserMarker>>),
    answers: Vec<(i32, String)>,
) -> Result<Kept, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let opened_by = acting.user().ok_or(Refusal::ForNobody)?;
    let key = Name::of(acting, name).ok_or(Refusal::ForNobody)?;
    let GuildKind { kind, .. } = open::find_kind(app, acting, kind).await?;
    let user = user.unwrap_or(opened_by);
    if user != opened_by && !open::works_kind(app, acting, &kind).await? {
        return Err(Refusal::NotForOthers.into());
    }
    // By what was given: what the kind asks meanwhile makes no other of it.
    let asked = digest(&(kind.id, user, &answers));
    let given = kind.definition.questions.iter().filter_map(|question| {
        let (_, answer) = answers.iter().find(|(number, _)| *number == question.id)?;
        Some((question.id, (question.label.clone(), cut(&storable(answer), LONGEST_ANSWER))))
    });
    let (questions, answers): (Vec<i32>, Vec<(String, String)>) = given.unzip();
    if answers.is_empty() {
        return Ok(Kept::Nothing);
    }
    let questions = Some(questions);
    let (kind, subject, offered) = (kind.id, String::new(), Vec::new());
    let (source, ready) = (None, false);
    let draft = Draft { name: key, user, opened_by, kind, subject, answers, questions, source, ready, offered };
    insert(app, acting, name, &draft, &asked).await?;
    Ok(Kept::Draft)
}

async fn insert(app: &App, acting: &Acting, name: &Origin, draft: &Draft, asked: &str) -> Result<(), Failure<Refusal>> {
    let (guild, now) = (acting.guild(), acting.now());
    let inserted = match store::insert_draft(&app.db, guild, draft, asked, now).await {
        Err(error) if crate::db::violates(&error, "ticket_draft_guild_id_type_id_fkey") => {
            kinds::store_first(&app.db, acting).await?;
            store::insert_draft(&app.db, guild, draft, asked, now).await?
        }
        inserted => inserted?,
    };
    match inserted || was_saved(app, acting, name, store::SAVE_DRAFT, asked).await? {
        true => Ok(()),
        false => Err(Refusal::NameTaken.into()),
    }
}

/// What a draft says, but for the entries that were offered instead: those change meanwhile.
pub(super) fn digest_of(draft: &Draft) -> String {
    let Draft { name: _, user, opened_by, kind, subject, answers, questions: _, source, ready, offered: _ } = draft;
    digest(&(user, opened_by, kind, subject, answers, source, ready))
}

/// Whether just what is `asked` was kept by a name before.
pub(super) async fn was_saved(
    app: &App,
    acting: &Acting,
    name: &Origin,
    deed: &str,
    asked: &str,
) -> Result<bool, Failure<Refusal>> {
    let kept: Option<String> = acting.by(name.clone()).find_answer(&app.db, deed).await?;
    Ok(kept.is_some_and(|kept| kept == asked))
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
    SWITCH.require_on(app, acting).await?;
    find_unguarded(app, acting, name).await.map(|(kind, user, draft, _)| (kind, user, draft))
}

/// The same, and whether the roles that the kind asks for are all gone.
async fn find_unguarded(
    app: &App,
    acting: &Acting,
    name: &Origin,
) -> Result<(Kind, Option<Id<UserMarker>>, Draft, bool), Failure<Refusal>> {
    let name = Name::of(acting, name).ok_or(Refusal::DraftGone)?;
    let found = store::find_draft(&app.db, acting.guild(), &name).await?;
    let own = |draft: &Draft| acting.user() == Some(draft.opened_by);
    let (draft, kind) = found.filter(|(draft, _)| own(draft)).ok_or(Refusal::DraftGone)?;
    let user = (draft.user != draft.opened_by).then_some(draft.user);
    let found = GuildKind { guild: acting.guild(), kind };
    let unguarded = open::could_open_unguarded(app, acting, &found, user).await?;
    Ok((found.kind, user, draft, unguarded))
}

/// Opens the ticket that was written, once, with what a door stores in the same transaction. The same origin that sends it once
/// more hears of the ticket again.
///
/// # Errors
/// It is gone, or sent, or it may not be opened any more.
pub async fn send<T>(
    app: &App,
    acting: &Acting,
    name: &Origin,
    along: impl AsyncFnOnce(&mut PgConnection, i32) -> Result<T, Failure<Refusal>>,
) -> Result<T, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let sent = Name::of(acting, name).ok_or(Refusal::DraftGone)?;
    let deed = format!("tickets.draft.send {}", sent.key());
    if let Some(number) = open::find_opened(&app.db, acting, &deed).await? {
        return open::tell_again(app, number, along).await;
    }
    let (kind, user, draft, unguarded) = find_unguarded(app, acting, name).await?;
    // What was refused is filled in again.
    if !draft.ready {
        return Err(Refusal::DraftGone.into());
    }
    let ready = Ready {
        kind: GuildKind { guild: acting.guild(), kind },
        sender: acting.sender(),
        user: draft.user,
        for_other: user.is_some(),
        // By which draft is known; what was given for it stands in that.
        asked: String::new(),
        about: draft.subject.clone(),
        subject: draft.subject,
        answers: draft.answers,
        source: draft.source,
        offered: draft.offered,
        read: Vec::new(),
        unguarded,
        spent: false,
    };
    let (guild, name) = (acting.guild(), draft.name);
    // However often it is sent, and by whatever: of two, one finds it gone.
    let use_up = async |tx: &mut PgConnection| match store::delete_draft(&mut *tx, guild, &name).await? {
        true => Ok(()),
        false => Err(Refusal::DraftGone.into()),
    };
    open::open_of(app, acting, &ready, &deed, use_up, along).await
}

/// An entry of the FAQ that was offered made a draft unnecessary; that is counted, by the same origin once for each draft.
///
/// # Errors
/// The draft is gone, or the entry, or it was not offered.
pub async fn answer(app: &App, acting: &Acting, name: &Origin, entry: i32) -> Result<Answered, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let user = acting.user().ok_or(Refusal::DraftGone)?;
    let name = Name::of(acting, name).ok_or(Refusal::DraftGone)?;
    let deed = format!("tickets.draft.answer {} {entry}", name.key());
    let answered = async {
        if app.knowledge.entry(acting.guild(), entry).await?.is_none() {
            return Err(Refusal::NoSuchEntry.into());
        }
        let mut tx = app.db.begin().await?;
        let is_answered = store::answer_draft(&mut *tx, acting.guild(), &name, user, entry, acting.now()).await?;
        if !is_answered {
            let found = store::find_draft(&mut *tx, acting.guild(), &name).await?;
            // Whoever has it still was offered others.
            return match found.filter(|(draft, _)| draft.opened_by == user) {
                Some(_) => Err(Refusal::NoSuchEntry.into()),
                None => Ok(None),
            };
        }
        if !acting.record_once(&mut *tx, &deed, &entry, None).await? {
            return Ok(None);
        }
        tx.commit().await?;
        Ok(Some(Answered))
    };
    let before = async { Ok(acting.has_done(&app.db, &deed).await?.then_some(Answered)) };
    answer_once(answered.await, Refusal::DraftGone, before).await
}
