//! What stands before a ticket, and the row that opens it.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, UserMarker};

use super::Result;
use crate::db::db_id;

/// What stands between a member and a new ticket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Before {
    /// Why they are blocked, if they are.
    pub(crate) blocked: Option<String>,
    /// Their open tickets of that type.
    pub(crate) open: Vec<i32>,
    /// When they opened their last one of it.
    pub(crate) last_opened_at: Option<Timestamp>,
}

/// Looks at a member before they open a ticket of a type.
pub(crate) async fn find_before(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    kind: i32,
) -> Result<Before> {
    let row = sqlx::query!(
        r#"select (select reason from ticket_block where guild_id = $1 and user_id = $2) as blocked,
                  array(select number
                          from ticket
                         where guild_id = $1
                           and user_id = $2
                           and type_id = $3
                           and status not in ('closed', 'archived')
                         order by number) as "open!",
                  (select max(opened_at)
                     from ticket
                    where guild_id = $1
                      and user_id = $2
                      and type_id = $3
                      and not failed) as "last_opened_at: jiff_sqlx::Timestamp""#,
        db_id(guild),
        db_id(user),
        kind,
    )
    .fetch_one(db)
    .await?;
    Ok(Before {
        blocked: row.blocked,
        open: row.open,
        last_opened_at: row.last_opened_at.map(jiff_sqlx::Timestamp::to_jiff),
    })
}

/// A ticket to be opened.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) guild: Id<GuildMarker>,
    /// The interaction that asked for it; the same one opens no second.
    pub(crate) interaction: Id<InteractionMarker>,
    pub(crate) user: Id<UserMarker>,
    pub(crate) opened_by: Id<UserMarker>,
    pub(crate) kind: i32,
    pub(crate) subject: String,
    pub(crate) answers: Vec<(String, String)>,
}

/// Takes the next number of the guild. Until the transaction ends, nobody else opens a ticket in it.
pub(crate) async fn next_number(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<i32> {
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

/// Opens a ticket under a number that [`next_number`] gave.
pub(crate) async fn insert(db: impl PgExecutor<'_>, draft: &Draft, number: i32, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "with opened as (
             insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                                 opened_at, updated_at, waits_since, check_at, settle_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9, $9, $9)
             returning guild_id, number
         ), forgotten as (
             delete from ticket_draft
              where guild_id = $1
                and interaction_id = $6
         )
         insert into ticket_event (guild_id, number, kind, user_id, happened_at, to_status)
         select guild_id, number, 'opened', $5, $9, 'open'
           from opened",
        db_id(draft.guild),
        number,
        draft.kind,
        db_id(draft.user),
        db_id(draft.opened_by),
        db_id(draft.interaction),
        draft.subject,
        json!(draft.answers),
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The last number that was given to a ticket: about as many there are.
pub(crate) async fn find_last_number(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Option<i32>> {
    sqlx::query_scalar!("select last_number from ticket_counter where guild_id = $1", db_id(guild))
        .fetch_optional(db)
        .await
}

/// Says that a ticket never got a channel.
pub(crate) async fn set_failed(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<()> {
    sqlx::query!("update ticket set failed = true where guild_id = $1 and number = $2", db_id(guild), number)
        .execute(db)
        .await?;
    Ok(())
}
