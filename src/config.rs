//! The environment as typed values. The doc comments here are what `--help` prints.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser};
use ed25519_dalek::VerifyingKey;
use jiff::SignedDuration;
use secrecy::SecretString;
use sqlx::postgres::PgConnectOptions;
use tracing_subscriber::EnvFilter;
use twilight_model::id::Id;
use twilight_model::id::marker::{ApplicationMarker, GuildMarker, UserMarker};

/// Where the database is.
#[derive(Clone, Debug, clap::Args)]
pub struct Database {
    /// PostgreSQL, as `postgres://user:password@host/name`.
    #[arg(long, env, hide_env_values = true, value_parser = database_address)]
    pub database_url: SecretString,

    /// Connections that one process opens at most: one listens, and of the others three in five answer members (3 to 1000).
    #[arg(long, env, default_value_t = 10, value_parser = within::<3, 1000>)]
    pub database_max_connections: u32,
}

/// How to talk to Discord's REST API.
#[derive(Clone, Debug, clap::Args)]
pub struct Discord {
    /// The application's id (developer portal, General Information).
    #[arg(long, env, value_parser = application_id)]
    pub discord_application_id: Id<ApplicationMarker>,

    /// The bot's token (developer portal, Bot).
    #[arg(long, env, hide_env_values = true, value_parser = token)]
    pub discord_bot_token: SecretString,

    /// Where Discord's API is. Point it at a rate-limiting proxy when many instances share one token.
    #[arg(long, env, default_value = "https://discord.com/api/v10", value_parser = web_address)]
    pub discord_api_base: String,

    /// Requests a second that Discord allows the bot over all routes; all instances share them. Without it 50, or whatever
    /// the proxy does where `DISCORD_API_BASE` is one (10 to 10000).
    #[arg(long, env, value_parser = within::<10, 10_000>)]
    pub discord_requests_per_second: Option<u32>,

    /// The page on which people log in with their account; only a fake Discord has another.
    #[arg(long, env, default_value = "https://discord.com/oauth2/authorize", value_parser = web_address)]
    pub discord_login_page: String,
}

/// Everything that the service reads from the environment.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub database: Database,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub discord: Discord,

    /// The application's public key, 64 hex digits (developer portal, General Information).
    #[arg(long, env)]
    pub discord_public_key: PublicKey,

    /// The address to listen on.
    #[arg(long, env, default_value = "0.0.0.0:8080", value_parser = address)]
    pub bind: SocketAddr,

    /// Only the port to listen on, as some hosts give it; it wins over BIND's.
    #[arg(long, env, value_parser = port)]
    pub port: Option<u16>,

    /// Where the world reaches this service, for links that it posts.
    #[arg(long, env, value_parser = web_address)]
    pub public_url: Option<String>,

    /// The application's client secret from the developer portal, with which people log in to the dashboard.
    #[arg(long, env, hide_env_values = true, value_parser = token)]
    pub discord_client_secret: Option<SecretString>,

    /// What logins to the dashboard are sealed with, the same for all instances: 64 hex digits or more.
    #[arg(long, env, hide_env_values = true, value_parser = session_key)]
    pub session_key: Option<SecretString>,

    /// Opens `/metrics` to whoever sends this as a bearer token.
    #[arg(long, env, hide_env_values = true, value_parser = secret)]
    pub metrics_token: Option<SecretString>,

    /// An address of its own for `/metrics`, which only a scraper can reach, such as 0.0.0.0:9091 in a private network.
    #[arg(long, env, value_parser = address)]
    pub metrics_bind: Option<SocketAddr>,

    /// Keys of programs that count in every server and open everything, as `name:key` separated by commas; a key has at least
    /// 32 characters. `alphapy keys create` makes keys that open less.
    #[arg(long, env, hide_env_values = true, value_delimiter = ',', value_parser = api_key)]
    pub api_keys: Vec<ApiKey>,

    /// Where an OpenAI-compatible server is that drafts replies, such as <https://api.openai.com/v1>; without it drafts are the
    /// nearest entries. Plain http is for this machine and private networks.
    #[arg(long, env, value_parser = web_address)]
    pub llm_base_url: Option<String>,

    /// The key that it wants, if it wants one.
    #[arg(long, env, hide_env_values = true, value_parser = secret)]
    pub llm_api_key: Option<SecretString>,

    /// The model that writes, as that server calls it.
    #[arg(long, env)]
    pub llm_model: Option<String>,

    /// Other models that a server may choose, as that server calls them, separated by commas; without it there is none but
    /// `LLM_MODEL`.
    #[arg(long, env, value_delimiter = ',')]
    pub llm_models: Vec<String>,

    /// Tokens that one server may use a day at most, whatever it sets.
    #[arg(long, env, default_value_t = 2_000_000)]
    pub llm_daily_tokens: u32,
    /// The model that makes vectors, with which more is found than with words alone.
    #[arg(long, env)]
    pub llm_embedding_model: Option<String>,

    /// User ids that are admins in every server, separated by commas.
    #[arg(long, env, value_delimiter = ',', value_parser = user_id)]
    pub owner_ids: Vec<Id<UserMarker>>,
}

