//! Tables that admins can take with them: what a feature declares of one, and where it puts the rows.
//!
//! A feature reads its rows one after another from the database and puts them into [`Rows`], which waits when nobody
//! takes them: however many there are, a few are in memory.

mod names;
mod stream;
mod written;

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::{BoxFuture, Feature};
use crate::acting::{Acting, Failure, NotAdmin};
use crate::app::App;
use crate::words::Language;

pub use names::Names;
pub use stream::{crowded, stream, stream_own};
pub use written::Written;

/// Excel takes a file for UTF-8 if it begins with this; Python's `utf-8-sig` and `LibreOffice` skip it.
pub const MARK: &[u8] = b"\xef\xbb\xbf";

/// Rows that are taken at once.
pub const AT_ONCE: usize = 256;

/// Rows that wait to be taken.
const WAITING: usize = 256;

/// Parts of a guild by their numbers, with what they are called.
pub type Parts = Vec<(i32, String)>;

type ListParts = Arc<dyn Fn(App, Id<GuildMarker>, Language) -> BoxFuture<anyhow::Result<Parts>> + Send + Sync>;

type Export = Arc<dyn Fn(App, Wanted, Rows) -> BoxFuture<anyhow::Result<()>> + Send + Sync>;

/// A table that a feature can export, as `/export` knows it.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The subcommand, and the name of the file. What it holds is said by the message `command-export-` with this name.
    pub name: &'static str,
    /// The first line of the file.
    pub columns: &'static [&'static str],
    /// The columns that hold mentions: a column with the name of whoever or whatever it is follows each.
    pub named: &'static [&'static str],
    /// Whether rows can be chosen by the day on which they began.
    pub dated: bool,
    /// An option by which rows can be chosen, if there is one.
    pub choice: Option<TableChoice>,
    /// What the guild's own parts are called by which rows can be chosen, such as kinds, if there are some
    /// ([`Feature::in_parts`]).
    pub part: Option<&'static str>,
}

/// An option by which rows of a [`Table`] can be chosen.
#[derive(Clone, Copy, Debug)]
pub struct TableChoice {
    /// The option's name.
    pub name: &'static str,
    /// What can be chosen, as it is stored.
    pub values: &'static [&'static str],
}

/// Which rows are wanted. A feature exports rows of this guild and no other.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The server.
    pub guild: Id<GuildMarker>,
    /// Those that began at or after this moment.
    pub from: Option<Timestamp>,
    /// Those that began before this moment.
    pub to: Option<Timestamp>,
    /// What was chosen of [`TableChoice::values`].
    pub choice: Option<String>,
    /// The number of the guild's part whose rows these are ([`Table::part`]).
    pub part: Option<i32>,
    /// In which language whoever asks reads.
    pub language: Language,
    /// The present, for what is as old as the moment of the export.
    pub now: Timestamp,
}

/// A line of a table, a text for each column.
pub type Row = Vec<String>;

/// Where an export puts its rows.
#[derive(Debug)]
pub struct Rows(mpsc::Sender<Row>);

impl Rows {
    /// Where rows are put, and where they are taken.
    pub fn channel() -> (Rows, mpsc::Receiver<Row>) {
        let (sender, receiver) = mpsc::channel(WAITING);
        (Rows(sender), receiver)
    }

    /// Puts a row, once there is room.
    ///
    /// # Errors
    /// Nobody takes rows any more.
    pub async fn put(&self, row: Row) -> anyhow::Result<()> {
        self.0.send(row).await.map_err(|_| anyhow::anyhow!("nobody takes the rows"))
    }
}

/// A table that admins can take with them, and who reads it.
#[derive(Clone)]
pub struct ExportEntry {
    /// What it is.
    pub table: Table,
    run: Export,
    parts: Option<ListParts>,
}

impl ExportEntry {
    /// Puts what is wanted of it into `rows`, for an admin of the guild of which it is.
    ///
    /// # Errors
    /// Whoever acts is none, or something is not to be had.
    pub async fn run(&self, app: App, acting: &Acting, wanted: Wanted, rows: Rows) -> Result<(), Failure<NotAdmin>> {
        acting.require_admin().map_err(Failure::Refused)?;
        Ok((self.run)(app, Wanted { guild: acting.guild(), ..wanted }, rows).await?)
    }

    /// The guild's parts by which rows can be chosen.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn parts(&self, app: &App, guild: Id<GuildMarker>, language: Language) -> anyhow::Result<Parts> {
        match &self.parts {
            Some(list) => list(app.clone(), guild, language).await,
            None => Ok(Vec::new()),
        }
    }
}

impl Feature {
    /// Lets admins take a table with them by `/export`.
    #[must_use]
    pub fn export<F, Fut>(mut self, table: Table, run: F) -> Feature
    where
        F: Fn(App, Wanted, Rows) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let run: Export = Arc::new(move |app, wanted, rows| Box::pin(run(app, wanted, rows)));
        self.exports.push(ExportEntry { table, run, parts: None });
        self
    }

    /// Lets rows of the table added last be chosen by parts of the guild, which `list` lists.
    ///
    /// # Panics
    /// No table was added before, or it says of no part what it is called.
    #[must_use]
    pub fn in_parts<F, Fut>(mut self, list: F) -> Feature
    where
        F: Fn(App, Id<GuildMarker>, Language) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<Parts>> + Send + 'static,
    {
        let entry = self.exports.last_mut().expect("`.in_parts` follows a table");
        assert!(entry.table.part.is_some(), "the parts of {} have a name", entry.table.name);
        entry.parts = Some(Arc::new(move |app, guild, language| Box::pin(list(app, guild, language))));
        self
    }
}

/// A member in a cell, as a mention: spreadsheets take an id alone for a number and round it to fifteen digits.
pub fn user(id: Option<Id<UserMarker>>) -> String {
    id.map(|id| format!("<@{id}>")).unwrap_or_default()
}

/// A time in a cell, in UTC; every spreadsheet takes it for one.
pub fn time(at: Option<Timestamp>) -> String {
    at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

/// Whether a spreadsheet takes a cell for a formula (<https://owasp.org/www-community/attacks/CSV_Injection>), whatever
/// apostrophes stand before it; signs of full width count as such in some countries.
fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start_matches('\'').trim_start_matches(' ');
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before one.
pub fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// What was [`guarded`], as it was before.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|_| is_formula(cell)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_text() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0"),
            ("+31 6", "'+31 6"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("'-1", "''-1"),
            ("'tis", "'tis"),
            ("<@81384788765712384>", "<@81384788765712384>"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
            assert_eq!(unguarded(expected), cell);
        }
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back_as_it_was(cell in "['=+@ \t-]{0,4}.{0,4}") {
            let kept = guarded(&cell);
            prop_assert!(!kept.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '＝']));
            prop_assert_eq!(unguarded(&kept), cell);
        }
    }
}
