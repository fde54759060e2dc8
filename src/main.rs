//! `alphapy`: the service, and what operators do beside it.
#![allow(clippy::print_stdout, clippy::print_stderr)] // A command line talks to people.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use alphapy::acting::{Acting, Failure, Origin};
use alphapy::app::App;
use alphapy::clock::Clock;
use alphapy::commands::{self, Registered};
use alphapy::config::{self, Config};
use alphapy::error::Error;
use alphapy::feature::{Bot, ImportRequest};
use alphapy::operations::keys;
use alphapy::preflight::{self, Finding, Verdict};
use alphapy::{db, discord, features, intake, server, telemetry, words};
use anyhow::Context;
use clap::Parser;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use twilight_model::id::Id;
use twilight_model::id::marker::{ApplicationMarker, GuildMarker};

/// The support desk of a Discord community. Every option can be set in the environment.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = variables())]
struct Cli {
    #[command(flatten)]
    logging: config::Logging,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Answer Discord (this is what happens without a command, too)
    Serve(Box<Config>),
    /// Bring the database's schema up to date
    Migrate(config::Database),
    /// What a deploy runs before its new version: `migrate`, then `commands register`
    Release {
        #[command(flatten)]
        database: config::Database,
        #[command(flatten)]
        discord: config::Discord,
    },
    /// Look whether environment, database and application are set up, and say what to do where they are not
    Check,
    /// Print the link that invites the bot into a server, with the permissions it needs there
    InviteUrl {
        /// The application's id
        #[arg(long, env, value_parser = config::application_id)]
        discord_application_id: Id<ApplicationMarker>,
    },
    /// Show or register the commands
    #[command(subcommand)]
    Commands(Commands),
    /// Bring entries in from files
    Import(Box<Import>),
    /// Look after the keys of programs that use the API
    #[command(subcommand)]
    Keys(Keys),
    /// Look after the languages that people read
    #[command(subcommand)]
    Words(Words),
    /// Ask a running service whether it is well
    Health {
        /// The address it listens on
        #[arg(long, env, default_value = "127.0.0.1:8080", value_parser = config::address)]
        bind: SocketAddr,
        /// Only its port; it wins over BIND's
        #[arg(long, env, value_parser = config::port)]
        port: Option<u16>,
    },
}

#[derive(clap::Subcommand)]
enum Commands {
    /// Print what would be registered
    Print {
        /// As in this server
        #[arg(long, value_parser = config::guild_id)]
        guild: Option<Id<GuildMarker>>,
    },
    /// Register what differs from what Discord has
    Register {
        /// Only in this server, where it takes effect at once
        #[arg(long, value_parser = config::guild_id)]
        guild: Option<Id<GuildMarker>>,
        #[command(flatten)]
        discord: config::Discord,
    },
}

#[derive(clap::Subcommand)]
enum Keys {
    /// Make a key, and show it once
    Create {
        /// What it is called
        #[arg(long)]
        name: String,
        /// What it opens, such as faq:write,tickets:read; `read` or `write` alone is that everywhere
        #[arg(long, default_value = "read")]
        scope: String,
        /// A server in which it counts; several times for several
        #[arg(long, required = true, value_parser = config::guild_id)]
        guild: Vec<Id<GuildMarker>>,
        /// After how many days it ends
        #[arg(long)]
        days: Option<u16>,
        #[command(flatten)]
        config: Box<Config>,
    },
    /// Show the keys of servers
    List {
        /// Only of this server
        #[arg(long, value_parser = config::guild_id)]
        guild: Option<Id<GuildMarker>>,
        #[command(flatten)]
        config: Box<Config>,
    },
    /// Let a key count no more
    Revoke {
        /// Its id, which stands in it after `alp_`
        id: String,
        /// Only in this server
        #[arg(long, value_parser = config::guild_id)]
        guild: Option<Id<GuildMarker>>,
        #[command(flatten)]
        config: Box<Config>,
    },
}

#[derive(clap::Subcommand)]
enum Words {
    /// Say what a folder of translations lacks or has too much, by file and line
    Check {
        /// The folder, called like its language: locales/de
        folder: PathBuf,
    },
}