impl Config {
    /// The address to listen on, with PORT taken into account.
    pub fn address(&self) -> SocketAddr {
        let mut address = self.bind;
        if let Some(port) = self.port {
            address.set_port(port);
        }
        address
    }

    /// What the dashboard needs.
    ///
    /// # Errors
    /// Why it is off.
    pub fn dashboard(&self) -> Result<Dashboard, String> {
        let (Some(client_secret), Some(session_key), Some(public_url)) =
            (&self.discord_client_secret, &self.session_key, &self.public_url)
        else {
            let missing = [
                ("DISCORD_CLIENT_SECRET", self.discord_client_secret.is_none()),
                ("SESSION_KEY", self.session_key.is_none()),
                ("PUBLIC_URL", self.public_url.is_none()),
            ];
            let missing: Vec<&str> =
                missing.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect();
            return Err(format!("without {}", missing.join(", ")));
        };
        let address = reqwest::Url::parse(public_url).map_err(|_| "PUBLIC_URL is no address".to_owned())?;
        let is_near = matches!(address.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        // Whoever stands between would read the cookie of whoever logs in.
        if address.scheme() != "https" && !is_near {
            return Err("PUBLIC_URL does not start with https://, and it is not this machine".to_owned());
        }
        // Cookies and the way back from Discord are for the whole host.
        if !matches!(address.path(), "" | "/") {
            return Err("PUBLIC_URL has a path".to_owned());
        }
        Ok(Dashboard {
            public_url: public_url.clone(),
            is_secure: address.scheme() == "https",
            client_secret: client_secret.clone(),
            session_key: session_key.clone(),
        })
    }
}

/// What the dashboard needs of the environment.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// Where the world reaches the service, without a slash at its end.
    pub public_url: String,
    /// Whether that is by https. Without it the dashboard is for this machine alone.
    pub is_secure: bool,
    /// The application's client secret.
    pub client_secret: SecretString,
    /// What logins are sealed with.
    pub session_key: SecretString,
}

impl Dashboard {
    /// Where Discord sends people back to who logged in.
    pub fn redirect_uri(&self) -> String {
        format!("{}/dashboard/login/back", self.public_url)
    }
}

/// A key of a program that stands in the environment.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// What the program is called.
    pub name: String,
    /// What it shows.
    pub key: SecretString,
}

/// Reads a key as it stands in the variable: `name:key`.
///
/// # Errors
/// What it should be.
pub fn api_key(text: &str) -> Result<ApiKey, &'static str> {
    let (name, key) = text.split_once(':').map(|(name, key)| (name.trim(), key.trim())).unwrap_or_default();
    if name.is_empty() || key.len() < 32 || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("is not a list such as shop:KEY, with keys of at least 32 characters");
    }
    Ok(ApiKey { name: name.to_owned(), key: key.into() })
}

/// Every variable with its default and its meaning, for the documentation.
pub fn environment() -> Vec<(String, String, String)> {
    let command = Logging::augment_args(Config::augment_args(clap::Command::new("")));
    let arguments = command.get_arguments().filter_map(|argument| {
        let default: Vec<String> =
            argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        Some((argument.get_env()?.to_string_lossy().into_owned(), default.join(" "), help))
    });
    arguments.collect()
}

