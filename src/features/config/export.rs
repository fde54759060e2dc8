//! `/export audit`: who changed which setting.

use crate::app::App;
use crate::feature::export::{Rows, Table, Wanted, time, user};
use crate::settings::{Changed, Program, Sought};

/// Changes that are read at once.
const PAGE: i64 = 200;

/// What is exported of a change.
pub(super) const TABLE: Table = Table {
    name: "audit",
    columns: &["number", "changed_at_utc", "member", "program", "group", "setting", "old", "new", "how"],
    named: &["member"],
    dated: true,
    choice: None,
    part: None,
};

/// The latest first: what comes meanwhile has larger numbers.
pub(super) async fn changes(app: App, wanted: Wanted, rows: Rows) -> anyhow::Result<()> {
    let mut sought = Sought { from: wanted.from, until: wanted.to, ..Sought::default() };
    loop {
        let page = app.settings.seek(wanted.guild, sought, PAGE).await?;
        let Some(end) = page.last() else { return Ok(()) };
        sought.before = Some(end.id);
        for change in page {
            rows.put(cells(change)).await?;
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
