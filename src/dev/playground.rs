//! A page that plays Discord's client, over the same state that the tests read as text.
//!
//! People, servers and channels go by their names, which are unique here. The page asks again whenever
//! `/dev/changes` says that something happened.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, TRANSFER_ENCODING};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, Stream};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sqlx::PgPool;
use tokio::sync::{mpsc, watch};

use super::fake::{Answer, Discord, Fault, Person};
use super::{ahead, rows};
use crate::clock::Clock;

/// How long a caller waits for work that was deferred.
const PATIENCE: Duration = Duration::from_secs(20);

/// Messages of one page, if it is not said.
const PAGE: usize = 100;

/// The largest file that Discord takes from a member.
const MAX_FILE: usize = 10 * 1024 * 1024;

/// The page's own files. They are read anew for each request, so that a change shows on the next reload.
const PAGE_FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/dev/page/");

/// What may be asked of whoever runs the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// End it at once, as `kill -9` does.
    Kill,
    /// Start it again.
    Start,
}

/// One pass of cron, from its beginning to its end.
pub type Pass = Arc<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>;

/// The clock is moved by no more than so much between two passes of cron.
const STEP_MINUTES: i64 = 20;

/// Whoever moves the clock waits at most so long for the passes; the rest of the way it goes at once.
const STEPPING: Duration = Duration::from_secs(8);

/// Everything the page plays with.
#[derive(Clone)]
pub struct Playground {
    /// The Discord that it shows.
    pub discord: Discord,
    /// The clock that Discord and the bot share.
    pub clock: Clock,
    /// The bot's database, whose rows are watched.
    pub db: PgPool,
    /// Who runs the bot listens to this.
    pub orders: mpsc::UnboundedSender<Order>,
    /// Where interactions are posted while the bot runs.
    pub endpoint: watch::Receiver<Option<String>>,
    /// Lets cron pass once.
    pub pass: Pass,
}

/// The page and what it asks.
pub fn router(playground: Playground) -> Router {
    Router::new()
        .route("/", get(|| page_file(Path("index.html".to_owned()))))
        .route("/page/{name}", get(page_file))
        .route("/dashboard", any(hand_through))
        .route("/dashboard/{*rest}", any(hand_through))
        .route("/api", any(hand_through))
        .route("/api/{*rest}", any(hand_through))
        .route("/dev/view", get(view))
        .route("/dev/messages", get(messages))
        .route("/dev/changes", get(changes))
        .route("/dev/act", post(act))
        .route("/dev/suggest", post(suggest))
        .route("/dev/upload", post(upload).layer(DefaultBodyLimit::max(MAX_FILE)))
        .route("/dev/traffic", get(traffic))
        .route("/dev/fault", post(fault))
        .route("/dev/intents", post(intents))
        .route("/dev/clock", post(advance))
        .route("/dev/bot", post(order))
        .route("/dev/type", post(type_text))
        .with_state(playground)
}

