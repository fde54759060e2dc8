//! Kinds of tickets: they are added, changed a part at a time, and removed.

mod named;

use std::ops::Deref;
use std::time::Duration;

use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::RoleMarker;

pub use super::super::model::refusal::kinds::Refusal;
use super::super::model::{CheckedKind, Definition, Kind, KindChange};
use super::super::{settle, store, words};
use super::SWITCH;
use crate::acting::{Acting, Failure, Outcome, answer_once};
use crate::app::App;
use crate::db::storable;
use crate::ui::custom_id::digest;
pub use named::Named;
use named::{check, edited};

/// Kinds of tickets in a guild: as many as a menu shows.
pub const MAX_KINDS: usize = 25;

/// A kind that was changed.
#[derive(Clone, Debug)]
pub struct Changed {
    /// What it was.
    pub before: Kind,
    /// What it is now.
    pub kind: Kind,
}

/// A kind that was removed, and those that are left.
#[derive(Clone, Debug)]
pub struct Removed {
    /// What it was.
    pub kind: Kind,
    /// The others.
    pub left: Vec<Kind>,
}

/// A kind that was added.
#[derive(Clone, Debug, PartialEq)]
pub struct Added(pub Kind);

impl Deref for Added {
    type Target = Kind;

    fn deref(&self) -> &Kind {
        &self.0
    }
}

impl Outcome for Added {
    fn code(&self) -> &'static str {
        "added"
    }
}

impl Outcome for Changed {
    fn code(&self) -> &'static str {
        "changed"
    }
}

impl Outcome for Removed {
    fn code(&self) -> &'static str {
        "removed"
    }
}

/// The number of the kind with which every guild begins.
const FIRST: i32 = 1;

/// The kinds of a guild, at least one: where there is none yet, the one with which it begins, which [`store_first`] stores when
/// somebody does something with it. Who only looks writes nothing.
pub(super) async fn list_with_first(app: &App, acting: &Acting) -> anyhow::Result<Vec<Kind>> {
    let kinds = store::list_kinds(&app.db, acting.guild()).await?;
    match kinds.is_empty() {
        true => Ok(vec![stored(FIRST, &first())]),
        false => Ok(kinds.iter().map(Kind::as_stored).collect()),
    }
}

/// Stores the kind with which a guild begins, if it has none: for whoever is about to refer to it.
pub(super) async fn store_first(db: impl PgExecutor<'_>, acting: &Acting) -> Result<(), sqlx::Error> {
    store::insert_first_kind(db, acting.guild(), FIRST, &first()).await
}

/// The kind with which a guild begins: what it says is the usual, in whatever language somebody reads it.
fn first() -> CheckedKind {
    words::usual::usual_definition().checked(words::usual::usual_name()).expect("a test has seen that it fits")
}

/// The kinds of a guild, for whoever sets them up.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn look(app: &App, acting: &Acting) -> Result<Vec<Kind>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    Ok(list_with_first(app, acting).await?)
}

/// Which roles that work kinds of tickets hear nothing of one: they are not for everybody to mention, and the bot may not mention
/// all where these tickets are. What the settings say is looked at there; what Discord does not say soon is left out.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn unheard(app: &App, acting: &Acting) -> Result<Vec<(i32, Id<RoleMarker>)>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let kinds = store::list_kinds(&app.db, acting.guild()).await?;
    let mut found = Vec::new();
    let looking = async {
        for kind in &kinds {
            let definition = &kind.definition;
            let channel = definition.place.filter(|_| definition.in_threads);
            for role in &definition.staff_roles {
                if let Ok(true) = acting.is_unheard(app, *role, channel).await {
                    found.push((kind.id, *role));
                }
            }
        }
    };
    // What was found by then is told.
    let _ = tokio::time::timeout(LOOK, looking).await;
    Ok(found)
}

/// How long is looked for roles that hear nothing.
const LOOK: Duration = Duration::from_millis(900);

/// A kind as a number, by which [`remove`] sees whether it is still what somebody looked at.
pub fn looks(kind: &Kind) -> u32 {
    let kind = kind.as_stored();
    digest(&serde_json::to_string(&(&kind.name, &kind.definition)).expect("a kind has text keys and no failing parts"))
}

