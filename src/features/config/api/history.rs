//! Who changed what, and undoing it.

use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{All, GroupValues, SettingFault, SettingMade, SettingsChanged, changed, find, values_of};
use crate::api::{Caller, Page, Paging, Path, Problem, Query, Tagged};
use crate::operations::settings::{self, TakenBack};
use crate::settings::{Changed, Declared, How, Program, Sought};

/// A change on record.
#[derive(Serialize, ToSchema)]
pub(super) struct SettingChange {
    /// Its number; later ones are larger.
    number: i64,
    /// The feature of which the setting is.
    feature: String,
    /// The group, if there still is one.
    group: Option<&'static str>,
    /// The setting's name.
    name: String,
    /// What was set before; null is the default.
    old: Option<Value>,
    /// What was set then.
    new: Option<Value>,
    /// The id of the account by which it was done: the bot's, if a program did it.
    user: String,
    /// The name of the key of the program that did it, if one did.
    key: Option<String>,
    /// By what it was done.
    #[schema(example = "slash")]
    how: &'static str,
    /// When.
    #[schema(format = DateTime)]
    at: String,
}

impl SettingChange {
    fn of(all: &[Declared], change: Changed) -> SettingChange {
        let Changed { id, feature, key, old, new, user, program, at, how } = change;
        let key_name = program.and_then(|program| match program {
            Program::Key(name) => Some(name),
            Program::Bot | Program::Unknown => None,
        });
        let how = match (&key_name, how) {
            (Some(_), How::Dashboard) => "api",
            (_, how) => how.name(),
        };
        SettingChange {
            number: id,
            group: all.iter().find(|it| it.feature() == feature).map(Declared::group),
            feature,
            name: key,
            old,
            new,
            user: user.to_string(),
            key: key_name,
            how,
            at: at.to_string(),
        }
    }
}

/// Of which group changes are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct OfGroup {
    /// The group; without one it is all of them.
    group: Option<String>,
    /// The cursor that the page before gave; without one it is the first page.
    cursor: Option<String>,
    /// How many there are on a page.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u8>,
}

/// List who changed what, the latest first
#[utoipa::path(get, path = "/history", tag = "settings", params(OfGroup), responses(
    (status = 200, description = "A page of changes", body = Page<SettingChange>),
))]
pub(super) async fn list_changes_of_settings(
    caller: Caller,
    Extension(all): All,
    Query(OfGroup { group, cursor, limit }): Query<OfGroup>,
) -> Result<Json<Page<SettingChange>>, Problem> {
    let declared = group.map(|group| find(&all, &group)).transpose()?;
    list_changes(&caller, &all, declared, Paging::new(cursor, limit)).await
}

/// List who changed what in all settings, the latest first
#[utoipa::path(get, path = "/changes", tag = "audit", params(Paging), responses(
    (status = 200, description = "A page of changes", body = Page<SettingChange>),
))]
pub(super) async fn list_all_changes(
    caller: Caller,
    Extension(all): All,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<SettingChange>>, Problem> {
    list_changes(&caller, &all, None, paging).await
}

pub(super) async fn list_changes(
    caller: &Caller,
    all: &[Declared],
    declared: Option<&Declared>,
    paging: Paging,
) -> Result<Json<Page<SettingChange>>, Problem> {
    let (limit, before) = (paging.limit()?, paging.after()?);
    let acting = caller.acting().await?;
    let sought = Sought { feature: declared.map(Declared::feature), before, ..Sought::default() };
    let found = settings::seek(&caller.app, &acting, sought, limit + 1).await?;
    Ok(Json(Page::of(found, limit, |change| change.id, |change| SettingChange::of(all, change))))
}

/// Which change.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct NumberedChange {
    /// The change's number.
    change: i64,
}

/// Undo a change
///
/// Not if the same setting was changed again since.
#[utoipa::path(post, path = "/changes/{change}/rollback", tag = "settings", params(NumberedChange), responses(
    (status = 200, description = "What became of it", body = SettingsChanged, headers(("ETag" = String, description = "Its revision"))),
))]
pub(super) async fn roll_back_change(
    caller: Caller,
    Extension(all): All,
    Path(NumberedChange { change }): Path<NumberedChange>,
) -> Result<Tagged<SettingsChanged>, Problem> {
    let (declared, done) = settings::roll_back(&caller.app, &caller.acting().await?, &all, change).await?;
    changed(&caller, declared, done).await
}

/// What was taken back of a reset.
#[derive(Serialize, ToSchema)]
pub(super) struct ResetTakenBack {
    /// What is different now.
    changed: Vec<SettingMade>,
    /// What somebody has changed since, and what stays so.
    changed_since: Vec<SettingChange>,
    /// What may not be any more what it was.
    faults: Vec<SettingFault>,
    /// What holds now.
    now: GroupValues,
}

/// Take back all that was reset together with a change
#[utoipa::path(post, path = "/changes/{change}/take-back", tag = "settings", params(NumberedChange), responses(
    (status = 200, description = "What became of it", body = ResetTakenBack, headers(("ETag" = String, description = "Its revision"))),
))]
pub(super) async fn take_back_reset(
    caller: Caller,
    Extension(all): All,
    Path(NumberedChange { change }): Path<NumberedChange>,
) -> Result<Tagged<ResetTakenBack>, Problem> {
    let (declared, TakenBack { done, changed_since, unfit }) =
        settings::take_back(&caller.app, &caller.acting().await?, &all, change).await?;
    let now = values_of(&caller, declared).await?;
    let language = caller.reader.language;
    let faults = unfit.iter().map(|(_, unfit)| SettingFault::of(language, unfit)).collect();
    let changed_since = changed_since.into_iter().map(|change| SettingChange::of(&all, change)).collect();
    let changed = done.made.into_iter().map(SettingMade::from).collect();
    Ok(Tagged::new(now.revision, ResetTakenBack { changed, changed_since, faults, now }))
}
