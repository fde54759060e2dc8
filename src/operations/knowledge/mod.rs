//! What is done to a guild's FAQ, by whatever door: entries are added, changed, removed, pinned and imported, and
//! synonyms set.

mod look;
mod report;
pub mod words;

use serde::{Deserialize, Serialize};

use crate::acting::{self, Acting, Failure, NotAdmin, Outcome, Switch, answer_once, digest, refused_as};
use crate::app::App;
use crate::knowledge::{self, CheckedDraft, CheckedSynonyms, Draft, Entry, Import, Misfit, TitleTaken};
use crate::ui::Collision;
pub use look::{Found, find, list, search};
pub use report::{Report, duplicates, report, uses};

/// The switch of the feature that all of this is of; its settings are known where it is.
pub const SWITCH: Switch = Switch::named("faq");

/// An entry that was stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// Its number.
    pub number: i32,
    /// What it says now.
    pub draft: Draft,
}

impl Outcome for Stored {
    fn code(&self) -> &'static str {
        "stored"
    }
}

/// An entry that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// What was its number.
    pub number: i32,
    /// What was its question.
    pub title: String,
}

impl Outcome for Removed {
    fn code(&self) -> &'static str {
        "removed"
    }
}

/// What becomes of an entry's place in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pin {
    /// It leads every list.
    On,
    /// It does not.
    Off,
    /// Whichever of both it is not.
    Toggle,
}

impl Pin {
    /// As deeds are called; it never changes.
    fn name(self) -> &'static str {
        match self {
            Pin::On => "on",
            Pin::Off => "off",
            Pin::Toggle => "toggle",
        }
    }
}

/// An entry that was pinned or unpinned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// Its number.
    pub number: i32,
    /// Its question.
    pub title: String,
    /// Whether it leads every list now.
    pub pinned: bool,
    /// Whether it did not before, or the other way round.
    pub changed: bool,
}

impl Outcome for Pinned {
    fn code(&self) -> &'static str {
        if self.pinned { "pinned" } else { "unpinned" }
    }
}

/// Synonyms as they are now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynonymsSet {
    /// How many groups there are.
    pub groups: usize,
    /// Whether they are others than before.
    pub changed: bool,
}

impl Outcome for SynonymsSet {
    fn code(&self) -> &'static str {
        if self.changed { "synonyms_set" } else { "synonyms_unchanged" }
    }
}

/// What importing entries comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// What became of each, in their order.
    pub entries: Vec<Import>,
    /// Whether nothing was changed, and this is what would become of them.
    pub dry_run: bool,
}

impl Outcome for Imported {
    fn code(&self) -> &'static str {
        if self.dry_run { "would_be_imported" } else { "imported" }
    }
}

/// So many entries a guild may have: they are all in memory where somebody searches, and a program adds them faster than people.
pub const MAX_ENTRIES: i64 = 10_000;

/// Why the FAQ stays as it is.
#[derive(Debug, PartialEq)]
pub enum Refusal {
    /// Only admins change it.
    NotAdmin,
    /// There is no entry of that number in this guild.
    NoSuchEntry,
    /// What should be stored cannot be.
    Unfit(Misfit),
    /// The guild has as many entries as it may.
    TooManyEntries {
        /// How many that are.
        max: i64,
    },
    /// Another entry has the same question.
    TitleTaken {
        /// Which, unless it is gone by now.
        holder: Option<i32>,
    },
    /// Somebody else has changed the same meanwhile.
    Collision(Collision),
    /// It is another than it was when somebody looked at it.
    Changed {
        /// What it is now.
        now: Box<Entry>,
    },
    /// So much was searched before it was counted, or changed at once, that nobody waits until it is.
    BeingCounted,
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotAdmin => NotAdmin.code(),
            Refusal::NoSuchEntry => "no_such_entry",
            Refusal::Unfit(Misfit::NoTitle) => "no_title",
            Refusal::Unfit(Misfit::NoAnswer) => "no_answer",
            Refusal::Unfit(Misfit::TooLong { .. }) => "too_long",
            Refusal::Unfit(Misfit::TitleOfSeveralLines) => "title_of_several_lines",
            Refusal::Unfit(Misfit::TooManyKeywords) => "too_many_keywords",
            Refusal::Unfit(Misfit::SourceIsNoAddress) => "source_is_no_address",
            Refusal::Unfit(Misfit::TooManySynonyms) => "too_many_synonyms",
            Refusal::TooManyEntries { .. } => "too_many_entries",
            Refusal::TitleTaken { .. } => "title_taken",
            Refusal::Collision(_) => "collision",
            Refusal::Changed { .. } => "changed_meanwhile",
            Refusal::BeingCounted => "being_counted",
        }
    }
}

