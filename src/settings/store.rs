//! The tables `guild_setting`, `setting_change` and `setup_progress`.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, UserMarker};

use super::{By, Made, Report};
use crate::db::{comparable, storable};

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

    /// As it is stored.
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

/// What changes a setting by the bot's account, without being a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// The bot by itself.
    Bot,
    /// A program with a key of this name.
    Key(String),
    /// One of a newer version.
    Unknown,
}

impl Program {
    /// What stands before the name of a key.
    const KEY: &'static str = "key:";

    /// As it is stored, with a setting or with what else it did.
    pub fn stored(&self) -> String {
        match self {
            Program::Bot => "bot".to_owned(),
            Program::Key(name) => format!("{}{name}", Program::KEY),
            Program::Unknown => String::new(),
        }
    }

    /// What was stored.
    pub fn read(stored: &str) -> Program {
        match (stored, stored.strip_prefix(Program::KEY)) {
            ("bot", _) => Program::Bot,
            (_, Some(name)) => Program::Key(name.to_owned()),
            _ => Program::Unknown,
        }
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
    /// By whose account it was done.
    pub user: Id<UserMarker>,
    /// What did it, if that was no person.
    pub program: Option<Program>,
    /// When.
    pub at: Timestamp,
    /// By which means.
    pub how: How,
}

/// What is stored for a feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stored {
    pub(super) values: Map<String, Value>,
    /// Counts the changes; 0 if nothing is stored.
    pub(super) revision: i64,
}

/// Everything stored for a guild, by feature.
pub(super) async fn list(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
) -> Result<Vec<(String, Stored)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select feature, value::text as "value!", revision
           from guild_setting
          where guild_id = $1"#,
        guild.get().cast_signed(),
    )
    .fetch_all(db)
    .await?;
    let stored = |json: &str, revision| Stored { values: object(json), revision };
    Ok(rows.into_iter().map(|row| (row.feature, stored(&row.value, row.revision))).collect())
}

/// What is stored for one feature now.
pub(super) async fn find(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
) -> Result<Stored, sqlx::Error> {
    let row = sqlx::query!(
        r#"select value::text as "value!", revision
           from guild_setting
          where guild_id = $1
            and feature = $2"#,
        guild.get().cast_signed(),
        feature,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Stored { values: object(&row.value), revision: row.revision }).unwrap_or_default())
}

/// What a row holds. A value that is none of ours, such as a number beyond any of Rust's, is kept as its text, which fits
/// no setting: it must not cost the others.
fn object(json: &str) -> Map<String, Value> {
    let members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).unwrap_or_default();
    let read =
        |raw: Box<RawValue>| serde_json::from_str(raw.get()).unwrap_or_else(|_| json!({"unreadable": raw.get()}));
    members.into_iter().map(|(name, raw)| (name, read(raw))).collect()
}

