//! `cargo dev`: the whole bot without Discord. Local PostgreSQL, fake Discord, a page to play in, the bot and its cron,
//! in one process.
#![allow(clippy::print_stdout, clippy::print_stderr)] // A command line talks to people.

use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use alphapy::app::App;
use alphapy::clock::Clock;
use alphapy::config::{self, Config};
use alphapy::dev::fake::Discord;
use alphapy::dev::playground::{self, Order, Pass, Place, Playground, Typed};
use alphapy::dev::provider::{Manners, Provider};
use alphapy::dev::{ahead, history, postgres, rows, sample};
use alphapy::feature::Bot;
use alphapy::knowledge::{self, Draft};
use alphapy::settings::{self, By, Declared, How, System};
use alphapy::{commands, db, discord, features, jobs, server, telemetry};
use anyhow::{Context, bail};
use clap::Parser;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

/// The port of the page, if nobody says another.
const DEFAULT_PORT: u16 = 8080;

/// How often cron makes a pass here. People who play do not wait for a minute.
const CRON_EVERY: Duration = Duration::from_secs(5);

/// Runs the whole bot on this machine, without Discord
#[derive(Parser)]
#[command(name = "cargo dev", bin_name = "cargo dev")]
struct Cli {
    /// The port of the page
    #[arg(long, default_value_t = DEFAULT_PORT, global = true)]
    port: u16,
    /// The address of the page; this machine alone unless you say otherwise
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// The database's name
    #[arg(long, default_value = "alphapy_dev", hide = true)]
    database: String,
    /// Forget everything from earlier starts
    #[arg(long)]
    fresh: bool,
    /// Keys of programs, as `name:key` separated by commas
    #[arg(long, env, hide_env_values = true, value_delimiter = ',', value_parser = config::api_key)]
    api_keys: Vec<config::ApiKey>,
    #[command(flatten)]
    logging: config::Logging,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Send a command to the running playground, as Discord would, and show the answer
    Send {
        /// As in `/faq search query:refund`
        text: String,
        /// Who types it
        #[arg(long, default_value = "ann")]
        r#as: String,
        /// In which server
        #[arg(long)]
        guild: Option<String>,
        /// In which channel
        #[arg(long)]
        channel: Option<String>,
        /// In which language their Discord is, such as `nl`
        #[arg(long)]
        locale: Option<String>,
    },
}

fn main() -> ExitCode {
    let supervises = std::env::args_os().nth(1).is_some_and(|arg| arg == postgres::SUPERVISE);
    let done = if supervises { postgres::supervise(std::env::args_os().skip(2)) } else { run() };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo dev: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let Cli { port, host, database, fresh, api_keys, logging, command } = Cli::parse();
    discord::install_tls();
    let runtime = Runtime::new()?;
    match command {
        Some(Command::Send { text, r#as, guild, channel, locale }) => {
            let place = Place { person: r#as, guild, channel, dm: false, locale };
            runtime.block_on(send(port, &Typed { place, text }))
        }
        None => {
            telemetry::init(&logging);
            let address = SocketAddr::new(host, port);
            // Before anything slow or lasting happens.
            let listener = runtime
                .block_on(TcpListener::bind(address))
                .with_context(|| format!("port {port} is taken; choose another with --port"))?;
            let program = std::env::current_exe()?;
            let postgres = postgres::Server::start(&program)?;
            runtime.block_on(serve(listener, &postgres, &database, fresh, api_keys))
        }
    }
}

async fn serve(
    listener: TcpListener,
    postgres: &postgres::Server,
    database: &str,
    fresh: bool,
    api_keys: Vec<config::ApiKey>,
) -> anyhow::Result<()> {
    let began = Instant::now();
    let own = postgres::own_database(postgres, database, fresh).await?;
    if own.name != database {
        println!("Another playground has the database {database}; this one has {}.", own.name);
    }
    let clock = Clock::system();
    let discord = Discord::new(clock.clone());
    sample::furnish(&discord);
    // As most who run the bot have it; a switch of the page takes it away.
    discord.set_message_content(true);
    let address = listener.local_addr()?;
    let api = discord.serve().await;
    discord.set_redirect_uris(&[&format!("http://{address}/dashboard/login/back")]);
    // A small clerk in place of a language model, so that there are drafts.
    let provider = Provider::start().await;
    provider.set_manners(Manners { is_diligent: true, ..Manners::default() });
    let config = Config {
        database: config::Database { database_url: own.url.clone().into(), database_max_connections: 10 },
        discord: config::Discord {
            discord_application_id: discord.application_id().parse()?,
            discord_bot_token: discord.bot_token().into(),
            discord_login_page: api.replace("/api/v10", "/oauth2/authorize"),
            discord_api_base: api,
            discord_requests_per_second: None,
        },
        discord_public_key: discord.public_key().parse().map_err(anyhow::Error::msg)?,
        bind: SocketAddr::from(([127, 0, 0, 1], 0)),
        port: None,
        public_url: Some(format!("http://{address}")),
        discord_client_secret: Some(discord.client_secret().into()),
        // It guards a playground.
        session_key: Some("0".repeat(64).into()),
        metrics_token: None,
        metrics_bind: None,
        api_keys,
        owner_ids: Vec::new(),
        llm_base_url: Some(format!("{}/v1", provider.origin())),
        llm_api_key: None,
        llm_model: Some("careful-clerk".to_owned()),
        llm_models: Vec::new(),
        llm_daily_tokens: 2_000_000,
        llm_embedding_model: Some("careful-reader".to_owned()),
    };

    let (db, pass) = run_cron(&config, &clock, &discord).await?;
    let (orders, mut ordered) = mpsc::unbounded_channel();
    let (endpoint, endpoints) = watch::channel(None);
    let mut bot = Some(Running::start(&config, &clock, &discord, &endpoint).await?);
    let page = playground::router(Playground {
        discord: discord.clone(),
        clock: clock.clone(),
        db,
        orders,
        endpoint: endpoints,
        pass,
    });
    let serving = tokio::spawn(async move { axum::serve(listener, page).await });
    tell(address, began, &config, &discord);

    let stop = server::stop_signal();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(order) = ordered.recv() => match (order, bot.take()) {
                (Order::Start, None) => bot = Some(Running::start(&config, &clock, &discord, &endpoint).await?),
                (Order::Start, running) => bot = running,
                (Order::Kill, Some(running)) => {
                    running.kill();
                    endpoint.send_replace(None);
                }
                (Order::Kill, None) => {}
            },
        }
    }
    serving.abort();
    if let Some(bot) = bot {
        bot.stop().await;
    }
    Ok(())
}

