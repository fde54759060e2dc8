//! Writing the table `reminder`: making, changing, pausing and deleting.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

use super::Result;
use crate::db::{db_id, id};
use crate::reminders::schedule::Fire;
use crate::reminders::{Checked, Content, Draft, Maker, Problem, Reminder, Timing};

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
    /// The number of the reminder that was made by the same.
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
                      and (coalesce(origin, 'interaction:' || interaction_id::text) = $2
                           -- An older version wrote every id as that of an interaction.
                           or interaction_id = $3)
                    limit 1) as made,
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
    )
    .fetch_one(db)
    .await?;
    Ok(Before {
        last_number: row.last_number.unwrap_or(0),
        made: row.made,
        live: row.live,
        template: row.template.and_then(|content| serde_json::from_value(content).ok()),
    })
}

/// What the log channel is told in the statement that does it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// By which feature.
    pub feature: &'a str,
    /// How important it is.
    pub level: &'a str,
    /// A line.
    pub title: &'a str,
    /// Markdown.
    pub description: &'a str,
}

/// A reminder that is to be stored.
#[derive(Clone, Copy, Debug)]
pub struct NewReminder<'a> {
    /// By what it is made.
    pub maker: &'a Maker,
    /// What it is.
    pub draft: &'a Checked,
    /// When it is said first.
    pub next: Fire,
    /// When it is made.
    pub now: Timestamp,
}

/// Stores a reminder that is new after the number `last`, and tells the log channel. `false` if somebody else made one since
/// that was the latest: what was read then may be different now.
pub async fn insert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    last: i32,
    NewReminder { maker, draft, next, now }: NewReminder<'_>,
    told: Option<Told<'_>>,
) -> Result<bool> {
    let Draft { content, timing: Timing { schedule, said }, creator, snoozes } = draft.draft();
    let done = sqlx::query!(
        "with numbered as (
             insert into reminder_counter (guild_id, last_number)
             values ($1, 1)
             on conflict (guild_id) do update set last_number = $2::integer + 1
              where reminder_counter.last_number = $2
             returning last_number
         ), told as (
             insert into log_entry (guild_id, feature, level, title, description, created_at)
             select $1, $25, $26, $27, $28, $23
               from numbered
              where $25::text is not null
         )
         insert into reminder (guild_id, number, interaction_id, creator_user_id, name, body, channel_id, place, image_url,
                               source_url, mentions, is_event, zone, first_clock, repeats, ends_at, leads, said,
                               next_due_at, next_moment_at, next_lead, snoozes, created_at, updated_at, origin)
         select $1, last_number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                $22, $23, $23, $24
           from numbered",
        db_id(guild),
        last,
        maker.id,
        db_id(*creator),
        content.name,
        content.body,
        content.channel.map(db_id),
        content.place,
        content.image,
        content.source,
        json!(content.mentions),
        content.is_event,
        schedule.zone_name(),
        schedule.first.to_string(),
        schedule.repeat.as_ref().map(|repeat| json!(repeat)),
        schedule.ends_at.map(|at| at.to_sqlx()) as _,
        &content.leads,
        said,
        next.due_at.to_sqlx() as _,
        next.moment_at.to_sqlx() as _,
        next.lead,
        *snoozes,
        now.to_sqlx() as _,
        maker.key,
        told.map(|told| told.feature) as Option<&str>,
        told.map(|told| told.level) as Option<&str>,
        told.map(|told| told.title) as Option<&str>,
        told.map(|told| told.description) as Option<&str>,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Into what a reminder is changed.
#[derive(Clone, Copy, Debug)]
pub struct ChangedReminder<'a> {
    /// By what it is set, so that the same sets it no second time; nothing leaves it as it is.
    pub origin: Option<&'a str>,
    /// What it is.
    pub draft: &'a Checked,
    /// When it is said next.
    pub next: Option<Fire>,
    /// When it is changed.
    pub now: Timestamp,
}

