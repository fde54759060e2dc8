//! A ticket as a row: the table `ticket`.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::model::workflow::Turn;
use super::model::{Event, Priority, Problem, Shown, Status, Ticket};
use super::{Result, decode, kind, opt, place_of, source, why};
use crate::db::{db_id, id};
use crate::log_channel::Entry;
use crate::settings::Program;

/// By what a ticket is found in its guild.
#[derive(Clone, Copy, Debug)]
pub enum By {
    Number(i32),
    Channel(Id<ChannelMarker>),
}

/// A ticket of the guild.
pub async fn find(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, by: By) -> Result<Option<Ticket>> {
    let (number, channel) = match by {
        By::Number(number) => (Some(number), None),
        By::Channel(channel) => (None, Some(db_id(channel))),
    };
    let row = sqlx::query!(
        r#"select number, type_id, ticket.user_id, opened_by_user_id, subject, answers, source, revision, status, priority, claimed_by_user_id,
                  escalated_to, called_before, close_requested_by_user_id, closed_by_user_id, close_reason, close_why, rating, rating_comment,
                  opened_at as "opened_at: jiff_sqlx::Timestamp", updated_at as "updated_at: jiff_sqlx::Timestamp",
                  first_response_at as "first_response_at: jiff_sqlx::Timestamp",
                  claimed_at as "claimed_at: jiff_sqlx::Timestamp",
                  close_requested_at as "close_requested_at: jiff_sqlx::Timestamp",
                  close_due_at as "close_due_at: jiff_sqlx::Timestamp",
                  closed_at as "closed_at: jiff_sqlx::Timestamp", archived_at as "archived_at: jiff_sqlx::Timestamp",
                  rated_at as "rated_at: jiff_sqlx::Timestamp",
                  channel_id, is_thread, message_id, shown_revision,
                  creating_since as "creating_since: jiff_sqlx::Timestamp", shut, transcribed, member_told, problem,
                  attempt, name, definition
             from ticket
             join ticket_type on ticket_type.guild_id = ticket.guild_id and ticket_type.id = type_id
            where ticket.guild_id = $1
              and number = coalesce($2, (select number from ticket where guild_id = $1 and channel_id = $3))"#,
        db_id(guild),
        number,
        channel,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let at = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
    Ok(Some(Ticket {
        guild,
        number: row.number,
        kind: kind(row.type_id, row.name, row.definition),
        user: id(row.user_id).ok_or_else(|| decode("member"))?,
        opened_by: row.opened_by_user_id.and_then(id),
        subject: row.subject,
        answers: serde_json::from_value(row.answers).map_err(|_| decode("answers"))?,
        source: source(row.source),
        revision: row.revision,
        status: Status::named(&row.status).ok_or_else(|| decode("status"))?,
        priority: Priority::named(&row.priority).ok_or_else(|| decode("priority"))?,
        claimed_by: row.claimed_by_user_id.and_then(id),
        escalated_to: row.escalated_to.and_then(id),
        called_before: row.called_before.unwrap_or_default().into_iter().filter_map(id).collect(),
        close_requested_by: row.close_requested_by_user_id.and_then(id),
        close_due_at: at(row.close_due_at),
        closed_by: row.closed_by_user_id.and_then(id),
        close_reason: row.close_reason,
        close_why: why(row.close_why),
        rating: row.rating,
        rating_comment: row.rating_comment,
        opened_at: row.opened_at.to_jiff(),
        updated_at: row.updated_at.to_jiff(),
        first_response_at: at(row.first_response_at),
        claimed_at: at(row.claimed_at),
        close_requested_at: at(row.close_requested_at),
        closed_at: at(row.closed_at),
        archived_at: at(row.archived_at),
        rated_at: at(row.rated_at),
        shown: Shown {
            channel: row.channel_id.and_then(id),
            is_thread: row.is_thread,
            message: row.message_id.and_then(id),
            revision: row.shown_revision,
            creating_since: at(row.creating_since),
            shut: row.shut,
            transcribed: row.transcribed,
            member_told: row.member_told,
            problem: row.problem.map(Problem::read),
            attempt: row.attempt,
        },
    }))
}

/// What is left to be done in Discord after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing: the answer is the ticket's message, and nobody has to be told.
    Nothing,
    /// Everything but its message, which the answer is.
    AllButMessage,
    Everything,
    /// Everything, but not at once: the channel goes, and the answer must arrive before that.
    Later,
}

/// How long a channel stays after it was said that it goes.
const DELETION_PAUSE: SignedDuration = SignedDuration::from_secs(5);

/// What a step makes of a ticket.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    pub after: &'a Ticket,
    pub event: &'a Event,
    pub turn: Turn,
    /// Whether what was done when it ended is to be done anew.
    pub forgets_end: bool,
    /// What the log channel reads of it.
    pub entry: Option<&'a Entry>,
    pub left: Left,
    /// By what it is taken; the same takes one step with a ticket.
    pub origin: Option<&'a str>,
}

