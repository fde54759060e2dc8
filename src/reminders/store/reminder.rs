//! Reading the table `reminder`, and forgetting what is old.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::Result;
use crate::db::{comparable, db_id, id};
use crate::reminders::schedule::{Fire, Schedule};
use crate::reminders::{Begin, Content, Draft, Filter, Part, Paused, Place, Problem, Reminder, Timing, Voucher};

/// A row of `reminder`.
pub(super) struct Row {
    pub(super) guild_id: i64,
    pub(super) number: i32,
    pub(super) creator_user_id: i64,
    pub(super) name: String,
    pub(super) body: String,
    pub(super) channel_id: Option<i64>,
    pub(super) place: String,
    pub(super) image_url: Option<String>,
    pub(super) source_url: Option<String>,
    pub(super) mentions: Value,
    pub(super) is_event: bool,
    pub(super) zone: String,
    pub(super) first_clock: String,
    pub(super) repeats: Option<Value>,
    pub(super) ends_at: Option<jiff_sqlx::Timestamp>,
    pub(super) leads: Vec<i64>,
    pub(super) said: String,
    pub(super) next_due_at: Option<jiff_sqlx::Timestamp>,
    pub(super) next_moment_at: Option<jiff_sqlx::Timestamp>,
    pub(super) next_lead: Option<i64>,
    pub(super) paused_at: Option<jiff_sqlx::Timestamp>,
    pub(super) pause_reason: Option<String>,
    pub(super) pause_problem: Option<Value>,
    pub(super) snoozes: Option<i32>,
    pub(super) revision: i32,
    pub(super) voucher_user_id: Option<i64>,
}

impl Row {
    pub(super) fn read(self) -> Result<Reminder> {
        let odd = |what: &str| sqlx::Error::Decode(format!("a reminder's {what}").into());
        let at = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
        let schedule = Schedule {
            // Postgres rounds what is smaller than it keeps; a moment must stay the one that it was.
            first: self
                .first_clock
                .parse::<DateTime>()
                .and_then(|first| first.with().subsec_nanosecond(0).build())
                .map_err(|_| odd("first time"))?,
            zone: TimeZone::get(&self.zone).map_err(|_| odd("zone"))?,
            repeat: self.repeats.map(serde_json::from_value).transpose().map_err(|_| odd("rule"))?,
            ends_at: at(self.ends_at),
        };
        let creator = id(self.creator_user_id).ok_or_else(|| odd("member"))?;
        let voucher = match self.voucher_user_id {
            Some(user) => id(user).map_or(Voucher::Program, Voucher::Member),
            // An older version has not said: it is whose it is.
            None => Voucher::Member(creator),
        };
        let next = at(self.next_due_at).zip(at(self.next_moment_at)).zip(self.next_lead);
        Ok(Reminder {
            guild: id(self.guild_id).ok_or_else(|| odd("server"))?,
            number: self.number,
            draft: Draft {
                content: Content {
                    name: self.name,
                    body: self.body,
                    channel: self.channel_id.and_then(id),
                    place: self.place,
                    image: self.image_url,
                    source: self.source_url,
                    mentions: serde_json::from_value(self.mentions).map_err(|_| odd("mentions"))?,
                    is_event: self.is_event,
                    leads: self.leads,
                },
                timing: Timing { schedule, said: self.said },
                creator,
                snoozes: self.snoozes,
            },
            next: next.map(|((due_at, moment_at), lead)| Fire { due_at, moment_at, lead }),
            paused: at(self.paused_at)
                .map(|since| Paused { since, why: read_problem(self.pause_reason, self.pause_problem) }),
            revision: self.revision,
            voucher,
        })
    }
}

/// Why something was not said: a sentence of an older version, or what this one writes.
pub(super) fn read_problem(sentence: Option<String>, problem: Option<Value>) -> Option<Problem> {
    match sentence {
        // An older version does not empty the column that it does not know: where it wrote, only that counts.
        Some(sentence) if sentence.is_empty() => None,
        Some(sentence) => Some(Problem::Told { sentence }),
        None => problem.map(|problem| serde_json::from_value(problem).unwrap_or(Problem::Unknown)),
    }
}

