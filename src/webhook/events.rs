//! `POST /events`: what Discord tells about the app itself
//! (<https://discord.com/developers/docs/events/webhook-events>).
//!
//! Everything signed is answered 204, known or not: Discord repeats what gets another answer and in the end gives up on
//! the address. There is no event id; rows are unique by what happened to whom and when.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use tracing::Instrument;

use super::envelope::{EventEnvelope, Head, RawEvent};
use super::{Door, EVENTS, finished, store, verified};
use crate::feature::Bot;
use crate::intake::RequestIds;

/// How long the database may take.
const RECORD_TIME: Duration = Duration::from_secs(2);

pub(super) async fn events(State(door): State<Arc<Door>>, request: Request) -> Response {
    let id = RequestIds::of(request.headers());
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default(), route = EVENTS);
    let response = match verified(&door, request).await {
        Ok(body) => take(&door.bot, &body).instrument(span).await,
        Err(refused) => refused.into_response(),
    };
    finished(EVENTS, id, response)
}

async fn take(bot: &Bot, body: &[u8]) -> Response {
    let Ok(head) = serde_json::from_slice::<Head>(body) else { return StatusCode::BAD_REQUEST.into_response() };
    // 0 is PING, 1 an event; an interaction has neither `event` nor a meaning here.
    let event = match head.kind {
        1 => serde_json::from_slice::<EventEnvelope>(body).ok().and_then(|envelope| envelope.event.0),
        _ => None,
    };
    if let Some(event) = event {
        // Discord waits 3 s, and delivers it again if this fails.
        let recorded = tokio::time::timeout(RECORD_TIME, record(bot, event)).await;
        if let Err(error) = recorded.unwrap_or_else(|_| Err(anyhow::anyhow!("the database is slow"))) {
            tracing::error!(error = format!("{error:#}"), "cannot record a webhook event");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    }
    (StatusCode::NO_CONTENT, [(CONTENT_TYPE, "application/json")]).into_response()
}

async fn record(bot: &Bot, event: RawEvent) -> anyhow::Result<()> {
    let Some(data) = event.data.0 else { return Ok(()) };
    let Some(at) = read_time(&event.timestamp) else { return Ok(()) };
    let guild = data.guild.0.map(|guild| guild.id);
    match event.kind.as_str() {
        "APPLICATION_AUTHORIZED" => store::insert_authorized(&bot.app.db, guild, data.user.id, at).await?,
        "APPLICATION_DEAUTHORIZED" => store::insert_deauthorized(&bot.app.db, data.user.id, at).await?,
        _ => {}
    }
    Ok(())
}

/// Discord writes ISO 8601 without a zone and means UTC.
fn read_time(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| Some(text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp()))
}
