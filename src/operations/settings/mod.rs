//! What is done with a guild's settings, by whatever door: change some, roll one change back, move on in the set-up.
//!
//! None of it asks whether a feature is on: here it is switched on.

mod check;
mod refusal;
mod take_back;
pub mod words;

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::acting::{Acting, Failure, Outcome, digest};
use crate::app::App;
use crate::log_channel;
use crate::settings::{
    self, By, Changed, Changer, Checked, Declared, Field, How, Kind, Looked, Made, Schema, Sought, System,
};
use check::{ask_for_named, check, find_lack};
pub use refusal::{Refusal, Unfit, Why};
pub use take_back::{TakenBack, take_back};

/// What somebody wants a setting to be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Given {
    /// What this text says, as [`Field::parse`] reads it.
    Text(String),
    /// This, as it is stored.
    Value(Value),
    /// Whatever the default is.
    Default,
}

/// Through what somebody sets what they want. That something is reset or rolled back the operations say by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// `/config`.
    Slash,
    /// `/config start`.
    Wizard,
    /// The dashboard.
    Dashboard,
    /// The API.
    Api,
    /// An operator's import.
    Import,
}

impl From<Means> for How {
    fn from(means: Means) -> How {
        match means {
            Means::Slash => How::Slash,
            Means::Wizard => How::Wizard,
            // Older versions know no other, and that a program did it stands beside.
            Means::Dashboard | Means::Api => How::Dashboard,
            Means::Import => How::Import,
        }
    }
}

/// What has become of settings.
#[derive(Debug, PartialEq)]
pub struct Done {
    /// What is different now; nothing if it was so before.
    pub made: Vec<Made>,
    /// A log channel that refuses the bot, if nobody was told so far.
    pub refusing: Option<Id<ChannelMarker>>,
    /// What works by it, but not as they will want.
    pub warnings: Vec<Warning>,
}

/// What was set and works, but not as whoever set it will want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A role that the bot calls does not hear of it: it is not for everybody to mention, and the bot may not mention all where
    /// it calls it.
    Unheard {
        /// Which.
        role: Id<RoleMarker>,
        /// Where; nothing is where the bot makes a channel of its own.
        channel: Option<Id<ChannelMarker>>,
    },
    /// Everybody reads a channel that is for those who work here.
    Public {
        /// Which.
        channel: Id<ChannelMarker>,
    },
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
    /// Counts the changes.
    pub revision: i64,
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
    acting.require_admin()?;
    let (stored, revision) = app.settings.stored_at(acting.guild(), declared.feature()).await?;
    let latest = app.settings.latest(acting.guild(), declared.feature()).await?;
    let left_alone = match declared.feature() == System::FEATURE {
        true => log_channel::find_disabled(&app.db, acting.guild()).await?,
        false => None,
    };
    Ok(Set { stored, revision, latest, left_alone })
}

/// What is set of a feature, by name; also what fits no more.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn stored(app: &App, acting: &Acting, declared: &Declared) -> Result<Map<String, Value>, Failure<Refusal>> {
    acting.require_admin()?;
    Ok(app.settings.stored(acting.guild(), declared.feature()).await?)
}

/// What is wrong with what a guild has set of a feature.
#[derive(Debug, Default)]
pub struct Faults {
    /// Settings that name what is gone, or where the bot lacks something.
    pub lacks: Vec<Unfit>,
    /// What works, but not as they will want.
    pub warnings: Vec<Warning>,
    /// Whether Discord did not say everything in time. Whoever looks at their settings does not wait for it.
    pub unsure: bool,
}

/// What is wrong with what a guild has set of a feature, as far as Discord says it soon.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn faults(app: &App, acting: &Acting, declared: &Declared) -> Result<Faults, Failure<Refusal>> {
    let stored = stored(app, acting, declared).await?;
    let (mut lacks, mut warnings) = (Vec::new(), Vec::new());
    let looking = async {
        let mut unsure = false;
        for field in declared.fields() {
            let Some(Ok(fitting)) = stored.get(field.name).map(|value| settings::check(field, value)) else { continue };
            match find_lack(app, acting, declared, &fitting).await {
                Ok(why) => lacks.extend(why.map(|why| Unfit { field: *field, why })),
                Err(_) => unsure = true,
            }
        }
        warn(app, acting, declared, &stored, &mut warnings).await || unsure
    };
    // What was found by then is told.
    let unsure = tokio::time::timeout(LOOK, looking).await.unwrap_or(true);
    Ok(Faults { lacks, warnings, unsure })
}