async fn page_file(Path(name): Path<String>) -> Response {
    let kind = match name.rsplit_once('.') {
        Some(("index", "html")) => "text/html",
        Some((_, "css")) => "text/css",
        Some((_, "js")) => "text/javascript",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    // A name, and no way out of the folder.
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    match std::fs::read(format!("{PAGE_FILES}{name}")) {
        Ok(bytes) if plain => ([(CONTENT_TYPE, format!("{kind}; charset=utf-8"))], bytes).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The bot's dashboard and API, handed through as they are: where the page is, people and programs reach the bot.
async fn hand_through(State(playground): State<Playground>, request: Request) -> Response {
    let running = playground.endpoint.borrow().clone();
    let Some(base) = running.as_deref().and_then(|url| url.strip_suffix("/interactions")) else {
        return (StatusCode::BAD_GATEWAY, "the bot does not run").into_response();
    };
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |it| it.as_str());
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
    let asking = async {
        let bytes = axum::body::to_bytes(body, MAX_FILE).await.ok()?;
        let request = client.ok()?.request(parts.method, format!("{base}{path}")).headers(parts.headers).body(bytes);
        let answer = request.send().await.ok()?;
        let mut response = Response::builder().status(answer.status());
        for (name, value) in answer.headers().iter().filter(|(name, _)| *name != TRANSFER_ENCODING) {
            response = response.header(name, value);
        }
        // As it comes: a stream of events has no end.
        response.body(Body::from_stream(answer.bytes_stream())).ok()
    };
    asking.await.unwrap_or_else(|| (StatusCode::BAD_GATEWAY, "the bot does not answer").into_response())
}

/// Who acts, and where.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Place {
    /// Who, by name.
    pub person: String,
    /// In which server; the first they belong to if it is not said.
    #[serde(default)]
    pub guild: Option<String>,
    /// In which channel; the first they see if it is not said.
    #[serde(default)]
    pub channel: Option<String>,
    /// In their direct messages with the bot instead.
    #[serde(default)]
    pub dm: bool,
    /// The language of their Discord, as Discord names it; English if it is not said.
    #[serde(default)]
    pub locale: Option<String>,
}

impl Place {
    fn person(&self, discord: &Discord) -> Person {
        let mut person = discord.person(&self.person);
        if let Some(guild) = &self.guild {
            person = person.in_guild(guild);
        }
        if let Some(channel) = &self.channel {
            person = person.in_channel(channel);
        }
        if let Some(locale) = &self.locale {
            person = person.locale(locale);
        }
        if self.dm { person.in_dm() } else { person }
    }
}

async fn view(State(playground): State<Playground>, Query(place): Query<Place>) -> Response {
    let Some(mut view) = place.person(&playground.discord).view() else {
        let people = playground.discord.people();
        let why = format!("There is nobody called {} here.", place.person);
        return (StatusCode::NOT_FOUND, Json(json!({"why": why, "people": people}))).into_response();
    };
    let endpoint = playground.endpoint.borrow().clone();
    let reads = playground.discord.message_content();
    view["bot"] = json!({"running": endpoint.is_some(), "endpoint": endpoint, "reads_messages": reads});
    Json(view).into_response()
}

/// Which part of a channel's messages.
#[derive(Deserialize)]
struct Part {
    before: Option<String>,
    limit: Option<usize>,
}

async fn messages(
    State(playground): State<Playground>,
    Query(place): Query<Place>,
    Query(part): Query<Part>,
) -> Json<Value> {
    let before = part.before.and_then(|id| id.parse().ok());
    let (messages, more) = place.person(&playground.discord).messages(before, part.limit.unwrap_or(PAGE));
    Json(json!({"messages": messages, "more": more}))
}

async fn changes(State(playground): State<Playground>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // The first event comes at once: whoever connects again has missed something.
    let (discord, endpoint) = (playground.discord.watch(), playground.endpoint);
    let events = stream::unfold((discord, endpoint, 0_u64), |(mut discord, mut endpoint, count)| async move {
        if count > 0 {
            // Both senders live as long as the program.
            tokio::select! {
                _ = discord.changed() => {}
                _ = endpoint.changed() => {}
            }
        }
        let event = Event::default().event("changed").data(count.to_string());
        Some((Ok(event), (discord, endpoint, count + 1)))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// Somebody does something.
#[derive(Deserialize)]
struct Doing {
    #[serde(flatten)]
    place: Place,
    /// The message that they look at.
    message: Option<String>,
    act: Act,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    Types(String),
    Posts { text: String, files: Vec<String>, reply: Option<String> },
    Edits(String),
    Deletes,
    Chooses { text: String, picked: Map<String, Value> },
    Clicks(String),
    Selects { menu: String, values: Vec<String> },
    Submits(Vec<(String, String)>),
    Dismisses,
    MessageMenu(String),
    UserMenu { command: String, member: String },
}

async fn act(State(playground): State<Playground>, Json(doing): Json<Doing>) -> Json<Value> {
    let Doing { place, message, act } = doing;
    let mut person = place.person(&playground.discord);
    if let Some(message) = &message {
        person = person.on(message);
    }
    let before = playground.discord.transcript().len();
    match act {
        Act::Types(text) => person.types(&text).await,
        Act::Posts { text, files, reply } => {
            let files: Vec<&str> = files.iter().map(String::as_str).collect();
            person.posts(&text, &files, reply.as_deref()).await;
        }
        Act::Edits(text) => person.edits(&text).await,
        Act::Deletes => person.deletes().await,
        Act::Chooses { text, picked } => person.chooses(&text, &picked).await,
        Act::Clicks(label) => person.clicks(&label).await,
        Act::Selects { menu, values } => {
            person.selects(&menu, &values.iter().map(String::as_str).collect::<Vec<_>>()).await;
        }
        Act::Submits(fields) => {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(label, value)| (&**label, &**value)).collect();
            person.submits(&fields).await;
        }
        Act::Dismisses => person.dismisses(),
        Act::MessageMenu(command) => person.message_menu(&command, "").await,
        Act::UserMenu { command, member } => person.user_menu(&command, &member).await,
    }
    let said = playground.discord.transcript().split_off(before);
    let failed = said.iter().find_map(|line| refusal(&place.person, line));
    Json(json!({"said": said, "failed": failed}))
}

/// What the client shows in red, if this line of the transcript is about that.
fn refusal(person: &str, line: &str) -> Option<String> {
    if line == format!("This interaction failed ({person})") {
        return Some("This interaction failed".to_owned());
    }
    if line == format!("nobody is called {person}") {
        return Some(line.to_owned());
    }
    let refused = line.strip_prefix(&format!("Discord refuses {person}: "));
    let cannot = ["finds no", "cannot", "sees no", "has no form", "is in no"];
    let cannot = cannot.iter().any(|verb| line.starts_with(&format!("{person} {verb}")));
    refused.or_else(|| cannot.then_some(line)).map(str::to_owned)
}

/// The name of a file.
#[derive(Deserialize)]
struct Named {
    name: String,
}

/// A file from the computer of whoever plays, for options, forms and messages that take one.
async fn upload(State(playground): State<Playground>, Query(file): Query<Named>, bytes: Bytes) -> Response {
    if file.name.is_empty() || file.name.contains(['/', '\\']) {
        return (StatusCode::BAD_REQUEST, "A file needs a name.").into_response();
    }
    playground.discord.has_file(&file.name, bytes);
    StatusCode::NO_CONTENT.into_response()
}

/// What is typed, up to the place of the cursor.
#[derive(Deserialize)]
struct Typing {
    #[serde(flatten)]
    place: Place,
    text: String,
}

async fn suggest(State(playground): State<Playground>, Json(typing): Json<Typing>) -> Json<Value> {
    let choices = typing.place.person(&playground.discord).suggests(&typing.text).await;
    let choices = choices.iter().map(|choice| json!({"name": choice.name, "value": choice.value}));
    Json(json!({"choices": choices.collect::<Vec<_>>()}))
}

/// How much of the traffic is known already.
#[derive(Deserialize)]
struct Known {
    #[serde(default)]
    exchanges: usize,
    #[serde(default)]
    requests: usize,
    #[serde(default)]
    rows: i64,
}

async fn traffic(State(playground): State<Playground>, Query(known): Query<Known>) -> Json<Value> {
    let exchanges = playground.discord.exchanges();
    let exchanges = exchanges.iter().skip(known.exchanges).map(|exchange| {
        json!({"id": exchange.request["id"], "request": exchange.request, "body": exchange.body,
            "signature": exchange.signature, "timestamp": exchange.timestamp, "status": exchange.status,
            "response": exchange.response, "at_ms": unix_ms(exchange.at), "took_ms": exchange.took.as_secs_f64() * 1e3})
    });
    let requests = playground.discord.requests();
    let requests = requests.iter().skip(known.requests).map(|request| {
        json!({"method": request.method, "path": request.path, "status": request.status, "body": request.body,
            "files": request.files, "audit_reason": request.audit_reason, "interaction": request.interaction,
            "at_ms": unix_ms(request.at)})
    });
    // While the database is away there are no rows to tell of.
    let rows = rows::written(&playground.db, known.rows).await.unwrap_or_default();
    Json(json!({"exchanges": exchanges.collect::<Vec<_>>(), "requests": requests.collect::<Vec<_>>(), "rows": rows}))
}

fn unix_ms(at: SystemTime) -> u128 {
    at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis())
}

/// What goes wrong next.
#[derive(Deserialize)]
struct Trouble {
    next: Next,
    #[serde(default = "once")]
    times: usize,
}

#[derive(Clone, Copy, Deserialize)]
enum Next {
    #[serde(rename = "429")]
    Limited,
    #[serde(rename = "500")]
    ServerError,
    #[serde(rename = "hang")]
    Hang,
    #[serde(rename = "reset")]
    Reset,
    #[serde(rename = "slow")]
    Slow,
    #[serde(rename = "clear")]
    Clear,
}

fn once() -> usize {
    1
}

async fn fault(State(playground): State<Playground>, Json(trouble): Json<Trouble>) -> StatusCode {
    let answer = match trouble.next {
        Next::Clear => {
            playground.discord.clear_faults();
            return StatusCode::NO_CONTENT;
        }
        Next::Limited => Answer::RateLimit(2.0),
        Next::ServerError => Answer::ServerError,
        Next::Hang => Answer::Hang,
        Next::Reset => Answer::Reset,
        Next::Slow => Answer::Slow(Duration::from_secs(4)),
    };
    playground.discord.fault(Fault::on_any().times(trouble.times).answers(answer));
    StatusCode::NO_CONTENT
}

/// What the bot may read.
#[derive(Deserialize)]
struct Intents {
    message_content: bool,
}

async fn intents(State(playground): State<Playground>, Json(intents): Json<Intents>) -> StatusCode {
    playground.discord.set_message_content(intents.message_content);
    playground.discord.touch();
    StatusCode::NO_CONTENT
}

/// How far time moves.
#[derive(Deserialize)]
struct Forward {
    minutes: i64,
}

async fn advance(State(playground): State<Playground>, Json(forward): Json<Forward>) -> StatusCode {
    let (began, mut left) = (Instant::now(), forward.minutes.clamp(0, 60 * 24 * 366));
    while left > 0 {
        let step = if began.elapsed() < STEPPING { left.min(next_step(&playground).await) } else { left };
        playground.clock.advance(SignedDuration::from_mins(step));
        left -= step;
        if let Err(error) = ahead::keep(&playground.db, step).await {
            tracing::warn!(error = format!("{error:#}"), "after a restart the clock will be behind");
        }
        // It goes on by itself where Discord hangs.
        let passing = tokio::spawn((playground.pass)());
        let _ = tokio::time::timeout(STEPPING.saturating_sub(began.elapsed()), passing).await;
        playground.discord.touch();
    }
    StatusCode::NO_CONTENT
}

/// So many minutes to what is due next, so that nothing is late because somebody plays with the clock.
async fn next_step(playground: &Playground) -> i64 {
    let due: Result<Option<jiff_sqlx::Timestamp>, _> =
        sqlx::query_scalar("select min(next_due_at) from reminder where paused_at is null")
            .fetch_one(&playground.db)
            .await;
    let seconds = due.ok().flatten().map(|due| due.to_jiff().duration_since(playground.clock.now()).as_secs());
    // Upwards: a moment earlier nothing is due.
    let minutes = seconds.filter(|seconds| *seconds > 0).map(|seconds| seconds.div_euclid(60) + 1);
    minutes.unwrap_or(STEP_MINUTES).min(STEP_MINUTES)
}

/// What becomes of the bot.
#[derive(Deserialize)]
struct Wish {
    r#do: Deed,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Deed {
    Kill,
    Start,
    /// As soon as it calls Discord, which keeps it waiting.
    KillInWork,
}

async fn order(State(playground): State<Playground>, Json(wish): Json<Wish>) -> StatusCode {
    match wish.r#do {
        Deed::Kill => _ = playground.orders.send(Order::Kill),
        Deed::Start => _ = playground.orders.send(Order::Start),
        Deed::KillInWork => {
            let known = playground.discord.requests().len();
            let mut changes = playground.discord.watch();
            playground.discord.fault(Fault::on_any().answers(Answer::Hang));
            tokio::spawn(async move {
                while playground.discord.requests().len() == known {
                    let _ = changes.changed().await;
                }
                playground.discord.clear_faults();
                let _ = playground.orders.send(Order::Kill);
            });
        }
    }
    StatusCode::NO_CONTENT
}

/// Somebody types something somewhere; for a shell.
#[derive(Debug, Deserialize, Serialize)]
pub struct Typed {
    /// Who and where.
    #[serde(flatten)]
    pub place: Place,
    /// A message, or a command with its options.
    pub text: String,
}

async fn type_text(State(playground): State<Playground>, Json(typed): Json<Typed>) -> Response {
    let discord = &playground.discord;
    let before = discord.transcript().len();
    typed.place.person(discord).types(&typed.text).await;
    // Watched from before the look, so that nothing happens between the two unseen.
    let mut changes = discord.watch();
    let settled = async {
        while !discord.unfinished().is_empty() {
            let _ = changes.changed().await;
        }
    };
    // Whoever waits longer sees "thinking…", as in Discord.
    let _ = tokio::time::timeout(PATIENCE, settled).await;
    Json(discord.transcript().split_off(before)).into_response()
}
