//! Who acts, where, when and by what: all that an operation needs to know of the door through which somebody came.
//!
//! A door (an interaction, a page, an API call, cron, an import) makes an [`Acting`]. An operation takes `(&App, &Acting,
//! values)`, checks everything by itself, and answers `Result<Done, Failure<Refusal>>`: both are data. What is said about
//! it is the door's affair.

mod once;
mod origin;
mod place;
mod store;
mod switch;

use std::fmt;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use sqlx::PgExecutor;
use tokio_util::sync::CancellationToken;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, RoleMarker, UserMarker};

use crate::app::App;
use crate::db::storable;
use crate::log_channel::{Entry, Recorder};
use crate::settings::{Program, System};
use crate::words::Language;
pub use once::answer_once;
pub use origin::{Origin, Sender};
pub use place::{Known, KnownChannel, KnownMember, KnownMessage, KnownRole, Lack, Place, Whose, may_read};
pub use switch::{Switch, SwitchedOff};

/// How long an operation waits for calls that it makes while somebody waits for it.
const CALL_TIME: Duration = Duration::from_secs(2);

/// Somebody who does something in a guild.
#[derive(Clone, Debug)]
pub struct Acting {
    /// Where: nothing of another guild is seen or changed.
    pub guild: Id<GuildMarker>,
    /// Who.
    pub actor: Actor,
    /// By what; the same thing done once more by the same origin changes nothing.
    pub origin: Origin,
    /// When.
    pub now: Timestamp,
    /// The language of what the guild reads of it.
    pub language: Language,
    /// The language in which whoever acts writes what others read: the guild's, unless it has none of its own and they read
    /// another.
    pub writes_in: Language,
    /// In which channel, if it is in one.
    pub channel: Option<Id<ChannelMarker>>,
    /// The message whose button or menu was used, if it was one: the answer takes its place.
    pub message: Option<Id<MessageMarker>>,
    /// When calls to Discord must be done.
    pub deadline: Instant,
    /// Cancelled when whoever acts has their answer, if somebody waits for one: what would overtake it waits for this.
    pub answered: Option<CancellationToken>,
    /// What the door knows of channels, roles and members, so that Discord need not be asked.
    pub known: Known,
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

/// A member who does something, and what they may.
#[derive(Clone, Debug)]
pub struct Person {
    /// The member as they were at that moment.
    pub member: Member,
    /// Whether they may change what the bot does in this guild.
    pub administers: bool,
}

/// A member, as they were at some moment.
#[derive(Clone, Debug)]
pub struct Member {
    /// The user's id.
    pub id: Id<UserMarker>,
    /// The name others see.
    pub name: String,
    /// Their roles, without @everyone.
    pub roles: Vec<Id<RoleMarker>>,
    /// What they may do in this channel, overwrites included.
    pub permissions: Permissions,
}

/// Why something is not done that somebody may try again otherwise.
///
/// A refusal is data. What is said about it, and in which language, is the affair of the door.
pub trait Refusal {
    /// What a program tells refusals apart by; it never changes.
    fn code(&self) -> &'static str;
}

/// What an operation has done.
///
/// Like a refusal it is data: a door answers and logs the code, whoever it speaks to. Where an operation was done before by the
/// same origin, the code is the same again.
pub trait Outcome {
    /// What a program tells outcomes apart by; it never changes.
    fn code(&self) -> &'static str;
}

/// Why an operation did nothing.
///
/// It is no [`std::error::Error`], so that everything that is one turns into [`Failure::Internal`] through `?`.
pub enum Failure<R> {
    /// It may not be done, or not so.
    Refused(R),
    /// Nothing of its feature is done here, by whatever door.
    Off(SwitchedOff),
    /// We could not.
    Internal(anyhow::Error),
}

impl<R, E: Into<anyhow::Error>> From<E> for Failure<R> {
    fn from(error: E) -> Failure<R> {
        Failure::Internal(error.into())
    }
}

/// Lets `?` make a [`Failure`] of an enum of refusals, and of what is a part of one: `refused_as!(Refusal, Lack =>
/// Refusal::Place)`.
///
/// All refusals at once is more than the compiler takes beside all errors: it cannot know that nothing is both.
macro_rules! refused_as {
    ($refusal:ty $(, $part:ty => $refused:expr)*) => {
        impl From<$refusal> for $crate::acting::Failure<$refusal> {
            fn from(refusal: $refusal) -> Self {
                $crate::acting::Failure::Refused(refusal)
            }
        }
        $(
            impl From<$part> for $crate::acting::Failure<$refusal> {
                fn from(part: $part) -> Self {
                    let refused: fn($part) -> $refusal = $refused;
                    $crate::acting::Failure::Refused(refused(part))
                }
            }
        )*
    };
}

pub(crate) use refused_as;

impl<R> Failure<R> {
    /// The same as part of another operation.
    pub fn map<S>(self, refused: impl FnOnce(R) -> S) -> Failure<S> {
        match self {
            Failure::Refused(refusal) => Failure::Refused(refused(refusal)),
            Failure::Off(off) => Failure::Off(off),
            Failure::Internal(error) => Failure::Internal(error),
        }
    }
}

impl<R: fmt::Debug> fmt::Debug for Failure<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(refusal) => write!(f, "refused: {refusal:?}"),
            Failure::Off(off) => write!(f, "refused: {off:?}"),
            Failure::Internal(error) => write!(f, "{error:?}"),
        }
    }
}