/// Puts what works otherwise than they want into `found`; `true` if Discord does not say it of all.
async fn warn(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    stored: &Map<String, Value>,
    found: &mut Vec<Warning>,
) -> bool {
    let mut unsure = false;
    let mut look = |warning: Warning, is_true: anyhow::Result<bool>| match is_true {
        Ok(true) if !found.contains(&warning) => found.push(warning),
        Ok(_) => {}
        Err(_) => unsure = true,
    };
    for field in declared.fields() {
        if field.hidden
            && let Some(channel) = named::<ChannelMarker>(stored, field.name)
        {
            look(Warning::Public { channel }, is_public(app, acting, channel).await);
        }
        if !field.called_in.is_empty()
            && let Some(role) = named::<RoleMarker>(stored, field.name)
        {
            for channel in places(declared, field, stored) {
                look(Warning::Unheard { role, channel }, acting.is_unheard(app, role, channel).await);
            }
        }
    }
    unsure
}

/// Whether everybody reads a channel. One that is shown to a role may be for those who work here.
async fn is_public(app: &App, acting: &Acting, channel: Id<ChannelMarker>) -> anyhow::Result<bool> {
    let guild = app.discord.guild(acting.guild());
    let granted = guild.granted(acting.deadline()).await?;
    // As it is now: who was warned changes it at once, and looks again.
    let access = guild.access_now(channel, &granted, acting.deadline()).await?;
    Ok(access.is_some_and(|access| access.of_roles(&[]).contains(Permissions::VIEW_CHANNEL)))
}

/// What a setting names, if it is set.
fn named<T>(stored: &Map<String, Value>, name: &str) -> Option<Id<T>> {
    stored.get(name)?.as_str()?.parse().ok()
}

/// Where the bot calls the role that a setting names; nothing is in a channel that it makes, which has none of the permissions
/// of its category.
fn places(declared: &Declared, field: &Field, stored: &Map<String, Value>) -> Vec<Option<Id<ChannelMarker>>> {
    let set = field.called_in.iter().filter_map(|name| Some((declared.field(name)?, named(stored, name)?)));
    let mut places: Vec<_> = set
        .map(|(field, channel)| match field.kind {
            Kind::Channel { types: [ChannelType::GuildCategory], .. } => None,
            _ => Some(channel),
        })
        .collect();
    if places.is_empty() {
        places.push(None);
    }
    places
}

/// How long is looked for what settings lack.
const LOOK: Duration = Duration::from_millis(1200);

/// More changes are not listed at once, whatever a door asks for.
const MOST: i64 = 100;

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
    let (offset, limit) = (offset.max(0), limit.clamp(0, MOST));
    Ok(app.settings.history(acting.guild(), declared.map(|it| it.feature()), offset, limit).await?)
}

/// The changes that somebody looks for, newest first. They are paged by number: what is changed while somebody turns pages
/// moves none.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn seek(
    app: &App,
    acting: &Acting,
    sought: Sought<'_>,
    limit: usize,
) -> Result<Vec<Changed>, Failure<Refusal>> {
    acting.require_admin()?;
    let limit = i64::try_from(limit).unwrap_or(MOST).clamp(0, MOST + 1);
    Ok(app.settings.seek(acting.guild(), sought, limit).await?)
}

/// Who made the changes that are on record, the latest first.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn changers(app: &App, acting: &Acting) -> Result<Vec<Changer>, Failure<Refusal>> {
    acting.require_admin()?;
    Ok(app.settings.changers(acting.guild(), MOST).await?)
}

/// The name of the step at which the set-up goes on ([`step_name`]); nothing is the beginning.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn find_step(app: &App, acting: &Acting) -> Result<Option<String>, Failure<Refusal>> {
    acting.require_admin()?;
    Ok(app.settings.setup(acting.guild()).await?)
}

/// Changes settings of one feature by name, all of them or none. Going back to the default is a change too. The same origin
/// changes the same settings into the same once, whatever others have changed since.
///
/// # Errors
/// A [`Refusal`], or what it needs to know is not to be had.
pub async fn change(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    values: &[(&str, Given)],
    means: Means,
) -> Result<Done, Failure<Refusal>> {
    change_by(app, acting, declared, values, (means.into(), None)).await
}

/// The same of settings that still have the revision at which somebody looked at them.
///
/// # Errors
/// A [`Refusal`], [`Refusal::Changed`] if they have another one, or what it needs to know is not to be had.
pub async fn change_at(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    revision: i64,
    values: &[(&str, Given)],
    means: Means,
) -> Result<Done, Failure<Refusal>> {
    change_by(app, acting, declared, values, (means.into(), Some(revision))).await
}