/// Replaces what has `revision` by `after`, with the record of it, in one statement. Nothing if somebody else was
/// faster; otherwise also a log channel that refuses us and of which nobody was told so far. What the same origin has done
/// before violates `done_once_pkey`.
#[allow(clippy::too_many_arguments)] // They are one statement's parameters.
pub(super) async fn replace(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
    revision: i64,
    after: &Map<String, Value>,
    made: &[Made],
    by: &By,
    reports: &[Report],
) -> Result<Option<Option<Id<ChannelMarker>>>, sqlx::Error> {
    let channel = |report: &Report| report.channel.map(|channel| channel.get().cast_signed());
    let reports: Vec<Value> = reports
        .iter()
        .map(|it| json!({"title": it.title, "description": it.description, "channel_id": channel(it)}))
        .collect();
    let undone = |key: &str| by.undoes.iter().find(|(name, _)| *name == key).map(|(_, change)| *change);
    let made: Vec<Value> = made
        .iter()
        .map(|made| json!({"key": made.key, "old": made.old, "new": made.new, "undoes": undone(made.key)}))
        .collect();
    let stored = sqlx::query!(
        r#"with stored as (
               insert into guild_setting (guild_id, feature, value)
               values ($1, $2, $4)
               on conflict (guild_id, feature) do update
                  set value = excluded.value,
                      revision = guild_setting.revision + 1
                where guild_setting.revision = $3
               returning guild_id
           ), recorded as (
               insert into setting_change (guild_id, feature, key, old, new, user_id, changed_at, how, program, undoes)
               select stored.guild_id, $2, made.key, nullif(made.old, 'null'), nullif(made.new, 'null'), $6, $7, $8, $10,
                      made.undoes
                 from stored, jsonb_to_recordset($5) as made (key text, old jsonb, new jsonb, undoes bigint)
           ), reported as (
               insert into log_entry (guild_id, feature, level, title, description, created_at, channel_id)
               select stored.guild_id, $2, 'warning', report.title, report.description, $7, report.channel_id
                 from stored, jsonb_to_recordset($9) as report (title text, description text, channel_id bigint)
           ), done as (
               insert into done_once (guild_id, origin, deed, number, answer, done_at)
               select stored.guild_id, $11, $12, 0, coalesce($13 || jsonb_build_object('made', $5::jsonb), $5), $7
                 from stored
                where $11::text is not null
           ), told as (
               update log_channel_failure
                  set told_at = $7
                 from stored
                where log_channel_failure.guild_id = stored.guild_id
                  and disabled_at is not null
                  and told_at is null
               returning channel_id
           )
           select (select channel_id from told) as refusing
             from stored"#,
        guild.get().cast_signed(),
        feature,
        revision,
        Value::Object(after.clone()),
        Value::Array(made),
        by.user.get().cast_signed(),
        by.at.to_sqlx() as _,
        by.how.name(),
        Value::Array(reports),
        by.program.as_ref().map(Program::stored),
        by.once.as_ref().map(|once| once.origin.as_str()) as Option<&str>,
        by.once.as_ref().map(|once| once.deed.as_str()) as Option<&str>,
        by.once.as_ref().and_then(|once| once.besides.clone()),
    )
    .fetch_optional(db)
    .await?;
    let channel = |id: i64| Id::new_checked(id.cast_unsigned());
    Ok(stored.map(|stored| stored.refusing.and_then(channel)))
}

/// Forgets what was changed before `before` in `guild`, except who made what is still in force.
pub(super) async fn delete_changes(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    before: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from setting_change old
          where guild_id = $1
            and changed_at < $2
            and (new is null
                 or exists (select
                              from setting_change newer
                             where newer.guild_id = old.guild_id
                               and newer.feature = old.feature
                               and newer.key = old.key
                               and newer.id > old.id))",
        guild.get().cast_signed(),
        before.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Guilds in which something was changed before `before`.
pub(super) async fn list_changed_guilds(
    db: impl PgExecutor<'_>,
    before: Timestamp,
) -> Result<Vec<Id<GuildMarker>>, sqlx::Error> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
               from setting_change old
              where changed_at < $1
                and (new is null
                     or exists (select
                                  from setting_change newer
                                 where newer.guild_id = old.guild_id
                                   and newer.feature = old.feature
                                   and newer.key = old.key
                                   and newer.id > old.id))",
        before.to_sqlx(),
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(|id| Id::new_checked(id.cast_unsigned())).collect())
}

/// Guilds in which a setting was changed between two moments.
pub(super) async fn list_guilds_that_changed(
    db: impl PgExecutor<'_>,
    feature: &str,
    key: &str,
    [from, to]: [Timestamp; 2],
) -> Result<Vec<Id<GuildMarker>>, sqlx::Error> {
    let guilds = sqlx::query_scalar!(
        "select distinct guild_id
           from setting_change
          where feature = $1
            and key = $2
            and changed_at between $3 and $4",
        feature,
        key,
        from.to_sqlx() as _,
        to.to_sqlx() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(guilds.into_iter().filter_map(|id| Id::new_checked(id.cast_unsigned())).collect())
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
    program: Option<String>,
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
            program: self.program.as_deref().map(Program::read),
            at: self.changed_at.to_jiff(),
            how: self.how.parse().map_err(|error: anyhow::Error| sqlx::Error::Decode(error.into()))?,
        })
    }
}

