//! Who acts, where, when and by what: all that an operation needs to know of the door through which somebody came.
//!
//! A door (an interaction, a page, an API call, cron, an import) makes an [`Acting`]. An operation takes `(&App, &Acting,
//! values)`, checks everything by itself, and answers `Result<Done, Failure<Refusal>>`: both are data. What is said about
//! it is the door's affair.

mod failure;
#[cfg(feature = "dev")]
mod for_tests;
mod known;
mod once;
mod origin;
mod person;
mod place;
mod store;
mod switch;

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use sqlx::PgExecutor;
use tokio_util::sync::CancellationToken;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker, UserMarker};

use crate::app::App;
use crate::db::storable;
use crate::discord::Granted;
use crate::log_channel::{Entry, Recorder};
use crate::settings::{Program, System};
use crate::words::Language;
pub(crate) use failure::refused_as;
pub use failure::{Barred, Failure, NotAdmin, Outcome, Refusal};
pub use known::{Known, KnownChannel, KnownMember, KnownMessage, KnownRole};
pub use once::{answer_once, digest};
pub use origin::{Origin, Sender};
pub use person::{Member, Person};
pub use place::{CALLS_ALL, Lack, Place, Whose, may_read};
pub use switch::Switch;

/// How long an operation waits for calls that it makes while somebody waits for it.
const CALL_TIME: Duration = Duration::from_secs(2);

/// Somebody who does something in a guild.
///
/// Nothing of it can be written from outside: who acts, and what they may, is what [`Acting::of_user`] asked, or what a door
/// that knows it said to [`Acting::member`], [`Acting::bot`] or [`Acting::key`] (a test lists those doors); what is known of the
/// guild is what Discord said.
#[derive(Clone, Debug)]
pub struct Acting {
    /// Where: nothing of another guild is seen or changed.
    guild: Id<GuildMarker>,
    /// Who.
    actor: Actor,
    /// By what; the same thing done once more by the same origin changes nothing.
    origin: Origin,
    /// When.
    now: Timestamp,
    /// The language of what the guild reads of it.
    language: Language,
    /// The language in which whoever acts writes what others read: the guild's, unless it has none of its own and they read
    /// another.
    writes_in: Language,
    /// In which channel, if it is in one.
    channel: Option<Id<ChannelMarker>>,
    /// The message whose button or menu was used, if it was one: the answer takes its place.
    message: Option<Id<MessageMarker>>,
    /// When calls to Discord must be done.
    deadline: Instant,
    /// Cancelled when whoever acts has their answer, if somebody waits for one: what would overtake it waits for this.
    answered: Option<CancellationToken>,
    /// What the door knows of channels, roles and members, so that Discord need not be asked.
    known: Known,
    recorder: Recorder,
}

/// Who does something.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A member of the guild.
    Person(Person),
    /// The bot by itself.
    Bot,
    /// A program with a key, by the key's name. It may what admins may.
    Key(String),
}

impl Acting {
    /// A member who does something of `feature` now, as the log channel names it. Ask for it before a transaction begins: it
    /// may need a connection.
    ///
    /// Whether the feature that they mean is on, its operations look ([`Switch`]).
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn member(
        app: &App,
        guild: Id<GuildMarker>,
        feature: &'static str,
        member: Member,
        origin: Origin,
        now: Timestamp,
    ) -> anyhow::Result<Acting> {
        let system = app.settings.get::<System>(guild).await?;
        let administers = member.administers(&app.config.owner_ids, system.admin_role);
        let actor = Actor::Person(Person::of(member, administers, now));
        Ok(Acting::of(guild, actor, origin, now, Recorder::new(&system, guild, feature, now)))
    }

    /// A user who does something of `feature` now, with the roles that they have by then, as Discord says: who has left has none, and
    /// no operation of a feature does anything for them.
    ///
    /// # Errors
    /// If the database or Discord does not answer.
    pub async fn of_user(
        app: &App,
        guild: Id<GuildMarker>,
        feature: &'static str,
        user: Id<UserMarker>,
        origin: Origin,
        now: Timestamp,
    ) -> anyhow::Result<Acting> {
        let nobody = Member::nobody(user);
        let acting = Acting::member(app, guild, feature, nobody, origin.clone(), now).await?;
        match acting.find_member(app, user).await? {
            Some(found) => Acting::member(app, guild, feature, found.member, origin, now).await,
            None => Ok(acting.of_absent()),
        }
    }

