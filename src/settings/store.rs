//! The tables `guild_setting`, `setting_change` and `setup_progress`.

use std::str::FromStr;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::{Map, Value, json};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::{By, Made, Report};

/// By which means a setting was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// `/config`.
    Slash,
    /// `/config start`.
    Wizard,
    /// The dashboard.
    Dashboard,
    /// `/config rollback`.
    Rollback,
    /// `/config reset`.
    Reset,
    /// An operator's import.
    Import,
}

impl How {
    const ALL: [(How, &'static str); 6] = [
        (How::Slash, "slash"),
        (How::Wizard, "wizard"),
        (How::Dashboard, "dashboard"),
        (How::Rollback, "rollback"),
        (How::Reset, "reset"),
        (How::Import, "import"),
    ];

    /// As it is stored and shown.
    pub fn name(self) -> &'static str {
        How::ALL.iter().find(|(how, _)| *how == self).map_or("", |(_, name)| name)
    }
}

impl FromStr for How {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> anyhow::Result<How> {
        let known = How::ALL.iter().find(|(_, it)| *it == name);
        known.map(|(how, _)| *how).ok_or_else(|| anyhow::anyhow!("a change was made by {name}"))
    }
}

/// A change on record.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Its number in the guild's history; numbers grow and have gaps.
    pub id: i64,
    /// The feature.
    pub feature: String,
    /// The setting.
    pub key: String,
    /// What was stored before; nothing is the default.
    pub old: Option<Value>,
    /// What was stored then.
    pub new: Option<Value>,
    /// Who did it.
    pub user: Id<UserMarker>,
    /// When.
    pub at: Timestamp,
    /// By which means.
    pub how: How,
}

/// Everything stored for a guild, as feature and object.
pub(super) async fn list(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
) -> Result<Vec<(String, Map<String, Value>)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select feature, value
           from guild_setting
          where guild_id = $1",
        guild.get().cast_signed(),
    )
    .fetch_all(db)
    .await?;
    let object = |value: Value| if let Value::Object(fields) = value { fields } else { Map::new() };
    Ok(rows.into_iter().map(|row| (row.feature, object(row.value))).collect())
}

/// Replaces `before` by `after` with the record of it, in one statement. False if somebody else was faster: what is
/// stored is not `before`.
#[allow(clippy::too_many_arguments)] // They are one statement's parameters.
pub(super) async fn replace(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    made: &[Made],
    by: By,
    report: Option<&Report>,
) -> Result<bool, sqlx::Error> {
    let made: Vec<Value> = made.iter().map(|made| json!({"key": made.key, "old": made.old, "new": made.new})).collect();
    let stored = sqlx::query_scalar!(
        r#"with stored as (
               insert into guild_setting (guild_id, feature, value)
               values ($1, $2, $4)
               on conflict (guild_id, feature) do update set value = excluded.value
                where guild_setting.value = $3
               returning guild_id
           ), recorded as (
               insert into setting_change (guild_id, feature, key, old, new, user_id, changed_at, how)
               select stored.guild_id, $2, made.key, nullif(made.old, 'null'), nullif(made.new, 'null'), $6, $7, $8
                 from stored, jsonb_to_recordset($5) as made (key text, old jsonb, new jsonb)
           ), reported as (
               insert into log_entry (guild_id, feature, level, title, description, created_at)
               select stored.guild_id, $2, 'warning', $9, $10, $7
                 from stored
                where $9::text is not null
           )
           select count(*) as "count!"
             from stored"#,
        guild.get().cast_signed(),
        feature,
        Value::Object(before.clone()),
        Value::Object(after.clone()),
        Value::Array(made),
        by.user.get().cast_signed(),
        by.at.to_sqlx() as _,
        by.how.name(),
        report.map(|report| report.title.as_str()) as Option<&str>,
        report.map_or("", |report| report.description.as_str()),
    )
    .fetch_one(db)
    .await?;
    Ok(stored == 1)
}

struct Row {
    id: i64,
    feature: String,
    key: String,
    old: Option<Value>,
    new: Option<Value>,
    user_id: i64,
    changed_at: jiff_sqlx::Timestamp,
    how: String,
}

impl Row {
    fn read(self) -> Result<Changed, sqlx::Error> {
        Ok(Changed {
            id: self.id,
            feature: self.feature,
            key: self.key,
            old: self.old,
            new: self.new,
            user: Id::new_checked(self.user_id.cast_unsigned())
                .ok_or_else(|| sqlx::Error::Decode("a user with the id 0".into()))?,
            at: self.changed_at.to_jiff(),
            how: self.how.parse().map_err(|error: anyhow::Error| sqlx::Error::Decode(error.into()))?,
        })
    }
}

pub(super) async fn list_changes(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: Option<&str>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Changed>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, feature, key, old, new, user_id, changed_at, how
           from setting_change
          where guild_id = $1
            and ($2::text is null or feature = $2)
          order by id desc
         offset $3
          limit $4",
        guild.get().cast_signed(),
        feature,
        offset,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

pub(super) async fn find_change(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: i64,
) -> Result<Option<Changed>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, feature, key, old, new, user_id, changed_at, how
           from setting_change
          where guild_id = $1
            and id = $2",
        guild.get().cast_signed(),
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// The latest change of each setting of a feature.
pub(super) async fn list_latest(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
) -> Result<Vec<Changed>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select distinct on (key) id, feature, key, old, new, user_id, changed_at, how
           from setting_change
          where guild_id = $1
            and feature = $2
          order by key, id desc",
        guild.get().cast_signed(),
        feature,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

pub(super) async fn find_setup_step(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select step from setup_progress where guild_id = $1", guild.get().cast_signed())
        .fetch_optional(db)
        .await
}

pub(super) async fn upsert_setup_step(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    step: i32,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into setup_progress (guild_id, step)
         values ($1, $2)
         on conflict (guild_id) do update set step = excluded.step",
        guild.get().cast_signed(),
        step,
    )
    .execute(db)
    .await?;
    Ok(())
}
