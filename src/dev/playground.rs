//! A page that plays Discord's client, over the same state that the tests read as text.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::fake::Discord;

/// How long a caller waits for work that was deferred.
const PATIENCE: Duration = Duration::from_secs(20);

/// The page and what it asks.
pub fn router(discord: Discord) -> Router {
    Router::new()
        .route("/", get(|| async { Html(include_str!("playground.html")) }))
        .route("/dev/transcript", get(transcript))
        .route("/dev/type", post(type_text))
        .with_state(discord)
}

async fn transcript(State(discord): State<Discord>) -> Json<Vec<String>> {
    Json(discord.transcript())
}

/// Somebody types something somewhere.
#[derive(Debug, Deserialize, Serialize)]
pub struct Typed {
    /// Who, by name.
    pub person: String,
    /// In which server; the first they belong to if it is not said.
    #[serde(default)]
    pub guild: Option<String>,
    /// In which channel; the first they see if it is not said.
    #[serde(default)]
    pub channel: Option<String>,
    /// A message, or a command with its options.
    pub text: String,
}

async fn type_text(State(discord): State<Discord>, Json(typed): Json<Typed>) -> Response {
    let before = discord.transcript().len();
    // A task of its own: an unknown name is a panic of the fake, and costs the caller a 400 only.
    let acting = discord.clone();
    let act = tokio::spawn(async move {
        let mut person = acting.person(&typed.person);
        if let Some(guild) = &typed.guild {
            person = person.in_guild(guild);
        }
        if let Some(channel) = &typed.channel {
            person = person.in_channel(channel);
        }
        person.types(&typed.text).await;
    });
    if act.await.is_err() {
        return (StatusCode::BAD_REQUEST, "There is no such person, server or channel.").into_response();
    }
    let settled = async {
        while !discord.unfinished().is_empty() {
            discord.changed().await;
        }
    };
    // Whoever waits longer sees "thinking…", as in Discord.
    let _ = tokio::time::timeout(PATIENCE, settled).await;
    Json(discord.transcript().split_off(before)).into_response()
}