async fn change_by(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    values: &[(&str, Given)],
    (how, revision): (How, Option<i64>),
) -> Result<Done, Failure<Refusal>> {
    acting.require_admin()?;
    let named: Option<Vec<_>> = values.iter().map(|(name, given)| Some((declared.field(name)?, given))).collect();
    let all = named.ok_or(Refusal::NoSuchSetting)?;
    // Of what is said twice of one setting the last counts.
    let is_last = |at: usize, name: &str| all[at + 1..].iter().all(|(later, _)| later.name != name);
    let named = all.iter().enumerate().filter(|(at, (field, _))| is_last(*at, field.name)).map(|(_, it)| *it);
    let named: Vec<_> = named.collect();
    // One request may change some settings and then others, or the same into something else.
    let asked: BTreeMap<&str, &Given> = named.iter().map(|(field, given)| (field.name, *given)).collect();
    let deed = format!("settings.{} {} {}", how.name(), declared.feature(), digest(&asked));
    if let Some(done) = find_done(app, acting, declared, &deed).await? {
        return Ok(done);
    }
    let (mut checked, mut unfit) = (Vec::new(), Vec::new());
    for (field, given) in named {
        match check(app, acting, declared, field, given).await? {
            Ok(change) => checked.push(change),
            Err(why) => unfit.push(Unfit { field: *field, why }),
        }
    }
    if !unfit.is_empty() {
        return Err(Refusal::Unfit(unfit).into());
    }
    let looked_at = revision.map(|revision| LookedAt { revision, undoes: Vec::new(), besides: None });
    match store(app, acting, declared, &checked, how, &deed, looked_at).await? {
        Stored::Done(done) => with_warnings(app, acting, declared, done).await,
        Stored::Before => {
            let before = find_done(app, acting, declared, &deed).await?;
            Ok(before.context("read what was answered of a change")?)
        }
        Stored::Overtaken => Err(Refusal::Changed.into()),
    }
}

/// What was changed, with what works by it otherwise than they want.
async fn with_warnings(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    mut done: Done,
) -> Result<Done, Failure<Refusal>> {
    let matters = |made: &Made, field: &Field| {
        (field.hidden && field.name == made.key)
            || (!field.called_in.is_empty() && (field.name == made.key || field.called_in.contains(&made.key)))
    };
    let made = done.made.iter().filter(|made| made.new.is_some());
    if made.clone().any(|made| declared.fields().iter().any(|field| matters(made, field))) {
        let stored = app.settings.stored(acting.guild(), declared.feature()).await?;
        let looking = warn(app, acting, declared, &stored, &mut done.warnings);
        let _ = tokio::time::timeout(LOOK, looking).await;
    }
    Ok(done)
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
    change_by(app, acting, declared, &defaults, (How::Reset, None)).await
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
        let looked = app.settings.find_change(acting.guild(), change).await?.ok_or(Refusal::NoSuchChange)?;
        let declared = declared_of(all, &looked)?;
        // What was done is done, also if the setting is none any more.
        if let Some(done) = find_done(app, acting, declared, &deed).await? {
            return Ok((declared, done));
        }
        let undoing = Undoing::of(declared, looked)?;
        let undo = undoing.check(app, acting).await?;
        // Discord took its time: if somebody has changed something meanwhile, it is looked at once more whether it was this.
        let undoes = vec![(undoing.field.name, change)];
        let looked_at = LookedAt { revision: undoing.revision, undoes, besides: None };
        if let Stored::Done(done) = store(app, acting, declared, &[undo], How::Rollback, &deed, Some(looked_at)).await?
        {
            return Ok((declared, done));
        }
    }
    Err(Failure::Internal(anyhow::anyhow!("others changed the same settings {ATTEMPTS} times in a row")))
}

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
    Ok(found.map(|found| done_before(declared, found)))
}

fn done_before(declared: &Declared, found: Vec<StoredMade>) -> Done {
    let made = |StoredMade { key, old, new }| Some(Made { key: declared.field(&key)?.name, old, new });
    Done { made: found.into_iter().filter_map(made).collect(), refusing: None, warnings: Vec::new() }
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
    app.settings.set_setup(acting.guild(), name.as_deref()).await?;
    Ok(Remembered)
}

/// What a step of the set-up is called in the database; its position would mean another step in another version.
pub fn step_name(declared: &Declared, field: &Field) -> String {
    format!("{}.{}", declared.feature(), field.name)
}

/// A change that is to be undone, as it was looked at.
struct Undoing<'a> {
    declared: &'a Declared,
    field: &'a Field,
    changed: Changed,
    latest: Option<i64>,
    revision: i64,
}

/// A change by its number.
async fn find_change<'a>(
    app: &App,
    acting: &Acting,
    all: &'a [Declared],
    change: i64,
) -> Result<Undoing<'a>, Failure<Refusal>> {
    let looked = app.settings.find_change(acting.guild(), change).await?.ok_or(Refusal::NoSuchChange)?;
    Ok(Undoing::of(declared_of(all, &looked)?, looked)?)
}

