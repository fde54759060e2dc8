//! The table `reply_draft`; `said`: what of it is to be posted, `spent`: what was reserved and used, `lately`: what is told of them, `old`: forgetting.

pub(super) mod lately;
pub(super) mod old;
pub(super) mod said;
pub(super) mod spent;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, MessageMarker};

use super::outcome::{Decision, Made};
use super::{Drafted, SourceOf};
use crate::db::{db_id, id as id_of};

type Result<T> = std::result::Result<T, sqlx::Error>;

/// Marks that a model is about to be asked for a draft; `false` if it was, before.
pub(super) async fn begin(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, made: &Made) -> Result<bool> {
    let begun = sqlx::query!(
        "insert into reply_draft (guild_id, id, number, user_id, asked_at, revision, seen_message_id)
         values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (guild_id, id) do nothing",
        db_id(guild),
        db_id(made.id),
        made.number,
        db_id(made.user),
        made.asked_at.to_sqlx() as _,
        made.revision,
        db_id(made.seen),
    )
    .execute(db)
    .await?;
    Ok(begun.rows_affected() > 0)
}

/// Writes down that something was drafted. An attempt that is repeated writes the newest.
pub(super) async fn upsert(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    made: &Made,
    drafted: &Drafted,
) -> Result<()> {
    let number = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
    let cost = &drafted.cost;
    let (mut entries, mut documents) = (Vec::new(), Vec::new());
    for source in &drafted.sources {
        match &source.of {
            SourceOf::Entry(number) => entries.push(*number),
            SourceOf::Document { name, .. } => documents.push(name.clone()),
        }
    }
    documents.dedup();
    sqlx::query!(
        "insert into reply_draft (guild_id, id, number, user_id, asked_at, revision, model, prompt_tokens, completion_tokens,
                                  took_ms, entries, dropped, seen_message_id, documents)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             on conflict (guild_id, id) do update
            set revision = excluded.revision,
                model = excluded.model,
                prompt_tokens = reply_draft.prompt_tokens + excluded.prompt_tokens,
                completion_tokens = reply_draft.completion_tokens + excluded.completion_tokens,
                took_ms = excluded.took_ms,
                entries = excluded.entries,
                seen_message_id = excluded.seen_message_id,
                dropped = excluded.dropped,
                documents = excluded.documents",
        db_id(guild),
        db_id(made.id),
        made.number,
        db_id(made.user),
        made.asked_at.to_sqlx() as _,
        made.revision,
        cost.model,
        number(cost.prompt_tokens),
        number(cost.completion_tokens),
        i32::try_from(cost.took.as_millis()).unwrap_or(i32::MAX),
        &entries,
        i32::try_from(drafted.dropped).unwrap_or(i32::MAX),
        db_id(made.seen),
        &documents,
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// What is kept of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Of which ticket.
    pub number: i32,
    /// How that was then.
    pub revision: i32,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// The newest message that it knows of.
    pub seen: Id<MessageMarker>,
    /// What became of it.
    pub outcome: Option<String>,
    /// By what that was decided.
    pub origin: Option<String>,
}

/// A draft.
pub(super) async fn find(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: Id<InteractionMarker>,
) -> Result<Option<Kept>> {
    let row = sqlx::query!(
        r#"select number, revision, asked_at as "asked_at: jiff_sqlx::Timestamp", outcome, origin,
                  coalesce(seen_message_id, id) as "seen!"
             from reply_draft
            where guild_id = $1
              and id = $2"#,
        db_id(guild),
        db_id(id),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Kept {
        number: row.number,
        revision: row.revision,
        asked_at: row.asked_at.to_jiff(),
        // Zero is no message, and all came after it.
        seen: id_of(row.seen).unwrap_or(Id::new(1)),
        outcome: row.outcome,
        origin: row.origin,
    }))
}

/// Writes down what becomes of a draft; `false` if something has, before.
pub(super) async fn decide(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: Id<InteractionMarker>,
    decision: Decision<'_>,
) -> Result<bool> {
    let decided = sqlx::query!(
        "update reply_draft
            set outcome = $3,
                reason = $4,
                changed = $5,
                decided_by_user_id = $6,
                decided_at = $7,
                origin = $8,
                text = $9
          where guild_id = $1
            and id = $2
            and outcome is null",
        db_id(guild),
        db_id(id),
        decision.outcome.name(),
        decision.outcome.reason(),
        decision.outcome.changed(),
        db_id(decision.user),
        decision.at.to_sqlx() as _,
        decision.origin,
        decision.text,
    )
    .execute(db)
    .await?;
    Ok(decided.rows_affected() > 0)
}
