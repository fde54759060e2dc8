//! What of drafts is to be posted, and where it was.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, MessageMarker, UserMarker};

use super::Result;
use crate::db::{db_id, id};

/// A reply that is to be posted, held under a lease.
#[derive(Clone, Debug)]
pub struct Unsaid {
    /// The draft.
    pub draft: Id<InteractionMarker>,
    /// The ticket.
    pub number: i32,
    /// What it says.
    pub text: String,
    /// Who posts it; nobody once they are forgotten.
    pub by: Option<Id<UserMarker>>,
    /// Since when.
    pub since: Timestamp,
    /// How often it was tried, with this time.
    pub attempt: i32,
}

/// Takes a reply that is to be posted; nothing if somebody else has it, or it stands there.
pub(crate) async fn take(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    draft: Id<InteractionMarker>,
    (now, until): (Timestamp, Timestamp),
) -> Result<Option<Unsaid>> {
    let row = sqlx::query!(
        r#"update reply_draft
              set say_attempt = say_attempt + 1,
                  say_lease_until = $4
            where guild_id = $1
              and id = $2
              and text is not null
              and (say_lease_until is null or say_lease_until <= $3)
           returning number, text as "text!", decided_by_user_id, say_attempt,
                     decided_at as "decided_at!: jiff_sqlx::Timestamp""#,
        db_id(guild),
        db_id(draft),
        now.to_sqlx() as _,
        until.to_sqlx() as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Unsaid {
        draft,
        number: row.number,
        text: row.text,
        by: row.decided_by_user_id.and_then(id),
        since: row.decided_at.to_jiff(),
        attempt: row.say_attempt,
    }))
}

/// Whether a reply is to be posted yet.
pub(crate) async fn is_unsaid(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    draft: Id<InteractionMarker>,
) -> Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select
                            from reply_draft
                           where guild_id = $1
                             and id = $2
                             and text is not null) as "is_unsaid!""#,
        db_id(guild),
        db_id(draft),
    )
    .fetch_one(db)
    .await
}

/// Says that a reply is posted, which keeps its text no longer.
pub(crate) async fn set_said(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    draft: Id<InteractionMarker>,
    message: Option<Id<MessageMarker>>,
) -> Result<()> {
    sqlx::query!(
        "update reply_draft
            set text = null,
                say_lease_until = null,
                message_id = $3
          where guild_id = $1
            and id = $2",
        db_id(guild),
        db_id(draft),
        message.map(db_id),
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Gives a reply back to be tried again at `at`.
pub(crate) async fn set_waiting(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    unsaid: &Unsaid,
    at: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update reply_draft
            set say_lease_until = $4
          where guild_id = $1
            and id = $2
            and say_attempt = $3",
        db_id(guild),
        db_id(unsaid.draft),
        unsaid.attempt,
        at.to_sqlx() as _,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Takes back that a reply was posted: Discord refuses it. Somebody may decide anew.
pub(crate) async fn withdraw(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, unsaid: &Unsaid) -> Result<()> {
    sqlx::query!(
        "update reply_draft
            set outcome = null,
                changed = null,
                decided_at = null,
                decided_by_user_id = null,
                origin = null,
                text = null,
                say_attempt = 0,
                say_lease_until = null
          where guild_id = $1
            and id = $2
            and say_attempt = $3",
        db_id(guild),
        db_id(unsaid.draft),
        unsaid.attempt,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Guilds with replies that are to be posted and nobody holds.
pub(crate) async fn list_guilds(db: impl PgExecutor<'_>, now: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    let rows = sqlx::query_scalar!(
        "select distinct guild_id
           from reply_draft
          where text is not null
            and (say_lease_until is null or say_lease_until <= $1)",
        now.to_sqlx() as _,
    );
    Ok(rows.fetch_all(db).await?.into_iter().filter_map(id).collect())
}

/// Those of a guild, the oldest first, as many as `limit`.
pub(crate) async fn list(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Id<InteractionMarker>>> {
    let rows = sqlx::query_scalar!(
        "select id
           from reply_draft
          where guild_id = $1
            and text is not null
            and (say_lease_until is null or say_lease_until <= $2)
          order by decided_at
          limit $3",
        db_id(guild),
        now.to_sqlx() as _,
        limit,
    );
    Ok(rows.fetch_all(db).await?.into_iter().filter_map(id).collect())
}

/// The messages of a ticket that are replies of the staff, the newest as many as `limit`.
pub(crate) async fn list_messages(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    limit: i64,
) -> Result<Vec<Id<MessageMarker>>> {
    let rows = sqlx::query_scalar!(
        r#"select message_id as "message!"
             from reply_draft
            where guild_id = $1
              and number = $2
              and message_id is not null
            order by message_id desc
            limit $3"#,
        db_id(guild),
        number,
        limit,
    );
    Ok(rows.fetch_all(db).await?.into_iter().filter_map(id).collect())
}
