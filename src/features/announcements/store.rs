//! The tables `announcement` and `announcement_cursor`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker};

type Result<T> = std::result::Result<T, sqlx::Error>;

fn db_id<M>(id: Id<M>) -> i64 {
    id.get().cast_signed()
}

fn id<M>(id: i64) -> Option<Id<M>> {
    Id::new_checked(id.cast_unsigned())
}

/// How far a channel was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    pub(super) channel: Id<ChannelMarker>,
    pub(super) message: Id<MessageMarker>,
    pub(super) blind: bool,
}

/// Guilds that watch a channel and were not looked at since `before`.
pub(super) async fn list_guilds(db: impl PgExecutor<'_>, before: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select guild_id
           from guild_setting
          where feature = 'announcements'
            and value ->> 'channel' is not null
            and not exists (select
                              from announcement_cursor
                             where announcement_cursor.guild_id = guild_setting.guild_id
                               and checked_at > $1)",
        before.to_sqlx(),
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
        "insert into announcement_cursor (guild_id, channel_id, message_id, checked_at)
         values ($1, $2, $3, $5)
         on conflict (guild_id) do update
            set channel_id = $2,
                message_id = case when announcement_cursor.channel_id = $2 then announcement_cursor.message_id else $3 end,
                blind = announcement_cursor.blind and announcement_cursor.channel_id = $2,
                checked_at = $5
          where announcement_cursor.checked_at <= $4
         returning channel_id, message_id, blind",
        db_id(guild),
        db_id(channel),
        db_id(from),
        before.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row
        .and_then(|row| Some(Cursor { channel: id(row.channel_id)?, message: id(row.message_id)?, blind: row.blind })))
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

/// Notes that this version of a message is read. Nothing if it was; otherwise the reminder that was made of an older one.
pub(super) async fn upsert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    message: Id<MessageMarker>,
    edited_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<Option<Option<i32>>> {
    sqlx::query_scalar!(
        "insert into announcement (guild_id, message_id, channel_id, edited_at, read_at)
         values ($1, $2, $3, $4, $5)
         on conflict (guild_id, message_id) do update set edited_at = $4, read_at = $5
          where announcement.edited_at is distinct from $4
         returning reminder",
        db_id(guild),
        db_id(message),
        db_id(channel),
        edited_at.map(|at| at.to_sqlx()) as _,
        now.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn set_reminder(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    message: Id<MessageMarker>,
    reminder: i32,
) -> Result<()> {
    sqlx::query!(
        "update announcement set reminder = $3 where guild_id = $1 and message_id = $2",
        db_id(guild),
        db_id(message),
        reminder,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets a version that could not be dealt with, so that the next pass reads it again.
pub(super) async fn delete(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, message: Id<MessageMarker>) -> Result<()> {
    sqlx::query!(
        "delete from announcement where guild_id = $1 and message_id = $2 and reminder is null",
        db_id(guild),
        db_id(message),
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
