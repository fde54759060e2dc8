//! The HTTP face: routes, what surrounds them, `/health`, `/metrics`, and stopping.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, RequestExt, Router};
use metrics::{counter, gauge};
use secrecy::ExposeSecret;
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use crate::api::{self, Part};
use crate::app::App;
use crate::db::{self, Schema};
use crate::feature::Bot;
use crate::intake::{self, RequestIds};
use crate::webhook::{self, promises};
use crate::{preflight, telemetry, web};

/// A database that has not answered by then counts as down.
const HEALTH_TIME: Duration = Duration::from_secs(1);

/// How often metrics are tidied.
const METRICS_UPKEEP: Duration = Duration::from_secs(5);

/// How long connections to the database may take to close.
const CLOSE_TIME: Duration = Duration::from_secs(2);

/// Connections of those who read the metrics at an address of its own.
const SCRAPERS: usize = 16;

/// How long answers and deferred work may take once the process is told to stop; hosts kill it after 30 s.
const STOP_TIME: Duration = Duration::from_secs(25);

/// The longest body of a request for a page or to an API, in bytes: forms of people, no files.
const MAX_PAGE_BODY: usize = 64 * 1024;

/// How long a page or an API may take with its answer, reading the request included.
const PAGE_TIME: Duration = Duration::from_secs(10);

/// The whole service as one router.
pub fn router(bot: Bot) -> Router {
    telemetry::metrics();
    let asked = Arc::<Mutex<Option<(Instant, &'static str)>>>::default();
    let health = move |State(app): State<App>| async move { health(&app, &asked).await };
    let mut own = Router::new().route("/health", get(health));
    // How busy a community is is nobody's affair: without a token this is an address as any other that does not exist.
    if bot.app.config.metrics_token.is_some() {
        own = own.route("/metrics", get(show_metrics));
    }
    for feature in bot.features.all() {
        if let Some(routes) = &feature.routes {
            own = own.nest(&format!("/{}", feature.name), bounded(routes.clone()));
        }
    }
    let parts: Vec<Part> = bot.features.all().iter().flat_map(|feature| feature.api.clone()).collect();
    let bounds = api::Bounds { body: MAX_PAGE_BODY, time: PAGE_TIME };
    own = own.merge(api::router(&bot.app.in_background(), &parts, bounds));
    if let Ok(door) = bot.app.config.dashboard() {
        let sections = bot.features.all().iter().flat_map(|feature| feature.sections.clone()).collect();
        let invite = preflight::invite_url(bot.app.config.discord.discord_application_id, bot.features.all());
        let bounds = web::Bounds { form: MAX_PAGE_BODY, time: PAGE_TIME };
        own = own.merge(web::router(bot.app.in_background(), door, sections, invite, bounds));
    }
    // Anybody may ask for a page as often as they like: whatever it reads, it takes none of the connections to the database
    // that answers to members need.
    own.with_state(bot.app.in_background())
        .layer(CatchPanicLayer::new())
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(()).on_failure(()))
        .layer(SetRequestIdLayer::x_request_id(RequestIds))
        .route_layer(middleware::from_fn(count))
        // Whatever Discord sends passes here, and each layer would cost every PING and keystroke a part of its signature:
        // the webhook counts and names its requests itself.
        .merge(webhook::router(bot))
}

