//! `/export audit`: who changed which setting.

use crate::app::App;
use crate::feature::export::{Rows, Table, Wanted, time, user};
use crate::settings::{Changed, Program};

/// Changes that are read at once.
const PAGE: i64 = 200;

/// What is exported of a change.
pub(super) const TABLE: Table = Table {
    name: "audit",
    columns: &["number", "changed_at_utc", "member", "program", "group", "setting", "old", "new", "how"],
    named: &["member"],
    dated: true,
    choice: None,
};

/// The latest first: what comes meanwhile has larger numbers.
pub(super) async fn changes(app: App, wanted: Wanted, rows: Rows) -> anyhow::Result<()> {
    let mut before = None;
    loop {
        let page = app.settings.history_before(wanted.guild, None, before, PAGE).await?;
        let Some(end) = page.last() else { return Ok(()) };
        before = Some(end.id);
        for change in page {
            if wanted.from.is_some_and(|from| change.at < from) {
                return Ok(());
            }
            if wanted.to.is_none_or(|to| change.at < to) {
                rows.put(cells(change)).await?;
            }
        }
    }
}

fn cells(change: Changed) -> Vec<String> {
    let (member, program) = match change.program {
        None => (user(Some(change.user)), String::new()),
        Some(Program::Key(name)) => (String::new(), name),
        Some(program @ (Program::Bot | Program::Unknown)) => (String::new(), program.stored()),
    };
    // What is the default says nothing.
    let value = |value: Option<serde_json::Value>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        change.id.to_string(),
        time(Some(change.at)),
        member,
        program,
        change.feature,
        change.key,
        value(change.old),
        value(change.new),
        change.how.name().to_owned(),
    ]
}
