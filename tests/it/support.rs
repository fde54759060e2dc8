//! A small world: two servers with people in them, a fake Discord, a database, a clock, and the bot.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock, Mutex};

use alphapy::acting::{Acting, Failure, Member, Origin, Refusal};
use alphapy::app::App;
use alphapy::clock::Clock;
use alphapy::config::{self, Config};
use alphapy::dev::fake::{Choice, Discord, Limited, Person};
use alphapy::dev::postgres;
use alphapy::dev::provider::Provider;
use alphapy::feature::{Bot, Feature};
use alphapy::settings::{self, By, Checked, How, Schema, System};
use alphapy::webhook::promises;
use alphapy::{db, features, intake, jobs, server, words};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::net::TcpListener;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, RoleMarker, UserMarker};

/// This user's PostgreSQL, shared by all tests and gone after the last of them.
static POSTGRES: LazyLock<postgres::Server> =
    LazyLock::new(|| postgres::Server::start(env!("CARGO_BIN_EXE_alphapy").as_ref()).expect("a PostgreSQL of our own"));

/// When every world begins.
pub(crate) const START: &str = "2027-03-01T09:00:00Z";

/// The server in which people are unless a test says otherwise: ada is an administrator, mia has the bot's admin role,
/// ann and bob are members. In "Night Shift" eve is the administrator; bob and mia are there too, without rights.
pub(crate) const HOME: &str = "Harbor";
/// The other server.
pub(crate) const AWAY: &str = "Night Shift";

/// Everything a test needs. Dropping it with something unread or unexpected fails the test.
pub(crate) struct World {
    pub(crate) discord: Discord,
    pub(crate) clock: Clock,
    pub(crate) bot: Instance,
    pub(crate) database_url: String,
    config: Config,
    features: fn() -> Vec<Feature>,
    errors: Arc<Mutex<Vec<String>>>,
    somebody_waits: Cell<bool>,
    _log: tracing::subscriber::DefaultGuard,
}

/// One running instance of the bot.
pub(crate) struct Instance {
    pub(crate) bot: Bot,
    pub(crate) address: SocketAddr,
}

/// A new, migrated database.
pub(crate) async fn database() -> String {
    postgres::fresh_database(&POSTGRES, &db::MIGRATOR).await.expect("a database for this test")
}

impl World {
    /// The world described at [`HOME`], with the commands registered.
    pub(crate) async fn new() -> World {
        World::with(features::all).await
    }

    /// The same with other features.
    pub(crate) async fn with(features: fn() -> Vec<Feature>) -> World {
        World::make(features, None).await
    }

    /// The world described at [`HOME`], with a language model.
    pub(crate) async fn with_model(provider: &Provider) -> World {
        World::make(features::all, Some(provider)).await
    }

    /// The same with a model that makes vectors, too.
    pub(crate) async fn with_vectors(provider: &Provider) -> World {
        let config = |config| Config { llm_embedding_model: Some("vectors".to_owned()), ..config };
        World::make_with(features::all, Some(provider), config).await
    }

    async fn make(features: fn() -> Vec<Feature>, provider: Option<&Provider>) -> World {
        World::make_with(features, provider, |config| config).await
    }

    async fn make_with(
        features: fn() -> Vec<Feature>,
        provider: Option<&Provider>,
        change: impl FnOnce(Config) -> Config,
    ) -> World {
        alphapy::discord::install_tls();
        let (log, errors) = watch_errors();
        let clock = Clock::frozen(START.parse().expect("it is a time"));
        let discord = Discord::new(clock.clone());
        let api = discord.serve().await;
        furnish(&discord);
        let database_url = database().await;
        let config = Config {
            database: config::Database { database_url: database_url.as_str().into(), database_max_connections: 10 },
            discord: config::Discord {
                discord_application_id: discord.application_id().parse().expect("it is an id"),
                discord_bot_token: discord.bot_token().into(),
                discord_login_page: api.replace("/api/v10", "/oauth2/authorize"),
                discord_api_base: api,
                discord_requests_per_second: None,
            },
            discord_public_key: discord.public_key().parse().expect("it is a key"),
            bind: "127.0.0.1:0".parse().expect("it is an address"),
            port: None,
            public_url: None,
            discord_client_secret: None,
            session_key: None,
            metrics_token: None,
            metrics_bind: None,
            api_keys: Vec::new(),
            owner_ids: Vec::new(),
            llm_base_url: provider.map(|provider| format!("{}/v1", provider.origin())),
            llm_api_key: None,
            llm_model: provider.map(|_| "clerk".to_owned()),
            llm_models: provider.map(|_| "professor".to_owned()).into_iter().collect(),
            llm_daily_tokens: 500_000,
            llm_embedding_model: None,
        };
        let config = change(config);
        let bot = Instance::with(config.clone(), clock.clone(), features()).await;
        discord.set_endpoint(&format!("http://{}/interactions", bot.address));
        let world = World {
            discord,
            clock,
            bot,
            database_url,
            config,
            features,
            errors,
            somebody_waits: Cell::new(false),
            _log: log,
        };
        alphapy::commands::register(&world.bot.bot.app.discord, bot_features(&world), None).await.expect("commands");
        world.lets_members_hurry().await;
        let keepers = world.discord.id_of("@&keepers");
        world.sets::<System>("admin_role", Some(json!(keepers))).await;
        world.discord.screen();
        world
    }

