//! What an operator should know before members do: whether the database and the application are set up as they must be.
//!
//! `alphapy check` prints all of it; `alphapy serve` logs what is not well.

use std::time::{Duration, Instant};

use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;

use crate::commands;
use crate::config::{self, Config, PublicKey};
use crate::db::{self, Schema};
use crate::discord::{self, Application};
use crate::feature::Feature;

/// How long Discord has for each answer.
const CALL_TIME: Duration = Duration::from_secs(10);

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it must be.
    Good,
    /// The bot works, without something.
    Lacking,
    /// Members get no answer, or nothing is stored.
    Bad,
}

/// One line: how something is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub verdict: Verdict,
    /// What was looked at.
    pub about: &'static str,
    /// What was found, and what to do if it is not good.
    pub found: String,
}

impl Finding {
    fn good(about: &'static str, found: impl Into<String>) -> Finding {
        Finding { verdict: Verdict::Good, about, found: found.into() }
    }

    fn lacking(about: &'static str, found: impl Into<String>) -> Finding {
        Finding { verdict: Verdict::Lacking, about, found: found.into() }
    }

    fn bad(about: &'static str, found: impl Into<String>) -> Finding {
        Finding { verdict: Verdict::Bad, about, found: found.into() }
    }
}

/// The variables of the environment, a line for each that is wrong, without a value.
pub fn look_at_variables() -> Vec<Finding> {
    let variables = config::each_variable();
    let count = variables.len();
    let bad: Vec<Finding> = variables.into_iter().flatten().map(|why| Finding::bad("environment", why)).collect();
    if bad.is_empty() {
        vec![Finding::good("environment", format!("none of the {count} variables is missing or malformed"))]
    } else {
        bad
    }
}

/// The database: whether it answers, and whether its schema is this version's.
pub async fn look_at_database(config: &config::Database) -> Vec<Finding> {
    let (version, schema) = match db::look_once(config).await {
        Ok(seen) => seen,
        Err(error) => return vec![Finding::bad("database", format!("{error:#}; look at DATABASE_URL"))],
    };
    let schema = match schema {
        Schema::Current => Finding::good("schema", "it is this version's"),
        Schema::Newer => Finding::good("schema", "it is a newer version's, which this one can use"),
        Schema::Older { missing } => {
            Finding::bad("schema", format!("{missing} of its migrations are missing: run `alphapy migrate`"))
        }
    };
    vec![Finding::good("database", format!("PostgreSQL {version} answers")), schema]
}

/// The application: whether token, id and key belong together, what it may read, its addresses and its commands.
pub async fn look_at_discord(config: &Config, client: &discord::Client, features: &[Feature]) -> Vec<Finding> {
    let deadline = Instant::now() + CALL_TIME;
    let application = match client.own_application(deadline).await {
        Ok(application) => application,
        Err(discord::Error::Unauthorized) => {
            let found = "Discord does not accept the token: copy it again from the developer portal (Bot, Reset Token)";
            return vec![Finding::bad("token", found)];
        }
        Err(error) => return vec![Finding::bad("discord", format!("it does not answer: {error}"))],
    };
    let mut found = look_at_application(config, &application);
    // Another application's are nobody's to ask for.
    if application.id == config.discord.discord_application_id {
        found.push(look_at_commands(client, features).await);
    }
    found
}