/// Says where everything is.
fn tell(address: SocketAddr, began: Instant, config: &Config, discord: &Discord) {
    println!("Play at http://{address}   (ready after {:.1} s)", began.elapsed().as_secs_f64());
    let port = if address.port() == DEFAULT_PORT { String::new() } else { format!("--port {} ", address.port()) };
    println!("Or from a shell: cargo dev {port}send '/faq search query:refund'");
    if !config.api_keys.is_empty() {
        println!("The API is at http://{address}/api, its server {}", discord.guild(sample::HARBOR).id());
    }
}

/// Seeds, registers and lets cron run, on an app of their own, as they have a process of their own elsewhere. Returns the
/// database, and what lets cron pass once more.
async fn run_cron(config: &Config, clock: &Clock, discord: &Discord) -> anyhow::Result<(sqlx::PgPool, Pass)> {
    let app = App::new(config.clone(), clock.clone())?;
    db::migrate(&config.database).await.context("migrate; `cargo dev --fresh` starts over")?;
    clock.advance(ahead::kept(&app.db).await?);
    seed(&app, discord).await?;
    rows::watch(&app.db).await?;
    let db = app.db.clone();
    let cron = Bot::new(app, features::all());
    commands::register(&cron.app.discord, cron.features.all(), None).await?;
    tokio::spawn(cron.app.clone().listen());
    let cron = Arc::new(tokio::sync::Mutex::new(cron));
    let pass: Pass = Arc::new(move || {
        let cron = Arc::clone(&cron);
        Box::pin(async move {
            let cron = cron.lock().await;
            if let Err(error) = jobs::run_pass(&cron, cron.app.clock.now()).await {
                tracing::error!(error = format!("{error:#}"), "a pass of cron failed");
            }
        })
    });
    let passing = Arc::clone(&pass);
    tokio::spawn(async move {
        loop {
            passing().await;
            tokio::time::sleep(CRON_EVERY).await;
        }
    });
    Ok((db, pass))
}

/// A running instance of the bot, in a runtime of its own so that it can be killed at any instruction.
struct Running {
    runtime: Runtime,
    stopping: CancellationToken,
    serving: JoinHandle<anyhow::Result<()>>,
}