/// The feature of which a setting was changed.
fn declared_of<'a>(all: &'a [Declared], looked: &Looked) -> Result<&'a Declared, Refusal> {
    all.iter().find(|it| it.feature() == looked.changed.feature).ok_or(Refusal::SettingGone)
}

impl<'a> Undoing<'a> {
    fn of(declared: &'a Declared, looked: Looked) -> Result<Undoing<'a>, Refusal> {
        let Looked { changed, latest, revision } = looked;
        let field = declared.field(&changed.key).ok_or(Refusal::SettingGone)?;
        Ok(Undoing { declared, field, changed, latest, revision })
    }

    /// What its setting becomes, if nobody has changed that since and it may be so again.
    async fn check(&self, app: &App, acting: &Acting) -> Result<Checked, Failure<Refusal>> {
        let (change, field, group) = (self.changed.id, self.field, self.declared.group());
        if let Some(latest) = self.latest {
            return Err(Refusal::ChangedSince { change, latest, group, field: Box::new(*field) }.into());
        }
        let unfit = |why| Refusal::OldUnfit { change, group, unfit: Box::new(Unfit { field: *field, why }) };
        let Some(old) = &self.changed.old else { return Ok(Checked::default_of(field)) };
        let old = settings::check(field, old).map_err(|misfit| unfit(Why::Misfit(misfit)))?;
        Ok(ask_for_named(app, acting, self.declared, old).await?.map_err(unfit)?)
    }
}

/// At what a rollback was looked at.
struct LookedAt {
    /// The settings' revision: nothing is done if they have another one by now.
    revision: i64,
    /// Which change of which setting is undone.
    undoes: Vec<(&'static str, i64)>,
    /// What is answered besides what was made.
    besides: Option<Value>,
}

/// What became of changes that were to be made.
enum Stored {
    Done(Done),
    /// The same origin has made them before.
    Before,
    /// Somebody was faster.
    Overtaken,
}

/// Makes the changes, all or none, and puts them on record and into the log channel.
async fn store(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    changes: &[Checked],
    how: How,
    deed: &str,
    looked_at: Option<LookedAt>,
) -> Result<Stored, Failure<Refusal>> {
    let system = app.settings.get::<System>(acting.guild()).await?;
    let is_log_channel = |key: &str| declared.feature() == "system" && key == "log_channel";
    // Every change has an account; what a program or the bot itself does is done by the bot's.
    let user = acting.user().unwrap_or_else(|| app.discord.own_user());
    let revision = looked_at.as_ref().map(|it| it.revision);
    let (undoes, besides) = looked_at.map(|it| (it.undoes, it.besides)).unwrap_or_default();
    let origin = acting.origin_key();
    let once = origin.map(|origin| settings::Once { origin, deed: deed.to_owned(), besides: besides.clone() });
    let by = By { user, program: acting.program(), how, at: acting.now(), once, undoes };
    let report = |made: &[Made]| {
        let moved = made.iter().find(|made| is_log_channel(made.key));
        // Who gives up a log channel is seen doing so in it.
        let given_up = moved.and(system.log_channel).map(Some);
        let current = moved.map_or(system.log_channel.is_some(), |made| made.new.is_some()).then_some(None);
        let channels = given_up.into_iter().chain(current);
        channels.flat_map(|channel| words::reports(declared, acting, made, channel)).collect()
    };
    let (guild, feature) = (acting.guild(), declared.feature());
    let outcome = match revision {
        None => app.settings.change(guild, feature, changes, &by, report).await?,
        Some(revision) => app.settings.change_at(guild, feature, revision, changes, &by, report).await?,
    };
    let (made, refusing) = match outcome {
        settings::Outcome::Made { made, refusing } => (made, refusing),
        settings::Outcome::Before => return Ok(Stored::Before),
        settings::Outcome::Overtaken => return Ok(Stored::Overtaken),
    };
    // What changes nothing is on no record by itself, and whoever asks for it once more changes nothing either.
    if made.is_empty() {
        let answer = match besides {
            Some(Value::Object(besides)) => {
                Value::Object(besides.into_iter().chain([("made".to_owned(), json!([]))]).collect())
            }
            _ => json!([]),
        };
        if !acting.record_once(&app.db, deed, &answer, None).await? {
            return Ok(Stored::Before);
        }
    }
    if changes.iter().any(|change| is_log_channel(change.field().name)) {
        log_channel::forget_failures(&app.db, acting.guild()).await?;
    }
    if !made.is_empty() {
        acting.post_log(app);
    }
    // One that was given up just now may refuse what it likes.
    let moved = made.iter().any(|made| is_log_channel(made.key));
    let refusing = refusing.filter(|channel| !moved && system.log_channel == Some(*channel));
    Ok(Stored::Done(Done { made, refusing, warnings: Vec::new() }))
}
