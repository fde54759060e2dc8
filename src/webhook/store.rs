//! The tables `interaction`, `job`, `refused_form` and `authorization_event`. The rows of `job` are promises, inserted where they are made, in
//! `interactions`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::{Map, Value, json};
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, InteractionMarker, UserMarker};

use crate::interactions::promise::Promised;
use crate::turns;
use crate::words::Language;

/// Takes an interaction to act upon it. `false` if somebody has.
pub(super) async fn claim(
    db: impl PgExecutor<'_>,
    interaction: Id<InteractionMarker>,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into interaction (id, received_at)
         values ($1, $2)
         on conflict do nothing",
        interaction.get().cast_signed(),
        now.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets interactions that arrived before `before`.
pub(super) async fn delete_interactions(db: impl PgExecutor<'_>, before: Timestamp) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!("delete from interaction where received_at < $1", before.to_sqlx()).execute(db).await?;
    Ok(done.rows_affected())
}

/// Takes up to `limit` promises whose lease has run out, none of the guilds in `but` and of no other more than have turns at once.
pub(super) async fn take_due(
    db: impl PgExecutor<'_>,
    now: Timestamp,
    lease_until: Timestamp,
    but: &[Id<GuildMarker>],
    limit: i64,
) -> Result<Vec<Promised>, sqlx::Error> {
    let rows = sqlx::query!(
        "update job
            set attempt = attempt + 1, lease_until = $2
          where (guild_id, interaction_id) in (
                    select job.guild_id, job.interaction_id
                      from job
                      join (select interaction_id,
                                   row_number() over (partition by guild_id order by lease_until, interaction_id) as place
                              from job
                             where lease_until <= $1
                               and guild_id <> all($4)) as due using (interaction_id)
                     where place <= $5
                     order by job.lease_until
                     limit $3
                       for update of job skip locked
                )
            and lease_until <= $1
         returning guild_id, interaction_id, feature, work, user_id, channel_id, token, answer,
                   attempt, excused, expires_at, language",
        now.to_sqlx(),
        lease_until.to_sqlx(),
        limit,
        &but.iter().map(|guild| guild.get().cast_signed()).collect::<Vec<i64>>(),
        i64::try_from(turns::PER_GUILD).unwrap_or(i64::MAX),
    )
    .fetch_all(db)
    .await?;
    let promises = rows.into_iter().map(|row| Promised {
        guild: Id::new(row.guild_id.cast_unsigned()),
        interaction: Id::new(row.interaction_id.cast_unsigned()),
        feature: row.feature,
        work: row.work,
        user: Id::new(row.user_id.cast_unsigned()),
        language: row.language.as_deref().and_then(Language::of_code).unwrap_or_default(),
        channel: Id::new_checked(row.channel_id.cast_unsigned()),
        token: row.token.into(),
        answer: row.answer,
        attempt: row.attempt,
        excused: row.excused,
        expires_at: row.expires_at.to_jiff(),
    });
    Ok(promises.collect())
}

/// Keeps a promise for longer. `false` if somebody else has taken it.
pub(super) async fn extend_lease(
    db: impl PgExecutor<'_>,
    promised: &Promised,
    lease_until: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update job
            set lease_until = $4
          where guild_id = $1
            and interaction_id = $2
            and attempt = $3",
        promised.guild.get().cast_signed(),
        promised.interaction.get().cast_signed(),
        promised.attempt,
        lease_until.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Records what will be shown. `false` if somebody else has taken the promise, who will show something.
pub(super) async fn update_answer(
    db: impl PgExecutor<'_>,
    promised: &Promised,
    answer: &Value,
    lease_until: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update job
            set answer = $4, lease_until = $5
          where guild_id = $1
            and interaction_id = $2
            and attempt = $3",
        promised.guild.get().cast_signed(),
        promised.interaction.get().cast_signed(),
        promised.attempt,
        answer,
        lease_until.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Gives a promise back until `retry_at`. An attempt that is `excused` says nothing against it.
pub(super) async fn release_promise(
    db: impl PgExecutor<'_>,
    promised: &Promised,
    retry_at: Timestamp,
    excused: bool,
    error: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update job
            set lease_until = $4, last_error = $5, excused = excused + $6
          where guild_id = $1
            and interaction_id = $2
            and attempt = $3",
        promised.guild.get().cast_signed(),
        promised.interaction.get().cast_signed(),
        promised.attempt,
        retry_at.to_sqlx(),
        error,
        i32::from(excused),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets a promise that is kept, unless somebody else has taken it.
pub(super) async fn delete_promise(db: impl PgExecutor<'_>, promised: &Promised) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from job
          where guild_id = $1
            and interaction_id = $2
            and attempt = $3",
        promised.guild.get().cast_signed(),
        promised.interaction.get().cast_signed(),
        promised.attempt,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How much work is not finished.
pub(crate) async fn count_promises(db: impl PgExecutor<'_>) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select count(*) as "jobs!" from job"#).fetch_one(db).await
}

/// Records that `user` installed the app into `guild`; without one it is their own account.
pub(super) async fn insert_authorized(
    db: impl PgExecutor<'_>,
    guild: Option<Id<GuildMarker>>,
    user: Id<UserMarker>,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into authorization_event (guild_id, user_id, kind, occurred_at)
         values ($1, $2, 'authorized', $3)
         on conflict do nothing",
        guild.map_or(0, |guild| guild.get().cast_signed()),
        user.get().cast_signed(),
        at.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records that `user` withdrew the app, for every guild into which they had installed it and for their account.
///
/// Discord names only the user.
pub(super) async fn insert_deauthorized(
    db: impl PgExecutor<'_>,
    user: Id<UserMarker>,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into authorization_event (guild_id, user_id, kind, occurred_at)
         select guild_id, $1, 'deauthorized', $2
           from (select guild_id
                   from authorization_event
                  where user_id = $1
                    and kind = 'authorized'
                 union
                 select 0) as known
         on conflict do nothing",
        user.get().cast_signed(),
        at.to_sqlx(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What somebody filled into a form that was refused.
#[derive(Debug)]
pub(super) struct RefusedForm {
    pub(super) guild: Id<GuildMarker>,
    pub(super) user: Id<UserMarker>,
    pub(super) interaction: Id<InteractionMarker>,
    /// The form's.
    pub(super) custom_id: String,
    /// Each input's value by its name.
    pub(super) fields: Map<String, Value>,
}

/// Keeps what was filled in, in the place of what the same person filled into the same form before.
pub(super) async fn upsert_refused_form(
    db: impl PgExecutor<'_>,
    form: &RefusedForm,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into refused_form (guild_id, user_id, custom_id, interaction_id, fields, refused_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (guild_id, user_id, custom_id) do update
            set interaction_id = excluded.interaction_id,
                fields = excluded.fields,
                refused_at = excluded.refused_at",
        form.guild.get().cast_signed(),
        form.user.get().cast_signed(),
        form.custom_id,
        form.interaction.get().cast_signed(),
        json!(form.fields),
        now.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What somebody filled into the form that was refused with that interaction.
pub(super) async fn find_refused_form(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    interaction: Id<InteractionMarker>,
) -> Result<Option<RefusedForm>, sqlx::Error> {
    let row = sqlx::query!(
        "select custom_id, fields
           from refused_form
          where guild_id = $1
            and user_id = $2
            and interaction_id = $3",
        guild.get().cast_signed(),
        user.get().cast_signed(),
        interaction.get().cast_signed(),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let fields = match row.fields {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        RefusedForm { guild, user, interaction, custom_id: row.custom_id, fields }
    }))
}

/// Forgets what somebody filled into a form that was refused before the interaction with which it was sent well.
pub(super) async fn delete_refused_form(
    db: impl PgExecutor<'_>,
    guild: Id<GuildMarker>,
    user: Id<UserMarker>,
    custom_id: &str,
    sent_with: Id<InteractionMarker>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from refused_form
          where guild_id = $1
            and user_id = $2
            and custom_id = $3
            and interaction_id < $4",
        guild.get().cast_signed(),
        user.get().cast_signed(),
        custom_id,
        sent_with.get().cast_signed(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was filled into forms that were refused before `before`.
pub(super) async fn delete_refused_forms(db: impl PgExecutor<'_>, before: Timestamp) -> Result<u64, sqlx::Error> {
    let done =
        sqlx::query!("delete from refused_form where refused_at < $1", before.to_sqlx() as _).execute(db).await?;
    Ok(done.rows_affected())
}