impl Running {
    async fn start(
        config: &Config,
        clock: &Clock,
        discord: &Discord,
        endpoint: &watch::Sender<Option<String>>,
    ) -> anyhow::Result<Running> {
        let runtime = Runtime::new()?;
        let (config, clock) = (config.clone(), clock.clone());
        let stopping = CancellationToken::new();
        let stop = stopping.clone();
        let (listens, address) = oneshot::channel();
        let serving = runtime.spawn(async move {
            let listener = TcpListener::bind(config.bind).await?;
            let _ = listens.send(listener.local_addr()?);
            let app = App::new(config, clock)?;
            let bot = Bot::new(app, features::all());
            server::serve(listener, None, server::router(bot.clone()), bot, stop.cancelled_owned()).await
        });
        let url = format!("http://{}/interactions", address.await.context("the bot does not start")?);
        discord.set_endpoint(&url);
        endpoint.send_replace(Some(url));
        Ok(Running { runtime, stopping, serving })
    }

    /// As `kill -9` does: nothing is finished and nothing handed over.
    fn kill(self) {
        self.runtime.shutdown_background();
    }

    /// As SIGTERM does.
    async fn stop(self) {
        self.stopping.cancel();
        let _ = self.serving.await;
        self.runtime.shutdown_background();
    }
}

/// Fills the sample servers; what is there already stays as it is.
async fn seed(app: &App, discord: &Discord) -> anyhow::Result<()> {
    let harbor: Id<GuildMarker> = discord.guild(sample::HARBOR).id().parse()?;
    let features = features::all();
    let system = Declared::of::<System>();
    let declared: Vec<&Declared> = features.iter().map(|feature| &feature.declared).chain([&system]).collect();
    for (feature, values) in sample::SETTINGS {
        if !app.settings.stored(harbor, feature).await?.is_empty() {
            continue;
        }
        let declared = declared.iter().find(|it| it.feature() == feature).context("a feature of the sample")?;
        let changes = values.iter().map(|(name, handle)| {
            let field = declared.field(name).context("a setting of the sample")?;
            let id = discord.id_of(&format!("{}/{handle}", sample::HARBOR));
            let fitting = settings::check(field, &id.into());
            // The sample names what it has made itself.
            Ok(fitting.map_err(|why| anyhow::anyhow!("{name} is set to what it does not take: {why:?}"))?.asked_for())
        });
        let changes = changes.collect::<anyhow::Result<Vec<_>>>()?;
        let by = By {
            user: discord.id_of("olga").parse()?,
            program: None,
            how: How::Import,
            at: app.clock.now(),
            once: None,
            undoes: Vec::new(),
        };
        app.settings.change(harbor, feature, &changes, &by, |_| Vec::new()).await?;
    }
    let id = |who: &str| -> anyhow::Result<i64> { Ok(discord.id_of(&format!("@{who}")).parse()?) };
    let members = [id("ann")?, id("bob")?, id("kim")?];
    let staff = [id("sam")?, id("sofie")?, id("ada")?];
    let people = history::People { guild: harbor.get().cast_signed(), members: &members, staff: &staff };
    history::write(&app.db, people, app.clock.now()).await?;
    for (guild, entries) in sample::entries() {
        let guild: Id<GuildMarker> = discord.guild(guild).id().parse()?;
        let (_, known) = app.knowledge.page(guild, 0, 1).await?;
        if known > 0 {
            continue;
        }
        let drafts = entries.into_iter().map(|entry| {
            let draft = Draft {
                title: entry.title,
                answer: entry.answer,
                keywords: entry.keywords,
                category: entry.category,
                source_url: None,
            };
            draft.checked().map_err(|why| anyhow::anyhow!("an entry of the sample cannot be stored: {why:?}"))
        });
        let drafts = drafts.collect::<anyhow::Result<Vec<_>>>()?;
        let mut tx = app.db.begin().await?;
        knowledge::import(&mut tx, guild, &drafts, false, app.clock.now()).await?;
        tx.commit().await?;
        app.knowledge.changed(guild).await;
    }
    Ok(())
}

async fn send(port: u16, typed: &Typed) -> anyhow::Result<()> {
    let request = reqwest::Client::new().post(format!("http://127.0.0.1:{port}/dev/type")).json(typed);
    let answer = match request.send().await {
        Ok(answer) => answer,
        Err(error) if error.is_connect() => {
            bail!("nothing listens on port {port}; start `cargo dev` in another terminal first")
        }
        Err(error) => return Err(error.into()),
    };
    if !answer.status().is_success() {
        bail!("{}", answer.text().await?);
    }
    let mut out = std::io::stdout().lock();
    for line in answer.json::<Vec<String>>().await? {
        match writeln!(out, "{line}") {
            // Who reads has read enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            written => written?,
        }
    }
    Ok(())
}
