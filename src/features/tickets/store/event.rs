//! What happened to a ticket: `ticket_event`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::model::{Event, EventKind, Why};
use super::{Result, source, why};
use crate::db::{db_id, id};
use crate::discord::sent_at;
use crate::settings::Program;

/// Records something that changes nothing else about a ticket as it was read. `false` if it is another one by now, or if the
/// same origin has taken a step with it before.
pub async fn insert_event(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    (number, revision): (i32, i32),
    event: &Event,
    origin: Option<&str>,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query!(
        "with noted as (
             update ticket
                set unsettled = unsettled or $7,
                    settle_at = case when unsettled and problem is null then settle_at else $6 end
              where guild_id = $1
                and number = $2
                and revision = $11
             returning guild_id, number
         )
         insert into ticket_event (guild_id, number, kind, user_id, target_user_id, happened_at, body, why,
                                   source, announced, origin, program)
         select guild_id, number, $3, $4, $5, $6, $8, $9, $10, not $7, $12, $13
           from noted
         on conflict (guild_id, number, origin) where origin is not null do nothing",
        db_id(guild),
        number,
        event.kind.name(),
        event.user.map(db_id),
        event.target.map(db_id),
        now.to_sqlx() as _,
        event.announce,
        event.body,
        event.why.as_ref().map(|why| json!(why)),
        event.source.as_ref().map(|source| json!(source)),
        revision,
        origin,
        event.program.as_ref().map(Program::stored),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Something that happened, with its number.
#[derive(Clone, Debug)]
pub struct Happened {
    pub id: i64,
    pub at: Timestamp,
    /// Those who have heard of it, while others are still to hear.
    pub told: Vec<String>,
    pub event: Event,
}

impl Happened {
    /// When it happened, as people know it: an answer was given when it was written, and is only noticed later.
    pub fn moment(&self) -> Timestamp {
        match self.event.why {
            Some(Why::Answered { message: Some((_, message)) }) => sent_at(message),
            _ => self.at,
        }
    }
}

/// Of what happened to a ticket the newest are read: more than anybody does by hand in years. Of what has to be told the
/// oldest: the rest has its turn when these are told.
const EVENTS: i64 = 1000;

/// What happened to a ticket, oldest first; only what has to be told if `unannounced`.
pub async fn list_events(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    unannounced: bool,
) -> Result<Vec<Happened>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id!", kind as "kind!", user_id, target_user_id,
                  happened_at as "happened_at!: jiff_sqlx::Timestamp", body as "body!", why, source, announced as "announced!", program,
                  told as "told!"
             from ((select id, kind, user_id, target_user_id, happened_at, body, why, source, announced, program, told
                      from ticket_event
                     where guild_id = $1
                       and number = $2
                       and not $3
                     order by id desc
                     limit $4)
                   union all
                   (select id, kind, user_id, target_user_id, happened_at, body, why, source, announced, program, told
                      from ticket_event
                     where guild_id = $1
                       and number = $2
                       and not announced
                       and $3
                     order by id
                     limit $4)) as happened
            order by id"#,
        db_id(guild),
        number,
        unannounced,
        EVENTS,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|mut row| {
            let told = std::mem::take(&mut row.told);
            Some(Happened { id: row.id, at: row.happened_at.to_jiff(), told, event: row.read()? })
        })
        .collect())
}

/// A row of `ticket_event`.
struct Row {
    id: i64,
    kind: String,
    user_id: Option<i64>,
    target_user_id: Option<i64>,
    happened_at: jiff_sqlx::Timestamp,
    body: String,
    why: Option<Value>,
    source: Option<Value>,
    announced: bool,
    program: Option<String>,
    told: Vec<String>,
}

impl Row {
    /// What happened; nothing if this version does not know the like.
    fn read(self) -> Option<Event> {
        let kind = EventKind::named(&self.kind)?;
        // Older versions wrote of whom it reminds as a text.
        let (body, why) = match (Why::of_sentence(&self.body), why(self.why)) {
            (Some(known), None) if kind == EventKind::Reminded => (String::new(), Some(known)),
            (_, why) => (self.body, why),
        };
        Some(Event {
            kind,
            user: self.user_id.and_then(id),
            program: self.program.as_deref().map(Program::read),
            target: self.target_user_id.and_then(id),
            body,
            why,
            source: source(self.source),
            announce: !self.announced,
        })
    }
}

/// What the same origin did to a ticket.
pub async fn find_event_by(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    origin: &str,
) -> Result<Option<Event>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, kind, user_id, target_user_id, happened_at as "happened_at: jiff_sqlx::Timestamp", body, why, source,
                  announced, program, told
             from ticket_event
            where guild_id = $1
              and number = $2
              and origin = $3"#,
        db_id(guild),
        number,
        origin,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(Row::read))
}

/// Notes that one of those who are to hear of something has heard.
pub async fn set_told(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    event: i64,
    who: &str,
) -> Result<()> {
    sqlx::query!(
        "update ticket_event
            set told = array_append(told, $4)
          where guild_id = $1
            and number = $2
            and id = $3
            and not $4 = any(told)",
        db_id(guild),
        number,
        event,
        who,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_announced(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32, event: i64) -> Result<()> {
    sqlx::query!(
        "update ticket_event
            set announced = true
          where guild_id = $1
            and number = $2
            and id = $3",
        db_id(guild),
        number,
        event,
    )
    .execute(db)
    .await?;
    Ok(())
}
