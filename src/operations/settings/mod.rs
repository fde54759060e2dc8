//! What is done with a guild's settings, by whatever door: change some, roll one change back, move on in the set-up.
//!
//! None of it asks whether a feature is on: here it is switched on.

mod check;
mod refusal;
pub mod words;

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};
use twilight_model::id::Id;
use twilight_model::id::marker::ChannelMarker;

use crate::acting::{Acting, Failure, Outcome};
use crate::app::App;
use crate::log_channel;
use crate::settings::{self, By, Changed, Checked, Declared, Field, How, Looked, Made, Schema, System};
use check::{ask_for_named, check, find_lack};
pub use refusal::{Refusal, Unfit, Why};

/// What somebody wants a setting to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// What this text says, as [`Field::parse`] reads it.
    Text(String),
    /// This, as it is stored.
    Value(Value),
    /// Whatever the default is.
    Default,
}

/// What has become of settings.
#[derive(Debug, PartialEq)]
pub struct Done {
    /// What is different now; nothing if it was so before.
    pub made: Vec<Made>,
    /// A log channel that refuses the bot, if nobody was told so far.
    pub refusing: Option<Id<ChannelMarker>>,
}

impl Outcome for Done {
    fn code(&self) -> &'static str {
        if self.made.is_empty() { "unchanged" } else { "changed" }
    }
}

impl Outcome for (&Declared, Done) {
    fn code(&self) -> &'static str {
        "rolled_back"
    }
}

/// It is remembered at which setting the set-up goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remembered;

impl Outcome for Remembered {
    fn code(&self) -> &'static str {
        "step_remembered"
    }
}

/// What a guild has set of one feature, and who did.
#[derive(Debug)]
pub struct Set {
    /// Values by name, also those that fit no more.
    pub stored: Map<String, Value>,
    /// The latest change of each setting.
    pub latest: Vec<Changed>,
    /// The log channel, if it refused the bot so often that it is left alone; only of the bot's own settings.
    pub left_alone: Option<Id<ChannelMarker>>,
}

/// What is set of a feature, and by whom.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn show(app: &App, acting: &Acting, declared: &Declared) -> Result<Set, Failure<Refusal>> {
    let stored = stored(app, acting, declared).await?;
    let latest = app.settings.latest(acting.guild, declared.feature()).await?;
    let left_alone = match declared.feature() == System::FEATURE {
        true => log_channel::find_disabled(&app.db, acting.guild).await?,
        false => None,
    };
    Ok(Set { stored, latest, left_alone })
}

/// What is set of a feature, by name; also what fits no more.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn stored(app: &App, acting: &Acting, declared: &Declared) -> Result<Map<String, Value>, Failure<Refusal>> {
    acting.require_admin()?;
    Ok(app.settings.stored(acting.guild, declared.feature()).await?)
}

/// Which of the settings of a feature name what is gone, or where the bot lacks something, and what. What Discord does not say
/// soon is left out: whoever looks at their settings does not wait for it.
///
/// # Errors
/// [`Refusal::NotAdmin`].
pub async fn lacks(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    stored: &Map<String, Value>,
) -> Result<Vec<Unfit>, Failure<Refusal>> {
    acting.require_admin()?;
    let mut found = Vec::new();
    let looking = async {
        for field in declared.fields() {
            let Some(Ok(fitting)) = stored.get(field.name).map(|value| settings::check(field, value)) else { continue };
            if let Ok(Some(why)) = find_lack(app, acting, &fitting).await {
                found.push(Unfit { field: *field, why });
            }
        }
    };
    // What was found by then is told.
    let _ = tokio::time::timeout(LOOK, looking).await;
    Ok(found)
}

/// How long is looked for what settings lack.
const LOOK: Duration = Duration::from_millis(1200);

/// What was changed, of one feature or of all, newest first, and whether there is more.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn history(
    app: &App,
    acting: &Acting,
    declared: Option<&Declared>,
    offset: i64,
    limit: i64,
) -> Result<(Vec<Changed>, bool), Failure<Refusal>> {
    acting.require_admin()?;
    Ok(app.settings.history(acting.guild, declared.map(|it| it.feature()), offset, limit).await?)
}

/// The name of the step at which the set-up goes on ([`step_name`]); nothing is the beginning.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn find_step(app: &App, acting: &Acting) -> Result<Option<String>, Failure<Refusal>> {
    acting.require_admin()?;
    Ok(app.settings.setup(acting.guild).await?)
}

