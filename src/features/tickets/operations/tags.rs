//! Replies that the staff gives again and again: they are given, written and removed.

use std::ops::Deref;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use super::super::model::refusal::tags::Refusal;
use super::super::model::{CheckedTag, OPENING_PLACEHOLDERS, Tag, TagDraft, Ticket};
use super::super::settings::Settings;
use super::super::store::{self, By, NewTag};
use super::super::words;
use super::super::write::write_reply;
use super::{SWITCH, look, step};
use crate::acting::{Acting, Failure, Outcome, answer_once, digest};
use crate::app::App;
use crate::db::storable;
use crate::ui::Collision;
use crate::ui::limits::OPTIONS;

/// Replies of one guild.
pub const MAX_TAGS: i64 = 500;

/// A reply on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub body: String,
    /// How often it was given.
    pub uses: i32,
}

/// A reply that is given.
#[derive(Clone, Debug)]
pub struct Given {
    /// What it says, before anything is filled in.
    pub body: String,
    /// The ticket in which it is given, if it is one.
    pub ticket: Option<Ticket>,
}

/// A reply that was added or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written(pub Tag);

impl Deref for Written {
    type Target = Tag;

    fn deref(&self) -> &Tag {
        &self.0
    }
}

impl Outcome for Written {
    fn code(&self) -> &'static str {
        "written"
    }
}

impl Outcome for Given {
    fn code(&self) -> &'static str {
        "given"
    }
}

/// Checks that whoever acts gives and writes replies.
///
/// # Errors
/// They do not.
pub async fn require_staff(app: &App, acting: &Acting) -> Result<(), Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let works = look::works_tickets(app, acting).await;
    match works.map_err(|failure| failure.map(|_| Refusal::NotStaff))? {
        true => Ok(()),
        false => Err(Refusal::NotStaff.into()),
    }
}

async fn require_writer(app: &App, acting: &Acting) -> Result<(), Failure<Refusal>> {
    require_staff(app, acting).await.map_err(|failure| failure.map(|_| Refusal::MayNotWrite))
}

/// A reply by its name, whatever its case.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn find(app: &App, acting: &Acting, name: &str) -> Result<Tag, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_staff(app, acting).await?;
    Ok(store::find_tag(&app.db, acting.guild(), storable(name).trim()).await?.ok_or(Refusal::NoSuchTag)?)
}

/// All replies, those that are given most first.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn list(app: &App, acting: &Acting) -> Result<Vec<Listed>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_staff(app, acting).await?;
    let tags = store::list_tags(&app.db, acting.guild()).await?;
    Ok(tags.into_iter().map(|(name, body, uses)| Listed { name, body, uses }).collect())
}

/// Names of replies that contain what was typed.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn suggest(app: &App, acting: &Acting, typed: &str) -> Result<Vec<String>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_staff(app, acting).await?;
    let limit = i64::try_from(OPTIONS).unwrap_or(25);
    Ok(store::search_tags(&app.db, acting.guild(), storable(typed).trim(), limit).await?)
}

/// Gives a reply where whoever acts is, and counts it, of the same origin once; in a ticket it is the staff's answer. Who asks
/// once more hears what was said, whatever became of the reply.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn give(app: &App, acting: &Acting, name: &str) -> Result<Given, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_staff(app, acting).await?;
    let name = storable(name).trim().to_owned();
    // One request may give it in several places.
    let place = acting.channel().map(|channel| channel.to_string()).unwrap_or_default();
    let deed = format!("tickets.tag.give {} {place}", name.to_lowercase());
    let given = give_first(app, acting, &name, &deed).await;
    let before = async {
        let Some(StoredGiven { body, ticket }) = acting.find_answer(&app.db, &deed).await? else { return Ok(None) };
        let ticket = match ticket {
            Some(number) => store::find(&app.db, acting.guild(), By::Number(number)).await?,
            None => None,
        };
        require_staff_of(app, acting, ticket.as_ref()).await?;
        Ok(Some(Given { body, ticket }))
    };
    answer_once(given, Refusal::NoSuchTag, before).await
}

