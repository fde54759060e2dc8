//! A feature as data: the table of what it answers. All boxing of handlers lives here.
//!
//! Types decide the routing. A command handler takes the struct that defines the command, a button handler takes the
//! feature's own action enum, a form handler takes the struct that also describes the form.

pub mod export;
mod store;

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use twilight_interactions::command::{CommandInputData, CommandModel, CreateCommand};
use twilight_model::application::command::{Command, CommandOption, CommandType};
use twilight_model::application::interaction::InteractionContextType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{AttachmentMarker, ChannelMarker, GuildMarker, InteractionMarker, UserMarker};
use twilight_model::oauth::ApplicationIntegrationType;

use crate::app::App;
use crate::discord::{self, MessageBody};
use crate::error::{Error, Result};
use crate::interactions::{Context, Reply, TargetMessage};
use crate::settings::{Declared, ENABLED, Schema};
use crate::ui::{Choice, Form, Message, custom_id::CustomId, form};
use export::{Rows, Table, Wanted};

/// Files may be large, and lines slow.
const ATTACH_TIME: Duration = Duration::from_secs(60);

/// A job does something in so many guilds at once, and in one of them for so long; what then is not done goes on next time.
const GUILDS_AT_ONCE: usize = 16;
const GUILD_TIME: Duration = Duration::from_secs(20);

/// Guilds that an error of a job names.
const NAMED: usize = 10;

/// What waits for another piece of work looks again after this.
const FOLLOWS_AFTER: SignedDuration = SignedDuration::from_secs(1);

/// How often what is old is looked for; by then little has become old.
const UPKEEP_EVERY: SignedDuration = SignedDuration::from_mins(59);

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Handler<I> = Arc<dyn Fn(Context, I) -> BoxFuture<Result<Reply>> + Send + Sync>;
type Suggester = Arc<dyn Fn(Context, TypedLine) -> BoxFuture<Result<Vec<Choice>>> + Send + Sync>;
type Work = Arc<dyn Fn(Promise, Value) -> BoxFuture<Result<Message>> + Send + Sync>;
type Job = Arc<dyn Fn(App, Timestamp) -> BoxFuture<anyhow::Result<Summary>> + Send + Sync>;
type Export = Arc<dyn Fn(App, Wanted, Rows) -> BoxFuture<anyhow::Result<()>> + Send + Sync>;
type Import = Arc<dyn Fn(App, ImportRequest) -> BoxFuture<anyhow::Result<ImportReport>> + Send + Sync>;

/// What a feature answers, and what it owns.
pub struct Feature {
    /// Unique; the first part of its custom ids.
    pub name: &'static str,
    /// Its commands and menu commands.
    pub commands: Vec<CommandEntry>,
    /// Buttons and menus.
    pub(crate) press: Option<Handler<Pressed>>,
    /// Forms by [`Form::NAME`].
    pub(crate) forms: HashMap<&'static str, Handler<Submitted>>,
    /// What finishes its [`Reply::Later`].
    pub(crate) work: Option<Work>,
    /// What time triggers.
    pub jobs: Vec<JobEntry>,
    /// Its tables that admins can take with them.
    pub exports: Vec<ExportEntry>,
    /// What `alphapy import NAME` does.
    pub(crate) import: Option<Import>,
    /// Its settings.
    pub declared: Declared,
    /// Columns that hold members' ids, as table and column.
    pub personal_data: Vec<(&'static str, &'static str)>,
    /// Forms and what their structs look like as JSON; checked by a test.
    pub form_shapes: Vec<FormShape>,
}

/// A command and who answers it.
pub struct CommandEntry {
    /// What is registered at Discord.
    pub definition: Command,
    pub(crate) run: Run,
    pub(crate) suggest: Option<Suggester>,
}

/// A command as it was typed, or is being typed: `/config tickets set category:5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedLine {
    /// The command's name, and those of groups and subcommands.
    pub path: Vec<String>,
    /// Options by name; ids, numbers and booleans as text.
    pub options: Vec<(String, String)>,
    /// The option that somebody is typing.
    pub(crate) focused: Option<String>,
}

impl TypedLine {
    /// The subcommand, without the groups that lead to it; the command itself if it has none.
    pub fn subcommand(&self) -> &str {
        self.path.last().map(String::as_str).unwrap_or_default()
    }

