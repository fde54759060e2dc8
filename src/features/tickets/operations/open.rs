//! Opening a ticket: who may, what was answered, what is offered instead, and the number.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use sqlx::{PgConnection, PgExecutor};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::super::model::answers::{self, Given};
use super::super::model::workflow::SUBJECT;
use super::super::model::{Before, Clipping, Kind, Refusal, Source, may_open};
use super::super::settings::Settings;
use super::super::store::{self, NewTicket};
use super::super::write::write_opening;
use super::super::{settle, vanished};
use super::need::Need;
use super::{SWITCH, kinds};
use crate::acting::{Acting, Failure, Outcome, Sender, digest};
use crate::app::App;
use crate::assist;
use crate::knowledge::find::Wanted;
use crate::knowledge::{Entry, index::Index, order::in_language_first};
use crate::operations;
use crate::ui::limits::cut;
use crate::words::Language;

/// Answers of the FAQ that are offered.
const OFFERS: usize = 3;

/// A ticket that somebody wants to open.
#[derive(Clone, Debug)]
pub struct Request {
    /// Of which kind.
    pub kind: GuildKind,
    /// For whom; nobody is whoever asks.
    pub user: Option<Id<UserMarker>>,
    pub asked: Asked,
}

/// A kind that was found in a guild: what is asked of one guild's is not answered by another's.
#[derive(Clone, Debug)]
pub struct GuildKind {
    pub(super) guild: Id<GuildMarker>,
    pub(super) kind: Kind,
}

impl GuildKind {
    pub fn kind(&self) -> &Kind {
        &self.kind
    }
}

/// The kinds of the guild of whoever acts.
///
/// # Errors
/// The database does not answer.
pub async fn list_kinds(app: &App, acting: &Acting) -> Result<Vec<GuildKind>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let guild = acting.guild();
    Ok(kinds::list_with_first(app, acting).await?.into_iter().map(|kind| GuildKind { guild, kind }).collect())
}

/// A kind of the guild of whoever acts.
///
/// # Errors
/// There is none of that number.
pub async fn find_kind(app: &App, acting: &Acting, kind: i32) -> Result<GuildKind, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let found = list_kinds(app, acting).await?.into_iter().find(|it| it.kind.id == kind);
    Ok(found.ok_or(Refusal::NoSuchKind)?)
}

/// How long somebody who has a ticket open waits until it is known whether its channel is still there.
const LOOK: Duration = Duration::from_millis(900);

/// What a ticket is about.
#[derive(Clone, Debug, Serialize)]
pub enum Asked {
    /// What was given for the questions of its kind, by their numbers.
    Questions(Vec<(i32, Given)>),
    /// A message takes the place of the questions.
    Message(Clipping),
}

/// A ticket that may be opened: what was written fits, and whoever asks may.
#[derive(Clone, Debug)]
pub struct Ready {
    pub(super) kind: GuildKind,
    /// By whom, and where, it may be opened.
    pub(super) sender: Sender,
    pub(super) user: Id<UserMarker>,
    /// Whether somebody else opens it for them.
    pub(super) for_other: bool,
    /// What was given for it, as a digest.
    pub(super) asked: String,
    pub(super) subject: String,
    /// All that the text says from which the subject is taken.
    pub(super) about: String,
    pub(super) answers: Vec<(String, String)>,
    pub(super) source: Option<Source>,
    /// Which entries of the FAQ were [`offer`]ed instead.
    pub(super) offered: Vec<i32>,
    /// Which they have read already, and ask all the same.
    pub(super) read: Vec<i32>,
    /// Whether the kind asks for roles of which none is left, so that it asks for none.
    pub(super) unguarded: bool,
    /// Whether the same origin has opened it before, so that it tells of that ticket and opens none.
    pub(super) spent: bool,
}

impl Ready {
    /// What was opened before: of what was written nothing is looked at any more.
    pub(super) fn spent(acting: &Acting, kind: GuildKind, user: Id<UserMarker>, asked: String) -> Ready {
        Ready {
            kind,
            sender: acting.sender(),
            user,
            for_other: false,
            asked,
            subject: String::new(),
            about: String::new(),
            answers: Vec::new(),
            source: None,
            offered: Vec::new(),
            read: Vec::new(),
            unguarded: false,
            spent: true,
        }
    }

