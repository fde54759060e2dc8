//! Kinds of tickets for programs: read, added, changed a part at a time, and removed.

use axum::Json;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::model::{
    Definition, Kind, KindChange, KindLimits, KindPeople, KindTexts, KindTimes, KindTranslation, Question,
    QuestionTranslation,
};
use super::super::operations::kinds::{self, Named, Refusal};
use crate::api::{Body, Caller, IfMatch, Path, Problem, Tagged};
use crate::app::App;
use crate::words::Language;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_kinds, add_kind))
        .routes(routes!(read_kind, remove_kind))
        .routes(routes!(list_unheard_roles))
        .routes(routes!(change_texts))
        .routes(routes!(change_people))
        .routes(routes!(change_limits))
        .routes(routes!(change_times))
        .routes(routes!(add_question))
        .routes(routes!(change_question, remove_question))
        .routes(routes!(translate_kind))
        .routes(routes!(translate_question))
}

/// A kind of ticket.
#[derive(Serialize, ToSchema)]
struct TicketKind {
    /// Its number in the server.
    number: i32,
    /// What members choose; one that nobody has named is called as is usual in the language of whoever reads it.
    name: String,
    /// What it is like.
    definition: Definition,
}

impl From<Kind> for TicketKind {
    fn from(Kind { id, name, definition }: Kind) -> TicketKind {
        TicketKind { number: id, name, definition }
    }
}

/// A kind with the `ETag` by which it is known whether it is still the same.
fn tagged(kind: Kind) -> Tagged<TicketKind> {
    Tagged::new(kinds::looks(&kind), kind.into())
}

/// A kind that is to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KindWish {
    /// What members choose.
    #[schema(min_length = 1)]
    name: String,
    /// What it is like; what is not said is as it is usual.
    #[serde(default)]
    definition: Definition,
}

/// Which kind.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct NumberedKind {
    /// The kind's number.
    kind: i32,
}

/// Which question of which kind.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct NumberedQuestion {
    /// The kind's number.
    kind: i32,
    /// The question's number.
    question: i32,
}

/// In which language which kind.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct KindInLanguage {
    /// The kind's number.
    kind: i32,
    /// The language's code.
    #[param(example = "nl")]
    language: String,
}

/// In which language which question of which kind.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct QuestionInLanguage {
    /// The kind's number.
    kind: i32,
    /// The question's number.
    question: i32,
    /// The language's code.
    #[param(example = "nl")]
    language: String,
}

/// List the kinds of tickets
#[utoipa::path(get, path = "/kinds", tag = "kinds", responses(
    (status = 200, description = "The kinds", body = Vec<TicketKind>),
))]
async fn list_kinds(caller: Caller) -> Result<Json<Vec<TicketKind>>, Problem> {
    let known = kinds::look(&caller.app, &caller.acting().await?).await?;
    Ok(Json(known.into_iter().map(TicketKind::from).collect()))
}

/// Read a kind of tickets
#[utoipa::path(get, path = "/kinds/{kind}", tag = "kinds", params(NumberedKind), responses(
    (status = 200, description = "The kind", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn read_kind(
    caller: Caller,
    Path(NumberedKind { kind }): Path<NumberedKind>,
) -> Result<Tagged<TicketKind>, Problem> {
    let known = kinds::look(&caller.app, &caller.acting().await?).await?;
    let found = known.into_iter().find(|it| it.id == kind);
    found.map(tagged).ok_or_else(|| Problem::refused(&Refusal::NoSuchKind))
}

/// A role that hears nothing of a kind which it works.
#[derive(Serialize, ToSchema)]
struct UnheardRole {
    /// The kind's number.
    kind: i32,
    /// The role's id.
    role: String,
}

/// List roles that work kinds of tickets and hear nothing of them
///
/// They are not for everybody to mention, and the bot may not mention all there. What Discord does not say soon is left out.
#[utoipa::path(get, path = "/kinds/unheard", tag = "kinds", extensions(("x-cost" = json!(5))), responses(
    (status = 200, description = "The roles", body = Vec<UnheardRole>),
))]
async fn list_unheard_roles(caller: Caller) -> Result<Json<Vec<UnheardRole>>, Problem> {
    let unheard = kinds::unheard(&caller.app, &caller.acting().await?).await?;
    Ok(Json(unheard.into_iter().map(|(kind, role)| UnheardRole { kind, role: role.to_string() }).collect()))
}

