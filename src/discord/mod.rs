//! Discord's REST API: the calls we use, typed by twilight-model.
//!
//! Two kinds of route differ in everything. Bot routes carry the bot's token and obey its buckets and the global limit.
//! Routes of an interaction carry their credential in the path; Discord exempts them from the global limit, and they do
//! not pass through the shared limiter, which would remember each token's path for hours.

mod access;
mod answered;
mod application;
mod body;
mod brake;
mod call;
mod channels;
mod emojis;
mod error;
mod ids;
mod login;
mod messages;
mod pace;
mod posted;
mod request;

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Method;
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use twilight_http_ratelimiting::RateLimiter;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ApplicationMarker, GuildMarker, RoleMarker};

pub use access::{Access, Granted, is_thread};
pub use answered::Answered;
pub use application::Application;
pub use body::{Content, ContentStream, File, MessageBody};
use brake::Brake;
use call::Call;
pub use channels::{Channel, NewChannel, Overwrite};
pub use error::Error;
pub use ids::{id_at, link, read_link, sent_at};
pub use login::{Grant, TheirGuild};
pub use messages::{Nonce, PAGE};
pub use pace::Demand;
use pace::Pace;
pub use posted::{Attachment, Author, Contents, Embed, Poll, Posted};

use crate::clock::Clock;
use crate::config;

/// Requests a second of one bot over all routes (<https://discord.com/developers/docs/topics/rate-limits#global-rate-limit>).
const GLOBAL_LIMIT: u32 = 50;

/// A tenth of the limit is nobody's share: instances that the others have not seen yet, or that have lost the database,
/// live on it.
const HEADROOM: u32 = 10;

/// Discord wants this form (<https://discord.com/developers/docs/reference#user-agent>).
const USER_AGENT: &str =
    concat!("DiscordBot (https://github.com/Innersync-tech/alphapy, ", env!("CARGO_PKG_VERSION"), ")");

/// A connection to Discord's REST API.
pub struct Client {
    http: reqwest::Client,
    base: String,
    application: Id<ApplicationMarker>,
    token: SecretString,
    /// What single routes allow.
    limiter: RateLimiter,
    /// What all routes together allow, unless a proxy sees to that.
    pace: Option<Arc<Pace>>,
    /// Calls a second of all instances together.
    limit: Option<u32>,
    brake: Brake,
    /// Who may do what where, as it was said lately.
    accesses: access::Accesses,
    /// The emojis that guilds had lately.
    emojis: emojis::Emojis,
    /// What members were lately.
    members: access::Members,
}

/// As much of a member as we use.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Member {
    /// Their roles, without @everyone.
    pub roles: Vec<Id<RoleMarker>>,
    /// Until when a timeout lets them do nothing but read; it may be past
    /// (<https://discord.com/developers/docs/topics/permissions#permissions-for-timed-out-members>).
    #[serde(default, rename = "communication_disabled_until")]
    pub silent_until: Option<jiff::Timestamp>,
    #[serde(default)]
    user: MemberUser,
}

#[derive(Clone, Debug, Default, serde::Deserialize)]
struct MemberUser {
    #[serde(default)]
    bot: bool,
}

impl Member {
    /// Whether they are a program.
    pub fn is_bot(&self) -> bool {
        self.user.bot
    }
}

/// As much of a role as we use.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Role {
    /// Its id; that of @everyone is the guild's.
    pub id: Id<RoleMarker>,
    #[serde(default)]
    name: String,
    /// 0 is @everyone, the largest is on top.
    pub position: i64,
    /// Whether it belongs to an app or to boosts, and nobody can give it.
    #[serde(default)]
    pub managed: bool,
    /// Whether everybody may mention it.
    #[serde(default)]
    pub mentionable: bool,
    /// A number, as text.
    #[serde(default)]
    permissions: String,
}

