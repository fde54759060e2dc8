//! Tickets to take with one.

use jiff::Timestamp;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use super::model::Status;
use super::{Result, opt};
use crate::db::db_id;
use crate::feature::export::Wanted;
use crate::words::Language;

/// A ticket as it is exported.
pub struct Exported {
    pub number: i32,
    pub user_id: i64,
    pub opened_by_user_id: Option<i64>,
    pub status: String,
    pub priority: String,
    pub kind: String,
    pub opening: Option<String>,
    /// What the kind is called by who reads the export, where an admin wrote it.
    pub translated: Option<String>,
    pub subject: String,
    pub claimed_by_user_id: Option<i64>,
    pub escalated_to: Option<i64>,
    pub closed_by_user_id: Option<i64>,
    pub close_reason: Option<String>,
    pub close_why: Option<serde_json::Value>,
    pub opened_at: Timestamp,
    pub first_response_at: Option<jiff_sqlx::Timestamp>,
    pub claimed_at: Option<jiff_sqlx::Timestamp>,
    pub closed_at: Option<jiff_sqlx::Timestamp>,
    pub archived_at: Option<jiff_sqlx::Timestamp>,
    pub updated_at: Timestamp,
    pub rated_at: Option<jiff_sqlx::Timestamp>,
    pub rating: Option<i16>,
    pub rating_comment: Option<String>,
    /// When it was closed first, if it ever was.
    pub first_closed_at: Option<jiff_sqlx::Timestamp>,
    /// How often it was opened again.
    pub reopened: i64,
    /// How much working time had passed by then, in seconds; nothing as long as that is not measured.
    pub worked_response_s: Option<i32>,
    pub worked_claim_s: Option<i32>,
    pub worked_close_s: Option<i32>,
}

/// Tickets that came to something, after the number `after`, that were opened from `from` on and before `to`, by their numbers, at most `limit`.
pub async fn list_to_export(
    db: impl PgExecutor<'_>,
    wanted: &Wanted,
    status: Option<Status>,
    after: i32,
    limit: i64,
) -> Result<Vec<Exported>> {
    sqlx::query_as!(
        Exported,
        r#"select number, user_id, opened_by_user_id, status, priority, name as kind, definition ->> 'opening' as opening,
                  nullif(definition -> 'translations' -> $7::text ->> 'name', '') as translated, subject, claimed_by_user_id,
                  escalated_to, closed_by_user_id, close_reason, close_why, opened_at, first_response_at, claimed_at, closed_at,
                  archived_at, updated_at, rated_at, rating, rating_comment, coalesce(first_closed_at, closed_at) as first_closed_at,
                  (select count(*)
                     from ticket_event as event
                    where event.guild_id = ticket.guild_id
                      and event.number = ticket.number
                      and event.kind = 'reopened') as "reopened!",
                  worked_response_s, worked_claim_s, worked_close_s
             from ticket
             join ticket_type on ticket_type.guild_id = ticket.guild_id and ticket_type.id = type_id
            where ticket.guild_id = $1
              and not failed
              and number > $5
              and ($2::timestamptz is null or opened_at >= $2)
              and ($3::timestamptz is null or opened_at < $3)
              and ($4::text is null or status = $4)
              and ($8::int is null or type_id = $8)
            order by number
            limit $6"#,
        db_id(wanted.guild),
        opt(wanted.from) as _,
        opt(wanted.to) as _,
        status.map(Status::name) as Option<&str>,
        after,
        limit,
        wanted.language.code(),
        wanted.part,
    )
    .fetch_all(db)
    .await
}

/// The same of tickets by their numbers, of which a list tells; in no order.
pub async fn list_chosen(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    language: Language,
    numbers: &[i32],
) -> Result<Vec<Exported>> {
    sqlx::query_as!(
        Exported,
        r#"select number, user_id, opened_by_user_id, status, priority, name as kind, definition ->> 'opening' as opening,
                  nullif(definition -> 'translations' -> $3::text ->> 'name', '') as translated, subject, claimed_by_user_id,
                  escalated_to, closed_by_user_id, close_reason, close_why, opened_at, first_response_at, claimed_at, closed_at,
                  archived_at, updated_at, rated_at, rating, rating_comment, coalesce(first_closed_at, closed_at) as first_closed_at,
                  (select count(*)
                     from ticket_event as event
                    where event.guild_id = ticket.guild_id
                      and event.number = ticket.number
                      and event.kind = 'reopened') as "reopened!",
                  worked_response_s, worked_claim_s, worked_close_s
             from ticket
             join ticket_type on ticket_type.guild_id = ticket.guild_id and ticket_type.id = type_id
            where ticket.guild_id = $1
              and number = any($2)"#,
        db_id(guild),
        numbers,
        language.code(),
    )
    .fetch_all(db)
    .await
}
