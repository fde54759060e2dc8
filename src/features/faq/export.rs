//! `/export faq`: entries as `alphapy import faq` reads them.

use crate::app::App;
use crate::feature::export::{Rows, Table, Wanted, time, user};

/// Entries that are read at once.
const PAGE: i64 = 200;

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
};

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