/// Writes a reminder over the revision `before`, and tells the log channel. `false` if somebody else was faster.
pub async fn update(
    db: impl PgExecutor<'_>,
    before: &Reminder,
    ChangedReminder { origin, draft, next, now }: ChangedReminder<'_>,
    told: Option<Told<'_>>,
) -> Result<bool> {
    let Draft { content, timing: Timing { schedule, said }, .. } = draft.draft();
    let done = sqlx::query!(
        "with changed as (
             update reminder
                set name = $4, body = $5, channel_id = $6, place = $7, image_url = $8, source_url = $9, mentions = $10,
                    is_event = $11, zone = $12, first_clock = $13, repeats = $14, ends_at = $15, leads = $16, said = $17,
                    next_due_at = $18, next_moment_at = $19, next_lead = $20, revision = revision + 1, updated_at = $21,
                    origin = coalesce($22, origin)
              where guild_id = $1
                and number = $2
                and revision = $3
             returning number
         ), told as (
             insert into log_entry (guild_id, feature, level, title, description, created_at)
             select $1, $23, $24, $25, $26, $21
               from changed
              where $23::text is not null
         )
         select number from changed",
        db_id(before.guild),
        before.number,
        before.revision,
        content.name,
        content.body,
        content.channel.map(db_id),
        content.place,
        content.image,
        content.source,
        json!(content.mentions),
        content.is_event,
        schedule.zone_name(),
        schedule.first.to_string(),
        schedule.repeat.as_ref().map(|repeat| json!(repeat)),
        schedule.ends_at.map(|at| at.to_sqlx()) as _,
        &content.leads,
        said,
        next.map(|fire| fire.due_at.to_sqlx()) as _,
        next.map(|fire| fire.moment_at.to_sqlx()) as _,
        next.map(|fire| fire.lead),
        now.to_sqlx() as _,
        origin,
        told.map(|told| told.feature) as Option<&str>,
        told.map(|told| told.level) as Option<&str>,
        told.map(|told| told.title) as Option<&str>,
        told.map(|told| told.description) as Option<&str>,
    )
    .fetch_optional(db)
    .await?;
    Ok(done.is_some())
}

/// Lets a reminder be silent because somebody wants that, or speak again. `false` if it has another revision.
pub async fn set_paused(
    db: impl PgExecutor<'_>,
    reminder: &Reminder,
    paused: bool,
    next: Option<Fire>,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query!(
        "update reminder
            set paused_at = case when $3 then coalesce(paused_at, $7) end,
                -- Empty is what every version takes for somebody's wish.
                pause_reason = case when $3 then '' end, pause_problem = null,
                next_due_at = $4, next_moment_at = $5, next_lead = $6,
                revision = revision + 1, updated_at = $7
          where guild_id = $1
            and number = $2
            and revision = $8",
        db_id(reminder.guild),
        reminder.number,
        paused,
        next.map(|fire| fire.due_at.to_sqlx()) as _,
        next.map(|fire| fire.moment_at.to_sqlx()) as _,
        next.map(|fire| fire.lead),
        now.to_sqlx() as _,
        reminder.revision,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets a reminder be silent, whatever comes next by its schedule.
pub async fn pause(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    problem: &Problem,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update reminder
            set paused_at = coalesce(paused_at, $4), pause_reason = null, pause_problem = $3,
                revision = revision + 1, updated_at = $4
          where guild_id = $1
            and number = $2",
        db_id(guild),
        number,
        json!(problem),
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Pauses all reminders of a channel that speak, and returns them as they were.
pub async fn pause_channel(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    channel: Id<ChannelMarker>,
    problem: &Problem,
    now: Timestamp,
) -> Result<Vec<(i32, String, Option<Id<UserMarker>>)>> {
    let rows = sqlx::query!(
        "update reminder
            set paused_at = $4, pause_reason = null, pause_problem = $3,
                revision = revision + 1, updated_at = $4
          where guild_id = $1
            and channel_id = $2
            and paused_at is null
            and (next_due_at is not null
                 or exists (select
                              from reminder_occurrence
                             where reminder_occurrence.guild_id = reminder.guild_id
                               and reminder_occurrence.number = reminder.number
                               and state = 'pending'))
         returning number, name, creator_user_id",
        db_id(guild),
        db_id(channel),
        json!(problem),
        now.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.number, row.name, id(row.creator_user_id))).collect())
}

/// Deletes a reminder that still has this revision, with everything that became of it. `false` if it has not.
pub async fn delete(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32, revision: i32) -> Result<bool> {
    let done = sqlx::query!(
        "delete from reminder where guild_id = $1 and number = $2 and revision = $3",
        db_id(guild),
        number,
        revision,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
