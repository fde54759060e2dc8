//! Writing the table `reminder`: making, changing, pausing and deleting.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

use super::Result;
use crate::db::{db_id, id, violates};
use crate::reminders::schedule::Fire;
use crate::reminders::{Checked, Draft, Maker, Problem, Reminder, Timing, Voucher};

impl Voucher {
    /// As it stands in its column: nobody has the id 0.
    fn stored(self) -> i64 {
        match self {
            Voucher::Member(user) => db_id(user),
            Voucher::Program => 0,
        }
    }
}

/// By what something is done once, as `crate::acting` knows it, and what that is answered.
#[derive(Clone, Debug)]
pub struct Once<'a> {
    /// The key of its origin.
    pub origin: &'a str,
    /// What is done.
    pub deed: &'a str,
    /// What is answered when it is repeated.
    pub answer: Value,
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
#[derive(Clone, Debug)]
pub struct NewReminder<'a> {
    /// By what it is made; empty of one that only repeats another, which others may put off further.
    pub maker: &'a Maker,
    /// By what that is done once, if its row does not tell it.
    pub once: Option<Once<'a>>,
    /// What it is.
    pub draft: &'a Checked,
    /// By whose right it speaks.
    pub voucher: Voucher,
    /// When it is said first.
    pub next: Fire,
    /// When it is made.
    pub now: Timestamp,
}

/// Stores a reminder that is new after the number `last`, and tells the log channel. `false` if somebody else made one since
/// that was the latest: what was read then may be different now. So it is if the same has done it meanwhile.
pub async fn insert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    last: i32,
    NewReminder { maker, once, draft, voucher, next, now }: NewReminder<'_>,
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
         ), done as (
             insert into done_once (guild_id, origin, deed, number, answer, done_at)
             select $1, $29, $30, last_number, $31, $23
               from numbered
              where $29::text is not null
         )
         insert into reminder (guild_id, number, interaction_id, creator_user_id, name, body, channel_id, place, image_url,
                               source_url, mentions, is_event, zone, first_clock, repeats, ends_at, leads, said,
                               next_due_at, next_moment_at, next_lead, snoozes, created_at, updated_at, origin,
                               voucher_user_id)
         select $1, last_number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                $22, $23, $23, $24, $32
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
        once.as_ref().map(|once| once.origin) as Option<&str>,
        once.as_ref().map(|once| once.deed) as Option<&str>,
        once.as_ref().map(|once| once.answer.clone()),
        voucher.stored(),
    )
    .execute(db)
    .await;
    match done {
        Err(error) if violates(&error, "done_once_pkey") => Ok(false),
        done => Ok(done?.rows_affected() > 0),
    }
}

/// Into what a reminder is changed.
#[derive(Clone, Debug)]
pub struct ChangedReminder<'a> {
    /// By what that is done once, unless its transaction notes it.
    pub once: Option<Once<'a>>,
    /// What it is.
    pub draft: &'a Checked,
    /// By whose right it speaks.
    pub voucher: Voucher,
    /// When it is said next.
    pub next: Option<Fire>,
    /// When it is changed.
    pub now: Timestamp,
}

