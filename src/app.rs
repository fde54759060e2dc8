//! What every handler can reach: the database, Discord, settings, knowledge, the time. It knows no feature.

use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use crate::changes::{self, Changes};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{self, Notice, Pools, Work};
use crate::discord;
use crate::instances::{self, Instance};
use crate::knowledge::{self, Knowledge};
use crate::llm;
use crate::log_channel::{self, LogChannel, Recorder};
use crate::looks::Looks;
use crate::readers::{self, Readers};
use crate::say;
use crate::settings::{self, Settings, System};
use crate::turns::Turns;
use crate::words::Language;

/// How often the clock is set by the database's, at the latest.
const FOLLOW_EVERY: Duration = Duration::from_secs(30);

/// A handle to the process's shared parts; clones are the same app.
#[derive(Clone)]
pub struct App {
    parts: Arc<Parts>,
    /// Connections to the database: those for what a member waits for, unless this is the app of background work.
    pub db: PgPool,
}

/// What an [`App`] shares.
pub struct Parts {
    /// The environment.
    pub config: Config,
    /// All connections to the database; [`App::db`] is the part that counts here.
    pub pools: Pools,
    /// The REST client.
    pub discord: discord::Client,
    /// Typed settings per guild.
    pub settings: Arc<Settings>,
    /// Posts what guilds read of the bot's doings.
    pub log_channel: LogChannel,
    /// Entries and their search indexes per guild.
    pub knowledge: Knowledge,
    /// The language model.
    pub llm: llm::Client,
    /// What changes just now.
    pub changes: Changes,
    /// In which languages members read.
    pub readers: Readers,
    /// The time.
    pub clock: Clock,
    /// Work that nobody waits for but that must end before the process does.
    pub background: TaskTracker,
    /// Cancelled when the process is told to stop.
    pub stopping: CancellationToken,
    /// Cancelled when the time for stopping is up: work that is not done is handed over to other instances.
    pub handing_over: CancellationToken,
    /// Whose deferred work is done next.
    pub turns: Turns<Id<GuildMarker>>,
    /// What is looked at in the background because somebody looks.
    pub looks: Looks,
    /// Whose table is written next to a program or a browser.
    pub tables: Arc<Turns<Id<GuildMarker>>>,
    /// This process among those that share Discord's limit.
    instance: tokio::sync::Mutex<Instance>,
    /// Cancelled when it has left them.
    left: CancellationToken,
    /// When the process started.
    pub started: Instant,
}

impl App {
    /// Puts the parts together for a process that answers Discord; call it in a Tokio runtime. Nothing is connected yet.
    pub fn new(config: Config, clock: Clock) -> anyhow::Result<App> {
        App::of(Work::Answers, config, clock)
    }

    /// The same for a process that mostly does `work`.
    pub fn of(work: Work, config: Config, clock: Clock) -> anyhow::Result<App> {
        let pools = Pools::new(&config.database, work, &clock)?;
        let db = pools.answers.clone();
        let background = TaskTracker::new();
        let llm = match llm::Provider::of(&config) {
            Ok(Some(provider)) => llm::Client::new(provider, clock.clone())?,
            Ok(None) => llm::Client::off(),
            Err(why) => {
                tracing::warn!("no language model: {why}");
                llm::Client::off()
            }
        };
        let parts = Parts {
            discord: discord::Client::new(&config.discord)?.with_clock(clock.clone()),
            settings: Arc::new(Settings::new(db.clone())),
            log_channel: LogChannel::default(),
            knowledge: Knowledge::new(db.clone(), background.clone()),
            llm,
            changes: Changes::default(),
            readers: Readers::default(),
            config,
            pools,
            clock,
            background,
            stopping: CancellationToken::new(),
            handing_over: CancellationToken::new(),
            turns: Turns::of_work(),
            looks: Looks::default(),
            tables: Arc::new(Turns::of_tables()),
            instance: tokio::sync::Mutex::new(Instance::new()),
            left: CancellationToken::new(),
            started: Instant::now(),
        };
        let app = App { parts: Arc::new(parts), db };
        let parts = Arc::downgrade(&app.parts);
        app.discord.on_stop(move |guild| {
            if let Some(parts) = parts.upgrade() {
                let db = parts.pools.background.clone();
                App { parts, db }.tell_of_stop(guild);
            }
        });
        Ok(app)
    }

    /// The same app for work that no member waits for at this moment: it takes none of the connections that answers need.
    #[must_use]
    pub fn in_background(&self) -> App {
        App { parts: Arc::clone(&self.parts), db: self.pools.background.clone() }
    }

