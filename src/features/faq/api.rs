//! The FAQ for programs: `/api/v1/guilds/{guild}/faq`.

use axum::Json;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::{Body, Caller, IfMatch, Page, Paging, Path, Problem, Query, Tagged};
use crate::app::App;
use crate::knowledge::{self, Draft};
use crate::operations::knowledge::{self as operations, Pin, Report};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_entries, add_entry))
        .routes(routes!(search_entries))
        .routes(routes!(report_coverage))
        .routes(routes!(read_entry, replace_entry, remove_entry))
        .routes(routes!(pin_entry))
}

/// A question and its answer.
#[derive(Serialize, ToSchema)]
struct Entry {
    /// Counts from 1 in each server.
    #[schema(minimum = 1)]
    number: i32,
    /// The question.
    title: String,
    /// Markdown.
    answer: String,
    /// Words that people use for it.
    keywords: Vec<String>,
    /// A heading to list it under.
    category: Option<String>,
    /// Where more is to be read.
    source_url: Option<String>,
    /// Whether it leads every list.
    pinned: bool,
    /// The id of who added it, if that is known.
    author: Option<String>,
    /// When it was added.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it last changed.
    #[schema(format = DateTime)]
    updated_at: String,
    /// Counts its changes; the `ETag`.
    revision: i32,
}

impl From<knowledge::Entry> for Entry {
    fn from(entry: knowledge::Entry) -> Entry {
        let Draft { title, answer, keywords, category, source_url } = entry.draft;
        Entry {
            number: entry.number,
            title,
            answer,
            keywords,
            category,
            source_url,
            pinned: entry.pinned,
            author: entry.author.map(|author| author.to_string()),
            created_at: entry.created_at.to_string(),
            updated_at: entry.updated_at.to_string(),
            revision: entry.revision,
        }
    }
}

/// What an entry is to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EntryDraft {
    /// The question, on one line, unique in the server whatever its case.
    #[schema(min_length = 1, max_length = 100)]
    title: String,
    /// Markdown.
    #[schema(min_length = 1, max_length = 4000)]
    answer: String,
    /// Words that people use for it.
    #[serde(default)]
    #[schema(max_items = 20)]
    keywords: Vec<String>,
    /// A heading to list it under.
    #[serde(default)]
    #[schema(max_length = 50)]
    category: Option<String>,
    /// Where more is to be read.
    #[serde(default)]
    #[schema(max_length = 500)]
    source_url: Option<String>,
}

impl From<EntryDraft> for Draft {
    fn from(draft: EntryDraft) -> Draft {
        let EntryDraft { title, answer, keywords, category, source_url } = draft;
        Draft { title, answer, keywords, category, source_url }
    }
}

/// Which entry.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct Numbered {
    /// The entry's number.
    number: i32,
}

/// List the entries
///
/// In the order of their numbers.
#[utoipa::path(get, path = "/", tag = "faq", params(Paging), responses(
    (status = 200, description = "A page of entries", body = Page<Entry>),
))]
async fn list_entries(caller: Caller, Query(paging): Query<Paging>) -> Result<Json<Page<Entry>>, Problem> {
    let limit = paging.limit()?;
    let after = paging.after()?.unwrap_or(0);
    let found = operations::list(&caller.app, &caller.acting().await?, after, limit + 1).await?;
    Ok(Json(Page::of(found, limit, |entry| entry.number, Entry::from)))
}

/// Add an entry
#[utoipa::path(post, path = "/", tag = "faq", request_body = EntryDraft, responses(
    (status = 201, description = "The new entry", body = Entry, headers(
        ("ETag" = String, description = "Its revision"), ("Location" = String, description = "Its address"),
    )),
))]
async fn add_entry(caller: Caller, Body(draft): Body<EntryDraft>) -> Result<impl IntoResponse, Problem> {
    let acting = caller.acting().await?;
    let stored = operations::add(&caller.app, &acting, draft.into()).await?;
    let entry = operations::find(&caller.app, &acting, stored.number).await?;
    let location = format!("/api/v1/guilds/{}/faq/{}", acting.guild(), entry.number);
    Ok(([(LOCATION, location)], Tagged::new(entry.revision, Entry::from(entry)).created()))
}

/// Read an entry
#[utoipa::path(get, path = "/{number}", tag = "faq", params(Numbered), responses(
    (status = 200, description = "The entry", body = Entry, headers(("ETag" = String, description = "Its revision"))),
))]
async fn read_entry(caller: Caller, Path(Numbered { number }): Path<Numbered>) -> Result<Tagged<Entry>, Problem> {
    let entry = operations::find(&caller.app, &caller.acting().await?, number).await?;
    Ok(Tagged::new(entry.revision, entry.into()))
}