    /// Members of the home server open ticket after ticket: in most tests no time goes by. It is nobody's change.
    async fn lets_members_hurry(&self) {
        let value = json!({"pause_between": 0});
        let insert = sqlx::query("insert into guild_setting (guild_id, feature, value) values ($1, 'tickets', $2)");
        let insert = insert.bind(self.guild(HOME).get().cast_signed()).bind(value);
        insert.execute(&self.db().await).await.expect("a row");
    }

    pub(crate) fn app(&self) -> &App {
        &self.bot.bot.app
    }

    /// A minute goes by for what the bot remembers of emojis.
    pub(crate) fn forgets_emojis(&self) {
        self.app().discord.forget_emojis();
    }

    pub(crate) fn guild(&self, name: &str) -> Id<GuildMarker> {
        self.discord.guild(name).id().parse().expect("it is an id")
    }

    /// A channel or category: `#help` of the home server, or `Night Shift/#desk`.
    pub(crate) fn channel(&self, name: &str) -> Id<ChannelMarker> {
        self.discord.id_of(name).parse().expect("it is an id")
    }

    /// A role of the home server.
    pub(crate) fn role(&self, name: &str) -> Id<RoleMarker> {
        self.discord.id_of(&format!("@&{name}")).parse().expect("it is an id")
    }

    pub(crate) fn user(&self, name: &str) -> Id<UserMarker> {
        self.discord.id_of(&format!("@{name}")).parse().expect("it is an id")
    }

    /// Somebody who does something of `feature` through a door in plain Rust, where nothing is known of Discord but ids. ada
    /// and eve are administrators wherever they are; what others may is what everybody may, and what their `roles` do.
    pub(crate) async fn comes(
        &self,
        who: &str,
        guild: Id<GuildMarker>,
        feature: &'static str,
        roles: Vec<Id<RoleMarker>>,
        origin: Origin,
    ) -> Acting {
        let permissions = match who {
            "ada" | "eve" => Permissions::ADMINISTRATOR,
            _ => Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES,
        };
        let member = Member { name: who.to_owned(), roles, permissions, ..Member::nobody(self.user(who)) };
        Acting::member(self.app(), guild, feature, member, origin, self.now()).await.expect("the database")
    }

    pub(crate) async fn db(&self) -> PgPool {
        PgPool::connect(&self.database_url).await.expect("the test's database")
    }

    /// Sets something in the home server without anybody's doing, or resets it.
    pub(crate) async fn sets<S: Schema>(&self, key: &str, value: Option<Value>) {
        let field = S::FIELDS.iter().find(|field| field.name == key).expect("a setting of that name");
        let by =
            By { user: Id::new(1), program: None, how: How::Import, at: self.now(), once: None, undoes: Vec::new() };
        let change = match value {
            Some(value) => settings::check(field, &value).expect("a value that fits").asked_for(),
            None => Checked::default_of(field),
        };
        let made = self.app().settings.change(self.guild(HOME), S::FEATURE, &[change], &by, |_| Vec::new()).await;
        made.expect("it is stored");
    }

    /// Another instance over the same database and Discord.
    pub(crate) async fn another_instance(&self) -> Instance {
        Instance::with(self.config.clone(), self.clock.clone(), (self.features)()).await
    }

