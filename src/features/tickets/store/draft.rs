//! What members wrote and have not sent yet: `ticket_draft`, `ticket_clipping`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::model::{Clipping, Kind, Question, Source};
use super::{Result, decode, kind, source};
use crate::acting::{Acting, Origin};
use crate::db::{db_id, id};

/// By what something was written that is found again by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    key: String,
    /// By which an older version finds it: that knows interactions alone.
    interaction: Option<i64>,
}

impl Name {
    /// What whoever acts means by `origin`. Nothing if that names nothing.
    pub fn of(acting: &Acting, origin: &Origin) -> Option<Name> {
        let interaction = match origin {
            Origin::Interaction(id) => Some(db_id(*id)),
            Origin::Message(_) | Origin::Request(_) | Origin::SettingChange(_) | Origin::Routine => None,
        };
        Some(Name { key: acting.key_of(origin)?, interaction })
    }

    /// As it is stored.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// What a member wrote and has not sent yet.
#[derive(Clone, Debug)]
pub struct Draft {
    pub name: Name,
    pub user: Id<UserMarker>,
    pub opened_by: Id<UserMarker>,
    pub kind: i32,
    pub subject: String,
    pub answers: Vec<(String, String)>,
    /// To which questions the answers belong, by their numbers: of one that is filled in again. Nothing where that is not known.
    pub questions: Option<Vec<i32>>,
    /// Where the message is from that takes the place of the answers.
    pub source: Option<Source>,
    /// Whether it may be sent as it is.
    pub ready: bool,
    /// Which entries of the FAQ were offered instead.
    pub offered: Vec<i32>,
}

impl Draft {
    /// What was answered to a question; what an older version kept is known by its label alone.
    pub fn answer_to(&self, question: &Question) -> Option<&str> {
        let at = match &self.questions {
            Some(questions) => questions.iter().position(|number| *number == question.id),
            None => self.answers.iter().position(|(label, _)| *label == question.label),
        };
        self.answers.get(at?).map(|(_, answer)| answer.as_str())
    }
}

/// As the deeds are called by which a name is given: it never changes.
pub const SAVE_DRAFT: &str = "tickets.draft.save";
pub const SAVE_CLIPPING: &str = "tickets.clipping.save";

/// Keeps what a member wrote while they look at answers from the FAQ, and that its name is given to what was `asked`. `false` if
/// it was given before, also to what was used since.
pub async fn insert_draft(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    draft: &Draft,
    asked: &str,
    now: Timestamp,
) -> Result<bool> {
    sqlx::query_scalar!(
        r#"with named as (
               insert into done_once (guild_id, origin, deed, number, answer, done_at)
               values ($1, $2, $14, 0, to_jsonb($15::text), $11)
               on conflict do nothing
               returning guild_id
           ), stored as (
               insert into ticket_draft (guild_id, origin, interaction_id, user_id, opened_by_user_id, type_id, subject,
                                         answers, source, ready, created_at, offered, questions)
               select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
                 from named
               on conflict do nothing
           )
           select exists (select from named) as "named!""#,
        db_id(guild),
        draft.name.key,
        draft.name.interaction,
        db_id(draft.user),
        db_id(draft.opened_by),
        draft.kind,
        draft.subject,
        json!(draft.answers),
        draft.source.as_ref().map(|source| json!(source)),
        draft.ready,
        now.to_sqlx() as _,
        &draft.offered,
        draft.questions.as_deref(),
        SAVE_DRAFT,
        asked,
    )
    .fetch_one(db)
    .await
}

/// What a member wrote, with its kind.
pub async fn find_draft(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, name: &Name) -> Result<Option<(Draft, Kind)>> {
    let row = sqlx::query!(
        "select user_id, opened_by_user_id, type_id, subject, answers, source, ready, offered, questions, name, definition
           from ticket_draft
           join ticket_type on ticket_type.guild_id = ticket_draft.guild_id and ticket_type.id = type_id
          where ticket_draft.guild_id = $1
            and coalesce(ticket_draft.origin, 'interaction:' || interaction_id::text) = $2
            and removed_at is null",
        db_id(guild),
        name.key,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let draft = Draft {
            name: name.clone(),
            user: id(row.user_id).ok_or_else(|| decode("member"))?,
            opened_by: id(row.opened_by_user_id).ok_or_else(|| decode("member"))?,
            kind: row.type_id,
            subject: row.subject,
            answers: serde_json::from_value(row.answers).map_err(|_| decode("answers"))?,
            questions: row.questions,
            source: source(row.source),
            ready: row.ready,
            offered: row.offered.unwrap_or_default(),
        };
        Ok((draft, kind(row.type_id, row.name, row.definition)))
    })
    .transpose()
}

