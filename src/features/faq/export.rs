//! `/export faq`: entries as `alphapy import faq` reads them; `/export searches`: what members looked for.

use crate::app::App;
use crate::feature::export::{Rows, Table, Wanted, time, user};

/// Entries, and searches, that are read at once.
const PAGE: i64 = 200;
const SEARCHES: i64 = 500;

/// What is exported of an entry.
pub(super) const TABLE: Table = Table {
    name: "faq",
    columns: &[
        "number",
        "title",
        "answer",
        "keywords",
        "category",
        "source",
        "pinned",
        "author",
        "created_at_utc",
        "updated_at_utc",
    ],
    named: &["author"],
    dated: false,
    choice: None,
    part: None,
};

/// What is exported of a search. Nobody knows whose it was.
pub(super) const SEARCHED: Table = Table {
    name: "searches",
    columns: &["searched_at_utc", "query", "answered", "matched", "opened"],
    named: &[],
    dated: true,
    choice: None,
    part: None,
};

pub(super) async fn searches(app: App, wanted: Wanted, rows: Rows) -> anyhow::Result<()> {
    let mut last = None;
    loop {
        let page = app.knowledge.searches_after(wanted.guild, (wanted.from, wanted.to), last, SEARCHES).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = Some((end.searched_at.to_jiff(), end.id));
        for search in page {
            let matched: Vec<String> = search.matched.iter().map(ToString::to_string).collect();
            let row = vec![
                time(Some(search.searched_at.to_jiff())),
                search.query,
                if matched.is_empty() { "no" } else { "yes" }.to_owned(),
                matched.join(" "),
                search.chosen.map(|entry| entry.to_string()).unwrap_or_default(),
            ];
            rows.put(row).await?;
        }
    }
}

pub(super) async fn entries(app: App, wanted: Wanted, rows: Rows) -> anyhow::Result<()> {
    let mut last = 0;
    loop {
        let page = app.knowledge.entries_after(wanted.guild, last, PAGE).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = end.number;
        for entry in page {
            let draft = entry.draft;
            let row = vec![
                entry.number.to_string(),
                draft.title,
                draft.answer,
                draft.keywords.join(","),
                draft.category.unwrap_or_default(),
                draft.source_url.unwrap_or_default(),
                if entry.pinned { "yes" } else { "no" }.to_owned(),
                user(entry.author),
                time(Some(entry.created_at)),
                time(Some(entry.updated_at)),
            ];
            rows.put(row).await?;
        }
    }
}