#[derive(clap::Args)]
struct Import {
    /// What to import: faq, or docs, which are found beside the FAQ
    what: String,
    /// The server to import into; without it docs are for all servers
    #[arg(long, value_parser = config::guild_id)]
    guild: Option<Id<GuildMarker>>,
    /// Say what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Import nothing if any row is bad
    #[arg(long)]
    strict: bool,
    /// Remove docs that were imported from these folders before and are not there any more
    #[arg(long)]
    prune: bool,
    /// Where people read the docs of these folders: `setup/disks.md` is at its `setup/disks`
    #[arg(long, value_parser = config::web_address)]
    base_url: Option<String>,
    /// Markdown, CSV or JSON lines; of docs Markdown, text, HTML and folders
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    config: Config,
}

/// The variables of the environment by program, below `--help`.
fn variables() -> String {
    let of = |args: clap::Command| {
        let names = args.get_arguments().filter_map(|arg| Some(arg.get_env()?.to_string_lossy().into_owned()));
        names.collect::<Vec<_>>().join(", ")
    };
    use clap::Args as _;
    let all = of(Config::augment_args(clap::Command::new("")));
    let database = of(config::Database::augment_args(clap::Command::new("")));
    let discord = of(config::Discord::augment_args(clap::Command::new("")));
    let logging = of(config::Logging::augment_args(clap::Command::new("")));
    format!(
        "Variables of the environment (`alphapy serve --help` describes each):\n  alphapy serve, alphapy check, alphapy import, alphapy keys, \
         alphapy-cron: {all}\n  alphapy migrate: {database}\n  alphapy commands register: {discord}\n  alphapy release: those of both\n  alphapy invite-url: \
         DISCORD_APPLICATION_ID\n  alphapy health: BIND, PORT\n  all of them: {logging}"
    )
}