    /// Lets nothing be [`offer`]ed that they have read already.
    pub fn has_read(&mut self, entries: Vec<i32>) {
        self.read = entries;
    }
}

/// Entries of the FAQ that may answer what a ticket is about, the best first.
pub struct Offered {
    pub entries: Vec<Entry>,
    pub index: Arc<Index>,
    /// What they were found by.
    pub subject: String,
}

/// A ticket that was opened, now or before by the same origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its number.
    pub number: i32,
}

impl Outcome for Opened {
    fn code(&self) -> &'static str {
        "opened"
    }
}

/// Whether somebody may open a ticket of a kind now, for `user` if it is not for themselves.
///
/// # Errors
/// Why they may not.
pub async fn could_open(
    app: &App,
    acting: &Acting,
    kind: &GuildKind,
    user: Option<Id<UserMarker>>,
) -> Result<(), Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    could_open_unguarded(app, acting, kind, user).await.map(|_| ())
}

/// The same, and whether the roles that the kind asks for are all gone. A kind that asked for them still would lock everybody
/// out, and nobody could tell the staff: so everybody may open it, and admins read of it.
pub(super) async fn could_open_unguarded(
    app: &App,
    acting: &Acting,
    kind: &GuildKind,
    user: Option<Id<UserMarker>>,
) -> Result<bool, Failure<Refusal>> {
    if kind.guild != acting.guild() {
        return Err(Refusal::NoSuchKind.into());
    }
    let staff = works_kind(app, acting, &kind.kind).await?;
    if let Some(user) = user.filter(|user| acting.user() != Some(*user)) {
        if !staff {
            return Err(Refusal::NotForOthers.into());
        }
        return match acting.find_member(app, user).await? {
            None => Err(Refusal::NotHere.into()),
            // It reads nothing, and answers nobody.
            Some(known) if known.is_bot => Err(Refusal::ForBot.into()),
            Some(_) => Ok(false),
        };
    }
    let person = acting.person().ok_or(Refusal::ForNobody)?;
    let (_, before) = store::find_before(&app.db, acting.guild(), person.member().id, kind.kind.id).await?;
    let (definition, roles) = (&kind.kind.definition, &person.member().roles);
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let mut may = may_open(definition, &before, roles, staff, &settings, acting.now());
    let unguarded = matches!(may, Err(Refusal::RoleRequired { .. }))
        && vanished::are_gone(app, acting.guild(), &definition.required_roles).await;
    if unguarded {
        may = may_open(&definition.without_required(), &before, roles, staff, &settings, acting.now());
    }
    if let Err(Refusal::AsManyAsAllowed { open }) = &may {
        // They read where it is; who has left and came back is let in there again. One whose channel is gone, which nobody has
        // looked for yet, keeps them from no other.
        let looking = settle::let_member_in_soon(app, acting.guild(), open.iter().map(|(number, _)| *number).collect());
        if let Ok(Ok(true)) = tokio::time::timeout(LOOK, looking).await {
            let (_, before) = store::find_before(&app.db, acting.guild(), person.member().id, kind.kind.id).await?;
            let guarded = if unguarded { definition.without_required() } else { definition.clone() };
            may = may_open(&guarded, &before, roles, staff, &settings, acting.now());
        }
    }
    may?;
    Ok(unguarded)
}

/// Whether whoever acts works tickets of this kind.
pub(super) async fn works_kind(app: &App, acting: &Acting, kind: &Kind) -> anyhow::Result<bool> {
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    Ok(acting.has_any(&kind.definition.staff(&settings)))
}

/// Checks what somebody wants to open. By the same origin by which it was opened it is checked no more: [`open`] answers
/// with that ticket.
///
/// # Errors
/// Why they may not, or what of it does not fit.
pub async fn prepare(app: &App, acting: &Acting, request: Request) -> Result<Ready, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let asked = digest(&request.asked);
    let (kind, user) = (request.kind.clone(), request.user.or(acting.user()));
    let refusal = match prepare_first(app, acting, request, asked.clone()).await {
        Err(Failure::Refused(refusal)) => refusal,
        prepared => return prepared,
    };
    if let Some(user) = user
        && find_opened(&app.db, acting, &deed_of(kind.kind.id, user, &asked)).await?.is_some()
    {
        return Ok(Ready::spent(acting, kind, user, asked));
    }
    Err(refusal.into())
}

