//! The tables `reminder`, `reminder_occurrence` and `reminder_template`.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, InteractionMarker, MessageMarker, UserMarker};

use super::schedule::{Fire, Schedule};
use super::{Content, Draft, Due, Filter, Outcome, Reminder, Timing};
use crate::db::{db_id, id};

type Result<T> = std::result::Result<T, sqlx::Error>;

/// A row of `reminder`.
struct Row {
    guild_id: i64,
    number: i32,
    creator_user_id: i64,
    name: String,
    body: String,
    channel_id: Option<i64>,
    place: String,
    image_url: Option<String>,
    source_url: Option<String>,
    mentions: Value,
    is_event: bool,
    zone: String,
    first_clock: String,
    repeats: Option<Value>,
    ends_at: Option<jiff_sqlx::Timestamp>,
    leads: Vec<i64>,
    said: String,
    next_due_at: Option<jiff_sqlx::Timestamp>,
    next_moment_at: Option<jiff_sqlx::Timestamp>,
    next_lead: Option<i64>,
    paused_at: Option<jiff_sqlx::Timestamp>,
    pause_reason: Option<String>,
    snoozes: Option<i32>,
    revision: i32,
}

impl Row {
    fn read(self) -> Result<Reminder> {
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
                creator: id(self.creator_user_id).ok_or_else(|| odd("member"))?,
                snoozes: self.snoozes,
            },
            next: next.map(|((due_at, moment_at), lead)| Fire { due_at, moment_at, lead }),
            paused: at(self.paused_at).map(|at| (at, self.pause_reason.unwrap_or_default())),
            revision: self.revision,
        })
    }
}