/// Forgets a draft, once. `false` if it was forgotten before.
pub async fn delete_draft(db: impl PgExecutor<'_>, guild: Id<GuildMarker>, name: &Name) -> Result<bool> {
    let done = sqlx::query!(
        "delete from ticket_draft
          where guild_id = $1
            and coalesce(origin, 'interaction:' || interaction_id::text) = $2",
        db_id(guild),
        name.key,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets a draft of whoever wrote it that an entry of the FAQ made unnecessary, and counts that. `false` if it was forgotten
/// before, or other entries were offered; what an older version stored does not say which.
pub async fn answer_draft(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &Name,
    opened_by: Id<UserMarker>,
    entry: i32,
    now: Timestamp,
) -> Result<bool> {
    let done = sqlx::query!(
        "with forgotten as (
             delete from ticket_draft
              where guild_id = $1
                and coalesce(origin, 'interaction:' || interaction_id::text) = $2
                and opened_by_user_id = $3
                and (offered is null or $4 = any(offered))
             returning guild_id
         )
         insert into ticket_answered (guild_id, entry_number, day, times)
         select guild_id, $4, ($5::timestamptz at time zone 'UTC')::date, 1
           from forgotten
         on conflict (guild_id, entry_number, day) do update set times = ticket_answered.times + 1",
        db_id(guild),
        name.key,
        db_id(opened_by),
        entry,
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets drafts and messages that nobody came back to.
pub async fn delete_drafts(db: impl PgExecutor<'_>, before: Timestamp) -> Result<()> {
    sqlx::query!(
        "with forgotten as (delete from ticket_draft where created_at < $1)
         delete from ticket_clipping where created_at < $1",
        before.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A message that somebody adds to a ticket, and for whom one is opened with it.
#[derive(Clone, Debug)]
pub struct Clipped {
    pub clipping: Clipping,
    pub author: Option<Id<UserMarker>>,
}

/// Keeps a message until its ticket is chosen, and that its name is given to what was `asked`. `false` if it was given before,
/// also to what was used since.
pub async fn insert_clipping(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    (name, user): (&Name, Id<UserMarker>),
    clipped: &Clipped,
    asked: &str,
    now: Timestamp,
) -> Result<bool> {
    let Clipped { clipping, author } = clipped;
    sqlx::query_scalar!(
        r#"with named as (
               insert into done_once (guild_id, origin, deed, number, answer, done_at)
               values ($1, $2, $9, 0, to_jsonb($10::text), $8)
               on conflict do nothing
               returning guild_id
           ), stored as (
               insert into ticket_clipping (guild_id, origin, interaction_id, user_id, author_user_id, body, source,
                                            created_at)
               select $1, $2, $3, $4, $5, $6, $7, $8
                 from named
               on conflict do nothing
           )
           select exists (select from named) as "named!""#,
        db_id(guild),
        name.key,
        name.interaction,
        db_id(user),
        author.map(db_id),
        clipping.text(),
        clipping.source().map(|source| json!(source)),
        now.to_sqlx() as _,
        SAVE_CLIPPING,
        asked,
    )
    .fetch_one(db)
    .await
}

/// A message that is kept.
pub async fn find_clipping(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &Name,
    user: Id<UserMarker>,
) -> Result<Option<Clipped>> {
    let row = sqlx::query!(
        "select body, source, author_user_id
           from ticket_clipping
          where guild_id = $1
            and coalesce(origin, 'interaction:' || interaction_id::text) = $2
            and user_id = $3",
        db_id(guild),
        name.key,
        db_id(user),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Clipped {
        clipping: Clipping::stored(row.body, source(row.source)),
        author: row.author_user_id.and_then(id),
    }))
}

/// Forgets such a message, once. `false` if it was forgotten before.
pub async fn delete_clipping(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    name: &Name,
    user: Id<UserMarker>,
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from ticket_clipping
          where guild_id = $1
            and coalesce(origin, 'interaction:' || interaction_id::text) = $2
            and user_id = $3",
        db_id(guild),
        name.key,
        db_id(user),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
