//! A feature with one of everything, made for this test: no other file knows of it.

use std::time::{Duration, Instant};

use alphapy::app::App;
use alphapy::discord::Nonce;
use alphapy::error::{Error, Result};
use alphapy::feature::{Feature, Features};
use alphapy::features;
use alphapy::interactions::{Context, Reply};
use alphapy::settings::{self, Kind, Schema};
use alphapy::ui::{Message, button};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Html;
use axum::routing::{get, post};
use expect_test::expect;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use twilight_interactions::command::{CommandModel, CreateCommand};
use twilight_model::channel::message::component::ButtonStyle;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use crate::support::{HOME, World};
use alphapy::words::Msg;

/// More than anything here takes.
const PATIENCE: Duration = Duration::from_secs(5);

fn bells() -> Vec<Feature> {
    features::with_those_about_all(vec![bell()])
}

fn bell() -> Feature {
    let routes = axum::Router::new()
        .route("/", get(page))
        .route("/api/tones/{guild}", get(tones))
        .route("/api/echo", post(echo))
        .route("/api/crack", get(|| async { panic!("it cracked") as &'static str }))
        .route("/api/rust", get(|| async { Err::<(), _>(Error::from(anyhow::anyhow!("it rusts"))) }))
        .route("/api/hang", get(std::future::pending::<()>))
        .route("/api/guilds", get(count_guilds));
    Feature::new("bell")
        .settings::<Settings>()
        .command(ring)
        .press(press)
        .guild_job("strike the hour", guilds, strike)
        .routes(routes)
}

/// How the bell sounds in a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    tones: i64,
    channel: Option<Id<ChannelMarker>>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { tones: 1, channel: None }
    }
}

impl Schema for Settings {
    const FEATURE: &'static str = "bell";
    const FIELDS: &'static [settings::Field] = &[
        settings::field("tones", Msg::verbatim("How often it sounds"), Kind::Integer { min: 1, max: 12 }),
        settings::field("channel", Msg::verbatim("Where it sounds"), settings::WRITTEN_CHANNEL).optional(),
    ];
}

/// Ring the bell
#[derive(CommandModel, CreateCommand)]
#[command(name = "ring")]
struct Ring {}

#[derive(Serialize, Deserialize)]
enum Action {
    Again,
}

async fn ring(cx: Context, _: Ring) -> Result<Reply> {
    let again = button(ButtonStyle::Primary, "Again", cx.id(&Action::Again)?);
    Ok(Message::new(sound(&cx.app, cx.guild).await?).row(vec![again]).into())
}

async fn press(cx: Context, action: Action, _: Vec<String>) -> Result<Reply> {
    match action {
        Action::Again => Ok(Reply::ephemeral(sound(&cx.app, cx.guild).await?)),
    }
}

async fn guilds(app: App, _: Timestamp) -> anyhow::Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar::<_, i64>("select guild_id from guild_setting where feature = 'bell'");
    Ok(guilds.fetch_all(&app.db).await?.into_iter().map(|guild| Id::new(guild.cast_unsigned())).collect())
}

async fn strike(app: App, guild: Id<GuildMarker>, now: Timestamp) -> anyhow::Result<()> {
    let Some(channel) = app.settings.get::<Settings>(guild).await?.channel else { return Ok(()) };
    let body = Message::new(sound(&app, guild).await?).into_body();
    let nonce = Nonce { purpose: "strike", row: now.as_second(), revision: 0 };
    let posted = app.discord.guild(guild).create_message(channel, &body, nonce, Instant::now() + PATIENCE).await;
    posted.map(drop).map_err(anyhow::Error::from)
}

async fn sound(app: &App, guild: Id<GuildMarker>) -> anyhow::Result<String> {
    let tones = app.settings.get::<Settings>(guild).await?.tones;
    Ok(vec!["ding"; usize::try_from(tones)?].join(" "))
}

async fn page() -> Html<&'static str> {
    Html("<h1>Bells</h1>")
}

async fn tones(State(app): State<App>, Path(guild): Path<Id<GuildMarker>>) -> Result<Json<Value>> {
    let tones = app.settings.get::<Settings>(guild).await?.tones;
    match tones {
        12 => Err(Error::user("That is too loud; set fewer tones.")),
        tones => Ok(Json(json!({ "tones": tones }))),
    }
}

async fn count_guilds(State(app): State<App>) -> Result<String> {
    let counted = sqlx::query_scalar::<_, i64>("select count(*) from guild_setting");
    Ok(counted.fetch_one(&app.db).await.map_err(anyhow::Error::from)?.to_string())
}

async fn echo(body: Bytes) -> Bytes {
    body
}

