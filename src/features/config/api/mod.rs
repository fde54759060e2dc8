//! The settings for programs, `/api/v1/guilds/{guild}/settings`, and who changed what, `…/audit`: all of it follows from what
//! features declare.

mod history;
mod schema;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::acting::{Failure, Refusal as _};
use crate::api::{Body, Caller, IfMatch, Path, Problem, Tagged};
use crate::app::App;
use crate::operations::settings::words::{fault, warning};
use crate::operations::settings::{self, Done, Faults, Given, Means, Refusal, Set, Unfit};
use crate::settings::{Declared, Field, Made};
use crate::words::{Language, Say};

type All = Extension<Arc<Vec<Declared>>>;

pub(super) fn settings(all: &Arc<Vec<Declared>>) -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_settings))
        .routes(routes!(schema::describe_settings))
        .routes(routes!(history::list_changes_of_settings))
        .routes(routes!(history::roll_back_change))
        .routes(routes!(history::take_back_reset))
        .routes(routes!(read_settings, change_settings))
        .routes(routes!(reset_settings))
        .routes(routes!(look_for_faults))
        .layer(Extension(Arc::clone(all)))
}

pub(super) fn audit(all: &Arc<Vec<Declared>>) -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(history::list_all_changes)).layer(Extension(Arc::clone(all)))
}

/// What a server has set in a group.
#[derive(Serialize, ToSchema)]
struct GroupValues {
    /// What the group is called.
    group: &'static str,
    /// Counts the changes of its settings; the `ETag`.
    revision: i64,
    /// What holds, by the settings' names: what is set, or the default.
    values: BTreeMap<&'static str, Value>,
    /// The names of what is set.
    set: Vec<&'static str>,
}

async fn values_of(caller: &Caller, declared: &Declared) -> Result<GroupValues, Problem> {
    let Set { stored, revision, .. } = settings::show(&caller.app, &caller.acting().await?, declared).await?;
    // What fits no more counts as not set.
    let set = |field: &&Field| stored.get(field.name).is_some_and(|value| field.accepts(value));
    let value = |field: &Field| match stored.get(field.name).filter(|value| field.accepts(value)) {
        Some(value) => value.clone(),
        None => declared.default(field).clone(),
    };
    Ok(GroupValues {
        group: declared.group(),
        revision,
        values: declared.fields().iter().map(|field| (field.name, value(field))).collect(),
        set: declared.fields().iter().filter(set).map(|field| field.name).collect(),
    })
}

/// Which group.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct Grouped {
    /// The group's name.
    #[param(example = "tickets")]
    group: String,
}

fn find<'a>(all: &'a [Declared], group: &str) -> Result<&'a Declared, Problem> {
    all.iter().find(|it| it.group() == group).ok_or_else(|| Problem::refused(&Refusal::NoSuchSetting))
}

/// A refusal with the place of the value that does not fit.
fn refused(failure: Failure<Refusal>) -> Problem {
    match failure {
        Failure::Refused(refusal) => {
            let problem = Problem::refused(&refusal);
            match &refusal {
                Refusal::Unfit(unfit) if let Some(first) = unfit.first() => {
                    problem.at(format!("/{}", first.field.name))
                }
                _ => problem,
            }
        }
        failure => failure.into(),
    }
}

/// Read all settings
#[utoipa::path(get, path = "/", tag = "settings", responses(
    (status = 200, description = "What holds in each group", body = Vec<GroupValues>),
))]
async fn list_settings(caller: Caller, Extension(all): All) -> Result<Json<Vec<GroupValues>>, Problem> {
    let mut groups = Vec::with_capacity(all.len());
    for declared in all.iter() {
        groups.push(values_of(&caller, declared).await?);
    }
    Ok(Json(groups))
}

/// Read a group of settings
#[utoipa::path(get, path = "/{group}", tag = "settings", params(Grouped), responses(
    (status = 200, description = "What holds", body = GroupValues, headers(("ETag" = String, description = "Its revision"))),
))]
async fn read_settings(
    caller: Caller,
    Extension(all): All,
    Path(Grouped { group }): Path<Grouped>,
) -> Result<Tagged<GroupValues>, Problem> {
    let values = values_of(&caller, find(&all, &group)?).await?;
    Ok(Tagged::new(values.revision, values))
}

/// A setting that became another.
#[derive(Serialize, ToSchema)]
struct SettingMade {
    /// The setting's name.
    name: &'static str,
    /// What was set before; null is the default.
    old: Option<Value>,
    /// What is set now.
    new: Option<Value>,
}

impl From<Made> for SettingMade {
    fn from(Made { key, old, new }: Made) -> SettingMade {
        SettingMade { name: key, old, new }
    }
}