/// Changes settings of one feature by name, all of them or none. Going back to the default is a change too. The same origin
/// does so once, whatever others have changed since.
///
/// # Errors
/// A [`Refusal`], or what it needs to know is not to be had.
pub async fn change(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    values: &[(&str, Given)],
    how: How,
) -> Result<Done, Failure<Refusal>> {
    acting.require_admin()?;
    let deed = format!("settings.{} {}", how.name(), declared.feature());
    if let Some(done) = find_done(app, acting, declared, &deed).await? {
        return Ok(done);
    }
    let (mut checked, mut unfit) = (Vec::new(), Vec::new());
    for (name, given) in values {
        let field = declared.field(name).ok_or(Refusal::NoSuchSetting)?;
        match check(app, acting, field, given).await? {
            Ok(change) => checked.push(change),
            Err(why) => unfit.push(Unfit { field: *field, why }),
        }
    }
    if !unfit.is_empty() {
        return Err(Refusal::Unfit(unfit).into());
    }
    match store(app, acting, declared, &checked, how, deed, None).await? {
        Some(done) => Ok(done),
        None => Err(Failure::Internal(anyhow::anyhow!("a change that goes by no revision was overtaken"))),
    }
}

/// Lets one setting of a feature be its default again, or all of them.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn reset(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    name: Option<&str>,
) -> Result<Done, Failure<Refusal>> {
    let defaults: Vec<(&str, Given)> = match name {
        Some(name) => vec![(name, Given::Default)],
        None => declared.fields().iter().map(|field| (field.name, Given::Default)).collect(),
    };
    change(app, acting, declared, &defaults, How::Reset).await
}

/// Undoes the change of that number, unless another of the same setting came after it, and tells in which feature. Also one
/// that led back to the same value counts, since somebody wanted that; only one that was rolled back itself does not. The same
/// origin does so once.
///
/// # Errors
/// A [`Refusal`], or what it needs to know is not to be had.
pub async fn roll_back<'a>(
    app: &App,
    acting: &Acting,
    all: &'a [Declared],
    change: i64,
) -> Result<(&'a Declared, Done), Failure<Refusal>> {
    acting.require_admin()?;
    let deed = format!("settings.rollback {change}");
    for _ in 0..ATTEMPTS {
        let looked = app.settings.find_change(acting.guild, change).await?.ok_or(Refusal::NoSuchChange)?;
        let Looked { changed, latest, revision } = looked;
        let (declared, field) = setting_of(all, &changed).ok_or(Refusal::SettingGone)?;
        if let Some(done) = find_done(app, acting, declared, &deed).await? {
            return Ok((declared, done));
        }
        let group = declared.group();
        let unfit = |why| Refusal::OldUnfit { change, group, unfit: Unfit { field: *field, why } };
        let old = changed.old.as_ref().map(|old| settings::check(field, old)).transpose();
        let old = old.map_err(|misfit| unfit(Why::Misfit(misfit)))?;
        if let Some(latest) = latest {
            return Err(Refusal::ChangedSince { change, latest, group, field: *field }.into());
        }
        let undo = match old {
            None => Checked::default_of(field),
            Some(old) => ask_for_named(app, acting, old).await?.map_err(unfit)?,
        };
        // Discord took its time: if somebody has changed something meanwhile, it is looked at once more whether it was this.
        let looked_at = Some((change, revision));
        if let Some(done) = store(app, acting, declared, &[undo], How::Rollback, deed.clone(), looked_at).await? {
            return Ok((declared, done));
        }
    }
    Err(Failure::Internal(anyhow::anyhow!("others changed the same settings {ATTEMPTS} times in a row")))
}

/// What was taken back of a reset, and what was not.
#[derive(Debug)]
pub struct TakenBack {
    /// What is different now.
    pub done: Done,
    /// What somebody has changed since, as they changed it: it stays so.
    pub changed_since: Vec<Changed>,
}

impl Outcome for (&Declared, TakenBack) {
    fn code(&self) -> &'static str {
        match self.1.changed_since.is_empty() {
            true => "taken_back",
            false => "taken_back_in_part",
        }
    }
}

