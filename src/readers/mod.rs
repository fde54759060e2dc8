//! In which language members read what reaches them when they do nothing, the one in which they were last seen; and by which
//! clocks their times are read, if they have said so.

mod store;

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use moka::future::Cache;
use sqlx::{PgExecutor, PgPool};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use crate::words::Language;

/// Members of whom it is remembered that it is on record; each is about 40 bytes.
const REMEMBERED: u64 = 50_000;

/// It is written down anew after this: so that who is still here is not forgotten, and since meanwhile another instance may
/// have written that they read another language.
const WRITTEN_EVERY: Duration = Duration::from_secs(3600);

/// Who was not seen for so long is forgotten.
const KEPT: SignedDuration = SignedDuration::from_hours(400 * 24);

/// The longest of Discord's locales has six characters (<https://discord.com/developers/docs/reference#locales>).
const LOCALE_CHARS: usize = 16;

/// What is known of the languages of members; nothing is one that nobody speaks here.
pub struct Readers(Cache<(Id<GuildMarker>, Id<UserMarker>), Option<Language>>);

impl Default for Readers {
    fn default() -> Readers {
        Readers(Cache::builder().max_capacity(REMEMBERED).time_to_live(WRITTEN_EVERY).build())
    }
}

impl Readers {
    /// Whether it is news that the Discord of a member is in `locale`.
    pub async fn is_news(&self, guild: Id<GuildMarker>, user: Id<UserMarker>, locale: &str) -> bool {
        self.0.get(&(guild, user)).await != Some(Language::of_locale(locale))
    }

    /// Writes down in which language a member reads. One that nobody speaks here takes the place of another as well: they
    /// read it no longer.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn write(
        &self,
        db: &PgPool,
        (guild, user): (Id<GuildMarker>, Id<UserMarker>),
        locale: &str,
        now: Timestamp,
    ) -> Result<(), sqlx::Error> {
        let language = Language::of_locale(locale);
        let code = language.map_or_else(|| locale.chars().take(LOCALE_CHARS).collect(), |it| it.code().to_owned());
        store::upsert(db, guild, user, &code, now).await?;
        self.0.insert((guild, user), language).await;
        Ok(())
    }
}

/// In which language a member was last seen; nothing if they were not, or nobody speaks it any more.
///
/// # Errors
/// If the database does not answer.
pub async fn find_language(
    db: &PgPool,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<Option<Language>, sqlx::Error> {
    Ok(store::find(db, guild, user).await?.and_then(|code| Language::of_locale(&code)))
}

/// The time zone that a member has chosen; nothing if they have not, or nobody knows it any more.
///
/// # Errors
/// If the database does not answer.
pub async fn find_zone(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<Option<TimeZone>, sqlx::Error> {
    Ok(store::find_zone(db, guild, user).await?.and_then(|name| TimeZone::get(&name).ok()))
}

/// Writes down which time zone a member has chosen, by its name; nothing is that of the server.
///
/// # Errors
/// If the database does not answer.
pub async fn set_zone(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    zone: Option<&str>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    match zone {
        Some(zone) => store::upsert_zone(db, guild, user, zone, now).await,
        None => store::delete_zone(db, guild, user).await,
    }
}

/// Forgets who was not seen for more than a year.
///
/// # Errors
/// If the database does not answer.
pub async fn forget(db: &PgPool, now: Timestamp) -> Result<u64, sqlx::Error> {
    store::delete_before(db, now - KEPT).await
}
