//! Tables for programs: `/api/v1/guilds/{guild}/exports`. Rows go out as they come from the database.

use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::span::{part, span};
use crate::api::{Caller, Path, Problem, Query};
use crate::app::App;
use crate::feature::ExportEntry;
use crate::feature::export::{Table as Declared, Wanted, Written};
use crate::settings::System;

pub(super) fn routes(all: &Arc<Vec<ExportEntry>>) -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_tables)).routes(routes!(export_table)).layer(Extension(Arc::clone(all)))
}

/// A table that can be exported.
#[derive(Serialize, ToSchema)]
struct Table {
    /// Its name.
    name: &'static str,
    /// Its columns. Beside one that names somebody or something stands a column with what that is called.
    columns: Vec<&'static str>,
    /// Whether rows can be chosen by days.
    dated: bool,
    /// By what else rows can be chosen, if by anything.
    choice: Vec<&'static str>,
    /// What the server's own parts are by which rows can be chosen, such as kinds; null where there are none.
    part: Option<&'static str>,
}

/// List what can be exported
#[utoipa::path(get, path = "/", tag = "exports", responses((status = 200, description = "The tables", body = Vec<Table>)))]
async fn list_tables(_: Caller, Extension(all): Extension<Arc<Vec<ExportEntry>>>) -> Json<Vec<Table>> {
    let table = |Declared { name, columns, dated, choice, part, .. }: Declared| Table {
        name,
        columns: columns.to_vec(),
        dated,
        choice: choice.map(|choice| choice.values.to_vec()).unwrap_or_default(),
        part,
    };
    Json(all.iter().map(|entry| table(entry.table)).collect())
}

/// Which table.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct Named {
    /// Its name.
    table: String,
}

/// As what rows are written.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Format {
    /// RFC 4180, with the names of the columns first. A cell that a spreadsheet would take for a formula begins with an
    /// apostrophe.
    #[default]
    Csv,
    /// A JSON object a line.
    Jsonl,
}

impl From<Format> for Written {
    fn from(format: Format) -> Written {
        match format {
            Format::Csv => Written::Csv,
            Format::Jsonl => Written::Jsonl,
        }
    }
}

/// Which rows, and as what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Wish {
    /// As what they are written.
    #[serde(default)]
    #[param(inline)]
    format: Format,
    /// The first day, in the server's time zone.
    #[param(example = "2027-03-01")]
    from: Option<String>,
    /// The last day.
    #[param(example = "2027-03-31")]
    until: Option<String>,
    /// One of the table's choices.
    choice: Option<String>,
    /// One of the server's own parts, such as a kind of ticket, by its number or what it is called.
    #[param(max_length = 100)]
    part: Option<String>,
}

/// Export a table
///
/// Rows come as they are read, however many there are. If that fails midway the connection is broken off, so what ended properly is whole.
#[utoipa::path(get, path = "/{table}", tag = "exports", params(Named, Wish), extensions(("x-cost" = json!(30))), responses(
    (status = 200, description = "The rows", content((String = "text/csv"), (String = "application/jsonl"))),
))]
async fn export_table(
    caller: Caller,
    Extension(all): Extension<Arc<Vec<ExportEntry>>>,
    Path(Named { table }): Path<Named>,
    Query(wish): Query<Wish>,
) -> Result<Response, Problem> {
    let entry = all.iter().find(|entry| entry.table.name == table).ok_or_else(Problem::not_found)?;
    let Declared { dated, choice, part: in_parts, .. } = entry.table;
    let acting = caller.acting().await?;
    let zone = caller.app.settings.get::<System>(acting.guild()).await?.time_zone.time_zone();
    let (from, to) = span(wish.from.as_deref(), wish.until.as_deref(), &zone).map_err(|it| Problem::refused(&it))?;
    let known = |value: &String| choice.is_some_and(|it| it.values.contains(&value.as_str()));
    if wish.choice.as_ref().is_some_and(|value| !known(value)) || (!dated && (from.is_some() || to.is_some())) {
        return Err(Problem::unfit_query());
    }
    if wish.part.is_some() && in_parts.is_none() {
        return Err(Problem::unfit_query());
    }
    let (guild, language, now) = (acting.guild(), caller.reader.language, acting.now());
    let part = match &wish.part {
        Some(text) => {
            let parts = entry.parts(&caller.app, guild, language).await?;
            Some(part(text, &parts).map_err(|it| Problem::refused(&it))?)
        }
        None => None,
    };
    let wanted = Wanted { guild, from, to, choice: wish.choice, part, language, now };
    let format = Written::from(wish.format);
    let begun = entry.stream(&caller.app, acting, wanted, format).await?;
    let body = begun.ok_or_else(Problem::too_slow)?;
    Ok(([(CONTENT_TYPE, format.kind())], body).into_response())
}