    /// Another instance, at which people log in to the dashboard.
    pub(crate) async fn dashboard(&self) -> Instance {
        self.dashboard_of(&[]).await
    }

    /// The same of a bot that these people run.
    pub(crate) async fn dashboard_of(&self, owners: &[&str]) -> Instance {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let config = Config {
            public_url: Some(format!("http://{address}")),
            discord_client_secret: Some(self.discord.client_secret().into()),
            session_key: Some("5".repeat(64).into()),
            owner_ids: owners
                .iter()
                .map(|name| self.discord.id_of(&format!("@{name}")).parse().expect("an id"))
                .collect(),
            ..self.config()
        };
        self.discord.set_redirect_uris(&[&format!("http://{address}/dashboard/login/back")]);
        Instance::at(listener, config, self.clock.clone(), (self.features)())
    }

    pub(crate) fn config(&self) -> Config {
        self.config.clone()
    }

    /// Lets `instance` answer from now on.
    pub(crate) fn routes_to(&self, instance: &Instance) {
        self.discord.set_endpoint(&format!("http://{}/interactions", instance.address));
    }

    /// Somebody in the home server.
    pub(crate) fn person(&self, name: &str) -> Person {
        self.discord.person(name).in_guild(HOME)
    }

    pub(crate) async fn types(&self, who: &str, text: &str) {
        self.person(who).types(text).await;
    }

    pub(crate) async fn suggests(&self, who: &str, text: &str) -> Vec<Choice> {
        self.person(who).suggests(text).await
    }

    pub(crate) async fn clicks(&self, who: &str, label: &str) {
        self.person(who).clicks(label).await;
    }

    pub(crate) async fn submits(&self, who: &str, fields: &[(&str, &str)]) {
        self.person(who).submits(fields).await;
    }

    /// An admin adds an entry; the screen is read.
    pub(crate) async fn has_entry(&self, title: &str, answer: &str) {
        self.has_entry_in(HOME, "ada", title, answer).await;
    }

    pub(crate) async fn has_entry_in(&self, guild: &str, admin: &str, title: &str, answer: &str) {
        let admin = self.discord.person(admin).in_guild(guild);
        admin.types("/faq add").await;
        admin.submits(&[("Question", title), ("Answer", answer)]).await;
        let screen = self.screen().await;
        assert!(screen.contains("Added #"), "{screen}");
    }

    /// Everything that happened since the last look, once all background work is done.
    pub(crate) async fn screen(&self) -> String {
        self.settle().await;
        self.discord.screen()
    }

    /// Waits for background work.
    pub(crate) async fn settle(&self) {
        settle(self.app()).await;
    }

    /// A minute passes, and cron makes its pass.
    pub(crate) async fn a_minute_passes(&self) {
        self.clock.advance(SignedDuration::from_mins(1));
        jobs::run_pass(&self.bot.bot, self.clock.now()).await.expect("all jobs succeed");
    }

    /// What was logged as an error; a test that expects none need not ask.
    pub(crate) fn takes_errors(&self) -> Vec<String> {
        std::mem::take(&mut *self.errors.lock().expect("no test panics while it logs"))
    }

    /// Says that this test ends with somebody who will never get an answer.
    pub(crate) fn leaves_somebody_waiting(&self) {
        self.somebody_waits.set(true);
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

fn bot_features(world: &World) -> &[alphapy::feature::Feature] {
    world.bot.bot.features.all()
}

/// The same by a request with a key of its own.
pub(crate) fn by_request(acting: &Acting, key: &str) -> Acting {
    acting.by(Origin::Request(key.to_owned()))
}

/// The code of a refusal.
pub(crate) fn code<T: Debug, R: Refusal + Debug>(outcome: Result<T, Failure<R>>) -> &'static str {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal.code(),
        Err(Failure::Barred(barred)) => barred.code(),
        outcome => panic!("it is not refused: {outcome:?}"),
    }
}

/// What a screen shows, and apart from it what was posted in the log channel `name`: nobody knows which comes first, nor which
/// entries go out together, so each is shown as a message of its own.
pub(crate) fn apart(screen: &str, name: &str) -> (String, String) {
    let (mut rest, mut log) = (String::new(), String::new());
    let mut logged = false;
    for line in screen.lines() {
        if !line.starts_with(' ') {
            logged = line == format!("bot in #{name}:");
        }
        let to = if logged { &mut log } else { &mut rest };
        match logged && line == "     |--" {
            true => to.push_str(&format!("bot in #{name}:")),
            false => to.push_str(line),
        }
        to.push('\n');
    }
    (rest, log)
}