fn main() -> ExitCode {
    #[cfg(feature = "dev")]
    if std::env::args().nth(1).is_some_and(|arg| arg == alphapy::dev::postgres::SUPERVISE) {
        return match alphapy::dev::postgres::supervise(std::env::args_os().skip(2)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("alphapy: {error:#}");
                ExitCode::FAILURE
            }
        };
    }
    // `serve` is what a container does without being told.
    let mut args: Vec<_> = std::env::args_os().collect();
    let options = ["-h", "--help", "-V", "--version"];
    if args.len() == 1 || args[1].to_str().is_some_and(|arg| arg.starts_with('-') && !options.contains(&arg)) {
        args.insert(1, "serve".into());
    }
    let cli = match config::parse::<Cli>(args) {
        Ok(cli) => cli,
        Err(error) => {
            let Some(line) = config::explain(&error) else { error.exit() };
            eprintln!("alphapy: {line}");
            return ExitCode::from(2);
        }
    };
    telemetry::init(&cli.logging);
    let command = cli.command.expect("`serve` was put in where nothing was said");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts wherever threads do");
    match runtime.block_on(run(command)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("alphapy: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(config) => serve(*config).await?,
        Command::Migrate(database) => {
            migrate(&database).await?;
        }
        Command::Release { database, discord } => {
            migrate(&database).await?;
            register(&discord, None).await?;
        }
        Command::Check => return check().await,
        Command::InviteUrl { discord_application_id } => {
            println!("{}", preflight::invite_url(discord_application_id, &features::all()));
        }
        Command::Commands(Commands::Print { guild }) => {
            let commands = commands::definitions(&features::all(), guild);
            // Whoever reads only the beginning has closed the pipe.
            let _ = writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&commands)?);
        }
        Command::Commands(Commands::Register { guild, discord }) => {
            register(&discord, guild).await?;
        }
        Command::Import(import) => return run_import(*import).await,
        Command::Keys(keys) => return run_keys(keys).await,
        Command::Words(Words::Check { folder }) => return check_words(&folder),
        Command::Health { mut bind, port } => {
            // An address of all interfaces is asked on this machine.
            if bind.ip().is_unspecified() {
                bind.set_ip([127, 0, 0, 1].into());
            }
            bind.set_port(port.unwrap_or(bind.port()));
            return Ok(health(bind));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn migrate(database: &config::Database) -> anyhow::Result<()> {
    discord::install_tls();
    // A pool would only say that it has waited too long, and this why.
    db::look_once(database).await.context("the database of DATABASE_URL cannot be used")?;
    db::migrate(database).await.context("bring the schema up to date")?;
    println!("The schema is up to date.");
    Ok(())
}

async fn register(discord: &config::Discord, guild: Option<Id<GuildMarker>>) -> anyhow::Result<()> {
    let client = discord::Client::new(discord)?;
    match commands::register(&client, &features::all(), guild).await.context("register the commands")? {
        Registered::Unchanged => println!("Discord has these commands already."),
        Registered::Replaced(count) => println!("Registered {count} commands."),
    }
    Ok(())
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let address = config.address();
    let app = App::new(config, Clock::system())?;
    let bot = Bot::new(app, features::all());
    let listener = intake::listen(address).with_context(|| format!("cannot listen on {address}"))?;
    let metrics = match bot.app.config.metrics_bind {
        Some(address) => {
            Some(intake::listen(address).with_context(|| format!("cannot listen for a scraper on {address}"))?)
        }
        None => None,
    };
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");
    let looking = warn(bot.clone());
    bot.app.background.spawn(looking);
    server::serve(listener, metrics, server::router(bot.clone()), bot, server::stop_signal()).await
}

/// Says in the log what is not set up as it must be; members are answered meanwhile.
async fn warn(bot: Bot) {
    let app = &bot.app;
    let look = async {
        let mut found = preflight::look_at_database(&app.config.database).await;
        found.extend(preflight::look_at_discord(&app.config, &app.discord, bot.features.all()).await);
        found
    };
    for Finding { verdict, about, found } in app.stopping.run_until_cancelled(look).await.unwrap_or_default() {
        match verdict {
            Verdict::Good => {}
            Verdict::Lacking => tracing::warn!(about, "{found}"),
            Verdict::Bad => tracing::error!(about, "{found}"),
        }
    }
}

/// All of the environment, and nothing of the command line.
#[derive(Parser)]
struct Environment {
    #[command(flatten)]
    config: Config,
}

/// Where the database is, and nothing else.
#[derive(Parser)]
struct OnlyDatabase {
    #[command(flatten)]
    database: config::Database,
}

/// A line for each thing that must be set up; 1 if one is bad.
async fn check() -> anyhow::Result<ExitCode> {
    let mut found = preflight::look_at_variables();
    discord::install_tls();
    if let Ok(OnlyDatabase { database }) = config::parse(["alphapy".into()]) {
        found.extend(preflight::look_at_database(&database).await);
    }
    if let Ok(Environment { config }) = config::parse(["alphapy".into()]) {
        let client = discord::Client::new(&config.discord)?;
        found.extend(preflight::look_at_discord(&config, &client, &features::all()).await);
    }
    for Finding { verdict, about, found } in &found {
        let verdict = match verdict {
            Verdict::Good => "ok  ",
            Verdict::Lacking => "warn",
            Verdict::Bad => "BAD ",
        };
        println!("{verdict} {about}: {found}");
    }
    let bad = found.iter().any(|finding| finding.verdict == Verdict::Bad);
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn run_import(import: Import) -> anyhow::Result<ExitCode> {
    let features = features::all();
    let Import { what, guild, dry_run, strict, prune, base_url, files, config } = import;
    let import = features.iter().find_map(|feature| feature.find_import(&what));
    let import = import.with_context(|| format!("there is nothing called {what} to import"))?;
    let app = App::new(config, Clock::system())?;
    // What the server reads of it is posted by the service: this process ends when it is done.
    app.hand_over().await;
    let report = import(app, ImportRequest { guild, files, dry_run, strict, prune, base_url }).await?;
    for line in &report.bad {
        eprintln!("{line}");
    }
    let (would, bad) = (if dry_run { "Would be: " } else { "" }, report.bad.len());
    let removed = if prune { format!(", {} removed", report.removed) } else { String::new() };
    println!(
        "{would}{} added, {} changed, {} unchanged{removed}, {bad} bad",
        report.added, report.updated, report.unchanged
    );
    Ok(if report.unread > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What an operator does with keys; servers read of it in their log channels, which the service posts.
async fn run_keys(wanted: Keys) -> anyhow::Result<ExitCode> {
    match wanted {
        Keys::Create { name, scope, guild, days, config } => {
            let app = app_of_operator(*config).await?;
            let now = app.clock.now();
            let expires_at = days.map(|days| now + jiff::SignedDuration::from_hours(24 * i64::from(days)));
            let (first, others) = guild.split_first().context("a key counts in some server")?;
            let wish = keys::Wish { name, scopes: scope, expires_at };
            let created = keys::create(&app, &operator(&app, *first).await?, wish).await.map_err(told)?;
            eprintln!(
                "{} opens {}. Its id is {}. Nobody can show it again:",
                created.name,
                created.scopes.names().join(", "),
                created.id
            );
            println!("{}", created.secret.expose_secret());
            // It is shown by now, whatever comes of the other servers.
            let mut refused = false;
            for guild in others.iter().filter(|guild| *guild != first) {
                if let Err(failure) = keys::grant(&app, &operator(&app, *guild).await?, &created.id).await {
                    eprintln!("It does not count in {guild}: {:#}", told(failure));
                    refused = true;
                }
            }
            if refused {
                return Ok(ExitCode::FAILURE);
            }
        }
        Keys::List { guild, config } => {
            let app = app_of_operator(*config).await?;
            let guilds = match guild {
                Some(guild) => vec![guild],
                None => alphapy::keys::store::list_guilds_with_keys(&app.db).await?,
            };
            let time =
                |at: Option<Timestamp>| at.map_or("-".to_owned(), |at| at.strftime("%Y-%m-%d %H:%M").to_string());
            for guild in guilds {
                for key in keys::list(&app, &operator(&app, guild).await?).await.map_err(told)? {
                    let (ends, used, revoked) = (time(key.expires_at), time(key.last_used_at), time(key.revoked_at));
                    let scopes = key.scopes.names().join(",");
                    println!(
                        "{guild}\t{}\t{}\t{scopes}\tends {ends}\tused {used}\trevoked {revoked}",
                        key.id, key.name
                    );
                }
            }
        }
        Keys::Revoke { id, guild, config } => {
            let app = app_of_operator(*config).await?;
            let guilds = match guild {
                Some(guild) => vec![guild],
                None => alphapy::keys::store::list_guilds(&app.db, &id).await?,
            };
            anyhow::ensure!(!guilds.is_empty(), "{id} counts nowhere");
            for guild in guilds {
                keys::revoke(&app, &operator(&app, guild).await?, &id).await.map_err(told)?;
                println!("{id} does not count in {guild} any more.");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The parts of a process that ends when it is done: what servers read of it the service posts.
async fn app_of_operator(config: Config) -> anyhow::Result<App> {
    let app = App::new(config, Clock::system())?;
    app.hand_over().await;
    Ok(app)
}

/// An operator, who has the bot do something by itself.
async fn operator(app: &App, guild: Id<GuildMarker>) -> anyhow::Result<Acting> {
    Acting::bot(app, guild, "config", Origin::Routine, app.clock.now()).await
}

/// What an operator reads of a refusal.
fn told(failure: Failure<keys::Refusal>) -> anyhow::Error {
    match Error::from(failure) {
        Error::User(said) => anyhow::anyhow!("{}", said.in_english()),
        Error::Internal(error) => error,
    }
}

/// The verdict of the tests on one folder.
fn check_words(folder: &Path) -> anyhow::Result<ExitCode> {
    let folder = &folder.canonicalize().with_context(|| format!("read {}", folder.display()))?;
    let name = folder.file_name().with_context(|| format!("{} is not a folder", folder.display()))?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            let text = fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
            files.push((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), text));
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let code = name.to_string_lossy();
    let mut problems: Vec<String> =
        words::check(&code, &files).iter().map(|problem| format!("{}/{problem}", folder.display())).collect();
    problems.extend(commands::misnamed(&features::all(), &code, &files));
    // What Discord would refuse of the commands, if this folder were built in.
    words::visit(&code, &files);
    problems.extend(commands::problems(&commands::definitions(&features::all(), None)));
    for problem in &problems {
        println!("{problem}");
    }
    let messages = words::count(&files);
    let untranslated = words::count_untranslated(&files);
    println!("{code}: {messages} messages, {untranslated} the same as in English, {} problems", problems.len());
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether `/health` answers 200. It needs no more than a socket, and a container's check runs it every few seconds.
fn health(address: SocketAddr) -> ExitCode {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
        stream.set_read_timeout(Some(Duration::from_secs(3)))?;
        stream.write_all(b"GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    match ask() {
        Ok(answer) if answer.starts_with("HTTP/1.1 200 ") => ExitCode::SUCCESS,
        Ok(answer) => {
            eprintln!("alphapy: {address} says {}", answer.lines().next().unwrap_or("nothing"));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("alphapy: {address} does not answer: {error}");
            ExitCode::FAILURE
        }
    }
}
