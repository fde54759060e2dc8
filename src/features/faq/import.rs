//! `alphapy import faq`: entries from Markdown, CSV and JSON lines.
//!
//! An entry is known by its question, so the same files may be imported again. A bad row is named by file and line and
//! does not stop the others, unless the operator asked for that.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context;
use indicatif::ProgressBar;
use serde::Deserialize;

use super::EntryForm;
use crate::app::App;
use crate::feature::{ImportReport, ImportRequest};
use crate::knowledge::{self, Draft, Import};
use crate::log_channel::{Entry, Level};

/// Entries that an import stores in one transaction; others who add entries wait that long.
const BATCH: usize = 500;

/// An entry as files hold it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    title: String,
    answer: String,
    keywords: Keywords,
    category: Option<String>,
    source: Option<String>,
}

/// Keywords are a list, or one text with commas.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Keywords {
    List(Vec<String>),
    Text(String),
}

impl Default for Keywords {
    fn default() -> Keywords {
        Keywords::List(Vec::new())
    }
}

/// A row, or why it is none, with where it stands.
type Found = (String, Result<Row, String>);

pub(super) async fn import(app: App, request: ImportRequest) -> anyhow::Result<ImportReport> {
    let mut found = Vec::new();
    for file in &request.files {
        read(file, &mut found).with_context(|| format!("read {}", file.display()))?;
    }
    let (drafts, bad) = check(found);
    anyhow::ensure!(
        bad.is_empty() || !request.strict,
        "nothing was imported, because of {} bad rows:\n{}",
        bad.len(),
        bad.join("\n")
    );
    let bar = ProgressBar::new(drafts.len() as u64);
    let mut report = ImportReport { bad, ..ImportReport::default() };
    // It commits in batches, so that members can go on; what a failure leaves out, the same import brings in later.
    for batch in drafts.chunks(BATCH) {
        let outcomes = store_batch(&app, &request, batch).await?;
        let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
        report.added += count(Import::Added);
        report.updated += count(Import::Updated);
        report.unchanged += count(Import::Unchanged);
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    app.knowledge.changed(request.guild).await;
    Ok(report)
}

/// Stores a batch, and puts that on record.
async fn store_batch(app: &App, request: &ImportRequest, batch: &[Draft]) -> anyhow::Result<Vec<Import>> {
    let now = app.clock.now();
    let recorder = app.recorder(request.guild, "faq", now).await?;
    let mut tx = app.db.begin().await?;
    let outcomes = knowledge::import(&mut tx, request.guild, batch, request.dry_run, now).await?;
    let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    let (added, updated) = (count(Import::Added), count(Import::Updated));
    if !request.dry_run && added + updated > 0 {
        let description = format!("{added} added, {updated} changed");
        let entry = Entry { level: Level::Info, title: "📥 FAQ entries imported".to_owned(), description };
        recorder.write(&mut *tx, &entry).await?;
    }
    tx.commit().await?;
    Ok(outcomes)
}

fn read(file: &Path, found: &mut Vec<Found>) -> anyhow::Result<()> {
    let name = file.display().to_string();
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("md" | "markdown") => found.push((format!("{name}:1"), read_markdown(&fs::read_to_string(file)?))),
        Some("csv") => read_csv(&name, fs::File::open(file)?, found)?,
        Some("jsonl" | "ndjson") => read_json_lines(&name, BufReader::new(fs::File::open(file)?), found)?,
        _ => anyhow::bail!("the file's name must end in .md, .csv or .jsonl"),
    }
    Ok(())
}

/// YAML between two lines of `---` says what the entry is; the rest is the answer. Without a title there, the first
/// heading is it.
fn read_markdown(text: &str) -> Result<Row, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (mut row, body) = match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((front, body)) => {
            let row: Row = serde_saphyr::from_str(front)
                .map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())?;
            (row, body)
        }
        None => (Row::default(), text.as_str()),
    };
    let mut body = body.trim();
    if row.title.is_empty() {
        let (heading, rest) = body.split_once('\n').unwrap_or((body, ""));
        let Some(title) = heading.strip_prefix('#') else {
            return Err("it has no title: neither `title:` at its top nor a heading".to_owned());
        };
        row.title = title.trim_start_matches('#').trim().to_owned();
        body = rest.trim();
    }
    row.answer = body.to_owned();
    Ok(row)
}

