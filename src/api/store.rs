//! The tables `api_allowance` and `api_request`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use twilight_model::id::Id;
use twilight_model::id::marker::GuildMarker;

use crate::db::db_id;

/// Uses `cost` seconds of an allowance of `window` seconds, if so much is left. Says whether it was, and when all of it is there
/// again.
///
/// It is one statement, so however many instances ask at once, no more is given than there is.
pub(super) async fn spend(
    db: impl PgExecutor<'_>,
    key: &str,
    cost: f64,
    window: f64,
    now: Timestamp,
) -> Result<(bool, Timestamp), sqlx::Error> {
    let spent = sqlx::query!(
        "insert into api_allowance as a (key_id, spent_until, allowed)
         values ($1, $4::timestamptz + make_interval(secs => $2), true)
             on conflict (key_id) do update
            set (spent_until, allowed) = (
                    -- A clock that was ahead costs no more than one allowance.
                    select case when it.spent + make_interval(secs => $2) <= $4::timestamptz + make_interval(secs => $3)
                                then it.spent + make_interval(secs => $2)
                                else it.spent
                           end,
                           it.spent + make_interval(secs => $2) <= $4::timestamptz + make_interval(secs => $3)
                      from (values (least(greatest(a.spent_until, $4::timestamptz), $4::timestamptz + make_interval(secs => $3)))) as it (spent)
                )
      returning spent_until, allowed",
        key,
        cost,
        window,
        now.to_sqlx() as _,
    )
    .fetch_one(db)
    .await?;
    Ok((spent.allowed, spent.spent_until.to_jiff()))
}

/// A request that carries an `Idempotency-Key`.
pub(super) struct Request<'a> {
    pub(super) guild: Id<GuildMarker>,
    pub(super) key: &'a str,
    /// A digest of method, address and `Idempotency-Key`.
    pub(super) request: &'a str,
    /// A digest of the body.
    pub(super) body: &'a str,
}

/// What a request was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Names and values in turn.
    pub(super) headers: Vec<String>,
    pub(super) body: String,
}

/// What is known of a request that came before.
pub(super) struct Before {
    /// A digest of its body.
    pub(super) body: String,
    /// What it was answered, if it is.
    pub(super) answer: Option<Answer>,
}

/// Takes a request to be answered, until `lease`: one that nobody has seen, that is `forgotten`, or whose answer somebody began
/// and did not end. `false` if somebody else has answered it, or is about to.
pub(super) async fn take(
    db: impl PgExecutor<'_>,
    request: &Request<'_>,
    lease: Timestamp,
    forgotten: Timestamp,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query!(
        "insert into api_request as r (guild_id, key_id, request, body, began_at, lease_until)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (guild_id, key_id, request) do update
            set body = excluded.body,
                began_at = excluded.began_at,
                lease_until = excluded.lease_until,
                status = null,
                headers = '{}',
                answer = null
          where r.began_at <= $7
             or (r.body = excluded.body and r.lease_until <= $5)",
        db_id(request.guild),
        request.key,
        request.request,
        request.body,
        now.to_sqlx() as _,
        lease.to_sqlx() as _,
        forgotten.to_sqlx() as _,
    )
    .execute(db)
    .await?;
    Ok(taken.rows_affected() > 0)
}

/// What is known of a request that somebody else has taken.
pub(super) async fn find(db: impl PgExecutor<'_>, request: &Request<'_>) -> Result<Option<Before>, sqlx::Error> {
    let row = sqlx::query!(
        "select body, status, headers, answer
           from api_request
          where guild_id = $1
            and key_id = $2
            and request = $3",
        db_id(request.guild),
        request.key,
        request.request,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Before {
        body: row.body,
        answer: row.status.and_then(|status| u16::try_from(status).ok()).map(|status| Answer {
            status,
            headers: row.headers,
            body: row.answer.unwrap_or_default(),
        }),
    }))
}

/// Keeps the answer, unless the lease ran out and somebody else took the request.
pub(super) async fn answer(
    db: impl PgExecutor<'_>,
    request: &Request<'_>,
    lease: Timestamp,
    answer: &Answer,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update api_request
            set status = $5,
                headers = $6,
                answer = $7,
                lease_until = null
          where guild_id = $1
            and key_id = $2
            and request = $3
            and lease_until = $4",
        db_id(request.guild),
        request.key,
        request.request,
        lease.to_sqlx() as _,
        i16::try_from(answer.status).unwrap_or(i16::MAX),
        &answer.headers,
        answer.body,
    )
    .execute(db)
    .await
    .map(drop)
}

/// Lets a request be answered anew: it failed.
pub(super) async fn give_back(
    db: impl PgExecutor<'_>,
    request: &Request<'_>,
    lease: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from api_request
          where guild_id = $1
            and key_id = $2
            and request = $3
            and lease_until = $4",
        db_id(request.guild),
        request.key,
        request.request,
        lease.to_sqlx() as _,
    )
    .execute(db)
    .await
    .map(drop)
}

/// Forgets what began before `before`.
pub(super) async fn forget(db: impl PgExecutor<'_>, before: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from api_request where began_at < $1", before.to_sqlx() as _).execute(db).await.map(drop)
}

/// Forgets allowances that were all there again before `before`: a key without one has all of it.
pub(super) async fn forget_allowances(db: impl PgExecutor<'_>, before: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from api_allowance where spent_until < $1", before.to_sqlx() as _).execute(db).await.map(drop)
}
