//! `/export reminders`.

use crate::app::App;
use crate::feature::export::{Rows, Table, Wanted, time, user};
use crate::operations::reminders::words::{name_in, times};
use crate::reminders::{Paused, store};
use crate::say;
use crate::words::Say;

/// Reminders that are read at once.
const PAGE: i64 = 200;

/// What is exported of a reminder.
pub(super) const TABLE: Table = Table {
    name: "reminders",
    columns: &[
        "number",
        "name",
        "member",
        "channel",
        "message",
        "place",
        "repeats",
        "zone",
        "next_at_utc",
        "ends_at_utc",
        "paused",
        "source",
    ],
    named: &["member", "channel"],
    dated: false,
    choice: None,
    part: None,
};

pub(super) async fn reminders(app: App, wanted: Wanted, rows: Rows) -> anyhow::Result<()> {
    let language = wanted.language;
    let mut last = 0;
    // By number, which stays: the moment at which a reminder is due next moves while its row waits for a file.
    while let Some((found, end)) = store::list_after(&app.db, wanted.guild, last, PAGE).await? {
        last = end;
        for reminder in found {
            // Of what is said to somebody alone the others see that there is one.
            let reminder = reminder.as_seen_by(None);
            let (content, schedule) = (reminder.draft.content, reminder.draft.timing.schedule);
            let row = vec![
                reminder.number.to_string(),
                name_in(language, &content.name),
                user(Some(reminder.draft.creator)),
                content.channel.map(|channel| format!("<#{channel}>")).unwrap_or_default(),
                content.body,
                content.place,
                schedule.repeat.as_ref().map(|it| times::rule(it, schedule.first).say(language)).unwrap_or_default(),
                schedule.zone_name().to_owned(),
                time(reminder.next.map(|fire| fire.due_at)),
                time(schedule.ends_at),
                match reminder.paused {
                    None => String::new(),
                    Some(Paused { why: None, .. }) => say!(language, reminders_is_paused),
                    Some(Paused { why: Some(why), .. }) => why.say(language),
                },
                content.source.unwrap_or_default(),
            ];
            rows.put(row).await?;
        }
    }
    Ok(())
}