/// Columns by name: title, answer, and if you like keywords, category, source.
fn read_csv(name: &str, file: impl std::io::Read, found: &mut Vec<Found>) -> anyhow::Result<()> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let headers = reader.headers()?.clone();
    for column in ["title", "answer"] {
        anyhow::ensure!(headers.iter().any(|header| header == column), "line 1 names no column `{column}`");
    }
    for record in reader.records() {
        let (line, row) = match record {
            Ok(record) => {
                let cell = |column: &str| {
                    let at = headers.iter().position(|header| header == column);
                    at.and_then(|at| record.get(at)).unwrap_or_default().to_owned()
                };
                let row = Row {
                    title: cell("title"),
                    answer: cell("answer"),
                    keywords: Keywords::Text(cell("keywords")),
                    category: Some(cell("category")),
                    source: Some(cell("source")),
                };
                (record.position().map_or(0, csv::Position::line), Ok(row))
            }
            Err(error) => (error.position().map_or(0, csv::Position::line), Err("it is not UTF-8".to_owned())),
        };
        found.push((format!("{name}:{line}"), row));
    }
    Ok(())
}

fn read_json_lines(name: &str, file: impl BufRead, found: &mut Vec<Found>) -> anyhow::Result<()> {
    for (number, line) in (1..).zip(file.split(b'\n')) {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let row = serde_json::from_slice(&line).map_err(|error| error.to_string());
        found.push((format!("{name}:{number}"), row));
    }
    Ok(())
}

/// The rows that can be stored, and why the others cannot.
fn check(found: Vec<Found>) -> (Vec<Draft>, Vec<String>) {
    let mut drafts = Vec::new();
    let mut bad = Vec::new();
    let mut places: HashMap<String, String> = HashMap::new();
    for (place, row) in found {
        let draft = row.and_then(|row| Draft::try_from(&EntryForm::from(row)).map_err(str::to_owned));
        let draft = match draft {
            Ok(draft) => draft,
            Err(why) => {
                bad.push(format!("{place}: {why}"));
                continue;
            }
        };
        match places.insert(draft.title.to_lowercase(), place.clone()) {
            None => drafts.push(draft),
            Some(first) => {
                bad.push(format!("{place}: {first} has the same question"));
                places.insert(draft.title.to_lowercase(), first);
            }
        }
    }
    (drafts, bad)
}

impl From<Row> for EntryForm {
    fn from(row: Row) -> EntryForm {
        let keywords = match row.keywords {
            Keywords::List(words) => words.join(", "),
            Keywords::Text(text) => text,
        };
        // Postgres stores no NUL.
        let clean = |text: String| text.replace('\0', "");
        EntryForm {
            title: clean(row.title),
            answer: clean(row.answer),
            keywords: clean(keywords),
            category: clean(row.category.unwrap_or_default()),
            source: clean(row.source.unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_read_with_and_without_front_matter() {
        let check = |text: &str, expected: Result<(&str, &str, &str), &str>| {
            let read = read_markdown(text).map(EntryForm::from);
            let read = read.as_ref().map(|form| (form.title.as_str(), form.answer.as_str(), form.keywords.as_str()));
            assert_eq!(read.map_err(String::as_str), expected, "{text:?}");
        };
        check(
            "---\ntitle: Refunds\nkeywords: [money, back]\n---\nIn 30 days.\n",
            Ok(("Refunds", "In 30 days.", "money, back")),
        );
        check("---\r\ntitle: \"A: b\"\r\nkeywords: x, y\r\n---\r\nYes.", Ok(("A: b", "Yes.", "x, y")));
        check("# Refunds\n\nIn 30 days.\n\n---\nAsk.", Ok(("Refunds", "In 30 days.\n\n---\nAsk.", "")));
        check("In 30 days.", Err("it has no title: neither `title:` at its top nor a heading"));
    }

    #[test]
    fn bad_rows_are_named_by_file_and_line() {
        let mut found = Vec::new();
        let text = "title,answer,keywords\nRefunds,\"In\n30 days\",a;b\n,empty,\nrefunds,again,\nshort\n";
        read_csv("faq.csv", text.as_bytes(), &mut found).unwrap();
        read_json_lines("faq.jsonl", "\n{\"title\":\"x\",\"answer\":\"y\"}\n{oops\n".as_bytes(), &mut found).unwrap();
        let (drafts, bad) = check(found);
        let titles: Vec<&str> = drafts.iter().map(|draft| draft.title.as_str()).collect();
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
