//! What is done with a guild's settings, by whatever door: change some, roll one change back, move on in the set-up.
//!
//! None of it asks whether a feature is on: here it is switched on.

pub mod words;

use serde_json::{Map, Value};
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, RoleMarker};

use crate::acting::{self, Acting, Failure, Lack, NotAdmin, refused_as};
use crate::app::App;
use crate::log_channel;
use crate::settings::{self, By, Changed, Checked, Declared, Field, Fitting, How, Made, Misfit, Names, Schema, System};

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

/// Why settings stay as they are.
#[derive(Debug, PartialEq)]
pub enum Refusal {
    /// Only admins change settings.
    NotAdmin,
    /// There is no setting of that name.
    NoSuchSetting,
    /// Some values may not be what they should become; at least one.
    Unfit(Vec<Unfit>),
    /// There is no change of that number in this guild.
    NoSuchChange,
    /// What was changed then is no setting any more.
    SettingGone,
    /// The setting was changed again after the change that should be rolled back.
    ChangedSince {
        /// The change that should be rolled back.
        change: i64,
        /// The change that came after it.
        latest: i64,
        /// What the setting's feature is called.
        group: &'static str,
        /// The setting.
        field: Field,
    },
    /// What the setting was before that change, it may not be any more.
    OldUnfit {
        /// The change that should be rolled back.
        change: i64,
        /// What the setting's feature is called.
        group: &'static str,
        /// The setting, the value it had, and why it may not have that any more.
        unfit: Unfit,
    },
}

/// A value that a setting may not have.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfit {
    /// The setting.
    pub field: Field,
    /// Why not.
    pub why: Why,
}

/// Why a setting may not have a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The field does not take it.
    Misfit(Misfit),
    /// The channel is none of this guild, or the bot or whoever acts may not do there what the bot would have to do.
    Lack(Lack),
    /// The channel is of another type.
    ChannelType {
        /// Of which types it may be.
        types: &'static [ChannelType],
    },
    /// The role is none of this guild.
    UnknownRole,
    /// The role is everybody's.
    Everyone,
    /// The bot cannot give the role to anybody.
    NotGrantable {
        /// Which.
        role: Id<RoleMarker>,
    },
}

impl acting::Refusal for Refusal {
    /// That of several values is the first one's.
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotAdmin => NotAdmin.code(),
            Refusal::NoSuchSetting => "no_such_setting",
            Refusal::Unfit(unfit) => unfit.first().map_or("unfit_value", |unfit| unfit.why.code()),
            Refusal::NoSuchChange => "no_such_change",
            Refusal::SettingGone => "setting_gone",
            Refusal::ChangedSince { .. } => "changed_since",
            Refusal::OldUnfit { .. } => "old_value_unfit",
        }
    }
}

impl acting::Refusal for Why {
    fn code(&self) -> &'static str {
        match self {
            Why::Misfit(misfit) => misfit.code(),
            Why::Lack(lack) => lack.code(),
            Why::ChannelType { .. } => "wrong_channel_type",
            Why::UnknownRole => "unknown_role",
            Why::Everyone => "everyone_role",
            Why::NotGrantable { .. } => "role_not_grantable",
        }
    }
}

impl acting::Refusal for Misfit {
    fn code(&self) -> &'static str {
        match self {
            Misfit::Value { .. } => "unfit_value",
            Misfit::Placeholder { .. } => "unknown_placeholder",
        }
    }
}

refused_as!(Refusal, NotAdmin => |_| Refusal::NotAdmin);

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
    let latest = app.settings.latest(acting.guild, declared.feature).await?;
    let left_alone = match declared.feature == System::FEATURE {
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
    Ok(app.settings.stored(acting.guild, declared.feature).await?)
}

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
    Ok(app.settings.history(acting.guild, declared.map(|it| it.feature), offset, limit).await?)
}

/// The name of the step at which the set-up goes on ([`step_name`]); nothing is the beginning.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn find_step(app: &App, acting: &Acting) -> Result<Option<String>, Failure<Refusal>> {
    acting.require_admin()?;
    Ok(app.settings.setup(acting.guild).await?)
}

/// Changes settings of one feature by name, all of them or none. Going back to the default is a change too.
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
    store(app, acting, declared, &checked, how).await
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
        None => declared.fields.iter().map(|field| (field.name, Given::Default)).collect(),
    };
    change(app, acting, declared, &defaults, How::Reset).await
}

/// Undoes the change of that number, unless another of the same setting came after it, and tells in which feature.
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
    let found = app.settings.find_change(acting.guild, change).await?;
    let (changed, latest) = found.ok_or(Refusal::NoSuchChange)?;
    let (declared, field) = setting_of(all, &changed).ok_or(Refusal::SettingGone)?;
    let group = declared.group;
    let unfit = |why| Refusal::OldUnfit { change, group, unfit: Unfit { field: *field, why } };
    let old = changed.old.as_ref().map(|old| settings::check(field, old)).transpose();
    let old = old.map_err(|misfit| unfit(Why::Misfit(misfit)))?;
    if let Some(latest) = latest.filter(|latest| latest.new != changed.new) {
        return Err(Refusal::ChangedSince { change, latest: latest.id, group, field: *field }.into());
    }
    let undo = match old {
        None => Checked::default_of(field),
        Some(old) => ask_for_named(app, acting, old).await?.map_err(unfit)?,
    };
    // Discord took its time, and somebody may have changed it meanwhile.
    Ok((declared, store(app, acting, declared, &[undo.over(changed.new)], How::Rollback).await?))
}

