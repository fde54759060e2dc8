//! `alphapy import faq`: entries from Markdown, CSV and JSON lines.
//!
//! An entry is known by its question, so the same files may be imported again. A bad row is named by file and line and
//! does not stop the others, unless the operator asked for that.

mod csv;
mod lines;
mod text;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use indicatif::ProgressBar;

use crate::acting::{Acting, Failure, Origin};
use crate::app::App;
use crate::feature::{ImportReport, ImportRequest};
use crate::knowledge::{CheckedDraft, Draft, Import};
use crate::operations::knowledge;
use crate::words::{Language, Say};

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

/// A row, or why it is none, with where it stands.
type Found = (String, Result<Row, String>);

pub(super) async fn import(app: App, request: ImportRequest) -> anyhow::Result<ImportReport> {
    let mut found = Vec::new();
    let mut unread = 0;
    for file in &request.files {
        if let Err(why) = read(file, &mut found) {
            found.push((file.display().to_string(), Err(why)));
            unread += 1;
        }
    }
    let (drafts, bad) = check(found);
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
        let acting = Acting::bot(&app, request.guild, "faq", Origin::Routine, app.clock.now()).await?;
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
fn read(file: &Path, found: &mut Vec<Found>) -> Result<(), String> {
    let name = file.display().to_string();
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    let text = text::decode(&bytes);
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_lowercase().as_str() {
        "md" | "markdown" => found.push((format!("{name}:1"), lines::read_markdown(&text))),
        "jsonl" | "ndjson" => lines::read_json_lines(&name, &text, found),
        "csv" | "tsv" => csv::read(&name, &text, found)?,
        _ => return Err("the file's name must end in .md, .csv, .tsv or .jsonl".to_owned()),
    }
    Ok(())
}

/// The rows that can be stored, and why the others cannot.
fn check(found: Vec<Found>) -> (Vec<CheckedDraft>, Vec<String>) {
    let mut drafts = Vec::new();
    let mut bad = Vec::new();
    let mut places: HashMap<String, String> = HashMap::new();
    for (place, row) in found {
        let draft = row.and_then(|row| Draft::from(row).checked().map_err(|misfit| misfit.say(Language::ENGLISH)));
        let draft = match draft {
            Ok(draft) => draft,
            Err(why) => {
                bad.push(format!("{place}: {why}"));
                continue;
            }
        };
        let title = draft.draft().title.to_lowercase();
        match places.insert(title.clone(), place.clone()) {
            None => drafts.push(draft),
            Some(first) => {
                bad.push(format!("{place}: {first} has the same question"));
                places.insert(title, first);
            }
        }
    }
    (drafts, bad)
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
        let (drafts, bad) = check(found);
        let titles: Vec<&str> = drafts.iter().map(|draft| draft.draft().title.as_str()).collect();
        assert_eq!(titles, ["Refunds", "x"]);
        assert_eq!(
            bad,
            [
                "faq.csv:4: An entry needs a question; please add one.",
                "faq.csv:5: faq.csv:2 has the same question",
                "faq.csv:6: An entry needs an answer; please add one.",
                "faq.jsonl:3: key must be a string at line 1 column 2",
            ]
        );
    }
}
