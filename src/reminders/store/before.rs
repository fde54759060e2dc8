//! What making a reminder and putting one off depend on.

use serde_json::Value;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Result;
use crate::db::db_id;
use crate::reminders::{Content, Maker};

/// Waits until nobody else makes a reminder in the guild; until the transaction ends nobody does.
///
/// What is counted after that stays true; one who has counted before it finds another number, see [`skip_number`].
pub async fn lock_numbers(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<()> {
    sqlx::query!("select last_number from reminder_counter where guild_id = $1 for update", db_id(guild))
        .fetch_optional(db)
        .await
        .map(drop)
}

/// The same, and gives a number away: whoever has counted before has to count again.
pub async fn skip_number(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<()> {
    sqlx::query!("update reminder_counter set last_number = last_number + 1 where guild_id = $1", db_id(guild))
        .execute(db)
        .await
        .map(drop)
}

/// How many reminders of a member are not done.
pub async fn count_live(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, creator: Id<UserMarker>) -> Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from reminder
            where guild_id = $1
              and creator_user_id = $2
              and next_due_at is not null"#,
        db_id(guild),
        db_id(creator),
    )
    .fetch_one(db)
    .await
}

/// What making a reminder depends on, as it is at one moment.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// The number of the guild's latest reminder.
    pub last_number: i32,
    /// The number of the reminder that was made by the same, unless it only repeats another one. It may be there no more.
    pub made: Option<i32>,
    /// How many reminders of the member are not done.
    pub live: i64,
    /// What is kept under the name of a template.
    pub template: Option<Content>,
}

/// Reads all that making a reminder depends on.
pub async fn find_before(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    maker: &Maker,
    creator: Id<UserMarker>,
    template: Option<&str>,
) -> Result<Before> {
    let row = sqlx::query!(
        r#"select (select last_number from reminder_counter where guild_id = $1) as last_number,
                  (select number
                     from reminder
                    where guild_id = $1
                      and snoozes is null
                      and (coalesce(origin, 'interaction:' || interaction_id::text) = $2
                           -- An older version wrote every id as that of an interaction.
                           or interaction_id = $3)
                    limit 1) as made,
                  (select number
                     from done_once
                    where guild_id = $1
                      and origin = $6
                      and deed = $7) as done,
                  (select count(*)
                     from reminder
                    where guild_id = $1
                      and creator_user_id = $4
                      and next_due_at is not null) as "live!",
                  (select content
                     from reminder_template
                    where guild_id = $1
                      and lower(name) = lower($5)) as template"#,
        db_id(guild),
        maker.key,
        maker.id,
        db_id(creator),
        template,
        maker.once.as_ref().map(|(origin, _)| origin.as_str()) as Option<&str>,
        maker.once.as_ref().map(|(_, deed)| deed.as_str()) as Option<&str>,
    )
    .fetch_one(db)
    .await?;
    Ok(Before {
        last_number: row.last_number.unwrap_or(0),
        made: row.made.or(row.done.and_then(|number| i32::try_from(number).ok())),
        live: row.live,
        template: row.template.and_then(|content| serde_json::from_value(content).ok()),
    })
}

/// What putting a reminder off depends on besides reminders, as it is at one moment.
#[derive(Clone, Debug)]
pub struct BeforeSnooze {
    /// The number of the guild's latest reminder.
    pub last_number: i32,
    /// Whether the reminder has been said, or is being said just now.
    pub is_said: bool,
    /// What the same was answered when it put the reminder off before.
    pub answer: Option<Value>,
}

/// Reads it for the reminder `number`, of which an origin has `origin` and `deed`.
pub async fn find_before_snooze(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    origin: Option<&str>,
    deed: &str,
) -> Result<BeforeSnooze> {
    let row = sqlx::query!(
        r#"select (select last_number from reminder_counter where guild_id = $1) as last_number,
                  exists (select
                            from reminder_occurrence
                           where guild_id = $1
                             and number = $2
                             -- Its row is made when it is due; it may be there to be read before the row says so.
                             and state in ('pending', 'sent')) as "is_said!",
                  (select answer
                     from done_once
                    where guild_id = $1
                      and origin = $3
                      and deed = $4) as answer"#,
        db_id(guild),
        number,
        origin,
        deed,
    )
    .fetch_one(db)
    .await?;
    Ok(BeforeSnooze { last_number: row.last_number.unwrap_or(0), is_said: row.is_said, answer: row.answer })
}