/// The variables of the environment one by one: for each that is wrong what [`explain`] says of it.
pub fn each_variable() -> Vec<Option<String>> {
    let all = Logging::augment_args(Config::augment_args(clap::Command::new("alphapy")));
    let arguments = all.get_arguments().filter(|argument| argument.get_env().is_some());
    let alone = arguments.map(|argument| {
        let command = without_empty(clap::Command::new("alphapy").arg(argument.clone()));
        let read = command.try_get_matches_from([OsStr::new("alphapy")]);
        read.err().map(|error| explain(&error).unwrap_or_else(|| error.to_string()))
    });
    alone.collect()
}

/// An unfilled line of a list of variables is no secret.
fn secret(text: &str) -> Result<SecretString, &'static str> {
    if text.trim().is_empty() { Err("is empty") } else { Ok(text.into()) }
}

/// A token as it stands in the portal: nothing around it, and nothing that a header cannot hold.
fn token(text: &str) -> Result<SecretString, &'static str> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) {
        return Err("is not a token alone: no quotes, no spaces, no `Bot` before it");
    }
    Ok(text.into())
}

/// A key of 256 bits or more, in hex.
fn session_key(text: &str) -> Result<SecretString, &'static str> {
    let text = text.trim();
    let is_key = text.len() >= 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_key { Ok(text.into()) } else { Err("is not 64 hex digits or more; `openssl rand -hex 32` makes them") }
}

fn within<const LEAST: u32, const MOST: u32>(text: &str) -> Result<u32, String> {
    let number = text.trim().parse().ok().filter(|number| (LEAST..=MOST).contains(number));
    number.ok_or_else(|| format!("is not a number from {LEAST} to {MOST}"))
}

/// A port to listen on.
///
/// # Errors
/// It is none.
pub fn port(text: &str) -> Result<u16, &'static str> {
    text.trim().parse().ok().filter(|port| *port > 0).ok_or("is not a number from 1 to 65535")
}

/// An address to listen on.
///
/// # Errors
/// It is none.
pub fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.trim().parse().map_err(|_| "is not an address and a port such as 0.0.0.0:8080")
}

/// The id of an application.
///
/// # Errors
/// It is no number.
pub fn application_id(text: &str) -> Result<Id<ApplicationMarker>, &'static str> {
    text.trim().parse().map_err(|_| "is not the number that the developer portal shows as Application ID")
}

/// A server.
///
/// # Errors
/// It is no id.
pub fn guild_id(text: &str) -> Result<Id<GuildMarker>, &'static str> {
    text.trim().parse().map_err(|_| "is not the number that Discord shows with Copy Server ID")
}

/// How often something is done, at least a second.
///
/// # Errors
/// It is no length of time.
pub fn pace(text: &str) -> Result<Duration, &'static str> {
    let read = text.trim().parse::<SignedDuration>().ok().and_then(|pace| Duration::try_from(pace).ok());
    read.map(|pace| pace.max(Duration::from_secs(1))).ok_or("is not a length of time such as 60s or 5m")
}

fn user_id(text: &str) -> Result<Id<UserMarker>, &'static str> {
    text.trim().parse().map_err(|_| "is not a list of numbers with commas between them")
}

/// # Errors
/// It is no address of a PostgreSQL. What it holds is not repeated.
fn database_address(text: &str) -> Result<SecretString, &'static str> {
    let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
    if postgres && PgConnectOptions::from_str(text).is_ok() {
        return Ok(text.into());
    }
    Err("is not like postgres://user:password@host/name, without quotes and with %23 for a # in the password")
}

/// A web address, without a stroke at its end.
///
/// # Errors
/// Why it is none.
pub fn web_address(text: &str) -> Result<String, &'static str> {
    let parsed = reqwest::Url::parse(text).map_err(|_| "is not a web address such as https://your.host")?;
    let web = matches!(parsed.scheme(), "http" | "https") && parsed.has_host();
    if web { Ok(text.trim_end_matches('/').to_owned()) } else { Err("does not start with https://") }
}

/// How log lines look.
#[derive(Clone, Debug, clap::Args)]
pub struct Logging {
    /// How log lines look.
    #[arg(long, env, global = true, default_value = "text")]
    pub log_format: LogFormat,

    /// Which log lines are written: error, warn, info, debug or trace, also by module (`info,alphapy=debug`).
    #[arg(long, env, global = true, default_value = "info,sqlx=warn")]
    pub rust_log: LogFilter,
}

/// Which log lines are written.
#[derive(Clone, Debug)]
pub struct LogFilter(pub EnvFilter);