/// Writes `after` over the revision `before`, with what happened and what the log channel reads of it, in one statement.
/// `false` if somebody else was faster, or if the same origin has taken a step with it before.
///
/// It is long, since it is one statement: three would be three round trips, and a transaction, for what must be answered in
/// two seconds.
pub async fn replace(
    db: impl PgExecutor<'_>,
    before: &Ticket,
    Change { after, event, turn, forgets_end, entry, left, origin }: Change<'_>,
    now: Timestamp,
) -> Result<bool> {
    let shown = matches!(left, Left::Nothing | Left::AllButMessage);
    let pause = if left == Left::Later { DELETION_PAUSE } else { SignedDuration::ZERO };
    let done = sqlx::query!(
        r#"with changed as (
               update ticket
                  set revision = revision + 1,
                      status = $4,
                      priority = $5,
                      claimed_by_user_id = $6,
                      escalated_to = $7,
                      called_before = case when escalated_to is null or escalated_to is not distinct from $7 then called_before
                                           else array_append(coalesce(called_before, '{}'), escalated_to) end,
                      close_requested_by_user_id = $8,
                      close_due_at = $9,
                      closed_by_user_id = $10,
                      close_reason = $11,
                      close_why = $34,
                      rating = $12,
                      rating_comment = $13,
                      subject = $14,
                      -- What was seen meanwhile counts.
                      first_response_at = coalesce(first_response_at, $15),
                      claimed_at = $16,
                      close_requested_at = $17,
                      closed_at = $18,
                      archived_at = $19,
                      rated_at = $20,
                      updated_at = $21,
                      check_at = $21,
                      member_spoke_at = case when $36 then $21 else member_spoke_at end,
                      staff_spoke_at = case when $37 then $21 else staff_spoke_at end,
                      waits_since = case $38::boolean when true then $21 when false then null else waits_since end,
                      member_told = member_told and not $41,
                      transcribed = transcribed and not $41,
                      shown_revision = case when $22 then revision + 1 else shown_revision end,
                      unsettled = unsettled or not $23,
                      -- One that waits for somebody to mend something need not wait any longer.
                      settle_at = case when unsettled and problem is null then settle_at else $33 end,
                      -- An older version would go by what it wrote.
                      delete_at = null,
                      stays = stays and status = 'closed'
                where guild_id = $1
                  and number = $2
                  and revision = $3
                  and not exists (select
                                    from ticket_event
                                   where ticket_event.guild_id = $1
                                     and ticket_event.number = $2
                                     and origin = $39)
               returning guild_id, number
           ), recorded as (
               insert into ticket_event (guild_id, number, kind, user_id, target_user_id, happened_at, from_status,
                                         to_status, body, why, announced, origin, program)
               select guild_id, number, $24, $25, $26, $21, $27, $4, $28, $35, not $29, $39, $40
                 from changed
           ), logged as (
               insert into log_entry (guild_id, feature, level, title, description, created_at, waits_for, waits_until)
               select guild_id, 'tickets', $30, $31, $32, $21, awaited.waits_for, awaited.waits_until
                 from changed
                 -- What is told of the ticket and still waits is read first.
                 left join (select waits_for, waits_until
                              from log_entry
                             where guild_id = $1
                               and waits_for = $42
                               and batch is null
                             limit 1) as awaited on true
                where $30::text is not null
           )
           select number from changed"#,
        db_id(before.guild),
        before.number,
        before.revision,
        after.status.name(),
        after.priority.name(),
        after.claimed_by.map(db_id),
        after.escalated_to.map(db_id),
        after.close_requested_by.map(db_id),
        opt(after.close_due_at) as _,
        after.closed_by.map(db_id),
        after.close_reason,
        after.rating,
        after.rating_comment,
        after.subject,
        opt(after.first_response_at) as _,
        opt(after.claimed_at) as _,
        opt(after.close_requested_at) as _,
        opt(after.closed_at) as _,
        opt(after.archived_at) as _,
        opt(after.rated_at) as _,
        now.to_sqlx() as _,
        shown,
        left == Left::Nothing,
        event.kind.name(),
        event.user.map(db_id),
        event.target.map(db_id),
        (before.status != after.status).then_some(before.status.name()) as Option<&str>,
        event.body,
        event.announce,
        entry.map(|entry| entry.level.name()) as Option<&str>,
        entry.map(|entry| entry.title.as_str()) as Option<&str>,
        entry.map(|entry| entry.description.as_str()) as Option<&str>,
        (now + pause).to_sqlx() as _,
        after.close_why.as_ref().map(|why| json!(why)),
        event.why.as_ref().map(|why| json!(why)),
        turn.member_spoke,
        turn.staff_spoke,
        turn.member_waits,
        origin,
        event.program.as_ref().map(Program::stored),
        forgets_end,
        place_of(before.number),
    )
    .fetch_optional(db)
    .await?;
    Ok(done.is_some())
}

/// Writes down that the staff has spoken, as [`count_tag`](super::count_tag) does.
pub async fn note_turn(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    turn: Turn,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update ticket
            set member_spoke_at = case when $4 then $3 else member_spoke_at end,
                staff_spoke_at = case when $5 then $3 else staff_spoke_at end,
                first_response_at = case when $5 then coalesce(first_response_at, $3) else first_response_at end,
                waits_since = case $6::boolean when true then $3 when false then null else waits_since end
          where guild_id = $1
            and number = $2",
        db_id(guild),
        number,
        now.to_sqlx() as _,
        turn.member_spoke,
        turn.staff_spoke,
        turn.member_waits,
    )
    .execute(db)
    .await
    .map(|_| ())
}
