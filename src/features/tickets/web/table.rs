//! A list as a table to save: exactly the tickets that it shows on all its pages, with what exports tell of each.

use std::sync::Arc;

use super::super::export::{TABLE, cells};
use super::super::operations::{look, table};
use super::super::store::{At, Filter};
use super::wanted::Wanted;
use crate::acting::Failure;
use crate::error::{Error, Result};
use crate::feature::export::{Rows, Written, crowded, stream, stream_own};
use crate::web::{Answer, Visit};

/// The table.
pub(super) async fn save(visit: Arc<Visit>) -> Result<Answer> {
    let staff = look::works_tickets(&visit.app, visit.acting()).await?;
    let kinds = look::list_kinds(&visit.app, visit.acting()).await?;
    let filter = Wanted::read(&visit, &kinds, staff).filter(&visit, staff).await?;
    let name = format!("tickets-{}.csv", visit.acting().now().strftime("%Y-%m-%d"));
    let by = Arc::clone(&visit);
    let read = |rows| async move { put_all(&by, &filter, &rows).await };
    let (app, acting, format) = (&visit.app, visit.acting(), Written::Sheet);
    let content = match staff {
        true => stream(app, acting, &TABLE, format, read).await?.ok_or_else(|| Error::User(crowded()))?,
        false => stream_own(app, acting, &TABLE, format, read).await,
    };
    Ok(Answer::File { name, kind: format.kind(), content })
}

/// Puts all pages of the list.
async fn put_all(visit: &Visit, filter: &Filter, rows: &Rows) -> anyhow::Result<()> {
    let mut at = Some(At::Start);
    while let Some(from) = at {
        // Who takes it slowly may have lost their roles since it began.
        let acting = visit.acting_by_now("tickets").await?;
        let read = table::read(&visit.app, &acting, filter.clone(), from, visit.language).await;
        let table::Rows { rows: found, next } = read.map_err(|failure| match failure {
            Failure::Internal(error) => error,
            refused => anyhow::anyhow!("{refused:?}"),
        })?;
        for row in found {
            rows.put(cells(visit.language, row, acting.now())).await?;
        }
        at = next;
    }
    Ok(())
}
