//! A list of tickets with all that an export tells of each.

use std::collections::HashMap;

use super::super::model::Refusal;
use super::super::store::{self, At, Exported, Filter};
use super::{SWITCH, look};
use crate::acting::{Acting, Failure};
use crate::app::App;
use crate::words::Language;

/// Tickets that are read at once.
pub const AT_ONCE: i64 = 100;

/// Some tickets of a list, and where it goes on.
pub struct Rows {
    /// In the order of the list.
    pub rows: Vec<Exported>,
    pub next: Option<At>,
}

/// The next tickets of a list, of those that whoever acts may see. A kind is named in `language`.
///
/// # Errors
/// The database does not answer.
pub async fn read(
    app: &App,
    acting: &Acting,
    filter: Filter,
    at: At,
    language: Language,
) -> Result<Rows, Failure<Refusal>> {
    SWITCH.require_on(app, acting).await?;
    let look::Page { lines, next, .. } = look::page(app, acting, filter, at, AT_ONCE).await?;
    let numbers: Vec<i32> = lines.iter().map(|line| line.number).collect();
    let found = store::list_chosen(&app.db, acting.guild(), language, &numbers).await?;
    let mut found: HashMap<i32, Exported> = found.into_iter().map(|row| (row.number, row)).collect();
    Ok(Rows { rows: numbers.iter().filter_map(|number| found.remove(number)).collect(), next })
}