    /// Somebody who looks at pages, with the roles that they had within the last half minute, as Discord said; whether they are
    /// in the guild, [`Acting::is_present`] tells.
    ///
    /// # Errors
    /// If the database or Discord does not answer: then they may nothing.
    pub async fn of_visitor(
        app: &App,
        guild: Id<GuildMarker>,
        feature: &'static str,
        (user, name): (Id<UserMarker>, &str),
        origin: Origin,
        now: Timestamp,
    ) -> anyhow::Result<Acting> {
        let deadline = Instant::now() + CALL_TIME;
        let found = app.discord.guild(guild).find_member_lately(user, deadline).await?;
        let is_present = found.is_some();
        let member = match found {
            Some((found, permissions)) => Member::found(user, found, permissions),
            None => Member::nobody(user),
        };
        let member = Member { name: name.to_owned(), ..member };
        let acting = Acting::member(app, guild, feature, member, origin, now).await?;
        Ok(if is_present { acting } else { acting.of_absent() })
    }

    /// Whether they are in the guild, as far as anybody asked.
    pub fn is_present(&self) -> bool {
        self.person().is_none_or(Person::is_present)
    }

    /// Why nothing is done here for them whatever it is, as far as anybody asked.
    pub fn barred(&self) -> Option<Barred> {
        let person = self.person()?;
        match person.silent_until() {
            _ if !person.is_present() => Some(Barred::Absent),
            until => until.map(|until| Barred::Silent { until }),
        }
    }

    fn of_absent(self) -> Acting {
        let actor = match self.actor {
            Actor::Person(person) => Actor::Person(person.absent()),
            actor => actor,
        };
        Acting { actor, ..self }
    }