/// What is kept of a reply that was given: it may be gone, or another, when whoever gave it asks again.
#[derive(Serialize, Deserialize)]
struct StoredGiven {
    body: String,
    ticket: Option<i32>,
}

/// Gives a reply; nothing if this origin has given one of that name before.
async fn give_first(app: &App, acting: &Acting, name: &str, deed: &str) -> Result<Option<Given>, Failure<Refusal>> {
    let tag = store::find_tag(&app.db, acting.guild(), name).await?.ok_or(Refusal::NoSuchTag)?;
    let ticket = match acting.channel() {
        Some(channel) => store::find(&app.db, acting.guild(), By::Channel(channel)).await?,
        None => None,
    };
    require_staff_of(app, acting, ticket.as_ref()).await?;
    if ticket.is_none() {
        let named = OPENING_PLACEHOLDERS.iter().find(|name| tag.body.contains(&format!("{{{name}}}")));
        if let Some(placeholder) = named {
            return Err(Refusal::OnlyInTickets { placeholder }.into());
        }
    }
    let answer = StoredGiven { body: tag.body.clone(), ticket: ticket.as_ref().map(|ticket| ticket.number) };
    let answer = serde_json::to_value(answer)?;
    let is_given = write_reply(&app.db, acting, &tag, ticket.as_ref(), (deed, &answer)).await?;
    Ok(is_given.then_some(Given { body: tag.body, ticket }))
}

async fn require_staff_of(app: &App, acting: &Acting, ticket: Option<&Ticket>) -> Result<(), Failure<Refusal>> {
    let Some(ticket) = ticket else { return Ok(()) };
    let settings = app.settings.get::<Settings>(acting.guild()).await?;
    match step::standing(acting, ticket, &settings).staff {
        true => Ok(()),
        false => Err(Refusal::NoSuchTicket.into()),
    }
}

/// Adds a reply. The same origin adds the same once, and hears of it as it is then, or as it was if it is gone.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn add(app: &App, acting: &Acting, draft: &TagDraft) -> Result<Written, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_writer(app, acting).await?;
    let checked = draft.checked()?;
    let deed = format!("tickets.tag.add {}", digest(&(checked.name(), checked.body())));
    let added = add_first(app, acting, &checked, &deed).await;
    let before = async {
        let Some(id) = acting.find_answer(&app.db, &deed).await? else { return Ok(None) };
        let tag = store::find_tag_by_id(&app.db, acting.guild(), id).await?;
        Ok(Some(tag.unwrap_or_else(|| stored(id, &checked))))
    };
    answer_once(added, Refusal::Gone, before).await.map(Written)
}

fn stored(id: i64, checked: &CheckedTag) -> Tag {
    Tag { id, name: checked.name().to_owned(), body: checked.body().to_owned() }
}

/// Adds a reply; nothing if this origin has added it.
async fn add_first(
    app: &App,
    acting: &Acting,
    checked: &CheckedTag,
    deed: &str,
) -> Result<Option<Tag>, Failure<Refusal>> {
    let program = acting.program();
    let author = acting.user().unwrap_or(app.discord.own_user());
    let mut tx = app.db.begin().await?;
    // Of two who add one when there is room for one, one finds that there is no more.
    store::lock_new_tags(&mut *tx, acting.guild()).await?;
    let new = NewTag { tag: checked, author, program: program.as_ref(), now: acting.now() };
    let inserted = store::insert_tag(&mut *tx, acting.guild(), new, MAX_TAGS).await;
    let id = inserted.map_err(name_taken)?.ok_or(Refusal::TooMany { max: MAX_TAGS })?;
    // One that was removed since is not added again.
    if !acting.record_once(&mut *tx, deed, &id, None).await? {
        return Ok(None);
    }
    acting.record(&mut *tx, &words::setup::tag_written(acting, checked.name())).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(stored(id, checked)))
}

