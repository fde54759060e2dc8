//! Who takes part besides: `ticket_member`.

use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Result;
use crate::db::{db_id, id};

/// Says who should take part in a ticket.
pub async fn upsert_member(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    user: Id<UserMarker>,
    present: bool,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into ticket_member (guild_id, number, user_id, present)
         select $1, $2, $3, $4
          -- Who was never in is not taken out.
          where $4 or exists (select
                                from ticket_member
                               where guild_id = $1
                                 and number = $2
                                 and user_id = $3)
         on conflict (guild_id, number, user_id) do update
            set present = excluded.present, applied = false
          where ticket_member.present <> excluded.present",
        db_id(guild),
        number,
        db_id(user),
        present,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A channel has room for fewer (<https://support.discord.com/hc/en-us/articles/33694251638295>); those that Discord does not
/// know of come first, and the rest after them.
const MEMBERS: i64 = 1000;

/// Who takes part besides the member and the staff, or no longer does, and whether Discord knows.
pub async fn list_members(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
) -> Result<Vec<(Id<UserMarker>, bool, bool)>> {
    let rows = sqlx::query!(
        "select user_id, present, applied
           from ticket_member
          where guild_id = $1
            and number = $2
          order by applied, user_id
          limit $3",
        db_id(guild),
        number,
        MEMBERS,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((id(row.user_id)?, row.present, row.applied))).collect())
}

pub async fn set_member_applied(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    user: Id<UserMarker>,
    present: bool,
) -> Result<()> {
    sqlx::query!(
        "update ticket_member
            set applied = true
          where guild_id = $1
            and number = $2
            and user_id = $3
            and present = $4",
        db_id(guild),
        number,
        db_id(user),
        present,
    )
    .execute(db)
    .await?;
    Ok(())
}
