//! Tickets for programs: `/api/v1/guilds/{guild}/tickets`.

mod kinds;
mod setup;
mod shown;
mod steps;

use axum::Json;
use axum::body::Body as Bytes;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::model::answers::Given;
use super::model::transcript::Form;
use super::model::{Priority, Status};
use super::operations::open::{self, Asked, Request};
use super::operations::{look, step};
use super::store::{At, By, Filter, Place, Typed};
use crate::api::{Body, Caller, Page, Paging, Path, Problem, Query, Tagged};
use crate::app::App;
use shown::{TicketEvent, TicketLine, TicketShown};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_tickets, open_ticket))
        .routes(routes!(search_tickets))
        .routes(routes!(list_unsettled))
        .routes(routes!(read_ticket))
        .routes(routes!(list_events))
        .routes(routes!(describe_transcript))
        .routes(routes!(read_transcript))
        .routes(routes!(steps::take_step))
        .merge(kinds::routes())
        .merge(setup::routes())
}

/// Which tickets are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct TicketFilter {
    /// With this status; without one it is all that are not done.
    #[param(inline)]
    status: Option<Status>,
    /// Whether those that are done count, where no status is named.
    #[serde(default)]
    all: bool,
    /// Whose, by the member's id.
    #[param(value_type = Option<String>)]
    member: Option<Id<UserMarker>>,
    /// Claimed by whom.
    #[param(value_type = Option<String>)]
    claimed_by: Option<Id<UserMarker>>,
    /// Only those that nobody has claimed.
    #[serde(default)]
    unclaimed: bool,
    /// Of which kind, by its number.
    kind: Option<i32>,
    /// How urgent.
    #[param(inline)]
    priority: Option<Priority>,
    /// Only those whose subject has this in it; the newest 5,000 are looked through that the rest leaves.
    #[param(max_length = 100)]
    text: Option<String>,
    /// Only those that were opened at that moment or later.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Only those that were opened before that moment.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    /// The cursor that the page before gave; without one it is the first page.
    cursor: Option<String>,
    /// How many there are on a page.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u8>,
}

/// List tickets
///
/// The most urgent first, and of those that are as urgent the oldest; of those that are done the newest.
#[utoipa::path(get, path = "/", tag = "tickets", params(TicketFilter), responses(
    (status = 200, description = "A page of tickets", body = Page<TicketLine>),
))]
async fn list_tickets(caller: Caller, Query(wanted): Query<TicketFilter>) -> Result<Json<Page<TicketLine>>, Problem> {
    let TicketFilter { status, all, member, claimed_by, unclaimed, kind, priority, text, from, to, cursor, limit } =
        wanted;
    let paging = Paging::new(cursor, limit);
    let (limit, after) = (paging.limit()?, paging.after::<Place>()?);
    let filter =
        Filter { status, user: member, claimed_by, all, kind, priority, unclaimed, text, from, to, viewer: None };
    let at = after.map_or(At::Start, At::After);
    let wanted = i64::try_from(limit + 1).unwrap_or(1);
    let lines = look::list(&caller.app, &caller.acting().await?, filter, at, wanted).await?;
    let language = caller.reader.language;
    Ok(Json(Page::of(lines, limit, |line| line.place, |line| TicketLine::of(language, line))))
}

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct TicketSearch {
    /// A part of the subject, or how the number begins.
    #[param(max_length = 100)]
    query: String,
}

/// Tickets that a search finds, and those that are named of which Discord does not show how they are.
const FOUND: i64 = 50;

/// Search for tickets
///
/// Those that are not done first.
#[utoipa::path(get, path = "/search", tag = "tickets", params(TicketSearch), extensions(("x-cost" = json!(5))), responses(
    (status = 200, description = "What was found", body = Vec<TicketLine>),
))]
async fn search_tickets(
    caller: Caller,
    Query(TicketSearch { query }): Query<TicketSearch>,
) -> Result<Json<Vec<TicketLine>>, Problem> {
    let typed = Typed { text: &query, kinds: Vec::new(), statuses: Vec::new() };
    let lines = look::search(&caller.app, &caller.acting().await?, typed, FOUND).await?;
    let language = caller.reader.language;
    Ok(Json(lines.into_iter().map(|line| TicketLine::of(language, line)).collect()))
}

/// Tickets that Discord does not show as they are.
#[derive(Serialize, ToSchema)]
struct TicketsUnsettled {
    /// How many there are.
    count: i64,
    /// The numbers of those in whose way something stands.
    hindered: Vec<i32>,
}

/// Tell which tickets Discord does not show as they are
#[utoipa::path(get, path = "/unsettled", tag = "tickets", responses(
    (status = 200, description = "Which", body = TicketsUnsettled),
))]
async fn list_unsettled(caller: Caller) -> Result<Json<TicketsUnsettled>, Problem> {
    let unsettled = look::unsettled(&caller.app, &caller.acting().await?, FOUND).await?;
    let hindered = unsettled.hindered.iter().map(|(number, _)| *number).collect();
    Ok(Json(TicketsUnsettled { count: unsettled.count, hindered }))
}

/// Which ticket.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct NumberedTicket {
    /// The ticket's number.
    number: i32,
}

/// Read a ticket
#[utoipa::path(get, path = "/{number}", tag = "tickets", params(NumberedTicket), responses(
    (status = 200, description = "The ticket", body = TicketShown, headers(("ETag" = String, description = "Its revision"))),
))]
async fn read_ticket(
    caller: Caller,
    Path(NumberedTicket { number }): Path<NumberedTicket>,
) -> Result<Tagged<TicketShown>, Problem> {
    let ticket = step::find(&caller.app, &caller.acting().await?, By::Number(number)).await?;
    Ok(Tagged::new(ticket.revision, TicketShown::of(caller.reader.language, &ticket)))
}