    /// The bot by itself, for `feature`.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn bot(
        app: &App,
        guild: Id<GuildMarker>,
        feature: &'static str,
        origin: Origin,
        now: Timestamp,
    ) -> anyhow::Result<Acting> {
        Ok(Acting::of(guild, Actor::Bot, origin, now, app.recorder(guild, feature, now).await?))
    }

    /// A program that has the key called `name`.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn key(
        app: &App,
        guild: Id<GuildMarker>,
        feature: &'static str,
        name: &str,
        origin: Origin,
        now: Timestamp,
    ) -> anyhow::Result<Acting> {
        Ok(Acting::of(guild, Actor::Key(storable(name)), origin, now, app.recorder(guild, feature, now).await?))
    }

    fn of(guild: Id<GuildMarker>, actor: Actor, origin: Origin, now: Timestamp, recorder: Recorder) -> Acting {
        let deadline = Instant::now() + CALL_TIME;
        let (channel, message, answered) = (None, None, None);
        let (known, language) = (Known::default(), recorder.language());
        let writes_in = language;
        Acting { guild, actor, origin, now, language, writes_in, channel, message, deadline, answered, known, recorder }
    }

    /// The same by another origin: what one message or request asks for is done once, and the next one's once more.
    pub fn by(&self, origin: Origin) -> Acting {
        Acting { origin, ..self.clone() }
    }

    /// Says in which channel it is done. That is no more than where a thing goes of which nobody says where; what may be done
    /// there is looked at as anywhere.
    pub fn set_channel(&mut self, channel: Option<Id<ChannelMarker>>) {
        self.channel = channel;
    }

    /// Says in which language whoever acts writes what others read, where the guild has not chosen one. Who says a wrong one
    /// only has their words offered to readers of that.
    pub fn set_writes_in(&mut self, language: Language) {
        self.writes_in = language;
    }

    /// Says until when calls to Discord may take. Who waits longer only hears later.
    pub fn set_deadline(&mut self, deadline: Instant) {
        self.deadline = deadline;
    }

    /// The same with what Discord was asked of the guild and a channel, by a job that has asked for many at once.
    pub(crate) fn having_asked(mut self, granted: Granted, channel: Option<KnownChannel>) -> Acting {
        self.known.granted = Some(granted);
        self.known.channels.extend(channel);
        self
    }

    /// The same with what an interaction says of itself: what Discord names in it, the message whose button was used, and who
    /// waits for an answer.
    pub(crate) fn through_interaction(
        self,
        known: Known,
        message: Option<Id<MessageMarker>>,
        answered: CancellationToken,
    ) -> Acting {
        Acting { known, message, answered: Some(answered), ..self }
    }

    /// Where: nothing of another guild is seen or changed.
    pub fn guild(&self) -> Id<GuildMarker> {
        self.guild
    }

    /// Who.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// By what.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// When.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The language of what the guild reads of it.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The language in which whoever acts writes what others read.
    pub fn writes_in(&self) -> Language {
        self.writes_in
    }

    /// In which channel, if it is in one.
    pub fn channel(&self) -> Option<Id<ChannelMarker>> {
        self.channel
    }

    /// The message whose button or menu was used, if it was one: the answer takes its place.
    pub fn message(&self) -> Option<Id<MessageMarker>> {
        self.message
    }

    /// When calls to Discord must be done.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// The user, if a person acts.
    pub fn user(&self) -> Option<Id<UserMarker>> {
        self.person().map(|person| person.member().id)
    }

    /// The member, if a person acts.
    pub fn person(&self) -> Option<&Person> {
        match &self.actor {
            Actor::Person(person) => Some(person),
            Actor::Bot | Actor::Key(_) => None,
        }
    }

    /// The program, if no person acts.
    pub fn program(&self) -> Option<Program> {
        match &self.actor {
            Actor::Person(_) => None,
            Actor::Bot => Some(Program::Bot),
            Actor::Key(name) => Some(Program::Key(name.clone())),
        }
    }

    /// By which it is known whether whoever acts has done this before; nothing if nobody asks.
    pub fn origin_key(&self) -> Option<String> {
        self.key_of(&self.origin)
    }

    /// By which it is known whether whoever acts has done this deed to one row before, where the row's own table keeps it: what
    /// one request asks for are several deeds. It is a digest: a deed may name people, who are not to stand there for ever.
    pub fn deed_key(&self, deed: &str) -> Option<String> {
        // Neither holds what the other begins with. A migration has made the same of what older versions stored.
        Some(origin::key_of_deed(&format!("{deed} {}", self.origin_key()?)))
    }

    /// The same of another origin, by which whoever acts has named something. What one person or program names is nothing to
    /// another, even if they make up the same key of a request.
    pub fn key_of(&self, origin: &Origin) -> Option<String> {
        origin.key(&self.actor)
    }

    /// Who acts, and where: by this it is known again for whom something was found or checked.
    pub fn sender(&self) -> Sender {
        Sender::of(self.guild, &self.actor)
    }

    /// Whether whoever acts may change what the bot does here.
    pub fn administers(&self) -> bool {
        match &self.actor {
            Actor::Person(person) => person.administers(),
            Actor::Bot | Actor::Key(_) => true,
        }
    }

    /// # Errors
    /// [`NotAdmin`].
    pub fn require_admin(&self) -> Result<(), NotAdmin> {
        if self.administers() { Ok(()) } else { Err(NotAdmin) }
    }

    /// Whether whoever acts has one of `roles`, or administers.
    pub fn has_any(&self, roles: &[Id<RoleMarker>]) -> bool {
        self.administers() || self.person().is_some_and(|person| person.member().has_any(roles))
    }

    /// Puts what is done on record, in the transaction that does it, as far as the guild wants to read it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn record(&self, tx: impl PgExecutor<'_>, entry: &Entry) -> anyhow::Result<()> {
        self.recorder.write(tx, entry).await
    }

    /// The same of an entry that waits for what is known only later ([`Recorder::write_waiting`]).
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn record_waiting(&self, tx: impl PgExecutor<'_>, entry: &Entry, what: &str) -> anyhow::Result<()> {
        self.recorder.write_waiting(tx, entry, what).await
    }

    /// The same of an entry that is read after those which wait for `what` ([`Recorder::write_following`]).
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn record_following(&self, tx: impl PgExecutor<'_>, entry: &Entry, what: &str) -> anyhow::Result<()> {
        self.recorder.write_following(tx, entry, what).await
    }

    /// Does `next` in the background once whoever acts has their answer; at once if nobody waits for one.
    pub fn once_answered(&self, app: &App, next: impl FnOnce(&App) + Send + 'static) {
        app.once_answered(self.answered.clone(), next);
    }

    /// Posts what was put on record, once whoever acts has their answer.
    pub fn post_log(&self, app: &App) {
        // By then what wrote the entries is committed.
        let guild = self.guild;
        self.once_answered(app, move |app| app.post_log(guild));
    }

    /// Of which feature what is done is, as the log channel names it.
    pub fn feature(&self) -> &'static str {
        self.recorder.feature()
    }

    /// An entry, if the guild wants to read it: for a statement that stores it together with what happened.
    pub fn if_wanted<'a>(&self, entry: &'a Entry) -> Option<&'a Entry> {
        self.recorder.if_wanted(entry)
    }
}

/// For how long it is known what was done by which origin: interactions live for minutes, and programs that repeat a request
/// do so within a day or two.
const REMEMBER_DONE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Forgets by which origins things were done long ago.
///
/// # Errors
/// If the database does not answer.
pub async fn forget_done(app: &App, now: Timestamp) -> anyhow::Result<()> {
    Ok(store::delete_done(&app.db, now - REMEMBER_DONE).await?)
}
