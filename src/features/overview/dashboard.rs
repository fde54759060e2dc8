//! `GET /api/dashboard/metrics?guild_id=…`: the bot at a glance, in the shape that dashboards of earlier versions read. What the
//! bot does not know is null; ids are texts, since numbers of that size lose digits in browsers.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::{Extension, Json};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use twilight_model::application::command::{Command, CommandOption, CommandOptionType, CommandType};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::words;
use crate::api::{Caller, Problem};
use crate::app::App;
use crate::assist::Lately;
use crate::feature::Feature;
use crate::keys::{Access, Area, Scope};
use crate::operations::summary::{self, Summary};
use crate::settings::{Schema, System};
use crate::statistics::{Coming, Live, is_live};
use crate::words::{Language, Say};

/// Where it is read.
pub(super) const PATH: &str = "/api/dashboard/metrics";

/// So many commands are named.
const MOST_COMMANDS: usize = 50;

/// How long Discord may take to say what everything is called.
const PATIENCE: Duration = Duration::from_secs(2);

/// The routes, for a bot of these features.
pub(super) fn routes(features: &[Feature]) -> OpenApiRouter<App> {
    let commands = features.iter().flat_map(|feature| &feature.commands).flat_map(|entry| named(&entry.definition));
    let offered = Offered {
        features: features.iter().map(|feature| feature.declared.feature()).chain([System::FEATURE]).collect(),
        commands: commands.collect(),
    };
    OpenApiRouter::new().routes(routes!(read_dashboard)).layer(Extension(Arc::new(offered)))
}

/// What the bot is made of.
struct Offered {
    /// What has settings.
    features: BTreeSet<&'static str>,
    commands: Vec<DashboardCommand>,
}