/// A feature's routes, none of which reads without end or takes for ever.
fn bounded(routes: Router<App>) -> Router<App> {
    async fn bound(request: Request, next: Next) -> Response {
        match tokio::time::timeout(PAGE_TIME, next.run(request.with_limited_body())).await {
            Ok(response) => response,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    }
    routes.layer(middleware::from_fn(bound)).layer(DefaultBodyLimit::max(MAX_PAGE_BODY))
}

/// What is served at an address of its own, which the public does not reach: `/metrics`, without a token.
pub fn metrics_router(app: App) -> Router {
    telemetry::metrics();
    Router::new().route("/metrics", get(render_metrics)).with_state(app)
}

/// Serves until `stop` is done, then finishes what was promised or hands it over. `metrics` is where a scraper asks.
pub async fn serve(
    listener: TcpListener,
    metrics: Option<TcpListener>,
    router: Router,
    bot: Bot,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let app = bot.app.clone();
    let listening = tokio::spawn(app.clone().listen());
    tokio::spawn(app.clone().share_limits());
    let sweeping = tokio::spawn(promises::sweep_forever(bot));
    let keeping_up = tokio::spawn(keep_metrics_small(app.clone()));
    let stopping = app.stopping.clone();
    let signal = async move {
        stop.await;
        tracing::info!("stopping: finishing answers and deferred work");
        stopping.cancel();
    };
    let connections = app.config.database.database_max_connections as usize;
    let limits = intake::Limits::of_this_process(connections);
    let serving = intake::serve(listener, router, limits, app.stopping.clone());
    let (watched, stopped) = (app.clone(), app.stopping.clone());
    let watching = async move {
        if let Some(listener) = metrics {
            let limits = intake::Limits { connections: SCRAPERS, ..limits };
            intake::serve(listener, metrics_router(watched.clone()), limits, watched.stopping.clone()).await;
        }
    };
    // One allowance for everything: a client that keeps its connection open must not keep the process.
    let time_is_up = async {
        stopped.cancelled().await;
        tokio::time::sleep(STOP_TIME).await;
    };
    tokio::pin!(time_is_up);
    let finishing = async {
        let _ = tokio::join!(signal, serving, watching, listening, sweeping, keeping_up);
        app.background.close();
        app.background.wait().await;
    };
    tokio::select! {
        () = finishing => {}
        () = &mut time_is_up => {
            tracing::warn!("handing unfinished work over");
            app.hand_over().await;
        }
    }
    app.leave_limits().await;
    // A database that says nothing keeps no process.
    if tokio::time::timeout(CLOSE_TIME, app.pools.close()).await.is_err() {
        tracing::warn!("the database does not let go of its connections; they are dropped");
    }
    Ok(())
}

/// Histograms collect what they are told until somebody scrapes; nobody need ever.
async fn keep_metrics_small(app: App) {
    let upkeep = async {
        loop {
            tokio::time::sleep(METRICS_UPKEEP).await;
            telemetry::metrics().run_upkeep();
        }
    };
    app.stopping.run_until_cancelled(upkeep).await;
}

/// Done when the process is told to stop: SIGTERM from a host, Ctrl-C from a person.
pub async fn stop_signal() {
    let interrupt = async {
        // Without a handler for it the signal ends the process, which is as good.
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).expect("SIGTERM can be handled");
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

fn span(request: &Request) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("-");
    // The path of a request may be anything; the route is one of ours.
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    tracing::info_span!("request", id, method = %request.method(), route)
}

async fn count(route: MatchedPath, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    counter!("http_requests_total", "route" => route.as_str().to_owned(), "status" => status).increment(1);
    response
}

/// What `/health` says.
#[derive(Serialize)]
struct Health {
    service: &'static str,
    version: &'static str,
    uptime_seconds: u64,
    db_status: &'static str,
    /// `unauthorized` while Discord does not accept the bot's token. Nobody is helped by another process, so it changes
    /// nothing of the status.
    discord_status: &'static str,
    timestamp: String,
}

/// Whether the database answers. Anybody may ask, so it is asked once a second at most, whoever wants to know, and on none of
/// the connections that answers need.
async fn db_status(app: &App, asked: &Mutex<Option<(Instant, &'static str)>>) -> &'static str {
    let mut asked = asked.lock().await;
    if let Some((at, status)) = *asked
        && at.elapsed() < HEALTH_TIME
    {
        return status;
    }
    let pool = &app.pools.background;
    let status = match tokio::time::timeout(HEALTH_TIME, db::read_schema(pool)).await {
        // Nothing can be stored before `alphapy migrate` has run.
        Ok(Ok(Schema::Older { .. })) => "unmigrated",
        Ok(Ok(Schema::Current | Schema::Newer)) => "ok",
        // All connections are at work. An instance with much to do is not one to take out of service.
        Err(_) | Ok(Err(sqlx::Error::PoolTimedOut)) if pool.size() >= pool.options().get_max_connections() => "busy",
        _ => "down",
    };
    *asked = Some((Instant::now(), status));
    status
}

async fn health(app: &App, asked: &Mutex<Option<(Instant, &'static str)>>) -> Response {
    let db_status = db_status(app, asked).await;
    let health = Health {
        service: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        uptime_seconds: app.started.elapsed().as_secs(),
        db_status,
        discord_status: if app.discord.is_authorized() { "ok" } else { "unauthorized" },
        timestamp: app.clock.now().to_string(),
    };
    let status = match db_status {
        "down" | "unmigrated" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::OK,
    };
    (status, Json(health)).into_response()
}

async fn show_metrics(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(token) = &app.config.metrics_token {
        let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        if !given.is_some_and(|given| same(given, token.expose_secret())) {
            return StatusCode::UNAUTHORIZED.into_response();
        }
    }
    render_metrics(State(app)).await
}

async fn render_metrics(State(app): State<App>) -> Response {
    for (pool, of) in [(&app.pools.answers, "answers"), (&app.pools.background, "background")] {
        gauge!("database_connections", "of" => of, "state" => "open").set(f64::from(pool.size()));
        gauge!("database_connections", "of" => of, "state" => "idle").set(pool.num_idle() as f64);
    }
    let depth = tokio::time::timeout(HEALTH_TIME, webhook::store::count_promises(&app.pools.background)).await;
    if let Some(share) = app.discord.share() {
        gauge!("discord_global_share").set(f64::from(share));
    }
    gauge!("discord_authorized").set(if app.discord.is_authorized() { 1.0 } else { 0.0 });
    if let Ok(Ok(depth)) = depth {
        gauge!("later_depth").set(depth as f64);
    }
    ([("content-type", "text/plain; version=0.0.4")], telemetry::metrics().render()).into_response()
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
fn same(given: &str, secret: &str) -> bool {
    let difference = given.bytes().zip(secret.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    given.len() == secret.len() && difference == 0
}