/// Writes a reminder over the revision `before`, and tells the log channel. `false` if somebody else was faster, or the same
/// has done it meanwhile.
pub async fn update(
    db: impl PgExecutor<'_>,
    before: &Reminder,
    ChangedReminder { once, draft, voucher, next, now }: ChangedReminder<'_>,
    told: Option<Told<'_>>,
) -> Result<bool> {
    let Draft { content, timing: Timing { schedule, said }, .. } = draft.draft();
    let done = sqlx::query!(
        "with changed as (
             update reminder
                set name = $4, body = $5, channel_id = $6, place = $7, image_url = $8, source_url = $9, mentions = $10,
                    is_event = $11, zone = $12, first_clock = $13, repeats = $14, ends_at = $15, leads = $16, said = $17,
                    next_due_at = $18, next_moment_at = $19, next_lead = $20, revision = revision + 1, updated_at = $21,
                    voucher_user_id = $29
              where guild_id = $1
                and number = $2
                and revision = $3
             returning number
         ), told as (
             insert into log_entry (guild_id, feature, level, title, description, created_at)
             select $1, $22, $23, $24, $25, $21
               from changed
              where $22::text is not null
         ), done as (
             insert into done_once (guild_id, origin, deed, number, answer, done_at)
             select $1, $26, $27, number, $28, $21
               from changed
              where $26::text is not null
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
        told.map(|told| told.feature) as Option<&str>,
        told.map(|told| told.level) as Option<&str>,
        told.map(|told| told.title) as Option<&str>,
        told.map(|told| told.description) as Option<&str>,
        once.as_ref().map(|once| once.origin) as Option<&str>,
        once.as_ref().map(|once| once.deed) as Option<&str>,
        once.as_ref().map(|once| once.answer.clone()),
        voucher.stored(),
    )
    .fetch_optional(db)
    .await;
    match done {
        Err(error) if violates(&error, "done_once_pkey") => Ok(false),
        done => Ok(done?.is_some()),
    }
}

/// Lets the reminder `before` be silent because somebody wants that, or speak again, as it is `after`. `false` if it has another
/// revision by now.
pub async fn set_paused(db: impl PgExecutor<'_>, before: &Reminder, after: &Reminder, now: Timestamp) -> Result<bool> {
    let done = sqlx::query!(
        "update reminder
            set paused_at = case when $3 then coalesce(paused_at, $7) end,
                -- Empty is what every version takes for somebody's wish.
                pause_reason = case when $3 then '' end, pause_problem = null,
                next_due_at = $4, next_moment_at = $5, next_lead = $6,
                revision = revision + 1, updated_at = $7, voucher_user_id = $9
          where guild_id = $1
            and number = $2
            and revision = $8",
        db_id(before.guild),
        before.number,
        after.paused.is_some(),
        after.next.map(|fire| fire.due_at.to_sqlx()) as _,
        after.next.map(|fire| fire.moment_at.to_sqlx()) as _,
        after.next.map(|fire| fire.lead),
        now.to_sqlx() as _,
        before.revision,
        after.voucher.stored(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets a reminder that speaks be silent, whatever comes next by its schedule; who has paused one by hand did so for a reason of
/// their own.
pub async fn pause(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    problem: &Problem,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update reminder
            set paused_at = $4, pause_reason = null, pause_problem = $3,
                revision = revision + 1, updated_at = $4
          where guild_id = $1
            and number = $2
            and paused_at is null",
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

/// Which reminders of somebody are paused, who lost the right by which they speak.
#[derive(Clone, Copy, Debug)]
pub struct Vouched {
    /// By whose right they speak.
    pub user: Id<UserMarker>,
    /// Said where, if not everywhere.
    pub channel: Option<Id<ChannelMarker>>,
    /// Whether those count that only repeat another one a little later.
    pub snoozes: bool,
}

/// Pauses them, as far as they speak. `false` if there are none.
pub async fn pause_vouched(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    Vouched { user, channel, snoozes }: Vouched,
    problem: &Problem,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query!(
        "update reminder
            set paused_at = $4, pause_reason = null, pause_problem = $3,
                revision = revision + 1, updated_at = $4
          where guild_id = $1
            and coalesce(voucher_user_id, creator_user_id) = $2
            and ($5::bigint is null or channel_id = $5)
            and ($6 or snoozes is null)
            and paused_at is null
            and (next_due_at is not null
                 or exists (select
                              from reminder_occurrence
                             where reminder_occurrence.guild_id = reminder.guild_id
                               and reminder_occurrence.number = reminder.number
                               and state = 'pending'))",
        db_id(guild),
        db_id(user),
        json!(problem),
        now.to_sqlx() as _,
        channel.map(db_id),
        snoozes,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
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