    /// The option that somebody is typing, and what of it stands there.
    pub fn focused(&self) -> Option<(&str, &str)> {
        let name = self.focused.as_deref()?;
        Some((name, self.get(name)?))
    }

    /// What was given for an option.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(option, _)| option == name).map(|(_, value)| value.as_str())
    }
}

/// How a command is answered, by its kind.
#[derive(Clone)]
pub(crate) enum Run {
    /// A slash command that is made from data.
    Tree(Handler<TypedLine>),
    /// A slash command that a struct defines.
    Slash(Handler<CommandInputData<'static>>),
    Message(Handler<TargetMessage>),
    User(Handler<Id<UserMarker>>),
}

/// What one pass of a job came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What was due.
    pub due: u64,
    /// What of it was sent, or done.
    pub sent: u64,
    /// What of that was late.
    pub late: u64,
    /// What of it was not, and never will be.
    pub failed: u64,
}

impl From<()> for Summary {
    fn from((): ()) -> Summary {
        Summary::default()
    }
}

/// What time triggers.
#[derive(Clone)]
pub struct JobEntry {
    /// Unique in the feature; shown in logs.
    pub name: &'static str,
    run: Job,
}

impl JobEntry {
    /// A job. It may run twice at once or die halfway, so it claims the rows it works on.
    pub fn new<F, Fut, S>(name: &'static str, run: F) -> JobEntry
    where
        F: Fn(App, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<S>> + Send + 'static,
        S: Into<Summary>,
    {
        let run: Job = Arc::new(move |app, now| {
            let running = run(app, now);
            Box::pin(async move { Ok(running.await?.into()) })
        });
        JobEntry { name, run }
    }

    /// A job that does something in each guild that `due` names, several side by side, each within a time of its own: what is
    /// wrong or slow in one is not the others' affair, and what is not done there goes on next time.
    pub fn in_guilds<D, Due, F, Fut>(name: &'static str, due: D, run: F) -> JobEntry
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        JobEntry::new(name, in_guilds(due, run, |_, _| async { true }))
    }

    /// The same once an hour, for what need not be done more often: what is old is forgotten.
    pub fn upkeep_in_guilds<D, Due, F, Fut>(feature: &'static str, name: &'static str, due: D, run: F) -> JobEntry
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let run = Arc::new(in_guilds(due, run, |_, _| async { true }));
        JobEntry::new(name, move |app: App, now| {
            let run = Arc::clone(&run);
            async move {
                match store::take_upkeep(&app.db, feature, name, now - UPKEEP_EVERY, now).await? {
                    true => run(app, now).await,
                    false => Ok(()),
                }
            }
        })
    }

    /// Does what is due at `now`.
    pub async fn run(&self, app: App, now: Timestamp) -> anyhow::Result<Summary> {
        (self.run)(app, now).await
    }
}

/// A table that admins can take with them, and who reads it.
#[derive(Clone)]
pub struct ExportEntry {
    /// What it is.
    pub table: Table,
    run: Export,
}

impl ExportEntry {
    /// Puts what is wanted of it into `rows`.
    pub async fn run(&self, app: App, wanted: Wanted, rows: Rows) -> anyhow::Result<()> {
        (self.run)(app, wanted, rows).await
    }
}

/// A form as a test sees it.
pub struct FormShape {
    /// [`Form::NAME`].
    pub name: &'static str,
    /// [`Form::FIELDS`].
    pub fields: &'static [form::Field],
    /// The struct's default as JSON.
    pub empty: Value,
}

/// A press of a button, or the choice from a menu.
pub(crate) struct Pressed {
    /// What the button carries, as it came.
    pub(crate) custom_id: String,
    /// What was chosen; empty for a button.
    pub(crate) values: Vec<String>,
}

/// A form that was filled in.
pub(crate) struct Submitted {
    pub(crate) custom_id: String,
    /// Each input's value by name.
    pub(crate) fields: Map<String, Value>,
}

/// The interaction that a piece of later work will finish.
#[derive(Clone)]
pub struct Promise {
    /// Everything a handler can reach.
    pub app: App,
    /// The server.
    pub guild: Id<GuildMarker>,
    /// Who waits for it.
    pub user: Id<UserMarker>,
    /// Where they wait, if Discord said.
    pub channel: Option<Id<ChannelMarker>>,
    /// The interaction that promised it: the key by which a repetition finds what it has done.
    pub interaction: Id<InteractionMarker>,
    /// Whether nobody has tried before.
    pub is_first: bool,
    /// When this attempt began.
    pub now: Timestamp,
    /// What authorizes showing the outcome. A secret.
    pub(crate) token: SecretString,
}

impl Promise {
    /// Waits, by another attempt, until what was promised of this feature in the guild before this is done: what takes long is
    /// made one after another. `says` is shown meanwhile.
    ///
    /// # Errors
    /// [`NotYet`], or the database does not answer.
    pub async fn follow_others(&self, feature: &str, says: &str) -> Result<()> {
        let db = &self.app.db;
        if !store::has_earlier_job(db, self.guild, feature, self.interaction, self.now).await? {
            return Ok(());
        }
        if self.is_first {
            self.attach(Message::new(says).into_body()).await?;
        }
        Err(NotYet { pause: FOLLOWS_AFTER, why: "it follows another".to_owned() }.into())
    }

