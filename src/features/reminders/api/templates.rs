//! Templates of reminders.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{FOUND, Searched};
use crate::api::{Body, Caller, Path, Problem, Query};
use crate::operations::reminders as operations;

/// List names of templates that hold what is looked for
///
/// Up to 25; an empty text finds any.
#[utoipa::path(get, path = "/templates", tag = "reminders", params(Searched), responses(
    (status = 200, description = "Their names", body = Vec<String>),
))]
pub(super) async fn list_templates(
    caller: Caller,
    Query(Searched { query }): Query<Searched>,
) -> Result<Json<Vec<String>>, Problem> {
    Ok(Json(operations::templates(&caller.app, &caller.acting().await?, &query, FOUND).await?))
}

/// Which template.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct NamedTemplate {
    /// The template's name.
    name: String,
}

/// What is kept as a template.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateWish {
    /// The number of the reminder that is kept.
    reminder: i32,
}

/// A template that was kept.
#[derive(Serialize, ToSchema)]
pub(super) struct TemplateSaved {
    /// Its name.
    name: String,
    /// Whether something else was kept under that name before.
    replaced: bool,
}

/// Keep a reminder to be made again at other times
#[utoipa::path(put, path = "/templates/{name}", tag = "reminders", params(NamedTemplate), request_body = TemplateWish, responses(
    (status = 200, description = "What was kept", body = TemplateSaved),
))]
pub(super) async fn save_template(
    caller: Caller,
    Path(NamedTemplate { name }): Path<NamedTemplate>,
    Body(TemplateWish { reminder }): Body<TemplateWish>,
) -> Result<Json<TemplateSaved>, Problem> {
    let saved = operations::save_template(&caller.app, &caller.acting().await?, reminder, &name).await?;
    Ok(Json(TemplateSaved { name, replaced: saved.replaced.is_some() }))
}

/// A template that is forgotten.
#[derive(Serialize, ToSchema)]
pub(super) struct TemplateRemoved {
    /// What it was called.
    name: String,
}

/// Forget what is kept under a name
#[utoipa::path(delete, path = "/templates/{name}", tag = "reminders", params(NamedTemplate), responses(
    (status = 200, description = "What was forgotten", body = TemplateRemoved),
))]
pub(super) async fn remove_template(
    caller: Caller,
    Path(NamedTemplate { name }): Path<NamedTemplate>,
) -> Result<Json<TemplateRemoved>, Problem> {
    operations::remove_template(&caller.app, &caller.acting().await?, &name).await?;
    Ok(Json(TemplateRemoved { name }))
}
