//! Kinds of tickets: they are added, changed a part at a time, and removed.

use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, RoleMarker};

pub use super::super::model::refusal::kinds::Refusal;
use super::super::model::{CheckedKind, Definition, Kind, KindChange};
use super::super::{settle, store, words};
use crate::acting::{Acting, Failure, Lack};
use crate::app::App;
use crate::settings::System;
use crate::ui::custom_id::digest;

/// Kinds of tickets in a guild: as many as a menu shows.
pub const MAX_KINDS: usize = 25;

/// What it takes to open tickets in a category. A channel is made with what its members may do in it, for which Discord
/// wants Manage Permissions (`MANAGE_ROLES`) too.
pub const CATEGORY_NEEDS: Permissions =
    Permissions::VIEW_CHANNEL.union(Permissions::MANAGE_CHANNELS).union(Permissions::MANAGE_ROLES);

/// What it takes to open them as private threads of a channel.
pub const THREADS_NEED: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::CREATE_PRIVATE_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::MANAGE_THREADS);

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

/// The channel and the roles that a change may bring into a kind. They are checked before the kind is locked, since that may
/// take calls to Discord; a change that brings in others is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Where its tickets open.
    pub place: Option<Id<ChannelMarker>>,
    /// Who works it.
    pub staff: Vec<Id<RoleMarker>>,
    /// Who may open one, and who may not.
    pub others: Vec<Id<RoleMarker>>,
}

impl Named {
    /// What `definition` names.
    fn of(definition: &Definition) -> Named {
        Named {
            place: definition.place,
            staff: definition.staff_roles.clone(),
            others: [&definition.required_roles[..], &definition.blocked_roles].concat(),
        }
    }

    /// What `change` names.
    fn by(change: &KindChange) -> Named {
        match change {
            KindChange::People(people) => Named {
                place: people.place,
                staff: people.staff.clone(),
                others: [&people.required[..], &people.blocked].concat(),
            },
            _ => Named::default(),
        }
    }

    fn roles(&self) -> impl Iterator<Item = &Id<RoleMarker>> {
        self.staff.iter().chain(&self.others)
    }
}

/// A place for tickets where the bot can open them.
struct CheckedPlace {
    channel: Id<ChannelMarker>,
    /// Whether they are private threads there.
    in_threads: bool,
    /// What whoever acts may not do there themselves: they bring in no such place, and leave it where it is.
    lack: Option<Lack>,
}

/// The kinds of a guild, at least one: the first is made when somebody asks, with texts in the guild's language.
///
/// # Errors
/// The database does not answer.
pub async fn list(app: &App, guild: Id<GuildMarker>) -> anyhow::Result<Vec<Kind>> {
    let kinds = store::list_kinds(&app.db, guild).await?;
    if !kinds.is_empty() {
        return Ok(kinds);
    }
    let language = app.settings.get::<System>(guild).await?.language;
    let first = words::setup::usual_definition(language).checked(&words::setup::usual_name(language));
    let first = first.expect("a test has seen that the usual kind fits in every language");
    store::insert_kind(&app.db, guild, &first, None).await?;
    Ok(store::list_kinds(&app.db, guild).await?)
}

/// The kinds of a guild, for whoever sets them up.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn look(app: &App, acting: &Acting) -> Result<Vec<Kind>, Failure<Refusal>> {
    acting.require_admin()?;
    Ok(list(app, acting.guild).await?)
}

/// A kind as a number, by which [`remove`] sees whether it is still what somebody looked at.
pub fn looks(kind: &Kind) -> u32 {
    digest(&serde_json::to_string(&(&kind.name, &kind.definition)).expect("a kind has text keys and no failing parts"))
}

/// Adds a kind under the guild's next number. The same origin adds one once.
///
/// # Errors
/// A [`Refusal`], or the database or Discord does not answer.
pub async fn add(app: &App, acting: &Acting, name: &str, definition: Definition) -> Result<Kind, Failure<Refusal>> {
    acting.require_admin()?;
    let place = check(app, acting, &Named::of(&definition)).await?;
    if let Some(lack) = place.as_ref().and_then(|place| place.lack) {
        return Err(lack.into());
    }
    let in_threads = place.is_some_and(|place| place.in_threads);
    let checked = Definition { in_threads, ..definition }.checked(name)?;
    // Two who are the first to add one do so beside the one that is there before anybody does anything.
    list(app, acting.guild).await?;
    let origin = acting.origin.key();
    let mut tx = app.db.begin().await?;
    // Of two who add one when there is room for one, one finds that there is no more.
    store::lock_new_kinds(&mut *tx, acting.guild).await?;
    if let Some(kind) = store::find_kind_made(&mut *tx, acting.guild, origin.as_deref()).await? {
        return Ok(kind);
    }
    if store::list_kinds(&mut *tx, acting.guild).await?.len() >= MAX_KINDS {
        return Err(Refusal::TooMany { max: MAX_KINDS }.into());
    }
    let added = store::insert_kind(&mut *tx, acting.guild, &checked, origin.as_deref()).await?;
    let id = added.ok_or_else(|| Refusal::NameTaken { name: checked.name().to_owned() })?;
    acting.record(&mut *tx, &words::setup::kind_added(acting, checked.name())).await?;
    store::set_panels_stale(&mut *tx, acting.guild).await?;
    tx.commit().await?;
    told(app, acting);
    Ok(stored(id, &checked))
}