/// A command with all its subcommands, each as people type it.
fn named(command: &Command) -> Vec<DashboardCommand> {
    let kind = match command.kind {
        CommandType::User => "user",
        CommandType::Message => "message",
        _ => "slash",
    };
    let one = |qualified_name: String, description: &str| {
        vec![DashboardCommand { qualified_name, description: description.to_owned(), r#type: kind }]
    };
    fn below(path: &str, options: &[CommandOption], found: &mut Vec<(String, String)>) {
        for option in options {
            let path = format!("{path} {}", option.name);
            match option.kind {
                CommandOptionType::SubCommand => found.push((path, option.description.clone())),
                CommandOptionType::SubCommandGroup => {
                    below(&path, option.options.as_deref().unwrap_or_default(), found)
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    below(&command.name, &command.options, &mut found);
    match found.is_empty() {
        true => one(command.name.clone(), &command.description),
        false => found.into_iter().flat_map(|(path, description)| one(path, &description)).collect(),
    }
}

/// Of which server. The gate has read it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code)] // It is there to be described.
struct Asked {
    /// The server's id.
    #[param(pattern = "^[0-9]{1,20}$")]
    guild_id: String,
}

/// The bot at a glance.
#[derive(Serialize, ToSchema)]
struct Dashboard {
    /// The bot.
    bot: DashboardBot,
    /// Reminders that will come.
    reminders: DashboardReminders,
    /// Tickets.
    tickets: DashboardTickets,
    /// Replies that a model drafted.
    gpt: DashboardModel,
    /// What the server has set; null for keys that may not read settings.
    settings_overrides: Option<Vec<DashboardSetting>>,
    /// What it runs on.
    infrastructure: DashboardInfrastructure,
}

/// The bot.
#[derive(Serialize, ToSchema)]
struct DashboardBot {
    /// Whether Discord accepts its token.
    online: bool,
    /// Null: there is no gateway to be late.
    latency_ms: Option<i64>,
    /// Since this process was started.
    uptime_seconds: u64,
    /// The same as people say it.
    uptime_human: String,
    /// Of the program.
    version: String,
    /// Null: versions have no names.
    codename: Option<String>,
    /// How many commands there are.
    commands_loaded: usize,
    /// The first of them.
    commands: Vec<DashboardCommand>,
    /// The server that was asked for.
    guilds: Vec<DashboardGuild>,
}

/// A server.
#[derive(Serialize, ToSchema)]
struct DashboardGuild {
    /// Its id.
    id: String,
    /// Its name, if Discord says it just now.
    name: Option<String>,
    /// Null: the bot does not count members.
    member_count: Option<i64>,
    /// Who owns it, if Discord says it just now.
    owner_id: Option<String>,
}

/// A command.
#[derive(Clone, Serialize, ToSchema)]
struct DashboardCommand {
    /// As people type it, without the slash.
    qualified_name: String,
    /// What it is for.
    description: String,
    /// Where it is: slash, user or message.
    r#type: &'static str,
}

/// Replies that a model drafted. What goes wrong is told to operators, and null here.
#[derive(Serialize, ToSchema)]
struct DashboardModel {
    /// When the last one was drafted.
    #[schema(format = DateTime)]
    last_success_time: Option<String>,
    /// Null.
    last_error_type: Option<String>,
    /// Of the newest drafts.
    average_latency_ms: Option<i64>,
    /// Tokens of today, by the server's clock.
    total_tokens_today: i64,
    /// Null.
    rate_limit_reset: Option<String>,
    /// The model that writes, if there is one.
    current_model: Option<String>,
    /// Who asked last.
    last_user_id: Option<String>,
    /// How many drafts are kept that a model wrote.
    success_count: i64,
    /// Null.
    error_count: Option<i64>,
    /// Of the last one.
    last_success_latency_ms: Option<i32>,
    /// The newest.
    recent_successes: Vec<DashboardDraft>,
    /// Empty.
    recent_errors: Vec<DashboardDraft>,
}

/// A draft of a model.
#[derive(Serialize, ToSchema)]
struct DashboardDraft {
    /// When.
    #[schema(format = DateTime)]
    timestamp: String,
    /// Who asked for it.
    user_id: Option<String>,
    /// What it cost.
    tokens_used: i64,
    /// How long it took.
    latency_ms: i32,
    /// Null.
    error_type: Option<String>,
}

/// What a server has set.
#[derive(Serialize, ToSchema)]
struct DashboardSetting {
    /// The feature.
    scope: String,
    /// The setting.
    key: String,
    /// Its value, as text.
    value: String,
}

/// Reminders that will come.
#[derive(Serialize, ToSchema)]
struct DashboardReminders {
    /// How many.
    total: i64,
    /// Those that repeat.
    recurring: i64,
    /// Those that do not.
    one_off: i64,
    /// When the next one of a channel comes.
    #[schema(format = DateTime)]
    next_event_time: Option<String>,
    /// How many in which channel, by its id.
    per_channel: BTreeMap<String, i64>,
    /// The next of channels.
    upcoming: Vec<DashboardUpcoming>,
}

/// A reminder that comes.
#[derive(Serialize, ToSchema)]
struct DashboardUpcoming {
    /// Its number.
    id: i32,
    /// What it is called.
    name: String,
    /// Where it is said.
    channel_id: String,
    /// When.
    #[schema(format = DateTime)]
    scheduled_time: String,
    /// Whether it comes again.
    is_recurring: bool,
}

/// Tickets.
#[derive(Serialize, ToSchema)]
struct DashboardTickets {
    /// How many there are.
    total: i64,
    /// By what they are.
    per_status: BTreeMap<String, i64>,
    /// Those that are neither closed nor archived.
    open_count: i64,
    /// When the last one was opened.
    #[schema(format = DateTime)]
    last_ticket_created_at: Option<String>,
    /// From opening to closing.
    average_close_seconds: Option<f64>,
    /// The same as people say it.
    average_close_human: Option<String>,
    /// The oldest that are open.
    open_items: Vec<DashboardItem>,
}

/// A ticket that is open.
#[derive(Serialize, ToSchema)]
struct DashboardItem {
    /// Its number.
    id: i32,
    /// The id of its member.
    user_id: String,
    /// What they are called, if Discord says it just now.
    username: Option<String>,
    /// What it is.
    status: String,
    /// Where it is.
    channel_id: Option<String>,
    /// When it was opened.
    #[schema(format = DateTime)]
    created_at: String,
}

/// What the bot runs on.
#[derive(Serialize, ToSchema)]
struct DashboardInfrastructure {
    /// The database answered.
    database_up: bool,
    /// Connections that are open.
    pool_size: u32,
    /// When that was.
    #[schema(format = DateTime)]
    checked_at: String,
}

/// Tell how the bot stands, as earlier versions did
///
/// For dashboards that know no other; `/api/v1/guilds/{guild}/metrics` tells more. Opens for keys that may read metrics.
#[utoipa::path(get, path = "/", tag = "metrics",
    params(Asked), responses(
    (status = 200, description = "How it stands", body = Dashboard),
))]
async fn read_dashboard(
    caller: Caller,
    Extension(offered): Extension<Arc<Offered>>,
) -> Result<Json<Dashboard>, Problem> {
    let found = summary::look(&caller.app, &caller.acting().await?).await?;
    let (app, guild) = (&caller.app, caller.guild()?);
    let (discord, deadline) = (app.discord.guild(guild), Instant::now() + PATIENCE);
    let name = |live: &Live| {
        let user = live.user;
        async move { (user, app.discord.guild(guild).member_name(user, deadline).await.ok()) }
    };
    // It is there without what Discord does not say in time.
    let (called, owner, names) =
        tokio::join!(discord.name(deadline), discord.owner(deadline), join_all(found.live.iter().map(name)));
    let names: HashMap<Id<UserMarker>, String> =
        names.into_iter().filter_map(|(user, name)| Some((user, name?))).collect();
    let settings_overrides = match caller.opens(Scope { area: Area::Settings, access: Access::Read }) {
        true => Some(settings(app, guild, &offered).await?),
        false => None,
    };
    let uptime = app.started.elapsed();
    let language = caller.reader.language;
    Ok(Json(Dashboard {
        bot: DashboardBot {
            online: app.discord.is_authorized(),
            uptime_seconds: uptime.as_secs(),
            uptime_human: words::duration(uptime.as_secs_f64()).say(language),
            latency_ms: None,
            codename: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commands_loaded: offered.commands.len(),
            commands: offered.commands.iter().take(MOST_COMMANDS).cloned().collect(),
            guilds: vec![DashboardGuild {
                id: guild.to_string(),
                name: called.ok(),
                member_count: None,
                owner_id: owner.ok().flatten().map(|owner| owner.to_string()),
            }],
        },
        gpt: model(app, &found),
        settings_overrides,
        infrastructure: DashboardInfrastructure {
            database_up: true,
            pool_size: app.db.size(),
            checked_at: found.at.to_string(),
        },
        reminders: reminders(&found),
        tickets: tickets(language, found, &names),
    }))
}

/// What is set of any feature.
async fn settings(app: &App, guild: Id<GuildMarker>, offered: &Offered) -> anyhow::Result<Vec<DashboardSetting>> {
    let mut all = Vec::new();
    for scope in &offered.features {
        let set = app.settings.stored(guild, scope).await?;
        all.extend(set.into_iter().map(|(key, value)| DashboardSetting {
            scope: (*scope).to_owned(),
            key,
            value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        }));
    }
    Ok(all)
}

fn model(app: &App, found: &Summary) -> DashboardModel {
    let draft = |it: &Lately| DashboardDraft {
        timestamp: it.asked_at.to_string(),
        user_id: it.user.map(|user| user.to_string()),
        tokens_used: it.tokens,
        latency_ms: it.took_ms,
        error_type: None,
    };
    let (newest, count) = (&found.drafts.newest, i64::try_from(found.drafts.newest.len()).unwrap_or(1));
    let last = newest.first();
    DashboardModel {
        last_success_time: last.map(|it| it.asked_at.to_string()),
        last_error_type: None,
        average_latency_ms: newest.iter().map(|it| i64::from(it.took_ms)).sum::<i64>().checked_div(count),
        total_tokens_today: found.drafts.tokens_today,
        rate_limit_reset: None,
        current_model: app.llm.model(found.drafts.model.as_deref()).map(str::to_owned),
        last_user_id: last.and_then(|it| it.user).map(|user| user.to_string()),
        success_count: found.drafts.kept,
        error_count: None,
        last_success_latency_ms: last.map(|it| it.took_ms),
        recent_successes: newest.iter().map(draft).collect(),
        recent_errors: Vec::new(),
    }
}

fn reminders(found: &Summary) -> DashboardReminders {
    let upcoming = |it: &Coming| DashboardUpcoming {
        id: it.number,
        name: it.name.clone(),
        channel_id: it.channel.to_string(),
        scheduled_time: it.due_at.to_string(),
        is_recurring: it.is_recurring,
    };
    let it = &found.reminders;
    DashboardReminders {
        total: it.total,
        recurring: it.recurring,
        one_off: it.total - it.recurring,
        next_event_time: found.coming.first().map(|next| next.due_at.to_string()),
        per_channel: it.per_channel.iter().map(|(channel, count)| (channel.to_string(), *count)).collect(),
        upcoming: found.coming.iter().map(upcoming).collect(),
    }
}

fn tickets(language: Language, found: Summary, names: &HashMap<Id<UserMarker>, String>) -> DashboardTickets {
    let item = |it: Live| DashboardItem {
        id: it.number,
        user_id: it.user.to_string(),
        username: names.get(&it.user).cloned(),
        status: it.status,
        channel_id: it.channel.map(|channel| channel.to_string()),
        created_at: it.opened_at.to_string(),
    };
    DashboardTickets {
        total: found.per_status.values().sum(),
        open_count: found.per_status.iter().filter(|(status, _)| is_live(status)).map(|(_, count)| count).sum(),
        per_status: found.per_status,
        last_ticket_created_at: found.last_opened_at.map(|at| at.to_string()),
        average_close_seconds: found.mean_close_s,
        average_close_human: found.mean_close_s.map(|mean| words::duration(mean).say(language)),
        open_items: found.live.into_iter().map(item).collect(),
    }
}