/// Adds a kind under the guild's next number. The same origin adds the same once, and hears of it as it is then.
///
/// # Errors
/// A [`Refusal`], or the database or Discord does not answer.
pub async fn add(app: &App, acting: &Acting, name: &str, definition: Definition) -> Result<Added, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let deed = format!("tickets.kind.add {}", crate::acting::digest(&(storable(name).trim(), &definition)));
    let added = add_first(app, acting, name, definition, &deed).await;
    answer_once(added, Refusal::NoSuchKind, find_done(app, acting, &deed)).await.map(Added)
}

/// Adds a kind; nothing if this origin has added it.
async fn add_first(
    app: &App,
    acting: &Acting,
    name: &str,
    definition: Definition,
    deed: &str,
) -> Result<Option<Kind>, Failure<Refusal>> {
    let named = Named::of(&definition);
    let checked = check(app, acting, &named).await?;
    if named.emoji.is_some() && !checked.emoji {
        return Err(Refusal::UnknownEmoji.into());
    }
    let place = checked.place;
    if let Some(lack) = place.as_ref().and_then(|place| place.lack) {
        return Err(lack.into());
    }
    if place.as_ref().is_some_and(|place| place.is_unseen_by(&definition.required_roles)) {
        return Err(Refusal::UnseenPlace.into());
    }
    let in_threads = place.is_some_and(|place| place.in_threads);
    let language = acting.writes_in().code().to_owned();
    let checked = Definition { in_threads, language, ..definition }.checked(name)?;
    let mut tx = app.db.begin().await?;
    // Of two who add one when there is room for one, one finds that there is no more.
    store::lock_new_kinds(&mut *tx, acting.guild()).await?;
    // It comes beside the one that is there before anybody does anything.
    store_first(&mut *tx, acting).await?;
    let known = store::list_kinds(&mut *tx, acting.guild()).await?;
    if known.len() >= MAX_KINDS {
        return Err(Refusal::TooMany { max: MAX_KINDS }.into());
    }
    require_name(&known, None, checked.name())?;
    let added = store::insert_kind(&mut *tx, acting.guild(), &checked).await?;
    let id = added.ok_or_else(|| Refusal::NameTaken { name: checked.name().to_owned() })?;
    if !acting.record_once(&mut *tx, deed, &id, None).await? {
        return Ok(None);
    }
    let kind = stored(id, &checked);
    acting.record(&mut *tx, &words::setup::kind_added(acting, &kind)).await?;
    store::set_panels_stale(&mut *tx, acting.guild()).await?;
    tx.commit().await?;
    show_and_log(app, acting);
    Ok(Some(kind))
}

/// Refuses a name by which somebody reads another kind that nobody has named; of all others the index knows.
fn require_name(known: &[Kind], but: Option<i32>, name: &str) -> Result<(), Refusal> {
    let mut others = known.iter().filter(|kind| Some(kind.id) != but);
    match words::usual::is_usual_name(name) && others.any(words::usual::has_no_name_of_its_own) {
        true => Err(Refusal::NameTaken { name: name.to_owned() }),
        false => Ok(()),
    }
}

/// Changes a part of a kind, whatever it is now. The same origin changes a part of a kind into the same once.
///
/// # Errors
/// A [`Refusal`], or the database or Discord does not answer.
pub async fn change(app: &App, acting: &Acting, id: i32, change: KindChange) -> Result<Changed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let named = Named::by(&change);
    change_as(app, acting, id, &named, |_| Ok(change)).await
}

/// Changes a kind: `edit` makes of what is stored the part that is to be. Nobody else changes it meanwhile. The same origin
/// changes a kind into what `named` says is asked for once, and hears of it as it is then.
///
/// # Errors
/// A [`Refusal`], or the database or Discord does not answer.
pub async fn change_as(
    app: &App,
    acting: &Acting,
    id: i32,
    named: &Named,
    edit: impl FnOnce(&Kind) -> Result<KindChange, Refusal> + Send,
) -> Result<Changed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let deed = format!("tickets.kind.change {id} {}", named.asked);
    let changed = change_first(app, acting, id, named, edit, &deed).await;
    let before = async {
        let kind = find_done(app, acting, &deed).await?;
        Ok(kind.map(|kind| Changed { before: kind.clone(), kind }))
    };
    answer_once(changed, Refusal::NoSuchKind, before).await
}

