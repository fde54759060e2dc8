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

use crate::acting::{Acting, Failure, Origin};
use crate::app::App;
use crate::feature::{ImportReport, ImportRequest};
use crate::knowledge::{CheckedDraft, Draft, Import};
use crate::operations::knowledge;
use crate::words::{Language, Say};

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
        let keywords = match row.keywords {
            Keywords::List(words) => words,
            Keywords::Text(text) => vec![text],
        };
        Draft { title: row.title, answer: row.answer, keywords, category: row.category, source_url: row.source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_read_with_and_without_front_matter() {
        let check = |text: &str, expected: Result<(&str, &str, &str), &str>| {
            let read = read_markdown(text).map(Draft::from);
            let read = read.map(|draft| (draft.title, draft.answer, draft.keywords.join(", ")));
            let read = read.as_ref().map(|(title, answer, words)| (title.as_str(), answer.as_str(), words.as_str()));
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