/// Add a kind of tickets
#[utoipa::path(post, path = "/kinds", tag = "kinds", request_body = KindWish, responses(
    (status = 201, description = "The new kind", body = TicketKind, headers(
        ("ETag" = String, description = "Its revision"), ("Location" = String, description = "Its address"),
    )),
))]
async fn add_kind(caller: Caller, Body(wish): Body<KindWish>) -> Result<impl IntoResponse, Problem> {
    let acting = caller.acting().await?;
    let kinds::Added(kind) = kinds::add(&caller.app, &acting, &wish.name, wish.definition).await?;
    let location = format!("/api/v1/guilds/{}/tickets/kinds/{}", acting.guild(), kind.id);
    Ok(([(LOCATION, location)], tagged(kind).created()))
}

/// A kind that was removed.
#[derive(Serialize, ToSchema)]
struct KindRemoved {
    /// What was its number.
    number: i32,
    /// What it was called.
    name: String,
}

/// Remove a kind of tickets
///
/// Tickets that were opened as it keep it.
#[utoipa::path(delete, path = "/kinds/{kind}", tag = "kinds",
    params(NumberedKind, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "What was removed", body = KindRemoved),
))]
async fn remove_kind(
    caller: Caller,
    Path(NumberedKind { kind }): Path<NumberedKind>,
    seen: IfMatch,
) -> Result<Json<KindRemoved>, Problem> {
    // What is none that was given matches no kind.
    let looked = u32::try_from(seen.revision()).map_err(|_| IfMatch::unknown())?;
    let removed = kinds::remove(&caller.app, &caller.acting().await?, kind, looked).await?.kind;
    Ok(Json(KindRemoved { number: removed.id, name: removed.name }))
}

/// Changes a part of a kind that still is as somebody looked at it.
async fn change(caller: Caller, kind: i32, seen: IfMatch, change: KindChange) -> Result<Tagged<TicketKind>, Problem> {
    let (acting, seen, named) = (caller.acting().await?, seen.revision(), Named::by(&change));
    let edit = |stored: &Kind| match i64::from(kinds::looks(stored)) == seen {
        true => Ok(change),
        false => Err(Refusal::Changed { now: Box::new(stored.clone()) }),
    };
    Ok(tagged(kinds::change_as(&caller.app, &acting, kind, &named, edit).await?.kind))
}

/// Say what a kind is called and says
#[utoipa::path(put, path = "/kinds/{kind}/texts", tag = "kinds", request_body = KindTexts,
    params(NumberedKind, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The kind as it is now", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn change_texts(
    caller: Caller,
    Path(NumberedKind { kind }): Path<NumberedKind>,
    seen: IfMatch,
    Body(texts): Body<KindTexts>,
) -> Result<Tagged<TicketKind>, Problem> {
    change(caller, kind, seen, KindChange::Texts(texts)).await
}

/// Say where tickets of a kind open, and for whom
#[utoipa::path(put, path = "/kinds/{kind}/people", tag = "kinds", request_body = KindPeople,
    params(NumberedKind, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The kind as it is now", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn change_people(
    caller: Caller,
    Path(NumberedKind { kind }): Path<NumberedKind>,
    seen: IfMatch,
    Body(people): Body<KindPeople>,
) -> Result<Tagged<TicketKind>, Problem> {
    change(caller, kind, seen, KindChange::People(people)).await
}