async fn prepare_first(app: &App, acting: &Acting, request: Request, asked: String) -> Result<Ready, Failure<Refusal>> {
    let unguarded = could_open_unguarded(app, acting, &request.kind, request.user).await?;
    let kind = request.kind;
    let (about, answers, source) = match request.asked {
        Asked::Questions(given) => {
            let questions = &kind.kind.definition.questions;
            let answers = answers::read(questions, &given)?;
            let about = answers::subject(&answers).to_owned();
            (about, answers.into_iter().map(|(question, answer)| (question.label.clone(), answer)).collect(), None)
        }
        Asked::Message(clipping) => {
            let text = clipping.text().to_owned();
            let about = if text.is_empty() { clipping.subject().to_owned() } else { text.clone() };
            (about, vec![(answers::MESSAGE.to_owned(), text)], clipping.source().cloned())
        }
    };
    let (sender, by) = (acting.sender(), acting.user());
    let user = request.user.or(by).ok_or(Refusal::ForNobody)?;
    let subject = cut(about.trim().lines().next().unwrap_or_default(), SUBJECT);
    let (for_other, offered, read, spent) = (by != Some(user), Vec::new(), Vec::new(), false);
    Ok(Ready { kind, sender, user, for_other, asked, subject, about, answers, source, offered, read, unguarded, spent })
}

/// What was checked for somebody else is nothing to whoever acts.
pub(super) fn require_own(acting: &Acting, ready: &Ready) -> Result<(), Refusal> {
    if ready.sender == acting.sender() { Ok(()) } else { Err(Refusal::NoSuchKind) }
}

/// What the FAQ has to say about it, if it is to be asked first: who opens a ticket for somebody else knows the answers. Those
/// that are written in the language of whoever reads them come first. What is made of it remembers what was offered.
///
/// # Errors
/// The database does not answer.
pub async fn offer(
    app: &App,
    acting: &Acting,
    ready: &mut Ready,
    reader: Language,
) -> Result<Option<Offered>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_own(acting, ready)?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    if !settings.offer_answers || ready.for_other || !operations::knowledge::SWITCH.is_on(app, acting).await {
        return Ok(None);
    }
    let index = app.knowledge.index(acting.guild()).await?;
    let wanted = Wanted { text: &ready.about, is_for_people: true, entries: OFFERS, passages: 0 };
    let mut found = assist::find_known(app, acting.guild(), wanted).await?.entries;
    found.retain(|hit| hit.answers && !ready.read.contains(&hit.number));
    if found.is_empty() {
        return Ok(None);
    }
    let hits: Vec<i32> = found.iter().map(|hit| hit.number).collect();
    let entries = app.knowledge.entries(acting.guild(), &hits).await?;
    let entries = in_language_first(entries, &found, reader.code());
    ready.offered = entries.iter().map(|entry| entry.number).collect();
    Ok(Some(Offered { entries, index, subject: ready.about.clone() }))
}

/// Gives a ticket its number; its channel follows. Done once more by the same origin it opens no second of that kind for that
/// member, and answers with the number of the first.
///
/// # Errors
/// Why it may not be opened any more.
pub async fn open(app: &App, acting: &Acting, ready: &Ready) -> Result<Opened, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let number = open_with(app, acting, ready, async |_: &mut PgConnection, number| Ok(number)).await?;
    settle::after_answer(app, acting, number);
    Ok(Opened { number })
}

/// The same with what a door stores in the same transaction: a promise to tell where the channel is. Whoever keeps it
/// lets the channel follow. Where it was opened before, `along` is called with the number of that ticket.
///
/// # Errors
/// Those of [`open`], and those of `along`.
pub async fn open_with<T>(
    app: &App,
    acting: &Acting,
    ready: &Ready,
    along: impl AsyncFnOnce(&mut PgConnection, i32) -> Result<T, Failure<Refusal>>,
) -> Result<T, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let deed = deed_of(ready.kind.kind.id, ready.user, &ready.asked);
    open_of(app, acting, ready, &deed, async |_: &mut PgConnection| Ok(()), along).await
}