/// Changes a reply: `edit` makes of what is stored what is to be stored. Nobody else changes it meanwhile. The same origin
/// changes a reply into what is `asked` for once, and hears of it as it is then, or what it was called if it is gone.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn change(
    app: &App,
    acting: &Acting,
    id: i64,
    asked: &(impl Serialize + Sync),
    edit: impl FnOnce(&Tag) -> Result<TagDraft, Collision> + Send,
) -> Result<Written, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_writer(app, acting).await?;
    let deed = format!("tickets.tag.change {id} {}", digest(asked));
    let changed = change_first(app, acting, id, edit, &deed).await;
    let before = async {
        let Some(kept) = acting.find_answer::<Value>(&app.db, &deed).await? else { return Ok(None) };
        let tag = store::find_tag_by_id(&app.db, acting.guild(), id).await?;
        let gone = |kept: Kept| Tag { id, name: kept.name, body: String::new() };
        Ok(tag.or_else(|| serde_json::from_value(kept).ok().map(gone)))
    };
    answer_once(changed, Refusal::Gone, before).await.map(Written)
}

/// What is kept of a reply that was changed, for when it is gone. All of it would be much where programs change many.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
}

/// Changes a reply; nothing if this origin has changed it before.
async fn change_first(
    app: &App,
    acting: &Acting,
    id: i64,
    edit: impl FnOnce(&Tag) -> Result<TagDraft, Collision> + Send,
    deed: &str,
) -> Result<Option<Tag>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    let before = store::lock_tag(&mut *tx, acting.guild(), id).await?.ok_or(Refusal::Gone)?;
    let checked = edit(&before).map_err(Refusal::Collision)?.checked()?;
    let kept = Kept { name: checked.name().to_owned() };
    if !acting.record_once(&mut *tx, deed, &kept, None).await? {
        return Ok(None);
    }
    store::update_tag(&mut *tx, acting.guild(), id, &checked, acting.now()).await.map_err(name_taken)?;
    acting.record(&mut *tx, &words::setup::tag_written(acting, checked.name())).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(stored(id, &checked)))
}

/// A reply that was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Its number.
    pub id: i64,
    /// What it was called; the second time, as whoever acts calls it.
    pub name: String,
}

impl Outcome for Removed {
    fn code(&self) -> &'static str {
        "removed"
    }
}

/// Removes a reply for good. The same origin removes one of a name once, and hears of it again.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn remove(app: &App, acting: &Acting, name: &str) -> Result<Removed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_staff(app, acting).await?;
    let name = storable(name).trim().to_owned();
    let deed = format!("tickets.tag.remove {}", name.to_lowercase());
    let removed = remove_first(app, acting, &name, &deed).await;
    let before = async { Ok(acting.find_answer(&app.db, &deed).await?.map(|id| Removed { id, name })) };
    answer_once(removed, Refusal::NoSuchTag, before).await
}

/// Removes a reply; nothing if this origin has removed one of that name before.
async fn remove_first(app: &App, acting: &Acting, name: &str, deed: &str) -> Result<Option<Removed>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    let tag = store::find_tag(&mut *tx, acting.guild(), name).await?.ok_or(Refusal::NoSuchTag)?;
    if !acting.record_once(&mut *tx, deed, &tag.id, None).await? {
        return Ok(None);
    }
    if !store::delete_tag(&mut *tx, acting.guild(), tag.id).await? {
        return Err(Refusal::NoSuchTag.into());
    }
    acting.record(&mut *tx, &words::setup::tag_removed(acting, &tag.name)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(Removed { id: tag.id, name: tag.name }))
}

fn name_taken(error: sqlx::Error) -> Failure<Refusal> {
    match crate::db::violates(&error, "tag_lower_name") || crate::db::violates(&error, "tag_pkey") {
        true => Refusal::NameTaken.into(),
        false => error.into(),
    }
}