/// List what happened to a ticket
///
/// The first first; of a ticket to which very much happened, the latest.
#[utoipa::path(get, path = "/{number}/events", tag = "tickets", params(NumberedTicket), responses(
    (status = 200, description = "What happened", body = Vec<TicketEvent>),
))]
async fn list_events(
    caller: Caller,
    Path(NumberedTicket { number }): Path<NumberedTicket>,
) -> Result<Json<Vec<TicketEvent>>, Problem> {
    let acting = caller.acting().await?;
    let ticket = step::find(&caller.app, &acting, By::Number(number)).await?;
    let history = look::history(&caller.app, &acting, &ticket).await?;
    Ok(Json(history.events.into_iter().map(TicketEvent::from).collect()))
}

/// What was kept of what was said in a ticket.
#[derive(Serialize, ToSchema)]
struct TranscriptShown {
    /// How many messages it holds.
    messages: i32,
    /// Whether others' messages came without their text, which the bot may not read.
    blind: bool,
    /// Whether it holds everything.
    whole: bool,
    /// How many files of text it has; all of them together are `text`.
    files: usize,
    /// How many bytes that is.
    bytes: u64,
}

/// Tell what is kept of what was said in a ticket
///
/// Something is kept once it was closed, or somebody has asked for it in Discord.
#[utoipa::path(get, path = "/{number}/transcript", tag = "tickets", params(NumberedTicket), responses(
    (status = 200, description = "What is kept", body = TranscriptShown),
))]
async fn describe_transcript(
    caller: Caller,
    Path(NumberedTicket { number }): Path<NumberedTicket>,
) -> Result<Json<TranscriptShown>, Problem> {
    let acting = caller.acting().await?;
    let ticket = step::find(&caller.app, &acting, By::Number(number)).await?;
    let transcript = look::transcript(&caller.app, &acting, &ticket).await?;
    let texts = transcript.files.iter().filter(|file| file.form == Form::Plain);
    Ok(Json(TranscriptShown {
        messages: transcript.messages,
        blind: transcript.blind,
        whole: transcript.lacks().is_none(),
        files: texts.clone().count(),
        bytes: texts.map(|file| file.text).sum(),
    }))
}

/// Read what was said in a ticket
///
/// As text. It comes as it is stored, however long it is.
#[utoipa::path(get, path = "/{number}/transcript/text", tag = "tickets", params(NumberedTicket), extensions(("x-cost" = json!(5))), responses(
    (status = 200, description = "What was said", body = String, content_type = "text/plain"),
))]
async fn read_transcript(
    caller: Caller,
    Path(NumberedTicket { number }): Path<NumberedTicket>,
) -> Result<Response, Problem> {
    let acting = caller.acting().await?;
    let ticket = step::find(&caller.app, &acting, By::Number(number)).await?;
    let transcript = look::transcript(&caller.app, &acting, &ticket).await?;
    let text = Bytes::from_stream(transcript.text(&caller.app.db, acting.guild(), number));
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// A ticket to be opened for a member.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TicketWish {
    /// Of which kind, by its number.
    kind: i32,
    /// For whom, by the member's id.
    #[schema(value_type = String)]
    member: Id<UserMarker>,
    /// What is answered to the questions of the kind.
    #[serde(default)]
    answers: Vec<AnswerWish>,
}

/// What is answered to a question: a text, places of options, or a tick, as the question wants it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AnswerWish {
    /// The question's number.
    question: i32,
    /// What is written.
    #[serde(default)]
    text: Option<String>,
    /// The places of the options that are chosen, from 0 on.
    #[serde(default)]
    chosen: Option<Vec<usize>>,
    /// Whether the box is ticked.
    #[serde(default)]
    ticked: Option<bool>,
}

impl From<AnswerWish> for (i32, Given) {
    fn from(AnswerWish { question, text, chosen, ticked }: AnswerWish) -> (i32, Given) {
        let given = match (text, chosen, ticked) {
            (Some(text), _, _) => Given::Text(text),
            (None, Some(chosen), _) => Given::Chosen(chosen),
            (None, None, Some(ticked)) => Given::Ticked(ticked),
            (None, None, None) => Given::Text(String::new()),
        };
        (question, given)
    }
}

/// Open a ticket for a member
///
/// Its channel follows.
#[utoipa::path(post, path = "/", tag = "tickets", request_body = TicketWish, responses(
    (status = 201, description = "The new ticket", body = TicketShown, headers(
        ("ETag" = String, description = "Its revision"), ("Location" = String, description = "Its address"),
    )),
))]
async fn open_ticket(caller: Caller, Body(wish): Body<TicketWish>) -> Result<impl IntoResponse, Problem> {
    let (app, acting) = (&caller.app, caller.acting().await?);
    let TicketWish { kind, member, answers } = wish;
    let kind = open::find_kind(app, &acting, kind).await?;
    let asked = Asked::Questions(answers.into_iter().map(Into::into).collect());
    let ready = open::prepare(app, &acting, Request { kind, user: Some(member), asked }).await?;
    let opened = open::open(app, &acting, &ready).await?;
    let ticket = step::find(app, &acting, By::Number(opened.number)).await?;
    let location = format!("/api/v1/guilds/{}/tickets/{}", acting.guild(), ticket.number);
    let shown = TicketShown::of(caller.reader.language, &ticket);
    Ok(([(LOCATION, location)], Tagged::new(ticket.revision, shown).created()))
}
