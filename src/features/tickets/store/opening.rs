//! What stands before a ticket, and the row that opens it.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::model::workflow::Turn;
use super::model::{Before, Event, Kind, Source};
use super::{Result, decode, kind};
use crate::db::db_id;
use crate::settings::Program;

/// Looks at a member before they open a ticket of a kind, and at the kind; nothing if there is none of that number any more.
pub async fn find_before(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    id: i32,
) -> Result<(Option<Kind>, Before)> {
    let row = sqlx::query!(
        r#"select (select reason from ticket_block where guild_id = $1 and user_id = $2) as blocked,
                  (select jsonb_build_array(name, definition)
                     from ticket_type
                    where guild_id = $1
                      and id = $3
                      and removed_at is null) as kind,
                  array(select number
                          from ticket
                         where guild_id = $1
                           and user_id = $2
                           and type_id = $3
                           and status not in ('closed', 'archived')
                         order by number) as "open!",
                  array(select coalesce(channel_id, 0)
                          from ticket
                         where guild_id = $1
                           and user_id = $2
                           and type_id = $3
                           and status not in ('closed', 'archived')
                         order by number) as "open_in!",
                  (select count(*)
                     from ticket
                    where guild_id = $1
                      and user_id = $2
                      and status in ('closed', 'archived')
                      and not is_thread
                      and not stays
                      and channel_id is not null) as "closed!",
                  array(select opened_at
                          from ticket
                         where guild_id = $1
                           and user_id = $2
                         order by opened_at desc
                         limit 5) as "lately!: Vec<jiff_sqlx::Timestamp>",
                  (select max(opened_at)
                     from ticket
                    where guild_id = $1
                      and user_id = $2
                      and type_id = $3
                      and not failed) as "last_opened_at: jiff_sqlx::Timestamp""#,
        db_id(guild),
        db_id(user),
        id,
    )
    .fetch_one(db)
    .await?;
    let found: Option<(String, Value)> =
        row.kind.map(serde_json::from_value).transpose().map_err(|_| decode("kind"))?;
    let before = Before {
        blocked: row.blocked,
        open: row.open.into_iter().zip(row.open_in.into_iter().map(crate::db::id)).collect(),
        closed: row.closed,
        lately: row.lately.into_iter().map(jiff_sqlx::Timestamp::to_jiff).collect(),
        last_opened_at: row.last_opened_at.map(jiff_sqlx::Timestamp::to_jiff),
    };
    Ok((found.map(|(name, definition)| kind(id, name, definition)), before))
}

/// A ticket to be opened.
#[derive(Clone, Debug)]
pub struct NewTicket<'a> {
    pub user: Id<UserMarker>,
    pub kind: i32,
    pub subject: &'a str,
    pub answers: &'a [(String, String)],
    pub source: Option<&'a Source>,
    /// What asked for it; the same opens no second.
    pub origin: Option<&'a str>,
}

/// Takes the next number of the guild. Until the transaction ends, nobody else opens a ticket in it.
pub async fn next_number(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<i32> {
    sqlx::query_scalar!(
        "insert into ticket_counter (guild_id, last_number)
         values ($1, 1)
         on conflict (guild_id) do update set last_number = ticket_counter.last_number + 1
         returning last_number",
        db_id(guild),
    )
    .fetch_one(db)
    .await
}

/// Opens a ticket under a number that [`next_number`] gave, with what happened and whose turn it is.
pub async fn insert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    new: &NewTicket<'_>,
    (event, turn): (&Event, Turn),
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "with opened as (
             insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, origin, subject, answers, source,
                                 opened_at, updated_at, waits_since, check_at, settle_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10,
                     case when $12 then $10::timestamptz end, $10, $10)
             returning guild_id, number
         )
         insert into ticket_event (guild_id, number, kind, user_id, program, happened_at, to_status, announced)
         select guild_id, number, $13, $5, $11, $10, 'open', not $14
           from opened",
        db_id(guild),
        number,
        new.kind,
        db_id(new.user),
        event.user.map(db_id),
        new.origin,
        new.subject,
        json!(new.answers),
        new.source.map(|source| json!(source)),
        now.to_sqlx() as _,
        event.program.as_ref().map(Program::stored),
        turn.member_waits == Some(true),
        event.kind.name(),
        event.announce,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The ticket that something has opened.
pub async fn find_opened_by(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, origin: &str) -> Result<Option<i32>> {
    sqlx::query_scalar!(
        "select number
           from ticket
          where guild_id = $1
            and coalesce(origin, 'interaction:' || interaction_id::text) = $2",
        db_id(guild),
        origin,
    )
    .fetch_optional(db)
    .await
}

/// Says that a ticket never got a channel.
pub async fn set_failed(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<()> {
    sqlx::query!("update ticket set failed = true where guild_id = $1 and number = $2", db_id(guild), number)
        .execute(db)
        .await?;
    Ok(())
}
