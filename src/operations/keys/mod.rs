//! What is done with the keys of programs: made, let count in another server, listed, and revoked.
//!
//! None of it asks whether a feature is on: a key opens what is on.

mod words;

use std::fmt;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::acting::{self, Acting, Actor, Failure, NotAdmin, Outcome, refused_as};
use crate::app::App;
use crate::db::{storable, violates};
use crate::keys::{Key, MOST, NAME, Scopes, Token, store};
use crate::ui::written;

/// More are not listed at once.
const LISTED: i64 = 100;

/// What a key is to be.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What it is called in this server.
    pub name: String,
    /// What it opens, as [`Scopes::parse`] reads it.
    pub scopes: String,
    /// When it ends; nothing is never.
    pub expires_at: Option<Timestamp>,
}

/// A key that was made.
pub struct Created {
    /// What it is known by.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it opens.
    pub scopes: Scopes,
    /// The key, which nobody can show a second time.
    pub secret: SecretString,
}

impl fmt::Debug for Created {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Created").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Outcome for Created {
    fn code(&self) -> &'static str {
        "key_created"
    }
}

/// A key counts in one more server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// What it is called.
    pub name: String,
}

impl Outcome for Granted {
    fn code(&self) -> &'static str {
        "key_granted"
    }
}

/// A key that does not count in this server any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// What it was called.
    pub name: String,
}

impl Outcome for Revoked {
    fn code(&self) -> &'static str {
        "key_revoked"
    }
}

/// Why keys stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only admins have keys made.
    NotAdmin,
    /// A program makes no keys: one that leaks would make others.
    NotForPrograms,
    /// Only an operator lets one key count in several servers.
    OnlyOperators,
    /// It has no name.
    NoName,
    /// The name is too long.
    NameTooLong {
        /// How many characters it may have.
        max: usize,
    },
    /// Another key that counts here is called the same.
    NameTaken,
    /// It would open nothing, or something that there is not.
    UnknownScope {
        /// Which; empty if there is none at all.
        name: String,
    },
    /// It would have ended already.
    Past,
    /// A server has only so many.
    TooMany {
        /// How many that is.
        max: i64,
    },
    /// There is no such key that counts here.
    NoSuchKey,
}

impl acting::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::NotAdmin => NotAdmin.code(),
            Refusal::NotForPrograms => "not_for_programs",
            Refusal::OnlyOperators => "only_operators",
            Refusal::NoName => "no_key_name",
            Refusal::NameTooLong { .. } => "key_name_too_long",
            Refusal::NameTaken => "key_name_taken",
            Refusal::UnknownScope { .. } => "unknown_scope",
            Refusal::Past => "expiry_past",
            Refusal::TooMany { .. } => "too_many_keys",
            Refusal::NoSuchKey => "no_such_key",
        }
    }
}

refused_as!(Refusal, NotAdmin => |_| Refusal::NotAdmin);

/// Makes a key that counts in this server, and shows it: nobody can do so again, so the same is made a second time by no
/// origin, under another name but the same one either.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn create(app: &App, acting: &Acting, wish: Wish) -> Result<Created, Failure<Refusal>> {
    let by_operator = require_maker(acting)?;
    let name = checked_name(app, &wish.name)?;
    let scopes = Scopes::parse(&wish.scopes).map_err(|name| Refusal::UnknownScope { name })?;
    if wish.expires_at.is_some_and(|at| at <= acting.now()) {
        return Err(Refusal::Past.into());
    }
    let token = Token::new()?;
    let entry = words::created(acting, &name, &scopes);
    let mut tx = app.db.begin().await?;
    store::insert(&mut *tx, &token, &name, &scopes, by_operator, wish.expires_at, acting.now()).await?;
    grant_in(&mut tx, acting, &token.id, &name).await?;
    acting.record(&mut *tx, &entry).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Created { id: token.id, name, scopes, secret: token.secret })
}

/// Lets an operator's key count in this server too.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn grant(app: &App, acting: &Acting, key: &str) -> Result<Granted, Failure<Refusal>> {
    if !require_maker(acting)? {
        return Err(Refusal::OnlyOperators.into());
    }
    let name = store::find_operators(&app.db, &storable(key)).await?.ok_or(Refusal::NoSuchKey)?;
    let entry = words::granted(acting, &name);
    let mut tx = app.db.begin().await?;
    grant_in(&mut tx, acting, key, &name).await?;
    acting.record(&mut *tx, &entry).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Granted { name })
}

/// Whether whoever makes keys is an operator, by a program of their own.
fn require_maker(acting: &Acting) -> Result<bool, Refusal> {
    acting.require_admin().map_err(|_| Refusal::NotAdmin)?;
    match acting.actor() {
        Actor::Person(_) => Ok(false),
        Actor::Bot => Ok(true),
        Actor::Key(_) => Err(Refusal::NotForPrograms),
    }
}

/// A name that may be stored, and that is not one of the environment's.
fn checked_name(app: &App, name: &str) -> Result<String, Refusal> {
    let name = written(name).split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Refusal::NoName);
    }
    if name.chars().count() > NAME {
        return Err(Refusal::NameTooLong { max: NAME });
    }
    match app.config.api_keys.iter().any(|key| key.name.eq_ignore_ascii_case(&name)) {
        true => Err(Refusal::NameTaken),
        false => Ok(name),
    }
}

async fn grant_in(tx: &mut sqlx::PgConnection, acting: &Acting, key: &str, name: &str) -> Result<(), Failure<Refusal>> {
    if store::count_living(tx, acting.guild(), acting.now()).await? >= MOST {
        return Err(Refusal::TooMany { max: MOST }.into());
    }
    store::revoke_ended(&mut *tx, acting.guild(), name, acting.now()).await?;
    match store::insert_grant(tx, acting.guild(), key, name, acting.user(), acting.now()).await {
        Ok(()) => Ok(()),
        Err(error) if violates(&error, "api_key_guild_name") || violates(&error, "api_key_guild_pkey") => {
            Err(Refusal::NameTaken.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// The keys of this server, also those that do not count any more, the newest first.
///
/// # Errors
/// [`Refusal::NotAdmin`], or the database does not answer.
pub async fn list(app: &App, acting: &Acting) -> Result<Vec<Key>, Failure<Refusal>> {
    acting.require_admin()?;
    Ok(store::list(&app.db, acting.guild(), LISTED).await?)
}

/// Lets a key count in this server no more, from the next request on; also one that an operator has made.
///
/// # Errors
/// A [`Refusal`], or the database does not answer.
pub async fn revoke(app: &App, acting: &Acting, key: &str) -> Result<Revoked, Failure<Refusal>> {
    require_maker(acting)?;
    let mut tx = app.db.begin().await?;
    let revoked = store::revoke(&mut *tx, acting.guild(), &storable(key), acting.now()).await?;
    let name = revoked.ok_or(Refusal::NoSuchKey)?;
    acting.record(&mut *tx, &words::revoked(acting, &name)).await?;
    tx.commit().await?;
    acting.post_log(app);
    Ok(Revoked { name })
}