pub(crate) async fn settle(app: &App) {
    app.background.close();
    app.background.wait().await;
    app.background.reopen();
}

impl Instance {
    pub(crate) async fn start(config: Config, clock: Clock) -> Instance {
        Instance::with(config, clock, features::all()).await
    }

    async fn with(config: Config, clock: Clock, features: Vec<Feature>) -> Instance {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        Instance::at(listener, config, clock, features)
    }

    fn at(listener: TcpListener, config: Config, clock: Clock, features: Vec<Feature>) -> Instance {
        let app = App::new(config, clock).expect("the parts of the app");
        let bot = Bot::new(app, features);
        let address = listener.local_addr().expect("it is bound");
        tokio::spawn(bot.app.clone().listen());
        let router = server::router(bot.clone());
        tokio::spawn(intake::serve(listener, router, intake::Limits::of_this_process(10), bot.app.stopping.clone()));
        Instance { bot, address }
    }

    /// Looks for work that another instance left behind, and does it.
    pub(crate) async fn sweeps(&self) {
        promises::sweep(&self.bot).await.expect("the database answers");
        settle(&self.bot.app).await;
    }
}

fn furnish(discord: &Discord) {
    discord
        .guild(HOME)
        .owner("olga")
        .role("keepers", Permissions::empty())
        .role("admins", Permissions::ADMINISTRATOR)
        .channel("help")
        .channel("general")
        .member("ada", &["admins"])
        .member("mia", &["keepers"])
        .member("ann", &[])
        .member("bob", &[]);
    discord
        .guild(AWAY)
        .owner("otto")
        .role("admins", Permissions::ADMINISTRATOR)
        .channel("desk")
        .member("eve", &["admins"])
        .member("mia", &[])
        .member("bob", &[]);
}

/// Collects what this thread logs as an error. Each test has a thread and a runtime of its own.
fn watch_errors() -> (tracing::subscriber::DefaultGuard, Arc<Mutex<Vec<String>>>) {
    use tracing_subscriber::layer::SubscriberExt;
    let errors = Arc::<Mutex<Vec<String>>>::default();
    let subscriber = tracing_subscriber::registry().with(ErrorLayer(Arc::clone(&errors)));
    (tracing::subscriber::set_default(subscriber), errors)
}

struct ErrorLayer(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for ErrorLayer {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if *event.metadata().level() != tracing::Level::ERROR {
            return;
        }
        struct Text(String);
        impl tracing::field::Visit for Text {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                self.0.push_str(&format!("{}={value:?} ", field.name()));
            }
        }
        let mut text = Text(String::new());
        event.record(&mut text);
        self.0.lock().expect("no test panics while it logs").push(text.0);
    }
}

/// The messages of which more is allowed than Discord takes where they were shown (`words::check` has to know of it).
fn unchecked_limits(discord: &Discord) -> BTreeSet<String> {
    let audit = discord.requests().into_iter().filter_map(|it| it.audit_reason).map(|it| ("audit_reason", it, 512));
    // What comes back with a press is nothing that anybody reads.
    let texts = discord.take_texts().into_iter().filter(|it| !matches!(it.place, "custom_id" | "value"));
    let texts = texts.map(|Limited { place, text, most }| (place, text, most)).chain(audit);
    let longer = texts.filter_map(|(place, text, most)| {
        let (id, allowed) = words::said_by(&text)?;
        (allowed > most).then(|| format!("`{id}` may have {allowed} characters, and a {place} takes {most}"))
    });
    longer.collect()
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let problems = self.discord.problems();
        assert!(problems.is_empty(), "Discord refused something: {problems:#?}");
        let errors = self.takes_errors();
        assert!(errors.is_empty(), "something was logged as an error: {errors:#?}");
        let unchecked = unchecked_limits(&self.discord);
        assert!(unchecked.is_empty(), "these may be longer in another language than Discord takes: {unchecked:#?}");
        let unfinished = self.discord.unfinished();
        assert!(unfinished.is_empty() || self.somebody_waits.get(), "somebody still waits: {unfinished:#?}");
        assert!(!self.discord.unread(), "nobody looked at this: {}", self.discord.screen());
    }
}