/// The number of the reminder that an interaction made.
pub(super) async fn find_made(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
) -> Result<Option<i32>> {
    sqlx::query_scalar!(
        "select number from reminder where guild_id = $1 and interaction_id = $2",
        db_id(guild),
        db_id(interaction),
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn next_number(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<i32> {
    sqlx::query_scalar!(
        "insert into reminder_counter (guild_id, last_number)
         values ($1, 1)
         on conflict (guild_id) do update set last_number = reminder_counter.last_number + 1
         returning last_number",
        db_id(guild),
    )
    .fetch_one(db)
    .await
}

/// Waits until nobody else makes a reminder in the guild; until the transaction ends nobody does.
pub(super) async fn lock_numbers(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<()> {
    sqlx::query!("select last_number from reminder_counter where guild_id = $1 for update", db_id(guild))
        .fetch_optional(db)
        .await
        .map(drop)
}

/// How many reminders of a member are not done.
pub(super) async fn count_live(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    creator: Id<UserMarker>,
) -> Result<i64> {
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

pub(super) async fn insert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    interaction: Id<InteractionMarker>,
    draft: &Draft,
    next: Fire,
    now: Timestamp,
) -> Result<()> {
    let Draft { content, timing: Timing { schedule, said }, creator, snoozes } = draft;
    sqlx::query!(
        "insert into reminder (guild_id, number, interaction_id, creator_user_id, name, body, channel_id, place, image_url,
                               source_url, mentions, is_event, zone, first_clock, repeats, ends_at, leads, said,
                               next_due_at, next_moment_at, next_lead, snoozes, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                 $23)",
        db_id(guild),
        number,
        db_id(interaction),
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
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes `draft` over the revision `before`. `false` if somebody else was faster.
pub(super) async fn update(
    db: impl PgExecutor<'_>,
    before: &Reminder,
    draft: &Draft,
    next: Option<Fire>,
    now: Timestamp,
) -> Result<bool> {
    let Draft { content, timing: Timing { schedule, said }, .. } = draft;
    let done = sqlx::query!(
        "update reminder
            set name = $4, body = $5, channel_id = $6, place = $7, image_url = $8, source_url = $9, mentions = $10,
                is_event = $11, zone = $12, first_clock = $13, repeats = $14, ends_at = $15, leads = $16, said = $17,
                next_due_at = $18, next_moment_at = $19, next_lead = $20, revision = revision + 1, updated_at = $21
          where guild_id = $1
            and number = $2
            and revision = $3",
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
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn set_paused(
    db: impl PgExecutor<'_>,
    reminder: &Reminder,
    reason: Option<&str>,
    next: Option<Fire>,
    now: Timestamp,
) -> anyhow::Result<bool> {
    let done = sqlx::query!(
        "update reminder
            set paused_at = case when $3::text is null then null else coalesce(paused_at, $7) end,
                pause_reason = $3,
                next_due_at = $4, next_moment_at = $5, next_lead = $6,
                revision = revision + 1, updated_at = $7
          where guild_id = $1
            and number = $2
            and revision = $8",
        db_id(reminder.guild),
        reminder.number,
        reason,
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
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update reminder
            set paused_at = coalesce(paused_at, $4), pause_reason = $3, revision = revision + 1, updated_at = $4
          where guild_id = $1
            and number = $2",
        db_id(guild),
        number,
        reason,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
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

/// A reminder that nobody else changes before the transaction ends.
pub async fn lock(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<Option<Reminder>> {
    let row = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, snoozes, revision
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
                pause_reason, snoozes, revision
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

/// The reminder of a member that repeats `number` a little later and is still to come.
pub async fn find_snooze(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    user: Id<UserMarker>,
) -> Result<Option<Reminder>> {
    let row = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, snoozes, revision
           from reminder
          where guild_id = $1
            and snoozes = $2
            and creator_user_id = $3
            and next_due_at is not null
          order by number desc
          limit 1",
        db_id(guild),
        number,
        db_id(user),
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// A page of reminders, those that come next first, and those that are done last.
pub async fn list(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    filter: &Filter,
    offset: i64,
    limit: i64,
) -> Result<Vec<Reminder>> {
    let rows = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, snoozes, revision
           from reminder
          where guild_id = $1
            and ($2::bigint is null or creator_user_id = $2)
            and ($3::bigint is null or channel_id = $3)
            and ($4 or next_due_at is not null)
            and ($5::text is null or starts_with(number::text, $5) or strpos(lower(name), $5) > 0)
          order by next_due_at nulls last, number desc
         offset $6
          limit $7",
        db_id(guild),
        filter.creator.map(db_id),
        filter.channel.map(db_id),
        filter.done,
        filter.typed,
        offset,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(|row| row.read().ok()).collect())
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
                pause_reason, snoozes, revision
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

/// Reminders, and those that do not read as one, by server and number.
type Locked = (Vec<Reminder>, Vec<(Id<GuildMarker>, i32)>);

/// Locks reminders whose moment has come and that nobody else holds, those that wait longest first.
pub(super) async fn lock_due(db: impl PgExecutor<'_>, now: Timestamp, limit: i64) -> Result<Locked> {
    let rows = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, snoozes, revision
           from reminder
          where next_due_at <= $1
            and paused_at is null
          order by next_due_at
          limit $2
            for update skip locked",
        now.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await?;
    let (mut reminders, mut unreadable) = (Vec::new(), Vec::new());
    for row in rows {
        let (guild, number) = (id(row.guild_id), row.number);
        match row.read() {
            Ok(reminder) => reminders.push(reminder),
            Err(_) => unreadable.extend(guild.map(|guild| (guild, number))),
        }
    }
    Ok((reminders, unreadable))
}

/// Says of each reminder what comes next.
pub(super) async fn move_on(db: impl PgExecutor<'_>, reminders: &[Reminder], nexts: &[Option<Fire>]) -> Result<()> {
    let guilds: Vec<i64> = reminders.iter().map(|reminder| db_id(reminder.guild)).collect();
    let numbers: Vec<i32> = reminders.iter().map(|reminder| reminder.number).collect();
    let due: Vec<Option<jiff_sqlx::Timestamp>> =
        nexts.iter().map(|next| next.map(|fire| fire.due_at.to_sqlx())).collect();
    let moments: Vec<Option<jiff_sqlx::Timestamp>> =
        nexts.iter().map(|next| next.map(|fire| fire.moment_at.to_sqlx())).collect();
    let leads: Vec<Option<i64>> = nexts.iter().map(|next| next.map(|fire| fire.lead)).collect();
    sqlx::query!(
        "update reminder
            set next_due_at = moved.due_at, next_moment_at = moved.moment_at, next_lead = moved.lead
           from unnest($1::bigint[], $2::integer[], $3::timestamptz[], $4::timestamptz[], $5::bigint[])
                as moved (guild_id, number, due_at, moment_at, lead)
          where reminder.guild_id = moved.guild_id
            and reminder.number = moved.number",
        &guilds,
        &numbers,
        &due as _,
        &moments as _,
        &leads as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Makes occurrences of the reminders with these places in `reminders`, held until `until`. Those that exist are left out.
pub(super) async fn insert_occurrences(
    db: impl PgExecutor<'_>,
    reminders: &[Reminder],
    fires: &[(usize, Fire)],
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<(usize, Fire, i64)>> {
    let of = |at: usize| reminders.get(at);
    let places: Vec<i64> = fires.iter().map(|(at, _)| i64::try_from(*at).unwrap_or(0)).collect();
    let guilds: Vec<i64> = fires.iter().filter_map(|(at, _)| Some(db_id(of(*at)?.guild))).collect();
    let numbers: Vec<i32> = fires.iter().filter_map(|(at, _)| Some(of(*at)?.number)).collect();
    let due: Vec<jiff_sqlx::Timestamp> = fires.iter().map(|(_, fire)| fire.due_at.to_sqlx()).collect();
    let moments: Vec<jiff_sqlx::Timestamp> = fires.iter().map(|(_, fire)| fire.moment_at.to_sqlx()).collect();
    let leads: Vec<i64> = fires.iter().map(|(_, fire)| fire.lead).collect();
    let rows = sqlx::query!(
        r#"with due as (
               select *
                 from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::bigint[])
                      as due (place, guild_id, number, due_at, moment_at, lead)
           ), made as (
               insert into reminder_occurrence (guild_id, number, due_at, moment_at, lead, lease_until, taken_at)
               select guild_id, number, due_at, moment_at, lead, $7, $8
                 from due
               on conflict do nothing
               returning guild_id, number, due_at, id
           )
           select place as "place!", due_at as "due_at!", moment_at as "moment_at!", lead as "lead!", made.id
             from made
             join due using (guild_id, number, due_at)
            order by due_at, made.id"#,
        &places,
        &guilds,
        &numbers,
        &due as _,
        &moments as _,
        &leads,
        until.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    let made = rows.into_iter().filter_map(|row| {
        let fire = Fire { due_at: row.due_at.to_jiff(), moment_at: row.moment_at.to_jiff(), lead: row.lead };
        Some((usize::try_from(row.place).ok()?, fire, row.id))
    });
    Ok(made.collect())
}

/// Takes occurrences whose holder is silent, or that are to be tried again, and holds them until `until`.
pub async fn take_left(
    db: impl PgExecutor<'_> + Copy,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Due>> {
    let taken = sqlx::query!(
        "update reminder_occurrence
            set attempt = attempt + 1, lease_until = $2
          where (guild_id, number, due_at) in (
                    select guild_id, number, due_at
                      from reminder_occurrence
                     where state = 'pending'
                       and lease_until <= $1
                     order by lease_until
                     limit $3
                       for update skip locked
                )
         returning guild_id, number, due_at, id, moment_at, lead, attempt, taken_at",
        now.to_sqlx(),
        until.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await?;
    let mut due = Vec::new();
    for row in taken {
        let Some(guild) = id(row.guild_id) else { continue };
        // Few are left behind, so that each may be looked up alone.
        let Ok(Some(reminder)) = find(db, guild, row.number).await else { continue };
        let fire = Fire { due_at: row.due_at.to_jiff(), moment_at: row.moment_at.to_jiff(), lead: row.lead };
        due.push(Due { id: row.id, reminder, fire, attempt: row.attempt, taken_at: row.taken_at.to_jiff() });
    }
    Ok(due)
}

/// Records what became of occurrences that this process holds; those that somebody else took meanwhile stay theirs.
pub async fn set_outcomes(db: impl PgExecutor<'_>, outcomes: &[(Due, Outcome)], now: Timestamp) -> Result<()> {
    let rows: Vec<Value> = outcomes
        .iter()
        .map(|(due, outcome)| {
            let mut row = json!({
                "guild_id": db_id(due.reminder.guild), "number": due.reminder.number, "due_at": due.fire.due_at,
                "attempt": due.attempt, "state": "pending",
            });
            match outcome {
                Outcome::Sent { channel, message, late } => {
                    row["state"] = json!("sent");
                    (row["channel_id"], row["message_id"]) = (json!(db_id(*channel)), json!(message.map(db_id)));
                    (row["late"], row["sent_at"]) = (json!(late), json!(now));
                }
                Outcome::Missed => row["state"] = json!("missed"),
                Outcome::Failed(why) => (row["state"], row["problem"]) = (json!("failed"), json!(why)),
                Outcome::Refused(why) => {
                    (row["state"], row["problem"], row["reported"]) = (json!("failed"), json!(why), json!(true));
                }
                Outcome::Skipped => row["state"] = json!("skipped"),
                Outcome::Again(at) => row["lease_until"] = json!(at),
                Outcome::Back(at) => (row["lease_until"], row["untried"]) = (json!(at), json!(1)),
            }
            row
        })
        .collect();
    sqlx::query!(
        "update reminder_occurrence
            set state = done.state, channel_id = done.channel_id, message_id = done.message_id,
                sent_at = done.sent_at, late = coalesce(done.late, false), problem = done.problem,
                reported = coalesce(done.reported, false),
                attempt = reminder_occurrence.attempt - coalesce(done.untried, 0),
                lease_until = coalesce(done.lease_until, reminder_occurrence.lease_until)
           from jsonb_to_recordset($1)
                as done (guild_id bigint, number integer, due_at timestamptz, attempt integer, state text,
                         channel_id bigint, message_id bigint, sent_at timestamptz, late boolean, problem text,
                         reported boolean, untried integer, lease_until timestamptz)
          where reminder_occurrence.guild_id = done.guild_id
            and reminder_occurrence.number = done.number
            and reminder_occurrence.due_at = done.due_at
            and reminder_occurrence.attempt = done.attempt
            and reminder_occurrence.state = 'pending'",
        Value::Array(rows),
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
    reason: &str,
    now: Timestamp,
) -> Result<Vec<(i32, String, Option<Id<UserMarker>>)>> {
    let rows = sqlx::query!(
        "update reminder
            set paused_at = $4, pause_reason = $3, revision = revision + 1, updated_at = $4
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
        reason,
        now.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.number, row.name, id(row.creator_user_id))).collect())
}

/// Guilds that were not told yet what was missed or failed.
pub async fn list_guilds_to_tell(db: impl PgExecutor<'_>) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from reminder_occurrence
          where state in ('missed', 'failed')
            and not reported",
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Something that was missed or failed.
pub struct Unsaid {
    /// Of which reminder.
    pub number: i32,
    /// What it is called.
    pub name: String,
    /// When it was due.
    pub due_at: Timestamp,
    /// Why it failed; nothing if it was missed.
    pub problem: Option<String>,
}

/// Takes what a guild was not told yet: whoever commits tells it.
pub async fn take_unsaid(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Unsaid>> {
    let rows = sqlx::query!(
        r#"with told as (
               update reminder_occurrence
                  set reported = true
                where guild_id = $1
                  and state in ('missed', 'failed')
                  and not reported
               returning guild_id, number, due_at, problem
           )
           select number, name, due_at, problem
             from told
             join reminder using (guild_id, number)
            order by due_at, number"#,
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    let unsaid = rows.into_iter().map(|row| Unsaid {
        number: row.number,
        name: row.name,
        due_at: row.due_at.to_jiff(),
        problem: row.problem,
    });
    Ok(unsaid.collect())
}

/// A message that was said ahead of a moment at which it has been said meanwhile.
pub struct Outdated {
    /// The server.
    pub guild: Id<GuildMarker>,
    /// Of which reminder.
    pub number: i32,
    /// When it was due.
    pub due_at: Timestamp,
    /// Where it is.
    pub channel: Id<ChannelMarker>,
    /// The message.
    pub message: Id<MessageMarker>,
}

/// Guilds with messages that were said ahead of a moment since `since`.
pub async fn list_outdated_guilds(db: impl PgExecutor<'_>, since: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from reminder_occurrence
          where lead > 0
            and message_id is not null
            and moment_at > $1",
        since.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Messages that were said ahead of a moment that has been said since `since`.
pub async fn list_outdated(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Outdated>> {
    let rows = sqlx::query!(
        r#"select ahead.guild_id, ahead.number, ahead.due_at, ahead.channel_id as "channel_id!",
                  ahead.message_id as "message_id!"
             from reminder_occurrence ahead
             join reminder_occurrence start
               on start.guild_id = ahead.guild_id
              and start.number = ahead.number
              and start.due_at = ahead.moment_at
              and start.lead = 0
              and start.state = 'sent'
            where ahead.lead > 0
              and ahead.message_id is not null
              and ahead.channel_id is not null
              and ahead.moment_at > $1
              and ahead.guild_id = $2
            order by ahead.moment_at
            limit $3"#,
        since.to_sqlx(),
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    let outdated = rows.into_iter().filter_map(|row| {
        Some(Outdated {
            guild: id(row.guild_id)?,
            number: row.number,
            due_at: row.due_at.to_jiff(),
            channel: id(row.channel_id)?,
            message: id(row.message_id)?,
        })
    });
    Ok(outdated.collect())
}

/// Says that the message of an occurrence is gone, or is to stay.
pub async fn forget_message(db: impl PgExecutor<'_>, outdated: &Outdated) -> Result<()> {
    sqlx::query!(
        "update reminder_occurrence
            set message_id = null
          where guild_id = $1
            and number = $2
            and due_at = $3",
        db_id(outdated.guild),
        outdated.number,
        outdated.due_at.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
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

/// Who keeps something under a name, whatever its case, so that nobody else changes it before the transaction ends.
pub async fn lock_template(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &str,
) -> Result<Option<Option<Id<UserMarker>>>> {
    let creator = sqlx::query_scalar!(
        "select creator_user_id
           from reminder_template
          where guild_id = $1
            and lower(name) = lower($2)
            for update",
        db_id(guild),
        name,
    )
    .fetch_optional(db)
    .await?;
    Ok(creator.map(id))
}

/// Keeps a reminder to be made again. `false` if the guild has `max` others.
pub async fn upsert_template(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &str,
    content: &Content,
    creator: Id<UserMarker>,
    now: Timestamp,
    max: i64,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into reminder_template (guild_id, name, content, creator_user_id, created_at)
         select $1, $2, $3, $4, $5
          where (select count(*) from reminder_template where guild_id = $1 and lower(name) <> lower($2)) < $6
         on conflict (guild_id, lower(name)) do update set name = $2, content = $3, creator_user_id = $4",
        db_id(guild),
        name,
        json!(content),
        db_id(creator),
        now.to_sqlx(),
        max,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What is kept under a name, whatever its case.
pub async fn find_template(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, name: &str) -> Result<Option<Content>> {
    let content = sqlx::query_scalar!(
        "select content from reminder_template where guild_id = $1 and lower(name) = lower($2)",
        db_id(guild),
        name,
    )
    .fetch_optional(db)
    .await?;
    Ok(content.and_then(|content| serde_json::from_value(content).ok()))
}

/// Names that contain what was typed.
pub async fn list_templates(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    typed: &str,
    limit: i64,
) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        "select name
           from reminder_template
          where guild_id = $1
            and strpos(lower(name), lower($2)) > 0
          order by lower(name)
          limit $3",
        db_id(guild),
        typed,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Forgets what is kept under a name. `false` if nothing is.
pub async fn delete_template(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, name: &str) -> Result<bool> {
    let done = sqlx::query!(
        "delete from reminder_template where guild_id = $1 and lower(name) = lower($2)",
        db_id(guild),
        name,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