/// Change an entry
///
/// What is not said is empty afterwards.
#[utoipa::path(put, path = "/{number}", tag = "faq", request_body = EntryDraft,
    params(Numbered, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The entry as it is now", body = Entry, headers(("ETag" = String, description = "Its revision"))),
))]
async fn replace_entry(
    caller: Caller,
    Path(Numbered { number }): Path<Numbered>,
    revision: IfMatch,
    Body(draft): Body<EntryDraft>,
) -> Result<Tagged<Entry>, Problem> {
    let acting = caller.acting().await?;
    operations::replace(&caller.app, &acting, number, revision.number(), draft.into()).await?;
    let entry = operations::find(&caller.app, &acting, number).await?;
    Ok(Tagged::new(entry.revision, entry.into()))
}

/// An entry that is gone.
#[derive(Serialize, ToSchema)]
struct Removed {
    /// What was its number.
    number: i32,
    /// What was its question.
    title: String,
}

/// Remove an entry
#[utoipa::path(delete, path = "/{number}", tag = "faq",
    params(Numbered, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "What was removed", body = Removed),
))]
async fn remove_entry(
    caller: Caller,
    Path(Numbered { number }): Path<Numbered>,
    revision: IfMatch,
) -> Result<Json<Removed>, Problem> {
    let acting = caller.acting().await?;
    let operations::Removed { number, title } =
        operations::remove(&caller.app, &acting, number, revision.number()).await?;
    Ok(Json(Removed { number, title }))
}

/// Whether an entry is to lead every list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PinWish {
    /// Whether it is.
    pinned: bool,
}

/// What became of an entry's place in lists.
#[derive(Serialize, ToSchema)]
struct Pinned {
    /// Its number.
    number: i32,
    /// Its question.
    title: String,
    /// Whether it leads every list now.
    pinned: bool,
    /// Whether it did not before, or the other way round.
    changed: bool,
}

/// Pin or unpin an entry
#[utoipa::path(put, path = "/{number}/pin", tag = "faq", params(Numbered), request_body = PinWish, responses(
    (status = 200, description = "What became of it", body = Pinned),
))]
async fn pin_entry(
    caller: Caller,
    Path(Numbered { number }): Path<Numbered>,
    Body(wish): Body<PinWish>,
) -> Result<Json<Pinned>, Problem> {
    let acting = caller.acting().await?;
    let wanted = if wish.pinned { Pin::On } else { Pin::Off };
    let operations::Pinned { number, title, pinned, changed } =
        operations::pin(&caller.app, &acting, number, wanted).await?;
    Ok(Json(Pinned { number, title, pinned, changed }))
}

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Search {
    /// As a member would ask.
    #[param(max_length = 200)]
    query: String,
}

/// What a search finds.
#[derive(Serialize, ToSchema)]
struct Found {
    /// Whether the first entry answers the question; if not, the entries are only what comes closest.
    answered: bool,
    /// The best first.
    entries: Vec<Entry>,
}

/// Search for answers
///
/// As `/faq search` does; it counts in no report, since no member has asked.
#[utoipa::path(get, path = "/search", tag = "faq", params(Search), responses(
    (status = 200, description = "What was found", body = Found),
))]
async fn search_entries(caller: Caller, Query(search): Query<Search>) -> Result<Json<Found>, Problem> {
    let found = operations::search(&caller.app, &caller.acting().await?, &search.query).await?;
    let entries = found.entries.into_iter().map(Entry::from).collect();
    Ok(Json(Found { answered: found.answered, entries }))
}

/// Over which time is counted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Period {
    /// Days of the server's calendar, today with them.
    #[param(minimum = 1, maximum = 3650, default = 30)]
    days: Option<u16>,
}

/// What members asked, and what has no answer.
#[derive(Serialize, ToSchema)]
struct Coverage {
    /// How many searches there were.
    searches: i64,
    /// How many of them an entry answered.
    answered: i64,
    /// Questions that no entry answers, neither then nor now, the most often asked first.
    unanswered: Vec<Unanswered>,
    /// The entries that were opened most often.
    opened: Vec<Opened>,
}

/// A question that no entry answers.
#[derive(Serialize, ToSchema)]
struct Unanswered {
    /// As it was typed last.
    query: String,
    /// How often.
    times: i64,
}

/// An entry that was opened.
#[derive(Serialize, ToSchema)]
struct Opened {
    /// Its number.
    number: i32,
    /// Its question.
    title: String,
    /// How often.
    times: i64,
}

/// Questions, and entries, that a report names.
const NAMED: usize = 100;

/// Tell what members asked, and what has no answer
#[utoipa::path(get, path = "/report", tag = "faq", params(Period), responses(
    (status = 200, description = "The report", body = Coverage),
))]
async fn report_coverage(caller: Caller, Query(period): Query<Period>) -> Result<Json<Coverage>, Problem> {
    let days = period.days.unwrap_or(30);
    if !(1..=3650).contains(&days) {
        return Err(Problem::unfit_query());
    }
    let acting = caller.acting().await?;
    let report = operations::report(&caller.app, &acting, days, NAMED).await?;
    let Report { searches, answered, unanswered, opened } = report;
    let unanswered = unanswered.into_iter().map(|one| Unanswered { query: one.query, times: one.times });
    let opened = opened.into_iter().map(|(number, title, times)| Opened { number, title, times });
    Ok(Json(Coverage { searches, answered, unanswered: unanswered.collect(), opened: opened.collect() }))
}