/// Who changed settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changer {
    /// Somebody.
    Person(Id<UserMarker>),
    /// What is no person.
    Program(Program),
}

impl Changer {
    /// As it is written in an address.
    pub fn written(&self) -> String {
        match self {
            Changer::Person(user) => user.to_string(),
            Changer::Program(program) => program.stored(),
        }
    }

    /// What was written.
    pub fn read(written: &str) -> Changer {
        match written.parse().ok().and_then(Id::new_checked) {
            Some(user) => Changer::Person(user),
            None => Changer::Program(Program::read(written)),
        }
    }

    fn user(&self) -> Option<i64> {
        match self {
            Changer::Person(user) => Some(user.get().cast_signed()),
            Changer::Program(_) => None,
        }
    }

    fn program(&self) -> Option<String> {
        match self {
            Changer::Person(_) => None,
            // It may be what somebody wrote into an address.
            Changer::Program(program) => Some(storable(&program.stored())),
        }
    }
}

/// Which changes somebody looks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sought<'a> {
    /// Of which feature.
    pub feature: Option<&'a str>,
    /// Of which of its settings.
    pub key: Option<&'a str>,
    /// Who made them.
    pub by: Option<&'a Changer>,
    /// At that moment or later.
    pub from: Option<Timestamp>,
    /// Before that moment.
    pub until: Option<Timestamp>,
    /// Before the change of that number.
    pub before: Option<i64>,
}

pub(super) async fn list_changes(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    sought: Sought<'_>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Changed>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, feature, key, old, new, user_id, changed_at, how, program
           from setting_change
          where guild_id = $1
            and ($2::text is null or feature = $2)
            and ($5::bigint is null or id < $5)
            and ($6::text is null or key = $6)
            and ($7::bigint is null or (user_id = $7 and program is null))
            and ($8::text is null or program = $8)
            and ($9::timestamptz is null or changed_at >= $9)
            and ($10::timestamptz is null or changed_at < $10)
          order by id desc
         offset $3
          limit $4",
        guild.get().cast_signed(),
        sought.feature.map(storable),
        offset,
        limit,
        sought.before,
        sought.key.map(storable),
        sought.by.and_then(Changer::user),
        sought.by.and_then(Changer::program),
        sought.from.map(|at| comparable(at).to_sqlx()) as _,
        sought.until.map(|at| comparable(at).to_sqlx()) as _,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Who changed something that is on record, the latest first.
pub(super) async fn list_changers(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    limit: i64,
) -> Result<Vec<Changer>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select case when program is null then user_id end as user_id, program
           from setting_change
          where guild_id = $1
          group by 1, 2
          order by max(id) desc
          limit $2"#,
        guild.get().cast_signed(),
        limit,
    )
    .fetch_all(db)
    .await?;
    let changer = |user: Option<i64>, program: Option<String>| match program {
        Some(program) => Some(Changer::Program(Program::read(&program))),
        None => user.and_then(|id| Id::new_checked(id.cast_unsigned())).map(Changer::Person),
    };
    Ok(rows.into_iter().filter_map(|row| changer(row.user_id, row.program)).collect())
}

/// A change on record, and what came after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    /// The change.
    pub changed: Changed,
    /// The number of the latest change of the same setting after it that still counts, whatever it made of it.
    pub latest: Option<i64>,
    /// The revision of the feature's settings at that moment.
    pub revision: i64,
}

/// Changes after one that are looked at; behind more of them it is not rolled back.
const LATER: i64 = 100;

