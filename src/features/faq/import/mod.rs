//! `alphapy import faq`: entries from Markdown, CSV and JSON lines.
//!
//! An entry is known by its question, so the same files may be imported again. A bad row is named by file and line and
//! does not stop the others, unless the operator asked for that.

mod csv;
pub(super) mod documents;
mod lines;
mod text;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs;
use std::path::Path;

use anyhow::Context;
use indicatif::ProgressBar;

use crate::acting::{Acting, Failure, Origin};
use crate::app::App;
use crate::feature::{ImportReport, ImportRequest};
use crate::knowledge::{CheckedDraft, Draft, Import};
use crate::operations::knowledge;
use crate::said;
use crate::words::{Language, Said, Say};

/// Entries that an import stores in one transaction; others who add entries wait that long.
const BATCH: usize = 500;

/// An entry as files hold it.
#[derive(Debug, Default)]
struct Row {
    title: String,
    answer: String,
    keywords: Vec<String>,
    category: Option<String>,
    source: Option<String>,
}

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The file; nothing is what somebody pasted.
    name: String,
    pub(super) line: usize,
}

impl Say for Place {
    fn said(&self) -> Said {
        match self.name.as_str() {
            "" => said!(faq_import_line, line = self.line),
            name => Said::from(format!("{name}:{}", self.line)),
        }
    }
}

/// A row, or why it is none, with where it stands.
type Found = (Place, Result<Row, Said>);

/// What somebody pasted is one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Csv,
    JsonLines,
    Markdown,
}

/// What was found in a text, in its order: an entry that can be stored, or why it cannot, and what it is called there.
pub(super) type Line = (Place, String, Result<CheckedDraft, Said>);

/// Reads what somebody pasted.
///
/// # Errors
/// Why nothing of it can be read.
pub(super) fn read_text(text: &str, written: Written) -> Result<Vec<Line>, Said> {
    let mut found = Vec::new();
    match written {
        Written::Csv => csv::read("", text, &mut found)?,
        Written::JsonLines => lines::read_json_lines("", text, &mut found),
        Written::Markdown => found.push((Place { name: String::new(), line: 1 }, lines::read_markdown(text))),
    }
    Ok(check(found))
}

pub(super) async fn import(app: App, request: ImportRequest) -> anyhow::Result<ImportReport> {
    let guild = request.guild.context("an FAQ is one server's: name it with --guild")?;
    anyhow::ensure!(!request.prune, "nothing is removed from an FAQ because a file lacks it: leave --prune out");
    let (mut found, mut unreadable) = (Vec::new(), Vec::new());
    let mut unread = 0;
    for file in &request.files {
        if let Err(why) = read(file, &mut found) {
            unreadable.push(format!("{}: {}", file.display(), Language::ENGLISH.say(&why)));
            unread += 1;
        }
    }
    let (mut drafts, mut bad) = (Vec::new(), Vec::new());
    for (place, _, draft) in check(found) {
        match draft {
            Ok(draft) => drafts.push(draft),
            Err(why) => bad.push(format!("{}: {}", place.say(Language::ENGLISH), Language::ENGLISH.say(&why))),
        }
    }
    bad.extend(unreadable);
    anyhow::ensure!(
        bad.is_empty() || !request.strict,
        "nothing was imported, because of {} bad rows:\n{}",
        bad.len(),
        bad.join("\n")
    );
    let bar = ProgressBar::new(drafts.len() as u64);
    let mut report = ImportReport { bad, unread, ..ImportReport::default() };
    // It commits in batches, so that members can go on; what a failure leaves out, the same import brings in later.
    for batch in drafts.chunks(BATCH) {
        let acting = Acting::bot(&app, guild, "faq", Origin::Routine, app.clock.now()).await?;
        let imported = knowledge::import(&app, &acting, batch, request.dry_run).await;
        let imported = imported.map_err(|failure| match failure {
            Failure::Refused(refusal) => anyhow::anyhow!(refusal.say(Language::ENGLISH)),
            Failure::Barred(barred) => anyhow::anyhow!(barred.say(Language::ENGLISH)),
            Failure::Internal(error) => error,
        })?;
        let count = |wanted| imported.entries.iter().filter(|entry| **entry == wanted).count();
        report.added += count(Import::Added);
        report.updated += count(Import::Updated);
        report.unchanged += count(Import::Unchanged);
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    Ok(report)
}

/// Reads the rows of a file.
///
/// # Errors
/// Why nothing of it can be read; the others are imported all the same.
fn read(file: &Path, found: &mut Vec<Found>) -> Result<(), Said> {
    let name = file.display().to_string();
    let bytes = fs::read(file).map_err(|error| Said::from(error.to_string()))?;
    let text = text::decode(&bytes);
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_lowercase().as_str() {
        "md" | "markdown" => found.push((Place { name, line: 1 }, lines::read_markdown(&text))),
        "jsonl" | "ndjson" => lines::read_json_lines(&name, &text, found),
        "csv" | "tsv" => csv::read(&name, &text, found)?,
        _ => return Err(said!(faq_import_unknown_file)),
    }
    Ok(())
}

/// Each row as it can be stored, or why it cannot.
fn check(found: Vec<Found>) -> Vec<Line> {
    let mut places: HashMap<String, Place> = HashMap::new();
    // Two rows may stand in one line.
    let check = |(place, row): Found| {
        let title = row.as_ref().map(|row| row.title.trim().to_owned()).unwrap_or_default();
        let draft = row.and_then(|row| Draft::from(row).checked().map_err(|misfit| misfit.said()));
        let draft = draft.and_then(|draft| match places.entry(draft.draft().title.to_lowercase()) {
            Entry::Occupied(first) => Err(said!(faq_import_same, place = first.get().said())),
            Entry::Vacant(first) => {
                first.insert(place.clone());
                Ok(draft)
            }
        });
        (place, title, draft)
    };
    found.into_iter().map(check).collect()
}

impl From<Row> for Draft {
    fn from(row: Row) -> Draft {
        let Row { title, answer, keywords, category, source } = row;
        Draft { title, answer, keywords, category, source_url: source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_are_named_by_file_and_line() {
        let mut found = Vec::new();
        let text = "title,answer,keywords\nRefunds,\"In\n30 days\",a;b\n,empty,\nrefunds,again,\nshort\n";
        csv::read("faq.csv", text, &mut found).expect("a table");
        lines::read_json_lines("faq.jsonl", "\n{\"title\":\"x\",\"answer\":\"y\"}\n{oops\n", &mut found);
        let (mut drafts, mut bad) = (Vec::new(), Vec::new());
        for (place, _, draft) in check(found) {
            match draft {
                Ok(draft) => drafts.push(draft),
                Err(why) => bad.push(format!("{}: {}", place.say(Language::ENGLISH), Language::ENGLISH.say(&why))),
            }
        }
        let titles: Vec<&str> = drafts.iter().map(|draft| draft.draft().title.as_str()).collect();
        assert_eq!(titles, ["Refunds", "x"]);
        assert_eq!(
            bad,
            [
                "faq.csv:4: An entry needs a question; please add one.",
                "faq.csv:5: faq.csv:2 has the same question",
                "faq.csv:6: An entry needs an answer; please add one.",
                "faq.jsonl:3: it cannot be read: key must be a string at line 1 column 2",
            ]
        );
    }
}
