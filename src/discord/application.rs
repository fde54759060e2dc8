//! The application itself, as its developer set it up.

use std::time::Instant;

use reqwest::Method;
use serde::Deserialize;
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;

use super::call::Call;
use super::{Client, Error};

/// The flags of applications that may read what others write, large ones and small ones
/// (<https://discord.com/developers/docs/resources/application#application-object-application-flags>).
const READS_CONTENT: u64 = 1 << 18 | 1 << 19;

/// As much of an application as we use (<https://discord.com/developers/docs/resources/application#application-object>).
#[derive(Clone, Debug, Deserialize)]
pub struct Application {
    /// Its id, which is its bot user's too.
    pub id: Id<ApplicationMarker>,
    /// The key with which Discord signs, in hex.
    #[serde(default)]
    pub verify_key: String,
    #[serde(default)]
    flags: u64,
    /// Where Discord sends interactions; nothing is the gateway.
    #[serde(default)]
    pub interactions_endpoint_url: Option<String>,
    /// Where Discord sends events, if it does.
    #[serde(default)]
    pub event_webhooks_url: Option<String>,
    #[serde(default)]
    event_webhooks_status: u64,
    /// In about how many servers it is.
    #[serde(default)]
    pub approximate_guild_count: Option<u64>,
    /// Where Discord sends people back to who logged in.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
}

/// That events are sent (<https://discord.com/developers/docs/resources/application#application-object-application-event-webhook-status>).
const EVENTS_ARE_ON: u64 = 2;

impl Application {
    /// Whether Discord sends events to their address.
    pub fn sends_events(&self) -> bool {
        self.event_webhooks_status == EVENTS_ARE_ON
    }

    /// Whether it has the Message Content Intent.
    pub fn reads_content(&self) -> bool {
        self.flags & READS_CONTENT != 0
    }
}

impl Client {
    /// The application that the token belongs to.
    ///
    /// # Errors
    /// Discord does not accept the token, or does not answer.
    pub async fn own_application(&self, deadline: Instant) -> Result<Application, Error> {
        self.fetch(Call::new(Method::GET, "/applications/@me", "applications/@me".to_owned(), deadline)).await
    }
}
