//! `GET /api/dashboard/metrics?guild_id=…`: the bot at a glance, in the shape that dashboards of earlier versions read. What the
//! bot does not know is null; ids are texts, since numbers of that size lose digits in browsers.

use std::collections::BTreeMap;

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::words;
use crate::api::{Caller, Problem};
use crate::app::App;
use crate::operations::summary::{self, Summary};
use crate::statistics::{Coming, Live, is_live};
use crate::words::{Language, Say};

/// Where it is read.
pub(super) const PATH: &str = "/api/dashboard/metrics";

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_dashboard))
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
    /// What it runs on.
    infrastructure: DashboardInfrastructure,
}

/// The bot.
#[derive(Serialize, ToSchema)]
struct DashboardBot {
    /// Whether Discord accepts its token.
    online: bool,
    /// Since this process was started.
    uptime_seconds: u64,
    /// The same as people say it.
    uptime_human: String,
    /// Of the program.
    version: String,
    /// The server that was asked for.
    guilds: Vec<DashboardGuild>,
}

/// A server.
#[derive(Serialize, ToSchema)]
struct DashboardGuild {
    /// Its id.
    id: String,
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
async fn read_dashboard(caller: Caller) -> Result<Json<Dashboard>, Problem> {
    let found = summary::look(&caller.app, &caller.acting().await?).await?;
    let app = &caller.app;
    let uptime = app.started.elapsed();
    let language = caller.reader.language;
    Ok(Json(Dashboard {
        bot: DashboardBot {
            online: app.discord.is_authorized(),
            uptime_seconds: uptime.as_secs(),
            uptime_human: words::duration(uptime.as_secs_f64()).say(language),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            guilds: vec![DashboardGuild { id: caller.guild()?.to_string() }],
        },
        infrastructure: DashboardInfrastructure {
            database_up: true,
            pool_size: app.db.size(),
            checked_at: found.at.to_string(),
        },
        reminders: reminders(&found),
        tickets: tickets(language, found),
    }))
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

fn tickets(language: Language, found: Summary) -> DashboardTickets {
    let item = |it: Live| DashboardItem {
        id: it.number,
        user_id: it.user.to_string(),
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