/// What became of settings.
#[derive(Serialize, ToSchema)]
struct SettingsChanged {
    /// What is different now; nothing if it was so before.
    changed: Vec<SettingMade>,
    /// What works otherwise than they will want, as sentences for people.
    warnings: Vec<String>,
    /// What holds now.
    now: GroupValues,
}

async fn changed(caller: &Caller, declared: &Declared, done: Done) -> Result<Tagged<SettingsChanged>, Problem> {
    let now = values_of(caller, declared).await?;
    let warnings = done.warnings.iter().map(|it| warning(it).say(caller.reader.language)).collect();
    let changed = done.made.into_iter().map(SettingMade::from).collect();
    Ok(Tagged::new(now.revision, SettingsChanged { changed, warnings, now }))
}

/// Change settings of a group
///
/// All of them or none, by their names; null is the default again. What is not named stays as it is.
#[utoipa::path(patch, path = "/{group}", tag = "settings", request_body = BTreeMap<String, Value>,
    params(Grouped, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "What became of them", body = SettingsChanged, headers(("ETag" = String, description = "Its revision"))),
))]
async fn change_settings(
    caller: Caller,
    Extension(all): All,
    Path(Grouped { group }): Path<Grouped>,
    revision: IfMatch,
    Body(wanted): Body<BTreeMap<String, Value>>,
) -> Result<Tagged<SettingsChanged>, Problem> {
    let declared = find(&all, &group)?;
    let given = |value: Value| if value.is_null() { Given::Default } else { Given::Value(value) };
    let wanted: Vec<(String, Given)> = wanted.into_iter().map(|(name, value)| (name, given(value))).collect();
    let wanted: Vec<(&str, Given)> = wanted.iter().map(|(name, given)| (name.as_str(), given.clone())).collect();
    let (acting, revision) = (caller.acting().await?, revision.revision());
    let done = settings::change_at(&caller.app, &acting, declared, revision, &wanted, Means::Api).await;
    changed(&caller, declared, done.map_err(refused)?).await
}

/// What is to be reset.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResetWish {
    /// The setting's name; without one it is all of the group.
    #[serde(default)]
    name: Option<String>,
}

/// Let settings of a group be their defaults again
#[utoipa::path(post, path = "/{group}/reset", tag = "settings", params(Grouped), request_body = ResetWish, responses(
    (status = 200, description = "What became of them", body = SettingsChanged, headers(("ETag" = String, description = "Its revision"))),
))]
async fn reset_settings(
    caller: Caller,
    Extension(all): All,
    Path(Grouped { group }): Path<Grouped>,
    Body(wish): Body<ResetWish>,
) -> Result<Tagged<SettingsChanged>, Problem> {
    let declared = find(&all, &group)?;
    let done = settings::reset(&caller.app, &caller.acting().await?, declared, wish.name.as_deref()).await?;
    changed(&caller, declared, done).await
}

/// What is wrong with what a server has set.
#[derive(Serialize, ToSchema)]
struct SettingsFaults {
    /// Settings that name what is gone, or where the bot lacks something.
    faults: Vec<SettingFault>,
    /// What works otherwise than they will want, as sentences for people.
    warnings: Vec<String>,
    /// Whether Discord did not say everything in time.
    unsure: bool,
}

/// A setting that does not serve its purpose.
#[derive(Serialize, ToSchema)]
struct SettingFault {
    /// The setting's name.
    name: &'static str,
    /// What programs tell faults apart by.
    code: &'static str,
    /// The same as a sentence for people.
    detail: String,
}

impl SettingFault {
    fn of(language: Language, unfit: &Unfit) -> SettingFault {
        SettingFault { name: unfit.field.name, code: unfit.why.code(), detail: fault(unfit).say(language) }
    }
}

/// Tell what is wrong with what is set in a group
#[utoipa::path(get, path = "/{group}/faults", tag = "settings", params(Grouped), extensions(("x-cost" = json!(5))), responses(
    (status = 200, description = "What is wrong", body = SettingsFaults),
))]
async fn look_for_faults(
    caller: Caller,
    Extension(all): All,
    Path(Grouped { group }): Path<Grouped>,
) -> Result<Json<SettingsFaults>, Problem> {
    let (declared, language) = (find(&all, &group)?, caller.reader.language);
    let Faults { lacks, warnings, unsure } = settings::faults(&caller.app, &caller.acting().await?, declared).await?;
    let warnings = warnings.iter().map(|it| warning(it).say(language)).collect();
    Ok(Json(SettingsFaults {
        faults: lacks.iter().map(|it| SettingFault::of(language, it)).collect(),
        warnings,
        unsure,
    }))
}
