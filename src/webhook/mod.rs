//! What runs an interaction: body → verified bytes → envelope → dispatch → answer.
//!
//! It knows the features as a table, by no name.

mod again;
mod dispatch;
mod envelope;
mod events;
mod filtered;
pub mod promises;
mod signature;
pub(crate) mod store;

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http_body::{Frame, SizeHint};
use jiff::SignedDuration;
use metrics::counter;
use tokio::sync::oneshot;
use tokio_util::sync::DropGuard;
use tracing::Instrument;
use twilight_model::http::interaction::InteractionResponseType;

use crate::acting;
use crate::api;
use crate::app::App;
use crate::feature::{Bot, Erasure, JobEntry, Part, PersonalData};
use crate::intake::{self, Bodies, Connection, Refused, RequestIds};
use crate::ui::form;
use crate::{log_channel, readers, statistics, web};
use envelope::Head;
use signature::Signed;

/// The routes, by which their requests are counted too.
const INTERACTIONS: &str = "/interactions";
const EVENTS: &str = "/events";

/// The kind of interaction by which Discord asks whether anybody is there.
const PING: u64 = 1;

/// What a PING is answered with.
const PONG: &[u8] = br#"{"type":1}"#;

/// The kind of interaction that comes with every keystroke.
const AUTOCOMPLETE: u64 = 4;

/// How long an interaction id is remembered: its token's life, after which a repetition could do nothing.
const REMEMBER_INTERACTIONS: SignedDuration = SignedDuration::from_mins(15);

/// The routes that Discord calls.
pub fn router(bot: Bot) -> Router {
    let door = Arc::new(Door { bot, bodies: Bodies::default() });
    Router::new().route(INTERACTIONS, post(interactions)).route(EVENTS, post(events::events)).with_state(door)
}

/// What the routes share.
struct Door {
    bot: Bot,
    /// Bodies of which nobody knows yet who sent them.
    bodies: Bodies,
}

/// What the spine itself knows of people.
pub fn personal_data() -> PersonalData {
    PersonalData::default()
        .id("job", "user_id", Erasure::DeleteRow)
        .id("authorization_event", "user_id", Erasure::DeleteRow)
        .id("member_language", "user_id", Erasure::DeleteRow)
        .id("member_zone", "user_id", Erasure::DeleteRow)
        .content("member_zone", "zone", Part::WholeValue)
        .id("ticket_tally_staff", "user_id", Erasure::DeleteRow)
        .id("refused_form", "user_id", Erasure::DeleteRow)
        .id("web_session", "user_id", Erasure::DeleteRow)
        .content("web_session", "name", Part::WholeValue)
        .content("web_session", "guilds", Part::WholeValue)
        .content("web_session", "token_sha256", Part::WholeValue)
        .content("job", "work", Part::WholeValue)
        .content("refused_form", "fields", Part::WholeValue)
        .content("job", "answer", Part::WholeValue)
        .content("done_once", "answer", Part::WholeValue)
        .id("api_key_guild", "creator_user_id", Erasure::BlankColumn)
        .content("api_request", "answer", Part::WholeValue)
        .content("log_entry", "title", Part::WholeValue)
        .content("log_entry", "description", Part::WholeValue)
}

/// What the spine itself does when time comes.
pub fn jobs() -> Vec<JobEntry> {
    vec![
        JobEntry::in_guilds(
            "count what changed",
            |app: App, _| async move { statistics::guilds_to_count(&app.db).await },
            |app: App, guild, now| async move { statistics::count_stale(&app.db, &app.settings, guild, now).await },
        ),
        JobEntry::new("forget interactions", |app: App, now| async move {
            store::delete_interactions(&app.db, now - REMEMBER_INTERACTIONS).await?;
            store::delete_refused_forms(&app.db, now - again::KEEP).await?;
            acting::forget_done(&app, now).await
        }),
        JobEntry::new(
            "forget requests of programs",
            |app: App, now| async move { api::forget_requests(&app, now).await },
        ),
        JobEntry::new("forget logins", |app: App, now| async move { web::forget(&app, now).await }),
        JobEntry::new("forget languages", |app: App, now| async move {
            readers::forget(&app.db, now).await?;
            Ok(())
        }),
        JobEntry::upkeep_in_guilds(
            "alphapy",
            "forget changes of settings",
            |app: App, now| async move { app.settings.guilds_with_old_changes(now).await },
            |app: App, guild, now| async move { app.settings.forget_changes(guild, now).await },
        ),
        JobEntry::in_guilds(
            "post to log channels",
            |app: App, now| async move { log_channel::list_waiting(&app.db, now).await },
            |app: App, guild, _| async move { app.post_waiting_log(guild).await },
        ),
    ]
}

async fn interactions(State(door): State<Arc<Door>>, request: Request) -> Response {
    let id = RequestIds::of(request.headers());
    let response = match verified(&door, request).await {
        Ok(body) => respond(&door.bot, body, &id).await,
        Err(refused) => refused.into_response(),
    };
    finished(INTERACTIONS, id, response)
}