/// Only admins may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAdmin;

impl Refusal for NotAdmin {
    fn code(&self) -> &'static str {
        "not_admin"
    }
}

impl Member {
    /// Whether they may change what the bot does in their guild.
    ///
    /// That is an owner of the bot, whoever has Administrator, and whoever has the guild's admin role. Discord's own
    /// defaults for commands do not count: they do not guard buttons and forms, and servers can change them.
    pub fn administers(&self, owners: &[Id<UserMarker>], admin_role: Option<Id<RoleMarker>>) -> bool {
        owners.contains(&self.id)
            || self.permissions.contains(Permissions::ADMINISTRATOR)
            || admin_role.is_some_and(|role| self.roles.contains(&role))
    }

    /// Whether they have one of `roles`.
    pub fn has_any(&self, roles: &[Id<RoleMarker>]) -> bool {
        roles.iter().any(|role| self.roles.contains(role))
    }
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
        let actor = Actor::Person(Person { member, administers });
        Ok(Acting::of(guild, actor, origin, now, Recorder::new(&system, guild, feature, now)))
    }

    /// A user who does something of `feature` now, with the roles that they have by then, as Discord says: who has left has none.
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
        let member = Member { id: user, name: String::new(), roles: Vec::new(), permissions: Permissions::empty() };
        let acting = Acting::member(app, guild, feature, member, origin.clone(), now).await?;
        match acting.find_member(app, user).await? {
            Some(found) => Acting::member(app, guild, feature, found.member, origin, now).await,
            None => Ok(acting),
        }
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

    /// The user, if a person acts.
    pub fn user(&self) -> Option<Id<UserMarker>> {
        self.person().map(|person| person.member.id)
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
    /// one request asks for are several deeds.
    pub fn deed_key(&self, deed: &str) -> Option<String> {
        // Neither holds what the other begins with.
        Some(format!("{deed} {}", self.origin_key()?))
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
            Actor::Person(person) => person.administers,
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
        self.administers() || self.person().is_some_and(|person| person.member.has_any(roles))
    }

    /// Puts what is done on record, in the transaction that does it, as far as the guild wants to read it.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn record(&self, tx: impl PgExecutor<'_>, entry: &Entry) -> anyhow::Result<()> {
        self.recorder.write(tx, entry).await
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_administers_a_server() {
        let (owner, admin_role, staff_role) = (Id::new(1), Id::new(10), Id::new(11));
        let member = |id: u64, roles: &[Id<RoleMarker>], permissions| Member {
            id: Id::new(id),
            name: "somebody".to_owned(),
            roles: roles.to_vec(),
            permissions,
        };
        let some = Permissions::MANAGE_GUILD | Permissions::MANAGE_ROLES;
        let cases = [
            ("an owner of the bot", member(1, &[], Permissions::empty()), true),
            ("an administrator", member(2, &[], Permissions::ADMINISTRATOR), true),
            ("somebody with the admin role", member(3, &[staff_role, admin_role], Permissions::empty()), true),
            ("somebody with the staff role", member(4, &[staff_role], some), false),
            ("a member", member(5, &[], some), false),
            // In a direct message nobody has roles or permissions.
            ("an owner of the bot in a direct message", member(1, &[], Permissions::empty()), true),
            ("an administrator in a direct message", member(2, &[], Permissions::empty()), false),
            // Another server's admin role is another id.
            ("an admin of another server", member(6, &[Id::new(20)], Permissions::empty()), false),
        ];
        for (who, member, expected) in cases {
            assert_eq!(member.administers(&[owner], Some(admin_role)), expected, "{who}");
        }
        let nobody = member(3, &[admin_role], Permissions::empty());
        assert!(!nobody.administers(&[], None), "no admin role is set");
    }
}