/// Changes a kind; nothing if this origin has changed it before.
async fn change_first(
    app: &App,
    acting: &Acting,
    id: i32,
    named: &Named,
    edit: impl FnOnce(&Kind) -> Result<KindChange, Refusal> + Send,
    deed: &str,
) -> Result<Option<Changed>, Failure<Refusal>> {
    let known = check(app, acting, named).await?;
    let mut tx = app.db.begin().await?;
    // What was changed before may not be so that it could be changed like that again.
    if !acting.record_once(&mut *tx, deed, &id, None).await? {
        return Ok(None);
    }
    let mut before = store::lock_kind(&mut *tx, acting.guild(), id).await?;
    if before.is_none() {
        store_first(&mut *tx, acting).await?;
        before = store::lock_kind(&mut *tx, acting.guild(), id).await?;
    }
    let before = before.ok_or(Refusal::NoSuchKind)?;
    // Texts that older versions wrote in the language of the guild go on being nobody's when another is changed.
    let unwritten = before.as_stored();
    let change = edit(&unwritten)?;
    let spoken = change.writes().then_some(acting.writes_in());
    let checked = edited(&unwritten, change, named, known, spoken)?;
    if checked.name() != unwritten.name && words::usual::is_usual_name(checked.name()) {
        require_name(&store::list_kinds(&mut *tx, acting.guild()).await?, Some(id), checked.name())?;
    }
    match store::update_kind(&mut *tx, acting.guild(), &before, &checked).await {
        Ok(()) => {}
        Err(error) if crate::db::violates(&error, "ticket_type_name") => {
            return Err(Refusal::NameTaken { name: checked.name().to_owned() }.into());
        }
        Err(error) => return Err(error.into()),
    }
    let kind = stored(id, &checked);
    acting.record(&mut *tx, &words::setup::kind_changed(acting, &kind)).await?;
    store::set_panels_stale(&mut *tx, acting.guild()).await?;
    tx.commit().await?;
    show_and_log(app, acting);
    Ok(Some(Changed { before, kind }))
}

/// Removes a kind that still [`looks`] as it did; tickets that were opened as it keep it. The same origin removes a kind once,
/// and hears of it again.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn remove(app: &App, acting: &Acting, id: i32, looked: u32) -> Result<Removed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let deed = format!("tickets.kind.remove {id}");
    let removed = remove_first(app, acting, id, looked, &deed).await;
    let before = async {
        let Some(kind) = find_done(app, acting, &deed).await? else { return Ok(None) };
        Ok(Some(Removed { kind, left: store::list_kinds(&app.db, acting.guild()).await? }))
    };
    answer_once(removed, Refusal::NoSuchKind, before).await
}

/// Removes a kind; nothing if this origin has removed it before.
async fn remove_first(
    app: &App,
    acting: &Acting,
    id: i32,
    looked: u32,
    deed: &str,
) -> Result<Option<Removed>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    if !acting.record_once(&mut *tx, deed, &id, None).await? {
        return Ok(None);
    }
    // Of two admins who take the last two away, one finds that only one is left.
    let mut kinds = store::lock_kinds(&mut *tx, acting.guild()).await?;
    if kinds.is_empty() && id == FIRST {
        return Err(Refusal::OnlyOne.into());
    }
    let at = kinds.iter().position(|kind| kind.id == id).ok_or(Refusal::NoSuchKind)?;
    if kinds.len() == 1 {
        return Err(Refusal::OnlyOne.into());
    }
    let kind = kinds.remove(at);
    if looks(&kind) != looked {
        return Err(Refusal::Changed { now: Box::new(kind) }.into());
    }
    if !store::remove_kind(&mut *tx, acting.guild(), id, acting.now()).await? {
        return Err(Refusal::NoSuchKind.into());
    }
    acting.record(&mut *tx, &words::setup::kind_removed(acting, &kind)).await?;
    store::set_panels_stale(&mut *tx, acting.guild()).await?;
    tx.commit().await?;
    show_and_log(app, acting);
    Ok(Some(Removed { kind, left: kinds }))
}

/// The kind to which this origin has done that before, as it is now or was when it was removed.
async fn find_done(app: &App, acting: &Acting, deed: &str) -> Result<Option<Kind>, Failure<Refusal>> {
    let Some(id) = acting.find_answer::<i32>(&app.db, deed).await? else { return Ok(None) };
    let kinds = store::list_all_kinds(&app.db, acting.guild()).await?;
    Ok(kinds.into_iter().find(|kind| kind.id == id))
}

fn stored(id: i32, checked: &CheckedKind) -> Kind {
    Kind { id, name: checked.name().to_owned(), definition: checked.definition().clone() }
}

/// What follows a change: panels show it, and the log channel says it.
fn show_and_log(app: &App, acting: &Acting) {
    acting.post_log(app);
    settle::panels::refresh_after_answer(app, acting);
}
