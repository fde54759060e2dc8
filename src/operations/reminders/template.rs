//! Keeping a reminder to be made again at other times.

use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::guard::{find, manages, require_reader};
use super::{Refusal, SWITCH, words};
use crate::acting::{Acting, Failure, Outcome, answer_once, digest};
use crate::app::App;
use crate::db::storable;
use crate::reminders::{Content, MAX_TEMPLATES, TEMPLATE_NAME, store};
use crate::ui::written;

/// A template that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SavedTemplate {
    /// In whose place, if something was kept under that name; and by whom, if that is known.
    pub replaced: Option<Option<Id<UserMarker>>>,
}

impl Outcome for SavedTemplate {
    fn code(&self) -> &'static str {
        if self.replaced.is_some() { "template_replaced" } else { "template_saved" }
    }
}

/// A template that was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemovedTemplate;

impl Outcome for RemovedTemplate {
    fn code(&self) -> &'static str {
        "template_removed"
    }
}

/// Keeps a reminder under a name, in the place of what was kept there. The same origin does so once.
///
/// # Errors
/// Why it is not kept.
pub async fn save_template(
    app: &App,
    acting: &Acting,
    number: i32,
    name: &str,
) -> Result<SavedTemplate, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_manager(app, acting).await?;
    let name = &*written(name);
    if name.is_empty() {
        return Err(Refusal::NoTemplateName.into());
    }
    if name.chars().count() > TEMPLATE_NAME {
        return Err(Refusal::TemplateNameTooLong { max: TEMPLATE_NAME }.into());
    }
    let deed = format!("{} {number}", deed("save", name));
    let saved = save(app, acting, number, name, &deed).await;
    let before = async {
        // What was replaced is stored as a list, since JSON has no nothing inside a nothing.
        let replaced = acting.find_answer::<Vec<_>>(&app.db, &deed).await?;
        Ok(replaced.map(|replaced| SavedTemplate { replaced: replaced.into_iter().next() }))
    };
    answer_once(saved, Refusal::Gone, before).await
}

async fn save(
    app: &App,
    acting: &Acting,
    number: i32,
    name: &str,
    deed: &str,
) -> Result<Option<SavedTemplate>, Failure<Refusal>> {
    let reminder = find(app, acting, number).await?;
    require_reader(acting, &reminder)?;
    let content = Content { source: None, ..reminder.draft.content };
    // What no person keeps, the bot keeps.
    let keeper = acting.user().unwrap_or(app.discord.own_user());
    let mut tx = app.db.begin().await?;
    let replaced = store::lock_template(&mut *tx, acting.guild(), name).await?;
    let now = acting.now();
    if !store::upsert_template(&mut *tx, acting.guild(), name, &content, keeper, now, MAX_TEMPLATES).await? {
        return Err(Refusal::TooManyTemplates { max: MAX_TEMPLATES }.into());
    }
    let entry = words::template_saved(acting, name, number, replaced.is_some());
    let answer: Vec<_> = replaced.into_iter().collect();
    if !acting.record_once(&mut *tx, deed, &answer, Some(&entry)).await? {
        return Ok(None);
    }
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(SavedTemplate { replaced }))
}

/// Forgets what is kept under a name. The same origin does so once, whatever is kept there by then.
///
/// # Errors
/// Why it is not.
pub async fn remove_template(app: &App, acting: &Acting, name: &str) -> Result<RemovedTemplate, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    require_manager(app, acting).await?;
    let name = storable(name);
    let name = name.trim();
    let deed = deed("remove", name);
    let removed = remove(app, acting, name, &deed).await;
    let before = async { Ok(acting.has_done(&app.db, &deed).await?.then_some(RemovedTemplate)) };
    answer_once(removed, Refusal::NoSuchTemplate, before).await
}

async fn remove(
    app: &App,
    acting: &Acting,
    name: &str,
    deed: &str,
) -> Result<Option<RemovedTemplate>, Failure<Refusal>> {
    let mut tx = app.db.begin().await?;
    if !store::delete_template(&mut *tx, acting.guild(), name).await? {
        return Err(Refusal::NoSuchTemplate.into());
    }
    let entry = words::template_removed(acting, name);
    if !acting.record_once(&mut *tx, deed, &(), Some(&entry)).await? {
        return Ok(None);
    }
    tx.commit().await?;
    acting.post_log(app);
    Ok(Some(RemovedTemplate))
}

/// What is done with the template of a name, of which case does not matter, where it is known what was done.
fn deed(verb: &str, name: &str) -> String {
    format!("template.{verb} {}", digest(&name.to_lowercase()))
}

async fn require_manager(app: &App, acting: &Acting) -> Result<(), Failure<Refusal>> {
    match manages(app, acting).await? {
        true => Ok(()),
        false => Err(Refusal::NotManager.into()),
    }
}
