//! The tables `ticket` and `ticket_*`.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{
    ChannelMarker, GuildMarker, InteractionMarker, MessageMarker, RoleMarker, UserMarker,
};

use super::export;
use super::idle::Seen;
use super::model::{Definition, Event, EventKind, Kind, Priority, Shown, Status, Ticket};
use super::stats::{Numbers, Spread};
use super::transcript::{Form, Packed, Part, Taken, Transcript};
use crate::db::{db_id, id};
use crate::feature::export::Wanted;
use crate::log_channel::Entry;

type Result<T> = std::result::Result<T, sqlx::Error>;

fn decode(what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a ticket's {what}").into())
}

fn opt(at: Option<Timestamp>) -> Option<jiff_sqlx::Timestamp> {
    at.map(|at| at.to_sqlx())
}

/// The types of a guild, in the order in which they were made.
pub(super) async fn list_kinds(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Kind>> {
    let rows = sqlx::query!(
        "select id, name, definition
           from ticket_type
          where guild_id = $1
            and removed_at is null
          order by id",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| kind(row.id, row.name, row.definition)).collect())
}

/// The same with those that were taken away: their tickets may still be there.
pub(super) async fn list_all_kinds(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Kind>> {
    let rows = sqlx::query!("select id, name, definition from ticket_type where guild_id = $1", db_id(guild))
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| kind(row.id, row.name, row.definition)).collect())
}

/// A type that nobody else changes before the transaction ends.
pub(super) async fn lock_kind(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, id: i32) -> Result<Option<Kind>> {
    let row = sqlx::query!(
        "select id, name, definition
           from ticket_type
          where guild_id = $1
            and id = $2
            and removed_at is null
            for update",
        db_id(guild),
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| kind(row.id, row.name, row.definition)))
}