async fn asks(world: &World, path: &str) -> (u16, String) {
    let answer = reqwest::get(format!("http://{}{path}", world.bot.address)).await.expect("it answers");
    assert!(answer.headers().contains_key("x-request-id"), "{path}");
    (answer.status().as_u16(), answer.text().await.expect("a text"))
}

#[tokio::test]
async fn a_feature_brings_all_it_has_by_itself() {
    let world = World::with(bells).await;
    world.types("ada", "/config bell set tones:3 channel:#general").await;
    world.screen().await;
    world.types("ann", "/ring").await;
    world.clicks("ann", "Again").await;
    world.types("ann", "/help").await;
    world.settle().await;
    world.a_minute_passes().await;
    expect![[r#"
        ann in #help: /ring
        bot: ding ding ding
             [Again]
        ann clicks [Again]
        bot: ding ding ding (only ann sees this)
        ann in #help: /help
        bot: (only ann sees this)
             | **What I can do**
             | bell: `/ring`
             | help: `/help`
             <select: Choose a topic>
               - bell
               - help
        bot in #general: ding ding ding
    "#]]
    .assert_eq(&world.screen().await);
}

#[tokio::test]
async fn pages_and_api_of_a_feature_are_below_its_name() {
    let world = World::with(bells).await;
    let tones = format!("/bell/api/tones/{}", world.guild(HOME));
    assert_eq!(asks(&world, "/bell").await, (200, "<h1>Bells</h1>".to_owned()));
    assert_eq!(asks(&world, &tones).await, (200, r#"{"tones":1}"#.to_owned()));
    world.sets::<Settings>("tones", Some(json!(12))).await;
    assert_eq!(asks(&world, &tones).await, (400, "That is too loud; set fewer tones.".to_owned()));
    let page = reqwest::Client::new().get(format!("http://{}/bell/api/rust", world.bot.address));
    let dutch = page.header("accept-language", "nl-BE,nl;q=0.9,en;q=0.8").send().await.expect("it answers");
    assert_eq!((dutch.status().as_u16(), &dutch.headers()["content-language"]), (500, &"nl".parse().expect("a value")));
    assert_eq!(dutch.text().await.expect("a text"), "Sorry, er ging bij mij iets mis.");
    assert_eq!(world.takes_errors().len(), 1);
    assert_eq!(asks(&world, "/bell/api/tones/x").await.0, 400);
    let elsewhere = reqwest::get(format!("http://{}/api/tones/7", world.bot.address)).await.expect("it answers");
    assert_eq!(elsewhere.status().as_u16(), 404);
    let metrics = alphapy::telemetry::metrics().render();
    assert!(metrics.contains(r#"http_requests_total{route="/bell/api/tones/{guild}",status="200"}"#), "{metrics}");
}

#[tokio::test]
async fn a_route_of_a_feature_costs_no_more_than_it_may() {
    let world = World::with(bells).await;
    assert_eq!(asks(&world, "/bell/api/crack").await.0, 500);
    assert_eq!(asks(&world, "/bell/api/rust").await, (500, "Sorry, something went wrong on my side.".to_owned()));
    let errors = world.takes_errors();
    assert_eq!(errors.iter().filter(|error| error.contains("it rusts")).count(), 1, "{errors:?}");
    let echo = |bytes: usize| {
        let request = reqwest::Client::new().post(format!("http://{}/bell/api/echo", world.bot.address));
        async move { request.body(vec![b'x'; bytes]).send().await.expect("it answers").status().as_u16() }
    };
    assert_eq!(echo(64 * 1024).await, 200);
    assert_eq!(echo(64 * 1024 + 1).await, 413);
    let began = Instant::now();
    assert_eq!(asks(&world, "/bell/api/hang").await.0, 503);
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_page_takes_no_connection_to_the_database_that_answers_need() {
    let world = World::with(bells).await;
    let answers = &world.app().pools.answers;
    let mut taken = Vec::new();
    for _ in 0..answers.options().get_max_connections() {
        taken.push(answers.acquire().await.expect("a connection"));
    }
    assert_eq!(asks(&world, "/bell/api/guilds").await.0, 200);
}

#[test]
fn no_feature_has_the_name_of_a_path_of_the_server() {
    for name in ["health", "metrics", "interactions", "events", "api"] {
        let made = std::panic::catch_unwind(|| Features::new(vec![Feature::new(name)]));
        let said = made.err().and_then(|panic| panic.downcast::<String>().ok()).expect("it is refused, with a reason");
        assert_eq!(*said, format!("no feature can be called {name}: the server has a path of that name"));
    }
}

#[test]
fn help_and_what_switches_others_on_are_always_on() {
    let always: Vec<&str> =
        features::all().iter().filter(|it| it.declared.field("enabled").is_none()).map(|it| it.name).collect();
    assert_eq!(always, ["overview", "config", "status", "help"]);
}