    /// Shows `body` with its files now, and returns the files that are there. What the handler returns comes afterwards
    /// and leaves the files where they are; an attempt that is repeated replaces them.
    ///
    /// # Errors
    /// Discord did not take it.
    pub async fn attach(&self, body: MessageBody) -> Result<Vec<Id<AttachmentMarker>>, discord::Error> {
        let deadline = Instant::now() + ATTACH_TIME;
        self.app.discord.guild(self.guild).edit_original(&self.token, &body, deadline).await
    }
}

/// Work that cannot go on yet: somebody else is at it, or something has to pass first. It has not failed, and goes on after
/// `pause`; a handler of work returns it as an error.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub struct NotYet {
    /// When it may go on.
    pub pause: SignedDuration,
    /// What it waits for, for the log.
    pub why: String,
}

/// What an operator asked to import.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// The server to import into.
    pub guild: Id<GuildMarker>,
    /// The files to read.
    pub files: Vec<std::path::PathBuf>,
    /// Say what would happen, and change nothing.
    pub dry_run: bool,
    /// Import nothing if any row is bad.
    pub strict: bool,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Rows that are new.
    pub added: usize,
    /// Rows that changed something known.
    pub updated: usize,
    /// Rows that said what is known.
    pub unchanged: usize,
    /// Rows that were left out, each as `file:line: why`.
    pub bad: Vec<String>,
}

impl Feature {
    /// A feature that answers nothing yet.
    pub fn new(name: &'static str) -> Feature {
        Feature {
            name,
            commands: Vec::new(),
            press: None,
            forms: HashMap::new(),
            work: None,
            jobs: Vec::new(),
            exports: Vec::new(),
            import: None,
            declared: Declared::none(name).switched(),
            personal_data: Vec::new(),
            form_shapes: Vec::new(),
        }
    }