/// The types of a guild, which nobody else changes until the transaction ends.
pub(super) async fn lock_kinds(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Kind>> {
    let rows = sqlx::query!(
        "select id, name, definition
           from ticket_type
          where guild_id = $1
            and removed_at is null
          order by id
            for update",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| kind(row.id, row.name, row.definition)).collect())
}

/// What an older or newer version stored is read as far as it goes.
fn kind(id: i32, name: String, definition: Value) -> Kind {
    Kind { id, name, definition: Definition::read(definition) }
}

/// Makes a type. Nothing if there is one of that name.
pub(super) async fn insert_kind(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &str,
    definition: &Definition,
) -> Result<Option<i32>> {
    sqlx::query_scalar!(
        "insert into ticket_type (guild_id, id, name, definition)
         select $1, coalesce(max(id), 0) + 1, $2, $3
           from ticket_type
          where guild_id = $1
         on conflict do nothing
         returning id",
        db_id(guild),
        name,
        json!(definition),
    )
    .fetch_optional(db)
    .await
}

/// Changes what of a type differs from `before`, which the transaction has locked: what another version stored beside it stays.
pub(super) async fn update_kind(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: &Kind,
    kind: &Kind,
) -> Result<()> {
    let (old, mut new) = (json!(before.definition), json!(kind.definition));
    if let Some(new) = new.as_object_mut() {
        new.retain(|key, value| old.get(key) != Some(value));
    }
    sqlx::query!(
        "update ticket_type
            set name = $3, definition = definition || $4
          where guild_id = $1
            and id = $2",
        db_id(guild),
        kind.id,
        kind.name,
        new,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a type away; tickets that were opened as it keep it.
pub(super) async fn remove_kind(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: i32,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket_type
            set removed_at = $3
          where guild_id = $1
            and id = $2
            and removed_at is null",
        db_id(guild),
        id,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What stands between a member and a new ticket.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Before {
    /// Why they are blocked, if they are.
    pub(super) blocked: Option<String>,
    /// Their open tickets of that type.
    pub(super) open: Vec<i32>,
    /// When they opened their last one of it.
    pub(super) last_opened_at: Option<Timestamp>,
}

/// Looks at a member before they open a ticket of a type.
pub(super) async fn find_before(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    kind: i32,
) -> Result<Before> {
    let row = sqlx::query!(
        r#"select (select reason from ticket_block where guild_id = $1 and user_id = $2) as blocked,
                  array(select number
                          from ticket
                         where guild_id = $1
                           and user_id = $2
                           and type_id = $3
                           and status not in ('closed', 'archived')
                         order by number) as "open!",
                  (select max(opened_at)
                     from ticket
                    where guild_id = $1
                      and user_id = $2
                      and type_id = $3
                      and not failed) as "last_opened_at: jiff_sqlx::Timestamp""#,
        db_id(guild),
        db_id(user),
        kind,
    )
    .fetch_one(db)
    .await?;
    Ok(Before {
        blocked: row.blocked,
        open: row.open,
        last_opened_at: row.last_opened_at.map(jiff_sqlx::Timestamp::to_jiff),
    })
}

/// A ticket to be opened.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) guild: Id<GuildMarker>,
    /// The interaction that asked for it; the same one opens no second.
    pub(super) interaction: Id<InteractionMarker>,
    pub(super) user: Id<UserMarker>,
    pub(super) opened_by: Id<UserMarker>,
    pub(super) kind: i32,
    pub(super) subject: String,
    pub(super) answers: Vec<(String, String)>,
}

/// Takes the next number of the guild. Until the transaction ends, nobody else opens a ticket in it.
pub(super) async fn next_number(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<i32> {
    sqlx::query_scalar!(
        "insert into ticket_counter (guild_id, last_number)
         values ($1, 1)
         on conflict (guild_id) do update set last_number = ticket_counter.last_number + 1
         returning last_number",
        db_id(guild),
    )
    .fetch_one(db)
    .await
}

/// Opens a ticket under a number that [`next_number`] gave.
pub(super) async fn insert(db: impl PgExecutor<'_>, draft: &Draft, number: i32, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "with opened as (
             insert into ticket (guild_id, number, type_id, user_id, opened_by_user_id, interaction_id, subject, answers,
                                 opened_at, updated_at, waits_since, check_at, settle_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9, $9, $9)
             returning guild_id, number
         ), forgotten as (
             delete from ticket_draft
              where guild_id = $1
                and interaction_id = $6
         )
         insert into ticket_event (guild_id, number, kind, user_id, happened_at, to_status)
         select guild_id, number, 'opened', $5, $9, 'open'
           from opened",
        db_id(draft.guild),
        number,
        draft.kind,
        db_id(draft.user),
        db_id(draft.opened_by),
        db_id(draft.interaction),
        draft.subject,
        json!(draft.answers),
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps what a member wrote while they look at answers from the FAQ.
pub(super) async fn insert_draft(db: impl PgExecutor<'_>, draft: &Draft, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "insert into ticket_draft (guild_id, interaction_id, user_id, opened_by_user_id, type_id, subject, answers,
                                   created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing",
        db_id(draft.guild),
        db_id(draft.interaction),
        db_id(draft.user),
        db_id(draft.opened_by),
        draft.kind,
        draft.subject,
        json!(draft.answers),
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a member wrote, with its type.
pub(super) async fn find_draft(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
) -> Result<Option<(Draft, Kind)>> {
    let row = sqlx::query!(
        "select user_id, opened_by_user_id, type_id, subject, answers, name, definition
           from ticket_draft
           join ticket_type on ticket_type.guild_id = ticket_draft.guild_id and ticket_type.id = type_id
          where ticket_draft.guild_id = $1
            and interaction_id = $2
            and removed_at is null",
        db_id(guild),
        db_id(interaction),
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let draft = Draft {
            guild,
            interaction,
            user: id(row.user_id).ok_or_else(|| decode("member"))?,
            opened_by: id(row.opened_by_user_id).ok_or_else(|| decode("member"))?,
            kind: row.type_id,
            subject: row.subject,
            answers: serde_json::from_value(row.answers).map_err(|_| decode("answers"))?,
        };
        Ok((draft, kind(row.type_id, row.name, row.definition)))
    })
    .transpose()
}

/// Forgets a draft that an entry of the FAQ made unnecessary, and counts that. `false` if it was forgotten before.
pub(super) async fn answer_draft(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
    user: Id<UserMarker>,
    entry: i32,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query!(
        "with forgotten as (
             delete from ticket_draft
              where guild_id = $1
                and interaction_id = $2
                and user_id = $3
             returning guild_id
         )
         insert into ticket_answered (guild_id, entry_number, day, times)
         select guild_id, $4, ($5::timestamptz at time zone 'UTC')::date, 1
           from forgotten
         on conflict (guild_id, entry_number, day) do update set times = ticket_answered.times + 1",
        db_id(guild),
        db_id(interaction),
        db_id(user),
        entry,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets drafts and messages that nobody came back to.
pub(super) async fn delete_drafts(db: impl PgExecutor<'_>, before: Timestamp) -> Result<()> {
    sqlx::query!(
        "with forgotten as (delete from ticket_draft where created_at < $1)
         delete from ticket_clipping where created_at < $1",
        before.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a message until its ticket is chosen.
pub(super) async fn insert_clipping(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
    user: Id<UserMarker>,
    author: Option<Id<UserMarker>>,
    body: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into ticket_clipping (guild_id, interaction_id, user_id, author_user_id, body, created_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        db_id(guild),
        db_id(interaction),
        db_id(user),
        author.map(db_id),
        body,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes such a message, and for whom a ticket of it is opened; once.
pub(super) async fn take_clipping(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
    user: Id<UserMarker>,
) -> Result<Option<(String, Option<Id<UserMarker>>)>> {
    let row = sqlx::query!(
        "delete from ticket_clipping
          where guild_id = $1
            and interaction_id = $2
            and user_id = $3
         returning body, author_user_id",
        db_id(guild),
        db_id(interaction),
        db_id(user),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.body, row.author_user_id.and_then(id))))
}

/// By what a ticket is found in its guild.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    Number(i32),
    Channel(Id<ChannelMarker>),
}

/// A ticket of the guild.
pub(super) async fn find(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, by: By) -> Result<Option<Ticket>> {
    let (number, channel) = match by {
        By::Number(number) => (Some(number), None),
        By::Channel(channel) => (None, Some(db_id(channel))),
    };
    let row = sqlx::query!(
        r#"select number, type_id, ticket.user_id, subject, answers, revision, status, priority, claimed_by_user_id,
                  escalated_to, close_requested_by_user_id, closed_by_user_id, close_reason, rating, rating_comment,
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
        subject: row.subject,
        answers: serde_json::from_value(row.answers).map_err(|_| decode("answers"))?,
        revision: row.revision,
        status: Status::named(&row.status).ok_or_else(|| decode("status"))?,
        priority: Priority::named(&row.priority).ok_or_else(|| decode("priority"))?,
        claimed_by: row.claimed_by_user_id.and_then(id),
        escalated_to: row.escalated_to.and_then(id),
        close_requested_by: row.close_requested_by_user_id.and_then(id),
        close_due_at: at(row.close_due_at),
        closed_by: row.closed_by_user_id.and_then(id),
        close_reason: row.close_reason,
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
            problem: row.problem,
            attempt: row.attempt,
        },
    }))
}

/// What is left to be done in Discord after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
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

/// Writes `after` over the revision `before`, with what happened and what the log channel reads of it, in one statement.
/// `false` if somebody else was faster.
///
pub(super) async fn replace(
    db: impl PgExecutor<'_>,
    before: &Ticket,
    after: &Ticket,
    event: &Event,
    entry: Option<&Entry>,
    left: Left,
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
                      close_requested_by_user_id = $8,
                      close_due_at = $9,
                      closed_by_user_id = $10,
                      close_reason = $11,
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
                      -- A button speaks as much as a message does.
                      member_spoke_at = case when $24 = 'kept_open' and $25 = user_id then $21 else member_spoke_at end,
                      staff_spoke_at = case when $24 in ('waiting', 'close_requested') then $21 else staff_spoke_at end,
                      waits_since = case when $24 in ('kept_open', 'reopened') then $21
                                         when $24 in ('waiting', 'close_requested') then null
                                         else waits_since
                                    end,
                      member_told = member_told and $4 in ('closed', 'archived'),
                      transcribed = transcribed and $4 in ('closed', 'archived'),
                      shown_revision = case when $22 then revision + 1 else shown_revision end,
                      unsettled = unsettled or not $23,
                      -- One that waits for somebody to mend something need not wait any longer.
                      settle_at = case when unsettled and problem is null then settle_at else $33 end
                where guild_id = $1
                  and number = $2
                  and revision = $3
               returning guild_id, number
           ), recorded as (
               insert into ticket_event (guild_id, number, kind, user_id, target_user_id, happened_at, from_status,
                                         to_status, body, announced)
               select guild_id, number, $24, $25, $26, $21, $27, $4, $28, not $29
                 from changed
           ), logged as (
               insert into log_entry (guild_id, feature, level, title, description, created_at)
               select guild_id, 'tickets', $30, $31, $32, $21
                 from changed
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
    )
    .fetch_optional(db)
    .await?;
    Ok(done.is_some())
}

/// Records something that changes nothing else about a ticket. `false` if there is no such ticket.
pub(super) async fn insert_event(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    event: &Event,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query!(
        "with noted as (
             update ticket
                set unsettled = unsettled or $7,
                    settle_at = case when unsettled and problem is null then settle_at else $6 end
              where guild_id = $1
                and number = $2
             returning guild_id, number
         )
         insert into ticket_event (guild_id, number, kind, user_id, target_user_id, happened_at, body, announced)
         select guild_id, number, $3, $4, $5, $6, $8, not $7
           from noted",
        db_id(guild),
        number,
        event.kind.name(),
        event.user.map(db_id),
        event.target.map(db_id),
        now.to_sqlx() as _,
        event.announce,
        event.body,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Something that happened, with its number.
#[derive(Clone, Debug)]
pub(super) struct Happened {
    pub(super) id: i64,
    pub(super) at: Timestamp,
    pub(super) event: Event,
}

/// Of what happened to a ticket the newest are read: more than anybody does by hand in years. Of what has to be told the
/// oldest: the rest has its turn when these are told.
const EVENTS: i64 = 1000;

/// What happened to a ticket, oldest first; only what has to be told if `unannounced`.
pub(super) async fn list_events(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    unannounced: bool,
) -> Result<Vec<Happened>> {
    let rows = sqlx::query!(
        r#"select id as "id!", kind as "kind!", user_id, target_user_id,
                  happened_at as "happened_at!: jiff_sqlx::Timestamp", body as "body!", announced as "announced!"
             from ((select id, kind, user_id, target_user_id, happened_at, body, announced
                      from ticket_event
                     where guild_id = $1
                       and number = $2
                       and not $3
                     order by id desc
                     limit $4)
                   union all
                   (select id, kind, user_id, target_user_id, happened_at, body, announced
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
    let happened = rows.into_iter().filter_map(|row| {
        Some(Happened {
            id: row.id,
            at: row.happened_at.to_jiff(),
            event: Event {
                kind: EventKind::named(&row.kind)?,
                user: row.user_id.and_then(id),
                target: row.target_user_id.and_then(id),
                body: row.body,
                announce: !row.announced,
            },
        })
    });
    Ok(happened.collect())
}

pub(super) async fn set_announced(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    event: i64,
) -> Result<()> {
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

/// Takes a ticket that may differ from what Discord shows. Nothing if it does not, or if somebody has it.
pub(super) async fn take_unsettled(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    now: Timestamp,
    lease: SignedDuration,
) -> Result<Option<i32>> {
    sqlx::query_scalar!(
        "update ticket
            set attempt = attempt + 1, settle_at = $4
          where guild_id = $1
            and number = $2
            and unsettled
            and settle_at <= $3
         returning attempt",
        db_id(guild),
        number,
        now.to_sqlx(),
        (now + lease).to_sqlx(),
    )
    .fetch_optional(db)
    .await
}

/// Guilds with tickets that nobody brings up to date.
pub(super) async fn list_unsettled_guilds(db: impl PgExecutor<'_>, now: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from ticket
          where unsettled
            and settle_at <= $1",
        now.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Tickets of a guild that nobody brings up to date, those that wait longest first.
pub(super) async fn list_unsettled(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<i32>> {
    sqlx::query_scalar!(
        "select number
           from ticket
          where guild_id = $1
            and unsettled
            and settle_at <= $2
          order by settle_at
          limit $3",
        db_id(guild),
        now.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await
}

/// Until when somebody holds a ticket, or nobody tries.
pub(super) async fn find_settle_at(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
) -> Result<Option<Timestamp>> {
    let at = sqlx::query_scalar!(
        "select settle_at
           from ticket
          where guild_id = $1
            and number = $2",
        db_id(guild),
        number,
    )
    .fetch_optional(db)
    .await?;
    Ok(at.map(|at| at.to_jiff()))
}

/// Where tickets are: number, channel, and whether a channel may exist that is not known yet.
pub(super) async fn list_places(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    numbers: &[i32],
) -> Result<Vec<(i32, Option<Id<ChannelMarker>>, bool)>> {
    let rows = sqlx::query!(
        r#"select number, channel_id, creating_since is not null as "creating!"
             from ticket
            where guild_id = $1
              and number = any($2)"#,
        db_id(guild),
        numbers,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.number, row.channel_id.and_then(id), row.creating)).collect())
}

/// Keeps what is wrong with a ticket. `false` if that is known.
pub(super) async fn set_problem(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    problem: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket
            set problem = $3
          where guild_id = $1
            and number = $2
            and problem is distinct from $3",
        db_id(guild),
        number,
        problem,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Says that Discord shows what `seen` says. `false` if it has changed since, or somebody else has it.
pub(super) async fn set_settled(db: impl PgExecutor<'_>, seen: &Ticket, problem: Option<&str>) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket
            set unsettled = false, problem = $5
          where guild_id = $1
            and number = $2
            and revision = $3
            and attempt = $4
            and not exists (select
                              from ticket_event
                             where ticket_event.guild_id = $1
                               and ticket_event.number = $2
                               and not announced)
            and not exists (select
                              from ticket_member
                             where ticket_member.guild_id = $1
                               and ticket_member.number = $2
                               and not applied)",
        db_id(seen.guild),
        seen.number,
        seen.revision,
        seen.shown.attempt,
        problem,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Gives a ticket back until `at`.
pub(super) async fn release(
    db: impl PgExecutor<'_>,
    seen: &Ticket,
    at: Timestamp,
    problem: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "update ticket
            set settle_at = $4, problem = coalesce($5, problem)
          where guild_id = $1
            and number = $2
            and attempt = $3",
        db_id(seen.guild),
        seen.number,
        seen.shown.attempt,
        at.to_sqlx(),
        problem,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets the ticket's message be written anew, whatever it shows.
pub(super) async fn set_stale(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update ticket
            set shown_revision = 0,
                settle_at = case when unsettled and problem is null then settle_at else $3 end,
                unsettled = true
          where guild_id = $1
            and number = $2",
        db_id(guild),
        number,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records what of a ticket is in Discord now, all of it. `false` if somebody else has the ticket.
pub(super) async fn update_shown(db: impl PgExecutor<'_>, seen: &Ticket) -> Result<bool> {
    let shown = &seen.shown;
    let done = sqlx::query!(
        "update ticket
            set channel_id = $4, is_thread = $5, message_id = $6, shown_revision = $7, creating_since = $8, shut = $9,
                transcribed = $10, member_told = $11
          where guild_id = $1
            and number = $2
            and attempt = $3",
        db_id(seen.guild),
        seen.number,
        shown.attempt,
        shown.channel.map(db_id),
        shown.is_thread,
        shown.message.map(db_id),
        shown.revision,
        shown.creating_since.map(|at| at.to_sqlx()) as _,
        shown.shut,
        shown.transcribed,
        shown.member_told,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Says who should take part in a ticket.
pub(super) async fn upsert_member(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    user: Id<UserMarker>,
    present: bool,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into ticket_member (guild_id, number, user_id, present)
         values ($1, $2, $3, $4)
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
pub(super) async fn list_members(
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

pub(super) async fn set_member_applied(
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

/// Who may open no tickets, by whom and why; those that were blocked last first.
pub(super) async fn list_blocked(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    limit: i64,
) -> Result<Vec<(Id<UserMarker>, Id<UserMarker>, String, Timestamp)>> {
    let rows = sqlx::query!(
        r#"select user_id, blocked_by_user_id, reason, created_at as "created_at: jiff_sqlx::Timestamp"
             from ticket_block
            where guild_id = $1
            order by created_at desc, user_id
            limit $2"#,
        db_id(guild),
        limit,
    )
    .fetch_all(db)
    .await?;
    let blocked = rows
        .into_iter()
        .filter_map(|row| Some((id(row.user_id)?, id(row.blocked_by_user_id)?, row.reason, row.created_at.to_jiff())));
    Ok(blocked.collect())
}

/// By whom somebody was blocked, and why, so that nobody else changes it before the transaction ends.
pub(super) async fn lock_block(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<Option<(Option<Id<UserMarker>>, String)>> {
    let row = sqlx::query!(
        "select blocked_by_user_id, reason
           from ticket_block
          where guild_id = $1
            and user_id = $2
            for update",
        db_id(guild),
        db_id(user),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (id(row.blocked_by_user_id), row.reason)))
}

/// Lets somebody open no tickets any more.
pub(super) async fn set_blocked(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    by: Id<UserMarker>,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into ticket_block (guild_id, user_id, blocked_by_user_id, reason, created_at)
         values ($1, $2, $3, $4, $5)
         on conflict (guild_id, user_id) do update
            set blocked_by_user_id = excluded.blocked_by_user_id, reason = excluded.reason",
        db_id(guild),
        db_id(user),
        db_id(by),
        reason,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete_block(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
) -> Result<bool> {
    let done = sqlx::query!("delete from ticket_block where guild_id = $1 and user_id = $2", db_id(guild), db_id(user))
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// A ticket in a list.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) number: i32,
    pub(super) kind: String,
    pub(super) user: Option<Id<UserMarker>>,
    pub(super) subject: String,
    pub(super) status: Status,
    pub(super) priority: Priority,
    pub(super) claimed_by: Option<Id<UserMarker>>,
    pub(super) channel: Option<Id<ChannelMarker>>,
    pub(super) opened_at: Timestamp,
    pub(super) place: Place,
}

/// Which tickets are listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// None is all that are not done.
    pub(super) status: Option<Status>,
    /// Whose.
    pub(super) user: Option<Id<UserMarker>>,
    /// Claimed by whom.
    pub(super) claimed_by: Option<Id<UserMarker>>,
    /// Whether those that are done count, where no status is named.
    pub(super) all: bool,
    pub(super) kind: Option<i32>,
    pub(super) priority: Option<Priority>,
    /// Only those that nobody has claimed.
    pub(super) unclaimed: bool,
    /// Who looks, and what they may see; none sees everything.
    pub(super) viewer: Option<Viewer>,
}

/// Somebody who does not see every ticket: they see their own, and those that they work.
#[derive(Clone, Debug)]
pub(super) struct Viewer {
    pub(super) user: Id<UserMarker>,
    /// The types that they work.
    pub(super) kinds: Vec<i32>,
    /// Their roles, one of which may have been called.
    pub(super) roles: Vec<Id<RoleMarker>>,
}

/// Where a ticket stands in a list: how urgent it is, and its place among those that are as urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place(i32, i32);

/// Which page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum At {
    #[serde(rename = "s")]
    Start,
    #[serde(rename = "a")]
    After(Place),
    #[serde(rename = "b")]
    Before(Place),
}

/// Of one member's own tickets, and of those for which one role was called, the newest are listed. Nobody opens more.
const OWN: i64 = 1000;

/// A row of a list.
struct Listed {
    number: i32,
    name: String,
    user_id: i64,
    subject: String,
    status: String,
    priority: String,
    claimed_by_user_id: Option<i64>,
    channel_id: Option<i64>,
    opened_at: jiff_sqlx::Timestamp,
    rank: i32,
    place: i32,
}

impl Listed {
    fn read(self) -> Result<Line> {
        Ok(Line {
            number: self.number,
            kind: self.name,
            user: id(self.user_id),
            subject: self.subject,
            status: Status::named(&self.status).ok_or_else(|| decode("status"))?,
            priority: Priority::named(&self.priority).ok_or_else(|| decode("priority"))?,
            claimed_by: self.claimed_by_user_id.and_then(id),
            channel: self.channel_id.and_then(id),
            opened_at: self.opened_at.to_jiff(),
            place: Place(self.rank, self.place),
        })
    }
}

/// The query of a page, forwards or backwards: only what comes next to a place is read of the indexes `ticket_*_order`,
/// however many tickets there are. They hold the order by kind, by who claimed it, and of what nobody claimed, each for
/// one status; what may be on the page is taken from each, and the page from that.
macro_rules! list_page {
    ($beyond:literal, $end:literal, $order:literal, $($value:expr),+ $(,)?) => {
        sqlx::query_as!(
            Listed,
            r#"with candidate as (
                   select found.number
                     from ticket_type as kind
                    cross join unnest($2::text[]) as state
                    cross join unnest($6::int[]) as rank
                    cross join lateral (
                            select number
                              from ticket
                             where guild_id = $1
                               and type_id = kind.id
                               and status = state
                               and array_position(array['urgent', 'high', 'normal', 'low'], priority) = rank
                               and case when status in ('closed', 'archived') then -number else number end "# + $beyond + r#"
                                   case rank when $12 then $13 else "# + $end + r#" end
                             order by case when status in ('closed', 'archived') then -number else number end "# + $order + r#"
                             limit $14
                          ) as found
                    where kind.guild_id = $1
                      and $11
                      and not $7
                      and ($5::int is null or kind.id = $5)
                      and ($8::bigint is null or kind.id = any($9))
                   union
                   select found.number
                     from ticket_type as kind
                    cross join unnest($2::text[]) as state
                    cross join unnest($6::int[]) as rank
                    cross join lateral (
                            select number
                              from ticket
                             where guild_id = $1
                               and type_id = kind.id
                               and status = state
                               and claimed_by_user_id is null
                               and array_position(array['urgent', 'high', 'normal', 'low'], priority) = rank
                               and case when status in ('closed', 'archived') then -number else number end "# + $beyond + r#"
                                   case rank when $12 then $13 else "# + $end + r#" end
                             order by case when status in ('closed', 'archived') then -number else number end "# + $order + r#"
                             limit $14
                          ) as found
                    where kind.guild_id = $1
                      and $11
                      and $7
                      and ($5::int is null or kind.id = $5)
                      and ($8::bigint is null or kind.id = any($9))
                   union
                   select found.number
                     from unnest($2::text[]) as state
                    cross join unnest($6::int[]) as rank
                    cross join lateral (
                            select number
                              from ticket
                             where guild_id = $1
                               and claimed_by_user_id = $4
                               and status = state
                               and ($3::bigint is null or user_id = $3)
                               and ($5::int is null or type_id = $5)
                               and ($8::bigint is null or user_id = $8 or type_id = any($9) or escalated_to = any($10))
                               and array_position(array['urgent', 'high', 'normal', 'low'], priority) = rank
                               and case when status in ('closed', 'archived') then -number else number end "# + $beyond + r#"
                                   case rank when $12 then $13 else "# + $end + r#" end
                             order by case when status in ('closed', 'archived') then -number else number end "# + $order + r#"
                             limit $14
                          ) as found
                   union
                   (select number
                      from ticket
                     where guild_id = $1
                       and user_id = coalesce($3, $8)
                     order by number desc
                     limit $15)
                   union
                   select found.number
                     from unnest($10::bigint[]) as role
                    cross join lateral (
                            select number
                              from ticket
                             where guild_id = $1
                               and escalated_to = role
                             order by number desc
                             limit $15
                          ) as found
                    where $11
               )
               select ticket.number, name, user_id, subject, status, priority, claimed_by_user_id, channel_id, opened_at,
                      array_position(array['urgent', 'high', 'normal', 'low'], priority) as "rank!",
                      case when status in ('closed', 'archived') then -ticket.number else ticket.number end as "place!"
                 from candidate
                -- Looked up one by one: there are few, which no planner knows.
                cross join lateral (select *
                                      from ticket
                                     where ticket.guild_id = $1
                                       and ticket.number = candidate.number
                                     limit 1) as ticket
                 join ticket_type on ticket_type.guild_id = ticket.guild_id and ticket_type.id = type_id
                where status = any($2)
                  and ($3::bigint is null or user_id = $3)
                  and ($4::bigint is null or claimed_by_user_id = $4)
                  and ($5::int is null or type_id = $5)
                  and array_position(array['urgent', 'high', 'normal', 'low'], priority) = any($6)
                  and (not $7 or claimed_by_user_id is null)
                  and ($8::bigint is null or user_id = $8 or type_id = any($9) or escalated_to = any($10))
                  and (array_position(array['urgent', 'high', 'normal', 'low'], priority) <> $12
                       or case when status in ('closed', 'archived') then -ticket.number else ticket.number end "# + $beyond + r#" $13)
                order by array_position(array['urgent', 'high', 'normal', 'low'], priority) "# + $order + r#",
                         case when status in ('closed', 'archived') then -ticket.number else ticket.number end "# + $order + r#"
                limit $14"#,
            $($value),+
        )
    };
}

/// Tickets on a page of a list, at most `limit`, the most urgent and the oldest first; those that are done come with the
/// newest first.
pub(super) async fn list(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    filter: &Filter,
    at: At,
    limit: i64,
) -> Result<Vec<Line>> {
    let viewer = filter.viewer.as_ref();
    let counts = |status: &Status| match filter.status {
        Some(named) => *status == named,
        None => filter.all || status.is_live(),
    };
    let statuses: Vec<String> = Status::ALL.iter().filter(|it| counts(it)).map(|it| it.name().to_owned()).collect();
    // As `array_position` counts them.
    let (first, last) = filter.priority.map_or((1, 4), |priority| (priority.rank(), priority.rank()));
    let (ranks, Place(rank, place)) = match at {
        At::Start => ((first..=last).collect(), Place(0, 0)),
        At::After(place) => ((first.max(place.0)..=last).collect(), place),
        At::Before(place) => ((first..=last.min(place.0)).collect::<Vec<i32>>(), place),
    };
    // What one member opened or claimed is looked for there alone.
    let by_kind = filter.user.is_none() && filter.claimed_by.is_none();
    let kinds = viewer.map_or(&[][..], |viewer| &viewer.kinds[..]);
    let roles = viewer.map_or(Vec::new(), |viewer| viewer.roles.iter().map(|role| db_id(*role)).collect::<Vec<i64>>());
    macro_rules! page {
        ($beyond:literal, $end:literal, $order:literal) => {
            list_page!(
                $beyond,
                $end,
                $order,
                db_id(guild),
                &statuses,
                filter.user.map(db_id),
                filter.claimed_by.map(db_id),
                filter.kind,
                &ranks,
                filter.unclaimed,
                viewer.map(|viewer| db_id(viewer.user)),
                kinds,
                &roles,
                by_kind,
                rank,
                place,
                limit,
                OWN,
            )
            .fetch_all(db)
            .await?
        };
    }
    let mut rows = match at {
        At::Before(_) => page!("<", "2147483647", "desc"),
        At::Start | At::After(_) => page!(">", "-2147483648", "asc"),
    };
    if matches!(at, At::Before(_)) {
        rows.reverse();
    }
    rows.into_iter().map(Listed::read).collect()
}

/// While somebody types, what they typed is looked for in so many of the newest tickets that are live, and of all. One
/// that is older is found by its number.
const SEARCHED_LIVE: i64 = 2000;
const SEARCHED: i64 = 1000;

/// Tickets that fit what was typed, those that are live first: by the beginning of a number, or by a part of what it is
/// about.
pub(super) async fn search(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    typed: &str,
    viewer: Option<&Viewer>,
    limit: i64,
) -> Result<Vec<Line>> {
    let (low, high) = numbers_from(typed);
    let roles = viewer.map_or(Vec::new(), |viewer| viewer.roles.iter().map(|role| db_id(*role)).collect::<Vec<i64>>());
    let rows = sqlx::query_as!(
        Listed,
        r#"with candidate as (
               select found.number
                 from unnest($3::int[], $4::int[]) as numbers (low, high)
                cross join lateral (
                        select number
                          from ticket
                         where guild_id = $1
                           and number between low and high
                         order by number desc
                         limit 200
                      ) as found
               union
               (select number
                  from ticket
                 where guild_id = $1
                   and status not in ('closed', 'archived')
                 order by number desc
                 limit $9)
               union
               (select number
                  from ticket
                 where guild_id = $1
                 order by number desc
                 limit $8)
               union
               (select number
                  from ticket
                 where guild_id = $1
                   and user_id = $5
                 order by number desc
                 limit $8)
           )
           select ticket.number, name, user_id, subject, status, priority, claimed_by_user_id, channel_id, opened_at,
                  array_position(array['urgent', 'high', 'normal', 'low'], priority) as "rank!",
                  case when status in ('closed', 'archived') then -ticket.number else ticket.number end as "place!"
             from candidate
            -- Looked up one by one: there are few, which no planner knows.
            cross join lateral (select *
                                  from ticket
                                 where ticket.guild_id = $1
                                   and ticket.number = candidate.number
                                 limit 1) as ticket
             join ticket_type on ticket_type.guild_id = ticket.guild_id and ticket_type.id = type_id
            where (starts_with(ticket.number::text, $2) or strpos(lower(concat_ws(' ', status, name, subject)), $2) > 0)
              and ($5::bigint is null or user_id = $5 or type_id = any($6) or escalated_to = any($7))
            order by status in ('closed', 'archived'),
                     array_position(array['urgent', 'high', 'normal', 'low'], priority),
                     case when status in ('closed', 'archived') then -ticket.number else ticket.number end
            limit $10"#,
        db_id(guild),
        typed,
        &low,
        &high,
        viewer.map(|viewer| db_id(viewer.user)),
        viewer.map_or(&[][..], |viewer| &viewer.kinds[..]),
        &roles,
        SEARCHED,
        SEARCHED_LIVE,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Listed::read).collect()
}

/// The ranges of numbers that begin with what was typed: 12 is 12, 120 to 129, 1200 to 1299, and so on.
fn numbers_from(typed: &str) -> (Vec<i32>, Vec<i32>) {
    let number = typed.parse::<i32>().ok().filter(|number| *number > 0 && number.to_string() == typed);
    let tens = (0..10).map_while(|digits| 10_i32.checked_pow(digits));
    let ranges = number.into_iter().flat_map(|number| {
        tens.clone().filter_map(move |ten| {
            let low = number.checked_mul(ten)?;
            Some((low, low.saturating_add(ten - 1)))
        })
    });
    ranges.unzip()
}

/// A message with which members open tickets.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    pub(super) id: i64,
    pub(super) channel: Id<ChannelMarker>,
    pub(super) message: Option<Id<MessageMarker>>,
    pub(super) title: String,
    pub(super) body: String,
    /// Whether it has a menu in place of buttons.
    pub(super) menu: bool,
    /// Empty is all types.
    pub(super) kinds: Vec<i32>,
    /// Counts its changes, those of the types among them.
    pub(super) revision: i32,
}

/// What is said of a panel; nothing leaves it as it is.
#[derive(Clone, Debug)]
pub(super) struct PanelChange {
    pub(super) channel: Id<ChannelMarker>,
    pub(super) title: Option<String>,
    pub(super) body: Option<String>,
    pub(super) menu: Option<bool>,
    pub(super) kinds: Option<Vec<i32>>,
}

/// Makes a panel, or changes the one that is in that channel.
pub(super) async fn upsert_panel(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    interaction: Id<InteractionMarker>,
    change: &PanelChange,
) -> Result<i64> {
    sqlx::query_scalar!(
        "insert into ticket_panel (guild_id, interaction_id, channel_id, title, body, style, type_ids)
         values ($1, $2, $3, coalesce($4, 'Need help?'), coalesce($5, 'Open a ticket, and the staff will help you.'),
                 coalesce($6, 'buttons'), coalesce($7, '{}'::integer[]))
         on conflict (guild_id, channel_id) do update
            set title = coalesce($4, ticket_panel.title),
                body = coalesce($5, ticket_panel.body),
                style = coalesce($6, ticket_panel.style),
                type_ids = coalesce($7, ticket_panel.type_ids),
                stale = true,
                revision = ticket_panel.revision + 1
         returning id",
        db_id(guild),
        db_id(interaction),
        db_id(change.channel),
        change.title,
        change.body,
        change.menu.map(|menu| if menu { "menu" } else { "buttons" }) as Option<&str>,
        change.kinds.as_deref(),
    )
    .fetch_one(db)
    .await
}

/// Leaves a panel that Discord does not take as it is, until it is changed again. `false` if that is known already, or if
/// it was changed again.
pub(super) async fn set_panel_refused(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, panel: &Panel) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket_panel
            set stale = false
          where guild_id = $1
            and id = $2
            and revision = $3
            and stale",
        db_id(guild),
        panel.id,
        panel.revision,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The panels of a guild whose message is not as it should be.
pub(super) async fn list_stale_panels(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<Panel>> {
    let rows = sqlx::query!(
        "select id, channel_id, message_id, title, body, style, type_ids, revision
           from ticket_panel
          where guild_id = $1
            and stale
          order by id",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    let panels = rows.into_iter().filter_map(|row| {
        Some(Panel {
            id: row.id,
            channel: id(row.channel_id)?,
            message: row.message_id.and_then(id),
            title: row.title,
            body: row.body,
            menu: row.style == "menu",
            kinds: row.type_ids,
            revision: row.revision,
        })
    });
    Ok(panels.collect())
}

/// Guilds with such panels.
pub(super) async fn list_guilds_with_stale_panels(db: impl PgExecutor<'_>) -> Result<Vec<Id<GuildMarker>>> {
    let guilds = sqlx::query_scalar!("select distinct guild_id from ticket_panel where stale").fetch_all(db).await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Says that no panel of the guild shows what it should.
pub(super) async fn set_panels_stale(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<()> {
    sqlx::query!("update ticket_panel set stale = true, revision = revision + 1 where guild_id = $1", db_id(guild))
        .execute(db)
        .await?;
    Ok(())
}

/// Says that a message shows this revision of a panel; what was changed meanwhile is still to be shown.
pub(super) async fn set_panel_shown(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    panel: i64,
    message: Id<MessageMarker>,
    revision: i32,
) -> Result<()> {
    sqlx::query!(
        "update ticket_panel
            set message_id = $3, stale = revision <> $4
          where guild_id = $1
            and id = $2",
        db_id(guild),
        panel,
        db_id(message),
        revision,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn delete_panel(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, panel: i64) -> Result<()> {
    sqlx::query!("delete from ticket_panel where guild_id = $1 and id = $2", db_id(guild), panel).execute(db).await?;
    Ok(())
}

/// Guilds with live tickets that are to be looked at.
pub(super) async fn list_guilds_to_check(db: impl PgExecutor<'_>, now: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    // From one guild to the next in the index `ticket_live_check`, whatever each of them has.
    let guilds = sqlx::query_scalar!(
        r#"with recursive guild as (
               (select guild_id
                  from ticket
                 where status not in ('closed', 'archived')
                 order by guild_id
                 limit 1)
               union all
               select (select guild_id
                         from ticket
                        where ticket.guild_id > guild.guild_id
                          and status not in ('closed', 'archived')
                        order by guild_id
                        limit 1)
                 from guild
                where guild_id is not null
           )
           select guild_id as "guild_id!"
             from guild
            where exists (select
                            from ticket
                           where ticket.guild_id = guild.guild_id
                             and status not in ('closed', 'archived')
                             and check_at <= $1)"#,
        now.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Takes live tickets to look at, which nobody else does before `next`.
pub(super) async fn take_to_check(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    now: Timestamp,
    next: Timestamp,
    limit: i64,
) -> Result<Vec<i32>> {
    sqlx::query_scalar!(
        "update ticket
            set check_at = $3
          where guild_id = $1
            and number in (
                    select number
                      from ticket
                     where guild_id = $1
                       and status not in ('closed', 'archived')
                       and check_at <= $2
                     order by check_at
                     limit $4
                       for update skip locked
                )
         returning number",
        db_id(guild),
        now.to_sqlx(),
        next.to_sqlx(),
        limit,
    )
    .fetch_all(db)
    .await
}

/// What was seen of a ticket's channel.
pub(super) async fn find_seen(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<Seen> {
    let row = sqlx::query!(
        r#"select seen_message_id, member_spoke_at as "member_spoke_at: jiff_sqlx::Timestamp",
                  staff_spoke_at as "staff_spoke_at: jiff_sqlx::Timestamp",
                  waits_since as "waits_since: jiff_sqlx::Timestamp",
                  reminded_at as "reminded_at: jiff_sqlx::Timestamp",
                  alarmed_at as "alarmed_at: jiff_sqlx::Timestamp",
                  first_response_at as "first_response_at: jiff_sqlx::Timestamp",
                  (select max(happened_at)
                     from ticket_event
                    where ticket_event.guild_id = ticket.guild_id
                      and ticket_event.number = ticket.number
                      and kind = 'waiting') as "asked_at: jiff_sqlx::Timestamp"
             from ticket
            where guild_id = $1
              and number = $2"#,
        db_id(guild),
        number,
    )
    .fetch_one(db)
    .await?;
    let at = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
    Ok(Seen {
        message: row.seen_message_id.and_then(id),
        member_spoke_at: at(row.member_spoke_at),
        staff_spoke_at: at(row.staff_spoke_at),
        waits_since: at(row.waits_since),
        asked_at: at(row.asked_at),
        reminded_at: at(row.reminded_at),
        alarmed_at: at(row.alarmed_at),
        first_response_at: at(row.first_response_at),
    })
}

/// Keeps what was seen since `before`. `false` if somebody has seen, or done, more meanwhile.
pub(super) async fn update_seen(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    before: &Seen,
    seen: &Seen,
) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket
            set seen_message_id = $3, member_spoke_at = $4, staff_spoke_at = $5, waits_since = $6, reminded_at = $7,
                alarmed_at = $8, first_response_at = coalesce(first_response_at, $9)
          where guild_id = $1
            and number = $2
            and seen_message_id is not distinct from $10
            and member_spoke_at is not distinct from $11
            and staff_spoke_at is not distinct from $12
            and waits_since is not distinct from $13
            and reminded_at is not distinct from $14
            and alarmed_at is not distinct from $15",
        db_id(guild),
        number,
        seen.message.map(db_id),
        opt(seen.member_spoke_at) as _,
        opt(seen.staff_spoke_at) as _,
        opt(seen.waits_since) as _,
        opt(seen.reminded_at) as _,
        opt(seen.alarmed_at) as _,
        opt(seen.first_response_at) as _,
        before.message.map(db_id),
        opt(before.member_spoke_at) as _,
        opt(before.staff_spoke_at) as _,
        opt(before.waits_since) as _,
        opt(before.reminded_at) as _,
        opt(before.alarmed_at) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Says of a guild's live tickets that are to be looked at why nobody does before `next`; of the first thousands. The rest
/// is taken up by the next passes.
pub(super) async fn set_abandoned(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    problem: &str,
    next: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update ticket
            set check_at = $3, problem = $2
          where guild_id = $1
            and number in (select number
                             from ticket
                            where guild_id = $1
                              and status not in ('closed', 'archived')
                              and check_at < $3
                            order by check_at
                            limit 5000)",
        db_id(guild),
        problem,
        next.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a ticket for longer. `false` if somebody else has it.
pub(super) async fn extend_lease(db: impl PgExecutor<'_>, seen: &Ticket, until: Timestamp) -> Result<bool> {
    let done = sqlx::query!(
        "update ticket
            set settle_at = $4
          where guild_id = $1
            and number = $2
            and attempt = $3",
        db_id(seen.guild),
        seen.number,
        seen.shown.attempt,
        until.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Begins to take a ticket's transcript: forgets what was left of attempts that died, and counts this one. Returns how
/// many there were with it, or nothing if somebody else has the ticket.
pub(super) async fn begin_transcript(db: impl PgExecutor<'_>, ticket: &Ticket) -> Result<Option<i32>> {
    sqlx::query_scalar!(
        "with begun as (
             update ticket
                set transcript_deaths = transcript_deaths + 1
              where guild_id = $1
                and number = $2
                and attempt = $3
             returning guild_id, number, transcript_deaths
         ), forgotten as (
             delete from ticket_transcript_part part
              using begun
              where part.guild_id = $1
                and part.number = $2
                and not exists (select
                                  from ticket_transcript kept
                                 where kept.guild_id = $1
                                   and kept.number = $2
                                   and kept.taking = part.taking)
         )
         select transcript_deaths from begun",
        db_id(ticket.guild),
        ticket.number,
        ticket.shown.attempt,
    )
    .fetch_optional(db)
    .await
}

/// Says that an attempt to take a transcript came to an end, if to an error; it does not count.
pub(super) async fn give_up_transcript(db: impl PgExecutor<'_>, ticket: &Ticket) -> Result<()> {
    sqlx::query!(
        "update ticket
            set transcript_deaths = greatest(transcript_deaths - 1, 0)
          where guild_id = $1
            and number = $2",
        db_id(ticket.guild),
        ticket.number,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores a part of a transcript that is being taken.
pub(super) async fn insert_transcript_part(db: impl PgExecutor<'_>, ticket: &Ticket, part: &Part) -> Result<()> {
    sqlx::query!(
        "insert into ticket_transcript_part (guild_id, number, taking, form, file, part, bytes)
         values ($1, $2, $3, $4, $5, $6, $7)",
        db_id(ticket.guild),
        ticket.number,
        ticket.shown.attempt,
        part.form.name(),
        part.file,
        part.part,
        part.bytes,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a transcript whose parts are stored, in the place of what was kept before. `false` if somebody else has the ticket.
pub(super) async fn finish_transcript(
    db: impl PgExecutor<'_>,
    ticket: &Ticket,
    taken: &Taken,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query!(
        "with finished as (
             update ticket
                set transcript_deaths = 0
              where guild_id = $1
                and number = $2
                and attempt = $3
             returning guild_id, number
         ), forgotten as (
             delete from ticket_transcript_part part
              using finished
              where part.guild_id = $1
                and part.number = $2
                and part.taking <> $3
         )
         insert into ticket_transcript (guild_id, number, taking, taken_at, messages, blind, files, last_message_id,
                                        last_event_id)
         select guild_id, number, $3, $4, $5, $6, $7, $8, $9
           from finished
         on conflict (guild_id, number) do update
            set taking = excluded.taking, taken_at = excluded.taken_at, messages = excluded.messages, page = '', plain = '',
                blind = excluded.blind, files = excluded.files, last_message_id = excluded.last_message_id,
                last_event_id = excluded.last_event_id,
                posted = ticket_transcript.posted and ticket_transcript.messages = excluded.messages",
        db_id(ticket.guild),
        ticket.number,
        ticket.shown.attempt,
        now.to_sqlx(),
        taken.messages,
        taken.blind,
        json!(taken.files),
        taken.last_message.map(db_id),
        taken.last_event,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What was kept of a ticket, and whether it was posted.
pub(super) async fn find_transcript(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
) -> Result<Option<(Transcript, bool)>> {
    let row = sqlx::query!(
        r#"select case when page = '' then taking else 0 end as "taking!", messages, posted, files, last_message_id,
                  last_event_id, octet_length(page) as "page_bytes!", octet_length(plain) as "plain_bytes!",
                  substring(page from greatest(octet_length(page) - 7, 1)) as "page_end!",
                  substring(plain from greatest(octet_length(plain) - 7, 1)) as "plain_end!"
             from ticket_transcript
            where guild_id = $1
              and number = $2"#,
        db_id(guild),
        number,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let files = match row.taking {
        0 => [(Form::Page, row.page_bytes, row.page_end), (Form::Plain, row.plain_bytes, row.plain_end)]
            .into_iter()
            .filter_map(|(form, bytes, end)| Packed::of_gzip(form, bytes, &end))
            .collect(),
        _ => serde_json::from_value(row.files).map_err(|_| decode("transcript"))?,
    };
    let (last_message, last_event) = (row.last_message_id.and_then(id), row.last_event_id);
    let transcript = Transcript { taking: row.taking, messages: row.messages, files, last_message, last_event };
    Ok(Some((transcript, row.posted)))
}

/// A part of a file of a transcript; nothing after the last one.
pub(super) async fn find_transcript_part(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    taking: i32,
    (form, file, part): (Form, i32, i32),
) -> Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        r#"select bytes as "bytes!"
             from ticket_transcript_part
            where guild_id = $1
              and number = $2
              and taking = $3
              and form = $4
              and file = $5
              and part = $6"#,
        db_id(guild),
        number,
        taking,
        form.name(),
        file,
        part,
    )
    .fetch_optional(db)
    .await
}

/// The same of a transcript that an older version kept in one piece, with gzip's head and end around the packed text.
pub(super) async fn find_old_transcript_part(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
    form: Form,
    from: i32,
    bytes: i32,
) -> Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        r#"select substring(case $3 when 'page' then page else plain end from $4 for $5) as "bytes!"
             from ticket_transcript
            where guild_id = $1
              and number = $2"#,
        db_id(guild),
        number,
        form.name(),
        from,
        bytes,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn set_transcript_posted(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<()> {
    sqlx::query!(
        "update ticket_transcript set posted = true where guild_id = $1 and number = $2",
        db_id(guild),
        number,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Guilds with transcripts from before `before`.
pub(super) async fn list_guilds_with_transcripts(
    db: impl PgExecutor<'_>,
    before: Timestamp,
) -> Result<Vec<Id<GuildMarker>>> {
    let guilds =
        sqlx::query_scalar!("select distinct guild_id from ticket_transcript where taken_at < $1", before.to_sqlx())
            .fetch_all(db)
            .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

pub(super) async fn delete_transcripts(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "with forgotten as (
             delete from ticket_transcript
              where guild_id = $1
                and taken_at < $2
             returning number
         )
         delete from ticket_transcript_part part
          using forgotten
          where part.guild_id = $1
            and part.number = forgotten.number",
        db_id(guild),
        before.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Tickets after the number `after` that were opened from `from` on and before `to`, by their numbers, at most `limit`.
pub(super) async fn list_to_export(
    db: impl PgExecutor<'_>,
    wanted: &Wanted,
    status: Option<Status>,
    after: i32,
    limit: i64,
) -> Result<Vec<export::Line>> {
    sqlx::query_as!(
        export::Line,
        r#"select number, user_id, opened_by_user_id, status, priority, name as kind, subject, claimed_by_user_id,
                  escalated_to, closed_by_user_id, close_reason, opened_at, first_response_at, claimed_at, closed_at,
                  archived_at, updated_at, rated_at, rating, rating_comment
             from ticket
             join ticket_type on ticket_type.guild_id = ticket.guild_id and ticket_type.id = type_id
            where ticket.guild_id = $1
              and number > $5
              and ($2::timestamptz is null or opened_at >= $2)
              and ($3::timestamptz is null or opened_at < $3)
              and ($4::text is null or status = $4)
            order by number
            limit $6"#,
        db_id(wanted.guild),
        opt(wanted.from) as _,
        opt(wanted.to) as _,
        status.map(Status::name) as Option<&str>,
        after,
        limit,
    )
    .fetch_all(db)
    .await
}

/// The last number that was given to a ticket: about as many there are.
pub(super) async fn find_last_number(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Option<i32>> {
    sqlx::query_scalar!("select last_number from ticket_counter where guild_id = $1", db_id(guild))
        .fetch_optional(db)
        .await
}

/// What `/ticket stats` shows: what happened since `since`, and on each of the last `days` days by the clocks of `zone`.
pub(super) async fn count(
    db: &sqlx::PgPool,
    guild: Id<GuildMarker>,
    since: Timestamp,
    now: Timestamp,
    zone: &str,
    days: i32,
    staff: i64,
) -> Result<Numbers> {
    let row = sqlx::query!(
        r#"with opened as materialized (
               select opened_at,
                      (opened_at at time zone $4)::date as day,
                      extract(epoch from first_response_at - opened_at)::float8 as response_s,
                      extract(epoch from claimed_at - opened_at)::float8 as claim_s
                 from ticket
                where guild_id = $1
                  and opened_at >= least($2, $3::timestamptz - make_interval(days => $5::int + 2))
                  and not failed
           ), closed as materialized (
               -- From the history, so that what happens to a ticket later changes no number.
               select happened_at as closed_at,
                      (happened_at at time zone $4)::date as day,
                      extract(epoch from happened_at - opened_at)::float8 as close_s
                 from ticket_event
                 join ticket using (guild_id, number)
                where guild_id = $1
                  and happened_at >= least($2, $3::timestamptz - make_interval(days => $5::int + 2))
                  and kind in ('closed', 'archived')
                  and to_status in ('closed', 'archived')
                  and from_status <> 'closed'
                  and not failed
           ), rated as (
               select count(*) as times, avg(rating::float8) as stars
                 from ticket
                where guild_id = $1
                  and rated_at >= $2
                  and not failed
           ), days as (
               select day::date as day
                 from generate_series(($3::timestamptz at time zone $4)::date - $5::int,
                                      ($3::timestamptz at time zone $4)::date, interval '1 day') as day
           )
           select (select coalesce(jsonb_object_agg(status, n), '{}')
                     from (select status, count(*) as n
                             from ticket
                            where guild_id = $1
                              and not failed
                            group by status) as per_status) as "per_status!",
                  count(*) as "opened!",
                  (select count(*) from closed where closed_at >= $2) as "closed!",
                  avg(response_s) as response_mean,
                  percentile_cont(0.9) within group (order by response_s) as response_p90,
                  avg(claim_s) as claim_mean,
                  percentile_cont(0.9) within group (order by claim_s) as claim_p90,
                  (select avg(close_s) from closed where closed_at >= $2) as close_mean,
                  (select percentile_cont(0.9) within group (order by close_s)
                     from closed
                    where closed_at >= $2) as close_p90,
                  (select times from rated) as "rated!",
                  (select stars from rated) as stars,
                  (select coalesce(sum(times), 0)
                     from ticket_answered
                    where guild_id = $1
                      and day >= ($2::timestamptz at time zone 'UTC')::date) as "answered!",
                  array(select count(opened.day)
                          from days
                          left join opened using (day)
                         group by day
                         order by day) as "opened_a_day!",
                  array(select count(closed.day)
                          from days
                          left join closed using (day)
                         group by day
                         order by day) as "closed_a_day!"
             from opened
            where opened_at >= $2"#,
        db_id(guild),
        since.to_sqlx() as _,
        now.to_sqlx() as _,
        zone,
        days - 1,
    )
    .fetch_one(db)
    .await?;
    let members = sqlx::query!(
        r#"with did as (
               select ticket_event.user_id as member, kind, null::smallint as rating
                 from ticket_event
                 join ticket using (guild_id, number)
                where guild_id = $1
                  and happened_at >= $2
                  and kind in ('claimed', 'closed')
                  and ticket_event.user_id <> ticket.user_id
               union all
               select claimed_by_user_id, 'rated', rating
                 from ticket
                where guild_id = $1
                  and rated_at >= $2
                  and claimed_by_user_id <> user_id
           )
           select member as "member!",
                  count(*) filter (where kind = 'claimed') as "claimed!",
                  count(*) filter (where kind = 'closed') as "closed!",
                  avg(rating::float8) as stars
             from did
            group by member
            order by 3 desc, 2 desc, 1
            limit $3"#,
        db_id(guild),
        since.to_sqlx() as _,
        staff,
    )
    .fetch_all(db)
    .await?;
    Ok(Numbers {
        per_status: serde_json::from_value(row.per_status).map_err(|_| decode("counts"))?,
        opened: row.opened,
        closed: row.closed,
        first_response: Spread { mean: row.response_mean, p90: row.response_p90 },
        claim: Spread { mean: row.claim_mean, p90: row.claim_p90 },
        close: Spread { mean: row.close_mean, p90: row.close_p90 },
        rated: row.rated,
        stars: row.stars,
        answered: row.answered,
        days: row.opened_a_day.into_iter().zip(row.closed_a_day).collect(),
        staff: members
            .into_iter()
            .filter_map(|row| Some((id(row.member)?, row.claimed, row.closed, row.stars)))
            .collect(),
    })
}

/// Says that a ticket never got a channel.
pub(super) async fn set_failed(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<()> {
    sqlx::query!("update ticket set failed = true where guild_id = $1 and number = $2", db_id(guild), number)
        .execute(db)
        .await?;
    Ok(())
}

/// A reply that the staff gives again and again.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    /// What it is called in custom ids.
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) body: String,
}

/// A reply by its name, whatever its case.
pub(super) async fn find_tag(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, name: &str) -> Result<Option<Tag>> {
    sqlx::query_as!(
        Tag,
        "select id, name, body
           from tag
          where guild_id = $1
            and lower(name) = lower($2)",
        db_id(guild),
        name,
    )
    .fetch_optional(db)
    .await
}

/// A reply that nobody else changes before the transaction ends.
pub(super) async fn lock_tag(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, id: i64) -> Result<Option<Tag>> {
    sqlx::query_as!(
        Tag,
        "select id, name, body
           from tag
          where guild_id = $1
            and id = $2
            for update",
        db_id(guild),
        id,
    )
    .fetch_optional(db)
    .await
}

/// All replies, those that are given most first. [`insert_tag`] sees to it that they are not too many.
pub(super) async fn list_tags(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Vec<(String, String, i32)>> {
    let rows = sqlx::query!(
        "select name, body, uses
           from tag
          where guild_id = $1
          order by uses desc, lower(name)",
        db_id(guild),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.body, row.uses)).collect())
}

/// Names that contain what was typed: those that begin with it first, then those that are given most.
pub(super) async fn search_tags(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    typed: &str,
    limit: i64,
) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        "select name
           from tag
          where guild_id = $1
            and strpos(lower(name), lower($2)) > 0
          order by strpos(lower(name), lower($2)) > 1, uses desc, lower(name)
          limit $3",
        db_id(guild),
        typed,
        limit,
    )
    .fetch_all(db)
    .await
}

/// Adds a reply. `false` if the guild has `max` already.
pub(super) async fn insert_tag(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &str,
    body: &str,
    author: Id<UserMarker>,
    now: Timestamp,
    max: i64,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into tag (guild_id, name, body, author_user_id, created_at, updated_at)
         select $1, $2, $3, $4, $5, $5
          where (select count(*) from tag where guild_id = $1) < $6",
        db_id(guild),
        name,
        body,
        db_id(author),
        now.to_sqlx() as _,
        max,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Changes a reply that the transaction has locked.
pub(super) async fn update_tag(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    tag: &Tag,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update tag
            set name = $3, body = $4, updated_at = $5, revision = revision + 1
          where guild_id = $1
            and id = $2",
        db_id(guild),
        tag.id,
        tag.name,
        tag.body,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a reply away. `false` if it is gone already.
pub(super) async fn delete_tag(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, id: i64) -> Result<bool> {
    let done = sqlx::query!("delete from tag where guild_id = $1 and id = $2", db_id(guild), id).execute(db).await?;
    Ok(done.rows_affected() > 0)
}

/// Counts that a reply was given; in a ticket it is the staff's answer.
pub(super) async fn count_tag(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    tag: i64,
    number: Option<i32>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "with spoke as (
             update ticket
                set staff_spoke_at = $4, waits_since = null, first_response_at = coalesce(first_response_at, $4)
              where guild_id = $1
                and number = $3
                and status not in ('closed', 'archived')
         )
         update tag
            set uses = uses + 1
          where guild_id = $1
            and id = $2",
        db_id(guild),
        tag,
        number,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
