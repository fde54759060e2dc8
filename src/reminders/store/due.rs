//! What has come up: taking reminders and their occurrences, and storing what became of them.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::Result;
use super::reminder::{Row, find};
use crate::db::{db_id, id};
use crate::reminders::schedule::Fire;
use crate::reminders::{Due, Outcome, Reminder};

/// Reminders, and those that do not read as one, by server and number.
pub(in crate::reminders) type Locked = (Vec<Reminder>, Vec<(Id<GuildMarker>, i32)>);

/// Locks reminders whose moment has come and that nobody else holds, those that wait longest first: of each guild at most
/// `each`, of those in `full` none.
pub(in crate::reminders) async fn lock_due(
    db: impl PgExecutor<'_>,
    now: Timestamp,
    limit: i64,
    each: i64,
    full: &[Id<GuildMarker>],
) -> Result<Locked> {
    let full: Vec<i64> = full.iter().map(|guild| db_id(*guild)).collect();
    let rows = sqlx::query_as!(
        Row,
        "select guild_id, number, creator_user_id, name, body, channel_id, place, image_url, source_url, mentions, is_event,
                zone, first_clock, repeats, ends_at, leads, said, next_due_at, next_moment_at, next_lead, paused_at,
                pause_reason, pause_problem, snoozes, revision, voucher_user_id
           from reminder
          where next_due_at <= $1
            and paused_at is null
            and (guild_id, number) in (
                    select guild_id, number
                      from (select guild_id, number, next_due_at,
                                   row_number() over (partition by guild_id order by next_due_at) as place
                              from reminder
                             where next_due_at <= $1
                               and paused_at is null
                               and guild_id <> all($4::bigint[])) as waiting
                     where place <= $3
                     order by next_due_at
                     limit $2
                )
          order by next_due_at
            for update skip locked",
        now.to_sqlx(),
        limit,
        each,
        &full,
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
pub(in crate::reminders) async fn move_on(
    db: impl PgExecutor<'_>,
    reminders: &[Reminder],
    nexts: &[Option<Fire>],
) -> Result<()> {
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
pub(in crate::reminders) async fn insert_occurrences(
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

/// Takes occurrences whose holder is silent, or that are to be tried again, and holds them until `until`: of each guild at most
/// `each`, of those in `full` none.
pub async fn take_left(
    db: impl PgExecutor<'_> + Copy,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
    each: i64,
    full: &[Id<GuildMarker>],
) -> Result<Vec<Due>> {
    let full: Vec<i64> = full.iter().map(|guild| db_id(*guild)).collect();
    let taken = sqlx::query!(
        "update reminder_occurrence
            set attempt = attempt + 1, lease_until = $2
          where (guild_id, number, due_at) in (
                    select guild_id, number, due_at
                      from reminder_occurrence
                     where state = 'pending'
                       and lease_until <= $1
                       and id in (
                               select id
                                 from (select id, lease_until,
                                              row_number() over (partition by guild_id order by lease_until) as place
                                         from reminder_occurrence
                                        where state = 'pending'
                                          and lease_until <= $1
                                          and guild_id <> all($5::bigint[])) as waiting
                                where place <= $4
                                order by lease_until
                                limit $3
                           )
                       for update skip locked
                )
         returning guild_id, number, due_at, id, moment_at, lead, attempt, taken_at",
        now.to_sqlx(),
        until.to_sqlx(),
        limit,
        each,
        &full,
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
                Outcome::Failed(why) => (row["state"], row["failure"]) = (json!("failed"), json!(why)),
                Outcome::Refused(why) => {
                    (row["state"], row["failure"], row["reported"]) = (json!("failed"), json!(why), json!(true));
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
                sent_at = done.sent_at, late = coalesce(done.late, false), problem = null, failure = done.failure,
                reported = coalesce(done.reported, false),
                attempt = reminder_occurrence.attempt - coalesce(done.untried, 0),
                lease_until = coalesce(done.lease_until, reminder_occurrence.lease_until)
           from jsonb_to_recordset($1)
                as done (guild_id bigint, number integer, due_at timestamptz, attempt integer, state text,
                         channel_id bigint, message_id bigint, sent_at timestamptz, late boolean, failure jsonb,
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
