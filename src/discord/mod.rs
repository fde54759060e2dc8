//! Discord's REST API: the calls we use, typed by twilight-model.
//!
//! Two kinds of route differ in everything. Bot routes carry the bot's token and obey its buckets and the global limit.
//! Routes of an interaction carry their credential in the path; Discord exempts them from the global limit, and they do
//! not pass through the shared limiter, which would remember each token's path for hours.

mod error;
mod request;

use std::time::{Duration, Instant};

use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use twilight_http_ratelimiting::RateLimiter;
use twilight_model::channel::Message;
use twilight_model::channel::message::{AllowedMentions, Component, Embed};
use twilight_model::id::Id;
use twilight_model::id::marker::{ApplicationMarker, ChannelMarker, GuildMarker, MessageMarker, RoleMarker};

pub use error::Error;
use request::{Brake, Call, Credential};

use crate::config;

/// Requests a second of one bot over all routes (<https://discord.com/developers/docs/topics/rate-limits#global-rate-limit>).
const GLOBAL_LIMIT: u16 = 50;

/// Discord wants this form (<https://discord.com/developers/docs/reference#user-agent>).
const USER_AGENT: &str =
    concat!("DiscordBot (https://github.com/Innersync-tech/alphapy, ", env!("CARGO_PKG_VERSION"), ")");

/// A connection to Discord's REST API.
pub struct Client {
    http: reqwest::Client,
    base: String,
    application: Id<ApplicationMarker>,
    token: SecretString,
    limiter: RateLimiter,
    brake: Brake,
}

/// What a message says, as Discord takes it: for a new one, and as a patch of an old one.
#[derive(Clone, Debug, Default, Serialize, serde::Deserialize)]
pub struct MessageBody {
    /// Text above everything else; empty removes it.
    pub content: String,
    /// Boxes below the text.
    pub embeds: Vec<Embed>,
    /// Rows of buttons and menus.
    pub components: Vec<Component>,
    /// Whom the text may ping. Always sent: without it an edit pings by Discord's default.
    pub allowed_mentions: AllowedMentions,
}

/// As much of a member as we use.
#[derive(serde::Deserialize)]
struct Member {
    roles: Vec<Id<RoleMarker>>,
}

/// As much of a role as we use.
#[derive(serde::Deserialize)]
struct Role {
    id: Id<RoleMarker>,
    position: i64,
}

/// A new message in a channel.
#[derive(Serialize)]
struct NewMessage<'a> {
    #[serde(flatten)]
    body: &'a MessageBody,
    nonce: &'a str,
    enforce_nonce: bool,
}

/// Chooses the one implementation of cryptography for all TLS of this process.
///
/// Every client of reqwest or sqlx needs it; the second call changes nothing.
pub fn tls() {
    // An error only says that another caller was first.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl Client {
    /// Connects to the API that `config` names; call it in a Tokio runtime.
    pub fn new(config: &config::Discord) -> anyhow::Result<Client> {
        tls();
        let http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(Duration::from_secs(5))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Client {
            http,
            base: config.discord_api_base.trim_end_matches('/').to_owned(),
            application: config.discord_application_id,
            token: config.discord_bot_token.clone(),
            limiter: RateLimiter::new(GLOBAL_LIMIT),
            brake: Brake::default(),
        })
    }

    /// The commands that are registered, in `guild` or everywhere.
    pub async fn commands(
        &self,
        guild: Option<Id<GuildMarker>>,
        deadline: Instant,
    ) -> Result<Vec<serde_json::Value>, Error> {
        let (route, path) = self.commands_route(guild);
        let path = format!("{path}?with_localizations=true");
        self.fetch(Call::new(Method::GET, route, path, deadline)).await
    }

    /// Replaces all registered commands, in `guild` or everywhere.
    pub async fn set_commands(
        &self,
        guild: Option<Id<GuildMarker>>,
        commands: &[serde_json::Value],
        deadline: Instant,
    ) -> Result<Vec<serde_json::Value>, Error> {
        let (route, path) = self.commands_route(guild);
        self.fetch(Call::new(Method::PUT, route, path, deadline).json(commands)).await
    }

    fn commands_route(&self, guild: Option<Id<GuildMarker>>) -> (&'static str, String) {
        let application = self.application;
        match guild {
            None => ("/applications/{app}/commands", format!("applications/{application}/commands")),
            Some(guild) => (
                "/applications/{app}/guilds/{guild}/commands",
                format!("applications/{application}/guilds/{guild}/commands"),
            ),
        }
    }

    /// How high the bot stands in `guild`: it can give roles whose position is lower.
    pub async fn own_rank(&self, guild: Id<GuildMarker>, deadline: Instant) -> Result<i64, Error> {
        // A bot user's id is its application's.
        let path = format!("guilds/{guild}/members/{}", self.application);
        let call = Call::new(Method::GET, "/guilds/{guild}/members/{user}", path, deadline);
        let member: Member = self.fetch(call).await?;
        let call = Call::new(Method::GET, "/guilds/{guild}/roles", format!("guilds/{guild}/roles"), deadline);
        let roles: Vec<Role> = self.fetch(call).await?;
        let own = roles.iter().filter(|role| member.roles.contains(&role.id));
        Ok(own.map(|role| role.position).max().unwrap_or(0))
    }

    /// Posts a message once.
    ///
    /// `nonce` (at most 25 characters) stands for this message: Discord answers a repeated one within the past few
    /// minutes with the first message instead of posting another
    /// (<https://discord.com/developers/docs/resources/message#create-message>), so a lost answer may be retried.
    pub async fn create_message(
        &self,
        channel: Id<ChannelMarker>,
        body: &MessageBody,
        nonce: &str,
        deadline: Instant,
    ) -> Result<Message, Error> {
        let call =
            Call::new(Method::POST, "/channels/{channel}/messages", format!("channels/{channel}/messages"), deadline)
                .json(&NewMessage { body, nonce, enforce_nonce: true })
                .guarded();
        self.fetch(call).await
    }

    /// Deletes a message; `reason` shows in the server's audit log.
    pub async fn delete_message(
        &self,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
        reason: &str,
        deadline: Instant,
    ) -> Result<(), Error> {
        let path = format!("channels/{channel}/messages/{message}");
        let call = Call::new(Method::DELETE, "/channels/{channel}/messages/{message}", path, deadline).reason(reason);
        self.send(call).await.map(|_| ())
    }

    /// Shows `body` as the answer to an interaction that was deferred or answered before.
    ///
    /// It works for 15 minutes after the interaction
    /// (<https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages>).
    pub async fn edit_original(
        &self,
        token: &SecretString,
        body: &MessageBody,
        deadline: Instant,
    ) -> Result<(), Error> {
        let path = format!("webhooks/{}/{}/messages/@original", self.application, token.expose_secret());
        let call = Call::new(Method::PATCH, "/webhooks/{app}/{token}/messages/@original", path, deadline)
            .json(body)
            .credential(Credential::Path);
        self.send(call).await.map(|_| ())
    }
}
