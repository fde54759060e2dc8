//! Tables for programs: `/api/v1/guilds/{guild}/exports`. Rows go out as they come from the database.

use std::io;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use csv::WriterBuilder;
use futures_util::stream;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::{mpsc, oneshot};
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::names::Names;
use super::span::span;
use super::{AT_ONCE, told};
use crate::acting::Failure;
use crate::api::{Caller, Path, Problem, Query};
use crate::app::App;
use crate::feature::ExportEntry;
use crate::feature::export::{Row, Rows, Table as Declared, Wanted, guarded};
use crate::settings::System;
use crate::turns::{Turn, Turns};

/// Tables that are written now.
static TURNS: LazyLock<Turns<Id<GuildMarker>>> = LazyLock::new(Turns::of_tables);

/// A program that needs longer for a few hundred rows takes its table slowly.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long a table may take. A million rows take minutes over a slow line.
const MOST_TIME: Duration = Duration::from_secs(60 * 60);

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
}

/// List what can be exported
#[utoipa::path(get, path = "/", tag = "exports", responses((status = 200, description = "The tables", body = Vec<Table>)))]
async fn list_tables(_: Caller, Extension(all): Extension<Arc<Vec<ExportEntry>>>) -> Json<Vec<Table>> {
    let table = |Declared { name, columns, dated, choice, .. }: Declared| Table {
        name,
        columns: columns.to_vec(),
        dated,
        choice: choice.map(|choice| choice.values.to_vec()).unwrap_or_default(),
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
    let entry = all.iter().find(|entry| entry.table.name == table).ok_or_else(Problem::not_found)?.clone();
    let Declared { columns, named, dated, choice, .. } = entry.table;
    let acting = caller.acting().await?;
    let zone = caller.app.settings.get::<System>(acting.guild()).await?.time_zone.time_zone();
    let (from, to) = span(wish.from.as_deref(), wish.until.as_deref(), &zone).map_err(|it| Problem::refused(&it))?;
    let known = |value: &String| choice.is_some_and(|it| it.values.contains(&value.as_str()));
    if wish.choice.as_ref().is_some_and(|value| !known(value)) || (!dated && (from.is_some() || to.is_some())) {
        return Err(Problem::unfit_query());
    }
    let (guild, language, now) = (acting.guild(), caller.reader.language, acting.now());
    let wanted = Wanted { guild, from, to, choice: wish.choice, language, now };
    // Nobody waits for one: meanwhile the server's other programs would wait for this one's answer.
    let turn = TURNS.turn_now(guild).ok_or_else(Problem::too_slow)?;
    acting.record(&caller.app.db, &told(&acting, entry.table.name)).await?;
    acting.post_log(&caller.app);
    let names = Names::of(&caller.app, guild, columns, named).await;
    let (rows, taken) = Rows::channel();
    let (ended, end) = oneshot::channel();
    let app = caller.app.clone();
    caller.app.background.spawn(async move {
        let outcome = entry.run(app, &acting, wanted, rows).await;
        // Whoever takes no more rows has gone; there is nobody to tell.
        let _ = ended.send(outcome.map_err(|failure| match failure {
            Failure::Internal(error) => error,
            refused => anyhow::anyhow!("{refused:?}"),
        }));
    });
    let head = names.head(columns);
    let until = Instant::now() + MOST_TIME;
    let written =
        Written { format: wish.format, taken, end: Some(end), names, head, begun: false, given: None, until, turn };
    let body = Body::from_stream(stream::unfold(written, Written::next));
    let kind = match wish.format {
        Format::Csv => "text/csv; charset=utf-8; header=present",
        Format::Jsonl => "application/jsonl",
    };
    Ok(([(CONTENT_TYPE, kind)], body).into_response())
}

/// A table on its way to a program.
struct Written {
    format: Format,
    taken: mpsc::Receiver<Row>,
    /// How the reading ends; nothing once that is known.
    end: Option<oneshot::Receiver<anyhow::Result<()>>>,
    names: Names,
    head: Vec<String>,
    /// Whether the names of the columns are out.
    begun: bool,
    /// When the last rows were given.
    given: Option<Instant>,
    /// When it is enough.
    until: Instant,
    /// Until all is written, or its program has gone.
    turn: Turn<'static, Id<GuildMarker>>,
}

impl Written {
    /// The next rows as text, until there are none; a reading that failed ends in an error.
    async fn next(mut self) -> Option<(io::Result<Bytes>, Written)> {
        if self.given.is_some_and(|given| given.elapsed() > PATIENCE) {
            self.turn.takes_long();
        }
        if Instant::now() > self.until {
            tracing::warn!("a program takes an export too slowly; it is broken off");
            return Some((Err(io::Error::other("the export took too long")), self));
        }
        let written = self.next_rows().await;
        self.given = Some(Instant::now());
        written.map(|rows| (rows, self))
    }

    async fn next_rows(&mut self) -> Option<io::Result<Bytes>> {
        let mut rows = Vec::with_capacity(AT_ONCE);
        let count = self.taken.recv_many(&mut rows, AT_ONCE).await;
        if count > 0 || !self.begun {
            return Some(self.write(rows).await);
        }
        let failed = match self.end.take()?.await {
            Ok(Ok(())) => return None,
            Ok(Err(error)) => format!("{error:#}"),
            Err(_) => "the reading stopped".to_owned(),
        };
        tracing::error!(error = failed, "an export for a program failed midway");
        Some(Err(io::Error::other("the export failed")))
    }

    async fn write(&mut self, rows: Vec<Row>) -> io::Result<Bytes> {
        let is_first = !std::mem::replace(&mut self.begun, true);
        let mut text = Vec::new();
        match self.format {
            Format::Csv => {
                let mut lines = WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut text);
                if is_first {
                    lines.write_record(&self.head)?;
                }
                for row in rows {
                    lines.write_record(self.names.beside(row).await.iter().map(|cell| guarded(cell)))?;
                }
                lines.flush()?;
            }
            Format::Jsonl => {
                for row in rows {
                    let cells = self.names.beside(row).await.into_iter().map(Value::from);
                    let object: Map<String, Value> = self.head.iter().cloned().zip(cells).collect();
                    serde_json::to_writer(&mut text, &object)?;
                    text.push(b'\n');
                }
            }
        }
        Ok(text.into())
    }
}
