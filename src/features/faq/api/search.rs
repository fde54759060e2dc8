//! Searching, and what makes a search find more: words that mean the same, entries that come together, and what has no answer.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Entry, EntryDraft};
use crate::api::{Body, Caller, IfMatch, Problem, Query, Tagged};
use crate::knowledge::{CheckedDraft, Draft, Import};
use crate::msg;
use crate::operations::knowledge::{self as operations, Refusal, Report};
use crate::ui::{Collision, custom_id};

/// Which words mean the same.
#[derive(Serialize, ToSchema)]
pub(super) struct Synonyms {
    /// Groups of words, besides those that mean the same everywhere.
    groups: Vec<Vec<String>>,
    /// A digest of them; the `ETag`.
    revision: u32,
}

fn synonyms_of(groups: Vec<Vec<String>>) -> Tagged<Synonyms> {
    let revision = digest_of(&groups);
    Tagged::new(revision, Synonyms { groups, revision })
}

fn digest_of(groups: &[Vec<String>]) -> u32 {
    custom_id::digest(&serde_json::to_string(groups).expect("texts are JSON"))
}

/// Tell which words mean the same
#[utoipa::path(get, path = "/synonyms", tag = "faq", responses(
    (status = 200, description = "Which", body = Synonyms, headers(("ETag" = String, description = "Their revision"))),
))]
pub(super) async fn list_synonyms(caller: Caller) -> Result<Tagged<Synonyms>, Problem> {
    Ok(synonyms_of(operations::synonyms(&caller.app, &caller.acting().await?).await?))
}

/// Which words are to mean the same.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SynonymsWish {
    /// Groups of words.
    groups: Vec<Vec<String>>,
}

/// Say which words mean the same
#[utoipa::path(put, path = "/synonyms", tag = "faq", request_body = SynonymsWish,
    params(("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "Which do now", body = Synonyms, headers(("ETag" = String, description = "Their revision"))),
))]
pub(super) async fn set_synonyms(
    caller: Caller,
    seen: IfMatch,
    Body(SynonymsWish { groups }): Body<SynonymsWish>,
) -> Result<Tagged<Synonyms>, Problem> {
    let (acting, seen, asked) = (caller.acting().await?, seen.revision(), groups.clone());
    let edit = |stored: &[Vec<String>]| match i64::from(digest_of(stored)) == seen {
        true => Ok(groups),
        false => Err(Collision { labels: vec![msg!(faq_synonyms_label)] }),
    };
    operations::set_synonyms(&caller.app, &acting, &asked, edit).await?;
    Ok(synonyms_of(operations::synonyms(&caller.app, &acting).await?))
}

/// Entries to be stored together.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ImportWish {
    /// What they say.
    #[schema(max_items = 500)]
    entries: Vec<EntryDraft>,
    /// Whether it is only said what would become of each.
    #[serde(default)]
    dry_run: bool,
}

/// What became of entries, or would become of them.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportDone {
    /// What became of each, in their order: `added`, `updated` or `unchanged`.
    entries: Vec<&'static str>,
    /// Whether nothing was changed.
    dry_run: bool,
}

/// Import entries
///
/// All of them or none: one with a question that is known is changed, every other one is added.
#[utoipa::path(post, path = "/import", tag = "faq", request_body = ImportWish, extensions(("x-cost" = json!(30))), responses(
    (status = 200, description = "What became of them", body = ImportDone),
))]
pub(super) async fn import_entries(caller: Caller, Body(wish): Body<ImportWish>) -> Result<Json<ImportDone>, Problem> {
    let drafts = wish.entries.into_iter().enumerate().map(|(at, draft)| {
        let misfit = |misfit| Problem::refused(&Refusal::Unfit(misfit)).at(format!("/entries/{at}"));
        Draft::from(draft).checked().map_err(misfit)
    });
    let drafts: Vec<CheckedDraft> = drafts.collect::<Result<_, _>>()?;
    let done = operations::import(&caller.app, &caller.acting().await?, &drafts, wish.dry_run).await?;
    let name = |import: &Import| match import {
        Import::Added => "added",
        Import::Updated => "updated",
        Import::Unchanged => "unchanged",
    };
    Ok(Json(ImportDone { entries: done.entries.iter().map(name).collect(), dry_run: done.dry_run }))
}

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    /// As a member would ask.
    #[param(max_length = 200)]
    query: String,
}

/// What a search finds.
#[derive(Serialize, ToSchema)]
pub(super) struct Found {
    /// Whether the first entry answers the question; if not, the entries are only what comes closest.
    answered: bool,
    /// The best first.
    entries: Vec<Entry>,
}

/// Search for answers
///
/// As `/faq search` does; it counts in no report, since no member has asked.
#[utoipa::path(get, path = "/search", tag = "faq", params(Search), extensions(("x-cost" = json!(5))), responses(
    (status = 200, description = "What was found", body = Found),
))]
pub(super) async fn search_entries(caller: Caller, Query(search): Query<Search>) -> Result<Json<Found>, Problem> {
    let found = operations::search(&caller.app, &caller.acting().await?, &search.query).await?;
    let entries = found.entries.into_iter().map(Entry::from).collect();
    Ok(Json(Found { answered: found.answered, entries }))
}

/// Over which time is counted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Period {
    /// Days of the server's calendar, today with them.
    #[param(minimum = 1, maximum = 3650, default = 30)]
    days: Option<u16>,
}

/// What members asked, and what has no answer.
#[derive(Serialize, ToSchema)]
pub(super) struct Coverage {
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
pub(super) struct Unanswered {
    /// As it was typed last.
    query: String,
    /// How often.
    times: i64,
}

/// An entry that was opened.
#[derive(Serialize, ToSchema)]
pub(super) struct Opened {
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
#[utoipa::path(get, path = "/report", tag = "faq", params(Period), extensions(("x-cost" = json!(10))), responses(
    (status = 200, description = "The report", body = Coverage),
))]
pub(super) async fn report_coverage(caller: Caller, Query(period): Query<Period>) -> Result<Json<Coverage>, Problem> {
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
