//! What was said, as it is kept: `ticket_transcript` and its parts.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::model::Ticket;
use super::model::transcript::{Form, Packed, Part, Taken, Transcript};
use super::{Result, decode};
use crate::db::{db_id, id};

/// Begins to take a ticket's transcript: forgets what was left of attempts that died, and counts this one. Returns how
/// many there were with it, or nothing if somebody else has the ticket.
pub async fn begin_transcript(db: impl PgExecutor<'_>, ticket: &Ticket) -> Result<Option<i32>> {
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
pub async fn give_up_transcript(db: impl PgExecutor<'_>, ticket: &Ticket) -> Result<()> {
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
pub async fn insert_transcript_part(db: impl PgExecutor<'_>, ticket: &Ticket, part: &Part) -> Result<()> {
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
pub async fn finish_transcript(
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
                                        last_event_id, holds)
         select guild_id, number, $3, $4, $5, $6, $7, $8, $9, $10
           from finished
         on conflict (guild_id, number) do update
            set taking = excluded.taking, taken_at = excluded.taken_at, messages = excluded.messages, page = '', plain = '',
                blind = excluded.blind, files = excluded.files, last_message_id = excluded.last_message_id,
                last_event_id = excluded.last_event_id, holds = excluded.holds,
                posted = ticket_transcript.posted and ticket_transcript.messages = excluded.messages",
        db_id(ticket.guild),
        ticket.number,
        ticket.shown.attempt,
        now.to_sqlx(),
        taken.messages,
        taken.blind,
        json!(taken.files),
        taken.holds.newest().map(db_id),
        taken.last_event,
        json!(taken.holds),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What was kept of a ticket, and whether it was posted.
pub async fn find_transcript(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    number: i32,
) -> Result<Option<(Transcript, bool)>> {
    let row = sqlx::query!(
        r#"select case when page = '' then taking else 0 end as "taking!", messages, blind, posted, files, holds,
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
    // What a newer version stored and this one does not know is taken anew.
    let holds = row.holds.and_then(|holds| serde_json::from_value(holds).ok());
    let transcript = Transcript {
        blind: row.blind,
        taking: row.taking,
        messages: row.messages,
        files,
        holds,
        last_event: row.last_event_id,
    };
    Ok(Some((transcript, row.posted)))
}

/// A part of a file of a transcript; nothing after the last one.
pub async fn find_transcript_part(
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
pub async fn find_old_transcript_part(
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

/// Forgets what was taken of a ticket of which no more can be: its channel is gone.
pub async fn delete_untaken(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<()> {
    sqlx::query!(
        "delete from ticket_transcript_part part
          where guild_id = $1
            and number = $2
            and not exists (select
                              from ticket_transcript
                             where ticket_transcript.guild_id = $1
                               and ticket_transcript.number = $2
                               and ticket_transcript.taking = part.taking)",
        db_id(guild),
        number,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set_transcript_posted(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, number: i32) -> Result<()> {
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
pub async fn list_guilds_with_transcripts(db: impl PgExecutor<'_>, before: Timestamp) -> Result<Vec<Id<GuildMarker>>> {
    let guilds =
        sqlx::query_scalar!("select distinct guild_id from ticket_transcript where taken_at < $1", before.to_sqlx())
            .fetch_all(db)
            .await?;
    Ok(guilds.into_iter().filter_map(id).collect())
}

/// Forgets transcripts from before `before`, at most `limit`, the oldest first; tells how many. What is being taken stays.
pub async fn delete_transcripts(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Timestamp,
    limit: i64,
) -> Result<i64> {
    sqlx::query_scalar!(
        r#"with old as (
               select number
                 from ticket_transcript
                where guild_id = $1
                  and taken_at < $2
                order by taken_at
                limit $3
           ), forgotten as (
               delete from ticket_transcript
                using old
                where guild_id = $1
                  and ticket_transcript.number = old.number
                  and taken_at < $2
               returning ticket_transcript.number, taking
           ), parts as (
               delete from ticket_transcript_part part
                using forgotten
                where part.guild_id = $1
                  and part.number = forgotten.number
                  and part.taking = forgotten.taking
           )
           select count(*) as "forgotten!" from forgotten"#,
        db_id(guild),
        before.to_sqlx(),
        limit,
    )
    .fetch_one(db)
    .await
}