refused_as!(Refusal, NotAdmin => |_| Refusal::NotAdmin, Misfit => Refusal::Unfit);

/// Which words mean the same in the guild, besides those that do everywhere.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn synonyms(app: &App, acting: &Acting) -> Result<Vec<Vec<String>>, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    Ok(app.knowledge.synonyms(acting.guild()).await?)
}

/// Adds an entry under the guild's next number. The same origin adds the same once, and is answered what it says by now.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn add(app: &App, acting: &Acting, draft: Draft) -> Result<Stored, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let draft = draft.checked()?;
    let deed = format!("faq.add {}", digest(draft.draft()));
    let added = add_new(app, acting, &draft, &deed).await;
    let before = async {
        let Some(number) = acting.find_answer(&app.db, &deed).await? else { return Ok(None) };
        // It is answered as it is now; of what is gone what was asked for is as good as any.
        let entry = app.knowledge.entry(acting.guild(), number).await?;
        Ok(Some(Stored { number, draft: entry.map_or_else(|| draft.draft().clone(), |entry| entry.draft) }))
    };
    answer_once(added, Refusal::NoSuchEntry, before).await
}

async fn add_new(
    app: &App,
    acting: &Acting,
    draft: &CheckedDraft,
    deed: &str,
) -> Result<Option<Stored>, Failure<Refusal>> {
    require_room(count_entries(app, acting).await? + 1)?;
    let mut tx = app.db.begin().await?;
    let added = knowledge::add(&mut tx, acting.guild(), draft, acting.user(), acting.now()).await?;
    let Ok(number) = added else {
        tx.rollback().await?;
        return Err(title_taken(app, acting, draft).await?.into());
    };
    let entry = words::added(acting, number, &draft.draft().title);
    if !acting.record_once(&mut *tx, deed, &number, Some(&entry)).await? {
        return Ok(None);
    }
    tx.commit().await?;
    acting.post_log(app);
    app.knowledge.changed(acting.guild()).await;
    Ok(Some(Stored { number, draft: draft.draft().clone() }))
}

/// Changes what an entry says: `edit` makes of what is stored what is to be stored. Nobody else changes it meanwhile. The same
/// origin changes it into what is `asked` for once, and is answered what it says by now, or what it was called if it is gone.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn change(
    app: &App,
    acting: &Acting,
    number: i32,
    asked: &(impl Serialize + Sync),
    edit: impl FnOnce(&Draft) -> Result<Draft, Collision> + Send,
) -> Result<Stored, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let deed = format!("faq.change {number} {}", digest(asked));
    let edit = |stored: &Entry| edit(&stored.draft).map_err(Refusal::Collision);
    let changed = change_entry(app, acting, number, &deed, edit).await;
    answer_once(changed, Refusal::NoSuchEntry, find_changed(app, acting, number, &deed)).await
}

/// Lets an entry say something else, as it was when somebody looked at it. The same origin does so once, and is answered what
/// it says by now, or what it was called if it is gone.
///
/// # Errors
/// A [`Refusal`], [`Refusal::Changed`] if it has another revision, or the database does not answer.
pub async fn replace(
    app: &App,
    acting: &Acting,
    number: i32,
    revision: i32,
    draft: Draft,
) -> Result<Stored, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let deed = format!("faq.replace {number} {}", digest(&draft));
    let edit = |stored: &Entry| match stored.revision == revision {
        true => Ok(draft),
        false => Err(Refusal::Changed { now: Box::new(stored.clone()) }),
    };
    let changed = change_entry(app, acting, number, &deed, edit).await;
    answer_once(changed, Refusal::NoSuchEntry, find_changed(app, acting, number, &deed)).await
}

/// What is kept of an entry that was changed, for when it is gone. All of it would be much where programs change many.
#[derive(Serialize, Deserialize)]
struct Kept {
    title: String,
}

/// What the same origin has changed before.
async fn find_changed(app: &App, acting: &Acting, number: i32, deed: &str) -> Result<Option<Stored>, Failure<Refusal>> {
    let Some(Kept { title }) = acting.find_answer(&app.db, deed).await? else { return Ok(None) };
    let entry = app.knowledge.entry(acting.guild(), number).await?;
    let draft = entry.map_or_else(|| Draft { title, ..Draft::default() }, |entry| entry.draft);
    Ok(Some(Stored { number, draft }))
}