/// Remembers at which setting the set-up goes on; nothing is the beginning.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn remember_step(
    app: &App,
    acting: &Acting,
    step: Option<(&Declared, &Field)>,
) -> Result<(), Failure<Refusal>> {
    acting.require_admin()?;
    let name = step.map(|(declared, field)| step_name(declared, field));
    Ok(app.settings.set_setup(acting.guild, name.as_deref()).await?)
}

/// What a step of the set-up is called in the database; its position would mean another step in another version.
pub fn step_name(declared: &Declared, field: &Field) -> String {
    format!("{}.{}", declared.feature, field.name)
}

fn setting_of<'a>(all: &'a [Declared], changed: &Changed) -> Option<(&'a Declared, &'a Field)> {
    let declared = all.iter().find(|it| it.feature == changed.feature)?;
    Some((declared, declared.fields.iter().find(|it| it.name == changed.key)?))
}

async fn check(app: &App, acting: &Acting, field: &Field, given: &Given) -> anyhow::Result<Result<Checked, Why>> {
    let fitting = match given {
        Given::Default => return Ok(Ok(Checked::default_of(field))),
        Given::Text(text) => field.parse(text).and_then(|value| settings::check(field, &value)),
        Given::Value(value) => settings::check(field, value),
    };
    match fitting {
        Ok(fitting) => ask_for_named(app, acting, fitting).await,
        Err(misfit) => Ok(Err(Why::Misfit(misfit))),
    }
}

/// Whether the channel or role that a value names is one of this guild that serves the purpose.
async fn ask_for_named(app: &App, acting: &Acting, fitting: Fitting) -> anyhow::Result<Result<Checked, Why>> {
    let refused = match fitting.names() {
        Names::Nothing => None,
        Names::Channel { channel, types, needs } => refuse_channel(app, acting, channel, types, needs).await?,
        Names::Role { role, granted } => refuse_role(app, acting, role, granted).await?,
    };
    Ok(refused.map_or_else(|| Ok(fitting.asked_for()), Err))
}

async fn refuse_channel(
    app: &App,
    acting: &Acting,
    channel: Id<ChannelMarker>,
    types: &'static [ChannelType],
    needs: Permissions,
) -> anyhow::Result<Option<Why>> {
    let place = match acting.place(app, channel).await? {
        Ok(place) => place,
        Err(lack) => return Ok(Some(Why::Lack(lack))),
    };
    // One of which nobody knows the type is none of the right ones.
    if !types.is_empty() && !place.kind.is_some_and(|kind| types.contains(&kind)) {
        return Ok(Some(Why::ChannelType { types }));
    }
    Ok(place.require_both(needs).err().map(Why::Lack))
}

async fn refuse_role(app: &App, acting: &Acting, role: Id<RoleMarker>, granted: bool) -> anyhow::Result<Option<Why>> {
    // @everyone has the guild's id.
    if role == acting.guild.cast() {
        return Ok(Some(Why::Everyone));
    }
    let Some(known) = acting.role(app, role).await? else { return Ok(Some(Why::UnknownRole)) };
    if !granted {
        return Ok(None);
    }
    let above = known.managed || known.position >= app.discord.guild(acting.guild).own_rank(acting.deadline).await?;
    Ok(above.then_some(Why::NotGrantable { role }))
}

/// Makes the changes, and puts them on record and into the log channel.
async fn store(
    app: &App,
    acting: &Acting,
    declared: &Declared,
    changes: &[Checked],
    how: How,
) -> Result<Done, Failure<Refusal>> {
    let system = app.settings.get::<System>(acting.guild).await?;
    let is_log_channel = |key: &str| declared.feature == "system" && key == "log_channel";
    // Every change has an account; what a program or the bot itself does is done by the bot's.
    let user = acting.user().unwrap_or_else(|| app.discord.own_user());
    let by = By { user, program: acting.program(), how, at: acting.now };
    let report = |made: &[Made]| {
        let moved = made.iter().find(|made| is_log_channel(made.key));
        // Who gives up a log channel is seen doing so in it.
        let given_up = moved.and(system.log_channel).map(Some);
        let current = moved.map_or(system.log_channel.is_some(), |made| made.new.is_some()).then_some(None);
        let channels = given_up.into_iter().chain(current);
        channels.flat_map(|channel| words::reports(declared, acting, made, channel)).collect()
    };
    let (made, refusing) = app.settings.change(acting.guild, declared.feature, changes, &by, report).await?;
    if changes.iter().any(|change| is_log_channel(change.field().name)) {
        log_channel::forget_failures(&app.db, acting.guild).await?;
    }
    if !made.is_empty() {
        acting.post_log(app);
    }
    // One that was given up just now may refuse what it likes.
    let moved = made.iter().any(|made| is_log_channel(made.key));
    let refusing = refusing.filter(|channel| !moved && system.log_channel == Some(*channel));
    Ok(Done { made, refusing })
}
