//! What is exported of tickets.

use jiff::Timestamp;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::model::{Status, Why};
use super::store::{self, Exported as Line};
use super::words::usual::name_in;
use crate::app::App;
use crate::feature::export::{Rows, Table, TableChoice, Wanted, time, user};
use crate::words::{Language, Say};

/// Tickets that are read at once.
const PAGE: i64 = 500;

/// What is exported of a ticket.
pub(crate) const TABLE: Table = Table {
    name: "tickets",
    columns: &[
        "number",
        "member",
        "opened_by",
        "status",
        "priority",
        "type",
        "subject",
        "age_minutes",
        "claimed_by",
        "escalated_to",
        "closed_by",
        "close_reason",
        "opened_at_utc",
        "first_response_at_utc",
        "claimed_at_utc",
        "closed_at_utc",
        "archived_at_utc",
        "updated_at_utc",
        "rated_at_utc",
        "rating",
        "rating_comment",
        "first_closed_at_utc",
        "reopened",
        "worked_response_seconds",
        "worked_claim_seconds",
        "worked_close_seconds",
    ],
    named: &["member", "opened_by", "claimed_by", "escalated_to", "closed_by"],
    dated: true,
    choice: Some(TableChoice {
        name: "status",
        values: &["open", "claimed", "waiting_for_user", "escalated", "closed", "archived"],
    }),
    part: Some("kind"),
};

/// The kinds of a guild by their numbers, also those that were taken away.
pub(crate) async fn kinds(app: App, guild: Id<GuildMarker>, language: Language) -> anyhow::Result<Vec<(i32, String)>> {
    let mut kinds = store::list_all_kinds(&app.db, guild).await?;
    kinds.sort_by_key(|kind| kind.id);
    Ok(kinds.iter().map(|kind| (kind.id, kind.name_in(language).to_owned())).collect())
}

/// Reads the tickets page by page, each after the last number of the one before: no connection is held while rows wait
/// for their files to be sent, and what changes meanwhile makes no ticket come twice or not at all.
pub(crate) async fn tickets(app: App, wanted: Wanted, rows: Rows) -> anyhow::Result<()> {
    let language = wanted.language;
    let status = wanted.choice.as_deref().and_then(Status::named);
    let mut last = 0;
    loop {
        let page = store::list_to_export(&app.db, &wanted, status, last, PAGE).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = end.number;
        for line in page {
            rows.put(cells(language, line, wanted.now)).await?;
        }
    }
}

/// A row of the table, a text for each column.
pub(super) fn cells(language: Language, line: Line, now: Timestamp) -> Vec<String> {
    let member = |id: i64| user(crate::db::id(id));
    let seconds = |seconds: Option<i32>| seconds.map(|seconds| seconds.to_string()).unwrap_or_default();
    let at = |at: Option<jiff_sqlx::Timestamp>| time(at.map(jiff_sqlx::Timestamp::to_jiff));
    let ended = line.closed_at.or(line.archived_at).map_or(now, jiff_sqlx::Timestamp::to_jiff);
    let age = ended.duration_since(line.opened_at);
    vec![
        line.number.to_string(),
        member(line.user_id),
        line.opened_by_user_id.map(member).unwrap_or_default(),
        line.status,
        line.priority,
        match line.translated {
            Some(translated) => translated,
            None => name_in(language, &line.kind, line.opening.as_deref().unwrap_or_default()).to_owned(),
        },
        line.subject,
        (age.as_secs() / 60).to_string(),
        line.claimed_by_user_id.map(member).unwrap_or_default(),
        line.escalated_to.map(|role| format!("<@&{role}>")).unwrap_or_default(),
        line.closed_by_user_id.map(member).unwrap_or_default(),
        line.close_reason.or_else(|| why(language, line.close_why)).unwrap_or_default(),
        time(Some(line.opened_at)),
        at(line.first_response_at),
        at(line.claimed_at),
        at(line.closed_at),
        at(line.archived_at),
        time(Some(line.updated_at)),
        at(line.rated_at),
        line.rating.map(|stars| stars.to_string()).unwrap_or_default(),
        line.rating_comment.unwrap_or_default(),
        at(line.first_closed_at),
        line.reopened.to_string(),
        seconds(line.worked_response_s),
        seconds(line.worked_claim_s),
        seconds(line.worked_close_s),
    ]
}

fn why(language: Language, stored: Option<serde_json::Value>) -> Option<String> {
    serde_json::from_value::<Why>(stored?).ok().map(|why| why.say(language))
}