async fn change_entry(
    app: &App,
    acting: &Acting,
    number: i32,
    deed: &str,
    edit: impl FnOnce(&Entry) -> Result<Draft, Refusal> + Send,
) -> Result<Option<Stored>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    let entry = knowledge::lock(&mut tx, acting.guild(), number).await?.ok_or(Refusal::NoSuchEntry)?;
    let draft = edit(&entry)?.checked()?;
    if knowledge::edit(&mut tx, acting.guild(), number, &draft, acting.now()).await? == Err(TitleTaken) {
        tx.rollback().await?;
        return Err(title_taken(app, acting, &draft).await?.into());
    }
    let entry = words::changed(acting, number, &draft.draft().title);
    let stored = Stored { number, draft: draft.draft().clone() };
    let kept = Kept { title: stored.draft.title.clone() };
    if !acting.record_once(&mut *tx, deed, &kept, Some(&entry)).await? {
        return Ok(None);
    }
    tx.commit().await?;
    acting.post_log(app);
    app.knowledge.changed(acting.guild()).await;
    Ok(Some(stored))
}

/// Removes an entry for good, as it was when somebody looked at it. The same origin is answered the same, when it is gone.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn remove(app: &App, acting: &Acting, number: i32, revision: i32) -> Result<Removed, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let deed = format!("faq.remove {number}");
    let removed = remove_entry(app, acting, number, revision, &deed).await;
    let before = async { Ok(acting.find_answer(&app.db, &deed).await?) };
    answer_once(removed, Refusal::NoSuchEntry, before).await
}

async fn remove_entry(
    app: &App,
    acting: &Acting,
    number: i32,
    revision: i32,
    deed: &str,
) -> Result<Option<Removed>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    let Some(title) = knowledge::remove(&mut tx, acting.guild(), number, revision).await? else {
        tx.rollback().await?;
        let now = app.knowledge.entry(acting.guild(), number).await?.ok_or(Refusal::NoSuchEntry)?;
        return Err(Refusal::Changed { now: Box::new(now) }.into());
    };
    let removed = Removed { number, title };
    let entry = words::removed(acting, number, &removed.title);
    if !acting.record_once(&mut *tx, deed, &removed, Some(&entry)).await? {
        return Ok(None);
    }
    tx.commit().await?;
    acting.post_log(app);
    app.knowledge.changed(acting.guild()).await;
    Ok(Some(removed))
}

/// Pins an entry to the top of every list, or unpins it. The same origin does so once
/// each way, whatever others have done since.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn pin(app: &App, acting: &Acting, number: i32, wanted: Pin) -> Result<Pinned, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let deed = format!("faq.pin {number} {}", wanted.name());
    let pinned = pin_entry(app, acting, number, wanted, &deed).await;
    let before = async { Ok(acting.find_answer(&app.db, &deed).await?) };
    answer_once(pinned, Refusal::NoSuchEntry, before).await
}

async fn pin_entry(
    app: &App,
    acting: &Acting,
    number: i32,
    wanted: Pin,
    deed: &str,
) -> Result<Option<Pinned>, Failure<Refusal>> {
    let wanted = match wanted {
        Pin::On => Some(true),
        Pin::Off => Some(false),
        Pin::Toggle => None,
    };
    let mut tx = app.db.begin().await?;
    let pinned = knowledge::pin(&mut tx, acting.guild(), number, wanted).await?.ok_or(Refusal::NoSuchEntry)?;
    let knowledge::Pinned { title, pinned, changed } = pinned;
    let pinned = Pinned { number, title, pinned, changed };
    let entry = changed.then(|| words::pinned(acting, number, &pinned.title, pinned.pinned));
    if !acting.record_once(&mut *tx, deed, &pinned, entry.as_ref()).await? {
        return Ok(None);
    }
    tx.commit().await?;
    if changed {
        acting.post_log(app);
        app.knowledge.changed(acting.guild()).await;
    }
    Ok(Some(pinned))
}