/// Changes a part of a kind, whatever it is now.
///
/// # Errors
/// A [`Refusal`], or the database or Discord does not answer.
pub async fn change(app: &App, acting: &Acting, id: i32, change: KindChange) -> Result<Changed, Failure<Refusal>> {
    let named = Named::by(&change);
    change_as(app, acting, id, &named, |_| Ok(change)).await
}

/// Changes a kind: `edit` makes of what is stored the part that is to be. Nobody else changes it meanwhile.
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
    acting.require_admin()?;
    let place = check(app, acting, named).await?;
    let mut tx = app.db.begin().await?;
    let before = store::lock_kind(&mut *tx, acting.guild, id).await?.ok_or(Refusal::NoSuchKind)?;
    let checked = edited(&before, edit(&before)?, named, place)?;
    match store::update_kind(&mut *tx, acting.guild, &before, &checked).await {
        Ok(()) => {}
        Err(error) if crate::db::violates(&error, "ticket_type_name") => {
            return Err(Refusal::NameTaken { name: checked.name().to_owned() }.into());
        }
        Err(error) => return Err(error.into()),
    }
    acting.record(&mut *tx, &words::setup::kind_changed(acting, checked.name())).await?;
    store::set_panels_stale(&mut *tx, acting.guild).await?;
    tx.commit().await?;
    told(app, acting);
    Ok(Changed { before, kind: stored(id, &checked) })
}

/// Removes a kind that still [`looks`] as it did; tickets that were opened as it keep it.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn remove(app: &App, acting: &Acting, id: i32, looked: u32) -> Result<Removed, Failure<Refusal>> {
    acting.require_admin()?;
    let mut tx = app.db.begin().await?;
    // Of two admins who take the last two away, one finds that only one is left.
    let mut kinds = store::lock_kinds(&mut *tx, acting.guild).await?;
    let at = kinds.iter().position(|kind| kind.id == id).ok_or(Refusal::NoSuchKind)?;
    if kinds.len() == 1 {
        return Err(Refusal::OnlyOne.into());
    }
    let kind = kinds.remove(at);
    if looks(&kind) != looked {
        return Err(Refusal::Changed { now: Box::new(kind) }.into());
    }
    if !store::remove_kind(&mut *tx, acting.guild, id, acting.now).await? {
        return Err(Refusal::NoSuchKind.into());
    }
    acting.record(&mut *tx, &words::setup::kind_removed(acting, &kind.name)).await?;
    store::set_panels_stale(&mut *tx, acting.guild).await?;
    tx.commit().await?;
    told(app, acting);
    Ok(Removed { kind, left: kinds })
}

/// A kind with a part changed, if it may be stored and brings in nothing that nobody has checked.
fn edited(
    before: &Kind,
    change: KindChange,
    named: &Named,
    place: Option<CheckedPlace>,
) -> Result<CheckedKind, Failure<Refusal>> {
    let (name, mut definition) = before.with(change).ok_or(Refusal::NoSuchQuestion)?;
    let was = &before.definition;
    match (definition.place, place) {
        // Of which kind it is, is known of what is brought in; of what somebody else has chosen meanwhile it is stored.
        (Some(chosen), Some(checked)) if chosen == checked.channel => {
            if let Some(lack) = checked.lack.filter(|_| was.place != Some(chosen)) {
                return Err(lack.into());
            }
            definition.in_threads = checked.in_threads;
        }
        (Some(chosen), _) if was.place != Some(chosen) => return Err(Lack::Unknown { channel: chosen }.into()),
        _ => {}
    }
    let known = |role: &&Id<RoleMarker>, staff: bool| match staff {
        true => was.staff_roles.contains(role) || named.staff.contains(role),
        false => {
            was.required_roles.contains(role) || was.blocked_roles.contains(role) || named.roles().any(|it| it == *role)
        }
    };
    let staff = definition.staff_roles.iter().find(|role| !known(role, true));
    let mut others = definition.required_roles.iter().chain(&definition.blocked_roles);
    if let Some(role) = staff.or_else(|| others.find(|role| !known(role, false))) {
        return Err(Refusal::UnknownRole { role: *role }.into());
    }
    Ok(definition.checked(&name)?)
}

/// Checks that a channel and roles are of the guild, and that the bot may do there what tickets need.
async fn check(app: &App, acting: &Acting, named: &Named) -> Result<Option<CheckedPlace>, Failure<Refusal>> {
    let mut checked = None;
    if let Some(channel) = named.place {
        let place = acting.place(app, channel).await??;
        let in_threads = match place.kind {
            Some(ChannelType::GuildText) => true,
            Some(ChannelType::GuildCategory) => false,
            _ => return Err(Refusal::WrongPlace { channel }.into()),
        };
        let needs = if in_threads { THREADS_NEED } else { CATEGORY_NEEDS };
        place.require_bot(needs)?;
        checked = Some(CheckedPlace { channel, in_threads, lack: place.require_both(needs).err() });
    }
    for role in named.roles() {
        if acting.role(app, *role).await?.is_none() {
            return Err(Refusal::UnknownRole { role: *role }.into());
        }
    }
    // @everyone has the guild's id.
    match named.staff.contains(&acting.guild.cast()) {
        true => Err(Refusal::StaffIsEverybody.into()),
        false => Ok(checked),
    }
}

fn stored(id: i32, checked: &CheckedKind) -> Kind {
    Kind { id, name: checked.name().to_owned(), definition: checked.definition().clone() }
}

/// What follows a change: panels show it, and the log channel says it.
fn told(app: &App, acting: &Acting) {
    acting.post_log(app);
    settle::panels::refresh_after_answer(app, acting);
}