/// Chooses the one implementation of cryptography for all TLS of this process.
///
/// Every client of reqwest or sqlx needs it; the second call changes nothing.
pub fn install_tls() {
    // An error only says that another caller was first.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl Client {
    /// Connects to the API that `config` names; call it in a Tokio runtime.
    pub fn new(config: &config::Discord) -> anyhow::Result<Client> {
        install_tls();
        let http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(Duration::from_secs(5))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        // What stands between us and Discord keeps that limit for all instances.
        let direct = config.discord_api_base.starts_with("https://discord.com/");
        let limit = config.discord_requests_per_second.or(direct.then_some(GLOBAL_LIMIT));
        Ok(Client {
            http,
            base: config.discord_api_base.trim_end_matches('/').to_owned(),
            application: config.discord_application_id,
            token: config.discord_bot_token.clone(),
            // Its own limit over all routes cannot be changed while it runs, so it gets none.
            limiter: RateLimiter::new(u16::MAX),
            pace: limit.map(|limit| Arc::new(Pace::new(limit / HEADROOM))),
            limit,
            brake: Brake::new(Clock::system()),
            accesses: access::Accesses::default(),
            emojis: emojis::Emojis::default(),
            members: access::Members::default(),
        })
    }

    /// Counts what was refused, and waits for a token to be accepted again, by `clock`.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Client {
        self.brake = Brake::new(clock);
        self
    }

    /// Calls `tell` with each guild for which no more calls are made, because too many were refused. Only the first `tell`
    /// counts.
    pub fn on_stop(&self, tell: impl Fn(Id<GuildMarker>) + Send + Sync + 'static) {
        self.brake.on_stop(Box::new(tell));
    }

    /// Whether Discord accepts the bot's token, as far as the last calls tell.
    pub fn is_authorized(&self) -> bool {
        self.brake.is_authorized()
    }

    /// Calls a second that all instances together may plan for; nothing if they need not care.
    pub fn shared_limit(&self) -> Option<u32> {
        self.limit.map(|limit| limit - limit / HEADROOM)
    }

    /// Calls a second that this process may make at the moment; nothing if it need not care.
    pub fn share(&self) -> Option<u32> {
        self.pace.as_ref().map(|pace| pace.share())
    }

    /// Lets this process make so many calls a second until `until`. From then on it takes a careful share, as it does until
    /// the first is set.
    pub fn set_share(&self, share: u32, until: Instant) {
        if let Some(pace) = &self.pace {
            pace.set_share(share, until);
        }
    }

    /// What was wanted of the share since the last look.
    pub fn take_demand(&self) -> Demand {
        self.pace.as_ref().map_or(Demand { came: 0, waiting: 0 }, |pace| pace.take_demand())
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

    /// Discord as `guild` meets it.
    pub fn guild(&self, guild: Id<GuildMarker>) -> Guild<'_> {
        Guild { client: self, id: guild, tells: false }
    }
}

/// Discord as one guild meets it: every call that is about a guild is made through this, and counts for it alone.
#[derive(Clone, Copy)]
pub struct Guild<'a> {
    client: &'a Client,
    id: Id<GuildMarker>,
    tells: bool,
}

impl Role {
    /// What the role lets people do.
    fn granted(&self) -> (Id<RoleMarker>, Permissions) {
        (self.id, read_permissions(&self.permissions).unwrap_or(Permissions::empty()))
    }
}

/// Permissions as Discord writes them: a number, as text, that may be larger than any integer of ours.
pub fn read_permissions(digits: &str) -> Option<Permissions> {
    let bits = digits.parse::<u128>().ok()? & u128::from(u64::MAX);
    Some(Permissions::from_bits_truncate(u64::try_from(bits).unwrap_or(0)))
}

impl Guild<'_> {
    /// Whether this process makes no calls for the guild at the moment ([`Error::GuildBraked`]).
    pub fn is_stopped(&self) -> bool {
        self.client.brake.is_stopped(self.id)
    }

    /// For calls that tell the guild of its troubles: a few of them are made although its others are stopped
    /// ([`Error::GuildBraked`]).
    #[must_use]
    pub fn for_notices(self) -> Self {
        Guild { tells: true, ..self }
    }

    async fn fetch<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        self.client.fetch(call.for_guild(self.id, self.tells)).await
    }

    async fn send(&self, call: Call) -> Result<Vec<u8>, Error> {
        self.client.send(call.for_guild(self.id, self.tells)).await
    }

    /// How high the bot stands in the guild: it can give roles whose position is lower.
    pub async fn own_rank(&self, deadline: Instant) -> Result<i64, Error> {
        // A bot user's id is its application's.
        let path = format!("guilds/{}/members/{}", self.id, self.client.application);
        let call = Call::new(Method::GET, "/guilds/{guild}/members/{user}", path, deadline);
        let member: Member = self.fetch(call).await?;
        let roles = self.roles(deadline).await?;
        let own = roles.iter().filter(|role| member.roles.contains(&role.id));
        Ok(own.map(|role| role.position).max().unwrap_or(0))
    }

    /// What the guild's roles are called.
    pub async fn role_names(&self, deadline: Instant) -> Result<Vec<(Id<RoleMarker>, String)>, Error> {
        Ok(self.roles(deadline).await?.into_iter().map(|role| (role.id, role.name)).collect())
    }

    /// A role of the guild.
    pub async fn find_role(&self, role: Id<RoleMarker>, deadline: Instant) -> Result<Option<Role>, Error> {
        Ok(self.roles(deadline).await?.into_iter().find(|it| it.id == role))
    }

    async fn roles(&self, deadline: Instant) -> Result<Vec<Role>, Error> {
        let path = format!("guilds/{}/roles", self.id);
        self.fetch(Call::new(Method::GET, "/guilds/{guild}/roles", path, deadline)).await
    }
}