/// Sets which words mean the same: `edit` makes of the stored groups those to be stored. Nobody else changes them
/// meanwhile. The same origin sets them to what is `asked` for once.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn set_synonyms(
    app: &App,
    acting: &Acting,
    asked: &(impl Serialize + Sync),
    edit: impl FnOnce(&[Vec<String>]) -> Result<Vec<Vec<String>>, Collision> + Send,
) -> Result<SynonymsSet, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    let deed = format!("faq.synonyms {}", digest(asked));
    let set = store_synonyms(app, acting, &deed, edit).await;
    let before = async { Ok(acting.find_answer(&app.db, &deed).await?) };
    answer_once(set, Refusal::NoSuchEntry, before).await
}

async fn store_synonyms(
    app: &App,
    acting: &Acting,
    deed: &str,
    edit: impl FnOnce(&[Vec<String>]) -> Result<Vec<Vec<String>>, Collision> + Send,
) -> Result<Option<SynonymsSet>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    let stored = knowledge::lock_synonyms(&mut tx, acting.guild()).await?;
    let synonyms = CheckedSynonyms::of(&edit(&stored).map_err(Refusal::Collision)?)?;
    let groups = synonyms.groups().len();
    let set = SynonymsSet { groups, changed: synonyms.groups() != stored };
    if set.changed {
        knowledge::set_synonyms(&mut tx, acting.guild(), &synonyms).await?;
    }
    let entry = set.changed.then(|| words::synonyms_changed(acting, groups));
    if !acting.record_once(&mut *tx, deed, &set, entry.as_ref()).await? {
        return Ok(None);
    }
    tx.commit().await?;
    if set.changed {
        acting.post_log(app);
        app.knowledge.changed(acting.guild()).await;
    }
    Ok(Some(set))
}

/// Stores entries, all of them or none: one with a known question is changed, every other one is added. With `dry_run` it
/// says what would happen and changes nothing.
///
/// Others who add entries wait until it is done, so many come in several calls. The same origin imports the same once: what
/// somebody has changed since stays so.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn import(
    app: &App,
    acting: &Acting,
    drafts: &[CheckedDraft],
    dry_run: bool,
) -> Result<Imported, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    acting.require_admin()?;
    if dry_run {
        let mut tx = app.db.begin().await?;
        let entries = knowledge::import(&mut tx, acting.guild(), drafts, dry_run, acting.now()).await?;
        tx.commit().await?;
        return Ok(Imported { entries, dry_run });
    }
    let asked: Vec<&Draft> = drafts.iter().map(CheckedDraft::draft).collect();
    let deed = format!("faq.import {}", digest(&asked));
    let imported = import_entries(app, acting, drafts, &deed).await;
    let before = async { Ok(acting.find_answer(&app.db, &deed).await?) };
    answer_once(imported, Refusal::NoSuchEntry, before).await
}

async fn import_entries(
    app: &App,
    acting: &Acting,
    drafts: &[CheckedDraft],
    deed: &str,
) -> Result<Option<Imported>, Failure<Refusal>> {
    let present = count_entries(app, acting).await?;
    let mut tx = app.db.begin().await?;
    let entries = knowledge::import(&mut tx, acting.guild(), drafts, false, acting.now()).await?;
    let count = |wanted| entries.iter().filter(|entry| **entry == wanted).count();
    let (added, updated) = (count(Import::Added), count(Import::Updated));
    if added > 0
        && let Err(full) = require_room(present + i64::try_from(added).unwrap_or(MAX_ENTRIES))
    {
        tx.rollback().await?;
        return Err(full.into());
    }
    let changes = added + updated > 0;
    let entry = changes.then(|| words::imported(acting, added, updated));
    let imported = Imported { entries, dry_run: false };
    if !acting.record_once(&mut *tx, deed, &imported, entry.as_ref()).await? {
        return Ok(None);
    }
    tx.commit().await?;
    if changes {
        acting.post_log(app);
        app.knowledge.changed(acting.guild()).await;
    }
    Ok(Some(imported))
}

async fn count_entries(app: &App, acting: &Acting) -> anyhow::Result<i64> {
    Ok(app.knowledge.page(acting.guild(), 0, 0).await?.1)
}

fn require_room(entries: i64) -> Result<(), Refusal> {
    if entries <= MAX_ENTRIES { Ok(()) } else { Err(Refusal::TooManyEntries { max: MAX_ENTRIES }) }
}

async fn title_taken(app: &App, acting: &Acting, draft: &CheckedDraft) -> anyhow::Result<Refusal> {
    let holder = app.knowledge.entry_by_title(acting.guild(), &draft.draft().title).await?;
    Ok(Refusal::TitleTaken { holder: holder.map(|entry| entry.number) })
}