/// A reminder that nobody else changes before the transaction ends.
pub async fn lock(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<Option<Reminder>> {
    let row = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, pause_problem, snoozes, revision, voucher_user_id
           from reminder
          where guild_id = $1
            and number = $2
            for update",
        db_id(guild),
        number,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// A reminder by its number.
pub async fn find(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<Option<Reminder>> {
    let row = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, pause_problem, snoozes, revision, voucher_user_id
           from reminder
          where guild_id = $1
            and number = $2",
        db_id(guild),
        number,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// Reminders by their numbers, as far as they are there.
pub async fn list_numbered(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, numbers: &[i32]) -> Result<Vec<Reminder>> {
    let rows = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, pause_problem, snoozes, revision, voucher_user_id
           from reminder
          where guild_id = $1
            and number = any($2)
          order by number",
        db_id(guild),
        numbers,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// What putting a reminder off depends on: the reminder `number`, and the one of a member that repeats it a little later and is
/// still to come, as far as they are there.
pub async fn list_snoozed(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    user: Id<UserMarker>,
) -> Result<Vec<Reminder>> {
    let rows = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, pause_problem, snoozes, revision, voucher_user_id
           from reminder
          where guild_id = $1
            and number in ($2,
                           (select max(number)
                              from reminder
                             where guild_id = $1
                               and snoozes = (select coalesce(snoozes, number)
                                                from reminder
                                               where guild_id = $1
                                                 and number = $2)
                               and creator_user_id = $3
                               and next_due_at is not null))",
        db_id(guild),
        number,
        db_id(user),
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Reminders, at most `limit`, those that come next first, and those that are done last.
pub async fn list(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    filter: &Filter,
    begin: Begin,
    limit: usize,
) -> Result<Part> {
    let (offset, after) = match begin {
        Begin::At(offset) => (offset.max(0), None),
        Begin::After(place) => (0, Some(place)),
    };
    let mut rows = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, pause_problem, snoozes, revision, voucher_user_id
           from reminder
          where guild_id = $1
            and ($2::bigint is null or creator_user_id = $2)
            and ($3::bigint is null or channel_id = $3)
            and ($4 or next_due_at is not null)
            and ($5::text is null or starts_with(number::text, $5)
                 -- What is said to somebody alone only they find by its name.
                 or (strpos(lower(name), $5) > 0 and (channel_id is not null or creator_user_id = $8)))
            and ($9::int is null
                 or coalesce(next_due_at, 'infinity') > coalesce($10::timestamptz, 'infinity')
                 or (coalesce(next_due_at, 'infinity') = coalesce($10, 'infinity') and number < $9))
          order by next_due_at nulls last, number desc
         offset $6
          limit $7",
        db_id(guild),
        filter.creator.map(db_id),
        filter.channel.map(db_id),
        filter.done,
        filter.typed,
        offset,
        // One more tells that there are more.
        i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1),
        filter.reader.map(db_id),
        after.map(|place| place.number),
        after.and_then(|place| place.due_at).map(|at| comparable(at).to_sqlx()) as _,
    )
    .fetch_all(db)
    .await?;
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let end = rows
        .last()
        .filter(|_| is_more)
        .map(|row| Place { due_at: row.next_due_at.map(jiff_sqlx::Timestamp::to_jiff), number: row.number });
    let reminders = rows.into_iter().filter_map(|row| row.read().ok()).map(|it| it.as_seen_by(filter.reader));
    Ok(Part { reminders: reminders.collect(), end })
}

/// Reminders after the number `after`, done or not, by their numbers, and the last number that was read: one that does not
/// read as a reminder is left out. Nothing if there are no more.
pub async fn list_after(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    after: i32,
    limit: i64,
) -> Result<Option<(Vec<Reminder>, i32)>> {
    let rows = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, pause_problem, snoozes, revision, voucher_user_id
           from reminder
          where guild_id = $1
            and number > $2
          order by number
          limit $3",
        db_id(guild),
        after,
        limit,
    )
    .fetch_all(db)
    .await?;
    let Some(last) = rows.last().map(|row| row.number) else { return Ok(None) };
    Ok(Some((rows.into_iter().filter_map(|row| row.read().ok()).collect(), last)))
}

/// Guilds with reminders that were done before `before`, or occurrences from before it.
pub async fn list_guilds_with_old(db: impl PgExecutor<'_>, before: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        r#"select guild_id as "guild_id!"
             from reminder
            where next_due_at is null
              and updated_at < $1
            union
           select guild_id
             from reminder_occurrence
            where due_at < $1
              and state <> 'pending'"#,
        before.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Forgets occurrences from before `before`, and reminders that are done since then.
pub async fn delete_old(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, before: Timestamp) -> Result<()> {
    sqlx::query!(
        "with old as (
             delete from reminder_occurrence
              where guild_id = $1
                and due_at < $2
                and state <> 'pending'
          returning 1
         ), noted as (
             insert into forgotten (guild_id, about, before)
             select $1, 'reminders', $2
              where exists (select from old)
                 on conflict (guild_id, about) do update
                set before = greatest(forgotten.before, excluded.before)
         )
         delete from reminder
          where guild_id = $1
            and next_due_at is null
            and updated_at < $2
            and not exists (select
                              from reminder_occurrence
                             where reminder_occurrence.guild_id = reminder.guild_id
                               and reminder_occurrence.number = reminder.number
                               and due_at >= $2)",
        db_id(guild),
        before.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
