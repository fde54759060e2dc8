//! A list as a table to save: exactly the tickets that it shows on all its pages, with what exports tell of each.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use csv::{Terminator, WriterBuilder};
use futures_util::stream;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;

use super::super::export::{TABLE, cells};
use super::super::operations::{look, table};
use super::super::store::{At, Filter};
use super::wanted::Wanted;
use crate::acting::Failure;
use crate::error::Result;
use crate::feature::export::{Row, guarded};
use crate::web::{Answer, Visit};

/// A table has at most so many tickets: whoever wants all that there ever were exports them.
const MOST: i64 = 20_000;

/// Where a table is on its way to whoever saves it.
struct Reading {
    visit: Arc<Visit>,
    filter: Filter,
    at: Option<At>,
    left: i64,
    is_begun: bool,
}

/// The table.
pub(super) async fn save(visit: Arc<Visit>) -> Result<Answer> {
    let staff = look::works_tickets(&visit.app, visit.acting()).await?;
    let kinds = look::list_kinds(&visit.app, visit.acting()).await?;
    let filter = Wanted::read(&visit, &kinds, staff).filter(&visit, staff).await?;
    let name = format!("tickets-{}.csv", visit.acting().now().strftime("%Y-%m-%d"));
    let reading = Reading { visit, filter, at: Some(At::Start), left: MOST, is_begun: false };
    let content = Body::from_stream(stream::try_unfold(reading, Reading::next));
    Ok(Answer::File { name, kind: "text/csv; charset=utf-8; header=present", content })
}

impl Reading {
    /// The next rows as text. One that fails breaks the file off: what ended properly is whole.
    async fn next(mut self) -> io::Result<Option<(Bytes, Reading)>> {
        let Some(at) = self.at.take().filter(|_| self.left > 0) else { return Ok(None) };
        let visit = &self.visit;
        let read = table::read(&visit.app, visit.acting(), self.filter.clone(), at, visit.language).await;
        let table::Rows { rows, next } = match read {
            Ok(read) => read,
            Err(Failure::Internal(error)) => return Err(io::Error::other(format!("{error:#}"))),
            // It was switched off meanwhile.
            Err(_) => return Err(io::Error::other("refused")),
        };
        self.left -= table::AT_ONCE;
        let rows: Vec<Row> = rows.into_iter().map(|row| cells(visit.language, row, visit.acting().now())).collect();
        let text = write(visit, rows, !self.is_begun).await?;
        (self.at, self.is_begun) = (next, true);
        Ok(Some((text, self)))
    }
}

/// Rows, with the names of people beside their mentions as exports have them, as far as Discord tells them soon.
async fn write(visit: &Visit, rows: Vec<Row>, is_first: bool) -> io::Result<Bytes> {
    let named: Vec<bool> = TABLE.columns.iter().map(|column| TABLE.named.contains(column)).collect();
    let mentioned = |cell: &str| -> Option<Id<UserMarker>> {
        cell.strip_prefix("<@")?.strip_suffix('>')?.parse().ok().and_then(Id::new_checked)
    };
    let people = visit.people(rows.iter().flatten().filter_map(|cell| mentioned(cell))).await;
    let name = |cell: &str| mentioned(cell).and_then(|user| people.get(&user)).map(ToString::to_string);
    let mut text = Vec::new();
    if is_first {
        // Excel takes it for UTF-8 then.
        text.extend(b"\xef\xbb\xbf");
    }
    let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(&mut text);
    if is_first {
        let columns = TABLE.columns.iter().zip(&named);
        let all =
            columns.flat_map(|(column, named)| [Some((*column).to_owned()), named.then(|| format!("{column}_name"))]);
        lines.write_record(all.flatten())?;
    }
    for row in rows {
        let cells = row.iter().zip(&named);
        let all = cells
            .flat_map(|(cell, named)| [Some(guarded(cell)), named.then(|| guarded(&name(cell).unwrap_or_default()))]);
        lines.write_record(all.flatten())?;
    }
    lines.flush()?;
    drop(lines);
    Ok(text.into())
}