/// Undoes all that was reset together with a change; what was changed since stays. The same origin does so once.
///
/// # Errors
/// A [`Refusal`], or what it needs to know is not to be had.
pub async fn take_back<'a>(
    app: &App,
    acting: &Acting,
    all: &'a [Declared],
    change: i64,
) -> Result<(&'a Declared, TakenBack), Failure<Refusal>> {
    acting.require_admin()?;
    let Looked { changed, .. } = app.settings.find_change(acting.guild, change).await?.ok_or(Refusal::NoSuchChange)?;
    let (declared, _) = setting_of(all, &changed).ok_or(Refusal::SettingGone)?;
    let (recent, _) = app.settings.history(acting.guild, Some(declared.feature()), 0, RESET_TOGETHER).await?;
    let together =
        |it: &&Changed| it.id == change || (it.how == How::Reset && it.at == changed.at && it.user == changed.user);
    let mut taken = TakenBack { done: Done { made: Vec::new(), refusing: None }, changed_since: Vec::new() };
    for reset in recent.iter().filter(together) {
        match roll_back(app, acting, all, reset.id).await {
            Ok((_, done)) => {
                taken.done.made.extend(done.made);
                taken.done.refusing = taken.done.refusing.or(done.refusing);
            }
            Err(Failure::Refused(Refusal::ChangedSince { latest, .. })) => {
                taken.changed_since.extend(recent.iter().find(|it| it.id == latest).cloned());
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok((declared, taken))
}

/// So many of the latest changes of a feature are looked at for what was reset together: no feature has half as many settings.
const RESET_TOGETHER: i64 = 100;

/// How often a rollback looks again that somebody else's change overtook.
const ATTEMPTS: usize = 3;

/// A change as it is stored for whoever repeats it.
#[derive(Deserialize)]
struct StoredMade {
    key: String,
    old: Option<Value>,
    new: Option<Value>,
}

/// What the same origin has changed before.
async fn find_done(app: &App, acting: &Acting, declared: &Declared, deed: &str) -> anyhow::Result<Option<Done>> {
    let found: Option<Vec<StoredMade>> = acting.find_answer(&app.db, deed).await?;
    let made = |StoredMade { key, old, new }| Some(Made { key: declared.field(&key)?.name, old, new });
    Ok(found.map(|found| Done { made: found.into_iter().filter_map(made).collect(), refusing: None }))
}

/// Remembers at which setting the set-up goes on; nothing is the beginning.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn remember_step(
    app: &App,
    acting: &Acting,
    step: Option<(&Declared, &Field)>,
) -> Result<Remembered, Failure<Refusal>> {
    acting.require_admin()?;
    if step.is_some_and(|(declared, field)| declared.field(field.name).is_none()) {
        return Err(Refusal::NoSuchSetting.into());
    }
    let name = step.map(|(declared, field)| step_name(declared, field));
    app.settings.set_setup(acting.guild, name.as_deref()).await?;
    Ok(Remembered)
}

/// What a step of the set-up is called in the database; its position would mean another step in another version.
pub fn step_name(declared: &Declared, field: &Field) -> String {
    format!("{}.{}", declared.feature(), field.name)
}

fn setting_of<'a>(all: &'a [Declared], changed: &Changed) -> Option<(&'a Declared, &'a Field)> {
    let declared = all.iter().find(|it| it.feature() == changed.feature)?;
    Some((declared, declared.fields().iter().find(|it| it.name == changed.key)?))
}

/// Makes the changes, and puts them on record and into the log channel. What undoes a change that was looked at says which,
/// and at which revision: nothing is done if the settings have another one by now.
async fn store(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    changes: &[Checked],
    how: How,
    deed: String,
    looked_at: Option<(i64, i64)>,
) -> Result<Option<Done>, Failure<Refusal>> {
    let system = app.settings.get::<System>(acting.guild).await?;
    let is_log_channel = |key: &str| declared.feature() == "system" && key == "log_channel";
    // Every change has an account; what a program or the bot itself does is done by the bot's.
    let user = acting.user().unwrap_or_else(|| app.discord.own_user());
    let once = acting.origin_key().map(|origin| settings::Once { origin, deed: deed.clone() });
    let undoes = looked_at.map(|(change, _)| change);
    let by = By { user, program: acting.program(), how, at: acting.now, once, undoes };
    let report = |made: &[Made]| {
        let moved = made.iter().find(|made| is_log_channel(made.key));
        // Who gives up a log channel is seen doing so in it.
        let given_up = moved.and(system.log_channel).map(Some);
        let current = moved.map_or(system.log_channel.is_some(), |made| made.new.is_some()).then_some(None);
        let channels = given_up.into_iter().chain(current);
        channels.flat_map(|channel| words::reports(declared, acting, made, channel)).collect()
    };
    let (guild, feature) = (acting.guild, declared.feature());
    let outcome = match looked_at {
        None => app.settings.change(guild, feature, changes, &by, report).await?,
        Some((_, revision)) => app.settings.change_at(guild, feature, revision, changes, &by, report).await?,
    };
    let (made, refusing) = match outcome {
        settings::Outcome::Made { made, refusing } => (made, refusing),
        settings::Outcome::Before => return Ok(find_done(app, acting, declared, &deed).await?),
        settings::Outcome::Overtaken => return Ok(None),
    };
    // What changes nothing is on no record by itself, and whoever asks for it once more changes nothing either.
    if made.is_empty() && !acting.record_once(&app.db, &deed, &made, None).await? {
        return Ok(find_done(app, acting, declared, &deed).await?);
    }
    if changes.iter().any(|change| is_log_channel(change.field().name)) {
        log_channel::forget_failures(&app.db, acting.guild).await?;
    }
    if !made.is_empty() {
        acting.post_log(app);
    }
    // One that was given up just now may refuse what it likes.
    let moved = made.iter().any(|made| is_log_channel(made.key));
    let refusing = refusing.filter(|channel| !moved && system.log_channel == Some(*channel));
    Ok(Some(Done { made, refusing }))
}