    /// What writes down what `feature` does in `guild`; ask for it before a transaction begins.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn recorder(
        &self,
        guild: Id<GuildMarker>,
        feature: &'static str,
        now: Timestamp,
    ) -> anyhow::Result<Recorder> {
        Ok(Recorder::new(&*self.settings.get::<System>(guild).await?, guild, feature, now))
    }

    /// Writes down, in the background, in which language the Discord of a member is, if that is news.
    pub async fn note_reader(&self, guild: Id<GuildMarker>, user: Id<UserMarker>, locale: &str) {
        if self.readers.is_news(guild, user, locale).await {
            let (app, now, locale) = (self.in_background(), self.clock.now(), locale.to_owned());
            self.background.spawn(async move {
                if let Err(error) = app.readers.write(&app.db, (guild, user), &locale, now).await {
                    tracing::warn!(%guild, %error, "the language of a member is not written down");
                }
            });
        }
    }

    /// In which language everybody in `guild` reads what the bot posts.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn guild_language(&self, guild: Id<GuildMarker>) -> anyhow::Result<Language> {
        Ok(self.settings.get::<System>(guild).await?.language)
    }

    /// In which language a member reads what reaches them in a direct message: the one in which they were last seen, or else
    /// the guild's.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn language_of(&self, guild: Id<GuildMarker>, user: Id<UserMarker>) -> anyhow::Result<Language> {
        match readers::find_language(&self.db, guild, user).await? {
            Some(language) => Ok(language),
            None => self.guild_language(guild).await,
        }
    }

    /// Says in the guild's log channel that no calls are made for it for a while.
    fn tell_of_stop(&self, guild: Id<GuildMarker>) {
        let app = self.clone();
        self.background.spawn(async move {
            let now = app.clock.now();
            let written = async {
                let recorder = app.recorder(guild, "system", now).await?;
                let language = recorder.language();
                let entry = log_channel::Entry {
                    level: log_channel::Level::Error,
                    title: say!(language, log_channel_stopped_title),
                    description: say!(language, log_channel_stopped),
                };
                recorder.write(&app.db, &entry).await
            };
            match written.await {
                Ok(()) => app.post_log(guild),
                Err(error) => {
                    tracing::warn!(%guild, error = format!("{error:#}"), "a guild is not told that it is stopped");
                }
            }
        });
    }

    /// Posts in the background what waits for the guild's log channel.
    pub fn post_log(&self, guild: Id<GuildMarker>) {
        let app = self.in_background();
        self.background.spawn(async move {
            if let Err(error) = app.post_waiting_log(guild).await {
                tracing::warn!(%guild, error = format!("{error:#}"), "log entries are posted later");
            }
        });
    }

    /// Posts what waits for the guild's log channel. When the process stops, others go on.
    ///
    /// # Errors
    /// If the database does not answer; what is left is posted later.
    pub async fn post_waiting_log(&self, guild: Id<GuildMarker>) -> anyhow::Result<()> {
        let now = || self.clock.now();
        let posted = self.log_channel.post_waiting(&self.pools.background, &self.discord, &self.settings, guild, now);
        self.handing_over.run_until_cancelled(posted).await.unwrap_or(Ok(()))
    }

    /// Does `next` in the background once somebody has their answer; at once if nobody waits for one.
    pub fn once_answered(&self, answered: Option<CancellationToken>, next: impl FnOnce(&App) + Send + 'static) {
        let app = self.clone();
        self.background.spawn(async move {
            if let Some(answered) = answered {
                answered.cancelled().await;
            }
            next(&app);
        });
    }

    /// Gives unfinished deferred work back to other instances.
    pub async fn hand_over(&self) {
        self.handing_over.cancel();
        self.background.close();
        // It takes one statement each.
        let _ = tokio::time::timeout(Duration::from_secs(2), self.background.wait()).await;
    }

    /// Takes part in sharing Discord's limit with other instances; runs until [`App::leave_limits`].
    ///
    /// A proxy sees to the limit itself; then this returns at once.
    pub async fn share_limits(self) {
        let beating = async {
            while self.discord.shared_limit().is_some() {
                if let Err(error) = self.renew_share().await
                    && !db::is_known(&error)
                {
                    // What it has is good for some seconds, and a little for ever.
                    tracing::warn!(error = format!("{error:#}"), "instances cannot share Discord's limit");
                }
                tokio::time::sleep(instances::BEAT).await;
            }
        };
        self.left.run_until_cancelled(beating).await;
    }

    /// Says to the other instances that this one lives, and takes its share of Discord's limit.
    ///
    /// # Errors
    /// If the database does not answer soon.
    pub async fn renew_share(&self) -> anyhow::Result<()> {
        let Some(limit) = self.discord.shared_limit() else { return Ok(()) };
        let mut instance = self.instance.lock().await;
        let until = Instant::now() + instances::KEPT;
        let discord::Demand { came, waiting } = self.discord.take_demand();
        let share = instance.renew_share(&self.pools.background, limit, came, waiting).await?;
        self.discord.set_share(share, until);
        Ok(())
    }

    /// Gives this process's share of Discord's limit to the others, once it makes no more calls.
    pub async fn leave_limits(&self) {
        self.left.cancel();
        if self.discord.shared_limit().is_some()
            && let Err(error) = self.instance.lock().await.give_up_share(&self.pools.background).await
        {
            tracing::warn!(error = format!("{error:#}"), "this instance's share is free after some seconds");
        }
    }

    /// Keeps the caches true to what other instances change; runs until the process stops.
    pub async fn listen(self) {
        let parts = Arc::clone(&self.parts);
        let hear = move |channel: &str, notice: Notice<'_>| match channel {
            settings::CHANNEL => parts.settings.hear(notice),
            channel if knowledge::CHANNELS.contains(&channel) => parts.knowledge.hear(channel, notice),
            changes::CHANNEL => parts.changes.hear(notice),
            _ => {}
        };
        let channels = [&[settings::CHANNEL, changes::CHANNEL][..], &knowledge::CHANNELS].concat();
        let listening = db::listen(self.pools.listener.clone(), &channels, self.clock.clone(), Arc::new(hear));
        // A listener with much to hear asks for the time seldom, and a machine that slept has lost some.
        let following = async {
            loop {
                tokio::time::sleep(FOLLOW_EVERY).await;
                let _ = db::tell_time_now(&self.pools.background, &self.clock).await;
            }
        };
        self.stopping.run_until_cancelled(async { tokio::join!(listening, following) }).await;
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}