/// What is done by opening a ticket: by the same origin it is done once for whom it is, with what was given for it.
fn deed_of(kind: i32, user: Id<UserMarker>, asked: &str) -> String {
    format!("tickets.open {kind} {user} {asked}")
}

/// The same of something that is used up by it, in the same transaction: a draft, a message. Whoever finds it used up opens
/// nothing.
pub(super) async fn open_of<T>(
    app: &App,
    acting: &Acting,
    ready: &Ready,
    deed: &str,
    use_up: impl AsyncFnOnce(&mut PgConnection) -> Result<(), Failure<Refusal>>,
    along: impl AsyncFnOnce(&mut PgConnection, i32) -> Result<T, Failure<Refusal>>,
) -> Result<T, Failure<Refusal>> {
    require_own(acting, ready)?;
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    let answers = ready.answers.iter().map(|(_, answer)| answer.as_str());
    let written: Vec<&str> = std::iter::once(ready.about.as_str()).chain(answers).collect();
    let need = Need::of(app, acting, &written.join("\n")).await?;
    let mut tx = app.db.begin().await?;
    // From here on nobody else opens a ticket in this guild, so that what is looked at stays true.
    let number = store::next_number(&mut *tx, acting.guild()).await?;
    if let Some(number) = find_opened(&mut *tx, acting, deed).await? {
        tx.rollback().await?;
        return tell_again(app, number, along).await;
    }
    if ready.spent {
        return Err(Refusal::AddedBefore.into());
    }
    use_up(&mut tx).await?;
    let kind = still_opens(&mut tx, acting, ready, &settings).await?;
    let Ready { user, subject, answers, source, .. } = ready;
    let (origin, source) = (acting.deed_key(deed), source.as_ref());
    let new = NewTicket { user: *user, kind: kind.id, subject, answers, source, origin: origin.as_deref() };
    write_opening(&mut tx, acting, number, &kind, &new, ready.unguarded).await?;
    if let Some(need) = &need {
        need.raise(&mut tx, number, &settings).await?;
    }
    let done = along(&mut tx, number).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(done)
}

/// The kind as it is now, if the ticket may still be opened: it may have been removed or changed meanwhile, and so may who
/// works it.
async fn still_opens(
    tx: &mut PgConnection,
    acting: &Acting,
    ready: &Ready,
    settings: &Settings,
) -> Result<Kind, Failure<Refusal>> {
    let id = ready.kind.kind.id;
    let (mut kind, before): (Option<Kind>, Before) =
        store::find_before(&mut *tx, acting.guild(), ready.user, id).await?;
    if kind.is_none() {
        kinds::store_first(&mut *tx, acting).await?;
        kind = store::find_before(&mut *tx, acting.guild(), ready.user, id).await?.0;
    }
    let kind = kind.ok_or(Refusal::NoSuchKind)?;
    let staff = acting.has_any(&kind.definition.staff(settings));
    if !ready.for_other {
        let roles = acting.person().map_or(&[][..], |person| &person.member().roles);
        let as_looked_at = kind.definition.required_roles == ready.kind.kind.definition.required_roles;
        let asked = match ready.unguarded && as_looked_at {
            true => kind.definition.without_required(),
            false => kind.definition.clone(),
        };
        may_open(&asked, &before, roles, staff, settings, acting.now())?;
    } else if !staff {
        return Err(Refusal::NotForOthers.into());
    }
    Ok(kind)
}

/// The ticket that was opened when whoever acts did that by the same origin.
pub(super) async fn find_opened(
    db: impl PgExecutor<'_>,
    acting: &Acting,
    deed: &str,
) -> Result<Option<i32>, sqlx::Error> {
    match acting.deed_key(deed) {
        Some(origin) => store::find_opened_by(db, acting.guild(), &origin).await,
        None => Ok(None),
    }
}

/// What a door does along with a ticket that is opened, of one that was opened before.
pub(super) async fn tell_again<T>(
    app: &App,
    number: i32,
    along: impl AsyncFnOnce(&mut PgConnection, i32) -> Result<T, Failure<Refusal>>,
) -> Result<T, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    let done = along(&mut tx, number).await?;
    tx.commit().await?;
    Ok(done)
}
