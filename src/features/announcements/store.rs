//! The tables `announcement` and `announcement_cursor`.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker};

use crate::db::{db_id, id};
use crate::discord::Posted;

type Result<T> = std::result::Result<T, sqlx::Error>;

/// How far a channel was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    pub(super) channel: Id<ChannelMarker>,
    /// Up to where it was read.
    pub(super) message: Id<MessageMarker>,
    /// From where on it is watched: what stood there before was announced to people.
    pub(super) from: Id<MessageMarker>,
    /// Whether the server was told that nothing can be read.
    pub(super) blind: bool,
}

/// A message that was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Which version of it.
    pub(super) edited_at: Option<Timestamp>,
    /// The reminder that was made of it.
    pub(super) reminder: Option<i32>,
    /// What it said of that: see `said`.
    pub(super) said: Vec<i64>,
}

/// A guild may be told to rest for an hour; a clock that was ahead by more must not keep it from being read.
const AHEAD: SignedDuration = SignedDuration::from_hours(2);

/// Guilds that watch a channel and were not looked at since `before`.
pub(super) async fn list_guilds(
    db: impl PgExecutor<'_>,
    before: Timestamp,
    now: Timestamp,
) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select guild_id
           from guild_setting
          where feature = 'announcements'
            and value ->> 'channel' is not null
            and not exists (select
                              from announcement_cursor
                             where announcement_cursor.guild_id = guild_setting.guild_id
                               and checked_at > $1
                               and checked_at < $2)",
        before.to_sqlx(),
        (now + AHEAD).to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Takes a guild's channel to read it, which nobody else does in the same minute. Nothing if somebody does.
///
/// A channel that was not read before is read from `from` on: what stood there already was announced to people.
pub(super) async fn take_cursor(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    from: Id<MessageMarker>,
    before: Timestamp,
    now: Timestamp,
) -> Result<Option<Cursor>> {
    let row = sqlx::query!(
        "insert into announcement_cursor (guild_id, channel_id, message_id, from_message_id, checked_at)
         values ($1, $2, $3, $3, $5)
         on conflict (guild_id) do update
            set channel_id = $2,
                message_id = case when announcement_cursor.channel_id = $2 then announcement_cursor.message_id else $3 end,
                from_message_id =
                    case when announcement_cursor.channel_id = $2 then announcement_cursor.from_message_id else $3 end,
                blind = announcement_cursor.blind and announcement_cursor.channel_id = $2,
                checked_at = $5
          where announcement_cursor.checked_at <= $4
             or announcement_cursor.checked_at >= $6
         returning channel_id, message_id, from_message_id, blind",
        db_id(guild),
        db_id(channel),
        db_id(from),
        before.to_sqlx() as _,
        now.to_sqlx() as _,
        (now + AHEAD).to_sqlx() as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| {
        Some(Cursor {
            channel: id(row.channel_id)?,
            message: id(row.message_id)?,
            from: id(row.from_message_id)?,
            blind: row.blind,
        })
    }))
}

/// Lets nobody look at a guild's channel before `until`; it was told why.
pub(super) async fn pause_until(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, until: Timestamp) -> Result<()> {
    sqlx::query!(
        "update announcement_cursor set checked_at = $2, blind = true where guild_id = $1",
        db_id(guild),
        until.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn move_cursor(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    message: Id<MessageMarker>,
    blind: bool,
) -> Result<()> {
    sqlx::query!(
        "update announcement_cursor
            set message_id = greatest(message_id, $2), blind = $3
          where guild_id = $1",
        db_id(guild),
        db_id(message),
        blind,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is known of a message.
pub(super) async fn find(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    message: Id<MessageMarker>,
) -> Result<Option<Known>> {
    let row = sqlx::query!(
        r#"select edited_at as "edited_at: jiff_sqlx::Timestamp", reminder, said
             from announcement
            where guild_id = $1
              and message_id = $2"#,
        db_id(guild),
        db_id(message),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Known {
        edited_at: row.edited_at.map(jiff_sqlx::Timestamp::to_jiff),
        reminder: row.reminder,
        said: row.said,
    }))
}

/// Notes that this version of a message is dealt with, which reminder was made of it, and what it said of that.
pub(super) async fn upsert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    message: &Posted,
    reminder: Option<i32>,
    said: &[i64],
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into announcement (guild_id, message_id, channel_id, edited_at, read_at, reminder, said)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (guild_id, message_id) do update set edited_at = $4, read_at = $5, reminder = $6, said = $7",
        db_id(guild),
        db_id(message.id),
        db_id(channel),
        message.edited_at.map(|at| at.to_sqlx()) as _,
        now.to_sqlx() as _,
        reminder,
        said,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets which messages were read before `before`.
pub(super) async fn delete_old(db: impl PgExecutor<'_>, before: Timestamp) -> Result<()> {
    sqlx::query!("delete from announcement where read_at < $1", before.to_sqlx()).execute(db).await?;
    Ok(())
}