    /// Answers the slash command that `C` defines.
    #[must_use]
    pub fn command<C, F, Fut>(mut self, handle: F) -> Feature
    where
        C: CommandModel + CreateCommand + Send + 'static,
        F: Fn(Context, C) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run: Handler<CommandInputData<'static>> = Arc::new(move |cx, data| {
            let handle = handle.clone();
            Box::pin(async move {
                let input = C::from_interaction(data).map_err(|_| {
                    // Another version registered this command, or the client is behind. The error quotes the member.
                    tracing::warn!(command = C::NAME, "a command does not fit its definition");
                    outdated_command()
                })?;
                handle(cx, input).await
            })
        });
        let definition = guild_only(C::create_command().into());
        self.commands.push(CommandEntry { definition, run: Run::Slash(run), suggest: None });
        self
    }

    /// Suggests values for the command added last, while somebody types. Half-typed input need not make sense yet, so the
    /// handler gets the line as it stands there and asks for what it wants by name.
    ///
    /// # Panics
    /// No command was added before.
    #[must_use]
    pub fn suggest<F, Fut>(mut self, handle: F) -> Feature
    where
        F: Fn(Context, TypedLine) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Vec<Choice>>> + Send + 'static,
    {
        let suggest: Suggester = Arc::new(move |cx, line| Box::pin(handle(cx, line)));
        self.commands.last_mut().expect("`.suggest` follows a command").suggest = Some(suggest);
        self
    }

    /// Answers a slash command that is made from data. For `/config`, whose shape follows from the settings of all
    /// features; a struct is better wherever it can be written.
    #[must_use]
    pub fn command_tree<F, Fut>(mut self, definition: Command, handle: F) -> Feature
    where
        F: Fn(Context, TypedLine) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run = Run::Tree(Arc::new(move |cx, line| Box::pin(handle(cx, line))));
        self.commands.push(CommandEntry { definition: guild_only(definition), run, suggest: None });
        self
    }

    /// Declares the feature's settings.
    ///
    /// # Panics
    /// `S` is another feature's.
    #[must_use]
    pub fn settings<S: Schema>(mut self) -> Feature {
        assert_eq!(S::FEATURE, self.name, "these settings are another feature's");
        self.declared = Declared::of::<S>().switched();
        self
    }

    /// Takes the switch away: without this feature nobody could switch anything on.
    #[must_use]
    pub fn always_on(mut self) -> Feature {
        self.declared.fields.retain(|field| field.name != ENABLED.name);
        self
    }

    /// Answers a command in the menu of a message. By default it is seen by members with
    /// `permissions`, or by everybody.
    #[must_use]
    pub fn message_menu<F, Fut>(mut self, name: &str, permissions: Option<Permissions>, handle: F) -> Feature
    where
        F: Fn(Context, TargetMessage) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run = Run::Message(Arc::new(move |cx, message| Box::pin(handle(cx, message))));
        self.commands.push(CommandEntry {
            definition: menu(CommandType::Message, name, permissions),
            run,
            suggest: None,
        });
        self
    }

    /// Answers a command in the menu of a member. By default it is seen by members with
    /// `permissions`, or by everybody.
    #[must_use]
    pub fn user_menu<F, Fut>(mut self, name: &str, permissions: Option<Permissions>, handle: F) -> Feature
    where
        F: Fn(Context, Id<UserMarker>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run = Run::User(Arc::new(move |cx, user| Box::pin(handle(cx, user))));
        self.commands.push(CommandEntry { definition: menu(CommandType::User, name, permissions), run, suggest: None });
        self
    }

    /// Answers the feature's buttons and menus: `A` is what `cx.id(…)` encoded, the strings are what was chosen.
    #[must_use]
    pub fn press<A, F, Fut>(mut self, handle: F) -> Feature
    where
        A: DeserializeOwned + Send + 'static,
        F: Fn(Context, A, Vec<String>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        self.press = Some(Arc::new(move |cx, pressed: Pressed| {
            let handle = handle.clone();
            Box::pin(async move {
                let action = decode(&pressed.custom_id)?;
                handle(cx, action, pressed.values).await
            })
        }));
        self
    }

    /// Answers the form `S`: `T` is what `cx.form_id::<S>(…)` encoded.
    #[must_use]
    pub fn form<T, S, F, Fut>(mut self, handle: F) -> Feature
    where
        T: DeserializeOwned + Send + 'static,
        S: Form + Send + 'static,
        F: Fn(Context, T, S) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run: Handler<Submitted> = Arc::new(move |cx, submitted: Submitted| {
            let handle = handle.clone();
            Box::pin(async move {
                let target = decode(&submitted.custom_id)?;
                let values = form::parse::<S>(submitted.fields)
                    .ok_or_else(|| Error::user("This form has changed; open it again and fill it in once more."))?;
                handle(cx, target, values).await
            })
        });
        let empty = serde_json::to_value(S::default()).expect("a form is a struct of texts");
        self.form_shapes.push(FormShape { name: S::NAME, fields: S::FIELDS, empty });
        let twin = self.forms.insert(S::NAME, run);
        assert!(twin.is_none(), "{} has two forms called {}", self.name, S::NAME);
        self
    }

    /// Answers the form `name`, whose inputs are only known at run time: `T` is what `cx.open_form_id(name, …)` encoded,
    /// the map is each input's value by its name.
    ///
    /// # Panics
    /// The feature has another form of that name.
    #[must_use]
    pub fn open_form<T, F, Fut>(mut self, name: &'static str, handle: F) -> Feature
    where
        T: DeserializeOwned + Send + 'static,
        F: Fn(Context, T, Map<String, Value>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Reply>> + Send + 'static,
    {
        let run: Handler<Submitted> = Arc::new(move |cx, submitted: Submitted| {
            let handle = handle.clone();
            Box::pin(async move {
                let target = decode(&submitted.custom_id)?;
                handle(cx, target, submitted.fields).await
            })
        });
        let twin = self.forms.insert(name, run);
        assert!(twin.is_none(), "{} has two forms called {name}", self.name);
        self
    }

    /// Finishes what the feature promised with [`Reply::later`].
    ///
    /// Work may run again after a crash, so each step first looks whether it has happened.
    #[must_use]
    pub fn work<W, F, Fut>(mut self, handle: F) -> Feature
    where
        W: DeserializeOwned + Send + 'static,
        F: Fn(Promise, W) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Message>> + Send + 'static,
    {
        self.work = Some(Arc::new(move |promise, work| {
            let handle = handle.clone();
            Box::pin(async move {
                // The error would quote what the work is about.
                let work =
                    serde_json::from_value(work).map_err(|_| anyhow::anyhow!("the stored work does not parse"))?;
                handle(promise, work).await
            })
        }));
        self
    }

    /// Does something when time comes; see [`JobEntry::new`]. It runs whatever a server has switched off: what was
    /// begun there is finished, and what is to be forgotten is. What begins something new is a [`Feature::guild_job`].
    #[must_use]
    pub fn job<F, Fut, S>(mut self, name: &'static str, run: F) -> Feature
    where
        F: Fn(App, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<S>> + Send + 'static,
        S: Into<Summary>,
    {
        self.jobs.push(JobEntry::new(name, run));
        self
    }

    /// Does something in each guild that `due` names, also where the feature is switched off: what was begun is finished.
    #[must_use]
    pub fn every_guild_job<D, Due, F, Fut>(mut self, name: &'static str, due: D, run: F) -> Feature
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.jobs.push(JobEntry::in_guilds(name, due, run));
        self
    }

    /// Does something in each guild that `due` names, where the feature is switched on.
    #[must_use]
    pub fn guild_job<D, Due, F, Fut>(self, name: &'static str, due: D, run: F) -> Feature
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let feature = self.name;
        let enabled = move |app: App, guild| async move { app.settings.enabled(guild, feature).await };
        self.job(name, in_guilds(due, run, enabled))
    }

    /// Does something in each guild that `due` names, also where the feature is switched off: what a server does not
    /// want kept any longer is not kept because nobody uses it. Once an hour is often enough for that.
    #[must_use]
    pub fn upkeep<D, Due, F, Fut>(mut self, name: &'static str, due: D, run: F) -> Feature
    where
        D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
        Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
        F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.jobs.push(JobEntry::upkeep_in_guilds(self.name, name, due, run));
        self
    }

    /// Lets admins take a table with them by `/export`.
    #[must_use]
    pub fn export<F, Fut>(mut self, table: Table, run: F) -> Feature
    where
        F: Fn(App, Wanted, Rows) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let run: Export = Arc::new(move |app, wanted, rows| Box::pin(run(app, wanted, rows)));
        self.exports.push(ExportEntry { table, run });
        self
    }

    /// Does `alphapy import NAME`.
    #[must_use]
    pub fn import<F, Fut>(mut self, import: F) -> Feature
    where
        F: Fn(App, ImportRequest) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<ImportReport>> + Send + 'static,
    {
        self.import = Some(Arc::new(move |app, request| Box::pin(import(app, request))));
        self
    }

    /// Declares a column that holds members' ids, so that their data can be exported and erased.
    #[must_use]
    pub fn personal_data(mut self, table: &'static str, column: &'static str) -> Feature {
        self.personal_data.push((table, column));
        self
    }

    /// Runs this feature's import, if it has one.
    pub async fn run_import(&self, app: App, request: ImportRequest) -> anyhow::Result<ImportReport> {
        match &self.import {
            Some(import) => import(app, request).await,
            None => anyhow::bail!("{} imports nothing", self.name),
        }
    }
}

/// A job that does something in each guild that `due` names and `wanted` lets pass.
fn in_guilds<D, Due, F, Fut, W, Wanted>(
    due: D,
    run: F,
    wanted: W,
) -> impl Fn(App, Timestamp) -> BoxFuture<anyhow::Result<()>> + Send + Sync + 'static
where
    D: Fn(App, Timestamp) -> Due + Send + Sync + 'static,
    Due: Future<Output = anyhow::Result<Vec<Id<GuildMarker>>>> + Send + 'static,
    F: Fn(App, Id<GuildMarker>, Timestamp) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    W: Fn(App, Id<GuildMarker>) -> Wanted + Send + Sync + 'static,
    Wanted: Future<Output = bool> + Send + 'static,
{
    let parts = Arc::new((due, run, wanted));
    // Those that took all their time are last the next time: they may do so again.
    let slow = Arc::<Mutex<HashSet<Id<GuildMarker>>>>::default();
    move |app, now| {
        let (parts, slow) = (Arc::clone(&parts), Arc::clone(&slow));
        Box::pin(async move {
            let (due, run, wanted) = &*parts;
            let mut guilds = due(app.clone(), now).await?;
            let known = std::mem::take(&mut *slow.lock().unwrap_or_else(PoisonError::into_inner));
            guilds.sort_by_key(|guild| known.contains(guild));
            let (app, slow) = (&app, &slow);
            let outcomes = futures_util::stream::iter(guilds).map(|guild| async move {
                if app.stopping.is_cancelled() || !wanted(app.clone(), guild).await {
                    return None;
                }
                let error = match tokio::time::timeout(GUILD_TIME, run(app.clone(), guild, now)).await {
                    Ok(Ok(())) => return None,
                    Ok(Err(error)) => error,
                    Err(_) => {
                        slow.lock().unwrap_or_else(PoisonError::into_inner).insert(guild);
                        tracing::warn!(%guild, "a job took all its time in a guild, and goes on next time");
                        return None;
                    }
                };
                Some(format!("{guild}: {error:#}"))
            });
            let failed: Vec<String> =
                outcomes.buffer_unordered(GUILDS_AT_ONCE).filter_map(std::future::ready).collect().await;
            anyhow::ensure!(
                failed.is_empty(),
                "in {} guilds: {}",
                failed.len(),
                failed[..failed.len().min(NAMED)].join("; ")
            );
            Ok(())
        })
    }
}

/// What a custom id carries, or the sentence for one that an older version made.
fn decode<T: DeserializeOwned>(custom_id: &str) -> Result<T> {
    CustomId::parse(custom_id).and_then(|id| id.payload()).ok_or_else(outdated)
}

/// The sentence for a custom id that nobody here understands any more.
pub(crate) fn outdated() -> Error {
    Error::user("This button is from an older version; run the command again.")
}

/// The sentence for a command that a client knows in another form than we do.
pub(crate) fn outdated_command() -> Error {
    Error::user("This command has changed since your Discord loaded it; restart Discord and try again.")
}

/// Makes a command one of servers that installed the app. Both lists must be sent: Discord's default includes DMs.
fn guild_only(mut command: Command) -> Command {
    command.contexts = Some(vec![InteractionContextType::Guild]);
    command.integration_types = Some(vec![ApplicationIntegrationType::GuildInstall]);
    command
}

fn menu(kind: CommandType, name: &str, permissions: Option<Permissions>) -> Command {
    guild_only(definition(kind, name, "", permissions, Vec::new()))
}

/// A command as Discord knows it, made from its parts.
pub fn definition(
    kind: CommandType,
    name: &str,
    description: &str,
    permissions: Option<Permissions>,
    options: Vec<CommandOption>,
) -> Command {
    #[allow(deprecated)] // `dm_permission` must be set to nothing.
    Command {
        application_id: None,
        contexts: None,
        default_member_permissions: permissions,
        description: description.to_owned(),
        description_localizations: None,
        dm_permission: None,
        guild_id: None,
        id: None,
        integration_types: None,
        kind,
        name: name.to_owned(),
        name_localizations: None,
        nsfw: None,
        options,
        version: Id::new(1),
    }
}