impl FromStr for LogFilter {
    type Err = &'static str;

    /// # Errors
    /// It is no list of directives.
    fn from_str(directives: &str) -> Result<LogFilter, Self::Err> {
        let filter = EnvFilter::builder().parse(directives);
        filter.map(LogFilter).map_err(|_| "is not like info or info,alphapy=debug")
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// The key that Discord signs with, checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(pub VerifyingKey);

impl FromStr for PublicKey {
    type Err = &'static str;

    /// # Errors
    /// The text is not 64 hex digits, not a point of the curve, or a weak key: one of small order, for which a
    /// signature can be made that fits any message.
    fn from_str(hex: &str) -> Result<PublicKey, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(hex.trim(), &mut bytes).map_err(|_| "is not 64 hex digits")?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| "is not an Ed25519 public key")?;
        if key.is_weak() {
            return Err("is a weak key; copy it again from the developer portal");
        }
        Ok(PublicKey(key))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0.as_bytes()))
    }
}

/// The arguments and the environment as typed values. A variable that is empty, or blank, counts as not set, as an unfilled
/// line of a list of variables does.
///
/// # Errors
/// What clap says of it; [`explain`] makes a line of that.
pub fn parse<P: Parser>(arguments: impl IntoIterator<Item = OsString>) -> Result<P, clap::Error> {
    let mut command = without_empty(P::command());
    let matches = command.try_get_matches_from_mut(arguments)?;
    P::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// The same command, which does not look at variables that are empty.
fn without_empty(command: clap::Command) -> clap::Command {
    #[allow(clippy::disallowed_methods)] // This is the place that reads the environment.
    let is_empty = |name: &OsStr| std::env::var_os(name).is_some_and(|value| value.to_string_lossy().trim().is_empty());
    command
        .mut_args(|argument| match argument.get_env().is_some_and(is_empty) {
            true => argument.env(Resettable::Reset),
            false => argument,
        })
        .mut_subcommands(without_empty)
}

/// Where an operator finds more of what one line says.
const HELP: &str = "; see `alphapy serve --help`.";

/// What an operator reads when the environment is wrong: one line, which names variables and shows no value.
///
/// `None` for what is not a fault of the environment, such as `--help`.
pub fn explain(error: &clap::Error) -> Option<String> {
    let variables = match error.get(ContextKind::InvalidArg)? {
        ContextValue::String(arg) => vec![variable(arg)],
        ContextValue::Strings(args) => args.iter().map(|arg| variable(arg)).collect(),
        _ => return None,
    };
    let names = variables.join(", ");
    match error.kind() {
        ErrorKind::MissingRequiredArgument => Some(format!("{names} must be set{HELP}")),
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            if let Some(ContextValue::Strings(known)) = error.get(ContextKind::ValidValue) {
                return Some(format!("{names} is not one of {}{HELP}", known.join(", ")));
            }
            let why = std::error::Error::source(error).map_or_else(|| "is malformed".to_owned(), ToString::to_string);
            Some(format!("{names} {why}{HELP}"))
        }
        _ => None,
    }
}

/// The environment variable of an argument as clap shows it: `--database-url <DATABASE_URL>`.
fn variable(arg: &str) -> String {
    let name = arg.split_whitespace().next().unwrap_or(arg);
    let variable = name.trim_start_matches('-').to_uppercase().replace('-', "_");
    // What is no variable is meant as it was typed.
    if environment().iter().any(|(known, ..)| *known == variable) { variable } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hex: &str, expected: Result<(), &'static str>) {
        assert_eq!(hex.parse::<PublicKey>().map(|_| ()), expected, "{hex}");
    }

    #[test]
    fn a_public_key_is_refused_unless_it_is_a_strong_point() {
        check("077d26ef2aee2e571e584322717c125b1d2caef3bc8557efcb74a2d480659239", Ok(()));
        check("", Err("is not 64 hex digits"));
        check("zz7d26ef2aee2e571e584322717c125b1d2caef3bc8557efcb74a2d480659239", Err("is not 64 hex digits"));
        check("0200000000000000000000000000000000000000000000000000000000000000", Err("is not an Ed25519 public key"));
        for weak in [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        ] {
            check(weak, Err("is a weak key; copy it again from the developer portal"));
        }
    }
}
