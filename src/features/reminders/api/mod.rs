//! Reminders for programs: `/api/v1/guilds/{guild}/reminders`. What is said to a member alone is read by no program.

mod shown;
mod templates;
mod writing;

use axum::Json;
use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, UserMarker};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::acting::Acting;
use crate::api::{Caller, IfMatch, Page, Paging, Path, Problem, Query, Tagged};
use crate::app::App;
use crate::operations::reminders::{self as operations, Waiting, Whose};
use crate::reminders::{Begin, Reminder};
use shown::{ReminderShown, tagged};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_reminders, writing::make_reminder))
        .routes(routes!(search_reminders))
        .routes(routes!(count_waiting))
        .routes(routes!(templates::list_templates))
        .routes(routes!(templates::save_template, templates::remove_template))
        .routes(routes!(read_reminder, writing::change_reminder, delete_reminder))
        .routes(routes!(pause_reminder))
        .routes(routes!(resume_reminder))
}

/// Which reminders are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ReminderFilter {
    /// Said in which channel, by its id.
    #[param(value_type = Option<String>)]
    channel: Option<Id<ChannelMarker>>,
    /// Whose, by the member's id.
    #[param(value_type = Option<String>)]
    creator: Option<Id<UserMarker>>,
    /// Whether those that are done count too.
    #[serde(default)]
    done: bool,
    /// The cursor that the page before gave; without one it is the first page.
    cursor: Option<String>,
    /// How many there are on a page.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u8>,
}

/// List reminders
///
/// Those that come next first.
#[utoipa::path(get, path = "/", tag = "reminders", params(ReminderFilter), responses(
    (status = 200, description = "A page of reminders", body = Page<ReminderShown>),
))]
async fn list_reminders(
    caller: Caller,
    Query(wanted): Query<ReminderFilter>,
) -> Result<Json<Page<ReminderShown>>, Problem> {
    let ReminderFilter { channel, creator, done, cursor, limit } = wanted;
    let paging = Paging::new(cursor, limit);
    let (limit, begin) = (paging.limit()?, paging.after()?.map_or(Begin::At(0), Begin::After));
    let whose = creator.map_or(Whose::Everybody, Whose::Of);
    let acting = caller.acting().await?;
    let found = operations::list(&caller.app, &acting, whose, (channel, done), (begin, limit)).await?;
    Ok(Json(Page::until(found.end, found.reminders.into_iter().map(ReminderShown::from).collect())))
}

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Searched {
    /// A part of the name, or how the number begins.
    #[param(max_length = 100)]
    query: String,
}

/// Reminders, or templates, that a search finds.
const FOUND: usize = 25;

/// Search for reminders by name or number
#[utoipa::path(get, path = "/search", tag = "reminders", params(Searched), extensions(("x-cost" = json!(5))), responses(
    (status = 200, description = "What was found", body = Vec<ReminderShown>),
))]
async fn search_reminders(
    caller: Caller,
    Query(Searched { query }): Query<Searched>,
) -> Result<Json<Vec<ReminderShown>>, Problem> {
    let found = operations::search(&caller.app, &caller.acting().await?, &query, FOUND).await?;
    Ok(Json(found.into_iter().map(ReminderShown::from).collect()))
}

/// What of a server's reminders is not as it should be.
#[derive(Serialize, ToSchema)]
struct RemindersWaiting {
    /// How many should be said by now.
    overdue: i64,
    /// How many the bot has paused, since something stood in their way.
    hindered: i64,
}

/// Count reminders that are not as they should be
#[utoipa::path(get, path = "/waiting", tag = "reminders", responses(
    (status = 200, description = "How many", body = RemindersWaiting),
))]
async fn count_waiting(caller: Caller) -> Result<Json<RemindersWaiting>, Problem> {
    let Waiting { overdue, hindered } = operations::waiting(&caller.app, &caller.acting().await?).await?;
    Ok(Json(RemindersWaiting { overdue, hindered }))
}

/// Which reminder.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct NumberedReminder {
    /// The reminder's number.
    number: i32,
}

async fn find(app: &App, acting: &Acting, number: i32) -> Result<Reminder, Problem> {
    Ok(operations::find(app, acting, &number.to_string()).await?)
}

/// Read a reminder
#[utoipa::path(get, path = "/{number}", tag = "reminders", params(NumberedReminder), responses(
    (status = 200, description = "The reminder", body = ReminderShown, headers(("ETag" = String, description = "Its revision"))),
))]
async fn read_reminder(
    caller: Caller,
    Path(NumberedReminder { number }): Path<NumberedReminder>,
) -> Result<Tagged<ReminderShown>, Problem> {
    Ok(tagged(find(&caller.app, &caller.acting().await?, number).await?))
}

/// Let a reminder be silent
#[utoipa::path(post, path = "/{number}/pause", tag = "reminders", params(NumberedReminder), responses(
    (status = 200, description = "The reminder as it is now", body = ReminderShown, headers(("ETag" = String, description = "Its revision"))),
))]
async fn pause_reminder(
    caller: Caller,
    Path(NumberedReminder { number }): Path<NumberedReminder>,
) -> Result<Tagged<ReminderShown>, Problem> {
    let acting = caller.acting().await?;
    let saved = operations::pause(&caller.app, &acting, number).await?;
    Ok(tagged(saved.reminder.as_seen_by(acting.user())))
}

/// Let a paused reminder speak again
#[utoipa::path(post, path = "/{number}/resume", tag = "reminders", params(NumberedReminder), responses(
    (status = 200, description = "The reminder as it is now", body = ReminderShown, headers(("ETag" = String, description = "Its revision"))),
))]
async fn resume_reminder(
    caller: Caller,
    Path(NumberedReminder { number }): Path<NumberedReminder>,
) -> Result<Tagged<ReminderShown>, Problem> {
    let acting = caller.acting().await?;
    let saved = operations::resume(&caller.app, &acting, number).await?;
    Ok(tagged(saved.reminder.as_seen_by(acting.user())))
}

/// A reminder that was deleted.
#[derive(Serialize, ToSchema)]
struct ReminderDeleted {
    /// What was its number.
    number: i32,
    /// What it was called; empty if it was said to its member alone.
    name: String,
}

/// Delete a reminder
#[utoipa::path(delete, path = "/{number}", tag = "reminders",
    params(NumberedReminder, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "What was deleted", body = ReminderDeleted),
))]
async fn delete_reminder(
    caller: Caller,
    Path(NumberedReminder { number }): Path<NumberedReminder>,
    seen: IfMatch,
) -> Result<Json<ReminderDeleted>, Problem> {
    let acting = caller.acting().await?;
    let operations::Deleted { number, name } = operations::delete(&caller.app, &acting, number, seen.number()).await?;
    Ok(Json(ReminderDeleted { number, name }))
}