/// Say how many tickets of a kind there may be, and when somebody is there
#[utoipa::path(put, path = "/kinds/{kind}/limits", tag = "kinds", request_body = KindLimits,
    params(NumberedKind, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The kind as it is now", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn change_limits(
    caller: Caller,
    Path(NumberedKind { kind }): Path<NumberedKind>,
    seen: IfMatch,
    Body(limits): Body<KindLimits>,
) -> Result<Tagged<TicketKind>, Problem> {
    change(caller, kind, seen, KindChange::Limits(limits)).await
}

/// Say what time does with tickets of a kind
#[utoipa::path(put, path = "/kinds/{kind}/times", tag = "kinds", request_body = KindTimes,
    params(NumberedKind, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The kind as it is now", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn change_times(
    caller: Caller,
    Path(NumberedKind { kind }): Path<NumberedKind>,
    seen: IfMatch,
    Body(times): Body<KindTimes>,
) -> Result<Tagged<TicketKind>, Problem> {
    change(caller, kind, seen, KindChange::Times(times)).await
}

/// Let a kind ask one more question
///
/// It gets the next number.
#[utoipa::path(post, path = "/kinds/{kind}/questions", tag = "kinds", request_body = Question,
    params(NumberedKind, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The kind as it is now", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn add_question(
    caller: Caller,
    Path(NumberedKind { kind }): Path<NumberedKind>,
    seen: IfMatch,
    Body(question): Body<Question>,
) -> Result<Tagged<TicketKind>, Problem> {
    change(caller, kind, seen, KindChange::AddQuestion(question)).await
}

/// Let a kind ask something else in the place of a question
#[utoipa::path(put, path = "/kinds/{kind}/questions/{question}", tag = "kinds", request_body = Question,
    params(NumberedQuestion, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The kind as it is now", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn change_question(
    caller: Caller,
    Path(NumberedQuestion { kind, question }): Path<NumberedQuestion>,
    seen: IfMatch,
    Body(asked): Body<Question>,
) -> Result<Tagged<TicketKind>, Problem> {
    // The address says which one it is.
    change(caller, kind, seen, KindChange::ChangeQuestion(Question { id: question, ..asked })).await
}

/// Let a kind not ask a question any more
#[utoipa::path(delete, path = "/kinds/{kind}/questions/{question}", tag = "kinds",
    params(NumberedQuestion, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The kind as it is now", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn remove_question(
    caller: Caller,
    Path(NumberedQuestion { kind, question }): Path<NumberedQuestion>,
    seen: IfMatch,
) -> Result<Tagged<TicketKind>, Problem> {
    change(caller, kind, seen, KindChange::RemoveQuestion(question)).await
}

fn language_of(code: &str) -> Result<Language, Problem> {
    Language::of_code(code).ok_or_else(Problem::not_found)
}

/// Say what a kind says in another language
///
/// An empty text is the kind's own. What its questions say there stays.
#[utoipa::path(put, path = "/kinds/{kind}/translations/{language}", tag = "kinds", request_body = KindTranslation,
    params(KindInLanguage, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The kind as it is now", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn translate_kind(
    caller: Caller,
    Path(KindInLanguage { kind, language }): Path<KindInLanguage>,
    seen: IfMatch,
    Body(said): Body<KindTranslation>,
) -> Result<Tagged<TicketKind>, Problem> {
    change(caller, kind, seen, KindChange::Translate(language_of(&language)?, said)).await
}

/// Say what a question says in another language
#[utoipa::path(put, path = "/kinds/{kind}/questions/{question}/translations/{language}", tag = "kinds", request_body = QuestionTranslation,
    params(QuestionInLanguage, ("If-Match" = String, Header, description = "The `ETag` that was looked at")), responses(
    (status = 200, description = "The kind as it is now", body = TicketKind, headers(("ETag" = String, description = "Its revision"))),
))]
async fn translate_question(
    caller: Caller,
    Path(QuestionInLanguage { kind, question, language }): Path<QuestionInLanguage>,
    seen: IfMatch,
    Body(said): Body<QuestionTranslation>,
) -> Result<Tagged<TicketKind>, Problem> {
    change(caller, kind, seen, KindChange::TranslateQuestion(language_of(&language)?, question, said)).await
}