/// A change, with what came after it at one moment.
pub(super) async fn find_change(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    id: i64,
) -> Result<Option<Looked>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id, feature, key, old, new, user_id, changed_at as "changed_at: jiff_sqlx::Timestamp", how, program,
                  later.ids as "ids?", later.undoes as "undoes?",
                  (select revision
                     from guild_setting
                    where guild_id = $1
                      and feature = setting_change.feature) as revision
             from setting_change
             left join lateral (select array_agg(newest.id order by newest.id desc) as ids,
                                       array_agg(coalesce(newest.undoes, 0) order by newest.id desc) as undoes
                                  from (select newer.id, newer.undoes
                                          from setting_change newer
                                         where newer.guild_id = $1
                                           and newer.feature = setting_change.feature
                                           and newer.key = setting_change.key
                                           and newer.id > $2
                                         order by newer.id desc
                                         limit $3) as newest) as later on true
            where guild_id = $1
              and id = $2"#,
        guild.get().cast_signed(),
        id,
        LATER,
    )
    .fetch_optional(db)
    .await?;
    let looked = row.map(|row| {
        let revision = row.revision.unwrap_or_default();
        let later: Vec<(i64, i64)> =
            row.ids.unwrap_or_default().into_iter().zip(row.undoes.unwrap_or_default()).collect();
        let (id, feature, key, old, new) = (row.id, row.feature, row.key, row.old, row.new);
        let (user_id, changed_at, how, program) = (row.user_id, row.changed_at, row.how, row.program);
        let changed = Row { id, feature, key, old, new, user_id, changed_at, how, program }.read()?;
        Ok(Looked { changed, latest: latest_that_counts(id, &later), revision })
    });
    looked.transpose()
}

/// Which of the changes `later` than a change stands in the way of rolling it back: each is a number and that of what it
/// undoes, the newest first. A change and what undoes it count for nothing; what undoes the change itself counts.
fn latest_that_counts(change: i64, later: &[(i64, i64)]) -> Option<i64> {
    let mut undone = BTreeSet::new();
    for (id, undoes) in later {
        if undone.remove(id) {
            continue;
        }
        if *undoes <= change {
            return Some(*id);
        }
        undone.insert(*undoes);
    }
    // Beyond those that were looked at there may be more.
    later.first().filter(|_| later.len() >= usize::try_from(LATER).unwrap_or(usize::MAX)).map(|(id, _)| *id)
}

/// The latest change of each setting of a feature.
pub(super) async fn list_latest(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    feature: &str,
) -> Result<Vec<Changed>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select distinct on (key) id, feature, key, old, new, user_id, changed_at, how, program
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

/// The setting at which `/config start` goes on.
pub(super) async fn find_setup(db: impl PgExecutor<'_>, guild: Id<GuildMarker>) -> Result<Option<String>, sqlx::Error> {
    let found =
        sqlx::query_scalar!("select setting from setup_progress where guild_id = $1", guild.get().cast_signed())
            .fetch_optional(db)
            .await?;
    Ok(found.flatten())
}

pub(super) async fn upsert_setup(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    setting: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into setup_progress (guild_id, step, setting)
         values ($1, 0, $2)
         on conflict (guild_id) do update set setting = excluded.setting",
        guild.get().cast_signed(),
        setting,
    )
    .execute(db)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_and_what_undoes_it_count_for_nothing() {
        let check = |later: &[(i64, i64)], expected: Option<i64>| {
            let newest_first: Vec<(i64, i64)> = later.iter().rev().copied().collect();
            assert_eq!(latest_that_counts(2, &newest_first), expected, "{later:?}");
        };
        check(&[], None);
        check(&[(3, 0)], Some(3));
        check(&[(3, 2)], Some(3));
        check(&[(3, 0), (4, 3)], None);
        check(&[(3, 0), (4, 0), (5, 4)], Some(3));
        check(&[(3, 0), (4, 0), (5, 4), (6, 3)], None);
        // What undid it was undone itself, once or twice.
        check(&[(3, 2), (4, 3)], None);
        check(&[(3, 0), (4, 3), (5, 4)], Some(3));
        // Of so many nobody knows what stands behind them.
        let many: Vec<(i64, i64)> = (0..50).flat_map(|at| [(100 + 2 * at, 0), (101 + 2 * at, 100 + 2 * at)]).collect();
        check(&many, Some(199));
    }
}