async fn respond(bot: &Bot, body: Bytes, id: &HeaderValue) -> Response {
    let Ok(head) = serde_json::from_slice::<Head>(&body) else { return StatusCode::BAD_REQUEST.into_response() };
    if head.kind == PING {
        return json(Bytes::from_static(PONG), None, None);
    }
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default(), route = INTERACTIONS);
    let answering = answer(bot.clone(), head.kind, body).instrument(span);
    match head.kind {
        // Whoever types has typed on by the time that another thread would have begun; stopping this halfway harms nobody.
        AUTOCOMPLETE => answering.await,
        // What may change something runs in a task of its own: a caller that hangs up does not stop it halfway, and an answer
        // that nobody takes is dropped, which counts as sent.
        _ => {
            let answered = bot.app.background.spawn(answering).await;
            answered.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

/// Counts an answer, and gives it the id of its request.
fn finished(route: &'static str, id: HeaderValue, mut response: Response) -> Response {
    match response.status() {
        // All labels are known here, and nothing is allocated for them.
        StatusCode::OK if route == INTERACTIONS => {
            counter!("http_requests_total", "route" => INTERACTIONS, "status" => "200").increment(1);
        }
        status => {
            counter!("http_requests_total", "route" => route, "status" => status.as_u16().to_string()).increment(1)
        }
    }
    response.headers_mut().insert(intake::REQUEST_ID, id);
    response
}

/// Answers an interaction, and lets what was promised begin when the answer is on its way, or never will be.
async fn answer(bot: Bot, kind: u64, body: Bytes) -> Response {
    let Some(answer) = dispatch::dispatch(&bot, kind, &body).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let flushed = answer.promised.map(|promised| {
        let (sender, receiver) = oneshot::channel();
        let run = promises::keep_promise(bot.clone(), promised);
        bot.app.background.spawn(async move {
            // An error says that the answer was dropped, which is as good as sent: we cannot know.
            let _ = receiver.await;
            run.await;
        });
        sender
    });
    let Some(response) = answer.response else { return accepted(answer.answered) };
    let body = match response.kind {
        InteractionResponseType::Modal => to_bytes(&form::without_disabled(&response)),
        _ => to_bytes(&response),
    };
    json(body, flushed, Some(answer.answered))
}

/// The body of a request that Discord signed, now.
///
/// The order is cheap checks first; nothing before the signature touches the database, logs the body or tells the causes
/// of a 401 apart.
async fn verified(door: &Door, request: Request) -> Result<Bytes, StatusCode> {
    let (head, body) = request.into_parts();
    let announced = head.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|bytes| bytes > intake::MAX_BODY) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let signed = Signed::read(&head.headers).map_err(unauthorized)?;
    // What is signed is the timestamp with the body behind it.
    let before = signed.timestamp();
    let (message, reading) = door.bodies.read(body, before, announced).await.map_err(unread)?;
    let app = &door.bot.app;
    signed.check(&app.config.discord_public_key, &message, app.clock.now()).map_err(unauthorized)?;
    drop(reading);
    if let Some(connection) = head.extensions.get::<Arc<Connection>>() {
        connection.mark_verified();
    }
    Ok(Bytes::from(message).slice(before.len()..))
}

fn unread(refused: Refused) -> StatusCode {
    counter!("bodies_refused_total", "cause" => refused.name()).increment(1);
    match refused {
        Refused::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Refused::TooSlow => StatusCode::REQUEST_TIMEOUT,
        Refused::Crowded => StatusCode::SERVICE_UNAVAILABLE,
        Refused::Broken => StatusCode::BAD_REQUEST,
    }
}

fn unauthorized(refusal: signature::Refusal) -> StatusCode {
    counter!("signature_failures_total", "cause" => refusal.name()).increment(1);
    if matches!(refusal, signature::Refusal::Stale | signature::Refusal::Ahead) {
        tracing::warn!(cause = refusal.name(), "a signed request has a strange time; is this machine's clock right?");
    }
    StatusCode::UNAUTHORIZED
}

fn to_bytes<T: serde::Serialize>(answer: &T) -> Bytes {
    serde_json::to_vec(answer).expect("answers have string keys and no failing parts").into()
}

/// A JSON answer that tells `flushed` and drops `answered` when it was handed to the connection.
fn json(bytes: Bytes, flushed: Option<oneshot::Sender<()>>, answered: Option<DropGuard>) -> Response {
    let body = Flushing { bytes: Some(bytes), flushed, _answered: answered };
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], Body::new(body)).into_response()
}

/// Says that Discord has the answer already
/// (<https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction>).
fn accepted(answered: DropGuard) -> Response {
    drop(answered);
    StatusCode::ACCEPTED.into_response()
}

/// A body that says when it is gone: the connection drops it once it is written to the socket's buffer.
struct Flushing {
    bytes: Option<Bytes>,
    flushed: Option<oneshot::Sender<()>>,
    _answered: Option<DropGuard>,
}

impl http_body::Body for Flushing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

impl Drop for Flushing {
    fn drop(&mut self) {
        if let Some(flushed) = self.flushed.take() {
            // Nobody waits any more when the process stops.
            let _ = flushed.send(());
        }
    }
}