fn look_at_application(config: &Config, application: &Application) -> Vec<Finding> {
    let wanted = config.discord.discord_application_id;
    let token = match application.id == wanted {
        true => Finding::good("token", format!("it is the one of application {wanted}")),
        false => Finding::bad(
            "token",
            format!(
                "it is the one of application {}: DISCORD_APPLICATION_ID says {wanted}, and both must be of one application",
                application.id
            ),
        ),
    };
    let key = match application.verify_key.parse::<PublicKey>() {
        Ok(key) if key == config.discord_public_key => Finding::good("public key", "it is the application's"),
        _ => Finding::bad(
            "public key",
            "DISCORD_PUBLIC_KEY is not the application's, so each interaction would be refused: copy it from the developer \
             portal (General Information)",
        ),
    };
    let intent = match application.reads_content() {
        true => Finding::good("intents", "Message Content is on"),
        false => Finding::lacking(
            "intents",
            "Message Content is off: transcripts hold only what the bot knows, and announcements are not read; switch it on \
             in the developer portal (Bot, Privileged Gateway Intents)",
        ),
    };
    let endpoint = look_at_address(
        "interactions",
        application.interactions_endpoint_url.as_deref(),
        config.public_url.as_deref(),
        "/interactions",
        "no member gets an answer",
        "General Information, Interactions Endpoint URL",
    );
    let mut events = look_at_address(
        "events",
        application.event_webhooks_url.as_deref(),
        config.public_url.as_deref(),
        "/events",
        "the bot does not hear where it is installed, nor who takes that back",
        "Webhooks, Endpoint URL",
    );
    if events.verdict == Verdict::Good && !application.sends_events() {
        let found = "they are switched off, so the bot does not hear where it is installed, nor who takes that back: switch them on in the developer \
                     portal (Webhooks, Events)";
        events = Finding::lacking("events", found);
    }
    // Without interactions there is no bot; without events it works.
    let endpoint = match endpoint.verdict {
        Verdict::Lacking => Finding { verdict: Verdict::Bad, ..endpoint },
        _ => endpoint,
    };
    vec![token, key, intent, endpoint, events, look_at_dashboard(config, application)]
}

/// Whether people can log in to the dashboard.
fn look_at_dashboard(config: &Config, application: &Application) -> Finding {
    let door = match config.dashboard() {
        Ok(door) => door,
        Err(why) => return Finding::lacking("dashboard", format!("it is off: {why}")),
    };
    let back = door.redirect_uri();
    match application.redirect_uris.contains(&back) {
        true => Finding::good("dashboard", format!("people log in at {}/dashboard", door.public_url)),
        false => Finding::lacking(
            "dashboard",
            format!("nobody can log in: add {back} to the redirects in the developer portal (OAuth2, Redirects)"),
        ),
    }
}

fn look_at_address(
    about: &'static str,
    set: Option<&str>,
    public: Option<&str>,
    path: &str,
    without: &str,
    portal: &str,
) -> Finding {
    let wanted = public.map_or_else(|| format!("https://your.host{path}"), |public| format!("{public}{path}"));
    match set.filter(|set| !set.is_empty()) {
        None => Finding::lacking(
            about,
            format!("no address is set, so {without}: set {wanted} in the developer portal ({portal})"),
        ),
        Some(set) if public.is_some() && set.trim_end_matches('/') != wanted => Finding::lacking(
            about,
            format!("Discord sends them to {set}, and PUBLIC_URL says {wanted}: change one of them ({portal})"),
        ),
        Some(set) if !set.trim_end_matches('/').ends_with(path) => {
            Finding::lacking(about, format!("Discord sends them to {set}, and not to {wanted}: change it ({portal})"))
        }
        Some(set) => Finding::good(about, format!("Discord sends them to {set}")),
    }
}

async fn look_at_commands(client: &discord::Client, features: &[Feature]) -> Finding {
    match commands::are_registered(client, features, None).await {
        Ok(true) => Finding::good("commands", "they are registered"),
        Ok(false) => {
            Finding::bad("commands", "Discord does not have this version's everywhere: run `alphapy commands register`")
        }
        Err(error) => Finding::bad("commands", format!("Discord does not say which are registered: {error}")),
    }
}

/// The link with which somebody who manages a server invites the bot with what its features need there
/// (<https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow>).
pub fn invite_url(application: Id<ApplicationMarker>, features: &[Feature]) -> String {
    let permissions = features.iter().fold(Permissions::empty(), |all, feature| all | feature.bot_needs).bits();
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={permissions}"
    )
}
